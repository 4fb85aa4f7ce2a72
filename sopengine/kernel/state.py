"""What a case is now: the fold of its stream. One mutable record, owned by whoever folds; never shared between cases.

The structs hold plain data that cannot form a cycle, so the garbage collector need not look at them (`gc=False`).
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import methodcaller
from typing import Any, Final, TypeVar

import msgspec

NEVER: Final = 1 << 62
"""An instant that never comes: far beyond every calendar."""


class _Nothing(dict[str, Any]):
    """A dictionary that stays empty: looked into and copied at a dictionary's speed, which a read-only view is not."""

    def _refused(self, *arguments: Any, **named: Any) -> Any:
        raise TypeError("what all cases share is never changed")

    __setitem__ = setdefault = update = __ior__ = _refused


NOTHING: Final[Mapping[str, Any]] = _Nothing()
"""The empty mapping that all cases share."""

Value = TypeVar("Value")

RUNNING: Final = "running"
MET: Final = "met"
MISSED: Final = "missed"
CANCELLED: Final = "cancelled"
MERGED: Final = "merged"


def without(mapping: Mapping[str, Value], key: str) -> Mapping[str, Value]:
    """The mapping less one key; itself when that is not there."""
    if key not in mapping:
        return mapping
    return {name: value for name, value in mapping.items() if name != key} if len(mapping) > 1 else NOTHING


copied: Final = methodcaller("__copy__")
"""What `copy.copy` gives of a struct, without its search for the way to do it."""


class ClockState(msgspec.Struct, gc=False):
    """One cycle of an SLA clock. `start` and `limit` are coordinates (open µs) on calendar number `calendar`.

    `amount` is the target in open µs, `goal` the calendar and open µs last aimed at, and `limit` the coordinate of the
    last moment that still meets it, pauses included. `told` holds one bit for each level already told (levels are told
    in the order of their instants, which is not always that of the file) and `next_at` is the instant of the next one.
    With `stopped_at` it is known when it stops, and only levels before that are still told. `pauses` are past pauses: two
    instants and the status; `paused_at` is when the present one began and `pause_ends` when it stops counting because
    `max_pause` is used up. No level is told before `floor`, the last change of the target or the end of the last pause;
    `changes` keeps the older targets with the instants at which they were given up. `known` is the verdict as it was known
    before a late record corrected it, `visit` the visit in which it started.
    """

    name: str
    cycle: int
    started_at: int
    calendar: int
    start: int
    limit: int
    amount: int = 0
    goal: tuple[int, int] = (0, 0)
    told: int = 0
    next_at: int = NEVER
    breached_at: int | None = None
    stopped_at: int | None = None
    ended_at: int | None = None
    verdict: str = RUNNING
    paused_at: int | None = None
    paused_for: str = ""
    pause_ends: int = NEVER
    pauses: tuple[tuple[int, int, str], ...] = ()
    floor: int = -NEVER
    changes: tuple[tuple[int, int], ...] = ()
    known: str | None = None
    visit: int = 0

    def copy(self) -> ClockState:
        """A clock that can be folded on without touching this one."""
        clock: ClockState = copied(self)
        return clock


class Touch(msgspec.Struct, frozen=True, gc=False):
    """One contact with the customer, outbound or inbound, in the visit in which it happened; `stage` is empty where the
    case was at rest or not open yet.

    `id` is the event's, for what can bounce; what `spares` is no contact but word that the customer waits for no answer.
    `round` counts how often the case has come back from an outcome: follow-up starts anew each time. What does not `waits`
    for an answer ends a series without asking for one: an opt-out, or an event that the SOP stops on.
    """

    at: int
    stage: str
    visit: int
    round: int
    outbound: bool
    answered: bool = False
    waits: bool = True
    id: str = ""
    spares: bool = False


class Series(msgspec.Struct, gc=False):
    """Follow-up in one stage: `first_at` is the first contact of visit `visit`, `attempts` count the later outbound
    contacts.

    `last_at` is the last outbound contact; `answered` tells whether the customer has answered in this stage, and
    `stopped` that something ended the series and nobody was contacted since. A series is the fold of the touches of its
    stage.
    """

    visit: int = 0
    first_at: int | None = None
    attempts: int = 0
    last_at: int | None = None
    answered: bool = False
    stopped: bool = False


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What was decided on a version of a document: whether it was approved, when and by whom, and why not."""

    granted: bool
    at: int
    by: str
    reason: str = ""


class Attachment(msgspec.Struct, frozen=True, gc=False):
    """The version of a document that is in hand: when it came, from whom, and its name and type as recorded.

    `id` is that of the event that attached it: two versions of one instant are two.
    `hashes` are the SHA-256 of every version, this one last (None where nobody told). It counts until `until`, and `told` says
    that its expiry was told. `persons` are everybody who must count as having attached it, `verdict` what was decided on it.
    """

    id: str
    at: int
    by: str
    name: str = ""
    type: str = ""
    hashes: tuple[str | None, ...] = (None,)
    until: int = NEVER
    told: bool = False
    persons: frozenset[str] = frozenset()
    verdict: Verdict | None = None

    @property
    def version(self) -> int:
        """The number of the version, from 1."""
        return len(self.hashes)


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step of the chain of a level: the roles and the persons by name who may decide there.

    `able` are those who could act when they were looked up, each with whom they would act for; None when nobody looked.
    """

    roles: tuple[str, ...]
    named: tuple[str, ...] = ()
    able: tuple[tuple[str, ...], ...] | None = None


class Grant(msgspec.Struct, frozen=True, gc=False):
    """One consent to a level (counted from 0): who gave it, and everybody who must count as having given it."""

    level: int
    by: str
    persons: frozenset[str]
    at: int


class Asked(msgspec.Struct, frozen=True, gc=False):
    """An approval as it was last requested: request number `number`, sealed by `seal`, and what came of it.

    `holder` held the case then; whoever holds it later stands in its holders from number `held` on. `level` is the one that
    waits (None: none does), `since` when its present step began and `until` the last instant at which that step is in time. By
    level, `reached` is the step that may decide and `told` the last one that was told; the number of steps stands for the alert
    above the top. `editors` changed what the approval looks at since the request; `answers` are the host's predicates as last
    heard. Once `rejected` or `void` (instant, actor, and the reason or the fields) only a new request begins afresh.
    """

    number: int
    at: int
    requesters: frozenset[str]
    seal: str
    chain: tuple[tuple[Step, ...], ...]
    holder: str | None = None
    held: int = 0
    grants: tuple[Grant, ...] = ()
    level: int | None = None
    since: int = 0
    until: int = NEVER
    next_at: int = NEVER
    reached: tuple[int, ...] = ()
    told: tuple[int, ...] = ()
    editors: frozenset[str] = frozenset()
    answers: Mapping[str, bool | None] = NOTHING
    rejected: tuple[int, str, str] | None = None
    void: tuple[int, str, tuple[str, ...]] | None = None

    @property
    def is_live(self) -> bool:
        """Whether it was neither rejected nor voided."""
        return self.rejected is None and self.void is None


Key = tuple[str, str, str]


class Lifted(msgspec.Struct, frozen=True, gc=False):
    """A gate item (or a limit of follow-up) of a stage that was lifted for one move: its sort and name, by whom, why and when."""

    stage: str
    sort: str
    name: str
    by: str
    reason: str
    at: int

    @property
    def key(self) -> Key:
        """What makes it the same item."""
        return self.stage, self.sort, self.name


class CaseState(msgspec.Struct, gc=False):
    """One case. `place` is the stage or, at rest, the outcome where it stands; `outcome` stays set during after-care.

    `last_at` is the latest instant that was folded or settled: anything earlier is a late fact; so is what happened at
    `settled_at`, the instant of the last notice, because facts come before what time makes true at the same instant.
    `wake` is the earliest instant at which time alone will make something true. A parked case that the customer has
    `called_back` returns at once; `recycled` counts by outcome how often it came back by itself. `owed_at` is the
    instant of a consequence that a replay found due and the history does not hold. `waiting` are clocks whose target is not
    known yet, with the instants from which they will run; `holders` tells who has held the case since when.

    `opted` are the channels on which the customer does not want to be contacted, `opted_at` when that left none for the
    follow-up of this visit, and `counted` the contacts that caps counted when the last one was made. `sends_at` is when the
    next attempt is to be sent by itself, `queued` the id and the instant of one that was handed out and is not delivered yet.

    `links` are the cases that it is linked with. A case that was `merged_into` another is over; that one keeps, as `aliases`,
    the records of the cases that were merged into it.
    `approvals` are those that were ever requested, and `climbs_at` is when the next of them climbs; `edited` tells of every
    field that an approval looks at when and by whom it was last changed.
    `assign_at` is when time does something about the choice of the holder: who was chosen has not acted in time, or, with
    an `alert`, it is told that nobody could be chosen, and why. `tried` are those who have had the case in this round, and
    `queue` the role that took it because there was nobody. `asked_at` is when time asked for another holder, as long as nobody
    has been given the case since.
    `expires_at` is when the next document in hand expires; at rest none does. `overrides` counts the moves that lifted something,
    and `lifted` is what of that is still unmet.

    Containers are values: who changes one puts another in its place, so that copies share what has not changed.
    """

    case: str
    place: str = ""
    outcome: str | None = None
    holder: str | None = None
    status: str | None = None
    seq: int = 0
    visit: int = 0
    opened_at: int = 0
    entered_at: int = 0
    moved_at: int = 0
    closed_at: int | None = None
    last_at: int = 0
    settled_at: int = -NEVER
    wake: int = NEVER
    unanswered_at: int | None = None
    exhausts_at: int = NEVER
    returns_at: int = NEVER
    owed_at: int = NEVER
    called_back: bool = False
    opted_at: int | None = None
    sends_at: int = NEVER
    queued: tuple[str, int] | None = None
    round: int = 0
    reason: str | None = None
    facts: Mapping[str, Any] = NOTHING
    invalid: Mapping[str, Any] = NOTHING
    documents: Mapping[str, Attachment] = NOTHING
    ticks: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    touches: tuple[Touch, ...] = ()
    opted: Mapping[str, int] = NOTHING
    counted: tuple[int, ...] = ()
    series: Mapping[str, Series] = NOTHING
    clocks: Mapping[str, ClockState] = NOTHING
    past: tuple[ClockState, ...] = ()
    waiting: Mapping[str, int] = NOTHING
    holders: tuple[tuple[int, str | None], ...] = ()
    backs: Mapping[str, int] = NOTHING
    recycled: Mapping[str, int] = NOTHING
    expires_at: int = NEVER
    links: tuple[str, ...] = ()
    merged_into: str | None = None
    aliases: tuple[Mapping[str, Any], ...] = ()
    approvals: Mapping[str, Asked] = NOTHING
    edited: Mapping[str, tuple[int, str]] = NOTHING
    climbs_at: int = NEVER
    assign_at: int = NEVER
    asked_at: int = NEVER
    alert: tuple[str, ...] | None = None
    tried: tuple[str, ...] = ()
    queue: str | None = None
    overrides: int = 0
    lifted: tuple[Lifted, ...] = ()

    def copy(self) -> CaseState:
        """A state that can be folded on without touching this one: only what is changed in place is copied."""
        state: CaseState = copied(self)
        if state.clocks:
            state.clocks = dict(zip(state.clocks, map(copied, state.clocks.values()), strict=True))
        if state.series:
            state.series = dict(zip(state.series, map(copied, state.series.values()), strict=True))
        return state

    @property
    def is_open(self) -> bool:
        """Whether it is neither at rest in an outcome (a case in after-care is still open) nor merged into another case."""
        return self.place != self.outcome and self.merged_into is None
