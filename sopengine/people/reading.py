"""From the text of a directory to its entries, with every mistake and its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from sopengine.bundled import bundled_text
from sopengine.diagnostics import Diagnostic, Related, Severity, Span
from sopengine.language.facts import BadLiteral, FactType, literal
from sopengine.language.model import Path
from sopengine.people.directory import RESERVED
from sopengine.people.person import Person
from sopengine.records import formats
from sopengine.source import Document
from sopengine.time import zones
from sopengine.time.durations import shortened
from sopengine.time.spec import NOTHING, CalendarSpec, Week
from sopengine.time.windows import Dates, WrittenWrong, merged, parse_dates

_CROWD: Final = 2000
_MOST_GUESSES: Final = 20
_LONGEST_CHAIN: Final = 12
_AMOUNT: Final = FactType("money")


@cache
def people_schema() -> dict[str, Any]:
    """The JSON Schema of a ``people.yaml`` (draft 2020-12). Do not change it: it is shared."""
    schema: dict[str, Any] = json.loads(bundled_text("schemas", "people.schema.json"))
    return schema


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; in a crowd nobody guesses."""
    names = sorted(known)
    return next(iter(get_close_matches(name[:60], names, n=1, cutoff=0.7)), None) if len(names) <= _CROWD else None


def listed(value: Any, path: Path) -> list[tuple[Any, Path]]:
    """One value, or a list of them, each with its place."""
    if value is None:
        return []
    if isinstance(value, list):
        return [(item, (*path, index)) for index, item in enumerate(value)]
    return [(value, path)]


def _names(value: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(name for name, _ in listed(value.get(key), ()))


class Reader:
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

    def zone(self) -> str | None:
        """The zone of leave and shifts, where one is written."""
        written = self.document.data.get("timezone") if isinstance(self.document.data, dict) else None
        if written is not None and not zones.known(written):
            self._say("SOP425", ("timezone",), zone=shortened(written))
            return None
        return written if isinstance(written, str) else None

    def _say(
        self, code: str, place: Path | Span, suggestion: str | None = None, severity: Severity = "error", **params: Any
    ) -> None:
        span = place if isinstance(place, Span) else self.document.span(place)
        self.problems.append(Diagnostic(code, span, params, severity, suggestion))

    def _person(self, name: str, value: Any, path: Path) -> Person:
        if name in RESERVED:
            self._say("SOP756", self.document.key_span(path), person=name)
        if not isinstance(value, dict):
            return Person(name, None, tuple(role for role, _ in listed(value, path)))
        return Person(
            id=name,
            name=self._name(name, value, path),
            roles=tuple(role for role, _ in listed(value.get("roles"), path)),
            groups=_names(value, "groups"),
            regions=_names(value, "regions"),
            products=_names(value, "products"),
            skills=_names(value, "skills"),
            email=self._reachable(value, path, "email"),
            phone=self._reachable(value, path, "phone"),
            reports_to=value.get("reports_to"),
            leave=self._leave(name, value.get("leave"), (*path, "leave")),
            shift=self._shift(name, value.get("shift"), (*path, "shift")),
            capacity=self._capacity(name, value.get("capacity"), (*path, "capacity")),
            quotas=self._quotas(value.get("quota"), (*path, "quota")),
        )

    def _name(self, person: str, value: Mapping[str, Any], path: Path) -> str | None:
        """What people are called is put into sentences, so it is one line; the rest that cannot be seen no file may hold."""
        text: str | None = value.get("name")
        if text is not None and text.splitlines() != [text]:
            self._say("SOP773", (*path, "name"), person=person)
        return text

    def _reachable(self, value: Mapping[str, Any], path: Path, key: str) -> str | None:
        text: str | None = value.get(key)
        test, code = (formats.is_email, "SOP754") if key == "email" else (formats.is_phone, "SOP755")
        if text is not None and not test(text):
            self._say(code, (*path, key), value=text[:60])
        return text

    def _leave(self, name: str, value: Any, path: Path) -> tuple[Dates, ...]:
        found: list[tuple[Dates, str, Path]] = []
        for text, place in listed(value, path):
            try:
                found.append((parse_dates(text), text, place))
            except WrittenWrong as problem:
                self._say(problem.code, place, **problem.params)
        self._overlaps(name, found)
        return merged(dates for dates, _, _ in found)

    def _overlaps(self, name: str, found: list[tuple[Dates, str, Path]]) -> None:
        """Each leave that begins before an earlier one has ended, with the one that ends last of those."""
        latest: tuple[Dates, str, Path] | None = None
        for leave in sorted(found, key=lambda leave: leave[0]):
            (first, last), text, place = leave
            if latest is not None and first <= latest[0][1]:
                params = {"person": name, "first": shortened(latest[1]), "second": shortened(text)}
                related = (Related(self.document.span(latest[2]), "rules.leave_here"),)
                self.problems.append(Diagnostic("SOP758", self.document.span(place), params, "warning", related=related))
            if latest is None or last > latest[0][1]:
                latest = leave

    def _shift(self, name: str, value: Any, path: Path) -> Week | None:
        if value is None:
            return None
        spec, problems = CalendarSpec.parse({"hours": value}, "UTC")
        for inside, code, params in problems:
            if code == "SOP427":
                self._say("SOP759", path, person=name)
            else:
                self._say(code, (*path, *inside[1:]), **params)
        return NOTHING if spec is None else spec.hours

    def _capacity(self, name: str, value: Any, path: Path) -> int | None:
        if value == 0:
            self._say("SOP768", path, severity="warning", person=name)
        return value if isinstance(value, int) else None

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
