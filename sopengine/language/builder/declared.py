"""What a file declares by name: roles, fields, documents, approvals, templates; and what is declared by being
mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sopengine.language.builder.reader import Reader, entries, is_text, items, mapping, whole, word
from sopengine.language.model import Approval, DocumentType, Field, Level, Path, Role

PEOPLE_NOT_ROLES = frozenset(("holder", "customer", "actor", "requester", "owner", "reports_to"))
"""Words that stand for somebody in a list of recipients; they are not roles."""


NOT_BY = ("holder", "requester")
"""Four-eyes is on unless an approval says otherwise."""


def roles(reader: Reader, data: Mapping[str, Any]) -> dict[str, Role]:
    """The declared roles."""
    return {name: _role(reader, name, value, path) for name, value, path in entries(data.get("roles"), ("roles",))}


def _role(reader: Reader, name: str, value: Any, path: Path) -> Role:
    title, title_path, rest = _titled(value, path)
    return Role(
        name=name,
        title=reader.text(title, title_path, name),
        stand_in=reader.mention("role", rest.get("stand_in"), (*path, "stand_in")),
        reports_to=reader.mention("role", rest.get("reports_to"), (*path, "reports_to")),
        declared=True,
        path=path,
    )


def fields(reader: Reader, data: Mapping[str, Any]) -> dict[str, Field]:
    """The declared fields; a type alone may stand for the whole declaration (``phone: phone``)."""
    return {name: _field(reader, name, value, path) for name, value, path in entries(data.get("fields"), ("fields",))}


def _field(reader: Reader, name: str, value: Any, path: Path) -> Field:
    rest = mapping(value)
    return Field(
        name=name,
        type=word(value) or word(rest.get("type")) or "string",
        title=reader.text(rest.get("title"), (*path, "title"), name),
        values=tuple(reader.plain(item, place) for item, place in items(rest.get("values"), (*path, "values"))),
        minimum=_number(reader, rest.get("min"), (*path, "min")),
        maximum=_number(reader, rest.get("max"), (*path, "max")),
        pattern=word(rest.get("pattern")),
        currency=word(rest.get("currency")),
        default=rest.get("default"),
        declared=True,
        path=path,
    )


def _number(reader: Reader, value: Any, path: Path) -> Decimal | None:
    if value is None or isinstance(value, (bool, list, Mapping)):
        return None
    written = reader.plain(value, path).replace("_", "").rstrip("%").strip()
    try:
        number = Decimal(written) if not isinstance(value, int) else Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def documents(reader: Reader, data: Mapping[str, Any]) -> dict[str, DocumentType]:
    """The declared documents."""
    found = entries(data.get("documents"), ("documents",))
    return {name: _document(reader, name, value, path) for name, value, path in found}


def _document(reader: Reader, name: str, value: Any, path: Path) -> DocumentType:
    title, title_path, rest = _titled(value, path)
    return DocumentType(
        name=name,
        title=reader.text(title, title_path, name),
        approved_by=reader.names("role", rest.get("approved_by"), (*path, "approved_by")),
        valid_for=reader.duration(rest.get("valid_for"), (*path, "valid_for")),
        types=tuple(str(item) for item, _ in items(rest.get("types"), (*path, "types"))),
        origin=word(rest.get("from")),
        kind=word(rest.get("kind")),
        declared=True,
        path=path,
    )


def _titled(value: Any, path: Path) -> tuple[Any, Path, Mapping[str, Any]]:
    """A declaration that may be just its title: the title, where it stands, and the other keys."""
    if is_text(value):
        return value, path, {}
    rest = mapping(value)
    return rest.get("title"), (*path, "title"), rest


def approvals(reader: Reader, data: Mapping[str, Any]) -> dict[str, Approval]:
    """The declared approvals; nobody approves their own request unless `not_by` says otherwise."""
    found = entries(data.get("approvals"), ("approvals",))
    return {name: _approval(reader, name, mapping(value), path) for name, value, path in found}


def _approval(reader: Reader, name: str, value: Mapping[str, Any], path: Path) -> Approval:
    levels = items(value.get("levels"), (*path, "levels"))
    not_by = tuple(str(item) for item, _ in items(value.get("not_by"), path)) or NOT_BY
    return Approval(
        name=name,
        title=reader.text(value.get("title"), (*path, "title"), name),
        when=reader.condition(value.get("when"), (*path, "when")),
        levels=tuple(_level(reader, level, place) for level, place in levels),
        within=reader.duration(value.get("within"), (*path, "within")),
        not_by=not_by,
        void_if_changed=reader.names("field", value.get("void_if_changed"), (*path, "void_if_changed")),
        path=path,
    )


def _level(reader: Reader, value: Any, path: Path) -> Level:
    if not isinstance(value, Mapping):
        return Level(reader.names("role", value, path), None, 1, path)
    return Level(
        by=reader.names("role", value.get("by"), (*path, "by")),
        when=reader.condition(value.get("when"), (*path, "when")),
        quorum=whole(value.get("quorum")) or 1,
        path=path,
    )


def mentioned_roles(reader: Reader, declared: Mapping[str, Role]) -> dict[str, Role]:
    """Declared roles, and those that exist by being mentioned."""
    found = dict(declared)
    for name, path in _unknown(reader, "role", declared):
        found[name] = Role(name, reader.text(None, path, name), None, None, False, path)
    return found


def mentioned_fields(reader: Reader, declared: Mapping[str, Field]) -> dict[str, Field]:
    """Declared fields, and those that exist by being mentioned: text that may say anything."""
    found = dict(declared)
    for name, path in _unknown(reader, "field", declared):
        title = reader.text(None, path, name)
        found[name] = Field(name, "string", title, (), None, None, None, None, None, False, path)
    return found


def mentioned_documents(reader: Reader, declared: Mapping[str, DocumentType]) -> dict[str, DocumentType]:
    """Declared documents, and those that exist by being mentioned."""
    found = dict(declared)
    for name, path in _unknown(reader, "document", declared):
        found[name] = DocumentType(name, reader.text(None, path, name), (), None, (), None, None, False, path)
    return found


def _unknown(reader: Reader, kind: str, declared: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    seen = set(declared)
    for mention in reader.mentions:
        if mention.kind == kind and mention.name not in seen:
            seen.add(mention.name)
            yield mention.name, mention.path
