"""Actors whom the directory does not know: what a refusal says of them beside that they have no role."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sopengine.diagnostics import Finding
from sopengine.kernel.events import Event
from sopengine.kernel.tables import Tables
from sopengine.people import RESERVED, ROLE_ACTOR, Directory, NoDirectory, near
from sopengine.wording import Said

REST = "rest"
"""Under this word a finding about who acts says what there is to add."""


def about_stranger(finding: Finding, event: Event, people: Directory, tables: Tables) -> Finding:
    """A finding that somebody may not act; of one whom the directory does not know it tells that, and who was probably meant."""
    if finding.params.get(REST) != "" or event.roles or event.by in RESERVED:
        return finding
    if isinstance(people, NoDirectory) or people.known(event.by):
        return finding
    return replace(finding, params={**finding.params, REST: _said(event, people, tables)})


def _said(event: Event, people: Directory, tables: Tables) -> Said:
    if event.by.startswith(ROLE_ACTOR):
        return Said("hint.role_acts", {"by": event.by})
    known = {person for role in tables.sop.roles for person in people.members(role, event.occurred_at)}
    meant = _nearest(event.by, frozenset(known))
    return Said("hint.stranger", {"by": event.by, "hint": "" if meant is None else Said("hint.meant", {"name": meant})})


@lru_cache(maxsize=256)
def _nearest(name: str, known: frozenset[str]) -> str | None:
    """The person who was probably meant; an import may ask this of every line."""
    return near(name, known)
