"""What a gate says of approvals: not requested, waiting for a level, rejected, void, or with nobody who may decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sopengine.diagnostics import Finding
from sopengine.kernel.approvals import consents, enough, needed, open_levels
from sopengine.kernel.naming import deciders, roles_of
from sopengine.kernel.state import Asked, CaseState, Step
from sopengine.kernel.tables import ApprovalTable, Consent, Facts, Place, Tables
from sopengine.wording import Instant, Listing, Person, Said, Term


def not_granted(tables: Tables, place: Place, consent: Consent, state: CaseState, facts: Facts) -> Sequence[Finding]:
    """CASE211 to CASE215: what an approval still lacks; nothing when it is granted, or not needed.

    Levels are worked out from `facts`, which are those of the gate: an approval of another discount is none of this one.
    """
    table = tables.approvals[consent.name]
    if not needed(table, facts):
        return ()
    asked = state.approvals.get(consent.name)
    params = {"approval": table.approval.title, "name": consent.name, "owners": roles_of(tables, place.owners)}
    if asked is None:
        who = _by_level(tables, table, facts)
        return (Finding("CASE211", params | {"who": who}, True, consent.span),) if who.items else ()
    if asked.void is not None:
        return (_void(tables, asked.void, params, consent),)
    if asked.rejected is not None:
        at, by, reason = asked.rejected
        said = reason or Term("consent.no_reason")
        params |= {"at": Instant(at, tables.zone), "by": Person(by), "reason": said}
        return (Finding("CASE213", params, True, consent.span),)
    return tuple(_waiting(tables, table, asked, state, params, facts))


def _by_level(tables: Tables, table: ApprovalTable, facts: Facts) -> Listing:
    """Who decides on an approval at the levels that may be needed; each with its number where they are several."""
    wanted = [(n, one) for n, one in enumerate(table.levels, 1) if one.guard is None or one.guard.test(facts) is not False]
    who = [(number, deciders(tables, [Step(one.level.by)])) for number, one in wanted]
    if len(who) == 1:
        return who[0][1]
    return Listing(tuple(Said("consent.at_level", {"who": roles, "level": number}) for number, roles in who), "and_then")


def _void(tables: Tables, void: tuple[int, str, tuple[str, ...]], params: dict[str, Any], consent: Consent) -> Finding:
    at, by, fields = void
    known = tables.sop.fields
    named = Listing(tuple(known[name].title if name in known else name for name in fields))
    params = params | {"fields": named, "at": Instant(at, tables.zone), "by": Person(by) if by else Term("consent.somebody")}
    return Finding("CASE214", params, True, consent.span)


def _waiting(
    tables: Tables, table: ApprovalTable, asked: Asked, state: CaseState, params: dict[str, Any], facts: Facts
) -> Iterator[Finding]:
    for number in open_levels(table, asked, facts):
        level, steps = table.levels[number], asked.chain[number]
        said = params | {
            "level": number + 1,
            "levels": len(table.levels),
            "who": deciders(tables, steps[: asked.reached[number] + 1]),
            "given": len(consents(asked, number)),
            "quorum": level.level.quorum,
        }
        stuck = number == asked.level and enough(state, table, asked, number) == len(steps)
        yield Finding("CASE215" if stuck else "CASE212", said, True, level.span)
