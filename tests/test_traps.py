"""Traps of time: each test is named after what a plausible engine gets wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import sopengine
from sopengine import Engine, UsageError, locking
from sopengine.loading import Folder, load
from sopengine.store import MemoryStore
from sopengine.testing import FrozenClock, history, lead

BY = "role:sales"
OFFICE = 'calendars: {office: {hours: {mon-fri: "09:00-18:00"}}}'


class Desk:
    """An engine on one stage, ``talk``, with the words of the stage given; on Monday at nine in Jakarta."""

    def __init__(
        self, stage: str, *top: str, at: str = "2026-02-02 09:00", zone: str = "Asia/Jakarta", later: str = "title: Later"
    ) -> None:
        head = ["sop: trap", "title: Trap", 'version: "1"', f"timezone: {zone}", *top, "stages:"]
        text = "\n".join([*head, f"  talk: {{owner: sales, {stage}}}", f"  later: {{owner: sales, {later}}}"])
        self.clock = FrozenClock(at, zone)
        self.sop = sopengine.load_text(text, "trap.yaml")
        self.store = MemoryStore()
        self.engine = Engine(self.sop, clock=self.clock, store=self.store)

    def open(self, **fields: Any) -> Desk:
        self.engine.open(lead(**fields), by=BY).or_raise()
        return self

    def view(self, name: str = "talk.finish") -> Any:
        return self.engine.clocks("L-1")[name]

    def told(self) -> list[tuple[str, str]]:
        """What clocks have told: the kind, and the wall clock then."""
        events = self.engine.history("L-1")
        return [(e.kind, wall(e.occurred_at, self.clock())) for e in events if e.kind in ("warned", "breached", "escalated")]


def wall(at: int, like: datetime) -> str:
    moment = datetime.fromtimestamp(at // 1_000_000, like.tzinfo)
    return f"{moment:%a %d %H:%M}"


def shown(moment: datetime | None) -> str:
    return f"{moment:%a %d %b %H:%M}"


def test_four_working_hours_from_saturday_evening_end_on_monday_at_one() -> None:
    """Saturday 20:00 + 4 working hours on a calendar of Monday to Friday 9 to 18 is Monday 13:00."""
    desk = Desk("sla: {finish: 4 working hours}", OFFICE, at="2026-02-07 20:00").open()
    assert shown(desk.view().due) == "Mon 09 Feb 13:00"


def test_untouched_and_late_without_anybody_saving_it() -> None:
    """A case that nobody touches, and for which nothing is ever stored again, is late as soon as its time is over."""
    desk = Desk("sla: {finish: 1h}").open()
    stored = len(desk.store.read("case:L-1"))
    desk.clock.advance(hours=1)
    assert desk.view().state == "running"
    desk.clock.advance(microseconds=1)
    assert desk.view().state == "breached"
    assert len(desk.store.read("case:L-1")) == stored


PAUSING = """
    statuses: {busy: Busy, wait: {title: Waiting, waits_for: customer}},
    sla: {finish: {target: 4h, pause: wait}}"""


def test_paused_past_its_due_time_is_not_late() -> None:
    """A clock that is paused before its due time is not late after it, and has all of its rest left when it goes on."""
    desk = Desk(PAUSING).open()
    desk.clock.advance(hours=3)
    desk.engine.set_status("L-1", "wait", by=BY).or_raise()
    desk.clock.advance(days=5)
    assert desk.engine.tick() == []
    assert (desk.view().state, desk.view().due) == ("paused", None)
    desk.engine.receive("L-1", via="email")
    assert (desk.view().state, shown(desk.view().due)) == ("running", "Sat 07 Feb 13:00")
    desk.clock.advance(hours=1)
    desk.engine.advance("L-1", by=BY).or_raise()
    assert desk.view().state == "met"


def test_pausing_and_resuming_heal_nothing() -> None:
    """A clock that is late stays late, however long it is paused afterwards."""
    desk = Desk(PAUSING).open()
    desk.clock.advance(hours=4, minutes=1)
    desk.engine.set_status("L-1", "wait", by=BY).or_raise()
    assert desk.view().state == "breached"
    desk.clock.advance(days=5)
    desk.engine.set_status("L-1", "busy", by=BY).or_raise()
    assert desk.view().state == "breached"
    desk.engine.advance("L-1", by=BY).or_raise()
    assert (desk.view().state, shown(desk.view().breached_at)) == ("missed", "Mon 02 Feb 13:00")


PRIORITY = (
    "fields: {name: string, priority: {type: choice, values: [high, low]}}",
    "tables: {urgency: [{when: {priority: high}, then: urgent}, {then: normal}]}",
)


def test_a_priority_raised_at_noon_never_breaches_before_noon() -> None:
    """A target that becomes shorter than the time elapsed makes the case late from the change on, not before."""
    sla = "sla: {finish: {target: 8h, by: {urgency: {urgent: 1h}}, escalate: [{at: 50%, notify: holder}]}}"
    desk = Desk(sla, *PRIORITY).open(priority="low")
    desk.clock.set("2026-02-02 12:00")
    desk.engine.edit("L-1", {"priority": "high"}, by=BY).or_raise()
    assert desk.view().state != "breached"
    desk.clock.advance(minutes=1)
    desk.engine.tick()
    assert (desk.view().state, desk.view().breached_at) == ("breached", desk.clock() - timedelta(seconds=60, microseconds=-1))
    assert {at for _, at in desk.told()} == {"Mon 02 12:00"}


def test_finished_between_closing_and_the_next_opening_is_on_time() -> None:
    """What is due at closing time is met until the next opening, and until then nobody is told otherwise."""
    desk = Desk("sla: {finish: {target: 9 working hours, escalate: [{at: 50%, notify: holder}]}}", OFFICE).open()
    desk.clock.set("2026-02-03 08:59")
    desk.engine.tick()
    desk.engine.advance("L-1", by=BY).or_raise()
    desk.clock.advance(days=9)
    desk.engine.tick()
    assert desk.view().state == "met"
    assert shown(desk.view().due) == "Mon 02 Feb 18:00"
    assert desk.told() == [("warned", "Mon 02 13:30")]


@pytest.mark.parametrize(
    ("target", "due"),
    [
        ("1d", "Tue 03 Feb 16:00"),
        ("1 working day", "Tue 03 Feb 18:00"),
        ("8h", "Tue 03 Feb 00:00"),
        ("8 working hours", "Tue 03 Feb 15:00"),
    ],
)
def test_one_day_is_not_eight_hours(target: str, due: str) -> None:
    """From Monday 16:00 a day, a working day, eight hours and eight working hours end at four different moments."""
    desk = Desk(f"sla: {{finish: {target}}}", OFFICE, at="2026-02-02 16:00").open()
    assert shown(desk.view().due) == due


@pytest.mark.parametrize(
    ("start", "hours", "day"),
    [("2026-03-28 12:00", "Sun 29 Mar 13:00", "Sun 29 Mar 12:00"), ("2026-10-24 12:00", "Sun 25 Oct 11:00", "Sun 25 Oct 12:00")],
)
def test_24_hours_over_a_change_of_time_are_24_real_hours(start: str, hours: str, day: str) -> None:
    """24h over a change to or from summer time is 24 real hours; one day ends at the same time of day."""
    desk = Desk("sla: {finish: 24h, first_response: 1d}", at=start, zone="Europe/Berlin").open()
    assert shown(desk.view().due) == hours
    assert desk.view().due.timestamp() - desk.view().started_at.timestamp() == 24 * 3600
    assert shown(desk.view("talk.first_response").due) == day


def test_99_995_percent_is_not_a_breach() -> None:
    """A minute before the end of 20,000 minutes is no breach, nothing is rounded up, and 100 % itself is still in time."""
    desk = Desk("sla: {finish: {target: 20000m, escalate: [{at: 99.99%, notify: holder}]}}").open()
    desk.clock.advance(minutes=19_999)
    desk.engine.tick()
    assert (desk.view().state, [kind for kind, _ in desk.told()]) == ("warned", ["warned"])
    desk.clock.advance(minutes=1)
    desk.engine.tick()
    desk.engine.advance("L-1", by=BY).or_raise()
    assert (desk.view().state, [kind for kind, _ in desk.told()]) == ("met", ["warned"])


def test_a_holiday_added_later_moves_running_clocks_only(tmp_path: Any) -> None:
    """After a calendar is locked again with another holiday, a running clock is due a day later; a closed one is as it was."""
    path = tmp_path / "trap.yaml"
    lines = ['version: "1"', "timezone: Asia/Jakarta", "stages:", "  talk: {owner: sales, sla: {finish: 2 working days}}"]
    office = 'calendars: {office: {hours: {mon-fri: "09:00-18:00"}, closed: [%s]}}'
    path.write_text("\n".join(["sop: trap", "title: Trap", office % "2026-12-25", *lines]), encoding="utf-8")
    clock, store = FrozenClock("2026-02-02 09:00", "Asia/Jakarta"), MemoryStore()

    def locked(day: str) -> sopengine.Sop:
        sop = load(path)
        found = locking.find_lock(sop, Folder(tmp_path))
        plan = locking.plan(sop, found.lock if found else None, lambda zone: date.fromisoformat(day))
        locking.save(tmp_path, plan.new)
        return load(path)

    sop = locked("2026-02-02")
    engine = Engine(sop, clock=clock, store=store)
    engine.open(lead(id="closed"), by=BY).or_raise()
    clock.set("2026-02-05 10:00")
    engine.advance("closed", by=BY).or_raise()
    engine.open(lead(id="running"), by=BY).or_raise()
    before = engine.clocks("closed")["talk.finish"]
    assert (before.state, shown(engine.clocks("running")["talk.finish"].due)) == ("missed", "Mon 09 Feb 18:00")
    path.write_text(path.read_text(encoding="utf-8").replace("2026-12-25", "2026-02-03, 2026-02-06"), encoding="utf-8")
    # The text has another hash; the cases stay with the version that they were opened under, on its calendar as locked now.
    again = Engine(replace(locked("2026-02-05"), hash=sop.hash), clock=clock, store=store)
    after = again.clocks("closed")["talk.finish"]
    assert (after.state, after.due, after.breached_at) == (before.state, before.due, before.breached_at)
    assert shown(again.clocks("running")["talk.finish"].due) == "Tue 10 Feb 18:00"


def test_reentry_keeps_the_verdict_of_the_first_cycle() -> None:
    """A case that comes back starts a second cycle; what was missed in the first stays missed."""
    desk = Desk("sla: {finish: 1h}", later="back: [talk]").open()
    engine = desk.engine
    desk.clock.advance(hours=2)
    engine.advance("L-1", by=BY).or_raise()
    desk.clock.advance(hours=1)
    engine.move("L-1", "talk", reason="salah", by=BY).or_raise()
    desk.clock.advance(minutes=5)
    assert (engine.clocks("L-1")["talk.finish"].cycle, engine.clocks("L-1")["talk.finish"].state) == (2, "running")
    engine.advance("L-1", by=BY).or_raise()
    past = [(clock.cycle, clock.verdict) for clock in engine.live("L-1").state.past if clock.name == "talk.finish"]
    assert past == [(1, "missed"), (2, "met")]


def test_an_automatic_reply_neither_starts_nor_stops_a_clock() -> None:
    """An out-of-office answer starts no clock of the answer and ends no pause; a human's does both."""
    desk = Desk(PAUSING.replace("target: 4h, pause: wait}", "target: 4h, pause: wait}, reply: 2h, first_response: 3h")).open()
    desk.clock.advance(hours=1)
    desk.engine.set_status("L-1", "wait", by=BY).or_raise()
    desk.engine.receive("L-1", via="email", automatic=True)
    assert (desk.view().state, "talk.reply" in desk.engine.clocks("L-1")) == ("paused", False)
    assert desk.view("talk.first_response").state == "running"
    desk.engine.receive("L-1", via="email")
    assert (desk.view().state, desk.view("talk.reply").state) == ("running", "running")


@pytest.mark.parametrize("target", ["6 working hours", "12 working hours", "2 working days", "18 working hours"])
@pytest.mark.parametrize("start", ["2026-02-02 09:00", "2026-02-05 15:00", "2026-02-06 18:00", "2026-02-07 20:00"])
def test_an_escalation_at_150_percent_does_not_fire_at_midnight(target: str, start: str) -> None:
    """On working time an escalation at 150 % is told in working hours: nobody is woken up by it."""
    desk = Desk(f"sla: {{finish: {{target: {target}, escalate: [{{at: 150%, notify: holder}}]}}}}", OFFICE, at=start).open()
    desk.clock.advance(days=30)
    desk.engine.tick()
    moments = [at.split() for kind, at in desk.told() if kind in ("breached", "escalated")]
    assert len(moments) == 2
    assert all(day in ("Mon", "Tue", "Wed", "Thu", "Fri") and "09:00" <= hour <= "18:00" for day, _, hour in moments)


FOLLOWED = "follow_up: {max: 2, every: 1d}"


def test_answering_a_customer_after_the_last_attempt_is_allowed() -> None:
    """When every attempt was made, another one is refused; an answer to the customer's message is not an attempt."""
    desk = Desk(FOLLOWED).open()
    for _ in range(3):
        desk.engine.contact("L-1", via="call", by=BY).or_raise()
        desk.clock.advance(days=1)
    refused = desk.engine.contact("L-1", via="call", by=BY)
    assert [finding.code for finding in refused.findings] == ["CASE401"]
    desk.engine.receive("L-1", via="email")
    assert desk.engine.contact("L-1", via="email", by=BY)


def test_every_two_working_days_from_monday_allows_wednesday_morning() -> None:
    """`every: 2 working days` after a call on Monday at ten allows the next on Wednesday when the office opens, not at ten."""
    desk = Desk("follow_up: {max: 2, every: 2 working days}", OFFICE, at="2026-02-02 10:00").open()
    desk.engine.contact("L-1", via="call", by=BY).or_raise()
    desk.clock.set("2026-02-04 08:59")
    assert [finding.code for finding in desk.engine.contact("L-1", via="call", by=BY).findings] == ["CASE402"]
    desk.clock.set("2026-02-04 09:00")
    assert desk.engine.contact("L-1", via="call", by=BY)


def test_a_call_on_monday_logged_on_wednesday_has_both_verdicts() -> None:
    """Of a call in time that was logged after the breach, the verdict and what was known then are both told."""
    desk = Desk("sla: {first_response: 24h}").open()
    desk.clock.set("2026-02-04 09:00")
    assert [event.kind for event in desk.engine.tick()] == ["breached"]
    monday = datetime.fromisoformat("2026-02-02T10:00:00+07:00")
    decision = desk.engine.contact("L-1", via="call", by=BY, at=monday)
    assert decision
    assert [finding.code for finding in decision.findings] == ["CASE505"]
    view = desk.view("talk.first_response")
    assert (view.state, view.known) == ("met", "missed")
    assert [event.kind for event in desk.engine.history("L-1")][-3:] == ["breached", "contacted", "corrected"]
    assert any("logged too late" in line for line in view.why("en"))


# What is known only to the day


@pytest.mark.parametrize(
    ("contact", "state"), [("2026-02-02", "met"), ("2026-02-03", "met"), (date(2026, 2, 3), "met"), ("2026-02-04", "missed")]
)
def test_a_day_granular_import_meets_its_first_response(contact: str | date, state: str) -> None:
    """A contact of which only the day is known meets a target that is due on that day, and misses one that was due before."""
    desk = Desk("sla: {first_response: 1 working day}", OFFICE, at="2026-02-20 09:00")
    told = history("L-1", ("2026-02-02", "opened", {"record": lead()}), (contact, "contacted", {"via": "call"}), by=BY)
    findings = desk.engine.record(told)
    assert {finding.code for finding in findings} <= {"CASE505"}
    assert desk.view("talk.first_response").state == state


def test_days_keep_the_order_of_what_is_known() -> None:
    """On the day of an opening that is known to the minute, a call of that day comes after it, and a move after the call."""
    desk = Desk("sla: {first_response: 4h, finish: 1d}", at="2026-02-20 09:00")
    rows = history(
        "L-1",
        ("2026-02-02", "contacted", {"via": "call"}),
        ("2026-02-02 15:00", "contacted", {"via": "email"}),
        ("2026-02-02", "moved", {"to": "later"}),
        ("2026-02-02 13:00", "opened", {"record": lead()}),
        by=BY,
        zone="Asia/Jakarta",
    )
    desk.engine.record(rows)
    found = [(e.kind, wall(e.occurred_at, desk.clock())) for e in desk.engine.history("L-1")]
    assert found == [
        ("opened", "Mon 02 13:00"),
        ("contacted", "Mon 02 13:00"),
        ("contacted", "Mon 02 15:00"),
        ("moved", "Mon 02 15:00"),
    ]
    desk.engine.record(history("L-1", ("2026-02-02", "noted", {"text": "x"}), by=BY))
    assert wall(desk.engine.history("L-1")[-1].occurred_at, desk.clock()) == "Mon 02 15:00"


@pytest.mark.parametrize(("days", "codes"), [(["02", "03", "04"], []), (["02", "02", "02"], ["CASE402"])])
def test_a_gap_that_the_days_may_have_kept_is_not_remarked(days: list[str], codes: list[str]) -> None:
    """Calls a day apart are not blamed for the hours between them; two on one day are, where a day must lie between."""
    desk = Desk("follow_up: {max: 3, every: 1 working day}", OFFICE, at="2026-02-05 09:00")
    rows = [(f"2026-02-{day}", "contacted", {"via": "call"}) for day in days[:2]]
    desk.engine.record(history("L-1", (f"2026-02-{days[0]}", "opened", {"record": lead()}), *rows, by=BY))
    found = desk.engine.record(history("L-1", (f"2026-02-{days[2]}", "contacted", {"via": "call"}), by=BY))
    assert [finding.code for finding in found if finding.code != "CASE505"] == codes


def test_a_day_is_logged_late_only_when_its_end_is() -> None:
    """What happened on a day may have happened at its end: logged within 24 hours of that, nothing is remarked."""
    desk = Desk("sla: {first_response: 1h}").open()
    desk.clock.set("2026-02-03 20:00")
    assert desk.engine.record(history("L-1", ("2026-02-02", "contacted", {"via": "call"}), by=BY)) == []
    view = desk.view("talk.first_response")
    assert (view.state, view.known) == ("met", None)


@pytest.mark.parametrize("at", ["2026-02-30", "2026-13-01", "20260203xx", "2026-02-21", "1969-01-01", date(9999, 12, 31)])
def test_what_is_no_day_or_to_come_is_refused(at: str | date) -> None:
    """A date that does not exist, lies in the future, or outside of the years of calendars is an error of the call."""
    desk = Desk("sla: {finish: 1h}", at="2026-02-20 09:00").open()
    with pytest.raises(UsageError, match=r"Item 1: at .*Nothing was recorded"):
        desk.engine.record([{"case": "L-1", "kind": "noted", "at": at, "by": BY, "text": "x"}])
