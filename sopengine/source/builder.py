"""From the parser's events to data and positions, with an explicit stack that bounds depth and size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import yaml

from sopengine.diagnostics import Diagnostic, Related
from sopengine.source.document import Node, Text
from sopengine.source.scalars import BadNumber, resolve


class Stop(Exception):
    """Reading cannot go on; the reason is already among the problems."""


class Limits(NamedTuple):
    """How much a file may hold: levels, values (aliases written out) and problems worth listing."""

    depth: int
    nodes: int
    problems: int


class _Nothing:
    """Marks a key or a value that was reported and is not kept."""


_NOTHING = _Nothing()
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""What steers a screen or turns the direction of reading, also where a code in quotes stands for it."""
_CURLY = frozenset("\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb")


class _Open:
    """A map or list whose end has not come yet. `key` is the pending key of a map, None while a key is awaited."""

    __slots__ = ("anchor", "data", "is_map", "key", "node", "spoiled")

    def __init__(self, node: Node, data: Any, anchor: str | None) -> None:
        self.node = node
        self.data = data
        self.is_map = isinstance(data, dict)
        self.key: str | _Nothing | None = None
        self.anchor = anchor
        self.spoiled = False


class Builder:
    """Builds one document from events; `data`, `root` and `problems` are its result."""

    def __init__(self, text: Text, limits: Limits, *, restore: Callable[[str], str] | None) -> None:
        self.text = text
        self.problems: list[Diagnostic] = []
        self.unseen: list[Diagnostic] = []
        self.root: Node | None = None
        self.data: Any = None
        self.last_scalar: tuple[int, int, str | None] | None = None
        self._limits = limits
        self._restore = restore
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, Any]] = {}
        self._open_anchors: dict[str, int] = {}
        self._weight = 0
        self._documents = 0

    def build(self, events: Iterable[Any]) -> None:
        """Takes every event; Stop after a problem that reading cannot go on from."""
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_map,
            yaml.SequenceStartEvent: self._open_list,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._start_document,
        }
        for event in events:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)

    def report(self, code: str, start: int, end: int, *, related: tuple[Related, ...] = (), **params: Any) -> None:
        """Adds a diagnostic for the characters from `start` to `end`; Stop when there are too many to be of use."""
        if len(self.problems) >= self._limits.problems:
            self.problems.append(Diagnostic("SOP018", self.text.span(start, end), {"limit": self._limits.problems}))
            raise Stop
        self.problems.append(Diagnostic(code, self.text.span(start, end), params, related=related))

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self.report("SOP005", event.start_mark.index, event.end_mark.index)
            raise Stop

    def _count(self, weight: int, start: int, end: int) -> None:
        self._weight += weight
        if self._weight > self._limits.nodes:
            self.report("SOP007", start, end, limit=self._limits.nodes)
            raise Stop

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        raw = event.value if self._restore is None else self._restore(event.value)
        plain = event.implicit[0]
        self.last_scalar = (start, end, event.style)
        node = Node(start, self._trimmed(start, end) if event.style in ("|", ">") else end, raw)
        node.weight += len(raw) // 256
        self._count(node.weight, start, end)
        if not raw.isprintable():
            self._find_unseen(raw, start, end)
        if event.tag is not None:
            self._refuse_tag(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_map and top.key is None:
            self._take_key(top, node, plain=plain)
            return
        if plain and raw[:1] in _CURLY and len(self.problems) < self._limits.problems:
            self._refuse_curly(raw, start, end)
        value = self._value(raw, start, end, plain=plain) if event.tag is None else _NOTHING
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, value)
        self._attach(node, value)

    def _find_unseen(self, raw: str, start: int, end: int) -> None:
        found = _UNSEEN.search(raw)
        if found is not None and len(self.unseen) < self._limits.problems:
            self.unseen.append(Diagnostic("SOP003", self.text.span(start, end), {"character": f"U+{ord(found[0]):04X}"}))

    def _refuse_curly(self, raw: str, start: int, end: int) -> None:
        """Quotes that a word processor made are letters to YAML: they become part of the text."""
        inner = raw[1:-1]
        if len(raw) > 1 and raw[-1] in _CURLY and not _CURLY & set(inner) and not set('"\\\n') & set(inner):
            params = {"raw": _short(raw), "straight": f'"{_short(inner)}"'}
            self.problems.append(Diagnostic("SOP038", self.text.span(start, end), params, "warning"))

    def _value(self, raw: str, start: int, end: int, *, plain: bool) -> Any:
        if not plain:
            return raw
        try:
            return resolve(raw)
        except BadNumber as problem:
            self.report(problem.code, start, end, raw=_short(raw))
            return _NOTHING

    def _take_key(self, top: _Open, node: Node, *, plain: bool) -> None:
        key = node.raw or ""
        first = top.node.keys.get(key)
        top.key = _NOTHING
        if plain and key == "<<":
            self.report("SOP009", node.start, node.end)
        elif not key.strip():
            self.report("SOP014", node.start, max(node.end, node.start + 1), rest="")
        elif first is not None:
            related = Related(self.text.span(*first), "hint.first_here")
            self.report("SOP008", node.start, node.end, key=_short(key), related=(related,))
        else:
            top.node.keys[key] = (node.start, node.end)
            top.key = key

    def _open_map(self, event: Any) -> None:
        self._open(event, {})

    def _open_list(self, event: Any) -> None:
        self._open(event, [])

    def _open(self, event: Any, data: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.tag is not None:
            self._refuse_tag(event)
        if len(self._stack) >= self._limits.depth:
            self.report("SOP006", start, max(end, start + 1), limit=self._limits.depth)
            raise Stop
        self._count(1, start, end)
        self._refuse_as_key(start, end)
        node = Node(start, end)
        node.children = {} if isinstance(data, dict) else []
        node.keys = {}
        if event.anchor is not None:
            self._open_anchors[event.anchor] = self._open_anchors.get(event.anchor, 0) + 1
        self._stack.append(_Open(node, data, event.anchor))

    def _refuse_as_key(self, start: int, end: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top is None or not top.is_map or top.key is not None:
            return
        before = self.text.text[top.node.start : start + 1]
        if before == "{{":
            close = self.text.text.find("}}", start)
            line_end = self.text.text.find("\n", start)
            stop = close + 2 if close >= 0 and (line_end < 0 or close < line_end) else start + 1
            top.spoiled = True
            self.report("SOP024", top.node.start, stop, rest="")
        else:
            self.report("SOP013", start, max(end, start + 1), rest="")

    def _close(self, event: Any) -> None:
        done = self._stack.pop()
        node = done.node
        if event.end_mark.index > event.start_mark.index:
            node.end = event.end_mark.index
        if done.anchor is not None:
            self._open_anchors[done.anchor] -= 1
            self._anchors[done.anchor] = (node, done.data)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_map and top.key is None:
            top.key = _NOTHING
            return
        self._attach(node, _NOTHING if done.spoiled else done.data)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_map and top.key is None:
            self.report("SOP013", start, end, rest="")
            top.key = _NOTHING
            return
        if self._open_anchors.get(event.anchor):
            self.report("SOP012", start, end, name=_short(event.anchor))
        elif event.anchor not in self._anchors:
            self.report("SOP011", start, end, name=_short(event.anchor))
        else:
            self._repeat(self._anchors[event.anchor], start, end)
            return
        self._attach(Node(start, end), _NOTHING)

    def _repeat(self, anchored: tuple[Node, Any], start: int, end: int) -> None:
        node, data = anchored
        self._count(node.weight, start, end)
        if len(self._stack) + node.height > self._limits.depth:
            self.report("SOP006", start, end, limit=self._limits.depth)
            raise Stop
        self._attach(node, data, until=end)

    def _attach(self, node: Node, value: Any, until: int | None = None) -> None:
        if not self._stack:
            self.root, self.data = node, None if value is _NOTHING else value
            return
        top = self._stack[-1]
        parent, key = top.node, top.key
        top.key = None
        parent.weight += node.weight
        parent.height = max(parent.height, node.height + 1)
        parent.end = max(parent.end, node.end if until is None else until)
        if value is _NOTHING or key is _NOTHING:
            parent.torn = True
            return
        if isinstance(key, str):
            parent.children[key] = node  # type: ignore[index, call-overload]
            top.data[key] = value
        else:
            parent.children.append(node)  # type: ignore[union-attr]
            top.data.append(value)

    def _refuse_tag(self, event: Any) -> None:
        start = event.start_mark.index
        written = self.text.text[start : start + 80].split()
        tag = next((word for word in written if word.startswith("!")), "!")
        self.report("SOP010", start, start + len(tag), tag=_short(tag))

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self.text.text[start:end].rstrip())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
