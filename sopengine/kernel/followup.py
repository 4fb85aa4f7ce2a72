"""Follow-up: what counts as an attempt, when the next one is allowed and due, what ends a series, and when trying is over.

The first outbound contact of a visit is the first contact; an attempt is a later one made while nothing of the
customer's waits for an answer; an answer to the customer is never an attempt. Source: the language reference, "Follow-
up".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from sopengine.kernel.contactpolicy import Hold, next_allowed
from sopengine.kernel.events import case_stream
from sopengine.kernel.state import NEVER, NOTHING, CaseState, Series, Touch
from sopengine.kernel.tables import FollowTable, Tables
from sopengine.kernel.waits import late_from, too_late_after, wait_until

FIRST = "first"
REPLY = "reply"
ATTEMPT = "attempt"

NO_RESPONSE: Final = "no_response"
OPT_OUT: Final = "opt_out"
"""The reasons with which trying is over."""

REACHING: Final = ("email", "whatsapp", "sms", "call")
"""The channels that reach a customer; a note stays in the house."""

SENDABLE: Final = frozenset({"email", "whatsapp", "sms"})
"""The channels on which a message can be sent without a person."""

ALL_CHANNELS: Final = "all"
"""What an opt-out says instead of one channel."""


def outbound_is(state: CaseState) -> str:
    """What an outbound contact made now would be: the first contact of the visit, a reply, or an attempt."""
    if state.unanswered_at is not None:
        return REPLY
    return ATTEMPT if contacted(state) else FIRST


def contacted(state: CaseState) -> bool:
    """Whether the first contact of this visit was made."""
    series = state.series.get(state.place)
    return series is not None and series.visit == state.visit and series.first_at is not None


def touch(
    tables: Tables, state: CaseState, at: int, *, outbound: bool, answered: bool = False, waits: bool = True, made_by: str = ""
) -> None:
    """Take up a contact with the customer; `answered` when they took part in it (a call that was picked up). `made_by` is the
    id of its event.
    """
    place = tables.places.get(state.place)
    stage = state.place if place is not None and place.stage is not None else ""
    made = Touch(at, stage, state.visit, state.round, outbound, answered, waits, made_by)
    state.touches = (*state.touches, made)
    _count(state, made)


def spare(state: CaseState, at: int) -> None:
    """Take up that what the customer said needs no answer; it stays said when a contact turns out to have bounced."""
    said = Touch(at, "", state.visit, state.round, False, waits=False, spares=True)
    state.touches = (*state.touches, said)
    _count(state, said)


def _count(state: CaseState, made: Touch) -> None:
    if made.spares:
        state.unanswered_at = None
        return
    replying = state.unanswered_at is not None
    if made.outbound:
        state.unanswered_at = None
    elif not replying and made.waits:
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
        series.stopped = False
    if made.answered or not made.outbound:
        series.answered, series.attempts = True, 0
        series.stopped = not made.outbound and not made.waits


def bounced_one(state: CaseState, contacted_at: int, contact: str = "") -> Touch | None:
    """The outbound contact that bounced: event `contact`, or, where what was recorded elsewhere names none of ours, the last one
    of that instant. None when there is none, or it has been taken back.
    """
    outbound = [touch for touch in reversed(state.touches) if touch.outbound]
    if contact.startswith(case_stream("")):
        return next((touch for touch in outbound if touch.id == contact), None)
    return next((touch for touch in outbound if touch.at == contacted_at), None)


def take_back(state: CaseState, contacted_at: int, contact: str = "") -> Touch | None:
    """Undo an outbound contact, which bounced: everything counts as if it had not been made."""
    bounced = bounced_one(state, contacted_at, contact)
    if bounced is None:
        return None
    state.touches = tuple(touch for touch in state.touches if touch is not bounced)
    recount(state)
    return bounced


def recount(state: CaseState) -> None:
    """Make the series and what is unanswered anew from the touches."""
    state.series = NOTHING
    state.unanswered_at = None
    for made in state.touches:
        _count(state, made)


def stop(tables: Tables, state: CaseState, name: str, at: int) -> None:
    """End the series when the SOP says that `name` (an event, a status, a document) ends it, and one runs."""
    place = tables.places.get(state.place)
    follow = place.follow if place is not None else None
    if follow is not None and name in follow.rule.stop_on and contacted(state):
        touch(tables, state, at, outbound=False, waits=False)
        plan(tables, state, at)


def opt_out(tables: Tables, state: CaseState, via: str, at: int, *, said: bool) -> None:
    """Take up that the customer does not want to be contacted by `via` any more; `said` when they told this case so.

    It ends the series of whoever uses that channel; when no channel is left for the follow-up, trying is over.
    """
    channels = REACHING if via == ALL_CHANNELS else (via,)
    state.opted = {**dict.fromkeys(channels, at), **state.opted}
    place = tables.places.get(state.place)
    follow = place.follow if place is not None else None
    used = channels_of(follow) if follow is not None else ()
    if said or not set(channels).isdisjoint(used):
        touch(tables, state, at, outbound=False, waits=False)
    if follow is not None and state.opted_at is None and state.opted.keys() >= set(used):
        state.opted_at = at
    state.queued = None
    plan(tables, state, at)


def channels_of(follow: FollowTable) -> tuple[str, ...]:
    """The channels that a follow-up may use: those that it names, else every one that reaches a customer."""
    return tuple(dict.fromkeys(via for via in follow.rule.via if via in REACHING)) or REACHING


def plan(tables: Tables, state: CaseState, at: int) -> None:
    """Set the instants at which the next attempt is sent by itself and at which trying is over.

    It is over when the attempt after the last allowed one would be late, or when no channel is left. Never before `at`, the
    fact that makes it so: a consequence does not come before its cause.
    """
    state.exhausts_at, state.sends_at = NEVER, NEVER
    follow = tables.places[state.place].follow if state.place in tables.places else None
    if follow is None:
        return
    state.owed_at = NEVER
    if state.opted_at is not None:
        state.exhausts_at = NEVER if follow.rule.then is None else max(state.opted_at, at)
    elif _running(state):
        series = state.series[state.place]
        if series.attempts < follow.rule.max:
            state.sends_at = _sent_by_itself(tables, state, follow)
        elif follow.rule.then is not None:
            over = late_after(tables, state, follow, state.counted)
            state.exhausts_at = NEVER if over is None else max(over, at)


def _running(state: CaseState) -> bool:
    """Whether a series runs that nothing has ended: somebody was contacted, and nobody has to be answered."""
    return state.unanswered_at is None and contacted(state) and not state.series[state.place].stopped


def _sent_by_itself(tables: Tables, state: CaseState, follow: FollowTable) -> int:
    if follow.rule.send != "auto" or state.queued is not None:
        return NEVER
    _, name = turn(follow, state.series[state.place].attempts + 1)
    template = tables.sop.templates.get(name or "")
    if template is None or template.channel not in SENDABLE:
        return NEVER
    return due(tables, state, follow, state.counted).at


class Due(NamedTuple):
    """The first instant at which an attempt is allowed, what of the contact policy holds it back longest, if anything, and
    the last instant at which it is in time.
    """

    at: int
    hold: Hold | None
    late: int | None


def due(tables: Tables, state: CaseState, follow: FollowTable, counted: Sequence[int]) -> Due:
    """When the next attempt of a series is due; `counted` are the contacts that the caps of the contact policy count.

    Quiet hours, holidays and caps move it to the next allowed instant, and with it the instant from which it is late.
    """
    every, calendar = follow.rule.every, tables.calendars[follow.calendar]
    last = state.series[state.place].last_at or 0
    gap = last if every is None else wait_until(every, last, calendar, tables.zone)
    at, hold = allowed_next(tables, state, gap, counted)
    if every is None or at >= NEVER:
        return Due(at, hold, None if every is None else NEVER)
    late = too_late_after(every, last, calendar, tables.zone)
    return Due(at, hold, late if hold is None else max(late, late_from(every, at, calendar, tables.zone)))


def allowed_next(tables: Tables, state: CaseState, at: int, counted: Sequence[int]) -> tuple[int, Hold | None]:
    """The first instant from `at` on at which the contact policy allows a sales contact, and what held it back last."""
    policy = tables.policy
    return (at, None) if policy is None else next_allowed(policy, policy.zone_of(state.facts), at, counted)


def gap_ends(tables: Tables, state: CaseState, follow: FollowTable) -> int | None:
    """The first instant at which the gap between two attempts is over; None when nothing has to be waited for."""
    series = state.series.get(state.place)
    if follow.rule.every is None or series is None or series.last_at is None:
        return None
    return wait_until(follow.rule.every, series.last_at, tables.calendars[follow.calendar], tables.zone)


def late_after(tables: Tables, state: CaseState, follow: FollowTable, counted: Sequence[int]) -> int | None:
    """The last instant at which the next attempt is still in time; None when nothing runs."""
    series = state.series.get(state.place)
    if follow.rule.every is None or series is None or series.last_at is None:
        return None
    return due(tables, state, follow, counted).late


def turn(follow: FollowTable, attempt: int) -> tuple[str | None, str | None]:
    """The channel and the template of attempt number `attempt` (the first contact is number 1 too); the last repeats."""
    return _nth(follow.rule.via, attempt), _nth(follow.rule.templates, attempt)


def _nth(items: tuple[str, ...], number: int) -> str | None:
    return items[min(number, len(items)) - 1] if items else None
