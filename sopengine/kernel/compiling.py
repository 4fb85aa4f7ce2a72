"""Compiles an SOP into its tables, once: everything that can be looked up, ordered or spanned beforehand is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sopengine.diagnostics import Span
from sopengine.kernel.approvaltables import compile_approval
from sopengine.kernel.circumstances import choices_of, choices_of_ways
from sopengine.kernel.contactpolicy import compile_policy
from sopengine.kernel.fold import prompt_within
from sopengine.kernel.identity import compile_identity
from sopengine.kernel.plans import Plans
from sopengine.kernel.rules import rules_of
from sopengine.kernel.state import NEVER
from sopengine.kernel.tables import (
    BACK,
    CANCEL,
    FORWARD,
    GONE,
    HELD,
    LEFT_FORWARD,
    LEFT_OTHERWISE,
    REOPEN,
    RESUME,
    START,
    STOP,
    WHOLE,
    ClockTable,
    Consent,
    FollowTable,
    Guard,
    LevelTable,
    Need,
    Paper,
    Place,
    Tables,
    Tick,
    Way,
    default_calendar,
)
from sopengine.language.condition_notation import Predicate, atoms
from sopengine.language.conditions import Condition, FactType, compile_condition, describe
from sopengine.language.model import MOMENTS, Clock, Outcome, Requirement, Sop, Stage
from sopengine.language.scoring import compile_facts
from sopengine.people.standing_in import stands_for
from sopengine.records import RecordRules
from sopengine.time.calendar import ALWAYS
from sopengine.time.durations import DAY, After, CalendarDays, Duration, Elapsed, FromField, Percent, WorkingTime, show
from sopengine.time.lock import calendar_of
from sopengine.wording import LANGUAGES, in_language, say
from sopengine.wording.phrases import Phrase


def compile_tables(sop: Sop) -> Tables:
    """The tables of a valid SOP. Raises KeyError for names that the linter should have refused."""
    return _Compiler(sop).tables()


def fact_types(sop: Sop) -> dict[str, FactType]:
    """What conditions may look at: fields, the grades of scores, and the results of tables."""
    types = {name: FactType(f.type, f.values, f.minimum, f.maximum, f.currency or "") for name, f in sop.fields.items()}
    for name, score in sop.scores.items():
        types[name] = FactType("grade", tuple(grade.name for grade in score.grades))
    for name, table in sop.tables.items():
        types[name] = FactType("result", tuple(dict.fromkeys(row.then for row in table.rows)))
    return types


def said(condition: Condition, sop: Sop, types: Mapping[str, FactType], lang: str) -> str:
    """A condition in words, fields by their titles; scores and tables go by their names."""
    titles = {name: in_language(field.title, lang) for name, field in sop.fields.items()}
    return describe(condition, lang, titles, types)


def shown(duration: Duration | None, lang: str) -> str:
    """A duration in words; nothing for one that is not set."""
    return "" if duration is None else show(duration, lang)


class _Compiler:
    def __init__(self, sop: Sop) -> None:
        self.sop = sop
        self.types = fact_types(sop)
        names = list(sop.calendars)
        self.calendar_names = {name: number for number, name in enumerate(names, 1)}
        self.calendars = (ALWAYS(sop.timezone), *(calendar_of(spec) for spec in sop.calendars.values()))
        self.approvals = {name: compile_approval(sop, one, self.guard, self.calendar_for) for name, one in sop.approvals.items()}

    def tables(self) -> Tables:
        sop = self.sop
        case_clocks = tuple(self.clock(clock, None) for clock in sop.clocks)
        places = {name: self.stage(stage) for name, stage in sop.stages.items()}
        places |= {name: self.outcome(outcome) for name, outcome in sop.outcomes.items()}
        places[GONE] = self.gone()
        places = {
            name: replace(
                place,
                rules=rules_of(place, identity=sop.identity is not None, policy=sop.contact_policy is not None),
                conditional=self.conditional(place),
            )
            for name, place in places.items()
        }
        places = {
            name: replace(place, choices=choices_of(place), by_way=choices_of_ways(place)) for name, place in places.items()
        }
        by_key = {table.key: table for place in places.values() for table in place.clocks}
        by_key |= {table.key: table for table in case_clocks}
        triggers = frozenset(name for table in by_key.values() for name in table.effects)
        return Tables(
            sop,
            places,
            self.calendars,
            self.calendar_names,
            self.types,
            RecordRules(sop.fields, sop.language, sop.span),
            compile_facts({n: self.types[n] for n in sop.fields}, sop.scores, sop.tables),
            case_clocks,
            by_key,
            {name: {r.code: r for r in outcome.reasons} for name, outcome in sop.outcomes.items()},
            self.instants(),
            Plans(places, by_key, starts_of(places, case_clocks, triggers), triggers),
            stands_for(sop.roles),
            any(table.clock.pause for table in by_key.values()),
            prompt_within(sop.log_within),
            Phrase(shown, sop.log_within),
            compile_policy(sop),
            self.approvals,
            frozenset().union(*(approval.watched for approval in self.approvals.values())),
            expiring=any(document.valid_for is not None for document in sop.documents.values()),
            identity=compile_identity(sop),
            assigning=any(stage.assign is not None for stage in sop.stages.values()),
            sending=any(stage.send for stage in sop.stages.values()) or any(outcome.send for outcome in sop.outcomes.values()),
        )

    def instants(self) -> frozenset[str]:
        clocks = [*self.sop.clocks, *(clock for stage in self.sop.stages.values() for clock in stage.clocks)]
        named = {name for clock in clocks for name in (*clock.start, *clock.stop, *clock.cancel)}
        return frozenset(name for name, field in self.sop.fields.items() if field.type == "datetime" and name in named)

    def stage(self, stage: Stage) -> Place:
        ways = self.ways(stage)
        return Place(
            stage.name,
            stage.title,
            stage,
            None,
            frozenset(stage.owner),
            self.superiors(stage.owner),
            ways,
            tuple(ways[exit.to] for exit in stage.exits),
            tuple(self.need(requirement) for requirement in stage.requires),
            tuple(self.papers(stage)),
            tuple(Tick(item, self.sop.span(item.path)) for item in stage.checklist if not item.optional),
            tuple(self.clock(clock, stage.name) for clock in stage.clocks),
            self.follow(stage),
            self.predicates(stage),
            self.sop.span(stage.path),
            consents=tuple(self.consents(stage)),
        )

    def outcome(self, outcome: Outcome) -> Place:
        ways: dict[str, Way] = {}
        if outcome.reopen is not None:
            to = outcome.reopen.to
            by = frozenset(outcome.reopen.by or self.sop.stages[to].owner)
            span = self.sop.span(outcome.reopen.path)
            ways[to] = Way(to, to, REOPEN, None, None, by, None, False, span)
        elif outcome.recycle is not None:
            to = outcome.recycle.to
            by, span = frozenset(self.sop.stages[to].owner), self.sop.span(outcome.recycle.path)
            ways[to] = Way(to, to, RESUME, None, None, by, None, False, span)
        nobody: frozenset[str] = frozenset()
        span = self.sop.span(outcome.path)
        return Place(
            outcome.name, outcome.title, None, outcome, nobody, nobody, ways, (), (), (), (), (), None, (), span
        )

    def gone(self) -> Place:
        """Where the cases are that were merged into others: nothing is done there."""
        nobody: frozenset[str] = frozenset()
        title = {lang: say("hint.merged", lang) for lang in LANGUAGES}
        return Place(
            GONE, title, None, None, nobody, nobody, {}, (), (), (), (), (), None, (), self.sop.span(())
        )

    def superiors(self, owners: tuple[str, ...]) -> frozenset[str]:
        found: set[str] = set(owners)
        queue = list(owners)
        while queue:
            role = self.sop.roles.get(queue.pop())
            if role and role.reports_to and role.reports_to not in found:
                found.add(role.reports_to)
                queue.append(role.reports_to)
        return frozenset(found)

    def ways(self, stage: Stage) -> dict[str, Way]:
        ways: dict[str, Way] = {}
        for exit in stage.exits:
            guard = self.guard(exit.when) if exit.when else None
            ways.setdefault(exit.to, self.way(exit.to, guard, exit.by, None, self.sop.span(exit.path)))
        for back in stage.back:
            way = Way(back.to, back.to, BACK, None, None, frozenset(), back.max, False, self.sop.span(back.path))
            ways.setdefault(back.to, way)
        if not stage.after_care:
            for outcome in self.sop.outcomes.values():
                if outcome.kind != "success" and (outcome.from_any or stage.name in outcome.from_stages):
                    span = self.sop.span(outcome.path)
                    ways.setdefault(outcome.name, self.way(outcome.name, None, (), None, span))
        return ways

    def way(self, to: str, guard: Guard | None, by: tuple[str, ...], at_most: int | None, span: Span) -> Way:
        outcome = self.sop.outcomes.get(to)
        if outcome is None:
            return Way(to, to, FORWARD, None, guard, frozenset(by), at_most, True, span)
        kind = FORWARD if outcome.kind == "success" else outcome.kind
        arrival = outcome.after_care or to
        return Way(to, arrival, kind, outcome, guard, frozenset(by), at_most, kind == FORWARD, span)

    def guard(self, condition: Condition) -> Guard:
        words = Phrase(said, condition, self.sop, self.types)
        return Guard(condition, compile_condition(condition, self.types), self.sop.span(condition.path), words)

    def need(self, requirement: Requirement) -> Need:
        fields = tuple(self.sop.fields[name] for name in requirement.fields)
        guard = self.guard(requirement.when) if requirement.when else None
        span = self.sop.span(requirement.path)
        return Need(fields, requirement.any, guard, span, frozenset(requirement.fields))

    def papers(self, stage: Stage) -> list[Paper]:
        papers = []
        for number, name in enumerate(stage.documents):
            document = self.sop.documents[name]
            if document.kind is None:
                plain = document.origin is None and not document.approved_by
                span = self.sop.span((*stage.path, "documents", number))
                papers.append(Paper(name, document, document.origin, span, plain))
        return papers

    def consents(self, stage: Stage) -> Iterator[Consent]:
        for number, name in enumerate(stage.approvals):
            yield Consent(name, self.sop.value_span((*stage.path, "approvals", number)))

    def conditional(self, place: Place) -> bool:
        """Whether the gate asks for something only under a condition."""
        asked = [self.approvals[consent.name] for consent in place.consents]
        return any(need.guard for need in place.needs) or any(
            table.guard or any(level.guard for level in table.levels) for table in asked
        )

    def predicates(self, stage: Stage) -> tuple[str, ...]:
        """The host's predicates that are asked before a case leaves a stage: by its gate, its exits, and any score or table."""
        conditions = [exit.when for exit in stage.exits] + [requirement.when for requirement in stage.requires]
        conditions += [points.when for score in self.sop.scores.values() for points in score.add]
        conditions += [row.when for table in self.sop.tables.values() for row in table.rows]
        for approval in (self.sop.approvals[name] for name in stage.approvals):
            conditions += [approval.when, *(level.when for level in approval.levels)]
        found = (atom for condition in conditions if condition is not None for atom in atoms(condition))
        return tuple(sorted({atom.name for atom in found if isinstance(atom, Predicate)}))

    def follow(self, stage: Stage) -> FollowTable | None:
        rule = stage.follow_up
        if rule is None:
            return None
        return FollowTable(rule, self.calendar_for(rule.every, None), Phrase(shown, rule.every), self.sop.span(rule.path))

    def clock(self, clock: Clock, stage: str | None) -> ClockTable:
        key = f"{stage}.{clock.name}" if stage else clock.name
        calendar = self.calendar_for(clock.target, clock.calendar)
        effects = effects_of(clock, stage, partial(triggers_named, self.sop))
        levels = levels_of(clock, calendar, self.calendar_for)
        moving = clock.target_by is not None or isinstance(clock.target, FromField)
        span, plain = self.sop.span(clock.path), len(levels) == 1
        days = (0, clock.target.days * DAY) if isinstance(clock.target, CalendarDays) and not moving else None
        return ClockTable(key, clock, stage, calendar, levels, effects, moving, span, fixed_aim(clock, calendar), days, plain)

    def calendar_for(self, duration: Duration | None, named: str | None) -> int:
        if named is not None:
            return self.calendar_names[named]
        return default_calendar(duration, len(self.calendars))


def fixed_aim(clock: Clock, calendar: int) -> tuple[int, int] | None:
    """The target of a clock that is the same whenever it starts, whatever is known: hours, around the clock or working."""
    if clock.target_by is None and isinstance(clock.target, WorkingTime):
        return calendar, clock.target.us
    return (0, clock.target.us) if clock.target_by is None and isinstance(clock.target, Elapsed) else None


def starts_of(
    places: Mapping[str, Place], case_clocks: tuple[ClockTable, ...], triggers: Iterable[str]
) -> dict[tuple[str, str], tuple[ClockTable, ...]]:
    """The clocks that each trigger starts in each stage; at rest nothing starts."""
    found: dict[tuple[str, str], tuple[ClockTable, ...]] = {}
    for place in places.values():
        for trigger in triggers if place.stage is not None else ():
            started = tuple(table for table in (*place.clocks, *case_clocks) if table.effects.get(trigger) == START)
            if started:
                found[place.name, trigger] = started
    return found


def triggers_named(sop: Sop, name: str) -> tuple[str, ...]:
    """What a name in `from`, `until` or `cancel` stands for. A moment of the language goes before names of the SOP's own,
    so that a stage called "contacted" is never taken for a contact.
    """
    if name in MOMENTS or "." in name:
        return (name,)
    statuses = {status.name for stage in sop.stages.values() for status in stage.statuses}
    kinds = {"stage": sop.stages, "outcome": sop.outcomes, "status": statuses, "event": sop.events, "field": sop.fields}
    return tuple(f"{kind}:{name}" for kind, names in kinds.items() if name in names)


def effects_of(clock: Clock, stage: str | None, named: Callable[[str], tuple[str, ...]]) -> dict[str, str]:
    """What each trigger does to a clock. One event has at most one effect: stop before cancel before start.

    Source: the language reference, "SLA clocks", the three named clocks and point 4.
    """
    written = (clock.start, clock.stop)
    if clock.name == "reply" and written in ((("inbound",), ("contacted",)), (("opened",), ("closed",))):
        return {"contacted": STOP, "answered": STOP, "closed": CANCEL, "rest": CANCEL, "unanswered": START}
    if clock.name == "first_response" and stage is None and written == (("opened",), ("closed",)):
        return {"contacted": STOP, "closed": CANCEL, "opened": START}
    held = clock.name == "first_response" and clock.start == ("assigned",)
    effects = dict.fromkeys((HELD,) if held else _all(clock.start, named), START)
    if stage is not None:
        effects |= {LEFT_FORWARD: CANCEL, LEFT_OTHERWISE: CANCEL}
    effects |= dict.fromkeys(_all(clock.cancel, named), CANCEL)
    effects |= dict.fromkeys(_all(clock.stop, named), STOP)
    if clock.name == "finish" and effects.pop("left", None) == STOP:
        effects[LEFT_FORWARD] = STOP
    return effects


def _all(names: tuple[str, ...], named: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(trigger for name in names for trigger in named(name))


def levels_of(clock: Clock, calendar: int, calendar_for: Callable[[Duration, str | None], int]) -> tuple[LevelTable, ...]:
    """The levels of a clock: percentages rising, then what runs from the breach.

    What is told at one level is told once, to everybody who is to be told there; another template is another notice.
    """
    whole = LevelTable(WHOLE, None, (), None, True, calendar)
    levels: dict[tuple[Any, ...], LevelTable] = {}
    for step in clock.escalate:
        share = step.at.basis_points if isinstance(step.at, Percent) else NEVER
        after = step.at.duration if isinstance(step.at, After) else None
        counted_on = calendar if after is None else calendar_for(after, clock.calendar)
        same = (share, after, step.template)
        told = levels[same].notify if same in levels else ()
        notify = tuple(dict.fromkeys((*told, *step.notify)))
        reassign = step.reassign or (same in levels and levels[same].reassign)
        levels[same] = LevelTable(share, after, notify, step.template, False, counted_on, reassign)
    rising = sorted(levels.values(), key=lambda level: level.basis_points)
    at_breach = next((n for n, level in enumerate(rising) if level.basis_points >= WHOLE), len(rising))
    if at_breach == len(rising) or rising[at_breach].basis_points > WHOLE:
        rising.insert(at_breach, whole)
    rising[at_breach] = replace(rising[at_breach], breach=True)
    return tuple(rising)
