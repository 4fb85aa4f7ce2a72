"""Short cuts to the fact of a value that is canonical already, as nearly every value of a clean record is.

What a short cut lets through, the long way (`rules._normaliser`) gives back as it is; everything else takes the long way.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from sopengine.language.facts import NUMERIC, TEXTUAL, Invalid, Value, clean
from sopengine.records.faults import clamped
from sopengine.records.formats import DIALLED
from sopengine.records.reading import LONGEST_TEXT

if TYPE_CHECKING:
    from sopengine.language.model import Field

Normaliser = Callable[[object], Value | Invalid | None]

_LARGE: Final = 1 << 62


def quick(field: Field, thorough: Normaliser) -> Normaliser:
    """A field's normaliser with a short cut in front, where its type has one."""
    if not field.declared or field.pattern is not None:
        return thorough
    if field.type == "choice":
        return _choice(field, thorough)
    if field.type in NUMERIC:
        return _number(field, thorough)
    if field.type == "phone":
        return _phone(thorough)
    return _text(thorough) if field.type in TEXTUAL and field.type != "email" else thorough


def _choice(field: Field, thorough: Normaliser) -> Normaliser:
    known = frozenset(clean(value) for value in field.values) - {""}

    def normalise(value: object) -> Value | Invalid | None:
        return value if type(value) is str and value in known else thorough(value)

    return normalise


def _number(field: Field, thorough: Normaliser) -> Normaliser:
    low = -_LARGE if field.minimum is None else max(-_LARGE, ceil(clamped(field.minimum)))
    high = _LARGE if field.maximum is None else min(_LARGE, floor(clamped(field.maximum)))

    def normalise(value: object) -> Value | Invalid | None:
        return value if type(value) is int and low <= value <= high else thorough(value)

    return normalise


def _phone(thorough: Normaliser) -> Normaliser:
    dialled = DIALLED.fullmatch

    def normalise(value: object) -> Value | Invalid | None:
        return value if type(value) is str and dialled(value) else thorough(value)

    return normalise


def _text(thorough: Normaliser) -> Normaliser:
    def normalise(value: object) -> Value | Invalid | None:
        if type(value) is str and value.isascii() and "\0" not in value and len(value) <= LONGEST_TEXT:
            return value.strip() or None
        return thorough(value)

    return normalise
