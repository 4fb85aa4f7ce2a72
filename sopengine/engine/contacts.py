"""Contacts: what all cases together had to do with one customer, looked up for an event and kept beside it.

A touch and an opt-out are written into the streams of the contact in the same transaction as the event of the case. What was
looked up there stands on the event, so that a case is replayed without them. Source: the language reference, "Follow-up".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sopengine.errors import UnknownCase, UsageError
from sopengine.kernel.contact import ANSWER, DEFAULT_KEY, Contact, apply, contact_streams, fold_contact
from sopengine.kernel.contactpolicy import since_monday
from sopengine.kernel.contactrules import purpose_of
from sopengine.kernel.events import BOUNCED, BY_SOP, CONTACTED, OPTED_OUT, QUEUED, RECEIVED, TOUCHED, Draft, Event, case_stream
from sopengine.kernel.fold import opts_out
from sopengine.kernel.followup import ALL_CHANNELS, REACHING, REPLY, outbound_is
from sopengine.kernel.replay import replay
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Tables
from sopengine.store import Append, Store

if TYPE_CHECKING:
    from sopengine.engine.cases import Cases, Live
    from sopengine.engine.core import Core

SHORTEST_KEY = 16


class Contacts:
    """The contacts of a store, under one secret: engines that share a store must share it."""

    def __init__(self, store: Store, key: bytes | None) -> None:
        if key is not None and (not isinstance(key, bytes) or len(key) < SHORTEST_KEY):
            raise UsageError.saying("call.short_secret", word="contact_key", least=SHORTEST_KEY)
        self._store = store
        self._key = self.secret = DEFAULT_KEY if key is None else key

    def of(self, tables: Tables, state: CaseState) -> Contact:
        """The contact of a case, as everything stored tells."""
        streams = contact_streams(tables, state.case, state.facts, self._key)
        return fold_contact(event for stream in streams for event in self._store.read(stream))

    def known(self, live: Live) -> Contact:
        """The contact of a case, with what of the case is not stored yet."""
        contact = self.of(live.tables, live.state)
        for event in live.pending:
            for kind, data in _told(contact, event, live.tables):
                _apply(contact, kind, data, event)
        return contact

    def unwanted(self, live: Live, at: int) -> dict[str, int]:
        """The channels that the customer of a case does not want at an instant, with the instants since when."""
        return {**live.state.opted, **self.known(live).refused(at)}

    def counted(self, live: Live, at: int) -> list[int]:
        """The contacts of the customer's week up to an instant that the caps of the case's SOP count."""
        policy = live.tables.policy
        if policy is None or not policy.capped:
            return []
        return self.known(live).counted(since_monday(at, policy.zone_of(live.state.facts)), at)

    def streams(self, live: Live) -> frozenset[str]:
        """The streams of the contact of a case."""
        return frozenset(contact_streams(live.tables, live.state.case, live.state.facts, self._key))

    def tell(self, contact: Contact, event: Event, tables: Tables) -> None:
        """Take what an event of a case tells its contact into what is known of them."""
        for kind, data in _told(contact, event, tables):
            _apply(contact, kind, data, event)

    def look_up(
        self, live: Live, draft: Draft, history: Callable[[], Sequence[Event]], contact: Contact | None = None
    ) -> None:
        """Keep on a contact that is about to be judged what everybody else had to do with the customer by then; `contact` is what
        is known of them, when that is at hand.
        """
        if draft.kind != CONTACTED or draft.data.get("automatic") or draft.data["via"] not in REACHING:
            return
        at, tables, state = draft.occurred_at, live.tables, live.state
        if live.is_late(at):
            state = replay(tables, state.case, history(), at=at).state
        contact = self.known(live) if contact is None else contact
        contact.sent.pop(draft.cause or "", None)
        found: dict[str, Any] = {"purpose": _purpose(tables, state, draft)}
        if tables.policy is not None and tables.policy.capped:
            touches = contact.counted(since_monday(at, tables.policy.zone_of(state.facts)), at)
            found |= {"touches": touches} if touches else {}
        opted = contact.refused(at)
        draft.derived["contact"] = found | ({"opted": opted} if opted else {})

    def beside(self, lives: Iterable[Live]) -> list[Append]:
        """What is to be appended to the streams of contacts together with what is pending of the cases."""
        new: dict[str, list[Event]] = {}
        lengths: dict[str, int] = {}
        for live in lives:
            events = [event for event in live.pending if event.kind in TELLING]
            if not events:
                continue
            streams = contact_streams(live.tables, live.state.case, live.state.facts, self._key)
            contact = self.of(live.tables, live.state)
            for event in events:
                for kind, data in _told(contact, event, live.tables):
                    _apply(contact, kind, data, event)
                    for stream in streams:
                        lengths.setdefault(stream, len(self._store.read(stream)))
                        number = lengths[stream] + len(new.setdefault(stream, [])) + 1
                        new[stream].append(_placed(stream, number, kind, data, event))
        return [Append(stream, lengths[stream], tuple(new[stream]), NEVER) for stream in sorted(new)] if new else []


def _purpose(tables: Tables, state: CaseState, draft: Draft) -> str:
    answers = outbound_is(state) == REPLY and draft.by != BY_SOP
    return ANSWER if answers else purpose_of(tables, draft.data)


TELLING: Final = frozenset({CONTACTED, BOUNCED, RECEIVED, OPTED_OUT, QUEUED})
"""What may tell something of the contact."""


def _told(contact: Contact, event: Event, tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    """What an event of a case tells its contact; what came from another case is told already.

    A message that was handed out for sending counts from then on, so that two cases do not use one place under a cap; when its
    delivery is told, that counts instead.
    """
    case = event.case
    if event.kind == QUEUED:
        yield TOUCHED, {"event": event.id, "case": case, "via": event.data["via"], "purpose": purpose_of(tables, event.data)}
    elif event.kind == CONTACTED and "contact" in event.derived:
        if event.by == BY_SOP and event.cause is not None:
            yield BOUNCED, {"event": event.cause, "case": case}
        data = {"event": event.id, "case": case, "via": event.data["via"], "purpose": event.derived["contact"]["purpose"]}
        yield TOUCHED, data
    elif event.kind == BOUNCED:
        at, told = event.data["contacted_at"], event.data.get("contact", "")
        of = event.derived.get("of", case)
        ours = told.startswith(case_stream(""))
        made = [name for name, sent in contact.sent.items() if (name == told if ours else (sent.case, sent.at) == (of, at))]
        yield from ((BOUNCED, {"event": name, "case": case}) for name in made[-1:])
    elif _opts_out_here(tables, event):
        for channel in sorted(_channels(event.data["via"])):
            yield OPTED_OUT, {"via": channel, "case": case}


def _opts_out_here(tables: Tables, event: Event) -> bool:
    """Whether the customer opted out in this very case, by a word or through the host."""
    return opts_out(tables, event) or (event.kind == OPTED_OUT and "from" not in event.derived)


def _apply(contact: Contact, kind: str, data: dict[str, Any], event: Event) -> None:
    apply(contact, _placed("", 0, kind, data, event))


def _placed(stream: str, number: int, kind: str, data: dict[str, Any], event: Event) -> Event:
    draft = Draft(kind, event.occurred_at, event.by, data=data, cause=event.id)
    return draft.placed(stream, number, event.recorded_at, event.sop_hash)


def spread(core: Core, live: Live, event: Event, now: int, among: Mapping[str, Live]) -> list[Live]:
    """The other cases of a contact that has just opted out, each with the opt-out taken in; to be stored with the first.

    Those that wait to be stored anyway are taken from `among`.
    A case whose SOP this engine was not given is left to the engine that has it: its contacts are refused all the same.
    """
    if not _opts_out_here(live.tables, event):
        return []
    found: list[Live] = []
    streams = core.contacts.streams(live)
    waiting = [case for case, other in among.items() if streams & core.contacts.streams(other)]
    for case in dict.fromkeys([*core.contacts.of(live.tables, live.state).cases(), *waiting]):
        other = None if case == event.case else among.get(case) or _open_case(core.cases, case)
        if other is not None and not _channels(event.data["via"]) <= other.state.opted.keys():
            prepare = core.lookups.preparer(other.tables)
            other.settle(now, now, prepare)
            at = max(event.occurred_at, other.state.opened_at)
            told = Draft(OPTED_OUT, at, event.by, data={"via": event.data["via"]}, derived={"from": event.case}, cause=event.id)
            other.take(told, now, partial(core.cases.stored, case), prepare)
            found.append(other)
    return found


def _open_case(cases: Cases, case: str) -> Live | None:
    try:
        live = cases.get(case).copy()
    except (UnknownCase, UsageError):
        return None
    return live if live.tables.places[live.state.place].stage is not None else None


def _channels(via: str) -> frozenset[str]:
    return frozenset(REACHING if via == ALL_CHANNELS else (via,))
