"""What time alone will do to one case, against walking the minutes of a calendar by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sopengine
from bench.report import Section, microseconds, ratio
from bench.timing import Prepare, race

ROUNDS = 15
ZONE = ZoneInfo("Asia/Jakarta")
FRIDAY = datetime(2026, 1, 30, 9, 0, tzinfo=ZONE)
HOLIDAY = "2026-02-17"
SOP = f"""
sop: desk
title: Desk
version: "1"
timezone: Asia/Jakarta
calendars: {{office: {{hours: {{mon-fri: "09:00-17:00"}}, closed: [{HOLIDAY}]}}}}
stages:
  talk:
    owner: sales
    sla:
      first_response: {{target: 8 working hours, escalate: [{{at: 50%, notify: sales}}, {{at: 100%, notify: sales}}]}}
      finish:
        target: 80 working hours
        escalate: [{{at: 50%, notify: sales}}, {{at: 75%, notify: sales}}, {{at: 100%, notify: sales}}]
outcomes: {{won: {{kind: success}}, lost: {{kind: failure, from: any}}}}
"""
LEVELS = ((240, False), (480, True), (2400, False), (3600, False), (4800, True))
"""Open minutes of every level, and whether it is told only when passed: the next opening, for it falls on closing time."""


def by_hand() -> list[datetime]:
    """The same instants by counting the open minutes of office hours from the opening on."""
    return sorted(_walked())


def _walked() -> Iterator[datetime]:
    moment, gone, left = FRIDAY, 0, dict(LEVELS)
    while left:
        works = moment.weekday() < 5 and 9 <= moment.hour < 17 and f"{moment:%Y-%m-%d}" != HOLIDAY
        for minutes in [minutes for minutes, passed in left.items() if minutes == gone and (works or not passed)]:
            yield moment
            del left[minutes]
        gone += works
        moment += timedelta(minutes=1)


def deadlines() -> Section:
    """Microseconds of a case's deadlines, and of the same instants found by hand."""
    sop = sopengine.load_text(SOP, "desk.yaml")
    engine = sopengine.Engine(sop, people={"budi": "sales"}, clock=lambda: FRIDAY.astimezone(UTC))
    engine.open({"id": "L-1"}, by="budi").or_raise()
    found = [deadline.at.replace(microsecond=0) for deadline in engine.deadlines("L-1")]
    assert found == by_hand(), (found, by_hand())

    def asked() -> tuple[Any, int]:
        return lambda: engine.deadlines("L-1"), 1

    def walked() -> tuple[Any, int]:
        return by_hand, 1

    contenders: dict[str, Prepare] = {"`engine.deadlines(case)`": asked, "minutes walked by hand": walked}
    times = race(contenders, ROUNDS)
    first = times["`engine.deadlines(case)`"]
    section = Section(
        "The deadlines of one case",
        f"Two clocks on office hours with {len(found)} levels, opened on a Friday at 09:00, the last of them two weeks later: "
        "every instant at which time alone will do something, each with its words; beside it, a loop over minutes of the same "
        "weeks that counts the open ones and knows nothing but this one calendar. Both find the same instants.",
    )
    section.table(["", "µs", "÷ deadlines"], [[name, microseconds(t.median), ratio(t.times(first))] for name, t in times.items()])
    return section
