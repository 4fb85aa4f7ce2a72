"""Diagnostics as a person, a program or a code host reads them. Returns text; printing is the command line's."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sopengine import wording
from sopengine.diagnostics import Diagnostic, Severity, Span

WIDEST = 160
"""Columns of a source line that are shown; of longer ones, the part around the place."""

_COLOURS: Mapping[str, str] = {"error": "31", "warning": "33", "info": "36"}
_GITHUB: Mapping[str, str] = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files were checked, and how many problems of each severity they have."""

    files: int
    errors: int
    warnings: int
    infos: int


def tally(files: int, diagnostics: Iterable[Diagnostic]) -> Tally:
    """Counts by severity."""
    count: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
    for diagnostic in diagnostics:
        count[diagnostic.severity] += 1
    return Tally(files, count["error"], count["warning"], count["info"])


def summary(count: Tally, lang: str, *, infos: bool = True) -> str:
    """One line: ``3 files, 2 errors, 1 warning``.

    >>> summary(Tally(3, 2, 1, 0), "en")
    '3 files, 2 errors, 1 warning'
    """
    parts = [_counted("file", count.files, lang), _counted("error", count.errors, lang)]
    parts.append(_counted("warning", count.warnings, lang))
    if infos and count.infos:
        parts.append(_counted("info", count.infos, lang))
    return ", ".join(parts)


def _counted(what: str, number: int, lang: str) -> str:
    return wording.say(f"cli.count_{what}" if number == 1 else f"cli.count_{what}s", lang, count=number)


def text(diagnostic: Diagnostic, texts: Mapping[str, str], lang: str, *, colour: bool = False) -> str:
    """The diagnostic with its source line and a caret under the place; second places follow as notes."""
    paint = _painter(colour)
    severity = wording.say(f"cli.{diagnostic.severity}", lang)
    head = f"{paint('1', f'{printable(str(diagnostic.span))}:')} {paint(_COLOURS[diagnostic.severity], severity)}: "
    lines = [f"{head}{printable(diagnostic.text(lang))} {paint('2', f'[{diagnostic.code}]')}"]
    lines += _excerpt(diagnostic.span, texts, paint, _COLOURS[diagnostic.severity])
    for related in diagnostic.related:
        note = wording.say("cli.note", lang)
        lines.append(f"{printable(str(related.span))}: {note}: {wording.say(related.key, lang)}")
        lines += _excerpt(related.span, texts, paint, "36")
    return "\n".join(lines)


class _Painter:
    def __call__(self, code: str, words: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m"


class _Plain(_Painter):
    def __call__(self, code: str, words: str) -> str:
        return words


def _painter(colour: bool) -> _Painter:
    return _Painter() if colour else _Plain()


def _excerpt(span: Span, texts: Mapping[str, str], paint: _Painter, colour: str) -> Iterator[str]:
    line = line_of(texts.get(span.file, ""), span.line)
    if not line.strip():
        return
    first, last = span.column - 1, _last_column(span, line)
    start = max(0, first - WIDEST // 2) if len(line) > WIDEST else 0
    shown, cut = line[start : start + WIDEST], "…" if start else ""
    margin = " " * len(str(span.line))
    yield f"  {span.line} | {cut}{printable(shown)}"
    before = cut + shown[: max(0, first - start)]
    marked = shown[max(0, first - start) : max(0, last - start)]
    yield f"  {margin} | {_blank(before)}{paint(colour, '^' * max(1, width(marked)))}"


def _last_column(span: Span, line: str) -> int:
    """Where the underline ends on the first line of the span."""
    if span.end_line > span.line:
        return len(line.rstrip())
    return max(span.end_column - 1, span.column)


def line_of(source: str, number: int) -> str:
    """Line `number`, from 1, of a text whose lines end at LF, CR LF or CR; empty when there is none.

    >>> line_of("a\\r\\nb\\rc", 3)
    'c'
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[number - 1] if 1 <= number <= len(lines) else ""


def _blank(before: str) -> str:
    """As much space as `before` takes; tabs stay tabs, so that the terminal's own width counts."""
    return "".join("\t" if character == "\t" else " " * width(character) for character in before)


def width(words: str) -> int:
    """Columns that a text takes on a terminal (East Asian Width, Unicode Annex 11; combining marks take none).

    >>> width("報a"), width("e\\u0301")
    (3, 1)
    """
    return sum(_columns(character) for character in words)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return len(printable(character)) if printable(character) != character else 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(words: str) -> str:
    """The text with everything that could steer a terminal or turn its reading order made visible.

    >>> printable("a\\x1b[31mb\\u202ec")
    'a\\\\x1b[31mb\\\\u202ec'
    """
    return "".join(_visible(character) for character in words)


def _visible(character: str) -> str:
    if character == "\t" or character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def as_json(
    diagnostics: Iterable[Diagnostic], count: Tally, skipped: Iterable[str], failures: Iterable[tuple[str, str]], lang: str
) -> str:
    """Everything as one JSON object; `failures` are the paths that could not be checked, each with its reason."""
    found: dict[str, Any] = {
        "files": count.files,
        "errors": count.errors,
        "warnings": count.warnings,
        "infos": count.infos,
        "skipped": list(skipped),
        "failures": [{"path": path, "message": reason} for path, reason in failures],
        "diagnostics": [diagnostic.to_dict(lang) for diagnostic in diagnostics],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_github(diagnostic: Diagnostic, lang: str) -> str:
    """The diagnostic as a workflow command of GitHub Actions, which shows it beside the line in a pull request."""
    span = diagnostic.span
    places = {"file": span.file, "line": span.line, "endLine": span.end_line, "col": span.column}
    if span.end_line == span.line:
        places["endColumn"] = span.end_column
    places["title"] = diagnostic.code
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    return f"::{_GITHUB[diagnostic.severity]} {properties}::{_data(diagnostic.text(lang))}"


def failure_as_github(path: str, reason: str) -> str:
    """A path that could not be checked, as an error of GitHub Actions.

    >>> failure_as_github("sops", "There is no file or folder sops.")
    '::error file=sops,title=sopengine::There is no file or folder sops.'
    """
    return f"::error file={_property(path)},title=sopengine::{_data(reason)}"


def _data(words: str) -> str:
    return printable(words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
