"""Rules about duplicates: what makes two cases the same is known early enough to find the second one."""

from __future__ import annotations

from collections.abc import Iterator

from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Sop
from sopengine.lint.rule import Rule
from sopengine.wording import Listing


def found_late(sop: Sop) -> Iterator[Diagnostic]:
    """SOP233: the first stage asks for none of the groups of fields that make two cases the same."""
    start = sop.stages.get(sop.start)
    if sop.identity is None or start is None:
        return
    asked = {name for requirement in start.requires for name in requirement.fields}
    if not any(asked.issuperset(group) for group in sop.identity.same_if):
        place = sop.span((*sop.identity.path, "same_if"))
        yield Diagnostic("SOP233", place, {"stage": start.title, "fields": Listing(tuple(_names(sop)), "or")}, "info")


def _names(sop: Sop) -> Iterator[str]:
    groups = sop.identity.same_if if sop.identity is not None else ()
    yield from dict.fromkeys(" + ".join(group) for group in groups)


RULES: tuple[Rule, ...] = (found_late,)
