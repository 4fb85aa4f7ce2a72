"""Calendars, scores and decision tables: what has a notation of its own, read by the room that knows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine.language.builder.reader import Reader, entries, items, mapping, whole
from sopengine.language.model import Path
from sopengine.language.scoring import DecisionTable, Grade, Points, Row, Score, parse_grade
from sopengine.time.calendar import CalendarSpec


def calendars(reader: Reader, data: Mapping[str, Any], zone: str) -> dict[str, CalendarSpec]:
    """The calendars that could be read; the first is the default."""
    found: dict[str, CalendarSpec] = {}
    for name, value, path in entries(data.get("calendars"), ("calendars",)):
        if not isinstance(value, Mapping):
            continue
        spec, problems = CalendarSpec.parse(value, zone)
        for place, code, params in problems:
            # an unknown zone of the SOP is reported once, at `timezone`, and not again for each calendar
            if code != "SOP425" or place:
                reader.problem(code, (*path, *place), **params)
        if spec is not None:
            found[name] = spec
    return found


def scores(reader: Reader, data: Mapping[str, Any]) -> dict[str, Score]:
    """The scores."""
    found = entries(data.get("scores"), ("scores",))
    return {name: _score(reader, name, mapping(value), path) for name, value, path in found}


def _score(reader: Reader, name: str, value: Mapping[str, Any], path: Path) -> Score:
    rows = [_points(reader, mapping(row), place) for row, place in items(value.get("add"), (*path, "add"))]
    grades = [_grade(reader, *grade) for grade in entries(value.get("grades"), (*path, "grades"))]
    add = tuple(row for row in rows if row is not None)
    return Score(name, add, tuple(grade for grade in grades if grade is not None), path)


def _points(reader: Reader, value: Mapping[str, Any], path: Path) -> Points | None:
    points = whole(value.get("points"))
    when = reader.condition(value.get("when"), (*path, "when"))
    if points is None and "points" in value:
        reader.problem("SOP550", (*path, "points"), text=reader.plain(value["points"], (*path, "points"))[:40])
    return None if points is None or when is None else Points(points, when, path)


def _grade(reader: Reader, name: str, value: Any, path: Path) -> Grade | None:
    grade, problems = parse_grade(name, value, path)
    for problem in problems:
        reader.problem(problem.code, problem.path, suggestion=problem.suggestion, **problem.params)
    return grade


def tables(reader: Reader, data: Mapping[str, Any]) -> dict[str, DecisionTable]:
    """The decision tables."""
    found: dict[str, DecisionTable] = {}
    for name, value, path in entries(data.get("tables"), ("tables",)):
        rows = [_row(reader, mapping(row), place) for row, place in items(value, path)]
        found[name] = DecisionTable(name, tuple(row for row in rows if row is not None), path)
    return found


def _row(reader: Reader, value: Mapping[str, Any], path: Path) -> Row | None:
    when = reader.condition(value.get("when"), (*path, "when"))
    if "then" not in value or ("when" in value and when is None):
        return None
    return Row(when, reader.plain(value["then"], (*path, "then")), path)
