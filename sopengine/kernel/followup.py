"""Follow-up: what counts as an attempt, when the next one is allowed, and when trying is over.

The first outbound contact of a visit is the first contact; an attempt is a later one made while nothing of the
customer's waits for an answer; an answer to the customer is never an attempt. Source: the language reference, "Follow-
up".
"""

from __future__ import annotations

from sopengine.kernel.state import NEVER, CaseState, Series
from sopengine.kernel.tables import FollowTable, Tables
from sopengine.kernel.waits import too_late_after, wait_until

FIRST = "first"
REPLY = "reply"
ATTEMPT = "attempt"


def outbound_is(state: CaseState) -> str:
    """What an outbound contact made now would be: the first contact of the visit, a reply, or an attempt."""
    series = state.series.get(state.place)
    if state.unanswered_at is not None:
        return REPLY
    if series is None or series.first_at is None:
        return FIRST
    return ATTEMPT


def note_outbound(state: CaseState, at: int, answered: bool) -> None:
    """Count an outbound contact; `answered` when the customer took part in it (a call that was picked up)."""
    what = outbound_is(state)
    series = state.series.setdefault(state.place, Series())
    state.unanswered_at = None
    if series.first_at is None:
        series.first_at = at
    if what == ATTEMPT:
        series.attempts += 1
    series.before_at, series.last_at = series.last_at, at
    if answered:
        series.answered = True
        series.attempts = 0


def take_back(state: CaseState, contacted_at: int) -> None:
    """Undo the outbound contact of instant `contacted_at`: it bounced, so nobody was reached."""
    series = state.series.get(state.place)
    if series is None or contacted_at not in (series.first_at, series.last_at):
        return
    if series.last_at == contacted_at:
        series.last_at, series.before_at = series.before_at, None
    if series.first_at == contacted_at:
        series.first_at = None
    else:
        series.attempts = max(0, series.attempts - 1)


def plan(tables: Tables, state: CaseState) -> None:
    """Set the instant at which trying is over: when the attempt after the last allowed one would be late."""
    state.exhausts_at = NEVER
    follow = tables.places[state.place].follow if state.place in tables.places else None
    series = state.series.get(state.place)
    if follow is None or series is None or series.last_at is None or series.first_at is None:
        return
    rule = follow.rule
    if rule.then is None or rule.every is None or state.unanswered_at is not None or series.attempts < rule.max:
        return
    state.exhausts_at = too_late_after(rule.every, series.last_at, tables.calendars[follow.calendar], tables.zone)


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
