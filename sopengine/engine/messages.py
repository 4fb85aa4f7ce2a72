"""Messages: templates compiled when first used, and the plain data that they may look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from sopengine import wording
from sopengine.diagnostics import Finding
from sopengine.engine.verdicts import verdict_at
from sopengine.kernel import clockwork
from sopengine.kernel.contactrules import not_wanted
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import Tables
from sopengine.language.model import Send, Template, Text
from sopengine.people import ROLE_ACTOR, Directory
from sopengine.templates import Compiled, RenderedMessage, RenderError, compile_template, render_message
from sopengine.templates.names import scope_for
from sopengine.wording import LANGUAGES, Said

Made = RenderedMessage | Finding


class Messages:
    """Renders the templates of one SOP for its cases."""

    def __init__(self, tables: Tables, people: Directory) -> None:
        self._tables = tables
        self._people = people
        self._scope = scope_for(tables.sop)
        self._compiled: dict[tuple[str, str, str], Compiled] = {}

    def render(
        self,
        name: str,
        state: CaseState,
        actor: str,
        now: int,
        *,
        to: str | None = None,
        lang: str | None = None,
        stood: Iterable[str] = (),
    ) -> Made:
        """The message of template `name` for a case, or the finding that says which fact it lacks.

        A text that is not there in the wished language is taken in the SOP's own, else in whatever there is; values are
        written in the language of the text that they stand in. `stood` are the roles that the actor stands in for.
        """
        template = self._tables.sop.templates[name]
        used = self._language(template.body, lang)
        subject = self._compile(template, template.subject, "subject", lang) if template.subject else None
        body = self._compile(template, template.body, "body", lang)
        context = self._context(state, actor, now, used, stood)
        try:
            made = render_message(name, purpose=template.purpose, subject=subject, body=body, context=context, to=to)
        except RenderError as error:
            params = {"template": name, "why": Said(error.code, error.params)}
            return Finding("CASE601", params, True, self._tables.sop.span(template.path))
        return replace(made, lang=used, case=state.case)

    def on_entry(
        self,
        sends: Iterable[Send],
        state: CaseState,
        actor: str,
        now: int,
        unwanted: Mapping[str, int],
        stood: Iterable[str] = (),
    ) -> list[Made]:
        """What is sent on entry, one by one; a message that lacks a fact is a remark, because the case has arrived.

        So is one to a customer who does not want to hear from us on its channel: it is not made.
        """
        found: list[Made] = []
        for send in sends:
            channel = self._tables.sop.templates[send.template].channel
            if send.to == "customer" and channel in unwanted:
                place = self._tables.places[state.place]
                found.append(replace(not_wanted(self._tables, place, channel, unwanted[channel]), blocks=False))
                continue
            for to in self._recipients(send.to, state):
                made = self.render(send.template, state, actor, now, to=to, stood=stood)
                found.append(replace(made, blocks=False) if isinstance(made, Finding) else made)
        return found

    def _recipients(self, to: str, state: CaseState) -> list[str]:
        """What is for the holder is for the roles that own the stage while nobody holds the case."""
        place = self._tables.places[state.place]
        if to == "holder" and state.holder is None and place.owners:
            return sorted(place.owners)
        return [to]

    def _language(self, text: Text, wished: str | None) -> str:
        wishes = (wished, self._tables.sop.language, *LANGUAGES, *text)
        return next((lang for lang in wishes if lang is not None and lang in text), self._tables.sop.language)

    def _compile(self, template: Template, text: Text, part: Literal["subject", "body"], wished: str | None) -> Compiled:
        lang = self._language(text, wished)
        found = self._compiled.get((template.name, part, lang))
        if found is None:
            source, spoken = text.get(lang, ""), lang if lang in LANGUAGES else "en"
            found, problems = compile_template(source, channel=template.channel, part=part, lang=spoken, names=self._scope)
            if found is None:
                raise ValueError(f"template {template.name} does not compile: {problems}")
            self._compiled[template.name, part, lang] = found
        return found

    def _context(self, state: CaseState, actor: str, now: int, lang: str, stood: Iterable[str]) -> dict[str, Any]:
        """The names that a template sees, as plain data."""
        sop, zone = self._tables.sop, self._tables.zone
        place = self._tables.places[state.place]
        description = place.stage.description if place.stage else {}
        return {
            sop.subject: {"id": state.case, **self._facts(state)},
            "actor": self._person(actor, now, lang, stood),
            "holder": self._person(state.holder, now, lang),
            "stage": {
                "id": place.name,
                "title": wording.in_language(place.title, lang),
                "description": wording.in_language(description, lang),
            },
            "sop": {"id": sop.id, "title": wording.in_language(sop.title, lang), "version": sop.version},
            "now": wording.Instant(now, zone),
            "sla": self._clocks(state, now, zone),
        }

    def _facts(self, state: CaseState) -> dict[str, Any]:
        kinds = self._tables.types
        zone = self._tables.zone
        return {
            name: wording.Instant(value, zone) if kinds[name].kind == "datetime" else value
            for name, value in self._tables.derive(state.facts).items()
            if value is not None
        }

    def _person(self, person: str | None, at: int, lang: str, stood: Iterable[str] = ()) -> Mapping[str, Any]:
        if person is None:
            return {}
        known = self._tables.sop.roles
        roles = [role for role in sorted(self._people.roles(person, at)) if role in known]
        role = wording.in_language(known[roles[0]].title, lang) if roles else ""
        for other in stood:
            role = wording.say("templates.on_behalf", lang, role=role, other=known[other].title)
        return {"id": person, "name": self._people.name(person) or person.removeprefix(ROLE_ACTOR), "role": role}

    def _clocks(self, state: CaseState, now: int, zone: str) -> dict[str, Any]:
        """The clocks by their short names: the stage's own, and of other stages those whose names it does not have.

        A clock of the stage that has not started yet is unknown: the limit of another stage would be a wrong promise.
        """
        tables = self._tables
        own = {table.clock.name for table in tables.places[state.place].clocks}
        found: dict[str, Any] = {}
        for clock in (*state.past, *state.clocks.values()):
            table = tables.clock_tables[clock.name]
            if table.stage not in (None, state.place) and table.clock.name in own:
                continue
            due = clockwork.due(tables, clock)
            length = wording.Lasting(clock.amount, open=bool(clock.calendar))
            view: dict[str, Any] = {"target": length, "state": verdict_at(tables, clock, now)}
            if due < NEVER:
                view["due"] = wording.Instant(due, zone)
            found[table.clock.name] = view
        return found
