"""The follow-up that comes next: when, how, and why then. Always answered, for whoever asks what to do with a case now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Live
from sopengine.engine.contacts import Contacts
from sopengine.engine.decision import moment
from sopengine.kernel import followup
from sopengine.kernel.contactpolicy import Hold
from sopengine.kernel.contactrules import held_finding, no_attempt_left, not_wanted, too_soon
from sopengine.kernel.state import NEVER
from sopengine.kernel.tables import FollowTable
from sopengine.wording import Deadline, Instant


@dataclass(frozen=True, slots=True)
class NextAttempt:
    """The follow-up that comes next: its number (0 is the first contact; None when none may come), the channel and template
    of its turn, and the first instant at which it is allowed, in the customer's zone (None while it is not to be made).

    `reason` says in words what that instant comes from, or why nothing comes: `reason.text("id")`.
    """

    number: int | None
    via: str | None
    template: str | None
    allowed_from: datetime | None
    reason: Finding


def next_attempt(live: Live, contacts: Contacts, now: int) -> NextAttempt | None:
    """The follow-up that comes next; None where there is no follow-up."""
    follow = live.tables.places[live.state.place].follow
    return None if follow is None else _Next(live, follow, contacts, now).attempt()


class _Next:
    """One answer, asked at `now`."""

    def __init__(self, live: Live, follow: FollowTable, contacts: Contacts, now: int) -> None:
        self.live, self.tables, self.state, self.follow, self.now = live, live.tables, live.state, follow, now
        self.place = self.tables.places[self.state.place]
        self.unwanted = contacts.unwanted(live, now)
        self.counted = contacts.counted(live, now)
        self.zone = self.tables.policy.zone_of(self.state.facts) if self.tables.policy is not None else self.tables.zone

    def attempt(self) -> NextAttempt:
        state, kind = self.state, followup.outbound_is(self.state)
        if kind == followup.REPLY:
            return self._none(None, "follow_up.waiting", since=Instant(state.unanswered_at or 0, self.tables.zone))
        if kind == followup.FIRST:
            return self._first()
        series = state.series[state.place]
        number = series.attempts + 1
        if number > self.follow.rule.max:
            return NextAttempt(None, None, None, None, no_attempt_left(self.place, state, self.follow))
        via = followup.turn(self.follow, number)[0]
        if self._closed(via):
            return self._refused(number, via)
        if series.stopped:
            return self._none(number, "follow_up.ended")
        if state.queued is not None:
            return self._none(number, "follow_up.queued", number=number, at=Instant(state.queued[1], self.tables.zone))
        return self._due(number)

    def _closed(self, via: str | None) -> bool:
        """Whether the customer does not want the channel of a turn, or, where the turn names none, any channel."""
        return via in self.unwanted if via is not None else self.unwanted.keys() >= set(followup.channels_of(self.follow))

    def _refused(self, number: int, via: str | None) -> NextAttempt:
        since = self.unwanted[via] if via is not None else max(self.unwanted.values())
        return self._answer(number, NEVER, not_wanted(self.tables, self.place, via or followup.ALL_CHANNELS, since))

    def _first(self) -> NextAttempt:
        via = followup.turn(self.follow, 1)[0]
        if self._closed(via):
            return self._refused(0, via)
        at, hold = followup.allowed_next(self.tables, self.state, self.now, self.counted)
        reason = self._held(hold, at) or Finding("follow_up.first", {"stage": self.place.title}, False, self.follow.span)
        return self._answer(0, at, reason)

    def _due(self, number: int) -> NextAttempt:
        """An attempt that is allowed from some instant on: later because of the gap or of the contact policy, or by now."""
        due = followup.due(self.tables, self.state, self.follow, self.counted)
        at, hold = followup.allowed_next(self.tables, self.state, max(due.at, self.now), self.counted)
        if hold is None and due.at > self.now:
            at, hold = due.at, due.hold
        reason = self._held(hold, at)
        if reason is None and at > self.now:
            reason = too_soon(self.tables, self.state, self.follow, self.counted)
        if reason is not None:
            return self._answer(number, at, reason)
        return self._answer(number, due.at, self._waits(number, due))

    def _waits(self, number: int, due: followup.Due) -> Finding:
        params = {"number": number, "since": Instant(due.at, self.zone)}
        if due.late is None or due.late >= NEVER:
            return Finding("follow_up.due", params, False, self.follow.span)
        return Finding("follow_up.due_until", params | {"until": Deadline(due.late, self.tables.zone)}, False, self.follow.span)

    def _held(self, hold: Hold | None, at: int) -> Finding | None:
        if hold is None or self.tables.policy is None:
            return None
        return held_finding(self.tables, self.tables.policy, hold, self.zone, at)

    def _none(self, attempt: int | None, code: str, **params: object) -> NextAttempt:
        return self._answer(attempt, NEVER, Finding(code, params, False, self.follow.span))

    def _answer(self, number: int | None, at: int, reason: Finding) -> NextAttempt:
        via, template = (None, None) if number is None else followup.turn(self.follow, max(number, 1))
        return NextAttempt(number, via, template, None if at >= NEVER else moment(at, self.zone), reason)
