"""Every sentence of the product, in English and Indonesian, from one catalogue.

The catalogue lies in `sopengine.wording.catalogue`, one module a family, each a dictionary from a key to a `Message`.
A key is a code (``SOP201``, ``CASE101``) or ``family.name`` (``cli.nothing_found``). Sentences are filled with
`str.format` from parameters that are always *values*: catalogue sentences are trusted, parameters are not and are
never formatted again.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in both languages; `page_en`/`page_id` explain a code at length (why it matters, the way out)."""

    en: str
    id: str
    page_en: str = ""
    page_id: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A parameter that is itself a phrase of the catalogue: it is said in the sentence's language."""

    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """A parameter that is a whole sentence of the catalogue, with its own parameters."""

    key: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A parameter that is a list: joined with commas and the language's "and" (or "or")."""

    items: tuple[Any, ...]
    joiner: str = "and"


@dataclass(frozen=True, slots=True)
class Person:
    """A parameter that is somebody: shown by their id, where nobody has put their name in its place."""

    id: str


@dataclass(frozen=True, slots=True)
class Instant:
    """A parameter that is a moment: microseconds since the epoch, shown in `zone` as date and time."""

    at: int
    zone: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A parameter that is the last moment of something: like an instant, but midnight is the end of the day before."""

    at: int
    zone: str


@dataclass(frozen=True, slots=True)
class Period:
    """A parameter that is a stretch of time: two moments in microseconds since the epoch, shown in `zone`, the date once."""

    since: int
    until: int
    zone: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """A parameter that is a length of time in microseconds, shown as "2 hours 5 minutes"; open time is never shown in days."""

    length: int
    open: bool = False



@cache
def family(name: str) -> Mapping[str, Message]:
    """The messages of one catalogue module, loaded when first said."""
    module = importlib.import_module(f"sopengine.wording.catalogue.{name}")
    messages: Mapping[str, Message] = module.MESSAGES
    return messages


def find(key: str) -> Message:
    """The message of a key; KeyError when the catalogue has none."""
    if key.startswith("CASE"):
        return family("cases")[key]
    if key.startswith("SOP"):
        return family({"0": "source", "1": "schema"}.get(key[3:4], "rules"))[key]
    return family(key.partition(".")[0])[key]


def say(key: str, lang: str = "en", /, **params: Any) -> str:
    """The sentence of `key` in `lang`, filled with `params`; an unknown language falls back to English.

    >>> say("hint.did_you_mean", "id", name="sales")
    'Maksud Anda "sales"?'
    """
    message = find(key)
    sentence = message.id if lang == "id" else message.en
    return sentence.format_map({name: shown(value, lang) for name, value in params.items()})


def page(key: str, lang: str = "en") -> str:
    """The longer explanation of a code in `lang`; empty when it has none."""
    message = find(key)
    return message.page_id if lang == "id" else message.page_en


def shown(value: Any, lang: str) -> str:
    """A parameter as text in `lang`: terms are translated, lists joined, instants and lengths written out."""
    if isinstance(value, str):
        return value
    if isinstance(value, Term):
        return say(value.key, lang)
    if isinstance(value, Said):
        return say(value.key, lang, **value.params)
    if isinstance(value, Listing):
        return joined((shown(item, lang) for item in value.items), lang, value.joiner)
    if isinstance(value, Person):
        return value.id
    if isinstance(value, Mapping):
        return in_language(value, lang)
    if isinstance(value, (Instant, Deadline, Lasting, Period)):
        from sopengine.wording import formats

        if isinstance(value, Instant):
            return formats.instant(value, lang)
        if isinstance(value, Deadline):
            return formats.deadline(value, lang)
        if isinstance(value, Period):
            return formats.period(value, lang)
        return (formats.open_time if value.open else formats.lasting)(value.length, lang)
    return str(value)


def joined(items: Iterable[str], lang: str, joiner: str = "and") -> str:
    """``a, b and c`` in the language; Indonesian sets a comma before the "and" of three or more (EYD V).

    >>> joined(["a", "b", "c"], "id")
    'a, b, dan c'
    """
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    comma = "," if lang == "id" and len(parts) > 2 else ""
    return f"{', '.join(parts[:-1])}{comma} {say(f'hint.{joiner}', lang)} {parts[-1]}"


def in_language(texts: Mapping[str, str], lang: str) -> str:
    """The text for `lang` of a ``{id: …, en: …}`` map; another language of it when that one is missing."""
    if lang in texts:
        return texts[lang]
    return next((texts[other] for other in (*LANGUAGES, *texts) if other in texts), "")
