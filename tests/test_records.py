"""Records against declared fields: both verdicts agree, every mistake is told, and no pattern or value can hang anything."""

from __future__ import annotations

import itertools
import json
import math
import re
import string
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from second_records import fault_of as plain_fault_of

from sopengine import wording
from sopengine.diagnostics import Finding, Span
from sopengine.language.facts import Invalid
from sopengine.language.model import Field
from sopengine.records import LONGEST_TEXT, BadPattern, RecordRules, compact_phone, pattern_problem
from sopengine.records.patterns import LONGEST_TEXT as LONGEST_PATTERNED
from sopengine.records.patterns import MOST_POSITIONS, compile_pattern
from sopengine.records.reading import Unreadable, reading
from sopengine.wording.catalogue import cases_records, rules_people

ROOT = Path(__file__).parent.parent
WIB = timezone(timedelta(hours=7))


def field(name: str, kind: str, **rest: Any) -> Field:
    """A declared field, as the model builds it."""
    blank = {"values": (), "minimum": None, "maximum": None, "pattern": None, "currency": None, "default": None}
    title = {"en": name.title(), "id": name.upper()}
    return Field(name=name, type=kind, title=title, declared=True, path=("fields", name), **{**blank, **rest})


def rules(*fields: Field, **options: Any) -> RecordRules:
    """The rules of some fields."""
    return RecordRules({one.name: one for one in fields}, **options)


FIELDS = (
    field("name", "string"),
    field("story", "text"),
    field("size", "integer", minimum=Decimal(1), maximum=Decimal("1e3")),
    field("rate", "number", minimum=Decimal("-0.1"), maximum=Decimal("0.1")),
    field("budget", "money", currency="IDR", minimum=Decimal(0)),
    field("discount", "percent", maximum=Decimal("33.3")),
    field("authority", "boolean"),
    field("born", "date"),
    field("asked", "datetime"),
    field("source", "choice", values=("web_form", "referral", "Cafe\u0301")),
    field("email", "email"),
    field("phone", "phone"),
    field("number", "string", pattern="C-[0-9]+"),
    field("mail_here", "email", pattern=".*@contoh[.]id"),
)
ALL = rules(*FIELDS)


@given(
    st.one_of(
        st.booleans(), st.integers(-(10**20), 10**20), st.decimals(-(10**9), 10**9, places=3), st.dates(), st.text(max_size=9)
    )
)
def test_a_field_that_is_only_mentioned_takes_any_plain_value(value: Any) -> None:
    """Without a declared type a number, a yes or no and a date are the text that says them; what has no text stays wrong."""
    mentioned = RecordRules({"budget": replace(field("budget", "string"), declared=False)})
    if isinstance(value, str) and re.search("[\0\ud800-\udfff]", value):
        return
    fact = mentioned.normalise("budget", value)
    assert mentioned.check({"budget": value}, partial=True) == []
    assert mentioned.normalise("budget", fact) == fact
    if isinstance(value, bool):
        assert fact == ("true" if value else "false")
    elif isinstance(value, (int, Decimal)):
        assert isinstance(fact, str)
        assert Decimal(fact) == value
    for bad in (math.nan, math.inf, [1], {}, object(), 10**50):
        assert isinstance(mentioned.normalise("budget", bad), Invalid)
        assert [finding.blocks for finding in mentioned.check({"budget": bad})] == [True]


def test_a_declared_text_says_how_to_take_numbers() -> None:
    """A field declared as text refuses a number, and the sentence names the way out in both languages."""
    (finding,) = rules(field("name", "string")).check({"name": 5})
    assert finding.code == "CASE313"
    assert all("`type`" in said(finding, lang) for lang in ("en", "id"))


def said(finding: Finding, lang: str) -> str:
    """The sentence of a finding."""
    message = cases_records.MESSAGES[finding.code]
    sentence = message.id if lang == "id" else message.en
    return sentence.format_map({name: wording.shown(value, lang) for name, value in finding.params.items()})


def codes(record: dict[str, Any], **options: Any) -> dict[str, str]:
    """The code of each field's finding."""
    return {finding.params["field"]: finding.code for finding in ALL.check(record, **options)}


# --- the two verdicts ---------------------------------------------------------------------------------------------

numeric_texts = st.from_regex(r"\A[-+]?[0-9]{1,70}(\.[0-9]{1,50})?\Z") | st.sampled_from(
    ["1.000", "Rp5.000", "1e5", "٣", "0x10", "1_000", "-0", "+1", ".5", "5.", "5%", "nan", "1,5", "inf"]
)
date_texts = st.dates().map(str) | st.from_regex(r"\A[0-9]{4}-[0-9]{1,2}-[ 0-9]{1,2}\Z", alphabet="0123456789- ")
moment_texts = st.builds(
    lambda day, clock, zone: f"{day}{clock}{zone}",
    date_texts,
    st.sampled_from(["T10:00", " 10:00:59", "T23:59:60", "T24:00", "T1:00", "T10:00:00.123456", "T10:00:00.1234567", "t10:00"]),
    st.sampled_from(["Z", "z", "+07:00", "-00:00", "+23:59", "-24:00", "+7", "", "+07:60", "−07:00"]),
)
zones = st.sampled_from([None, UTC, WIB, timezone(timedelta(hours=-23, minutes=-59)), timezone(timedelta(seconds=25632))])
values = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(["", "  ", "\0", "\ud800", "x" * 10_001, " " * 10_001, "\u0958" * 6_000, "C-" + "1" * 498, "C-" + "1" * 499]),
    st.sampled_from(["web_form", " referral ", "Café", "C-1", "C-", "a@contoh.id", "a@b.co", "@", "+62 811-234-567", "0811234"]),
    st.from_regex(r"\A[a-z.]{1,4}@[a-z.-]{1,6}\Z"),
    st.from_regex(r"\A[+0]?[0-9 ().-]{5,20}\Z", alphabet="+0123456789 ().-"),
    st.booleans(),
    st.integers(),
    st.integers(-(10**45), 10**45),
    st.floats(),
    st.decimals(),
    st.sampled_from([Decimal("1E+999999"), Decimal("1E-999999"), Decimal("sNaN"), 10**5000, -0.0, 1e300, Decimal("0.10")]),
    numeric_texts,
    date_texts,
    moment_texts,
    st.dates(),
    st.datetimes(timezones=zones),
    st.lists(st.integers(), max_size=2),
    st.binary(max_size=3),
    st.just({"a": 1}),
    st.just(object()),
)


@given(st.sampled_from(FIELDS), values)
def test_check_and_normalise_agree(declared: Field, value: object) -> None:
    """A value has a finding that blocks if and only if its fact is invalid."""
    blocking = [finding for finding in ALL.check({declared.name: value}) if finding.blocks]
    assert bool(blocking) == isinstance(ALL.normalise(declared.name, value), Invalid)


class OddFloat(float):
    """A number of some library that prints itself in its own way."""

    def __repr__(self) -> str:
        return "odd(1)"


class Uncomparable:
    """An object of some library that answers a comparison with an error."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise TypeError("ambiguous")


EDGES = [
    *(sign * (10**41 - less) for sign in (1, -1) for less in (0, 1)),
    *(Decimal(sign * (10**41 - less)) for sign in (1, -1) for less in (0, 1)),
    *(Decimal(f"1E{power}") for power in (40, 41, -40, -41)),
    *(Decimal(f"1.{'1' * count}") for count in (39, 40, 41, 63, 64)),
    *(Decimal(f"{'1' * 41}.{'1' * count}") for count in (23, 24)),
    *("0" * count for count in (63, 64, 65)),
    *(f"1.{'0' * count}" for count in (62, 63)),
    *(f"0.{'1' * count}" for count in (39, 40, 41)),
    *("x" * count for count in (LONGEST_TEXT, LONGEST_TEXT + 1)),
    *("\u0958" * count for count in (LONGEST_TEXT // 2, LONGEST_TEXT // 2 + 1)),
    *(datetime.max.replace(tzinfo=zone) for zone in (UTC, WIB, timezone(timedelta(hours=-7)))),
    *(datetime.min.replace(tzinfo=zone) for zone in (UTC, WIB, timezone(timedelta(hours=-7)))),
    *(f"0001-01-01T00:00:00{zone}" for zone in ("Z", "+07:00", "-07:00")),
    *(f"9999-12-31T23:59:59{zone}" for zone in ("Z", "+07:00", "-07:00")),
    *((datetime.max - datetime(1970, 1, 1)) // timedelta(microseconds=1) + more for more in (0, 1)),
    *((datetime.min - datetime(1970, 1, 1)) // timedelta(microseconds=1) - more for more in (0, 1)),
    *("٢٠٢٦-٠٢-٠٣", "٢٠٢٦-٠٢-٠٣T10:00Z", "٥", "2026-02- 3", "0000-01-01", "2026-2-03", "20260203", "2026-W01-1"),
    *("a\0b", "\0", "a\ud800", "\udfffa"),
    OddFloat(1.5),
    OddFloat("nan"),
    Uncomparable(),
]


@pytest.mark.parametrize("declared", FIELDS, ids=lambda declared: declared.name)
def test_the_verdicts_agree_at_the_edges(declared: Field) -> None:
    """At the very limits of what is kept, and one step beyond, both verdicts are the same."""
    for value in EDGES:
        blocking = [finding for finding in ALL.check({declared.name: value}) if finding.blocks]
        assert bool(blocking) == isinstance(ALL.normalise(declared.name, value), Invalid), value


@given(st.sampled_from(FIELDS), values)
def test_a_fact_stays_as_it_is(declared: Field, value: object) -> None:
    """What was read once is read the same again, so that a replay sees what the live case saw."""
    fact = ALL.normalise(declared.name, value)
    if not isinstance(fact, Invalid):
        again = ALL.normalise(declared.name, fact)
        assert again == fact
        assert type(again) is type(fact)


@given(st.fixed_dictionaries({}, optional={one.name: values for one in FIELDS}))
def test_a_record_is_judged_field_by_field(record: dict[str, Any]) -> None:
    """What is wrong with a record is exactly what is wrong with each of its fields alone, in the SOP's order."""
    alone = [finding for one in FIELDS if one.name in record for finding in ALL.check({one.name: record[one.name]})]
    assert ALL.check(record) == alone


@given(st.fixed_dictionaries({}, optional={one.name: values for one in FIELDS}))
def test_every_finding_can_be_read(record: dict[str, Any]) -> None:
    """Every finding has a printable sentence in both languages, of bounded length."""
    for finding in ALL.check(record):
        for lang in wording.LANGUAGES:
            sentence = said(finding, lang)
            assert sentence.isprintable()
            assert len(sentence) < 500


# --- what is said -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("budget", "lima juta", "CASE301"),
        ("budget", True, "CASE301"),
        ("budget", date(2026, 1, 1), "CASE301"),
        ("size", "x", "CASE301"),
        ("size", 1.5, "CASE302"),
        ("size", "1.5", "CASE302"),
        ("source", "Web", "CASE303"),
        ("born", "3/2/2026", "CASE304"),
        ("born", "2026-02-30", "CASE304"),
        ("born", datetime(2026, 1, 1, tzinfo=UTC), "CASE304"),
        ("asked", "kemarin", "CASE305"),
        ("asked", date(2026, 1, 1), "CASE305"),
        ("asked", 10**30, "CASE305"),
        ("asked", datetime(2026, 1, 1), "CASE306"),
        ("asked", "2026-01-01T10:00", "CASE306"),
        ("size", 0, "CASE307"),
        ("rate", Decimal("-0.1000000000000000000000001"), "CASE307"),
        ("size", "1001", "CASE308"),
        ("rate", Decimal("0.1000000000000000000000001"), "CASE308"),
        ("number", "c-1", "CASE309"),
        ("number", "C-1\nC-2", "CASE309"),
        ("mail_here", "a@b.id", "CASE309"),
        ("email", "rina@contoh", "CASE310"),
        ("email", "a@b.co, c@d.co", "CASE310"),
        ("phone", "811", "CASE311"),
        ("phone", "+62 811 ext 5", "CASE311"),
        ("name", "x" * (LONGEST_TEXT + 1), "CASE312"),
        ("number", "C-" + "1" * LONGEST_PATTERNED, "CASE312"),
        ("name", 5, "CASE313"),
        ("phone", 62811234567, "CASE313"),
        ("source", 1, "CASE313"),
        ("name", date(2026, 1, 1), "CASE313"),
        ("authority", "mungkin", "CASE314"),
        ("authority", 1, "CASE314"),
        ("name", ["a"], "CASE315"),
        ("budget", {"a": 1}, "CASE315"),
        ("name", b"a", "CASE315"),
        ("budget", math.nan, "CASE316"),
        ("budget", Decimal("Infinity"), "CASE316"),
        ("budget", 10**41, "CASE317"),
        ("budget", Decimal("1E-41"), "CASE317"),
        ("budget", Decimal(f"{'1' * 41}.{'1' * 24}"), "CASE317"),
        ("name", "a\0b", "CASE318"),
        ("name", "a\ud800", "CASE318"),
    ],
)
def test_each_mistake_has_its_own_words(name: str, value: object, code: str) -> None:
    """Every kind of mistake has a code of its own, names its field, and blocks."""
    (finding,) = ALL.check({name: value})
    assert (finding.code, finding.blocks) == (code, True)
    assert said(finding, "en").startswith(name.title())
    assert said(finding, "id").startswith(name.upper())


def test_every_message_is_reached() -> None:
    """The catalogue has a code for each finding that is made, and none that is never made."""
    marks = test_each_mistake_has_its_own_words.pytestmark  # type: ignore[attr-defined]
    shown = {case[2] for case in marks[0].args[1]}
    assert shown | {"CASE319", "CASE320"} == set(cases_records.MESSAGES)
    assert all(message.page_en and message.page_id for message in cases_records.MESSAGES.values())


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("budget", "Rp50.000.000", "50000000"),
        ("budget", "50_000_000", "50000000"),
        ("budget", "1,5 juta", "1500000"),
        ("discount", "5%", "5"),
        ("rate", "0,05", "0.05"),
        ("born", "3/2/2026", "2026-02-03"),
        ("authority", "ya", "true"),
        ("source", "refferal", "referral"),
        ("source", "WEB_FORM", "web_form"),
    ],
)
def test_the_right_spelling_is_offered(name: str, value: str, meant: str) -> None:
    """A finding offers the value that was probably meant, and that value is accepted."""
    (finding,) = ALL.check({name: value})
    assert f'Maksud Anda "{meant}"?' in said(finding, "id")
    assert ALL.check({name: meant == "true" if name == "authority" else meant}) == []


def test_choices_are_listed() -> None:
    """Somebody who chose what is not there reads what there is."""
    (finding,) = ALL.check({"source": "tv"})
    assert "web_form, referral, atau Cafe" in said(finding, "id")


def test_all_mistakes_come_at_once_with_their_lines() -> None:
    """All wrong fields are told in the SOP's order, each with the line that declares it; other columns are ignored."""
    spans = {one.path: Span("a.yaml", number, 1, number, 2) for number, one in enumerate(FIELDS, 1)}
    placed = rules(*FIELDS, span=spans.__getitem__)
    found = placed.check({"phone": "x", "crm_row": object(), "name": 5, "born": "x", 7: "other column"})
    assert [(finding.params["field"], finding.span.line) for finding in found if finding.span] == [
        ("name", 1),
        ("born", 8),
        ("phone", 12),
    ]


def test_a_change_names_fields_that_exist() -> None:
    """In a change an undeclared name is a finding with the nearest field; in a whole record it is another column."""
    assert codes({"bugdet": 5}) == {}
    (finding,) = ALL.check({"bugdet": 5}, partial=True)
    assert finding.code == "CASE319"
    assert 'Did you mean "budget"?' in said(finding, "en")


def test_empty_is_missing_and_not_wrong() -> None:
    """None, an empty text and blanks are no facts and no findings, whatever the type."""
    for empty in (None, "", " \t\n"):
        record = dict.fromkeys((one.name for one in FIELDS), empty)
        assert ALL.check(record) == []
        assert {ALL.normalise(name, value) for name, value in record.items()} == {None}


def test_thousands_with_a_point_are_remarked() -> None:
    """50.000 is taken as fifty, as a replay would take it, and somebody is told."""
    (finding,) = ALL.check({"budget": "50.000"})
    assert (finding.code, finding.blocks, ALL.normalise("budget", "50.000")) == ("CASE320", False, 50)
    assert '"50000"' in said(finding, "en")


def test_facts_are_canonical() -> None:
    """Values of every accepted type become the canonical fact of their field."""
    facts = {
        "name": (" Cafe\u0301 ", "Café"),
        "size": ("12", 12),
        "rate": (0.1, Decimal("0.1")),
        "budget": (Decimal("5E+7"), 50_000_000),
        "authority": (False, False),
        "born": (date(2026, 2, 3), date(2026, 2, 3)),
        "asked": (datetime(1970, 1, 1, 7, 0, 1, tzinfo=WIB), 1_000_000),
    }
    for name, (value, fact) in facts.items():
        assert ALL.check({name: value}) == []
        assert ALL.normalise(name, value) == fact
    assert ALL.normalise("no_such_field", "x") is None


@pytest.mark.parametrize(
    ("written", "compact"),
    [
        ("+62 811-234-567", "+62811234567"),
        ("(021) 555.1234", "0215551234"),
        ("0811 2345 6789", "081123456789"),
        ("+1 (415) 555–0100", "+14155550100"),
        ("+0811234567", None),
        ("00811234567", None),
        ("62811234567", None),
        ("+1234567", None),
        ("+1234567890123456", None),
        ("٠٨١١٢٣٤٥٦٧", None),
        ("0" * 10**6, None),
    ],
)
def test_phone_numbers(written: str, compact: str | None) -> None:
    """A phone number has + and 8 to 15 digits or a national 0; punctuation is dropped, other digits are none."""
    assert compact_phone(written) == compact
    assert isinstance(ALL.normalise("phone", written), Invalid) == (compact is None)


@pytest.mark.parametrize(
    ("written", "good"),
    [
        ("rina@contoh.co.id", True),
        ("rina+crm/jkt@sub-domain.contoh.id", True),
        ("a" * 64 + "@contoh.id", True),
        ("a" * 65 + "@contoh.id", False),
        ("a.b" * 22 + "@contoh.id", False),
        ("a@" + "b." * 124 + "cd.e", True),
        ("a@" + "b." * 124 + "cd.ef", False),
        ("a@" + "b" * 63 + ".id", True),
        ("a@" + "b" * 64 + ".id", False),
        ("a@contoh.1", False),
        ("a@-contoh.id", False),
        (".a@contoh.id", False),
        ("a..b@contoh.id", False),
        ("a@contoh..id", False),
        ("a b@contoh.id", False),
        ("a@b@contoh.id", False),
        ("Rina <rina@contoh.id>", False),
    ],
)
def test_email_addresses(written: str, good: bool) -> None:
    """An address has a local part of at most 64 characters, a full domain of labels of at most 63, and 254 in all."""
    assert isinstance(ALL.normalise("email", written), Invalid) != good


# --- the schema ---------------------------------------------------------------------------------------------------


def test_the_schema_is_a_json_schema() -> None:
    """The published schema is valid draft 2020-12, plain JSON, and says titles, currency, choices and bounds."""
    schema = json.loads(json.dumps(ALL.schema, allow_nan=False))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is True
    properties = schema["properties"]
    assert properties["budget"] == {"type": "number", "title": "Budget", "description": "IDR", "minimum": 0}
    assert properties["rate"]["maximum"] == 0.1
    assert properties["source"]["enum"] == ["web_form", "referral", "Café"]
    assert properties["number"]["pattern"] == "^(?:C-[0-9]+)$"
    assert [properties[name].get("format") for name in ("email", "phone", "born", "asked")] == [
        "email",
        "phone",
        "date",
        "date-time",
    ]
    assert rules(*FIELDS, lang="id").schema["properties"]["budget"]["title"] == "BUDGET"


@given(st.integers() | st.booleans() | st.text(string.ascii_letters, max_size=4) | st.sampled_from(["C-7", "web_form"]))
def test_the_published_schema_says_the_same(value: Any) -> None:
    """For plain JSON that needs no reading, any JSON Schema validator gives the verdict of `check`."""
    plain = ("name", "story", "size", "budget", "authority", "source", "number")
    validator = jsonschema.Draft202012Validator(ALL.schema)
    for name in plain:
        if value != "":
            assert validator.is_valid({name: value}) == (not ALL.check({name: value}))


@given(st.sampled_from(FIELDS), values)
def test_every_fault_is_the_one_that_a_plain_list_of_tests_finds(declared: Field, value: object) -> None:
    """What JSON Schema says about a readable value is what a short list of tests says, the first time and from memory."""
    read = reading(value, declared.type)
    if read is None or isinstance(read, Unreadable):
        return
    found = ALL._faults[declared.name]
    assert found(read) == found(read) == plain_fault_of(declared)(read)


def test_absurd_bounds_are_harmless() -> None:
    """A bound of a million digits is neither written out nor compared digit by digit."""
    wide = rules(field("n", "number", minimum=Decimal("-1E+999999"), maximum=Decimal("1E+999999")))
    none = rules(field("n", "number", minimum=Decimal("1E+999999")))
    assert wide.check({"n": 10**40}) == []
    assert len(json.dumps(wide.schema)) < 500
    (finding,) = none.check({"n": 10**40})
    assert finding.code == "CASE307"
    assert isinstance(none.normalise("n", 10**40), Invalid)
    assert len(said(finding, "en")) < 500


def test_jsonschema_is_imported_only_to_say_why() -> None:
    """Neither folding facts nor judging what fits pays for the import of the JSON Schema library."""
    program = (
        "import sys; from sopengine.records import RecordRules; from sopengine.language.model import Field\n"
        "f = Field('a', 'integer', {}, (), None, None, None, None, None, True, ())\n"
        "r = RecordRules({'a': f}); assert r.normalise('a', '5') == 5\n"
        "assert not r.check({'a': 5}); assert 'jsonschema' not in sys.modules\n"
        "assert r.check({'a': 'x'})[0].code == 'CASE301'; assert 'jsonschema' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, cwd=ROOT)  # noqa: S603 - our own program


# --- patterns -----------------------------------------------------------------------------------------------------

HOSTILE = [
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+b",
    "(a*)*b",
    "(.*)*(.*)*(.*)*b",
    "a*a*a*a*a*a*a*a*a*a*a*a*b",
    "(a?){60}a{60}b",
    "(.*a){12}b",
    "([a-z]+[a-z]+)+b",
    "((a|b|ab)*c?)*d",
    "(?:(?:a{1,9}){1,9})*b",
    r"(\w+\s?)*b",
    "(x+x+)+y|(a+a+)+b",
    "[^b]*[^c]*[^d]*[^e]*[^f]*b",
]
REFUSED = {
    "(": "SOP760",
    "[a": "SOP760",
    "a**": "SOP760",
    "*": "SOP760",
    "a{5,2}": "SOP760",
    "(?P<x>a)(?P<x>b)": "SOP760",
    "a{99999999999999999999}": "SOP760",
    "(" * 100 + ")" * 100: "SOP764",
    "a" * 201: "SOP761",
    r"(a)\1": "SOP762",
    "(?P<x>a)(?P=x)": "SOP762",
    "(?=a)a": "SOP762",
    "(?<!a)b": "SOP762",
    "(a)?(?(1)b|c)": "SOP762",
    "(?>a+)b": "SOP762",
    "a++b": "SOP762",
    "(?i)abc": "SOP763",
    "(?i:abc)": "SOP763",
    "(?x) a b": "SOP763",
    "a{1000}": "SOP764",
    "(((a{9}){9}){9}){9}": "SOP764",
    "a{4294967294}": "SOP764",
    "[[a]": "SOP765",
    "[a--b]": "SOP765",
    "[a||b]": "SOP765",
    r"a\bb": "SOP766",
    "a^b": "SOP766",
    "(^a)": "SOP766",
}


@pytest.mark.parametrize(("pattern", "code"), REFUSED.items())
def test_what_is_no_regular_pattern_is_refused(pattern: str, code: str) -> None:
    """Patterns that could not be matched in known steps, or cannot be read, are refused with a reason in both languages."""
    problem = pattern_problem(pattern)
    assert problem is not None
    assert problem[0] == code
    message = rules_people.MESSAGES[code]
    assert message.en.format_map(problem[1])
    assert message.id.format_map(problem[1])
    with pytest.raises(BadPattern):
        rules(field("x", "string", pattern=pattern))


def test_every_pattern_message_is_reached() -> None:
    """Each code for patterns has an example here."""
    assert set(REFUSED.values()) == {code for code in rules_people.MESSAGES if code >= "SOP760"}


def test_hostile_patterns_finish() -> None:
    """Patterns that would keep a backtracking matcher busy for years are decided at once."""
    program = (
        "import sys, json; from sopengine.records.patterns import compile_pattern, LONGEST_TEXT\n"
        "for pattern in json.loads(sys.argv[1]):\n"
        "    for text in ('a' * (LONGEST_TEXT - 1) + '!', 'ab' * 200 + '!', 'x' * LONGEST_TEXT):\n"
        "        assert not compile_pattern(pattern).fits(text), pattern\n"
    )
    command = [sys.executable, "-c", program, json.dumps(HOSTILE)]
    subprocess.run(command, check=True, timeout=120, cwd=ROOT)  # noqa: S603 - our own program


@pytest.mark.parametrize("pattern", HOSTILE)
def test_steps_are_bounded(pattern: str) -> None:
    """A text is read once, a step a character, and an automaton is never larger than its limit."""
    automaton = compile_pattern(pattern)
    assert len(automaton._tests) <= MOST_POSITIONS
    steps = 0
    real = type(automaton)._step

    class Counting(type(automaton)):  # type: ignore[misc]
        def _step(self, state: int, character: str) -> int:
            nonlocal steps
            steps += 1
            return real(self, state, character)

    counted = Counting.__new__(Counting)
    for name in type(automaton).__slots__:
        setattr(counted, name, {} if name in ("_next", "_accepted") else getattr(automaton, name))
    counted.fits("a" * (LONGEST_PATTERNED - 1) + "b")
    assert steps <= LONGEST_PATTERNED


atoms = st.sampled_from(["a", "b", "-", ".", "[ab]", "[^a]", "[a-c0-9]", r"\d", r"\w", r"[^\s\d]", r"\.", "", "\\n"])
counts = st.sampled_from(["", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "{0}"])
regular = st.recursive(
    st.builds("{}{}".format, atoms.filter(bool), counts) | st.just(""),
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("({}){}".format, inner, counts)
        | st.builds("(?:{}|{})".format, inner, inner)
    ),
    max_leaves=6,
)


@given(regular, st.lists(st.text("ab-c0. \nB", max_size=8), min_size=1, max_size=8))
def test_patterns_mean_what_python_means(pattern: str, texts: list[str]) -> None:
    """For every regular pattern the automaton and Python's own matcher agree on the whole of a text."""
    assert pattern_problem(pattern) is None
    automaton, own = compile_pattern(pattern), re.compile(pattern, re.ASCII)
    for text in texts:
        assert automaton.fits(text) == (own.fullmatch(text) is not None)


@pytest.mark.parametrize(
    "pattern",
    [
        "ab?",
        "a?b?",
        "(ab?)+",
        "a*b*",
        "(a|b?)a",
        "a{2}b{0,2}",
        "(a?b){2,3}",
        "(a|ab)(b|)",
        "(a*b)*a?",
        "a{2,}b",
        "((a|b)b?){2}",
        "",
    ],
)
def test_short_texts_one_by_one(pattern: str) -> None:
    """Optional parts, repetitions and alternatives accept exactly the short texts that Python accepts."""
    automaton, own = compile_pattern(pattern), re.compile(pattern)
    for length in range(7):
        for text in map("".join, itertools.product("ab", repeat=length)):
            assert automaton.fits(text) == (own.fullmatch(text) is not None), text


@given(st.text("ab([{*+?|\\^$.-]})0,9dwbsAZ:=!<P>i", max_size=12))
def test_any_text_is_a_pattern_or_a_reason(pattern: str) -> None:
    """Whatever is written as a pattern is either accepted, and then Python reads it too, or refused with a code."""
    problem = pattern_problem(pattern)
    if problem is None:
        own = re.compile(pattern, re.ASCII)
        automaton = compile_pattern(pattern)
        for text in ("", "a", "ab", "0", "aab", "-"):
            assert automaton.fits(text) == (own.fullmatch(text) is not None)
    else:
        assert problem[0] in rules_people.MESSAGES


@pytest.mark.parametrize(
    "pattern", [r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", ".", "[^a]", r"[^\s\d]", r"[^a-cx]", r"[\D]", "[]a]", "[^]a]", r"[\]-]"]
)
def test_each_character_is_taken_as_python_takes_it(pattern: str) -> None:
    """For one character, sets and classes (of ASCII, as in a JSON Schema) take exactly what Python's take."""
    automaton, own = compile_pattern(pattern), re.compile(pattern, re.ASCII)
    for character in [*map(chr, range(256)), "٣", "ʰ", "\u2028", "\u3000", "😀"]:
        assert automaton.fits(character) == (own.fullmatch(character) is not None), character


def test_what_an_automaton_remembers_is_bounded() -> None:
    """Texts of ever new characters do not fill the memory, and are still matched."""
    automaton = compile_pattern("(a|[^b])*")
    for start in range(0x4E00, 0x4E00 + 5000, 100):
        assert automaton.fits("".join(map(chr, range(start, start + 100))))
    assert not automaton.fits("丁b")
    assert len(automaton._next) <= 2048
    assert len(automaton._accepted) <= 2048


def test_anchors_at_the_ends_say_nothing_new() -> None:
    """Most people write ^ and $ around a pattern; the whole value is matched with or without them."""
    for pattern in ("^C-[0-9]+$", r"\AC-[0-9]+\Z", "C-[0-9]+"):
        automaton = compile_pattern(pattern)
        assert automaton.fits("C-12")
        assert not automaton.fits("xC-12")
        assert not automaton.fits("C-12\n")


def test_a_huge_value_is_refused_by_its_length() -> None:
    """A field of a hundred megabytes is refused without being read."""
    huge = "é" * (100 * 1024 * 1024)
    for one in FIELDS:
        (finding,) = ALL.check({one.name: huge})
        assert finding.code == "CASE312"
        assert isinstance(ALL.normalise(one.name, huge), Invalid)
