"""Typed values: what a condition may look at, and how a record's values and an SOP's literals become comparable.

Canonical values: text stripped and in NFC, numbers as `int` wherever exact and `Decimal` elsewhere (never `float`),
booleans, `datetime.date`, and moments as integer microseconds since the epoch (UTC). A value that is absent, null or an
empty text is *missing* and becomes None; a value that does not fit its field becomes `INVALID`, which makes every test
of it unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

NUMERIC: Final = frozenset({"integer", "number", "money", "percent"})
ORDERED: Final = NUMERIC | {"date", "datetime"}
LISTED: Final = frozenset({"choice", "grade", "result"})
TEXTUAL: Final = frozenset({"string", "text", "email", "phone"})

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LONGEST_NUMBER: Final = 64
_LARGEST_EXPONENT: Final = 40

_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?")
_PLAIN_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(
    r"(?:Rp\.?\s*)?([-+]?[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:[.,](?:-|0{1,2}))?", re.I
)
_CURRENCY: Final = re.compile(r"(?:Rp\.?|IDR|USD|\$)\s*([-+]?[0-9][0-9_]*)(?:,-)?", re.I)
_WORDED: Final = re.compile(r"(?:Rp\.?\s*)?([0-9]{1,6})(?:[.,]([0-9]{1,3}))?\s*(ribu|rb|k|juta|jt|miliar|milyar)", re.I)
_WORDS: Final = {"ribu": 3, "rb": 3, "k": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9}
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
)

Value = str | int | Decimal | bool | date


@dataclass(frozen=True, slots=True)
class FactType:
    """What a condition may look at: a field, the grade of a score, or the result of a table.

    `kind` is a field type of the language (string text integer number money percent boolean date datetime choice email
    phone), ``grade`` or ``result``; `values` are the possible ones of a choice, grade or result; `minimum` and
    `maximum` bound numbers, both inclusive; `currency` is an ISO 4217 code that only wording looks at.
    """

    kind: str
    values: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""


class Invalid:
    """The class of `INVALID`, a value that does not fit its field: present, and of no use to a test."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "INVALID"


INVALID: Final = Invalid()


class BadLiteral(NamedTuple):
    """A literal that does not fit its fact: `reason` is "separators" or "kind"; `suggestion` the right spelling."""

    reason: str
    suggestion: str | None = None


def normalise(value: object, fact: FactType) -> Value | Invalid | None:
    """The canonical value of a record's `value`: None when it is missing, `INVALID` when it does not fit `fact`.

    >>> normalise(" Budi ", FactType("string")), normalise("", FactType("string")), normalise("x", FactType("integer"))
    ('Budi', None, INVALID)
    """
    return compile_normaliser(fact)(value)


def compile_normaliser(fact: FactType) -> Callable[[object], Value | Invalid | None]:
    """`normalise` for one type, as a closure for many values."""
    convert = _CONVERTERS[fact.kind](fact)

    def canonical(value: object) -> Value | Invalid | None:
        if isinstance(value, str):
            value = clean(value)
        return None if value is None or value == "" else convert(value)

    return canonical


def compile_record(types: Mapping[str, FactType]) -> Callable[[Mapping[str, object]], dict[str, Any]]:
    """A closure from a record to its facts: the declared fields only, canonical, without those that are missing."""
    fields = [(name, fact) for name, fact in types.items() if fact.kind not in ("grade", "result")]
    converters = [(name, compile_normaliser(fact)) for name, fact in fields]

    def facts(record: Mapping[str, object]) -> dict[str, Any]:
        found = {}
        for name, convert in converters:
            value = convert(record.get(name))
            if value is not None:
                found[name] = value
        return found

    return facts


def clean(text: str) -> str:
    """Text as it is compared: NFC, without white space at its ends."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFC", text).strip()


def exact(number: Decimal) -> int | Decimal | Invalid:
    """The number as an `int` when it is whole and of a sane size, else as it is; `INVALID` for NaN and infinity."""
    if not number.is_finite():
        return INVALID
    if number.adjusted() <= _LARGEST_EXPONENT and number == number.to_integral_value():
        return int(number)
    return number


def microseconds(moment: datetime) -> int:
    """An aware moment as microseconds since the epoch.

    >>> microseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (moment - EPOCH) // _MICROSECOND


def literal(text: str, fact: FactType) -> Value | BadLiteral:
    """The value that an SOP's literal `text` means for `fact`, or why it means none.

    >>> literal("50_000_000", FactType("money")), literal("50.000.000", FactType("money"))
    (50000000, BadLiteral(reason='separators', suggestion='50_000_000'))
    """
    text = clean(text)
    if fact.kind in NUMERIC:
        return _number_literal(text, fact)
    if fact.kind == "boolean":
        return {"true": True, "false": False}.get(text, BadLiteral("kind", _BOOLEAN_WORDS.get(text.lower())))
    if fact.kind == "date":
        day = _as_date(text)
        return BadLiteral("kind", _iso(text)) if isinstance(day, Invalid) else day
    if fact.kind == "datetime":
        moment = _as_moment(text)
        return BadLiteral("kind") if isinstance(moment, Invalid) else moment
    return text


_BOOLEAN_WORDS: Final = {
    "yes": "true", "ya": "true", "on": "true", "1": "true", "benar": "true",
    "no": "false", "tidak": "false", "off": "false", "0": "false", "salah": "false",
}  # fmt: skip


def _number_literal(text: str, fact: FactType) -> Value | BadLiteral:
    bare = text[:-1].rstrip() if fact.kind == "percent" and text.endswith("%") else text
    if len(bare) > _LONGEST_NUMBER:
        return BadLiteral("kind")
    if _GROUPED.fullmatch(bare) or not _NUMBER.fullmatch(bare):
        spelled = _respelled(bare)
        return BadLiteral("separators", spelled) if spelled else BadLiteral("kind")
    number = exact(Decimal(bare.replace("_", "")))
    if isinstance(number, Invalid) or (fact.kind == "integer" and not isinstance(number, int)):
        return BadLiteral("kind")
    return number


def _respelled(text: str) -> str | None:
    """A number written the Indonesian or English way, as the language spells it; None when it is not a number."""
    if grouped := _GROUPED.fullmatch(text):
        return re.sub(r"[.,]", "_", grouped[1])
    if priced := _CURRENCY.fullmatch(text):
        return f"{int(priced[1].replace('_', '').rjust(1, '0')):_}"
    if worded := _WORDED.fullmatch(text):
        scaled = Decimal(f"{worded[1]}.{worded[2] or 0}").scaleb(_WORDS[worded[3].lower()])
        return f"{int(scaled):_}"
    if comma := re.fullmatch(r"([-+]?[0-9]+),([0-9]+)", text):
        return f"{comma[1]}.{comma[2]}"
    return None


def _iso(text: str) -> str | None:
    """A day-first date, the Indonesian order, as an ISO date; None when it is none."""
    if found := _DAY_FIRST.fullmatch(text):
        spelled = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
        return None if isinstance(_as_date(spelled), Invalid) else spelled
    return None


def _as_number(value: object) -> int | Decimal | Invalid:
    if isinstance(value, bool):
        return INVALID
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, float):
        return exact(Decimal(repr(value)))
    if isinstance(value, str) and len(value) <= _LONGEST_NUMBER and _PLAIN_NUMBER.fullmatch(value):
        return exact(Decimal(value))
    return INVALID


def _as_date(value: object) -> date | Invalid:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return INVALID
    return INVALID


def _as_moment(value: object) -> int | Invalid:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return INVALID
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return microseconds(value)
    return INVALID


def _numbers(fact: FactType) -> Callable[[object], Value | Invalid]:
    low, high, whole = fact.minimum, fact.maximum, fact.kind == "integer"

    def convert(value: object) -> Value | Invalid:
        number = _as_number(value)
        if isinstance(number, Invalid) or (whole and not isinstance(number, int)):
            return INVALID
        inside = (low is None or number >= low) and (high is None or number <= high)
        return number if inside else INVALID

    return convert


def _texts(_: FactType) -> Callable[[object], Value | Invalid]:
    return lambda value: value if isinstance(value, str) else INVALID


def _listed(fact: FactType) -> Callable[[object], Value | Invalid]:
    allowed = frozenset(map(clean, fact.values))
    return lambda value: value if isinstance(value, str) and value in allowed else INVALID


def _booleans(_: FactType) -> Callable[[object], Value | Invalid]:
    return lambda value: value if isinstance(value, bool) else INVALID


_CONVERTERS: Final[Mapping[str, Callable[[FactType], Callable[[object], Value | Invalid]]]] = {
    **dict.fromkeys(NUMERIC, _numbers),
    **dict.fromkeys(TEXTUAL, _texts),
    **dict.fromkeys(LISTED, _listed),
    "boolean": _booleans,
    "date": lambda _: _as_date,
    "datetime": lambda _: _as_moment,
}
