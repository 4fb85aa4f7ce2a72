"""Keeps some mutants of a cosmic-ray session, the same ones each time: ``python tests/mutants/sample.py SESSION NUMBER``."""

from __future__ import annotations

import random
import sqlite3
import sys

session, number = sys.argv[1], int(sys.argv[2])
with sqlite3.connect(session) as database:
    rows = database.execute(
        "SELECT job_id FROM mutation_specs WHERE job_id NOT IN (SELECT job_id FROM work_results)"
        " ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence"
    ).fetchall()
    kept = set(random.Random(4).sample(rows, min(number, len(rows))))
    for row in rows:
        if row not in kept:
            database.execute("DELETE FROM mutation_specs WHERE job_id = ?", row)
            database.execute("DELETE FROM work_items WHERE job_id = ?", row)
sys.stdout.write(f"{len(kept)} of {len(rows)} mutants\n")
