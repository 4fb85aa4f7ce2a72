"""What counts as a date, a moment, an e-mail address and a phone number in a record; text in, yes or no out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM: Final = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"
_EMAIL: Final = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z0-9-]*[A-Za-z]")
_LONGEST_EMAIL: Final = 254

_LONGEST_PHONE: Final = 40
DIALLED: Final = re.compile(r"\+[1-9][0-9]{7,14}|0[1-9][0-9]{6,13}")
_PUNCTUATION: Final = str.maketrans("", "", " .-()[]/\u00a0\u2010\u2011\u2013")

_MOMENT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?:(Z)|([-+])(\d\d):(\d\d))", re.ASCII
)
_NAIVE: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?", re.ASCII)


def is_email(text: str) -> bool:
    """An address as the HTML standard defines it for forms, with a full domain and the lengths of RFC 5321.

    >>> is_email("rina@contoh.co.id"), is_email("rina@localhost"), is_email("rina @contoh.co.id")
    (True, False, False)
    """
    return len(text) <= _LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def compact_phone(text: str) -> str | None:
    """The number without punctuation: ``+`` and 8 to 15 digits (ITU-T E.164), or a national one with its 0.

    >>> compact_phone("+62 (811) 234-567"), compact_phone("0811.234.567"), compact_phone("811234567")
    ('+62811234567', '0811234567', None)
    """
    if len(text) > _LONGEST_PHONE:
        return None
    digits = text.translate(_PUNCTUATION)
    return digits if DIALLED.fullmatch(digits) else None


def is_phone(text: str) -> bool:
    """Whether a text is a phone number that can be dialled from Indonesia."""
    return compact_phone(text) is not None


def is_date(text: str) -> bool:
    """A calendar day, year-month-day (RFC 3339 full-date).

    >>> is_date("2028-02-29"), is_date("2026-02-29"), is_date("3-2-2026")
    (True, False, False)
    """
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    try:
        date(*map(int, parts))
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    """A moment with its offset (RFC 3339 date-time; a space for the T and a time without seconds will do).

    >>> is_moment("2026-02-03T14:05:00+07:00"), is_moment("2026-02-03 14:05Z"), is_moment("2026-02-03T14:05:00")
    (True, True, False)
    """
    found = _MOMENT.fullmatch(text)
    if found is None or not is_date(found[1]):
        return False
    offset = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
    year, month, day = map(int, found[1].split("-"))
    hour, minute, second = (int(found[number] or 0) for number in (2, 3, 4))
    try:
        zone = timezone(-offset if found[7] == "-" else offset)
        datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def is_naive(text: str) -> bool:
    """A date and time that does not say in which zone."""
    return _NAIVE.fullmatch(text) is not None
