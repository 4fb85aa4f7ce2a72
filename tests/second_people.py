"""A plain second opinion about who gets a case: a list of people, a list of turns, and who holds what.

It is written from the language reference alone and shares nothing with the engine: presence is a look at the wall, the next turn
a walk along the list, what somebody holds a tally, and turns in proportion are a tug of war with weights.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from second_opinion import TICK, Office, limit, listed, minute_of, on

Person = dict[str, Any]


@dataclass
class Held:
    """An open case: where it is, who has it; while a choice waits for a first act, since when, and who had it in this round."""

    place: str
    holder: str | None
    group: str | None = None
    waits_since: datetime | None = None
    had: list[str] = field(default_factory=list)
    holders: list[str] = field(default_factory=list)


class Desk:
    """The people of a desk, by the order of the directory, and the cases that they hold."""

    def __init__(self, people: dict[str, Person], assign: dict[str, Any], office: Office) -> None:
        self.people, self.assign, self.office = people, assign, office
        self.cases: dict[str, Held] = {}
        self.turns: dict[str | None, list[str]] = {}
        self.pull: dict[str | None, dict[str, int]] = {}
        self.tally: Counter[str | None] = Counter()

    def present(self, name: str, at: datetime) -> bool:
        """Neither on leave nor outside the shift."""
        person, day = self.people[name], at.date().isoformat()
        spans = [span.partition("..") for span in listed(person.get("leave"))]
        if any(first <= day <= (last or first) for first, _, last in spans):
            return False
        shift = person.get("shift")
        if shift is None:
            return True
        windows = [window.split("-") for days, hours in shift.items() if on(at.date(), days) for window in hours.split(", ")]
        minute = at.hour * 60 + at.minute
        return any(minute_of(opens) <= minute < minute_of(closes) for opens, closes in windows)

    def hold(self, case: Held, person: str | None) -> None:
        """From now on a person, or nobody, has a case."""
        self.tally[case.holder] -= 1
        self.tally[person] += 1
        case.holder = person
        case.holders += [person] if person is not None else []

    def belongs(self, name: str, group: str | None) -> bool:
        """Whether somebody has the role and, where the table names one, is in the group."""
        person = self.people[name]
        groups = [one for key in ("groups", "regions", "products", "skills") for one in listed(person.get(key))]
        return "sales" in listed(person["roles"]) and (group is None or group in groups)

    def eligible(self, group: str | None, at: datetime) -> list[str]:
        """Those of the role and of the group who are there and have room, in the order of the directory."""
        found = []
        for name, person in self.people.items():
            most = person.get("capacity", self.assign.get("capacity"))
            if self.belongs(name, group) and self.present(name, at) and (most is None or self.tally[name] < most):
                found.append(name)
        return found

    def choose(self, group: str | None, at: datetime, but: list[str]) -> str | None:
        """Whose turn it is, of those who may have the case and have not had it; the turn is taken."""
        able = [name for name in self.eligible(group, at) if name not in but]
        if not able:
            return None
        turns = self.turns.setdefault(group, [])
        order = list(self.people)
        method = self.assign.get("method", "round_robin")
        if method == "round_robin":
            after = order.index(turns[-1]) + 1 if turns else 0
            chosen = next(name for name in order[after:] + order[:after] if name in able)
        elif method == "least_loaded":
            ago = {name: len(turns) - turns[::-1].index(name) if name in turns else 0 for name in able}
            chosen = min(able, key=lambda name: (self.tally[name], ago[name], order.index(name)))
        else:
            chosen = self._tug(group, able)
        turns.append(chosen)
        return chosen

    def _tug(self, group: str | None, able: list[str]) -> str:
        """Everybody able pulls with their weight; the strongest gives way by the weight of all."""
        pull = self.pull.setdefault(group, {})
        weights = {name: self.people[name].get("capacity") or self.assign.get("capacity") or 1 for name in able}
        for name in able:
            pull[name] = pull.get(name, 0) + weights[name]
        chosen = max(able, key=lambda name: pull[name])
        pull[chosen] -= sum(weights.values())
        return chosen

    # What happens ............................................................................................................

    def arrive(self, name: str, group: str | None, at: datetime) -> None:
        """A case comes to the stage that chooses."""
        case = self.cases.setdefault(name, Held("talk", None))
        self.hold(case, None)
        case.place, case.group, case.had = "talk", group, []
        kept = self.keeps(case, at)
        self.give(case, kept if kept is not None else self.choose(group, at, []), at)

    def keeps(self, case: Held, at: datetime) -> str | None:
        """Who has had the case before, when that counts: the last of them of the group who is there."""
        if not self.assign.get("keep_owner"):
            return None
        before = [one for one in case.holders if self.belongs(one, case.group) and self.present(one, at)]
        return before[-1] if before else None

    def give(self, case: Held, person: str | None, at: datetime) -> None:
        self.hold(case, person)
        case.waits_since = at if person is not None and "accept_within" in self.assign else None
        case.had += [person] if person is not None else []

    def act(self, name: str, by: str) -> None:
        """Somebody acts on a case: its first act accepts, and what nobody has is theirs."""
        case = self.cases[name]
        if case.holder is None:
            self.hold(case, by)
        if case.holder == by:
            case.waits_since = None

    def give_by_hand(self, name: str, to: str) -> None:
        case = self.cases[name]
        self.hold(case, to)
        case.waits_since = None

    def leave(self, name: str) -> None:
        """A case ends."""
        self.hold(self.cases.pop(name), None)

    def late(self, now: datetime) -> list[tuple[datetime, str]]:
        within = self.assign.get("accept_within")
        waiting = [(name, case.waits_since) for name, case in self.cases.items() if case.waits_since is not None]
        ends = [(limit(str(within), since, self.office).breaches_after + TICK, name) for name, since in waiting]
        return sorted(one for one in ends if one[0] < now)

    def tick(self, now: datetime) -> None:
        """Whoever has not acted in time loses the case to the next; after a round nobody has it."""
        while late := self.late(now):
            at, name = late[0]
            case = self.cases[name]
            self.give(case, self.choose(case.group, at, case.had), at)
