"""The files that the words of a command line name: a file itself, or every YAML file below a folder."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from sopengine.loading import yaml_files
from sopengine.source.opening import why_unread


def walk(path: Path, visit: Callable[[Path, bool], None], fail: Callable[..., None]) -> None:
    """Visit the file, or each YAML file below the folder; the flag tells whether the file was named itself.

    `fail` takes a key of the catalogue and its parameters, and is called when the path cannot be read.
    """
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            for file in yaml_files(path):
                visit(file, False)
        else:
            visit(path, True)
    except (FileNotFoundError, NotADirectoryError):
        fail("cli.no_such_path", path=str(path))
    except OSError as problem:
        fail("cli.unreadable", path=str(path), reason=why_unread(problem))
