"""`sopengine rule`: what a code means, why it matters, and the way out."""

from __future__ import annotations

import argparse
import string
import sys
import textwrap
from importlib.util import find_spec

from sopengine import wording
from sopengine.cli.arguments import Parser, chosen_language, nearest

FAMILIES = ("source", "schema", "rules", "cases")


def add_arguments(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument("code", nargs="?", metavar="CODE", help=wording.say("cli.rule_code", parser.lang))


def run(args: argparse.Namespace) -> int:
    """Prints one page, or the list of all codes."""
    lang = args.lang or chosen_language([]) or "en"
    known = codes()
    if args.code is None:
        for code, message in known.items():
            print(f"{code}  {pattern(message.id if lang == 'id' else message.en)}")
        return 0
    code = args.code.upper()
    if code not in known:
        guess = nearest(code, tuple(known))
        hint = "" if guess is None else " " + wording.say("hint.did_you_mean", lang, name=guess)
        print(f"sopengine: {wording.say('cli.no_such_code', lang, code=args.code)}{hint}", file=sys.stderr)
        return 2
    print(page(code, lang))
    return 0


def codes() -> dict[str, wording.Message]:
    """Every code of the registry with its message, in order."""
    installed = [name for name in FAMILIES if find_spec(f"sopengine.wording.catalogue.{name}") is not None]
    found = {key: message for name in installed for key, message in wording.family(name).items()}
    return {key: found[key] for key in sorted(found) if key.startswith(("SOP", "CASE"))}


def page(code: str, lang: str) -> str:
    """The page of a code: its sentence, why it matters, the way out."""
    message = wording.find(code)
    sentence = pattern(message.id if lang == "id" else message.en)
    parts = [code, textwrap.fill(sentence, 88, initial_indent="  ", subsequent_indent="  ")]
    body = wording.page(code, lang)
    if body:
        parts.append("\n".join(_filled(line) for line in body.split("\n")))
    return "\n\n".join(parts)


def _filled(line: str) -> str:
    """A paragraph is wrapped; an indented line is an example and stays as it is."""
    return line if line.startswith(" ") else textwrap.fill(line, 88)


def pattern(sentence: str) -> str:
    """A sentence of the catalogue with the names of its parameters.

    >>> pattern('There is no stage "{name}".')
    'There is no stage "‹name›".'
    """
    pieces = string.Formatter().parse(sentence)
    return "".join(text + ("" if name is None else f"‹{name}›") for text, name, _, _ in pieces)
