"""What the engine asks of a store. A store holds no meaning: it appends, reads, and knows when each stream wants to be
woken.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple, Protocol

from sopengine.kernel.events import Event


class Append(NamedTuple):
    """Events for one stream, which must hold exactly `expected` events until then. `wake` is the stream's next
    deadline (µs) from now on; with no events it is only set anew.
    """

    stream: str
    expected: int
    events: Sequence[Event]
    wake: int


class Store(Protocol):
    """Streams of events. Every method may be called from any thread."""

    def append(self, batch: Sequence[Append]) -> None:
        """Append to all streams or to none. Raises StaleCase when a stream is not as long as expected."""

    def read(self, stream: str) -> Sequence[Event]:
        """All events of a stream in the order of their recording; empty when there is no such stream."""

    def under_key(self, key: str) -> Sequence[Event]:
        """The events that were recorded under an idempotency key; empty when it is new."""

    def streams(self) -> Iterator[str]:
        """The names of all streams, in the order of their first event."""

    def due(self, until: int, besides: Container[str] = ()) -> tuple[int, str] | None:
        """The earliest deadline strictly before `until` of a stream that is not among `besides`, and the stream; None when
        there is none.

        Who asks again with the same collection may have added to it, and never takes out: a store may remember for it what
        it has passed over. Another collection is asked about anew.
        """
