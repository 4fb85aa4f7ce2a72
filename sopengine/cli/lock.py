"""`sopengine lock`: freeze the days of the calendars, so that the past cannot move."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sopengine import wording
from sopengine.cli.arguments import Parser, chosen_language
from sopengine.cli.walking import walk
from sopengine.lint import reporter
from sopengine.loading import Folder, Loaded, is_sop, understood
from sopengine.locking import YEARS_AHEAD, YEARS_NEEDED, Because, Plan, find_lock, lock_name, plan, save
from sopengine.source import read_file
from sopengine.source.opening import why_unwritten
from sopengine.time.lock import MOST_YEARS, Change, NoSuchYears, Relocked
from sopengine.wording import Listing

MOST_SHOWN = 20
"""How many lines of changed days are listed under a heading."""

MOST_ALIKE = 5
"""From so many days on, days that change alike are told in one line."""

LONGEST_TEXT = 500


def add_arguments(parser: Parser) -> None:
    """The arguments of the command."""

    def said(name: str) -> str:
        return wording.say(name, parser.lang)

    parser.add_argument("paths", nargs="*", default=["."], metavar=said("cli.path"), help=said("lock.paths"))
    parser.add_argument("--check", action="store_true", help=said("lock.check_help"))
    parser.add_argument("--until", type=int, metavar=said("lock.year"), help=said("lock.until_help"))
    parser.add_argument("--correct-past", action="store_true", help=said("lock.correct_help"))
    parser.add_argument("--reason", metavar=said("lock.text"), help=said("lock.reason_help"))
    parser.add_argument("--by", metavar=said("lock.name"), help=said("lock.by_help"))
    parser.add_argument("--today", metavar=said("lock.date"), help=said("lock.today_help"))


@dataclass
class Run:
    """What one run is asked for, and the worst that it has met so far."""

    lang: str | None
    check: bool
    until: int | None
    correct: Because | None
    today: Callable[[str], date]
    code: int = 0

    def worse(self, code: int) -> None:
        """Raises the exit code."""
        self.code = max(self.code, code)

    def language(self, loaded: Loaded | None = None) -> str:
        """The language to speak: as asked, else the SOP's."""
        own = self.lang or (loaded.sop.language if loaded is not None and loaded.sop is not None else "en")
        return own if own in wording.LANGUAGES else "en"


class Unusable(Exception):
    """The call itself is wrong."""


def run(args: argparse.Namespace) -> int:
    """Locks the SOPs, or checks their locks, and prints what became of each calendar."""
    lang = args.lang or chosen_language([])
    try:
        work = Run(lang, args.check, args.until, _because(args, lang or "en"), _today(args.today, lang or "en"))
    except Unusable as wrong:
        print(f"sopengine: {reporter.printable(str(wrong))}", file=sys.stderr)
        return 2
    for path in map(Path, args.paths):
        walk(path, partial(_file, work), partial(_fail, work))
    return work.code


def _because(args: argparse.Namespace, lang: str) -> Because | None:
    reason = " ".join((args.reason or "").split())[:LONGEST_TEXT]
    if not args.correct_past:
        if args.reason is not None or args.by is not None:
            raise Unusable(wording.say("lock.needs_correct", lang))
        return None
    if args.check:
        raise Unusable(wording.say("lock.check_or_correct", lang))
    if not reason:
        raise Unusable(wording.say("lock.needs_reason", lang))
    by = " ".join((args.by or _user()).split())[:LONGEST_TEXT]
    if not by:
        raise Unusable(wording.say("lock.needs_by", lang))
    return Because(by, reason)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _today(written: str | None, lang: str) -> Callable[[str], date]:
    if written is None:
        now = datetime.now(UTC)
        return lambda zone: now.astimezone(ZoneInfo(zone)).date()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise Unusable(wording.say("lock.bad_date", lang, text=written[:40])) from None
    return lambda zone: day


def _file(work: Run, file: Path, named: bool) -> None:
    document = read_file(file)
    unreadable = next((problem for problem in document.problems if problem.code == "SOP017"), None)
    if unreadable is not None:
        _fail(work, "cli.unreadable", path=str(file), reason=unreadable.params["reason"])
    elif named or is_sop(document):
        folder = Folder(file.parent, file)
        _lock(work, file, folder, understood(document, folder))


def _lock(work: Run, file: Path, folder: Folder, loaded: Loaded) -> None:
    sop, lang = loaded.sop, work.language(loaded)
    errors = [problem for problem in loaded.diagnostics if problem.severity == "error"]
    if errors or sop is None:
        for problem in errors:
            print(reporter.text(problem, loaded.texts, lang))
        _say("lock.invalid", lang, path=str(file))
        work.worse(1)
        return
    found = find_lock(sop, folder)
    if not sop.calendars:
        _say("lock.no_calendars", lang, path=str(file))
        return
    ahead = YEARS_NEEDED if work.check else YEARS_AHEAD
    old = None if found is None else found.lock
    try:
        planned = plan(sop, old, work.today, until=work.until, ahead=ahead, correct=work.correct)
    except NoSuchYears as no:
        _fail(work, "lock.bad_years", lang, path=str(file), first=no.first, last=no.last, most=MOST_YEARS)
        return
    _finish(work, file, planned, lang)


def _finish(work: Run, file: Path, planned: Plan, lang: str) -> None:
    target = file.parent / lock_name(planned.new.sop)
    if planned.current if work.check else not planned.changes:
        outcome = "lock.current"
    elif work.check:
        outcome = "lock.missing" if planned.old is None else "lock.out_of_date"
        work.worse(1)
    else:
        try:
            save(file.parent, planned.new)
        except OSError as problem:
            _fail(work, "lock.not_written", path=str(target), reason=why_unwritten(problem))
            return
        outcome = "lock.written"
    _say(outcome, lang, path=str(target), sop=str(file))
    for name, relocked in planned.calendars:
        _calendar(name, relocked, lang, corrected=work.correct is not None)


def _calendar(name: str, relocked: Relocked, lang: str, *, corrected: bool) -> None:
    days = relocked.days
    first, last = days.years
    _say("lock.calendar", lang, calendar=name, first=first, last=last, hash=days.hash()[:19])
    if days.undecreed:
        _say("lock.undecreed", lang, years=Listing(days.undecreed))
    _changes("lock.ahead", relocked.ahead, lang)
    _changes("lock.corrected" if corrected else "lock.kept", relocked.past, lang)


def _changes(heading: str, changes: tuple[Change, ...], lang: str) -> None:
    if changes:
        _say(heading, lang)
    alike: dict[tuple[str, str], list[date]] = {}
    for day, was, now in changes:
        alike.setdefault((str(was), str(now)), []).append(day)
    lines = [one for (was, now), days in alike.items() for one in _told(days, was, now)]
    for key, params in lines[:MOST_SHOWN]:
        _say(key, lang, **params)
    if len(lines) > MOST_SHOWN:
        _say("lock.more", lang, count=len(lines) - MOST_SHOWN)


def _told(days: Sequence[date], was: str, now: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The lines for days that change alike: one each, and one for all where a rule of the week changed."""
    if len(days) < MOST_ALIKE:
        for day in days:
            yield "lock.change", {"day": str(day), "was": was, "now": now}
    else:
        first, last = str(days[0]), str(days[-1])
        yield "lock.change_alike", {"count": len(days), "first": first, "last": last, "was": was, "now": now}


def _say(key: str, lang: str, **params: object) -> None:
    print(reporter.printable(wording.say(key, lang, **params)))


def _fail(work: Run, key: str, lang: str | None = None, **params: object) -> None:
    work.worse(2)
    print(f"sopengine: {reporter.printable(wording.say(key, lang or work.language(), **params))}", file=sys.stderr)
