"""A file that has been read: its data, and the place of every value and key in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Any

from sopengine.diagnostics import Diagnostic, Span

Path = tuple[str | int, ...]

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Text:
    """The characters of one file, and lines and columns for offsets into them.

    Lines end at LF, CR LF or CR only (YAML 1.2, 5.4): NEL, U+2028 and U+2029 are ordinary characters. Offsets and
    columns count code points.
    """

    __slots__ = ("_starts", "name", "text")

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self._starts: list[int] | None = None

    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset."""
        starts = self.starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span of the characters from `start` up to `end`."""
        return Span(self.name, *self.position(start), *self.position(max(start, end)))

    def line(self, number: int) -> str:
        """The text of a line without its line break; empty when there is no such line."""
        starts = self.starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Node:
    """Where one value was written: offsets, the scalar's text, the nodes below it. `weight` counts the values in it.

    `torn` when something written in it was reported and is not kept.
    """

    __slots__ = ("children", "end", "height", "keys", "raw", "start", "torn", "weight")

    def __init__(self, start: int, end: int, raw: str | None = None) -> None:
        self.start = start
        self.end = end
        self.raw = raw
        self.children: dict[str, Node] | list[Node] | None = None
        self.keys: dict[str, tuple[int, int]] = _NO_KEYS
        self.weight = 1
        self.height = 0
        self.torn = False

    def child(self, step: str | int) -> Node | None:
        """The node one step down, or None."""
        children = self.children
        if isinstance(children, dict):
            return children.get(step) if isinstance(step, str) else None
        if isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
            return children[step]
        return None


_NO_KEYS: dict[str, tuple[int, int]] = {}


class Document:
    """One file as data with positions. Do not change `.data`: aliases may share parts of it.

    `.data` is made of dict, list, str, int, float, bool and None only. `.problems` are the diagnostics of reading;
    `.readable` is False when the file could not be read to its end, and `.data` is None then.
    `.unseen` are the texts with signs that steer a screen or turn the direction of reading: mistakes wherever people write.

    >>> from sopengine.source import read
    >>> doc = read("stages:\\n  capture: {owner: sales}\\n", "lead.yaml")
    >>> doc.data
    {'stages': {'capture': {'owner': 'sales'}}}
    >>> str(doc.span(("stages", "capture", "owner")))
    'lead.yaml:2:20'
    >>> str(doc.key_span(("stages", "capture", "owner")))
    'lead.yaml:2:13'
    """

    __slots__ = ("_root", "_text", "data", "problems", "readable", "unseen")

    def __init__(
        self,
        text: Text,
        root: Node | None,
        data: Any,
        problems: tuple[Diagnostic, ...],
        *,
        readable: bool,
        unseen: tuple[Diagnostic, ...] = (),
    ) -> None:
        self._text = text
        self._root = root
        self.data = data
        self.problems = problems
        self.readable = readable
        self.unseen = unseen

    @property
    def name(self) -> str:
        """The name of the file, as it appears in every span."""
        return self._text.name

    @property
    def text(self) -> str:
        """The whole text, without a byte order mark."""
        return self._text.text

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file without their line breaks; line 1 is `lines[0]`."""
        return tuple(_LINE_BREAK.split(self._text.text))

    def line(self, number: int) -> str:
        """Line `number`, from 1; empty when there is no such line."""
        return self._text.line(number)

    def offset(self, line: int, column: int) -> int:
        """The offset in `.text` of a line and column, for edits at spans."""
        return self._text.starts()[line - 1] + column - 1

    def span(self, path: Path = ()) -> Span:
        """The span of the value at `path`, or of its nearest ancestor that exists."""
        node = self._nearest(path)
        return self._text.span(0, 0) if node is None else self._text.span(node.start, node.end)

    def key_span(self, path: Path) -> Span:
        """The span of the mapping key at `path`; that of the value where there is no key (list items, the root)."""
        place = self._key(path)
        return self.span(path) if place is None else self._text.span(*place)

    def raw(self, path: Path) -> str | None:
        """The scalar at `path` as it was written, before it was taken for a number; None for all others."""
        node = self._at(path)
        return None if node is None else node.raw

    def mentions(self, path: Path) -> bool:
        """Whether a key was written at `path`, even when its value was unusable and is not in `.data`."""
        return self._key(path) is not None

    def torn(self, path: Path) -> bool:
        """Whether the part at `path` holds less than was written there, because something in it was reported already."""
        node = self._at(path)
        return node is not None and node.torn

    def without(self, paths: Collection[Path]) -> Document:
        """The same document without the values at `paths`; what is left keeps its span, list items move up with theirs.

        A key that was dropped is still mentioned (`mentions`). The root, the empty path, leaves no data at all.
        """
        if not paths:
            return self
        if () in paths or self._root is None:
            return Document(self._text, self._root, None, self.problems, readable=self.readable, unseen=self.unseen)
        root, data = _pruned(self._root, self.data, _tree(paths))
        return Document(self._text, root, data, self.problems, readable=self.readable, unseen=self.unseen)

    def _key(self, path: Path) -> tuple[int, int] | None:
        parent = self._at(path[:-1]) if path else None
        last = path[-1] if path else None
        return parent.keys.get(last) if parent is not None and isinstance(last, str) else None

    def _at(self, path: Path) -> Node | None:
        node = self._root
        for step in path:
            if node is None:
                return None
            node = node.child(step)
        return node

    def _nearest(self, path: Path) -> Node | None:
        node = self._root
        for step in path:
            below = node.child(step) if node is not None else None
            if below is None:
                return node
            node = below
        return node


_DROP: dict[str | int, Any] = {}


def _tree(paths: Collection[Path]) -> dict[str | int, Any]:
    """The paths as nested maps; `_DROP` ends a path."""
    tree: dict[str | int, Any] = {}
    for path in sorted(paths, key=len):
        branch = tree
        for step in path[:-1]:
            branch = branch.setdefault(step, {})
            if branch is _DROP:
                break
        else:
            branch[path[-1]] = _DROP
    return tree


def _pruned(node: Node, data: Any, tree: dict[str | int, Any]) -> tuple[Node, Any]:
    """Copies of a node and its data along the branches of `tree`; everything else is shared."""
    copy = Node(node.start, node.end, node.raw)
    copy.keys, copy.torn = node.keys, node.torn
    steps: Iterable[str | int] = data if isinstance(data, dict) else range(len(data))
    kept: list[tuple[str | int, Node, Any]] = []
    for step in steps:
        below, branch = node.child(step), tree.get(step)
        if below is None or branch is _DROP:
            continue
        kept.append((step, below, data[step]) if branch is None else (step, *_pruned(below, data[step], branch)))
    if isinstance(data, dict):
        copy.children = {str(step): below for step, below, _ in kept}
        return copy, {str(step): value for step, _, value in kept}
    copy.children = [below for _, below, _ in kept]
    return copy, [value for _, _, value in kept]
