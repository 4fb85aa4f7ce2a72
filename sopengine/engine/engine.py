"""The engine's public face: every verb a method, every answer a `Decision`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack

from sopengine.diagnostics import Diagnostic, Finding
from sopengine.engine.acts import Act, How, delivery, name
from sopengine.engine.core import Core
from sopengine.engine.decision import Decision, moment
from sopengine.engine.documents import fingerprint
from sopengine.engine.duties import kept_by
from sopengine.engine.instants import instant
from sopengine.engine.looking import Views
from sopengine.engine.lookups import PredicateTest
from sopengine.engine.passage import Hook
from sopengine.engine.recording import Recorder
from sopengine.engine.subject import Subject
from sopengine.engine.ticking import Ticked
from sopengine.errors import UsageError
from sopengine.kernel import events
from sopengine.kernel.events import case_stream
from sopengine.kernel.followup import ALL_CHANNELS
from sopengine.language.model import Sop
from sopengine.people import Directory, People, check_people
from sopengine.store import Store
from sopengine.wording import Listing

if TYPE_CHECKING:
    from sopengine.routines import Routines

Registers = Callable[[Hook], Hook]

CASE_PREFIX = case_stream("")


class Engine(Views):
    """Enforces SOPs on cases. A context manager; may be shared by threads; async hosts call it from a thread.

    `people` is a mapping from person to roles, a path of a ``people.yaml``, or a `Directory`; `clock` returns an aware
    datetime (default: now in UTC); `predicates` are the host's named tests; `subject` says where host objects keep id
    and stage. `contact_key` is the secret (16 bytes or more, the same for every engine of a store) that the streams of
    contacts are named by; without one they are named by a constant, and who can read the store can try numbers out. A case is
    given as its id or as the host's object.

    Every verb takes `by` (a person, or ``role:sales`` where there is no directory), `at` (when it happened, an aware
    datetime, default now), `note`, `key` (a repeated key returns the first decision; after a restart its events and findings, and
    no message a second time) and `dry_run` (answers, records nothing). What is wrong with the case is in the decision; what is
    wrong with the call raises `UsageError`.

    >>> import sopengine
    >>> sop = sopengine.load_text(\"\"\"
    ... sop: demo
    ... title: Demo
    ... version: "1"
    ... stages:
    ...   capture: {owner: sales, requires: [name]}
    ... \"\"\", "demo.yaml")
    >>> with sopengine.Engine(sop) as engine:
    ...     _ = engine.open({"id": "L-1"}, by="role:sales")
    ...     decision = engine.advance("L-1", by="role:sales")
    ...     bool(decision), decision.findings[0].code
    (False, 'CASE201')
    """

    def __init__(
        self,
        *sops: Sop,
        store: Store | None = None,
        people: Any = None,
        clock: Callable[[], datetime] | None = None,
        predicates: Mapping[str, PredicateTest] | None = None,
        subject: Subject | None = None,
        contact_key: bytes | None = None,
    ) -> None:
        super().__init__(Core(sops, store, people, clock, predicates, subject, contact_key))
        self._core.routines = kept_by(self, sops)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Release what the engine holds. A store in memory holds nothing that must be released."""

    @property
    def people(self) -> Directory:
        """The directory that the engine asks who somebody is."""
        return self._core.lookups.given

    @property
    def routines(self) -> Routines | None:
        """The recurring duties of the engine's SOPs, as the calendar has opened them; None where no SOP has any."""
        return self._core.routines

    def people_problems(self) -> list[Diagnostic]:
        """What does not fit between the directory and the SOPs, and the warnings of its reading: roles that no SOP knows,
        roles and groups that nobody is in. They stop nothing; ask for them at the start and show them to whoever keeps the
        directory.
        """
        people, sops = self.people, [tables.sop for tables in self._core.procedures.tables()]
        own = people.problems if isinstance(people, People) else ()
        return [*own, *check_people(people, *sops, at=self._core.now())]

    # ------------------------------------------------------------------------------------------------------- verbs

    def open(
        self,
        record: Any,
        *,
        by: str,
        sop: str | None = None,
        stage: str | None = None,
        since: datetime | None = None,
        **how: Unpack[How],
    ) -> Decision:
        """Open a case on a record (a mapping or an object with an id), in the first stage.

        With `stage` (and `since`, when it came there) a case that is already under way is adopted where it stands. A
        record whose fields do not fit is refused whole, with every error.
        """
        place = self._core.procedures.named(sop).tables.sop.start if stage is None else stage
        if since is not None:
            instant(since, "since")
        return self._core.open(record, sop, Act.of(events.OPENED, {"stage": place, "since": since}, by, how))

    def move(
        self, case: Any, to: str, *, by: str, reason: str | None = None, override: str | None = None, **how: Unpack[How]
    ) -> Decision:
        """Move a case to a stage or an outcome. `reason` says why it goes back or fails.

        Refused with *every* unmet item. A host object's stage is written back once the move is committed. `override` says why
        unmet items of the gate, and the least number of attempts, are not to stop this one move: only for the roles that the
        SOP names under `override`. What was lifted is found all the same, and stays on the to-do of the case until it is met.
        """
        return self._perform(case, events.MOVED, {"to": to, "reason": reason, "override": override}, by, how)

    def move_all(
        self,
        cases: Iterable[Any],
        to: str,
        *,
        by: str,
        reason: str | None = None,
        override: str | None = None,
        **how: Unpack[How],
    ) -> list[Decision]:
        """Move many cases, each decided on its own as `move` would: one that is refused does not stop the others.

        The decisions come in the order of the cases. A `key` stands for the whole: with it a repeated call returns the first
        decisions. All cases must exist and all words be sound, or nothing is moved at all.
        """
        words = {"to": to, "reason": reason, "override": override}
        return self._core.perform_all(cases, Act.of(events.MOVED, words, by, how, "move_all"))

    def advance(self, case: Any, *, by: str, reason: str | None = None, **how: Unpack[How]) -> Decision:
        """Move a case to the first listed target whose condition holds; stops where a condition is unknown."""
        with self._core.lock:
            return self._core.advance(case, by, reason, how)

    def contact(
        self, case: Any, *, via: str, by: str, answered: bool = False, template: str | None = None, **how: Unpack[How]
    ) -> Decision:
        """Record an outbound contact. With `template` its message is rendered into `.messages`.

        `answered` when the customer took part (a call that was picked up). About to be made it can be refused; dated
        in the past it was made: it is recorded, with findings, and no message is rendered a second time.
        """
        return self._perform(case, events.CONTACTED, {"via": via, "answered": answered, "template": template}, by, how)

    def receive(
        self,
        case: Any,
        *,
        via: str,
        by: str = "customer",
        text: str | None = None,
        automatic: bool = False,
        **how: Unpack[How],
    ) -> Decision:
        """Record what came from the customer; never refused. An `automatic` answer neither starts nor stops anything."""
        return self._perform(case, events.RECEIVED, {"via": via, "text": text, "automatic": automatic}, by, how)

    def opt_out(self, case: Any, *, via: str | None = None, by: str = "customer", **how: Unpack[How]) -> Decision:
        """Record that the customer does not want to be contacted by `via` any more (by default: at all); never refused.

        It holds for every case of this customer, under every SOP. `receive` records it by itself for a message that is one of
        the words of `contact_policy.opt_out`.
        """
        return self._perform(case, events.OPTED_OUT, {"via": ALL_CHANNELS if via is None else via}, by, how)

    def delivered(self, key: str, *, at: datetime | None = None) -> Decision:
        """Report that a message handed out by `tick` was delivered (at `at`, default now): from then on it is an attempt.

        `key` is the message's; reporting it twice counts once. UsageError for a key that no message was handed out under.
        """
        case, _, _ = name(key, "key").removeprefix(CASE_PREFIX).rpartition("/")
        handed = next((e for e in self.history(case) if e.id == key and e.kind == events.QUEUED), None) if case else None
        if handed is None:
            raise UsageError.saying("call.not_handed_out", key=f"{key:.200}")
        return self._core.perform(case, delivery(handed, None if at is None else instant(at, "at")))

    def bounce(self, case: Any, contact: str, *, by: str = "system", **how: Unpack[How]) -> Decision:
        """Record that an outbound contact (the id of its event) reached nobody: it counts neither as response nor
        attempt.
        """
        case_id = self._core.case_id(case)
        made = (e for e in self.history(case_id) if e.id == contact and e.kind == events.CONTACTED)
        bounced = next(made, None)
        if bounced is None:
            raise UsageError.saying("call.no_such_contact", contact=str(contact)[:200], case=case_id)
        words = {"contact": contact, "contacted_at": moment(bounced.occurred_at)}
        return self._perform(case, events.BOUNCED, words, by, how)

    def edit(self, case: Any, changes: Mapping[str, Any], *, by: str, **how: Unpack[How]) -> Decision:
        """Change fields of the record. Values that do not fit are refused, all errors at once; None empties a field."""
        return self._perform(case, events.EDITED, {"changes": changes}, by, how)

    def attach(
        self,
        case: Any,
        document: str,
        *,
        by: str,
        name: str | None = None,
        type: str | None = None,
        content: bytes | None = None,
        sha256: str | None = None,
        **how: Unpack[How],
    ) -> Decision:
        """Record that a document is in hand, as its next version; `name` and `type` (``pdf``) as the host knows the file.

        Without `type` the ending of the name tells it. Give the file's `content` and its SHA-256 is kept, never the content;
        or give the `sha256` itself (64 hexadecimal digits). A file that was attached before is remarked on.
        """
        told = {"document": document, "name": name, "type": type, "sha256": fingerprint(content, sha256)}
        return self._perform(case, events.ATTACHED, told, by, how)

    def tick_off(self, case: Any, item: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Tick an item of the stage's checklist."""
        return self._perform(case, events.TICKED, {"item": item}, by, how)

    def untick(self, case: Any, item: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Take a tick back."""
        return self._perform(case, events.UNTICKED, {"item": item}, by, how)

    def assign(self, case: Any, to: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Give the case to a person. UsageError for one whom the directory does not know."""
        if not self._core.lookups.people.known(name(to, "to")):
            raise UsageError.saying("call.unknown_person", name=to)
        return self._perform(case, events.ASSIGNED, {"to": to}, by, how)

    def set_status(self, case: Any, status: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Set the finer state inside the stage."""
        return self._perform(case, events.STATUS, {"to": status}, by, how)

    def signal(self, case: Any, event: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Tell the case that one of the host's own events (listed under `events`) has happened."""
        return self._perform(case, events.SIGNALLED, {"event": event}, by, how)

    def no_reply_needed(self, case: Any, reason: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Record that the customer's last message needs no answer, and why; ends the clock of the answer."""
        return self._perform(case, events.NO_REPLY, {"reason": reason}, by, how)

    def request(self, case: Any, approval: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Request an approval of what the record says now. A change of a field that it is bound to voids it for good."""
        return self._perform(case, events.REQUESTED, {"approval": approval}, by, how)

    def approve(self, case: Any, what: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Consent to an approval, at the level that waits. Refused to its requester, to whoever has held the case since, and
        to whoever acts for them. Or approve a document: the version in hand, and never by whom it was attached.
        """
        return self._perform(case, events.APPROVED, {"what": what}, by, how)

    def reject(self, case: Any, what: str, reason: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Say no to an approval, and why: only a new request begins afresh. Or to the version of a document that is in hand."""
        return self._perform(case, events.REJECTED, {"what": what, "reason": reason}, by, how)

    def note(self, case: Any, text: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Write a note on the case's trail."""
        return self._perform(case, events.NOTED, {"text": text}, by, how)

    def link(self, case: Any, other: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Let two cases of one SOP know of each other: that they are about the same subject, or belong together."""
        return self._perform(case, events.LINKED, {"other": other}, by, how)

    def merge(self, case: Any, into: str, *, by: str, **how: Unpack[How]) -> Decision:
        """Give a case up for another one about the same subject, which goes on with what both had.

        Both must be worked on or parked, under one SOP, and `by` an owner, or above one, in both. The survivor keeps its own
        values, and has empty ones filled; it has the touches of both, and the documents that it lacked. Its clocks keep the
        earliest start. What is reported of the merged case later is recorded on the survivor; wishes are refused.
        """
        return self._perform(case, events.MERGED, {"into": into}, by, how)

    # ------------------------------------------------------------------------------------------- what has happened

    def record(self, recorded: Iterable[Mapping[str, Any]]) -> list[Finding]:
        """Take in what has already happened, in the order of its happening; never refuses, returns what was wrong with
        it.

        Each item has `case`, `kind` (an event kind such as ``moved``), `at` (aware datetime or ISO text with an
        offset, not in the future; a date alone where only the day is known), `by`, and what its kind needs (``to``, ``via``,
        ``changes``…); `roles`, `acting_for` (whom they stood in for: that everybody was away is believed), `key`, `note` and for
        an opening `sop` where known. All are read before any is recorded,
        and all are recorded or none: a malformed item raises `UsageError` with its number. An item whose `key` is known
        was taken in before and is passed over. The findings carry the id of their event.

        What is known only to the day is taken to have happened at the earliest moment of that day, on the SOP's wall
        calendar, which agrees with what came before it: it meets every target that is due on that day.
        """
        with self._core.lock:
            return Recorder(self._core).take(recorded)

    def tick(self, until: datetime | None = None) -> Ticked:
        """Make true what time alone has made true strictly before `until` (default now), over all cases, in order.

        `until` may lie ahead only where the engine was given a clock (a test, a simulation): a tick moves cases, and on the
        system's clock it would move them before their time. `deadlines` tells what will come, and records nothing. A case of an
        SOP, or a version of one, that the engine was not given is passed over; that is said once, among the findings.

        Returns the notices and consequences that were recorded; calling it twice, or in smaller steps, gives the same.
        `.messages` of that list are rendered and ready for the host to send: what a stage or outcome sends on arrival, and
        the templates of the levels of clocks, of each clock the highest level reached. The follow-up of `send: auto` that is due
        is among them: send it, then report it with `delivered(message.key)`. The routines of the SOPs are opened, missed and
        excused in the same order of time; `.findings` say which are late or missed, and which nobody could be given.
        """
        return self._core.tick(None if until is None else instant(until, "until"))

    # ------------------------------------------------------------------------------------------------------- hooks

    def on_enter(self, place: str) -> Registers:
        """Register a function to be called after a live move into `place` is committed, with what the verb was given: the
        host's object, or the case's id.
        """
        return self._register("enter", place)

    def on_exit(self, place: str) -> Registers:
        """Register a function to be called after a live move out of `place` is committed, with what the verb was given:
        the host's object, or the case's id.
        """
        return self._register("exit", place)

    def _register(self, moment: str, place: str) -> Registers:
        places = self._core.procedures.places()
        if place not in places:
            raise UsageError.saying("call.no_place", name=f"{place!s:.60}", known=Listing(tuple(places)))

        def register(function: Hook) -> Hook:
            self._core.hooks.setdefault(f"{moment} {place}", []).append(function)
            return function

        return register

    def _perform(self, case: Any, kind: str, words: Mapping[str, Any], by: Any, how: How) -> Decision:
        return self._core.perform(case, Act.of(kind, words, by, how))
