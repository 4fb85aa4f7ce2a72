"""Views of a case: plain immutable data made from its state, for people and programs outside."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import msgspec

from sopengine.engine.decision import CaseView, ClockView, moment
from sopengine.kernel import clocks
from sopengine.kernel.state import NEVER, RUNNING, CaseState, ClockState
from sopengine.kernel.tables import Tables
from sopengine.wording import Instant, Lasting, say


def case_view(tables: Tables, state: CaseState) -> CaseView:
    """The case as it stands."""
    place = tables.places.get(state.place)
    series = state.series.get(state.place)
    return CaseView(
        state.case,
        tables.sop.id,
        state.place if place is not None and place.stage is not None else None,
        state.outcome,
        state.holder,
        state.status,
        state.opened_at,
        state.entered_at,
        tables.zone,
        dict(state.facts),
        tuple(state.documents),
        tuple(sorted(state.ticks)),
        series.attempts if series else 0,
    )


def clock_views(tables: Tables, state: CaseState, now: int) -> dict[str, ClockView]:
    """Every clock of the case under its full name (``qualification.first_response``), the latest cycle of each."""
    found: dict[str, ClockView] = {}
    for clock in (*state.past, *state.clocks.values()):
        found[clock.name] = clock_view(tables, clock, now)
    return found


def clock_view(tables: Tables, clock: ClockState, now: int) -> ClockView:
    """One clock at instant `now`."""
    table, zone = tables.clock_tables[clock.name], tables.zone
    calendar = tables.calendars[clock.calendar]
    until = clock.ended_at if clock.ended_at is not None else max(now, clock.started_at)
    elapsed = calendar.elapsed(clock.started_at, until)
    return ClockView(
        table.clock.name,
        table.stage,
        clock.cycle,
        verdict_at(tables, clock, now),
        moment(clock.started_at, zone),
        _moment(clocks.due(tables, clock), zone),
        _moment(clocks.breaches_after(tables, clock), zone),
        None if clock.ended_at is None else moment(clock.ended_at, zone),
        timedelta(microseconds=clock.limit - clock.start),
        timedelta(microseconds=elapsed),
        # A running clock goes on changing; the view explains it as it was seen.
        partial(_why, tables, msgspec.structs.replace(clock), now, elapsed),
    )


def _moment(at: int, zone: str) -> datetime | None:
    return None if at >= NEVER else moment(at, zone)


def verdict_at(tables: Tables, clock: ClockState, now: int) -> str:
    """The verdict, provisional while the clock runs: breached as soon as it is, told or not."""
    if clock.verdict != RUNNING:
        return clock.verdict
    if clock.breached_at is not None or now > clocks.breaches_after(tables, clock):
        return "breached"
    return "warned" if clock.told else RUNNING


def _why(tables: Tables, clock: ClockState, now: int, elapsed: int, lang: str) -> tuple[str, ...]:
    zone = tables.zone
    table = tables.clock_tables[clock.name]
    counts = "clock.counts_open" if clock.calendar else "clock.counts_always"
    lines = [
        say("clock.started", lang, at=Instant(clock.started_at, zone)),
        say(counts, lang, target=Lasting(clock.limit - clock.start), calendar=_calendar_name(tables, clock.calendar)),
        _due(tables, clock, lang),
        say("clock.elapsed", lang, elapsed=Lasting(elapsed)),
    ]
    state = verdict_at(tables, clock, now)
    at = clock.ended_at if clock.ended_at is not None else now
    lines.append(say(f"clock.state_{state}", lang, at=Instant(at, zone), place=str(table.span)))
    return tuple(lines)


def _due(tables: Tables, clock: ClockState, lang: str) -> str:
    due = clocks.due(tables, clock)
    return say("clock.never_due", lang) if due == NEVER else say("clock.due", lang, at=Instant(due, tables.zone))


def _calendar_name(tables: Tables, number: int) -> str:
    names = {index: name for name, index in tables.calendar_names.items()}
    return names.get(number, "")
