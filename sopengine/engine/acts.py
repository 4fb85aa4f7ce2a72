"""What a verb is asked: the words of a call, read and bounded before anything is looked up.

The same table of words serves the verbs and the import of what has already happened, so that both store the same data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypedDict

import msgspec

from sopengine.engine.instants import instant, moment_of
from sopengine.errors import UsageError
from sopengine.kernel import events
from sopengine.kernel.events import BY_SOP, Event
from sopengine.records import LONGEST_TEXT
from sopengine.wording import Listing

LONGEST_NAME: Final = 200
LARGEST_WHOLE: Final = 10**41
"""Numbers beyond this are no facts of a case, and too long to be written out."""

_SHA256: Final = re.compile("[0-9a-fA-F]{64}")
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_CONTROL: Final = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Reader = Callable[[Any, str], Any]


class How(TypedDict, total=False):
    """What every verb takes beside its own words.

    `at` is when it happened (an aware datetime; default now), `note` words for the trail, `key` the idempotency key under
    which a repeated call returns the first decision, `dry_run` answers without recording anything.
    """

    at: datetime | None
    note: str | None
    key: str | None
    dry_run: bool


_HOW: Final = frozenset(How.__annotations__)

VERBS: Final[Mapping[str, str]] = {
    events.OPENED: "open",
    events.EDITED: "edit",
    events.MOVED: "move",
    events.CONTACTED: "contact",
    events.RECEIVED: "receive",
    events.BOUNCED: "bounce",
    events.ATTACHED: "attach",
    events.TICKED: "tick_off",
    events.UNTICKED: "untick",
    events.ASSIGNED: "assign",
    events.STATUS: "set_status",
    events.NOTED: "note",
    events.SIGNALLED: "signal",
    events.NO_REPLY: "no_reply_needed",
    events.OPTED_OUT: "opt_out",
    events.LINKED: "link",
    events.MERGED: "merge",
    events.REQUESTED: "request",
    events.APPROVED: "approve",
    events.REJECTED: "reject",
}
"""The verb of the engine that asks for each kind of fact."""


class Act(msgspec.Struct, frozen=True):
    """A command: who wants what, when it happened (µs), under which idempotency key; `cause` is the event of
    the case that it follows from, `told_of` the merged case of which it was told.
    """

    kind: str
    data: Mapping[str, Any]
    by: str
    at: int | None
    key: str | None
    dry_run: bool
    cause: str | None = None
    told_of: str | None = None

    @classmethod
    def of(cls, kind: str, words: Mapping[str, Any], by: Any, how: How, verb: str | None = None) -> Act:
        """The act that a call asks for; UsageError for words that no case could make right."""
        if how and not how.keys() <= _HOW:
            unknown = ", ".join(sorted(how.keys() - _HOW))
            common = ", ".join(How.__annotations__)
            raise TypeError(f"{verb or VERBS[kind]}() takes no {unknown}; beside its own arguments every verb takes {common}")
        at, key, dry_run = how.get("at"), how.get("key"), how.get("dry_run", False)
        if not isinstance(dry_run, bool):
            raise UsageError.saying("call.not_flag", word="dry_run", value=f"{dry_run!r:.60}")
        if by == BY_SOP:
            raise UsageError.saying("call.by_sop", by=BY_SOP)
        return cls(
            kind,
            read_words(kind, {**words, "note": how.get("note")}),
            actor(by, "by"),
            None if at is None else instant(at, "at"),
            None if key is None else name(key, "key"),
            dry_run,
        )


def name(value: Any, what: str) -> str:
    """A name: text of 1 to 200 characters without control characters."""
    if not isinstance(value, str):
        raise UsageError.saying("call.not_text", word=what, type=type(value).__name__)
    if not value or len(value) > LONGEST_NAME:
        raise UsageError.saying("call.name_length", word=what, most=LONGEST_NAME, length=len(value))
    if not value.isprintable() and _CONTROL.search(value):
        raise UsageError.saying("call.name_characters", word=what, value=repr(value))
    return value


def actor(value: Any, what: str) -> str:
    """Who acts: a person, or ``role:sales`` for somebody of that role where there is no directory."""
    if not isinstance(value, str) or not value.strip():
        raise UsageError.saying("call.nobody", word=what)
    return name(value, what)


def words(value: Any, what: str) -> str:
    """Words of a person, of any language and up to the length of a field."""
    if not isinstance(value, str):
        raise UsageError.saying("call.not_text", word=what, type=type(value).__name__)
    if len(value) > LONGEST_TEXT:
        raise UsageError.saying("call.too_long", word=what, length=len(value), most=LONGEST_TEXT)
    if _UNSTORABLE.search(value):
        raise UsageError.saying("call.text_characters", word=what)
    return value


def written(value: Any, what: str) -> str:
    """Words that are there."""
    if not words(value, what).strip():
        raise UsageError.saying("call.empty", word=what)
    return str(value)


def digest(value: Any, what: str) -> str:
    """A SHA-256 as 64 hexadecimal digits, in lower case."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise UsageError.saying("call.no_sha256", word=what, value=f"{value!r:.70}")
    return value.lower()


def flag(value: Any, what: str) -> bool:
    """True or False and nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise UsageError.saying("call.not_flag", word=what, value=f"{value!r:.60}")
    return value


def fields(value: Any, what: str) -> dict[str, Any]:
    """Values by field name: a mapping, copied."""
    if not isinstance(value, Mapping):
        raise UsageError.saying("call.not_fields", word=what, type=type(value).__name__)
    return {name(key, f"{what}, key"): value[key] for key in value}


def plain_fields(value: Any, what: str) -> dict[str, Any]:
    """Values by field name, each of which can be stored as it is."""
    found = fields(value, what)
    for key, one in found.items():
        if not is_plain(one):
            raise UsageError.saying("call.unstorable", word=what, name=key, type=type(one).__name__)
    return found


def is_plain(value: Any) -> bool:
    """Whether a value may stand in a history: nothing, a truth value, a number, a date, a moment, or text of sane length."""
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and not _UNSTORABLE.search(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < LARGEST_WHOLE
    return value is None or isinstance(value, (bool, float, Decimal, date))


_FORMS: Final[Mapping[str, Mapping[str, Reader]]] = {
    events.OPENED: {"stage": name, "since": moment_of, "record": fields},
    events.EDITED: {"changes": fields},
    events.MOVED: {"to": name, "reason": words, "override": written},
    events.CONTACTED: {"via": name, "answered": flag, "automatic": flag, "template": name},
    events.RECEIVED: {"via": name, "text": words, "automatic": flag},
    events.BOUNCED: {"contacted_at": moment_of, "contact": words},
    events.ATTACHED: {"document": name, "name": words, "type": name, "sha256": digest},
    events.TICKED: {"item": name},
    events.UNTICKED: {"item": name},
    events.ASSIGNED: {"to": name},
    events.STATUS: {"to": name},
    events.NOTED: {"text": written},
    events.SIGNALLED: {"event": name},
    events.NO_REPLY: {"reason": written},
    events.OPTED_OUT: {"via": name},
    events.LINKED: {"other": name},
    events.MERGED: {"into": name},
    events.REQUESTED: {"approval": name},
    events.APPROVED: {"what": name},
    events.REJECTED: {"what": name, "reason": words},
}
"""The words of each kind of fact. The first one is needed, except for an opening."""

KINDS: Final = tuple(_FORMS)
_READERS: Final = {kind: {**form, "note": words} for kind, form in _FORMS.items()}


def read_words(kind: str, given: Mapping[str, Any], *, stored: bool = False) -> dict[str, Any]:
    """The data of an event of `kind`, from words that are checked one by one; what is None or False is left out.

    With `stored` field values must be such as can be stored whatever they say.
    """
    readers = _READERS[kind]
    if not given.keys() <= readers.keys():
        unknown = tuple(sorted(str(word)[:60] for word in given if word not in readers))
        raise UsageError.saying("call.unknown_words", kind=kind, words=Listing(unknown), known=Listing(tuple(readers)))
    needed = next(iter(readers)) if kind != events.OPENED else None
    data: dict[str, Any] = {}
    for word, read in readers.items():
        value = given.get(word)
        if value is None and word == needed:
            raise UsageError.saying("call.word_missing", kind=kind, word=word)
        if value is not None and value is not False:
            read = plain_fields if stored and read is fields else read
            data[word] = read(value, word)
    return data


def delivery(handed: Event, at: int | None) -> Act:
    """The contact that a message becomes which was handed out by event `handed` and delivered at `at` (µs; default now)."""
    data = {"via": handed.data["via"], "template": handed.data["template"]}
    return Act(events.CONTACTED, data, BY_SOP, at, handed.id, False, cause=handed.id)
