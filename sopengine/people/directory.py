"""What the engine asks about people: the least that a host must answer, what it may answer beyond, and nobody at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Protocol, runtime_checkable

ROLE_ACTOR: Final = "role:"
"""The beginning of an actor that is a role and no person: ``role:sales``, where there is no directory."""

RESERVED: Final = frozenset({"sop", "customer"})
"""Actors that are nobody on the staff: the SOP itself, and the customer."""

NEVER: Final = 1 << 62
"""An instant that does not come (the same as the kernel's)."""


@runtime_checkable
class Directory(Protocol):
    """What the engine asks about people. An embedding program may answer from its own tables.

    Answers are stored with what they decided, so a directory may change at any time without changing the past. An answer of
    another kind than its question asks for (text where names are asked for, a negative capacity, something to await) is a
    `UsageError` of the verb that asked.
    """

    def roles(self, person: str, at: int) -> frozenset[str]:
        """The roles that a person holds at an instant; none for a person who is not known."""

    def name(self, person: str) -> str | None:
        """What people call the person."""

    def reports_to(self, person: str) -> str | None:
        """The person above, when the directory says so itself."""

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """Who holds a role at an instant, always in the same order."""

    def known(self, person: str) -> bool:
        """Whether there is such a person."""


@runtime_checkable
class Staff(Directory, Protocol):
    """What a directory may answer beyond: who is there, what they take care of, and how much they take.

    Instants are microseconds since the epoch. A host may answer any part of it; `staffed` fills in the rest.
    """

    def groups(self, person: str, at: int) -> frozenset[str]:
        """What a table of an SOP may name to find the person: groups, regions, products and skills."""

    def on_leave(self, person: str, at: int) -> bool:
        """Whether the person is absent for whole days; then somebody else may stand in."""

    def present(self, person: str, at: int) -> bool:
        """Whether the person is at work: not on leave, and inside the shift where there is one."""

    def changes_after(self, person: str | None, at: int) -> int:
        """The next instant after `at` at which anything said of the person (None: of anybody) may be otherwise.

        Until then an answer may be kept. ``NEVER`` when it stays; ``at + 1`` where nothing is known about it.
        """

    def capacity(self, person: str) -> int | None:
        """How many open cases the person holds at most; None leaves it to the SOP."""

    def quota(self, person: str, measure: str) -> int | Decimal | None:
        """The person's target for a measure; None when nothing is said."""


class NoDirectory:
    """Where there is no directory: a person has no roles, and ``role:sales`` acts as somebody who has just that one.

    >>> nobody = NoDirectory()
    >>> nobody.roles("role:sales", at=0), nobody.roles("budi", at=0), nobody.members("sales", at=0)
    (frozenset({'sales'}), frozenset(), ('role:sales',))
    """

    __slots__ = ()

    def roles(self, person: str, at: int) -> frozenset[str]:
        """The role that ``role:…`` names; none for anybody else."""
        role = _role_of(person)
        return frozenset() if role is None else frozenset((role,))

    def name(self, person: str) -> str | None:
        """None: nobody's name is known."""
        return None

    def reports_to(self, person: str) -> str | None:
        """None: it is left to the SOP's roles."""
        return None

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """The one actor who stands for the role."""
        return (f"{ROLE_ACTOR}{role}",)

    def known(self, person: str) -> bool:
        """True: there is no list that anybody could be missing from."""
        return True

    def groups(self, person: str, at: int) -> frozenset[str]:
        """None: no groups are known."""
        return frozenset()

    def on_leave(self, person: str, at: int) -> bool:
        """False: a role is never away."""
        return False

    def present(self, person: str, at: int) -> bool:
        """True: a role is always there."""
        return True

    def changes_after(self, person: str | None, at: int) -> int:
        """Never."""
        return NEVER

    def capacity(self, person: str) -> int | None:
        """None: it is left to the SOP."""
        return None

    def quota(self, person: str, measure: str) -> int | Decimal | None:
        """None: there are no targets."""
        return None


def _role_of(actor: str) -> str | None:
    return (actor.removeprefix(ROLE_ACTOR) or None) if actor.startswith(ROLE_ACTOR) else None
