"""The engine: the kernel with a clock, people, a store and messages around it."""

from sopengine.engine.decision import CaseView, ClockView, Decision
from sopengine.engine.engine import Engine
from sopengine.engine.subject import Subject

__all__ = ["CaseView", "ClockView", "Decision", "Engine", "Subject"]
