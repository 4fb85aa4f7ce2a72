"""A lock as text, and back: YAML with one line for every day that is not as in its week, made to be read in a diff.

Writing is a function of the lock alone: the same lock gives the same bytes. Reading reports every fault at its place
and never raises, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, TypeAlias

from sopengine.diagnostics import Diagnostic
from sopengine.source import Document
from sopengine.time import zones
from sopengine.time.durations import shortened
from sopengine.time.lock import MOST_YEARS, Change, Correction, Day, FrozenDays, Lock, OrdinaryWeek, windows_text
from sopengine.time.windows import FIRST_YEAR, LAST_YEAR, Windows, WrittenWrong, parse_days, parse_windows, weekday_name
from sopengine.wording import Term

VERSION = 1
Path: TypeAlias = tuple[str | int, ...]

_HEAD = "# The days of the calendars, as cases are judged by them. `sopengine lock` writes this file; keep it beside the SOP.\n"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = re.compile(r"([0-9]{4})\.\.([0-9]{4})")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")

_LOCK_KEYS = ("lock", "sop", "calendars", "history")
_ENTRY_KEYS = ("spec", "timezone", "locked", "years", "not_decreed", "weeks", "days", "hash")
_CORRECTION_KEYS = ("on", "by", "reason", "calendar", "spec", "days")
_MAY_BE_ABSENT = frozenset({"history", "not_decreed", "days"})
MOST_PROBLEMS = 100


def write(lock: Lock) -> str:
    """The text of a lock."""
    lines = [f"lock: {VERSION}", f"sop: {quoted(lock.sop)}", "calendars:" if lock.calendars else "calendars: {}"]
    for name, entries in lock.calendars.items():
        lines.append(f"  {quoted(name)}:")
        for entry in entries:
            lines += _entry(entry)
    if lock.history:
        lines.append("history:")
        for correction in lock.history:
            lines += _correction(correction)
    return _HEAD + "\n".join(lines) + "\n"


def _entry(entry: FrozenDays) -> Iterator[str]:
    yield f"    - spec: {entry.spec}"
    yield f"      timezone: {entry.timezone}"
    yield f"      locked: {entry.locked}"
    yield f"      years: {entry.years[0]}..{entry.years[1]}"
    if entry.undecreed:
        yield f"      not_decreed: [{', '.join(map(str, entry.undecreed))}]"
    yield "      weeks:"
    first = entry.ordinals().start
    for start, week in entry.weeks:
        yield f"        {date.fromordinal(max(start, first))}: {{{', '.join(_week(week))}}}"
    if entry.special:
        yield "      days:"
    for number, day in sorted(entry.special.items()):
        yield f'        {date.fromordinal(number)}: "{day}"  # {weekday_name((number - 1) % 7)}'
    yield f"      hash: {entry.hash()}"


def _week(week: OrdinaryWeek) -> Iterator[str]:
    """``mon-fri: "08:00-16:00"``: neighbouring days with the same windows together, closed ones left out."""
    for windows, group in groupby(range(7), key=lambda day: week[day]):
        days = list(group)
        name = weekday_name(days[0]) if len(days) == 1 else f"{weekday_name(days[0])}-{weekday_name(days[-1])}"
        if windows:
            yield f'{name}: "{windows_text(windows)}"'


def _correction(correction: Correction) -> Iterator[str]:
    yield f"  - on: {correction.on}"
    yield f"    by: {quoted(correction.by)}"
    yield f"    reason: {quoted(correction.reason)}"
    yield f"    calendar: {quoted(correction.calendar)}"
    yield f"    spec: {correction.spec}"
    yield "    days:"
    for day, was, now in correction.days:
        yield f'      {day}: {{was: "{was}", now: "{now}"}}'


def quoted(text: str) -> str:
    """A text as YAML in double quotes, on one line, with nothing in it that a terminal or editor would hide.

    >>> quoted('a "b"\\n\\x1b')
    '"a \\\\"b\\\\"\\\\U0000000A\\\\U0000001B"'
    """
    return '"' + "".join(_character(character) for character in text) + '"'


def _character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def parse(document: Document, sop: str) -> tuple[Lock | None, list[Diagnostic]]:
    """The lock of the SOP with that id, or None and every problem of the text, each at its place."""
    if not document.readable or document.problems:
        return None, list(document.problems)
    reader = _Reader(document)
    lock = reader.lock(sop)
    return (None if reader.problems else lock), reader.problems[:MOST_PROBLEMS]


class _Wrong(Exception):
    """A part of the lock cannot be used; what is wrong with it has been said."""


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Diagnostic] = []
        self.read_windows: dict[str, Windows] = {}

    def say(self, code: str, path: Path, *, key: bool = False, **params: Any) -> _Wrong:
        span = self.document.key_span(path) if key else self.document.span(path)
        self.problems.append(Diagnostic(code, span, params))
        return _Wrong()

    def misfit(self, path: Path, what: str, *, key: bool = False) -> _Wrong:
        """SOP444 for the value, or the key, at `path`."""
        said = path[-1] if key else self.document.raw(path)
        return self.say("SOP444", path, key=key, text=shortened(str(said or "…")), what=Term(what))

    def keys(self, data: Any, path: Path, known: tuple[str, ...]) -> Mapping[str, Any]:
        """A mapping with exactly those keys."""
        if not isinstance(data, dict):
            raise self.misfit(path, "rules.lock_mapping")
        missing = [key for key in known if key not in data and key not in _MAY_BE_ABSENT]
        for key in missing:
            self.say("SOP440", path, key=bool(path), name=key)
        unknown = [key for key in data if key not in known]
        for key in unknown[:MOST_PROBLEMS]:
            self.say("SOP440", (*path, key), key=True, name=shortened(key))
        if missing or unknown:
            raise _Wrong
        return data

    def lock(self, sop: str) -> Lock | None:
        data = self.document.data
        if isinstance(data, dict) and data.get("lock", VERSION) != VERSION:
            self.say("SOP441", ("lock",), version=shortened(str(data["lock"])), known=VERSION)
            return None
        try:
            top = self.keys(data, (), _LOCK_KEYS)
            if top["sop"] != sop:
                raise self.say("SOP443", ("sop",), other=shortened(str(top["sop"])), sop=sop)
            calendars = self.mapping(top["calendars"], ("calendars",))
            found = {name: self.entries(entries, ("calendars", name)) for name, entries in calendars.items()}
            return Lock(sop, found, tuple(self.each(top.get("history"), ("history",), self.correction)))
        except _Wrong:
            return None

    def entries(self, data: Any, path: Path) -> tuple[FrozenDays, ...]:
        found = tuple(self.each(data, path, self.entry))
        seen: set[str] = set()
        for at, entry in enumerate(found):
            if entry.spec in seen:
                self.misfit((*path, at, "spec"), "rules.lock_other_rule")
            seen.add(entry.spec)
        return found

    def each(self, data: Any, path: Path, read: Any) -> Iterator[Any]:
        """The members of a list that can be read."""
        if data is not None and not isinstance(data, list):
            self.misfit(path, "rules.lock_list")
            return
        for at, member in enumerate(data or ()):
            try:
                yield read(member, (*path, at))
            except _Wrong:
                if len(self.problems) >= MOST_PROBLEMS:
                    return

    def entry(self, data: Any, path: Path) -> FrozenDays:
        data = self.keys(data, path, _ENTRY_KEYS)
        before = len(self.problems)
        years = self.years(data["years"], (*path, "years"))
        bare = FrozenDays(
            spec=self.hash(data["spec"], (*path, "spec")),
            timezone=self.zone(data["timezone"], (*path, "timezone")),
            locked=self.date(data["locked"], (*path, "locked")),
            years=years,
            weeks=((0, ((),) * 7),),
            special={},
            undecreed=tuple(self.undecreed(data.get("not_decreed"), (*path, "not_decreed"), years)),
        )
        allowed = bare.ordinals()
        weeks = tuple(self.weeks(data["weeks"], (*path, "weeks"), allowed))
        special = dict(self.days(data.get("days"), (*path, "days"), allowed))
        if len(self.problems) > before:
            raise _Wrong
        found = FrozenDays(bare.spec, bare.timezone, bare.locked, years, weeks, special, bare.undecreed)
        if data["hash"] != found.hash():
            raise self.say("SOP442", (*path, "hash"), calendar=str(path[1]))
        return found

    def correction(self, data: Any, path: Path) -> Correction:
        data = self.keys(data, path, _CORRECTION_KEYS)
        return Correction(
            self.date(data["on"], (*path, "on")),
            self.text(data["by"], (*path, "by")),
            self.text(data["reason"], (*path, "reason")),
            self.text(data["calendar"], (*path, "calendar")),
            self.hash(data["spec"], (*path, "spec")),
            tuple(self.changes(data.get("days"), (*path, "days"))),
        )

    def changes(self, data: Any, path: Path) -> Iterator[Change]:
        for key, value in self.mapping(data, path).items():
            pair = self.keys(value, (*path, key), ("was", "now"))
            day = self.date(key, (*path, key), key=True)
            yield Change(day, self.day(pair["was"], (*path, key, "was")), self.day(pair["now"], (*path, key, "now")))

    def mapping(self, data: Any, path: Path) -> Mapping[str, Any]:
        if data is None:
            return {}
        if not isinstance(data, dict):
            raise self.misfit(path, "rules.lock_mapping")
        return data

    def weeks(self, data: Any, path: Path, allowed: range) -> Iterator[tuple[int, OrdinaryWeek]]:
        """The ordinary weeks; the first holds from the first locked date."""
        entries = self.mapping(data, path)
        if not entries:
            raise self.misfit(path, "rules.lock_mapping")
        for at, (number, key, value) in enumerate(self.in_order(entries, path, allowed)):
            if at == 0 and number != allowed.start:
                raise self.misfit((*path, key), "rules.lock_date", key=True)
            yield (number if at else 0), self.week(value, (*path, key))

    def week(self, data: Any, path: Path) -> OrdinaryWeek:
        week: list[Windows] = [()] * 7
        for key, value in self.mapping(data, path).items():
            try:
                days = parse_days(key)
            except WrittenWrong:
                raise self.misfit((*path, key), "rules.lock_weekdays", key=True) from None
            for day in days:
                week[day] = self.windows(value, (*path, key))
        return tuple(week)

    def days(self, data: Any, path: Path, allowed: range) -> Iterator[tuple[int, Day]]:
        for number, key, value in self.in_order(self.mapping(data, path), path, allowed):
            yield number, self.day(value, (*path, key))

    def in_order(self, entries: Mapping[str, Any], path: Path, allowed: range) -> Iterator[tuple[int, str, Any]]:
        """Entries by date, each inside the locked years and later than the one before it."""
        last = allowed.start - 1
        for key, value in entries.items():
            number = self.date(key, (*path, key), key=True).toordinal()
            if number not in allowed or number <= last:
                raise self.misfit((*path, key), "rules.lock_date", key=True)
            last = number
            yield number, key, value

    def day(self, data: Any, path: Path) -> Day:
        text = self.text(data, path)
        holiday = text.split(" ", 1)[0] == "holiday"
        rest = text.removeprefix("holiday").strip() if holiday else text
        return Day(self.windows(rest, path) if rest not in ("", "closed") else (), holiday)

    def windows(self, data: Any, path: Path) -> Windows:
        text = self.text(data, path)
        if text not in self.read_windows:
            try:
                self.read_windows[text] = parse_windows(text)
            except WrittenWrong:
                raise self.misfit(path, "rules.lock_hours") from None
        return self.read_windows[text]

    def date(self, data: Any, path: Path, *, key: bool = False) -> date:
        try:
            found = date.fromisoformat(data) if isinstance(data, str) and _DATE.fullmatch(data) else None
        except ValueError:
            found = None
        # the locked dates reach a little over the locked years
        if found is not None and FIRST_YEAR - 1 <= found.year <= LAST_YEAR + 1:
            return found
        raise self.misfit(path, "rules.lock_date", key=key)

    def years(self, data: Any, path: Path) -> tuple[int, int]:
        found = _YEARS.fullmatch(data) if isinstance(data, str) else None
        first, last = (int(found[1]), int(found[2])) if found else (0, 0)
        if not FIRST_YEAR <= first <= last <= LAST_YEAR or last - first >= MOST_YEARS:
            raise self.misfit(path, "rules.lock_years")
        return first, last

    def undecreed(self, data: Any, path: Path, years: tuple[int, int]) -> Iterator[int]:
        members: Iterable[Any] = data if isinstance(data, list) else () if data is None else (data,)
        last = years[0] - 1
        for at, year in enumerate(members):
            if isinstance(year, bool) or not isinstance(year, int) or not last < year <= years[1]:
                raise self.misfit((*path, at), "rules.lock_years")
            last = year
            yield year

    def zone(self, data: Any, path: Path) -> str:
        if not isinstance(data, str) or not zones.known(data):
            raise self.misfit(path, "rules.lock_zone")
        return data

    def hash(self, data: Any, path: Path) -> str:
        if not isinstance(data, str) or not _HASH.fullmatch(data):
            raise self.misfit(path, "rules.lock_hash")
        return data

    def text(self, data: Any, path: Path) -> str:
        if not isinstance(data, str):
            raise self.misfit(path, "rules.lock_text")
        return data

