"""When the routines of an SOP open, are due and give way to the next: a pure function of the SOP, calendars and people.

Instants are microseconds since the epoch. Source: the language reference, "Routines". What it leaves open is decided here:

- Times of day are read in the SOP's zone; a date is open when business starts on it in the first calendar, and every date is
  open where there is no calendar.
- An occurrence is known by the date that its words name, also when `if_closed` moves it. Two that are moved to the same date
  (Saturday's and Sunday's, both to Monday) stay two: each was owed, and each has its own key.
- It gives way when its routine opens the next time, strictly later: two of one date do not make each other missed.
- Where daylight saving skips the opening and its due time with it, the window keeps its length from the moved opening.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from operator import attrgetter
from typing import Final

from sopengine.language.model import Routine, Sop
from sopengine.people import ROLE_ACTOR, Directory
from sopengine.time import zones
from sopengine.time.calendar import END, Calendar
from sopengine.time.lock import calendar_of
from sopengine.time.recurrence import FIRST_DAY, LAST_DAY, IsOpen, earliest_for, moved, parse
from sopengine.time.zones import at_wall, local_date

CASE_PREFIX: Final = "rutin:"
"""The beginning of the id of every case that an occurrence is."""

STARTED_PREFIX: Final = "rutin."
"""The beginning of the id of every case that a routine `opens`."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One date of a routine, whoever has it. `day` is the date that its words name; `closes_at` is the next opening."""

    sop: str
    zone: str
    routine: Routine
    day: date
    opens_at: int
    due_at: int
    closes_at: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A duty of one person (None: of the whole role) on one date: open from `opens_us`, in time until `due_us`, and missed
    when the next one opens at `closes_us` (µs since the epoch).
    """

    sop: str
    routine: str
    day: date
    person: str | None
    opens_us: int
    due_us: int
    closes_us: int
    zone: str

    @property
    def case(self) -> str:
        """The id of the case that it is: SOP, routine and date, and the person where each has their own."""
        whose = "" if self.person is None else f":{self.person}"
        return f"{CASE_PREFIX}{self.sop}:{self.routine}:{self.day}{whose}"

    @property
    def opens(self) -> datetime:
        """When it opens, in the SOP's zone."""
        return zones.to_datetime(self.opens_us, self.zone)

    @property
    def due(self) -> datetime:
        """The last instant at which it is in time, in the SOP's zone."""
        return zones.to_datetime(self.due_us, self.zone)

    @property
    def closes(self) -> datetime:
        """When the next one opens and this one is missed, in the SOP's zone."""
        return zones.to_datetime(self.closes_us, self.zone)


def occurrences(
    sop: Sop, directory: Directory, calendars: Mapping[str, Calendar], since: int, until: int
) -> list[Occurrence]:
    """Every occurrence that opens in [since, until), in the order of opening, of the file, and of the directory.

    `calendars` are the SOP's own (`calendars_of`). Who has a duty is asked of the directory at the instant of its opening.

    >>> from sopengine.loading import load_text
    >>> from sopengine.people import People
    >>> sop = load_text('''
    ... sop: desk
    ... title: Desk
    ... version: "1"
    ... timezone: Asia/Jakarta
    ... calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}
    ... stages: {talk: {owner: sales}}
    ... routines: {pagi: {owner: sales, every: working day, at: "08:00-10:00"}}
    ... ''')
    >>> friday = zones.at_wall(date(2026, 2, 6), 0, sop.timezone)
    >>> people = People.from_mapping({"rina": "sales"})
    >>> found = occurrences(sop, people, calendars_of(sop), friday, friday + 4 * zones.DAY)
    >>> [(each.case, str(each.due)) for each in found]  # doctest: +NORMALIZE_WHITESPACE
    [('rutin:desk:pagi:2026-02-06:rina', '2026-02-06 10:00:00+07:00'),
     ('rutin:desk:pagi:2026-02-09:rina', '2026-02-09 10:00:00+07:00')]
    """
    open_on = is_open(calendars)
    found = (
        occurrence
        for routine in sop.routines.values()
        for slot in takewhile(lambda slot: slot.opens_at < until, slots(sop, routine, open_on, since))
        for occurrence in of(slot, directory)
    )
    return sorted(found, key=attrgetter("opens_us"))


def calendars_of(sop: Sop) -> dict[str, Calendar]:
    """The calendars that an SOP declares, ready to be asked."""
    return {name: calendar_of(spec) for name, spec in sop.calendars.items()}


def is_open(calendars: Mapping[str, Calendar]) -> IsOpen:
    """Whether business starts on a date: by the first calendar; always, where there is none."""
    calendar = next(iter(calendars.values()), None)
    if calendar is None:
        return lambda day: True
    asked = calendar.is_working_day
    return lambda day: FIRST_DAY <= day <= LAST_DAY and asked(day)


def of(slot: Slot, directory: Directory) -> list[Occurrence]:
    """The occurrences of one date of a routine: one for each person who has a role that owns it, or one for all."""
    routine = slot.routine
    people: list[str | None] = [None] if routine.per == "role" else [*people_of(routine.owner, directory, slot.opens_at)]
    name, opens, due, closes = routine.name, slot.opens_at, slot.due_at, slot.closes_at
    return [Occurrence(slot.sop, name, slot.day, person, opens, due, closes, slot.zone) for person in people]


def people_of(roles: tuple[str, ...], directory: Directory, at: int) -> dict[str, None]:
    """Who has any of the roles at an instant, each once, in the directory's order."""
    return dict.fromkeys(person for role in roles for person in directory.members(role, at))


def unknown_people(slot: Slot, directory: Directory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where a duty that is each person's own finds nobody (CASE805), or no directory that names them (CASE804); the roles."""
    routine = slot.routine
    wanted = (routine.owner if routine.per != "role" else (), (routine.for_each,) if routine.for_each is not None else ())
    for roles in filter(None, wanted):
        who = people_of(roles, directory, slot.opens_at)
        if not who:
            yield "CASE805", roles
        elif any(person.startswith(ROLE_ACTOR) for person in who):
            yield "CASE804", roles


def slots(sop: Sop, routine: Routine, open_on: IsOpen, since: int) -> Iterator[Slot]:
    """The dates of a routine that open at `since` or later, one by one, to the end of the years that calendars know."""
    waiting: list[tuple[date, int, int]] = []
    for day, opens, due in _windows(routine, sop.timezone, open_on, since):
        if waiting and opens > waiting[-1][1]:
            yield from (Slot(sop.id, sop.timezone, routine, *window, opens) for window in waiting)
            waiting = []
        waiting.append((day, opens, due))
    yield from (Slot(sop.id, sop.timezone, routine, *window, END) for window in waiting)


def _windows(routine: Routine, zone: str, open_on: IsOpen, since: int) -> Iterator[tuple[date, int, int]]:
    start = max(FIRST_DAY, local_date(since, zone))
    # the zone's date at `since` may be the day after the opening's own wall date where a zone skips a day
    first = earliest_for(date.fromordinal(max(FIRST_DAY.toordinal(), start.toordinal() - 1)), routine.if_closed, open_on)
    for day in parse(routine.every).dates(first, open_on):
        on = moved(day, routine.if_closed, open_on)
        if on is None:
            continue
        opens, due = at_wall(on, routine.opens_at, zone), at_wall(on, routine.due_by, zone)
        if opens >= since:
            yield day, opens, due if due > opens else opens + routine.due_by - routine.opens_at


