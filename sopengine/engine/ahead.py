"""What time alone will do to a case: every instant at which something comes true if nothing happens before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal

from sopengine.engine.assigned import alert_words
from sopengine.engine.cases import Live
from sopengine.engine.decision import moment
from sopengine.engine.naming import clock_name
from sopengine.kernel import events
from sopengine.kernel.climbing import WORDS
from sopengine.kernel.events import Draft
from sopengine.kernel.settle import Made, Prepare, settle
from sopengine.kernel.state import NEVER
from sopengine.kernel.tables import Tables
from sopengine.people import Directory
from sopengine.wording import Listing, Term, say
from sopengine.wording.formats import percent

Comes = Literal["warned", "breached", "escalated", "exhausted", "returns", "expired", "climbs", "unaccepted", "alerts"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant at which time alone will do something: `what` it is, on which `clock` and `level` (counted from 1; None for
    the two that are no clock's), and where the case then goes (`to`) when it is moved by it.
    """

    at: datetime
    what: Comes
    clock: str | None
    level: int | None
    to: str | None
    explain: Callable[[str], str] = field(repr=False, compare=False)

    def why(self, lang: str = "en") -> str:
        """What happens then, in one sentence in `lang`."""
        return self.explain(lang)


_WHAT: Final[dict[str, Comes]] = {
    events.WARNED: "warned",
    events.BREACHED: "breached",
    events.ESCALATED: "escalated",
    events.EXHAUSTED: "exhausted",
    events.RESTED: "returns",
    events.EXPIRED: "expired",
    events.CLIMBED: "climbs",
    events.UNACCEPTED: "unaccepted",
    events.ALERTED: "alerts",
}


_CLOCKS: Final = {
    events.WARNED: "agenda.warned",
    events.BREACHED: "agenda.breached",
    events.ESCALATED: "agenda.escalated",
}
_APPROVALS: Final = {events.CLIMBED: "agenda.climbed", events.ALERTED: "agenda.alerted"}
_MOVES: Final = {events.EXHAUSTED: "agenda.exhausted", events.RESTED: "agenda.rested"}
_STAYS: Final = {events.EXHAUSTED: "agenda.exhausted_stays", events.RESTED: "agenda.rested_stays"}


def deadlines(live: Live, until: int | None, prepare: Prepare, people: Directory) -> Iterator[Deadline]:
    """The deadlines of a case in their order; see `Engine.deadlines`. The case is left as it is."""
    tables, state = live.tables, live.state.copy()
    for made in settle(tables, state, NEVER if until is None else until, prepare=prepare):
        yield _deadline(tables, people, made)
        if until is None and (made.consequence is not None or made.chosen is not None):
            return


def _deadline(tables: Tables, people: Directory, made: Made) -> Deadline:
    notice, data = made.notice, made.notice.data
    to = None if made.consequence is None else str(made.consequence.data["to"])
    at = moment(notice.occurred_at, tables.zone)
    explain = partial(_say, tables, people, notice, to)
    return Deadline(at, _WHAT[notice.kind], data.get("clock"), data.get("level"), to, explain)


def _say(tables: Tables, people: Directory, notice: Draft, to: str | None, lang: str) -> str:
    data = notice.data
    if notice.kind == events.UNACCEPTED:
        return say("agenda.unaccepted", lang, person=people.name(data["person"]) or data["person"])
    if notice.kind == events.ALERTED and "approval" not in data:
        return say("agenda.alerts", lang, **alert_words(tables, data))
    if notice.kind in _APPROVALS:
        return say(_APPROVALS[notice.kind], lang, **approval_words(tables, data))
    if notice.kind in (events.EXHAUSTED, events.RESTED):
        title: Any = tables.places[to].title if to is not None and to in tables.places else ""
        return say((_MOVES if to else _STAYS)[notice.kind], lang, to=title, **_counted(data))
    if notice.kind == events.EXPIRED:
        return say("agenda.expires", lang, document=_title(tables, data["document"]), version=data["version"])
    share = data["percent"]
    words = {"clock": clock_name(tables, data["clock"]), "share": percent(Decimal(share or 0) / 100, lang)}
    return say(_CLOCKS[notice.kind] if share is not None else "agenda.since_breach", lang, **words)


def _title(tables: Tables, document: str) -> Any:
    return tables.sop.documents[document].title


def approval_words(tables: Tables, data: dict[str, Any]) -> dict[str, Any]:
    """What a notice about an approval says: which, its level, and to whom."""
    approval = tables.approvals[data["approval"]].approval
    roles = tables.sop.roles
    to = [data["to"]] if isinstance(data["to"], str) else data["to"]
    who = Listing(tuple(roles[name].title if name in roles else name for name in to), "or")
    return {"approval": approval.title, "level": data["level"], "to": who, "why": Term(WORDS[data["why"]])}


def _counted(data: dict[str, Any]) -> dict[str, Any]:
    return {"count": data.get("attempts", data.get("times", 0))}
