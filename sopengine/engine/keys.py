"""Idempotency keys: a call that is repeated under its key is answered with the first decision, and nothing is done twice.

An engine keeps its last decisions. For a key that is older, or from before the engine was started, the decision is made anew from
what was recorded: the case, the events, and the findings as they are judged once more on the case as it was. Its `messages` are
empty then: they were handed out with the first decision, and a caller that repeats itself must not send them twice.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from functools import partial
from typing import Any, Final

from sopengine.diagnostics import Finding
from sopengine.engine.acts import Act
from sopengine.engine.cases import Cases, Live
from sopengine.engine.decision import Decision
from sopengine.engine.lookups import Lookups
from sopengine.engine.views import case_view
from sopengine.errors import UsageError
from sopengine.kernel.events import OPENED, Event
from sopengine.kernel.judge import judge
from sopengine.kernel.replay import replay

KEPT: Final = 10_000
"""Decisions kept in memory; for an older key the answer is made anew from what was recorded under it."""


class Keys:
    """What was decided under which key. Refusals are not kept: what was refused is judged anew."""

    def __init__(self, cases: Cases, lookups: Lookups) -> None:
        self._cases = cases
        self._lookups = lookups
        self._decisions: OrderedDict[str, Decision] = OrderedDict()

    def first(self, act: Act, case: str) -> Decision | None:
        """The decision that was made under the act's key; UsageError when that was for another command or case."""
        if act.key is None:
            return None
        recorded = tuple(self._cases.store.under_key(act.key))
        if not recorded:
            return None
        if recorded[0].case != case or not _same(act, recorded[0]):
            raise UsageError.saying("call.key_used", key=act.key, kind=recorded[0].kind, case=recorded[0].case)
        if act.key in self._decisions:
            return self._decisions[act.key]
        live = self._cases.get(case)
        return Decision(True, partial(case_view, live.tables, live.state), self._findings(live, recorded[0]), recorded)

    def _findings(self, live: Live, first: Event) -> tuple[Finding, ...]:
        """What was found about an event, judged on the case as it was known then; it was done, so nothing of it blocks."""
        before = [event for event in self._cases.stored(live.state.case) if event.seq < first.seq]
        then = replay(live.tables, live.state.case, before, at=first.occurred_at).state
        found = self._lookups.named(judge(live.tables, then, first), first, live.tables)
        return tuple(replace(finding, blocks=False, event=first.id) for finding in found)

    def keep(self, act: Act, decision: Decision) -> None:
        """Remember what was decided and stored."""
        if act.key is None or not decision or act.dry_run:
            return
        self._decisions[act.key] = decision
        if len(self._decisions) > KEPT:
            self._decisions.popitem(last=False)


def _same(act: Act, event: Event) -> bool:
    if act.kind != event.kind or act.by != event.by or (act.at is not None and act.at != event.occurred_at):
        return False
    return _wish(act.data, act.kind) == _wish(event.data, act.kind)


def _wish(data: Any, kind: str) -> dict[str, Any]:
    """The data without what the engine read by itself: the record of an opening is the host's to change in between."""
    return {word: value for word, value in data.items() if kind != OPENED or word != "record"}
