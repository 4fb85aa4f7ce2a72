"""Rules about templates: every text, in every language, is checked before a customer sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from sopengine.diagnostics import Diagnostic, Span
from sopengine.language.model import Path, Sop, Template
from sopengine.lint.rule import Rule, uses
from sopengine.templates import Compiled, Problem, compile_template
from sopengine.templates.names import scope_for
from sopengine.wording import LANGUAGES, Listing


class Part(NamedTuple):
    """One text of a template: a subject or body in one language, and where it is written."""

    template: Template
    name: Literal["subject", "body"]
    lang: str
    text: str
    path: Path


def parts(sop: Sop) -> Iterator[Part]:
    """Every text of every template."""
    for template in sop.templates.values():
        yield from _texts(sop, template, "subject", template.subject, "subject")
        key = "body" if template.file is None else "file"
        yield from _texts(sop, template, "body", template.body, key)


def _texts(sop: Sop, template: Template, name: Literal["subject", "body"], texts: Mapping[str, str], key: str) -> Iterator[Part]:
    whole = (*template.path, key)
    for lang, text in texts.items():
        single = sop.document.raw(whole) is not None
        yield Part(template, name, lang, text, whole if single else (*whole, lang))


def compiled(sop: Sop) -> Iterator[tuple[Part, Compiled | None, list[Problem]]]:
    """Every text with what became of it."""
    known = scope_for(sop)
    for part in parts(sop):
        filters = part.lang if part.lang in LANGUAGES else "en"
        channel = part.template.channel
        yield part, *compile_template(part.text, channel=channel, part=part.name, lang=filters, names=known)


def faulty(sop: Sop) -> Iterator[Diagnostic]:
    """SOP601 to SOP632: a text that cannot be rendered."""
    for part, _, problems in compiled(sop):
        for problem in problems:
            place = sop.document.inside(part.path, problem.line, problem.column)
            if problem.code == "SOP631":
                place = sop.span(part.path)
            yield Diagnostic(problem.code, place, problem.params, suggestion=problem.suggestion)


def unknown_clock(sop: Sop) -> Iterator[Diagnostic]:
    """SOP650: a text speaks of a clock that does not run where it is sent."""
    senders: dict[str, list[str]] = {}
    for mention in uses(sop, "template"):
        if mention.path[0] == "stages":
            senders.setdefault(mention.name, []).append(str(mention.path[1]))
    for part, text, _ in compiled(sop):
        named = {name.split(".")[1] for name in text.names if name.startswith("sla.")} if text else set()
        for stage in dict.fromkeys(senders.get(part.template.name, ())) if named else ():
            running = {clock.name for clock in (*sop.clocks, *sop.stages[stage].clocks)}
            for clock in sorted(named - running):
                params = {"clock": clock, "stage": stage, "template": part.template.name}
                yield Diagnostic("SOP650", _found(sop, part, f"sla.{clock}"), params, "warning")


def _found(sop: Sop, part: Part, text: str) -> Span:
    before = part.text[: max(part.text.find(text), 0)]
    return sop.document.inside(part.path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def no_body(sop: Sop) -> Iterator[Diagnostic]:
    """SOP651: a template that says nothing, or says it twice."""
    for template in sop.templates.values():
        home = sop.document.home(template.path)
        body, file = (home.mentions((*template.path, key)) for key in ("body", "file"))
        if not body and not file:
            yield Diagnostic("SOP651", sop.span(template.path), {"template": template.name})
        if body and file:
            yield Diagnostic("SOP652", sop.span((*template.path, "file")), {"template": template.name})


def no_subject(sop: Sop) -> Iterator[Diagnostic]:
    """SOP653: an e-mail without a subject."""
    for template in sop.templates.values():
        home = sop.document.home(template.path)
        if template.channel == "email" and not template.subject and not home.mentions((*template.path, "subject")):
            yield Diagnostic("SOP653", sop.span(template.path), {"template": template.name})


def missing_language(sop: Sop) -> Iterator[Diagnostic]:
    """SOP654: a subject in a language in which there is no body, or the other way round."""
    for template in sop.templates.values():
        if not template.subject or not template.body:
            continue
        missing = sorted(set(template.subject) ^ set(template.body))
        # a plain subject serves every language, so only two maps can disagree
        both = len(template.subject) > 1 and len(template.body) > 1
        if missing and both:
            params = {"template": template.name, "languages": Listing(tuple(missing))}
            yield Diagnostic("SOP654", sop.span(template.path), params, "warning")


RULES: tuple[Rule, ...] = (faulty, unknown_clock, no_body, no_subject, missing_language)
