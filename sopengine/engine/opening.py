"""Opening a case: refused whole when the id is taken, the record does not fit, or the actor may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopengine.diagnostics import Finding
from sopengine.engine.acts import Act
from sopengine.engine.decision import Decision
from sopengine.engine.performing import Performance
from sopengine.engine.ticking import sends_of
from sopengine.errors import UsageError
from sopengine.kernel.decide import decide
from sopengine.kernel.tables import Tables
from sopengine.wording import Instant

if TYPE_CHECKING:
    from sopengine.engine.core import Core


def perform_opening(core: Core, case: str, record: Any, act: Act, tables: Tables, now: int) -> Decision:
    """Open a case, or say everything that is wrong with it."""
    if core.cases.has(case):
        there = Performance(core, record, act, core.cases.get(case), now)
        place = there.live.tables.places[there.live.state.place]
        there.findings.append(Finding("CASE508", {"case": case, "here": place.title}))
        return there.answer(False, [])
    performance = Performance(core, record, act, core.cases.new(case, tables), now)
    live = performance.live
    draft = performance.draft({**act.data, "record": core.subject.values(record, tables.sop.fields)})
    since = _since(act, draft.data)
    if act.at is None:
        draft.occurred_at = now if since is None else since
    event = live.event(draft, now)
    ruling = decide(tables, live.state, event, list)
    performance.findings += core.lookups.named(ruling.findings, event, tables)
    if since is not None and since > now and act.at is not None:
        params = {"at": Instant(since, tables.zone), "now": Instant(now, tables.zone)}
        performance.findings.append(Finding("CASE506", params))
    if any(finding.blocks for finding in performance.findings):
        return performance.answer(False, [])
    event = live.take(draft, now, list, performance.prepare)
    performance.event_id = event.id
    into = next((one["case"] for one in event.derived.get("duplicates", ()) if one.get("merged")), None)
    if since is None and into is None:
        # A case that is adopted came to its stage long ago: what is sent on entry would greet it a second time.
        performance.enter(sends_of(tables, live.state, ()), event)
    performance.settle()
    performance.link(event)
    if into is not None:
        performance.merge(into, event)
    saved = performance.save()
    if not act.dry_run and into is None:
        try:
            core.subject.set_stage(record, live.state.place)
        except Exception as error:
            performance.errors.append(error)
    return performance.answer(True, saved)


def _since(act: Act, data: dict[str, Any]) -> int | None:
    since: int | None = data.get("since")
    if since is not None and act.at is not None and since < act.at:
        raise UsageError.saying("call.since_before_at")
    return since
