"""Plans: what an event does to the clocks of a case and to where it stands, looked up instead of worked out each time.

A trigger is a name ("contacted", "stage:closing"); an event is one or several of them. Which running clocks they stop or
cancel, and which clocks they start where, depends on the SOP alone; so does how a case crosses from one place to another.
Each answer is worked out when it is first asked for and kept. Source: the language reference, "SLA clocks", point 4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from sopengine.kernel.tables import (
    BACK,
    CANCEL,
    FAILURE,
    FORWARD,
    HELD,
    LEFT_FORWARD,
    LEFT_OTHERWISE,
    PARKED,
    STOP,
    ClockTable,
    Place,
)
from sopengine.wording import Listing

Names = tuple[str, ...]

MOST_KEPT: Final = 4096
"""Answers that are kept; a recorded history may name things that no SOP knows."""


class Effects(NamedTuple):
    """What one event does to clocks: the ones that it ends, by key, and the ones that it starts, by place.

    With each start goes the trigger if it starts that clock only once: the first holder of a visit, a moment that a field names.
    """

    ends: Mapping[str, str]
    starts: Mapping[str, tuple[tuple[ClockTable, str | None], ...]]


class Crossing(NamedTuple):
    """How a case goes from one place to another. `arrival` is where it then stands; `outcome` what it reached, if anything.

    It is `first` unless it leaves after-care, whose success was counted already. `ending` are the effects when the move ends
    the case, `passing` when it does not.
    """

    kind: str
    key: str
    arrival: str
    outcome: str | None
    first: bool
    ending: Effects
    passing: Effects


class Arrival(NamedTuple):
    """What coming to a place does to clocks: `reached` ends and starts, then what begins there with and without a holder."""

    reached: Effects
    alone: Effects
    held: Effects


class _Crossings(dict[tuple[str, str], Crossing]):
    """How a case crosses from one place to another, worked out when it is first asked for."""

    def __init__(self, places: Mapping[str, Place], crossed: Callable[[Place, Place], Crossing]) -> None:
        self._places, self._crossed = places, crossed

    def __missing__(self, move: tuple[str, str]) -> Crossing:
        here, to = move
        found = self[move] = self._crossed(self._places[here], self._places[to])
        return found


class Plans:
    """The plans of one SOP. Pure functions of its tables that remember their answers; threads may share them.

    `single` are the effects of what is one trigger alone, by its name; a name that is not there has none. `arrivals` are what
    coming to a place does to clocks, `crossings` how a move between two places is to be read. `named` keeps how findings call
    roles.
    """

    def __init__(
        self,
        places: Mapping[str, Place],
        clocks: Mapping[str, ClockTable],
        starts: Mapping[tuple[str, str], tuple[ClockTable, ...]],
        triggers: frozenset[str],
    ) -> None:
        self._places, self._clocks, self._starts, self._triggers = places, clocks, starts, triggers
        self._order = {name: number for number, name in enumerate(places)}
        self.named: dict[Collection[str], Listing] = {}
        self._effects: dict[Names, Effects] = {}
        self.crossings = _Crossings(places, self._crossed)
        self.arrivals = {name: self._arrival(name) for name in places}
        self.single = {name: self.effects((name,)) for name in triggers}

    def effects(self, names: Names) -> Effects:
        """What an event that is all these triggers does to clocks."""
        known = self._effects.get(names)
        if known is None:
            known = self._found(tuple(name for name in names if name in self._triggers))
            if len(self._effects) < MOST_KEPT:
                self._effects[names] = known
        return known

    def _found(self, names: Names) -> Effects:
        if not names:
            return NO_EFFECT
        ends: dict[str, str] = {}
        for key, table in self._clocks.items():
            found = {table.effects.get(name) for name in names}
            if STOP in found or CANCEL in found:
                ends[key] = STOP if STOP in found else CANCEL
        starts = {
            place: begun
            for place in self._places
            if (begun := tuple((table, _once(name)) for name in names for table in self._starts.get((place, name), ())))
        }
        return Effects(ends, starts)

    def _arrival(self, place: str) -> Arrival:
        reached = f"stage:{place}"
        alone = self.effects(("entered", reached))
        return Arrival(self.effects((reached,)), alone, self.effects(("entered", reached, HELD)))

    def _crossed(self, here: Place, there: Place) -> Crossing:
        way = here.ways.get(there.name)
        kind = way.kind if way else self._jump(here, there)
        first = here.stage is None or not here.stage.after_care
        outcome = there.outcome
        arrival = outcome.after_care if outcome and outcome.after_care and first else there.name
        left = ("left", LEFT_FORWARD if kind in (FORWARD, FAILURE) else LEFT_OTHERWISE)
        resting = "rest" if self._places[arrival].outcome is not None else f"stage:{arrival}"
        passing = self.effects((*left, resting))
        ending = passing if outcome is None else self.effects((*left, *_endings(there), resting))
        name = None if outcome is None else there.name
        return Crossing(kind, f"{here.name}>{there.name}", arrival, name, first, ending, passing)

    def _jump(self, here: Place, there: Place) -> str:
        """How to read a recorded move that the SOP does not know: by the outcome's kind, or by the order of the stages."""
        if there.outcome is not None:
            return FORWARD if there.outcome.kind == "success" else there.outcome.kind
        return FORWARD if self._order[there.name] > self._order[here.name] else BACK


NO_EFFECT: Final = Effects({}, {})


def _once(name: str) -> str | None:
    return name if name == HELD or name.startswith("field:") else None


def _endings(there: Place) -> Names:
    """What an outcome ends. A parked case is not closed."""
    parked = there.outcome is not None and there.outcome.kind == PARKED
    return (f"outcome:{there.name}",) if parked else ("closed", f"outcome:{there.name}")
