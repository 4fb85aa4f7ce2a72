"""Bad input of time: each is a clear error or finding with its code and place, and nothing that was told is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desk import LEAD, MONDAY, PEOPLE, Desk, codes, kinds

from sopengine import Engine, UsageError, check, load_text
from sopengine.kernel.events import Draft, case_stream
from sopengine.kernel.state import NEVER
from sopengine.store import Append, MemoryStore

SOP = """\
sop: bad-time
title: Bad time
version: "1"
timezone: Asia/Jakarta
calendars:
  office: {hours: {mon-fri: "08:00-17:00"}}
stages:
  talk:
    owner: sales
    statuses: [busy, waiting]
    sla: {finish: 8 working hours}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any}
  rest: {kind: parked, from: any, recycle: {after: 30d, to: talk, max: 2, then: lost}}
"""


def found(folder: Path, old: str, new: str) -> list[tuple[str, str, int]]:
    """What the check says of the SOP with one part replaced: code, severity and line."""
    assert old in SOP
    file = folder / "bad.yaml"
    file.write_text(SOP.replace(old, new), encoding="utf-8")
    return [(problem.code, problem.severity, problem.span.line) for problem in check(file)]


def test_the_sop_itself_is_sound(tmp_path: Path) -> None:
    """Nothing is wrong with the SOP that the other tests spoil."""
    assert found(tmp_path, "Bad time", "Good time") == []


def test_a_calendar_that_never_opens(tmp_path: Path) -> None:
    """Hours without a window, and hours that are closed on every date there is, are an error at the calendar; one that stops
    opening keeps the engine alive: a clock on it never comes due, and nothing breaks that waits for it.
    """
    assert ("SOP427", "error", 6) in found(tmp_path, '{hours: {mon-fri: "08:00-17:00"}}', "{hours: {}}")
    assert ("SOP427", "error", 6) in found(tmp_path, '"08:00-17:00"}}', '"08:00-17:00"}, closed: [1970-01-01..2199-12-31]}')
    ends = '"08:00-17:00"}, closed: [2026-02-03..2199-12-31]}'
    now = [MONDAY + timedelta(hours=4)]
    engine = Engine(load_text(SOP.replace('"08:00-17:00"}}', ends)), clock=lambda: now[0])
    engine.open({"id": "L-1"}, by="role:sales").or_raise()
    clock = engine.clocks("L-1")["finish"]
    assert (clock.state, clock.due, clock.breaches_after) == ("running", None, None)
    now[0] += timedelta(days=9999)
    assert engine.tick() == []
    assert engine.advance("L-1", by="role:sales")
    assert engine.clocks("L-1")["finish"].state == "met"


@pytest.mark.parametrize("zone", ["Asia/Jakrta", "Mars/Base", "WIB", "../../etc/passwd", "+07:00"])
def test_a_zone_that_does_not_exist(tmp_path: Path, zone: str) -> None:
    """An unknown zone is an error where it is written, at the top, in a calendar or in a directory."""
    assert ("SOP425", "error", 4) in found(tmp_path, "Asia/Jakarta", f'"{zone}"')
    told = found(tmp_path, '"08:00-17:00"}}', f'"08:00-17:00"}}, timezone: "{zone}"}}')
    assert ("SOP425", "error", 6) in told


@pytest.mark.parametrize("target", ["0h", "0m", "0d", "0 working hours", "0 working days", "0 jam kerja"])
def test_a_target_of_zero(tmp_path: Path, target: str) -> None:
    """A limit that leaves no time is an error where it is written."""
    assert found(tmp_path, "8 working hours", target) == [("SOP405", "error", 11)]


def test_a_recycle_without_an_end(tmp_path: Path) -> None:
    """Without `max` a parked case comes back for ever, which is warned of; where nobody is ever asked it is an error."""
    assert found(tmp_path, ", max: 2, then: lost", "") == [("SOP321", "warning", 15)]
    endless = "sla: {finish: 8 working hours}\n    follow_up: {max: 1, every: 1d, then: rest}"
    text = SOP.replace(", max: 2, then: lost", "").replace("sla: {finish: 8 working hours}", endless)
    (tmp_path / "round.yaml").write_text(text, encoding="utf-8")
    assert [problem.code for problem in check(tmp_path / "round.yaml")] == ["SOP304"]


def test_a_clock_of_the_whole_case_pauses_in_a_status_of_any_stage(tmp_path: Path) -> None:
    """The status is one of some stage, and pauses the clock there; one of no stage is an error at the name."""
    whole = "sla: {finish: {target: 20d, pause: [waiting]}}\nstages:\n"
    assert found(tmp_path, "stages:\n", whole) == []
    assert [code for code, _, _ in found(tmp_path, "stages:\n", whole.replace("[waiting]", "[wating]"))] == ["SOP209"]
    now = [MONDAY]
    engine = Engine(load_text(SOP.replace("stages:\n", whole)), clock=lambda: now[0])
    engine.open({"id": "L-1"}, by="role:sales").or_raise()
    engine.set_status("L-1", "waiting", by="role:sales").or_raise()
    now[0] += timedelta(days=30)
    assert (engine.clocks("L-1")["finish"].state, engine.clocks("L-1")["talk.finish"].state) == ("paused", "breached")


NAIVE: list[tuple[str, Any]] = [
    ("open", lambda e, t: e.open({"id": "X"}, by="rina", at=t)),
    ("since", lambda e, t: e.open({"id": "X"}, by="rina", since=t)),
    ("contact", lambda e, t: e.contact("L-1", via="call", by="rina", at=t)),
    ("tick", lambda e, t: e.tick(t)),
    ("deadlines", lambda e, t: e.deadlines("L-1", t)),
    ("agenda", lambda e, t: e.agenda(person="rina", at=t)),
    ("record", lambda e, t: e.record([{"case": "L-1", "kind": "noted", "at": t, "by": "rina", "text": "x"}])),
]


@pytest.mark.parametrize(("name", "call"), NAIVE, ids=[name for name, _ in NAIVE])
@pytest.mark.parametrize("wrong", [datetime(2026, 2, 2, 9), "2026-02-02T09:00:00", 1_770_000_000, "yesterday"])
def test_naive_datetimes_and_other_moments_that_are_none(name: str, call: Any, wrong: Any) -> None:
    """A moment without a zone, a number or words are an error that says so, at every door, and nothing is recorded."""
    desk = Desk()
    desk.captured()
    before = kinds(desk.engine.history("L-1"))
    with pytest.raises(UsageError) as caught:
        call(desk.engine, wrong)
    assert caught.value.told is not None
    assert kinds(desk.engine.history("L-1")) == before
    assert [case.id for case in desk.engine.cases()] == ["L-1"]


def test_a_clock_that_gives_no_moment() -> None:
    """An engine whose own clock is naive says so at the first verb, and opens nothing."""
    engine = Engine(load_text(SOP), clock=lambda: datetime(2026, 2, 2, 9))
    with pytest.raises(UsageError, match="clock"):
        engine.open({"id": "L-1"}, by="role:sales")
    assert list(engine.cases()) == []


def test_commands_from_the_future() -> None:
    """What is dated ahead is refused with its code, whoever tells it; an import of it is an error; nothing is recorded."""
    desk = Desk()
    desk.captured()
    ahead = desk.now + timedelta(minutes=1)
    for decision in (
        desk.engine.receive("L-1", via="email", at=ahead),
        desk.engine.contact("L-1", via="call", by="rina", answered=True, at=ahead),
        desk.engine.move("L-1", "qualification", by="rina", at=ahead),
    ):
        assert not decision
        assert codes(decision) == ["CASE506"]
    with pytest.raises(UsageError, match="Item 1"):
        desk.engine.record([{"case": "L-1", "kind": "noted", "at": ahead, "by": "rina", "text": "x"}])
    assert kinds(desk.engine.history("L-1")) == ["opened"]


def test_commands_out_of_order() -> None:
    """What happened earlier than what is known takes its place and is told late; before the opening or the last move there is
    no place: a finding with its code, and what others did is recorded all the same.
    """
    desk = Desk()
    desk.qualified()
    opened = desk.now
    desk.later(days=3)
    desk.engine.contact("L-1", via="call", by="budi").or_raise()
    late = desk.engine.contact("L-1", via="call", by="budi", at=opened + timedelta(hours=2))
    assert (bool(late), codes(late)) == (True, ["CASE505"])
    assert desk.engine.clocks("L-1")["first_response"].state == "met"
    before = desk.engine.receive("L-1", via="email", at=opened - timedelta(hours=1))
    assert (bool(before), "CASE507" in codes(before)) == (True, True)
    moved = desk.engine.move("L-1", "lost", by="budi", reason="harga", at=opened - timedelta(minutes=1))
    assert (bool(moved), {"CASE112", "CASE507"} <= set(codes(moved))) == (False, True)
    assert kinds(desk.engine.history("L-1")).count("received") == 1


def test_a_history_that_the_sop_does_not_allow() -> None:
    """An import is recorded whole, one finding for each thing that was not allowed, with its event; the case stands where the
    history says, so that one mistake is not many.
    """
    desk = Desk()
    start = MONDAY - timedelta(days=5)
    told = [
        {"case": "H", "kind": "opened", "at": start, "by": "rina", "record": {"name": "PT Maju"}},
        {"case": "H", "kind": "moved", "at": start + timedelta(hours=2), "by": "budi", "to": "closing"},
        {"case": "H", "kind": "ticked", "at": start + timedelta(hours=3), "by": "budi", "item": "nothing"},
        {"case": "H", "kind": "moved", "at": start + timedelta(hours=4), "by": "budi", "to": "elsewhere"},
        {"case": "H", "kind": "moved", "at": start + timedelta(hours=5), "by": "budi", "to": "lost", "reason": "bosan"},
    ]
    findings = desk.engine.record(told)
    assert [event.kind for event in desk.engine.history("H") if event.is_fact] == [item["kind"] for item in told]
    assert desk.engine.case("H").outcome == "lost"
    by_event: dict[str | None, set[str]] = {}
    for finding in findings:
        by_event.setdefault(finding.event, set()).add(finding.code)
    assert all(event is not None for event in by_event)
    named = set().union(*by_event.values())
    assert {"CASE101", "CASE502", "CASE107"} <= named
    assert all(finding.span is not None for finding in findings if finding.code in ("CASE101", "CASE107", "CASE502"))


def test_a_stream_that_no_sop_could_have_made() -> None:
    """Events of unknown kinds, unknown places and clocks in a store are read past: the case stands where it can, and acts."""
    store, sop = MemoryStore(), load_text(SOP)
    stream, now = case_stream("S"), 1_770_000_000_000_000
    drafts = [
        Draft("opened", now, "budi", ("sales",), {"stage": "talk", "record": {}}),
        Draft("levitated", now + 1, "budi", ("sales",), {"height": 3}),
        Draft("moved", now + 2, "budi", ("sales",), {"to": "nowhere"}),
        Draft("breached", now + 3, "sop", data={"clock": "gone.finish", "cycle": 1, "level": 1, "percent": 10000}),
    ]
    events = tuple(draft.placed(stream, number, now + 9, sop.hash) for number, draft in enumerate(drafts, 1))
    store.append([Append(stream, 0, events, NEVER)])
    engine = Engine(sop, people=PEOPLE, store=store, clock=lambda: datetime(2026, 2, 2, 12, tzinfo=UTC))
    assert engine.case("S").stage == "talk"
    engine.tick()
    assert engine.note("S", "Still here.", by="budi")
    assert kinds(engine.history("S"))[:4] == ["opened", "levitated", "moved", "breached"]


def test_a_name_that_is_missing_is_said_with_its_number() -> None:
    """Of many items the malformed one is named, and none is recorded."""
    desk = Desk()
    items = [{"case": f"N{n}", "kind": "opened", "at": MONDAY, "by": "rina", "record": dict(LEAD)} for n in range(3)]
    del items[2]["at"]
    with pytest.raises(UsageError, match="Item 3") as caught:
        desk.engine.record(items)
    assert caught.value.told is not None
    assert list(desk.engine.cases()) == []
