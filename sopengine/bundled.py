"""Finds the schemas and procedures that ship with the package: in a wheel, an editable install or a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["schemas", "sops"]

_HERE = Path(__file__).resolve().parent


def bundled_folder(kind: Kind) -> Path:
    """The folder of a kind; a wheel carries it inside the package, a checkout beside it."""
    packaged = _HERE / "_bundled" / kind
    return packaged if packaged.is_dir() else _HERE.parent / kind


def bundled_names(kind: Kind) -> tuple[str, ...]:
    """The names of the files of a kind, sorted.

    >>> "sop.schema.json" in bundled_names("schemas")
    True
    """
    folder = bundled_folder(kind)
    return tuple(sorted(file.name for file in folder.iterdir() if file.is_file())) if folder.is_dir() else ()


def bundled_path(kind: Kind, name: str) -> Path:
    """The path of one file; LookupError when nothing of that name ships (a name never reaches outside its folder)."""
    if name not in bundled_names(kind):
        raise LookupError(f"{kind} has no {name!r}")
    return bundled_folder(kind) / name


def bundled_text(kind: Kind, name: str) -> str:
    """The text of one file."""
    return bundled_path(kind, name).read_text(encoding="utf-8")
