"""The store in memory keeps the contract of all stores, and keeps its own size in bounds."""

from __future__ import annotations

import pytest

from sopengine.kernel.state import NEVER
from sopengine.store import Append, MemoryStore
from sopengine.testing import StoreContract
from sopengine.testing.store import events


class TestMemoryStore(StoreContract):
    """The contract, asked of the store in memory."""

    @pytest.fixture
    def store(self) -> MemoryStore:
        """An empty store."""
        return MemoryStore()


def test_deadlines_that_were_put_off_do_not_pile_up() -> None:
    """A thousand new deadlines of three streams leave a queue of some dozens, not of thousands."""
    store = MemoryStore()
    for name in ("case:a", "case:b", "case:c"):
        store.append([Append(name, 0, events(name, 1, 1), NEVER)])
    for wake in range(1_000_000, 1_001_000):
        for name in ("case:a", "case:b", "case:c"):
            store.append([Append(name, 1, [], wake)])
    assert len(store._heap) < 100
    assert store.due(NEVER) == (1_000_999, "case:a")
