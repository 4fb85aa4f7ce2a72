"""A directory and its SOPs are judged together: what does not fit is told with its line, in both languages, and stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sopengine
from sopengine import cli, wording
from sopengine.errors import InvalidSop
from sopengine.loading import load_text
from sopengine.people import People, check_people
from sopengine.source import read
from sopengine.wording.catalogue import rules_directory

SOP = """\
sop: desk
title: Desk
version: "1"
timezone: Asia/Jakarta
roles:
  sales: Sales team
  coordinator: Coordinator
  manager: {title: Manager, stand_in: coordinator}
fields:
  region: {type: choice, values: [jawa, bali, papua]}
tables:
  team:
    - {when: {region: jawa}, then: tim_jawa}
    - {when: {region: bali}, then: tim_bali}
    - {then: tim_timur}
stages:
  capture: {owner: coordinator}
  visit: {owner: sales, assign: {table: team, if_none: manager}}
  closing: {owner: manager}
measures:
  revenue: {count: opened, target: quota}
"""
ZONE = "timezone: Asia/Jakarta\n"
SOUND = """\
timezone: Asia/Jakarta
people:
  sari: manager
  rina: coordinator
  budi: {roles: sales, groups: [tim_jawa, tim_bali], quota: {revenue: 5}}
  tono: {roles: sales, regions: tim_timur, leave: 2026-03-02}
"""


def people(text: str) -> People:
    """A directory in a file of that name."""
    return People.from_document(read(text, "people.yaml"))


def told(text: str, *sops: str) -> list[tuple[str, str, str]]:
    """What is told of a directory and its SOPs: code, severity and place."""
    directory = people(text)
    found = [*directory.problems, *check_people(directory, *(load_text(sop, "desk.yaml") for sop in sops))]
    return [(problem.code, problem.severity, str(problem.span)) for problem in found]


def test_what_fits_is_not_remarked_upon() -> None:
    """A directory that fits its SOP has no findings; regions, products and skills serve tables as groups do."""
    assert told(SOUND, SOP) == []
    for key in ("products", "skills", "groups"):
        assert told(SOUND.replace("regions", key), SOP) == []


CASES: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "SOP752": (SOUND.replace("rina: coordinator", "rina: [coordinator, cordinator]"), SOP, ("warning", "people.yaml:4:23", "")),
    "SOP753": (SOUND.replace("rina: coordinator", "rina: sales"), SOP, ("warning", "desk.yaml:7:3", "")),
    "SOP758": (
        SOUND.replace("leave: 2026-03-02", "leave: [2026-03-02..2026-03-05, 2026-03-04..2026-03-08]"),
        SOP,
        ("warning", "people.yaml:6:76", "2026-03-04..2026-03-08"),
    ),
    "SOP767": (SOUND.replace(ZONE, ""), SOP.replace(ZONE, ""), ("warning", "people.yaml:5:51", "tono")),
    "SOP768": (SOUND.replace("quota: {revenue: 5}", "capacity: 0"), SOP, ("warning", "people.yaml:5:64", "budi")),
    "SOP769": (SOUND.replace("sari: manager", "sari: sales"), SOP, ("info", "desk.yaml:8:3", "Coordinator")),
    "SOP770": (SOUND.replace("tim_bali", "tim_jawa"), SOP, ("warning", "desk.yaml:14:7", "region")),
    "SOP771": (SOUND.replace("[tim_jawa", "[tim_jawaa, tim_jawa"), SOP, ("info", "people.yaml:5:33", "tim_jawa")),
    "SOP772": (SOUND.replace("revenue: 5", "revenu: 5"), SOP, ("warning", "people.yaml:5:62", "revenue")),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_mismatch_is_told_with_its_line(code: str) -> None:
    """One slip is one finding, at the line where somebody can correct it."""
    text, sop, (severity, place, _) = CASES[code]
    assert told(text, sop) == [(code, severity, place)]


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("code", CASES)
def test_each_mismatch_is_said(code: str, lang: str) -> None:
    """The sentence names who and what, in both languages, and has a page."""
    text, sop, (_, _, names) = CASES[code]
    directory = people(text)
    (problem,) = [*directory.problems, *check_people(directory, load_text(sop, "desk.yaml"))]
    assert names in problem.text(lang)
    assert "{" not in problem.text(lang)
    assert wording.page(code, lang)


def test_every_code_has_its_case() -> None:
    """What the catalogue says of directories is reached here or, being an error, below."""
    codes = {code for code in rules_directory.MESSAGES if code.startswith("SOP")}
    assert codes <= CASES.keys() | {"SOP759", "SOP773", "SOP774"}


def test_a_shift_that_never_opens_is_an_error() -> None:
    """Hours are needed: somebody who is never present was meant to be on leave."""
    with pytest.raises(InvalidSop) as caught:
        people("people:\n  rina:\n    roles: sales\n    shift: {mon-fri: closed, sat: libur}\n")
    assert [(p.code, str(p.span)) for p in caught.value.diagnostics] == [("SOP759", "people.yaml:4:12")]


def test_an_unknown_zone_is_an_error() -> None:
    """Only names of the IANA database are zones; a file's zone is judged at its line."""
    for zone in ("WIB", "Asia/Jakata", "../etc/passwd", "x" * 500):
        with pytest.raises(InvalidSop) as caught:
            people(f"timezone: {zone}\npeople: {{rina: sales}}\n")
        assert [(p.code, str(p.span)) for p in caught.value.diagnostics] == [("SOP425", "people.yaml:1:11")]


def test_overlapping_leave_names_both_places() -> None:
    """The later leave is the finding, and the earlier one the place to look at as well; leave that touches is no overlap."""
    text = "people:\n  rina:\n    roles: sales\n    leave: [2026-03-09,\n      2026-03-02..2026-03-10,\n      2026-03-11]\n"
    (problem,) = people(text).problems
    assert (problem.span.line, [related.span.line for related in problem.related]) == (4, [5])


def test_an_example_leads_to_the_group() -> None:
    """The facts of the example really come to that group, and a row that nothing reaches is not told."""
    directory = people(SOUND.replace("groups: [tim_jawa, tim_bali]", "skills: en").replace("regions: tim_timur", "skills: en"))
    more = SOP.replace("then: tim_bali", "then: tim_bali}\n    - {when: {region: bali}, then: x")
    found = check_people(directory, load_text(more))
    assert [(p.code, p.params["group"]) for p in found] == [("SOP770", name) for name in ("tim_jawa", "tim_bali", "tim_timur")]
    assert found[0].text("en").endswith("For example: region = jawa.")
    assert "papua" in found[2].text("id")


def test_all_sops_of_a_directory_are_heard_together() -> None:
    """A role, group or measure that one of the SOPs knows is known."""
    other = SOP.replace("sop: desk", "sop: other").replace("tim_bali", "tim_lain").replace("revenue", "omzet")
    text = SOUND.replace("[tim_jawa, tim_bali]", "[tim_jawa, tim_bali, tim_lain]").replace("5}", "5, omzet: 6}")
    assert [code for code, _, _ in told(text, SOP)] == ["SOP771", "SOP772"]
    assert told(text, SOP, other) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 25), st.integers(0, 5)), max_size=5))
def test_overlaps_are_days_counted_twice(leaves: list[tuple[int, int]]) -> None:
    """Leave is remarked upon exactly when some day is in two of them."""
    text = ", ".join(f'"2026-03-{a:02d}..2026-03-{a + length:02d}"' for a, length in leaves)
    found = people(f"people: {{rina: {{roles: sales, leave: [{text}]}}}}\n").problems if leaves else ()
    days = [day for a, length in leaves for day in range(a, a + length + 1)]
    assert bool(found) == (len(days) > len(set(days)))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ('"Ri\\na"', "SOP773"),
        ("|\n      Rina\n", "SOP773"),
        ('"Ri\\u2028na"', "SOP773"),
        ('"\\e[2JRina"', "SOP003"),
        ("Ri\u202ena", "SOP003"),
    ],
)
def test_names_hold_nothing_that_a_sentence_would_carry_to_a_host(name: str, code: str) -> None:
    """A line break, an escape sequence or a mark of direction in a name is refused at its place, in both languages."""
    with pytest.raises(InvalidSop) as caught:
        people(f"people:\n  rina:\n    roles: sales\n    name: {name}\n")
    (problem,) = caught.value.diagnostics
    assert (problem.code, str(problem.span)) == (code, "people.yaml:4:11")
    assert problem.text("en") != problem.text("id")


@pytest.mark.parametrize("name", ["Ri\x1b[31mna", "Ri\u202ena", "Ri\nna", "Rina\n", "\x07"])
def test_names_of_a_mapping_are_refused_alike(name: str) -> None:
    """A program's own data is no more trusted than a file, and a name in ordinary letters of any language passes."""
    with pytest.raises(InvalidSop) as caught:
        People.from_mapping({"rina": {"roles": "sales", "name": name}})
    assert {problem.code for problem in caught.value.diagnostics} <= {"SOP003", "SOP773"}
    for sound in ("Rina", "Siti Nurhaliza, S.E.", "ليلى", "李 雷"):
        assert People.from_mapping({"rina": {"roles": "sales", "name": sound}}).name("rina") == sound


def test_titles_of_an_sop_are_refused_alike() -> None:
    """The titles that findings put into sentences come from a file in which no such sign passes."""
    for wrong in ('"a\\e[2J"', "a\u202eb"):
        with pytest.raises(InvalidSop) as caught:
            load_text(SOP.replace("title: Desk", f"title: {wrong}", 1) if "title: Desk" in SOP else f"{SOP}\nsource: {wrong}\n")
        assert {problem.code for problem in caught.value.diagnostics} == {"SOP003"}


def test_a_directory_that_is_too_large_has_a_way_out_of_its_own() -> None:
    """It cannot be divided into files that it uses, so it is not told to; a name that is too long is said to be that."""
    crowd = {f"person_{number}": "sales" for number in range(60_000)}
    for directory in (lambda: People.from_mapping(crowd), lambda: people("people: {" + "a: b, " * 200_000 + "}")):
        with pytest.raises(InvalidSop) as caught:
            directory()
        (problem,) = caught.value.diagnostics
        assert problem.code == "SOP774"
        assert "1024 KiB" in problem.text("en")
        assert "`use`" not in problem.text("id")
    with pytest.raises(InvalidSop) as caught:
        People.from_mapping({"a" * 2000: "sales"})
    assert [problem.code for problem in caught.value.diagnostics] == ["SOP039"]


def write(folder: Path, **files: str) -> None:
    """Files of those names in a folder."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def check(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """What the command says of files in a folder."""
    status = cli.main(["check", "--lang", "en", *(str(folder / word) if word.endswith(".yaml") else word for word in words)])
    return status, capsys.readouterr().out.replace(f"{folder}/", "")


def test_the_command_judges_both_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check sop.yaml --people people.yaml` tells what does not fit; alone, each is judged for itself."""
    write(tmp_path, desk=SOP, people=SOUND.replace("tim_bali", "tim_balli").replace("timezone: Asia/Jakarta\n", ""))
    status, out = check(tmp_path, capsys, "desk.yaml", "--people", "people.yaml", "--no-info")
    assert status == 1
    assert "desk.yaml:14:7: warning: The table team comes to `tim_bali`" in out
    assert "  14 |     - {when: {region: bali}, then: tim_bali}" in out
    assert out.endswith("2 files, 0 errors, 1 warning\n")
    status, out = check(tmp_path, capsys, "people.yaml")
    assert (status, "[SOP767]" in out, "[SOP770]" in out) == (0, True, False)
    twice = check(tmp_path, capsys, "desk.yaml", "people.yaml", "--people", "people.yaml", "--no-info")[1]
    assert twice.count("[SOP770]") == 1
    assert twice.endswith("2 files, 0 errors, 1 warning\n")
    assert cli.main(["check", str(tmp_path / "desk.yaml"), "--people", str(tmp_path / "none.yaml")]) == 2


def test_a_broken_sop_is_corrected_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While an SOP has errors nothing is said about the fit: half of its roles may not have been read."""
    write(tmp_path, desk=SOP.replace("closing: {owner: manager}", "closing: {owner: managr}"), people=SOUND)
    out = check(tmp_path, capsys, "desk.yaml", "--people", "people.yaml", "--no-info")[1]
    assert ("[SOP201]" in out, "[SOP753]" in out) == (True, False)
    found = sopengine.check(tmp_path / "desk.yaml", people=tmp_path / "people.yaml")
    assert not {problem.code for problem in found} & CASES.keys()
    write(tmp_path, desk=SOP, people=SOUND.replace("tim_bali", "tim_balli"))
    assert "SOP770" in {problem.code for problem in sopengine.check(tmp_path, people=tmp_path / "people.yaml")}


def test_an_engine_says_what_does_not_fit() -> None:
    """`people_problems` tells a host at the start; the engine works all the same."""
    directory: dict[str, Any] = {"rina": ["coordinator", "cordinator"], "sari": "manager"}
    directory["budi"] = {"roles": "sales", "capacity": 0}
    engine = sopengine.Engine(load_text(SOP), people=directory)
    codes = [problem.code for problem in engine.people_problems()]
    assert codes == ["SOP768", "SOP752", "SOP770", "SOP770", "SOP770"]
    assert sopengine.Engine(load_text(SOP)).people_problems() == []
    assert engine.open({"id": "L-1"}, by="rina")


def test_an_engine_does_not_guess_a_zone() -> None:
    """With leave and no zone anywhere, an engine does not start, and says at which line."""
    text = SOP.replace("timezone: Asia/Jakarta\n", "")
    with pytest.raises(InvalidSop) as caught:
        sopengine.Engine(load_text(text), people={"rina": {"roles": "sales", "leave": "2026-03-02"}})
    assert [problem.code for problem in caught.value.diagnostics] == ["SOP767"]
    assert sopengine.Engine(load_text(SOP), people={"rina": {"roles": "sales", "leave": "2026-03-02"}})


def test_a_hostile_directory_is_told_in_bounded_size() -> None:
    """Ten thousand people with unknown roles, overlapping leave and strange names are judged, and nothing is guessed."""
    row = "  p{n}: {{roles: r{n}, groups: g{n}, leave: [2026-03-02, 2026-03-02], quota: {{m{n}: 1}}}}"
    rows = "\n".join(row.format(n=n) for n in range(3000))
    directory = people(f"timezone: UTC\npeople:\n{rows}\n")
    found = [*directory.problems, *check_people(directory, load_text(SOP))]
    assert [sum(p.code == code for p in found) for code in ("SOP752", "SOP758", "SOP771", "SOP772")] == [3000] * 4
    assert max(len(problem.text("en")) for problem in found) < 400
