"""Live cases: their states, folded once and kept, and the one path by which anything is added to a stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopengine.errors import UnknownCase
from sopengine.kernel.events import BY_SOP, Draft, Event, case_stream
from sopengine.kernel.fold import fold
from sopengine.kernel.replay import Key, corrections, key_of, replay, standing
from sopengine.kernel.settle import Prepare, settle
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables
from sopengine.store import Append, Store


@dataclass(slots=True)
class Live:
    """A case in memory: its state, the tables it is judged by, how long its stream is, and what is not yet stored."""

    state: CaseState
    tables: Tables
    length: int
    pending: list[Event]

    def copy(self) -> Live:
        """A case that can be tried out without touching this one."""
        return Live(self.state.copy(), self.tables, self.length, list(self.pending))

    def place(self, draft: Draft, now: int) -> Event:
        """The event that `draft` becomes as the next of the stream; pending until it is stored."""
        stream = case_stream(self.state.case)
        event = draft.placed(stream, self.length + len(self.pending) + 1, now, self.tables.sop.hash)
        self.pending.append(event)
        return event

    def take(self, draft: Draft, now: int) -> Event:
        """Place a fact and fold it."""
        event = self.place(draft, now)
        fold(self.tables, self.state, event)
        return event

    def settle(self, until: int, now: int, prepare: Prepare | None) -> None:
        """Take up what time alone made true strictly before `until`."""
        if self.state.wake >= until:
            return
        for made in settle(self.tables, self.state, until, prepare=prepare):
            notice = self.place(made.notice, now)
            if made.consequence is not None:
                made.consequence.cause = notice.id
                self.place(made.consequence, now)

    def refold(self, history: Sequence[Event], until: int, now: int, prepare: Prepare | None) -> None:
        """Rebuild the state after a late fact and say what has changed about the notices already told.

        Consequences that stand in the history stay; only time after the last fact may bring new ones.
        """
        known = [*history, *self.pending]
        rebuilt = replay(self.tables, self.state.case, known)
        notices = dict(rebuilt.notices)
        caused: dict[Key, Draft] = {}
        for made in settle(self.tables, rebuilt.state, until, prepare=prepare):
            key = key_of(made.notice.kind, made.notice.data, made.notice.occurred_at)
            notices[key] = made.notice
            if made.consequence is not None:
                caused[key] = made.consequence
        self.state = rebuilt.state
        for draft in corrections(standing(known), notices, BY_SOP):
            told = self.place(draft, now)
            consequence = caused.get(key_of(draft.kind, draft.data, draft.occurred_at)) if told.kind != "corrected" else None
            if consequence is not None:
                consequence.cause = told.id
                self.place(consequence, now)


class Cases:
    """The cases of an engine: loaded from the store when first asked for, dropped when a write fails."""

    def __init__(self, store: Store, tables: dict[str, Tables]) -> None:
        self.store = store
        self._tables = tables
        self._live: dict[str, Live] = {}

    def get(self, case: str) -> Live:
        """The live case; UnknownCase when no stream has that id."""
        live = self._live.get(case)
        if live is None:
            live = self._load(case)
            if live is None:
                raise UnknownCase(f"no case has the id {case!r}")
            self._live[case] = live
        return live

    def has(self, case: str) -> bool:
        """Whether a case of that id exists."""
        return case in self._live or bool(self.store.read(case_stream(case)))

    def history(self, case: str) -> list[Event]:
        """The stored events of a case."""
        return list(self.store.read(case_stream(case)))

    def _load(self, case: str) -> Live | None:
        history = self.history(case)
        if not history:
            return None
        tables = self._tables[history[0].sop_hash]
        state = replay(tables, case, history).state
        told_until = max((notice.occurred_at for notice in standing(history).values()), default=0)
        for _ in settle(tables, state, told_until + 1, derive=False):
            """What was told after the last fact is not told again."""
        return Live(state, tables, len(history), [])

    def new(self, case: str, tables: Tables) -> Live:
        """A case that has no stream yet; it exists once it is saved."""
        return Live(CaseState(case), tables, 0, [])

    def save(self, live: Live) -> list[Event]:
        """Store what is pending. On any failure the case is dropped, so that it is read anew."""
        pending = live.pending
        if not pending:
            return []
        case = live.state.case
        try:
            self.store.append([Append(case_stream(case), live.length, pending, live.state.wake)])
        except BaseException:
            self._live.pop(case, None)
            raise
        live.length += len(pending)
        live.pending = []
        self._live[case] = live
        return pending

    def drop(self, live: Live) -> None:
        """Forget what was not saved."""
        self._live.pop(live.state.case, None)
