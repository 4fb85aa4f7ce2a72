"""A case as it was, asked for one instant after the other: each known fact is folded once, however many are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from sopengine.kernel.events import Event, in_order
from sopengine.kernel.fold import fold
from sopengine.kernel.settle import settle
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables


class Past:
    """What `replay` gives for an instant, for instants that do not go back. New facts are taken in where it stands."""

    def __init__(self, tables: Tables, case: str, known: Sequence[Event]) -> None:
        self._tables = tables
        self._facts = in_order([event for event in known if event.is_fact])
        self._causes = {event.id for event in known if not event.is_fact}
        self._folded = 0
        self._state = CaseState(case)

    def at(self, instant: int) -> CaseState:
        """The case as it was at an instant; to be looked at before the next one is asked for."""
        while self._folded < len(self._facts) and self._facts[self._folded].occurred_at <= instant:
            event = self._facts[self._folded]
            self._settle(event.occurred_at + (event.cause in self._causes))
            self.take(event)
            self._folded += 1
        self._settle(instant)
        return self._state

    def take(self, event: Event) -> None:
        """Take in a fact that happened where it stands."""
        fold(self._tables, self._state, event)

    def _settle(self, until: int) -> None:
        for _ in settle(self._tables, self._state, until, derive=False):
            continue
