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
        raise UsageError.saying("call.not_a_moment", word=what, value=f"{at!s:.60}")
    found = microseconds(at)
    if not BEGIN <= found < END:
        raise UsageError.saying("call.outside_calendars", word=what, value=at.isoformat())
    return found


def moment_of(value: Any, what: str) -> int:
    """An aware datetime, or ISO 8601 text with an offset, as microseconds since the epoch; UsageError for anything
    else.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as error:
            raise UsageError.saying("call.not_iso", word=what, value=value[:60]) from error
    return instant(value, what)
