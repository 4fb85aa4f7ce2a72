"""The rules of an SOP's fields, compiled once: a JSON Schema that explains, and closures that are fast. They agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sopengine import wording
from sopengine.diagnostics import Finding, Span
from sopengine.language.facts import (
    INVALID,
    NUMERIC,
    TEXTUAL,
    BadLiteral,
    FactType,
    Invalid,
    Value,
    clean,
    compile_normaliser,
    literal,
    microseconds,
)
from sopengine.records import formats, patterns
from sopengine.records.faults import BEYOND, clamped, fault_of
from sopengine.records.quick import quick
from sopengine.records.reading import LONGEST_TEXT, READABLE, UNSTORABLE, Unreadable, in_words, reading, sane
from sopengine.wording.phrases import Phrase

if TYPE_CHECKING:
    from sopengine.language.model import Field

Path = tuple[str | int, ...]
Normaliser = Callable[[object], Value | Invalid | None]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_FORMATS: Final = {"email": "email", "phone": "phone", "date": "date", "datetime": "date-time"}
_JSON_TYPES: Final = {"integer": "integer", **dict.fromkeys(NUMERIC - {"integer"}, "number"), "boolean": "boolean"}
_SHOWN: Final = 60
_MOST_CHOICES: Final = 30
_FIRST_MOMENT: Final = microseconds(datetime.min.replace(tzinfo=UTC))
_LAST_MOMENT: Final = microseconds(datetime.max.replace(tzinfo=UTC))


class RecordRules:
    """What the fields of one SOP ask of a record. Immutable and safe to share by threads.

    `normalisers` are `normalise` for each field, `defaults` the values that the SOP gives to fields that a record leaves out.

    `fields` are the SOP's; `lang` is the language of the titles in `.schema`; `span` finds the place of a field in the
    file (`Sop.span`). `BadPattern` is raised for a pattern that the linter refuses.
    """

    def __init__(self, fields: Mapping[str, Field], lang: str = "en", span: Callable[[Path], Span] | None = None) -> None:
        self._fields = dict(fields)
        self._lang = lang
        self._span = span
        self._numbers = frozenset(name for name, field in self._fields.items() if field.type in NUMERIC)
        self.defaults = {name: field.default for name, field in self._fields.items() if field.default is not None}
        self.normalisers = {name: quick(field, _normaliser(field)) for name, field in self._fields.items()}
        self._faults = {name: fault_of(f, partial(_property, f, lang, _exact)) for name, f in self._fields.items()}

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of a record in canonical form. Other columns are allowed and ignored."""
        return _schema(self._fields, self._lang, _json_number)

    def normalise(self, name: str, value: object) -> Value | Invalid | None:
        """The fact in a field's value: None when missing or not a field of the SOP, `INVALID` when it does not fit.

        `Invalid` exactly when `check` has a finding that blocks. A canonical value stays as it is.
        """
        normaliser = self.normalisers.get(name)
        return None if normaliser is None else normaliser(value)

    def check(self, record: Mapping[str, Any], partial: bool = False) -> list[Finding]:
        """Everything that is wrong with the values, a finding a field, in the SOP's order. Empty values are missing.

        `partial` is for changes rather than whole records: every name in them is meant, so one that the SOP does not
        declare is a finding. Findings that do not block are remarks: the value is accepted as it is read.
        """
        if not self._doubtful(record, partial):
            return []
        findings = []
        for name, field in self._fields.items():
            if name not in record:
                continue
            value = reading(_taken(field, record[name]), field.type)
            code = value.code if isinstance(value, Unreadable) else self._faults[name](value)
            if code is not None:
                findings.append(self._finding(field, _sharpened(code, value), record[name]))
            elif name in self._numbers and _grouped(record[name]):
                findings.append(self._finding(field, "CASE320", record[name], blocks=False))
        return [*findings, *self._undeclared(record)] if partial else findings

    def _doubtful(self, record: Mapping[str, Any], partial: bool) -> bool:
        """Whether there is anything to explain: the closures tell without reading a value as JSON data."""
        for name, value in record.items():
            normaliser = self.normalisers.get(name)
            if normaliser is None:
                if partial:
                    return True
            elif isinstance(normaliser(value), Invalid) or (name in self._numbers and _grouped(value)):
                return True
        return False

    def _finding(self, field: Field, code: str, value: object, blocks: bool = True) -> Finding:
        params = {
            "field": field.name,
            "title": field.title or field.name,
            "value": _shown(value),
            "choices": _choices(field),
            "limit": _limit(field, code),
            "pattern": field.pattern or "",
            "hint": Phrase(_suggested, field, code, value),
        }
        return Finding(code, params, blocks, None if self._span is None else self._span(field.path))

    def _undeclared(self, record: Mapping[str, Any]) -> list[Finding]:
        found = []
        for name in record:
            if name not in self._fields:
                hint = _hint(_nearest(str(name), tuple(self._fields)))
                found.append(Finding("CASE319", {"field": _shown(name), "hint": hint}))
        return found


def _taken(field: Field, value: object) -> object:
    """The value as the field takes it: one that is only mentioned has no type, so any plain value says what it says."""
    return value if field.declared else in_words(value)


def _normaliser(field: Field) -> Normaliser:
    """The fast way to a field's fact; the same verdict as the schema's."""
    kind = field.type
    convert = compile_normaliser(FactType(kind, field.values, field.minimum, field.maximum))
    fits = _fitter(field)
    declared = field.declared

    def normalise(value: object) -> Value | Invalid | None:
        if not declared:
            value = in_words(value)
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT or UNSTORABLE.search(value):
                return INVALID
        elif isinstance(value, float):
            value = float(value)
        elif value is not None and not isinstance(value, READABLE):
            return INVALID
        fact = convert(value)
        if fact is None or isinstance(fact, Invalid):
            return fact
        return fact if fits(fact) else INVALID

    return normalise


def _fitter(field: Field) -> Callable[[Any], bool]:
    """What a field asks beyond its type."""
    if field.type in NUMERIC:
        return lambda fact: -BEYOND < fact < BEYOND if isinstance(fact, int) else sane(fact)
    if field.type == "datetime":
        return lambda fact: _FIRST_MOMENT <= fact <= _LAST_MOMENT
    if field.type not in TEXTUAL:
        return lambda fact: True
    test = {"email": formats.is_email, "phone": formats.is_phone}.get(field.type)
    automaton = None if field.pattern is None else patterns.compile_pattern(field.pattern)

    def fits(fact: str) -> bool:
        if len(fact) > LONGEST_TEXT or (test is not None and not test(fact)):
            return False
        return automaton is None or automaton.fits(fact)

    return fits


def _schema(fields: Mapping[str, Field], lang: str, number: Callable[[Decimal], Any]) -> dict[str, Any]:
    properties = {name: _property(field, lang, number) for name, field in fields.items()}
    return {"$schema": _DRAFT, "type": "object", "properties": properties, "additionalProperties": True}


def _property(field: Field, lang: str, number: Callable[[Decimal], Any]) -> dict[str, Any]:
    kind = field.type
    schema: dict[str, Any] = {"type": _JSON_TYPES.get(kind, "string")}
    if field.title:
        schema["title"] = wording.in_language(field.title, lang)
    if field.currency:
        schema["description"] = field.currency
    if kind in NUMERIC:
        bounds = (("minimum", field.minimum), ("maximum", field.maximum))
        schema |= {key: number(clamped(bound)) for key, bound in bounds if bound is not None}
    elif kind in _FORMATS:
        schema["format"] = _FORMATS[kind]
    elif kind == "choice":
        schema["enum"] = [clean(value) for value in field.values]
    if kind in TEXTUAL:
        schema["maxLength"] = LONGEST_TEXT if field.pattern is None else patterns.LONGEST_TEXT
        if field.pattern is not None:
            schema["pattern"] = f"^(?:{field.pattern})$"
    return schema


def _exact(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _json_number(number: Decimal) -> int | float:
    exact = _exact(number)
    return exact if isinstance(exact, int) else float(exact)


def _sharpened(code: str, value: Any) -> str:
    """A more exact reason, where the text itself shows it."""
    if code == "CASE302" and not isinstance(value, Decimal):
        return "CASE301"
    return "CASE306" if code == "CASE305" and isinstance(value, str) and formats.is_naive(value) else code


def _grouped(value: object) -> bool:
    """A number such as 50.000, which is fifty to a computer and fifty thousand to an Indonesian reader."""
    if not isinstance(value, str) or len(value) > _SHOWN:
        return False
    meant = literal(value, FactType("number"))
    return isinstance(meant, BadLiteral) and meant.reason == "separators"


def _limit(field: Field, code: str) -> str:
    if code == "CASE312":
        return str(LONGEST_TEXT if field.pattern is None else patterns.LONGEST_TEXT)
    bound = {"CASE307": field.minimum, "CASE308": field.maximum}.get(code)
    return "" if bound is None else f"{clamped(bound):f}"


def _choices(field: Field) -> wording.Listing:
    more = ("…",) if len(field.values) > _MOST_CHOICES else ()
    return wording.Listing((*field.values[:_MOST_CHOICES], *more), "or")


def _suggestion(field: Field, code: str, value: object) -> str | None:
    """The value that was probably meant, spelled so that it is accepted."""
    if not isinstance(value, str) or len(value) > _SHOWN:
        return None
    if code == "CASE303":
        return _nearest(clean(value), field.values)
    if code in ("CASE301", "CASE302", "CASE304", "CASE314", "CASE320"):
        meant = literal(value, FactType(field.type))
        spelled = meant.suggestion if isinstance(meant, BadLiteral) else _written(meant)
        return spelled.replace("_", "") if spelled and field.type in NUMERIC else spelled
    return None


def _suggested(field: Field, code: str, value: object, lang: str) -> str:
    """The question at the end of a sentence, looked for when somebody reads it."""
    suggestion = _suggestion(field, code, value)
    return "" if suggestion is None else f" {wording.say('hint.did_you_mean', lang, name=suggestion)}"


def _written(meant: Value) -> str | None:
    """A literal of the language, such as 50_000_000 or 5%, that a record writes more plainly."""
    return f"{meant:f}" if isinstance(meant, Decimal) else str(meant) if type(meant) is int else None


def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    folded = {name.casefold(): name for name in known[:500]}
    close = get_close_matches(word[:_SHOWN].casefold(), folded, n=1)
    return folded[close[0]] if close else None


def _hint(suggestion: str | None) -> str | dict[str, str]:
    """A question in both languages, to stand at the end of a sentence."""
    if suggestion is None:
        return ""
    return {lang: f" {wording.say('hint.did_you_mean', lang, name=suggestion)}" for lang in wording.LANGUAGES}


def _shown(value: object) -> str:
    """The beginning of a value, safe to print: no control characters, and never more than a line."""
    try:
        text = value if isinstance(value, str) else str(value)
    except ValueError:
        return "…"
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return cut if cut.isprintable() else "".join(character if character.isprintable() else "·" for character in cut)
