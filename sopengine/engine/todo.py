"""What stands between a case and going on: the gate and the conditions of its ways, asked without wanting to move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Live
from sopengine.engine.lookups import Lookups
from sopengine.kernel.gate import condition_finding, unmet
from sopengine.kernel.identityrules import gone
from sopengine.kernel.naming import roles_of
from sopengine.kernel.override import still_open
from sopengine.kernel.rules import no_way
from sopengine.kernel.tables import Place, Tables, Way


def todo(live: Live, lookups: Lookups, to: str | None, at: int) -> tuple[Finding, ...]:
    """What still stands between the case and going to `to`, or forward at all, at instant `at` (µs)."""
    tables, place = live.tables, live.tables.places[live.state.place]
    if live.state.merged_into is not None:
        return (gone(live.state),)
    if to is not None and to not in place.ways:
        return (no_way(tables, place, to),)
    facts = _facts(live, lookups, place)
    ways = list(place.forward) if to is None else [place.ways[to]]
    items = lookups.called(unmet(tables, place, live.state, facts, at)) if any(way.gated for way in ways) else []
    return (*items, *_in_the_way(tables, ways, facts), *lifted(live, lookups, at, items), *invalid(live, items))


def invalid(live: Live, told: Sequence[Finding] = ()) -> list[Finding]:
    """The values that stand in the record and do not fit their fields, but for those that are `told` of anyway: they fill
    nothing, and nobody is to think that they were taken. They stop nothing by themselves.
    """
    if not live.state.invalid:
        return []
    said = {finding.params.get("name") for finding in told}
    tables, owners = live.tables, roles_of(live.tables, live.tables.places[live.state.place].owners)
    found = []
    for name in sorted(live.state.invalid.keys() - said):
        params = {"field": tables.sop.fields[name].title or name, "name": name, "owners": owners}
        found.append(Finding("CASE203", params, False, tables.sop.span(("fields", name))))
    return found


def lifted(live: Live, lookups: Lookups, at: int, told: Sequence[Finding] = ()) -> list[Finding]:
    """What an override has lifted and is still unmet, but for what is `told` anyway."""
    if not live.state.lifted:
        return []
    return lookups.called(still_open(live.tables, live.state, at, partial(_facts, live, lookups), told))


def next_place(live: Live, lookups: Lookups) -> str:
    """Where "advance" goes: the first way whose condition holds, or the first that is in the way of knowing."""
    place = live.tables.places[live.state.place]
    facts = _facts(live, lookups, place)
    for way in place.forward:
        if way.guard is None or way.guard.test(facts) is not False:
            return way.to
    return place.forward[0].to if place.forward else place.name


def _facts(live: Live, lookups: Lookups, place: Place) -> Mapping[str, Any]:
    answers = lookups.answers(live.state, place)
    return {**live.tables.derive(live.state.facts), **{f"predicate:{name}": answer for name, answer in answers.items()}}


def _in_the_way(tables: Tables, ways: list[Way], facts: Mapping[str, Any]) -> list[Finding]:
    """Why no listed way is open: nothing when one is."""
    found: list[Finding] = []
    for way in ways:
        finding = None
        if way.guard is not None:
            finding = condition_finding(tables, way.guard, facts, tables.places[way.to].title)
        if finding is None:
            return []
        found.append(finding)
        if finding.code == "CASE105":
            return [finding]
    return found
