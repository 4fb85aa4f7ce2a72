"""What the library raises.

::

    SopEngineError
    ├── InvalidSop          a file that is not a valid SOP; carries every diagnostic
    ├── InvalidRecord       a record whose fields are not what the SOP declares
    ├── Refused             raised by Decision.or_raise(); carries the decision
    ├── UnknownCase         (also LookupError) no case has that id
    ├── StaleCase           somebody else changed the case in between; try again
    ├── StaleObject         a host object's stage differs from the case's
    └── UsageError          (also ValueError) the call itself is wrong: a naive datetime, an unknown person, a reused key
        └── OtherVersion    the case was opened under a version of its SOP that the engine was not given
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from sopengine.wording import Said, say

if TYPE_CHECKING:
    from sopengine.diagnostics import Diagnostic, Finding


class SopEngineError(Exception):
    """The root of everything this library raises on purpose. `str(error)` is English; `error.text("id")` says it in
    Indonesian where the error is a sentence of the catalogue (`.told`).
    """

    told: Said | None = None

    def text(self, lang: str = "en") -> str:
        """What is wrong, in `lang`.

        >>> UsageError.saying("call.empty", word="note").text("id")
        'note kosong.'
        """
        return str(self) if self.told is None else say(self.told.key, lang, **self.told.params)

    @classmethod
    def saying(cls, key: str, /, **params: Any) -> Self:
        """The error whose text is a sentence of the catalogue.

        >>> error = UsageError.saying("run.unknown_case", case="L-1")
        >>> error.told.key, str(error)
        ('run.unknown_case', 'No line above opens the case "L-1".')
        """
        error = cls(say(key, "en", **params))
        error.told = Said(key, params)
        return error


class InvalidSop(SopEngineError):
    """A file is not a valid SOP. `.diagnostics` holds every problem, not the first."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        lines = [f"{d.span}: {d.text()} [{d.code}]" for d in self.diagnostics]
        super().__init__("\n".join(lines))


class InvalidRecord(SopEngineError):
    """A record does not fit the fields that the SOP declares. `.findings` holds every problem, by field."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f"{f.text()} [{f.code}]" for f in self.findings))


class Refused(SopEngineError):
    """A decision was "no" and the caller asked for an exception. `.decision` says why."""

    def __init__(self, decision: Any) -> None:
        self.decision = decision
        super().__init__("\n".join(f"{f.text()} [{f.code}]" for f in decision.findings if f.blocks))


class UnknownCase(SopEngineError, LookupError):
    """No case has that id."""


class StaleCase(SopEngineError):
    """The case was changed by somebody else between reading and writing; nothing was written. Try again."""


class StaleObject(SopEngineError):
    """A host object says another stage than the case; reload the object and try again."""


class UsageError(SopEngineError, ValueError):
    """The call itself is wrong, whatever the case: a naive datetime, a key reused for another command, no `by`."""


class OtherVersion(UsageError):
    """A case was opened under an SOP, or a version of it, that this engine was not given. Give it that SOP as well."""
