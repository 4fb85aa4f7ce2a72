"""Who is away on a date, as far as the directory says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, runtime_checkable

from sopengine.people import Directory, People


@runtime_checkable
class KnowsLeave(Protocol):
    """What a directory of the host's own answers as well, when it knows who is away."""

    def on_leave(self, person: str, day: date) -> bool:
        """Whether a person is on leave on a whole local date."""


def on_leave(directory: Directory, person: str, day: date) -> bool:
    """Whether a person is on leave throughout a date; False where the directory does not say.

    >>> people = People.from_mapping({"rina": {"roles": ["sales"], "leave": ["2026-02-03..2026-02-05"]}})
    >>> on_leave(people, "rina", date(2026, 2, 5)), on_leave(people, "rina", date(2026, 2, 6))
    (True, False)
    """
    if isinstance(directory, People):
        entry = directory.entries.get(person)
        return entry is not None and any(first <= day.toordinal() <= last for first, last in entry.leave)
    return isinstance(directory, KnowsLeave) and directory.on_leave(person, day)


def all_on_leave(directory: Directory, people: Iterable[str], day: date) -> bool:
    """Whether there is somebody, and everybody is away."""
    away = [on_leave(directory, person, day) for person in people]
    return bool(away) and all(away)
