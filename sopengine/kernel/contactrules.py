"""What keeps an outbound contact back, as findings: the same one refuses a contact and says why the next attempt waits.

Answering a customer who waits is held back by nothing but their own opt-out. Source: the language reference, "Follow-up".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, get_args

from sopengine.diagnostics import Finding
from sopengine.kernel import followup
from sopengine.kernel.contact import SERVICE
from sopengine.kernel.contactpolicy import HOLIDAY, PER_DAY, PER_WEEK, QUIET, Hold, PolicyTable, held_back
from sopengine.kernel.events import Event
from sopengine.kernel.state import NEVER, CaseState
from sopengine.kernel.tables import FollowTable, Place, Tables
from sopengine.language.model import Channel
from sopengine.wording import Instant, Term

CHANNELS: Final[tuple[str, ...]] = get_args(Channel)

_CODES: Final = {QUIET: "CASE412", HOLIDAY: "CASE413", PER_DAY: "CASE414", PER_WEEK: "CASE415"}


def by(channel: str) -> Term | str:
    """A channel as people say it; what has been recorded may name one that the language does not know."""
    return Term(f"event.via_{channel}") if channel in CHANNELS or channel == followup.ALL_CHANNELS else channel


def counted_on(event: Event) -> Sequence[int]:
    """The contacts that caps counted when an event was judged: kept on it, so that a replay asks nobody."""
    found: Sequence[int] = event.derived.get("contact", {}).get("touches", ())
    return found


def unwanted(state: CaseState, event: Event) -> dict[str, int]:
    """The channels that the customer does not want, as the case knows and as was looked up for the event."""
    return {**state.opted, **event.derived.get("contact", {}).get("opted", {})}


def gave_up_early(place: Place, state: CaseState) -> Sequence[Finding]:
    """CASE111: fewer attempts in `place` than the SOP asks for, while the customer has not answered."""
    follow, series = place.follow, state.series.get(place.name)
    made = series.attempts if series is not None else 0
    if follow is None or made >= follow.rule.min or (series is not None and series.answered):
        return ()
    params = {"min": follow.rule.min, "made": made, "stage": place.title}
    return (Finding("CASE111", params, True, follow.span),)


def wanted(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE411: nobody is contacted on a channel of which they have opted out; no exception is made, not for answers either."""
    if not state.opted and not event.derived:
        return ()
    via = event.data["via"]
    since = unwanted(state, event).get(via)
    return () if since is None else (not_wanted(tables, place, via, since),)


def policy_kept(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE412 to CASE415: sales contacts keep quiet hours, holidays and caps; answers and service messages are free."""
    policy = tables.policy
    if policy is None or event.data.get("answered") or not is_sales(tables, state, event.data):
        return ()
    counted, zone = counted_on(event), policy.zone_of(state.facts)
    held = held_back(policy, zone, event.occurred_at, counted)
    return tuple(held_finding(tables, policy, hold, zone, _allowed_from(tables, place, state, event)) for hold in held)


def is_sales(tables: Tables, state: CaseState, data: Any) -> bool:
    """Whether an outbound contact is one that the contact policy limits: to a customer, by a person, unasked, not service."""
    if data.get("automatic") or data.get("via") not in followup.REACHING or followup.outbound_is(state) == followup.REPLY:
        return False
    return purpose_of(tables, data) != SERVICE


def purpose_of(tables: Tables, data: Any) -> str:
    """What a contact is for: what its template says, else sales."""
    template = tables.sop.templates.get(data.get("template") or "")
    return "sales" if template is None else template.purpose


def _allowed_from(tables: Tables, place: Place, state: CaseState, event: Event) -> int:
    counted, start = counted_on(event), event.occurred_at
    if place.follow is not None and followup.outbound_is(state) == followup.ATTEMPT:
        start = max(start, followup.due(tables, state, place.follow, counted).at)
    return followup.allowed_next(tables, state, start, counted)[0]


def bounced_once(tables: Tables, place: Place, state: CaseState, event: Event) -> Sequence[Finding]:
    """CASE418: a remark when no contact counts that could have bounced; nothing is changed by it."""
    at = event.data["contacted_at"]
    if followup.bounced_one(state, at, event.data.get("contact", "")) is not None:
        return ()
    return (Finding("CASE418", {"at": Instant(at, tables.zone)}, False, place.span),)


def not_wanted(tables: Tables, place: Place, via: str, since: int) -> Finding:
    """CASE411: the customer has opted out of a channel."""
    return Finding("CASE411", {"via": by(via), "since": Instant(since, tables.zone)}, True, place.span)


def held_finding(tables: Tables, policy: PolicyTable, hold: Hold, zone: str, allowed: int) -> Finding:
    """CASE412 to CASE416: what of the contact policy holds a contact back, and when (in the customer's zone) it is allowed."""
    if allowed >= NEVER:
        return Finding("CASE416", {}, True, policy.spans[hold.kind])
    params = {"from_": Instant(allowed, zone), "most": hold.most}
    return Finding(_CODES[hold.kind], params, True, policy.spans[hold.kind])


def too_soon(tables: Tables, state: CaseState, follow: FollowTable, counted: Sequence[int]) -> Finding:
    """CASE402: the gap between two attempts is not over yet."""
    at = followup.due(tables, state, follow, counted).at
    last = state.series[state.place].last_at or 0
    params = {"from_": Instant(at, tables.zone), "last": Instant(last, tables.zone), "every": follow.every}
    return Finding("CASE402", params, True, follow.span)


def no_attempt_left(place: Place, state: CaseState, follow: FollowTable) -> Finding:
    """CASE401: all attempts have been made."""
    params = {"max": follow.rule.max, "made": state.series[place.name].attempts, "stage": place.title}
    return Finding("CASE401", params, True, follow.span)
