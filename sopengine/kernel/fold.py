"""The fold: applies one fact to a case, legal or not. It looks at nothing but the tables, the state and the fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sopengine.kernel import acceptance, approvals, clocks, events, merging, override, papers
from sopengine.kernel.clockwork import judged
from sopengine.kernel.contactrules import counted_on, is_sales
from sopengine.kernel.events import Event
from sopengine.kernel.followup import opt_out, plan, spare, stop, take_back, touch
from sopengine.kernel.state import NEVER, NOTHING, CaseState, ClockState, Touch, without
from sopengine.kernel.tables import (
    BACK,
    HELD,
    REOPEN,
    START,
    Place,
    Tables,
)
from sopengine.kernel.waits import limit_of, wait_until
from sopengine.language.facts import INVALID
from sopengine.time.durations import Duration, Elapsed


def fold(tables: Tables, state: CaseState, event: Event) -> None:
    """Apply `event` to `state` in place. Notices change nothing; a fact of an unknown kind is an error of the caller."""
    kind = event.kind
    apply = _APPLY.get(kind)
    if apply is None:
        return
    at, holder, past = event.occurred_at, state.holder, state.past
    if kind == events.OPENED:
        apply(tables, state, event)
        take_up(tables, state, event)
    else:
        if holder is None:
            take_up(tables, state, event)
        elif state.assign_at < NEVER and kind not in _NOT_ACTS:
            acceptance.acted(state, event)
        apply(tables, state, event)
    if events.LATEST in event.derived:
        clocks.judge_by_day(tables, state, at, len(past))
    if tables.pausing:
        clocks.pause_or_resume(tables, state, at)
    if state.holder != holder or not state.holders:
        state.holders = (*state.holders, (at, state.holder))
        if state.approvals:
            approvals.plan_all(tables, state, at)
    state.seq += 1
    if at > state.last_at:
        state.last_at = at
    if state.lifted:
        override.prune(tables, state, event)
    state.wake = wake(state)


def wake(state: CaseState) -> int:
    """The earliest instant at which time alone makes something true for the case."""
    earliest = state.exhausts_at if state.exhausts_at < state.returns_at else state.returns_at
    if state.expires_at < earliest:
        earliest = state.expires_at
    if state.climbs_at < earliest:
        earliest = state.climbs_at
    if state.assign_at < earliest:
        earliest = state.assign_at
    for clock in state.clocks.values():
        if clock.next_at < earliest:
            earliest = clock.next_at
    return earliest


def known_at(tables: Tables, event: Event) -> int:
    """When it was known what happened: at once, unless it was logged later than the SOP allows."""
    return event.occurred_at if known_in_time(tables, event) else event.recorded_at


def known_in_time(tables: Tables, event: Event) -> bool:
    """Whether an event was recorded no later than `log_within` allows."""
    if event.recorded_at - event.occurred_at <= tables.prompt:
        return True
    within = tables.sop.log_within
    return event.recorded_at <= limit_of(within, event.latest_at, tables.calendar_for(within), tables.zone)


def prompt_within(log_within: Duration) -> int:
    """The delay (µs) up to which a record is in time under `log_within`, whenever it happened."""
    return max(_SOON, log_within.us) if isinstance(log_within, Elapsed) else _SOON


_SOON = 60_000_000
"""What is recorded within a minute is in time under every SOP: the limit need not be worked out."""


def take_up(tables: Tables, state: CaseState, event: Event) -> None:
    """The first owner to act on a case that nobody holds, holds it.

    Where a stage chooses, opening a case takes nothing: the opening then says whose it is. Source: the language reference,
    "Assignment".
    """
    if state.holder is None and event.by != events.BY_SOP and event.kind not in _NOT_ACTS:
        if event.kind == events.OPENED and "holder" in event.derived:
            return
        place = tables.places.get(state.place)
        if place and place.stage and acceptance.may_act(place, state, event.roles):
            state.holder, state.asked_at, state.tried = event.by, NEVER, ()
            clocks.begin(tables, state, tables.plans.effects((HELD,)), event.occurred_at)


_NOT_ACTS = frozenset(
    {events.RECEIVED, events.BOUNCED, events.NOTED, events.SIGNALLED, events.OPTED_OUT, events.LINKED, events.MERGED}
    | {events.APPROVED, events.REJECTED}
)


def _opened(tables: Tables, state: CaseState, event: Event) -> None:
    state.opened_at = event.occurred_at
    state.holder = event.derived.get("holder")
    given = {name: value for name, value in event.data.get("record", {}).items() if value not in (None, "")}
    learn(tables, state, tables.records.defaults | given if tables.records.defaults else given)
    arrive(tables, state, event.data["stage"], event.data.get("since", event.occurred_at))
    clocks.begin(tables, state, tables.plans.effects(("opened",)), event.occurred_at)
    for name in sorted(tables.instants & state.facts.keys()) if tables.instants else ():
        clocks.trigger(tables, state, (f"field:{name}",), state.facts[name])


def learn(tables: Tables, state: CaseState, values: dict[str, Any]) -> None:
    """Take field values into the facts; what does not fit its type is kept apart and never counts as filled."""
    facts = dict(state.facts) if state.facts else {}
    invalid = dict(state.invalid) if state.invalid else {}
    normalisers = tables.records.normalisers
    for name, value in values.items():
        normalise = normalisers.get(name)
        if normalise is None:
            continue
        fact = normalise(value)
        facts.pop(name, None)
        if invalid:
            invalid.pop(name, None)
        if fact is INVALID:
            invalid[name] = value
        elif fact is not None:
            facts[name] = fact
    state.facts, state.invalid = facts or NOTHING, invalid or NOTHING


def _edited(tables: Tables, state: CaseState, event: Event) -> None:
    _change(tables, state, event.data["changes"], event)


def _change(tables: Tables, state: CaseState, changes: dict[str, Any], event: Event) -> None:
    before = {name: state.facts.get(name) for name in tables.instants} if tables.instants else NOTHING
    seen = approvals.seen(tables, state) if tables.watched else {}
    learn(tables, state, changes)
    clocks.facts_changed(tables, state, event.occurred_at)
    for name in sorted(before):
        if state.facts.get(name) != before[name]:
            _instant_set(tables, state, name)
    for name in approvals.changed(tables, state, event, seen) if seen else ():
        _granted(tables, state, event, name, granted=True)


def _instant_set(tables: Tables, state: CaseState, name: str) -> None:
    """A datetime field that clocks start or stop on has another value: it says when."""
    at = state.facts.get(name)
    for clock in state.clocks.values():
        if tables.clock_tables[clock.name].effects.get(f"field:{name}") == START:
            state.clocks = without(state.clocks, clock.name)
    if at is not None:
        clocks.trigger(tables, state, (f"field:{name}",), at)


def _moved(tables: Tables, state: CaseState, event: Event) -> None:
    to = event.data["to"]
    place = tables.places.get(state.place)
    if to not in tables.places or place is None or state.merged_into is not None:
        return
    at, crossing = event.occurred_at, tables.plans.crossings[place.name, to]
    if override.LIFTED in event.derived:
        override.fold_override(tables, state, event)
    if crossing.kind == BACK:
        state.backs = {**state.backs, crossing.key: state.backs.get(crossing.key, 0) + 1}
    ended = crossing.outcome is not None and (crossing.first or state.outcome != to)
    done = clocks.finish(tables, state, crossing.ending if ended else crossing.passing, at)
    _leave(state)
    state.moved_at = at
    closed_at = state.closed_at
    if crossing.outcome is None:
        if place.outcome is not None:
            _come_back(state, place, event)
    elif ended:
        state.outcome, state.closed_at, state.reason = to, at, event.data.get("reason")
    state.holder = event.derived.get("holder", state.holder)
    arrive(tables, state, crossing.arrival, at, done)
    if crossing.kind == REOPEN and closed_at is not None:
        _open_again(tables, state, place, closed_at, at)


def _open_again(tables: Tables, state: CaseState, place: Place, closed_at: int, at: int) -> None:
    """The clocks of the whole case after a reopening: new ones, or the old ones going on (``clock: continue``)."""
    reopen = place.outcome.reopen if place.outcome else None
    if reopen is None or reopen.clock != "continue":
        clocks.begin(tables, state, tables.plans.effects(("opened",)), at)
        return
    for clock in state.past:
        if clock.ended_at == closed_at and tables.clock_tables[clock.name].stage is None:
            clocks.take_up_again(tables, state, clock, None)


def _leave(state: CaseState) -> None:
    """What belongs to a visit ends with it."""
    state.exhausts_at = NEVER
    state.returns_at = NEVER
    state.owed_at = NEVER
    state.sends_at, state.queued, state.opted_at = NEVER, None, None
    state.called_back = False
    acceptance.left(state)
    state.status = None
    state.ticks = frozenset()


def _come_back(state: CaseState, place: Place, event: Event) -> None:
    state.outcome, state.closed_at, state.reason = None, None, None
    state.series = NOTHING
    state.round += 1
    if event.data.get("counted"):
        state.recycled = {**state.recycled, place.name: state.recycled.get(place.name, 0) + 1}


def arrive(tables: Tables, state: CaseState, to: str, at: int, done: frozenset[str] = frozenset()) -> None:
    """Begin a visit: a new series of first contact, empty ticks, the clocks of the place."""
    state.place = to
    state.entered_at = at
    state.visit += 1
    place = tables.places[to]
    if tables.expiring:
        papers.arm(tables, state, at)
    if state.approvals:
        approvals.plan_all(tables, state, at)
    if place.stage is not None:
        if place.stage.statuses:
            state.status = place.stage.statuses[0].name
        coming = tables.plans.arrivals[to]
        if coming.reached.ends:
            done |= clocks.finish(tables, state, coming.reached, at)
        clocks.begin(tables, state, coming.alone if state.holder is None else coming.held, at, done)
        for name in sorted(tables.instants & state.facts.keys()) if tables.instants else ():
            clocks.begin(tables, state, tables.plans.effects((f"field:{name}",)), state.facts[name])
    elif place.recycle is not None:
        after = place.recycle.after
        state.returns_at = wait_until(after, at, tables.calendar_for(after), tables.zone)


def _contacted(tables: Tables, state: CaseState, event: Event) -> None:
    if event.data.get("automatic"):
        return
    at = event.occurred_at
    if tables.policy is not None and tables.policy.capped:
        state.counted = (*counted_on(event), *((at,) if is_sales(tables, state, event.data) else ()))
    if state.queued is not None and "of" not in event.derived:
        state.queued = None
    if event.by == events.BY_SOP and state.unanswered_at is not None:
        # What was sent by itself answers nobody, and the series that it belonged to has ended.
        return
    touch(tables, state, at, outbound=True, answered=bool(event.data.get("answered")), made_by=event.id)
    _happened(tables, state, event, "contacted")
    plan(tables, state, at)


def _happened(tables: Tables, state: CaseState, event: Event, trigger: str) -> None:
    """What an event that may be logged too late does to clocks."""
    effects = tables.plans.single.get(trigger)
    if effects is not None:
        at = event.occurred_at
        known = at if event.recorded_at - at <= tables.prompt else known_at(tables, event)
        clocks.affect(tables, state, effects, at, known)


def _received(tables: Tables, state: CaseState, event: Event) -> None:
    if event.data.get("automatic"):
        return
    at = event.occurred_at
    place = tables.places.get(state.place)
    if state.status is not None and place is not None and place.stage is not None:
        waiting = {s.name: s for s in place.stage.statuses}
        if state.status in waiting and waiting[state.status].waits_for:
            state.status = next(iter(waiting))
    if opts_out(tables, event):
        clocks.trigger(tables, state, ("inbound",), at)
        opt_out(tables, state, event.data["via"], at, said=True)
        return
    touch(tables, state, at, outbound=False)
    state.opted_at, state.queued = None, None
    if place is not None and place.recycle is not None and state.owed_at == NEVER:
        state.returns_at, state.called_back = min(state.returns_at, at), True
    # What opened the case is the first response's to answer.
    clocks.trigger(tables, state, ("inbound", "unanswered") if at > state.opened_at else ("inbound",), at)
    plan(tables, state, at)


def opts_out(tables: Tables, event: Event) -> bool:
    """Whether a customer's message ends contact on its channel by a word of the contact policy; nothing automatic does."""
    if tables.policy is None or event.kind != events.RECEIVED or event.data.get("automatic"):
        return False
    return tables.policy.opts_out(event.data["via"], event.data.get("text"))


def _opted_out(tables: Tables, state: CaseState, event: Event) -> None:
    opt_out(tables, state, event.data["via"], event.occurred_at, said="from" not in event.derived)


def _queued(tables: Tables, state: CaseState, event: Event) -> None:
    state.sends_at, state.queued = NEVER, (event.id, event.occurred_at)


def _linked(tables: Tables, state: CaseState, event: Event) -> None:
    if event.data["other"] not in state.links:
        state.links = (*state.links, event.data["other"])


def _merged(tables: Tables, state: CaseState, event: Event) -> None:
    if state.merged_into is not None:
        return
    if "into" in event.data:
        merging.give_up(tables, state, event.data["into"], event.occurred_at)
        return
    if filled := merging.missing(state, event.derived["merged"]["facts"]):
        _change(tables, state, filled, event)
    merging.unite(tables, state, event)


def _bounced(tables: Tables, state: CaseState, event: Event) -> None:
    bounced = take_back(state, event.data["contacted_at"], event.data.get("contact", ""))
    if bounced is None:
        return
    if bounced.at in state.counted:
        last = len(state.counted) - 1 - state.counted[::-1].index(bounced.at)
        state.counted = state.counted[:last] + state.counted[last + 1 :]
    _reopen(tables, state, bounced)
    plan(tables, state, event.occurred_at)


def _reopen(tables: Tables, state: CaseState, bounced: Touch) -> None:
    """What was no response and no answer leaves its clock running, until the next contact if there was one."""
    for clock in state.past:
        table = tables.clock_tables[clock.name]
        if clock.ended_at != bounced.at:
            continue
        later = (t for t in state.touches if t.outbound and t.at >= bounced.at)
        if table.clock.name == "first_response" and table.stage == state.place and bounced.visit == state.visit:
            clocks.take_up_again(tables, state, clock, next((t.at for t in later if t.visit == state.visit), None))
        elif table.clock.name == "reply" and (state.closed_at is None or state.closed_at < bounced.at):
            _wait_again(tables, state, clock, next((t.at for t in later), None))


def _wait_again(tables: Tables, state: CaseState, clock: ClockState, answered_at: int | None) -> None:
    """The clock of an answer counts from the oldest unanswered message, so a cycle that runs since then is the same one."""
    running = state.clocks.get(clock.name)
    clocks.take_up_again(tables, state, clock, answered_at)
    if running is not None and answered_at is not None and running.started_at >= answered_at:
        if (again := state.clocks.get(clock.name)) is not None:
            # One cycle runs at a time: what the older one has not told is seen in its verdict.
            clocks.end(tables, state, again, answered_at, judged(tables, again, answered_at))
        state.clocks = {**state.clocks, clock.name: running}
    state.past = tuple(sorted(state.past, key=lambda past: past.started_at))


def _attached(tables: Tables, state: CaseState, event: Event) -> None:
    name = event.data["document"]
    papers.attach(tables, state, event)
    _happened(tables, state, event, f"document.{name}")
    stop(tables, state, f"document.{name}", event.occurred_at)


def _ticked(tables: Tables, state: CaseState, event: Event) -> None:
    item = event.data["item"]
    stage = tables.places[state.place].stage
    if stage is None:
        return
    if state.lifted and all(known.code != item for known in stage.checklist):
        override.tick_lifted(tables, state, item)
        return
    once = any(i.code == item and i.once for i in stage.checklist)
    if once:
        state.kept |= {f"{state.place}.{item}"}
    state.ticks |= {item}


def _unticked(tables: Tables, state: CaseState, event: Event) -> None:
    item = event.data["item"]
    state.kept -= {f"{state.place}.{item}"}
    state.ticks -= {item}


def _assigned(tables: Tables, state: CaseState, event: Event) -> None:
    state.holder = event.data["to"]
    acceptance.given(tables, state, event)
    if state.holder is not None:
        clocks.trigger(tables, state, ("assigned", HELD), event.occurred_at)


def _requested(tables: Tables, state: CaseState, event: Event) -> None:
    _granted(tables, state, event, event.data["approval"], granted=approvals.requested(tables, state, event))


def _approved(tables: Tables, state: CaseState, event: Event) -> None:
    _granted(tables, state, event, event.data["what"], granted=approvals.approved(tables, state, event))
    papers.decided(tables, state, event, granted=True)


def _rejected(tables: Tables, state: CaseState, event: Event) -> None:
    approvals.rejected(tables, state, event)
    papers.decided(tables, state, event, granted=False)


def _granted(tables: Tables, state: CaseState, event: Event, name: str, *, granted: bool) -> None:
    """Every level that is needed has consented: that is a moment for clocks and follow-up."""
    if granted:
        _happened(tables, state, event, f"approval.{name}")
        stop(tables, state, f"approval.{name}", event.occurred_at)


def _status(tables: Tables, state: CaseState, event: Event) -> None:
    if tables.places[state.place].stage is None:
        return
    state.status = event.data["to"]
    clocks.trigger(tables, state, (f"status:{event.data['to']}",), event.occurred_at)
    stop(tables, state, event.data["to"], event.occurred_at)


def _noted(tables: Tables, state: CaseState, event: Event) -> None:
    """A note changes nothing but the record."""


def _signalled(tables: Tables, state: CaseState, event: Event) -> None:
    _happened(tables, state, event, f"event:{event.data['event']}")
    stop(tables, state, event.data["event"], event.occurred_at)


def _no_reply(tables: Tables, state: CaseState, event: Event) -> None:
    spare(state, event.occurred_at)
    clocks.trigger(tables, state, ("answered",), event.occurred_at)
    plan(tables, state, event.occurred_at)


_APPLY: dict[str, Callable[[Tables, CaseState, Event], None]] = {
    events.OPENED: _opened,
    events.EDITED: _edited,
    events.MOVED: _moved,
    events.CONTACTED: _contacted,
    events.RECEIVED: _received,
    events.BOUNCED: _bounced,
    events.ATTACHED: _attached,
    events.TICKED: _ticked,
    events.UNTICKED: _unticked,
    events.ASSIGNED: _assigned,
    events.STATUS: _status,
    events.NOTED: _noted,
    events.SIGNALLED: _signalled,
    events.NO_REPLY: _no_reply,
    events.OPTED_OUT: _opted_out,
    events.QUEUED: _queued,
    events.LINKED: _linked,
    events.REQUESTED: _requested,
    events.APPROVED: _approved,
    events.REJECTED: _rejected,
    events.MERGED: _merged,
}

