"""Rules about approvals: every case that needs one is asked of somebody, and what was agreed to cannot change unnoticed."""

from __future__ import annotations

from collections.abc import Iterator

from sopengine.diagnostics import Diagnostic
from sopengine.language.boxes import FALSE, TRUE, Goal, Witness, never_true, search
from sopengine.language.conditions import Condition, atoms, fact_of, show_facts, type_problems
from sopengine.language.model import Approval, Sop
from sopengine.lint.conditions import Facts, facts
from sopengine.lint.rule import Rule
from sopengine.wording import LANGUAGES, Listing


def unbound(sop: Sop) -> Iterator[Diagnostic]:
    """SOP780: an approval whose condition looks at fields that may change after it was granted, unnoticed."""
    for approval in sop.approvals.values():
        conditions = [approval.when, *(level.when for level in approval.levels)]
        names = [fact_of(atom) for condition in conditions if condition is not None for atom in atoms(condition)]
        fields = tuple(dict.fromkeys(name for name in names if name in sop.fields))
        if fields and not approval.void_if_changed:
            params = {"name": approval.name, "fields": Listing(tuple(f"`{name}`" for name in fields))}
            yield Diagnostic("SOP780", sop.span(approval.path), params, "warning")


def asked_of_nobody(sop: Sop) -> Iterator[Diagnostic]:
    """SOP781: every level has a condition, and for some cases that need the approval none of them holds."""
    known = facts(sop)
    for approval in _sound(sop, known):
        levels = [level.when for level in approval.levels if level.when is not None]
        if not levels or len(levels) < len(approval.levels):
            continue
        goals = [*_needed(approval), *(Goal(condition, FALSE) for condition in levels)]
        left = search(goals, known.types, known.derived, known.limit)
        if isinstance(left, Witness):
            example = {lang: show_facts(left.facts, lang, {}, known.types) for lang in LANGUAGES}
            place = sop.span((*approval.path, "levels"))
            yield Diagnostic("SOP781", place, {"name": approval.name, "example": example}, "warning")


def level_never_asked(sop: Sop) -> Iterator[Diagnostic]:
    """SOP782: a level whose condition never holds where the approval is needed."""
    known = facts(sop)
    for approval in _sound(sop, known):
        for number, level in enumerate(approval.levels, 1):
            if level.when is None or approval.when is None:
                continue
            goals = [*_needed(approval), Goal(level.when, TRUE)]
            possible = isinstance(never_true(level.when, known.types, known.derived, known.limit), Witness)
            possible = possible and isinstance(never_true(approval.when, known.types, known.derived, known.limit), Witness)
            if possible and search(goals, known.types, known.derived, known.limit) is None:
                params = {"name": approval.name, "level": number}
                yield Diagnostic("SOP782", sop.span((*level.path, "when")), params, "warning")


def _needed(approval: Approval) -> list[Goal]:
    return [] if approval.when is None else [Goal(approval.when, TRUE)]


def _sound(sop: Sop, known: Facts) -> Iterator[Approval]:
    """The approvals about whose conditions something can be proved."""
    for approval in sop.approvals.values() if known.sound else ():
        conditions: list[Condition | None] = [approval.when, *(level.when for level in approval.levels)]
        if not any(type_problems(condition, known.types, None) for condition in conditions if condition is not None):
            yield approval


RULES: tuple[Rule, ...] = (unbound, asked_of_nobody, level_never_asked)
