"""One live move on its way through the state machine, with the host's object and hooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sopengine.engine.subject import Subject, hook

Hook = Callable[[Any], Any]
Hooks = Mapping[str, list[Hook]]


class Passage:
    """What the machine moves: it carries the verdict in, commits in the middle, and then tells the host.

    `commit` appends and folds; it raises what the store raises, and the object stays where it was. Once it has arrived, the
    stage is written to the host's object. An exception of a hook, or of an object that refuses its stage, is kept in `errors`:
    the move is committed by then and stays.
    """

    __slots__ = ("_allowed", "_heard", "_hooks", "_subject", "_thing", "commit", "errors", "state")

    def __init__(
        self, place: str, allowed: bool, commit: Callable[[], None], thing: Any, subject: Subject, hooks: Hooks
    ) -> None:
        self.state = place
        self._allowed = allowed
        self.commit = commit
        self._thing = thing
        self._subject = subject
        self._hooks = hooks
        self._heard = bool(hooks) or not isinstance(thing, str)
        self.errors: list[Exception] = []

    def allowed(self) -> bool:
        """The verdict of the judge."""
        return self._allowed

    def left(self) -> None:
        """Tell the host that the object leaves its place."""
        if self._heard:
            self._tell("exit")

    def entered(self) -> None:
        """Write the stage to the host's object and tell the host that it has arrived."""
        if not isinstance(self._thing, str):
            self._try(self._subject.set_stage, self._thing, self.state)
        if self._heard:
            self._tell("enter")

    def _tell(self, moment: str) -> None:
        if not isinstance(self._thing, str):
            self._try(self._call_own, f"on_{moment}_{self.state}")
        if self._hooks:
            for function in tuple(self._hooks.get(f"{moment} {self.state}", ())):
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
