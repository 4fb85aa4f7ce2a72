"""Random SOPs with follow-up and a contact policy, several cases and shared customers: the engine against the plain opinion.

And that it does not matter how often, and in which steps, time is told: the same events, and the same messages.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from second_contacts import Case, World

import sopengine
from sopengine.testing import strategies
from sopengine.testing.strategies import OPENING, PEOPLE

CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
slow = settings(suppress_health_check=CALM)
slower = settings(suppress_health_check=CALM, max_examples=settings().max_examples // 2)
"""For histories that are told twice."""

BEGUN = OPENING + timedelta(minutes=1)
"""A minute past, so that nobody looks at the very instant at which quiet hours, days and weeks change."""

FIELDS = {
    "name": {"type": "string"},
    "phone": {"type": "phone"},
    "email": {"type": "email"},
    "region": {"type": "choice", "values": ["java", "papua", "york"]},
}
TEMPLATES: dict[str, Any] = {
    "wa": {"channel": "whatsapp", "body": "Halo"},
    "mail": {"channel": "email", "subject": "Halo", "body": "Halo"},
    "text": {"channel": "sms", "body": "Halo"},
    "script": {"channel": "call", "body": "Sapa"},
    "bill": {"channel": "email", "purpose": "service", "subject": "Tagihan", "body": "Terlampir"},
}
ZONES = {"papua": "Asia/Jayapura", "york": "America/New_York"}
EVERY = ("2h", "30m", "1d", "2d", "4 working hours", "1 working day")
PHONES = ("0811 0000 0001", "+62811-0000-0001", "0812 2222 2222", None)
MAILS = ("Rina@contoh.co.id", "rina@contoh.co.id", "joko@contoh.co.id", None, None)


@st.composite
def policies(draw: Any) -> dict[str, Any] | None:
    """A contact policy with some or all of its parts, or none."""
    found: dict[str, Any] = {
        "zone": draw(st.sampled_from([None, {"field": "region", "values": ZONES}])),
        "quiet_hours": draw(st.sampled_from([None, "20:00-08:00", "12:00-13:30", "22:30-06:30"])),
        "max": draw(st.sampled_from([None, {"per_day": 1}, {"per_day": 2, "per_week": 3}, {"per_week": 2}])),
        "opt_out": draw(st.sampled_from([None, {"whatsapp": ["STOP"], "email": ["unsubscribe", "stop"]}])),
        "closed": draw(st.sampled_from([None, "holidays"])),
    }
    found = {key: value for key, value in found.items() if value is not None}
    return found or None


@st.composite
def rules(draw: Any, then: list[str]) -> dict[str, Any]:
    """Follow-up that is asked for or sent by itself."""
    most = draw(st.integers(1, 3))
    found: dict[str, Any] = {"max": most, "every": draw(st.sampled_from(EVERY))}
    found["min"] = draw(st.integers(0, most))
    found["via"] = draw(st.lists(st.sampled_from(["call", "email", "whatsapp"]), max_size=2))
    found["stop_on"] = draw(st.sampled_from([None, ["reply", "meeting"], ["meeting", "calm"]]))
    found["then"] = draw(st.sampled_from([None, *then]))
    if draw(st.booleans()):
        names = {"whatsapp": "wa", "email": "mail", "call": "script"}
        found["template"] = [names[via] for via in found["via"]] or draw(st.sampled_from(["wa", "mail", "text", "bill"]))
        found["send"] = "auto"
    return {key: value for key, value in found.items() if value not in (None, [])}


@st.composite
def sops(draw: Any, name: str) -> dict[str, Any]:
    """A small SOP around follow-up."""
    policy = draw(policies())
    desk = {"owner": "sales", "statuses": {"fresh": "Baru", "calm": "Tenang"}}
    data: dict[str, Any] = {
        "sop": name,
        "title": name,
        "version": "1",
        "timezone": "Asia/Jakarta",
        "calendars": {"office": draw(st.sampled_from(strategies.CALENDARS))},
        "events": ["meeting"],
        "fields": FIELDS,
        "scores": {},
        "tables": {},
        "documents": {},
        "templates": TEMPLATES,
        "stages": {
            "talk": desk | {"follow_up": draw(rules(["lost", "cold"]))},
            "cold": desk | {"back": ["talk"]} | ({"follow_up": draw(rules(["lost"]))} if draw(st.booleans()) else {}),
        },
        "outcomes": {
            "won": {"kind": "success"},
            "lost": {"kind": "failure", "from": "any", "reopen": {"within": "9d", "to": "talk"}},
        },
    }
    return data if policy is None else data | {"contact_policy": policy}


class Step(NamedTuple):
    """What is done after so many minutes, to which case."""

    gap: int
    case: str
    verb: str
    data: dict[str, Any]
    ago: int | None


EDITS: list[dict[str, Any]] = [
    *({"region": region} for region in ("java", "papua", "york", None)),
    *({"phone": phone} for phone in PHONES),
    *({"email": mail} for mail in MAILS),
]
GAPS = (0, 0, 10, 60, 180, 300, 600, 720, 1440, 1440, 1500, 2880, 7200)
VERBS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "contact": st.fixed_dictionaries(
        {
            "via": st.sampled_from(["call", "email", "whatsapp"]),
            "answered": st.sampled_from([False, False, False, True]),
            "template": st.sampled_from([None, None, None, "bill"]),
        }
    ),
    "chase": st.fixed_dictionaries({"times": st.integers(2, 4), "every": st.sampled_from([180, 1440, 2880])}),
    "receive": st.fixed_dictionaries(
        {
            "via": st.sampled_from(["email", "whatsapp"]),
            "text": st.sampled_from([None, "Ya?", "STOP", " stop ", "Unsubscribe"]),
            "automatic": st.sampled_from([False, False, False, True]),
        }
    ),
    "opt_out": st.fixed_dictionaries({"via": st.sampled_from([None, "email", "whatsapp", "call"])}),
    "bounce": st.fixed_dictionaries({"which": st.integers(1, 2)}),
    "edit": st.sampled_from(EDITS).map(lambda changes: {"changes": changes}),
    "signal": st.just({"event": "meeting"}),
    "status": st.sampled_from(["fresh", "calm"]).map(lambda to: {"to": to}),
    "move": st.sampled_from(["cold", "lost", "talk"]).map(lambda to: {"to": to, "reason": "opt_out", "note": None}),
    "deliver": st.fixed_dictionaries({"which": st.integers(0, 2)}),
    "wait": st.just({}),
}
WEIGHTED = ("contact", "contact", "contact", "chase", "chase", "receive", "deliver", "deliver", "wait", "wait", *VERBS)
CASES = ("A", "B", "C")


@st.composite
def steps(draw: Any) -> Step:
    verb = draw(st.sampled_from(WEIGHTED))
    ago = draw(st.sampled_from([None] * 6 + [30, 900, 1600])) if verb in ("contact", "receive", "opt_out") else None
    return Step(draw(st.sampled_from(GAPS)), draw(st.sampled_from(CASES)), verb, draw(VERBS[verb]), ago)


records = st.fixed_dictionaries(
    {"phone": st.sampled_from(PHONES), "email": st.sampled_from(MAILS), "region": st.sampled_from(["java", *ZONES, None])}
)
histories = st.lists(steps(), min_size=3, max_size=12)
worlds = st.tuples(sops("one"), sops("two"), st.tuples(records, records, records))


class Told:
    """One history told to an engine and, unless it is told to be silent, to the second opinion."""

    def __init__(self, one: dict[str, Any], two: dict[str, Any], records: Any, *, opinion: bool = True) -> None:
        loaded = [sopengine.load_text(text_of(data), f"{data['sop']}.yaml") for data in (one, two)]
        self.now = BEGUN
        self.engine = sopengine.Engine(*loaded, people=PEOPLE, clock=lambda: self.now)
        self.world = World() if opinion else None
        self.messages: list[Any] = []
        self.handed: dict[str, Any] = {}
        for name, record, data in zip(CASES, records, (one, two, one), strict=True):
            record = {key: value for key, value in record.items() if value is not None}
            assert self.engine.open({"id": name, **record}, by="ani", sop=data["sop"])
            if self.world is not None:
                assert Case(data, PEOPLE, self.world, name).open(self.now, self.now, "ani", "talk", None, record) == []

    def tell(self, step: Step) -> None:
        """Let time pass, then do it."""
        self.now += timedelta(minutes=step.gap)
        self.tick()
        if step.verb == "chase":
            for _ in range(step.data["times"]):
                self.give(step._replace(verb="contact", data={"via": "call", "answered": False, "template": None}))
                self.now += timedelta(minutes=step.data["every"])
                self.tick()
        elif step.verb != "wait":
            self.give(step)

    def tick(self) -> None:
        """Make true what time brings, in both, and compare what is to be sent."""
        told = self.engine.tick().messages
        self.messages += told
        if self.world is None:
            self.handed |= {message.key: None for message in told}
            return
        theirs = [(message.case, message.channel, message.template) for message in told]
        due = self.world.hand_out(self.now, [message.case for message in told])
        assert theirs == [(name, message["via"], message["template"]) for name, message in due], self.now
        for message in told:
            event(f"handed out: {message.channel}")
            self.handed[message.key] = self.world.cases[message.case].newest("queued")

    def give(self, step: Step) -> None:
        """Give one command to both, and compare what they say about it and afterwards."""
        verb, data, name = step.verb, dict(step.data), step.case
        at = max(BEGUN, self.now - timedelta(minutes=step.ago or 0))
        if verb == "deliver":
            self.deliver(data["which"])
            return
        if verb == "bounce":
            made = [e for e in self.engine.history(name) if e.kind == "contacted" and e.data["via"] != "note"]
            if len(made) < data["which"]:
                return
            data = {"contact": made[-data["which"]].id, "made": len(made) - data["which"]}
        if verb in ("signal", "status", "edit") and self.engine.case(name).outcome:
            return
        decision = call(self.engine, name, verb, data, at)
        event(f"{verb}: {'allowed' if decision else 'refused'}")
        if self.world is not None:
            said = f"{verb} {data} in {name} at {at} (now {self.now})"
            by = "customer" if verb in ("receive", "opt_out") else "ani"
            allowed, codes = self.world.cases[name].command(self.now, verb, data | {"wrong": []}, by, at)
            assert Counter(f.code for f in decision.findings) == Counter(codes), said
            assert bool(decision) == allowed, said
            self.same(said)
        for finding in decision.findings:
            event(finding.code)

    def deliver(self, which: int) -> None:
        """Tell of a message that it arrived."""
        if which >= len(self.handed):
            return
        key = list(self.handed)[which]
        handed = self.handed.pop(key)
        assert self.engine.delivered(key), "what has happened is never refused"
        if handed is not None and self.world is not None:
            name = key.removeprefix("case:").split("/")[0]
            data = {"via": handed.data["via"], "template": handed.data["template"], "answered": False, "handed": handed}
            self.world.cases[name].command(self.now, "contact", data, "sop", self.now)
            self.same(f"delivered {key} at {self.now}")

    def same(self, said: str) -> None:
        """Every case stands where both say it does."""
        self.tick()
        assert self.world is not None
        for name, opinion in self.world.cases.items():
            opinion.settle(self.now)
            case, facts = self.engine.case(name), opinion.until()
            visit = opinion.visits(facts)[-1]
            assert (case.place, case.entered_at) == (visit.place, visit.entered), (name, said)
            assert case.outcome == opinion.outcome(facts), (name, said)
            attempts = opinion.series(facts)["attempts"] if visit.place in opinion.stages else 0
            assert case.attempts == attempts, (name, said)


def text_of(data: dict[str, Any]) -> str:
    return strategies.text_of({key: value for key, value in data.items() if value != {}})


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(0, strategies.ZONE) + timedelta(microseconds=at)


def call(engine: Any, name: str, verb: str, data: dict[str, Any], at: datetime) -> Any:
    """The verb of the engine."""
    how: dict[str, Any] = {"at": at, "by": "customer" if verb in ("receive", "opt_out") else "ani"}
    if verb == "contact":
        return engine.contact(name, via=data["via"], answered=data["answered"], template=data["template"], **how)
    if verb == "receive":
        return engine.receive(name, via=data["via"], text=data["text"], automatic=data["automatic"], **how)
    if verb == "opt_out":
        return engine.opt_out(name, via=data["via"], **how)
    if verb == "bounce":
        return engine.bounce(name, data["contact"], **how)
    if verb == "edit":
        return engine.edit(name, data["changes"], **how)
    if verb == "signal":
        return engine.signal(name, data["event"], **how)
    if verb == "status":
        return engine.set_status(name, data["to"], **how)
    return engine.move(name, data["to"], reason=data["reason"], **how)


@slow
@given(worlds, histories)
def test_engine_and_second_opinion_agree_about_customers(world: Any, history: list[Step]) -> None:
    """Who may be contacted when, over all cases of a customer; what is handed out; where each case ends."""
    told = Told(*world)
    for step in history:
        told.tell(step)
    for _ in range(4):
        told.now += timedelta(hours=31)
        told.tick()
        told.same("at the end")


def meaning(told: Told) -> list[tuple[Any, ...]]:
    """Every event of every case, without when it was recorded."""
    return [(e.id, e.kind, e.occurred_at, e.by, e.cause, e.data, e.derived) for name in CASES for e in told.engine.history(name)]


strangers = records.map(lambda one: tuple(one | {"phone": f"0811 000 000{n}", "email": None} for n in range(3)))
"""Three customers. Of two cases that compete for one place under a cap, the first to be looked at has it."""


@slower
@given(st.tuples(sops("one"), sops("two"), strangers), histories, st.lists(st.integers(0, 100), max_size=4))
def test_any_steps_up_to_now_give_the_same_events_and_messages(world: Any, history: list[Step], parts: list[int]) -> None:
    """Time is told in one step or in several, with ticks for instants long gone in between: nothing differs, nothing twice."""
    whole, stepwise = Told(*world, opinion=False), Told(*world, opinion=False)
    for step in [*history, Step(3000, "A", "wait", {}, None), Step(20000, "A", "wait", {}, None)]:
        if step.verb == "edit" and "region" not in step.data["changes"]:
            continue
        whole.tell(step)
        since, stepwise.now = stepwise.now, stepwise.now + timedelta(minutes=step.gap)
        for part in parts:
            told = stepwise.engine.tick(since + (stepwise.now - since) * part / 100)
            stepwise.messages += told.messages
            stepwise.handed |= {message.key: None for message in told.messages}
        stepwise.tell(step._replace(gap=0))
        assert [m.key for m in stepwise.messages] == [m.key for m in whole.messages]
    assert meaning(stepwise) == meaning(whole)
    assert stepwise.messages == whole.messages
    event(f"handed out: {min(len(whole.messages), 3)}")


@slower
@given(worlds, histories, st.lists(st.integers(1, 99), max_size=4))
def test_any_steps_into_the_future_give_the_same_events_and_messages(world: Any, history: list[Step], parts: list[int]) -> None:
    """What is foreseen in one look ahead is foreseen in several short ones."""
    whole, stepwise = Told(*world, opinion=False), Told(*world, opinion=False)
    for step in history:
        whole.tell(step)
        stepwise.tell(step)
    end = timedelta(days=40)
    whole.messages += whole.engine.tick(whole.now + end).messages
    for part in [*sorted(parts), 100]:
        stepwise.messages += stepwise.engine.tick(stepwise.now + end * part / 100).messages
    assert meaning(stepwise) == meaning(whole)
    assert [m.key for m in stepwise.messages] == [m.key for m in whole.messages]
