"""One person's agenda among a hundred thousand open cases, against asking every case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sopengine
from bench.report import Section, microseconds, ratio
from bench.timing import Prepare, race
from sopengine.engine.cases import Cases, Live

CASES = 100_000
MINE = 40
ROUNDS = 5
NOW = datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
SOP = """
sop: desk
title: Desk
version: "1"
timezone: Asia/Jakarta
calendars: {office: {hours: {mon-fri: "09:00-17:00"}}}
fields: {name: string, budget: {type: money, currency: IDR}}
stages:
  talk: {owner: sales, requires: [budget], sla: {finish: 2 working days}}
"""


def crowd() -> sopengine.Engine:
    """An engine with all cases open; one person holds a few of them, others the rest."""
    people = {"budi": "sales"} | {f"p{number}": "sales" for number in range(100)}
    engine = sopengine.Engine(sopengine.load_text(SOP, "desk.yaml"), people=people, clock=lambda: NOW)
    every = CASES // MINE
    told: list[dict[str, Any]] = []
    for number in range(CASES):
        by = "p0" if number % every else "budi"
        opened = {"case": f"L-{number}", "kind": "opened", "at": NOW, "by": by, "record": {"budget": number}}
        told += [opened, {"case": f"L-{number}", "kind": "assigned", "at": NOW, "by": by, "to": by}]
    engine.record(told)
    return engine


def looked_at(engine: sopengine.Engine) -> int:
    """How many cases the agenda looks at."""
    looked: list[str] = []
    get = Cases.get

    def counted(cases: Cases, case: str) -> Live:
        looked.append(case)
        return get(cases, case)

    Cases.get = counted  # type: ignore[method-assign]
    try:
        engine.agenda(person="budi")
    finally:
        Cases.get = get  # type: ignore[method-assign]
    return len(looked)


def agendas() -> Section:
    """Microseconds of an agenda, and of the same found by asking every case."""
    engine = crowd()
    assert len(engine.agenda(person="budi")) == MINE

    def asked() -> tuple[Any, int]:
        return lambda: engine.agenda(person="budi"), 1

    def scanned() -> tuple[Any, int]:
        return lambda: [case for case in engine.cases() if case.holder == "budi"], 1

    contenders: dict[str, Prepare] = {"`engine.agenda(person=…)`": asked, "a look at every case": scanned}
    times = race(contenders, ROUNDS)
    first = times["`engine.agenda(person=…)`"]
    section = Section(
        "The agenda",
        f"One person holds {MINE} of {CASES:,} open cases. The agenda is asked for, its rows made and sorted; beside it, the "
        f"views of all cases, to pick out those of the person. The agenda looked at {looked_at(engine)} cases.",
    )
    rows = [[name, microseconds(timed.median), ratio(timed.times(first))] for name, timed in times.items()]
    section.table(["", "µs", "÷ agenda"], rows)
    return section
