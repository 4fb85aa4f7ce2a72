"""At which levels the approvals of a case were decided."""

from __future__ import annotations

from collections.abc import Iterable

from sopengine.kernel.events import APPROVED, REJECTED, Event, in_order
from sopengine.kernel.fold import fold
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables


def levels_decided(tables: Tables, case: str, history: Iterable[Event]) -> dict[str, int]:
    """The level (from 1) that waited when an approval was decided on, by the id of the event that decided."""
    state, found = CaseState(case), dict[str, int]()
    if not tables.approvals:
        return found
    for event in in_order([event for event in history if event.is_fact]):
        asked = state.approvals.get(event.data["what"]) if event.kind in (APPROVED, REJECTED) else None
        if asked is not None and asked.level is not None:
            found[event.id] = asked.level + 1
        fold(tables, state, event)
    return found
