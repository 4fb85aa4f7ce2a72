"""The engine: the kernel with a clock, people, a store and messages around it."""

from sopengine.engine.agenda import AgendaRow
from sopengine.engine.ahead import Deadline
from sopengine.engine.approvals import ApprovalView, LevelView
from sopengine.engine.decision import CaseView, ClockView, Decision
from sopengine.engine.documents import DocumentView
from sopengine.engine.engine import Engine
from sopengine.engine.subject import Subject

__all__ = [
    "AgendaRow",
    "ApprovalView",
    "CaseView",
    "ClockView",
    "Deadline",
    "Decision",
    "DocumentView",
    "Engine",
    "LevelView",
    "Subject",
]
