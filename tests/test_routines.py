"""Routines: the dates of duties against a plain second opinion, and occurrences as cases that only the calendar opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopengine import Engine, InvalidSop, Sop, UsageError, load_text
from sopengine.errors import StaleCase, UnknownCase
from sopengine.people import NoDirectory, People
from sopengine.routines import Routines, calendars_of, occurrences, procedures
from sopengine.routines.schedule import is_open, slots
from sopengine.store import Append, MemoryStore
from sopengine.time.recurrence import parse
from sopengine.time.windows import WrittenWrong
from sopengine.time.zones import local_date

ZONE = "Asia/Jakarta"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = 'calendars: {office: {hours: {mon-fri: "08:00-17:00"}, closed: [2026-02-17]}}'
PAGI = 'pagi: {owner: sales, every: working day, at: "08:00-10:00", checklist: {crm: Buka CRM, inbox: Balas pesan}}'


def sop_of(routines: str, calendars: str = OFFICE, zone: str = ZONE) -> Sop:
    """An SOP with some routines, one a line."""
    lines = "".join(f"  {line.strip()}\n" for line in routines.strip().splitlines())
    return load_text(
        f"sop: desk\ntitle: Desk\nversion: '1'\ntimezone: {zone}\n{calendars}\n"
        f"roles: {{sales: Sales, manager: {{title: Manager}}}}\n"
        f"documents: {{report: Report}}\nstages: {{talk: {{owner: [sales, manager]}}}}\nroutines:\n{lines}"
    )


def us(moment: datetime) -> int:
    """Microseconds since the epoch."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def at(text: str, zone: str = ZONE) -> datetime:
    """``2026-02-03 08:00`` on the wall clock of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


class Desk:
    """An engine with a clock that stands where it is put, and the routines of one SOP."""

    def __init__(self, sop: Sop, people: Any, begin: str, store: Any = None, others: tuple[Sop, ...] = ()) -> None:
        self.now = at(begin, sop.timezone)
        self.zone = sop.timezone
        self.engine = Engine(sop, *others, people=people, clock=lambda: self.now, store=store)
        assert self.engine.routines is not None
        self.routines = self.engine.routines

    def go(self, text: str) -> None:
        """Let time pass, and let everybody who waits for it know."""
        self.to(at(text, self.zone))

    def to(self, moment: datetime) -> None:
        """The same, for a moment."""
        self.now = moment
        self.routines.open_due()
        self.engine.tick()

    def state(self, case: str) -> str:
        """How an occurrence stands."""
        return self.routines.state(case).state

    def told(self) -> dict[str, list[Any]]:
        """Everything that was recorded, by case, without the instants of recording."""
        return {
            view.id: [(e.kind, e.occurred_at, e.by, e.cause, e.data, e.derived) for e in self.engine.history(view.id)]
            for view in self.engine.cases()
        }


def finish(desk: Desk, case: str, by: str) -> bool:
    """Tick everything off and say that it is done."""
    for item in ("crm", "inbox"):
        desk.engine.tick_off(case, item, by=by).or_raise()
    return bool(desk.engine.advance(case, by=by))


# ------------------------------------------------------------------------------------------------- dates: second opinion


def days_of(day: date, quarter: bool) -> list[date]:
    """All dates of the month or quarter of a date, by walking."""
    months = {(day.month - 1) // 3 * 3 + n for n in (1, 2, 3)} if quarter else {day.month}
    found, walker = [], date(day.year, 1, 1)
    while walker.year == day.year:
        if walker.month in months:
            found.append(walker)
        walker += timedelta(days=1)
    return found


def plainly_named(rule: Mapping[str, Any], day: date, shut: frozenset[date]) -> bool:
    """Whether the words name a date."""
    if rule["kind"] == "day":
        return not rule["working"] or day not in shut
    if rule["kind"] == "week":
        return bool(day.weekday() == rule["number"])
    counted = [d for d in days_of(day, rule["kind"] == "quarter") if not rule["working"] or d not in shut]
    if rule["last"]:
        counted.reverse()
    return bool(counted) and counted[: rule["number"]][-1] == day


def plainly_moved(day: date, if_closed: str, shut: frozenset[date]) -> date | None:
    """Where a date goes, by walking."""
    while day in shut:
        if if_closed == "skip":
            return None
        day += timedelta(days=1 if if_closed == "next" else -1)
    return day


NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMA = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@st.composite
def rules(draw: Any) -> dict[str, Any]:
    """A recurrence, written in either language."""
    kind = draw(st.sampled_from(["day", "week", "month", "quarter"]))
    working, last, local = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    number = draw(st.integers(0, 6)) if kind == "week" else draw(st.integers(1, 31 if kind == "month" else 92))
    if kind == "day":
        text = ("hari kerja" if working else "hari") if local else ("working day" if working else "day")
    elif kind == "week":
        text = (NAMA if local else NAMES)[number]
    elif local:
        period = {"month": "bulan", "quarter": "triwulan"}[kind]
        text = f"{period} pada hari{' kerja' * working}{' terakhir' * last} ke-{number}"
    else:
        text = f"{kind} on {'last ' * last}{'working ' * working}day {number}"
    return {"kind": kind, "working": working, "last": last, "number": number, "text": text}


@settings(max_examples=60, deadline=None)
@given(
    rule=rules(),
    weekly=st.sets(st.integers(0, 6), max_size=5),
    extra=st.sets(st.integers(0, 140), min_size=1, max_size=25),
    if_closed=st.sampled_from(["next", "previous", "skip"]),
    start=st.integers(20, 80),
)
def test_dates_agree_with_a_walk_through_every_day(
    rule: dict[str, Any], weekly: set[int], extra: set[int], if_closed: str, start: int
) -> None:
    """The dates of a routine, and where closed ones go, are those found by trying each day with `datetime` alone."""
    base = date(2027, 12, 20)
    outside = [base + timedelta(days=n) for n in range(-400, 800)]
    shut = frozenset(d for d in outside if d.weekday() in weekly or (d - base).days in extra)
    calendar = (
        "calendars: {office: {hours: {"
        + ", ".join(f'{WEEKDAYS[n]}: "08:00-17:00"' for n in range(7) if n not in weekly)
        + "}, closed: ["
        + ", ".join(str(base + timedelta(days=n)) for n in sorted(extra))
        + "]}}"
    )
    sop = sop_of(f'r: {{owner: sales, every: "{rule["text"]}", if_closed: {if_closed}, at: "08:00-10:00"}}', calendar)
    first, last = base + timedelta(days=start), base + timedelta(days=start + 70)
    since, until = (us(datetime(d.year, d.month, d.day, tzinfo=ZoneInfo(ZONE))) for d in (first, last))
    expected = []
    for day in outside[300:700]:
        on = plainly_moved(day, if_closed, shut) if plainly_named(rule, day, shut) else None
        if on is not None and first <= on < last:
            expected.append((day, us(datetime(on.year, on.month, on.day, 8, tzinfo=ZoneInfo(ZONE)))))
    found = slots(sop, sop.routines["r"], is_open(calendars_of(sop)), since)
    assert [(s.day, s.opens_at) for s in takewhile(lambda s: s.opens_at < until, found)] == expected


def nominal(text: str, start: str, count: int) -> list[str]:
    """The first dates of a recurrence where every date is open."""
    dates = parse(text).dates(date.fromisoformat(start), lambda day: True)
    return [str(next(dates)) for _ in range(count)]


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    """Day 31 comes every month, on the last day where there are fewer, with leap days; what counts back ends at the first."""
    assert nominal("month on day 31", "2028-01-31", 4) == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    assert nominal("month on day 30", "2027-02-01", 1) == ["2027-02-28"]
    assert nominal("bulan pada hari terakhir ke-31", "2027-02-01", 2) == ["2027-02-01", "2027-03-01"]
    assert nominal("quarter on day 92", "2027-01-01", 3) == ["2027-03-31", "2027-06-30", "2027-09-30"]


def test_a_day_within_a_year_of_leap_is_found() -> None:
    """Walking every day passes through 29 February."""
    assert nominal("day", "2028-02-28", 3) == ["2028-02-28", "2028-02-29", "2028-03-01"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Hari  Kerja", "working day"),
        ("ahad", "sunday"),
        ("jum'at", "friday"),
        ("bulan pada hari kerja terakhir", "month on last working day"),
        ("kuartal pada hari ke-2", "quarter on day 2"),
        ("bulan pada hari kerja 3", "month on working day 3"),
        ("month on working day", "month on working day 1"),
    ],
)
def test_both_languages_say_the_same(text: str, same: str) -> None:
    """An Indonesian recurrence is the English one."""
    assert parse(text) == parse(same)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("month on day 32", "SOP467"), ("month on day 0", "SOP467"), ("quarter on working day 93", "SOP467")),
        *(("bulan pada hari ke-0", "SOP467"), ("month on day 999999", "SOP467")),
        *(("fridai", "SOP461"), ("", "SOP461"), ("mon-fri", "SOP461"), ("mon, tue", "SOP461"), ("month on day -1", "SOP461")),
        *(("month on day 9999999999", "SOP461"), ("month", "SOP461"), ("*/5 * * * *", "SOP461"), ("month on day ٣", "SOP461")),
        *(("bulan on day 1", "SOP461"), ("day " * 5000, "SOP461")),
    ],
)
def test_what_is_no_recurrence_is_refused(text: str, code: str) -> None:
    """Days that no period has, and words that are no recurrence, have a code and a short sentence."""
    with pytest.raises(WrittenWrong) as caught:
        parse(text)
    assert caught.value.code == code
    assert len(str(caught.value.params["text"])) <= 40


@pytest.mark.parametrize(
    ("routine", "code"),
    [
        ('every: day, at: "22:00-02:00"', "SOP460"),
        ('every: day, at: "08:00"', "SOP468"),
        ('every: day, by: "00:00"', "SOP468"),
        ('every: day, at: "24:00-24:00"', "SOP468"),
        ('every: day, at: "25:00-26:00"', "SOP450"),
        ('every: day, at: "08:00-10:00", by: "11:00"', "SOP470"),
        ('every: day, by: "08:00-10:00"', "SOP471"),
        ("every: day, opens: review", "SOP472"),
        ("every: day, for_each: sales", "SOP472"),
        ("every: month on day 32", "SOP467"),
    ],
)
def test_what_cannot_be_done_is_refused_on_loading(routine: str, code: str) -> None:
    """Reversed, overnight and empty windows, two due times, and half an `opens` are errors of the file."""
    with pytest.raises(InvalidSop) as caught:
        sop_of(f"r: {{owner: sales, {routine}}}", "")
    assert code in {problem.code for problem in caught.value.diagnostics}


# ----------------------------------------------------------------------------------------------------- opening and due


def opened(sop: Sop, people: Any, since: str, until: str) -> list[tuple[str, str, str]]:
    """The occurrences of a stretch of time: case, opening and due time on the wall clock."""
    found = occurrences(sop, people, calendars_of(sop), us(at(since, sop.timezone)), us(at(until, sop.timezone)))
    return [(o.case.removeprefix("rutin:desk:"), f"{o.opens:%d %H:%M}", f"{o.due:%d %H:%M}") for o in found]


def test_every_person_has_an_occurrence_and_a_role_has_one() -> None:
    """A duty of each person is one case each, whatever number of owning roles they have; `for: role` is one for all."""
    sop = sop_of('a: {owner: [sales, manager], every: friday, by: "16:00"}\nb: {owner: sales, for: role, every: friday}')
    people = People.from_mapping({"rina": ["sales", "manager"], "budi": "sales"})
    assert opened(sop, people, "2026-02-06", "2026-02-07") == [
        ("a:2026-02-06:rina", "06 00:00", "06 16:00"),
        ("a:2026-02-06:budi", "06 00:00", "06 16:00"),
        ("b:2026-02-06", "06 00:00", "07 00:00"),
    ]
    assert opened(sop, NoDirectory(), "2026-02-06", "2026-02-07")[0][0] == "a:2026-02-06:role:sales"


def test_two_that_are_moved_to_one_day_stay_two() -> None:
    """Saturday's, Sunday's and Monday's own occurrence are three on Monday, and only Tuesday's opening closes them."""
    sop = sop_of('r: {owner: sales, for: role, every: day, at: "08:00-10:00"}')
    found = occurrences(sop, NoDirectory(), calendars_of(sop), us(at("2026-02-07")), us(at("2026-02-10")))
    assert [o.case for o in found] == [f"rutin:desk:r:2026-02-0{n}" for n in (7, 8, 9)]
    assert {(o.opens, o.closes) for o in found} == {(at("2026-02-09 08:00"), at("2026-02-10 08:00"))}
    assert found == occurrences(sop, NoDirectory(), calendars_of(sop), us(at("2026-02-09")), us(at("2026-02-10")))
    desk = Desk(sop, None, "2026-02-07 00:00")
    desk.go("2026-02-09 08:00")
    assert [desk.state(o.case) for o in found] == ["open"] * 3
    assert desk.engine.advance(found[1].case, by="role:sales")
    desk.go("2026-02-10 08:00")
    assert [desk.state(o.case) for o in found] == ["missed", "done", "missed"]


@pytest.mark.parametrize(("rule", "day"), [("next", "18"), ("previous", "16"), ("skip", None)])
def test_a_closed_date_moves_as_it_says(rule: str, day: str | None) -> None:
    """What falls on a closed Tuesday goes to the next or previous open date, or nowhere; its key keeps its own date."""
    sop = sop_of(f'r: {{owner: sales, for: role, every: tuesday, at: "08:00-10:00", if_closed: {rule}}}')
    expected = [] if day is None else [("r:2026-02-17", f"{day} 08:00", f"{day} 10:00")]
    assert opened(sop, NoDirectory(), "2026-02-14", "2026-02-21") == expected


@pytest.mark.parametrize(
    ("zone", "day", "window", "opens", "due"),
    [
        ("Europe/Berlin", "2026-03-29", "01:00-04:00", "00:00", "02:00"),
        ("Europe/Berlin", "2026-03-29", "02:30-04:00", "01:30", "02:00"),
        ("Europe/Berlin", "2026-03-29", "02:45-03:15", "01:45", "02:15"),
        ("Europe/Berlin", "2026-10-25", "02:30-03:30", "00:30", "02:30"),
        ("America/New_York", "2026-11-01", "01:30-02:00", "05:30", "07:00"),
    ],
)
def test_windows_are_wall_time_on_days_when_clocks_change(zone: str, day: str, window: str, opens: str, due: str) -> None:
    """Opening and due time are what the wall clock shows; a gap moves them forward and never makes a window empty."""
    sop = sop_of(f'r: {{owner: sales, for: role, every: day, at: "{window}"}}', "", zone)
    start = us(at(day, zone))
    [found] = [o for o in occurrences(sop, NoDirectory(), {}, start, start + 20 * 3_600_000_000) if str(o.day) == day]
    utc = [f"{moment.astimezone(UTC):%H:%M}" for moment in (found.opens, found.due)]
    assert utc == [opens, due]


def test_a_skipped_date_opens_with_the_next_and_closes_after_it() -> None:
    """Where a zone skips a whole date, both occurrences open at once, and neither makes the other missed."""
    sop = sop_of('r: {owner: sales, for: role, every: day, at: "08:00-10:00"}', "", "Pacific/Apia")
    start = us(at("2011-12-29 12:00", "Pacific/Apia"))
    found = occurrences(sop, NoDirectory(), {}, start, start + 40 * 3_600_000_000)
    assert [str(o.day) for o in found][:2] == ["2011-12-30", "2011-12-31"]
    assert all(o.opens_us < o.due_us <= o.closes_us for o in found)


# --------------------------------------------------------------------------------------------------------- as cases


TEAM = {"rina": "sales", "budi": {"roles": ["sales"], "leave": ["2026-02-04..2026-02-05"]}, "maya": "manager"}


def test_an_occurrence_is_done_through_the_gate() -> None:
    """Every unticked item and missing document is said with its line, and done needs them all."""
    desk = Desk(sop_of(PAGI.replace("checklist", "documents: [report], checklist")), TEAM, "2026-02-03 07:00")
    case = "rutin:desk:pagi:2026-02-03:rina"
    assert desk.state(case) == "planned"
    desk.go("2026-02-03 08:00")
    assert desk.state(case) == "open"
    refused = desk.engine.advance(case, by="rina")
    assert sorted(finding.code for finding in refused.findings) == ["CASE204", "CASE206", "CASE206"]
    assert {finding.span.line for finding in refused.findings if finding.span} == {10}
    assert not desk.engine.move(case, "done", by="maya")
    desk.engine.attach(case, "report", by="rina").or_raise()
    assert finish(desk, case, "rina")
    standing = desk.routines.state(case)
    assert (standing.state, standing.done_by, standing.findings) == ("done", "rina", ())
    assert standing.done_at == at("2026-02-03 08:00")


@pytest.mark.parametrize("to", ["missed", "excused"])
def test_nobody_misses_or_excuses_by_hand(to: str) -> None:
    """A person cannot move an occurrence to missed or excused: only the calendar and the directory do."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-03 07:00")
    desk.go("2026-02-03 08:30")
    refused = desk.engine.move("rutin:desk:pagi:2026-02-03:rina", to, by="rina", reason="x")
    assert "CASE101" in {finding.code for finding in refused.findings}


def test_it_is_late_after_the_due_instant_and_missed_when_the_next_opens() -> None:
    """Due at 10:00 is in time; a microsecond later is late and told with its line; the next opening makes it missed."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00")
    case = "rutin:desk:pagi:2026-02-03:rina"
    desk.go("2026-02-03 10:00")
    assert desk.state(case) == "open"
    desk.to(at("2026-02-03 10:00") + timedelta(microseconds=2))
    late = desk.routines.state(case)
    assert (late.state, [finding.code for finding in late.findings]) == ("late", ["CASE801"])
    assert late.findings[0].span is not None
    assert (late.findings[0].span.line, late.findings[0].event) == (10, f"case:{case}/2")
    desk.go("2026-02-04 08:00")
    missed = desk.routines.state(case)
    assert (missed.state, [finding.code for finding in missed.findings]) == ("missed", ["CASE802"])
    assert "2026-02-03" in missed.findings[0].text("id")
    assert [event.kind for event in desk.engine.history(case)] == ["opened", "breached", "moved"]
    assert not desk.engine.advance(case, by="rina")


def test_done_late_stays_late() -> None:
    """What is done after its due time and before the next opening is done, and late."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00")
    case = "rutin:desk:pagi:2026-02-03:rina"
    desk.go("2026-02-03 11:00")
    assert finish(desk, case, "rina")
    desk.go("2026-02-05 11:00")
    standing = desk.routines.state(case)
    assert (standing.state, standing.done_by, [f.code for f in standing.findings]) == ("late", "rina", ["CASE801"])


def test_due_at_midnight_is_told_late_before_it_is_missed() -> None:
    """Where the next one opens at the due instant itself, the last microsecond counts, and the notice still comes."""
    desk = Desk(sop_of("r: {owner: sales, for: role, every: day}", ""), TEAM, "2026-02-02 20:00")
    desk.go("2026-02-04 00:00")
    desk.go("2026-02-04 00:01")
    history = desk.engine.history("rutin:desk:r:2026-02-03")
    assert [event.kind for event in history] == ["opened", "breached", "moved"]
    assert history[1].occurred_at == history[2].occurred_at == us(at("2026-02-04 00:00")) + 1
    assert history[2].cause == history[1].id
    [clock] = {view.state for view in desk.engine.clocks("rutin:desk:r:2026-02-03").values()}
    assert clock == "missed"


def test_leave_excuses() -> None:
    """Who is on leave on the date is excused at once and never late; everybody away excuses the whole role."""
    sop = sop_of(PAGI + '\nr: {owner: sales, for: role, every: working day, by: "16:00"}')
    away = {name: {"roles": ["sales"], "leave": ["2026-02-04"]} for name in ("rina", "budi")}
    desk = Desk(sop, {**away, "rina": {"roles": ["sales"], "leave": ["2026-02-04..2026-02-05"]}}, "2026-02-03 20:00")
    desk.go("2026-02-06 20:00")
    names = ("pagi:2026-02-04:rina", "r:2026-02-04", "pagi:2026-02-05:rina", "pagi:2026-02-05:budi", "r:2026-02-05")
    found = [desk.state(f"rutin:desk:{name}") for name in names]
    assert found == ["excused", "excused", "excused", "missed", "missed"]
    assert [e.kind for e in desk.engine.history("rutin:desk:pagi:2026-02-04:rina")] == ["opened", "moved"]


def test_done_late_is_said_once() -> None:
    """Who finishes an occurrence that nobody had seen to be late is told so once, with the answer."""
    desk = Desk(sop_of("r: {owner: sales, for: role, every: day, at: '08:00-10:00'}"), TEAM, "2026-02-02 20:00")
    desk.go("2026-02-03 09:00")
    desk.now = at("2026-02-03 11:00")
    assert [finding.code for finding in desk.engine.advance("rutin:desk:r:2026-02-03", by="rina").findings] == ["CASE801"]


def test_what_was_done_by_another_is_told() -> None:
    """A colleague of the same role who does somebody's occurrence is found, unless it was given to them."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00")
    desk.go("2026-02-03 08:30")
    assert finish(desk, "rutin:desk:pagi:2026-02-03:rina", "budi")
    told = desk.routines.state("rutin:desk:pagi:2026-02-03:rina")
    assert [finding.code for finding in told.findings] == ["CASE803"]
    assert desk.engine.assign("rutin:desk:pagi:2026-02-03:budi", "rina", by="budi")
    assert finish(desk, "rutin:desk:pagi:2026-02-03:budi", "rina")
    assert desk.routines.state("rutin:desk:pagi:2026-02-03:budi").findings == ()


def test_editing_the_record_moves_nothing() -> None:
    """Whoever edits due time or person of an occurrence gains no time and no excuse."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-03 20:00")
    case = "rutin:desk:pagi:2026-02-04:rina"
    desk.go("2026-02-04 08:00")
    desk.engine.edit(case, {"due": "2026-12-01T00:00:00+07:00", "person": "budi", "date": "2026-02-05"}, by="rina")
    desk.go("2026-02-04 11:00")
    assert desk.state(case) == "late"
    desk.go("2026-02-05 08:00")
    missed = desk.routines.state(case)
    assert (missed.state, missed.findings[0].params["day"]) == ("missed", "2026-02-04")


class Changing:
    """A directory of the host's own, whose people change while time passes."""

    def __init__(self, since: Mapping[str, datetime], until: Mapping[str, datetime], away: Mapping[str, date]) -> None:
        self.since, self.until, self.away = since, until, dict(away)

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """Who is there at an instant."""
        there = (p for p in self.since if us(self.since[p]) <= at and not (p in self.until and us(self.until[p]) <= at))
        return tuple(there) if role == "sales" else ()

    def roles(self, person: str, at: int) -> frozenset[str]:
        """Sales, while they are there."""
        return frozenset({"sales"} if person in self.members("sales", at) else ())

    def name(self, person: str) -> str | None:
        """The id."""
        return person

    def reports_to(self, person: str) -> str | None:
        """Nobody."""
        return None

    def known(self, person: str) -> bool:
        """Whoever was ever there."""
        return person in self.since

    def on_leave(self, person: str, at: int) -> bool:
        """Whether they are away on a date."""
        return self.away.get(person) == local_date(at, "Asia/Jakarta")


def test_the_directory_is_asked_at_each_opening() -> None:
    """Who joins has occurrences from then on; who has left misses the last one and gets no more; leave told late excuses."""
    start = at("2026-02-01 00:00")
    people = Changing({"rina": start, "budi": at("2026-02-04 00:00")}, {"rina": at("2026-02-05 00:00")}, {})
    desk = Desk(sop_of(PAGI), people, "2026-02-02 20:00")
    desk.go("2026-02-04 12:00")
    people.away["budi"] = date(2026, 2, 4)
    desk.go("2026-02-05 12:00")
    assert [view.id.removeprefix("rutin:desk:pagi:") for view in desk.engine.cases()] == [
        *("2026-02-03:rina", "2026-02-04:rina", "2026-02-04:budi", "2026-02-05:budi"),
    ]
    found = [desk.state(f"rutin:desk:pagi:2026-02-04:{name}") for name in ("rina", "budi")]
    assert found == ["missed", "excused"]
    assert [s.state for s in desk.routines.opened(at("2026-02-03"), at("2026-02-05"))] == ["missed", "missed", "excused"]


# ------------------------------------------------------------------------------------------------- opens, exactly once


REVIEW_TEXT = (
    "sop: sales-review\ntitle: Review\nversion: '1'\nroles: {manager: Manager}\nfields: {person: string}\n"
    "stages: {talk: {owner: manager, requires: [person]}}\n"
)
REVIEW = load_text(REVIEW_TEXT)
OPENS = 'tinjauan: {owner: manager, every: month on working day 1, by: "12:00", opens: sales-review, for_each: sales}'


def test_opens_starts_one_case_for_each_person() -> None:
    """Each person of `for_each` gets one case, however many owners the routine has and however often it is asked."""
    desk = Desk(sop_of(OPENS), {**TEAM, "sari": "manager"}, "2026-01-31 20:00", others=(REVIEW,))
    desk.go("2026-02-03 00:00")
    started = [view for view in desk.engine.cases() if view.sop == "sales-review"]
    assert [view.id for view in started] == [f"rutin.sales-review:desk:tinjauan:2026-02-02:{n}" for n in ("rina", "budi")]
    assert [view.record["person"] for view in started] == ["rina", "budi"]
    assert desk.routines.open_due() == []
    again = Routines(desk.engine, sop_of(OPENS))
    assert again.open_due() == []


def test_an_engine_without_the_opened_sop_is_told_so() -> None:
    """A routine that opens an SOP which the engine was not given is an error at the beginning, not at night."""
    with pytest.raises(UsageError, match="sales-review"):
        Desk(sop_of(OPENS), TEAM, "2026-01-31 20:00")


ACTS = st.lists(st.tuples(st.integers(0, 6 * 24 * 60), st.sampled_from(["rina", "budi"])), max_size=6)
MANY = PAGI + "\n" + OPENS + '\nr: {owner: sales, for: role, every: day, if_closed: previous}'


@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 6 * 24 * 60), max_size=12), acts=ACTS)
def test_the_same_comes_of_every_partition_of_time(cuts: list[int], acts: list[tuple[int, str]]) -> None:
    """However often time is looked at between what people do, the same events are recorded at the same instants."""
    whole, parts = (Desk(sop_of(MANY), TEAM, "2026-01-30 07:00", others=(REVIEW,)) for _ in range(2))
    begin = whole.now
    for minute, who in sorted([*acts, *((cut, "") for cut in cuts), (7 * 24 * 60, "")]):
        moment = begin + timedelta(minutes=minute)
        if not who and minute < 7 * 24 * 60:
            parts.to(moment)
            continue
        for desk in (whole, parts):
            desk.now = moment
            desk.routines.open_due()
            cases = [v.id for v in desk.engine.cases() if v.place == "open" and v.id.endswith(f":{who}")]
            for case in cases:
                desk.engine.tick_off(case, "crm", by=who)
                finish(desk, case, who)
            desk.engine.tick()
    assert whole.told() == parts.told()
    assert any(view.place == "missed" for view in whole.engine.cases())


@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 6 * 24 * 60), max_size=12), acts=ACTS)
def test_ticks_alone_give_the_same_whatever_their_number(cuts: list[int], acts: list[tuple[int, str]]) -> None:
    """One tick at the end or many before: what people do about their duties has the same answer, and everything is recorded
    at the same instants, also of the cases that a routine opens.
    """
    whole, parts = (Desk(sop_of(MANY), TEAM, "2026-01-30 07:00", others=(REVIEW,)) for _ in range(2))
    begin, answers = whole.now, list[list[list[str]]]()
    for minute, who in sorted([*acts, *((cut, "") for cut in cuts)]):
        moment = begin + timedelta(minutes=minute)
        parts.now = moment
        if not who:
            parts.engine.tick()
            continue
        whole.now = moment
        for desk in (whole, parts):
            try:
                mine = f"rutin:desk:pagi:{moment.date()}:{who}"
                done = [desk.engine.tick_off(mine, item, by=who) for item in ("crm", "inbox")]
                done.append(desk.engine.advance(mine, by=who))
                answers.append([[found.code for found in decision.findings if found.blocks] for decision in done])
            except UnknownCase:
                answers.append([["unknown"]])
    for desk in (whole, parts):
        desk.now = begin + timedelta(days=7)
        desk.engine.tick()
    assert whole.told() == parts.told()
    assert answers[::2] == answers[1::2]


def test_openings_and_deadlines_are_recorded_in_the_order_of_time() -> None:
    """A tick over days takes openings and deadlines of all cases as they come, never one kind after the other."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00")
    desk.now = at("2026-02-05 12:00")
    ticked = desk.engine.tick()
    instants = [event.occurred_at for event in ticked]
    assert instants == sorted(instants)
    assert [event.kind for event in ticked if event.case.endswith(":rina")] == [
        *("opened", "breached", "moved", "opened", "breached", "moved", "opened", "breached"),
    ]
    assert desk.engine.tick() == []


def test_the_tick_says_once_what_is_late_or_missed() -> None:
    """After days without a look each occurrence is told once, by the worst that became of it, and never again."""
    desk = Desk(sop_of(PAGI), {"rina": "sales"}, "2026-02-02 20:00")
    desk.now = at("2026-02-04 12:00")
    said = desk.engine.tick().findings
    assert [(finding.code, finding.params["day"]) for finding in said] == [("CASE802", "2026-02-03"), ("CASE801", "2026-02-04")]
    desk.now = at("2026-02-04 13:00")
    assert desk.engine.tick().findings == ()


def test_what_comes_before_a_verb_is_told_by_the_next_tick() -> None:
    """Whoever acts first brings the calendar up to date; what there is to say about others waits for the tick."""
    desk = Desk(sop_of(PAGI), {"rina": "sales", "budi": "sales"}, "2026-02-02 20:00")
    desk.now = at("2026-02-04 08:30")
    decision = desk.engine.tick_off("rutin:desk:pagi:2026-02-04:rina", "crm", by="rina")
    assert (bool(decision), decision.findings) == (True, ())
    assert [finding.code for finding in desk.engine.tick().findings] == ["CASE802", "CASE802"]


def test_the_agenda_shows_a_persons_occurrences() -> None:
    """Who has an occurrence finds it on the agenda with its due time; what anybody of a role may do stands on everybody's."""
    desk = Desk(sop_of(PAGI + '\nr: {owner: manager, for: role, every: day, by: "16:00"}'), TEAM, "2026-02-02 20:00")
    desk.now = at("2026-02-03 09:00")
    desk.engine.tick()
    [mine] = desk.engine.agenda(person="rina")
    assert (mine.case, mine.due, mine.late) == ("rutin:desk:pagi:2026-02-03:rina", at("2026-02-03 10:00"), False)
    assert [row.case for row in desk.engine.agenda(person="maya")] == ["rutin:desk:r:2026-02-03"]
    finish(desk, mine.case, "rina")
    assert desk.engine.agenda(person="rina") == []


def test_the_case_that_a_routine_opens_is_greeted() -> None:
    """What the opened SOP sends on entry comes with the tick that opened the case, once."""
    greeting = REVIEW_TEXT.replace("requires: [person]", "requires: [person], send: {hello: holder}")
    review = load_text(greeting + "templates: {hello: {channel: note, body: 'Talk with {{ lead.person }}.'}}\n")
    desk = Desk(sop_of(OPENS), {**TEAM, "sari": "manager"}, "2026-01-31 20:00", others=(review,))
    desk.now = at("2026-02-02 08:00")
    assert [message.body for message in desk.engine.tick().messages] == ["Talk with rina.", "Talk with budi."]
    assert desk.engine.tick().messages == ()


def test_ids_of_the_calendar_are_its_own() -> None:
    """Nobody opens a case, live or by an import, under an id that the calendar may open; without routines nothing is kept."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00")
    case = "rutin:desk:pagi:2026-02-03:rina"
    with pytest.raises(UsageError, match="kept"):
        desk.engine.open({"id": case}, by="rina")
    with pytest.raises(UsageError, match="kept"):
        desk.engine.record([{"case": case, "kind": "opened", "at": at("2026-02-02 19:00"), "by": "rina"}])
    plain = Engine(REVIEW, people={"maya": "manager"})
    assert plain.routines is None
    assert plain.open({"id": case, "person": "x"}, by="maya")


def test_what_happened_to_an_occurrence_is_recorded_after_its_opening() -> None:
    """An import about an occurrence that no tick has opened yet finds it open."""
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00")
    desk.now = at("2026-02-03 09:30")
    case, moment = "rutin:desk:pagi:2026-02-03:rina", at("2026-02-03 09:00")
    assert desk.engine.record([{"case": case, "kind": "ticked", "item": "crm", "at": moment, "by": "rina"}]) == []
    assert desk.engine.case(case).ticked == ("crm",)


def test_a_restart_opens_what_lies_between() -> None:
    """A second engine on the same store goes on where the first stopped, also when nothing had opened by then."""
    store = MemoryStore()
    first = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00", store)
    first.go("2026-02-02 21:00")
    second = Desk(sop_of(PAGI), TEAM, "2026-02-04 09:00", store)
    second.go("2026-02-04 09:00")
    found = [second.state(f"rutin:desk:pagi:2026-02-0{day}:rina") for day in (3, 4)]
    assert found == ["missed", "open"]


def test_two_processes_open_once() -> None:
    """Two engines on one store that both look at the time open each occurrence once."""
    store = MemoryStore()
    desks = [Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00", store) for _ in range(2)]
    for text in ("2026-02-03 09:00", "2026-02-04 09:00", "2026-02-05 09:00"):
        for desk in desks:
            desk.go(text)
    for day, state in ((3, "missed"), (4, "missed"), (5, "open")):
        assert desks[1].state(f"rutin:desk:pagi:2026-02-0{day}:rina") == state
    streams = [stream for stream in store.streams() if stream.startswith("case:rutin:")]
    assert len(streams) == len(set(streams)) == 6


class Failing(MemoryStore):
    """A store that fails once when the roster is written, after the cases were."""

    failed = False

    def append(self, batch: Any) -> None:
        """Append, but for that once."""
        if not self.failed and any(a.events and a.events[0].kind == "routines_opened" for a in batch):
            self.failed = True
            raise OSError("the disk is full")
        super().append(batch)


def test_a_stop_between_cases_and_roster_opens_nothing_twice() -> None:
    """When the process stops after the cases were stored, the instant is taken up again and finds them there."""
    desk = Desk(sop_of(OPENS + "\n" + PAGI), TEAM, "2026-02-01 20:00", Failing(), others=(REVIEW,))
    desk.now = at("2026-02-02 09:00")
    with pytest.raises(OSError, match="full"):
        desk.routines.open_due()
    desk.routines.open_due()
    desk.go("2026-02-04 09:00")
    plain = Desk(sop_of(OPENS + "\n" + PAGI), TEAM, "2026-02-01 20:00", others=(REVIEW,))
    plain.go("2026-02-04 09:00")
    assert desk.told() == plain.told()


def test_a_roster_that_somebody_else_wrote_is_stale() -> None:
    """Writing over what another process has written is refused by the store and taken up again."""
    store = MemoryStore()
    store.append([Append("routines:desk", 0, (), 0)])
    desk = Desk(sop_of(PAGI), TEAM, "2026-02-02 20:00", store)
    desk.go("2026-02-03 09:00")
    with pytest.raises(StaleCase):
        store.append([Append("routines:desk", 0, desk.engine.history("rutin:desk:pagi:2026-02-03:rina"), 0)])


def test_every_derived_procedure_has_a_hash_of_its_own() -> None:
    """Two routines are two procedures, the same text gives the same ones, and another text gives others."""
    one, two = procedures(sop_of(MANY)), procedures(sop_of(MANY))
    hashes = [sop.hash for sop in one]
    assert len(set(hashes)) == len(hashes) == 3
    assert hashes == [sop.hash for sop in two]
    assert set(hashes).isdisjoint(sop.hash for sop in procedures(sop_of(MANY.replace("Buka CRM", "Buka CRM dulu"))))
