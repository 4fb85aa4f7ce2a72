"""The SOPs of an engine, ready to be enforced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sopengine.engine.lookups import Lookups
from sopengine.engine.messages import Messages
from sopengine.errors import OtherVersion, UsageError
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.tables import GONE, Tables
from sopengine.language.model import Sop
from sopengine.machine import CaseMachine
from sopengine.wording import Listing


@dataclass(frozen=True, slots=True)
class Procedure:
    """One SOP with its tables, its live machine and its messages."""

    tables: Tables
    machine: CaseMachine
    messages: Messages


class Procedures:
    """The SOPs of an engine by id and by the hash of their text."""

    def __init__(self, sops: Sequence[Sop], lookups: Lookups) -> None:
        if not sops:
            raise UsageError.saying("call.no_sop_given")
        self._by_id: dict[str, Procedure] = {}
        for sop in sops:
            if not isinstance(sop, Sop):
                raise UsageError.saying("call.not_a_sop", type=type(sop).__name__)
            if sop.id in self._by_id:
                raise UsageError.saying("call.sop_twice", name=sop.id)
            self._by_id[sop.id] = _procedure(sop, lookups)
        self._by_hash = {procedure.tables.sop.hash: procedure for procedure in self._by_id.values()}

    def named(self, sop: str | None) -> Procedure:
        """The procedure of that id; without an id, the first one given."""
        if sop is None:
            return next(iter(self._by_id.values()))
        if not isinstance(sop, str) or sop not in self._by_id:
            raise UsageError.saying("call.no_such_sop", name=f"{sop!s:.60}", known=Listing(tuple(self._by_id)))
        return self._by_id[sop]

    def tables(self) -> Iterator[Tables]:
        """The tables of every SOP."""
        return (procedure.tables for procedure in self._by_id.values())

    def of(self, tables: Tables) -> Procedure:
        """The procedure that those tables belong to."""
        return self._by_hash[tables.sop.hash]

    def pinned(self, case: str, sop_hash: str) -> Tables:
        """The tables that a stored case is judged by: those of the very text it was opened under."""
        found = self._by_hash.get(sop_hash)
        if found is None:
            raise OtherVersion.saying("call.other_version", case=case, hash=sop_hash[:12])
        return found.tables

    def places(self) -> list[str]:
        """The names of all stages and outcomes."""
        return list(dict.fromkeys(name for procedure in self._by_id.values() for name in procedure.tables.places if name != GONE))


def _procedure(sop: Sop, lookups: Lookups) -> Procedure:
    tables = compile_tables(sop)
    unknown = lookups.unknown(name for place in tables.places.values() for name in place.predicates)
    if unknown:
        raise UsageError.saying("call.no_predicates", sop=sop.id, names=Listing(tuple(unknown)))
    return Procedure(tables, CaseMachine(tables), Messages(tables, lookups.people))
