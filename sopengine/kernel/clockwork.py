"""The arithmetic of one clock: coordinates, pauses, changed targets, and the instants at which its levels come.

All of it is subtraction on calendars; nothing here knows the case. Source: the language reference, "SLA clocks".
"""

from __future__ import annotations

from sopengine.kernel.state import MET, MISSED, NEVER, ClockState
from sopengine.kernel.tables import WHOLE, LevelTable, Tables
from sopengine.kernel.waits import passed, reached, resolve
from sopengine.time.calendar import Calendar


def judged(tables: Tables, clock: ClockState, at: int) -> str:
    """Met or missed, for a clock that stops at instant `at`. A breach is never healed."""
    if clock.breached_at is not None:
        return MISSED
    if at < clock.next_at and clock.floor == -NEVER and clock.paused_at is None and clock.amount >= 0:
        # The breach is yet to be told, and lies behind the next level.
        return MET
    calendar = tables.calendars[clock.calendar]
    return MET if calendar.position(at) <= clock.limit + _present_pause(tables, clock, at) else MISSED


def elapsed(tables: Tables, clock: ClockState, at: int) -> int:
    """Open time that the clock has run by `at`, pauses left out."""
    calendar = tables.calendars[clock.calendar]
    if not clock.pauses and clock.paused_at is None:
        return calendar.position(at) - clock.start if at > clock.started_at else 0
    past = sum(calendar.elapsed(since, min(to, at)) for since, to, _ in clock.pauses if since < at)
    return calendar.elapsed(clock.started_at, max(at, clock.started_at)) - past - _present_pause(tables, clock, at)


def _present_pause(tables: Tables, clock: ClockState, at: int) -> int:
    if clock.paused_at is None:
        return 0
    return tables.calendars[clock.calendar].elapsed(clock.paused_at, max(clock.paused_at, min(at, clock.pause_ends)))


def pause(tables: Tables, clock: ClockState, at: int, status: str) -> None:
    """Stop counting at `at` because of a status, for as long as `max_pause` leaves."""
    clock.paused_at = at
    clock.paused_for = status
    clock.pause_ends = _pause_limit(tables, clock, at)
    rearm(tables, clock)


def _pause_limit(tables: Tables, clock: ClockState, at: int) -> int:
    longest = tables.clock_tables[clock.name].clock.max_pause
    if longest is None:
        return NEVER
    budget = resolve(longest, at, tables.calendar_for(longest), tables.zone)
    left = budget.amount - sum(budget.calendar.elapsed(since, to) for since, to, _ in clock.pauses)
    return reached(budget.calendar, budget.calendar.position(at) + left) if left > 0 else at


def resume(tables: Tables, clock: ClockState, at: int) -> None:
    """Count again from `at` (or from where `max_pause` was used up); nothing when the clock is not paused."""
    if clock.paused_at is None:
        return
    until = max(clock.paused_at, min(at, clock.pause_ends))
    clock.limit += tables.calendars[clock.calendar].elapsed(clock.paused_at, until)
    clock.pauses = (*clock.pauses, (clock.paused_at, until, clock.paused_for))
    clock.paused_at, clock.pause_ends = None, NEVER
    clock.floor = max(clock.floor, until)
    rearm(tables, clock)


def change(tables: Tables, clock: ClockState, number: int, amount: int, at: int, *, since: int) -> None:
    """Another target from `at` on, counted from `since`: elapsed time and pauses are kept, and no breach lies before `at`.

    A breach that has come stays as it is.
    """
    if clock.breached_at is not None:
        return
    clock.changes = (*clock.changes, (at, clock.amount))
    if since != clock.started_at:
        clock.pauses = tuple(kept for kept in clock.pauses if kept[1] > since)
        if clock.paused_at is not None:
            clock.paused_at = max(clock.paused_at, since)
            clock.pause_ends = _pause_limit(tables, clock, clock.paused_at)
    calendar = tables.calendars[number]
    paused = sum(calendar.elapsed(max(begin, since), end) for begin, end, _ in clock.pauses)
    clock.started_at, clock.calendar, clock.amount = since, number, amount
    clock.start = calendar.position(since)
    clock.limit = clock.start + paused + amount
    not_before(tables, clock, at)


def start_earlier(tables: Tables, clock: ClockState, number: int, amount: int, since: int, at: int) -> None:
    """Count from an earlier instant, known at `at`: pauses are kept and no breach lies before `at`; one that came stays."""
    if amount != clock.amount:
        clock.changes = (*clock.changes, (at, clock.amount))
    calendar = tables.calendars[number]
    clock.started_at, clock.calendar, clock.amount = since, number, amount
    clock.start = calendar.position(since)
    clock.limit = clock.start + amount + sum(calendar.elapsed(begin, end) for begin, end, _ in clock.pauses)
    if clock.breached_at is None:
        not_before(tables, clock, at)
    else:
        clock.floor = max(clock.floor, at)
        rearm(tables, clock)


def not_before(tables: Tables, clock: ClockState, at: int) -> None:
    """What is decided about a clock at `at` makes it late at the earliest right after `at`."""
    clock.floor = at
    ran_until = tables.calendars[clock.calendar].position(at) - _present_pause(tables, clock, at)
    clock.limit = max(clock.limit, ran_until)
    rearm(tables, clock)


def rearm(tables: Tables, clock: ClockState) -> None:
    """Find the instant of the next level anew."""
    if clock.paused_at is None and tables.clock_tables[clock.name].plain:
        at = NEVER if clock.told else passed(tables.calendars[clock.calendar], clock.limit)
        clock.next_at = at if at == NEVER else max(at + 1, clock.started_at, clock.floor)
    else:
        clock.next_at = upcoming(tables, clock)[0]


def upcoming(tables: Tables, clock: ClockState) -> tuple[int, int]:
    """The instant and the number of the next level that is still to be told; NEVER after the last."""
    levels = tables.clock_tables[clock.name].levels
    if len(levels) == 1:
        return NEVER if clock.told else level_instant(tables, clock, levels[0]), 0
    untold = ((level_instant(tables, clock, level), n) for n, level in enumerate(levels) if not clock.told >> n & 1)
    return min(untold, default=(NEVER, 0))


def level_instant(tables: Tables, clock: ClockState, level: LevelTable) -> int:
    """When a percentage level is reached (below 100 %) or passed (from 100 % on), or so long after the breach.

    Never before the clock started, its target was changed or its last pause was over: a target may lie in the past from the
    outset, and a clock that stands still tells nothing.
    """
    calendar = tables.calendars[clock.calendar]
    least = max(clock.started_at, clock.floor)
    if level.after is not None:
        breach = breach_instant(tables, clock)
        counted_on = tables.calendars[level.calendar]
        if breach == NEVER:
            return NEVER
        target = resolve(level.after, breach, counted_on, tables.zone)
        return max(reached(target.calendar, target.calendar.position(breach) + target.amount), least)
    extra = _coming_pause(calendar, clock)
    if extra == NEVER:
        return NEVER
    if clock.paused_at is not None:
        least = max(least, clock.pause_ends)
    share = clock.limit + clock.amount * (level.basis_points - WHOLE) // WHOLE + extra
    if level.basis_points < WHOLE:
        return max(reached(calendar, share), least)
    return max(_after(passed(calendar, share)), least)


def _coming_pause(calendar: Calendar, clock: ClockState) -> int:
    """Open time that the present pause will have taken when it stops counting; NEVER when nothing limits it."""
    if clock.paused_at is None:
        return 0
    return NEVER if clock.pause_ends == NEVER else calendar.elapsed(clock.paused_at, clock.pause_ends)


def breach_instant(tables: Tables, clock: ClockState) -> int:
    """The first instant that no longer meets the target; NEVER while it is paused without a limit."""
    if clock.breached_at is not None:
        return clock.breached_at
    calendar = tables.calendars[clock.calendar]
    extra = _coming_pause(calendar, clock)
    if extra == NEVER:
        return NEVER
    standing = clock.pause_ends if clock.paused_at is not None else clock.floor
    return max(_after(passed(calendar, clock.limit + extra)), clock.started_at, clock.floor, standing)


def _after(at: int) -> int:
    return at if at == NEVER else at + 1


def due(tables: Tables, clock: ClockState) -> int:
    """The earliest instant at which the target is reached; NEVER while paused, or when the calendar stops opening before."""
    calendar = tables.calendars[clock.calendar]
    limit = _meeting_limit(calendar, clock)
    return NEVER if limit == NEVER else reached(calendar, limit)


def breaches_after(tables: Tables, clock: ClockState) -> int:
    """The last instant that still meets the target; NEVER while paused, or when the calendar stops opening before."""
    calendar = tables.calendars[clock.calendar]
    limit = _meeting_limit(calendar, clock)
    return NEVER if limit == NEVER else passed(calendar, limit)


def _meeting_limit(calendar: Calendar, clock: ClockState) -> int:
    """The coordinate that meets the target as things stand; what is paused after a breach no longer moves it."""
    breach = clock.breached_at
    if breach is None:
        extra = _coming_pause(calendar, clock)
        return NEVER if extra == NEVER else clock.limit + extra
    after = sum(calendar.elapsed(max(since, breach), to) for since, to, _ in clock.pauses if to > breach)
    return clock.limit - after
