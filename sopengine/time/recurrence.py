"""On which dates a duty comes round: ``working day``, ``friday``, ``month on last working day 2``.

Source: the language reference, "Routines". A date here is the one that the words name, open or closed; where a duty goes
whose date is closed is for `moved`. Nothing here knows times of day or zones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from sopengine.time.durations import shortened
from sopengine.time.windows import FIRST_YEAR, LAST_YEAR, WrittenWrong, parse_days

IsOpen: TypeAlias = Callable[[date], bool]

LONGEST_REST: Final = 400
"""How many closed dates in a row a duty is carried over before it lapses: a calendar may have closed for good."""

EXAMPLES: Final = (
    *("day", "working day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("month on day 1", "month on last day", "month on working day 1", "month on last working day"),
    *("quarter on day 1", "quarter on last day", "quarter on working day 1", "quarter on last working day"),
    *("hari", "hari kerja", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"),
    *("bulan pada hari ke-1", "bulan pada hari terakhir", "bulan pada hari kerja ke-1", "bulan pada hari kerja terakhir"),
    *("triwulan pada hari ke-1", "triwulan pada hari kerja ke-1", "triwulan pada hari kerja terakhir"),
)
"""Recurrences as they are written: what a misspelt one is compared with."""

_MOST_DAYS: Final = {"month": 31, "quarter": 92}
_EVERY_DAY: Final = {"day": False, "hari": False, "working day": True, "hari kerja": True}
_ENGLISH = re.compile(r"(?P<period>month|quarter) on (?P<last>last )?(?P<working>working )?day(?: (?P<number>[0-9]{1,6}))?")
_INDONESIAN = re.compile(
    r"(?P<period>bulan|triwulan|kuartal) pada hari(?P<working> kerja)?(?P<last> terakhir)?(?: (?:ke-?)?(?P<number>[0-9]{1,6}))?"
)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Which dates a duty has. `number` is the weekday (Monday is 0) of a week, or counts days of a month or quarter, from
    its end when `last`; with `working` only open dates are counted.
    """

    period: Literal["day", "week", "month", "quarter"]
    number: int = 1
    working: bool = False
    last: bool = False

    def dates(self, start: date, is_open: IsOpen) -> Iterator[date]:
        """The dates from `start` on, in order, to the end of the years that calendars know.

        A period with fewer days than `number` has the duty on its last (counted from the end: first) one, so that what is
        monthly comes every month; a period without one open date has no working day and no duty.

        >>> from itertools import islice
        >>> days = parse("month on day 31").dates(date(2028, 1, 15), lambda day: True)
        >>> [str(day) for day in islice(days, 3)]
        ['2028-01-31', '2028-02-29', '2028-03-31']
        """
        if self.period in ("day", "week"):
            return self._days(start, is_open)
        return (day for day in self._of_periods(start, is_open) if day >= start)

    def _days(self, start: date, is_open: IsOpen) -> Iterator[date]:
        skipped = 0 if self.period == "day" else (self.number - start.weekday()) % 7
        step = 1 if self.period == "day" else 7
        for ordinal in range(start.toordinal() + skipped, LAST_DAY.toordinal() + 1, step):
            day = date.fromordinal(ordinal)
            if not self.working or is_open(day):
                yield day

    def _of_periods(self, start: date, is_open: IsOpen) -> Iterator[date]:
        months = 1 if self.period == "month" else 3
        for index in range((start.year * 12 + start.month - 1) // months * months, (LAST_YEAR + 1) * 12, months):
            first = date(index // 12, index % 12 + 1, 1)
            over = (index + months) // 12, (index + months) % 12 + 1
            days: Sequence[date] = [date.fromordinal(n) for n in range(first.toordinal(), date(*over, 1).toordinal())]
            if self.working:
                days = [day for day in days if is_open(day)]
            if days:
                yield days[max(-self.number, -len(days))] if self.last else days[min(self.number, len(days)) - 1]


FIRST_DAY: Final = date(FIRST_YEAR, 1, 1)
LAST_DAY: Final = date(LAST_YEAR, 12, 31)


def parse(text: str) -> Recurrence:
    """The recurrence that is written, in English or Indonesian; `WrittenWrong` (SOP461, SOP467) when it is none.

    >>> parse("jumat"), parse("month on last working day") == parse("bulan pada hari kerja terakhir")
    (Recurrence(period='week', number=4, working=False, last=False), True)
    """
    words = " ".join(text.lower().split())
    if words in _EVERY_DAY:
        return Recurrence("day", working=_EVERY_DAY[words])
    found = _ENGLISH.fullmatch(words) or _INDONESIAN.fullmatch(words)
    return _of_weekday(words) if found is None else _of_period(found, words)


def _of_weekday(words: str) -> Recurrence:
    try:
        days = parse_days(words)
    except WrittenWrong:
        days = ()
    if len(days) != 1:
        raise WrittenWrong("SOP461", text=shortened(words))
    return Recurrence("week", days[0])


def _of_period(found: re.Match[str], words: str) -> Recurrence:
    period: Literal["month", "quarter"] = "month" if found["period"] in ("month", "bulan") else "quarter"
    number = int(found["number"] or 1)
    if not 1 <= number <= _MOST_DAYS[period]:
        raise WrittenWrong("SOP467", text=shortened(words), number=number, most=_MOST_DAYS[period])
    return Recurrence(period, number, found["working"] is not None, found["last"] is not None)


def moved(day: date, if_closed: str, is_open: IsOpen) -> date | None:
    """Where a duty goes: its own date when that is open, else the `next` or `previous` open one; None when it lapses.

    >>> weekdays = lambda day: day.weekday() < 5
    >>> [str(moved(date(2026, 2, 7), rule, weekdays)) for rule in ("next", "previous", "skip")]
    ['2026-02-09', '2026-02-06', 'None']
    """
    if is_open(day):
        return day
    if if_closed == "skip":
        return None
    return nearest_open(day, 1 if if_closed == "next" else -1, is_open)


def nearest_open(day: date, step: Literal[1, -1], is_open: IsOpen) -> date | None:
    """The nearest open date after (`step` 1) or before (-1) a date, at most `LONGEST_REST` dates away."""
    for distance in range(1, LONGEST_REST + 1):
        ordinal = day.toordinal() + step * distance
        if not FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
            return None
        if is_open(date.fromordinal(ordinal)):
            return date.fromordinal(ordinal)
    return None


def earliest_for(on: date, if_closed: str, is_open: IsOpen) -> date:
    """The first date whose duty may be moved to `on` or later."""
    if if_closed != "next":
        return on
    open_before = nearest_open(on, -1, is_open)
    return max(FIRST_DAY, on - timedelta(days=LONGEST_REST)) if open_before is None else open_before + timedelta(days=1)
