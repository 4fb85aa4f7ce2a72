"""Names in findings: roles and approvals as people call them."""

from __future__ import annotations

from collections.abc import Iterable

from sopengine.kernel.plans import MOST_KEPT
from sopengine.kernel.state import Step
from sopengine.kernel.tables import Tables
from sopengine.wording import Listing, Person


def roles_of(tables: Tables, roles: frozenset[str] | tuple[str, ...]) -> Listing:
    """Roles as people call them, joined by "or"."""
    named = tables.plans.named.get(roles)
    if named is None:
        known = tables.sop.roles
        named = Listing(tuple(known[role].title if role in known else role for role in sorted(roles)), "or")
        if len(tables.plans.named) < MOST_KEPT:
            tables.plans.named[roles] = named
    return named


def deciders(tables: Tables, steps: Iterable[Step]) -> Listing:
    """Who may decide at some steps of a chain: roles as people call them, and persons."""
    told = list(steps)
    roles = dict.fromkeys(role for step in told for role in step.roles)
    named = dict.fromkeys(person for step in told for person in step.named)
    known = tables.sop.roles
    return Listing((*(known[role].title if role in known else role for role in roles), *map(Person, named)), "or")
