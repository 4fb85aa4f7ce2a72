"""Working time as a coordinate: how much open time has passed, by bisection in a table of open intervals.

Instants are microseconds since the epoch (UTC). A *position* is open microseconds since the start of 2020 (negative
before); two positions subtract to the open time between two instants. The table is built when asked, in whole UTC years
outward from 2020, so a position never depends on what was asked before.

Source: the language reference, "Durations and calendars" (half-open windows in local time; what a gap of daylight
saving skips does not count, what a fold repeats counts twice; `add` is the earliest instant).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import Lock

from sopengine.time import zones
from sopengine.time.durations import DAY
from sopengine.time.spec import CalendarSpec, Problem
from sopengine.time.windows import FIRST_YEAR, LAST_YEAR, Window

__all__ = ["ALWAYS", "BEGIN", "END", "Calendar", "CalendarSpec", "OutsideCalendar", "Problem"]

ORIGIN_YEAR = 2020
BEGIN = zones.year_start(FIRST_YEAR)
END = zones.year_start(LAST_YEAR + 1)
"""Calendars know the instants from BEGIN up to, not including, END."""

WindowsOn = Callable[[date], Sequence[Window]]


class OutsideCalendar(ValueError):
    """The answer lies outside the years 1970–2199: such an instant was asked for, or the calendar never opens again."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Open intervals of whole UTC years. Never changed, only replaced, so that threads may read without a lock."""

    first_year: int
    end_year: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    low: int
    high: int
    begin: int = field(init=False)
    end: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "begin", zones.year_start(self.first_year))
        object.__setattr__(self, "end", zones.year_start(self.end_year))


class Calendar:
    """Open and closed time in one zone. Shareable by threads; identity is equality.

    `windows_on` gives the windows that start on a local date, in microseconds since its midnight and at most to the end
    of the next day; it must always give the same answer. OutsideCalendar is raised beyond the years 1970–2199.

    >>> from sopengine.time.durations import HOUR
    >>> spec, _ = CalendarSpec.parse({"hours": {"mon-fri": "09:00-18:00"}}, "Asia/Jakarta")
    >>> office = Calendar.of(spec)
    >>> saturday = zones.at_wall(date(2026, 2, 7), 20 * HOUR, "Asia/Jakarta")
    >>> str(zones.to_datetime(office.add(saturday, 4 * HOUR), office.zone))
    '2026-02-09 13:00:00+07:00'
    """

    def __init__(self, zone: str, windows_on: WindowsOn) -> None:
        self.zone = zone
        self._windows_on = windows_on
        self._table = _Table(ORIGIN_YEAR, ORIGIN_YEAR, (), (), (), 0, 0)
        self._growing = Lock()

    @classmethod
    def of(cls, spec: CalendarSpec) -> Calendar:
        """The calendar that a specification describes."""
        return cls(spec.timezone, spec.windows_on)

    def position(self, instant: int) -> int:
        """The coordinate of an instant: open time since the start of 2020. It never falls, and rests while closed."""
        table = self._table
        if not table.begin <= instant < table.end:
            table = self._covering(instant)
        at = bisect_right(table.starts, instant) - 1
        if at < 0:
            return table.low
        return table.before[at] + min(instant, table.ends[at]) - table.starts[at]

    def instant(self, position: int) -> int:
        """The *earliest* instant with that position: 17:00, not tomorrow 08:00."""
        table = self._table
        while not table.low < position <= table.high:
            if position <= table.low and table.first_year == FIRST_YEAR:
                return _only(BEGIN, position == table.low)
            table = self._grown(table, down=position <= table.low)
        at = bisect_left(table.before, position) - 1
        return table.starts[at] + position - table.before[at]

    def last_instant(self, position: int) -> int:
        """The last instant still at that position: for a closing time the next opening, while open the instant itself.

        Where the calendar never opens again, the last instant that calendars know.
        """
        table = self._table
        while not table.low <= position < table.high:
            if position >= table.high and table.end_year > LAST_YEAR:
                return _only(END - 1, position == table.high)
            table = self._grown(table, down=position < table.low)
        at = bisect_right(table.before, position) - 1
        return table.starts[at] + position - table.before[at]

    def elapsed(self, start: int, end: int) -> int:
        """Open time in [start, end); negative when `end` lies before `start`."""
        return self.position(end) - self.position(start)

    def add(self, start: int, amount: int) -> int:
        """The earliest instant by which `amount` (µs, not negative) of open time has elapsed since `start`."""
        if amount < 0:
            raise ValueError(f"an amount of open time is not negative: {amount}")
        return self.instant(self.position(start) + amount) if amount else start

    def is_open(self, instant: int) -> bool:
        """Whether the wall clock lies in a window."""
        table = self._covering(instant)
        at = bisect_right(table.starts, instant) - 1
        return at >= 0 and instant < table.ends[at]

    def next_opening(self, instant: int) -> int:
        """The instant itself while open, else the next at which the calendar opens."""
        if self.is_open(instant):
            return instant
        table = self._covering(instant)
        while (at := bisect_right(table.starts, instant)) == len(table.starts):
            table = self._grown(table, down=False)
        return table.starts[at]

    def next_closing(self, instant: int) -> int:
        """When the window that an open instant lies in ends; windows that touch are one. The instant itself while closed."""
        table = self._covering(instant)
        at = bisect_right(table.starts, instant) - 1
        return max(instant, table.ends[at]) if at >= 0 else instant

    def is_working_day(self, day: date) -> bool:
        """Whether any open time starts on that local date (a date that a zone skipped has none)."""
        _within(day)
        windows = self._windows_on(day)
        if not windows:
            return False
        if len(zones.stretches(self.zone, day.year)) == 1 and (day.month, day.day) not in _SEAMS:
            return True
        return bool(self._intervals(day))

    def open_of(self, day: date) -> int | None:
        """When business of that local date begins; None on a closed day."""
        return min((opens for opens, _ in self._intervals(day)), default=None)

    def close_of(self, day: date) -> int | None:
        """When business of that local date ends (after midnight for a night shift); None on a closed day."""
        return max((closes for _, closes in self._intervals(day)), default=None)

    def working_day_after(self, day: date, count: int = 1) -> date:
        """The `count`-th working day later than `day`."""
        number = day.toordinal()
        while count:
            number += 1
            count -= self.is_working_day(date.fromordinal(number))
        return date.fromordinal(number)

    def working_day_of(self, instant: int) -> date:
        """The working day that an open instant belongs to: a night belongs to the day it starts on.

        A closed instant belongs to the day of the next opening.
        """
        opening = self.next_opening(instant)
        today = zones.local_date(opening, self.zone)
        yesterday = date.fromordinal(today.toordinal() - 1)
        overnight = any(opens <= opening < closes for opens, closes in self._intervals(yesterday))
        return yesterday if overnight else today

    def _intervals(self, day: date) -> list[tuple[int, int]]:
        _within(day)
        midnight = zones.day_number(day) * DAY
        return [
            real
            for opens, closes in self._windows_on(day)
            for real in zones.real_intervals(self.zone, midnight + opens, midnight + closes)
        ]

    def _covering(self, instant: int) -> _Table:
        table = self._table
        while not table.begin <= instant < table.end:
            if not BEGIN <= instant < END:
                raise OutsideCalendar(f"calendars know the years {FIRST_YEAR}–{LAST_YEAR}; {instant} µs is outside")
            table = self._grown(table, down=instant < table.begin)
        return table

    def _grown(self, seen: _Table, *, down: bool) -> _Table:
        """A table with more years than `seen`, doubling so that a far year costs linear time."""
        with self._growing:
            table = self._table
            if table is not seen:
                return table
            more = max(1, table.end_year - table.first_year)
            if down:
                years = range(max(FIRST_YEAR, table.first_year - more), table.first_year)
            else:
                years = range(table.end_year, min(LAST_YEAR + 1, table.end_year + more))
            if not years:
                raise OutsideCalendar(f"calendars know the years {FIRST_YEAR}–{LAST_YEAR}; this one has no more time")
            self._table = self._joined(table, years, down=down)
            return self._table

    def _joined(self, table: _Table, years: range, *, down: bool) -> _Table:
        added = [interval for year in years for interval in self._year(year)]
        total = sum(closes - opens for opens, closes in added)
        low, high = (table.low - total, table.high) if down else (table.low, table.high + total)
        starts, ends = tuple(opens for opens, _ in added), tuple(closes for _, closes in added)
        before: list[int] = []
        position = low if down else table.high
        for opens, closes in added:
            before.append(position)
            position += closes - opens
        if down:
            joined = (starts + table.starts, ends + table.ends, (*before, *table.before))
            return _Table(years.start, table.end_year, *joined, low, high)
        joined = (table.starts + starts, table.ends + ends, (*table.before, *before))
        return _Table(table.first_year, years.stop, *joined, low, high)

    def _year(self, year: int) -> list[tuple[int, int]]:
        """The open intervals of one UTC year: disjoint, in order, cut at the year's ends."""
        found: list[tuple[int, int]] = []
        for since, until, offset in zones.stretches(self.zone, year):
            # a window may reach into the next local day, so the day before the stretch is asked too
            for number in range((since + offset) // DAY - 1, (until - 1 + offset) // DAY + 1):
                shift = number * DAY - offset
                for opens, closes in self._windows_on(date.fromordinal(number + zones.EPOCH_DAY)):
                    start, end = max(opens + shift, since), min(closes + shift, until)
                    if start < end:
                        found.append((start, end))
        return _disjoint(found)


class _Always(Calendar):
    """Day and night, every day: the coordinate is the instant itself, and no year is outside."""

    def __init__(self, zone: str) -> None:
        super().__init__(zone, lambda day: ((0, DAY),))

    def position(self, instant: int) -> int:
        return instant

    def instant(self, position: int) -> int:
        return position

    def last_instant(self, position: int) -> int:
        return position

    def is_open(self, instant: int) -> bool:
        return True

    def next_closing(self, instant: int) -> int:
        return END


@lru_cache(maxsize=256)
def ALWAYS(zone: str = "UTC") -> Calendar:
    """The calendar that never closes, one object a zone; its position *is* the instant.

    >>> ALWAYS("Asia/Jakarta").add(5, 7)
    12
    """
    return _Always(zone)


_SEAMS = {(1, 1), (12, 31)}
"""Local dates that lie in two UTC years, each of which may have its own offset."""


def _within(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutsideCalendar(f"calendars know the years {FIRST_YEAR}–{LAST_YEAR}; {day} is outside")


def _only(instant: int, holds: bool) -> int:
    if not holds:
        raise OutsideCalendar(f"calendars know the years {FIRST_YEAR}–{LAST_YEAR}; the calendar has no such position")
    return instant


def _disjoint(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Half-open intervals in order, overlapping or touching ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
