"""From template text to Jinja's syntax tree, with every bound that keeps hostile text harmless.

Nothing here is compiled or run: Jinja only reads. Its parser recurses, so the tokens are counted before it sees
them. Each token carries its offset in the text where Jinja expects a line number, and so every node of the tree
knows its exact place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from sopengine.templates.problem import Problem, place

MAX_SOURCE = 65_536  # characters of one template
MAX_TOKENS = 20_000  # words and signs inside its tags
MAX_TAG_TOKENS = 200  # of one tag
MAX_BRACKETS = 8  # open at once
MAX_BLOCKS = 8  # {% if %} and {% for %} inside one another
MAX_NUMBER = 20  # characters of a number; Python refuses to read very long ones

TAGS = frozenset({"if", "elif", "else", "endif", "for", "endfor"})
CLOSERS = {"endif": "if", "endfor": "for"}
OPENERS = frozenset({"variable_begin", "block_begin", "comment_begin", "raw_begin"})
ENDS = frozenset({"variable_end", "block_end", "comment_end", "raw_end"})
FREE = frozenset({"data", "whitespace", "comment", "comment_begin", "comment_end", "raw_begin", "raw_end"})


class _Located(Environment):
    """Jinja's environment for reading only: tokens come from a list that was counted and placed beforehand."""

    placed: list[tuple[int, str, str]]

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        return TokenStream(self.lexer.wrap(iter(self.placed)), name, filename)


def environment() -> _Located:
    """Tags alone on a line leave no empty line behind; nothing else differs from Jinja's defaults."""
    return _Located(trim_blocks=True, lstrip_blocks=True, cache_size=0)


@dataclass(slots=True)
class _Scan:
    """One pass over the tokens: where each one is, and whether the parser may see them."""

    source: str
    placed: list[tuple[int, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blocks: list[tuple[str, int]] = field(default_factory=list)
    opened: tuple[str, int] | None = None
    cursor: int = 0
    total: int = 0
    in_tag: int = 0
    brackets: int = 0

    def report(self, code: str, offset: int, **params: str | int) -> None:
        line, column = place(self.source, offset)
        self.problems.append(Problem(code, params, line, column))

    def run(self, tokens: Iterator[tuple[int, str, str]]) -> None:
        try:
            for _, kind, value in tokens:
                if not self.take(kind, value):
                    return
        except TemplateSyntaxError:
            self.report_unreadable()
            return
        self.report_left_open()

    def take(self, kind: str, value: str) -> bool:
        """Notes one token; False when a bound is reached and reading stops."""
        offset = self.source.find(value, self.cursor)
        self.cursor = offset + len(value)
        self.placed.append((offset, kind, value))
        if kind in OPENERS:
            self.opened, self.in_tag, self.brackets = (value.strip(), offset), 0, 0
        elif kind in ENDS:
            self.opened = None
        if kind in FREE:
            return True
        return self.count(kind, value, offset)

    def count(self, kind: str, value: str, offset: int) -> bool:
        self.total += 1
        self.in_tag += 1
        if kind == "operator":
            self.brackets += (value in "([{") - (value in ")]}")
        elif kind == "name" and self.in_tag == 2 and self.opened is not None and self.opened[0].startswith("{%"):
            self.tag(value, self.opened[1])
        too_long_number = kind in ("integer", "float") and len(value) > MAX_NUMBER
        crowded = self.in_tag > MAX_TAG_TOKENS or self.total > MAX_TOKENS or too_long_number
        if crowded or self.brackets > MAX_BRACKETS or len(self.blocks) > MAX_BLOCKS:
            self.report("SOP602", offset)
            return False
        return True

    def tag(self, name: str, offset: int) -> None:
        """Keeps track of which block is open; a tag outside the subset is a problem."""
        if name not in TAGS:
            self.report("SOP606", offset, tag=name)
        elif name in ("if", "for"):
            self.blocks.append((name, offset))
        elif name in CLOSERS:
            self.close(name, offset)
        elif not self.blocks or (name == "elif" and self.blocks[-1][0] != "if"):
            self.report("SOP605", offset, tag=name)

    def close(self, name: str, offset: int) -> None:
        if self.blocks and self.blocks[-1][0] == CLOSERS[name]:
            self.blocks.pop()
        else:
            self.report("SOP605", offset, tag=name)

    def report_unreadable(self) -> None:
        rest = self.source[self.cursor :]
        start = self.cursor + len(rest) - len(rest.lstrip())
        if start >= len(self.source) or (self.opened and self.opened[0].startswith(("{#", "{% raw"))):
            self.report_left_open()
        else:
            self.report("SOP603", start, near=near(self.source, start))

    def report_left_open(self) -> None:
        if self.opened is not None:
            self.report("SOP604", self.opened[1], tag=self.opened[0])
        elif not self.problems:
            for name, offset in self.blocks:
                self.report("SOP604", offset, tag="{% " + name + " %}")


def near(source: str, offset: int) -> str:
    """The first word or sign at a place, to be quoted in a sentence."""
    words = source[offset : offset + 40].split()
    return words[0][:20] if words else ""


def parse(source: str) -> tuple[nodes.Template | None, list[Problem]]:
    """Jinja's tree of `source`, each node's ``lineno`` being an *offset* in it; or the problems that prevent it."""
    if len(source) > MAX_SOURCE:
        return None, [Problem("SOP601", {"length": len(source), "limit": MAX_SOURCE})]
    env = environment()
    scan = _Scan(source)
    scan.run(env.lexer.tokeniter(source, None))
    if scan.problems:
        return None, scan.problems
    env.placed = scan.placed
    try:
        return Parser(env, source).parse(), []
    except TemplateSyntaxError as error:
        scan.report("SOP603", error.lineno, near=near(source, error.lineno))
    except RecursionError:
        scan.report("SOP602", 0)
    return None, scan.problems
