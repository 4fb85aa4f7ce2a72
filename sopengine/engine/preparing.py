"""What the kernel cannot know when time moves a case: who then holds it, and who is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopengine.kernel.events import Draft
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables

if TYPE_CHECKING:
    from sopengine.engine.assigning import Assigner
    from sopengine.engine.lookups import Lookups


class Preparer:
    """Completes the consequences of one command.

    It remembers the choices that it made, because the turns that they take are stored together with the command or not at
    all: a preview, a trial and a refused command turn no wheel.
    """

    __slots__ = ("_assigner", "_lookups", "_made", "_tables", "gives")

    def __init__(self, lookups: Lookups, tables: Tables, assigner: Assigner | None, *, gives: bool) -> None:
        self.gives = gives
        self._lookups = lookups
        self._tables = tables
        self._assigner = assigner
        self._made: list[dict[str, Any]] = []

    def __call__(self, state: CaseState, draft: Draft) -> None:
        """Complete a move."""
        draft.derived = {"holder": self._lookups.holder_after(self._tables, state, draft)}

    def choose(self, state: CaseState, at: int) -> Draft | None:
        """Who is to have the case from `at` on."""
        if self._assigner is None:
            return None
        draft = self._assigner.choose(self._tables, state, at, self._made)
        self._made.append({"to": draft.data["to"], **draft.derived["assignment"]})
        return draft
