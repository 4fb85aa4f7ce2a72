"""`sopengine demo`: a bundled SOP at work on six weeks of bundled leads."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sopengine import scenarios
from sopengine.cli.arguments import Parser, wants_colour
from sopengine.cli.paint import Paint, plain, screen_width, wrapped
from sopengine.cli.report import Report, spaced
from sopengine.cli.run import color_option, language_of, shipped_leads, shipped_sop
from sopengine.kernel.events import BREACHED, BY_SOP, Event
from sopengine.language.model import Sop
from sopengine.scenarios import Played
from sopengine.scenarios.summary import Reasons, by_code
from sopengine.templates import RenderedMessage
from sopengine.wording import in_language, say

SOP = "saas-demo.yaml"
LEADS = "saas-demo.leads.jsonl"

_MOST_LINES = 25
_MOST_REMARKS = 10
_STORY = "L-1004"
_CHANNELS = ("email", "whatsapp", "sms", "call", "note")


def add_arguments(parser: Parser) -> None:
    """The arguments of the command."""
    color_option(parser)


def run(args: argparse.Namespace) -> int:
    """Plays the bundled leads and prints what came of them, in the SOP's language unless another is asked for."""
    sop = shipped_sop(SOP)
    lang = args.lang or language_of(sop)
    played = scenarios.play(replace(sop, language=lang), bundled_scenario())
    report = Report(played, scenarios.summarise(played), lang, Paint(wants_colour(args.color)), screen_width())
    for line in shown(report):
        print(line)
    return 0


def bundled_scenario() -> scenarios.Scenario:
    """The leads that ship with the package."""
    with open(shipped_leads(LEADS), "rb") as stream:
        scenario, problems = scenarios.load(stream, LEADS)
    if problems:
        raise ValueError(f"the bundled leads are not well-formed: {problems[0].span} {problems[0].text()}")
    return scenario


def shown(report: Report) -> Iterator[str]:
    """The demo, line by line."""
    yield from spaced(
        (
            _title(report, report.played.sop),
            report.allowed(),
            _refused(report),
            _remarked(report),
            _messages(report),
            report.clocks(),
            report.follow_up(),
            report.board(),
        )
    )
    yield from _next(report)


def _title(report: Report, sop: Sop) -> Iterator[str]:
    title = plain(f"{in_language(sop.title, report.lang)} · sopengine demo")
    yield from (report.paint("bold", line) for line in wrapped(title, report.columns))
    yield from wrapped(say("demo.what", report.lang), report.columns)
    yield from (report.paint("dim", line) for line in report.ran())


def _refused(report: Report) -> Iterator[str]:
    """Every rule that refused, the most frequent first, until the space is used up."""
    yield report.heading(report.say("demo.refused", count=sum(report.summary.refused.values())))
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


def _messages(report: Report) -> Iterator[str]:
    """One message of each channel."""
    found: dict[str, tuple[RenderedMessage, str]] = {}
    for step in report.played.steps:
        for message in step.decision.messages if step.decision else ():
            found.setdefault(message.channel, (message, step.command.case))
    for notice in report.played.all_notices():
        if notice.kind == BREACHED and "note" not in found:
            note = _internal(report.played, notice, report.lang)
            found |= {} if note is None else {note.channel: (note, notice.case)}
    yield report.heading(report.say("demo.messages"))
    for channel in _CHANNELS:
        if channel in found:
            yield from report.message(*found[channel])


def _internal(played: Played, notice: Event, lang: str) -> RenderedMessage | None:
    """The message that the SOP has ready for a breach, where it has one and the clock still runs."""
    clock = notice.data["clock"]
    level = played.tables.clock_tables[clock].levels[notice.data["level"] - 1]
    if level.template is None or clock not in played.states[notice.case].clocks:
        return None
    message = played.engine.message(notice.case, level.template, by=BY_SOP, lang=lang)
    return replace(message, to=level.notify[0] if level.notify else None)


def _next(report: Report) -> Iterator[str]:
    program = _program()
    play = f"{program} run {report.played.sop.id} {LEADS}"
    yield report.heading(report.say("demo.next"))
    for command, what in (
        (f"{play} --case {_STORY}", "demo.next_case"),
        (play, "demo.next_all"),
        (f"{program} rule CASE402", "demo.next_rule"),
    ):
        yield f"  {report.paint('green', command)}"
        yield from wrapped(report.say(what), report.columns, "      ")


def _program() -> str:
    """What to type: the bare name where the shell finds it, else the path that was typed (``make demo`` runs ours)."""
    typed = sys.argv[0]
    return typed if Path(typed).name == "sopengine" and shutil.which("sopengine") is None else "sopengine"
