"""Rules about the flow: every stage can be reached and left, nothing turns for ever, every way out can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sopengine.diagnostics import Diagnostic, Related
from sopengine.language.model import Exit, Outcome, Path, Sop, Stage
from sopengine.lint.rule import Rule, circles, nearest, shown_circle, used
from sopengine.wording import Listing

MOST_STAGES = 300
"""More stages than this are no procedure that a person follows; the proofs below are quadratic in them."""

MOST_UNKNOWN = 20
"""With more unknown targets than this, nothing is said about where ways lead."""

Edges = Mapping[str, frozenset[str]]

ENDINGS = ("success", "failure", "cancelled")


def too_many_stages(sop: Sop) -> Iterator[Diagnostic]:
    """SOP319: more stages than anybody can follow, or the linter prove."""
    if len(sop.stages) > MOST_STAGES:
        beyond = list(sop.stages.values())[MOST_STAGES]
        yield Diagnostic("SOP319", sop.span(beyond.path), {"limit": MOST_STAGES})


def provable(sop: Sop) -> bool:
    """Whether ways can be followed: the stages are not too many, and nearly all targets exist."""
    known = sop.stages.keys() | sop.outcomes.keys()
    return len(sop.stages) <= MOST_STAGES and len(used(sop, "target", "stage") - known) <= MOST_UNKNOWN


def forward(sop: Sop) -> dict[str, frozenset[str]]:
    """Where a person (or the SOP) can take a case from each stage and parked outcome, without going back.

    A misspelt target leads to what was meant, so that one slip is not reported twice; one that means nothing leads
    anywhere.
    """
    edges = {name: _meant(sop, _ways_out(sop, stage)) for name, stage in sop.stages.items()}
    for name, outcome in sop.outcomes.items():
        edges[name] = _meant(sop, _ways_on(outcome))
    return edges


def _meant(sop: Sop, targets: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for target in targets:
        if target in sop.stages or target in sop.outcomes:
            found.add(target)
        elif (guess := nearest(target, (*sop.stages, *sop.outcomes))) is not None:
            found.add(guess)
        else:
            found.update(sop.stages, sop.outcomes)
    return frozenset(found)


def _ways_out(sop: Sop, stage: Stage) -> Iterator[str]:
    for way in stage.exits:
        yield way.to
        if way.implied and not stage.after_care and way.to in sop.outcomes:
            # which success it is, the SOP has to say (SOP305); until then it may be any of them
            yield from (name for name, outcome in sop.outcomes.items() if outcome.kind == "success")
    if stage.follow_up is not None and stage.follow_up.then is not None:
        yield stage.follow_up.then
    if stage.after_care:
        return
    for outcome in sop.outcomes.values():
        if outcome.from_any or stage.name in outcome.from_stages:
            yield outcome.name


def _ways_on(outcome: Outcome) -> Iterator[str]:
    if outcome.after_care is not None:
        yield outcome.after_care
    if outcome.reopen is not None:
        yield outcome.reopen.to
    if outcome.recycle is not None:
        yield outcome.recycle.to
        if outcome.recycle.then is not None:
            yield outcome.recycle.then


def reached(edges: Edges, starts: Iterable[str]) -> frozenset[str]:
    """Everything that the edges lead to from `starts`, those included."""
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return frozenset(seen)


def unreachable_stage(sop: Sop) -> Iterator[Diagnostic]:
    """SOP301: no way leads from the start to a stage."""
    if not provable(sop):
        return
    edges = forward(sop)
    found = reached({name: edges[name] | _backward(sop, name) for name in edges}, [sop.start])
    for name, stage in sop.stages.items():
        if name not in found:
            yield Diagnostic("SOP301", sop.span(stage.path), {"stage": name, "start": sop.start})


def _backward(sop: Sop, name: str) -> frozenset[str]:
    stage = sop.stages.get(name)
    return _meant(sop, (back.to for back in stage.back)) if stage is not None else frozenset()


def endless_stage(sop: Sop) -> Iterator[Diagnostic]:
    """SOP302: the exits of a stage never come to an end, so that its cases can only be given up."""
    if not provable(sop):
        return
    edges = {name: _meant(sop, (way.to for way in stage.exits)) for name, stage in sop.stages.items()}
    edges |= {name: _meant(sop, _ways_on(outcome)) for name, outcome in sop.outcomes.items() if outcome.recycle}
    ends = frozenset(name for name, outcome in sop.outcomes.items() if outcome.kind in ENDINGS)
    for name, stage in sop.stages.items():
        if not reached(edges, [name]) & ends:
            yield Diagnostic("SOP302", sop.span(stage.path), {"stage": name})


def automatic_circle(sop: Sop) -> Iterator[Diagnostic]:
    """SOP304: what happens by itself leads back to itself, without a limit, and no person is ever asked."""
    steps: dict[str, tuple[str, Path]] = {}
    for name, stage in sop.stages.items():
        if stage.follow_up is not None and stage.follow_up.then is not None:
            steps[name] = (stage.follow_up.then, (*stage.follow_up.path, "then"))
    for name, outcome in sop.outcomes.items():
        if outcome.recycle is not None and outcome.recycle.max is None:
            steps[name] = (outcome.recycle.to, (*outcome.recycle.path, "to"))
        elif outcome.recycle is not None and outcome.recycle.then is not None:
            steps[name] = (outcome.recycle.then, (*outcome.recycle.path, "then"))
    for circle in circles({name: target for name, (target, _) in steps.items()}):
        place = next((name for name in circle if name in sop.outcomes), circle[0])
        yield Diagnostic("SOP304", sop.value_span(steps[place][1]), {"circle": shown_circle(circle)})


def endless_recycle(sop: Sop) -> Iterator[Diagnostic]:
    """SOP321: a parked case comes back again and again, however often it was parked."""
    by_itself = {stage.follow_up.then for stage in sop.stages.values() if stage.follow_up is not None}
    for outcome in sop.outcomes.values():
        recycle = outcome.recycle if outcome.kind == "parked" else None
        if recycle is not None and recycle.max is None and outcome.name not in by_itself:
            yield Diagnostic("SOP321", sop.span(recycle.path), {"outcome": outcome.name}, "warning")


def several_successes(sop: Sop) -> Iterator[Diagnostic]:
    """SOP305: the last stage does not say which of several success outcomes it leads to."""
    successes = tuple(name for name, outcome in sop.outcomes.items() if outcome.kind == "success")
    if len(successes) < 2:
        return
    for stage in sop.stages.values():
        if not stage.after_care and any(way.implied and way.to in successes for way in stage.exits):
            params = {"stage": stage.name, "outcomes": Listing(successes)}
            yield Diagnostic("SOP305", sop.span(stage.path), params)


def never_advanced(sop: Sop) -> Iterator[Diagnostic]:
    """SOP306: a conditional way stands below one without a condition, so "advance" never takes it."""
    for stage in sop.stages.values():
        open_way: Exit | None = None
        for way in stage.exits:
            if open_way is not None and way.when is not None:
                related = (Related(sop.span(open_way.path), "rules.takes_all"),)
                yield Diagnostic("SOP306", sop.span(way.path), {"to": way.to}, "warning", related=related)
            if way.when is None and not way.by:
                open_way = open_way or way


def target_twice(sop: Sop) -> Iterator[Diagnostic]:
    """SOP307: one target twice in `next` or in `back`."""
    for stage in sop.stages.values():
        yield from _twice(sop, ((way.to, way.path) for way in stage.exits))
        yield from _twice(sop, ((back.to, back.path) for back in stage.back))


def _twice(sop: Sop, targets: Iterable[tuple[str, Path]]) -> Iterator[Diagnostic]:
    first: dict[str, Path] = {}
    for target, path in targets:
        known = first.setdefault(target, path)
        if known != path:
            related = (Related(sop.span(known), "hint.first_here"),)
            yield Diagnostic("SOP307", sop.span(path), {"to": target}, related=related)


def unreached_outcome(sop: Sop) -> Iterator[Diagnostic]:
    """SOP308: no case can come to a declared outcome."""
    if not provable(sop):
        return
    named = reached(forward(sop), sop.stages)
    for name, outcome in sop.outcomes.items():
        if outcome.declared and name not in named:
            yield Diagnostic("SOP308", sop.span(outcome.path), {"outcome": name}, "warning")


def mixed_after_care(sop: Sop) -> Iterator[Diagnostic]:
    """SOP309: a way between the main chain and after-care that goes around the outcome."""
    for stage in sop.stages.values():
        ways = [(way.to, way.path) for way in stage.exits] + [(back.to, back.path) for back in stage.back]
        for to, path in ways:
            if to in sop.stages and sop.stages[to].after_care != stage.after_care:
                yield Diagnostic("SOP309", sop.span(path), {"stage": stage.name, "to": to})


def back_to_later(sop: Sop) -> Iterator[Diagnostic]:
    """SOP310: `back` to a stage that the case cannot have been in."""
    if not provable(sop):
        return
    edges = {name: _meant(sop, (way.to for way in stage.exits)) for name, stage in sop.stages.items()}
    for stage in sop.stages.values():
        for back in stage.back:
            target = sop.stages.get(back.to)
            if target is None or target.after_care != stage.after_care:
                continue
            if back.to == stage.name or stage.name not in reached(edges, [back.to]):
                params = {"stage": stage.name, "to": back.to}
                yield Diagnostic("SOP310", sop.span(back.path), params)


def follow_up_limits(sop: Sop) -> Iterator[Diagnostic]:
    """SOP311: at least more attempts than at most."""
    for stage in sop.stages.values():
        rule = stage.follow_up
        if rule is not None and rule.min > rule.max:
            place = sop.value_span((*rule.path, "min"))
            yield Diagnostic("SOP311", place, {"min": rule.min, "max": rule.max})


def wrong_kind(sop: Sop) -> Iterator[Diagnostic]:
    """SOP314: a key that means nothing for an outcome of this kind."""
    allowed = {"then": ("success",), "recycle": ("parked",), "reasons": ("failure", "cancelled", "parked")}
    allowed["reopen"] = ENDINGS
    for outcome in sop.outcomes.values():
        for key, kinds in allowed.items():
            path = (*outcome.path, key)
            if outcome.declared and sop.document.main.mentions(path) and outcome.kind not in kinds:
                params = {"key": key, "kind": outcome.kind, "kinds": Listing(kinds, "or")}
                yield Diagnostic("SOP314", sop.span(path), params)


def next_is_itself(sop: Sop) -> Iterator[Diagnostic]:
    """SOP315: a stage that leads to itself."""
    for stage in sop.stages.values():
        for way in stage.exits:
            if way.to == stage.name:
                yield Diagnostic("SOP315", sop.span(way.path), {"stage": stage.name})


def after_care_sends_back(sop: Sop) -> Iterator[Diagnostic]:
    """SOP316: an outcome's `then` names the start, which every case passes anyway."""
    for outcome in sop.outcomes.values():
        if outcome.after_care == sop.start:
            place = sop.value_span((*outcome.path, "then"))
            yield Diagnostic("SOP316", place, {"stage": sop.start})


def too_many_texts(sop: Sop) -> Iterator[Diagnostic]:
    """SOP317: more channels or templates than attempts; the surplus is never used."""
    for stage in sop.stages.values():
        rule = stage.follow_up
        if rule is None:
            continue
        for key, listed in (("template", rule.templates), ("via", rule.via)):
            if len(listed) > rule.max:
                place = sop.value_span((*rule.path, key, rule.max))
                yield Diagnostic("SOP317", place, {"key": key, "max": rule.max}, "warning")


def channel_differs(sop: Sop) -> Iterator[Diagnostic]:
    """SOP318: an attempt over one channel with a template of another."""
    for stage in sop.stages.values():
        rule = stage.follow_up
        if rule is None or not rule.via or not rule.templates:
            continue
        for attempt in range(min(rule.max, max(len(rule.via), len(rule.templates)))):
            via = rule.via[min(attempt, len(rule.via) - 1)]
            name = rule.templates[min(attempt, len(rule.templates) - 1)]
            template = sop.templates.get(name)
            if template is not None and template.channel not in (via, "note"):
                place = sop.value_span((*rule.path, "template", min(attempt, len(rule.templates) - 1)))
                params = {"attempt": attempt + 1, "via": via, "template": name, "channel": template.channel}
                yield Diagnostic("SOP318", place, params)


def unknown_stop(sop: Sop) -> Iterator[Diagnostic]:
    """SOP320: a follow-up stops on something that never happens."""
    for stage in sop.stages.values():
        rule = stage.follow_up
        if rule is None:
            continue
        known = ("reply", *sop.events, *(s.name for s in stage.statuses), *(f"document.{name}" for name in sop.documents))
        for number, name in enumerate(rule.stop_on):
            if name not in known:
                place = (*rule.path, "stop_on")
                listed = not isinstance(sop.document.raw(place), str)
                span = sop.value_span((*place, number) if listed else place)
                yield Diagnostic("SOP320", span, {"name": name}, suggestion=nearest(name, known))


RULES: tuple[Rule, ...] = (
    too_many_stages,
    unreachable_stage,
    endless_stage,
    automatic_circle,
    endless_recycle,
    several_successes,
    never_advanced,
    target_twice,
    unreached_outcome,
    mixed_after_care,
    back_to_later,
    follow_up_limits,
    wrong_kind,
    next_is_itself,
    after_care_sends_back,
    too_many_texts,
    channel_differs,
    unknown_stop,
)
