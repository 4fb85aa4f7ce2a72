"""Working time against businesstimedelta and pandas: how fast, and on which cases each of them is right.

What is right is found by walking minute by minute: a minute counts when the wall clock at its start lies in a window,
and the answer of an addition is the earliest instant by which enough minutes were counted.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import businesstimedelta
import pandas as pd
import pytz
from holidays import country_holidays

from bench.report import Section, microseconds, ratio
from bench.timing import race, repeated
from sopengine.time import zones
from sopengine.time.calendar import Calendar, CalendarSpec

ROUNDS = 15
CLOSED = tuple(str(day) for day in sorted(country_holidays("ID", years=(2026, 2027))))
"""Indonesia's holidays of two years, for everybody: a realistic list, 2026-01-16 among them."""
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Hours:
    """Opening hours: windows as (opens, closes) in whole hours, on the first `days` days of the week."""

    windows: tuple[tuple[int, int], ...]
    days: int = 5
    zone: str = "Asia/Jakarta"
    closed: tuple[str, ...] = CLOSED

    def text(self) -> str:
        """As sopengine's language has it."""
        return ", ".join(f"{opens:02}:00-{closes:02}:00" for opens, closes in self.windows)


OFFICE = Hours(((8, 17),))
LUNCH = Hours(((8, 12), (13, 17)))
NIGHT = Hours(((22, 6),))
NIGHT_NY = Hours(((22, 6),), 7, "America/New_York")


class Ours:
    """sopengine's calendar, with datetimes in and out."""

    def __init__(self, hours: Hours) -> None:
        data = {"hours": {f"mon-{WEEK[hours.days - 1].lower()}": hours.text()}, "closed": list(hours.closed)}
        spec, problems = CalendarSpec.parse(data, hours.zone)
        assert spec is not None, problems
        self.calendar = Calendar.of(spec)
        self.zone = hours.zone

    def add(self, start: datetime, minutes: int) -> datetime:
        return zones.to_datetime(self.calendar.add(zones.to_instant(start), minutes * 60_000_000), self.zone)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return timedelta(microseconds=self.calendar.elapsed(zones.to_instant(start), zones.to_instant(end)))


class BusinessTime:
    """businesstimedelta, with its lunch rule where there are two windows."""

    def __init__(self, hours: Hours) -> None:
        zone = pytz.timezone(hours.zone)
        days = list(range(hours.days))
        opens, closes = hours.windows[0][0], hours.windows[-1][1]
        rules: list[Any] = [businesstimedelta.WorkDayRule(time(opens), time(closes), days, tz=zone)]
        if len(hours.windows) == 2:
            noon, after = hours.windows[0][1], hours.windows[1][0]
            rules.append(businesstimedelta.LunchTimeRule(time(noon), time(after), days, tz=zone))
        # a set, which it searches faster than the list or the object that its documentation shows
        rules.append(businesstimedelta.HolidayRule({date.fromisoformat(day) for day in hours.closed}, tz=zone))
        self.rules = businesstimedelta.Rules(rules)

    def add(self, start: datetime, minutes: int) -> datetime:
        found: datetime = start + businesstimedelta.BusinessTimeDelta(self.rules, seconds=minutes * 60)
        return found

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        found: timedelta = self.rules.difference(start, end).timedelta
        return found


class Pandas:
    """CustomBusinessHour. It has no difference: `elapsed` counts hourly steps, only to have a speed to compare with."""

    def __init__(self, hours: Hours) -> None:
        start = [f"{opens:02}:00" for opens, _ in hours.windows]
        end = [f"{closes:02}:00" for _, closes in hours.windows]
        mask = " ".join(WEEK[: hours.days])
        self.hour = pd.offsets.CustomBusinessHour(start=start, end=end, weekmask=mask, holidays=list(hours.closed))

    def add(self, start: datetime, minutes: int) -> datetime:
        hours = minutes / 60 if minutes % 60 else minutes // 60
        found: datetime = pd.Timestamp(start) + hours * self.hour
        return found

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return timedelta(hours=len(pd.date_range(start, end, freq=self.hour)) - 1)


LIBRARIES: dict[str, Callable[[Hours], Any]] = {"sopengine": Ours, "businesstimedelta": BusinessTime, "pandas": Pandas}

# ---------------------------------------------------------------------------------------------------------- correctness

ADDED: tuple[tuple[str, Hours, str, int], ...] = (
    ("ends exactly at closing time", OFFICE, "2026-01-05 16:00", 60),
    ("starts exactly at closing time", OFFICE, "2026-01-05 17:00", 60),
    ("an hour and a half, over night", OFFICE, "2026-01-05 16:00", 90),
    ("over a holiday and a weekend", OFFICE, "2026-01-15 16:00", 120),
    ("over the lunch break", LUNCH, "2026-01-05 10:00", 240),
    ("ends exactly at the lunch break", LUNCH, "2026-01-05 10:00", 120),
    ("starts during the lunch break", LUNCH, "2026-01-05 12:30", 60),
    ("night shift, starts before midnight", NIGHT, "2026-01-05 23:00", 240),
    ("night shift, starts after midnight", NIGHT, "2026-01-06 01:00", 120),
    ("night shift, Friday's runs into Saturday", NIGHT, "2026-01-10 01:00", 120),
    ("night in which summer time begins", NIGHT_NY, "2026-03-07 23:00", 240),
    ("night in which summer time ends", NIGHT_NY, "2026-10-31 23:00", 240),
)
ELAPSED: tuple[tuple[str, Hours, str, str], ...] = (
    ("ends exactly at closing time", OFFICE, "2026-01-05 16:00", "2026-01-05 17:00"),
    ("from a Friday evening to a Monday", OFFICE, "2026-01-09 18:00", "2026-01-12 09:00"),
    ("twenty minutes", OFFICE, "2026-01-05 10:00", "2026-01-05 10:20"),
    ("over the lunch break", LUNCH, "2026-01-05 10:00", "2026-01-05 15:00"),
    ("night shift, after midnight", NIGHT, "2026-01-06 01:00", "2026-01-06 05:00"),
    ("night in which summer time begins", NIGHT_NY, "2026-03-07 22:00", "2026-03-08 06:00"),
    ("night in which summer time ends", NIGHT_NY, "2026-10-31 22:00", "2026-11-01 06:00"),
)


def is_open(hours: Hours, moment: datetime) -> bool:
    """Whether the wall clock lies in a window; a night belongs to the day on which it starts."""
    wall = moment.astimezone(ZoneInfo(hours.zone))
    for opens, closes in hours.windows:
        begun = wall.date() - timedelta(days=1) if opens > closes and wall.hour < closes else wall.date()
        inside = opens <= wall.hour < closes if opens < closes else wall.hour >= opens or wall.hour < closes
        if inside and begun.weekday() < hours.days and str(begun) not in hours.closed:
            return True
    return False


def walked(hours: Hours, start: datetime, minutes: int) -> datetime:
    """The right answer of an addition, minute by minute."""
    moment = start.astimezone(UTC)
    while minutes:
        minutes -= is_open(hours, moment)
        moment += timedelta(minutes=1)
    return moment


def counted(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """The right answer of a difference, minute by minute."""
    moment, total = start.astimezone(UTC), 0
    while moment < end:
        total += is_open(hours, moment)
        moment += timedelta(minutes=1)
    return timedelta(minutes=total)


def local(text: str, hours: Hours) -> datetime:
    """A wall clock time in the zone of the hours."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(hours.zone))


class Endless(Exception):
    """A library did not answer within two seconds."""


def tried(call: Callable[[], Any]) -> Any:
    """What a library answers; an exception is an answer too."""

    def stop(*_: object) -> None:
        raise Endless

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        return call()
    except Endless:
        return "never answers"
    except Exception as error:
        return f"raises {type(error).__name__}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def verdict(answer: Any, right: Any, zone: str) -> str:
    """A tick, or what the library said instead."""
    if isinstance(answer, str):
        return answer
    if answer == right:
        return "right"
    return f"{answer.astimezone(ZoneInfo(zone)):%a %H:%M}" if isinstance(answer, datetime) else str(answer)[:-3]


def right_and_wrong() -> list[list[str]]:
    """A row for each case: the right answer, and what each library says."""
    rows = []
    for about, hours, start_text, minutes in ADDED:
        start = local(start_text, hours)
        right = walked(hours, start, minutes)
        said = [tried(partial(_add, make, hours, start, minutes)) for make in LIBRARIES.values()]
        shown = f"{right.astimezone(ZoneInfo(hours.zone)):%a %H:%M}"
        question = f"{hours.text()}: {start:%a %H:%M} + {minutes / 60:g} h, {about}"
        rows.append([question, shown, *(verdict(answer, right, hours.zone) for answer in said)])
    for about, hours, start_text, end_text in ELAPSED:
        start, end = local(start_text, hours), local(end_text, hours)
        elapsed = counted(hours, start, end)
        said = [
            "has none" if make is Pandas else tried(partial(_elapsed, make, hours, start, end)) for make in LIBRARIES.values()
        ]
        question = f"{hours.text()}: {start:%a %H:%M} to {end:%a %H:%M}, {about}"
        rows.append([question, str(elapsed)[:-3], *(verdict(answer, elapsed, hours.zone) for answer in said)])
    return rows


def _add(make: Callable[[Hours], Any], hours: Hours, start: datetime, minutes: int) -> Any:
    return make(hours).add(start, minutes)


def _elapsed(make: Callable[[Hours], Any], hours: Hours, start: datetime, end: datetime) -> Any:
    return make(hours).elapsed(start, end)


# ---------------------------------------------------------------------------------------------------------------- speed


def starts(count: int) -> list[datetime]:
    """Random moments of 2026 in Jakarta, whole minutes, the same in every run."""
    chance = random.Random(11)
    begin = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    return [begin + timedelta(minutes=chance.randrange(300 * 24 * 60)) for _ in range(count)]


def operations() -> dict[str, Callable[[Any, datetime], Any]]:
    """What is timed, as a function of a library's calendar and a start."""
    return {
        "add 4 h": lambda calendar, start: calendar.add(start, 240),
        "add 40 h": lambda calendar, start: calendar.add(start, 2400),
        "elapsed in 3 days": lambda calendar, start: calendar.elapsed(start, start + timedelta(days=3)),
        "elapsed in 60 days": lambda calendar, start: calendar.elapsed(start, start + timedelta(days=60)),
    }


def calendars() -> Section:
    """Speed and correctness of working time."""
    moments: Mapping[str, list[datetime]] = {
        "sopengine": starts(40),
        "businesstimedelta": starts(40),
        "pandas": [pd.Timestamp(start) for start in starts(40)],
    }
    built = {name: make(LUNCH) for name, make in LIBRARIES.items()}
    rows, gains = [], []
    for about, operation in operations().items():
        contenders = {
            name: repeated(partial(_all, operation, built[name], moments[name]), 1) for name in LIBRARIES
        }
        times = race(contenders, ROUNDS)
        ours = times["sopengine"]
        row = [about, microseconds(ours.median / 40)]
        for name in ("businesstimedelta", "pandas"):
            gains.append(times[name].times(ours))
            row += [microseconds(times[name].median / 40), ratio(gains[-1])]
        rows.append(row)
    section = Section(
        "Working time",
        "Office hours 08:00–12:00 and 13:00–17:00, Monday to Friday, with Indonesia's holidays, in Asia/Jakarta; random "
        "starts in a year; aware datetimes in and out for everybody. pandas adds whole hours only, and has no difference: "
        "there, the hourly steps of `date_range` are counted.",
    )
    section.aim("working time, peers against sopengine, the least of all", "at least 10×", ratio(min(gains)), min(gains) >= 10)
    head = ["median µs", "sopengine", "businesstimedelta", "÷ sopengine", "pandas", "÷ sopengine"]
    section.table(head, rows)
    section.text(
        "Right and wrong. The right answer was walked minute by minute; an addition ends at the *earliest* instant by which the "
        "time has passed (17:00, not 08:00 of the next day). “right” means that answer, otherwise what the library "
        "said instead."
    )
    section.prose(["case", "right answer", *LIBRARIES], right_and_wrong())
    return section


def _all(operation: Callable[[Any, datetime], Any], calendar: Any, moments: list[datetime]) -> None:
    for moment in moments:
        operation(calendar, moment)
