"""The command line: what `check` and `rule` print, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopengine.cli import main
from sopengine.cli.arguments import chosen_language
from sopengine.diagnostics import Diagnostic, Span
from sopengine.lint import reporter

CASES = Path(__file__).parent / "cases"
GOOD = "sop: demo\ntitle: Demo\nversion: '1'\nlanguage: en\nstages: {a: {owner: x}}\n"
BAD = GOOD.replace("owner: x", "owner: x, next: b")


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one good SOP."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


WRONG_CALLS = [
    (["check", "--format", "pdf"], "--format cannot be 'pdf'. Choose one of", "--format tidak bisa 'pdf'. Pilih salah satu dari"),
    (["check", "--fast", "-x"], "These arguments are not known: --fast -x.", "Argumen ini tidak dikenal: --fast -x."),
    (["check", "--format"], "--format needs a value behind it.", "--format perlu diikuti sebuah nilai."),
    (["check", "--quiet=3"], "takes no value, but '3' is given.", "tidak memakai nilai, tetapi diberi '3'."),
    (["run"], "Still needed: SOP, LEADS.jsonl.", "Masih diperlukan: SOP, LEAD.jsonl."),
    (["rnu"], "command cannot be 'rnu'. Choose one of", "perintah tidak bisa 'rnu'. Pilih salah satu dari"),
]


@pytest.mark.parametrize(("words", "english", "indonesian"), WRONG_CALLS)
def test_a_wrong_call_is_told_in_the_users_language(
    words: list[str], english: str, indonesian: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the parser of arguments complains of is said in our words, under a usage in the same language."""
    for lang, sentence, usage in (("en", english, "usage: "), ("id", indonesian, "pemakaian: ")):
        assert main(["--lang", lang, *words]) == 2
        said = capsys.readouterr().err
        assert said.startswith(usage)
        assert sentence in said
        continued = [line for line in said.splitlines() if line.startswith(" ")]
        assert all(line.startswith(" " * len(f"{usage}sopengine {words[0]} ")) for line in continued)


@pytest.mark.parametrize("command", ["check", "run", "demo", "rule", "lock"])
def test_the_help_of_every_command_keeps_its_lines_short(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The description is wrapped, whatever the width of the terminal."""
    assert main([command, "--help", "--lang", "id"]) == 0
    description = capsys.readouterr().out.partition("\n\n")[2].partition("\n\n")[0]
    assert description
    assert all(len(line) <= 80 for line in description.splitlines())


def test_a_clean_folder_exits_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing wrong: one summary line, exit code 0."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "1 file, 0 errors, 0 warnings\n"


def test_a_problem_is_shown_with_its_line_and_a_caret(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Place, sentence, suggestion and code; the source line; the caret under the value."""
    (folder / "bad.yaml").write_text(BAD.replace("next: b", "next: lst"), encoding="utf-8")
    assert main(["check", "bad.yaml"]) == 1
    place, source, caret, blank, count = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r'bad\.yaml:5:30: error: .*Did you mean "lost"\? \[SOP206\]', place)
    assert source == "  5 | stages: {a: {owner: x, next: lst}}"
    assert caret.index("^") == source.index("lst")
    assert caret.count("^") == 3
    assert (blank, count) == ("", "1 file, 1 error, 0 warnings")


def test_every_file_of_a_folder_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All problems of all files in one run; what is no SOP is named as skipped."""
    (folder / "deep").mkdir()
    (folder / "deep" / "bad.yml").write_text(BAD, encoding="utf-8")
    (folder / "broken.yaml").write_text("sop: [\n", encoding="utf-8")
    (folder / "people.yaml").write_text("people: {rina: {}}\n", encoding="utf-8")
    assert main(["check", "."]) == 1
    out = capsys.readouterr().out
    assert "[SOP206]" in out
    assert "broken.yaml:2:1: error: " in out
    assert "people.yaml: skipped" in out
    assert out.endswith("3 files, 2 errors, 0 warnings\n")


def test_a_named_file_is_always_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file without `sop:` that is named explicitly is held to be an SOP."""
    (folder / "people.yaml").write_text("people: {rina: {}}\n", encoding="utf-8")
    assert main(["check", "people.yaml"]) == 1
    assert "[SOP103]" in capsys.readouterr().out


def test_a_missing_path_exits_with_2_and_the_others_are_still_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Could not run is 2, whatever else was found."""
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    assert main(["check", "nothing.yaml", "bad.yaml"]) == 2
    captured = capsys.readouterr()
    assert "There is no file or folder nothing.yaml." in captured.err
    assert "[SOP206]" in captured.out


@pytest.mark.parametrize("first", ["sopp: x", "SOP: x", "Sops: x", "title: X\nstages: {talk: {owner: sales}}"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_misspelt_sop_of_a_folder_is_reported_and_not_skipped(
    folder: Path, capsys: pytest.CaptureFixture[str], first: str, form: str
) -> None:
    """A file that was plainly meant as an SOP fails the check in every format, with `sop` as the way out."""
    (folder / "odd.yaml").write_text(first + "\n", encoding="utf-8")
    assert main(["check", "--lang", "en", "--format", form, "."]) == 1
    out = capsys.readouterr().out
    assert "odd.yaml" in out
    assert "SOP10" in out
    assert "sop: " in out or "Did you mean" in out
    assert "skipped, since" not in out


@pytest.mark.parametrize("other", ["stop: now", "shop: {name: x}", "stages: [build, test]", "soap: yes", "- sopp"])
def test_other_tools_files_are_skipped(folder: Path, capsys: pytest.CaptureFixture[str], other: str) -> None:
    """Words that only look like `sop`, and lists of stages, are not ours."""
    (folder / "other.yaml").write_text(other + "\n", encoding="utf-8")
    assert main(["check", "."]) == 0
    assert "other.yaml: skipped" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "said"), [("en", "No SOP was found in void."), ("id", "Tidak ada SOP di void.")])
def test_a_path_without_any_sop_exits_with_2(folder: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str) -> None:
    """An empty folder, or one of other files, must not pass for a checked one; each format says so."""
    (folder / "void").mkdir()
    assert main(["check", "--lang", lang, "void"]) == 2
    assert said in capsys.readouterr().err
    (folder / "void" / "people.yaml").write_text("people: {rina: {}}\n", encoding="utf-8")
    assert main(["check", "--lang", lang, ".", "void", "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["failures"][0]["message"].startswith(said)


def test_a_missing_path_is_in_the_output_of_every_format(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that reads only the output learns of it too."""
    assert main(["check", "--lang", "en", "a,b.yaml", "--format", "json"]) == 2
    said = "There is no file or folder a,b.yaml."
    assert json.loads(capsys.readouterr().out)["failures"] == [{"path": "a,b.yaml", "message": said}]
    assert main(["check", "--lang", "en", "a,b.yaml", "--format", "github"]) == 2
    assert capsys.readouterr().out == f"::error file=a%2Cb.yaml,title=sopengine::{said}\n"


def test_warnings_exit_with_1_and_remarks_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A remark never fails the check; `--quiet` leaves it out."""
    (folder / "good.yaml").write_text(GOOD + "measures: {wins: {count: won}}\n", encoding="utf-8")
    assert main(["check"]) == 0
    assert "info: " in capsys.readouterr().out
    assert main(["check", "--no-info"]) == 0
    assert capsys.readouterr().out == "1 file, 0 errors, 0 warnings\n"
    (folder / "good.yaml").write_text(GOOD + "documents: {lama: Lama}\n", encoding="utf-8")
    assert main(["check", "-q"]) == 1


def test_json_is_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` says the same to programs."""
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["files"], found["errors"]) == (2, 1)
    assert found["diagnostics"][0]["code"] == "SOP206"
    assert (found["diagnostics"][0]["line"], found["diagnostics"][0]["column"]) == (5, 30)


def test_github_annotations_escape_their_text() -> None:
    """Line breaks, percent signs, and in properties colons and commas, are escaped."""
    shown = reporter.as_github(Diagnostic("SOP205", Span("a:b,c%.yaml", 1, 2, 1, 3), {"name": "x\n::error::"}), "en")
    assert shown.startswith("::error file=a%3Ab%2Cc%25.yaml,line=1,endLine=1,col=2,endColumn=3,title=SOP205::")
    assert "\n" not in shown
    assert "x%0A::error::" in shown


def test_the_language_is_asked_for_or_the_system_s_or_the_sop_s(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--lang wins over the locale, the locale over the SOP's own language."""
    (folder / "good.yaml").write_text(GOOD.replace("language: en", "language: id"), encoding="utf-8")
    main(["check"])
    assert "1 berkas" in capsys.readouterr().out
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    main(["check"])
    assert "1 file" in capsys.readouterr().out
    main(["check", "--lang", "id"])
    assert "1 berkas" in capsys.readouterr().out
    main(["--lang", "id", "check"])
    assert "1 berkas" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "C"}, None),
        ({"LANG": "fr_FR"}, None),
        ({"LC_ALL": "en_GB", "LANG": "id_ID"}, "en"),
        ({"LC_ALL": "", "LANG": "id"}, "id"),
        ({}, None),
    ],
)
def test_the_locale_says_a_language(environment: dict[str, str], language: str | None) -> None:
    """LC_ALL before LC_MESSAGES before LANG, as POSIX has it."""
    assert chosen_language([], environment) == language


def test_colour_is_for_terminals(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No escape codes in a pipe; always and never are obeyed; NO_COLOR silences auto."""
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    main(["check"])
    assert "\x1b" not in capsys.readouterr().out
    main(["check", "--color", "always"])
    assert "\x1b[31m" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(["check"])
    assert "\x1b" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check"])
    assert "\x1b" not in capsys.readouterr().out


def test_a_second_place_is_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is written twice shows both places."""
    main(["check", "--lang", "en", str(CASES / "bad" / "SOP008.yaml")])
    out = capsys.readouterr().out
    assert "SOP008.yaml:2:1: note: first written here" in out


@given(st.text(alphabet="ab\té報ｆ\u0301 ", max_size=12))
def test_the_caret_stands_under_its_character(before: str) -> None:
    """Tabs, wide and combining characters in front do not shift the caret, on a terminal that honours them."""
    text = f"{before}X"
    span = Span("f", 1, len(before) + 1, 1, len(before) + 2)
    _, source, caret = reporter.text(Diagnostic("SOP205", span, {"name": "x"}), {"f": text}, "en").splitlines()
    assert _column(source, "X") == _column(caret, "^")


def _column(line: str, mark: str) -> int:
    """Where a terminal with tab stops at every eighth column shows a character."""
    column = 0
    for character in line[: line.index(mark)]:
        if character == "\t":
            column += 8 - column % 8
        elif character != "\u0301":
            column += 2 if character in "報ｆ" else 1
    return column


def test_nothing_from_a_file_steers_the_terminal() -> None:
    """Escape sequences and reversed text are shown, not obeyed; a line of a megabyte is cut."""
    text = "a\x1b[2J\u202e" + "b" * 1_000_000
    shown = reporter.text(Diagnostic("SOP205", Span("f", 1, 5, 1, 6), {"name": "\x1b[31m"}), {"f": text}, "en")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert len(shown) < 1_000


def test_a_rule_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """`rule CODE` prints the sentence with its parameters' names, and why it matters."""
    assert main(["rule", "sop205", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "SOP205" in out
    assert 'There is no stage "‹name›"' in out
    assert "under `stages`" in out


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`rule` alone lists every code of the registry, in order."""
    assert main(["rule", "--lang", "id"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"SOP001", "SOP101", "SOP205", "SOP400", "SOP510", "SOP603", "SOP916"} <= set(listed)
    assert listed == sorted(listed)


def test_an_unknown_code_exits_with_2_and_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in a code is answered with the nearest one."""
    assert main(["rule", "SOP20", "--lang", "en"]) == 2
    assert "Did you mean" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["rule", "--help"]])
def test_help_speaks_the_language(words: list[str], lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help is in the language of the user, usage line included."""
    assert main([*words, "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert out.startswith("pemakaian: " if lang == "id" else "usage: ")
    assert ("tampilkan bantuan ini" in out) is (lang == "id")


@pytest.mark.parametrize("words", [["chek"], ["check", "--formt", "json"], ["check", "--format", "xml"], []])
def test_a_wrong_call_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A call that makes no sense is a sentence and exit code 2, never a traceback."""
    assert main(words) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert captured.err or captured.out


def test_a_closed_pipe_is_no_traceback(folder: Path) -> None:
    """`sopengine rule | head -1` ends quietly."""
    command = f"{sys.executable} -m sopengine rule | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent)  # noqa: S602
    assert done.stdout.startswith("CASE") or done.stdout.startswith("SOP001")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_checking_imports_nothing_heavy() -> None:
    """A check starts without the machine, the JSON Schema validator, holidays, translations of dates or the stores."""
    code = (
        "import sys; from sopengine.cli import main; main(['check', '-q', 'sops']);"
        "print(sorted(sys.modules.keys() & {'transitions', 'jsonschema', 'babel', 'holidays', 'sqlite3', 'msgspec'}))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
