"""For tests of programs that use sopengine, of SOPs, and of stores: a clock that stands still, builders, the contract of stores.

::

    clock = FrozenClock("2026-02-02 09:00", "Asia/Jakarta")
    engine = sopengine.Engine(sop, clock=clock)
    engine.open(lead(), by="rina")
    clock.advance(hours=25)

`sopengine.testing.strategies` draws random SOPs, calendars and histories; it needs hypothesis, which the extra
``sopengine[testing]`` brings. Everything else needs nothing.
"""

from sopengine.testing.builders import history, lead
from sopengine.testing.clock import FrozenClock
from sopengine.testing.store import StoreContract

__all__ = ["FrozenClock", "StoreContract", "history", "lead"]
