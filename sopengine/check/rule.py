"""What a rule is: one function, one code. It looks at a whole SOP and yields what it finds, each at its exact place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from sopengine.diagnostics import Diagnostic
from sopengine.language.conditions import nearest
from sopengine.language.model import Mention, Sop

Rule: TypeAlias = Callable[[Sop], Iterator[Diagnostic]]


def uses(sop: Sop, kind: str) -> Iterator[Mention]:
    """Every place where the file uses a name of a kind."""
    return (mention for mention in sop.mentions if mention.kind == kind)


def used(sop: Sop, *kinds: str) -> frozenset[str]:
    """The names of some kinds that are used anywhere."""
    return frozenset(mention.name for mention in sop.mentions if mention.kind in kinds)


def used_or_meant(sop: Sop, kind: str, known: Iterable[str]) -> frozenset[str]:
    """The used names of a kind; a misspelt one counts as the name that was meant, so that one slip is not two findings."""
    names = frozenset(known)
    return frozenset(name if name in names else nearest(name, names) or name for name in used(sop, kind))


def unknown(sop: Sop, mention: Mention, code: str, known: Iterable[str], **params: object) -> Diagnostic:
    """The diagnostic for a name that nothing bears, with the nearest name that something does bear."""
    place = sop.span(mention.path) if mention.in_key else sop.value_span(mention.path)
    return Diagnostic(code, place, {"name": mention.name, **params}, suggestion=nearest(mention.name, known))
