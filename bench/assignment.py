"""A hundred thousand leads given to five hundred people, against a loop that keeps the wheel and the loads by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sopengine
from bench.report import Section, microseconds, ratio
from bench.timing import Work, once, race
from sopengine.kernel.assign import Member, Team, Wheel

LEADS, PEOPLE = 100_000, 500
ALONE, ROUNDS = 20_000, 3
CAPACITY = 2 * LEADS // PEOPLE
METHODS = ("round_robin", "least_loaded", "weighted")
NOW = datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
SOP = """
sop: desk
title: Desk
version: "1"
timezone: Asia/Jakarta
roles: {desk: Desk, sales: Sales}
fields: {region: {type: choice, values: [java, bali]}}
tables: {team: [{when: {region: java}, then: java}, {then: isles}]}
stages:
  capture: {owner: desk}
  talk: {owner: sales ASSIGN}
"""


def capacity_of(number: int) -> int:
    """People take more or less, so that weights differ."""
    return CAPACITY + number % 7


def chosen(method: str) -> tuple[Work, int]:
    """The kernel's choice alone: whose turn, with loads kept and everybody's turn remembered."""
    names = [f"p{number}" for number in range(PEOPLE)]
    order = {name: place for place, name in enumerate(names)}
    team = Team([Member(name, place, capacity_of(place)) for name, place in order.items()], order, {})
    wheel, loads = Wheel(), dict.fromkeys(names, 0)

    def work() -> None:
        for _ in range(ALONE):
            choice = team.choose(method, wheel)
            person = choice.person
            assert person is not None
            wheel.take({"to": person, "method": method} | ({"among": choice.among} if choice.among is not None else {}))
            loads[person] += 1
            team.update(person, loads[person], wheel.length)

    return work, ALONE


def by_hand(method: str) -> tuple[Work, int]:
    """What a program without an engine would write: a loop over the people for each lead."""
    return partial(_HANDS[method], [capacity_of(number) for number in range(PEOPLE)]), ALONE


def _in_turn(most: list[int]) -> None:
    loads, last = [0] * PEOPLE, -1
    for _ in range(ALONE):
        last = (last + 1) % PEOPLE
        while loads[last] >= most[last]:
            last = (last + 1) % PEOPLE
        loads[last] += 1


def _fewest(most: list[int]) -> None:
    loads, turns = [0] * PEOPLE, [0] * PEOPLE
    for turn in range(ALONE):
        best = min((n for n in range(PEOPLE) if loads[n] < most[n]), key=lambda n: (loads[n], turns[n]))
        loads[best] += 1
        turns[best] = turn


def _by_weight(most: list[int]) -> None:
    loads, owed = [0] * PEOPLE, [0] * PEOPLE
    for _ in range(ALONE):
        total, best = 0, -1
        for n in range(PEOPLE):
            if loads[n] < most[n]:
                owed[n] += most[n]
                total += most[n]
                if best < 0 or owed[n] > owed[best]:
                    best = n
        owed[best] -= total
        loads[best] += 1


_HANDS: dict[str, Callable[[list[int]], None]] = {"round_robin": _in_turn, "least_loaded": _fewest, "weighted": _by_weight}


def moved(method: str | None) -> tuple[Work, int]:
    """Live moves into a stage that chooses (None: into one that does not), each with everything that a move does."""
    assign = "" if method is None else f", assign: {{table: team, method: {method}}}"
    people: dict[str, Any] = {"rina": "desk"}
    people |= {f"p{number}": {"roles": "sales", "groups": "java", "capacity": capacity_of(number)} for number in range(PEOPLE)}
    sop = sopengine.load_text(SOP.replace(" ASSIGN", assign), "desk.yaml")
    engine = sopengine.Engine(sop, people=people, clock=lambda: NOW)
    for number in range(LEADS):
        engine.open({"id": f"L-{number}", "region": "java"}, by="rina")

    def work() -> None:
        for number in range(LEADS):
            if not engine.move(f"L-{number}", "talk", by="rina"):
                raise AssertionError(number)

    return work, LEADS


def assignments() -> Section:
    """Microseconds of a choice, of the loop by hand, and of a live move with and without one."""
    section = Section(
        "Assignment",
        f"Leads are given to {PEOPLE} people. The choice alone, without a case, for {ALONE:,} leads: whose turn it is, who is "
        "full and who had which turn; beside it a loop that keeps loads and turns in lists and explains nothing. Then "
        f"{LEADS:,} live moves into a stage that chooses: the table is asked, the choice and its reasons are kept with the move, "
        "and the turn in the stream of the team.",
    )
    section.table(["choice alone, per lead", "µs", "by hand", "÷ by hand"], list(_alone()))
    section.table(["live move, per lead", "µs", "÷ move"], list(_live()))
    return section


def _alone() -> Iterator[list[str]]:
    for method in METHODS:
        times = race({"kernel": partial(chosen, method), "hand": partial(by_hand, method)}, ROUNDS)
        kernel, hand = times["kernel"], times["hand"]
        yield [f"`{method}`", microseconds(kernel.median), microseconds(hand.median), ratio(kernel.times(hand))]


def _live() -> Iterator[list[str]]:
    plain = once(*moved(None))
    yield ["into a stage that does not choose", microseconds(plain), ratio(1.0)]
    for method in METHODS:
        took = once(*moved(method))
        yield [f"`{method}`", microseconds(took), ratio(took / plain)]
