"""The days of a calendar, frozen: what was open on which date, so that a verdict of the past can never move.

The days that a calendar rule gives depend on a table of public holidays that others maintain. A lock writes them down.
Locking again takes over what the rule says now, but only for dates that have not begun; the past changes only when
somebody says so and why. Pure: today's date is an argument.

Source: the language reference, "Durations and calendars", the paragraph "Frozen".
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from sopengine.time import holidays
from sopengine.time.calendar import Calendar, WindowsOn
from sopengine.time.durations import DAY, clock_text
from sopengine.time.spec import CalendarSpec
from sopengine.time.windows import FIRST_YEAR, LAST_YEAR, Windows

OrdinaryWeek: TypeAlias = tuple[Windows, ...]
"""The windows of the seven weekdays, Monday first."""

MOST_YEARS = 30
"""How many years one lock may hold."""

DECREED = "government"
"""The kind of holiday that a government announces year by year (in Indonesia: cuti bersama, collective leave)."""

DECREES_SINCE = 2015
"""From here on a country's own years are searched for the last one that is decreed."""


class NoSuchYears(ValueError):
    """The years from `first` to `last` cannot be locked: too many, too early, too late, or none."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        super().__init__(f"a lock holds up to {MOST_YEARS} years from {FIRST_YEAR} to {LAST_YEAR}, not {first}..{last}")


@dataclass(frozen=True, slots=True)
class Day:
    """What holds on one date: its windows, and whether it is a holiday (which may be open all the same)."""

    windows: Windows = ()
    holiday: bool = False

    def __str__(self) -> str:
        """As a lock file writes it: ``closed``, ``holiday``, ``08:00-12:00`` or ``holiday 08:00-12:00``."""
        shown = windows_text(self.windows)
        return f"holiday {shown}".strip() if self.holiday else shown or "closed"


class Change(NamedTuple):
    """A date on which two locks differ."""

    day: date
    was: Day
    now: Day


@dataclass(frozen=True, slots=True)
class FrozenDays:
    """The days of one calendar rule, for whole years.

    `spec` is the hash of the rule (`spec_hash`); days up to `locked` are past and stay; `years` are the first and the
    last; `weeks` gives the ordinary week from a date (an ordinal) on; `special` the dates that are not as in their week;
    `undecreed` the years whose collective leave counts here and is not known yet.
    """

    spec: str
    timezone: str
    locked: date
    years: tuple[int, int]
    weeks: tuple[tuple[int, OrdinaryWeek], ...]
    special: Mapping[int, Day]
    undecreed: tuple[int, ...] = ()

    def ordinals(self) -> range:
        """The locked dates. A whole year in UTC touches two dates before it and one after it, somewhere on Earth."""
        first, last = self.years
        return range(date(first, 1, 1).toordinal() - 2, date(last, 12, 31).toordinal() + 2)

    def on(self, number: int) -> Day:
        """The day with that ordinal (`date.toordinal`), one of `ordinals()`."""
        return self.special.get(number) or self.ordinary(number)

    def ordinary(self, number: int) -> Day:
        """The day as it is in its week."""
        at = bisect_right(self.weeks, number, key=lambda entry: entry[0]) - 1
        return Day(self.weeks[max(0, at)][1][(number - 1) % 7])

    def hash(self) -> str:
        """SHA-256 of everything above: the same on every system, and other as soon as one day is."""
        head = (self.spec, self.timezone, self.locked.isoformat(), self.years, self.undecreed, self.weeks)
        days = [(number, str(day)) for number, day in sorted(self.special.items())]
        return f"sha256:{hashlib.sha256(json.dumps((*head, days)).encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of past days: when, by whom, why, and what it changed."""

    on: date
    by: str
    reason: str
    calendar: str
    spec: str
    days: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """The frozen days of an SOP's calendars: for each name one entry a rule that it had, the newest last.

    Versions of the SOP whose calendar is written the same share the entry.
    """

    sop: str
    calendars: Mapping[str, tuple[FrozenDays, ...]]
    history: tuple[Correction, ...] = ()

    def find(self, name: str, spec: CalendarSpec) -> FrozenDays | None:
        """The days locked for exactly that rule under that name."""
        wanted = spec_hash(spec)
        return next((days for days in self.calendars.get(name, ()) if days.spec == wanted), None)

    def before(self, name: str, spec: CalendarSpec) -> FrozenDays | None:
        """The days that a rule inherits its past from: its own, else the newest under that name in the same zone."""
        same_zone = [days for days in self.calendars.get(name, ()) if days.timezone == spec.timezone]
        return self.find(name, spec) or (same_zone[-1] if same_zone else None)

    def keeping(self, name: str, days: FrozenDays) -> Lock:
        """The lock with these days in place of those of the same rule, or as the newest."""
        others = self.calendars.get(name, ())
        if any(other.spec == days.spec for other in others):
            entries = tuple(days if other.spec == days.spec else other for other in others)
        else:
            entries = (*others, days)
        return replace(self, calendars={**self.calendars, name: entries})


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedSpec(CalendarSpec):
    """A calendar rule whose days are taken from a lock. Outside of the locked dates the rule itself decides."""

    days: FrozenDays

    def windows_on(self, day: date) -> Windows:
        """The windows that start on a local date."""
        number = day.toordinal()
        return self.days.on(number).windows if number in self.days.ordinals() else CalendarSpec.windows_on(self, day)

    def is_holiday(self, day: date) -> bool:
        """Whether the date is a holiday."""
        number = day.toordinal()
        return self.days.on(number).holiday if number in self.days.ordinals() else CalendarSpec.is_holiday(self, day)


class LockedCalendar(Calendar):
    """A calendar that begins with whole locked years, so that asking about them never asks about others.

    Its positions count from the first locked year.
    """

    def __init__(self, zone: str, windows_on: WindowsOn, years: tuple[int, int]) -> None:
        super().__init__(zone, windows_on)
        first, last = years
        empty = replace(self._table, first_year=first, end_year=first)
        self._table = self._joined(empty, range(first, last + 1), down=False)


class Relocked(NamedTuple):
    """What locking gave: the days, those ahead that changed, and those past: corrected, or kept in spite of the rule.

    `current` says that the lock before held all of it already, at most up to another date.
    """

    days: FrozenDays
    ahead: tuple[Change, ...]
    past: tuple[Change, ...]
    current: bool


def locked_spec(spec: CalendarSpec, days: FrozenDays) -> LockedSpec:
    """The rule with its days taken from a lock."""
    return LockedSpec(**_parts(spec), days=days)


def written_spec(spec: CalendarSpec) -> CalendarSpec:
    """The rule as it is written, without a lock."""
    return CalendarSpec(**_parts(spec))


def calendar_of(spec: CalendarSpec) -> Calendar:
    """The calendar of a rule, locked or not."""
    if isinstance(spec, LockedSpec):
        return LockedCalendar(spec.timezone, spec.windows_on, spec.days.years)
    return Calendar.of(spec)


def _parts(spec: CalendarSpec) -> dict[str, Any]:
    return {part.name: getattr(spec, part.name) for part in fields(CalendarSpec)}


def spec_hash(spec: CalendarSpec) -> str:
    """SHA-256 of what a calendar rule means; spelling and order of keys do not count.

    >>> one, _ = CalendarSpec.parse({"hours": {"mon-fri": "08:00-16:00"}}, "Asia/Jakarta")
    >>> other, _ = CalendarSpec.parse({"hours": {"senin-jumat": "8.00-16.00"}}, "Asia/Jakarta")
    >>> spec_hash(one) == spec_hash(other)
    True
    """
    parts = _parts(spec)
    countries = parts.pop("countries")
    # A lock keeps its hash: no country and one country are written as when a calendar had one at most.
    one = countries[0] if len(countries) == 1 else (None, ())
    parts |= {"countries": countries} if len(countries) > 1 else {"country": one[0], "include": one[1]}
    return f"sha256:{hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()}"


def ordinary_week(spec: CalendarSpec) -> OrdinaryWeek:
    """The weekly hours of a rule, closed where nothing is written."""
    return tuple(windows or () for windows in spec.hours)


def freeze(spec: CalendarSpec, years: tuple[int, int], today: date) -> FrozenDays:
    """The days that the rule gives for the years, first and last included. NoSuchYears for too many or none."""
    first, last = years
    if not FIRST_YEAR <= first <= last <= LAST_YEAR or last - first >= MOST_YEARS:
        raise NoSuchYears(first, last)
    rule = written_spec(spec)
    weeks = ((0, ordinary_week(rule)),)
    days = FrozenDays(spec_hash(rule), rule.timezone, today, years, weeks, {}, _undecreed(rule, years))
    return _with(days, lambda number: _by_rule(rule, number))


def relock(
    old: FrozenDays | None, spec: CalendarSpec, years: tuple[int, int], today: date, *, correct_past: bool = False
) -> Relocked:
    """The days after locking anew: those later than today as the rule gives them now, the others as they were.

    Past is also what an earlier lock held to be past, should a clock have been wrong. No locked year is given up. With
    `correct_past` the past is taken from the rule too.
    """
    if old is None:
        return Relocked(freeze(spec, years, today), (), (), False)
    settled = max(today, old.locked)
    span = (min(years[0], old.years[0]), max(years[1], old.years[1]))
    fresh = freeze(spec, span, today if correct_past else settled)
    differing = changed_days(old, fresh)
    past = tuple(change for change in differing if change.day <= settled)
    days = fresh if correct_past else _kept(old, fresh, settled.toordinal())
    return Relocked(days, differing[len(past) :], past, _same(old, days))


def _same(old: FrozenDays, new: FrozenDays) -> bool:
    """Whether two locks of a calendar say the same, whenever they were made."""
    alike = (old.spec, old.years, old.undecreed) == (new.spec, new.years, new.undecreed)
    return alike and old.locked <= new.locked and not changed_days(old, new)


def changed_days(old: FrozenDays, new: FrozenDays) -> tuple[Change, ...]:
    """The dates, in order, that both hold and on which they differ."""
    mine, others = old.ordinals(), new.ordinals()
    shared = range(max(mine.start, others.start), min(mine.stop, others.stop))
    pairs = ((number, old.on(number), new.on(number)) for number in shared)
    return tuple(Change(date.fromordinal(number), was, now) for number, was, now in pairs if was != now)


def windows_text(windows: Windows) -> str:
    """Windows as a calendar writes them; empty when there are none."""
    return ", ".join(f"{clock_text(opens)}-{clock_text(closes - DAY if closes > DAY else closes)}" for opens, closes in windows)


def _by_rule(rule: CalendarSpec, number: int) -> Day:
    day = date.fromordinal(number)
    return Day(rule.windows_on(day), rule.is_holiday(day))


def _kept(old: FrozenDays, fresh: FrozenDays, today: int) -> FrozenDays:
    """The days of `fresh` after today, those of `old` until then; the ordinary week changes between them."""
    held = old.ordinals()
    weeks = [(max(start, held.start), week) for start, week in old.weeks if start <= today]
    if fresh.years[0] < old.years[0]:
        weeks.insert(0, fresh.weeks[0])
    if today < held.start:
        weeks = list(fresh.weeks)
    elif today + 1 in fresh.ordinals():
        weeks.append((today + 1, fresh.weeks[0][1]))
    days = replace(fresh, weeks=_distinct(weeks))
    return _with(days, lambda number: (old if number <= today and number in held else fresh).on(number))


def _distinct(weeks: Iterable[tuple[int, OrdinaryWeek]]) -> tuple[tuple[int, OrdinaryWeek], ...]:
    """Each week once, from the date on that it holds; the first holds from the beginning."""
    found: list[tuple[int, OrdinaryWeek]] = []
    for start, week in weeks:
        if not found or found[-1][1] != week:
            found.append((start if found else 0, week))
    return tuple(found)


def _with(days: FrozenDays, on: Callable[[int], Day]) -> FrozenDays:
    found = ((number, on(number)) for number in days.ordinals())
    return replace(days, special={number: day for number, day in found if day != days.ordinary(number)})


def _undecreed(rule: CalendarSpec, years: tuple[int, int]) -> tuple[int, ...]:
    """The years later than the last for which the table of holidays has decreed days; none where it never has any."""
    found: set[int] = set()
    searched = range(min(DECREES_SINCE, years[0]), years[1] + 1)
    for country in (country for country, kinds in rule.countries if DECREED in kinds):
        known = [year for year in searched if holidays.holidays_of(country, (DECREED,), year)]
        found.update(year for year in range(years[0], years[1] + 1) if known and year > known[-1])
    return tuple(sorted(found))
