"""Four eyes: nobody decides on what is their own, in their own name or in somebody else's.

Who acts for somebody else is tested as both. Source: the language reference, "Approvals, four-eyes, stand-ins"; the principle
is known as segregation of duties (NIST SP 800-53, AC-5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sopengine.kernel.authority import STANDS_IN
from sopengine.kernel.events import Event


def persons_of(event: Event) -> frozenset[str]:
    """Everybody who must count as having done it: the actor, and all whom they acted for."""
    found = {event.by}
    if event.acting_for is not None:
        found.add(event.acting_for)
    for members in event.derived.get(STANDS_IN, {}).values():
        found.update(members)
    return frozenset(found)


class Clash(NamedTuple):
    """Why somebody may not decide: they, or `person` whom they act for, are `why` (a name of the caller's)."""

    why: str
    person: str


def clash(event: Event, parts: Mapping[str, Iterable[str]]) -> Clash | None:
    """The first of `parts` (who had which part in the matter) that the actor of `event` had, too, or whom they act for."""
    acting = sorted(persons_of(event), key=lambda person: (person != event.by, person))
    for why, persons in parts.items():
        involved = frozenset(persons)
        for person in acting:
            if person in involved:
                return Clash(why, person)
    return None
