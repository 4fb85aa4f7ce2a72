"""What surrounds the flow: contact policy, duplicates, migration, override, routines, measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from sopengine.language.builder.reader import Reader, entries, items, mapping, whole, word
from sopengine.language.builder.stages import checklist
from sopengine.language.model import ContactPolicy, Identity, Measure, Migration, Path, Routine
from sopengine.time.durations import DAY, parse_clock

VERBS = ("count", "sum", "mean", "median", "share", "repeat", "pay")
_BETWEEN = re.compile(r"\s*([0-9:.]+)\s*[-–]\s*([0-9:.]+)\s*")


def contact_policy(reader: Reader, data: Mapping[str, Any]) -> ContactPolicy | None:
    """When and how often a customer may be contacted."""
    value, path = data.get("contact_policy"), ("contact_policy",)
    if not isinstance(value, Mapping):
        return None
    zone, limits = mapping(value.get("zone")), mapping(value.get("max"))
    quiet = _times(reader, value.get("quiet_hours"), (*path, "quiet_hours"))
    stop_words = entries(value.get("opt_out"), (*path, "opt_out"))
    return ContactPolicy(
        zone_field=reader.mention("field", zone.get("field"), (*path, "zone", "field")),
        zones=tuple((key, str(name)) for key, name, _ in entries(zone.get("values"), path)),
        quiet_from=quiet[0] if quiet else None,
        quiet_until=quiet[1] if quiet else None,
        max_per_day=whole(limits.get("per_day")),
        max_per_week=whole(limits.get("per_week")),
        opt_out=tuple((via, tuple(reader.plain(w, p) for w, p in items(words, at))) for via, words, at in stop_words),
        closed=word(value.get("closed")),
        path=path,
    )


def _times(reader: Reader, value: Any, path: Path) -> tuple[int, int] | None:
    """``08:00-10:00`` or ``08:00`` as two times of day in microseconds."""
    if value is None:
        return None
    written = reader.plain(value, path).strip()
    both = _BETWEEN.fullmatch(written)
    first, last = (parse_clock(both[1]), parse_clock(both[2])) if both else (parse_clock(written),) * 2
    if first is None or last is None:
        reader.problem("SOP450", path, text=written[:40])
        return None
    return first, last


def identity(reader: Reader, data: Mapping[str, Any]) -> Identity | None:
    """When two cases are about the same subject."""
    value, path = data.get("identity"), ("identity",)
    if not isinstance(value, Mapping):
        return None
    found = items(value.get("same_if"), (*path, "same_if"))
    return Identity(
        same_if=tuple(reader.names("field", names, place) for names, place in found),
        on_duplicate=word(value.get("on_duplicate")) or "link",
        path=path,
    )


def migration(reader: Reader, data: Mapping[str, Any]) -> Migration | None:
    """Which cases of an older version move to this one; None: every case ends on the version it opened on."""
    path: Path = ("open_cases", "migrate")
    value = mapping(data.get("open_cases")).get("migrate")
    if not isinstance(value, Mapping):
        return None
    written = entries(value.get("stages"), (*path, "stages"))
    moved = [(old, reader.mention("stage", new, at)) for old, new, at in written]
    pairs = tuple((old, new) for old, new in moved if new is not None)
    return Migration(reader.plain(value.get("from", ""), (*path, "from")), pairs, path)


def override_by(reader: Reader, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Who may override a gate, for one move, with a reason; nobody by default."""
    value = data.get("override")
    by, path = (value.get("by"), ("override", "by")) if isinstance(value, Mapping) else (value, ("override",))
    return reader.names("role", by, path)


def routines(reader: Reader, data: Mapping[str, Any]) -> dict[str, Routine]:
    """Recurring duties."""
    found = entries(data.get("routines"), ("routines",))
    return {name: _routine(reader, name, mapping(value), path) for name, value, path in found}


def _routine(reader: Reader, name: str, value: Mapping[str, Any], path: Path) -> Routine:
    opens_at, due_by = _hours(reader, value, path)
    per: Literal["person", "role"] = "role" if value.get("for") == "role" else "person"
    return Routine(
        name=name,
        title=reader.text(value.get("title"), (*path, "title"), name),
        owner=reader.names("role", value.get("owner"), (*path, "owner")),
        every=reader.plain(value.get("every", ""), (*path, "every")),
        per=per,
        opens_at=opens_at,
        due_by=due_by,
        checklist=checklist(reader, value.get("checklist"), (*path, "checklist")),
        documents=reader.names("document", value.get("documents"), (*path, "documents")),
        if_closed=word(value.get("if_closed")) or "next",
        opens=word(value.get("opens")),
        for_each=reader.mention("role", value.get("for_each"), (*path, "for_each")),
        path=path,
    )


def _hours(reader: Reader, value: Mapping[str, Any], path: Path) -> tuple[int, int]:
    at = _times(reader, value.get("at"), (*path, "at"))
    if at is not None:
        return at
    by = _times(reader, value.get("by"), (*path, "by"))
    return (0, by[1]) if by is not None else (0, DAY)


def measures(reader: Reader, data: Mapping[str, Any]) -> dict[str, Measure]:
    """Figures to be computed from what happened, as written; a `freeze_after` that is no duration is reported here."""
    found: dict[str, Measure] = {}
    for name, value, path in entries(data.get("measures"), ("measures",)):
        verb = next((key for key in VERBS if key in mapping(value)), None)
        reader.duration(mapping(value).get("freeze_after"), (*path, "freeze_after"))
        if verb is not None:
            found[name] = Measure(name, verb, mapping(value), path)
    return found
