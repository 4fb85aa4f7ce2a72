"""When two cases are about the same subject: the keys that a record gives, and the streams that tell who claims them.

Each group of fields under `same_if` gives a key once all of them are filled. Values are compared in one way of writing: phone
numbers and e-mail addresses as contacts are, text without regard to case, width and spacing. The stream of a key is named by
a keyed hash, so that who reads a store learns nothing from it. Source: the language reference, "Top level" (`identity`); HMAC
is RFC 2104, the form of text NFKC of Unicode Standard Annex 15.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sopengine.kernel.contact import address
from sopengine.kernel.events import CLAIMED, RELEASED, Event
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import PARKED, IdentityTable, Tables
from sopengine.language.model import Sop

LINK: Final = "link"
MERGE: Final = "merge"
REJECT: Final = "reject"
"""What `on_duplicate` may say."""

Group = tuple[str, ...]


def compile_identity(sop: Sop) -> IdentityTable | None:
    """The groups of fields that make two cases the same; None where an SOP has none."""
    if sop.identity is None:
        return None
    groups = tuple(dict.fromkeys(sop.identity.same_if))
    kinds = {name: _kind(sop, name) for group in groups for name in group}
    return IdentityTable(groups, kinds, sop.identity.on_duplicate, sop.span(sop.identity.path))


def _kind(sop: Sop, name: str) -> str:
    """How a field is compared: one named after a way to reach somebody is that, as long as nothing else is declared."""
    field = sop.fields[name]
    return name if field.type == "string" and name in ("phone", "email") else field.type


def keys(tables: Tables, facts: Mapping[str, Any], secret: bytes) -> dict[str, Group]:
    """The streams of the keys that facts give, each with the fields that it is made of, in the order of the SOP."""
    identity = tables.identity
    if identity is None:
        return {}
    found: dict[str, Group] = {}
    for group in identity.groups:
        values = [_comparable(identity.kinds[name], facts.get(name)) for name in group]
        if None not in values:
            found[_name(tables.sop.id, group, values, secret)] = group
    return found


def keys_of(tables: Tables, state: CaseState, secret: bytes) -> dict[str, Group]:
    """The keys of a case: those of its own record, and those of the cases that were merged into it."""
    found = keys(tables, state.facts, secret)
    for facts in state.aliases:
        found |= {stream: group for stream, group in keys(tables, facts, secret).items() if stream not in found}
    return found


def _comparable(kind: str, value: Any) -> str | None:
    """A value as it is compared; None for what is missing, and for what tells nobody from anybody else."""
    if value is None:
        return None
    if kind in ("phone", "email"):
        return address(kind, value) if isinstance(value, str) else None
    if not isinstance(value, str):
        return str(value)
    folded = unicodedata.normalize("NFKC", value).casefold()
    text = " ".join(unicodedata.normalize("NFKC", folded).split())
    return text if any(character.isalnum() for character in text) else None


def _name(sop: str, group: Group, values: list[str | None], secret: bytes) -> str:
    told = json.dumps([sop, group, values], ensure_ascii=False)
    return f"identity:{hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()}"


def claimants(events: Iterable[Event]) -> tuple[str, ...]:
    """The cases that claim a key by what its stream tells, the oldest claim first."""
    found: dict[str, None] = {}
    for event in events:
        if event.kind == CLAIMED:
            found.setdefault(event.data["case"])
        elif event.kind == RELEASED:
            found.pop(event.data["case"], None)
    return tuple(found)


def stands(tables: Tables, state: CaseState) -> bool:
    """Whether a case still stands for its subject: it is being worked on, or parked.

    One that has ended does not, nor one in after-care: a customer who comes back is a new lead.
    """
    place = tables.places.get(state.place)
    if place is None or state.merged_into is not None:
        return False
    if place.outcome is not None:
        return place.outcome.kind == PARKED
    return state.outcome is None


def stood_until(tables: Tables, state: CaseState) -> int | None:
    """When a case ceased to stand for its subject; None while it does."""
    return None if stands(tables, state) else (state.closed_at or state.opened_at)
