"""Opening a user's file: so many bytes at most, no endless wait, and the reason in words when it does not work."""

from __future__ import annotations

import errno
import os
import select
import stat
from pathlib import Path

from sopengine.wording import Term

SILENCE = 10_000
"""Milliseconds without a byte after which a pipe is given up."""

_CHUNK = 1 << 16
_READING: dict[type[Exception], str] = {
    FileNotFoundError: "source.missing",
    NotADirectoryError: "source.missing",
    IsADirectoryError: "source.directory",
    PermissionError: "source.forbidden",
    TimeoutError: "source.silent",
}
_WRITING = {errno.ENOSPC: "source.full", errno.EDQUOT: "source.full", errno.EROFS: "source.read_only"}


def read_bytes(path: str | os.PathLike[str], limit: int) -> bytes:
    """The bytes of a file, `limit` at most; OSError or ValueError when it cannot be read.

    A pipe, such as a shell's ``<(command)``, is read until its writers close it. One that nobody writes to is not waited
    for longer than `SILENCE`: TimeoutError.
    """
    if stat.S_ISFIFO(Path(path).stat().st_mode):
        return _piped(path, limit)
    with Path(path).open("rb") as file:
        return file.read(limit)


def _piped(path: str | os.PathLike[str], limit: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        data, waiting = bytearray(), select.poll()
        waiting.register(descriptor, select.POLLIN)
        while len(data) < limit:
            if not waiting.poll(SILENCE):
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), os.fspath(path))
            try:
                chunk = os.read(descriptor, min(_CHUNK, limit - len(data)))
            except BlockingIOError:  # somebody else read what had come
                continue
            if not chunk:
                break
            data += chunk
        return bytes(data)
    finally:
        os.close(descriptor)


def why_unread(problem: Exception) -> Term:
    """Why a file cannot be read, in words of the catalogue."""
    return Term(_READING.get(type(problem), "source.unreadable"))


def why_unwritten(problem: OSError) -> Term:
    """Why something cannot be written, in words of the catalogue."""
    if isinstance(problem, PermissionError):
        return Term("source.not_writable")
    return Term(_WRITING.get(problem.errno or 0, "source.unwritten"))
