"""What a value may do to the message it is put into: nothing.

Every value (whatever stands between ``{{`` and ``}}``, literals included) is made harmless for its channel; the
template's own words pass unchanged, so an author may write HTML in an e-mail or ``*bold*`` in WhatsApp.

- all channels: control characters, bidirectional overrides and lone surrogates are dropped; line breaks become ``\\n``.
- subject: all white space, line breaks included, becomes one space: a value cannot add a header (RFC 5322, section
  2.2).
- email body: HTML or Markdown, as the host's mailer takes it. ``& < > " '`` and Markdown's ``* _ ` [ ]`` become
  character references, which both show as the plain character (CommonMark, section 2.5).
- whatsapp: ``* ~ ` _`` become characters that look alike and format nothing. An underscore between two letters or
  digits is kept, since it formats nothing there: addresses and codes can still be copied.
- sms, call, note: plain text, no more than the common cleaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Escape = Callable[[str], str]

_BREAK = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SUSPECT = re.compile(f"{_BREAK.pattern}|{_UNSAFE.pattern}")
_MARKUP = re.compile(r"""[&<>"'*_`=\[\]]|(?m:^[ \t]*)[#+|~-]|\n[ \t]*[0-9]+[.)]""")
_WHATSAPP = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")
_MARKUP_OR_SUSPECT = re.compile(f"{_MARKUP.pattern}|{_SUSPECT.pattern}")
_WHATSAPP_OR_SUSPECT = re.compile(f"{_WHATSAPP.pattern}|{_SUSPECT.pattern}")
_ALIKE = {"*": "\u2217", "~": "\u223c", "`": "\u2018", "_": "\u02cd"}
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def clean(text: str) -> str:
    """`text` without characters that control a terminal, a mail header or the direction of writing.

    >>> clean("a\\x1b[31m\\r\\nb")
    'a[31m\\nb'
    """
    if _SUSPECT.search(text) is None:
        return text
    return _UNSAFE.sub("", _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """`text` on one line, each run of white space one space.

    >>> one_line("PT Maju\\r\\nBcc: x@example.com")
    'PT Maju Bcc: x@example.com'
    """
    return " ".join(clean(text).split())


def markup(text: str) -> str:
    """`text` for an e-mail body, in HTML or Markdown.

    >>> markup("<b>Rina & Co")
    '&lt;b&gt;Rina &amp; Co'
    """
    return text if _MARKUP_OR_SUSPECT.search(text) is None else _MARKUP.sub(_reference, clean(text))


def whatsapp(text: str) -> str:
    """`text` for a WhatsApp message.

    >>> whatsapp("kode a_1")
    'kode a_1'
    """
    if _WHATSAPP_OR_SUSPECT.search(text) is None:
        return text
    return _WHATSAPP.sub(lambda found: _ALIKE[found[0]], clean(text))


def _reference(found: re.Match[str]) -> str:
    # Where a block of Markdown would begin, what stands before the sign is kept.
    before, sign = found[0][:-1], found[0][-1]
    return before + (_NAMED.get(sign) or f"&#{ord(sign)};")


def spaced_line(text: str) -> str:
    """`text` on one line, its outer spaces kept as one: ``"Halo" ~ " Rina"`` stays two words.

    >>> spaced_line(" a\\n")
    ' a '
    """
    return re.sub(r"\s+", " ", clean(text))


def escape_for(channel: str, part: str) -> Escape:
    """The escaping of a part of a message: `part` is "subject" or "body"."""
    if part == "subject":
        return spaced_line
    return {"email": markup, "whatsapp": whatsapp}.get(channel, clean)
