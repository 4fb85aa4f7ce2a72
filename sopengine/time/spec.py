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
    country: str | None = None
    include: tuple[str, ...] = ("public",)
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
        """Whether the date is a holiday of the country or of the written list (`closed` days are not holidays)."""
        if _among(self.holidays, day.toordinal()):
            return True
        return self.country is not None and day in holidays_of(self.country, self.include, day.year)

    def ever_opens(self) -> bool:
        """Whether any date has a window, holidays of the country left aside (they never fill a year)."""
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
        country, include, listed = self._holidays(data.get("holidays"))
        spec = CalendarSpec(
            timezone=self._zone(data.get("timezone"), default_zone),
            hours=self._week(data.get("hours", {}), ("hours",)),
            during=self._ranged(data.get("during", {}), "during", self._week),
            country=country,
            include=include,
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

    def _holidays(self, written: Any) -> tuple[str | None, tuple[str, ...], tuple[Dates, ...]]:
        if isinstance(written, str) and not written[:1].isdigit():
            written = {"country": written}
        if not isinstance(written, Mapping):
            written = {"list": written} if written is not None else {}
        at_top = "list" in written and len(written) == 1
        country = self._country(written.get("country"))
        include = self._include(country, written)
        listed = self._dates(_each(written.get("list")), ("holidays",) if at_top else ("holidays", "list"))
        return country, include, merged(dates for _, dates in listed)

    def _country(self, written: Any) -> str | None:
        if written is None:
            return None
        if str(written) not in COUNTRIES:
            self._say(("holidays",), "SOP428", country=shortened(str(written)))
            return None
        return str(written)

    def _include(self, country: str | None, written: Mapping[str, Any]) -> tuple[str, ...]:
        include = written.get("include", ["public"])
        kinds = tuple(dict.fromkeys(map(str, [include] if isinstance(include, str) else include)))
        if country is not None:
            allowed = kinds_of(country)
            for at, kind in enumerate(kinds):
                if kind not in allowed:
                    path: Path = ("holidays", "include") if isinstance(include, str) else ("holidays", "include", at)
                    known = Listing(allowed, "or")
                    self._say(path, "SOP429", kind=shortened(kind), country=country, known=known)
        return kinds

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
