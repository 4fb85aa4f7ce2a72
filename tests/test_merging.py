"""Two cases become one: what the survivor keeps, what ends, where later facts go; clock point 7 by a plain second opinion."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sopengine
from sopengine import Engine
from sopengine.errors import UsageError
from sopengine.kernel.replay import replay
from sopengine.store import MemoryStore

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 2, 2, 9, tzinfo=JAKARTA)
SOP = """
sop: leads
title: Leads
version: "1"
language: en
timezone: Asia/Jakarta
identity: {same_if: [[phone], [email]], on_duplicate: merge}
events: [demo_asked, demo_done]
fields:
  name: {type: string}
  phone: {type: phone}
  email: {type: email}
  budget: {type: money, currency: IDR}
roles: {sales: {title: Sales, reports_to: boss}, boss: Boss}
documents: {form: Form, offer: {title: Offer, valid_for: 14d}}
sla:
  whole: {from: opened, until: closed, target: 30d}
  demo: {from: demo_asked, until: demo_done, target: 10h}
stages:
  capture:
    owner: sales
    checklist: {checked: Checked}
    next: [talk]
  talk:
    owner: sales
    statuses: {fresh: Fresh, waiting: {title: Waiting, waits_for: customer}}
    sla: {first_response: 4h, reply: 6h, finish: 48h}
    follow_up: {max: 3, every: 1d, via: [whatsapp], then: lost}
    next: [boss_talk, won]
  boss_talk: {owner: boss}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any}
  later: {kind: parked, from: any, recycle: {after: 30d, to: talk}}
  rest: {kind: parked, from: any}
"""
PEOPLE = {"ani": "sales", "budi": "sales", "sari": "boss", "tono": "guest"}


class Shop:
    """An engine on one SOP, and a clock that is set by hand, in hours from Monday 09:00."""

    def __init__(self, text: str = SOP, **how: Any) -> None:
        self.now = MONDAY
        self.engine = Engine(sopengine.load_text(text, "leads.yaml"), people=PEOPLE, clock=lambda: self.now, **how)

    def at(self, hours: float) -> Shop:
        """The clock so many hours after the start, with everything that time has made true."""
        self.now = MONDAY + timedelta(hours=hours)
        self.engine.tick()
        return self

    def open(self, case: str, by: str = "ani", stage: str = "talk", **record: Any) -> Any:
        return self.engine.open({"id": case, **record}, by=by, stage=stage)

    def two(self, later: float = 0) -> Shop:
        """A and, some hours later, B, both in talk."""
        self.open("A").or_raise()
        self.at(later).open("B", by="budi").or_raise()
        return self

    def merge(self, case: str = "B", into: str = "A", by: str = "ani", **how: Any) -> Any:
        return self.engine.merge(case, into, by=by, **how)

    def state(self, case: str, clock: str) -> tuple[str, float | None]:
        view = self.engine.clocks(case)[clock]
        return view.state, hours(view.started_at)

    def check(self) -> None:
        """Each case is what its own stream alone makes of it."""
        for case in [view.id for view in self.engine.cases()]:
            live = self.engine.live(case)
            rebuilt = replay(live.tables, case, self.engine.history(case), at=micro(hours(self.now))).state
            for name in ("clocks", "past", "touches", "series", "facts", "documents", "place", "merged_into", "unanswered_at"):
                assert getattr(rebuilt, name) == getattr(live.state, name), (case, name)


def hours(at: datetime) -> float:
    return (at - MONDAY) / timedelta(hours=1)


def codes(found: Any) -> list[str]:
    return [finding.code for finding in getattr(found, "findings", found)]


# What is opened twice ------------------------------------------------------------------------------------------------------


def test_a_new_record_is_merged_at_once_into_the_case_that_is_there() -> None:
    """The opening and both sides of the merge are stored together; the decision says which case goes on."""
    shop = Shop()
    shop.open("A", phone="0811 234 5678", name="Ani")
    decision = shop.at(1).open("B", by="budi", phone="+62811 234 5678", name="Ani K.", email="a@contoh.id")
    assert codes(decision) == ["CASE563"]
    assert [(e.case, e.kind, e.by) for e in decision.events] == [
        ("B", "opened", "budi"), ("B", "merged", "sop"), ("A", "merged", "sop"),
    ]  # fmt: skip
    assert (decision.case.merged_into, decision.case.stage, decision.case.outcome) == ("A", None, None)
    assert shop.engine.case("A").record == {"phone": "0811 234 5678", "name": "Ani", "email": "a@contoh.id"}
    assert shop.at(2).open("C", email="A@contoh.id").case.merged_into == "A"
    shop.check()


def test_the_oldest_of_several_goes_on_and_the_rest_are_told() -> None:
    """A record that is the same as two cases is merged into the older one; what to do with the other is a person's decision."""
    shop = Shop()
    shop.open("A", phone="0811 234 5678")
    shop.at(1).open("B", email="a@contoh.id")
    decision = shop.at(2).open("C", phone="0811 234 5678", email="a@contoh.id")
    assert [(f.code, f.params["case"]) for f in decision.findings] == [("CASE563", "A"), ("CASE564", "B")]
    assert [one.case for one in shop.engine.duplicates("A")] == ["B"]


def test_a_parked_case_is_taken_up_again_by_a_new_record() -> None:
    """A customer who comes back under a new record wakes the parked case; where it has no way back both are told apart."""
    shop = Shop()
    shop.open("A", phone="0811 234 5678").or_raise()
    shop.engine.move("A", "later", by="ani", reason="no_response").or_raise()
    assert codes(shop.at(5).open("B", phone="0811 234 5678")) == ["CASE563"]
    assert (shop.engine.case("A").stage, shop.engine.case("B").merged_into) == ("talk", "A")
    shop.check()
    shop = Shop()
    shop.open("A", phone="0811 234 5678").or_raise()
    shop.engine.move("A", "rest", by="ani", reason="no_response").or_raise()
    assert codes(shop.at(5).open("B", phone="0811 234 5678")) == ["CASE564"]
    assert shop.engine.case("B").stage == "talk"


# What the survivor has -----------------------------------------------------------------------------------------------------


def test_own_values_win_and_empty_ones_are_filled() -> None:
    """Facts, documents and wishes of the loser that the survivor lacks are taken over; ticks and its history are not."""
    shop = Shop().two()
    shop.engine.edit("A", {"name": "Ani"}, by="ani").or_raise()
    shop.engine.edit("B", {"name": "Budi", "budget": 5}, by="budi").or_raise()
    shop.engine.attach("A", "form", by="ani", name="a.pdf").or_raise()
    shop.engine.attach("B", "form", by="budi", name="b.pdf").or_raise()
    shop.engine.attach("B", "offer", by="budi", name="offer.pdf", content=b"x").or_raise()
    shop.engine.opt_out("B", via="sms").or_raise()
    offer = shop.engine.documents("B")["offer"]
    shop.at(3).merge().or_raise()
    assert shop.engine.case("A").record == {"name": "Ani", "budget": 5}
    papers = shop.engine.documents("A")
    assert (papers["form"].file, papers["offer"].file, papers["offer"].by) == ("a.pdf", "offer.pdf", "budi")
    assert (papers["offer"].valid_until, papers["offer"].version) == (offer.valid_until, offer.version)
    assert codes(shop.engine.contact("A", via="sms", by="ani")) == ["CASE411"]
    assert [event.kind for event in shop.engine.history("B")][-1] == "merged"
    assert shop.engine.case("B").record["name"] == "Budi"
    shop.check()


def test_the_earlier_start_counts_and_no_breach_lies_before_the_merge() -> None:
    """A young case that takes an old one over has its start; what is late by that start is late right after the merge."""
    shop = Shop()
    shop.open("B", by="budi").or_raise()
    shop.at(46).open("A").or_raise()
    assert shop.state("A", "finish") == ("running", 46)
    shop.at(47).merge("B", "A").or_raise()
    assert shop.state("A", "finish") == ("running", 0)
    assert hours(shop.engine.clocks("A")["finish"].breaches_after) == 48
    assert shop.state("B", "finish") == ("merged", 0)
    assert shop.state("B", "first_response") == ("missed", 0)
    assert shop.state("A", "whole") == ("running", 0)
    assert shop.state("A", "first_response") == ("running", 0)
    assert hours(shop.engine.clocks("A")["first_response"].breaches_after) == 47
    shop.at(50)
    late = shop.engine.clocks("A")["first_response"]
    assert late.breached_at == MONDAY + timedelta(hours=47, microseconds=1)
    assert sum(late.held.values(), timedelta()) == late.elapsed
    assert [line for lang in ("en", "id") for line in shop.engine.clocks("B")["finish"].why(lang)]
    shop.check()


def test_a_touch_of_the_other_case_is_the_first_contact() -> None:
    """Somebody had called: the survivor's first response is met at that moment, and the next contact is an attempt."""
    shop = Shop().two(1)
    shop.at(2).engine.contact("B", via="whatsapp", by="budi").or_raise()
    shop.at(3).merge().or_raise()
    view = shop.engine.clocks("A")["first_response"]
    assert (view.state, hours(view.ended_at)) == ("met", 2)
    assert shop.engine.next_attempt("A").number == 1
    assert codes(shop.at(4).engine.contact("A", via="whatsapp", by="ani")) == ["CASE402"]
    shop.check()


def test_attempts_of_both_are_counted_together() -> None:
    """Three attempts in all, whoever made them, and then trying is over."""
    shop = Shop().two(1)
    for day, case, by in ((2, "A", "ani"), (26, "B", "budi"), (50, "A", "ani"), (74, "B", "budi")):
        shop.at(day).engine.contact(case, via="whatsapp", by=by).or_raise()
    shop.at(75).merge().or_raise()
    assert shop.engine.case("A").attempts == 3
    assert codes(shop.at(100).engine.contact("A", via="whatsapp", by="ani")) == ["CASE401"]
    assert shop.at(200).engine.case("A").outcome == "lost"
    shop.check()


def test_an_unanswered_message_of_the_other_case_waits_in_the_survivor() -> None:
    """Its clock runs from when it came; an answer that the survivor gave since has answered it."""
    shop = Shop().two(1)
    shop.at(2).engine.receive("B", via="email").or_raise()
    shop.engine.set_status("A", "waiting", by="ani").or_raise()
    shop.at(3).merge().or_raise()
    assert shop.state("A", "reply") == ("running", 2)
    assert shop.engine.case("A").status == "fresh"
    shop.check()
    shop = Shop().two(1)
    shop.at(2).engine.receive("B", via="email").or_raise()
    shop.at(2.5).engine.contact("A", via="email", by="ani").or_raise()
    shop.at(3).merge().or_raise()
    assert "reply" not in shop.engine.clocks("A")
    assert shop.state("B", "reply") == ("merged", 2)
    shop.check()


def test_an_answer_of_the_other_case_ends_the_survivors_waiting() -> None:
    """The customer wrote to one and was answered from the other."""
    shop = Shop().two(1)
    shop.at(2).engine.receive("A", via="email").or_raise()
    shop.at(3).engine.contact("B", via="email", by="budi").or_raise()
    shop.at(4).merge().or_raise()
    view = shop.engine.clocks("A")["reply"]
    assert (view.state, hours(view.ended_at)) == ("met", 3)
    assert shop.engine.live("A").state.unanswered_at is None
    shop.check()


def test_what_was_asked_of_the_other_case_is_still_to_be_done() -> None:
    """A clock that an event started goes on in the survivor, from its own start."""
    shop = Shop().two(1)
    shop.at(2).engine.signal("B", "demo_asked", by="budi").or_raise()
    shop.at(9).merge().or_raise()
    assert shop.state("A", "demo") == ("running", 2)
    assert hours(shop.engine.clocks("A")["demo"].breaches_after) == 12
    shop.check()


def test_a_breach_is_not_healed_by_the_other_case() -> None:
    """What was late in the survivor stays late, although the other case had called in time."""
    shop = Shop().two(1)
    shop.at(2).engine.contact("B", via="whatsapp", by="budi").or_raise()
    shop.at(5).merge().or_raise()
    view = shop.engine.clocks("A")["first_response"]
    assert (view.state, hours(view.ended_at)) == ("missed", 5)
    shop.check()


def test_whoever_held_the_other_case_holds_one_that_nobody_had() -> None:
    """As long as they are an owner where the survivor stands."""
    shop = Shop()
    shop.engine.open({"id": "A"}, by="sari", stage="talk").or_raise()
    assert shop.engine.case("A").holder is None
    shop.open("B", by="budi").or_raise()
    shop.merge(by="sari").or_raise()
    assert shop.engine.case("A").holder == "budi"
    shop.check()


# Who, and which ------------------------------------------------------------------------------------------------------------


def test_who_merges_may_act_on_both() -> None:
    """An owner of only one of the stages, or a guest, does not; a superior of both does."""
    shop = Shop()
    shop.open("A", by="sari", stage="boss_talk").or_raise()
    shop.open("B").or_raise()
    assert codes(shop.merge(by="tono")) == ["CASE102", "CASE102"]
    assert codes(shop.merge(by="ani")) == ["CASE102"]
    assert shop.merge(by="sari")


def test_what_cannot_be_merged_is_said() -> None:
    """With itself, with what has ended or was merged away or rests for good, and not before what happened since."""
    shop = Shop().two()
    for case in ("C", "D", "E"):
        shop.open(case).or_raise()
    assert codes(shop.merge("A", "A")) == ["CASE565"]
    shop.engine.move("C", "lost", by="ani", reason="no_response").or_raise()
    shop.engine.move("D", "rest", by="ani", reason="no_response").or_raise()
    for case, into in (("A", "C"), ("C", "A"), ("A", "D")):
        decision = shop.merge(case, into)
        assert codes(decision) == ["CASE568"], (case, into)
        assert decision.findings[0].text("en") != decision.findings[0].text("id")
    shop.at(1).engine.note("A", "halo", by="ani").or_raise()
    assert codes(shop.merge("B", "A", at=MONDAY + timedelta(minutes=5))) == ["CASE568"]
    shop.merge("B", "A").or_raise()
    assert codes(shop.merge("E", "B")) == ["CASE568"]
    assert codes(shop.merge("A", "B")) == ["CASE568"]
    assert codes(shop.merge("B", "E")) == ["CASE560"]


# Afterwards ----------------------------------------------------------------------------------------------------------------


def test_wishes_on_a_merged_case_name_the_survivor() -> None:
    """Each is refused with where to go; it is on nobody's agenda, has no deadline, and a tick does nothing to it."""
    shop = Shop().two()
    shop.merge().or_raise()
    assert codes(shop.engine.edit("B", {"name": "X"}, by="ani")) == ["CASE560"]
    assert codes(shop.engine.advance("B", by="ani")) == ["CASE560"]
    assert codes(shop.engine.contact("B", via="email", by="ani")) == ["CASE560"]
    assert "merged into A" in shop.engine.move("B", "won", by="ani").findings[0].text("en")
    assert codes(shop.engine.todo("B")) == ["CASE560"]
    assert shop.engine.deadlines("B") == []
    assert shop.engine.next_attempt("B") is None
    assert {row.case for row in shop.engine.agenda(role="sales")} == {"A"}
    length = len(shop.engine.history("B"))
    shop.at(500)
    assert len(shop.engine.history("B")) == length
    assert [(view.id, view.merged_into) for view in shop.engine.cases()] == [("A", None), ("B", "A")]


def test_a_wish_is_not_dated_before_the_merge() -> None:
    """What could have been done at the time is too late now: the record and the place of the case have gone on elsewhere."""
    shop = Shop().two(1)
    shop.merge().or_raise()
    shop.at(3)
    before = shop.engine.history("B")
    for hour in (0.5, 1, 2):
        at = MONDAY + timedelta(hours=hour)
        assert codes(shop.engine.move("B", "won", by="ani", at=at)) == ["CASE560"]
        assert codes(shop.engine.edit("B", {"name": "X"}, by="ani", at=at)) == ["CASE560"]
        assert codes(shop.engine.move("B", "won", by="ani", at=at, dry_run=True)) == ["CASE560"]
    assert shop.engine.history("B") == before


def test_a_survivor_may_have_been_called_before_it_was_opened() -> None:
    """A call that was logged with an instant before the opening belongs to no visit, and stops no merge."""
    shop = Shop().two(1)
    for case in ("A", "B"):
        shop.engine.contact(case, via="call", by="ani", at=MONDAY - timedelta(hours=1)).or_raise()
    shop.merge().or_raise()
    assert [made.stage for made in shop.engine.live("A").state.touches] == ["", ""]
    shop.check()


def test_what_has_happened_is_recorded_on_the_survivor() -> None:
    """A message, a bounce, an opt-out, a call that was made: none is refused, none is lost, and a key repeats it once."""
    shop = Shop().two(1)
    made = shop.at(2).engine.contact("B", via="whatsapp", by="budi")
    shop.at(3).merge().or_raise()
    decision = shop.at(4).engine.receive("B", via="email", text="Halo", key="k1")
    assert (decision.case.id, codes(decision)) == ("A", ["CASE569"])
    assert shop.engine.receive("B", via="email", text="Halo", key="k1") is decision
    assert shop.engine.live("A").state.unanswered_at is not None
    assert "CASE569" in codes(shop.engine.contact("B", via="call", by="ani", at=shop.now - timedelta(minutes=10)).or_raise())
    bounced = shop.at(5).engine.bounce("B", made.events[-1].id)
    assert (bounced.case.id, bounced.allowed) == ("A", True)
    assert len([touch for touch in shop.engine.live("A").state.touches if touch.outbound]) == 1
    assert shop.engine.opt_out("B", via="sms").case.id == "A"
    assert [event.kind for event in shop.engine.history("B")][-1] == "merged"
    shop.check()


def test_a_late_fact_leaves_the_merge_as_it_was() -> None:
    """The survivor is refolded from its own stream: what was told at the merge still stands on the event."""
    shop = Shop().two(1)
    shop.at(2).engine.contact("B", via="whatsapp", by="budi").or_raise()
    shop.at(3).merge().or_raise()
    shop.at(10).engine.receive("A", via="email", at=MONDAY + timedelta(hours=1.5)).or_raise()
    assert shop.engine.clocks("A")["first_response"].state == "met"
    assert shop.engine.live("A").state.unanswered_at is None
    shop.check()


def test_a_chain_of_merges_leads_to_the_last() -> None:
    """C into B into A: what is told of C is recorded on A, and A answers for the records of all."""
    shop = Shop().two()
    shop.open("C", email="c@contoh.id").or_raise()
    shop.merge("C", "B").or_raise()
    shop.merge("B", "A").or_raise()
    assert shop.engine.receive("C", via="email").case.id == "A"
    assert shop.engine.case("A").record == {"email": "c@contoh.id"}
    shop.engine.edit("A", {"email": "other@contoh.id"}, by="ani").or_raise()
    assert shop.open("D", email="c@contoh.id").case.merged_into == "A"
    shop.check()


def test_a_host_object_of_a_merged_case_is_left_as_it_is() -> None:
    """No stage is written into it, and its next act is refused with the survivor's name."""
    shop = Shop()
    shop.open("A").or_raise()
    lead: dict[str, Any] = {"id": "B"}
    shop.engine.open(lead, by="ani").or_raise()
    shop.engine.merge(lead, "A", by="ani").or_raise()
    assert lead["stage"] == "capture"
    assert codes(shop.engine.edit(lead, {"name": "x"}, by="ani")) == ["CASE560"]


class Failing(MemoryStore):
    """A store that fails while `broken` is set."""

    broken = False

    def append(self, batch: Any) -> None:
        if self.broken:
            raise OSError("disk full")
        super().append(batch)


def test_a_store_that_fails_leaves_both_untouched() -> None:
    """Neither stream grows, neither case changes; trying again merges them. A dry run changes nothing either."""
    store = Failing()
    shop = Shop(store=store).two()
    before = [shop.engine.history(case) for case in "AB"]
    store.broken = True
    with pytest.raises(OSError, match="disk full"):
        shop.merge()
    store.broken = False
    assert [shop.engine.history(case) for case in "AB"] == before
    assert shop.engine.case("B").merged_into is None
    dry = shop.merge(dry_run=True)
    assert [(event.case, event.kind) for event in dry.events] == [("B", "merged"), ("A", "merged")]
    assert shop.engine.case("B").merged_into is None
    assert shop.merge()


# What is taken in ----------------------------------------------------------------------------------------------------------


def item(kind: str, case: str, at: float, **words: Any) -> dict[str, Any]:
    return {"case": case, "kind": kind, "at": MONDAY + timedelta(hours=at), "by": "ani", **words}


def test_a_recorded_merge_gives_what_the_live_one_gives() -> None:
    """The same acts, done or taken in afterwards in any order, leave both cases the same."""
    live = Shop()
    live.open("A", name="Ani").or_raise()
    live.at(1).open("B", budget=5).or_raise()
    live.at(2).engine.contact("B", via="whatsapp", by="ani").or_raise()
    live.at(3).merge().or_raise()
    live.at(4).engine.receive("B", via="email").or_raise()
    live.at(30)
    taken = Shop()
    taken.now = MONDAY + timedelta(hours=30)
    items = [
        item("received", "B", 4, via="email"),
        item("merged", "B", 3, into="A"),
        item("opened", "A", 0, stage="talk", record={"name": "Ani"}),
        item("contacted", "B", 2, via="whatsapp"),
        item("opened", "B", 1, stage="talk", record={"budget": 5}),
    ]
    taken.engine.record(items)
    for case in "AB":
        one, other = live.engine.live(case).state, taken.engine.live(case).state
        for name in ("facts", "touches", "series", "place", "merged_into", "unanswered_at", "holder"):
            assert getattr(one, name) == getattr(other, name), (case, name)
        ended = [[(c.name, c.verdict, c.started_at, c.ended_at) for c in state.past] for state in (one, other)]
        assert ended[0] == ended[1]
        assert {c.name: c.started_at for c in one.clocks.values()} == {c.name: c.started_at for c in other.clocks.values()}
    taken.check()


def test_an_import_into_a_merged_case_goes_to_the_survivor() -> None:
    """What happened goes on, also what happened before the merge; another act is recorded where it was, with a finding."""
    shop = Shop().two(1)
    shop.at(3).merge().or_raise()
    shop.at(10)
    found = shop.engine.record(
        [item("received", "B", 4, via="email"), item("received", "B", 2, via="email"), item("moved", "B", 5, to="won")]
    )
    assert "CASE560" in codes(found)
    assert len(shop.engine.live("A").state.touches) == 2
    assert shop.engine.case("B").merged_into == "A"
    assert shop.engine.case("B").outcome is None
    shop.check()


def test_an_impossible_merge_in_an_import_is_a_mistake() -> None:
    """Into itself, in a circle, into nobody, before its opening: with the number of the item, and nothing is recorded."""
    shop = Shop()
    shop.now = MONDAY + timedelta(hours=30)
    both = [item("opened", "A", 0), item("opened", "B", 1)]
    for wrong in (
        [item("merged", "B", 3, into="B")],
        [item("merged", "B", 3, into="A"), item("merged", "A", 4, into="B")],
        [item("merged", "B", 3, into="Z")],
        [item("merged", "A", 0.5, into="B")],
    ):
        with pytest.raises(UsageError, match="othing was recorded"):
            shop.engine.record([*both, *wrong])
        assert not shop.engine.exists("A")


# A second opinion ----------------------------------------------------------------------------------------------------------

ACTS = st.dictionaries(st.integers(1, 40), st.tuples(st.sampled_from("AB"), st.sampled_from(["out", "in"])), max_size=8)
OPEN = SOP.replace("max: 3, every: 1d, via: [whatsapp], then: lost", "max: 50")


class Plain:
    """Two leads in one stage by hand, in whole hours: one list of touches, and what follows from all of them together."""

    def __init__(self, opened: dict[str, int], acts: dict[int, tuple[str, str]], merged: int, survivor: str) -> None:
        self.opened, self.merged, self.survivor, self.since = opened, merged, survivor, opened[survivor]
        self.loser = "B" if survivor == "A" else "A"
        self.acts = [(hour, *acts[hour]) for hour in sorted(acts) if opened[acts[hour][0]] < hour < merged]

    def waiting(self) -> int | None:
        """Since when the customer waits for an answer."""
        since = None
        for hour, _, kind in self.acts:
            since = None if kind == "out" else hour if since is None else since
        return since

    def first(self, since: int, cases: str) -> int | None:
        """The first time from `since` on that somebody got in touch from one of these cases."""
        return next((hour for hour, case, kind in self.acts if kind == "out" and case in cases and hour >= since), None)

    def attempts(self) -> int:
        """The attempts of the survivor's visit since the customer was last heard."""
        waits, contacted, made = False, False, 0
        for hour, _, kind in self.acts:
            inside = hour >= self.since
            if kind == "in":
                waits, made = True, 0 if inside else made
                continue
            made += inside and contacted and not waits
            waits, contacted = False, contacted or inside
        return made

    def response(self) -> tuple[str, int]:
        """How the first response stands right after the merge, and since when its clock has run."""
        own = self.first(self.since, self.survivor)
        if own is not None:
            return ("met" if own - self.since <= 4 else "missed"), self.since
        late = self.merged - self.since > 4
        if self.first(self.since, "AB") is not None:
            return ("missed" if late else "met"), self.since
        starts = [self.since] if self.first(0, self.loser) is not None else list(self.opened.values())
        return ("breached" if late else "running"), min(starts)


@settings(max_examples=80, deadline=None)
@given(ACTS, st.integers(0, 30), st.integers(1, 15), st.sampled_from("AB"))
def test_a_merge_agrees_with_one_list_of_touches(acts: dict[int, Any], later: int, after: int, survivor: str) -> None:
    """Response, waiting, attempts and starts are what one list of all touches says, and nothing is late before the merge."""
    plain = Plain({"A": 0, "B": later}, acts, later + after, survivor)
    shop = Shop(OPEN)
    shop.open("A").or_raise()
    for hour, case, kind in sorted([*plain.acts, (later, "B", "open")]):
        shop.at(hour)
        if kind == "open":
            shop.open("B", by="budi").or_raise()
        elif kind == "out":
            shop.engine.contact(case, via="email", by="ani").or_raise()
        else:
            shop.engine.receive(case, via="email").or_raise()
    shop.at(plain.merged)
    before = {(c.name, c.cycle): c.breached_at for c in cycles(shop, survivor)}
    losing = {c.name: c.breached_at for c in shop.engine.live(plain.loser).state.clocks.values()}
    shop.merge(plain.loser, survivor).or_raise()
    state, waits = shop.engine.live(survivor).state, plain.waiting()
    assert state.unanswered_at == (None if waits is None else micro(waits))
    assert shop.state(survivor, "first_response") == plain.response()
    assert shop.state(survivor, "finish") == ("running", 0)
    assert shop.engine.case(survivor).attempts == plain.attempts()
    reply = state.clocks.get("talk.reply")
    assert (None if reply is None else reply.started_at) == state.unanswered_at
    assert {c.name: c.verdict for c in shop.engine.live(plain.loser).state.past if c.ended_at == micro(plain.merged)} == {
        name: "merged" if breached is None else "missed" for name, breached in losing.items()
    }
    shop.check()
    shop.at(plain.merged + 100)
    for clock in cycles(shop, survivor):
        was = before.get((clock.name, clock.cycle))
        assert clock.breached_at == was or was is None
        assert clock.breached_at is None or was is not None or clock.breached_at >= micro(plain.merged)
    shop.check()


def cycles(shop: Shop, case: str) -> list[Any]:
    """Every cycle of every clock of a case."""
    state = shop.engine.live(case).state
    return [*state.past, *state.clocks.values()]


def micro(hour: float) -> int:
    return int((MONDAY + timedelta(hours=hour)).timestamp() * 1_000_000)
