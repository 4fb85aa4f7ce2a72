"""Reads bytes or text into a `Document`, or into diagnostics."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import yaml

from sopengine.diagnostics import Diagnostic
from sopengine.source.builder import Builder, Limits, Stop
from sopengine.source.document import Document, Text
from sopengine.source.opening import read_bytes, why_unread
from sopengine.source.syntax import STOPPED, explain

SIZE_LIMIT = 1024 * 1024
DEPTH_LIMIT = 64
NODE_LIMIT = 100_000
PROBLEM_LIMIT = 100

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_DIRECTIVE = re.compile(r"^%(?:YAML|TAG)\b.*", re.MULTILINE)
_ORDINARY_HERE = "\x85\u2028\u2029"
_LINE_BREAK_ELSEWHERE = re.compile(f"[{_ORDINARY_HERE}]")


def read(text: str | bytes, name: str) -> Document:
    """The document in `text`; `name` is how spans call it. Never raises for what the text holds.

    >>> doc = read("phone: 0812\\nphone: 0813\\n", "lead.yaml")
    >>> doc.data, [(problem.code, str(problem.span)) for problem in doc.problems]
    ({'phone': '0812'}, [('SOP008', 'lead.yaml:2:1')])
    """
    if len(text) > SIZE_LIMIT:
        return _refused("", name, "SOP002", limit=SIZE_LIMIT // 1024)
    if isinstance(text, bytes):
        data = text
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            return _not_utf8(data, name, problem)
    text = text.removeprefix("\ufeff")
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None:
        return _refused(text, name, "SOP003", forbidden.start(), character=f"U+{ord(forbidden[0]):04X}")
    if len(text) > SIZE_LIMIT // 4 and len(text.encode(errors="replace")) > SIZE_LIMIT:
        return _refused("", name, "SOP002", limit=SIZE_LIMIT // 1024)
    directive = _DIRECTIVE.search(text) if "%YAML" in text or "%TAG" in text else None
    if directive is not None:
        return _refused(text, name, "SOP032", directive.start())
    return _parsed(Text(text, name))


def read_file(path: str | os.PathLike[str], name: str | None = None) -> Document:
    """The document in a file; a file that cannot be opened is a diagnostic like any other."""
    shown = os.fspath(path) if name is None else name
    try:
        return read(read_bytes(path, SIZE_LIMIT + 1), shown)
    except (OSError, ValueError) as problem:
        return _refused("", shown, "SOP017", reason=why_unread(problem))


def _parsed(text: Text) -> Document:
    disguised, restore = _disguise(text.text)
    builder = Builder(text, Limits(DEPTH_LIMIT, NODE_LIMIT, PROBLEM_LIMIT), restore=restore)
    try:
        builder.build(yaml.parse(disguised, Loader=_Loader))
    except Stop:
        return Document(text, None, None, tuple(builder.problems), readable=False)
    except yaml.YAMLError as problem:
        diagnostic = explain(text, problem, builder.last_scalar)
        said = _already_said(builder.problems, diagnostic)
        if said is None:
            builder.problems.append(diagnostic)
        else:
            builder.problems[said] = replace(builder.problems[said], params=STOPPED)
        return Document(text, None, None, tuple(builder.problems), readable=False)
    if builder.root is None or (builder.data is None and builder.root.raw == "" and not builder.problems):
        return _refused(text.text, text.name, "SOP004")
    problems, unseen = tuple(builder.problems), tuple(builder.unseen)
    return Document(text, builder.root, builder.data, problems, readable=True, unseen=unseen)


def _already_said(problems: list[Diagnostic], diagnostic: Diagnostic) -> int | None:
    """An unquoted template is reported when it is met; the complaint that follows on its line is the same mistake."""
    line = diagnostic.span.line
    return next((at for at, p in enumerate(problems) if p.code in ("SOP024", "SOP013") and p.span.line == line), None)


def _disguise(text: str) -> tuple[str, Callable[[str], str] | None]:
    """Hides from the parser, which follows YAML 1.1, three characters that are no line breaks in YAML 1.2.

    Otherwise a line separator could hide a key inside what every editor shows as one line.
    """
    if _LINE_BREAK_ELSEWHERE.search(text) is None:
        return text, None
    unused = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    stand_ins = "".join(next(unused, " ") for _ in _ORDINARY_HERE)
    back = str.maketrans(stand_ins, _ORDINARY_HERE)
    return text.translate(str.maketrans(_ORDINARY_HERE, stand_ins)), lambda raw: raw.translate(back)


def _not_utf8(data: bytes, name: str, problem: UnicodeDecodeError) -> Document:
    readable = data[: problem.start].decode("utf-8").removeprefix("\ufeff")
    shown = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return _refused(shown, name, "SOP001", len(readable), byte=f"0x{data[problem.start]:02X}")


def _refused(text: str, name: str, code: str, offset: int = 0, **params: Any) -> Document:
    source = Text(text, name)
    problem = Diagnostic(code, source.span(offset, min(offset + 1, len(text))), params)
    return Document(source, None, None, (problem,), readable=False)
