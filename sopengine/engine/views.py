"""Views of a case: plain immutable data made from its state, for people and programs outside."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from sopengine.engine.decision import CaseView, ClockView, moment
from sopengine.engine.explaining import Called, explained
from sopengine.engine.verdicts import verdict_at
from sopengine.kernel import clockwork
from sopengine.kernel.acceptance import waits
from sopengine.kernel.attribution import held
from sopengine.kernel.state import NEVER, CaseState, ClockState
from sopengine.kernel.tables import Tables
from sopengine.kernel.waits import ENDLESS


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
        _ticked(state),
        series.attempts if series else 0,
        state.links,
        state.assign_at if waits(state) else None,
        state.queue if state.holder is None else None,
        state.overrides,
        state.merged_into,
    )


def _ticked(state: CaseState) -> tuple[str, ...]:
    """What is ticked in this visit, with what was ticked here once and for all."""
    here = f"{state.place}."
    return tuple(sorted(state.ticks | {item.removeprefix(here) for item in state.kept if item.startswith(here)}))


def clock_views(tables: Tables, state: CaseState, now: int, called: Called) -> dict[str, ClockView]:
    """Every clock of the case under its full name (``qualification.first_response``), the latest cycle of each."""
    found: dict[str, ClockView] = {}
    for clock in (*state.past, *state.clocks.values()):
        found[clock.name] = clock_view(tables, state, clock, now, called)
    return found


def clock_view(tables: Tables, state: CaseState, clock: ClockState, now: int, called: Called) -> ClockView:
    """One clock at instant `now`; those who held the case go by what they are `called`."""
    table, zone = tables.clock_tables[clock.name], tables.zone
    until = clock.ended_at if clock.ended_at is not None else max(now, clock.started_at)
    shares = held(tables, state, clock, until)
    return ClockView(
        table.clock.name,
        table.stage,
        clock.cycle,
        verdict_at(tables, clock, now),
        moment(clock.started_at, zone),
        _moment(clockwork.due(tables, clock), zone),
        _moment(clockwork.breaches_after(tables, clock), zone),
        None if clock.ended_at is None else moment(clock.ended_at, zone),
        None if clock.breached_at is None else moment(clock.breached_at, zone),
        timedelta(microseconds=clock.amount) if clock.amount < ENDLESS else None,
        timedelta(microseconds=clockwork.elapsed(tables, clock, until)),
        clock.known,
        {holder: timedelta(microseconds=time) for holder, time in shares.items()},
        # A running clock goes on changing; the view explains it as it was seen.
        partial(explained, tables, clock.copy(), now, shares, called),
    )


def _moment(at: int, zone: str) -> datetime | None:
    return None if at >= NEVER else moment(at, zone)
