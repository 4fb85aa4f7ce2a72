"""Approvals as people see them: how each stands, level by level, and what waits for whose decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Literal

from sopengine.diagnostics import Finding
from sopengine.engine.approving import asked_by_now
from sopengine.engine.cases import Live
from sopengine.engine.decision import moment
from sopengine.engine.lookups import Lookups
from sopengine.engine.standing import take_up
from sopengine.kernel.approvalrules import four_eyes, level_decides
from sopengine.kernel.approvals import consents, deciding_steps, facts_of, level_needs, needed, open_levels, who_decides
from sopengine.kernel.consents import not_granted
from sopengine.kernel.events import APPROVED, Draft
from sopengine.kernel.state import NEVER, Asked, Step
from sopengine.kernel.tables import ApprovalTable, Consent, Facts, Tables
from sopengine.wording import say

Stands = Literal["not_needed", "not_requested", "waiting", "granted", "rejected", "void"]
LevelStands = Literal["not_needed", "next", "waiting", "granted"]


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level of an approval (numbers from 1): `waiting` is the one that is asked now, `next` those after it.

    `granted` are those whose consent counts, with the instants; `who` are the roles and, by name, the persons who may decide:
    those of every step that it has climbed to so far. `due` is the last instant at which the present step is in time.
    """

    number: int
    stands: LevelStands
    quorum: int
    granted: tuple[tuple[str, datetime], ...]
    who: tuple[str, ...]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """An approval of a case as it stood when it was asked for: of the last request, if there was one."""

    name: str
    title: Mapping[str, str]
    stands: Stands
    requested_at: datetime | None
    requested_by: tuple[str, ...]
    levels: tuple[LevelView, ...]
    explain: Callable[[str], tuple[str, ...]] = field(repr=False, compare=False)

    def why(self, lang: str = "en") -> tuple[str, ...]:
        """Why it stands so and what is to be done, one sentence a line, in `lang`."""
        return self.explain(lang)


def approval_views(live: Live, lookups: Lookups) -> dict[str, ApprovalView]:
    """Every approval of the SOP, as it stands for a case."""
    return {name: _view(live, lookups, name, table) for name, table in live.tables.approvals.items()}


def _view(live: Live, lookups: Lookups, name: str, table: ApprovalTable) -> ApprovalView:
    tables, state = live.tables, live.state
    facts = facts_of(tables, state, lookups.answers_to(state, table.predicates))
    asked = state.approvals.get(name)
    stands = _stands(table, asked, facts)
    findings = not_granted(tables, tables.places[state.place], Consent(name, table.span), state, facts)
    return ApprovalView(
        name,
        table.approval.title,
        stands,
        None if asked is None else moment(asked.at, tables.zone),
        () if asked is None else tuple(sorted(asked.requesters)),
        tuple(_levels(tables, table, asked, facts)),
        partial(_explained, tuple(lookups.called(findings)), stands, table),
    )


def _stands(table: ApprovalTable, asked: Asked | None, facts: Facts) -> Stands:
    if not needed(table, facts):
        return "not_needed"
    if asked is None:
        return "not_requested"
    if not asked.is_live:
        return "rejected" if asked.void is None else "void"
    return "waiting" if open_levels(table, asked, facts) else "granted"


def _explained(findings: tuple[Finding, ...], stands: Stands, table: ApprovalTable, lang: str) -> tuple[str, ...]:
    if findings:
        return tuple(finding.text(lang) for finding in findings)
    key = "consent.said_not_needed" if stands == "not_needed" else "consent.said_granted"
    condition = table.guard.words if table.guard is not None else ""
    return (say(key, lang, approval=table.approval.title, condition=condition),)


def _levels(tables: Tables, table: ApprovalTable, asked: Asked | None, facts: Facts) -> Iterator[LevelView]:
    still = open_levels(table, asked, facts) if asked is not None and asked.is_live else []
    for number, one in enumerate(table.levels):
        wanted = needed(table, facts) and (one.guard is None or one.guard.test(facts) is not False)
        given = consents(asked, number) if asked is not None else ()
        waits = asked is not None and asked.level == number
        stands: LevelStands = "not_needed" if not wanted else "waiting" if waits else "next"
        if wanted and asked is not None and asked.is_live and number not in still:
            stands = "granted"
        yield LevelView(
            number + 1,
            stands,
            one.level.quorum,
            tuple((grant.by, moment(grant.at, tables.zone)) for grant in given),
            who_decides(deciding_steps(asked, number) if asked is not None else (Step(one.level.by),)),
            moment(asked.until, tables.zone) if asked is not None and waits and asked.until < NEVER else None,
        )


def may_decide(lookups: Lookups, live: Live, person: str, at: int) -> Iterator[str]:
    """The approvals of a case that a person could consent to at an instant: those on which nothing would be found."""
    tables, state = live.tables, live.state
    place = tables.places[state.place]
    for name, asked in state.approvals.items():
        if asked.level is None:
            continue
        draft = Draft(APPROVED, at, person, lookups.roles(person, at), {"what": name})
        take_up(lookups.staff, tables, draft, (level_needs(asked_by_now(lookups, tables, asked, draft), asked.level),))
        event = live.event(draft, at)
        if not level_decides(tables, place, state, event) and not four_eyes(tables, place, state, event):
            yield name
