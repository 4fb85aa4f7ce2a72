"""The engine as people and programs use it, in any order: every verb by anybody, trials, repeated keys, host objects, restarts.

After every step the plain second opinion stands where the engine stands. Nothing that it calls forbidden was done, nothing that
it calls fine was refused, and what was refused left nothing behind.
"""

from __future__ import annotations

import copy
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from second_gates import Gate, Staff
from second_opinion import Fact

import sopengine
from sopengine.store import Append, MemoryStore
from sopengine.testing.strategies import BAD, FIELDS, GOOD, OPENING, SCORES, TABLES, ZONE, text_of

STAFF: dict[str, dict[str, Any]] = {
    "dewi": {"roles": ["admin"]},
    "ani": {"roles": ["sales"], "reports_to": "eka"},
    "budi": {"roles": ["sales", "admin"], "leave": ["2026-02-03..2026-02-04"]},
    "citra": {"roles": ["sales"], "leave": ["2026-02-04", "2026-02-06..2026-02-08"]},
    "eka": {"roles": ["coordinator"], "leave": ["2026-02-09..2026-02-10"]},
    "fajar": {"roles": ["manager"], "leave": ["2026-02-03..2026-02-05"]},
    "gita": {"roles": ["manager", "sales"], "leave": ["2026-02-04..2026-02-06"]},
    "hana": {"roles": ["director"]},
}
"""On 4 and 5 February every manager is away."""

WORDS = {"bounce": "contact", "edit": "changes", "status": "to", "assign": "to", "request": "approval", "approve": "what"}
ACTORS = ("owner", "owner", "owner", *STAFF, "stranger")
NEVER = 1 << 62
VALID = ("1d", "2 working days", "36h")
LEVELS = [{"at": "50%", "notify": "holder"}]
STAGES = ("capture", "talk", "talk", "offer", "offer", "closing")
DECIDERS = ("eka", "eka", "fajar", "gita", "hana", "hana", "ani")
CASES = ("L-1", "L-2", "L-3")
DOCUMENTS = ("quotation", "contract", "form", "ghost")


@st.composite
def sops(draw: Any) -> dict[str, Any]:
    """A desk of four stages that asks for everything a gate can ask for."""
    then = draw(st.sampled_from(["nurture", "lost", "closing"]))
    override = draw(st.sampled_from([{}, {"override": {"by": ["manager"]}}, {"override": {"by": "director"}}]))
    return override | {
        "sop": "desk",
        "title": "Meja",
        "version": "1",
        "timezone": "Asia/Jakarta",
        "calendars": {"office": {"hours": {"mon-fri": "08:00-12:00, 13:00-17:00"}, "holidays": ["2026-02-06"]}},
        "roles": {
            "admin": "Admin",
            "sales": {"title": "Penjualan", "reports_to": "coordinator"},
            "coordinator": {"title": "Koordinator", "reports_to": "manager"},
            "manager": {"title": "Manajer", "reports_to": "director", "stand_in": "coordinator"},
            "auditor": {"title": "Auditor", "stand_in": "manager"},
            "director": "Direktur",
        },
        "fields": FIELDS,
        "scores": SCORES,
        "tables": TABLES,
        "documents": {
            "quotation": {"title": "Penawaran", "types": ["pdf"], "valid_for": draw(st.sampled_from(VALID))}
            | draw(st.sampled_from([{}, {"approved_by": "coordinator"}, {"approved_by": ["manager", "sales"]}])),
            "contract": draw(st.sampled_from(["Kontrak", {"approved_by": "auditor"}, {"approved_by": "manager"}])),
            "form": {"title": "Formulir", "from": "fields"},
        },
        "approvals": {"discount": draw(approvals())},
        "stages": {
            "capture": {"owner": "admin", "requires": ["name", {"any": ["phone", "segment"]}], "sla": {"finish": "1h"}},
            "talk": {
                "owner": "sales",
                "requires": ["budget", {"fields": ["phone"], "when": {"segment": "a"}}],
                "documents": ["form"],
                "checklist": draw(checklists()),
                "statuses": {"baru": "Baru", "tunggu": {"title": "Menunggu", "waits_for": "customer"}},
                "sla": {"first_response": "4 working hours", "finish": {"target": "3d", "escalate": LEVELS}},
                "follow_up": {"max": 2, "min": 1, "every": draw(st.sampled_from(["1d", "4 working hours"])), "then": then},
                "next": draw(st.sampled_from([["offer"], [{"to": "offer", "when": {"heat": ["hot", "warm"]}}, "nurture"]])),
                "back": ["capture"],
            },
            "offer": {
                "owner": ["sales", "manager"],
                "documents": ["quotation"],
                "approvals": ["discount"],
                "sla": {"finish": "2 working days"},
                "back": [{"to": "talk", "max": 1}],
            },
            "closing": {
                "owner": draw(st.sampled_from(["manager", "auditor"])),
                "documents": ["contract", "quotation"],
                "checklist": draw(checklists()),
            },
        },
        "outcomes": {
            "won": {"kind": "success"},
            "lost": {"kind": "failure", "reasons": ["harga"], "reopen": {"within": "3d", "to": "talk", "by": "manager"}},
            "nurture": {"kind": "parked", "from": ["talk"], "recycle": {"after": "5d", "to": "talk", "max": 1, "then": "lost"}},
        },
    }


@st.composite
def approvals(draw: Any) -> dict[str, Any]:
    """An approval of one or two levels."""
    levels = [
        {"by": draw(st.sampled_from(["coordinator", "manager", ["coordinator", "manager"]]))},
        {"by": draw(st.sampled_from(["manager", "director", "auditor"])), "when": {"discount": "> 10"}},
    ]
    levels[0] |= draw(st.sampled_from([{}, {}, {"quorum": 2}]))
    found: dict[str, Any] = {"levels": levels[: draw(st.integers(1, 2))], "void_if_changed": ["discount", "budget"]}
    found |= draw(st.sampled_from([{}, {"when": {"discount": "> 0"}}, {"when": {"budget": ">= 100"}}]))
    found |= draw(st.sampled_from([{}, {"within": "4 working hours"}, {"within": "1d"}]))
    return found | draw(st.sampled_from([{}, {}, {"not_by": ["requester"]}, {"not_by": ["holder"]}]))


@st.composite
def checklists(draw: Any) -> dict[str, Any]:
    kinds = st.sampled_from([{}, {}, {"optional": True}, {"once": True}, {"once": True, "optional": True}])
    return {code: {"text": f"Butir {code}", **draw(kinds)} for code in draw(st.sampled_from(["x", "xy", "yz", "xyz"]))}


def told(verb: str, **words: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.fixed_dictionaries(words).map(lambda data: (verb, data))


DECIDED = ("discount", "discount", "quotation", "quotation", "contract", "form", "ghost")
EDITS = [{name: value} for name, values in GOOD.items() for value in [*values, None]] + [{name: value} for name, value, _ in BAD]
PLACES = ("capture", "talk", "offer", "closing", "won", "lost", "nurture", "nowhere")
some_verb = st.one_of(
    told(
        "move",
        to=st.sampled_from(PLACES),
        reason=st.sampled_from([None, "harga", "iseng"]),
        note=st.none(),
        override=st.sampled_from([None, None, "mendesak"]),
    ),
    told("advance"),
    told("advance"),
    told("contact", via=st.sampled_from(["call", "email"]), answered=st.sampled_from([False, False, True])),
    told("receive", automatic=st.sampled_from([False, False, True])),
    told("bounce", which=st.integers(1, 2)),
    told("edit", changes=st.sampled_from(EDITS)),
    told(
        "attach",
        document=st.sampled_from(DOCUMENTS),
        type=st.sampled_from([None, "pdf", "exe"]),
        name=st.sampled_from([None, "a.pdf", "a.txt", "a"]),
        sha256=st.sampled_from([None, "a" * 64, "b" * 64]),
    ),
    told("tick", item=st.sampled_from(["x", "y", "z", "ghost"])),
    told("untick", item=st.sampled_from(["x", "y", "z"])),
    told("status", to=st.sampled_from(["baru", "tunggu", "ghost"])),
    told("assign", to=st.sampled_from(sorted(STAFF))),
    told("note"),
    told("request", approval=st.sampled_from(["discount", "discount", "discount", "ghost"])),
    *[told("approve", what=st.sampled_from(DECIDED))] * 2,
    told("reject", what=st.sampled_from(DECIDED)),
)
RECORDED = (
    told("move", to=st.sampled_from(PLACES), reason=st.sampled_from([None, "harga"]), note=st.none(), override=st.none()),
    told("edit", changes=st.sampled_from(EDITS)),
    told("attach", document=st.sampled_from(DOCUMENTS), type=st.sampled_from([None, "pdf"]), name=st.none(), sha256=st.none()),
    told("tick", item=st.sampled_from(["x", "y", "ghost"])),
    told("request", approval=st.just("discount")),
    told("approve", what=st.sampled_from(DECIDED)),
)
cases = st.sampled_from(CASES)
askers = st.sampled_from(["owner", "owner", "fajar", "gita"])
deciders = st.lists(st.sampled_from(DECIDERS), max_size=4)
actors = st.sampled_from(ACTORS)
gaps = st.sampled_from([0, 1, 30, 60, 240, 600, 1440, 1500, 2880, 5760])
late = st.sampled_from([None, None, None, None, 0, 1, 60, 240, 1440, 1600, -30])


class Desk(RuleBasedStateMachine):
    """An engine and, for each case, a second opinion."""

    @initialize(data=sops(), stages=st.tuples(*[st.sampled_from(STAGES)] * len(CASES)))
    def begin(self, data: dict[str, Any], stages: tuple[str, ...]) -> None:
        """Three cases come under the SOP, wherever they stand by then."""
        self.data, self.now, self.staff = data, OPENING, Staff(STAFF)
        self.people = sopengine.People.from_mapping({"timezone": "Asia/Jakarta", "people": STAFF})
        self.sop = sopengine.load_text(text_of(data), "desk.yaml")
        self.store = MemoryStore()
        self.opinions: dict[str, Gate] = {}
        self.keys = 0
        self.start()
        for case, stage in zip(CASES, stages, strict=True):
            self.open(case, "owner", 0, stage)

    def start(self) -> None:
        self.engine = sopengine.Engine(self.sop, people=self.people, store=self.store, clock=lambda: self.now)

    # Steps ............................................................................................................

    @rule(case=cases, actor=actors, gap=gaps)
    def open(self, case: str, actor: str, gap: int, stage: str = "capture") -> None:
        """A case is opened, perhaps by somebody who may not, perhaps a second time."""
        self.wait(gap)
        by = self.person(actor, stage)
        before = self.everything()
        decision = self.engine.open({"id": case, "name": "PT Maju"}, by=by, stage=stage)
        if case in self.opinions:
            assert codes_of(decision.findings)[0] == "CASE508"
        else:
            opinion = Gate(self.data, self.staff)
            codes = opinion.open(self.now, self.now, by, stage, None, {"name": "PT Maju"})
            assert codes_of(decision.findings) == codes
            self.opinions[case] = opinion
        assert bool(decision) or self.everything() == before

    @rule(gap=gaps)
    def wait(self, gap: int) -> None:
        """Time passes."""
        self.now += timedelta(minutes=gap)
        self.engine.tick()
        for opinion in self.opinions.values():
            opinion.settle(self.now)

    @rule(case=cases, asked=some_verb, actor=actors, ago=late, gap=gaps, keyed=st.booleans())
    def act(self, case: str, asked: tuple[str, dict[str, Any]], actor: str, ago: int | None, gap: int, keyed: bool) -> None:
        """Somebody does something, now, a while ago, or in the future; first on trial, then in earnest, then again."""
        self.wait(gap)
        self.do(case, *asked, self.person(actor, self.place(case)), ago, keyed=keyed)

    @rule(case=cases, asked=some_verb, actor=actors)
    def act_at_once(self, case: str, asked: tuple[str, dict[str, Any]], actor: str) -> None:
        """Somebody does something at the very instant of what was before."""
        self.do(case, *asked, self.person(actor, self.place(case)), None)

    @rule(case=cases, gap=gaps, actor=st.sampled_from(["owner", "owner", *STAFF]))
    def go_on(self, case: str, gap: int, actor: str) -> None:
        """Somebody who may does everything that the stage asks for; then somebody moves the case on."""
        self.wait(gap)
        place = self.place(case)
        steps: list[tuple[str, dict[str, Any]]] = [("edit", {"changes": {name: values[-1] for name, values in GOOD.items()}})]
        for name in ("quotation", "contract"):
            steps.append(("attach", {"document": name, "type": "pdf", "name": None, "sha256": None}))
        steps += [("tick", {"item": item}) for item in self.data["stages"].get(place, {}).get("checklist", {})]
        for verb, data in steps:
            self.do(case, verb, data, self.person("owner", place), None)
        self.do(case, "advance", {}, self.person(actor, place), None)

    @rule(case=cases, asker=askers, discount=st.sampled_from([5, 20, 20]), people=deciders, gap=gaps, days=st.integers(0, 2))
    def consent(self, case: str, asker: str, discount: int, people: list[str], gap: int, days: int) -> None:
        """An approval is requested, mostly by somebody who may, and several people decide on it, hours or days apart."""
        self.wait(1440 * days)
        place = self.place(case)
        self.do(case, "edit", {"changes": {"discount": discount, "budget": 100}}, self.person("owner", place), None)
        self.do(case, "request", {"approval": "discount"}, self.person(asker, place), None)
        for person in people:
            self.wait(gap)
            self.do(case, "approve", {"what": "discount"}, person, None)

    @rule(case=cases, asker=askers, name=st.sampled_from(["quotation", "contract"]), people=deciders, gap=gaps)
    def hand_in(self, case: str, asker: str, name: str, people: list[str], gap: int) -> None:
        """A document is attached, mostly by somebody who may, and several people approve it."""
        data = {"document": name, "type": "pdf", "name": None, "sha256": None}
        self.do(case, "attach", data, self.person(asker, self.place(case)), None)
        for person in people:
            self.wait(gap)
            self.do(case, "approve", {"what": name}, person, None)

    @rule(case=cases, to=st.sampled_from(PLACES), by=st.sampled_from(["owner", "gita", "fajar", "eka"]))
    def override(self, case: str, to: str, by: str) -> None:
        """Somebody lets a case go on although something is missing."""
        data = {"to": to, "reason": "harga", "note": None, "override": "mendesak"}
        self.do(case, "move", data, self.person(by, self.place(case)), None)

    @rule(actor=actors, gap=gaps, to=st.sampled_from(PLACES), override=st.sampled_from([None, None, "mendesak"]))
    def move_all(self, actor: str, gap: int, to: str, override: str | None) -> None:
        """Every case is moved in one call, by one person: the gate of each holds as if it were alone."""
        self.wait(gap)
        by = self.person(actor, self.place(CASES[0]))
        decisions = self.engine.move_all(CASES, to, reason="harga", by=by, override=override)
        for case, decision in zip(CASES, decisions, strict=True):
            data = {"to": to, "reason": "harga", "note": None, "override": override}
            said = f"move_all {data} {case} by {by} at {self.now}"
            self.agree(decision, *self.opinions[case].command(self.now, "move", data, by, self.now), said)

    @rule(case=cases, actor=actors, asked=st.one_of(*RECORDED), gap=gaps)
    def take_in(self, case: str, actor: str, asked: tuple[str, dict[str, Any]], gap: int) -> None:
        """What is recorded as having happened is found fault with exactly as it would have been refused."""
        self.wait(gap)
        verb, data = asked
        by = self.person(actor, self.place(case))
        trial = Gate(self.data, self.staff)
        trial.facts = [copy.copy(fact) for fact in self.opinions[case].facts]
        allowed, codes = self.opinion_of(trial, verb, dict(data), by, self.now)
        if not allowed or by == "stranger":
            other = sopengine.Engine(self.sop, people=self.people, store=copy_of(self.engine, self.store), clock=lambda: self.now)
        else:
            other, self.opinions[case] = self.engine, trial
        found = other.record([item_of(case, verb, data) | {"at": self.now, "by": by}])
        assert Counter(codes_of(found)) == Counter(codes), f"recorded {verb} {data} in {case} by {by} at {self.now}"

    @rule(case=cases, actor=actors, changes=st.sampled_from(EDITS[: -len(BAD)]), to=st.sampled_from(PLACES), stale=st.booleans())
    def move_object(self, case: str, actor: str, changes: dict[str, Any], to: str, stale: bool) -> None:
        """A host's own lead is moved: its fields are taken along with the move, or nothing is."""
        self.wait(0)
        opinion, before, place = self.opinions[case], self.everything(), self.place(case)
        by = self.person(actor, place)
        lead = {"id": case, "stage": "nowhere" if stale else place, **changes}
        kept = dict(lead)
        try:
            decision = self.engine.move(lead, to, reason="harga", by=by)
        except sopengine.StaleObject:
            assert stale
            assert (lead, self.everything()) == (kept, before)
            return
        assert not stale
        trial = Gate(self.data, self.staff)
        trial.facts = [copy.copy(fact) for fact in opinion.facts]
        changed = {name: value for name, value in changes.items() if value != opinion.record(opinion.until()).get(name)}
        remarks: list[str] = []
        if changed:
            edit = Fact("edit", self.now, by, trial.roles_at(by, self.now), {"changes": changed})
            remarks = list(trial._acts(place, edit)) if place not in trial.outcomes else []
            trial._accept(edit)
        allowed, codes = trial.command(self.now, "move", {"to": to, "reason": "harga", "note": None}, by, self.now)
        codes += [code for code in remarks if code not in codes]
        self.agree(decision, allowed, codes, f"move {lead} to {to} by {by} at {self.now}")
        if allowed:
            self.opinions[case] = trial
            assert lead["stage"] == self.place(case)
        else:
            assert (lead, self.everything()) == (kept, before)

    @rule()
    def restart(self) -> None:
        """Another engine goes on with the same store."""
        self.start()

    # Doing it ..........................................................................................................

    def do(self, case: str, verb: str, data: dict[str, Any], by: str, ago: int | None, *, keyed: bool = False) -> None:
        opinion = self.opinions[case]
        at = self.now - timedelta(minutes=ago or 0)
        if verb == "bounce":
            made = [e for e in self.engine.history(case) if e.kind == "contacted"]
            if len(made) < data["which"]:
                return
            data = {"contact": made[-data["which"]].id, "made": len(made) - data["which"]}
        said = f"{verb} {data} in {case} ({self.place(case)}) by {by} at {at} (now {self.now})"
        self.keys += keyed
        how: dict[str, Any] = {"by": by, "at": at} | ({"key": f"key {self.keys}"} if keyed else {})
        before = self.everything()
        tried = call(self.engine, case, verb, data, dry_run=True, **how)
        assert self.everything() == before, said
        decision = call(self.engine, case, verb, data, **how)
        assert said_by(tried) == said_by(decision), said
        assert tried.case == decision.case, said
        event(f"{verb}: {'allowed' if decision else 'refused'}")
        self.agree(decision, *self.opinion_of(opinion, verb, data, by, at), said)
        after = self.everything()
        assert bool(decision) or after == before, said
        if keyed and decision:
            again = call(self.engine, case, verb, data, **how)
            assert [e.id for e in again.events] == [e.id for e in decision.events], said
            assert self.everything() == after, said

    def opinion_of(self, opinion: Gate, verb: str, data: dict[str, Any], by: str, at: datetime) -> tuple[bool, list[str]]:
        if verb == "advance":
            verb, data = "move", {"to": opinion.advance(self.now), "reason": None, "note": None}
        if verb == "edit":
            known = {(name, repr(value)): code for name, value, code in BAD}
            data = {**data, "wrong": [known[key] for key in map(keyed_by, data["changes"].items()) if key in known]}
        if verb == "contact":
            data = {**data, "template": None}
        return opinion.command(self.now, verb, data, by, at)

    def agree(self, decision: Any, allowed: bool, codes: list[str], said: str) -> None:
        for finding in decision.findings:
            event(finding.code)
        assert Counter(f.code for f in decision.findings) == Counter(codes), said
        assert bool(decision) == allowed, said

    def person(self, actor: str, place: str) -> str:
        """Who acts: the first of those who may where the case stands, or somebody by name."""
        if actor != "owner":
            return actor
        opinion = Gate(self.data, self.staff)
        owners = set(opinion.owners(place)) or {"manager"}
        return next((p for p in STAFF if owners & set(opinion.roles_at(p, self.now))), "hana")

    def place(self, case: str) -> str:
        return str(self.engine.case(case).place)

    def everything(self) -> list[Any]:
        """All that a host can see of all cases, and the states behind it."""
        self.engine.tick()
        found = []
        for case in self.opinions:
            seen = self.engine.case(case), self.engine.history(case), codes_of(self.engine.todo(case))
            found.append((seen, self.engine.live(case).state.copy()))
        return found

    # What always holds ...................................................................................................

    @invariant()
    def same_cases(self) -> None:
        """Each case stands where the second opinion says, with the same things in hand."""
        for name, opinion in getattr(self, "opinions", {}).items():
            self.engine.tick()
            opinion.settle(self.now)
            case, facts = self.engine.case(name), opinion.until()
            visit = opinion.visits(facts)[-1]
            assert (case.place, case.entered_at, case.outcome) == (visit.place, visit.entered, opinion.outcome(facts)), name
            assert (case.holder, case.status) == (opinion.holder(facts), opinion.status(facts)), name
            assert (set(case.documents), set(case.ticked)) == (opinion.documents(facts), opinion.ticks(facts)), name
            assert case.overrides == opinion.overrides(facts), name
            record = opinion.record(facts)
            assert dict(case.record) == {key: record[key] for key in FIELDS if key in record}, name
            asked = [code for code in codes_of(self.engine.todo(name)) if code.startswith("CASE2")]
            assert Counter(asked) == Counter(opinion.todo(self.now)), name

    def teardown(self) -> None:
        """A new engine reads the same from the store; and what time still brings does not depend on the steps of telling it."""
        if not getattr(self, "opinions", None):
            return
        live = self.everything()
        self.restart()
        assert self.everything() == live
        stores = [copy_of(self.engine, self.store) for _ in "12"]
        copies = [sopengine.Engine(self.sop, people=self.people, store=store, clock=lambda: self.now) for store in stores]
        end = timedelta(days=12)
        copies[0].tick(self.now + end)
        for part in (1, 3, 4, 7, 12):
            copies[1].tick(self.now + end * part / 12)
        for case in self.opinions:
            assert meaning(copies[0], case) == meaning(copies[1], case)
            assert plain(copies[0].live(case).state) == plain(copies[1].live(case).state)


def item_of(case: str, verb: str, data: dict[str, Any]) -> dict[str, Any]:
    """A command as something that has happened."""
    kinds = {"move": "moved", "edit": "edited", "attach": "attached", "tick": "ticked", "request": "requested"}
    said = {word: value for word, value in data.items() if value is not None}
    return {"case": case, "kind": kinds.get(verb, "approved"), **said}


def copy_of(engine: Any, store: MemoryStore) -> MemoryStore:
    """Another store with the same streams and deadlines."""
    other = MemoryStore()
    for stream in store.streams():
        case = stream.removeprefix("case:")
        wake = engine.live(case).wake if case != stream else NEVER
        other.append([Append(stream, 0, tuple(store.read(stream)), wake)])
    return other


def plain(state: Any) -> dict[str, Any]:
    """A state as data, without how far it was settled without anything to tell."""
    return {name: getattr(state, name) for name in state.__struct_fields__ if name != "settled_at"}


def meaning(engine: Any, case: str) -> list[tuple[Any, ...]]:
    return [(e.id, e.kind, e.occurred_at, e.by, e.cause, e.data, e.derived) for e in engine.history(case)]


def keyed_by(item: tuple[str, Any]) -> tuple[str, str]:
    return item[0], repr(item[1])


def codes_of(findings: Any) -> list[str]:
    return [finding.code for finding in findings]


def said_by(decision: Any) -> tuple[bool, list[str]]:
    return bool(decision), codes_of(decision.findings)


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(0, ZONE) + timedelta(microseconds=at)


def call(engine: Any, case: str, verb: str, data: dict[str, Any], **how: Any) -> Any:
    """The verb of the engine."""
    if verb == "move":
        return engine.move(case, data["to"], reason=data["reason"], note=data["note"], override=data["override"], **how)
    if verb in ("contact", "attach"):
        return getattr(engine, verb)(case, **data, **how)
    if verb == "receive":
        return engine.receive(case, via="whatsapp", automatic=data["automatic"], **how)
    if verb == "note":
        return engine.note(case, "catatan", **how)
    if verb == "reject":
        return engine.reject(case, data["what"], "terlalu besar", **how)
    if verb == "advance":
        return engine.advance(case, **how)
    name = {"tick": "tick_off", "status": "set_status"}.get(verb, verb)
    return getattr(engine, name)(case, data[WORDS.get(verb, "item")], **how)


Desk.TestCase.settings = settings(
    max_examples=max(10, settings().max_examples // 2),
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestDesk = Desk.TestCase
