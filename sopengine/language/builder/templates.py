"""Message templates: their texts by language, written in place or in a file. The texts stay texts here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from sopengine.language.builder.files import TEMPLATE_LIMIT, Unavailable, content, located
from sopengine.language.builder.reader import Reader, entries, mapping, word
from sopengine.language.model import Channel, Path, Template, Text

CHANNELS: Mapping[str, Channel] = {
    "email": "email",
    "whatsapp": "whatsapp",
    "sms": "sms",
    "call": "call",
    "note": "note",
}


def templates(reader: Reader, data: Mapping[str, Any], root: FilePath | None) -> dict[str, Template]:
    """Every template; the texts of `file` are read."""
    found: dict[str, Template] = {}
    for name, value, path in entries(data.get("templates"), ("templates",)):
        channel = CHANNELS.get(str(mapping(value).get("channel")))
        if channel is not None:
            found[name] = _template(reader, name, mapping(value), path, channel, root)
    return found


def _template(
    reader: Reader, name: str, value: Mapping[str, Any], path: Path, channel: Channel, root: FilePath | None
) -> Template:
    body = reader.text(value.get("body"), (*path, "body"))
    file = value.get("file")
    if "body" not in value and file is not None:
        body = _from_files(reader, file, (*path, "file"), root)
    return Template(
        name=name,
        channel=channel,
        purpose="service" if value.get("purpose") == "service" else "sales",
        subject=reader.text(value.get("subject"), (*path, "subject")),
        body=body,
        file=word(file),
        path=path,
    )


def _from_files(reader: Reader, value: Any, path: Path, root: FilePath | None) -> Text:
    if isinstance(value, Mapping):
        read = {str(tag): _from_file(reader, named, (*path, tag), root) for tag, named in value.items()}
    else:
        read = {reader.language: _from_file(reader, value, path, root)}
    return {tag: text for tag, text in read.items() if text is not None}


def _from_file(reader: Reader, named: Any, path: Path, root: FilePath | None) -> str | None:
    if not isinstance(named, str):
        return None
    try:
        text = content(located(root, named), named, TEMPLATE_LIMIT).decode("utf-8").removeprefix("\ufeff")
    except Unavailable as problem:
        reader.problem(problem.code, path, **problem.params)
        return None
    except UnicodeDecodeError:
        reader.problem("SOP708", path, name=named)
        return None
    reader.sources.remember(named, text)
    return text.replace("\r\n", "\n")
