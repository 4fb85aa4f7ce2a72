"""What a rule is: one function, one code. It looks at a whole SOP and yields what it finds, each at its exact place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeAlias

from sopengine.diagnostics import Diagnostic
from sopengine.language import conditions
from sopengine.language.model import Mention, Sop

Rule: TypeAlias = Callable[[Sop], Iterator[Diagnostic]]


LIKE_ENOUGH = 4
MOST_COMPARED = 300
"""How far the length of a suggestion may be off, and how many names are compared: spelling costs time, and a file may be
hostile."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is spelled most like `name`, when one is near enough."""
    alike = (other for other in known if abs(len(other) - len(name)) <= LIKE_ENOUGH)
    return conditions.nearest(name, islice(alike, MOST_COMPARED))


def uses(sop: Sop, kind: str) -> Iterator[Mention]:
    """Every place where the file uses a name of a kind."""
    return (mention for mention in sop.mentions if mention.kind == kind)


def used(sop: Sop, *kinds: str) -> frozenset[str]:
    """The names of some kinds that are used anywhere."""
    return frozenset(mention.name for mention in sop.mentions if mention.kind in kinds)


def used_or_meant(sop: Sop, kind: str, known: Iterable[str]) -> frozenset[str]:
    """The used names of a kind; a misspelt one counts as the name that was meant, so that one slip is not two findings."""
    names = dict.fromkeys(known)
    named = used(sop, kind)
    slips = islice(sorted(named - names.keys()), MOST_COMPARED // 10)
    return named | frozenset(meant for slip in slips if (meant := nearest(slip, names)) is not None)


def unknown(sop: Sop, mention: Mention, code: str, known: Iterable[str], **params: object) -> Diagnostic:
    """The diagnostic for a name that nothing bears, with the nearest name that something does bear."""
    place = sop.span(mention.path) if mention.in_key else sop.value_span(mention.path)
    return Diagnostic(code, place, {"name": mention.name, **params}, suggestion=nearest(mention.name, known))


def circles(step: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every circle of a map in which each name leads to at most one other, once."""
    done: set[str] = set()
    for start in step:
        line: list[str] = []
        at: str | None = start
        while at is not None and at not in done:
            done.add(at)
            line.append(at)
            at = step.get(at)
        if at in line:
            yield tuple(line[line.index(at) :])


def shown_circle(circle: tuple[str, ...]) -> str:
    """A circle with its first name repeated at the end."""
    return " → ".join((*circle, circle[0]))
