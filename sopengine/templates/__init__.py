"""Messages and call scripts: a small, finite part of Jinja2, checked before anything is compiled.

An untrusted template is safe to load and to render. Its text is read within fixed bounds (64 Ki characters, nesting,
words of a tag), its syntax tree is translated through a whitelist into a tree of our own, and only that tree is
rendered: look-ups by key in plain data, choices, comparisons, one level of ``for``, filters from a list. Output is
bounded in bytes.

>>> scope = Scope({"lead": {"name": "string"}})
>>> compiled, problems = compile_template("Halo {{ lead.name }}", channel="email", part="body", lang="id", names=scope)
>>> compiled.render({"lead": {"name": "Rina & Co"}})
'Halo Rina &amp; Co'
>>> compile_template("{{ lead.nme }}", channel="sms", part="body", lang="id", names=scope)[1][0].suggestion
'lead.name'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sopengine.errors import UsageError
from sopengine.templates.escape import escape_for, one_line
from sopengine.templates.problem import Problem
from sopengine.templates.render import MAX_OUTPUT, Builder, Context, RenderError, Sheet, Writer
from sopengine.templates.scope import ListOf, Scope, scope_of

__all__ = [
    "MAX_OUTPUT",
    "Compiled",
    "ListOf",
    "Problem",
    "RenderError",
    "RenderedMessage",
    "Scope",
    "compile_template",
    "render_message",
    "scope_of",
]

Part = Literal["subject", "body"]
CHANNELS = ("email", "whatsapp", "sms", "call", "note")


@dataclass(frozen=True, slots=True)
class Compiled:
    """One checked text, ready to render any number of times, by any number of threads.

    `names` are the dotted names it looks up; escaping follows `channel` and `part`, filters speak `lang`.
    """

    channel: str
    part: str
    lang: str
    names: frozenset[str]
    writers: tuple[Writer, ...]

    def render(self, context: Context, *, limit: int = MAX_OUTPUT) -> str:
        """The text for one record: plain data by key (dict, list, str, int, Decimal, bool, date, aware datetime,
        timedelta, `wording.Instant`, `wording.Lasting`), at most `limit` bytes of UTF-8.

        `RenderError` when a fact is missing or is not what its type says, or when the text is too long: never half a
        message.
        """
        sheet = Sheet(limit)
        for writer in self.writers:
            writer(context, sheet)
        text = "".join(sheet.pieces)
        return one_line(text) if self.part == "subject" else text


def compile_template(
    source: str, *, channel: str, part: Part, lang: str, names: Scope | None = None
) -> tuple[Compiled | None, list[Problem]]:
    """Checks `source` and compiles it; with problems, there is nothing compiled and the list says every fault found.

    `names` is what the template may use, to the leaf; with None, names and types are not checked here but when
    rendering. `lang` ("id" or "en") is the language that filters speak. `UsageError` for an unknown channel or part.
    """
    if channel not in CHANNELS or part not in ("subject", "body"):
        raise UsageError.saying("call.no_channel", channel=str(channel), part=str(part))
    if part == "subject" and channel != "email":
        return None, [Problem("SOP631", {"channel": channel})]
    # Jinja costs 40 ms to import, which a program that only loads a compiled SOP does not pay.
    from sopengine.templates.subset import Checker
    from sopengine.templates.syntax import parse

    source = re.sub("\r\n?", "\n", source)
    parsed, problems = parse(source)
    if parsed is None:
        return None, problems
    checker = Checker(source, names)
    steps = checker.steps(parsed.body)
    if checker.problems:
        return None, sorted(checker.problems, key=lambda problem: (problem.line, problem.column))
    writers = Builder(lang, escape_for(channel, part)).writers(steps)
    return Compiled(channel, part, lang, frozenset(checker.names), writers), []


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """A message as it will be sent or read aloud. `subject` is one line, and None unless the channel is email.
    `case` is the case that it is about, and `event` the id of what it goes with, where an engine made it.

    `body` of an e-mail is HTML or Markdown with every value escaped; of WhatsApp, its formatting text; of the
    others, plain text. A follow-up that a tick handed out has the `key` under which its delivery is reported.
    """

    template: str
    channel: str
    lang: str
    purpose: str
    subject: str | None
    body: str
    to: str | None = None
    case: str | None = None
    key: str | None = None
    event: str | None = None


def render_message(
    template: str, *, purpose: str, subject: Compiled | None, body: Compiled, context: Context, to: str | None = None
) -> RenderedMessage:
    """Both parts of template `template` rendered from one record; `RenderError` as `Compiled.render`."""
    return RenderedMessage(
        template=template,
        channel=body.channel,
        lang=body.lang,
        purpose=purpose,
        subject=None if subject is None else subject.render(context),
        body=body.render(context),
        to=to,
    )
