"""Judging recorded histories, as an audit does: settle, judge, fold, against a loop written by hand for each procedure.

Both must find exactly the same: the same codes on the same events, the same notices at the same instants.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import sopengine
from bench import by_hand
from bench.report import Section, microseconds, ratio
from bench.timing import Work, race
from sopengine.kernel import events
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.events import Event
from sopengine.kernel.fold import fold
from sopengine.kernel.judge import judge
from sopengine.kernel.settle import settle
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables

CASES, ROUNDS = 150, 21
HOUR = 3_600_000_000
BEGIN = 1_767_229_200_000_000
"""2026-01-01 08:00 in Jakarta."""

FIELDS = """
fields:
  name: string
  phone: phone
  source: {type: choice, values: [website, event, referral]}
  need: {type: choice, values: [high, medium, low]}
  budget: {type: money, currency: IDR, min: 0}
  timeline: {type: integer, min: 0}
  region: {type: choice, values: [java, sumatra]}
  segment_note: string
documents: {form: Form, proposal: Proposal, quotation: Quotation, contract: Contract}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reasons: [price, competitor]}
"""
HEAD = 'sop: audited\ntitle: Audited\nversion: "1"\ntimezone: Asia/Jakarta\n'

PLAIN = f"""{HEAD}{FIELDS}
stages:
  capture: {{owner: marketing, requires: [name, phone, source]}}
  qualification: {{owner: sales, requires: [need, budget, timeline], documents: [form]}}
  proposal: {{owner: sales, documents: [proposal]}}
  closing: {{owner: [sales, sales_manager], documents: [quotation, contract]}}
"""
CLOCKS = f"""{HEAD}{FIELDS}
sla: {{reply: 12h}}
stages:
  capture: {{owner: marketing, requires: [name, phone, source], sla: {{finish: 24h}}}}
  qualification:
    owner: sales
    requires: [need, budget, timeline]
    documents: [form]
    sla: {{first_response: 24h, finish: 72h}}
  proposal: {{owner: sales, documents: [proposal], sla: {{finish: 120h}}}}
  closing: {{owner: [sales, sales_manager], documents: [quotation, contract], sla: {{finish: 168h}}}}
"""
EVERYTHING = f"""{HEAD}{FIELDS}  parked: {{kind: parked}}
calendars:
  office: {{hours: {{mon-fri: "08:00-12:00, 13:00-17:00"}}, closed: ["2026-01-16"]}}
scores:
  grade:
    add:
      - {{points: 40, when: {{need: high}}}}
      - {{points: 20, when: {{need: medium}}}}
      - {{points: 30, when: {{budget: ">= 50_000_000"}}}}
      - {{points: 30, when: {{timeline: "<= 30"}}}}
    grades: {{hot: ">= 70", warm: "40..69", cold: "< 40"}}
tables:
  team:
    - {{when: {{region: java, budget: ">= 50_000_000"}}, then: corporate}}
    - {{then: regular}}
sla: {{reply: 4 working hours}}
stages:
  capture: {{owner: marketing, requires: [name, phone, source], sla: {{finish: 8 working hours}}}}
  qualification:
    owner: sales
    requires: [need, budget, timeline, {{fields: [segment_note], when: {{team: corporate}}}}]
    documents: [form]
    sla: {{first_response: 4 working hours, finish: 16 working hours}}
    follow_up: {{max: 3, min: 2, every: 24h, via: [call, whatsapp], then: lost}}
    next:
      - {{to: proposal, when: {{grade: [hot, warm]}}}}
      - {{to: parked, when: {{grade: cold}}}}
  proposal: {{owner: sales, documents: [proposal], sla: {{finish: 24 working hours}}}}
  closing: {{owner: [sales, sales_manager], documents: [quotation, contract], sla: {{finish: 40 working hours}}}}
"""

Audited = tuple[list[tuple[str, str]], list[tuple[str, str, int]], list[CaseState]]
"""Findings (event, code), notices (kind, clock, instant), and the cases as they are in the end."""


def audit(tables: Tables, histories: list[list[Event]]) -> Audited:
    """What an audit does with recorded histories: take up what time made true, judge, and fold whatever was found."""
    found: list[tuple[str, str]] = []
    notices: list[tuple[str, str, int]] = []
    cases: list[CaseState] = []
    for history in histories:
        state = CaseState(history[0].case)
        for event in history:
            until = event.occurred_at + (event.cause is not None)
            if state.wake < until:
                for made in settle(tables, state, until, derive=False):
                    notice = made.notice
                    notices.append((notice.kind, notice.data.get("clock", ""), notice.occurred_at))
            for finding in judge(tables, state, event):
                found.append((event.id, finding.code))
            fold(tables, state, event)
        cases.append(state)
    return found, notices, cases


class Writer:
    """Makes histories as sloppy teams leave them: mostly right, now and then late, skipped or by the wrong person."""

    def __init__(self, tables: Tables, seed: int, contacts: bool) -> None:
        self.tables = tables
        self.chance = random.Random(seed)
        self.contacts = contacts
        self.now = 0
        self.history: list[Event] = []

    def case(self, name: str) -> list[Event]:
        """One history, up to the first thing that the procedure itself did."""
        self.now, self.history = BEGIN + self.chance.randrange(24 * 90) * HOUR, []
        self.state = CaseState(name)
        record = {"name": "PT Maju Jaya", "phone": "+6281234567890", "source": "website"}
        if self.chance.random() < 0.05:
            record["source"] = "billboard"
        self.add(events.OPENED, ("marketing",), {"stage": "capture", "record": record})
        for stage, owner, then in by_hand.FLOW:
            if not self.stage(stage, owner, then):
                break
        return self.history

    def stage(self, stage: str, owner: str, then: str) -> bool:
        alive = True
        if self.contacts and stage != "capture":
            for number in range(self.chance.randrange(1, 5)):
                alive = alive and self.add(events.CONTACTED, (owner,), {"via": ("call", "whatsapp")[min(number, 1)]})
                if alive and self.chance.random() < 0.4:
                    alive = self.add(events.RECEIVED, (), {"via": "whatsapp"})
        if alive and stage == "qualification":
            facts = {"need": self.pick("high", "medium", "low"), "budget": self.pick(10_000_000, 80_000_000)}
            facts |= {"timeline": -1 if self.chance.random() < 0.05 else self.pick(14, 90)}
            facts |= {"region": self.pick("java", "sumatra"), "segment_note": "note"}
            dropped = self.pick("need", "segment_note", "region", *["none"] * 9)
            alive = self.add(events.EDITED, (owner,), {"changes": {k: v for k, v in facts.items() if k != dropped}})
        for document in by_hand.DOCUMENTS[stage]:
            if alive and self.chance.random() < 0.9:
                alive = self.add(events.ATTACHED, (owner,), {"document": document})
        if not alive:
            return False
        if self.chance.random() < 0.08:
            reason = self.pick({"reason": "price"}, {"reason": "mood"}, {})
            self.add(events.MOVED, (owner,), {"to": "lost", **reason})
            return False
        return self.add(events.MOVED, (owner if self.chance.random() < 0.95 else "crm_admin",), {"to": then})

    def pick(self, *choices: Any) -> Any:
        return self.chance.choice(choices)

    def add(self, kind: str, roles: tuple[str, ...], data: dict[str, Any]) -> bool:
        """Add an event some time later, unless the procedure moved the case before that."""
        self.now += self.chance.choice((1, 1, 2, 5, 24, 24, 26, 30)) * HOUR
        for made in settle(self.tables, self.state, self.now):
            if made.consequence is not None:
                made.consequence.cause = f"{self.stream}/notice"
                self.history.append(made.consequence.placed(self.stream, len(self.history) + 1, self.now, ""))
                return False
        late = self.chance.choice((0, 0, 0, 0, 0, 1, 2, 30)) * HOUR
        number = len(self.history) + 1
        event = Event(f"{self.stream}/{number}", self.stream, number, kind, self.now, self.now + late, "budi", roles, data=data)
        fold(self.tables, self.state, event)
        self.history.append(event)
        return True

    @property
    def stream(self) -> str:
        return f"case:{self.state.case}"


def histories_of(tables: Tables, contacts: bool, cases: int) -> list[list[Event]]:
    """Random histories, the same in every run."""
    writer = Writer(tables, 7, contacts)
    return [writer.case(f"L-{number}") for number in range(cases)]


PROCEDURES: dict[str, tuple[str, bool, Callable[[list[list[Event]]], by_hand.Audited]]] = {
    "moves and documents": (PLAIN, False, by_hand.plain),
    "and clocks": (CLOCKS, True, by_hand.clocks),
    "and scores, tables, follow-up, working time": (EVERYTHING, True, by_hand.everything),
}


def known(state: CaseState) -> by_hand.Kept:
    """What is known of a case in the end, as the loops by hand keep it."""
    cycles = [*state.past, *state.clocks.values()]
    return (
        state.place,
        state.holder,
        dict(state.facts),
        set(state.invalid),
        {name: (paper.at, paper.by) for name, paper in state.documents.items()},
        [(touch.at, touch.outbound) for touch in state.touches],
        sorted((c.name, c.started_at, c.breached_at, c.ended_at, c.verdict) for c in cycles),
    )


def same(ours: Audited, theirs: by_hand.Audited) -> None:
    """Both loops found the same and know the same of every case, or the comparison is worth nothing."""
    if sorted(ours[0]) != sorted(theirs[0]):
        raise AssertionError(sorted(set(ours[0]) ^ set(theirs[0]))[:10])
    if sorted(ours[1]) != sorted(theirs[1]):
        raise AssertionError(sorted(set(ours[1]) ^ set(theirs[1]))[:10])
    for state, kept in zip(ours[2], theirs[2], strict=True):
        cycles = sorted((name, since, breached, ended, how) for name, since, _, breached, ended, how in kept[6])
        if known(state) != (*kept[:6], cycles):
            raise AssertionError((known(state), kept))


def judging() -> Section:
    """Events judged by second, one core."""
    section = Section(
        "Judging a recorded history",
        "What an audit does with each recorded event, on one core: take up what time made true since the last one, judge it "
        "by every rule of its kind, and fold it into the case. Each procedure is also written by hand as a plain loop for "
        "this one procedure, which reads values as carefully and keeps what an audit has to know of a case: the record, the "
        "documents with their giver, the contacts, who held it, every cycle of every clock with its verdict. Before the time is "
        "taken both must give the same findings and notices and know the same of every case. Only the words of a finding are "
        "sopengine's alone. Histories are random, the same in every run, with about one finding for every few events.",
    )
    rows = []
    for name, (text, contacts, hand) in PROCEDURES.items():
        tables = compile_tables(sopengine.load_text(text, "audited.yaml"))
        histories = histories_of(tables, contacts, CASES)
        count = sum(map(len, histories))
        found = audit(tables, histories)
        same(found, hand(histories))
        ours, theirs = "sopengine", "by hand"
        times = race(
            {
                ours: partial(_contender, partial(audit, tables, histories), count),
                theirs: partial(_contender, partial(hand, histories), count),
            },
            ROUNDS,
        )
        slower = times[ours].times(times[theirs])
        section.aim(f"judging a history, {name}, against a loop by hand", "at most 2×", ratio(slower), slower <= 2)
        rows.append(
            [
                name,
                f"{1e6 / times[ours].median:,.0f}",
                f"{1e6 / times[theirs].median:,.0f}",
                microseconds(times[ours].median),
                ratio(slower),
                f"{count / len(found[0]):.1f}",
            ]
        )
    section.table(["procedure", "events/s", "events/s by hand", "µs an event", "÷ by hand", "events for a finding"], rows)
    return section


def _contender(work: Work, count: int) -> tuple[Work, int]:
    return work, count
