"""The rules of a case: each is one function and one code, and looks only at tables, state and event.

A rule returns findings; a finding that blocks is a refusal before the fact and a deviation after it. `RULES` lists
which rules judge which kind of event, in the order in which their findings are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.kernel import approvalrules, assignrules, events, followup, paperrules
from sopengine.kernel.acceptance import may_act
from sopengine.kernel.authority import why_not
from sopengine.kernel.contactrules import (
    CHANNELS,
    bounced_once,
    by,
    counted_on,
    gave_up_early,
    no_attempt_left,
    policy_kept,
    too_soon,
    wanted,
)
from sopengine.kernel.events import Event
from sopengine.kernel.fold import known_in_time
from sopengine.kernel.gate import condition_finding, facts_for, roles_of, unmet
from sopengine.kernel.identityrules import another_case, can_be_one, merged_away, no_duplicate, not_linked_yet
from sopengine.kernel.override import lifted_ticks
from sopengine.kernel.papers import attachable, document_fits
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import BACK, FAILURE, GONE, PARKED, REOPEN, Place, Rule, Tables
from sopengine.kernel.unknown import called, no_such_place, unknown
from sopengine.kernel.waits import limit_of
from sopengine.wording import Deadline, Instant, Listing, Said, Term


def way_exists(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE101: the SOP knows no way from here to there."""
    if event.data["to"] not in place.ways:
        return (no_way(tables, place, event.data["to"]),)
    return ()


def no_way(tables: Tables, place: Place, to: str) -> Finding:
    """CASE101: where a case can go instead; CASE113 and CASE118 when it can go nowhere."""
    if not place.ways:
        return _at_rest(tables, place)
    known = to in tables.places
    ways = _ways(tables, place) if known else Listing(tuple(called(tables, way) for way in place.ways), "or")
    params = {"here": place.title, "to": tables.places[to].title if known else to, "ways": ways}
    return Finding("CASE101", params | no_such_place(tables, to), True, place.span)


def _ways(tables: Tables, place: Place) -> Listing:
    return Listing(tuple(tables.places[way].title for way in place.ways), "or")


def _at_rest(tables: Tables, place: Place) -> Finding:
    """An ended case is over; a parked one only rests."""
    if place.outcome is None or place.outcome.kind != PARKED:
        return Finding("CASE113", {"here": place.title}, True, place.span)
    way_back = Said("hint.resume", {"ways": _ways(tables, place)}) if place.ways else Term("hint.no_way_back")
    return Finding("CASE118", {"here": place.title, "way_back": way_back}, True, place.span)


def owner_moves(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE102 and CASE103: only an owner of the stage (or whom the exit names) moves a case."""
    way = place.ways.get(event.data["to"])
    if way is not None and way.by:
        if way.by.isdisjoint(event.roles):
            to = tables.places[way.to].title
            params = {"by": event.by, "to": to, "owners": roles_of(tables, way.by), "has": _has(tables, event)}
            return (Finding("CASE103", params | {"rest": why_not(tables, event, way.by)}, True, way.span),)
    else:
        return owner_acts(tables, place, state, event)
    return ()


def owner_acts(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE102: only an owner of the stage acts in it."""
    if place.owners and place.owners.isdisjoint(event.roles) and not may_act(place, state, event.roles):
        return (_not_owner(tables, place, event, place.owners),)
    return ()


def superior_assigns(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE102: an owner of the stage, or whoever they report to, gives a case to somebody."""
    if place.superiors and place.superiors.isdisjoint(event.roles):
        return (_not_owner(tables, place, event, place.superiors),)
    return ()


def superior_of_other(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE102: who merges two cases may act on both of them."""
    other = event.derived.get("other", {})
    there = tables.places.get(other.get("place", "")) if other.get("sop") == tables.sop.id else None
    return superior_assigns(tables, there, state, event) if there is not None and there is not place else ()


def _not_owner(tables: Tables, place: Place, event: Event, owners: frozenset[str]) -> Finding:
    params = {"by": event.by, "stage": place.title, "owners": roles_of(tables, owners), "has": _has(tables, event)}
    return Finding("CASE102", params | {"rest": why_not(tables, event, owners)}, True, place.span)


def _has(tables: Tables, event: Event) -> Any:
    return roles_of(tables, event.roles) if event.roles else Term("hint.no_role")


def condition_holds(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE104 and CASE105: the condition of the way holds, and is known to hold."""
    way = place.ways.get(event.data["to"])
    if way is not None and way.guard is not None:
        finding = condition_finding(tables, way.guard, facts_for(tables, state, event), tables.places[way.to].title)
        if finding is not None:
            return (finding,)
    return ()


def gate_open(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE201 to CASE206: going forward, everything that the stage asks for is in hand."""
    way = place.ways.get(event.data["to"])
    if way is not None and way.gated and (place.needs or place.papers or place.ticks or place.consents):
        facts = facts_for(tables, state, event) if place.conditional else state.facts
        return unmet(tables, place, state, facts, event.occurred_at)
    return ()


def reason_given(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE106 to CASE109: a failure has a reason from the list (with a note where asked for), and going back has one
    too.
    """
    way = place.ways.get(event.data["to"])
    reason = (event.data.get("reason") or "").strip()
    if way is None or way.kind not in (FAILURE, BACK):
        return ()
    known = tables.reasons.get(way.to, {})
    listed = any(entry.declared for entry in known.values())
    titles = Listing(tuple(known), "or") if listed else Term("hint.own_words")
    if not reason:
        code = "CASE109" if way.kind == BACK else "CASE106"
        return (Finding(code, {"to": tables.places[way.to].title, "reasons": titles}, True, way.span),)
    if way.kind == FAILURE and reason not in known and listed:
        return (Finding("CASE107", {"reason": reason, "reasons": titles}, True, way.span),)
    if way.kind == FAILURE and reason in known and known[reason].note_required and not (event.data.get("note") or "").strip():
        return (Finding("CASE108", {"reason": known[reason].title}, True, way.span),)
    return ()


def back_allowed(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE110: a case goes back no more often than the SOP says."""
    way = place.ways.get(event.data["to"])
    if way is None or way.kind != BACK or way.at_most is None:
        return ()
    if state.backs.get(f"{place.name}>{way.to}", 0) >= way.at_most:
        params = {"here": place.title, "to": tables.places[way.to].title, "max": way.at_most}
        return (Finding("CASE110", params, True, way.span),)
    return ()


def tried_enough(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE111: nobody gives up before the least number of attempts while the customer has not answered."""
    way = place.ways.get(event.data["to"])
    if way is None or way.kind not in (FAILURE, PARKED) or event.data.get("reason") == followup.OPT_OUT:
        return ()
    return gave_up_early(place, state)


def moves_in_order(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE112: a move does not happen before the last one."""
    if event.occurred_at < state.moved_at:
        params = {"at": Instant(event.occurred_at, tables.zone), "last": Instant(state.moved_at, tables.zone)}
        return (Finding("CASE112", params, True, place.span),)
    return ()


def customer_answered(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE116: a remark when a case ends while the customer waits for an answer; the clock of the answer is cancelled."""
    way = place.ways.get(event.data["to"])
    if way is not None and way.outcome is not None and state.unanswered_at is not None:
        return (Finding("CASE116", {"since": Instant(state.unanswered_at, tables.zone)}, False, way.span),)
    return ()


def reply_not_needed(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE117: only what waits for an answer can do without one."""
    if state.unanswered_at is None:
        return (Finding("CASE117", {"here": place.title}, True, place.span),)
    return ()


def reopened_in_time(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE114: an ended case comes back only within the time that the SOP gives it."""
    way = place.ways.get(event.data["to"])
    reopen = place.outcome.reopen if place.outcome else None
    if way is None or way.kind != REOPEN or reopen is None or reopen.within is None or state.closed_at is None:
        return ()
    limit = limit_of(reopen.within, state.closed_at, tables.calendar_for(reopen.within), tables.zone)
    if event.occurred_at > limit:
        return (Finding("CASE114", {"here": place.title, "until": Deadline(limit, tables.zone)}, True, way.span),)
    return ()


def case_open(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE113 and CASE118: at rest in an outcome nothing is done to a case."""
    if place.stage is None:
        return (_at_rest(tables, place),)
    return ()


def attempts_left(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE401: no more attempts than the SOP allows; answering the customer is never refused."""
    follow = place.follow
    if follow is None or event.data.get("automatic") or followup.outbound_is(state) != followup.ATTEMPT:
        return ()
    if state.series[place.name].attempts >= follow.rule.max:
        return (no_attempt_left(place, state, follow),)
    return ()


def attempt_in_time(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE402 and CASE403: the next attempt is neither sooner than the gap (refused) nor much later (remarked).

    A call that the customer took part in is not too soon for them.
    """
    follow = place.follow
    if follow is None or event.data.get("automatic") or followup.outbound_is(state) != followup.ATTEMPT:
        return ()
    allowed, counted = followup.gap_ends(tables, state, follow), counted_on(event)
    if allowed is not None and event.latest_at < allowed:
        return () if event.data.get("answered") else (too_soon(tables, state, follow, counted),)
    late = followup.late_after(tables, state, follow, counted)
    if late is not None and event.occurred_at > late:
        return (Finding("CASE403", {"until": Deadline(late, tables.zone)}, False, follow.span),)
    return ()


def channel_by_turn(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE404: a remark when an attempt goes another way than its turn says."""
    follow = place.follow
    if follow is None or event.data.get("automatic") or followup.outbound_is(state) != followup.ATTEMPT:
        return ()
    number = state.series[place.name].attempts + 1
    via, _ = followup.turn(follow, number)
    if via is not None and event.data.get("via") not in (None, via):
        params = {"number": number, "planned": by(via), "via": by(event.data["via"])}
        return (Finding("CASE404", params, False, follow.span),)
    return ()


def status_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE503: a status is one of the stage's."""
    known = [status.name for status in place.stage.statuses] if place.stage else []
    if event.data["to"] not in known:
        return (unknown("CASE503", event.data["to"], known, place),)
    return ()


def item_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE502: a tick is of an item on the stage's checklist, or of one that was lifted where the case came from."""
    known = [item.code for item in place.stage.checklist] if place.stage else []
    item = event.data["item"]
    if item not in known and not (state.lifted and event.kind == events.TICKED and item in lifted_ticks(state)):
        return (unknown("CASE502", event.data["item"], known, place),)
    return ()


def document_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE501: a document is one that the SOP names."""
    name = event.data["document"]
    if name not in tables.sop.documents:
        return (unknown("CASE501", name, attachable(tables.sop.documents), place),)
    return ()


def signal_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE504: a signal is one of the events that the SOP lists."""
    if event.data["event"] not in tables.sop.events:
        return (unknown("CASE504", event.data["event"], tables.sop.events, place),)
    return ()


def record_fits(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE301 and following: every value fits its field, all errors at once."""
    if event.kind == events.OPENED:
        return tables.records.check(event.data.get("record", {}))
    return tables.records.check(event.data["changes"], partial=True)


def opener_acts(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE102: a case is opened by an owner of the first stage. One that is already under way is taken over by anybody; a remark
    when they neither own its stage nor stand above who does.
    """
    if event.data["stage"] == tables.sop.start and "since" not in event.data:
        return owner_acts(tables, place, state, event)
    return [replace(finding, blocks=False) for finding in superior_assigns(tables, place, state, event)]


def template_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE509: a message is made from a template that the SOP has."""
    name = event.data.get("template")
    if name is not None and name not in tables.sop.templates:
        return (unknown("CASE509", name, tables.sop.templates, place),)
    return ()


def channel_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE510: a contact goes through one of the channels of the language."""
    via = event.data["via"]
    if via not in CHANNELS:
        return (unknown("CASE510", via, CHANNELS, place),)
    return ()


def channel_or_all_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE510: a customer opts out of one of the channels of the language, or of all."""
    return () if event.data["via"] == followup.ALL_CHANNELS else channel_known(tables, place, state, event)


def stage_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE515: a case opens in a stage that the SOP has."""
    stage = event.data["stage"]
    if stage not in tables.sop.stages:
        return (unknown("CASE515", stage, tables.sop.stages, place),)
    return ()


def logged_in_time(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE505: a remark when what happened is recorded later than `log_within` allows."""
    if not known_in_time(tables, event):
        params = {"at": Instant(event.occurred_at, tables.zone), "within": tables.log_within}
        return (Finding("CASE505", params, False, place.span),)
    return ()


def not_in_future(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE506: nothing has happened that is still to come."""
    if event.occurred_at > event.recorded_at:
        params = {"at": Instant(event.occurred_at, tables.zone), "now": Instant(event.recorded_at, tables.zone)}
        return (Finding("CASE506", params, True, place.span),)
    return ()


def after_opening(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE507: nothing happens to a case before it is opened."""
    if event.occurred_at < state.opened_at:
        params = {"at": Instant(event.occurred_at, tables.zone), "opened": Instant(state.opened_at, tables.zone)}
        return (Finding("CASE507", params, True, place.span),)
    return ()


_ALWAYS: tuple[Rule, ...] = (not_in_future, after_opening)
_TOUCH: tuple[Rule, ...] = (*_ALWAYS, logged_in_time)
_ACT: tuple[Rule, ...] = (case_open, owner_acts)

RULES: Mapping[str, tuple[Rule, ...]] = {
    events.OPENED: (not_in_future, stage_known, opener_acts, record_fits, no_duplicate),
    events.MOVED: (
        *(way_exists, owner_moves, condition_holds, gate_open, reason_given, back_allowed, tried_enough),
        *(reopened_in_time, moves_in_order, customer_answered, *_ALWAYS),
    ),
    events.CONTACTED: (
        *(*_ACT, channel_known, template_known, wanted, attempts_left, attempt_in_time, policy_kept, channel_by_turn),
        *_TOUCH,
    ),
    events.RECEIVED: (channel_known, *_TOUCH),
    events.BOUNCED: (bounced_once, *_ALWAYS),
    events.EDITED: (*_ACT, record_fits, no_duplicate, *_ALWAYS),
    events.ATTACHED: (*_ACT, document_known, document_fits, *_ALWAYS),
    events.TICKED: (*_ACT, item_known, *_ALWAYS),
    events.UNTICKED: (*_ACT, item_known, *_ALWAYS),
    events.STATUS: (*_ACT, status_known, *_ALWAYS),
    events.ASSIGNED: (case_open, superior_assigns, *assignrules.ASSIGNED_TO, *_ALWAYS),
    events.NOTED: _ALWAYS,
    events.SIGNALLED: (signal_known, *_ALWAYS),
    events.NO_REPLY: (owner_acts, reply_not_needed, *_ALWAYS),
    events.OPTED_OUT: (channel_or_all_known, *_TOUCH),
    events.LINKED: (superior_assigns, another_case, not_linked_yet, *_ALWAYS),
    events.REQUESTED: (*_ACT, approvalrules.approval_known, approvalrules.newly_requested, *_ALWAYS),
    events.APPROVED: (case_open, *approvalrules.DECIDING, *paperrules.DECIDING, *_ALWAYS),
    events.REJECTED: (case_open, *approvalrules.DECIDING, approvalrules.rejected_for_a_reason, *paperrules.DECIDING, *_ALWAYS),
    events.MERGED: (superior_assigns, superior_of_other, another_case, can_be_one, *_ALWAYS),
}


_ASKED: Mapping[Rule, Callable[[Place], bool]] = {
    condition_holds: lambda place: any(way.guard is not None for way in place.ways.values()),
    gate_open: lambda place: bool(place.needs or place.papers or place.ticks or place.consents),
    reason_given: lambda place: any(way.kind in (FAILURE, BACK) for way in place.ways.values()),
    back_allowed: lambda place: any(way.at_most is not None for way in place.ways.values()),
    tried_enough: lambda place: place.follow is not None,
    customer_answered: lambda place: any(way.outcome is not None for way in place.ways.values()),
    reopened_in_time: lambda place: any(way.kind == REOPEN for way in place.ways.values()),
    case_open: lambda place: place.stage is None,
    attempts_left: lambda place: place.follow is not None,
    attempt_in_time: lambda place: place.follow is not None,
    channel_by_turn: lambda place: place.follow is not None,
}


def rules_of(place: Place, *, identity: bool, policy: bool) -> dict[str, tuple[Rule, ...]]:
    """The rules by kind of event, without those that find nothing in this place whatever happens.

    `identity` tells whether the SOP says when two cases are the same, `policy` whether it limits contacts.
    """
    if place.name == GONE:
        return dict.fromkeys(RULES, (merged_away,))
    silent = {rule for rule, asked in _ASKED.items() if not asked(place)} | (set() if identity else {no_duplicate})
    silent |= set() if policy else {policy_kept}
    return {kind: tuple(rule for rule in rules if rule not in silent) for kind, rules in RULES.items()}
