"""Scenarios: reading JSON Lines of commands, playing them, and counting what came of them."""

from __future__ import annotations

import inspect
import io
import json
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import scenarios
from sopengine.engine import acts
from sopengine.kernel import events
from sopengine.scenarios import Played, Scenario, reading, summarise
from sopengine.scenarios.summary import by_code
from sopengine.wording import LANGUAGES, family

WIB = timezone(timedelta(hours=7))
START = datetime(2026, 2, 2, 9, 0, tzinfo=WIB)
SOP = sopengine.load_text(
    """
sop: small
title: Small
version: "1"
language: en
timezone: Asia/Jakarta
events: [demo_done]
stages:
  talk:
    owner: sales
    requires: [name]
    documents: [form]
    checklist: {needs: Needs confirmed}
    statuses: {fresh: Fresh, waiting: {title: Waiting, waits_for: customer}}
    sla: {first_response: 24h, finish: {target: 10d, escalate: [{at: 15%, notify: sales}]}}
    follow_up: {max: 3, every: 1d, via: [email], then: lost}
    send: {hello: customer}
  deal: {owner: sales, sla: {finish: 5d}, back: [talk], approvals: [terms]}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reasons: [price]}
fields: {name: {type: string}, budget: {type: money, currency: IDR}}
approvals: {terms: {when: {budget: "> 20000000"}, levels: [boss]}}
templates: {hello: {channel: email, subject: "Hello {{ lead.id }}", body: "Thank you."}}
""",
    "small.yaml",
)


def line(minutes: float, do: str, **arguments: Any) -> dict[str, Any]:
    """A command some minutes after the start, by role:sales unless it says otherwise."""
    said = {"at": (START + timedelta(minutes=minutes)).isoformat(), "do": do, "by": "role:sales", **arguments}
    return {name: value for name, value in said.items() if value is not None}


def opened(minutes: float = 0, case: str = "L-1", **record: Any) -> dict[str, Any]:
    """The line that opens a case."""
    return line(minutes, "open", record={"id": case, **record})


def read(*lines: Any) -> tuple[Scenario, tuple[sopengine.Diagnostic, ...]]:
    """Read lines given as data, or as they are written."""
    return scenarios.read("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), "leads.jsonl")


def play(*lines: Any, people: Any = None) -> Played:
    """Play lines that must be well-formed."""
    scenario, problems = read(*lines)
    assert [str(problem) for problem in problems] == []
    return scenarios.play(SOP, scenario, people)


# Reading

OPEN = json.dumps(opened())
MALFORMED = [
    ("not json", "run.not_json"),
    ('{"at": 1,}', "run.not_json"),
    ("1" * 5000, "run.not_json"),
    ("[" * 100_000, "run.too_deep"),
    ("[1]", "run.not_an_object"),
    ("null", "run.not_an_object"),
    ('{"do": "tick", "do": "tick"}', "run.said_twice"),
    ('{"do": "edit", "case": "L-1", "changes": {"a": 1, "a": 2}}', "run.said_twice"),
    ('{"do": "edit", "case": "L-1", "changes": {"a": NaN}}', "run.no_number"),
    ('{"do": "edit", "case": "L-1", "changes": {"a": -Infinity}}', "run.no_number"),
    ("{}", "run.no_verb"),
    (line(1, "advanse", case="L-1"), "run.unknown_verb"),
    (line(1, "tick", case="L-1"), "run.unknown_argument"),
    ({**line(1, "advance", case="L-1"), "do": 7}, "run.unknown_verb"),
    (line(1, "advance", case="L-1", sped=3), "run.unknown_argument"),
    (line(1, "advance"), "run.missing_argument"),
    (line(1, "advance", case="L-1", by=None), "run.missing_argument"),
    (line(1, "move", case="L-1"), "run.missing_argument"),
    ({"do": "tick"}, "run.missing_argument"),
    (line(1, "move", case="L-1", to=3), "run.wants_text"),
    (line(1, "advance", case="", by="x"), "run.wants_text"),
    (line(1, "advance", case="L-1", by=["x"]), "run.wants_text"),
    (line(1, "edit", case="L-1", changes=[]), "run.wants_object"),
    (line(1, "contact", case="L-1", via="call", answered="yes"), "run.wants_yes_no"),
    (line(1, "contact", case="L-1", via="call", answered=1), "run.wants_yes_no"),
    ({**line(1, "advance", case="L-1"), "at": "yesterday"}, "run.wants_moment"),
    ({**line(1, "advance", case="L-1"), "at": 1770000000}, "run.wants_moment"),
    ({**line(1, "advance", case="L-1"), "at": None}, "run.wants_moment"),
    ({**line(1, "advance", case="L-1"), "at": "0001-01-01T00:00:00+07:00"}, "run.wants_moment"),
    ({**line(1, "advance", case="L-1"), "at": "9999-12-31T23:59:59-07:00"}, "run.wants_moment"),
    ({**line(1, "advance", case="L-1"), "at": "2026-02-02T10:00:00"}, "run.naive"),
    (line(1, "advance", case="L-1", occurred_at="2026-02-02T10:00:00"), "run.naive"),
    (line(-1, "advance", case="L-1"), "run.backwards"),
    (line(1, "open", record={"name": "PT Maju"}), "run.no_id"),
    (line(1, "open", record={"id": 7}), "run.no_id"),
    (line(1, "advance", case="L-2"), "run.unknown_case"),
    ('{"people": {"rina": ["sales"]}}', "run.people_late"),
]


@pytest.mark.parametrize(("bad", "key"), MALFORMED)
def test_a_malformed_line_is_named(bad: Any, key: str) -> None:
    """Each way to write a line wrong has its own sentence, at its own line, in both languages."""
    _, problems = read(OPEN, bad, line(5, "tick", by=None))
    assert [problem.code for problem in problems][:1] == [key]
    assert {(problem.span.file, problem.span.line) for problem in problems} == {("leads.jsonl", 2)}
    texts = {problem.text(lang) for problem in problems[:1] for lang in LANGUAGES}
    assert len(texts) == 2
    assert max(map(len, texts)) < 400


def test_all_malformed_lines_are_told_at_once() -> None:
    """A file with many mistakes is reported whole, in the order of its lines, and good lines between count on."""
    _, problems = read(OPEN, "oops", line(1, "advance", case="L-1"), "{}", line(0.5, "tick", by=None), "[]")
    assert [(p.span.line, p.code) for p in problems] == [
        (2, "run.not_json"),
        (4, "run.no_verb"),
        (5, "run.backwards"),
        (6, "run.not_an_object"),
    ]


def test_a_misspelt_name_gets_a_suggestion() -> None:
    """A verb, an argument and a case that are nearly right are suggested."""
    _, problems = read(
        opened(case="L-1001"),
        line(1, "recieve", case="L-1001", via="call"),
        line(1, "contact", case="L-1001", vai="call"),
        line(1, "advance", case="L-101"),
    )
    assert [p.suggestion for p in problems] == ["receive", "via", None, "L-1001"]


def test_a_malformed_opening_is_reported_once() -> None:
    """The lines that follow a malformed opening do not each complain about an unknown case."""
    _, problems = read({**opened(), "wrong": 1}, line(1, "advance", case="L-1"), line(2, "advance", case="L-1"))
    assert [p.code for p in problems] == ["run.unknown_argument"]


def test_bytes_that_are_not_utf_8_are_one_problem_a_line() -> None:
    """Latin-1 in one line spoils that line; a byte order mark, empty lines and Windows line ends spoil nothing."""
    data = b"\xef\xbb\xbf" + OPEN.encode() + b'\r\n\r\n{"do": "note", "text": "caf\xe9"}\n   \n'
    scenario, problems = scenarios.read(data, "x")
    assert [(p.code, p.span.line) for p in problems] == [("run.not_utf8", 3)]
    assert problems[0].params["byte"] == 28
    assert len(scenario.commands) == 1


def test_a_line_and_a_file_have_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line over 1 MiB and a file over the cap are problems, not memory."""
    long = json.dumps(line(1, "note", case="L-1", text="x" * reading.LONGEST_LINE))
    assert [p.code for p in read(OPEN, long)[1]] == ["run.line_too_long"]
    monkeypatch.setattr(reading, "LARGEST_FILE", 1 << 20)
    assert [p.code for p in scenarios.load(io.BytesIO(b"\n" * ((1 << 20) + 1)), "x")[1]] == ["run.file_too_large"]
    assert [p.code for p in scenarios.load(io.BytesIO(b"\n" * (1 << 20)), "x")[1]] == ["run.nothing"]


def test_an_empty_file_says_so() -> None:
    """Nothing to run is a problem of the file; people alone are nothing to run."""
    for data in ("", "\n \n", '{"people": {"rina": ["sales"]}}'):
        assert [p.code for p in scenarios.read(data)[1]] == ["run.nothing"]


def test_people_stand_in_the_first_lines() -> None:
    """Several lines of people add up; what is wrong with them is told at their line, in the directory's own codes."""
    scenario, problems = read('{"people": {"rina": ["sales"]}}', '{"people": {"dewi": ["boss"]}}', opened())
    assert problems == ()
    assert scenario.people == {"rina": ["sales"], "dewi": ["boss"]}
    _, problems = read(
        '{"people": {"a": {"roles": "sales", "reports_to": "b"}, "c": {"roles": "sales", "reports_to": "d"}}}',
        '{"people": []}',
        '{"people": {"b": "sales", "sop": "sales"}}',
        opened(),
    )
    assert [(p.span.line, p.code) for p in problems] == [(1, "SOP750"), (2, "run.people_shape"), (3, "SOP756")]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Whatever stands in a file, reading ends with commands or with problems that lie inside it and can be said."""
    scenario, problems = scenarios.read(data)
    assert problems or scenario.commands
    for problem in problems:
        assert 1 <= problem.span.line <= data.count(b"\n") + 1
        assert problem.text("id")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(START.isoformat()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = sorted({name for verb in reading.VERBS.values() for name in verb.arguments()} - {"do"})


@given(st.sampled_from(sorted(reading.VERBS)), st.dictionaries(st.sampled_from([*NAMES, "people", "x"]), JSON))
def test_no_arguments_break_the_reader_or_the_engine(verb: str, arguments: dict[str, Any]) -> None:
    """Any JSON as arguments of any verb is a problem of its line, or is played to an answer."""
    scenario, problems = read(opened(), {"do": verb, **arguments})
    if not problems:
        assert len(scenarios.play(SOP, scenario).steps) == len(scenario.commands)


def test_verbs_are_the_engines() -> None:
    """Every verb of a scenario takes exactly what the engine's method of that name takes."""
    common = {"self", "case", "by", "at", "note", "key", "dry_run", "sop", "how", "content"}
    names = {"thing": "record"}
    for name, verb in reading.VERBS.items():
        if name == "tick":
            continue
        taken = {names.get(p, p) for p in inspect.signature(getattr(sopengine.Engine, name)).parameters} - common
        own = {*verb.required, *verb.optional}
        assert own - {"reason"} == taken - {"reason"}, name
        assert ("reason" in own) == (name in ("move", "advance", "no_reply_needed", "reject"))


# Playing


def test_the_clock_is_the_line_and_a_late_fact_keeps_its_own_time() -> None:
    """`at` is when a command is recorded, `occurred_at` when it happened."""
    told = (START + timedelta(minutes=10)).isoformat()
    played = play(opened(), line(60, "contact", case="L-1", via="call", occurred_at=told))
    contacted = played.engine.history("L-1")[-1]
    assert contacted.recorded_at - contacted.occurred_at == 50 * 60 * 1_000_000
    assert played.engine.clocks("L-1")["first_response"].ended_at == START + timedelta(minutes=10)


def test_time_passes_between_lines_for_every_case() -> None:
    """What time alone makes true is noticed at the next line, whichever case that line is about."""
    played = play(opened(), opened(1, "L-2"), line(60 * 24 + 0.5, "note", case="L-2", text="hm"))
    assert [(e.case, e.kind) for e in played.steps[2].notices] == [("L-1", "breached")]
    later = play(opened(), line(60 * 24 * 2, "tick", by=None)).steps[1]
    assert [e.kind for e in later.notices] == ["breached", "warned"]


def test_a_refusal_is_a_result() -> None:
    """A refused command has every reason, and the next line is played."""
    played = play(opened(), line(1, "advance", case="L-1"), line(2, "edit", case="L-1", changes={"name": "PT Maju"}))
    assert [step.allowed for step in played.steps] == [True, False, True]
    assert [f.code for f in played.steps[1].findings] == ["CASE201", "CASE204", "CASE206"]
    assert played.refused == (played.steps[1],)


def test_a_case_whose_opening_was_refused_has_its_own_words() -> None:
    """Commands on a case that was never opened are told as that, not as an error of the program."""
    played = play(
        {**opened(), "by": "stranger"}, line(1, "advance", case="L-1"), line(2, "contact", case="L-1", via="call")
    )
    assert [f.code for step in played.steps for f in step.findings] == ["CASE102", "run.not_open", "run.not_open"]
    assert summarise(played).cases == 0


def test_what_cannot_be_done_is_said_in_the_users_language_with_its_line() -> None:
    """A wrong word in a command is a finding at the command's own line, told in both languages."""
    played = play(
        opened(),
        line(0.5, "note", case="L-1", text="Halo", key="one"),
        line(2, "bounce", case="L-1", by=None),
        line(3, "bounce", case="L-1", by=None, contact="case:L-1/1"),
        line(4, "edit", case="L-1", changes={"name": "X"}, key="one"),
    )
    told = [finding for step in played.steps for finding in step.findings]
    assert {finding.code for finding in told} == {"run.failed"}
    assert [finding.span for finding in told] == [step.command.span for step in played.steps if step.findings]
    assert [finding.text("id").removeprefix("Ini tidak dapat dilakukan: ") for finding in told] == [
        'Kasus "L-1" belum punya kontak keluar yang dapat gagal terkirim.',
        '"case:L-1/1" bukan id kontak keluar kasus "L-1".',
        'Kunci "one" sudah dipakai untuk perintah lain ("noted" pada kasus "L-1"); satu kunci hanya untuk satu perintah.',
    ]
    assert all(finding.text("en").startswith("This could not be done: ") for finding in told)


def test_a_bounce_without_further_words_is_about_the_last_contact() -> None:
    """`bounce` names an event, or means the last outbound contact; without any there is nothing to bounce."""
    played = play(
        opened(),
        line(1, "bounce", case="L-1", by=None),
        line(2, "contact", case="L-1", via="email"),
        line(3, "bounce", case="L-1", by=None),
        line(4, "contact", case="L-1", via="call"),
    )
    assert [step.allowed for step in played.steps] == [True, False, True, True, True]
    assert played.steps[1].findings[0].code == "run.failed"
    assert played.engine.history("L-1")[2].data["contact"] == played.engine.history("L-1")[1].id
    found = summarise(played).follow_up
    assert (found.first_contacts, found.bounced) == (1, 1)
    again = play(
        opened(),
        line(1, "contact", case="L-1", via="call"),
        line(3000, "contact", case="L-1", via="email"),
        line(3001, "bounce", case="L-1", by=None),
    )
    assert again.engine.history("L-1")[-1].data["contact"] == next(e.id for e in again.steps[2].decision.events)
    assert (summarise(again).follow_up.first_contacts, summarise(again).follow_up.attempts) == (1, 0)


def test_every_verb_reaches_the_engine() -> None:
    """Each verb, written with all its arguments, is carried out."""
    played = play(
        opened(name="PT Maju", budget=10.5),
        line(1, "contact", case="L-1", via="email", template="hello", note="first", key="k-1"),
        line(2, "receive", case="L-1", via="email", text="Hi", automatic=True, by=None),
        line(3, "attach", case="L-1", document="form", name="form.pdf", type="pdf"),
        line(4, "tick_off", case="L-1", item="needs"),
        line(5, "untick", case="L-1", item="needs"),
        line(6, "tick_off", case="L-1", item="needs"),
        line(7, "set_status", case="L-1", status="waiting"),
        line(8, "signal", case="L-1", event="demo_done"),
        line(9, "assign", case="L-1", to="role:sales"),
        line(10, "note", case="L-1", text="good"),
        line(11, "edit", case="L-1", changes={"budget": 25000000}),
        line(12, "bounce", case="L-1", by=None),
        line(12.2, "request", case="L-1", approval="terms"),
        line(12.4, "reject", case="L-1", what="terms", reason="Terlalu mahal", by="role:boss"),
        line(12.6, "request", case="L-1", approval="terms"),
        line(12.8, "approve", case="L-1", what="terms", by="role:boss"),
        line(13, "contact", case="L-1", via="call", answered=True),
        line(13.5, "receive", case="L-1", via="email", by=None),
        line(13.7, "no_reply_needed", case="L-1", reason="Terima kasih saja"),
        line(14, "advance", case="L-1"),
        line(15, "move", case="L-1", to="talk", reason="again"),
        line(16, "tick_off", case="L-1", item="needs"),
        line(17, "advance", case="L-1"),
        line(18, "move", case="L-1", to="lost", reason="price"),
        line(19, "open", record={"id": "L-2"}, stage="deal", since=START.isoformat()),
        line(19.5, "opt_out", case="L-2", via="email", by=None),
        line(19.6, "link", case="L-2", other="L-1"),
        line(19.7, "open", record={"id": "L-3"}),
        line(19.8, "merge", case="L-3", into="L-2"),
        line(20, "tick", by=None),
    )
    assert [(step.command.verb, [f.code for f in step.findings]) for step in played.refused] == []
    assert {step.command.verb for step in played.steps} == set(reading.VERBS)
    assert played.engine.case("L-1").outcome == "lost"
    kinds = {event.kind for event in played.engine.history("L-1")}
    kinds |= {event.kind for case in ("L-2", "L-3") for event in played.engine.history(case)}
    # What is sent by itself is queued by a tick, and no line of a scenario asks for it.
    assert kinds == events.FACTS - {events.QUEUED}


def test_the_record_of_a_line_is_not_written_to() -> None:
    """Playing a scenario twice gives the same: the engine writes a stage into records, but not into the scenario's."""
    scenario, _ = read(opened(name="PT Maju"), line(1, "advance", case="L-1"))
    first, second = (summarise(scenarios.play(SOP, scenario)).to_dict() for _ in range(2))
    assert first == second
    assert "stage" not in scenario.commands[0].arguments["record"]


ACTS = st.lists(
    st.tuples(st.sampled_from(["contact", "receive", "note", "late contact", "late receive"]), st.integers(1, 3000)),
    min_size=1,
    max_size=12,
)


@given(ACTS)
def test_what_a_contact_is_agrees_with_a_list_of_dates(acts: list[tuple[str, int]]) -> None:
    """First contact, attempt or reply: as told by looking at all that happened before it, in the order of happening."""
    lines, now, happened = [opened(), line(0, "assign", case="L-1", to="role:sales")], 0, []
    for verb, minutes in acts:
        now += minutes
        do = verb.removeprefix("late ")
        when = now if do == verb else max(1, now - 3 * minutes)
        how: dict[str, Any] = {"text": "hm"} if do == "note" else {"via": "email"}
        how |= {} if do == verb else {"occurred_at": (START + timedelta(minutes=when)).isoformat()}
        lines.append(line(now, do, case="L-1", **how))
        happened.append((do, when))
    steps = play(*lines).steps[2:]
    made: list[tuple[int, str]] = []
    for (do, when), step in zip(happened, steps, strict=True):
        if step.decision is None or step.decision.case.stage != "talk":
            break
        if do == "contact" and step.allowed:
            before = sorted((at, number) for number, (at, _) in enumerate(made) if at <= when)
            kinds = [made[number][1] for _, number in before if made[number][1] != "note"]
            expected = "reply" if kinds[-1:] == ["receive"] else "attempt" if "contact" in kinds else "first"
            assert step.outbound == expected
        if step.allowed:
            made.append((when, do))


def test_lines_with_a_number_sign_are_comments() -> None:
    """A comment is passed over and counted: the line of a mistake behind it is right."""
    text = b'# who\n  # and when\n{"at": "2026-02-02T09:15:00+07:00", "do": "tick"}\n{"at": "x#"}\n'
    scenario, problems = scenarios.load(io.BytesIO(text), "leads.jsonl")
    assert [command.span.line for command in scenario.commands] == [3]
    assert {problem.span.line for problem in problems} == {4}


# Counting


@given(ACTS)
def test_the_summary_adds_up(acts: list[tuple[str, int]]) -> None:
    """Every command is allowed or refused, every reason is counted, every case stands once on the board."""
    lines, now = [opened(), opened(0, "L-2", name="PT Dua")], 0
    for number, (verb, minutes) in enumerate(acts):
        now += minutes
        do = "receive" if verb.endswith("receive") else "contact" if number % 2 else "advance"
        lines.append(line(now, do, case=f"L-{1 + number % 2}", **({} if do == "advance" else {"via": "email"})))
    played = play(*lines)
    found = summarise(played)
    assert sum(found.allowed.values()) + sum(found.refused.values()) == found.commands == len(lines)
    blocking = [f.code for step in played.refused for f in step.findings if f.blocks]
    assert sum(reason.count for reason in found.refusals) == len(blocking)
    remarked = [f.code for step in played.steps if step.allowed for f in step.findings]
    assert sum(reason.count for reason in found.remarks) == len(remarked)
    assert {reason.example.code: reason.count for reason in by_code(found.refusals)} == Counter(blocking)
    assert sorted(case.case for column in found.board for case in column.cases) == ["L-1", "L-2"]
    exhausted = sum(e.kind == "exhausted" for case in ("L-1", "L-2") for e in played.engine.history(case))
    assert found.follow_up.exhausted == exhausted
    assert json.loads(json.dumps(found.to_dict("id")))["commands"] == len(lines)


def test_clocks_are_counted_by_verdict() -> None:
    """Met in 30 minutes and in 90: two met, the median an hour; one late and still open; one that just runs."""
    played = play(
        opened(),
        opened(0, "L-2"),
        opened(0, "L-3"),
        line(30, "contact", case="L-1", via="call"),
        line(90, "contact", case="L-2", via="call"),
        opened(60 * 24 * 2, "L-4"),
    )
    clocks = {(c.stage, c.name): c for c in summarise(played).clocks}
    first = clocks["talk", "first_response"]
    assert (first.met, first.missed, first.late, first.running, first.cancelled) == (2, 0, 1, 1, 0)
    assert first.typical == 3_600_000_000
    assert not first.working
    assert clocks["talk", "finish"].running == 4
    assert not clocks["deal", "finish"].ran
    assert [(c.case, c.late) for c in summarise(played).board[0].cases] == [
        ("L-1", False),
        ("L-2", False),
        ("L-3", True),
        ("L-4", False),
    ]


def test_reasons_are_told_apart_by_what_they_are_about() -> None:
    """Two cases that lack the same are one reason; two strangers at the same rule are two."""
    played = play(
        opened(),
        opened(0, "L-2"),
        *(line(1, "advance", case=case) for case in ("L-1", "L-2")),
        *(line(2, "note", case="L-1", text="x", by=by) for by in ("a", "b")),
        *(line(3, "edit", case="L-1", changes={}, by=by) for by in ("a", "b", "b")),
    )
    found = [(r.example.code, r.count, r.alike) for r in summarise(played).refusals]
    assert sorted(found) == [
        ("CASE102", 1, True),
        ("CASE102", 2, True),
        ("CASE201", 2, True),
        ("CASE204", 2, True),
        ("CASE206", 2, True),
    ]
    short = {r.example.code: (r.count, r.alike) for r in by_code(summarise(played).refusals)}
    assert short == {"CASE102": (3, False), "CASE201": (2, True), "CASE204": (2, True), "CASE206": (2, True)}


def test_words_of_one_case_are_an_example_where_others_have_other_words() -> None:
    """Two cases too early at two moments: the head says what both have, and the sentence is said of its own case."""
    contacts = [line(m, "contact", case=c, via="call") for m, c in ((1, "L-1"), (2, "L-2"), (3, "L-1"), (4, "L-2"))]
    found = summarise(play(opened(), opened(0, "L-2"), *contacts))
    (early,) = [reason for reason in found.refusals if reason.example.code == "CASE402"]
    assert (early.count, early.alike, early.cases) == (2, False, ("L-1", "L-2"))
    told = found.to_dict("en")["refusals"][0]
    assert (told["rule"], told["alike"]) == ("Too early for the next follow-up", False)
    assert told["message"] == early.example.text("en")


def test_every_finding_has_its_heading() -> None:
    """Whatever a command may be refused for can be counted under a few words, in both languages."""
    codes = set(family("cases")) | {"run.failed", "run.not_open"}
    assert {f"reason.{code}" for code in codes if code.startswith(("CASE", "run."))} == set(family("reason"))
    assert all(message.en and message.id and "{" not in message.en + message.id for message in family("reason").values())


def test_a_remark_beside_a_refusal_is_no_reason() -> None:
    """Too early blocks, another channel than planned does not: one reason, and no remark of what was not done."""
    contacts = (line(1, "contact", case="L-1", via="call"), line(2, "contact", case="L-1", via="call"))
    played = play(opened(), *contacts)
    assert [f.code for f in played.steps[2].findings] == ["CASE402", "CASE404"]
    found = summarise(played)
    assert [r.example.code for r in found.refusals] == ["CASE402"]
    assert found.remarks == ()


# Recurring duties


DUTIES = sopengine.load_text(
    """
sop: duties
title: Duties
version: "1"
language: en
timezone: Asia/Jakarta
stages: {talk: {owner: sales}}
routines:
  till: {title: Count the till, owner: sales, every: day, at: "10:00-12:00", checklist: {sum: Sum}}
  tidy: {title: Tidy up, owner: sales, for: role, every: day, by: "18:00", opens: other-sop, for_each: sales}
""",
    "duties.yaml",
)


def test_the_duties_of_the_calendar_are_counted_apart() -> None:
    """Occurrences are no cases of the SOP: they are counted by routine and state, with those that no line is about beside."""
    day = "2026-02-02"
    lines = [
        {"people": {"rina": {"roles": ["sales"]}, "budi": {"roles": ["sales"], "leave": ["2026-02-02"]}}},
        line(0, "open", by="rina", record={"id": "L-1"}),
        line(90, "tick_off", case=f"rutin:duties:till:{day}:rina", by="rina", item="sum"),
        line(91, "advance", case=f"rutin:duties:till:{day}:rina", by="rina"),
        line(26 * 60 + 240, "advance", case="L-1", by="rina"),
    ]
    scenario, problems = read(*lines)
    assert problems == ()
    played = scenarios.play(DUTIES, scenario)
    summary = summarise(played)
    assert list(played.states) == ["L-1"]
    assert summary.cases == 1
    assert [case.case for column in summary.board for case in column.cases] == ["L-1"]
    till, tidy = summary.duties
    assert (till.worked, dict(till.counts)) == (True, {"done": 1, "late": 2, "missed": 0, "excused": 1, "open": 0})
    assert (tidy.worked, dict(tidy.counts)) == (False, {"done": 0, "late": 0, "missed": 0, "excused": 0, "open": 1})
    assert summary.to_dict("en")["routines"]["till"]["late"] == 2
    assert {finding.code for step in (*played.steps, played) for finding in step.remarks} == {"CASE801"}


def test_the_page_of_recorded_work_has_every_verb_and_kind() -> None:
    """Each verb with its arguments, and each kind of event with its words, has its row."""
    page = (Path(__file__).parent.parent / "docs" / "recorded-work.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `") and not line.startswith("| `do`")}
    for verb, form in reading.VERBS.items():
        assert all(f"`{word}`" in rows[verb] for word in (*form.required, *form.optional))
    for kind, words in acts._FORMS.items():
        assert all(f"`{word}`" in rows[kind] for word in words)
