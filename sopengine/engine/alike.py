"""Duplicates among what is taken in: every pair once, in time that grows with the number of records and not with its square.

Cases are compared by what their records say once everything is taken in; two are duplicates when both stood for their subject
as the later one was opened. Source: the language reference, "Top level" (`identity`).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Live
from sopengine.engine.identities import MOST, described, known, link
from sopengine.kernel.events import EDITED, LINKED, OPENED
from sopengine.kernel.identity import Group, stood_until
from sopengine.kernel.identityrules import no_duplicate
from sopengine.kernel.state import NEVER

if TYPE_CHECKING:
    from sopengine.engine.core import Core

Lives = dict[str, Live]


class Pair(NamedTuple):
    """Two cases that one key says are the same: the one that came to have it last, and the other."""

    about: Live
    other: Live
    group: Group


def find_alike(core: Core, lives: Lives, now: int) -> list[Finding]:
    """The findings about duplicates in what is pending of `lives`; where the SOP links them, or a person did, both are linked.

    Cases that are linked from outside are added to `lives`, to be stored with them.
    """
    found: list[Finding] = []
    for case, others in _told(core, lives).items():
        found += _tell(core, lives, case, others, now)
    for live in tuple(lives.values()):
        for event in tuple(live.pending):
            if event.kind == LINKED and event.cause is None:
                lives |= {other.state.case: other for other in link(core, live, event, now, lives)}
    return found


def _tell(core: Core, lives: Lives, case: str, others: list[tuple[Live, list[Group]]], now: int) -> list[Finding]:
    """Keep on the event that gave a case its record what it is the same as."""
    live = lives[case]
    number = _number(live)
    told = [described(live.tables, other, groups) for other, groups in others]
    event = live.pending[number]
    live.pending[number] = event = msgspec.structs.replace(event, derived={**event.derived, "duplicates": told})
    findings = no_duplicate(live.tables, live.tables.places[live.tables.sop.start], live.state, event)
    lives |= {other.state.case: other for other in link(core, live, event, now, lives)}
    return [replace(finding, event=event.id) for finding in core.lookups.called(findings)]


def _told(core: Core, lives: Lives) -> dict[str, list[tuple[Live, list[Group]]]]:
    """The duplicates, by the case about which they are told."""
    found: dict[str, dict[str, tuple[Live, list[Group]]]] = {}
    for pair in _pairs(core, lives):
        others = found.setdefault(pair.about.state.case, {})
        others.setdefault(pair.other.state.case, (pair.other, []))[1].append(pair.group)
    return {case: list(others.values())[:MOST] for case, others in found.items()}


def _pairs(core: Core, lives: Lives) -> Iterator[Pair]:
    """The pairs of which one has just come to have a key, key by key."""
    news: dict[str, tuple[Group, set[str]]] = {}
    for case, live in lives.items():
        for stream, group in _new_keys(core, live) if live.tables.identity is not None and _number(live) >= 0 else ():
            news.setdefault(stream, (group, set()))[1].add(case)
    for stream, (group, cases) in news.items():
        claiming = dict.fromkeys((*core.identities.claimants(stream), *cases))
        everybody = (lives.get(case) or known(core.cases, case) for case in claiming)
        for first, then in _together(live for live in everybody if live is not None):
            about, other = (then, first) if then.state.case in cases else (first, then)
            one = about.state.merged_into == other.state.case or other.state.merged_into == about.state.case
            if about.state.case in cases and not one and _stood(other, about.pending[_number(about)].occurred_at):
                yield Pair(about, other, group)


def _new_keys(core: Core, live: Live) -> Iterator[tuple[str, Group]]:
    had: Mapping[str, Group] = {}
    if live.length:
        had = core.identities.keys(live.tables, core.cases.get(live.state.case).state)
    has = core.identities.keys(live.tables, live.state)
    return ((stream, group) for stream, group in has.items() if stream not in had)


def _together(claiming: Iterable[Live]) -> Iterator[tuple[Live, Live]]:
    """Those that stood for their subject at one time, the earlier one first: of many, each with the oldest."""
    standing: Lives = {}
    ends: list[tuple[int, str]] = []
    for then in sorted(claiming, key=lambda live: (live.state.opened_at, live.state.case)):
        while ends and ends[0][0] <= then.state.opened_at:
            standing.pop(heapq.heappop(ends)[1])
        yield from ((first, then) for first in tuple(islice(standing.values(), MOST)))
        until = stood_until(then.tables, then.state)
        standing[then.state.case] = then
        heapq.heappush(ends, (NEVER if until is None else until, then.state.case))


def _stood(live: Live, at: int) -> bool:
    until = stood_until(live.tables, live.state)
    return until is None or until > at


def _number(live: Live) -> int:
    """The number among what is pending of the event that gave a case its record; -1 when nothing here did."""
    kind = EDITED if live.length else OPENED
    return max((number for number, event in enumerate(live.pending) if event.kind == kind), default=-1)
