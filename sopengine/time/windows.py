"""The written parts of a calendar: days of the week, opening windows, dates and ranges of dates.

Source: the language reference, "Durations and calendars". A window is (opens, closes) in microseconds since local
midnight of the day it starts on; an overnight window closes after 24:00 and belongs to that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from sopengine.time.durations import DAY, clock_text, parse_clock, shortened

Window: TypeAlias = tuple[int, int]
Windows: TypeAlias = tuple[Window, ...]
Dates: TypeAlias = tuple[int, int]
"""First and last day, both included, as proleptic Gregorian ordinals (`date.toordinal`)."""

FIRST_YEAR, LAST_YEAR = 1970, 2199

_DAYS = (
    "mon monday senin",
    "tue tuesday selasa",
    "wed wednesday rabu",
    "thu thursday kamis",
    "fri friday jumat jum'at",
    "sat saturday sabtu",
    "sun sunday minggu ahad",
)
_DAY_NUMBER = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
_SHUT = {"closed", "tutup", "libur"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WrittenWrong(ValueError):
    """A part of a calendar does not read; `code` and `params` make the sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


def parse_days(text: str) -> tuple[int, ...]:
    """The weekdays (Monday is 0) that ``mon-fri``, ``sat``, ``mon,wed`` or ``senin-jumat`` name; a range may wrap.

    >>> parse_days("fri-mon")
    (4, 5, 6, 0)
    """
    days: list[int] = []
    for part in text.split(","):
        ends = [_day(name.strip(), text) for name in re.split("[-–]", part)]
        if len(ends) > 2:
            raise WrittenWrong("SOP420", text=shortened(text), day=shortened(part.strip()))
        days.extend((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    repeated = next((day for day in days if days.count(day) > 1), None)
    if repeated is not None:
        raise WrittenWrong("SOP431", day=_DAYS[repeated].split()[0])
    return tuple(days)


def parse_windows(text: str) -> Windows:
    """The windows of one day, in order; ``closed`` (``tutup``, ``libur``) is none.

    >>> [(clock_text(a), clock_text(b)) for a, b in parse_windows("13:00-17:00, 08:00-12:00")]
    [('08:00', '12:00'), ('13:00', '17:00')]
    """
    if text.strip().lower() in _SHUT:
        return ()
    found = sorted(_window(part.strip(), text) for part in text.split(","))
    for (_, closes), (opens, _) in pairwise(found):
        if opens < closes:
            raise WrittenWrong("SOP422", text=shortened(text), time=clock_text(opens))
    return tuple(found)


def parse_dates(text: str) -> Dates:
    """A date (``2026-12-27``) or a range with both ends included (``2026-03-19..2026-03-25``)."""
    first, separator, last = text.strip().partition("..")
    start = _date(first.strip(), text)
    end = _date(last.strip(), text) if separator else start
    if end < start:
        raise WrittenWrong("SOP423", text=shortened(text), start=last.strip(), end=first.strip())
    return start, end


def merged(ranges: Iterable[Dates]) -> tuple[Dates, ...]:
    """Ranges of dates in order, those that touch or overlap joined.

    >>> merged([(5, 9), (1, 4), (20, 20)])
    ((1, 9), (20, 20))
    """
    joined: list[Dates] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def weekday_name(day: int) -> str:
    """The short name that the language writes for a weekday (Monday is 0)."""
    return _DAYS[day].split()[0]


def _day(name: str, text: str) -> int:
    number = _DAY_NUMBER.get(name.lower().replace("’", "'"))
    if number is None:
        raise WrittenWrong("SOP420", text=shortened(text), day=shortened(name))
    return number


def _window(part: str, text: str) -> Window:
    ends = [end.strip() for end in re.split("[-–]", part)]
    times = [parse_clock(end) for end in ends]
    if len(times) != 2 or times[0] is None or times[1] is None or times[0] == DAY:
        wrong = next((end for end, time in zip(ends, times, strict=True) if time is None), part)
        raise WrittenWrong("SOP421", text=shortened(text), part=shortened(wrong))
    opens, closes = times[0], times[1]
    if opens == closes:
        raise WrittenWrong("SOP430", text=shortened(part))
    return opens, closes if closes > opens else closes + DAY


def _date(text: str, whole: str) -> int:
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise WrittenWrong("SOP424", text=shortened(text or whole))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrittenWrong("SOP432", text=text, first=FIRST_YEAR, last=LAST_YEAR)
    return day.toordinal()
