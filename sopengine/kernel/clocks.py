"""SLA clocks as subtraction of integers: a start coordinate, a limit coordinate, and the instants at which levels are
reached.

A clock counts open microseconds on its calendar. It is met iff it stops at a coordinate not beyond `limit`. Levels
below 100 % are told at the earliest instant that reaches them, 100 % and more at the first instant beyond: on a
working clock, finishing between closing time and the next opening is still on time. Source: the language reference,
"SLA clocks", points 1–3.
"""

from __future__ import annotations

from collections.abc import Iterable

from sopengine.kernel.events import BREACHED, ESCALATED, WARNED
from sopengine.kernel.state import CANCELLED, MET, MISSED, NEVER, RUNNING, CaseState, ClockState
from sopengine.kernel.tables import CANCEL, START, STOP, WHOLE, ClockTable, LevelTable, Tables
from sopengine.kernel.waits import passed, reached, resolve, until, wait_until
from sopengine.time.durations import Duration, FromField
from sopengine.time.targets import Target


def trigger(tables: Tables, state: CaseState, name: str, at: int) -> None:
    """Apply what trigger `name` does to the clocks of the case at instant `at`."""
    for clock in list(state.clocks.values()):
        effect = tables.clock_tables[clock.name].effects.get(name)
        if effect == STOP:
            end(tables, state, clock, at, judged(tables, clock, at))
        elif effect == CANCEL:
            end(tables, state, clock, at, CANCELLED if judged(tables, clock, at) == MET else MISSED)
    for table in starting(tables, state):
        if table.effects.get(name) == START and table.key not in state.clocks:
            start(tables, state, table, at)


def starting(tables: Tables, state: CaseState) -> Iterable[ClockTable]:
    """The clocks that may start where the case stands now."""
    place = tables.places.get(state.place)
    return (*place.clocks, *tables.case_clocks) if place else tables.case_clocks


def start(tables: Tables, state: CaseState, table: ClockTable, at: int) -> None:
    """Start a cycle of a clock at instant `at`; a target that cannot be known yet starts nothing."""
    target = target_of(tables, state, table)
    if target is None:
        return
    resolved = _resolved(tables, state, target, table, at)
    if resolved is None:
        return
    number = table.calendar if resolved.calendar is tables.calendars[table.calendar] else 0
    calendar = tables.calendars[number]
    position = calendar.position(at)
    cycle = 1 + sum(1 for past in state.past if past.name == table.key)
    clock = ClockState(table.key, cycle, at, number, position, position + resolved.amount)
    clock.next_at = upcoming(tables, clock)[0]
    state.clocks[table.key] = clock


def _resolved(tables: Tables, state: CaseState, target: Duration, table: ClockTable, at: int) -> Target | None:
    calendar = tables.calendars[table.calendar]
    if not isinstance(target, FromField):
        return resolve(target, at, calendar, tables.zone)
    promised = state.facts.get(target.name)
    return None if promised is None else until(promised, at, calendar, tables.zone)


def target_of(tables: Tables, state: CaseState, table: ClockTable) -> Duration | None:
    """The target in force: the one for the case's grade or table result, else the clock's own."""
    clock = table.clock
    if clock.target_by is None:
        return clock.target
    name, targets = clock.target_by
    value = tables.derive(state.facts).get(name)
    return next((target for known, target in targets if known == value), clock.target)


def judged(tables: Tables, clock: ClockState, at: int) -> str:
    """Met or missed, for a clock that stops at instant `at`."""
    return MET if tables.calendars[clock.calendar].position(at) <= clock.limit else MISSED


def end(tables: Tables, state: CaseState, clock: ClockState, at: int, verdict: str) -> None:
    """Close a cycle with its verdict and keep it."""
    clock.verdict = verdict
    clock.ended_at = at
    clock.stopped_at = None
    clock.next_at = NEVER
    if verdict == MISSED and clock.breached_at is None:
        clock.breached_at = breach_instant(tables, clock)
    del state.clocks[clock.name]
    state.past.append(clock)


def resume(tables: Tables, state: CaseState, clock: ClockState, stopped_at: int | None) -> None:
    """Take a stopped cycle up again, for what stopped it turned out not to have happened: until `stopped_at`, or for good."""
    state.past.remove(clock)
    clock.verdict = RUNNING
    clock.ended_at = None
    levels = tables.clock_tables[clock.name].levels
    if not any(level.breach and clock.told >> number & 1 for number, level in enumerate(levels)):
        clock.breached_at = None
    clock.stopped_at = stopped_at
    state.clocks[clock.name] = clock
    _arm(tables, state, clock)


def _arm(tables: Tables, state: CaseState, clock: ClockState) -> None:
    clock.next_at = upcoming(tables, clock)[0]
    if clock.stopped_at is not None and clock.next_at >= clock.stopped_at:
        end(tables, state, clock, clock.stopped_at, judged(tables, clock, clock.stopped_at))


def upcoming(tables: Tables, clock: ClockState) -> tuple[int, int]:
    """The instant and the number of the next level that is still to be told; NEVER after the last."""
    levels = tables.clock_tables[clock.name].levels
    untold = ((level_instant(tables, clock, level), n) for n, level in enumerate(levels) if not clock.told >> n & 1)
    return min(untold, default=(NEVER, 0))


def level_instant(tables: Tables, clock: ClockState, level: LevelTable) -> int:
    """When a percentage level is reached (below 100 %) or passed (from 100 % on), or so long after the breach.

    Never before the clock started: a target may lie in the past from the outset.
    """
    calendar = tables.calendars[clock.calendar]
    if level.after is not None:
        breach = breach_instant(tables, clock)
        counted_on = tables.calendars[level.calendar]
        return breach if breach == NEVER else wait_until(level.after, breach, counted_on, tables.zone)
    share = clock.start + (clock.limit - clock.start) * level.basis_points // WHOLE
    if level.basis_points < WHOLE:
        return max(reached(calendar, share), clock.started_at)
    return max(_after(passed(calendar, share)), clock.started_at)


def breach_instant(tables: Tables, clock: ClockState) -> int:
    """The first instant that no longer meets the target."""
    return max(_after(passed(tables.calendars[clock.calendar], clock.limit)), clock.started_at)


def _after(at: int) -> int:
    return at if at == NEVER else at + 1


def tell(tables: Tables, state: CaseState, clock: ClockState, at: int) -> tuple[str, int, LevelTable]:
    """Mark the next level as told at instant `at`: the kind of notice, the level's number (from 1) and the level."""
    _, number = upcoming(tables, clock)
    level = tables.clock_tables[clock.name].levels[number]
    clock.told |= 1 << number
    if level.breach:
        clock.breached_at = at
    _arm(tables, state, clock)
    kind = BREACHED if level.breach else WARNED if level.basis_points < WHOLE else ESCALATED
    return kind, number + 1, level


def due(tables: Tables, clock: ClockState) -> int:
    """The earliest instant at which the target is reached; NEVER when the calendar stops opening before."""
    return reached(tables.calendars[clock.calendar], clock.limit)


def breaches_after(tables: Tables, clock: ClockState) -> int:
    """The last instant that still meets the target; NEVER when the calendar stops opening before."""
    return passed(tables.calendars[clock.calendar], clock.limit)
