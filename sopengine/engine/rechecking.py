"""Days of calendars that are other ones than before: what was told about cases is looked at again, once for each change.

The days of a locked calendar are part of what verdicts follow from. An engine keeps in the store by which days the cases of an
SOP were last judged; when its SOP comes with others (somebody has locked anew, or corrected the past), its first tick rebuilds
each of these cases. A notice that no longer holds gets a `corrected`, never disappears; one that has come true is told; the
deadlines in the store follow the days ahead. Source: the language reference, "Frozen", and "SLA clocks", point 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sopengine.engine.cases import Live
from sopengine.engine.ticking import Letters
from sopengine.errors import StaleCase
from sopengine.kernel.events import BY_SOP, Draft, Event
from sopengine.kernel.replay import standing
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Tables
from sopengine.store import Append
from sopengine.time.lock import LockedSpec

if TYPE_CHECKING:
    from sopengine.engine.core import Core

JUDGED_BY: Final = "days_judged_by"


def recheck(core: Core, letters: Letters, until: int, now: int) -> list[Event]:
    """Rebuild the cases whose calendars have other days than those they were judged by; what was recorded about them.

    Repeating it finds nothing more to say, also after a process stopped half way.
    """
    changed = {tables.sop.hash: tables for tables in core.procedures.tables() if _days(tables) != _judged_by(core, tables)}
    found: list[Event] = []
    for case in tuple(core.cases.names()) if changed else ():
        stored = core.cases.stored(case)
        tables = changed.get(stored[0].sop_hash)
        if tables is not None:
            found += _rebuilt(core, letters, Live(CaseState(case), tables, len(stored), []), stored, until, now)
    for tables in changed.values():
        _keep(core, tables, now)
    return found


def _rebuilt(core: Core, letters: Letters, live: Live, stored: Sequence[Event], until: int, now: int) -> list[Event]:
    told = max((notice.occurred_at + 1 for notice in standing(stored).values()), default=until)
    live.rebuild(stored, max(until, told), now, core.lookups.preparer(live.tables))
    own = Letters(core)
    own.take(live, core.cases.get(live.state.case).state.outcome)
    # Also with nothing to tell: the store then learns the deadline by the new days.
    saved = core.cases.save(live)
    letters.join(own)
    return saved


def _days(tables: Tables) -> dict[str, str]:
    """The hashes of the days of the calendars that are locked."""
    calendars = tables.sop.calendars.items()
    return {name: spec.days.hash() for name, spec in calendars if isinstance(spec, LockedSpec)}


def _stream(tables: Tables) -> str:
    return f"days:{tables.sop.hash}"


def _judged_by(core: Core, tables: Tables) -> dict[str, str]:
    stored = core.cases.store.read(_stream(tables)) if tables.sop.calendars else ()
    return dict(stored[-1].data["days"]) if stored else {}


def _keep(core: Core, tables: Tables, now: int) -> None:
    stream, store = _stream(tables), core.cases.store
    length = len(store.read(stream))
    event = Draft(JUDGED_BY, now, BY_SOP, data={"days": _days(tables)}).placed(stream, length + 1, now, tables.sop.hash)
    try:
        store.append([Append(stream, length, (event,), NEVER)])
    except StaleCase:
        # Somebody else has looked at the same cases with the same days, or will with other ones.
        return
