"""One live move on its way through the state machine, with the host's object and hooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sopengine.engine.subject import Subject, hook

Hooks = Mapping[str, list[Callable[[Any], Any]]]


class Passage:
    """What the machine moves: it carries the verdict in, commits in the middle, and then tells the host.

    Setting `state` writes the stage to the host's object. An exception of a hook is kept in `errors`: the move is
    committed by then and stays.
    """

    __slots__ = ("_allowed", "_commit", "_state", "_subject", "_thing", "errors", "hooks")

    def __init__(self, place: str, allowed: bool, commit: Callable[[], None]) -> None:
        self._state = place
        self._allowed = allowed
        self._commit = commit
        self._thing: Any = None
        self._subject: Subject | None = None
        self.hooks: Hooks = {}
        self.errors: list[Exception] = []

    def follow(self, thing: Any, subject: Subject, hooks: Hooks) -> None:
        """Take the host's object along."""
        self._thing, self._subject, self.hooks = thing, subject, hooks

    @property
    def state(self) -> str:
        """Where the object stands."""
        return self._state

    @state.setter
    def state(self, place: str) -> None:
        self._state = place
        if self._subject is not None:
            self._subject.set_stage(self._thing, place)

    def allowed(self) -> bool:
        """The verdict of the judge."""
        return self._allowed

    def commit(self) -> None:
        """Append and fold; raises what the store raises, and the object stays where it was."""
        self._commit()

    def left(self) -> None:
        """Tell the host that the object leaves its place."""
        self._call("exit")

    def entered(self) -> None:
        """Tell the host that the object has arrived."""
        self._call("enter")

    def _call(self, moment: str) -> None:
        own = hook(self._thing, f"on_{moment}_{self._state}") if self._thing is not None else None
        if own is not None:
            self._try(lambda _: own())  # type: ignore[call-arg]
        for function in self.hooks.get(f"{moment} {self._state}", ()):
            self._try(function)

    def _try(self, function: Callable[[Any], Any]) -> None:
        try:
            function(self._thing)
        except Exception as error:
            self.errors.append(error)
