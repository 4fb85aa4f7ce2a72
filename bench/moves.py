"""One move decided and applied, against state machine libraries; and how much memory an open case takes."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import sopengine
from bench.peers import PEERS, WITHOUT, LeadMachine, prepared, sismic_yaml, spiffworkflow, transitions_table
from bench.report import Section, microseconds, ratio
from bench.six_stages import DOCUMENTS, ORDER, PEOPLE, RECORD, STAGES, STEPS, a_lead, yaml
from bench.timing import Work, race
from sopengine.store import Append, MemoryStore, Store

CASES, ROUNDS = 60, 21
BASE = "`transitions`, one shared machine"
KNOWN_BY_ID, OBJECT, REFUSED = "**sopengine**, case by id", "**sopengine**, host object", "**sopengine**, refused, all reasons"


def engine_with(cases: int, documents: tuple[str, ...] = DOCUMENTS, store: Store | None = None) -> sopengine.Engine:
    """An engine in memory with open cases that have what the six stages ask for."""
    people = {person: sorted(roles) for person, roles in PEOPLE.items()}
    engine = sopengine.Engine(sopengine.load_text(yaml(), "six-stages.yaml"), people=people, store=store)
    for number in range(cases):
        if not engine.open({"id": f"L-{number}", **RECORD}, by="rina"):
            raise AssertionError(number)
        for document in documents:
            engine.attach(f"L-{number}", document, by="rina").or_raise()
    return engine


def by_id() -> tuple[Work, int]:
    """All moves of all cases, each case named by its id."""
    engine = engine_with(CASES)
    names = [f"L-{number}" for number in range(CASES)]

    def work() -> None:
        for name in names:
            for _, there, actor in STEPS:
                if not engine.move(name, there, by=actor):
                    raise AssertionError(name)

    return work, CASES * len(STEPS)


def with_object() -> tuple[Work, int]:
    """The same with the host's objects: their fields are compared, their stage written back."""
    engine = engine_with(CASES)
    leads = [SimpleNamespace(id=f"L-{number}", stage=ORDER[0], **RECORD) for number in range(CASES)]

    def work() -> None:
        for lead in leads:
            for _, there, actor in STEPS:
                if not engine.move(lead, there, by=actor):
                    raise AssertionError(lead)

    return work, CASES * len(STEPS)


def refused() -> tuple[Work, int]:
    """A move that lacks a document and is tried by somebody without the role: both reasons are found."""
    engine = engine_with(CASES, ())
    names = [f"L-{number}" for number in range(CASES)]

    def work() -> None:
        for name in names:
            for _ in STEPS:
                if len(engine.move(name, ORDER[1], by="budi").findings) != 2:
                    raise AssertionError(name)

    return work, CASES * len(STEPS)


def moves() -> Section:
    """Time of one move."""
    contenders: dict[str, Any] = {name: partial(prepared, peer, CASES) for name, peer in PEERS.items()}
    contenders |= {KNOWN_BY_ID: by_id, OBJECT: with_object, REFUSED: refused}
    times = race(contenders, ROUNDS)
    section = Section(
        "One move",
        "A case goes through six stages to its success. Each move tests the actor's role, the required fields and the "
        "documents. sopengine decides it, moves it through `transitions`, runs the clock of the stage, folds the state and "
        "appends to the history; the peers test a guard that was written by hand and change the state. Machines, "
        "interpreters and workflows of the peers are built beforehand, outside the time.",
    )
    order = [KNOWN_BY_ID, OBJECT, REFUSED, *PEERS]
    against = (times[BASE], times[KNOWN_BY_ID])
    rows = [
        [name, microseconds(times[name].median), *(ratio(times[name].times(other)) for other in against)] for name in order
    ]
    section.table(["a move", "median µs", "÷ shared machine", "÷ sopengine by id"], rows)
    ours = times[KNOWN_BY_ID]
    shared, machine = ours.times(times[BASE]), times["python-statemachine"].times(ours)
    section.aim("one move, against a raw shared machine of `transitions`", "at most 3×", ratio(shared), shared <= 3)
    section.aim("one move, python-statemachine against sopengine", "at least 5×", ratio(machine), machine >= 5)
    section.prose(["peer", "what it does not do"], [[name, lack] for name, lack in WITHOUT.items()])
    return section


# ------------------------------------------------------------------------------------------------------------- memory


def size_of(build: Callable[[int], object], cases: int) -> float:
    """Bytes that Python allocated for one of `cases` cases, everything that was kept alive counted."""
    kept = [build(2)]  # what is built only once is not a case's
    gc.collect()
    tracemalloc.start()
    kept.append(build(cases))
    gc.collect()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used / cases


class Forgetful(MemoryStore):
    """Keeps no event, so that only what the engine holds of a case is measured."""

    def append(self, batch: Sequence[Append]) -> None:
        """Nothing is kept."""


def states_only(cases: int) -> object:
    """Open cases without their histories."""
    return engine_with(cases, (), Forgetful())


def machines(cases: int) -> object:
    """python-statemachine: a lead and its machine."""
    return [LeadMachine(a_lead(number)) for number in range(cases)]


def models(cases: int) -> object:
    """`transitions`: leads registered with a machine."""
    from transitions import Machine

    machine = Machine(None, states=list(ORDER), initial=ORDER[0], transitions=transitions_table(), auto_transitions=False)
    machine.add_model([a_lead(number) for number in range(cases)])
    return machine


def interpreters(cases: int) -> object:
    """sismic: a lead and its interpreter."""
    from sismic.interpreter import Interpreter
    from sismic.io import import_from_yaml

    chart = import_from_yaml(sismic_yaml())
    found = [Interpreter(chart, initial_context={"lead": a_lead(number)}) for number in range(cases)]
    for interpreter in found:
        interpreter.execute()
    return found


def workflows(cases: int) -> object:
    """SpiffWorkflow: a workflow with the lead as its data."""
    return spiffworkflow([a_lead(number) for number in range(cases)])


MEMORY: dict[str, tuple[Callable[[int], object], int]] = {
    "**sopengine**, without the history": (states_only, 10_000),
    "**sopengine**, with the history": (lambda cases: engine_with(cases, ()), 10_000),
    "`transitions`, one shared machine (the lead alone)": (lambda cases: [a_lead(n) for n in range(cases)], 10_000),
    "`transitions`, add_model": (models, 1_000),
    "python-statemachine": (machines, 300),
    "sismic": (interpreters, 300),
    "SpiffWorkflow": (workflows, 300),
}


def memory() -> Section:
    """Bytes of one open case."""
    sizes = {name: size_of(build, cases) for name, (build, cases) in MEMORY.items()}
    base = sizes["**sopengine**, without the history"]
    section = Section(
        "One open case in memory",
        f"A case of {len(RECORD)} fields that stands in the first of {len(STAGES)} stages with one running clock. Bytes "
        "that Python allocated for 10,000 cases (fewer for the larger peers), divided by their number. The values of the "
        "fields are shared by all cases here, in every row.",
    )
    section.aim("an open case of ten fields, without its history", "at most 1,600 bytes", f"{base:,.0f} bytes", base <= 1600)
    section.table(["an open case", "bytes", "÷ sopengine"], [[n, f"{s:,.0f}", ratio(s / base)] for n, s in sizes.items()])
    return section
