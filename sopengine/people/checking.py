"""What does not fit between a directory and the SOPs that it serves."""

from __future__ import annotations

from collections.abc import Iterator

from sopengine.diagnostics import Diagnostic
from sopengine.language.model import Path, Sop
from sopengine.people.reading import listed, near
from sopengine.people.register import People


def check_people(people: People, *sops: Sop) -> list[Diagnostic]:
    """What does not fit between a directory and its SOPs: warnings, because either of them may change first.

    A role that no SOP knows gives its holder nothing; a role that nobody holds is work that nobody may do. Give all
    SOPs that share the directory at once.
    """
    known = {role for sop in sops for role in sop.roles}
    found = [
        Diagnostic("SOP752", people.document.span(path), {"role": role, "person": person}, "warning", near(role, known))
        for person, role, path in _held_roles(people)
        if role not in known
    ]
    for sop in sops:
        for name, role in sop.roles.items():
            if not people.members(name, 0):
                found.append(Diagnostic("SOP753", sop.span(role.path), {"role": name, "title": role.title}, "warning"))
    return found


def _held_roles(people: People) -> Iterator[tuple[str, str, Path]]:
    data = people.document.data["people"]
    for person in people.entries:
        path: Path = ("people", person)
        written = data[person]
        if isinstance(written, dict):
            written, path = written["roles"], (*path, "roles")
        yield from ((person, role, place) for role, place in listed(written, path))
