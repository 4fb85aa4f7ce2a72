"""A plain second opinion about who may do what, and about the gate: people and stand-ins, documents, checklists, overrides.

It is written from the language reference alone, on top of the plain opinion about one case, and shares nothing with the engine. Of
the directory it knows a mapping with dates; of a document it knows the list of what was done to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from second_opinion import Fact, Opinion, limit, listed


class Staff:
    """A directory as written: person → roles, dates of leave, groups, capacity, superior."""

    def __init__(self, people: dict[str, dict[str, Any]]) -> None:
        self.people = people

    def roles(self, person: str) -> list[str]:
        return listed(self.people.get(person, {}).get("roles"))

    def members(self, role: str) -> list[str]:
        return [person for person in self.people if role in self.roles(person)]

    def away(self, person: str, at: datetime) -> bool:
        """Whether somebody is on leave on the date of an instant; `at` is local."""
        spans = [span.partition("..") for span in self.people[person].get("leave", [])]
        return any(first <= at.date().isoformat() <= (last or first) for first, _, last in spans)

    def vacant(self, role: str, at: datetime) -> bool:
        return all(self.away(person, at) for person in self.members(role))


class Gate(Opinion):
    """What an SOP says about one case to the people of a directory."""

    def __init__(self, data: dict[str, Any], staff: Staff) -> None:
        super().__init__(data, {person: staff.roles(person) for person in staff.people})
        self.staff = staff

    # Who may act ......................................................................................................

    def roles_at(self, by: str, at: datetime) -> list[str]:
        """The roles of a person, and those of which everybody is away and that they stand in for."""
        own = self.staff.roles(by)
        spec = {role: one if isinstance(one, dict) else {} for role, one in self.data["roles"].items()}
        return own + [
            role
            for role, one in spec.items()
            if one.get("stand_in") in own and role not in own and self.staff.vacant(role, at)
        ]

    def persons(self, fact: Fact, roles: list[str]) -> set[str]:
        """Everybody who is in an act: who did it, and those whose place they took because of the roles it needs."""
        if set(self.staff.roles(fact.by)) & set(roles):
            return {fact.by}
        instead = [role for role in roles if role in self.roles_at(fact.by, fact.at)]
        return {fact.by, *(person for role in instead for person in self.staff.members(role))}

    def open(self, *told: Any) -> list[str]:
        codes = super().open(*told)
        for fact in self.facts:
            if fact.data["stage"] != next(iter(self.stages)):
                # Whoever brings a case that is under way does so by no role.
                fact.roles = self.staff.roles(fact.by)
        return codes

    def superiors(self, place: str) -> set[str]:
        """The owners of a stage and everybody above them."""
        found = set(self.owners(place))
        spec = {role: one if isinstance(one, dict) else {} for role, one in self.data["roles"].items()}
        for _ in spec:
            found |= {spec[role]["reports_to"] for role in found & spec.keys() if "reports_to" in spec[role]}
        return found

    def _assign(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        if place in self.outcomes:
            yield self._resting(place)
        elif not self.superiors(place) & set(fact.roles):
            yield "CASE102"

    # Documents ........................................................................................................

    def paper(self, name: str) -> dict[str, Any]:
        spec = self.data["documents"].get(name)
        return spec if isinstance(spec, dict) else {}

    def versions(self, facts: list[Fact], name: str) -> list[Fact]:
        return [fact for fact in facts if fact.verb == "attach" and fact.data["document"] == name]

    def expired(self, name: str, version: Fact, at: datetime) -> bool:
        within = self.paper(name).get("valid_for")
        return within is not None and at > limit(within, version.at, self.office).breaches_after

    def _attach(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        name = fact.data["document"]
        if name not in self.data["documents"]:
            yield "CASE501"
            return
        types, given = self.paper(name).get("types"), self._type(fact)
        if types and given not in types:
            yield "CASE513" if given else "CASE531"
        hashes = [one.data.get("sha256") for one in self.versions(facts, name)]
        yield from ["CASE532"] * (fact.data.get("sha256") is not None and fact.data["sha256"] in hashes)

    def _type(self, fact: Fact) -> str | None:
        name = fact.data.get("name") or ""
        return fact.data.get("type") or (name.rpartition(".")[2] if "." in name else None)

    def _gate(self, facts: list[Fact], place: str) -> Iterator[str]:
        at = self.asked_at
        plain = [name for name in self.stages[place].get("documents", []) if not {"from", "kind"} & self.paper(name).keys()]
        yield from super()._gate(facts, place)
        for name in plain:
            versions = self.versions(facts, name)
            if versions:
                yield from self._paper_in_order(name, versions[-1], facts, at)

    def _paper_in_order(self, name: str, version: Fact, facts: list[Fact], at: datetime) -> Iterator[str]:
        yield from ["CASE223"] * self.expired(name, version, at)

    def command(self, now: datetime, verb: str, data: dict[str, Any], by: str, at: datetime) -> tuple[bool, list[str]]:
        self.asked_at = at
        return super().command(now, verb, data, by, at)

    def todo(self, now: datetime) -> list[str]:
        """Everything that the gate still asks for where the case stands."""
        self.asked_at, facts = now, self.until()
        place = self.visits(facts)[-1].place
        return [] if place in self.outcomes else list(self._gate(facts, place))

    def _note(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from ()
