"""What is in order about an event excuses rules from being asked; none of them would have found anything."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import sopengine
from sopengine.kernel.circumstances import EXCUSED
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.events import Event
from sopengine.kernel.judge import judge
from sopengine.kernel.rules import RULES
from sopengine.kernel.state import CaseState, Series
from sopengine.kernel.tables import GONE, Place, Tables

SOPS = sorted((Path(__file__).parent.parent / "sops").glob("*-*.yaml"))
HOUR = 3_600_000_000
START = 1_770_000_000 * 1_000_000
MOMENTS = [(START + at * HOUR, START + known * HOUR) for at, known in ((5, 5), (5, 6), (5, 99), (3, 3), (1, 9), (7, 6))]
WORDS: dict[str, Any] = {"via": "call", "changes": {}, "record": {}}


def states_of(place: Place) -> list[CaseState]:
    """A case that was moved after it was opened, without and with everything that a rule could mind."""
    fresh = CaseState("K", place=place.name, visit=1, opened_at=START + 2 * HOUR, moved_at=START + 4 * HOUR)
    worn = fresh.copy()
    worn.unanswered_at, worn.closed_at = START + 4 * HOUR, 0
    worn.backs = {f"{place.name}>{way}": 99 for way in place.ways}
    worn.series = {place.name: Series(visit=1, first_at=START, attempts=99, last_at=START + 4 * HOUR)}
    return [fresh, worn]


def told(tables: Tables, place: Place, state: CaseState, event: Event) -> list[Any]:
    """What every rule of the kind finds, asked one by one; where cases are that were merged away, one rule answers all."""
    rules = place.rules[event.kind] if place.name == GONE else RULES[event.kind]
    return [finding for rule in rules for finding in rule(tables, place, state, event)]


@pytest.mark.parametrize("path", SOPS, ids=lambda path: path.name)
def test_the_judge_says_what_every_rule_of_the_kind_says(path: Path) -> None:
    """Whatever an event's circumstances are, and whichever way a move takes, no finding of any rule is lost."""
    tables = compile_tables(sopengine.load(path))
    for place, kind in product(tables.places.values(), RULES):
        owner = sorted(place.owners)[:1]
        places = [*tables.places, "nowhere"] if kind == "moved" else [place.name]
        for state, to, roles, (at, known) in product(states_of(place), places, ((), owner, ["crm_admin"]), MOMENTS):
            stage = place.name if place.stage else tables.sop.start
            data = defaultdict(lambda: "x", {**WORDS, "to": to, "stage": stage})  # a word of any kind of event
            event = Event("case:K/2", "case:K", 2, kind, at, known, "ani", tuple(roles), data=data)
            judged = tables.places[stage] if kind == "opened" else place
            assert judge(tables, state, event) == told(tables, judged, state, event)


def test_every_excuse_is_of_a_rule_that_is_asked() -> None:
    """The table of excuses names rules that some kind of event is really asked."""
    assert set(EXCUSED) <= {rule for rules in RULES.values() for rule in rules}
