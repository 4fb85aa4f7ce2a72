"""Patterns from an SOP, matched in a number of steps that is known beforehand, whatever the pattern and the text.

A backtracking matcher can be made to run for years by a short pattern, and no time-out inside a process stops it. A
pattern is therefore turned into the position automaton of Glushkov (1961), which reads each character once: at most
`LONGEST_TEXT` x `MOST_POSITIONS` steps. That takes only regular patterns: back references, looking around, flags, and
atomic or possessive groups are refused with a reason.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

LONGEST_PATTERN: Final = 200
LONGEST_TEXT: Final = 500
MOST_POSITIONS: Final = 256
_DEEPEST: Final = 40
_MOST_REMEMBERED: Final = 2048

_parser: Final[Any] = importlib.import_module("re._parser")
_SETS: Final = re.compile(r"\\.|(\[\^?\]?(?:\\.|[^\]\\])*\]?)|.", re.DOTALL)
_DOUBTFUL_SET: Final = re.compile(r"\A\[\[|([-&~|])\1")

Problem = tuple[str, dict[str, Any]]
Test = Callable[[str], bool]


class BadPattern(ValueError):
    """A pattern that is not accepted. `code` and `params` make the sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def pattern_problem(pattern: str) -> Problem | None:
    """Why a field's `pattern` is not accepted, as a code and its parameters; None when it is fine.

    >>> pattern_problem("([A-Z]+-?)+[0-9]{4}") is None
    True
    >>> pattern_problem("(a)\\\\1")[0]
    'SOP762'
    """
    try:
        compile_pattern(pattern)
    except BadPattern as problem:
        return problem.code, {"pattern": pattern[:LONGEST_PATTERN], **problem.params}
    return None


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Automaton:
    """The automaton of a pattern; `BadPattern` when it is not accepted."""
    tree = _parsed(pattern)
    builder = _Builder()
    part = builder.sequence(_without_anchors(list(tree)), 0)
    return Automaton(builder.tests, builder.follow, part)


def _parsed(pattern: str) -> Any:
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern("SOP761", limit=LONGEST_PATTERN)
    if any(found[1] and _DOUBTFUL_SET.search(found[1]) for found in _SETS.finditer(pattern)):
        raise BadPattern("SOP765")
    try:
        tree = _parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        raise BadPattern("SOP760", column=(getattr(problem, "pos", None) or 0) + 1) from None
    except FutureWarning:
        raise BadPattern("SOP765") from None
    if tree.state.flags != re.UNICODE.value:
        raise BadPattern("SOP763")
    return tree


def _without_anchors(items: list[Any]) -> list[Any]:
    """A pattern describes the whole value, so ``^`` in front and ``$`` at the end say nothing new."""
    if items and _is_anchor(items[0], ("AT_BEGINNING", "AT_BEGINNING_STRING")):
        items = items[1:]
    if items and _is_anchor(items[-1], ("AT_END", "AT_END_STRING")):
        items = items[:-1]
    return items


def _is_anchor(item: Any, names: tuple[str, ...]) -> bool:
    return str(item[0]) == "AT" and str(item[1]) in names


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: the positions it may begin and end at, as bits, and whether it may be empty."""

    first: int
    last: int
    empty: bool


_NOTHING: Final = _Part(0, 0, True)


class _Builder:
    """Builds the automaton: one position for every place of the pattern that takes one character."""

    def __init__(self) -> None:
        self.tests: list[Test] = []
        self.follow: list[int] = []

    def sequence(self, items: Iterable[Any], depth: int) -> _Part:
        if depth > _DEEPEST:
            raise BadPattern("SOP764", limit=MOST_POSITIONS)
        whole = _NOTHING
        for kind, value in items:
            whole = self._then(whole, self._part(str(kind), value, depth))
        return whole

    def _part(self, kind: str, value: Any, depth: int) -> _Part:
        if kind in _SIMPLE:
            return self._position(_SIMPLE[kind](value))
        if kind == "SUBPATTERN":
            _, added, removed, inner = value
            if added or removed:
                raise BadPattern("SOP763")
            return self.sequence(inner, depth + 1)
        if kind == "BRANCH":
            return self._either([self.sequence(branch, depth + 1) for branch in value[1]])
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = value
            return self._repeated(int(least), most, inner, depth + 1)
        raise BadPattern("SOP766" if kind == "AT" else "SOP762")

    def _position(self, test: Test) -> _Part:
        if len(self.tests) >= MOST_POSITIONS:
            raise BadPattern("SOP764", limit=MOST_POSITIONS)
        bit = 1 << len(self.tests)
        self.tests.append(test)
        self.follow.append(0)
        return _Part(bit, bit, False)

    def _link(self, last: int, first: int) -> None:
        for position in _bits(last):
            self.follow[position] |= first

    def _then(self, left: _Part, right: _Part) -> _Part:
        self._link(left.last, right.first)
        return _Part(
            left.first | (right.first if left.empty else 0),
            right.last | (left.last if right.empty else 0),
            left.empty and right.empty,
        )

    def _either(self, parts: list[_Part]) -> _Part:
        first = last = 0
        for part in parts:
            first, last = first | part.first, last | part.last
        return _Part(first, last, any(part.empty for part in parts))

    def _repeated(self, least: int, most: Any, inner: Any, depth: int) -> _Part:
        """`inner` as often as it must stand, and then as often as it may."""
        unbounded = str(most) == "MAXREPEAT"
        copies = max(least, 1) if unbounded else int(most)
        whole = _NOTHING
        for number in range(1, copies + 1):
            part = self.sequence(inner, depth)
            if not part.first:
                return part
            if unbounded and number == copies:
                self._link(part.last, part.first)
            whole = self._then(whole, part if number <= least else _Part(part.first, part.last, True))
        return whole


def _bits(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _literal(code: int) -> Test:
    return lambda character: ord(character) == code


def _other_than(code: int) -> Test:
    return lambda character: ord(character) != code


def _any(_: None) -> Test:
    return lambda character: character != "\n"


def _one_of(items: list[Any]) -> Test:
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    tests = [_MEMBERS[str(kind)](value) for kind, value in items[negated:]]
    return lambda character: any(test(character) for test in tests) is not negated


def _between(bounds: tuple[int, int]) -> Test:
    low, high = bounds
    return lambda character: low <= ord(character) <= high


def _category(name: Any) -> Test:
    matches = _CATEGORIES[str(name)]
    return lambda character: matches(character) is not None


_CATEGORIES: Final = {
    f"CATEGORY_{prefix}{name}": re.compile(escape.upper() if prefix else escape, re.ASCII).fullmatch
    for name, escape in (("DIGIT", r"\d"), ("SPACE", r"\s"), ("WORD", r"\w"))
    for prefix in ("", "NOT_")
}
_MEMBERS: Final[dict[str, Callable[[Any], Test]]] = {"LITERAL": _literal, "RANGE": _between, "CATEGORY": _category}
_SIMPLE: Final[dict[str, Callable[[Any], Test]]] = {
    "LITERAL": _literal,
    "NOT_LITERAL": _other_than,
    "ANY": _any,
    "IN": _one_of,
}


class Automaton:
    """Tells whether a whole text fits a pattern; one longer than `LONGEST_TEXT` never does. Threads may share it."""

    __slots__ = ("_accepted", "_first", "_follow", "_last", "_next", "_tests")

    def __init__(self, tests: list[Test], follow: list[int], whole: _Part) -> None:
        self._tests = tests
        self._follow = [*follow, whole.first]
        self._first = 1 << len(tests)
        self._last = whole.last | (self._first if whole.empty else 0)
        self._accepted: dict[str, int] = {}
        self._next: dict[tuple[int, str], int] = {}

    def fits(self, text: str) -> bool:
        """Whether the whole of `text` fits.

        >>> compile_pattern("C-[0-9]+").fits("C-17"), compile_pattern("C-[0-9]+").fits("C-17b")
        (True, False)
        """
        if len(text) > LONGEST_TEXT:
            return False
        state, known = self._first, self._next
        for character in text:
            after = known.get((state, character))
            state = self._step(state, character) if after is None else after
            if not state:
                return False
        return bool(state & self._last)

    def _step(self, state: int, character: str) -> int:
        after = 0
        for position in _bits(state):
            after |= self._follow[position]
        after &= self._takers(character)
        if len(self._next) < _MOST_REMEMBERED:
            self._next[state, character] = after
        return after

    def _takers(self, character: str) -> int:
        """The positions that take this character."""
        takers = self._accepted.get(character)
        if takers is None:
            takers = sum(1 << number for number, test in enumerate(self._tests) if test(character))
            if len(self._accepted) < _MOST_REMEMBERED:
                self._accepted[character] = takers
        return takers
