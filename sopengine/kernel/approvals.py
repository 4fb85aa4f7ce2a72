"""Approvals of a case: requested, granted level by level, rejected, or void for good because what they are bound to changed.

The levels that are needed are worked out anew from the facts each time, and consent in the order of the file. Consents belong to
one request; a rejection, or a change of a field under `void_if_changed`, ends it, and only a new request begins afresh. Source:
the language reference, "Approvals, four-eyes, stand-ins".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from sopengine.kernel.events import Draft, Event
from sopengine.kernel.foureyes import clash, persons_of
from sopengine.kernel.state import NEVER, NOTHING, Asked, CaseState, Grant, Step
from sopengine.kernel.tables import ApprovalTable, Facts, Tables
from sopengine.kernel.waits import limit_of
from sopengine.language.model import Approval

SEAL: Final = "hash"
BOUND: Final = "bound"
CHAIN: Final = "chain"
PREDICATES: Final = "predicates"
"""What the engine looks up for a request or a decision and keeps on the event under these names."""

ANYBODY: Final = ""
"""Stands for whomever the directory names by now above those whom a level was put to at first."""

replaced = msgspec.structs.replace


# What it is bound to ------------------------------------------------------------------------------------------------


def canonical(state: CaseState, name: str) -> str | None:
    """The value of a field as text in which equal values are equal; None when nothing is there.

    >>> canonical(CaseState("L-1", facts={"discount": Decimal("15.0")}), "discount")
    '15'
    """
    value = state.facts.get(name)
    if value is None:
        return f"?{state.invalid[name]!r}" if name in state.invalid else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        digits = f"{value:f}" if value else "0"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    return value.isoformat() if isinstance(value, date) else str(value)


def bound(state: CaseState, approval: Approval) -> dict[str, str | None]:
    """The values that a request is bound to, by field."""
    return {name: canonical(state, name) for name in sorted(set(approval.void_if_changed))}


def seal(values: Mapping[str, str | None]) -> str:
    """The hash (SHA-256) of bound values.

    >>> seal({"discount": "15"})[:14]
    'sha256:3036408'
    """
    text = json.dumps(dict(sorted(values.items())), ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


# What is granted ----------------------------------------------------------------------------------------------------


def facts_of(tables: Tables, state: CaseState, answers: Mapping[str, Any]) -> Facts:
    """What the conditions of an approval look at."""
    return tables.facts(state.facts, answers)


def needed(table: ApprovalTable, facts: Facts) -> bool:
    """Whether the approval must be there: what is not known to be needless is needed."""
    return table.guard is None or table.guard.test(facts) is not False


def consents(asked: Asked, level: int) -> tuple[Grant, ...]:
    """The consents to a level."""
    return tuple(grant for grant in asked.grants if grant.level == level)


def open_levels(table: ApprovalTable, asked: Asked, facts: Facts) -> list[int]:
    """The levels that are needed and have not consented, in the order in which they will; none of a needless approval."""
    if not needed(table, facts):
        return []
    return [
        number
        for number, one in enumerate(table.levels)
        if (one.guard is None or one.guard.test(facts) is not False)
        and len(consents(asked, number)) < one.level.quorum
    ]


def is_granted(table: ApprovalTable, asked: Asked, facts: Facts) -> bool:
    """Whether it is needed, every level that is needed has consented, and nothing has ended the request."""
    return asked.is_live and needed(table, facts) and not open_levels(table, asked, facts)


# Who is in it -------------------------------------------------------------------------------------------------------


def holders_since(state: CaseState, asked: Asked) -> frozenset[str]:
    """Everybody who has held the case at the request or later."""
    found = {asked.holder, state.holder, *(holder for _, holder in state.holders[asked.held :])}
    return frozenset(holder for holder in found if holder is not None)


def parts(state: CaseState, table: ApprovalTable, asked: Asked | None) -> dict[str, frozenset[str]]:
    """Who may not decide on a request, by the part that they had in it; where there is none, whose the case is."""
    found: dict[str, frozenset[str]] = {}
    if asked is None:
        return {"case": frozenset({state.holder})} if "holder" in table.approval.not_by and state.holder is not None else found
    if "requester" in table.approval.not_by:
        found["requester"] = asked.requesters
    if "holder" in table.approval.not_by:
        found["holder"] = holders_since(state, asked)
        found["editor"] = asked.editors
    return found


def grantors(asked: Asked) -> frozenset[str]:
    """Everybody who has consented to any level of the request."""
    return frozenset().union(*(grant.persons for grant in asked.grants))


def deciding_steps(asked: Asked, level: int) -> tuple[Step, ...]:
    """The steps of the chain of a level that may decide by now."""
    return asked.chain[level][: asked.reached[level] + 1]


def level_needs(asked: Asked, level: int) -> frozenset[str]:
    """The roles one of which is needed to decide a level."""
    return frozenset(role for step in deciding_steps(asked, level) for role in step.roles)


def who_decides(steps: Iterable[Step]) -> tuple[str, ...]:
    """The roles, then the persons by name, of some steps."""
    told = tuple(steps)
    return tuple(dict.fromkeys([*(role for step in told for role in step.roles), *(p for step in told for p in step.named)]))


def waiting_for(state: CaseState) -> frozenset[str]:
    """The roles and persons by name whose decision a case waits for; ANYBODY among them once a level has climbed."""
    waiting = [(asked, asked.level) for asked in state.approvals.values() if asked.level is not None]
    named = {who for asked, level in waiting for who in who_decides(deciding_steps(asked, level))}
    return frozenset(named | {ANYBODY} if any(asked.reached[level] for asked, level in waiting) else named)


# Folding ------------------------------------------------------------------------------------------------------------


def chain_on(table: ApprovalTable, event: Event | Draft) -> tuple[tuple[Step, ...], ...] | None:
    """The chain of each level as it was looked up for an event; None when nobody looked."""
    told = event.derived.get(CHAIN)
    if told is None or len(told) != len(table.levels):
        return None
    return tuple(tuple(_step(step) for step in steps) for steps in told)


def _step(told: Mapping[str, Any]) -> Step:
    able = told.get("able")
    persons = None if able is None else tuple(tuple(person) for person in able)
    return Step(tuple(told.get("roles", ())), tuple(told.get("named", ())), persons)


def _known_chain(table: ApprovalTable) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(Step(roles) for roles in level.steps) for level in table.levels)


def requested(tables: Tables, state: CaseState, event: Event) -> bool:
    """Fold a request; whether the approval is granted by it, because no level is needed."""
    name = event.data["approval"]
    table = tables.approvals.get(name)
    if table is None:
        return False
    before = state.approvals.get(name)
    if before is not None and before.is_live:
        _put(tables, state, name, replaced(before, requesters=before.requesters | persons_of(event)), event.occurred_at)
        return False
    asked = _begun(state, table, before, event, persons_of(event))
    asked = replaced(asked, void=_changed_before(state, table, event))
    _put(tables, state, name, asked, event.occurred_at)
    return is_granted(table, asked, facts_of(tables, state, asked.answers))


def _begun(
    state: CaseState, table: ApprovalTable, before: Asked | None, event: Event, requesters: frozenset[str]
) -> Asked:
    chain = chain_on(table, event) or _known_chain(table)
    none = (0,) * len(chain)
    return Asked(
        1 if before is None else before.number + 1,
        event.occurred_at,
        requesters,
        seal(bound(state, table.approval)),
        chain,
        state.holder,
        len(state.holders),
        reached=none,
        told=none,
        answers=event.derived.get(PREDICATES, NOTHING),
    )


def _changed_before(state: CaseState, table: ApprovalTable, event: Event) -> tuple[int, str, tuple[str, ...]] | None:
    """What was requested is not what is there: a change that was recorded later came before the request."""
    values = bound(state, table.approval)
    if event.derived.get(SEAL, seal(values)) == seal(values):
        return None
    told = event.derived.get(BOUND, {})
    fields = tuple(name for name, value in values.items() if name not in told or told[name] != value)
    at, by = max((state.edited[name] for name in fields if name in state.edited), default=(event.occurred_at, ""))
    return at, by, fields or tuple(values)


def approved(tables: Tables, state: CaseState, event: Event) -> bool:
    """Fold a consent to the level that waits; whether the approval is granted by it.

    Where nothing was requested, the consent is taken for both; what was rejected or is void it does not bring back. One that
    four eyes forbid is nobody's consent, however it came to be recorded.
    """
    name = event.data["what"]
    table = tables.approvals.get(name)
    if table is None:
        return False
    asked = state.approvals.get(name)
    if clash(event, parts(state, table, asked)) is not None:
        return False
    if asked is None:
        asked = _begun(state, table, None, event, frozenset())
    if not asked.is_live or not grantors(asked).isdisjoint(persons_of(event)):
        return False
    asked = replaced(asked, chain=chain_on(table, event) or asked.chain)
    asked = replaced(asked, answers=event.derived.get(PREDICATES, asked.answers))
    facts = facts_of(tables, state, asked.answers)
    waiting = open_levels(table, asked, facts)
    if waiting:
        grant = Grant(waiting[0], event.by, persons_of(event), event.occurred_at)
        asked = replaced(asked, grants=(*asked.grants, grant))
    _put(tables, state, name, asked, event.occurred_at)
    return bool(waiting) and is_granted(table, asked, facts)


def rejected(tables: Tables, state: CaseState, event: Event) -> None:
    """Fold a rejection: it ends the request."""
    name = event.data["what"]
    asked = state.approvals.get(name)
    if asked is not None and asked.is_live:
        ended = replaced(asked, rejected=(event.occurred_at, event.by, event.data.get("reason", "")))
        _put(tables, state, name, ended, event.occurred_at)


def seen(tables: Tables, state: CaseState) -> dict[str, str | None]:
    """The values of all fields that approvals are bound to or look at, before an edit."""
    return {name: canonical(state, name) for name in tables.watched}


def changed(tables: Tables, state: CaseState, event: Event, before: Mapping[str, str | None]) -> list[str]:
    """Take up that fields were changed: it voids what is bound to them, and remembers who did it.

    The names of the approvals that are granted by it, because a level is not needed any more.
    """
    fields = tuple(name for name, value in sorted(before.items()) if canonical(state, name) != value)
    if not fields:
        return []
    at = event.occurred_at
    state.edited = {**state.edited, **dict.fromkeys(fields, (at, event.by))}
    granted: list[str] = []
    for name, asked in state.approvals.items():
        table = tables.approvals[name]
        if not asked.is_live or table.watched.isdisjoint(fields):
            continue
        waited = asked.level is not None
        broken = tuple(field for field in fields if field in table.approval.void_if_changed)
        asked = replaced(asked, editors=asked.editors | persons_of(event), void=(at, event.by, broken) if broken else None)
        _put(tables, state, name, asked, at)
        facts = facts_of(tables, state, asked.answers)
        if waited and is_granted(table, asked, facts):
            granted.append(name)
    return granted


# Planning -----------------------------------------------------------------------------------------------------------


def _put(tables: Tables, state: CaseState, name: str, asked: Asked, at: int) -> None:
    state.approvals = {**state.approvals, name: plan(tables, state, tables.approvals[name], asked, at)}
    state.climbs_at = min(one.next_at for one in state.approvals.values())


def plan_all(tables: Tables, state: CaseState, at: int) -> None:
    """Plan every request anew, after the case came somewhere or to somebody else."""
    for name, asked in state.approvals.items():
        if asked.is_live:
            _put(tables, state, name, asked, at)


def plan(tables: Tables, state: CaseState, table: ApprovalTable, asked: Asked, at: int) -> Asked:
    """The request with the level that waits, the step of its chain that may decide, and when it climbs.

    While the case is at rest, or the approval is not needed, nothing waits.
    """
    facts = facts_of(tables, state, asked.answers)
    place = tables.places.get(state.place)
    waits = asked.is_live and place is not None and place.stage is not None
    levels = open_levels(table, asked, facts) if waits else []
    if not levels:
        return replaced(asked, level=None, until=NEVER, next_at=NEVER)
    level = levels[0]
    step = max(asked.reached[level], enough(state, table, asked, level))
    if level != asked.level or step != asked.reached[level]:
        asked = begin_step(tables, table, asked, level, step, at)
    return armed(asked)


def begin_step(tables: Tables, table: ApprovalTable, asked: Asked, level: int, step: int, at: int) -> Asked:
    """The request as a step of the chain begins at `at`: `within` runs anew, except above the top, where it is over."""
    reached = (*asked.reached[:level], step, *asked.reached[level + 1 :])
    until = asked.until if step >= len(asked.chain[level]) else _limit(tables, table, at)
    return replaced(asked, level=level, reached=reached, since=at, until=until)


def armed(asked: Asked) -> Asked:
    """The request with the instant at which it climbs or is told next."""
    level = asked.level
    if level is None:
        return replaced(asked, next_at=NEVER)
    if asked.told[level] < asked.reached[level]:
        return replaced(asked, next_at=asked.since)
    over = asked.reached[level] >= len(asked.chain[level]) or asked.until >= NEVER
    return replaced(asked, next_at=NEVER if over else asked.until + 1)


def _limit(tables: Tables, table: ApprovalTable, at: int) -> int:
    within = table.approval.within
    return NEVER if within is None else limit_of(within, at, tables.calendars[table.calendar], tables.zone)


def enough(state: CaseState, table: ApprovalTable, asked: Asked, level: int) -> int:
    """The first step up to which enough people may still decide; the number of steps when there is none."""
    wanted = table.levels[level].level.quorum - len(consents(asked, level))
    counted: frozenset[str] = frozenset()
    for number, step in enumerate(asked.chain[level]):
        if step.able is None:
            return number
        for persons in eligible(state, table, asked, step.able):
            if counted.isdisjoint(persons):
                counted, wanted = counted.union(persons), wanted - 1
        if wanted <= 0:
            return number
    return len(asked.chain[level])


def eligible(
    state: CaseState, table: ApprovalTable, asked: Asked, able: Iterable[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Those of `able` (each with whom they would act for) whom four eyes allow to decide."""
    excluded = grantors(asked).union(*parts(state, table, asked).values())
    return (persons for persons in able if excluded.isdisjoint(persons))
