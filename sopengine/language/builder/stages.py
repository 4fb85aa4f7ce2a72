"""Stages: owners, gates, exits and the default chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sopengine.language.builder.clocks import clocks, follow_up
from sopengine.language.builder.declared import PEOPLE_NOT_ROLES
from sopengine.language.builder.reader import Reader, entries, is_text, items, mapping, slug, whole, word
from sopengine.language.model import (
    Assignment,
    Back,
    CheckItem,
    Exit,
    Path,
    Requirement,
    Send,
    Stage,
    Status,
    Template,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where each stage leads when it does not say: the next stage of the main chain, or an outcome."""

    following: Mapping[str, str]
    after_care: frozenset[str]


def chain(stages: Mapping[str, Any], then: Mapping[str, tuple[str, ...]], success: str) -> Chain:
    """The default chain. `then` gives the after-care stages that each outcome names.

    After-care is what the outcomes name, and what those stages lead to by their own `next`, as long as no stage of
    the main chain leads there. It is outside the chain: its default next is the outcome that opened it.
    """
    opened_by = _after_care(stages, then)
    main = [name for name in stages if name not in opened_by]
    following = dict(zip(main, [*main[1:], success], strict=False))
    for outcome, named in then.items():
        inside = [name for name in named if opened_by.get(name) == outcome]
        following.update(zip(inside, [*inside[1:], outcome], strict=False))
    return Chain({**opened_by, **following}, frozenset(opened_by))


def _after_care(stages: Mapping[str, Any], then: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    start = next(iter(stages), None)
    found = {name: outcome for outcome, named in then.items() for name in named if name in stages and name != start}
    waiting = list(found)
    while waiting:
        stage = waiting.pop()
        for target in _written_next(stages[stage]):
            if target in stages and target not in found and target != start and not _entered(stages, target, found):
                found[target] = found[stage]
                waiting.append(target)
    return found


def _entered(stages: Mapping[str, Any], target: str, after_care: Mapping[str, str]) -> bool:
    return any(target in _written_next(stage) for name, stage in stages.items() if name not in after_care)


def _written_next(stage: Any) -> Iterator[str]:
    for item, _ in items(mapping(stage).get("next"), ()):
        target = item.get("to") if isinstance(item, Mapping) else item
        if isinstance(target, str):
            yield target


def stages(
    reader: Reader, data: Mapping[str, Any], templates: Mapping[str, Template], order: Chain
) -> dict[str, Stage]:
    """Every stage, in the order of the file."""
    found = entries(data.get("stages"), ("stages",))
    return {name: _stage(reader, name, mapping(value), path, templates, order) for name, value, path in found}


def _stage(
    reader: Reader, name: str, value: Mapping[str, Any], path: Path, templates: Mapping[str, Template], order: Chain
) -> Stage:
    owner = reader.names("role", value.get("owner"), (*path, "owner"))
    required = items(value.get("requires"), (*path, "requires"))
    return Stage(
        name=name,
        title=reader.text(value.get("title"), (*path, "title"), name),
        description=reader.text(value.get("description"), (*path, "description")),
        owner=owner,
        requires=tuple(_requirement(reader, item, place) for item, place in required),
        documents=reader.names("document", value.get("documents"), (*path, "documents")),
        checklist=checklist(reader, value.get("checklist"), (*path, "checklist")),
        approvals=reader.names("approval", value.get("approvals"), (*path, "approvals")),
        clocks=clocks(reader, value.get("sla"), (*path, "sla"), stage=value),
        follow_up=follow_up(reader, value.get("follow_up"), (*path, "follow_up"), templates),
        assign=_assignment(reader, value.get("assign"), (*path, "assign"), owner),
        send=sends(reader, value.get("send"), (*path, "send")),
        exits=_exits(reader, value.get("next"), path, order.following.get(name)),
        back=tuple(_back(reader, item, place) for item, place in items(value.get("back"), (*path, "back"))),
        statuses=_statuses(reader, value.get("statuses"), (*path, "statuses")),
        ref=word(value.get("ref")),
        after_care=name in order.after_care,
        path=path,
    )


def _requirement(reader: Reader, value: Any, path: Path) -> Requirement:
    if not isinstance(value, Mapping):
        return Requirement(reader.names("field", value, path), False, None, path)
    alternative = "any" in value
    key = "any" if alternative else "fields"
    names = reader.names("field", value.get(key), (*path, key))
    return Requirement(names, alternative, reader.condition(value.get("when"), (*path, "when")), path)


def checklist(reader: Reader, value: Any, path: Path) -> tuple[CheckItem, ...]:
    """The ticks of a checklist; items of a list get a code made from their text."""
    if isinstance(value, Mapping) and not is_text(value):
        return tuple(_tick(reader, code, item, place) for code, item, place in entries(value, path))
    return tuple(_tick(reader, None, item, place) for item, place in items(value, path))


def _tick(reader: Reader, code: str | None, value: Any, path: Path) -> CheckItem:
    rest = {} if is_text(value) else mapping(value)
    text = reader.text(rest.get("text"), (*path, "text"), code) if rest else reader.text(value, path, code)
    made = code or word(rest.get("code")) or slug(next(iter(text.values()), ""))
    return CheckItem(made, text, rest.get("optional") is True, rest.get("once") is True, path)


def _assignment(reader: Reader, value: Any, path: Path, owner: tuple[str, ...]) -> Assignment | None:
    if value is None:
        return None
    rest = mapping(value)
    if_none = reader.mention("role", rest.get("if_none"), (*path, "if_none"))
    return Assignment(
        table=reader.mention("table", rest.get("table"), (*path, "table")),
        method=word(value) or word(rest.get("method")) or "round_robin",
        capacity=whole(rest.get("capacity")),
        keep_owner=rest.get("keep_owner") is True,
        accept_within=reader.duration(rest.get("accept_within"), (*path, "accept_within")),
        if_none=if_none or next(iter(owner), None),
        path=path,
    )


def sends(reader: Reader, value: Any, path: Path) -> tuple[Send, ...]:
    """Templates rendered on entry, and to whom: `{template: recipient}`."""
    found = [(name, to, place) for name, to, place in entries(value, path)]
    for name, to, place in found:
        reader.mention("template", name, place, in_key=True)
        for item, spot in items(to, place):
            if item not in PEOPLE_NOT_ROLES:
                reader.mention("role", item, spot)
    return tuple(Send(name, str(item), spot) for name, to, place in found for item, spot in items(to, place))


def _exits(reader: Reader, value: Any, path: Path, default: str | None) -> tuple[Exit, ...]:
    if value is None:
        return (Exit(default, None, (), True, path),) if default is not None else ()
    found = (_exit(reader, item, place) for item, place in items(value, (*path, "next")))
    return tuple(way for way in found if way is not None)


def _exit(reader: Reader, value: Any, path: Path) -> Exit | None:
    rest = value if isinstance(value, Mapping) else {}
    written, place = (rest.get("to"), (*path, "to")) if rest else (value, path)
    target = reader.mention("target", written, place)
    when = reader.condition(rest.get("when"), (*path, "when"))
    by = reader.names("role", rest.get("by"), (*path, "by"))
    return None if target is None else Exit(target, when, by, False, path)


def _back(reader: Reader, value: Any, path: Path) -> Back:
    if isinstance(value, Mapping):
        target = reader.mention("stage", value.get("to"), (*path, "to"))
        return Back(target or "", whole(value.get("max")), path)
    return Back(reader.mention("stage", value, path) or "", None, path)


def _statuses(reader: Reader, value: Any, path: Path) -> tuple[Status, ...]:
    if not isinstance(value, Mapping):
        return tuple(Status(str(i), reader.text(None, p, str(i)), None, p) for i, p in items(value, path))
    return tuple(_status(reader, name, entry, place) for name, entry, place in entries(value, path))


def _status(reader: Reader, name: str, value: Any, path: Path) -> Status:
    if is_text(value):
        return Status(name, reader.text(value, path, name), None, path)
    rest = mapping(value)
    return Status(name, reader.text(rest.get("title"), (*path, "title"), name), word(rest.get("waits_for")), path)
