"""The grammar: the JSON Schema itself, and what is said where a file does not follow it."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopengine import bundled, wording
from sopengine.diagnostics import Diagnostic
from sopengine.language.schema import PROBLEM_LIMIT, checked, lent_schema, load_schema, validate
from sopengine.language.shape import compile_schema
from sopengine.source import read, read_file

ROOT = Path(__file__).parent
FULL = read_file(ROOT / "cases" / "ok" / "full.sop.yaml")
REFERENCE = jsonschema.Draft202012Validator(load_schema())
HEAD = "sop: a\ntitle: A\nversion: '1'\nstages: {s: {owner: o}}\n"

# what follows HEAD → code, line and column, and the suggestion
FAULTS: dict[str, tuple[str, int, int, str | None]] = {
    "rolse: {a: A}": ("SOP101", 5, 1, "roles"),
    "documents: {d: {titel: D}}": ("SOP101", 5, 17, "title"),
    "outcomes: {won: {judul: x}}": ("SOP101", 5, 18, "title"),
    "owner: sales": ("SOP102", 5, 1, None),
    "roles: {a: {quorum: 2}}": ("SOP102", 5, 13, None),
    "zzz: 1": ("SOP118", 5, 1, None),
    "fields: {a: {title: A}}": ("SOP103", 5, 10, None),
    "tables: {t: [{then: a}, {when: {b: 1}}]}": ("SOP103", 5, 25, None),
    "roles: [a]": ("SOP104", 5, 8, None),
    "fields:\n  - a: {type: text}\n  - b: {type: text}": ("SOP119", 6, 3, None),
    "override: {by: 'sales, admin'}": ("SOP120", 5, 16, None),
    "fields: {a: {type: number, max: 1,5}}": ("SOP121", 5, 33, None),
    "routines: {r: {owner: a, every: 1,5 jam}}": ("SOP121", 5, 33, "90 menit"),
    "templates: {x: {channel: WA}}": ("SOP106", 5, 26, "whatsapp"),
    "events: x": ("SOP104", 5, 9, None),
    "scores: {s: {add: [{points: many, when: {a: 1}}], grades: {a: '> 1'}}}": ("SOP104", 5, 29, None),
    "effective_from: 2026": ("SOP105", 5, 17, None),
    "templates: {t: {channel: note, body: true}}": ("SOP105", 5, 38, None),
    "fields: {a: {type: mony}}": ("SOP106", 5, 20, "money"),
    "fields: {a: strng}": ("SOP106", 5, 13, "string"),
    "contact_policy: {opt_out: {whatsap: [STOP]}}": ("SOP106", 5, 28, "whatsapp"),
    "roles:": ("SOP107", 5, 1, None),
    "templates: {t: {channel: , body: x}}": ("SOP107", 5, 17, None),
    "events: []": ("SOP108", 5, 9, None),
    "fields: {}": ("SOP108", 5, 9, None),
    "events: [ok, tidak ok]": ("SOP109", 5, 14, "tidak_ok"),
    "roles: {2nd: A}": ("SOP109", 5, 9, "_2nd"),
    "routines: {r: {owner: o, every: day, opens: Sales Review}}": ("SOP110", 5, 45, "sales-review"),
    "log_within: 24": ("SOP111", 5, 13, None),
    "sla: {x: {target: 3}}": ("SOP111", 5, 19, None),
    "contact_policy: {max: {per_day: 0}}": ("SOP112", 5, 33, None),
    "timezone: ''": ("SOP113", 5, 11, None),
    "fields: {a: {type: money, currency: rupiah}}": ("SOP114", 5, 37, None),
    "sla: {x: {by: {bant: {hot: 1h}, team: {a: 2h}}}}": ("SOP115", 5, 15, None),
}


def found(text: str) -> list[Diagnostic]:
    """The diagnostics of a text that is readable."""
    document = read(text, "a.yaml")
    assert document.problems == ()
    return validate(document)[0]


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_one_sentence_at_its_place(text: str) -> None:
    """Each mistake gives exactly one diagnostic, at its own key or value, with the spelling that was meant."""
    (problem,) = found(HEAD + text)
    assert (problem.code, problem.span.line, problem.span.column, problem.suggestion) == FAULTS[text]


def test_every_code_has_a_case_and_every_sentence_is_whole() -> None:
    """Each SOP1nn code is provoked here, has a page in both languages, and its sentence can be filled in both."""
    provoked = [problem for text in FAULTS for problem in found(HEAD + text)]
    provoked += found("- a") + found(HEAD + "".join(f"x{n}: 1\n" for n in range(300)))
    codes = {key for key in wording.family("schema") if key.startswith("SOP")}
    assert {problem.code for problem in provoked} == codes
    for problem in provoked:
        for lang in wording.LANGUAGES:
            assert not set(re.findall(r"{(\w+)}", problem.text(lang))) & {*problem.params, "key", "name", "form"}
            assert len(wording.page(problem.code, lang)) > 40


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("stages: {s: {owner: o, follow_up: {max: tiga}}}", "`max: 3`"),
        ("stages: {s: {title: S}}", "`owner: sales`"),
        ("stages: {s: {owner: o, requires: [{fields: [b], when: b > 10}]}}", '`when: {b: "> 10"}`'),
        ("stages: {s: {owner: o, requires: [{fields: [b], when: b = x}]}}", "`when: {b: x}`"),
        ("stages: {s: {owner: 'sales, admin dan direktur'}}", "`[sales, admin, direktur]`"),
        ("stages: x", "`stages: {name: {owner: sales}}`"),
        ("stages: {s: {owner: o}}\nroles: [a]", "`roles: {name: …}`"),
    ],
)
def test_a_wrong_form_is_shown_the_right_one(text: str, form: str) -> None:
    """What is missing or of the wrong type is answered with the line to write, and that line is accepted."""
    head = "sop: a\ntitle: A\nversion: '1'\n"
    (problem,) = found(head + text)
    assert form in problem.text("en")
    assert form in problem.text("id")


def test_few_keys_are_listed_at_once() -> None:
    """Where many keys are known, a dozen that are not yet written are named."""
    (problem,) = found(HEAD + "zzz: 1")
    assert problem.text("en").count("`") // 2 == 13
    assert "`title`" not in problem.text("en")


def test_a_misspelt_required_key_is_one_finding() -> None:
    """The misspelt key is reported, the missing one is not, and what it holds is still checked."""
    text = "sop: a\ntitle: A\nversion: '1'\nstagess: {s: {owner: o, documets: [d]}}"
    assert [(p.code, p.suggestion) for p in found(text)] == [("SOP101", "stages"), ("SOP101", "documents")]


def test_an_unquoted_version_is_shown_as_it_was_written() -> None:
    """`1.10` must be quoted, and the sentence shows the zero that YAML would have lost."""
    (problem,) = found(HEAD.replace("'1'", "1.10"))
    assert problem.code == "SOP105"
    assert '"1.10"' in problem.text("en")
    assert '"1.10"' in problem.text("id")


def test_a_key_in_the_wrong_place_is_told_its_home() -> None:
    """A key that exists elsewhere names the places where it is written."""
    (problem,) = found(HEAD + "owner: sales")
    assert "`stages.*.owner`" in problem.text("en")


def test_all_problems_are_reported_in_order() -> None:
    """One run reports every mistake of a file, from top to bottom."""
    text = HEAD + "zzz: 1\nlog_within: 24\nroles: {a: {reports_to: b c, titel: x}}\nfields: {a: {type: mony, min: []}}"
    codes = [problem.code for problem in found(text)]
    assert codes == ["SOP118", "SOP111", "SOP109", "SOP101", "SOP106", "SOP104"]


def test_a_flood_of_problems_ends() -> None:
    """After a hundred problems one more says that the rest is not listed, and the data is still cleaned."""
    document = read(HEAD + "".join(f"x{n}: 1\n" for n in range(5000)), "a")
    problems, data = validate(document)
    assert len(problems) == PROBLEM_LIMIT + 1
    assert [problem.code for problem in problems].count("SOP117") == 1
    assert data == {"sop": "a", "title": "A", "version": "1", "stages": {"s": {"owner": "o"}}}


def test_what_could_not_be_read_is_not_checked() -> None:
    """An unreadable file has its own diagnostics already; the grammar adds none."""
    document = read("a: [", "f")
    assert validate(document) == ([], None)


def test_a_valid_document_is_handed_on_unchanged() -> None:
    """Where nothing is wrong, the document itself comes back."""
    assert checked(FULL) == ([], FULL)


def test_a_key_whose_value_could_not_be_read_is_not_missing() -> None:
    """A required key with an unusable value has been reported by the reader already and is not called missing."""
    document = read(HEAD + "fields: {a: {type: .inf}}", "f")
    assert [problem.code for problem in document.problems] == ["SOP015"]
    assert validate(document)[0] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("events: &x [*x]", "SOP012"),
        ("events: [*y]", "SOP011"),
        ("documents: {a: {types: [!tag b]}}", "SOP010"),
        ("stages: {a: &a {owner: sales}, b: {<<: *a}}", "SOP009"),
        ("stages: {a: &a {owner: sales}, b: {<<: *a, next: [won]}}", "SOP009"),
    ],
)
def test_what_is_missing_because_of_a_mistake_is_no_second_one(text: str, code: str) -> None:
    """A part that lost what was written in it is neither empty nor short of a key: one mistake, one finding."""
    head = 'sop: a\ntitle: A\nversion: "1"\n' + ("" if text.startswith("stages") else "stages: {a: {owner: sales}}\n")
    document = read(head + text + "\n", "a.yaml")
    assert [problem.code for problem in (*document.problems, *validate(document)[0])] == [code]


def test_a_repeated_part_is_reported_once() -> None:
    """A mistake in a part that aliases repeat has one place, and is one finding."""
    assert len(found(HEAD + "roles: {a: &x {titel: A}, b: *x, c: *x}")) == 1


def test_what_is_dropped_is_the_smallest_part() -> None:
    """A wrong value goes alone, a list item without a required key goes whole, a named part stays; spans fit."""
    text = (
        "sop: a\ntitle: A\nversion: '1'\nstages:\n"
        "  s: {owner: o, next: [{when: {x: 1}}, {to: t, by: 3}], documents: [d, 4, e]}\n  t: {}\n"
    )
    problems, document = checked(read(text, "f"))
    assert [problem.code for problem in problems] == ["SOP103", "SOP104", "SOP104", "SOP103"]
    assert document.data["stages"] == {"s": {"owner": "o", "next": [{"to": "t"}], "documents": ["d", "e"]}, "t": {}}
    assert str(document.span(("stages", "s", "next", 0, "to"))) == "f:5:45"
    assert str(document.span(("stages", "s", "documents", 1))) == "f:5:75"


def test_lent_files_have_their_own_grammar() -> None:
    """A file that others use lends parts; a stage in it does not belong there."""
    good = read("roles: {sales: Tim Penjualan}\ncalendars: {office: {hours: {mon: '08:00-12:00'}}}", "f")
    assert validate(good, lent_schema())[0] == []
    assert [p.code for p in validate(read("stages: {a: {owner: b}}", "f"), lent_schema())[0]] == ["SOP118"]


# The schema itself


def test_the_schema_is_a_valid_schema() -> None:
    """It is a JSON Schema of draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(load_schema())
    assert load_schema()["$schema"].endswith("2020-12/schema")


def test_the_vocabulary_and_every_packaged_procedure_fit() -> None:
    """The file with the whole vocabulary and every SOP that ships are valid, here and for the reference validator."""
    paths = [bundled.bundled_path("sops", name) for name in bundled.bundled_names("sops") if name.endswith(".yaml")]
    documents = [FULL, *(read_file(path) for path in paths)]
    sops = [document for document in documents if "sop" in document.data]
    assert len(sops) >= 2
    for document in sops:
        assert (document.problems, validate(document)[0]) == ((), [])
        assert list(REFERENCE.iter_errors(document.data)) == []


def schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema, itself first."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword in ("additionalProperties", "propertyNames", "items"):
        yield from schemas(schema.get(keyword))
    for keyword in ("properties", "$defs"):
        for below in schema.get(keyword, {}).values():
            yield from schemas(below)
    for below in schema.get("anyOf", ()):
        yield from schemas(below)


def test_every_key_is_documented_where_it_stands() -> None:
    """Each key, definition and value of a map of names has a title and a description, plain and in Markdown."""
    described = [load_schema(), *load_schema()["$defs"].values()]
    for schema in schemas(load_schema()):
        described += schema.get("properties", {}).values()
        described += [value for value in [schema.get("additionalProperties")] if isinstance(value, dict)]
    assert len(described) > 300
    for schema in described:
        assert schema["title"]
        assert len(schema["markdownDescription"]) > 10
        assert schema["description"] == re.sub("[`*]", "", schema["markdownDescription"])


def test_no_map_is_open() -> None:
    """Each map says what its keys may hold; none takes just anything."""
    maps = [schema for schema in schemas(load_schema()) if schema.get("type") == "object"]
    assert len(maps) > 50
    assert all(schema["additionalProperties"] is False or schema["additionalProperties"] for schema in maps)
    assert not any(schema["additionalProperties"] is True for schema in maps)


def test_examples_fit_what_they_explain() -> None:
    """Each example in the schema is valid where it stands."""
    checks = 0
    for schema in schemas(load_schema()):
        validator = jsonschema.Draft202012Validator({**schema, "$defs": load_schema()["$defs"]})
        for example in schema.get("examples", ()):
            validator.validate(example)
            checks += 1
    assert checks > 80


@pytest.mark.parametrize("schema", [{"oneOf": []}, {"anyOf": [{}], "type": "string"}, {"items": {"const": 1}}])
def test_a_keyword_that_is_not_interpreted_is_refused(schema: dict[str, Any]) -> None:
    """A schema that asks for more than is checked does not compile."""
    with pytest.raises(ValueError, match=r"unsupported|alone"):
        compile_schema(schema)


def test_the_schema_is_found_without_the_library() -> None:
    """Checking a file imports no jsonschema, and no file outside the bundled folders can be asked for."""
    code = "import sys, sopengine.language.schema as s; s.load_schema(); print('jsonschema' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
    with pytest.raises(LookupError):
        bundled.bundled_path("schemas", "../pyproject.toml")


# Agreement with the reference validator

JUNK = st.sampled_from([None, True, 0, 1, -1, 2.5, 3.0, "", "x", "24h", "a b", "any", [], {}, ["x"], [1], [[]], {"x": 1}])
JUNK |= st.sampled_from([{"id": "x"}, {"to": "x"}, {"when": {"a": [None]}}, {"field": "x"}, "email", "success", ["a", ""]])
KEYS = st.sampled_from(["x", "to", "when", "title", "owner", "a-b", "id", "", "any", "fields", "kind", "field", "12"])


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value below the root."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield (*path, step)
        yield from places(value, (*path, step))


PLACES = list(places(FULL.data))


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """The vocabulary with one to three random mistakes in it."""
    data = copy.deepcopy(FULL.data)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PLACES))
        try:
            parent = data
            for step in path[:-1]:
                parent = parent[step]
            parent[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
        mutate(draw, parent, path[-1])
    return data


def mutate(draw: st.DrawFn, parent: Any, step: Any) -> None:
    """One mistake: something dropped, replaced, renamed, put in or doubled."""
    kind = draw(st.sampled_from(["drop", "replace", "rename", "insert", "wrap"]))
    if kind == "drop":
        del parent[step]
    elif kind == "replace":
        parent[step] = draw(JUNK)
    elif kind == "wrap":
        parent[step] = draw(st.sampled_from([[parent[step]], {"x": parent[step]}, {"any": [parent[step]]}]))
    elif isinstance(parent, list):
        parent.insert(step, draw(JUNK))
    elif kind == "rename":
        parent[draw(KEYS | st.just(f"{step}s"))] = parent.pop(step)
    else:
        parent[draw(KEYS)] = draw(JUNK)


def as_document(data: Any) -> Any:
    """Data as a file that was read; empty keys, which are no YAML problem of this room, are given a blank-free name."""
    return read(json.dumps(data).replace('"": ', '"_ ": '), "f")


@given(broken())
def test_it_agrees_with_the_reference_validator(data: Any) -> None:
    """A file is accepted exactly when the jsonschema library accepts it, and a rejected one says why."""
    document = as_document(data)
    assert document.problems == ()
    problems, _ = validate(document)
    assert (problems == []) == REFERENCE.is_valid(document.data)
    for problem in problems:
        assert problem.text("en")
        assert problem.text("id")


@given(broken())
def test_what_is_handed_on_is_valid_but_for_what_is_missing(data: Any) -> None:
    """After dropping, only required keys of the file or of named parts are missing, and each scalar kept its place."""
    document = as_document(data)
    problems, pruned = checked(document)
    for error in REFERENCE.iter_errors(pruned.data):
        left = list(flat(error))
        assert any(len(each.absolute_path) in (0, 2) and each.validator in ("required", "minProperties") for each in left), error
    for path in places(pruned.data):
        value = pruned.data
        for step in path:
            value = value[step]
        span = pruned.span(path)
        written = document.line(span.line)[span.column - 1 : span.end_column - 1]
        if not isinstance(value, (dict, list)):
            assert json.loads(written) == value
    assert problems or pruned is document


def flat(error: jsonschema.ValidationError) -> Iterator[jsonschema.ValidationError]:
    """An error and the errors of its alternatives."""
    yield error
    for below in error.context or ():
        yield from flat(below)
