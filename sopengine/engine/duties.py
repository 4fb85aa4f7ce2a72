"""The routines of an engine's SOPs, kept by the engine itself. An engine whose SOPs have none does not even load the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopengine.language.model import Sop

if TYPE_CHECKING:
    from sopengine.engine.engine import Engine
    from sopengine.routines import Routines


def with_procedures(sops: tuple[Sop, ...]) -> tuple[Sop, ...]:
    """The SOPs, then the one-stage procedure of each of their routines that is not among them."""
    having = _having_routines(sops)
    if not having:
        return sops
    from sopengine.routines import procedures

    given = {sop.hash for sop in sops if isinstance(sop, Sop)}
    return (*sops, *(made for made in procedures(*having) if made.hash not in given))


def kept_by(engine: Engine, sops: tuple[Sop, ...]) -> Routines | None:
    """What keeps the routines of the SOPs on their engine; None where there are none."""
    having = _having_routines(sops)
    if not having:
        return None
    from sopengine.routines import Routines

    return Routines(engine, *having)


def _having_routines(sops: tuple[Sop, ...]) -> list[Sop]:
    return [sop for sop in sops if isinstance(sop, Sop) and sop.routines]
