"""Who gets a case: eligibility, the three methods, acceptance, queues, and that nothing but a stored choice turns a wheel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from desk import FailingStore

import sopengine
from sopengine import Engine
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
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
JAVA = {"region": "java"}


def person(*groups: str, **more: Any) -> dict[str, Any]:
    return {"roles": "sales", "groups": list(groups) or ["java"], **more}


TRIO = {"a": person(), "b": person(), "c": person()}


class Desk:
    """An engine on a stage that chooses, with the people given; rina brings the cases, bo is everybody's superior."""

    def __init__(self, assign: str = "table: team", people: Mapping[str, Any] = TRIO, **more: Any) -> None:
        self.now = MONDAY
        self.store = more.setdefault("store", MemoryStore())
        self.sop = sopengine.load_text(SOP.replace("ASSIGN", assign), "given.yaml")
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
