"""Rules about conditions: they fit the facts they test, and they can come true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sopengine.diagnostics import Diagnostic, Severity
from sopengine.language.boxes import LIMIT, Derived, TooLarge, Witness, gap, never_true
from sopengine.language.conditions import Condition, FactType, Problem, show_facts, type_problems
from sopengine.language.model import Field, Path, Sop
from sopengine.language.scoring import Score, Source, all_types, derivations, order_problems
from sopengine.language.scoring_proofs import score_problems, table_problems
from sopengine.lint.rule import Rule
from sopengine.wording import LANGUAGES

TRIES = 200_000
FEWEST = 1_000
"""How many combinations of values are tried for all conditions of a file together, and at least for each."""


class Facts(NamedTuple):
    """What conditions may look at, and how grades and results follow; `sound` when they can be computed, and `limit` is
    how many combinations of values are tried for one condition."""

    types: dict[str, FactType]
    derived: dict[str, Derived]
    sound: bool
    limit: int


def field_type(field: Field) -> FactType:
    """A field as a fact."""
    return FactType(field.type, field.values, field.minimum, field.maximum, field.currency or "")


def facts(sop: Sop) -> Facts:
    """The facts of an SOP; grades and results are not computed while a score or table has problems of its own."""
    fields = {name: field_type(field) for name, field in sop.fields.items()}
    types = all_types(fields, sop.scores, sop.tables)
    deciding = [condition for path, condition in _placed(sop) if path[0] in ("scores", "tables")]
    broken = any(type_problems(condition, types, None) for condition in deciding)
    broken = broken or bool(order_problems(sop.scores, sop.tables))
    derived = {} if broken else derivations(fields, sop.scores, sop.tables)
    share = TRIES // max(1, sum(1 for _ in _placed(sop)))
    return Facts(types, derived, not broken, min(LIMIT, max(FEWEST, share)))


def _placed(sop: Sop) -> Iterator[tuple[Path, Condition]]:
    found: list[tuple[Path, Condition | None]] = []
    for score in sop.scores.values():
        found += [(points.path, points.when) for points in score.add]
    for table in sop.tables.values():
        found += [(row.path, row.when) for row in table.rows]
    for approval in sop.approvals.values():
        found += [(approval.path, approval.when), *((level.path, level.when) for level in approval.levels)]
    for stage in sop.stages.values():
        found += [(need.path, need.when) for need in stage.requires]
        found += [(way.path, way.when) for way in stage.exits]
    return ((path, condition) for path, condition in found if condition is not None)


def mistyped(sop: Sop) -> Iterator[Diagnostic]:
    """SOP510 to SOP517: a test that does not fit the fact it tests."""
    types = facts(sop).types
    for _, condition in _placed(sop):
        yield from _said(sop, type_problems(condition, types, None))


def _decidable(sop: Sop, known: Facts) -> Iterator[tuple[Path, Condition]]:
    """The conditions about which something can be proved; rows of tables have proofs of their own."""
    for path, condition in _placed(sop) if known.sound else ():
        if path[0] != "tables" and not type_problems(condition, known.types, None):
            yield path, condition


def circular(sop: Sop) -> Iterator[Diagnostic]:
    """SOP524: scores and tables that need each other."""
    return _said(sop, order_problems(sop.scores, sop.tables))


def _said(sop: Sop, problems: Iterable[Problem]) -> Iterator[Diagnostic]:
    for problem in problems:
        yield Diagnostic(problem.code, sop.value_span(problem.path), problem.params, suggestion=problem.suggestion)


def never_holds(sop: Sop) -> Iterator[Diagnostic]:
    """SOP551: a condition that nothing can make true; SOP528 where that could not be decided, since silence would look
    like a proof."""
    known = facts(sop)
    for path, condition in _decidable(sop, known):
        answer = never_true(condition, known.types, known.derived, known.limit)
        if answer is None:
            yield Diagnostic("SOP551", sop.span((*path, "when")), {}, "warning")
        elif isinstance(answer, TooLarge):
            params = {"name": str(path[1]), "limit": answer.limit}
            yield Diagnostic("SOP528", sop.span((*path, "when")), params, "warning")


def uncovered_exit(sop: Sop) -> Iterator[Diagnostic]:
    """SOP552: every way forward has a condition, and for some cases none of them holds."""
    known = facts(sop)
    sure = {condition.path for _, condition in _decidable(sop, known)}
    for stage in sop.stages.values():
        conditions = [way.when for way in stage.exits if way.when is not None and way.when.path in sure]
        if not conditions or len(conditions) < len(stage.exits):
            continue
        left = gap(conditions, known.types, known.derived, known.limit)
        if isinstance(left, Witness):
            example = {lang: show_facts(left.facts, lang, {}, known.types) for lang in LANGUAGES}
            params = {"stage": stage.name, "example": example}
            yield Diagnostic("SOP552", sop.span((*stage.path, "next")), params, "warning")


def scores(sop: Sop) -> Iterator[Diagnostic]:
    """SOP521, SOP522, SOP523: totals without a grade or with two, and grades that no total has."""
    known = facts(sop)
    if not known.sound:
        return
    sources: dict[str, Source] = {**sop.scores, **sop.tables}
    for score in sop.scores.values():
        if score.grades and _written_fully(sop, score):
            yield from _proved(sop, score_problems(score, known.types, sources))


def _written_fully(sop: Sop, score: Score) -> bool:
    """Grades and points that could not be read are missing from the model: then totals prove nothing."""
    data = sop.document.home(score.path).data["scores"][score.name]
    return len(score.grades) == len(data.get("grades", ())) and len(score.add) == len(data.get("add", ()))


def tables(sop: Sop) -> Iterator[Diagnostic]:
    """SOP525, SOP526: rows that are never reached, and cases that no row covers."""
    known = facts(sop)
    if not known.sound:
        return
    for table in sop.tables.values():
        if len(table.rows) == len(sop.document.home(table.path).data["tables"][table.name]):
            yield from _proved(sop, table_problems(table, known.types, known.derived))


def _proved(sop: Sop, problems: Iterable[Problem]) -> Iterator[Diagnostic]:
    """Two grades for one total contradict each other; everything else is a gap that may be meant."""
    for problem in problems:
        severity: Severity = "error" if problem.code == "SOP522" else "warning"
        place = sop.span(problem.path)
        yield Diagnostic(problem.code, place, problem.params, severity, problem.suggestion)


RULES: tuple[Rule, ...] = (mistyped, circular, never_holds, uncovered_exit, scores, tables)
