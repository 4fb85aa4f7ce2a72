"""Files that an SOP names: parts it borrows (`use`) and texts of templates. Reading them is the caller's to do, or to
refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class Unavailable(Exception):
    """A file cannot be had; `code` and `params` say why."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A file's bytes, how spans call it, and `identity`: the same for two names of one file."""

    name: str
    identity: str
    data: bytes


class Files(Protocol):
    """Where the builder gets other files from."""

    def read(self, named: str, limit: int) -> Borrowed:
        """The file that an SOP calls `named`, when it has at most `limit` bytes; Unavailable otherwise."""


class NoFiles:
    """An SOP that came as a text has no folder, and may name no files."""

    def read(self, named: str, limit: int) -> Borrowed:
        """Always Unavailable."""
        raise Unavailable("SOP702", name=brief(named))


def brief(named: str) -> str:
    """A file's name short enough for a sentence."""
    return named if len(named) <= 80 else f"{named[:79]}…"
