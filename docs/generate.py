"""Writes the generated parts of the pages: the catalogue of codes, and what the grammar says of every key.

::

    python docs/generate.py            # bring the pages up to date
    python docs/generate.py --check    # exit code 1, and their names, when they are not
    python docs/refresh.py PAGE …      # after sentences were reworded: run a page, and write down what it prints now

``docs/rules.md``, ``docs/rules.id.md`` and ``docs/language/keys.md`` are generated whole. On the other pages of
``docs/language`` the table between ``<!-- keys: stage -->`` and ``<!-- /keys -->`` is. Whether a key is enforced comes from
the table that the linter's remarks come from.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from sopengine.cli.rule import codes, pattern
from sopengine.language.schema import load_schema
from sopengine.lint.enforced import NOT_ENFORCED
from sopengine.wording import Message
from sopengine.wording import page as page_of

DOCS = Path(__file__).resolve().parent
LANGUAGE = DOCS / "language"
MARKED = re.compile(r"(<!-- keys: ([\w.*, ]+) -->\n)(.*?)(<!-- /keys -->)", re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ROOT = "sop"

Schema = Mapping[str, Any]

# ------------------------------------------------------------------------------------------------------------- codes

FAMILIES = {
    "SOP0": ("The text of a file", "Teks sebuah berkas"),
    "SOP1": ("The shape: keys and kinds of value", "Bentuk: kunci dan jenis nilai"),
    "SOP2": ("Names that must fit together", "Nama yang harus saling cocok"),
    "SOP3": ("The flow", "Alur"),
    "SOP4": ("Time: durations, calendars, clocks", "Waktu: durasi, kalender, batas waktu"),
    "SOP5": ("Conditions, scores and tables", "Syarat, nilai, dan tabel"),
    "SOP6": ("Templates", "Templat"),
    "SOP7": ("Other files, people, patterns", "Berkas lain, orang, pola"),
    "SOP9": ("Checked, but not enforced yet", "Diperiksa, tetapi belum ditegakkan"),
    "CASE1": ("Moving a case", "Memindahkan kasus"),
    "CASE2": ("The gate of a stage", "Gerbang sebuah tahap"),
    "CASE3": ("The record", "Data kasus"),
    "CASE4": ("Follow-up", "Tindak lanjut"),
    "CASE5": ("What is named, and when it happened", "Yang disebut, dan kapan terjadinya"),
    "CASE6": ("Messages", "Pesan"),
    "CASE8": ("Recurring duties", "Tugas berulang"),
}

RULES_INTRO = {
    "en": (
        "# Every code\n\nA problem in a file has a code `SOPnnn`; a problem with a case has a code `CASEnnn`, the same for a "
        "refusal before the fact and for a finding about what has happened already. ‹Angle brackets› stand for what the "
        "sentence is filled with. `sopengine rule SOP205` prints one of these pages; [the same page in "
        "Indonesian](rules.id.md).\n\n"
        "This page is generated from the catalogue of sentences: change those, then run `python docs/generate.py`.\n"
    ),
    "id": (
        "# Semua kode\n\nMasalah dalam berkas berkode `SOPnnn`; masalah pada sebuah kasus berkode `CASEnnn`, sama untuk "
        "penolakan sebelum kejadian maupun temuan tentang yang sudah terjadi. ‹Kurung sudut› adalah tempat yang diisi "
        "saat kalimat itu diucapkan. `sopengine rule SOP205 --lang id` mencetak satu halaman; [halaman yang sama dalam bahasa "
        "Inggris](rules.md).\n\nHalaman ini dibuat dari katalog kalimat: ubah katalognya, lalu jalankan `python "
        "docs/generate.py`.\n"
    ),
}


def rules_page(lang: str) -> str:
    """Every code with its sentence, why it matters, and the way out."""
    parts = [RULES_INTRO[lang]]
    for family, members in groupby(in_order(), key=lambda entry: _family(entry[0])):
        parts.append(f"## {FAMILIES[family][lang == 'id']}\n")
        for code, message in members:
            sentence = pattern(message.id if lang == "id" else message.en)
            parts.append(f"### {code}\n\n> {escaped(sentence)}\n")
            parts += _paragraphs(page_of(code, lang))
    return "\n".join(parts)


def in_order() -> list[tuple[str, Message]]:
    """Every code with its message, those of files before those of cases."""
    return sorted(codes().items(), key=lambda entry: (entry[0].startswith("CASE"), entry[0]))


def _family(code: str) -> str:
    return code[:5] if code.startswith("CASE") else code[:4]


def _paragraphs(text: str) -> Iterator[str]:
    """A page of the catalogue as Markdown: indented lines are an example and stay as they are."""
    for example, lines in groupby(text.split("\n"), key=lambda line: line.startswith(" ")):
        block = [line for line in lines if line.strip()]
        if example:
            yield "\n".join(["```text", *(line.removeprefix("    ") for line in block), "```\n"])
        elif block:
            yield "\n\n".join(map(escaped, block)) + "\n"


def escaped(text: str) -> str:
    """Text whose signs Markdown would otherwise read, outside of code, as its own.

    >>> escaped("write `a < b`, not a < b")
    'write `a < b`, not a &lt; b'
    """
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(piece if at % 2 else _escaped(piece) for at, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    return re.sub(r"([*_\[\]])", r"\\\1", text).replace("<", "&lt;")


# -------------------------------------------------------------------------------------------------------------- keys


@dataclass(frozen=True)
class Place:
    """A key of the language: the group of keys that it belongs to, its name (``*`` for a name of one's own), its grammar."""

    group: str
    key: str
    schema: Schema
    required: bool


def named(schema: Schema, name: str) -> tuple[Schema, str]:
    """A schema with its references followed, and the group that its keys form."""
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = load_schema()["$defs"][name]
    return schema, name


def forms(schema: Schema, name: str) -> Iterator[tuple[Schema, str]]:
    """Every form that a value may have, alternatives and members of lists included."""
    schema, name = named(schema, name)
    yield schema, name
    for choice in schema.get("anyOf", ()):
        yield from forms(choice, name)
    if isinstance(schema.get("items"), Mapping):
        yield from forms(schema["items"], name)


def keys_of(schema: Schema, name: str) -> Iterator[Place]:
    """The keys that a mapping of that form may have."""
    for key, below in schema.get("properties", {}).items():
        yield Place(name, key, below, key in schema.get("required", ()))
    if isinstance(schema.get("additionalProperties"), Mapping):
        yield Place(name, "*", schema["additionalProperties"], False)


def below(place: Place) -> Iterator[Place]:
    """The keys inside the value of a key."""
    for schema, name in forms(place.schema, f"{place.group}.{place.key}"):
        yield from keys_of(schema, name)


def reachable(start: Iterator[Place], barred: frozenset[tuple[str, str]] = frozenset()) -> dict[tuple[str, str], Place]:
    """Every key that can be written inside the given ones, themselves included; nothing below a barred key."""
    found: dict[tuple[str, str], Place] = {}
    waiting = list(start)
    while waiting:
        place = waiting.pop(0)
        where = (place.group, place.key)
        if where in barred or where in found:
            continue
        found[where] = place
        waiting.extend(below(place))
    return found


@cache
def places() -> dict[tuple[str, str], Place]:
    """Every key of the language, by group and name."""
    return reachable(keys_of(load_schema(), ROOT))


def groups() -> dict[str, list[Place]]:
    """The keys of each group, in the order of the grammar."""
    found: dict[str, list[Place]] = {}
    for (group, _), place in places().items():
        found.setdefault(group, []).append(place)
    return found


def written_at(path: str) -> Iterator[Place]:
    """The keys that a path such as ``stages.*.sla.*.by`` names; ``*`` is any name."""
    here = list(keys_of(load_schema(), ROOT))
    for at, part in enumerate(path.split(".")):
        if part == "*" and any("items" in form for place in here for form, _ in forms(place.schema, "")):
            continue  # any member of a list: the keys below are those of its members
        inside = here if at == 0 else [inner for place in here for inner in below(place)]
        here = [place for place in inside if part in ("*", place.key)]
    yield from {(place.group, place.key): place for place in here}.values()


SERVES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("clock", "max_pause"): ("clock", "pause"),
    ("stage", "approvals"): (ROOT, "approvals"),
}
"""Keys that say nothing without another one, and are enforced when that one is."""


@cache
def not_enforced() -> dict[tuple[str, str], str]:
    """The keys that the engine does not enforce yet, with the code of the linter's remark; what is inside them as well."""
    whole = [(code, path) for code, path in NOT_ENFORCED if "=" not in path]
    barred = {(place.group, place.key): code for code, path in whole for place in written_at(path)}
    kept = reachable(keys_of(load_schema(), ROOT), frozenset(barred))
    found = dict(barred)
    for code, path in sorted(whole, key=lambda entry: -entry[1].count(".")):
        for where in reachable(iter(written_at(path))):
            if where not in kept:
                found.setdefault(where, code)
    return found | {key: found[served] for key, served in SERVES.items() if served in found}


def values_not_enforced() -> dict[tuple[str, str], tuple[str, str]]:
    """Keys of which one value is not enforced yet: the value and its code."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for code, path in NOT_ENFORCED:
        where, _, value = path.partition("=")
        if value:
            found |= {(place.group, place.key): (value, code) for place in written_at(where)}
    return found


# ------------------------------------------------------------------------------------------------------------ tables

DEFAULTS: Mapping[tuple[str, str], str] = {
    (ROOT, "subject"): "`lead`",
    (ROOT, "language"): "`id`",
    (ROOT, "timezone"): "`UTC`",
    (ROOT, "open_cases"): "`pin`",
    (ROOT, "log_within"): "`24h`",
    (ROOT, "outcomes"): "`won`, `lost`",
    (ROOT, "override"): "nobody",
    ("sop.identity", "on_duplicate"): "`link`",
    ("stage", "title"): "the name, written out",
    ("stage", "next"): "the next stage",
    ("stage", "statuses"): "none",
    ("role", "title"): "the name, written out",
    ("field", "title"): "the name, written out",
    ("document", "title"): "the name, written out",
    ("outcome", "title"): "the name, written out",
    ("status", "title"): "the name, written out",
    ("exit", "when"): "always",
    ("exit", "by"): "the stage's `owner`",
    ("requirement", "any"): "**required**, or `fields`",
    ("requirement", "fields"): "**required**, or `any`",
    ("requirement", "when"): "always",
    ("back", "max"): "no limit",
    ("check_item", "code"): "made from the text",
    ("check_item", "optional"): "`false`",
    ("check_item", "once"): "`false`",
    ("check_item_of_code", "optional"): "`false`",
    ("check_item_of_code", "once"): "`false`",
    ("outcome.recycle", "max"): "no limit",
    ("outcome.reopen", "within"): "no limit",
    ("outcome.reopen", "clock"): "`new`",
    ("outcome.reopen", "by"): "the stage's `owner`",
    ("follow_up", "min"): "`0`",
    ("follow_up", "via"): "the templates' channels",
    ("follow_up", "send"): "`ask`",
    ("follow_up", "stop_on"): "`reply`",
    ("clock", "calendar"): "the first one",
    ("clock", "on_change"): "`recalculate`",
    ("clock", "escalate"): "the superior at 100%",
    ("calendar", "timezone"): "the SOP's",
    ("assign", "method"): "`round_robin`",
    ("assign", "keep_owner"): "`false`",
    ("assign", "if_none"): "the stage's `owner`",
    ("approval.levels", "quorum"): "`1`",
    ("approval", "not_by"): "holder and requester",
    ("escalation", "reassign"): "`false`",
    ("template", "purpose"): "`sales`",
    ("routine", "for"): "`person`",
    ("routine", "if_closed"): "`next`",
    ("measure", "per"): "`month`",
}
"""What holds where a key is not written. The grammar has no place for it: most defaults depend on other keys."""

CAPTIONS: Mapping[str, str] = {
    "check_item": "Checklist item in a list",
    "check_item_of_code": "Checklist item in a map",
    "score.add": "Row of `add`",
    "approval.levels": "Level",
}
"""What the grammar has one name for, or none."""

SIMPLE: Mapping[str, str] = {
    "identifier": "name",
    "names": "name, or list of names",
    "text": "text",
    "duration": "[duration](durations-and-calendars.md#lengths-of-time)",
    "target": "[duration](durations-and-calendars.md#lengths-of-time) or `{field: …}`",
    "test": "[test](conditions.md#tests), or list of tests",
    "hours": "hours such as `08:00-12:00, 13:00-17:00`",
    "language": "language tag such as `id`",
    "moment": "[moment](clocks.md#clocks-of-your-own)",
    "moments": "[moment](clocks.md#clocks-of-your-own), or list of moments",
    "recipient": "`customer`, `holder` or a role",
    "recipients": "`customer`, `holder` or a role, or list of them",
    "sop_id": "name in lower-case words and hyphens",
}
"""How the grammar's small words are read."""

PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}


@dataclass(frozen=True)
class Home:
    """Where the keys of a group are described: a page of ``docs/language`` and the anchor of a heading."""

    page: str
    anchor: str

    def seen_from(self, page: str) -> str:
        """A link to it."""
        return f"#{self.anchor}" if page == self.page else f"{self.page}#{self.anchor}"


def to_be_described() -> set[str]:
    """The groups that need a table: those with keys of their own, not only names that the author chooses."""
    return {group for group, keys in groups().items() if any(place.key != "*" for place in keys)}


def homes() -> dict[str, Home]:
    """The home of every group that a page has a table for."""
    found: dict[str, Home] = {}
    for page in sorted(LANGUAGE.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for marked in MARKED.finditer(text):
            title = HEADING.findall(FENCE.sub("", text[: marked.start()]))[-1]
            for group in marked[2].split(","):
                found[group.strip()] = Home(page.name, anchor(title))
    return found


def anchor(title: str) -> str:
    """The anchor of a heading, made as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


class Tables:
    """Key tables for one page."""

    def __init__(self, page: str, known: Mapping[str, Home]) -> None:
        self.page = page
        self.known = known

    def table(self, group: str, *, captioned: bool) -> str:
        """One row a key; `captioned` says above it what the keys are of."""
        keys = groups()[group]
        rows = [f"**{caption(group)}**\n"] if captioned else []
        rows += ["| key | what it says | written as | if left out |", "|---|---|---|---|"]
        rows += [self.row(place) for place in keys if place.key != "ref"]
        return "\n".join(rows) + "\n"

    def row(self, place: Place) -> str:
        """The row of a key."""
        key = f"*{_title(place.schema)}*" if place.key == "*" else f"`{place.key}`"
        says = place.schema.get("markdownDescription", "") + self.state(place)
        left_out = DEFAULTS.get((place.group, place.key), "**required**" if place.required else "–")
        cells = (key, says, self.form(place.schema), left_out)
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    def state(self, place: Place) -> str:
        """What the linter says of a key that is not enforced yet."""
        where = (place.group, place.key)
        code = not_enforced().get(where)
        if code is not None:
            return f" *Not enforced yet: [{code}](../rules.md#{code.lower()}).*"
        if where in values_not_enforced():
            value, code = values_not_enforced()[where]
            return f" *`{value}` is not enforced yet: [{code}](../rules.md#{code.lower()}).*"
        return ""

    def form(self, schema: Schema) -> str:
        """How a value is written, in words."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name in SIMPLE:
                return SIMPLE[name]
            if name in self.known:
                title = load_schema()["$defs"][name]["title"].lower()
                return f"[{title}]({self.known[name].seen_from(self.page)})"
            return self.form(load_schema()["$defs"][name])
        if "anyOf" in schema:
            return " or ".join(self.alternatives(schema["anyOf"]))
        if "enum" in schema:
            return _any_of(schema["enum"])
        return self.plain(schema)

    def alternatives(self, choices: list[Schema]) -> list[str]:
        """How each of several forms is written; one thing or a list of such things is one form."""
        found = list(dict.fromkeys(self.form(choice) for choice in choices))
        for one in found:
            several = f"list of: {one}"
            if several in found:
                found[found.index(one)] = f"{one}, or list of them"
                found.remove(several)
                break
        return found

    def plain(self, schema: Schema) -> str:
        """How a value of a JSON type is written."""
        kind = schema.get("type", "string")
        if kind == "array":
            return f"list of: {self.form(schema['items'])}"
        if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping) and not schema.get("properties"):
            own = schema["additionalProperties"]
            return f"map: *{_title(own)}* → {self.form(own)}"
        if kind == "object":
            keys = [f"`{key}`" for key in schema.get("properties", {}) if key != "ref"]
            return f"map of {', '.join(keys)}" if keys else "map"
        kinds = [kind] if isinstance(kind, str) else kind
        least = f" from {schema['minimum']}" if "minimum" in schema else ""
        return " or ".join(PLAIN[each] for each in kinds) + least


def _title(schema: Schema) -> str:
    return str(schema.get("title") or "name").lower()


def caption(group: str) -> str:
    """What the keys of a group are of.

    >>> caption("requirement"), caption("sop.open_cases.migrate")
    ('Requirement', 'Open cases, migrate')
    """
    if group in CAPTIONS:
        return CAPTIONS[group]
    if group in load_schema()["$defs"]:
        return str(load_schema()["$defs"][group]["title"])
    words = group.removeprefix(f"{ROOT}.").replace("_", " ").split(".")
    return ", ".join(words).capitalize()


def _any_of(values: list[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def filled(page: Path, known: Mapping[str, Home]) -> str:
    """The text of a page with its tables as the grammar has them now."""
    tables = Tables(page.name, known)

    def table(marked: re.Match[str]) -> str:
        names = [group.strip() for group in marked[2].split(",")]
        several = len(names) > 1
        return marked[1] + "\n" + "\n".join(tables.table(name, captioned=several) for name in names) + "\n" + marked[4]

    return MARKED.sub(table, page.read_text(encoding="utf-8"))


KEYS_INTRO = (
    "# Every key, from A to Z\n\n"
    "Where each key may stand, and where it is described. A key that the engine does not hold anybody to yet has the code of "
    "the remark that `sopengine check` makes. This page is generated: run `python docs/generate.py`.\n\n"
    "| key | in | described under | not enforced yet |\n|---|---|---|---|\n"
)


def keys_page(known: Mapping[str, Home]) -> str:
    """Every key of the language with its home."""
    rows = []
    for (group, key), place in sorted(places().items(), key=lambda entry: (entry[0][1].lower(), entry[0][0])):
        if key in ("*", "ref"):
            continue
        home = known[group]
        code = not_enforced().get((group, key), "")
        state = f"[{code}](../rules.md#{code.lower()})" if code else ""
        rows.append(f"| `{place.key}` | {group.replace('_', ' ')} | [{home.page[:-3]}]({home.seen_from('keys.md')}) | {state} |")
    return KEYS_INTRO + "\n".join(rows) + "\n"


def generated() -> dict[Path, str]:
    """Every page that has generated parts, as it should be."""
    known = homes()
    pages = {page: filled(page, known) for page in sorted(LANGUAGE.glob("*.md")) if page.name != "keys.md"}
    pages[LANGUAGE / "keys.md"] = keys_page(known)
    pages[DOCS / "rules.md"] = rules_page("en")
    pages[DOCS / "rules.id.md"] = rules_page("id")
    return pages


def out_of_date() -> list[Path]:
    """The pages whose generated parts are not as they should be."""
    return [
        page for page, text in generated().items() if not page.exists() or page.read_text(encoding="utf-8") != text
    ]


def main(words: list[str]) -> int:
    """Writes the pages, or with ``--check`` names those that are out of date."""
    late = out_of_date()
    if words == ["--check"]:
        sys.stdout.writelines(f"{page.relative_to(DOCS.parent)} is out of date: run python docs/generate.py\n" for page in late)
        return 1 if late else 0
    for page in late:
        page.write_text(generated()[page], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
