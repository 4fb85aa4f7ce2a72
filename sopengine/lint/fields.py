"""Rules about fields: their bounds, choices, patterns and defaults can be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sopengine.diagnostics import Diagnostic, Related
from sopengine.language.facts import INVALID, NUMERIC, TEXTUAL, normalise
from sopengine.language.model import Field, Sop
from sopengine.lint.conditions import field_type
from sopengine.lint.rule import Rule
from sopengine.records.patterns import pattern_problem
from sopengine.wording import Listing, Term

BELONGS_TO: Mapping[str, tuple[str, ...]] = {
    "values": ("choice",),
    "currency": ("money",),
    "min": tuple(sorted(NUMERIC)),
    "max": tuple(sorted(NUMERIC)),
    "pattern": tuple(sorted(TEXTUAL)),
}
"""Keys of a field, and the types that they say something about."""


def declared(sop: Sop) -> Iterator[Field]:
    """The fields that are written under `fields`."""
    return (field for field in sop.fields.values() if field.declared)


def no_value_fits(sop: Sop) -> Iterator[Diagnostic]:
    """SOP227: a minimum above the maximum."""
    for field in declared(sop):
        if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
            params = {"name": field.name, "min": f"{field.minimum:f}", "max": f"{field.maximum:f}"}
            yield Diagnostic("SOP227", sop.value_span((*field.path, "min")), params)


def no_choices(sop: Sop) -> Iterator[Diagnostic]:
    """SOP228: a choice without values."""
    for field in declared(sop):
        written = sop.document.home(field.path).mentions((*field.path, "values"))
        if field.type == "choice" and not field.values and not written:
            yield Diagnostic("SOP228", sop.span(field.path), {"name": field.name})


def wrong_type(sop: Sop) -> Iterator[Diagnostic]:
    """SOP229: a key that says nothing about a field of this type."""
    for field in declared(sop):
        home = sop.document.home(field.path)
        for key, types in BELONGS_TO.items():
            if field.type not in types and home.mentions((*field.path, key)):
                params = {"key": key, "type": field.type, "types": Listing(types)}
                yield Diagnostic("SOP229", sop.span((*field.path, key)), params)


def bad_default(sop: Sop) -> Iterator[Diagnostic]:
    """SOP230: a default that is no value of the field."""
    for field in declared(sop):
        if field.default is not None and not _fits(field):
            kind = Term(f"rules_conditions.kind_{field.type}")
            params = {"name": field.name, "value": str(field.default)[:40], "kind": kind}
            yield Diagnostic("SOP230", sop.value_span((*field.path, "default")), params)


def _fits(field: Field) -> bool:
    value = normalise(field.default, field_type(field))
    if value is INVALID:
        return False
    if isinstance(value, bool) or not isinstance(value, int):
        return True
    low, high = field.minimum, field.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def choice_twice(sop: Sop) -> Iterator[Diagnostic]:
    """SOP231: one choice listed twice."""
    for field in declared(sop):
        first: dict[str, int] = {}
        for index, value in enumerate(field.values):
            if value in first:
                path = (*field.path, "values")
                related = (Related(sop.value_span((*path, first[value])), "hint.first_here"),)
                yield Diagnostic("SOP231", sop.value_span((*path, index)), {"name": value}, "warning", related=related)
            first.setdefault(value, index)


def bad_pattern(sop: Sop) -> Iterator[Diagnostic]:
    """SOP760 to SOP766: a pattern that cannot be matched in a bounded number of steps, or at all."""
    for field in declared(sop):
        problem = None if field.pattern is None else pattern_problem(field.pattern)
        if problem is not None:
            code, params = problem
            yield Diagnostic(code, sop.value_span((*field.path, "pattern")), params)


RULES: tuple[Rule, ...] = (no_value_fits, no_choices, wrong_type, bad_default, choice_twice, bad_pattern)
