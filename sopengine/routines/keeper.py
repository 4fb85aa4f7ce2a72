"""Opens what the calendar opens, closes what the next one has overtaken, and says how each occurrence stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Live
from sopengine.engine.decision import Decision
from sopengine.engine.instants import instant, moment_of
from sopengine.errors import StaleCase, UsageError
from sopengine.kernel import clockwork
from sopengine.kernel.events import BREACHED, BY_SOP, MOVED, OPENED, Draft, Event
from sopengine.kernel.gate import roles_of
from sopengine.kernel.state import MISSED as OVERRUN
from sopengine.kernel.state import NEVER
from sopengine.language.model import Sop
from sopengine.routines import procedure as proc
from sopengine.routines.presence import all_on_leave
from sopengine.routines.roster import Roster
from sopengine.routines.schedule import (
    CASE_PREFIX,
    STARTED_PREFIX,
    Occurrence,
    Slot,
    calendars_of,
    is_open,
    occurrences,
    of,
    people_of,
    slots,
    unknown_people,
)
from sopengine.time.zones import to_datetime
from sopengine.wording import Instant, Term

if TYPE_CHECKING:
    from sopengine.engine import Engine

BY_CALENDAR: Final = "calendar"
"""The cause of an opening that no event caused."""

PLANNED: Final = "planned"
LATE: Final = "late"


@dataclass(frozen=True, slots=True)
class OccurrenceState:
    """How an occurrence stands. `state` is planned (not opened yet), open, done, late (also when it was done too late),
    missed or excused.

    `done_at` and `done_by` when it is done; `findings` are remarks with the routine's line.
    """

    case: str
    state: str
    done_at: datetime | None = None
    done_by: str | None = None
    findings: tuple[Finding, ...] = ()


class Routines:
    """The routines of an engine's SOPs; the engine makes one for itself (`engine.routines`), and its `tick` opens them.

    What opens at or after `since` (default: now, when the store does not know better) is opened, by whoever looks first.
    Not asked for a while, it opens, misses and excuses afterwards what it would have in between. UsageError when a routine
    `opens` an SOP that the engine was not given.
    """

    def __init__(self, engine: Engine, *sops: Sop, since: datetime | None = None) -> None:
        self._core = engine._core
        self._begin = self._core.now() if since is None else instant(since, "since")
        self._plans = [_Plan(sop, Roster(self._core.cases.store, sop.id, sop.hash), self._begin) for sop in sops if sop.routines]
        self._said: dict[str, Finding] = {}
        self._told_of: set[str] = set()
        for plan in self._plans:
            self._check(plan.sop)

    def _check(self, sop: Sop) -> None:
        for routine in sop.routines.values():
            for needed in (proc.procedure_id(sop.id, routine.name), routine.opens):
                try:
                    self._core.procedures.named(needed)
                except UsageError as error:
                    problem = error.told or str(error)
                    raise UsageError.saying("call.routine_sop", routine=routine.name, sop=sop.id, problem=problem) from None

    def next_at(self) -> int:
        """The next instant (µs) at which the calendar opens something; NEVER when it opens nothing any more."""
        return min((plan.next_at() for plan in self._plans), default=NEVER)

    def open_next(self, until: int, now: int) -> list[Event] | None:
        """Open what opens next, when that is strictly before `until`; what was recorded, or None when nothing is due.

        `now` is the instant of recording (µs). Everything of one instant and SOP is opened together.
        """
        for beginning in self._plans:
            beginning.begin(now)
        plan = min(self._plans, key=_Plan.next_at, default=None)
        if plan is None or plan.next_at() >= until:
            return None
        try:
            return self._open(plan, now)
        except StaleCase:
            # somebody else has opened, or acted on a case that was to be closed: what is left is found on looking again
            plan.reread()
            return self._open(plan, now) if plan.next_at() < until else []

    def open_due(self, until: datetime | int | None = None) -> list[Event]:
        """Open everything that opens strictly before `until` (default: up to and including now), each at its own instant.

        The same events come of calling it once, or as often as one likes in between.
        """
        with self._core.lock:
            now = self._core.now()
            limit = now + 1 if until is None else until if isinstance(until, int) else instant(until, "until")
            found: list[Event] = []
            while (opened := self.open_next(limit, max(now, limit if until is not None else now))) is not None:
                found += opened
            return found

    def owns(self, case: str) -> bool:
        """Whether an id is kept for what the calendar opens, so that nobody opens it by hand."""
        return case.startswith((CASE_PREFIX, STARTED_PREFIX))

    def remarks(self, live: Live) -> dict[str, Finding]:
        """What the pending events of a case say under its id, when it is an occurrence: that it is late by now, or missed."""
        if not live.state.case.startswith(CASE_PREFIX):
            return {}
        codes = [code for code in map(_told_by, live.pending) if code is not None]
        return {live.state.case: _finding(codes[-1], live, self._known(live))} if codes else {}

    def take_remarks(self) -> dict[str, Finding]:
        """What opening had to say since it was last asked: what was missed, and duties that nobody could be given."""
        said, self._said = self._said, {}
        return said

    def remarked(self, case: str, decision: Decision) -> Decision:
        """The decision about moving an occurrence, with what there is to say about it: done too late, or by somebody else."""
        moved = any(event.kind == MOVED for event in decision.events)
        if not (moved and decision and case.startswith(CASE_PREFIX)) or decision.dry_run:
            return decision
        said = {finding.code for finding in decision.findings}
        new = (finding for finding in self.state(case).findings if finding.code not in said)
        return replace(decision, findings=(*decision.findings, *new))

    def planned(self, since: datetime, until: datetime) -> list[Occurrence]:
        """The occurrences that open in [since, until), by today's directory, whether they are still to come or not."""
        start, end, people = instant(since, "since"), instant(until, "until"), self._core.lookups.people
        found = (o for plan in self._plans for o in occurrences(plan.sop, people, plan.calendars, start, end))
        return sorted(found, key=lambda occurrence: occurrence.opens_us)

    def opened(self, since: datetime, until: datetime) -> list[OccurrenceState]:
        """How the occurrences stand that were opened in [since, until), with those of people who have left since."""
        start, end = instant(since, "since"), instant(until, "until")
        with self._core.lock:
            return [
                self.state(case)
                for plan in self._plans
                for event in plan.roster.history()
                if start <= event.occurred_at < end
                for names in event.data.get("cases", {}).values()
                for case in names
            ]

    def state(self, occurrence: Occurrence | str) -> OccurrenceState:
        """How an occurrence, or the case that it is, stands by now."""
        case = occurrence if isinstance(occurrence, str) else occurrence.case
        with self._core.lock:
            if not self._core.cases.has(case):
                return OccurrenceState(case, PLANNED)
            now, live = self._core.now(), self._core.cases.get(case).copy()
            live.settle(now, now, self._core.lookups.preparer(live.tables))
            return self._standing(live, now)

    # ----------------------------------------------------------------------------------------------------- opening

    def _open(self, plan: _Plan, now: int) -> list[Event]:
        due = plan.due()
        lives: list[Live] = []
        cases: dict[str, list[str]] = {}
        for slot in due:
            here = of(slot, self._core.lookups.people)
            if slot.routine.name not in cases:
                cause = here[0].case if here else BY_CALENDAR
                lives += self._overtaken(plan, slot, cause, now)
            cases.setdefault(slot.routine.name, []).extend(occurrence.case for occurrence in here)
            lives += [self._occurrence(slot, o, now) for o in here if not self._core.cases.has(o.case)]
            lives += self._started(slot, now)
        said = dict(self._nobody(due))
        for live in lives:
            said |= self.remarks(live)
        saved = self._core.cases.save(*lives) if lives else []
        self._said |= said
        plan.roster.opened(due[0].opens_at, cases, now)
        plan.advance()
        return sorted(saved, key=lambda event: event.occurred_at)

    def _nobody(self, due: list[Slot]) -> Iterator[tuple[str, Finding]]:
        """Whose duties cannot be told, once a routine: nobody has the role, or no directory says who has it."""
        for slot in due:
            for code, roles in unknown_people(slot, self._core.lookups.people):
                known = f"{slot.sop}:{slot.routine.name}:{code}"
                if known not in self._told_of:
                    self._told_of.add(known)
                    yield known, self._without(code, slot, roles)

    def _without(self, code: str, slot: Slot, roles: tuple[str, ...]) -> Finding:
        tables = self._core.procedures.named(proc.procedure_id(slot.sop, slot.routine.name)).tables
        params = {"routine": slot.routine.title, "roles": roles_of(tables, frozenset(roles))}
        return Finding(code, params, False, tables.clock_tables[proc.CLOCK].span)

    def _occurrence(self, slot: Slot, occurrence: Occurrence, now: int) -> Live:
        core, person, at = self._core, occurrence.person, occurrence.opens_us
        tables = core.procedures.named(proc.procedure_id(slot.sop, slot.routine.name)).tables
        live = core.cases.new(occurrence.case, tables)
        record = {
            proc.ROUTINE: slot.routine.name,
            proc.DATE: slot.day.isoformat(),
            proc.DUE: to_datetime(occurrence.due_us, "UTC").isoformat(),
            **({} if person is None else {proc.PERSON: person}),
        }
        opening = self._opening(live, at, proc.OPEN, record, person, BY_CALENDAR, now)
        if self._excuses(slot.routine.owner, person, occurrence.opens_us):
            self._move(live, proc.EXCUSED, at, opening.id, now)
        return live

    def _opening(
        self, live: Live, at: int, stage: str, record: dict[str, Any], holder: str | None, cause: str, now: int
    ) -> Event:
        draft = Draft(OPENED, at, BY_SOP, data={"stage": stage, "record": record}, derived={"holder": holder}, cause=cause)
        return live.take(draft, now, list, self._core.lookups.preparer(live.tables))

    def _excuses(self, roles: tuple[str, ...], person: str | None, opens_at: int) -> bool:
        """Whether who has the duty is away throughout: an occurrence lies within one date, and leave is of whole dates."""
        people = self._core.lookups.people
        whose = people_of(roles, people, opens_at) if person is None else [person]
        return all_on_leave(people, whose, opens_at)

    def _overtaken(self, plan: _Plan, slot: Slot, cause: str, now: int) -> Iterator[Live]:
        """What the routine opened before and is still open: missed, or excused when leave was told only afterwards."""
        for case in plan.roster.latest.get(slot.routine.name, ()):
            live = self._core.cases.get(case).copy()
            if live.state.place != proc.OPEN:
                continue
            at = max(slot.opens_at, _overdue(live))
            # the notice of being late comes first, also where both become true in the same microsecond
            live.settle(at + 1, now, self._core.lookups.preparer(live.tables))
            known = self._known(live)
            away = self._excuses(slot.routine.owner, _record(known).get(proc.PERSON), live.state.opened_at)
            told = [event.id for event in known if not event.is_fact and event.occurred_at == at]
            self._move(live, proc.EXCUSED if away else proc.MISSED, at, told[-1] if told else cause, now)
            yield live

    def _move(self, live: Live, to: str, at: int, cause: str, now: int) -> None:
        draft = Draft(MOVED, at, BY_SOP, data={"to": to}, derived={"holder": live.state.holder}, cause=cause)
        live.take(draft, now, lambda: self._core.cases.stored(live.state.case), self._core.lookups.preparer(live.tables))

    def _started(self, slot: Slot, now: int) -> Iterator[Live]:
        """A case of the SOP that the routine `opens`, for everybody of the role, unless it is there already."""
        routine, core = slot.routine, self._core
        if routine.opens is None or routine.for_each is None:
            return
        tables = core.procedures.named(routine.opens).tables
        for person in people_of((routine.for_each,), core.lookups.people, slot.opens_at):
            case = f"{STARTED_PREFIX}{routine.opens}:{slot.sop}:{routine.name}:{slot.day}:{person}"
            if core.cases.has(case):
                continue
            live, start = core.cases.new(case, tables), tables.sop.start
            field = tables.sop.fields.get(proc.PERSON)
            record = {proc.PERSON: person} if field is not None and field.type == "string" else {}
            owners = tables.places[start].owners
            holder = None if owners.isdisjoint(core.lookups.roles(person, slot.opens_at)) else person
            self._opening(live, slot.opens_at, start, record, holder, f"{slot.sop}:{routine.name}:{slot.day}", now)
            yield live

    # ---------------------------------------------------------------------------------------------------- standing

    def _known(self, live: Live) -> list[Event]:
        return [*self._core.cases.stored(live.state.case), *live.pending]

    def _standing(self, live: Live, now: int) -> OccurrenceState:
        state, tables = live.state, live.tables
        if not state.case.startswith(CASE_PREFIX) or proc.CLOCK not in tables.clock_tables:
            raise UsageError.saying("call.no_occurrence", case=state.case)
        clock = state.clocks.get(proc.CLOCK) or next(c for c in reversed(state.past) if c.name == proc.CLOCK)
        overrun = clock.verdict == OVERRUN or (state.place == proc.OPEN and now > clockwork.breaches_after(tables, clock))
        if state.place == proc.EXCUSED or not (overrun or state.place == proc.DONE):
            return OccurrenceState(state.case, state.place)
        events = self._known(live)
        done = next((e for e in reversed(events) if e.kind == MOVED), None) if state.place == proc.DONE else None
        found = [_finding("CASE802" if state.place == proc.MISSED else "CASE801", live, events)] if overrun else []
        if done is not None and proc.PERSON in _record(events) and done.by != state.holder:
            found.append(_finding("CASE803", live, events, by=done.by))
        name = state.place if state.place == proc.MISSED else LATE if overrun else state.place
        if done is None:
            return OccurrenceState(state.case, name, findings=tuple(found))
        return OccurrenceState(state.case, name, to_datetime(done.occurred_at, tables.zone), done.by, tuple(found))


def _told_by(event: Event) -> str | None:
    """What an event of an occurrence says about it, if anything."""
    if event.kind == BREACHED:
        return "CASE801"
    return "CASE802" if event.kind == MOVED and event.data["to"] == proc.MISSED else None


def _overdue(live: Live) -> int:
    """The first instant at which an open occurrence is late."""
    clock = live.state.clocks.get(proc.CLOCK)
    return 0 if clock is None else clockwork.breach_instant(live.tables, clock)


def _record(events: list[Event]) -> dict[str, Any]:
    """What the calendar opened a case with; the record may have been edited since."""
    record: dict[str, Any] = events[0].data["record"]
    return record


def _finding(code: str, live: Live, events: list[Event], **more: Any) -> Finding:
    table, record, zone = live.tables.clock_tables[proc.CLOCK], _record(events), live.tables.zone
    told = next((event.id for event in reversed(events) if event.kind == (BREACHED if code == "CASE801" else MOVED)), None)
    params = {
        "routine": live.tables.sop.title,
        "day": record[proc.DATE],
        "who": live.state.holder or record.get(proc.PERSON) or Term("routines.anyone"),
        "due": Instant(moment_of(record[proc.DUE], proc.DUE), zone),
    }
    return Finding(code, params | more, False, table.span, told)


class _Plan:
    """One SOP's routines and how far they were opened; the next date of each is worked out once and kept."""

    def __init__(self, sop: Sop, roster: Roster, begin: int) -> None:
        self.sop = sop
        self.roster = roster
        self.calendars = calendars_of(sop)
        self._begin = begin
        self._is_open = is_open(self.calendars)
        self._coming: dict[str, tuple[Iterator[Slot], list[Slot]]] = {}
        self._start()

    def _start(self) -> None:
        since = self._begin if self.roster.until is None else self.roster.until
        for name, routine in self.sop.routines.items():
            dates = slots(self.sop, routine, self._is_open, since)
            self._coming[name] = (dates, [])
            self._refill(name)

    def _refill(self, name: str) -> None:
        """Look ahead to the end of an instant: several dates of a routine may have been moved to one."""
        dates, ready = self._coming[name]
        while not ready or ready[-1].opens_at == ready[0].opens_at:
            following = next(dates, None)
            if following is None:
                return
            ready.append(following)

    def begin(self, now: int) -> None:
        """Keep since when routines are opened, so that a restart before the first opening forgets nothing."""
        if self.roster.until is None:
            try:
                self.roster.begin(self._begin, now)
            except StaleCase:
                self.reread()

    def next_at(self) -> int:
        """The next instant at which something opens; NEVER when nothing does."""
        return min((ready[0].opens_at for _, ready in self._coming.values() if ready), default=NEVER)

    def due(self) -> list[Slot]:
        """Everything that opens at the next instant, in the order of the file."""
        at = self.next_at()
        return [slot for _, ready in self._coming.values() for slot in ready if slot.opens_at == at]

    def advance(self) -> None:
        """The next instant is opened."""
        at = self.next_at()
        for name, (_, ready) in self._coming.items():
            ready[:] = [slot for slot in ready if slot.opens_at != at]
            self._refill(name)

    def reread(self) -> None:
        """Somebody else has written: go on from there."""
        self.roster.read()
        self._start()
