"""Duplicates: which other cases are about the same subject, looked up by their keys and never by asking every case.

Which cases claim a key is told in the stream of that key, written in one transaction with the opening or the edit that gave the
case its record. What was found stands on the event, so that a case is replayed without looking again. Source: the language
reference, "Top level" (`identity`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sopengine.diagnostics import Finding
from sopengine.errors import UnknownCase, UsageError
from sopengine.kernel.events import BY_SOP, CLAIMED, EDITED, LINKED, MERGED, OPENED, RELEASED, Draft, Event
from sopengine.kernel.identity import LINK, MERGE, Group, claimants, keys, keys_of, stands
from sopengine.kernel.identityrules import duplicate
from sopengine.kernel.merging import comes_back
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Tables
from sopengine.language.facts import Invalid
from sopengine.store import Append, Store

if TYPE_CHECKING:
    from sopengine.engine.cases import Cases, Live
    from sopengine.engine.core import Core

MOST: Final = 20
"""The duplicates of one record that are told and linked: of a number that hundreds of cases share, the oldest ones."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another case about the same subject: by which fields, where it stands, who holds it, and whether the two are linked."""

    case: str
    fields: tuple[Group, ...]
    place: str
    holder: str | None
    linked: bool


class Identities:
    """The keys of a store, under the secret that its contacts are named by."""

    def __init__(self, store: Store, secret: bytes) -> None:
        self._store = store
        self._secret = secret

    def keys(self, tables: Tables, state: CaseState) -> dict[str, Group]:
        """The streams of the keys of a case, each with the fields that it is made of."""
        return keys_of(tables, state, self._secret)

    def claimants(self, stream: str) -> tuple[str, ...]:
        """The cases that claim a key by what is stored, the oldest claim first."""
        return claimants(self._store.read(stream))

    def look_up(self, cases: Cases, live: Live, draft: Draft) -> None:
        """Keep on an opening or an edit that is about to be judged which other cases have its record already."""
        if draft.kind in (LINKED, MERGED):
            draft.derived["other"] = other_case(cases, draft.data["other" if draft.kind == LINKED else "into"])
        elif live.tables.identity is not None and (given := self._given(live, draft)):
            found = self._same(cases, live, given)
            if draft.kind == OPENED and live.tables.identity.mode == MERGE:
                into = next((one for one in found if comes_back(live.tables.places[one["place"]])), None)
                found = [one | {"merged": True} if one is into else one for one in found]
                if into is not None and into["holder"] is not None:
                    # It goes on with the survivor: nobody else is chosen for it.
                    draft.derived["holder"] = into["holder"]
            if found:
                draft.derived["duplicates"] = found

    def _given(self, live: Live, draft: Draft) -> dict[str, Group]:
        """The keys that an opening or an edit gives a case which it did not have before."""
        tables, state = live.tables, live.state
        if draft.kind == OPENED:
            given = {name: value for name, value in draft.data["record"].items() if value not in (None, "")}
            return keys(tables, _learnt(tables, {}, tables.records.defaults | given), self._secret)
        if draft.kind != EDITED or tables.identity is None or draft.data["changes"].keys().isdisjoint(tables.identity.kinds):
            return {}
        now = keys(tables, _learnt(tables, state.facts, draft.data["changes"]), self._secret)
        return {stream: group for stream, group in now.items() if stream not in keys_of(tables, state, self._secret)}

    def _same(self, cases: Cases, live: Live, given: Mapping[str, Group]) -> list[dict[str, Any]]:
        return [described(live.tables, other, groups) for other, groups in self.others(cases, live, given, MOST)]

    def others(
        self, cases: Cases, live: Live, given: Mapping[str, Group], most: int | None = None
    ) -> Iterator[tuple[Live, list[Group]]]:
        """The other cases that stand for the subject of some keys, the oldest first, with the fields that are equal.

        Of more than `most`, those that have claimed a key the longest; the rest are not looked at.
        """
        groups: dict[str, list[Group]] = {}
        for stream, group in given.items():
            for case in self.claimants(stream):
                if case != live.state.case:
                    groups.setdefault(case, []).append(group)
        found = ((other, groups[case]) for case in groups if (other := standing(cases, case)) is not None)
        yield from sorted(islice(found, most), key=lambda pair: (pair[0].state.opened_at, pair[0].state.case))

    def beside(self, lives: Iterable[Live], before: Callable[[str], Live | None]) -> list[Append]:
        """What is to be appended to the streams of keys with what is pending of the cases; `before` is a case as stored."""
        new: dict[str, list[Event]] = {}
        lengths: dict[str, int] = {}
        for live in lives:
            for kind, stream in self._changes(live, before(live.state.case)) if live.tables.identity is not None else ():
                lengths.setdefault(stream, len(self._store.read(stream)))
                number = lengths[stream] + len(new.setdefault(stream, [])) + 1
                last = live.pending[-1]
                draft = Draft(kind, last.occurred_at, BY_SOP, data={"case": live.state.case}, cause=last.id)
                new[stream].append(draft.placed(stream, number, last.recorded_at, last.sop_hash))
        return [Append(stream, lengths[stream], tuple(new[stream]), NEVER) for stream in sorted(new)] if new else []

    def _changes(self, live: Live, before: Live | None) -> Iterator[tuple[str, str]]:
        """The keys that a case has come to have, and those that it no longer has."""
        state = live.state
        if not live.pending or (before is not None and _same_record(before.state, state)):
            return
        had = {} if before is None else self.keys(before.tables, before.state)
        has = self.keys(live.tables, state)
        yield from ((CLAIMED, stream) for stream in has if stream not in had)
        yield from ((RELEASED, stream) for stream in had if stream not in has)


def _same_record(one: CaseState, other: CaseState) -> bool:
    return one.facts is other.facts and one.aliases is other.aliases


def _learnt(tables: Tables, facts: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that keys are made of, after some values were recorded."""
    names = tables.identity.kinds if tables.identity is not None else {}
    found = {name: tables.records.normalise(name, values[name]) if name in values else facts.get(name) for name in names}
    return {name: value for name, value in found.items() if value is not None and not isinstance(value, Invalid)}


def described(tables: Tables, other: Live, groups: Iterable[Group]) -> dict[str, Any]:
    """What is kept on an event of another case: by which groups of fields it is the same, where it stands and who has it."""
    known = tables.identity.groups if tables.identity is not None else ()
    numbers = [known.index(group) for group in groups]
    return {"case": other.state.case, "keys": numbers, "place": other.state.place, "holder": other.state.holder}


def standing(cases: Cases, case: str) -> Live | None:
    """A case that still stands for its subject; None for one that has ended, and for one whose SOP is not known here."""
    live = known(cases, case)
    return live if live is not None and stands(live.tables, live.state) else None


def known(cases: Cases, case: str) -> Live | None:
    """A case; None for one whose SOP this engine was not given."""
    try:
        return cases.get(case)
    except (UnknownCase, UsageError):
        return None


def other_case(cases: Cases, case: str) -> dict[str, Any]:
    """What is kept on an event that names a second case."""
    other = cases.get(case)
    return {
        "case": case,
        "sop": other.tables.sop.id,
        "merged_into": other.state.merged_into,
        "place": other.state.place,
        "stands": stands(other.tables, other.state),
        "last_at": other.state.last_at,
    }


def duplicates(core: Core, live: Live) -> tuple[Duplicate, ...]:
    """The other cases about the subject of a case, the oldest first."""
    identities, links = core.identities, live.state.links
    found = identities.others(core.cases, live, identities.keys(live.tables, live.state))
    return tuple(
        Duplicate(other.state.case, tuple(groups), other.state.place, other.state.holder, other.state.case in links)
        for other, groups in found
    )


def remarks(core: Core, live: Live) -> list[Finding]:
    """The duplicates of a case as remarks, for its to-do."""
    identity = live.tables.identity
    if identity is None or not stands(live.tables, live.state):
        return []
    found = core.identities.others(core.cases, live, core.identities.keys(live.tables, live.state), MOST)
    told = [duplicate(live.tables, identity, described(live.tables, other, groups), False) for other, groups in found]
    return core.lookups.called(told)


def link(core: Core, live: Live, event: Event, now: int, among: Mapping[str, Live]) -> list[Live]:
    """Let both sides know of each other after `event`; the other cases, to be stored with this one.

    That is after somebody linked two cases, and where the SOP links duplicates by itself.
    """
    if event.kind == LINKED:
        note = {"note": event.data["note"]} if "note" in event.data else {}
        return [_told(core, event.data["other"], live.state.case, event, now, among, event.by, event.roles, note)]
    identity = live.tables.identity
    if identity is None or identity.mode != LINK:
        return []
    found: list[Live] = []
    for one in event.derived.get("duplicates", ()):
        if one["case"] not in live.state.links:
            _take(core, live, one["case"], event, now, BY_SOP, (), {})
            found.append(_told(core, one["case"], live.state.case, event, now, among, BY_SOP, (), {}))
    return found


def _told(
    core: Core,
    case: str,
    other: str,
    event: Event,
    now: int,
    among: Mapping[str, Live],
    by: str,
    roles: tuple[str, ...],
    note: dict[str, Any],
) -> Live:
    live = among.get(case)
    if live is None:
        live = core.cases.get(case).copy()
        live.settle(now, now, core.lookups.preparer(live.tables))
    if other not in live.state.links:
        _take(core, live, other, event, now, by, roles, note)
    return live


def _take(
    core: Core, live: Live, other: str, event: Event, now: int, by: str, roles: tuple[str, ...], note: dict[str, Any]
) -> None:
    at = event.occurred_at if by != BY_SOP else now
    draft = Draft(LINKED, max(at, live.state.opened_at), by, roles, {"other": other, **note}, cause=event.id)
    live.take(draft, now, partial(core.cases.stored, live.state.case), core.lookups.preparer(live.tables))
