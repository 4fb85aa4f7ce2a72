"""`use`: other files lend roles, calendars, fields, documents, templates and the contact policy.

What the SOP itself declares under a name wins nothing: the same name twice is a mistake, since nobody could tell
which of the two a reader has in mind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine.diagnostics import Diagnostic, Related
from sopengine.language.builder.files import Files, Unavailable, brief
from sopengine.language.builder.reader import Reader, items, mapping
from sopengine.language.model import Path
from sopengine.language.schema import checked, lent_schema
from sopengine.source import SIZE_LIMIT, Document, read

LENDABLE = ("calendars", "roles", "fields", "documents", "templates")
WHOLE = ("contact_policy",)
MOST_FILES = 64


class Lender:
    """Reads the files that `use` names and merges what they lend. A lent file names no further files."""

    def __init__(self, reader: Reader, data: Mapping[str, Any], files: Files) -> None:
        self.reader = reader
        self.files = files
        self.merged: dict[str, Any] = dict(data)

    def merge(self) -> dict[str, Any]:
        """The SOP's data with everything lent; problems go to the reader."""
        done: set[str] = set()
        for number, (named, path) in enumerate(items(self.merged.get("use"), ("use",))):
            if number == MOST_FILES:
                self.reader.problem("SOP706", path, limit=MOST_FILES)
                break
            if isinstance(named, str):
                self._file(named, path, done)
        return self.merged

    def _file(self, named: str, path: Path, done: set[str]) -> None:
        try:
            found = self.files.read(named, SIZE_LIMIT)
            if found.identity in done:
                raise Unavailable("SOP705", name=brief(named))
        except Unavailable as problem:
            self.reader.problem(problem.code, path, **problem.params)
            return
        done.add(found.identity)
        self._take(read(found.data, found.name))

    def _take(self, document: Document) -> None:
        self.reader.diagnostics.extend(document.problems)
        self.reader.sources.remember(document.name, document.text)
        problems, document = checked(document, lent_schema())
        self.reader.diagnostics.extend(problems)
        data = mapping(document.data)
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
