"""What is compiled once and shared: the rules of a place, phrases that wait for a reader, and states that share their parts."""

from __future__ import annotations

import pickle
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine.kernel import events
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.events import Event
from sopengine.kernel.fold import fold
from sopengine.kernel.rules import RULES
from sopengine.kernel.settle import settle
from sopengine.kernel.state import CaseState, Series
from sopengine.kernel.tables import GONE, Place, Tables
from sopengine.time.durations import parse, show
from sopengine.wording import say
from sopengine.wording.phrases import Phrase

SOPS = sorted((Path(__file__).parent.parent / "sops").glob("*-*.yaml"))
HOUR = 3_600_000_000
START = 1_770_000_000_000_000

SOP = """
sop: shared
title: Shared
version: "1"
timezone: Asia/Jakarta
fields: {name: string, size: integer, met: datetime}
documents: {form: Form}
sla: {reply: 4h, deal: {from: met, until: closed, target: 9d}}
stages:
  talk:
    owner: sales
    checklist: [{code: call, text: Call}, {code: greet, text: Greet, once: true}]
    statuses: {new: New, waiting: {title: Waiting, waits_for: customer}}
    sla: {first_response: 2h, finish: {target: 2d, pause: [waiting], max_pause: 1d}}
    follow_up: {max: 2, every: 2h, then: lost}
  close: {owner: sales, back: [{to: talk, max: 2}]}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reopen: {to: talk, within: 30d}}
  rest: {kind: parked, from: any, recycle: {after: 5d, to: talk, max: 2}}
"""

FACTS: list[tuple[str, dict[str, Any]]] = [
    (events.EDITED, {"changes": {"size": 3}}),
    (events.EDITED, {"changes": {"size": "many", "met": "2026-02-02T10:00:00+07:00"}}),
    (events.EDITED, {"changes": {"met": None}}),
    *((events.MOVED, {"to": to}) for to in ("talk", "close", "won", "lost", "rest")),
    (events.CONTACTED, {"via": "call"}),
    (events.CONTACTED, {"via": "call", "answered": True}),
    (events.RECEIVED, {"via": "email"}),
    (events.BOUNCED, {"contacted_at": START + 2 * HOUR}),
    (events.ATTACHED, {"document": "form"}),
    *((kind, {"item": item}) for kind, item in product((events.TICKED, events.UNTICKED), ("call", "greet"))),
    (events.ASSIGNED, {"to": "budi"}),
    *((events.STATUS, {"to": to}) for to in ("new", "waiting")),
    (events.NO_REPLY, {"reason": "said thanks"}),
]


def event(kind: str, data: dict[str, Any], at: int, roles: tuple[str, ...] = ("sales",)) -> Event:
    return Event("case:K/2", "case:K", 2, kind, at, at, "ani", roles, data=data)


@pytest.fixture(scope="module")
def shared() -> Tables:
    """The tables of a procedure in which every part of a state can change."""
    return compile_tables(sopengine.load_text(SOP, "shared.yaml"))


def states_of(place: Place) -> list[CaseState]:
    """A case that has just come to a place, and one that could not be deeper in trouble there."""
    fresh = CaseState("K", place=place.name, visit=1)
    late = CaseState("K", place=place.name, visit=2, unanswered_at=START, moved_at=START + 9 * HOUR, closed_at=0)
    late.backs = {f"{place.name}>{way}": 99 for way in place.ways}
    tried = CaseState("K", place=place.name, visit=1)
    tried.series = {place.name: Series(visit=1, first_at=START, attempts=99, last_at=START)}
    return [fresh, late, tried]


@pytest.mark.parametrize("path", SOPS, ids=lambda path: path.name)
def test_a_rule_that_a_place_leaves_out_finds_nothing_there(path: Path) -> None:
    """What is not asked in a place would have found nothing, whatever happens."""
    tables = compile_tables(sopengine.load(path))
    words: list[dict[str, Any]] = [{"via": "call"}, {"via": "fax", "reason": "x"}, {"via": "email", "reason": "opt_out"}]
    left_out = 0
    for place in tables.places.values():
        if place.name == GONE:  # where cases are that were merged away: every wish gets one and the same answer
            continue
        for kind, rules in RULES.items():
            assert set(place.rules[kind]) <= set(rules)
            for rule in set(rules) - set(place.rules[kind]):
                left_out += 1
                for state, to, word in product(states_of(place), [*tables.places, "nowhere"], words):
                    assert not rule(tables, place, state, event(kind, {"to": to, **word}, START + HOUR, ()))
    assert left_out


@given(st.lists(st.tuples(st.sampled_from(FACTS), st.integers(0, 60 * HOUR)), min_size=1, max_size=12))
def test_what_happens_to_a_copy_does_not_happen_to_the_case(
    shared: Tables, happenings: list[tuple[tuple[str, dict[str, Any]], int]]
) -> None:
    """A state is as it was after anything was folded on its copy, at every step of a history."""
    state, at = CaseState("K"), START
    fold(shared, state, event(events.OPENED, {"stage": "talk", "record": {"name": "PT Maju"}}, at))
    for (kind, data), later in happenings:
        at += later
        before, copied = repr(state), state.copy()
        assert repr(copied) == before
        for _ in settle(shared, copied, at):
            pass
        fold(shared, copied, event(kind, data, at))
        assert repr(state) == before
        state = copied


def test_a_phrase_is_a_text_in_both_languages() -> None:
    """A phrase reads like the mapping that it stands for, also after it was stored and fetched."""
    phrase = Phrase(show, parse("24h"))
    assert phrase == {"en": "24 hours", "id": "24 jam"}
    assert pickle.loads(pickle.dumps(phrase)) == phrase  # noqa: S301 - it was made in the line itself
    assert "24 jam" in say("CASE505", "id", at="kemarin", within=phrase)
    assert repr(phrase) == repr(dict(phrase))
    with pytest.raises(KeyError):
        phrase["fr"]
