"""Settling: what time alone has made true for a case, in its order, each at its own instant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from sopengine.kernel import acceptance, climbing, clocks, papers
from sopengine.kernel.attribution import held
from sopengine.kernel.events import BY_SOP, EXHAUSTED, MOVED, RESTED, UNACCEPTED, Draft
from sopengine.kernel.fold import fold, wake
from sopengine.kernel.followup import NO_RESPONSE, OPT_OUT
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Tables


class Made(NamedTuple):
    """One thing that time made true: the notice and, when it has one, the consequence that follows at the same instant.

    `chosen` gives the case to somebody: the consequence led to a stage that chooses, or the notice asks for another holder.
    """

    notice: Draft
    consequence: Draft | None
    chosen: Draft | None = None


class Prepare(Protocol):
    """Lets the engine complete a consequence with what it alone can look up: who holds the case then, and who is chosen."""

    gives: bool
    """Whether a fact that brings a case to a stage that chooses has somebody chosen; not where it happened elsewhere."""

    def __call__(self, state: CaseState, draft: Draft) -> None:
        """Complete a move."""

    def choose(self, state: CaseState, at: int) -> Draft | None:
        """Who is to have the case from `at` on, as a fact; None where nobody is chosen by the SOP."""


def settle(
    tables: Tables, state: CaseState, until: int, *, derive: bool = True, prepare: Prepare | None = None
) -> Iterator[Made]:
    """Take up, one by one and in order, what became true strictly before `until`; `state` is brought along.

    With `derive` the consequences are made and folded as well. A replay passes False: consequences are facts of the
    recorded history, never made twice; one that the history lacks, because a late fact brought it about, stays owed
    until time is settled again. Consume the iterator to its end, or the state is settled only in part.
    """
    if derive and state.owed_at < NEVER:
        _rearm(tables, state)
    while state.wake < until:
        at = state.wake
        made = _next(tables, state, at)
        state.last_at = max(state.last_at, at)
        state.settled_at = max(state.settled_at, at)
        if derive:
            made = _followed(tables, state, made, prepare)
        elif made.consequence is not None:
            state.owed_at = at
        state.wake = wake(state)
        yield made if derive else Made(made.notice, None)


def _followed(tables: Tables, state: CaseState, made: Made, prepare: Prepare | None) -> Made:
    """What follows from a notice, folded: its consequence, and who then has the case."""
    notice, follows = made.notice, made.consequence
    if follows is not None:
        if prepare is not None:
            prepare(state, follows)
        fold(tables, state, follows.placed("", 0, notice.occurred_at, ""))
    wanted = acceptance.to_be_chosen(tables, state) if follows is not None else asks_again(notice)
    if not wanted or prepare is None:
        return made
    chosen = prepare.choose(state, notice.occurred_at)
    if chosen is not None:
        fold(tables, state, chosen.placed("", 0, notice.occurred_at, ""))
    return Made(notice, follows, chosen)


def asks_again(notice: Draft) -> bool:
    """Whether a notice takes the case from its holder: they did not accept it, or a clock's level says so."""
    return notice.kind == UNACCEPTED or "reassign" in notice.data


def _rearm(tables: Tables, state: CaseState) -> None:
    if tables.places[state.place].stage is not None:
        state.exhausts_at = state.owed_at
    else:
        state.returns_at = state.owed_at
    state.owed_at = NEVER
    state.wake = wake(state)


def _next(tables: Tables, state: CaseState, at: int) -> Made:
    ringing = [clock for clock in state.clocks.values() if clock.next_at == at]
    if ringing:
        clock = ringing[0] if len(ringing) == 1 else min(ringing, key=lambda clock: clock.name)
        kind, number, level = clocks.tell(tables, state, clock, at)
        data = {"clock": clock.name, "cycle": clock.cycle, "level": number, "percent": level.basis_points}
        if level.after is not None:
            data["percent"] = None
        if level.notify:
            data["notify"] = list(level.notify)
        if level.reassign and tables.places[state.place].stage is not None:
            data["reassign"] = True
            acceptance.give_up(state, at)
        if level.breach:
            data["held"] = held(tables, state, clock, at)
        return Made(Draft(kind, at, BY_SOP, data=data), None)
    if state.expires_at == at:
        return Made(papers.expire(tables, state, at), None)
    if state.climbs_at == at:
        return Made(climbing.tell(tables, state, at), None)
    if state.assign_at == at:
        return Made(acceptance.notice(state, at), None)
    return _exhausted(tables, state, at) if state.exhausts_at == at else _rested(tables, state, at)


def _exhausted(tables: Tables, state: CaseState, at: int) -> Made:
    state.exhausts_at = NEVER
    follow = tables.places[state.place].follow
    then = follow.rule.then if follow else None
    series = state.series.get(state.place)
    data: dict[str, object] = {"stage": state.place, "attempts": series.attempts if series is not None else 0}
    reason = NO_RESPONSE
    if state.opted_at is not None:
        data["reason"] = reason = OPT_OUT
    return Made(Draft(EXHAUSTED, at, BY_SOP, data=data), _moved(at, then, reason) if then else None)


def _rested(tables: Tables, state: CaseState, at: int) -> Made:
    state.returns_at = NEVER
    recycle = tables.places[state.place].recycle
    times = state.recycled.get(state.place, 0)
    notice = Draft(RESTED, at, BY_SOP, data={"outcome": state.place, "times": times})
    if recycle is None:
        return Made(notice, None)
    if state.called_back:
        return Made(notice, _moved(at, recycle.to, None))
    if recycle.max is not None and times >= recycle.max:
        return Made(notice, _moved(at, recycle.then, NO_RESPONSE) if recycle.then else None)
    return Made(notice, _moved(at, recycle.to, None, counted=True))


def _moved(at: int, to: str, reason: str | None, *, counted: bool = False) -> Draft:
    data: dict[str, object] = {"to": to}
    if reason:
        data["reason"] = reason
    if counted:
        data["counted"] = True
    return Draft(MOVED, at, BY_SOP, data=data)
