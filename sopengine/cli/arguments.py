"""Arguments in the user's language: which language that is, and an argument parser that speaks it."""

from __future__ import annotations

import argparse
import os
import re
import sys
import textwrap
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any, NoReturn

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
            add_help=False,
            allow_abbrev=False,
            formatter_class=partial(_Formatter, f"{wording.say('cli.usage', lang)}: "),
        )
        self.lang = lang
        self.describe(description)
        self._positionals.title = wording.say("cli.arguments", lang)
        self._optionals.title = wording.say("cli.options", lang)
        self.add_argument("-h", "--help", action="help", help=wording.say("cli.help_help", lang))

    def describe(self, description: str) -> None:
        """What the help begins with; its lines are kept short enough to read."""
        self.description = textwrap.fill(description, 80)

    def language_option(self) -> None:
        """`--lang`, which every command has."""
        self.add_argument("--lang", choices=wording.LANGUAGES, help=wording.say("cli.lang_help", self.lang))

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the call, and how it is meant."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {in_own_words(message, self.lang)}", file=sys.stderr)
        raise SystemExit(2)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Begins the usage, which is indented by the length of that word, with a word of the user's language."""

    def __init__(self, heading: str, prog: str) -> None:
        super().__init__(prog)
        self._heading = heading

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage under our heading."""
        super().add_usage(usage, actions, groups, prefix or self._heading)


_SAID = (
    (re.compile(r"the following arguments are required: (?P<names>.*)", re.DOTALL), "cli.missing_arguments"),
    (re.compile(r"unrecognized arguments: (?P<words>.*)", re.DOTALL), "cli.unknown_arguments"),
    (
        re.compile(r"argument (?P<name>.*?): invalid choice: (?P<value>.*) \(choose from (?P<known>.*)\)", re.DOTALL),
        "cli.wrong_choice",
    ),
    (re.compile(r"argument (?P<name>.*?): expected (?:one|at least one) argument", re.DOTALL), "cli.missing_value"),
    (re.compile(r"argument (?P<name>.*?): ignored explicit argument (?P<value>.*)", re.DOTALL), "cli.no_value_wanted"),
)
"""What argparse complains of, in its own words, and the sentence of ours for it."""


def in_own_words(message: str, lang: str) -> str:
    """A complaint of argparse in our words; one that we do not know stays as it is.

    >>> in_own_words("unrecognized arguments: --fast", "id")
    'Argumen ini tidak dikenal: --fast. Lihat --help.'
    """
    for pattern, key in _SAID:
        if (found := pattern.fullmatch(message)) is not None:
            return wording.say(key, lang, **found.groupdict())
    return message


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is spelled most like `word`."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)
