"""Scenarios: JSON Lines of commands, read whole, and played through an engine whose clock is each line's own `at`.

::

    {"people": {"rina": ["sales"], "dewi": {"name": "Dewi", "roles": ["supervisor"]}}}
    {"at": "2026-02-02T09:15:00+07:00", "do": "open", "by": "rina", "record": {"id": "L-1001", "name": "Ibu Ratna"}}
    {"at": "2026-02-02T09:40:00+07:00", "do": "contact", "by": "rina", "case": "L-1001", "via": "call"}

A file is read before anything is played, and every malformed line is reported: half a scenario proves nothing. A
refusal is a result, never an error.
"""

from sopengine.scenarios.playing import Played, Step, play
from sopengine.scenarios.reading import VERBS, Command, Scenario, load, read
from sopengine.scenarios.summary import Summary, summarise

__all__ = ["VERBS", "Command", "Played", "Scenario", "Step", "Summary", "load", "play", "read", "summarise"]
