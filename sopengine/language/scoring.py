"""Scores and decision tables: facts that follow from other facts.

A score adds points for the conditions that hold and names the total with a grade; a decision table gives the result of
its first row that holds (hit policy "first" of the DMN standard). Both are three-valued. A table stops at a row that is
unknown. A grade is known when every completion gives the same one: each missing fact takes every value of its domain
(the same in all rows that test it), while ``filled`` and ``empty`` keep speaking of what is there now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from sopengine.language import completion
from sopengine.language.boxes import LIMIT, Derived
from sopengine.language.condition_notation import brief
from sopengine.language.conditions import (
    Between,
    Compare,
    Condition,
    Facts,
    FactType,
    Path,
    Problem,
    Test,
    compile_condition,
    names,
    parse,
    unknown_names,
)
from sopengine.language.facts import clean, literal

_WHOLE: Final = FactType("integer")
_TOTAL: Final = "total"


@dataclass(frozen=True, slots=True)
class Points:
    """Points that are added when a condition holds; they may be negative."""

    points: int
    when: Condition
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """The name of the totals from `low` to `high`, both included; None is without a bound."""

    name: str
    low: int | None
    high: int | None
    path: Path = field(default=(), compare=False)

    def covers(self, total: int) -> bool:
        """The total has this grade."""
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


@dataclass(frozen=True, slots=True)
class Score:
    """A sum of points with a grade, usable in conditions by its name."""

    name: str
    add: tuple[Points, ...]
    grades: tuple[Grade, ...]
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a decision table; without `when` it always holds."""

    when: Condition | None
    then: str
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rows of which the first that holds gives the result, usable in conditions by the table's name."""

    name: str
    rows: tuple[Row, ...]
    path: Path = field(default=(), compare=False)


Source = Score | DecisionTable


# Reading -------------------------------------------------------------------------------------------------------------


def parse_grade(name: str, data: Any, path: Path) -> tuple[Grade | None, list[Problem]]:
    """Read the test of one grade.

    >>> parse_grade("warm", "40..69", ())[0]
    Grade(name='warm', low=40, high=69, path=())
    """
    test, problems = parse({_TOTAL: data}, path)
    problems = [problem._replace(path=path) for problem in problems]
    bounds = None if problems else _bounds(test)
    if bounds is None:
        return None, problems or [Problem(path, "SOP520", {"text": brief(data)})]
    low, high = bounds
    if low is not None and high is not None and low > high:
        return None, [Problem(path, "SOP515", {"fact": name, "text": brief(data)}, f"{high}..{low}")]
    return Grade(name, low, high, path), []


def _bounds(test: Condition | None) -> tuple[int | None, int | None] | None:
    if isinstance(test, Between):
        low, high = literal(test.low, _WHOLE), literal(test.high, _WHOLE)
        return (low, high) if isinstance(low, int) and isinstance(high, int) else None
    value = literal(test.value, _WHOLE) if isinstance(test, Compare) else None
    if not isinstance(test, Compare) or not isinstance(value, int):
        return None
    bounds = {"=": (value, value), ">=": (value, None), ">": (value + 1, None), "<=": (None, value)}
    return bounds.get(test.op, (None, value - 1))


def grade_type(score: Score) -> FactType:
    """What a condition may compare the score's grade with."""
    return FactType("grade", tuple(clean(grade.name) for grade in score.grades))


def result_type(table: DecisionTable) -> FactType:
    """What a condition may compare the table's result with."""
    return FactType("result", tuple(dict.fromkeys(clean(row.then) for row in table.rows)))


def all_types(
    fields: Mapping[str, FactType], scores: Mapping[str, Score], tables: Mapping[str, DecisionTable]
) -> dict[str, FactType]:
    """The fields, and every grade and result, as facts that conditions may look at."""
    grades = {name: grade_type(score) for name, score in scores.items()}
    return {**fields, **grades, **{name: result_type(table) for name, table in tables.items()}}


def conditions_of(source: Source) -> tuple[Condition, ...]:
    """The conditions of a score or a table, in the order of its rows."""
    if isinstance(source, Score):
        return tuple(points.when for points in source.add)
    return tuple(row.when for row in source.rows if row.when is not None)


# Order ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cycle:
    """Scores and tables that need each other: the first name is repeated at the end."""

    names: tuple[str, ...]


def dependency_order(scores: Mapping[str, Score], tables: Mapping[str, DecisionTable]) -> tuple[str, ...] | Cycle:
    """The scores and tables, each after those that it reads; or a cycle, when there is one."""
    sources: dict[str, Source] = {**scores, **tables}
    needs = {name: sorted(_reads(source) & sources.keys()) for name, source in sources.items()}
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        return Cycle(tuple(reversed(error.args[1])))


def _reads(source: Source) -> frozenset[str]:
    return frozenset().union(*map(names, conditions_of(source)))


def order_problems(scores: Mapping[str, Score], tables: Mapping[str, DecisionTable]) -> list[Problem]:
    """The cycle among scores and tables, when there is one."""
    order = dependency_order(scores, tables)
    if not isinstance(order, Cycle):
        return []
    sources: dict[str, Source] = {**scores, **tables}
    first = sources[order.names[0]]
    return [Problem(first.path, "SOP524", {"cycle": " → ".join(order.names)})]


# Compiling -----------------------------------------------------------------------------------------------------------


class CompiledTable:
    """A decision table as a function of the facts: the result, or None when it is unknown or no row holds."""

    __slots__ = ("_inner", "_rows", "_tests", "_types", "table")

    def __init__(self, table: DecisionTable, types: Mapping[str, FactType], inner: Mapping[str, Compiled]) -> None:
        self.table, self._types, self._inner = table, types, inner
        self._tests: tuple[tuple[Test | None, str], ...] = tuple(
            (None if row.when is None else compile_condition(row.when, types), clean(row.then)) for row in table.rows
        )

    def __call__(self, facts: Facts) -> str | None:
        for test, then in self._tests:
            truth = True if test is None else test(facts)
            if truth:
                return then
            if truth is None:
                return None
        return None

    def row(self, facts: Facts) -> int | None:
        """The index of the row that decides, counted from 0; None when it is unknown or there is none."""
        for index, (test, _) in enumerate(self._tests):
            truth = True if test is None else test(facts)
            if truth is not False:
                return index if truth else None
        return None

    def missing(self, facts: Facts) -> frozenset[str]:
        """The missing fields (and predicates) that keep the first undecided row unknown; empty when it is known."""
        for row, (test, _) in zip(self.table.rows, self._tests, strict=True):
            truth = True if test is None else test(facts)
            if truth:
                break
            if truth is None and row.when is not None:
                return _base_names(unknown_names(row.when, facts, self._types), facts, self._inner)
        return frozenset()


class CompiledScore:
    """A score as a function of the facts: the grade, or None when the missing facts leave more than one possible."""

    __slots__ = ("_completions", "_inner", "_rows", "_types", "score")

    def __init__(
        self,
        score: Score,
        types: Mapping[str, FactType],
        inner: Mapping[str, Compiled],
        sources: Mapping[str, Source],
    ) -> None:
        self.score, self._types, self._inner = score, types, inner
        self._rows = tuple((row.points, compile_condition(row.when, types)) for row in score.add)
        self._completions = completion.components(score, types, sources)

    def __call__(self, facts: Facts) -> str | None:
        sure, least, most, open_rows = self._added(facts)
        if not open_rows:
            return self.grade(sure)
        lowest, highest = self._grade_of(sure + least), self._grade_of(sure + most)
        if lowest is not None and lowest is highest:
            return clean(lowest.name)
        return self._completed(sure, frozenset(open_rows), facts)

    def _added(self, facts: Facts) -> tuple[int, int, int, list[int]]:
        """What is certain, what the unknown rows can take away and add at most, and which rows those are."""
        sure = least = most = 0
        open_rows = []
        for index, (points, test) in enumerate(self._rows):
            truth = test(facts)
            if truth:
                sure += points
            elif truth is None:
                open_rows.append(index)
                least, most = least + min(points, 0), most + max(points, 0)
        return sure, least, most, open_rows

    def _completed(self, sure: int, open_rows: frozenset[int], facts: Facts) -> str | None:
        totals: set[int] = {sure}
        for component in self._completions:
            if component.rows & open_rows:
                added = component.sums(open_rows, facts)
                if added is None or len(totals) * len(added) > LIMIT:
                    return None
                totals = {total + more for total in totals for more in added}
        grades = {self.grade(total) for total in totals}
        return grades.pop() if len(grades) == 1 else None

    def grade(self, total: int) -> str | None:
        """The grade of a total; None when no grade covers it."""
        grade = self._grade_of(total)
        return None if grade is None else clean(grade.name)

    def _grade_of(self, total: int) -> Grade | None:
        return next((grade for grade in self.score.grades if grade.covers(total)), None)

    def missing(self, facts: Facts) -> frozenset[str]:
        """The missing fields (and predicates) that keep the grade unknown; empty when it is known."""
        if self(facts) is not None:
            return frozenset()
        unknown = (unknown_names(row.when, facts, self._types) for row in self.score.add)
        return _base_names(frozenset().union(*unknown), facts, self._inner)


Compiled = CompiledScore | CompiledTable


def _base_names(missing: Iterable[str], facts: Facts, inner: Mapping[str, Compiled]) -> frozenset[str]:
    """Missing facts, where grades and results are replaced by the fields that they wait for (if any)."""
    found: set[str] = set()
    for name in missing:
        found |= (inner[name].missing(facts) or {name}) if name in inner else {name}
    return frozenset(found)


def compile_score(
    score: Score, types: Mapping[str, FactType], sources: Mapping[str, Source] | None = None
) -> CompiledScore:
    """A closure from facts to the grade; `sources` hold the scores and tables that it reads, and what those read."""
    compiled = compile_sources(sources or {}, types)
    return CompiledScore(score, types, compiled, sources or {})


def compile_table(
    table: DecisionTable, types: Mapping[str, FactType], sources: Mapping[str, Source] | None = None
) -> CompiledTable:
    """A closure from facts to the result; `sources` as for `compile_score`."""
    return CompiledTable(table, types, compile_sources(sources or {}, types))


def compile_sources(sources: Mapping[str, Source], types: Mapping[str, FactType]) -> dict[str, Compiled]:
    scores = {name: source for name, source in sources.items() if isinstance(source, Score)}
    tables = {name: source for name, source in sources.items() if isinstance(source, DecisionTable)}
    order = dependency_order(scores, tables)
    if isinstance(order, Cycle):
        raise ValueError(f"a cycle: {' → '.join(order.names)}; look for order problems before compiling")
    compiled: dict[str, Compiled] = {}
    for name in order:
        source = sources[name]
        if isinstance(source, Score):
            compiled[name] = CompiledScore(source, types, compiled, sources)
        else:
            compiled[name] = CompiledTable(source, types, compiled)
    return compiled


class CompiledFacts:
    """The fields of a case together with every grade and result that they give.

    Calling it with canonical field values returns a new dictionary with those that are known added.
    """

    __slots__ = ("_steps", "compiled")

    def __init__(self, compiled: Mapping[str, Compiled]) -> None:
        self.compiled = compiled
        self._steps: Sequence[tuple[str, Callable[[Facts], str | None]]] = tuple(compiled.items())

    def __call__(self, facts: Facts) -> dict[str, Any]:
        derived = dict(facts)
        for name, step in self._steps:
            value = step(derived)
            if value is not None:
                derived[name] = value
        return derived

    def missing(self, name: str, facts: Facts) -> frozenset[str]:
        """The missing fields that keep a grade or result unknown; `facts` are what calling this returned."""
        return self.compiled[name].missing(facts)


def compile_facts(
    fields: Mapping[str, FactType], scores: Mapping[str, Score], tables: Mapping[str, DecisionTable]
) -> CompiledFacts:
    """A closure from canonical field values to these with all known grades and results, in dependency order."""
    return CompiledFacts(compile_sources({**scores, **tables}, all_types(fields, scores, tables)))


def derivations(
    fields: Mapping[str, FactType], scores: Mapping[str, Score], tables: Mapping[str, DecisionTable]
) -> dict[str, Derived]:
    """The scores and tables for `sopengine.language.boxes`, so that it decides about grades and results exactly."""
    sources: dict[str, Source] = {**scores, **tables}
    compiled = compile_facts(fields, scores, tables).compiled
    return {name: Derived(conditions_of(sources[name]), compiled[name]) for name in compiled}
