"""Whose a breach is: how much of a clock's open time each holder had the case. Source: the language reference, "SLA clocks",
point 9."""

from __future__ import annotations

from sopengine.kernel import clockwork
from sopengine.kernel.state import CaseState, ClockState
from sopengine.kernel.tables import Tables

NOBODY = ""
"""Under this name stands the time in which nobody held the case."""


def held(tables: Tables, state: CaseState, clock: ClockState, until: int) -> dict[str, int]:
    """Open microseconds of the clock by holder, from its start to `until`, pauses left out; they add up to the time elapsed.

    Nobody who had no time is listed.
    """
    shares: dict[str, int] = {}
    moments: list[tuple[int, str | None]] = [(at, holder) for at, holder in state.holders if at < until]
    if moments and clock.started_at < moments[0][0]:
        # It was taken over, in a merge, from a case that is older.
        moments.insert(0, (clock.started_at, None))
    time = [clockwork.elapsed(tables, clock, at) for at, _ in moments]
    time.append(clockwork.elapsed(tables, clock, until))
    for number, (_, holder) in enumerate(moments):
        if time[number + 1] > time[number]:
            shares[holder or NOBODY] = shares.get(holder or NOBODY, 0) + time[number + 1] - time[number]
    return shares
