"""Time zones as stretches of constant offset, so that a wall clock becomes exact integer arithmetic.

Instants are microseconds since the epoch (UTC). A *local* time is microseconds since 1970-01-01 00:00 on the wall
clock of a zone. Source of the zones: the IANA time zone database (`zoneinfo`, with `tzdata` where the system has none).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()

Stretch: TypeAlias = tuple[int, int, int]
"""First instant, end (exclusive) and offset from UTC, all in microseconds."""

_NAME = re.compile(r"UTC|[A-Za-z]+(/[A-Za-z0-9_+-]+){1,2}")
MICROSECOND = timedelta(microseconds=1)


def known(name: str) -> bool:
    """Whether `name` is an IANA zone: ``UTC`` or ``Area/Place``; never a path or an abbreviation.

    >>> known("Asia/Jakarta"), known("WIB"), known("../etc/passwd")
    (True, False, False)
    """
    if len(name) > 64 or _NAME.fullmatch(name) is None:
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def to_datetime(instant: int, zone: str) -> datetime:
    """The instant as an aware datetime in `zone`."""
    return (EPOCH + instant * MICROSECOND).astimezone(ZoneInfo(zone))


def to_instant(moment: datetime) -> int:
    """An aware datetime as microseconds since the epoch, exactly."""
    return (moment.astimezone(UTC) - EPOCH) // MICROSECOND


def local_date(instant: int, zone: str) -> date:
    """The date on the wall calendar of `zone` at `instant`."""
    return to_datetime(instant, zone).date()


def at_wall(day: date, time_of_day: int, zone: str) -> int:
    """The instant when the wall clock of `zone` shows `time_of_day` (µs since midnight, up to 24:00) on `day`.

    A time that a gap skips moves forward by the gap; of a time that a fold repeats, the first (RFC 5545, 3.3.5).
    """
    wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(microseconds=time_of_day)
    return to_instant(wall)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH_DAY


@lru_cache(maxsize=1024)
def year_start(year: int) -> int:
    """The first instant of a year in UTC."""
    return (date(year, 1, 1).toordinal() - EPOCH_DAY) * DAY


@lru_cache(maxsize=4096)
def stretches(zone: str, year: int) -> tuple[Stretch, ...]:
    """The UTC year cut where the offset of `zone` changes. No zone has ever changed twice within a day since 1970."""
    place = ZoneInfo(zone)
    start, end = year_start(year) // SECOND, year_start(year + 1) // SECOND
    found: list[Stretch] = []
    since, offset = start, _offset(start, place)
    for probe in range(start + 86_400, end + 86_400, 86_400):
        last = min(probe, end - 1)
        if _offset(last, place) != offset:
            change = _change(max(probe - 86_400, start), last, place)
            found.append((since * SECOND, change * SECOND, offset * SECOND))
            since, offset = change, _offset(change, place)
    return (*found, (since * SECOND, end * SECOND, offset * SECOND))


_MEAN_YEAR = 31_556_952 * SECOND


def same_offset(start: int, end: int, zone: str) -> bool:
    """Whether one stretch of the UTC year of `start` is seen to hold both instants; False where that takes a closer look."""
    year = EPOCH.year + start // _MEAN_YEAR
    for since, until, _ in stretches(zone, year):
        if since <= start < until:
            return since <= end < until
    return False


def real_intervals(zone: str, start: int, end: int) -> list[tuple[int, int]]:
    """The instants whose wall clock lies in the local times [start, end), as half-open intervals in order.

    What a gap skips is not there; what a fold repeats is there twice.
    """
    earliest, latest = start - 2 * DAY, end + 2 * DAY
    years = range(to_datetime(earliest, "UTC").year, to_datetime(latest, "UTC").year + 1)
    clipped = (
        (max(start - offset, since), min(end - offset, until))
        for year in years
        for since, until, offset in stretches(zone, year)
    )
    return [(opens, closes) for opens, closes in clipped if opens < closes]


def _offset(second: int, place: ZoneInfo) -> int:
    offset = (EPOCH + timedelta(seconds=second)).astimezone(place).utcoffset()
    assert offset is not None  # noqa: S101 - a ZoneInfo always has an offset; this tells the type checker
    return offset.days * 86_400 + offset.seconds


def _change(before: int, after: int, place: ZoneInfo) -> int:
    """The first second with the new offset, by bisection."""
    old = _offset(before, place)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(middle, place) == old:
            before = middle
        else:
            after = middle
    return after
