"""Teams: whose turn it is, kept in a stream of each team, and who may be chosen, kept until the directory says otherwise.

A turn is written into the team's stream in the same transaction as the case that it gave, so that two who choose at the same
time cannot both win. What everybody holds is not in the stream: it is counted from the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sopengine.engine.indexing import Index
from sopengine.kernel.assign import GROUP, LEAVE, SHIFT, Member, Reason, Team, Wheel, team_stream
from sopengine.kernel.events import ASSIGNED, BY_SOP, PICKED, Draft, Event
from sopengine.kernel.state import NEVER
from sopengine.kernel.tables import Tables
from sopengine.language.model import Assignment
from sopengine.people import Staff
from sopengine.store import Append, Store

LONGEST_JOURNAL = 100_000


class Roster(NamedTuple):
    """A team as it is from `since` until before `until`, as far as `members` are who has the role, and read up to `read`."""

    team: Team
    since: int
    until: int
    members: tuple[tuple[str, ...], ...]


class Teams:
    """The wheels and the rosters of an engine's teams, by stream."""

    def __init__(self, store: Store, people: Staff, index: Callable[[], Index]) -> None:
        self._store = store
        self._people = people
        self._index = index
        self._wheels: dict[str, Wheel] = {}
        self._rosters: dict[str, Roster] = {}
        self._read: dict[str, int] = {}

    def wheel(self, stream: str) -> Wheel:
        """The wheel of a team, as everything stored tells."""
        found = self._wheels.get(stream)
        if found is None:
            found = self._wheels[stream] = Wheel(self._store.read(stream))
        return found

    def team(self, tables: Tables, stage: str, rule: Assignment, result: str, at: int) -> Team:
        """Who may be chosen for a stage at an instant, with what they hold."""
        stream = team_stream(tables.sop.id, stage, result)
        owners = tables.sop.stages[stage].owner
        members = tuple(self._people.members(role, at) for role in owners)
        roster = self._rosters.get(stream)
        if roster is None or not roster.since <= at < roster.until or roster.members != members:
            roster = Roster(self._built(members, rule, result, at), at, self._people.changes_after(None, at), members)
            self._rosters[stream] = roster
            self._count(stream, roster.team, roster.team.persons)
        else:
            self._bring_along(stream, roster.team)
        return roster.team

    def _built(self, members: tuple[tuple[str, ...], ...], rule: Assignment, result: str, at: int) -> Team:
        order = {person: place for place, person in enumerate(dict.fromkeys(name for names in members for name in names))}
        away: dict[str, Reason] = {}
        found: list[Member] = []
        for person, place in order.items():
            reason = self._absent(person, rule, result, at)
            if reason is not None:
                away[person] = reason
                continue
            own = self._people.capacity(person)
            found.append(Member(person, place, rule.capacity if own is None else own))
        return Team(found, order, away)

    def _absent(self, person: str, rule: Assignment, result: str, at: int) -> Reason | None:
        people = self._people
        if rule.table is not None and result not in people.groups(person, at):
            return [GROUP, result]
        if people.present(person, at):
            return None
        if people.on_leave(person, at):
            return [LEAVE]
        until = people.changes_after(person, at)
        return [SHIFT, until] if at + 1 < until < NEVER else [SHIFT]

    def _count(self, stream: str, team: Team, persons: Iterable[str]) -> None:
        index, turns = self._index(), self.wheel(stream).turns
        for person in persons:
            team.update(person, index.load(person), turns.get(person, 0))
        self._read[stream] = len(index.changed)

    def _bring_along(self, stream: str, team: Team) -> None:
        """Count anew what those hold whose cases have changed since the team was last asked for."""
        changed, read = self._index().changed, self._read[stream]
        if read < len(changed):
            self._count(stream, team, {person for person in changed[read:] if person in team.numbers})

    def beside(self, events: Iterable[Event]) -> list[Append]:
        """What is to be appended to the streams of teams together with events of cases: the turns that they gave."""
        new: dict[str, list[Event]] = {}
        among: dict[str, Any] = {}
        for event in events:
            if event.kind == ASSIGNED and "team" in (trace := event.derived.get("assignment", {})):
                stream = trace["team"]
                told = new.setdefault(stream, [])
                number = self.wheel(stream).length + len(told) + 1
                turn = _turn(event, trace, among.get(stream, self.wheel(stream).among))
                among[stream] = trace.get("among", {})
                told.append(turn.placed(stream, number, event.recorded_at, event.sop_hash))
        return [Append(stream, self.wheel(stream).length, tuple(new[stream]), NEVER) for stream in sorted(new)]

    def keep(self, appended: Iterable[Append]) -> None:
        """Turn the wheels of what was stored."""
        for stream, _, events, _ in appended:
            wheel, roster = self.wheel(stream), self._rosters.get(stream)
            for event in events:
                wheel.take(event.data)
                if roster is not None and event.data["to"] in roster.team.numbers:
                    self._index().changed.append(event.data["to"])
        self._shorten()

    def _shorten(self) -> None:
        index = self._index()
        if len(index.changed) > LONGEST_JOURNAL:
            index.changed.clear()
            self._rosters.clear()

    def forget(self) -> None:
        """Read everything anew when it is next asked for: somebody else has written, or a write has failed."""
        self._wheels.clear()
        self._rosters.clear()


def _turn(event: Event, trace: dict[str, Any], among: Any) -> Draft:
    """A turn; among whom it weighed is said where that has changed since the last."""
    data = {"case": event.case, "to": event.data["to"], "method": trace["method"]}
    if "among" in trace and trace["among"] is not among and trace["among"] != among:
        data["among"] = trace["among"]
    return Draft(PICKED, event.occurred_at, BY_SOP, data=data, cause=event.id)
