"""The rules of approving a document and of rejecting one: what is in hand, by whose word, and never by the one who attached it.

Source: the language reference, "Approvals, four-eyes, stand-ins".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sopengine.diagnostics import Finding
from sopengine.kernel.authority import why_not
from sopengine.kernel.events import REJECTED, Event
from sopengine.kernel.foureyes import own
from sopengine.kernel.naming import roles_of
from sopengine.kernel.papers import status
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Place, Rule, Tables
from sopengine.language.model import DocumentType
from sopengine.wording import Deadline, Instant, Person, Term


def _asked(tables: Tables, event: Event) -> DocumentType | None:
    return tables.sop.documents.get(event.data["what"])


def _params(document: DocumentType) -> dict[str, Any]:
    return {"document": document.title, "name": document.name}


def version_waits(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE533 to CASE536: only a version that is in hand, counts, and waits is decided on."""
    document = _asked(tables, event)
    if document is None:
        return ()
    params, span = _params(document), tables.sop.span(document.path)
    if not document.approved_by:
        return (Finding("CASE533", params, True, span),)
    paper = state.documents.get(document.name)
    owners = {"owners": roles_of(tables, place.owners)}
    if paper is None:
        return (Finding("CASE534", params | owners, True, span),)
    params["version"] = paper.version
    worth = status(document, paper, event.occurred_at)
    if paper.verdict is not None:
        told = Term("consent.is_approved" if paper.verdict.granted else "consent.is_rejected")
        who = {"person": Person(paper.verdict.by), "at": Instant(paper.verdict.at, tables.zone), "state": told}
        return (Finding("CASE536", params | who, True, span),)
    if worth == "expired":
        return (Finding("CASE535", params | owners | {"until": Deadline(paper.until, tables.zone)}, True, span),)
    return ()


def role_decides(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE537: a document is decided on by the roles of its `approved_by`."""
    document = _asked(tables, event)
    if document is None or not document.approved_by or not set(document.approved_by).isdisjoint(event.roles):
        return ()
    has: Any = roles_of(tables, event.roles) if event.roles else Term("hint.no_role")
    params = _params(document) | {"by": event.by, "has": has, "roles": roles_of(tables, document.approved_by)}
    rest = why_not(tables, event, document.approved_by)
    return (Finding("CASE537", params | {"rest": rest}, True, tables.sop.span(document.path)),)


def not_the_uploader(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE538: nobody decides on what they attached themselves, in whosever name."""
    document = _asked(tables, event)
    paper = state.documents.get(document.name) if document is not None else None
    if document is None or paper is None or not document.approved_by:
        return ()
    why = own(event, {"document": paper.persons})
    if why is None:
        return ()
    params = _params(document) | {"version": paper.version, "by": event.by, "why": why}
    return (Finding("CASE538", params, True, tables.sop.span(document.path)),)


def refused_for_a_reason(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE539: who rejects a document says why."""
    document = _asked(tables, event)
    if document is None or event.kind != REJECTED or (event.data.get("reason") or "").strip():
        return ()
    return (Finding("CASE539", _params(document), True, tables.sop.span(document.path)),)


DECIDING: Final[tuple[Rule, ...]] = (version_waits, role_decides, not_the_uploader, refused_for_a_reason)
"""What is asked of a decision on a document."""
