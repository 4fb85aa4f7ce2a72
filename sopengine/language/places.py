"""Where a character of a text value stands in the YAML that it was written in: plain, quoted or as a block.

A template's fault is at some character of its text; the reader wants the character of the file. The scalar is read
again, this time keeping the offset of every character, by the rules of YAML 1.2 (7.3 flow scalars, 8.1 block scalars).
Where that does not give the value that the parser read, there is no answer rather than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Characters = Iterator[tuple[str, int]]

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEX = {"x": 2, "u": 4, "U": 8}
_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*")
_JOINED = re.compile(r"\\(?:\r\n|\n|\r)[ \t]*")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")


def offset_in(written: str, value: str, line: int, column: int) -> int | None:
    """The offset in `written` (a scalar as it stands in the file) of a line and column, from 1, of its `value`.

    >>> offset_in('"say \\\\"{{ x }}\\\\""', 'say "{{ x }}"', 1, 9)
    10
    """
    places = list(_characters(written))
    if "".join(character for character, _ in places).rstrip("\n") != value.rstrip("\n"):
        return None
    lines = value.split("\n")
    if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 1:
        return None
    index = sum(len(above) + 1 for above in lines[: line - 1]) + column - 1
    return places[index][1] if index < len(places) else len(written)


def _characters(written: str) -> Characters:
    style = written[:1]
    if style in ("|", ">"):
        return _block(written, folded=style == ">")
    if style == '"':
        return _double(written)
    if style == "'":
        return _flow(written, 1, len(written) - 1, doubled="'")
    return _flow(written, 0, len(written))


def _flow(written: str, at: int, end: int, doubled: str = "") -> Characters:
    while at < end:
        found = _BREAK.match(written, at, end)
        if found is not None:
            yield from _folded_break(found)
            at = found.end()
            continue
        yield written[at], at
        at += 2 if doubled and written[at] == doubled else 1


def _folded_break(found: re.Match[str]) -> Characters:
    """One line break is a space; of several, the first disappears and the others stay."""
    breaks = len(_LINE_BREAK.findall(found[0]))
    yield from ((character, found.start()) for character in ("\n" * (breaks - 1) or " "))


def _double(written: str) -> Characters:
    at, end = 1, len(written) - 1
    while at < end:
        found = _BREAK.match(written, at, end)
        if found is not None:
            yield from _folded_break(found)
            at = found.end()
        elif written[at] != "\\":
            yield written[at], at
            at += 1
        elif (joined := _JOINED.match(written, at, end)) is not None:
            at = joined.end()
        else:
            digits = _HEX.get(written[at + 1], 0)
            code = written[at + 2 : at + 2 + digits]
            yield (chr(int(code, 16)) if digits else _ESCAPES.get(written[at + 1], "")), at
            at += 2 + digits


def _block(written: str, *, folded: bool) -> Characters:
    lines = _lines(written)
    indent = min((len(text) - len(text.lstrip(" ")) for text, _ in lines if text.strip()), default=0)
    first = next((text for text, _ in lines if text.strip()), "")
    if len(first) - len(first.lstrip(" ")) != indent:
        return iter(())
    rows = [(text[indent:], start + min(indent, len(text))) for text, start in lines]
    return _joined(rows) if folded else _literal(rows)


def _lines(written: str) -> list[tuple[str, int]]:
    """The lines below the header, each with its offset."""
    starts = [0, *(found.end() for found in _LINE_BREAK.finditer(written))]
    ends = [*starts[1:], len(written)]
    return [(written[s:e].rstrip("\r\n"), s) for s, e in zip(starts, ends, strict=True)][1:]


def _literal(rows: list[tuple[str, int]]) -> Characters:
    for text, start in rows:
        yield from ((character, start + at) for at, character in enumerate(text))
        yield "\n", start + len(text)


def _joined(rows: list[tuple[str, int]]) -> Characters:
    """Folding: lines are joined by a space, blank lines are kept as breaks, more indented lines stay as they are."""
    before, blank = "", 0
    for text, start in rows:
        if not text.strip(" "):
            blank += 1
            continue
        kept = text[0] in " \t" or before[:1] in (" ", "\t")
        gap = "\n" * (blank + 1) if kept else "\n" * blank or " "
        yield from ((character, start) for character in (gap if before else "\n" * blank))
        yield from ((character, start + at) for at, character in enumerate(text))
        before, blank = text, 0
