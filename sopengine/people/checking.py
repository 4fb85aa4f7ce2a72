"""What does not fit between a directory and the SOPs that it serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sopengine.diagnostics import Diagnostic, Severity
from sopengine.language.model import Path, Role, Sop, Stage
from sopengine.people.answers import staffed
from sopengine.people.directory import Directory, NoDirectory, Staff
from sopengine.people.reading import listed, near
from sopengine.people.register import People
from sopengine.people.witnesses import examples
from sopengine.wording import Listing, Said


def check_people(people: Directory, *sops: Sop, at: int = 0) -> list[Diagnostic]:
    """What does not fit between a directory and its SOPs: warnings, because either of them may change first, and remarks.

    A role that no SOP knows gives its holder nothing; a role or group that nobody is in is work that nobody may do. Give all
    SOPs that share the directory at once. Of a directory of a host's own only roles and groups without people are told, as
    they stand at the instant `at` (µs).

    >>> from sopengine.loading import load_text
    >>> sop = load_text("sop: demo\\ntitle: Demo\\nversion: '1'\\nroles: {sales: Sales}\\nstages: {a: {owner: sales}}\\n")
    >>> [problem.code for problem in check_people(People.from_mapping({"budi": "saless"}), sop)]
    ['SOP752', 'SOP753']
    """
    if isinstance(people, NoDirectory):
        return []
    found: list[Diagnostic] = []
    if isinstance(people, People):
        found += [*_unknown_roles(people, sops), *_unplaced(people, sops), *_unasked(people, sops)]
    staff = staffed(people)
    for sop in sops:
        found += [*_vacant(staff, sop, at), *_short_of_people(staff, sop, at)]
        if hasattr(people, "groups"):
            found += _without_people(staff, sop, at)
    return list({(problem.code, problem.span, repr(problem.params)): problem for problem in found}.values())


def unplaced(people: People, severity: Severity) -> list[Diagnostic]:
    """SOP767: leave or a shift where no zone says when a day begins; at the first that is written."""
    if people.zone is not None:
        return []
    for name, person in people.entries.items():
        if person.leave or person.shift is not None:
            path = ("people", name, "leave" if person.leave else "shift")
            return [Diagnostic("SOP767", people.document.span(path), {"person": name}, severity)]
    return []


def _unplaced(people: People, sops: Iterable[Sop]) -> list[Diagnostic]:
    """A warning where no SOP lends its zone either; a remark before an SOP is known."""
    known = list(sops)
    written = any(sop.document.main.mentions(("timezone",)) for sop in known)
    return [] if written else unplaced(people, "warning" if known else "info")


def _unknown_roles(people: People, sops: Iterable[Sop]) -> Iterator[Diagnostic]:
    """SOP752: a role that no SOP knows."""
    known = {role for sop in sops for role in sop.roles}
    for person, role, path in _written(people, "roles") if sops else ():
        if role not in known:
            params = {"role": role, "person": person}
            yield Diagnostic("SOP752", people.document.span(path), params, "warning", near(role, known))


def _unasked(people: People, sops: Iterable[Sop]) -> Iterator[Diagnostic]:
    """SOP771 and SOP772: a group that no table comes to, once, and a quota for a measure that no SOP has."""
    known = {row.then for sop in sops for table in sop.tables.values() for row in table.rows}
    measures = {measure for sop in sops for measure in sop.measures}
    told: set[str] = set()
    for person, group, path in _written(people, "groups") if sops else ():
        if group not in known and group not in told:
            told.add(group)
            yield Diagnostic("SOP771", people.document.span(path), {"group": group, "person": person}, "info", near(group, known))
    for name, entry in people.entries.items() if sops else ():
        for measure in entry.quotas:
            if measure and measure not in measures:
                span = people.document.key_span(("people", name, "quota", measure))
                yield Diagnostic("SOP772", span, {"measure": measure, "person": name}, "warning", near(measure, measures))


def _vacant(people: Directory, sop: Sop, at: int) -> Iterator[Diagnostic]:
    """SOP753: a role that nobody holds; SOP769 where another role stands in for it for as long."""
    for name, role in sop.roles.items():
        if people.members(name, at):
            continue
        params: dict[str, object] = {"role": name, "title": role.title}
        deputy = sop.roles.get(role.stand_in or "")
        if deputy is not None and people.members(deputy.name, at):
            yield Diagnostic("SOP769", sop.span(role.path), params | {"stand_in": deputy.title}, "info")
        else:
            yield Diagnostic("SOP753", sop.span(role.path), params, "warning")


def _without_people(people: Staff, sop: Sop, at: int) -> Iterator[Diagnostic]:
    """SOP770: a table by which a stage is assigned comes to a group that none of the stage's people is in."""
    for stage in sop.stages.values():
        table = sop.tables.get(stage.assign.table or "") if stage.assign is not None else None
        if table is None:
            continue
        owners = [person for role in stage.owner for person in people.members(role, at)]
        groups = {group for person in owners for group in people.groups(person, at)}
        for row, example in examples(sop, table) if owners else ():
            if row.then not in groups:
                params = {"group": row.then, "table": table.name, "stage": stage.title, "owners": _titles(stage, sop.roles)}
                rest = "" if not example else Said("rules.for_instance", {"example": example})
                yield Diagnostic("SOP770", sop.span(row.path), {**params, "rest": rest}, "warning")


def _titles(stage: Stage, roles: Mapping[str, Role]) -> Listing:
    return Listing(tuple(roles[role].title for role in stage.owner), "or")


def _short_of_people(people: Directory, sop: Sop, at: int) -> Iterator[Diagnostic]:
    """SOP783: a level of an approval that needs more different people than there are; a vacant role is said to be one."""
    for approval in sop.approvals.values():
        for number, level in enumerate(approval.levels, 1):
            count = len({person for role in level.by for person in people.members(role, at)})
            if 0 < count < level.quorum:
                params = {"name": approval.name, "level": number, "quorum": level.quorum, "count": count}
                yield Diagnostic("SOP783", sop.span(level.path), params, "warning")


def _written(people: People, key: str) -> Iterator[tuple[str, str, Path]]:
    """The names that entries write under a key, each with its person and place."""
    data = people.document.data["people"]
    for person in people.entries:
        path: Path = ("people", person)
        value = data[person]
        if isinstance(value, dict):
            value, path = value.get(key), (*path, key)
        elif key != "roles":
            continue
        yield from ((person, name, place) for name, place in listed(value, path))
