"""The text behind one SOP: its own file, and the files that lend parts to it. Knows the place of every element."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sopengine.diagnostics import Span
from sopengine.language.places import offset_in
from sopengine.source import Document

Path = tuple[str | int, ...]
Entry = tuple[str, ...]
"""What a file lends: a section and a name in it (``("roles", "sales")``), or a whole section
(``("contact_policy",)``).
"""


class Sources:
    """One SOP's files. Paths are those of the merged SOP; the span points into the file where the element is
    written.
    """

    __slots__ = ("_files", "_lent", "_read", "main")

    def __init__(self, main: Document) -> None:
        self.main = main
        self._lent: dict[Entry, Document] = {}
        self._files: dict[Path, str] = {}
        self._read: dict[str, str] = {main.name: main.text}

    def lend(self, entry: Entry, document: Document) -> None:
        """Remembers that `entry` is written in `document` and not in the SOP's own file."""
        self._lent[entry] = document

    def remember(self, name: str, text: str, path: Path | None = None) -> None:
        """Adds the text of a further file that the SOP consists of; `path` when it is the value of one element."""
        self._read[name] = text
        if path is not None:
            self._files[path] = name

    def home(self, path: Path) -> Document:
        """The file in which the element at `path` is written."""
        if self._lent and path:
            for length in (1, 2):
                document = self._lent.get(tuple(str(step) for step in path[:length]))
                if document is not None:
                    return document
        return self.main

    def span(self, path: Path = ()) -> Span:
        """The place of the value at `path`, or of its nearest ancestor that is written."""
        return self.home(path).span(path)

    def key_span(self, path: Path) -> Span:
        """The place of the key at `path`; of the value where there is no key; of the nearest written ancestor
        otherwise.
        """
        document = self.home(path)
        while path and not document.mentions(path) and not _exists(document.data, path):
            path = path[:-1]
        return document.key_span(path) if path else _top(document)

    def inside(self, path: Path, line: int, column: int) -> Span:
        """The place of one character of a text value: line and column, from 1, count inside the value."""
        if path in self._files:
            return Span(self._files[path], line, column, line, column + 1)
        document = self.home(path)
        whole, raw = document.span(path), document.raw(path)
        start = document.offset(whole.line, whole.column)
        written = document.text[start : document.offset(whole.end_line, whole.end_column)]
        at = None if raw is None else offset_in(written, raw, line, column)
        return whole if at is None else _one_character(document, start + at)

    def raw(self, path: Path) -> str | None:
        """The scalar at `path` as it was written; None for maps, lists and what is not written."""
        return self.home(path).raw(path)

    @property
    def data(self) -> Any:
        """The SOP's own file as data, before anything lent is merged in."""
        return self.main.data

    @property
    def documents(self) -> tuple[Document, ...]:
        """The SOP's own file and every file that lends to it."""
        return tuple(dict.fromkeys((self.main, *self._lent.values())))

    @property
    def texts(self) -> Mapping[str, str]:
        """Every file that the SOP consists of, its own first: name → text."""
        return self._read

    def digest(self) -> str:
        """SHA-256 of all text, line breaks normalised: the same procedure has the same hash on every system."""
        return _digest(self._read)


def _one_character(document: Document, offset: int) -> Span:
    line = document.text.count("\n", 0, offset) + 1
    column = offset - document.text.rfind("\n", 0, offset)
    return Span(document.name, line, column, line, column + 1)


def _digest(texts: Mapping[str, str]) -> str:
    parts: Iterable[str] = (text.replace("\r\n", "\n").replace("\r", "\n") for text in texts.values())
    seal = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        seal.update(f"{len(encoded)}\n".encode())
        seal.update(encoded)
    return seal.hexdigest()


def _exists(data: Any, path: Path) -> bool:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _top(document: Document) -> Span:
    """The first line of a file: a finding about the whole file should not underline all of it."""
    whole = document.span()
    return Span(whole.file, whole.line, whole.column, whole.line, whole.column + 1)
