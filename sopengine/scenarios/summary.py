"""What came of a scenario, counted: verbs, refusals by rule, messages, clocks, follow-up, and where cases stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from sopengine.diagnostics import Finding, Span
from sopengine.engine import CaseView
from sopengine.engine.verdicts import verdict_at
from sopengine.kernel.events import BOUNCED, EXHAUSTED, MOVED, Event, case_stream
from sopengine.kernel.followup import ATTEMPT, FIRST, REPLY
from sopengine.kernel.state import ClockState
from sopengine.kernel.tables import ClockTable, Tables
from sopengine.language.model import Sop, Text
from sopengine.scenarios.duties import Duties, duties
from sopengine.scenarios.playing import Played, Step
from sopengine.scenarios.reading import VERBS
from sopengine.wording import say

TOO_EARLY, TOO_MANY, GAVE_UP_EARLY, LOGGED_LATE, CAME_LATE = "CASE402", "CASE401", "CASE111", "CASE505", "CASE403"


@dataclass(frozen=True, slots=True)
class Reasons:
    """One rule of the SOP and the cases for which it was named. `example` is the finding of the first case; `alike`
    when all of them say the same, so that it may speak for all.
    """

    example: Finding
    cases: tuple[str, ...]
    alike: bool

    @property
    def count(self) -> int:
        """How often it was named."""
        return len(self.cases)

    def heading(self, lang: str = "en") -> str:
        """What all of them have in common, in a few words."""
        return say(f"reason.{self.example.code}", lang)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The cycles of one clock over all cases, by verdict. `late` still run although breached; `typical` is the median
    open time (µs) of those that ended met or missed, None when none did.
    """

    name: str
    stage: str | None
    title: Text
    met: int
    missed: int
    late: int
    running: int
    cancelled: int
    typical: int | None
    working: bool
    span: Span

    @property
    def ran(self) -> bool:
        """Whether any cycle ever started."""
        return bool(self.met + self.missed + self.late + self.running + self.cancelled)


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The discipline of following up: what was done, what was refused, and how the series ended. A contact that bounced
    counts as `bounced` and as nothing else.
    """

    first_contacts: int
    attempts: int
    replies: int
    received: int
    bounced: int
    too_early: int
    too_many: int
    gave_up_early: int
    came_late: int
    logged_late: int
    exhausted: int
    brought_back: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A case on the board; `late` while one of its running clocks is breached."""

    case: str
    label: str
    holder: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A stage or an outcome and the cases that stand there, in the order of their opening."""

    name: str
    title: Text
    is_outcome: bool
    cases: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A played scenario in numbers. `allowed` and `refused` count commands by verb (`tick` is none); `messages` count
    what came with decisions, by channel, and `escalations` what time brought: at the levels of clocks, on arrival, by itself.
    """

    commands: int
    cases: int
    allowed: Mapping[str, int]
    refused: Mapping[str, int]
    refusals: tuple[Reasons, ...]
    remarks: tuple[Reasons, ...]
    messages: Mapping[str, int]
    escalations: Mapping[str, int]
    clocks: tuple[Clocks, ...]
    follow_up: FollowUps
    board: tuple[Column, ...]
    duties: tuple[Duties, ...] = ()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The summary as JSON data, its sentences in `lang`."""
        return {
            "commands": self.commands,
            "cases": self.cases,
            "allowed": dict(self.allowed),
            "refused": dict(self.refused),
            "refusals": [_reasons_dict(reasons, lang) for reasons in self.refusals],
            "remarks": [_reasons_dict(reasons, lang) for reasons in self.remarks],
            "messages": dict(self.messages),
            "escalations": dict(self.escalations),
            "clocks": {_key(clocks): _clocks_dict(clocks) for clocks in self.clocks if clocks.ran},
            "follow_up": {name: getattr(self.follow_up, name) for name in FollowUps.__slots__},
            "board": {column.name: [case.case for case in column.cases] for column in self.board},
            "routines": {one.name: one.to_dict(lang) for one in self.duties},
        }


def summarise(played: Played) -> Summary:
    """Count what came of a scenario."""
    return Summary(
        sum(step.command.verb != "tick" for step in played.steps),
        len(played.states),
        _by_verb(step for step in played.steps if step.allowed),
        _by_verb(played.refused),
        _grouped((step.command.case, f) for step in played.refused for f in step.findings if f.blocks),
        _grouped(_remarked(played)),
        Counter(m.channel for step in played.steps if step.decision for m in step.decision.messages),
        Counter(message.channel for message in played.all_told()),
        tuple(_clocks(played)),
        _follow_up(played),
        tuple(_board(played)),
        duties(played),
    )


def _by_verb(steps: Iterable[Step]) -> dict[str, int]:
    counted = Counter(step.command.verb for step in steps if step.command.verb != "tick")
    return {verb: counted[verb] for verb in VERBS if counted[verb]}


def _remarked(played: Played) -> Iterator[tuple[str, Finding]]:
    """The remarks beside what was done and beside what time brought, each with its case; duties are counted apart."""
    for step in played.steps:
        yield from ((case, found) for found in step.remarks if (case := case_of(found)) in played.states)
        if step.allowed:
            yield from ((step.command.case, found) for found in step.findings)
    yield from ((case, found) for found in played.remarks if (case := case_of(found)) in played.states)


def case_of(finding: Finding) -> str:
    """The case of the event that a finding is about."""
    return (finding.event or "").removeprefix(case_stream("")).rpartition("/")[0]


def _grouped(found: Iterable[tuple[str, Finding]]) -> tuple[Reasons, ...]:
    """By rule and SOP line, the most frequent first, then in the order of the file."""
    groups: dict[tuple[Any, ...], list[tuple[str, Finding]]] = {}
    for case, finding in found:
        groups.setdefault((finding.code, finding.span, *_told_apart(finding)), []).append((case, finding))
    reasons = [_reasons(pairs) for pairs in groups.values()]
    return tuple(sorted(reasons, key=lambda r: (-r.count, r.example.span is None, r.example.span, r.example.code)))


def _reasons(pairs: list[tuple[str, Finding]]) -> Reasons:
    first = pairs[0][1]
    alike = all(finding.params == first.params for _, finding in pairs)
    return Reasons(first, tuple(case for case, _ in pairs), alike)


def by_code(reasons: Iterable[Reasons]) -> tuple[Reasons, ...]:
    """One line a rule: what the SOP refused in the same words at several of its lines, taken together."""
    groups: dict[str, list[Reasons]] = {}
    for found in reasons:
        groups.setdefault(found.example.code, []).append(found)
    merged = [
        Reasons(same[0].example, tuple(case for one in same for case in one.cases), len(same) == 1 and same[0].alike)
        for same in groups.values()
    ]
    return tuple(sorted(merged, key=lambda found: (-found.count, found.example.code)))


def _told_apart(finding: Finding) -> tuple[str, ...]:
    """What makes two findings of one rule and line different to a reader: what and whom it is about, never when."""
    about = ("by", "field", "fields", "document", "item", "title", "reason", "name", "to", "template", "case")
    return tuple(repr(finding.params[name]) for name in about if name in finding.params)


def _clocks(played: Played) -> Iterator[Clocks]:
    cycles: dict[str, list[ClockState]] = {name: [] for name in played.tables.clock_tables}
    for state in played.states.values():
        for clock in (*state.past, *state.clocks.values()):
            cycles[clock.name].append(clock)
    for name, table in played.tables.clock_tables.items():
        yield _counted(played.tables, table, cycles[name], played.now)


def _counted(tables: Tables, table: ClockTable, cycles: list[ClockState], now: int) -> Clocks:
    verdicts = Counter(verdict_at(tables, clock, now) for clock in cycles)
    taken = [_open_time(tables, clock) for clock in cycles if clock.verdict in ("met", "missed")]
    return Clocks(
        table.clock.name,
        table.stage,
        tables.places[table.stage].title if table.stage else tables.sop.title,
        verdicts["met"],
        verdicts["missed"],
        verdicts["breached"],
        verdicts["running"] + verdicts["warned"],
        verdicts["cancelled"] + verdicts["merged"],
        int(median(taken)) if taken else None,
        any(clock.calendar for clock in cycles),
        table.span,
    )


def _open_time(tables: Tables, clock: ClockState) -> int:
    return tables.calendars[clock.calendar].elapsed(clock.started_at, clock.ended_at or clock.started_at)


def _follow_up(played: Played) -> FollowUps:
    bounced = {e.data["contact"] for step in played.steps for e in _events(step) if e.kind == BOUNCED}
    outbound = Counter(step.outbound for step in played.steps if not any(e.id in bounced for e in _events(step)))
    refused = Counter(f.code for step in played.refused for f in step.findings if f.blocks)
    remarks = Counter(f.code for step in played.steps if step.allowed for f in step.findings)
    verbs = _by_verb(step for step in played.steps if step.allowed)
    notices = list(played.all_notices())
    brought_back = [event for event in notices if event.kind == MOVED and event.data["to"] in played.sop.stages]
    return FollowUps(
        outbound[FIRST],
        outbound[ATTEMPT],
        outbound[REPLY],
        verbs.get("receive", 0),
        verbs.get("bounce", 0),
        refused[TOO_EARLY],
        refused[TOO_MANY],
        refused[GAVE_UP_EARLY],
        remarks[CAME_LATE],
        remarks[LOGGED_LATE],
        sum(event.kind == EXHAUSTED for event in notices),
        len(brought_back),
    )


def _events(step: Step) -> tuple[Event, ...]:
    return step.decision.events if step.decision is not None else ()


def _board(played: Played) -> Iterator[Column]:
    by_place: dict[str, list[Standing]] = {}
    for case in played.cases():
        by_place.setdefault(case.place, []).append(_standing(played, case))
    for stage in played.sop.stages.values():
        yield Column(stage.name, stage.title, False, tuple(by_place.get(stage.name, ())))
    for outcome in played.sop.outcomes.values():
        yield Column(outcome.name, outcome.title, True, tuple(by_place.get(outcome.name, ())))


def _standing(played: Played, case: CaseView) -> Standing:
    running = played.states[case.id].clocks.values()
    late = any(verdict_at(played.tables, clock, played.now) == "breached" for clock in running)
    return Standing(case.id, label_of(played.sop, case), case.holder, late)


def label_of(sop: Sop, case: CaseView) -> str:
    """What people call a case: its company, its name, the first text that the SOP asks for, or else its id."""
    texts = (name for name, field in sop.fields.items() if field.type in ("string", "text"))
    found = (case.record.get(field) for field in ("company", "name", *texts))
    return next((value for value in found if isinstance(value, str) and value), case.id)


def _key(clocks: Clocks) -> str:
    return f"{clocks.stage}.{clocks.name}" if clocks.stage else clocks.name


def _clocks_dict(clocks: Clocks) -> dict[str, Any]:
    counted = {name: getattr(clocks, name) for name in ("met", "missed", "late", "running", "cancelled")}
    return counted | {"median_seconds": None if clocks.typical is None else clocks.typical // 1_000_000}


def _reasons_dict(reasons: Reasons, lang: str) -> dict[str, Any]:
    cases = list(dict.fromkeys(reasons.cases))
    told = {"count": reasons.count, "rule": reasons.heading(lang), "alike": reasons.alike}
    return told | reasons.example.to_dict(lang) | {"cases": cases}
