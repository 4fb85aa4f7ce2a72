"""Files that an SOP names: parts it borrows (`use`) and texts of templates. Never outside the folder of the SOP.

Rule: a path is relative, stays below the folder after every symbolic link is followed, and names a regular file of bounded
size. Whoever sends an SOP may not read the receiver's disk with it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path as FilePath
from typing import Any

from sopengine.source import SIZE_LIMIT

TEMPLATE_LIMIT = 256 * 1024


class Unavailable(Exception):
    """A file cannot be had; `code` and `params` say why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def located(root: FilePath | None, named: str) -> FilePath:
    """The real path of a named file below `root`; Unavailable when it may not be read."""
    shown = named if len(named) <= 80 else f"{named[:79]}…"
    if root is None:
        raise Unavailable("SOP702", name=shown)
    parts = named.split("/")
    if not named or named.startswith(("/", "~")) or "\\" in named or ":" in parts[0] or "\0" in named:
        raise Unavailable("SOP701", name=shown)
    try:
        top = root.resolve(strict=True)
        found = (top / named).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        if ".." in parts:
            raise Unavailable("SOP701", name=shown) from None
        raise Unavailable("SOP703", name=shown) from None
    if not found.is_relative_to(top):
        raise Unavailable("SOP701", name=shown)
    return found


def content(path: FilePath, named: str, limit: int = SIZE_LIMIT) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; Unavailable otherwise."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        raise Unavailable("SOP703", name=named) from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unavailable("SOP703", name=named)
        try:
            data = file.read(limit + 1)
        except OSError:
            raise Unavailable("SOP703", name=named) from None
    if len(data) > limit:
        raise Unavailable("SOP704", name=named, limit=limit // 1024)
    return data
