"""Rules about names: everything that is referred to exists, once, and is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sopengine.diagnostics import Diagnostic, Related, Severity
from sopengine.language.model import MOMENTS, CheckItem, Path, Sop
from sopengine.lint.rule import Rule, circles, nearest, shown_circle, unknown, used, used_or_meant, uses
from sopengine.wording import Listing

MOST_SHOWN = 20
"""How many names a sentence lists."""


def undeclared_role(sop: Sop) -> Iterator[Diagnostic]:
    """SOP201: a role that is only mentioned, although others are declared."""
    return _undeclared(sop, "role", sop.roles, "SOP201")


def undeclared_field(sop: Sop) -> Iterator[Diagnostic]:
    """SOP202: a field that is only mentioned, although others are declared."""
    return _undeclared(sop, "field", sop.fields, "SOP202")


def undeclared_document(sop: Sop) -> Iterator[Diagnostic]:
    """SOP204: a document that is only mentioned, although others are declared."""
    return _undeclared(sop, "document", sop.documents, "SOP204")


def _undeclared(sop: Sop, kind: str, registry: Mapping[str, Any], code: str) -> Iterator[Diagnostic]:
    """A mention declares; but one slip away from a declared name it is a misspelling, and that is an error."""
    declared = [name for name, element in registry.items() if element.declared]
    if not declared:
        return
    for mention in uses(sop, kind):
        if mention.name not in declared:
            found = unknown(sop, mention, code, declared)
            severe: Severity = "error" if found.suggestion else "warning"
            yield Diagnostic(code, found.span, found.params, severe, found.suggestion)


def unknown_stage(sop: Sop) -> Iterator[Diagnostic]:
    """SOP205: a stage that does not exist."""
    return (unknown(sop, m, "SOP205", sop.stages) for m in uses(sop, "stage") if m.name not in sop.stages)


def unknown_target(sop: Sop) -> Iterator[Diagnostic]:
    """SOP206: neither a stage nor an outcome."""
    known = tuple(dict.fromkeys((*sop.stages, *sop.outcomes, *sorted(_written(sop, "outcomes")))))
    shown = Listing((*known[:MOST_SHOWN], *(("…",) if len(known) > MOST_SHOWN else ())), "or")
    return (unknown(sop, m, "SOP206", known, targets=shown) for m in uses(sop, "target") if m.name not in known)


def unknown_template(sop: Sop) -> Iterator[Diagnostic]:
    """SOP207: a template that does not exist."""
    written = _written(sop, "templates")
    return (unknown(sop, m, "SOP207", written) for m in uses(sop, "template") if m.name not in written)


def unknown_approval(sop: Sop) -> Iterator[Diagnostic]:
    """SOP208: an approval that does not exist."""
    written = _written(sop, "approvals")
    return (unknown(sop, m, "SOP208", written) for m in uses(sop, "approval") if m.name not in written)


def unknown_status(sop: Sop) -> Iterator[Diagnostic]:
    """SOP209: a clock pauses in a status that its stage does not have; one of the whole case, in a status of no stage."""
    for mention in uses(sop, "status"):
        own = sop.stages.get(str(mention.path[1])) if mention.path[0] == "stages" else None
        stages = sop.stages.values() if mention.path[0] == "sla" else [] if own is None else [own]
        known = [status.name for stage in stages for status in stage.statuses]
        if mention.name not in known:
            yield unknown(sop, mention, "SOP209", known)


def unknown_calendar(sop: Sop) -> Iterator[Diagnostic]:
    """SOP210: a calendar that does not exist."""
    written = _written(sop, "calendars")
    return (unknown(sop, m, "SOP210", written) for m in uses(sop, "calendar") if m.name not in written)


def unknown_table(sop: Sop) -> Iterator[Diagnostic]:
    """SOP211: an assignment by a table that does not exist."""
    written = (*sop.tables, *_written(sop, "tables"))
    return (unknown(sop, m, "SOP211", written) for m in uses(sop, "table") if m.name not in written)


def unknown_verdict(sop: Sop) -> Iterator[Diagnostic]:
    """SOP212: targets `by` something that is neither a score nor a table."""
    known = (*sop.scores, *sop.tables, *_written(sop, "scores"), *_written(sop, "tables"))
    return (unknown(sop, m, "SOP212", known) for m in uses(sop, "verdict") if m.name not in known)


def unknown_verdict_value(sop: Sop) -> Iterator[Diagnostic]:
    """SOP213: a target for a grade or result that never comes out."""
    for mention in uses(sop, "verdict_value"):
        known = verdicts(sop, str(mention.path[-2]))
        if known and mention.name not in known:
            yield unknown(sop, mention, "SOP213", known, of=mention.path[-2], values=Listing(known, "or"))


def verdicts(sop: Sop, name: str) -> tuple[str, ...]:
    """The grades of a score or the results of a table; empty when there is no such thing."""
    if name in sop.scores:
        return tuple(grade.name for grade in sop.scores[name].grades)
    if name in sop.tables:
        return tuple(dict.fromkeys(row.then for row in sop.tables[name].rows))
    return ()


def unknown_moment(sop: Sop) -> Iterator[Diagnostic]:
    """SOP214: a clock starts, stops or is cancelled on something that never happens."""
    everywhere = frozenset(moments(sop))
    for mention in uses(sop, "moment"):
        if mention.name in everywhere:
            continue
        stages = [mention.path[1]] if mention.path[0] == "stages" else list(sop.stages)
        statuses = {status.name for name in stages if name in sop.stages for status in sop.stages[str(name)].statuses}
        if mention.name not in statuses:
            yield unknown(sop, mention, "SOP214", (*statuses, *moments(sop)))


def moments(sop: Sop) -> tuple[str, ...]:
    """What any clock may name; the statuses of its own stage come on top."""
    dates = (name for name, field in sop.fields.items() if field.type in ("date", "datetime"))
    return (
        *MOMENTS,
        *sop.events,
        *sop.stages,
        *sop.outcomes,
        *(f"document.{name}" for name in sop.documents),
        *(f"approval.{name}" for name in sop.approvals),
        *dates,
    )


def _written(sop: Sop, section: str) -> frozenset[str]:
    """Names in a section, those included that could not be built: they are reported where they stand."""
    data = sop.document.data
    found = data.get(section) if isinstance(data, dict) else None
    built: Mapping[str, Any] = getattr(sop, section)
    return frozenset(built) | frozenset(map(str, found) if isinstance(found, dict) else ())


def duplicate_tick(sop: Sop) -> Iterator[Diagnostic]:
    """SOP215: two items of one checklist with the same code."""
    lists = [stage.checklist for stage in sop.stages.values()]
    lists += [routine.checklist for routine in sop.routines.values()]
    for ticks in lists:
        first: dict[str, CheckItem] = {}
        for tick in ticks:
            known = first.setdefault(tick.code, tick)
            if known is not tick:
                related = Related(sop.span(known.path), "hint.first_here")
                yield Diagnostic("SOP215", sop.span(tick.path), {"name": tick.code}, related=(related,))


def unused_template(sop: Sop) -> Iterator[Diagnostic]:
    """SOP216: a template that nothing sends."""
    return _unused(sop, "SOP216", sop.templates, "template")


def unused_document(sop: Sop) -> Iterator[Diagnostic]:
    """SOP217: a document that nothing asks for; systems and reports are named for traceability only."""
    asked = {name: document for name, document in sop.documents.items() if document.kind is None and document.declared}
    moments_named = {name.removeprefix("document.") for name in used(sop, "moment")}
    return (found for found in _unused(sop, "SOP217", asked, "document") if found.params["name"] not in moments_named)


def unused_approval(sop: Sop) -> Iterator[Diagnostic]:
    """SOP218: an approval that no stage asks for."""
    return _unused(sop, "SOP218", sop.approvals, "approval")


def unused_event(sop: Sop) -> Iterator[Diagnostic]:
    """SOP219: an event that no clock waits for and no follow-up stops on."""
    stops = {name for stage in sop.stages.values() if stage.follow_up is not None for name in stage.follow_up.stop_on}
    named = used_or_meant(sop, "moment", sop.events) | stops
    for index, event in enumerate(sop.events):
        if event not in named:
            yield Diagnostic("SOP219", sop.value_span(("events", index)), {"name": event}, "warning")


def _unused(sop: Sop, code: str, elements: Mapping[str, Any], kind: str) -> Iterator[Diagnostic]:
    named = used_or_meant(sop, kind, elements)
    for name, element in elements.items():
        if name not in named and sop.document.home(element.path) is sop.document.main:
            yield Diagnostic(code, sop.span(element.path), {"name": name}, "warning")


def stage_and_outcome(sop: Sop) -> Iterator[Diagnostic]:
    """SOP220: a stage and an outcome with one name."""
    return _clash(sop, "SOP220", sop.stages, sop.outcomes)


def fact_twice(sop: Sop) -> Iterator[Diagnostic]:
    """SOP221: a field, a score and a table share the names that conditions use."""
    yield from _clash(sop, "SOP221", {n: f for n, f in sop.fields.items() if f.declared}, sop.scores)
    yield from _clash(sop, "SOP221", {**sop.fields, **sop.scores}, sop.tables)


def _clash(sop: Sop, code: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for name in second:
        if name in first:
            related = Related(sop.span(first[name].path), "hint.first_here")
            yield Diagnostic(code, sop.span(second[name].path), {"name": name}, related=(related,))


def event_hides(sop: Sop) -> Iterator[Diagnostic]:
    """SOP222: an event of the host with a name that already means something to clocks."""
    taken = {*MOMENTS, *sop.stages, *sop.outcomes}
    taken |= {status.name for stage in sop.stages.values() for status in stage.statuses}
    for index, event in enumerate(sop.events):
        if event in taken:
            yield Diagnostic("SOP222", sop.value_span(("events", index)), {"name": event})


def circle_of_superiors(sop: Sop) -> Iterator[Diagnostic]:
    """SOP223: roles that report to each other in a circle."""
    above = {name: role.reports_to for name, role in sop.roles.items() if role.reports_to is not None}
    for circle in circles(above):
        place = sop.value_span((*sop.roles[circle[-1]].path, "reports_to"))
        yield Diagnostic("SOP223", place, {"circle": shown_circle(circle)})


def circle_of_stand_ins(sop: Sop) -> Iterator[Diagnostic]:
    """SOP232: roles that stand in for each other in a circle; a role that stands in for itself says nothing."""
    deputy = {name: role.stand_in for name, role in sop.roles.items() if role.stand_in is not None}
    for circle in circles(deputy):
        place = sop.value_span((*sop.roles[circle[-1]].path, "stand_in"))
        severity: Severity = "error" if len(circle) == 1 else "warning"
        yield Diagnostic("SOP232", place, {"circle": shown_circle(circle)}, severity)


def reason_twice(sop: Sop) -> Iterator[Diagnostic]:
    """SOP224: one reason listed twice."""
    for outcome in sop.outcomes.values():
        seen: set[str] = set()
        for reason in outcome.reasons:
            if reason.code in seen:
                yield Diagnostic("SOP224", sop.span(reason.path), {"name": reason.code}, "warning")
            seen.add(reason.code)


def status_twice(sop: Sop) -> Iterator[Diagnostic]:
    """SOP226: two stages share the name of a status, and a clock that waits for it cannot tell them apart."""
    homes: dict[str, list[Any]] = {}
    for stage in sop.stages.values():
        for status in stage.statuses:
            homes.setdefault(status.name, []).append(status)
    for mention in uses(sop, "moment"):
        if mention.path[0] != "stages" and len(homes.get(mention.name, ())) > 1:
            related = tuple(Related(sop.span(status.path), "rules.status_here") for status in homes[mention.name])
            yield Diagnostic("SOP226", sop.value_span(mention.path), {"name": mention.name}, related=related)


def unknown_in_measure(sop: Sop) -> Iterator[Diagnostic]:
    """SOP225: a measure counts something that does not exist."""
    happenings = _happenings(sop)
    known_by_key: dict[str, frozenset[str]] = {
        "sum": frozenset(sop.fields),
        "repeat": frozenset(sop.fields),
        "mean": frozenset(sop.fields) | happenings,
        "median": frozenset(sop.fields) | happenings,
        "pay": frozenset(sop.measures),
        "only_if": frozenset(sop.measures),
        "weights": frozenset(sop.stages),
        **dict.fromkeys(("share", "count", "of"), happenings),
    }
    for measure in sop.measures.values():
        for key, known in known_by_key.items():
            for name, path, in_key in _named_in(measure.spec.get(key), (*measure.path, key)):
                if name not in known:
                    place = sop.span(path) if in_key else sop.value_span(path)
                    yield Diagnostic("SOP225", place, {"name": name}, suggestion=nearest(name, known))


def _happenings(sop: Sop) -> frozenset[str]:
    """What a measure can count: what happens to a case, where it is, how it ended, and its clocks."""
    clocks = {clock.name for clock in sop.clocks}
    for stage in sop.stages.values():
        clocks |= {name for clock in stage.clocks for name in (clock.name, f"{stage.name}.{clock.name}")}
    return frozenset((*MOMENTS, "open", "met", "missed", *sop.stages, *sop.outcomes, *sop.events, *clocks))


def _named_in(value: Any, path: Path) -> Iterator[tuple[str, Path, bool]]:
    """The names in a part of a measure: a word, the ends of `{from, to}`, or the keys of a map."""
    if isinstance(value, str):
        yield value, path, False
    elif isinstance(value, dict) and value.keys() <= {"from", "to"}:
        yield from ((str(name), (*path, end), False) for end, name in value.items())
    elif isinstance(value, dict):
        yield from ((name, (*path, name), True) for name in value)


RULES: tuple[Rule, ...] = (
    undeclared_role,
    undeclared_field,
    undeclared_document,
    unknown_stage,
    unknown_target,
    unknown_template,
    unknown_approval,
    unknown_status,
    unknown_calendar,
    unknown_table,
    unknown_verdict,
    unknown_verdict_value,
    unknown_moment,
    duplicate_tick,
    unused_template,
    unused_document,
    unused_approval,
    unused_event,
    stage_and_outcome,
    fact_twice,
    event_hides,
    circle_of_superiors,
    circle_of_stand_ins,
    reason_twice,
    status_twice,
    unknown_in_measure,
)
