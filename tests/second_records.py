"""A plain second opinion about values of fields: a short list of tests for each type, without the JSON Schema library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sopengine.language.facts import NUMERIC, TEXTUAL, clean
from sopengine.records import formats, patterns
from sopengine.records.reading import LARGEST_POWER, LONGEST_TEXT

if TYPE_CHECKING:
    from sopengine.language.model import Field

Fails = Callable[[Any], bool]

BEYOND: Final = Decimal(10 ** (LARGEST_POWER + 1))

_BY_KIND: Final = {
    **dict.fromkeys(NUMERIC, "CASE301"),
    "integer": "CASE302",
    "choice": "CASE303",
    "date": "CASE304",
    "datetime": "CASE305",
    "email": "CASE310",
    "phone": "CASE311",
    "boolean": "CASE314",
}
_FORMS: Final[dict[str, Callable[[str], bool]]] = {
    "date": formats.is_date,
    "datetime": formats.is_moment,
    "email": formats.is_email,
    "phone": formats.is_phone,
}


def fault_of(field: Field) -> Callable[[Any], str | None]:
    """The code of what is wrong with a value in JSON data (see `reading`); None when it is missing or fits.

    Of several faults the one with the highest code is told: a text that is too long before one that is malformed.
    """
    tests = sorted(_tests(field), key=lambda test: test[1], reverse=True)

    def fault(value: Any) -> str | None:
        return None if value is None else next((code for fails, code in tests if fails(value)), None)

    return fault


def clamped(bound: Decimal) -> Decimal:
    """A bound within the numbers that are kept; one further out means the same and could fill the memory."""
    return max(-BEYOND, min(BEYOND, bound))


def _tests(field: Field) -> Iterator[tuple[Fails, str]]:
    kind = field.type
    textual = kind in TEXTUAL or kind == "choice"
    yield _wrong_type(kind), "CASE313" if textual else _BY_KIND[kind]
    if kind in _FORMS:
        yield _malformed(_FORMS[kind]), _BY_KIND[kind]
    if kind == "choice":
        allowed = [clean(value) for value in field.values]
        yield lambda value: value not in allowed, _BY_KIND[kind]
    if kind in NUMERIC:
        yield from _bounds(field)
    if kind in TEXTUAL:
        longest = LONGEST_TEXT if field.pattern is None else patterns.LONGEST_TEXT
        yield lambda value: isinstance(value, str) and len(value) > longest, "CASE312"
    if kind in TEXTUAL and field.pattern is not None:
        yield _malformed(patterns.compile_pattern(field.pattern).fits), "CASE309"


def _wrong_type(kind: str) -> Fails:
    if kind == "boolean":
        return lambda value: not isinstance(value, bool)
    if kind == "integer":
        return lambda value: isinstance(value, bool) or not isinstance(value, int)
    if kind in NUMERIC:
        return lambda value: not _is_number(value)
    return lambda value: not isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _malformed(fits: Callable[[str], bool]) -> Fails:
    return lambda value: isinstance(value, str) and not fits(value)


def _bounds(field: Field) -> Iterator[tuple[Fails, str]]:
    if field.minimum is not None:
        least = clamped(field.minimum)
        yield lambda value: _is_number(value) and value < least, "CASE307"
    if field.maximum is not None:
        most = clamped(field.maximum)
        yield lambda value: _is_number(value) and value > most, "CASE308"
