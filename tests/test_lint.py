"""The linter: every code by example, exact places, no cascades, and nothing that a hostile file can break."""

from __future__ import annotations

import json
import random
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopengine import wording
from sopengine.language.places import offset_in
from sopengine.lint import flow
from sopengine.lint.enforced import NOT_ENFORCED
from sopengine.loading import Loaded, examine, load_text, understood
from sopengine.source import read

CASES = Path(__file__).parent / "cases"
BAD = sorted((CASES / "bad").glob("*.yaml"))
GOOD = [*sorted((CASES / "ok").glob("*.yaml")), *sorted((CASES.parent.parent / "sops").glob("*.yaml"))]
SOPS = [path for path in GOOD if re.search(r"^sop:", path.read_text(encoding="utf-8"), re.M)]

WITHOUT_A_CASE = {
    "SOP002": "a file of more than 1 MiB is not kept among the sources",
    "SOP017": "the file cannot be opened, so it is no file of this folder",
    "SOP426": "a calendar read without an SOP; an SOP always gives it a zone",
    "SOP501": "the schema refuses an empty condition first",
    "SOP505": "the schema refuses a condition of the wrong shape first",
    "SOP511": "only the host knows which predicates are registered",
    "SOP612": "no fact of an SOP is a list; a host's scope may have one",
    "SOP625": "no fact of an SOP is a list; a host's scope may have one",
    "SOP628": "no fact of an SOP is a list; a host's scope may have one",
    "SOP632": "no fact of an SOP is a list; a host's scope may have one",
    "SOP640": "found when a message is made",
    "SOP641": "found when a message is made",
    "SOP642": "found when a message is made",
    "SOP643": "found when a message is made",
    "SOP702": "an SOP given as a text; tested with the builder",
    "SOP704": "a file of more than 1 MiB is not kept among the sources; tested with the builder",
    "SOP783": "a directory of people beside an SOP",
    **{f"SOP75{digit}": "a directory of people, not an SOP" for digit in range(10)},
    **{f"SOP{number}": "a directory of people, not an SOP" for number in range(767, 775)},
}


def registry() -> dict[str, wording.Message]:
    """Every code about files."""
    families = ("source", "schema", "rules")
    return {k: m for name in families for k, m in wording.family(name).items() if k.startswith("SOP")}


def listed(loaded: Loaded) -> list[str]:
    """What was found, as the expected files say it."""
    return [f"{d.span.line}:{d.span.column} {d.severity} {d.code}" for d in loaded.diagnostics]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_case_yields_what_the_text_beside_it_says(path: Path) -> None:
    """Each bad file has exactly the findings, at the places, that its expected list names."""
    assert listed(examine(path)) == path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("code", sorted(registry()))
def test_every_code_has_a_case_that_shows_it(code: str) -> None:
    """A code either has a bad case in which it is found, or a reason why a file cannot show it."""
    cases = [path for path in BAD if path.stem.startswith(code)]
    if code in WITHOUT_A_CASE:
        assert not cases
    else:
        assert any(f" {code}\n" in path.with_suffix(".txt").read_text(encoding="utf-8") for path in cases)


def test_a_case_shows_one_mistake_and_no_consequences_of_it() -> None:
    """Besides remarks, a case has only its own code, unless that code is about having too many others."""
    floods = {"SOP018", "SOP117", "SOP706"}
    for path in BAD:
        if path.stem in floods or not path.stem.startswith("SOP"):
            continue
        lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
        codes = {line.split()[2] for line in lines if line.split()[1] != "info"}
        assert codes <= {path.stem[:6]}, path.name


def test_forty_mistakes_are_forty_findings_each_in_its_own_place() -> None:
    """A file with 40 numbered mistakes yields exactly 40 findings, each on the line that carries its number."""
    path = CASES / "bad" / "forty-mistakes.yaml"
    found = [d for d in examine(path).diagnostics if d.severity != "info"]
    numbered = [
        line
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for _ in re.findall(r"\d+", (re.search(r"# ([\d, ]+)$", text) or ["", ""])[1])
    ]
    assert len(found) == 40
    assert sorted(d.span.line for d in found) == numbered
    assert len({(d.span.line, d.span.column) for d in found}) == 40


@pytest.mark.parametrize("path", SOPS, ids=lambda path: path.name)
def test_good_sops_are_clean(path: Path) -> None:
    """Files under ok/ and the SOPs that ship have neither errors nor warnings."""
    assert [line for line in listed(examine(path)) if " info " not in line] == []


@pytest.mark.parametrize("code", sorted(registry()))
def test_sentences_and_pages_speak_both_languages(code: str) -> None:
    """A message takes the same parameters in both languages, ends its sentences, and differs between them."""
    message = registry()[code]

    def fields(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence)} - {None}

    assert fields(message.en) >= fields(message.id)
    assert message.en != message.id
    assert message.en.rstrip().endswith((".", ":", "?")) or "{" in message.en[-12:]


def test_every_finding_can_be_said_in_both_languages() -> None:
    """No case leaves a parameter of its sentence unfilled."""
    for path in BAD:
        for diagnostic in examine(path).diagnostics:
            assert diagnostic.text("en") != diagnostic.text("id")
            assert json.dumps(diagnostic.to_dict("id"))


def test_features_that_are_not_enforced_name_places_that_exist_in_the_language() -> None:
    """Each remark's pattern is found in the file that holds every key."""
    found = {d.code for d in examine(CASES / "ok" / "full.sop.yaml").diagnostics if d.severity == "info"}
    assert {code for code, _ in NOT_ENFORCED} <= found


SMALL = "sop: demo\ntitle: Demo\nversion: '1'\ntimezone: Asia/Jakarta\n"


def codes(text: str) -> list[str]:
    """The codes of errors and warnings in a text."""
    return [d.code for d in understood(read(SMALL + text, "demo.yaml"), None).diagnostics if d.severity != "info"]


def test_a_misspelt_target_is_one_finding() -> None:
    """The stage that was meant is not called unreachable, nor the stage before it a dead end."""
    text = "stages:\n  a: {owner: x, next: [b, ccd]}\n  b: {owner: x, next: won}\n"
    text += "  cde: {owner: x, next: won}\n  ccc: {owner: x, next: won}\n"
    assert codes(text) == ["SOP206", "SOP301"]


def test_names_that_only_look_unused_are_not_reported_while_parts_are_missing() -> None:
    """What a refused part may have used is not called unused."""
    assert codes("stages:\n  a: {owner: x, documents: 3}\ndocuments: {kontrak: Kontrak}\n") == ["SOP104"]


def test_a_limited_recycle_may_go_round() -> None:
    """`max` ends a circle of consequences, but not when its `then` closes it again."""
    ends = "outcomes:\n  rest: {{kind: parked, recycle: {{after: 1d, to: a, max: 2, then: {}}}}}\n"
    stage = "stages:\n  a: {owner: x, follow_up: {max: 1, then: rest}}\n"
    assert codes(ends.format("lost") + stage) == []
    assert codes(ends.format("a") + stage) == ["SOP304"]


def test_a_flood_of_mistakes_is_cut_off() -> None:
    """Of one kind at most 100 findings are made, so that hostile text buys no time; other kinds are still found."""
    stages = "".join(f"  s{i}: {{owner: x, next: nowhere_{i}, documents: [d{i}]}}\n" for i in range(290))
    found = codes(f"documents: {{kontrak: Kontrak}}\nstages:\n{stages}")
    assert found.count("SOP206") == 100
    assert found.count("SOP204") == 100


def test_a_measure_names_what_exists() -> None:
    """Words, ends of a stretch and keys of a map are all looked up."""
    measures = "measures:\n  m: {median: {from: opened, to: wonn}}\n  f: {sum: nilai, of: open, weights: {b: 30%}}\n"
    measures += "  p: {pay: m, only_if: {q: '> 1'}, freeze_after: 3}\n"
    assert codes(f"fields: {{nilai: number}}\nstages: {{a: {{owner: x, requires: nilai}}}}\n{measures}") == [
        "SOP225",
        "SOP225",
        "SOP225",
        "SOP111",
    ]


@given(st.integers(1, 6), st.data())
def test_reaching_agrees_with_repeated_squaring(size: int, data: st.DataObject) -> None:
    """What is reached from a start is its row in the transitive closure of the edges (Warshall)."""
    nodes = [f"n{i}" for i in range(size)]
    edges = {name: frozenset(data.draw(st.sets(st.sampled_from(nodes)))) for name in nodes}
    closure = {(a, b) for a in nodes for b in edges[a]}
    for k in nodes:
        closure |= {(a, b) for a in nodes for b in nodes if (a, k) in closure and (k, b) in closure}
    for start in nodes:
        assert flow.reached(edges, [start]) == {start} | {b for a, b in closure if a == start}


def write(text: str, style: str) -> str:
    """A text as a YAML scalar in one of its styles."""
    if style == "double":
        return json.dumps(text, ensure_ascii=False)
    if style == "escaped":
        return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    return "|\n" + "".join(f"    {line}\n" for line in text.split("\n"))


@given(
    st.text(alphabet="ab '\"\\{}é💡", min_size=1, max_size=20),
    st.integers(0, 20),
    st.sampled_from(["double", "escaped", "single", "literal"]),
)
def test_the_place_inside_a_scalar_is_where_the_character_stands(text: str, at: int, style: str) -> None:
    """A marker put anywhere into a text is found at its own character of the file, however the text is quoted."""
    at = min(at, len(text))
    marked = "x" + text[:at] + "☃" + text[at:] + "x"
    source = f"body: {write(marked, style)}"
    document = read(source, "t.yaml")
    assert document.data == {"body": marked + "\n" * (style == "literal")}
    span = document.span(("body",))
    start = document.offset(span.line, span.column)
    written = source[start : document.offset(span.end_line, span.end_column)]
    found = offset_in(written, document.data["body"], 1, marked.index("☃") + 1)
    assert found is not None
    assert written[found:].startswith(("☃", "\\U00002603"))


@pytest.mark.parametrize(
    "body",
    [
        '"Halo {{ lead.nama }}"',
        "'It''s {{ lead.nama }}'",
        "Halo {{ lead.nama }}",
        '"\\u2603 \\"{{ lead.nama }}\\""',
        "|\n      Halo,\n        {{ lead.nama }}\n",
        ">\n      Halo,\n      kabar\n\n      {{ lead.nama }}\n",
        '"Halo\n\n      kabar {{ lead.nama }}"',
        "Halo\n      kabar\n      {{ lead.nama }}",
    ],
)
def test_a_fault_in_a_template_is_shown_at_its_own_character(body: str) -> None:
    """Plain, quoted and block scalars, on one line or folded: the caret is under the name that does not exist."""
    text = SMALL + "fields: {name: string}\nstages:\n  a:\n    owner: x\n    send: {t: holder}\n"
    text += f"templates:\n  t:\n    channel: sms\n    body: {body}\n"
    found = [d for d in understood(read(text, "demo.yaml"), None).diagnostics if d.severity != "info"]
    assert [d.code for d in found] == ["SOP621"]
    line = text.splitlines()[found[0].span.line - 1]
    assert line[found[0].span.column - 1 :].startswith((".nama", "nama"))


JUNK = ["", "~", "[]", "{}", "[[a]]", "{a: {b: c}}", "-1", "1.5", "true", "'{{ lead.x }}'", "1x24 jam kerja", "next", "won"]


@given(st.integers(0, 2**32))
def test_no_damage_to_an_sop_makes_the_linter_raise(seed: int) -> None:
    """Lines lost, doubled, moved and values replaced: there are findings or there are none, but never an exception."""
    chance = random.Random(seed)
    lines = chance.choice(SOPS).read_text(encoding="utf-8").splitlines()
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        act = chance.randrange(5)
        if act == 0:
            del lines[at]
        elif act == 1:
            lines.insert(at, chance.choice(lines))
        elif act == 2:
            key, colon, _ = lines[at].partition(": ")
            lines[at] = f"{key}{colon}{chance.choice(JUNK)}" if colon else lines[at]
        elif act == 3:
            words = re.findall(r"\w+", lines[at])
            lines[at] = lines[at].replace(chance.choice(words), chance.choice(JUNK), 1) if words else lines[at]
        else:
            lines[at] = lines[at][1:]
    for diagnostic in understood(read("\n".join(lines), "damaged.yaml"), None).diagnostics:
        assert diagnostic.text("id")
        assert diagnostic.span.line <= len(lines) + 1


def test_warnings_and_remarks_do_not_stop_loading() -> None:
    """`load` raises for errors only."""
    text = SMALL + "documents: {lama: Lama}\nmeasures: {n: {count: opened}}\nstages: {a: {owner: x}}\n"
    assert load_text(text).start == "a"


def test_a_part_with_a_mistake_in_it_exists() -> None:
    """A template that could not be built is reported where it is written, not again where it is sent."""
    assert codes("stages:\n  a: {owner: x, send: {sapa: customer}}\ntemplates: {sapa: {channel: WA, body: Halo}}\n") == ["SOP106"]


def test_the_ways_out_of_an_sop_are_listed() -> None:
    """A target that does not exist is answered with the stages and the outcomes, `won` and `lost` included."""
    text = "stages:\n  a: {owner: x, next: [b, gagal]}\n  b: {owner: x}\n"
    (problem,) = (d for d in understood(read(SMALL + text, "demo.yaml"), None).diagnostics if d.code == "SOP206")
    assert "a, b, won or lost." in problem.text("en")
