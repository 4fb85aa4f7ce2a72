"""Overriding: for one move, whom the SOP trusts with it goes on although gate items or follow-up limits are unmet.

An opt-out, four-eyes, and where a case may go under which condition are never lifted: nobody lets their own request, case or
document pass without the approval that it needs. What was lifted stays with the case until it is met. Source: the language
reference, "Top level" (`override`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

import msgspec

from sopengine.diagnostics import Finding, Span
from sopengine.kernel.approvals import parts
from sopengine.kernel.authority import why_not
from sopengine.kernel.contactrules import gave_up_early
from sopengine.kernel.events import MOVED, Event
from sopengine.kernel.foureyes import own
from sopengine.kernel.gate import roles_of, unmet
from sopengine.kernel.state import CaseState, Key, Lifted
from sopengine.kernel.tables import Facts, Place, Tables
from sopengine.wording import Instant, Person, Said

OVERRIDE: Final = "override"
"""Under this word a move gives the reason of an override."""

LIFTED: Final = "lifted"
"""Under this name a move keeps what it lifted."""

OVERRIDDEN: Final = "CASE543"
"""The remark that a move was let pass: by whom, and why."""

APPROVAL: Final = "approval"

_SORTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("CASE201", "CASE203"), "field"),
    "CASE202": "any",
    **dict.fromkeys(("CASE204", "CASE205", "CASE221", "CASE222", "CASE223"), "document"),
    "CASE206": "tick",
    **dict.fromkeys(("CASE211", "CASE212", "CASE213", "CASE214", "CASE215"), APPROVAL),
    "CASE111": "attempts",
}
"""What each finding that can be lifted is about: the gate's items, and giving up too early."""

_DECIDED: Final = frozenset({"CASE221", "CASE222"})
"""A version in hand that nobody has approved, or that somebody has rejected."""

TICK: Final = "tick"


OWNER: Final = "CASE102"
"""Who may override makes that one move without owning the stage; a move that lifts nothing is left to the owners."""


def overridden(tables: Tables, place: Place, state: CaseState, event: Event, found: list[Finding]) -> list[Finding]:
    """What is found about a move that is to override: CASE541 and CASE542 for whom the SOP does not trust with it, CASE543
    with everything that was lifted, or CASE544 when nothing was. CASE547 stands by what four eyes do not let its actor lift.
    Where something stops the move all the same, nobody has overridden anything yet, and CASE543 is not said.
    """
    by = tables.sop.override_by
    if not by:
        return [*found, Finding("CASE541", {}, True, place.span)]
    span = tables.sop.span(("override",))
    if frozenset(by).isdisjoint(event.roles):
        params = {"by": event.by, "roles": roles_of(tables, by), "rest": why_not(tables, event, by)}
        return [*found, Finding("CASE542", params, True, span)]
    kept = {_about(one)[:2]: held for one in found if (held := _not_theirs(tables, state, event, one)) is not None}
    lifts = [_can_lift(finding) and _about(finding)[:2] not in kept for finding in found]
    if not any(lifts):
        return [*found, *kept.values(), Finding("CASE544", {}, False, span)]
    told_of = ((one, lift) for one, lift in zip(found, lifts, strict=True) if one.code != OWNER)
    lifted = [replace(one, blocks=False) if lift else one for one, lift in told_of]
    rest = [*lifted, *kept.values()]
    if any(finding.blocks for finding in rest):
        return rest
    return [Finding(OVERRIDDEN, {"by": event.by, "reason": event.data[OVERRIDE], "count": sum(lifts)}, False, span), *rest]


def _not_theirs(tables: Tables, state: CaseState, event: Event, finding: Finding) -> Finding | None:
    """CASE547: an approval that is missing is not let pass by somebody who may not give it, because it is about their own."""
    name, why = str(finding.params.get("name", "")), None
    if _SORTS.get(finding.code) == APPROVAL:
        why = own(event, parts(state, tables.approvals[name], state.approvals.get(name)))
    elif finding.code in _DECIDED:
        why = own(event, {"document": state.documents[name].persons})
    if why is None:
        return None
    item = finding.params["approval" if _SORTS[finding.code] == APPROVAL else "document"]
    return Finding("CASE547", {"item": item, "name": name, "by": event.by, "why": why}, True, finding.span)


def _can_lift(finding: Finding) -> bool:
    return finding.blocks and finding.code in _SORTS


def keep(event: Event, findings: Iterable[Finding]) -> None:
    """Keep on a move that overrides what was lifted for it, before it is stored."""
    if event.kind == MOVED and OVERRIDE in event.data:
        event.derived[LIFTED] = _lifted(findings)


def _lifted(findings: Iterable[Finding]) -> list[dict[str, str]]:
    found = [finding for finding in findings if not finding.blocks and finding.code in _SORTS]
    return [{"code": f.code, "sort": _SORTS[f.code], "name": str(f.params.get("name", ""))} for f in found]


def fold_override(tables: Tables, state: CaseState, event: Event) -> None:
    """Count an override and keep what it lifted with the case, under the stage that it leaves."""
    told = event.derived.get(LIFTED)
    if not told:
        return
    state.overrides += 1
    why = (event.by, event.data[OVERRIDE], event.occurred_at)
    new = [Lifted(state.place, item["sort"], item["name"], *why) for item in told if not _is_list_of_ticks(tables, item)]
    state.lifted = tuple({one.key: one for one in (*state.lifted, *new)}.values())


def _is_list_of_ticks(tables: Tables, item: Mapping[str, str]) -> bool:
    """Whether an item is the record of ticks that are items themselves."""
    document = tables.sop.documents.get(item["name"]) if item["sort"] == "document" else None
    return document is not None and document.origin == "checklist"


def prune(tables: Tables, state: CaseState, event: Event) -> None:
    """Let go of what was lifted and is met by now."""
    still = {key for key, _ in _open_items(tables, state, event.occurred_at, lambda place: tables.derive(state.facts))}
    state.lifted = tuple(one for one in state.lifted if one.key in still)


def lifted_ticks(state: CaseState) -> frozenset[str]:
    """The items of stages that were left which can still be ticked off, because they were only lifted."""
    return frozenset(one.name for one in state.lifted if one.sort == TICK and one.stage != state.place)


def tick_lifted(tables: Tables, state: CaseState, item: str) -> None:
    """Meet a lifted item of a stage that was left; what is ticked once and for all stays so when the case comes back."""
    met = [one for one in state.lifted if one.sort == TICK and one.name == item and one.stage != state.place]
    for one in met:
        stage = tables.sop.stages[one.stage]
        if any(known.code == item and known.once for known in stage.checklist):
            state.kept |= {f"{one.stage}.{item}"}
    state.lifted = tuple(one for one in state.lifted if one not in met)


def still_open(
    tables: Tables, state: CaseState, at: int, facts_in: Callable[[Place], Facts], told: Iterable[Finding]
) -> list[Finding]:
    """CASE545: what was lifted and is not met, each as an item that blocks nothing, but for what `told` says anyway."""
    said = {_about(finding) for finding in told}
    kept = {one.key: one for one in state.lifted}
    found = []
    for key, finding in _open_items(tables, state, at, facts_in):
        if _about(finding) not in said:
            one = kept[key]
            params = {"why": Said(finding.code, finding.params), "at": Instant(one.at, tables.zone)}
            params |= {"by": Person(one.by), "reason": one.reason, "name": one.name}
            found.append(Finding("CASE545", params, False, finding.span))
    return found


def _about(finding: Finding) -> tuple[str, str, Span | None]:
    """What a finding is about, wherever it is asked for; two ticks of one name are two items."""
    sort = _SORTS.get(finding.code, "")
    return sort, str(finding.params.get("name", "")), finding.span if sort == TICK else None


def _open_items(
    tables: Tables, state: CaseState, at: int, facts_in: Callable[[Place], Facts]
) -> list[tuple[Key, Finding]]:
    """What was lifted and is still unmet, with what its own gate tells about it."""
    wanted = {one.key for one in state.lifted}
    found: list[tuple[Key, Finding]] = []
    for stage in dict.fromkeys(one.stage for one in state.lifted):
        place = tables.places[stage]
        # A visit that is over has no ticks any more: its items stay open until they are ticked off wherever the case is.
        told = unmet(tables, place, _unticked(state) if stage != state.place else state, facts_in(place), at)
        for finding in (*told, *gave_up_early(place, state)):
            key = (stage, *_about(finding)[:2])
            if key in wanted:
                found.append((key, finding))
    return found


def _unticked(state: CaseState) -> CaseState:
    return msgspec.structs.replace(state, ticks=frozenset())
