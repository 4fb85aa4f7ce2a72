"""Edges of clocks that chance rarely finds; each was left alive by a mutant (docs/mutants.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from desk import MONDAY

from sopengine import Engine, load_text

HEAD = 'sop: edges\ntitle: Edges\nversion: "1"\ntimezone: Asia/Jakarta\n'


class Case:
    """Case L-1 under a small SOP, and a clock that is set by hand."""

    def __init__(self, body: str, start: datetime = MONDAY, **record: Any) -> None:
        self.now = start
        people = {"budi": "sales", "wati": "sales"}
        self.engine = Engine(load_text(HEAD + body), people=people, clock=lambda: self.now)
        self.engine.open({"id": "L-1", **record}, by="budi").or_raise()

    def after(self, **passed: float) -> Engine:
        """Let time pass."""
        self.now += timedelta(**passed)
        return self.engine

    def state(self, name: str) -> tuple[int, str]:
        """The cycle and the state of a clock."""
        view = self.engine.clocks("L-1")[name]
        return view.cycle, view.state

    def told(self, kind: str) -> int:
        """How many notices of a kind were recorded."""
        self.engine.tick()
        return sum(event.kind == kind for event in self.engine.history("L-1"))


def test_a_moment_that_a_field_names_starts_a_clock_once() -> None:
    """A clock that started at the moment of a field, and ended, does not start at it again in the next stage."""
    body = (
        "fields: {visit_at: datetime}\nevents: [seen]\n"
        "sla: {visit: {from: visit_at, until: seen, target: 2d}}\nstages: {one: {owner: sales}, two: {owner: sales}}\n"
    )
    case = Case(body, visit_at="2026-02-02T10:00:00+07:00")
    case.after(hours=3).signal("L-1", "seen", by="budi").or_raise()
    assert case.state("visit") == (1, "met")
    case.after(hours=1).advance("L-1", by="budi").or_raise()
    assert case.state("visit") == (1, "met")


def test_a_clock_that_waits_for_its_target_is_over_with_its_stop() -> None:
    """What was done before anybody knew the target needs no clock: filling the field afterwards starts none."""
    body = (
        "fields: {promised: date}\nevents: [seen]\n"
        "sla: {visit: {from: opened, until: seen, target: {field: promised}}}\nstages: {one: {owner: sales}}\n"
    )
    case = Case(body)
    case.after(hours=1).signal("L-1", "seen", by="budi").or_raise()
    case.after(hours=1).edit("L-1", {"promised": "2026-02-03"}, by="budi").or_raise()
    assert "visit" not in case.engine.clocks("L-1")
    assert case.engine.deadlines("L-1") == []


def test_a_level_at_the_very_instant_of_the_next_contact_is_not_told() -> None:
    """After a bounce the clock runs on to the contact that came after; a warning due at that contact's instant is none."""
    escalate = "{target: 24h, escalate: [{at: 50%, notify: sales}]}"
    case = Case(f"stages: {{one: {{owner: sales, sla: {{first_response: {escalate}}}}}}}\n")
    first = case.after(hours=1).contact("L-1", via="email", by="budi").or_raise().events[-1].id
    case.after(hours=11).contact("L-1", via="call", by="budi").or_raise()
    case.after(hours=8).bounce("L-1", first).or_raise()
    assert case.state("first_response") == (1, "met")
    assert case.told("warned") == 0


def test_elapsed_time_leaves_past_pauses_out() -> None:
    """Three hours of which one was paused are two, while it runs and when it has ended."""
    sla = "sla: {finish: {target: 9h, pause: [waiting]}}"
    case = Case(f"stages: {{one: {{owner: sales, statuses: [busy, waiting], {sla}}}}}\n")
    case.after(hours=1).set_status("L-1", "waiting", by="budi").or_raise()
    case.after(hours=1).set_status("L-1", "busy", by="budi").or_raise()
    assert case.after(hours=1).clocks("L-1")["finish"].elapsed == timedelta(hours=2)
    case.engine.advance("L-1", by="budi").or_raise()
    assert case.after(hours=5).clocks("L-1")["finish"].elapsed == timedelta(hours=2)


def test_what_is_due_as_the_day_begins_is_met_on_that_day() -> None:
    """A contact known only to its day meets a target that is due at that day's first instant, and misses an earlier one."""
    midnight = datetime.fromisoformat("2026-02-02T00:00:00+07:00")
    for hours, state in ((48, "met"), (47, "missed")):
        case = Case(f"stages: {{one: {{owner: sales, sla: {{first_response: {hours}h}}}}}}\n", midnight)
        contact = {"case": "L-1", "kind": "contacted", "at": "2026-02-04", "by": "budi", "via": "call"}
        case.after(days=4).record([contact])
        assert case.state("first_response") == (1, state), hours


def test_who_comes_back_to_a_stage_is_answered_anew() -> None:
    """A clock that runs from the first holder starts once a visit: again on coming back, and not for another holder."""
    body = (
        "stages:\n"
        "  one: {owner: sales}\n"
        "  two: {owner: sales, assign: {method: round_robin}, sla: {first_response: 24h, finish: 9d}, back: [one]}\n"
    )
    case = Case(body)
    case.after(hours=1).advance("L-1", by="budi").or_raise()
    holder = case.engine.case("L-1").holder or ""
    case.after(hours=1).contact("L-1", via="call", by=holder).or_raise()
    other = next(name for name in ("budi", "wati") if name != holder)
    case.after(hours=1).assign("L-1", other, by=holder).or_raise()
    assert case.state("two.first_response") == (1, "met")
    case.after(hours=1).move("L-1", "one", by=other, reason="keliru").or_raise()
    case.after(hours=1).advance("L-1", by=other).or_raise()
    assert case.state("two.first_response") == (2, "running")
