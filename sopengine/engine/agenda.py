"""What to do now: the clocks that run, the customers who wait, the attempts that are due, in the order of their urgency.

Source: the language reference, "Follow-up" (due attempts appear on the agenda, message ready) and "SLA clocks".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from sopengine.diagnostics import Finding
from sopengine.engine.approvals import may_decide
from sopengine.engine.approving import asked_by_now
from sopengine.engine.assigned import role_title
from sopengine.engine.attempts import NextAttempt, next_attempt
from sopengine.engine.cases import Live
from sopengine.engine.decision import moment
from sopengine.engine.documents import documents_to_decide
from sopengine.engine.indexing import Desk
from sopengine.engine.naming import clock_name
from sopengine.engine.todo import lifted, todo
from sopengine.engine.verdicts import verdict_at
from sopengine.errors import UsageError
from sopengine.kernel import clockwork
from sopengine.kernel.acceptance import may_act, waits
from sopengine.kernel.approvals import ANYBODY, deciding_steps, level_needs
from sopengine.kernel.events import APPROVED, Draft
from sopengine.kernel.followup import ATTEMPT, late_after, outbound_is
from sopengine.kernel.naming import deciders
from sopengine.kernel.state import NEVER, Asked, CaseState, ClockState
from sopengine.kernel.tables import Place, Tables
from sopengine.templates import RenderedMessage
from sopengine.wording import Deadline as Limit
from sopengine.wording import Instant, Lasting, Listing, Term, say

if TYPE_CHECKING:
    from sopengine.engine.core import Core

Kind = Literal["clock", "reply", "follow_up", "document", "accept", "queue", "approval", "todo"]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One thing to do about a case.

    `kind` is ``clock`` (a clock runs; `what` is its full name), ``reply`` (the customer waits for an answer), ``follow_up``
    (an attempt is due; `what` is its template or channel), ``document`` (one that the stage asks for expires, or has expired;
    `what` is its name), ``accept`` (the case was given to the holder, who has to act), ``queue`` (nobody could be chosen for it;
    `what` is the role whose queue it lies in), ``approval`` (one, or a document, waits for
    the decision of whose agenda it is; `what` is its name)
    or ``todo`` (no time runs; `what` is the code of what is missing, or ``advance``). `slack` is the open time left until `due`,
    less than nothing when it is `late`; both are None where no time is set. `grade` is that of the SOP's first score, `value`
    the record's first money field.
    """

    case: str
    sop: str
    place: str
    holder: str | None
    kind: Kind
    what: str
    due: datetime | None
    slack: timedelta | None
    late: bool
    grade: str | None
    value: Decimal | int | None
    explain: Callable[[str], str] = field(repr=False, compare=False)
    order: tuple[Any, ...] = field(repr=False, compare=False)
    render: Callable[[str | None], RenderedMessage | Finding] | None = field(default=None, repr=False, compare=False)

    def why(self, lang: str = "en") -> str:
        """Why it stands on the agenda, in one sentence in `lang`."""
        return self.explain(lang)

    @property
    def message(self) -> RenderedMessage | None:
        """The message of a due attempt that has a template, ready to be sent; None where it has none, or lacks a fact."""
        made = self.render(None) if self.render is not None else None
        return made if isinstance(made, RenderedMessage) else None


@dataclass(frozen=True, slots=True)
class _Thing:
    """What there is to do about a case, before it is a row."""

    kind: Kind
    what: str
    due: int
    slack: int | None
    late: bool
    explain: Callable[[str], str]
    template: str | None = None


_NO_LIMIT: Final = 1 << 62
_NO_VALUE: Final = Decimal("-Infinity")


def agenda(core: Core, person: str | None, role: str | None, at: int) -> list[AgendaRow]:
    """The rows of a person or a role at an instant; see `Engine.agenda`."""
    found: list[AgendaRow] = []
    for case in sorted(_cases(core, person, role, at)):
        live = _as_of(core, case, at)
        if _concerns(core, live, person, role, at):
            found += rows(core, live, person, at)
    for case in _awaiting(core, person, role, at):
        live = _as_of(core, case, at)
        decides = _decided_by(core, live, person, role, at)
        found += _rows(core, live, person, at, [_decision(core, live, name, at) for name in decides])
        found += _rows(core, live, person, at, _versions(core, live, person, role, at))
    return sorted(found, key=lambda row: row.order)


def _awaiting(core: Core, person: str | None, role: str | None, at: int) -> Iterable[str]:
    """The cases in which an approval waits for the role, or for anything that the person is or could stand in for."""
    if role is not None:
        return core.index().awaits((role, ANYBODY))
    name = person or ""
    roles = core.lookups.people.roles(name, at)
    stood = (other for tables in core.procedures.tables() for mine in roles for other in tables.stands_for.get(mine, ()))
    return core.index().awaits({name, ANYBODY, *roles, *stood})


def _decided_by(core: Core, live: Live, person: str | None, role: str | None, at: int) -> Iterable[str]:
    if role is None:
        return may_decide(core.lookups, live, person or "", at)
    waiting = ((name, _by_now(core, live, name, at)) for name in live.state.approvals)
    return (name for name, asked in waiting if asked.level is not None and role in level_needs(asked, asked.level))


def _by_now(core: Core, live: Live, name: str, at: int) -> Asked:
    return asked_by_now(core.lookups, live.tables, live.state.approvals[name], Draft(APPROVED, at, "", (), {"what": name}))


def _versions(core: Core, live: Live, person: str | None, role: str | None, at: int) -> Iterator[_Thing]:
    """The documents that wait for the decision of a role or a person."""
    for name, paper in documents_to_decide(core.lookups, live, person, role, at):
        document = live.tables.sop.documents[name]
        who = core.lookups.people.name(paper.by) or paper.by
        words = {"document": document.title, "version": paper.version, "uploader": who}
        yield _Thing("approval", name, NEVER, None, False, partial(_say, "agenda.version", words))


def _decision(core: Core, live: Live, name: str, at: int) -> _Thing:
    tables, asked = live.tables, _by_now(core, live, name, at)
    table, level = tables.approvals[name], asked.level or 0
    calendar, due = tables.calendars[table.calendar], asked.until
    slack = None if due >= NEVER else calendar.position(due) - calendar.position(at)
    late = due < at
    key = "agenda.approval" if due >= NEVER else "agenda.approval_late" if late else "agenda.approval_due"
    words = {
        "approval": table.approval.title,
        "level": level + 1,
        "who": core.lookups.call(deciders(tables, deciding_steps(asked, level))),
        "due": Limit(due, tables.zone) if due < NEVER else "",
    }
    return _Thing("approval", name, due, slack, late, partial(_say, key, words))


def _cases(core: Core, person: str | None, role: str | None, at: int) -> Iterable[str]:
    """The cases that the index knows for them; no other case is looked at."""
    index = core.index()
    if role is not None:
        return index.lying(role).union(*(index.desk(desk) for desk in _desks(core, {role})))
    name = person or ""
    found = index.held(name)
    for tables in core.procedures.tables():
        able = core.lookups.able(tables, name, at)
        here = (place.name for place in tables.places.values() if not place.owners.isdisjoint(able))
        queues = (index.queue(Desk(tables.sop.hash, place)) for place in here)
        found = found.union(*queues, *(index.lying(role) for role in able))
    return found


def _desks(core: Core, roles: Iterable[str]) -> Iterator[Desk]:
    wanted = frozenset(roles)
    for tables in core.procedures.tables():
        for place in tables.places.values():
            if not place.owners.isdisjoint(wanted):
                yield Desk(tables.sop.hash, place.name)


def _as_of(core: Core, case: str, at: int) -> Live:
    """The case as time will have left it by `at`; nothing of that is recorded."""
    live = core.cases.get(case)
    if live.state.wake < at:
        live = live.copy()
        live.settle(at, at, core.lookups.preparer(live.tables))
    return live


def _concerns(core: Core, live: Live, person: str | None, role: str | None, at: int) -> bool:
    """Whether it is still theirs, now that time was taken up."""
    place = live.tables.places[live.state.place]
    if place.stage is None:
        return False
    if role is not None:
        return role in place.owners or (live.state.holder is None and role == live.state.queue)
    if live.state.holder is not None:
        return live.state.holder == person
    return may_act(place, live.state, core.lookups.able(live.tables, person or "", at))


def rows(core: Core, live: Live, person: str | None, at: int) -> Iterator[AgendaRow]:
    """Everything to do about one case at an instant; while it only waits for the customer, no more than papers that expire."""
    things = (*_things(core, live, at), *_expiring(live.tables, live.state, at), *_lifted(core, live, at))
    return _rows(core, live, person, at, things)


def _rows(core: Core, live: Live, person: str | None, at: int, things: Iterable[_Thing]) -> Iterator[AgendaRow]:
    tables, state = live.tables, live.state
    grade, rank = _grade(tables, state)
    value = _value(tables, state)
    for thing in things:
        slack = _NO_LIMIT if thing.slack is None else thing.slack
        weight = _NO_VALUE if value is None else value
        render = None
        if thing.template is not None:
            messages, actor = core.procedures.of(tables).messages, person or state.holder or ""
            render = partial(_render, messages.render, thing.template, state, actor, at)
        yield AgendaRow(
            state.case,
            tables.sop.id,
            state.place,
            state.holder,
            thing.kind,
            thing.what,
            None if thing.due >= NEVER else moment(thing.due, tables.zone),
            None if thing.slack is None else timedelta(microseconds=thing.slack),
            thing.late,
            grade,
            value,
            thing.explain,
            (not thing.late, slack, rank, -weight, state.case, thing.kind, thing.what),
            render,
        )


def _render(render: Callable[..., Any], template: str, state: CaseState, actor: str, at: int, lang: str | None) -> Any:
    return render(template, state, actor, at, to="customer", lang=lang)


def _grade(tables: Tables, state: CaseState) -> tuple[str | None, int]:
    """The grade of the first score, and its number in the file; what is not graded comes last."""
    score = next(iter(tables.sop.scores.values()), None)
    if score is None:
        return None, 0
    names = [grade.name for grade in score.grades]
    grade = tables.derive(state.facts).get(score.name)
    return (grade, names.index(grade)) if grade in names else (None, len(names))


def _value(tables: Tables, state: CaseState) -> Decimal | int | None:
    name = next((name for name, known in tables.sop.fields.items() if known.type == "money"), None)
    found = state.facts.get(name) if name is not None else None
    return found if isinstance(found, (int, Decimal)) else None


def _things(core: Core, live: Live, at: int) -> list[_Thing]:
    tables, state = live.tables, live.state
    place = tables.places[state.place]
    running = [(clock, verdict_at(tables, clock, at)) for clock in state.clocks.values()]
    found = [_clock(tables, state, clock, verdict, at) for clock, verdict in running if verdict != "paused"]
    found += _waiting_customer(tables, state, found)
    coming = _coming(core, live, place, at)
    if coming is not None and _is_due(coming, state, at):
        found.append(_attempt(core, live, coming, at))
    found += _given(tables, state, place, at)
    if found or running or _waits(place, state) or _awaited(coming, state):
        return found
    return [_next_step(core, live, place, at)]


def _clock(tables: Tables, state: CaseState, clock: ClockState, verdict: str, at: int) -> _Thing:
    calendar, due = tables.calendars[clock.calendar], clockwork.due(tables, clock)
    slack = None if due >= NEVER else calendar.position(due) - calendar.position(at)
    late = verdict == "breached"
    name, zone = clock_name(tables, clock.name), tables.zone
    if slack is None:
        explain = partial(_say, "agenda.no_end", {"clock": name})
    else:
        words = {"clock": name, "due": Limit(due, zone), "time": Lasting(abs(slack), open=bool(clock.calendar))}
        explain = partial(_say, "agenda.late" if late else "agenda.due", words)
    kind: Kind = "reply" if tables.clock_tables[clock.name].clock.name == "reply" else "clock"
    return _Thing(kind, clock.name, due, slack, late, explain)


def _waiting_customer(tables: Tables, state: CaseState, found: list[_Thing]) -> Iterator[_Thing]:
    """A customer who waits for an answer that no clock measures. What opened the case is the first response's to answer."""
    since = state.unanswered_at
    answered_by = {"reply"} if since is None or since > state.opened_at else {"reply", "clock"}
    if since is not None and not any(thing.kind in answered_by for thing in found):
        explain = partial(_say, "agenda.reply", {"since": Instant(since, tables.zone)})
        yield _Thing("reply", "reply", NEVER, None, False, explain)


def _coming(core: Core, live: Live, place: Place, at: int) -> NextAttempt | None:
    """The attempt that comes next, when somebody was contacted and nobody waits for an answer."""
    if place.follow is None or outbound_is(live.state) != ATTEMPT:
        return None
    return next_attempt(live, core.contacts, at)


def _is_due(coming: NextAttempt, state: CaseState, at: int) -> bool:
    """Whether an attempt may be made now, by the gap and by the contact policy, and is a person's to make."""
    return coming.allowed_from is not None and coming.allowed_from <= moment(at) and state.sends_at >= NEVER


def _awaited(coming: NextAttempt | None, state: CaseState) -> bool:
    """Whether nothing is to be done but wait for the next attempt, or for word that it was delivered."""
    return coming is not None and (coming.allowed_from is not None or state.queued is not None)


def _attempt(core: Core, live: Live, coming: NextAttempt, at: int) -> _Thing:
    """The next attempt, once it is allowed."""
    tables, state, via, number = live.tables, live.state, coming.via, coming.number
    follow = tables.places[state.place].follow
    assert follow is not None  # noqa: S101 - what comes next comes of a follow-up; this tells the type checker
    last = late_after(tables, state, follow, core.contacts.counted(live, at))
    template = coming.template if coming.template in tables.sop.templates else None
    calendar, due = tables.calendars[follow.calendar], NEVER if last is None else last
    slack = None if due >= NEVER else calendar.position(due) - calendar.position(at)
    late = due < at
    words = {
        "number": number,
        "max": follow.rule.max,
        "via": Term("agenda.any_channel") if via is None else Term(f"event.via_{via}"),
        "due": Limit(due, tables.zone) if due < NEVER else "",
    }
    key = "agenda.attempt_open" if due >= NEVER else "agenda.attempt_late" if late else "agenda.attempt"
    return _Thing("follow_up", template or via or "contact", due, slack, late, partial(_say, key, words), template)


def _expiring(tables: Tables, state: CaseState, at: int) -> Iterator[_Thing]:
    """The documents in hand that the stage asks for and that count only for a time."""
    for asked in tables.places[state.place].papers if tables.expiring else ():
        paper = state.documents.get(asked.name)
        if paper is None or paper.until >= NEVER:
            continue
        calendar, late = tables.calendar_for(asked.document.valid_for), at > paper.until
        slack = calendar.position(paper.until) - calendar.position(at)
        words = {"document": asked.document.title, "version": paper.version, "due": Limit(paper.until, tables.zone)}
        explain = partial(_say, "agenda.document_late" if late else "agenda.document", words)
        yield _Thing("document", asked.name, paper.until, slack, late, explain)


def _given(tables: Tables, state: CaseState, place: Place, at: int) -> Iterator[_Thing]:
    """A case that was given to somebody who has not acted yet, or one for which there was nobody."""
    rule = place.stage.assign if place.stage is not None else None
    if state.holder is None and state.queue is not None:
        explain = partial(_say, "agenda.queue", {"to": role_title(tables, state.queue)})
        yield _Thing("queue", state.queue, NEVER, None, False, explain)
    elif waits(state) and rule is not None:
        calendar = tables.calendar_for(rule.accept_within)
        slack = calendar.position(state.assign_at) - calendar.position(at)
        explain = partial(_say, "agenda.accept", {"due": Limit(state.assign_at, tables.zone)})
        yield _Thing("accept", place.name, state.assign_at, slack, False, explain)


def _lifted(core: Core, live: Live, at: int) -> Iterator[_Thing]:
    """What an override has lifted: it is still to be done."""
    if live.state.lifted and (found := lifted(live, core.lookups, at)):
        yield _Thing("todo", found[0].code, NEVER, None, False, partial(_missing, found[0], len(found) - 1))


def _waits(place: Place, state: CaseState) -> bool:
    """Whether the status says that somebody else is awaited."""
    statuses = place.stage.statuses if place.stage is not None else ()
    return any(status.name == state.status and status.waits_for is not None for status in statuses)


def _next_step(core: Core, live: Live, place: Place, at: int) -> _Thing:
    """No time runs: what is missing, or that nothing is."""
    missing = [finding for finding in todo(live, core.lookups, None, at) if finding.blocks]
    explain: Callable[[str], str] = partial(_say, "agenda.ready", {"stage": place.title})
    if missing:
        explain = partial(_missing, missing[0], len(missing) - 1)
    return _Thing("todo", missing[0].code if missing else "advance", NEVER, None, False, explain)


def _missing(first: Finding, more: int, lang: str) -> str:
    said = first.text(lang)
    return say("agenda.and_more", lang, first=said, count=more) if more else said


def _say(key: str, words: dict[str, Any], lang: str) -> str:
    return say(key, lang, **words)


def asked(person: str | None, role: str | None, roles: Iterable[str]) -> None:
    """UsageError unless exactly one of a person and a known role is asked for."""
    if (person is None) == (role is None):
        raise UsageError.saying("call.agenda_whose")
    known = sorted(set(roles))
    if role is not None and role not in known:
        raise UsageError.saying("call.no_role", name=f"{role:.60}", known=Listing(tuple(known)))
