"""What the verbs of the engine share: SOPs, people, store, clock and hooks behind one lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from threading import RLock
from time import time_ns
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sopengine.diagnostics import Finding
from sopengine.engine.acts import Act, How, name
from sopengine.engine.assigning import Assigner
from sopengine.engine.cases import Cases, Live
from sopengine.engine.contacts import Contacts
from sopengine.engine.decision import Decision
from sopengine.engine.directories import directory_of
from sopengine.engine.duties import with_procedures
from sopengine.engine.identities import Identities
from sopengine.engine.indexing import Index
from sopengine.engine.instants import instant
from sopengine.engine.keys import Keys
from sopengine.engine.lookups import Lookups, PredicateTest
from sopengine.engine.merging import going_on, tells_what_happened
from sopengine.engine.messages import Made
from sopengine.engine.opening import perform_opening
from sopengine.engine.passage import Hook
from sopengine.engine.passing import Passing
from sopengine.engine.performing import Performance
from sopengine.engine.procedures import Procedures
from sopengine.engine.subject import Subject
from sopengine.engine.teams import Teams
from sopengine.engine.ticking import Letters, Ticked
from sopengine.engine.todo import next_place
from sopengine.engine.views import case_view
from sopengine.errors import StaleCase, StaleObject, UsageError
from sopengine.kernel.events import MOVED
from sopengine.kernel.fold import learn
from sopengine.language.model import Sop
from sopengine.people import NoDirectory
from sopengine.store import MemoryStore, Store

if TYPE_CHECKING:
    from sopengine.routines import Routines


class Core:
    """The parts of an engine. One lock serialises the verbs: a decision and its commit are one step."""

    def __init__(
        self,
        sops: tuple[Sop, ...],
        store: Store | None,
        people: Any,
        clock: Callable[[], datetime] | None,
        predicates: Mapping[str, PredicateTest] | None,
        subject: Subject | None,
        contact_key: bytes | None = None,
    ) -> None:
        if isinstance(store, str):
            raise UsageError.saying("call.memory_only", store=f"{store:.200}")
        self.lookups = Lookups(directory_of(people, sops), predicates or {})
        self.procedures = Procedures(with_procedures(sops), self.lookups)
        self.subject = subject or Subject()
        self.hooks: dict[str, list[Hook]] = {}
        opened = MemoryStore() if store is None else store
        self.contacts = Contacts(opened, contact_key)
        self.identities = Identities(opened, self.contacts.secret)
        self.teams = Teams(opened, self.lookups.staff, self.index)
        self.cases = Cases(opened, self.procedures.pinned, self.contacts, self.identities, self.teams)
        if not isinstance(self.lookups.people, NoDirectory):
            self.lookups.assigner = Assigner(self.lookups, self.cases, self.contacts, self.identities, self.teams, self.index)
        self.keys = Keys(self.cases, self.lookups)
        self._index: Index | None = None
        self.lock = RLock()
        self.routines: Routines | None = None
        self.rechecked = False
        """Whether a tick has looked if the days of calendars are still those that the cases in the store were judged by."""
        self.passed_over: set[str] = set()
        """The versions of SOPs, by their hashes, of which a tick has said that it leaves their cases to another engine."""
        self.untold: list[Made] = []
        """What was found before a verb, by `record`, or by a tick that failed half way: told by the next tick."""
        self._clock = clock

    def index(self) -> Index:
        """Who has to look at which case: built from all cases when it is first asked for, brought along from then on."""
        if self._index is None:
            self._index = Index(self.cases.given())
            self.cases.watch = self._index.put
        return self._index

    def now(self) -> int:
        """The clock's now in microseconds since the epoch."""
        return time_ns() // 1000 if self._clock is None else instant(self._clock(), "clock")

    def perform(self, thing: Any, act: Act) -> Decision:
        """Carry one act on an existing case through."""
        with self.lock:
            case = self.case_id(thing)
            if self.routines is not None:
                self.awake(case)
            live = self.cases.find(case)
            if live is not None and live.state.merged_into is not None:
                into = self._in_place_of(case, act)
                if into != case:
                    thing, case, act, live = into, into, replace(act, told_of=case), self.cases.get(into)
            decision = None if act.key is None else self.keys.first(act, case)
            if decision is None:
                decision = Performance(self, thing, act, live or self.cases.get(case), self.now()).existing()
                if self.routines is not None:
                    decision = self.routines.remarked(case, decision)
                if act.key is not None:
                    self.keys.keep(act, decision)
            return decision

    def perform_all(self, things: Iterable[Any], act: Act) -> list[Decision]:
        """Carry one act through on each of many existing cases."""
        if isinstance(things, (str, bytes, Mapping)) or not isinstance(things, Iterable):
            raise UsageError.saying("call.not_cases", type=type(things).__name__)
        told = list(things)
        with self.lock:
            ids = [self.case_id(thing) for thing in told]
            for case in ids:
                self.cases.get(case)
        acts = [act if act.key is None else replace(act, key=name(f"{act.key}/{case}", "key")) for case in ids]
        return [self._performed(thing, one) for thing, one in zip(told, acts, strict=True)]

    def _performed(self, thing: Any, act: Act) -> Decision:
        """The decision about one of many; one that cannot be reached as it stands is refused."""
        try:
            return self.perform(thing, act)
        except (StaleCase, StaleObject, UsageError) as problem:
            live = self.cases.get(self.case_id(thing))
            why = problem.told or str(problem)
            return Decision(False, partial(case_view, live.tables, live.state), (Finding("CASE546", {"why": why}),))

    def _in_place_of(self, case: str, act: Act) -> str:
        """The case that an act on a merged case is recorded on: what has happened, on the one that goes on."""
        if not tells_what_happened(act, self.now()):
            return case
        recorded = self.cases.store.under_key(act.key) if act.key is not None else ()
        return case if recorded and recorded[0].case == case else going_on(self.cases, case)

    def advance(self, thing: Any, by: str, reason: str | None, how: How) -> Decision:
        """Move a case to where "advance" leads; a repeated key leads where it led before."""
        case, key = self.case_id(thing), how.get("key")
        self.awake(case)
        stored = self.cases.store.under_key(key) if isinstance(key, str) else ()
        to = stored[0].data.get("to") if stored else None
        if to is None:
            to = next_place(self._as_told(thing, case), self.lookups)
        return self.perform(thing, Act.of(MOVED, {"to": to, "reason": reason}, by, how, "advance"))

    def _as_told(self, thing: Any, case: str) -> Live:
        """The case as time has left it by now, with what the host's object says."""
        now, live = self.now(), self.cases.get(case).copy()
        live.settle(now, now, self.lookups.preparer(live.tables))
        if not isinstance(thing, str):
            learn(live.tables, live.state, self.subject.values(thing, live.tables.sop.fields))
        return live

    def open(self, record: Any, sop: str | None, act: Act) -> Decision:
        """Open a case on a record."""
        if isinstance(record, str):
            raise UsageError.saying("call.opens_on_record")
        with self.lock:
            case = self.case_id(record)
            self.not_kept(case)
            decision = self.keys.first(act, case)
            if decision is None:
                decision = perform_opening(self, case, record, act, self.procedures.named(sop).tables, self.now())
                self.keys.keep(act, decision)
            return decision

    def tick(self, until: int | None) -> Ticked:
        """Let time pass over all cases up to `until` (default: now), exclusive."""
        with self.lock:
            now = self.now()
            if until is not None and until > now and self._clock is None:
                raise UsageError.saying("call.tick_ahead")
            return Passing(self, now, now if until is None else until).run()

    def awake(self, case: str) -> None:
        """Let the calendar open, miss and excuse up to now, before anybody acts on what it opens."""
        if self.routines is not None and self.routines.owns(case):
            letters = Letters(self)
            letters.opened(self.routines.open_due())
            self.untold += letters.all()

    def not_kept(self, case: str) -> None:
        """UsageError for an id that is kept for what the calendar opens."""
        if self.routines is not None and self.routines.owns(case):
            raise UsageError.saying("call.kept_for_routines", case=case)

    def case_id(self, thing: Any) -> str:
        """The id of a case given as text or as a host object."""
        if isinstance(thing, str):
            return name(thing, "id")
        found = self.subject.id_of(thing)
        if found is None:
            raise UsageError.saying("call.no_id", thing=type(thing).__name__, word=self.subject.id)
        return name(found, "id")
