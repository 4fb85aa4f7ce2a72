"""Compiles an approval: its conditions, what it is bound to, and the chain of roles above each of its levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sopengine.kernel.tables import ApprovalLevel, ApprovalTable, Guard
from sopengine.language.condition_notation import Predicate, atoms, fact_of
from sopengine.language.conditions import Condition
from sopengine.language.model import Approval, Sop

LONGEST_CHAIN = 12
"""Steps of a chain, at most: nobody's consent is nearer after a dozen superiors."""


def compile_approval(
    sop: Sop, approval: Approval, guard: Callable[[Condition], Guard], calendar_for: Callable[[Any, None], int]
) -> ApprovalTable:
    """The table of an approval."""
    levels = tuple(
        ApprovalLevel(
            level, guard(level.when) if level.when else None, chain_of_roles(sop, level.by), sop.span(level.path)
        )
        for level in approval.levels
    )
    conditions = [when for when in (approval.when, *(level.when for level in approval.levels)) if when is not None]
    names, predicates = _looked_at(sop, conditions)
    return ApprovalTable(
        approval,
        guard(approval.when) if approval.when else None,
        levels,
        frozenset(approval.void_if_changed) | names,
        tuple(sorted(predicates)),
        calendar_for(approval.within, None),
        sop.span(approval.path),
    )


def chain_of_roles(sop: Sop, roles: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The roles of a level, then those they report to, step by step; no role stands in two steps."""
    steps: list[tuple[str, ...]] = []
    seen: set[str] = set()
    step = tuple(dict.fromkeys(roles))
    while step and len(steps) < LONGEST_CHAIN:
        steps.append(step)
        seen.update(step)
        above = (sop.roles[role].reports_to for role in step if role in sop.roles)
        step = tuple(dict.fromkeys(role for role in above if role is not None and role not in seen))
    return tuple(steps)


def _looked_at(sop: Sop, conditions: list[Condition]) -> tuple[frozenset[str], set[str]]:
    """The fields and the predicates that conditions look at, also through scores and tables."""
    open_conditions, seen, predicates = list(conditions), set[str](), set[str]()
    while open_conditions:
        for atom in atoms(open_conditions.pop()):
            if isinstance(atom, Predicate):
                predicates.add(atom.name)
            elif (name := fact_of(atom)) not in seen:
                seen.add(name)
                if name in sop.scores:
                    open_conditions += [points.when for points in sop.scores[name].add]
                elif name in sop.tables:
                    open_conditions += [row.when for row in sop.tables[name].rows if row.when is not None]
    return frozenset(seen & sop.fields.keys()), predicates
