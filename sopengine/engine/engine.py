"""The engine's public face: every verb a method, every answer a `Decision`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.engine.core import Act, Core
from sopengine.engine.decision import CaseView, ClockView, Decision
from sopengine.engine.instants import instant
from sopengine.engine.recording import Recorder
from sopengine.engine.views import case_view, clock_views
from sopengine.errors import UsageError
from sopengine.kernel import events
from sopengine.kernel.events import Event
from sopengine.kernel.followup import ATTEMPT, allowed_from, outbound_is, turn
from sopengine.kernel.gate import condition_finding, facts_with, unmet
from sopengine.kernel.tables import Tables, Way
from sopengine.templates import RenderedMessage


class Engine(Core):
    """Enforces SOPs on cases. A context manager; may be shared by threads; async hosts call it from a thread.

    `people` is a mapping from person to roles, a path of a ``people.yaml``, or a `Directory`; `clock` returns an aware
    datetime (default: now in UTC); `predicates` are the host's named tests; `subject` says where host objects keep id
    and stage.

    Every verb takes `by` (a person, or ``role:sales`` for somebody of that role), `at` (when it happened, an aware
    datetime, default now), `note`, `key` (a repeated key returns the first decision) and `dry_run` (answers, records
    nothing).

    >>> import sopengine
    >>> sop = sopengine.load_text(\"\"\"
    ... sop: demo
    ... title: Demo
    ... version: "1"
    ... stages:
    ...   capture: {owner: sales, requires: [name]}
    ... \"\"\", "demo.yaml")
    >>> with sopengine.Engine(sop) as engine:
    ...     _ = engine.open({"id": "L-1"}, by="role:sales")
    ...     decision = engine.advance("L-1", by="role:sales")
    ...     bool(decision), decision.findings[0].code
    (False, 'CASE201')
    """

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Release what the engine holds. A store in memory holds nothing that must be released."""

    # ------------------------------------------------------------------------------------------------------- verbs

    def open(
        self,
        record: Any,
        *,
        by: str,
        sop: str | None = None,
        stage: str | None = None,
        since: datetime | None = None,
        at: datetime | None = None,
        note: str | None = None,
        key: str | None = None,
        dry_run: bool = False,
    ) -> Decision:
        """Open a case on a record (a mapping or an object with an id), in the first stage.

        With `stage` (and `since`, when it came there) a case that is already under way is adopted where it stands. A
        record whose fields do not fit is refused whole, with every error.
        """
        place = stage or self.procedure(sop).tables.sop.start
        data: dict[str, Any] = {"stage": place}
        if since is not None:
            data["since"] = instant(since, "since")
        return self.perform_open(record, sop, Act(events.OPENED, data, by, at, note, key, dry_run))

    def move(self, case: Any, to: str, *, by: str, reason: str | None = None, **how: Any) -> Decision:
        """Move a case to a stage or an outcome. `reason` says why it goes back or fails.

        Refused with *every* unmet item. A host object's stage is written back once the move is committed.
        """
        data = {"to": to} if reason is None else {"to": to, "reason": reason}
        return self.perform(case, Act(events.MOVED, data, by, **how))

    def advance(self, case: Any, *, by: str, **how: Any) -> Decision:
        """Move a case to the first listed target whose condition holds; stops where a condition is unknown."""
        with self._lock:
            to = self._next(self.case_id(case))
        return self.move(case, to, by=by, **how)

    def contact(
        self, case: Any, *, via: str, by: str, answered: bool = False, template: str | None = None, **how: Any
    ) -> Decision:
        """Record an outbound contact. With `template` its message is rendered into `.messages`.

        `answered` when the customer took part (a call that was picked up). About to be made it can be refused; dated
        in the past it was made: it is recorded, with findings.
        """
        data: dict[str, Any] = {"via": via}
        if answered:
            data["answered"] = True
        if template is not None:
            data["template"] = template
        return self.perform(case, Act(events.CONTACTED, data, by, **how))

    def receive(
        self, case: Any, *, via: str, by: str = "customer", text: str | None = None, automatic: bool = False, **how: Any
    ) -> Decision:
        """Record what came from the customer; never refused. An `automatic` answer neither starts nor stops anything."""
        data: dict[str, Any] = {"via": via}
        if text is not None:
            data["text"] = text
        if automatic:
            data["automatic"] = True
        return self.perform(case, Act(events.RECEIVED, data, by, **how))

    def bounce(self, case: Any, contact: str, *, by: str = "system", **how: Any) -> Decision:
        """Record that an outbound contact (the id of its event) reached nobody: it counts neither as response nor
        attempt.
        """
        case_id = self.case_id(case)
        bounced = next((e for e in self.history(case_id) if e.id == contact and e.kind == events.CONTACTED), None)
        if bounced is None:
            raise UsageError(f"{contact!r} is not the id of an outbound contact of case {case_id!r}")
        return self.perform(case, Act(events.BOUNCED, {"contact": contact, "contacted_at": bounced.occurred_at}, by, **how))

    def edit(self, case: Any, changes: Mapping[str, Any], *, by: str, **how: Any) -> Decision:
        """Change fields of the record. Values that do not fit are refused, all errors at once; None empties a field."""
        return self.perform(case, Act(events.EDITED, {"changes": dict(changes)}, by, **how))

    def attach(
        self, case: Any, document: str, *, by: str, name: str | None = None, type: str | None = None, **how: Any
    ) -> Decision:
        """Record that a document is in hand; `name` and `type` (``pdf``) as the host knows the file."""
        data = {"document": document}
        if name is not None:
            data["name"] = name
        if type is not None:
            data["type"] = type
        return self.perform(case, Act(events.ATTACHED, data, by, **how))

    def tick_off(self, case: Any, item: str, *, by: str, **how: Any) -> Decision:
        """Tick an item of the stage's checklist."""
        return self.perform(case, Act(events.TICKED, {"item": item}, by, **how))

    def untick(self, case: Any, item: str, *, by: str, **how: Any) -> Decision:
        """Take a tick back."""
        return self.perform(case, Act(events.UNTICKED, {"item": item}, by, **how))

    def assign(self, case: Any, to: str, *, by: str, **how: Any) -> Decision:
        """Give the case to a person."""
        return self.perform(case, Act(events.ASSIGNED, {"to": to}, by, **how))

    def set_status(self, case: Any, status: str, *, by: str, **how: Any) -> Decision:
        """Set the finer state inside the stage."""
        return self.perform(case, Act(events.STATUS, {"to": status}, by, **how))

    def signal(self, case: Any, event: str, *, by: str, **how: Any) -> Decision:
        """Tell the case that one of the host's own events (listed under `events`) has happened."""
        return self.perform(case, Act(events.SIGNALLED, {"event": event}, by, **how))

    def note(self, case: Any, text: str, *, by: str, **how: Any) -> Decision:
        """Write a note on the case's trail."""
        return self.perform(case, Act(events.NOTED, {"text": text}, by, **how))

    # ------------------------------------------------------------------------------------------- what has happened

    def record(self, recorded: Iterable[Mapping[str, Any]]) -> list[Finding]:
        """Take in what has already happened, in the order of its happening; never refuses, returns what was wrong with
        it.

        Each item has `case`, `kind` (an event kind such as ``moved``), `at` (aware datetime or ISO text with an
        offset), `by`, and what its kind needs (``to``, ``via``, ``changes``…). All are read before any is recorded: a
        malformed item raises `UsageError` with its number and nothing is recorded. The findings carry the id of their
        event.
        """
        with self._lock:
            return Recorder(self).take(recorded)

    def tick(self, until: datetime | None = None) -> list[Event]:
        """Make true what time alone has made true strictly before `until` (default now), over all cases, in order.

        Returns the notices and consequences that were recorded. Calling it twice, or in smaller steps, gives the same.
        """
        with self._lock:
            limit = self.now() if until is None else instant(until, "until")
            found: list[Event] = []
            while (due := self._cases.store.due(limit)) is not None:
                live = self._cases.get(due[1].removeprefix("case:"))
                live.settle(due[0] + 1, limit, self.preparer(live))
                found += self._cases.save(live)
            return found

    # ------------------------------------------------------------------------------------------------------- views

    def case(self, case: Any) -> CaseView:
        """The case as it stands."""
        with self._lock:
            live = self._cases.get(self.case_id(case))
            return case_view(live.tables, live.state)

    def cases(self) -> Iterator[CaseView]:
        """All cases, in the order in which they were opened."""
        names = [stream.removeprefix("case:") for stream in self._cases.store.streams()]
        return (self.case(name) for name in names)

    def history(self, case: Any) -> tuple[Event, ...]:
        """Everything recorded about a case, in the order of its recording."""
        with self._lock:
            self._cases.get(self.case_id(case))
            return tuple(self._cases.history(self.case_id(case)))

    def todo(self, case: Any, to: str | None = None) -> tuple[Finding, ...]:
        """What still stands between the case and going forward (to `to`, or wherever "advance" would go)."""
        with self._lock:
            live = self._cases.get(self.case_id(case))
            place = live.tables.places[live.state.place]
            facts = facts_with(live.tables, live.state, self.answers(live, place))
            ways = [way for way in place.forward if to is None or way.to == to]
            items = unmet(live.tables, place, live.state, facts) if any(way.gated for way in ways) or not ways else []
            return (*items, *_in_the_way(live.tables, ways, facts))

    def clocks(self, case: Any) -> Mapping[str, ClockView]:
        """The clocks of a case: by full name (``qualification.finish``) and, for the stage it is in, by short name."""
        with self._lock:
            live = self._cases.get(self.case_id(case))
            views = clock_views(live.tables, live.state, self.now())
            short = {v.name: v for v in views.values()}
            here = {v.name: v for v in views.values() if v.stage == live.state.place}
            return {**short, **here, **views}

    def next_attempt(self, case: Any) -> Mapping[str, Any] | None:
        """The follow-up that comes next: its number, channel, template, and the first instant at which it is allowed.

        None when the stage has no follow-up, nobody was contacted yet, or the customer waits for an answer.
        """
        with self._lock:
            live = self._cases.get(self.case_id(case))
            follow = live.tables.places[live.state.place].follow
            if follow is None or outbound_is(live.state) != ATTEMPT:
                return None
            number = live.state.series[live.state.place].attempts + 1
            if number > follow.rule.max:
                return None
            via, template = turn(follow, number)
            return {"number": number, "via": via, "template": template, "from": allowed_from(live.tables, live.state, follow)}

    def message(self, case: Any, template: str, *, by: str, lang: str | None = None) -> RenderedMessage:
        """The message of a template for this case, rendered and not sent. UsageError when a fact is missing."""
        with self._lock:
            live = self._cases.get(self.case_id(case))
            if template not in live.tables.sop.templates:
                raise UsageError(f"no template {template!r}; there are: {', '.join(live.tables.sop.templates)}")
            made = self._messages(live).render(template, live.state, by, self.now(), lang=lang)
            if isinstance(made, Finding):
                raise UsageError(made.text(lang or "en"))
            return made

    # ------------------------------------------------------------------------------------------------------- hooks

    def on_enter(self, place: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """Register a function to be called with the host's object (or None) after a live move into `place` is
        committed.
        """
        return self._register(f"enter {place}")

    def on_exit(self, place: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """Register a function to be called with the host's object (or None) after a live move out of `place` is
        committed.
        """
        return self._register(f"exit {place}")

    def _register(self, moment: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        def register(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
            self._hooks.setdefault(moment, []).append(function)
            return function

        return register

    def _next(self, case: str) -> str:
        """Where "advance" goes: the first way whose condition holds, or the first that is in the way of knowing."""
        live = self._cases.get(case)
        place = live.tables.places[live.state.place]
        facts = facts_with(live.tables, live.state, self.answers(live, place))
        for way in place.forward:
            if way.guard is None or way.guard.test(facts) is not False:
                return way.to
        return place.forward[0].to if place.forward else place.name


def _in_the_way(tables: Tables, ways: list[Way], facts: Mapping[str, Any]) -> list[Finding]:
    """Why no listed way is open: nothing when one is."""
    found: list[Finding] = []
    for way in ways:
        finding = None
        if way.guard is not None:
            finding = condition_finding(tables, way.guard, facts, tables.places[way.to].title)
        if finding is None:
            return []
        found.append(finding)
        if finding.code == "CASE105":
            return [finding]
    return found
