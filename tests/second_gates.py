"""A plain second opinion about who may do what, and about the gate: people and stand-ins, documents, checklists, overrides.

It is written from the language reference alone, on top of the plain opinion about one case, and shares nothing with the engine.
Of the directory it knows a mapping with dates; of a document or an approval it knows the list of what was done about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from second_opinion import TICK, Fact, Opinion, holds, limit, listed


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


@dataclass
class Asked:
    """An approval as it stands: who asked when, how it ended if it did, and who consented to which level."""

    request: Fact
    void: Fact | None = None
    rejected: Fact | None = None
    consents: list[tuple[int, Fact]] = field(default_factory=list)


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
        # Two who stand in for the same role act for the same, also where nobody holds it.
        return {fact.by, *(f"role {role}" for role in instead), *(one for role in instead for one in self.staff.members(role))}

    def open(self, *told: Any) -> list[str]:
        codes = super().open(*told)
        stage = told[3]
        if codes or stage == next(iter(self.stages)):
            return codes
        # Whoever takes over a case that is under way does so by no role but their own.
        self.facts[0].roles = self.staff.roles(self.facts[0].by)
        return ["CASE102"] * (not self.superiors(stage) & set(self.facts[0].roles))

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
            return
        to = fact.data["to"]
        yield from ["CASE102"] * (not self.superiors(place) & set(fact.roles))
        roles = self.staff.roles(to) if self.staff.away(to, fact.at) else self.roles_at(to, fact.at)
        yield from ["CASE551"] * (not set(self.owners(place)) & set(roles))
        yield from ["CASE552"] * self.staff.away(to, fact.at)

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
        yield from self._approvals(facts, place, at)
        for name in plain:
            versions = self.versions(facts, name)
            if versions:
                yield from self._paper_in_order(name, versions[-1], facts, at)

    def _paper_in_order(self, name: str, version: Fact, facts: list[Fact], at: datetime) -> Iterator[str]:
        said = self.decided(name, version, facts)
        if self.expired(name, version, at):
            yield "CASE223"
        elif said is not None and said.verb == "reject":
            yield "CASE222"
        elif said is None and "approved_by" in self.paper(name):
            yield "CASE221"

    def decided(self, name: str, version: Fact, facts: list[Fact]) -> Fact | None:
        """The decision about a version of a document, if there is one."""
        later = facts[next(n for n, fact in enumerate(facts) if fact is version) :]
        return next((fact for fact in later if fact.verb in ("approve", "reject") and fact.data["what"] == name), None)

    def _decide_paper(self, facts: list[Fact], fact: Fact) -> Iterator[str]:
        name = fact.data["what"]
        if "approved_by" not in self.paper(name):
            yield "CASE533"
            return
        versions, roles = self.versions(facts, name), listed(self.paper(name)["approved_by"])
        yield from ["CASE537"] * (not set(roles) & set(fact.roles))
        if not versions:
            yield "CASE534"
            return
        if self.decided(name, versions[-1], facts) is not None:
            yield "CASE536"
        elif self.expired(name, versions[-1], fact.at):
            yield "CASE535"
        uploaders = self.persons(versions[-1], self._roles_of_act(versions[-1], facts))
        yield from ["CASE538"] * bool(uploaders & self.persons(fact, roles))

    # Overrides ........................................................................................................

    def _move(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        codes = list(super()._move(facts, place, fact))
        by = listed(self.data.get("override", {}).get("by"))
        if fact.data.get("override") is None or not by or not set(by) & set(fact.roles):
            yield from codes
            yield from [] if fact.data.get("override") is None else ["CASE542" if by else "CASE541"]
            return
        own = self._own_items(facts, place, fact) if "CASE2" in "".join(code[:5] for code in codes) else []
        lifted = [code for code in codes if code.startswith("CASE2") or code == "CASE111"]
        for code in (code for item in own for code in item):
            lifted.remove(code)
        if lifted:
            # Whoever may override makes that one move without owning the stage.
            codes = [code for code in codes if code != "CASE102"]
        fact.data["lifted"] = lifted
        yield from codes
        yield from ["CASE547"] * len(own)
        if not lifted:
            yield "CASE544"
        elif not own and not any(self.blocks(code, fact) for code in codes):
            yield "CASE543"

    def _own_items(self, facts: list[Fact], place: str, fact: Fact) -> list[list[str]]:
        """What waits for an approval that whoever overrides may not give, because it is their own: the codes of each."""
        found: list[list[str]] = []
        persons = self.persons(fact, listed(self.data["override"]["by"]))
        for name in self.stages[place].get("approvals", []):
            asked = self.asked(name, facts)
            holder = {str(self.holder(facts))} if "holder" in listed(self.approval(name).get("not_by", ["holder"])) else set()
            if persons & (holder if asked is None else self.own_cause(name, asked, facts)):
                found.append(list(self._approvals(facts, place, fact.at)))
        for name in self.stages[place].get("documents", []):
            versions = self.versions(facts, name)
            codes = list(self._paper_in_order(name, versions[-1], facts, fact.at)) if versions else []
            if versions and persons & self.persons(versions[-1], self._roles_of_act(versions[-1], facts)):
                found.append([code for code in codes if code in ("CASE221", "CASE222")])
        return [codes for codes in found if codes]

    def blocks(self, code: str, fact: Fact) -> bool:
        return code not in fact.data.get("lifted", []) and super().blocks(code, fact)

    def overrides(self, facts: list[Fact]) -> int:
        """How many moves were let go on."""
        return sum(bool(fact.data.get("lifted")) for fact in facts)

    def owed_ticks(self, facts: list[Fact]) -> set[str]:
        """Items of checklists that were lifted and are not ticked yet, wherever the case is by now."""
        found: set[str] = set()
        for number, fact in enumerate(facts):
            if fact.verb == "move" and "CASE206" in fact.data.get("lifted", []):
                place = self.visits(facts[:number])[-1].place
                items = self.checklist(place).items()
                needed = {code for code, item in items if isinstance(item, str) or not item.get("optional")}
                found |= needed - self.ticks(facts[:number])
            elif fact.verb == "tick":
                found.discard(fact.data["item"])
        return found

    def _tick(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        owed = fact.verb == "tick" and fact.data["item"] in self.owed_ticks(facts)
        yield from (code for code in super()._tick(facts, place, fact) if not (owed and code == "CASE502"))

    # Approvals ........................................................................................................

    def approval(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.data.get("approvals", {}).get(name)
        return found

    def levels(self, name: str, facts: list[Fact]) -> list[tuple[int, dict[str, Any]]]:
        """The levels that are needed as things stand; what is not known asks for one."""
        long = [one if isinstance(one, dict) else {"by": one} for one in self.approval(name)["levels"]]
        return [(n, one) for n, one in enumerate(long) if holds(one.get("when", {}), self.record(facts)) is not False]

    def asked(self, name: str, facts: list[Fact]) -> Asked | None:
        """The last request, with everything that became of it."""
        found: Asked | None = None
        for number, fact in enumerate(facts):
            if fact.verb == "request" and fact.data["approval"] == name:
                found = Asked(fact)
            elif found is not None and fact.verb == "edit" and found.void is None:
                bound = listed(self.approval(name).get("void_if_changed"))
                before, after = self.record(facts[:number]), self.record(facts[: number + 1])
                found.void = fact if any(before.get(one) != after.get(one) for one in bound) else None
            elif found is not None and fact.verb == "reject" and fact.data["what"] == name:
                found.rejected = fact
            elif found is not None and fact.verb == "approve" and fact.data["what"] == name:
                found.consents.append((fact.data["level"], fact))
        return found

    def pending(self, name: str, asked: Asked, facts: list[Fact]) -> list[tuple[int, dict[str, Any]]]:
        """The levels that are needed and have not consented yet; the first one is to decide."""
        return [
            (number, level)
            for number, level in self.levels(name, facts)
            if sum(to == number for to, _ in asked.consents) < level.get("quorum", 1)
        ]

    def own_cause(self, name: str, asked: Asked, facts: list[Fact]) -> set[str]:
        """Everybody who does not decide, because it is their own: who asked, and who has held the case since."""
        not_by = listed(self.approval(name).get("not_by", ["holder", "requester"]))
        found: set[str] = set()
        if "requester" in not_by:
            found |= self.persons(asked.request, self._roles_of_act(asked.request, facts))
        if "holder" in not_by:
            since = next(n for n, fact in enumerate(facts) if fact is asked.request)
            holders = [self.holder(facts[: n + 1]) for n in range(since, len(facts))]
            found |= {holder for holder in holders if holder is not None}
        return found

    def _roles_of_act(self, act: Fact, facts: list[Fact]) -> list[str]:
        before = [fact for fact in facts if (fact.at, fact.number) < (act.at, act.number)]
        return self.owners(self.visits(before)[-1].place)

    def above(self, people: set[str], roles: list[str]) -> tuple[set[str], list[str]]:
        """Whom people asked in some roles report to: as the directory says, else as the role does; and their roles."""
        spec = {role: one if isinstance(one, dict) else {} for role, one in self.data["roles"].items()}
        higher = [spec[role]["reports_to"] for role in roles if "reports_to" in spec[role]]
        own = {self.staff.people[person].get("reports_to") for person in people} - {None}
        if people and all("reports_to" in self.staff.people[person] for person in people):
            higher = []
        found = {str(one) for one in own} | {one for role in higher for one in self.staff.members(role)}
        return found, higher + [role for one in own for role in self.staff.roles(str(one))]

    def deciders(
        self, name: str, asked: Asked, level: dict[str, Any], facts: list[Fact], at: datetime
    ) -> tuple[set[str], bool]:
        """Those who are asked at a level, by role and by climbing; and whether any of them may decide.

        Lived through from when the level was first asked: where nobody may decide it climbs, and once it has climbed it does
        not come down.
        """
        roles, number = listed(level["by"]), self.approval(name)["levels"].index(level)
        others = [fact for to, fact in asked.consents if to != number]
        start = max([asked.request, *others], key=lambda fact: (fact.at, fact.number))
        first = next(n for n, fact in enumerate(facts) if fact is start)
        ring = {person for role in roles for person in self.staff.members(role)}
        everybody, asked_as, within, since = set(ring), roles, self.approval(name).get("within"), start.at
        enough = False
        for known, moment in self._moments(facts, first, at, within):
            consents = [one for one in asked.consents if any(one[1] is fact for fact in known)]
            looked = max([start.at, *(fact.at for _, fact in consents)])
            while True:
                passed = within is not None and moment > limit(within, since, self.office).breaches_after
                enough = self._enough(name, asked, everybody, level, consents, known, looked)
                if enough and not passed:
                    break
                since = limit(within, since, self.office).breaches_after if passed and within else since
                ring, asked_as = self.above(ring, asked_as)
                ring -= everybody
                if not ring:
                    break
                everybody |= ring
        return everybody, enough

    def _moments(
        self, facts: list[Fact], first: int, at: datetime, within: str | None
    ) -> Iterator[tuple[list[Fact], datetime]]:
        """From the fact that asked a level on: each fact, and the instants at which waiting was over; with what was known."""
        ends, since = [], facts[first].at
        while within is not None and since < at:
            since = limit(within, since, self.office).breaches_after
            ends.append(since + TICK)
        for number in range(first, len(facts)):
            later = facts[number + 1].at if number + 1 < len(facts) else at + TICK
            yield facts[: number + 1], facts[number].at
            yield from ((facts[: number + 1], end) for end in ends if facts[number].at < end < later)
        yield facts, at

    def _enough(
        self,
        name: str,
        asked: Asked,
        people: set[str],
        level: dict[str, Any],
        consents: list[tuple[int, Fact]],
        facts: list[Fact],
        at: datetime,
    ) -> bool:
        """Whether enough of those asked are there and not party to the matter; leave is looked up when they are asked."""
        barred = self.own_cause(name, asked, facts) | {one for _, fact in consents for one in fact.data["persons"]}
        given = sum(self.approval(name)["levels"][number] is level for number, _ in consents)
        free = {person for person in people - barred if not self.staff.away(person, at)}
        for role in listed(level["by"]):
            if self.staff.vacant(role, at) and not set(self.staff.members(role)) & barred:
                free |= {p for p in self.staff.people if role in self.roles_at(p, at) and not self.staff.away(p, at)} - barred
        return given + len(free) >= level.get("quorum", 1)

    def _approvals(self, facts: list[Fact], place: str, at: datetime) -> Iterator[str]:
        for name in self.stages[place].get("approvals", []):
            if holds(self.approval(name).get("when", {}), self.record(facts)) is False:
                continue
            asked = self.asked(name, facts)
            if asked is None:
                yield "CASE211"
            elif asked.void is not None:
                yield "CASE214"
            elif asked.rejected is not None:
                yield "CASE213"
            else:
                for turn, (_, level) in enumerate(self.pending(name, asked, facts)):
                    # Whether anybody may decide at a level is asked when its turn comes.
                    some = turn > 0 or self.deciders(name, asked, level, facts, at)[1]
                    yield "CASE212" if some else "CASE215"

    def _request(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        name = fact.data["approval"]
        if self.approval(name) is None:
            yield "CASE520"
            return
        asked = self.asked(name, facts)
        if asked is not None and asked.void is None and asked.rejected is None:
            yield "CASE521"
        elif holds(self.approval(name).get("when", {}), self.record(facts)) is False:
            yield "CASE522"

    def _approve(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        if place in self.outcomes:
            yield self._resting(place)
        name = fact.data["what"]
        if name in self.data["documents"]:
            yield from self._decide_paper(facts, fact)
            return
        if self.approval(name) is None:
            yield "CASE520"
            return
        asked = self.asked(name, facts)
        if asked is None or asked.void is not None or asked.rejected is not None:
            yield "CASE523" if asked is None else "CASE524" if asked.void is not None else "CASE525"
            return
        found = self.pending(name, asked, facts)
        if not found:
            yield "CASE526"
            return
        number, level = found[0]
        roles = listed(level["by"])
        persons = self.persons(fact, roles)
        fact.data |= {"level": number, "persons": persons}
        consented = any(persons & before.data["persons"] for _, before in asked.consents)
        yield from ["CASE529"] * (fact.verb == "approve" and consented)
        if not set(roles) & set(fact.roles) and fact.by not in self.deciders(name, asked, level, facts, fact.at)[0]:
            yield "CASE527"
        yield from ["CASE528"] * bool(persons & self.own_cause(name, asked, facts))

    _reject = _approve

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
