"""Completions of a score: what its unknown rows can add when the missing facts take each of their possible values.

Rows that share a fact are decided together, so that two tests of one missing fact never contradict each other; rows
without a common fact are independent, so their sums combine freely. ``filled`` and ``empty`` speak of what is there
now: they are read as fixed answers (``filled:NAME``) while the values vary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, Final

from sopengine.language.boxes import cells
from sopengine.language.conditions import (
    And,
    Atom,
    Compare,
    Condition,
    Empty,
    Facts,
    FactType,
    Filled,
    Not,
    Or,
    Test,
    atoms,
    compile_condition,
    fact_of,
)
from sopengine.language.facts import INVALID, clean

if TYPE_CHECKING:
    from sopengine.language.scoring import Score, Source

COMPLETIONS: Final = 20_000
"""How many combinations of values are tried for rows that share facts."""

_BOOLEAN: Final = FactType("boolean")
_FILLED: Final = "filled:"


class Component:
    """Rows of a score that share facts, directly or through the scores and tables that they read."""

    def __init__(
        self, rows: Mapping[int, int], score: Score, types: Mapping[str, FactType], sources: Mapping[str, Source]
    ) -> None:
        self.rows = frozenset(rows)
        conditions = [score.add[index].when for index in rows]
        self.sources = _sources_in_order(conditions, sources)
        every = [*conditions, *(when for source in self.sources.values() for _, when in _parts(source) if when)]
        tests = list(atoms_of(every))
        self.present = frozenset(fact_of(test) for test in tests if isinstance(test, (Filled, Empty)))
        self.facts = _values(tests, types, self.sources)
        frozen = {**types, **{_FILLED + name: _BOOLEAN for name in self.present}}
        self._tests = {
            index: (points, compile_condition(_freeze(score.add[index].when), frozen)) for index, points in rows.items()
        }
        self._steps = [(name, _step(source, frozen)) for name, source in self.sources.items()]
        self._nothing_known: frozenset[int] | None = None

    def sums(self, open_rows: frozenset[int], facts: Facts) -> frozenset[int] | None:
        """Every sum that the open rows can add, given what is known; None when there are too many cases to try."""
        missing = [name for name in self.facts if absent(facts.get(name))]
        everything_open = len(missing) == len(self.facts) and not self.present and self.rows <= open_rows
        if everything_open and self._nothing_known is not None:
            return self._nothing_known
        if prod(len(self.facts[name]) for name in missing) > COMPLETIONS:
            return None
        known = {**{name: facts.get(name) for name in self.facts}, **self.flags(facts)}
        rows = self.rows & open_rows
        combinations = product(*(self.facts[name] for name in missing))
        sums = frozenset(
            total
            for values in combinations
            for total in self.added(rows, {**known, **dict(zip(missing, values, strict=True))}, facts)
        )
        if everything_open:
            self._nothing_known = sums
        return sums

    def flags(self, facts: Facts) -> dict[str, bool | None]:
        """The answers of ``filled`` as of now; None where a value does not fit its field."""
        found = {name: facts.get(name) for name in self.present}
        return {_FILLED + name: None if value is INVALID else not absent(value) for name, value in found.items()}

    def added(self, rows: Iterable[int], completed: dict[str, Any], facts: Facts) -> set[int]:
        """What the rows add in one completion: several sums only when a table that they read has no row for it."""
        for name, step in self._steps:
            known = facts.get(name)
            completed[name] = step(completed) if known is None else known
        sums = {0}
        for index in rows:
            points, test = self._tests[index]
            truth = test(completed)
            if truth:
                sums = {total + points for total in sums}
            elif truth is None:
                sums |= {total + points for total in sums}
        return sums


def absent(value: Any) -> bool:
    """A value that tests cannot use: missing, or not fitting its field."""
    return value is None or value is INVALID or value == ""


def atoms_of(conditions: Iterable[Condition]) -> Iterator[Atom]:
    """The tests of several conditions."""
    return (atom for condition in conditions for atom in atoms(condition))


def components(score: Score, types: Mapping[str, FactType], sources: Mapping[str, Source]) -> tuple[Component, ...]:
    """The rows of a score in groups that share no fact with each other."""
    groups: list[tuple[set[str], dict[int, int]]] = []
    for index, points in enumerate(score.add):
        reads = _base_facts(points.when, sources)
        rows = {index: points.points}
        apart = []
        for facts, others in groups:
            if facts & reads:
                reads, rows = reads | facts, {**others, **rows}
            else:
                apart.append((facts, others))
        groups = [*apart, (reads, rows)]
    return tuple(Component(rows, score, types, sources) for _, rows in groups)


def _base_facts(condition: Condition, sources: Mapping[str, Source]) -> set[str]:
    inner = _sources_in_order([condition], sources)
    conditions = [condition, *(when for source in inner.values() for _, when in _parts(source) if when)]
    return {fact_of(atom) for atom in atoms_of(conditions)} - inner.keys()


def _sources_in_order(conditions: Iterable[Condition], sources: Mapping[str, Source]) -> dict[str, Source]:
    """The scores and tables that the conditions read, each after those that it reads itself."""
    order: dict[str, Source] = {}

    def visit(reading: Iterable[Condition]) -> None:
        for name in dict.fromkeys(map(fact_of, atoms_of(reading))):
            if name in sources and name not in order:
                visit(when for _, when in _parts(sources[name]) if when)
                order[name] = sources[name]

    visit(conditions)
    return order


def _parts(source: Source) -> list[tuple[Any, Condition | None]]:
    """The rows of a score (points, condition) or of a table (result, condition)."""
    if hasattr(source, "rows"):
        return [(clean(row.then), row.when) for row in source.rows]
    return [(points.points, points.when) for points in source.add]


def _values(
    tests: Iterable[Atom], types: Mapping[str, FactType], inner: Mapping[str, Source]
) -> dict[str, tuple[Any, ...]]:
    by_fact: dict[str, list[Atom]] = {}
    for test in tests:
        if fact_of(test) not in inner:
            by_fact.setdefault(fact_of(test), []).append(test)
    return {
        name: cells(_BOOLEAN if name.startswith("predicate:") else types[name], list_of)
        for name, list_of in by_fact.items()
    }


def _freeze(condition: Condition) -> Condition:
    """The condition with ``filled`` and ``empty`` turned into tests of fixed answers."""
    if isinstance(condition, And):
        return And(tuple(map(_freeze, condition.parts)))
    if isinstance(condition, Or):
        return Or(tuple(map(_freeze, condition.parts)))
    if isinstance(condition, Not):
        return Not(_freeze(condition.part))
    if isinstance(condition, (Filled, Empty)):
        return Compare(_FILLED + condition.fact, "=", "true" if isinstance(condition, Filled) else "false")
    return condition


def _step(source: Source, types: Mapping[str, FactType]) -> Callable[[Facts], str | None]:
    """An inner score or table as a function of a completion."""
    parts = [(part, None if when is None else compile_condition(_freeze(when), types)) for part, when in _parts(source)]
    if hasattr(source, "rows"):
        return lambda facts: _first(parts, facts)
    grades = source.grades

    def grade(facts: Facts) -> str | None:
        truths = [(points, test is None or test(facts)) for points, test in parts]
        if any(truth is None for _, truth in truths):
            return None
        total = sum(points for points, truth in truths if truth)
        return next((clean(one.name) for one in grades if one.covers(total)), None)

    return grade


def _first(rows: Iterable[tuple[str, Test | None]], facts: Facts) -> str | None:
    for then, test in rows:
        truth = True if test is None else test(facts)
        if truth is not False:
            return then if truth else None
    return None
