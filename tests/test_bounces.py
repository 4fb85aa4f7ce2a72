"""What is taken back once, who is asked about what a host object brings along, and what a repeated key still knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from desk import LEAD, MONDAY, Desk, codes, load

from sopengine import load_text
from sopengine.store import MemoryStore

ANSWERS = load_text(
    """\
sop: answers
title: Answers
version: "1"
timezone: Asia/Jakarta
stages:
  talk:
    owner: [sales, admin]
    sla: {first_response: 24h, reply: 4h}
    follow_up: {max: 3, every: 1h, via: [email], then: lost}
outcomes: {won: {kind: success}, lost: {kind: failure, from: any}}
"""
)


@pytest.fixture
def desk() -> Desk:
    """Case L-1, opened on Monday at nine."""
    desk = Desk(ANSWERS)
    desk.engine.open({"id": "L-1"}, by="budi").or_raise()
    return desk


def sent(desk: Desk, **how: Any) -> str:
    """The id of an outbound contact that is made now."""
    decision = desk.engine.contact("L-1", via="email", by="budi", **how).or_raise()
    return decision.events[-1].id


def test_of_two_contacts_of_one_instant_the_one_that_bounced_is_taken_back(desk: Desk) -> None:
    """The event that bounced is named: the call that was picked up in the same microsecond still answers the customer."""
    mail = sent(desk)
    desk.engine.contact("L-1", via="call", by="budi", answered=True).or_raise()
    desk.later(minutes=1)
    assert codes(desk.engine.bounce("L-1", mail)) == []
    assert desk.engine.clocks("L-1")["first_response"].state == "met"
    coming = desk.engine.next_attempt("L-1")
    assert coming is not None
    assert coming.number == 1


def test_a_contact_bounces_once(desk: Desk) -> None:
    """A second report of the same bounce is remarked and changes nothing, also where another contact has its instant."""
    mail, other = sent(desk), sent(desk, at=MONDAY, answered=True)
    desk.later(minutes=1)
    assert codes(desk.engine.bounce("L-1", mail)) == []
    before = desk.engine.case("L-1"), desk.engine.clocks("L-1")["first_response"].state
    again = desk.engine.bounce("L-1", mail)
    assert again
    assert [(finding.code, finding.blocks) for finding in again.findings] == [("CASE418", False)]
    assert (desk.engine.case("L-1"), desk.engine.clocks("L-1")["first_response"].state) == before
    assert codes(desk.engine.bounce("L-1", other)) == []
    assert desk.engine.clocks("L-1")["first_response"].state == "running"


def test_a_bounce_told_elsewhere_is_found_by_its_instant(desk: Desk) -> None:
    """An import names no event of ours: the contact of that instant is taken back, and a second time none is left."""
    sent(desk)
    desk.later(minutes=1)
    item = {"case": "L-1", "kind": "bounced", "at": desk.now, "by": "system", "contacted_at": MONDAY, "contact": "mail-77"}
    assert codes(desk.engine.record([item])) == []
    assert desk.engine.clocks("L-1")["first_response"].state == "running"
    assert codes(desk.engine.record([item])) == ["CASE418"]


def test_who_needs_no_answer_waits_for_none_after_a_bounce(desk: Desk) -> None:
    """A message that needed no answer stays answered when a later mail bounces; the customer's next one still waits."""
    desk.later(minutes=10)
    desk.engine.receive("L-1", via="email").or_raise()
    desk.engine.no_reply_needed("L-1", "Only thanks.", by="budi").or_raise()
    desk.later(minutes=10)
    mail = sent(desk)
    desk.later(minutes=1)
    desk.engine.bounce("L-1", mail).or_raise()
    assert [row.kind for row in desk.engine.agenda(person="budi")] == ["clock"]
    assert desk.engine.clocks("L-1")["reply"].state == "met"
    desk.engine.receive("L-1", via="email").or_raise()
    assert desk.engine.clocks("L-1")["reply"].state == "running"


def test_who_takes_over_a_case_that_is_not_theirs_is_remarked() -> None:
    """Anybody may adopt a case under way; whoever neither owns its stage nor stands above those who do is named."""
    desk = Desk()
    for case, by, found in (("A", "rina", [("CASE102", False)]), ("B", "budi", []), ("C", "sari", [])):
        decision = desk.engine.open({"id": case, **LEAD}, by=by, stage="qualification", since=MONDAY)
        assert decision
        assert [(finding.code, finding.blocks) for finding in decision.findings] == found


@dataclass
class Lead:
    """A host's own lead."""

    id: str
    name: str = "PT Maju"
    phone: str | None = "+62 811 0000 0001"
    stage: str = ""


def test_who_edits_through_a_host_object_is_judged() -> None:
    """Fields that an object brings along are recorded for whoever acts; that it was not theirs to change is a remark."""
    desk = Desk()
    lead = Lead("L-1")
    desk.engine.open(lead, by="rina").or_raise()
    lead.name = "CV Terang"
    noted = desk.engine.note(lead, "Another name.", by="budi")
    assert [(finding.code, finding.blocks) for finding in noted.findings] == [("CASE102", False)]
    assert desk.engine.case("L-1").record["name"] == "CV Terang"
    lead.name = "PT Cahaya"
    assert codes(desk.engine.note(lead, "And another.", by="rina")) == []
    lead.name = "PT Surya"
    assert codes(desk.engine.move(lead, "qualification", by="budi")) == ["CASE102"]


def test_a_late_move_is_judged_by_what_the_object_says() -> None:
    """A phone number that the host's object has, and the case learns only now, is enough for a move that is dated back."""
    desk = Desk()
    lead = Lead("L-1", phone=None)
    desk.engine.open(lead, by="rina").or_raise()
    desk.later(hours=2)
    assert codes(desk.engine.move("L-1", "qualification", by="rina", at=desk.now - timedelta(hours=1))) == ["CASE201"]
    lead.phone = "+62 811 0000 0001"
    moved = desk.engine.move(lead, "qualification", by="rina", at=desk.now - timedelta(hours=1))
    assert moved, codes(moved)
    assert moved.case.entered_at == desk.now - timedelta(hours=1)
    assert lead.stage == "qualification"


def test_a_repeated_key_knows_the_findings_after_a_restart() -> None:
    """Another engine on the same store answers with the events and the findings of the first decision, and with no message."""
    store = MemoryStore()
    first = Desk(store=store)
    first.qualified(budget="5000000")
    first.engine.contact("L-1", via="call", by="budi").or_raise()
    first.later(days=1)
    done = first.engine.contact("L-1", via="email", by="budi", template="email_a", key="k").or_raise()
    assert (codes(done), len(done.messages)) == (["CASE404"], 1)
    second = Desk(load(), store=store)
    second.now = first.now + timedelta(days=3)
    again = second.engine.contact("L-1", via="email", by="budi", template="email_a", key="k")
    assert (again.events, again.findings, again.messages) == (done.events, done.findings, ())
