"""Follow-up that is sent by itself: handing out the message of an attempt when it is due and the customer may be contacted.

The message carries a key. It becomes an attempt when the host reports under that key that it was delivered; what was handed
out is handed out once. Source: the language reference, "Follow-up", `send: auto`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sopengine.kernel.contactpolicy import since_monday
from sopengine.kernel.events import BY_SOP, QUEUED, Draft, Event
from sopengine.kernel.followup import allowed_next, turn
from sopengine.kernel.state import NEVER
from sopengine.templates import RenderedMessage

if TYPE_CHECKING:
    from sopengine.engine.cases import Live
    from sopengine.engine.core import Core
    from sopengine.engine.messages import Made, Messages
    from sopengine.engine.ticking import Letters


def send_due(core: Core, live: Live, letters: Letters, limit: int, now: int) -> list[Event]:
    """Hand out the attempt of a case that is due before `limit`, or put it off to when the contact's other cases allow it.

    Sending is done now and by what holds now.
    """
    at = max(live.state.sends_at, live.state.last_at, live.state.settled_at + 1, now)
    prepare, outcome = core.lookups.preparer(live.tables), live.state.outcome
    live.settle(at, max(now, limit), prepare)
    letters.take(live, outcome)
    if live.state.sends_at < NEVER:
        draft = _attempt(live, at)
        live.put_off = _allowed(core, live, draft)
        if live.put_off <= at:
            event = live.take(draft, max(now, limit), partial(core.cases.stored, live.state.case), prepare)
            letters.send(_message(core.procedures.of(live.tables).messages, live, event))
    return core.cases.save(live)


def _attempt(live: Live, at: int) -> Draft:
    state, place = live.state, live.tables.places[live.state.place]
    assert place.follow is not None  # noqa: S101 - only a follow-up sends by itself; this tells the type checker
    number = state.series[state.place].attempts + 1
    _, template = turn(place.follow, number)
    via = live.tables.sop.templates[template or ""].channel
    data = {"stage": place.name, "attempt": number, "via": via, "template": template}
    return Draft(QUEUED, at, BY_SOP, data=data)


def _allowed(core: Core, live: Live, draft: Draft) -> int:
    """The first instant from the draft's on at which the contact allows it; NEVER when they have opted out of its channel."""
    at, tables = draft.occurred_at, live.tables
    contact = core.contacts.known(live)
    if draft.data["via"] in {**live.state.opted, **contact.refused(at)}:
        return NEVER
    if tables.policy is None or tables.sop.templates[draft.data["template"]].purpose == "service":
        return at
    counted = contact.counted(since_monday(at, tables.policy.zone_of(live.state.facts)), at)
    return allowed_next(tables, live.state, at, counted)[0]


def _message(messages: Messages, live: Live, event: Event) -> Made:
    actor, template = live.state.holder or BY_SOP, event.data["template"]
    made = messages.render(template, live.state, actor, event.occurred_at, to="customer")
    made = replace(made, event=event.id)
    return replace(made, key=event.id) if isinstance(made, RenderedMessage) else made
