"""The judge: what is wrong with one event, on the state at its instant. Changes nothing and looks at nothing else."""

from __future__ import annotations

from sopengine.diagnostics import Finding
from sopengine.kernel.circumstances import IN_ORDER, OWN, PROMPT
from sopengine.kernel.events import BY_SOP, MOVED, OPENED, Event
from sopengine.kernel.override import OVERRIDE, overridden
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables


def judge(tables: Tables, state: CaseState, event: Event) -> list[Finding]:
    """Every finding about `event`; the same findings whether it is about to happen (a refusal) or did (a deviation).

    What the SOP itself did (a consequence, which has a cause) is not judged again.
    """
    if event.by == BY_SOP and event.cause is not None:
        return []
    kind = event.kind
    place = tables.places.get(event.data["stage"] if kind == OPENED else state.place) or tables.places[tables.sop.start]
    choices = place.by_way.get(event.data["to"]) if kind == MOVED else None
    choices = choices or place.choices.get(kind)
    if choices is None:
        return []
    at = event.occurred_at
    delay = event.recorded_at - at
    given = IN_ORDER if delay >= 0 and at >= state.moved_at and at >= state.opened_at else 0
    if delay <= tables.prompt:
        given += PROMPT
    if not place.owners.isdisjoint(event.roles):
        given += OWN
    found: list[Finding] = []
    for rule in choices[given]:
        if findings := rule(tables, place, state, event):
            found += findings
    return overridden(tables, place, state, event, found) if kind == MOVED and OVERRIDE in event.data else found
