"""What a report says is true of what was played: counts, examples, and the notes that explain them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sopengine.cli import main

SOP = """
sop: kecil
title: Kecil
version: "1"
language: id
timezone: Asia/Jakarta
stages:
  bicara:
    title: Bicara
    owner: sales
    requires: [nama, telepon]
    sla: {finish: {target: 1h, escalate: [{at: 100%, notify: sales, template: teguran}]}}
    follow_up: {max: 3, every: 1d, then: lost}
templates: {teguran: {channel: note, body: Terlambat.}}
"""
PEOPLE = {"people": {"budi": ["sales"]}}


def line(minutes: int, do: str, case: str = "L-1", **arguments: object) -> dict[str, object]:
    """A command at some minutes after nine."""
    at = f"2026-02-02T{9 + minutes // 60:02}:{minutes % 60:02}:00+07:00"
    where = {} if do in ("open", "tick") else {"case": case}
    by = {} if do == "tick" else {"by": "budi"}
    return {"at": at, "do": do, **by, **where, **arguments}


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Plays lines and returns what `sopengine run` printed, spaces made one."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    Path("kecil.yaml").write_text(SOP, encoding="utf-8")

    def played(*lines: dict[str, object], words: tuple[str, ...] = ()) -> str:
        text = "\n".join(json.dumps(one) for one in lines)
        Path("leads.jsonl").write_text(text, encoding="utf-8")
        main(["run", "kecil.yaml", "leads.jsonl", "--lang", "en", *words])
        printed = capsys.readouterr()
        return printed.err + printed.out

    return played


def test_dates_of_one_case_are_not_said_of_another(shown) -> None:  # type: ignore[no-untyped-def]
    """Two cases refused at two moments are counted under what both have; the date is said of the case that it belongs to."""
    opened = [line(0, "open", record={"id": case}) for case in ("L-1", "L-2")]
    contacts = [line(m, "contact", c, via="call") for m, c in ((1, "L-1"), (2, "L-2"), (3, "L-1"), (4, "L-2"))]
    out = shown(PEOPLE, *opened, *contacts)
    assert "2×  Too early for the next follow-up; for example L-1: The last contact was on Monday, 2 February" in out


def test_more_reasons_than_refusals_are_explained(shown) -> None:  # type: ignore[no-untyped-def]
    """One refusal for two missing fields says that two reasons belong to one; one reason each needs no word."""
    opened = line(0, "open", record={"id": "L-1"})
    assert "(refusals: 1, reasons: 2)" in shown(PEOPLE, opened, line(1, "advance"))
    filled = line(0, "open", record={"id": "L-1", "nama": "Ratna"})
    assert "several reasons" not in shown(PEOPLE, filled, line(1, "advance"))


def test_messages_for_limits_are_counted_beside_those_of_commands(shown) -> None:  # type: ignore[no-untyped-def]
    """A limit that passed has one note ready; no command prepared a message."""
    out = shown(PEOPLE, line(0, "open", record={"id": "L-1"}), line(90, "tick"))
    assert "Ready for time limits that came near or passed: 1 (note 1)" in out
    assert "Messages prepared" not in out


def test_a_report_ends_with_its_last_line(shown) -> None:  # type: ignore[no-untyped-def]
    """No empty lines follow the board."""
    out = shown(PEOPLE, line(0, "open", record={"id": "L-1"}))
    assert not out.endswith("\n\n")
    assert "\n\n\n" not in out


def test_a_role_that_the_sop_does_not_know_is_said(shown, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A slip in a role is a warning with its line, whether the people stand in the leads or in a file of their own."""
    opened = line(0, "open", record={"id": "L-1"})
    warned = "the role `salse`, which no SOP knows"
    assert f"leads.jsonl:2: warning: The person rina has {warned}" in shown(PEOPLE, {"people": {"rina": "salse"}}, opened)
    (tmp_path / "people.yaml").write_text("people:\n  budi: sales\n  rina: salse\n", encoding="utf-8")
    out = shown(opened, words=("--people", "people.yaml"))
    assert f"people.yaml:3:9: warning: The person rina has {warned}" in out
    assert "warning" not in shown(PEOPLE, opened)


def test_where_nobodys_role_is_known_the_way_out_is_said(shown) -> None:  # type: ignore[no-untyped-def]
    """Without people a name has no role and is refused; the report names --people. Who acts as a role needs no such word."""
    assert "--people people.yaml" in shown(line(0, "open", record={"id": "L-1"}))
    assert "--people" not in shown(line(0, "open", record={"id": "L-1"}) | {"by": "role:sales"})
    assert "--people" not in shown(PEOPLE, line(0, "open", record={"id": "L-1"}) | {"by": "hantu"})


def test_json_of_one_case_has_no_summary_of_all(shown) -> None:  # type: ignore[no-untyped-def]
    """The lines of that case and what time made true of it; a summary would be of every case."""
    opened = [line(0, "open", record={"id": case}) for case in ("L-1", "L-2")]
    told = [json.loads(text) for text in shown(PEOPLE, *opened, words=("--json", "--case", "L-1")).splitlines()]
    assert [set(one) >= {"do"} for one in told] == [True, False]
    assert told[0]["case"] == "L-1"
    assert set(told[1]) == {"notices"}
