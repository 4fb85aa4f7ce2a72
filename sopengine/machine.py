"""The live state machine of lead objects: the only room of `transitions`.

One shared `transitions.Machine` per SOP; objects are never registered with it (registering scans a list and costs
memory per object). A move is a trigger named after its destination; its condition is the judge's verdict, its
`before_state_change` the commit, and the host's hooks come after, so that they see committed truth. Callables only: a
string callback would let `transitions` import and run whatever it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import methodcaller
from typing import Any, Protocol

from transitions import EventData, Machine, Transition
from transitions.core import Condition

from sopengine.kernel.tables import Tables


class Passage(Protocol):
    """What travels through the machine: an object with a `state`, a verdict, a commit and hooks."""

    state: str

    def allowed(self) -> bool:
        """The verdict: whether the move may happen."""

    def commit(self) -> None:
        """Make the move true; an exception leaves the object where it was."""

    def left(self) -> None:
        """Called after the commit, before the object's state changes."""

    def entered(self) -> None:
        """Called after the object's state has changed."""


class _Verdict(Condition):
    """The condition of every transition: what the judge has said, asked of what travels."""

    def check(self, event_data: EventData) -> bool:
        """Whether the move may happen."""
        passage: Any = event_data.model
        return passage.allowed() is True


class _Leg(Transition):
    """A transition under the judge's verdict; once the commit stands, what travels hears that it has left and arrived."""

    condition_cls = _Verdict

    def _change_state(self, event_data: EventData) -> None:
        passage: Any = event_data.model
        passage.left()
        passage.state = self.dest
        passage.entered()


class _Machine(Machine):
    transition_cls = _Leg

    def callbacks(self, funcs: Iterable[Any], event_data: EventData) -> None:
        """Call the functions as they are: nothing is looked up by a name, and nothing imported."""
        for function in funcs:
            function(event_data.model)


class CaseMachine:
    """The machine of one SOP: its places as states, one trigger per destination."""

    def __init__(self, tables: Tables) -> None:
        names = list(tables.places)
        # Initial is a formality: no object is ever registered, each brings its own state.
        self._machine = _Machine(
            model=None,
            states=names,
            initial=names[0],
            auto_transitions=False,
            queued=False,
            before_state_change=[methodcaller("commit")],
        )
        for source, place in tables.places.items():
            for way in place.ways.values():
                arrival = way.to if source_is_after_care(tables, source) else way.arrival
                self._machine.add_transition(f"to {way.to}", source, arrival, conditions=[methodcaller("allowed")])
        self._triggers: dict[tuple[str, str], Callable[..., bool]] = {
            (source, way): self._machine.events[f"to {way}"].trigger
            for source, place in tables.places.items()
            for way in place.ways
        }

    def move(self, passage: Passage, to: str) -> bool:
        """Carry `passage` to `to`: True when the verdict let it through and the commit stood.

        False, with nothing changed, when the verdict said no or the machine has no such transition.
        """
        trigger = self._triggers.get((passage.state, to))
        return trigger is not None and bool(trigger(passage))


def source_is_after_care(tables: Tables, source: str) -> bool:
    """Whether a place belongs to after-care: from there the outcome itself is the end."""
    stage = tables.places[source].stage
    return stage is not None and stage.after_care
