"""Rules about documents: whether what is asked of a file can be asked of it, and whether anybody can give it."""

from __future__ import annotations

from collections.abc import Iterator

from sopengine.diagnostics import Diagnostic, Related
from sopengine.language.model import DocumentType, Sop
from sopengine.lint.rule import Rule
from sopengine.wording import Listing


def approval_and_document(sop: Sop) -> Iterator[Diagnostic]:
    """SOP791: an approval and a document with one name."""
    for name, approval in sop.approvals.items():
        if name in sop.documents:
            related = Related(sop.span(sop.documents[name].path), "hint.first_here")
            yield Diagnostic("SOP791", sop.span(approval.path), {"name": name}, related=(related,))


def asked_of_no_file(sop: Sop) -> Iterator[Diagnostic]:
    """SOP792: approval, validity or types of a document that nobody attaches."""
    for document in sop.documents.values():
        if document.origin is None and document.kind is None:
            continue
        asked = {"approved_by": document.approved_by, "valid_for": document.valid_for, "types": document.types}
        for key, value in asked.items():
            if value:
                instead = f"from: {document.origin}" if document.origin else f"kind: {document.kind}"
                params = {"name": document.name, "key": key, "instead": instead}
                yield Diagnostic("SOP792", sop.span((*document.path, key)), params, "warning")


def approved_by_its_uploaders(sop: Sop) -> Iterator[Diagnostic]:
    """SOP793: whoever may approve a document are those who attach it, so that one person alone never gets it through."""
    for document in sop.documents.values():
        uploaders = _uploaders(sop, document)
        if document.approved_by and set(document.approved_by) == uploaders:
            titles = Listing(tuple(sop.roles[role].title for role in document.approved_by), "or")
            place = sop.value_span((*document.path, "approved_by"))
            yield Diagnostic("SOP793", place, {"name": document.name, "roles": titles}, "info")


def _uploaders(sop: Sop, document: DocumentType) -> set[str]:
    stages = (stage for stage in sop.stages.values() if document.name in stage.documents)
    return {role for stage in stages for role in stage.owner}


RULES: tuple[Rule, ...] = (approval_and_document, asked_of_no_file, approved_by_its_uploaders)
