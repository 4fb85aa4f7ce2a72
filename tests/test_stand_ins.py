"""A stand-in acts for a role exactly while everybody who holds it is on leave or nobody does, and every record says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopengine import Decision, Engine, cli, load_text
from sopengine.engine.standing import take_up
from sopengine.kernel import events
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.powers import needed
from sopengine.kernel.replay import replay
from sopengine.kernel.rules import RULES, opener_acts, owner_acts, owner_moves, superior_assigns
from sopengine.people import People, staffed
from sopengine.people.standing_in import acting

TEXT = """
sop: desk
title: Desk
version: "1"
language: en
timezone: Asia/Jakarta
roles:
  sales: {title: Sales, reports_to: manager}
  coordinator: Coordinator
  manager: {title: Sales manager, stand_in: coordinator}
fields: {name: {type: string}, phone: {type: phone}}
documents: {contract: Contract}
templates:
  hello: {channel: email, subject: Hello, body: "Regards, {{ actor.name }}, {{ actor.role }}"}
stages:
  capture:
    owner: sales
    next: [{to: closing, by: manager}]
  closing:
    owner: manager
    checklist: {checked: Checked}
    documents: [contract]
    statuses: [fresh, ready]
    send: {hello: customer}
"""
SOP = load_text(TEXT)
JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=JAKARTA)
PEOPLE: dict[str, Any] = {
    "budi": {"name": "Budi", "roles": "sales"},
    "rina": {"name": "Rina", "roles": "coordinator"},
    "sari": {"name": "Sari", "roles": "manager", "leave": ["2026-03-03..2026-03-04"]},
}


class Desk:
    """An engine with one case, and a clock that is set by hand."""

    def __init__(self, people: Any = None, now: datetime = MONDAY, text: str = TEXT) -> None:
        self.now = now
        self.engine = Engine(load_text(text), people=PEOPLE if people is None else people, clock=lambda: self.now)
        self.engine.open({"id": "L-1", "name": "PT Maju"}, by="budi").or_raise()

    def on(self, day: int, hour: int = 9) -> Desk:
        """Go to a day of March."""
        self.now = datetime(2026, 3, day, hour, tzinfo=JAKARTA)
        return self

    def to_closing(self, by: str = "rina") -> Decision:
        """The move that only a manager may make."""
        return self.engine.move("L-1", "closing", by=by)


def codes(decision: Decision) -> list[str]:
    """The codes of what was found."""
    return [finding.code for finding in decision.findings]


def test_a_stand_in_acts_while_the_manager_is_on_leave() -> None:
    """On leave the coordinator moves what only the manager may; the event says for whom, with which role, and whose it was."""
    desk = Desk().on(3)
    decision = desk.to_closing()
    assert decision
    event = decision.events[-1]
    assert (event.by, event.roles, event.acting_for) == ("rina", ("coordinator", "manager"), "sari")
    assert event.derived["stands_in"] == {"manager": ["sari"]}
    assert decision.to_dict("en")["events"][-1]["acting_for"] == "sari"
    assert desk.engine.attach("L-1", "contract", by="rina").events[-1].acting_for == "sari"
    assert desk.engine.case("L-1").holder == "rina"


@pytest.mark.parametrize(("day", "hour", "allowed"), [(2, 23, False), (3, 0, True), (4, 23, True), (5, 0, False)])
def test_leave_begins_and_ends_at_midnight(day: int, hour: int, allowed: bool) -> None:
    """The stand-in may from the first minute of leave to its last, in the zone of the directory."""
    assert bool(Desk().on(day, hour).to_closing()) is allowed


def test_the_manager_who_is_there_is_named() -> None:
    """A refusal says that the manager is not on leave, by name and in both languages, and why a stand-in waits."""
    decision = Desk().to_closing()
    assert codes(decision) == ["CASE103"]
    finding = decision.findings[0]
    assert "Rina" in finding.text("en")
    assert finding.text("en").endswith(
        "A stand-in for Sales manager acts only while everybody in that role is on leave; Sari is not."
    )
    assert finding.text("id").endswith("Sari tidak sedang cuti.")
    assert not decision.events
    desk = Desk().on(3)
    desk.to_closing().or_raise()
    back = desk.on(5).engine.edit("L-1", {"name": "PT Lama"}, by="rina")
    assert codes(back) == ["CASE102"]
    assert "Sari is not" in back.findings[0].text("en")


def test_who_stands_in_for_nothing_is_refused_as_ever() -> None:
    """Sales stands in for nobody: their refusal speaks of no stand-in."""
    finding = Desk().on(3).to_closing("budi").findings[0]
    assert finding.code == "CASE103"
    assert "stand-in" not in finding.text("en")


def test_everybody_in_the_role_must_be_away() -> None:
    """With two managers the stand-in waits for both to be away; then it is the role that is stood in for."""
    people = {**PEOPLE, "dewi": {"name": "Dewi", "roles": "manager", "leave": "2026-03-04"}}
    refused = Desk(people).on(3).to_closing()
    assert codes(refused) == ["CASE103"]
    assert "Dewi is not" in refused.findings[0].text("en")
    event = Desk(people).on(4).to_closing().events[-1]
    assert (event.acting_for, event.derived["stands_in"]) == ("role:manager", {"manager": ["sari", "dewi"]})


def test_a_vacant_role_is_stood_in_for() -> None:
    """Where nobody holds the role the stand-in acts, for the role."""
    people = {name: PEOPLE[name] for name in ("budi", "rina")}
    event = Desk(people).to_closing().events[-1]
    assert (event.acting_for, event.derived["stands_in"]) == ("role:manager", {"manager": []})


def test_ones_own_role_is_never_stood_in_for() -> None:
    """Who may act themselves acts for nobody, even while somebody is away; nor is a role taken up that the act does not need."""
    people = {**PEOPLE, "rina": {"roles": ["coordinator", "manager"]}}
    event = Desk(people).on(3).to_closing().events[-1]
    assert (event.acting_for, event.derived.get("stands_in"), event.roles) == (None, None, ("coordinator", "manager"))
    desk = Desk().on(3)
    noted = desk.engine.note("L-1", "Called", by="rina").events[-1]
    assert (noted.acting_for, noted.roles) == (None, ("coordinator",))
    assert codes(desk.engine.edit("L-1", {"name": "X"}, by="rina")) == ["CASE102"]


def test_outside_the_shift_nobody_stands_in() -> None:
    """Somebody whose shift is over is not away: they are back tomorrow."""
    people = {**PEOPLE, "sari": {"name": "Sari", "roles": "manager", "shift": {"mon-fri": "13:00-17:00"}}}
    assert codes(Desk(people).to_closing()) == ["CASE103"]


def test_a_stand_in_does_not_pass_it_on() -> None:
    """Who stands in for a stand-in stands in for that role alone."""
    text = TEXT.replace("coordinator: Coordinator", "coordinator: {title: Coordinator, stand_in: clerk}\n  clerk: Clerk")
    people = {**PEOPLE, "rina": {"roles": "coordinator", "leave": "2026-03-03"}, "tono": {"roles": "clerk"}}
    assert codes(Desk(people, text=text).on(3).to_closing("tono")) == ["CASE103"]


def test_a_role_without_people_has_no_stand_in() -> None:
    """Without a directory a role is never away, so nothing is ever stood in for."""
    engine = Engine(SOP, clock=lambda: MONDAY)
    engine.open({"id": "L-1", "name": "PT Maju"}, by="role:sales").or_raise()
    assert codes(engine.move("L-1", "closing", by="role:coordinator")) == ["CASE103"]


def test_a_stand_in_sees_what_waits_for_the_absent() -> None:
    """On days of leave the agenda of the stand-in has what nobody holds and only the manager may do."""
    desk = Desk(text=TEXT.replace("documents: [contract]", "documents: [contract]\n    sla: {finish: 3d}"))
    desk.to_closing("sari").or_raise()
    assert desk.engine.case("L-1").holder is None
    seen = [[row.case for row in desk.on(day).engine.agenda(person="rina")] for day in (2, 3, 5)]
    assert [bool(cases) for cases in seen] == [False, True, False]


def test_messages_are_signed_on_behalf() -> None:
    """A message that a stand-in sends says whose work it is."""
    desk = Desk().on(3)
    assert [message.body for message in desk.to_closing().messages] == ["Regards, Rina, Coordinator, for the Sales manager"]


LEADS = """\
{"people": {"budi": {"name": "Budi", "roles": ["sales"]}, "rina": {"name": "Rina", "roles": ["coordinator"]}}}
{"people": {"sari": {"name": "Sari", "roles": ["manager"], "leave": ["2026-03-03"]}}}
{"at": "2026-03-02T09:00:00+07:00", "do": "open", "by": "budi", "record": {"id": "L-1", "name": "PT Maju"}}
{"at": "2026-03-02T10:00:00+07:00", "do": "move", "by": "rina", "case": "L-1", "to": "closing"}
{"at": "2026-03-03T10:00:00+07:00", "do": "move", "by": "rina", "case": "L-1", "to": "closing"}
"""


def test_the_timeline_says_for_whom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`sopengine run --case` shows for whom somebody acted, and why they could not the day before; a zone is never guessed."""
    (tmp_path / "desk.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "leads.jsonl").write_text(LEADS, encoding="utf-8")
    files = [str(tmp_path / "desk.yaml"), str(tmp_path / "leads.jsonl")]
    cli.main(["run", *files, "--case", "L-1", "--lang", "en"])
    out = " ".join(capsys.readouterr().out.split())
    assert "10:00 Rina (acting for Sari)" in out
    assert "Sari is not. [CASE103" in out
    cli.main(["run", *files, "--case", "L-1", "--lang", "id"])
    assert "Rina (mewakili Sari)" in capsys.readouterr().out
    (tmp_path / "desk.yaml").write_text(TEXT.replace("timezone: Asia/Jakarta\n", ""), encoding="utf-8")
    assert cli.main(["run", *files, "--lang", "id"]) == 2
    assert "leads.jsonl:2: Cuti atau jam kerja sari" in capsys.readouterr().err


def test_a_recorded_history_is_taken_at_its_word() -> None:
    """An import may say for whom somebody acted: that they were away is believed, not that the SOP knew such a stand-in."""
    desk = Desk().on(20)
    item = {"case": "L-1", "kind": "moved", "to": "closing", "by": "rina", "at": MONDAY + timedelta(hours=1)}
    assert [f.code for f in Desk().on(20).engine.record([item])] == ["CASE103"]
    assert desk.engine.record([{**item, "acting_for": "sari"}]) == []
    event = next(e for e in desk.engine.history("L-1") if e.kind == events.MOVED)
    assert (event.acting_for, event.roles, event.derived["stands_in"]) == (
        *("sari", ("coordinator", "manager")),
        {"manager": ["sari"]},
    )
    as_role = Desk().on(20)
    assert as_role.engine.record([{**item, "acting_for": "role:manager"}]) == []
    assert [f.code for f in Desk().on(20).engine.record([{**item, "by": "budi", "acting_for": "sari"}])] == ["CASE103"]
    gone = Desk().on(20)
    assert gone.engine.record([{**item, "acting_for": "tina"}]) == [], "who left the company may have been a manager"
    assert [f.code for f in Desk().on(20).engine.record([{**item, "acting_for": "budi"}])] == ["CASE103"]


def test_a_late_act_is_judged_by_the_leave_of_its_day() -> None:
    """What the stand-in did on a day of leave counts when it is told after the manager's return; and the other way round."""
    desk = Desk()
    desk.on(3).to_closing("rina").or_raise()
    desk.on(5)
    told = desk.engine.tick_off("L-1", "checked", by="rina", at=datetime(2026, 3, 4, 9, tzinfo=JAKARTA))
    assert told
    assert told.events[-1].acting_for == "sari"
    assert codes(desk.engine.tick_off("L-1", "checked", by="rina")) == ["CASE102"]


def test_replay_needs_no_directory() -> None:
    """The history alone makes the same case again, whoever is away by then."""
    desk = Desk().on(3)
    desk.to_closing().or_raise()
    desk.engine.tick_off("L-1", "checked", by="rina").or_raise()
    again = replay(compile_tables(load_text(TEXT)), "L-1", desk.engine.history("L-1")).state
    assert (again.place, again.holder, again.ticks) == ("closing", "rina", desk.engine.live("L-1").state.ticks)


def test_each_power_is_looked_up_for_itself() -> None:
    """Standing in for one role is no word about another that the same person holds: somebody else may be there for it."""
    director = "coordinator: Coordinator\n  director: {title: Director, stand_in: coordinator}"
    text = TEXT.replace("coordinator: Coordinator", director)
    text = text.replace("    documents: [contract]", "    documents: [contract]\n    next: [{to: won, by: director}]")
    sari = {"name": "Sari", "roles": ["manager", "director"], "leave": "2026-03-03"}
    staff = People.from_mapping({"timezone": "Asia/Jakarta", "people": {**PEOPLE, "sari": sari, "dewi": "director"}})
    tables = compile_tables(load_text(text))
    at = int(datetime(2026, 3, 3, 9, tzinfo=JAKARTA).timestamp()) * 1_000_000
    draft = events.Draft(events.MOVED, at, "rina", ("coordinator",), {"to": "won"})
    take_up(staff, tables, draft, ({"manager"},))
    take_up(staff, tables, draft, ({"director"},))
    assert (draft.roles, draft.acting_for) == (("coordinator", "manager"), "sari")
    assert draft.derived == {"stands_in": {"manager": ["sari"]}, "not_away": {"director": ["dewi"]}}
    alone = People.from_mapping({"timezone": "Asia/Jakarta", "people": {**PEOPLE, "sari": sari}})
    both = events.Draft(events.MOVED, at, "rina", ("coordinator",), {"to": "won"})
    take_up(alone, tables, both, ({"manager"},))
    take_up(alone, tables, both, ({"director"},))
    assert both.derived["stands_in"] == {"manager": ["sari"], "director": ["sari"]}


@pytest.mark.parametrize("kind", sorted(RULES))
def test_what_an_act_needs_is_what_the_rules_ask(kind: str) -> None:
    """Somebody without a role is refused exactly where an act needs one, and somebody with a needed role is not."""
    tables = compile_tables(SOP)
    place = tables.places["capture"]
    data: Mapping[str, Any] = {"to": "closing", "stage": "capture"}
    asking = [rule for rule in RULES[kind] if rule in (owner_acts, owner_moves, superior_assigns, opener_acts)]
    state = Desk().engine.live("L-1").state
    for roles in ((), ("sales",), ("manager",), ("coordinator",)):
        draft = events.Draft(kind, state.last_at, "x", roles, dict(data))
        event = draft.placed("case:L-1", 2, state.last_at, "")
        found = {finding.code for rule in asking for finding in rule(tables, place, state, event)}
        needs = needed(tables, place, kind, data)
        assert bool(found & {"CASE102", "CASE103"}) == (bool(needs) and needs.isdisjoint(roles)), (kind, roles)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.integers(0, 7),
)
def test_a_stand_in_acts_iff_no_member_is_there(leaves: list[tuple[int, int]], also: list[bool], day: int) -> None:
    """For any managers, leave and day: the coordinator may act exactly when no manager stands at the door that day."""
    start = date(2026, 3, 2)
    managers = {f"m{n}": {"roles": "manager", "leave": f"{start + timedelta(a)}..{start + timedelta(a + b)}"}
                for n, (a, b) in enumerate(leaves)}  # fmt: skip
    managers |= {f"n{n}": {"roles": "manager"} for n, there in enumerate(also) if there and n == day % 3}
    people = People.from_mapping({"timezone": "Asia/Jakarta", "people": {"rina": "coordinator", **managers}})
    today = start + timedelta(day)
    at_the_door = [a <= (today - start).days <= a + b for a, b in leaves].count(False) + sum(
        there and n == day % 3 for n, there in enumerate(also)
    )
    noon = int(datetime(today.year, today.month, today.day, 12, tzinfo=JAKARTA).timestamp()) * 1_000_000
    found = acting(people, SOP.roles, "rina", noon)
    assert ("manager" in found.roles) == (at_the_door == 0)
    assert (found.acting_for is None) == (at_the_door > 0)
    assert (found.acting_for in managers) == (at_the_door == 0 and len(managers) == 1)
    assert set(found.there.get("manager", ())) == {m for m in managers if not staffed(people).on_leave(m, noon)}
