"""Durations as the kernel asks for them: a calendar that never gets there gives NEVER instead of an exception.

A calendar may stop opening (a season that has ended, hours closed for good). A clock on it then never comes due, a wait on it
never ends; the linter warns of such calendars, the kernel must live with them.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sopengine.kernel.state import NEVER
from sopengine.time import targets, zones
from sopengine.time.calendar import END, Calendar, OutsideCalendar
from sopengine.time.durations import DAY, CalendarDays, Duration, Elapsed, WorkingDays
from sopengine.time.targets import Target

ENDLESS: Final = 1 << 61
"""More open time than any calendar has."""


def resolve(duration: Duration, start: int, calendar: Calendar, zone: str) -> Target:
    """The duration as a limit from `start`; endless when the calendar stops opening before."""
    try:
        return targets.resolve(duration, start, calendar, zone)
    except OutsideCalendar:
        return Target(calendar, ENDLESS)


def until(value: int | date, start: int, calendar: Calendar, zone: str) -> Target:
    """The limit that a date field names; endless when the calendar has no such day."""
    try:
        return targets.until(value, start, calendar, zone)
    except OutsideCalendar:
        return Target(calendar, ENDLESS)


def limit_of(duration: Duration, start: int, calendar: Calendar, zone: str) -> int:
    """The last instant within the duration from `start`; NEVER when the calendar stops opening before."""
    if isinstance(duration, Elapsed):
        return start + duration.us
    target = resolve(duration, start, calendar, zone)
    return passed(target.calendar, target.calendar.position(start) + target.amount)


def wait_until(duration: Duration, start: int, calendar: Calendar, zone: str) -> int:
    """The first instant at which a wait is over; NEVER when the calendar stops opening before."""
    try:
        return targets.wait_until(duration, start, calendar, zone)
    except OutsideCalendar:
        return NEVER


def too_late_after(duration: Duration, start: int, calendar: Calendar, zone: str) -> int:
    """The last instant at which what was waited for is still in time; NEVER when the calendar stops opening before."""
    try:
        return targets.too_late_after(duration, start, calendar, zone)
    except OutsideCalendar:
        return NEVER


def late_from(duration: Duration, allowed: int, calendar: Calendar, zone: str) -> int:
    """The last instant in time for what is allowed from `allowed` on: the end of that day, or with hours one more gap."""
    if isinstance(duration, (CalendarDays, WorkingDays)):
        place = calendar.zone if isinstance(duration, WorkingDays) else zone
        return zones.at_wall(zones.local_date(allowed, place), DAY, place)
    return limit_of(duration, allowed, calendar, zone)


def reached(calendar: Calendar, position: int) -> int:
    """The earliest instant with that open time; NEVER when the calendar never gets there."""
    try:
        return calendar.instant(position)
    except OutsideCalendar:
        return NEVER


def passed(calendar: Calendar, position: int) -> int:
    """The last instant that has no more than that open time; NEVER when there is no later one."""
    if position >= ENDLESS:
        return NEVER
    try:
        last = calendar.last_instant(position)
    except OutsideCalendar:
        return NEVER
    return NEVER if last >= END - 1 else last
