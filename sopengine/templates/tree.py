"""A checked template as plain data: the only thing that crosses from Jinja's syntax to rendering.

What has no node here cannot be rendered, whatever Jinja's parser accepts: there is no call, no arithmetic, no
attribute of an object, only look-ups by key in the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sopengine.templates.scope import Type

Plain = str | int | Decimal | bool


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, number or yes/no written in the template."""

    value: Plain
    type: Type


@dataclass(frozen=True, slots=True)
class Path:
    """A name and its keys: ``lead.name``."""

    keys: tuple[str, ...]
    type: Type

    def __str__(self) -> str:
        return ".".join(self.keys)


@dataclass(frozen=True, slots=True)
class Filtered:
    """``of | filter``, its arguments already plain."""

    of: Expr
    filter: str
    arguments: tuple[Plain, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Either:
    """``first or second``, and ``first | default(second)`` (`only_missing`: then 0 and "no" count as present)."""

    first: Expr
    second: Expr
    only_missing: bool
    type: Type


@dataclass(frozen=True, slots=True)
class Both:
    """``first and second``."""

    first: Expr
    second: Expr
    type: Type = "boolean"


@dataclass(frozen=True, slots=True)
class Inline:
    """``yes if test else no``."""

    test: Expr
    yes: Expr
    no: Expr
    type: Type


@dataclass(frozen=True, slots=True)
class Joined:
    """``a ~ b``: texts written one after another."""

    parts: tuple[Expr, ...]
    type: Type = "string"


@dataclass(frozen=True, slots=True)
class Negated:
    """``not of``."""

    of: Expr
    type: Type = "boolean"


@dataclass(frozen=True, slots=True)
class Filled:
    """``of is filled``: the value is present."""

    of: Expr
    type: Type = "boolean"


@dataclass(frozen=True, slots=True)
class Compared:
    """``first < second <= third``: pairs of operator and right-hand side."""

    first: Expr
    rest: tuple[tuple[str, Expr], ...]
    type: Type = "boolean"


@dataclass(frozen=True, slots=True)
class Several:
    """A written list, at the right of ``in`` only."""

    items: tuple[Expr, ...]
    type: Type = None


Expr = Literal | Path | Filtered | Either | Both | Inline | Joined | Negated | Filled | Compared | Several


@dataclass(frozen=True, slots=True)
class Text:
    """The template's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Put:
    """``{{ … }}``."""

    of: Expr


@dataclass(frozen=True, slots=True)
class When:
    """``{% if %}``: the first branch whose test holds, else `otherwise`."""

    branches: tuple[tuple[Expr, tuple[Step, ...]], ...]
    otherwise: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """``{% for name in items %}``; `otherwise` is written for an empty list."""

    name: str
    items: Path
    body: tuple[Step, ...]
    otherwise: tuple[Step, ...]


Step = Text | Put | When | Each
