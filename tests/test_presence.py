"""Who is there at an instant, as a plain walk over wall clocks says it too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sopengine import Engine, UsageError, load_text
from sopengine.people import NEVER, NoDirectory, People, Staff, staffed

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = st.sampled_from(("Asia/Jakarta", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC"))
# Sunday 2026-03-29 and 2026-10-25 are the changes of Berlin, 2026-04-05 that of Lord Howe (half an hour).
STARTS = st.sampled_from((date(2026, 3, 27), date(2026, 4, 3), date(2026, 10, 23), date(2026, 6, 1), date(2026, 12, 30)))
CLOCKS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
WINDOWS = st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] != pair[1]).map("-".join)
SHIFTS = st.none() | st.dictionaries(st.sampled_from(DAYS), WINDOWS, min_size=1, max_size=3)
LEAVES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=3)


def us(moment: datetime) -> int:
    """An aware datetime in microseconds since the epoch."""
    return round(moment.timestamp()) * 1_000_000


def away_by_wall(moment: datetime, leave: set[date]) -> bool:
    """The plain second opinion about leave: the date on the wall."""
    return moment.date() in leave


def working_by_wall(moment: datetime, shift: dict[str, str] | None) -> bool:
    """The plain second opinion about shifts: today's window, or what is left of yesterday's night, as text on the wall."""
    if shift is None:
        return True
    now, today = f"{moment:%H:%M}", DAYS[moment.weekday()]
    yesterday = DAYS[(moment.weekday() - 1) % 7]
    opens, closes = shift.get(today, "99:99-99:99").split("-")
    begun = opens <= now and (now < closes or closes <= opens)
    opens, closes = shift.get(yesterday, "00:00-99:99").split("-")
    return begun or (closes <= opens and now < closes)


def night_overlaps(shift: dict[str, str], day: int) -> bool:
    """Whether a night runs into the window of the next day, which no shift may."""
    opens, closes = shift.get(DAYS[day], "00:00-99:99").split("-")
    return closes < opens and shift.get(DAYS[(day + 1) % 7], "99:99") < closes


@settings(max_examples=60, deadline=None)
@example("Europe/Berlin", date(2026, 10, 23), {"sat": "22:00-02:30"}, [(2, 0)])
@example("Europe/Berlin", date(2026, 3, 27), {"sun": "02:15-02:45"}, [])
@example("America/St_Johns", date(2026, 10, 30), {"sun": "01:00-02:00"}, [(0, 1)])
@given(ZONES, STARTS, SHIFTS, LEAVES)
def test_presence_is_what_the_wall_says(
    zone: str, start: date, shift: dict[str, str] | None, leave: list[tuple[int, int]]
) -> None:
    """Leave, presence and their next change agree with a walk through a week, a quarter of an hour at a time."""
    days = {start + timedelta(days=first + more) for first, length in leave for more in range(length + 1)}
    said: dict[str, Any] = {"roles": "sales"}
    if leave:
        said["leave"] = [f"{start + timedelta(days=a)}..{start + timedelta(days=a + length)}" for a, length in leave]
    if shift is not None:
        said["shift"] = shift
    assume(not any(night_overlaps(shift or {}, day) for day in range(7)))
    people = People.from_mapping({"timezone": zone, "people": {"rina": said}})
    first = datetime(start.year, start.month, start.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    walked = [first + timedelta(minutes=15 * step) for step in range(7 * 96)]
    seen = []
    for moment in walked:
        wall, at = moment.astimezone(ZoneInfo(zone)), us(moment)
        away = away_by_wall(wall, days)
        there = not away and working_by_wall(wall, shift)
        assert (people.on_leave("rina", at), people.present("rina", at)) == (away, there), wall
        seen.append((at, (away, there)))
    for (at, before), (after, now) in pairwise(seen):
        turn = people.changes_after("rina", at)
        assert turn > at
        assert turn == people.changes_after(None, at)
        assert before == now or turn <= after, "a change is announced"


def test_change_of_anybody_is_the_earliest_of_all() -> None:
    """The next change of anybody is the earliest of everybody's, and it is never passed over."""
    people = People.from_mapping(
        {
            "timezone": "Asia/Jakarta",
            "people": {
                "rina": {"roles": "sales", "leave": ["2026-03-02", "2026-03-04..2026-03-06"]},
                "budi": {"roles": "sales", "shift": {"mon-fri": "08:00-16:00"}},
                "sari": {"roles": "sales", "shift": {"mon-fri": "08:00-16:00"}, "leave": "2026-03-05"},
                "tono": "sales",
            },
        }
    )
    at = us(datetime(2026, 3, 1, tzinfo=UTC))
    for _ in range(40):
        assert people.changes_after(None, at) == min(people.changes_after(name, at) for name in people.entries)
        at = people.changes_after(None, at)
    assert people.changes_after("tono", at) == NEVER
    assert people.changes_after("nobody", at) == NEVER
    assert not people.present("nobody", at)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40 * 24 * 60), min_size=2, max_size=30))
def test_the_order_of_questions_changes_no_answer(minutes: list[int]) -> None:
    """What was asked before, in whatever order, never changes when anybody may come or go next."""
    people = People.from_mapping(
        {
            "timezone": "Europe/Berlin",
            "people": {
                "rina": {"roles": "sales", "shift": {"mon-fri": "08:00-16:00"}, "leave": "2026-03-30"},
                "budi": {"roles": "sales", "shift": {"sat-sun": "22:00-03:00"}, "leave": "2026-03-12..2026-03-14"},
            },
        }
    )
    start = us(datetime(2026, 3, 1, tzinfo=UTC))
    for minute in minutes:
        at = start + minute * 60_000_000
        assert people.changes_after(None, at) == min(people.changes_after(name, at) for name in people.entries)


def test_leave_without_a_zone_is_never_guessed() -> None:
    """Without a timezone leave is no instant: asking is an error, the engine lends the SOP's, a zone of its own wins."""
    written = {"rina": {"roles": "sales", "leave": "2026-03-02"}}
    people = People.from_mapping(written)
    with pytest.raises(UsageError, match="timezone"):
        people.on_leave("rina", 0)
    sop = load_text("sop: d\ntitle: D\nversion: '1'\ntimezone: Asia/Jayapura\nroles: {sales: S}\nstages: {a: {owner: sales}}\n")
    begins = us(datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Jayapura")))
    lent = staffed(Engine(sop, people=written).people)
    assert [lent.on_leave("rina", begins + step) for step in (-1, 0)] == [False, True]
    own = staffed(Engine(sop, people={"timezone": "Asia/Jakarta", "people": written}).people)
    assert not own.on_leave("rina", begins)
    assert own.on_leave("rina", begins + 2 * 3_600_000_000)


class Desk:
    """A directory of a host that answers the least."""

    def roles(self, person: str, at: int) -> frozenset[str]:
        """Everybody sells."""
        return frozenset({"sales"})

    def name(self, person: str) -> str | None:
        """Nobody has a name."""
        return None

    def reports_to(self, person: str) -> str | None:
        """To nobody."""
        return None

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """One person."""
        return ("rina",)

    def known(self, person: str) -> bool:
        """Everybody."""
        return True


class DeskWithLeave(Desk):
    """It also knows who is away."""

    def on_leave(self, person: str, at: int) -> bool:
        """Rina, from the epoch on."""
        return person == "rina" and at >= 0


def test_what_a_host_does_not_answer_is_answered_neutrally() -> None:
    """A plain directory has nobody away, in a group or full; what it does answer counts; no answer is kept too long."""
    plain, some, none = staffed(Desk()), staffed(DeskWithLeave()), NoDirectory()
    for staff in (plain, some, none):
        assert isinstance(staff, Staff)
        assert (staff.groups("rina", 0), staff.capacity("rina"), staff.quota("rina", "revenue")) == (frozenset(), None, None)
    assert (plain.on_leave("rina", 0), plain.present("rina", 0), plain.changes_after(None, 7)) == (False, True, 8)
    assert (some.on_leave("rina", 0), some.present("rina", 0), some.present("budi", 0)) == (True, False, True)
    assert (none.present("role:sales", 0), none.changes_after(None, 0)) == (True, NEVER)
    assert (plain.roles("rina", 0), plain.members("sales", 0), plain.known("x")) == ({"sales"}, ("rina",), True)
    assert staffed(none) is none


def test_what_a_table_may_name_is_said_in_four_words() -> None:
    """Groups, regions, products and skills are one vocabulary for tables; capacity and quotas are answered as written."""
    people = People.from_mapping(
        {"rina": {"roles": "sales", "groups": "senior", "regions": ["jawa"], "products": "it", "skills": ["en"], "capacity": 3}}
    )
    assert people.groups("rina", 0) == {"senior", "jawa", "it", "en"}
    assert people.groups("nobody", 0) == frozenset()
    assert (people.capacity("rina"), people.capacity("nobody"), people.quota("rina", "x"), people.quota("nobody", "x")) == (
        *(3, None),
        *(None, None),
    )
