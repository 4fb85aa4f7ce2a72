"""Clocks and the names they listen to: moments are not stages, one event has one effect, and what is over is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import sopengine
from sopengine.store import MemoryStore

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 2, 2, 9, 0, tzinfo=ZONE)
HEAD = 'sop: clocks\ntitle: Clocks\nversion: "1"\ntimezone: Asia/Jakarta\n'
S = "role:s"


class Desk:
    """One case, and a clock that is set by hand."""

    def __init__(self, body: str, **record: Any) -> None:
        self.now, self.store = MONDAY, MemoryStore()
        self.sop = sopengine.load_text(HEAD + body, "clocks.yaml")
        self.engine = self.reloaded()
        self.engine.open({"id": "L", **record}, by=S).or_raise()

    def reloaded(self) -> sopengine.Engine:
        """Another engine on the same store."""
        return sopengine.Engine(self.sop, store=self.store, clock=lambda: self.now)

    def at(self, hours: float) -> sopengine.Engine:
        self.now = MONDAY + timedelta(hours=hours)
        self.engine.tick()
        return self.engine

    def state(self, clock: str) -> str:
        return str(self.engine.clocks("L")[clock].state)


@pytest.mark.parametrize("name", ["contacted", "inbound", "closed"])
def test_a_status_named_like_a_moment_is_not_the_moment(name: str) -> None:
    """Setting a status called "contacted" contacts nobody: the first response still waits."""
    body = f"stages: {{a: {{owner: s, statuses: [new, {name}], sla: {{first_response: 1h, reply: 1h}}}}}}\nsla: {{total: 9d}}\n"
    desk = Desk(body)
    desk.engine.set_status("L", name, by=S).or_raise()
    assert (desk.state("first_response"), desk.state("total")) == ("running", "running")
    assert "a.reply" not in desk.engine.clocks("L")


def test_a_stage_named_like_a_moment_is_not_the_moment() -> None:
    """A stage called "contacted" does not meet its own first response on entry."""
    desk = Desk("stages: {contacted: {owner: s, sla: {first_response: 1h}}, closed: {owner: s}}\nsla: {total: 9d}\n")
    assert desk.state("first_response") == "running"
    desk.engine.advance("L", by=S).or_raise()
    assert desk.state("total") == "running"


def test_stopping_goes_before_cancelling_within_one_event() -> None:
    """A clock until an outcome is met by the move to it, although that move also leaves the stage."""
    clocks = "{uw: {from: entered, until: won, target: 3d}, go: {from: entered, until: left, target: 1d}}"
    desk = Desk(f"stages: {{a: {{owner: s, sla: {clocks}}}}}\n")
    desk.engine.advance("L", by=S).or_raise()
    assert (desk.state("uw"), desk.state("go")) == ("met", "met")


def test_a_clock_until_the_next_stage_is_met_there() -> None:
    """The stage that a clock waits for ends it, not the leaving of its own."""
    desk = Desk("stages: {a: {owner: s, sla: {go: {from: entered, until: b, target: 3d}}}, b: {owner: s}}\n")
    desk.engine.advance("L", by=S).or_raise()
    assert desk.state("a.go") == "met"


def test_clocks_of_the_whole_case_survive_moves_whatever_their_name() -> None:
    """At the top level `finish` runs from opening to an outcome, and `first_response` to the first contact."""
    desk = Desk("stages: {a: {owner: s}, b: {owner: s}}\nsla: {finish: 14d, first_response: 1d}\n")
    desk.engine.advance("L", by=S).or_raise()
    assert desk.engine.clocks("L")["finish"].cycle == 1
    assert (desk.state("finish"), desk.state("first_response")) == ("running", "running")
    desk.engine.contact("L", via="call", by=S).or_raise()
    desk.engine.advance("L", by=S).or_raise()
    assert (desk.state("finish"), desk.state("first_response")) == ("met", "met")


def test_a_finish_with_moments_of_its_own_keeps_to_them() -> None:
    """`finish: {from: document.po, until: document.do}` runs between the two documents."""
    clocks = "{finish: {from: document.po, until: document.do, target: 1d}}"
    desk = Desk(f"documents: {{po: PO, do: DO}}\nstages: {{a: {{owner: s, documents: [po, do], sla: {clocks}}}}}\n")
    assert "a.finish" not in desk.engine.clocks("L")
    desk.engine.attach("L", "po", by=S).or_raise()
    assert desk.state("finish") == "running"
    desk.engine.attach("L", "do", by=S).or_raise()
    assert desk.state("finish") == "met"


def test_a_moment_that_a_field_names_starts_one_cycle() -> None:
    """Moving on does not start a clock again from a datetime that has had its cycle."""
    body = (
        "events: [demo_done]\nfields: {meeting_at: {type: datetime}}\nstages: {a: {owner: s}, b: {owner: s}}\n"
        "sla: {demo: {from: meeting_at, until: demo_done, target: 3d}}\n"
    )
    desk = Desk(body)
    desk.engine.edit("L", {"meeting_at": "2026-02-02T09:00:00+07:00"}, by=S).or_raise()
    desk.engine.signal("L", "demo_done", by=S).or_raise()
    desk.at(24 * 5).advance("L", by=S).or_raise()
    assert (desk.engine.clocks("L")["demo"].cycle, desk.state("demo")) == (1, "met")


def test_time_that_was_paused_is_nobodys() -> None:
    """What each holder had adds up to the time that ran: pauses are left out, whenever they were."""
    desk = Desk("stages: {a: {owner: s, statuses: [work, wait], sla: {finish: {target: 9d, pause: [wait]}}}}\n")
    desk.at(1).set_status("L", "wait", by=S).or_raise()
    desk.at(6).assign("L", "role:t", by=S).or_raise()
    desk.at(11).set_status("L", "work", by=S).or_raise()
    desk.at(12)
    clock = desk.engine.clocks("L")["finish"]
    assert clock.elapsed == timedelta(hours=2)
    assert clock.held == {S: timedelta(hours=1), "role:t": timedelta(hours=1)}


def test_a_case_at_rest_owes_no_answer() -> None:
    """Ending after-care cancels the clock of an answer, and at rest none starts."""
    stages = "stages: {a: {owner: s, next: won}, care: {owner: s, sla: {reply: 8h}}}\n"
    desk = Desk(stages + "outcomes: {won: {kind: success, then: care}}\n")
    desk.engine.advance("L", by=S).or_raise()
    desk.at(1).receive("L", via="email")
    desk.engine.advance("L", by=S).or_raise()
    assert desk.state("reply") == "cancelled"
    desk.at(2).receive("L", via="email")
    assert desk.engine.clocks("L")["reply"].cycle == 1


def test_parking_does_not_end_the_clocks_of_the_whole_case() -> None:
    """A parked case is not closed: the clock from opening to outcome goes on, through the parking and after."""
    outcomes = "outcomes: {rest: {kind: parked, from: any, recycle: {after: 2d, to: a}}}\n"
    desk = Desk("stages: {a: {owner: s}}\nsla: {total: 10d}\n" + outcomes)
    desk.engine.move("L", "rest", by=S).or_raise()
    assert desk.state("total") == "running"
    desk.at(24 * 3)
    assert (desk.engine.case("L").stage, desk.state("total"), desk.engine.clocks("L")["total"].cycle) == ("a", "running", 1)


@pytest.mark.parametrize(("clock", "cycle", "left"), [("new", 2, 10), ("continue", 1, 9)])
def test_reopening_starts_the_clocks_of_the_case_anew_or_goes_on(clock: str, cycle: int, left: int) -> None:
    """`clock: new` begins another cycle at the reopening, `continue` counts on from the opening."""
    body = f"outcomes: {{won: {{kind: success}}, lost: {{kind: failure, from: any, reopen: {{to: a, clock: {clock}}}}}}}\n"
    desk = Desk("stages: {a: {owner: s}}\nsla: {total: 10d}\n" + body)
    desk.engine.move("L", "lost", by=S, reason="opt_out").or_raise()
    desk.at(24).move("L", "a", by=S).or_raise()
    found = desk.engine.clocks("L")["total"]
    assert (found.state, found.cycle, found.due) == ("running", cycle, desk.now + timedelta(days=left))


def test_where_cases_are_assigned_the_first_holder_of_a_visit_starts_the_response() -> None:
    """It starts once somebody has the case, by assignment or by acting, and never again when it changes hands."""
    desk = Desk("stages: {a: {owner: s}, b: {owner: t, assign: {method: round_robin}, sla: {first_response: 2h}}}\n")
    desk.engine.advance("L", by=S).or_raise()
    assert "b.first_response" not in desk.engine.clocks("L")
    desk.at(1).assign("L", "role:t", by="role:t").or_raise()
    assert desk.engine.clocks("L")["first_response"].due == desk.now + timedelta(hours=2)
    desk.engine.contact("L", via="call", by="role:t").or_raise()
    desk.at(3).assign("L", "role:t2", by="role:t").or_raise()
    assert (desk.engine.clocks("L")["first_response"].cycle, desk.state("first_response")) == (1, "met")


def test_what_was_told_for_an_earlier_instant_is_told_once() -> None:
    """A late message moves the breach of the answer back; the moved breach is told once, however much comes later."""
    desk = Desk("stages: {a: {owner: s, sla: {reply: 3h}}}\n")
    desk.at(1).receive("L", via="email")
    desk.at(6).receive("L", via="email", at=MONDAY + timedelta(minutes=30))
    desk.engine.note("L", "one", by=S, at=MONDAY + timedelta(hours=2)).or_raise()
    desk.engine.note("L", "two", by=S, at=MONDAY + timedelta(hours=2)).or_raise()
    told = [e.occurred_at for e in desk.engine.history("L") if e.kind == "breached"]
    assert len(told) == len(set(told)) == 2


def test_another_engine_on_the_store_tells_what_is_still_owed() -> None:
    """A breach that a bounce brought back is told by whoever ticks next, also when the case was read anew."""
    desk = Desk("stages: {a: {owner: s, sla: {first_response: 1h, finish: 5h}}}\n")
    contact = desk.at(0.5).contact("L", via="email", by=S)
    desk.at(6.5)
    desk.engine.bounce("L", contact.events[-1].id).or_raise()
    desk.engine = desk.reloaded()
    told = {(e.kind, e.data["clock"]) for e in desk.engine.tick()} | {
        (e.kind, e.data["clock"]) for e in desk.engine.history("L") if e.kind == "breached"
    }
    assert told == {("breached", "a.first_response"), ("breached", "a.finish")}


def test_a_default_stands_in_for_an_empty_value() -> None:
    """A record that has the field as None, as any dataclass has, gets the default as one that lacks it."""
    body = "fields: {discount: {type: percent, default: 5}}\nstages: {a: {owner: s, requires: [discount]}}\n"
    assert Desk(body, discount=None).engine.case("L").record["discount"] == 5


def test_a_blank_reason_is_none() -> None:
    """Spaces are no reason for going back, and no note where one is asked for."""
    lost = "{kind: failure, from: any, reasons: [{code: x, note: required}]}"
    desk = Desk(f"stages: {{a: {{owner: s}}, b: {{owner: s, back: [a]}}}}\noutcomes: {{won: {{kind: success}}, lost: {lost}}}\n")
    desk.engine.advance("L", by=S).or_raise()
    assert [f.code for f in desk.engine.move("L", "a", by=S, reason="  ").findings] == ["CASE109"]
    assert [f.code for f in desk.engine.move("L", "lost", by=S, reason="x", note=" ").findings] == ["CASE108"]
