"""The builder: defaults, short forms, borrowed files, and names with their places."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopengine.diagnostics import Diagnostic
from sopengine.errors import InvalidSop
from sopengine.language.build import build
from sopengine.language.model import Sop
from sopengine.loading import Folder, check, examine, load, load_text
from sopengine.source import read
from sopengine.time.durations import DAY, HOUR, MINUTE, CalendarDays, Elapsed, FromField, Percent, WorkingTime

CASES = Path(__file__).parent / "cases"
HEAD = "sop: demo\ntitle: Demo\nversion: '1'\ntimezone: Asia/Jakarta\n"


def built(text: str) -> Sop:
    """The SOP in a text that the schema need not like."""
    sop, _ = build(read(HEAD + text, "demo.yaml"))
    assert sop is not None
    return sop


def said(text: str, root: Path) -> list[Diagnostic]:
    """What is wrong with an SOP in a folder, remarks left out."""
    (root / "demo.yaml").write_text(HEAD + text, encoding="utf-8")
    return [d for d in examine(root / "demo.yaml").diagnostics if d.severity != "info"]


@pytest.fixture(scope="module")
def smallest() -> Sop:
    """The smallest SOP of the language reference."""
    return load(CASES / "ok" / "smallest.yaml")


def test_the_chain_follows_the_file_and_ends_in_won(smallest: Sop) -> None:
    """Each stage leads to the next one in the file, the last to the success outcome."""
    assert smallest.start == "capture"
    ways = [(stage.name, way.to, way.implied) for stage in smallest.stages.values() for way in stage.exits]
    assert ways == [
        ("capture", "qualification", True),
        ("qualification", "closing", True),
        ("closing", "won", True),
    ]


def test_won_and_lost_exist_unless_replaced(smallest: Sop) -> None:
    """`won` is a success; `lost` a failure from anywhere, with the two reasons that always exist."""
    won, lost = smallest.outcomes["won"], smallest.outcomes["lost"]
    assert (won.kind, won.from_any, won.declared) == ("success", False, False)
    assert (lost.kind, lost.from_any, [reason.code for reason in lost.reasons]) == (
        "failure",
        True,
        ["no_response", "opt_out"],
    )
    own = built("stages: {a: {owner: x}}\noutcomes: {beli: {kind: success}}\n")
    assert list(own.outcomes) == ["beli", "lost"]
    assert own.stages["a"].exits[0].to == "beli"


def test_mentions_declare(smallest: Sop) -> None:
    """Roles, fields and documents exist by being mentioned, with a readable title."""
    assert list(smallest.roles) == ["admin_sales", "sales", "sales_manager"]
    assert smallest.roles["admin_sales"].title == {"id": "Admin sales"}
    assert {field.type for field in smallest.fields.values()} == {"string"}
    assert not any(role.declared for role in smallest.roles.values())
    assert list(smallest.documents) == ["quotation", "contract"]


def test_people_that_are_no_roles_are_not_declared() -> None:
    """`holder` and `customer` in `send` and `notify` stand for people."""
    sop = built(
        "stages:\n  a:\n    owner: x\n    send: {t: [holder, boss]}\n"
        "    sla: {finish: {target: 1h, escalate: [{at: 50%, notify: [customer, lead]}]}}\n"
    )
    assert set(sop.roles) == {"x", "boss", "lead"}


def test_standard_clocks_know_their_ends() -> None:
    """first_response, reply and finish have starts and stops; assignment moves the first one's start."""
    sop = built("stages:\n  a: {owner: x, assign: round_robin, sla: {first_response: 24h, reply: 8h, finish: {field: due}}}\n")
    first, reply, finish = sop.stages["a"].clocks
    assert (first.start, first.stop, first.target) == (("assigned",), ("contacted",), Elapsed(24 * HOUR))
    assert (reply.start, reply.stop, reply.cancel) == (("inbound",), ("contacted",), ("closed",))
    assert (finish.start, finish.stop, finish.target) == (("entered",), ("left",), FromField("due"))
    assert "due" in sop.fields


def test_an_escalation_to_the_superior_is_the_default() -> None:
    """Nothing written tells reports_to at 100 %; an empty list tells nobody."""
    sop = built("stages:\n  a: {owner: x, sla: {finish: 1h, reply: {target: 1h, escalate: []}}}\n")
    finish, reply = sop.stages["a"].clocks
    assert [(level.at, level.notify) for level in finish.escalate] == [(Percent(10_000), ("reports_to",))]
    assert reply.escalate == ()


def test_follow_up_takes_its_channels_from_its_templates() -> None:
    """Without `via`, attempt n goes over the channel of the n-th template."""
    sop = load(CASES / "ok" / "borrowing.yaml")
    rule = sop.stages["tawar"].follow_up
    assert rule is not None
    assert (rule.via, rule.send, rule.stop_on, rule.min) == (("whatsapp", "email"), "ask", ("reply",), 0)


def test_after_care_is_outside_the_chain_and_closes_into_its_outcome() -> None:
    """The stage that `then` names is skipped by the default chain and leads back to the outcome that opened it."""
    sop = load(CASES / "ok" / "borrowing.yaml")
    assert [stage.name for stage in sop.stages.values() if stage.after_care] == ["rawat"]
    assert sop.outcomes["menang"].after_care == "rawat"
    assert [way.to for way in sop.stages["rawat"].exits] == ["menang"]
    chained = built("stages: {a: {owner: x}, s: {owner: x, next: t}, b: {owner: x}, t: {owner: x}}\noutcomes: {won: {then: s}}\n")
    assert [name for name, stage in chained.stages.items() if stage.after_care] == ["s", "t"]
    assert [way.to for name in ("a", "b", "t") for way in chained.stages[name].exits] == ["b", "won", "won"]


def test_short_forms_mean_their_long_forms() -> None:
    """Scalars, lists and maps of the same content build the same model."""
    short = built("stages:\n  a: {owner: x, requires: f, documents: d, next: b, back: b, checklist: [Satu]}\n  b: {owner: x}\n")
    long = built(
        "stages:\n  a: {owner: [x], requires: [f], documents: [d], next: [{to: b}], back: [{to: b}],\n"
        "      checklist: [{code: satu, text: Satu}]}\n  b: {owner: x}\n"
    )

    def content(sop: Sop) -> tuple[object, ...]:
        a = sop.stages["a"]
        ticks = [(tick.code, tick.text) for tick in a.checklist]
        ways = [(way.to, way.when, way.by, way.implied) for way in a.exits]
        fields = [(need.fields, need.any) for need in a.requires]
        return a.owner, fields, a.documents, ways, [(b.to, b.max) for b in a.back], ticks

    assert content(short) == content(long)


def test_texts_are_by_language() -> None:
    """A plain text is in the SOP's language, which is Indonesian unless said otherwise; a map stays a map."""
    sop = built("stages: {a: {owner: x, title: {id: Satu, en: One}}, b_c: {owner: x, title: Dua}}\n")
    assert (sop.title, sop.stages["a"].title, sop.stages["b_c"].title) == (
        {"id": "Demo"},
        {"id": "Satu", "en": "One"},
        {"id": "Dua"},
    )
    english = built("language: en\nstages: {a_b: {owner: x}}\n")
    assert english.stages["a_b"].title == {"en": "A b"}


def test_the_vocabulary_reaches_the_model() -> None:
    """Every key of the language in one file arrives where the model says."""
    sop = load(CASES / "ok" / "full.sop.yaml")
    pipeline, qualification = sop.stages["pipeline"], sop.stages["qualification"]
    assert sop.fields["budget"].minimum == Decimal(0)
    assert sop.log_within == Elapsed(DAY)
    assert sop.contact_policy is not None
    assert sop.contact_policy.quiet_from == 20 * HOUR
    assert sop.migration is not None
    assert sop.migration.stages == (("presentation", "pipeline"),)
    assert [status.waits_for for status in pipeline.statuses] == [None, None, None, "customer"]
    assert pipeline.assign is not None
    assert pipeline.assign.accept_within == WorkingTime(30 * MINUTE)
    assert qualification.clocks[0].target_by == ("bant", (("hot", WorkingTime(HOUR)), ("warm", WorkingTime(4 * HOUR))))
    assert [way.to for way in qualification.exits] == ["distribution", "nurture"]
    assert qualification.checklist[1].optional
    assert sop.outcomes["nurture"].recycle is not None
    assert sop.outcomes["nurture"].recycle.after == CalendarDays(90)
    assert (sop.routines["pagi"].opens_at, sop.routines["pagi"].due_by) == (8 * HOUR, 10 * HOUR)
    assert (sop.routines["mingguan"].per, sop.routines["mingguan"].due_by) == ("role", 16 * HOUR)
    assert [measure.verb for measure in sop.measures.values()][-1] == "pay"
    assert [level.by for level in sop.approvals["discount"].levels] == [("coordinator",), ("sales_manager",), ("director",)]
    assert sop.clocks[0].start == ("opened",)
    assert sop.override_by == ("sales_manager",)
    assert sop.outcomes["lost"].reasons[3].note_required


@pytest.mark.parametrize("path", sorted((CASES / "ok").glob("*.yaml")), ids=lambda path: path.name)
def test_every_mention_stands_where_it_says(path: Path) -> None:
    """The text at the span of a mention is the name that is mentioned."""
    sop = load(path)
    texts = sop.document.texts
    for mention in sop.mentions:
        span = sop.span(mention.path) if mention.in_key else sop.value_span(mention.path)
        if mention.kind in ("fact", "predicate"):
            continue
        line = texts[span.file].split("\n")[span.line - 1]
        assert line[span.column - 1 : span.end_column - 1].strip("\"'") == mention.name


def test_borrowed_parts_keep_their_own_places() -> None:
    """An element that another file lends points into that file."""
    sop = load(CASES / "ok" / "borrowing.yaml")
    assert sop.span(("roles", "sales")).file.endswith("company.yaml")
    assert sop.span(("stages", "terima")).file.endswith("borrowing.yaml")
    assert sop.templates["salam"].channel == "whatsapp"
    assert sop.span(("contact_policy",)).file.endswith("company.yaml")


def test_the_hash_covers_every_file_and_no_line_ending(tmp_path: Path) -> None:
    """CR LF makes no other procedure; a change in a borrowed file does."""
    text = HEAD + "use: roles.yaml\nstages: {a: {owner: sales}}\n"
    (tmp_path / "roles.yaml").write_text("roles: {sales: Tim}\n", encoding="utf-8")
    (tmp_path / "one.yaml").write_bytes(text.encode())
    first = load(tmp_path / "one.yaml").hash
    (tmp_path / "one.yaml").write_bytes(text.replace("\n", "\r\n").encode())
    assert load(tmp_path / "one.yaml").hash == first
    (tmp_path / "roles.yaml").write_text("roles: {sales: Regu}\n", encoding="utf-8")
    assert load(tmp_path / "one.yaml").hash != first


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("../secret.yaml", "SOP701"),
        ("/etc/passwd", "SOP701"),
        ("~/x.yaml", "SOP701"),
        ("C:/x.yaml", "SOP701"),
        ("sub\\x.yaml", "SOP701"),
        ("link.yaml", "SOP701"),
        ("sub/../../secret.yaml", "SOP701"),
        ("nothing.yaml", "SOP703"),
        ("sub", "SOP703"),
        ("pipe", "SOP703"),
        ("large.yaml", "SOP704"),
        ("demo.yaml", "SOP705"),
    ],
)
def test_other_files_stay_inside_the_folder(tmp_path: Path, named: str, code: str) -> None:
    """Neither a path nor a link leads out, nothing is waited for, and size is bounded."""
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("roles: {sales: Rahasia}\n", encoding="utf-8")
    (root / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "large.yaml").write_text("#" * (1024 * 1024 + 1), encoding="utf-8")
    os.mkfifo(root / "pipe")
    found = said(f"use: '{named}'\nstages: {{a: {{owner: sales}}}}\n", root)
    assert [d.code for d in found] == [code]
    text = f"stages: {{a: {{owner: sales, send: {{t: holder}}}}}}\ntemplates: {{t: {{channel: sms, file: '{named}'}}}}\n"
    assert [d.code for d in said(text, root)] == [code]


def test_a_text_without_a_folder_names_no_files() -> None:
    """An SOP that came as a text cannot read the disk."""
    with pytest.raises(InvalidSop) as refused:
        load_text(HEAD + "use: roles.yaml\nstages: {a: {owner: sales}}\n")
    assert [d.code for d in refused.value.diagnostics] == ["SOP702"]


def test_a_template_in_a_file_is_checked_in_that_file(tmp_path: Path) -> None:
    """A fault in a template file is shown there, by line and column."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "halo.txt").write_text("Halo,\n  {{ led.name }}\n", encoding="utf-8")
    text = "stages: {a: {owner: x, send: {t: holder}}}\ntemplates: {t: {channel: sms, file: t/halo.txt}}\n"
    found = said(text, tmp_path)
    assert [(d.code, Path(d.span.file).name, d.span.line, d.span.column) for d in found] == [("SOP620", "halo.txt", 2, 6)]


def test_a_faulty_borrowed_file_is_reported_in_its_own_place(tmp_path: Path) -> None:
    """Wrong shape, wrong meaning and doubled names in a lent file point into that file."""
    (tmp_path / "lent.yaml").write_text("roles: {sales: Tim, x: 3}\nstages: {a: {}}\n", encoding="utf-8")
    found = said("use: [lent.yaml]\nroles: {sales: Tim}\nstages: {a: {owner: sales}}\n", tmp_path)
    assert {Path(d.span.file).name for d in found} == {"lent.yaml"}
    assert "SOP707" in {d.code for d in found}


def test_check_reads_folders_and_passes_over_what_is_no_sop(tmp_path: Path) -> None:
    """Fragments, hidden folders and links that lead out are not checked, pipes not waited for; broken YAML is."""
    (tmp_path / "roles.yaml").write_text("roles: {sales: Tim}\n", encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.yaml").write_text("sop: 1\n", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "broken.yml").write_text("sop: [\n", encoding="utf-8")
    (tmp_path / "out.yaml").symlink_to(CASES / "bad" / "SOP020.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert {Path(d.span.file).name for d in check(tmp_path)} == {"broken.yml"}
    assert [d.code for d in check(tmp_path / "nothing.yaml")] == ["SOP017"]


def test_load_raises_every_error_at_once() -> None:
    """`InvalidSop` carries all errors of the file, in the order of the text, and no warnings."""
    with pytest.raises(InvalidSop) as refused:
        load(CASES / "bad" / "forty-mistakes.yaml")
    found = refused.value.diagnostics
    assert {d.severity for d in found} == {"error"}
    assert [d.span for d in found] == sorted(d.span for d in found)
    assert len(found) > 30


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("abc:{} ", max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "stages",
                        "owner",
                        "a",
                        "sla",
                        "finish",
                        "target",
                        "by",
                        "escalate",
                        "next",
                        "to",
                        "when",
                        "outcomes",
                        "won",
                        "recycle",
                        "after",
                        "templates",
                        "body",
                        "follow_up",
                        "every",
                        "calendars",
                        "hours",
                        "scores",
                        "grades",
                        "tables",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_the_builder_never_raises_for_what_a_file_holds(data: object) -> None:
    """Whatever the shape, even what the schema would have refused: there is an SOP or there is none."""
    text = json.dumps({"stages": {"a": data, "b": {"owner": data}}, "outcomes": {"x": data}, "sla": data, "use": data})
    build(read(text, "any.yaml"))


def test_folder_reads_the_same_file_by_two_names_as_one(tmp_path: Path) -> None:
    """The identity of a file does not depend on how it is named."""
    (tmp_path / "a.yaml").write_text("x", encoding="utf-8")
    folder = Folder(tmp_path)
    assert folder.read("a.yaml", 9).identity == folder.read("./a.yaml", 9).identity
