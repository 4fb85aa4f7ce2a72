"""Measuring side by side: contenders take turns within each round, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Work = Callable[[], object]
Prepare = Callable[[], tuple[Work, int]]
"""Builds, untimed, what is then timed: a piece of work and how many operations it is."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Microseconds of one operation: the median over the rounds, and each round's own value for pairing."""

    median: float
    rounds: tuple[float, ...]

    def times(self, other: Timed) -> float:
        """How many times longer this takes than `other`: the median of the ratios within the rounds."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.rounds, other.rounds, strict=True))


def race(contenders: Mapping[str, Prepare], rounds: int) -> dict[str, Timed]:
    """Measure all contenders in `rounds` rounds, each round in a rotated order, after one round to warm up.

    The garbage collector stays on, as in a program, and starts every turn with nothing to do.
    """
    names = list(contenders)
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            value = once(*contenders[name]())
            if number:
                found[name].append(value)
    return {name: Timed(statistics.median(values), tuple(values)) for name, values in found.items()}


def once(work: Work, operations: int) -> float:
    """Microseconds of processor time for one operation: a neighbour that takes the processor away does not count."""
    gc.collect()
    start = time.thread_time()
    work()
    return (time.thread_time() - start) / operations * 1e6


def repeated(call: Work, times: int) -> Prepare:
    """A contender that calls a function again and again."""

    def work() -> None:
        for _ in range(times):
            call()

    return lambda: (work, times)
