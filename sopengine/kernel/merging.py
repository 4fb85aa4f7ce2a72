"""Merging: one case is given up, and another goes on with what both had.

The fold of either never reads the other's stream: what the survivor must know of the case that is given up stands on its own
event. Its clocks keep the earliest start and never breach before the merge; the touches of both are the touches of one
customer, each in the visit in which the survivor was when it happened. Source: the language reference, "SLA clocks", point 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sopengine.kernel import acceptance, approvals, clocks, clockwork, papers
from sopengine.kernel.clockwork import judged
from sopengine.kernel.events import Event
from sopengine.kernel.followup import channels_of, plan, recount, stop
from sopengine.kernel.state import (
    CANCELLED,
    MERGED,
    MET,
    MISSED,
    NEVER,
    NOTHING,
    Attachment,
    CaseState,
    ClockState,
    Touch,
)
from sopengine.kernel.tables import CANCEL, GONE, HELD, START, STOP, ClockTable, Place, Tables

POSITIONAL: Final = ("entered", "opened", "assigned", HELD)
"""Triggers that come of where a case stands, and not of what happens to it: a clock that one of them starts is the survivor's
own, whether it runs or has ended.
"""


class Visit(NamedTuple):
    """One stay of a case: since when, where (empty at rest), and its numbers of visit and round."""

    since: int
    stage: str
    visit: int
    round: int


def what_it_was(tables: Tables, state: CaseState) -> dict[str, Any]:
    """What the survivor is told of a case that is merged into it, as plain data."""
    names = tables.identity.kinds if tables.identity is not None else {}
    own = {name: value for name, value in state.facts.items() if name in names}
    return {
        "facts": dict(state.facts),
        "aliases": [own, *map(dict, state.aliases)] if own else [*map(dict, state.aliases)],
        "starts": {**{name: clock.started_at for name, clock in state.clocks.items()}, **state.waiting},
        "touches": [
            [made.at, made.outbound, made.answered, made.waits, made.id, made.spares] for made in state.touches
        ],
        "unanswered_at": state.unanswered_at,
        "documents": {
            name: [*_told(paper), list(paper.hashes), paper.until, paper.told, sorted(paper.persons)]
            for name, paper in state.documents.items()
        },
        "opted": dict(state.opted),
        "counted": list(state.counted),
    }


def _told(paper: Attachment) -> tuple[str, int, str, str, str]:
    return paper.id, paper.at, paper.by, paper.name, paper.type


def placed(touches: Iterable[Sequence[Any]], visits: Sequence[Visit]) -> list[list[Any]]:
    """Touches of another case with the stage, visit and round in which this one was when each of them happened."""
    found = []
    for at, *made in touches:
        here = next((visit for visit in reversed(visits) if visit.since <= at), Visit(at, "", 0, 0))
        found.append([at, here.stage, here.visit, here.round, *made])
    return found


def give_up(tables: Tables, state: CaseState, into: str, at: int) -> None:
    """Close a case that goes on as another one: at no outcome, every clock ended, nothing to do and nothing to wait for."""
    for clock in tuple(state.clocks.values()):
        clocks.end(tables, state, clock, at, MISSED if judged(tables, clock, at) == MISSED else MERGED)
    state.place, state.merged_into, state.closed_at = GONE, into, at
    state.outcome = state.reason = state.status = state.unanswered_at = state.opted_at = state.queued = None
    state.exhausts_at = state.returns_at = state.owed_at = state.sends_at = state.expires_at = NEVER
    approvals.plan_all(tables, state, at)
    acceptance.left(state)
    state.called_back, state.waiting = False, NOTHING
    state.links = tuple(case for case in state.links if case != into)


def missing(state: CaseState, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the other case for fields that are empty here; what the survivor says itself wins."""
    return {name: value for name, value in facts.items() if name not in state.facts}


def unite(tables: Tables, state: CaseState, event: Event) -> None:
    """Take up what the case that is merged into this one had; its facts have been taken up before."""
    at, told, case = event.occurred_at, event.derived["merged"], event.data["from"]
    state.aliases = (*state.aliases, *(known for known in told["aliases"] if known not in state.aliases))
    state.links = tuple(other for other in state.links if other != case)
    _keep_starts(tables, state, told["starts"], at)
    _unite_touches(tables, state, told, at)
    _keep_papers(tables, state, told["documents"], at)
    _respect(tables, state, told, at)
    holder = event.derived.get("holder")
    if state.holder is None and holder is not None:
        state.holder = holder
        acceptance.left(state)
        clocks.begin(tables, state, tables.plans.effects((HELD,)), at)
    if tables.places[state.place].recycle is not None and state.owed_at == NEVER:
        # A case that is worked on was merged into a parked one: it goes on at once.
        state.returns_at, state.called_back = min(state.returns_at, at), True
    plan(tables, state, at)


# Clocks ------------------------------------------------------------------------------------------------------------------


def _keep_starts(tables: Tables, state: CaseState, starts: Mapping[str, int], at: int) -> None:
    """Let each clock run from the earlier of two starts, and take up those that only the other case had running."""
    for key, since in starts.items():
        table = tables.clock_tables.get(key)
        if table is None or table.effects.get("unanswered") == START or _ended_here(state, table, since):
            continue
        if key in state.clocks or key in state.waiting:
            _start_earlier(tables, state, table, since, at)
        elif _goes_on(tables, state, table):
            _take_up(tables, state, table, since, at)


def _start_earlier(tables: Tables, state: CaseState, table: ClockTable, since: int, at: int) -> None:
    clock = state.clocks.get(table.key)
    if clock is None:
        state.waiting = {**state.waiting, table.key: min(since, state.waiting[table.key])}
    elif since < clock.started_at:
        kept = table.clock.on_change == "keep" and not table.fixed
        aim = (clock.calendar, clock.amount) if kept else clocks.aimed(tables, state, table, since)
        if aim is not None:
            clock.goal = aim if not kept else clock.goal
            clockwork.start_earlier(tables, clock, *aim, since, at)


def _take_up(tables: Tables, state: CaseState, table: ClockTable, since: int, at: int) -> None:
    clocks.start(tables, state, table, since)
    if table.key in state.clocks:
        clockwork.not_before(tables, state.clocks[table.key], at)


def _goes_on(tables: Tables, state: CaseState, table: ClockTable) -> bool:
    """Whether a clock that only the other case had running belongs to the survivor, where it stands."""
    if tables.places[state.place].stage is None or table.stage not in (None, state.place):
        return False
    begun_by = [name for name, effect in table.effects.items() if effect == START]
    return not any(name in POSITIONAL or name.startswith(("stage:", "status:")) for name in begun_by)


def _ended_here(state: CaseState, table: ClockTable, since: int) -> bool:
    """Whether what a clock has waited for since an instant has been done in the survivor."""
    later = {"contacted" if made.outbound else "inbound" for made in state.touches if made.at >= since and not made.spares}
    later |= {f"document.{name}" for name, paper in state.documents.items() if paper.at >= since}
    return any(_ends(table, trigger) for trigger in later)


def _ends(table: ClockTable, trigger: str) -> bool:
    return table.effects.get(trigger) in (STOP, CANCEL)


# Touches -----------------------------------------------------------------------------------------------------------------


def _unite_touches(tables: Tables, state: CaseState, told: Mapping[str, Any], at: int) -> None:
    """The touches of both in the order of their happening; what they end or leave unanswered."""
    theirs = [Touch(*made) for made in told["touches"]]
    waited, waiting_since = state.unanswered_at, _unanswered(state, theirs, told["unanswered_at"])
    if theirs:
        state.touches = tuple(sorted((*state.touches, *theirs), key=lambda made: made.at))
        recount(state)
        for clock in tuple(state.clocks.values()):
            _touched(tables, state, clock, theirs, at)
    if waiting_since is not None and waited is None:
        _heard(tables, state)
    state.unanswered_at = waiting_since
    if waiting_since is not None:
        _wait(tables, state, waiting_since, told["starts"], at)


def _unanswered(state: CaseState, theirs: Sequence[Touch], since: int | None) -> int | None:
    """The oldest message of the customer that neither case has answered."""
    told = ((state.touches, state.unanswered_at), (theirs, since))
    answered = max((made.at for touches, _ in told for made in touches if made.outbound), default=-NEVER)
    waiting = [
        made.at
        for touches, since in told
        for made in touches
        if since is not None and not made.outbound and made.waits and made.at >= since and made.at > answered
    ]
    return min(waiting, default=None)


def _touched(tables: Tables, state: CaseState, clock: ClockState, theirs: Sequence[Touch], at: int) -> None:
    """End a clock that a touch of the other case would have ended. A breach is not healed by it."""
    table = tables.clock_tables[clock.name]
    for made in theirs:
        effect = table.effects.get("contacted" if made.outbound else "inbound")
        if made.at >= clock.started_at and effect in (STOP, CANCEL) and not made.spares:
            ended = made.at if clock.breached_at is None else at
            verdict = judged(tables, clock, ended)
            clocks.end(tables, state, clock, ended, CANCELLED if effect == CANCEL and verdict == MET else verdict)
            return


def _heard(tables: Tables, state: CaseState) -> None:
    """Whoever was waiting for the customer need not wait: the other case had heard from them."""
    stage = tables.places[state.place].stage
    waiting = {status.name: status.waits_for for status in stage.statuses} if stage is not None else {}
    if state.status is not None and waiting.get(state.status):
        state.status = next(iter(waiting))


def _wait(tables: Tables, state: CaseState, since: int, starts: Mapping[str, int], at: int) -> None:
    """Let the clocks of an answer run from the oldest message; what opened a case is the first response's to answer."""
    for table, _ in tables.plans.effects(("unanswered",)).starts.get(state.place, ()):
        if table.key in state.clocks or table.key in state.waiting:
            _start_earlier(tables, state, table, since, at)
        elif since > state.opened_at or table.key in starts:
            _take_up(tables, state, table, since, at)


# Documents and wishes ----------------------------------------------------------------------------------------------------


def _keep_papers(tables: Tables, state: CaseState, documents: Mapping[str, Sequence[Any]], at: int) -> None:
    """Take over the documents that the survivor lacks, as they were but for what was decided on them.

    What waits for one has it from the merge on; whoever attached it still may not approve it.
    """
    for name, (version, since, by, file, kind, hashes, until, expired, persons) in documents.items():
        if name not in state.documents:
            paper = Attachment(version, since, by, file, kind, tuple(hashes), until, expired, frozenset(persons))
            state.documents = {**state.documents, name: paper}
            clocks.trigger(tables, state, (f"document.{name}",), at)
            stop(tables, state, f"document.{name}", at)
    if tables.expiring:
        papers.arm(tables, state, at)


def _respect(tables: Tables, state: CaseState, told: Mapping[str, Any], at: int) -> None:
    """What the customer closed in either case is closed; what was sent counts once."""
    opted = {**told["opted"], **state.opted}
    state.opted = {via: min(since, told["opted"].get(via, since)) for via, since in opted.items()} or NOTHING
    state.counted = tuple(sorted({*state.counted, *told["counted"]}))
    follow = tables.places[state.place].follow
    if follow is not None and state.opted_at is None and state.opted.keys() >= set(channels_of(follow)):
        state.opted_at = at


def comes_back(place: Place) -> bool:
    """Whether a case that stands here can go on with another one: it is in a stage, or parked with a way back."""
    return place.stage is not None or place.recycle is not None
