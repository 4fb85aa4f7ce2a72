"""The rules of requesting an approval and of deciding on one. Source: the language reference, "Approvals, four-eyes, stand-ins".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sopengine.diagnostics import Finding
from sopengine.kernel.approvals import PREDICATES, chain_on, facts_of, grantors, needed, open_levels, parts
from sopengine.kernel.events import APPROVED, REQUESTED, Event
from sopengine.kernel.foureyes import own, persons_of
from sopengine.kernel.naming import deciders, roles_of
from sopengine.kernel.state import NOTHING, Asked, CaseState
from sopengine.kernel.tables import ApprovalTable, Facts, Place, Rule, Tables
from sopengine.wording import Instant, Listing, Person, Term


def named(event: Event) -> str:
    """The name of the approval that an event is about."""
    name: str = event.data["approval" if event.kind == REQUESTED else "what"]
    return name


def _facts(tables: Tables, state: CaseState, event: Event) -> Facts:
    return facts_of(tables, state, event.derived.get(PREDICATES, NOTHING))


def approval_known(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE520: an approval is one that the SOP has; documents are decided on likewise."""
    if named(event) in tables.approvals or (event.kind != REQUESTED and named(event) in tables.sop.documents):
        return ()
    known = Listing(tuple(tables.approvals), "or") if tables.approvals else Term("consent.none")
    return (Finding("CASE520", {"name": named(event), "known": known}, True, place.span),)


def newly_requested(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE521 and CASE522: what waits or is granted is not requested again; a remark when the case does not need it."""
    table, asked = tables.approvals.get(named(event)), state.approvals.get(named(event))
    if table is None:
        return ()
    params: dict[str, Any] = {"approval": table.approval.title, "name": named(event)}
    facts = _facts(tables, state, event)
    if asked is not None and asked.is_live:
        said = "consent.waits" if open_levels(table, asked, facts) else "consent.is_granted"
        params |= {"at": Instant(asked.at, tables.zone), "state": Term(said)}
        return (Finding("CASE521", params, True, table.span),)
    if not needed(table, facts) and table.guard is not None:
        return (Finding("CASE522", params | {"condition": table.guard.words}, False, table.guard.span),)
    return ()


def something_waits(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE523 to CASE526: only what was requested, and waits, is decided."""
    table, asked = tables.approvals.get(named(event)), state.approvals.get(named(event))
    if table is None:
        return ()
    params: dict[str, Any] = {"approval": table.approval.title, "name": named(event)}
    if asked is None:
        return (Finding("CASE523", params | {"owners": roles_of(tables, place.owners)}, True, table.span),)
    if asked.void is not None:
        at, _, fields = asked.void
        titles = Listing(tuple(tables.sop.fields[name].title for name in fields if name in tables.sop.fields))
        params |= {"fields": titles, "at": Instant(at, tables.zone), "owners": roles_of(tables, place.owners)}
        return (Finding("CASE524", params, True, table.span),)
    if asked.rejected is not None:
        params |= {"at": Instant(asked.rejected[0], tables.zone), "owners": roles_of(tables, place.owners)}
        return (Finding("CASE525", params, True, table.span),)
    if not open_levels(table, asked, _facts(tables, state, event)):
        return (Finding("CASE526", params, True, table.span),)
    return ()


def _waiting(tables: Tables, state: CaseState, event: Event) -> tuple[ApprovalTable, Asked, int] | None:
    """The level that an event decides; None when nothing waits."""
    table, asked = tables.approvals.get(named(event)), state.approvals.get(named(event))
    if table is None or asked is None or not asked.is_live:
        return None
    levels = open_levels(table, asked, _facts(tables, state, event))
    return (table, asked, levels[0]) if levels else None


def level_decides(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE527: a level is decided by its roles, and by those to whom it has climbed, as the directory knows them by now."""
    waiting = _waiting(tables, state, event)
    if waiting is None:
        return ()
    table, asked, level = waiting
    steps = (chain_on(table, event) or asked.chain)[level][: asked.reached[level] + 1]
    acting = {event.by, event.acting_for}
    if any(not acting.isdisjoint(step.named) or not set(step.roles).isdisjoint(event.roles) for step in steps):
        return ()
    has: Any = roles_of(tables, event.roles) if event.roles else Term("hint.no_role")
    params = {"approval": table.approval.title, "name": named(event), "level": level + 1, "who": deciders(tables, steps)}
    return (Finding("CASE527", params | {"by": event.by, "has": has}, True, table.levels[level].span),)


def four_eyes(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE528 and CASE529: nobody decides on what is their own, nor twice, in whosever name."""
    waiting = _waiting(tables, state, event)
    if waiting is None:
        return ()
    table, asked, level = waiting
    params: dict[str, Any] = {"approval": table.approval.title, "name": named(event), "by": event.by}
    span = table.levels[level].span
    why = own(event, parts(state, table, asked))
    if why is not None:
        return (Finding("CASE528", params | {"why": why}, True, span),)
    if event.kind == APPROVED and not grantors(asked).isdisjoint(persons_of(event)):
        granted = next(grant for grant in asked.grants if not grant.persons.isdisjoint(persons_of(event)))
        params |= {"level": granted.level + 1, "at": Instant(granted.at, tables.zone), "who": Person(granted.by)}
        return (Finding("CASE529", params, True, span),)
    return ()


def rejected_for_a_reason(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE516: who says no says why."""
    table = tables.approvals.get(named(event))
    if table is None or (event.data.get("reason") or "").strip():
        return ()
    return (Finding("CASE516", {"approval": table.approval.title, "name": named(event)}, True, table.span),)


DECIDING: Final[tuple[Rule, ...]] = (approval_known, something_waits, level_decides, four_eyes)
"""What a consent and a rejection have in common."""
