"""What the kernel cannot know when time moves a case: who then holds it, and who is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sopengine.kernel.events import Draft
from sopengine.kernel.state import CaseState
from sopengine.kernel.tables import Tables

if TYPE_CHECKING:
    from sopengine.engine.assigning import Assigner
    from sopengine.engine.lookups import Lookups


class Preparer(msgspec.Struct):
    """Completes the consequences of one command.

    It remembers the choices that it made, because the turns that they take are stored together with the command or not at
    all: a preview, a trial and a refused command turn no wheel.
    """

    lookups: Lookups
    tables: Tables
    assigner: Assigner | None
    gives: bool
    made: list[dict[str, Any]] = []

    def __call__(self, state: CaseState, draft: Draft) -> None:
        """Complete a move."""
        draft.derived = {"holder": self.lookups.holder_after(self.tables, state, draft)}

    def choose(self, state: CaseState, at: int) -> Draft | None:
        """Who is to have the case from `at` on."""
        if self.assigner is None:
            return None
        draft = self.assigner.choose(self.tables, state, at, self.made)
        self.made.append({"to": draft.data["to"], **draft.derived["assignment"]})
        return draft
