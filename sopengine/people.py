"""The directory: who the people are that a procedure only names by role.

The SOP says what must hold; who holds a role, who is away and who reports to whom is said here: in a file, in a mapping
of the embedding program, or by an object of its own that is a `Directory`. Instants are microseconds since the epoch.

>>> people = People.from_mapping({"rina": "admin_sales", "budi": {"roles": ["sales"], "reports_to": "rina"}})
>>> sorted(people.roles("budi", at=0)), people.members("sales", at=0), people.reports_to("budi")
(['sales'], ('budi',), 'rina')
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from sopengine.bundled import bundled_text
from sopengine.diagnostics import Diagnostic, Severity, Span
from sopengine.errors import InvalidSop, UsageError
from sopengine.language.facts import BadLiteral, FactType, literal
from sopengine.language.schema import checked
from sopengine.records import formats
from sopengine.source import Document, read, read_file
from sopengine.time.spec import NOTHING, CalendarSpec, Week
from sopengine.time.windows import Dates, WrittenWrong, merged, parse_dates

if TYPE_CHECKING:
    from sopengine.language.model import Path, Sop

ROLE_ACTOR: Final = "role:"
"""The beginning of an actor that is a role and no person: ``role:sales``, where there is no directory."""

FROM_MAPPING: Final = "<people>"
"""What places call a directory that came as a program's data."""

RESERVED: Final = frozenset({"sop", "customer"})
"""Actors that are nobody on the staff: the SOP itself, and the customer."""

_CROWD: Final = 2000
_MOST_GUESSES: Final = 20
_LONGEST_CHAIN: Final = 12
_AMOUNT: Final = FactType("money")


@runtime_checkable
class Directory(Protocol):
    """What the engine asks about people. An embedding program may answer from its own tables.

    Answers are stored with what they decided, so a directory may change at any time without changing the past.
    """

    def roles(self, person: str, at: int) -> frozenset[str]:
        """The roles that a person holds at an instant; none for a person who is not known."""

    def name(self, person: str) -> str | None:
        """What people call the person."""

    def reports_to(self, person: str) -> str | None:
        """The person above, when the directory says so itself."""

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """Who holds a role at an instant, always in the same order."""

    def known(self, person: str) -> bool:
        """Whether there is such a person."""


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the directory, as it is written.

    `groups` are what the tables of an SOP name; `leave` are disjoint ranges of local dates in order, as ordinals with
    both ends included; `shift` are the windows of the week, None when nothing is said; `quotas` are amounts by measure,
    under "" the one for every measure.
    """

    id: str
    name: str | None
    roles: tuple[str, ...]
    groups: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    reports_to: str | None = None
    leave: tuple[Dates, ...] = ()
    shift: Week | None = None
    capacity: int | None = None
    quotas: Mapping[str, int | Decimal] = field(default_factory=dict)

    def quota(self, measure: str) -> int | Decimal | None:
        """The person's target for a measure: its own, else the one for all."""
        return self.quotas.get(measure, self.quotas.get(""))


class People:
    """A directory that was read from a file or a mapping and found sound. Immutable; safe to share by threads."""

    __slots__ = ("_members", "_roles", "document", "entries")

    def __init__(self, entries: Mapping[str, Person], document: Document) -> None:
        self.entries = entries
        self.document = document
        self._roles = {name: frozenset(person.roles) for name, person in entries.items()}
        members: dict[str, list[str]] = {}
        for name, person in entries.items():
            for role in dict.fromkeys(person.roles):
                members.setdefault(role, []).append(name)
        self._members = {role: tuple(names) for role, names in members.items()}

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> People:
        """The directory in a ``people.yaml``; `InvalidSop` with every problem when it is not sound."""
        return cls.from_document(read_file(path))

    @classmethod
    def from_mapping(cls, people: Mapping[str, Any], name: str = FROM_MAPPING) -> People:
        """The directory in a program's data: a person's role, roles, or everything that a file may say of a person.

        `InvalidSop` tells every problem; its places are lines of the mapping written as JSON, which they call `name`.
        """
        try:
            text = json.dumps({"people": dict(people)}, indent=1, ensure_ascii=False, default=_plain)
        except (TypeError, ValueError, RecursionError) as problem:
            raise UsageError(f"people is not plain data: {problem}") from None
        return cls.from_document(read(text, name))

    @classmethod
    def from_document(cls, document: Document) -> People:
        """The directory in a file that has been read; `InvalidSop` with every problem when it is not sound."""
        shape, pruned = checked(document, people_schema())
        reader = _Reader(pruned)
        entries = reader.read() if document.readable else {}
        problems = [*document.problems, *shape, *reader.problems]
        if any(problem.severity == "error" for problem in problems):
            raise InvalidSop(sorted(problems, key=lambda problem: problem.span))
        return cls(entries, document)

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


class NoDirectory:
    """Where there is no directory: a person has no roles, and ``role:sales`` acts as somebody who has just that one.

    >>> nobody = NoDirectory()
    >>> nobody.roles("role:sales", at=0), nobody.roles("budi", at=0), nobody.members("sales", at=0)
    (frozenset({'sales'}), frozenset(), ('role:sales',))
    """

    __slots__ = ()

    def roles(self, person: str, at: int) -> frozenset[str]:
        """The role that ``role:…`` names; none for anybody else."""
        role = _role_of(person)
        return frozenset() if role is None else frozenset((role,))

    def name(self, person: str) -> str | None:
        """None: nobody's name is known."""
        return None

    def reports_to(self, person: str) -> str | None:
        """None: it is left to the SOP's roles."""
        return None

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """The one actor who stands for the role."""
        return (f"{ROLE_ACTOR}{role}",)

    def known(self, person: str) -> bool:
        """True: there is no list that anybody could be missing from."""
        return True


def _role_of(actor: str) -> str | None:
    return (actor.removeprefix(ROLE_ACTOR) or None) if actor.startswith(ROLE_ACTOR) else None


def as_directory(people: str | os.PathLike[str] | Mapping[str, Any] | Directory | None) -> Directory:
    """A directory from what a caller may hand over: nothing, the path of a ``people.yaml``, a mapping, or a directory.

    `InvalidSop` when the file or mapping is not sound; `UsageError` for anything else.
    """
    if people is None:
        return NoDirectory()
    if isinstance(people, (str, os.PathLike)):
        return People.read(people)
    if isinstance(people, Mapping):
        return People.from_mapping(people)
    if isinstance(people, Directory):
        return people
    raise UsageError(f"people: a path, a mapping or a Directory is needed, not {type(people).__name__}")


@cache
def people_schema() -> dict[str, Any]:
    """The JSON Schema of a ``people.yaml`` (draft 2020-12). Do not change it: it is shared."""
    schema: dict[str, Any] = json.loads(bundled_text("schemas", "people.schema.json"))
    return schema


def check_people(people: People, *sops: Sop) -> list[Diagnostic]:
    """What does not fit between a directory and its SOPs: warnings, because either of them may change first.

    A role that no SOP knows gives its holder nothing; a role that nobody holds is work that nobody may do. Give all
    SOPs that share the directory at once.
    """
    known = {role for sop in sops for role in sop.roles}
    found = [
        Diagnostic("SOP752", people.document.span(path), {"role": role, "person": person}, "warning", near(role, known))
        for person, role, path in _held_roles(people)
        if role not in known
    ]
    for sop in sops:
        for name, role in sop.roles.items():
            if not people.members(name, 0):
                found.append(Diagnostic("SOP753", sop.span(role.path), {"role": name, "title": role.title}, "warning"))
    return found


def _held_roles(people: People) -> Iterator[tuple[str, str, Path]]:
    data = people.document.data["people"]
    for person in people.entries:
        path: Path = ("people", person)
        written = data[person]
        if isinstance(written, dict):
            written, path = written["roles"], (*path, "roles")
        yield from ((person, role, place) for role, place in _listed(written, path))


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; in a crowd nobody guesses."""
    names = sorted(known)
    return next(iter(get_close_matches(name[:60], names, n=1, cutoff=0.7)), None) if len(names) <= _CROWD else None


def _plain(value: object) -> Any:
    """What JSON has no word for, as a file would write it."""
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal) or (isinstance(value, date) and not isinstance(value, datetime)):
        return str(value)
    raise TypeError(type(value).__name__)


def _listed(value: Any, path: Path) -> list[tuple[Any, Path]]:
    """One value, or a list of them, each with its place."""
    if value is None:
        return []
    if isinstance(value, list):
        return [(item, (*path, index)) for index, item in enumerate(value)]
    return [(value, path)]


class _Reader:
    """Reads people and goes on after a mistake, so that all are told at once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Diagnostic] = []

    def read(self) -> dict[str, Person]:
        data = self.document.data.get("people") if isinstance(self.document.data, dict) else None
        written = data if isinstance(data, dict) else {}
        entries = {name: self._person(name, value, ("people", name)) for name, value in written.items()}
        self._superiors(entries)
        return entries

    def _say(
        self, code: str, place: Path | Span, suggestion: str | None = None, severity: Severity = "error", **params: Any
    ) -> None:
        span = place if isinstance(place, Span) else self.document.span(place)
        self.problems.append(Diagnostic(code, span, params, severity, suggestion))

    def _person(self, name: str, value: Any, path: Path) -> Person:
        if name in RESERVED:
            self._say("SOP756", self.document.key_span(path), person=name)
        if not isinstance(value, dict):
            return Person(name, None, tuple(role for role, _ in _listed(value, path)))
        return Person(
            id=name,
            name=value.get("name"),
            roles=tuple(role for role, _ in _listed(value.get("roles"), path)),
            groups=tuple(group for group, _ in _listed(value.get("groups"), path)),
            email=self._reachable(value, path, "email"),
            phone=self._reachable(value, path, "phone"),
            reports_to=value.get("reports_to"),
            leave=self._leave(value.get("leave"), (*path, "leave")),
            shift=self._shift(value.get("shift"), (*path, "shift")),
            capacity=value.get("capacity"),
            quotas=self._quotas(value.get("quota"), (*path, "quota")),
        )

    def _reachable(self, value: Mapping[str, Any], path: Path, key: str) -> str | None:
        text: str | None = value.get(key)
        test, code = (formats.is_email, "SOP754") if key == "email" else (formats.is_phone, "SOP755")
        if text is not None and not test(text):
            self._say(code, (*path, key), value=text[:60])
        return text

    def _leave(self, value: Any, path: Path) -> tuple[Dates, ...]:
        found = []
        for text, place in _listed(value, path):
            try:
                found.append(parse_dates(text))
            except WrittenWrong as problem:
                self._say(problem.code, place, **problem.params)
        return merged(found)

    def _shift(self, value: Any, path: Path) -> Week | None:
        if value is None:
            return None
        spec, problems = CalendarSpec.parse({"hours": value}, "UTC")
        for inside, code, params in problems:
            self._say(code, (*path, *inside[1:]), **params)
        return NOTHING if spec is None else spec.hours

    def _quotas(self, value: Any, path: Path) -> dict[str, int | Decimal]:
        written = value if isinstance(value, dict) else {} if value is None else {"": value}
        found: dict[str, int | Decimal] = {}
        for measure, amount in written.items():
            place = (*path, measure) if measure else path
            text = self.document.raw(place) or str(amount)
            number = literal(text, _AMOUNT)
            if isinstance(number, (int, Decimal)) and number >= 0:
                found[measure] = number
            else:
                suggestion = number.suggestion if isinstance(number, BadLiteral) else None
                self._say("SOP757", place, suggestion, value=text[:60])
        return found

    def _superiors(self, entries: Mapping[str, Person]) -> None:
        """Everybody reports to somebody who exists, and nobody to themselves, over however many others."""
        for name, person in entries.items():
            above = person.reports_to
            if above is not None and above not in entries:
                guess = near(above, entries) if len(self.problems) < _MOST_GUESSES else None
                self._say("SOP750", ("people", name, "reports_to"), guess, person=name, above=above)
        for circle in _circles({name: person.reports_to for name, person in entries.items()}):
            shown = circle if len(circle) <= _LONGEST_CHAIN else (*circle[:_LONGEST_CHAIN], "…")
            self._say("SOP751", ("people", circle[0], "reports_to"), chain=" → ".join((*shown, circle[0])))


def _circles(above: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """Every circle of people who report to one another, once. Each person is visited once."""
    done: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        person: str | None = start
        while person is not None and person in above and person not in done and person not in way:
            way[person] = None
            person = above[person]
        if person in way:
            names = tuple(way)
            yield names[names.index(person) :]
        done.update(way)
