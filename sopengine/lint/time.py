"""Rules about time: what is counted has a zone and a calendar to be counted on, and limits make sense together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from sopengine.diagnostics import Diagnostic, Related
from sopengine.language.model import Clock, Path, Sop
from sopengine.lint.rule import Rule, nearest
from sopengine.time import zones
from sopengine.time.durations import (
    After,
    CalendarDays,
    Duration,
    Elapsed,
    FromField,
    NextWorkingDay,
    Percent,
    WorkingDays,
    WorkingTime,
    show,
)
from sopengine.wording import LANGUAGES, Listing

COMMON_ZONES = (
    *("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore", "Asia/Kuala_Lumpur"),
    *("Asia/Bangkok", "Asia/Manila", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Australia/Sydney"),
    *("Europe/London", "Europe/Berlin", "America/New_York", "UTC"),
)
"""What a misspelt zone is compared with."""


class Written(NamedTuple):
    """A duration, where it is written, and whether it limits or is waited for."""

    duration: Duration
    path: Path
    use: Literal["limit", "wait"]


def written(sop: Sop) -> Iterator[Written]:
    """Every duration of an SOP."""
    found: list[tuple[Duration | None, Path, Literal["limit", "wait"]]] = []
    for document in sop.documents.values():
        found.append((document.valid_for, (*document.path, "valid_for"), "limit"))
    for approval in sop.approvals.values():
        found.append((approval.within, (*approval.path, "within"), "limit"))
    for _, clock in clocks(sop):
        found += _of_clock(clock)
    for stage in sop.stages.values():
        if stage.follow_up is not None:
            found.append((stage.follow_up.every, (*stage.follow_up.path, "every"), "wait"))
        if stage.assign is not None:
            found.append((stage.assign.accept_within, (*stage.assign.path, "accept_within"), "limit"))
    for outcome in sop.outcomes.values():
        if outcome.recycle is not None:
            found.append((outcome.recycle.after, (*outcome.recycle.path, "after"), "wait"))
        if outcome.reopen is not None:
            found.append((outcome.reopen.within, (*outcome.reopen.path, "within"), "limit"))
    if sop.document.main.mentions(("log_within",)):
        found.append((sop.log_within, ("log_within",), "limit"))
    return (Written(duration, path, use) for duration, path, use in found if duration is not None)


def _of_clock(clock: Clock) -> list[tuple[Duration | None, Path, Literal["limit", "wait"]]]:
    found: list[tuple[Duration | None, Path, Literal["limit", "wait"]]] = [
        (clock.target, (*clock.path, "target"), "limit"),
        (clock.max_pause, (*clock.path, "max_pause"), "limit"),
    ]
    if clock.target_by is not None:
        of, targets = clock.target_by
        found += [(target, (*clock.path, "by", of, value), "limit") for value, target in targets]
    for level in clock.escalate:
        if isinstance(level.at, After):
            found.append((level.at.duration, (*level.path, "at"), "limit"))
    return found


def clocks(sop: Sop) -> Iterator[tuple[str | None, Clock]]:
    """Every clock with its stage; those of the whole case have none."""
    for clock in sop.clocks:
        yield None, clock
    for stage in sop.stages.values():
        for clock in stage.clocks:
            yield stage.name, clock


def is_working(duration: Duration) -> bool:
    """Whether a duration is counted on a calendar."""
    return isinstance(duration, (WorkingTime, WorkingDays, NextWorkingDay))


def no_calendar(sop: Sop) -> Iterator[Diagnostic]:
    """SOP451: working time, and no calendar that says when one works."""
    if sop.calendars or _declares(sop, "calendars"):
        return
    for item in written(sop):
        if is_working(item.duration):
            yield Diagnostic("SOP451", sop.value_span(item.path), {"text": sop.document.raw(item.path) or ""})


def _declares(sop: Sop, section: str) -> bool:
    return sop.document.main.mentions((section,))


def no_timezone(sop: Sop) -> Iterator[Diagnostic]:
    """SOP452: times, and no zone that says what they mean."""
    if _declares(sop, "timezone"):
        return
    places = [sop.value_span(item.path) for item in written(sop)]
    timed = ("calendars", "contact_policy", "routines", "effective_from")
    places += [sop.span((key,)) for key in timed if _declares(sop, key)]
    if places:
        yield Diagnostic("SOP452", min(places))


def unknown_timezone(sop: Sop) -> Iterator[Diagnostic]:
    """SOP425: a zone that does not exist, of the SOP or of the customers."""
    named: list[tuple[str, Path]] = [(sop.timezone, ("timezone",))] if _declares(sop, "timezone") else []
    if sop.contact_policy is not None:
        named += [(zone, ("contact_policy", "zone", "values", value)) for value, zone in sop.contact_policy.zones]
    for zone, path in named:
        if not zones.known(zone):
            yield Diagnostic("SOP425", sop.value_span(path), {"zone": zone}, suggestion=nearest(zone, COMMON_ZONES))


def no_target(sop: Sop) -> Iterator[Diagnostic]:
    """SOP454: a clock without a target."""
    for _, clock in clocks(sop):
        wrong = any(sop.document.main.mentions((*clock.path, key)) for key in ("target", "by"))
        if clock.target is None and clock.target_by is None and not wrong and sop.document.raw(clock.path) is None:
            yield Diagnostic("SOP454", sop.span(clock.path), {"clock": clock.name})


def endpoints(sop: Sop) -> Iterator[Diagnostic]:
    """SOP455: a clock of the SOP's own that does not say from when until when it runs."""
    for stage, clock in clocks(sop):
        if stage is None or clock.name in ("first_response", "reply", "finish"):
            continue
        missing = [key for key in ("from", "until") if not sop.document.home(clock.path).mentions((*clock.path, key))]
        if missing:
            yield Diagnostic("SOP455", sop.span(clock.path), {"clock": clock.name, "keys": Listing(tuple(missing))})


def bad_start_date(sop: Sop) -> Iterator[Diagnostic]:
    """SOP456: `effective_from` is no date."""
    if sop.effective_from is None:
        return
    try:
        date.fromisoformat(sop.effective_from)
    except ValueError:
        yield Diagnostic("SOP456", sop.value_span(("effective_from",)), {"text": sop.effective_from[:40]})


def levels_in_order(sop: Sop) -> Iterator[Diagnostic]:
    """SOP457: one level of escalation twice, or a lower one below a higher."""
    for _, clock in clocks(sop):
        shares = [(level, level.at.basis_points) for level in clock.escalate if isinstance(level.at, Percent)]
        for (before, low), (level, high) in pairwise(shares):
            if high <= low:
                place = sop.value_span((*level.path, "at"))
                related = (Related(sop.value_span((*before.path, "at")), "rules.level_above"),)
                params = {"level": str(level.at), "before": str(before.at)}
                yield Diagnostic("SOP457", place, params, related=related)


def no_date(sop: Sop) -> Iterator[Diagnostic]:
    """SOP458: a target in a field that holds no date."""
    for item in written(sop):
        field = sop.fields.get(item.duration.name) if isinstance(item.duration, FromField) else None
        if field is not None and field.declared and field.type not in ("date", "datetime"):
            params = {"field": field.name, "type": field.type}
            yield Diagnostic("SOP458", sop.value_span((*item.path, "field")), params)


def not_a_wait(sop: Sop) -> Iterator[Diagnostic]:
    """SOP459: an instant where a length is needed."""
    for item in written(sop):
        if item.use == "wait" and isinstance(item.duration, (NextWorkingDay, FromField)):
            yield Diagnostic("SOP459", sop.value_span(item.path), {"text": str(item.duration)})


def response_after_finish(sop: Sop) -> Iterator[Diagnostic]:
    """SOP463: the first response may take longer than the whole stage."""
    for stage in sop.stages.values():
        by_name = {clock.name: clock for clock in stage.clocks}
        first, finish = by_name.get("first_response"), by_name.get("finish")
        if first is None or finish is None or first.target is None or finish.target is None:
            continue
        if longer(first.target, finish.target):
            related = (Related(sop.value_span((*finish.path, "target")), "rules.finish_here"),)
            params = {"first": _shown(first.target), "finish": _shown(finish.target)}
            yield Diagnostic("SOP463", sop.value_span((*first.path, "target")), params, "warning", related=related)


def _shown(duration: Duration) -> dict[str, str]:
    return {lang: show(duration, lang) for lang in LANGUAGES}


def longer(one: Duration, other: Duration) -> bool:
    """Whether `one` is surely longer than `other`; lengths of different kinds cannot be compared."""
    if isinstance(one, Elapsed) and isinstance(other, Elapsed):
        return one.us > other.us
    if isinstance(one, WorkingTime) and isinstance(other, WorkingTime):
        return one.us > other.us
    if isinstance(one, CalendarDays) and isinstance(other, CalendarDays):
        return one.days > other.days
    return isinstance(one, WorkingDays) and isinstance(other, WorkingDays) and one.days > other.days


def pause_without_end(sop: Sop) -> Iterator[Diagnostic]:
    """SOP464: `max_pause`, and nothing that pauses."""
    for _, clock in clocks(sop):
        if clock.max_pause is not None and not clock.pause:
            yield Diagnostic("SOP464", sop.span((*clock.path, "max_pause")), {"clock": clock.name})


def always_quiet(sop: Sop) -> Iterator[Diagnostic]:
    """SOP465: quiet hours that begin and end at the same time."""
    policy = sop.contact_policy
    if policy is not None and policy.quiet_from is not None and policy.quiet_from == policy.quiet_until:
        yield Diagnostic("SOP465", sop.value_span(("contact_policy", "quiet_hours")))


def zone_of_nobody(sop: Sop) -> Iterator[Diagnostic]:
    """SOP466: a zone for a value that the field never has."""
    policy = sop.contact_policy
    field = sop.fields.get(policy.zone_field or "") if policy is not None else None
    if policy is None or field is None or field.type != "choice":
        return
    for value, _ in policy.zones:
        if value not in field.values:
            place = sop.span(("contact_policy", "zone", "values", value))
            params = {"value": value, "field": field.name}
            yield Diagnostic("SOP466", place, params, suggestion=nearest(value, field.values))


RULES: tuple[Rule, ...] = (
    no_calendar,
    no_timezone,
    unknown_timezone,
    no_target,
    endpoints,
    bad_start_date,
    levels_in_order,
    no_date,
    not_a_wait,
    response_after_finish,
    pause_without_end,
    always_quiet,
    zone_of_nobody,
)
