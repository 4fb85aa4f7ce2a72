"""Documents: which version is in hand, how long it counts, and what a gate says of one that does not count.

A file itself is never kept; its SHA-256 (FIPS 180-4) says later whether it is the same. Source: the language reference,
"Top level" (`documents`) and "Stages" (the gate).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import msgspec

from sopengine.diagnostics import Finding
from sopengine.kernel.events import BY_SOP, EXPIRED, Draft, Event
from sopengine.kernel.foureyes import clash, persons_of
from sopengine.kernel.naming import roles_of
from sopengine.kernel.state import NEVER, Attachment, CaseState, Verdict
from sopengine.kernel.tables import Place, Tables
from sopengine.kernel.waits import limit_of
from sopengine.language.model import DocumentType
from sopengine.wording import Deadline, Instant, Listing, Person, Term

Status = Literal["waiting", "rejected", "expired", "valid"]

VERSION: Final = "version"
"""Under this name a decision on a document keeps the event that attached the version that it is about, or NO_VERSION."""

NO_VERSION: Final = ""
"""What is kept of a decision when no version was in hand: it is about none that is told of afterwards."""

_LONGEST_TYPE: Final = 20


def type_of(data: Mapping[str, Any]) -> str | None:
    """The type of a file as it was told, or else by the ending of its name; None when neither says it.

    >>> type_of({"name": "Kontrak PT Maju.PDF"}), type_of({"type": ".Docx", "name": "a.pdf"}), type_of({"name": "Kontrak"})
    ('pdf', 'docx', None)
    """
    told = data.get("type")
    if told is None:
        _, _, told = data.get("name", "").rpartition(".") if "." in data.get("name", "") else ("", "", "")
        if len(told) > _LONGEST_TYPE or not told.isalnum():
            return None
    return told.strip().lower().removeprefix(".") or None


def attachable(known: Mapping[str, DocumentType]) -> list[str]:
    """The documents that people attach: not what the engine keeps itself, nor reports, which are made."""
    return [name for name, document in known.items() if document.origin is None and document.kind is None]


def document_fits(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE513, CASE531 and CASE532: a file is of a type that the SOP accepts; a remark when the same file comes again."""
    document = tables.sop.documents.get(event.data["document"])
    if document is None:
        return ()
    found: list[Finding] = []
    if document.types and (kind := type_of(event.data)) not in _types(document):
        params = {"document": document.title, "type": kind or "", "types": Listing(document.types, "or")}
        found.append(Finding("CASE531" if kind is None else "CASE513", params, True, tables.sop.span(document.path)))
    known, sha256 = state.documents.get(document.name), event.data.get("sha256")
    if known is not None and sha256 is not None and sha256 in known.hashes:
        params = {"document": document.title, "version": known.hashes.index(sha256) + 1}
        found.append(Finding("CASE532", params, False, tables.sop.span(document.path)))
    return found


def _types(document: DocumentType) -> frozenset[str]:
    return frozenset(kind.lower().removeprefix(".") for kind in document.types)


def attach(tables: Tables, state: CaseState, event: Event) -> None:
    """Take a version of a document into the case; it counts from the one before."""
    data = event.data
    name, sha256 = data["document"], data.get("sha256")
    before = state.documents.get(name)
    hashes = (*(before.hashes if before is not None else ()), sha256)
    until = valid_until(tables, event)
    told = (data.get("name", ""), type_of(data) or "")
    paper = Attachment(event.id, event.occurred_at, event.by, *told, hashes, until, persons=persons_of(event))
    state.documents = {**state.documents, name: paper}
    if paper.until < NEVER or (before is not None and before.until < NEVER):
        arm(tables, state, event.occurred_at)


def decided(tables: Tables, state: CaseState, event: Event, *, granted: bool) -> None:
    """Keep what was decided on the version that the decision is about; on one that was replaced it says nothing.

    Nobody's consent makes good what they attached themselves, however it came to be recorded.
    """
    name = event.data["what"]
    paper = state.documents.get(name)
    if name not in tables.sop.documents or paper is None or event.derived.get(VERSION, paper.id) != paper.id:
        return
    if granted and clash(event, {"document": paper.persons}) is not None:
        return
    verdict = Verdict(granted, event.occurred_at, event.by, event.data.get("reason", ""))
    state.documents = {**state.documents, name: msgspec.structs.replace(paper, verdict=verdict)}


def valid_until(tables: Tables, event: Event) -> int:
    """The last instant (µs) at which a version counts that is attached by `event`; NEVER when nothing limits it."""
    document = tables.sop.documents.get(event.data["document"])
    if document is None or document.valid_for is None:
        return NEVER
    return limit_of(document.valid_for, event.latest_at, tables.calendar_for(document.valid_for), tables.zone)


def arm(tables: Tables, state: CaseState, at: int) -> None:
    """Work out when the next document expires. At rest nothing is told; what expired meanwhile is told on coming back."""
    if tables.places[state.place].stage is None:
        state.expires_at = NEVER
        return
    ends = [paper.until + 1 for paper in state.documents.values() if not paper.told and paper.until < NEVER]
    state.expires_at = max(at, min(ends)) if ends else NEVER


def expire(tables: Tables, state: CaseState, at: int) -> Draft:
    """The notice that a document has expired, by the order of their names where several have."""
    name = min(n for n, paper in state.documents.items() if not paper.told and paper.until < at)
    paper = state.documents[name]
    state.documents = {**state.documents, name: msgspec.structs.replace(paper, told=True)}
    arm(tables, state, at)
    data = {"document": name, "version": paper.version, "valid_until": paper.until}
    return Draft(EXPIRED, at, BY_SOP, data=data)


def status(document: DocumentType | None, paper: Attachment, at: int) -> Status:
    """What a version is worth at an instant. One that has expired waits for nobody's approval any more."""
    if paper.verdict is not None and not paper.verdict.granted:
        return "rejected"
    if at > paper.until:
        return "expired"
    return "waiting" if document is not None and document.approved_by and paper.verdict is None else "valid"


def deciders_awaited(tables: Tables, state: CaseState) -> frozenset[str]:
    """The roles whose decision on a version in hand is awaited, whether or not it has expired by now."""
    known = tables.sop.documents
    waiting = (known[name] for name, paper in state.documents.items() if name in known and paper.verdict is None)
    return frozenset(role for document in waiting for role in document.approved_by)


def unmet_version(tables: Tables, document: DocumentType, paper: Attachment, at: int, base: Finding) -> Finding | None:
    """CASE221 to CASE223: why the version in hand does not count, told where `base` would tell that there is none."""
    worth = status(document, paper, at)
    if worth == "valid":
        return None
    params: dict[str, Any] = {**base.params, "version": paper.version}
    if worth == "waiting":
        params |= {"who": roles_of(tables, document.approved_by), "uploader": Person(paper.by)}
        return replace(base, code="CASE221", params=params)
    if worth == "expired":
        return replace(base, code="CASE223", params=params | {"until": Deadline(paper.until, tables.zone)})
    verdict = paper.verdict or Verdict(False, at, "")
    reason = verdict.reason.strip() or Term("consent.no_reason")
    params |= {"person": Person(verdict.by), "at": Instant(verdict.at, tables.zone), "reason": reason}
    return replace(base, code="CASE222", params=params)
