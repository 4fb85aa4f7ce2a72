"""The path that every verb takes: find the case, settle it, judge, commit, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import RLock
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Cases, Live
from sopengine.engine.decision import Decision
from sopengine.engine.instants import instant
from sopengine.engine.messages import Messages
from sopengine.engine.passage import Passage
from sopengine.engine.subject import Subject
from sopengine.engine.views import case_view
from sopengine.errors import StaleObject, UsageError
from sopengine.kernel import events
from sopengine.kernel.decide import Ruling, consequence, decide
from sopengine.kernel.events import Draft, Event, case_stream
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Place, Tables, compile_tables
from sopengine.language.model import Send, Sop
from sopengine.machine import CaseMachine
from sopengine.people import Directory, as_directory
from sopengine.store import MemoryStore, Store
from sopengine.templates import RenderedMessage

Hook = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """A command on one case: who wants what, when it happened, under which idempotency key."""

    kind: str
    data: dict[str, Any]
    by: str
    at: datetime | None = None
    note: str | None = None
    key: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """An SOP ready to be enforced."""

    tables: Tables
    machine: CaseMachine
    messages: Messages


class Core:
    """What the verbs of the engine share. One lock serialises the verbs: a decision and its commit are one step."""

    def __init__(
        self,
        *sops: Sop,
        store: Store | None = None,
        people: Any = None,
        clock: Callable[[], datetime] | None = None,
        predicates: Mapping[str, Callable[[Mapping[str, Any]], bool | None]] | None = None,
        subject: Subject | None = None,
    ) -> None:
        if not sops:
            raise UsageError("an engine needs at least one SOP: Engine(sopengine.load(path))")
        if isinstance(store, str):
            raise UsageError(f"this version keeps cases in memory only; it cannot open a store named {store!r}")
        self.people: Directory = as_directory(people)
        self.subject = subject or Subject()
        self._clock = clock or (lambda: datetime.now(UTC))
        self._predicates = dict(predicates or {})
        self._procedures = {sop.id: self._procedure(sop) for sop in sops}
        self._cases = Cases(store or MemoryStore(), {p.tables.sop.hash: p.tables for p in self._procedures.values()})
        self._decisions: dict[str, Decision] = {}
        self._hooks: dict[str, list[Hook]] = {}
        self._lock = RLock()

    def _procedure(self, sop: Sop) -> Procedure:
        tables = compile_tables(sop)
        asked = {name for place in tables.places.values() for name in place.predicates}
        unknown = sorted(asked - set(self._predicates))
        if unknown:
            raise UsageError(
                f"SOP {sop.id} asks for predicates that are not registered: {', '.join(unknown)}; "
                "give them as Engine(..., predicates={name: function})"
            )
        return Procedure(tables, CaseMachine(tables), Messages(tables, self.people))

    def procedure(self, sop: str | None = None) -> Procedure:
        """The procedure of that id; without an id, the first one given."""
        if sop is None:
            return next(iter(self._procedures.values()))
        if sop not in self._procedures:
            raise UsageError(f"no SOP {sop!r} here; there are: {', '.join(self._procedures)}")
        return self._procedures[sop]

    def now(self) -> int:
        """The clock's now in microseconds since the epoch."""
        return instant(self._clock(), "the engine's clock")

    def perform(self, thing: Any, act: Act) -> Decision:
        """Carry one act on an existing case through: settle, judge, commit, messages."""
        with self._lock:
            earlier = self._repeated(act, self.case_id(thing))
            if earlier is not None:
                return earlier
            now = self.now()
            live = self._cases.get(self.case_id(thing))
            target = live.copy() if act.dry_run else live
            try:
                decision = self._carry_out(thing, target, act, now)
            except BaseException:
                self._cases.drop(live)
                raise
            if act.key is not None and decision and not act.dry_run:
                self._decisions[act.key] = decision
            return decision

    def perform_open(self, record: Any, sop: str | None, act: Act) -> Decision:
        """Open a case: refused whole when the id is taken, the record does not fit, or the actor may not."""
        with self._lock:
            case = self.case_id(record if not isinstance(record, str) else {})
            earlier = self._repeated(act, case)
            if earlier is not None:
                return earlier
            now = self.now()
            if self._cases.has(case):
                there = self._cases.get(case)
                finding = Finding("CASE508", {"case": case, "here": there.tables.places[there.state.place].title})
                return self._answer(there, False, [finding], [], (), act)
            decision = self._open(record, self._cases.new(case, self.procedure(sop).tables), act, now)
            if act.key is not None and decision and not act.dry_run:
                self._decisions[act.key] = decision
            return decision

    def _open(self, record: Any, live: Live, act: Act, now: int) -> Decision:
        values = self.subject.values(record, live.tables.sop.fields)
        draft = self._draft(live, Act(act.kind, act.data | {"record": values}, act.by, act.at, act.note, act.key), now)
        if act.at is None:
            draft.occurred_at = draft.data.get("since", now)
        event = draft.placed(case_stream(live.state.case), 0, now, live.tables.sop.hash)
        findings = decide(live.tables, live.state, event, list).findings
        if any(finding.blocks for finding in findings):
            return self._answer(live, False, findings, [], (), act)
        live.take(draft, now)
        messages, remarks = self._entry_messages(live, draft)
        live.settle(now, now, self.preparer(live))
        saved = self._save(live, act)
        if not act.dry_run and not isinstance(record, str):
            self.subject.set_stage(record, live.state.place)
        return self._answer(live, True, [*findings, *remarks], saved, messages, act)

    def _carry_out(self, thing: Any, live: Live, act: Act, now: int) -> Decision:
        live.settle(now, now, self.preparer(live))
        settled = self._save(live, act) if live.pending else []
        brought = self._bring_along(thing, live, act, now)
        decision = self._decide(thing, live, act, now, settled)
        if brought and not decision:
            self._cases.drop(live)
        return decision

    def _decide(self, thing: Any, live: Live, act: Act, now: int, settled: list[Event]) -> Decision:
        draft = self._draft(live, act, now)
        event = draft.placed(case_stream(live.state.case), 0, now, live.tables.sop.hash)
        ruling = decide(live.tables, live.state, event, lambda: self.known(live))
        message, lack = self._contact_message(live, draft)
        findings = [*ruling.findings, *lack]
        allowed = ruling.allowed and not any(finding.blocks for finding in lack)
        if draft.kind == events.MOVED:
            return self._move(thing, live, draft, Ruling(findings, allowed, ruling.late), act, now, settled)
        if not allowed:
            return self._answer(live, False, findings, settled, (), act)
        self.take(live, draft, ruling.late, now)
        return self._answer(live, True, findings, settled + self._save(live, act), message, act)

    def take(self, live: Live, draft: Draft, late: bool, now: int) -> str:
        """Add a fact to a case, with what it entails; the id of its event."""
        if late:
            event = live.place(draft, now)
            live.refold(self._cases.history(live.state.case), now, now, self.preparer(live))
            return event.id
        event = live.take(draft, now)
        follows = consequence(live.tables, live.state, event)
        if follows is not None:
            follows.cause = event.id
            self.preparer(live)(live.state, follows)
            live.take(follows, now)
        return event.id

    def _move(
        self, thing: Any, live: Live, draft: Draft, ruling: Ruling, act: Act, now: int, settled: list[Event]
    ) -> Decision:
        saved = list(settled)

        def commit() -> None:
            self.take(live, draft, ruling.late, now)
            saved.extend(self._save(live, act))

        passage = Passage(live.state.place, ruling.allowed, commit)
        if not act.dry_run and self._is_object(thing):
            passage.follow(thing, self.subject, self._hooks)
        else:
            passage.hooks = {} if act.dry_run else self._hooks
        moved = self._machine(live).move(passage, draft.data["to"])
        if not moved:
            return self._answer(live, False, ruling.findings, settled, (), act)
        messages, remarks = self._entry_messages(live, draft)
        return self._answer(
            live, True, [*ruling.findings, *remarks], saved, messages, act, tuple(passage.errors)
        )

    def _machine(self, live: Live) -> CaseMachine:
        return self._procedures[live.tables.sop.id].machine

    def _save(self, live: Live, act: Act) -> list[Event]:
        return list(live.pending) if act.dry_run else self._cases.save(live)

    def _answer(
        self,
        live: Live,
        allowed: bool,
        findings: list[Finding],
        saved: list[Event],
        messages: tuple[RenderedMessage, ...],
        act: Act,
        errors: tuple[Exception, ...] = (),
    ) -> Decision:
        view = case_view(live.tables, live.state)
        return Decision(allowed, view, tuple(findings), tuple(saved), messages, errors, act.dry_run)

    def _repeated(self, act: Act, case: str) -> Decision | None:
        if act.key is None:
            return None
        recorded = list(self._cases.store.under_key(act.key))
        if not recorded:
            return None
        first = recorded[0]
        if first.kind != act.kind or first.case != case:
            raise UsageError(f"key {act.key!r} was used for {first.kind!r} on case {first.case!r}; a key is for one command")
        if act.key in self._decisions:
            return self._decisions[act.key]
        live = self._cases.get(case)
        return Decision(True, case_view(live.tables, live.state), (), tuple(recorded))

    def _draft(self, live: Live, act: Act, now: int) -> Draft:
        at = now if act.at is None else instant(act.at, "at")
        data = act.data if act.note is None else {**act.data, "note": act.note}
        draft = Draft(act.kind, at, act.by, self.roles(act.by, at), data, key=act.key)
        draft.derived = self.derived(live, draft)
        return draft

    def roles(self, by: str, at: int) -> tuple[str, ...]:
        """The roles that somebody has at an instant; ``role:sales`` is somebody of that role whose name is not known."""
        if not isinstance(by, str) or not by:
            raise UsageError("every verb needs by=: a person, or 'role:sales' for somebody of that role")
        if by.startswith("role:"):
            return (by.removeprefix("role:"),)
        return tuple(sorted(self.people.roles(by, at)))

    def derived(self, live: Live, draft: Draft) -> dict[str, Any]:
        """What is looked up outside the stream for an event, and kept on it."""
        derived: dict[str, Any] = {}
        place = live.tables.places.get(live.state.place)
        if draft.kind == events.MOVED:
            if place is not None and place.predicates:
                derived["predicates"] = self.answers(live, place)
            derived["holder"] = self._holder_after(live.tables, live.state, draft)
        return derived

    def answers(self, live: Live, place: Place) -> dict[str, bool | None]:
        """What the host's predicates say about a case now."""
        record = dict(live.state.facts)
        return {name: self._predicates[name](record) for name in place.predicates}

    def _holder_after(self, tables: Tables, state: CaseState, draft: Draft) -> str | None:
        here = tables.places.get(state.place)
        there = tables.places.get(draft.data["to"])
        holder = state.holder
        if holder is None and here is not None and not here.owners.isdisjoint(draft.roles):
            holder = draft.by
        if there is not None and there.outcome is not None and there.outcome.after_care:
            there = tables.places[there.outcome.after_care]
        if holder is None or there is None or there.stage is None:
            return holder
        roles = draft.roles if holder == draft.by else self.roles(holder, draft.occurred_at)
        return holder if not there.owners.isdisjoint(roles) else None

    def preparer(self, live: Live) -> Callable[[CaseState, Draft], None]:
        """What completes a consequence with what only the engine can look up."""

        def complete(state: CaseState, draft: Draft) -> None:
            draft.derived = {"holder": self._holder_after(live.tables, state, draft)}

        return complete

    def _contact_message(
        self, live: Live, draft: Draft
    ) -> tuple[tuple[RenderedMessage, ...], list[Finding]]:
        name = draft.data.get("template") if draft.kind == events.CONTACTED else None
        if name is None or name not in live.tables.sop.templates:
            return (), []
        made = self._messages(live).render(name, live.state, draft.by, draft.occurred_at, to="customer")
        return ((), [made]) if isinstance(made, Finding) else ((made,), [])

    def _messages(self, live: Live) -> Messages:
        return self._procedures[live.tables.sop.id].messages

    def _entry_messages(
        self, live: Live, draft: Draft
    ) -> tuple[tuple[RenderedMessage, ...], list[Finding]]:
        sends: list[Send] = []
        outcome = live.tables.sop.outcomes.get(draft.data.get("to", ""))
        stage = live.tables.places[live.state.place].stage
        if outcome is not None:
            sends += outcome.send
        if stage is not None:
            sends += stage.send
        messages: list[RenderedMessage] = []
        remarks: list[Finding] = []
        for send in sends:
            made = self._messages(live).render(send.template, live.state, draft.by, draft.occurred_at, to=send.to)
            if isinstance(made, Finding):
                remarks.append(Finding(made.code, made.params, False, made.span))
            else:
                messages.append(made)
        return tuple(messages), remarks

    def case_id(self, thing: Any) -> str:
        """The id of a case given as text or as a host object."""
        if isinstance(thing, str):
            return thing
        found = self.subject.id_of(thing)
        if found is None:
            raise UsageError(f"{type(thing).__name__} has no {self.subject.id!r}: a case is an id or an object with one")
        return found

    def key_is_used(self, key: str) -> bool:
        """Whether something was recorded under that idempotency key."""
        return bool(self._cases.store.under_key(key))

    def exists(self, case: str) -> bool:
        """Whether a case of that id exists."""
        return self._cases.has(case)

    def live(self, case: str, sop: str | None) -> Live:
        """The live case, or a new one of that SOP when none exists."""
        return self._cases.get(case) if self._cases.has(case) else self._cases.new(case, self.procedure(sop).tables)

    def known(self, live: Live) -> list[Event]:
        """Everything recorded about a case, stored or not yet."""
        return [*self._cases.history(live.state.case), *live.pending]

    def save(self, live: Live) -> list[Event]:
        """Store what is pending of a case."""
        return self._cases.save(live)

    def opening(self, data: dict[str, Any], sop: str | None) -> dict[str, Any]:
        """The data of an opening that was recorded elsewhere, with the SOP's first stage when it names none."""
        tables = self.procedure(sop).tables
        values = self.subject.values(data.get("record", {}), tables.sop.fields)
        stage = data.get("stage", tables.sop.start)
        return data | {"record": values, "stage": stage if stage in tables.sop.stages else tables.sop.start}

    def _is_object(self, thing: Any) -> bool:
        return not isinstance(thing, str)

    def _bring_along(self, thing: Any, live: Live, act: Act, now: int) -> bool:
        """From a host object: its stage must be the case's, and fields that differ are edited along with the verb.

        They are recorded only when the verb is allowed. True when there were any.
        """
        if not self._is_object(thing):
            return False
        stage = self.subject.stage_of(thing)
        if stage is not None and stage != live.state.place:
            raise StaleObject(f"the object says stage {stage!r}, the case {live.state.case!r} is in {live.state.place!r}")
        values = self.subject.values(thing, live.tables.sop.fields)
        changed = {name: value for name, value in values.items() if differs(live.tables, live.state, name, value)}
        if changed:
            at = max(live.state.last_at, now if act.at is None else instant(act.at, "at"))
            data = {"changes": changed}
            live.take(Draft(events.EDITED, at, act.by, self.roles(act.by, at), data), now)
        return bool(changed)


def differs(tables: Tables, state: CaseState, name: str, value: Any) -> bool:
    """Whether a host's value is another than the case knows."""
    if name in state.invalid:
        return bool(state.invalid[name] != value)
    return bool(tables.records.normalise(name, value) != state.facts.get(name))
