"""Everything that clocks can do, on random histories: the engine against a second opinion that walks through every minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from second_clocks import DAY, Fact, SecondClocks

import sopengine
from sopengine.kernel.events import CORRECTED
from sopengine.testing.strategies import text_of

ZONE = ZoneInfo("Asia/Jakarta")
MIDNIGHT = datetime(2026, 2, 2, tzinfo=ZONE)
OPENED = 9 * 60
BY = "role:sales"

HOURS: dict[str, list[tuple[int, int]]] = {
    "08:00-12:00, 13:00-17:00": [(480, 720), (780, 1020)],
    "09:00-15:00": [(540, 900)],
    "20:00-22:00": [(1200, 1320)],
}
TARGETS = ("2h", "8h", "1d", "4 working hours", "10 working hours", "1 working day", "2 working days")
LEVELS = ("25%", "50%", "100%", "150%", "200%", "+3h", "+1d", "+2 working hours")
MOMENTS = ("one", "two", "contacted", "inbound", "document.offer", "wait", "hold", "b")
EVENTS = ("one", "two")

levels = st.lists(st.sampled_from(LEVELS), max_size=3, unique=True).map(
    lambda found: [{"at": at, "notify": "holder"} for at in sorted(found, key=LEVELS.index)]
)


@st.composite
def targets(draw: Any, *, own: bool) -> dict[str, Any]:
    """The target of a clock: plain, by the result of a table, or that of a field; with what happens when it changes."""
    kind = draw(st.sampled_from(["plain", "table", "table", "only table", "field"] if own else ["plain", "table", "table"]))
    if kind == "field":
        found: dict[str, Any] = {"target": {"field": draw(st.sampled_from(["day", "moment"]))}}
    else:
        found = {} if kind == "only table" else {"target": draw(st.sampled_from(TARGETS))}
    if "table" in kind:
        choices = draw(st.dictionaries(st.sampled_from(["fast", "slow"]), st.sampled_from(TARGETS), min_size=1))
        found["by"] = {"lane": choices}
    if kind != "plain":
        found["on_change"] = draw(st.sampled_from(["recalculate", "recalculate", "keep", "restart"]))
    return found


@st.composite
def clocks(draw: Any, *, own: bool = False, whole: bool = False) -> dict[str, Any]:
    """One clock in its long form."""
    found: dict[str, Any] = draw(targets(own=own)) | {"escalate": draw(levels)}
    if draw(st.booleans()):
        found["pause"] = draw(st.lists(st.sampled_from(["wait", "hold"]), min_size=1, max_size=2, unique=True))
        longest = draw(st.sampled_from([None, "1h", "5h", "3 working hours"]))
        found |= {} if longest is None else {"max_pause": longest}
    if own:
        moments = [name for name in MOMENTS if not whole or name not in ("wait", "hold")]
        kinds = draw(st.lists(st.sampled_from(moments), min_size=3, max_size=3, unique=True))
        found["from"] = draw(st.sampled_from(["opened" if whole else "entered", kinds[0]]))
        found["until"] = kinds[1]
        found |= {"cancel": kinds[2]} if draw(st.booleans()) else {}
    return found


def frame(hours: str, stages: dict[str, Any]) -> dict[str, Any]:
    """The data of an SOP around its stages."""
    return {
        "sop": "clocks",
        "title": "Clocks",
        "version": "1",
        "timezone": "Asia/Jakarta",
        "calendars": {"office": {"hours": {"mon-fri": hours}, "closed": ["2026-02-05"]}},
        "events": list(EVENTS),
        "fields": {"level": {"type": "choice", "values": ["high", "low"]}, "day": "date", "moment": "datetime"},
        "tables": {"lane": [{"when": {"level": "high"}, "then": "fast"}, {"then": "slow"}]},
        "documents": {"offer": "Offer"},
        "stages": stages,
    }


@st.composite
def sops(draw: Any) -> dict[str, Any]:
    """An SOP of two stages, with clocks of every sort."""
    hours = draw(st.sampled_from(sorted(HOURS)))
    stages: dict[str, Any] = {}
    for stage in ("a", "b"):
        sla = {name: draw(clocks()) for name in draw(st.sets(st.sampled_from(["finish", "first_response", "reply"])))}
        if draw(st.booleans()):
            sla["own"] = draw(clocks(own=True))
        statuses = {"busy": "Busy", "wait": {"title": "Waiting", "waits_for": "customer"}, "hold": "On hold"}
        stages[stage] = {"owner": "sales", "statuses": statuses} | ({"sla": sla} if sla else {})
    stages["b"]["back"] = ["a"]
    found = frame(hours, stages)
    if draw(st.booleans()):
        whole = draw(clocks(own=draw(st.booleans()), whole=True))
        found["sla"] = {"whole": {name: value for name, value in whole.items() if name not in ("pause", "max_pause")}}
    return found


KINDS = (
    *("status", "edit", "receive", "status", "edit", "receive", "status"),
    *("contact", "signal", "attach", "move", "no_reply", "nothing"),
)
GAPS = (0, 0, 4, 32, 60, 120, 180, 240, 480, 600, 960, 1440, 2880)
"""Multiples of four minutes, so that a quarter of every target is a whole number of minutes."""


@st.composite
def facts(draw: Any) -> list[Fact]:
    """A history on whole minutes."""
    at, found = OPENED, []
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=10)):
        at += draw(st.sampled_from(GAPS))
        data: dict[str, Any] = {}
        if kind == "status":
            data = {"to": draw(st.sampled_from(["busy", "wait", "hold"]))}
        elif kind == "edit":
            name = draw(st.sampled_from(["level", "level", "day", "moment"]))
            data = {name: draw(st.none() | VALUES[name])}
        elif kind == "signal":
            data = {"event": draw(st.sampled_from(EVENTS))}
        elif kind == "move":
            data = {"to": draw(st.sampled_from(["a", "b", "b", "won", "lost"]))}
        found.append(Fact(at, kind, data))
    return found


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "level": st.sampled_from(["high", "low"]),
    "day": st.integers(0, 9).map(lambda day: ("day", day)),
    "moment": st.integers(0, 9 * 24).map(lambda hour: ("moment", hour * 60)),
}


def moment(at: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=at)


def raw(value: Any) -> Any:
    """A value of the second opinion as a record holds it."""
    if not isinstance(value, tuple):
        return value
    kind, number = value
    return moment(number * DAY).date().isoformat() if kind == "day" else moment(number).isoformat()


class Both:
    """One history, told to the engine and remembered for the second opinion."""

    def __init__(self, data: dict[str, Any], first: dict[str, Any]) -> None:
        self.data, self.taken = data, [Fact(OPENED, "open", first)]
        self.now = moment(OPENED)
        self.engine = sopengine.Engine(sopengine.load_text(text_of(data), "clocks.yaml"), clock=lambda: self.now)
        record = {name: raw(value) for name, value in first.items()}
        self.engine.open({"id": "K", **record}, by=BY).or_raise()

    def tell(self, fact: Fact, *, tick: bool) -> None:
        self.now = moment(fact.at)
        if tick:
            self.engine.tick()
        if self.give(fact):
            self.taken.append(fact)

    def give(self, fact: Fact) -> bool:
        engine, data = self.engine, fact.data
        if fact.kind == "contact":
            return bool(engine.contact("K", via="call", by=BY))
        if fact.kind == "receive":
            return bool(engine.receive("K", via="email"))
        if fact.kind == "status":
            return bool(engine.set_status("K", data["to"], by=BY))
        if fact.kind == "edit":
            return bool(engine.edit("K", {name: raw(value) for name, value in data.items()}, by=BY))
        if fact.kind == "signal":
            return bool(engine.signal("K", data["event"], by=BY))
        if fact.kind == "attach":
            return bool(engine.attach("K", "offer", by=BY))
        if fact.kind == "no_reply":
            return bool(engine.no_reply_needed("K", "x", by=BY))
        return fact.kind == "move" and bool(engine.move("K", data["to"], by=BY, reason="x"))

    def compare(self, until: int) -> None:
        """Every cycle of every clock, and everything that was told, at their instants."""
        hours = HOURS[self.data["calendars"]["office"]["hours"]["mon-fri"]]
        second = SecondClocks(self.data, hours, {3})
        second.live(self.taken, until)
        self.now = moment(until)
        self.engine.tick()
        state = self.engine.live("K").state
        ours = sorted((c.key, c.number, c.since, c.ended, c.verdict, c.late) for c in (*second.ended, *second.running.values()))
        theirs = sorted(
            (c.name, c.cycle, minutes(c.started_at)[0], c.ended_at and minutes(c.ended_at)[0], c.verdict, minutes(c.breached_at))
            for c in (*state.past, *state.clocks.values())
        )
        assert theirs == ours
        assert told(self.engine) == second.notices(until)


def minutes(at: int | None) -> Any:
    """An instant as the second opinion writes it."""
    if at is None:
        return None
    whole, rest = divmod(at - int(MIDNIGHT.timestamp()) * 1_000_000, 60_000_000)
    assert rest in (0, 1), "something between two minutes"
    return whole, rest == 1


def told(engine: Any) -> list[Any]:
    """The notices of clocks that stand."""
    standing = {}
    for one in engine.history("K"):
        if one.kind in ("warned", "breached", "escalated"):
            standing[one.id] = one
        elif one.kind == CORRECTED:
            standing.pop(one.cause, None)
    return sorted((e.kind, e.data["clock"], e.data["cycle"], minutes(e.occurred_at)) for e in standing.values())


calm = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    report_multiple_bugs=False,
)
records = st.fixed_dictionaries({}, optional={name: VALUES[name] for name in VALUES})


@calm
@given(sops(), records, facts(), st.booleans(), st.sampled_from([0, 60, 1440, 4 * 1440]))
def test_clocks_are_what_a_walk_through_every_minute_finds(
    data: dict[str, Any], first: dict[str, Any], history: list[Fact], tick: bool, more: int
) -> None:
    """Pauses, changed targets, replies, clocks of one's own and of the case: cycles, verdicts and notices are the same."""
    both = Both(data, first)
    for fact in history:
        both.tell(fact, tick=tick)
    both.compare(max(fact.at for fact in (*both.taken, *history)) + more)


# Histories that chance rarely finds

AT_HALF: dict[str, Any] = {"escalate": [{"at": "50%", "notify": "holder"}]}
HARD: dict[str, tuple[dict[str, Any], dict[str, Any], list[Fact]]] = {
    "half of the time is reached in the minute in which the clock is stopped": (
        {"target": "8h", "pause": ["hold"], **AT_HALF},
        {},
        [Fact(780, "status", {"to": "hold"}), Fact(900, "status", {"to": "busy"})],
    ),
    "a restart while it stands still begins its pause anew": (
        {"target": "8h", "by": {"lane": {"fast": "2h"}}, "on_change": "restart", "pause": ["hold"], "max_pause": "5h"},
        {},
        [Fact(600, "status", {"to": "hold"}), Fact(720, "edit", {"level": "high"})],
    ),
    "a target that is halved while it stands still warns when it goes on by itself": (
        {"target": "1d", "by": {"lane": {"fast": "8h"}}, "pause": ["hold"], "max_pause": "5h", **AT_HALF},
        {},
        [Fact(900, "status", {"to": "hold"}), Fact(960, "edit", {"level": "high"})],
    ),
    "a target that is over while it stands still is missed when it goes on": (
        {"target": "1d", "by": {"lane": {"fast": "2h"}}, "pause": ["hold"], **AT_HALF},
        {},
        [Fact(900, "status", {"to": "hold"}), Fact(960, "edit", {"level": "high"}), Fact(1080, "status", {"to": "busy"})],
    ),
    "a promise of the past is not missed while the clock stands still": (
        {"target": {"field": "moment"}, "pause": ["busy"], "max_pause": "5h", "escalate": [{"at": "+3h", "notify": "holder"}]},
        {"moment": ("moment", 0)},
        [],
    ),
    "a pause that is used up in the night goes on at opening": (
        {"target": "4 working hours", "pause": ["hold"], "max_pause": "5h", **AT_HALF},
        {},
        [Fact(960, "status", {"to": "hold"}), Fact(3000, "status", {"to": "busy"}), Fact(3060, "status", {"to": "hold"})],
    ),
}


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("tick", [False, True])
def test_what_chance_rarely_finds(name: str, tick: bool) -> None:
    """Both opinions agree on pauses that meet a level, a change, a restart, a promise of the past, and the night."""
    clock, first, history = HARD[name]
    statuses = {"busy": "Busy", "wait": {"title": "Waiting", "waits_for": "customer"}, "hold": "On hold"}
    stage = {"owner": "sales", "statuses": statuses}
    own = {**stage, "sla": {"own": {"from": "entered", "until": "two", **clock}}}
    for hours in HOURS:
        both = Both(frame(hours, {"a": own, "b": {**stage, "back": ["a"]}}), first)
        for fact in history:
            both.tell(fact, tick=tick)
        both.compare(4 * DAY)
