"""Deciding: settle the case up to now, then judge what is wanted on the state at its own instant.

Source: the language reference, "SLA clocks", point 2, and the house's one order: `occurred_at`, then the order of
recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from sopengine.diagnostics import Finding
from sopengine.kernel.events import BOUNCED, BY_SOP, CONTACTED, MERGED, MOVED, OBJECT_SAYS, OPTED_OUT, RECEIVED, Draft, Event
from sopengine.kernel.fold import learn, opts_out
from sopengine.kernel.followup import OPT_OUT
from sopengine.kernel.judge import judge
from sopengine.kernel.replay import replay
from sopengine.kernel.rules import after_opening, moves_in_order
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables

RECORDED_WHATEVER = frozenset({RECEIVED, BOUNCED, OPTED_OUT})
"""What others do is recorded, with findings, and never refused."""

MAY_HAVE_HAPPENED = RECORDED_WHATEVER | {CONTACTED}
"""The kinds of which an event may be told after the fact."""

ENTAILING = frozenset({RECEIVED, OPTED_OUT, MERGED})
"""What the SOP may do something because of, at once."""


class Ruling(msgspec.Struct, frozen=True):
    """What was found about an event; `late` when it belongs before something already folded or settled."""

    findings: list[Finding]
    allowed: bool
    late: bool


def decide(tables: Tables, state: CaseState, event: Event, history: Callable[[], list[Event]]) -> Ruling:
    """Judge `event` on a case that is settled up to its `recorded_at`. `history` is asked only for a late fact, which is judged
    on the case as it was, with what the host's object said of it.
    """
    late = event.occurred_at < state.last_at or event.occurred_at <= state.settled_at
    then = replay(tables, state.case, history(), at=event.occurred_at).state if late else state
    if late and OBJECT_SAYS in event.derived:
        learn(tables, then, event.derived[OBJECT_SAYS])
    findings = judge_late(tables, then, state, event) if late else judge(tables, then, event)
    blocked = bool(findings) and any(finding.blocks for finding in findings)
    return Ruling(findings, not blocked or has_happened(event), late)


def judge_late(tables: Tables, then: CaseState, state: CaseState, event: Event) -> list[Finding]:
    """Judge a late event on the case as it was `then`, and by what the case is now."""
    return [*judge(tables, then, event), *_against_the_case(tables, state, event)]


def _against_the_case(tables: Tables, state: CaseState, event: Event) -> Iterator[Finding]:
    """What the state at the instant of a late event does not know and the case does: its opening, and its last move."""
    place = tables.places[state.place]
    yield from after_opening(tables, place, state, event)
    if event.kind == MOVED:
        yield from moves_in_order(tables, place, state, event)


def has_happened(event: Event) -> bool:
    """Whether an event is told after the fact, so that refusing it would only lose it.

    A contact that lies in the past, or that the customer took part in, was made; a move is a wish whenever it is dated. What
    lies in the future has not happened, whoever says so.
    """
    if event.occurred_at > event.recorded_at:
        return False
    if event.kind == CONTACTED:
        return event.occurred_at < event.recorded_at or bool(event.data.get("answered"))
    return event.kind in RECORDED_WHATEVER


def consequence(tables: Tables, state: CaseState, event: Event) -> Draft | None:
    """What the SOP does at once because of a fact that was just folded.

    A customer's word brings a parked case back, uncounted, and so does a case that is merged into it; an opt-out that leaves no
    channel ends the follow-up.
    """
    place = tables.places[state.place]
    if event.kind == OPTED_OUT or opts_out(tables, event):
        follow = place.follow
        if follow is None or follow.rule.then is None or state.opted_at != event.occurred_at:
            return None
        return Draft(MOVED, event.occurred_at, BY_SOP, data={"to": follow.rule.then, "reason": OPT_OUT})
    woken = event.kind == RECEIVED and not event.data.get("automatic")
    if not (woken or (event.kind == MERGED and "from" in event.data)) or place.recycle is None:
        return None
    return Draft(MOVED, event.occurred_at, BY_SOP, data={"to": place.recycle.to})
