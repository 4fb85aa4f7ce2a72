"""What an event needs from outside its stream: roles of a person, answers of the host's predicates, who holds a case next.

Everything looked up here is kept on the event, so that replay needs neither directory nor host.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sopengine.diagnostics import Finding
from sopengine.engine.preparing import Preparer
from sopengine.engine.strangers import about_stranger
from sopengine.errors import UsageError
from sopengine.kernel import events
from sopengine.kernel.assign import LEAVE, SHIFT
from sopengine.kernel.events import Draft, Event
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Place, Tables
from sopengine.people import ROLE_ACTOR, Directory, NoDirectory, staffed
from sopengine.people.standing_in import taken_up
from sopengine.wording import Listing, Person, Said

if TYPE_CHECKING:
    from sopengine.engine.assigning import Assigner

PredicateTest = Callable[[Mapping[str, Any]], bool | None]


class Lookups:
    """The directory and the predicates of an engine."""

    def __init__(self, people: Directory, predicates: Mapping[str, PredicateTest]) -> None:
        self.given = people
        """The directory as the host gave it; whoever asks it something asks `people`."""
        self.people = self.staff = staffed(people)
        self.assigner: Assigner | None = None
        """Who chooses holders; nobody where there are no people to choose among."""
        self._predicates = dict(predicates)
        for name, test in self._predicates.items():
            if not callable(test):
                raise UsageError.saying("call.predicate_type", name=name, type=type(test).__name__)

    def unknown(self, names: Iterable[str]) -> list[str]:
        """The predicates that are asked for and not registered."""
        return sorted(set(names) - set(self._predicates))

    def roles(self, by: str, at: int) -> tuple[str, ...]:
        """The roles that somebody has at an instant, in the order of their names."""
        return tuple(sorted(self.people.roles(by, at)))

    def able(self, tables: Tables, person: str, at: int) -> frozenset[str]:
        """The roles that somebody may act with at an instant: their own, and those that they may stand in for."""
        own = self.people.roles(person, at)
        if tables.stands_for.keys().isdisjoint(own):
            return own
        return frozenset(taken_up(self.staff, tables.stands_for, own, at).roles)

    def named(self, findings: Iterable[Finding], event: Event, tables: Tables) -> list[Finding]:
        """The findings about an event with people called as the directory calls them; the kernel knows ids alone."""
        return [self._named(finding, event, tables) for finding in findings]

    def called(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with the names of the people in them, where they are about no event."""
        return [replace(f, params={name: self.call(value) for name, value in f.params.items()}) for f in findings]

    def _named(self, finding: Finding, event: Event, tables: Tables) -> Finding:
        finding = about_stranger(finding, event, self.people, tables)
        params = {name: self.call(value) for name, value in finding.params.items()}
        if params.get("by") == event.by:
            params["by"] = self.actor(event.by, event.acting_for, tables)
        return finding if params == finding.params else replace(finding, params=params)

    def call(self, value: Any) -> Any:
        """A parameter with the names of the people in it."""
        if isinstance(value, str):
            return value
        if isinstance(value, Person):
            return self.people.name(value.id) or value.id
        if isinstance(value, Listing):
            items = tuple(self.call(item) for item in value.items)
            return value if items == value.items else replace(value, items=items)
        if isinstance(value, Said):
            params = {name: self.call(inner) for name, inner in value.params.items()}
            return value if params == value.params else replace(value, params=params)
        return value

    def actor(self, by: str, acting_for: str | None, tables: Tables) -> str | Said:
        """What people call whoever acted, and for whom."""
        name = self.people.name(by) or by
        if acting_for is None:
            return name
        role = tables.sop.roles.get(acting_for.removeprefix(ROLE_ACTOR)) if acting_for.startswith(ROLE_ACTOR) else None
        other = role.title if role is not None else self.people.name(acting_for) or acting_for
        return Said("hint.acting_for", {"by": name, "other": other})

    def derived(self, tables: Tables, state: CaseState, draft: Draft) -> dict[str, Any]:
        """What is looked up for an event and kept on it."""
        if draft.kind == events.OPENED:
            return {"holder": None} if self._chooses(tables, draft.data["stage"]) else {}
        if draft.kind == events.ASSIGNED:
            return self._assignee(tables, draft)
        if draft.kind != events.MOVED:
            return {}
        derived: dict[str, Any] = {"holder": self.holder_after(tables, state, draft)}
        place = tables.places.get(state.place)
        if place is not None and place.predicates:
            derived["predicates"] = self.answers(state, place)
        return derived

    def answers(self, state: CaseState, place: Place) -> dict[str, bool | None]:
        """What the host's predicates say about a case in `place`; each sees a copy of the facts."""
        return self.answers_to(state, place.predicates)

    def answers_to(self, state: CaseState, predicates: Iterable[str]) -> dict[str, bool | None]:
        """What the host's predicates of some names say about a case."""
        return {name: self._answer(name, state) for name in predicates}

    def _answer(self, name: str, state: CaseState) -> bool | None:
        answer = self._predicates[name](dict(state.facts))
        if answer is not None and not isinstance(answer, bool):
            raise UsageError.saying("call.predicate_answer", name=name, answer=f"{answer!r:.60}")
        return answer

    def holder_after(self, tables: Tables, state: CaseState, draft: Draft) -> str | None:
        """Who holds the case after a move: the holder while in the role, else nobody until somebody acts."""
        here = tables.places.get(state.place)
        there = tables.places.get(draft.data["to"])
        holder = state.holder
        if holder is None and here is not None and not here.owners.isdisjoint(draft.roles):
            holder = draft.by
        if there is not None and there.outcome is not None and there.outcome.after_care:
            there = tables.places[there.outcome.after_care]
        if holder is None or there is None or there.stage is None:
            return holder
        if tables.assigning and self._chooses(tables, there.name):
            return None
        roles = draft.roles if holder == draft.by else self.roles(holder, draft.occurred_at)
        return holder if not there.owners.isdisjoint(roles) else None

    def _assignee(self, tables: Tables, draft: Draft) -> dict[str, Any]:
        """What is known of who is given a case: the roles they act with, and whether they are there; nothing of somebody unknown.

        Whoever is on leave stands in for nobody.
        """
        to, at = draft.data["to"], draft.occurred_at
        if isinstance(self.people, NoDirectory) or not self.people.known(to):
            return {}
        away = self.staff.on_leave(to, at)
        found: dict[str, Any] = {"roles": self.roles(to, at) if away else tuple(sorted(self.able(tables, to, at)))}
        if not self.staff.present(to, at):
            found["absent"] = LEAVE if away else SHIFT
        return {"assignee": found}

    def _chooses(self, tables: Tables, stage: str) -> bool:
        """Whether a stage chooses who has a case that comes to it: its SOP says how, and there are people to choose among."""
        place = tables.places.get(stage) if tables.assigning else None
        assigns = place is not None and place.stage is not None and place.stage.assign is not None
        return assigns and not isinstance(self.people, NoDirectory)

    def preparer(self, tables: Tables, *, chooses: bool = True, gives: bool = True) -> Preparer:
        """What completes a consequence with what only the engine can look up; one for each command.

        Without `gives` what is recorded chooses nobody (it happened elsewhere); without `chooses` nor does what time
        brings.
        """
        return Preparer(self, tables, self.assigner if chooses else None, gives)
