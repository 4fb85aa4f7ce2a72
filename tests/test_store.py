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


class Counted(set[str]):
    """A set that counts how often it is asked."""

    asked = 0

    def __contains__(self, name: object) -> bool:
        self.asked += 1
        return super().__contains__(name)


def test_what_is_left_out_is_passed_over_once() -> None:
    """A hundred streams that are left out are met once, however many of the others are taken up one after the other."""
    store, names = MemoryStore(), [f"case:{number:03}" for number in range(100)]
    for name in names:
        store.append([Append(f"{name}/theirs", 0, events(f"{name}/theirs", 1, 1), 1)])
        store.append([Append(f"{name}/ours", 0, events(f"{name}/ours", 1, 1), 2)])
    besides = Counted(f"{name}/theirs" for name in names)
    taken = []
    while (found := store.due(NEVER, besides)) is not None:
        taken.append(found[1])
        store.append([Append(found[1], 1, [], NEVER)])
    assert taken == [f"{name}/ours" for name in names]
    assert besides.asked == 200
    assert store.due(NEVER) == (1, "case:000/theirs")
