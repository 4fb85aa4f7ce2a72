"""The wheel that a user installs: complete, with no more than the core dependencies, from any directory."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BUNDLED = ("schemas", "sops")

IMPORT_EVERYTHING = """
import importlib, pkgutil, sopengine
names = [m.name for m in pkgutil.walk_packages(sopengine.__path__, "sopengine.")]
for name in names:
    if not name.endswith("__main__") and name != "sopengine.testing.strategies":
        importlib.import_module(name)
print(len(names))
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a directory, with nothing of this process's own Python environment."""
    leaks = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONWARNINGS")
    clean = {name: value for name, value in os.environ.items() if name not in leaks}
    return subprocess.run(  # noqa: S603 - the commands are this module's own
        [str(part) for part in command], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )


def succeed(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, and return what it prints."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built as pip builds it for a user."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    succeed(*pip, "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that has nothing to do with the checkout."""
    return tmp_path_factory.mktemp("else where")


@pytest.fixture(scope="module")
def clean_bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel and what the wheel itself asks for."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "install", "--no-input", "--quiet")
    probe = run(*pip, "--dry-run", "--no-deps", "--no-cache-dir", PROJECT["dependencies"][0], cwd=folder)
    if probe.returncode != 0:
        pytest.skip(f"no package index can be reached: {probe.stderr.strip().splitlines()[-1]}")
    succeed(*pip, wheel, cwd=folder)
    return programs


def bundled_files() -> dict[str, bytes]:
    """What the checkout has to ship, by the name it must have in the wheel."""
    return {
        f"sopengine/_bundled/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for folder in BUNDLED
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }


def test_the_wheel_holds_schemas_and_sops(wheel: Path) -> None:
    """Every schema and every sample procedure is in the wheel, byte for byte."""
    expected = bundled_files()
    with zipfile.ZipFile(wheel) as archive:
        shipped = {n: archive.read(n) for n in archive.namelist() if n.startswith("sopengine/_bundled/")}
    assert shipped == expected
    assert {name.split("/")[2] for name in shipped} == set(BUNDLED)


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    """The wheel holds each module, the type marker and the licence, and no test, benchmark or page."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sopengine").rglob("*.py")}
    assert modules <= names
    assert "sopengine/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"sopengine"}


def test_the_core_dependencies_suffice(clean_bin: Path, elsewhere: Path) -> None:
    """Every module can be imported where only the core dependencies are installed."""
    succeed(clean_bin / "python", "-m", "pip", "check", cwd=elsewhere)
    assert int(succeed(clean_bin / "python", "-c", IMPORT_EVERYTHING, cwd=elsewhere)) > 10


def test_the_package_is_imported_from_the_wheel(clean_bin: Path, elsewhere: Path) -> None:
    """`import sopengine` takes the installed package, not the checkout, and warns of nothing."""
    script = "import sopengine; print(sopengine.__file__)"
    where = succeed(clean_bin / "python", "-W", "error", "-c", script, cwd=elsewhere)
    assert Path(where.strip()).is_relative_to(clean_bin.parent)


def test_the_command_explains_itself(clean_bin: Path, elsewhere: Path) -> None:
    """`sopengine --help` works from anywhere and names the command that checks."""
    assert "check" in succeed(clean_bin / "sopengine", "--help", cwd=elsewhere)


def shipped_sops(clean_bin: Path) -> list[Path]:
    """The sample procedures where the wheel has put them."""
    (folder,) = clean_bin.parent.rglob("sopengine/_bundled/sops")
    return sorted(path for path in folder.rglob("*.yaml") if "\nsop: " in "\n" + path.read_text(encoding="utf-8"))


def test_a_shipped_sop_is_clean(clean_bin: Path, elsewhere: Path) -> None:
    """`sopengine check` finds nothing wrong in a procedure that the wheel ships, and exits with 0."""
    sops = shipped_sops(clean_bin)
    assert sops
    done = run(clean_bin / "sopengine", "check", sops[0], cwd=elsewhere)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_sop_is_reported(clean_bin: Path, elsewhere: Path) -> None:
    """`sopengine check` names the file and line of a mistake, and exits with 1."""
    wrong = elsewhere / "wrong.yaml"
    wrong.write_text("sop: wrong\ntitle: Wrong\nversion: 1.10\nstages:\n  capture: {owner: sales}\n", encoding="utf-8")
    done = run(clean_bin / "sopengine", "check", wrong, cwd=elsewhere)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "wrong.yaml:3" in done.stdout + done.stderr


def test_a_wrong_command_line_is_told_apart(clean_bin: Path, elsewhere: Path) -> None:
    """A command line that makes no sense exits with 2, without a traceback."""
    done = run(clean_bin / "sopengine", "check", "--no-such-option", cwd=elsewhere)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
