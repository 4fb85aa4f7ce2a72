"""What time makes true, and what has already happened: ticks, late facts, calendars that end, imports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desk import LEAD, MONDAY, PEOPLE, SOP, Desk, FailingStore, codes, gapless, kinds, load
from hypothesis import assume, given
from hypothesis import strategies as st

import sopengine
from sopengine import Engine, UsageError
from sopengine.kernel.events import Event
from sopengine.kernel.fold import fold
from sopengine.kernel.replay import standing
from sopengine.kernel.state import NEVER
from sopengine.store import Append, MemoryStore


@pytest.fixture
def desk() -> Desk:
    """A desk on a Monday morning."""
    return Desk()


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


def test_on_the_systems_clock_no_tick_runs_ahead() -> None:
    """A tick beyond now is an error that names the way out where the clock is the system's, and nothing is recorded; an
    engine that was given a clock may be run ahead of it.
    """
    engine = Engine(load(), people=PEOPLE)
    engine.open({"id": "L-1", **LEAD}, by="rina").or_raise()
    ahead = datetime.now(UTC) + timedelta(hours=2)
    with pytest.raises(UsageError, match="deadlines"):
        engine.tick(ahead)
    assert [event.kind for event in engine.history("L-1")] == ["opened"]
    assert engine.tick(datetime.now(UTC) - timedelta(hours=1)) == []
    assert [deadline.what for deadline in engine.deadlines("L-1", ahead)] == ["breached"]
    desk = Desk()
    desk.captured()
    assert kinds(desk.engine.tick(desk.now + timedelta(hours=2))) == ["breached"]


@pytest.mark.parametrize("name", ["desk", "office"])
def test_cases_of_another_sop_do_not_stop_time(name: str) -> None:
    """In a shared store each engine moves the cases of its own SOP, says once of which versions it leaves the others alone, and
    shows only its own on agendas and lists.
    """
    store, now = MemoryStore(), [MONDAY]
    sops = [load(), load(SOP.replace("sop: desk", f"sop: {name}").replace("version: \"1\"", "version: \"2\""))]
    engines = [Engine(sop, people=PEOPLE, store=store, clock=lambda: now[0]) for sop in sops]
    for number in range(3):
        for letter, engine in zip("AB", engines, strict=True):
            engine.open({"id": f"{letter}{number}", **LEAD}, by="rina").or_raise()
            now[0] += timedelta(minutes=1)
    now[0] += timedelta(hours=2)
    for letter, engine in zip("BA", reversed(engines), strict=True):
        ticked = engine.tick()
        assert [event.case for event in ticked if event.kind == "breached"] == [f"{letter}{number}" for number in range(3)]
        assert [finding.code for finding in ticked.findings] == (["CASE590"] if letter == "B" else [])
        assert {case.id[0] for case in engine.cases()} == {row.case[0] for row in engine.agenda(role="admin")} == {letter}
    now[0] += timedelta(days=1)
    engines[0].open({"id": "A9", **LEAD}, by="rina").or_raise()
    now[0] += timedelta(days=1)
    assert engines[1].tick().findings == ()


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


def test_a_tick_up_to_the_past_is_recorded_now(desk: Desk) -> None:
    """A tick that stops before now says when it was really recorded."""
    desk.captured()
    desk.later(days=2)
    events = desk.engine.tick(MONDAY + timedelta(hours=2))
    assert [event.recorded_at for event in events] == [micros(desk.now)]


def test_a_clock_that_goes_backwards_breaks_nothing(desk: Desk) -> None:
    """With a clock that was set back, acts are late facts: judged, folded in their place, never recorded before they occur."""
    lead = {"id": "L-1", **LEAD}
    desk.engine.open(lead, by="rina", at=MONDAY - timedelta(hours=3))
    desk.engine.note(lead, "x", by="rina")
    desk.now = MONDAY - timedelta(minutes=90)
    lead["name"] = "PT Mundur"
    assert desk.engine.note(lead, "y", by="rina")
    assert desk.engine.case("L-1").record["name"] == "PT Mundur"
    assert all(event.recorded_at >= event.occurred_at for event in desk.engine.history("L-1"))


def test_a_store_that_asks_for_a_deadline_nobody_has_is_put_right(desk: Desk) -> None:
    """A deadline in the store that the case does not have is corrected by a tick, which ends."""
    store = MemoryStore()
    desk = Desk(store=store)
    desk.captured()
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
    found = MemoryStore()
    for stream in store.streams():
        found.append([Append(stream, 0, store.read(stream), store._wakes.get(stream, NEVER))])
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
    ("It must be a mapping, not str", "moved"),
    ("It must be a mapping, not NoneType", None),
    ("case must be text", {"kind": "moved"}),
    ('no kind "None"', {"case": "L-1"}),
    ('no kind "moover"', {"case": "L-1", "kind": "moover"}),
    ('no kind "breached"', {"case": "L-1", "kind": "breached"}),
    ("at must be a datetime", {"case": "L-1", "kind": "noted"}),
    ("at must be a datetime with a time zone", {"case": "L-1", "kind": "noted", "at": "2026-02-02T09:00:00"}),
    ("at is not a date and time", {"case": "L-1", "kind": "noted", "at": "yesterday"}),
    ("at lies in the future", {"case": "L-1", "kind": "noted", "at": at(24 * 5), "by": "rina", "text": "x"}),
    ("by must say who acts", {"case": "L-1", "kind": "noted", "at": at(1), "text": "x"}),
    ('"moved" needs "to"', {"case": "L-1", "kind": "moved", "at": at(1), "by": "rina"}),
    ("to must be text", {"case": "L-1", "kind": "moved", "at": at(1), "by": "rina", "to": 7}),
    ('"moved" has no tow', {"case": "L-1", "kind": "moved", "at": at(1), "by": "rina", "tow": "won", "to": "won"}),
    ("changes must be a mapping", {"case": "L-1", "kind": "edited", "at": at(1), "by": "rina", "changes": [1]}),
    ('"name" cannot be stored: list', {"case": "L-1", "kind": "edited", "at": at(1), "by": "rina", "changes": {"name": [1]}}),
    ("contacted_at", {"case": "L-1", "kind": "bounced", "at": at(1), "by": "system", "contacted_at": 5}),
    ("roles must be a list", {"case": "L-1", "kind": "noted", "at": at(1), "by": "x", "text": "x", "roles": "sales"}),
    ("roles must be text", {"case": "L-1", "kind": "noted", "at": at(1), "by": "x", "text": "x", "roles": [1]}),
    ("key must be text", {"case": "L-1", "kind": "noted", "at": at(1), "by": "x", "text": "x", "key": 1}),
    ('Case "L-9" is not known', {"case": "L-9", "kind": "noted", "at": at(1), "by": "x", "text": "x"}),
    ("opened twice", {"case": "L-1", "kind": "opened", "at": at(1), "by": "rina"}),
    ('before case "L-1" was opened', {"case": "L-1", "kind": "noted", "at": at(-1), "by": "x", "text": "x"}),
    ('no SOP "ghost"', {"case": "L-2", "kind": "opened", "at": at(1), "by": "rina", "sop": "ghost"}),
    ("record must be a mapping", {"case": "L-2", "kind": "opened", "at": at(1), "by": "rina", "record": 5}),
    ("since must lie between", {"case": "L-2", "kind": "opened", "at": at(1), "by": "rina", "since": at(0)}),
]


@pytest.mark.parametrize(("says", "bad"), BAD_ITEMS, ids=[says for says, _ in BAD_ITEMS])
def test_a_malformed_item_records_nothing(friday: Desk, says: str, bad: Any) -> None:
    """When the fifth item is malformed the error has its number and says why, and the four before it are not recorded."""
    with pytest.raises(UsageError, match=f"Item 5: .*{says}.* Nothing was recorded"):
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


def test_an_import_is_one_append() -> None:
    """When the store refuses one case of an import, the other cases of it are not there either."""

    class Picky(MemoryStore):
        def append(self, batch: Sequence[Append]) -> None:
            if any(stream == "case:B" for stream, *_ in batch):
                raise OSError("no B")
            super().append(batch)

    desk = Desk(store=Picky())
    desk.later(days=4)
    with pytest.raises(OSError, match="no B"):
        desk.engine.record([*history("A"), *history("B")])
    assert not desk.engine.exists("A")


def test_a_clock_says_its_target_as_the_sop_does() -> None:
    """Working days are said as written, with the open time that they mean; hours say all by themselves."""
    text = (
        'sop: t\ntitle: T\nversion: "1"\ntimezone: Asia/Jakarta\ncalendars: {office: {hours: {mon-fri: "08:00-17:00"}}}\n'
        "stages: {talk: {owner: sales, requires: [size], sla: {finish: {target: 3 working days,"
        " by: {team: {big: 1 working day}}}, first_response: 4 working hours}}}\n"
        "fields: {size: {type: integer}}\ntables: {team: [{when: {size: '> 5'}, then: big}, {then: small}]}\n"
    )
    desk = Desk(load(text))
    desk.engine.open({"id": "L-1", "size": 2}, by="budi").or_raise()
    desk.engine.edit("L-1", {"size": 9}, by="budi").or_raise()
    said = desk.engine.clocks("L-1")["finish"].why("id")
    assert any("Batas waktunya 3 hari kerja (35 jam)" in line for line in said)
    assert any("dari 3 hari kerja (35 jam) menjadi 1 hari kerja (17 jam)" in line for line in said)
    assert any("The target is 4 working hours, counted" in line for line in desk.engine.clocks("L-1")["first_response"].why("en"))


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
    with pytest.raises(UsageError, match=r'Item 2: The key "same" was used for another command \("contacted"'):
        friday.engine.record(items)
    friday.engine.record([history()[1] | {"key": "k"}])
    with pytest.raises(UsageError, match=r'Item 1: The key "k" was used for another command \("opened" on case "L-1"'):
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


# Many late facts at once


KINDS_OF_LATE = st.lists(
    st.tuples(st.integers(0, 9 * 24 * 60), st.sampled_from(["contacted", "received", "edited", "noted", "attached"])), max_size=14
)


def late_item(minute: int, kind: str) -> dict[str, Any]:
    """Something that happened some minutes after the case was opened."""
    words = {
        "contacted": {"via": "call" if minute % 3 else "email", "answered": not minute % 7},
        "received": {"via": "whatsapp"},
        "edited": {"changes": {"need": "tinggi" if minute % 2 else "rendah"}},
        "noted": {"text": "x"},
        "attached": {"document": "contract", "type": "pdf"},
    }[kind]
    by = "customer" if kind == "received" else "budi"
    return {"case": "L-1", "kind": kind, "at": MONDAY + timedelta(minutes=minute), "by": by, **words}


def clocks_and_notices(desk: Desk) -> tuple[Any, Any]:
    """Every clock of L-1 as it stands, and the notices that stand."""
    clocks = {name: (v.state, v.due, v.breached_at, v.known) for name, v in desk.engine.clocks("L-1").items()}
    told = standing(desk.engine.history("L-1")).values()
    return clocks, {(event.kind, event.occurred_at, event.data.get("clock"), event.data.get("level")) for event in told}


@given(known=KINDS_OF_LATE, late=KINDS_OF_LATE)
def test_late_facts_told_together_are_as_if_told_one_by_one(
    known: list[tuple[int, str]], late: list[tuple[int, str]]
) -> None:
    """One import of many late facts gives the findings, the state and the standing notices of as many imports in their order, as
    long as nothing that cannot be undone was brought about between them.
    """
    together, single = Desk(), Desk()
    for desk in (together, single):
        desk.qualified()
        desk.later(days=10)
        desk.engine.record([late_item(*one) for one in sorted(known)])
        desk.engine.tick()
    items = [late_item(*one) for one in sorted(late, key=lambda one: one[0])]
    whole = together.engine.record(items)
    parts = [finding for item in items for finding in single.engine.record([item])]
    assume(not any(event.kind == "moved" and event.cause for event in single.engine.history("L-1")))
    assert sorted((f.code, repr(f.params)) for f in whole) == sorted((f.code, repr(f.params)) for f in parts)
    views = [desk.engine.case("L-1") for desk in (together, single)]
    assert views[0] == views[1]
    assert clocks_and_notices(together) == clocks_and_notices(single)


def test_many_late_facts_rebuild_a_case_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of an import of late facts does not grow with the square of their number: each fact is folded a few times."""
    desk = Desk()
    desk.qualified()
    desk.later(days=10)
    desk.engine.note("L-1", "By now.", by="budi").or_raise()
    folded: list[str] = []

    def counted(tables: Any, state: Any, event: Event) -> None:
        folded.append(event.kind)
        fold(tables, state, event)

    for module in ("sopengine.kernel.replay", "sopengine.kernel.past", "sopengine.engine.cases"):
        monkeypatch.setattr(f"{module}.fold", counted)
    desk.engine.record([late_item(minute, "noted") for minute in range(200)])
    assert len(folded) <= 3 * 210
