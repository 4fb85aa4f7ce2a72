"""Reading YAML: data with the place of every value, and a diagnostic for whatever cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sopengine import wording
from sopengine.source import DEPTH_LIMIT, NODE_LIMIT, SIZE_LIMIT, Document, read, read_file
from sopengine.source import reader as reader_module

FULL = (Path(__file__).parent / "cases" / "ok" / "full.sop.yaml").read_text(encoding="utf-8")

# text → the one diagnostic it gives: code, line, column
FAULTS: dict[str, tuple[str, int, int]] = {
    "a: 1\nb: caf\x07e": ("SOP003", 2, 7),
    "a: \x00": ("SOP003", 1, 4),
    "a: x\ufeffy": ("SOP003", 1, 5),
    "": ("SOP004", 1, 1),
    "# only a comment\n": ("SOP004", 1, 1),
    "---\n...\n": ("SOP004", 1, 1),
    "a: 1\n---\nb: 2": ("SOP005", 2, 1),
    "[" * (DEPTH_LIMIT + 1): ("SOP006", 1, DEPTH_LIMIT + 1),
    "a:\n" + "- x\n" * NODE_LIMIT: ("SOP007", NODE_LIMIT - 1, 3),
    "a: 1\nb: 2\na: 3": ("SOP008", 3, 1),
    "a: &x {b: 1}\nc:\n  <<: *x": ("SOP009", 3, 3),
    "a: !!python/object:os.system x": ("SOP010", 1, 4),
    "a: !penting sekali": ("SOP010", 1, 4),
    "a: !!map {b: 1}": ("SOP010", 1, 4),
    "a: *halo": ("SOP011", 1, 4),
    "a: &x [*x]": ("SOP012", 1, 8),
    "? [a, b]\n: c": ("SOP013", 1, 3),
    "a: &x b\n*x : c": ("SOP013", 2, 1),
    "{: b}": ("SOP014", 1, 2),
    ": b": ("SOP014", 1, 1),
    "a: .inf": ("SOP015", 1, 4),
    "a: [1, -.INF]": ("SOP015", 1, 8),
    "a: .nan": ("SOP015", 1, 4),
    "a: 1e999": ("SOP016", 1, 4),
    "a: " + "9" * 100_000: ("SOP016", 1, 4),
    "a: 0x" + "f" * 30: ("SOP016", 1, 4),
    "a: - - -\n": ("SOP031", 1, 4),
    "a:\n\tb: 1": ("SOP021", 2, 1),
    "a:\n  b: 1\n\tc: 2": ("SOP021", 3, 1),
    "a: 'x\nb: 1\n": ("SOP022", 1, 4),
    'a: "x\nb: 1\nc: "y"\n': ("SOP022", 1, 4),
    "a: [1, 2": ("SOP023", 1, 4),
    "a:\n  b: {c: d\n  e: f\n": ("SOP023", 2, 6),
    "a: [1, 2}": ("SOP023", 1, 4),
    "a: {{ lead.name }}": ("SOP024", 1, 4),
    "a: {{ lead.name }} halo\nb: 1": ("SOP024", 1, 4),
    "a: %50": ("SOP025", 1, 4),
    "a: @budi": ("SOP025", 1, 4),
    "a: `x`": ("SOP025", 1, 4),
    "a: >= 5": ("SOP025", 1, 4),
    "a: {b: > 5}": ("SOP025", 1, 8),
    "a: *Halo* semua": ("SOP025", 1, 4),
    "title: SOP: Lead": ("SOP026", 1, 11),
    "a: 1\njudul\nb: 2": ("SOP027", 2, 1),
    "judul\nb: 2": ("SOP027", 1, 1),
    "a:\n    b: 1\n  c: 2": ("SOP028", 3, 3),
    "a: b\n  c: d": ("SOP035", 2, 3),
    "s:\n  a:\n   b: x\n    c: d\n    e: f": ("SOP035", 3, 4),
    "a:\n  b: 1\n  # c\n\n   d: 2": ("SOP035", 5, 4),
    "- a\nb: 1": ("SOP036", 2, 1),
    "s:\n  - a:\n    b: 1\n  c:\n    d: 1": ("SOP036", 4, 3),
    "a: 1\n- b": ("SOP037", 2, 1),
    'a: "x" y': ("SOP029", 1, 8),
    "a: [x] y": ("SOP029", 1, 8),
    r'a: "C:\sop"': ("SOP030", 1, 7),
    "a: - b": ("SOP031", 1, 4),
    "%YAML 1.1\n---\na: 1": ("SOP032", 1, 1),
    "%TAG ! tag:x,2000:\n---\na: 1": ("SOP032", 1, 1),
    "a: {b: 1 c: 2}": ("SOP033", 1, 11),
    "a: [x y: z w: v]": ("SOP033", 1, 13),
    "a: }": ("SOP034", 1, 4),
    "a: [1]]": ("SOP029", 1, 7),
    "a: ? b": ("SOP020", 1, 4),
    "a: \u201cToko\u201d": ("SOP038", 1, 4),
    "a: [b, \u2018c\u2019]": ("SOP038", 1, 8),
    f"a: {{b: c, {'k' * 1100}: d}}": ("SOP039", 1, 11),
}


def only(document: Document) -> tuple[str, int, int]:
    """The code and place of the one problem of a document."""
    (problem,) = document.problems
    return problem.code, problem.span.line, problem.span.column


@pytest.mark.parametrize("text", FAULTS, ids=[re.sub(r"\W+", " ", text)[:30] for text in FAULTS])
def test_a_fault_is_one_diagnostic_at_its_place(text: str) -> None:
    """Each mistake gives exactly one diagnostic, at the line and column a person would look at."""
    assert only(read(text, "a.yaml")) == FAULTS[text]


def test_an_indentation_is_compared_with_those_that_are_open_above() -> None:
    """A line between two levels is told its spaces and those of the keys that are open above, not of closed ones."""
    text = "s:\n      x: 1\nt:\n  - a: 1\n    b: 2\nu:\n  v:\n    w: 1\n   y: 1\n"
    (problem,) = read(text, "f").problems
    assert "this line: 3; before the lines that it could stand beside: 0, 2 or 4." in problem.text("en")


@pytest.mark.parametrize("text", FAULTS, ids=[re.sub(r"\W+", " ", text)[:30] for text in FAULTS])
def test_a_mistake_that_ends_the_reading_says_so(text: str) -> None:
    """Where YAML cannot be read on, the sentence says that the rest was not read; elsewhere it does not."""
    (problem,) = read(text, "f").problems
    try:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
        ends = False
    except yaml.YAMLError:
        ends = True
    if problem.code in ("SOP013", "SOP014", "SOP024") or "SOP032" != problem.code >= "SOP020":
        assert ("was not read" in problem.text("en"), "tidak dibaca" in problem.text("id")) == (ends, ends)


def test_curly_quotes_do_not_stop_an_sop() -> None:
    """They are a warning with the straight form, they stay in the data, and a flood of them is cut off."""
    (problem,) = (document := read("title: \u201cToko\u201d\ntext: '\u201cToko\u201d'\nhalf: \u201cA\u201d dan B", "f")).problems
    assert (problem.severity, document.data["title"]) == ("warning", "\u201cToko\u201d")
    assert '`"Toko"`' in problem.text("en")
    flood = read("a:\n" + "- \u201cToko\u201d\n" * 500, "f")
    assert (len(flood.problems), len(flood.data["a"])) == (100, 500)


def test_the_pure_python_parser_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libyaml the small faults are found at the same place, with the same code."""
    monkeypatch.setattr(reader_module, "_Loader", yaml.SafeLoader)
    small = {text: found for text, found in FAULTS.items() if len(text) < 100 and "\\" not in text}
    assert {text: only(read(text, "a.yaml")) for text in small} == small


def test_every_code_has_a_case_and_every_sentence_is_whole() -> None:
    """Each SOP0nn code is provoked here, has a page in both languages, and its sentence can be filled in both."""
    provoked = [problem for text in FAULTS for problem in read(text, "a").problems]
    provoked += [*read(b"a: \xff", "a").problems, *read("x" * (SIZE_LIMIT + 1), "a").problems]
    provoked += [*read_file("no such file").problems, *read("a: 1\n" * 200, "a").problems]
    codes = {key for key in wording.family("source") if key.startswith("SOP")}
    assert {problem.code for problem in provoked} == codes
    for problem in provoked:
        for lang in wording.LANGUAGES:
            assert problem.text(lang)
            assert len(wording.page(problem.code, lang)) > 40


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "no",
        "yes",
        "off",
        "10:00",
        "1:30:00",
        "0812",
        "+0812",
        "-07",
        "50_000_000",
        "2026-01-01",
        "1.2.3",
        "nUll",
        "tRue",
        "0b11",
        "1e",
        ".",
        "-",
        "+",
        "..",
        "1..30",
        "=",
        "0o8",
        "0xg",
        "inf",
        "nan",
        "1,5",
        "١٢",
    ],
)
def test_what_is_not_plainly_a_number_stays_text(text: str) -> None:
    """Words of YAML 1.1, times, dates, and digits with a leading zero or underscores are text."""
    if text in ("-", "="):
        text = f"{text}x"
    assert read(f"a: {text}", "a").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1.", 1.0),
        ("-1e3", -1000.0),
        ("1000000000000000000", 10**18),
        ('"12"', "12"),
        ("'true'", "true"),
        ('""', ""),
    ],
)
def test_plain_scalars_follow_the_core_schema(text: str, value: Any) -> None:
    """Null, booleans and numbers of the YAML 1.2 core schema are values; quoted they are text."""
    found = read(f"a: {text}", "a").data["a"]
    assert (found, type(found)) == (value, type(value))


def test_keys_are_always_text() -> None:
    """Numbers, booleans and null are text when they are keys, and stay as they were written."""
    assert read("1: a\ntrue: b\n~: c\n1.10: d\non: e", "a").data == dict(
        zip(["1", "true", "~", "1.10", "on"], "abcde", strict=True)
    )


def test_a_quoted_merge_sign_is_a_key_like_any_other() -> None:
    """Only the unquoted `<<` is a merge key."""
    document = read('"<<": 1', "a")
    assert (document.data, document.problems) == ({"<<": 1}, ())


def test_reading_goes_on_after_a_problem() -> None:
    """Problems that leave the rest readable are all reported in one run, and the first of two equal keys counts."""
    document = read("a: 1\na: {b: .inf}\nc: !x y\nd: *e\nf: [*e, 2]\ng: 3", "a")
    assert [problem.code for problem in document.problems] == ["SOP008", "SOP015", "SOP010", "SOP011", "SOP011"]
    assert document.data == {"a": 1, "f": [2], "g": 3}
    assert str(document.span(("f", 0))) == "a:5:9"
    assert document.mentions(("c",))
    assert not document.mentions(("z",))


def test_a_duplicate_key_points_to_the_first() -> None:
    """The diagnostic for a duplicate key carries the place of the first one."""
    (problem,) = read("x:\n  a: 1\n  b: 2\n  a: 3", "f").problems
    assert [(str(related.span), related.key) for related in problem.related] == [("f:2:3", "hint.first_here")]


def test_aliases_stand_for_what_was_marked() -> None:
    """An alias has the value and the place of the part it repeats."""
    document = read("a: &x {b: 1}\nc: *x\nd: &x 2\ne: *x", "f")
    assert document.data == {"a": {"b": 1}, "c": {"b": 1}, "d": 2, "e": 2}
    assert document.span(("c", "b")) == document.span(("a", "b"))


def test_alias_bombs_are_counted_as_written_out() -> None:
    """Nine lines that stand for a billion values are refused, by number or by depth, at the alias that is too much."""
    wide = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    deep = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100))
    long = f"a: &a {'x' * 500_000}\nb: [{','.join(['*a'] * 1000)}]"
    assert [read(text, "f").problems[-1].code for text in (wide, deep, long)] == ["SOP007", "SOP006", "SOP007"]


@pytest.mark.parametrize("text", ["[", "{", "- ", "? ", "[\n", "{a: ", "&a ", "a: ", "'", '"', "%", ":", "a:\n", "!", "*", "a\n"])
def test_a_megabyte_of_one_thing_is_stopped(text: str) -> None:
    """However a sign is repeated, reading ends with a few diagnostics and no exception."""
    document = read(text * ((SIZE_LIMIT - 1) // len(text)), "f")
    assert len(document.problems) <= 101
    assert document.problems or document.data is not None


@pytest.mark.parametrize("data", [b"a: 1\nb: \xff", b"a: \xc3", "é: 1\nb: ".encode() + b"\xed\xa0\x80", "a".encode("utf-16")])
def test_bytes_that_are_not_utf8_have_a_place(data: bytes) -> None:
    """The first byte that is not UTF-8 is reported by line and column of code points."""
    code, line, column = only(read(data, "f"))
    good = data.decode("utf-8", errors="ignore") if data[:1] != b"\xff" else ""
    assert code == "SOP001"
    assert (line, column) == (good.count("\n") + 1, len(good.rpartition("\n")[2]) + 1)


def test_a_byte_order_mark_is_tolerated_at_the_start() -> None:
    """A leading byte order mark is dropped and shifts nothing."""
    document = read(b"\xef\xbb\xbfa: b", "f")
    assert (document.data, str(document.span(("a",)))) == ({"a": "b"}, "f:1:4")


def test_line_separators_of_other_standards_break_no_line() -> None:
    """NEL, U+2028 and U+2029 are ordinary characters: they hide no key and move no position, also inside quotes."""
    document = read("a: x\u2028y\x85z # 😀\nb: 'p\u2029q'\nc: d", "f")
    assert document.data == {"a": "x\u2028y\x85z", "b": "p\u2029q", "c": "d"}
    assert str(document.span(("c",))) == "f:3:4"
    assert only(read("a: x\u2028b: y", "f"))[0] == "SOP026"


def test_columns_count_code_points() -> None:
    """Characters outside the basic plane count one, before and inside a value."""
    span = read("😀é: [a, 😀, b]", "f").span(("😀é", 2))
    assert (span.column, span.end_column) == (12, 13)


def test_a_path_leads_to_value_key_and_text() -> None:
    """Spans of values and keys, the text as written, and the nearest ancestor of what is not there."""
    document = read("a:\n  b: [1.10, x]\n", "f")
    assert str(document.span(("a", "b", 0))) == "f:2:7"
    assert document.raw(("a", "b", 0)) == "1.10"
    assert str(document.key_span(("a", "b"))) == "f:2:3"
    assert document.key_span(("a", "b", 1)) == document.span(("a", "b", 1))
    assert document.span(("a", "b", 7, "c")) == document.span(("a", "b"))
    assert document.span(("a", "z")) == document.span(("a",))
    assert (document.raw(("a",)), document.raw(("q", 1))) == (None, None)
    assert document.line(2) == "  b: [1.10, x]"
    assert document.line(99) == ""
    assert document.lines == ("a:", "  b: [1.10, x]", "")


def test_without_keeps_data_and_places_together() -> None:
    """What is left after dropping list items and keys keeps its own place."""
    document = read("a: [p, q, r]\nb: {c: 1, d: 2}", "f").without([("a", 0), ("b", "c"), ("b", "c", "deeper")])
    assert document.data == {"a": ["q", "r"], "b": {"d": 2}}
    assert str(document.span(("a", 0))) == "f:1:8"
    assert str(document.span(("b", "d"))) == "f:2:14"
    assert document.mentions(("b", "c"))
    assert document.without([()]).data is None
    assert document.without([]) is document


def test_files_that_cannot_be_opened_are_diagnostics(tmp_path: Path) -> None:
    """A missing file, a directory and an impossible name are one diagnostic each; a good file is read."""
    good = tmp_path / "a.yaml"
    good.write_bytes(b"a: 1\r\nb: 2\r\n")
    assert read_file(good, "shown.yaml").span(("b",)).file == "shown.yaml"
    assert str(read_file(good).span(("b",))) == f"{good}:2:4"
    for path in (tmp_path / "none.yaml", tmp_path, "a\0b"):
        assert only(read_file(path))[0] == "SOP017"


def test_a_file_over_the_limit_is_refused_whatever_its_characters(tmp_path: Path) -> None:
    """The size limit counts bytes of UTF-8, for text, bytes and files alike."""
    wide = "# " + "😀" * (SIZE_LIMIT // 4)
    path = tmp_path / "big.yaml"
    path.write_text(wide, encoding="utf-8")
    found = [read(wide, "f"), read(wide.encode(), "f"), read_file(path)]
    assert [only(document)[0] for document in found] == ["SOP002"] * 3


@pytest.mark.parametrize("written", ['"a\\e[2Jb"', '"\\x07"', "a\u202eb", "'a\u2066b'", '"\\u202Ea"', '"\\x9b1m"', '"\\0"'])
def test_what_cannot_be_seen_is_refused_however_it_is_written(written: str) -> None:
    """A sign that steers a screen or turns the direction of reading is found as a value and as a key, at its place. The
    document is read all the same: what a program wrote (a lock) may hold it."""
    for text, column in ((f"a: {written}\n", 4), (f"{written}: a\n", 1), (f"a: [b, {written}]\n", 8)):
        document = read(text, "f")
        (problem,) = document.unseen
        assert document.problems == ()
        assert document.without({("b",)}).unseen == (problem,)
        assert (problem.code, problem.span.line, problem.span.column) == ("SOP003", 1, column)
        assert problem.params["character"] in ("U+001B", "U+0007", "U+202E", "U+2066", "U+009B", "U+0000")


def test_what_can_be_seen_or_breaks_lines_is_not_refused() -> None:
    """Tabs, line breaks, joiners of emoji and the marks that Arabic text needs are parts of texts."""
    text = '"a\\tb\\nc\\r\\u0085\\u200d\\u200f\\u2028\\u00a0"'
    document = read(f"a: {text}\n", "f")
    assert document.problems == document.unseen == ()
    assert document.data == {"a": "a\tb\nc\r\x85\u200d\u200f\u2028\xa0"}


@pytest.mark.parametrize(
    "before",
    ["", "a:\n  ", "a: {", "a: {b: c, ", '{\n "a": {\n  ', "a:\n  b: c\n  "],
)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_key_that_is_too_long_is_said_to_be_that(before: str, quote: str) -> None:
    """YAML takes 1024 characters before a colon for a key; beyond, the sentence says so and underlines the name."""
    key = f"{quote}{'k' * 1100}{quote}"
    (problem,) = read(f"{before}{key}: d{'}' * before.count('{')}\n", "f").problems
    assert (problem.code, problem.span.column) == ("SOP039", len(before.rpartition("\n")[2]) + 1)
    assert problem.span.end_column - problem.span.column == len(key)
    short = key.replace("k" * 1100, "k" * 900)
    assert read(f"{before}{short}: d{'}' * before.count('{')}\n", "f").problems == ()


CHARACTERS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\ufffe\uffff") | st.sampled_from(
    "\u2028\x85😀"
)
WORDS = st.text(CHARACTERS, max_size=8).filter(lambda word: not any(ord(c) & 0xFFFE == 0xFFFE for c in word))
KEYS = WORDS.filter(lambda word: word.strip() != "")
LEAVES = st.none() | st.booleans() | WORDS | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
TREES = st.recursive(LEAVES, lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4), max_leaves=12)


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every scalar with its path."""
    if isinstance(data, (dict, list)):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, step))
    else:
        yield path, data


@given(TREES, st.sampled_from([None, 1, 3]), st.sampled_from(["\n", "\r\n", "\r"]))
@example({"x\u2028": ["😀", {"a": 0.1}]}, 1, "\r\n")
def test_json_is_read_with_the_place_of_every_leaf(tree: Any, indent: int | None, newline: str) -> None:
    """JSON text gives the data it was made from, and cutting each span out of the text gives the leaf's own JSON."""
    text = json.dumps({"root": tree}, ensure_ascii=False, indent=indent).replace("\n", newline)
    document = read(text, "f")
    assert document.problems == ()
    assert document.data == {"root": tree}
    lines = text.split(newline)
    for path, value in leaves(document.data):
        span = document.span(path)
        assert span.line == span.end_line
        assert json.loads(lines[span.line - 1][span.column - 1 : span.end_column - 1]) == value


@given(st.text() | st.binary() | st.text(alphabet=":-?[]{},&*!|>'\"%@`#~ \n\tab1"))
@example("a: &x *x")
@example("{a: [b: {c}]}]")
def test_no_input_raises(text: str | bytes) -> None:
    """Any text or bytes give a document; when it is not readable it says why, inside the text, in both languages."""
    document = read(text, "f")
    assert document.readable or document.problems
    for problem in document.problems:
        assert problem.text("en")
        assert problem.text("id")
        assert 1 <= problem.span.line <= len(document.lines)
        assert 1 <= problem.span.column <= len(document.line(problem.span.line)) + 1


SNIPPET = FULL[FULL.index("stages:") : FULL.index("  distribution:")]


@given(
    st.integers(0, len(SNIPPET) - 1),
    st.sampled_from(["", " ", "\n", "'", '"', ":", "[", "]", "{", "}", ",", "- ", "x", "\t"]),
)
def test_a_slip_of_the_hand_is_judged_as_the_reference_parser_does(at: int, slip: str) -> None:
    """With one character replaced, a file is unreadable exactly when PyYAML's pure Python parser says so."""
    text = SNIPPET[:at] + slip + SNIPPET[at + 1 :]
    try:
        valid = bool(list(yaml.parse(text, Loader=yaml.SafeLoader)))
    except yaml.YAMLError:
        valid = False
    document = read(text, "f")
    assert document.readable == valid
    assert valid or len(document.problems) >= 1
