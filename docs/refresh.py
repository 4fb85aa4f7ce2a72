"""Writes down what the programs and commands of a page print now: ``python docs/refresh.py PAGE …``.

For when sentences of the catalogue were reworded. It runs a page exactly as the tests do, and replaces the blocks that show
output. It makes a page agree with the product, right or wrong: read the difference before it is committed.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def runner() -> ModuleType:
    """The tests of the pages, which know how a page is run."""
    spec = importlib.util.spec_from_file_location("test_docs", ROOT / "tests" / "test_docs.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/test_docs.py is needed")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def outputs(tests: ModuleType, page: Path, folder: Path) -> Iterator[tuple[Any, str]]:
    """Each block of a page that shows output, with what it should show."""
    names: dict[str, Any] = {"__name__": "__main__"}
    found = tests.blocks(page)
    for block, following in zip(found, [*found[1:], tests.Block("", "", 0)], strict=False):
        if block.language == "python":
            printed = tests.run_python(page, block, names)
            if following.language == "text":
                yield following, printed
        elif block.language == "console":
            yield block, tests.run_console(block, folder)


def refresh(tests: ModuleType, page: Path) -> None:
    """Run a page in an empty folder of its own, and replace what it shows."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        tests.lay_out(Path(name), page)
        shown = list(outputs(tests, page, Path(name)))
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for block, printed in sorted(shown, key=lambda pair: -pair[0].line):
        start = block.line - 1
        lines[start : start + block.text.count("\n")] = [printed]
    page.write_text("".join(lines), encoding="utf-8")


def main(words: list[str]) -> int:
    """Refreshes the named pages."""
    tests = runner()
    for page in map(Path, words):
        refresh(tests, page.resolve())
    return 0 if words else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
