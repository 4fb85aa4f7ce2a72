"""What a host's directory answers, taken only when it is what was asked for.

A wrong answer would be stored with what it decided: the text "desk" read as the roles d, e, k and s, a number as the holder of
a case. Directories of this package answer soundly by themselves and are asked directly.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from typing import Any, Final, TypeGuard

from sopengine.errors import UsageError
from sopengine.people.directory import NEVER, Directory, NoDirectory, Staff
from sopengine.people.register import People
from sopengine.wording import Term

_BEYOND: Final = ("groups", "on_leave", "present", "changes_after", "capacity", "quota")
"""The questions that a host may leave unanswered."""


class Checked:
    """A host's directory, every answer looked at, and neutral answers to what it does not answer: nobody is away or in a group.

    UsageError for an answer that is not what the question asks for.
    """

    __slots__ = ("_host", "_members", "_said")

    def __init__(self, directory: Directory) -> None:
        self._host: Any = directory
        self._said = frozenset(name for name in _BEYOND if getattr(directory, name, None) is not None)
        self._members: dict[str, tuple[str, ...]] = {}

    def roles(self, person: str, at: int) -> frozenset[str]:
        """The roles of a person; a list of them is as good as a set."""
        return _set_of_names(self._host.roles(person, at), "roles", person)

    def name(self, person: str) -> str | None:
        """What people call the person."""
        answer = self._host.name(person)
        if answer is None or isinstance(answer, str):
            return answer
        raise _wrong("name", person, answer, "call.text_or_none")

    def reports_to(self, person: str) -> str | None:
        """The person above."""
        answer = self._host.reports_to(person)
        if answer is None or (isinstance(answer, str) and answer):
            return answer
        raise _wrong("reports_to", person, answer, "call.name_or_none")

    def members(self, role: str, at: int) -> tuple[str, ...]:
        """Who holds a role. What was found sound once is not looked through a second time: everybody may have the role."""
        answer = self._host.members(role, at)
        if not _is_listing(answer) or isinstance(answer, Set):
            raise _wrong("members", role, answer, "call.names_in_order")
        names = tuple(answer)
        if names != self._members.get(role):
            self._members[role] = tuple(_names(names, "members", role, answer, "call.names_in_order"))
        return self._members[role]

    def known(self, person: str) -> bool:
        """Whether there is such a person."""
        return _yes_or_no(self._host.known(person), "known", person)

    def groups(self, person: str, at: int) -> frozenset[str]:
        """What a table may name to find the person."""
        return _set_of_names(self._host.groups(person, at), "groups", person) if "groups" in self._said else frozenset()

    def on_leave(self, person: str, at: int) -> bool:
        """Whether the person is absent for whole days."""
        return "on_leave" in self._said and _yes_or_no(self._host.on_leave(person, at), "on_leave", person)

    def present(self, person: str, at: int) -> bool:
        """Whether the person is at work; where the host does not say, whoever is not on leave."""
        if "present" not in self._said:
            return not self.on_leave(person, at)
        return _yes_or_no(self._host.present(person, at), "present", person)

    def changes_after(self, person: str | None, at: int) -> int:
        """The next instant at which an answer may be otherwise; where the host does not say, at any time."""
        if "changes_after" not in self._said:
            return at + 1
        answer = self._host.changes_after(person, at)
        if _is_whole(answer) and answer > at:
            return min(answer, NEVER)
        raise _wrong("changes_after", person, answer, "call.later_instant")

    def capacity(self, person: str) -> int | None:
        """How many open cases the person holds at most."""
        answer = self._host.capacity(person) if "capacity" in self._said else None
        if answer is None or (_is_whole(answer) and answer >= 0):
            return answer
        raise _wrong("capacity", person, answer, "call.number_or_none")

    def quota(self, person: str, measure: str) -> int | Decimal | None:
        """The person's target for a measure."""
        answer = self._host.quota(person, measure) if "quota" in self._said else None
        if answer is None or ((_is_whole(answer) or _is_decimal(answer)) and answer >= 0):
            return answer
        raise _wrong("quota", person, answer, "call.amount_or_none")


def staffed(directory: Directory) -> Staff:
    """The directory as one that answers everything: itself, or a host's with its answers checked and filled up.

    >>> people = People.from_mapping({"budi": "sales"})
    >>> staffed(people) is people, people.present("budi", at=0), people.capacity("budi")
    (True, True, None)
    """
    if type(directory) is People or isinstance(directory, (NoDirectory, Checked)):
        return directory
    return Checked(directory)


def _set_of_names(answer: Any, question: str, about: str) -> frozenset[str]:
    if not _is_listing(answer):
        raise _wrong(question, about, answer, "call.names")
    return frozenset(_names(answer, question, about, answer, "call.names"))


def _names(names: Iterable[Any], question: str, about: str, answer: Any, expected: str) -> list[str]:
    """Names as plain text: a member of a host's enumeration is stored as the text that it is."""
    found: list[str] = []
    for name in names:
        if not isinstance(name, str) or not name:
            raise _wrong(question, about, answer, expected)
        found.append(str.__str__(name))
    return found


def _is_listing(answer: Any) -> bool:
    return isinstance(answer, Iterable) and not isinstance(answer, (str, bytes, bytearray, Mapping))


def _is_whole(answer: Any) -> TypeGuard[int]:
    return isinstance(answer, int) and not isinstance(answer, bool)


def _is_decimal(answer: Any) -> TypeGuard[Decimal]:
    return isinstance(answer, Decimal) and answer.is_finite()


def _yes_or_no(answer: Any, question: str, about: str) -> bool:
    if isinstance(answer, bool):
        return answer
    raise _wrong(question, about, answer, "call.yes_or_no")


def _wrong(question: str, about: str | None, answer: Any, expected: str) -> UsageError:
    asked = f"{question}({about!r:.60})"
    if inspect.isawaitable(answer):
        if inspect.iscoroutine(answer):
            answer.close()
        return UsageError.saying("call.directory_waits", question=asked)
    return UsageError.saying("call.directory_answer", question=asked, expected=Term(expected), answer=f"{answer!r:.60}")
