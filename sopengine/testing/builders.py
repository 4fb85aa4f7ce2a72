"""Records and histories in one line each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

_LEAD: Mapping[str, Any] = {"id": "L-1", "name": "PT Maju Bersama", "phone": "+62 811 0000 0001", "source": "web"}


def lead(**fields: Any) -> dict[str, Any]:
    """A made-up lead as a new dictionary; `fields` are added or take the place of its own, and None leaves one out.

    Fields that an SOP does not declare are passed over when a case opens.

    >>> lead(id="L-7", source=None)
    {'id': 'L-7', 'name': 'PT Maju Bersama', 'phone': '+62 811 0000 0001'}
    """
    return {name: value for name, value in {**_LEAD, **fields}.items() if value is not None}


def history(
    case: str, *told: tuple[str | date, str, Mapping[str, Any]], by: str = "role:sales", zone: str = "UTC"
) -> list[dict[str, Any]]:
    """What happened to a case, as `Engine.record` takes it: each item is when, what kind, and its words.

    Times of day without an offset are on the walls of `zone`; a date alone stays one, for what is known only to the day.
    `by` acts where the words do not say who.

    >>> history("L-1", ("2026-02-02 09:00", "opened", {}), ("2026-02-03", "contacted", {"via": "call"}))[1]
    {'case': 'L-1', 'kind': 'contacted', 'at': datetime.date(2026, 2, 3), 'by': 'role:sales', 'via': 'call'}
    """
    return [{"case": case, "kind": kind, "at": _at(at, zone), "by": by, **words} for at, kind, words in told]


def _at(at: str | date, zone: str) -> date:
    if isinstance(at, str):
        at = date.fromisoformat(at) if len(at) == len("2026-02-02") else datetime.fromisoformat(at)
    if isinstance(at, datetime) and at.tzinfo is None:
        return at.replace(tzinfo=ZoneInfo(zone))
    return at
