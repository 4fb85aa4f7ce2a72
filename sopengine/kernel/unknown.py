"""Findings about a name that nothing bears: what there is instead, and which name was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Final

from sopengine.diagnostics import Finding
from sopengine.kernel.tables import GONE, Place, Tables
from sopengine.language.condition_types import nearest
from sopengine.wording import Listing, Said, Term

MOST_TOLD: Final = 8
"""Of more names than these only those nearest to the unknown one are told, and how many others there are."""

_NEAREST: Final = 5


def unknown(code: str, name: Any, known: Iterable[str], place: Place) -> Finding:
    """The finding that nothing is called `name`, with the names that there are."""
    names = tuple(known)
    params = {"name": str(name), "known": _told(str(name), names), "here": place.title, "hint": _meant(nearest(str(name), names))}
    return Finding(code, params, True, place.span)


def _told(name: str, names: tuple[str, ...]) -> Listing | Term:
    if not names:
        return Term("hint.none")
    if len(names) <= MOST_TOLD:
        return Listing(names, "or")
    close = get_close_matches(name[:64], names, n=_NEAREST, cutoff=0.0)
    return Listing((*close, Said("hint.others", {"count": len(names) - len(close)})), "or")


def _meant(name: str | None) -> Said | str:
    return "" if name is None else Said("hint.meant", {"name": name})


def no_such_place(tables: Tables, to: str) -> dict[str, Any]:
    """What a finding about going to `to` says where there is no such stage or outcome; nothing where there is."""
    if to in tables.places:
        return {"unknown": "", "hint": ""}
    names = {name: name for name in tables.places if name != GONE}
    titles = {title: name for name in names for title in tables.places[name].title.values()}
    near = nearest(to, (*names, *titles))
    return {"unknown": Term("hint.no_such_place"), "hint": _meant(near if near is None else (titles | names)[near])}


def called(tables: Tables, name: str) -> Said:
    """A stage or an outcome by its title, with the name that commands take."""
    return Said("hint.called", {"title": tables.places[name].title, "name": name})
