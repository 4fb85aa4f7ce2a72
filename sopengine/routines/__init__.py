"""Recurring duties: occurrences as cases that the calendar opened, of procedures of one stage, in the same engine.

::

    engine = Engine(sop, people="people.yaml")
    engine.tick()                            # opens what the calendar has come to, among all other things
    engine.tick_off("rutin:saas-demo:pagi:2026-02-03:rina", "buka_dasbor", by="rina")
    engine.routines.state("rutin:saas-demo:pagi:2026-02-03:rina").state
"""

from sopengine.routines.keeper import OccurrenceState, Routines
from sopengine.routines.procedure import procedures
from sopengine.routines.schedule import Occurrence, calendars_of, occurrences

__all__ = ["Occurrence", "OccurrenceState", "Routines", "calendars_of", "occurrences", "procedures"]
