"""What is wrong, and where: the two kinds of report that every room returns instead of printing or raising.

A `Diagnostic` (code ``SOPnnn``) is about a file; a `Finding` (code ``CASEnnn``) is about a case. Both carry
parameters, not sentences: the sentence is made by `sopengine.wording` in the reader's language when somebody reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sopengine import wording

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1; columns are code points; the end is exclusive.

    >>> str(Span("lead.yaml", 3, 5, 3, 9))
    'lead.yaml:3:5'
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to_dict(self) -> dict[str, Any]:
        """The span as JSON data."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a diagnostic ("first defined here"); `key` names the words for it in the catalogue."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong (or worth knowing) in a file.

    `params` fill the sentence of `code`; `suggestion` is the nearest valid spelling, when there is one; `related` are
    the places to look at as well.
    """

    code: str
    span: Span
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = "error"
    suggestion: str | None = None
    related: tuple[Related, ...] = ()

    def text(self, lang: str = "en") -> str:
        """The sentence for a person, in `lang` ("id" or "en")."""
        sentence = wording.say(self.code, lang, **self.params)
        if self.suggestion is None:
            return sentence
        return f"{sentence} {wording.say('hint.did_you_mean', lang, name=self.suggestion)}"

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The diagnostic as JSON data, its sentence in `lang`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.text(lang),
            "suggestion": self.suggestion,
            **self.span.to_dict(),
            "related": [{"message": wording.say(r.key, lang), **r.span.to_dict()} for r in self.related],
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with what somebody wants to do (a refusal) or did (a deviation): the same words for both.

    `blocks` tells a refusal from a remark; `span` is the SOP line that says so; `event` is the id of the event that was
    judged, when it is recorded.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = True
    span: Span | None = None
    event: str | None = None

    def text(self, lang: str = "en") -> str:
        """The sentence for a person, in `lang` ("id" or "en")."""
        return wording.say(self.code, lang, **self.params)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The finding as JSON data, its sentence in `lang`."""
        return {
            "code": self.code,
            "message": self.text(lang),
            "blocks": self.blocks,
            "place": None if self.span is None else str(self.span),
            "event": self.event,
        }
