"""The pages are true: their programs run and print what they say, their SOPs are clean, their commands answer so.

A page is read by its fenced blocks. ``python`` is run, and prints exactly the ``text`` block that follows it at once (or
nothing). ``yaml`` that says ``sop:`` is checked. ``console`` is typed into a shell, line by line after ``$``. A block whose
first line is a comment with a file name (``# lead-sales.yaml``) is that file as well; what the README names is there for
every page. The blocks of a page share one empty folder and one namespace, in their order.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import sopengine
from sopengine.cli import COMMANDS
from sopengine.loading import check

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# ([\w.-]+\.(?:yaml|py|csv|sh|txt|jsonl))$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
RUNNABLE = {"python", "console", "yaml"}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line of the page on which the text begins."""

    language: str
    text: str
    line: int

    @property
    def name(self) -> str | None:
        """The file that the block is, when its first line says so."""
        first = NAMED.match(self.text)
        return first[1] if first else None


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [Block(found[1], found[2], text.count("\n", 0, found.start()) + 2) for found in FENCE.finditer(text)]


def name_of(page: Path) -> str:
    """A page by its path in the repository."""
    return page.relative_to(ROOT).as_posix()


def run_python(page: Path, block: Block, names: dict[str, Any]) -> str:
    """What a program prints; its errors name the page and the line."""
    printed = io.StringIO()
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec", dont_inherit=True)
    with contextlib.redirect_stdout(printed):
        exec(code, names)  # noqa: S102 - running the program is the test
    return printed.getvalue()


def run_console(block: Block, folder: Path) -> str:
    """The block as a terminal would show it: each command after ``$``, and what it answers."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    plain = {"PATH": programs, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "80"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    shown, status = [], 0
    for command in re.findall(r"^\$ (.*)$", block.text, re.MULTILINE):
        done = subprocess.run(  # noqa: S603 - the commands are those of our own pages
            ["/bin/sh", "-c", f"(exit {status}); {command}"],
            cwd=folder,
            env=environment | plain,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        status = done.returncode
        shown.append(f"$ {command}\n{done.stdout}")
    return without_timing("".join(shown))


def without_timing(text: str) -> str:
    """What pytest prints, less how long it took."""
    return re.sub(r" in \d+\.\d+s\b", "", text)


def lay_out(folder: Path, page: Path) -> None:
    """The folder that a reader has: the sample procedures, and every file that the README and the page name."""
    shutil.copytree(ROOT / "sops", folder / "sops")
    for block in (*blocks(README), *blocks(page)):
        if block.name is not None:
            (folder / block.name).write_text(block.text, encoding="utf-8")


PROGRAMS = [page for page in PAGES if RUNNABLE & {block.language for block in blocks(page)}]


@pytest.mark.parametrize("page", PROGRAMS, ids=name_of)
def test_a_page_does_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each program of a page prints the block after it, and each command answers as shown."""
    lay_out(tmp_path, page)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    found = blocks(page)
    for block, following in zip(found, [*found[1:], Block("", "", 0)], strict=True):
        place = f"{name_of(page)}:{block.line}"
        if block.language == "python":
            expected = following.text if following.language == "text" else ""
            assert run_python(page, block, names) == expected, place
        elif block.language == "console":
            assert run_console(block, tmp_path) == block.text, place


def sops() -> list[Any]:
    """Every whole SOP that a page shows, with its page."""
    return [
        pytest.param(page, block, id=f"{name_of(page)}:{block.line}")
        for page in PAGES
        for block in blocks(page)
        if block.language == "yaml" and re.search(r"^sop:", block.text, re.MULTILINE)
    ]


@pytest.mark.parametrize(("page", "block"), sops())
def test_an_sop_on_a_page_is_clean(page: Path, block: Block, tmp_path: Path) -> None:
    """Each SOP on a page passes the linter without an error or a warning; one that is called broken does not."""
    lay_out(tmp_path, page)
    file = tmp_path / (block.name or "unnamed.yaml")
    file.write_text(block.text, encoding="utf-8")
    problems = [problem.text() for problem in check(file) if problem.severity != "info"]
    assert bool(problems) == file.name.startswith("broken"), problems


def test_the_smallest_sop_is_small() -> None:
    """The SOP that the README begins with has fewer than 40 lines."""
    first = next(block for block in blocks(README) if block.language == "yaml")
    assert first.text.count("\n") < 40


def test_the_readme_is_short() -> None:
    """The README is read at one sitting: fewer than 200 lines."""
    assert README.read_text(encoding="utf-8").count("\n") < 200


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_block_has_a_language(page: Path) -> None:
    """Each fenced block says what it is, so that none escapes its test by a slip; a page's fences are paired."""
    assert {block.language for block in blocks(page)} <= RUNNABLE | {"text", "sh", "json", "toml", "ini"}
    lines = page.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("```") for line in lines) == 2 * len(blocks(page))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, made as GitHub makes them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_link_leads_somewhere(page: Path) -> None:
    """Each link inside the repository names a file that is there and a heading that it has."""
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        file = (page.parent / parts.path).resolve() if parts.path else page
        assert file.exists(), target
        assert not parts.fragment or parts.fragment in anchors(file), target


def test_the_architecture_names_every_room() -> None:
    """Each room of the package has its line in the table of floors, and each line a room."""
    table = re.findall(r"^\| \d \| (.*?) \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {room for line in table for room in re.findall(r"`(\w+)`", line)}
    rooms = {module.name for module in pkgutil.iter_modules(sopengine.__path__)}
    assert named == rooms - {"__main__"}


def test_the_readme_names_every_command() -> None:
    """Each command of the command line is in the README's table."""
    text = README.read_text(encoding="utf-8")
    assert [name for name, _ in COMMANDS if f"| `sopengine {name}" not in text] == []


MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(sopengine.__path__, "sopengine.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", ["sopengine", *MODULES])
def test_examples_in_docstrings_are_true(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example in a docstring gives what it says."""
    monkeypatch.chdir(tmp_path)
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0
