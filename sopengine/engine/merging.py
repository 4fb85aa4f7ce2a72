"""Merging two cases: what the survivor must know is gathered beforehand, and both are stored in one transaction.

Source: the language reference, "Top level" (`identity`) and "SLA clocks", point 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sopengine.engine.acts import Act
from sopengine.engine.cases import Cases, Live
from sopengine.kernel.decide import RECORDED_WHATEVER
from sopengine.kernel.events import CONTACTED, MERGED, Draft, Event, in_order
from sopengine.kernel.fold import fold
from sopengine.kernel.merging import Visit, placed, what_it_was
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables

if TYPE_CHECKING:
    from sopengine.engine.core import Core

OF: Final = "of"
"""Under this name an event tells of which merged case it was told."""


def merge_into(core: Core, live: Live, event: Event, now: int, among: Mapping[str, Live]) -> Live:
    """The case that goes on, with what it must know of `live`, which `event` is about to give up."""
    into = event.data["into"]
    other = among.get(into)
    if other is None:
        other = core.cases.get(into).copy()
        other.settle(now, now, core.lookups.preparer(other.tables))
    told = told_of(core, live.state, live.tables, other, event.occurred_at)
    note = {"note": event.data["note"]} if "note" in event.data else {}
    words = {"from": live.state.case, **note}
    draft = Draft(MERGED, event.occurred_at, event.by, event.roles, words, told, event.acting_for, cause=event.id)
    other.take(draft, now, partial(core.cases.stored, into), core.lookups.preparer(other.tables))
    return other


def told_of(core: Core, state: CaseState, tables: Tables, other: Live, at: int) -> dict[str, Any]:
    """What the event of the survivor `other` says of a case that is merged into it as it stands."""
    return {
        "merged": place_touches(core.cases, what_it_was(tables, state), other),
        "holder": next_holder(core, state.holder, other, at),
    }


def place_touches(cases: Cases, told: dict[str, Any], other: Live) -> dict[str, Any]:
    """What was told of a case, its touches in the visits in which the survivor was when they happened."""
    if not told["touches"]:
        return told
    history = (*cases.stored(other.state.case), *other.pending)
    return {**told, "touches": placed(told["touches"], visits(other.tables, history))}


def next_holder(core: Core, holder: str | None, other: Live, at: int) -> str | None:
    """Who holds a survivor that nobody holds: the holder of the other case, when they are an owner there."""
    owners = other.tables.places[other.state.place].owners
    fits = holder is not None and not owners.isdisjoint(core.lookups.roles(holder, at))
    return holder if fits else None


def visits(tables: Tables, history: Iterable[Event]) -> list[Visit]:
    """The stays of a case in the order of their beginning."""
    state = CaseState("")
    found: list[Visit] = []
    for event in in_order([event for event in history if event.is_fact]):
        fold(tables, state, event)
        # What happened before the case was opened belongs to no stay.
        if state.place and (not found or found[-1].visit != state.visit):
            stage = tables.places[state.place].stage
            found.append(Visit(state.entered_at, stage.name if stage is not None else "", state.visit, state.round))
    return found


def going_on(cases: Cases, case: str) -> str:
    """The case that goes on in place of one that was merged away, after any number of merges; itself when it was not."""
    into = cases.get(case).state.merged_into
    while into is not None:
        case, into = into, cases.get(into).state.merged_into
    return case


def tells_what_happened(act: Act, now: int) -> bool:
    """Whether an act tells what has happened, with the customer or to a message: it is never refused and never lost."""
    if act.kind != CONTACTED:
        return act.kind in RECORDED_WHATEVER
    return act.cause is not None or bool(act.data.get("answered")) or (act.at is not None and act.at < now)
