"""From a checked tree to text: one small closure per construct, composed once when the template is compiled.

A closure can look up a key in a mapping, choose, compare, and call a filter of the list. Nothing else exists here,
so no template can reach an attribute of an object; and the text it has written is counted as it grows.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeAlias

from sopengine import wording
from sopengine.errors import UsageError
from sopengine.templates import tree
from sopengine.templates.escape import Escape
from sopengine.templates.filters import FILTERS, written
from sopengine.templates.scope import ListOf, kind_of
from sopengine.templates.values import Unfit, is_missing, reader_of

MAX_OUTPUT = 65_536  # bytes of UTF-8
MAX_ITEMS = 1_000  # of one {% for %}

Context: TypeAlias = Mapping[str, Any]
Valued: TypeAlias = Callable[[Context], Any]
Written: TypeAlias = Callable[[Context], str | None]
Writer: TypeAlias = Callable[[Context, "Sheet"], None]

COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda one, many: one in many,
    "not in": lambda one, many: one not in many,
}


class RenderError(UsageError):
    """A message cannot be made from this record, so none is: `code` says why, `params["name"]` which fact.

    ``SOP640`` a fact is missing · ``SOP641`` the text is longer than allowed · ``SOP642`` a fact is not what its
    type says · ``SOP643`` a list is longer than allowed.
    """

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def text(self, lang: str = "en") -> str:
        """The sentence for a person, in `lang` ("id" or "en")."""
        return wording.say(self.code, lang, **self.params)

    def __str__(self) -> str:
        return self.text()


class Sheet:
    """The text written so far, and how many bytes of it are left."""

    __slots__ = ("left", "limit", "pieces")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit
        self.pieces: list[str] = []

    def write(self, piece: str) -> None:
        self.left -= len(piece) if piece.isascii() else len(piece.encode("utf-8", "replace"))
        if self.left < 0:
            raise RenderError("SOP641", limit=self.limit)
        self.pieces.append(piece)


class Builder:
    """Turns one template's tree into closures for one language and one way of escaping."""

    def __init__(self, lang: str, escape: Escape) -> None:
        self.lang = lang
        self.escape = escape

    def writers(self, steps: Iterable[tree.Step]) -> tuple[Writer, ...]:
        return tuple(self.writer(step) for step in steps)

    def writer(self, step: tree.Step) -> Writer:
        if isinstance(step, tree.Text):
            text = step.text
            return lambda context, sheet: sheet.write(text)
        if isinstance(step, tree.Put):
            return self.put(step.of)
        return self.when(step) if isinstance(step, tree.When) else self.each(step)

    def put(self, of: tree.Expr) -> Writer:
        text, escape, paths = self.text(of), self.escape, tuple(paths_in(of))

        def write(context: Context, sheet: Sheet) -> None:
            try:
                piece = text(context)
            except (Unfit, TypeError, AttributeError, ValueError, ArithmeticError) as error:
                raise error if isinstance(error, RenderError) else unfit(paths) from error
            if piece is None:
                raise RenderError("SOP640", name=first_missing(paths, context))
            sheet.write(escape(piece))

        return write

    def when(self, step: tree.When) -> Writer:
        branches = tuple((self.test(test), self.writers(body)) for test, body in step.branches)
        otherwise = self.writers(step.otherwise)

        def write(context: Context, sheet: Sheet) -> None:
            chosen = next((body for test, body in branches if test(context)), otherwise)
            for writer in chosen:
                writer(context, sheet)

        return write

    def test(self, of: tree.Expr) -> Callable[[Context], bool]:
        """A condition; a fact that is compared but missing stops the message, as one that is written does."""
        value, paths = self.value(of), tuple(paths_in(of))

        def holds(context: Context) -> bool:
            try:
                return bool(value(context))
            except (Unfit, TypeError, AttributeError, ValueError, ArithmeticError) as error:
                raise error if isinstance(error, RenderError) else unfit(paths) from error

        return holds

    def each(self, step: tree.Each) -> Writer:
        items, name = self.items(step.items), step.name
        body, otherwise = self.writers(step.body), self.writers(step.otherwise)

        def write(context: Context, sheet: Sheet) -> None:
            found = items(context)
            loop: dict[str, Any] = {"length": len(found)}
            inner: dict[str, Any] = {**context, "loop": loop}
            for at, item in enumerate(found, 1):
                loop["index"], loop["first"], loop["last"] = at, at == 1, at == len(found)
                inner[name] = item
                for writer in body:
                    writer(inner, sheet)
            if not found:
                for writer in otherwise:
                    writer(context, sheet)

        return write

    def items(self, path: tree.Path) -> Callable[[Context], Any]:
        value = self.value(path)

        def found(context: Context) -> Any:
            try:
                items = value(context)
            except Unfit:
                raise unfit((path,)) from None
            if items is not None and not isinstance(items, (list, tuple)):
                raise unfit((path,))
            if items and len(items) > MAX_ITEMS:
                raise RenderError("SOP643", name=str(path), limit=MAX_ITEMS)
            return items or ()

        return found

    def text(self, of: tree.Expr) -> Written:
        """How an expression is written; a choice writes each side in that side's own form. None when it is missing."""
        if isinstance(of, tree.Either):
            return self.either(of, self.text(of.first), self.text(of.second))
        if isinstance(of, tree.Inline):
            return self.inline(of, self.text(of.yes), self.text(of.no))
        if isinstance(of, tree.Joined):
            return self.joined(of)
        value, type, lang = self.value(of), of.type, self.lang
        if kind_of(type) == "text":
            return value
        if type == "integer":
            return lambda context: None if (found := value(context)) is None else str(found)

        def write(context: Context) -> str | None:
            found = value(context)
            return None if found is None else written(found, type, lang)

        return write

    def value(self, of: tree.Expr) -> Valued:
        """What an expression is, before it is written; None when it is missing."""
        if isinstance(of, (tree.Either, tree.Inline)) and of.type == "string":
            return self.text(of)
        return VALUES[type(of)](self, of)

    def literal(self, of: tree.Literal) -> Valued:
        constant = of.value
        return lambda context: constant

    def path(self, of: tree.Path) -> Valued:
        *branches, leaf = of.keys
        reader, plain = reader_of(of.type), kind_of(of.type) == "text"

        def look_up(context: Context) -> Any:
            branch: Any = context
            for key in branches:
                branch = branch.get(key)
                if branch is None:
                    return None
                if branch.__class__ is not dict and not isinstance(branch, Mapping):
                    raise Unfit
            value = branch.get(leaf)
            if plain and value.__class__ is str:
                return value if value and not value.isspace() else None
            return None if is_missing(value) else reader(value)

        return look_up

    def filtered(self, of: tree.Filtered) -> Valued:
        inner, apply, arguments, lang = self.value(of.of), FILTERS[of.filter].apply, of.arguments, self.lang
        if isinstance(of.of.type, ListOf):
            apply = partial(apply, item=of.of.type.item)

        def filtered(context: Context) -> Any:
            value = inner(context)
            return None if value is None else apply(value, lang, *arguments)

        return filtered

    def either(self, of: tree.Either, one: Callable[[Context], Any], two: Callable[[Context], Any]) -> Valued:
        if of.only_missing:

            def present(context: Context) -> Any:
                value = one(context)
                return two(context) if value is None else value

            return present
        holds = self.value(of.first)
        return lambda context: one(context) if holds(context) else two(context)

    def either_value(self, of: tree.Either) -> Valued:
        return self.either(of, self.value(of.first), self.value(of.second))

    def inline(self, of: tree.Inline, yes: Callable[[Context], Any], no: Callable[[Context], Any]) -> Valued:
        test = self.value(of.test)
        return lambda context: yes(context) if test(context) else no(context)

    def inline_value(self, of: tree.Inline) -> Valued:
        return self.inline(of, self.value(of.yes), self.value(of.no))

    def both(self, of: tree.Both) -> Valued:
        one, two = self.value(of.first), self.value(of.second)
        return lambda context: bool(one(context)) and bool(two(context))

    def negated(self, of: tree.Negated) -> Valued:
        value = self.value(of.of)
        return lambda context: not value(context)

    def filled(self, of: tree.Filled) -> Valued:
        value = self.value(of.of)
        return lambda context: value(context) is not None

    def joined(self, of: tree.Joined) -> Written:
        parts = tuple(self.text(part) for part in of.parts)

        def write(context: Context) -> str | None:
            pieces = []
            for part in parts:
                piece = part(context)
                if piece is None:
                    return None
                pieces.append(piece)
            return "".join(pieces)

        return write

    def compared(self, of: tree.Compared) -> Valued:
        first = self.value(of.first)
        rest = tuple((COMPARE[sign], self.value(operand)) for sign, operand in of.rest)
        paths = tuple(paths_in(of))

        def holds(context: Context) -> bool:
            left = first(context)
            for compare, operand in rest:
                right = operand(context)
                if left is None or right is None:
                    raise RenderError("SOP640", name=first_missing(paths, context))
                if not compare(left, right):
                    return False
                left = right
            return True

        return holds

    def several(self, of: tree.Several) -> Valued:
        values = tuple(item.value for item in of.items if isinstance(item, tree.Literal))
        return lambda context: values


VALUES: Mapping[type, Callable[[Builder, Any], Valued]] = {
    tree.Literal: Builder.literal,
    tree.Path: Builder.path,
    tree.Filtered: Builder.filtered,
    tree.Either: Builder.either_value,
    tree.Both: Builder.both,
    tree.Inline: Builder.inline_value,
    tree.Joined: Builder.joined,
    tree.Negated: Builder.negated,
    tree.Filled: Builder.filled,
    tree.Compared: Builder.compared,
    tree.Several: Builder.several,
}


def paths_in(of: Any) -> list[tree.Path]:
    """Every name an expression uses, in the order it is written."""
    if isinstance(of, tree.Path):
        return [of]
    if isinstance(of, tuple):
        return [path for part in of for path in paths_in(part)]
    slots = getattr(of, "__slots__", ()) if type(of).__module__ == tree.__name__ else ()
    return [path for slot in slots for path in paths_in(getattr(of, slot))]


def first_missing(paths: Iterable[tree.Path], context: Context) -> str:
    """The first of `paths` that the record does not fill; the last of them when none is empty by itself."""
    name = ""
    for path in paths:
        name = str(path)
        branch: Any = context
        for key in path.keys:
            branch = branch.get(key) if isinstance(branch, Mapping) else None
        if is_missing(branch):
            return name
    return name


def unfit(paths: Iterable[tree.Path]) -> RenderError:
    """A fact of an expression is not what its type says."""
    names = tuple(dict.fromkeys(str(path) for path in paths))
    return RenderError("SOP642", name=names[0] if len(names) == 1 else wording.Listing(names, "or"))
