"""Time passing over all cases: openings of the calendar and deadlines of cases, one by one, the earliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopengine.diagnostics import Finding
from sopengine.engine.rechecking import recheck
from sopengine.engine.sending import send_due
from sopengine.engine.ticking import Letters, Ticked
from sopengine.errors import OtherVersion
from sopengine.kernel.events import Event

if TYPE_CHECKING:
    from sopengine.engine.cases import Live
    from sopengine.engine.core import Core


class Passing:
    """One tick: everything that became true strictly before `limit`, recorded at `now` (or at `limit`, when that is later).

    What the calendar opens at an instant comes before what becomes true of cases at it. Whatever the partition of time, each
    case has the same events.
    """

    def __init__(self, core: Core, now: int, limit: int) -> None:
        self._core = core
        self._now = now
        self._limit = limit
        self._letters = Letters(core)
        self._not_ours: set[str] = set()
        self._sends: list[tuple[int, str]] = []
        self._found: list[Event] = []

    def run(self) -> Ticked:
        """Take up one thing after the other, until there is nothing left before the limit.

        What is already stored when something fails (a store, a host's predicate) is told by the next tick.
        """
        try:
            if not self._core.rechecked:
                self._found += recheck(self._core, self._letters, self._limit, max(self._now, self._limit))
                self._core.rechecked = True
            while self._step():
                pass
            self._send()
        except BaseException:
            self._core.untold += self._letters.all()
            raise
        told = [*self._core.untold, *self._letters.all()]
        self._core.untold.clear()
        return Ticked(self._found, told)

    def _step(self) -> bool:
        due = self._core.cases.due(self._limit, self._not_ours)
        before = self._limit if due is None else min(due[0] + 1, self._limit)
        if self._core.routines is not None and self._opens(before):
            return True
        if due is None:
            return False
        live = self._ours(due[1])
        if live is not None:
            self._found += self._due(live.copy())
        return True

    def _ours(self, case: str) -> Live | None:
        """The case, unless it is of a version of an SOP that the engine was not given: that is said once, and it is left."""
        try:
            return self._core.cases.get(case)
        except OtherVersion:
            opened = self._core.cases.stored(case)[0]
            self._not_ours.add(opened.stream)
            if opened.sop_hash not in self._core.passed_over:
                self._core.passed_over.add(opened.sop_hash)
                params = {"case": case, "version": opened.sop_hash[:12]}
                self._letters.remark(Finding("CASE590", params, False, None, opened.id))
            return None

    def _opens(self, before: int) -> bool:
        """Let the calendar open what opens next, when that is before an instant."""
        routines = self._core.routines
        opened = None if routines is None else routines.open_next(before, max(self._now, self._limit))
        if opened is None:
            return False
        self._found += opened
        self._letters.opened(opened)
        return True

    def _due(self, live: Live) -> list[Event]:
        """Take up what a case with the earliest deadline has come to; its messages are kept once it is stored."""
        outcome, core, letters = live.state.outcome, self._core, Letters(self._core)
        if live.sends_at < min(live.state.wake, self._limit):
            saved = self._put_off(live)
        else:
            prepare = core.lookups.preparer(live.tables)
            live.settle(min(live.state.wake + 1, self._limit), max(self._now, self._limit), prepare)
            letters.take(live, outcome)
            # Also with nothing to tell: the store then learns the deadline that the case really has.
            saved = core.cases.save(live)
        self._letters.join(letters)
        return saved

    def _put_off(self, live: Live) -> list[Event]:
        """Leave what is to be sent by itself to the end: it is sent now, whenever it was due before.

        A tick that only brings the past up to date leaves it to the one that reaches the present.
        """
        if self._limit >= self._now:
            self._sends.append((live.state.sends_at, live.state.case))
        live.put_off = max(self._limit, self._now - 1)
        return self._core.cases.save(live)

    def _send(self) -> None:
        """Hand out what is due in the order in which it came due, so that who goes first does not depend on the steps of time."""
        for _, case in sorted(self._sends):
            letters = Letters(self._core)
            live = self._core.cases.get(case).copy()
            self._found += send_due(self._core, live, letters, self._limit, self._now)
            self._letters.join(letters)
