"""Standing in: who acts with a role that is not theirs, because everybody who holds it is away or nobody does.

Source: the language reference, "Approvals, four-eyes, stand-ins". A stand-in does not pass the power on: only who holds the
role that the SOP names stands in, not whoever would stand in for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sopengine.language.model import Role
from sopengine.people.answers import staffed
from sopengine.people.directory import ROLE_ACTOR, Directory, Staff


@dataclass(frozen=True, slots=True)
class Acting:
    """With which roles somebody acts.

    `roles` are their own and those that they stand in for; `stands_in` are the latter with everybody whose they are, and
    `acting_for` is the first of them as an actor. `there` are roles that they would stand in for, with who is not away.
    """

    roles: tuple[str, ...]
    stands_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    there: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def acting_for(self) -> str | None:
        """The person stood in for, or ``role:…`` where a role is nobody's or several people's; None for nobody."""
        return next((whose(role, members) for role, members in self.stands_in.items()), None)


def whose(role: str, members: Collection[str]) -> str:
    """A role as an actor: the one person who holds it, else the role itself.

    >>> whose("sales_manager", ["sari"]), whose("sales_manager", [])
    ('sari', 'role:sales_manager')
    """
    return next(iter(members)) if len(members) == 1 else f"{ROLE_ACTOR}{role}"


def stands_for(roles: Mapping[str, Role]) -> dict[str, tuple[str, ...]]:
    """Which roles of an SOP each role stands in for, in the SOP's order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, role in roles.items():
        if role.stand_in is not None and role.stand_in != name:
            found[role.stand_in] = (*found.get(role.stand_in, ()), name)
    return found


def at_work(staff: Staff, role: str, at: int) -> tuple[str, ...]:
    """The members of a role who are not on leave. Outside their shift they are not away: they are back tomorrow."""
    return tuple(person for person in staff.members(role, at) if not staff.on_leave(person, at))


def acting(
    directory: Directory,
    roles: Mapping[str, Role],
    person: str,
    at: int,
    needs: Iterable[Collection[str]] | None = None,
) -> Acting:
    """The roles with which a person acts at an instant (µs) under the `roles` of an SOP.

    `needs` are sets of roles of each of which one is needed: of those that the person's own do not meet, the first that they
    may stand in for is taken up, and no more than that. Without `needs`, every role that they may stand in for.

    >>> from sopengine.loading import load_text
    >>> from sopengine.people import People
    >>> sop = load_text('''
    ... sop: demo
    ... title: Demo
    ... version: "1"
    ... roles: {manager: {title: Manager, stand_in: coordinator}, coordinator: Coordinator}
    ... stages: {closing: {owner: manager}, filing: {owner: coordinator}}
    ... ''')
    >>> away = {"roles": "manager", "leave": "1970-01-01"}
    >>> people = People.from_mapping({"timezone": "UTC", "people": {"sari": away, "rina": "coordinator"}})
    >>> today = acting(people, sop.roles, "rina", at=0)
    >>> today.roles, today.acting_for
    (('coordinator', 'manager'), 'sari')
    """
    staff = staffed(directory)
    return taken_up(staff, stands_for(roles), staff.roles(person, at), at, needs)


def taken_up(
    staff: Staff,
    stands: Mapping[str, tuple[str, ...]],
    own: Collection[str],
    at: int,
    needs: Iterable[Collection[str]] | None = None,
) -> Acting:
    """The same for whoever has the roles `own`, where `stands` says who stands in for what (see `stands_for`)."""
    able = [role for mine in sorted(own) for role in stands.get(mine, ()) if role not in own]
    wanted = [{role} for role in able] if needs is None else needs
    stood: dict[str, tuple[str, ...]] = {}
    there: dict[str, tuple[str, ...]] = {}
    for need in wanted:
        if not need or any(role in need for role in (*own, *stood)):
            continue
        for role in (role for role in able if role in need):
            working = at_work(staff, role, at)
            if not working:
                stood[role] = staff.members(role, at)
                break
            there[role] = working
    return Acting(tuple(sorted({*own, *stood})), stood, there)
