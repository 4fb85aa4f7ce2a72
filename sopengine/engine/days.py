"""Facts that are known only to the day, as spreadsheets have them: when they are taken to have happened.

Such a fact is taken to have happened at the earliest moment of its local day that agrees with what else is known: at the
beginning of the day, or right with what came before it on that day (the opening of the case, its last move, the item before
it in the list). So what ends a clock meets every target that is due on that day and misses what was due before it, and nobody
is accused for a time of day that nobody wrote down; what starts a clock starts it at the earliest. The event keeps the last
instant of the day too: a gap that the day may have kept, or a log that may have been in time, is not remarked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sopengine.errors import UsageError
from sopengine.time.calendar import BEGIN, END
from sopengine.time.durations import DAY
from sopengine.time.windows import FIRST_YEAR, LAST_YEAR
from sopengine.time.zones import at_wall

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(value: Any, what: str) -> date | None:
    """The date that `value` is, or that its ISO text says; None for what has a time of day. UsageError for no date at all."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError.saying("call.not_a_date", word=what, value=f"{value:.60}") from error


def stretch(day: date, zone: str, what: str) -> tuple[int, int]:
    """The first and the last microsecond of a local day; UsageError outside of the years that calendars know."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        first, last = at_wall(day, 0, zone), at_wall(day, DAY, zone) - 1
        if BEGIN <= first < last < END:
            return first, last
    raise UsageError.saying("call.outside_calendars", word=what, value=day.isoformat())


def earliest(times: Sequence[tuple[int, int]], known: Iterable[int]) -> list[int]:
    """When facts happened, in the order in which they were told: each at its first instant, or later on that day when what
    is `known`, or what was told before it, came later. A fact that is known exactly has the same first and last instant.

    >>> earliest([(0, 99), (40, 40), (0, 99), (100, 199)], known=[25])
    [25, 40, 40, 100]
    """
    marks, found = list(known), []
    for first, last in times:
        at = max((mark for mark in marks if first <= mark <= last), default=first)
        found.append(at)
        marks.append(at)
    return found
