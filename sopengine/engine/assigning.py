"""Choosing the holder of a case: who may have it, whose turn it is, and what is kept of the choice.

Everything that decided is stored on the `assigned` event, so that a replay asks no directory. Source: the language reference,
"Assignment".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sopengine.engine.cases import Cases
from sopengine.engine.contacts import Contacts
from sopengine.engine.identities import Identities
from sopengine.engine.indexing import Index
from sopengine.engine.lookups import Lookups
from sopengine.engine.teams import Teams
from sopengine.errors import UnknownCase, UsageError
from sopengine.kernel.assign import GROUP, KEPT, NOBODY, ROUND_ROBIN, UNKNOWN, Team, Wheel, team_stream
from sopengine.kernel.events import ASSIGNED, BY_SOP, Draft
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables
from sopengine.language.model import Assignment, Stage

Made = Sequence[Mapping[str, Any]]
"""The choices of a command that are not stored yet."""

_UNSAID: Final = Assignment(None, ROUND_ROBIN, None, False, None, None, ())
"""How a level of a clock gives a case to somebody else where the stage says nothing about assignment."""


class Assigner:
    """Chooses holders for the cases of an engine."""

    def __init__(
        self,
        lookups: Lookups,
        cases: Cases,
        contacts: Contacts,
        identities: Identities,
        teams: Teams,
        index: Callable[[], Index],
    ) -> None:
        self._lookups = lookups
        self._cases = cases
        self._contacts = contacts
        self._identities = identities
        self._teams = teams
        self._index = index

    def choose(self, tables: Tables, state: CaseState, at: int, made: Made) -> Draft:
        """Who has the case from `at` on, with how they were found and who was passed over; nobody, with the reason.

        `made` are the choices of the same command, whose turns are not stored yet.
        """
        stage = tables.sop.stages[state.place]
        rule = stage.assign or _UNSAID
        trace: dict[str, Any] = {"stage": stage.name, "method": rule.method}
        result = ""
        if rule.table is not None:
            facts = tables.derive(self._facts(tables, state))
            trace["table"], found = rule.table, facts.get(rule.table)
            if not isinstance(found, str):
                missing = sorted(tables.derive.missing(rule.table, facts))
                return _nobody(stage, rule, trace | {"why": UNKNOWN, "missing": missing}, at)
            trace["result"] = result = found
        return self._among(tables, state, stage, rule, trace, result, at, made)

    def full(self, tables: Tables, state: CaseState, person: str) -> list[int] | None:
        """How many other open cases a person holds and how many they take, when that is as many."""
        stage = tables.places[state.place].stage
        rule = stage.assign if stage is not None else None
        own = self._lookups.staff.capacity(person)
        most = own if own is not None or rule is None else rule.capacity
        holds = self._index().load(person) - self._index().has(state.case, person) if most is not None else 0
        return None if most is None or holds < most else [holds, most]

    def _facts(self, tables: Tables, state: CaseState) -> Mapping[str, Any]:
        answers = self._lookups.answers(state, tables.places[state.place])
        return {**state.facts, **{f"predicate:{name}": answer for name, answer in answers.items()}} if answers else state.facts

    def _among(
        self,
        tables: Tables,
        state: CaseState,
        stage: Stage,
        rule: Assignment,
        trace: dict[str, Any],
        result: str,
        at: int,
        made: Made,
    ) -> Draft:
        stream = team_stream(tables.sop.id, stage.name, result)
        team = self._teams.team(tables, stage.name, rule, result, at)
        if team.away:
            trace["away"] = team.away
        if rule.keep_owner and not state.tried:
            kept = self._kept(tables, state, team, at, trace)
            if kept is not None:
                return Draft(ASSIGNED, at, BY_SOP, data={"to": kept}, derived={"assignment": trace | {"how": KEPT}})
        wheel = self._turned(stream, made)
        holder = self._holding(state, team)
        if holder is not None:
            team.update(holder, self._index().load(holder) - 1, wheel.turns.get(holder, 0))
        choice = team.choose(rule.method, wheel, state.tried)
        if holder is not None:
            team.update(holder, self._index().load(holder), wheel.turns.get(holder, 0))
        if choice.skipped:
            trace["skipped"] = choice.skipped
        if choice.person is None:
            return _nobody(stage, rule, trace | {"why": NOBODY}, at)
        trace["team"] = stream
        if choice.among is not None:
            trace["among"] = choice.among
        return Draft(ASSIGNED, at, BY_SOP, data={"to": choice.person}, derived={"assignment": trace})

    def _holding(self, state: CaseState, team: Team) -> str | None:
        """Who of the team is known to hold this very case: it does not count against them."""
        for _, person in reversed(state.holders):
            if person in team.numbers and person is not None and self._index().has(state.case, person):
                return person
        return None

    def _turned(self, stream: str, made: Made) -> Wheel:
        """The wheel of a team as this command has turned it."""
        wheel = self._teams.wheel(stream)
        turns = [trace for trace in made if trace.get("team") == stream]
        if turns:
            wheel = wheel.copy()
            for trace in turns:
                wheel.take(trace)
        return wheel

    def _kept(self, tables: Tables, state: CaseState, team: Team, at: int, trace: dict[str, Any]) -> str | None:
        """Whose customer it is, if they have the role and are there; a group and a capacity keep nobody from their customer."""
        for person in dict.fromkeys(self._earlier(tables, state, team)):
            if person in team.order and self._lookups.staff.present(person, at):
                return person
            trace.setdefault("not_kept", []).append(person)
        return None

    def _earlier(self, tables: Tables, state: CaseState, team: Team) -> Iterator[str]:
        """Who of the team held this case before, then who held others of the customer that are open or won; the last first.

        A case that comes back because it belongs to another group is that group's, whoever had it.
        """
        own = {person for person in team.order if team.away.get(person, [None])[0] != GROUP}
        yield from (person for _, person in reversed(state.holders) if person is not None and person in own)
        keys = self._identities.keys(tables, state)
        others = {case for key in keys for case in self._identities.claimants(key)}
        others |= set(self._contacts.of(tables, state).cases())
        held = [found for case in others - {state.case} if (found := self._last_holder(case)) is not None]
        yield from (person for _, _, person in sorted(held, reverse=True))

    def _last_holder(self, case: str) -> tuple[int, str, str] | None:
        try:
            live = self._cases.get(case)
        except (UnknownCase, UsageError):
            return None
        outcome = live.tables.places[live.state.place].outcome
        if outcome is not None and outcome.kind != "success":
            return None
        return next(((at, case, person) for at, person in reversed(live.state.holders) if person is not None), None)


def _nobody(stage: Stage, rule: Assignment, trace: dict[str, Any], at: int) -> Draft:
    """The case lies in the queue of a role, which is told."""
    queue = rule.if_none or stage.owner[0]
    return Draft(ASSIGNED, at, BY_SOP, data={"to": None}, derived={"assignment": trace | {"queue": queue}})
