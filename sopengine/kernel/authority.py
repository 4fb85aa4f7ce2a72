"""Which roles may do what: one of them is needed, a person's own or one that they stand in for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sopengine.kernel import events
from sopengine.kernel.events import Event
from sopengine.kernel.tables import Place, Tables
from sopengine.wording import Listing, Person, Said

STANDS_IN: Final = "stands_in"
"""Under this name an event keeps the roles that its actor stood in for, each with everybody who held it."""

NOT_AWAY: Final = "not_away"
"""Under this name an event keeps the roles that its actor would have stood in for, each with who was not away."""

_BY_OWNERS: Final = frozenset(
    {events.CONTACTED, events.EDITED, events.ATTACHED, events.TICKED, events.UNTICKED, events.STATUS, events.NO_REPLY}
)
_NOBODY: Final[frozenset[str]] = frozenset()


def needed(tables: Tables, place: Place, kind: str, data: Mapping[str, Any]) -> frozenset[str]:
    """The roles one of which an act of `kind` in `place` needs; empty when everybody may."""
    if kind == events.MOVED:
        way = place.ways.get(data["to"])
        return way.by if way is not None and way.by else place.owners
    if kind == events.ASSIGNED:
        return place.superiors
    if kind == events.OPENED:
        first = data["stage"] == tables.sop.start and "since" not in data
        return tables.places[tables.sop.start].owners if first else _NOBODY
    return place.owners if kind in _BY_OWNERS else _NOBODY


def why_not(tables: Tables, event: Event, needs: Collection[str]) -> Said | str:
    """Why somebody who stands in for one of `needs` does not do so now; nothing for anybody else."""
    found = event.derived.get(NOT_AWAY, {})
    role = next((name for name in found if name in needs), None)
    if role is None:
        return ""
    there = Listing(tuple(Person(person) for person in found[role]))
    return Said("hint.not_away", {"role": tables.sop.roles[role].title, "there": there})
