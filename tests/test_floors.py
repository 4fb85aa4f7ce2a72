"""Nothing below the engine reads a clock, a disk or a network, prints or exits: time and data are arguments."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import sopengine

PACKAGE = Path(sopengine.__file__).parent
ENGINE_AND_ABOVE = frozenset(
    {
        *("engine", "loading", "routines", "locking", "scenarios", "show", "diff", "trace", "scaffold"),
        *("cli", "testing", "worker", "__init__", "__main__"),
    }
)

IMPURE_BUILTINS = frozenset({"open", "print", "input", "exit", "quit", "breakpoint", "SystemExit", "eval", "exec"})
IMPURE_NAMES = frozenset(
    {
        *("datetime.datetime." + name for name in ("now", "utcnow", "today")),
        "datetime.date.today",
        *("sys." + name for name in ("exit", "stdin", "stdout", "stderr", "argv")),
        *("uuid." + name for name in ("uuid1", "uuid4")),
        *("io.open", "io.open_code", "codecs.open", "urllib.request"),
    }
)
IMPURE_MODULES = frozenset(
    {
        *("time", "socket", "ssl", "http", "httpx", "requests", "smtplib", "subprocess", "asyncio", "multiprocessing"),
        *("random", "secrets", "tempfile", "shutil", "fileinput", "glob", "sqlite3", "psycopg"),
    }
)
# Of `os`, only what works on text.
PURE_OS = frozenset(
    {
        *("os", "os.path", "os.PathLike", "os.fspath", "os.sep"),
        *("os.path." + name for name in ("join", "split", "splitext", "basename", "dirname", "normpath", "isabs")),
    }
)
# A method whose owner cannot be told from the text, but whose name can only mean a clock or a disk.
IMPURE_METHODS = frozenset(
    {
        *("now", "utcnow", "today"),
        *("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "is_file", "is_dir", "mkdir"),
    }
)

# room, or room.function: the impure things that it may use, and why.
ALLOWED: dict[str, tuple[frozenset[str], str]] = {
    "store": (
        frozenset({"sqlite3", "psycopg", "secrets"}),
        "a store is where events are kept: a database is its subject; the rest of the rule holds for it too",
    ),
    "bundled": (
        frozenset({"is_file", "is_dir", "iterdir", "rglob", "read_text", "read_bytes"}),
        "it finds and reads the schemas and procedures that ship inside the package, never a user's file",
    ),
    "source.read_file": (
        frozenset({"read_bytes"}),
        "it reads a procedure's file through the door below, and turns what goes wrong into a diagnostic",
    ),
    "source.read_bytes": (
        frozenset({"open"}),
        "the one door for a procedure's file, so that size, encoding and root are checked in one place",
    ),
    "source._piped": (frozenset({"os"}), "the same door where the file is a pipe, which must not be waited for forever"),
}


class Impurity(NamedTuple):
    """One use of the outside world: the room and function it is in, what it uses, and the line."""

    place: str
    uses: str
    line: int


def _imported_names(tree: ast.AST) -> dict[str, str]:
    """What each imported name of a module stands for, in full."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _full_name(node: ast.expr, imported: dict[str, str]) -> str | None:
    """`dt.now` as `datetime.datetime.now`, when `dt` was imported under that name; otherwise None."""
    if isinstance(node, ast.Name):
        return imported.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _full_name(node.value, imported)
        return f"{owner}.{node.attr}" if owner else None
    return None


def _global_builtins(text: str) -> frozenset[str]:
    """The impure builtins that a module really refers to, as opposed to its own names that are spelt the same."""
    top = symtable.symtable(text, "module", "exec")
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}

    def walk(table: symtable.SymbolTable) -> Iterator[str]:
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or table is top) and symbol.get_name() not in bound:
                yield symbol.get_name()
        for child in table.get_children():
            yield from walk(child)

    return frozenset(walk(top)) & IMPURE_BUILTINS


def _impure_use(node: ast.AST, imported: dict[str, str], builtins: frozenset[str]) -> str | None:
    """What of the outside world one node of the tree uses, if anything."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in builtins:
        return node.id
    if isinstance(node, ast.Name | ast.Attribute) and (name := _full_name(node, imported)):
        if name in IMPURE_NAMES:
            return name
        top = name.partition(".")[0]
        if top in IMPURE_MODULES or (top == "os" and name not in PURE_OS):
            return top
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in IMPURE_METHODS:
        return node.func.attr
    return None


def impurities(text: str, room: str) -> list[Impurity]:
    """Every use of a clock, a disk, a network or the terminal in the text of one module."""
    tree = ast.parse(text)
    imported, builtins = _imported_names(tree), _global_builtins(text)
    found: list[Impurity] = []

    def visit(node: ast.AST, place: str) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and place == room:
            place = f"{room}.{node.name}"
        if uses := _impure_use(node, imported, builtins):
            found.append(Impurity(place, uses, getattr(node, "lineno", 0)))
        for child in ast.iter_child_nodes(node):
            visit(child, place)

    visit(tree, room)
    return found


def _modules_below_the_engine() -> dict[str, Path]:
    """Each module under the engine's floor, by its dotted name inside the package."""
    paths = {path.relative_to(PACKAGE).with_suffix(""): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {
        ".".join(relative.parts): path
        for relative, path in paths.items()
        if relative.parts[0] not in ENGINE_AND_ABOVE and relative.parts[0] != "_bundled"
    }


def _room(module: str) -> str:
    return module.partition(".")[0]


def _is_allowed(found: Impurity) -> bool:
    rooms = (found.place, _room(found.place))
    return any(found.uses in ALLOWED[place][0] for place in rooms if place in ALLOWED)


@pytest.mark.parametrize("module", _modules_below_the_engine())
def test_a_module_below_the_engine_is_pure(module: str) -> None:
    """No module below the engine touches the outside world, but for what is listed with its reason."""
    text = _modules_below_the_engine()[module].read_text(encoding="utf-8")
    offences = [found for found in impurities(text, _room(module)) if not _is_allowed(found)]
    assert offences == []


def test_there_are_modules_to_look_at() -> None:
    """The rooms that every later one stands on are among the modules that are looked at."""
    rooms = {_room(module) for module in _modules_below_the_engine()}
    assert rooms >= {"diagnostics", "errors", "wording", "language", "kernel", "lint", "store"}


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("import datetime\ndatetime.datetime.now()", "datetime.datetime.now"),
        ("from datetime import datetime as dt\nf = dt.utcnow", "datetime.datetime.utcnow"),
        ("from datetime import date\ndef f(): return date.today()", "datetime.date.today"),
        ("def f(clock): return type(clock).now()", "now"),
        ("import time\ntime.time()", "time"),
        ("from time import monotonic as m\nx = dict(default_factory=m)", "time"),
        ("def f():\n    from time import sleep\n    sleep(1)", "time"),
        ("with open('x') as f: pass", "open"),
        ("def f(opener=open): pass", "open"),
        ("import io\nio.open('x')", "io.open"),
        ("from pathlib import Path\nPath('x').read_text()", "read_text"),
        ("print('x')", "print"),
        ("import sys\nsys.exit(1)", "sys.exit"),
        ("from sys import stderr\nstderr.write('x')", "sys.stderr"),
        ("raise SystemExit(1)", "SystemExit"),
        ("import socket as s\ns.socket()", "socket"),
        ("import urllib.request\nurllib.request.urlopen('x')", "urllib.request"),
        ("import os\nos.environ['TZ']", "os"),
        ("from os import path\npath.exists('x')", "os"),
        ("import sqlite3\nsqlite3.connect('x')", "sqlite3"),
    ],
)
def test_each_way_out_is_seen(text: str, uses: str) -> None:
    """Each way to reach the outside world is found, under whatever name it was imported."""
    assert uses in {found.uses for found in impurities(text, "kernel")}


@pytest.mark.parametrize(
    "text",
    [
        "def due(now: int) -> int: return now + 1",
        "def f(context): return context.now",
        "def f(windows):\n    open = [w for w in windows if w]\n    return open",
        "class Case:\n    def open(self): ...\n    def f(self): return self.open()",
        "from sopengine.time import durations\ndurations.parse('1h')",
        "from datetime import datetime, UTC\ndatetime.fromtimestamp(0, UTC)",
        "import os\nos.path.join('a', 'b')",
        "def print(x): ...\nprint(1)",
    ],
)
def test_what_is_pure_is_left_alone(text: str) -> None:
    """A name of one's own that is spelt like a way out is not one."""
    assert impurities(text, "kernel") == []


def test_an_allowance_holds_only_where_it_was_given() -> None:
    """What one function may do, another function of the same room, and another room, may not."""
    text = "def read_bytes(path): return open(path)\ndef other(path): return open(path)"
    assert [_is_allowed(found) for found in impurities(text, "source")] == [True, False]
    assert [_is_allowed(found) for found in impurities(text, "kernel")] == [False, False]


@pytest.mark.parametrize("place", ALLOWED)
def test_an_allowance_is_for_a_room_that_stands(place: str) -> None:
    """An allowance names a room and a function that exist, so none outlives what it was given for."""
    room, _, function = place.partition(".")
    texts = [p.read_text(encoding="utf-8") for m, p in _modules_below_the_engine().items() if _room(m) == room]
    functions = {n.name for t in texts for n in ast.walk(ast.parse(t)) if isinstance(n, ast.FunctionDef)}
    assert texts, f"there is no room {room}"
    assert not function or function in functions
