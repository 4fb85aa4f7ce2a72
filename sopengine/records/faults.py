"""What is wrong with a value that a field's fast way has refused: the code of the sentence, as the JSON Schema says.

`jsonschema` judges the value, formats on; it is imported when the first value is refused. Saying why takes it ten times as long
as judging the rest of an event, and what people write wrong they write often: answers about short values are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sopengine.language.facts import NUMERIC, TEXTUAL
from sopengine.records import formats, patterns
from sopengine.records.reading import LARGEST_POWER

if TYPE_CHECKING:
    from sopengine.language.model import Field

Judged = Callable[[Any], Iterator[str]]

BEYOND: Final = Decimal(10 ** (LARGEST_POWER + 1))
KEPT: Final = 1000
"""Answers that are kept for each field."""

_SHORT: Final = 200
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
_BY_KEYWORD: Final = {"minimum": "CASE307", "maximum": "CASE308", "pattern": "CASE309", "maxLength": "CASE312"}
_FORMS: Final[dict[str, Callable[[str], bool]]] = {
    "email": formats.is_email,
    "phone": formats.is_phone,
    "date": formats.is_date,
    "date-time": formats.is_moment,
}


def fault_of(field: Field, schema: Callable[[], Mapping[str, Any]]) -> Callable[[Any], str | None]:
    """The code of what is wrong with a value in JSON data (see `reading`); None when it is missing or fits.

    `schema` makes the field's part of the JSON Schema when it is first asked. Of several faults the one with the highest code is
    told: a text that is too long before one that is malformed.
    """
    judged: Judged | None = None

    def said(value: Any) -> str | None:
        nonlocal judged
        if judged is None:
            judged = _validator(schema(), field)
        return max((_code(keyword, field.type) for keyword in judged(value)), default=None)

    remembered = lru_cache(KEPT, typed=True)(said)

    def fault(value: Any) -> str | None:
        if value is None:
            return None
        return said(value) if isinstance(value, str) and len(value) > _SHORT else remembered(value)

    return fault


def clamped(bound: Decimal) -> Decimal:
    """A bound within the numbers that are kept; one further out means the same and could fill the memory."""
    return max(-BEYOND, min(BEYOND, bound))


def _code(keyword: str, kind: str) -> str:
    if keyword == "type" and kind in (*TEXTUAL, "choice"):
        return "CASE313"
    return _BY_KEYWORD.get(keyword) or _BY_KIND[kind]


def _validator(schema: Mapping[str, Any], field: Field) -> Judged:
    """The keywords of a schema that a value offends. Patterns are matched in linear time, by the automaton of our own."""
    import jsonschema
    from jsonschema.validators import extend

    checker = jsonschema.FormatChecker(formats=())
    for name, test in _FORMS.items():
        checker.checks(name)(lambda value, test=test: not isinstance(value, str) or test(value))
    automaton = None if field.pattern is None else patterns.compile_pattern(field.pattern)

    def fits(_: Any, pattern: str, value: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
        if automaton is not None and isinstance(value, str) and not automaton.fits(value):
            yield jsonschema.ValidationError("pattern")

    extended = extend(jsonschema.Draft202012Validator, {"pattern": fits})  # type: ignore[no-untyped-call]
    validator = extended(schema, format_checker=checker)
    return lambda value: (str(error.validator) for error in validator.iter_errors(value))
