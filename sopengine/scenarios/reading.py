"""Reading a scenario: JSON Lines of commands, every malformed line reported, nothing understood by halves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice
from typing import Any, BinaryIO, Final

from sopengine.diagnostics import Diagnostic, Span
from sopengine.errors import InvalidSop, UsageError
from sopengine.people import People
from sopengine.routines.schedule import CASE_PREFIX, STARTED_PREFIX
from sopengine.wording import Listing

LONGEST_LINE: Final = 1 << 20
"""Bytes in one line, at most."""

LARGEST_FILE: Final = 64 << 20
"""Bytes in a scenario, at most."""

_NAME_SHOWN: Final = 60
_MOST_GUESSES: Final = 200
_CROWD: Final = 200
Guess = tuple[Any, Iterable[str]]
"""What was written, and the names that may have been meant."""

_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "text": str,
    "object": dict,
    "yes_no": bool,
    "moment": datetime,
}
_ENVELOPE: Final = {"at": "moment", "do": "text"}
_COMMON: Final = {"by": "text", "occurred_at": "moment", "note": "text", "key": "text"}


@dataclass(frozen=True, slots=True)
class Verb:
    """What a line may say beside `at`, `do` and the common arguments: required and optional arguments by their kind."""

    required: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    on_case: bool = True

    def arguments(self) -> dict[str, str]:
        """Every argument by its kind, those of all verbs included."""
        case = {"case": "text"} if self.on_case else {}
        return {**_ENVELOPE, **_COMMON, **case, **self.required, **self.optional}


VERBS: Final[Mapping[str, Verb]] = {
    "open": Verb({"record": "object"}, {"stage": "text", "since": "moment"}, on_case=False),
    "move": Verb({"to": "text"}, {"reason": "text", "override": "text"}),
    "advance": Verb({}, {"reason": "text"}),
    "contact": Verb({"via": "text"}, {"answered": "yes_no", "template": "text"}),
    "receive": Verb({"via": "text"}, {"text": "text", "automatic": "yes_no"}),
    "bounce": Verb({}, {"contact": "text"}),
    "edit": Verb({"changes": "object"}),
    "attach": Verb({"document": "text"}, {"name": "text", "type": "text", "sha256": "text"}),
    "tick_off": Verb({"item": "text"}),
    "untick": Verb({"item": "text"}),
    "assign": Verb({"to": "text"}),
    "set_status": Verb({"status": "text"}),
    "signal": Verb({"event": "text"}),
    "no_reply_needed": Verb({"reason": "text"}),
    "note": Verb({"text": "text"}),
    "opt_out": Verb({}, {"via": "text"}),
    "link": Verb({"other": "text"}),
    "merge": Verb({"into": "text"}),
    "request": Verb({"approval": "text"}),
    "approve": Verb({"what": "text"}),
    "reject": Verb({"what": "text", "reason": "text"}),
    "tick": Verb({}, on_case=False),
}
"""The verbs of a scenario: the engine's own, and `tick`, which only lets time pass."""

WITHOUT_BY: Final = frozenset({"receive", "bounce", "opt_out", "tick"})
"""Verbs that need no `by`: the customer, the mail system or the clock does them."""

ANOTHER_CASE: Final = ("other", "into")
"""The arguments that name a second case."""

POSITIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("record",),
    "move": ("to",),
    "edit": ("changes",),
    "attach": ("document",),
    "tick_off": ("item",),
    "untick": ("item",),
    "assign": ("to",),
    "set_status": ("status",),
    "signal": ("event",),
    "no_reply_needed": ("reason",),
    "note": ("text",),
    "link": ("other",),
    "merge": ("into",),
    "request": ("approval",),
    "approve": ("what",),
    "reject": ("what", "reason"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """One line: what is wanted of which case at `at`, the instant at which it is recorded."""

    span: Span
    at: datetime
    verb: str
    case: str
    arguments: Mapping[str, Any]

    @property
    def by(self) -> str:
        """Who does it, where the line says so."""
        return str(self.arguments.get("by", ""))

    @property
    def occurred_at(self) -> datetime:
        """When it happened: `at`, unless the line tells of something earlier."""
        told: datetime = self.arguments.get("occurred_at", self.at)
        return told


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that was read and found well-formed; `people` is the directory of its first lines, if it has one, and
    `people_lines` says in which line each of them stands.
    """

    name: str
    commands: tuple[Command, ...]
    people: Mapping[str, Any] | None = None
    people_lines: Mapping[str, int] = field(default_factory=dict)


def load(stream: BinaryIO, name: str) -> tuple[Scenario, tuple[Diagnostic, ...]]:
    """Read a scenario from a file that is open for bytes; `OSError` is the caller's.

    Returns what could be understood, and every problem: play it only when there is none.
    """
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        span = Span(name, 1, 1, 1, 1)
        return Scenario(name, ()), (Diagnostic("run.file_too_large", span, {"limit": LARGEST_FILE >> 20}),)
    return read(data, name)


def read(data: bytes | str, name: str = "<scenario>") -> tuple[Scenario, tuple[Diagnostic, ...]]:
    """Read a scenario from text in JSON Lines (UTF-8); empty lines and those that begin with ``#`` are passed over.

    >>> scenario, problems = read('{"at": "2026-02-02T09:15:00+07:00", "do": "opn"}')
    >>> print(problems[0].span, problems[0].text())
    <scenario>:1:1 There is no command "opn". Did you mean "open"?
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    reader = _Reader(name)
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip() and not line.lstrip().startswith(b"#"):
            reader.take(number, line.rstrip(b"\r"))
    reader.finish()
    scenario = Scenario(name, tuple(reader.commands), reader.people or None, reader.people_lines)
    return scenario, tuple(reader.problems)


class _Malformed(Exception):
    """A line that says nothing that could be done."""

    def __init__(self, key: str, *, near: Guess | None = None, **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.near = near
        self.params = params


class _Reader:
    """Reads line after line and goes on after a mistake, so that all are told at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.people: dict[str, Any] = {}
        self.commands: list[Command] = []
        self.problems: list[Diagnostic] = []
        self.people_lines: dict[str, int] = {}
        self._opened: dict[str, None] = {}
        self._last: datetime | None = None
        self._begun = False

    def say(self, line: int, key: str, near: Guess | None = None, **params: Any) -> None:
        guess = _near(*near) if near is not None and len(self.problems) < _MOST_GUESSES else None
        self.problems.append(Diagnostic(key, Span(self.name, line, 1, line, 1), params, "error", guess))

    def take(self, line: int, text: bytes) -> None:
        """One line that is not empty."""
        try:
            said = _parsed(text)
            if "people" in said and "do" not in said:
                self._directory(line, said)
            else:
                self._begun = True
                self._command(line, said)
        except _Malformed as problem:
            self.say(line, problem.key, problem.near, **problem.params)

    def _directory(self, line: int, said: Mapping[str, Any]) -> None:
        if self._begun:
            raise _Malformed("run.people_late")
        if len(said) > 1 or not isinstance(said["people"], dict):
            raise _Malformed("run.people_shape")
        for person, entry in said["people"].items():
            self.people[person] = entry
            self.people_lines[person] = line

    def finish(self) -> None:
        """What can be said only of the whole: whether the people fit together, and whether there is anything to do."""
        if not self.commands and not self.problems:
            self.say(1, "run.nothing")
        if self.people:
            self._people_fit()
        self.problems.sort(key=lambda problem: problem.span.line)

    def _people_fit(self) -> None:
        try:
            People.from_mapping(self.people, self.name)
        except InvalidSop as invalid:
            for problem in invalid.diagnostics:
                line = self.people_lines.get(str(problem.params.get("person")), min(self.people_lines.values(), default=1))
                self.problems.append(replace(problem, span=Span(self.name, line, 1, line, 1), related=()))
        except UsageError:
            self.say(1, "run.people_shape")

    def _command(self, line: int, said: Mapping[str, Any]) -> None:
        name = said.get("do")
        if name is None:
            raise _Malformed("run.no_verb", known=_listed(VERBS))
        verb = VERBS.get(name) if isinstance(name, str) else None
        if verb is None:
            raise _Malformed("run.unknown_verb", near=(name, VERBS), verb=_brief(name))
        before = len(self.problems)
        arguments = dict(self._arguments(line, name, verb, said))
        if len(self.problems) > before:
            self._remember(name, said)
            return
        at = arguments.pop("at")
        del arguments["do"]
        self._in_order(line, at)
        case = self._case(line, name, arguments)
        self.commands.append(Command(Span(self.name, line, 1, line, 1), at, name, case, arguments))

    def _remember(self, verb: str, said: Mapping[str, Any]) -> None:
        """A case that a malformed line meant to open is not reported again by every line that follows."""
        record = said.get("record")
        if verb == "open" and isinstance(record, dict) and "id" in record:
            self._opened[str(record["id"])] = None

    def _arguments(self, line: int, name: str, verb: Verb, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        kinds = verb.arguments()
        for argument, value in said.items():
            if argument not in kinds:
                self.say(line, "run.unknown_argument", (argument, kinds), verb=name, argument=_brief(argument))
                continue
            try:
                yield argument, _value(argument, kinds[argument], value)
            except _Malformed as problem:
                self.say(line, problem.key, **problem.params)
        asked = [*verb.required, *(["case"] if verb.on_case else []), *([] if name in WITHOUT_BY else ["by"]), "at"]
        for argument in asked:
            if argument not in said:
                self.say(line, "run.missing_argument", verb=name, argument=argument)

    def _in_order(self, line: int, at: datetime) -> None:
        if self._last is not None and at < self._last:
            self.say(line, "run.backwards", at=at.isoformat(), last=self._last.isoformat())
        else:
            self._last = at

    def _case(self, line: int, verb: str, arguments: dict[str, Any]) -> str:
        if verb == "tick":
            return ""
        if verb == "open":
            case = arguments["record"].get("id")
            if not isinstance(case, str) or not case:
                self.say(line, "run.no_id")
                return ""
            self._opened[case] = None
            return case
        case = arguments.pop("case")
        for named in (case, *(arguments[word] for word in ANOTHER_CASE if word in arguments)):
            if named not in self._opened and not named.startswith((CASE_PREFIX, STARTED_PREFIX)):
                self.say(line, "run.unknown_case", (named, self._opened), case=_brief(named))
        return str(case)


def _parsed(text: bytes) -> dict[str, Any]:
    if len(text) > LONGEST_LINE:
        raise _Malformed("run.line_too_long", limit=LONGEST_LINE >> 20)
    try:
        said = json.loads(
            text.decode("utf-8"), object_pairs_hook=_once, parse_float=Decimal, parse_constant=_no_constant
        )
    except UnicodeDecodeError as problem:
        raise _Malformed("run.not_utf8", byte=problem.start + 1) from None
    except json.JSONDecodeError as problem:
        raise _Malformed("run.not_json", column=problem.colno) from None
    except RecursionError:
        raise _Malformed("run.too_deep") from None
    except ValueError:
        raise _Malformed("run.not_json", column=1) from None
    if not isinstance(said, dict):
        raise _Malformed("run.not_an_object")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Malformed("run.said_twice", argument=_brief(name))
        found[name] = value
    return found


def _no_constant(name: str) -> Any:
    raise _Malformed("run.no_number", value=name)


def _value(argument: str, kind: str, value: Any) -> Any:
    if kind == "moment":
        return _moment(argument, value)
    if not isinstance(value, _TYPES[kind]) or value == "":
        raise _Malformed(f"run.wants_{kind}", argument=argument, value=_brief(value))
    return value


def _moment(argument: str, value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise _Malformed("run.naive", argument=argument, value=_brief(value))
        datetime(1970, 1, 1, tzinfo=UTC) + (at - datetime(1970, 1, 1, tzinfo=UTC))
    except (TypeError, ValueError, OverflowError):
        raise _Malformed("run.wants_moment", argument=argument, value=_brief(value)) from None
    if not 1970 <= at.year < 2200:
        raise _Malformed("run.wants_moment", argument=argument, value=_brief(value))
    return at


def _brief(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _NAME_SHOWN else f"{text[:_NAME_SHOWN]}…"


def _near(name: Any, known: Iterable[str]) -> str | None:
    if not isinstance(name, str):
        return None
    return next(iter(get_close_matches(name[:_NAME_SHOWN], list(islice(known, _CROWD)), n=1, cutoff=0.6)), None)


def _listed(names: Iterable[str]) -> Listing:
    return Listing(tuple(names), "or")
