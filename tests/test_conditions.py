"""Conditions: the notation, its typing, and three-valued logic held against DuckDB's SQL."""

from __future__ import annotations

import doctest
import importlib
import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopengine.language import conditions, facts
from sopengine.language.conditions import FactType, compile_condition, describe, parse, type_problems, unknown_names
from sopengine.language.facts import INVALID, compile_record, literal, normalise
from sopengine.wording.catalogue.rules_conditions import MESSAGES

TYPES = {
    "segment": FactType("choice", ("retail", "corporate", "government")),
    "budget": FactType("money", minimum=Decimal(0), maximum=Decimal(1_000_000_000), currency="IDR"),
    "days": FactType("integer", minimum=Decimal(0), maximum=Decimal(90)),
    "discount": FactType("percent", minimum=Decimal(0), maximum=Decimal(100)),
    "authority": FactType("boolean"),
    "promised": FactType("date"),
    "called": FactType("datetime"),
    "note": FactType("text"),
    "bant": FactType("grade", ("hot", "warm", "cold")),
    "mood": FactType("choice", ("filled", "not sure", "fine")),
}


def problems_of(data: Any, predicates: tuple[str, ...] | None = None) -> list[conditions.Problem]:
    condition, found = parse(data, ("when",))
    return found if condition is None else [*found, *type_problems(condition, TYPES, predicates)]


def outcome(data: Any, values: dict[str, Any]) -> bool | None:
    condition, found = parse(data, ())
    assert condition is not None
    assert not found
    assert not type_problems(condition, TYPES, None)
    return compile_condition(condition, TYPES)(compile_record(TYPES)(values))


WRONG: list[tuple[Any, str, str | None]] = [
    ({}, "SOP501", None),
    ({"any": []}, "SOP501", None),
    ({"days": []}, "SOP501", None),
    ({"days": "=> 5"}, "SOP502", ">= 5"),
    ({"days": "≥ 5"}, "SOP502", ">= 5"),
    ({"days": "=< 5"}, "SOP502", "<= 5"),
    ({"segment": "!= retail"}, "SOP502", "not retail"),
    ({"segment": "<> retail"}, "SOP502", "not retail"),
    ({"segment": "== retail"}, "SOP502", "retail"),
    ({"days": ">"}, "SOP503", None),
    ({"segment": "not"}, "SOP503", None),
    ({"note": "  "}, "SOP503", None),
    ({"budget": ">= 50.000.000"}, "SOP504", ">= 50_000_000"),
    ({"budget": "> 50.000"}, "SOP504", "> 50_000"),
    ({"budget": "50,000,000"}, "SOP504", "50_000_000"),
    ({"budget": ">= Rp50.000.000,-"}, "SOP504", ">= 50_000_000"),
    ({"budget": ">= Rp 50000000"}, "SOP504", ">= 50_000_000"),
    ({"budget": "> 2,5 juta"}, "SOP504", "> 2_500_000"),
    ({"budget": "50.000.000..60.000.000"}, "SOP504", "50_000_000..60_000_000"),
    ({"discount": "> 2,5"}, "SOP504", "> 2.5"),
    (["segment"], "SOP505", None),
    ({"any": {"days": 1}}, "SOP505", None),
    ({"not": "retail"}, "SOP505", None),
    ({"predicate": ["x"]}, "SOP505", None),
    ({"segment": None}, "SOP505", "empty"),
    ({"segment": {"is": "retail"}}, "SOP505", None),
    ({"days": "..30"}, "SOP506", "<= 30"),
    ({"days": "5.."}, "SOP506", ">= 5"),
    ({"days": "1...30"}, "SOP506", "1..30"),
    ({"days": "1 - 30"}, "SOP506", "1..30"),
    ({"segment": ["not retail", "not corporate"]}, "SOP507", None),
    ({"segmen": "retail"}, "SOP510", "segment"),
    ({"segment": ">= 5"}, "SOP512", None),
    ({"note": "1..5"}, "SOP512", None),
    ({"segment": "retai"}, "SOP513", "retail"),
    ({"bant": "Hot"}, "SOP513", "hot"),
    ({"segment": "not retali"}, "SOP513", "retail"),
    ({"authority": "ya"}, "SOP514", "true"),
    ({"days": "> soon"}, "SOP514", None),
    ({"days": "2.5"}, "SOP514", None),
    ({"days": True}, "SOP514", None),
    ({"days": float("nan")}, "SOP514", None),
    ({"days": "9" * 5000}, "SOP514", None),
    ({"promised": "> 31/01/2026"}, "SOP514", "> 2026-01-31"),
    ({"promised": "2026-02-30"}, "SOP514", None),
    ({"called": "> 2026-01-31T09:00"}, "SOP514", None),
    ({"note": 12}, "SOP514", '"12"'),
    ({"days": "30..1"}, "SOP515", "1..30"),
    ({"days": "> 90"}, "SOP516", None),
    ({"days": "< 0"}, "SOP516", None),
    ({"days": 91}, "SOP516", None),
    ({"discount": "101..200"}, "SOP516", None),
    ({"mood": "filled"}, "SOP517", None),
    ({"mood": "not sure"}, "SOP517", None),
]


@pytest.mark.parametrize(("data", "code", "suggestion"), WRONG)
def test_wrong_conditions_are_named_and_respelled(data: Any, code: str, suggestion: str | None) -> None:
    """Each mistake has one code, one place and, where it can be known, the right spelling."""
    found = problems_of(data)
    assert [problem.code for problem in found] == [code]
    assert found[0].suggestion == suggestion
    assert found[0].path[0] == "when"


@pytest.mark.parametrize(("data", "code", "suggestion"), WRONG)
def test_a_suggestion_is_itself_right(data: Any, code: str, suggestion: str | None) -> None:
    """Whoever follows a suggestion gets no second error of that field."""
    if suggestion is not None and code not in ("SOP510", "SOP513") and '"' not in suggestion:
        assert problems_of({next(iter(data)): suggestion}) == []


def test_an_unknown_predicate_is_an_error_only_where_predicates_are_known() -> None:
    """Without the host's list nothing is claimed about predicates."""
    assert problems_of({"predicate": "existing"}) == []
    found = problems_of({"predicate": "existng"}, ("existing",))
    assert [(p.code, p.suggestion) for p in found] == [("SOP511", "existing")]


def test_problems_of_both_kinds_are_reported_in_one_run() -> None:
    """A test that cannot be read does not hide the mistakes beside it, and each has its own place."""
    found = problems_of({"days": "=> 5", "segmen": "x", "any": [{"budget": ">= 1"}, {"segment": ["retail", "gov"]}]})
    places = {(p.code, p.path) for p in found}
    assert places == {
        ("SOP502", ("when", "days")),
        ("SOP510", ("when", "segmen")),
        ("SOP513", ("when", "any", 1, "segment", 1)),
    }


def test_every_message_says_every_problem_in_both_languages() -> None:
    """No sentence lacks a parameter, a translation or, for a code, its page."""
    from sopengine.wording import shown

    said = {}
    for data, code, _ in WRONG:
        for lang in ("en", "id"):
            message = MESSAGES[code]
            params = {name: shown(value, lang) for name, value in problems_of(data)[0].params.items()}
            said[code, lang] = (message.en if lang == "en" else message.id).format_map(params)
    assert said["SOP513", "en"].startswith('"retali" is never the value of segment.')
    assert "`not: {segment: […]}`" in said["SOP507", "id"]
    for key, message in MESSAGES.items():
        assert message.en
        assert message.id
        assert not key.startswith("SOP") or (message.page_en and message.page_id)
        assert not key.startswith("SOP") or message.en != message.id


@pytest.mark.parametrize(
    ("data", "values", "expected"),
    [
        (
            {"segment": ["corporate", "government"], "budget": ">= 50_000_000"},
            {"segment": "corporate", "budget": 5e7},
            1,
        ),
        ({"segment": "not retail"}, {}, None),
        ({"segment": "not retail"}, {"segment": "  "}, None),
        ({"note": "filled"}, {"note": ""}, 0),
        ({"note": "empty"}, {}, 1),
        ({"note": "not empty"}, {"note": "x"}, 1),
        ({"discount": "> 10%"}, {"discount": Decimal("10.01")}, 1),
        ({"discount": 0.1}, {"discount": 0.1}, 1),
        ({"discount": 1.125}, {"discount": Decimal("1.125")}, 1),
        ({"promised": "2026-01-01..2026-01-31"}, {"promised": "2026-01-31"}, 1),
        ({"called": "< 2026-01-31T09:00+07:00"}, {"called": datetime(2026, 1, 31, 1, 59, tzinfo=UTC)}, 1),
        ({"called": "< 2026-01-31T09:00+07:00"}, {"called": datetime(2026, 1, 31, 2, tzinfo=UTC)}, 0),
        ({"authority": "not true"}, {"authority": False}, 1),
        ({"days": ">=5"}, {"days": 5}, 1),
        ({"note": "cafe\u0301"}, {"note": "caf\u00e9 "}, 1),
        ({"any": [{"days": 1}, {"segment": "retail"}]}, {"segment": "retail"}, 1),
        ({"not": {"days": 1, "segment": "retail"}}, {"segment": "corporate"}, 1),
        ({"not": {"days": 1, "segment": "retail"}}, {"segment": "retail"}, None),
    ],
)
def test_what_conditions_mean(data: Any, values: dict[str, Any], expected: int | None) -> None:
    """Keys are AND, lists OR, ranges inclusive, and only filled and empty look at absence."""
    assert outcome(data, values) == (None if expected is None else bool(expected))


def test_an_invalid_value_lets_nothing_through() -> None:
    """A value that does not fit its field is neither filled nor empty, and every test of it is unknown."""
    for data in ({"days": "> 1"}, {"days": ["1", "2"]}, {"days": "1..5"}, {"days": "filled"}, {"days": "empty"}):
        assert outcome(data, {"days": "many"}) is None
        assert outcome({"not": data}, {"days": 1000}) is None


def test_a_predicate_reads_the_hosts_answer() -> None:
    """True, false and no answer pass through."""
    test = compile_condition(parse({"predicate": "known"}, ())[0], {})  # type: ignore[arg-type]
    assert [test({"predicate:known": True}), test({"predicate:known": False}), test({})] == [True, False, None]


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (True, "integer", INVALID),
        (2.0, "integer", 2),
        (2.5, "integer", INVALID),
        ("50000000", "money", 50_000_000),
        ("50_000", "money", INVALID),
        (float("inf"), "number", INVALID),
        (Decimal("NaN"), "number", INVALID),
        (Decimal("1E+999999"), "number", Decimal("1E+999999")),
        (1, "boolean", INVALID),
        (datetime(2026, 1, 1), "date", INVALID),
        (date(2026, 1, 1), "date", date(2026, 1, 1)),
        (datetime(2026, 1, 1), "datetime", INVALID),
        ("1970-01-01T07:00:01+07:00", "datetime", 1_000_000),
        (5, "string", INVALID),
        (["a"], "text", INVALID),
        (" ", "text", None),
        (None, "integer", None),
    ],
)
def test_record_values_become_canonical(value: Any, kind: str, expected: Any) -> None:
    """Numbers are exact, booleans are not numbers, naive times and wrong kinds are invalid, blanks are missing."""
    found = normalise(value, FactType(kind))
    assert found == expected
    assert type(found) is type(expected)


def test_values_outside_the_declared_domain_are_invalid() -> None:
    """A choice that is not listed and a number out of bounds fit no test."""
    assert normalise("vip", TYPES["segment"]) is INVALID
    assert normalise(91, TYPES["days"]) is INVALID
    assert normalise(90, TYPES["days"]) == 90


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.integers(), max_size=2)))
@settings(max_examples=100, deadline=None)
def test_anything_may_stand_where_a_test_is_expected(value: Any) -> None:
    """Hostile data gives problems or a condition that compiles, never an exception."""
    for name in TYPES:
        condition, found = parse({name: value}, ())
        if condition is not None and not found and not type_problems(condition, TYPES, None):
            compile_condition(condition, TYPES)({})
        else:
            assert found or condition is not None


def test_unknown_names_are_those_that_matter() -> None:
    """A missing fact beside one that already decides is not asked for."""
    condition, _ = parse({"any": [{"days": 1}, {"segment": "retail", "budget": "> 5"}], "note": "x"}, ())
    assert condition is not None
    for types in (None, TYPES):
        assert unknown_names(condition, {"budget": 6}, types) == {"days", "segment", "note"}
        assert unknown_names(condition, {"budget": 4}, types) == {"days", "note"}
        assert unknown_names(condition, {"days": 1}, types) == {"note"}
        assert unknown_names(condition, {"note": "y"}, types) == frozenset()
        assert unknown_names(condition, {"note": INVALID, "days": 1}, types) == {"note"}


@pytest.mark.parametrize(
    ("data", "lang", "expected"),
    [
        (
            {"segment": ["corporate", "government"], "budget": ">= 50_000_000"},
            "id",
            "Segmen = corporate atau government dan budget ≥ Rp50.000.000",
        ),
        ({"any": [{"days": "1..30"}, {"note": "filled"}], "discount": "> 2.5"}, "en",
         "(days is 1 to 30 or note is filled) and discount > 2.5%"),
        ({"not": {"segment": "retail", "authority": True}}, "id", "bukan (Segmen = retail dan authority = ya)"),
        ({"segment": "not retail", "predicate": "vip"}, "en", "Segment ≠ retail and vip"),
    ],
)  # fmt: skip
def test_conditions_are_said_in_both_languages(data: Any, lang: str, expected: str) -> None:
    """Findings quote a condition with titles, number formats and words of the reader."""
    condition, _ = parse(data, ())
    assert condition is not None
    assert describe(condition, lang, {"segment": {"id": "Segmen", "en": "Segment"}}, TYPES) == expected


def test_places_do_not_make_conditions_different() -> None:
    """The same condition at two places is equal and hashes alike."""
    one, _ = parse({"days": [1, "> 5"]}, ("a",))
    other, _ = parse({"days": [1, "> 5"]}, ("b", 3))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize("module", ["conditions", "facts", "boxes", "scoring"])
def test_the_examples_in_docstrings_run(module: str) -> None:
    """What the docstrings show is true."""
    assert doctest.testmod(importlib.import_module(f"sopengine.language.{module}")).failed == 0


# Against SQL ---------------------------------------------------------------------------------------------------------

COLUMNS = {"a": "INTEGER", "b": "DECIMAL(9,2)", "c": "VARCHAR", "d": "DATE", "e": "BOOLEAN"}
SQL_TYPES = {
    "a": FactType("integer"),
    "b": FactType("number"),
    "c": FactType("choice", ("x", "y", "z")),
    "d": FactType("date"),
    "e": FactType("boolean"),
}
POOL: dict[str, list[str]] = {
    "a": ["-1", "0", "1", "2"],
    "b": ["0", "0.5", "1.25", "2"],
    "c": ["x", "y", "z"],
    "d": ["2026-01-01", "2026-01-02", "2026-01-03"],
    "e": ["true", "false"],
}


def random_test(rng: random.Random, name: str) -> tuple[str, str]:
    """A test in the notation, and the same in SQL."""
    value = rng.choice(POOL[name])
    sql = f"CAST('{value}' AS {COLUMNS[name]})"
    kinds = ["=", "not", "filled", "empty"] + (["<", "<=", ">", ">=", ".."] if name in "abd" else [])
    kind = rng.choice(kinds)
    if kind == "=":
        return value, f"{name} = {sql}"
    if kind == "not":
        return f"not {value}", f"{name} <> {sql}"
    if kind in ("filled", "empty"):
        return kind, f"{name} IS {'NOT ' if kind == 'filled' else ''}NULL"
    if kind == "..":
        low, high = sorted([POOL[name].index(value), rng.randrange(len(POOL[name]))])
        ends = [f"CAST('{POOL[name][i]}' AS {COLUMNS[name]})" for i in (low, high)]
        return f"{POOL[name][low]}..{POOL[name][high]}", f"{name} BETWEEN {ends[0]} AND {ends[1]}"
    return f"{kind} {value}", f"{name} {kind} {sql}"


def random_when(rng: random.Random, depth: int) -> tuple[dict[str, Any], str]:
    """A condition as YAML data, and the same in SQL."""
    data: dict[str, Any] = {}
    parts: list[str] = []
    for name in rng.sample(sorted(COLUMNS), rng.randint(0 if depth else 1, 3)):
        tests = [random_test(rng, name) for _ in range(rng.choice([1, 1, 2, 3]))]
        if sum(text.startswith("not ") for text, _ in tests) > 1:
            tests = tests[:1]
        data[name] = tests[0][0] if len(tests) == 1 else [text for text, _ in tests]
        parts.append("(" + " OR ".join(sql for _, sql in tests) + ")")
    if depth and (not data or rng.random() < 0.5):
        items = [random_when(rng, depth - 1) for _ in range(rng.randint(1, 3))]
        data["any"] = [item for item, _ in items]
        parts.append("(" + " OR ".join(sql for _, sql in items) + ")")
    if depth and rng.random() < 0.5:
        inner, sql = random_when(rng, depth - 1)
        data["not"] = inner
        parts.append(f"(NOT {sql})")
    return data, "(" + " AND ".join(parts) + ")"


def random_row(rng: random.Random) -> dict[str, str | None]:
    return {name: None if rng.random() < 0.3 else rng.choice(POOL[name]) for name in COLUMNS}


def test_three_valued_logic_is_that_of_sql() -> None:
    """400 random conditions on 150 random rows with NULLs are true, false and unknown where DuckDB says so."""
    rng = random.Random(20260131)
    rows = [random_row(rng) for _ in range(150)]
    cases = [random_when(rng, 2) for _ in range(400)]
    with duckdb.connect() as db:
        db.execute(f"CREATE TABLE t (i INTEGER, {', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        db.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [[i, *row.values()] for i, row in enumerate(rows)])
        record = compile_record(SQL_TYPES)
        typed = [record({n: v == "true" if n == "e" and v else v for n, v in row.items()}) for row in rows]
        seen = set()
        for data, sql in cases:
            condition, found = parse(data, ())
            assert condition is not None
            assert not found
            test = compile_condition(condition, SQL_TYPES)
            expected = [value for (value,) in db.execute(f"SELECT {sql} FROM t ORDER BY i").fetchall()]  # noqa: S608
            assert [test(row) for row in typed] == expected, (data, sql)
            seen |= set(expected)
        assert seen == {True, False, None}


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
@settings(max_examples=100, deadline=None)
def test_numbers_survive_writing_and_reading(number: Decimal) -> None:
    """A number's literal means the number, exactly."""
    fact = FactType("number")
    value = normalise(number, fact)
    text = conditions.written(value)  # type: ignore[arg-type]
    found = literal(text if "." not in text else f"{text}0000", fact)
    assert found == number
    assert facts.exact(number) == value


def test_moments_survive_writing_and_reading() -> None:
    """A moment's literal means the moment, to the microsecond."""
    for moment in (0, 1, 1_769_821_200_000_000, 1_769_821_200_123_456):
        assert literal(conditions.written(moment, FactType("datetime")), FactType("datetime")) == moment
