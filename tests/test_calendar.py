"""Calendars against a walk through every minute, written differently and sharing nothing with them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopengine.time import holidays as known_holidays
from sopengine.time import zones
from sopengine.time.calendar import ALWAYS, BEGIN, END, Calendar, CalendarSpec, OutsideCalendar
from sopengine.time.durations import DAY, HOUR, MINUTE, FromField, parse
from sopengine.time.targets import Target, resolve, too_late_after, until, wait_until
from sopengine.wording.catalogue.rules_time import MESSAGES

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JAKARTA = "Asia/Jakarta"


def us(moment: dt.datetime) -> int:
    return (moment.astimezone(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1)


def at(text: str, zone: str = JAKARTA, fold: int = 0) -> int:
    return us(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold))


def wall(instant: int, zone: str = JAKARTA) -> str:
    moment = (EPOCH + dt.timedelta(microseconds=instant)).astimezone(ZoneInfo(zone))
    return moment.replace(tzinfo=None).isoformat(" ")


def calendar(zone: str = JAKARTA, **data: object) -> Calendar:
    spec, problems = CalendarSpec.parse(data, zone)
    assert problems == []
    assert spec is not None
    return Calendar.of(spec)


OFFICE = {"mon-fri": "09:00-18:00"}


# A plain calendar: minutes since midnight, and for every UTC minute a look at its wall clock.


@dataclass
class Plain:
    zone: str
    week: dict[int, list[tuple[int, int]]]
    opened: dict[dt.date, list[tuple[int, int]]] = field(default_factory=dict)
    closed: set[dt.date] = field(default_factory=set)
    listed: set[dt.date] = field(default_factory=set)
    during: dict[dt.date, dict[int, list[tuple[int, int]]]] = field(default_factory=dict)

    def hours(self, day: dt.date) -> list[tuple[int, int]]:
        if day in self.opened:
            return self.opened[day]
        if day in self.closed or day in self.listed:
            return []
        if day in self.during and day.weekday() in self.during[day]:
            return self.during[day][day.weekday()]
        return self.week.get(day.weekday(), [])

    def shows_open(self, moment: dt.datetime) -> bool:
        local = moment.astimezone(ZoneInfo(self.zone))
        minute, today = local.hour * 60 + local.minute, local.date()
        for opens, closes in self.hours(today):
            if opens <= minute and (minute < closes or closes <= opens):
                return True
        yesterday = today - dt.timedelta(days=1)
        return any(closes <= opens and minute < closes for opens, closes in self.hours(yesterday))

    def written(self) -> dict[str, object]:
        def hours(windows: list[tuple[int, int]]) -> str:
            return ", ".join("-".join(f"{m // 60:02d}:{m % 60:02d}" for m in pair) for pair in windows) or "closed"

        return {
            "timezone": self.zone,
            "hours": {NAMES[day]: hours(windows) for day, windows in self.week.items()},
            "open": {str(day): hours(windows) for day, windows in self.opened.items()},
            "closed": [str(day) for day in sorted(self.closed)],
            "holidays": [str(day) for day in sorted(self.listed)],
            "during": {
                str(day): {NAMES[number]: hours(windows) for number, windows in week.items()}
                for day, week in self.during.items()
            },
        }


class Walk:
    """What every minute of a few days says, added up one by one."""

    def __init__(self, plain: Plain, start: dt.datetime, minutes: int) -> None:
        self.first = us(start)
        self.open = [plain.shows_open(start + dt.timedelta(minutes=n)) for n in range(minutes)]

    def elapsed(self, start: int, end: int) -> int:
        total = 0
        for number, is_open in enumerate(self.open):
            begin = self.first + number * 60_000_000
            if is_open:
                total += max(0, min(end, begin + 60_000_000) - max(start, begin))
        return total

    def is_open(self, instant: int) -> bool:
        return self.open[(instant - self.first) // 60_000_000]

    def add(self, start: int, amount: int) -> int | None:
        """The first instant by which the amount has run, or None when the walk is too short."""
        for number, is_open in enumerate(self.open):
            begin = max(start, self.first + number * 60_000_000)
            end = self.first + (number + 1) * 60_000_000
            if is_open and begin < end:
                if amount <= end - begin:
                    return begin + amount
                amount -= end - begin
        return None

    def next_open(self, instant: int) -> int | None:
        for number in range((instant - self.first) // 60_000_000, len(self.open)):
            if self.open[number]:
                return max(instant, self.first + number * 60_000_000)
        return None


SCENES = [
    ("Asia/Jakarta", "2026-02-03"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Europe/Lisbon", "2026-03-29"),
    ("Europe/Lisbon", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Asia/Kathmandu", "2026-06-01"),
    ("America/Havana", "2025-11-02"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-18"),
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Kiritimati", "2019-12-31"),
    ("America/Caracas", "2016-05-01"),
]

five_minutes = st.integers(0, 24 * 12).map(lambda n: n * 5)


@st.composite
def days(draw: st.DrawFn, *, nights: bool) -> list[tuple[int, int]]:
    """Windows of one day; where nights are worked, all of them leave the hours before five to the night before."""
    earliest = 5 * 60 if nights else 0
    cuts = sorted(draw(st.sets(five_minutes.filter(lambda minute: minute >= earliest), max_size=6)))
    windows = list(zip(cuts[::2], cuts[1::2], strict=False))
    last = windows[-1][1] if windows else earliest
    if nights and last < 24 * 60 and draw(st.booleans()):
        start = draw(st.integers(last // 5 + 1, 24 * 12 - 1)) * 5 if last // 5 + 1 < 24 * 12 else None
        if start is not None:
            windows.append((start, draw(st.integers(0, 60)) * 5))
    return windows


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Plain, Walk]:
    zone, day = draw(st.sampled_from(SCENES))
    nights = draw(st.booleans())
    middle = dt.date.fromisoformat(day)
    near = st.sampled_from([middle + dt.timedelta(days=n) for n in range(-3, 4)])
    plain = Plain(
        zone,
        {number: draw(days(nights=nights)) for number in range(7)},
        draw(st.dictionaries(near, days(nights=nights), max_size=2)),
        draw(st.sets(near, max_size=1)),
        draw(st.sets(near, max_size=1)),
        draw(
            st.dictionaries(
                near, st.dictionaries(st.integers(0, 6), days(nights=nights), min_size=5, max_size=7), max_size=2
            )
        ),
    )
    plain.week[middle.weekday()] = plain.week[middle.weekday()] or [(300, 305)]
    start = dt.datetime.combine(middle, dt.time(), tzinfo=dt.UTC) - dt.timedelta(days=1, hours=12)
    return plain, Walk(plain, start, 3 * 24 * 60)


instants = st.integers(0, 3 * 24 * 60 - 1).flatmap(
    lambda minute: st.sampled_from([0, 1, 29_999_999, 59_999_999]).map(lambda more: minute * 60_000_000 + more)
)


def compiled(plain: Plain) -> Calendar:
    spec, problems = CalendarSpec.parse(plain.written(), None)
    assert problems == []
    assert spec is not None
    return Calendar.of(spec)


@settings(max_examples=50, deadline=None)
@given(worlds(), st.lists(instants, min_size=4, max_size=12))
def test_every_minute_agrees(world: tuple[Plain, Walk], offsets: list[int]) -> None:
    """Open, elapsed, add and next opening are what a walk through every minute finds, through gaps and folds."""
    plain, walk = world
    office = compiled(plain)
    moments = sorted(walk.first + offset for offset in offsets)
    for start, end in pairwise(moments):
        assert office.is_open(start) == walk.is_open(start)
        amount = walk.elapsed(start, end)
        assert office.elapsed(start, end) == amount
        if amount:
            assert office.add(start, amount) == walk.add(start, amount)
        opening = walk.next_open(start)
        if opening is not None:
            assert office.next_opening(start) == opening
            due = office.add(start, amount) if amount else start
            later = walk.next_open(due)
            if later is not None:
                assert office.last_instant(office.position(due)) == later


@settings(max_examples=25, deadline=None)
@given(worlds(), instants)
def test_positions_and_instants_are_inverse(world: tuple[Plain, Walk], offset: int) -> None:
    """The earliest and the last instant of a position both have it, and their outer neighbours do not."""
    plain, walk = world
    office = compiled(plain)
    position = office.position(walk.first + offset)
    first, last = office.instant(position), office.last_instant(position)
    assert first <= walk.first + offset <= last
    assert office.position(first) == office.position(last) == position
    assert office.position(first - 1) == position - 1
    assert office.position(last + 1) == position + 1


@settings(max_examples=15, deadline=None)
@given(worlds())
def test_business_of_each_day_agrees(world: tuple[Plain, Walk]) -> None:
    """A working day begins and ends with the first and last minute whose window starts on that date."""
    plain, walk = world
    office = compiled(plain)
    middle = (EPOCH + dt.timedelta(microseconds=walk.first, hours=36)).date()
    only = Plain(plain.zone, {}, {middle: plain.hours(middle)})
    start = dt.datetime.combine(middle, dt.time(), tzinfo=dt.UTC) - dt.timedelta(hours=15)
    minutes = [start + dt.timedelta(minutes=n) for n in range(60 * 60)]
    found = [us(minute) for minute in minutes if only.shows_open(minute)]
    assert office.is_working_day(middle) == bool(found)
    assert office.open_of(middle) == (found[0] if found else None)
    assert office.close_of(middle) == (found[-1] + MINUTE if found else None)


def test_positions_do_not_depend_on_what_was_asked_before() -> None:
    """A coordinate is the same whether the table grew upward, downward or not at all before."""
    hours = {"mon-fri": "09:00-12:00, 13:00-18:00", "sat": "22:00-03:00"}
    moments = [at(f"{year}-12-31T23:30", "America/New_York") for year in (1970, 1999, 2019, 2020, 2026, 2101)]
    together = calendar("America/New_York", hours=hours)
    expected = [together.position(moment) for moment in moments]
    assert [calendar("America/New_York", hours=hours).position(moment) for moment in moments] == expected
    downward = calendar("America/New_York", hours=hours)
    assert [downward.position(moment) for moment in reversed(moments)] == expected[::-1]


def test_threads_share_a_calendar() -> None:
    """Threads that ask a fresh calendar at once all get what one thread gets."""
    shared, alone = calendar(hours=OFFICE), calendar(hours=OFFICE)
    moments = [at(f"{year}-06-03T10:00") for year in range(1975, 2060, 5)]
    expected = [alone.position(moment) for moment in moments]
    answers: list[list[int]] = []
    threads = [
        threading.Thread(target=lambda: answers.append([shared.position(moment) for moment in moments]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8


def test_saturday_evening_and_four_working_hours() -> None:
    """Saturday 20:00 and 4 working hours on Mon–Fri 9–18 is Monday 13:00."""
    office = calendar(hours=OFFICE)
    assert wall(office.add(at("2026-02-07T20:00"), 4 * HOUR)) == "2026-02-09 13:00:00"


def test_closing_time_is_reached_at_closing_time() -> None:
    """What ends at 17:00 is due at 17:00, not tomorrow 08:00; it is passed when tomorrow opens."""
    office = calendar(hours={"mon-fri": "08:00-17:00"})
    target = resolve(parse("2 working hours"), start := at("2026-02-03T15:00"), office, JAKARTA)
    assert wall(target.due(start)) == "2026-02-03 17:00:00"
    assert wall(target.breaches_after(start)) == "2026-02-04 08:00:00"


def test_a_day_of_24_hours_over_a_clock_change() -> None:
    """24h is 24 real hours over a change of daylight saving; 1d keeps the wall clock."""
    zone = "America/New_York"
    start = at("2026-03-07T12:00", zone)
    always = ALWAYS(zone)
    assert wall(resolve(parse("24h"), start, always, zone).due(start), zone) == "2026-03-08 13:00:00"
    assert wall(resolve(parse("1d"), start, always, zone).due(start), zone) == "2026-03-08 12:00:00"
    assert resolve(parse("1d"), start, always, zone) == Target(always, 23 * HOUR)


@pytest.mark.parametrize(
    ("zone", "start", "text", "due"),
    [
        ("America/New_York", "2026-03-07T02:30", "1d", "2026-03-08 03:30:00"),
        ("Australia/Lord_Howe", "2026-10-03T02:10", "1d", "2026-10-04 02:40:00"),
        ("Pacific/Apia", "2011-12-29T10:00", "1d", "2011-12-31 10:00:00"),
        ("Asia/Kathmandu", "2026-06-01T10:15:30", "2w", "2026-06-15 10:15:30"),
    ],
)
def test_days_that_end_in_a_gap_move_forward(zone: str, start: str, text: str, due: str) -> None:
    """A wall time that does not exist n days later moves forward by the gap."""
    moment = at(start, zone)
    assert wall(resolve(parse(text), moment, ALWAYS(zone), zone).due(moment), zone) == due


def test_days_that_end_in_a_fold_take_the_first() -> None:
    """A wall time that comes twice n days later is met until its first coming only."""
    zone = "America/New_York"
    start = at("2026-10-31T01:30", zone)
    assert resolve(parse("1d"), start, ALWAYS(zone), zone).due(start) == at("2026-11-01T01:30", zone, fold=0)
    again = at("2026-11-01T01:30", zone, fold=1)
    assert resolve(parse("1d"), again, ALWAYS(zone), zone).amount == 24 * HOUR


@given(
    st.sampled_from((JAKARTA, "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/London")),
    st.integers(0, 230 * 365 * 24 * 3600 - 400 * 24 * 3600),
    st.integers(1, 370),
)
def test_days_keep_the_time_of_the_wall(zone: str, second: int, days: int) -> None:
    """So many days later is the same time of the wall clock, whether or not the offset stays the same in between."""
    start = second * 10**6
    local = dt.datetime.fromtimestamp(second, ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    later = (local + dt.timedelta(days=days)).replace(tzinfo=ZoneInfo(zone))
    assert resolve(parse(f"{days}d"), start, ALWAYS(zone), zone).due(start) == us(later)


@pytest.mark.parametrize(
    ("start", "days", "due", "passed"),
    [
        ("2026-02-02T10:00", 2, "2026-02-04 18:00:00", "2026-02-05 09:00:00"),
        ("2026-02-02T08:59:59", 2, "2026-02-04 18:00:00", "2026-02-05 09:00:00"),
        ("2026-02-02T18:00", 2, "2026-02-05 18:00:00", "2026-02-06 09:00:00"),
        ("2026-02-02T17:59:59", 2, "2026-02-04 18:00:00", "2026-02-05 09:00:00"),
        ("2026-02-07T20:00", 1, "2026-02-10 18:00:00", "2026-02-11 09:00:00"),
        ("2026-02-05T12:00", 1, "2026-02-06 18:00:00", "2026-02-09 09:00:00"),
    ],
)
def test_working_days_as_a_limit(start: str, days: int, due: str, passed: str) -> None:
    """Close of business of the n-th working day after the start day; outside hours that of the next opening."""
    office = calendar(hours=OFFICE)
    target = resolve(parse(f"{days} working days"), moment := at(start), office, JAKARTA)
    assert target.calendar is office
    assert (wall(target.due(moment)), wall(target.breaches_after(moment))) == (due, passed)


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    """At two in the morning of a night shift the working day is still the day before."""
    club = calendar(hours={"mon-sun": "22:00-06:00"})
    night = at("2026-02-03T02:00")
    assert club.working_day_of(night) == dt.date(2026, 2, 2)
    assert wall(resolve(parse("1 working day"), night, club, JAKARTA).due(night)) == "2026-02-04 06:00:00"


def test_working_days_end_after_they_start() -> None:
    """A date with special hours that end while last night's shift still runs does not end a working day."""
    club = calendar(hours={"mon-sun": "22:00-06:00"}, open={"2026-02-03": "01:00-02:00"})
    night = at("2026-02-03T05:00")
    assert wall(resolve(parse("1 working day"), night, club, JAKARTA).due(night)) == "2026-02-05 06:00:00"


@pytest.mark.parametrize("start", ["2026-02-06T00:00", "2026-02-06T08:00", "2026-02-06T23:59:59", "2026-02-08T12:00"])
def test_next_working_day_is_a_later_date(start: str) -> None:
    """From Friday or the weekend, ``next working day by 10:00`` is Monday 10:00, and late a microsecond later."""
    office = calendar(hours=OFFICE)
    target = resolve(parse("next working day by 10:00"), moment := at(start), office, JAKARTA)
    assert wall(target.due(moment)) == "2026-02-09 10:00:00"
    assert target.breaches_after(moment) == target.due(moment)


def test_a_branch_counts_its_own_days() -> None:
    """``next working day by 10:00`` is ten o'clock where the calendar is, whatever the zone of the SOP."""
    branch = calendar("Asia/Jayapura", hours=OFFICE)
    start = at("2026-02-02T23:00", JAKARTA)
    due = resolve(parse("next working day by 10:00"), start, branch, JAKARTA).due(start)
    assert wall(due, "Asia/Jayapura") == "2026-02-04 10:00:00"


def test_a_field_names_an_instant() -> None:
    """A date field lasts until close of business, a closed date until its end, an instant until itself."""
    office = calendar(hours=OFFICE)
    start = at("2026-02-02T10:00")
    assert wall(until(dt.date(2026, 2, 4), start, office, JAKARTA).due(start)) == "2026-02-04 18:00:00"
    assert wall(until(dt.date(2026, 2, 7), start, office, JAKARTA).due(start)) == "2026-02-08 00:00:00"
    assert until(start + 5, start, office, JAKARTA).amount == 5
    with pytest.raises(ValueError, match="promised"):
        resolve(FromField("promised"), start, office, JAKARTA)


@pytest.mark.parametrize(
    ("text", "start", "allowed", "late_after"),
    [
        ("2 working days", "2026-02-02T10:00", "2026-02-04 09:00:00", "2026-02-05 00:00:00"),
        ("2 working days", "2026-02-02T19:00", "2026-02-05 09:00:00", "2026-02-06 00:00:00"),
        ("1d", "2026-02-06T17:00", "2026-02-07 00:00:00", "2026-02-08 00:00:00"),
        ("24h", "2026-02-02T10:00", "2026-02-03 10:00:00", "2026-02-04 10:00:00"),
        ("4 working hours", "2026-02-02T10:00", "2026-02-02 14:00:00", "2026-02-03 09:00:00"),
        ("8 working hours", "2026-02-06T10:00", "2026-02-06 18:00:00", "2026-02-09 17:00:00"),
    ],
)
def test_waits(text: str, start: str, allowed: str, late_after: str) -> None:
    """A wait of days is over when its last day begins and late when it ends; of hours, late after twice the gap."""
    office, moment = calendar(hours=OFFICE), at(start)
    assert wall(wait_until(parse(text), moment, office, JAKARTA)) == allowed
    assert wall(too_late_after(parse(text), moment, office, JAKARTA)) == late_after


@pytest.mark.parametrize("wait", [wait_until, too_late_after])
def test_limits_are_not_waits(wait: Callable[..., int]) -> None:
    """What only limits cannot be waited for."""
    with pytest.raises(ValueError, match="limit, not a wait"):
        wait(parse("next working day by 10:00"), 0, ALWAYS("UTC"), "UTC")


def test_always_is_the_instant_itself() -> None:
    """The calendar that never closes has the instant as its coordinate, beyond any year."""
    always = ALWAYS(JAKARTA)
    far = END + 10**18
    assert ALWAYS(JAKARTA) is always
    assert always.position(far) == always.instant(far) == always.last_instant(far) == far
    assert always.add(-5, 7) == 2
    assert always.next_opening(far) == far
    start = at("2026-02-02T10:00")
    assert wall(resolve(parse("1 working day"), start, always, JAKARTA).due(start)) == "2026-02-04 00:00:00"


def test_a_calendar_that_stops_opening() -> None:
    """After its last opening there is no further instant, and the last one it knows still meets a target."""
    once = calendar(open={"2026-12-27": "09:00-12:00"})
    start = at("2026-12-27T08:00")
    assert wall(once.add(start, 3 * HOUR)) == "2026-12-27 12:00:00"
    assert once.last_instant(once.position(start) + 3 * HOUR) == END - 1
    with pytest.raises(OutsideCalendar):
        once.add(start, 3 * HOUR + 1)
    with pytest.raises(OutsideCalendar):
        once.next_opening(at("2026-12-27T12:00"))
    with pytest.raises(OutsideCalendar):
        once.working_day_after(dt.date(2026, 12, 27))
    assert once.instant(once.position(BEGIN)) == BEGIN
    with pytest.raises(OutsideCalendar):
        once.instant(once.position(BEGIN) - 1)


@pytest.mark.parametrize("instant", [BEGIN - 1, END, 10**30])
def test_years_outside(instant: int) -> None:
    """Before 1970 and from 2200 on a calendar says that it does not know."""
    with pytest.raises(OutsideCalendar, match="1970–2199"):
        calendar(hours=OFFICE).position(instant)


def test_time_does_not_run_backward() -> None:
    """An amount of open time is not negative."""
    with pytest.raises(ValueError, match="not negative"):
        calendar(hours=OFFICE).add(at("2026-02-02T10:00"), -1)


def test_what_beats_what() -> None:
    """Open beats closed beats holidays beats during beats hours; a day that `during` does not name keeps its hours."""
    office = calendar(
        hours={"mon-sat": "08:00-17:00"},
        during={"2026-02-02..2026-02-06": {"mon,tue,wed": "10:00-11:00", "thu": "closed"}},
        holidays=["2026-02-03"],
        closed=["2026-02-04..2026-02-05", "2026-02-07"],
        open={"2026-02-05": "20:00-21:00"},
    )
    spans = {}
    for number in range(1, 8):
        day = dt.date(2026, 2, number)
        opens, closes = office.open_of(day), office.close_of(day)
        spans[number] = None if opens is None or closes is None else (wall(opens)[11:16], wall(closes)[11:16])
    assert spans == {
        1: None,
        2: ("10:00", "11:00"),
        3: None,
        4: None,
        5: ("20:00", "21:00"),
        6: ("08:00", "17:00"),
        7: None,
    }


def test_hours_that_never_come_are_no_working_day() -> None:
    """A date that a zone skipped, and hours that lie wholly in a gap, are not a working day."""
    samoa = calendar("Pacific/Apia", hours={"mon-sun": "08:00-17:00"})
    assert [samoa.is_working_day(dt.date(2011, 12, day)) for day in (29, 30, 31)] == [True, False, True]
    assert samoa.working_day_after(dt.date(2011, 12, 29)) == dt.date(2011, 12, 31)
    early = calendar("America/New_York", hours={"sun": "02:00-03:00"})
    assert [early.is_working_day(dt.date(2026, 3, day)) for day in (1, 8, 15)] == [True, False, True]


def test_windows_may_meet() -> None:
    """Windows that meet, within a day or over midnight, are one stretch of open time and no mistake."""
    plant = calendar(hours={"fri-mon": "00:00-12:00, 12:00-22:00, 22:00-24:00", "tue": "00:00-06:00, 22:00-24:00"})
    start = at("2026-02-06T00:00")
    assert plant.elapsed(start, start + 7 * DAY) == 4 * DAY + 8 * HOUR
    assert plant.next_opening(at("2026-02-03T06:00")) == at("2026-02-03T22:00")
    night = calendar(hours={"mon": "22:00-06:00", "tue": "06:00-08:00"})
    assert night.add(at("2026-02-02T22:00"), 10 * HOUR) == at("2026-02-03T08:00")
    assert night.last_instant(night.position(at("2026-02-03T06:00"))) == at("2026-02-03T06:00")


def test_indonesian_words() -> None:
    """Days and closing read in Indonesian as in English."""
    indonesian = {"senin-kamis": "08.00-16.00", "jum'at": "08.00–11.30", "minggu": "tutup"}
    english = {"mon-thu": "08:00-16:00", "friday": "08:00-11:30", "sun": "closed"}
    one, two = CalendarSpec.parse({"hours": indonesian}, "UTC"), CalendarSpec.parse({"hours": english}, "UTC")
    assert one == two
    assert one[1] == []


def test_collective_leave_is_asked_for() -> None:
    """Public holidays of Indonesia are closed; joint leave only when "government" is included."""
    new_year, leave = dt.date(2026, 1, 1), dt.date(2026, 2, 16)
    plain = calendar(hours=OFFICE, holidays="ID")
    with_leave = calendar(hours=OFFICE, holidays={"country": "ID", "include": ["public", "government"]})
    assert [plain.is_working_day(day) for day in (new_year, leave)] == [False, True]
    assert [with_leave.is_working_day(day) for day in (new_year, leave)] == [False, False]
    listed = calendar(hours=OFFICE, holidays=["ID", "2026-02-16..2026-02-17"])
    assert [listed.is_working_day(day) for day in (new_year, leave)] == [False, False]


@pytest.mark.parametrize(
    "holidays",
    [
        ["ID"],
        [{"country": "ID"}],
        ["ID", "2026-03-04"],
        ["2026-03-04", {"country": "ID", "include": ["public"]}, "2026-03-05..2026-03-06"],
        ["ID", "SG"],
        ["ID", {"country": "ID", "include": ["government"]}],
    ],
)
def test_holidays_may_be_a_list_of_countries_and_dates(holidays: list[Any]) -> None:
    """A day is a holiday exactly when one entry of the list alone makes it one."""
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=at) for at in range(365)]
    mixed = calendar(hours=OFFICE, holidays=holidays)
    alone = [calendar(hours=OFFICE, holidays=entry) for entry in holidays]
    for day in days:
        assert mixed.is_working_day(day) is all(one.is_working_day(day) for one in alone)
    assert sum(map(mixed.is_working_day, days)) < 261


def test_each_entry_of_a_list_of_holidays_is_found_at_fault_by_itself() -> None:
    """A wrong country, kind or date is told at its own place in the list."""
    entries = ["ID", "IDN", "2026-02-30", {"country": "ID", "include": ["bank"]}, {"country": "XX"}]
    _, problems = CalendarSpec.parse({"hours": OFFICE, "holidays": entries}, "Asia/Jakarta")
    assert [(path, code) for path, code, _ in problems] == [
        (("holidays", 1), "SOP428"),
        (("holidays", 3, "include", 0), "SOP429"),
        (("holidays", 4), "SOP428"),
        (("holidays", 2), "SOP424"),
    ]


@cache
def _countries() -> dict[str, set[str]]:
    import holidays

    codes = holidays.list_supported_countries()
    return {
        code: set(holidays.country_holidays(code).supported_categories) - {"workday", "half_day"}
        for code in codes
        if len(code) == 2
    }


def test_the_tables_of_holidays_are_the_packages() -> None:
    """Every country and kind that may be written is one that the package knows."""
    known = _countries()
    assert set(known) >= known_holidays.COUNTRIES
    for country in known_holidays.COUNTRIES:
        assert set(known_holidays.kinds_of(country)) <= known[country], country


def test_reading_a_calendar_imports_no_holidays() -> None:
    """A calendar with a country can be read and checked without the import that costs more than the check."""
    code = (
        "import sys; from sopengine.time.calendar import CalendarSpec;"
        "spec, problems = CalendarSpec.parse({'hours': {'mon': '08:00-09:00'}, 'holidays': 'ID'}, 'UTC');"
        "assert spec and not problems; sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own text


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ({"hours": {"mon-fir": "08:00-17:00"}}, ("hours", "mon-fir"), "SOP420"),
        ({"hours": {"mon-wed-fri": "08:00-17:00"}}, ("hours", "mon-wed-fri"), "SOP420"),
        ({"hours": {"mon": "8-17"}}, ("hours", "mon"), "SOP421"),
        ({"hours": {"mon": "24:00-25:00"}}, ("hours", "mon"), "SOP421"),
        ({"hours": {"mon": "24:00-06:00"}}, ("hours", "mon"), "SOP421"),
        ({"hours": {"mon": ""}}, ("hours", "mon"), "SOP421"),
        ({"hours": {"mon": "08:00-12:00, 11:59-17:00"}}, ("hours", "mon"), "SOP422"),
        ({"closed": ["2026-03-25..2026-03-19"]}, ("closed", 0), "SOP423"),
        ({"closed": "2026-02-30"}, ("closed",), "SOP424"),
        ({"open": {"tomorrow": "08:00-09:00"}}, ("open", "tomorrow"), "SOP424"),
        ({"timezone": "WIB"}, ("timezone",), "SOP425"),
        ({"timezone": "../../etc/passwd"}, ("timezone",), "SOP425"),
        ({"timezone": "Asia"}, ("timezone",), "SOP425"),
        ({"timezone": "Asia/" + "x" * 10_000}, ("timezone",), "SOP425"),
        ({"hours": {}, "open": {}}, (), "SOP427"),
        ({"hours": {"mon": "closed"}}, (), "SOP427"),
        ({"during": {"2026-02-02": {"tue": "08:00-09:00"}}, "hours": {}}, (), "SOP427"),
        ({"closed": ["1970-01-01..2199-12-31"]}, (), "SOP427"),
        ({"holidays": "IDN"}, ("holidays",), "SOP428"),
        ({"holidays": {"country": "ID", "include": ["public", "bank"]}}, ("holidays", "include", 1), "SOP429"),
        ({"hours": {"mon": "08:00-08:00"}}, ("hours", "mon"), "SOP430"),
        ({"hours": {"mon-fri": "08:00-17:00", "friday": "08:00-12:00"}}, ("hours", "friday"), "SOP431"),
        ({"closed": ["1969-12-31"]}, ("closed", 0), "SOP432"),
        ({"hours": {"sun": "22:00-06:00", "mon": "05:00-09:00"}}, ("hours",), "SOP433"),
        (
            {"during": {"2026-01-01..2026-01-05": {"mon": "08:00-09:00"}, "2026-01-05": {}}},
            ("during", "2026-01-05"),
            "SOP434",
        ),
    ],
)
def test_one_mistake_is_one_problem(data: dict[str, object], path: tuple[object, ...], code: str) -> None:
    """Each mistake in a calendar is reported once, at its place, with a sentence that can be said."""
    spec, problems = CalendarSpec.parse({"hours": OFFICE, **data}, JAKARTA)
    assert spec is None
    assert [(where, what) for where, what, _ in problems] == [(path, code)]
    for _, what, params in problems:
        assert MESSAGES[what].en.format(**params) != MESSAGES[what].id.format(**params)


def test_a_calendar_without_a_zone() -> None:
    """Hours without any zone are a problem of their own."""
    assert CalendarSpec.parse({"hours": OFFICE}, None) == (None, [((), "SOP426", {})])


def test_all_mistakes_are_reported() -> None:
    """A calendar with several mistakes reports every one in one run."""
    data = {
        "hours": {"mon": "8-17", "tuse": "08:00-09:00"},
        "closed": ["x", "2026-01-01", "y"],
        "holidays": [{"country": "XX"}, "2026-13-01"],
        "timezone": "Mars/Base",
    }
    _, problems = CalendarSpec.parse(data, None)
    assert sorted(code for _, code, _ in problems) == [
        "SOP420",
        "SOP421",
        "SOP424",
        "SOP424",
        "SOP424",
        "SOP425",
        "SOP428",
    ]


@pytest.mark.parametrize("zone", sorted({zone for zone, _ in SCENES} | {"Africa/Casablanca", "Asia/Gaza"}))
def test_stretches_are_the_zones_offsets(zone: str) -> None:
    """The stretches of a year cover it without a hole, and hour by hour say what the zone itself says."""
    for year in (1986, 2011, 2026, 2040):
        found = zones.stretches(zone, year)
        assert found[0][0] == us(dt.datetime(year, 1, 1, tzinfo=dt.UTC))
        assert found[-1][1] == us(dt.datetime(year + 1, 1, 1, tzinfo=dt.UTC))
        assert all(before[1] == after[0] for before, after in pairwise(found))
        for since, end, offset in found:
            for moment in (since, end - 1, *range(since, end, 11 * HOUR)):
                local = (EPOCH + dt.timedelta(microseconds=moment)).astimezone(ZoneInfo(zone))
                assert local.utcoffset() == dt.timedelta(microseconds=offset)


def test_frozen_days_make_a_calendar() -> None:
    """A calendar can be made from a table of days instead of rules."""
    days = {dt.date(2026, 2, 2): ((9 * HOUR, 10 * HOUR),), dt.date(2026, 2, 4): ((23 * HOUR, DAY + HOUR),)}
    frozen = Calendar(JAKARTA, lambda day: days.get(day, ()))
    assert frozen.elapsed(at("2026-01-01T00:00"), at("2027-01-01T00:00")) == 3 * HOUR
    assert wall(frozen.add(at("2026-02-02T09:30"), HOUR)) == "2026-02-04 23:30:00"
