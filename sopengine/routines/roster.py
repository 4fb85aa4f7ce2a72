"""What the calendar has opened already: one stream an SOP, so that everything is opened once, across restarts and processes.

An event of the stream stands for one instant at which routines opened and names the cases of each. The cases are stored
before it; when a process stops between the two, the instant is taken up again and finds them there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sopengine.kernel.events import BY_SOP, Draft, Event
from sopengine.kernel.state import NEVER
from sopengine.store import Append, Store

BEGAN: Final = "routines_began"
OPENED: Final = "routines_opened"


class Roster:
    """The stream of one SOP: until when it was opened (`until`, exclusive), and which cases each routine opened last."""

    def __init__(self, store: Store, sop: str, sop_hash: str) -> None:
        self._store = store
        self._stream = f"routines:{sop}"
        self._hash = sop_hash
        self._length = 0
        self.until: int | None = None
        self.latest: dict[str, tuple[str, ...]] = {}
        self.read()

    def read(self) -> None:
        """Take up what is stored: at first, and after somebody else has written."""
        self._length, self.until, self.latest = 0, None, {}
        for event in self._store.read(self._stream):
            self._take(event)

    def begin(self, at: int, now: int) -> None:
        """Routines that open at `at` or later are this roster's. Raises StaleCase when somebody else has begun it."""
        self._append(Draft(BEGAN, at, BY_SOP), now)

    def opened(self, at: int, cases: Mapping[str, Sequence[str]], now: int) -> None:
        """Everything that opens at instant `at` has been opened. Raises StaleCase when somebody else has written."""
        data = {"cases": {routine: list(names) for routine, names in cases.items()}}
        self._append(Draft(OPENED, at, BY_SOP, data=data), now)

    def history(self) -> Sequence[Event]:
        """Everything that was written, in its order."""
        return self._store.read(self._stream)

    def _append(self, draft: Draft, now: int) -> None:
        event = draft.placed(self._stream, self._length + 1, now, self._hash)
        self._store.append([Append(self._stream, self._length, (event,), NEVER)])
        self._take(event)

    def _take(self, event: Event) -> None:
        self._length += 1
        self.until = event.occurred_at + (event.kind == OPENED)
        for routine, names in event.data.get("cases", {}).items():
            self.latest[routine] = tuple(names)
