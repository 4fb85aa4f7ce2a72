"""Taking in what has already happened: read whole first, then judged and folded in the order of its happening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sopengine.diagnostics import Finding
from sopengine.engine.acts import KINDS, actor, name, read_words
from sopengine.engine.alike import find_alike
from sopengine.engine.approving import look_up_approval
from sopengine.engine.cases import Live
from sopengine.engine.contacts import spread
from sopengine.engine.days import day_of, earliest, stretch
from sopengine.engine.documents import look_up_version
from sopengine.engine.identities import other_case
from sopengine.engine.instants import moment_of
from sopengine.engine.merging import next_holder, place_touches
from sopengine.engine.rerouting import rerouted
from sopengine.engine.standing import stand_in
from sopengine.engine.ticking import Letters
from sopengine.errors import UsageError
from sopengine.kernel import events, override
from sopengine.kernel.decide import decide, judge_late
from sopengine.kernel.events import LATEST, Draft, Event
from sopengine.kernel.merging import what_it_was
from sopengine.kernel.past import Past
from sopengine.kernel.replay import replay
from sopengine.kernel.settle import Prepare
from sopengine.kernel.state import NEVER
from sopengine.wording import Listing, Said

if TYPE_CHECKING:
    from sopengine.engine.core import Core

_ENVELOPE: Final = frozenset({"case", "kind", "at", "by", "roles", "acting_for", "key", "sop"})


_OF_TWO_CASES: Final = frozenset({events.LINKED, events.MERGED})
"""What concerns a second case is taken in one by one."""


class Item(NamedTuple):
    """One thing that happened, read; `number` counts from 1. It happened no later than `latest`, which is its instant unless
    only the day is known.
    """

    number: int
    case: str
    sop: str | None
    draft: Draft
    latest: int

    def told_of(self, case: str, draft: Draft) -> Item:
        """The same thing as it is recorded on another case."""
        return Item(self.number, case, self.sop, draft, self.latest)


class Recorder:
    """Records foreign histories on an engine: everything that was read, or nothing."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._now = core.now()
        self._opened: dict[Any, Any] = {}
        self._letters = Letters(core)
        self._given_up: dict[str, tuple[Event, dict[str, Any], str | None]] = {}

    def take(self, recorded: Iterable[Mapping[str, Any]]) -> list[Finding]:
        """Every finding about every item; see `Engine.record`."""
        if isinstance(recorded, (str, bytes, Mapping)) or not isinstance(recorded, Iterable):
            raise UsageError.saying("call.not_items", type=type(recorded).__name__)
        told = list(recorded)
        self._opened = {
            item["case"]: item["sop"] if isinstance(item.get("sop"), str) else None
            for item in told
            if isinstance(item, Mapping) and item.get("kind") == events.OPENED and isinstance(item.get("case"), str)
        }
        by_case: dict[str, list[Item]] = {}
        for item in self._new([self._read(number, item) for number, item in enumerate(told, 1)]):
            by_case.setdefault(item.case, []).append(item)
        for case, items in by_case.items():
            self._core.awake(case)
            self._place_days(case, items)
            self._check_openings(case, items)
        found: list[Finding] = []
        lives = {case: self._case(case, items, found) for case, items in rerouted(self._core, by_case).items()}
        found += find_alike(self._core, lives, self._now)
        if lives:
            self._core.cases.save(*self._spread(lives))
            self._core.untold += self._letters.all()
        return found

    def _spread(self, lives: dict[str, Live]) -> Iterable[Live]:
        """The cases with what customers said in one of them taken into the others."""
        for live in tuple(lives.values()):
            for event in tuple(live.pending):
                others = spread(self._core, live, event, self._now, lives)
                lives |= {other.state.case: other for other in others}
        return lives.values()

    def _read(self, number: int, item: Any) -> Item:
        if not isinstance(item, Mapping):
            raise _wrong(number, "call.item_type", type=type(item).__name__)
        try:
            return self._item(number, item)
        except UsageError as error:
            raise UsageError.saying("call.item", number=number, problem=error.told or str(error)) from None

    def _item(self, number: int, item: Mapping[str, Any]) -> Item:
        case, kind, sop = name(item.get("case"), "case"), item.get("kind"), item.get("sop")
        if not isinstance(kind, str) or kind not in KINDS:
            raise UsageError.saying("call.no_kind", kind=str(kind)[:60], known=Listing(KINDS))
        at, latest = self._when(case, item.get("at"))
        if at > self._now:
            raise UsageError.saying("call.record_future")
        by, key, other = actor(item.get("by"), "by"), item.get("key"), item.get("acting_for")
        data = read_words(kind, {word: item[word] for word in item if word not in _ENVELOPE}, stored=True)
        if kind == events.OPENED:
            data = self._opening(case, data, sop, at)
        if kind == events.LINKED and data["other"] not in self._opened and not self._core.cases.has(data["other"]):
            raise UsageError.saying("call.never_opened", case=data["other"])
        roles = self._roles(item.get("roles"), by, at)
        key = None if key is None else name(key, "key")
        acting_for = None if other is None else actor(other, "acting_for")
        return Item(number, case, sop, Draft(kind, at, by, roles, data, acting_for=acting_for, key=key), latest)

    def _when(self, case: str, at: Any) -> tuple[int, int]:
        """The first and the last instant at which it may have happened: the same one, unless only the day is known."""
        day = day_of(at, "at")
        if day is None:
            moment = moment_of(at, "at")
            return moment, moment
        cases, procedures = self._core.cases, self._core.procedures
        opens = case in self._opened or not cases.has(case)
        tables = procedures.named(self._opened.get(case)).tables if opens else cases.get(case).tables
        first, last = stretch(day, tables.zone, "at")
        return first, max(first, min(last, self._now))

    def _place_days(self, case: str, items: list[Item]) -> None:
        """Let what is known only to the day happen after what it can only have come after."""
        if all(item.draft.occurred_at == item.latest for item in items):
            return
        known = [item.draft.occurred_at for item in items if item.draft.kind == events.OPENED]
        if self._core.cases.has(case):
            state = self._core.cases.get(case).state
            known += [state.opened_at, state.moved_at]
        for item, at in zip(items, earliest([(i.draft.occurred_at, i.latest) for i in items], known), strict=True):
            item.draft.occurred_at = at
            if item.latest > at:
                item.draft.derived = {LATEST: item.latest}

    def _opening(self, case: str, data: dict[str, Any], sop: Any, at: int) -> dict[str, Any]:
        """The data of an opening, in the first stage when it names none that the SOP has."""
        procedure = self._core.procedures.named(sop).tables.sop
        stage, since = data.get("stage"), data.get("since", at)
        if not at <= since <= self._now:
            raise UsageError.saying("call.record_since")
        record = self._core.subject.values(data.get("record", {}), procedure.fields)
        return data | {"record": record, "stage": stage if stage in procedure.stages else procedure.start}

    def _other(self, case: str) -> dict[str, Any]:
        """A second case that an item names: one that is there, or one that is taken in with it."""
        if self._core.cases.has(case):
            told = other_case(self._core.cases, case)
            del told["last_at"]
            return told
        return {"case": case, "sop": self._core.procedures.named(self._opened[case]).tables.sop.id, "merged_into": None}

    def _look_up_merge(self, live: Live, draft: Draft) -> None:
        """Keep what a case was that is given up here; and on the one that goes on, what it must know of that case."""
        cases, case = self._core.cases, live.state.case
        if "into" in draft.data:
            draft.derived["other"] = self._other(draft.data["into"])
            history = [*cases.stored(case), *live.pending]
            late = live.is_late(draft.occurred_at)
            state = replay(live.tables, case, history, at=draft.occurred_at).state if late else live.state
            told = what_it_was(live.tables, state)
            self._given_up[case] = (live.event(draft, self._now), told, state.holder)
            return
        event, told, holder = self._given_up[draft.data["from"]]
        draft.cause = event.id
        draft.derived["merged"] = place_touches(cases, told, live)
        draft.derived["holder"] = next_holder(self._core, holder, live, draft.occurred_at)

    def _roles(self, given: Any, by: str, at: int) -> tuple[str, ...]:
        if given is None:
            return self._core.lookups.roles(by, at)
        if not isinstance(given, (list, tuple)):
            raise UsageError.saying("call.roles_list", type=type(given).__name__)
        return tuple(sorted({name(role, "roles") for role in given}))

    def _new(self, items: list[Item]) -> list[Item]:
        """The items that were not taken in before; UsageError for a key that stands for something else."""
        first: dict[str, tuple[str, str]] = {}
        new: list[Item] = []
        for item in items:
            key, told = item.draft.key, (item.case, item.draft.kind)
            if key is None:
                new.append(item)
                continue
            stored = [(event.case, event.kind) for event in self._core.cases.store.under_key(key)]
            known = stored[0] if stored else first.get(key)
            if known is not None and known != told:
                raise _wrong(item.number, "call.key_used", key=key, kind=known[1], case=known[0])
            if known is None:
                new.append(item)
            first[key] = told
        return new

    def _check_openings(self, case: str, items: list[Item]) -> None:
        openings = [item for item in items if item.draft.kind == events.OPENED]
        if openings:
            self._core.not_kept(case)
        exists = self._core.cases.has(case)
        if not openings and not exists:
            raise _wrong(items[0].number, "call.never_opened", case=case)
        if openings and (exists or len(openings) > 1):
            raise _wrong(openings[-1].number, "call.opened_twice", case=case)
        for item in items:
            if openings and item.draft.occurred_at < openings[0].draft.occurred_at:
                raise _wrong(item.number, "call.before_opening", case=case, opening=openings[0].number)

    def _case(self, case: str, items: list[Item], found: list[Finding]) -> Live:
        """The case with its items added, not yet stored. An opening comes before what happened at the same instant."""
        items = sorted(items, key=lambda item: (item.draft.occurred_at, item.draft.kind != events.OPENED))
        cases, core = self._core.cases, self._core
        new = items[0].draft.kind == events.OPENED
        live = cases.new(case, core.procedures.named(items[0].sop).tables) if new else cases.get(case).copy()
        # What is taken in chose its people where it happened; what time does to a case of our own goes on as it does.
        prepare = core.lookups.preparer(live.tables, chooses=not new, gives=False)
        done = 0
        while done < len(items):
            taken = 0 if new else self._late(live, items[done:], prepare, found)
            if not taken:
                self._one(live, items[done], prepare, found)
            done += taken or 1
        live.settle(self._now, self._now, prepare)
        if not new:
            self._letters.recorded(live, cases.get(case).state.outcome)
        return live

    def _one(self, live: Live, item: Item, prepare: Prepare, found: list[Finding]) -> None:
        """Take one item in where it happened."""
        draft, stored = item.draft, partial(self._core.cases.stored, item.case)

        def known() -> list[Event]:
            return [*stored(), *live.pending]

        live.settle(draft.occurred_at, self._now, prepare)
        self._look_up(live, draft, known)
        self._core.contacts.look_up(live, draft, known)
        event = live.event(draft, self._now)
        if draft.kind != events.MERGED or "from" not in draft.data:
            self._keep(live, event, decide(live.tables, live.state, event, known).findings, found)
        live.take(draft, self._now, stored, prepare)

    def _late(self, live: Live, items: list[Item], prepare: Prepare, found: list[Finding]) -> int:
        """Take in, from the front, items that are late for the case, and rebuild it once for all of them; how many they were.

        It stops where what they bring about by themselves must be recorded before the next one is judged.
        """
        first = items[0].draft
        if not live.is_late(first.occurred_at) or first.kind in _OF_TWO_CASES:
            return 0
        stored = self._core.cases.stored(items[0].case)
        past, contact = Past(live.tables, items[0].case, [*stored, *live.pending]), self._core.contacts.known(live)
        for number, item in enumerate(items):
            draft, then = item.draft, past.at(item.draft.occurred_at)
            if not live.is_late(draft.occurred_at) or draft.kind in _OF_TWO_CASES or (number and then.owed_at < NEVER):
                break
            as_it_was = Live(then, live.tables, live.length, live.pending)
            self._look_up(as_it_was, draft, list)
            self._core.contacts.look_up(as_it_was, draft, list, contact)
            event = live.place(draft, self._now)
            self._keep(live, event, judge_late(live.tables, then, live.state, event), found)
            self._core.contacts.tell(contact, event, live.tables)
            past.take(event)
        else:
            number += 1
        live.rebuild(stored, self._now, self._now, prepare)
        return number

    def _look_up(self, live: Live, draft: Draft, known: Callable[[], list[Event]]) -> None:
        """Keep on a draft what is needed from outside of the case, but for what its contact had to do with others."""
        lookups = self._core.lookups
        stand_in(lookups.staff, live, draft, known)
        draft.derived = draft.derived | lookups.derived(live.tables, live.state, draft)
        if draft.kind == events.LINKED:
            draft.derived["other"] = self._other(draft.data["other"])
        elif draft.kind == events.MERGED:
            self._look_up_merge(live, draft)
        look_up_approval(lookups, live, draft, known)
        look_up_version(lookups, live, draft, known)

    def _keep(self, live: Live, event: Event, findings: list[Finding], found: list[Finding]) -> None:
        override.keep(event, findings)
        found += [replace(finding, event=event.id) for finding in self._core.lookups.named(findings, event, live.tables)]


def _wrong(number: int, sentence: str, /, **params: Any) -> UsageError:
    return UsageError.saying("call.item", number=number, problem=Said(sentence, params))
