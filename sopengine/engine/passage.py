"""One live move on its way through the state machine, with the host's object and hooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sopengine.engine.subject import Subject, hook

Hook = Callable[[Any], Any]
Hooks = Mapping[str, list[Hook]]


class Passage:
    """What the machine moves: it carries the verdict in, commits in the middle, and then tells the host.

    Setting `state` writes the stage to the host's object. An exception of a hook, or of an object that refuses its stage,
    is kept in `errors`: the move is committed by then and stays.
    """

    __slots__ = ("_allowed", "_commit", "_hooks", "_state", "_subject", "_thing", "errors")

    def __init__(
        self, place: str, allowed: bool, commit: Callable[[], None], thing: Any, subject: Subject, hooks: Hooks
    ) -> None:
        self._state = place
        self._allowed = allowed
        self._commit = commit
        self._thing = thing
        self._subject = subject
        self._hooks = hooks
        self.errors: list[Exception] = []

    @property
    def state(self) -> str:
        """Where the object stands."""
        return self._state

    @state.setter
    def state(self, place: str) -> None:
        self._state = place
        self.write_back(place)

    def write_back(self, place: str) -> None:
        """Let the host's object say `place`."""
        if not isinstance(self._thing, str):
            self._try(self._subject.set_stage, self._thing, place)

    def allowed(self) -> bool:
        """The verdict of the judge."""
        return self._allowed

    def commit(self) -> None:
        """Append and fold; raises what the store raises, and the object stays where it was."""
        self._commit()

    def left(self) -> None:
        """Tell the host that the object leaves its place."""
        self._tell("exit")

    def entered(self) -> None:
        """Tell the host that the object has arrived."""
        self._tell("enter")

    def _tell(self, moment: str) -> None:
        place = self._state
        if not isinstance(self._thing, str):
            self._try(self._call_own, f"on_{moment}_{place}")
        for function in tuple(self._hooks.get(f"{moment} {place}", ())) if self._hooks else ():
            self._try(function, self._thing)

    def _call_own(self, name: str) -> None:
        method = hook(self._thing, name)
        if method is not None:
            method()

    def _try(self, function: Callable[..., Any], *arguments: Any) -> None:
        try:
            function(*arguments)
        except Exception as error:
            self.errors.append(error)
