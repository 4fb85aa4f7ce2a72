"""Plain scalars by the YAML 1.2 core schema (10.3.2), except that digits with a leading zero stay text."""

from __future__ import annotations

import math
import re

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MAY_BE_NUMBER = frozenset("+-.0123456789")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

LONGEST_NUMBER = 40
LARGEST_INTEGER = 10**18


class BadNumber(ValueError):
    """A number that cannot be kept; `code` names the diagnostic."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def resolve(raw: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar; BadNumber when it is a number that is not finite or has too many digits.

    >>> [resolve(text) for text in ("12", "0812", "on", "10:00", "50_000_000", "~", "1.50")]
    [12, '0812', 'on', '10:00', '50_000_000', None, 1.5]
    """
    if raw in _WORDS:
        return _WORDS[raw]
    return number(raw) if raw[0] in _MAY_BE_NUMBER else raw


def number(raw: str) -> str | int | float:
    """The number that a text is, or the text itself."""
    for pattern, base in ((_INTEGER, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(raw):
            return integer(raw, base)
    if _NOT_FINITE.fullmatch(raw):
        raise BadNumber("SOP015")
    return real(raw) if _FLOAT.fullmatch(raw) else raw


def integer(raw: str, base: int) -> int:
    """A whole number; refused beyond 10^18, where other programs start to round."""
    if len(raw) > LONGEST_NUMBER:
        raise BadNumber("SOP016")
    value = int(raw, base)
    if abs(value) > LARGEST_INTEGER:
        raise BadNumber("SOP016")
    return value


def real(raw: str) -> float:
    """A number with a fraction or exponent."""
    if len(raw) > LONGEST_NUMBER:
        raise BadNumber("SOP016")
    value = float(raw)
    if not math.isfinite(value):
        raise BadNumber("SOP016")
    return value
