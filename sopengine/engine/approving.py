"""What is looked up when an approval is requested or decided: the values that it is bound to, and who may decide, step by step.

A level's chain begins with its roles; above each person stands whom the directory says they report to, else the role that their
role reports to. Kept on the event, so that replay, climbing and four eyes need no directory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from sopengine.engine.cases import Live
from sopengine.engine.lookups import Lookups
from sopengine.engine.standing import take_up
from sopengine.kernel.approvals import BOUND, CHAIN, PREDICATES, SEAL, bound, chain_on, level_needs, replaced, seal
from sopengine.kernel.approvaltables import LONGEST_CHAIN
from sopengine.kernel.events import APPROVED, REJECTED, REQUESTED, Draft, Event
from sopengine.kernel.replay import replay
from sopengine.kernel.state import Asked
from sopengine.kernel.tables import ApprovalTable, Tables
from sopengine.people import Staff

MOST_ABLE: Final = 50
"""People of a step who are kept by name: where more may decide, four eyes never leave too few."""


def look_up_approval(lookups: Lookups, live: Live, draft: Draft, history: Callable[[], Sequence[Event]]) -> None:
    """Keep on a request or a decision that is about to be judged what it needs from outside."""
    name = draft.data.get({REQUESTED: "approval", APPROVED: "what", REJECTED: "what"}.get(draft.kind, ""))
    table = live.tables.approvals.get(str(name))
    if table is None:
        return
    at, tables, state = draft.occurred_at, live.tables, live.state
    if live.is_late(at):
        state = replay(tables, state.case, history(), at=at).state
    if draft.kind == REQUESTED:
        values = bound(state, table.approval)
        draft.derived |= {SEAL: seal(values), BOUND: values}
    draft.derived[CHAIN] = list(_chains(tables, table, lookups.staff, at))
    if table.predicates:
        draft.derived[PREDICATES] = lookups.answers_to(state, table.predicates)
    asked = state.approvals.get(str(name))
    if draft.kind != REQUESTED and asked is not None and asked.level is not None:
        by_now = replaced(asked, chain=chain_on(table, draft) or asked.chain)
        take_up(lookups.staff, tables, draft, (level_needs(by_now, asked.level),))


def asked_by_now(lookups: Lookups, tables: Tables, asked: Asked, draft: Draft) -> Asked:
    """A request with its chain as the directory has it when `draft` decides it, which keeps the chain.

    Whom a level is put to at first is the SOP's word alone: nothing is looked up before it has climbed.
    """
    if asked.level is None or not asked.reached[asked.level]:
        return asked
    table = tables.approvals[draft.data["what"]]
    draft.derived = draft.derived | {CHAIN: list(_chains(tables, table, lookups.staff, draft.occurred_at))}
    return replaced(asked, chain=chain_on(table, draft) or asked.chain)


def _chains(tables: Tables, table: ApprovalTable, staff: Staff, at: int) -> Iterator[list[dict[str, Any]]]:
    for level in table.levels:
        yield list(_steps(tables, staff, level.level.by, at))


def _steps(tables: Tables, staff: Staff, by: Iterable[str], at: int) -> Iterator[dict[str, Any]]:
    roles, named = list(dict.fromkeys(by)), list[str]()
    seen: set[tuple[str, str]] = set()
    for _ in range(LONGEST_CHAIN):
        if not roles and not named:
            return
        seen |= {*(("role", role) for role in roles), *(("person", person) for person in named)}
        able = dict.fromkeys((*_able_in(tables, staff, roles, at), *((p,) for p in named if not staff.on_leave(p, at))))
        yield {"roles": roles, "named": named, "able": [list(persons) for persons in list(able)[:MOST_ABLE]]}
        above = list(_above(tables, staff, roles, named, at))
        roles = list(dict.fromkeys(name for kind, name in above if kind == "role" and (kind, name) not in seen))
        named = list(dict.fromkeys(name for kind, name in above if kind == "person" and (kind, name) not in seen))


def _able_in(tables: Tables, staff: Staff, roles: Iterable[str], at: int) -> Iterator[tuple[str, ...]]:
    """Who may act in some roles, each with whom they would act for: members, or their stand-ins when none is there."""
    for role in roles:
        members = staff.members(role, at)
        here = [person for person in members if not staff.on_leave(person, at)]
        yield from ((person,) for person in here)
        stand_in = tables.sop.roles[role].stand_in if role in tables.sop.roles else None
        if not here and stand_in is not None:
            others = staff.members(stand_in, at)
            yield from ((person, *members) for person in others if not staff.on_leave(person, at))


def _above(
    tables: Tables, staff: Staff, roles: Iterable[str], named: Iterable[str], at: int
) -> Iterator[tuple[str, str]]:
    """Whom the people of a step report to: each by the directory's word, else by the SOP's."""
    for role in roles:
        by_role = tables.sop.roles[role].reports_to if role in tables.sop.roles else None
        members = staff.members(role, at)
        own = [staff.reports_to(person) for person in members]
        yield from (("person", person) for person in own if person is not None)
        if by_role is not None and (not members or None in own):
            yield "role", by_role
    for person in named:
        superior = staff.reports_to(person)
        if superior is not None:
            yield "person", superior
            continue
        held = (tables.sop.roles.get(role) for role in sorted(staff.roles(person, at)))
        yield from (("role", role.reports_to) for role in held if role is not None and role.reports_to is not None)
