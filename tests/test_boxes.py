"""Exact questions about conditions, held against trying out every row of small domains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopengine.language import boxes
from sopengine.language.boxes import TooLarge, Witness
from sopengine.language.conditions import Compare, Condition, FactType, compile_condition, parse

DOMAINS: dict[str, tuple[Any, ...]] = {
    "n": (0, 1, 2, 3, 4),
    "m": (-1, 0, 1),
    "c": ("x", "y", "z"),
    "b": (True, False),
}
TYPES = {
    "n": FactType("integer", minimum=Decimal(0), maximum=Decimal("4.5")),
    "m": FactType("integer", minimum=Decimal(-1), maximum=Decimal(1)),
    "c": FactType("choice", DOMAINS["c"]),
    "b": FactType("boolean"),
}


def plain_test(test: Any, value: Any) -> bool | None:
    """What one test says about one value, by splitting its text at spaces."""
    words = str(test).split(" ")
    if test in ("filled", "empty"):
        return (value is None) == (test == "empty")
    if value is None:
        return None
    if words[0] == "not":
        return not plain_test(words[1], value)
    if ".." in words[0]:
        low, high = words[0].split("..")
        return int(low) <= value <= int(high)
    if words[0] in ("<", ">", "<=", ">="):
        bound = int(words[1])
        return {"<": value < bound, ">": value > bound, "<=": value <= bound, ">=": value >= bound}[words[0]]
    return str(value).lower() == words[0].lower()


def plain(data: dict[str, Any], row: dict[str, Any]) -> bool | None:
    """A condition's truth by counting what its parts say."""
    said: list[bool | None] = []
    for key, value in data.items():
        if key == "any":
            said.append(plain_any(plain(item, row) for item in value))
        elif key == "not":
            inner = plain(value, row)
            said.append(None if inner is None else not inner)
        else:
            tests = value if isinstance(value, list) else [value]
            said.append(plain_any(plain_test(test, row.get(key)) for test in tests))
    return False if False in said else None if None in said else True


def plain_any(truths: Iterable[bool | None]) -> bool | None:
    said = list(truths)
    return True if True in said else None if None in said else False


def rows(names: Iterable[str] = tuple(DOMAINS)) -> Iterator[dict[str, Any]]:
    """Every row of the small domains, each fact missing too."""
    names = list(names)
    for values in product(*((*DOMAINS[name], None) for name in names)):
        yield dict(zip(names, values, strict=True))


def texts_for(name: str) -> st.SearchStrategy[Any]:
    value = st.sampled_from([str(one).lower() for one in DOMAINS[name]])
    forms = [value, value.map(lambda v: f"not {v}"), st.sampled_from(["filled", "empty"])]
    if name in "nm":
        numbers = st.integers(min(DOMAINS[name]), max(DOMAINS[name]))
        forms.append(st.tuples(st.sampled_from([">=", "<="]), numbers).map(lambda t: f"{t[0]} {t[1]}"))
        forms.append(st.tuples(numbers, numbers).map(lambda t: f"{min(t)}..{max(t)}"))
    if name == "n":
        forms.append(st.tuples(st.sampled_from([">", "<"]), st.integers(1, 3)).map(lambda t: f"{t[0]} {t[1]}"))
    single = st.one_of(forms)
    return st.one_of(single, st.lists(single, min_size=1, max_size=3).filter(lambda ts: str(ts).count("not ") < 2))


def whens(depth: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    keys: dict[str, st.SearchStrategy[Any]] = {name: texts_for(name) for name in DOMAINS}
    if depth:
        keys["any"] = st.lists(whens(depth - 1), min_size=1, max_size=2)
        keys["not"] = whens(depth - 1)
    return st.fixed_dictionaries({}, optional=keys).filter(bool)


def read(data: dict[str, Any]) -> Condition:
    condition, problems = parse(data, ())
    assert condition is not None
    assert not problems
    return condition


def agrees(verdict: boxes.Verdict, expected: list[dict[str, Any]], wanted: Any) -> None:
    """The verdict finds something exactly when trying out does, and every row that fits its witness is such a row."""
    assert not isinstance(verdict, TooLarge)
    assert (verdict is not None) == bool(expected)
    if isinstance(verdict, Witness):
        fitting = [row for row in rows() if all(row[name] == value for name, value in verdict.facts.items())]
        assert fitting
        assert all(wanted(row) for row in fitting)


@given(whens(), whens())
@settings(max_examples=80, deadline=None)
def test_every_question_is_answered_as_by_trying_all_rows(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Never true, always true, overlap, gap, implication and first match agree with 300 rows, in both directions."""
    a, b = read(one), read(other)
    questions: list[tuple[boxes.Verdict, Any]] = [
        (boxes.never_true(a, TYPES), lambda r: plain(one, r) is True),
        (boxes.always_true(a, TYPES), lambda r: plain(one, r) is False),
        (boxes.overlap(a, b, TYPES), lambda r: plain(one, r) is True and plain(other, r) is True),
        (boxes.gap([a, b], TYPES), lambda r: plain(one, r) is False and plain(other, r) is False),
        (boxes.implies(a, b, TYPES), lambda r: plain(one, r) is True and plain(other, r) is not True),
        (boxes.first_match([a, b], 1, TYPES), lambda r: plain(one, r) is False and plain(other, r) is True),
    ]
    for verdict, wanted in questions:
        agrees(verdict, [row for row in rows() if wanted(row)], wanted)


@given(whens())
@settings(max_examples=60, deadline=None)
def test_the_compiled_condition_says_what_the_plain_reading_says(data: dict[str, Any]) -> None:
    """The closure and a plain reading of the same data agree on every row."""
    test = compile_condition(read(data), TYPES)
    assert [test(row) for row in rows()] == [plain(data, row) for row in rows()]


@pytest.mark.parametrize(
    ("fact", "tests", "expected"),
    [
        (FactType("number"), ["> 1", "< 1.5"], {"below", "1", "between", "1.5", "above"}),
        (FactType("number", minimum=Decimal(1), maximum=Decimal("1.5")), ["> 1", "< 1.5"], {"1", "between", "1.5"}),
        (FactType("number", minimum=Decimal(1)), ["> 1", "< 1.5"], {"1", "between", "1.5", "above"}),
    ],
)
def test_a_dense_line_is_cut_at_and_between_its_constants(fact: FactType, tests: list[str], expected: set[str]) -> None:
    """Numbers have a cell at each constant and in each gap, within the field's bounds."""
    wheres = {
        "below": lambda v: v < 1,
        "1": lambda v: v == 1,
        "between": lambda v: 1 < v < Decimal("1.5"),
        "1.5": lambda v: v == Decimal("1.5"),
        "above": lambda v: v > Decimal("1.5"),
    }
    atoms = [read({"v": test}) for test in [*tests, "1", "1.5"]]
    found = [next(name for name, inside in wheres.items() if inside(v)) for v in boxes.cells(fact, atoms)]  # type: ignore[arg-type]
    assert sorted(found) == sorted(expected)


def test_numbers_beyond_ordinary_precision_are_still_cut_exactly() -> None:
    """A gap in the fiftieth decimal place is found."""
    low, high = "1." + "0" * 50 + "1", "1." + "0" * 50 + "2"
    condition = read({"v": [f"> {low}"]})
    verdict = boxes.overlap(condition, read({"v": f"< {high}"}), {"v": FactType("number")})
    assert isinstance(verdict, Witness)
    assert Decimal(low) < verdict.facts["v"] < Decimal(high)


def test_whole_numbers_have_nothing_between_neighbours() -> None:
    """More than 1 and less than 2 is impossible for an integer and possible for a number."""
    one, other = read({"v": "> 1"}), read({"v": "< 2"})
    assert boxes.overlap(one, other, {"v": FactType("integer")}) is None
    assert boxes.overlap(one, other, {"v": FactType("money")}) is not None


def test_texts_dates_and_predicates_have_their_cells() -> None:
    """Some text is none of those named, a day lies between two days, and a predicate may go either way."""
    types = {"t": FactType("string"), "d": FactType("date")}
    assert boxes.gap([read({"t": ["a", "…"]}), read({"t": "empty"})], types) is not None
    assert boxes.gap([read({"t": "filled"}), read({"t": "empty"})], types) is None
    assert boxes.overlap(read({"d": "> 2026-01-01"}), read({"d": "< 2026-01-02"}), types) is None
    between = boxes.overlap(read({"d": "> 2026-01-01"}), read({"d": "< 2026-01-03"}), types)
    assert isinstance(between, Witness)
    assert str(between.facts["d"]) == "2026-01-02"
    for edge in ("9999-12-31", "0001-01-01"):
        assert boxes.never_true(read({"d": edge}), types) == Witness({"d": date.fromisoformat(edge)})
    asked = read({"predicate": "vip"})
    assert boxes.never_true(asked, types) == Witness({"predicate:vip": True})
    assert boxes.overlap(asked, read({"not": {"predicate": "vip"}}), types) is None


def test_a_field_without_values_is_only_ever_missing() -> None:
    """Bounds that exclude everything leave no cell but missing, so being empty needs nothing."""
    types = {"v": FactType("integer", minimum=Decimal(5), maximum=Decimal(4))}
    assert boxes.never_true(read({"v": "filled"}), types) is None
    assert boxes.never_true(read({"v": "empty"}), types) == Witness({})


def ring(length: int) -> tuple[list[boxes.Goal], dict[str, FactType]]:
    """Booleans in a ring, each unlike its neighbour: possible exactly when the length is even."""
    names = [f"f{i}" for i in range(length)]
    unlike = [
        {"any": [{one: True, other: False}, {one: False, other: True}]}
        for one, other in zip(names, [*names[1:], names[0]], strict=True)
    ]
    return [boxes.Goal(read(data), boxes.TRUE) for data in unlike], dict.fromkeys(names, FactType("boolean"))


def test_what_is_too_large_is_said_and_not_answered() -> None:
    """Within the limit the answer is exact; beyond it, it is neither "none" nor an example."""
    goals, types = ring(29)
    assert boxes.search(goals, types) is None
    assert boxes.search(goals, types, limit=20) == TooLarge(20)
    goals, types = ring(28)
    found = boxes.search(goals, types)
    assert isinstance(found, Witness)
    assert all(found.facts[f"f{i}"] is not found.facts[f"f{(i + 1) % 28}"] for i in range(28))


def test_long_conditions_get_as_much_work_as_short_ones_not_more() -> None:
    """The same question with forty times as many tests exhausts the limit that suffices for the short one."""
    goals, types = ring(29)
    assert boxes.search(goals, types, limit=2_000) is None
    assert boxes.search(goals * 40, types, limit=2_000) == TooLarge(2_000)


def test_cells_hold_a_value_for_every_named_constant() -> None:
    """Each constant that a test names is told apart from its neighbours."""
    found = boxes.cells(TYPES["n"], [Compare("n", "=", "2"), Compare("n", ">=", "4")])
    assert sorted(found) == [2, 3, 4]


def test_thousands_of_constants_are_said_to_be_too_many() -> None:
    """A hostile list is neither answered wrongly nor worked on for minutes; its cells still hold every constant."""
    condition = read({"v": [str(k) for k in range(0, 40_000, 2)]})
    types = {"v": FactType("integer")}
    assert boxes.never_true(condition, types) == TooLarge(boxes.LIMIT)
    found = set(boxes.cells(types["v"], [Compare("v", "=", str(k)) for k in range(0, 4_000, 2)]))
    assert found >= set(range(-1, 4_000))


def test_a_whole_line_without_bounds_goes_on_at_both_ends() -> None:
    """Below the smallest and above the largest constant there is a whole number."""
    types = {"v": FactType("integer")}
    below = boxes.never_true(read({"v": "< 5"}), types)
    above = boxes.never_true(read({"v": "> 5"}), types)
    assert isinstance(below, Witness)
    assert isinstance(above, Witness)
    assert below.facts["v"] < 5 < above.facts["v"]
