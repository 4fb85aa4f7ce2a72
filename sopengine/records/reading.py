"""A record's value as JSON data, before it is held against the schema; and what of it no schema could take."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sopengine.language.facts import NUMERIC, clean

LONGEST_TEXT: Final = 10_000
LONGEST_NUMBER: Final = 64
LARGEST_POWER: Final = 40

READABLE: Final = (str, int, float, Decimal, date)
"""What a value may be: bool is an int and datetime a date."""

UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
"""Characters that no database and no UTF-8 file can hold."""

_NUMBER: Final = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Unreadable(NamedTuple):
    """A value that is no JSON data of any use; `code` says why."""

    code: str


def reading(value: object, kind: str) -> Any:
    """`value` as JSON data for a field of type `kind`: exact numbers, dates and moments as text; None when missing."""
    if value is None:
        return None
    if isinstance(value, str):
        return _text(value, kind)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        return _moment_number(value) if kind == "datetime" and isinstance(value, int) else number(value)
    if isinstance(value, datetime):
        return _moment(value) if kind == "datetime" else Unreadable(_MISFIT.get(kind, "CASE313"))
    if isinstance(value, date):
        return value.isoformat() if kind == "date" else Unreadable(_MISFIT.get(kind, "CASE313"))
    return Unreadable("CASE315")


_MISFIT: Final = {
    **dict.fromkeys(NUMERIC, "CASE301"),
    "boolean": "CASE314",
    "date": "CASE304",
    "datetime": "CASE305",
}


def in_words(value: object) -> object:
    """A plain value as the text that stands for it, for fields of no declared type; what has no such text as it is.

    >>> in_words(50_000_000), in_words(True), in_words(Decimal("1.50")), in_words(date(2026, 3, 2))
    ('50000000', 'true', '1.50', '2026-03-02')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        exact = number(value)
        return value if isinstance(exact, Unreadable) else f"{exact:f}" if isinstance(exact, Decimal) else str(exact)
    return value.isoformat() if isinstance(value, date) else value


def _text(value: str, kind: str) -> Any:
    if len(value) > LONGEST_TEXT:
        return Unreadable("CASE312")
    if UNSTORABLE.search(value):
        return Unreadable("CASE318")
    text = clean(value)
    if kind in NUMERIC and len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text):
        return number(Decimal(text))
    return text or None


def number(value: int | float | Decimal) -> int | Decimal | Unreadable:
    """The number, exactly; what is not finite, or too large or too fine to be kept, is unreadable."""
    if isinstance(value, int):
        return int(value) if abs(value) < 10 ** (LARGEST_POWER + 1) else Unreadable("CASE317")
    if isinstance(value, float):
        if not math.isfinite(value):
            return Unreadable("CASE316")
        value = Decimal(repr(float(value)))
    if not value.is_finite():
        return Unreadable("CASE316")
    if value.adjusted() <= LARGEST_POWER and value == value.to_integral_value():
        return int(value)
    return value if sane(value) else Unreadable("CASE317")


def sane(value: Decimal) -> bool:
    """Whether a finite number is of a size that is kept: below 10^41, and not finer than 40 places."""
    _, digits, exponent = value.as_tuple()
    fine = isinstance(exponent, int) and exponent >= -LARGEST_POWER
    return fine and value.adjusted() <= LARGEST_POWER and len(digits) <= LONGEST_NUMBER


def _moment(value: datetime) -> str | Unreadable:
    if value.utcoffset() is None:
        return Unreadable("CASE306")
    try:
        return value.astimezone(UTC).isoformat()
    except OverflowError:
        return Unreadable("CASE305")


def _moment_number(microseconds: int) -> str | Unreadable:
    """Moments that have been read already are microseconds since the epoch."""
    try:
        return (_EPOCH + timedelta(microseconds=microseconds)).isoformat()
    except OverflowError:
        return Unreadable("CASE305")
