"""Four eyes: nobody decides on what is their own, in their own name or in somebody else's.

Who acts for somebody else is tested as both. Source: the language reference, "Approvals, four-eyes, stand-ins"; the principle
is known as segregation of duties (NIST SP 800-53, AC-5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sopengine.kernel.authority import STANDS_IN
from sopengine.kernel.events import Event
from sopengine.wording import Person, Said

_OWN: Final = {
    "requester": "consent.own_requester",
    "holder": "consent.own_holder",
    "editor": "consent.own_editor",
    "case": "consent.own_case",
    "document": "consent.own_document",
}
_THEIRS: Final = {
    "requester": "consent.theirs_requester",
    "holder": "consent.theirs_holder",
    "editor": "consent.theirs_editor",
    "case": "consent.theirs_case",
    "document": "consent.theirs_document",
}


def persons_of(event: Event) -> frozenset[str]:
    """Everybody who must count as having done it: the actor, and all whom they acted for."""
    found = {event.by}
    if event.acting_for is not None:
        found.add(event.acting_for)
    for members in event.derived.get(STANDS_IN, {}).values():
        found.update(members)
    return frozenset(found)


class Clash(NamedTuple):
    """Why somebody may not decide: they, or `person` whom they act for, had the part `why`."""

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


def own(event: Event, parts: Mapping[str, Iterable[str]]) -> Said | None:
    """Why the actor of `event` may not decide on what these had a part in, in words; None when they may."""
    found = clash(event, parts)
    if found is None:
        return None
    said = _OWN if found.person == event.by else _THEIRS
    return Said(said[found.why], {"person": Person(found.person)})
