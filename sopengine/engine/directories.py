"""The directory of an engine: what a program hands over, in the zone of its SOPs."""

from __future__ import annotations

from typing import Any

from sopengine.errors import InvalidSop
from sopengine.language.model import Sop
from sopengine.people import Directory, People, as_directory
from sopengine.people.checking import unplaced


def directory_of(people: Any, sops: tuple[Sop, ...]) -> Directory:
    """Who the people are; InvalidSop where leave is written and nobody says in which zone, for no day of it is guessed."""
    directory = as_directory(people, _zone_of(sops))
    if isinstance(directory, People) and (nowhere := unplaced(directory, "error")):
        raise InvalidSop(nowhere)
    return directory


def _zone_of(sops: tuple[Sop, ...]) -> str | None:
    """The zone that the first SOP with a written one says; what is no SOP is refused elsewhere."""
    written = (sop for sop in sops if isinstance(sop, Sop) and sop.document.main.mentions(("timezone",)))
    return next((sop.timezone for sop in written), None)
