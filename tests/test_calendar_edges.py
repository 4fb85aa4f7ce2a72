"""Edges of calendars that chance rarely finds; each was left alive by a mutant (docs/mutants.md)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sopengine import load_text
from sopengine.time.calendar import Calendar
from sopengine.time.lock import calendar_of
from sopengine.time.zones import to_instant


def calendar(hours: str, zone: str = "Asia/Jakarta") -> Calendar:
    """A calendar with those hours."""
    head = f'sop: c\ntitle: C\nversion: "1"\ntimezone: {zone}\nstages: {{a: {{owner: s}}}}\n'
    return calendar_of(load_text(f"{head}calendars: {{office: {{hours: {{{hours}}}}}}}\n").calendars["office"])


def at(text: str, zone: str = "Asia/Jakarta") -> int:
    """An instant from its wall time."""
    return to_instant(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def test_a_window_closes_at_its_own_end() -> None:
    """While open, closing is that of the window one is in; while closed, it is the instant itself."""
    office = calendar('mon-fri: "08:00-12:00, 13:00-17:00"')
    for moment, closes in (("08:00", "12:00"), ("10:00", "12:00"), ("12:30", "12:30"), ("13:00", "17:00"), ("16:59", "17:00")):
        assert office.next_closing(at(f"2026-02-02 {moment}")) == at(f"2026-02-02 {closes}"), moment
    assert office.next_closing(at("2026-02-07 10:00")) == at("2026-02-07 10:00")


def test_a_date_that_a_zone_skipped_is_no_working_day() -> None:
    """Kwajalein had no 21 August 1993: nobody worked then, whatever the hours of a Saturday say."""
    every = calendar('mon-sun: "08:00-17:00"', "Pacific/Kwajalein")
    assert [every.is_working_day(date(1993, 8, day)) for day in (20, 21, 22)] == [True, False, True]


def test_no_open_time_is_no_wait() -> None:
    """Adding nothing gives the instant itself, open or closed; less than nothing is no amount."""
    office = calendar('mon-fri: "08:00-17:00"')
    for moment in ("2026-02-02 10:00", "2026-02-07 10:00"):
        assert office.add(at(moment), 0) == at(moment)
    with pytest.raises(ValueError, match="not negative"):
        office.add(at("2026-02-02 10:00"), -1)
