"""An index of the open cases by who has to look at them, so that nobody's agenda asks every case.

It is built when the first agenda is asked for and brought along with every case that is loaded or saved. Only stages are
indexed: what is at rest in an outcome waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sopengine.engine.cases import Live


class Desk(NamedTuple):
    """A stage of one version of an SOP."""

    sop_hash: str
    stage: str


class Index:
    """Open cases by holder, and by stage: those that nobody holds, and all."""

    def __init__(self, lives: Iterable[Live]) -> None:
        self._seen: dict[str, tuple[Desk, str | None]] = {}
        self._held: dict[str, set[str]] = {}
        self._queues: dict[Desk, set[str]] = {}
        self._desks: dict[Desk, set[str]] = {}
        for live in lives:
            self.put(live)

    def put(self, live: Live) -> None:
        """Take a case up as it stands now."""
        state, tables = live.state, live.tables
        open_at = tables.places[state.place].stage is not None if state.place in tables.places else False
        now = (Desk(tables.sop.hash, state.place), state.holder) if open_at else None
        before = self._seen.get(state.case)
        if now == before:
            return
        if before is not None:
            del self._seen[state.case]
            for cases in self._sets(*before):
                cases.discard(state.case)
        if now is not None:
            self._seen[state.case] = now
            for cases in self._sets(*now):
                cases.add(state.case)

    def _sets(self, desk: Desk, holder: str | None) -> tuple[set[str], set[str]]:
        mine = self._queues.setdefault(desk, set()) if holder is None else self._held.setdefault(holder, set())
        return self._desks.setdefault(desk, set()), mine

    def held(self, person: str) -> frozenset[str]:
        """The open cases that a person holds."""
        return frozenset(self._held.get(person, ()))

    def queue(self, desk: Desk) -> frozenset[str]:
        """The cases at a desk that nobody holds."""
        return frozenset(self._queues.get(desk, ()))

    def desk(self, desk: Desk) -> frozenset[str]:
        """All cases at a desk."""
        return frozenset(self._desks.get(desk, ()))
