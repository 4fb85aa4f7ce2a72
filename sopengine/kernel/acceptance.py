"""What becomes of a case that was given to somebody by a choice: they accept it by acting, or it goes on to the next.

Source: the language reference, "Assignment", `accept_within` and `if_none`.
"""

from __future__ import annotations

from collections.abc import Collection

from sopengine.kernel.assign import NOBODY
from sopengine.kernel.events import ALERTED, BY_SOP, UNACCEPTED, Draft, Event
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Place, Tables
from sopengine.kernel.waits import limit_of


def to_be_chosen(tables: Tables, state: CaseState) -> bool:
    """Whether the stage that a case has just come to chooses who has it, and nobody was given with it."""
    stage = tables.places[state.place].stage
    return stage is not None and stage.assign is not None and state.holder is None


def given(tables: Tables, state: CaseState, event: Event) -> None:
    """Take up that a case was given to somebody, or laid into a queue because nobody could be chosen."""
    choice = event.derived.get("assignment") if event.by == BY_SOP else None
    state.assign_at, state.asked_at, state.alert = NEVER, NEVER, None
    if choice is None:
        state.tried = ()
        if not _stands_in_queue(tables.places[state.place], state, event):
            state.queue = None
    elif event.data["to"] is None:
        state.queue = choice["queue"]
        state.alert = (choice.get("why", NOBODY), *choice.get("missing", ()))
        state.assign_at = event.occurred_at
    else:
        state.queue = None
        state.assign_at = _accepts_until(tables, state, event.occurred_at)


def _stands_in_queue(place: Place, state: CaseState, event: Event) -> bool:
    """Whether who was given the case by hand has it only because their role's queue took it."""
    roles = event.derived.get("assignee", {}).get("roles", ())
    return state.queue in roles and place.owners.isdisjoint(roles)


def _accepts_until(tables: Tables, state: CaseState, at: int) -> int:
    """The last instant at which the first act of who was chosen is in time; it comes before what time does at that instant."""
    stage = tables.places[state.place].stage
    within = stage.assign.accept_within if stage is not None and stage.assign is not None else None
    if within is None:
        return NEVER
    return limit_of(within, at, tables.calendar_for(within), tables.zone)


def waits(state: CaseState) -> bool:
    """Whether who was chosen has still to accept by a first act."""
    return state.assign_at < NEVER and state.alert is None


def acted(state: CaseState, event: Event) -> None:
    """Take up an act on a case whose holder was chosen: their own (or one for them) accepts it, and ends the round."""
    if state.alert is None and state.holder in (event.by, event.acting_for):
        state.assign_at, state.tried = NEVER, ()


def left(state: CaseState) -> None:
    """Forget the choice that was made for the stage that a case leaves."""
    state.assign_at, state.asked_at = NEVER, NEVER
    state.alert, state.tried, state.queue = None, (), None


def may_act(place: Place, state: CaseState, roles: Collection[str]) -> bool:
    """Whether somebody with these roles acts in a place: its owners do, and the role whose queue the case lies in."""
    return not place.owners.isdisjoint(roles) or (state.queue is not None and state.queue in roles)


def notice(state: CaseState, at: int) -> Draft:
    """What time has made true about a choice: nobody could be chosen, or who was chosen has not acted in time."""
    if state.alert is not None:
        why, *missing = state.alert
        data = {"to": state.queue, "why": why, "stage": state.place}
        state.assign_at = NEVER
        return Draft(ALERTED, at, BY_SOP, data=data | ({"facts": missing} if missing else {}))
    person = state.holder
    give_up(state, at)
    return Draft(UNACCEPTED, at, BY_SOP, data={"person": person, "stage": state.place})


def give_up(state: CaseState, at: int) -> None:
    """The present holder has had the case in this round; somebody else is to be chosen."""
    state.assign_at = NEVER
    state.asked_at = min(state.asked_at, at)
    if state.holder is not None:
        state.tried = (*state.tried, state.holder)
