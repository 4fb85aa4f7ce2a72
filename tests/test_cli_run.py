"""The command line at work: what `run` and `demo` print, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import scenarios, wording
from sopengine.cli import demo, main
from sopengine.cli.paint import Paint, box, fit, plain, table, width, wrapped
from sopengine.cli.report import Report
from sopengine.cli.run import shipped_leads, shipped_sop
from sopengine.cli.story import Teller, clock_stories, story
from sopengine.kernel import events
from sopengine.kernel.compiling import compile_tables
from sopengine.people import People

SOP = """
sop: small
title: {id: Kecil, en: Small}
version: "1"
language: id
timezone: Asia/Jakarta
roles: {sales: {title: {id: Tim Penjualan, en: Sales team}}}
fields: {name: {type: string, title: {id: Nama, en: Name}}, budget: {type: money, currency: IDR}}
stages:
  talk:
    title: {id: Bicara, en: Talk}
    owner: sales
    requires: [name]
    sla: {first_response: 24h}
    follow_up: {max: 1, every: 1d, via: [email], template: hello, then: rest}
outcomes:
  won: {kind: success}
  rest: {kind: parked, title: {id: Ditunda, en: Resting}, recycle: {after: 30d, to: talk, max: 1, then: lost}}
  lost: {kind: failure, from: any, reasons: [harga]}
templates: {hello: {channel: email, subject: "Halo {{ lead.name }}", body: {id: "Apa kabar?", en: "How are you?"}}}
"""
LEADS = [
    {"people": {"rina": {"name": "Rina", "roles": ["sales"]}}},
    {"at": "2026-02-02T09:00:00+07:00", "do": "open", "by": "rina", "record": {"id": "L-1"}},
    {"at": "2026-02-02T09:10:00+07:00", "do": "advance", "by": "rina", "case": "L-1"},
    {"at": "2026-02-03T10:00:00+07:00", "do": "contact", "by": "rina", "case": "L-1", "via": "call"},
    {"at": "2026-02-03T10:05:00+07:00", "do": "edit", "by": "rina", "case": "L-1", "changes": {"name": "PT Maju"}},
    {
        "at": "2026-02-04T10:00:00+07:00",
        "do": "contact",
        "by": "rina",
        "case": "L-1",
        "via": "email",
        "template": "hello",
    },
    {"at": "2026-02-20T10:00:00+07:00", "do": "receive", "case": "L-1", "via": "whatsapp", "text": "Masih ada?"},
]
MARKS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an SOP and a file of commands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SOP, encoding="utf-8")
    write(tmp_path, LEADS)
    return tmp_path


def write(folder: Path, lines: list[Any], name: str = "leads.jsonl") -> None:
    """Write a file of commands."""
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    (folder / name).write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit code, and what was printed to both streams."""
    code = main([*words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def unpainted(lines: list[str]) -> list[str]:
    """Lines without their colours (and the spaces that stood at their end in colour)."""
    return [MARKS.sub("", line).rstrip() for line in lines]


# sopengine run


def test_duties_have_a_section_of_their_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What became of the duties that lines are about is a table, in both languages and at any width; of the others, one line."""
    routines = "routines:\n  kas: {title: Hitung kas, owner: sales, every: day, at: '10:00-12:00'}\n"
    routines += "  rapi: {title: Rapikan meja, owner: sales, for: role, every: day, by: '18:00'}\n"
    (folder / "small.yaml").write_text(SOP + routines, encoding="utf-8")
    duty = {"at": "2026-02-02T10:30:00+07:00", "do": "advance", "by": "rina", "case": "rutin:small:kas:2026-02-02:rina"}
    write(folder, [*LEADS[:3], duty, *LEADS[3:]])
    code, out, err = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "id")
    assert (code, err) == (0, "")
    assert "Tugas rutin" in out
    row = next(text for text in out.splitlines() if "Hitung kas" in text)
    assert row.split() == ["Hitung", "kas", "1", "·", "17", "·", "1"]
    assert "Kalender membuka 18 tugas yang tidak disebut" in " ".join(out.split())
    _, narrow, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "en")
    assert "that no line of the recorded work is about: Rapikan meja." in " ".join(narrow.split())


def test_a_run_reports_every_section(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was allowed and refused (with the SOP's line), messages, time limits, follow-up and the board."""
    code, out, err = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "en")
    assert (code, err) == (0, "")
    for part in ("Allowed: 5", "Refused: 1", "Messages prepared: 1 (e-mail 1)", "CASE201, small.yaml:13]", "Talk (1)"):
        assert part in out
    assert re.search(r"first response +· +1 +· +1 +· +25\.0 hours$", out, re.MULTILINE)
    for name in ("exhausted", "brought_back"):
        assert f"   1  {wording.say(f'run.{name}')}" in out


def test_a_case_is_called_by_its_first_text_where_it_has_no_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The board shows a name whole, and of a case without one the first text that the SOP asks for."""
    main(["run", "small.yaml", "leads.jsonl"])
    assert re.search(r"L-1 PT Maju", capsys.readouterr().out)
    for file in ("small.yaml", "leads.jsonl"):
        text = (folder / file).read_text(encoding="utf-8")
        renamed = re.sub(r"\bname: \{type: string", "customer: {type: string", text)
        renamed = renamed.replace("[name]", "[customer]").replace("lead.name", "lead.customer")
        renamed = renamed.replace('"name": "PT', '"customer": "PT')
        (folder / file).write_text(renamed, encoding="utf-8")
    main(["run", "small.yaml", "leads.jsonl"])
    assert re.search(r"L-1 PT Maju", capsys.readouterr().out)


def test_the_language_is_the_asked_one_else_the_sops(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --lang the SOP's own language is spoken; messages to customers stay in the SOP's language."""
    _, own, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--case", "L-1")
    _, asked, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--case", "L-1", "--lang", "en")
    assert "menghubungi pelanggan lewat telepon" in own
    assert "contacted the customer by phone" in asked
    assert "Apa kabar?" in own
    assert "Apa kabar?" in asked


def test_a_misspelt_sop_is_told_which_ones_are_shipped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no such SOP, the names that need no file are listed; where only the people are missing, they are not."""
    code, _, err = run(capsys, "run", "saas-dem", "leads.jsonl", "--lang", "en")
    assert code != 0
    assert "lead-handling and saas-demo." in err
    assert "saas-demo." not in run(capsys, "run", "saas-demo", "leads.jsonl", "--people", "nobody.yaml", "--lang", "en")[2]


def test_a_broken_sop_is_told_as_the_check_tells_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the SOP's language, each error with its line of the file, and the same summary."""
    text = (folder / "small.yaml").read_text(encoding="utf-8")
    (folder / "broken.yaml").write_text(text.replace("requires: [name]", "requires: [nam]"), encoding="utf-8")
    _, checked, _ = run(capsys, "check", "--no-info", "broken.yaml")
    code, out, err = run(capsys, "run", "broken.yaml", "leads.jsonl")
    assert (code, out) == (2, "")
    assert "kesalahan" in err
    assert "^^^" in err
    assert err.split("\n\n")[0] == checked.split("\n\n")[0]


def test_events_in_json_carry_their_evidence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each event says in which roles it was done, when it was recorded, and under which text of the SOP; notices too."""
    _, out, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--json", "--lang", "en")
    told = [json.loads(text) for text in out.splitlines()]
    events = [event for step in told for event in step.get("events", ())]
    notices = [event for step in told for event in step.get("notices", ())]
    digest = sopengine.load("small.yaml").hash
    assert notices
    assert {event["sop_hash"] for event in (*events, *notices)} == {digest}
    assert all("recorded_at" in event for event in (*events, *notices))
    assert {tuple(event["roles"]) for event in events if event["by"] == "rina"} == {("sales",)}
    assert {tuple(event["roles"]) for event in notices} == {()}


def test_refusals_are_results_unless_strict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0 although something was refused; 1 with --strict; 0 with --strict when nothing was."""
    assert run(capsys, "run", "small.yaml", "leads.jsonl")[0] == 0
    assert run(capsys, "run", "small.yaml", "leads.jsonl", "--strict")[0] == 1
    write(folder, LEADS[:2])
    assert run(capsys, "run", "small.yaml", "leads.jsonl", "--strict")[0] == 0


def test_malformed_lines_are_all_told_and_nothing_is_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every malformed line with file and line; exit code 2; nothing on standard output."""
    write(folder, [*LEADS, "oops", {"at": "2026-02-21T10:00:00+07:00", "do": "advnce", "by": "rina", "case": "L-1"}])
    code, out, err = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "id")
    assert (code, out) == (2, "")
    first, second, last = err.splitlines()
    assert first.startswith("leads.jsonl:8: Baris ini bukan JSON")
    assert second == 'leads.jsonl:9: Tidak ada perintah "advnce". Maksud Anda "advance"?'
    assert last.startswith("Ada 2 kesalahan")


@pytest.mark.parametrize("leads", ["missing.jsonl", ".", "a\x00b"])
def test_a_file_that_cannot_be_read_is_a_sentence(folder: Path, capsys: pytest.CaptureFixture[str], leads: str) -> None:
    """A missing file, a folder, an impossible name: one line, exit code 2."""
    code, out, err = run(capsys, "run", "small.yaml", leads)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_an_sop_that_is_wrong_is_reported_as_check_does(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Places and codes of every error; exit code 2."""
    (folder / "small.yaml").write_text(SOP.replace("owner: sales", "owner: slaes"), encoding="utf-8")
    code, _, err = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "en")
    assert code == 2
    assert re.search(r"^small\.yaml:\d+:\d+: .*\[SOP\d{3}\]$", err, re.MULTILINE)
    assert run(capsys, "run", "nowhere.yaml", "leads.jsonl")[0] == 2


def test_commands_come_from_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` reads standard input, and its problems are called <stdin>."""
    text = "\n".join(map(json.dumps, LEADS))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run(capsys, "run", "small.yaml", "-")[0] == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{")))
    assert run(capsys, "run", "small.yaml", "-", "--lang", "en")[2].startswith("<stdin>:1: The line is not JSON")


def test_another_directory_stands_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--people replaces the people of the file; one that is not sound is reported and nothing is run."""
    (folder / "people.yaml").write_text("people: {rina: marketing}\n", encoding="utf-8")
    _, out, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--people", "people.yaml", "--lang", "en")
    assert "Allowed: 0" in out
    assert "CASE102" in out
    (folder / "people.yaml").write_text("people: {sop: sales}\n", encoding="utf-8")
    code, out, err = run(capsys, "run", "small.yaml", "leads.jsonl", "--people", "people.yaml")
    assert (code, out) == (2, "")
    assert "SOP756" in err


def test_json_is_a_decision_a_line_and_the_summary_last(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line is JSON; decisions carry their input line, its findings and what time had made true before it."""
    code, out, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--json", "--lang", "en")
    told = [json.loads(text) for text in out.splitlines()]
    assert code == 0
    assert [(one["line"], one["do"], one["allowed"]) for one in told[:-2]] == [
        (2, "open", True),
        (3, "advance", False),
        (4, "contact", True),
        (5, "edit", True),
        (6, "contact", True),
        (7, "receive", True),
    ]
    assert [finding["code"] for finding in told[1]["findings"]] == ["CASE201"]
    assert [notice["kind"] for notice in told[2]["notices"]] == ["breached"]
    assert set(told[-1]) == {"summary"}
    assert told[-1]["summary"]["refused"] == {"advance": 1}
    assert told[-1]["summary"]["board"] == {"talk": ["L-1"], "won": [], "rest": [], "lost": []}


def test_the_story_of_a_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who did what when, refusals with all reasons, reminders, messages, and each clock with its reasons."""
    code, out, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--case", "L-1", "--lang", "en")
    assert code == 0
    wanted = [
        "PT Maju (L-1)",
        "Monday, 2 February 2026",
        "  09:00  Rina · opened the case in Talk",
        "  09:10  Rina · REFUSED: advance",
        "         - Name is not filled; Sales team can fill it. [CASE201, small.yaml:13]",
        "Tuesday, 3 February 2026",
        "  09:00  reminder · the time limit for first response in Talk has passed",
        "  10:00  Rina · contacted the customer by phone",
        "  10:05  Rina · recorded Name: PT Maju",
        "         > e-mail to the customer: Halo PT Maju | Apa kabar?",
        "  00:00  reminder · 1 follow-ups in Talk brought no answer",
        "  00:00  the SOP · parked the case in Resting",
        f"         - reason: {wording.say('event.reason_no_response')}",
        "Friday, 20 February 2026",
        "  10:00  the customer · got in touch by WhatsApp",
        f"         - {wording.say('event.words', text='Masih ada?')}",
        "  10:00  the SOP · brought the case back to Talk",
        "Now in: Talk. Holder: Rina.",
        "  first response in Talk: missed",
        "  first response in Talk (cycle 2): running",
    ]
    lines = iter(out.splitlines())
    for text in wanted:
        assert any(line.startswith(text) for line in lines), text
    assert run(capsys, "run", "small.yaml", "leads.jsonl", "--case", "L-2")[0] == 2


def test_what_was_told_late_is_told_where_it_happened(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A call that was logged two days later stands at its own time; the reminder it disproves is taken back."""
    at, told = "2026-02-04T15:00:00+07:00", "2026-02-02T16:00:00+07:00"
    late = {"at": at, "occurred_at": told, "do": "contact", "by": "rina", "case": "L-1", "via": "call"}
    write(folder, [*LEADS[:2], late])
    _, out, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--case", "L-1", "--lang", "en")
    lines = iter(out.splitlines())
    for text in (
        "  16:00  Rina · contacted the customer by phone",
        "         - logged on Wednesday, 4 February 2026, 15:00 WIB",
        "  09:00  reminder · the time limit for first response in Talk has passed",
        "Wednesday, 4 February 2026",
        "  15:00  reminder · the notice of Tuesday, 3 February 2026, 09:00 WIB no longer holds",
        "  first response in Talk: met",
    ):
        assert any(line.startswith(text) for line in lines), text


def test_nothing_from_a_file_commands_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences and direction marks in ids, names, texts and verbs are shown, never sent."""
    evil = "\x1b[2J\u202e\x07\x9b1m"
    at = "2026-02-02T09:00:00+07:00"
    by = {"at": at, "by": "role:sales", "case": "L-1"}
    write(
        folder,
        [
            {"at": at, "do": "open", "by": "role:sales", "record": {"id": "L-1", "name": evil}},
            {"at": at, "do": "open", "by": "role:sales", "record": {"id": evil}},
            {**by, "do": "contact", "via": evil},
            {**by, "do": "contact", "via": "email", "by": evil},
            {**by, "do": "receive", "via": "call", "text": evil, "note": evil},
            {**by, "do": "tick_off", "item": evil},
            {**by, "do": "contact", "via": "email", "template": "hello"},
        ],
    )
    told = [run(capsys, "run", "small.yaml", "leads.jsonl", *more) for more in ([], ["--case", "L-1"], ["--json"])]
    write(folder, [{"at": evil, "do": evil, evil: evil}, {"at": evil, "do": "advance", evil: evil}])
    told.append(run(capsys, "run", "small.yaml", "leads.jsonl"))
    told.append(run(capsys, "run", "small.yaml", evil))
    assert [code for code, _, _ in told] == [0, 0, 0, 2, 2]
    for _, out, err in told[:2] + told[3:]:
        assert not set(evil) & set("\x1b\u202e\x07\x9b") & set(out + err)
    assert not set("\x1b\x07") & set(told[2][1])


def test_a_crowd_is_told_in_short(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hundreds of cases or mistakes: the first ones, and how many more there are."""
    many = [{**LEADS[1], "record": {"id": f"L-{number}"}} for number in range(100)]
    write(folder, [LEADS[0], *many])
    _, out, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "en")
    assert "Talk (100)" in out
    assert "… and 60 more" in out
    assert out.count("L-") == 40
    write(folder, [LEADS[0], *many, *({**LEADS[2], "do": "advanc"} for _ in range(500))])
    _, _, err = run(capsys, "run", "small.yaml", "leads.jsonl", "--lang", "en")
    assert len(err.splitlines()) == 202
    assert err.count('Did you mean "advance"?') == 200
    assert err.splitlines()[-2:] == ["… and 300 more", "500 lines are wrong; nothing was run."]


def test_colour_is_asked_for_or_a_terminals(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No colour into a pipe; colour when forced, even there; and the words are the same either way."""
    _, never, _ = run(capsys, "run", "small.yaml", "leads.jsonl")
    _, always, _ = run(capsys, "run", "small.yaml", "leads.jsonl", "--color", "always")
    assert "\x1b" not in never
    assert unpainted(always.splitlines()) == never.splitlines()
    assert always != never
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "\x1b" in run(capsys, "run", "small.yaml", "leads.jsonl")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(capsys, "run", "small.yaml", "leads.jsonl")[1]


# Events in words


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_kind_of_event_has_words(lang: str) -> None:
    """Every kind of fact and notice, every verb and every number of the report is a sentence in both languages."""
    catalogue = {**wording.family("event"), **wording.family("run")}
    special = {events.STATUS: "status"}
    for kind in events.FACTS | events.NOTICES:
        assert f"event.{special.get(kind, kind)}" in catalogue
    for verb in scenarios.VERBS:
        assert wording.say(f"event.do_{verb}", lang)
    for name in scenarios.summary.FollowUps.__slots__:
        assert wording.say(f"run.{name}", lang)
    assert all(message.en and message.id for message in catalogue.values())


def test_who_acted_is_said_by_name_or_title() -> None:
    """A person by name, somebody of a role by the role's title, and the SOP, the customer and the system by word."""
    sop = sopengine.load_text(SOP, "small.yaml")
    teller = Teller(compile_tables(sop), People.from_mapping({"rina": {"name": "Rina", "roles": "sales"}}), "id")
    said = [teller.who(who) for who in ("rina", "nobody", "role:sales", "role:boss", "sop", "customer", "system")]
    assert said == ["Rina", "nobody", "Tim Penjualan", "boss", "SOP", "pelanggan", "sistem"]


# sopengine demo


DEMOS = tuple(demo.DEMOS)


def play(name: str) -> scenarios.Played:
    """The leads of a demo, played."""
    found = demo.DEMOS[name]
    return scenarios.play(shipped_sop(found.sop), found.scenario())


@pytest.fixture(scope="module")
def played() -> scenarios.Played:
    """The first demo's leads, played once."""
    return play("saas-demo")


@pytest.fixture(scope="module")
def handled() -> scenarios.Played:
    """The second demo's leads, played once."""
    return play("lead-handling")


@pytest.fixture(scope="module", params=DEMOS)
def each_played(request: pytest.FixtureRequest) -> scenarios.Played:
    """Each demo's leads, played."""
    found: scenarios.Played = request.getfixturevalue({"saas-demo": "played", "lead-handling": "handled"}[request.param])
    return found


def demo_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, *words: str
) -> list[str]:
    """The lines of a demo on a terminal of so many columns."""
    monkeypatch.setenv("COLUMNS", str(columns))
    code, out, err = run(capsys, "demo", *words)
    assert (code, err) == (0, "")
    return out.splitlines()


def test_the_demo_says_the_same_twice(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, and with colours the same words."""
    first = demo_text(capsys, monkeypatch, 100)
    assert first == demo_text(capsys, monkeypatch, 100)
    assert first == unpainted(demo_text(capsys, monkeypatch, 100, "--color", "always"))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_no_order_of_chance_reaches_the_demo(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seed: str
) -> None:
    """Another process with another hash seed prints the same bytes."""
    first = "\n".join(demo_text(capsys, monkeypatch, 100))
    there = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    other = subprocess.run([sys.executable, "-m", "sopengine", "demo"], capture_output=True, check=True, env=there)
    assert other.stdout.decode("utf-8") == f"{first}\n"


@pytest.mark.parametrize("columns", [40, 44, 80, 120])
@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("name", DEMOS)
def test_the_demo_fits_its_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int, lang: str, name: str
) -> None:
    """No line is wider than the terminal (commands to copy are never broken), and no box cuts its title."""
    lines = demo_text(capsys, monkeypatch, columns, name, "--lang", lang)
    assert [line for line in lines if width(line) > columns and "sopengine r" not in line] == []
    titles = [line.strip("┌┐─ ").split(" · ") for line in lines if line.startswith("┌")]
    assert {title[-1][:2] for title in titles} <= {"L-", "ke", "to"}
    assert all(len(title[-1]) == 6 for title in titles if title[-1].startswith("L-"))


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("name", DEMOS)
def test_a_story_tells_each_fact_of_a_clock_on_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    """Every line of a clock's explanation begins its own marked line, within a narrow terminal."""
    monkeypatch.setenv("COLUMNS", "44")
    found = demo.DEMOS[name]
    code, out, _ = run(capsys, "run", name, found.leads, "--case", found.story, "--lang", lang)
    lines = out.splitlines()
    assert code == 0
    assert max(map(width, lines)) <= 44
    told = lines[lines.index(next(line for line in lines if wording.say("run.case_clocks", lang) in line)) + 1 :]
    clocks = list(clock_stories(play(name), found.story, lang))
    assert sum(line.startswith("    - ") for line in told) == sum(len(clock[3]) for clock in clocks)
    words = "".join("".join(told).split())
    assert all("".join(fact.split()) in words for clock in clocks for fact in clock[3])


def test_each_played_leads_to_the_other(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name the first is shown; each names the other; an unknown name is answered with the known ones."""
    assert demo_text(capsys, monkeypatch, 80) == demo_text(capsys, monkeypatch, 80, DEMOS[0])
    for name, other in zip(DEMOS, reversed(DEMOS), strict=True):
        assert f"  sopengine demo {other}" in demo_text(capsys, monkeypatch, 80, name)
    code, out, err = run(capsys, "demo", "sass-demo\x1b[2J", "--lang", "id")
    assert (code, out) == (2, "")
    assert all(name in err for name in DEMOS)
    assert "\x1b" not in err


def test_the_demo_counts_grades_and_table_results(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, handled: scenarios.Played
) -> None:
    """Grades and teams as a plain reading of the SOP gives them, case by case."""
    grades: Counter[str] = Counter()
    teams: Counter[str] = Counter()
    for case in handled.cases():
        grades[plain_grade(case.record)] += 1
        teams[plain_team(case.record)] += 1
    assert min(grades[grade] for grade in ("hot", "warm", "cold")) >= 2
    assert len(teams) == 7
    text = " ".join(" ".join(demo_text(capsys, monkeypatch, 120, "lead-handling", "--lang", "en")).split())
    assert [(name, count) for found in (grades, teams) for name, count in found.items() if f"{name} {count}" not in text] == []


def plain_grade(record: Any) -> str:
    """Hot, warm or cold, by the points of the SOP."""
    if not {"need", "budget", "purchase_days"} <= set(record):
        return "not known yet"
    budget, days = record["budget"], record["purchase_days"]
    points = {"tinggi": 40, "sedang": 20, "rendah": 0}[record["need"]]
    points += 15 * ((budget >= 25_000_000) + (budget >= 100_000_000) + (days <= 90) + (days <= 30))
    return "hot" if points >= 70 else "warm" if points >= 40 else "cold"


def plain_team(record: Any) -> str:
    """The team, by the order of the SOP's rows."""
    if not {"segment", "product", "region"} <= set(record):
        return "not known yet"
    if record["segment"] == "pemerintah":
        return "tim_pemerintah"
    if record["segment"] == "korporasi" and record["product"] != "perangkat":
        return "tim_solusi_korporasi"
    by_region = {"jabodetabek": "tim_jabodetabek", "jawa": "tim_jawa_bali", "bali_nusa_tenggara": "tim_jawa_bali"}
    return by_region.get(record["region"], "tim_sumatra" if record["region"] == "sumatra" else "tim_indonesia_timur")


def test_leads_are_given_to_the_team_that_the_table_names(handled: scenarios.Played) -> None:
    """Whoever gets a lead, by the SOP or by hand, belongs to the team that its data led to at that time; the coordinator gives
    one away while the manager is on leave.
    """
    records: dict[str, dict[str, Any]] = {}
    givers = []
    for step in handled.steps:
        if step.allowed and step.command.verb in ("open", "edit"):
            told = step.command.arguments.get("changes") or step.command.arguments.get("record")
            records.setdefault(step.command.case, {}).update(told or {})
        for event in step.decision.events if step.decision else ():
            if event.kind == events.ASSIGNED:
                person = (handled.scenario.people or {})[event.data["to"]]
                assert plain_team(records[event.case]) in person["groups"]
                givers.append((event.by, event.acting_for))
    assert givers.count(("sop", None)) >= 20
    assert {("sari", None), ("lina", "sari")} <= set(givers)


def test_the_second_demo_holds_honest_mistakes(handled: scenarios.Played) -> None:
    """About 25 leads, and most of what this SOP can refuse, remark and remind of."""
    found = scenarios.summarise(handled)
    assert 20 <= found.cases <= 30
    assert found.commands >= 500
    codes = {reason.example.code for reason in (*found.refusals, *found.remarks)}
    ways = {"CASE101", "CASE102", "CASE104", "CASE105", "CASE106", "CASE107", "CASE108", "CASE109", "CASE110"}
    gates = {"CASE113", "CASE116", "CASE118", "CASE201", "CASE202", "CASE204", "CASE205", "CASE206"}
    touches = {"CASE301", "CASE303", "CASE311", "CASE401", "CASE402", "CASE403", "CASE404"}
    records = {"CASE501", "CASE503", "CASE505", "CASE506"}
    assert (ways | gates | touches | records) - codes == set()
    kinds = {event.kind for event in handled.all_notices()}
    assert {events.WARNED, events.BREACHED, events.EXHAUSTED, events.CORRECTED} <= kinds
    assert any(clock.pauses for state in handled.states.values() for clock in (*state.past, *state.clocks.values()))
    assert all(column.cases for column in found.board)


def test_the_demo_speaks_the_sops_language_or_the_asked_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SOP's Indonesian by default; English on request or by the locale, with the SOP's English titles and messages."""
    own, english = demo_text(capsys, monkeypatch, 100), demo_text(capsys, monkeypatch, 100, "--lang", "en")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert demo_text(capsys, monkeypatch, 100) == english
    assert own[0].startswith("SOP Penjualan SaaS")
    assert english[0].startswith("SaaS sales from the demo form")
    assert any("We have received your demo request" in line for line in english)
    assert not any(
        word in line for line in english for word in ("Ditolak", "tahap", "Batas waktu (", "pelanggan lewat")
    )


def test_the_demo_shows_one_message_of_every_channel(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """E-mail, WhatsApp, SMS, call script and internal note, each in its box."""
    tops = [line for line in demo_text(capsys, monkeypatch, 100) if line.startswith("┌")]
    assert [top.split()[1] for top in tops] == ["email", "WhatsApp", "SMS", "telepon", "catatan"]


def test_the_demos_month_holds_honest_mistakes(played: scenarios.Played) -> None:
    """About thirty leads, several hundred commands, and most of what an SOP can refuse or remark."""
    found = scenarios.summarise(played)
    assert 30 <= found.cases <= 40
    assert found.commands >= 500
    codes = {reason.example.code for reason in (*found.refusals, *found.remarks)}
    wrong_way = {"CASE101", "CASE102", "CASE103", "CASE104", "CASE105", "CASE106", "CASE107", "CASE108", "CASE109"}
    limits = {"CASE110", "CASE113", "CASE201", "CASE204", "CASE206", "CASE401", "CASE402", "CASE403", "CASE404"}
    records = {"CASE301", "CASE311", "CASE319", "CASE501", "CASE503", "CASE505", "CASE506", "CASE508", "CASE513"}
    assert (wrong_way | limits | records) - codes == set()
    assert found.follow_up.bounced == 1
    assert found.follow_up.exhausted >= 3
    assert found.follow_up.brought_back >= 1
    assert all(column.cases for column in found.board)
    assert any(event.kind == events.CORRECTED for event in played.all_notices())


def test_the_demo_names_commands_that_can_be_typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that the demo ends with runs; where the shell does not find sopengine, its path is given."""
    commands = [line.split() for line in demo_text(capsys, monkeypatch, 100) if line.startswith("  sopengine ")]
    assert [run(capsys, *words[1:])[0] for words in commands] == [0, 0, 0, 0, 0]
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", [".venv/bin/sopengine"])
    assert sum("  .venv/bin/sopengine " in line for line in demo_text(capsys, monkeypatch, 100)) == 5


def test_nobody_in_the_demo_is_real(each_played: scenarios.Played) -> None:
    """Phone numbers from a range that is nobody's, addresses of the reserved example domains, working days only."""
    text = shipped_leads(each_played.scenario.name).read_text(encoding="utf-8")
    assert set(re.findall(r"[\w.]+@[\w.]+", text)) == set(re.findall(r"[\w.]+@example\.(?:com|co\.id)", text))
    assert all(number.startswith("+62 800 0000 ") for number in re.findall(r"\+62[\d ]+", text))
    staff = (c for c in each_played.scenario.commands if c.verb not in ("open", "receive", "tick"))
    assert all(c.at.weekday() < 5 and (c.at.month, c.at.day) != (2, 17) for c in staff)


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_case_of_the_demo_has_a_story(each_played: scenarios.Played, lang: str) -> None:
    """Each event and each refused command of a case is told exactly once, in order."""
    for case in each_played.states:
        entries = story(each_played, case, lang)
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        refused = sum(step.command.case == case for step in each_played.refused)
        assert Counter(entry.kind == "refusal" for entry in entries) == Counter(
            {False: len(each_played.engine.history(case)), True: refused}
        ) - Counter({True: 0})


# Paint


@given(st.text(max_size=60), st.integers(2, 30))
def test_text_fits_exactly(text: str, columns: int) -> None:
    """Cut or filled, a text takes just the columns it was given, wide and combining characters included."""
    assert width(fit(plain(text), columns)) == columns


@given(st.lists(st.text("ab東\u0301e ", max_size=12), max_size=8).map(" ".join), st.integers(4, 40))
def test_wrapping_loses_nothing_and_overflows_nothing(text: str, columns: int) -> None:
    """Lines keep within the columns, and together they hold every character but the spaces."""
    lines = wrapped(text, columns, "- ", "  ")
    assert max(map(width, lines)) <= columns
    assert "".join(lines).replace(" ", "").removeprefix("-") == "".join(text.split())


def test_boxes_and_tables_are_straight() -> None:
    """Every line of a box is equally wide, with wide characters too; table columns end at the same column."""
    lines = box(Paint(False), "東京 title", ["some words " * 9, "", "東京" * 30], 40)
    assert {width(line) for line in lines} == {40}
    made = table(
        Paint(False), ["name", "a b"], [[("title", "")], [("東京", ""), ("1", "red")], [("x", ""), ("10", "")]]
    )
    assert made == ["       a", "name   b", "title", "東京   1", "x     10"]


def test_every_case_of_a_demo_tells_its_story(each_played: scenarios.Played) -> None:
    """Whatever became of a case (a clock that stands still, a merge), its timeline is told to the end in both languages."""
    for lang in ("en", "id"):
        report = Report(each_played, scenarios.summarise(each_played), lang, Paint(False), 100)
        for case in each_played.cases():
            told = "\n".join(report.timeline(case.id))
            assert (case.merged_into or case.id) in told
            assert not re.search(r"(run|event|clock|reason)\.[a-z_]+|<merged>|: \.", told), case.id
