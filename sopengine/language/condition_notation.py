"""The notation of conditions: the structured unary tests of an SOP, read into a small immutable tree.

Reading needs no declarations; whether a test fits its fact is `sopengine.language.condition_types`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sopengine.language.facts import clean
from sopengine.wording import Listing, Term

Path = tuple[str | int, ...]

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


Atom = Predicate | Compare | Between | Filled | Empty
Condition = And | Or | Not | Atom


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
    unlike = [part.part for part in parts if isinstance(part, Not)]
    if len({part.value for part in unlike if isinstance(part, Compare) and part.op == "="}) > 1:
        problems.append(Problem(path, "SOP507", {"fact": name, "values": Listing(tuple(map(brief, data)))}))
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
        problems.append(Problem(path, "SOP502", {"text": brief(whole), "operator": misspelt[1]}, right))
        return None
    if found := _ORDERING.fullmatch(text):
        return _ordering(name, found[1], found[2], path, problems, whole)
    if not text:
        problems.append(Problem(path, "SOP503", {"text": brief(whole)}))
        return None
    if found := _RANGE.fullmatch(text):
        return Between(name, found[1], found[2], path)
    return Compare(name, "=", text, False, path)


def _ordering(name: str, op: str, value: str, path: Path, problems: list[Problem], whole: str) -> Condition | None:
    if not value:
        problems.append(Problem(path, "SOP503", {"text": brief(whole)}))
        return None
    return Compare(name, op, value, False, path)


def _shape(path: Path, expected: str, data: Any, suggestion: str | None = None) -> Problem:
    term = Term(f"rules_conditions.shape_{expected}")
    return Problem(path, "SOP505", {"expected": term, "text": brief(data)}, suggestion)


def _numeral(number: int | float | Decimal) -> str:
    """A number of the YAML as text that `literal` reads; what is not finite becomes text that it refuses."""
    if isinstance(number, int):
        return str(number) if number.bit_length() < 256 else "int"
    exactly = number if isinstance(number, Decimal) else Decimal(repr(number))
    return f"{exactly:f}" if exactly.is_finite() and abs(exactly.adjusted()) < 64 else str(number)


def brief(data: Any) -> str:
    """Foreign text short enough for a sentence."""
    if not isinstance(data, str):
        data = repr(data) if isinstance(data, (bool, float)) or data is None else type(data).__name__
    text: str = data
    return text if len(text) <= 60 else f"{text[:59]}…"


def atoms(condition: Condition) -> Iterator[Atom]:
    """The tests of a condition, in the order in which they are written."""
    if isinstance(condition, (And, Or)):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    else:
        yield condition


def fact_of(atom: Atom) -> str:
    """The key under which the facts hold what a test looks at."""
    return f"predicate:{atom.name}" if isinstance(atom, Predicate) else atom.fact


def names(condition: Condition) -> frozenset[str]:
    """The facts that a condition reads; the answer of a predicate is the fact ``predicate:NAME``."""
    return frozenset(map(fact_of, atoms(condition)))
