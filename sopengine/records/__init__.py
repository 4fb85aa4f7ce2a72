"""Lead data against the fields that an SOP declares: every mistake of a record at once, and the facts in a good one.

::

    rules = RecordRules(sop.fields, span=sop.span)
    rules.schema                        # JSON Schema, draft 2020-12, for other systems
    rules.check({"budget": "lima"})     # findings, one a field
    rules.normalise("budget", "50000")  # 50000
"""

from __future__ import annotations

from sopengine.records.formats import compact_phone
from sopengine.records.patterns import BadPattern, pattern_problem
from sopengine.records.reading import LONGEST_TEXT
from sopengine.records.rules import RecordRules

__all__ = ["LONGEST_TEXT", "BadPattern", "RecordRules", "compact_phone", "pattern_problem"]
