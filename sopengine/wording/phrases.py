"""Phrases in findings that are made only when somebody reads them: judging a history makes many findings, few are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sopengine.wording import LANGUAGES


class Phrase(Mapping[str, str]):
    """A text by language, as the wording takes it, said anew each time: `say` gets the arguments and then the language.

    >>> from sopengine.time.durations import parse, show
    >>> Phrase(show, parse("24h"))["id"]
    '24 jam'
    """

    __slots__ = ("_arguments", "_say")

    def __init__(self, say: Callable[..., str], *arguments: Any) -> None:
        self._say = say
        self._arguments = arguments

    def __getitem__(self, lang: str) -> str:
        if lang not in LANGUAGES:
            raise KeyError(lang)
        return self._say(*self._arguments, lang)

    def __contains__(self, lang: object) -> bool:
        return lang in LANGUAGES

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def __repr__(self) -> str:
        return repr(dict(self))
