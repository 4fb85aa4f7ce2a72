"""The lock file beside an SOP: found when the SOP is loaded, written when its calendars are locked.

The file is called after the SOP's id (``lead-sales.lock``), so that all versions of the SOP in a folder share it. An SOP
that has one is judged by the days in it; an unusable lock is an error and never passed over, because without it the past
could change unseen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from sopengine.diagnostics import Diagnostic, Span
from sopengine.language.builder.files import Borrowed, Unavailable
from sopengine.language.model import Sop
from sopengine.lint.locks import lint_lock
from sopengine.source import SIZE_LIMIT, read
from sopengine.time.calendar import CalendarSpec
from sopengine.time.lock import Correction, Lock, Relocked, locked_spec, relock, written_spec
from sopengine.time.lock_text import parse, write
from sopengine.time.windows import FIRST_YEAR

YEARS_AHEAD = 2
"""How many years after this one are locked when nothing else is asked for."""

YEARS_NEEDED = 1
"""How many of them must be locked for a lock to be up to date, so that it does not go stale overnight at New Year."""


class Beside(Protocol):
    """The folder of an SOP."""

    root: Path

    def read(self, named: str, limit: int) -> Borrowed:
        """The file, or Unavailable with the reason."""

    def has(self, named: str) -> bool:
        """Whether anything of that name is there, readable or not."""


@dataclass(frozen=True, slots=True)
class Found:
    """A lock file that is there: the lock when it can be used, the problems when not, its name and text."""

    lock: Lock | None
    problems: tuple[Diagnostic, ...]
    name: str
    text: str


class Because(NamedTuple):
    """Who corrects the past, and why."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What locking an SOP comes to: the lock as it is and as it will be, and what became of each calendar."""

    old: Lock | None
    new: Lock
    calendars: tuple[tuple[str, Relocked], ...]

    @property
    def changes(self) -> bool:
        """Whether the file has to be written, be it for a later date alone."""
        return self.old != self.new

    @property
    def current(self) -> bool:
        """Whether the lock that is there gives every day ahead as the SOP does now."""
        return self.old is not None and all(relocked.current for _, relocked in self.calendars)


def lock_name(sop: str) -> str:
    """The name of the lock file of the SOP with that id."""
    return f"{sop}.lock"


def find_lock(sop: Sop, folder: Beside) -> Found | None:
    """The lock file beside an SOP; None when there is none. What is there and cannot be used is a problem."""
    name = lock_name(sop.id)
    if not sop.id or not folder.has(name):
        return None
    try:
        borrowed = folder.read(name, SIZE_LIMIT)
    except Unavailable as unavailable:
        place = Span(str(folder.root / name), 1, 1, 1, 1)
        return Found(None, (Diagnostic(unavailable.code, place, unavailable.params),), place.file, "")
    document = read(borrowed.data, borrowed.name)
    lock, problems = parse(document, sop.id)
    return Found(lock, tuple(problems), borrowed.name, document.text)


def frozen(sop: Sop, found: Found) -> tuple[Sop, list[Diagnostic]]:
    """The SOP with the days of its calendars taken from the lock, and everything there is to say about that lock."""
    if found.lock is None:
        return sop, list(found.problems)
    locked: dict[str, CalendarSpec] = {}
    for name, spec in sop.calendars.items():
        days = found.lock.find(name, spec)
        locked[name] = spec if days is None else locked_spec(spec, days)
    return replace(sop, calendars=locked), [*found.problems, *lint_lock(sop, found.lock)]


def plan(
    sop: Sop,
    old: Lock | None,
    today: Callable[[str], date],
    *,
    until: int | None = None,
    ahead: int = YEARS_AHEAD,
    correct: Because | None = None,
) -> Plan:
    """Lock the calendars of an SOP anew; nothing is written.

    `today` gives the date in a zone: later days are taken from the SOP, the others stay. Locked are the years from the
    one in which the SOP took effect, or last year, to `until`, or `ahead` years after this one. NoSuchYears for a span
    that no lock holds.
    """
    new = Lock(sop.id, {}) if old is None else old
    done: list[tuple[str, Relocked]] = []
    for name, locked in sop.calendars.items():
        spec = written_spec(locked)
        day = today(spec.timezone)
        years = (_first_year(sop, day.year), until or day.year + ahead)
        result = relock(new.before(name, spec), spec, years, day, correct_past=correct is not None)
        done.append((name, result))
        new = new.keeping(name, result.days)
        if correct is not None and result.past:
            record = Correction(day, correct.by, correct.reason, name, result.days.spec, result.past)
            new = replace(new, history=(*new.history, record))
    return Plan(old, new, tuple(done))


def save(folder: Path, lock: Lock) -> Path:
    """Write the lock file whole or not at all. OSError when the folder cannot be written to."""
    target = folder / lock_name(lock.sop)
    temporary = folder / f".{target.name}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(write(lock))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    return target


def _first_year(sop: Sop, this_year: int) -> int:
    """The year in which the SOP took effect, when that is earlier than last year."""
    written = (sop.effective_from or "")[:4]
    effective = int(written) if written.isascii() and written.isdigit() else this_year
    return max(FIRST_YEAR, min(effective, this_year - 1))
