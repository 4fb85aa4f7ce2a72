"""The report: sections of text and tables, as Markdown. It names no machine, path or date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import fill


@dataclass(slots=True)
class Section:
    """One measurement: what was done, one or more tables, and remarks."""

    title: str
    about: str
    parts: list[str] = field(default_factory=list)
    aims: list[list[str]] = field(default_factory=list)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table; every column but the first is aligned to the right."""
        lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
        self.parts.append("\n".join("| " + " | ".join(line) + " |" for line in lines))

    def prose(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table of words."""
        lines = [head, ["---"] * len(head), *rows]
        self.parts.append("\n".join("| " + " | ".join(line) + " |" for line in lines))

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self.parts.append(wrapped(text))

    def aim(self, about: str, wanted: str, measured: str, met: bool) -> None:
        """Say what the project aims at, and whether this run got there."""
        self.aims.append([about, wanted, measured, "met" if met else "missed"])

    def markdown(self) -> str:
        """The section as Markdown."""
        return "\n\n".join([f"## {self.title}", wrapped(self.about), *self.parts])


def wrapped(text: str) -> str:
    """A paragraph in lines of at most 120 characters."""
    return fill(text, 120, break_long_words=False, break_on_hyphens=False)


def microseconds(value: float) -> str:
    """A duration with three significant digits.

    >>> microseconds(3.14159), microseconds(12345.6)
    ('3.14', '12,300')
    """
    if value >= 1000:
        return f"{round(value, -2):,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(value: float) -> str:
    """A ratio with a multiplication sign.

    >>> ratio(2.345), ratio(1234.5), ratio(0.5)
    ('2.3×', '1,234×', '0.50×')
    """
    if value >= 20:
        return f"{value:,.0f}×"
    return f"{value:.1f}×" if value >= 1 else f"{value:.2f}×"
