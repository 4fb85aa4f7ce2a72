"""What may stand in a record that a message is made from, brought to one form per type.

Records are plain data, but not trusted data: a value that is not what its type says is refused here, before a filter
or a comparison meets it, and a number that would print as a million digits is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sopengine.templates.scope import ListOf, Type, base_of
from sopengine.wording import Instant, Lasting

Value: TypeAlias = str | bool | int | Decimal | date | datetime | timedelta | list[Any] | tuple[Any, ...]
MAX_DIGITS = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unfit(ValueError):
    """A value is not what its type says; the caller knows its name."""


def is_missing(value: Any) -> bool:
    """Whether a fact is empty: None, a text without anything in it, an empty list.

    >>> is_missing(" "), is_missing([]), is_missing(0), is_missing(False)
    (True, True, False, False)
    """
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, (list, tuple)) and not value)


def reader_of(type: Type) -> Callable[[Any], Value]:
    """What brings a value to the form its type has here, or raises `Unfit`."""
    if isinstance(type, ListOf):
        return as_list
    return READERS[base_of(type)] if isinstance(type, str) else by_itself


def as_text(value: Any) -> str:
    """A text, as an exact `str`: a subclass could bring methods of its own."""
    if not isinstance(value, str):
        raise Unfit
    return str.__str__(value)


def as_number(value: Any) -> int | Decimal:
    """A finite number of sensible length; a text that is one is read as one."""
    if isinstance(value, (float, str)):
        value = as_decimal(value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise Unfit
    if isinstance(value, int):
        if abs(value) >= 10**MAX_DIGITS:
            raise Unfit
    elif not value.is_finite() or abs(value.adjusted()) >= MAX_DIGITS or len(value.as_tuple().digits) > MAX_DIGITS:
        raise Unfit
    return value


def as_decimal(value: float | str) -> Decimal:
    """A decimal of a float's shortest writing, or of a text."""
    try:
        return Decimal(str(value)) if len(str(value)) <= 2 * MAX_DIGITS else Decimal("NaN")
    except InvalidOperation:
        raise Unfit from None


def as_boolean(value: Any) -> bool:
    """Yes or no, and nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise Unfit
    return value


def as_date(value: Any) -> date:
    """A calendar day; a text in ISO 8601 is read as one."""
    if isinstance(value, str):
        value = from_iso(date, value)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Unfit
    return value


def as_instant(value: Any) -> datetime:
    """A moment in the zone it is to be shown in; a text in ISO 8601 with an offset is read as one."""
    if isinstance(value, str):
        value = from_iso(datetime, value)
    elif isinstance(value, Instant):
        value = moment(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Unfit
    return value


def from_iso(type: Any, text: str) -> Any:
    """A date or a moment from its ISO 8601 text."""
    try:
        return type.fromisoformat(text)
    except ValueError:
        raise Unfit from None


def moment(value: Instant) -> datetime:
    """A moment of the wording catalogue as an aware datetime."""
    try:
        return (_EPOCH + timedelta(microseconds=value.at)).astimezone(ZoneInfo(value.zone))
    except (OverflowError, ValueError, OSError, LookupError):
        raise Unfit from None


def as_duration(value: Any) -> timedelta:
    """A length of time; a whole number is microseconds."""
    if isinstance(value, Lasting):
        value = value.length
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return timedelta(microseconds=value)
        except OverflowError:
            raise Unfit from None
    if not isinstance(value, timedelta):
        raise Unfit
    return value


def as_list(value: Any) -> list[Any] | tuple[Any, ...]:
    """A list; a text or a mapping is not one."""
    if not isinstance(value, (list, tuple)):
        raise Unfit
    return value


def by_itself(value: Any) -> Value:
    """A value whose type nobody declared, read as what it is."""
    for types, reader in BY_CLASS:
        if isinstance(value, types):
            return reader(value)
    raise Unfit


READERS: Mapping[str, Callable[[Any], Value]] = {
    **dict.fromkeys(("string", "text", "choice", "email", "phone"), as_text),
    **dict.fromkeys(("integer", "number", "percent", "money"), as_number),
    **dict.fromkeys(("datetime", "instant"), as_instant),
    "boolean": as_boolean,
    "date": as_date,
    "duration": as_duration,
}

# bool before int, datetime before date: each is also an instance of the other.
BY_CLASS: tuple[tuple[Any, Callable[[Any], Value]], ...] = (
    (str, as_text),
    (bool, as_boolean),
    ((int, float, Decimal), as_number),
    ((datetime, Instant), as_instant),
    (date, as_date),
    ((timedelta, Lasting), as_duration),
    ((list, tuple), as_list),
)
