"""Messages: templates compiled when first used, and the plain data that they may look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine import wording
from sopengine.diagnostics import Finding
from sopengine.kernel import clocks
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables
from sopengine.language.model import Template, Text
from sopengine.people import Directory
from sopengine.templates import Compiled, RenderedMessage, RenderError, compile_template, render_message
from sopengine.templates.names import scope_for
from sopengine.wording import Said


class Messages:
    """Renders the templates of one SOP for its cases."""

    def __init__(self, tables: Tables, people: Directory) -> None:
        self._tables = tables
        self._people = people
        self._scope = scope_for(tables.sop)
        self._compiled: dict[tuple[str, str], tuple[Compiled | None, Compiled]] = {}

    def render(
        self, name: str, state: CaseState, actor: str, now: int, *, to: str | None = None, lang: str | None = None
    ) -> RenderedMessage | Finding:
        """The message of template `name` for a case, or the finding that says which fact it lacks."""
        template = self._tables.sop.templates[name]
        lang = lang or self._tables.sop.language
        subject, body = self._parts(template, lang)
        context = self.context(state, actor, now, lang)
        try:
            return render_message(
                name, purpose=template.purpose, subject=subject, body=body, context=context, to=to
            )
        except RenderError as error:
            params = {"template": name, "why": Said(error.code, error.params)}
            return Finding("CASE601", params, True, self._tables.sop.span(template.path))

    def _parts(self, template: Template, lang: str) -> tuple[Compiled | None, Compiled]:
        found = self._compiled.get((template.name, lang))
        if found is None:
            subject = self._compile(template, template.subject, "subject", lang) if template.subject else None
            body = self._compile(template, template.body, "body", lang)
            found = self._compiled[template.name, lang] = (subject, body)
        return found

    def _compile(self, template: Template, text: Text, part: Any, lang: str) -> Compiled:
        source = wording.in_language(text, lang)
        compiled, problems = compile_template(source, channel=template.channel, part=part, lang=lang, names=self._scope)
        if compiled is None:
            raise ValueError(f"template {template.name} does not compile: {problems}")
        return compiled

    def context(self, state: CaseState, actor: str, now: int, lang: str) -> dict[str, Any]:
        """The names that a template sees, as plain data."""
        sop, zone = self._tables.sop, self._tables.zone
        place = self._tables.places[state.place]
        description = place.stage.description if place.stage else {}
        return {
            sop.subject: {"id": state.case, **self._facts(state)},
            "actor": self._person(actor, now),
            "holder": self._person(state.holder, now),
            "stage": {
                "id": place.name,
                "title": wording.in_language(place.title, lang),
                "description": wording.in_language(description, lang),
            },
            "sop": {"id": sop.id, "title": wording.in_language(sop.title, lang), "version": sop.version},
            "now": wording.Instant(now, zone),
            "sla": self._clocks(state, zone),
        }

    def _facts(self, state: CaseState) -> dict[str, Any]:
        kinds = self._tables.types
        zone = self._tables.zone
        return {
            name: wording.Instant(value, zone) if kinds[name].kind == "datetime" else value
            for name, value in self._tables.derive(state.facts).items()
            if value is not None
        }

    def _person(self, person: str | None, at: int) -> Mapping[str, Any]:
        if person is None:
            return {}
        roles = sorted(self._people.roles(person, at))
        known = self._tables.sop.roles
        lang = self._tables.sop.language
        role = wording.in_language(known[roles[0]].title, lang) if roles and roles[0] in known else "".join(roles[:1])
        return {"id": person, "name": self._people.name(person) or person.removeprefix("role:"), "role": role}

    def _clocks(self, state: CaseState, zone: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for clock in (*state.past, *state.clocks.values()):
            due = wording.Instant(clocks.due(self._tables, clock), zone)
            target = wording.Lasting(clock.limit - clock.start)
            view = {"due": due, "target": target, "state": clock.verdict}
            table = self._tables.clock_tables[clock.name]
            found[table.clock.name] = view
        return found
