"""`sopengine run`: commands in JSON Lines, played on cases under an SOP."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sopengine import scenarios, wording
from sopengine.bundled import bundled_folder, bundled_names, bundled_text
from sopengine.cli.arguments import Parser, chosen_language, wants_colour
from sopengine.cli.paint import Paint, plain, screen_width
from sopengine.cli.report import Report
from sopengine.diagnostics import Diagnostic
from sopengine.errors import InvalidSop
from sopengine.kernel.events import Event
from sopengine.language.model import Sop
from sopengine.lint import reporter
from sopengine.loading import Loaded, examine, load_text
from sopengine.people import FROM_MAPPING, ROLE_ACTOR, People, check_people
from sopengine.scenarios import Played, Scenario, Step, Summary
from sopengine.scenarios.reading import LARGEST_FILE
from sopengine.scenarios.summary import case_of
from sopengine.source.opening import read_bytes, why_unread
from sopengine.wording import say

OK, REFUSED, COULD_NOT = 0, 1, 2

_MOST_PROBLEMS = 200


def add_arguments(parser: Parser) -> None:
    """The arguments of the command."""

    def said(name: str) -> str:
        return say(f"run.{name}", parser.lang)

    parser.describe(said("description"))
    parser.add_argument("sop", metavar=said("sop"), help=said("sop_help"))
    parser.add_argument("leads", metavar=said("leads"), help=said("leads_help"))
    parser.add_argument("--people", metavar="people.yaml", help=said("people_help"))
    parser.add_argument("--json", action="store_true", help=said("json_help"))
    parser.add_argument("--case", metavar="ID", help=said("case_help"))
    parser.add_argument("--strict", action="store_true", help=said("strict_help"))
    color_option(parser)


def color_option(parser: Parser) -> None:
    """`--color`, as `sopengine check` has it."""
    choices = ("auto", "always", "never")
    parser.add_argument("--color", choices=choices, default="auto", help=say("cli.check_color", parser.lang))


def run(args: argparse.Namespace) -> int:
    """Plays the commands and prints what came of them."""
    lang = args.lang or chosen_language([])
    loaded = _loaded(args.sop)
    sop, errors = loaded.sop, [problem for problem in loaded.diagnostics if problem.severity == "error"]
    lang = lang or ("en" if sop is None else language_of(sop))
    if errors or sop is None:
        missing = any(problem.code == "SOP017" for problem in errors)
        return _no_such_sop(errors, lang) if missing else _as_checked(errors, loaded, lang)
    try:
        people = None if args.people is None else People.read(args.people)
    except InvalidSop as invalid:
        return _problems(invalid.diagnostics, lang)
    scenario = _scenario(args.leads, lang)
    if scenario is None:
        return COULD_NOT
    try:
        played = scenarios.play(sop, scenario, people)
    except InvalidSop as invalid:
        for problem in invalid.diagnostics:
            print(plain(f"{_where(problem, scenario)}: {problem.text(lang)} [{problem.code}]"), file=sys.stderr)
        return COULD_NOT
    _about_people(played, lang)
    return _report(args, played, lang)


def language_of(sop: Sop) -> str:
    """The SOP's own language, where it is one that we speak."""
    return sop.language if sop.language in wording.LANGUAGES else "en"


def _loaded(named: str) -> Loaded:
    """What became of the SOP in a file of that name, or else the procedure of that name that ships with the package."""
    shipped = named if named.endswith((".yaml", ".yml")) else f"{named}.yaml"
    if not os.path.exists(named) and shipped in bundled_names("sops"):
        return Loaded(shipped_sop(shipped), (), {})
    return examine(named)


def _as_checked(errors: Iterable[Diagnostic], loaded: Loaded, lang: str) -> int:
    """Tells why the SOP cannot be run, as `sopengine check` does: each error with its line."""
    told = list(errors)
    for problem in told[:_MOST_PROBLEMS]:
        print(f"{reporter.text(problem, loaded.texts, lang)}\n", file=sys.stderr)
    if len(told) > _MOST_PROBLEMS:
        print(say("run.more", lang, count=len(told) - _MOST_PROBLEMS), file=sys.stderr)
    print(reporter.summary(reporter.tally(1, told), lang), file=sys.stderr)
    return COULD_NOT


def _no_such_sop(problems: Iterable[Diagnostic], lang: str) -> int:
    """Tells what is wrong, and the names of the SOPs that need no file."""
    names = tuple(name.removesuffix(".yaml") for name in bundled_names("sops") if name.count(".") == 1)
    status = _problems(problems, lang)
    print(say("run.shipped", lang, names=wording.Listing(names)), file=sys.stderr)
    return status


def shipped_sop(name: str) -> Sop:
    """A procedure that ships with the package; its places are called by its file's name alone."""
    return load_text(bundled_text("sops", name), name, root=bundled_folder("sops"))


def shipped_leads(name: str) -> Path:
    """The leads of that name that ship with the package; the name itself when none do."""
    shipped = bundled_folder("sops") / "demo" / name
    return shipped if "/" not in name and "\\" not in name and shipped.is_file() else Path(name)


def _scenario(path: str, lang: str) -> Scenario | None:
    """The scenario, or None after every problem was told."""
    try:
        if path == "-":
            scenario, problems = scenarios.load(sys.stdin.buffer, "<stdin>")
        else:
            data = read_bytes(path if os.path.exists(path) else shipped_leads(path), LARGEST_FILE + 1)
            scenario, problems = scenarios.load(io.BytesIO(data), path)
    except (OSError, ValueError) as problem:
        print(plain(say("run.cannot_read", lang, file=path, why=why_unread(problem))), file=sys.stderr)
        return None
    if problems:
        _problems(problems, lang)
        key = "run.problem" if len(problems) == 1 else "run.problems"
        print(say(key, lang, count=len(problems)), file=sys.stderr)
        return None
    return scenario


def _about_people(played: Played, lang: str) -> None:
    """Roles that the SOP does not know, and that nobody's role is known: without a word, either looks like refusals."""
    if isinstance(played.people, People):
        for problem in check_people(played.people, played.sop):
            if problem.code == "SOP752":
                said = f"{_where(problem, played.scenario)}: {say('cli.warning', lang)}: {problem.text(lang)} [{problem.code}]"
                print(plain(said), file=sys.stderr)
    elif any(by and not by.startswith(ROLE_ACTOR) for by in (step.command.by for step in played.refused)):
        print(plain(say("run.no_people", lang)), file=sys.stderr)


def _where(problem: Diagnostic, scenario: Scenario) -> str:
    """The place of what is wrong with people: of the scenario's own, the line that names them."""
    if problem.span.file != FROM_MAPPING:
        return str(problem.span)
    return f"{scenario.name}:{scenario.people_lines.get(str(problem.params.get('person')), 1)}"


def _problems(problems: Iterable[Diagnostic], lang: str) -> int:
    told = list(problems)
    for problem in told[:_MOST_PROBLEMS]:
        span = problem.span
        where = f"{span.file}:{span.line}" if problem.code.startswith("run.") else str(span)
        code = "" if problem.code.startswith("run.") else f" [{problem.code}]"
        print(plain(f"{where}: {problem.text(lang)}{code}"), file=sys.stderr)
    if len(told) > _MOST_PROBLEMS:
        print(say("run.more", lang, count=len(told) - _MOST_PROBLEMS), file=sys.stderr)
    return COULD_NOT


def _report(args: argparse.Namespace, played: Played, lang: str) -> int:
    if args.case is not None and args.case not in played.states:
        print(plain(say("run.no_case", lang, case=args.case)), file=sys.stderr)
        return COULD_NOT
    summary = scenarios.summarise(played)
    if args.json:
        _print_json(played, summary, lang, args.case)
    else:
        report = Report(played, summary, lang, Paint(wants_colour(args.color)), screen_width())
        for line in report.whole() if args.case is None else report.timeline(args.case):
            print(line)
    return REFUSED if args.strict and played.refused else OK


def _print_json(played: Played, summary: Summary, lang: str, case: str | None) -> None:
    """One object a command, then what time made true at the end, then the summary, which is of all cases."""
    for step in played.steps:
        if case in (None, step.command.case):
            print(_dumped(_step(step, lang, case)))
    print(_dumped(_of_time(played, lang, case)))
    if case is None:
        print(_dumped({"summary": summary.to_dict(lang)}))


def _step(step: Step, lang: str, case: str | None) -> dict[str, Any]:
    command = step.command
    said: dict[str, Any] = {"line": command.span.line, "at": command.at.isoformat()}
    said |= {"do": command.verb, "by": command.by}
    if step.decision is not None:
        said |= step.decision.to_dict(lang)
    else:
        said |= {"allowed": step.allowed, "case": command.case, "findings": [f.to_dict(lang) for f in step.findings]}
    return said | _of_time(step, lang, case)


def _of_time(passed: Step | Played, lang: str, case: str | None) -> dict[str, Any]:
    """What time had made true by then, the messages that went with it, and what there was to say about it."""
    told = [asdict(message) for message in passed.told if case in (None, message.case)]
    remarks = [found.to_dict(lang) for found in passed.remarks if case in (None, case_of(found))]
    said: dict[str, Any] = {"notices": _events(passed.notices, case)}
    return said | ({"told": told} if told else {}) | ({"remarks": remarks} if remarks else {})


def _events(events: Iterable[Event], case: str | None) -> list[Mapping[str, Any]]:
    return [
        {"id": e.id, "case": e.case, "kind": e.kind, "occurred_at": e.occurred_at, "recorded_at": e.recorded_at}
        | {"by": e.by, "data": e.data, **e.evidence}
        for e in events
        if case in (None, e.case)
    ]


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
