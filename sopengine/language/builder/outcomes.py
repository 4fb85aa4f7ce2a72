"""Outcomes, with the two that exist without being written, and how a case comes back from one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine.language.builder.reader import Reader, entries, items, mapping, whole, word
from sopengine.language.builder.stages import sends
from sopengine.language.model import Outcome, OutcomeKind, Path, Reason, Recycle, Reopen

KIND_BY_NAME: Mapping[str, OutcomeKind] = {"won": "success", "lost": "failure"}
KINDS: Mapping[str, OutcomeKind] = {
    "success": "success",
    "failure": "failure",
    "parked": "parked",
    "cancelled": "cancelled",
}
ALWAYS = ("no_response", "opt_out")
"""Reasons that exist on every failure outcome."""


def after_care(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The after-care stages that each outcome names, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value, path in entries(data.get("outcomes"), ("outcomes",)):
        named = tuple(str(item) for item, _ in items(mapping(value).get("then"), path))
        if named and _kind(name, mapping(value)) == "success":
            found[name] = named
    return found


def success(data: Mapping[str, Any]) -> str:
    """The outcome to which the last stage leads: the first declared success, else ``won``."""
    declared = entries(data.get("outcomes"), ("outcomes",))
    return next((name for name, value, _ in declared if _kind(name, mapping(value)) == "success"), "won")


def _kind(name: str, value: Mapping[str, Any]) -> OutcomeKind | None:
    return KINDS.get(str(value.get("kind"))) or KIND_BY_NAME.get(name)


def outcomes(reader: Reader, data: Mapping[str, Any]) -> dict[str, Outcome]:
    """Declared outcomes; ``won`` where no success is declared, and ``lost`` where no failure is."""
    found: dict[str, Outcome] = {}
    for name, value, path in entries(data.get("outcomes"), ("outcomes",)):
        outcome = _outcome(reader, name, mapping(value), path)
        if outcome is not None:
            found[name] = outcome
    for name, kind in KIND_BY_NAME.items():
        if name not in found and all(outcome.kind != kind for outcome in found.values()):
            found[name] = _implied(reader, name, kind)
    return found


def _outcome(reader: Reader, name: str, value: Mapping[str, Any], path: Path) -> Outcome | None:
    kind = _kind(name, value)
    if kind is None:
        if "kind" not in value:
            reader.problem("SOP203", reader.sources.key_span(path), name=name)
        return None
    written = value.get("from")
    anywhere = any(item == "any" for item, _ in items(written, path))
    then = reader.names("stage", value.get("then"), (*path, "then"))
    return Outcome(
        name=name,
        kind=kind,
        title=reader.text(value.get("title"), (*path, "title")) or _title(reader, name, path),
        after_care=next(iter(then), None) if kind == "success" else None,
        from_any=anywhere or (written is None and kind in ("failure", "cancelled")),
        from_stages=() if anywhere else reader.names("stage", written, (*path, "from")),
        reasons=_reasons(reader, value.get("reasons"), path, kind),
        reopen=_reopen(reader, value.get("reopen"), (*path, "reopen")),
        recycle=_recycle(reader, value.get("recycle"), (*path, "recycle")),
        send=sends(reader, value.get("send"), (*path, "send")),
        declared=True,
        path=path,
    )


def _implied(reader: Reader, name: str, kind: OutcomeKind) -> Outcome:
    path: Path = ("outcomes", name)
    return Outcome(
        name=name,
        kind=kind,
        title=_title(reader, name, path),
        after_care=None,
        from_any=kind == "failure",
        from_stages=(),
        reasons=_reasons(reader, None, path, kind),
        reopen=None,
        recycle=None,
        send=(),
        declared=False,
        path=path,
    )


def _title(reader: Reader, name: str, path: Path) -> Mapping[str, str]:
    return reader.said(f"rules.outcome_{name}") if name in KIND_BY_NAME else reader.text(None, path, name)


def _reasons(reader: Reader, value: Any, path: Path, kind: OutcomeKind) -> tuple[Reason, ...]:
    found = [_reason(reader, item, place) for item, place in items(value, (*path, "reasons"))]
    if kind == "failure":
        codes = {reason.code for reason in found}
        implied = [code for code in ALWAYS if code not in codes]
        found += [Reason(code, reader.said(f"rules.reason_{code}"), False, False, path) for code in implied]
    return tuple(found)


def _reason(reader: Reader, value: Any, path: Path) -> Reason:
    rest = mapping(value)
    code = str(rest.get("code", "")) if rest else reader.plain(value, path)
    title = reader.text(rest.get("title"), (*path, "title"), code)
    return Reason(code, title, rest.get("note") in ("required", True), True, path)


def _reopen(reader: Reader, value: Any, path: Path) -> Reopen | None:
    rest = mapping(value)
    target = reader.mention("stage", rest.get("to"), (*path, "to"))
    within = reader.duration(rest.get("within"), (*path, "within"))
    by = reader.names("role", rest.get("by"), (*path, "by"))
    return None if target is None else Reopen(within, target, by, word(rest.get("clock")) or "new", path)


def _recycle(reader: Reader, value: Any, path: Path) -> Recycle | None:
    rest = mapping(value)
    target = reader.mention("stage", rest.get("to"), (*path, "to"))
    after = reader.duration(rest.get("after"), (*path, "after"))
    then = reader.mention("target", rest.get("then"), (*path, "then"))
    return None if target is None or after is None else Recycle(after, target, whole(rest.get("max")), then, path)
