"""Random SOPs and random histories: the engine against the plain second opinion, in both directions.

And properties of histories: however time and facts are told, there is one history.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from second_opinion import Opinion

import sopengine
from sopengine.engine.views import clock_views
from sopengine.kernel.events import CORRECTED, Event
from sopengine.kernel.replay import replay, standing
from sopengine.kernel.settle import settle
from sopengine.kernel.state import CaseState
from sopengine.testing import strategies
from sopengine.testing.strategies import BAD, OPENING, PEOPLE, Command

CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
slow = settings(suppress_health_check=CALM)
slower = settings(suppress_health_check=CALM, max_examples=settings().max_examples // 3)
"""For histories that are told twice or more."""


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
        if command.by != "owner":
            return command.by
        return self.someone(self.place())

    def place(self) -> str:
        """Where the case stands by now, without telling time: a trial settles a copy."""
        return str(self.engine.note("K", "where", by="ani", dry_run=True).case.place)

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
        stage = self.data["stages"].get(self.place(), {})
        changes = {name: values[0] for name, values in strategies.GOOD.items()}
        parts: list[tuple[str, dict[str, Any]]] = [("edit", {"changes": changes})]
        parts += [("attach", {"document": name, "type": kind}) for name, kind in (("contract", None), ("photo", "jpg"))]
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
            data = {"contact": made[-data["which"]].id, "made": len(made) - data["which"]}
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
    return clock_views(live.tables, alone, now, engine.people.name)[clock.name]


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


# One history, however it is told ---------------------------------------------------------------------------------------


def finished(told: Told, days: int = 30) -> Told:
    """After the last command, time that is long enough for everything that time alone makes true."""
    told.now += timedelta(days=days)
    told.engine.tick()
    return told


def meaning(one: Event) -> tuple[Any, ...]:
    """What an event says, without when it was recorded."""
    return one.id, one.kind, one.occurred_at, one.by, one.cause, one.data, one.derived


def state_of(told: Told) -> CaseState:
    return told.engine.live("K").state


def lived(data: dict[str, Any], history: list[Command], ticks: list[int] | None = None) -> Told:
    """A history told to the engine alone, with as many ticks in between as are asked for."""
    told = Told(data, opinion=False)
    told.open()
    for number, command in enumerate(history):
        times = ticks[number % len(ticks)] if ticks else 0
        since, until = told.now, told.now + timedelta(minutes=command.gap)
        for part in range(1, times + 1):
            told.now = since + (until - since) * part / (times + 1)
            told.engine.tick()
            told.engine.tick(told.now - timedelta(seconds=part))
        told.now = since
        told.tell(command)
    return finished(told)


in_time = strategies.histories.map(lambda history: [command._replace(ago=None) for command in history])


@slower
@given(strategies.sops(), strategies.histories, st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_any_partition_of_ticks_gives_the_same_history(data: dict[str, Any], history: list[Command], ticks: list[int]) -> None:
    """When and how often time is told changes neither events, nor decisions, nor the state."""
    once, often = lived(data, history), lived(data, history, ticks)
    assert [meaning(e) for e in once.engine.history("K")] == [meaning(e) for e in often.engine.history("K")]
    assert [[f.code for f in d.findings] for d in once.decisions] == [[f.code for f in d.findings] for d in often.decisions]
    assert state_of(once) == state_of(often)


@slower
@given(strategies.sops(), strategies.histories)
def test_a_history_replayed_is_the_live_state(data: dict[str, Any], history: list[Command]) -> None:
    """After every command, the state folded from the stored events is the state that the engine holds."""
    told = Told(data, opinion=False)
    told.open()
    for command in history:
        told.tell(command)
        told.engine.tick()
        events = told.engine.history("K")
        rebuilt = replay(told.engine.live("K").tables, "K", events).state
        latest = max((e.occurred_at for e in standing(events).values()), default=0)
        assert list(settle(told.engine.live("K").tables, rebuilt, latest + 1, derive=False)) is not None
        assert plain(rebuilt) == plain(state_of(told))


def plain(state: CaseState) -> dict[str, Any]:
    """A state as data, without what only counts folds, and the ids of events, which go by the order of recording."""
    data = {name: getattr(state, name) for name in state.__struct_fields__ if name != "seq"}
    return data | {"touches": tuple(replace(touch, id="") for touch in state.touches)}


@slower
@given(strategies.sops(), strategies.histories)
def test_refusals_and_trials_change_nothing(data: dict[str, Any], history: list[Command]) -> None:
    """A refused command and a dry run leave state and stream as they were, but for what time alone had made true."""
    told = Told(data, opinion=False)
    told.open()
    for command in history:
        told.now += timedelta(minutes=command.gap)
        told.engine.tick()
        if command.verb in ("prepare", "chase", "wait", "bounce"):
            told.tell(command._replace(gap=0))
            continue
        before, length = state_of(told).copy(), len(told.engine.history("K"))
        at = told.now - timedelta(minutes=command.ago or 0)
        by = told.actor(command)
        tried = act(told.engine, command, by, at, dry_run=True)
        assert state_of(told) == before
        assert len(told.engine.history("K")) == length
        decision = act(told.engine, command, by, at)
        assert (bool(tried), [f.code for f in tried.findings]) == (bool(decision), [f.code for f in decision.findings])
        assert tried.case == decision.case
        if not decision:
            assert state_of(told) == before
            assert len(told.engine.history("K")) == length


def act(engine: Any, command: Command, by: str, at: datetime, **how: Any) -> Any:
    if command.verb == "advance":
        return engine.advance("K", by=by, at=at, **how)
    return call(engine, command.verb, command.data, by, at, **how)


apart = in_time.map(
    lambda history: [command._replace(gap=max(command.gap, 1)) for command in history if command.verb != "bounce"]
)
"""Facts of one instant keep the order of their recording; a late one would come last among them. Bounces name contacts by the
order of their recording, which is what differs here."""

TOUCHES = ("contact", "receive", "edit", "attach")


@slower
@given(strategies.sops(), apart, st.data())
def test_a_late_fact_gives_the_state_of_a_timely_one(data: dict[str, Any], history: list[Command], draw: st.DataObject) -> None:
    """A fact told late leaves the case as if it had been told in time, as long as no consequence and no choice came between."""
    chosen = [n for n, c in enumerate(history) if c.verb in TOUCHES]
    assume(chosen)
    number = draw.draw(st.sampled_from(chosen))
    timely, late = Told(data, opinion=False), Told(data, opinion=False)
    timely.open()
    late.open()
    put_off: tuple[Command, str, datetime] | None = None
    for position, command in enumerate(history):
        if position == number:
            timely.now += timedelta(minutes=command.gap)
            late.now = timely.now
            timely.engine.tick()
            by = timely.actor(command)
            assume(act(timely.engine, command, by, timely.now))
            put_off = command, by, timely.now
            continue
        timely.tell(command)
        late.tell(command)
    assert put_off is not None
    command, by, at = put_off
    finished(timely, 0)
    finished(late, 0)
    same = [(bool(a), [f.code for f in a.findings]) for a in late.decisions]
    assume(same == [(bool(d), [f.code for f in d.findings]) for d in timely.decisions])
    assume(consequences(late) == [])
    late.now += timedelta(minutes=1)
    decision = act(late.engine, command, by, at)
    assert decision
    finished(timely)
    late.now = timely.now
    late.engine.tick()
    assert as_lived(late) == as_lived(timely)
    event("consequences: " + str(len(consequences(timely))))


def consequences(told: Told) -> list[Event]:
    return [e for e in told.engine.history("K") if e.by == "sop" and e.kind == "moved"]


def as_lived(told: Told) -> dict[str, Any]:
    """The state without the choices that were recorded at their time (who held the case next), and what was known when.

    What is told late has another number in its stream, and documents are known by those of their events.
    """
    state = as_known(state_of(told))
    state["documents"] = {name: replace(document, id="") for name, document in state["documents"].items()}
    left_out = ("holder", "holders", "last_at", "settled_at", "wake")
    return {name: value for name, value in state.items() if name not in left_out}


@slower
@given(strategies.sops(), in_time)
def test_an_accepted_history_is_recorded_without_a_deviation(data: dict[str, Any], history: list[Command]) -> None:
    """What a live engine accepted without a finding that blocks, another one takes in whole and comes to the same state."""
    told = lived(data, history)
    facts = [e for e in told.engine.history("K") if e.is_fact and e.by != "sop"]
    now = told.now
    other = sopengine.Engine(told.sop, people=PEOPLE, clock=lambda: now)
    assume(not any(f.blocks for d in told.decisions if d for f in d.findings))
    findings = other.record([as_item(e) for e in facts])
    assert [f.code for f in findings if f.blocks] == []
    assert as_known(other.live("K").state) == as_known(state_of(told))


def as_known(state: CaseState) -> dict[str, Any]:
    """The state without what was known when: another engine may be told later."""
    whole = plain(state.copy())
    for clock in (*whole["past"], *whole["clocks"].values()):
        clock.known = None
    return whole


def as_item(one: Event) -> dict[str, Any]:
    data = dict(one.data)
    if "contacted_at" in data:
        data["contacted_at"] = moment(data["contacted_at"])
    return {"case": "K", "kind": one.kind, "at": moment(one.occurred_at), "by": one.by, **data}


@slower
@given(strategies.sops(), in_time)
def test_a_refusal_before_is_a_deviation_after(data: dict[str, Any], history: list[Command]) -> None:
    """What was refused live has the same codes when it is recorded as having happened."""
    told = Told(data, opinion=False)
    told.open()
    for command in history:
        if command.verb in ("prepare", "chase", "wait", "bounce", "advance"):
            told.tell(command)
            continue
        told.now += timedelta(minutes=command.gap)
        by = told.actor(command)
        tried = act(told.engine, command, by, told.now, dry_run=True)
        if not tried and command.by != "stranger":
            copy = sopengine.Engine(told.sop, people=PEOPLE, clock=lambda: told.now)
            copy.record([as_item(e) for e in told.engine.history("K") if e.is_fact and e.by != "sop"])
            assume(copy.case("K") == told.engine.case("K"))
            found = copy.record([KIND[command.verb](command.data) | {"case": "K", "at": told.now, "by": by}])
            assert [f.code for f in found] == [f.code for f in tried.findings]
        act(told.engine, command, by, told.now)


def _item(kind: str, *names: str) -> Any:
    return lambda data: {"kind": kind, **{name: data[name] for name in names if data[name] is not None}}


KIND = {
    "move": _item("moved", "to", "reason", "note"),
    "contact": lambda data: _item("contacted", "via", "template", "answered")(data),
    "receive": lambda data: {"kind": "received", "via": "whatsapp", "automatic": data["automatic"]},
    "edit": _item("edited", "changes"),
    "attach": _item("attached", "document", "type"),
    "tick": _item("ticked", "item"),
    "untick": _item("unticked", "item"),
    "status": _item("status", "to"),
    "assign": _item("assigned", "to"),
}


@slower
@given(strategies.sops(), strategies.histories)
def test_ids_and_order_are_deterministic(data: dict[str, Any], history: list[Command]) -> None:
    """Two runs of one history give the same events under the same ids; a stream numbers them from one, without a gap."""
    one, two = lived(data, history), lived(data, history)
    assert one.engine.history("K") == two.engine.history("K")
    assert [e.id for e in one.engine.history("K")] == [f"case:K/{n}" for n in range(1, len(one.engine.history("K")) + 1)]
    ids = {e.id for e in one.engine.history("K")}
    assert all(e.cause in ids for e in one.engine.history("K") if e.cause is not None)
