"""The rules of giving a case to somebody by hand: to whom, and what is remarked about it.

What is asked of the directory stands on the event; where nothing stands there (an import, or no directory) nothing is judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopengine.diagnostics import Finding
from sopengine.kernel.acceptance import may_act
from sopengine.kernel.events import Event
from sopengine.kernel.gate import roles_of
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Place, Tables
from sopengine.wording import Person, Term


def assignee_owns(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE551: a case is given to somebody who may act on it: an owner of its stage, or of the queue that it lies in."""
    assignee = event.derived.get("assignee")
    if place.stage is None or assignee is None or may_act(place, state, assignee["roles"]):
        return ()
    has = roles_of(tables, tuple(assignee["roles"])) if assignee["roles"] else Term("hint.no_role")
    params = {"to": Person(event.data["to"]), "stage": place.title, "owners": roles_of(tables, place.owners), "has": has}
    return (Finding("CASE551", params, True, place.span),)


def assignee_is_there(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE552: a remark when a case is given to somebody who is absent."""
    absent = event.derived.get("assignee", {}).get("absent")
    if absent is None or place.stage is None:
        return ()
    params = {"to": Person(event.data["to"]), "why": Term(f"assign.was_{absent}")}
    return (Finding("CASE552", params, False, place.span),)


def assignee_has_room(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE553: a remark when a case is given to somebody who holds as many as they take."""
    full = event.derived.get("assignee", {}).get("full")
    if full is None or place.stage is None:
        return ()
    params = {"to": Person(event.data["to"]), "load": full[0], "capacity": full[1]}
    return (Finding("CASE553", params, False, place.span),)


ASSIGNED_TO = (assignee_owns, assignee_is_there, assignee_has_room)
