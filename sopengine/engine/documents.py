"""Documents of a case, looked at from outside: which version is in hand, what it is worth, and how it came to that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sopengine.engine.acts import digest
from sopengine.engine.cases import Live
from sopengine.engine.decision import moment
from sopengine.errors import UsageError
from sopengine.kernel import papers
from sopengine.kernel.events import ATTACHED, EXPIRED, Event, in_order
from sopengine.kernel.state import NEVER, Attachment
from sopengine.kernel.tables import Tables

Status = Literal["missing", "expired", "valid"]


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """One thing that happened to a document: `what` is ``attached`` or ``expired``; `by` is None for what time did."""

    at: datetime
    what: str
    version: int
    by: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of a case at an instant.

    `status` is ``missing``, ``expired`` or ``valid``; only a valid one counts for the gate. `version` is counted from 1 (0
    when missing), `sha256` that of its file where it was told, `valid_until` the last moment at which this version counts.
    `timeline` holds everything that happened to the document, all versions included.
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
    names = [name for name, document in known.items() if document.origin is None and document.kind is None]
    told = in_order([event for event in history if event.kind == ATTACHED])
    return {
        name: _view(live.tables, name, live.state.documents.get(name), told, now)
        for name in dict.fromkeys((*names, *live.state.documents))
    }


def _view(tables: Tables, name: str, paper: Attachment | None, told: Sequence[Event], now: int) -> DocumentView:
    if paper is None:
        return DocumentView(name, "missing")
    zone = tables.zone
    return DocumentView(
        name,
        papers.status(paper, now),
        paper.version,
        paper.hashes[-1],
        paper.name or None,
        paper.type or None,
        paper.by,
        moment(paper.at, zone),
        None if paper.until >= NEVER else moment(paper.until, zone),
        tuple(_timeline(tables, [event for event in told if event.data["document"] == name], now)),
    )


def _timeline(tables: Tables, told: Sequence[Event], now: int) -> Iterator[DocumentStep]:
    """Each version, and its end where it came before the next one and before now."""
    for version, event in enumerate(told, 1):
        yield DocumentStep(moment(event.occurred_at, tables.zone), ATTACHED, version, event.by)
        ends = papers.valid_until(tables, event)
        replaced = told[version].occurred_at if version < len(told) else now
        if ends < min(replaced, now):
            yield DocumentStep(moment(ends, tables.zone), EXPIRED, version, None)
