"""What an SOP says and the engine does not hold anybody to yet: said as a remark, because silence would be a
promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Path, Sop
from sopengine.lint.rule import Rule

NOT_ENFORCED: tuple[tuple[str, str], ...] = (
    ("SOP916", "measures"),
    ("SOP917", "open_cases"),
    ("SOP918", "effective_from"),
)
"""A code, and the place in a file where the feature is written (``*`` is any name, ``=`` a value). A line goes when
the engine enforces what it names."""


def not_enforced(sop: Sop) -> Iterator[Diagnostic]:
    """SOP902 to SOP918: each feature that is used and not enforced yet, once, where it is first used."""
    said: set[str] = set()
    for code, pattern in NOT_ENFORCED:
        steps = tuple(pattern.split("."))
        places = (d.key_span(path) for d in sop.document.documents for path in _matches(d.data, steps, ()))
        place = next(places, None)
        if place is not None and code not in said:
            said.add(code)
            yield Diagnostic(code, place, {}, "info")


def _matches(data: Any, pattern: tuple[str, ...], path: Path) -> Iterator[Path]:
    if not pattern:
        yield path
        return
    key, _, wanted = pattern[0].partition("=")
    for step, value in _inside(data):
        if (key == "*" or step == key) and (not wanted or value == wanted):
            yield from _matches(value, pattern[1:], (*path, step))


def _inside(data: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(data, dict):
        return data.items()
    return enumerate(data) if isinstance(data, list) else ()


RULES: tuple[Rule, ...] = (not_enforced,)
