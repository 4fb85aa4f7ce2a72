"""The directory: what a file or mapping says of people is what it answers, and every mistake in it is told with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import cli, wording
from sopengine.bundled import bundled_path
from sopengine.errors import InvalidSop, UsageError
from sopengine.loading import load, load_text
from sopengine.people import Directory, NoDirectory, People, as_directory, check_people, people_schema
from sopengine.source import read
from sopengine.wording.catalogue import rules_people

FILE = """\
people:
  rina: admin_sales
  budi: [sales, sales_manager]
  sari:
    name: Sari
    roles: [sales]
    groups: [jawa, senior]
    email: sari@contoh.co.id
    phone: "+62 811 234 567"
    reports_to: budi
    leave: ["2026-05-04", "2026-03-16..2026-03-20", "2026-03-21"]
    shift: {mon-fri: "08:00-16:00"}
    capacity: 20
    quota: {revenue: 250_000_000, new_leads: 12.5}
"""
SOP = """\
sop: demo
title: Demo
version: "1"
roles: {admin_sales: Admin, sales: Sales, auditor: Auditor}
stages:
  capture: {owner: admin_sales}
  closing: {owner: [sales, auditor]}
"""


def problems(text: str) -> list[tuple[str, int, str | None]]:
    """What is wrong with a directory: code, line and suggestion."""
    with pytest.raises(InvalidSop) as caught:
        People.from_document(read(text, "people.yaml"))
    return [(problem.code, problem.span.line, problem.suggestion) for problem in caught.value.diagnostics]


def test_a_file_says_who_people_are(tmp_path: Path) -> None:
    """Roles, names, superiors and members are answered as they are written; unknown people have and are nothing."""
    (tmp_path / "people.yaml").write_text(FILE, encoding="utf-8")
    people = People.read(tmp_path / "people.yaml")
    assert people.roles("rina", 0) == {"admin_sales"}
    assert people.roles("budi", 0) == {"sales", "sales_manager"}
    assert people.members("sales", 0) == ("budi", "sari")
    assert (people.name("sari"), people.name("rina")) == ("Sari", "rina")
    assert (people.reports_to("sari"), people.reports_to("budi")) == ("budi", None)
    assert (people.known("sari"), people.known("role:sales"), people.known("nobody")) == (True, False, False)
    assert (people.roles("nobody", 0), people.name("nobody"), people.reports_to("nobody")) == (frozenset(), None, None)
    assert people.roles("role:sales", 0) == frozenset()
    assert people.members("nothing", 0) == ()


def test_what_is_needed_later_is_kept() -> None:
    """Groups, leave, shift, capacity and quotas are read now; touching days of leave are one absence."""
    sari = People.from_document(read(FILE, "people.yaml")).entries["sari"]
    assert sari.groups == ("jawa", "senior")
    assert [(date.fromordinal(a), date.fromordinal(b)) for a, b in sari.leave] == [
        (date(2026, 3, 16), date(2026, 3, 21)),
        (date(2026, 5, 4), date(2026, 5, 4)),
    ]
    hour = 3_600_000_000
    assert sari.shift == (((8 * hour, 16 * hour),),) * 5 + (None, None)
    assert (sari.capacity, sari.email, sari.phone) == (20, "sari@contoh.co.id", "+62 811 234 567")
    assert (sari.quota("revenue"), sari.quota("new_leads"), sari.quota("other")) == (250_000_000, Decimal("12.5"), None)
    one = People.from_mapping({"a": {"roles": "x", "quota": "5_000"}}).entries["a"]
    assert (one.quota("revenue"), one.shift) == (5000, None)


def test_a_mapping_says_the_same_as_a_file() -> None:
    """A program may hand over dictionaries, tuples, sets, dates and exact numbers instead of a file."""
    people = People.from_mapping(
        {
            "rina": "admin_sales",
            "budi": ("sales", "sales_manager"),
            "sari": {
                "name": "Sari",
                "roles": {"sales"},
                "groups": ["jawa", "senior"],
                "email": "sari@contoh.co.id",
                "phone": "+62 811 234 567",
                "reports_to": "budi",
                "leave": [date(2026, 5, 4), "2026-03-16..2026-03-20", date(2026, 3, 21)],
                "shift": {"mon-fri": "08:00-16:00"},
                "capacity": 20,
                "quota": {"revenue": Decimal(250_000_000), "new_leads": 12.5},
            },
        }
    )
    assert people.entries == People.from_document(read(FILE, "people.yaml")).entries


ids = st.from_regex(r"\A[a-z][a-z0-9_.@+-]{0,6}\Z").filter(lambda name: name not in ("sop", "customer"))
role_names = st.sampled_from(["sales", "admin_sales", "sales_manager", "on", "no", "null", "y"])


@given(st.dictionaries(ids, st.lists(role_names, min_size=1, max_size=4), min_size=1, max_size=6))
def test_members_and_roles_are_one_relation(given_roles: dict[str, list[str]]) -> None:
    """A person is a member of a role exactly when the role is one of theirs, whatever the names look like to YAML."""
    people = People.from_mapping(given_roles)
    for person, held in given_roles.items():
        assert people.roles(person, 0) == set(held)
        assert people.known(person)
    for role in ("sales", "admin_sales", "sales_manager", "on", "no", "null", "y"):
        assert people.members(role, 0) == tuple(name for name, held in given_roles.items() if role in held)


@given(st.lists(st.none() | st.integers(0, 7), min_size=1, max_size=8))
def test_circles_are_found_by_walking_up(above: list[int | None]) -> None:
    """A directory is refused exactly when somebody, walking up far enough, meets themselves or nobody."""
    names = [f"p{number}" for number in range(len(above))]
    data: dict[str, Any] = {
        name: {"roles": "x"} | ({} if boss is None else {"reports_to": f"p{boss}"})
        for name, boss in zip(names, above, strict=True)
    }
    in_circles, to_nobody = set(), set()
    for number in range(len(above)):
        if above[number] is not None and above[number] >= len(above):
            to_nobody.add(number)
        at: int | None = number
        for _ in range(len(above)):
            at = above[at] if at is not None and at < len(above) else None
            if at == number:
                in_circles.add(number)
    try:
        People.from_mapping(data)
        found: list[str] = []
    except InvalidSop as caught:
        found = [problem.code for problem in caught.diagnostics]
    assert found.count("SOP750") == len(to_nobody)
    assert (found.count("SOP751") > 0) == bool(in_circles)
    assert found.count("SOP751") <= len(in_circles)


BAD = {
    "SOP008": ("people:\n  rina: sales\n  rina: sales\n", 3, None),
    "SOP101": ("people:\n  rina: {roles: sales, emial: a@b.co}\n", 2, "email"),
    "SOP103": ("people:\n  rina: {name: Rina}\n", 2, None),
    "SOP421": ("people:\n  rina:\n    roles: sales\n    shift:\n      mon: 08:00-12:00\n      tue: 08.00\n", 6, None),
    "SOP423": ("people:\n  rina: {roles: sales, leave: [\n    2026-03-20..2026-03-16]}\n", 3, None),
    "SOP750": ("people:\n  rina: sales\n  budi:\n    roles: sales\n    reports_to: rinna\n", 5, "rina"),
    "SOP751": ("people:\n  rina: {roles: a, reports_to: budi}\n  budi: {roles: a, reports_to: rina}\n", 2, None),
    "SOP754": ("people:\n  rina: {roles: a, email: rina}\n", 2, None),
    "SOP755": ('people:\n  rina: {roles: a, phone: "811"}\n', 2, None),
    "SOP756": ("people:\n  rina: a\n  customer: a\n", 3, None),
    "SOP757": ("people:\n  rina: {roles: a, quota: Rp5.000.000}\n", 2, "5_000_000"),
}


def test_a_circle_names_only_who_is_in_it() -> None:
    """Somebody who merely reports into a circle is not part of what is told."""
    text = "people:\n  a: {roles: x, reports_to: b}\n  b: {roles: x, reports_to: c}\n  c: {roles: x, reports_to: b}\n"
    with pytest.raises(InvalidSop) as caught:
        People.from_document(read(text, "people.yaml"))
    (problem,) = caught.value.diagnostics
    assert (problem.span.line, problem.params["chain"]) == (3, "b → c → b")


def test_a_quota_is_not_below_zero() -> None:
    """Nobody's target is a loss; nothing at all is a target."""
    assert problems('people:\n  a: {roles: x, quota: "-5"}\n') == [("SOP757", 2, None)]
    assert People.from_mapping({"a": {"roles": "x", "quota": 0}}).entries["a"].quota("any") == 0


@pytest.mark.parametrize("code", BAD)
def test_each_mistake_is_told_with_its_line(code: str) -> None:
    """Every mistake has a code, the line where it stands, and the nearest spelling where there is one."""
    text, line, suggestion = BAD[code]
    assert problems(text) == [(code, line, suggestion)]


def test_all_mistakes_are_told_at_once() -> None:
    """One reading reports the mistakes of shape, of meaning and of YAML together, in the order of the file."""
    text = "people:\n  a: {roles: x, email: b}\n  b: {roles: x, capacity: many}\n  b: x\n  c: {roles: x, reports_to: z}\n"
    assert [(code, line) for code, line, _ in problems(text)] == [
        ("SOP754", 2),
        ("SOP104", 3),
        ("SOP008", 4),
        ("SOP750", 5),
    ]


@pytest.mark.parametrize(
    "text", ["", "people:", "people: []", "[]", "people: {}", "people: {a: }", "people: {1: x}\nother: 1", "a: &a [*a]", "\0"]
)
def test_what_is_no_directory_is_refused(text: str) -> None:
    """A file of another shape is refused with diagnostics, never with another exception."""
    assert problems(text)


def test_a_missing_file_is_a_diagnostic(tmp_path: Path) -> None:
    """A path that leads nowhere is told like any other problem."""
    with pytest.raises(InvalidSop) as caught:
        People.read(tmp_path / "nowhere.yaml")
    assert [problem.code for problem in caught.value.diagnostics] == ["SOP017"]


def test_a_long_line_of_superiors_is_no_trouble() -> None:
    """Ten thousand people, each reporting to the next, are read; closing the circle is one problem with a short sentence."""
    chain = "\n".join(f"  p{n}: {{roles: x, reports_to: p{n + 1}}}" for n in range(10_000))
    people = People.from_document(read(f"people:\n{chain}\n  p10000: x\n", "p.yaml"))
    assert people.reports_to("p9999") == "p10000"
    with pytest.raises(InvalidSop) as caught:
        People.from_document(read(f"people:\n{chain}\n  p10000: {{roles: x, reports_to: p0}}\n", "p.yaml"))
    (problem,) = caught.value.diagnostics
    assert problem.code == "SOP751"
    assert len(problem.text("id")) < 300


def test_people_are_checked_against_the_sops() -> None:
    """Roles that no SOP knows and roles that nobody holds are warnings, at the place where they are written."""
    sop = load_text(SOP)
    people = People.from_document(read("people:\n  a:\n    roles: [admin_sales,\n      saless]\n  b: sales\n", "p.yaml"))
    found = check_people(people, sop)
    assert [(d.code, d.severity, str(d.span), d.suggestion) for d in found] == [
        ("SOP752", "warning", "p.yaml:4:7", "sales"),
        ("SOP753", "warning", "<text>:4:43", None),
    ]
    other = load_text(SOP.replace("auditor", "saless").replace("sop: demo", "sop: other"))
    assert [d.code for d in check_people(people, sop, other)] == ["SOP753"]


def test_the_example_fits_the_packaged_sops() -> None:
    """The packaged directory is sound, and with both packaged SOPs no role is unknown and none is vacant."""
    people = People.read(bundled_path("sops", "people.example.yaml"))
    sops = [load(bundled_path("sops", name)) for name in ("lead-handling.yaml", "saas-demo.yaml")]
    assert check_people(people, *sops) == []
    wanted = {row.then for sop in sops for table in sop.tables.values() for row in table.rows}
    groups = {group for person in people.entries.values() for group in person.groups}
    assert groups == wanted


def test_no_directory_knows_roles_only() -> None:
    """Where there is no directory, a role acts for itself and a person has no roles."""
    nobody = NoDirectory()
    assert nobody.roles("role:sales", 0) == {"sales"}
    assert nobody.roles("budi", 0) == nobody.roles("role:", 0) == frozenset()
    assert nobody.members("sales", 0) == ("role:sales",)
    assert all(nobody.roles(member, 0) == {"sales"} for member in nobody.members("sales", 0))
    assert (nobody.name("budi"), nobody.reports_to("budi"), nobody.known("budi")) == (None, None, True)


def test_a_directory_comes_from_many_things(tmp_path: Path) -> None:
    """Nothing, a path, a mapping or a directory of the program's own; anything else is the caller's mistake."""
    path = tmp_path / "people.yaml"
    path.write_text(FILE, encoding="utf-8")
    own = NoDirectory()
    assert isinstance(as_directory(None), NoDirectory)
    assert as_directory(own) is own
    assert as_directory(str(path)).known("sari")
    assert as_directory(path).known("sari")
    assert as_directory({"rina": "sales"}).roles("rina", 0) == {"sales"}
    for wrong in (5, ["rina"], object()):
        with pytest.raises(UsageError):
            as_directory(wrong)  # type: ignore[arg-type]
    loop: dict[str, Any] = {}
    loop["a"] = loop
    for unplain in ({"a": object()}, {"a": b"x"}, loop):
        with pytest.raises(UsageError):
            as_directory(unplain)


def test_directories_follow_the_protocol() -> None:
    """Both directories answer everything that the engine asks."""
    assert isinstance(NoDirectory(), Directory)
    assert isinstance(People.from_mapping({"a": "x"}), Directory)
    assert not isinstance({}, Directory)


def test_the_schema_is_a_json_schema() -> None:
    """The packaged schema is valid draft 2020-12, explains every key, and accepts the example as any validator would."""
    schema = people_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    data = read(FILE, "people.yaml").data
    assert jsonschema.Draft202012Validator(schema).is_valid(json.loads(json.dumps(data)))
    assert all("description" in part for part in schema["$defs"]["person"]["anyOf"][1]["properties"].values())


def test_the_page_has_every_key() -> None:
    """The page about directories explains each key of the schema, and no other; each has a title and a description."""
    schema = people_schema()
    keys = {**schema["properties"], **schema["$defs"]["person"]["anyOf"][1]["properties"]}
    page = (Path(__file__).parent.parent / "docs" / "language" / "directory.md").read_text(encoding="utf-8")
    table = page.partition("| key |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(dict.fromkeys(["timezone", "people", *keys]))
    assert all(part["title"] and part["markdownDescription"] for part in keys.values())


def test_every_message_is_reached_and_said() -> None:
    """Each code for people has an example here, and both languages have a sentence and a page for it."""
    codes = {code for code in rules_people.MESSAGES if code < "SOP760"}
    assert codes == {code for code in BAD if code > "SOP7"} | {"SOP752", "SOP753"}
    for problem in _examples():
        for lang in wording.LANGUAGES:
            assert problem.text(lang)
            assert wording.page(problem.code, lang)


def _examples() -> Iterator[Any]:
    for code, (text, _, _) in BAD.items():
        if code > "SOP7":
            with pytest.raises(InvalidSop) as caught:
                People.from_document(read(text, "people.yaml"))
            yield from caught.value.diagnostics
    sop = load_text(SOP)
    yield from check_people(People.from_mapping({"a": "saless"}), sop)


def test_a_file_of_people_that_is_named_is_checked_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its mistakes are those of a directory, never that it is no SOP; in a folder it is still passed over."""
    file = tmp_path / "people.yaml"
    file.write_text("people:\n  rina: sales\n  budi: {roles: sales, reports_to: rinna}\n", encoding="utf-8")
    assert [problem.code for problem in sopengine.check(file)] == ["SOP750"]
    assert cli.main(["check", str(file), "--lang", "en"]) == 1
    assert "[SOP750]" in capsys.readouterr().out
    assert sopengine.check(tmp_path) == []
    file.write_text("people:\n  rina: sales\n", encoding="utf-8")
    assert cli.main(["check", str(file), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "1 file, 0 errors, 0 warnings\n"
    file.write_text("people: {rina: sales}\nsop: both\n", encoding="utf-8")
    assert "SOP118" in {problem.code for problem in sopengine.check(file)}
