"""The linter: proves that what an SOP says makes sense. A rule is one function with one code; families are plain
tuples.
"""

from __future__ import annotations

from itertools import islice

from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Sop
from sopengine.lint import approvals, conditions, documents, enforced, fields, flow, identity, names, routines, templates, time
from sopengine.lint.rule import Rule

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    names.RULES,
    fields.RULES,
    identity.RULES,
    documents.RULES,
    flow.RULES,
    time.RULES,
    routines.RULES,
    conditions.RULES,
    approvals.RULES,
    templates.RULES,
    enforced.RULES,
)

ONLY_WHEN_WHOLE = frozenset(("SOP216", "SOP217", "SOP218", "SOP219", "SOP308"))
"""Codes for what nothing uses: not said while parts of the file are missing from the model, since those may use it."""


MOST_OF_A_KIND = 100
"""How many findings one rule may have: what comes after them is not even looked for, so hostile text buys no time."""


def lint(sop: Sop, *, whole: bool = True) -> list[Diagnostic]:
    """Everything that the rules find. `whole` is False when parts of the file could not be built into the SOP."""
    found = [problem for family in FAMILIES for rule in family for problem in islice(rule(sop), MOST_OF_A_KIND)]
    return found if whole else [problem for problem in found if problem.code not in ONLY_WHEN_WHOLE]
