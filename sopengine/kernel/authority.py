"""Standing in, as an event keeps it: whose roles were taken up, or why they could not be."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sopengine.kernel.events import Event
from sopengine.kernel.tables import Tables
from sopengine.wording import Listing, Person, Said

STANDS_IN: Final = "stands_in"
"""Under this name an event keeps the roles that its actor stood in for, each with everybody who held it."""

NOT_AWAY: Final = "not_away"
"""Under this name an event keeps the roles that its actor would have stood in for, each with who was not away."""


def why_not(tables: Tables, event: Event, needs: Collection[str]) -> Said | str:
    """Why somebody who stands in for one of `needs` does not do so now; nothing for anybody else."""
    found = event.derived.get(NOT_AWAY, {})
    role = next((name for name in found if name in needs), None)
    if role is None:
        return ""
    there = Listing(tuple(Person(person) for person in found[role]))
    return Said("hint.not_away", {"role": tables.sop.roles[role].title, "there": there})
