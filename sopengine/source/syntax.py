"""What a YAML parser complains about, said in the words of the person who wrote the file."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

from sopengine.diagnostics import Diagnostic
from sopengine.source.document import Text
from sopengine.wording import Listing, Term

_OPENERS = {"]": "[", "}": "{"}
_KEY_LINE = re.compile(r"\s*(?:-\s+)*[^\s:#][^:#]*:(?:\s|$)")
_DASHES = re.compile(r"(?:-(?: +|$))*")
_SPECIAL = "%@`|>&*!?,"
LONGEST_KEY = 1024
"""Characters of a key, beyond which YAML does not take it for one (YAML 1.2, "Implicit keys")."""
SPOKEN_OF_BOTH = ("SOP013", "SOP014", "SOP024")
"""Codes of mistakes after which reading may go on; `STOPPED` is what their sentence adds where it does not."""
STOPPED = {"rest": Term("source.unread")}


def explain(text: Text, problem: yaml.YAMLError, last_scalar: tuple[int, int, str | None] | None) -> Diagnostic:
    """The diagnostic for a parser's complaint; `last_scalar` (start, end, style) is the last value understood."""
    return _Complaint(text, problem, last_scalar).diagnostic()


class _Complaint:
    """One complaint with the text around it. `at` is where the parser stopped, `since` where the construct began."""

    def __init__(self, text: Text, problem: yaml.YAMLError, last: tuple[int, int, str | None] | None) -> None:
        self.text = text
        self.message = str(getattr(problem, "problem", None) or "")
        self.context = str(getattr(problem, "context", None) or "")
        began: Any = getattr(problem, "context_mark", None)
        stopped: Any = getattr(problem, "problem_mark", None) or began
        self.at = min(stopped.index if stopped is not None else 0, len(text.text))
        self.since = began.index if began is not None else self.at
        self.last = last

    def diagnostic(self) -> Diagnostic:
        for means in (self._quote, self._template, self._long_key, self._flow, self._character, self._colon, self._structure):
            found = means()
            if found is not None:
                return found
        return self._say("SOP020", self.at)

    def _say(self, code: str, start: int, end: int | None = None, **params: Any) -> Diagnostic:
        stop = min(start + 1, len(self.text.text)) if end is None else end
        return Diagnostic(code, self.text.span(start, stop), params | STOPPED if code in SPOKEN_OF_BOTH else params)

    def _has(self, *parts: str) -> bool:
        return any(part in self.message for part in parts)

    def _line_of(self, offset: int) -> tuple[int, str]:
        number, column = self.text.position(offset)
        return offset - column + 1, self.text.line(number)

    def _next_character(self) -> str:
        return self.text.text[self.at : self.at + 1]

    def _quote(self) -> Diagnostic | None:
        """A quote that is never closed, or that closes lines later at the next quote there is."""
        if "quoted scalar" in self.context and self._has("end of stream", "document indicator", "document separator"):
            return self._say("SOP022", self.since)
        if "quoted scalar" in self.context and self._has("escape", "hexadecimal", "hexdecimal"):
            return self._say("SOP030", self.at)
        if self.last is not None and self.last[2] in ("'", '"') and self._swallowed_lines(self.last[0], self.last[1]):
            return self._say("SOP022", self.last[0])
        return None

    def _swallowed_lines(self, start: int, end: int) -> bool:
        lines = self.text.text[start:end].splitlines()[1:]
        near = self.text.position(self.at)[0] - self.text.position(end)[0] <= 1
        return near and any(_KEY_LINE.match(line) for line in lines)

    def _template(self) -> Diagnostic | None:
        start, line = self._line_of(self.at)
        found = re.search(r"(?:^|[:\-,\[{]\s+)(\{\{.*?(?:\}\}|$))", line)
        if found is None:
            return None
        return self._say("SOP024", start + found.start(1), start + found.end(1))

    def _long_key(self) -> Diagnostic | None:
        """A key that is so long that the parser no longer takes it for one."""
        if self._next_character() == ":":
            start, before = self._written_before()
        elif self._has("could not find expected ':'"):
            start, before = self.since, self.text.text[self.since : self.at].partition(":")[0]
        else:
            return None
        if len(before) <= LONGEST_KEY:
            return None
        return self._say("SOP039", start, start + len(before), limit=LONGEST_KEY, key=f"{before[:40]}…")

    def _written_before(self) -> tuple[int, str]:
        """Where the word or quoted text begins that ends where the parser stopped, and the text."""
        start, _ = self._line_of(self.at)
        before = self.text.text[start : self.at].rstrip()
        if before[-1:] in ("'", '"'):
            begins = before.rfind(before[-1], 0, -1)
        else:
            begins = max(before.rfind(sign) for sign in "{[,") + 1
            begins += _indent(before[begins:])
        return start + begins, before[begins:]

    def _flow(self) -> Diagnostic | None:
        """Something inside brackets or braces that is not closed, or not separated."""
        if "flow" not in self.context:
            return None
        if self._has("node content"):
            return self._character_at_start()
        if not self._has("',' or"):
            return None
        bracket = self.text.text[self.since : self.since + 1]
        if self._is_unclosed():
            return self._say("SOP023", self.since, bracket=bracket, close={"[": "]", "{": "}"}.get(bracket, "]"))
        return self._say("SOP033", self.at)

    def _is_unclosed(self) -> bool:
        rest = self.text.text[self.at :]
        if not rest.strip() or rest[0] in "]}":
            return True
        return self.text.position(self.at)[0] > self.text.position(self.since)[0]

    def _character(self) -> Diagnostic | None:
        """A character that may not stand where it stands: a tab as indentation, YAML's own signs before text."""
        if self._has("cannot start any token", "tab character"):
            return self._tab() or self._character_at_start()
        if self._has("comment or line break", "chomping or indentation", "alphabetic or numeric", "node content"):
            start = self.since if self._has("node content") else self._token_start()
            return self._character_at_start(start)
        if "directive" in self.context:
            return self._say("SOP032", self.since)
        if "tag" in self.context or self._has("undefined tag"):
            return self._character_at_start(self.since)
        return None

    def _tab(self) -> Diagnostic | None:
        start, _ = self._line_of(self.at)
        before = self.text.text[start : self.at + 1]
        if "\t" in before and not before.strip(" \t-"):
            return self._say("SOP021", start + before.index("\t"))
        return None

    def _token_start(self) -> int:
        """Back from where the parser stopped to the sign that began the value."""
        start, _ = self._line_of(self.at)
        before = self.text.text[start : self.at]
        return start + len(before.rstrip()) - 1 if before.rstrip()[-1:] in _SPECIAL else self.since

    def _character_at_start(self, start: int | None = None) -> Diagnostic:
        offset = self.at if start is None else start
        character = self.text.text[offset : offset + 1]
        if character == ":":
            return self._say("SOP014", offset)
        if character in ("]", "}"):
            return self._say("SOP034", offset, bracket=character, open=_OPENERS[character])
        if character in ("\t", "\n", "\r", " ", ""):
            return self._say("SOP020", offset)
        return self._say("SOP025", offset, character=character)

    def _colon(self) -> Diagnostic | None:
        """A colon too many, or a colon too few."""
        if self._has("could not find expected ':'"):
            return self._missing_colon(self.since)
        if not self._has("mapping values are not allowed"):
            return None
        start, _ = self._line_of(self.at)
        before = self.text.text[start : self.at]
        if re.search(r":\s", before):
            return self._say("SOP026", self.at)
        previous = self._previous_line(start)
        if previous is not None and not re.search(r":(?:\s|$)|^\s*#", previous[1]):
            return self._missing_colon(previous[0])
        return self._bad_indent(self.at)

    def _missing_colon(self, offset: int) -> Diagnostic:
        start, line = self._line_of(offset)
        word = line.strip()
        first = start + len(line) - len(line.lstrip())
        return self._say("SOP027", first, first + len(word), text=word if len(word) <= 60 else f"{word[:57]}…")

    def _previous_line(self, start: int) -> tuple[int, str] | None:
        number = self.text.position(start)[0] - 1
        while number > 0 and not self.text.line(number).strip():
            number -= 1
        return (self.text.starts()[number - 1], self.text.line(number)) if number > 0 else None

    def _structure(self) -> Diagnostic | None:
        """A block whose next line does not belong to it."""
        if self._has("sequence entries are not allowed"):
            return self._say("SOP031", self.at)
        if not self._has("did not find expected key", "did not find expected '-'", "expected <block end>", "<document start>"):
            return None
        if self._next_character() == ":":
            return self._say("SOP014", self.at)
        start, _ = self._line_of(self.at)
        before = self.text.text[start : self.at].rstrip()
        if before[-1:] in ('"', "'", "]", "}"):
            return self._say("SOP029", self.at, character=before[-1])
        return self._tab_above(start) or self._bad_indent(self.at)

    def _tab_above(self, start: int) -> Diagnostic | None:
        indent = re.match(r"[ \t]*", self.text.text[start:])
        if indent is not None and "\t" in indent[0]:
            return self._say("SOP021", start + indent[0].index("\t"))
        return None

    def _bad_indent(self, offset: int) -> Diagnostic:
        """A line that begins in a column where nothing is open: list or key beside the other, too deep, or in between."""
        start, line = self._line_of(offset)
        number, indent = self.text.position(start)[0], _indent(line)
        if self.context.endswith("block collection"):
            return self._say_line("SOP036", number, first=self.text.position(self.since)[0])
        above = self._open_above(number)
        if above and indent > _indent(self.text.line(above[0])):
            return self._too_deep(above[0], number)
        beside = {column for other in above for column in _columns(self.text.line(other))}
        if indent in beside and line.lstrip().startswith("-"):
            return self._say_line("SOP037", number)
        if not beside or indent in beside:
            return self._say("SOP020", offset)
        return self._say_line("SOP028", number, spaces=indent, beside=Listing(tuple(map(str, sorted(beside))), "or"))

    def _say_line(self, code: str, number: int, **params: Any) -> Diagnostic:
        """A diagnostic that underlines the text of a line."""
        start, line = self.text.starts()[number - 1], self.text.line(number)
        return self._say(code, start + _indent(line), start + max(_indent(line) + 1, len(line.rstrip())), **params)

    def _open_above(self, number: int) -> list[int]:
        """The lines, nearest first, that hold the keys and entries which a line could stand beside or below."""
        found: list[int] = []
        for other in range(number - 1, 0, -1):
            line = self.text.line(other)
            opens = _KEY_LINE.match(line) is not None or line.lstrip().startswith("- ")
            if opens and (not found or _indent(line) < _indent(self.text.line(found[-1]))):
                found.append(other)
        return found

    def _too_deep(self, first: int, second: int) -> Diagnostic:
        """One of two lines is indented wrongly: the one whose indentation fewer lines of the file share."""
        lines = [self.text.line(number + 1) for number in range(len(self.text.starts()))]
        alike = Counter(_indent(line) for line in lines if _KEY_LINE.match(line))
        rare = alike[_indent(self.text.line(first))] < alike[_indent(self.text.line(second))]
        wrong, right = (first, second) if rare else (second, first)
        return self._say_line("SOP035", wrong, first=first, second=second, wrong=wrong, right=right)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _columns(line: str) -> tuple[int, ...]:
    """Where a line begins, and where the first key of an entry begins behind its dash."""
    dashes = _DASHES.match(line.lstrip())
    behind = dashes.end() if dashes and _KEY_LINE.match(line) else 0
    return (_indent(line), _indent(line) + behind)
