"""The live machine knows exactly the ways that the tables know, calls in the right order, and nothing of it can be a string."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from transitions import MachineError

import sopengine
from sopengine import bundled
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.tables import Tables
from sopengine.machine import CaseMachine
from sopengine.source import read_file

PACKAGE = Path(sopengine.__file__).parent
SHIPPED = [bundled.bundled_path("sops", name) for name in bundled.bundled_names("sops")]
SOPS = [path for path in SHIPPED if read_file(path).mentions(("sop",))]


class Traveller:
    """An object that travels through the machine and writes down what happens to it."""

    def __init__(self, state: str, verdict: bool = True, fails: bool = False) -> None:
        self.__dict__["state"] = state
        self.verdict = verdict
        self.fails = fails
        self.log: list[str] = []

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "state":
            self.log.append(f"state {value}")
        self.__dict__[name] = value

    def allowed(self) -> bool:
        self.log.append("asked")
        return self.verdict

    def commit(self) -> None:
        self.log.append("commit")
        if self.fails:
            raise OSError("disk full")

    def left(self) -> None:
        self.log.append(f"left {self.state}")

    def entered(self) -> None:
        self.log.append(f"entered {self.state}")


@pytest.fixture(params=SOPS, ids=lambda path: path.name)
def tables(request: pytest.FixtureRequest) -> Tables:
    """The tables of a shipped SOP."""
    return compile_tables(sopengine.load(request.param))


def arrivals(tables: Tables) -> dict[tuple[str, str], str]:
    """Where each way leads, worked out from the SOP itself: after-care follows a success, unless the case is there."""
    sop, found = tables.sop, {}
    for source, place in tables.places.items():
        in_care = source in sop.stages and sop.stages[source].after_care
        for to in place.ways:
            care = sop.outcomes[to].after_care if to in sop.outcomes else None
            found[source, to] = care if care and not in_care else to
    return found


def test_the_machine_goes_exactly_where_the_tables_say(tables: Tables) -> None:
    """From every place to every name: the machine moves where there is a way, to its arrival, and nowhere else."""
    machine, known = CaseMachine(tables), arrivals(tables)
    for source in tables.places:
        for to in (*tables.places, "nowhere", ""):
            traveller = Traveller(source)
            assert machine.move(traveller, to) is ((source, to) in known)
            assert traveller.state == known.get((source, to), source)
            assert bool(traveller.log) is ((source, to) in known)
    assert known


def test_the_machine_has_no_transitions_of_its_own(tables: Tables) -> None:
    """There are no automatic transitions: the triggers are the destinations of the ways, and nothing more."""
    machine = CaseMachine(tables)._machine
    ways = {(source, to) for source, place in tables.places.items() for to in place.ways}
    found = {
        (source, name.removeprefix("to "))
        for name, event in machine.events.items()
        for source, transitions in event.transitions.items()
        if transitions
    }
    assert found == ways
    assert set(machine.states) == set(tables.places)


def test_every_callback_is_a_callable(tables: Tables) -> None:
    """No callback or condition is a string, which `transitions` would import and run."""
    machine = CaseMachine(tables)._machine
    calls: list[Any] = [*machine.before_state_change, *machine.after_state_change]
    calls += [*machine.prepare_event, *machine.finalize_event]
    for state in machine.states.values():
        calls += [*state.on_enter, *state.on_exit]
    for event in machine.events.values():
        for each in (one for found in event.transitions.values() for one in found):
            calls += [*each.prepare, *each.before, *each.after, *(condition.func for condition in each.conditions)]
    assert calls
    assert all(callable(call) for call in calls)


def test_nothing_is_registered_with_the_machine(tables: Tables) -> None:
    """Objects travel without being kept: after a thousand moves the machine has no models."""
    machine = CaseMachine(tables)
    (source, to), *_ = arrivals(tables)
    for _ in range(1000):
        machine.move(Traveller(source), to)
    assert machine._machine.models == []


def test_commit_comes_before_the_hooks(tables: Tables) -> None:
    """A move asks, commits, leaves, changes the state, enters: hooks see what is true already."""
    (source, to), arrival = next(iter(arrivals(tables).items()))
    traveller = Traveller(source)
    assert CaseMachine(tables).move(traveller, to)
    assert traveller.log == ["asked", "commit", f"left {source}", f"state {arrival}", f"entered {arrival}"]


def test_a_verdict_of_no_changes_nothing(tables: Tables) -> None:
    """Where the verdict is no, nothing is committed, no hook is called, and the object stays."""
    source, to = next(iter(arrivals(tables)))
    traveller = Traveller(source, verdict=False)
    assert CaseMachine(tables).move(traveller, to) is False
    assert (traveller.log, traveller.state) == (["asked"], source)


def test_a_commit_that_fails_changes_nothing(tables: Tables) -> None:
    """The commit's own exception comes out, no hook is called, and the object stays where it was."""
    source, to = next(iter(arrivals(tables)))
    traveller = Traveller(source, fails=True)
    with pytest.raises(OSError, match="disk full"):
        CaseMachine(tables).move(traveller, to)
    assert (traveller.log, traveller.state) == (["asked", "commit"], source)


def test_an_object_in_an_unknown_place_goes_nowhere(tables: Tables) -> None:
    """An object whose state the SOP does not have is not moved, and `transitions` raises nothing."""
    traveller = Traveller("limbo")
    try:
        assert CaseMachine(tables).move(traveller, next(iter(tables.places))) is False
    except MachineError:
        pytest.fail("an exception of transitions came through")


def imports(path: Path) -> set[str]:
    """The names of the packages that a module imports, wherever in its text."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def test_only_this_room_imports_transitions() -> None:
    """`transitions` is imported in `machine.py` and nowhere else in the package."""
    users = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "transitions" in imports(path)]
    assert users == ["machine.py"]
