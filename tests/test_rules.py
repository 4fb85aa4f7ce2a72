"""Every rule of a case has its bad case: the code, the SOP line that says so, and a sentence in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

import sopengine
from sopengine.diagnostics import Finding
from sopengine.store import MemoryStore
from sopengine.wording import page
from sopengine.wording.catalogue.cases import MESSAGES
from sopengine.wording.catalogue.cases_approvals import MESSAGES as APPROVALS

SOP = """
sop: bad-cases
title: {id: Kasus buruk, en: Bad cases}
version: "1"
timezone: Asia/Jakarta
log_within: 24h
calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}
roles:
  sales: {title: {id: Tim Penjualan, en: Sales team}}
  manager: {title: {id: Manajer, en: Manager}}
fields:
  name: {type: string, title: {id: Nama, en: Name}}                # field name
  phone: {type: phone}                                             # field phone
  email: {type: email}                                             # field email
  budget: {type: money, currency: IDR, min: 0, max: 1000000000}    # field budget
  seats: {type: integer}                                           # field seats
  size: {type: number}                                             # field size
  segment: {type: choice, values: [retail, corporate]}             # field segment
  start: {type: date}                                              # field start
  call_at: {type: datetime}                                        # field call_at
  decides: {type: boolean, title: {id: Pengambil keputusan, en: Decides}}   # field decides
  customer: {type: string, pattern: "C-[0-9]+"}                    # field customer
scores:
  bant:
    add: [{points: 60, when: {budget: ">= 100"}}, {points: 40, when: {decides: true}}]
    grades: {hot: ">= 100", cold: "< 100"}
documents:
  quotation: {title: Penawaran, types: [pdf], valid_for: 14d}      # quotation
  log: {title: Catatan kontak, from: contacts}
events: [demo_done]
templates:
  greeting: {channel: email, subject: Halo, body: "Halo {{ lead.name }}"}   # greeting
stages:
  capture:                                                         # capture
    title: {id: Penerimaan, en: Capture}
    owner: sales
    requires:
      - name                                                       # requires name
      - any: [phone, email]                                        # requires any
    documents:
      - quotation                                                  # needs quotation
      - log                                                        # needs log
    checklist:
      greeted: Sudah disapa                                        # greeted
    follow_up:                                                     # follow-up
      max: 2
      min: 1
      every: 1d
      via: [call, email]
    next:
      - to: hot_desk                                               # to hot_desk
        when: {bant: hot}                                          # if hot
      - to: boss_desk                                              # to boss_desk
        by: manager
      - to: late_desk
    statuses: {fresh: Baru}
  hot_desk:
    owner: sales
  boss_desk:                                                       # boss_desk
    owner: manager
  late_desk:                                                       # late_desk
    title: {id: Meja akhir, en: Late desk}
    owner: sales
    back:
      - to: capture                                                # back to capture
        max: 1
outcomes:
  won: {kind: success}                                             # won
  lost:                                                            # lost
    kind: failure
    from: any
    reasons: [price, {code: other, note: required}]
    reopen:                                                        # reopen
      within: 3d
      to: capture
      by: manager
  rest:                                                            # rest
    kind: parked
    from: any
    recycle: {after: 30d, to: capture}
"""

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
PEOPLE = {"ani": ["sales"], "dewi": ["sales"], "citra": ["manager"], "tono": ["guest"]}
WHOLE = {"name": "PT Maju", "phone": "+62811234567", "budget": 900}


POLICY = SOP.replace(
    "calendars: {office: {", "calendars: {office: {holidays: [2026-02-03], ", 1
) + """
contact_policy:
  quiet_hours: "20:00-08:00"                                       # quiet
  closed: holidays                                                 # holidays
  max:
    per_day: 1                                                     # per day
    per_week: 9                                                    # per week
identity: {same_if: [[phone]], on_duplicate: link}                 # identity
override: {by: manager}                                            # override
"""


DUTIES = POLICY + """
routines:
  pagi: {owner: sales, every: working day, at: "09:30-10:00"}      # duty
  rapat: {owner: manager, every: friday, at: "09:30-10:00"}        # meeting
"""


class Desk:
    """An engine with one case, and a clock that is set by hand."""

    def __init__(self, text: str = SOP, /, people: Any = PEOPLE, by: str = "ani", **record: Any) -> None:
        self.now = NOW
        self.engine = sopengine.Engine(sopengine.load_text(text, "bad.yaml"), people=people, clock=lambda: self.now)
        self.engine.open({"id": "L-1", **record}, by=by).or_raise()

    def later(self, **length: int) -> Desk:
        self.now += timedelta(**length)
        return self

    def move(self, to: str, by: str = "ani", **how: Any) -> Any:
        return self.engine.move("L-1", to, by=by, **how)

    def ready(self) -> Desk:
        """Everything that the gate of the first stage asks for is in hand."""
        self.engine.edit("L-1", WHOLE, by="ani").or_raise()
        self.engine.attach("L-1", "quotation", name="penawaran.pdf", by="ani").or_raise()
        self.engine.tick_off("L-1", "greeted", by="ani").or_raise()
        self.engine.contact("L-1", via="call", by="ani").or_raise()
        return self

    def late_desk(self) -> Desk:
        self.ready().move("late_desk").or_raise()
        return self

    def lost(self) -> Desk:
        self.move("lost", reason="opt_out").or_raise()
        return self

    def rest(self) -> Desk:
        self.move("rest", reason="opt_out").or_raise()
        return self

    def contact(self, **how: Any) -> Any:
        return self.engine.contact("L-1", **({"via": "call", "by": "ani"} | how))


def closed_on_a_question() -> Any:
    desk = Desk()
    desk.engine.receive("L-1", via="email").or_raise()
    return desk.move("lost", reason="opt_out")


def done_by_another() -> Any:
    desk = Desk(DUTIES).later(hours=1)
    return desk.engine.move("rutin:bad-cases:pagi:2026-02-02:ani", "done", by="dewi")


def left_to_another_engine() -> Any:
    store, now = MemoryStore(), [NOW]
    first = sopengine.Engine(sopengine.load_text(SOP, "bad.yaml"), people=PEOPLE, store=store, clock=lambda: now[0])
    first.open({"id": "L-1"}, by="ani").or_raise()
    first.move("L-1", "rest", by="ani", reason="opt_out").or_raise()
    other = sopengine.Engine(sopengine.load_text(DUTIES, "bad.yaml"), people=PEOPLE, store=store, clock=lambda: now[0])
    now[0] += timedelta(days=31)
    return other.tick()


def bounced_twice() -> Any:
    desk = Desk()
    contact = desk.contact().events[-1].id
    desk.engine.bounce("L-1", contact).or_raise()
    return desk.engine.bounce("L-1", contact)


class Bad(NamedTuple):
    """A bad case: the code, the line of the SOP that says so (None: no line does), what is done, and whether it blocks."""

    code: str
    line: str | None
    done: Callable[[], Any]
    blocks: bool = True


def edited(name: str, value: Any) -> Any:
    return Desk().engine.edit("L-1", {name: value}, by="ani")


def gone_back_twice() -> Any:
    desk = Desk().late_desk()
    desk.move("capture", reason="keliru").or_raise()
    desk.engine.tick_off("L-1", "greeted", by="ani").or_raise()
    desk.move("late_desk").or_raise()
    return desk.move("capture", reason="keliru lagi")


def recorded_wrong() -> Any:
    desk = Desk()
    desk.engine.record([{"case": "L-1", "kind": "edited", "at": NOW, "by": "ani", "changes": {"name": 12}}])
    return desk.move("late_desk")


def chased_out() -> Any:
    desk = Desk().ready()
    for _ in range(2):
        desk.later(days=1).contact(via="email").or_raise()
    return desk.later(days=1).contact()


def moved_before_the_last_move() -> Any:
    desk = Desk().ready().later(hours=2)
    desk.move("late_desk").or_raise()
    return desk.later(hours=2).move("won", at=NOW + timedelta(hours=1))


def opened(**how: Any) -> Any:
    engine = sopengine.Engine(sopengine.load_text(SOP, "bad.yaml"), people=PEOPLE, clock=lambda: NOW)
    return engine.open({"id": "L-2"}, by="ani", **how)


def opted_out() -> Any:
    desk = Desk()
    desk.engine.opt_out("L-1", via="call").or_raise()
    return desk.contact()


def contacted_again(**later: int) -> Any:
    desk = Desk(POLICY.replace("per_week: 9", "per_week: 1") if later else POLICY).later(hours=1)
    desk.contact(via="email").or_raise()
    desk.engine.move("L-1", "rest", by="ani", reason="opt_out").or_raise()
    desk.move("capture").or_raise()
    return desk.later(hours=1, **later).contact()


def attached_twice() -> Any:
    desk = Desk()
    desk.engine.attach("L-1", "quotation", by="ani", type="pdf", content=b"Rp 5 juta").or_raise()
    return desk.engine.attach("L-1", "quotation", by="ani", type="pdf", content=b"Rp 5 juta")


def twice(on_duplicate: str) -> Desk:
    """A desk whose case is about the same as the next that is opened."""
    return Desk(POLICY.replace("on_duplicate: link", f"on_duplicate: {on_duplicate}"), phone=WHOLE["phone"])


def opened_twice(on_duplicate: str) -> Any:
    return twice(on_duplicate).engine.open({"id": "L-2", "phone": "0811 234 567"}, by="ani")


def merged() -> Desk:
    """A desk where L-2 was merged into L-1."""
    desk = Desk(POLICY)
    desk.engine.open({"id": "L-2"}, by="ani").or_raise()
    desk.engine.merge("L-2", "L-1", by="ani").or_raise()
    return desk


def linked_with_merged() -> Any:
    desk = merged()
    desk.engine.open({"id": "L-3"}, by="ani").or_raise()
    return desk.engine.link("L-3", "L-2", by="ani")


def edited_to_be_the_same() -> Any:
    desk = twice("reject")
    desk.engine.open({"id": "L-2"}, by="ani").or_raise()
    return desk.engine.edit("L-2", {"phone": WHOLE["phone"]}, by="ani")


def linked(other: str, times: int = 1) -> Any:
    sops = [sopengine.load_text(text, "bad.yaml") for text in (POLICY, POLICY.replace("sop: bad-cases", "sop: other", 1))]
    engine = sopengine.Engine(*sops, people=PEOPLE, clock=lambda: NOW)
    for case, sop in (("L-1", "bad-cases"), ("L-2", "bad-cases"), ("O-1", "other")):
        engine.open({"id": case}, by="ani", sop=sop).or_raise()
    return [engine.link("L-1", other, by="ani") for _ in range(times)][-1]


def given_to(**more: Any) -> Any:
    """A case that is given to dewi, who has another one already."""
    desk = Desk(people={**PEOPLE, "dewi": {"roles": "sales", **more}})
    desk.engine.open({"id": "L-0"}, by="dewi").or_raise()
    return desk.engine.assign("L-1", "dewi", by="ani")


CASES = [
    Bad("CASE101", "capture", lambda: Desk().move("won")),
    Bad("CASE102", "capture", lambda: Desk().engine.edit("L-1", {"name": "X"}, by="tono")),
    Bad("CASE102", "capture", lambda: Desk().engine.assign("L-1", "tono", by="tono")),
    Bad("CASE103", "to boss_desk", lambda: Desk().ready().move("boss_desk")),
    Bad("CASE103", "reopen", lambda: Desk().lost().move("capture")),
    Bad("CASE104", "if hot", lambda: Desk(budget=10, decides=False).move("hot_desk")),
    Bad("CASE105", "if hot", lambda: Desk(budget=900).move("hot_desk", by="citra")),
    Bad("CASE106", "lost", lambda: Desk().move("lost")),
    Bad("CASE107", "lost", lambda: Desk().move("lost", reason="cuaca")),
    Bad("CASE108", "lost", lambda: Desk().move("lost", reason="other")),
    Bad("CASE109", "back to capture", lambda: Desk().late_desk().move("capture")),
    Bad("CASE110", "back to capture", gone_back_twice),
    Bad("CASE111", "follow-up", lambda: Desk().move("lost", reason="price")),
    Bad("CASE112", "late_desk", moved_before_the_last_move),
    Bad("CASE113", "lost", lambda: Desk().lost().engine.edit("L-1", {"name": "X"}, by="ani")),
    Bad("CASE114", "reopen", lambda: Desk().lost().later(days=4).move("capture", by="citra")),
    Bad("CASE116", "lost", closed_on_a_question, blocks=False),
    Bad("CASE117", "capture", lambda: Desk().engine.no_reply_needed("L-1", "Tidak perlu", by="ani")),
    Bad("CASE118", "rest", lambda: Desk().rest().engine.edit("L-1", {"name": "X"}, by="ani")),
    Bad("CASE201", "requires name", lambda: Desk().move("late_desk")),
    Bad("CASE202", "requires any", lambda: Desk().move("late_desk")),
    Bad("CASE203", "requires name", recorded_wrong),
    Bad("CASE204", "needs quotation", lambda: Desk().move("late_desk")),
    Bad("CASE205", "needs log", lambda: Desk().move("late_desk")),
    Bad("CASE206", "greeted", lambda: Desk().move("late_desk")),
    Bad("CASE301", "field budget", lambda: edited("budget", "banyak")),
    Bad("CASE302", "field seats", lambda: edited("seats", Decimal("1.5"))),
    Bad("CASE303", "field segment", lambda: edited("segment", "retial")),
    Bad("CASE304", "field start", lambda: edited("start", "3/2/2026")),
    Bad("CASE305", "field call_at", lambda: edited("call_at", "besok pagi")),
    Bad("CASE306", "field call_at", lambda: edited("call_at", "2026-02-03T14:05:00")),
    Bad("CASE307", "field budget", lambda: edited("budget", -1)),
    Bad("CASE308", "field budget", lambda: edited("budget", 2000000000)),
    Bad("CASE309", "field customer", lambda: edited("customer", "17")),
    Bad("CASE310", "field email", lambda: edited("email", "rina")),
    Bad("CASE311", "field phone", lambda: edited("phone", "12")),
    Bad("CASE312", "field name", lambda: edited("name", "x" * 200_000)),
    Bad("CASE313", "field name", lambda: edited("name", 12)),
    Bad("CASE314", "field decides", lambda: edited("decides", "mungkin")),
    Bad("CASE315", "field name", lambda: edited("name", ["PT", "Maju"])),
    Bad("CASE316", "field size", lambda: edited("size", float("nan"))),
    Bad("CASE317", "field size", lambda: edited("size", 10**60)),
    Bad("CASE318", "field name", lambda: edited("name", "PT\0Maju")),
    Bad("CASE319", None, lambda: edited("colour", "red")),
    Bad("CASE320", "field size", lambda: edited("size", "50.000"), blocks=False),
    Bad("CASE223", "needs quotation", lambda: Desk().ready().later(days=15).move("late_desk")),
    Bad("CASE401", "follow-up", chased_out),
    Bad("CASE402", "follow-up", lambda: Desk().ready().later(hours=2).contact()),
    Bad("CASE403", "follow-up", lambda: Desk().ready().later(days=4).contact(), blocks=False),
    Bad("CASE404", "follow-up", lambda: Desk().ready().later(days=1).contact(via="whatsapp"), blocks=False),
    Bad("CASE411", "capture", opted_out),
    Bad("CASE412", "quiet", lambda: Desk(POLICY).later(hours=12).contact()),
    Bad("CASE413", "holidays", lambda: Desk(POLICY).later(days=1).contact()),
    Bad("CASE414", "per day", contacted_again),
    Bad("CASE415", "per week", lambda: contacted_again(days=2)),
    Bad("CASE416", "holidays", lambda: Desk(POLICY.replace("2026-02-03", "2026-02-02..2030-12-31")).contact()),
    Bad("CASE501", "capture", lambda: Desk().engine.attach("L-1", "brosur", by="ani")),
    Bad("CASE502", "capture", lambda: Desk().engine.tick_off("L-1", "menari", by="ani")),
    Bad("CASE503", "capture", lambda: Desk().engine.set_status("L-1", "lelah", by="ani")),
    Bad("CASE504", "capture", lambda: Desk().engine.signal("L-1", "hujan", by="ani")),
    Bad("CASE505", "capture", lambda: Desk().later(days=3).contact(at=NOW + timedelta(hours=1)), blocks=False),
    Bad("CASE506", "capture", lambda: Desk().contact(at=NOW + timedelta(hours=1))),
    Bad("CASE507", "capture", lambda: Desk().engine.note("L-1", "halo", by="ani", at=NOW - timedelta(hours=1))),
    Bad("CASE508", None, lambda: Desk().engine.open({"id": "L-1"}, by="ani")),
    Bad("CASE509", "capture", lambda: Desk().contact(template="salam")),
    Bad("CASE510", "capture", lambda: Desk().contact(via="merpati")),
    Bad("CASE513", "quotation", lambda: Desk().engine.attach("L-1", "quotation", by="ani", type="exe")),
    Bad("CASE515", "capture", lambda: opened(stage="gudang")),
    Bad("CASE531", "quotation", lambda: Desk().engine.attach("L-1", "quotation", by="ani", name="penawaran")),
    Bad("CASE532", "quotation", attached_twice, blocks=False),
    Bad("CASE560", None, lambda: merged().engine.note("L-2", "halo", by="ani")),
    Bad("CASE561", "identity", lambda: opened_twice("reject")),
    Bad("CASE551", "capture", lambda: Desk().engine.assign("L-1", "tono", by="ani")),
    Bad("CASE552", "capture", lambda: given_to(leave="2026-02-02"), blocks=False),
    Bad("CASE553", "capture", lambda: given_to(capacity=1), blocks=False),
    Bad("CASE562", "identity", lambda: opened_twice("link"), blocks=False),
    Bad("CASE563", "identity", lambda: opened_twice("merge"), blocks=False),
    Bad("CASE564", "identity", edited_to_be_the_same, blocks=False),
    Bad("CASE565", "identity", lambda: linked("L-1")),
    Bad("CASE566", "identity", lambda: linked("O-1")),
    Bad("CASE567", "capture", lambda: linked("L-2", times=2)),
    Bad("CASE568", "identity", linked_with_merged),
    Bad("CASE569", None, lambda: merged().engine.receive("L-2", via="email"), blocks=False),
    Bad("CASE520", "capture", lambda: Desk().engine.request("L-1", "diskon", by="ani")),
    Bad("CASE546", None, lambda: Desk().engine.move_all([{"id": "L-1", "stage": "won"}], "late_desk", by="ani")[0]),
    Bad("CASE541", "capture", lambda: Desk().move("late_desk", override="Mendesak")),
    Bad("CASE542", "override", lambda: Desk(POLICY).move("late_desk", override="Mendesak")),
    Bad("CASE543", "override", lambda: Desk(POLICY).move("boss_desk", by="citra", override="Mendesak"), blocks=False),
    Bad("CASE544", "override", lambda: Desk(POLICY).ready().move("boss_desk", by="citra", override="Mendesak"), blocks=False),
    Bad("CASE601", "greeting", lambda: Desk().contact(template="greeting")),
    Bad("CASE418", "capture", bounced_twice, False),
    Bad("CASE590", None, left_to_another_engine, False),
    Bad("CASE801", "duty", lambda: Desk(DUTIES).later(hours=1, seconds=1).engine.tick(), False),
    Bad("CASE802", "duty", lambda: Desk(DUTIES).later(days=2, hours=1).engine.tick(), False),
    Bad("CASE803", "duty", done_by_another, False),
    Bad("CASE804", "duty", lambda: Desk(DUTIES, None, "role:sales").later(hours=1).engine.tick(), False),
    Bad("CASE805", "meeting", lambda: Desk(DUTIES, {"ani": ["sales"]}).later(days=4, hours=1).engine.tick(), False),
]


def line_of(marker: str) -> int:
    """The line of the SOP that ends in a comment."""
    return next(number for number, line in enumerate(DUTIES.splitlines(), 1) if line.rstrip().endswith(f"# {marker}"))


@pytest.mark.parametrize("bad", CASES, ids=[f"{bad.code}-{bad.line}" for bad in CASES])
def test_a_bad_case_is_found(bad: Bad) -> None:
    """The code is found at the SOP line that says so, blocks or remarks, and refuses exactly when something blocks."""
    decision = bad.done()
    findings = [finding for finding in decision.findings if finding.code == bad.code]
    assert findings, [finding.code for finding in decision.findings]
    assert {finding.blocks for finding in findings} == {bad.blocks}
    assert bool(decision) is not any(finding.blocks for finding in decision.findings)
    lines = {finding.span.line if finding.span else None for finding in findings}
    assert lines == {None if bad.line is None else line_of(bad.line)}


@pytest.mark.parametrize("bad", CASES, ids=[f"{bad.code}-{bad.line}" for bad in CASES])
def test_a_bad_case_is_said_in_both_languages(bad: Bad) -> None:
    """Each finding has an English and an Indonesian sentence, different, complete, and a page that shows the way out."""
    for finding in bad.done().findings:
        said = {lang: finding.text(lang) for lang in ("en", "id")}
        assert said["en"] != said["id"]
        assert all(text.strip() and "{" not in text and "<" not in text and "None" not in text for text in said.values()), said
        assert page(finding.code, "en")
        assert page(finding.code, "id")


def test_every_code_has_a_bad_case() -> None:
    """The catalogue and the bad cases name the same codes: no rule without a case, no case without a rule."""
    of_approvals = {*APPROVALS} - {"CASE520"}  # which test_approvals.py holds
    of_documents = {"CASE221", "CASE222", *(f"CASE{number}" for number in range(533, 540))}  # test_documents.py holds them
    of_override = {"CASE545", "CASE547"}  # what it leaves open, and four eyes: test_override.py holds them
    assert {bad.code for bad in CASES} == set(MESSAGES) - of_approvals - of_override - of_documents


def only(decision: Any, code: str) -> Finding:
    return next(finding for finding in decision.findings if finding.code == code)


def test_unknown_grades_name_the_missing_facts() -> None:
    """CASE105 names the facts that somebody can fill, not the score that waits for them."""
    finding = only(Desk(budget=900).move("hot_desk"), "CASE105")
    assert "Pengambil keputusan harus diisi" in finding.text("id")
    assert "Decides must be filled" in finding.text("en")


def test_a_refusal_names_who_can_help() -> None:
    """Findings of the gate and about roles name the roles by their titles."""
    assert "Tim Penjualan" in only(Desk().move("late_desk"), "CASE201").text("id")
    assert "Sales team" in only(Desk().engine.edit("L-1", {"name": "X"}, by="tono"), "CASE102").text("en")


def test_a_parked_case_has_not_ended() -> None:
    """What cannot be done to a parked case is said to rest, with the way back; one without a way back is said to have none."""
    said = only(Desk().rest().engine.edit("L-1", {"name": "X"}, by="ani"), "CASE118")
    assert "move it to Capture to take it up again" in said.text("en")
    assert "pindahkan ke Penerimaan" in said.text("id")
    text = SOP.replace("    recycle: {after: 30d, to: capture}\n", "")
    engine = sopengine.Engine(sopengine.load_text(text, "bad.yaml"), people=PEOPLE, clock=lambda: NOW)
    engine.open({"id": "L-1"}, by="ani").or_raise()
    engine.move("L-1", "rest", by="ani", reason="opt_out").or_raise()
    assert "no way back" in only(engine.move("L-1", "capture", by="ani"), "CASE118").text("en")


def test_a_reason_without_a_list_is_in_ones_own_words() -> None:
    """CASE106 lists the SOP's reasons, and where it lists none, asks for the user's own words."""
    assert "price" in only(Desk().move("lost"), "CASE106").text("en")
    text = SOP.replace("    reasons: [price, {code: other, note: required}]\n", "")
    engine = sopengine.Engine(sopengine.load_text(text, "bad.yaml"), people=PEOPLE, clock=lambda: NOW)
    engine.open({"id": "L-1"}, by="ani").or_raise()
    finding = only(engine.move("L-1", "lost", by="ani"), "CASE106")
    assert "own words" in finding.text("en")
    assert "no_response" not in finding.text("en")
    assert "kalimat Anda sendiri" in finding.text("id")


def test_midnight_as_a_limit_is_the_end_of_the_day_before() -> None:
    """A follow-up that was due by midnight was due by the end of the day which that midnight closes."""
    finding = only(Desk().ready().later(days=4).contact(), "CASE403")
    assert "paling lambat akhir hari Selasa, 3 Februari 2026 WIB" in finding.text("id")
    assert "by the end of Tuesday, 3 February 2026 WIB" in finding.text("en")


def test_a_call_that_was_answered_is_never_too_soon() -> None:
    """CASE402 keeps the customer from being pressed; one who picks up takes part."""
    desk = Desk().ready().later(hours=2)
    assert desk.contact(dry_run=True).findings[0].code == "CASE402"
    assert desk.contact(answered=True).findings == ()


def test_all_unmet_items_are_told_at_once() -> None:
    """A refused move carries every reason, in the order of the file."""
    codes = [finding.code for finding in Desk().move("late_desk").findings]
    assert codes == ["CASE201", "CASE202", "CASE204", "CASE205", "CASE206"]


def test_what_the_todo_lists_is_what_a_move_is_refused_for() -> None:
    """The to-do of a way and the refusal of a move along it are the same findings."""
    desk = Desk()
    todo = [(finding.code, finding.span) for finding in desk.engine.todo("L-1", to="late_desk")]
    assert todo == [(finding.code, finding.span) for finding in desk.move("late_desk").findings]
