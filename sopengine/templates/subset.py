"""The checker: Jinja's syntax tree in, a `tree` of allowed constructs out, every fault named with its place.

It is a whitelist. A node it does not know is a problem, so a new construct in a later Jinja is refused until
somebody allows it here. Literals are never computed with: ``9**9**9`` is refused as written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from math import isfinite
from typing import Any, ClassVar

from jinja2 import nodes

from sopengine.templates import tree
from sopengine.templates.escape import clean
from sopengine.templates.filters import DEFAULT, FILTERS, NAMES, Filter
from sopengine.templates.problem import Problem, nearest, place
from sopengine.templates.scope import ListOf, Scope, Type, base_of, currency_of, example_of, kind_of, nearest_name
from sopengine.templates.values import MAX_DIGITS
from sopengine.wording import Listing, Term

LOOP = {"index": "integer", "first": "boolean", "last": "boolean", "length": "integer"}
TESTS: Mapping[str, bool] = {"filled": True, "defined": True, "empty": False, "none": False, "undefined": False}
OPERATORS: Mapping[str, str] = {
    "eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "not in"
}  # fmt: skip
ARITHMETIC: Mapping[type[nodes.Node], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%",
    nodes.Pow: "**", nodes.Neg: "-", nodes.Pos: "+",
}  # fmt: skip
MAX_TRUNCATE = 10_000
MAX_NAMES = 12  # in one sentence
MAX_PROBLEMS = 100  # of one template; looking for the nearest name costs time, which hostile text would multiply


class Refusal(Exception):
    """An expression is outside the subset; its problem is already noted, and reading goes on after it."""


class Checker:
    """One template being checked; `problems` grows, `steps` returns what is allowed."""

    def __init__(self, source: str, scope: Scope | None) -> None:
        self.source = source
        self.scope = scope
        self.problems: list[Problem] = []
        self.names: set[str] = set()
        self.in_loop: dict[str, Any] = {}

    def refuse(self, node: nodes.Node, code: str, /, suggestion: str | None = None, **params: Any) -> Refusal:
        """Notes a problem at a node (whose ``lineno`` is an offset) and returns what to raise."""
        line, column = place(self.source, node.lineno)
        self.problems.append(Problem(code, params, line, column, suggestion))
        return Refusal()

    def steps(self, body: Iterable[nodes.Node]) -> tuple[tree.Step, ...]:
        """The statements of a body; a refused one is left out, and the rest is still checked."""
        found: list[tree.Step] = []
        for part in (part for node in body for part in (node.nodes if isinstance(node, nodes.Output) else [node])):
            if len(self.problems) >= MAX_PROBLEMS:
                break
            with suppress(Refusal):
                found.append(self.step(part))
        return tuple(found)

    def step(self, node: nodes.Node) -> tree.Step:
        if isinstance(node, nodes.TemplateData):
            return tree.Text(clean(node.data))
        if isinstance(node, nodes.If):
            return self.when(node)
        if isinstance(node, nodes.For):
            return self.each(node)
        if isinstance(node, nodes.Expr):
            return tree.Put(self.printable(node))
        raise self.refuse(node, "SOP607")

    def when(self, node: nodes.If) -> tree.When:
        branches = []
        for branch in (node, *node.elif_):
            body = self.steps(branch.body)
            branches.append((self.tried(branch.test), body))
        otherwise = self.steps(node.else_)
        return tree.When(tuple((test, body) for test, body in branches if test is not None), otherwise)

    def condition(self, node: nodes.Node) -> tree.Expr:
        """An expression of which only the truth counts; so the two sides of its ``or`` may be of any kind."""
        if isinstance(node, nodes.Or):
            neither = tree.Both(tree.Negated(self.condition(node.left)), tree.Negated(self.condition(node.right)))
            return tree.Negated(neither)
        return self.expr(node)

    def tried(self, node: nodes.Node) -> tree.Expr | None:
        """A condition, or None after its problem is noted: what follows it is checked all the same."""
        try:
            return self.condition(node)
        except Refusal:
            return None

    def each(self, node: nodes.For) -> tree.Each:
        if self.in_loop:
            raise self.refuse(node, "SOP612")
        if not isinstance(node.target, nodes.Name) or node.test is not None or node.recursive:
            raise self.refuse(node, "SOP613")
        name = node.target.name
        if name.startswith("_") or name == "loop" or (self.scope and name in self.scope.names):
            raise self.refuse(node.target, "SOP627", name=name)
        items = self.expr(node.iter)
        if not isinstance(items, tree.Path) or kind_of(items.type) not in (None, "list"):
            raise self.refuse(node.iter, "SOP626")
        self.in_loop = {name: items.type.item if isinstance(items.type, ListOf) else None, "loop": LOOP}
        body = self.steps(node.body)
        self.in_loop = {}
        return tree.Each(name, items, body, self.steps(node.else_))

    def printable(self, node: nodes.Expr) -> tree.Expr:
        """An expression that has a written form: not a list."""
        found = self.expr(node)
        if kind_of(found.type) == "list":
            raise self.refuse(node, "SOP625", name=shown(found))
        return found

    def expr(self, node: nodes.Node) -> tree.Expr:
        for types, read in self.EXPRESSIONS:
            if isinstance(node, types):
                return read(self, node)
        if isinstance(node, tuple(ARITHMETIC)):
            raise self.refuse(node, "SOP611", operator=ARITHMETIC[type(node)])
        raise self.refuse(node, "SOP610" if isinstance(node, nodes.Call) else "SOP607")

    def constant(self, node: nodes.Const) -> tree.Literal:
        value = node.value
        if isinstance(value, bool):
            return tree.Literal(value, "boolean")
        if isinstance(value, str):
            return tree.Literal(value, "string")
        if isinstance(value, int):
            return tree.Literal(value, "integer")
        if isinstance(value, float) and isfinite(value) and abs(Decimal(repr(value)).adjusted()) < MAX_DIGITS:
            return tree.Literal(Decimal(repr(value)), "number")
        raise self.refuse(node, "SOP607")

    def negative(self, node: nodes.Neg) -> tree.Expr:
        """``-5``: a number with its sign, the only place of a minus."""
        found = self.constant(node.node) if isinstance(node.node, nodes.Const) else None
        if found is None or isinstance(found.value, (bool, str)):
            raise self.refuse(node, "SOP611", operator="-")
        return tree.Literal(-found.value, found.type)

    def path(self, node: nodes.Expr) -> tree.Path:
        """A name and its keys, each one known to the scope."""
        keys: list[tuple[str, nodes.Expr]] = []
        while isinstance(node, (nodes.Getattr, nodes.Getitem)):
            keys.append((self.key(node), node))
            node = node.node
        if not isinstance(node, nodes.Name):
            raise self.refuse(node, "SOP610" if isinstance(node, nodes.Call) else "SOP614")
        keys.append((node.name, node))
        type: Type = None if self.scope is None else {**self.scope.names, **self.in_loop}
        if self.scope is None and node.name in self.in_loop:
            type = self.in_loop
        walked: list[str] = []
        for key, at in reversed(keys):
            type = self.below(type, key, at, walked)
            walked.append(key)
        if isinstance(type, Mapping):
            names = Listing(tuple(f"{'.'.join(walked)}.{name}" for name in sorted(type)[:6]), "or")
            raise self.refuse(node, "SOP622", name=".".join(walked), names=names)
        if node.name not in self.in_loop:
            self.names.add(".".join(walked))
        return tree.Path(tuple(walked), type)

    def key(self, node: nodes.Getattr | nodes.Getitem) -> str:
        """The key after a dot, or a text in brackets; nothing computed."""
        if isinstance(node, nodes.Getattr):
            return node.attr
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return node.arg.value
        raise self.refuse(node, "SOP614")

    def below(self, type: Type, key: str, node: nodes.Expr, walked: list[str]) -> Type:
        """The type of `key` under `type`."""
        if key.startswith("_"):
            raise self.refuse(node, "SOP615", name=key)
        if type is None:
            return None
        whole = ".".join(walked)
        if not isinstance(type, Mapping):
            raise self.refuse(node, "SOP621", name=key, owner=whole)
        if key in type:
            found: Type = type[key]
            return found
        if walked:
            suggestion = nearest(key, type)
            raise self.refuse(node, "SOP621", suggestion and f"{whole}.{suggestion}", name=key, owner=whole)
        known = Listing(tuple(type)[:MAX_NAMES], "and")
        suggestion = nearest_name(key, type)
        raise self.refuse(node, "SOP620", suggestion, name=key, known=known, example=suggestion or example_of(type))

    def filtered(self, node: nodes.Filter) -> tree.Expr:
        if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None:
            raise self.refuse(node, "SOP607")
        if node.name not in NAMES:
            names = Listing(tuple(sorted(NAMES)))
            raise self.refuse(node, "SOP617", nearest(node.name, NAMES), name=node.name, names=names)
        if node.name == DEFAULT:
            return self.default(node)
        wanted = FILTERS[node.name]
        of = self.expr(node.node)
        arguments = self.arguments(node, wanted)
        self.must_take(node, wanted, of)
        if node.name == "money":
            arguments = self.currency(node, of, arguments)
        return tree.Filtered(of, node.name, arguments, wanted.gives)

    def default(self, node: nodes.Filter) -> tree.Expr:
        if node.node is None or len(node.args) != 1 or node.kwargs:
            raise self.refuse(node, "SOP618", filter=node.name)
        return self.either(node, self.expr(node.node), self.expr(node.args[0]), only_missing=True)

    def arguments(self, node: nodes.Filter, wanted: Filter) -> tuple[tree.Plain, ...]:
        """A filter's arguments: literals of the declared classes, in order."""
        values: list[Any] = [arg.value if isinstance(arg, nodes.Const) else None for arg in node.args]
        fits = wanted.required <= len(values) <= len(wanted.arguments) and not node.kwargs
        if not fits or any(type(value) is not wish for value, wish in zip(values, wanted.arguments, strict=False)):
            raise self.refuse(node, "SOP618", filter=node.name)
        if any(isinstance(value, int) and not 1 <= value <= MAX_TRUNCATE for value in values):
            raise self.refuse(node, "SOP618", filter=node.name)
        return tuple(values)

    def must_take(self, node: nodes.Filter, wanted: Filter, of: tree.Expr) -> None:
        kind = kind_of(of.type)
        if kind is None:
            return
        if isinstance(of.type, ListOf) and isinstance(of.type.item, (Mapping, ListOf)):
            raise self.refuse(node, "SOP632", name=shown(of))
        if kind not in wanted.takes and not (isinstance(of.type, str) and base_of(of.type) in wanted.takes):
            raise self.refuse(node, "SOP623", filter=node.name, name=shown(of), kind=Term(f"templates.{kind}"))

    def currency(self, node: nodes.Filter, of: tree.Expr, given: tuple[tree.Plain, ...]) -> tuple[tree.Plain, ...]:
        """The currency `money` writes: the field's own, or the one that is named; a plain number must name it."""
        own = currency_of(of.type)
        named = str(given[0]) if given else None
        if named is not None and not (len(named) == 3 and named.isascii() and named.isupper() and named.isalpha()):
            raise self.refuse(node, "SOP618", filter=node.name)
        if own and named and own != named:
            raise self.refuse(node, "SOP629", own=own, named=named)
        if named is None and kind_of(of.type) == "number":
            raise self.refuse(node, "SOP630", name=shown(of))
        return () if not (own or named) else (own or named or "",)

    def either(self, node: nodes.Expr, first: tree.Expr, second: tree.Expr, *, only_missing: bool) -> tree.Expr:
        return tree.Either(first, second, only_missing, self.common(node, first, second))

    def common(self, node: nodes.Expr, first: tree.Expr, second: tree.Expr) -> Type:
        """The type of a choice between two values; two kinds make a text, each written in its own form."""
        for one in (first, second):
            if kind_of(one.type) == "list":
                raise self.refuse(node, "SOP628", name=shown(one))
        if first.type == second.type or first.type is None or second.type is None:
            return first.type if first.type == second.type else None
        kinds = {kind_of(first.type), kind_of(second.type)}
        return "number" if kinds == {"number"} else "string"

    def compared(self, node: nodes.Compare) -> tree.Expr:
        first = self.expr(node.expr)
        left, rest = first, []
        for operand in node.ops:
            operator = OPERATORS[operand.op]
            right = self.operand(operator, operand.expr)
            if not comparable(left, operator, right):
                raise self.refuse(node, "SOP624", left=shown(left), operator=operator, right=shown(right))
            rest.append((operator, right))
            left = right
        return tree.Compared(first, tuple(rest))

    def operand(self, operator: str, node: nodes.Expr) -> tree.Expr:
        """The right-hand side of a comparison; only ``in`` and ``not in`` may have a written list there."""
        if operator in ("in", "not in") and isinstance(node, (nodes.List, nodes.Tuple)):
            return self.several(node)
        return self.expr(node)

    def several(self, node: nodes.List | nodes.Tuple) -> tree.Expr:
        if not node.items or not all(isinstance(item, (nodes.Const, nodes.Neg)) for item in node.items):
            raise self.refuse(node, "SOP607")
        return tree.Several(tuple(self.expr(item) for item in node.items))

    def test(self, node: nodes.Test) -> tree.Expr:
        if node.name not in TESTS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self.refuse(node, "SOP619", nearest(node.name, TESTS), name=node.name, names=Listing(tuple(TESTS)))
        filled = tree.Filled(self.expr(node.node))
        return filled if TESTS[node.name] else tree.Negated(filled)

    def inline(self, node: nodes.CondExpr) -> tree.Expr:
        test, yes = self.condition(node.test), self.expr(node.expr1)
        no: tree.Expr = tree.Literal("", "string") if node.expr2 is None else self.expr(node.expr2)
        return tree.Inline(test, yes, no, self.common(node, yes, no))

    def either_of(self, node: nodes.Or) -> tree.Expr:
        return self.either(node, self.expr(node.left), self.expr(node.right), only_missing=False)

    def joined(self, node: nodes.Concat) -> tree.Expr:
        return tree.Joined(tuple(self.printable(part) for part in node.nodes))

    EXPRESSIONS: ClassVar[tuple[tuple[Any, Callable[[Checker, Any], tree.Expr]], ...]] = (
        (nodes.Const, constant),
        (nodes.Neg, negative),
        ((nodes.Name, nodes.Getattr, nodes.Getitem), path),
        (nodes.Filter, filtered),
        (nodes.Compare, compared),
        (nodes.Or, either_of),
        (nodes.And, lambda self, node: tree.Both(self.condition(node.left), self.condition(node.right))),
        (nodes.Not, lambda self, node: tree.Negated(self.condition(node.node))),
        (nodes.Test, test),
        (nodes.CondExpr, inline),
        (nodes.Concat, joined),
    )


def comparable(left: tree.Expr, operator: str, right: tree.Expr) -> bool:
    """Whether two operands are of one kind; a plain number may stand beside money."""
    if isinstance(right, tree.Several):
        return operator in ("in", "not in") and all(comparable(left, "==", item) for item in right.items)
    one, other = kind_of(left.type), kind_of(right.type)
    if one == "list":
        return False
    if operator in ("in", "not in"):
        if isinstance(right.type, ListOf):
            return one is None or right.type.item is None or kind_of(right.type.item) == one
        return {one, other} <= {"text", None}
    if other == "list" or (operator not in ("==", "!=") and "boolean" in (one, other)):
        return False
    if one == other == "money":
        return currency_of(left.type) == currency_of(right.type)
    return None in (one, other) or one == other or {one, other} == {"money", "number"}


def shown(of: tree.Expr) -> str:
    """An expression as a sentence quotes it: its name, or its literal."""
    if isinstance(of, tree.Path):
        return str(of)
    if isinstance(of, tree.Literal):
        return str(of.value)
    if isinstance(of, tree.Filtered):
        return f"{shown(of.of)} | {of.filter}"
    return "…"
