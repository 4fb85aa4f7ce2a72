"""Where streams of events are kept: the protocol that every store keeps, and the store in memory."""

from sopengine.store.memory import MemoryStore
from sopengine.store.protocol import Append, Store

__all__ = ["Append", "MemoryStore", "Store"]
