"""One entry of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sopengine.time.spec import Week
from sopengine.time.windows import Dates


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the directory, as it is written.

    `groups`, `regions`, `products` and `skills` are what the tables of an SOP name; `leave` are disjoint ranges of local
    dates in order, as ordinals with both ends included; `shift` are the windows of the week, None when nothing is said;
    `quotas` are amounts by measure, under "" the one for every measure.
    """

    id: str
    name: str | None
    roles: tuple[str, ...]
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    reports_to: str | None = None
    leave: tuple[Dates, ...] = ()
    shift: Week | None = None
    capacity: int | None = None
    quotas: Mapping[str, int | Decimal] = field(default_factory=dict)

    def quota(self, measure: str) -> int | Decimal | None:
        """The person's target for a measure: its own, else the one for all."""
        return self.quotas.get(measure, self.quotas.get(""))

    def takes_care_of(self) -> frozenset[str]:
        """Groups, regions, products and skills together."""
        return frozenset((*self.groups, *self.regions, *self.products, *self.skills))
