"""Events in words, and the story of one case: who did what when, what was refused and why, and what time made true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sopengine import wording
from sopengine.cli.levels import levels_decided
from sopengine.diagnostics import Finding
from sopengine.engine.assigned import alert_words, how, passed_over
from sopengine.engine.views import clock_view
from sopengine.kernel import events
from sopengine.kernel.climbing import WORDS
from sopengine.kernel.events import Event
from sopengine.kernel.override import OVERRIDDEN
from sopengine.kernel.tables import Tables
from sopengine.language.facts import microseconds
from sopengine.people import ROLE_ACTOR, Directory
from sopengine.scenarios import Played, Step
from sopengine.templates import RenderedMessage
from sopengine.wording import Instant, formats, in_language, say


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a story. `kind` is fact, notice or refusal; `details` are findings and asides, one sentence each."""

    at: int
    who: str
    what: str
    kind: str
    details: tuple[str, ...] = ()
    messages: tuple[RenderedMessage, ...] = ()


class Teller:
    """Says events in one language, with the SOP's and the directory's names."""

    def __init__(self, tables: Tables, people: Directory, lang: str, levels: Mapping[str, int] | None = None) -> None:
        self.tables = tables
        self.people = people
        self.lang = lang
        self.levels = levels or {}
        """The levels (from 1) at which approvals were decided, by event."""

    def who(self, actor: str) -> str:
        """What people call whoever did something."""
        if actor in ("sop", "customer", "system"):
            return say(f"event.by_{actor}", self.lang)
        if actor.startswith(ROLE_ACTOR):
            return self.role(actor.removeprefix(ROLE_ACTOR))
        return self.people.name(actor) or actor

    def actor(self, event: Event) -> str:
        """Whoever did something, and for whom they stood in."""
        by = self.who(event.by)
        return by if event.acting_for is None else say("hint.acting_for", self.lang, by=by, other=self.who(event.acting_for))

    def role(self, name: str) -> str:
        """The title of a role, or of whom a notice is for."""
        if name in ("holder", "reports_to", "customer"):
            return say("event.by_customer" if name == "customer" else f"event.to_{name}", self.lang)
        role = self.tables.sop.roles.get(name)
        return in_language(role.title, self.lang) if role else name

    def recipient(self, name: str) -> str:
        """The title of a role, or what people call a person."""
        return self.role(name) if name in self.tables.sop.roles else self.who(name)

    def place(self, name: str) -> str:
        """The title of a stage or outcome."""
        place = self.tables.places.get(name)
        return in_language(place.title, self.lang) if place else name

    def via(self, channel: str) -> str:
        """What a channel is called."""
        return _said_or(f"event.via_{channel}", self.lang, channel)

    def clock(self, name: str) -> str:
        """What a clock is called, with its stage."""
        table = self.tables.clock_tables.get(name)
        if table is None:
            return name
        short = clock_name(table.clock.name, self.lang)
        if table.stage is None:
            return short
        return say("event.clock_in", self.lang, clock=short, stage=self.place(table.stage))

    def instant(self, at: int) -> str:
        """A moment in the SOP's zone."""
        return formats.instant(Instant(at, self.tables.zone), self.lang)

    def value(self, name: str, value: Any) -> str:
        """A value of a field as people write it."""
        field = self.tables.sop.fields.get(name)
        kind = field.type if field else ""
        if isinstance(value, bool):
            return say("templates.yes" if value else "templates.no", self.lang)
        if not isinstance(value, (int, Decimal)):
            return str(value)
        if kind == "money" and field is not None:
            return formats.money(value, field.currency or "", self.lang)
        return formats.percent(value, self.lang) if kind == "percent" else formats.number(value, self.lang)

    def words(self, event: Event) -> str:
        """What an event says, beginning with its verb."""
        special = _SPECIAL.get(event.kind)
        if special is not None:
            return special(self, event)
        return say(f"event.{event.kind}", self.lang, **self._params(event))

    def _params(self, event: Event) -> dict[str, Any]:
        data = event.data
        stage = self.tables.places[data["stage"]].title if data.get("stage") in self.tables.places else ""
        return {
            "stage": stage,
            "document": self.document(data.get("document")),
            "item": self.item(data.get("item")),
            "to": self.who(str(data.get("to", ""))),
            "person": self.who(str(data.get("person", ""))),
            "status": self.status(data.get("to")),
            "text": data.get("text", ""),
            "event": data.get("event", ""),
            "other": data.get("other", ""),
            "at": self.instant(data["contacted_at"]) if "contacted_at" in data else "",
            "version": data.get("version", ""),
            "attempts": data.get("attempts", 0),
            "outcome": self.place(str(data.get("outcome", ""))),
            "clock": self.clock(str(data.get("clock", ""))),
            "approval": self.approval(data.get("approval")),
            "what": self.approval(data.get("what")),
            "level": data.get("level", 0),
            "percent": formats.percent(Decimal(data.get("percent") or 0) / 100, self.lang),
        }

    def document(self, name: Any) -> str:
        """The title of a document."""
        known = self.tables.sop.documents
        return in_language(known[name].title, self.lang) if name in known else str(name)

    def approval(self, name: Any) -> str:
        """The title of an approval, or of the document that was decided on."""
        if name in self.tables.sop.documents and name not in self.tables.approvals:
            return self.document(name)
        known = self.tables.sop.approvals
        return in_language(known[name].title, self.lang) if name in known else str(name)

    def item(self, code: Any) -> str:
        """The text of a checklist item."""
        items = (item for stage in self.tables.sop.stages.values() for item in stage.checklist)
        return next((in_language(item.text, self.lang) for item in items if item.code == code), str(code))

    def status(self, name: Any) -> str:
        """The title of a status."""
        statuses = (status for stage in self.tables.sop.stages.values() for status in stage.statuses)
        return next((in_language(status.title, self.lang) for status in statuses if status.name == name), str(name))

    def asides(self, event: Event, *, lifted: bool = True) -> Iterator[str]:
        """What belongs beside an event: a reason, the customer's words, a note, whom it concerns, late logging.

        Without `lifted` the reason of an override is left out, because a finding says it.
        """
        data = event.data
        if data.get("reason"):
            yield say("event.reason", self.lang, reason=self._reason(event))
        if lifted and data.get("override"):
            yield say("event.override", self.lang, reason=data["override"])
        if event.kind == events.RECEIVED and data.get("text"):
            yield say("event.words", self.lang, text=data["text"])
        if data.get("note"):
            yield say("event.note", self.lang, note=data["note"])
        if event.kind == events.ATTACHED and data.get("name"):
            yield say("event.file", self.lang, name=data["name"])
        if "assignment" in event.derived:
            yield from self._chosen(event)
        if data.get("notify"):
            who = wording.joined((self.role(name) for name in data["notify"]), self.lang)
            yield say("event.notify", self.lang, who=who)
        if event.is_fact and event.recorded_at > event.occurred_at and not event.cause:
            yield say("event.logged", self.lang, at=self.instant(event.recorded_at))

    def _chosen(self, event: Event) -> Iterator[str]:
        """How somebody was chosen, and who was passed over."""
        yield how(self.tables, self.people, event, self.lang)
        others = tuple(passed_over(self.tables, self.people, event, self.lang))
        if others:
            yield say("assign.passed_over", self.lang, who=wording.joined(others, self.lang))

    def _reason(self, event: Event) -> str:
        reason = str(event.data["reason"])
        declared = self.tables.reasons.get(str(event.data.get("to")), {}).get(reason)
        if declared is not None and declared.declared:
            return in_language(declared.title, self.lang)
        return _said_or(f"event.reason_{reason}", self.lang, reason)


def _said_or(key: str, lang: str, otherwise: str) -> str:
    """A phrase of the catalogue, or the name itself when the catalogue has no phrase for it."""
    try:
        return say(key, lang)
    except KeyError:
        return otherwise


def clock_name(name: str, lang: str) -> str:
    """What one of the clocks that every SOP may have is called; another keeps its own name."""
    return _said_or(f"event.clock_{name}", lang, name)


def _opened(teller: Teller, event: Event) -> str:
    key = "event.taken_over" if "since" in event.data else "event.opened"
    return say(key, teller.lang, stage=teller.place(event.data["stage"]))


def _edited(teller: Teller, event: Event) -> str:
    fields = teller.tables.sop.fields
    filled, emptied = [], []
    for name, value in event.data["changes"].items():
        title = in_language(fields[name].title, teller.lang) if name in fields else name
        if value is None or value == "":
            emptied.append(title)
        else:
            filled.append(say("event.value", teller.lang, field=title, value=teller.value(name, value)))
    parts = [say("event.edited", teller.lang, values=wording.joined(filled, teller.lang))] if filled else []
    parts += [say("event.emptied", teller.lang, fields=wording.joined(emptied, teller.lang))] if emptied else []
    return wording.joined(parts, teller.lang)


def _moved(teller: Teller, event: Event) -> str:
    place = teller.tables.places.get(event.data["to"])
    outcome = place.outcome if place else None
    if outcome is None:
        key = "event.recycled" if event.by == events.BY_SOP else "event.moved"
    elif outcome.kind == "parked":
        key = "event.parked"
    else:
        key = "event.settled" if outcome.after_care else "event.ended"
    return say(key, teller.lang, to=teller.place(event.data["to"]))


def _merged(teller: Teller, event: Event) -> str:
    if "from" in event.data:
        return say("event.merged_from", teller.lang, from_=event.data["from"])
    return say("event.merged", teller.lang, into=event.data["into"])


def _contacted(teller: Teller, event: Event) -> str:
    key = "event.contacted_answered" if event.data.get("answered") else "event.contacted"
    return say(key, teller.lang, via=teller.via(event.data["via"]))


def _received(teller: Teller, event: Event) -> str:
    key = "event.received_automatic" if event.data.get("automatic") else "event.received"
    return say(key, teller.lang, via=teller.via(event.data["via"]))


def _corrected(teller: Teller, event: Event) -> str:
    was, now = teller.instant(event.data["was"]), event.data.get("now")
    if now is None:
        return say("event.corrected", teller.lang, was=was)
    return say("event.corrected_to", teller.lang, was=was, now=teller.instant(now))


def _exhausted(teller: Teller, event: Event) -> str:
    key = "event.exhausted_opt_out" if event.data.get("reason") else "event.exhausted"
    return say(key, teller.lang, attempts=event.data["attempts"], stage=teller.place(event.data["stage"]))


def _climbed(teller: Teller, event: Event) -> str:
    to = event.data["to"]
    names = [to] if isinstance(to, str) else to
    who = wording.joined((teller.recipient(name) for name in names), teller.lang, "or")
    why = say(WORDS[event.data["why"]], teller.lang)
    words = {"approval": teller.approval(event.data.get("approval")), "level": event.data.get("level", 0)}
    return say(f"event.{event.kind}", teller.lang, to=who, why=why, **words)


def _assigned(teller: Teller, event: Event) -> str:
    to = event.data["to"]
    if to is None:
        return say("event.assigned_nobody", teller.lang, to=teller.role(event.derived["assignment"]["queue"]))
    return say("event.assigned", teller.lang, to=teller.who(to))


def _decided(teller: Teller, event: Event) -> str:
    words = say(f"event.{event.kind}", teller.lang, what=teller.approval(event.data["what"]))
    level = teller.levels.get(event.id)
    if level is None:
        return words
    by = teller.tables.approvals[event.data["what"]].levels[level - 1].level.by
    roles = [teller.role(role) for role in by if role in event.roles]
    who = say("event.as_role", teller.lang, roles=wording.joined(roles, teller.lang)) if roles else ""
    return words + say("event.at_level", teller.lang, level=level, who=who)


def _alerted(teller: Teller, event: Event) -> str:
    if "approval" in event.data:
        return _climbed(teller, event)
    return say("event.alerted_case", teller.lang, **alert_words(teller.tables, event.data))


_SPECIAL = {
    events.APPROVED: _decided,
    events.REJECTED: _decided,
    events.CLIMBED: _climbed,
    events.ASSIGNED: _assigned,
    events.ALERTED: _alerted,
    events.OPENED: _opened,
    events.EDITED: _edited,
    events.MOVED: _moved,
    events.CONTACTED: _contacted,
    events.RECEIVED: _received,
    events.MERGED: _merged,
    events.CORRECTED: _corrected,
    events.EXHAUSTED: _exhausted,
}


def story(played: Played, case: str, lang: str) -> tuple[Entry, ...]:
    """The entries of one case in the order of their happening, refusals among them."""
    teller = Teller(played.tables, played.people, lang, levels_decided(played.tables, case, played.engine.history(case)))
    found: list[Entry] = []
    for step in played.steps:
        found += _of_time(teller, step.notices, step.told, step.remarks, case)
        if step.command.case == case:
            found += _of_step(teller, step)
        elif step.decision is not None:
            found += (_entry(teller, event) for event in step.decision.events if event.case == case)
    found += _of_time(teller, played.notices, played.told, played.remarks, case)
    return tuple(sorted(found, key=lambda entry: entry.at))


def _of_time(
    teller: Teller, notices: Iterable[Event], told: Iterable[RenderedMessage], remarks: Iterable[Finding], case: str
) -> Iterator[Entry]:
    """What time made true of a case, each with the messages that went with it and what there was to say about it."""
    for event in notices:
        if event.case == case:
            findings = tuple(_finding(finding, teller.lang) for finding in remarks if finding.event == event.id)
            yield _entry(teller, event, findings, tuple(message for message in told if message.event == event.id))


def _of_step(teller: Teller, step: Step) -> Iterator[Entry]:
    decision, lang = step.decision, teller.lang
    findings = tuple(_finding(finding, lang) for finding in step.findings)
    if decision is None or not decision.allowed:
        yield from (_entry(teller, event) for event in (decision.events if decision else ()))
        yield Entry(microseconds(step.command.at), teller.who(step.command.by), wish(teller, step), "refusal", findings)
        return
    asked = next((event for event in decision.events if event.is_fact), None)
    for event in decision.events:
        if event.case != step.command.case:
            continue
        if event is asked:
            told = any(finding.code == OVERRIDDEN for finding in step.findings)
            yield _entry(teller, event, findings, decision.messages, told=told)
        else:
            yield _entry(teller, event)


def _finding(finding: Finding, lang: str) -> str:
    place = "" if finding.span is None else f" [{finding.code}, {finding.span.file}:{finding.span.line}]"
    return f"{finding.text(lang)}{place}"


def wish(teller: Teller, step: Step) -> str:
    """What a refused command wanted."""
    wanted = say(f"event.do_{step.command.verb}", teller.lang)
    arguments = step.command.arguments
    what = {
        "move": lambda: teller.place(arguments["to"]),
        "contact": lambda: teller.via(arguments["via"]),
        "attach": lambda: teller.document(arguments["document"]),
        "tick_off": lambda: teller.item(arguments["item"]),
        "set_status": lambda: teller.status(arguments["status"]),
        "assign": lambda: teller.who(arguments["to"]),
        "link": lambda: str(arguments["other"]),
        "merge": lambda: str(arguments["into"]),
        "request": lambda: teller.approval(arguments["approval"]),
        "approve": lambda: teller.approval(arguments["what"]),
        "reject": lambda: teller.approval(arguments["what"]),
    }.get(step.command.verb)
    return wanted if what is None else say("event.want_to", teller.lang, wish=wanted, what=what())


def _entry(
    teller: Teller,
    event: Event,
    findings: tuple[str, ...] = (),
    messages: tuple[RenderedMessage, ...] = (),
    *,
    told: bool = False,
) -> Entry:
    kind = "notice" if event.kind in events.NOTICES else "fact"
    who = say("event.by_time", teller.lang) if kind == "notice" else teller.actor(event)
    at = event.recorded_at if event.kind == events.CORRECTED else event.occurred_at
    asides = teller.asides(event, lifted=not told)
    return Entry(at, who, teller.words(event), kind, (*asides, *findings), messages)


def clock_stories(played: Played, case: str, lang: str) -> Iterator[tuple[str, int, str, tuple[str, ...]]]:
    """Every cycle of every clock of a case in the order of its start: name, cycle, verdict, and how it came to it."""
    teller, state = Teller(played.tables, played.people, lang), played.states[case]
    order = list(played.tables.clock_tables)
    cycles = [*state.past, *state.clocks.values()]
    cycles.sort(key=lambda clock: (clock.started_at, order.index(clock.name)))
    for clock in cycles:
        view = clock_view(played.tables, state, clock, played.now, teller.who)
        yield teller.clock(clock.name), clock.cycle, view.state, view.why(lang)
