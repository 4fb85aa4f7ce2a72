"""`sopengine demo`: a bundled SOP at work on some weeks of bundled leads."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sopengine import scenarios
from sopengine.cli.arguments import Parser, chosen_language, wants_colour
from sopengine.cli.paint import Paint, fit, plain, screen_width, wrapped
from sopengine.cli.report import Report, spaced
from sopengine.cli.run import COULD_NOT, OK, color_option, language_of, shipped_leads, shipped_sop
from sopengine.kernel.events import BREACHED, ESCALATED, WARNED
from sopengine.scenarios.summary import Reasons, by_code
from sopengine.templates import RenderedMessage
from sopengine.wording import LANGUAGES, in_language, joined, say


@dataclass(frozen=True, slots=True)
class Demo:
    """A bundled SOP with its bundled leads; `story` is the case and `rule` the code to look at next."""

    name: str
    story: str
    rule: str

    @property
    def sop(self) -> str:
        """The file of the SOP."""
        return f"{self.name}.yaml"

    @property
    def leads(self) -> str:
        """The file of the leads."""
        return f"{self.name}.leads.jsonl"

    def scenario(self) -> scenarios.Scenario:
        """The leads, read."""
        with open(shipped_leads(self.leads), "rb") as stream:
            scenario, problems = scenarios.load(stream, self.leads)
        if problems:
            raise ValueError(f"the bundled leads are not well-formed: {problems[0].span} {problems[0].text()}")
        return scenario


DEMOS = {demo.name: demo for demo in (Demo("saas-demo", "L-1004", "CASE402"), Demo("lead-handling", "L-2001", "CASE205"))}
"""The demos by name; the first is shown unless another is asked for."""

_MOST_LINES = 25
_MOST_REMARKS = 10
_MOST_REMINDERS = 8
_CHANNELS = ("email", "whatsapp", "sms", "call", "note")
_ESCALATIONS = frozenset({WARNED, BREACHED, ESCALATED})


def add_arguments(parser: Parser) -> None:
    """The arguments of the command."""
    names = joined(DEMOS, parser.lang)
    what = say("demo.sop_help", parser.lang, names=names)
    parser.add_argument("sop", nargs="?", default=next(iter(DEMOS)), metavar=say("demo.sop", parser.lang), help=what)
    color_option(parser)


def run(args: argparse.Namespace) -> int:
    """Plays the bundled leads and prints what came of them in the user's language, else in the SOP's."""
    demo = DEMOS.get(args.sop.removesuffix(".yaml"))
    if demo is None:
        lang = args.lang or chosen_language([]) or "en"
        print(plain(say("demo.unknown", lang, name=args.sop, names=joined(DEMOS, lang))), file=sys.stderr)
        return COULD_NOT
    sop = shipped_sop(demo.sop)
    lang = args.lang or chosen_language([]) or language_of(sop)
    played = scenarios.play(replace(sop, language=lang), demo.scenario())
    report = Report(played, scenarios.summarise(played), lang, Paint(wants_colour(args.color)), screen_width())
    for line in shown(report, demo):
        print(line)
    return OK


def shown(report: Report, demo: Demo) -> Iterator[str]:
    """The demo, line by line."""
    yield from spaced(
        (
            _title(report, demo),
            report.allowed(),
            _refused(report),
            _remarked(report),
            _derived(report),
            _messages(report),
            report.clocks(),
            _reminders(report),
            report.follow_up(),
            report.routines(),
            report.board(),
        )
    )
    yield from _next(report, demo)


def _title(report: Report, demo: Demo) -> Iterator[str]:
    title = plain(f"{in_language(report.played.sop.title, report.lang)} · sopengine demo")
    yield from (report.paint("bold", line) for line in wrapped(title, report.columns))
    yield from wrapped(say(f"demo.what_{demo.name}", report.lang), report.columns)
    yield from (report.paint("dim", line) for line in report.ran())


def _refused(report: Report) -> Iterator[str]:
    """Every rule that refused, the most frequent first, until the space is used up."""
    yield report.heading(report.say("demo.refused", count=sum(report.summary.refused.values())))
    yield from report.several_reasons()
    yield from _in_short(report, by_code(report.summary.refusals), "red", _MOST_LINES)


def _remarked(report: Report) -> Iterator[str]:
    """What was recorded although the SOP has something to say about it."""
    reasons = by_code(report.summary.remarks)
    if reasons:
        yield report.heading(report.say("demo.remarked", count=sum(found.count for found in reasons)))
        yield from _in_short(report, reasons, "yellow", _MOST_REMARKS)


def _in_short(report: Report, reasons: Sequence[Reasons], style: str, most: int) -> Iterator[str]:
    used = 0
    for number, found in enumerate(reasons):
        lines = report.reason(found, style, brief=True)
        used += len(lines)
        if used > most:
            yield f"       {report.say('demo.more_reasons', count=len(reasons) - number)}"
            return
        yield from lines


def _derived(report: Report) -> Iterator[str]:
    """How the cases fall into the grades of each score and the rows of each decision table."""
    sop = report.played.sop
    grades = {name: [grade.name for grade in score.grades] for name, score in sop.scores.items()}
    rows = {name: list(dict.fromkeys(row.then for row in table.rows)) for name, table in sop.tables.items()}
    derived = [report.played.tables.derive(state.facts) for state in report.played.states.values()]
    if grades or rows:
        yield report.heading(report.say("demo.derived"))
    for name, values in (grades | rows).items():
        counts = Counter(facts.get(name) for facts in derived)
        told = [f"{value} {counts[value]}" for value in values]
        told += [f"{report.say('demo.not_known')} {counts[None]}"] if counts[None] else []
        what = report.say("demo.score" if name in grades else "demo.table", name=name)
        yield from wrapped(plain(f"{what}: {', '.join(told)}"), report.columns, "  ", "      ")


def _reminders(report: Report) -> Iterator[str]:
    """What time alone made true of the limits, the most frequent first, and for whom."""
    teller = report.teller()
    notices = [event for event in report.played.all_notices() if event.kind in _ESCALATIONS]
    counts = Counter("; ".join((teller.words(event), *teller.asides(event))) for event in notices)
    if not counts:
        return
    yield report.heading(report.say("demo.reminders", count=len(notices)))
    for text, count in counts.most_common(_MOST_REMINDERS):
        first, *more = wrapped(plain(text), report.columns, " " * 7)
        yield from (f"{report.paint('yellow', fit(f'{count}×', 5, right=True))}  {first.lstrip()}", *more)
    if len(counts) > _MOST_REMINDERS:
        yield f"       {report.say('run.more', count=len(counts) - _MOST_REMINDERS)}"


def _messages(report: Report) -> Iterator[str]:
    """One message of each channel."""
    found: dict[str, tuple[RenderedMessage, str]] = {}
    for step in report.played.steps:
        for message in step.decision.messages if step.decision else ():
            found.setdefault(message.channel, (message, step.command.case))
    for message in report.played.all_told():
        found.setdefault(message.channel, (message, message.case or ""))
    yield report.heading(report.say("demo.messages"))
    for channel in _CHANNELS:
        if channel in found:
            yield from report.message(*found[channel])


def _next(report: Report, demo: Demo) -> Iterator[str]:
    program = _program()
    play = f"{program} run {demo.name} {demo.leads}"
    others = ((f"{program} demo {name}", "demo.next_demo") for name in DEMOS if name != demo.name)
    yield report.heading(report.say("demo.next"))
    for command, what in (
        (f"{play} --case {demo.story}", "demo.next_case"),
        (play, "demo.next_all"),
        (f"{program} rule {demo.rule}", "demo.next_rule"),
        *others,
    ):
        yield f"  {report.paint('green', command)}"
        yield from wrapped(report.say(what), report.columns, "      ")
    for lang in LANGUAGES:
        if lang != report.lang:
            yield f"  {report.paint('green', f'{program} demo {demo.name} --lang {lang}')}"
            yield from wrapped(plain(say("demo.next_language", lang)), report.columns, "      ")


def _program() -> str:
    """What to type: the bare name where the shell finds it, else the path that was typed (``make demo`` runs ours)."""
    typed = sys.argv[0]
    return typed if Path(typed).name == "sopengine" and shutil.which("sopengine") is None else "sopengine"
