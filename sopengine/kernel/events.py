"""What is remembered: events in their envelope, each in one stream, in the order of their recording.

Four words are kept apart. A *command* is a wish and is not stored. A *fact* happened and is stored. A *notice*
(warned, breached, exhausted) is what time alone made true: it is stored as evidence and so that nobody is told twice,
but the fold ignores it and an audit recomputes it. A *consequence* is a fact that a notice caused (exhausted → moved,
by the SOP), with `cause`. They hold plain data that cannot form a cycle, so the garbage collector need not look at them.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

BY_SOP: Final = "sop"
"""The actor of a consequence."""

LATEST: Final = "latest_at"
"""Under this name an event that is known only to the day keeps the last instant (µs) at which it may have happened."""

OBJECT_SAYS: Final = "object_says"
"""Under this name a late event keeps what the host's object said of the case: it is judged by that, and replayed without it."""

OPENED: Final = "opened"
EDITED: Final = "edited"
MOVED: Final = "moved"
CONTACTED: Final = "contacted"
RECEIVED: Final = "received"
BOUNCED: Final = "bounced"
ATTACHED: Final = "attached"
TICKED: Final = "ticked"
UNTICKED: Final = "unticked"
ASSIGNED: Final = "assigned"
STATUS: Final = "status"
NOTED: Final = "noted"
SIGNALLED: Final = "signalled"
NO_REPLY: Final = "no_reply_needed"
OPTED_OUT: Final = "opted_out"
QUEUED: Final = "queued"
LINKED: Final = "linked"
REQUESTED: Final = "requested"
APPROVED: Final = "approved"
REJECTED: Final = "rejected"
MERGED: Final = "merged"
"""In the stream of the case that is given up (`into`), and in that of the one that goes on (`from`)."""
FACTS: Final = frozenset(
    {OPENED, EDITED, MOVED, CONTACTED, RECEIVED, BOUNCED, ATTACHED, TICKED, UNTICKED, ASSIGNED, STATUS, NOTED, SIGNALLED}
    | {NO_REPLY, OPTED_OUT, QUEUED, LINKED, MERGED, REQUESTED, APPROVED, REJECTED}
)

WARNED: Final = "warned"
BREACHED: Final = "breached"
ESCALATED: Final = "escalated"
EXHAUSTED: Final = "exhausted"
RESTED: Final = "rested"
EXPIRED: Final = "expired"
CLIMBED: Final = "climbed"
ALERTED: Final = "alerted"
CORRECTED: Final = "corrected"
UNACCEPTED: Final = "unaccepted"
NOTICES: Final = frozenset({WARNED, BREACHED, ESCALATED, EXHAUSTED, RESTED, EXPIRED, CLIMBED, ALERTED, UNACCEPTED, CORRECTED})

TOUCHED: Final = "touched"
"""An outbound contact, in the stream of whom it reached."""

CLAIMED: Final = "claimed"
RELEASED: Final = "released"
"""In the stream of a key: a case has a record that gives this key, or no longer has."""

PICKED: Final = "picked"
"""A turn that somebody had, in the stream of their team."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One thing that happened (or that time made true), with everything that its fold needs.

    `occurred_at` and `recorded_at` are microseconds since the epoch, UTC. `roles` are the roles that `by` had then,
    `derived` what was looked up outside the stream (a grade, a predicate's answer): replay needs neither directory nor
    host.
    """

    id: str
    stream: str
    seq: int
    kind: str
    occurred_at: int
    recorded_at: int
    by: str
    roles: tuple[str, ...] = ()
    acting_for: str | None = None
    sop_hash: str = ""
    cause: str | None = None
    key: str | None = None
    data: dict[str, Any] = {}
    derived: dict[str, Any] = {}

    @property
    def evidence(self) -> dict[str, Any]:
        """Who answers for it and under which text: the roles that `by` had, whom they acted for, the hash of the SOP and what
        caused it. Of an SOP's own events there are no roles.
        """
        said: dict[str, Any] = {"roles": list(self.roles), "sop_hash": self.sop_hash}
        more = {"acting_for": self.acting_for, "cause": self.cause}
        return said | {name: value for name, value in more.items() if value is not None}

    @property
    def is_fact(self) -> bool:
        """Whether the fold applies it."""
        return self.kind in FACTS

    @property
    def latest_at(self) -> int:
        """The last instant at which it may have happened: later than `occurred_at` for what is known only to the day."""
        latest: int = self.derived.get(LATEST, self.occurred_at)
        return latest

    @property
    def case(self) -> str:
        """The id of the case whose stream this is."""
        return self.stream.removeprefix("case:")


class Draft(msgspec.Struct, gc=False):
    """An event before it has a place in its stream."""

    kind: str
    occurred_at: int
    by: str
    roles: tuple[str, ...] = ()
    data: dict[str, Any] = {}
    derived: dict[str, Any] = {}
    acting_for: str | None = None
    key: str | None = None
    cause: str | None = None

    def placed(self, stream: str, seq: int, recorded_at: int, sop_hash: str) -> Event:
        """The event that this draft becomes as number `seq` of `stream`."""
        return Event(
            f"{stream}/{seq}",
            stream,
            seq,
            self.kind,
            self.occurred_at,
            recorded_at,
            self.by,
            self.roles,
            self.acting_for,
            sop_hash,
            self.cause,
            self.key,
            self.data,
            self.derived,
        )


def case_stream(case: str) -> str:
    """The name of a case's stream.

    >>> case_stream("L-1042")
    'case:L-1042'
    """
    return f"case:{case}"


def in_order(events: list[Event]) -> list[Event]:
    """Events by meaning: when they occurred, then in the order of their recording."""
    return sorted(events, key=lambda event: (event.occurred_at, event.seq))
