"""`sopengine check`: every problem of every SOP, in one run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sopengine import wording
from sopengine.cli.arguments import Parser, chosen_language, wants_colour
from sopengine.cli.walking import walk
from sopengine.diagnostics import Diagnostic
from sopengine.lint import reporter
from sopengine.loading import Folder, Loaded, directory, is_sop, understood, whatever
from sopengine.source import read_file


def add_arguments(parser: Parser) -> None:
    """The arguments of the command."""

    def said(name: str) -> str:
        return wording.say(f"cli.{name}", parser.lang)

    parser.add_argument("paths", nargs="*", default=["."], metavar=said("path"), help=said("check_paths"))
    formats = ("text", "json", "github")
    parser.add_argument("--format", choices=formats, default="text", help=said("check_format"))
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help=said("check_color"))
    parser.add_argument("--people", metavar="people.yaml", help=said("check_people"))
    parser.add_argument("-q", "--quiet", "--no-info", action="store_true", dest="quiet", help=said("check_quiet"))


@dataclass
class Run:
    """What one run has seen so far."""

    lang: str | None
    quiet: bool
    loaded: list[Loaded] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)

    def diagnostics(self) -> Iterator[tuple[Diagnostic, Loaded]]:
        """Everything found, in the order of the files; remarks only when they are wanted."""
        for loaded in self.loaded:
            for diagnostic in loaded.diagnostics:
                if diagnostic.severity != "info" or not self.quiet:
                    yield diagnostic, loaded

    def language(self, loaded: Loaded | None = None) -> str:
        """The language to speak: as asked, else the SOP's."""
        if self.lang is not None:
            return self.lang
        own = next((one.sop.language for one in (loaded, *self.loaded) if one and one.sop), "en")
        return own if own in wording.LANGUAGES else "en"


def run(args: argparse.Namespace) -> int:
    """Checks the paths and prints what was found."""
    work = Run(args.lang or chosen_language([]), args.quiet)
    for path in args.paths:
        _path(work, Path(path))
    if args.people is not None:
        _people(work, Path(args.people))
    found = list(work.diagnostics())
    count = reporter.tally(len(work.loaded), (diagnostic for diagnostic, _ in found))
    if args.format == "json":
        print(reporter.as_json((d for d, _ in found), count, work.skipped, work.failures, work.language()))
    elif args.format == "github":
        for path, reason in work.failures:
            print(reporter.failure_as_github(path, reason))
        for diagnostic, loaded in found:
            print(reporter.as_github(diagnostic, work.language(loaded)))
    else:
        _print_text(work, found, count, colour=wants_colour(args.color))
    if work.failures:
        return 2
    return 1 if count.errors or count.warnings else 0


def _path(work: Run, path: Path) -> None:
    """One path of the command line: where it yields nothing to check, a build that relies on it must not pass."""
    before = len(work.loaded) + len(work.failures)
    walk(path, partial(_file, work), partial(_fail, work))
    if len(work.loaded) + len(work.failures) == before:
        _fail(work, "cli.nothing_found", path=str(path))


def _file(work: Run, file: Path, explicit: bool) -> None:
    document = read_file(file)
    if any(problem.code == "SOP017" for problem in document.problems):
        _fail(work, "cli.unreadable", path=str(file), reason=document.problems[0].params["reason"])
    elif explicit or is_sop(document):
        judged = whatever if explicit else understood
        work.loaded.append(judged(document, Folder(file.parent, file)))
    else:
        work.skipped.append(str(file))


def _people(work: Run, file: Path) -> None:
    """The directory of the SOPs that were checked; where it was named among them as well, it is told once."""
    document = read_file(file)
    if any(problem.code == "SOP017" for problem in document.problems):
        _fail(work, "cli.unreadable", path=str(file), reason=document.problems[0].params["reason"])
        return
    work.loaded = [one for one in work.loaded if one.sop is not None or document.name not in one.texts]
    work.skipped = [name for name in work.skipped if name != document.name]
    work.loaded.append(directory(document, tuple(work.loaded)))


def _fail(work: Run, key: str, **params: object) -> None:
    said = reporter.printable(wording.say(key, work.language(), **params))
    work.failures.append((str(params["path"]), said))
    print(f"sopengine: {said}", file=sys.stderr)


def _print_text(work: Run, found: list[tuple[Diagnostic, Loaded]], count: reporter.Tally, *, colour: bool) -> None:
    for diagnostic, loaded in found:
        print(reporter.text(diagnostic, loaded.texts, work.language(loaded), colour=colour))
        print()
    lang = work.language()
    for name in work.skipped:
        print(reporter.printable(wording.say("cli.skipped", lang, path=name)))
    print(reporter.summary(count, lang, infos=not work.quiet))
