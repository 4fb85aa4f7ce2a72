"""Approvals that nobody decides: a level climbs to the superiors at once where nobody may decide, and when `within` passes.

Who was below may still decide after it has climbed; above the top step there is only an alert. Everything needed for that stands
in the request. Source: the language reference, "Approvals, four-eyes, stand-ins".
"""

from __future__ import annotations

from typing import Any, Final

from sopengine.kernel.approvals import armed, begin_step, eligible, enough, replaced
from sopengine.kernel.events import ALERTED, BY_SOP, CLIMBED, Draft
from sopengine.kernel.state import Asked, CaseState, Step
from sopengine.kernel.tables import ApprovalTable, Tables

LATE = "approval_late"
NOBODY = "approval_nobody"
"""Why a level climbs: it was not decided in time, or too few people may decide it."""

WORDS: Final = {LATE: "consent.late", NOBODY: "consent.nobody"}
"""The same as keys of the catalogue."""


def tell(tables: Tables, state: CaseState, at: int) -> Draft:
    """Let the request that is due at `at` climb one step, and the notice that says so."""
    name = min(name for name, asked in state.approvals.items() if asked.next_at == at)
    asked, table = state.approvals[name], tables.approvals[name]
    level = asked.level or 0
    step = asked.told[level] + 1
    why = LATE if enough(state, table, asked, level) < step else NOBODY
    if asked.reached[level] < step:
        asked = begin_step(tables, table, asked, level, _above(state, table, asked, level), at)
    asked = armed(replaced(asked, told=(*asked.told[:level], step, *asked.told[level + 1 :])))
    state.approvals = {**state.approvals, name: asked}
    state.climbs_at = min(one.next_at for one in state.approvals.values())
    return _notice(name, asked, level, step, why, at)


def _above(state: CaseState, table: ApprovalTable, asked: Asked, level: int) -> int:
    """The next step in which somebody may decide who could not before; the number of steps when there is none."""
    steps, reached = asked.chain[level], asked.reached[level]
    known = {persons for step in steps[: reached + 1] for persons in step.able or ()}
    for number in range(reached + 1, len(steps)):
        able = steps[number].able
        if able is None or any(persons not in known for persons in eligible(state, table, asked, able)):
            return number
    return len(steps)


def _notice(name: str, asked: Asked, level: int, step: int, why: str, at: int) -> Draft:
    steps = asked.chain[level]
    top = step >= len(steps)
    to = recipients(steps[min(step, len(steps) - 1)])
    data: dict[str, Any] = {"approval": name, "request": asked.number, "level": level + 1, "step": step}
    data |= {"to": to[0] if top else list(to), "why": why}
    return Draft(ALERTED if top else CLIMBED, at, BY_SOP, data=data)


def recipients(step: Step) -> tuple[str, ...]:
    """Who is told of a step: its persons by name, else its roles."""
    return (*step.named, *step.roles)
