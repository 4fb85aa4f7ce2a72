"""Which rules an event need not be asked: what is in order about it excuses every rule that looks for just that.

Most events happen after the last move, are recorded at once, and are an owner's. Each of these *circumstances* is one
comparison, made once for an event; a rule that could find something only without it is then left out. The choices are made
beforehand, for every place and kind of event and, of moves, for every way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sopengine.kernel import rules
from sopengine.kernel.events import MOVED
from sopengine.kernel.rules import RULES
from sopengine.kernel.tables import BACK, FAILURE, PARKED, REOPEN, Choices, Place, Rule, Way

IN_ORDER: Final = 1
"""It lies neither in the future nor before the opening or the last move."""
PROMPT: Final = 2
"""It was recorded soon enough for every SOP's `log_within`."""
OWN: Final = 4
"""Who acts has a role that owns the place."""

EXCUSED: Final[Mapping[Rule, int]] = {
    rules.not_in_future: IN_ORDER,
    rules.after_opening: IN_ORDER,
    rules.moves_in_order: IN_ORDER,
    rules.logged_in_time: PROMPT,
    rules.owner_acts: OWN,
    rules.owner_moves: OWN,
    rules.opener_acts: OWN,
    rules.superior_assigns: OWN,
}
"""What excuses a rule. A way that names who may take it is asked about in any case."""

_OF_WAYS: Final[Mapping[Rule, Callable[[Way], bool]]] = {
    rules.way_exists: lambda way: False,
    rules.condition_holds: lambda way: way.guard is not None,
    rules.gate_open: lambda way: way.gated,
    rules.reason_given: lambda way: way.kind in (FAILURE, BACK),
    rules.back_allowed: lambda way: way.kind == BACK and way.at_most is not None,
    rules.tried_enough: lambda way: way.kind in (FAILURE, PARKED),
    rules.reopened_in_time: lambda way: way.kind == REOPEN,
    rules.customer_answered: lambda way: way.outcome is not None,
}
"""Which ways the rules of moves can find anything about."""


def choices_of(place: Place) -> dict[str, Choices]:
    """For each kind of event in a place the rules to ask it, by its circumstances."""
    return {kind: _by_circumstances(place.rules[kind]) for kind in RULES}


def choices_of_ways(place: Place) -> dict[str, Choices]:
    """The same for a move along each way out of a place."""
    return {to: _by_circumstances(_about(place.rules[MOVED], way), way) for to, way in place.ways.items()}


def _about(asked: Iterable[Rule], way: Way) -> tuple[Rule, ...]:
    return tuple(rule for rule in asked if rule not in _OF_WAYS or _OF_WAYS[rule](way))


def _by_circumstances(asked: Iterable[Rule], way: Way | None = None) -> Choices:
    excused = EXCUSED if way is None or not way.by else {**EXCUSED, rules.owner_moves: 0}
    asked = tuple(asked)
    every = range(IN_ORDER + PROMPT + OWN + 1)
    return tuple(tuple(rule for rule in asked if not excused.get(rule, 0) & given) for given in every)
