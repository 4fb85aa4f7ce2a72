"""One thing that is wrong with a template, at a place inside its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sopengine import wording


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a template. `line` and `column` count from 1 inside the template's own text; `suggestion` is the
    nearest valid name."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    line: int = 1
    column: int = 1
    suggestion: str | None = None

    def text(self, lang: str = "en") -> str:
        """The sentence for a person, in `lang` ("id" or "en")."""
        sentence = wording.say(self.code, lang, **self.params)
        if self.suggestion is None:
            return sentence
        return f"{sentence} {wording.say('hint.did_you_mean', lang, name=self.suggestion)}"


def place(source: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character of `source`.

    >>> place("ab\\ncd", 4)
    (2, 2)
    """
    offset = min(max(offset, 0), len(source))
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, if one does."""
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.6)), None)
