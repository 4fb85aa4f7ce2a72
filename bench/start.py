"""Cold start of the command line, against an interpreter that does nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.report import Section, ratio

TURNS = 15
PROGRAM = Path(sys.executable).parent / "sopengine"
SOPS = Path(__file__).parent.parent / "sops"


def milliseconds(command: list[str]) -> float:
    """Wall time of one process."""
    # the turn before the first one leaves compiled modules behind, as any first run of a program does
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=given)  # noqa: S603
    took = (time.perf_counter() - start) * 1e3
    if done.returncode:
        raise AssertionError(done.stderr.decode())
    return took


def cold_start() -> Section:
    """Median milliseconds of a whole process."""
    python, file = sys.executable, SOPS / "lead-handling.yaml"
    commands = {
        "`python -c pass`": [python, "-c", "pass"],
        "`sopengine --help`": [str(PROGRAM), "--help"],
        f"`sopengine check {file.name}`": [str(PROGRAM), "check", str(file)],
        '`python -c "import transitions"`': [python, "-c", "import transitions"],
        '`python -c "import statemachine"`': [python, "-c", "import statemachine"],
        '`python -c "import pandas"`': [python, "-c", "import pandas"],
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(TURNS + 1):
        for name, command in commands.items():
            took = milliseconds(command)
            if turn:
                found[name].append(took)
    times = {name: statistics.median(values) for name, values in found.items()}
    bare = times["`python -c pass`"]
    section = Section(
        "Cold start",
        f"Wall time of a whole process, the median of {TURNS}, the commands in turns. {len(file.read_text().splitlines())} lines "
        "are checked. The imports of three peers are there for scale.",
    )
    section.table(["command", "median ms", "÷ bare Python"], [[n, f"{t:.0f}", ratio(t / bare)] for n, t in times.items()])
    return section
