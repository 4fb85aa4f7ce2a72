"""sopengine: standard operating procedures as code.

::

    import sopengine

    sop = sopengine.load("sops/saas-demo.yaml")
    with sopengine.Engine(sop, people="people.yaml") as engine:
        decision = engine.open({"id": "L-1", "name": "PT Maju"}, by="rina")

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sopengine.diagnostics import Diagnostic, Finding, Span
    from sopengine.engine import (
        AgendaRow,
        ApprovalView,
        CaseView,
        ClockView,
        Deadline,
        Decision,
        DocumentView,
        Engine,
        Subject,
    )
    from sopengine.errors import (
        InvalidRecord,
        InvalidSop,
        Refused,
        SopEngineError,
        StaleCase,
        StaleObject,
        UnknownCase,
        UsageError,
    )
    from sopengine.kernel.events import Event
    from sopengine.language.model import Sop
    from sopengine.loading import check, load, load_text
    from sopengine.people import Directory, People, Staff
    from sopengine.templates import RenderedMessage

__version__ = "0.1.0"

_HOMES = {
    "sopengine.diagnostics": ("Diagnostic", "Finding", "Span"),
    "sopengine.engine": (
        *("AgendaRow", "ApprovalView", "CaseView", "ClockView", "Deadline", "Decision", "DocumentView", "Engine"),
        "Subject",
    ),
    "sopengine.errors": (
        *("InvalidRecord", "InvalidSop", "Refused", "SopEngineError", "StaleCase", "StaleObject", "UnknownCase"),
        "UsageError",
    ),
    "sopengine.kernel.events": ("Event",),
    "sopengine.language.model": ("Sop",),
    "sopengine.loading": ("check", "load", "load_text"),
    "sopengine.people": ("Directory", "People", "Staff"),
    "sopengine.templates": ("RenderedMessage",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AgendaRow",
    "ApprovalView",
    "CaseView",
    "ClockView",
    "Deadline",
    "Decision",
    "Diagnostic",
    "Directory",
    "DocumentView",
    "Engine",
    "Event",
    "Finding",
    "InvalidRecord",
    "InvalidSop",
    "People",
    "Refused",
    "RenderedMessage",
    "Sop",
    "SopEngineError",
    "Span",
    "Staff",
    "StaleCase",
    "StaleObject",
    "Subject",
    "UnknownCase",
    "UsageError",
    "__version__",
    "check",
    "load",
    "load_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sopengine' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
