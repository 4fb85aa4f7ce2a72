"""Arguments in the user's language: which language that is, and an argument parser that speaks it."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import NoReturn

from sopengine import wording


def chosen_language(words: Sequence[str], environment: Mapping[str, str] | None = None) -> str | None:
    """The language that `--lang` or the locale asks for; None when neither says one that we speak.

    >>> chosen_language(["check", "--lang=id"], {}), chosen_language([], {"LANG": "id_ID.UTF-8"})
    ('id', 'id')
    """
    for at, word in enumerate(words):
        asked = word[7:] if word.startswith("--lang=") else None
        if word == "--lang" and at + 1 < len(words):
            asked = words[at + 1]
        if asked in wording.LANGUAGES:
            return asked
    found = os.environ if environment is None else environment
    locale = next((found[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if found.get(name)), "")
    language = locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return language if language in wording.LANGUAGES else None


def wants_colour(choice: str) -> bool:
    """Whether to colour: `always`, `never`, or (`auto`) on a terminal unless NO_COLOR is set (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Parser(argparse.ArgumentParser):
    """An argument parser whose own words come from the catalogue."""

    def __init__(self, lang: str, *, prog: str, description: str) -> None:
        super().__init__(
            prog=prog,
            description=textwrap.fill(description, 80),
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.lang = lang
        self._positionals.title = wording.say("cli.arguments", lang)
        self._optionals.title = wording.say("cli.options", lang)
        self.add_argument("-h", "--help", action="help", help=wording.say("cli.help_help", lang))

    def language_option(self) -> None:
        """`--lang`, which every command has."""
        self.add_argument("--lang", choices=wording.LANGUAGES, help=wording.say("cli.lang_help", self.lang))

    def format_usage(self) -> str:
        """The usage line in the user's language."""
        return super().format_usage().replace("usage: ", f"{wording.say('cli.usage', self.lang)}: ", 1)

    def format_help(self) -> str:
        """The help in the user's language."""
        return super().format_help().replace("usage: ", f"{wording.say('cli.usage', self.lang)}: ", 1)

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the call, and how it is meant."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is spelled most like `word`."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)
