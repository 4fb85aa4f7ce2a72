"""Which random examples the tests try: the same ones each time; SOPENGINE_HYPOTHESIS=soak tries many more, by chance."""

from __future__ import annotations

import os

from hypothesis import settings

# A deadline per example is a timing assert: it fails on a busy machine, not on a mistake.
settings.register_profile("fast", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=2000, derandomize=False)
settings.register_profile("mutants", deadline=None, max_examples=12, derandomize=True, database=None)
settings.load_profile(os.environ.get("SOPENGINE_HYPOTHESIS", "fast"))
