"""Merges among what is taken in: read in an order in which a case is known before it is merged into another.

What happened to a case after it was merged happened to the one that goes on, and is recorded there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sopengine.engine.merging import OF, going_on
from sopengine.errors import UsageError
from sopengine.kernel.decide import RECORDED_WHATEVER
from sopengine.kernel.events import CONTACTED, MERGED, OPENED, Draft
from sopengine.wording import Said

if TYPE_CHECKING:
    from sopengine.engine.core import Core


class Item(Protocol):
    """One thing that happened, read."""

    @property
    def number(self) -> int:
        """Its number, from 1."""

    @property
    def draft(self) -> Draft:
        """What happened."""

    def told_of(self, case: str, draft: Draft) -> Any:
        """The same thing as it is recorded on another case."""


One = TypeVar("One", bound=Item)


def rerouted(core: Core, by_case: Mapping[str, list[One]]) -> dict[str, list[One]]:
    """The items by the case that they are recorded on, those that are merged into others first."""
    return _Rerouting(core, by_case).run()


class _Rerouting:
    def __init__(self, core: Core, by_case: Mapping[str, list[Any]]) -> None:
        self._core = core
        self._items: dict[str, list[Any]] = {case: list(items) for case, items in by_case.items()}
        self._merges: dict[str, Any] = {}

    def run(self) -> dict[str, list[Any]]:
        for case, items in self._items.items():
            told = [item for item in items if item.draft.kind == MERGED]
            if told and self._stored(case) in (None, ""):
                self._merges[case] = min(told, key=_when)
        for case, item in self._merges.items():
            self._check(case, item)
        order = sorted(self._items, key=lambda case: (bool(self._stored(case)), self._hops(case)), reverse=True)
        for case in order:
            self._send_on(case)
        # Those that are only merged into come last: nothing of theirs is waited for.
        return {case: items for case in dict.fromkeys((*order, *self._items)) if (items := self._items[case])}

    def _stored(self, case: str) -> str | None:
        """The case that a stored one was merged into; empty when it was not, None when it is not stored."""
        cases = self._core.cases
        return (cases.get(case).state.merged_into or "") if cases.has(case) else None

    def _hops(self, case: str) -> int:
        hops = 0
        while case in self._merges:
            case, hops = self._merges[case].draft.data["into"], hops + 1
        return hops

    def _check(self, case: str, item: Any) -> None:
        """UsageError for a merge that nothing makes right: into itself, or a case unknown, of another SOP, or merged before."""
        into, at = item.draft.data["into"], item.draft.occurred_at
        opened = next((one for one in self._items.get(into, ()) if one.draft.kind == OPENED), None)
        stored = self._stored(into)
        later = self._merges.get(into)
        if into == case or stored or (later is not None and _when(later) <= _when(item)):
            raise _wrong(item, "call.merged_before", case=into)
        if opened is None and stored is None:
            raise _wrong(item, "call.never_opened", case=into)
        if self._sop(into) != self._sop(case):
            raise _wrong(item, "call.merged_across", case=into)
        opened_at = opened.draft.occurred_at if opened is not None else self._core.cases.get(into).state.opened_at
        if opened_at > at:
            raise _wrong(item, "call.before_opening", case=into, opening=opened.number if opened is not None else "–")

    def _sop(self, case: str) -> str:
        cases, procedures = self._core.cases, self._core.procedures
        if cases.has(case):
            return cases.get(case).tables.sop.id
        opening = next((one for one in self._items[case] if one.draft.kind == OPENED), None)
        return procedures.named(opening.sop if opening is not None else None).tables.sop.id

    def _send_on(self, case: str) -> None:
        merge, stored = self._merges.get(case), self._stored(case)
        if merge is None and not stored:
            return
        into = merge.draft.data["into"] if merge is not None else going_on(self._core.cases, case)
        kept = []
        for item in self._items[case]:
            if _tells_what_happened(item.draft) and (merge is None or _when(item) > _when(merge)):
                item.draft.derived = {**item.draft.derived, OF: case}
                self._items.setdefault(into, []).append(item.told_of(into, item.draft))
            else:
                kept.append(item)
        self._items[case] = kept
        if merge is not None:
            draft = merge.draft
            words = {"from": case, **({"note": draft.data["note"]} if "note" in draft.data else {})}
            told = Draft(MERGED, draft.occurred_at, draft.by, draft.roles, words, acting_for=draft.acting_for)
            self._items.setdefault(into, []).append(merge.told_of(into, told))


def _when(item: Any) -> tuple[int, int]:
    return item.draft.occurred_at, item.number


def _tells_what_happened(draft: Draft) -> bool:
    return draft.kind in RECORDED_WHATEVER or draft.kind == CONTACTED


def _wrong(item: Any, sentence: str, /, **params: Any) -> UsageError:
    return UsageError.saying("call.item", number=item.number, problem=Said(sentence, params))
