"""Playing a scenario through an engine whose clock stands at the command that is being played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.engine import CaseView, Decision, Engine
from sopengine.engine.ticking import Ticked
from sopengine.errors import SopEngineError, UnknownCase, UsageError
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.events import BY_SOP, CONTACTED, Event
from sopengine.kernel.fold import fold
from sopengine.kernel.followup import outbound_is
from sopengine.kernel.replay import replay
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables
from sopengine.language.facts import microseconds
from sopengine.language.model import Routine, Sop
from sopengine.people import Directory, as_directory
from sopengine.scenarios.reading import POSITIONAL, Command, Scenario
from sopengine.templates import RenderedMessage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """One command played: the engine's decision, or why it could not even be asked (`failure`).

    `notices` is what time alone had made true, over all cases of the SOP, since the step before, `told` the messages that
    went with it, and `remarks` what there was to say about it. `outbound` says what a contact was: first, attempt or reply.
    """

    command: Command
    decision: Decision | None
    notices: tuple[Event, ...] = ()
    failure: Finding | None = None
    outbound: str | None = None
    told: tuple[RenderedMessage, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it was done."""
        return self.command.verb == "tick" or bool(self.decision)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every reason of a refusal, or the remarks beside what was done."""
        if self.failure is not None:
            return (self.failure,)
        return self.decision.findings if self.decision is not None else ()


@dataclass(frozen=True)
class Played:
    """A scenario after its last command: the steps, what time made true since then, and the engine as it stands."""

    scenario: Scenario
    sop: Sop
    people: Directory
    engine: Engine
    tables: Tables
    steps: tuple[Step, ...]
    notices: tuple[Event, ...]
    until: datetime
    told: tuple[RenderedMessage, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @cached_property
    def states(self) -> Mapping[str, CaseState]:
        """Every case of the SOP as it stands at the end, rebuilt from its events, in the order of their opening. What the
        calendar opened for a routine is none of them.
        """
        return {
            case.id: replay(self.tables, case.id, self.engine.history(case.id), at=self.now).state
            for case in self.cases()
        }

    def cases(self) -> Iterator[CaseView]:
        """The cases of the SOP as they stand, in the order of their opening."""
        return (case for case in self.engine.cases() if case.sop == self.sop.id)

    @property
    def now(self) -> int:
        """The last instant of the scenario in microseconds."""
        return microseconds(self.until)

    @property
    def refused(self) -> tuple[Step, ...]:
        """The steps that were not done."""
        return tuple(step for step in self.steps if not step.allowed)

    def all_told(self) -> Iterator[RenderedMessage]:
        """The messages that time brought, in their order."""
        for step in self.steps:
            yield from step.told
        yield from self.told

    def all_remarks(self) -> Iterator[Finding]:
        """What there was to say about what time brought, in its order."""
        for step in self.steps:
            yield from step.remarks
        yield from self.remarks

    def all_notices(self) -> Iterator[Event]:
        """Everything that time made true, in the order in which it was recorded, and what followed from it."""
        for step in self.steps:
            yield from step.notices
            own = step.decision.events if step.decision is not None else ()
            yield from (event for event in own if not event.is_fact or (event.cause and event.by == BY_SOP))
        yield from self.notices


def play(sop: Sop, scenario: Scenario, people: Any = None) -> Played:
    """Play a well-formed scenario through a new engine, and let time pass up to its last instant.

    `people` (a path, a mapping or a Directory) stands in for the scenario's own. Raises `InvalidSop` for a directory
    that is not sound, `UsageError` for an SOP that needs predicates of a host.
    """
    start = scenario.commands[0].at if scenario.commands else _EPOCH
    directory = as_directory(scenario.people if people is None else people)
    sop = _played_alone(sop)
    player = _Player(sop, directory, start)
    steps = tuple(player.step(command) for command in scenario.commands)
    rest, last = player.let_pass(player.now + timedelta(microseconds=1))
    return Played(
        scenario, sop, directory, player.engine, player.tables, steps, rest, player.now, last.messages, last.findings
    )


class _Player:
    """An engine whose clock stands at the command that is being played.

    `_cases` follows every case by folding what was recorded: it tells what a contact is before it is made.
    """

    def __init__(self, sop: Sop, people: Directory, start: datetime) -> None:
        self.now = start
        self.tables = compile_tables(sop)
        self.engine = Engine(sop, people=people, clock=lambda: self.now)
        self._cases: dict[str, CaseState] = {}

    def step(self, command: Command) -> Step:
        """One command, after everything that time alone made true before it."""
        self.now = command.at
        notices, ticked = self.let_pass(self.now)
        return replace(self._step(command, notices), told=ticked.messages, remarks=ticked.findings)

    def _step(self, command: Command, notices: tuple[Event, ...]) -> Step:
        if command.verb == "tick":
            return Step(command, None, notices)
        outbound = self._outbound(command)
        try:
            decision = self._asked(command)
        except UnknownCase:
            return Step(command, None, notices, Finding("run.not_open", {"case": command.case}))
        except SopEngineError as problem:
            why = problem.told or str(problem)
            return Step(command, None, notices, Finding("run.failed", {"why": why}, True, command.span))
        self._follow(decision.events)
        return Step(command, decision, notices, outbound=outbound if decision else None)

    def let_pass(self, until: datetime) -> tuple[tuple[Event, ...], Ticked]:
        """What time alone makes true of the SOP's cases before an instant, and all that the tick brought."""
        ticked = self.engine.tick(until)
        self._follow(ticked)
        return tuple(event for event in ticked if self._own(event)), ticked

    def _own(self, event: Event) -> bool:
        """Whether it is of a case of the SOP itself, and not of a routine's."""
        return event.sop_hash == self.tables.sop.hash

    def _follow(self, recorded: Iterable[Event]) -> None:
        for event in filter(self._own, recorded):
            state = self._cases.setdefault(event.case, CaseState(event.case))
            if event.is_fact and event.occurred_at >= state.last_at:
                fold(self.tables, state, event)
            elif event.is_fact:
                self._cases[event.case] = replay(self.tables, event.case, self.engine.history(event.case)).state

    def _asked(self, command: Command) -> Decision:
        how = dict(command.arguments)
        if "occurred_at" in how:
            how["at"] = how.pop("occurred_at")
        given = [_copied(how.pop(name)) for name in POSITIONAL.get(command.verb, ())]
        if command.verb == "bounce":
            given = [how.pop("contact", None) or self._last_contact(command.case)]
        if command.verb != "open":
            given.insert(0, command.case)
        decision: Decision = getattr(self.engine, command.verb)(*given, **how)
        return decision

    def _last_contact(self, case: str) -> str:
        """The last outbound contact, which is what a bounce without further words is about."""
        made = [event for event in self.engine.history(case) if event.kind == CONTACTED]
        if not made:
            raise UsageError.saying("call.nothing_bounced", case=case)
        return max(made, key=lambda event: (event.occurred_at, event.seq)).id

    def _outbound(self, command: Command) -> str | None:
        """What a contact would be at its own instant: first, attempt or reply."""
        state = self._cases.get(command.case)
        if command.verb != "contact" or state is None:
            return None
        at = microseconds(command.occurred_at)
        if at < state.last_at:
            state = replay(self.tables, command.case, self.engine.history(command.case), at=at).state
        return outbound_is(state)


def _copied(value: Any) -> Any:
    """A mapping is copied: the engine writes a case's stage back into the record that it is given."""
    return dict(value) if isinstance(value, dict) else value


def _played_alone(sop: Sop) -> Sop:
    """The SOP played by itself: its routines start no case of an SOP that is not there."""
    routines = {name: _without_others(sop, routine) for name, routine in sop.routines.items()}
    return sop if routines == sop.routines else replace(sop, routines=routines)


def _without_others(sop: Sop, routine: Routine) -> Routine:
    return routine if routine.opens in (None, sop.id) else replace(routine, opens=None, for_each=None)
