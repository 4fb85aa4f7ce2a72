"""Text for a terminal: colour, widths of wide characters, columns, boxes, and what a file holds made harmless."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sopengine.lint.reporter import printable

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_NARROWEST, _WIDEST = 40, 120


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours text, or leaves it as it is."""

    on: bool

    def __call__(self, style: str, text: str) -> str:
        """`text` in one or more styles (``"bold green"``).

        >>> Paint(False)("bold green", "ok"), Paint(True)("red", "no")
        ('ok', '\\x1b[31mno\\x1b[0m')
        """
        if not self.on or not text or not style:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in style.split())}m{text}\x1b[0m"


def screen_width() -> int:
    """The columns of the terminal (100 when there is none), between 40 and 120."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))


def plain(text: str) -> str:
    """A text on one line that cannot command a terminal: control and direction characters are shown as what they are.

    >>> plain("a\\x1b[2Jb\\u202ec"), plain("baris\\nbaru")
    ('a\\\\x1b[2Jb\\\\u202ec', 'baris baru')
    """
    return printable(" ".join(text.split("\n")))


def width(text: str) -> int:
    """The columns that a text takes: two for a wide character, none for a combining one.

    >>> width("Sales"), width("東京"), width("e\\u0301")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """A text in exactly that many columns: cut with an ellipsis, or filled with spaces.

    >>> fit("Kualifikasi", 6), fit("Demo", 6), fit("12", 4, right=True)
    ('Kuali…', 'Demo  ', '  12')
    """
    if width(text) > columns:
        text = f"{_cut(text, columns - 1)}…" if columns > 0 else ""
    gap = " " * (columns - width(text))
    return gap + text if right else text + gap


def _cut(text: str, columns: int) -> str:
    used = 0
    for at, char in enumerate(text):
        used += _columns(char)
        if used > columns:
            return text[:at]
    return text


def wrapped(text: str, columns: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """A paragraph in lines of at most `columns`; later lines begin with `hanging`. A word too long for a line is cut.

    >>> wrapped("Nomor telepon belum diisi", 16, "- ", "  ")
    ['- Nomor telepon', '  belum diisi']
    """
    later = indent if hanging is None else hanging
    lines, line, empty = [], indent, True
    for word in text.split():
        if not empty and width(line) + 1 + width(word) > columns:
            lines.append(line)
            line, empty = later, True
        while width(line) + width(word) > columns and width(line) < columns - 1:
            part = _cut(word, columns - width(line))
            lines.append(line + part)
            line, word = later, word[len(part) :]
        line = line + word if empty else f"{line} {word}"
        empty = False
    return [*lines, line]


def heading(paint: Paint, text: str, columns: int) -> str:
    """A section's title with a rule to the edge; a title that is too long for that stands on several lines."""
    if width(text) + 2 > columns:
        return "\n".join(paint("bold cyan", line) for line in wrapped(text, columns))
    return f"{paint('bold cyan', text)} {paint('dim', '─' * (columns - width(text) - 1))}"


def box(paint: Paint, title: str, lines: Iterable[str], columns: int) -> list[str]:
    """Lines in a frame; `title` stands in its upper edge."""
    inside = columns - 4
    title = _cut(title, inside - 2)
    top = f"┌─ {paint('bold', title)} {'─' * (inside - width(title) - 1)}┐"
    body = [f"│ {fit(part, inside)} │" for line in lines for part in wrapped(line, inside)]
    return [top, *body, f"└{'─' * (inside + 2)}┘"]


def table(paint: Paint, head: Sequence[str], rows: Iterable[Sequence[tuple[str, str]]]) -> list[str]:
    """A table as wide as it needs: the first column flush left, the others flush right; headings break between words.

    A cell is its text and its style ("" for none). A row of one cell is a title over the rows below it.
    """
    cells = [list(row) for row in rows]
    full = [row for row in cells if len(row) > 1]
    words = [max(map(width, name.split()), default=0) for name in head]
    wide = [max([word, *(width(row[at][0]) for row in full)]) for at, word in enumerate(words)]
    lines = [paint("dim", line) for line in _headings(head, wide)]
    for row in cells:
        parts = [_cell(paint, text, style, wide[at], at > 0) for at, (text, style) in enumerate(row)]
        lines.append("  ".join(parts).rstrip() if len(row) > 1 else paint(row[0][1], row[0][0]))
    return lines


def _headings(head: Sequence[str], wide: Sequence[int]) -> list[str]:
    names = [wrapped(name, columns) for name, columns in zip(head, wide, strict=True)]
    tall = max(map(len, names))
    padded = [[""] * (tall - len(name)) + name for name in names]
    rows = ((fit(name[row], wide[at], right=at > 0) for at, name in enumerate(padded)) for row in range(tall))
    return ["  ".join(row).rstrip() for row in rows]


def _cell(paint: Paint, text: str, style: str, columns: int, right: bool) -> str:
    return paint(style, fit(text, columns, right=right))
