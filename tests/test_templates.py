"""Messages: what a template may say, what it may never do, and what reaches the customer."""

from __future__ import annotations

import doctest
import html
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jinja2.sandbox import SandboxedEnvironment

from sopengine import wording
from sopengine.errors import UsageError
from sopengine.templates import (
    Compiled,
    ListOf,
    Problem,
    RenderError,
    Scope,
    compile_template,
    escape,
    filters,
    problem,
    render_message,
    scope,
    scope_of,
    subset,
    values,
)
from sopengine.wording.catalogue import rules_templates, templates

JAKARTA = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 2, 3, 14, 5, tzinfo=JAKARTA)
FIELDS: dict[str, Any] = {
    "name": "string",
    "company": "string",
    "note": "text",
    "source": "choice",
    "phone": "phone",
    "budget": "money:IDR",
    "price": "money:USD",
    "units": "integer",
    "ratio": "number",
    "discount": "percent",
    "authority": "boolean",
    "promised": "date",
    "called": "datetime",
    "tags": ListOf("string"),
    "contacts": ListOf({"name": "string", "phone": "phone"}),
}
SCOPE = scope_of(FIELDS, clocks=["first_response"])
PERSON = {"id": "budi", "name": "Budi", "role": "sales", "phone": "081234567890", "email": "budi@example.com"}
CONTEXT: dict[str, Any] = {
    "lead": {
        "id": "L-1",
        "name": "Rina",
        "company": "PT Maju",
        "note": "Minta demo",
        "source": "web_form",
        "phone": "081234567890",
        "budget": Decimal(50_000_000),
        "price": Decimal("1250.5"),
        "units": 12000,
        "ratio": Decimal("2.5"),
        "discount": Decimal("12.5"),
        "authority": True,
        "promised": date(2026, 2, 3),
        "called": NOON,
        "tags": ["toko", "grosir"],
        "contacts": [{"name": "Ayu", "phone": "081234567891"}, {"name": "Eko", "phone": "081234567892"}],
    },
    "actor": PERSON,
    "holder": PERSON,
    "stage": {"id": "capture", "title": "Penerimaan", "description": "Lead masuk"},
    "sop": {"id": "lead-sales", "title": "SOP Lead", "version": "1"},
    "now": NOON,
    "sla": {"first_response": {"due": NOON, "target": timedelta(hours=2, minutes=5), "state": "running"}},
}


def compiled(source: str, channel: str = "sms", lang: str = "id", part: Any = "body", names: Any = SCOPE) -> Compiled:
    found, problems = compile_template(source, channel=channel, part=part, lang=lang, names=names)
    assert found is not None, problems
    return found


def rendered(source: str, channel: str = "sms", lang: str = "id", part: Any = "body", **facts: Any) -> str:
    context = {**CONTEXT, "lead": {**CONTEXT["lead"], **facts}}
    return compiled(source, channel, lang, part).render(context)


def problems_of(source: str, names: Scope | None = SCOPE, channel: str = "sms", part: Any = "body") -> list[Problem]:
    return compile_template(source, channel=channel, part=part, lang="id", names=names)[1]


HOSTILE = [
    ("{{ 9**9**9 }}", "SOP611"),
    ("{{ 'a' * 1000000000 }}", "SOP611"),
    ("{{ lead.units * 2 }}", "SOP611"),
    ("{{ 1 + 1 }}", "SOP611"),
    ("{{ 1 - 1 }}", "SOP611"),
    ("{{ 1 / 0 }}", "SOP611"),
    ("{{ 1 // 2 }}", "SOP611"),
    ("{{ '%1000000000d' % 1 }}", "SOP611"),
    ("{{ -lead.units }}", "SOP611"),
    ("{{ +1 }}", "SOP611"),
    ("{{ lead.name.upper() }}", "SOP610"),
    ("{{ '{0.__class__}'.format(1) }}", "SOP610"),
    ("{{ range(1000000000) }}", "SOP610"),
    ("{{ cycler('a').next() }}", "SOP610"),
    ("{{ lead.__class__ }}", "SOP615"),
    ("{{ lead['__class__'] }}", "SOP615"),
    ("{{ lead.name._x }}", "SOP615"),
    ("{{ ''.__class__ }}", "SOP614"),
    ("{{ lead.tags[0] }}", "SOP614"),
    ("{{ lead.tags.0 }}", "SOP614"),
    ("{{ lead[lead.name] }}", "SOP614"),
    ("{{ lead['name'][1:2] }}", "SOP614"),
    ("{{ [1, 2] }}", "SOP607"),
    ("{{ {'a': 1} }}", "SOP607"),
    ("{{ lead.name, lead.name }}", "SOP607"),
    ("{{ none }}", "SOP607"),
    ("{{ lead.name in [lead.company] }}", "SOP607"),
    ("{% macro m() %}{% endmacro %}", "SOP606"),
    ("{% set x = 1 %}", "SOP606"),
    ("{% import 'x' as y %}", "SOP606"),
    ("{% from 'x' import y %}", "SOP606"),
    ("{% include 'x' %}", "SOP606"),
    ("{% extends 'x' %}", "SOP606"),
    ("{% block b %}{% endblock %}", "SOP606"),
    ("{% call m() %}{% endcall %}", "SOP606"),
    ("{% filter upper %}x{% endfilter %}", "SOP606"),
    ("{% with x = 1 %}{% endwith %}", "SOP606"),
    ("{% autoescape false %}{% endautoescape %}", "SOP606"),
    ("{% do x %}", "SOP606"),
    ("{% print 1 %}", "SOP606"),
    ("{% for a in lead.tags %}{% for b in lead.tags %}{% endfor %}{% endfor %}", "SOP612"),
    ("{% for a, b in lead.tags %}{% endfor %}", "SOP613"),
    ("{% for a in lead.tags if a %}{% endfor %}", "SOP613"),
    ("{% for a in lead.tags recursive %}{% endfor %}", "SOP613"),
    ("{% for a in lead.name %}{% endfor %}", "SOP626"),
    ("{% for a in 'abc' %}{% endfor %}", "SOP626"),
    ("{% for lead in lead.tags %}{% endfor %}", "SOP627"),
    ("{% for loop in lead.tags %}{% endfor %}", "SOP627"),
    ("{% for _a in lead.tags %}{% endfor %}", "SOP627"),
    ("{{ lead.name | attr('upper') }}", "SOP617"),
    ("{{ lead.name | replace('a', 'aaaaaaaaaa') }}", "SOP617"),
    ("{{ lead.name | safe }}", "SOP617"),
    ("{{ lead.tags | map('upper') }}", "SOP617"),
    ("{{ lead.name | center(1000000000) }}", "SOP617"),
    ("{{ '%s' | format('x') }}", "SOP617"),
    ("{{ lead.name | truncate }}", "SOP618"),
    ("{{ lead.name | truncate(0) }}", "SOP618"),
    ("{{ lead.name | truncate(1000000000) }}", "SOP618"),
    ("{{ lead.name | truncate(true) }}", "SOP618"),
    ("{{ lead.name | truncate(length=5) }}", "SOP618"),
    ("{{ lead.name | upper(1) }}", "SOP618"),
    ("{{ lead.name | default }}", "SOP618"),
    ("{{ lead.name | default('a', true) }}", "SOP618"),
    ("{{ lead.tags | join(*lead.tags) }}", "SOP607"),
    ("{{ lead.units | money('Rp') }}", "SOP618"),
    ("{{ lead.name is callable }}", "SOP619"),
    ("{{ lead.name is string }}", "SOP619"),
    ("{{ self }}", "SOP620"),
    ("{{ config }}", "SOP620"),
    ("{{ loop.index }}", "SOP620"),
    ("{{ led.name }}", "SOP620"),
    ("{{ lead.nme }}", "SOP621"),
    ("{{ lead.name.first }}", "SOP621"),
    ("{{ sla.first_respond.due }}", "SOP621"),
    ("{{ lead.keys }}", "SOP621"),
    ("{{ lead }}", "SOP622"),
    ("{% if sla.first_response %}x{% endif %}", "SOP622"),
    ("{{ lead.name | money }}", "SOP623"),
    ("{{ lead.name | date }}", "SOP623"),
    ("{{ lead.promised | time }}", "SOP623"),
    ("{{ lead.name | phone }}", "SOP623"),
    ("{{ lead.units | upper }}", "SOP623"),
    ("{{ lead.name | join }}", "SOP623"),
    ("{{ (lead.budget | default('x')) | money }}", "SOP623"),
    ("{{ ('' if lead.budget > 0 else lead.budget) | money }}", "SOP623"),
    ("{{ lead.name > 5 }}", "SOP624"),
    ("{{ lead.promised < '2026-01-01' }}", "SOP624"),
    ("{{ lead.promised < now }}", "SOP624"),
    ("{{ lead.budget > lead.price }}", "SOP624"),
    ("{{ lead.authority > false }}", "SOP624"),
    ("{{ lead.units in ['a'] }}", "SOP624"),
    ("{{ lead.units in lead.tags }}", "SOP624"),
    ("{{ lead.units in lead.name }}", "SOP624"),
    ("{{ lead.tags }}", "SOP625"),
    ("{{ lead.tags ~ 'x' }}", "SOP625"),
    ("{{ lead.tags or 'x' }}", "SOP628"),
    ("{{ lead.budget | money('USD') }}", "SOP629"),
    ("{{ lead.units | money }}", "SOP630"),
    ("{{ lead.contacts | join }}", "SOP632"),
    ("{{ lead.name", "SOP604"),
    ("{% if lead.name", "SOP604"),
    ("{% if lead.name %}", "SOP604"),
    ("{% for a in lead.tags %}", "SOP604"),
    ("{# never closed", "SOP604"),
    ("{% raw %}{{", "SOP604"),
    ("{% endif %}", "SOP605"),
    ("{% else %}", "SOP605"),
    ("{% if lead.name %}{% endfor %}{% endif %}", "SOP605"),
    ("{% for a in lead.tags %}{% elif a %}{% endfor %}", "SOP605"),
    ("{{ }}", "SOP603"),
    ("{% %}", "SOP603"),
    ("{{ lead..name }}", "SOP603"),
    ("{{ lead.name lead.name }}", "SOP603"),
    ("{{ 'abc }}", "SOP603"),
    ("{{ lead.name ] }}", "SOP603"),
    ("{{ '\\N{NO SUCH}' }}", "SOP603"),
    ("{{ ? }}", "SOP603"),
    ("{{ " + "9" * 5000 + " }}", "SOP602"),
    ("{{ " + "(" * 5000 + ")" * 5000 + " }}", "SOP602"),
    ("{{ " + "[" * 30_000, "SOP602"),
    ("{{ " + "not " * 5000 + "1 }}", "SOP602"),
    ("{{ " + "- " * 5000 + "1 }}", "SOP602"),
    ("{{ 1" + " if 1 else 1" * 2000 + " }}", "SOP602"),
    ("{{ lead" + ".a" * 5000 + " }}", "SOP602"),
    ("{{ lead.name" + "|upper" * 5000 + " }}", "SOP602"),
    ("{{ 1" + "~1" * 5000 + " }}", "SOP602"),
    ("{% if lead.name %}" * 2000, "SOP602"),
    ("{{ 1 }}" * 9000, "SOP602"),
    ("{{" * 500_000, "SOP601"),
]


@pytest.mark.parametrize(("source", "code"), HOSTILE, ids=[f"{code}-{source[:30]}" for source, code in HOSTILE])
def test_forbidden_construct_is_a_problem_with_its_code(source: str, code: str) -> None:
    """Every construct outside the subset is refused before anything is compiled, each under its own code."""
    found, problems = compile_template(source, channel="sms", part="body", lang="id", names=SCOPE)
    assert found is None
    assert code in {one.code for one in problems}


@pytest.mark.parametrize("source", [source for source, _ in HOSTILE if "endfor %}" not in source])
def test_every_problem_has_a_sentence_in_both_languages(source: str) -> None:
    """A problem's parameters fill its sentence in English and in Indonesian, and the two differ."""
    for one in problems_of(source):
        message = rules_templates.MESSAGES[one.code]
        shown = {lang: {name: told(value, lang) for name, value in one.params.items()} for lang in ("en", "id")}
        assert message.en.format_map(shown["en"]) != message.id.format_map(shown["id"])


def told(value: Any, lang: str) -> str:
    return wording.shown(value, lang)


def test_every_code_of_the_catalogue_can_happen() -> None:
    """No code of templates is without a case that produces it."""
    seen = {code for _, code in HOSTILE} | {"SOP631", "SOP640", "SOP641", "SOP642", "SOP643"}
    assert seen == set(rules_templates.MESSAGES)


def test_jinja_only_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jinja neither compiles nor optimises a template: nothing of it is turned into code."""

    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("compiled")

    monkeypatch.setattr(jinja2.Environment, "compile", forbidden)
    monkeypatch.setattr(jinja2.Environment, "_generate", forbidden)
    monkeypatch.setattr(jinja2.Environment, "from_string", forbidden)
    assert rendered("Halo {{ lead.name | upper }}") == "Halo RINA"


def test_all_problems_are_reported_in_one_run_in_order() -> None:
    """One run names every fault of a template, in reading order, also after the first."""
    problems = problems_of("{{ lead.nme }}\n{% if led.x %}{{ 1 + 1 }}{% else %}{{ lead.name | mony }}{% endif %}")
    assert [one.code for one in problems] == ["SOP621", "SOP620", "SOP611", "SOP617"]
    assert [one.line for one in problems] == [1, 2, 2, 2]
    assert [one.suggestion for one in problems] == ["lead.name", "lead", None, "money"]


def test_a_bare_field_is_pointed_to_its_subject() -> None:
    """A field's name alone is answered with the subject's; a misspelling of either, with what is nearest."""
    known = {"actor": {"name": "string"}, "lead": {"id": "string", "name": "string", "nama_pic": "string"}}
    asked = {"name": "lead.name", "nama_pc": "lead.nama_pic", "led": "lead", "zzz": None}
    for name, meant in asked.items():
        (problem,) = compile_template(f"{{{{ {name} }}}}", channel="sms", part="body", lang="id", names=Scope(known))[1]
        assert problem.suggestion == meant
        assert f"`{meant or 'lead.name'}`" in problem.text("en")
        assert "actor" in problem.text("id")


def test_brackets_are_bounded_in_depth() -> None:
    """Eight brackets may be open at once, and a ninth is refused."""
    assert rendered("{{ " + "(" * 8 + "lead.name" + ")" * 8 + " }}") == "Rina"
    assert [one.code for one in problems_of("{{ " + "(" * 9 + "lead.name" + ")" * 9 + " }}")] == ["SOP602"]


def test_the_item_of_a_list_lives_as_long_as_its_loop() -> None:
    """Loops may follow one another, and the item of one is unknown after it."""
    loop = "{% for one in lead.tags %}{{ one }}{% endfor %}"
    assert rendered(loop + loop) == "tokogrosirtokogrosir"
    assert [one.code for one in problems_of(loop + "{{ one }}")] == ["SOP620"]


def test_join_writes_each_element_in_its_own_form() -> None:
    """Elements are written by the type of the list, and empty ones are left out."""
    found = compiled("{{ lead.offers | join }}", names=Scope({"lead": {"offers": ListOf("money:IDR")}}))
    assert found.render({"lead": {"offers": [1000, None, Decimal(2500)]}}) == "Rp1.000, Rp2.500"


def test_the_number_of_problems_is_bounded() -> None:
    """A template made of thousands of faults is reported up to a bound."""
    assert len(problems_of("{{ lead.nme }}\n" * 3_000)) == 100


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("Halo {{ led.name }}", 1, 9),
        ("a\r\nb\r\n  {{ lead.name | mony }}", 3, 18),
        ("a\n{% if lead.name -%}  \n  {{ led.x }}{% endif %}", 3, 6),
        ("{# {{ #}{% raw %}{{ led }}{% endraw %}\n{{ led.x }}", 2, 4),
        ("a\n\n {% macro x() %}", 3, 2),
        ("a\n  {{ lead.name", 2, 3),
        ("{{ lead.name lead }}", 1, 14),
    ],
)
def test_a_problem_has_its_exact_place(source: str, line: int, column: int) -> None:
    """Line and column point at the faulty word, behind comments, raw text, CRLF and white-space control."""
    first = problems_of(source)[0]
    assert (first.line, first.column) == (line, column)


def test_without_a_scope_names_pass_and_the_subset_still_holds() -> None:
    """With no scope, any name is accepted, and forbidden constructs are refused as always."""
    assert compiled("{{ anything.at.all | upper }}", names=None).render({"anything": {"at": {"all": "x"}}}) == "X"
    assert [one.code for one in problems_of("{{ x() }}{{ x.__class__ }}", names=None)] == ["SOP610", "SOP615"]


def test_only_email_has_a_subject() -> None:
    """A subject on another channel is a problem; an unknown channel is a wrong call."""
    assert [one.code for one in problems_of("Halo", channel="whatsapp", part="subject")] == ["SOP631"]
    with pytest.raises(UsageError):
        compile_template("x", channel="fax", part="body", lang="id", names=None)


@pytest.mark.parametrize(
    ("source", "indonesian", "english"),
    [
        ("{{ lead.budget | money }}", "Rp50.000.000", None),
        ("{{ lead.budget }}", "Rp50.000.000", None),
        ("{{ lead.units | money('IDR') }}", "Rp12.000", None),
        ("{{ lead.promised | date }}", "Selasa, 3 Februari 2026", "Tuesday, 3 February 2026"),
        ("{{ sla.first_response.due | date }}", "Selasa, 3 Februari 2026", "Tuesday, 3 February 2026"),
        ("{{ sla.first_response.due | time }}", "14.05 WIB", "14:05 WIB"),
        ("{{ now }}", "Selasa, 3 Februari 2026 14.05 WIB", None),
        ("{{ sla.first_response.target | duration }}", "2 jam 5 menit", "2 hours 5 minutes"),
        ("{{ lead.phone | phone }}", "0812-3456-7890", "0812-3456-7890"),
        ("{{ lead.ratio }}", "2,5", "2.5"),
        ("{{ lead.units }} {{ lead.units | number }}", "12000 12.000", "12000 12,000"),
        ("{{ lead.discount }}", "12,5%", "12.5%"),
        ("{{ lead.authority }}", "ya", "yes"),
        ("{{ lead.tags | join }}", "toko, grosir", "toko, grosir"),
        ("{{ lead.note | truncate(6) }}", "Minta…", "Minta…"),
    ],
)
def test_values_speak_the_language_of_the_template(source: str, indonesian: str, english: str | None) -> None:
    """Money, dates, times and lengths are written as the template's language writes them, with or without a filter."""
    assert rendered(source) == indonesian
    if english is not None:
        assert rendered(source, lang="en") == english


def test_an_instant_may_come_as_the_engine_keeps_it() -> None:
    """Microseconds with a zone, and microseconds of length, read as an aware datetime and a timedelta do."""
    context = {**CONTEXT, "now": wording.Instant(int(NOON.timestamp()) * 10**6, "Asia/Jakarta")}
    assert compiled("{{ now | time }}").render(context) == "14.05 WIB"
    clock = {"first_response": {"due": NOON.astimezone(UTC), "target": wording.Lasting(7_500 * 10**6), "state": "met"}}
    source = "{% if sla.first_response.due == now %}{{ sla.first_response.target }}{% endif %}"
    assert compiled(source).render({**context, "sla": clock}) == "2 jam 5 menit"


@pytest.mark.parametrize("empty", [None, "", "  \n"])
@pytest.mark.parametrize(
    "source",
    [
        "Halo {{ lead.company }}",
        "{{ lead.company | upper }}",
        "{{ 'PT ' ~ lead.company }}",
        "{% if lead.company == 'x' %}a{% endif %}",
        "{% if not lead.company > 'x' %}a{% endif %}",
        "{{ lead.company if lead.authority else 'x' }}",
    ],
)
def test_a_missing_fact_stops_the_message_and_is_named(source: str, empty: Any) -> None:
    """A message whose fact is empty is not made; the error names the fact."""
    with pytest.raises(RenderError) as caught:
        rendered(source, company=empty)
    assert caught.value.code == "SOP640"
    assert caught.value.params == {"name": "lead.company"}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if lead.company or lead.tags %}a{% endif %}", "a"),
        ("{{ 'a' if not (lead.company or lead.units == 1) else 'b' }}", "a"),
        ("{{ lead.company | default('Anda') }}", "Anda"),
        ("{{ lead.company | upper | default('Anda') }}", "Anda"),
        ("{{ lead.company or lead.name }}", "Rina"),
        ("{{ lead.company | default(lead.budget) }}", "Rp50.000.000"),
        ("{% if lead.company %}{{ lead.company }}{% else %}-{% endif %}", "-"),
        ("{% if lead.company is filled %}a{% elif lead.company is empty %}b{% endif %}", "b"),
        ("{{ lead.company if lead.company else lead.name }}", "Rina"),
        ("{% if lead.company and lead.company == 'x' %}a{% endif %}", ""),
    ],
)
def test_a_template_may_say_what_to_write_instead(source: str, text: str) -> None:
    """`default`, `or`, `if` and `is filled` handle a missing fact, and the message goes out."""
    assert rendered(source, company=None) == text


def test_zero_and_no_are_not_missing() -> None:
    """The number 0 and the answer no are facts: they are written, and `default` keeps them."""
    assert rendered("{{ lead.units | default(5) }} {{ lead.authority }}", units=0, authority=False) == "0 tidak"
    assert rendered("{{ lead.units | default(5) | number }}", units=0) == "0"


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        ("{{ lead.budget }}", {"budget": "lima puluh juta"}),
        ("{{ lead.budget }}", {"budget": float("nan")}),
        ("{{ lead.budget }}", {"budget": Decimal("1E+999999")}),
        ("{{ lead.units }}", {"units": 10**5000}),
        ("{{ lead.units }}", {"units": True}),
        ("{{ lead.name }}", {"name": 5}),
        ("{{ lead.authority }}", {"authority": "yes"}),
        ("{{ lead.promised }}", {"promised": "3 Februari"}),
        ("{{ lead.called }}", {"called": datetime(2026, 2, 3)}),
        ("{{ lead.tags | join }}", {"tags": "toko"}),
        ("{{ lead.tags | join }}", {"tags": [["a"]]}),
        ("{% for tag in lead.tags %}{{ tag }}{% endfor %}", {"tags": {"a": 1}}),
        ("{% for one in lead.contacts %}{{ one.name }}{% endfor %}", {"contacts": ["a"]}),
        ("{% if lead.budget > 5 %}x{% endif %}", {"budget": "x"}),
    ],
)
def test_a_value_of_another_kind_stops_the_message(source: str, facts: dict[str, Any]) -> None:
    """A value that is not what its type says is refused before it is formatted or compared, and is named."""
    with pytest.raises(RenderError) as caught:
        rendered(source, **facts)
    assert caught.value.code == "SOP642"


class Trap:
    """An object that notices being touched."""

    touched = False

    def __getattribute__(self, name: str) -> Any:
        if name not in ("__class__", "__dict__"):
            type(self).touched = True
        return object.__getattribute__(self, name)

    def __str__(self) -> str:
        type(self).touched = True
        return "trap"


@pytest.mark.parametrize("source", ["{{ lead.name }}", "{{ lead.name.touched }}", "{% if lead.name.x %}a{% endif %}"])
def test_no_attribute_of_an_object_is_ever_read(source: str) -> None:
    """An object in the record is refused without one of its attributes or methods being used."""
    Trap.touched = False
    with pytest.raises(RenderError):
        compiled(source, names=None).render({"lead": {"name": Trap()}})
    assert not Trap.touched


def test_a_key_named_as_a_method_is_a_key() -> None:
    """`lead.items` is the fact of that name, never the method of a dictionary."""
    names = Scope({"lead": {"items": ListOf("string"), "keys": "string"}})
    found = compiled("{{ lead.items | join }} {{ lead.keys }}", names=names)
    assert found.render({"lead": {"items": ["a"], "keys": "k"}}) == "a k"


def test_output_is_bounded_in_bytes() -> None:
    """A text is cut off by an error at the byte limit, counted in UTF-8, wherever the length comes from."""
    assert compiled("{{ lead.name }}").render({"lead": {"name": "é" * 50}}, limit=100) == "é" * 50
    for source, facts in [
        ("{{ lead.name }}", {"name": "é" * 51}),
        ("{{ lead.name ~ lead.name }}", {"name": "é" * 30}),
        ("{% for tag in lead.tags %}aaaaaaaaaaa{% endfor %}", {"tags": ["x"] * 10}),
        ("{{ lead.tags | join }}", {"tags": ["é" * 10] * 6}),
    ]:
        with pytest.raises(RenderError) as caught:
            compiled(source).render({"lead": facts}, limit=100)
        assert caught.value.code == "SOP641"


def test_a_list_is_bounded_in_items() -> None:
    """A loop over more than a thousand items is refused, even if it writes nothing."""
    with pytest.raises(RenderError) as caught:
        rendered("{% for tag in lead.tags %}{% endfor %}", tags=["x"] * 1_001)
    assert caught.value.code == "SOP643"


@pytest.mark.parametrize(
    ("source", "channel", "part", "name", "text"),
    [
        ("<b>{{ lead.name }}</b>", "email", "body", "<i>'\"&", "<b>&lt;i&gt;&#39;&#34;&amp;</b>"),
        ("{{ lead.name }}", "email", "body", "[x](y) *a*", "&#91;x&#93;(y) &#42;a&#42;"),
        ("{{ '<b>' }}", "email", "body", "x", "&lt;b&gt;"),
        ("A & B {{ lead.name }}", "email", "subject", "R & D\r\nBcc: x@example.com", "A & B R & D Bcc: x@example.com"),
        ("A\n{{ lead.name }}\n", "email", "subject", "\u2028x\x85\x00", "A x"),
        ("*{{ lead.name }}*", "whatsapp", "body", "*a* _b_ ~c~ `d` e_1", "*∗a∗ ˍbˍ ∼c∼ ‘d‘ e_1*"),
        ("{{ lead.name }}", "sms", "body", "a\x1b[2J\x07*b*\r\nc\u202ed", "a[2J*b*\ncd"),
        ("{{ lead.name }}", "call", "body", "<b>", "<b>"),
    ],
)
def test_a_value_is_harmless_in_its_channel(source: str, channel: str, part: str, name: str, text: str) -> None:
    """Values are escaped for the channel they go to, and the author's own words are not."""
    assert rendered(source, channel, part=part, name=name) == text


ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'*_~`[]\r\n\t\x1b\u2028\u202e")), min_size=1
)


@given(ANY_TEXT)
def test_escaping_holds_for_any_value(value: str) -> None:
    """No value opens a tag in an e-mail, adds a line to a subject, formats WhatsApp or carries a control character."""
    assume(not value.isspace() and escape.clean(value).strip())
    body = rendered("{{ lead.name }}", "email", name=value)
    assert not set("<>\"'*`[]") & set(body)
    assert html.unescape(body) == rendered("{{ lead.name }}", "sms", name=value)
    subject = rendered("Halo {{ lead.name }}", "email", part="subject", name=value)
    assert len(subject.splitlines()) == 1
    whatsapp = rendered("{{ lead.name }}", "whatsapp", name=value)
    assert not set("*~`") & set(whatsapp)
    padded = f" {whatsapp} "
    trios = zip(padded, padded[1:], padded[2:], strict=False)
    assert all(before.isalnum() and after.isalnum() for before, sign, after in trios if sign == "_")
    for text in (body, subject, whatsapp):
        assert not [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"]


def leaves(*types: str) -> list[str]:
    """The scope's names whose type is one of `types`."""
    return [f"lead.{name}" for name, type in FIELDS.items() if type in types]


TEXTS = [*leaves("string", "text", "choice"), "actor.name", "stage.title", "sop.version"]
NUMBERS = leaves("integer")
LITERALS = st.sampled_from(["'a'", "'Toko'", "'<b>'", '"x y"'])


def texts(deep: int = 2) -> st.SearchStrategy[str]:
    """Expressions that are texts, in brackets."""
    plain = st.sampled_from(TEXTS) | LITERALS
    if deep == 0:
        return plain
    inner = texts(deep - 1)
    return st.one_of(
        plain,
        st.tuples(inner, st.sampled_from(["upper", "lower", "title", "trim"])).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} ~ {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} or {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} | default({two[1]}))"),
        st.tuples(inner, conditions(deep - 1), inner).map(lambda of: f"({of[0]} if {of[1]} else {of[2]})"),
        st.sampled_from(["(lead.tags | join('-'))", "(lead.units ~ '')"]),
    )


def conditions(deep: int = 2) -> st.SearchStrategy[str]:
    """Expressions that are conditions, in brackets."""
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    numbers = st.sampled_from(NUMBERS) | st.integers(-5, 20_000).map(str)
    simple = st.one_of(
        st.tuples(numbers, signs, numbers).map(lambda of: f"({' '.join(of)})"),
        st.tuples(numbers, signs, numbers, signs, numbers).map(lambda of: f"({' '.join(of)})"),
        st.sampled_from(TEXTS).map(lambda name: f"({name} in ['Rina', 'web_form'])"),
        st.sampled_from(TEXTS).map(lambda name: f"({name} not in lead.tags)"),
        st.sampled_from(["lead.authority", "(lead.name is defined)", "(lead.name is not none)", "lead.tags"]),
    )
    if deep == 0:
        return simple
    inner = conditions(deep - 1)
    return st.one_of(
        simple,
        inner.map(lambda one: f"(not {one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda of: f"({' '.join(of)})"),
        st.tuples(texts(deep - 1), signs, texts(deep - 1)).map(lambda of: f"({' '.join(of)})"),
    )


WORDS = st.sampled_from(["Halo ", "\n", "  ", "a", ", ", "{# note #}", "{% raw %}{{ x }}{% endraw %}"])
PUTS = st.one_of(
    texts().map(lambda one: f"{{{{ {one} }}}}"), st.sampled_from(NUMBERS).map(lambda one: f"{{{{- {one} }}}}")
)
FLAT = st.lists(WORDS | PUTS, max_size=4).map("".join)
IFS = st.tuples(conditions(), FLAT, conditions(), FLAT, FLAT).map(
    lambda of: f"{{% if {of[0]} %}}{of[1]}\n  {{% elif {of[2]} %}}{of[3]}{{% else -%}} {of[4]}{{% endif %}}\n"
)
LOOPS = st.tuples(FLAT, FLAT).map(
    lambda of: (
        f"{{% for one in lead.tags %}}{of[0]}{{{{ loop.index }}}}{{{{ one }}}}"
        f"{{% if not loop.last %}}, {{% endif %}}{{% else %}}{of[1]}{{% endfor %}}"
    )
)
TEMPLATES = st.lists(st.one_of(WORDS, PUTS, IFS, LOOPS), max_size=6).map("".join)
NAMES = st.text(st.characters(categories=("Lu", "Ll", "Nd"), codec="utf-8"), min_size=1, max_size=8)
RECORDS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("name", "company", "note", "source"), NAMES),
        "units": st.integers(0, 20_000),
        "authority": st.booleans(),
        "tags": st.lists(NAMES, min_size=1, max_size=3),
    }
)
STOCK = SandboxedEnvironment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@given(TEMPLATES, RECORDS)
def test_an_accepted_template_reads_as_jinja_reads_it(source: str, facts: dict[str, Any]) -> None:
    """On plain texts and whole numbers, our rendering equals that of Jinja's own sandbox."""
    context = {**CONTEXT, "lead": {**CONTEXT["lead"], **facts}}
    assert compiled(source, "call", "en").render(context) == STOCK.from_string(source).render(context)


KINDS: dict[str, st.SearchStrategy[Any]] = {
    "text": ANY_TEXT.filter(lambda text: bool(text.strip())),
    "number": st.integers(-(10**29), 10**29) | st.decimals(-(10**9), 10**9, places=3),
    "money": st.decimals(-(10**12), 10**12, places=2) | st.integers(0, 10**12),
    "boolean": st.booleans(),
    "date": st.dates(),
    "instant": st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9998, 1, 1), timezones=st.just(JAKARTA)),
    "duration": st.timedeltas() | st.integers(0, 10**15),
}


def conforming(type: scope.Type) -> st.SearchStrategy[Any]:
    """Any value, every leaf filled, of a type of the scope."""
    if isinstance(type, ListOf):
        return st.lists(conforming(type.item), min_size=1, max_size=3)
    if isinstance(type, str):
        return KINDS[scope.kind_of(type) or ""]
    assert type is not None
    return st.fixed_dictionaries({name: conforming(below) for name, below in type.items()})


ALL_LEAVES = [
    *(f"lead.{name}" for name in FIELDS),
    "now",
    "sla.first_response.due",
    "sla.first_response.target",
    "actor",
]
ARGUMENTS = {"truncate": "(7)", "money": "('IDR')", "default": "(lead.name)"}
PIECES = st.sampled_from(
    [
        *ALL_LEAVES,
        "one",
        "one.name",
        "loop.first",
        "'a'",
        "3",
        "-2.5",
        "true",
        "('a', 'b')",
        "(",
        ")",
        "|",
        "~",
        "==",
        "<",
    ]
    + ["!=", "in", "not", "and", "or", "is filled", "is empty", "if", "else", "1.5", "[1]"]
    + [f"| {name}{ARGUMENTS.get(name, '')}" for name in filters.NAMES]
    + [f"| {name}" for name in ("default('-')", "money", "join('; ')")]
)
OPERANDS = st.tuples(st.sampled_from([*ALL_LEAVES, "'a'", "3"]), st.lists(PIECES, max_size=4)).map(
    lambda two: " ".join([two[0], *two[1]])
)
WILD = st.lists(
    st.one_of(
        OPERANDS.map(lambda one: f"{{{{ {one} }}}}"),
        st.tuples(OPERANDS, OPERANDS).map(lambda of: f"{{% if {of[0]} %}}{{{{ {of[1]} }}}}{{% endif %}}"),
        OPERANDS.map(lambda one: f"{{% for one in lead.contacts %}}{{{{ one.name }}}}{{{{ {one} }}}}{{% endfor %}}"),
    ),
    min_size=1,
    max_size=2,
).map("".join)


@given(st.data())
def test_what_the_checker_accepts_renders(data: st.DataObject) -> None:
    """An accepted template renders on any record that fits its scope, or says that the text is too long."""
    accepted: list[Compiled] = []
    for source in data.draw(st.lists(WILD, min_size=10, max_size=10)):
        for channel, lang in (("email", "id"), ("whatsapp", "en")):
            found, problems = compile_template(source, channel=channel, part="body", lang=lang, names=SCOPE)
            assert (found is None) == bool(problems)
            accepted += [found] if found else []
    assume(accepted)
    context = data.draw(conforming(SCOPE.names))
    for one in accepted:
        try:
            one.render(context)
        except RenderError as error:
            if error.code != "SOP641":
                raise


SIGNS = """{{ }} {% %} {# #} {%- -%} if for in endif endfor raw endraw lead . name _x | ( ) [ ] { } ' " ~ ** 0x 1e9 é is
not else elif , : = now upper 1_0 None loop"""
SCRAPS = st.sampled_from([*SIGNS.split(), " ", "\n", "\r\n", "\\", "\u2028", "\x00", "\ud800"])


@given(st.lists(SCRAPS, max_size=30).map("".join) | st.text(max_size=80), st.sampled_from([SCOPE, None]))
def test_no_text_makes_the_checker_fail(source: str, names: Scope | None) -> None:
    """Whatever the text, the checker returns a compiled template or problems whose places lie inside the text."""
    found, problems = compile_template(source, channel="email", part="body", lang="id", names=names)
    assert (found is None) == bool(problems)
    lines = re.sub("\r\n?", "\n", source).split("\n")
    for one in problems:
        assert one.code in rules_templates.MESSAGES
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1


def test_a_message_has_its_parts_and_the_names_it_used() -> None:
    """A rendered message names its template, channel, language and purpose; a compiled text, what it looks up."""
    subject = compiled("Halo {{ lead.name }}", "email", part="subject")
    body = compiled("Saya {{ actor.name }}{% for one in lead.tags %}, {{ one }}{% endfor %}", "email")
    message = render_message("a", purpose="sales", subject=subject, body=body, context=CONTEXT, to="rina@example.com")
    assert (message.template, message.channel, message.lang, message.purpose) == ("a", "email", "id", "sales")
    assert (message.subject, message.body, message.to) == ("Halo Rina", "Saya Budi, toko, grosir", "rina@example.com")
    assert body.names == {"actor.name", "lead.tags"}


def test_a_scope_with_an_unknown_type_is_refused() -> None:
    """A leaf of a type that no filter knows is a mistake of the caller, found when the scope is made."""
    with pytest.raises(KeyError):
        Scope({"lead": {"name": "varchar"}})


def test_words_exist_for_every_kind() -> None:
    """Each kind of value that a sentence can name has its words in both languages."""
    words = {key.partition(".")[2] for key in templates.MESSAGES}
    assert set(scope.KINDS.values()) | {"list", "yes", "no", "on_behalf"} == words


@pytest.mark.parametrize("module", [escape, filters, problem, scope, values])
def test_the_examples_in_the_documentation_run(module: Any) -> None:
    """Every example in a docstring of the room gives what it says."""
    assert doctest.testmod(module).failed == 0


def test_the_page_of_templates_lists_every_filter_and_test() -> None:
    """The tables of the page name the filters and tests that the language has, and no other."""
    page = (Path(__file__).parent.parent / "docs" / "language" / "templates.md").read_text(encoding="utf-8")
    for heading, known in (("filter", filters.NAMES), ("test", subset.TESTS)):
        table = page.partition(f"| {heading} |")[2].partition("\n\n")[0]
        first = [row.split("|")[1] for row in table.splitlines()[2:]]
        assert set(re.findall(r"`(\w+)`", " ".join(first))) == set(known)
