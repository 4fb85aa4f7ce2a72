"""The language reference is true: its generated parts are those of the grammar and the catalogue, every key is written in an
example that runs, and every key that the engine enforces makes a difference there.
"""

from __future__ import annotations

import contextlib
import copy
import doctest
import importlib.util
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

import sopengine
from sopengine.language.schema import load_schema
from sopengine.source import read

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = ROOT / "docs" / "language"
PAGES = sorted(page for page in LANGUAGE.glob("*.md") if "<!-- keys: " in page.read_text(encoding="utf-8"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"[\w-]+\.yaml:\d+:\d+")

Where = tuple[str, str]
Steps = tuple[Any, ...]


def module(name: str) -> ModuleType:
    """A script of `docs` as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


GENERATOR = module("generate")

# Generated parts


def test_the_generated_parts_are_up_to_date() -> None:
    """Every table and every page of codes is as the grammar and the catalogue have it now."""
    late = [page.relative_to(ROOT).as_posix() for page in GENERATOR.out_of_date()]
    assert late == [], "run: python docs/generate.py"


def test_a_stale_table_is_noticed(tmp_path: Path) -> None:
    """A table that says something else than the grammar is written anew; the text around it stays as it is."""
    page = tmp_path / "stages.md"
    page.write_text("# Ways\n\nBefore.\n\n<!-- keys: back -->\n| old |\n<!-- /keys -->\n\nAfter.\n", encoding="utf-8")
    text = GENERATOR.filled(page, GENERATOR.homes())
    assert "| old |" not in text
    assert "| `max` | How often it may go back there. | whole number from 1 | no limit |" in text
    assert text.startswith("# Ways\n\nBefore.\n")
    assert text.endswith("\n\nAfter.\n")


def test_examples_of_the_generator_are_true() -> None:
    """Each example in a docstring of the generator gives what it says."""
    assert doctest.testmod(GENERATOR).failed == 0


@pytest.mark.parametrize(("page", "of"), [("rules.md", "en"), ("rules.id.md", "id")])
def test_every_code_has_its_section(page: str, of: str) -> None:
    """Each code of the catalogue has a section with its sentence, and there is no section for anything else."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\w+)\n\n> (.*)$", text, re.MULTILINE))
    catalogue = ROOT / "sopengine" / "wording" / "catalogue"
    written = [re.findall(r'"((?:SOP|CASE)\d{3})": Message\(', file.read_text("utf-8")) for file in catalogue.glob("*.py")]
    assert len(sections) > 200
    assert {code for codes in written for code in codes} <= set(sections)
    said = sopengine.Diagnostic("SOP017", sopengine.Span("a", 1, 1, 1, 1), {"reason": "‹reason›"}).text(of)
    assert sections["SOP017"] == said


PLAIN = """
sop: plain
title: Plain
version: "1"
fields: {name: string}
tables: {team: [{then: all}]}
identity: {same_if: [[name]]}
approvals: {terms: {levels: [{by: boss}]}}
templates: {call_back: {channel: sms, body: Hello}}
stages:
  talk:
    owner: [sales, boss]
    approvals: [terms]
    checklist: [{text: Greeted}]
    assign: {table: team}
    sla: {finish: {target: 1d, escalate: [{at: 50%, notify: holder}]}}
    follow_up: {max: 1, every: 1d, template: call_back}
routines: {daily: {owner: sales, every: day}}
outcomes: {lost: {kind: failure, reopen: {to: talk}}}
timezone: Asia/Jakarta
"""


def test_what_is_left_out_is_as_the_tables_say() -> None:
    """The defaults in the tables are those of an SOP that leaves the keys out."""
    sop = sopengine.load_text(PLAIN)
    stage = sop.stages["talk"]
    clock, item, level = stage.clocks[0], stage.checklist[0], sop.approvals["terms"].levels[0]
    assert stage.follow_up is not None
    assert stage.assign is not None
    assert sop.identity is not None
    reopen = sop.outcomes["lost"].reopen
    assert reopen is not None
    left_out: dict[Where, Any] = {
        ("sop", "subject"): sop.subject,
        ("sop", "language"): sop.language,
        ("sop", "timezone"): sopengine.load_text("sop: x\ntitle: X\nversion: '1'\nstages: {a: {owner: b}}\n").timezone,
        ("sop", "log_within"): sop.log_within,
        ("sop.identity", "on_duplicate"): sop.identity.on_duplicate,
        ("follow_up", "min"): stage.follow_up.min,
        ("follow_up", "send"): stage.follow_up.send,
        ("follow_up", "stop_on"): stage.follow_up.stop_on[0],
        ("assign", "method"): stage.assign.method,
        ("assign", "keep_owner"): str(stage.assign.keep_owner).lower(),
        ("check_item", "optional"): str(item.optional).lower(),
        ("check_item", "once"): str(item.once).lower(),
        ("clock", "on_change"): clock.on_change,
        ("escalation", "reassign"): str(clock.escalate[0].reassign).lower(),
        ("approval.levels", "quorum"): level.quorum,
        ("template", "purpose"): sop.templates["call_back"].purpose,
        ("routine", "for"): sop.routines["daily"].per,
        ("routine", "if_closed"): sop.routines["daily"].if_closed,
        ("outcome.reopen", "clock"): reopen.clock,
    }
    assert {where: GENERATOR.DEFAULTS[where] for where in left_out} == {w: f"`{value}`" for w, value in left_out.items()}
    assert set(GENERATOR.DEFAULTS) <= set(GENERATOR.places())


def test_the_first_tutorial_is_the_same_in_both_languages() -> None:
    """The tutorial for sales operations has the same steps in English and in Indonesian."""
    english, indonesian = (ROOT / "docs" / "tutorials" / name for name in ("first-sop.md", "sop-pertama.md"))
    steps = [[language for language, _ in fenced(page)] for page in (english, indonesian)]
    assert steps[0] == steps[1]
    assert len(steps[0]) >= 10
    commands = [
        [text.count("\n$ ") + text.startswith("$ ") for language, text in fenced(page) if language == "console"]
        for page in (english, indonesian)
    ]
    assert commands[0] == commands[1]


# Every key has a table and an example


def test_every_group_of_keys_has_a_table() -> None:
    """Each element of the language whose keys are its own is described on one page."""
    assert GENERATOR.to_be_described() <= set(GENERATOR.homes())


@dataclass
class Section:
    """An SOP of a page, and the programs that drive it."""

    page: Path
    name: str
    text: str
    programs: list[str] = field(default_factory=list)
    printed: str = ""


def fenced(page: Path) -> list[tuple[str, str]]:
    """The fenced blocks of a page: language and text."""
    return FENCE.findall(page.read_text(encoding="utf-8"))


def helper(page: Path) -> str:
    """The program that a page begins with."""
    return next((text for language, text in fenced(page) if language == "python"), "")


def sections(page: Path) -> list[Section]:
    """The SOPs of a page, each with the programs that name its file."""
    found: list[Section] = []
    blocks = fenced(page)
    for (language, text), (after, printed) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if language == "yaml":
            first = text.splitlines()[0]
            found.append(Section(page, first.removeprefix("# "), text))
        elif language == "python" and after == "text":
            for section in found:
                if f'"{section.name}"' in text:
                    section.programs.append(text)
                    section.printed += printed
    return found


SECTIONS = [section for page in PAGES for section in sections(page)]


def written(schema: dict[str, Any], data: Any, group: str, steps: Steps) -> Iterator[tuple[Where, Steps]]:
    """Every key that is written in `data`, with the element that it belongs to and its path."""
    while "$ref" in schema:
        group = schema["$ref"].rpartition("/")[2]
        schema = load_schema()["$defs"][group]
    for choice in schema.get("anyOf", ()):
        if jsonschema.Draft202012Validator({**choice, "$defs": load_schema()["$defs"]}).is_valid(data):
            yield from written(choice, data, group, steps)
            return
    if isinstance(data, dict):
        own = schema.get("properties", {})
        for key, value in data.items():
            name = key if key in own else "*"
            yield (group, name), (*steps, key)
            yield from written(own.get(key) or schema["additionalProperties"], value, f"{group}.{name}", (*steps, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from written(schema["items"], value, group, (*steps, index))


def is_sop(section: Section) -> bool:
    """Whether the block is an SOP, and not a file that lends something to one."""
    return re.search(r"^sop:", section.text, re.MULTILINE) is not None


def keys_in(section: Section) -> list[tuple[Where, Steps]]:
    """Every key that an SOP of a page uses."""
    return list(written(load_schema(), read(section.text, section.name).data, "sop", ())) if is_sop(section) else []


def test_every_key_is_written_where_it_is_described() -> None:
    """Each key stands in an SOP on the page that describes it; those of the file itself and of a stage, on any page."""
    used: dict[str, set[Where]] = defaultdict(set)
    for section in SECTIONS:
        used[section.page.name] |= {where for where, _ in keys_in(section)}
    anywhere = set().union(*used.values())
    homes = GENERATOR.homes()
    missing = [
        f"{homes[group].page}: {group}.{key}"
        for group in GENERATOR.to_be_described()
        for key in (place.key for place in GENERATOR.groups()[group])
        if key not in ("*", "ref") and (group, key) not in (anywhere if group in ("sop", "stage") else used[homes[group].page])
    ]
    assert missing == []


# A key that is enforced makes a difference

FOR_READERS = {"description", "ref", "source"}
"""Words for people: nothing that happens depends on them."""

SAYS_NOTHING_YET: dict[Where, str] = {
    ("calendar", "title"): "clocks say the calendar's name",
    ("clock", "title"): "clocks go by their names",
    ("score", "title"): "conditions say the score's name",
}
"""Keys that the linter does not call unenforced and that change nothing all the same. Each page says so in words."""

ENFORCED = frozenset(
    (group, key)
    for group, key in GENERATOR.places()
    if group in GENERATOR.to_be_described()
    and key not in ("*", *FOR_READERS)
    and (group, key) not in GENERATOR.not_enforced()
)
"""Every key that the engine is said to hold somebody to."""


def run(section: Section, text: str, folder: Path) -> str:
    """What the programs of a section print when its file holds `text`, less the places in files."""
    (folder / section.name).write_text(text, encoding="utf-8")
    names: dict[str, Any] = {"__name__": "__main__"}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(helper(section.page), names)  # noqa: S102 - the programs are those of our own pages
        printed.seek(0)
        printed.truncate()
        for program in section.programs:
            exec(program, names)  # noqa: S102
    return PLACE.sub("", printed.getvalue())


def without(data: Any, steps: Steps) -> Any:
    """The data less the key at the end of a path."""
    found = copy.deepcopy(data)
    here = found
    for step in steps[:-1]:
        here = here[step]
    del here[steps[-1]]
    return found


def changes(section: Section, steps: Steps, folder: Path) -> bool:
    """Whether an example ends otherwise when a key is left out."""
    data = without(read(section.text, section.name).data, steps)
    try:
        return run(section, json.dumps(data, ensure_ascii=False), folder) != PLACE.sub("", section.printed)
    except Exception:
        return True


def driven(page: Path) -> list[Section]:
    """The sections of a page whose SOP a program drives."""
    return [section for section in sections(page) if section.programs and is_sop(section)]


def lay_out(page: Path, folder: Path) -> None:
    """The files that a page shows, under the names in their first lines."""
    for _, text in fenced(page):
        named = re.match(r"# ([\w.-]+\.(?:yaml|txt))\n", text)
        if named:
            (folder / named[1]).write_text(text, encoding="utf-8")


def test_a_key_that_is_enforced_makes_a_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a key out of the examples, and one of them ends otherwise: so each key's effect is shown somewhere."""
    monkeypatch.chdir(tmp_path)
    differs: dict[Where, bool] = {}
    for page in PAGES:
        lay_out(page, tmp_path)
        for section in driven(page):
            plain = json.dumps(read(section.text, section.name).data, ensure_ascii=False)
            assert run(section, plain, tmp_path) == PLACE.sub("", section.printed), f"{section.name} written as JSON"
            for where, steps in keys_in(section):
                if where in ENFORCED and not differs.get(where):
                    differs[where] = changes(section, steps, tmp_path)
            (tmp_path / section.name).write_text(section.text, encoding="utf-8")
    assert sorted(ENFORCED - set(differs)) == [], "in no example that is driven"
    assert {where for where, does in differs.items() if not does} == set(SAYS_NOTHING_YET)


# Keeping pages true


def test_a_page_is_refreshed_in_place(tmp_path: Path) -> None:
    """What a page shows is replaced by what it prints now, and nothing else of it is touched; a true page stays as it is."""
    refresher = module("refresh")
    tests = refresher.runner()
    page = tmp_path / "page.md"
    start = '# A page\n\n```python\nprint("one")\nprint("two")\n```\n\n```text\n'
    middle = "```\n\nBetween.\n\n```console\n$ echo three\n"
    page.write_text(f"{start}old\n{middle}older\nold\n```\n\nAfter.\n", encoding="utf-8")
    refresher.refresh(tests, page)
    fresh = f"{start}one\ntwo\n{middle}three\n```\n\nAfter.\n"
    assert page.read_text(encoding="utf-8") == fresh
    refresher.refresh(tests, page)
    assert page.read_text(encoding="utf-8") == fresh
