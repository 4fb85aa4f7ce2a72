"""The judge: what is wrong with one event, on the state at its instant. Changes nothing and looks at nothing else."""

from __future__ import annotations

from sopengine.diagnostics import Finding
from sopengine.kernel.events import BY_SOP, OPENED, Event
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables


def judge(tables: Tables, state: CaseState, event: Event) -> list[Finding]:
    """Every finding about `event`; the same findings whether it is about to happen (a refusal) or did (a deviation).

    What the SOP itself did (a consequence, which has a cause) is not judged again.
    """
    if event.by == BY_SOP and event.cause is not None:
        return []
    place = tables.places.get(state.place if event.kind != OPENED else event.data["stage"])
    place = place or tables.places[tables.sop.start]
    found: list[Finding] = []
    for rule in place.rules.get(event.kind, ()):
        if findings := rule(tables, place, state, event):
            found += findings
    return found
