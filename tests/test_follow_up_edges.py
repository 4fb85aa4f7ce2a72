"""Edges of follow-up and contact policy that chance rarely finds; each was left alive by a mutant (docs/mutants.md)."""

from __future__ import annotations

from typing import Any

from desk import codes
from test_clock_edges import Case

STAGES = "fields: {{phone: phone}}\nstages: {{talk: {{owner: sales, follow_up: {follow}}}}}\n"
LEAD = {"phone": "+62 811 0000 0001"}


def talked(follow: str, more: str = "", **record: Any) -> Case:
    """A case with a follow-up, and something besides."""
    return Case(STAGES.format(follow=follow) + more, **(record or LEAD))


def contacted(case: Case, via: str = "call") -> list[str]:
    """What is found about a contact that is made now."""
    return codes(case.engine.contact("L-1", via=via, by="budi"))


def test_a_cap_a_day_needs_no_cap_a_week() -> None:
    """With `per_day` alone a second contact on the same day is refused, and one on the next day is not."""
    case = talked("{max: 3}", "contact_policy: {max: {per_day: 1}}\n")
    assert contacted(case) == []
    case.after(hours=1)
    assert contacted(case) == ["CASE414"]
    case.after(days=1)
    assert contacted(case) == []


def test_a_contact_at_midnight_counts_for_the_day_that_begins() -> None:
    """The first instant of a day belongs to it: who was called then is not called again on that day."""
    case = talked("{max: 3}", "contact_policy: {max: {per_day: 1}}\n")
    case.after(hours=15)
    assert f"{case.now:%H:%M}" == "00:00"
    assert contacted(case) == []
    case.after(hours=9)
    assert contacted(case) == ["CASE414"]


def test_quiet_hours_begin_with_their_first_instant() -> None:
    """At 20:00 sharp it is quiet, at 08:00 sharp no longer."""
    case = talked("{max: 3}", 'contact_policy: {quiet_hours: "20:00-08:00"}\n')
    case.after(hours=11)
    assert contacted(case) == ["CASE412"]
    case.after(hours=12)
    assert contacted(case) == []


def test_a_gap_that_never_ends_is_answered_under_a_contact_policy() -> None:
    """Where the calendar stops opening no next attempt is allowed, and asking for it says so."""
    office = 'calendars: {office: {hours: {mon-fri: "08:00-17:00"}, closed: [2026-02-03..2199-12-31]}}\n'
    case = talked("{max: 3, every: 2 working days}", office + 'contact_policy: {quiet_hours: "20:00-08:00"}\n')
    assert contacted(case) == []
    coming = case.after(days=3).next_attempt("L-1")
    assert coming is not None
    assert (coming.number, coming.allowed_from) == (1, None)


def test_word_that_no_answer_is_needed_is_no_contact() -> None:
    """What stands for a contact log is a contact, not the word that the customer needs none."""
    body = "documents: {log: {from: contacts}}\nstages: {talk: {owner: sales, documents: [log]}}\n"
    case = Case(body)
    case.after(hours=1).receive("L-1", via="email").or_raise()
    case.engine.no_reply_needed("L-1", "Only thanks.", by="budi").or_raise()
    assert len(codes(case.engine.advance("L-1", by="budi"))) == 1
    assert contacted(case) == []
    assert codes(case.engine.advance("L-1", by="budi")) == []


def test_a_bounce_after_coming_back_leaves_the_old_attempts_out() -> None:
    """After a recycle follow-up starts anew, also where a contact of the new round turns out to have bounced."""
    rest = "outcomes: {won: {kind: success}, rest: {kind: parked, from: any, recycle: {after: 30d, to: talk, max: 1}}}\n"
    case = talked("{max: 2, every: 1d}", rest)
    for _ in range(3):
        assert contacted(case) == []
        case.after(days=1)
    case.engine.move("L-1", "rest", by="budi").or_raise()
    case.after(days=31).tick()
    assert case.engine.case("L-1").place == "talk"
    sent = case.engine.contact("L-1", via="call", by="budi").or_raise().events[-1].id
    case.after(hours=1).bounce("L-1", sent).or_raise()
    assert case.engine.case("L-1").attempts == 0
    coming = case.engine.next_attempt("L-1")
    assert coming is not None
    assert coming.number == 0


def test_each_attempt_is_sent_by_its_own_template() -> None:
    """The first of three attempts is an e-mail and sends itself, the second is a call and waits for a person."""
    more = (
        "templates:\n  hello: {channel: email, subject: Hi, body: Hi}\n  script: {channel: call, body: Hi}\n"
        "  again: {channel: email, subject: Hi, body: Hi}\n"
    )
    case = talked("{max: 3, every: 1d, send: auto, template: [hello, script, again]}", more)
    assert contacted(case, "email") == []
    [first] = case.after(days=1, hours=1).tick().messages
    assert first.template == "hello"
    case.engine.delivered(first.key or "").or_raise()
    assert case.after(days=2).tick().messages == ()
    assert [row.kind for row in case.engine.agenda(person="budi")] == ["follow_up"]
