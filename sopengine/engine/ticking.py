"""The messages of what time alone made true: on arrival after a consequence, and at the levels of clocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Live
from sopengine.engine.messages import Made
from sopengine.kernel.events import BREACHED, BY_SOP, CORRECTED, ESCALATED, MOVED, OPENED, WARNED, Event
from sopengine.kernel.replay import key_of
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import LevelTable, Tables
from sopengine.language.model import Send
from sopengine.templates import RenderedMessage

if TYPE_CHECKING:
    from sopengine.engine.core import Core

_LEVELS: Final = frozenset({WARNED, BREACHED, ESCALATED})


def parted(made: Iterable[Made]) -> tuple[tuple[RenderedMessage, ...], tuple[Finding, ...]]:
    """Messages, and the findings that stand in the place of others, apart."""
    told = list(made)
    messages = tuple(one for one in told if isinstance(one, RenderedMessage))
    return messages, tuple(one for one in told if isinstance(one, Finding))


class Ticked(list[Event]):
    """The notices and consequences that were recorded, in order; `messages` are rendered for the host to send, and
    `findings` name the messages that lack a fact. Each message says its case.
    """

    def __init__(self, events: Iterable[Event] = (), made: Iterable[Made] = ()) -> None:
        super().__init__(events)
        self.messages, self.findings = parted(made)


class Letters:
    """What is to be sent after time has passed.

    Of a clock that reached several levels at once (nobody had looked for a while) the highest is sent: nobody is told in one
    breath that half of the time is left and that none is.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._remarks: dict[str, Made] = {}
        self._sent: list[Made] = []
        self._arrivals: dict[str, list[Made]] = {}
        self._levels: dict[tuple[str, str, int], tuple[str, list[Made]]] = {}

    def all(self) -> list[Made]:
        """Every message: what is sent on arrival, then what the clocks say, then the follow-up that is due; last the remarks
        about routines.
        """
        clocks = (made for _, made in self._levels.values())
        return [made for group in (*self._arrivals.values(), *clocks, self._sent, self._remarks.values()) for made in group]

    def join(self, other: Letters) -> None:
        """Take in what was made apart, for a case that is stored by now."""
        self._remarks |= other._remarks
        self._sent += other._sent
        self._arrivals |= other._arrivals
        for clock, (kind, made) in other._levels.items():
            self._put(clock, kind, made)

    def remark(self, finding: Finding) -> None:
        """Add one that is about no message."""
        self._remarks[finding.code + (finding.event or "")] = finding

    def send(self, made: Made) -> None:
        """Add one that is a follow-up."""
        self._sent.append(made)

    def opened(self, events: Iterable[Event]) -> None:
        """Render what is sent on entry to the cases that the calendar opened, and say what it has to say about routines."""
        for event in events:
            if event.kind == OPENED:
                live = self._core.cases.get(event.case)
                self._arrivals[event.id] = self._made(live, event, sends_of(live.tables, live.state, ()))
        if self._core.routines is not None:
            self._remarks |= self._core.routines.take_remarks()

    def take(self, live: Live, outcome: str | None) -> None:
        """Render what goes with the pending events of a case that was settled and whose outcome was `outcome` before."""
        self._reached(live)
        moves = [event for event in live.pending if event.kind == MOVED]
        if moves:
            self._arrived(live, moves, outcome)
        if self._core.routines is not None:
            self._remarks |= self._core.routines.remarks(live)

    def recorded(self, live: Live, outcome: str | None) -> None:
        """The same for a case on which was recorded what has happened elsewhere: what was sent with that is not sent again."""
        self._reached(live)
        moves = [event for event in live.pending if event.kind == MOVED]
        if moves and moves[-1].by == BY_SOP:
            self._arrived(live, moves[-1:], outcome)

    def _reached(self, live: Live) -> None:
        """What the levels of clocks send."""
        moved = {tuple(event.data["notice"]) for event in live.pending if event.kind == CORRECTED}
        for event in live.pending:
            # What was told before and has merely moved is not sent a second time.
            if event.kind in _LEVELS and key_of(event.kind, event.data, event.occurred_at) not in moved:
                table = live.tables.clock_tables[event.data["clock"]]
                self._level(live, event, table.levels[event.data["level"] - 1])

    def _arrived(self, live: Live, moves: Sequence[Event], outcome: str | None) -> None:
        reached = [move.data["to"] for move in moves if move.data["to"] != outcome]
        self._arrivals[moves[-1].id] = self._made(live, moves[-1], sends_of(live.tables, live.state, reached))

    def _level(self, live: Live, event: Event, level: LevelTable) -> None:
        clock = (event.case, event.data["clock"], event.data["cycle"])
        made: list[Made] = []
        if level.template is not None:
            made = self._made(live, event, tuple(Send(level.template, to, ()) for to in level.notify))
        self._put(clock, event.kind, made)

    def _put(self, clock: tuple[str, str, int], kind: str, made: list[Made]) -> None:
        before = self._levels.pop(clock, (kind, made))
        # A higher level without a message leaves the one below it, unless that was a warning of what has come by now.
        keeps = not made and (before[0] == WARNED) is (kind == WARNED)
        self._levels[clock] = before if keeps else (kind, made)

    def _made(self, live: Live, event: Event, sends: tuple[Send, ...]) -> list[Made]:
        if not sends:
            return []
        messages = self._core.procedures.of(live.tables).messages
        unwanted = self._core.contacts.unwanted(live, event.occurred_at)
        made = messages.on_entry(sends, live.state, event.by, event.occurred_at, unwanted)
        return [replace(one, event=event.id) for one in made]


def sends_of(tables: Tables, state: CaseState, moves: Iterable[str]) -> tuple[Send, ...]:
    """What is sent on arrival: by the outcomes that were reached, and by the stage where the case then stands."""
    outcomes = tables.sop.outcomes
    stage = tables.places[state.place].stage
    sends = [send for to in moves if to in outcomes for send in outcomes[to].send]
    return (*sends, *(stage.send if stage else ()))
