"""Replay: a case rebuilt from its recorded events in the order of their meaning, and what its notices should have been."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sopengine.kernel.events import (
    ALERTED,
    BREACHED,
    CLIMBED,
    CORRECTED,
    ESCALATED,
    EXHAUSTED,
    EXPIRED,
    NOTICES,
    UNACCEPTED,
    WARNED,
    Draft,
    Event,
    in_order,
)
from sopengine.kernel.fold import fold
from sopengine.kernel.settle import settle
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables

Key = tuple[str, str, int, int]


class Replayed(NamedTuple):
    """A rebuilt state, and the notices that follow from the facts alone."""

    state: CaseState
    notices: dict[Key, Draft]


def replay(tables: Tables, case: str, history: Iterable[Event], *, at: int | None = None) -> Replayed:
    """Rebuild a case from its facts; notices in `history` are passed over and found anew.

    With `at` the case is as it was at that instant, for judging a late fact: later facts are left out, and time is
    settled up to it.
    """
    state = CaseState(case)
    notices: dict[Key, Draft] = {}
    recorded = list(history)
    causes = {event.id for event in recorded if not event.is_fact}
    for event in in_order([event for event in recorded if event.is_fact]):
        if at is not None and event.occurred_at > at:
            break
        # What a notice caused came right after it, at the same instant: the notice is taken up first.
        _take(notices, tables, state, event.occurred_at + (event.cause in causes))
        fold(tables, state, event)
    if at is not None:
        _take(notices, tables, state, at)
    return Replayed(state, notices)


def _take(notices: dict[Key, Draft], tables: Tables, state: CaseState, until: int) -> None:
    for made in settle(tables, state, until, derive=False):
        notices[key_of(made.notice.kind, made.notice.data, made.notice.occurred_at)] = made.notice


def key_of(kind: str, data: dict[str, Any], at: int) -> Key:
    """What makes a notice the same notice although its instant has changed: the clock, the cycle and the level, or the approval,
    its level and the step of the chain."""
    if kind in (WARNED, BREACHED, ESCALATED):
        return (kind, data["clock"], data["cycle"], data["level"])
    if kind == CLIMBED or (kind == ALERTED and "approval" in data):
        return (kind, f"{data['approval']}#{data['request']}", data["level"], data["step"])
    if kind in (EXHAUSTED, UNACCEPTED, ALERTED):
        return (kind, data["stage"], 0, at)
    if kind == EXPIRED:
        return (kind, data["document"], data["version"], 0)
    return (kind, data.get("outcome", ""), 0, at)


def standing(history: Iterable[Event]) -> dict[Key, Event]:
    """The notices of a history that stand: the told ones, less those that a later fact corrected away."""
    told: dict[Key, Event] = {}
    for event in history:
        if event.kind in NOTICES and event.kind != CORRECTED:
            told[key_of(event.kind, event.data, event.occurred_at)] = event
        elif event.kind == CORRECTED:
            key = tuple(event.data["notice"])
            # The notice that takes its place may have been told before its correction: they stand in order of their instants.
            if key in told and told[key].id == event.cause:
                del told[key]
    return told


def corrections(told: dict[Key, Event], now_true: dict[Key, Draft], by: str) -> list[Draft]:
    """What must be said after a refold: notices that no longer hold are corrected, new or moved ones are told.

    Source: the language reference, "SLA clocks", point 2: a late fact may correct a notice, never delete it.
    """
    drafts: list[Draft] = []
    for key, event in told.items():
        now = now_true.get(key)
        if now is None or now.occurred_at != event.occurred_at:
            data = {"notice": list(key), "was": event.occurred_at, "now": now.occurred_at if now else None}
            drafts.append(Draft(CORRECTED, event.occurred_at, by, data=data, cause=event.id))
    for key, draft in now_true.items():
        if key not in told or told[key].occurred_at != draft.occurred_at:
            drafts.append(draft)
    return sorted(drafts, key=lambda draft: (draft.occurred_at, draft.kind != CORRECTED))
