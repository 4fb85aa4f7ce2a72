"""Message templates: their texts by language, written in place or in a file. The texts stay texts here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine.language.builder.files import Files, Unavailable, brief
from sopengine.language.builder.reader import Reader, entries, mapping, word
from sopengine.language.model import Channel, Path, Template, Text

TEMPLATE_LIMIT = 256 * 1024
"""Bytes; what a template may hold is bounded more tightly when it is compiled."""

CHANNELS: Mapping[str, Channel] = {
    "email": "email",
    "whatsapp": "whatsapp",
    "sms": "sms",
    "call": "call",
    "note": "note",
}


def templates(reader: Reader, data: Mapping[str, Any], files: Files) -> dict[str, Template]:
    """Every template; the texts of `file` are read."""
    found: dict[str, Template] = {}
    for name, value, path in entries(data.get("templates"), ("templates",)):
        channel = CHANNELS.get(str(mapping(value).get("channel")))
        if channel is not None:
            found[name] = _template(reader, name, mapping(value), path, channel, files)
    return found


def _template(
    reader: Reader, name: str, value: Mapping[str, Any], path: Path, channel: Channel, files: Files
) -> Template:
    body = reader.text(value.get("body"), (*path, "body"))
    file = value.get("file")
    if "body" not in value and file is not None:
        body = _from_files(reader, file, (*path, "file"), files)
    return Template(
        name=name,
        channel=channel,
        purpose="service" if value.get("purpose") == "service" else "sales",
        subject=reader.text(value.get("subject"), (*path, "subject")),
        body=body,
        file=word(file),
        path=path,
    )


def _from_files(reader: Reader, value: Any, path: Path, files: Files) -> Text:
    if isinstance(value, Mapping):
        read = {str(tag): _from_file(reader, named, (*path, tag), files) for tag, named in value.items()}
    else:
        read = {reader.language: _from_file(reader, value, path, files)}
    return {tag: text for tag, text in read.items() if text is not None}


def _from_file(reader: Reader, named: Any, path: Path, files: Files) -> str | None:
    if not isinstance(named, str):
        return None
    try:
        found = files.read(named, TEMPLATE_LIMIT)
        text = found.data.decode("utf-8").removeprefix("\ufeff")
    except Unavailable as problem:
        reader.problem(problem.code, path, **problem.params)
        return None
    except UnicodeDecodeError:
        reader.problem("SOP708", path, name=brief(named))
        return None
    reader.sources.remember(found.name, text, path)
    return text.replace("\r\n", "\n")
