"""SLA clocks, their escalations, and follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine.language.builder.declared import PEOPLE_NOT_ROLES
from sopengine.language.builder.reader import Reader, entries, items, mapping, whole, word
from sopengine.language.model import Clock, Escalation, FollowUp, Path, Template
from sopengine.time.durations import After, Duration, DurationError, Percent, parse_level

STANDARD: Mapping[str, tuple[str, str, str]] = {
    "first_response": ("entered", "contacted", ""),
    "reply": ("inbound", "contacted", "closed"),
    "finish": ("entered", "left", ""),
}
"""The clocks that need no `from` and `until`: name → start, stop, cancel."""

TargetBy = tuple[str, tuple[tuple[str, Duration], ...]]


def clocks(reader: Reader, value: Any, path: Path, *, stage: Mapping[str, Any] | None) -> tuple[Clock, ...]:
    """The clocks of a stage, or (`stage` None) of the whole case."""
    return tuple(_clock(reader, name, entry, place, stage) for name, entry, place in entries(value, path))


def _clock(reader: Reader, name: str, value: Any, path: Path, stage: Mapping[str, Any] | None) -> Clock:
    long = isinstance(value, Mapping) and set(value) != {"field"}
    rest: Mapping[str, Any] = value if long else {}
    target, target_path = (rest.get("target"), (*path, "target")) if long else (value, path)
    start, stop, cancel = _defaults(name, stage)
    return Clock(
        name=name,
        start=_moments(reader, rest, "from", path) or start,
        stop=_moments(reader, rest, "until", path) or stop,
        cancel=_moments(reader, rest, "cancel", path) or cancel,
        target=reader.duration(target, target_path),
        target_by=_target_by(reader, rest.get("by"), (*path, "by")),
        calendar=reader.mention("calendar", rest.get("calendar"), (*path, "calendar")),
        pause=reader.names("status", rest.get("pause"), (*path, "pause")),
        max_pause=reader.duration(rest.get("max_pause"), (*path, "max_pause")),
        on_change=word(rest.get("on_change")) or "recalculate",
        escalate=_escalations(reader, rest, path),
        path=path,
    )


def _moments(reader: Reader, rest: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    return reader.names("moment", rest.get(key), (*path, key))


def _defaults(name: str, stage: Mapping[str, Any] | None) -> tuple[tuple[str, ...], ...]:
    if stage is None:
        return ("opened",), ("closed",), ()
    start, stop, cancel = STANDARD.get(name, ("entered", "left", ""))
    if name == "first_response" and stage.get("assign"):
        start = "assigned"
    return (start,), (stop,), (cancel,) if cancel else ()


def _target_by(reader: Reader, value: Any, path: Path) -> TargetBy | None:
    for name, choices, place in entries(value, path):
        reader.mention("verdict", name, place, in_key=True)
        for key, _, spot in entries(choices, place):
            reader.mention("verdict_value", key, spot, in_key=True)
        found = [(key, reader.duration(target, spot)) for key, target, spot in entries(choices, place)]
        return name, tuple((key, target) for key, target in found if target is not None)
    return None


def _escalations(reader: Reader, rest: Mapping[str, Any], path: Path) -> tuple[Escalation, ...]:
    """As written; nothing written tells the superior of the holder at 100 %, an empty list tells nobody."""
    if "escalate" not in rest:
        return (Escalation(Percent(10_000), ("reports_to",), None, False, path),)
    found = (_escalation(reader, mapping(v), place) for v, place in items(rest["escalate"], (*path, "escalate")))
    return tuple(escalation for escalation in found if escalation is not None)


def _escalation(reader: Reader, value: Mapping[str, Any], path: Path) -> Escalation | None:
    notify = recipients(reader, value.get("notify"), (*path, "notify"))
    template = reader.mention("template", value.get("template"), (*path, "template"))
    at = _level(reader, value.get("at"), (*path, "at"))
    return None if at is None else Escalation(at, notify, template, value.get("reassign") is True, path)


def _level(reader: Reader, value: Any, path: Path) -> Percent | After | None:
    if value is None:
        return None
    try:
        return parse_level(reader.plain(value, path))
    except DurationError as problem:
        reader.problem(problem.code, path, suggestion=problem.suggestion, **problem.params)
        return None


def recipients(reader: Reader, value: Any, path: Path) -> tuple[str, ...]:
    """Whom a message goes to: roles, or words like `holder` and `customer`."""
    for item, place in items(value, path):
        if item not in PEOPLE_NOT_ROLES:
            reader.mention("role", item, place)
    return tuple(item for item, _ in items(value, path) if isinstance(item, str))


def follow_up(reader: Reader, value: Any, path: Path, templates: Mapping[str, Template]) -> FollowUp | None:
    """The follow-up of a stage; without `via` the channels are those of its templates."""
    if not isinstance(value, Mapping):
        return None
    names = reader.names("template", value.get("template"), (*path, "template"))
    via = tuple(item for item, _ in items(value.get("via"), path) if isinstance(item, str))
    return FollowUp(
        max=_limit(value.get("max"), 1),
        min=_limit(value.get("min"), 0),
        every=reader.duration(value.get("every"), (*path, "every")),
        via=via or tuple(templates[name].channel for name in names if name in templates),
        templates=names,
        send="auto" if value.get("send") == "auto" else "ask",
        stop_on=tuple(str(item) for item, _ in items(value.get("stop_on", "reply"), path)),
        then=reader.mention("target", value.get("then"), (*path, "then")),
        path=path,
    )


def _limit(value: Any, default: int) -> int:
    number = whole(value)
    return default if number is None else number
