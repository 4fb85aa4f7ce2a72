"""Which names a template may use, to the leaf, and what kind of value each leaf holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sopengine.templates.problem import nearest

Kind: TypeAlias = str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A leaf that is a list; `item` is the type of one element."""

    item: Any


# A leaf's type name, a branch (names below it), a list, or None where nothing is known about the name.
Type: TypeAlias = str | Mapping[str, Any] | ListOf | None

KINDS: Mapping[str, Kind] = {
    "string": "text",
    "text": "text",
    "choice": "text",
    "email": "text",
    "phone": "text",
    "integer": "number",
    "number": "number",
    "percent": "number",
    "money": "money",
    "boolean": "boolean",
    "date": "date",
    "datetime": "instant",
    "instant": "instant",
    "duration": "duration",
}


def kind_of(type: Type) -> Kind | None:
    """The family of a type: what it can be compared with and printed as; None where the type is unknown.

    >>> kind_of("money:IDR"), kind_of({"name": "string"}), kind_of(ListOf("string"))
    ('money', 'group', 'list')
    """
    if type is None:
        return None
    if isinstance(type, str):
        return KINDS[base_of(type)]
    return "list" if isinstance(type, ListOf) else "group"


def base_of(type: str) -> str:
    """A type name without its parameter: ``money`` of ``money:IDR``."""
    return type.partition(":")[0]


def currency_of(type: Type) -> str | None:
    """The currency of a money type, None for every other."""
    return type.partition(":")[2] or None if isinstance(type, str) and base_of(type) == "money" else None


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one template: a tree of branches (mappings) whose leaves are type names.

    Type names: ``string text choice email phone integer number percent money:<currency> boolean date datetime instant
    duration``, or `ListOf` one of them (or of a branch). ``KeyError`` when a leaf names another type.

    >>> scope = Scope({"lead": {"name": "string", "budget": "money:IDR"}})
    >>> scope.names["lead"]["budget"]
    'money:IDR'
    """

    names: Mapping[str, Any]

    def __post_init__(self) -> None:
        check_types(self.names)

    def plus(self, names: Mapping[str, Any]) -> Scope:
        """This scope with more names."""
        return Scope({**self.names, **names})


_NOT_THE_SUBJECT = ("actor", "holder", "stage", "sop", "now", "sla", "loop")


def nearest_name(name: str, known: Mapping[str, Type]) -> str | None:
    """What a name that begins with nothing known probably means: a field without its subject, or a misspelling.

    >>> nearest_name("nama", {"actor": {"name": "string"}, "lead": {"nama": "string"}}), nearest_name("led", {"lead": {}})
    ('lead.nama', 'lead')
    """
    branches = {root: below for root, below in _subject_first(known) if isinstance(below, Mapping)}
    for root, below in branches.items():
        if name in below:
            return f"{root}.{name}"
    alike = nearest(name, known)
    if alike is not None or not branches:
        return alike
    subject, fields = next(iter(branches.items()))
    field = nearest(name, fields)
    return field and f"{subject}.{field}"


def example_of(known: Mapping[str, Type]) -> str:
    """A name that may be written, to the leaf where there is one.

    >>> example_of({"now": "instant", "lead": {"id": "string", "name": "string"}})
    'lead.name'
    """
    for root, below in _subject_first(known):
        if isinstance(below, Mapping) and below:
            return f"{root}.{next((field for field in below if field != 'id'), 'id')}"
    return next(iter(known), "")


def _subject_first(known: Mapping[str, Type]) -> list[tuple[str, Type]]:
    return sorted(known.items(), key=lambda entry: entry[0] in _NOT_THE_SUBJECT)


def check_types(type: Type) -> None:
    """KeyError when a leaf below `type` is not one of the known types."""
    if isinstance(type, Mapping):
        for below in type.values():
            check_types(below)
    elif isinstance(type, ListOf):
        check_types(type.item)
    else:
        kind_of(type)


PERSON = {"id": "string", "name": "string", "role": "string", "phone": "phone", "email": "email"}
CLOCK = {"due": "instant", "target": "duration", "state": "string"}


def scope_of(fields: Mapping[str, Type], subject: str = "lead", clocks: Iterable[str] = ()) -> Scope:
    """The scope every message has: the subject's fields under its noun, the people, the stage, the SOP, now and the
    clocks.

    >>> sorted(scope_of({"name": "string"}, subject="order").names)
    ['actor', 'holder', 'now', 'order', 'sla', 'sop', 'stage']
    """
    return Scope(
        {
            "actor": PERSON,
            "holder": PERSON,
            "stage": {"id": "string", "title": "string", "description": "text"},
            "sop": {"id": "string", "title": "string", "version": "string"},
            "now": "instant",
            "sla": dict.fromkeys(clocks, CLOCK),
            subject: {"id": "string", **fields},
        }
    )
