"""Who is there: leave of whole local dates and windows of shifts, as instants of one zone.

Source: the language reference, "Durations and calendars": windows are half-open in local time, an overnight window belongs
to the day it starts on, what a gap of daylight saving skips is not there and what a fold repeats is there twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from sopengine.people.directory import NEVER
from sopengine.people.person import Person
from sopengine.time import zones
from sopengine.time.calendar import BEGIN, END, Calendar, OutsideCalendar
from sopengine.time.spec import CalendarSpec, Week
from sopengine.time.windows import Dates


class Attendance:
    """Presence of everybody in one zone. A question costs a bisection or two; those who share a shift share its calendar.

    `_still` is the stretch without a change that was asked about last: one tuple, so that threads see it whole or not at all.
    """

    __slots__ = ("_every_leave", "_leave", "_shift", "_shifts", "_still")

    def __init__(self, entries: Mapping[str, Person], zone: str) -> None:
        shifts: dict[Week, Calendar] = {}
        self._leave: dict[str, tuple[int, ...]] = {}
        self._shift: dict[str, Calendar] = {}
        for name, person in entries.items():
            if person.leave:
                self._leave[name] = _edges(person.leave, zone)
            if person.shift is not None:
                spec = CalendarSpec(zone, hours=person.shift)
                self._shift[name] = shifts.setdefault(person.shift, Calendar.of(spec))
        self._shifts = tuple(shifts.values())
        self._still = (0, 0)
        self._every_leave = tuple(sorted({edge for edges in self._leave.values() for edge in edges}))

    def on_leave(self, person: str, at: int) -> bool:
        """Whether the local date is one of the person's leave."""
        edges = self._leave.get(person)
        return edges is not None and bisect_right(edges, at) % 2 == 1

    def on_shift(self, person: str, at: int) -> bool:
        """Whether the wall clock lies in a window of the person's shift; always, where there is none."""
        shift = self._shift.get(person)
        return shift is None or (BEGIN <= at < END and shift.is_open(at))

    def changes_after(self, person: str | None, at: int) -> int:
        """The next instant at which somebody, or that person, may come or go."""
        if person is None:
            since, until = self._still
            if not since <= at < until:
                until = min(_next(self._every_leave, at), *(_turn(shift, at) for shift in self._shifts), NEVER)
                self._still = (at, until)
            return until
        shift = self._shift.get(person)
        return min(_next(self._leave.get(person, ()), at), NEVER if shift is None else _turn(shift, at))


def _edges(leave: Iterable[Dates], zone: str) -> tuple[int, ...]:
    """The instants at which dates of leave begin and end, by turns: an instant is away iff an odd number has passed."""
    edges: list[int] = []
    for first, last in leave:
        start, end = ((day - zones.EPOCH_DAY) * zones.DAY for day in (first, last + 1))
        for begins, ends in sorted(zones.real_intervals(zone, start, end)):
            if edges and edges[-1] == begins:
                edges[-1] = ends
            else:
                edges += (begins, ends)
    return tuple(edges)


def _next(edges: tuple[int, ...], at: int) -> int:
    index = bisect_right(edges, at)
    return edges[index] if index < len(edges) else NEVER


def _turn(shift: Calendar, at: int) -> int:
    """When the shift opens or closes next; outside the years that calendars know nothing changes any more."""
    if not BEGIN <= at < END:
        return BEGIN if at < BEGIN else NEVER
    try:
        return shift.next_closing(at) if shift.is_open(at) else shift.next_opening(at)
    except OutsideCalendar:
        return NEVER
