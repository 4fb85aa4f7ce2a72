"""What people call the parts of a case, as parameters of sentences."""

from __future__ import annotations

from typing import Any, Final

from sopengine.kernel.tables import Tables
from sopengine.wording import Said, Term

_USUAL: Final = ("first_response", "reply", "finish")
"""The clocks that have a name in the catalogue; others go by the name that the SOP gives them."""


def clock_name(tables: Tables, key: str) -> Said | Term | str:
    """A clock, with its stage where it has one."""
    table = tables.clock_tables[key]
    name = table.clock.name
    short: Any = Term(f"event.clock_{name}") if name in _USUAL else name
    if table.stage is None:
        return short  # type: ignore[no-any-return]
    return Said("event.clock_in", {"clock": short, "stage": tables.places[table.stage].title})
