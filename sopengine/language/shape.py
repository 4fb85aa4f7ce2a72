"""A JSON Schema compiled once into shapes that accept or reject plain data quickly.

`KEYWORDS` are interpreted (JSON Schema 2020-12; annotations are ignored). A schema that uses another one
is refused when it is compiled, so that nothing is silently not checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

ANNOTATIONS = frozenset({"$schema", "$id", "title", "description", "markdownDescription", "examples"})
KEYWORDS = frozenset(
    {
        *("$ref", "$defs", "type", "enum", "anyOf"),
        *("properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"),
        *("items", "minItems", "minLength", "pattern", "minimum"),
    }
)
_UNBOUNDED = 1 << 62


def json_type(data: Any) -> str:
    """The JSON type of plain data; a float without a fraction is still a "number".

    >>> [json_type(value) for value in (1, 1.5, True, None, "x", [], {})]
    ['integer', 'number', 'boolean', 'null', 'string', 'array', 'object']
    """
    return _TYPE_OF[type(data)]


_TYPE_OF = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dict: "object",
    list: "array",
    type(None): "null",
}
_ALL_TYPES = frozenset(_TYPE_OF.values())


class Shape:
    """One schema, compiled. `name` is the definition it comes from; the attributes are the keywords of the schema."""

    __slots__ = (
        *("branches", "choices", "examples", "extra", "items", "key", "label", "max_properties", "min_items"),
        *("min_length", "min_properties", "minimum", "name", "pattern", "properties", "required", "types"),
    )

    def __init__(self, name: str | None) -> None:
        self.name = name
        self.label = ""
        self.examples: tuple[Any, ...] = ()
        self.types: frozenset[str] = _ALL_TYPES
        self.choices: tuple[Any, ...] | None = None
        self.branches: tuple[Shape, ...] = ()
        self.properties: dict[str, Shape] = {}
        self.required: tuple[str, ...] = ()
        self.extra: Shape | bool = True
        self.key: Shape | None = None
        self.items: Shape | None = None
        self.min_properties = 0
        self.max_properties = _UNBOUNDED
        self.min_items = 0
        self.min_length = 0
        self.minimum: float | None = None
        self.pattern: re.Pattern[str] | None = None

    def accepts(self, data: Any) -> bool:
        """Whether the data fits."""
        if self.branches:
            return any(branch.accepts(data) for branch in self.branches)
        kind = type(data)
        if _TYPE_OF[kind] not in self.types and not (kind is float and data.is_integer() and "integer" in self.types):
            return False
        if self.choices is not None and data not in self.choices:
            return False
        if kind is str:
            return len(data) >= self.min_length and (self.pattern is None or self.pattern.search(data) is not None)
        if kind is dict:
            return self._accepts_map(data)
        if kind is list:
            return self._accepts_list(data)
        return self.minimum is None or kind is bool or data is None or data >= self.minimum

    def _accepts_map(self, data: dict[str, Any]) -> bool:
        if not self.min_properties <= len(data) <= self.max_properties:
            return False
        for key in self.required:
            if key not in data:
                return False
        properties, extra, name = self.properties, self.extra, self.key
        for key, value in data.items():
            if name is not None and not name.accepts(key):
                return False
            member = properties.get(key, extra)
            if member is False or (member is not True and not member.accepts(value)):
                return False
        return True

    def _accepts_list(self, data: list[Any]) -> bool:
        if len(data) < self.min_items:
            return False
        if self.items is None:
            return True
        accepts = self.items.accepts
        return all(accepts(item) for item in data)

    def member(self, key: str) -> Shape | None:
        """The shape of the value of a key; None when the key is not known here."""
        found = self.properties.get(key, self.extra)
        return found if isinstance(found, Shape) else None

    def leaves(self) -> tuple[Shape, ...]:
        """The alternatives, with alternatives inside alternatives laid flat; the shape itself when it has none."""
        if not self.branches:
            return (self,)
        return tuple(leaf for branch in self.branches for leaf in branch.leaves())


class _Compiler:
    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._named: dict[str, Shape] = {}

    def shape(self, schema: Mapping[str, Any]) -> Shape:
        unknown = set(schema) - KEYWORDS - ANNOTATIONS
        if unknown:
            raise ValueError(f"unsupported JSON Schema keywords: {sorted(unknown)}")
        if "$ref" in schema:
            return self._definition(schema["$ref"].removeprefix("#/$defs/"))
        return self._fill(Shape(None), schema)

    def _definition(self, name: str) -> Shape:
        """A definition's shape; it is known before it is filled, because definitions may contain themselves."""
        shape = self._named.get(name)
        if shape is None:
            definition = self._definitions[name]
            if "$ref" in definition:
                return self.shape(definition)
            shape = self._named[name] = Shape(name)
            self._fill(shape, definition)
        return shape

    def _fill(self, shape: Shape, schema: Mapping[str, Any]) -> Shape:
        shape.label = schema.get("title", "")
        shape.examples = tuple(schema.get("examples", ()))
        if "type" in schema:
            written = schema["type"]
            shape.types = frozenset((written,) if isinstance(written, str) else written)
            if "number" in shape.types:
                shape.types |= {"integer"}
        if "enum" in schema:
            shape.choices = tuple(schema["enum"])
        shape.branches = tuple(self.shape(branch) for branch in schema.get("anyOf", ()))
        if shape.branches and set(schema) - ANNOTATIONS - {"anyOf"}:
            raise ValueError("anyOf stands alone in its schema")
        self._fill_containers(shape, schema)
        shape.min_length = schema.get("minLength", 0)
        shape.minimum = schema.get("minimum")
        if "pattern" in schema:
            # ECMA 262: "$" is the very end; Python's would also accept a line break after it.
            shape.pattern = re.compile(re.sub(r"\$$", r"\\Z", schema["pattern"]))
        return shape

    def _fill_containers(self, shape: Shape, schema: Mapping[str, Any]) -> None:
        shape.properties = {key: self.shape(value) for key, value in schema.get("properties", {}).items()}
        shape.required = tuple(schema.get("required", ()))
        extra = schema.get("additionalProperties", True)
        shape.extra = extra if isinstance(extra, bool) else self.shape(extra)
        shape.key = self.shape(schema["propertyNames"]) if "propertyNames" in schema else None
        shape.items = self.shape(schema["items"]) if "items" in schema else None
        shape.min_items = schema.get("minItems", 0)
        shape.min_properties = schema.get("minProperties", 0)
        shape.max_properties = schema.get("maxProperties", _UNBOUNDED)


def compile_schema(schema: Mapping[str, Any]) -> Shape:
    """The shape of a schema; ValueError when it uses a keyword that is not interpreted."""
    root = {key: value for key, value in schema.items() if key != "$defs"}
    return _Compiler(schema.get("$defs", {})).shape(root)
