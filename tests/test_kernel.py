"""The kernel, case by case: what bounces, what answers, what time brings about, and what is kept when it is told late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import sopengine
from sopengine.kernel.compiling import compile_tables, levels_of
from sopengine.kernel.events import BY_SOP, Event
from sopengine.kernel.judge import judge
from sopengine.kernel.replay import replay
from sopengine.language.model import Escalation
from sopengine.time.durations import parse, parse_level

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 2, 2, 9, 0, tzinfo=ZONE)
PEOPLE = {"ani": ["sales"], "budi": ["sales"], "citra": ["manager"]}

HEAD = """
sop: kernel
title: Kernel
version: "1"
timezone: Asia/Jakarta
calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}
fields: {name: {type: string}, promised: {type: date}, discount: {type: percent, default: 0}, reason: {type: text}}
"""


class Case:
    """One case of an SOP whose stages and outcomes are given, and a clock that is set by hand."""

    def __init__(self, body: str, **record: Any) -> None:
        self.now = MONDAY
        self.sop = sopengine.load_text(HEAD + body, "kernel.yaml")
        self.engine = sopengine.Engine(self.sop, people=PEOPLE, clock=lambda: self.now)
        self.engine.open({"id": "K", **record}, by="ani").or_raise()

    def at(self, hours: float) -> Case:
        """So many hours after the opening."""
        self.now = MONDAY + timedelta(hours=hours)
        self.engine.tick()
        return self

    def contact(self, hours: float | None = None, **how: Any) -> Any:
        if hours is not None:
            self.at(hours)
        return self.engine.contact("K", **({"via": "call", "by": "ani"} | how))

    def receive(self, hours: float | None = None, **how: Any) -> Any:
        if hours is not None:
            self.at(hours)
        return self.engine.receive("K", via="email", **how)

    def move(self, to: str, by: str = "ani", **how: Any) -> Any:
        return self.engine.move("K", to, by=by, **how)

    def told(self, *kinds: str) -> list[tuple[str, datetime]]:
        """What was told, and for which instant."""
        found = [e for e in self.engine.history("K") if e.kind in kinds]
        return [(e.kind, when(e.occurred_at)) for e in found]

    def clock(self, name: str) -> Any:
        return self.engine.clocks("K")[name]

    @property
    def view(self) -> Any:
        return self.engine.case("K")


def when(at: int) -> datetime:
    return datetime.fromtimestamp(0, ZONE) + timedelta(microseconds=at)


def micros(at: datetime) -> int:
    return (at - when(0)) // timedelta(microseconds=1)


CHASE = """
stages:
  talk:
    owner: sales
    sla: {first_response: 24h}
    follow_up: {max: 2, min: 1, every: 2h, then: %s}
  cold:
    owner: sales
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any}
  nurture: {kind: parked, from: any, recycle: {after: 10d, to: talk, max: 1, then: lost}}
"""


# What bounces never counted --------------------------------------------------------------------------------------------


def test_a_bounced_first_contact_reopens_the_response() -> None:
    """The clock runs again from where it started, and misses its target as if nobody had written."""
    case = Case(CHASE % "lost")
    contact = case.contact(1).events[0].id
    assert case.clock("first_response").state == "met"
    case.at(2).engine.bounce("K", contact)
    assert case.clock("first_response").state == "running"
    assert case.at(25).clock("first_response").state == "breached"
    assert case.told("breached") == [("breached", MONDAY + timedelta(hours=24, microseconds=1))]


def test_a_bounce_makes_the_next_contact_the_first_response() -> None:
    """When a later contact is there already, it is the response, and what passed between is told after all."""
    case = Case(CHASE % "lost")
    contact = case.contact(1).events[0].id
    case.contact(30)
    assert case.told("breached") == []
    case.at(31).engine.bounce("K", contact)
    case.at(32)
    assert case.clock("first_response").state == "missed"
    assert case.clock("first_response").ended_at == MONDAY + timedelta(hours=30)
    assert case.told("breached") == [("breached", MONDAY + timedelta(hours=24, microseconds=1))]
    assert case.view.attempts == 0


REPLY = """
stages: {talk: {owner: sales, sla: {reply: 4h}, next: [after, won]}, after: {owner: sales}}
outcomes: {won: {kind: success}}
"""


def test_a_bounced_reply_reopens_the_clock_of_the_answer() -> None:
    """The customer still waits: the clock runs again from their message, also after a move, and misses its target."""
    case = Case(REPLY)
    case.receive(1)
    reply = case.contact(2).events[0].id
    case.at(3).move("after").or_raise()
    assert case.clock("reply").state == "met"
    case.at(4).engine.bounce("K", reply)
    assert case.clock("reply").state == "running"
    assert case.at(6).told("breached") == [("breached", MONDAY + timedelta(hours=5, microseconds=1))]
    assert case.clock("reply").started_at == MONDAY + timedelta(hours=1)


def test_a_bounced_reply_makes_the_next_contact_the_answer() -> None:
    """The clock counts from the oldest unanswered message to the contact that did reach somebody."""
    case = Case(REPLY)
    case.receive(1)
    reply = case.contact(2).events[0].id
    case.receive(3)
    case.at(3.5).engine.bounce("K", reply)
    clock = case.clock("reply")
    assert (clock.cycle, clock.state, clock.started_at) == (1, "running", MONDAY + timedelta(hours=1))
    case.contact(4.5)
    assert (case.clock("reply").state, case.clock("reply").elapsed) == ("met", timedelta(hours=3.5))


@pytest.mark.parametrize("answered", [4.5, 6])
def test_a_reply_that_is_found_to_have_bounced_late_is_judged_by_the_next_one(answered: float) -> None:
    """The older cycle ends with the contact after it, in time or late, and the cycle that runs now goes on."""
    case = Case(REPLY)
    case.receive(1)
    reply = case.contact(2).events[0].id
    case.receive(3)
    case.contact(answered)
    case.receive(7)
    case.at(8).engine.bounce("K", reply)
    state = case.engine.live("K").state
    assert [(past.cycle, past.verdict) for past in state.past] == [(1, "met" if answered < 5 else "missed"), (2, "met")]
    assert (case.clock("reply").cycle, case.clock("reply").state) == (3, "running")


def test_a_reply_that_bounces_after_the_end_opens_no_clock() -> None:
    """An ended case has no clock to run again."""
    case = Case(REPLY)
    case.receive(1)
    reply = case.contact(2).events[0].id
    case.at(3).move("won").or_raise()
    case.at(4).engine.bounce("K", reply)
    assert case.clock("reply").state == "met"


def test_a_bounced_attempt_is_none() -> None:
    """The count goes back, and the gap runs from the contact before."""
    case = Case(CHASE % "lost")
    case.contact(1)
    attempt = case.contact(4).events[0].id
    assert case.view.attempts == 1
    case.at(5).engine.bounce("K", attempt)
    assert case.view.attempts == 0
    assert case.contact(5)


def test_a_bounced_reply_leaves_the_customer_waiting() -> None:
    """The next contact answers the customer: it is no attempt, and no gap holds it back."""
    case = Case(CHASE % "lost")
    case.contact(1)
    case.receive(2)
    reply = case.contact(2.5).events[0].id
    case.at(3).engine.bounce("K", reply)
    assert case.contact(3.1)
    assert case.view.attempts == 0


def test_a_bounce_counts_once() -> None:
    """Telling the same bounce twice takes nothing more away."""
    case = Case(CHASE % "lost")
    case.contact(1)
    attempt = case.contact(4).events[0].id
    case.contact(7)
    for hours in (7.5, 7.6):
        case.at(hours).engine.bounce("K", attempt)
    assert case.view.attempts == 1


# Who answered ----------------------------------------------------------------------------------------------------------


def test_an_answered_call_ends_the_series() -> None:
    """A call that was picked up was made: beyond the limit it is recorded with the finding, and attempts start anew."""
    case = Case(CHASE % "lost")
    for hours in (1, 4, 7):
        case.contact(hours).or_raise()
    assert not case.contact(9.5)
    decision = case.contact(9.5, answered=True)
    assert decision
    assert [finding.code for finding in decision.findings] == ["CASE401"]
    assert case.view.attempts == 0
    assert case.at(300).view.stage == "talk"


def test_a_word_before_any_contact_is_an_answer() -> None:
    """Who wrote first has answered: giving up needs no attempts."""
    case = Case(CHASE % "lost")
    assert [f.code for f in case.move("lost", reason="harga").findings] == ["CASE111"]
    case.receive(1)
    case.contact(2)
    assert case.move("lost", reason="harga")


def test_automatic_answers_change_nothing() -> None:
    """An out-of-office note neither answers nor stops anything."""
    case = Case(CHASE % "lost")
    case.contact(1)
    case.receive(2, automatic=True)
    assert [f.code for f in case.contact(2.5).findings] == ["CASE402"]


def test_nothing_comes_from_the_future() -> None:
    """What the customer is to say tomorrow has not happened, and is refused."""
    case = Case(CHASE % "lost")
    for decision in (
        case.receive(at=MONDAY + timedelta(hours=1)),
        case.contact(at=MONDAY + timedelta(hours=1), answered=True),
    ):
        assert not decision
        assert [f.code for f in decision.findings] == ["CASE506"]


# What time brings about ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("then", ["lost", "nurture", "cold"])
def test_exhausted_follow_up_leads_where_the_sop_says(then: str) -> None:
    """A failure, a rest or a stage: by the SOP, at the instant at which the next attempt would have been late, with its cause."""
    case = Case(CHASE % then)
    for hours in (1, 4, 7):
        case.contact(hours).or_raise()
    assert case.at(11).view.stage == "talk"
    case.at(12)
    moved = case.engine.history("K")[-1]
    notice = case.engine.history("K")[-2]
    assert (case.view.place, moved.by, moved.data["reason"], moved.cause) == (then, BY_SOP, "no_response", notice.id)
    assert (notice.kind, when(moved.occurred_at)) == ("exhausted", MONDAY + timedelta(hours=11))


def test_recycling_ends_after_its_limit() -> None:
    """A parked case comes back by itself as often as the SOP says; then comes `then`."""
    case = Case(CHASE % "nurture")
    case.move("nurture", reason="opt_out").or_raise()
    assert case.at(24 * 9 + 14.99).view.outcome == "nurture"
    assert case.at(24 * 10).view.stage == "talk"
    case.move("nurture", reason="opt_out").or_raise()
    assert case.at(24 * 30).view.outcome == "lost"
    assert case.engine.history("K")[-1].data["reason"] == "no_response"


def test_an_owner_takes_a_parked_case_up_by_hand() -> None:
    """Whoever owns the stage to which a parked case returns may move it there at any time, and that return is not counted."""
    case = Case(CHASE % "nurture")
    case.move("nurture", reason="opt_out").or_raise()
    assert [f.code for f in case.move("talk", by="citra").findings] == ["CASE103"]
    assert [f.code for f in case.move("cold").findings] == ["CASE101"]
    case.at(1).move("talk").or_raise()
    case.move("nurture", reason="opt_out").or_raise()
    assert case.at(24 * 12).view.stage == "talk"
    case.move("nurture", reason="opt_out").or_raise()
    assert case.at(24 * 30).view.outcome == "lost"


@pytest.mark.parametrize("late", [False, True])
def test_a_word_brings_a_parked_case_back_uncounted(late: bool) -> None:
    """At once, at the instant of the word, whether it is told then or later; the rests by itself are still left."""
    case = Case(CHASE % "nurture")
    case.move("nurture", reason="opt_out").or_raise()
    if late:
        case.at(60).engine.note("K", "catatan", by="ani")
        case.at(72)
    case.receive(None if late else 48, at=MONDAY + timedelta(hours=48))
    assert case.view.stage == "talk"
    assert case.view.entered_at == MONDAY + timedelta(hours=48)
    case.move("nurture", reason="opt_out").or_raise()
    assert case.at(24 * 20).view.stage == "talk"


def test_each_outcome_counts_its_own_rests() -> None:
    """Two places of rest do not use up each other's limit."""
    rest = "{kind: parked, from: any, recycle: {after: 1d, to: talk, max: 1, then: lost}}"
    case = Case(f"stages: {{talk: {{owner: sales}}}}\noutcomes: {{won: {{kind: success}}, a: {rest}, b: {rest}}}\n")
    case.move("a").or_raise()
    assert case.at(24).view.stage == "talk"
    case.move("b").or_raise()
    assert case.at(72).view.stage == "talk"


def test_a_consequence_that_a_late_fact_brings_about_is_not_lost() -> None:
    """The attempt that exhausted the series is told late, after an edit: the case goes where it should have gone."""
    case = Case(CHASE % "nurture")
    case.contact(1)
    case.contact(4)
    case.at(20).engine.edit("K", {"name": "PT Maju"}, by="ani").or_raise()
    case.at(30).contact(at=MONDAY + timedelta(hours=7))
    assert case.view.outcome == "nurture"
    assert case.view.entered_at == MONDAY + timedelta(hours=11)
    assert case.view.record["name"] == "PT Maju"
    tables = case.engine.live("K").tables
    assert replay(tables, "K", case.engine.history("K")).state.place == "nurture"


def test_a_consequence_stands_although_its_ground_is_gone() -> None:
    """A reply that is told after the case was given up corrects the notice and undoes nothing."""
    case = Case(CHASE % "lost")
    for hours in (1, 4, 7):
        case.contact(hours).or_raise()
    case.at(12)
    case.receive(at=MONDAY + timedelta(hours=8))
    assert case.view.outcome == "lost"
    assert [kind for kind, _ in case.told("exhausted", "corrected")] == ["exhausted", "corrected"]


# Clocks ----------------------------------------------------------------------------------------------------------------

LEVELS = """
stages:
  work:
    owner: sales
    sla:
      finish:
        target: 10h
        escalate: [{at: 50%%, notify: holder}, {at: 150%%, notify: manager}, {at: %s, notify: manager}]
roles: {manager: Manajer, sales: Sales}
"""


def test_levels_ring_in_the_order_of_their_instants() -> None:
    """What runs from the breach does not wait for a higher percentage, and may come after it."""
    early, late = Case(LEVELS % "+1h"), Case(LEVELS % "+8h")
    hours = {"early": [5, 10, 11, 15], "late": [5, 10, 15, 18]}
    for name, case in (("early", early), ("late", late)):
        told = case.at(40).told("warned", "breached", "escalated")
        assert [round((at - MONDAY).total_seconds() / 3600, 3) for _, at in told] == hours[name]
        assert [at for _, at in told] == sorted(at for _, at in told)


def test_a_late_level_is_told_when_its_time_comes() -> None:
    """One tick an hour after the breach tells the level that runs from it."""
    case = Case(LEVELS % "+1h").at(11.5)
    assert [kind for kind, _ in case.told("warned", "breached", "escalated")] == ["warned", "breached", "escalated"]


def test_levels_at_the_same_percentage_are_one() -> None:
    """Everybody who is to be told at a level is told by one notice; another template is another notice."""
    clock = sopengine.load_text(HEAD + LEVELS % "+1h", "x.yaml").stages["work"].clocks[0]

    def step(at: str, *notify: str, template: str | None = None) -> Escalation:
        return Escalation(parse_level(at), notify, template, False, ())

    steps = (step("50%", "a"), step("100%", "a"), step("100%", "b", "a"), step("50%", "b"), step("100%", "c", template="t"))
    levels = levels_of(replace(clock, escalate=steps), 0, lambda duration, named: 0)
    assert [(level.basis_points, level.notify, level.breach) for level in levels] == [
        (5000, ("a", "b"), False),
        (10000, ("a", "b"), True),
        (10000, ("c",), False),
    ]


def test_leaving_in_the_instant_of_the_breach_is_too_late() -> None:
    """A clock that is cancelled after its limit was passed is missed, whether the breach was told yet or not."""
    case = Case(CHASE % "lost")
    case.now = MONDAY + timedelta(hours=24, microseconds=1)
    case.move("nurture", reason="opt_out").or_raise()
    assert case.clock("talk.first_response").state == "missed"
    other = Case(CHASE % "lost")
    other.now = MONDAY + timedelta(hours=24)
    other.move("nurture", reason="opt_out").or_raise()
    assert other.clock("talk.first_response").state == "cancelled"


def test_facts_come_before_what_time_makes_true_at_the_same_instant() -> None:
    """A contact in the instant of a warning, told after it, takes the warning back."""
    case = Case(LEVELS % "+1h").at(6)
    assert case.told("warned") == [("warned", MONDAY + timedelta(hours=5))]
    case.move("won", at=MONDAY + timedelta(hours=5)).or_raise()
    assert case.told("corrected") == [("corrected", MONDAY + timedelta(hours=5))]
    assert case.clock("finish").state == "met"


def test_a_promise_is_a_target() -> None:
    """A clock ends at the close of business of the promised date; without a promise it does not start."""
    body = "stages: {work: {owner: sales, sla: {finish: {field: promised}}}}\n"
    case = Case(body, promised=date(2026, 2, 4))
    assert case.clock("finish").breaches_after == datetime(2026, 2, 4, 17, 0, tzinfo=ZONE)
    assert "finish" not in Case(body).engine.clocks("K")


def test_a_broken_promise_is_late_from_the_start() -> None:
    """A target in the past is breached when the clock starts, never before."""
    case = Case("stages: {work: {owner: sales, sla: {finish: {field: promised}}}}\n", promised=date(2026, 1, 5)).at(1)
    assert case.told("breached") == [("breached", MONDAY)]
    assert case.clock("finish").state == "breached"


# Moves, outcomes and holders -------------------------------------------------------------------------------------------

CARE = """
stages:
  sell: {owner: sales}
  care: {owner: manager, checklist: [Puas]}
  thank: {owner: manager}
outcomes: {won: {kind: success, then: [care, thank]}, lost: {kind: failure, from: any}}
"""


def test_after_care_goes_on_after_the_success() -> None:
    """The case is won at once and goes on; the last after-care stage closes it, and it was won when it was won."""
    case = Case(CARE)
    case.at(1).move("won").or_raise()
    assert (case.view.stage, case.view.outcome, case.view.holder) == ("care", "won", None)
    assert [f.code for f in case.at(2).move("thank", by="citra").findings] == ["CASE206"]
    assert [f.code for f in case.move("lost", by="citra", reason="harga").findings] == ["CASE101"]
    case.engine.tick_off("K", "puas", by="citra").or_raise()
    assert case.view.holder == "citra"
    case.move("thank", by="citra").or_raise()
    case.at(50).move("won", by="citra").or_raise()
    assert (case.view.stage, case.view.outcome) == (None, "won")
    assert when(case.engine.live("K").state.closed_at or 0) == MONDAY + timedelta(hours=1)


def test_any_reason_in_words_will_do_where_none_is_listed() -> None:
    """A failure without a list of reasons still needs one, and takes it as it is said."""
    case = Case("stages: {work: {owner: sales}}\n")
    assert [f.code for f in case.move("lost").findings] == ["CASE106"]
    assert case.move("lost", reason="pelanggan pindah kota")
    assert case.engine.live("K").state.reason == "pelanggan pindah kota"


def test_a_recorded_move_is_adopted_however_wrong() -> None:
    """What has happened is found at fault once, and what follows is judged from where the case really was."""
    case = Case(CHASE % "lost")
    case.at(3)
    items = [
        {"case": "K", "kind": "moved", "to": "nurture", "at": MONDAY + timedelta(hours=1), "by": "citra"},
        {"case": "K", "kind": "moved", "to": "cold", "at": MONDAY + timedelta(hours=2), "by": "ani"},
        {"case": "K", "kind": "moved", "to": "won", "at": MONDAY + timedelta(hours=3), "by": "ani"},
    ]
    assert [f.code for f in case.engine.record(items)] == ["CASE102", "CASE111", "CASE101"]
    assert case.view.outcome == "won"


def test_nobody_is_the_sop() -> None:
    """Whoever calls themselves "sop" is judged like anybody; only an act with a cause is the SOP's own."""
    case = Case(CHASE % "lost")
    tables, state = case.engine.live("K").tables, case.engine.live("K").state
    forged = Event("x", "case:K", 9, "moved", state.last_at, state.last_at, BY_SOP, data={"to": "lost"})
    assert [f.code for f in judge(tables, state, forged)] == ["CASE102", "CASE106", "CASE111"]
    assert judge(tables, state, replace_event(forged, cause="case:K/8")) == []


def replace_event(one: Event, **changes: Any) -> Event:
    return Event(**({name: getattr(one, name) for name in one.__struct_fields__} | changes))


def test_the_holder_stays_while_in_the_role() -> None:
    """Whoever holds the case keeps it into a stage of their role, and else it waits for the first to act there."""
    body = "stages: {a: {owner: sales}, b: {owner: [sales, manager]}, c: {owner: manager}}\n"
    case = Case(body)
    assert case.view.holder == "ani"
    case.move("b", by="budi").or_raise()
    assert case.view.holder == "ani"
    case.move("c").or_raise()
    assert case.view.holder is None
    case.engine.note("K", "hanya catatan", by="citra")
    assert case.view.holder is None
    case.engine.edit("K", {"name": "PT"}, by="citra").or_raise()
    assert case.view.holder == "citra"


def test_records_that_the_engine_keeps_stand_for_documents() -> None:
    """A contact made before a rest is on record after it; a field that no condition asks for is not missed."""
    body = """
documents: {log: {from: contacts}, form: {from: fields}}
stages:
  a:
    owner: sales
    documents: [log, form]
    requires: [{fields: [reason], when: {discount: "> 0"}}]
outcomes: {won: {kind: success}, rest: {kind: parked, from: any, recycle: {after: 1d, to: a, max: 3}}}
"""
    case = Case(body)
    assert [f.code for f in case.move("won").findings] == ["CASE205"]
    case.contact(1)
    case.move("rest").or_raise()
    assert case.at(48).move("won")


def test_waits_of_working_time_run_on_the_calendar() -> None:
    """Two working days of rest from a Friday end on Tuesday's opening."""
    recycle = "{after: 2 working days, to: a, max: 1}"
    case = Case(f"stages: {{a: {{owner: sales}}}}\noutcomes: {{rest: {{kind: parked, from: any, recycle: {recycle}}}}}\n")
    case.at(4 * 24).move("rest").or_raise()
    case.at(9 * 24)
    assert case.view.entered_at == datetime(2026, 2, 10, 8, 0, tzinfo=ZONE)


def test_tables_compile_once_and_hold_their_lines() -> None:
    """Every way of every place knows the line that says so."""
    tables = compile_tables(sopengine.load_text(HEAD + CHASE % "lost", "kernel.yaml"))
    lines = (HEAD + CHASE % "lost").splitlines()
    for place in tables.places.values():
        for way in place.ways.values():
            assert way.to in lines[way.span.line - 1] or way.kind == "forward", way
    assert tables.calendar_for(parse("2 working days")) is tables.calendars[1]
    assert tables.calendar_for(parse("2d")) is tables.calendars[0]


def test_ticks_start_empty_in_a_new_visit() -> None:
    """Going back takes the ticks of the visit away, but for those that are made once and for all."""
    body = """
stages:
  a: {owner: sales, checklist: {x: Disapa, y: {text: Berkas lengkap, once: true}}}
  b: {owner: sales, back: [a]}
"""
    case = Case(body)
    for item in ("x", "y"):
        case.engine.tick_off("K", item, by="ani").or_raise()
    case.move("b").or_raise()
    case.move("a", reason="keliru").or_raise()
    assert [f.params["item"]["id"] for f in case.move("b").findings] == ["Disapa"]
    assert case.view.ticked == ("y",)
