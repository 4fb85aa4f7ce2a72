"""SLA clocks: which trigger starts, stops, pauses or changes them, and the instants at which levels are reached.

A clock counts open microseconds on its calendar, pauses left out. It is met iff it stops at a coordinate not beyond
`limit`. Levels below 100 % are told at the earliest instant that reaches them, 100 % and more at the first instant beyond:
on a working clock, finishing between closing time and the next opening is still on time. The arithmetic is in
`sopengine.kernel.clockwork`. Source: the language reference, "SLA clocks", points 1–10.
"""

from __future__ import annotations

from typing import Final

from sopengine.kernel import clockwork
from sopengine.kernel.clockwork import judged
from sopengine.kernel.events import BREACHED, ESCALATED, WARNED
from sopengine.kernel.plans import NO_EFFECT, Effects
from sopengine.kernel.state import CANCELLED, MERGED, MET, MISSED, NEVER, RUNNING, CaseState, ClockState, without
from sopengine.kernel.tables import HELD, STOP, WHOLE, ClockTable, LevelTable, Tables
from sopengine.kernel.waits import resolve, until
from sopengine.time.calendar import END
from sopengine.time.durations import Duration, FromField
from sopengine.time.zones import same_offset


def trigger(
    tables: Tables, state: CaseState, names: tuple[str, ...], at: int, known_at: int | None = None
) -> None:
    """Apply what one event does to the clocks of the case at instant `at`; `names` are all the triggers that it is.

    `known_at` is when it was known, when that is another instant because it was logged too late. One event has one
    effect on a clock: stop before cancel before start. Source: the language reference, "SLA clocks", point 4.
    """
    effects = tables.plans.effects(names)
    if effects is not NO_EFFECT:
        affect(tables, state, effects, at, known_at)


def affect(tables: Tables, state: CaseState, effects: Effects, at: int, known_at: int | None = None) -> None:
    """The same with the effects that have been looked up."""
    done = finish(tables, state, effects, at, known_at) if effects.ends else _NONE
    if effects.starts:
        begin(tables, state, effects, at, done)


def finish(
    tables: Tables, state: CaseState, effects: Effects, at: int, known_at: int | None = None
) -> frozenset[str]:
    """The half of an event that stops and cancels running clocks; which they were."""
    ends = effects.ends
    if not ends or not (state.clocks or state.waiting):
        return _NONE
    done: list[str] = []
    for clock in state.clocks.values():
        effect = ends.get(clock.name)
        if effect is None:
            continue
        if effect == STOP:
            _stop(tables, state, clock, at, known_at)
        else:
            end(tables, state, clock, at, CANCELLED if judged(tables, clock, at) == MET else MISSED)
        done.append(clock.name)
    for key in state.waiting:
        if key in ends:
            state.waiting = without(state.waiting, key)
            done.append(key)
    return frozenset(done) if done else _NONE


def begin(
    tables: Tables, state: CaseState, effects: Effects, at: int, done: frozenset[str] = frozenset()
) -> None:
    """The half of an event that starts clocks where the case stands now, besides those that it has just ended."""
    for table, once in effects.starts.get(state.place, ()):
        key = table.key
        if key not in state.clocks and key not in done and (once is None or not _over(state, key, once, at)):
            start(tables, state, table, at)


_NONE: Final[frozenset[str]] = frozenset()


def _over(state: CaseState, key: str, name: str, at: int) -> bool:
    """Whether a start has had its cycle: the first holder counts once a visit, a moment that a field names once."""
    if name == HELD:
        return any(past.name == key and past.visit == state.visit for past in state.past)
    return any(past.name == key and past.started_at == at for past in state.past)


def _stop(tables: Tables, state: CaseState, clock: ClockState, at: int, known_at: int | None) -> None:
    if known_at is not None and known_at != at:
        clock.known = judged(tables, clock, known_at)
    end(tables, state, clock, at, judged(tables, clock, at))


def start(tables: Tables, state: CaseState, table: ClockTable, at: int) -> None:
    """Start a cycle of a clock at instant `at`; one whose target is not known yet waits for it."""
    aim = table.fixed or aimed(tables, state, table, at)
    if aim is None:
        state.waiting = {table.key: at, **state.waiting}
        return
    if state.waiting:
        state.waiting = without(state.waiting, table.key)
    cycle = 1
    for past in state.past:
        cycle += past.name == table.key
    number, amount = aim
    position = tables.calendars[number].position(at)
    clock = ClockState(table.key, cycle, at, number, position, position + amount, amount, aim)
    clock.visit = state.visit
    clockwork.rearm(tables, clock)
    state.clocks = {**state.clocks, table.key: clock} if state.clocks else {table.key: clock}


Aim = tuple[int, int]
"""A target from some start: the number of a calendar, and open microseconds on it."""


def aimed(tables: Tables, state: CaseState, table: ClockTable, at: int) -> Aim | None:
    """The target of a clock that starts at `at`; None while the field or grade that it depends on is not known."""
    if table.fixed is not None:
        return table.fixed
    if table.days is not None and 0 <= at < END - table.days[1] and same_offset(at, at + table.days[1], tables.sop.timezone):
        return table.days
    duration = target_of(tables, state, table)
    if duration is None:
        return None
    own = table.clock.calendar or duration is table.clock.target
    number = table.calendar if own else tables.number_for(duration)
    calendar = tables.calendars[number]
    if isinstance(duration, FromField):
        promised = state.facts.get(duration.name)
        if promised is None:
            return None
        target = until(promised, at, calendar, tables.zone)
    else:
        target = resolve(duration, at, calendar, tables.zone)
    return number if target.calendar is calendar else 0, target.amount


def target_of(tables: Tables, state: CaseState, table: ClockTable) -> Duration | None:
    """The target in force: the one for the case's grade or table result, else the clock's own."""
    clock = table.clock
    if clock.target_by is None:
        return clock.target
    name, targets = clock.target_by
    value = tables.derive(state.facts).get(name)
    return next((target for known, target in targets if known == value), clock.target)


def end(tables: Tables, state: CaseState, clock: ClockState, at: int, verdict: str) -> None:
    """Close a cycle with its verdict and keep it."""
    if verdict == MISSED and clock.breached_at is None:
        clock.breached_at = clockwork.breach_instant(tables, clock)
    if clock.paused_at is not None:
        clockwork.resume(tables, clock, at)
    clock.verdict = verdict
    clock.ended_at = at
    clock.stopped_at = None
    clock.next_at = NEVER
    state.clocks = without(state.clocks, clock.name)
    state.past = (*state.past, clock)


def judge_by_day(tables: Tables, state: CaseState, at: int, before: int) -> None:
    """Judge the cycles that were ended at `at` (all but the first `before`) by a fact of which only the day is known, and which
    begins at `at` or before: what was due earlier is missed, also where a working clock is met until its next opening.
    """
    judged_again = list(state.past[:before])
    for clock in state.past[before:]:
        if clock.verdict in (MET, CANCELLED, MERGED) and clockwork.due(tables, clock) < at:
            clock = clock.copy()
            clock.verdict, clock.breached_at = MISSED, min(clockwork.breach_instant(tables, clock), at)
        judged_again.append(clock)
    state.past = tuple(judged_again)


def take_up_again(tables: Tables, state: CaseState, clock: ClockState, stopped_at: int | None) -> None:
    """Take a stopped cycle up again, for what stopped it turned out not to have happened: until `stopped_at`, or for good."""
    state.past = tuple(past for past in state.past if past is not clock)
    clock = clock.copy()
    clock.verdict = RUNNING
    clock.ended_at = None
    levels = tables.clock_tables[clock.name].levels
    if not any(level.breach and clock.told >> number & 1 for number, level in enumerate(levels)):
        clock.breached_at = None
    clock.known = None
    clock.stopped_at = stopped_at
    state.clocks = {**state.clocks, clock.name: clock}
    _arm(tables, state, clock)


def _arm(tables: Tables, state: CaseState, clock: ClockState) -> None:
    clockwork.rearm(tables, clock)
    if clock.stopped_at is not None and clock.next_at >= clock.stopped_at:
        end(tables, state, clock, clock.stopped_at, judged(tables, clock, clock.stopped_at))


def pause_or_resume(tables: Tables, state: CaseState, at: int) -> None:
    """Bring the pauses of the running clocks in line with the status: the only thing that pauses a clock."""
    for clock in state.clocks.values():
        table = tables.clock_tables[clock.name]
        here = table.stage is None or table.stage == state.place
        paused = here and state.status is not None and state.status in table.clock.pause
        if paused and clock.paused_at is None:
            clockwork.pause(tables, clock, at, state.status or "")
        elif not paused and clock.paused_at is not None:
            clockwork.resume(tables, clock, at)


def facts_changed(tables: Tables, state: CaseState, at: int) -> None:
    """After an edit: clocks that waited for their target start, and targets that have changed are changed.

    Source: the language reference, "SLA clocks", point 6.
    """
    for key, since in state.waiting.items():
        start(tables, state, tables.clock_tables[key], since)
        if key in state.clocks:
            clockwork.not_before(tables, state.clocks[key], at)
    for clock in state.clocks.values():
        table = tables.clock_tables[clock.name]
        if table.moving and table.clock.on_change != "keep":
            _change_target(tables, state, clock, table, at)


def _change_target(tables: Tables, state: CaseState, clock: ClockState, table: ClockTable, at: int) -> None:
    aim = aimed(tables, state, table, clock.started_at)
    if aim is None or aim == clock.goal:
        return
    clock.goal = aim
    if table.clock.on_change == "restart":
        aim = aimed(tables, state, table, at) or aim
        clockwork.change(tables, clock, *aim, at, since=at)
    else:
        clockwork.change(tables, clock, *aim, at, since=clock.started_at)


def tell(tables: Tables, state: CaseState, clock: ClockState, at: int) -> tuple[str, int, LevelTable]:
    """Mark the next level as told at instant `at`: the kind of notice, the level's number (from 1) and the level."""
    table = tables.clock_tables[clock.name]
    number = 0 if table.plain else clockwork.upcoming(tables, clock)[1]
    level = table.levels[number]
    clock.told |= 1 << number
    if level.breach:
        clock.breached_at = at
    _arm(tables, state, clock)
    kind = BREACHED if level.breach else WARNED if level.basis_points < WHOLE else ESCALATED
    return kind, number + 1, level
