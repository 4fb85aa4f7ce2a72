"""Random SOPs and random histories: the engine against the plain second opinion, in both directions; one history however it is told."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
import second_opinion
import strategies
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from second_opinion import Opinion
from strategies import ACTORS, BAD, OPENING, PEOPLE, Command

import sopengine
from sopengine.engine.views import clock_views
from sopengine.kernel.events import CORRECTED, Event

slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])


class Told:
    """One history told to an engine (and, with `opinion`, to the second opinion), step by step."""

    def __init__(self, data: dict[str, Any], *, opinion: bool = True) -> None:
        self.data = data
        self.sop = sopengine.load_text(strategies.text_of(data), "random.yaml")
        self.now = OPENING
        self.engine = sopengine.Engine(self.sop, people=PEOPLE, clock=lambda: self.now)
        self.opinion = Opinion(data, PEOPLE) if opinion else None
        self.decisions: list[Any] = []

    def open(self) -> Any:
        """Open the case in its first stage, by somebody who may."""
        start = next(iter(self.data["stages"]))
        by = self.someone(start)
        if self.opinion is not None:
            assert self.opinion.open(self.now, self.now, by, start, None, {"name": "PT Maju"}) == []
        return self.keep(self.engine.open({"id": "K", "name": "PT Maju"}, by=by))

    def someone(self, place: str) -> str:
        """Somebody who may act in a place; where nobody may, a manager."""
        owner = self.data["stages"].get(place, {}).get("owner", "manager")
        owners = [owner] if isinstance(owner, str) else owner
        return next(person for person, roles in PEOPLE.items() if set(roles) & set(owners))

    def actor(self, command: Command) -> str:
        return self.someone(self.engine.case("K").place) if command.by == "owner" else command.by

    def keep(self, decision: Any) -> Any:
        self.decisions.append(decision)
        return decision

    def tell(self, command: Command) -> None:
        """Let time pass, then give the command."""
        self.now += timedelta(minutes=command.gap)
        if self.opinion is not None:
            self.engine.tick()
        if command.verb == "prepare":
            for part in self.preparations(command):
                self.give(part)
        elif command.verb == "chase":
            for _ in range(command.data["times"]):
                data = {"via": "call", "answered": False, "template": None}
                self.give(Command(0, "contact", data, command.by, None))
                self.now += timedelta(minutes=command.data["every"])
        elif command.verb != "wait":
            self.give(command)

    def preparations(self, command: Command) -> list[Command]:
        """Everything that any stage may ask for, by somebody who may."""
        stage = self.data["stages"].get(self.engine.case("K").place, {})
        changes = {name: values[0] for name, values in strategies.GOOD.items()}
        parts: list[tuple[str, dict[str, Any]]] = [("edit", {"changes": changes})]
        parts += [("attach", {"document": name, "type": None}) for name in ("contract", "photo")]
        parts += [("tick", {"item": item}) for item in stage.get("checklist", {})]
        return [Command(0, verb, data, "owner", None) for verb, data in parts]

    def give(self, command: Command) -> None:
        """Give one command to both, and compare everything that they say about it and afterwards."""
        verb, data = command.verb, dict(command.data)
        at = self.now if command.ago is None else self.now - timedelta(minutes=command.ago)
        by = self.actor(command)
        if verb == "bounce":
            made = [e for e in self.engine.history("K") if e.kind == "contacted"]
            if len(made) < data["which"]:
                return
            data = {"contact": made[-data["which"]].id, "contacted": moment(made[-data["which"]].occurred_at)}
        if verb == "advance":
            to = "" if self.opinion is None else self.opinion.advance(self.now)
            verb, data = "move", {"to": to, "reason": None, "note": None}
            decision = self.keep(self.engine.advance("K", by=by, at=at))
        else:
            decision = self.keep(call(self.engine, verb, data, by, at))
        event(f"{verb}: {'allowed' if decision else 'refused'}")
        if self.opinion is not None:
            self.compare(verb, data, by, at, decision)

    def compare(self, verb: str, data: dict[str, Any], by: str, at: datetime, decision: Any) -> None:
        opinion = self.opinion
        assert opinion is not None
        if verb == "edit":
            data["wrong"] = wrong_values(data["changes"])
        allowed, codes = opinion.command(self.now, verb, data, by, at)
        said = f"{verb} {data} by {by} at {at} (now {self.now})"
        assert Counter(f.code for f in decision.findings) == Counter(codes), said
        assert bool(decision) == allowed, said
        for finding in decision.findings:
            event(finding.code)
        self.engine.tick()
        opinion.settle(self.now)
        self.same_case(said)

    def same_case(self, said: str) -> None:
        opinion, case = self.opinion, self.engine.case("K")
        assert opinion is not None
        facts = opinion.until()
        visit = opinion.visits(facts)[-1]
        assert case.place == visit.place, said
        assert case.entered_at == visit.entered, said
        assert case.outcome == opinion.outcome(facts), said
        assert case.holder == opinion.holder(facts), said
        assert set(case.documents) == opinion.documents(facts), said
        assert case.status == opinion.status(facts), said
        attempts = opinion.series(facts)["attempts"] if visit.place in opinion.stages else 0
        assert case.attempts == attempts, said
        record = opinion.record(facts)
        assert dict(case.record) == {name: record[name] for name in self.data["fields"] if name in record}, said

    def same_clocks(self) -> None:
        """Every run of every clock, and everything that they told, at their instants."""
        opinion, state = self.opinion, self.engine.live("K").state
        assert opinion is not None
        ours = {(run.name, run.cycle): run for run in opinion.runs(self.now)}
        theirs = {}
        for clock in (*state.past, *state.clocks.values()):
            theirs[clock.name, clock.cycle] = one_clock(self.engine, clock, micros(self.now))
        assert theirs.keys() == ours.keys()
        for key, view in theirs.items():
            run = ours[key]
            assert (view.started_at, view.ended_at) == (run.started, run.ended), key
            assert (view.due, view.breaches_after) == (run.limit.due, run.limit.breaches_after), key
            assert view.state.replace("warned", "running") == run.verdict, key
        assert told_by_clocks(self.engine) == opinion.notices(self.now)


def one_clock(engine: Any, clock: Any, now: int) -> Any:
    """The view of one run of a clock."""
    live = engine.live("K")
    alone = live.state.copy()
    alone.past, alone.clocks = [], {clock.name: clock}
    return clock_views(live.tables, alone, now)[clock.name]


def told_by_clocks(engine: Any) -> list[tuple[str, str, int, datetime]]:
    """The notices of clocks that stand, later corrections counted."""
    standing: dict[str, Event] = {}
    for one in engine.history("K"):
        if one.kind in ("warned", "breached", "escalated"):
            standing[one.id] = one
        elif one.kind == CORRECTED:
            standing.pop(one.cause, None)
    return sorted((e.kind, e.data["clock"], e.data["cycle"], moment(e.occurred_at)) for e in standing.values())


def micros(at: datetime) -> int:
    return (at - moment(0)) // timedelta(microseconds=1)


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(0, strategies.ZONE) + timedelta(microseconds=at)


def wrong_values(changes: dict[str, Any]) -> list[str]:
    """The codes of an edit's values, as the strategy knows them."""
    known = {(name, repr(value)): code for name, value, code in BAD}
    found = [known[name, repr(value)] for name, value in changes.items() if (name, repr(value)) in known]
    return found + ["CASE319" for name in changes if name not in strategies.FIELDS]


def call(engine: Any, verb: str, data: dict[str, Any], by: str, at: datetime, **how: Any) -> Any:
    """The verb of the engine for a command."""
    how = {"by": by, "at": at, **how}
    if verb == "move":
        return engine.move("K", data["to"], reason=data["reason"], note=data["note"], **how)
    if verb == "contact":
        return engine.contact("K", via=data["via"], answered=data["answered"], template=data["template"], **how)
    if verb == "receive":
        return engine.receive("K", via="whatsapp", automatic=data["automatic"], **how)
    if verb == "bounce":
        return engine.bounce("K", data["contact"], **how)
    if verb == "edit":
        return engine.edit("K", data["changes"], **how)
    if verb == "attach":
        return engine.attach("K", data["document"], type=data["type"], **how)
    if verb == "tick":
        return engine.tick_off("K", data["item"], **how)
    if verb == "untick":
        return engine.untick("K", data["item"], **how)
    if verb == "status":
        return engine.set_status("K", data["to"], **how)
    return engine.assign("K", data["to"], **how)


@slow
@given(strategies.sops(), strategies.histories)
def test_engine_and_second_opinion_agree(data: dict[str, Any], history: list[Command]) -> None:
    """Nothing that the reference allows is refused and nothing that it refuses is allowed, with the same codes and clocks."""
    told = Told(data)
    assert told.open()
    for command in history:
        told.tell(command)
    told.now += timedelta(days=3)
    told.engine.tick()
    assert told.opinion is not None
    told.opinion.settle(told.now)
    told.same_case("at the end")
    told.same_clocks()
