"""What an SOP says and the engine does not hold anybody to yet: said as a remark, because silence would be a
promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sopengine.check.rule import Rule
from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Path, Sop

NOT_ENFORCED: tuple[tuple[str, str], ...] = (
    ("SOP901", "stages.*.sla.*.escalate"),
    ("SOP901", "sla.*.escalate"),
    ("SOP902", "stages.*.sla.*.pause"),
    ("SOP902", "sla.*.pause"),
    ("SOP903", "stages.*.sla.*.on_change"),
    ("SOP904", "stages.*.sla.reply"),
    ("SOP905", "stages.*.sla.*.from"),
    ("SOP906", "sla"),
    ("SOP907", "stages.*.sla.*.by"),
    ("SOP908", "contact_policy"),
    ("SOP909", "approvals"),
    ("SOP910", "documents.*.approved_by"),
    ("SOP911", "documents.*.valid_for"),
    ("SOP912", "stages.*.assign"),
    ("SOP913", "identity"),
    ("SOP914", "override"),
    ("SOP915", "routines"),
    ("SOP916", "measures"),
    ("SOP917", "open_cases"),
    ("SOP918", "effective_from"),
    ("SOP919", "outcomes.*.reopen"),
    ("SOP920", "stages.*.follow_up.send=auto"),
    ("SOP921", "log_within"),
    ("SOP922", "stages.*.statuses.*.waits_for"),
)
"""A code, and the place in a file where the feature is written (``*`` is any name, ``=`` a value). A line goes when
the engine enforces what it names."""


def not_enforced(sop: Sop) -> Iterator[Diagnostic]:
    """SOP901 to SOP922: each feature that is used and not enforced yet, once, where it is first used."""
    said: set[str] = set()
    for code, pattern in NOT_ENFORCED:
        path = next(_matches(sop.document.data, tuple(pattern.split(".")), ()), None)
        if path is not None and code not in said:
            said.add(code)
            yield Diagnostic(code, sop.document.main.key_span(path), {}, "info")


def _matches(data: Any, pattern: tuple[str, ...], path: Path) -> Iterator[Path]:
    if not pattern:
        yield path
        return
    if not isinstance(data, dict):
        return
    key, _, wanted = pattern[0].partition("=")
    for name in data if key == "*" else (key,):
        if name in data and (not wanted or data[name] == wanted):
            yield from _matches(data[name], pattern[1:], (*path, name))


RULES: tuple[Rule, ...] = (not_enforced,)
