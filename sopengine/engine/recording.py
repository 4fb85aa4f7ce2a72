"""Taking in what has already happened: read whole first, then judged and folded in the order of its happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sopengine.diagnostics import Finding
from sopengine.engine.instants import moment_of
from sopengine.errors import UsageError
from sopengine.kernel import events
from sopengine.kernel.decide import decide
from sopengine.kernel.events import Draft, case_stream

if TYPE_CHECKING:
    from sopengine.engine.core import Core

NEEDS: Final[Mapping[str, Mapping[str, type]]] = {
    events.OPENED: {},
    events.EDITED: {"changes": Mapping},
    events.MOVED: {"to": str},
    events.CONTACTED: {"via": str},
    events.RECEIVED: {"via": str},
    events.BOUNCED: {"contacted_at": datetime},
    events.ATTACHED: {"document": str},
    events.TICKED: {"item": str},
    events.UNTICKED: {"item": str},
    events.ASSIGNED: {"to": str},
    events.STATUS: {"to": str},
    events.NOTED: {"text": str},
    events.SIGNALLED: {"event": str},
}
"""What the data of each kind must hold."""

ENVELOPE: Final = frozenset({"case", "kind", "at", "by", "roles", "key", "sop"})


class Recorder:
    """Records foreign histories on an engine, case by case."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def take(self, recorded: Iterable[Mapping[str, Any]]) -> list[Finding]:
        """Every finding about every item; see `Engine.record`."""
        now = self._core.now()
        read = [self._read(number, item) for number, item in enumerate(recorded, 1) if not self._known_key(item)]
        by_case: dict[str, list[tuple[str | None, Draft]]] = {}
        for case, sop, draft in read:
            by_case.setdefault(case, []).append((sop, draft))
        self._all_known(by_case)
        found: list[Finding] = []
        for case, drafts in by_case.items():
            found += self._case(case, sorted(drafts, key=lambda pair: pair[1].occurred_at), now)
        return found

    def _known_key(self, item: Mapping[str, Any]) -> bool:
        """An item whose key is recorded already was taken in by an earlier run of the same import."""
        key = item.get("key")
        return isinstance(key, str) and self._core.key_is_used(key)

    def _all_known(self, by_case: Mapping[str, list[tuple[str | None, Draft]]]) -> None:
        for case, drafts in by_case.items():
            opens = [draft for _, draft in drafts if draft.kind == events.OPENED]
            if not opens and not self._core.exists(case):
                raise UsageError(f"case {case!r} is not known and nothing here opens it; nothing was recorded")
            if opens and (len(opens) > 1 or self._core.exists(case)):
                raise UsageError(f"case {case!r} is opened twice; nothing was recorded")

    def _case(self, case: str, drafts: list[tuple[str | None, Draft]], now: int) -> list[Finding]:
        found: list[Finding] = []
        opened = [pair for pair in drafts if pair[1].kind == events.OPENED]
        live = self._core.live(case, opened[0][0] if opened else None)
        for _, draft in (*opened, *(pair for pair in drafts if pair[1].kind != events.OPENED)):
            live.settle(min(draft.occurred_at, now), now, self._core.preparer(live))
            draft.derived = self._core.derived(live, draft)
            event = draft.placed(case_stream(case), live.length + len(live.pending) + 1, now, live.tables.sop.hash)
            ruling = decide(live.tables, live.state, event, lambda: self._core.known(live))
            event_id = self._core.take(live, draft, ruling.late, now)
            found += [Finding(f.code, f.params, f.blocks, f.span, event_id) for f in ruling.findings]
        live.settle(now, now, self._core.preparer(live))
        self._core.save(live)
        return found

    def _read(self, number: int, item: Mapping[str, Any]) -> tuple[str, str | None, Draft]:
        kind, case = item.get("kind"), item.get("case")
        if not isinstance(case, str) or not case:
            raise UsageError(f"item {number}: `case` must be the id of a case; nothing was recorded")
        if not isinstance(kind, str) or kind not in NEEDS:
            raise UsageError(f"item {number}: no kind {kind!r}; there are: {', '.join(NEEDS)}; nothing was recorded")
        at = moment_of(item.get("at"), f"item {number}: at")
        by = item.get("by")
        given = item.get("roles")
        roles = tuple(given) if given is not None else self._core.roles(by if isinstance(by, str) else "", at)
        data = {name: value for name, value in item.items() if name not in ENVELOPE}
        self._check_data(number, kind, data)
        if kind == events.OPENED:
            data = self._core.opening(data, item.get("sop"))
        return case, item.get("sop"), Draft(kind, at, str(by), roles, data, key=item.get("key"))

    def _check_data(self, number: int, kind: str, data: dict[str, Any]) -> None:
        for name, wanted in NEEDS[kind].items():
            if wanted is datetime:
                data[name] = moment_of(data.get(name), f"item {number}: {name}")
            elif not isinstance(data.get(name), wanted):
                raise UsageError(f"item {number}: {kind!r} needs {name!r} ({wanted.__name__}); nothing was recorded")
