"""The report of a played scenario, section by section, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby, zip_longest

from sopengine.cli.paint import Paint, box, fit, heading, plain, table, width, wrapped
from sopengine.cli.story import Entry, Teller, clock_name, clock_stories, story
from sopengine.engine import CaseView
from sopengine.language.facts import microseconds
from sopengine.scenarios import Played, Summary
from sopengine.scenarios.duties import STATES
from sopengine.scenarios.summary import Clocks, Column, FollowUps, Reasons, Standing, label_of
from sopengine.templates import RenderedMessage
from sopengine.wording import Instant, Listing, formats, in_language, say

_MOST_REASONS = 200
_MOST_CASES = 6
_THINNEST_COLUMN = 28
_MOST_STANDING = 40
_NOTHING = "·"
_HOUR = 3_600_000_000
_DAYS_FROM = 48

Lines = Iterator[str]


class Report:
    """Writes the sections of a report in one language, at one width."""

    def __init__(self, played: Played, summary: Summary, lang: str, paint: Paint, columns: int) -> None:
        self.played = played
        self.summary = summary
        self.lang = lang
        self.paint = paint
        self.columns = columns

    def say(self, key: str, **params: object) -> str:
        """A sentence of the catalogue, harmless."""
        return plain(say(key, self.lang, **params))

    def heading(self, text: str) -> str:
        """A section's title."""
        return heading(self.paint, text, self.columns)

    def instant(self, at: int) -> str:
        """A moment in the SOP's zone."""
        return formats.instant(Instant(at, self.played.sop.timezone), self.lang)

    def whole(self) -> Lines:
        """Every section."""
        yield from spaced((self.ran(), self.allowed(), self.refused(), self.remarks()))
        yield from spaced((self.clocks(), self.follow_up(), self.routines()))
        yield from self.board()

    def ran(self) -> Lines:
        """How much was played, and over which time."""
        commands = self.played.scenario.commands
        first, last = self.instant(microseconds(commands[0].at)), self.instant(self.played.now)
        counts = {"commands": self.summary.commands, "cases": self.summary.cases}
        yield from wrapped(self.say("run.ran", **counts, first=first, last=last), self.columns)

    def allowed(self) -> Lines:
        """What was allowed, by verb, and how many messages were prepared."""
        done = self.summary.allowed
        yield self.heading(self.say("run.allowed", count=sum(done.values())))
        yield from self._counted([(count, self.say(f"event.do_{verb}")) for verb, count in done.items()], "green")
        teller = self.teller()
        for key, sent in (("messages", self.summary.messages), ("escalations", self.summary.escalations)):
            if sent:
                each = ", ".join(f"{teller.via(channel)} {count}" for channel, count in sent.items())
                text = f"{self.say(f'run.{key}', count=sum(sent.values()))} ({plain(each)})"
                yield from wrapped(text, self.columns, "  ")

    def teller(self) -> Teller:
        """Says names of this SOP."""
        return Teller(self.played.tables, self.played.people, self.lang)

    def _counted(self, items: Sequence[tuple[int, str]], style: str) -> Lines:
        """Counts with their names, in as many columns as fit."""
        if not items:
            return
        wide = max(width(name) for _, name in items) + 6
        across = max(1, (self.columns - 2) // (wide + 2))
        down = -(-len(items) // across)
        for row in range(down):
            cells = items[row::down]
            if across == 1:
                yield from self._one_counted(*cells[0], style)
                continue
            parts = [f"{self._number(count, style)}  {fit(name, wide - 6)}" for count, name in cells]
            yield f"  {'  '.join(parts)}".rstrip()

    def _one_counted(self, count: int, name: str, style: str) -> Lines:
        first, *more = wrapped(name, self.columns, " " * 8)
        yield f"  {self._number(count, style)}  {first.lstrip()}"
        yield from more

    def _number(self, count: int, style: str) -> str:
        return self.paint(style, fit(str(count), 4, right=True))

    def refused(self) -> Lines:
        """What was refused, and every reason by SOP line."""
        refused = self.summary.refused
        yield self.heading(self.say("run.refused", count=sum(refused.values())))
        if not refused:
            yield f"  {self.say('run.no_refusals')}"
            return
        yield from self._counted([(count, self.say(f"event.do_{verb}")) for verb, count in refused.items()], "red")
        yield ""
        yield f"  {self.paint('bold', self.say('run.by_rule'))}"
        yield from self.several_reasons()
        yield from self._reasons(self.summary.refusals, "red")

    def several_reasons(self) -> Lines:
        """Why the counts of the reasons come to more than the refusals, where they do."""
        refused, reasons = sum(self.summary.refused.values()), sum(found.count for found in self.summary.refusals)
        if reasons > refused:
            text = self.say("run.several_reasons", reasons=reasons, refused=refused)
            yield from (self.paint("dim", line) for line in wrapped(text, self.columns, "  "))

    def remarks(self) -> Lines:
        """What was allowed with a remark."""
        if self.summary.remarks:
            yield self.heading(self.say("run.remarks"))
            yield from self._reasons(self.summary.remarks, "yellow")

    def _reasons(self, reasons: Sequence[Reasons], style: str) -> Lines:
        for found in reasons[:_MOST_REASONS]:
            yield from self.reason(found, style)
            yield f"       {self.paint('dim', plain(self._cases(found.cases)))}"
        if len(reasons) > _MOST_REASONS:
            yield f"       {self.say('run.more', count=len(reasons) - _MOST_REASONS)}"

    def reason(self, found: Reasons, style: str, *, brief: bool = False) -> list[str]:
        """How often a rule was named, its words, its code and its line in the SOP. One case's words speak for others only
        when all have the same; otherwise they are an example below what all have in common.
        """
        example, text = found.example, found.example.text(self.lang)
        if not found.alike:
            text = say("run.various", self.lang, rule=found.heading(self.lang), case=found.cases[0], text=text)
        parts = [] if example.code.startswith("run.") else [example.code]
        if example.span is not None:
            place = f"{example.span.file.rpartition('/')[2]}:{example.span.line}"
            parts.append(self.say("run.line", line=example.span.line) if brief else place)
        source = f" [{plain(', '.join(parts))}]" if parts else ""
        lines = wrapped(f"{plain(text)}{source}", self.columns, " " * 7)
        return [f"{self.paint(style, fit(f'{found.count}×', 5, right=True))}  {lines[0].lstrip()}", *lines[1:]]

    def _cases(self, cases: Sequence[str]) -> str:
        once = list(dict.fromkeys(cases))
        shown = ", ".join(once[:_MOST_CASES])
        rest = len(once) - _MOST_CASES
        return f"{shown} {self.say('run.more', count=rest)}" if rest > 0 else shown

    def message(self, message: RenderedMessage, case: str) -> Lines:
        """One message in a box."""
        teller = self.teller()
        to = self.say("run.to", to=teller.role(message.to or "customer"))
        lines = [plain(line) for line in message.body.splitlines() or [""]]
        if message.subject:
            lines = [plain(message.subject), "", *lines]
        channel, columns = teller.via(message.channel), min(self.columns, 96)
        about = (plain(message.template), to, plain(case))
        titles = [" · ".join((channel, *parts)) for parts in (about, about[1:], about[1:2])]
        title = next((title for title in titles if width(title) + 6 <= columns), titles[-1])
        yield from box(self.paint, title, lines, columns)

    def clocks(self) -> Lines:
        """The clocks of every stage: met, missed, running, cancelled, and the median."""
        ran = [clocks for clocks in self.summary.clocks if clocks.ran]
        if not ran:
            return
        yield self.heading(self.say("run.clocks"))
        names = ("clock", "met", "missed", "late", "running", "cancelled", "median")
        rows: list[list[tuple[str, str]]] = []
        for stage, group in groupby(ran, key=lambda clocks: clocks.stage):
            clocks = list(group)
            title = plain(in_language(clocks[0].title, self.lang))
            rows += [[(title, "bold" if stage else "")], *map(self._clock_row, clocks)]
        head = [self.say(f"run.{name}") for name in names]
        yield from self._table_or_lists(head, rows)
        if any(clocks.working and clocks.typical is not None for clocks in ran):
            yield f"  {self.paint('dim', self.say('run.working'))}"

    def _clock_lists(self, head: Sequence[str], rows: Sequence[Sequence[tuple[str, str]]]) -> Lines:
        """The same where a table does not fit."""
        for row in rows:
            if len(row) == 1:
                yield f"  {self.paint('bold', row[0][0])}"
                continue
            told = [f"{name} {text}" for name, (text, _) in zip(head[1:], row[1:], strict=True) if text != _NOTHING]
            yield from wrapped(f"{row[0][0].strip()}: {', '.join(told)}", self.columns, "    ", "      ")

    def _clock_row(self, clocks: Clocks) -> list[tuple[str, str]]:
        styles = {"met": "green", "missed": "red", "late": "bold red", "running": "", "cancelled": "dim"}
        numbers = [(getattr(clocks, verdict), style) for verdict, style in styles.items()]
        counts = ((str(count), style) if count else (_NOTHING, "dim") for count, style in numbers)
        return [(f"  {plain(clock_name(clocks.name, self.lang))}", ""), *counts, (self._typical(clocks), "")]

    def _typical(self, clocks: Clocks) -> str:
        """The median in its largest unit; working time never in days: a working day has no length of its own."""
        if clocks.typical is None:
            return _NOTHING
        hours = Decimal(clocks.typical) / _HOUR
        name, count = ("minutes", hours * 60) if hours < 1 else ("hours", hours)
        if hours >= _DAYS_FROM and not clocks.working:
            name, count = "days", hours / 24
        places = Decimal("1") if name == "minutes" else Decimal("0.1")
        amount = formats.number(count.quantize(places), self.lang)
        return f"{say(f'unit.{name}', self.lang, count=amount)}{'*' if clocks.working else ''}"

    def follow_up(self) -> Lines:
        """The discipline of following up."""
        found = self.summary.follow_up
        counts = [(getattr(found, name), self.say(f"run.{name}")) for name in FollowUps.__slots__]
        counts = [(count, name) for count, name in counts if count]
        if counts:
            yield self.heading(self.say("run.follow_up"))
            yield from self._counted(counts, "cyan")

    def routines(self) -> Lines:
        """The recurring duties: what became of those that the work is about, and how many others the calendar opened."""
        found = self.summary.duties
        if not found:
            return
        yield self.heading(self.say("run.routines"))
        worked = [one for one in found if one.worked]
        if worked:
            rows = [[(plain(in_language(one.title, self.lang)), ""), *map(self._duty, one.counts.items())] for one in worked]
            head = [self.say("run.routine"), *(self.say(f"run.duty_{state}") for state in STATES)]
            yield from self._table_or_lists(head, rows)
        rest = [one for one in found if not one.worked]
        if rest:
            names = Listing(tuple(one.title for one in rest))
            text = self.say("run.unmentioned", count=sum(one.opened for one in rest), names=names)
            yield from (self.paint("dim", line) for line in wrapped(text, self.columns, "  "))

    def _duty(self, counted: tuple[str, int]) -> tuple[str, str]:
        state, count = counted
        styles = {"done": "green", "late": "yellow", "missed": "red", "excused": "dim", "open": ""}
        return (str(count), styles[state]) if count else (_NOTHING, "dim")

    def _table_or_lists(self, head: Sequence[str], rows: Sequence[Sequence[tuple[str, str]]]) -> Lines:
        """A table, or a list for each row where a table does not fit."""
        if max(map(width, table(Paint(False), head, rows))) + 2 > self.columns:
            yield from self._clock_lists(head, rows)
        else:
            yield from (f"  {line}" for line in table(self.paint, head, rows))

    def board(self) -> Lines:
        """Where every case stands: the stages, then the outcomes, in as many bands of columns as the width asks for."""
        yield self.heading(self.say("run.board", at=self.instant(self.played.now)))
        for outcomes in (False, True):
            if outcomes:
                yield ""
            columns = [column for column in self.summary.board if column.is_outcome is outcomes]
            most = max(1, (self.columns - 2) // _THINNEST_COLUMN)
            bands = -(-len(columns) // most)
            each = -(-len(columns) // max(1, bands))
            for start in range(0, len(columns), each or 1):
                if start:
                    yield ""
                yield from self._band(columns[start : start + each], (self.columns - 2) // each - 1)
        if any(case.late for column in self.summary.board for case in column.cases):
            yield ""
            yield from (self.paint("red", line) for line in wrapped(self.say("run.board_late"), self.columns, "  "))

    def _band(self, band: Sequence[Column], wide: int) -> Lines:
        titles = [wrapped(self._title(column), wide - 1) for column in band]
        for row in zip_longest(*titles, fillvalue=""):
            yield f"  {' '.join(self.paint('bold', f' {fit(text, wide - 1)}') for text in row)}".rstrip()
        yield f"  {' '.join(self.paint('dim', ' ' + '─' * (wide - 1)) for _ in band)}"
        for cases in zip_longest(*(column.cases[:_MOST_STANDING] for column in band)):
            yield f"  {' '.join(self._standing(case, wide) for case in cases)}".rstrip()
        rests = [max(0, len(column.cases) - _MOST_STANDING) for column in band]
        if any(rests):
            more = [f" {self.say('run.more', count=rest)}" if rest else "" for rest in rests]
            yield f"  {' '.join(fit(text, wide) for text in more)}".rstrip()

    def _standing(self, case: Standing | None, wide: int) -> str:
        if case is None:
            return " " * wide
        text = f"{'!' if case.late else ' '}{plain(case.case)}"
        if case.label != case.case:
            text = _named(text, plain(case.label), wide)
        return self.paint("red", fit(text, wide)) if case.late else fit(text, wide)

    def _title(self, column: Column) -> str:
        return f"{plain(in_language(column.title, self.lang))} ({len(column.cases)})"

    def timeline(self, case: str) -> Lines:
        """The story of one case, day by day, then its clocks with their reasons."""
        view, teller = self.played.engine.case(case), self.teller()
        yield self.heading(f"{plain(label_of(self.played.sop, view))} ({plain(case)})")
        day = ""
        for entry in story(self.played, case, self.lang):
            today = formats.date(Instant(entry.at, self.played.sop.timezone), self.lang)
            if today != day:
                yield from ("", self.paint("bold", today))
                day = today
            yield from self._entry(entry)
        yield ""
        yield from wrapped(self._stands(view, teller), self.columns)
        yield from ("", self.heading(self.say("run.case_clocks")))
        yield from self._why(case)

    def _stands(self, view: CaseView, teller: Teller) -> str:
        if view.merged_into is not None:
            return self.say("run.gone", into=view.merged_into)
        holder = teller.who(view.holder) if view.holder else self.say("run.no_holder")
        return self.say("run.stands", place=teller.place(view.place), holder=holder)

    def _entry(self, entry: Entry) -> Lines:
        time = formats.time_of_day(Instant(entry.at, self.played.sop.timezone), self.lang).partition(" ")[0]
        style = {"fact": "", "notice": "yellow", "refusal": "red"}[entry.kind]
        refused = f"{self.say('run.was_refused').upper()}: " if entry.kind == "refusal" else ""
        text = plain(f"{entry.who} · {refused}{entry.what}")
        for number, line in enumerate(wrapped(text, self.columns, "         ")):
            painted = self.paint(style, line.strip()) if style else line.strip()
            yield f"  {time}  {painted}" if not number else f"         {painted}"
        for detail in entry.details:
            yield from self._beneath(plain(detail), "-", "dim")
        for message in entry.messages:
            subject = f"{message.subject} | " if message.subject else ""
            yield from self._beneath(plain(f"{self._sent(message)}: {subject}{message.body}"), ">", "cyan")

    def _beneath(self, text: str, mark: str, style: str) -> Lines:
        lines = wrapped(text, self.columns, f"         {mark} ", "           ")
        return (self.paint(style, line) for line in lines)

    def _sent(self, message: RenderedMessage) -> str:
        teller = self.teller()
        return f"{teller.via(message.channel)} {self.say('run.to', to=teller.role(message.to or 'customer'))}"

    def _why(self, case: str) -> Lines:
        for name, cycle, verdict, reasons in clock_stories(self.played, case, self.lang):
            again = f" ({self.say('run.cycle', cycle=cycle)})" if cycle > 1 else ""
            key, style = _STATES[verdict]
            *before, last = wrapped(plain(f"{name}{again}: {self.say(f'run.{key}')}"), self.columns, "  ", "  ")
            clock, colon, word = last.rpartition(": ")
            yield from (*before, f"{clock}{colon}{self.paint(style, word)}")
            for reason in reasons:
                yield from wrapped(plain(reason), self.columns, "    - ", "      ")


_STATES = {
    "met": ("met", "green"),
    "missed": ("missed", "red"),
    "breached": ("late", "bold red"),
    "warned": ("running", "yellow"),
    "running": ("running", "bold"),
    "paused": ("paused", "yellow"),
    "cancelled": ("cancelled", "dim"),
    "merged": ("merged_clock", "dim"),
}
"""The word for each state of a clock, and its style."""


def spaced(sections: Iterable[Lines]) -> Lines:
    """Sections with an empty line after each that says anything."""
    for section in sections:
        lines = list(section)
        if lines:
            yield from lines
            yield ""


def _named(case: str, label: str, columns: int) -> str:
    """The case with the words of its label that fit behind it; a legal form alone names nobody, so more is then cut."""
    text = case
    for word in label.split():
        if width(text) + 1 + width(word) > columns:
            return f"{case} {label}" if text.rpartition(" ")[2].rstrip(".") in ("PT", "CV", "UD") else text
        text = f"{text} {word}"
    return text
