"""The gate: everything that must be in hand before a case goes forward, and *every* item that is not.

The same gate serves every path into the engine, so what `todo` lists is what a move would be refused for.
Source: the language reference, "Stages", the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.kernel.consents import not_granted
from sopengine.kernel.events import Event
from sopengine.kernel.naming import roles_of as roles_of
from sopengine.kernel.papers import status, unmet_version
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Facts, Guard, Need, Paper, Place, Tables
from sopengine.language.conditions import unknown_names
from sopengine.wording import Listing, Term


def unmet(tables: Tables, place: Place, state: CaseState, facts: Facts, at: int) -> list[Finding]:
    """Every unmet item of the gate of `place` at instant `at`: fields, documents, checklist and approvals, as in the file."""
    found: list[Finding] = []
    filled = state.facts.keys()
    for need in place.needs:
        if not filled >= need.names and (need.guard is None or need.guard.test(facts) is not False):
            found += _fields(place, need, state, tables)
    for paper in place.papers:
        version = state.documents.get(paper.name)
        if version is None or version.verdict is not None or at > version.until or not paper.plain:
            found += _paper(tables, place, paper, state, at)
    for tick in place.ticks:
        if not ticked(place, tick.item.code, state):
            params = {"item": tick.item.text, "name": tick.item.code, "owners": roles_of(tables, place.owners)}
            found.append(Finding("CASE206", params, True, tick.span))
    for consent in place.consents:
        found += not_granted(tables, place, consent, state, facts)
    return found


def ticked(place: Place, item: str, state: CaseState) -> bool:
    """Whether a checklist item is ticked in this visit, or was once and for all."""
    return item in state.ticks or f"{place.name}.{item}" in state.kept


def _fields(place: Place, need: Need, state: CaseState, tables: Tables) -> list[Finding]:
    facts = state.facts
    missing = [field for field in need.fields if field.name not in facts]
    if not missing or (need.any and len(missing) < len(need.fields)):
        return []
    owners = roles_of(tables, place.owners)
    if need.any:
        names = Listing(tuple(field.title for field in need.fields), "or")
        params: dict[str, Any] = {"fields": names, "name": "|".join(field.name for field in need.fields), "owners": owners}
        return [Finding("CASE202", params, True, need.span)]
    found = []
    for field in missing:
        code = "CASE203" if field.name in state.invalid else "CASE201"
        params = {"field": field.title, "name": field.name, "owners": owners}
        found.append(Finding(code, params, True, need.span))
    return found


def _has_contacts(tables: Tables, place: Place, state: CaseState) -> bool:
    return any(touch.outbound for touch in state.touches)


def _has_ticks(tables: Tables, place: Place, state: CaseState) -> bool:
    return all(ticked(place, tick.item.code, state) for tick in place.ticks)


def _has_fields(tables: Tables, place: Place, state: CaseState) -> bool:
    return bool(state.facts)


_KEPT: Mapping[str, Callable[[Tables, Place, CaseState], bool]] = {
    "contacts": _has_contacts,
    "checklist": _has_ticks,
    "fields": _has_fields,
    "assignment": lambda tables, place, state: state.holder is not None,
    "moves": lambda tables, place, state: state.visit > 0,
}


def _paper(tables: Tables, place: Place, paper: Paper, state: CaseState, at: int) -> list[Finding]:
    """A document that is missing or does not count; for some a record of the engine's own stands."""
    version = state.documents.get(paper.name)
    if paper.origin is None and version is not None and status(paper.document, version, at) == "valid":
        return []
    params: dict[str, Any] = {"document": paper.document.title, "name": paper.name}
    params["owners"] = roles_of(tables, place.owners)
    if paper.origin is not None:
        record = {"record": Term(f"kept.{paper.origin}")}
        return [] if _KEPT[paper.origin](tables, place, state) else [Finding("CASE205", params | record, True, paper.span)]
    missing = Finding("CASE204", params, True, paper.span)
    if version is None:
        return [missing]
    finding = unmet_version(tables, paper.document, version, at, missing)
    return [] if finding is None else [finding]


def facts_for(tables: Tables, state: CaseState, event: Event) -> Facts:
    """The facts that conditions look at: the fields, the host's answers, and the grades and results they give."""
    return facts_with(tables, state, event.derived.get("predicates", {}))


def facts_with(tables: Tables, state: CaseState, answers: Mapping[str, Any]) -> Facts:
    """The same, with the host's answers to predicates given."""
    return tables.facts(state.facts, answers)


def condition_finding(tables: Tables, guard: Guard, facts: Facts, to: Any) -> Finding | None:
    """Why a condition does not let through: it does not hold, or what it looks at is not known. None when it holds."""
    held = guard.test(facts)
    if held:
        return None
    if held is False:
        return Finding("CASE104", {"to": to, "condition": guard.words}, True, guard.span)
    missing = sorted(missing_facts(tables, guard, facts))
    fields = tables.sop.fields
    names = Listing(tuple(fields[name].title if name in fields else name for name in missing))
    return Finding("CASE105", {"to": to, "condition": guard.words, "facts": names}, True, guard.span)


def missing_facts(tables: Tables, guard: Guard, facts: Facts) -> set[str]:
    """What must be filled for a condition to be known; a grade or a result is told by the fields that it waits for."""
    found: set[str] = set()
    for name in unknown_names(guard.condition, facts, tables.types):
        found |= tables.derive.missing(name, facts) or {name} if name in tables.derive.compiled else {name}
    return found
