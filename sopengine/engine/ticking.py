"""The messages of what time alone made true: on arrival after a consequence, and at the levels of clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sopengine.diagnostics import Finding
from sopengine.engine.cases import Live
from sopengine.engine.contacts import Contacts
from sopengine.engine.messages import Made, Messages
from sopengine.engine.performing import sends_of
from sopengine.kernel.events import BREACHED, ESCALATED, MOVED, WARNED, Event
from sopengine.kernel.tables import LevelTable
from sopengine.language.model import Send
from sopengine.templates import RenderedMessage

_LEVELS: Final = frozenset({WARNED, BREACHED, ESCALATED})


class Ticked(list[Event]):
    """The notices and consequences that were recorded, in order; `messages` are rendered for the host to send, and
    `findings` name the messages that lack a fact. Each message says its case.
    """

    def __init__(self, events: Iterable[Event] = (), made: Iterable[Made] = ()) -> None:
        super().__init__(events)
        told = list(made)
        self.messages: tuple[RenderedMessage, ...] = tuple(one for one in told if isinstance(one, RenderedMessage))
        self.findings: tuple[Finding, ...] = tuple(one for one in told if isinstance(one, Finding))


class Letters:
    """What is to be sent after time has passed.

    Of a clock that reached several levels at once (nobody had looked for a while) the highest is sent: nobody is told in one
    breath that half of the time is left and that none is.
    """

    def __init__(self, contacts: Contacts) -> None:
        self._contacts = contacts
        self._sent: list[Made] = []
        self._arrivals: dict[str, list[Made]] = {}
        self._levels: dict[tuple[str, str, int], tuple[str, list[Made]]] = {}

    def all(self) -> list[Made]:
        """Every message: what is sent on arrival, then what the clocks say, then the follow-up that is due."""
        together = (*self._arrivals.values(), *(made for _, made in self._levels.values()))
        return [made for group in (*together, self._sent) for made in group]

    def send(self, made: Made) -> None:
        """Add one that is a follow-up."""
        self._sent.append(made)

    def take(self, messages: Messages, live: Live, outcome: str | None) -> None:
        """Render what goes with the pending events of a case that was settled and whose outcome was `outcome` before."""
        for event in live.pending:
            if event.kind in _LEVELS:
                table = live.tables.clock_tables[event.data["clock"]]
                self._level(messages, live, event, table.levels[event.data["level"] - 1])
        moves = [event for event in live.pending if event.kind == MOVED]
        if moves:
            reached = [move.data["to"] for move in moves if move.data["to"] != outcome]
            sends = sends_of(live.tables, live.state, reached)
            self._arrivals[moves[-1].id] = self._made(messages, live, moves[-1], sends)

    def _level(self, messages: Messages, live: Live, event: Event, level: LevelTable) -> None:
        clock = (event.case, event.data["clock"], event.data["cycle"])
        made: list[Made] = []
        if level.template is not None:
            made = self._made(messages, live, event, tuple(Send(level.template, to, ()) for to in level.notify))
        before = self._levels.pop(clock, (event.kind, made))
        # A higher level without a message leaves the one below it, unless that was a warning of what has come by now.
        keeps = not made and (before[0] == WARNED) is (event.kind == WARNED)
        self._levels[clock] = before if keeps else (event.kind, made)

    def _made(self, messages: Messages, live: Live, event: Event, sends: tuple[Send, ...]) -> list[Made]:
        if not sends:
            return []
        unwanted = self._contacts.unwanted(live, event.occurred_at)
        made = messages.on_entry(sends, live.state, event.by, event.occurred_at, unwanted)
        return [replace(one, event=event.id) if isinstance(one, Finding) else one for one in made]
