"""Exact questions about conditions: can it ever hold, do two overlap, is something left over, and for which values.

The tests that conditions make on a fact cut its domain into finitely many cells that no test can tell apart: points and
open intervals of a number line, the values of a choice, the texts that are named and any other, and "missing". One
representative per cell therefore decides every question exactly. The search assigns facts one at a time and cuts off as
soon as the possible truth values (a set out of true, false and unknown, computed for the facts that are still open as
well) exclude the answer. Its work is bounded by `LIMIT`, and beyond it says `TooLarge`, never "no".
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, NamedTuple

from sopengine.language.conditions import (
    And,
    Atom,
    Between,
    Compare,
    Condition,
    Facts,
    FactType,
    Not,
    Or,
    Truth,
    atoms,
    compile_condition,
    fact_of,
)
from sopengine.language.facts import LISTED, TEXTUAL, clean, literal

LIMIT: Final = 200_000
"""How many combinations are tried for up to `_USUAL_SIZE` tests; more tests get the same work, not as many tries."""

_USUAL_SIZE: Final = 16
_LARGEST_TABLE: Final = 500_000
"""How many outcomes of tests in cells are worked out beforehand; thousands of different tests of one fact exceed it."""

TRUE: Final = 1
FALSE: Final = 2
UNKNOWN: Final = 4

_BIT: Final[Mapping[Truth, int]] = {True: TRUE, False: FALSE, None: UNKNOWN}
_WIDE: Final = decimal.Context(prec=400)
_BOOLEAN: Final = FactType("boolean")

State = dict[str, int]
Mask = Callable[[State], int]


@dataclass(frozen=True, slots=True)
class Witness:
    """Values for which it is so: canonical, None for a missing fact. A fact that is not named may have any value."""

    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Not decided: more than `limit` combinations would have to be tried."""

    limit: int


Verdict = Witness | TooLarge | None


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that is computed from others (a grade, a table's result): from which conditions, and how."""

    conditions: tuple[Condition, ...]
    compute: Callable[[Facts], Any]


class Goal(NamedTuple):
    """A condition and the truth values (bits) that it shall have."""

    condition: Condition
    wanted: int


Derivations = Mapping[str, Derived]


def never_true(
    condition: Condition, types: Mapping[str, FactType], derived: Derivations | None = None, limit: int = LIMIT
) -> Verdict:
    """None when nothing makes the condition true; otherwise values that do."""
    return search([Goal(condition, TRUE)], types, derived, limit)


def always_true(
    condition: Condition, types: Mapping[str, FactType], derived: Derivations | None = None, limit: int = LIMIT
) -> Verdict:
    """None when nothing makes the condition false (a missing value may leave it unknown); otherwise values that do."""
    return search([Goal(condition, FALSE)], types, derived, limit)


def overlap(
    one: Condition,
    other: Condition,
    types: Mapping[str, FactType],
    derived: Derivations | None = None,
    limit: int = LIMIT,
) -> Verdict:
    """None when the conditions exclude each other; otherwise values for which both are true."""
    return search([Goal(one, TRUE), Goal(other, TRUE)], types, derived, limit)


def gap(
    conditions: Sequence[Condition],
    types: Mapping[str, FactType],
    derived: Derivations | None = None,
    limit: int = LIMIT,
) -> Verdict:
    """None when at least one condition is always true or unknown; otherwise values for which every one is false."""
    return search([Goal(condition, FALSE) for condition in conditions], types, derived, limit)


def implies(
    one: Condition,
    other: Condition,
    types: Mapping[str, FactType],
    derived: Derivations | None = None,
    limit: int = LIMIT,
) -> Verdict:
    """None when `other` is true whenever `one` is; otherwise values for which `one` is true and `other` is not."""
    return search([Goal(one, TRUE), Goal(other, FALSE | UNKNOWN)], types, derived, limit)


def first_match(
    conditions: Sequence[Condition],
    index: int,
    types: Mapping[str, FactType],
    derived: Derivations | None = None,
    limit: int = LIMIT,
) -> Verdict:
    """None when the row at `index` can never be the first that holds; otherwise values for which it is."""
    above = [Goal(condition, FALSE) for condition in conditions[:index]]
    return search([*above, Goal(conditions[index], TRUE)], types, derived, limit)


def search(
    goals: Sequence[Goal], types: Mapping[str, FactType], derived: Derivations | None = None, limit: int = LIMIT
) -> Verdict:
    """Values that give every goal one of its wanted truth values; None when there are none."""
    try:
        return _Search(goals, types, derived or {}, limit).run()
    except _Exhausted:
        return TooLarge(limit)


# Cells --------------------------------------------------------------------------------------------------------------


def cells(fact: FactType, tests: Iterable[Atom]) -> tuple[Any, ...]:
    """One value of the fact's domain for every cell that the tests can tell apart; missing is not among them.

    >>> cells(FactType("integer", minimum=Decimal(0)), [Compare("days", "<=", "30")])
    (30, 31)
    """
    tests = list(dict.fromkeys(tests))
    types = {fact_of(test): fact for test in tests}
    compiled = [(fact_of(test), compile_condition(test, types)) for test in tests]
    candidates = tuple(dict.fromkeys(_candidates(fact, tests)))
    if len(candidates) * len(tests) > _LARGEST_TABLE:
        return candidates  # finer than needed, and as exact
    seen: dict[tuple[Truth, ...], Any] = {}
    for value in candidates:
        seen.setdefault(tuple(test({name: value}) for name, test in compiled), value)
    return tuple(seen.values())


def _candidates(fact: FactType, tests: Iterable[Atom]) -> Iterable[Any]:
    """Values of the domain, at least one in each cell; the plainest first, because witnesses are shown."""
    if fact.kind == "boolean":
        return (True, False)
    if fact.kind in LISTED:
        return map(clean, fact.values)
    points: list[Any] = [value for test in tests for value in _constants(test, fact)]
    if fact.kind in TEXTUAL:
        return [*points, _other_text(points)]
    if fact.kind == "date":
        return _dates(points)
    if fact.kind in ("integer", "datetime"):
        return _whole(points, fact)
    return _dense(points, fact)


def _constants(test: Atom, fact: FactType) -> Iterable[Any]:
    texts = (test.value,) if isinstance(test, Compare) else (test.low, test.high) if isinstance(test, Between) else ()
    return [literal(text, fact) for text in texts]


def _other_text(points: Sequence[str]) -> str:
    text = "…"
    while text in points:
        text += "…"
    return text


def _dates(points: Sequence[date]) -> Iterable[date]:
    day = timedelta(days=1)
    after = [point + day for point in points if point < date.max]
    before = [point - day for point in points if point > date.min]
    return [*points, *after, *before] or [date(2026, 1, 1)]


def _whole(points: Sequence[int], fact: FactType) -> Iterable[int]:
    low = None if fact.minimum is None else int(fact.minimum.to_integral_value(decimal.ROUND_CEILING, _WIDE))
    high = None if fact.maximum is None else int(fact.maximum.to_integral_value(decimal.ROUND_FLOOR, _WIDE))
    ends = [end for end in (low, high) if end is not None]
    near = [*points, *(p + 1 for p in points), *(p - 1 for p in points), *ends] or [0]
    return [value for value in near if (low is None or value >= low) and (high is None or value <= high)]


def _dense(points: Sequence[int | Decimal], fact: FactType) -> Iterable[int | Decimal]:
    with decimal.localcontext(_WIDE):
        ends = [end for end in (fact.minimum, fact.maximum) if end is not None]
        known = sorted({*map(Decimal, points), *ends})
        middle = [(one + other) / 2 for one, other in pairwise(known)]
        near = [*points, *(p + 1 for p in points), *(p - 1 for p in points), *middle, *ends] or [0]
    low, high = fact.minimum, fact.maximum
    return [value for value in near if (low is None or value >= low) and (high is None or value <= high)]


# Search -------------------------------------------------------------------------------------------------------------


class _Search:
    """A depth-first search over the cells of the facts that the goals depend on."""

    def __init__(self, goals: Sequence[Goal], types: Mapping[str, FactType], derived: Derivations, limit: int) -> None:
        self.types, self.limit, self.visited = types, limit, 0
        self.derived = _needed(goals, derived)
        self.tests = _tests_by_fact([*(goal.condition for goal in goals), *self._derived_conditions()])
        self.values = {name: self._values(name) for name in self.tests}
        if sum(len(tests) * len(self.values[name]) for name, tests in self.tests.items()) > _LARGEST_TABLE:
            raise _Exhausted
        self.base = sorted((n for n in self.tests if n not in self.derived), key=lambda n: -len(self.tests[n]))
        self.ready = self._ready()
        self.goals = [(self._mask(goal.condition), goal.wanted) for goal in goals]
        self.cost = max(1, sum(map(len, self.tests.values())) // _USUAL_SIZE)
        self.state: State = {}

    def run(self) -> Verdict:
        return Witness(self._facts()) if self._descend(0) else None

    def _derived_conditions(self) -> Iterable[Condition]:
        return (condition for one in self.derived.values() for condition in one.conditions)

    def _values(self, name: str) -> tuple[Any, ...]:
        """What the fact may be: missing (None) last, so that a witness says it only when it must."""
        if name in self.derived:
            return (*dict.fromkeys(map(clean, self.types[name].values)), None)
        fact = _BOOLEAN if name.startswith("predicate:") else self.types[name]
        return (*cells(fact, self.tests[name]), None)

    def _ready(self) -> dict[int, list[str]]:
        """Which derived facts can be computed once the first n base facts are assigned; inner ones first."""
        place = {name: index + 1 for index, name in enumerate(self.base)}
        ready: dict[int, list[str]] = {}
        for name, one in self.derived.items():
            reads = {fact_of(atom) for condition in one.conditions for atom in atoms(condition)}
            place[name] = max((place[read] for read in reads), default=0)
            ready.setdefault(place[name], []).append(name)
        return ready

    def _descend(self, depth: int) -> bool:
        self.visited += self.cost
        if self.visited > self.limit:
            raise _Exhausted
        computed = self._compute(depth)
        if self._settled():
            return True
        if depth < len(self.base) and self._possible():
            name = self.base[depth]
            for index in range(len(self.values[name])):
                self.state[name] = index
                if self._descend(depth + 1):
                    return True
            del self.state[name]
        for name in computed:
            self.state.pop(name, None)
        return False

    def _compute(self, depth: int) -> Sequence[str]:
        names = self.ready.get(depth, ())
        for name in names:
            self.state[name] = self.values[name].index(self.derived[name].compute(self._facts()))
        return names

    def _settled(self) -> bool:
        return all(mask(self.state) & ~wanted == 0 for mask, wanted in self.goals)

    def _possible(self) -> bool:
        return all(mask(self.state) & wanted for mask, wanted in self.goals)

    def _facts(self) -> dict[str, Any]:
        return {name: self.values[name][index] for name, index in self.state.items()}

    def _mask(self, condition: Condition) -> Mask:
        if isinstance(condition, (And, Or)):
            table = _AND if isinstance(condition, And) else _OR
            return _folded(tuple(map(self._mask, condition.parts)), table)
        if isinstance(condition, Not):
            part = self._mask(condition.part)
            return lambda state: _NOT[part(state)]
        name, test = fact_of(condition), compile_condition(condition, self.types)
        outcomes = [_BIT[test({name: value})] for value in self.values[name]]
        anything = _union(outcomes)
        return lambda state: outcomes[state[name]] if name in state else anything


class _Exhausted(Exception):
    """The search has visited as many nodes as it may."""


def _needed(goals: Sequence[Goal], derived: Derivations) -> dict[str, Derived]:
    """The derived facts that the goals read, directly or through others, in the order of `derived`."""
    wanted: set[str] = set()
    open_conditions = [goal.condition for goal in goals]
    while open_conditions:
        for atom in atoms(open_conditions.pop()):
            name = fact_of(atom)
            if name in derived and name not in wanted:
                wanted.add(name)
                open_conditions.extend(derived[name].conditions)
    return {name: one for name, one in derived.items() if name in wanted}


def _tests_by_fact(conditions: Iterable[Condition]) -> dict[str, list[Atom]]:
    tests: dict[str, list[Atom]] = {}
    for condition in conditions:
        for atom in atoms(condition):
            tests.setdefault(fact_of(atom), []).append(atom)
    return tests


def _union(outcomes: Iterable[int]) -> int:
    union = 0
    for outcome in outcomes:
        union |= outcome
    return union


def _folded(parts: tuple[Mask, ...], table: Sequence[Sequence[int]]) -> Mask:
    def folded(state: State) -> int:
        outcome = parts[0](state)
        for part in parts[1:]:
            outcome = table[outcome][part(state)]
        return outcome

    return folded


def _lifted(combine: Callable[[int, int], int]) -> list[list[int]]:
    """A truth table of single values, extended to sets of them."""
    single = (TRUE, FALSE, UNKNOWN)

    def combined(ones: int, others: int) -> int:
        return _union(combine(a, b) for a in single if a & ones for b in single if b & others)

    return [[combined(ones, others) for others in range(8)] for ones in range(8)]


def _strongest(order: Sequence[int]) -> Callable[[int, int], int]:
    return lambda a, b: min(a, b, key=order.index)


_AND: Final = _lifted(_strongest((FALSE, UNKNOWN, TRUE)))
_OR: Final = _lifted(_strongest((TRUE, UNKNOWN, FALSE)))
_NOT: Final = [mask & UNKNOWN | (TRUE if mask & FALSE else 0) | (FALSE if mask & TRUE else 0) for mask in range(8)]
