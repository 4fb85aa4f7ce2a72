"""From files to SOPs: read, check the shape, build, and let the linter prove that what is written makes sense.

::

    sop = load("sops/lead-handling.yaml")     # Sop, or InvalidSop with every error
    problems = check("sops/")                 # every diagnostic of every file, errors or not
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sopengine.diagnostics import Diagnostic, Span
from sopengine.errors import InvalidSop
from sopengine.language.build import build
from sopengine.language.builder.files import Borrowed, Files, Unavailable, brief
from sopengine.language.model import Sop
from sopengine.language.schema import checked
from sopengine.lint import lint
from sopengine.locking import find_lock, frozen
from sopengine.people import People, check_people
from sopengine.source import Document, read, read_file
from sopengine.source.opening import why_unread

SUFFIXES = (".yaml", ".yml")
NOT_SEARCHED = frozenset(("node_modules", "__pycache__", "venv"))

_KEYS_LOOKED_AT: Final = 50
_SHORT: Final = 6
_ALIKE: Final = 0.85
_OTHER_WORDS: Final = frozenset(("shop", "soap", "stop"))
"""What is spelled nearly like `sop` and means something else in other tools' files."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file: the SOP when there is one, every diagnostic in the order of the text, and the texts by
    name.
    """

    sop: Sop | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def load(path: str | os.PathLike[str]) -> Sop:
    """The SOP in a file, proved by the linter. Warnings and remarks do not stop it.

    Files that it names (`use`, templates) are read from below the folder of the file, and its calendars' days from the
    lock beside it, when there is one. Raises `InvalidSop` with every error.
    """
    return _valid(examine(path))


def load_text(text: str | bytes, name: str = "<text>", *, root: str | os.PathLike[str] | None = None) -> Sop:
    """The SOP in a text; `name` is how its places are called. Without `root`, a folder, it may name no other files.

    >>> sop = load_text("sop: demo\\ntitle: Demo\\nversion: '1'\\nstages: {capture: {owner: sales}}\\n")
    >>> sop.start, [way.to for way in sop.stages["capture"].exits]
    ('capture', ['won'])
    """
    return _valid(understood(read(text, name), None if root is None else Folder(Path(root))))


def check(path: str | os.PathLike[str], people: str | os.PathLike[str] | None = None) -> list[Diagnostic]:
    """Everything that is wrong with, or worth knowing about, a file or every SOP below a folder. Never raises for
    it. A file that is named may be a ``people.yaml`` too. `people` is the directory of these SOPs, judged by them.
    """
    loaded: list[Loaded] = []
    found: list[Diagnostic] = []
    try:
        if not Path(path).is_dir():
            loaded.append(whatever(read_file(path), Folder(Path(path).parent, Path(path))))
        for file in yaml_files(Path(path)) if Path(path).is_dir() else ():
            document = read_file(file)
            if is_sop(document):
                loaded.append(understood(document, Folder(file.parent, file)))
    except OSError as problem:
        found.append(Diagnostic("SOP017", Span(str(path), 1, 1, 1, 1), {"reason": why_unread(problem)}))
    if people is not None:
        loaded.append(directory(read_file(people), loaded))
    return [*(diagnostic for one in loaded for diagnostic in one.diagnostics), *found]


def examine(path: str | os.PathLike[str]) -> Loaded:
    """One file, read as an SOP whatever it holds."""
    file = Path(path)
    return understood(read_file(path), Folder(file.parent, file))


def whatever(document: Document, files: Files) -> Loaded:
    """A file that somebody named, for what it is: a directory of people where it says ``people:`` and no ``sop:``, else an
    SOP whatever it holds.
    """
    if not document.readable or not document.mentions(("people",)) or document.mentions(("sop",)):
        return understood(document, files)
    return directory(document, ())


def directory(document: Document, of: Iterable[Loaded]) -> Loaded:
    """A directory of people, and how it fits the SOPs that were loaded; those with errors are to be corrected first, and
    until then nothing is said about the fit.
    """
    texts = {document.name: document.text}
    try:
        people = People.from_document(document)
    except InvalidSop as invalid:
        return Loaded(None, _ordered(invalid.diagnostics), texts)
    loaded = [one for one in of if one.sop is not None]
    wrong = any(problem.severity == "error" for one in loaded for problem in one.diagnostics)
    sops = [] if wrong else [one.sop for one in loaded if one.sop is not None]
    for sop in sops:
        texts |= sop.document.texts
    return Loaded(None, _ordered((*people.problems, *check_people(people, *sops))), texts)


def is_sop(document: Document) -> bool:
    """Whether a file of a folder is to be checked: it says ``sop:``, was plainly meant to, or cannot be read at all."""
    if not document.readable:
        return True
    return isinstance(document.data, dict) and (document.mentions(("sop",)) or _meant_as_sop(document.data))


def _meant_as_sop(data: Mapping[str, Any]) -> bool:
    """Whether ``sop:`` was forgotten or misspelt. A list of ``stages`` is some other tool's."""
    names = (name.casefold() for name in islice(data, _KEYS_LOOKED_AT) if isinstance(name, str) and len(name) < _SHORT)
    return isinstance(data.get("stages"), dict) or any(
        name not in _OTHER_WORDS and get_close_matches(name, ("sop",), cutoff=_ALIKE) for name in names
    )


def understood(document: Document, files: Files | None) -> Loaded:
    """A document that has been read: its shape checked, built and linted; `files` is where it may borrow from."""
    if not document.readable:
        return Loaded(None, _ordered(document.problems), {document.name: document.text})
    shape, pruned = checked(document)
    sop, meaning = build(pruned, files)
    whole = not any(problem.severity == "error" for problem in (*document.problems, *shape, *meaning))
    proved = [] if sop is None else lint(sop, whole=whole)
    texts = {document.name: document.text} if sop is None else dict(sop.document.texts)
    if sop is not None and isinstance(files, Folder) and (beside := find_lock(sop, files)) is not None:
        sop, about_lock = frozen(sop, beside)
        proved += about_lock
        texts[beside.name] = beside.text
    return Loaded(sop, _ordered((*document.problems, *shape, *meaning, *proved)), texts)


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder in a stable order, without hidden folders and environments.

    Only regular files that really lie there: a link that leads out could show a stranger's file in a report, and a pipe
    would be waited for. OSError when the folder itself cannot be listed; those below it that cannot are passed over.
    """
    os.listdir(folder)
    top = folder.resolve()
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith(".") and name not in NOT_SEARCHED)
        for name in sorted(names):
            file = Path(place, name)
            if name.endswith(SUFFIXES) and name[0] != "." and file.is_file() and file.resolve().is_relative_to(top):
                yield file


class Folder:
    """The folder of an SOP, as the place that its other files come from.

    Rule: a path is relative, stays below the folder after every symbolic link is followed, and names a regular file of
    bounded size. Whoever sends an SOP may not read the receiver's disk with it.
    """

    def __init__(self, root: Path, main: Path | None = None) -> None:
        self.root = root
        self.main = main

    def read(self, named: str, limit: int) -> Borrowed:
        """The file, or Unavailable with the reason."""
        path = self._located(named)
        if self.main is not None and path == _real(self.main):
            raise Unavailable("SOP705", name=brief(named))
        shown = self.root / path.relative_to(self.root.resolve())
        return Borrowed(str(shown), str(path), _content(path, named, limit))

    def has(self, named: str) -> bool:
        """Whether anything of that name lies in the folder, even what `read` refuses."""
        return os.path.lexists(self.root / named)

    def _located(self, named: str) -> Path:
        if named.startswith(("/", "~")) or "\\" in named or ":" in named.split("/")[0]:
            raise Unavailable("SOP701", name=brief(named))
        found = _real(self.root / named)
        if found is None:
            raise Unavailable("SOP701" if ".." in named.split("/") else "SOP703", name=brief(named))
        if not found.is_relative_to(self.root.resolve()):
            raise Unavailable("SOP701", name=brief(named))
        return found


def _real(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None


def _content(path: Path, named: str, limit: int) -> bytes:
    """The bytes of a regular file. A pipe or device is never waited for, and a link put there meanwhile is not
    followed.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read(limit + 1) if regular else None
    except OSError:
        data = None
    if data is None:
        raise Unavailable("SOP703", name=brief(named))
    if len(data) > limit:
        raise Unavailable("SOP704", name=brief(named), limit=limit // 1024)
    return data


def _ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """In the order of the text, each once."""
    once = {(d.code, d.span, repr(d.params)): d for d in diagnostics}
    return tuple(sorted(once.values(), key=lambda d: (d.span, d.code)))


def _valid(loaded: Loaded) -> Sop:
    errors = [problem for problem in loaded.diagnostics if problem.severity == "error"]
    if errors or loaded.sop is None:
        raise InvalidSop(errors)
    return loaded.sop
