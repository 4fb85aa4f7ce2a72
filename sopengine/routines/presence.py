"""Who is away, as far as the directory says it."""

from __future__ import annotations

from collections.abc import Iterable

from sopengine.people import Directory, staffed


def all_on_leave(directory: Directory, people: Iterable[str], at: int) -> bool:
    """Whether there is somebody, and everybody is on leave at an instant."""
    staff = staffed(directory)
    away = [staff.on_leave(person, at) for person in people]
    return bool(away) and all(away)
