"""One act on one case, from the wish to the decision: settle, judge, commit, and say what came of it.

Everything is tried out on a copy of the case, which takes the case's place only once it is stored. A directory, a
predicate, a template or a store that fails therefore leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sopengine.diagnostics import Finding
from sopengine.engine.acts import Act, is_plain
from sopengine.engine.approving import look_up_approval
from sopengine.engine.cases import Live
from sopengine.engine.contacts import spread
from sopengine.engine.decision import Decision
from sopengine.engine.documents import look_up_version
from sopengine.engine.identities import link
from sopengine.engine.merging import OF, merge_into
from sopengine.engine.passage import Passage
from sopengine.engine.standing import stand_in
from sopengine.engine.ticking import Letters, parted, sends_of
from sopengine.engine.views import case_view
from sopengine.errors import StaleObject
from sopengine.kernel import events, override
from sopengine.kernel.authority import STANDS_IN
from sopengine.kernel.decide import ENTAILING, MAY_HAVE_HAPPENED, decide, has_happened
from sopengine.kernel.events import OBJECT_SAYS, Draft, Event
from sopengine.kernel.identityrules import gone, no_duplicate
from sopengine.kernel.rules import owner_acts
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables
from sopengine.language.model import Send
from sopengine.templates import RenderedMessage

if TYPE_CHECKING:
    from sopengine.engine.core import Core

_UNSTORABLE: Final = frozenset({"CASE312", "CASE315", "CASE318"})
"""Values of a host object that cannot be written into a history."""

_ON_REQUEST: Final = frozenset({events.REQUESTED, events.APPROVED, events.REJECTED})
"""What is looked up with the approvals and documents of a case."""

_WITH_OTHERS: Final = frozenset({events.OPENED, events.EDITED, events.LINKED, events.MERGED})
"""What may find, or name, another case about the same subject."""


class Performance:
    """One act on a case, tried out on a copy."""

    def __init__(self, core: Core, thing: Any, act: Act, live: Live, now: int) -> None:
        self.core = core
        self.thing = thing
        self.act = act
        self.now = now
        self.before = live
        self.live = live.copy()
        self.prepare = core.lookups.preparer(live.tables)
        self.findings: list[Finding] = []
        self.messages: list[RenderedMessage] = []
        self.errors: list[Exception] = []
        self.others: dict[str, Live] = {}
        self.letters: Letters | None = None
        self.edited: list[Finding] = []
        self.told: dict[str, Any] = {}
        self.event_id = ""

    def existing(self) -> Decision:
        """Carry the act out on a case that exists."""
        if self.live.owed or self.live.state.wake < self.now:
            self.settle()
        settled = len(self.live.pending)
        if self.act.told_of is not None:
            self.findings.append(Finding("CASE569", {"case": self.act.told_of, "into": self.live.state.case}, False))
        if not isinstance(self.thing, str):
            self._bring_along()
        draft = self.draft(self.act.data)
        event = self.live.event(draft, self.now)
        if draft.kind == events.CONTACTED:
            self._write_to_customer(draft)
        fact = event.kind in MAY_HAVE_HAPPENED and has_happened(event)
        if not fact and self.live.state.merged_into is not None and self.live.is_late(event.occurred_at):
            # Before the merge it would have been in order; but what it wants to change goes on as another case by now.
            self.findings.append(gone(self.live.state))
            return self._refused(settled)
        stopped = bool(self.findings) and any(finding.blocks for finding in self.findings) and not fact
        if fact and self.findings:
            self.findings = [replace(finding, blocks=False) for finding in self.findings]
        ruling = decide(self.live.tables, self.live.state, event, self._known)
        if ruling.findings:
            override.keep(event, ruling.findings)
            self.findings += self.core.lookups.named(ruling.findings, event, self.live.tables)
        if self.edited:
            # What is wrong with who acts is said once.
            said = {finding.code for finding in self.findings}
            self.findings += [finding for finding in self.edited if finding.code not in said]
        allowed = ruling.allowed and not stopped
        if draft.kind == events.MOVED and not self.act.dry_run:
            return self._move(event, allowed, settled)
        if not allowed:
            return self._refused(settled)
        self._take(event)
        saved = self.save()
        if not isinstance(self.thing, str):
            self._write_back(self.before.state.place)
        return self.answer(True, saved)

    def settle(self) -> None:
        """Take up what time alone has made true by now, with the messages that go with it."""
        outcome, before = self.live.state.outcome, len(self.live.pending)
        self.live.settle(self.now, self.now, self.prepare)
        if len(self.live.pending) > before:
            self._tell(self.live, outcome)

    def _tell(self, live: Live, outcome: str | None) -> None:
        """Render what goes with what time brought, as a tick would; not for a dry run, after which it is still to be told."""
        if not self.act.dry_run:
            self.letters = self.letters or Letters(self.core)
            self.letters.take(live, outcome)

    def draft(self, data: Any) -> Draft:
        """The act as an event before it has a place, with what is looked up for it."""
        at = self.now if self.act.at is None else self.act.at
        act, roles = self.act, self.core.lookups.roles(self.act.by, at)
        draft = Draft(act.kind, at, act.by, roles, dict(data), key=act.key, cause=act.cause)
        if self.told and self.live.is_late(at):
            draft.derived[OBJECT_SAYS] = self.told
        if self.live.tables.stands_for:
            stand_in(self.core.lookups.staff, self.live, draft, self._known)
        draft.derived |= self.core.lookups.derived(self.live.tables, self.live.state, draft)
        if "assignee" in draft.derived:
            self._weigh(draft)
        if act.told_of is not None:
            draft.derived[OF] = act.told_of
        self._look_up(draft)
        return draft

    def _look_up(self, draft: Draft) -> None:
        """Keep on a draft what other cases, or a request that was made before, have to do with it."""
        if draft.kind == events.CONTACTED:
            self.core.contacts.look_up(self.live, draft, self._known)
        elif draft.kind in _ON_REQUEST:
            look_up_approval(self.core.lookups, self.live, draft, self._known)
            look_up_version(self.core.lookups, self.live, draft, self._known)
        elif draft.kind in _WITH_OTHERS:
            self.core.identities.look_up(self.core.cases, self.live, draft)

    def _weigh(self, draft: Draft) -> None:
        """Keep on an assignment how much its assignee has, where that is as much as they take."""
        assigner = self.core.lookups.assigner
        full = assigner.full(self.live.tables, self.live.state, draft.data["to"]) if assigner is not None else None
        if full is not None:
            draft.derived["assignee"]["full"] = full

    def answer(self, allowed: bool, saved: list[Event]) -> Decision:
        """The decision, with the case as this act left it."""
        findings = self.findings
        if findings and allowed and self.event_id:
            findings = [replace(finding, event=self.event_id) for finding in findings]
        # A state that was stored or given up is never folded on: the view can wait until somebody looks.
        view = partial(case_view, self.live.tables, self.live.state)
        messages: tuple[RenderedMessage, ...] = ()
        if allowed and self.messages:
            messages = tuple(replace(made, event=self.event_id) for made in self.messages)
        if self.letters is not None:
            told, remarks = parted(self.letters.all())
            messages, findings = (*told, *messages), [*findings, *remarks]
        return Decision(allowed, view, tuple(findings), tuple(saved), messages, tuple(self.errors), self.act.dry_run)

    def enter(self, sends: tuple[Send, ...], act: Event) -> None:
        """Make the messages that are sent on arrival by an act."""
        if sends:
            messages = self.core.procedures.of(self.live.tables).messages
            unwanted = self.core.contacts.unwanted(self.live, act.occurred_at)
            stood = act.derived.get(STANDS_IN, ())
            self._keep(messages.on_entry(sends, self.live.state, act.by, act.occurred_at, unwanted, stood))

    def _keep(self, made_messages: Iterable[RenderedMessage | Finding]) -> None:
        for made in made_messages:
            if isinstance(made, Finding):
                self.findings.append(made)
            else:
                self.messages.append(made)

    def _known(self) -> list[Event]:
        return [*self._stored(), *self.live.pending]

    def _stored(self) -> Sequence[Event]:
        return self.core.cases.stored(self.live.state.case)

    def _take(self, event: Event) -> None:
        first, outcome = len(self.live.pending), self.live.state.outcome
        if event.kind == events.MERGED:
            self._keep_other(merge_into(self.core, self.live, event, self.now, self.others))
        self.live.add(event, self.now, self._stored, self.prepare)
        self.event_id = event.id
        if event.kind in ENTAILING:
            for other in spread(self.core, self.live, event, self.now, self.others):
                self.others[other.state.case] = other
        if event.kind in _WITH_OTHERS:
            self.link(event)
        if self.live.tables.sending:
            self._arrived(self.live.pending[first:], outcome, event)

    def _arrived(self, new: Sequence[Event], outcome: str | None, act: Event) -> None:
        """Make what is sent on arrival, where `new` events moved the case whose outcome was `outcome` before."""
        moves = [made.data["to"] for made in new if made.kind == events.MOVED]
        if moves:
            # After-care ends in the outcome that it came from: that was told already.
            reached = [to for to in moves if to != outcome]
            self.enter(sends_of(self.live.tables, self.live.state, reached), act)

    def link(self, event: Event) -> None:
        """Let the cases know of each other that `event` links, or finds to be the same."""
        for other in link(self.core, self.live, event, self.now, self.others):
            self.others[other.state.case] = other

    def merge(self, into: str, cause: Event) -> None:
        """Let the case go on as another one, because the SOP says so."""
        draft = Draft(events.MERGED, self.now, events.BY_SOP, data={"into": into}, cause=cause.id)
        event = self.live.event(draft, self.now)
        self._keep_other(merge_into(self.core, self.live, event, self.now, self.others))
        self.live.add(event, self.now, self._stored, self.prepare)

    def _keep_other(self, other: Live) -> None:
        self.others |= {other.state.case: other}

    def save(self) -> list[Event]:
        """Store what is pending of all cases that the act concerns, unless it is dry; what was or would be recorded."""
        lives = (self.live, *self.others.values())
        for case, other in self.others.items():
            self._tell(other, self.core.cases.get(case).state.outcome)
        return [event for live in lives for event in live.pending] if self.act.dry_run else self.core.cases.save(*lives)

    def _refused(self, settled: int) -> Decision:
        """Nothing of the act stays; what time alone made true does."""
        self.live, self.others = self.before, {}
        if settled:
            # What was chosen on the way to the refusal was never stored: the turns are still to be had.
            self.live = self.before.copy()
            self.live.settle(self.now, self.now, self.core.lookups.preparer(self.live.tables))
        return self.answer(False, self.save() if settled else [])

    def _move(self, event: Event, allowed: bool, settled: int) -> Decision:
        saved: list[Event] = []

        def commit() -> None:
            self._take(event)
            saved.extend(self.save())

        place = self.live.state.place
        passage = Passage(place, allowed, commit, self.thing, self.core.subject, self.core.hooks)
        moved = self.core.procedures.of(self.live.tables).machine.move(passage, event.data["to"])
        if not moved:
            if allowed:
                raise RuntimeError(f"the machine knows no way from {place!r} to {event.data['to']!r}, the tables do")
            return self._refused(settled)
        self.errors = passage.errors
        if not isinstance(self.thing, str):
            self._write_back(passage.state)
        return self.answer(True, saved)

    def _write_back(self, said: str) -> None:
        """Let the host's object say where the case stands by now: hooks and consequences may have moved it on."""
        if self.act.dry_run or self.live.state.merged_into is not None:
            return
        place = self.core.cases.get(self.live.state.case).state.place
        if place != said:
            try:
                self.core.subject.set_stage(self.thing, place)
            except Exception as error:
                self.errors.append(error)

    def _write_to_customer(self, draft: Draft) -> None:
        """The message of a contact that is made now; what is dated in the past has been sent already."""
        name = draft.data.get("template", "")
        if name not in self.live.tables.sop.templates or draft.occurred_at != self.now or draft.by == events.BY_SOP:
            return
        messages = self.core.procedures.of(self.live.tables).messages
        stood = draft.derived.get(STANDS_IN, ())
        self._keep([messages.render(name, self.live.state, draft.by, draft.occurred_at, to="customer", stood=stood)])

    def _bring_along(self) -> None:
        """From a host object: its stage must be the case's, and fields that differ are edited along with the act.

        A value that does not fit its field is kept apart and fills nothing; one that cannot even be stored stops the act.
        """
        if self.live.state.merged_into is not None:
            return
        subject, live = self.core.subject, self.live
        stage = subject.stage_of(self.thing)
        if stage is not None and stage != live.state.place:
            raise StaleObject.saying("call.stale_object", stage=stage, case=live.state.case, place=live.state.place)
        values = subject.values(self.thing, live.tables.sop.fields)
        changed = _changed(live.tables, live.state, values)
        for finding in live.tables.records.check(changed, partial=True) if changed else ():
            stops = finding.code in _UNSTORABLE
            self.findings.append(replace(finding, blocks=stops))
            if stops:
                del changed[finding.params["field"]]
        if changed:
            self._edit(changed)

    def _edit(self, changed: dict[str, Any]) -> None:
        state = self.live.state
        wanted = self.now if self.act.at is None else self.act.at
        at = min(self.now, max(wanted, state.last_at, state.settled_at + 1))
        draft = Draft(events.EDITED, at, self.act.by, self.core.lookups.roles(self.act.by, at), {"changes": changed})
        stand_in(self.core.lookups.staff, self.live, draft, self._known)
        self.core.identities.look_up(self.core.cases, self.live, draft)
        event, tables = self.live.event(draft, self.now), self.live.tables
        place, self.told = tables.places[state.place], changed
        who = owner_acts(tables, place, state, event)
        self.edited = [replace(finding, blocks=False) for finding in self.core.lookups.named(who, event, tables)]
        self.live.add(event, self.now, self._stored, self.prepare)
        self.findings += self.core.lookups.called(no_duplicate(tables, place, state, event))
        self.link(event)


def _changed(tables: Tables, state: CaseState, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a host's values that are others than the case knows."""
    changed: dict[str, Any] = {}
    for name, value in values.items():
        known = state.facts.get(name)
        same = known is not None and type(value) is type(known) and value == known
        if not same and _differs(tables, state, name, value, known):
            changed[name] = value
    return changed


def _differs(tables: Tables, state: CaseState, name: str, value: Any, known: Any) -> bool:
    """Whether a value that is not written as the known one means another."""
    if not is_plain(value):
        return True
    if name in state.invalid:
        return bool(state.invalid[name] != value)
    return bool(tables.records.normalise(name, value) != known)
