"""What a clock's verdict is at a moment: provisional while it runs, final once it has ended."""

from __future__ import annotations

from sopengine.kernel import clockwork
from sopengine.kernel.state import RUNNING, ClockState
from sopengine.kernel.tables import Tables


def verdict_at(tables: Tables, clock: ClockState, now: int) -> str:
    """running, paused, warned or breached while it runs (breached as soon as it is, told or not); then what it ended with.

    Source: the language reference, "SLA clocks", point 10.
    """
    if clock.verdict != RUNNING:
        return clock.verdict
    if clock.breached_at is not None or now > clockwork.breaches_after(tables, clock):
        return "breached"
    if clock.paused_at is not None and now < clock.pause_ends:
        return "paused"
    return "warned" if clock.told else RUNNING
