"""What every part of the builder shares: the problems found so far, the names mentioned, and how small values are
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sopengine import wording
from sopengine.diagnostics import Diagnostic, Severity, Span
from sopengine.language.conditions import Condition, Predicate, atoms
from sopengine.language.conditions import parse as parse_condition
from sopengine.language.model import Mention, Path, Text
from sopengine.language.sources import Sources
from sopengine.time.durations import Duration, DurationError, FromField
from sopengine.time.durations import parse as parse_duration

FALLBACK_LANGUAGE = "id"
_LANGUAGE_TAG = re.compile(r"[a-z]{2}(?:-[A-Za-z0-9]{2,8})*")


class Reader:
    """Collects problems and mentions while the parts of the builder read; nothing here raises for what the file
    holds.
    """

    def __init__(self, sources: Sources, data: Mapping[str, Any]) -> None:
        self.sources = sources
        self.diagnostics: list[Diagnostic] = []
        self.mentions: list[Mention] = []
        language = data.get("language")
        self.language = language if isinstance(language, str) else FALLBACK_LANGUAGE

    def problem(
        self,
        code: str,
        place: Path | Span,
        *,
        suggestion: str | None = None,
        severity: Severity = "error",
        **params: Any,
    ) -> None:
        """Reports what is wrong with the value at a path, or with a place that is known more exactly."""
        span = place if isinstance(place, Span) else self.sources.span(place)
        self.diagnostics.append(Diagnostic(code, span, params, severity, suggestion))

    def mention(self, kind: str, name: Any, path: Path, *, in_key: bool = False) -> str | None:
        """Notes that a name is used at `path`; None when it is no name at all."""
        if not isinstance(name, str):
            return None
        self.mentions.append(Mention(kind, name, path, in_key))
        return name

    def names(self, kind: str, value: Any, path: Path) -> tuple[str, ...]:
        """One name or a list of names, as a tuple; each is a mention of its kind."""
        found = (self.mention(kind, item, place) for item, place in items(value, path))
        return tuple(name for name in found if name is not None)

    def text(self, value: Any, path: Path, default: str | None = None) -> Text:
        """A text by language; a plain one is in the SOP's language. `default` is a name to be made readable."""
        if isinstance(value, Mapping):
            return {str(tag): self.plain(value[tag], (*path, tag)) for tag in value}
        if value is not None and not isinstance(value, list):
            return {self.language: self.plain(value, path)}
        return {self.language: humanised(default)} if default is not None else {}

    def plain(self, value: Any, path: Path) -> str:
        """A scalar as it was written (`1.10` stays ``1.10``)."""
        return value if isinstance(value, str) else self.sources.raw(path) or str(value)

    def said(self, key: str) -> Text:
        """A phrase of the catalogue in every language that it has."""
        return {language: wording.say(key, language) for language in wording.LANGUAGES}

    def duration(self, value: Any, path: Path) -> Duration | None:
        """A length of time, or None after reporting why it is none."""
        if value is None:
            return None
        if isinstance(value, Mapping):
            name = self.mention("field", value.get("field"), (*path, "field"))
            return None if name is None else FromField(name)
        try:
            return parse_duration(self.plain(value, path))
        except DurationError as problem:
            self.problem(problem.code, path, suggestion=problem.suggestion, **problem.params)
            return None

    def condition(self, value: Any, path: Path) -> Condition | None:
        """A condition, or None after reporting why it is none."""
        if value is None:
            return None
        condition, problems = parse_condition(value, path)
        for problem in problems:
            self.problem(problem.code, problem.path, suggestion=problem.suggestion, **problem.params)
        self.facts(condition)
        return condition

    def facts(self, condition: Condition | None) -> None:
        """Notes the facts and predicates that a condition reads."""
        for atom in atoms(condition) if condition is not None else ():
            if isinstance(atom, Predicate):
                self.mention("predicate", atom.name, atom.path)
            else:
                self.mention("fact", atom.fact, atom.path)


def items(value: Any, path: Path) -> Iterator[tuple[Any, Path]]:
    """The items of a list with their paths; a single value is a list of one; nothing is empty."""
    if isinstance(value, list):
        yield from ((item, (*path, index)) for index, item in enumerate(value))
    elif value is not None:
        yield value, path


def entries(value: Any, path: Path) -> Iterator[tuple[str, Any, Path]]:
    """The entries of a map with their paths; anything else has none."""
    if isinstance(value, Mapping):
        yield from ((str(name), entry, (*path, name)) for name, entry in value.items())


def mapping(value: Any) -> Mapping[str, Any]:
    """The value when it is a map, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def is_text(value: Any) -> bool:
    """Whether a value is a text: a scalar, or a map whose keys are all language tags."""
    if isinstance(value, Mapping):
        return bool(value) and all(_LANGUAGE_TAG.fullmatch(str(key)) for key in value)
    return value is not None and not isinstance(value, list)


def whole(value: Any) -> int | None:
    """A whole number; None for anything else (true is not 1)."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def word(value: Any) -> str | None:
    """A text value; None for anything else."""
    return value if isinstance(value, str) else None


def humanised(name: str) -> str:
    """A name as a title.

    >>> humanised("admin_sales")
    'Admin sales'
    """
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def slug(text: str) -> str:
    """A code made from a sentence, for checklist items that are written without one.

    >>> slug("PO diterima (asli)")
    'po_diterima_asli'
    """
    return "_".join(re.findall(r"\w+", text.lower()))[:60] or "item"
