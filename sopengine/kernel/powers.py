"""Which roles an act needs one of, read off the rules that will judge it: what is asked for is what is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sopengine.kernel.rules import RULES, opener_acts, owner_acts, owner_moves, superior_assigns
from sopengine.kernel.tables import Place, Tables

_NOBODY: Final[frozenset[str]] = frozenset()


def needed(tables: Tables, place: Place, kind: str, data: Mapping[str, Any]) -> frozenset[str]:
    """The roles one of which an act of `kind` in `place` needs; empty when everybody may, or another rule decides."""
    rules = RULES.get(kind, ())
    if owner_moves in rules:
        way = place.ways.get(data["to"])
        return way.by if way is not None and way.by else place.owners
    if superior_assigns in rules:
        return place.superiors
    if opener_acts in rules:
        first = data["stage"] == tables.sop.start and "since" not in data
        return tables.places[tables.sop.start].owners if first else _NOBODY
    return place.owners if owner_acts in rules else _NOBODY
