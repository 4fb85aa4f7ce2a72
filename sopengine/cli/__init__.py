"""The command line. Exit codes: 0 all is well, 1 problems were found, 2 it could not run."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from types import ModuleType

from sopengine import wording
from sopengine.cli.arguments import Parser, chosen_language
from sopengine.errors import SopEngineError

COMMANDS: tuple[tuple[str, str], ...] = (
    ("check", "sopengine.cli.check"),
    ("lock", "sopengine.cli.lock"),
    ("rule", "sopengine.cli.rule"),
    ("run", "sopengine.cli.run"),
    ("demo", "sopengine.cli.demo"),
)
"""Name and module of each command, imported only when it is used: `add_arguments(parser)` and `run(args) -> int`."""

BROKEN_PIPE = 141
INTERRUPTED = 130
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""How a system says that output which was accepted cannot be kept."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code. A user's mistake is a sentence, never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    _forgiving_output()
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    except OSError as problem:
        if problem.filename is not None or problem.errno not in NO_ROOM:
            raise
        _drop_output()
        print(f"sopengine: {_output_lost(problem, chosen_language(words) or 'en')}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 2
    except SopEngineError as problem:
        print(f"sopengine: {problem.text(chosen_language(words) or 'en')}", file=sys.stderr)
        return 2
    return code


def _drop_output() -> None:
    """Python flushes stdout once more on the way out, and would complain there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _output_lost(problem: OSError, lang: str) -> str:
    from sopengine.source.opening import why_unwritten

    return wording.say("cli.output_lost", lang, why=why_unwritten(problem))


def _forgiving_output() -> None:
    """A terminal that cannot show a letter gets its number, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _dispatch(words: list[str]) -> int:
    lang = chosen_language(words) or "en"
    known = available()
    before = _language_words(words)
    name, rest = (words[before], words[:before] + words[before + 1 :]) if before < len(words) else ("", words)
    if name not in known:
        return _top(words, lang, known)
    module = _module(known[name])
    parser = Parser(lang, prog=f"sopengine {name}", description=wording.say(f"cli.{name}_description", lang))
    parser.language_option()
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(rest))
    return code


def _language_words(words: list[str]) -> int:
    """How many words in front belong to `--lang`, which may stand before the command as well as behind it."""
    if words[:1] == ["--lang"]:
        return 2
    return 1 if words and words[0].startswith("--lang=") else 0


def available() -> dict[str, str]:
    """The commands whose module is installed."""
    return {name: module for name, module in COMMANDS if find_spec(module) is not None}


def _module(name: str) -> ModuleType:
    return importlib.import_module(name)


def _top(words: list[str], lang: str, known: dict[str, str]) -> int:
    parser = Parser(lang, prog="sopengine", description=wording.say("cli.description", lang))
    width = max(map(len, known))
    listed = "\n".join(f"  {name:{width}}  {wording.say(f'cli.{name}_help', lang)}" for name in known)
    parser.epilog = f"{wording.say('cli.commands', lang)}:\n{listed}\n\n{wording.say('cli.more', lang)}"
    parser.add_argument("command", nargs="?", choices=tuple(known), metavar=wording.say("cli.command", lang), help="")
    parser.add_argument("--version", action="store_true", help=wording.say("cli.version_help", lang))
    parser.language_option()
    args: argparse.Namespace = parser.parse_args(words)
    if args.version:
        from importlib.metadata import version

        print(f"sopengine {version('sopengine')}")
        return 0
    parser.print_help()
    return 2
