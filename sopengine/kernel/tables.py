"""An SOP compiled for judging: every place with the ways out of it, what its gate asks, and the clocks that run there.

Made once per SOP by `sopengine.kernel.compiling`; nothing here changes afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopengine.diagnostics import Finding, Span
from sopengine.kernel.contactpolicy import PolicyTable
from sopengine.kernel.events import Event
from sopengine.kernel.state import CaseState
from sopengine.language.conditions import Condition, FactType
from sopengine.language.model import (
    Approval,
    CheckItem,
    Clock,
    DocumentType,
    Field,
    FollowUp,
    Level,
    Outcome,
    Reason,
    Recycle,
    Sop,
    Stage,
    Text,
)
from sopengine.language.scoring import CompiledFacts
from sopengine.records import RecordRules
from sopengine.time.calendar import Calendar
from sopengine.time.durations import Duration, FromField, NextWorkingDay, WorkingDays, WorkingTime
from sopengine.wording.phrases import Phrase

if TYPE_CHECKING:
    from sopengine.kernel.plans import Plans

Facts = Mapping[str, Any]
Test = Callable[[Facts], bool | None]
Rule = Callable[["Tables", "Place", CaseState, Event], Sequence[Finding]]
"""One rule of a case: what it finds about an event."""
Choices = tuple[tuple[Rule, ...], ...]
"""The rules that an event is asked, by its circumstances."""

FORWARD = "forward"
BACK = "back"
FAILURE = "failure"
PARKED = "parked"
CANCELLED = "cancelled"
REOPEN = "reopen"
RESUME = "resume"

GONE = "<merged>"
"""Where a case stands that was merged into another one: no name of a stage or an outcome."""

WHOLE = 10_000
"""100 % of a target in basis points."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition, compiled, with what is needed to explain it."""

    condition: Condition
    test: Test
    span: Span
    words: Phrase


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a place. `arrival` is where the case then stands (an after-care stage, when the outcome has one)."""

    to: str
    arrival: str
    kind: str
    outcome: Outcome | None
    guard: Guard | None
    by: frozenset[str]
    at_most: int | None
    gated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Need:
    """Fields that a gate asks for, and their names."""

    fields: tuple[Field, ...]
    any: bool
    guard: Guard | None
    span: Span
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a gate asks for; `origin` when the engine itself keeps the record that stands for it. It is `plain` when
    any version in hand counts, unless it has expired or somebody has decided on it.
    """

    name: str
    document: DocumentType
    origin: str | None
    span: Span
    plain: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A checklist item that a gate asks for."""

    item: CheckItem
    span: Span


@dataclass(frozen=True, slots=True)
class LevelTable:
    """A level at which a clock tells somebody; `breach` marks the one at 100 %; `after` is counted on `calendar`."""

    basis_points: int
    after: Duration | None
    notify: tuple[str, ...]
    template: str | None
    breach: bool
    calendar: int
    reassign: bool = False


@dataclass(frozen=True, slots=True)
class ClockTable:
    """A clock, its effects by trigger, and its levels in the order in which they are reached.

    `moving` when facts may change its target while it runs; `fixed` is the target (a calendar and open µs) that is the same
    whenever it starts, if it is, and `days` the one in days of the wall clock. `plain` when all it ever tells is its breach.
    """

    key: str
    clock: Clock
    stage: str | None
    calendar: int
    levels: tuple[LevelTable, ...]
    effects: Mapping[str, str]
    moving: bool
    span: Span
    fixed: tuple[int, int] | None = None
    days: tuple[int, int] | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class FollowTable:
    """The follow-up rule of a stage and the calendar that its waits are counted on."""

    rule: FollowUp
    calendar: int
    every: Phrase
    span: Span


@dataclass(frozen=True, slots=True)
class ApprovalLevel:
    """A level of an approval; `steps` are the roles of its chain as the SOP alone knows them."""

    level: Level
    guard: Guard | None
    steps: tuple[tuple[str, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ApprovalTable:
    """An approval; `watched` are the fields that it is bound to or looks at, and `calendar` is what `within` runs on."""

    approval: Approval
    guard: Guard | None
    levels: tuple[ApprovalLevel, ...]
    watched: frozenset[str]
    predicates: tuple[str, ...]
    calendar: int
    span: Span


@dataclass(frozen=True, slots=True)
class Consent:
    """An approval that a gate asks for."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Place:
    """A stage or an outcome, as somewhere that a case can stand; `rules` judge each kind of event there.

    Of them an event is asked its `choices`, a move along a way those `by_way`. It is `conditional` when its gate asks for
    something only under a condition.
    """

    name: str
    title: Text
    stage: Stage | None
    outcome: Outcome | None
    owners: frozenset[str]
    superiors: frozenset[str]
    ways: Mapping[str, Way]
    forward: tuple[Way, ...]
    needs: tuple[Need, ...]
    papers: tuple[Paper, ...]
    ticks: tuple[Tick, ...]
    clocks: tuple[ClockTable, ...]
    follow: FollowTable | None
    predicates: tuple[str, ...]
    span: Span
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    conditional: bool = False
    choices: Mapping[str, Choices] = field(default_factory=dict)
    by_way: Mapping[str, Choices] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()

    @property
    def recycle(self) -> Recycle | None:
        """How a case that is parked here comes back by itself."""
        return self.outcome.recycle if self.outcome is not None and self.outcome.kind == PARKED else None


@dataclass(frozen=True, slots=True)
class IdentityTable:
    """When two cases are the same: groups of fields, how each field is compared, and what happens then."""

    groups: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, str]
    mode: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tables:
    """A compiled SOP. `calendars[0]` is always open; `calendar_names` gives the number of each declared one.
    `stands_for` are the roles that each role stands in for.

    `instants` are the datetime fields that clocks start or stop on, `plans` what events do to clocks and how a case crosses
    from place to place; `pausing` tells whether any clock ever pauses, `expiring` whether any document counts only for a time,
    `assigning` whether any stage chooses who has a case, `sending` whether anything is sent on entry to a stage or an outcome.
    What is recorded within `prompt` µs is in time whatever else is known of it. `watched` are all the fields that approvals are
    bound to or look at.
    """

    sop: Sop
    places: Mapping[str, Place]
    calendars: tuple[Calendar, ...]
    calendar_names: Mapping[str, int]
    types: Mapping[str, FactType]
    records: RecordRules
    derive: CompiledFacts
    case_clocks: tuple[ClockTable, ...]
    clock_tables: Mapping[str, ClockTable]
    reasons: Mapping[str, Mapping[str, Reason]]
    instants: frozenset[str]
    plans: Plans
    stands_for: Mapping[str, tuple[str, ...]]
    pausing: bool
    prompt: int
    log_within: Phrase
    policy: PolicyTable | None
    approvals: Mapping[str, ApprovalTable]
    watched: frozenset[str]
    expiring: bool = False
    identity: IdentityTable | None = None
    assigning: bool = False
    sending: bool = False

    def facts(self, fields: Facts, answers: Mapping[str, Any]) -> Facts:
        """What conditions look at: fields, the host's answers to predicates, and the grades and results that they give."""
        if not answers:
            return self.derive(fields)
        return self.derive({**fields, **{f"predicate:{name}": answer for name, answer in answers.items()}})

    @property
    def zone(self) -> str:
        """The zone that dates are read in."""
        return self.sop.timezone

    def calendar_for(self, duration: Duration | None) -> Calendar:
        """The calendar that a duration of the SOP runs on when it names none: the first one for working time."""
        return self.calendars[self.number_for(duration)]

    def number_for(self, duration: Duration | None) -> int:
        """The number of that calendar."""
        return default_calendar(duration, len(self.calendars))


def default_calendar(duration: Duration | None, count: int) -> int:
    """The number of the calendar of a duration that names none: the first declared one for working time, else always open."""
    working = isinstance(duration, (WorkingTime, WorkingDays, NextWorkingDay, FromField))
    return 1 if count > 1 and working else 0


STOP, CANCEL, START = "stop", "cancel", "start"

LEFT_FORWARD, LEFT_OTHERWISE, HELD = "left.forward", "left.otherwise", "held"
