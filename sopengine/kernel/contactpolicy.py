"""The contact policy, compiled, and its arithmetic: what holds a contact back at an instant, and when it is allowed next.

Days and weeks are those of the customer's calendar: a day from midnight to midnight and a week from Monday to Sunday, in
the zone where the customer is. Source: the language reference, "Top level" (`contact_policy`) and "Follow-up".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sopengine.diagnostics import Span
from sopengine.kernel.state import NEVER
from sopengine.language.model import ContactPolicy, Sop
from sopengine.time import zones
from sopengine.time.spec import CalendarSpec

QUIET: Final = "quiet"
HOLIDAY: Final = "holiday"
PER_DAY: Final = "per_day"
PER_WEEK: Final = "per_week"

FARTHEST: Final = 1000
"""Steps of at least a part of a day that are looked ahead; what is held back longer is held back for good."""


class Hold(NamedTuple):
    """What holds a contact back until `until`: quiet hours, a holiday, or a cap and how much it allows."""

    kind: str
    until: int
    most: int = 0


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """The contact policy of an SOP. `quiet` are times of day in µs; `words` are casefolded, by channel; `spans` by key."""

    zone: str
    zone_field: str | None
    zones: Mapping[str, str]
    quiet: tuple[int, int] | None
    holidays: CalendarSpec | None
    per_day: int | None
    per_week: int | None
    words: Mapping[str, frozenset[str]]
    spans: Mapping[str, Span]

    @property
    def capped(self) -> bool:
        """Whether earlier contacts can hold a contact back."""
        return self.per_day is not None or self.per_week is not None

    def zone_of(self, facts: Mapping[str, Any]) -> str:
        """The zone of the customer: by the field that tells it, else the SOP's own."""
        if self.zone_field is None:
            return self.zone
        return self.zones.get(str(facts.get(self.zone_field)), self.zone)

    def opts_out(self, via: str, text: str | None) -> bool:
        """Whether a whole message, trimmed and in any case, is a word that ends contact on its channel."""
        return text is not None and text.strip().casefold() in self.words.get(via, ())


def compile_policy(sop: Sop) -> PolicyTable | None:
    """The contact policy of an SOP, if it has one."""
    policy = sop.contact_policy
    if policy is None:
        return None
    quiet = None
    if policy.quiet_from is not None and policy.quiet_until is not None and policy.quiet_from != policy.quiet_until:
        quiet = policy.quiet_from, policy.quiet_until
    holidays = next(iter(sop.calendars.values()), None) if policy.closed == "holidays" else None
    words = {via: frozenset(word.strip().casefold() for word in said) for via, said in policy.opt_out}
    return PolicyTable(
        sop.timezone,
        policy.zone_field,
        {value: zone for value, zone in policy.zones if zones.known(zone)},
        quiet,
        holidays,
        policy.max_per_day,
        policy.max_per_week,
        words,
        _spans(sop, policy),
    )


def _spans(sop: Sop, policy: ContactPolicy) -> dict[str, Span]:
    keys = {QUIET: ("quiet_hours",), HOLIDAY: ("closed",), PER_DAY: ("max", "per_day"), PER_WEEK: ("max", "per_week")}
    return {kind: sop.span((*policy.path, *key)) for kind, key in keys.items()}


def held_back(policy: PolicyTable, zone: str, at: int, touches: Sequence[int]) -> Iterator[Hold]:
    """Everything that holds a sales contact back at an instant; `touches` are the contacts that caps count, in any order."""
    moment = zones.to_datetime(at, zone)
    day = moment.date()
    if policy.holidays is not None and policy.holidays.is_holiday(day):
        yield Hold(HOLIDAY, _begin(day, 1, zone))
    if policy.quiet is not None:
        until = _quiet_until(policy.quiet, at, day, zone)
        if until is not None:
            yield Hold(QUIET, until)
    if policy.per_day is not None and _within(touches, _begin(day, 0, zone), at) >= policy.per_day:
        yield Hold(PER_DAY, _begin(day, 1, zone), policy.per_day)
    if policy.per_week is not None:
        monday = -day.weekday()
        if _within(touches, _begin(day, monday, zone), at) >= policy.per_week:
            yield Hold(PER_WEEK, _begin(day, monday + 7, zone), policy.per_week)


def next_allowed(policy: PolicyTable | None, zone: str, at: int, touches: Sequence[int]) -> tuple[int, Hold | None]:
    """The first instant from `at` on that nothing holds back, and what held it back last; NEVER when none is in sight."""
    last: Hold | None = None
    if policy is None or at >= NEVER:
        return at, None
    for _ in range(FARTHEST):
        found = max(held_back(policy, zone, at, touches), key=lambda hold: hold.until, default=None)
        if found is None:
            return at, last
        at, last = found.until, found
    return NEVER, last


def since_monday(at: int, zone: str) -> int:
    """The beginning of the customer's week of an instant: what lies before it, no cap counts."""
    day = zones.local_date(at, zone)
    return _begin(day, -day.weekday(), zone)


def _within(touches: Iterable[int], since: int, at: int) -> int:
    return sum(since <= touch <= at for touch in touches)


def _begin(day: date, later: int, zone: str) -> int:
    return zones.at_wall(day + timedelta(days=later), 0, zone)


def _quiet_until(quiet: tuple[int, int], at: int, day: date, zone: str) -> int | None:
    """When the quiet time that an instant lies in is over; None outside of it. It may run over midnight."""
    since, until = quiet
    for first in (day - timedelta(days=1), day):
        last = first + timedelta(days=1) if since > until else first
        end = zones.at_wall(last, until, zone)
        if zones.at_wall(first, since, zone) <= at < end:
            return end
    return None
