"""The filters of the template language, each with the kinds of value it takes and the arguments it may be given.

Every filter is bounded by the length of its input plus its arguments: nothing here repeats or multiplies text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sopengine.templates.scope import Kind, Type, base_of, currency_of, kind_of
from sopengine.templates.values import Unfit, is_missing, reader_of
from sopengine.wording import formats, say

MICROSECOND = timedelta(microseconds=1)
_WORD = re.compile(r"[^\s\-({\[<]+")


@dataclass(frozen=True, slots=True)
class Filter:
    """`takes`: kinds of value, or type names where the kind says too little; `arguments`: classes of its literal
    arguments, of which the first `required` must be given; `gives`: the type of the result."""

    apply: Callable[..., Any]
    takes: frozenset[Kind]
    gives: Type = "string"
    arguments: tuple[type, ...] = ()
    required: int = 0


def money(value: Any, lang: str, currency: str = "") -> str:
    """An amount in its currency; without a known currency, the number alone."""
    return formats.money(value, currency, lang) if currency else formats.number(value, lang)


def day(value: Any, lang: str) -> str:
    """A date in words; of a moment, its date in its own zone."""
    return formats.date(value.date() if isinstance(value, datetime) else value, lang)


def time(value: Any, lang: str) -> str:
    """The time of day of a moment, with its zone."""
    return formats.time_of_day(value, lang)


def duration(value: Any, lang: str) -> str:
    """A length of time in words."""
    return formats.lasting(value // MICROSECOND, lang)


def number(value: Any, lang: str) -> str:
    """A number with the language's separators."""
    return formats.number(value, lang)


def percent(value: Any, lang: str) -> str:
    """A percentage: 12.5 is 12.5 %."""
    return formats.percent(value, lang)


def phone(value: Any, lang: str) -> str:
    """A telephone number in groups."""
    return formats.phone(value)


def title(value: Any, lang: str) -> str:
    """Each word with a capital."""
    return _WORD.sub(lambda found: found[0][0].upper() + found[0][1:].lower(), value)


def truncate(value: Any, lang: str, length: int, ending: str = "…") -> str:
    """At most `length` characters, cut between words where there is a space to cut at.

    >>> truncate("Sistem kasir untuk toko", "id", 15)
    'Sistem kasir…'
    """
    if len(value) <= length:
        return str(value)
    room = max(length - len(ending), 0)
    head = value[: room + 1]
    cut = head.rstrip() if head[-1:].isspace() else head[:room].rpartition(" ")[0] or head[:room]
    return f"{cut.rstrip()}{ending}"[:length]


def join(value: Any, lang: str, between: str = ", ", *, item: Type = None) -> str:
    """The elements of a list, each of type `item`, written one after another; an empty element is left out."""
    reader = reader_of(item)
    return between.join(written(reader(one), item, lang) for one in value if not is_missing(one))


def written(value: Any, type: Type, lang: str) -> str:
    """A value as it is shown without any filter: in the form its type has in the language."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return say("templates.yes" if value else "templates.no", lang)
    if isinstance(value, (list, tuple)):
        raise Unfit
    return _WRITTEN[kind_of(type) or kind_of_value(value)](value, type, lang)


def kind_of_value(value: Any) -> Kind:
    """The kind of a value whose type nobody declared."""
    if isinstance(value, datetime):
        return "instant"
    if isinstance(value, timedelta):
        return "duration"
    return "date" if hasattr(value, "isoformat") else "number"


def _plain_number(value: Any, type: Type, lang: str) -> str:
    if isinstance(type, str) and base_of(type) == "percent":
        return percent(value, lang)
    return str(value) if isinstance(value, int) else number(value, lang)


_WRITTEN: Mapping[Kind, Callable[[Any, Type, str], str]] = {
    "number": _plain_number,
    "money": lambda value, type, lang: money(value, lang, currency_of(type) or ""),
    "date": lambda value, type, lang: day(value, lang),
    "instant": lambda value, type, lang: say("unit.date_and_time", lang, date=day(value, lang), time=time(value, lang)),
    "duration": lambda value, type, lang: duration(value, lang),
}

_TEXT = frozenset({"text"})

FILTERS: Mapping[str, Filter] = {
    "money": Filter(money, frozenset({"money", "number"}), arguments=(str,)),
    "date": Filter(day, frozenset({"date", "instant"})),
    "time": Filter(time, frozenset({"instant"})),
    "duration": Filter(duration, frozenset({"duration"})),
    "number": Filter(number, frozenset({"number", "money"})),
    "percent": Filter(percent, frozenset({"number"})),
    "phone": Filter(phone, frozenset({"phone"})),
    "upper": Filter(lambda value, lang: value.upper(), _TEXT),
    "lower": Filter(lambda value, lang: value.lower(), _TEXT),
    "title": Filter(title, _TEXT),
    "trim": Filter(lambda value, lang: value.strip(), _TEXT),
    "truncate": Filter(truncate, _TEXT, arguments=(int, str), required=1),
    "join": Filter(join, frozenset({"list"}), arguments=(str,)),
}

# `default` takes an expression, not a literal, and chooses rather than converts: the checker knows it by name.
DEFAULT = "default"
NAMES = (*FILTERS, DEFAULT)
