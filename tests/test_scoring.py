"""Scores and decision tables, held against enumerating every value of what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopengine.language import boxes, completion, scoring
from sopengine.language.conditions import Condition, FactType, parse
from sopengine.language.facts import INVALID
from sopengine.language.scoring import Cycle, DecisionTable, Grade, Points, Row, Score, compile_facts, compile_score
from sopengine.language.scoring_proofs import reachable_totals, score_problems, table_problems
from sopengine.wording.catalogue.rules_conditions import MESSAGES

DOMAINS: dict[str, tuple[Any, ...]] = {"n": (0, 1, 2, 3), "c": ("x", "y"), "b": (True, False)}
FIELDS = {
    "n": FactType("integer", minimum=Decimal(0), maximum=Decimal(3)),
    "c": FactType("choice", ("x", "y")),
    "b": FactType("boolean"),
}
Data = dict[str, Any]


def read(data: Data) -> Condition:
    condition, problems = parse(data, ())
    assert condition is not None
    assert not problems
    return condition


def grades(**tests: Any) -> tuple[Grade, ...]:
    found = [scoring.parse_grade(name, test, (name,)) for name, test in tests.items()]
    assert not any(problems for _, problems in found)
    return tuple(grade for grade, _ in found if grade is not None)


def score(rows: list[tuple[int, Data]], name: str = "bant", **tests: Any) -> Score:
    return Score(name, tuple(Points(points, read(when)) for points, when in rows), grades(**tests), ("scores", name))


def table(rows: list[tuple[Data | None, str]], name: str = "team") -> DecisionTable:
    read_rows = [Row(read(when) if when else None, then, (name, i)) for i, (when, then) in enumerate(rows)]
    return DecisionTable(name, tuple(read_rows), ("tables", name))


# A plain reading -----------------------------------------------------------------------------------------------------


def says(test: Any, value: Any, there: bool) -> bool | None:
    """One test; `value` is what a completion supposes, `there` whether the fact is filled now."""
    if test in ("filled", "empty"):
        return there == (test == "filled")
    if value is None:
        return None
    if test.startswith("not "):
        return str(value).lower() != test[4:]
    if test.startswith(">= "):
        return bool(value >= int(test[3:]))
    return str(value).lower() == test


def holds(data: Data, supposed: Mapping[str, Any], now: Mapping[str, Any]) -> bool | None:
    """A map of tests: false as soon as one is, else unknown as soon as one is."""
    said = []
    for name, test in data.items():
        tests = test if isinstance(test, list) else [test]
        any_of = [says(one, supposed.get(name), now.get(name) is not None) for one in tests]
        said.append(True if True in any_of else None if None in any_of else False)
    return False if False in said else None if None in said else True


def table_result(rows: list[tuple[Data | None, str]], supposed: Mapping[str, Any], now: Mapping[str, Any]) -> str | None:
    for when, then in rows:
        truth = True if when is None else holds(when, supposed, now)
        if truth is not False:
            return then if truth else None
    return None


def completions(now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    missing = [name for name in DOMAINS if now.get(name) is None]
    for values in product(*(DOMAINS[name] for name in missing)):
        yield {**now, **dict(zip(missing, values, strict=True))}


def grade_of(total: int) -> str:
    return "hot" if total >= 50 else "warm" if total >= 20 else "cold"


GRADES: dict[str, Any] = {"hot": ">= 50", "warm": "20..49", "cold": "< 20"}


def all_rows() -> list[dict[str, Any]]:
    return [
        {name: value for name, value in zip(DOMAINS, values, strict=True) if value is not None}
        for values in product(*((*domain, None) for domain in DOMAINS.values()))
    ]


def texts(name: str) -> st.SearchStrategy[Any]:
    value = st.sampled_from([str(one).lower() for one in DOMAINS[name]])
    forms = [value, value.map(lambda v: f"not {v}"), st.sampled_from(["filled", "empty"])]
    if name == "n":
        forms.append(st.integers(1, 3).map(lambda k: f">= {k}"))
    single = st.one_of(forms)
    return st.one_of(single, st.lists(single, min_size=1, max_size=2).filter(lambda ts: str(ts).count("not ") < 2))


def whens(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    keys = {**{name: texts(name) for name in DOMAINS}, **more}
    return st.fixed_dictionaries({}, optional=keys).filter(bool)


def adds(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[tuple[int, Data]]]:
    return st.lists(st.tuples(st.sampled_from([-15, 10, 15, 25, 30]), whens(**more)), min_size=1, max_size=5)


@given(adds())
@settings(max_examples=80, deadline=None)
def test_a_grade_is_known_exactly_when_every_completion_agrees(rows: list[tuple[int, Data]]) -> None:
    """The grade equals that of all completions where they agree, and is unknown where they differ."""
    compiled = compile_score(score(rows, **GRADES), FIELDS)
    for now in all_rows():
        possible = {grade_of(sum(points for points, when in rows if holds(when, supposed, now))) for supposed in completions(now)}
        assert compiled(now) == (possible.pop() if len(possible) == 1 else None), now


TEAM = st.sampled_from(["a", "b", "not a", ["a", "b"]])


@given(st.lists(st.tuples(whens(), st.sampled_from(["a", "b"])), min_size=1, max_size=2), adds(team=TEAM))
@settings(max_examples=60, deadline=None)
def test_a_score_may_read_a_table_over_the_same_missing_facts(
    upper: list[tuple[Data, str]], rows: list[tuple[int, Data]]
) -> None:
    """A result that is still unknown is completed together with the fields that it depends on."""
    lines: list[tuple[Data | None, str]] = [*upper, (None, "b")]
    derive = compile_facts(FIELDS, {"bant": score(rows, **GRADES)}, {"team": table(lines)})
    for now in all_rows():
        possible = set()
        for supposed in completions(now):
            values = {**supposed, "team": table_result(lines, supposed, now)}
            possible.add(grade_of(sum(points for points, when in rows if holds(when, values, now))))
        found = derive(now)
        assert found.get("team") == table_result(lines, now, now)
        assert found.get("bant") == (possible.pop() if len(possible) == 1 else None), now


@given(adds())
@settings(max_examples=60, deadline=None)
def test_asking_for_what_is_missing_ends_in_a_known_grade(rows: list[tuple[int, Data]]) -> None:
    """Unknown grades name missing fields, known ones none, and filling what is asked for leads to a grade."""
    compiled = compile_score(score(rows, **GRADES), FIELDS)
    for now in all_rows():
        missing = compiled.missing(now)
        assert bool(missing) == (compiled(now) is None)
        filled = now
        while asked := compiled.missing(filled):
            assert asked <= DOMAINS.keys() - filled.keys()
            filled = {**filled, **{name: DOMAINS[name][0] for name in asked}}
        assert compiled(filled) is not None


@given(adds())
@settings(max_examples=60, deadline=None)
def test_the_reachable_totals_are_those_of_all_rows(rows: list[tuple[int, Data]]) -> None:
    """No total is forgotten, none is invented, and each example gives its total."""
    expected: dict[int, None] = {}
    for now in all_rows():
        for supposed in completions(now):
            expected[sum(points for points, when in rows if holds(when, supposed, now))] = None
    found = reachable_totals(score(rows, **GRADES), FIELDS, {})
    assert isinstance(found, dict)
    assert found.keys() == expected.keys()
    for total, example in found.items():
        now = {name: value for name, value in example.items() if value is not None}
        sums = {sum(p for p, when in rows if holds(when, supposed, now)) for supposed in completions(now)}
        assert total in sums


# Grades --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [(">= 70", 70, None), ("> 69", 70, None), ("40..69", 40, 69), ("< 40", None, 39), ("<= -5", None, -5), (7, 7, 7)],
)
def test_a_grade_is_one_stretch_of_whole_totals(text: Any, low: int | None, high: int | None) -> None:
    """Every form of the notation becomes inclusive bounds."""
    assert scoring.parse_grade("g", text, ("p",)) == (Grade("g", low, high), [])


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("high", "SOP520", None),
        ("not 5", "SOP520", None),
        ("filled", "SOP520", None),
        ([1, 2], "SOP520", None),
        ("2.5", "SOP520", None),
        ("69..40", "SOP515", "40..69"),
        ("=> 70", "SOP502", ">= 70"),
        (None, "SOP505", "empty"),
    ],
)
def test_what_is_no_grade_test_is_refused(text: Any, code: str, suggestion: str | None) -> None:
    """A grade needs a stretch of whole numbers, and its mistakes lie at its own place."""
    grade, problems = scoring.parse_grade("hot", text, ("grades", "hot"))
    assert grade is None
    assert [(p.code, p.path, p.suggestion) for p in problems] == [(code, ("grades", "hot"), suggestion)]


def codes(problems: list[Any]) -> list[tuple[str, Any]]:
    """Codes with their places; every problem can be said in both languages."""
    for problem in problems:
        for lang in ("en", "id"):
            params = {k: v[lang] if isinstance(v, Mapping) else v for k, v in problem.params.items()}
            message = MESSAGES[problem.code]
            assert "{" not in (message.en if lang == "en" else message.id).format_map(params)
    return [(problem.code, problem.path) for problem in problems]


ROWS: list[tuple[int, Data]] = [(30, {"n": ">= 2"}), (30, {"b": "true"}), (25, {"c": "x"})]


def test_a_score_whose_totals_have_one_grade_each_is_clean() -> None:
    """Totals 0 25 30 55 60 85 are all covered once."""
    assert score_problems(score(ROWS, hot=">= 60", warm="30..59", cold="< 30"), FIELDS) == []


def test_a_total_without_a_grade_is_shown_with_an_example() -> None:
    """Only totals that can occur count: 26..29 needs no grade, 55 does, and the example reaches it."""
    problems = score_problems(score(ROWS, hot=">= 60", warm="30..54", cold="<= 25"), FIELDS)
    assert codes(problems) == [("SOP521", ("scores", "bant"))]
    assert problems[0].params["total"] == 55
    assert "c = x" in problems[0].params["example"]["id"]
    assert "contoh" in problems[0].params["example"]["id"]


def test_a_total_with_two_grades_is_shown_at_the_second() -> None:
    """Overlap matters where a total can occur."""
    problems = score_problems(score(ROWS, hot=">= 60", warm="30..60", cold="< 30"), FIELDS)
    assert codes(problems) == [("SOP522", ("warm",))]
    assert score_problems(score(ROWS, hot=">= 58", warm="30..59", cold="< 30"), FIELDS) == []


def test_a_grade_that_no_total_has_is_reported() -> None:
    """Correlated rows are seen through: n cannot be 0 and 3 at once."""
    rows: list[tuple[int, Data]] = [(50, {"n": "0"}), (50, {"n": "3"})]
    problems = score_problems(score(rows, top=">= 100", rest="< 100"), FIELDS)
    assert codes(problems) == [("SOP523", ("top",))]


def test_a_score_too_entangled_to_prove_says_so() -> None:
    """Rows that share fifteen yes-or-no facts exceed the limit; so do too many different sums."""
    types = {f"f{i}": FactType("boolean") for i in range(20)}
    knot = score([(1, {f"f{i}": "true" for i in range(15)})], all=">= 0")
    assert codes(score_problems(knot, types)) == [("SOP528", ("scores", "bant"))]
    spread = score([(2**i, {f"f{i}": "true"}) for i in range(20)], all=">= 0")
    assert codes(score_problems(spread, types)) == [("SOP528", ("scores", "bant"))]
    assert compile_score(spread, types)({}) == "all"
    split = score([(2**i, {f"f{i}": "true"}) for i in range(20)], low="< 5", high=">= 5")
    assert compile_score(split, types)({}) is None
    assert compile_score(split, types)({"f19": True}) == "high"


def test_an_invalid_value_counts_as_missing_for_a_grade() -> None:
    """A grade that the value cannot change is known, another is not."""
    compiled = compile_score(score(ROWS, hot=">= 60", warm="30..59", cold="< 30"), FIELDS)
    assert compiled({"n": INVALID, "b": True, "c": "x"}) is None
    assert compiled({"n": 0, "b": False, "c": INVALID}) == "cold"


# Tables --------------------------------------------------------------------------------------------------------------


def test_the_first_match_stops_at_an_unknown_row() -> None:
    """A later row that holds is no answer while an earlier one may; the missing facts are named."""
    compiled = scoring.compile_table(table([({"c": "x", "n": "1"}, "one"), ({"b": "true"}, "two"), (None, "rest")]), FIELDS)
    assert compiled({"b": True}) is None
    assert compiled.row({"b": True}) is None
    assert compiled.missing({"b": True}) == {"c", "n"}
    assert compiled({"b": True, "n": 2}) == "two"
    assert compiled.row({"b": True, "n": 2}) == 1
    assert compiled.missing({"b": True, "n": 2}) == frozenset()
    assert compiled({"b": False, "c": "y"}) == "rest"


@given(st.lists(st.tuples(whens(), st.sampled_from(["a", "b"])), min_size=1, max_size=4), st.booleans())
@settings(max_examples=80, deadline=None)
def test_unreached_rows_and_gaps_are_those_of_trying_all_rows(upper: list[tuple[Data, str]], default: bool) -> None:
    """A row is called unreached, and a table incomplete, exactly when no row of facts says otherwise."""
    lines: list[tuple[Data | None, str]] = [*upper, (None, "b")] if default else [*upper]
    decides, left = set(), False
    for now in all_rows():
        truths = [True if when is None else holds(when, now, now) for when, _ in lines]
        first = next((i for i, truth in enumerate(truths) if truth is not False), None)
        left |= first is None
        if first is not None and truths[first]:
            decides.add(first)
    found = codes(table_problems(table(lines), FIELDS))
    assert [path[1] for code, path in found if code == "SOP525"] == [i for i in range(len(lines)) if i not in decides]
    assert ("SOP526" in dict(found)) == left


def test_a_gap_is_shown_with_an_example() -> None:
    """The example names values for which no row holds."""
    problems = table_problems(table([({"c": "x"}, "a"), ({"b": "true"}, "b")]), FIELDS)
    assert codes(problems) == [("SOP526", ("tables", "team"))]
    assert problems[0].params["example"] == {"en": "c = y and b = no", "id": "c = y dan b = tidak"}


def test_rows_after_an_unconditional_one_are_never_reached() -> None:
    """The first row without a condition takes every case."""
    found = codes(table_problems(table([(None, "a"), ({"c": "x"}, "b"), (None, "c")]), FIELDS))
    assert found == [("SOP525", ("team", 1)), ("SOP525", ("team", 2))]


def test_a_table_too_large_to_prove_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict that was not reached is reported, not taken for "clean"."""
    import sopengine.language.scoring_proofs as proofs

    def small(goals: Any, types: Any, derived: Any) -> Any:
        return boxes.search(goals, types, derived, limit=1)

    monkeypatch.setattr(proofs, "search", small)
    assert codes(table_problems(table([({"c": "x", "b": "true"}, "a")]), FIELDS)) == [("SOP528", ("tables", "team"))]


# Together ------------------------------------------------------------------------------------------------------------


def test_scores_and_tables_are_computed_in_the_order_of_their_need() -> None:
    """A table reads a score that reads a table, whatever the order in the file."""
    first = table([({"c": "x"}, "a"), (None, "b")], "first")
    middle = score([(60, {"first": "a"}), (5, {"n": "filled"})], "middle", **GRADES)
    last = table([({"middle": "hot"}, "go"), (None, "wait")], "last")
    derive = compile_facts(FIELDS, {"middle": middle}, {"last": last, "first": first})
    assert list(derive.compiled) == ["first", "middle", "last"]
    assert derive({"c": "x"}) == {"c": "x", "first": "a", "middle": "hot", "last": "go"}
    assert derive({}) == {}
    assert derive.missing("last", derive({})) == {"c"}


def test_a_cycle_of_scores_and_tables_is_shown() -> None:
    """Each name in the cycle reads the next, and compiling is refused."""
    one = score([(1, {"two": "a"})], "one", low="< 1", high=">= 1")
    two = table([({"three": "a"}, "a"), (None, "b")], "two")
    three = table([({"one": "low"}, "a"), (None, "b")], "three")
    found = scoring.dependency_order({"one": one}, {"two": two, "three": three})
    assert isinstance(found, Cycle)
    reads = {"one": "two", "two": "three", "three": "one"}
    assert found.names[0] == found.names[-1]
    assert all(reads[name] == after for name, after in zip(found.names, found.names[1:], strict=False))
    assert [code for code, _ in codes(scoring.order_problems({"one": one}, {"two": two, "three": three}))] == ["SOP524"]
    with pytest.raises(ValueError, match="a cycle"):
        compile_facts(FIELDS, {"one": one}, {"two": two, "three": three})


@given(adds(), st.lists(st.tuples(whens(), st.sampled_from(["a", "b"])), min_size=1, max_size=2), st.data())
@settings(max_examples=60, deadline=None)
def test_questions_about_grades_and_results_are_exact(
    rows: list[tuple[int, Data]], upper: list[tuple[Data, str]], data: st.DataObject
) -> None:
    """Whether a grade, a result and a field can go together is decided on the fields that they come from."""
    scores = {"bant": score(rows, **GRADES)}
    tables = {"team": table([*upper, (None, "b")])}
    types = scoring.all_types(FIELDS, scores, tables)
    when = data.draw(
        st.fixed_dictionaries(
            {"bant": st.sampled_from(["hot", "warm", "not cold"])},
            optional={"team": st.sampled_from(["a", "empty"]) if upper[0][1] == "a" else st.just("b"), "n": texts("n")},
        )
    )
    derive = compile_facts(FIELDS, scores, tables)
    held = [holds(when, facts, facts) for facts in map(derive, all_rows())]
    verdict = boxes.never_true(read(when), types, scoring.derivations(FIELDS, scores, tables))
    assert (verdict is not None) == (True in held)


def test_components_share_no_fact() -> None:
    """Rows that test one fact, directly or through a table, are decided together; others apart."""
    team = table([({"c": "x"}, "a"), (None, "b")])
    rows: list[tuple[int, Data]] = [(1, {"n": "1"}), (1, {"team": "a"}), (1, {"c": "y"}), (1, {"b": "true"})]
    parts = completion.components(score(rows, all=">= 0"), scoring.all_types(FIELDS, {}, {"team": team}), {"team": team})
    assert sorted(sorted(part.rows) for part in parts) == [[0], [1, 2], [3]]


def test_a_table_without_a_row_for_the_case_leaves_what_reads_it_unknown() -> None:
    """No result is not "another result": the grade stays open, and the table itself is what is missing."""
    team = table([({"c": "x"}, "a")])
    derive = compile_facts(FIELDS, {"bant": score([(30, {"team": "a"})], **GRADES)}, {"team": team})
    assert derive({"c": "x"})["bant"] == "warm"
    assert derive({"c": "y"}) == {"c": "y"}
    assert derive.missing("bant", derive({"c": "y"})) == {"team"}


def test_an_inner_grade_that_is_known_stays_known_in_every_completion() -> None:
    """A grade that no open row can change is used as it is, even where a completion could not compute it."""
    inner = score([(5, {"team": "a"})], "inner", low="< 10", high=">= 10")
    rows: list[tuple[int, Data]] = [(30, {"inner": "low", "b": "true"}), (30, {"inner": "low", "b": "false"})]
    scores = {"outer": score(rows, "outer", **GRADES), "inner": inner}
    derive = compile_facts(FIELDS, scores, {"team": table([({"c": "x"}, "a")])})
    assert derive({"c": "y"}) == {"c": "y", "inner": "low", "outer": "warm"}


def test_what_was_found_for_a_missing_value_is_not_used_for_an_invalid_one() -> None:
    """Empty is true of a missing value and unknown of an invalid one, so the grades differ."""
    rows: list[tuple[int, Data]] = [
        (30, {"any": [{"n": "empty"}], "n": "1"}),
        (30, {"any": [{"n": "empty"}], "n": "not 1"}),
    ]
    compiled = compile_score(score(rows, **GRADES), FIELDS)
    assert compiled({}) == "warm"
    assert compiled({"n": INVALID}) is None
    assert compile_score(score([(30, {"n": "filled"})], **GRADES), FIELDS)({"n": INVALID}) is None


def test_whether_a_result_is_known_follows_from_its_fields() -> None:
    """A row that asks whether a table has a result is true and false together with the fields that decide it."""
    team = table([({"c": "x"}, "a"), (None, "b")])
    rows: list[tuple[int, Data]] = [(30, {"team": "filled"}), (10, {"c": "x"})]
    totals = reachable_totals(score(rows, **GRADES), scoring.all_types(FIELDS, {}, {"team": team}), {"team": team})
    assert isinstance(totals, dict)
    assert totals.keys() == {0, 10, 30, 40}
