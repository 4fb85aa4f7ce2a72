"""`use`: other files lend roles, calendars, fields, documents, templates and the contact policy.

What the SOP itself declares under a name wins nothing: the same name twice is a mistake, since nobody could tell which of the
two a reader has in mind.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from sopengine.diagnostics import Diagnostic, Related
from sopengine.language.builder.files import Unavailable, content, located
from sopengine.language.builder.reader import Reader, items
from sopengine.language.model import Path
from sopengine.language.schema import validate_fragment
from sopengine.source import Document, read

LENDABLE = ("calendars", "roles", "fields", "documents", "templates")
WHOLE = ("contact_policy",)
MOST_FILES = 64


class Lender:
    """Reads the files that `use` names and merges what they lend. A lent file names no further files."""

    def __init__(self, reader: Reader, data: Mapping[str, Any], root: FilePath | None) -> None:
        self.reader = reader
        self.root = root
        self.merged: dict[str, Any] = dict(data)

    def merge(self, own: FilePath | None) -> dict[str, Any]:
        """The SOP's data with everything lent; problems go to the reader."""
        done = set() if own is None else {own}
        for number, (named, path) in enumerate(items(self.merged.get("use"), ("use",))):
            if number == MOST_FILES:
                self.reader.problem("SOP706", path, limit=MOST_FILES)
                break
            if isinstance(named, str):
                self._file(named, path, done)
        return self.merged

    def _file(self, named: str, path: Path, done: set[FilePath]) -> None:
        try:
            found = located(self.root, named)
            if found in done:
                raise Unavailable("SOP705", name=named)
            text = content(found, named)
        except Unavailable as problem:
            self.reader.problem(problem.code, path, **problem.params)
            return
        done.add(found)
        self._take(read(text, self._shown(found)))

    def _shown(self, found: FilePath) -> str:
        """A lent file is called as it lies beside the SOP, in the words of whoever named the SOP."""
        top = (self.root or found.parent).resolve()
        return str(FilePath(self.reader.sources.main.name).parent / found.relative_to(top))

    def _take(self, document: Document) -> None:
        self.reader.diagnostics.extend(document.problems)
        self.reader.sources.remember(document.name, document.text)
        if not isinstance(document.data, Mapping):
            return
        problems, data = validate_fragment(document)
        self.reader.diagnostics.extend(problems)
        for section in LENDABLE:
            self._section(section, data.get(section), document)
        for section in WHOLE:
            if section in data:
                self._entry(self.merged, section, data[section], (section,), document)

    def _section(self, section: str, lent: Any, document: Document) -> None:
        if not isinstance(lent, Mapping):
            return
        present = self.merged.get(section)
        target = dict(present) if isinstance(present, Mapping) else {}
        for name, value in lent.items():
            self._entry(target, str(name), value, (section, str(name)), document)
        self.merged[section] = target

    def _entry(self, target: dict[str, Any], key: str, value: Any, entry: tuple[str, ...], document: Document) -> None:
        if key not in target:
            target[key] = value
            self.reader.sources.lend(entry, document)
            return
        first = Related(self.reader.sources.key_span(entry), "hint.first_here")
        problem = Diagnostic("SOP707", document.key_span(entry), {"name": key}, related=(first,))
        self.reader.diagnostics.append(problem)
