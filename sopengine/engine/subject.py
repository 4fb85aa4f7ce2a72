"""Host objects: how the engine reads a lead that is a dict, a dataclass or any object, and writes its stage back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sopengine.errors import UsageError

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a host object keeps its id and its stage; fields are read under their own names.

    >>> lead = {"code": "L-1", "state": "capture", "name": "PT Maju"}
    >>> subject = Subject(id="code", stage="state")
    >>> subject.id_of(lead), subject.stage_of(lead), subject.values(lead, ["name", "phone"])
    ('L-1', 'capture', {'name': 'PT Maju'})
    """

    id: str = "id"
    stage: str = "stage"

    def id_of(self, thing: Any) -> str | None:
        """The object's id as text; None when it has none. UsageError for an id that is neither text, number nor UUID."""
        found = read(thing, self.id)
        if found is _ABSENT or found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, (str, int, UUID)):
            raise UsageError.saying("call.no_id_type", word=self.id, thing=kind(thing), type=kind(found))
        return str(found)

    def stage_of(self, thing: Any) -> str | None:
        """The object's stage; None when it has none yet."""
        found = read(thing, self.stage)
        return None if found is _ABSENT or found is None or found == "" else str(found)

    def set_stage(self, thing: Any, place: str) -> None:
        """Write the stage back; a mapping that is read-only, or an object without a stage, is left as it is.

        Raises what an object raises that refuses its stage (a frozen dataclass).
        """
        if not isinstance(thing, Mapping):
            if hasattr(thing, self.stage):
                setattr(thing, self.stage, place)
        elif isinstance(thing, MutableMapping):
            thing[self.stage] = place

    def values(self, thing: Any, names: Iterable[str]) -> dict[str, Any]:
        """The declared fields that the object has."""
        found: dict[str, Any] = {}
        mapped = isinstance(thing, Mapping)
        for name in names:
            try:
                value = thing.get(name, _ABSENT) if mapped else getattr(thing, name)
            except Exception as error:
                value = _failed(thing, name, error)
            if value is not _ABSENT:
                found[name] = value
        return found


def kind(thing: Any) -> str:
    """What a program calls the type of a value."""
    return type(thing).__name__


def read(thing: Any, name: str) -> Any:
    """One value of a mapping or an object; UsageError when the object fails while it is read."""
    return _item(thing, name) if isinstance(thing, Mapping) else _attribute(thing, name)


def _item(thing: Mapping[str, Any], name: str) -> Any:
    try:
        return thing.get(name, _ABSENT)
    except Exception as error:
        return _failed(thing, name, error)


def _attribute(thing: Any, name: str) -> Any:
    try:
        return getattr(thing, name)
    except Exception as error:
        return _failed(thing, name, error)


def _failed(thing: Any, name: str, error: Exception) -> Any:
    """An attribute that is not there is absent; a property that fails is a fault, whatever it raises."""
    computed = isinstance(inspect.getattr_static(type(thing), name, None), (property, cached_property))
    if isinstance(error, AttributeError) and not computed:
        return _ABSENT
    problem = f"{kind(error)}: {error}"
    raise UsageError.saying("call.unreadable", word=name, thing=kind(thing), problem=problem) from error


def hook(thing: Any, name: str) -> Callable[[], Any] | None:
    """A host object's own method ``on_enter_<stage>`` or ``on_exit_<stage>``; mappings have none."""
    found = None if isinstance(thing, (Mapping, str)) else getattr(thing, name, None)
    return found if callable(found) else None
