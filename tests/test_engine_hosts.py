"""The engine and its host: objects of any shape, hooks, predicates, stores and directories that fail, threads."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Barrier, Thread
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from desk import LEAD, MONDAY, SOP, VERBS, Desk, FailingStore, RacedStore, codes, gapless, kinds, load, prepared

from sopengine import Decision, Engine, StaleCase, StaleObject, Subject, UsageError, load_text
from sopengine.store import MemoryStore


@pytest.fixture
def desk() -> Desk:
    """A desk on a Monday morning."""
    return Desk()


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
        with pytest.raises(UsageError, match=f'"name" of Broken cannot be read: {type(error).__name__}'):
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


def test_an_invalid_value_of_an_object_stays_visible() -> None:
    """While it stands, the to-do says so, after a move too; a corrected value ends that."""
    sop = load_text(
        "sop: crm\ntitle: CRM\nversion: '1'\nlanguage: en\nroles: {sales: Sales}\n"
        "fields: {discount: {type: number, max: 60, title: Discount}}\n"
        "stages: {talk: {owner: sales}, offer: {owner: sales}}\n"
    )
    engine = Engine(sop, people={"budi": "sales"}, clock=lambda: datetime(2026, 2, 2, 9, tzinfo=UTC))
    lead = {"id": "L-1", "discount": 99}
    engine.open({"id": "L-1"}, by="budi").or_raise()
    lead["stage"] = "talk"
    assert [found.code for found in engine.note(lead, "first", by="budi").findings] == ["CASE308"]
    assert [found.text("en") for found in engine.todo("L-1")] == ["What stands in Discount is not valid; Sales can correct it."]
    assert [found.text("id") for found in engine.todo("L-1")] == ["Isi Discount tidak sesuai; yang dapat memperbaikinya: Sales."]
    moved = engine.advance(lead, by="budi")
    assert moved.allowed
    assert [found.code for found in engine.todo("L-1")] == ["CASE203"]
    lead["discount"] = 20
    assert not engine.note(lead, "corrected", by="budi").findings
    assert not engine.todo("L-1")
