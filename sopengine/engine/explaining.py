"""Why a clock says what it says: its whole life as lines that the person concerned can follow and check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from sopengine.engine.verdicts import verdict_at
from sopengine.kernel import clockwork
from sopengine.kernel.attribution import NOBODY
from sopengine.kernel.state import NEVER, ClockState
from sopengine.kernel.tables import Tables
from sopengine.kernel.waits import resolve
from sopengine.time.calendar import Calendar, OutsideCalendar
from sopengine.time.durations import Duration, Elapsed, FromField, WorkingTime, show
from sopengine.wording import Instant, Lasting, Period, Term, say, shown

MOST_LINES: Final = 10
"""Stretches of time told one by one; of a longer life the first and the last are told and the middle is summed up."""

Called = Callable[[str], str | None]
"""What people call somebody, where that is known."""

RAN, CLOSED, PAUSED = "ran", "closed", "paused"


class Stretch(NamedTuple):
    """A part of a clock's life in which one thing was so."""

    kind: str
    since: int
    until: int
    status: str = ""


def explained(
    tables: Tables, clock: ClockState, now: int, held: dict[str, int], called: Called, lang: str
) -> tuple[str, ...]:
    """The life of a clock up to `now`, one fact a line; `held` is the open time of each holder, told as they are `called`."""
    return tuple(_lines(tables, clock, now, {called(who) or who if who else who: held[who] for who in held}, lang))


def _lines(tables: Tables, clock: ClockState, now: int, held: dict[str, int], lang: str) -> Iterator[str]:
    zone, table = tables.zone, tables.clock_tables[clock.name]
    until = clock.ended_at if clock.ended_at is not None else max(now, clock.started_at)
    yield say("clock.started", lang, at=Instant(clock.started_at, zone))
    yield from _targets(tables, clock, lang)
    yield from _told(tables, clock, stretches(tables, clock, until), lang)
    due = clockwork.due(tables, clock)
    if clock.paused_at is None or due < NEVER:
        yield say("clock.never_due", lang) if due == NEVER else say("clock.due", lang, at=Instant(due, zone))
    yield say("clock.elapsed", lang, elapsed=_length(clock, clockwork.elapsed(tables, clock, until)))
    if len(held) > 1 or (held and NOBODY in held):
        shares = [
            say("clock.share", lang, who=holder or Term("clock.nobody"), time=_length(clock, time))
            for holder, time in held.items()
        ]
        yield say("clock.held", lang, shares=", ".join(shares))
    if clock.breached_at is not None:
        yield say("clock.breached", lang, at=Instant(clock.breached_at, zone))
    if clock.known is not None and clock.known != clock.verdict:
        yield say(f"clock.known_{clock.known}", lang)
    state = verdict_at(tables, clock, now)
    yield say(f"clock.state_{state}", lang, at=Instant(until, zone), place=str(table.span))


def _targets(tables: Tables, clock: ClockState, lang: str) -> Iterator[str]:
    first = clock.changes[0][1] if clock.changes else clock.amount
    counts = "clock.counts_open" if clock.calendar else "clock.counts_always"
    names = {number: name for name, number in tables.calendar_names.items()}
    if first >= 1 << 60:
        return
    yield say(counts, lang, target=_target(tables, clock, first, lang), calendar=names.get(clock.calendar, ""))
    amounts = [amount for _, amount in (*clock.changes, (0, clock.amount))][1:]
    for (at, old), new in zip(clock.changes, amounts, strict=True):
        targets = {"old": _target(tables, clock, old, lang), "new": _target(tables, clock, new, lang)}
        yield say("clock.changed", lang, at=Instant(at, tables.zone), **targets)


def _target(tables: Tables, clock: ClockState, amount: int, lang: str) -> str:
    """A target as the SOP writes it, and beside it the time that it means where the words leave that open."""
    length = shown(_length(clock, amount), lang)
    written = _written(tables, clock, amount)
    words = length if written is None else show(written, lang)
    if words == length or isinstance(written, (Elapsed, WorkingTime)):
        return words
    return say("clock.target_means", lang, written=words, length=length)


def _written(tables: Tables, clock: ClockState, amount: int) -> Duration | None:
    """Which of the clock's targets gives so much time; None when none does (a start that has changed since)."""
    table = tables.clock_tables[clock.name]
    by_value = table.clock.target_by[1] if table.clock.target_by else ()
    targets = list(dict.fromkeys((table.clock.target, *(target for _, target in by_value))))
    if len(targets) == 1:
        return targets[0]
    return next((target for target in targets if _means(tables, clock, target, amount)), None)


def _means(tables: Tables, clock: ClockState, target: Duration | None, amount: int) -> bool:
    if target is None or isinstance(target, FromField):
        return False
    calendar = tables.calendars[clock.calendar or tables.number_for(target)]
    return resolve(target, clock.started_at, calendar, tables.zone).amount == amount


def _length(clock: ClockState, length: int) -> Lasting:
    return Lasting(length, open=bool(clock.calendar))


def _told(tables: Tables, clock: ClockState, lived: list[Stretch], lang: str) -> Iterator[str]:
    if len(lived) <= MOST_LINES:
        yield from (_stretch(tables, clock, stretch, lang) for stretch in lived)
        return
    head, middle, tail = lived[: MOST_LINES // 2], lived[MOST_LINES // 2 : -MOST_LINES // 2], lived[-MOST_LINES // 2 :]
    yield from (_stretch(tables, clock, stretch, lang) for stretch in head)
    calendar = tables.calendars[clock.calendar]
    ran = sum(calendar.elapsed(stretch.since, stretch.until) for stretch in middle if stretch.kind == RAN)
    times = sum(stretch.kind != RAN for stretch in middle)
    until = Instant(middle[-1].until, tables.zone)
    yield say("clock.middle", lang, ran=_length(clock, ran), times=times, until=until)
    yield from (_stretch(tables, clock, stretch, lang) for stretch in tail)


def _stretch(tables: Tables, clock: ClockState, stretch: Stretch, lang: str) -> str:
    words = {"period": Period(stretch.since, stretch.until, tables.zone)}
    if stretch.kind == RAN:
        return say("clock.ran", lang, **words, time=_length(clock, stretch.until - stretch.since))
    if stretch.kind == CLOSED:
        return say("clock.closed", lang, **words)
    return say("clock.paused", lang, **words, status=_status_title(tables, clock, stretch.status))


def _status_title(tables: Tables, clock: ClockState, status: str) -> object:
    stages = (stage for stage in tables.sop.stages.values())
    titles = {known.name: known.title for stage in stages for known in stage.statuses}
    return titles.get(status, status)


def stretches(tables: Tables, clock: ClockState, until: int) -> list[Stretch]:
    """The life of a clock in order: where it ran, where its calendar was closed, where it was paused."""
    pauses = list(clock.pauses)
    if clock.paused_at is not None:
        pauses.append((clock.paused_at, max(clock.paused_at, min(until, clock.pause_ends)), clock.paused_for))
    lived: list[Stretch] = []
    at = clock.started_at
    for since, to, status in pauses:
        lived += _between(tables, clock, at, since)
        if to > since:
            lived.append(Stretch(PAUSED, since, to, status))
        at = to
    return [*lived, *_between(tables, clock, at, until)]


def _between(tables: Tables, clock: ClockState, since: int, until: int) -> Iterator[Stretch]:
    calendar = tables.calendars[clock.calendar]
    while since < until:
        is_open = calendar.is_open(since)
        turn = min(calendar.next_closing(since) if is_open else _opening(calendar, since), until)
        yield Stretch(RAN if is_open else CLOSED, since, turn)
        since = turn


def _opening(calendar: Calendar, at: int) -> int:
    try:
        return calendar.next_opening(at)
    except OutsideCalendar:
        return NEVER
