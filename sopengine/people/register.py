"""The directory that is written down: a file, or a mapping of the embedding program."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sopengine.diagnostics import Diagnostic
from sopengine.errors import InvalidSop, UsageError
from sopengine.language.schema import checked
from sopengine.people.attendance import Attendance
from sopengine.people.directory import Directory, NoDirectory
from sopengine.people.person import Person
from sopengine.people.reading import Reader, people_schema
from sopengine.source import Document, read, read_file

FROM_MAPPING: Final = "<people>"
"""What places call a directory that came as a program's data."""


class People:
    """A directory that was read from a file or a mapping and found sound. Immutable; safe to share by threads.

    `problems` are the warnings of its reading, which do not stop it.
    """

    __slots__ = ("_attendance", "_groups", "_members", "_roles", "document", "entries", "problems", "zone")

    def __init__(
        self,
        entries: Mapping[str, Person],
        document: Document,
        zone: str | None = None,
        problems: Iterable[Diagnostic] = (),
    ) -> None:
        self.entries = entries
        self.document = document
        self.zone = zone
        self.problems = tuple(problems)
        self._roles = {name: frozenset(person.roles) for name, person in entries.items()}
        self._groups = {name: person.takes_care_of() for name, person in entries.items()}
        members: dict[str, list[str]] = {}
        for name, person in entries.items():
            for role in dict.fromkeys(person.roles):
                members.setdefault(role, []).append(name)
        self._members = {role: tuple(names) for role, names in members.items()}
        nowhere = zone is None and self.needs_zone()
        self._attendance = None if nowhere else Attendance(entries, zone or "UTC")

    def needs_zone(self) -> bool:
        """Whether leave or a shift is written, which are times of some place."""
        return any(person.leave or person.shift is not None for person in self.entries.values())

    def in_zone(self, zone: str | None) -> People:
        """The directory with a zone for its leave and shifts, where it says none itself."""
        return self if self.zone is not None or zone is None else People(self.entries, self.document, zone, self.problems)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> People:
        """The directory in a ``people.yaml``; `InvalidSop` with every problem when it is not sound."""
        return cls.from_document(read_file(path))

    @classmethod
    def from_mapping(cls, people: Mapping[str, Any], name: str = FROM_MAPPING) -> People:
        """The directory in a program's data: a person's role, roles, or everything that a file may say of a person.

        `InvalidSop` tells every problem; its places are lines of the mapping written as JSON, which they call `name`.
        """
        said = dict(people) if _is_whole(people) else {"people": dict(people)}
        try:
            text = json.dumps(said, indent=1, ensure_ascii=False, default=_plain)
        except (TypeError, ValueError, RecursionError) as problem:
            raise UsageError.saying("call.people_data", problem=str(problem)) from None
        return cls.from_document(read(text, name))

    @classmethod
    def from_document(cls, document: Document) -> People:
        """The directory in a file that has been read; `InvalidSop` with every problem when it is not sound."""
        shape, pruned = checked(document, people_schema())
        reader = Reader(pruned)
        entries = reader.read() if document.readable else {}
        zone = reader.zone()
        problems = sorted([*map(_own_words, document.problems), *shape, *reader.problems], key=lambda problem: problem.span)
        if any(problem.severity == "error" for problem in problems):
            raise InvalidSop(problems)
        return cls(entries, document, zone, problems)

    def roles(self, person: str, at: int) -> frozenset[str]:
        """The roles that a person holds; they are the same at every instant."""
        return self._roles.get(person, frozenset())

    def name(self, person: str) -> str | None:
        """What people call the person: the written name, else the id."""
        entry = self.entries.get(person)
        return None if entry is None else entry.name or entry.id

    def reports_to(self, person: str) -> str | None:
        """The person above, as written here; None leaves it to the SOP's roles."""
        entry = self.entries.get(person)
        return None if entry is None else entry.reports_to

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """Who holds a role, in the order of the file."""
        return self._members.get(role, ())

    def known(self, person: str) -> bool:
        """Whether there is such a person."""
        return person in self.entries

    def groups(self, person: str, at: int) -> frozenset[str]:
        """What a table may name to find the person: groups, regions, products and skills together."""
        return self._groups.get(person, frozenset())

    def on_leave(self, person: str, at: int) -> bool:
        """Whether the person is on leave on the local date. Raises UsageError where leave is written and no zone."""
        return self._attended().on_leave(person, at)

    def present(self, person: str, at: int) -> bool:
        """Whether the person is not on leave, and inside the shift where one is written; nobody unknown is present.

        Raises UsageError where leave or shifts are written and no zone.
        """
        there = self._attended()
        return person in self.entries and not there.on_leave(person, at) and there.on_shift(person, at)

    def changes_after(self, person: str | None, at: int) -> int:
        """The next beginning or end of leave or of a window of a shift; ``NEVER`` where none is written."""
        return self._attended().changes_after(person, at)

    def capacity(self, person: str) -> int | None:
        """How many open cases the person holds at most, as written."""
        entry = self.entries.get(person)
        return None if entry is None else entry.capacity

    def quota(self, person: str, measure: str) -> int | Decimal | None:
        """The person's target for a measure: its own, else the one for all."""
        entry = self.entries.get(person)
        return None if entry is None else entry.quota(measure)

    def _attended(self) -> Attendance:
        if self._attendance is None:
            raise UsageError.saying("call.people_zone")
        return self._attendance


def as_directory(
    people: str | os.PathLike[str] | Mapping[str, Any] | Directory | None, zone: str | None = None
) -> Directory:
    """A directory from what a caller may hand over: nothing, the path of a ``people.yaml``, a mapping, or a directory.

    `zone` is where leave and shifts are meant that are written without one. `InvalidSop` when the file or mapping is not
    sound; `UsageError` for anything else.
    """
    if people is None:
        return NoDirectory()
    if isinstance(people, (str, os.PathLike)):
        return People.read(people).in_zone(zone)
    if isinstance(people, Mapping):
        return People.from_mapping(people).in_zone(zone)
    if isinstance(people, People):
        return people.in_zone(zone)
    if isinstance(people, Directory):
        return people
    raise UsageError.saying("call.people_type", type=type(people).__name__)


def _own_words(problem: Diagnostic) -> Diagnostic:
    """An SOP that is too large is divided into files; a directory is one file, so its way out is another."""
    return replace(problem, code="SOP774") if problem.code == "SOP002" else problem


def _is_whole(people: Mapping[str, Any]) -> bool:
    """Whether a mapping is a directory with its zone and not the people alone: no role is called like a zone."""
    return isinstance(people.get("people"), Mapping) and isinstance(people.get("timezone"), str)


def _plain(value: object) -> Any:
    """What JSON has no word for, as a file would write it."""
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal) or (isinstance(value, date) and not isinstance(value, datetime)):
        return str(value)
    raise TypeError(type(value).__name__)
