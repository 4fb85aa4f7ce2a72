"""Conditions: structured unary tests over typed facts, compiled to closures with SQL's three-valued logic.

The notation is that of the input entries of a decision table in the DMN standard (unary tests); the logic is Kleene's
strong three-valued one, as in SQL: a test of a missing value is unknown (None), only ``filled`` and ``empty`` look at
absence, and ``not`` unknown is unknown.

>>> types = {"budget": FactType("money"), "segment": FactType("choice", ("retail", "government"))}
>>> condition, problems = parse({"budget": ">= 50_000_000", "segment": "not retail"}, ("when",))
>>> holds = compile_condition(condition, types)
>>> holds({"budget": 60_000_000, "segment": "government"}), holds({"budget": 1}), holds({"segment": "government"})
(True, False, None)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sopengine.language.condition_notation import And as And
from sopengine.language.condition_notation import Atom as Atom
from sopengine.language.condition_notation import Between as Between
from sopengine.language.condition_notation import Compare as Compare
from sopengine.language.condition_notation import Condition as Condition
from sopengine.language.condition_notation import Empty as Empty
from sopengine.language.condition_notation import Filled as Filled
from sopengine.language.condition_notation import Not as Not
from sopengine.language.condition_notation import Or as Or
from sopengine.language.condition_notation import Path as Path
from sopengine.language.condition_notation import Predicate as Predicate
from sopengine.language.condition_notation import Problem as Problem
from sopengine.language.condition_notation import atoms as atoms
from sopengine.language.condition_notation import fact_of as fact_of
from sopengine.language.condition_notation import names as names
from sopengine.language.condition_notation import parse as parse
from sopengine.language.condition_types import literal_of
from sopengine.language.condition_types import nearest as nearest
from sopengine.language.condition_types import type_problems as type_problems
from sopengine.language.facts import EPOCH, INVALID, NUMERIC, BadLiteral, Value, literal
from sopengine.language.facts import FactType as FactType
from sopengine.wording import joined, say, shown

Facts = Mapping[str, Any]
Truth = bool | None
Test = Callable[[Facts], Truth]

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def compile_condition(condition: Condition, types: Mapping[str, FactType]) -> Test:
    """A closure from facts to True, False or None (unknown). The condition must be free of type problems."""
    if isinstance(condition, And):
        return _all_of(tuple(compile_condition(part, types) for part in condition.parts))
    if isinstance(condition, Or):
        if (merged := _membership(condition, types)) is not None:
            return merged
        return _one_of(tuple(compile_condition(part, types) for part in condition.parts))
    if isinstance(condition, Not):
        return _opposite(compile_condition(condition.part, types))
    if isinstance(condition, (Predicate, Filled, Empty)):
        return _presence(condition)
    return _comparison(condition, types[condition.fact])


def _all_of(tests: tuple[Test, ...]) -> Test:
    def conjunction(facts: Facts) -> Truth:
        outcome: Truth = True
        for test in tests:
            truth = test(facts)
            if truth is False:
                return False
            if truth is None:
                outcome = None
        return outcome

    return conjunction


def _one_of(tests: tuple[Test, ...]) -> Test:
    def disjunction(facts: Facts) -> Truth:
        outcome: Truth = False
        for test in tests:
            truth = test(facts)
            if truth:
                return True
            if truth is None:
                outcome = None
        return outcome

    return disjunction


def _opposite(test: Test) -> Test:
    def negation(facts: Facts) -> Truth:
        truth = test(facts)
        return None if truth is None else not truth

    return negation


def _membership(condition: Or, types: Mapping[str, FactType]) -> Test | None:
    """One look-up for a list of values of one fact; None when the parts are something else."""
    equal = [part for part in condition.parts if isinstance(part, Compare) and part.op == "="]
    if len(equal) < len(condition.parts) or len({part.fact for part in equal}) > 1:
        return None
    values = [_typed(part, part.value, types[part.fact]) for part in equal]
    return _lookup(equal[0].fact, values)


def _lookup(name: str, values: Iterable[Value]) -> Test:
    table: dict[Any, Truth] = {**dict.fromkeys(values, True), None: None, "": None, INVALID: None}

    def equals(facts: Facts) -> Truth:
        return table.get(facts.get(name), False)

    return equals


def _presence(atom: Predicate | Filled | Empty) -> Test:
    name = fact_of(atom)
    if isinstance(atom, Predicate):
        return lambda facts: facts.get(name)
    filled = isinstance(atom, Filled)

    def present(facts: Facts) -> Truth:
        value = facts.get(name)
        return None if value is INVALID else (value is not None and value != "") is filled

    return present


def _comparison(atom: Compare | Between, fact: FactType) -> Test:
    name = atom.fact
    if isinstance(atom, Between):
        low: Any = _typed(atom, atom.low, fact)
        high: Any = _typed(atom, atom.high, fact)

        def within(facts: Facts) -> Truth:
            value = facts.get(name)
            return None if value is None or value is INVALID or value == "" else low <= value <= high

        return within
    bound = _typed(atom, atom.value, fact)
    if atom.op == "=":
        return _lookup(name, [bound])
    compare = _COMPARE[atom.op]

    def ordered(facts: Facts) -> Truth:
        value = facts.get(name)
        return None if value is None or value is INVALID or value == "" else compare(value, bound)

    return ordered


def _typed(atom: Compare | Between, text: str, fact: FactType) -> Value:
    value = literal_of(atom, fact) if isinstance(atom, Compare) else literal(text, fact)
    if isinstance(value, BadLiteral):
        raise ValueError(f"{atom.fact}: {text!r} is no {fact.kind}; look for type problems before compiling")
    return value


def unknown_names(condition: Condition, facts: Facts, types: Mapping[str, FactType] | None = None) -> frozenset[str]:
    """The missing (or invalid) facts that keep a condition unknown; empty when it is true or false.

    Without `types`, the kinds of the facts are told from the canonical values themselves.

    >>> sorted(unknown_names(parse({"a": 1, "b": 2, "c": 3}, ())[0], {"a": 1}))
    ['b', 'c']
    """
    if types is None:
        types = {fact_of(atom): _kind_seen(atom, facts) for atom in atoms(condition)}
    return _unknown(condition, facts, types)


def _unknown(condition: Condition, facts: Facts, types: Mapping[str, FactType]) -> frozenset[str]:
    if compile_condition(condition, types)(facts) is not None:
        return frozenset()
    if isinstance(condition, (And, Or)):
        return frozenset().union(*(_unknown(part, facts, types) for part in condition.parts))
    if isinstance(condition, Not):
        return _unknown(condition.part, facts, types)
    return frozenset({fact_of(condition)})


def _kind_seen(atom: Atom, facts: Facts) -> FactType:
    value = facts.get(fact_of(atom))
    if isinstance(value, bool):
        return FactType("boolean")
    if isinstance(value, date):
        return FactType("date")
    if not isinstance(value, (int, Decimal)):
        return FactType("choice")
    text = atom.value if isinstance(atom, Compare) else atom.low if isinstance(atom, Between) else ""
    return FactType("datetime" if ":" in text else "percent")


def describe(
    condition: Condition, lang: str, titles: Mapping[str, Any], types: Mapping[str, FactType] | None = None
) -> str:
    """A condition as a sentence for findings, in `lang`; `titles` name the facts (and ``predicate:NAME``).

    >>> describe(parse({"segment": ["a", "b"], "budget": ">= 50_000_000"}, ())[0], "id", {"budget": "anggaran"})
    'segment = a atau b dan anggaran ≥ 50.000.000'
    """
    return _Describer(lang, titles, types or {}).sentence(condition)


def show_facts(
    facts: Mapping[str, Any], lang: str, titles: Mapping[str, Any], types: Mapping[str, FactType] | None = None
) -> str:
    """Canonical values as a sentence in `lang`: the example that a proof gives. None is a missing fact.

    >>> show_facts({"segment": "retail", "budget": None}, "en", {})
    'segment = retail and budget missing'
    """
    say_it = _Describer(lang, titles, types or {})
    parts = [
        say("rules_conditions.missing", lang, fact=say_it.title(name))
        if value is None
        else say_it.sentence(Compare(name, "=", written(value, (types or {}).get(name)), not isinstance(value, str)))
        for name, value in facts.items()
    ]
    return joined(parts, lang) or say("rules_conditions.anything", lang)


def written(value: Value, fact: FactType | None = None) -> str:
    """A canonical value as the literal that means it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if fact is not None and fact.kind == "datetime" and isinstance(value, int):
        return (EPOCH + timedelta(microseconds=value)).isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


class _Describer:
    """Says conditions in one language, with the titles and types of one SOP."""

    def __init__(self, lang: str, titles: Mapping[str, Any], types: Mapping[str, FactType]) -> None:
        self.lang, self.titles, self.types = lang, titles, types

    def sentence(self, condition: Condition, inside: bool = False) -> str:
        if isinstance(condition, (And, Or)):
            return self._joined(condition, inside)
        if isinstance(condition, Not):
            part = condition.part
            if isinstance(part, Compare) and part.op == "=":
                return f"{self.title(part.fact)} ≠ {self._value(part, part.value)}"
            return say("rules_conditions.not", self.lang, part=self.sentence(part))
        return self._atom(condition)

    def _joined(self, condition: And | Or, inside: bool) -> str:
        equal = [part for part in condition.parts if isinstance(part, Compare) and part.op == "="]
        if isinstance(condition, Or) and len(equal) == len(condition.parts) and len({p.fact for p in equal}) == 1:
            values = joined((self._value(part, part.value) for part in equal), self.lang, "or")
            return f"{self.title(equal[0].fact)} = {values}"
        word = say(f"hint.{'and' if isinstance(condition, And) else 'or'}", self.lang)
        text = f" {word} ".join(self.sentence(part, inside=True) for part in condition.parts)
        return f"({text})" if inside else text

    def _atom(self, atom: Atom) -> str:
        title = self.title(fact_of(atom))
        if isinstance(atom, Predicate):
            return title
        if isinstance(atom, Compare):
            sign = {">=": "≥", "<=": "≤"}.get(atom.op, atom.op)
            return f"{title} {sign} {self._value(atom, atom.value)}"
        if isinstance(atom, Between):
            low, high = self._value(atom, atom.low), self._value(atom, atom.high)
            return say("rules_conditions.between", self.lang, fact=title, low=low, high=high)
        return say(f"rules_conditions.{'filled' if isinstance(atom, Filled) else 'empty'}", self.lang, fact=title)

    def title(self, name: str) -> str:
        title = self.titles.get(name, name.removeprefix("predicate:"))
        return shown(title, self.lang)

    def _value(self, atom: Compare | Between, text: str) -> str:
        fact = self.types.get(atom.fact) or FactType(_kind_written(atom))
        if fact.kind == "boolean" or (atom.fact not in self.types and text in ("true", "false")):
            return say(f"rules_conditions.{text}", self.lang)
        value = literal(text, fact) if fact.kind in NUMERIC else text
        if isinstance(value, (BadLiteral, str, date)):
            return text
        number = f"{value:,}" if self.lang != "id" else f"{value:,}".translate(_INDONESIAN)
        if fact.kind == "money" and fact.currency:
            return f"Rp{number}" if fact.currency == "IDR" else f"{fact.currency} {number}"
        return f"{number}%" if fact.kind == "percent" else number


_INDONESIAN: Final = str.maketrans(",.", ".,")


def _kind_written(atom: Compare | Between) -> str:
    """The kind that an undeclared fact seems to have: what is ordered and reads as a number is one."""
    return "number" if isinstance(atom, Between) or atom.op != "=" or atom.bare else "string"
