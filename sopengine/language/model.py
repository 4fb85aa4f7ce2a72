"""The frozen model: what a valid SOP says, as plain immutable data. Every element knows its `path` in the file.

Nothing here can run code or be changed after loading. Names are still names: that a role or a stage exists is the
linter's to prove (`sopengine.lint`), and `sopengine.load` hands out a `Sop` only when it was proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from sopengine.diagnostics import Span
from sopengine.language.conditions import Condition
from sopengine.language.scoring import DecisionTable, Score
from sopengine.language.sources import Sources
from sopengine.time.calendar import CalendarSpec
from sopengine.time.durations import After, Duration, Percent

Path = tuple[str | int, ...]
MOMENTS = ("opened", "entered", "assigned", "contacted", "inbound", "closed", "left")
"""What a clock may start or stop on in every SOP."""

Text = Mapping[str, str]
"""A text by language; a plain string in the file is in the SOP's default language."""

Channel = Literal["email", "whatsapp", "sms", "call", "note"]
OutcomeKind = Literal["success", "failure", "parked", "cancelled"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the file uses a name of some kind (a role, a stage…); `in_key` when the name is a map's key."""

    kind: str
    name: str
    path: Path
    in_key: bool


@dataclass(frozen=True, slots=True)
class Role:
    """Who may be responsible for something. `declared` is false when the role exists only by being mentioned."""

    name: str
    title: Text
    stand_in: str | None
    reports_to: str | None
    declared: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Field:
    """A typed fact of the subject; `minimum` and `maximum` are inclusive."""

    name: str
    type: str
    title: Text
    values: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    pattern: str | None
    currency: str | None
    default: Any
    declared: bool
    path: Path


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A document that a stage may ask for; `origin` names the record of the engine that stands for it (``from:``)."""

    name: str
    title: Text
    approved_by: tuple[str, ...]
    valid_for: Duration | None
    types: tuple[str, ...]
    origin: str | None
    kind: str | None
    declared: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Requirement:
    """Fields that must be filled and valid before a forward exit: all of them, or (`any`) at least one; only under
    `when`.
    """

    fields: tuple[str, ...]
    any: bool
    when: Condition | None
    path: Path


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One tick of a checklist; `once` ticks survive to the next visit, `optional` ones never gate."""

    code: str
    text: Text
    optional: bool
    once: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told (or that the case is reassigned) when a clock reaches a level."""

    at: Percent | After
    notify: tuple[str, ...]
    template: str | None
    reassign: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Clock:
    """An SLA clock: where it starts and stops, and how long it may run on which calendar."""

    name: str
    start: tuple[str, ...]
    stop: tuple[str, ...]
    cancel: tuple[str, ...]
    target: Duration | None
    target_by: tuple[str, tuple[tuple[str, Duration], ...]] | None
    calendar: str | None
    pause: tuple[str, ...]
    max_pause: Duration | None
    on_change: str
    escalate: tuple[Escalation, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How often somebody who has not answered is tried again, by what, and what follows when it is exhausted."""

    max: int
    min: int
    every: Duration | None
    via: tuple[str, ...]
    templates: tuple[str, ...]
    send: Literal["ask", "auto"]
    stop_on: tuple[str, ...]
    then: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Assignment:
    """How a case gets its holder on entry."""

    table: str | None
    method: str
    capacity: int | None
    keep_owner: bool
    accept_within: Duration | None
    if_none: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Exit:
    """One way forward out of a stage; `implied` when it is the default chain and not written."""

    to: str
    when: Condition | None
    by: tuple[str, ...]
    implied: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Back:
    """A stage that this one may return to, at most `max` times."""

    to: str
    max: int | None
    path: Path


@dataclass(frozen=True, slots=True)
class Status:
    """A finer state inside a stage; `waits_for` says whom it waits for (it ends at their first word)."""

    name: str
    title: Text
    waits_for: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Send:
    """A template rendered on entry, and to whom."""

    template: str
    to: str
    path: Path


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the procedure: who owns it, what must be in hand to leave it forward, how long it may take."""

    name: str
    title: Text
    description: Text
    owner: tuple[str, ...]
    requires: tuple[Requirement, ...]
    documents: tuple[str, ...]
    checklist: tuple[CheckItem, ...]
    approvals: tuple[str, ...]
    clocks: tuple[Clock, ...]
    follow_up: FollowUp | None
    assign: Assignment | None
    send: tuple[Send, ...]
    exits: tuple[Exit, ...]
    back: tuple[Back, ...]
    statuses: tuple[Status, ...]
    ref: str | None
    after_care: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case ended in failure; `note_required` asks for words as well. `declared` is false for the two that always
    exist (``no_response``, ``opt_out``): where no reason is declared, any reason in words will do."""

    code: str
    title: Text
    note_required: bool
    declared: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Reopen:
    """How an ended case may come back."""

    within: Duration | None
    to: str
    by: tuple[str, ...]
    clock: str
    path: Path


@dataclass(frozen=True, slots=True)
class Recycle:
    """When a parked case comes back by itself, how often, and what happens after that."""

    after: Duration
    to: str
    max: int | None
    then: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """An end of the case (or, parked, a rest); `after_care` are the stages it goes on in although the outcome stands."""

    name: str
    kind: OutcomeKind
    title: Text
    after_care: str | None
    from_any: bool
    from_stages: tuple[str, ...]
    reasons: tuple[Reason, ...]
    reopen: Reopen | None
    recycle: Recycle | None
    send: tuple[Send, ...]
    declared: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an approval."""

    by: tuple[str, ...]
    when: Condition | None
    quorum: int
    path: Path


@dataclass(frozen=True, slots=True)
class Approval:
    """A decision that must be granted by somebody else before a gate opens."""

    name: str
    title: Text
    when: Condition | None
    levels: tuple[Level, ...]
    within: Duration | None
    not_by: tuple[str, ...]
    void_if_changed: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """When and how often a customer may be contacted, and how they opt out. Quiet hours are microseconds after
    midnight.
    """

    zone_field: str | None
    zones: tuple[tuple[str, str], ...]
    quiet_from: int | None
    quiet_until: int | None
    max_per_day: int | None
    max_per_week: int | None
    opt_out: tuple[tuple[str, tuple[str, ...]], ...]
    closed: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Template:
    """A message or call script, with its texts by language."""

    name: str
    channel: Channel
    purpose: Literal["sales", "service"]
    subject: Text
    body: Text
    file: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Routine:
    """A recurring duty. `opens_at` and `due_by` are microseconds after midnight."""

    name: str
    title: Text
    owner: tuple[str, ...]
    every: str
    per: Literal["person", "role"]
    opens_at: int
    due_by: int
    checklist: tuple[CheckItem, ...]
    documents: tuple[str, ...]
    if_closed: str
    opens: str | None
    for_each: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure to be computed from what happened; `spec` is its text as written, `verb` what is done."""

    name: str
    verb: str
    spec: Mapping[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Identity:
    """When two cases are about the same subject, and what happens then."""

    same_if: tuple[tuple[str, ...], ...]
    on_duplicate: str
    path: Path


@dataclass(frozen=True, slots=True)
class Migration:
    """Cases of version `from_version` move to this one; `stages` maps old stages to new."""

    from_version: str
    stages: tuple[tuple[str, str], ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Sop:
    """A standard operating procedure, read and understood.

    `hash` identifies the exact text; `document` is the text (all its files), which knows the place of everything;
    `mentions` lists every use of a name.
    """

    id: str
    title: Text
    version: str
    subject: str
    language: str
    timezone: str
    effective_from: str | None
    migration: Migration | None
    calendars: Mapping[str, CalendarSpec]
    roles: Mapping[str, Role]
    fields: Mapping[str, Field]
    identity: Identity | None
    documents: Mapping[str, DocumentType]
    scores: Mapping[str, Score]
    tables: Mapping[str, DecisionTable]
    approvals: Mapping[str, Approval]
    contact_policy: ContactPolicy | None
    templates: Mapping[str, Template]
    events: tuple[str, ...]
    stages: Mapping[str, Stage]
    outcomes: Mapping[str, Outcome]
    clocks: tuple[Clock, ...]
    log_within: Duration
    override_by: tuple[str, ...]
    routines: Mapping[str, Routine]
    measures: Mapping[str, Measure]
    source: str | None
    hash: str
    document: Sources = field(repr=False, compare=False)
    mentions: tuple[Mention, ...] = field(repr=False, compare=False)

    @property
    def start(self) -> str:
        """The stage in which a case opens: the first."""
        return next(iter(self.stages))

    @property
    def success(self) -> str:
        """The first success outcome: where the last stage leads when nothing else is said."""
        return next(name for name, outcome in self.outcomes.items() if outcome.kind == "success")

    def span(self, path: Path) -> Span:
        """Where an element stands: its key, or the value itself in a list."""
        return self.document.key_span(path)

    def value_span(self, path: Path) -> Span:
        """Where the value of an element stands."""
        return self.document.span(path)
