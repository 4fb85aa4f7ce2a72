"""An index of the open cases by who has to look at them, so that nobody's agenda asks every case.

It is built when the first agenda is asked for and brought along with every case that is loaded or saved. Only stages are
indexed: what is at rest in an outcome waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from sopengine.kernel.approvals import waiting_for
from sopengine.kernel.papers import deciders_awaited

if TYPE_CHECKING:
    from sopengine.engine.cases import Live

_NOBODY: Final[frozenset[str]] = frozenset()


class Desk(NamedTuple):
    """A stage of one version of an SOP."""

    sop_hash: str
    stage: str


class Seat(NamedTuple):
    """Where an open case is: its stage, who holds it, the role that took it where nobody could, and whose word it awaits."""

    desk: Desk
    holder: str | None
    queue: str | None
    awaited: frozenset[str] = _NOBODY


class Index:
    """Open cases by holder, and by stage: those that nobody holds, and all; those that lie in the queue of a role, and those
    with an approval that waits for the decision of a role or a person.
    """

    def __init__(self, lives: Iterable[Live]) -> None:
        self._seen: dict[str, Seat] = {}
        self._lying: dict[str, set[str]] = {}
        self._awaited: dict[str, set[str]] = {}
        self._held: dict[str, set[str]] = {}
        self._queues: dict[Desk, set[str]] = {}
        self._desks: dict[Desk, set[str]] = {}
        self._changed: list[str] | None = None
        for live in lives:
            self.put(live)

    def put(self, live: Live) -> None:
        """Take a case up as it stands now."""
        state, tables = live.state, live.tables
        open_at = tables.places[state.place].stage is not None if state.place in tables.places else False
        awaited = waiting_for(state) if state.approvals else _NOBODY
        if state.documents:
            awaited |= deciders_awaited(tables, state)
        now = Seat(Desk(tables.sop.hash, state.place), state.holder, state.queue, awaited) if open_at else None
        before = self._seen.get(state.case)
        if now == before:
            return
        if self._changed is not None:
            self._tell(self._changed, before, now)
        if before is not None:
            del self._seen[state.case]
            for cases in self._sets(*before):
                cases.discard(state.case)
        if now is not None:
            self._seen[state.case] = now
            for cases in self._sets(*now):
                cases.add(state.case)

    @property
    def changed(self) -> list[str]:
        """Whose number of cases has changed, in order, since this was first asked for; the reader shortens it."""
        if self._changed is None:
            self._changed = []
        return self._changed

    def _tell(self, changed: list[str], before: Seat | None, now: Seat | None) -> None:
        holders = (before.holder if before is not None else None, now.holder if now is not None else None)
        if holders[0] != holders[1]:
            changed += (person for person in holders if person is not None)

    def _sets(self, desk: Desk, holder: str | None, queue: str | None, awaited: frozenset[str]) -> Iterator[set[str]]:
        yield self._desks.setdefault(desk, set())
        yield self._queues.setdefault(desk, set()) if holder is None else self._held.setdefault(holder, set())
        if holder is None and queue is not None:
            yield self._lying.setdefault(queue, set())
        for who in awaited:
            yield self._awaited.setdefault(who, set())

    def awaits(self, names: Iterable[str]) -> frozenset[str]:
        """The cases with an approval that waits for one of some roles and persons."""
        return frozenset().union(*(self._awaited.get(name, ()) for name in names))

    def held(self, person: str) -> frozenset[str]:
        """The open cases that a person holds."""
        return frozenset(self._held.get(person, ()))

    def load(self, person: str) -> int:
        """How many open cases a person holds."""
        return len(self._held.get(person, ()))

    def has(self, case: str, person: str) -> bool:
        """Whether it is known that a person holds a case."""
        return case in self._held.get(person, ())

    def queue(self, desk: Desk) -> frozenset[str]:
        """The cases at a desk that nobody holds."""
        return frozenset(self._queues.get(desk, ()))

    def lying(self, role: str) -> frozenset[str]:
        """The cases in the queue of a role, because nobody could be chosen for them."""
        return frozenset(self._lying.get(role, ()))

    def desk(self, desk: Desk) -> frozenset[str]:
        """All cases at a desk."""
        return frozenset(self._desks.get(desk, ()))
