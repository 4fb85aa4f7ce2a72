"""What is found about duplicates: a record that another case has already, and two cases that cannot be one.

What the other case is was looked up by the engine and stands on the event. Source: the language reference, "Top level"
(`identity`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sopengine.diagnostics import Finding, Span
from sopengine.kernel.events import BY_SOP, OPENED, Event
from sopengine.kernel.identity import LINK, REJECT, stands
from sopengine.kernel.merging import comes_back
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import IdentityTable, Place, Tables
from sopengine.wording import Instant, Listing, Person, Said, Term


def no_duplicate(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE561 to CASE564: another case has the same record: refused, linked, merged, or for a person to decide."""
    found, identity = event.derived.get("duplicates"), tables.identity
    if not found or identity is None:
        return ()
    return tuple(duplicate(tables, identity, one, event.kind == OPENED) for one in found)


def duplicate(tables: Tables, identity: IdentityTable, other: Mapping[str, Any], opens: bool) -> Finding:
    """The finding about one other case: what it is like, where it stands, and who has it."""
    code = "CASE564"
    if other.get("merged"):
        code = "CASE563"
    elif identity.mode == LINK:
        code = "CASE562"
    elif identity.mode == REJECT and opens:
        code = "CASE561"
    there = tables.places.get(other["place"])
    params = {
        "case": other["case"],
        "fields": fields_of(tables, identity, other["keys"]),
        "here": there.title if there is not None else other["place"],
        "holder": Term("clock.nobody") if other["holder"] is None else Person(other["holder"]),
    }
    return Finding(code, params, code == "CASE561", identity.span)


def fields_of(tables: Tables, identity: IdentityTable, groups: Sequence[int]) -> Listing:
    """The fields of groups of an SOP, each once, as people call them."""
    names = dict.fromkeys(name for group in groups for name in identity.groups[group])
    return Listing(tuple(tables.sop.fields[name].title for name in names))


def another_case(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE565, CASE566 and CASE568: the other case is another one, of the same SOP, that was not merged away."""
    other = event.derived.get("other")
    if other is None:
        return ()
    span = tables.identity.span if tables.identity is not None else place.span
    if other["case"] == state.case:
        return (Finding("CASE565", {"case": state.case}, True, span),)
    if other["sop"] != tables.sop.id:
        return (Finding("CASE566", {"case": other["case"], "sop": other["sop"]}, True, span),)
    if other["merged_into"] is not None:
        return (_impossible(span, other["case"], Said("hint.merged_into", {"into": other["merged_into"]})),)
    return ()


def can_be_one(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE568: two cases can be merged that both stand for their subject, as they stand now."""
    other = event.derived.get("other")
    if other is None or other["sop"] != tables.sop.id or other["case"] == state.case or other["merged_into"] is not None:
        return ()
    found: list[Finding] = []
    there = tables.places.get(other.get("place", ""))
    if there is None:
        return ()
    for case, where, standing in ((state.case, place, stands(tables, state)), (other["case"], there, other["stands"])):
        if not standing:
            found.append(_impossible(place.span, case, Said("hint.merge_ended", {"here": where.title})))
    if other["stands"] and not comes_back(there):
        found.append(_impossible(place.span, other["case"], Said("hint.merge_parked", {"here": there.title})))
    last = max(state.last_at, other.get("last_at", 0)) if "last_at" in other else event.occurred_at
    if event.occurred_at < last:
        found.append(_impossible(place.span, other["case"], Said("hint.merge_earlier", {"last": Instant(last, tables.zone)})))
    return found


def _impossible(span: Span, case: str, why: Said) -> Finding:
    return Finding("CASE568", {"case": case, "why": why}, True, span)


def merged_away(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE560: nothing is done to a case that was merged into another one."""
    return (gone(state),)


def gone(state: CaseState) -> Finding:
    """CASE560: which case goes on in its place."""
    return Finding("CASE560", {"case": state.case, "into": state.merged_into or ""}, True, None)


def not_linked_yet(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE567: two cases are linked once."""
    if event.data["other"] in state.links and event.by != BY_SOP:
        return (Finding("CASE567", {"case": event.data["other"]}, True, place.span),)
    return ()
