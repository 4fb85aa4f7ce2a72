"""Every verb and its decision, wrong calls, openings, keys, views: the engine as a host program sees it."""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from desk import LEAD, MONDAY, SOP, VERBS, Desk, codes, kinds, load, prepared

from sopengine import Decision, Engine, Refused, UnknownCase, UsageError
from sopengine.engine.acts import How
from sopengine.store import MemoryStore


@pytest.fixture
def desk() -> Desk:
    """A desk on a Monday morning."""
    return Desk()


def call(desk: Desk, verb: str, **how: Any) -> Decision:
    """One verb with its usual words on case L-1."""
    words, more = VERBS[verb]
    decision: Decision = getattr(desk.engine, verb)("L-1", *words, **{"by": "rina", **more, **how})
    return decision


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
    assert tuple(event for event in decision.events if event.case == "L-1") == desk.engine.history("L-1")[before:]
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
    """The list of verbs of these tests is the engine's: whatever is public and returns a decision, besides `open`.

    `delivered` is no verb: it reports on a message that a tick handed out, in nobody's name.
    """
    public = [(name, member) for name, member in vars(Engine).items() if inspect.isfunction(member) and name[0] != "_"]
    verbs = {name for name, member in public if typing.get_type_hints(member).get("return") is Decision}
    assert verbs == {*VERBS, "open", "delivered"}


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
    ("changes, key must be text", lambda e: e.edit("L-1", {7: "X"}, by="rina")),  # type: ignore[dict-item]
    ('needs "changes"', lambda e: e.edit("L-1", None, by="rina")),  # type: ignore[arg-type]
    ("to must be text", lambda e: e.move("L-1", 7, by="rina")),  # type: ignore[arg-type]
    ('needs "to"', lambda e: e.move("L-1", None, by="rina")),  # type: ignore[arg-type]
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
    ('knows nobody called "ghost"', lambda e: e.assign("L-1", "ghost", by="rina")),
    ("to must be text", lambda e: e.assign("L-1", 4, by="rina")),  # type: ignore[arg-type]
    ("not the id of an outbound contact", lambda e: e.bounce("L-1", "case:L-1/1")),
    ("not the id of an outbound contact", lambda e: e.bounce("L-1", 7)),  # type: ignore[arg-type]
    ('no template "ghost"', lambda e: e.message("L-1", "ghost", by="rina")),
    ('no stage or outcome "ghost"', lambda e: e.on_enter("ghost")),
    ("no stage or outcome", lambda e: e.on_exit("")),
    ('no SOP "ghost"', lambda e: e.open({"id": "L-2"}, by="rina", sop="ghost")),
    ("not on text", lambda e: e.open("L-2", by="rina")),
    ('dict has no "id"', lambda e: e.open({}, by="rina")),
    ('int has no "id"', lambda e: e.note(1042, "x", by="rina")),
    ('NoneType has no "id"', lambda e: e.note(None, "x", by="rina")),
    ("is no id, but list", lambda e: e.open({"id": ["L-2"]}, by="rina")),
    ("is no id, but bool", lambda e: e.open({"id": True}, by="rina")),
    ("id must have 1 to 200", lambda e: e.open({"id": ""}, by="rina")),
    ("id must have 1 to 200", lambda e: e.open({"id": "x" * 201}, by="rina")),
    ("id has characters", lambda e: e.open({"id": "L\n2"}, by="rina")),
    ("id has characters", lambda e: e.note("L\ud8002", "x", by="rina")),
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
    with pytest.raises(UsageError, match='SOPs have the id "desk"'):
        Engine(sop, load(SOP.replace('version: "1"', 'version: "2"')))
    with pytest.raises(UsageError, match=r"in memory only.*sqlite:///x"):
        Engine(sop, store="sqlite:///x")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="people"):
        Engine(sop, people=7)
    with pytest.raises(UsageError, match="clock must be a datetime"):
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
        desk.engine.open({"id": "L-1"}, by="budi", at=MONDAY - hour, since=MONDAY - 2 * hour, stage="closing")
    for how in ({}, {"at": MONDAY - hour}):
        assert codes(desk.engine.open({"id": "L-1"}, by="budi", since=MONDAY + hour, stage="closing", **how)) == ["CASE506"]
    both = desk.engine.open({"id": "L-1"}, by="budi", at=MONDAY - 2 * hour, since=MONDAY - hour, stage="closing")
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


def test_who_may_not_act_is_called_by_name() -> None:
    """A refusal and a deviation call people as the directory does; an id stands where it knows no name."""
    people = {"rina": "admin", "u-17": {"name": "Budi Santoso", "roles": "sales"}, "sari": "manager"}
    desk = Desk(people=people)
    desk.captured()
    told = {
        "move": desk.engine.move("L-1", "qualification", by="u-17").findings[0],
        "edit": desk.engine.edit("L-1", {"name": "X"}, by="u-17").findings[0],
        "open": desk.engine.open({"id": "L-2"}, by="u-17").findings[0],
        "record": desk.engine.record([{"case": "L-1", "kind": "ticked", "item": "cek", "by": "u-17", "at": MONDAY}])[0],
    }
    for finding in told.values():
        assert finding.code == "CASE102"
        assert "not Budi Santoso (Tim Penjualan)" in finding.text("en")
        assert "bukan Budi Santoso" in finding.text("id")
    assert "not sari (" in desk.engine.edit("L-1", {"name": "X"}, by="sari").findings[0].text("en")


def test_a_mistake_of_users_is_told_in_their_language(desk: Desk) -> None:
    """The text of an error is English, for programmers; the sentence for users comes with it."""
    desk.captured()
    with pytest.raises(UsageError, match="knows nobody") as caught:
        desk.engine.assign("L-1", "hantu", by="rina")
    assert caught.value.text("id") == 'Tidak ada orang bernama "hantu" di direktori.'
    with pytest.raises(UsageError, match="dry_run must be") as caught:
        desk.engine.note("L-1", "x", by="rina", dry_run=1)  # type: ignore[arg-type]
    assert caught.value.text("id") == "dry_run harus True atau False, bukan 1."


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
    with pytest.raises(UsageError, match='key "k" was used for another command \\("noted" on case "L-1"\\)'):
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
    first = engine.next_attempt("L-1")
    assert first is not None
    assert (first.number, first.reason.code) == (0, "follow_up.first")
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
    waiting = engine.next_attempt("L-1")
    assert waiting is not None
    assert (waiting.number, waiting.reason.code) == (None, "follow_up.waiting")
    engine.move("L-1", "lost", by="budi", reason="harga").or_raise()
    assert (engine.todo("L-1"), engine.next_attempt("L-1"), engine.case("L-1").place) == ((), None, "lost")
    assert codes(engine.todo("L-1", to="won")) == ["CASE113"]


def test_what_todo_lists_is_what_a_move_is_refused_for(desk: Desk) -> None:
    """The same gate: `todo` and a refused move say the same, sentence by sentence."""
    desk.closing()
    refused = desk.engine.move("L-1", "won", by="budi")
    assert [f.text() for f in desk.engine.todo("L-1")] == [f.text() for f in refused.findings]
    assert codes(refused) == ["CASE204"]
