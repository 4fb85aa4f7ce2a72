"""What became of the recurring duties that the calendar opened while a scenario was played, routine by routine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sopengine.language.model import Sop, Text
from sopengine.routines.schedule import CASE_PREFIX
from sopengine.scenarios.playing import Played
from sopengine.wording import in_language

STATES: Final = ("done", "late", "missed", "excused", "open")
"""How an occurrence can stand, in the order in which they are counted."""


@dataclass(frozen=True, slots=True)
class Duties:
    """The occurrences of one routine by their state; `worked` when a command of the scenario was about one of them."""

    name: str
    title: Text
    counts: Mapping[str, int]
    worked: bool

    @property
    def opened(self) -> int:
        """How many there were."""
        return sum(self.counts.values())

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The counts as JSON data."""
        return {"title": in_language(self.title, lang), "worked": self.worked, **self.counts}


def duties(played: Played) -> tuple[Duties, ...]:
    """The routines of the SOP that opened anything, in the order of the file."""
    return tuple(_duties(played))


def _duties(played: Played) -> Iterator[Duties]:
    if played.engine.routines is None or not played.steps:
        return
    began, ended = played.steps[0].command.at, played.until + timedelta(microseconds=1)
    stands: dict[str, Counter[str]] = {name: Counter() for name in played.sop.routines}
    for occurrence in played.engine.routines.opened(began, ended):
        stands[_routine(played.sop, occurrence.case)][occurrence.state] += 1
    worked = {_routine(played.sop, step.command.case) for step in played.steps if step.command.case.startswith(CASE_PREFIX)}
    for name, routine in played.sop.routines.items():
        if stands[name]:
            yield Duties(name, routine.title, {state: stands[name][state] for state in STATES}, name in worked)


def _routine(sop: Sop, case: str) -> str:
    return case.removeprefix(f"{CASE_PREFIX}{sop.id}:").partition(":")[0]
