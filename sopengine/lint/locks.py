"""Rules about a lock: it holds every calendar of the SOP as it is written now, and far enough for every clock.

A lock file that cannot be used is reported by who reads it (SOP440–SOP444); these rules look at one that can. They never
ask for the holidays of a country: what is not decreed yet stands in the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Clock, Path, Sop
from sopengine.lint.time import clocks, is_working
from sopengine.time import zones
from sopengine.time.calendar import OutsideCalendar
from sopengine.time.durations import After, Duration, show
from sopengine.time.lock import FrozenDays, Lock, LockedCalendar
from sopengine.time.targets import resolve
from sopengine.time.windows import Windows
from sopengine.wording import LANGUAGES

MOST_OF_A_KIND = 100
MOST_CALENDARS = 20
"""How many findings one rule may have, and on how many calendars clocks are followed: a hostile file buys no time."""


class Reach(NamedTuple):
    """How far a length of time that a clock counts can go, when it begins right after the calendar was locked."""

    duration: Duration
    path: Path
    calendar: str
    days: FrozenDays
    until: date | None
    """The date on which it is over; None when that lies beyond the locked days."""


def lint_lock(sop: Sop, lock: Lock) -> list[Diagnostic]:
    """Everything that the rules find."""
    followed = tuple(islice(reaches(sop, lock), MOST_OF_A_KIND))
    return [
        *islice(stale(sop, lock), MOST_OF_A_KIND),
        *islice(not_locked(sop, lock), MOST_OF_A_KIND),
        *not_decreed(sop, followed),
        *beyond(sop, followed),
    ]


def stale(sop: Sop, lock: Lock) -> Iterator[Diagnostic]:
    """SOP445: a calendar that was changed since it was locked."""
    for name, spec in sop.calendars.items():
        if name in lock.calendars and lock.find(name, spec) is None:
            yield Diagnostic("SOP445", sop.span(("calendars", name)), {"calendar": name}, "warning")


def not_locked(sop: Sop, lock: Lock) -> Iterator[Diagnostic]:
    """SOP446: a calendar that the lock does not know."""
    for name in sop.calendars:
        if name not in lock.calendars:
            yield Diagnostic("SOP446", sop.span(("calendars", name)), {"calendar": name}, "warning")


def not_decreed(sop: Sop, followed: Iterable[Reach]) -> Iterator[Diagnostic]:
    """SOP447: a clock that can reach a year whose collective leave is not decreed yet."""
    for reach in followed:
        last = reach.days.years[1] if reach.until is None else reach.until.year
        year = next((year for year in reach.days.undecreed if year <= last), None)
        if year is not None:
            params = {"calendar": reach.calendar, "year": year, "length": _shown(reach.duration)}
            yield Diagnostic("SOP447", sop.value_span(reach.path), params, "info")


def beyond(sop: Sop, followed: Iterable[Reach]) -> Iterator[Diagnostic]:
    """SOP448: a clock that can reach a year that is not locked."""
    for reach in followed:
        if reach.until is None:
            params = {"calendar": reach.calendar, "year": reach.days.years[1], "length": _shown(reach.duration)}
            yield Diagnostic("SOP448", sop.value_span(reach.path), params, "warning")


def reaches(sop: Sop, lock: Lock) -> Iterator[Reach]:
    """How far each length goes that a clock counts on a locked calendar."""
    first = next(iter(sop.calendars), None)
    followed: dict[str, _Followed] = {}
    for _, clock in clocks(sop):
        name = clock.calendar or first or ""
        days = lock.find(name, sop.calendars[name]) if name in sop.calendars else None
        if days is None or (name not in followed and len(followed) == MOST_CALENDARS):
            continue
        for duration, path in counted(clock):
            if is_working(duration):
                if name not in followed:
                    followed[name] = _Followed(days)
                yield Reach(duration, path, name, days, followed[name].end_of(duration))


def counted(clock: Clock) -> Iterator[tuple[Duration, Path]]:
    """The lengths that a clock counts: its targets, and what its levels wait for after the breach."""
    if clock.target is not None:
        yield clock.target, (*clock.path, "target")
    if clock.target_by is not None:
        of, targets = clock.target_by
        for value, target in targets:
            yield target, (*clock.path, "by", of, value)
    for level in clock.escalate:
        if isinstance(level.at, After):
            yield level.at.duration, (*level.path, "at")


class _Followed:
    """The locked dates alone as a calendar; it is left where they end, without asking what the rule says there."""

    def __init__(self, days: FrozenDays) -> None:
        self._days = days
        self._found: dict[Duration, date | None] = {}
        start = days.locked + timedelta(days=1)
        self._start = zones.at_wall(start, 0, days.timezone)
        years = (start.year, days.years[1])
        known = days.years[0] <= start.year <= days.years[1]
        self._calendar = LockedCalendar(days.timezone, self._windows_on, years) if known else None

    def end_of(self, duration: Duration) -> date | None:
        if duration not in self._found:
            self._found[duration] = self._end_of(duration)
        return self._found[duration]

    def _end_of(self, duration: Duration) -> date | None:
        if self._calendar is None:
            return None
        zone = self._days.timezone
        try:
            return zones.local_date(resolve(duration, self._start, self._calendar, zone).due(self._start), zone)
        except (_Beyond, OutsideCalendar):
            return None

    def _windows_on(self, day: date) -> Windows:
        number = day.toordinal()
        if number not in self._days.ordinals():
            raise _Beyond
        return self._days.on(number).windows


class _Beyond(Exception):
    """A date that is not locked was asked for."""


def _shown(duration: Duration) -> dict[str, str]:
    return {lang: show(duration, lang) for lang in LANGUAGES}
