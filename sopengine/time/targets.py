"""What a duration means from a given moment: as a limit, as a wait, and when a wait has been too long.

Instants are microseconds since the epoch (UTC). Source: the language reference, the table of "Durations and calendars",
and "SLA clocks", point 3.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sopengine.time import zones
from sopengine.time.calendar import ALWAYS, BEGIN, END, Calendar
from sopengine.time.durations import (
    DAY,
    CalendarDays,
    Duration,
    Elapsed,
    FromField,
    NextWorkingDay,
    WorkingDays,
    WorkingTime,
)


class Target(NamedTuple):
    """What a clock subtracts: `amount` open microseconds on `calendar`, from the start. Met iff no more elapsed."""

    calendar: Calendar
    amount: int

    def due(self, start: int) -> int:
        """The earliest instant at which the target is reached."""
        return self.calendar.instant(self.calendar.position(start) + self.amount)

    def breaches_after(self, start: int) -> int:
        """The last instant that still meets the target: on a working calendar the next opening after the due one."""
        return self.calendar.last_instant(self.calendar.position(start) + self.amount)


def resolve(duration: Duration, start: int, calendar: Calendar, zone: str) -> Target:
    """The duration as a limit from `start`; `zone` is whose wall clock days are counted on.

    >>> from sopengine.time.durations import parse
    >>> resolve(parse("24h"), 0, ALWAYS("UTC"), "UTC").amount == DAY
    True

    ValueError for `FromField`: its value lives in the record; see `until`.
    """
    match duration:
        case WorkingTime(us):
            return Target(calendar, us)
        case Elapsed(us):
            return Target(ALWAYS(zone), us)
        case CalendarDays(days):
            return Target(ALWAYS(zone), _same_wall_time(start, days, zone) - start)
        case WorkingDays(days):
            return Target(calendar, calendar.elapsed(start, _close_of_business(start, days, calendar)))
        case NextWorkingDay(by):
            day = calendar.working_day_after(zones.local_date(start, calendar.zone))
            return Target(ALWAYS(zone), zones.at_wall(day, by, calendar.zone) - start)
        case FromField(name):
            raise ValueError(f"the value of field {name!r} is needed: see until()")


def until(value: int | date, start: int, calendar: Calendar, zone: str) -> Target:
    """The limit that a date field names: an instant as it is; a date until its close of business.

    A date that the calendar is closed on lasts until its end in `zone`. The amount is negative when the moment is past.
    """
    if isinstance(value, int):
        return Target(ALWAYS(zone), value - start)
    close = calendar.close_of(value)
    return Target(ALWAYS(zone), (zones.at_wall(value, DAY, zone) if close is None else close) - start)


def wait_until(duration: Duration, start: int, calendar: Calendar, zone: str) -> int:
    """The first instant at which a wait (`every`, `after`) that began at `start` is over.

    Days end at the *beginning* of their last day: midnight for ``3d``, opening for ``2 working days``.
    ValueError for durations that only limit (``next working day by …``, a field).
    """
    match duration:
        case Elapsed(us):
            return start + us
        case WorkingTime(us):
            return calendar.add(start, us)
        case CalendarDays() | WorkingDays():
            day, place = _last_day(duration, start, calendar, zone)
            opening = calendar.open_of(day) if isinstance(duration, WorkingDays) else None
            return zones.at_wall(day, 0, place) if opening is None else opening
        case _:
            raise ValueError(f"'{duration}' is a limit, not a wait")


def too_late_after(duration: Duration, start: int, calendar: Calendar, zone: str) -> int:
    """The instant after which the next attempt of a series is late: the end of `wait_until`'s day, or twice the gap.

    Source: the language reference, "Follow-up". ValueError as in `wait_until`.
    """
    match duration:
        case Elapsed(us):
            return start + 2 * us
        case WorkingTime(us):
            return calendar.last_instant(calendar.position(start) + 2 * us)
        case CalendarDays() | WorkingDays():
            day, place = _last_day(duration, start, calendar, zone)
            return zones.at_wall(day, DAY, place)
        case _:
            raise ValueError(f"'{duration}' is a limit, not a wait")


def _last_day(duration: CalendarDays | WorkingDays, start: int, calendar: Calendar, zone: str) -> tuple[date, str]:
    """The local date on which a wait of days ends, and the zone of that date."""
    if isinstance(duration, WorkingDays):
        return calendar.working_day_after(calendar.working_day_of(start), duration.days), calendar.zone
    return _days_later(zones.local_date(start, zone), duration.days), zone


def _days_later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _same_wall_time(start: int, days: int, zone: str) -> int:
    end = start + days * DAY
    if start >= BEGIN and end < END and zones.same_offset(start, end, zone):
        return end
    wall = zones.to_datetime(start, zone).replace(tzinfo=None)
    time_of_day = (wall - wall.replace(hour=0, minute=0, second=0, microsecond=0)) // zones.MICROSECOND
    return zones.at_wall(_days_later(wall.date(), days), time_of_day, zone)


def _close_of_business(start: int, days: int, calendar: Calendar) -> int:
    day = calendar.working_day_after(calendar.working_day_of(start), days)
    # shortened hours of one date may end while the night shift of the day before still runs
    while (close := calendar.close_of(day)) is None or close <= start:
        day = calendar.working_day_after(day)
    return close
