"""How a case got its holder, in words: from what was stored when somebody was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sopengine.kernel.assign import FULL_UP, GROUP, SHIFT
from sopengine.kernel.events import ASSIGNED, Event
from sopengine.kernel.tables import Tables
from sopengine.people import Directory
from sopengine.wording import Instant, Listing, Said, say


def choice_of(history: Sequence[Event]) -> Event | None:
    """The last event of a history by which somebody was chosen, or nobody could be."""
    return next((event for event in reversed(history) if event.kind == ASSIGNED and "assignment" in event.derived), None)


def how(tables: Tables, people: Directory, event: Event, lang: str) -> str:
    """How the holder was found."""
    trace = event.derived["assignment"]
    among: Any = Said("assign.among", {"group": trace["result"]}) if "result" in trace else ""
    if event.data["to"] is None:
        words = {"queue": role_title(tables, trace["queue"]), "among": among}
        return say(f"assign.{trace['why']}", lang, facts=titles(tables, trace.get("missing", ())), **words)
    person = people.name(event.data["to"]) or event.data["to"]
    return say(f"assign.{trace.get('how', trace['method'])}", lang, person=person, among=among)


def passed_over(tables: Tables, people: Directory, event: Event, lang: str) -> Iterator[str]:
    """Everybody who was passed over, each with the reason; whose turn it would have been comes first."""
    trace = event.derived["assignment"]
    for person in trace.get("not_kept", ()):
        yield say("assign.not_kept", lang, person=people.name(person) or person)
    for person, reason in (*trace.get("skipped", {}).items(), *trace.get("away", {}).items()):
        yield say("assign.person", lang, person=people.name(person) or person, reason=_reason(tables, reason))


def _reason(tables: Tables, reason: Sequence[Any]) -> Said:
    kind, *numbers = reason
    words: Mapping[str, Any] = {}
    if kind == GROUP:
        words = {"group": numbers[0]}
    elif kind == FULL_UP:
        words = {"load": numbers[0], "capacity": numbers[1]}
    elif kind == SHIFT and numbers:
        return Said("assign.was_shift_until", {"until": Instant(numbers[0], tables.zone)})
    return Said(f"assign.was_{kind}", words)


def alert_words(tables: Tables, data: Mapping[str, Any]) -> dict[str, Any]:
    """What is told to a role into whose queue a case was laid."""
    why = Said(f"assign.alert_{data['why']}", {"facts": titles(tables, data.get("facts", ()))})
    return {"to": role_title(tables, data["to"]), "why": why}


def role_title(tables: Tables, role: str) -> Any:
    """A role as people call it."""
    known = tables.sop.roles.get(role)
    return role if known is None else known.title


def titles(tables: Tables, facts: Sequence[str]) -> Listing:
    """Facts as people call them."""
    fields = tables.sop.fields
    return Listing(tuple(fields[name].title if name in fields else name for name in facts))
