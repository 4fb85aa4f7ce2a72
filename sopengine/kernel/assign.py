"""Choosing who takes a case: among a team in the directory's order, by a method, with a trace of whom it passed over and why.

Nothing here asks anybody: who is in the team, what each of them holds and whose turn it was last is given. Ties are broken by
the order of the directory. Source: the language reference, "Assignment"; the weighted method is the smooth weighted round
robin of nginx (2012).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import add
from typing import Any, Final, NamedTuple

from sopengine.kernel.events import Event

ROUND_ROBIN: Final = "round_robin"
LEAST_LOADED: Final = "least_loaded"
WEIGHTED: Final = "weighted"

KEPT: Final = "kept"
"""How somebody was chosen without a method: the customer has them already."""

GROUP, LEAVE, SHIFT, FULL_UP, TRIED = "group", "leave", "shift", "full", "tried"
"""Why somebody was passed over: not in the group, on leave, off shift, at their capacity, or has had the case in this round."""

NOBODY: Final = "nobody"
UNKNOWN: Final = "unknown"
"""Why nobody was chosen: nobody was eligible, or what the table asks for is not known."""

_FULL: Final = 1 << 62
_TURN_BITS: Final = 40

Reason = list[Any]
"""A word for why somebody was passed over, and its numbers."""


def team_stream(sop: str, stage: str, result: str) -> str:
    """The name of the stream of a team's turns; `result` is that of the table, empty where no table names a group.

    >>> team_stream("lead-sales", "talk", "java")
    'team:lead-sales:talk:java'
    """
    return f"team:{sop}:{stage}:{result}"


class Wheel:
    """Whose turns it has been: the fold of the stream of a team.

    `turns` is the number of everybody's last turn, `among` the weights at the last weighted turn. What that method owes each
    of those lies in one list in their order, as long as it weighs among the same ones.
    """

    __slots__ = ("_ahead", "_credits", "_names", "_owed", "among", "last", "length", "turns")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.length = 0
        self.last: str | None = None
        self.turns: dict[str, int] = {}
        self.among: Mapping[str, int] = {}
        self._credits: dict[str, int] = {}
        self._names: list[str] = []
        self._owed: list[int] = []
        self._ahead: list[int] | None = None
        for event in events:
            self.take(event.data)

    def take(self, data: Mapping[str, Any]) -> None:
        """Take up one turn."""
        person = data["to"]
        self.length += 1
        self.last = person
        self.turns[person] = self.length
        if data["method"] == WEIGHTED:
            among = data.get("among", self.among)
            risen = self.risen(among)
            self._weigh_among(among)
            self._ahead = None
            risen[self._names.index(person)] -= sum(among.values())
            self._owed = risen

    def risen(self, among: Mapping[str, int]) -> list[int]:
        """What each of `among` is owed once their weights are added, in their order."""
        if among is self.among or (among == self.among and list(among) == self._names):
            if self._ahead is None:
                self._ahead = list(map(add, self._owed, among.values()))
            return self._ahead
        owed = self._credits | dict(zip(self._names, self._owed, strict=True))
        return [owed.get(name, 0) + weight for name, weight in among.items()]

    def _weigh_among(self, among: Mapping[str, int]) -> None:
        if among is not self.among:
            self._credits |= zip(self._names, self._owed, strict=True)
            self.among, self._names = among, list(among)

    def copy(self) -> Wheel:
        """A wheel that can be turned without turning this one."""
        other = Wheel()
        other.length, other.last, other.among = self.length, self.last, self.among
        other.turns, other._credits = dict(self.turns), dict(self._credits)
        other._names, other._owed = self._names, self._owed
        return other


class Member(NamedTuple):
    """Somebody who may be chosen: their place in the order of the directory, and how much they take at most."""

    person: str
    place: int
    capacity: int | None


class Team:
    """Those who may be chosen as long as nothing changes about them, with what each holds and when each had a turn last.

    `order` is the place of everybody who has the role, also of those who are `away` and why.
    """

    __slots__ = ("_capacities", "_full", "_keys", "_loads", "_places", "_weights", "away", "numbers", "order", "persons")

    def __init__(self, members: Sequence[Member], order: Mapping[str, int], away: Mapping[str, Reason]) -> None:
        self.persons = [member.person for member in members]
        self.numbers = {person: number for number, person in enumerate(self.persons)}
        self.order = order
        self.away = away
        self._places = [member.place for member in members]
        self._capacities = [_FULL if member.capacity is None else member.capacity for member in members]
        self._weights = {member.person: member.capacity or 1 for member in members}
        self._loads = [0] * len(members)
        self._keys = [0] * len(members)
        self._full: set[int] = {number for number, capacity in enumerate(self._capacities) if capacity <= 0}

    def update(self, person: str, load: int, turn: int) -> None:
        """Say how many cases somebody of the team holds, and the number of their last turn."""
        number = self.numbers[person]
        self._loads[number] = load
        if load < self._capacities[number]:
            self._keys[number] = load << _TURN_BITS | turn
            self._full.discard(number)
        else:
            self._keys[number] = _FULL
            self._full.add(number)

    def choose(self, method: str, wheel: Wheel, tried: Collection[str] = ()) -> Choice:
        """Who takes the next case; nobody of `tried` does."""
        if method == LEAST_LOADED:
            return self._least_loaded(tried)
        return self._weighted(wheel, tried) if method == WEIGHTED else self._next_in_turn(wheel, tried)

    def _unfit(self, number: int, tried: Collection[str]) -> Reason | None:
        if self.persons[number] in tried:
            return [TRIED]
        return [FULL_UP, self._loads[number], self._capacities[number]] if number in self._full else None

    def _passed_over(self, tried: Collection[str]) -> dict[str, Reason]:
        if not tried and not self._full:
            return {}
        reasons = ((person, self._unfit(number, tried)) for number, person in enumerate(self.persons))
        return {person: reason for person, reason in reasons if reason is not None}

    def _next_in_turn(self, wheel: Wheel, tried: Collection[str]) -> Choice:
        skipped: dict[str, Reason] = {}
        count, first = len(self.persons), self._after(wheel)
        for step in range(count):
            number = (first + step) % count
            reason = self._unfit(number, tried)
            if reason is None:
                return Choice(self.persons[number], skipped)
            skipped[self.persons[number]] = reason
        return Choice(None, skipped)

    def _after(self, wheel: Wheel) -> int:
        """The number of the first of the team after whose turn it was last, in the order of the directory."""
        last = wheel.last
        if last is None:
            return 0
        if last not in self.order:
            known = [person for person in wheel.turns if person in self.order]
            if not known:
                return 0
            last = max(known, key=wheel.turns.__getitem__)
        return bisect_right(self._places, self.order[last])

    def _least_loaded(self, tried: Collection[str]) -> Choice:
        keys = self._keys
        if tried:
            keys = [_FULL if person in tried else key for person, key in zip(self.persons, keys, strict=True)]
        least = min(keys, default=_FULL)
        person = None if least >= _FULL else self.persons[keys.index(least)]
        return Choice(person, self._passed_over(tried))

    def _weighted(self, wheel: Wheel, tried: Collection[str]) -> Choice:
        among: Mapping[str, int] = self._weights
        skipped = self._passed_over(tried)
        if skipped:
            among = {person: weight for person, weight in among.items() if person not in skipped}
        if not among:
            return Choice(None, skipped)
        risen = wheel.risen(among)
        person = list(among)[risen.index(max(risen))]
        return Choice(person, skipped, among)


class Choice(NamedTuple):
    """Who was chosen, whom the method passed over and why, and among whom it weighed."""

    person: str | None
    skipped: Mapping[str, Reason]
    among: Mapping[str, int] | None = None
