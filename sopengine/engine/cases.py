"""Live cases: their states, folded once and kept, and the one path by which anything is added to a stream."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from typing import Final

import msgspec

from sopengine.engine.contacts import TELLING, Contacts
from sopengine.engine.identities import Identities
from sopengine.engine.teams import Teams
from sopengine.errors import OtherVersion, UnknownCase
from sopengine.kernel.acceptance import to_be_chosen
from sopengine.kernel.decide import ENTAILING, consequence
from sopengine.kernel.events import ASSIGNED, BY_SOP, CORRECTED, MOVED, OPENED, Draft, Event, case_stream
from sopengine.kernel.fold import fold
from sopengine.kernel.replay import Key, Replayed, corrections, key_of, replay, standing
from sopengine.kernel.settle import Made, Prepare, asks_again, settle
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Tables
from sopengine.store import Append, Store

_PREFIX = case_stream("")
_TOLD_BESIDE: Final = TELLING | {ASSIGNED}
"""What may have to be told in the streams of contacts and teams as well."""


class Live(msgspec.Struct):
    """A case in memory: its state, the tables it is judged by, how long its stream is, and what is not yet stored. What is `owed`
    was due before the last thing told and is not in the stream: it is told with the next thing that is stored.

    Work is done on a copy. The copy takes the case's place when it has been stored; whatever fails before that leaves
    nothing behind.
    """

    state: CaseState
    tables: Tables
    length: int
    pending: list[Event]
    put_off: int = 0
    owed: tuple[Draft, ...] = ()

    def copy(self) -> Live:
        """A case that can be tried out without touching this one."""
        return Live(self.state.copy(), self.tables, self.length, self.pending.copy(), self.put_off, self.owed)

    @property
    def sends_at(self) -> int:
        """When the next attempt is to be sent by itself: not before what other cases of the contact leave open."""
        planned = self.state.sends_at
        return planned if planned > self.put_off else self.put_off

    @property
    def wake(self) -> int:
        """The earliest instant at which there is something to do without anybody asking."""
        wake, planned, put_off = self.state.wake, self.state.sends_at, self.put_off
        sends_at = planned if planned > put_off else put_off
        return wake if wake < sends_at else sends_at

    def event(self, draft: Draft, now: int) -> Event:
        """The event that `draft` would be as the next of the stream."""
        seq = self.length + len(self.pending) + 1
        return draft.placed(_PREFIX + self.state.case, seq, now, self.tables.sop.hash)

    def place(self, draft: Draft, now: int) -> Event:
        """The event that `draft` becomes as the next of the stream; pending until it is stored."""
        event = self.event(draft, now)
        self.pending.append(event)
        return event

    def is_late(self, at: int) -> bool:
        """Whether `at` lies before something that was already folded or settled."""
        return at < self.state.last_at or at <= self.state.settled_at

    def take(self, draft: Draft, now: int, stored: Callable[[], Sequence[Event]], prepare: Prepare) -> Event:
        """Add a fact, and what it entails at once. A late one lets the case be rebuilt from everything that is `stored`."""
        return self.add(self.event(draft, now), now, stored, prepare)

    def add(self, event: Event, now: int, stored: Callable[[], Sequence[Event]], prepare: Prepare) -> Event:
        """The same with the fact as an event, which must be the next of the stream."""
        late, self.put_off = event.occurred_at < self.state.last_at or event.occurred_at <= self.state.settled_at, 0
        self.pending.append(event)
        if late:
            if self.tables.assigning and event.kind == MOVED:
                known = [*stored(), *self.pending]
                self._give(replay(self.tables, event.case, known, at=event.occurred_at).state, event, now, prepare)
            self.rebuild(stored(), now, now, prepare)
            return event
        fold(self.tables, self.state, event)
        last, follows = event, consequence(self.tables, self.state, event) if event.kind in ENTAILING else None
        if follows is not None:
            follows.cause = event.id
            prepare(self.state, follows)
            last = self.place(follows, now)
            fold(self.tables, self.state, last)
        if self.tables.assigning:
            self._give(self.state, last, now, prepare)
        return event

    def _give(self, state: CaseState, event: Event, now: int, prepare: Prepare) -> None:
        """Give the case to whom its stage chooses, when `event` has brought it there. One that was under way already and is
        taken over stays with whom it is with.
        """
        came = event.kind in (MOVED, OPENED) and "since" not in event.data
        if not (came and prepare.gives and to_be_chosen(self.tables, state)):
            return
        chosen = prepare.choose(state, event.occurred_at)
        if chosen is not None:
            chosen.cause = event.id
            fold(self.tables, state, self.place(chosen, now))

    def settle(self, until: int, now: int, prepare: Prepare) -> None:
        """Take up what time alone made true strictly before `until`."""
        if self.owed:
            owed, self.owed = self.owed, ()
            for draft in owed:
                self.place(draft, now)
        if self.state.wake >= until:
            return
        for made in settle(self.tables, self.state, until, prepare=prepare):
            self._tell(made, now)

    def _tell(self, made: Made, now: int) -> None:
        told = self.place(made.notice, now)
        for draft in (made.consequence, made.chosen):
            if draft is not None:
                draft.cause = told.id
                told = self.place(draft, now)

    def rebuild(self, stored: Sequence[Event], until: int, now: int, prepare: Prepare) -> None:
        """Rebuild the state from everything known, settle it up to `until`, and say what has changed about the notices told.

        Consequences that stand in the history stay; only time after the last fact may bring new ones.
        """
        known = [*stored, *self.pending]
        rebuilt = replay(self.tables, self.state.case, known)
        while (made := self._asked_again(rebuilt, known, prepare)) is not None:
            self._tell(made, now)
            known = [*stored, *self.pending]
            rebuilt = replay(self.tables, self.state.case, known)
        notices = dict(rebuilt.notices)
        caused: dict[Key, Made] = {}
        for made in settle(self.tables, rebuilt.state, until, prepare=prepare):
            key = key_of(made.notice.kind, made.notice.data, made.notice.occurred_at)
            notices[key] = made.notice
            if made.consequence is not None or made.chosen is not None:
                caused[key] = made
        self.state = rebuilt.state
        for draft in corrections(standing(known), notices, BY_SOP):
            key = key_of(draft.kind, draft.data, draft.occurred_at)
            self._tell(caused[key] if key in caused and draft.kind != CORRECTED else Made(draft, None), now)
        last = max(event.occurred_at for event in known if event.is_fact)
        if any(made.notice.occurred_at < last for made in caused.values()):
            # What the late fact brought about came before facts already known: they are read again in their new place.
            self.rebuild(stored, until, now, prepare)


    def _asked_again(self, rebuilt: Replayed, known: Sequence[Event], prepare: Prepare) -> Made | None:
        """The first notice, not told before, that takes the case from its holder before facts already known, with who is next."""
        at = rebuilt.state.asked_at
        if at == NEVER:
            return None
        told = standing(known)
        asking = (one for key, one in rebuilt.notices.items() if key not in told and one.occurred_at == at and asks_again(one))
        notice = next(asking, None)
        chosen = prepare.choose(rebuilt.state, at) if notice is not None else None
        return Made(notice, None, chosen) if notice is not None and chosen is not None else None


class Cases:
    """The cases of an engine: loaded from the store when first asked for, read anew after a write that failed."""

    def __init__(
        self,
        store: Store,
        tables: Callable[[str, str], Tables],
        contacts: Contacts,
        identities: Identities,
        teams: Teams,
    ) -> None:
        self.store = store
        self._teams = teams
        self._contacts = contacts
        self._identities = identities
        self._tables = tables
        self._live: dict[str, Live] = {}
        self.watch: Callable[[Live], None] | None = None
        """Told of every case that is loaded or saved, as it then stands."""

    def get(self, case: str) -> Live:
        """The live case, to be read and copied; UnknownCase when no stream has that id."""
        live = self._live.get(case) or self.find(case)
        if live is None:
            raise UnknownCase.saying("call.no_case", case=case)
        return live

    def find(self, case: str) -> Live | None:
        """The same, or None when no stream has that id."""
        live = self._live.get(case)
        if live is None:
            live = self._load(case)
            if live is not None:
                self._live[case] = live
                if self.watch is not None:
                    self.watch(live)
        return live

    def has(self, case: str) -> bool:
        """Whether a case of that id exists."""
        return case in self._live or bool(self.store.read(case_stream(case)))

    def new(self, case: str, tables: Tables) -> Live:
        """A case that has no stream yet; it exists once it is saved."""
        return Live(CaseState(case), tables, 0, [])

    def names(self) -> Iterator[str]:
        """The ids of all cases, in the order of their opening."""
        return (stream.removeprefix(_PREFIX) for stream in self.store.streams() if stream.startswith(_PREFIX))

    def stored(self, case: str) -> Sequence[Event]:
        """The stored events of a case."""
        return self.store.read(case_stream(case))

    def given(self) -> Iterator[Live]:
        """The cases of the SOPs that the engine was given, in the order of their opening; others may share the store."""
        for case in self.names():
            with suppress(OtherVersion):
                yield self.get(case)

    def due(self, until: int, besides: Container[str] = ()) -> tuple[int, str] | None:
        """The earliest deadline strictly before `until` of a case whose stream is not among `besides`, and its case."""
        found = self.store.due(until, besides)
        return None if found is None else (found[0], found[1].removeprefix(_PREFIX))

    def save(self, *lives: Live) -> list[Event]:
        """Store what is pending of all of them or of none, and let them take the places of their cases."""
        try:
            batch, turns, beside = list[Append](), list[Append](), False
            for live in lives:
                batch.append(Append(_PREFIX + live.state.case, live.length, tuple(live.pending), live.wake))
                beside = beside or live.tables.identity is not None
                for event in live.pending:
                    beside = beside or event.kind in _TOLD_BESIDE
            if beside:
                turns = self._teams.beside(event for live in lives for event in live.pending)
                batch += self._contacts.beside(lives) + self._identities.beside(lives, self._live.get) + turns
            self.store.append(batch)
        except BaseException:
            self._teams.forget()
            for live in lives:
                self._live.pop(live.state.case, None)
            raise
        if turns:
            self._teams.keep(turns)
        saved: list[Event] = []
        for live in lives:
            saved += live.pending
            live.length += len(live.pending)
            live.pending.clear()
            self._live[live.state.case] = live
            if self.watch is not None:
                self.watch(live)
        return saved

    def _load(self, case: str) -> Live | None:
        stored = self.stored(case)
        if not stored:
            return None
        tables = self._tables(case, stored[0].sop_hash)
        rebuilt = replay(tables, case, stored)
        told = standing(stored)
        notices = dict(rebuilt.notices)
        told_until = max((notice.occurred_at for notice in told.values()), default=0)
        for made in settle(tables, rebuilt.state, told_until + 1, derive=False):
            notices[key_of(made.notice.kind, made.notice.data, made.notice.occurred_at)] = made.notice
        return Live(rebuilt.state, tables, len(stored), [], owed=tuple(corrections(told, notices, BY_SOP)))
