"""A host's directory is asked what it means: an answer of another kind is said, never stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

import sopengine
from sopengine import Engine, UsageError
from sopengine.people import NEVER, NoDirectory, People, check_people, staffed

NINE = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
SOP = sopengine.load_text(
    """
sop: answers
title: Answers
version: "1"
timezone: Asia/Jakarta
roles: {desk: Desk, sales: Sales}
tables: {team: [{then: all}]}
stages:
  capture: {owner: desk}
  talk: {owner: sales, assign: {table: team, capacity: 3}}
""",
    "answers.yaml",
)


class Role(StrEnum):
    """A host's own enumeration of roles."""

    DESK = "desk"


class Host:
    """A directory of a host that answers soundly, but for what a test says otherwise."""

    def __init__(self, **otherwise: Any) -> None:
        self.__dict__.update({name: lambda *asked, answer=answer: answer for name, answer in otherwise.items()})

    def roles(self, person: str, at: int) -> Any:
        """A list is as good as a set."""
        return {"rina": ["desk"], "x": ["sales"], "y": ["sales"]}.get(person, [])

    def name(self, person: str) -> Any:
        """Nobody is called anything."""
        return None

    def reports_to(self, person: str) -> Any:
        """Nobody."""
        return None

    def members(self, role: str, at: int) -> Any:
        """A generator is as good as a tuple."""
        return (person for person in {"desk": ["rina"], "sales": ["x", "y"]}.get(role, []))

    def known(self, person: str) -> Any:
        """Three people."""
        return person in ("rina", "x", "y")

    def groups(self, person: str, at: int) -> Any:
        """One group for all."""
        return {"all"}


def work(directory: Any) -> Engine:
    """A case that is opened, given to somebody and assigned by hand."""
    engine = Engine(SOP, people=directory, clock=lambda: NINE)
    engine.open({"id": "a"}, by="rina").or_raise()
    engine.move("a", "talk", by="rina").or_raise()
    engine.assign("a", "y", by="x").or_raise()
    return engine


def test_sound_answers_are_taken_as_they_are() -> None:
    """Lists, generators and members of enumerations are names; the directory that the host gave is the one it gets back."""
    host = Host(capacity=0, changes_after=NEVER * 4, quota=Decimal(5), reports_to="x", name="Sari")
    engine = Engine(SOP, people=host, clock=lambda: NINE)
    assert engine.people is host
    staff = staffed(host)
    assert (staff.capacity("x"), staff.quota("x", "m"), staff.reports_to("y"), staff.name("y")) == (0, 5, "x", "Sari")
    assert (staff.changes_after(None, 0), staff.members("sales", 0)) == (NEVER, ("x", "y"))
    assert staffed(staff) is staff
    assert work(Host()).case("a").holder == "y"
    roles = work(Host(roles=frozenset({Role.DESK, "sales"}))).history("a")[0].roles
    assert [type(role) for role in roles] == [str, str]


WRONG: dict[str, list[Any]] = {
    "roles": [None, "desk", b"desk", {1}, [""], {"desk": True}, 5],
    "members": [None, "xy", (1, 2), {"x"}, {"x": 1}, [None]],
    "known": [None, 1, "yes"],
    "groups": [None, "all", [1]],
    "present": [None, 1],
    "on_leave": [None, "no"],
    "changes_after": [None, 5, True, 1.5],
    "capacity": ["3", 1.5, -1, True],
}


@pytest.mark.parametrize(("question", "answer"), [(name, one) for name, several in WRONG.items() for one in several])
def test_a_wrong_answer_is_said_with_the_question(question: str, answer: Any) -> None:
    """The sentence says which question, what was answered and what is expected, in both languages; no verb trips over it."""
    with pytest.raises(UsageError) as raised:
        work(Host(**{question: answer}))
    for lang, word in (("en", "must answer"), ("id", "harus menjawab")):
        said = raised.value.text(lang)
        assert word in said
        assert f"{question}(" in said
        assert f"{answer!r:.60}" in said
    assert raised.value.text("en") != raised.value.text("id")


def test_names_superiors_and_targets_are_looked_at_too() -> None:
    """What no verb of this test asks is refused by the same question, asked directly."""
    asked: list[tuple[str, Any, Callable[[Any], object]]] = [
        ("name", 7, lambda staff: staff.name("x")),
        ("reports_to", "", lambda staff: staff.reports_to("x")),
        ("reports_to", ["y"], lambda staff: staff.reports_to("x")),
        ("quota", "5", lambda staff: staff.quota("x", "m")),
        ("quota", Decimal("nan"), lambda staff: staff.quota("x", "m")),
        ("quota", -1, lambda staff: staff.quota("x", "m")),
    ]
    for question, answer, ask in asked:
        with pytest.raises(UsageError, match=rf"{question}\("):
            ask(staffed(Host(**{question: answer})))


def test_a_directory_does_not_let_the_engine_wait() -> None:
    """A coroutine is closed, and the sentence says what to do instead."""

    async def roles(person: str, at: int) -> frozenset[str]:
        return frozenset({"desk"})

    host = Host()
    host.__dict__["roles"] = roles
    with pytest.raises(UsageError, match="awaited") as raised:
        work(host)
    assert "ditunggu" in raised.value.text("id")


def test_members_may_change_between_questions() -> None:
    """What was sound is kept only as long as the answer is the same."""
    host = Host(members=("x",))
    staff = staffed(host)
    assert staff.members("sales", 0) == ("x",)
    host.__dict__["members"] = lambda role, at: ["x", "y"]
    assert staff.members("sales", 0) == ("x", "y")
    host.__dict__["members"] = lambda role, at: ["x", 2]
    with pytest.raises(UsageError):
        staff.members("sales", 0)


def test_directories_of_the_package_do_not_pay() -> None:
    """People and no directory at all are asked directly; a directory made from People by a host is looked at."""

    class Own(People):
        __slots__ = ()

        def roles(self, person: str, at: int) -> Any:
            return "desk"

    people, none = People.from_mapping({"rina": "desk"}), NoDirectory()
    assert staffed(people) is people
    assert staffed(none) is none
    with pytest.raises(UsageError):
        staffed(Own(people.entries, people.document)).roles("rina", 0)


def test_the_fit_of_people_is_asked_the_same_way() -> None:
    """A wrong answer is said by the check of the directory, too; groups that a host does not tell are no problem."""
    with pytest.raises(UsageError):
        check_people(Host(members="xy"), SOP)
    untold = Host()
    assert check_people(untold, SOP) == []
    assert "SOP770" in {problem.code for problem in check_people(Host(groups={"other"}), SOP)}
    assert "SOP770" not in {problem.code for problem in check_people(Host(groups=None, members=()), SOP)}
