"""A calendar as it is written: weekly hours, and what overrides them on which dates.

Source: the language reference, "Durations and calendars": `open` beats `closed` beats holidays beats `during` beats
`hours`, per local date; a weekday that a `during` does not name keeps its ordinary hours; a window belongs to the day
it starts on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from sopengine.time import zones
from sopengine.time.durations import DAY, clock_text, shortened
from sopengine.time.holidays import COUNTRIES, holidays_of, kinds_of
from sopengine.time.windows import (
    FIRST_YEAR,
    LAST_YEAR,
    Dates,
    Windows,
    WrittenWrong,
    merged,
    parse_dates,
    parse_days,
    parse_windows,
    weekday_name,
)
from sopengine.wording import Listing

Path: TypeAlias = tuple[str | int, ...]
Problem: TypeAlias = tuple[Path, str, dict[str, Any]]
Week: TypeAlias = tuple[Windows | None, ...]
"""Windows by weekday, Monday first; None where nothing is written for that day."""

Country: TypeAlias = tuple[str, tuple[str, ...]]
"""A country and the kinds of its holidays that count, in alphabetical order."""

NOTHING: Week = (None,) * 7
LAST_ORDINAL = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """The days of a calendar by rule. Ranges of dates are disjoint and in order.

    >>> spec, problems = CalendarSpec.parse({"hours": {"mon-fri": "09:00-18:00"}}, "Asia/Jakarta")
    >>> [spec.windows_on(date(2026, 2, day)) for day in (6, 7)]
    [((32400000000, 64800000000),), ()]
    """

    timezone: str
    hours: Week = NOTHING
    during: tuple[tuple[Dates, Week], ...] = ()
    countries: tuple[Country, ...] = ()
    holidays: tuple[Dates, ...] = ()
    closed: tuple[Dates, ...] = ()
    open: tuple[tuple[Dates, Windows], ...] = ()

    @staticmethod
    def parse(data: Mapping[str, Any], default_zone: str | None) -> tuple[CalendarSpec | None, list[Problem]]:
        """The calendar that schema-valid `data` describes, or None and *every* problem with its path inside `data`."""
        reader = _Reader()
        spec = reader.read(data, default_zone)
        return (None if reader.problems else spec), reader.problems

    def windows_on(self, day: date) -> Windows:
        """The windows that start on a local date."""
        number = day.toordinal()
        special: Windows | None = _covering(self.open, number)
        if special is not None:
            return special
        if _among(self.closed, number) or self.is_holiday(day):
            return ()
        return self._ordinary(number)

    def is_holiday(self, day: date) -> bool:
        """Whether the date is a holiday of a country or of the written list (`closed` days are not holidays)."""
        if _among(self.holidays, day.toordinal()):
            return True
        return any(day in holidays_of(country, kinds, day.year) for country, kinds in self.countries)

    def ever_opens(self) -> bool:
        """Whether any date has a window, holidays of countries left aside (they never fill a year)."""
        if any(windows for _, windows in self.open):
            return True
        if not any(self.hours) and not any(any(week) for _, week in self.during):
            return False
        days = range(date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1)
        shut = merged((*self.closed, *self.holidays))
        return any(self._ordinary(day) and not _among(shut, day) for day in days)

    def _ordinary(self, number: int) -> Windows:
        weekday = (number - 1) % 7
        week: Week | None = _covering(self.during, number)
        written = None if week is None else week[weekday]
        return (self.hours[weekday] if written is None else written) or ()


def _among(ranges: tuple[Dates, ...], number: int) -> bool:
    at = bisect_right(ranges, (number, LAST_ORDINAL)) - 1
    return at >= 0 and number <= ranges[at][1]


def _covering(ranges: tuple[tuple[Dates, Any], ...], number: int) -> Any:
    """What is written for the range that holds the day; None when none does."""
    at = bisect_right(ranges, (number, LAST_ORDINAL), key=lambda entry: entry[0]) - 1
    return ranges[at][1] if at >= 0 and number <= ranges[at][0][1] else None


class _Reader:
    """Reads the parts of a calendar and goes on after a mistake."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, data: Mapping[str, Any], default_zone: str | None) -> CalendarSpec:
        countries, listed = self._holidays(data.get("holidays"))
        spec = CalendarSpec(
            timezone=self._zone(data.get("timezone"), default_zone),
            hours=self._week(data.get("hours", {}), ("hours",)),
            during=self._ranged(data.get("during", {}), "during", self._week),
            countries=countries,
            holidays=listed,
            closed=merged(dates for _, dates in self._dates(_each(data.get("closed")), ("closed",))),
            open=self._ranged(data.get("open", {}), "open", self._windows),
        )
        if not self.problems and not spec.ever_opens():
            self._say((), "SOP427")
        return spec

    def _say(self, path: Path, code: str, **params: Any) -> None:
        self.problems.append((path, code, params))

    def _zone(self, written: Any, default: str | None) -> str:
        zone = default if written is None else str(written)
        if zone is None:
            self._say((), "SOP426")
        elif not zones.known(zone):
            self._say(("timezone",) if written is not None else (), "SOP425", zone=shortened(zone))
        return zone or "UTC"

    def _windows(self, written: Any, path: Path) -> Windows:
        text = ", ".join(map(str, written)) if isinstance(written, (list, tuple)) else str(written)
        return self._try(parse_windows, text, path) or ()

    def _week(self, written: Mapping[str, Any], path: Path) -> Week:
        week: list[Windows | None] = [None] * 7
        for key, value in written.items():
            windows = self._windows(value, (*path, key))
            for day in self._try(parse_days, str(key), (*path, key)) or ():
                if week[day] is not None:
                    self._say((*path, key), "SOP431", day=weekday_name(day))
                week[day] = windows
        self._check_nights(week, path)
        return tuple(week)

    def _check_nights(self, week: list[Windows | None], path: Path) -> None:
        """A night must end before the next day's first window begins."""
        for day in range(7):
            tonight, tomorrow = week[day], week[(day + 1) % 7]
            if tonight and tomorrow and tonight[-1][1] - DAY > tomorrow[0][0]:
                name, time = weekday_name((day + 1) % 7), clock_text(tomorrow[0][0])
                self._say(path, "SOP433", day=name, time=time)

    def _ranged(
        self, written: Mapping[str, Any], key: str, read: Callable[[Any, Path], Any]
    ) -> tuple[tuple[Dates, Any], ...]:
        found: list[tuple[Dates, Any, str]] = []
        for text, value in written.items():
            content = read(value, (key, text))
            dates = self._try(parse_dates, str(text), (key, text))
            if dates is not None:
                found.append((dates, content, text))
        found.sort(key=lambda entry: entry[0])
        for (before, _, first), (after, _, second) in pairwise(found):
            if after[0] <= before[1]:
                self._say((key, second), "SOP434", first=shortened(first), second=shortened(second))
        return tuple((dates, content) for dates, content, _ in found)

    def _dates(self, entries: Iterable[tuple[Path, Any]], prefix: Path) -> Iterator[tuple[Path, Dates]]:
        for suffix, text in entries:
            dates = self._try(parse_dates, str(text), (*prefix, *suffix))
            if dates is not None:
                yield (*prefix, *suffix), dates

    def _holidays(self, written: Any) -> tuple[tuple[Country, ...], tuple[Dates, ...]]:
        """Countries and dates, alone or mixed in a list; what begins with a digit is meant as a date."""
        countries: dict[str, set[str]] = {}
        dates: list[tuple[Path, Any]] = []
        for suffix, entry in _each(written):
            if isinstance(entry, Mapping):
                self._country(entry["country"], entry.get("include", ["public"]), ("holidays", *suffix), countries)
            elif str(entry)[:1].isdigit():
                dates.append((suffix, entry))
            else:
                self._country(entry, ["public"], ("holidays", *suffix), countries)
        days = merged(found for _, found in self._dates(dates, ("holidays",)))
        return tuple((country, tuple(sorted(kinds))) for country, kinds in sorted(countries.items())), days

    def _country(self, written: Any, include: Any, path: Path, found: dict[str, set[str]]) -> None:
        country = str(written)
        if country not in COUNTRIES:
            self._say(path, "SOP428", country=shortened(country))
            return
        allowed = kinds_of(country)
        for at, kind in enumerate(include):
            if kind not in allowed:
                known = Listing(allowed, "or")
                self._say((*path, "include", at), "SOP429", kind=shortened(str(kind)), country=country, known=known)
        found.setdefault(country, set()).update(map(str, include))

    def _try(self, parse: Callable[[str], Any], text: str, path: Path) -> Any:
        try:
            return parse(text)
        except WrittenWrong as wrong:
            self._say(path, wrong.code, **wrong.params)
            return None


def _each(written: Any) -> list[tuple[Path, Any]]:
    """The entries of a list with their places, or the one text itself."""
    if written is None:
        return []
    if isinstance(written, (list, tuple)):
        return [((at,), entry) for at, entry in enumerate(written)]
    return [((), written)]
