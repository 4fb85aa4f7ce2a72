"""Locked calendars: the same verdict whatever becomes of the holidays, a past that stays, lock files that may be hostile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import Engine, InvalidSop, locking
from sopengine.cli import main
from sopengine.language.model import Sop
from sopengine.loading import Folder, examine, load
from sopengine.source import read
from sopengine.store import Append, MemoryStore
from sopengine.time import zones
from sopengine.time.calendar import Calendar, CalendarSpec
from sopengine.time.holidays import holidays_of
from sopengine.time.lock import (
    MOST_YEARS,
    Change,
    Correction,
    Day,
    FrozenDays,
    Lock,
    NoSuchYears,
    calendar_of,
    changed_days,
    freeze,
    locked_spec,
    relock,
    spec_hash,
    written_spec,
)
from sopengine.time.lock_text import parse, write

TODAY = date(2026, 6, 10)
SOP = """\
sop: support
title: Support
version: "1"
language: en
timezone: Asia/Jakarta
calendars:
  office: {hours: {mon-fri: "08:00-16:00"}, holidays: {country: ID, include: [public, government]}}
stages:
  answer: {owner: sales, sla: {finish: 8 working hours}}
"""
SHUT = Day((), True)
OPEN = Day(((8 * 3_600_000_000, 16 * 3_600_000_000),))

Table = dict[int, dict[str, list[date]]]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    """A table of holidays in place of the package's: year → kind → days. Change it, then clear `holidays_of`."""
    found: Table = {2026: {"public": [date(2026, 8, 17)], "government": [date(2026, 12, 24)]}}

    def country_holidays(country: str, years: int, categories: tuple[str, ...], expand: bool) -> list[date]:
        assert country == "ID"
        return [day for kind in categories for day in found.get(years, {}).get(kind, [])]

    monkeypatch.setattr("holidays.country_holidays", country_holidays)
    holidays_of.cache_clear()
    yield found
    holidays_of.cache_clear()


def declare(table: Table, *days: str, kind: str = "public") -> None:
    """The table learns of holidays."""
    for text in days:
        day = date.fromisoformat(text)
        table.setdefault(day.year, {}).setdefault(kind, []).append(day)
    holidays_of.cache_clear()


def rule(zone: str = "Asia/Jakarta", **written: Any) -> CalendarSpec:
    """A calendar rule."""
    spec, problems = CalendarSpec.parse({"hours": {"mon-fri": "08:00-16:00"}, **written}, zone)
    assert spec is not None, problems
    return spec


@pytest.fixture
def sop_file(tmp_path: Path, table: Table) -> Path:
    """An SOP in a folder of its own, with holidays that the test decides on."""
    file = tmp_path / "support.yaml"
    file.write_text(SOP, encoding="utf-8")
    return file


def lock(file: Path, today: date = TODAY, **how: Any) -> locking.Plan:
    """Lock an SOP as the command does."""
    sop = examine(file).sop
    assert sop is not None
    found = locking.find_lock(sop, Folder(file.parent, file))
    planned = locking.plan(sop, found.lock if found else None, lambda zone: today, **how)
    locking.save(file.parent, planned.new)
    return planned


def on(planned: locking.Plan, day: str) -> Day:
    """What a lock says of a day of its first calendar."""
    return planned.calendars[0][1].days.on(date.fromisoformat(day).toordinal())


# Verdicts


def at(text: str) -> datetime:
    """A moment of Jakarta."""
    return datetime.fromisoformat(f"{text}:00+07:00")


def history(sop: Sop, opened: str, closed: str | None, now: str) -> tuple[Engine, MemoryStore]:
    """A case that was answered, or not, under an SOP, in a store of its own, as time has left it."""
    moment = [at(opened)]
    store = MemoryStore()
    engine = Engine(sop, store=store, clock=lambda: moment[0])
    assert engine.open({"id": "L-1"}, by="role:sales")
    if closed is not None:
        moment[0] = at(closed)
        engine.tick()
        assert engine.advance("L-1", by="role:sales")
    moment[0] = at(now)
    engine.tick()
    return engine, store


def again(sop: Sop, store: MemoryStore, now: str) -> Engine:
    """Another engine on the same store: the host was started anew."""
    return Engine(sop, store=store, clock=lambda: at(now))


def test_a_new_table_of_holidays_changes_no_verdict_of_a_locked_sop(sop_file: Path, table: Table) -> None:
    """Due instants and states of a locked SOP are the same after the table has other holidays, past and to come."""

    def verdicts(sop: Sop) -> list[tuple[str, datetime | None]]:
        views = []
        for opened, closed in (("2026-06-04T10:00", "2026-06-08T09:00"), ("2026-06-09T10:00", None)):
            engine, _ = history(sop, opened, closed, "2026-06-10T12:00")
            clock = engine.clocks("L-1")["answer.finish"]
            views.append((clock.state, clock.due))
        return views

    without = verdicts(load(sop_file))
    lock(sop_file)
    before = verdicts(load(sop_file))
    declare(table, "2026-06-05", "2026-06-09", "2026-06-10", "2026-06-11", "2026-06-12")
    assert without == before == verdicts(load(sop_file))
    (sop_file.parent / "support.lock").unlink()
    assert verdicts(load(sop_file)) != before


def test_relocking_moves_running_clocks_and_no_closed_one(sop_file: Path, table: Table) -> None:
    """After a holiday was added yesterday and another tomorrow, only the running clock moves, and by tomorrow alone."""
    lock(sop_file)
    closed = ("2026-06-08T10:00", "2026-06-09T11:00", "2026-06-10T12:00")
    running = ("2026-06-10T10:00", None, "2026-06-10T12:00")
    engines = [history(load(sop_file), *case) for case in (closed, running)]
    before = [engine.clocks("L-1")["answer.finish"] for engine, _ in engines]
    assert [(view.state, view.due) for view in before] == [
        ("missed", at("2026-06-09T10:00")),
        ("running", at("2026-06-11T10:00")),
    ]
    declare(table, "2026-06-09", "2026-06-11")
    planned = lock(sop_file)
    assert [change.day for change in planned.calendars[0][1].past] == [date(2026, 6, 9)]
    assert [change.day for change in planned.calendars[0][1].ahead] == [date(2026, 6, 11)]
    views = [again(load(sop_file), store, "2026-06-10T12:00").clocks("L-1")["answer.finish"] for _, store in engines]
    assert (views[0].state, views[0].due) == (before[0].state, before[0].due)
    assert (views[1].state, views[1].due) == ("running", at("2026-06-12T10:00"))


def recorded_by_tick(sop: Sop, store: MemoryStore, now: str) -> list[Any]:
    """What the first tick of an engine records that was started anew; a second engine finds nothing more to say."""
    found = again(sop, store, now).tick()
    assert again(sop, store, now).tick() == []
    return found


def test_a_corrected_past_is_told_by_an_engine_that_is_started_anew(sop_file: Path, table: Table) -> None:
    """A breach that a corrected holiday takes away gets a `corrected` notice that names what was told; one that stays none."""
    lock(sop_file)
    _, store = history(load(sop_file), "2026-06-08T10:00", "2026-06-09T11:00", "2026-06-10T12:00")
    told = next(event for event in store.read("case:L-1") if event.kind == "breached")
    assert recorded_by_tick(load(sop_file), store, "2026-06-10T12:00") == []
    declare(table, "2026-06-09")
    because = locking.Because("rina", "It was a holiday after all")
    assert lock(sop_file, correct=because).calendars[0][1].past == (Change(date(2026, 6, 9), OPEN, SHUT),)
    found = recorded_by_tick(load(sop_file), store, "2026-06-10T13:00")
    assert [(event.kind, event.cause, event.data["was"], event.data["now"]) for event in found] == [
        ("corrected", told.id, told.occurred_at, None)
    ]
    assert found[0].recorded_at == zones.to_instant(at("2026-06-10T13:00"))


def test_a_corrected_past_may_make_a_breach(sop_file: Path, table: Table) -> None:
    """A day that turns out to have been open makes a clock late; the engine tells the breach at its own instant."""
    declare(table, "2026-06-09")
    lock(sop_file)
    _, store = history(load(sop_file), "2026-06-08T10:00", "2026-06-10T09:00", "2026-06-10T12:00")
    assert [event.kind for event in store.read("case:L-1") if not event.is_fact] == []
    table[2026]["public"].remove(date(2026, 6, 9))
    holidays_of.cache_clear()
    lock(sop_file, correct=locking.Because("rina", "The decree was withdrawn"))
    found = recorded_by_tick(load(sop_file), store, "2026-06-10T12:00")
    assert [event.kind for event in found] == ["breached"]
    assert found[0].occurred_at == zones.to_instant(at("2026-06-09T10:00")) + 1


def test_a_breach_that_moves_is_corrected_and_told_anew(sop_file: Path, table: Table) -> None:
    """A holiday in the past puts a breach off: the old notice is corrected to the new instant, which is told as well."""
    lock(sop_file)
    _, store = history(load(sop_file), "2026-06-08T10:00", None, "2026-06-10T12:00")
    told = next(event for event in store.read("case:L-1") if event.kind == "breached")
    declare(table, "2026-06-09")
    lock(sop_file, correct=locking.Because("rina", "It was a holiday after all"))
    found = recorded_by_tick(load(sop_file), store, "2026-06-10T12:00")
    moved = zones.to_instant(at("2026-06-10T10:00")) + 1
    assert [(event.kind, event.occurred_at) for event in found] == [("corrected", told.occurred_at), ("breached", moved)]
    assert found[0].data["now"] == moved


def test_stored_deadlines_follow_the_days_ahead(sop_file: Path, table: Table) -> None:
    """After a holiday was added tomorrow, the store itself knows when the case is due next, before anybody asks about it."""
    lock(sop_file)
    _, store = history(load(sop_file), "2026-06-10T10:00", None, "2026-06-10T12:00")
    assert store.due(1 << 61) == (zones.to_instant(at("2026-06-11T10:00")) + 1, "case:L-1")
    declare(table, "2026-06-11")
    lock(sop_file)
    assert recorded_by_tick(load(sop_file), store, "2026-06-10T13:00") == []
    assert store.due(1 << 61) == (zones.to_instant(at("2026-06-12T10:00")) + 1, "case:L-1")


def test_a_stop_while_cases_are_looked_at_again_loses_nothing(sop_file: Path, table: Table) -> None:
    """When the process stops between a case and the note that all were looked at, the next engine goes on and repeats nothing."""

    class Stopping(MemoryStore):
        """A store that fails when the note is written, once."""

        stopped = False

        def append(self, batch: Any) -> None:
            """Append, but for that once."""
            if not self.stopped and any(event.kind == "days_judged_by" for one in batch for event in one.events):
                self.stopped = True
                raise OSError("the disk is full")
            super().append(batch)

    lock(sop_file)
    _, before = history(load(sop_file), "2026-06-08T10:00", "2026-06-09T11:00", "2026-06-10T12:00")
    store = Stopping()
    store.append([Append("case:L-1", 0, tuple(before.read("case:L-1")), 1 << 62)])
    declare(table, "2026-06-09")
    lock(sop_file, correct=locking.Because("rina", "It was a holiday after all"))
    with pytest.raises(OSError, match="full"):
        again(load(sop_file), store, "2026-06-10T12:00").tick()
    assert recorded_by_tick(load(sop_file), store, "2026-06-10T12:00") == []
    assert [event.kind for event in store.read("case:L-1")].count("corrected") == 1


def test_what_is_owed_is_recorded_when_it_is_stored(sop_file: Path, table: Table) -> None:
    """A verb that comes before the first tick stores the correction with it, recorded at the verb's own instant."""
    lock(sop_file)
    _, store = history(load(sop_file), "2026-06-08T10:00", "2026-06-09T11:00", "2026-06-10T12:00")
    declare(table, "2026-06-09")
    lock(sop_file, correct=locking.Because("rina", "It was a holiday after all"))
    decision = again(load(sop_file), store, "2026-06-10T14:00").note("L-1", "Read again.", by="role:sales")
    assert [event.kind for event in decision.events] == ["corrected", "noted"]
    assert {event.recorded_at for event in decision.events} == {zones.to_instant(at("2026-06-10T14:00"))}
    assert recorded_by_tick(load(sop_file), store, "2026-06-10T15:00") == []


def test_a_locked_sop_needs_no_table_of_holidays(tmp_path: Path) -> None:
    """Loading, checking and judging inside the locked years never import the package of holidays."""
    file = tmp_path / "support.yaml"
    file.write_text(SOP.replace("8 working hours", "200 working days"), encoding="utf-8")
    lock(file)
    program = (
        "import sys, sopengine, datetime as d\n"
        "assert [p.code for p in sopengine.check('support.yaml')] == []\n"
        "now = d.datetime.fromisoformat('2026-06-10T09:00:00+07:00')\n"
        "with sopengine.Engine(sopengine.load('support.yaml'), clock=lambda: now) as engine:\n"
        "    engine.open({'id': 'L-1'}, by='role:sales')\n"
        "    print(engine.clocks('L-1')['answer.finish'].due.year, 'holidays' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.stdout, done.stderr) == ("2027 False\n", "")


ZONES = ("Asia/Jakarta", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Australia/Lord_Howe", "UTC")


@given(
    zone=st.sampled_from(ZONES),
    hours=st.sampled_from(["08:00-16:00", "22:00-06:00", "00:00-24:00", "08:00-12:00, 13:00-17:00"]),
    starts=st.integers(0, 730 * 1440),
    length=st.integers(0, 365 * 1440),
)
def test_a_locked_calendar_counts_as_the_rule_does(zone: str, hours: str, starts: int, length: int) -> None:
    """In every zone, open time inside the locked years is what the rule gives, without asking the rule for a single day."""
    spec = rule(zone, hours={"mon-sat": hours}, closed=["2025-12-30..2026-01-02"], open={"2027-12-31": "10:00-11:00"})
    days = freeze(spec, (2025, 2027), TODAY)
    locked = locked_spec(rule(zone, hours={"sun": "01:00-02:00"}), days)
    start = zones.year_start(2025) + starts * 60_000_000
    end = start + length * 60_000_000
    assert calendar_of(locked).elapsed(start, end) == Calendar.of(spec).elapsed(start, end)
    assert calendar_of(locked).position(end) - calendar_of(locked).position(start) == Calendar.of(spec).elapsed(start, end)


def test_outside_of_the_locked_years_the_rule_decides() -> None:
    """Days before and after the lock are those of the rule, holidays included."""
    spec = rule(holidays=["2024-03-01", "2026-03-02", "2030-03-01"])
    locked = locked_spec(rule(holidays=["2024-03-01", "2030-03-01"]), freeze(spec, (2026, 2027), TODAY))
    shut = [date(2024, 3, 1), date(2026, 3, 2), date(2030, 3, 1)]
    assert [locked.is_holiday(day) for day in shut] == [True] * 3
    assert [locked.windows_on(day) for day in shut] == [()] * 3
    assert calendar_of(locked).is_working_day(date(2030, 3, 4))
    assert written_spec(locked).windows_on(date(2026, 3, 2)) != ()


# Relocking


def rules() -> st.SearchStrategy[CalendarSpec]:
    """Rules that differ in hours, holidays, special days and weekends."""
    texts = st.sampled_from([str(date(2026, 1, 1) + timedelta(days=days)) for days in range(-20, 380, 3)])
    return st.builds(
        lambda hours, days, closed, listed, opened: rule(
            hours={days: hours}, closed=sorted(closed), holidays=sorted(listed), open=dict.fromkeys(opened, "10:00-11:00")
        ),
        st.sampled_from(["08:00-16:00", "09:00-17:00", "22:00-06:00", "08:00-12:00, 13:00-24:00"]),
        st.sampled_from(["mon-fri", "mon-sat", "fri-mon"]),
        st.sets(texts, max_size=4),
        st.sets(texts, max_size=4),
        st.sets(texts, max_size=3),
    )


def dates() -> st.SearchStrategy[date]:
    """Days on which somebody locks."""
    return st.dates(date(2025, 11, 1), date(2027, 3, 1))


def plainly(spec: CalendarSpec, day: date) -> tuple[Any, bool]:
    """What a rule says of a day."""
    return spec.windows_on(day), spec.is_holiday(day)


@given(st.lists(st.tuples(rules(), dates(), st.booleans()), min_size=1, max_size=4), st.integers(2026, 2027))
def test_relocking_changes_future_days_only(steps: list[tuple[CalendarSpec, date, bool]], last: int) -> None:
    """Day by day: what was past at a relocking stays as it was, all else is as the newest rule says, unless corrected."""
    days: FrozenDays | None = None
    expected: dict[date, tuple[Any, bool]] = {}
    newest = date.min
    for spec, today, correct in steps:
        result = relock(days, spec, (2026, last), today, correct_past=correct)
        settled = max(newest, today)
        changed = {}
        for number in result.days.ordinals():
            day = date.fromordinal(number)
            was, now = expected.get(day), plainly(spec, day)
            if was is not None and was != now:
                changed[day] = day <= settled
            if was is None or correct or day > settled:
                expected[day] = now
        assert {change.day: False for change in result.ahead} | {change.day: True for change in result.past} == changed
        assert result.days.locked == (today if correct else settled)
        days, newest = result.days, result.days.locked
    assert days is not None
    for day, (windows, holiday) in expected.items():
        assert days.on(day.toordinal()) == Day(windows, holiday)
    again = relock(days, steps[-1][0], (2026, last), days.locked)
    assert again.current
    assert again.days == days


def test_years_are_added_and_never_given_up() -> None:
    """A wider lock holds the days of the narrower one; a narrower one asked for later changes nothing."""
    first = freeze(rule(), (2026, 2026), TODAY)
    wider = relock(first, rule(hours={"mon-sat": "09:00-12:00"}), (2024, 2028), TODAY).days
    assert wider.years == (2024, 2028)
    assert changed_days(first, wider)[0].day == TODAY + timedelta(days=1)
    assert wider.on(date(2024, 6, 1).toordinal()) == Day(((9 * 3_600_000_000, 12 * 3_600_000_000),))
    assert wider.on(date(2026, 6, 6).toordinal()) == Day()
    assert relock(wider, rule(hours={"mon-sat": "09:00-12:00"}), (2026, 2026), TODAY).days == wider


@pytest.mark.parametrize("years", [(2027, 2026), (1969, 1970), (2190, 2200), (2000, 2000 + MOST_YEARS)])
def test_years_that_no_lock_holds(years: tuple[int, int]) -> None:
    """Reversed, too early, too late and too many years are refused."""
    with pytest.raises(NoSuchYears):
        freeze(rule(), years, TODAY)


def test_a_clock_that_was_wrong_cannot_reopen_the_past() -> None:
    """A day that one lock held to be past stays past for the next, though its today is earlier; a correction resets it."""
    days = freeze(rule(), (2026, 2027), date(2026, 12, 1))
    closing = rule(closed="2026-11-02")
    kept = relock(days, closing, (2026, 2027), TODAY)
    assert kept.days.on(date(2026, 11, 2).toordinal()) == OPEN
    assert [change.day for change in kept.past] == [date(2026, 11, 2)]
    corrected = relock(days, closing, (2026, 2027), TODAY, correct_past=True)
    assert corrected.days.on(date(2026, 11, 2).toordinal()) == Day()
    assert corrected.days.locked == TODAY


def test_versions_whose_calendar_means_the_same_share_its_days(sop_file: Path) -> None:
    """A second version with the same calendar, spelt otherwise, needs no lock of its own; another calendar is one more entry."""
    lock(sop_file)
    text = (sop_file.parent / "support.lock").read_bytes()
    other = sop_file.with_name("support-2.yaml")
    other.write_text(SOP.replace('"1"', '"2"').replace("mon-fri", "senin-jumat").replace("08:00", "8.00"), encoding="utf-8")
    assert not lock(other).changes
    other.write_text(SOP.replace('"1"', '"2"').replace("16:00", "17:00"), encoding="utf-8")
    planned = lock(other)
    assert on(planned, "2026-06-10") == OPEN
    assert on(planned, "2026-06-11").windows[0][1] == 17 * 3_600_000_000
    assert not lock(sop_file).changes
    assert (sop_file.parent / "support.lock").read_bytes() != text
    assert len(planned.new.calendars["office"]) == 2


def test_another_zone_has_no_past_to_inherit(sop_file: Path) -> None:
    """Windows of another zone are other instants: nothing of them is carried over."""
    lock(sop_file)
    sop_file.write_text(SOP.replace("Asia/Jakarta", "Asia/Tokyo").replace("16:00", "17:00"), encoding="utf-8")
    assert on(lock(sop_file), "2026-06-09").windows[0][1] == 17 * 3_600_000_000


def test_a_lock_begins_when_the_sop_took_effect(sop_file: Path) -> None:
    """From the year of `effective_from`, or last year when that is earlier."""
    assert lock(sop_file).calendars[0][1].days.years == (2025, 2028)
    (sop_file.parent / "support.lock").unlink()
    for written, first in (("2022-07-01", 2022), ("2027-01-01", 2025)):
        sop_file.write_text(SOP + f'effective_from: "{written}"\n', encoding="utf-8")
        sop = examine(sop_file).sop
        assert sop is not None
        assert locking.plan(sop, None, lambda zone: TODAY).calendars[0][1].days.years == (first, 2028)


# Text


def golden() -> Lock:
    """A small lock with everything in it."""
    spec = rule(
        hours={"mon-fri": "08:00-12:00, 13:00-17:00", "sat": "22:00-06:00"}, closed="2026-03-02", holidays=["2026-03-03"],
        open={"2026-03-03": "09:00-12:00"},
    )  # fmt: skip
    days = replace(freeze(spec, (2026, 2026), TODAY), undecreed=(2026,))
    change = Change(date(2026, 3, 2), OPEN, Day())
    return Lock("support", {"office": (days,)}, (Correction(TODAY, "Rina", 'Banjir "besar"\n', "office", days.spec, (change,)),))


GOLDEN = """\
# The days of the calendars, as cases are judged by them. `sopengine lock` writes this file; keep it beside the SOP.
lock: 1
sop: "support"
calendars:
  "office":
    - spec: SPEC
      timezone: Asia/Jakarta
      locked: 2026-06-10
      years: 2026..2026
      not_decreed: [2026]
      weeks:
        2025-12-30: {mon-fri: "08:00-12:00, 13:00-17:00", sat: "22:00-06:00"}
      days:
        2026-03-02: "closed"  # mon
        2026-03-03: "holiday 09:00-12:00"  # tue
      hash: HASH
history:
  - on: 2026-06-10
    by: "Rina"
    reason: "Banjir \\"besar\\"\\U0000000A"
    calendar: "office"
    spec: SPEC
    days:
      2026-03-02: {was: "08:00-16:00", now: "closed"}
"""
SPEC = "sha256:351475c0c24f960a70dbed0c1b2688ce1f99c3215bea0a960e9d25812593bb20"
HASH = "sha256:13954049e0a6f7985255edc772b7f821bbfb3f64c02984e827335863886df6da"


def test_the_text_of_a_lock_is_the_golden_one() -> None:
    """One line for every day that is not ordinary; quotes and line breaks of a reason are written out; the hashes are fixed."""
    assert write(golden()) == GOLDEN.replace("SPEC", SPEC).replace("HASH", HASH)


def test_hashes_are_the_same_in_every_run(tmp_path: Path) -> None:
    """Other processes, with other seeds, zones and locales, write the same bytes."""
    program = "import test_lock; print(test_lock.write(test_lock.golden()), end='')"
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
        assert done.stdout == write(golden())


def test_the_hash_tells_every_difference() -> None:
    """Each part of an entry changes its hash."""
    days = golden().calendars["office"][0]
    parts: dict[str, Any] = {
        "spec": spec_hash(rule(closed="2026-01-01")),
        "timezone": "Asia/Makassar",
        "locked": TODAY + timedelta(days=1),
        "years": (2026, 2027),
        "weeks": ((0, ((),) * 7),),
        "special": {**days.special, date(2026, 4, 1).toordinal(): Day()},
        "undecreed": (),
    }
    hashes = {replace(days, **{name: other}).hash() for name, other in parts.items()}
    assert len(hashes | {days.hash()}) == len(parts) + 1


@given(
    st.lists(st.tuples(rules(), dates(), st.booleans()), min_size=1, max_size=3),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
)
def test_what_is_written_is_read(steps: list[tuple[CalendarSpec, date, bool]], by: str, reason: str) -> None:
    """Any lock, corrections in any words included, comes back equal from its text, and gives the same text."""
    made = Lock("support", {})
    for spec, today, correct in steps:
        result = relock(made.before("office", spec), spec, (2026, 2026), today, correct_past=correct)
        record = Correction(today, by, reason, "office", result.days.spec, result.past)
        made = Lock("support", made.keeping("office", result.days).calendars, (*made.history, record))
    text = write(made)
    found, problems = parse(read(text, "support.lock"), "support")
    assert problems == []
    assert found is not None
    assert found == made
    assert write(found) == text
    assert "\r" not in text
    assert text.replace("\n", "").isprintable()


# Hostile files


def broken(text: str, sop: str = "support") -> list[tuple[str, int, int]]:
    """What is wrong with a lock, and where."""
    found, problems = parse(read(text, "support.lock"), sop)
    assert found is None
    assert all(problem.text("en") != problem.text("id") for problem in problems)
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("lock: 1", "lock: 99", ("SOP441", 2, 7)),
        ("lock: 1", "lock: [1]", ("SOP441", 2, 7)),
        ('sop: "support"', "sop: other", ("SOP443", 3, 6)),
        ("2026..2026", "2027..2026", ("SOP444", 9, 14)),
        ("2026..2026", "1800..1900", ("SOP444", 9, 14)),
        ("2026..2026", "2000..2199", ("SOP444", 9, 14)),
        ("2026..2026", "٢٠٢٦..٢٠٢٦", ("SOP444", 9, 14)),
        ("[2026]", "[2027]", ("SOP444", 10, 21)),
        ("[2026]", "[true]", ("SOP444", 10, 21)),
        ("locked: 2026-06-10", "locked: 9999-12-31", ("SOP444", 8, 15)),
        ("locked: 2026-06-10", "locked: 2026-02-30", ("SOP444", 8, 15)),
        ("Asia/Jakarta", "../../etc/passwd", ("SOP444", 7, 17)),
        ("2025-12-30:", "2026-01-01:", ("SOP444", 12, 9)),
        ("{mon-fri:", "{someday:", ("SOP444", 12, 22)),
        ('"22:00-06:00"', '"22:00-22:00"', ("SOP444", 12, 64)),
        ("2026-03-02: ", "2036-03-02: ", ("SOP444", 14, 9)),
        ("2026-03-02: ", "2026-03-04: ", ("SOP444", 15, 9)),
        ('"closed"  # mon', "[closed]", ("SOP444", 14, 21)),
        ('"closed"  # mon', '"soon"', ("SOP444", 14, 21)),
        ('"closed"  # mon', '"holiday"', ("SOP442", 16, 13)),
        ("      timezone: Asia/Jakarta\n", "", ("SOP440", 6, 7)),
        ("    by: ", "    bye: ", ("SOP440", 18, 5)),
        ("      hash: sha256:", "      hash: sha256:0", ("SOP442", 16, 13)),
        ("calendars:\n", "calendars: []\nrest:\n", ("SOP440", 5, 1)),
        ("    - spec", "      spec", ("SOP444", 6, 7)),
        ("{was: ", "{were: ", ("SOP440", 24, 7)),
    ],
)
def test_a_broken_lock_is_reported_at_its_place(old: str, new: str, expected: tuple[str, int, int]) -> None:
    """Every kind of fault has its code, line and column."""
    text = write(golden())
    assert old in text
    assert expected in broken(text.replace(old, new, 1))


@pytest.mark.parametrize(
    "text", ["", "[]", "just text", "lock: 1", "lock: 1\nsop: support\ncalendars: 5\n", "{" * 100, "a: &a [*a]"]
)
def test_what_is_no_lock_at_all_is_reported(text: str) -> None:
    """Empty, truncated, recursive and foreign texts are problems, never exceptions."""
    assert broken(text) != []


def test_two_entries_for_one_rule_are_reported() -> None:
    """Which of them holds could not be told."""
    lines = write(golden()).split("\n")
    doubled = "\n".join([*lines[:16], *lines[5:16], *lines[16:]])
    assert ("SOP444", 17, 13) in broken(doubled)


@given(st.data())
def test_no_damage_is_a_traceback(data: st.DataObject) -> None:
    """A lock with any line dropped, doubled or replaced is read equal, or has problems inside its text."""
    lines = write(golden()).split("\n")
    at_line = data.draw(st.integers(0, len(lines) - 2))
    other = data.draw(st.sampled_from(["", "x", "- x", "  : ", "\t", "{}", "[", *lines]))
    how = data.draw(st.sampled_from(["drop", "double", "replace"]))
    middle = {"drop": [], "double": [lines[at_line]] * 2, "replace": [other]}[how]
    text = "\n".join([*lines[:at_line], *middle, *lines[at_line + 1 :]])
    found, problems = parse(read(text, "support.lock"), "support")
    assert (found is None) == bool(problems)
    assert all(1 <= problem.span.line <= text.count("\n") + 2 for problem in problems)


def huge(folder: Path) -> None:
    (folder / "support.lock").write_bytes(b"#" * (1024 * 1024 + 1))


def binary(folder: Path) -> None:
    (folder / "support.lock").write_bytes(b"lock: 1\nsop: \xff\xfe")


def directory(folder: Path) -> None:
    (folder / "support.lock").mkdir()


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "support.lock")


def leading_out(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("secret: 1\n", encoding="utf-8")
    (folder / "support.lock").symlink_to(secret)


@pytest.mark.parametrize(
    ("put", "code"), [(huge, "SOP704"), (binary, "SOP001"), (directory, "SOP703"), (pipe, "SOP703"), (leading_out, "SOP701")]
)
def test_a_lock_that_cannot_be_read_stops_the_loading(sop_file: Path, put: Callable[[Path], None], code: str) -> None:
    """What is there and cannot be used is an error of the lock file, and is never passed over."""
    put(sop_file.parent)
    loaded = examine(sop_file)
    assert [(problem.code, problem.span.file) for problem in loaded.diagnostics] == [(code, str(sop_file.with_suffix(".lock")))]
    assert "secret" not in "".join(loaded.texts.values())
    with pytest.raises(InvalidSop):
        load(sop_file)


def test_an_sop_given_as_a_text_has_no_lock(sop_file: Path, table: Table) -> None:
    """A text without a folder is judged by its rules; with the folder named, the lock there counts."""
    lock(sop_file)
    declare(table, "2026-06-09")
    day = date(2026, 6, 9)
    assert sopengine.load_text(SOP).calendars["office"].is_holiday(day)
    assert not sopengine.load_text(SOP, root=sop_file.parent).calendars["office"].is_holiday(day)


# The linter


def codes(file: Path) -> list[tuple[str, str]]:
    """What the linter says of an SOP."""
    return [(problem.code, problem.severity) for problem in examine(file).diagnostics]


def test_a_changed_calendar_makes_its_lock_stale(sop_file: Path) -> None:
    """The change is a warning at the calendar, until it is locked again; a calendar of another version is no finding."""
    lock(sop_file)
    assert codes(sop_file) == []
    sop_file.write_text(SOP.replace("16:00", "17:00"), encoding="utf-8")
    assert codes(sop_file) == [("SOP445", "warning")]
    assert examine(sop_file).diagnostics[0].span.line == 7
    lock(sop_file)
    assert codes(sop_file) == []
    sop_file.write_text(SOP.replace("office:", "shop:"), encoding="utf-8")
    assert codes(sop_file) == [("SOP446", "warning")]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("120 working days", []),
        ("160 working days", [("SOP447", "info")]),
        ("900 working days", [("SOP447", "info"), ("SOP448", "warning")]),
        ("900 working hours", []),
        ("2000 working hours", [("SOP447", "info")]),
        ("160d", []),
        ("next working day by 10:00", []),
    ],
)
def test_a_clock_that_reaches_an_undecreed_year_is_remarked(sop_file: Path, target: str, found: list[tuple[str, str]]) -> None:
    """Only working time counts, and only as far as it goes from the day of locking; the year is said."""
    sop_file.write_text(SOP.replace("8 working hours", target), encoding="utf-8")
    assert lock(sop_file).calendars[0][1].days.undecreed == (2027, 2028)
    assert sorted(codes(sop_file)) == found
    if found:
        remark = next(problem for problem in examine(sop_file).diagnostics if problem.code == "SOP447")
        assert "2027" in remark.text("en")
        assert (remark.span.line, remark.span.column) == (9, 40)


def test_a_decree_ends_the_remark(sop_file: Path, table: Table) -> None:
    """When the collective leave is known and locked, nothing is remarked; a calendar that does not count it never is."""
    sop_file.write_text(SOP.replace("8 working hours", "160 working days"), encoding="utf-8")
    lock(sop_file)
    declare(table, "2027-03-12", kind="government")
    assert codes(sop_file) == [("SOP447", "info")]
    lock(sop_file)
    assert codes(sop_file) == []


def test_a_country_that_decrees_nothing_is_not_waited_for(table: Table) -> None:
    """Where the table has no such day in any year, and where a calendar counts public holidays only, no year is open."""
    assert freeze(rule(holidays={"country": "ID"}), (2026, 2028), TODAY).undecreed == ()
    both = rule(holidays={"country": "ID", "include": ["public", "government"]})
    assert freeze(both, (2040, 2041), TODAY).undecreed == (2040, 2041)
    table.clear()
    holidays_of.cache_clear()
    assert freeze(both, (2026, 2028), TODAY).undecreed == ()


# The command


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code of `sopengine lock` and what it prints."""
    code = main(["lock", "--lang", "en", "--today", "2026-06-10", *words])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_the_command_writes_and_checks(sop_file: Path, table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing is 1, written is 0, up to date is 0; a change ahead is 1 until it is locked, one in the past is told."""
    file = str(sop_file)
    code, said = run(capsys, "--check", file)
    assert (code, said.splitlines()[0]) == (1, f"{sop_file.with_suffix('.lock')}: missing; run `sopengine lock {file}`")
    assert not sop_file.with_suffix(".lock").exists()
    code, said = run(capsys, file)
    assert code == 0
    assert "collective leave is not decreed yet for 2027 and 2028" in said
    assert run(capsys, "--check", file)[0] == 0
    declare(table, "2026-06-09")
    code, said = run(capsys, "--check", file)
    assert (code, "2026-06-09: 08:00-16:00 -> holiday" in said, "--correct-past" in said) == (0, True, True)
    declare(table, "2026-06-11")
    assert run(capsys, "--check", file)[0] == 1
    assert run(capsys, file)[0] == 0
    assert run(capsys, "--check", file)[0] == 0


def test_a_lock_is_up_to_date_while_it_holds_next_year(sop_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At New Year a lock that held two more years does not go stale overnight; a year later it does."""
    assert run(capsys, str(sop_file))[0] == 0
    assert run(capsys, "--check", "--today", "2027-06-10", str(sop_file))[0] == 0
    assert run(capsys, "--check", "--today", "2028-06-10", str(sop_file))[0] == 1


def test_locking_again_moves_the_date_from_which_clocks_are_followed(sop_file: Path) -> None:
    """With the same days, a later lock is the same lock to `--check`, and remarks a year that has come nearer."""
    sop_file.write_text(SOP.replace("8 working hours", "60 working days"), encoding="utf-8")
    lock(sop_file)
    assert codes(sop_file) == []
    planned = lock(sop_file, date(2026, 11, 20))
    assert (planned.current, planned.changes) == (True, True)
    assert codes(sop_file) == [("SOP447", "info")]


def test_a_correction_needs_a_reason_and_is_recorded(sop_file: Path, table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a reason nothing is written (2); with one the day, the name and the reason are in the file."""
    file = str(sop_file)
    run(capsys, file)
    before = sop_file.with_suffix(".lock").read_bytes()
    declare(table, "2026-06-09")
    for words in (["--correct-past"], ["--reason", "x"], ["--correct-past", "--reason", " "], ["--by", "rina"]):
        assert run(capsys, *words, file)[0] == 2
    assert run(capsys, "--correct-past", "--reason", "x", "--check", file)[0] == 2
    assert sop_file.with_suffix(".lock").read_bytes() == before
    assert run(capsys, "--correct-past", "--reason", "Hari libur\n\x1b[31m", "--by", "rina", file)[0] == 0
    sop = examine(sop_file).sop
    assert sop is not None
    found = locking.find_lock(sop, Folder(sop_file.parent))
    assert found is not None
    assert found.lock is not None
    record = found.lock.history[0]
    assert (record.on, record.by, record.reason) == (TODAY, "rina", "Hari libur \x1b[31m")
    assert record.days == (Change(date(2026, 6, 9), OPEN, SHUT),)
    assert "\x1b" not in sop_file.with_suffix(".lock").read_text(encoding="utf-8")


def test_a_damaged_lock_is_not_written_over(sop_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The past that it held is not known, so locking refuses (1) and says where; nothing is written."""
    run(capsys, str(sop_file))
    beside = sop_file.with_suffix(".lock")
    damaged = beside.read_text(encoding="utf-8").replace("2026-08-17", "2026-08-18")
    beside.write_text(damaged, encoding="utf-8")
    code, said = run(capsys, str(sop_file))
    assert code == 1
    assert "[SOP442]" in said
    assert beside.read_text(encoding="utf-8") == damaged


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nowhere.yaml"], 2),
        (["--until", "2199"], 2),
        (["--until", "1999"], 2),
        (["--today", "yesterday"], 2),
        (["broken.yaml"], 1),
        (["bare.yaml"], 0),
        (["."], 1),
    ],
)
def test_exit_codes(
    sop_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    """0 locked, 1 an SOP has errors, 2 it could not run; never a traceback."""
    monkeypatch.chdir(sop_file.parent)
    Path("broken.yaml").write_text("sop: broken\n", encoding="utf-8")
    Path("bare.yaml").write_text("sop: bare\ntitle: Bare\nversion: '1'\nstages: {a: {owner: x}}\n", encoding="utf-8")
    paths = [] if words[0].endswith(("yaml", ".")) else ["support.yaml"]
    assert run(capsys, *words, *paths)[0] == code
    assert not list(Path().glob(".*.lock*"))


def test_a_folder_that_cannot_be_written_to(
    sop_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason is said, the exit code is 2, and no half of a file is left."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    code, said = run(capsys, str(sop_file))
    assert (code, "you may not write there" in said) == (2, True)
    assert [path.name for path in sop_file.parent.iterdir()] == ["support.yaml"]


def test_the_command_speaks_indonesian(sop_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--lang id` is Indonesian."""
    main(["lock", "--lang", "id", str(sop_file)])
    assert "ditulis" in capsys.readouterr().out


def test_days_that_change_alike_are_told_in_one_line(sop_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other hours on every working day are one line with how many days; a single closed day keeps its own."""
    run(capsys, str(sop_file))
    changed = SOP.replace("08:00-16:00", "09:00-16:00").replace("holidays:", 'closed: ["2026-09-02"], holidays:')
    sop_file.write_text(changed, encoding="utf-8")
    code, said = run(capsys, str(sop_file))
    ahead = said.partition("changed ahead")[2].partition("kept, although")[0]
    told = [line.strip() for line in ahead.splitlines() if "->" in line]
    assert code == 0
    assert told == [
        "665 days from 2026-06-11 to 2029-01-01: 08:00-16:00 -> 09:00-16:00",
        "2026-09-02: 08:00-16:00 -> closed",
    ]
