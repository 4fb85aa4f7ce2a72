"""What is wrong with a score or a decision table, decided exactly and shown with an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, Final

from sopengine.language.boxes import FALSE, LIMIT, TRUE, Derivations, Goal, TooLarge, Witness, search
from sopengine.language.completion import COMPLETIONS, Component, components
from sopengine.language.conditions import FactType, Problem, show_facts
from sopengine.language.scoring import Compiled, DecisionTable, Score, Source, compile_sources
from sopengine.wording import say

Example = Mapping[str, Any]
Totals = dict[int, Example]

_NO_EXAMPLE: Final = {"en": "", "id": ""}


def score_problems(
    score: Score, types: Mapping[str, FactType], sources: Mapping[str, Source] | None = None
) -> list[Problem]:
    """Totals without a grade or with two, and grades that no total has; `sources` hold what the score reads."""
    totals = reachable_totals(score, types, sources or {})
    if isinstance(totals, TooLarge):
        return [Problem(score.path, "SOP528", {"name": score.name, "limit": totals.limit})]
    return [*_total_problems(score, totals, types), *_unreached(score, totals)]


def _total_problems(score: Score, totals: Totals, types: Mapping[str, FactType]) -> Iterator[Problem]:
    """At most one gap and one overlap for each pair of grades: the lowest total that shows it."""
    said: set[tuple[str, ...]] = set()
    for total in sorted(totals):
        grades = [grade for grade in score.grades if grade.covers(total)]
        names = tuple(grade.name for grade in grades[:2])
        if len(grades) == 1 or names in said:
            continue
        said.add(names)
        if not grades:
            params = {"score": score.name, "total": total, "example": _in_brackets(totals[total], types)}
            yield Problem(score.path, "SOP521", params)
        else:
            params = {"score": score.name, "total": total, "first": names[0], "second": names[1]}
            yield Problem(grades[1].path, "SOP522", params)


def _unreached(score: Score, totals: Totals) -> Iterator[Problem]:
    for grade in score.grades:
        if not any(map(grade.covers, totals)):
            yield Problem(grade.path, "SOP523", {"score": score.name, "grade": grade.name})


def reachable_totals(score: Score, types: Mapping[str, FactType], sources: Mapping[str, Source]) -> Totals | TooLarge:
    """Every total that the score can have, each with facts that give it (None: missing)."""
    inner = compile_sources(sources, types)
    totals: Totals = {0: {}}
    for component in components(score, types, sources):
        sums = _component_sums(component, inner)
        if sums is None:
            return TooLarge(COMPLETIONS)
        if len(totals) * len(sums) > LIMIT:
            return TooLarge(LIMIT)
        combined: Totals = {}
        for total, example in totals.items():
            for added, facts in sums.items():
                combined.setdefault(total + added, {**example, **facts})
        totals = combined
    return totals


def _component_sums(component: Component, inner: Mapping[str, Compiled]) -> Totals | None:
    """What the rows of one component can add; a fact whose absence matters is tried as missing as well."""
    by_absence = _absence_matters(component)
    options = [_options(name, values, name in by_absence) for name, values in component.facts.items()]
    if prod(map(len, options)) > COMPLETIONS:
        return None
    sums: Totals = {}
    for choice in product(*options):
        now = {name: value for name, value, there in choice if there}
        example = {name: value if there else None for name, value, there in choice}
        if component.present & component.sources.keys():
            now = _with_derived(now, component, inner)
        completed = {**{name: value for name, value, _ in choice}, **component.flags(now)}
        for total in component.added(component.rows, completed, {}):
            sums.setdefault(total, example)
    return sums


def _options(name: str, values: Sequence[Any], absence_matters: bool) -> list[tuple[str, Any, bool]]:
    there = [(name, value, True) for value in values]
    return [*there, *((name, value, False) for value in values)] if absence_matters else there


def _absence_matters(component: Component) -> frozenset[str]:
    """The fields that ``filled`` and ``empty`` look at; all of them when they look at a grade or a result."""
    if component.present & component.sources.keys():
        return frozenset(component.facts)
    return component.present


def _with_derived(now: Mapping[str, Any], component: Component, inner: Mapping[str, Compiled]) -> dict[str, Any]:
    derived = dict(now)
    for name in component.sources:
        value = inner[name](derived)
        if value is not None:
            derived[name] = value
    return derived


def table_problems(
    table: DecisionTable, types: Mapping[str, FactType], derived: Derivations | None = None
) -> list[Problem]:
    """Rows that are never the first to hold, and facts for which no row holds."""
    above: list[Goal] = []
    problems: list[Problem] = []
    for index, row in enumerate(table.rows):
        found = search(above if row.when is None else [*above, Goal(row.when, TRUE)], types, derived)
        if isinstance(found, TooLarge):
            return [*problems, _too_large(table, found)]
        if row.when is None:
            dead = table.rows[index + (found is not None) :]
            return [*problems, *(Problem(one.path, "SOP525", {"table": table.name}) for one in dead)]
        if found is None:
            problems.append(Problem(row.path, "SOP525", {"table": table.name}))
        above.append(Goal(row.when, FALSE))  # a row that never decides may still be unknown, and then stops the table
    left = search(above, types, derived)
    if isinstance(left, TooLarge):
        return [*problems, _too_large(table, left)]
    if left is None:
        return problems
    return [*problems, Problem(table.path, "SOP526", {"table": table.name, "example": _example(left, types)})]


def _too_large(table: DecisionTable, verdict: TooLarge) -> Problem:
    return Problem(table.path, "SOP528", {"name": table.name, "limit": verdict.limit})


def _example(witness: Witness, types: Mapping[str, FactType]) -> Mapping[str, str]:
    return {lang: show_facts(witness.facts, lang, {}, types) for lang in ("en", "id")}


def _in_brackets(example: Example, types: Mapping[str, FactType]) -> Mapping[str, str]:
    if not example:
        return _NO_EXAMPLE
    shown = {lang: show_facts(example, lang, {}, types) for lang in ("en", "id")}
    return {lang: say("rules_conditions.for_example", lang, example=text) for lang, text in shown.items()}
