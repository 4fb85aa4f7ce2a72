"""What every verb of the engine returns, and the views of a case that it hands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from sopengine.diagnostics import Finding
from sopengine.errors import Refused
from sopengine.kernel.events import Event
from sopengine.templates import RenderedMessage

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(at: int, zone: str = "UTC") -> datetime:
    """Microseconds since the epoch as an aware datetime in `zone`."""
    return (EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it stood when it was asked for. `stage` is None once it rests in its `outcome`. `links` are the cases
    that it is linked with; one that was `merged_into` another case has neither stage nor outcome. `queue` is the role that has
    it because nobody could be chosen. `overrides` counts the moves for which gate items or limits were lifted.
    """

    id: str
    sop: str
    stage: str | None
    outcome: str | None
    holder: str | None
    status: str | None
    opened_us: int
    entered_us: int
    zone: str
    record: Mapping[str, Any]
    documents: tuple[str, ...]
    ticked: tuple[str, ...]
    attempts: int
    links: tuple[str, ...] = ()
    accept_us: int | None = None
    queue: str | None = None
    overrides: int = 0
    merged_into: str | None = None

    @property
    def accept_until(self) -> datetime | None:
        """Until when the holder, who was chosen, has to act lest the case goes to the next; None once they have."""
        return None if self.accept_us is None else moment(self.accept_us, self.zone)

    @property
    def place(self) -> str:
        """The stage, or the outcome when the case is at rest."""
        return self.stage or self.outcome or ""

    @property
    def opened_at(self) -> datetime:
        """When the case was opened, in the SOP's zone."""
        return moment(self.opened_us, self.zone)

    @property
    def entered_at(self) -> datetime:
        """When the case came to where it stands, in the SOP's zone."""
        return moment(self.entered_us, self.zone)


@dataclass(frozen=True, slots=True)
class ClockView:
    """An SLA clock. `due` is the earliest instant that reaches the target, `breaches_after` the last that still meets it
    (None while it is paused without a limit, or when its calendar stops opening before).

    `state` is running, paused, warned or breached while it runs (a provisional verdict), then met, missed, cancelled or merged;
    `known` is the verdict as it was known before a late record corrected it. `elapsed` is open time on the clock's
    calendar, pauses left out, and `held` the part of it that each holder had (under "" while nobody did). `why` says the
    same in words, one fact a line.
    """

    name: str
    stage: str | None
    cycle: int
    state: str
    started_at: datetime
    due: datetime | None
    breaches_after: datetime | None
    ended_at: datetime | None
    breached_at: datetime | None
    target: timedelta | None
    elapsed: timedelta
    known: str | None
    held: Mapping[str, timedelta]
    explain: Callable[[str], tuple[str, ...]] = field(repr=False, compare=False)

    def why(self, lang: str = "en") -> tuple[str, ...]:
        """How the clock came to its state, in `lang`, one fact a line."""
        return self.explain(lang)


class Decision(msgspec.Struct, frozen=True):
    """The answer to a verb: truthy when it was allowed.

    `findings` hold every reason of a refusal, or remarks beside an allowed act; `events` is what was recorded (also
    what time had made true before a refusal); `messages` are rendered and ready for the host to send, first those of what
    time had made true by then (each names its `event`), and there also beside a refusal; `hook_errors`
    are exceptions of the host's own hooks, which never undo a committed move.
    """

    allowed: bool
    _view: Callable[[], CaseView]
    findings: tuple[Finding, ...] = ()
    events: tuple[Event, ...] = ()
    messages: tuple[RenderedMessage, ...] = ()
    hook_errors: tuple[Exception, ...] = ()
    dry_run: bool = False

    @property
    def case(self) -> CaseView:
        """The case as the verb left it."""
        return self._view()

    def __bool__(self) -> bool:
        return self.allowed

    def __repr__(self) -> str:
        shown = ("allowed", "case", "findings", "events", "messages", "hook_errors", "dry_run")
        return f"Decision({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def or_raise(self) -> Decision:
        """This decision, or `Refused` carrying it."""
        if not self.allowed:
            raise Refused(self)
        return self

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The decision as JSON data, its sentences in `lang`."""
        return {
            "allowed": self.allowed,
            "case": self.case.id,
            "stage": self.case.stage,
            "outcome": self.case.outcome,
            "holder": self.case.holder,
            "findings": [finding.to_dict(lang) for finding in self.findings],
            "events": [_event(event, self.case.zone) for event in self.events],
            "messages": [
                {"template": m.template, "channel": m.channel, "to": m.to, "subject": m.subject, "body": m.body}
                for m in self.messages
            ],
            "hook_errors": [f"{type(error).__name__}: {error}" for error in self.hook_errors],
            "dry_run": self.dry_run,
        }


def _event(event: Event, zone: str) -> dict[str, Any]:
    at = moment(event.occurred_at, zone).isoformat()
    recorded = moment(event.recorded_at, zone).isoformat()
    told = {"id": event.id, "kind": event.kind, "occurred_at": at, "recorded_at": recorded, "by": event.by}
    return told | {"data": as_json(event.data), **event.evidence}


def as_json(value: Any) -> Any:
    """Stored data as JSON knows it: amounts as exact text, dates and moments as ISO 8601.

    >>> from decimal import Decimal
    >>> as_json({"discount": Decimal("12.5"), "on": date(2026, 2, 3), "tags": ("a", True)})
    {'discount': '12.5', 'on': '2026-02-03', 'tags': ['a', True]}
    """
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    finite = not isinstance(value, float) or isfinite(value)
    return value if value is None or (isinstance(value, (str, bool, int, float)) and finite) else str(value)
