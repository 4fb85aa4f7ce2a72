"""Moments as the host gives them: aware datetimes, or ISO 8601 text with an offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sopengine.errors import UsageError
from sopengine.language.facts import microseconds
from sopengine.time.calendar import BEGIN, END


def instant(at: Any, what: str) -> int:
    """An aware datetime of the years 1970–2199 as microseconds since the epoch; UsageError for anything else."""
    if not isinstance(at, datetime) or at.tzinfo is None or at.utcoffset() is None:
        raise UsageError(f"{what} must be a datetime with a time zone, not {str(at)[:60]!r}")
    found = microseconds(at)
    if not BEGIN <= found < END:
        raise UsageError(f"{what} must lie in the years 1970 to 2199, which calendars know, not {at.isoformat()}")
    return found


def moment_of(value: Any, what: str) -> int:
    """An aware datetime, or ISO 8601 text with an offset, as microseconds since the epoch; UsageError for anything
    else.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as error:
            raise UsageError(f"{what} is not a date and time like 2026-02-03T09:00:00+07:00: {value[:60]!r}") from error
    return instant(value, what)
