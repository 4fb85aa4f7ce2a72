"""The agenda and the deadlines: what to do now, in which order, why, and what time alone will do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from desk import MONDAY, PEOPLE, Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_histories import Told

import sopengine
from sopengine import Engine, UsageError
from sopengine.engine import indexing
from sopengine.engine.cases import Cases, Live
from sopengine.kernel.state import NEVER
from sopengine.store import MemoryStore
from sopengine.testing import FrozenClock, lead, strategies
from sopengine.testing.strategies import OPENING, Command

SOP = """
sop: agenda
title: Agenda
version: "1"
language: en
timezone: Asia/Jakarta
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
fields:
  name: string
  ok: boolean
  budget: {type: money, currency: IDR}
scores:
  heat: {add: [{points: 1, when: {ok: true}}], grades: {hot: ">= 1", cold: "< 1"}}
roles: {admin: Admin, sales: {title: Sales, reports_to: manager}, manager: Manager}
stages:
  intake: {owner: admin, requires: [name], sla: {first_response: 4 working hours}}
  talk:
    owner: sales
    statuses: {busy: Busy, wait: {title: Waiting, waits_for: customer}}
    sla: {finish: {target: 2 working days, pause: wait}, reply: 2h}
    follow_up: {max: 2, every: 1 working day, via: [call, email], template: [script, mail], then: lost}
  plan: {owner: [sales, manager], requires: [budget]}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any}
  nurture: {kind: parked, from: any, recycle: {after: 5d, to: talk, max: 1, then: lost}}
templates:
  script: {channel: call, body: "Say hello to {{ lead.name }}."}
  mail: {channel: email, subject: "Hello", body: "Your budget is {{ lead.budget | money }}."}
"""
WHO = {"rina": "admin", "budi": "sales", "wati": "sales", "sari": "manager"}


class Office:
    """An engine on Monday at nine."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.clock = FrozenClock("2026-02-02 09:00", "Asia/Jakarta")
        self.sop = sopengine.load_text(SOP, "agenda.yaml")
        self.engine = Engine(self.sop, people=WHO, clock=self.clock, store=store)

    def open(self, case: str, stage: str = "intake", **fields: Any) -> str:
        self.engine.open(lead(id=case, **fields), by="rina", stage=stage, since=self.clock()).or_raise()
        return case

    def held(self, case: str, person: str, stage: str = "talk", **fields: Any) -> str:
        self.open(case, stage, **fields)
        self.engine.assign(case, person, by="sari").or_raise()
        return case

    def rows(self, person: str | None = None, **asked: Any) -> list[tuple[str, str, str]]:
        return [(row.case, row.kind, row.what) for row in self.engine.agenda(person=person, **asked)]


@pytest.fixture
def office() -> Office:
    """An engine on Monday at nine."""
    return Office()


# Who sees what


def test_a_person_sees_their_cases_and_the_queue_of_their_roles(office: Office) -> None:
    """On the agenda of a person are the cases that they hold, and those that nobody holds in stages that their roles own."""
    office.held("mine", "budi")
    office.held("theirs", "wati")
    office.open("free", "talk")
    office.open("other")
    assert [case for case, _, _ in office.rows("budi")] == ["free", "mine"]
    assert [case for case, _, _ in office.rows("rina")] == ["other"]
    assert office.rows("sari") == []


def test_a_role_sees_every_case_of_its_stages(office: Office) -> None:
    """On the agenda of a role are all open cases of the stages that it owns, whoever holds them."""
    office.held("a", "budi")
    office.held("b", "wati")
    office.open("c", "plan")
    office.open("d")
    assert {case for case, _, _ in office.rows(role="sales")} == {"a", "b", "c"}
    assert {case for case, _, _ in office.rows(role="manager")} == {"c"}
    assert [row.holder for row in office.engine.agenda(role="sales")] == ["budi", "wati", None]


def test_what_moves_leaves_one_agenda_for_the_other(office: Office) -> None:
    """The agenda follows the case: to whom it is given, into its next stage, and off when it ends."""
    office.open("a")
    assert [case for case, _, _ in office.rows("rina")] == ["a"]
    office.engine.advance("a", by="rina").or_raise()
    assert (office.rows("rina"), [case for case, _, _ in office.rows("wati")]) == ([], ["a"])
    office.engine.note("a", "x", by="budi").or_raise()
    office.engine.assign("a", "budi", by="sari").or_raise()
    assert (office.rows("wati"), [case for case, _, _ in office.rows("budi")]) == ([], ["a"])
    office.engine.move("a", "lost", reason="opt_out", by="budi").or_raise()
    assert office.rows("budi") == office.rows(role="sales") == []


@pytest.mark.parametrize(
    "asked", [{}, {"person": "budi", "role": "sales"}, {"role": "nobody"}, {"person": "stranger"}, {"person": ""}]
)
def test_an_agenda_is_somebodys(office: Office, asked: dict[str, Any]) -> None:
    """An agenda without anybody, of two at once, or of somebody unknown is an error of the call."""
    with pytest.raises(UsageError):
        office.engine.agenda(**asked)
    with pytest.raises(UsageError, match="past"):
        office.engine.agenda(person="budi", at=MONDAY - timedelta(hours=1))


# In which order


def test_late_comes_first_then_the_least_open_time(office: Office) -> None:
    """What is late comes first; then the open time that is left decides, not the hours on the wall."""
    office.held("late", "budi")
    office.clock.set("2026-02-05 15:00")
    office.held("friday", "budi")
    office.clock.set("2026-02-05 16:00")
    office.engine.receive("friday", via="email")
    office.held("slow", "budi")
    found = office.engine.agenda(person="budi")
    assert [(row.case, row.kind, row.late) for row in found] == [
        ("late", "clock", True),
        ("friday", "reply", False),
        ("friday", "clock", False),
        ("slow", "clock", False),
    ]
    assert [row.slack for row in found] == [timedelta(hours=hours) for hours in (-7, 2, 17, 17)]
    assert f"{found[2].due:%a %H:%M}" == "Mon 17:00"


def test_of_equal_haste_the_better_grade_and_the_larger_value_come_first(office: Office) -> None:
    """Cases that end together are in the order of the score's grades, then of the money in them, then of their ids."""
    for case, fields in {
        "a": {"ok": False, "budget": 10},
        "b": {"ok": False, "budget": 900},
        "c": {"ok": True, "budget": 5},
        "d": {"budget": 5000},
        "e": {"ok": True},
        "f": {"ok": False, "budget": 10},
    }.items():
        office.held(case, "budi", **fields)
    found = office.engine.agenda(person="budi")
    assert [row.case for row in found] == ["c", "e", "b", "a", "f", "d"]
    assert [(row.grade, row.value) for row in found][:3] == [("hot", 5), ("hot", None), ("cold", 900)]
    assert found[-1].grade is None


# What, and why


def test_a_due_attempt_has_its_message_ready(office: Office) -> None:
    """An attempt is on the agenda from its first allowed moment on, with the message of its turn."""
    office.held("a", "budi", budget=900)
    office.engine.contact("a", via="call", by="budi").or_raise()
    assert [kind for _, kind, _ in office.rows("budi")] == ["clock"]
    office.clock.set("2026-02-03 09:00")
    row = next(row for row in office.engine.agenda(person="budi") if row.kind == "follow_up")
    assert (row.what, row.late, f"{row.due:%a %H:%M}") == ("script", False, "Wed 00:00")
    assert row.message is not None
    assert (row.message.channel, row.message.body) == ("call", "Say hello to PT Maju Bersama.")
    assert row.why("en") == "Follow-up 1 of 2 by phone may be made now, no later than the end of Tuesday, 3 February 2026 WIB."
    office.engine.contact("a", via="call", by="budi").or_raise()
    office.clock.set("2026-02-04 10:00")
    assert next(row.message.subject for row in office.engine.agenda(person="budi") if row.message) == "Hello"


POLITE = """
sop: polite
title: Polite
version: "1"
language: en
timezone: Asia/Jakarta
contact_policy: {quiet_hours: "20:00-08:00", max: {per_day: 1}, opt_out: {email: [STOP]}}
fields: {email: email}
stages:
  talk:
    owner: sales
    follow_up: {max: 3, every: 12h, via: [email], then: lost}
outcomes: {won: {kind: success}, lost: {kind: failure, from: any}}
"""


def test_an_attempt_waits_for_the_contact_policy() -> None:
    """While quiet hours or a cap hold the next attempt back it is not on the agenda, and is late only counted from then on."""
    clock = FrozenClock("2026-02-02 09:00", "Asia/Jakarta")
    engine = Engine(sopengine.load_text(POLITE, "polite.yaml"), people=WHO, clock=clock)
    for case in ("L-1", "L-2"):
        engine.open({"id": case, "email": "a@example.com"}, by="budi").or_raise()
    engine.contact("L-1", via="email", by="budi").or_raise()
    due = ["follow_up"]
    for moment, kinds in (("02-02 21:30", []), ("02-03 07:59", []), ("02-03 08:00", due), ("02-03 19:59", due)):
        clock.set(f"2026-{moment}")
        rows = [row for row in engine.agenda(person="budi") if row.case == "L-1"]
        assert [row.kind for row in rows] == kinds, moment
        assert not any(row.late for row in rows)
    # The same customer was contacted in another case today: the cap moves this one on to tomorrow's first allowed instant.
    engine.contact("L-2", via="email", by="budi").or_raise()
    assert [row for row in engine.agenda(person="budi") if row.case == "L-1"] == []
    coming = engine.next_attempt("L-1")
    assert coming is not None
    assert coming.allowed_from == datetime.fromisoformat("2026-02-04T08:00:00+07:00")


def test_who_has_opted_out_is_no_attempt_on_the_agenda() -> None:
    """After an opt-out the agenda says what else there is to do, and never to write once more."""
    clock = FrozenClock("2026-02-02 09:00", "Asia/Jakarta")
    engine = Engine(sopengine.load_text(POLITE.replace("then: lost", "min: 0"), "polite.yaml"), people=WHO, clock=clock)
    engine.open({"id": "L-1", "email": "a@example.com"}, by="budi").or_raise()
    engine.contact("L-1", via="email", by="budi").or_raise()
    engine.opt_out("L-1", via="email").or_raise()
    clock.set("2026-02-04 10:00")
    assert [row.kind for row in engine.agenda(person="budi")] == ["todo"]


def test_what_is_sent_by_itself_is_nobodys_to_do() -> None:
    """An attempt that the engine sends stands on no agenda, neither when it is due nor while it is on its way."""
    text = POLITE.replace("via: [email]", "send: auto, template: hello")
    text += "templates: {hello: {channel: email, subject: Hi, body: Hi}}\n"
    clock = FrozenClock("2026-02-02 09:00", "Asia/Jakarta")
    engine = Engine(sopengine.load_text(text, "polite.yaml"), people=WHO, clock=clock)
    engine.open({"id": "L-1", "email": "a@example.com"}, by="budi").or_raise()
    engine.contact("L-1", via="email", by="budi").or_raise()
    clock.set("2026-02-03 10:00")
    assert engine.agenda(person="budi") == []
    assert len(engine.tick().messages) == 1
    assert engine.agenda(person="budi") == []


def test_a_message_that_lacks_a_fact_is_none(office: Office) -> None:
    """A due attempt whose message lacks a fact is on the agenda all the same, without the message."""
    office.held("a", "budi")
    for day in (2, 3):
        office.clock.set(f"2026-02-0{day} 10:00")
        office.engine.contact("a", via="call", by="budi").or_raise()
    office.clock.set("2026-02-04 10:00")
    row = next(row for row in office.engine.agenda(person="budi") if row.kind == "follow_up")
    assert (row.what, row.message) == ("mail", None)


def test_what_waits_for_the_customer_is_not_on_the_agenda(office: Office) -> None:
    """A paused clock gives no row; the customer's word brings the case back, with the answer that they wait for."""
    office.held("a", "budi")
    office.engine.set_status("a", "wait", by="budi").or_raise()
    assert office.rows("budi") == []
    office.clock.advance(hours=1)
    office.engine.receive("a", via="email")
    assert office.rows("budi") == [("a", "reply", "talk.reply"), ("a", "clock", "talk.finish")]


def test_a_customer_who_waits_where_no_clock_runs_is_on_the_agenda(office: Office) -> None:
    """Where no clock measures the answer, the customer who waits is a row of its own, without a time."""
    office.held("a", "budi", "plan")
    office.clock.advance(hours=1)
    office.engine.receive("a", via="email")
    (row,) = office.engine.agenda(person="budi")
    assert (row.kind, row.due, row.slack, row.late) == ("reply", None, None, False)
    assert row.why("id") == "Pelanggan menunggu jawaban sejak Senin, 2 Februari 2026 10.00 WIB."


def test_where_no_time_runs_the_next_step_is_on_the_agenda(office: Office) -> None:
    """A case without any clock says what is missing before it can go on, and then that nothing is."""
    office.held("a", "budi", "plan")
    (row,) = office.engine.agenda(person="budi")
    assert (row.kind, row.what) == ("todo", "CASE201")
    assert row.why("en") == office.engine.todo("a")[0].text("en")
    office.engine.edit("a", {"budget": 5}, by="budi").or_raise()
    assert office.rows("budi") == [("a", "todo", "advance")]


def test_the_agenda_ahead_is_that_of_time_alone(office: Office) -> None:
    """Asked for a later moment, the agenda is what it will be if nothing happens before; nothing is recorded."""
    office.held("a", "budi")
    length = len(office.engine.history("a"))
    ahead = office.engine.agenda(person="budi", at=MONDAY + timedelta(days=10))
    assert [(row.case, row.late) for row in ahead] == [("a", True)]
    assert len(office.engine.history("a")) == length
    assert [row.late for row in office.engine.agenda(person="budi")] == [False]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_row_and_deadline_says_why(office: Office, lang: str) -> None:
    """Each kind of row and of deadline has a whole sentence in both languages."""
    office.held("a", "budi")
    office.engine.contact("a", via="call", by="budi").or_raise()
    office.held("b", "budi", "plan")
    office.clock.set("2026-02-03 10:00")
    office.engine.receive("a", via="email")
    said = [row.why(lang) for row in office.engine.agenda(person="budi", at=office.clock() + timedelta(days=5))]
    said += [each.why(lang) for each in office.engine.deadlines("a", until=MONDAY + timedelta(days=90))]
    assert len(said) == 5
    assert all(sentence.endswith((".", ")")) and "{" not in sentence for sentence in said)


# Without asking every case


def test_an_agenda_looks_at_its_own_cases_only(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two thousand open cases, the agenda of a person with four looks at four, however often it is asked for."""
    for number in range(2000):
        office.open(f"L-{number}")
    for number in range(4):
        office.held(f"M-{number}", "budi")
    office.engine.agenda(person="budi")
    looked: list[str] = []
    get = Cases.get

    def counted(cases: Cases, case: str) -> Live:
        looked.append(case)
        return get(cases, case)

    monkeypatch.setattr(Cases, "get", counted)
    for _ in range(3):
        looked.clear()
        assert len({row.case for row in office.engine.agenda(person="budi")}) == 4
        assert sorted(looked) == ["M-0", "M-1", "M-2", "M-3"]
    office.engine.advance("L-7", by="rina").or_raise()
    looked.clear()
    office.engine.agenda(person="wati")
    assert looked == ["L-7"]


def test_the_index_costs_nothing_until_it_is_asked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is never asked for an agenda keeps no index."""
    built: list[Any] = []
    monkeypatch.setattr(indexing.Index, "put", lambda index, live: built.append(live))
    office.open("a")
    assert built == []


def test_an_engine_that_was_started_anew_has_the_same_agenda(office: Office) -> None:
    """The index is made from the store: another engine on it gives the same rows."""
    store = MemoryStore()
    before = Office(store)
    before.held("a", "budi")
    before.open("b", "talk")
    rows = before.engine.agenda(person="budi")
    after = Office(store)
    assert after.engine.agenda(person="budi") == rows
    assert after.engine.agenda(role="sales") == before.engine.agenda(role="sales")


def naive(engine: Engine, person: str) -> set[str]:
    """The cases of a person, by asking every case."""
    found = set()
    for case in engine.cases():
        owners = engine.live(case.id).tables.sop.stages[case.stage].owner if case.stage else ()
        mine = case.holder == person if case.holder is not None else WHO[person] in owners
        if case.stage and mine:
            found.add(case.id)
    return found


ACTS = st.tuples(st.integers(0, 3), st.sampled_from(["open", "assign", "advance", "lose", "park", "wait", "tick", "touch"]))


@given(st.lists(ACTS, max_size=25), st.integers(0, 24))
def test_the_index_is_what_asking_every_case_gives(acts: list[tuple[int, str]], built_at: int) -> None:
    """Whenever the index was built, it names exactly the cases that a look at every case finds."""
    office = Office()
    engine = office.engine
    for number, (case, act) in enumerate(acts):
        if number == built_at:
            engine.agenda(person="budi")
        name = f"L-{case}"
        if not engine.exists(name):
            office.open(name)
        owners = engine.live(name).tables.places[engine.case(name).place].owners or WHO.values()
        by = next(person for person, role in WHO.items() if role in owners)
        office.clock.advance(hours=3)
        if act == "assign":
            engine.assign(name, "wati", by="sari")
        elif act == "advance":
            engine.advance(name, by=by)
        elif act in ("lose", "park"):
            engine.move(name, "lost" if act == "lose" else "nurture", reason="x", by=by)
        elif act == "wait":
            office.clock.advance(days=3)
        elif act == "touch":
            engine.contact(name, via="call", by=by)
        engine.tick()
    index = engine._core.index()
    desks = [indexing.Desk(office.sop.hash, stage) for stage in office.sop.stages]
    for person, role in WHO.items():
        queues = [index.queue(desk) for desk in desks if role in office.sop.stages[desk.stage].owner]
        assert index.held(person).union(*queues) == naive(engine, person)
        assert {row.case for row in engine.agenda(person=person)} <= naive(engine, person)


# What time alone will do


def test_deadlines_are_in_the_order_of_time(office: Office) -> None:
    """All levels of all clocks and the end of follow-up stand in the order of their instants, up to what moves the case."""
    office.held("a", "budi")
    for day in (2, 3, 4):
        office.clock.set(f"2026-02-0{day} 10:00")
        office.engine.contact("a", via="call", by="budi").or_raise()
    found = office.engine.deadlines("a")
    assert [(f"{each.at:%a %H:%M}", each.what, each.clock, each.to) for each in found] == [
        ("Thu 09:00", "breached", "talk.finish", None),
        ("Fri 00:00", "exhausted", None, "lost"),
    ]
    assert [each.level for each in found] == [1, None]
    assert office.engine.deadlines("a", until=found[0].at) == []


def test_a_parked_case_has_its_return_ahead(office: Office) -> None:
    """What a parked case has ahead is its return; with a time to look to, also what comes after it."""
    office.held("a", "budi")
    office.engine.move("a", "nurture", by="budi", reason="x").or_raise()
    assert [(each.what, each.to) for each in office.engine.deadlines("a")] == [("returns", "talk")]
    on = office.engine.deadlines("a", until=MONDAY + timedelta(days=60))
    assert [(each.what, each.to) for each in on] == [("returns", "talk"), ("breached", None)]


calm = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    max_examples=settings().max_examples // 2,
)


@calm
@given(strategies.sops(), strategies.histories, st.integers(1, 60 * 24 * 60))
def test_a_tick_brings_exactly_what_was_ahead(data: dict[str, Any], history: list[Command], minutes: int) -> None:
    """If nothing happens, a tick tells exactly the deadlines before its instant, in that order, and nothing else."""
    told = Told(data, opinion=False)
    told.open()
    for command in history:
        told.tell(command)
    state, length = told.engine.live("K").state.copy(), len(told.engine.history("K"))
    until = told.now + timedelta(minutes=minutes)
    short, ahead = told.engine.deadlines("K"), told.engine.deadlines("K", until=until)
    assert (told.engine.live("K").state, len(told.engine.history("K"))) == (state, length)
    told.now = until
    made = list(notices(told.engine.tick()))
    assert [(each.at, each.what, each.clock, each.level, each.to) for each in ahead] == made
    before = [each for each in short if each.at < until]
    assert before == ahead[: len(before)]
    assert len(before) == len(ahead) or ahead[len(before) - 1].to is not None
    assert all(each.to is None for each in short[:-1])


KINDS = {"warned": "warned", "breached": "breached", "escalated": "escalated", "exhausted": "exhausted", "rested": "returns"}


def notices(made: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The notices of a tick, with where each moved the case."""
    moved = {event.cause: event.data["to"] for event in made if event.kind == "moved"}
    for event in made:
        if event.kind in KINDS:
            at = datetime.fromtimestamp(0, OPENING.tzinfo) + timedelta(microseconds=event.occurred_at)
            yield at, KINDS[event.kind], event.data.get("clock"), event.data.get("level"), moved.get(event.id)


def test_nothing_is_ahead_of_a_case_at_rest() -> None:
    """A case that has ended has no deadlines, and no wake."""
    desk = Desk(people=PEOPLE)
    case = desk.qualified()
    for _ in range(3):
        desk.engine.contact(case, via="call", by="budi")
        desk.later(days=1)
    desk.engine.move(case, "lost", reason="harga", by="budi").or_raise()
    assert (desk.engine.deadlines(case), desk.engine.live(case).state.wake) == ([], NEVER)
