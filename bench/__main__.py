"""Runs every measurement, prints each as it comes, and writes `docs/benchmarks.md`.

    python -m bench [section …]

With names of sections, only those are run and nothing is written.
"""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version
from pathlib import Path

from bench.agenda import agendas
from bench.assignment import assignments
from bench.calendars import calendars
from bench.deadlines import deadlines
from bench.gates import gates
from bench.histories import judging
from bench.moves import memory, moves
from bench.report import Section, wrapped
from bench.start import cold_start
from bench.templates import templates

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SECTIONS = {
    "moves": moves,
    "memory": memory,
    "judging": judging,
    "calendars": calendars,
    "templates": templates,
    "agenda": agendas,
    "deadlines": deadlines,
    "assignment": assignments,
    "gates": gates,
    "start": cold_start,
}
PACKAGES = (
    *("sopengine", "transitions", "python-statemachine", "sismic", "SpiffWorkflow"),
    *("businesstimedelta", "pandas", "Jinja2", "msgspec"),
)
AIMS = (
    "What the project sets itself, and what this run measured. Where an aim is missed, this is why: a move through `transitions` "
    "with a verdict, a commit and two hooks costs more than the raw machine already, and what comes on top (roles, gate, "
    "clocks, a state that can be given up, an event with its place in a stream) is work that the raw machine does not do; a "
    "loop by hand keeps a case in local variables and makes no sentence that can be read in two languages, while every rule "
    "here is a function of its own that any procedure can ask."
)
INTRODUCTION = """# Benchmarks

Written by `make bench`, which installs the peers into an environment of their own and measures all of them side by side in
one run: within every round the contenders take turns, in rotating order, and a ratio is the median of the ratios within the
rounds. Times are processor time of one thread with the garbage collector on, unless a section says otherwise; they depend on
the machine, the ratios much less. No test asserts a time. A ratio "÷ x" says how many times as long (or as large) as x:
below 1 is quicker than x."""


def versions() -> str:
    """What was measured, with versions."""
    named = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return wrapped(f"Measured: {named}; {platform.python_implementation()} {platform.python_version()}.")


def main(wanted: list[str]) -> int:
    """Run the sections that are wanted, or all and write the page."""
    unknown = [name for name in wanted if name not in SECTIONS]
    if unknown:
        print(f"no section {', '.join(unknown)}; there are: {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    print(versions(), flush=True)
    aims = Section("Aims", AIMS)
    sections = []
    for name in wanted or SECTIONS:
        sections.append(SECTIONS[name]())
        aims.aims += sections[-1].aims
        print(f"\n{sections[-1].markdown()}", flush=True)
    aims.prose(["aim", "wanted", "measured", ""], aims.aims)
    print(f"\n{aims.markdown()}", flush=True)
    if not wanted:
        page = [INTRODUCTION, versions(), *(section.markdown() for section in (aims, *sections))]
        PAGE.write_text("\n\n".join(page) + "\n", encoding="utf-8")
        print(f"\nwritten: docs/{PAGE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
