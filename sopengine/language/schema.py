"""The grammar of the language: loads the JSON Schema and says, in a person's words, where a file does not follow it.

The schema is interpreted here and not by the jsonschema library, whose messages for alternatives name no cause: an
alternative is chosen by the type of the value and the keys it has, and reported on as if it were the only one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from sopengine.bundled import bundled_text
from sopengine.diagnostics import Diagnostic, Span
from sopengine.language.shape import Shape, compile_schema, json_type
from sopengine.source import Document
from sopengine.time.durations import DurationError, parse
from sopengine.wording import Listing, Term

Path = tuple[str | int, ...]

PROBLEM_LIMIT = 100
_LONGEST_GUESS = 60
_FEW_PLACES = 3
_MOST_KEYS = 12
_SEVERAL_NAMES = re.compile(r"\s*(?:[,;/&]|\b(?:dan|and)\b)\s*")
_COMPARISON = re.compile(r"(\w+)\s*(>=|<=|>|<|==?)\s*(\S.*)")
_PATTERN_CODES = {"identifier": "SOP109", "sop_id": "SOP110"}
_OTHER_WORDS: dict[str, str] = {
    **dict.fromkeys(("judul", "nama", "name"), "title"),
    **dict.fromkeys(("versi",), "version"),
    **dict.fromkeys(("id",), "sop"),
    **dict.fromkeys(("bahasa",), "language"),
    **dict.fromkeys(("tahap", "tahapan", "steps"), "stages"),
    **dict.fromkeys(("peran",), "roles"),
    **dict.fromkeys(("kalender",), "calendars"),
    **dict.fromkeys(("pemilik", "assignee"), "owner"),
    **dict.fromkeys(("syarat", "required"), "requires"),
    **dict.fromkeys(("dokumen",), "documents"),
    **dict.fromkeys(("isian", "kolom"), "fields"),
    **dict.fromkeys(("templat",), "templates"),
    **dict.fromkeys(("hasil",), "outcomes"),
    **dict.fromkeys(("zona_waktu",), "timezone"),
    **dict.fromkeys(("keterangan", "desc"), "description"),
    **dict.fromkeys(("batas_waktu", "deadline"), "sla"),
    **dict.fromkeys(("tindak_lanjut", "followup"), "follow_up"),
    **dict.fromkeys(("kirim",), "send"),
    **dict.fromkeys(("berikutnya",), "next"),
    **dict.fromkeys(("options", "pilihan"), "values"),
    **dict.fromkeys(("jenis",), "type"),
    **dict.fromkeys(("text", "isi"), "body"),
    **dict.fromkeys(("subjek",), "subject"),
    **dict.fromkeys(("wa",), "whatsapp"),
    **dict.fromkeys(("surel", "mail"), "email"),
    **dict.fromkeys(("telepon", "telpon", "phone"), "call"),
    **dict.fromkeys(("teks",), "string"),
    **dict.fromkeys(("angka",), "number"),
    **dict.fromkeys(("tanggal",), "date"),
    **dict.fromkeys(("uang",), "money"),
}


@cache
def load_schema() -> dict[str, Any]:
    """The JSON Schema of an SOP file (draft 2020-12), as data. Do not change it: it is shared."""
    schema: dict[str, Any] = json.loads(bundled_text("schemas", "sop.schema.json"))
    return schema


@cache
def lent_schema() -> dict[str, Any]:
    """The JSON Schema of a file that SOPs `use`: it lends parts and is no SOP by itself."""
    return {"$ref": "#/$defs/lent", "$defs": load_schema()["$defs"]}


def validate(document: Document, schema: Mapping[str, Any] | None = None) -> tuple[list[Diagnostic], Any]:
    """What is wrong with the shape of a document, and its data without what is wrong.

    Do not change the data: it is the document's own where nothing is wrong. `checked` returns it as a document whose
    spans still fit; use that when list items may have been dropped.

    >>> from sopengine.source import read
    >>> problems, data = validate(read("sop: a\\ntitle: A\\nversion: '1'\\nstages: {x: {ownr: y}}\\n", "a.yaml"))
    >>> [(problem.code, problem.suggestion) for problem in problems], data["stages"]
    ([('SOP101', 'owner')], {'x': {}})
    """
    problems, pruned = checked(document, schema)
    return problems, pruned.data


def checked(document: Document, schema: Mapping[str, Any] | None = None) -> tuple[list[Diagnostic], Document]:
    """What is wrong with the shape of a document, and the document without what is wrong. Signs in it that cannot be seen and
    would steer whatever shows them are told as well.

    What was dropped is the smallest part without which the rest follows the schema, except that the whole file, and a
    part with a name of its own (a stage, a role…), stays even without keys that it needs, because other parts mention
    it. At most `PROBLEM_LIMIT` problems are listed. A document that could not be read has nothing to be checked.
    """
    if not document.readable:
        return [], document
    shape = _shape(None if schema is None else _Unhashed(schema))
    if shape.accepts(document.data):
        return [*document.unseen], document
    report = _Report(document, shape)
    report.run()
    problems = sorted([*document.unseen, *report.problems], key=lambda problem: (problem.span.line, problem.span.column))
    return problems, document.without(report.dropped)


class _Unhashed:
    """A schema as a cache key, by identity."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed) and other.schema is self.schema


@cache
def _shape(key: _Unhashed | None) -> Shape:
    return compile_schema(load_schema() if key is None else key.schema)


class _Report:
    """Walks through data that does not fit, collecting `problems` and the paths `dropped`."""

    def __init__(self, document: Document, shape: Shape) -> None:
        self.document = document
        self.shape = shape
        self.problems: list[Diagnostic] = []
        self.dropped: set[Path] = set()
        self._said: set[tuple[str, Span]] = set()

    def run(self) -> None:
        data = self.document.data
        if not isinstance(data, dict):
            self._say("SOP116", (), got=_kind(data))
            self.dropped.add(())
        else:
            self._walk(self.shape, data, ())

    @property
    def _full(self) -> bool:
        return len(self.problems) > PROBLEM_LIMIT

    def _say(self, code: str, place: Path | Span, *, suggestion: str | None = None, **params: Any) -> None:
        span = place if isinstance(place, Span) else self._span(place)
        if self._full or (code, span) in self._said:
            return
        self._said.add((code, span))
        if len(self.problems) == PROBLEM_LIMIT:
            code, params, suggestion = "SOP117", {"limit": PROBLEM_LIMIT}, None
        self.problems.append(Diagnostic(code, span, params, suggestion=suggestion))

    def _span(self, path: Path) -> Span:
        """The span of a value; for the whole file its first character, so that not all of it is underlined."""
        return self.document.span(path) if path else self._head(path)

    def _head(self, path: Path) -> Span:
        if path and isinstance(path[-1], str):
            return self.document.key_span(path)
        span = self.document.span(path)
        return Span(span.file, span.line, span.column, span.line, span.column + 1)

    def _walk(self, shape: Shape, data: Any, path: Path) -> bool:
        """Reports on a value; whether what is left of it may stay."""
        chosen = _choose(shape, data)
        if chosen is None:
            self._wrong_type(shape, data, path)
            return False
        if isinstance(data, dict):
            return self._map(chosen, data, path)
        if isinstance(data, list):
            return self._list(chosen, data, path)
        if chosen.accepts(data):
            return True
        self._scalar(chosen, data, path, shape)
        return False

    def _wrong_type(self, shape: Shape, data: Any, path: Path) -> None:
        name = _called(path)
        raw = self.document.raw(path)
        expected = Listing(tuple(Term(f"schema.a_{kind}") for kind in _kinds(shape)), "or")
        if data is None:
            self._say("SOP107", self._head(path), name=name, expected=expected)
        elif isinstance(data, (int, float)) and not isinstance(data, bool) and _is_duration(shape):
            self._say("SOP111", path, raw=raw or str(data))
        elif not isinstance(data, (dict, list)) and raw is not None and shape.accepts(raw):
            self._say("SOP105", path, name=name, raw=raw, got=_kind(data))
        elif _kinds(shape) == ["object"] and isinstance(data, list) and all(isinstance(item, dict) for item in data):
            self._say("SOP119", path, name=name)
        else:
            form = f"{name}: {_written(_meant(shape, data))}"
            self._say("SOP104", path, name=name, expected=expected, got=_kind(data), form=form)

    def _scalar(self, shape: Shape, data: Any, path: Path, whole: Shape) -> None:
        if shape.choices is not None:
            self._not_a_choice(shape, data, path, self._span(path))
        elif isinstance(data, str) and len(data) < shape.min_length:
            self._say("SOP113", path, name=_called(path))
        elif isinstance(data, str) and (names := _several(whole, data)):
            self._say("SOP120", path, name=_called(path), names=_written(names))
        elif isinstance(data, str):
            self._wrong_pattern(shape, data, self._span(path))
        else:
            self._say("SOP112", path, name=_called(path), minimum=shape.minimum)

    def _not_a_choice(self, shape: Shape, data: Any, path: Path, span: Span) -> None:
        choices = [str(choice) for choice in shape.choices or ()]
        near = None if self._full else _nearest(str(data), choices)
        self._say("SOP106", span, suggestion=near, value=_short(data), choices=Listing(tuple(choices), "or"))

    def _wrong_pattern(self, shape: Shape, data: str, span: Span) -> None:
        code = _PATTERN_CODES.get(shape.name or "", "SOP114")
        suggestion = _slug(data, "-" if shape.name == "sop_id" else "_") if code != "SOP114" else None
        fits = suggestion is not None and shape.accepts(suggestion)
        example = str(shape.examples[0]) if shape.examples else ""
        self._say(code, span, suggestion=suggestion if fits else None, value=_short(data), example=example)

    def _list(self, shape: Shape, data: list[Any], path: Path) -> bool:
        if len(data) < shape.min_items:
            self._empty(path)
            return False
        lost = 0
        for index, item in enumerate(data):
            if shape.items is not None and not self._walk(shape.items, item, (*path, index)):
                self.dropped.add((*path, index))
                lost += 1
        return len(data) - lost >= shape.min_items

    def _map(self, shape: Shape, data: dict[str, Any], path: Path) -> bool:
        if len(data) < shape.min_properties:
            self._empty(path)
            return self._is_named(path)
        if len(data) > shape.max_properties:
            self._say("SOP115", path, name=_called(path), limit=shape.max_properties)
            return False
        meant: set[str] = set()
        lost = self._cut_by_a_comma(data, path)
        lost |= {key for key, value in data.items() if key not in lost and not self._member(shape, key, value, path, data, meant)}
        self.dropped.update((*path, key) for key in lost)
        gone = [key for key in shape.required if key not in data or key in lost]
        for key in gone if not self.document.torn(path) else ():
            if key not in data and key not in meant and not self.document.mentions((*path, key)):
                form = f"{key}: {_written(_example(shape.properties[key]))}" if key in shape.properties else key
                name = _called(path) if path else self.document.name
                self._say("SOP103", self._head(path), key=key, name=name, form=form)
        if not path or self._is_named(path):
            return True
        return not gone and len(data) - len(lost) >= shape.min_properties

    def _empty(self, path: Path) -> None:
        """What is empty only because of a mistake that was reported is no mistake of its own."""
        if not self.document.torn(path):
            self._say("SOP108", path, name=_called(path))

    def _cut_by_a_comma(self, data: dict[str, Any], path: Path) -> set[str]:
        """Reports values such as ``1,5 jam`` in braces, where the comma makes two entries of them; their keys."""
        cut: set[str] = set()
        for first, second in pairwise(data):
            if data[second] is not None or not second[:1].isdigit() or self.document.raw((*path, second)) != "":
                continue
            raw, begin, end = (
                self.document.raw((*path, first)),
                self._span((*path, first)),
                self.document.key_span((*path, second)),
            )
            beside = (begin.end_line, begin.end_column + 1) == (end.line, end.column)
            if raw and raw[-1].isdigit() and beside:
                cut |= {first, second}
                span = Span(begin.file, begin.line, begin.column, end.end_line, end.end_column)
                text = f"{raw},{second}"
                self._say("SOP121", span, suggestion=_without_fraction(text), name=_short(first), text=_short(text))
        return cut

    def _is_named(self, path: Path) -> bool:
        """Whether the author gave the part at `path` its name, so that other parts may mention it."""
        section = self.shape.member(str(path[0])) if len(path) == 2 else None
        return section is not None and isinstance(section.extra, Shape)

    def _member(self, shape: Shape, key: str, value: Any, path: Path, data: dict[str, Any], meant: set[str]) -> bool:
        place = (*path, key)
        member = shape.member(key)
        if shape.key is not None and not shape.key.accepts(key):
            self._wrong_name(shape.key, key, place)
            if member is not None:
                self._walk(member, value, place)
            return False
        if member is None:
            meaning = self._unknown_key(shape, key, place, data, meant)
            if meaning is not None:
                self._walk(meaning, value, place)
            return False
        return self._walk(member, value, place)

    def _wrong_name(self, shape: Shape, key: str, place: Path) -> None:
        span = self.document.key_span(place)
        if shape.choices is not None:
            self._not_a_choice(shape, key, place, span)
        elif shape.pattern is not None:
            self._wrong_pattern(shape, key, span)
        else:
            self._say("SOP113", span, name=_called(place[:-1]))

    def _unknown_key(self, shape: Shape, key: str, place: Path, data: dict[str, Any], meant: set[str]) -> Shape | None:
        """Reports a key that is not known here; the shape of the key that was probably meant, if any."""
        if self._full:
            return None
        span = self.document.key_span(place)
        near = _nearest(key, [known for known in shape.properties if known not in data and known not in meant])
        if near is not None:
            meant.add(near)
            self._say("SOP101", span, suggestion=near, key=_short(key))
            return shape.properties[near]
        homes = _homes(self.shape).get(key, ())
        if 0 < len(homes) <= _FEW_PLACES:
            self._say("SOP102", span, key=_short(key), places=Listing(tuple(f"`{home}`" for home in homes), "or"))
        else:
            free = [f"`{known}`" for known in shape.properties if known not in data]
            known = Listing((*free[:_MOST_KEYS], *((Term("hint.another"),) if len(free) > _MOST_KEYS else ())), "or")
            self._say("SOP118", span, key=_short(key), known=known)
        return None


_ORDER = ("string", "integer", "number", "boolean", "array", "object", "null")


def _kinds(shape: Shape) -> list[str]:
    """The types that fit, in an order that reads well; where any number will do, whole ones are not said as well."""
    kinds = {kind for leaf in shape.leaves() for kind in leaf.types}
    return sorted(kinds - ({"integer"} if "number" in kinds else set()), key=_ORDER.index)


def _choose(shape: Shape, data: Any) -> Shape | None:
    """The alternative that was meant: one that fits, else of the right type with the most keys in common, else None.

    Only where alternatives compete is data looked at twice, so that a walk stays linear however deep a file is nested.
    """
    kind = json_type(data)
    fitting = [leaf for leaf in shape.leaves() if kind in leaf.types or (kind == "number" and _whole(leaf, data))]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    if isinstance(data, dict):
        return max(fitting, key=lambda leaf: (leaf.accepts(data), *_likeness(leaf, data)))
    return next((leaf for leaf in fitting if leaf.accepts(data)), fitting[0])


def _whole(shape: Shape, data: float) -> bool:
    return "integer" in shape.types and data.is_integer()


def _likeness(shape: Shape, data: dict[str, Any]) -> tuple[int, bool]:
    """How much a map looks like a shape: keys known by name count double, keys of an allowed form once."""
    score = 0
    for key in data:
        if key in shape.properties:
            score += 2
        elif isinstance(shape.extra, Shape) and (shape.key is None or shape.key.accepts(key)):
            score += 1
    return score, bool(shape.properties)


def _is_duration(shape: Shape) -> bool:
    return any(leaf.name == "duration" for leaf in shape.leaves())


def _nearest(word: str, choices: list[str]) -> str | None:
    """The choice that was probably meant, by spelling or by another common word for it."""
    if len(word) > _LONGEST_GUESS:
        return None
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    if _OTHER_WORDS.get(plain) in choices:
        return _OTHER_WORDS[plain]
    from difflib import get_close_matches  # only needed when something is misspelt

    return next(iter(get_close_matches(plain, choices, n=1, cutoff=0.7)), None)


def _slug(text: str, joiner: str) -> str | None:
    if len(text) > _LONGEST_GUESS:
        return None
    words = re.sub(r"[^A-Za-z0-9]+", joiner, text).strip(joiner)
    words = words.lower() if joiner == "-" else words
    return f"_{words}" if joiner == "_" and words[:1].isdigit() else words


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_GUESS else f"{text[: _LONGEST_GUESS - 1]}…"


def _several(shape: Shape, text: str) -> list[str] | None:
    """The names in a text that joins several, where a list of names may stand: ``sales, admin``."""
    names = _SEVERAL_NAMES.split(text) if len(text) <= _LONGEST_GUESS else []
    return names if len(names) > 1 and shape.accepts(names) else None


def _without_fraction(text: str) -> str | None:
    try:
        parse(text)
    except DurationError as problem:
        return problem.suggestion
    return None


def _meant(shape: Shape, data: Any) -> Any:
    """What a value of the wrong type was probably meant to be, else an example of what may stand in its place."""
    test = _COMPARISON.fullmatch(data) if isinstance(data, str) and len(data) <= _LONGEST_GUESS else None
    if test is not None:
        condition = {test[1]: f"{test[2]} {test[3]}" if test[2] in (">=", "<=", ">", "<") else test[3]}
        if shape.accepts(condition):
            return condition
    return _example(shape)


def _example(shape: Shape, levels: int = 3) -> Any:
    """Data that a shape accepts, as the grammar itself shows it or made from what it asks for; ``…`` is a text."""
    leaf = shape.leaves()[0]
    if shape.examples or leaf.examples:
        return (shape.examples or leaf.examples)[0]
    if leaf.choices:
        return leaf.choices[0]
    if "string" in leaf.types or levels == 0:
        return "…"
    if "object" in leaf.types:
        keys = leaf.required or tuple(leaf.properties)[:1]
        below = {key: _example(leaf.properties[key], levels - 1) for key in keys}
        return below or {"name": _example(leaf.extra, levels - 1) if isinstance(leaf.extra, Shape) else "…"}
    if "array" in leaf.types:
        return ["…" if leaf.items is None else _example(leaf.items, levels - 1)]
    return True if "boolean" in leaf.types else max(3, leaf.minimum or 0)


def _written(data: Any) -> str:
    """Data as a line of YAML.

    >>> _written({"segment": ["a", "b"], "budget": ">= 50", "optional": True})
    '{segment: [a, b], budget: ">= 50", optional: true}'
    """
    if isinstance(data, dict):
        return f"{{{', '.join(f'{key}: {_written(value)}' for key, value in data.items())}}}"
    if isinstance(data, list):
        return f"[{', '.join(map(_written, data))}]"
    if isinstance(data, str) and (data == "…" or re.fullmatch(r"[^\W\d][\w .-]*|\d+\w+", data)):
        return data
    return json.dumps(data, ensure_ascii=False)


def _kind(data: Any) -> Term:
    kind = {"integer": "number", "number": "fraction"}.get(json_type(data), json_type(data))
    return Term(f"schema.a_{kind}")


def _called(path: Path) -> str:
    """How a sentence names the value at a path: by its nearest key.

    >>> _called(("stages", "closing", "owner")), _called(("events", 0))
    ('owner', 'events')
    """
    return next((_short(step) for step in reversed(path) if isinstance(step, str)), "")


@cache
def _homes(root: Shape) -> dict[str, tuple[str, ...]]:
    """Where each key of the language is at home, as dotted places; `*` stands for a name of the author's."""
    found: dict[str, list[str]] = {}
    for key, place in _places(root, "", frozenset()):
        found.setdefault(key, []).append(place)
    return {key: tuple(sorted(set(places), key=lambda place: (place.count("."), place))) for key, places in found.items()}


def _places(shape: Shape, prefix: str, above: frozenset[int]) -> Iterator[tuple[str, str]]:
    if id(shape) in above:
        return
    above = above | {id(shape)}
    for leaf in shape.leaves():
        for key, member in leaf.properties.items():
            yield key, f"{prefix}{key}"
            yield from _places(member, f"{prefix}{key}.", above)
        if isinstance(leaf.extra, Shape):
            yield from _places(leaf.extra, f"{prefix}*.", above)
        if leaf.items is not None:
            yield from _places(leaf.items, prefix, above)
