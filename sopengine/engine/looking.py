"""What an engine tells about its cases when it is asked: nothing here records anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.engine.acts import name
from sopengine.engine.agenda import AgendaRow, agenda, asked
from sopengine.engine.ahead import Deadline, deadlines
from sopengine.engine.approvals import ApprovalView, approval_views
from sopengine.engine.assigned import choice_of, how, passed_over
from sopengine.engine.attempts import NextAttempt, next_attempt
from sopengine.engine.cases import Live
from sopengine.engine.core import Core
from sopengine.engine.decision import CaseView, ClockView
from sopengine.engine.documents import DocumentView, document_views
from sopengine.engine.identities import Duplicate, duplicates, remarks
from sopengine.engine.instants import instant
from sopengine.engine.todo import todo
from sopengine.engine.views import case_view, clock_views
from sopengine.errors import UsageError
from sopengine.kernel.events import Event
from sopengine.templates import RenderedMessage
from sopengine.wording import Listing


class Views:
    """The questions of an `Engine`."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def exists(self, case: str) -> bool:
        """Whether a case of that id exists."""
        with self._core.lock:
            return self._core.cases.has(self._core.case_id(case))

    def case(self, case: Any) -> CaseView:
        """The case as it stands."""
        with self._core.lock:
            live = self.live(case)
            return case_view(live.tables, live.state)

    def cases(self) -> Iterator[CaseView]:
        """All cases of the engine's SOPs, in the order in which they were opened. What a store holds besides, of SOPs or versions
        that the engine was not given, is none of them.
        """
        return (self.case(live.state.case) for live in self._core.cases.given())

    def history(self, case: Any) -> tuple[Event, ...]:
        """Everything recorded about a case, in the order of its recording."""
        with self._core.lock:
            case_id = self.live(case).state.case
            return tuple(self._core.cases.stored(case_id))

    def documents(self, case: Any) -> Mapping[str, DocumentView]:
        """Every document that the SOP lets people attach, by name, as it stands now: its version, who attached it, until when
        it counts, and how it came to that.
        """
        with self._core.lock:
            live = self.live(case)
            return document_views(live, self._core.cases.stored(live.state.case), self._core.now())

    def todo(self, case: Any, to: str | None = None) -> tuple[Finding, ...]:
        """What still stands between the case and going forward (to `to`, or wherever "advance" would go); then, as remarks, the
        other cases about the same subject.
        """
        with self._core.lock:
            live = self.live(case)
            found = todo(live, self._core.lookups, None if to is None else name(to, "to"), self._core.now())
            return (*found, *remarks(self._core, live))

    def duplicates(self, case: Any) -> tuple[Duplicate, ...]:
        """The other cases about the same subject by `identity` of the SOP, the oldest first: which, and by which fields.

        Cases of the same SOP that are worked on or parked; one that has ended is no duplicate. Nothing is recorded.
        """
        with self._core.lock:
            return duplicates(self._core, self.live(case))

    def clocks(self, case: Any) -> Mapping[str, ClockView]:
        """The clocks of a case: by full name (``qualification.finish``) and by short name (``finish``), which means the
        clock of the stage where the case stands, else the last one of that name.
        """
        with self._core.lock:
            live = self.live(case)
            views = clock_views(live.tables, live.state, self._core.now(), self._core.lookups.people.name)
            short = {view.name: view for view in views.values()}
            here = {view.name: view for view in views.values() if view.stage == live.state.place}
            return {**short, **here, **views}

    def why_assigned(self, case: Any, lang: str = "en") -> tuple[str, ...]:
        """How the case came to the holder whom the SOP last chose for it (or to nobody), in `lang`: first how they were found,
        then everybody who was passed over, each with the reason. Empty where nobody was ever chosen.
        """
        with self._core.lock:
            live, people = self.live(case), self._core.lookups.people
            chosen = choice_of(self._core.cases.stored(live.state.case))
        if chosen is None:
            return ()
        return (how(live.tables, people, chosen, lang), *passed_over(live.tables, people, chosen, lang))

    def approvals(self, case: Any) -> Mapping[str, ApprovalView]:
        """Every approval of the SOP as it stands for the case: its levels, who may decide them, until when, and why."""
        with self._core.lock:
            live = self.live(case).copy()
            live.settle(self._core.now(), self._core.now(), self._core.lookups.preparer(live.tables))
            return approval_views(live, self._core.lookups)

    def next_attempt(self, case: Any) -> NextAttempt | None:
        """The follow-up that comes next: its number, channel, template, the first instant at which it is allowed, and why then.

        None where there is no follow-up.
        """
        with self._core.lock:
            return next_attempt(self.live(case), self._core.contacts, self._core.now())

    def agenda(self, *, person: str | None = None, role: str | None = None, at: datetime | None = None) -> list[AgendaRow]:
        """What to do now: a person's cases and the unassigned ones of stages whose owner roles they have; or, of a role,
        every open case of the stages that it owns, held or not.

        What is late comes first, then what has the least open time left, then by grade (in the order of the SOP's first
        score), by value (the first money field, the largest first), and by case. A case that waits for the customer, or
        for the gap to its next attempt, is not on it. `at` (default now) may lie ahead: the agenda if nothing happens
        before. A case that time has moved, and that no tick has taken up yet, is on the agenda only of those who had it.
        UsageError unless exactly one of `person` and `role` is given, and known.
        """
        with self._core.lock:
            asked(person, role, (name for tables in self._core.procedures.tables() for name in tables.sop.roles))
            if person is not None and not self._core.lookups.people.known(name(person, "person")):
                raise UsageError.saying("call.unknown_person", name=person)
            now = self._core.now()
            until = now if at is None else instant(at, "at")
            if until < now:
                raise UsageError.saying("call.agenda_past")
            return agenda(self._core, person, role, until)

    def deadlines(self, case: Any, until: datetime | None = None) -> list[Deadline]:
        """Every instant at which time alone will do something to the case, in order, if nothing happens before: a clock
        warns, breaches or escalates, follow-up is exhausted, a parked case returns.

        The list ends with the first that moves the case, for what comes then depends on where it goes; with `until` it goes
        on as `tick(until)` would, strictly before that instant. Deadlines that have passed and that no tick has taken up
        yet come first.
        """
        with self._core.lock:
            live = self.live(case)
            limit = None if until is None else instant(until, "until")
            return list(deadlines(live, limit, self._core.lookups.preparer(live.tables), self._core.lookups.people))

    def message(self, case: Any, template: str, *, by: str, lang: str | None = None) -> RenderedMessage:
        """The message of a template for this case, rendered and not sent. UsageError when a fact is missing."""
        with self._core.lock:
            live = self.live(case)
            templates = live.tables.sop.templates
            if template not in templates:
                raise UsageError.saying("call.no_template", name=f"{template!s:.60}", known=Listing(tuple(templates)))
            messages = self._core.procedures.of(live.tables).messages
            made = messages.render(template, live.state, by, self._core.now(), lang=lang)
            if isinstance(made, Finding):
                raise UsageError.saying(made.code, **made.params)
            return made

    def live(self, case: Any, sop: str | None = None) -> Live:
        """The state of a case and the tables it is judged by, for programs that explain cases. Look at it, never change
        it; `sop` gives the tables of a case that does not exist yet.
        """
        cases, case_id = self._core.cases, self._core.case_id(case)
        with self._core.lock:
            if sop is not None and not cases.has(case_id):
                return cases.new(case_id, self._core.procedures.named(sop).tables)
            return cases.get(case_id)
