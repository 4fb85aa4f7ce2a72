"""The typing of conditions: every test against the declared facts, with the nearest right spelling of what is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from sopengine.language.condition_notation import (
    Between,
    Compare,
    Condition,
    Empty,
    Filled,
    Predicate,
    Problem,
    atoms,
    brief,
)
from sopengine.language.facts import LISTED, NUMERIC, ORDERED, BadLiteral, FactType, Value, clean, literal
from sopengine.wording import Listing, Term

_NEARLY_RANGE: Final = re.compile(r"([-+]?[0-9][^.\s]*)?\s*(?:\.{2,}|\s-\s|–|…)\s*([-+]?[0-9][^.\s]*)?")


def type_problems(
    condition: Condition, types: Mapping[str, FactType], predicates: Collection[str] | None
) -> list[Problem]:
    """Everything in a condition that does not fit the declared facts; `predicates` None means: not known here."""
    found: list[Problem] = []
    for atom in atoms(condition):
        if isinstance(atom, Predicate):
            found.extend(_predicate_problems(atom, predicates))
        elif atom.fact not in types:
            found.append(Problem(atom.path, "SOP510", {"name": brief(atom.fact)}, nearest(atom.fact, types)))
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
        yield Problem(atom.path, "SOP511", {"name": brief(atom.name)}, nearest(atom.name, predicates))


def _compare_problems(atom: Compare, fact: FactType) -> Iterator[Problem]:
    if atom.op != "=" and fact.kind not in ORDERED:
        yield Problem(atom.path, "SOP512", {"fact": atom.fact, "kind": kind_term(fact), "text": brief(atom.value)})
        return
    if fact.kind in LISTED:
        yield from _listed_problems(atom, fact)
        return
    value = literal_of(atom, fact)
    if isinstance(value, BadLiteral):
        yield _bad_literal(atom, atom.value, fact, value, "" if atom.op == "=" else f"{atom.op} ")
    elif fact.kind in NUMERIC and _outside(atom.op, value, value, fact):
        yield _never(atom, fact, f"{atom.op} {atom.value}")


def _between_problems(atom: Between, fact: FactType) -> Iterator[Problem]:
    shown = f"{atom.low}..{atom.high}"
    if fact.kind not in ORDERED:
        yield Problem(atom.path, "SOP512", {"fact": atom.fact, "kind": kind_term(fact), "text": brief(shown)})
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
        params = {"fact": atom.fact, "text": brief(atom.value), "values": Listing(values, "or")}
        yield Problem(atom.path, "SOP513", params, nearest(value, values))


def _reads_as_test(atom: Filled | Empty, fact: FactType) -> Iterator[Problem]:
    word = "filled" if isinstance(atom, Filled) else "empty"
    if word in map(clean, fact.values):
        yield Problem(atom.path, "SOP517", {"fact": atom.fact, "text": word})


def literal_of(atom: Compare, fact: FactType) -> Value | BadLiteral:
    """The value that a comparison means for its fact, or why it means none."""
    if atom.bare and fact.kind not in NUMERIC and fact.kind not in ("boolean", *LISTED):
        return BadLiteral("kind", f'"{atom.value}"')
    if atom.bare and fact.kind in NUMERIC and re.fullmatch(r"[-+]?[0-9]+\.[0-9]{3}", atom.value):
        return literal(f"{atom.value}0", fact)  # an unquoted 1.125 is YAML's decimal; no thousands can be meant
    return literal(atom.value, fact)


def _bad_literal(atom: Compare | Between, text: str, fact: FactType, why: BadLiteral, prefix: str) -> Problem:
    params = {"fact": atom.fact, "text": brief(text), "kind": kind_term(fact)}
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
