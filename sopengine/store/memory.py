"""The store in memory: for tests, demos and single processes that can rebuild their cases. Nothing survives the
process.
"""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterator, Sequence
from threading import RLock

from sopengine.errors import StaleCase
from sopengine.kernel.events import Event
from sopengine.kernel.state import NEVER
from sopengine.store.protocol import Append

_SLACK = 64


class MemoryStore:
    """Streams in a dictionary, deadlines in a heap (ties by stream name, so that the order is always the same)."""

    def __init__(self) -> None:
        self._streams: dict[str, list[Event]] = {}
        self._keys: dict[str, list[Event]] = {}
        self._wakes: dict[str, int] = {}
        self._heap: list[tuple[int, str]] = []
        self._besides: Container[str] = ()
        self._aside: list[tuple[int, str]] = []
        self._lock = RLock()

    def append(self, batch: Sequence[Append]) -> None:
        """Append to all streams or to none. Raises StaleCase when a stream is not as long as expected."""
        with self._lock:
            lengths: dict[str, int] = {}
            for stream, expected, new, _ in batch:
                length = lengths[stream] if stream in lengths else len(self._streams.get(stream, ()))
                if length != expected:
                    raise StaleCase.saying("call.stale_stream", stream=stream)
                lengths[stream] = length + len(new)
            for stream, _, new, wake in batch:
                if new:
                    self._streams.setdefault(stream, []).extend(new)
                    for event in new:
                        if event.key is not None:
                            self._keys.setdefault(event.key, []).append(event)
                if stream in self._streams:
                    self._wake(stream, wake)

    def _wake(self, stream: str, at: int) -> None:
        if self._wakes.get(stream, NEVER) != at:
            self._wakes[stream] = at
            if at < NEVER:
                heapq.heappush(self._heap, (at, stream))
            if len(self._heap) > 2 * len(self._wakes) + _SLACK:
                # Deadlines that were put off stay in the heap until they reach its top; most of it must not be those.
                self._heap = [(due, name) for name, due in self._wakes.items() if due < NEVER]
                self._aside.clear()
                heapq.heapify(self._heap)

    def read(self, stream: str) -> Sequence[Event]:
        """All events of a stream in the order of their recording; empty when there is no such stream."""
        with self._lock:
            return tuple(self._streams.get(stream, ()))

    def under_key(self, key: str) -> Sequence[Event]:
        """The events that were recorded under an idempotency key; empty when it is new."""
        with self._lock:
            return tuple(self._keys.get(key, ()))

    def streams(self) -> Iterator[str]:
        """The names of all streams, in the order of their first event."""
        with self._lock:
            return iter(tuple(self._streams))

    def due(self, until: int, besides: Container[str] = ()) -> tuple[int, str] | None:
        """The earliest deadline strictly before `until` of a stream that is not among `besides`, and the stream; None when
        there is none.
        """
        with self._lock:
            if besides is not self._besides:
                self._put_back()
                self._besides = besides
            return self._earliest(until, besides)

    def _put_back(self) -> None:
        """What was put aside for one collection is looked at again for another."""
        for entry in self._aside:
            heapq.heappush(self._heap, entry)
        self._aside.clear()

    def _earliest(self, until: int, besides: Container[str]) -> tuple[int, str] | None:
        while self._heap:
            at, stream = self._heap[0]
            if self._wakes.get(stream) != at:
                heapq.heappop(self._heap)
            elif at >= until:
                return None
            elif stream not in besides:
                return at, stream
            else:
                self._aside.append(heapq.heappop(self._heap))
        return None
