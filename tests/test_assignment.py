"""Who gets a case: eligibility, the three methods, acceptance, queues, and that nothing but a stored choice turns a wheel."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from desk import FailingStore
from hypothesis import given, settings
from hypothesis import strategies as st

import sopengine
from sopengine import Engine
from sopengine.cli import main
from sopengine.errors import StaleCase
from sopengine.kernel.events import Event
from sopengine.kernel.replay import replay
from sopengine.store import MemoryStore

SOP = """
sop: given
title: Given
version: "1"
timezone: Asia/Jakarta
calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}
roles:
  desk: Desk
  sales: {title: {id: Penjualan, en: Sales}, reports_to: boss}
  boss: {title: {id: Atasan, en: Boss}}
fields:
  region: {type: choice, title: Region, values: [java, bali]}
  phone: phone
  company: string
tables: {team: [{when: {region: java}, then: java}, {then: isles}]}
stages:
  capture: {owner: desk}
  talk: {owner: sales, assign: {ASSIGN}, sla: {first_response: 2h}}
  deal: {owner: sales}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reopen: {within: 90d, to: talk}}
  later: {kind: parked, from: any, recycle: {after: 30d, to: talk}}
"""
SLA = "sla: {first_response: 2h}"
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
JAVA = {"region": "java"}


def person(*groups: str, **more: Any) -> dict[str, Any]:
    return {"roles": "sales", "groups": list(groups) or ["java"], **more}


TRIO = {"a": person(), "b": person(), "c": person()}


class Desk:
    """An engine on a stage that chooses, with the people given; rina brings the cases, bo is everybody's superior."""

    def __init__(
        self, assign: str = "table: team", people: Mapping[str, Any] = TRIO, *, sla: str = SLA, top: str = "", **more: Any
    ) -> None:
        self.now = MONDAY
        self.store = more.setdefault("store", MemoryStore())
        self.sop = sopengine.load_text(SOP.replace("ASSIGN", assign).replace(SLA, sla) + top, "given.yaml")
        everybody = {"rina": "desk", "bo": "boss", **people}
        self.engine = Engine(self.sop, people=everybody, clock=lambda: self.now, **more)

    def give(self, case: str, **record: Any) -> str | None:
        """Open a case, bring it to the stage that chooses, and say who has it."""
        self.engine.open({"id": case, **JAVA, **record}, by="rina").or_raise()
        return self.engine.move(case, "talk", by="rina").or_raise().case.holder

    def many(self, count: int) -> list[str | None]:
        return [self.give(f"L-{number}") for number in range(count)]

    def trace(self, case: str) -> dict[str, Any]:
        """What was stored with the last choice."""
        events = [e for e in self.engine.history(case) if "assignment" in e.derived]
        found: dict[str, Any] = events[-1].derived["assignment"]
        return found

    def turns(self, team: str = "java") -> list[Event]:
        return list(self.store.read(f"team:given:talk:{team}"))

    def later(self, **passed: float) -> list[Event]:
        self.now += timedelta(**passed)
        return list(self.engine.tick())


def told(events: list[Event]) -> list[tuple[str, Any]]:
    """Acceptance and assignment among events, without clocks."""
    word = {"unaccepted": "person", "assigned": "to", "alerted": "to"}
    return [(event.kind, event.data[word[event.kind]]) for event in events if event.kind in word]


# The methods ---------------------------------------------------------------------------------------------------------


def test_round_robin_goes_round_in_the_order_of_the_directory() -> None:
    """Everybody has a turn before anybody has a second."""
    assert Desk().many(7) == ["a", "b", "c", "a", "b", "c", "a"]


def test_least_loaded_goes_to_who_holds_the_fewest_open_cases() -> None:
    """A closed case counts no more; among equals, who has been without a turn longest is next."""
    desk = Desk("table: team, method: least_loaded")
    assert desk.many(3) == ["a", "b", "c"]
    desk.engine.move("L-1", "lost", by="b", reason="no_response").or_raise()
    assert [desk.give("M-1"), desk.give("M-2"), desk.give("M-3")] == ["b", "a", "c"]


def test_weighted_turns_are_in_proportion_to_capacity_and_evenly_spread() -> None:
    """With capacities of 5, 1 and 1 the seven turns are those that the smooth weighted round robin is known for."""
    desk = Desk("table: team, method: weighted", {"a": person(capacity=50), "b": person(capacity=10), "c": person(capacity=10)})
    assert desk.many(7) == ["a", "a", "b", "a", "c", "a", "a"]


def test_each_result_of_the_table_has_a_wheel_of_its_own() -> None:
    """What one team gets turns nobody else's wheel."""
    desk = Desk(people={**TRIO, "d": person("isles"), "e": person("isles", "java")})
    assert [desk.give("1"), desk.give("2", region="bali"), desk.give("3"), desk.give("4", region="bali")] == ["a", "d", "b", "e"]
    assert [event.data["to"] for event in desk.turns()] == ["a", "b"]


def test_without_a_table_every_owner_takes_part() -> None:
    """A stage that names no table chooses among all who have its owner's role, and among nobody else."""
    desk = Desk("method: round_robin", {"a": person("x"), "b": {"roles": "sales"}, "z": "desk"})
    assert desk.many(3) == ["a", "b", "a"]


def test_who_has_left_the_role_leaves_the_wheel_where_it_was() -> None:
    """The next is the next after the last who is still there, in the order of the directory."""
    store = MemoryStore()
    assert Desk(store=store).many(2) == ["a", "b"]
    after = Desk(people={"a": person(), "c": person()}, store=store)
    assert [after.give("N-1"), after.give("N-2")] == ["c", "a"]


# Who is eligible -----------------------------------------------------------------------------------------------------


def test_everybody_who_was_passed_over_is_named_with_the_reason() -> None:
    """The group, leave, shift and capacity are told apart, stored on the event, and said in both languages."""
    people = {
        "a": person("isles"),
        "b": person(leave="2026-02-02"),
        "c": person(shift={"mon": "13:00-17:00"}),
        "d": person(capacity=1),
        "e": person(name="Eka"),
    }
    desk = Desk(people=people)
    assert desk.many(2) == ["d", "e"]
    desk.give("L-2")
    assert desk.trace("L-2")["skipped"] == {"d": ["full", 1, 1]}
    one = int((MONDAY + timedelta(hours=4)).timestamp() * 1_000_000)
    assert desk.trace("L-2")["away"] == {"a": ["group", "java"], "b": ["leave"], "c": ["shift", one]}
    assert desk.engine.why_assigned("L-2") == (
        "It was the turn of Eka in the group java.",
        "d (holds 1 of at most 1 open cases)",
        "a (not in the group java)",
        "b (on leave)",
        "c (off shift until Monday, 2 February 2026, 13:00 WIB)",
    )
    assert desk.engine.why_assigned("L-2", "id")[0] == "Giliran Eka dalam kelompok java."


def test_a_shift_that_begins_lets_somebody_in() -> None:
    """Who is present is asked at the instant of the choice, however often it was asked before."""
    desk = Desk(people={"a": person(), "b": person(shift={"mon": "10:00-12:00"})})
    assert desk.many(2) == ["a", "a"]
    desk.now += timedelta(hours=1)
    assert desk.give("M") == "b"
    desk.now += timedelta(hours=2)
    assert desk.give("N") == "a"


def test_the_directory_s_own_capacity_goes_before_that_of_the_sop() -> None:
    """It may be larger or smaller."""
    desk = Desk("table: team, capacity: 2", {"a": person(capacity=3), "b": person(), "c": person(capacity=1)})
    assert desk.many(6) == ["a", "b", "c", "a", "b", "a"]
    assert desk.give("full") is None


def test_a_case_does_not_count_against_who_already_holds_it() -> None:
    """Whoever brings a case to the stage that chooses may be chosen for it, although they hold as many as they may."""
    desk = Desk("table: team, capacity: 1", {"a": {"roles": ["sales", "desk"], "groups": "java"}})
    desk.engine.open({"id": "L", **JAVA}, by="a").or_raise()
    assert desk.engine.advance("L", by="a").or_raise().case.holder == "a"


def test_nobody_eligible_never_picks_an_absent_person() -> None:
    """With everybody on leave, off shift or elsewhere the case is nobody's; the role is alerted by the next tick."""
    people = {"a": person(leave="2026-02-01..2026-02-10"), "b": person(shift={"tue": "08:00-17:00"}), "c": person("isles")}
    for method in ("round_robin", "least_loaded", "weighted"):
        desk = Desk(f"table: team, method: {method}, if_none: boss", people)
        assert desk.many(3) == [None, None, None]
        assert desk.turns() == []
        assert told(desk.later(seconds=1)) == [("alerted", "boss")] * 3
        assert desk.later(hours=1) == []


def test_an_unknown_table_lays_the_case_into_the_queue_and_names_the_missing_facts() -> None:
    """Unknown lets nothing through: without the region nobody is chosen, not even by the last row."""
    desk = Desk("table: team, if_none: boss")
    assert desk.give("L", region=None) is None
    (alert,) = [event for event in desk.later(seconds=1) if event.kind == "alerted"]
    assert alert.data == {"to": "boss", "why": "unknown", "stage": "talk", "facts": ["region"]}
    assert "Region" in desk.engine.why_assigned("L")[0]


def test_the_role_of_the_queue_acts_on_the_case_and_takes_it() -> None:
    """A superior who owns no stage may act while the case lies in the superiors' queue, and goes on to as its holder."""
    desk = Desk("table: team, if_none: boss", {})
    desk.give("L")
    view = desk.engine.case("L")
    assert (view.holder, view.queue) == (None, "boss")
    assert [(row.kind, row.what) for row in desk.engine.agenda(role="boss")] == [("queue", "boss")]
    assert [row.case for row in desk.engine.agenda(person="bo")] == ["L"]
    assert desk.engine.contact("L", via="call", by="bo").or_raise().case.holder == "bo"
    assert desk.engine.edit("L", {"region": "bali"}, by="bo")
    assert desk.engine.agenda(role="boss") == []
    assert not desk.engine.edit("L", {"region": "java"}, by="rina")


# What turns a wheel, and what does not ---------------------------------------------------------------------------------


def test_a_trial_a_preview_and_a_refusal_turn_nothing() -> None:
    """`dry_run`, `deadlines`, `agenda` ahead of time and a refused move leave the next turn where it was."""
    desk = Desk("table: team, accept_within: 30m")
    desk.give("L")
    desk.engine.open({"id": "M", **JAVA}, by="rina").or_raise()
    assert desk.engine.move("M", "talk", by="rina", dry_run=True).case.holder == "b"
    assert not desk.engine.move("M", "talk", by="a")
    assert desk.engine.deadlines("L", MONDAY + timedelta(days=1))
    assert desk.engine.agenda(person="a", at=MONDAY + timedelta(hours=1)) is not None
    assert desk.engine.move("M", "talk", by="rina").case.holder == "b"
    assert [event.data for event in desk.turns()] == [
        {"case": "L", "to": "a", "method": "round_robin"},
        {"case": "M", "to": "b", "method": "round_robin"},
    ]


def test_a_refused_command_gives_the_case_to_whom_a_tick_would() -> None:
    """What time brought about before a refusal is stored once, and takes one turn."""
    found = []
    for ticks in (True, False):
        desk = Desk("table: team, accept_within: 30m")
        desk.give("L")
        desk.now += timedelta(minutes=40)
        if ticks:
            desk.engine.tick()
        assert not desk.engine.move("L", "capture", by="rina")
        found.append((desk.engine.case("L").holder, [event.data["to"] for event in desk.turns()]))
    assert found == [("b", ["a", "b"])] * 2


def test_a_failed_write_turns_nothing() -> None:
    """The turn is stored together with the case, or neither is."""
    store = FailingStore()
    desk = Desk(store=store)
    assert desk.give("L") == "a"
    desk.engine.open({"id": "M", **JAVA}, by="rina").or_raise()
    store.broken = True
    with pytest.raises(OSError, match="disk full"):
        desk.engine.move("M", "talk", by="rina")
    store.broken = False
    assert len(desk.turns()) == 1
    assert desk.engine.move("M", "talk", by="rina").case.holder == "b"


def test_two_engines_that_choose_at_once_do_not_both_win() -> None:
    """The second finds the stream of the team longer than it knew; asked again, it goes on from there."""
    store = MemoryStore()
    one, two = Desk(store=store), Desk(store=store)
    assert (one.give("L-0"), two.engine.case("L-0").holder) == ("a", "a")
    two.engine.open({"id": "M", **JAVA}, by="rina").or_raise()
    assert two.engine.move("M", "talk", by="rina").case.holder == "b"
    one.engine.open({"id": "N", **JAVA}, by="rina").or_raise()
    with pytest.raises(StaleCase):
        one.engine.move("N", "talk", by="rina")
    assert one.engine.move("N", "talk", by="rina").case.holder == "c"


def imported(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        case = f"I-{number}"
        yield {"case": case, "kind": "opened", "at": MONDAY, "by": "rina", "record": JAVA}
        yield {"case": case, "kind": "moved", "at": MONDAY, "by": "rina", "to": "talk"}
        if number % 4 == 0:
            yield {"case": case, "kind": "assigned", "at": MONDAY, "by": "bo", "to": "b"}


def test_an_import_of_10_000_does_not_move_the_wheel() -> None:
    """What has happened elsewhere chose its people there: its own assignments stand, the rest is unassigned."""
    desk = Desk()
    assert desk.give("L-0") == "a"
    desk.engine.record(imported(10_000))
    assert len(desk.turns()) == 1
    assert Counter(desk.engine.case(f"I-{number}").holder for number in range(0, 10_000, 50)) == {"b": 100, None: 100}
    assert desk.give("L-1") == "b"


def test_what_is_recorded_late_leaves_the_round_of_a_case_of_our_own_as_time_goes_on() -> None:
    """A record of the past chooses nobody itself, but who did not accept in the meantime loses the case all the same."""
    found = []
    for ticks in (True, False):
        desk = Desk("table: team, accept_within: 30m")
        desk.give("L")
        desk.engine.note("L", "later", by="rina", at=MONDAY).or_raise()
        desk.now += timedelta(minutes=10)
        desk.engine.note("L", "now", by="rina").or_raise()
        desk.now += timedelta(minutes=30)
        if ticks:
            desk.engine.tick()
        at = MONDAY + timedelta(minutes=5)
        desk.engine.record([{"case": "L", "kind": "received", "at": at, "by": "customer", "via": "email"}])
        desk.engine.tick()
        found.append((desk.engine.case("L").holder, told(list(desk.engine.history("L")))))
    assert found[0] == found[1]
    assert found[0][0] == "b"


def test_what_is_adopted_under_way_is_nobody_s() -> None:
    """A case that came to the stage elsewhere takes no turn, and does not fall to whoever adopts it."""
    desk = Desk()
    taken = desk.engine.open({"id": "L", **JAVA}, by="a", stage="talk", since=MONDAY - timedelta(days=1))
    assert (taken.case.holder, desk.turns()) == (None, [])
    assert desk.give("M") == "a"


def test_without_a_directory_a_case_is_held_as_if_nothing_chose() -> None:
    """There is nobody to choose among, and so nothing to tell."""
    engine = Engine(sopengine.load_text(SOP.replace("ASSIGN", "table: team"), "given.yaml"), clock=lambda: MONDAY)
    engine.open({"id": "L", **JAVA}, by="role:desk").or_raise()
    moved = engine.advance("L", by="role:desk").or_raise()
    assert [event.kind for event in moved.events] == ["moved"]
    assert engine.contact("L", via="call", by="role:sales").case.holder == "role:sales"


# Ten thousand leads ----------------------------------------------------------------------------------------------------

SEVEN: dict[str, Any] = {
    "p0": person(),
    "p1": person(capacity=900),
    "p2": person(leave=["2026-02-04..2026-02-06"]),
    "p3": person(capacity=2000, leave="2026-02-09"),
    "p4": person("isles"),
    "p5": person(capacity=1400, shift={"mon-wed": "08:00-12:00", "fri": "08:00-12:00"}),
    "p6": person("java", "isles"),
}


def plain_pick(method: str, day: int, loads: Counter[str], last: list[str], credit: dict[str, float]) -> str | None:
    """A second opinion: everything is worked out anew from the written directory, with no wheel but the list of turns."""
    away = {"p2": range(4, 7), "p3": range(9, 10)}
    caps = {name: spec.get("capacity", 1500) for name, spec in SEVEN.items()}
    fit = [name for name in SEVEN if name != "p4" and day not in away.get(name, ()) and loads[name] < caps[name]]
    if "p5" in fit and datetime(2026, 2, day).weekday() not in (0, 1, 2, 4):
        fit.remove("p5")
    if not fit:
        return None
    if method == "least_loaded":
        return min(fit, key=lambda name: (loads[name], max((i for i, had in enumerate(last) if had == name), default=-1)))
    if method == "weighted":
        for name in fit:
            credit[name] = credit.get(name, 0) + caps[name]
        best = max(fit, key=lambda name: credit[name])
        credit[best] -= sum(caps[name] for name in fit)
        return best
    names = list(SEVEN)
    start = names.index(last[-1]) + 1 if last else 0
    return next(name for name in names[start:] + names[:start] if name in fit)


@pytest.mark.parametrize("method", ["round_robin", "least_loaded", "weighted"])
def test_10_000_leads_over_seven_people(method: str) -> None:
    """Who gets which lead is what a plain simulation says; while who is eligible stays the same, round robin differs by at
    most one; and a replay of every case from its events says the same.
    """
    desk = Desk(f"table: team, method: {method}, capacity: 1500", SEVEN)
    loads: Counter[str] = Counter()
    last: list[str] = []
    credit: dict[str, float] = {}
    for day in range(2, 12):
        desk.now = MONDAY.replace(day=day)
        today: Counter[str | None] = Counter()
        for number in range(1000 if method != "least_loaded" else 200):
            expected = plain_pick(method, day, loads, last, credit)
            found = desk.give(f"L-{day}-{number}")
            assert found == expected
            today[found] += 1
            if expected is not None:
                loads[expected] += 1
                last.append(expected)
        constant = not any(loads[name] >= spec.get("capacity", 1500) for name, spec in SEVEN.items())
        if constant and method == "round_robin":
            assert max(today.values()) - min(today.values()) <= 1
    tables = desk.engine.live("L-2-0").tables
    for case in desk.engine.cases():
        assert replay(tables, case.id, desk.engine.history(case.id)).state.holder == case.holder


# Accepting, and going on to the next ------------------------------------------------------------------------------------

HASTE = "table: team, accept_within: 30 working minutes, if_none: boss"


def test_the_first_act_accepts() -> None:
    """Once the assignee has acted, nobody takes the case from them; the last instant is in time."""
    desk = Desk(HASTE)
    assert desk.give("L") == "a"
    assert desk.engine.case("L").accept_until == MONDAY + timedelta(minutes=30)
    desk.now += timedelta(minutes=30)
    assert desk.engine.edit("L", {"region": "java"}, by="a").or_raise().case.accept_until is None
    assert told(desk.later(days=3)) == []
    assert desk.engine.case("L").holder == "a"


def test_a_note_or_somebody_else_s_act_accepts_nothing() -> None:
    """Notes are for anybody, and a colleague's help is not the assignee's word."""
    desk = Desk(HASTE)
    desk.give("L")
    desk.engine.note("L", "busy", by="a").or_raise()
    desk.engine.edit("L", {"region": "java"}, by="b").or_raise()
    desk.engine.receive("L", via="email")
    assert told(desk.later(minutes=31)) == [("unaccepted", "a"), ("assigned", "b")]


def test_after_one_round_the_queue_takes_the_case() -> None:
    """Everybody has it once, in turn and in working time; then it is nobody's, and the role of `if_none` is alerted."""
    desk = Desk(HASTE)
    desk.now = MONDAY.replace(hour=16, minute=45)
    assert desk.give("L") == "a"
    desk.now = MONDAY.replace(day=3, hour=12)
    found = list(desk.engine.tick())
    assert told(found) == [
        *[("unaccepted", "a"), ("assigned", "b"), ("unaccepted", "b"), ("assigned", "c"), ("unaccepted", "c")],
        *[("assigned", None), ("alerted", "boss")],
    ]
    times = [datetime.fromtimestamp(e.occurred_at / 1e6, MONDAY.tzinfo) for e in found if e.kind == "unaccepted"]
    assert [f"{at:%d %H:%M}" for at in times] == ["03 08:15", "03 08:45", "03 09:15"]
    assert desk.engine.contact("L", via="call", by="c").or_raise().case.holder == "c"
    assert told(desk.later(days=5)) == []


def test_the_next_is_never_somebody_who_has_gone_home() -> None:
    """Who is present is asked anew for each of the round, at its instant."""
    people = {"a": person(), "b": person(shift={"mon": "08:00-09:15"}), "c": person(leave="2026-02-03")}
    desk = Desk("table: team, accept_within: 30m", people)
    desk.give("L")
    assert told(desk.later(minutes=31)) == [("unaccepted", "a"), ("assigned", "c")]
    assert desk.trace("L")["away"]["b"][0] == "shift"


def test_a_person_s_own_word_needs_no_acceptance_and_ends_the_round() -> None:
    """What a superior gives to somebody stays there."""
    desk = Desk(HASTE)
    desk.give("L")
    given = desk.engine.assign("L", "c", by="bo").or_raise()
    assert (given.case.holder, given.case.accept_until) == ("c", None)
    assert told(desk.later(days=3)) == []


def test_a_case_that_waits_for_acceptance_is_on_the_agenda_with_its_reason() -> None:
    """The assignee sees until when they have to act, and nobody else sees the case."""
    desk = Desk(HASTE)
    desk.give("L")
    (row,) = [row for row in desk.engine.agenda(person="a") if row.kind == "accept"]
    assert (row.due, row.slack) == (MONDAY + timedelta(minutes=30), timedelta(minutes=30))
    assert row.why() == "The case was given to you: act by Monday, 2 February 2026, 09:30 WIB, or it goes to the next."
    assert desk.engine.agenda(person="b") == []
    first = desk.engine.deadlines("L")[0]
    assert (first.what, first.at) == ("unaccepted", row.due)
    assert first.why("id") == "a belum bertindak sampai saat itu: kasus beralih ke orang berikutnya."


def test_an_act_that_is_logged_late_corrects_the_notice_and_undoes_nothing() -> None:
    """The notice no longer holds; who has the case by now keeps it, because a consequence is never undone."""
    desk = Desk(HASTE)
    desk.give("L")
    desk.later(minutes=40)
    late = desk.engine.contact("L", via="call", by="a", at=MONDAY + timedelta(minutes=10)).or_raise()
    assert [event.kind for event in late.events] == ["contacted", "corrected"]
    assert late.case.holder == "b"
    rebuilt = Desk(HASTE, store=desk.store)
    assert rebuilt.engine.case("L").holder == "b"
    assert rebuilt.engine.live("L").state == desk.engine.live("L").state


def test_a_replay_asks_no_directory() -> None:
    """With everybody gone from the directory the history says who had the case, and nothing is owed."""
    desk = Desk(HASTE)
    desk.give("L")
    desk.later(minutes=40)
    alone = Engine(desk.sop, people={"x": "desk"}, clock=lambda: desk.now, store=desk.store)
    assert alone.case("L") == desk.engine.case("L")
    assert alone.live("L").pending == []


def test_a_late_move_chooses_at_its_own_instant() -> None:
    """Who was present when the case came to the stage gets it, also when that is told later."""
    people = {"a": person(shift={"mon": "08:00-10:00"}), "b": person(shift={"mon": "10:00-17:00"})}
    desk = Desk(people=people)
    desk.engine.open({"id": "L", **JAVA}, by="rina").or_raise()
    desk.now += timedelta(hours=2)
    desk.engine.note("L", "called", by="rina").or_raise()
    moved = desk.engine.move("L", "talk", by="rina", at=MONDAY + timedelta(minutes=5)).or_raise()
    assert moved.case.holder == "a"
    assert [event.data["to"] for event in desk.turns()] == ["a"]


def course(desk: Desk, case: str) -> list[Any]:
    """What became of a case in the order of its happening, but for what was said about it."""
    kinds = ("moved", "assigned", "unaccepted", "breached", "alerted")
    told = (event for event in desk.engine.history(case) if event.kind in kinds)
    return sorted((event.occurred_at, event.kind != "unaccepted", event.kind, event.data) for event in told)


@pytest.mark.parametrize("notes", [(), (35,), (65,), (35, 65, 95)])
def test_who_did_not_accept_in_time_is_followed_by_the_next_however_late_that_is_known(notes: tuple[int, ...]) -> None:
    """A move that is told late goes through its round as it would have, also past facts that are known already."""
    courses = []
    for known in (0, 120):
        desk = Desk(HASTE)
        desk.engine.open({"id": "L", **JAVA}, by="rina").or_raise()
        for minute in sorted({known, *notes, 120}):
            desk.now = MONDAY + timedelta(minutes=minute)
            desk.engine.tick()
            if minute == known:
                desk.engine.move("L", "talk", by="rina", at=MONDAY).or_raise()
            if minute in notes:
                desk.engine.note("L", "they called", by="rina").or_raise()
        desk.later(minutes=1)
        courses.append(course(desk, "L"))
        rebuilt = Desk(HASTE, store=desk.store)
        rebuilt.now = desk.now
        assert rebuilt.engine.live("L").state == desk.engine.live("L").state
        assert [turn.data["to"] for turn in desk.turns()] == ["a", "b", "c"]
    assert courses[0] == courses[1]


def test_a_level_that_a_late_fact_reaches_gives_the_case_to_somebody_else() -> None:
    """The customer wrote long ago, and nobody answered: that it is told now does not leave the case where it lay."""
    late = "sla: {reply: {target: 1h, escalate: [{at: 100%, reassign: true}]}}"
    desk = Desk(sla=late)
    assert desk.give("L") == "a"
    desk.now += timedelta(hours=3)
    desk.engine.note("L", "they called", by="rina").or_raise()
    told = desk.engine.receive("L", via="whatsapp", at=MONDAY + timedelta(minutes=10)).or_raise()
    assert [event.kind for event in told.events] == ["received", "breached", "assigned"]
    assert told.case.holder == "b"
    assert told.events[2].cause == told.events[1].id
    again = desk.engine.note("L", "and again", by="rina", at=MONDAY + timedelta(hours=1))
    assert [event.kind for event in again.events] == ["noted"]


PARTS = st.lists(st.integers(1, 400), min_size=1, max_size=6)
ACTS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc"), st.integers(1, 120)), max_size=5)


@settings(max_examples=15, deadline=None)
@given(parts=PARTS, acts=ACTS, method=st.sampled_from(["round_robin", "least_loaded", "weighted"]))
def test_any_partition_of_ticks_gives_the_same_events(parts: list[int], acts: list[tuple[int, str, int]], method: str) -> None:
    """Ticking in any steps, or once, is the same: every notice at its instant, every choice in the order of the instants."""
    people = {"a": person(shift={"mon-fri": "08:00-12:00"}), "b": person(capacity=2), "c": person(leave="2026-02-04")}

    def played(steps: list[int]) -> list[Any]:
        desk = Desk(f"table: team, method: {method}, accept_within: 45 working minutes, if_none: boss", people)
        for number in range(4):
            desk.give(f"L-{number}")
        for case, actor, minutes in acts:
            until = desk.now + timedelta(minutes=minutes)
            for step in steps:
                desk.engine.tick(min(desk.now + timedelta(minutes=step), until))
            desk.now = until
            desk.engine.tick()
            desk.engine.edit(f"L-{case}", {"phone": "0811 0000 0001"}, by=actor)
        end = desk.now + timedelta(days=4)
        for step in steps:
            desk.engine.tick(desk.now + timedelta(minutes=step))
        desk.now = end
        desk.engine.tick()
        streams = sorted(name for name in desk.store.streams() if name.startswith(("case:", "team:")))
        return [(s, [(e.kind, e.occurred_at, e.data, e.derived) for e in desk.store.read(s)]) for s in streams]

    assert played(sorted(parts)) == played([])


# Reassigning -------------------------------------------------------------------------------------------------------------

LEVELS = "sla: {first_response: {target: 2h, escalate: [{at: 50%, reassign: true}, {at: 100%, reassign: true}]}}"


def test_a_level_reassigns_past_whoever_has_the_case() -> None:
    """The case goes to the next, once for each level, and never back to who had it in this round; the clock is not restarted."""
    desk = Desk(sla=LEVELS)
    assert desk.give("L") == "a"
    events = desk.later(hours=3)
    assert [(event.kind, event.data.get("to")) for event in events] == [
        *[("warned", None), ("assigned", "b"), ("breached", None), ("assigned", "c")],
    ]
    assert [event.cause for event in events if event.kind == "assigned"] == ["case:L/4", "case:L/6"]
    clock = desk.engine.clocks("L")["first_response"]
    assert (clock.cycle, clock.started_at) == (1, MONDAY)
    assert list(clock.held) == ["a", "b", "c"]


def test_a_level_reassigns_where_no_stage_says_how() -> None:
    """Without `assign` the next in turn among the present owners gets the case; with nobody else it waits in the queue."""
    text = SOP.replace("assign: {ASSIGN}, " + SLA, "sla: {finish: {target: 2h, escalate: [{at: 50%, reassign: true}]}}")
    people = {"rina": "desk", "bo": "boss", "a": person(leave="2026-02-02"), "b": person("x"), "c": person("y")}
    for given_people, expected in ((people, "c"), ({**people, "c": "desk"}, None)):
        now = [MONDAY]
        engine = Engine(sopengine.load_text(text, "given.yaml"), people=given_people, clock=lambda now=now: now[0])  # type: ignore[misc]
        engine.open({"id": "L", **JAVA}, by="rina").or_raise()
        engine.advance("L", by="rina").or_raise()
        assert engine.contact("L", via="call", by="b").or_raise().case.holder == "b"
        now[0] += timedelta(hours=1, minutes=1)
        engine.tick()
        assert (engine.case("L").holder, engine.case("L").queue) == (expected, None if expected else "sales")


# Keeping -----------------------------------------------------------------------------------------------------------------


def test_an_existing_customer_stays_with_their_person() -> None:
    """Whoever last held an open or won case of the same number gets the next, whatever the group and capacity say, and without
    a turn; of a lost case nobody is kept.
    """
    desk = Desk("table: team, capacity: 1, keep_owner: true")
    assert desk.give("L-1", phone="+62 811 0000 0001") == "a"
    assert desk.give("L-2", phone="0811 0000 0002") == "b"
    for case, who in (("L-1", "a"), ("L-2", "b")):
        desk.engine.contact(case, via="call", by=who).or_raise()
    assert desk.give("L-3", phone="0811-0000-0002") == "b"
    assert desk.trace("L-3")["how"] == "kept"
    assert len(desk.turns()) == 2
    for case in ("L-2", "L-3"):
        desk.engine.move(case, "lost", by="b", reason="no_response").or_raise()
    assert desk.give("L-4", phone="0811 0000 0002") == "c"
    assert desk.engine.why_assigned("L-3")[0] == "The customer stays with b, who has had them before."


def test_a_customer_is_not_kept_by_somebody_absent_or_gone_from_the_role() -> None:
    """Then the method chooses, and the trace says whose customer it was."""
    for now_is in ({"leave": "2026-02-02"}, {"roles": "desk"}):
        store = MemoryStore()
        before = Desk("table: team, keep_owner: true", store=store)
        before.give("L-1", phone="0811 0000 0001")
        before.engine.contact("L-1", via="call", by="a").or_raise()
        after = Desk("table: team, keep_owner: true", {**TRIO, "a": {**person(), **now_is}}, store=store)
        assert after.give("L-2", phone="0811 0000 0001") == "b"
        assert after.trace("L-2")["not_kept"] == ["a"]


def test_a_case_that_comes_back_goes_to_who_had_it() -> None:
    """Reopened, brought back by time, or sent back: with `keep_owner` its last holder in the role has it again."""
    desk = Desk("table: team, keep_owner: true")
    assert [desk.give("L-1"), desk.give("L-2")] == ["a", "b"]
    desk.engine.move("L-1", "lost", by="a", reason="no_response").or_raise()
    assert desk.engine.move("L-1", "talk", by="a").or_raise().case.holder == "a"
    desk.engine.move("L-2", "later", by="b").or_raise()
    events = [event for event in desk.later(days=31) if event.case == "L-2"]
    assert [event.kind for event in events[:3]] == ["rested", "moved", "assigned"]
    assert events[2].data == {"to": "b"}


def test_a_case_that_belongs_to_another_group_by_now_is_that_groups() -> None:
    """Sent on because its region was wrong, it goes to somebody of the right one, not back to who had it."""
    desk = Desk("table: team, keep_owner: true", {"a": person(), "i": person("isles")})
    assert desk.give("L-1") == "a"
    desk.engine.move("L-1", "later", by="a").or_raise()
    desk.engine.record([{"case": "L-1", "kind": "edited", "at": desk.now, "by": "a", "changes": {"region": "bali"}}])
    assert desk.engine.move("L-1", "talk", by="a").or_raise().case.holder == "i"


def test_without_keep_owner_a_case_that_comes_back_takes_a_turn() -> None:
    """Time brings it back, and the next in turn has it; the assignment names the move that caused it."""
    desk = Desk()
    assert [desk.give("L-1"), desk.give("L-2")] == ["a", "b"]
    desk.engine.move("L-1", "later", by="a").or_raise()
    rested, moved, assigned = [event for event in desk.later(days=31) if event.case == "L-1"][:3]
    assert (moved.cause, assigned.cause, assigned.data) == (rested.id, moved.id, {"to": "c"})


# By hand -----------------------------------------------------------------------------------------------------------------


def test_a_case_is_given_by_hand_only_to_who_may_act_on_it() -> None:
    """Somebody of another role is refused; an absent or full colleague gets it, with a remark."""
    desk = Desk("table: team, capacity: 1", {"a": person(), "b": person(leave="2026-02-02"), "c": person()})
    assert desk.many(2) == ["a", "c"]
    refused = desk.engine.assign("L-0", "rina", by="bo")
    assert ([f.code for f in refused.findings], refused.case.holder) == (["CASE551"], "a")
    assert [f.code for f in desk.engine.assign("L-0", "b", by="bo").or_raise().findings] == ["CASE552"]
    full = desk.engine.assign("L-0", "c", by="bo").or_raise().findings
    assert [f.text("en") for f in full] == ["The case is now with c, who is full: 1 of at most 1 without this one."]


def test_the_story_of_a_case_tells_how_it_was_given(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """`sopengine run --case` says who was chosen, how, and who was passed over, in both languages."""
    (tmp_path / "given.yaml").write_text(SOP.replace("ASSIGN", HASTE), encoding="utf-8")
    scenario = {
        "people": {"rina": {"roles": ["desk"]}, "a": person(leave="2026-02-02"), "b": person(name="Budi")},
    }
    lines = [
        scenario,
        {"at": MONDAY.isoformat(), "by": "rina", "do": "open", "record": {"id": "L", **JAVA}},
        {"at": MONDAY.isoformat(), "by": "rina", "do": "advance", "case": "L"},
        {"at": (MONDAY + timedelta(hours=2)).isoformat(), "do": "tick"},
    ]
    path = tmp_path / "given.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    main(["run", str(tmp_path / "given.yaml"), str(path), "--case", "L", "--lang", "en"])
    out = " ".join(capsys.readouterr().out.split())
    told_so = (
        *("It was the turn of Budi in the group java.", "passed over: a (on leave)", "Budi has not taken up the case in time"),
    )
    assert [part for part in told_so if part not in out] == []


def test_a_customer_is_known_by_the_keys_of_identity_before_anybody_contacted_them() -> None:
    """With `identity` the same company is the same customer, although nobody has called them and they have no number."""
    desk = Desk("table: team, keep_owner: true", top="identity: {same_if: [[company]], on_duplicate: link}")
    assert [desk.give("L-1", company="PT Maju"), desk.give("L-2", company="CV Terang")] == ["a", "b"]
    assert desk.give("L-3", company="pt maju") == "a"
    assert desk.trace("L-3")["how"] == "kept"


def test_a_first_stage_may_choose_and_the_opener_takes_nothing() -> None:
    """A case that opens in a stage that chooses is with whom it chooses, also when an owner of the stage opened it."""
    text = SOP.replace("  capture: {owner: desk}\n", "").replace("ASSIGN", "table: team")
    engine = Engine(sopengine.load_text(text, "given.yaml"), people=TRIO, clock=lambda: MONDAY)
    tried = engine.open({"id": "L-1", **JAVA}, by="c", dry_run=True).or_raise()
    opened = engine.open({"id": "L-1", **JAVA}, by="c").or_raise()
    assert (tried.case.holder, opened.case.holder) == ("a", "a")
    assert [event.kind for event in opened.events] == ["opened", "assigned"]
    assert engine.clocks("L-1")["first_response"].started_at == MONDAY
    assert engine.open({"id": "L-2"}, by="c").or_raise().case.holder is None
    assert engine.clocks("L-2") == {}


@pytest.mark.parametrize("method", ["round_robin", "least_loaded", "weighted"])
def test_a_stored_wheel_goes_on_where_it_stood(method: str) -> None:
    """An engine that is started anew on the store of another makes the same choices as one that was never stopped."""
    people = {"a": person(capacity=30), "b": person(capacity=20), "c": person(capacity=50)}
    once, store, again = Desk(f"table: team, method: {method}", people), MemoryStore(), []
    for part in range(5):
        desk = Desk(f"table: team, method: {method}", people, store=store)
        again += [desk.give(f"{part}-{number}") for number in range(7)]
    assert [once.give(f"{part}-{number}") for part in range(5) for number in range(7)] == again
