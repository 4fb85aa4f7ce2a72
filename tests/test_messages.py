"""Messages: what is sent on entry and by contacts, to whom, in which language, and what a missing fact does to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from desk import LEAD, MONDAY, Desk, codes, load

import sopengine
from sopengine import InvalidSop, UsageError
from sopengine.store import Append, MemoryStore
from sopengine.templates import RenderedMessage

SOP = """\
sop: letters
title: {id: Surat, en: Letters}
version: "1"
language: id
timezone: Asia/Jakarta
fields:
  name: {type: string}
  phone: {type: phone}
  budget: {type: money, currency: IDR}
  visit_on: {type: date}
stages:
  capture: {owner: admin, send: {welcome: customer, alert: admin}}
  qualification:
    title: {id: Kualifikasi, en: Qualification}
    owner: [manager, sales]
    sla: {first_response: 24h}
    send: {new_lead: holder, offer: customer}
    follow_up: {max: 3, every: 1h, via: [email], template: [offer], then: lost}
outcomes:
  won: {kind: success, then: care, send: {thanks: customer}}
  lost: {kind: failure, from: any, reasons: [harga], send: {regret: customer, alert: sales}}
  nurture: {kind: parked, from: any, recycle: {after: 30d, to: qualification}}
templates:
  welcome: {channel: whatsapp, body: {id: "Halo {{ lead.name }}", en: "Hello {{ lead.name }}"}}
  alert: {channel: note, body: "{{ lead.id }} ada di {{ stage.title }}, oleh {{ actor.name }} ({{ actor.role }})"}
  new_lead: {channel: note, body: "Hubungi {{ lead.name }} paling lambat {{ sla.first_response.due | time }}"}
  offer:
    channel: email
    subject: "Penawaran {{ lead.name }}"
    body: "Senilai {{ lead.budget | money }} pada {{ lead.visit_on | date }}"
  english: {channel: email, subject: {en: "Offer"}, body: {en: "Worth {{ lead.budget | money }} on {{ lead.visit_on | date }}"}}
  mixed:
    channel: email
    subject: {id: "Pada {{ lead.visit_on | date }}"}
    body: {id: "Ada {{ stage.title }}", en: "In {{ stage.title }}"}
  thanks: {channel: email, subject: "Terima kasih", body: "Terima kasih {{ lead.name }}"}
  regret: {channel: email, subject: "Sampai jumpa", body: "Sampai jumpa {{ lead.name }}"}
  care_call: {channel: call, body: "Tanyakan kabar {{ lead.name }}"}
"""
CARE = """\
  care: {owner: sales, send: {care_call: holder}}
"""
TEXT = SOP.replace("outcomes:\n", CARE + "outcomes:\n", 1)
FULL = {**LEAD, "budget": "5000000", "visit_on": "2026-02-03"}


@pytest.fixture
def desk() -> Desk:
    """A desk whose SOP writes letters."""
    return Desk(load(TEXT, "letters.yaml"))


def told(messages: tuple[RenderedMessage, ...]) -> list[tuple[str, str | None, str]]:
    """The messages as template, recipient and body."""
    return [(message.template, message.to, message.body) for message in messages]


def test_what_a_stage_sends_is_on_the_decision_that_enters_it(desk: Desk) -> None:
    """Opening renders what the first stage sends, to the customer and to a role, in the order of the file."""
    decision = desk.engine.open({"id": "L-1", **FULL}, by="rina")
    assert told(decision.messages) == [
        ("welcome", "customer", "Halo PT Maju"),
        ("alert", "admin", "L-1 ada di Capture, oleh rina (Admin)"),
    ]
    assert decision.messages[0].channel == "whatsapp"


def test_what_is_for_the_holder_goes_to_the_owners_while_nobody_holds(desk: Desk) -> None:
    """Without a holder each owning role gets the message; with one, the holder does."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    moved = desk.engine.move("L-1", "qualification", by="rina")
    assert moved.case.holder is None
    assert [(m.template, m.to) for m in moved.messages] == [("new_lead", "manager"), ("new_lead", "sales"), ("offer", "customer")]
    held = Desk(load(TEXT, "letters.yaml"), people={"budi": ["admin", "sales"]})
    held.engine.open({"id": "L-1", **FULL}, by="budi")
    moved = held.engine.move("L-1", "qualification", by="budi")
    assert moved.case.holder == "budi"
    assert [(m.template, m.to) for m in moved.messages] == [("new_lead", "holder"), ("offer", "customer")]
    assert moved.messages[0].body == "Hubungi PT Maju paling lambat 09.00 WIB"


def test_an_outcome_sends_and_so_does_its_after_care(desk: Desk) -> None:
    """A success sends its own message and then what the after-care stage sends; a failure sends to customer and role."""
    for case in ("L-1", "L-2"):
        desk.engine.open({"id": case, **FULL}, by="rina")
        desk.engine.move(case, "qualification", by="rina")
        desk.engine.contact(case, via="call", by="budi").or_raise()
    won = desk.engine.move("L-1", "won", by="budi")
    assert told(won.messages) == [
        ("thanks", "customer", "Terima kasih PT Maju"),
        ("care_call", "holder", "Tanyakan kabar PT Maju"),
    ]
    lost = desk.engine.move("L-2", "lost", by="budi", reason="harga")
    assert [(m.template, m.to) for m in lost.messages] == [("regret", "customer"), ("alert", "sales")]
    assert desk.engine.move("L-1", "won", by="budi").messages == ()


def test_a_missing_fact_on_entry_is_a_remark(desk: Desk) -> None:
    """A message that lacks a fact never stops a case: the move is made, the others are rendered, the remark says which."""
    opened = desk.engine.open({"id": "L-1", "budget": 5}, by="rina")
    assert opened
    assert [(f.code, f.blocks, f.event) for f in opened.findings] == [("CASE601", False, "case:L-1/1")]
    assert "lead.name" in opened.findings[0].text("id")
    assert [m.template for m in opened.messages] == ["alert"]
    moved = desk.engine.move("L-1", "qualification", by="rina")
    assert moved.case.stage == "qualification"
    assert [(f.code, f.blocks) for f in moved.findings] == [("CASE601", False)] * 3
    assert moved.messages == ()


def test_a_missing_fact_in_a_contact_stops_it(desk: Desk) -> None:
    """A contact that is about to be made with a message that lacks a fact is refused; filled, it is made."""
    desk.engine.open({"id": "L-1", "name": "PT Maju"}, by="rina")
    desk.engine.move("L-1", "qualification", by="rina")
    refused = desk.engine.contact("L-1", via="email", template="offer", by="budi")
    assert not refused
    assert codes(refused) == ["CASE601"]
    assert (refused.messages, refused.events) == ((), ())
    desk.engine.edit("L-1", {"budget": 7, "visit_on": "2026-02-04"}, by="budi")
    made = desk.engine.contact("L-1", via="email", template="offer", by="budi")
    assert told(made.messages) == [("offer", "customer", "Senilai Rp7 pada Rabu, 4 Februari 2026")]
    assert made.messages[0].subject == "Penawaran PT Maju"


def test_a_contact_that_was_made_is_not_written_again(desk: Desk) -> None:
    """Dated in the past, or with the customer on the line, a contact is recorded whatever its template lacks; and what was
    sent then is not sent again.
    """
    desk.engine.open({"id": "L-1", "name": "PT Maju"}, by="rina", at=MONDAY - timedelta(hours=2))
    desk.engine.move("L-1", "qualification", by="rina", at=MONDAY - timedelta(hours=1))
    past = desk.engine.contact("L-1", via="email", template="offer", by="budi", at=MONDAY - timedelta(minutes=30))
    assert past
    assert (past.messages, codes(past)) == ((), [])
    talked = desk.engine.contact("L-1", via="call", template="offer", by="budi", answered=True)
    assert talked
    assert ("CASE601", False) in [(f.code, f.blocks) for f in talked.findings]


def test_nothing_is_rendered_for_a_refusal_or_an_unknown_template(desk: Desk) -> None:
    """A refused contact has no message, and an unknown template is a finding."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    assert desk.engine.contact("L-1", via="email", template="offer", by="sari").messages == ()
    assert codes(desk.engine.contact("L-1", via="email", template="ghost", by="rina")) == ["CASE509"]


def test_a_dry_run_shows_the_messages(desk: Desk) -> None:
    """A dry run renders what the real run would send."""
    dry = desk.engine.open({"id": "L-1", **FULL}, by="rina", dry_run=True)
    assert dry.messages == desk.engine.open({"id": "L-1", **FULL}, by="rina").messages


def test_a_case_that_comes_back_by_a_word_is_greeted(desk: Desk) -> None:
    """When a customer's word brings a parked case back, what the stage sends on entry is on that decision."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    desk.engine.move("L-1", "nurture", by="rina").or_raise()
    desk.later(days=1)
    received = desk.engine.receive("L-1", via="whatsapp")
    assert received.case.stage == "qualification"
    assert {m.template for m in received.messages} == {"new_lead", "offer"}


@pytest.mark.parametrize(
    ("template", "wished", "used", "body"),
    [
        ("welcome", None, "id", "Halo PT Maju"),
        ("welcome", "id", "id", "Halo PT Maju"),
        ("welcome", "en", "en", "Hello PT Maju"),
        ("welcome", "xx", "id", "Halo PT Maju"),
        ("offer", "en", "id", "Senilai Rp5.000.000 pada Selasa, 3 Februari 2026"),
        ("english", None, "en", "Worth IDR5,000,000 on Tuesday, 3 February 2026"),
        ("english", "id", "en", "Worth IDR5,000,000 on Tuesday, 3 February 2026"),
        ("mixed", "en", "en", "In Capture"),
    ],
)
def test_values_speak_the_language_of_the_text(desk: Desk, template: str, wished: str | None, used: str, body: str) -> None:
    """Where the wished language has no text another is used, and amounts and dates are written in that one."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    message = desk.engine.message("L-1", template, by="rina", lang=wished)
    assert (message.lang, message.body.replace("\N{NO-BREAK SPACE}", "")) == (used, body)


def test_subject_and_body_each_speak_their_own_language(desk: Desk) -> None:
    """A subject that is only there in Indonesian keeps Indonesian dates beside an English body."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    message = desk.engine.message("L-1", "mixed", by="rina", lang="en")
    assert message.subject == "Pada Selasa, 3 Februari 2026"


def test_titles_in_a_message_follow_its_language(desk: Desk) -> None:
    """The title of the stage is said in the language of the text."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    desk.engine.move("L-1", "qualification", by="rina")
    assert desk.engine.message("L-1", "mixed", by="rina", lang="en").body == "In Qualification"
    assert desk.engine.message("L-1", "mixed", by="rina", lang="id").body == "Ada Kualifikasi"


def test_a_message_on_demand_says_what_it_lacks(desk: Desk) -> None:
    """`message` raises with the missing fact in the wished language, and records nothing."""
    desk.engine.open({"id": "L-1"}, by="rina")
    with pytest.raises(UsageError, match=r"lead\.budget"):
        desk.engine.message("L-1", "english", by="rina")
    assert len(desk.engine.history("L-1")) == 1


def test_a_renderer_that_breaks_leaves_nothing_half_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while rendering comes out of the verb; the case, its stream and the object stay as they were."""
    lead: dict[str, Any] = {"id": "L-1", **FULL}
    desk.engine.open(lead, by="rina")

    def broken(*args: object, **more: object) -> None:
        raise MemoryError("renderer")

    with monkeypatch.context() as patch:
        patch.setattr("sopengine.engine.messages.render_message", broken)
        for verb in (
            lambda: desk.engine.move(lead, "qualification", by="rina"),
            lambda: desk.engine.contact(lead, via="email", template="offer", by="rina"),
            lambda: desk.engine.open({"id": "L-2", **FULL}, by="rina"),
        ):
            with pytest.raises(MemoryError):
                verb()
    assert lead["stage"] == desk.engine.case("L-1").stage == "capture"
    assert len(desk.engine.history("L-1")) == 1
    assert not desk.engine.exists("L-2")
    assert desk.engine.move(lead, "qualification", by="rina")


def sent(ticked: Any) -> list[tuple[str | None, str, str | None, str]]:
    """The messages of a tick: case, template, recipient and body."""
    return [(m.case, m.template, m.to, m.body) for m in ticked.messages]


def test_what_a_consequence_sends_is_on_the_tick(desk: Desk) -> None:
    """A parked case that comes back by itself is greeted as any other that arrives, with its case on each message."""
    desk.engine.open({"id": "L-1", **FULL}, by="rina")
    desk.engine.open({"id": "L-2", **LEAD}, by="rina")
    for case in ("L-1", "L-2"):
        desk.engine.move(case, "nurture", by="rina").or_raise()
    desk.later(days=31)
    ticked = desk.engine.tick()
    assert [event.kind for event in ticked[:2]] == ["rested", "moved"]
    assert [(m.case, m.template, m.to) for m in ticked.messages if m.case == "L-1"] == [
        *(("L-1", "new_lead", role) for role in ("manager", "sales")),
        ("L-1", "offer", "customer"),
    ]
    kind_of = {event.id: event.kind for event in desk.engine.history("L-2")}
    assert [(f.code, f.blocks, kind_of[f.event or ""]) for f in ticked.findings] == [("CASE601", False, "moved")]
    again = desk.engine.tick()
    assert (list(again), again.messages) == ([], ())


LEVELS = """\
sop: levels
title: Tingkat
version: "1"
language: id
timezone: Asia/Jakarta
roles: {sales: {title: Sales, reports_to: manager}, manager: Manajer}
stages:
  talk:
    owner: sales
    sla:
      finish:
        target: 4h
        escalate:
          - {at: 50%, notify: [holder, customer], template: half}
          - {at: 100%, notify: [reports_to, customer], template: late}
          - {at: 200%, notify: manager}
templates:
  half: {channel: note, body: "{{ lead.id }} tinggal separuh"}
  late: {channel: note, body: "{{ lead.id }} terlambat, {{ sla.finish.due | time }}"}
"""
HALF = [("L-1", "half", "sales", "L-1 tinggal separuh"), ("L-1", "half", "customer", "L-1 tinggal separuh")]
LATE = [("L-1", "late", to, "L-1 terlambat, 13.00 WIB") for to in ("reports_to", "customer")]


def test_the_levels_of_a_clock_send_their_messages() -> None:
    """Each level's template goes to everybody whom the level names, and a level without one sends nothing."""
    desk = Desk(load(LEVELS), people={"wati": "admin", "budi": "sales"})
    desk.engine.open({"id": "L-1"}, by="budi", stage="talk", since=MONDAY)
    told = []
    for _ in range(9):
        desk.later(hours=1)
        told.append(sent(desk.engine.tick()))
    held = [("L-1", "half", "holder", "L-1 tinggal separuh"), HALF[1]]
    assert [messages for messages in told if messages] == [held, LATE]


@pytest.mark.parametrize(("hours", "messages"), [(3, HALF), (5, LATE), (9, LATE)])
def test_after_a_pause_of_the_program_only_the_highest_level_is_sent(hours: int, messages: list[Any]) -> None:
    """All levels are recorded; of what was passed in the meantime nobody is told that half of the time is left."""
    desk = Desk(load(LEVELS), people={"wati": "admin", "budi": "sales"})
    desk.engine.open({"id": "L-1"}, by="wati", stage="talk", since=MONDAY)
    desk.later(hours=hours)
    ticked = desk.engine.tick()
    assert sent(ticked) == messages
    assert len(ticked) == {3: 1, 5: 2, 9: 3}[hours]


def test_grades_and_results_are_known_to_linter_and_engine() -> None:
    """A text may speak of the result of a table and of a grade; what no table or score gives is refused when it is loaded."""
    text = (
        'sop: t\ntitle: T\nversion: "1"\nfields: {size: {type: integer}}\nstages: {talk: {owner: sales, requires: [size]}}\n'
        "tables: {team: [{when: {size: '> 5'}, then: jawa}, {then: nasional}]}\n"
        "scores: {bant: {add: [{points: 9, when: {size: '> 5'}}], grades: {hot: '> 5', cold: '<= 5'}}}\n"
        'templates: {t: {channel: note, body: "{{ lead.team }} {{ lead.bant }}"}}\n'
    )
    desk = Desk(load(text))
    desk.engine.open({"id": "L-1", "size": 9}, by="budi").or_raise()
    assert desk.engine.message("L-1", "t", by="budi").body == "jawa hot"
    with pytest.raises(InvalidSop, match="SOP621"):
        load(text.replace("lead.bant", "lead.bent"))


def test_what_a_customer_writes_is_never_run_or_trusted(desk: Desk) -> None:
    """Braces and markup in a field are text: they are not run, and WhatsApp's and HTML's signs do not take effect."""
    desk.engine.open({"id": "L-1", **FULL, "name": "{{ 7 + 7 }} *bold* <b>"}, by="rina")
    assert "{{ 7 + 7 }}" in desk.engine.message("L-1", "welcome", by="rina").body
    assert "<b>" not in desk.engine.message("L-1", "thanks", by="rina").body
    assert "*bold*" not in desk.engine.message("L-1", "welcome", by="rina").body


# What a verb settles first


UNWATCHED = """\
sop: levels
title: Levels
version: "1"
language: en
timezone: Asia/Jakarta
fields: {name: string}
stages:
  talk:
    owner: sales
    requires: [name]
    sla:
      finish: {target: 24h, escalate: [{at: 50%, notify: holder, template: half}, {at: 100%, notify: holder, template: late}]}
    follow_up: {max: 1, every: 1d, via: [call], then: rest}
outcomes:
  won: {kind: success}
  rest: {kind: parked, send: {goodbye: customer}}
templates:
  half: {channel: note, body: "Half of the time for {{ lead.id }} is over."}
  late: {channel: note, body: "{{ lead.name }} is late."}
  goodbye: {channel: email, subject: "Until then", body: "We wait for you."}
"""


class Unwatched:
    """Case L-1, opened on Monday at nine by somebody of sales, and a clock that is set by hand."""

    def __init__(self, **record: Any) -> None:
        self.now = MONDAY
        self.engine = sopengine.Engine(sopengine.load_text(UNWATCHED, "levels.yaml"), clock=lambda: self.now)
        self.engine.open({"id": "L-1", **record}, by="role:sales").or_raise()

    def later(self, **length: float) -> sopengine.Engine:
        """Let time pass, without anybody looking."""
        self.now += timedelta(**length)
        return self.engine


def test_what_a_verb_settles_first_is_rendered_with_it() -> None:
    """A limit that was reached since the last look comes with the verb that takes it up, with its event, and never again."""
    desk = Unwatched(name="PT Maju")
    decision = desk.later(hours=13).note("L-1", "Seen.", by="role:sales")
    assert [message.body for message in decision.messages] == ["Half of the time for L-1 is over."]
    assert decision.messages[0].event == decision.events[0].id
    assert desk.later(hours=1).tick().messages == ()
    both = desk.later(hours=20).note("L-1", "Seen too late.", by="role:sales")
    assert [message.body for message in both.messages] == ["PT Maju is late."]
    assert desk.engine.tick().messages == ()


def test_a_refused_verb_tells_what_time_brought_as_well() -> None:
    """What time made true stays recorded beside a refusal, and so its messages and findings come with the refusal."""
    desk = Unwatched()
    refused = desk.later(hours=13).advance("L-1", by="role:sales")
    assert not refused
    assert [message.template for message in refused.messages] == ["half"]
    late = desk.later(hours=20).advance("L-1", by="role:sales")
    assert (late.messages, [(finding.code, finding.blocks) for finding in late.findings]) == (
        *((), [("CASE201", True), ("CASE601", False)]),
    )
    assert late.findings[1].event == late.events[0].id
    assert desk.engine.tick().findings == ()


def test_a_dry_run_tells_nothing_that_is_still_to_be_told() -> None:
    """What a dry run would settle is not recorded, so its message is left to whoever takes it up."""
    desk = Unwatched(name="PT Maju")
    assert desk.later(hours=13).note("L-1", "Seen.", by="role:sales", dry_run=True).messages == ()
    assert [message.template for message in desk.engine.tick().messages] == ["half"]


def test_a_case_that_time_has_moved_is_greeted_by_the_verb_that_finds_it() -> None:
    """Follow-up that was exhausted unseen sends what its outcome sends, with the verb that takes it up."""
    desk = Unwatched(name="PT Maju")
    for _ in range(2):
        desk.later(days=1).contact("L-1", via="call", by="role:sales").or_raise()
    decision = desk.later(days=5).note("L-1", "Nobody answered.", by="role:sales")
    assert [message.template for message in decision.messages] == ["goodbye"]
    assert desk.engine.case("L-1").outcome == "rest"


def test_a_case_that_is_adopted_late_says_so() -> None:
    """Whoever takes over a case that is late already is told with the opening."""
    desk = Unwatched()
    decision = desk.engine.open({"id": "L-2", "name": "CV Baru"}, by="role:sales", stage="talk", since=MONDAY - timedelta(days=2))
    assert [message.body for message in decision.messages] == ["CV Baru is late."]
    assert desk.engine.tick().messages == ()


def test_what_time_brought_before_something_was_recorded_is_told_by_the_next_tick() -> None:
    """Recording sends nothing of what happened elsewhere; what time made true of a case of one's own is still to be told."""
    desk = Unwatched(name="PT Maju")
    desk.later(hours=30)
    noted = {"case": "L-1", "kind": "noted", "text": "Called.", "at": desk.now, "by": "role:sales"}
    desk.engine.record([noted])
    assert [message.body for message in desk.engine.tick().messages] == ["PT Maju is late."]
    assert desk.engine.tick().messages == ()
    desk.engine.record([{"case": "L-1", "kind": "moved", "to": "rest", "at": desk.now, "by": "role:sales"}])
    assert desk.engine.tick().messages == ()


class Failing(MemoryStore):
    """A store that keeps so much and no more, until there is room again."""

    room = 1_000

    def append(self, batch: Sequence[Append]) -> None:
        """Append while there is room."""
        if self.room < 1:
            raise OSError("disk full")
        self.room -= 1
        super().append(batch)


@pytest.mark.parametrize("room", range(4))
def test_a_tick_that_fails_half_way_loses_no_message(room: int) -> None:
    """What was stored before the store failed is told by the next tick, once; what was not stored comes true then."""
    store, now = Failing(), [MONDAY]
    engine = sopengine.Engine(sopengine.load_text(UNWATCHED, "levels.yaml"), clock=lambda: now[0], store=store)
    cases = [f"L-{number}" for number in range(3)]
    for case in cases:
        engine.open({"id": case}, by="role:sales").or_raise()
    now[0] += timedelta(hours=13)
    store.room = room
    if room < len(cases):
        with pytest.raises(OSError, match="disk full"):
            engine.tick()
        store.room = 1_000
    ticked = engine.tick()
    assert sorted(message.case for message in ticked.messages) == cases
    assert engine.tick().messages == ()
