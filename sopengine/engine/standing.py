"""Standing in, looked up for an act before it is judged: the roles taken up are kept on the event, with whose they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from sopengine.kernel.authority import NOT_AWAY, STANDS_IN
from sopengine.kernel.events import OPENED, Draft, Event
from sopengine.kernel.override import OVERRIDE
from sopengine.kernel.powers import needed
from sopengine.kernel.replay import replay
from sopengine.kernel.tables import Tables
from sopengine.people import ROLE_ACTOR, Staff
from sopengine.people.standing_in import Acting, taken_up

if TYPE_CHECKING:
    from sopengine.engine.cases import Live


def stand_in(staff: Staff, live: Live, draft: Draft, history: Callable[[], Sequence[Event]]) -> None:
    """Let the actor of `draft` stand in for whoever may do it, where they may not themselves and the SOP lets them.

    A draft that says itself for whom somebody acted is taken at its word that they were away.
    """
    tables = live.tables
    if not tables.stands_for or tables.stands_for.keys().isdisjoint(draft.roles):
        return
    state = live.state
    if draft.kind != OPENED and live.is_late(draft.occurred_at):
        state = replay(tables, state.case, history(), at=draft.occurred_at).state
    name = draft.data["stage"] if draft.kind == OPENED else state.place
    place = tables.places.get(name) or tables.places[tables.sop.start]
    needs = [needed(tables, place, draft.kind, draft.data)]
    if OVERRIDE in draft.data:
        needs.append(frozenset(tables.sop.override_by))
    take_up(staff, tables, draft, needs)


def take_up(staff: Staff, tables: Tables, draft: Draft, needs: Sequence[Collection[str]]) -> None:
    """Add to `draft` the roles that its actor stands in for, of those of which one of each of `needs` is needed.

    It may be asked again for further needs: what was looked up before is not mistaken for what a draft says itself.
    """
    before = draft.derived.get(STANDS_IN, {})
    if draft.acting_for is None or before:
        found = taken_up(staff, tables.stands_for, draft.roles, draft.occurred_at, needs)
    else:
        found = _as_told(staff, tables, draft, needs)
    draft.roles = found.roles
    if found.stands_in:
        draft.acting_for = draft.acting_for or found.acting_for
        stood = before | {role: list(members) for role, members in found.stands_in.items()}
        draft.derived = {**draft.derived, STANDS_IN: stood}
    elif found.there:
        draft.derived = {**draft.derived, NOT_AWAY: {role: list(members) for role, members in found.there.items()}}


def _as_told(staff: Staff, tables: Tables, draft: Draft, needs: Sequence[Collection[str]]) -> Acting:
    """The roles of whom the draft itself says that they were away; only those that the SOP lets its actor stand in for."""
    other, at = draft.acting_for or "", draft.occurred_at
    theirs = {other.removeprefix(ROLE_ACTOR)} if other.startswith(ROLE_ACTOR) else staff.roles(other, at)
    able = (role for mine in draft.roles for role in tables.stands_for.get(mine, ()) if not theirs or role in theirs)
    wanted = frozenset().union(*(need for need in needs if set(need).isdisjoint(draft.roles)))
    stood = {
        role: staff.members(role, at) if other.startswith(ROLE_ACTOR) else (other,) for role in able if role in wanted
    }
    return Acting(tuple(sorted({*draft.roles, *stood})), stood)
