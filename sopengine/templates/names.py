"""The names that the templates of one SOP may use: its subject's fields, grades and table results, and its clocks."""

from __future__ import annotations

from sopengine.language.model import Field, Sop
from sopengine.templates.scope import Scope, Type, scope_of

DEFAULT_CURRENCY = "IDR"


def scope_for(sop: Sop) -> Scope:
    """What every template of `sop` sees, to the leaf; the linter and the engine use the same."""
    clocks = [clock.name for stage in sop.stages.values() for clock in stage.clocks]
    clocks += [clock.name for clock in sop.clocks]
    fields = {name: leaf_type(field) for name, field in sop.fields.items()}
    fields |= dict.fromkeys((*sop.scores, *sop.tables), "string")
    return scope_of(fields, sop.subject, dict.fromkeys(clocks))


def leaf_type(field: Field) -> Type:
    """The type name of a field as templates know it."""
    return f"money:{field.currency or DEFAULT_CURRENCY}" if field.type == "money" else field.type
