"""Rules about routines: they recur on dates that exist, may be done in time, and say whole what they open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Routine, Sop
from sopengine.lint.rule import Rule, nearest
from sopengine.time.recurrence import EXAMPLES, Recurrence, parse
from sopengine.time.windows import WrittenWrong, weekday_name
from sopengine.wording import Listing

_BETWEEN = re.compile("[-–]")


def hours(sop: Sop) -> Iterator[Diagnostic]:
    """SOP460, SOP468: a routine that is due before it opens, or in the minute in which it opens."""
    for routine in sop.routines.values():
        if routine.due_by <= routine.opens_at:
            code = "SOP460" if routine.due_by < routine.opens_at else "SOP468"
            key = "at" if _writes(sop, routine, "at") else "by"
            yield Diagnostic(code, sop.value_span((*routine.path, key)), {"routine": routine.name})


def times(sop: Sop) -> Iterator[Diagnostic]:
    """SOP470, SOP471: `at` and `by` together, or two times in `by`; one of them would count for nothing."""
    for routine in sop.routines.values():
        path = (*routine.path, "by")
        if not _writes(sop, routine, "by"):
            continue
        if _writes(sop, routine, "at"):
            yield Diagnostic("SOP470", sop.span(path), {"routine": routine.name})
        elif _BETWEEN.search(sop.document.raw(path) or ""):
            yield Diagnostic("SOP471", sop.value_span(path), {"routine": routine.name})


def days(sop: Sop) -> Iterator[Diagnostic]:
    """SOP461, SOP467: a recurrence that does not read, or a day that no period has."""
    for routine in sop.routines.values():
        try:
            parse(routine.every)
        except WrittenWrong as problem:
            place = sop.value_span((*routine.path, "every"))
            suggestion = nearest(problem.params["text"], EXAMPLES) if problem.code == "SOP461" else None
            yield Diagnostic(problem.code, place, problem.params, suggestion=suggestion)


def without_calendar(sop: Sop) -> Iterator[Diagnostic]:
    """SOP462: a routine of working days, and no calendar that says which those are."""
    if sop.calendars or sop.document.main.mentions(("calendars",)):
        return
    for routine in sop.routines.values():
        recurrence = _read(routine)
        if recurrence is not None and recurrence.working:
            yield Diagnostic("SOP462", sop.value_span((*routine.path, "every")), {"routine": routine.name})


def piled_up(sop: Sop) -> Iterator[Diagnostic]:
    """SOP469: every day, closed days included, so that several of it come on one open day each week."""
    calendar = next(iter(sop.calendars.values()), None)
    shut = [] if calendar is None else [weekday_name(day) for day in range(7) if not calendar.hours[day]]
    if not 0 < len(shut) < 7:
        return
    for routine in sop.routines.values():
        if routine.if_closed != "skip" and _read(routine) == Recurrence("day"):
            params = {"routine": routine.name, "days": Listing(tuple(shut))}
            yield Diagnostic("SOP469", sop.value_span((*routine.path, "every")), params, "warning")


def half_opened(sop: Sop) -> Iterator[Diagnostic]:
    """SOP472: `opens` without `for_each`, or the other way round."""
    for routine in sop.routines.values():
        if (routine.opens is None) != (routine.for_each is None):
            key, missing = ("opens", "for_each") if routine.for_each is None else ("for_each", "opens")
            params = {"routine": routine.name, "key": key, "missing": missing}
            yield Diagnostic("SOP472", sop.span((*routine.path, key)), params)


def _writes(sop: Sop, routine: Routine, key: str) -> bool:
    return sop.document.home(routine.path).mentions((*routine.path, key))


def _read(routine: Routine) -> Recurrence | None:
    try:
        return parse(routine.every)
    except WrittenWrong:
        return None


RULES: tuple[Rule, ...] = (hours, times, days, without_calendar, piled_up, half_opened)
