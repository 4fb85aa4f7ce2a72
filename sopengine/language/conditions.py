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

import difflib
import operator
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sopengine.language.facts import INVALID, LISTED, NUMERIC, ORDERED, BadLiteral, Value, clean, literal
from sopengine.language.facts import FactType as FactType
from sopengine.wording import Listing, Term

Path = tuple[str | int, ...]
Facts = Mapping[str, Any]
Truth = bool | None
Test = Callable[[Facts], Truth]

RESERVED: Final = ("any", "not", "predicate")


@dataclass(frozen=True, slots=True)
class And:
    """True when every part is; false as soon as one is false."""

    parts: tuple[Condition, ...]
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """True as soon as one part is; false when every part is false."""

    parts: tuple[Condition, ...]
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of its part; unknown stays unknown."""

    part: Condition
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A question that the host answers; the answer lies in the facts under ``predicate:NAME``."""

    name: str
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A fact against a literal: `op` is one of ``= > >= < <=``; `bare` marks an unquoted number or boolean."""

    fact: str
    op: str
    value: str
    bare: bool = False
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Between:
    """A fact within a range, both ends included."""

    fact: str
    low: str
    high: str
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Filled:
    """A fact has a value. Never unknown, unless the value does not fit its field."""

    fact: str
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Empty:
    """A fact has no value. Never unknown, unless the value does not fit its field."""

    fact: str
    path: Path = field(default=(), compare=False)


Condition = And | Or | Not | Predicate | Compare | Between | Filled | Empty


class Problem(NamedTuple):
    """What is wrong at `path`: a code of the catalogue with its parameters, and the nearest right spelling."""

    path: Path
    code: str
    params: dict[str, Any]
    suggestion: str | None = None


_ORDERING: Final = re.compile(r"(>=|<=|>|<)\s*(.*)", re.S)
_MISSPELT: Final = re.compile(r"(=>|=<|≥|≤|≠|==|!=|<>|=|!)\s*(.+)", re.S)
_MEANT: Final = {"=>": ">= ", "≥": ">= ", "=<": "<= ", "≤": "<= ", "≠": "not ", "!=": "not ", "<>": "not ", "!": "not "}
_RANGE: Final = re.compile(r"([-+]?[0-9](?:\.?[^.\s])*)\s*\.\.\s*([-+]?[0-9](?:\.?[^.\s])*)")
_NEARLY_RANGE: Final = re.compile(r"([-+]?[0-9][^.\s]*)?\s*(?:\.{2,}|\s-\s|–|…)\s*([-+]?[0-9][^.\s]*)?")
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


# Reading -------------------------------------------------------------------------------------------


def parse(data: Any, path: Path) -> tuple[Condition | None, list[Problem]]:
    """Read the data of a ``when``: the condition, and every problem of its notation.

    With problems, the condition is the part that could be read: good for finding further problems, not for compiling.
    """
    problems: list[Problem] = []
    return _map(data, path, problems), problems


def _map(data: Any, path: Path, problems: list[Problem]) -> Condition | None:
    if not isinstance(data, Mapping):
        problems.append(_shape(path, "map", data))
        return None
    if not data:
        problems.append(Problem(path, "SOP501", {}))
        return None
    readers = {"any": _any, "not": _not, "predicate": _predicate}
    parts = []
    for key, value in data.items():
        reader = readers.get(key)
        part = reader(value, (*path, key), problems) if reader else _field(str(key), value, (*path, key), problems)
        if part is not None:
            parts.append(part)
    return _joined(And, parts, path)


def _joined(kind: type[And] | type[Or], parts: list[Condition], path: Path) -> Condition | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts), path)


def _any(data: Any, path: Path, problems: list[Problem]) -> Condition | None:
    if not isinstance(data, list):
        problems.append(_shape(path, "list", data))
        return None
    if not data:
        problems.append(Problem(path, "SOP501", {}))
        return None
    parts = [_map(item, (*path, index), problems) for index, item in enumerate(data)]
    return _joined(Or, [part for part in parts if part is not None], path)


def _not(data: Any, path: Path, problems: list[Problem]) -> Condition | None:
    part = _map(data, path, problems)
    return None if part is None else Not(part, path)


def _predicate(data: Any, path: Path, problems: list[Problem]) -> Condition | None:
    if isinstance(data, str) and clean(data):
        return Predicate(clean(data), path)
    problems.append(_shape(path, "name", data))
    return None


def _field(name: str, data: Any, path: Path, problems: list[Problem]) -> Condition | None:
    if not isinstance(data, list):
        return _test(name, data, path, problems)
    if not data:
        problems.append(Problem(path, "SOP501", {}))
        return None
    read = [_test(name, item, (*path, index), problems) for index, item in enumerate(data)]
    parts = [part for part in read if part is not None]
    if len({part for part in parts if isinstance(part, Not)}) > 1:
        problems.append(Problem(path, "SOP507", {"fact": name, "values": Listing(tuple(map(_brief, data)))}))
    return _joined(Or, parts, path)


def _test(name: str, data: Any, path: Path, problems: list[Problem]) -> Condition | None:
    if isinstance(data, bool):
        return Compare(name, "=", "true" if data else "false", True, path)
    if isinstance(data, (int, float, Decimal)):
        return Compare(name, "=", _numeral(data), True, path)
    if not isinstance(data, str):
        problems.append(_shape(path, "test", data, "empty" if data is None else None))
        return None
    text = clean(data)
    if text == "not" or text.startswith("not "):
        part = _plain(name, text[4:].strip(), path, problems, data)
        return None if part is None else Not(part, path)
    return _plain(name, text, path, problems, data)


def _plain(name: str, text: str, path: Path, problems: list[Problem], whole: str) -> Condition | None:
    if text == "filled":
        return Filled(name, path)
    if text == "empty":
        return Empty(name, path)
    if misspelt := _MISSPELT.fullmatch(text):
        right = _MEANT.get(misspelt[1], "") + misspelt[2]
        problems.append(Problem(path, "SOP502", {"text": _brief(whole), "operator": misspelt[1]}, right))
        return None
    if found := _ORDERING.fullmatch(text):
        return _ordering(name, found[1], found[2], path, problems, whole)
    if not text:
        problems.append(Problem(path, "SOP503", {"text": _brief(whole)}))
        return None
    if found := _RANGE.fullmatch(text):
        return Between(name, found[1], found[2], path)
    return Compare(name, "=", text, False, path)


def _ordering(name: str, op: str, value: str, path: Path, problems: list[Problem], whole: str) -> Condition | None:
    if not value:
        problems.append(Problem(path, "SOP503", {"text": _brief(whole)}))
        return None
    return Compare(name, op, value, False, path)


def _shape(path: Path, expected: str, data: Any, suggestion: str | None = None) -> Problem:
    term = Term(f"rules_conditions.shape_{expected}")
    return Problem(path, "SOP505", {"expected": term, "text": _brief(data)}, suggestion)


def _numeral(number: int | float | Decimal) -> str:
    """A number of the YAML as text that `literal` reads; what is not finite becomes text that it refuses."""
    if isinstance(number, int):
        return str(number) if number.bit_length() < 256 else "int"
    exactly = number if isinstance(number, Decimal) else Decimal(repr(number))
    return f"{exactly:f}" if exactly.is_finite() and abs(exactly.adjusted()) < 64 else str(number)


def _brief(data: Any) -> str:
    """Foreign text short enough for a sentence."""
    if not isinstance(data, str):
        data = repr(data) if isinstance(data, (bool, float)) or data is None else type(data).__name__
    text: str = data
    return text if len(text) <= 60 else f"{text[:59]}…"


# Walking -------------------------------------------------------------------------------------------


def atoms(condition: Condition) -> Iterator[Predicate | Compare | Between | Filled | Empty]:
    """The tests of a condition, in the order in which they are written."""
    if isinstance(condition, (And, Or)):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    else:
        yield condition


def fact_of(atom: Predicate | Compare | Between | Filled | Empty) -> str:
    """The key under which the facts hold what a test looks at."""
    return f"predicate:{atom.name}" if isinstance(atom, Predicate) else atom.fact


def names(condition: Condition) -> frozenset[str]:
    """The facts that a condition reads; the answer of a predicate is the fact ``predicate:NAME``."""
    return frozenset(map(fact_of, atoms(condition)))


# Typing --------------------------------------------------------------------------------------------


def type_problems(
    condition: Condition, types: Mapping[str, FactType], predicates: Collection[str] | None
) -> list[Problem]:
    """Everything in a condition that does not fit the declared facts; `predicates` None means: not known here."""
    found: list[Problem] = []
    for atom in atoms(condition):
        if isinstance(atom, Predicate):
            found.extend(_predicate_problems(atom, predicates))
        elif atom.fact not in types:
            found.append(Problem(atom.path, "SOP510", {"name": _brief(atom.fact)}, nearest(atom.fact, types)))
        elif isinstance(atom, Compare):
            found.extend(_compare_problems(atom, types[atom.fact]))
        elif isinstance(atom, Between):
            found.extend(_between_problems(atom, types[atom.fact]))
        else:
            found.extend(_reads_as_test(atom, types[atom.fact]))
    return found


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is spelled most like `name`, when one is near enough."""
    close = difflib.get_close_matches(name[:64], [c for c in candidates if len(c) <= 64], n=1, cutoff=0.6)
    return close[0] if close else None


def _predicate_problems(atom: Predicate, predicates: Collection[str] | None) -> Iterator[Problem]:
    if predicates is not None and atom.name not in predicates:
        yield Problem(atom.path, "SOP511", {"name": _brief(atom.name)}, nearest(atom.name, predicates))


def _compare_problems(atom: Compare, fact: FactType) -> Iterator[Problem]:
    if atom.op != "=" and fact.kind not in ORDERED:
        yield Problem(atom.path, "SOP512", {"fact": atom.fact, "kind": kind_term(fact), "text": _brief(atom.value)})
        return
    if fact.kind in LISTED:
        yield from _listed_problems(atom, fact)
        return
    value = _literal_of(atom, fact)
    if isinstance(value, BadLiteral):
        yield _bad_literal(atom, atom.value, fact, value, "" if atom.op == "=" else f"{atom.op} ")
    elif fact.kind in NUMERIC and _outside(atom.op, value, value, fact):
        yield _never(atom, fact, f"{atom.op} {atom.value}")


def _between_problems(atom: Between, fact: FactType) -> Iterator[Problem]:
    shown = f"{atom.low}..{atom.high}"
    if fact.kind not in ORDERED:
        yield Problem(atom.path, "SOP512", {"fact": atom.fact, "kind": kind_term(fact), "text": _brief(shown)})
        return
    ends = [(text, literal(text, fact)) for text in (atom.low, atom.high)]
    bad = [(text, value) for text, value in ends if isinstance(value, BadLiteral)]
    if bad:
        respelled = [value.suggestion if isinstance(value, BadLiteral) else text for text, value in ends]
        whole = "..".join(text for text in respelled if text) if all(respelled) else None
        text, value = bad[0]
        yield _bad_literal(atom, text, fact, value._replace(suggestion=whole), "")
        return
    low, high = (value for _, value in ends)
    if low > high:  # type: ignore[operator]  # both are literals of one ordered kind
        yield Problem(atom.path, "SOP515", {"fact": atom.fact, "text": shown}, f"{atom.high}..{atom.low}")
    elif fact.kind in NUMERIC and _outside("..", low, high, fact):
        yield _never(atom, fact, shown)


def _listed_problems(atom: Compare, fact: FactType) -> Iterator[Problem]:
    value, values = clean(atom.value), tuple(map(clean, fact.values))
    if value not in values:
        reads = [text for text in values if text == f"not {value}"]
        if reads:
            yield Problem(atom.path, "SOP517", {"fact": atom.fact, "text": reads[0]})
            return
        params = {"fact": atom.fact, "text": _brief(atom.value), "values": Listing(values, "or")}
        yield Problem(atom.path, "SOP513", params, nearest(value, values))


def _reads_as_test(atom: Filled | Empty, fact: FactType) -> Iterator[Problem]:
    word = "filled" if isinstance(atom, Filled) else "empty"
    if word in map(clean, fact.values):
        yield Problem(atom.path, "SOP517", {"fact": atom.fact, "text": word})


def _literal_of(atom: Compare, fact: FactType) -> Value | BadLiteral:
    if atom.bare and fact.kind not in NUMERIC and fact.kind not in ("boolean", *LISTED):
        return BadLiteral("kind", f'"{atom.value}"')
    if atom.bare and fact.kind in NUMERIC and re.fullmatch(r"[-+]?[0-9]+\.[0-9]{3}", atom.value):
        return literal(f"{atom.value}0", fact)  # an unquoted 1.125 is YAML's decimal; no thousands can be meant
    return literal(atom.value, fact)


def _bad_literal(atom: Compare | Between, text: str, fact: FactType, why: BadLiteral, prefix: str) -> Problem:
    params = {"fact": atom.fact, "text": _brief(text), "kind": kind_term(fact)}
    right = None if why.suggestion is None else f"{prefix}{why.suggestion}"
    if why.reason == "separators":
        return Problem(atom.path, "SOP504", params, right)
    if fact.kind in ORDERED and (half := _NEARLY_RANGE.fullmatch(text)):
        return Problem(atom.path, "SOP506", params, _range_meant(half[1], half[2]))
    return Problem(atom.path, "SOP514", params, right)


def _range_meant(low: str | None, high: str | None) -> str | None:
    if low and high:
        return f"{low}..{high}"
    return f">= {low}" if low else f"<= {high}" if high else None


def _outside(op: str, low: Any, high: Any, fact: FactType) -> bool:
    """No number from the field's minimum to its maximum can pass the test."""
    above = fact.maximum is not None and op in ("=", ">=", ">", "..") and low > fact.maximum
    below = fact.minimum is not None and op in ("=", "<=", "<", "..") and high < fact.minimum
    return above or below or (op == ">" and low == fact.maximum) or (op == "<" and high == fact.minimum)


def _never(atom: Compare | Between, fact: FactType, text: str) -> Problem:
    low = "…" if fact.minimum is None else f"{fact.minimum:f}"
    high = "…" if fact.maximum is None else f"{fact.maximum:f}"
    return Problem(atom.path, "SOP516", {"fact": atom.fact, "text": text.removeprefix("= "), "low": low, "high": high})


def kind_term(fact: FactType) -> Term:
    """The phrase for a kind of fact."""
    return Term(f"rules_conditions.kind_{fact.kind}")


# Compiling -----------------------------------------------------------------------------------------


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
    value = _literal_of(atom, fact) if isinstance(atom, Compare) else literal(text, fact)
    if isinstance(value, BadLiteral):
        raise ValueError(f"{atom.fact}: {text!r} is no {fact.kind}; look for type problems before compiling")
    return value


# Explaining ----------------------------------------------------------------------------------------


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


def _kind_seen(atom: Predicate | Compare | Between | Filled | Empty, facts: Facts) -> FactType:
    value = facts.get(fact_of(atom))
    if isinstance(value, bool):
        return FactType("boolean")
    if isinstance(value, date):
        return FactType("date")
    if not isinstance(value, (int, Decimal)):
        return FactType("choice")
    text = atom.value if isinstance(atom, Compare) else atom.low if isinstance(atom, Between) else ""
    return FactType("datetime" if ":" in text else "percent")
