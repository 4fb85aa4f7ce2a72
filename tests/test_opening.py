"""Files as the user's system gives them: pipes that end, pipes that never do, and reasons in the user's language."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sopengine.cli import main
from sopengine.source import opening, read_file

SOP = "sop: demo\ntitle: Demo\nversion: '1'\nlanguage: en\nstages: {a: {owner: x}}\n"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe that nobody has opened."""
    os.mkfifo(tmp_path / "pipe.yaml")
    return tmp_path / "pipe.yaml"


def test_a_pipe_is_read_to_its_end(pipe: Path) -> None:
    """What a writer sends in two parts arrives whole."""
    half = len(SOP) // 2

    def write() -> None:
        with pipe.open("w") as stream:
            for part in (SOP[:half], SOP[half:]):
                stream.write(part)
                stream.flush()

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    assert read_file(pipe).data["sop"] == "demo"
    writer.join(10)


@pytest.mark.parametrize("command", ["check", "lock"])
def test_a_silent_pipe_is_given_up(
    command: str, pipe: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe that nobody writes to is a sentence and exit code 2, not an endless wait."""
    monkeypatch.setattr(opening, "SILENCE", 20)
    assert main([command, str(pipe), "--lang", "id"]) == 2
    assert "itu sebuah pipa (pipe), dan tidak ada isi yang masuk." in capsys.readouterr().err


def test_a_pipe_holds_no_more_than_the_limit(pipe: Path) -> None:
    """A writer without end is cut off at the limit."""

    def write() -> None:
        try:
            with pipe.open("w") as stream:
                while True:
                    stream.write("x" * 1000)
        except BrokenPipeError:
            pass

    threading.Thread(target=write, daemon=True).start()
    assert opening.read_bytes(pipe, 5000) == b"x" * 5000


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EACCES, "Anda tidak berhak membacanya"), (errno.EIO, "sistem tidak dapat membacanya")],
)
@pytest.mark.parametrize("command", ["check", "lock", "run"])
def test_a_forbidden_file_is_said_in_the_users_language(
    command: str,
    number: int,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No English of the system and no name of an object reaches the reader."""
    file = tmp_path / "a.yaml"
    file.write_text(SOP, encoding="utf-8")

    def refuse(*_: object) -> bytes:
        raise OSError(number, "Permission denied")

    monkeypatch.setattr("sopengine.source.reader.read_bytes", refuse)
    words = [str(file), "leads.jsonl"] if command == "run" else [str(file)]
    assert main([command, *words, "--lang", "id"]) == 2
    said = capsys.readouterr().err
    assert f"{reason}." in said
    assert "denied" not in said
    assert "Term(" not in said


@pytest.mark.parametrize("command", ["check", "lock"])
def test_a_forbidden_folder_is_said_in_the_users_language(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that cannot be listed, and one that cannot even be looked at."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr("os.listdir", refuse)
    assert main([command, str(tmp_path), "--lang", "id"]) == 2
    assert "tidak dapat dibaca: Anda tidak berhak membacanya." in capsys.readouterr().err
    monkeypatch.setattr(Path, "stat", refuse)
    assert main([command, str(tmp_path), "--lang", "id"]) == 2
    assert "tidak dapat dibaca: Anda tidak berhak membacanya." in capsys.readouterr().err


@pytest.mark.parametrize(("leads", "reason"), [("none.jsonl", "berkasnya tidak ada"), (".", "itu sebuah folder")])
def test_leads_that_cannot_be_read_are_said_in_the_users_language(
    leads: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there and a folder are told apart."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(SOP, encoding="utf-8")
    assert main(["run", "a.yaml", leads, "--lang", "id"]) == 2
    assert capsys.readouterr().err == f"{leads} tidak dapat dibaca: {reason}.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_a_full_disk_is_a_sentence() -> None:
    """Output that cannot be kept ends with exit code 2 and the reason, without a traceback."""
    with open("/dev/full", "w") as full:
        words = [sys.executable, "-m", "sopengine", "demo", "--lang", "en"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (2, "sopengine: The output could not be written: the disk is full.\n")
