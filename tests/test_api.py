"""The public face holds what it promises: names, docstrings, the grammar behind the model, and a sentence for every key."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import string
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import sopengine
from sopengine import bundled, errors, wording
from sopengine.language import build as build_room
from sopengine.language.schema import load_schema
from sopengine.loading import check
from sopengine.source import read_file
from sopengine.wording import catalogue

PACKAGE = Path(sopengine.__file__).parent
VOCABULARY = Path(__file__).resolve().parent / "cases" / "ok" / "full.sop.yaml"
SHIPPED = [bundled.bundled_path("sops", name) for name in bundled.bundled_names("sops")]
SOPS = [path for path in SHIPPED if read_file(path).mentions(("sop",))]

# Names


def test_every_exported_name_is_there() -> None:
    """Each name of `__all__` resolves, none is private, they are sorted, and nothing else is promised."""
    assert all(getattr(sopengine, name) is not None for name in sopengine.__all__)
    assert [name for name in sopengine.__all__ if name.startswith("_")] == ["__version__"]
    assert list(sopengine.__all__) == sorted(sopengine.__all__)
    assert set(sopengine.__all__) == set(sopengine._HOME) | {"__version__"}
    assert set(dir(sopengine)) == set(sopengine.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that the package does not have is an ordinary AttributeError that says it."""
    with pytest.raises(AttributeError, match="'sopengine' has no attribute 'Enginee'"):
        _ = sopengine.Enginee  # type: ignore[attr-defined]


def test_importing_the_package_loads_no_room() -> None:
    """`import sopengine` loads none of its rooms and none of its dependencies; they come with the first use."""
    code = "import sys, sopengine; print(*[m for m in sys.modules if m.startswith('sopengine.')], 'yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["False"]


def test_a_name_is_the_same_whatever_was_imported_before() -> None:
    """Each public name is what its home defines, also after every room was imported: no room hides a name of its own."""
    code = (
        "import importlib, pkgutil, sopengine\n"
        "for m in pkgutil.walk_packages(sopengine.__path__, 'sopengine.'):\n"
        "    m.name.endswith('__main__') or importlib.import_module(m.name)\n"
        "homes = sopengine._HOME.items()\n"
        "print([n for n, h in homes if getattr(sopengine, n) is not getattr(importlib.import_module(h), n)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_checking_imports_only_what_the_file_needs(tmp_path: Path) -> None:
    """An SOP without messages, holidays and records is checked without the packages that those need."""
    path = tmp_path / "small.yaml"
    path.write_text("sop: a\ntitle: A\nversion: '1'\nstages: {s: {owner: o, requires: [name]}}\n", encoding="utf-8")
    heavy = "'jsonschema', 'holidays', 'babel', 'jinja2', 'transitions'"
    code = f"import sys, sopengine; print(sopengine.check({str(path)!r}), {{{heavy}}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[] set()"


def test_the_package_says_that_it_is_typed() -> None:
    """`py.typed` lies in the package, so that type checkers of embedding programs read the annotations (PEP 561)."""
    assert (PACKAGE / "py.typed").is_file()


def test_every_error_is_a_sentence_of_the_catalogue() -> None:
    """What the library raises on purpose is said by `saying`, or carries diagnostics, findings or a decision that say it."""
    own = {name for name, thing in vars(errors).items() if isinstance(thing, type) and issubclass(thing, errors.SopEngineError)}
    bare = own - {"InvalidSop", "InvalidRecord", "Refused"}
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in bare
    ]
    assert found == []


def test_every_error_is_an_sop_engine_error() -> None:
    """Whatever the library raises on purpose can be caught as `SopEngineError`."""
    errors = [value for value in map(vars(sopengine).get, sopengine.__all__) if inspect.isclass(value)]
    errors = [value for value in errors if issubclass(value, Exception)]
    assert len(errors) >= 8
    assert all(issubclass(error, sopengine.SopEngineError) for error in errors)


def public_things() -> Iterator[tuple[str, Any]]:
    """Every public name with its public methods and properties, by dotted name."""
    for name in sopengine.__all__:
        thing = getattr(sopengine, name)
        if not inspect.isclass(thing) and not inspect.isfunction(thing):
            continue
        yield name, thing
        for base in thing.__mro__ if inspect.isclass(thing) else ():
            for below, member in vars(base).items():
                ours = base.__module__.startswith("sopengine.")
                wanted = inspect.isfunction(member) or isinstance(member, (property, classmethod, staticmethod))
                if ours and wanted and not below.startswith("_"):
                    yield f"{name}.{below}", member


@pytest.mark.parametrize(("name", "thing"), [pytest.param(*found, id=found[0]) for found in public_things()])
def test_a_public_name_has_a_docstring(name: str, thing: Any) -> None:
    """Each public class, function, method and property says what it is for, in whole sentences."""
    said = inspect.getdoc(thing) or ""
    assert said.split("\n\n")[0].rstrip().endswith((".", ":", "::")), name
    assert "(*" not in said.splitlines()[0], "a docstring that dataclass made up"


@pytest.mark.parametrize("name", ["move", "advance", "contact", "edit", "attach", "tick_off", "assign", "note"])
def test_every_verb_takes_the_same_words(name: str) -> None:
    """Each verb takes `by` by name, and passes `at`, `note`, `key` and `dry_run` on."""
    parameters = inspect.signature(getattr(sopengine.Engine, name)).parameters
    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["by"].default is inspect.Parameter.empty
    assert any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters.values())


# The SOPs that ship


@pytest.mark.parametrize("path", SOPS, ids=lambda path: path.name)
def test_a_shipped_sop_is_clean(path: Path) -> None:
    """Each SOP that ships has no error and no warning, and loads."""
    problems = [problem for problem in check(path) if problem.severity != "info"]
    assert [f"{problem.span} {problem.text()}" for problem in problems] == []
    assert sopengine.load(path).stages


def test_there_are_sops_to_look_at() -> None:
    """At least two whole procedures ship."""
    assert len(SOPS) >= 2


# The grammar and the model

FOR_READERS = {"ref", "title", "description"}
"""Words about an element, for people: checked by the grammar, found again at their place in the text, no part of what an
element does. Where the engine says an element's title, it is read."""

READ_ELSEWHERE = {
    "sop": {"language", "use"},  # read before lent files are merged in, which is where the watch begins
    "condition": {"any", "not", "predicate"},  # a condition is read key by key, whatever its keys are
    "measure": {"of", "per", "by", "target", "weights", "freeze_after", "rates", "only_if"},  # kept whole: not computed yet
    "measure.median|1": {"from", "to"},
    "measure.mean|1": {"from", "to"},
}
TRIED = {
    "requirement|2": {"any"},  # how one form of a requirement is told from the other
}


class Watched(dict[str, Any]):
    """A mapping that notes in `log` which of its keys are asked for."""

    def __init__(self, data: dict[str, Any], asked: set[str]) -> None:
        super().__init__(data)
        self.asked = asked

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def items(self) -> Any:
        self.asked.update(self)
        return super().items()


Log = dict[tuple[Any, ...], set[str]]


def watched(value: Any, path: tuple[Any, ...], log: Log) -> Any:
    """Data whose every mapping is watched."""
    if isinstance(value, dict):
        return Watched({key: watched(below, (*path, key), log) for key, below in value.items()}, log[path])
    if isinstance(value, list):
        return [watched(below, (*path, index), log) for index, below in enumerate(value)]
    return value


def described(schema: dict[str, Any], data: Any, where: str, path: tuple[Any, ...]) -> Iterator[tuple[str, Any, Any]]:
    """Every mapping of `data`: the place in the grammar that describes it, its schema, and its path."""
    while "$ref" in schema:
        where = schema["$ref"].rpartition("/")[2]
        schema = load_schema()["$defs"][where]
    for number, choice in enumerate(schema.get("anyOf", ())):
        if jsonschema.Draft202012Validator({**choice, "$defs": load_schema()["$defs"]}).is_valid(data):
            yield from described(choice, data, f"{where}|{number}", path)
            return
    if isinstance(data, dict):
        keys = schema.get("properties", {})
        yield where, schema, path
        for key, value in data.items():
            below = f"{where}.{key if key in keys else '*'}"
            yield from described(keys.get(key) or schema["additionalProperties"], value, below, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from described(schema["items"], value, where, (*path, index))


def asked_for(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[dict[str, Any], set[str]]]:
    """By place in the grammar: its schema, and the keys that the builder asked for there, over all procedures."""
    found: dict[str, tuple[dict[str, Any], set[str]]] = {}
    for path in (VOCABULARY, *SOPS):
        log: Log = defaultdict(set)

        class Lender(build_room.Lender):  # type: ignore[misc, name-defined]
            def merge(self, log: Log = log) -> Any:
                return watched(super().merge(), (), log)

        document = read_file(path)
        with monkeypatch.context() as patch:
            patch.setattr(build_room, "Lender", Lender)
            assert build_room.build(document)[1] == []
        for where, schema, place in described(load_schema(), document.data, "sop", ()):
            found.setdefault(where, (schema, set()))[1].update(log[place])
    return found


def test_the_model_reads_every_key_of_the_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key is accepted by the grammar and then ignored by the builder, but for words for readers."""
    places = asked_for(monkeypatch)
    assert len(places) > 60
    ignored = {
        where: left
        for where, (schema, asked) in places.items()
        if (left := set(schema.get("properties", {})) - asked - FOR_READERS - READ_ELSEWHERE.get(where, set()))
    }
    assert ignored == {}


def test_the_grammar_knows_every_key_that_the_model_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The builder asks for no key that the grammar would have refused."""
    unknown = {
        where: left
        for where, (schema, asked) in asked_for(monkeypatch).items()
        if schema.get("additionalProperties") is False
        and (left := asked - set(schema["properties"]) - TRIED.get(where, set()))
    }
    assert unknown == {}


# The catalogue of wordings

CODE = re.compile(r"(?:SOP|CASE)\d{3}")
MODULES = sorted(module.name for module in pkgutil.iter_modules(catalogue.__path__))
MESSAGES = {
    key: message
    for name in MODULES
    for key, message in getattr(importlib.import_module(f"{catalogue.__name__}.{name}"), "MESSAGES", {}).items()
}
KEY = re.compile(rf"(?:{'|'.join(MODULES)})\.[a-z0-9_]+")

MADE_UP = {
    "assign.{}": "how somebody was chosen, or why nobody was",
    "assign.alert_{}": "why nobody was chosen",
    "assign.was_{}": "why somebody was passed over",
    "cli.{}": "a severity, or what an argument of a command is for",
    "cli.{}_description": "what a command does",
    "cli.{}_help": "what a command does, in a list of commands",
    "cli.count_{}": "one of what is counted in a report",
    "cli.count_{}s": "several of what is counted in a report",
    "clock.known_{}": "the verdict of a clock as it was known",
    "clock.state_{}": "the verdict of a clock",
    "demo.what_{}": "what a demo shows",
    "event.{}": "what happened: the kind of an event",
    "event.by_{}": "an actor who is no person on the staff",
    "event.clock_{}": "a clock whose name the language gives",
    "event.do_{}": "a verb",
    "event.reason_{}": "a reason that every failure has",
    "event.to_{}": "who is told",
    "event.via_{}": "a channel",
    "hint.{}": "how the parts of a list or condition are joined",
    "kept.{}": "`from` of a document",
    "reason.{}": "what a rule is about, by its code",
    "routines.{}": "what becomes of an occurrence",
    "routines.field_{}": "a field of an occurrence's record",
    "rules.outcome_{}": "an outcome that is there without being written",
    "rules.reason_{}": "a reason that every failure has",
    "rules_conditions.{}": "yes or no, filled or empty",
    "rules_conditions.kind_{}": "the type of a fact",
    "rules_conditions.shape_{}": "the shape that a part of a condition should have",
    "run.{}": "a column, a count or a verdict of a report, or what an argument is for",
    "run.duty_{}": "how an occurrence stands",
    "run.wants_{}": "what a step of a scenario should have held",
    "schema.a_{}": "a type of JSON",
    "templates.{}": "the type that a filter takes",
    "unit.{}": "one of a unit of time",
    "unit.{}s": "several of a unit of time",
}
"""The keys that are put together while running, with what fills the gap: always a word that the code writes out."""


def pattern_of(node: ast.JoinedStr) -> str:
    """An f-string with its gaps left open."""
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)


def strings(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """The strings of a module that are no docstrings and the names of its fields, and whether each has gaps."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed.update(id(part) for part in node.values)
            yield pattern_of(node), True
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, False
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value, False


def code_strings() -> Iterator[tuple[str, bool]]:
    """The strings of all modules but the catalogue itself."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "catalogue" not in path.parts:
            yield from strings(ast.parse(path.read_text(encoding="utf-8")))


SAID = frozenset(code_strings())
WORDS = {text for text, gaps in SAID if not gaps}
STEMS = {text for text in WORDS if text.endswith("_")}
WORDS |= {f"{stem}{text[2:]}" for stem in STEMS for text, gaps in SAID if gaps and re.fullmatch(r"\{\}[a-z]+", text)}
WRITTEN_OUT = {text for text in WORDS if CODE.fullmatch(text) or KEY.fullmatch(text)}
PATTERNS = {text for text, gaps in SAID if gaps and re.fullmatch(rf"(?:{'|'.join(MODULES)})\.[a-z_{{}}]*", text)}


def is_said(key: str) -> bool:
    """Whether the code writes a key out, or a pattern of it and the word for the gap."""
    shapes = (re.fullmatch(re.escape(pattern).replace(r"\{\}", r"([\w.-]+)"), key) for pattern in MADE_UP)
    return key in WRITTEN_OUT or any(shape and shape[1] in WORDS for shape in shapes)


def test_every_key_in_the_code_has_a_sentence() -> None:
    """Whatever the code may say is in the catalogue, where `find` looks for it."""
    missing = []
    for key in sorted(WRITTEN_OUT):
        try:
            wording.find(key)
        except (KeyError, ModuleNotFoundError):
            missing.append(key)
    assert missing == []


def test_every_sentence_is_used() -> None:
    """The catalogue holds no sentence that nothing says."""
    assert [key for key in sorted(MESSAGES) if not is_said(key)] == []


def test_every_key_that_is_put_together_is_listed() -> None:
    """The list of keys that are put together while running is complete, and has no more than the code."""
    assert sorted(PATTERNS) == sorted(MADE_UP)


def test_there_are_sentences_to_look_at() -> None:
    """The catalogue and the code were found."""
    assert len(MESSAGES) > 200
    assert len(WRITTEN_OUT) > 200


def placeholders(sentence: str) -> set[str]:
    """The parameters that a sentence is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_a_message_is_whole_in_both_languages(key: str) -> None:
    """Each message has an English and an Indonesian sentence with the same named parameters; each code a page in both."""
    message = MESSAGES[key]
    assert message.en.strip()
    assert message.id.strip()
    assert placeholders(message.en) == placeholders(message.id)
    assert all(name.isidentifier() for name in placeholders(message.en))
    if CODE.fullmatch(key):
        assert message.en != message.id
        assert len(message.page_en) > 20
        assert len(message.page_id) > 20
        assert message.page_en != message.page_id
