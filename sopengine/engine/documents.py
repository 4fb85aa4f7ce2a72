"""Documents of a case, looked at from outside: which version is in hand, what it is worth, and how it came to that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sopengine.engine.acts import digest
from sopengine.engine.cases import Live
from sopengine.engine.decision import moment
from sopengine.engine.lookups import Lookups
from sopengine.engine.standing import take_up
from sopengine.errors import UsageError
from sopengine.kernel import papers
from sopengine.kernel.events import APPROVED, ATTACHED, EXPIRED, REJECTED, Draft, Event, in_order
from sopengine.kernel.paperrules import DECIDING
from sopengine.kernel.replay import replay
from sopengine.kernel.state import NEVER, Attachment
from sopengine.kernel.tables import Tables

Status = Literal["missing", "waiting", "rejected", "expired", "valid"]

_TOLD: Final = frozenset({ATTACHED, APPROVED, REJECTED})


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """One thing that happened to a document: `what` is ``attached``, ``approved``, ``rejected`` or ``expired``; `by` is None
    for what time did.
    """

    at: datetime
    what: str
    version: int
    by: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of a case at an instant.

    `status` is ``missing``, ``waiting`` (for its approval), ``rejected``, ``expired`` or ``valid``; only a valid one counts for
    the gate. `version` is counted from 1 (0 when missing), `sha256` that of its file where it was told, `decided_by` whoever
    approved or rejected this version, `valid_until` the last moment at which it counts. `timeline` holds everything that
    happened to the document, all versions included.
    """

    name: str
    status: Status
    version: int = 0
    sha256: str | None = None
    file: str | None = None
    type: str | None = None
    by: str | None = None
    attached_at: datetime | None = None
    valid_until: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    timeline: tuple[DocumentStep, ...] = ()


def fingerprint(content: bytes | None, sha256: str | None) -> str | None:
    """The SHA-256 (FIPS 180-4) of a file, given as its content or as it is; UsageError when they do not agree."""
    told = None if sha256 is None else digest(sha256, "sha256")
    if content is None:
        return told
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise UsageError.saying("call.not_bytes", type=type(content).__name__)
    found = hashlib.sha256(content).hexdigest()
    if told not in (None, found):
        raise UsageError.saying("call.other_content", sha256=found)
    return found


def document_views(live: Live, history: Iterable[Event], now: int) -> dict[str, DocumentView]:
    """The documents that people attach, at instant `now`, in the order of the SOP; others that were attached come last."""
    known = live.tables.sop.documents
    names = papers.attachable(known)
    told = in_order([event for event in history if event.kind in _TOLD])
    return {
        name: _view(live.tables, name, live.state.documents.get(name), told, now)
        for name in dict.fromkeys((*names, *live.state.documents))
    }


def _view(tables: Tables, name: str, paper: Attachment | None, told: Sequence[Event], now: int) -> DocumentView:
    if paper is None:
        return DocumentView(name, "missing")
    zone, verdict = tables.zone, paper.verdict
    return DocumentView(
        name,
        papers.status(tables.sop.documents.get(name), paper, now),
        paper.version,
        paper.hashes[-1],
        paper.name or None,
        paper.type or None,
        paper.by,
        moment(paper.at, zone),
        None if paper.until >= NEVER else moment(paper.until, zone),
        None if verdict is None else verdict.by,
        None if verdict is None else moment(verdict.at, zone),
        tuple(_timeline(tables, [e for e in told if name in (e.data.get("document"), e.data.get("what"))], now)),
    )


def _timeline(tables: Tables, told: Sequence[Event], now: int) -> Iterator[DocumentStep]:
    """Each version with what was decided on it, and its end where it came before the next one and before now."""
    versions = [event for event in told if event.kind == ATTACHED]
    found: list[tuple[int, DocumentStep]] = []
    for version, event in enumerate(versions, 1):
        until = versions[version].occurred_at if version < len(versions) else now
        ends = papers.valid_until(tables, event)
        found.append((event.occurred_at, DocumentStep(moment(event.occurred_at, tables.zone), ATTACHED, version, event.by)))
        if ends < min(until, now):
            found.append((ends, DocumentStep(moment(ends, tables.zone), EXPIRED, version, None)))
    for event in told:
        version = _version_of(event, versions)
        if event.kind != ATTACHED and version:
            step = DocumentStep(
                moment(event.occurred_at, tables.zone), event.kind, version, event.by, event.data.get("reason")
            )
            found.append((event.occurred_at, step))
    return (step for _, step in sorted(found, key=lambda one: one[0]))


def _version_of(decision: Event, versions: Sequence[Event]) -> int:
    """The number of the version that a decision is about; where it does not say, of the one that was in hand then, 0 for none."""
    about = decision.derived.get(papers.VERSION)
    if about is None:
        return sum(attached.occurred_at <= decision.occurred_at for attached in versions)
    return next((number for number, attached in enumerate(versions, 1) if attached.id == about), 0)


def documents_to_decide(
    lookups: Lookups, live: Live, person: str | None, role: str | None, at: int
) -> Iterator[tuple[str, Attachment]]:
    """The versions in hand that wait for a role, or that a person could decide on at an instant."""
    tables, state = live.tables, live.state
    place = tables.places[state.place]
    for name, paper in state.documents.items():
        document = tables.sop.documents.get(name)
        if place.stage is None or document is None or papers.status(document, paper, at) != "waiting":
            continue
        if person is None:
            if role in document.approved_by:
                yield name, paper
            continue
        draft = Draft(APPROVED, at, person, lookups.roles(person, at), {"what": name})
        take_up(lookups.staff, tables, draft, (document.approved_by,))
        event = live.event(draft, at)
        if not any(rule(tables, place, state, event) for rule in DECIDING):
            yield name, paper


def look_up_version(lookups: Lookups, live: Live, draft: Draft, history: Callable[[], Sequence[Event]]) -> None:
    """Keep on a decision about a document which version it is about, and let its actor stand in for whoever may decide."""
    if draft.kind not in (APPROVED, REJECTED):
        return
    document = live.tables.sop.documents.get(str(draft.data["what"]))
    if document is None:
        return
    state = live.state
    if live.is_late(draft.occurred_at):
        state = replay(live.tables, state.case, history(), at=draft.occurred_at).state
    paper = state.documents.get(document.name)
    draft.derived[papers.VERSION] = papers.NO_VERSION if paper is None else paper.id
    take_up(lookups.staff, live.tables, draft, (document.approved_by,))
