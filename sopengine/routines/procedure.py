"""A routine as a procedure of one stage, so that the same engine enforces it: the gate, the clock, who may act.

An occurrence is a case in the stage `open`. It goes forward to `done` through the gate of ticks and documents; `missed` and
`excused` are reached by no way that a person could take, only as consequences of the calendar. Source: the language
reference, "Routines": "an occurrence is a case of a one-stage procedure that the calendar opened".
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Final

from sopengine import wording
from sopengine.language.model import Clock, Escalation, Exit, Field, Outcome, OutcomeKind, Path, Routine, Sop, Stage, Text
from sopengine.time.durations import FromField, Percent

OPEN: Final = "open"
DONE: Final = "done"
MISSED: Final = "missed"
EXCUSED: Final = "excused"

ROUTINE, DATE, PERSON, DUE = "routine", "date", "person", "due"
"""The fields of an occurrence's record."""

CLOCK: Final = f"{OPEN}.finish"
"""The clock that is breached when an occurrence is late."""

_FORM: Final = 1
_KINDS: Final[dict[str, OutcomeKind]] = {DONE: "success", MISSED: "failure", EXCUSED: "cancelled"}
_TYPES: Final = {ROUTINE: "string", DATE: "date", PERSON: "string", DUE: "datetime"}


def procedures(*sops: Sop) -> tuple[Sop, ...]:
    """The one-stage procedure of every routine of some SOPs, for an engine that is to enforce them.

    >>> from sopengine.loading import load_text
    >>> sop = load_text('''
    ... sop: desk
    ... title: Desk
    ... version: "1"
    ... timezone: UTC
    ... stages: {talk: {owner: sales}}
    ... routines: {pagi: {owner: sales, every: day, checklist: [Open the till]}}
    ... ''')
    >>> [derived] = procedures(sop)
    >>> derived.id, list(derived.stages), list(derived.outcomes)
    ('desk.pagi', ['open'], ['done', 'missed', 'excused'])
    """
    return tuple(procedure(sop, routine) for sop in sops for routine in sop.routines.values())


def procedure_id(sop: str, routine: str) -> str:
    """The id of a routine's procedure; the dot keeps it apart from every SOP that is written in a file."""
    return f"{sop}.{routine}"


def procedure(sop: Sop, routine: Routine) -> Sop:
    """The procedure of one routine. Its places are those of the SOP's own text, where the routine is written."""
    return replace(
        sop,
        id=procedure_id(sop.id, routine.name),
        title=routine.title,
        subject="occurrence",
        migration=None,
        fields={name: _field(name, kind, routine.path) for name, kind in _TYPES.items()},
        identity=None,
        scores={},
        tables={},
        approvals={},
        contact_policy=None,
        templates={},
        events=(),
        stages={OPEN: _stage(sop, routine)},
        outcomes={name: _outcome(name, kind, routine.path) for name, kind in _KINDS.items()},
        clocks=(),
        override_by=(),
        routines={},
        measures={},
        hash=_hash(sop, routine),
    )


def _hash(sop: Sop, routine: Routine) -> str:
    """Made from the SOP's own hash: another text is another procedure, and says so."""
    return hashlib.sha256(json.dumps(["routine", _FORM, sop.hash, routine.name]).encode()).hexdigest()


def _stage(sop: Sop, routine: Routine) -> Stage:
    return Stage(
        name=OPEN,
        title=routine.title,
        description={},
        owner=routine.owner,
        requires=(),
        documents=routine.documents,
        checklist=routine.checklist,
        approvals=(),
        clocks=(_clock(sop, routine),),
        follow_up=None,
        assign=None,
        send=(),
        exits=(Exit(DONE, None, (), True, routine.path),),
        back=(),
        statuses=(),
        ref=None,
        after_care=False,
        path=routine.path,
    )


def _clock(sop: Sop, routine: Routine) -> Clock:
    """Met by whoever is done at the due instant of the record or before; `keep`, so that nobody moves their own due time."""
    written = next((key for key in ("at", "by") if sop.document.home(routine.path).mentions((*routine.path, key))), None)
    path = routine.path if written is None else (*routine.path, written)
    return Clock(
        name="finish",
        start=("entered",),
        stop=("left",),
        cancel=(),
        target=FromField(DUE),
        target_by=None,
        calendar=None,
        pause=(),
        max_pause=None,
        on_change="keep",
        escalate=(Escalation(Percent(10_000), ("reports_to",), None, False, path),),
        path=path,
    )


def _outcome(name: str, kind: OutcomeKind, path: Path) -> Outcome:
    return Outcome(
        name=name,
        kind=kind,
        title=_said(f"routines.{name}"),
        after_care=None,
        from_any=False,
        from_stages=(),
        reasons=(),
        reopen=None,
        recycle=None,
        send=(),
        declared=False,
        path=path,
    )


def _field(name: str, kind: str, path: Path) -> Field:
    return Field(
        name=name,
        type=kind,
        title=_said(f"routines.field_{name}"),
        values=(),
        minimum=None,
        maximum=None,
        pattern=None,
        currency=None,
        default=None,
        declared=True,
        path=path,
    )


def _said(key: str) -> Text:
    return {language: wording.say(key, language) for language in wording.LANGUAGES}
