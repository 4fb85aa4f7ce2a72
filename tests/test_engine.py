"""The engine in real use: verbs and their decisions, wrong calls, host objects, hooks, keys, threads, time and imports."""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from types import MappingProxyType, SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from desk import LEAD, MONDAY, PEOPLE, SOP, Desk, FailingStore, RacedStore, codes, kinds, load
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import Decision, Engine, Refused, StaleCase, StaleObject, Subject, UnknownCase, UsageError
from sopengine.engine.acts import How
from sopengine.kernel.events import Event
from sopengine.store import MemoryStore

VERBS: Mapping[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "move": (("qualification",), {}),
    "advance": ((), {}),
    "contact": ((), {"via": "call"}),
    "receive": ((), {"via": "email"}),
    "bounce": (("case:L-1/3",), {}),
    "edit": (({"name": "CV Terang"},), {}),
    "attach": (("contract",), {"type": "pdf"}),
    "tick_off": (("cek",), {}),
    "untick": (("cek",), {}),
    "assign": (("wati",), {}),
    "set_status": (("waiting",), {}),
    "signal": (("demo_done",), {}),
    "note": (("Minta brosur",), {}),
}
"""Every verb on an existing case, with words that make sense somewhere."""

PLACED = {"set_status": "qualification"}


@pytest.fixture
def desk() -> Desk:
    """A desk on a Monday morning."""
    return Desk()


def call(desk: Desk, verb: str, **how: Any) -> Decision:
    """One verb with its usual words on case L-1."""
    words, more = VERBS[verb]
    decision: Decision = getattr(desk.engine, verb)("L-1", *words, **{"by": "rina", **more, **how})
    return decision


def prepared(desk: Desk, verb: str) -> str:
    """Case L-1 where the verb is allowed, and who may do it."""
    if PLACED.get(verb) == "qualification":
        desk.qualified()
        return "budi"
    desk.captured()
    if verb == "bounce":
        desk.engine.contact("L-1", via="email", by="rina").or_raise()
        desk.engine.contact("L-1", via="email", by="rina").or_raise()
    if verb == "assign":
        return "rina"
    return "rina"


# Every verb


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_with_a_decision(desk: Desk, verb: str) -> None:
    """Allowed, a verb is truthy, has recorded its event, shows the case, and or_raise gives it back."""
    by = prepared(desk, verb)
    before = len(desk.engine.history("L-1"))
    desk.later(minutes=5)
    decision = call(desk, verb, by=by, note="Catatan")
    assert isinstance(decision, Decision)
    assert decision, decision.findings
    assert decision.or_raise() is decision
    assert decision.case.id == "L-1"
    assert decision.case == desk.engine.case("L-1")
    assert tuple(decision.events) == desk.engine.history("L-1")[before:]
    assert decision.events[-1].by == by
    assert decision.events[-1].data["note"] == "Catatan"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_the_same_words(verb: str) -> None:
    """`by` is given by name, and `at`, `note`, `key`, `dry_run` are typed for every verb, so a type checker sees a typo."""
    function = getattr(Engine, verb)
    parameters = inspect.signature(function).parameters
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert typing.get_type_hints(function)["how"] == typing.Unpack[How]
    assert set(How.__annotations__) == {"at", "note", "key", "dry_run"}


def test_every_verb_is_tried_here() -> None:
    """The list of verbs of these tests is the engine's: whatever is public and returns a decision, besides `open`."""
    public = [(name, member) for name, member in vars(Engine).items() if inspect.isfunction(member) and name[0] != "_"]
    verbs = {name for name, member in public if typing.get_type_hints(member).get("return") is Decision}
    assert verbs == {*VERBS, "open"}


@pytest.mark.parametrize("verb", [*VERBS, "open"])
def test_a_misspelt_word_is_a_type_error(desk: Desk, verb: str) -> None:
    """A keyword that no verb has is refused with the words that there are, and nothing is recorded."""
    by = prepared(desk, verb)
    before = desk.engine.history("L-1")
    words, more = VERBS.get(verb, (({},), {}))
    with pytest.raises(TypeError, match="dryrun"):
        getattr(desk.engine, verb)(*(() if verb == "open" else ("L-1",)), *words, **more, by=by, dryrun=True)
    assert desk.engine.history("L-1") == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_dry_run_answers_and_records_nothing(desk: Desk, verb: str) -> None:
    """A dry run gives the same answer and events as the real run would, and leaves no trace."""
    by = prepared(desk, verb)
    desk.later(hours=2)
    before, case = desk.engine.history("L-1"), desk.engine.case("L-1")
    dry = call(desk, verb, by=by, dry_run=True)
    assert dry.dry_run
    assert desk.engine.history("L-1") == before
    assert desk.engine.case("L-1") == case
    real = call(desk, verb, by=by)
    assert (dry.allowed, dry.findings, dry.events, dry.case) == (real.allowed, real.findings, real.events, real.case)


def test_open_takes_the_words_of_every_verb(desk: Desk) -> None:
    """`open` answers dry, keeps its note, and returns the first decision for its key."""
    assert desk.engine.open({"id": "L-1", **LEAD}, by="rina", dry_run=True)
    assert not desk.engine.exists("L-1")
    first = desk.engine.open({"id": "L-1", **LEAD}, by="rina", note="Dari pameran", key="k")
    assert first.events[0].data["note"] == "Dari pameran"
    assert desk.engine.open({"id": "L-1", **LEAD}, by="rina", note="Dari pameran", key="k") is first
    assert kinds(desk.engine.history("L-1")) == ["opened"]


def test_a_refusal_says_everything_at_once(desk: Desk) -> None:
    """Every unmet item is in one answer, with code, SOP line and sentence in both languages; nothing has changed."""
    desk.engine.open({"id": "L-1"}, by="rina")
    decision = desk.engine.move("L-1", "qualification", by="budi")
    assert not decision
    assert sorted(codes(decision)) == ["CASE102", "CASE201", "CASE201"]
    assert all(finding.span and finding.text("id") != finding.text("en") for finding in decision.findings)
    assert decision.events == ()
    assert decision.case.stage == "capture"
    with pytest.raises(Refused) as refused:
        decision.or_raise()
    assert refused.value.decision is decision
    assert "CASE201" in str(refused.value)


def test_a_decision_is_json_in_both_languages(desk: Desk) -> None:
    """A decision with amounts, dates, moments, messages, findings and failed hooks becomes JSON, whatever the language."""
    desk.engine.on_enter("qualification")(lambda thing: 1 / 0)
    seen = datetime(2026, 2, 1, 8, tzinfo=UTC)
    record = {"budget": Decimal("1234.50"), "visit_on": date(2026, 2, 3), "seen_at": seen, "discount": 2.5}
    opened = desk.engine.open({"id": "L-1", **LEAD, **record}, by="rina")
    edited = desk.engine.edit("L-1", {"budget": Decimal("9"), "visit_on": date(2026, 3, 1)}, by="rina")
    moved = desk.engine.move("L-1", "qualification", by="rina")
    sent = desk.engine.contact("L-1", via="email", template="email_a", by="budi")
    refused = desk.engine.move("L-1", "won", by="tamu")
    for decision in (opened, edited, moved, sent, refused):
        for lang in ("id", "en"):
            told = json.loads(json.dumps(decision.to_dict(lang), allow_nan=False))
            assert told["allowed"] is bool(decision)
            assert [finding["message"] for finding in told["findings"]] == [f.text(lang) for f in decision.findings]
    assert opened.to_dict()["events"][0]["data"]["record"]["budget"] == "1234.50"
    assert edited.to_dict()["events"][0]["data"]["changes"]["visit_on"] == "2026-03-01"
    assert edited.to_dict()["events"][0]["occurred_at"] == "2026-02-02T09:00:00+07:00"
    assert sent.to_dict()["messages"][0]["subject"] == "Halo PT Maju"
    assert moved.to_dict()["hook_errors"] == ["ZeroDivisionError: division by zero"]
    assert refused.to_dict("id")["findings"] != refused.to_dict("en")["findings"]


def test_findings_beside_an_allowed_act_name_its_event(desk: Desk) -> None:
    """A remark beside what was done carries the id of the event that it is about."""
    desk.qualified()
    desk.engine.contact("L-1", via="call", by="budi")
    desk.later(days=1)
    decision = desk.engine.contact("L-1", via="email", by="budi")
    assert [(f.code, f.blocks, f.event) for f in decision.findings] == [("CASE404", False, decision.events[-1].id)]


# Calls that are wrong whatever the case


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("at", [datetime(2026, 2, 2, 9), "2026-02-02T09:00:00+07:00", 1770000000, date(2026, 2, 2)])
def test_only_aware_datetimes_are_instants(desk: Desk, verb: str, at: Any) -> None:
    """A naive datetime, a text, a number or a date as `at` is a wrong call, and nothing is recorded."""
    by = prepared(desk, verb)
    before = desk.engine.history("L-1")
    with pytest.raises(UsageError, match="at must be a datetime with a time zone"):
        call(desk, verb, by=by, at=at)
    assert desk.engine.history("L-1") == before


@pytest.mark.parametrize("year", [1, 1969, 2200, 9999])
def test_instants_lie_in_the_years_of_the_calendars(desk: Desk, year: int) -> None:
    """An instant before 1970 or after 2199 is a wrong call, wherever it is given."""
    desk.captured()
    at = datetime(year, 6, 1, tzinfo=UTC)
    for wrong in (
        lambda: desk.engine.note("L-1", "x", by="rina", at=at),
        lambda: desk.engine.open({"id": "L-2"}, by="rina", stage="closing", since=at),
        lambda: desk.engine.tick(at),
        lambda: desk.engine.record([{"case": "L-1", "kind": "noted", "at": at, "by": "rina", "text": "x"}]),
    ):
        with pytest.raises(UsageError, match="1970 to 2199"):
            wrong()


@pytest.mark.parametrize("verb", VERBS)
def test_the_future_has_not_happened(desk: Desk, verb: str) -> None:
    """What is dated after now is refused with a finding, whoever says it, also a customer's word."""
    by = prepared(desk, verb)
    decision = call(desk, verb, by=by, at=desk.now + timedelta(seconds=1))
    assert not decision
    assert "CASE506" in codes(decision)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("by", ["", "  ", None, 7, "sop", "a\nb", "x" * 201])
def test_somebody_must_act(desk: Desk, verb: str, by: Any) -> None:
    """An actor is a name; nobody, a number, a broken name, or the SOP itself is a wrong call."""
    prepared(desk, verb)
    with pytest.raises(UsageError, match="by"):
        call(desk, verb, by=by)


@pytest.mark.parametrize("by", ["nobody", "tamu", "role:admin", "role:", "role:ghost", "customer"])
def test_who_has_no_role_in_the_directory_is_told_so(desk: Desk, by: str) -> None:
    """With a directory, a stranger and a bare role have no role, and the finding says so."""
    desk.captured()
    decision = desk.engine.edit("L-1", {"name": "X"}, by=by)
    assert codes(decision) == ["CASE102"]
    assert "no role" in decision.findings[0].text("en")
    assert "belum punya peran" in decision.findings[0].text("id") or "tanpa peran" in decision.findings[0].text("id")


def test_without_a_directory_a_role_acts() -> None:
    """Where there is no directory, `role:admin` may do what an admin may; another role or a name alone may not."""
    desk = Desk(people=None)
    desk.engine.open({"id": "L-1", **LEAD}, by="role:admin").or_raise()
    assert desk.engine.edit("L-1", {"name": "X"}, by="role:admin")
    assert "role:sales (Tim Penjualan)" in desk.engine.edit("L-1", {"name": "Y"}, by="role:sales").findings[0].text()
    assert codes(desk.engine.edit("L-1", {"name": "Y"}, by="rina")) == ["CASE102"]
    assert codes(desk.engine.edit("L-1", {"name": "Y"}, by="role:ghost")) == ["CASE102"]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "bounce"])
def test_an_unknown_case_is_a_lookup_error(desk: Desk, verb: str) -> None:
    """A case that nobody opened raises UnknownCase, which is a LookupError."""
    with pytest.raises(UnknownCase, match="L-1"):
        call(desk, verb)
    with pytest.raises(LookupError):
        call(desk, verb, dry_run=True)


def test_views_of_an_unknown_case_are_lookup_errors(desk: Desk) -> None:
    """So does every view, and existence is the one question that may be asked."""
    engine = desk.engine
    views: list[Callable[[str], Any]] = [engine.case, engine.history, engine.todo, engine.clocks]
    views += [engine.next_attempt, engine.live]
    views += [lambda case: engine.message(case, "script", by="budi"), lambda case: engine.bounce(case, "x")]
    for view in views:
        with pytest.raises(UnknownCase):
            view("L-9")
    assert not engine.exists("L-9")


WRONG: list[tuple[str, Callable[[Engine], Any]]] = [
    ("changes must be a mapping", lambda e: e.edit("L-1", [("name", "X")], by="rina")),  # type: ignore[arg-type]
    ("changes must be a mapping", lambda e: e.edit("L-1", "name", by="rina")),  # type: ignore[arg-type]
    ("a field of changes must be text", lambda e: e.edit("L-1", {7: "X"}, by="rina")),  # type: ignore[dict-item]
    ("needs 'changes'", lambda e: e.edit("L-1", None, by="rina")),  # type: ignore[arg-type]
    ("to must be text", lambda e: e.move("L-1", 7, by="rina")),  # type: ignore[arg-type]
    ("needs 'to'", lambda e: e.move("L-1", None, by="rina")),  # type: ignore[arg-type]
    ("to must have 1 to 200", lambda e: e.move("L-1", "", by="rina")),
    ("to must have 1 to 200", lambda e: e.move("L-1", "x" * 100_000, by="rina")),
    ("characters that a name cannot have", lambda e: e.move("L-1", "won\0", by="rina")),
    ("reason must be text", lambda e: e.move("L-1", "lost", by="rina", reason=["harga"])),  # type: ignore[arg-type]
    ("via must be text", lambda e: e.contact("L-1", via=b"call", by="rina")),  # type: ignore[arg-type]
    ("answered must be True or False", lambda e: e.contact("L-1", via="call", by="rina", answered="no")),  # type: ignore[arg-type]
    ("template must be text", lambda e: e.contact("L-1", via="call", by="rina", template=1)),  # type: ignore[arg-type]
    ("automatic must be True or False", lambda e: e.receive("L-1", via="email", automatic=1)),  # type: ignore[arg-type]
    ("text has 10000", lambda e: e.receive("L-1", via="email", text="x" * 10_000_000)),
    ("cannot be stored", lambda e: e.note("L-1", "\ud800", by="rina")),
    ("text is empty", lambda e: e.note("L-1", "  ", by="rina")),
    ("note must be text", lambda e: e.note("L-1", "x", by="rina", note=5)),  # type: ignore[arg-type]
    ("key must be text", lambda e: e.note("L-1", "x", by="rina", key=5)),  # type: ignore[arg-type]
    ("key must have 1 to 200", lambda e: e.note("L-1", "x", by="rina", key="")),
    ("dry_run must be True or False", lambda e: e.note("L-1", "x", by="rina", dry_run="yes")),  # type: ignore[arg-type]
    ("document must be text", lambda e: e.attach("L-1", object(), by="rina")),  # type: ignore[arg-type]
    ("type must be text", lambda e: e.attach("L-1", "contract", by="rina", type=4)),  # type: ignore[arg-type]
    ("item must be text", lambda e: e.tick_off("L-1", 1, by="rina")),  # type: ignore[arg-type]
    ("to must be text", lambda e: e.set_status("L-1", 1, by="rina")),  # type: ignore[arg-type]
    ("event must be text", lambda e: e.signal("L-1", 1, by="rina")),  # type: ignore[arg-type]
    ("knows nobody called 'ghost'", lambda e: e.assign("L-1", "ghost", by="rina")),
    ("to must be text", lambda e: e.assign("L-1", 4, by="rina")),  # type: ignore[arg-type]
    ("not the id of an outbound contact", lambda e: e.bounce("L-1", "case:L-1/1")),
    ("not the id of an outbound contact", lambda e: e.bounce("L-1", 7)),  # type: ignore[arg-type]
    ("no template 'ghost'", lambda e: e.message("L-1", "ghost", by="rina")),
    ("no stage or outcome 'ghost'", lambda e: e.on_enter("ghost")),
    ("no stage or outcome", lambda e: e.on_exit("")),
    ("no SOP 'ghost'", lambda e: e.open({"id": "L-2"}, by="rina", sop="ghost")),
    ("not on text", lambda e: e.open("L-2", by="rina")),
    ("dict has no 'id'", lambda e: e.open({}, by="rina")),
    ("int has no 'id'", lambda e: e.note(1042, "x", by="rina")),
    ("NoneType has no 'id'", lambda e: e.note(None, "x", by="rina")),
    ("is no id, but list", lambda e: e.open({"id": ["L-2"]}, by="rina")),
    ("is no id, but bool", lambda e: e.open({"id": True}, by="rina")),
    ("the id of a case must have 1 to 200", lambda e: e.open({"id": ""}, by="rina")),
    ("the id of a case must have 1 to 200", lambda e: e.open({"id": "x" * 201}, by="rina")),
    ("the id of a case has characters", lambda e: e.open({"id": "L\n2"}, by="rina")),
    ("the id of a case has characters", lambda e: e.note("L\ud8002", "x", by="rina")),
    ("stage must have 1 to 200", lambda e: e.open({"id": "L-2"}, by="rina", stage="")),
    ("until must be a datetime", lambda e: e.tick("now")),  # type: ignore[arg-type]
    ("since must be a datetime", lambda e: e.open({"id": "L-2"}, by="rina", since="2026-01-01T00:00:00Z")),  # type: ignore[arg-type]
    ("to must be text", lambda e: e.todo("L-1", 5)),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("says", "wrong"), WRONG)
def test_a_wrong_call_is_a_usage_error(desk: Desk, says: str, wrong: Callable[[Engine], Any]) -> None:
    """A call with words of the wrong kind raises UsageError that says which word, and records nothing."""
    desk.captured()
    before = desk.engine.history("L-1")
    with pytest.raises(UsageError, match=says):
        wrong(desk.engine)
    assert desk.engine.history("L-1") == before
    assert [case.id for case in desk.engine.cases()] == ["L-1"]


def test_unknown_names_are_findings_with_the_list(desk: Desk) -> None:
    """Names that the SOP does not have are refused with a finding that lists those it has."""
    desk.qualified()
    engine = desk.engine
    asked = {
        "CASE101": (engine.move("L-1", "ghost", by="budi"), "closing"),
        "CASE501": (engine.attach("L-1", "ghost", by="budi"), "contract"),
        "CASE502": (engine.tick_off("L-1", "ghost", by="budi"), "telepon"),
        "CASE503": (engine.set_status("L-1", "ghost", by="budi"), "waiting"),
        "CASE504": (engine.signal("L-1", "ghost", by="budi"), "demo_done"),
        "CASE509": (engine.contact("L-1", via="call", template="ghost", by="budi"), "email_a"),
        "CASE510": (engine.contact("L-1", via="pigeon", by="budi"), "whatsapp"),
        "CASE513": (engine.attach("L-1", "contract", type="exe", by="budi"), "pdf"),
        "CASE515": (engine.open({"id": "L-2"}, by="rina", stage="ghost"), "qualification"),
        "CASE319": (engine.edit("L-1", {"nmae": "X"}, by="budi"), "name"),
    }
    for code, (decision, known) in asked.items():
        assert not decision
        found = next(finding for finding in decision.findings if finding.code == code)
        assert known.lower() in found.text("en").lower(), found.text("en")


def test_an_unknown_channel_of_a_customer_is_recorded_with_a_finding(desk: Desk) -> None:
    """What came from the customer is never refused: an unknown channel is a finding beside the record."""
    desk.qualified()
    decision = desk.engine.receive("L-1", via="pigeon")
    assert decision
    assert codes(decision) == ["CASE510"]
    assert decision.events[-1].data == {"via": "pigeon"}


@pytest.mark.parametrize("case", ["L/1", "case:L-1", "lead 'x'; --", "日本", "L-1/7", "../x", "%s{0}", "a" * 200])
def test_ids_may_be_odd(desk: Desk, case: str) -> None:
    """Slashes, quotes, spaces, braces and letters of any script are ids like others."""
    desk.qualified(case)
    contact = desk.engine.contact(case, via="call", by="budi").events[-1]
    assert desk.engine.bounce(case, contact.id)
    assert [found.id for found in desk.engine.cases()] == [case]
    assert desk.engine.history(case)[0].case == case
    desk.later(days=9)
    assert {event.case for event in desk.engine.tick()} == {case}


@pytest.mark.parametrize(("given_", "text"), [(1042, "1042"), (UUID(int=7), str(UUID(int=7)))])
def test_ids_of_objects_may_be_numbers_or_uuids(desk: Desk, given_: Any, text: str) -> None:
    """A host's number or UUID is its text as the id of the case."""
    lead = {"id": given_, **LEAD}
    assert desk.engine.open(lead, by="rina").case.id == text
    assert desk.engine.note(lead, "x", by="rina").case.id == text
    assert desk.engine.case(text).id == text


# Engines


def test_an_engine_needs_sops_and_nothing_else() -> None:
    """No SOP, something that is no SOP, two of one id, a store by name, a wrong directory: each is said clearly."""
    sop = load()
    with pytest.raises(UsageError, match="at least one SOP"):
        Engine()
    with pytest.raises(UsageError, match="takes SOPs, not str"):
        Engine("desk.yaml")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="two of the SOPs have the id 'desk'"):
        Engine(sop, load(SOP.replace('version: "1"', 'version: "2"')))
    with pytest.raises(UsageError, match=r"in memory only.*sqlite:///x"):
        Engine(sop, store="sqlite:///x")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="people"):
        Engine(sop, people=7)
    with pytest.raises(UsageError, match="the engine's clock"):
        Engine(sop, clock=lambda: datetime(2026, 2, 2)).open({"id": "L-1"}, by="role:admin")


def test_an_engine_is_a_context_manager() -> None:
    """`with` gives the engine and lets an exception of the body out."""
    with Engine(load()) as engine:
        assert engine.open({"id": "L-1"}, by="role:admin")
    assert engine.__exit__(ZeroDivisionError, ZeroDivisionError(), None) is None


def test_two_sops_live_in_one_engine() -> None:
    """A case belongs to the SOP that it was opened under; without a name it is the first one's."""
    second = load("sop: mini\ntitle: Mini\nversion: '1'\nstages: {only: {owner: sales}}\n", "mini.yaml")
    desk = Desk(load(), second)
    desk.captured("A")
    assert desk.engine.open({"id": "B"}, by="budi", sop="mini").case.sop == "mini"
    assert [(case.id, case.sop, case.stage) for case in desk.engine.cases()] == [("A", "desk", "capture"), ("B", "mini", "only")]
    assert desk.engine.advance("B", by="budi").case.outcome == "won"
    assert codes(desk.engine.move("A", "only", by="rina")) == ["CASE101"]


def test_a_case_of_another_version_is_not_judged_by_this_one() -> None:
    """A stored case whose version of the SOP the engine does not have is a clear error, not another version's verdict."""
    store = MemoryStore()
    Desk(store=store).captured()
    other = Desk(load(SOP.replace('version: "1"', 'version: "2"')), store=store)
    with pytest.raises(UsageError, match="opened under a version of its SOP"):
        other.engine.case("L-1")


# Opening


def test_an_id_is_opened_once(desk: Desk) -> None:
    """Opening an id that is taken is refused, and says where the case is."""
    desk.qualified()
    decision = desk.engine.open({"id": "L-1", **LEAD}, by="rina")
    assert codes(decision) == ["CASE508"]
    assert decision.case.stage == "qualification"
    assert kinds(desk.engine.history("L-1")) == ["opened", "moved"]


def test_a_record_that_does_not_fit_is_refused_whole(desk: Desk) -> None:
    """Every wrong value is told at once and no case is opened; the same id can be opened afterwards."""
    decision = desk.engine.open({"id": "L-1", "name": ["x"], "phone": "abc", "budget": "lima"}, by="rina")
    assert codes(decision) == ["CASE315", "CASE311", "CASE301"]
    assert not desk.engine.exists("L-1")
    assert (decision.case.id, decision.case.stage, decision.events) == ("L-1", None, ())
    assert desk.engine.open({"id": "L-1", **LEAD}, by="rina")


def test_a_lead_under_way_is_adopted_where_it_stands(desk: Desk) -> None:
    """`stage` and `since` adopt a lead: it entered then, its clocks have run since, nothing is sent a second time."""
    greeting = SOP.replace("    owner: sales\n", "    owner: sales\n    send: {script: customer}\n", 1)
    desk = Desk(load(greeting))
    since = MONDAY - timedelta(hours=25)
    decision = desk.engine.open({"id": "L-1", **LEAD}, by="budi", stage="qualification", since=since)
    assert decision.case.entered_at == decision.case.opened_at == since
    assert "breached" in kinds(decision.events)
    assert desk.engine.clocks("L-1")["first_response"].state == "breached"
    assert decision.messages == ()
    assert desk.engine.open({"id": "L-2", **LEAD}, by="budi", stage="qualification").messages


def test_since_lies_between_the_opening_and_now(desk: Desk) -> None:
    """A case cannot have come to its stage before it was opened, nor in the future."""
    hour = timedelta(hours=1)
    with pytest.raises(UsageError, match="since= lies before at="):
        desk.engine.open({"id": "L-1"}, by="rina", at=MONDAY - hour, since=MONDAY - 2 * hour, stage="closing")
    for how in ({}, {"at": MONDAY - hour}):
        assert codes(desk.engine.open({"id": "L-1"}, by="rina", since=MONDAY + hour, stage="closing", **how)) == ["CASE506"]
    both = desk.engine.open({"id": "L-1"}, by="rina", at=MONDAY - 2 * hour, since=MONDAY - hour, stage="closing")
    assert (both.case.opened_at, both.case.entered_at) == (MONDAY - 2 * hour, MONDAY - hour)


# Keys


def test_a_repeated_key_returns_the_first_decision(desk: Desk) -> None:
    """The same call under the same key is done once, also after the case has gone on."""
    desk.captured()
    first = desk.engine.move("L-1", "qualification", by="rina", key="k1")
    desk.engine.contact("L-1", via="call", by="budi")
    assert desk.engine.move("L-1", "qualification", by="rina", key="k1") is first
    assert kinds(desk.engine.history("L-1")) == ["opened", "moved", "contacted"]


def test_advance_under_a_repeated_key_does_not_advance_again(desk: Desk) -> None:
    """`advance` with a key that was used leads where it led before and moves nothing."""
    desk.captured(need="tinggi")
    first = desk.engine.advance("L-1", by="rina", key="k")
    assert desk.engine.advance("L-1", by="rina", key="k") is first
    assert desk.engine.case("L-1").stage == "qualification"


@pytest.mark.parametrize(
    "other",
    [
        lambda e: e.note("L-1", "anders", by="rina", key="k"),
        lambda e: e.note("L-1", "x", by="budi", key="k"),
        lambda e: e.note("L-1", "x", by="rina", key="k", note="y"),
        lambda e: e.note("L-1", "x", by="rina", key="k", at=MONDAY - timedelta(minutes=1)),
        lambda e: e.note("L-2", "x", by="rina", key="k"),
        lambda e: e.edit("L-1", {"name": "X"}, by="rina", key="k"),
        lambda e: e.open({"id": "L-3"}, by="rina", key="k"),
    ],
)
def test_a_key_stands_for_one_command(desk: Desk, other: Callable[[Engine], Any]) -> None:
    """Another command, actor, time or case under a used key is a wrong call, and nothing is recorded."""
    desk.captured()
    desk.captured("L-2")
    desk.engine.note("L-1", "x", by="rina", key="k")
    with pytest.raises(UsageError, match="key 'k' was used for 'noted' on case 'L-1'"):
        other(desk.engine)
    assert len(desk.engine.history("L-1")) == 2


def test_what_was_refused_is_judged_anew(desk: Desk) -> None:
    """A refusal does not use its key up: once the reason is gone, the same call is allowed."""
    desk.engine.open({"id": "L-1", "name": "X"}, by="rina")
    assert not desk.engine.move("L-1", "qualification", by="rina", key="k")
    desk.engine.edit("L-1", {"phone": LEAD["phone"]}, by="rina")
    assert desk.engine.move("L-1", "qualification", by="rina", key="k")


def test_a_dry_run_does_not_use_a_key_up(desk: Desk) -> None:
    """A dry run under a key leaves the key free."""
    desk.captured()
    assert desk.engine.note("L-1", "x", by="rina", key="k", dry_run=True)
    assert desk.engine.note("L-1", "other", by="rina", key="k")


def test_a_key_is_known_to_another_engine_on_the_store() -> None:
    """An engine that did not make the decision answers from what was recorded, and does nothing twice."""
    store = MemoryStore()
    first = Desk(store=store)
    first.captured()
    done = first.engine.move("L-1", "qualification", by="rina", key="k")
    again = Desk(store=store).engine.move("L-1", "qualification", by="rina", key="k")
    assert again
    assert again.events == done.events
    assert len(store.read("case:L-1")) == 2


# Host objects


@dataclass
class Lead:
    """A host's own lead."""

    id: str
    name: str = "PT Maju"
    phone: str | None = "+62 811 0000 0001"
    need: str | None = None
    budget: Any = None
    stage: str = ""
    log: list[str] = field(default_factory=list)
    engine: Engine | None = field(default=None, repr=False)

    def on_exit_capture(self) -> None:
        assert self.engine is not None
        self.log.append(f"exit: object {self.stage}, case {self.engine.case(self.id).stage}")

    def on_enter_qualification(self) -> None:
        assert self.engine is not None
        self.log.append(f"enter: object {self.stage}, case {self.engine.case(self.id).stage}")


def test_a_stage_is_written_back_after_the_commit(desk: Desk) -> None:
    """Opening and moving write the stage to the object; a refusal and a dry run do not."""
    lead = Lead("L-1", engine=desk.engine)
    desk.engine.open(lead, by="rina", dry_run=True)
    assert lead.stage == ""
    desk.engine.open(lead, by="rina")
    assert lead.stage == "capture"
    assert not desk.engine.move(lead, "closing", by="rina")
    assert desk.engine.move(lead, "qualification", by="rina", dry_run=True)
    assert (lead.stage, lead.log) == ("capture", [])
    assert desk.engine.move(lead, "qualification", by="rina")
    assert lead.stage == "qualification"


def test_hooks_of_an_object_see_committed_truth(desk: Desk) -> None:
    """When the object is told that it leaves or arrives, the engine already answers with the new stage."""
    lead = Lead("L-1", engine=desk.engine)
    desk.engine.open(lead, by="rina")
    desk.engine.move(lead, "qualification", by="rina")
    assert lead.log == ["exit: object capture, case qualification", "enter: object qualification, case qualification"]


class Described:
    """A lead whose values are computed."""

    stage = "capture"
    id = "L-1"
    phone = LEAD["phone"]

    @property
    def name(self) -> str:
        return "PT Hitung"


class Slotted:
    """A lead with slots, some of them never filled."""

    __slots__ = ("budget", "id", "name", "phone", "stage")

    def __init__(self) -> None:
        self.id, self.name, self.phone = "L-1", "PT Slot", LEAD["phone"]


SHAPES: list[tuple[str, Callable[[], Any]]] = [
    ("dict", lambda: {"id": "L-1", **LEAD}),
    ("namespace", lambda: SimpleNamespace(id="L-1", stage=None, **LEAD)),
    ("described", Described),
    ("slotted", Slotted),
    ("read-only mapping", lambda: MappingProxyType({"id": "L-1", **LEAD})),
]


@pytest.mark.parametrize(("name", "make"), SHAPES, ids=[name for name, _ in SHAPES])
def test_a_lead_may_have_any_shape(desk: Desk, name: str, make: Callable[[], Any]) -> None:
    """Dictionaries, objects, computed and unfilled attributes, read-only mappings: all are read, and moved."""
    lead = make()
    assert desk.engine.open(lead, by="rina")
    decision = desk.engine.move(lead, "qualification", by="rina")
    assert decision, decision.findings
    assert decision.hook_errors == ()
    if name in ("dict", "namespace", "described"):
        assert Subject().stage_of(lead) == "qualification"


def test_a_frozen_lead_moves_and_is_reported(desk: Desk) -> None:
    """A frozen object cannot take its stage: the move stands, and the decision says what the object raised."""

    @dataclass(frozen=True)
    class Frozen:
        id: str
        stage: str
        name: str = "PT Beku"
        phone: str = "+62 811 0000 0001"

    desk.engine.open({"id": "L-1", **LEAD}, by="rina")
    decision = desk.engine.move(Frozen("L-1", "capture"), "qualification", by="rina")
    assert decision.case.stage == "qualification"
    assert [type(error).__name__ for error in decision.hook_errors] == ["FrozenInstanceError"]


def test_a_property_that_fails_stops_the_verb(desk: Desk) -> None:
    """An object that fails while it is read is a wrong call that names the field, and nothing is recorded."""

    class Broken(Described):
        error: Exception = RuntimeError("detached")

        @property
        def name(self) -> str:
            raise self.error

    for error in (RuntimeError("detached"), AttributeError("no session")):
        lead = Broken()
        lead.error = error
        desk = Desk()
        desk.captured()
        with pytest.raises(UsageError, match=f"'name' of Broken cannot be read: {type(error).__name__}"):
            desk.engine.note(lead, "x", by="rina")
        assert len(desk.engine.history("L-1")) == 1


def test_a_subject_names_id_and_stage(desk: Desk) -> None:
    """A host that calls them otherwise says so once."""
    desk = Desk(subject=Subject(id="code", stage="state"))
    lead = {"code": "L-1", "state": None, "id": "not this", **LEAD}
    desk.engine.open(lead, by="rina")
    desk.engine.move(lead, "qualification", by="rina")
    assert (lead["state"], desk.engine.case("L-1").stage) == ("qualification", "qualification")


@pytest.mark.parametrize("verb", VERBS)
def test_a_stale_object_is_not_guessed_about(desk: Desk, verb: str) -> None:
    """An object in another stage than its case raises StaleObject for every verb, and nothing is recorded."""
    by = prepared(desk, verb)
    before = desk.engine.history("L-1")
    words, more = VERBS[verb]
    with pytest.raises(StaleObject, match="closing"):
        getattr(desk.engine, verb)({"id": "L-1", "stage": "closing", **LEAD}, *words, **{"by": by, **more})
    assert desk.engine.history("L-1") == before


def test_what_the_object_says_is_edited_along_with_an_allowed_act(desk: Desk) -> None:
    """Fields that differ are recorded as edited, in the same append as the act, and count for its gate."""
    lead = Lead("L-1", phone=None, engine=desk.engine)
    desk.engine.open(lead, by="rina")
    lead.phone, lead.need = "+62 811 0000 0002", "tinggi"
    decision = desk.engine.move(lead, "qualification", by="rina")
    assert kinds(decision.events) == ["edited", "moved"]
    assert decision.events[0].data == {"changes": {"phone": "+62 811 0000 0002", "need": "tinggi"}}
    assert kinds(desk.engine.note(lead, "x", by="budi").events) == ["noted"]


def test_what_the_object_says_is_forgotten_with_a_refusal(desk: Desk) -> None:
    """A refused act records nothing of the object; the case keeps what it knew, and the next act is judged on that."""
    lead = Lead("L-1", phone=None, engine=desk.engine)
    desk.engine.open(lead, by="rina")
    lead.phone = "+62 811 0000 0002"
    for dry_run in (False, True):
        assert not desk.engine.move(lead, "closing", by="rina", dry_run=dry_run)
    assert kinds(desk.engine.history("L-1")) == ["opened"]
    assert "phone" not in desk.engine.case("L-1").record
    assert codes(desk.engine.move("L-1", "qualification", by="rina")) == ["CASE201"]


def test_advance_goes_by_what_the_object_says(desk: Desk) -> None:
    """`advance` chooses its way with the object's new values, not with those that the case still has."""
    lead = Lead("L-1", need="tinggi", engine=desk.engine)
    desk.engine.open(lead, by="rina")
    desk.engine.advance(lead, by="rina").or_raise()
    lead.need = "rendah"
    assert desk.engine.advance(lead, by="budi").case.outcome == "nurture"


def test_a_value_that_does_not_fit_fills_nothing(desk: Desk) -> None:
    """A wrong value on an object is remarked, kept apart, and stops what needs the field, not what does not."""
    lead = Lead("L-1", engine=desk.engine)
    desk.engine.open(lead, by="rina")
    lead.phone = "abc"
    noted = desk.engine.note(lead, "x", by="rina")
    assert noted
    assert [(f.code, f.blocks) for f in noted.findings] == [("CASE311", False)]
    assert codes(desk.engine.note(lead, "y", by="rina")) == []
    assert codes(desk.engine.move(lead, "qualification", by="rina")) == ["CASE203"]


def test_a_value_that_cannot_be_stored_stops_the_act_but_no_fact(desk: Desk) -> None:
    """Objects and endless texts never get into a history: acts are refused, a customer's word is recorded without them."""
    lead = Lead("L-1", engine=desk.engine)
    desk.engine.open(lead, by="rina")
    for value, code in ((object(), "CASE315"), ([1], "CASE315"), ("x" * 20_000, "CASE312"), ("\0", "CASE318")):
        lead.name = value  # type: ignore[assignment]
        assert codes(desk.engine.note(lead, "x", by="rina")) == [code]
        received = desk.engine.receive(lead, via="email")
        assert received
        assert [(f.code, f.blocks) for f in received.findings] == [(code, False)]
        json.dumps(received.to_dict())
    assert set(kinds(desk.engine.history("L-1"))) == {"opened", "received"}


def test_a_consequence_moves_the_object_too(desk: Desk) -> None:
    """When a customer's word brings a parked case back, the object says so afterwards."""
    lead = Lead("L-1", need="rendah", engine=desk.engine)
    desk.engine.open(lead, by="rina")
    desk.engine.advance(lead, by="rina").or_raise()
    desk.engine.advance(lead, by="budi").or_raise()
    assert lead.stage == "nurture"
    desk.later(days=3)
    desk.engine.receive(lead, via="whatsapp")
    assert lead.stage == "qualification" == desk.engine.case(lead).stage


# Hooks


def test_registered_hooks_are_called_after_the_commit(desk: Desk) -> None:
    """Hooks of the engine get what the verb was given, leave before enter, once for each live move and for nothing else."""
    seen: list[tuple[str, Any, str | None]] = []

    def remember(what: str) -> Callable[[Any], None]:
        return lambda thing: seen.append((what, thing, desk.engine.case(thing).stage))

    desk.engine.on_exit("capture")(remember("exit"))
    desk.engine.on_enter("qualification")(remember("enter"))
    lead = {"id": "L-1", **LEAD}
    desk.engine.open(lead, by="rina")
    desk.engine.move(lead, "qualification", by="rina", dry_run=True)
    desk.engine.move(lead, "qualification", by="budi")
    assert seen == []
    desk.engine.move(lead, "qualification", by="rina")
    desk.captured("L-2")
    desk.engine.move("L-2", "qualification", by="rina", key="k")
    desk.engine.move("L-2", "qualification", by="rina", key="k")
    assert [(what, thing, stage) for what, thing, stage in seen] == [
        ("exit", lead, "qualification"),
        ("enter", lead, "qualification"),
        ("exit", "L-2", "qualification"),
        ("enter", "L-2", "qualification"),
    ]


def test_a_hook_that_fails_takes_nothing_back(desk: Desk) -> None:
    """Failing hooks are on the decision, in order; the move stands, and the other hooks are called all the same."""
    called = []

    @desk.engine.on_exit("capture")
    def first(thing: Any) -> None:
        raise ConnectionError("chat is down")

    @desk.engine.on_enter("qualification")
    def second(thing: Any) -> None:
        raise ValueError("bad")

    desk.engine.on_enter("qualification")(called.append)
    desk.captured()
    decision = desk.engine.move("L-1", "qualification", by="rina")
    assert decision
    assert [str(error) for error in decision.hook_errors] == ["chat is down", "bad"]
    assert called == ["L-1"]
    assert kinds(desk.engine.history("L-1")) == ["opened", "moved"]


def test_a_hook_may_use_the_engine(desk: Desk) -> None:
    """A hook that moves the same case on works: both moves are recorded, the object ends where the case is."""
    lead = {"id": "L-1", "need": "tinggi", **LEAD}

    @desk.engine.on_enter("qualification")
    def go_on(thing: Any) -> None:
        desk.engine.move(thing, "closing", by="budi").or_raise()

    desk.engine.open(lead, by="rina")
    decision = desk.engine.move(lead, "qualification", by="rina")
    assert decision.hook_errors == ()
    assert decision.case.stage == "qualification"
    assert lead["stage"] == desk.engine.case("L-1").stage == "closing"
    assert [event.data.get("to") for event in desk.engine.history("L-1")] == [None, "qualification", "closing"]


def test_a_hook_on_the_way_out_may_move_the_case_by_id(desk: Desk) -> None:
    """A hook that moves the case on before the object has arrived does not leave the object behind."""
    lead = {"id": "L-1", "need": "tinggi", **LEAD}
    desk.engine.on_exit("capture")(lambda thing: desk.engine.move("L-1", "closing", by="budi").or_raise())
    desk.engine.open(lead, by="rina")
    desk.engine.move(lead, "qualification", by="rina").or_raise()
    assert lead["stage"] == desk.engine.case("L-1").stage == "closing"
    assert desk.engine.note(lead, "x", by="budi")


# Whatever fails leaves nothing half done


def test_a_store_that_fails_leaves_everything_as_it_was() -> None:
    """After a failed append the object, the case and the stream are untouched, no hook was called, and the next verb works."""
    store = FailingStore()
    desk = Desk(store=store)
    called: list[Any] = []
    desk.engine.on_exit("capture")(called.append)
    lead = {"id": "L-1", **LEAD}
    desk.engine.open(lead, by="rina")
    lead["name"] = "PT Baru"
    desk.later(hours=3)
    store.broken = True
    for verb in (
        lambda: desk.engine.move(lead, "qualification", by="rina", key="k"),
        lambda: desk.engine.note(lead, "x", by="rina"),
        lambda: desk.engine.move(lead, "closing", by="rina"),
        lambda: desk.engine.open({"id": "L-2", **LEAD}, by="rina"),
        lambda: desk.engine.record([{"case": "L-1", "kind": "noted", "at": MONDAY, "by": "rina", "text": "x"}]),
        desk.engine.tick,
    ):
        with pytest.raises(OSError, match="disk full"):
            verb()
        assert (lead["stage"], called) == ("capture", [])
        assert desk.engine.case("L-1").record["name"] == "PT Maju"
        assert kinds(desk.engine.history("L-1")) == ["opened"]
        assert not desk.engine.exists("L-2")
    store.broken = False
    decision = desk.engine.move(lead, "qualification", by="rina", key="k")
    assert kinds(decision.events) == ["breached", "edited", "moved"]
    assert lead["stage"] == "qualification"


def test_a_stale_case_is_read_anew() -> None:
    """When somebody else was faster the verb raises StaleCase, and the next one sees what the other has written."""
    store = RacedStore()
    one, two = Desk(store=store), Desk(store=store)
    one.captured()
    assert two.engine.case("L-1").stage == "capture"
    one.engine.move("L-1", "qualification", by="rina").or_raise()
    with pytest.raises(StaleCase):
        two.engine.note("L-1", "x", by="rina")
    assert two.engine.case("L-1").stage == "qualification"
    assert two.engine.note("L-1", "x", by="rina").events[-1].seq == 3


def test_a_refusal_keeps_what_time_has_made_true(desk: Desk) -> None:
    """What became true before a refused act is recorded once and told on its decision."""
    desk.captured()
    desk.later(hours=2)
    refused = desk.engine.move("L-1", "closing", by="rina")
    assert not refused
    assert kinds(refused.events) == ["breached"]
    assert desk.engine.move("L-1", "closing", by="rina").events == ()
    assert kinds(desk.engine.history("L-1")) == ["opened", "breached"]


def test_a_verb_that_raises_records_nothing_not_even_time(desk: Desk) -> None:
    """A verb that ends in an exception hands nobody its notices, so it leaves them to the next one."""
    desk.captured()
    desk.later(hours=2)
    with pytest.raises(StaleObject):
        desk.engine.note({"id": "L-1", "stage": "closing"}, "x", by="rina")
    assert kinds(desk.engine.history("L-1")) == ["opened"]
    assert kinds(desk.engine.tick()) == ["breached"]


def test_a_directory_that_fails_leaves_nothing_half_done() -> None:
    """A directory that raises in the middle of a verb lets its error out and changes nothing."""

    class Flaky:
        broken = False

        def roles(self, person: str, at: int) -> frozenset[str]:
            if self.broken:
                raise TimeoutError("directory")
            return frozenset({"admin", "sales"})

        def name(self, person: str) -> str | None:
            return person

        def reports_to(self, person: str) -> str | None:
            return None

        def members(self, role: str, at: int) -> tuple[str, ...]:
            return ()

        def known(self, person: str) -> bool:
            return True

    people = Flaky()
    desk = Desk(people=people)
    desk.captured()
    people.broken = True
    with pytest.raises(TimeoutError):
        desk.engine.move("L-1", "qualification", by="rina")
    people.broken = False
    assert desk.engine.move("L-1", "qualification", by="rina").events[0].seq == 2


# Predicates

ASKING = SOP.replace("{to: closing, when: {need: tinggi}}", "{to: closing, when: {predicate: known_customer}}")


def asking(test: Callable[[Mapping[str, Any]], Any], **more: Any) -> Desk:
    """A desk whose SOP asks a predicate, with a case in the stage that asks."""
    desk = Desk(load(ASKING), predicates={"known_customer": test}, **more)
    desk.qualified()
    return desk


def test_an_unknown_predicate_is_named_when_the_engine_is_made() -> None:
    """An engine without a predicate that its SOP asks for is not made, and says which; a predicate must be callable."""
    with pytest.raises(UsageError, match="not registered: known_customer"):
        Engine(load(ASKING), predicates={"known_costumer": bool})
    with pytest.raises(UsageError, match="must be a function, not bool"):
        Engine(load(ASKING), predicates={"known_customer": True})  # type: ignore[dict-item]


def test_an_answer_is_kept_and_replayed_without_the_host() -> None:
    """The answer is on the event; another engine rebuilds the case without ever asking its own predicate."""
    store = MemoryStore()
    asked: list[Any] = []
    desk = asking(lambda record: asked.append(dict(record)) or True, store=store)
    event = desk.engine.move("L-1", "closing", by="budi").events[-1]
    assert event.derived["predicates"] == {"known_customer": True}
    assert asked[0]["name"] == "PT Maju"

    def never(record: Mapping[str, Any]) -> bool:
        raise AssertionError("replay asked the host")

    other = Desk(load(ASKING), predicates={"known_customer": never}, store=store)
    assert other.engine.case("L-1") == desk.engine.case("L-1")


@pytest.mark.parametrize(("answer", "code"), [(False, "CASE104"), (None, "CASE105")])
def test_no_and_unknown_let_nothing_through(answer: bool | None, code: str) -> None:
    """A predicate that says no, or that it does not know, refuses the move, and `todo` says the same."""
    desk = asking(lambda record: answer)
    assert codes(desk.engine.move("L-1", "closing", by="budi")) == [code]
    assert codes(desk.engine.todo("L-1", to="closing")) == [code]


def test_a_predicate_that_fails_or_answers_nonsense_stops_the_verb() -> None:
    """Its exception comes out, a wrong answer is a UsageError, and in both cases nothing is recorded."""
    desk = asking(lambda record: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.engine.move("L-1", "closing", by="budi")
    assert len(desk.engine.history("L-1")) == 2
    desk = asking(lambda record: "yes")
    with pytest.raises(UsageError, match="must answer True, False or None"):
        desk.engine.move("L-1", "closing", by="budi")


def test_a_predicate_cannot_change_the_case() -> None:
    """What a predicate does to the record that it is given does not reach the case."""
    desk = asking(lambda record: bool(record.clear()) or True)  # type: ignore[attr-defined]
    assert desk.engine.move("L-1", "closing", by="budi").case.record["name"] == "PT Maju"


# Threads


def run(work: list[Callable[[], Any]]) -> list[Any]:
    """The results of all pieces of work, begun at the same moment by a thread each."""
    results: list[Any] = [None] * len(work)
    start = Barrier(len(work))

    def one(number: int) -> None:
        start.wait()
        try:
            results[number] = work[number]()
        except Exception as error:
            results[number] = error

    threads = [Thread(target=one, args=(number,)) for number in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def gapless(history: tuple[Event, ...]) -> bool:
    """Whether a history is numbered from one without a gap."""
    return [event.seq for event in history] == list(range(1, len(history) + 1))


def test_eight_threads_on_many_cases_lose_nothing(desk: Desk) -> None:
    """Eight threads that open and work their own cases: every act is recorded, every stream gapless."""

    def work(number: int) -> int:
        for count in range(15):
            case = f"T{number}-{count}"
            desk.qualified(case)
            for _ in range(3):
                desk.engine.note(case, "x", by="budi").or_raise()
        return number

    assert run([lambda number=number: work(number) for number in range(8)]) == list(range(8))  # type: ignore[misc]
    cases = list(desk.engine.cases())
    assert len(cases) == 120
    assert all(kinds(desk.engine.history(c.id)) == ["opened", "moved", "noted", "noted", "noted"] for c in cases)
    assert all(gapless(desk.engine.history(c.id)) for c in cases)


def test_eight_threads_on_one_case_have_one_winner(desk: Desk) -> None:
    """Of eight threads that make the same move one wins and seven are refused; notes of all of them are kept."""
    desk.captured()
    answers = run([lambda: desk.engine.move("L-1", "qualification", by="rina")] * 8)
    assert sorted(bool(answer) for answer in answers) == [False] * 7 + [True]
    assert all(run([lambda: desk.engine.note("L-1", "x", by="budi")] * 8))
    assert kinds(desk.engine.history("L-1")).count("moved") == 1
    assert kinds(desk.engine.history("L-1")).count("noted") == 8
    assert gapless(desk.engine.history("L-1"))


def test_one_key_in_eight_threads_is_done_once(desk: Desk) -> None:
    """Eight threads that repeat a call under one key all get the first decision."""
    desk.captured()
    answers = run([lambda: desk.engine.move("L-1", "qualification", by="rina", key="k")] * 8)
    assert len({id(answer) for answer in answers}) == 1
    assert len(desk.engine.history("L-1")) == 2


def test_two_engines_on_one_store_have_one_winner() -> None:
    """Engines that share a store and race for a move: one wins, the others are refused or told to try again."""
    store = MemoryStore()
    Desk(store=store).captured()
    desks = [Desk(store=store) for _ in range(8)]
    answers = run([lambda desk=desk: desk.engine.move("L-1", "qualification", by="rina") for desk in desks])  # type: ignore[misc]
    won = [answer for answer in answers if isinstance(answer, Decision) and answer]
    assert len(won) == 1
    assert all(isinstance(answer, (Decision, StaleCase)) for answer in answers)
    assert len(store.read("case:L-1")) == 2


# Time


def test_tick_is_strictly_before(desk: Desk) -> None:
    """A clock that breaches after an hour is told by a tick beyond that instant, not by one at it."""
    desk.captured()
    limit = MONDAY + timedelta(hours=1, microseconds=1)
    desk.now = limit
    assert desk.engine.tick() == []
    desk.later(microseconds=1)
    assert [(event.kind, event.occurred_at) for event in desk.engine.tick()] == [("breached", micros(limit))]
    assert desk.engine.tick() == []


def micros(at: datetime) -> int:
    """Microseconds since the epoch, counted differently from the engine."""
    return round((at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000 + at.microsecond


def told(desk: Desk, steps: list[float]) -> list[tuple[str, str, int, str]]:
    """Everything that ticks in those steps (hours) record over a desk of several cases."""
    for number in range(3):
        desk.qualified(f"A{number}")
        desk.engine.contact(f"A{number}", via="call", by="budi").or_raise()
        desk.later(hours=7)
    for _ in range(2):
        desk.later(days=1)
        desk.engine.contact("A0", via="call", by="budi").or_raise()
    desk.captured("B")
    desk.qualified("C", need="rendah")
    desk.engine.advance("C", by="budi").or_raise()
    found: list[Event] = []
    for step in [*steps, 24 * 80 - sum(steps)]:
        desk.later(hours=step)
        found += desk.engine.tick()
    assert all(event.recorded_at >= event.occurred_at for case in desk.engine.cases() for event in desk.engine.history(case.id))
    return sorted((event.case, event.kind, event.occurred_at, repr(event.data)) for event in found)


WHOLE = told(Desk(), [])


@given(steps=st.lists(st.integers(1, 200), max_size=8))
def test_steps_of_time_make_no_difference(steps: list[int]) -> None:
    """However the ticks divide eighty days, the same notices and consequences come at the same instants for every case."""
    assert told(Desk(), [float(step) for step in steps]) == WHOLE
    assert {kind for _, kind, _, _ in WHOLE} >= {"breached", "warned", "exhausted", "rested", "moved"}


def test_ticks_are_in_the_order_of_time(desk: Desk) -> None:
    """Over several cases the events of one tick follow their instants, consequences right behind what caused them."""
    for number in range(4):
        desk.qualified(f"L-{number}", need="rendah")
        desk.engine.advance(f"L-{number}", by="budi").or_raise()
        desk.later(hours=5)
    desk.later(days=90)
    found = desk.engine.tick()
    assert [event.occurred_at for event in found] == sorted(event.occurred_at for event in found)
    caused = [(found[number - 1].id, event.cause) for number, event in enumerate(found) if event.cause]
    assert caused
    assert all(cause == before for before, cause in caused)


def test_a_consequence_names_its_cause(desk: Desk) -> None:
    """When trying is over the SOP moves the case: by itself, at the notice's instant, with the notice as its cause."""
    desk.qualified()
    for _ in range(3):
        desk.engine.contact("L-1", via="call", by="budi").or_raise()
        desk.later(days=1)
    desk.later(days=1)
    found = [event for event in desk.engine.tick() if event.kind in ("exhausted", "moved")]
    notice, move = found
    assert (move.by, move.cause, move.occurred_at) == ("sop", notice.id, notice.occurred_at)
    assert move.data == {"to": "nurture", "reason": "no_response"}
    assert desk.engine.case("L-1").outcome == "nurture"


def test_a_tick_ahead_of_the_clock_is_recorded_no_earlier_than_it_happens(desk: Desk) -> None:
    """A simulation may tick into the future; what it records is never recorded before it occurs."""
    desk.captured()
    events = desk.engine.tick(MONDAY + timedelta(days=2))
    assert events
    assert all(event.recorded_at >= event.occurred_at for event in events)


def test_a_clock_that_goes_backwards_breaks_nothing(desk: Desk) -> None:
    """With a clock that was set back, acts are late facts: judged, folded in their place, never recorded before they occur."""
    lead = Lead("L-1", engine=desk.engine)
    desk.engine.open(lead, by="rina", at=MONDAY - timedelta(hours=3))
    desk.engine.note(lead, "x", by="rina")
    desk.now = MONDAY - timedelta(minutes=90)
    lead.name = "PT Mundur"
    assert desk.engine.note(lead, "y", by="rina")
    assert desk.engine.case("L-1").record["name"] == "PT Mundur"
    assert all(event.recorded_at >= event.occurred_at for event in desk.engine.history("L-1"))


def test_a_store_that_asks_for_a_deadline_nobody_has_is_put_right(desk: Desk) -> None:
    """A deadline in the store that the case does not have is corrected by a tick, which ends."""
    store = MemoryStore()
    desk = Desk(store=store)
    desk.captured()
    from sopengine.store import Append

    store.append([Append("case:L-1", 1, [], micros(MONDAY) - 1)])
    assert desk.engine.tick() == []
    assert store.due(1 << 61) == (micros(MONDAY + timedelta(hours=1, microseconds=1)), "case:L-1")


def step(engine: Engine, verb: str, when: datetime) -> None:
    """One step of a random history; `when` is its instant for the verbs that may come late."""
    if verb == "advance":
        engine.advance("L-1", by="budi", at=when) or engine.advance("L-1", by="rina")
    elif verb == "contact":
        engine.contact("L-1", via="call", by="budi")
    elif verb == "late":
        engine.contact("L-1", via="call", by="budi", at=when)
    elif verb == "receive":
        engine.receive("L-1", via="email", at=when)
    elif verb == "note":
        engine.note("L-1", "x", by="budi", at=when)
    elif verb == "back":
        engine.move("L-1", "capture", by="budi", reason="salah")
    elif verb == "park":
        engine.move("L-1", "nurture", by="budi")
    else:
        engine.tick()


VERB = st.sampled_from(["advance", "contact", "receive", "note", "park", "back", "tick", "late"])
STEPS = st.lists(st.tuples(VERB, st.integers(0, 60), st.integers(0, 40)), max_size=14)


@given(steps=STEPS)
def test_a_case_read_from_the_store_is_the_case_that_was_written(steps: list[tuple[str, int, int]]) -> None:
    """After any history, also with late facts, another engine on the store sees the same case, clocks and future."""
    store = MemoryStore()
    desk = Desk(store=store)
    desk.captured(need="tinggi")
    for verb, hours, ago in steps:
        desk.later(hours=hours)
        step(desk.engine, verb, max(MONDAY, desk.now - timedelta(hours=ago)))
    other = Desk(store=store)
    other.now = desk.now
    assert other.engine.case("L-1") == desk.engine.case("L-1")
    seen, known = other.engine.clocks("L-1"), desk.engine.clocks("L-1")
    assert {name: (c.state, c.due, c.elapsed, c.cycle) for name, c in seen.items()} == {
        name: (c.state, c.due, c.elapsed, c.cycle) for name, c in known.items()
    }
    assert gapless(desk.engine.history("L-1"))
    length = len(desk.engine.history("L-1"))
    assert other.engine.live("L-1").state.wake == desk.engine.live("L-1").state.wake
    desk.later(days=200)
    other.now = desk.now
    mine = Desk(store=copied(store))
    mine.now = desk.now
    assert [(e.kind, e.occurred_at, e.data) for e in mine.engine.tick()] == [
        (e.kind, e.occurred_at, e.data) for e in desk.engine.tick()
    ]
    assert len(desk.engine.history("L-1")) >= length


def copied(store: MemoryStore) -> MemoryStore:
    """Another store with the same streams."""
    from sopengine.store import Append

    found = MemoryStore()
    for stream in store.streams():
        found.append([Append(stream, 0, store.read(stream), store._wakes[stream])])
    return found


# A calendar that stops opening

ONE_DAY = """\
sop: season
title: Musim
version: "1"
timezone: Asia/Jakarta
calendars:
  season: {hours: {mon-fri: closed}, open: {"2026-02-03": "09:00-12:00"}}
stages:
  only:
    owner: admin
    sla:
      finish: 400 working hours
      first_response: 2 working hours
      later: {from: contacted, until: closed, target: 3 working days}
    follow_up: {max: 1, every: 2 working days, via: [call], then: lost}
    send: {hello: customer}
templates:
  hello: {channel: note, body: "Batas {{ sla.finish.due | date }}."}
"""


def test_a_calendar_that_stops_opening_never_breaks_a_verb() -> None:
    """On a calendar with one open day a clock of 400 hours never falls due: every verb and view works, the text says so."""
    desk = Desk(load(ONE_DAY, "season.yaml"))
    opened = desk.engine.open({"id": "L-1"}, by="rina")
    assert opened
    assert [(f.code, f.blocks) for f in opened.findings] == [("CASE601", False)]
    desk.later(days=1, hours=1)
    assert desk.engine.contact("L-1", via="call", by="rina")
    for days in (10, 4000):
        desk.later(days=days)
        desk.engine.contact("L-1", via="call", by="rina")
        desk.engine.receive("L-1", via="email")
        desk.engine.tick()
        clocks = desk.engine.clocks("L-1")
        assert (clocks["finish"].due, clocks["finish"].breaches_after, clocks["finish"].state) == (None, None, "running")
        assert all(clock.why("id") and clock.why("en") for clock in clocks.values())
        desk.engine.next_attempt("L-1")
        json.dumps(desk.engine.note("L-1", "x", by="rina").to_dict())
    assert desk.engine.clocks("L-1")["first_response"].state == "met"


def test_the_end_of_the_known_years_breaks_no_verb(desk: Desk) -> None:
    """In the last hours of 2199 every verb and view still works."""
    desk.now = datetime(2199, 12, 31, 16, 59, tzinfo=UTC)
    for text, name in ((SOP, "desk.yaml"), (ONE_DAY, "season.yaml")):
        late = Desk(load(text, name))
        late.now = desk.now
        late.engine.open({"id": "L-1", **LEAD}, by="rina").or_raise()
        late.engine.advance("L-1", by="rina")
        late.engine.contact("L-1", via="call", by="budi")
        late.engine.receive("L-1", via="email")
        late.now += timedelta(hours=7)
        late.engine.tick()
        assert all(clock.why() for clock in late.engine.clocks("L-1").values())
        late.engine.next_attempt("L-1")


# Views


def test_views_show_the_case(desk: Desk) -> None:
    """case, cases, history, todo, clocks, next_attempt and message tell what the verbs have done."""
    desk.qualified(budget="5000000")
    engine = desk.engine
    assert (engine.case("L-1").stage, engine.case("L-1").place, engine.case("L-1").status) == ("qualification",) * 2 + ("new",)
    assert engine.case({"id": "L-1"}) == engine.case("L-1")
    assert codes(engine.todo("L-1")) == ["CASE105"]
    assert codes(engine.todo("L-1", to="lost")) == []
    assert codes(engine.todo("L-1", to="won")) == ["CASE101"]
    assert engine.next_attempt("L-1") is None
    engine.contact("L-1", via="call", by="budi").or_raise()
    attempt = engine.next_attempt("L-1")
    assert attempt is not None
    assert (attempt.number, attempt.via, attempt.template) == (1, "call", "script")
    assert attempt.allowed_from == datetime.fromisoformat("2026-02-03T00:00:00+07:00")
    assert engine.clocks("L-1")["first_response"].state == engine.clocks("L-1")["qualification.first_response"].state == "met"
    assert engine.clocks("L-1")["finish"].stage == "qualification"
    assert engine.clocks("L-1")["capture.finish"].state == "met"
    assert engine.message("L-1", "email_a", by="budi").body == "Anggaran Anda Rp5.000.000."
    engine.receive("L-1", via="email")
    assert engine.next_attempt("L-1") is None
    engine.move("L-1", "lost", by="budi", reason="harga").or_raise()
    assert (engine.todo("L-1"), engine.next_attempt("L-1"), engine.case("L-1").place) == ((), None, "lost")
    assert codes(engine.todo("L-1", to="won")) == ["CASE113"]


def test_what_todo_lists_is_what_a_move_is_refused_for(desk: Desk) -> None:
    """The same gate: `todo` and a refused move say the same, sentence by sentence."""
    desk.closing()
    refused = desk.engine.move("L-1", "won", by="budi")
    assert [f.text() for f in desk.engine.todo("L-1")] == [f.text() for f in refused.findings]
    assert codes(refused) == ["CASE204"]


# What has already happened


def at(hours: float) -> str:
    """An instant so many hours after the desk's Monday morning, as text."""
    return (MONDAY + timedelta(hours=hours)).isoformat()


def history(case: str = "L-1") -> list[dict[str, Any]]:
    """A legal history, in disorder."""
    return [
        {"case": case, "kind": "contacted", "at": at(3), "by": "budi", "via": "call"},
        {"case": case, "kind": "opened", "at": at(0), "by": "rina", "record": {"need": "tinggi", **LEAD}},
        {"case": case, "kind": "moved", "at": at(4), "by": "budi", "to": "closing"},
        {"case": case, "kind": "moved", "at": at(0.5), "by": "rina", "to": "qualification"},
    ]


def keyed(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items with a key each."""
    return [item | {"key": f"{item['case']}/{item['at']}/{item['kind']}"} for item in items]


@pytest.fixture
def friday() -> Desk:
    """A desk at the end of the week, when the week is imported."""
    desk = Desk()
    desk.later(days=4)
    return desk


def test_a_history_is_recorded_in_the_order_of_its_happening(friday: Desk) -> None:
    """Items in any order are folded by when they happened, interleaved with what time made true, and judged then."""
    assert codes(friday.engine.record(history())) == ["CASE505"]
    told = friday.engine.history("L-1")
    assert [event.kind for event in told if event.is_fact] == ["opened", "moved", "contacted", "moved"]
    assert [event.occurred_at for event in told] == sorted(event.occurred_at for event in told)
    assert friday.engine.case("L-1").stage == "closing"
    assert gapless(told)


BAD_ITEMS: list[tuple[str, Any]] = [
    ("must be a mapping, not str", "moved"),
    ("must be a mapping, not NoneType", None),
    ("case must be text", {"kind": "moved"}),
    ("no kind 'None'", {"case": "L-1"}),
    ("no kind 'moover'", {"case": "L-1", "kind": "moover"}),
    ("no kind 'breached'", {"case": "L-1", "kind": "breached"}),
    ("at must be a datetime", {"case": "L-1", "kind": "noted"}),
    ("at must be a datetime with a time zone", {"case": "L-1", "kind": "noted", "at": "2026-02-02T09:00:00"}),
    ("at is not a date and time", {"case": "L-1", "kind": "noted", "at": "yesterday"}),
    ("at lies in the future", {"case": "L-1", "kind": "noted", "at": at(24 * 5), "by": "rina", "text": "x"}),
    ("by must say who acts", {"case": "L-1", "kind": "noted", "at": at(1), "text": "x"}),
    ("'moved' needs 'to'", {"case": "L-1", "kind": "moved", "at": at(1), "by": "rina"}),
    ("to must be text", {"case": "L-1", "kind": "moved", "at": at(1), "by": "rina", "to": 7}),
    ("'moved' has no tow", {"case": "L-1", "kind": "moved", "at": at(1), "by": "rina", "tow": "won", "to": "won"}),
    ("changes must be a mapping", {"case": "L-1", "kind": "edited", "at": at(1), "by": "rina", "changes": [1]}),
    ("'name' cannot be stored: list", {"case": "L-1", "kind": "edited", "at": at(1), "by": "rina", "changes": {"name": [1]}}),
    ("contacted_at", {"case": "L-1", "kind": "bounced", "at": at(1), "by": "system", "contacted_at": 5}),
    ("roles must be a list", {"case": "L-1", "kind": "noted", "at": at(1), "by": "x", "text": "x", "roles": "sales"}),
    ("a role must be text", {"case": "L-1", "kind": "noted", "at": at(1), "by": "x", "text": "x", "roles": [1]}),
    ("key must be text", {"case": "L-1", "kind": "noted", "at": at(1), "by": "x", "text": "x", "key": 1}),
    ("case 'L-9' is not known", {"case": "L-9", "kind": "noted", "at": at(1), "by": "x", "text": "x"}),
    ("opened twice", {"case": "L-1", "kind": "opened", "at": at(1), "by": "rina"}),
    ("before case 'L-1' was opened", {"case": "L-1", "kind": "noted", "at": at(-1), "by": "x", "text": "x"}),
    ("no SOP 'ghost'", {"case": "L-2", "kind": "opened", "at": at(1), "by": "rina", "sop": "ghost"}),
    ("record must be a mapping", {"case": "L-2", "kind": "opened", "at": at(1), "by": "rina", "record": 5}),
    ("since must lie between", {"case": "L-2", "kind": "opened", "at": at(1), "by": "rina", "since": at(0)}),
]


@pytest.mark.parametrize(("says", "bad"), BAD_ITEMS, ids=[says for says, _ in BAD_ITEMS])
def test_a_malformed_item_records_nothing(friday: Desk, says: str, bad: Any) -> None:
    """When the fifth item is malformed the error has its number and says why, and the four before it are not recorded."""
    with pytest.raises(UsageError, match=f"item 5: .*{says}.*; nothing was recorded"):
        friday.engine.record([*history(), bad])
    assert list(friday.engine.cases()) == []


@pytest.mark.parametrize("items", ["L-1", {"case": "L-1"}, 7, b"x"])
def test_what_is_no_list_of_items_is_not_recorded(friday: Desk, items: Any) -> None:
    """A text, a single item or a number instead of items is a wrong call."""
    with pytest.raises(UsageError, match="record takes a list of items"):
        friday.engine.record(items)


def test_many_cases_are_recorded_or_none() -> None:
    """When the store fails, no case of the import is there."""
    store = FailingStore()
    desk = Desk(store=store)
    desk.later(days=4)
    store.broken = True
    with pytest.raises(OSError, match="disk full"):
        desk.engine.record([*history("A"), *history("B")])
    store.broken = False
    assert list(desk.engine.cases()) == []
    desk.engine.record([*history("A"), *history("B")])
    assert [case.stage for case in desk.engine.cases()] == ["closing", "closing"]


def test_an_illegal_history_is_recorded_with_findings(friday: Desk) -> None:
    """What the SOP forbids is recorded all the same: a finding with the id of its event, and the stage is adopted."""
    items = [
        {"case": "L-1", "kind": "opened", "at": at(0), "by": "budi", "record": {"phone": "abc"}},
        {"case": "L-1", "kind": "moved", "at": at(1), "by": "tamu", "to": "closing"},
        {"case": "L-1", "kind": "moved", "at": at(2), "by": "budi", "to": "ghost"},
        {"case": "L-1", "kind": "attached", "at": at(3), "by": "budi", "document": "ghost"},
        {"case": "L-1", "kind": "ticked", "at": at(4), "by": "budi", "item": "ghost"},
        {"case": "L-1", "kind": "status", "at": at(5), "by": "budi", "to": "ghost"},
        {"case": "L-1", "kind": "moved", "at": at(6), "by": "budi", "to": "won"},
        {"case": "L-1", "kind": "contacted", "at": at(7), "by": "budi", "via": "pigeon"},
        {"case": "L-1", "kind": "ticked", "at": at(8), "by": "budi", "item": "cek"},
        {"case": "L-1", "kind": "assigned", "at": at(9), "by": "budi", "to": "ghost"},
    ]
    findings = friday.engine.record(items)
    events = {event.id: event for event in friday.engine.history("L-1")}
    by_event = {(events[f.event].kind, f.code) for f in findings if f.event}
    wanted = {("opened", "CASE102"), ("opened", "CASE311"), ("moved", "CASE101"), ("moved", "CASE102"), ("attached", "CASE501")}
    assert by_event >= wanted | {("ticked", "CASE502"), ("status", "CASE503"), ("moved", "CASE204"), ("contacted", "CASE510")}
    assert by_event >= {("contacted", "CASE113"), ("ticked", "CASE113"), ("assigned", "CASE113")}
    assert all(finding.event in events for finding in findings)
    assert friday.engine.case("L-1").outcome == "won"
    assert len([event for event in events.values() if event.is_fact]) == len(items)
    json.dumps(friday.engine.note("L-1", "x", by="budi").to_dict())


def test_an_import_that_is_run_again_does_nothing(friday: Desk) -> None:
    """With keys a re-run records nothing; a longer file records only what is new, in the order of its happening."""
    friday.engine.record(keyed(history()))
    before = friday.engine.history("L-1")
    assert friday.engine.record(keyed(history())) == []
    assert friday.engine.history("L-1") == before
    more = {"case": "L-1", "kind": "attached", "at": at(6), "by": "budi", "document": "contract"}
    friday.engine.record(keyed([more, *history(), more]))
    assert kinds(friday.engine.history("L-1")[len(before) :]) == ["attached"]


def test_a_key_of_an_import_stands_for_one_thing(friday: Desk) -> None:
    """A key that stands for something else, in the file or in the store, is a malformed item."""
    items = [item | {"key": "same"} for item in history()[:2]]
    with pytest.raises(UsageError, match="item 2: key 'same' was used for 'contacted'"):
        friday.engine.record(items)
    friday.engine.record([history()[1] | {"key": "k"}])
    with pytest.raises(UsageError, match="item 1: key 'k' was used for 'opened' on case 'L-1'"):
        friday.engine.record([history("L-2")[1] | {"key": "k"}])
    assert [case.id for case in friday.engine.cases()] == ["L-1"]


def test_late_facts_correct_what_was_told(friday: Desk) -> None:
    """A contact in time that is told late corrects the breach that was told, and is recorded whatever it finds."""
    friday.engine.record(history()[1:2] + history()[3:])
    assert friday.engine.clocks("L-1")["first_response"].state == "breached"
    findings = friday.engine.record([history()[0]])
    assert codes(findings) == ["CASE505"]
    assert "corrected" in kinds(friday.engine.history("L-1"))
    assert friday.engine.clocks("L-1")["first_response"].state == "met"


@given(order=st.permutations(range(8)), cut=st.integers(1, 7))
def test_the_order_of_an_import_makes_no_difference(order: list[int], cut: int) -> None:
    """Two cases, told in any order and in one or two batches, end as the same cases with the same facts."""
    items = [*history("A"), *history("B")]
    plain, mixed = Desk(), Desk()
    for desk in (plain, mixed):
        desk.later(days=4)
    plain.engine.record(items)
    shuffled = [items[number] for number in order]
    opened = {item["case"] for item in shuffled[:cut] if item["kind"] == "opened"}
    first = [item for item in shuffled[:cut] if item["case"] in opened]
    rest = [item for item in shuffled if item not in first]
    mixed.engine.record(first)
    mixed.engine.record(rest)
    for case in ("A", "B"):
        # Who holds a case is looked up when a move is recorded, and kept.
        assert replace(mixed.engine.case(case), holder=None) == replace(plain.engine.case(case), holder=None)
        clocks, known = mixed.engine.clocks(case), plain.engine.clocks(case)
        assert {name: c.state for name, c in clocks.items()} == {name: c.state for name, c in known.items()}


def test_a_case_may_be_recorded_into_the_second_sop() -> None:
    """An opening names its SOP; an opening without a known stage begins in the first one."""
    second = load("sop: mini\ntitle: Mini\nversion: '1'\nstages: {only: {owner: sales}}\n", "mini.yaml")
    desk = Desk(load(), second)
    opened = {"kind": "opened", "at": MONDAY, "by": "budi"}
    assert desk.engine.record([opened | {"case": "A", "sop": "mini"}, opened | {"case": "B", "sop": "mini", "stage": "x"}]) == []
    assert [(case.sop, case.stage) for case in desk.engine.cases()] == [("mini", "only"), ("mini", "only")]


def test_an_adopted_opening_of_an_import_has_its_instant(friday: Desk) -> None:
    """`stage` and `since` of a recorded opening adopt the case as the verb does."""
    friday.engine.record([{"case": "L-1", "kind": "opened", "at": at(0), "by": "rina", "stage": "closing", "since": at(5)}])
    case = friday.engine.case("L-1")
    assert (case.stage, case.opened_at, case.entered_at) == ("closing", MONDAY, MONDAY + timedelta(hours=5))


def test_roles_of_an_import_are_taken_as_told(friday: Desk) -> None:
    """`roles` on an item says what the person was then, whatever the directory says today."""
    friday.engine.record(history()[1:2])
    item = {"case": "L-1", "kind": "moved", "at": at(1), "by": "former", "to": "qualification", "roles": ["admin"]}
    assert codes(friday.engine.record([item])) == []
    assert PEOPLE.get("former") is None
    assert sopengine.__version__
