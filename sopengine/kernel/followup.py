"""Follow-up: what counts as an attempt, when the next one is allowed, and when trying is over.

The first outbound contact of a visit is the first contact; an attempt is a later one made while nothing of the
customer's waits for an answer; an answer to the customer is never an attempt. Source: the language reference, "Follow-
up".
"""

from __future__ import annotations

from sopengine.kernel.state import NEVER, NOTHING, CaseState, Series, Touch
from sopengine.kernel.tables import FollowTable, Tables
from sopengine.kernel.waits import too_late_after, wait_until

FIRST = "first"
REPLY = "reply"
ATTEMPT = "attempt"


def outbound_is(state: CaseState) -> str:
    """What an outbound contact made now would be: the first contact of the visit, a reply, or an attempt."""
    if state.unanswered_at is not None:
        return REPLY
    return ATTEMPT if contacted(state) else FIRST


def contacted(state: CaseState) -> bool:
    """Whether the first contact of this visit was made."""
    series = state.series.get(state.place)
    return series is not None and series.visit == state.visit and series.first_at is not None


def touch(tables: Tables, state: CaseState, at: int, *, outbound: bool, answered: bool = False) -> None:
    """Take up a contact with the customer; `answered` when they took part in it (a call that was picked up)."""
    place = tables.places.get(state.place)
    stage = state.place if place is not None and place.stage is not None else ""
    made = Touch(at, stage, state.visit, state.round, outbound, answered)
    state.touches = (*state.touches, made)
    _count(state, made)


def _count(state: CaseState, made: Touch) -> None:
    replying = state.unanswered_at is not None
    if made.outbound:
        state.unanswered_at = None
    elif not replying:
        state.unanswered_at = made.at
    if made.round != state.round or not made.stage:
        return
    series = state.series.get(made.stage)
    if series is None:
        series = Series()
        state.series = {**state.series, made.stage: series}
    if series.visit != made.visit:
        series.visit, series.first_at = made.visit, None
    if made.outbound:
        series.attempts += series.first_at is not None and not replying
        series.first_at = made.at if series.first_at is None else series.first_at
        series.last_at = made.at
    if made.answered or not made.outbound:
        series.answered, series.attempts = True, 0


def take_back(state: CaseState, contacted_at: int) -> Touch | None:
    """Undo the outbound contact of instant `contacted_at`, which bounced: everything counts as if it had not been made."""
    bounced = next((t for t in reversed(state.touches) if t.outbound and t.at == contacted_at), None)
    if bounced is None:
        return None
    state.touches = tuple(touch for touch in state.touches if touch is not bounced)
    state.series = NOTHING
    state.unanswered_at = None
    for made in state.touches:
        _count(state, made)
    return bounced


def plan(tables: Tables, state: CaseState, at: int) -> None:
    """Set the instant at which trying is over: when the attempt after the last allowed one would be late.

    Never before `at`, the fact that makes it so: a consequence does not come before its cause.
    """
    state.exhausts_at = NEVER
    follow = tables.places[state.place].follow if state.place in tables.places else None
    series = state.series.get(state.place)
    if follow is None:
        return
    state.owed_at = NEVER
    if series is None or series.last_at is None or not contacted(state):
        return
    rule = follow.rule
    if rule.then is None or rule.every is None or state.unanswered_at is not None or series.attempts < rule.max:
        return
    over = too_late_after(rule.every, series.last_at, tables.calendars[follow.calendar], tables.zone)
    state.exhausts_at = max(over, at)


def allowed_from(tables: Tables, state: CaseState, follow: FollowTable) -> int | None:
    """The first instant at which the next attempt may be made; None when nothing has to be waited for."""
    series = state.series.get(state.place)
    if follow.rule.every is None or series is None or series.last_at is None:
        return None
    return wait_until(follow.rule.every, series.last_at, tables.calendars[follow.calendar], tables.zone)


def late_after(tables: Tables, state: CaseState, follow: FollowTable) -> int | None:
    """The last instant at which the next attempt is still in time; None when nothing runs."""
    series = state.series.get(state.place)
    if follow.rule.every is None or series is None or series.last_at is None:
        return None
    return too_late_after(follow.rule.every, series.last_at, tables.calendars[follow.calendar], tables.zone)


def turn(follow: FollowTable, attempt: int) -> tuple[str | None, str | None]:
    """The channel and the template of attempt number `attempt` (the first contact is number 1 too); the last repeats."""
    return _nth(follow.rule.via, attempt), _nth(follow.rule.templates, attempt)


def _nth(items: tuple[str, ...], number: int) -> str | None:
    return items[min(number, len(items)) - 1] if items else None
