"""What every store of events must keep, as a class of tests for authors of stores: plain asserts and no test runner.

The contract knows nothing of one store's inside: it appends, reads, and asks what is due.
"""

from __future__ import annotations

from random import Random
from threading import Barrier, Thread

from sopengine.errors import StaleCase
from sopengine.kernel.events import Event
from sopengine.kernel.state import NEVER
from sopengine.store import Append, Store

ROUNDS = 40
"""How many random series of appends the contract tries on one store."""


def event(stream: str, seq: int, key: str | None = None) -> Event:
    """A small event with everything that a store must give back."""
    data = {"text": f"n{seq}"}
    return Event(f"{stream}/{seq}", stream, seq, "noted", seq * 10, seq * 10, "budi", ("sales",), key=key, data=data)


def events(stream: str, first: int, last: int) -> list[Event]:
    """The events of a stream from number `first` to number `last`."""
    return [event(stream, seq) for seq in range(first, last + 1)]


def stale(store: Store, batch: list[Append]) -> bool:
    """Whether the store refuses a batch as stale."""
    try:
        store.append(batch)
    except StaleCase:
        return True
    return False


class StoreContract:
    """The tests that a store has to pass. Each method takes an empty store, so that under pytest a subclass needs nothing but
    a fixture ``store`` that makes one.
    """

    def test_what_is_appended_is_read_in_order(self, store: Store) -> None:
        """A stream gives back its events, whole and in the order of their recording, over several appends."""
        store.append([Append("case:a", 0, events("case:a", 1, 2), NEVER)])
        store.append([Append("case:a", 2, events("case:a", 3, 3), NEVER)])
        assert list(store.read("case:a")) == events("case:a", 1, 3)

    def test_an_unknown_stream_is_empty(self, store: Store) -> None:
        """A stream that was never written is empty, and asking for it does not create it."""
        assert list(store.read("case:nobody")) == []
        assert list(store.streams()) == []

    def test_what_was_read_does_not_change_afterwards(self, store: Store) -> None:
        """What a reader holds is not touched by a later append."""
        store.append([Append("case:a", 0, events("case:a", 1, 1), NEVER)])
        before = store.read("case:a")
        store.append([Append("case:a", 1, events("case:a", 2, 2), NEVER)])
        assert len(before) == 1

    def test_a_stream_that_has_changed_is_stale(self, store: Store) -> None:
        """An append that expects another length than the stream has raises StaleCase and writes nothing."""
        store.append([Append("case:a", 0, events("case:a", 1, 2), 70)])
        for expected in (0, 1, 3):
            assert stale(store, [Append("case:a", expected, events("case:a", 9, 9), 5)])
            assert list(store.read("case:a")) == events("case:a", 1, 2)
            assert store.due(NEVER) == (70, "case:a")

    def test_all_streams_are_written_or_none(self, store: Store) -> None:
        """When one stream of a batch is stale nothing of the batch is kept: no event, no key, no deadline."""
        store.append([Append("case:b", 0, events("case:b", 1, 1), NEVER)])
        batch = [Append("case:a", 0, [event("case:a", 1, "k")], 10), Append("case:b", 0, events("case:b", 1, 1), 10)]
        assert stale(store, batch)
        assert list(store.read("case:a")) == []
        assert list(store.under_key("k")) == []
        assert list(store.streams()) == ["case:b"]
        assert store.due(NEVER) is None

    def test_one_stream_may_stand_twice_in_a_batch(self, store: Store) -> None:
        """Two appends to one stream in one batch follow on each other; the second must count the first."""
        store.append([Append("case:a", 0, events("case:a", 1, 2), 9), Append("case:a", 2, events("case:a", 3, 3), 8)])
        assert list(store.read("case:a")) == events("case:a", 1, 3)
        assert stale(store, [Append("case:a", 3, events("case:a", 4, 4), 9), Append("case:a", 3, events("case:a", 4, 4), 8)])
        assert len(store.read("case:a")) == 3

    def test_streams_are_in_the_order_of_their_first_event(self, store: Store) -> None:
        """Streams are listed by their first event, however often they are written afterwards."""
        for name in ("case:z", "case:a", "case:m"):
            store.append([Append(name, 0, events(name, 1, 1), NEVER)])
        store.append([Append("case:a", 1, events("case:a", 2, 2), NEVER)])
        assert list(store.streams()) == ["case:z", "case:a", "case:m"]

    def test_events_are_found_by_their_key(self, store: Store) -> None:
        """An idempotency key finds its events, over all streams; a new key finds none."""
        store.append([Append("case:a", 0, [event("case:a", 1), event("case:a", 2, "k")], NEVER)])
        assert [found.id for found in store.under_key("k")] == ["case:a/2"]
        assert list(store.under_key("other")) == []

    def test_due_is_strictly_before(self, store: Store) -> None:
        """A deadline is due once it lies before the asked instant, and not at that very instant."""
        store.append([Append("case:a", 0, events("case:a", 1, 1), 100)])
        assert store.due(100) is None
        assert store.due(101) == (100, "case:a")

    def test_the_earliest_deadline_comes_first(self, store: Store) -> None:
        """Deadlines come by their instant, those of one instant by the stream's name; asking takes nothing away."""
        for name, wake in (("case:c", 50), ("case:b", 40), ("case:a", 50)):
            store.append([Append(name, 0, events(name, 1, 1), wake)])
        seen = []
        while (found := store.due(NEVER)) is not None:
            assert store.due(NEVER) == found
            seen.append(found)
            store.append([Append(found[1], 1, events(found[1], 2, 2), NEVER)])
        assert seen == [(40, "case:b"), (50, "case:a"), (50, "case:c")]

    def test_streams_may_be_left_out_of_what_is_due(self, store: Store) -> None:
        """The earliest deadline of all other streams is found, and what was left out is there again afterwards."""
        for name, wake in (("case:a", 10), ("case:b", 20), ("case:c", 30)):
            store.append([Append(name, 0, events(name, 1, 1), wake)])
        assert store.due(NEVER, {"case:a"}) == (20, "case:b")
        assert store.due(NEVER, {"case:a", "case:b"}) == (30, "case:c")
        assert store.due(30, {"case:a", "case:b"}) is None
        assert store.due(NEVER, {"case:c"}) == store.due(NEVER) == (10, "case:a")

    def test_more_streams_are_left_out_as_they_are_met(self, store: Store) -> None:
        """A collection may grow between two questions; what it leaves out is put off and put on meanwhile like any other."""
        for name, wake in (("case:a", 10), ("case:b", 20), ("case:c", 30)):
            store.append([Append(name, 0, events(name, 1, 1), wake)])
        besides = {"case:a"}
        assert store.due(NEVER, besides) == (20, "case:b")
        besides.add("case:b")
        assert store.due(NEVER, besides) == (30, "case:c")
        store.append([Append("case:a", 1, [], 5), Append("case:b", 1, [], 40), Append("case:c", 1, [], 25)])
        assert store.due(NEVER, besides) == (25, "case:c")
        assert store.due(NEVER) == (5, "case:a")
        assert store.due(NEVER, {"case:a"}) == (25, "case:c")
        assert store.due(NEVER, {"case:a", "case:c"}) == (40, "case:b")

    def test_a_deadline_is_set_anew_by_every_append(self, store: Store) -> None:
        """The last append decides: sooner, later, never, and back again; also when it brings no event."""
        store.append([Append("case:a", 0, events("case:a", 1, 1), 100)])
        for wake in (50, 200, 100, NEVER, 100):
            store.append([Append("case:a", 1, [], wake)])
            assert store.due(NEVER) == (None if wake == NEVER else (wake, "case:a"))
            assert store.due(wake) is None
        assert list(store.read("case:a")) == events("case:a", 1, 1)

    def test_a_deadline_alone_makes_no_stream(self, store: Store) -> None:
        """An append without events to a stream that does not exist leaves nothing behind."""
        store.append([Append("case:a", 0, [], 10)])
        assert list(store.streams()) == []
        assert store.due(NEVER) is None

    def test_an_empty_batch_is_nothing(self, store: Store) -> None:
        """An empty batch changes nothing and is no error."""
        store.append([])
        assert list(store.streams()) == []

    def test_of_two_writers_one_wins(self, store: Store) -> None:
        """Eight threads that append to one stream at the same length: exactly one is taken, the others are stale."""
        for round_ in range(20):
            length = len(store.read("case:a"))
            won: list[int] = []
            late: list[int] = []
            barrier = Barrier(8)

            def write(number: int, length: int, won: list[int], late: list[int], start: Barrier) -> None:
                start.wait()
                try:
                    store.append([Append("case:a", length, events("case:a", length + 1, length + 1), NEVER)])
                    won.append(number)
                except StaleCase:
                    late.append(number)

            threads = [Thread(target=write, args=(number, length, won, late, barrier)) for number in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert (len(won), len(late)) == (1, 7), round_
        assert [found.seq for found in store.read("case:a")] == list(range(1, 21))

    def test_due_is_the_least_of_the_last_deadlines(self, store: Store) -> None:
        """Over random appends `due` is the least of the deadlines that each stream was given last."""
        chance = Random(20260202)  # noqa: S311 - the same series in every run, and no secret
        lengths = dict.fromkeys("abcd", 0)
        last: dict[str, int] = {}
        for round_ in range(ROUNDS):
            for name in chance.choices("abcd", k=chance.randrange(20)):
                count, wake, stream = chance.randrange(3), chance.randrange(7), f"case:{name}"
                store.append([Append(stream, lengths[name], events(stream, lengths[name] + 1, lengths[name] + count), wake)])
                lengths[name] += count
                if lengths[name]:
                    last[stream] = wake
            for until in range(8):
                due = sorted((wake, stream) for stream, wake in last.items() if wake < until)
                assert store.due(until) == (due[0] if due else None), (round_, until)
