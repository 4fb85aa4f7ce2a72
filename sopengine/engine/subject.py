"""Host objects: how the engine reads a lead that is a dict, a dataclass or any object, and writes its stage back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

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
        """The object's id as text; None when it has none."""
        found = read(thing, self.id)
        return None if found is _ABSENT or found is None else str(found)

    def stage_of(self, thing: Any) -> str | None:
        """The object's stage; None when it has none yet."""
        found = read(thing, self.stage)
        return None if found is _ABSENT or found in (None, "") else str(found)

    def set_stage(self, thing: Any, place: str) -> None:
        """Write the stage back; an object that cannot hold one is left as it is."""
        if isinstance(thing, MutableMapping):
            thing[self.stage] = place
        elif not isinstance(thing, Mapping) and hasattr(thing, self.stage):
            setattr(thing, self.stage, place)

    def values(self, thing: Any, names: Iterable[str]) -> dict[str, Any]:
        """The declared fields that the object has."""
        found = ((name, read(thing, name)) for name in names)
        return {name: value for name, value in found if value is not _ABSENT}


def read(thing: Any, name: str) -> Any:
    """One value of a mapping or an object."""
    if isinstance(thing, Mapping):
        return thing.get(name, _ABSENT)
    return getattr(thing, name, _ABSENT)


def hook(thing: Any, name: str) -> Callable[[Any], Any] | None:
    """A host object's own method ``on_enter_<stage>`` or ``on_exit_<stage>``; mappings have none."""
    found = None if isinstance(thing, Mapping) else getattr(thing, name, None)
    return found if callable(found) else None
