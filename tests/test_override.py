"""Overriding: who may, what is lifted and what never is, how it is counted, and what stays to be done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import sopengine
from sopengine.errors import UsageError
from sopengine.scenarios import play, read
from sopengine.store import MemoryStore
from tests.desk import codes

SOP = """\
sop: overrides
title: Pengecualian
version: "1"
language: id
timezone: Asia/Jakarta
override: {by: [manager]}
roles: {sales: Sales, manager: Manajer, guest: Tamu}
fields:
  name: {type: string, title: Nama}
  phone: {type: phone}
  email: {type: email}
  budget: {type: money, currency: IDR}
  region: {type: choice, values: [jawa, papua]}
documents:
  quotation: {title: Penawaran, valid_for: 14d}
  log: {title: Catatan, from: contacts}
  list: {title: Daftar periksa, from: checklist}
stages:
  talk:
    owner: [sales, manager]
    requires: [name, {any: [phone, email]}, {fields: [budget], when: {region: jawa}}]
    documents: [quotation, log, list]
    checklist: {sapa: Sudah disapa, catat: {text: Sudah dicatat, once: true}, boleh: {text: Boleh, optional: true}}
    follow_up: {max: 3, min: 2, every: 1d}
    next:
      - {to: closing, when: {region: jawa}}
      - {to: audit, by: sales}
      - won
  closing: {owner: [sales, manager], requires: [region], checklist: {sapa: Disapa lagi}, next: won, back: [{to: talk, max: 1}]}
  audit: {owner: sales}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reasons: [harga], reopen: {to: talk, by: manager}}
"""
PEOPLE: dict[str, Any] = {"ani": "sales", "citra": "manager", "tono": "guest"}
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
WHY = "Direktur menunggu tanda tangan"
ALL = ["CASE201", "CASE202", "CASE201", "CASE204", "CASE205", "CASE205", "CASE206", "CASE206"]
"""What the gate of the first stage tells of an empty record, the budget included because the region is not known to be none."""


class Office:
    """One open case, and a clock that is set by hand."""

    def __init__(self, text: str = SOP, **more: Any) -> None:
        self.now = MONDAY
        self.engine = sopengine.Engine(sopengine.load_text(text, "o.yaml"), people=PEOPLE, clock=lambda: self.now, **more)
        self.engine.open({"id": "L", "region": "jawa"}, by="ani").or_raise()

    def move(self, to: str = "closing", by: str = "citra", override: str | None = WHY, **how: Any) -> sopengine.Decision:
        self.now += timedelta(minutes=1)
        return self.engine.move("L", to, by=by, override=override, **how)

    def left(self) -> list[str]:
        """What the to-do says of what was lifted."""
        told = self.engine.todo("L")
        assert all(not finding.blocks for finding in told if finding.code == "CASE545")
        return [finding.params["name"] for finding in told if finding.code == "CASE545"]


@pytest.fixture
def office() -> Office:
    return Office()


def test_whoever_is_trusted_lets_one_case_go_on(office: Office) -> None:
    """The move is made; everything that was lifted is found all the same, kept on the event by code and name, and counted."""
    assert codes(office.move(override=None)) == ALL
    decision = office.move()
    assert decision
    assert decision.case.stage == "closing"
    assert codes(decision) == ["CASE543", *ALL]
    assert not any(finding.blocks for finding in decision.findings)
    assert WHY in decision.findings[0].text("id")
    [moved] = [e for e in office.engine.history("L") if e.kind == "moved"]
    assert moved.data == {"to": "closing", "override": WHY}
    assert [(item["code"], item["name"]) for item in moved.derived["lifted"]] == [
        ("CASE201", "name"),
        ("CASE202", "phone|email"),
        ("CASE201", "budget"),
        ("CASE204", "quotation"),
        ("CASE205", "log"),
        ("CASE205", "list"),
        ("CASE206", "sapa"),
        ("CASE206", "catat"),
    ]
    assert office.engine.case("L").overrides == 1


def test_what_was_lifted_stays_on_the_to_do_until_it_is_met(office: Office) -> None:
    """In whatever stage the case is; each item goes as it is met, and does not come back."""
    office.move().or_raise()
    assert office.left() == ["name", "phone|email", "budget", "quotation", "log", "sapa", "catat"]
    item = next(finding for finding in office.engine.todo("L") if finding.code == "CASE545")
    assert "Nama belum diisi" in item.text("id")
    assert WHY in item.text("id")
    office.engine.edit("L", {"name": "PT Maju", "email": "a@example.com"}, by="ani").or_raise()
    office.engine.attach("L", "quotation", by="ani").or_raise()
    assert office.left() == ["budget", "log", "sapa", "catat"]
    office.engine.contact("L", via="call", by="ani").or_raise()
    office.engine.edit("L", {"region": "papua"}, by="ani").or_raise()
    assert office.left() == ["sapa", "catat"], "the budget is asked for in Java only"
    office.engine.edit("L", {"name": None, "region": "jawa"}, by="ani").or_raise()
    office.now += timedelta(days=20)
    assert office.left() == ["sapa", "catat"], "met is met"


def test_a_lifted_tick_is_ticked_off_wherever_the_case_is(office: Office) -> None:
    """An item of the stage that was left; one of the same name here is another item and is ticked first."""
    office.move().or_raise()
    office.engine.tick_off("L", "catat", by="ani").or_raise()
    assert office.left()[-1] == "sapa"
    office.engine.tick_off("L", "sapa", by="ani").or_raise()
    assert office.engine.case("L").ticked == ("sapa",)
    assert office.left()[-1] == "sapa", "that was the item of this stage"
    assert codes(office.engine.tick_off("L", "catat", by="ani")) == ["CASE502"], "it is done"
    assert codes(office.engine.untick("L", "catat", by="ani")) == ["CASE502"]
    office.engine.edit("L", {"name": "PT Maju", "phone": "+62811234567", "budget": 5}, by="ani").or_raise()
    office.engine.move("L", "talk", by="ani", reason="ulang").or_raise()
    assert office.engine.case("L").ticked == ("catat",), "once and for all"
    assert office.left() == [], "here the gate itself asks for the rest"
    assert [f.params["name"] for f in office.engine.todo("L")] == ["quotation", "log", "list", "sapa"]


def test_the_agenda_shows_what_was_lifted(office: Office) -> None:
    """Beside what there is to do anyway: the next step is not hidden by it."""
    office.move().or_raise()
    rows = [(row.kind, row.what) for row in office.engine.agenda(role="sales")]
    assert rows == [("todo", "CASE206"), ("todo", "CASE545")]
    office.engine.tick_off("L", "sapa", by="ani").or_raise()
    rows = [(row.kind, row.what) for row in office.engine.agenda(role="sales")]
    assert rows == [("todo", "CASE545"), ("todo", "advance")]


@pytest.mark.parametrize(("by", "has"), [("ani", True), ("tono", False)])
def test_nobody_else_overrides(office: Office, by: str, has: bool) -> None:
    """Without the role the gate holds, and the refusal says who may."""
    before = office.engine.history("L")
    refused = office.move(by=by)
    assert not refused
    assert codes(refused) == [*([] if has else ["CASE102"]), *ALL, "CASE542"]
    assert "Manajer" in refused.findings[-1].text("id")
    assert office.engine.history("L") == before


def test_without_a_word_in_the_sop_nobody_overrides() -> None:
    """The default is nobody, not even the highest role; also where nothing is to be lifted."""
    office = Office(SOP.replace("override: {by: [manager]}\n", ""))
    assert codes(office.move()) == [*ALL, "CASE541"]
    assert codes(office.move("lost", reason="opt_out")) == ["CASE541"]


@pytest.mark.parametrize("reason", ["", "  ", 5, "x" * 10_001])
def test_an_override_has_a_reason(office: Office, reason: Any) -> None:
    """Words that say why, live and in an import; without any it is a wrong call."""
    with pytest.raises(UsageError):
        office.move(override=reason)
    with pytest.raises(UsageError):
        office.engine.record([{"case": "L", "kind": "moved", "at": MONDAY, "by": "citra", "to": "closing", "override": reason}])


def test_what_is_no_gate_item_is_never_lifted(office: Office) -> None:
    """No way, somebody else's way, a condition, a reason, a limit of going back, order in time: all hold, and nothing is told as
    overridden.
    """
    assert codes(office.move("nowhere")) == ["CASE101", "CASE544"]
    assert codes(office.move("audit")) == ["CASE103", *ALL]
    assert not office.move("audit")
    office.engine.edit("L", {"region": "papua"}, by="ani").or_raise()
    assert "CASE104" in codes(office.move())
    office.engine.edit("L", {"region": None}, by="ani").or_raise()
    assert "CASE105" in codes(office.move())
    assert not office.move()
    assert "CASE106" in codes(office.move("lost"))
    office.engine.edit("L", {"region": "jawa"}, by="ani").or_raise()
    assert "CASE506" in codes(office.move(at=office.now + timedelta(days=1)))
    office.move().or_raise()
    dated = office.move("won", at=MONDAY)
    assert (bool(dated), codes(dated)[-1]) == (False, "CASE112")
    assert codes(office.move("talk")) == ["CASE109", "CASE544"]
    office.move("talk", override=None, reason="ulang").or_raise()
    office.move().or_raise()
    assert codes(office.move("talk", reason="ulang")) == ["CASE110", "CASE544"]
    assert office.engine.case("L").overrides == 2


def test_whoever_may_override_need_not_own_the_stage() -> None:
    """A manager who owns no stage makes the one move that lifts something; a move that lifts nothing stays the owners'."""
    office = Office(SOP.replace("owner: [sales, manager]", "owner: sales"))
    assert "CASE102" in codes(office.move(override=None))
    decision = office.move()
    assert decision
    assert "CASE102" not in codes(decision)
    office.engine.edit("L", {"region": "papua"}, by="ani").or_raise()
    office.engine.tick_off("L", "sapa", by="ani").or_raise()
    assert codes(office.move("won")) == ["CASE102", "CASE544"]


def test_an_opt_out_is_never_lifted(office: Office) -> None:
    """An override is a word of a move; what the customer does not want, nobody overrides."""
    office.engine.opt_out("L").or_raise()
    with pytest.raises(TypeError, match="override"):
        office.engine.contact("L", via="call", by="citra", override=WHY)  # type: ignore[call-arg]
    office.move().or_raise()
    assert codes(office.engine.contact("L", via="call", by="citra")) == ["CASE411"]


FOUR_EYES = """\
sop: eyes
title: Empat mata
version: "1"
language: id
timezone: Asia/Jakarta
override: {by: [manager]}
roles: {sales: Sales, manager: {title: Manajer, stand_in: deputy}, deputy: Wakil, director: Direktur}
fields: {discount: {type: percent, title: Diskon}}
documents: {contract: {title: Kontrak, approved_by: manager}}
approvals: {diskon: {title: Diskon khusus, levels: [{by: manager}, {by: director}], void_if_changed: [discount]}}
stages: {offer: {owner: [sales, manager], documents: [contract], approvals: [diskon]}}
"""
STAFF: dict[str, Any] = {
    "ani": {"roles": ["sales", "deputy"]},
    "budi": {"roles": ["sales"]},
    "citra": {"roles": ["manager"], "leave": ["2026-03-02..2026-03-06"]},
    "eka": {"roles": ["manager"], "leave": ["2026-03-02..2026-03-06"]},
    "dewi": {"roles": ["director"]},
}


def overriding(*deeds: tuple[str, str], by: str, at: datetime = MONDAY) -> sopengine.Decision:
    """What becomes of an override after somebody opened the case and others did this and that."""
    engine = sopengine.Engine(sopengine.load_text(FOUR_EYES, "e.yaml"), people=STAFF, clock=lambda: at)
    verbs: dict[str, Any] = {
        "open": lambda who: engine.open({"id": "L", "discount": 20}, by=who),
        "attach": lambda who: engine.attach("L", "contract", by=who),
        "request": lambda who: engine.request("L", "diskon", by=who),
        "approve": lambda who: engine.approve("L", "diskon", by=who),
        "edit": lambda who: engine.edit("L", {"discount": 25}, by=who),
    }
    for deed, who in deeds:
        verbs[deed](who).or_raise()
    return engine.move("L", "won", by=by, override=WHY)


GATE = ["CASE221", "CASE212", "CASE212"]


@pytest.mark.parametrize(
    ("deeds", "found"),
    [
        ([("attach", "ani"), ("request", "ani")], ["CASE543", *GATE]),
        ([("attach", "citra"), ("request", "ani")], [*GATE, "CASE547"]),
        ([("attach", "ani"), ("request", "citra")], [*GATE, "CASE547"]),
        ([("attach", "citra"), ("request", "citra")], [*GATE, "CASE547", "CASE547", "CASE544"]),
        ([("attach", "ani"), ("request", "ani"), ("edit", "citra")], ["CASE221", "CASE214", "CASE547"]),
        ([("attach", "ani"), ("request", "ani"), ("approve", "citra")], ["CASE543", "CASE221", "CASE212"]),
        ([], ["CASE543", "CASE204", "CASE211"]),
    ],
)
def test_nobody_lets_their_own_work_pass(deeds: list[tuple[str, str]], found: list[str]) -> None:
    """An override lifts what is missing, never four eyes: not for the requester, the uploader, or who changed the terms since."""
    decision = overriding(("open", "ani"), *deeds, by="citra")
    assert (codes(decision), bool(decision)) == (found, "CASE547" not in found)


def test_nobody_lets_their_own_case_pass() -> None:
    """Who holds the case does not let the approval pass that it needs, requested or not; what is merely missing, they do."""
    decision = overriding(("open", "citra"), by="citra")
    assert codes(decision) == ["CASE204", "CASE211", "CASE547"]
    assert "citra tidak meloloskan Diskon khusus: ia sendiri yang memegang kasus ini." in decision.findings[-1].text("id")
    assert codes(overriding(("open", "citra"), ("request", "ani"), by="citra"))[-1] == "CASE547"


def test_a_stand_in_lets_pass_neither_their_own_work_nor_that_of_the_absent() -> None:
    """Four eyes see through a delegate who overrides, and a third person may."""
    away = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
    assert codes(overriding(("open", "budi"), ("attach", "ani"), by="ani", at=away))[-1] == "CASE547"
    assert overriding(("open", "budi"), ("attach", "budi"), by="ani", at=away)


def test_giving_up_early_can_be_overridden(office: Office) -> None:
    """The least number of attempts is a limit of follow-up; what is missing of it stays on the to-do after a reopening."""
    assert codes(office.move("lost", override=None, reason="harga")) == ["CASE111"]
    assert codes(office.move("lost", reason="harga")) == ["CASE543", "CASE111"]
    assert office.left() == [""]
    office.move("talk", override=None).or_raise()
    for _ in range(3):
        assert office.left() == [""]
        office.now += timedelta(days=1)
        office.engine.contact("L", via="call", by="ani").or_raise()
    assert office.left() == []


def test_an_override_that_lifts_nothing_is_remarked_on(office: Office) -> None:
    """It is no override: not counted, and nothing is kept."""
    decision = office.move("lost", reason="opt_out")
    assert (bool(decision), codes(decision)) == (True, ["CASE544"])
    assert office.engine.case("L").overrides == 0
    assert office.left() == []


def test_an_override_is_for_one_move(office: Office) -> None:
    """The next gate holds as before; lifting the same item again keeps it once, with the last reason."""
    office.move().or_raise()
    office.engine.edit("L", {"region": "jawa"}, by="ani").or_raise()
    assert codes(office.move("won", override=None)) == ["CASE206"]
    office.move("talk", override=None, reason="ulang").or_raise()
    office.move(override="Kedua kali").or_raise()
    lifted = [f for f in office.engine.todo("L") if f.code == "CASE545"]
    assert len(lifted) == 7
    assert {f.params["reason"] for f in lifted} == {"Kedua kali"}
    assert office.engine.case("L").overrides == 2


def test_a_dry_run_overrides_nothing(office: Office) -> None:
    """It says what would be lifted, and the case is as it was."""
    assert codes(office.move(dry_run=True)) == ["CASE543", *ALL]
    assert (office.engine.case("L").stage, office.engine.case("L").overrides) == ("talk", 0)


def test_a_foreign_history_is_judged_likewise(office: Office) -> None:
    """An imported override by whom the SOP trusts lifts, another one does not; both happened and both are counted as they are."""
    item = {"case": "L", "kind": "moved", "at": MONDAY, "to": "closing", "override": WHY}
    findings = office.engine.record([item | {"by": "citra"}])
    assert codes(findings) == ["CASE543", *ALL]
    assert not any(finding.blocks for finding in findings)
    assert (office.engine.case("L").overrides, len(office.left())) == (1, 7)
    other = Office()
    findings = other.engine.record([item | {"by": "ani"}])
    assert codes(findings) == [*ALL, "CASE542"]
    assert all(finding.blocks for finding in findings)
    assert (other.engine.case("L").overrides, other.left()) == (0, [])


def test_a_store_read_anew_remembers(office: Office) -> None:
    """The count and what is left follow from the recorded facts, without a directory."""
    store = MemoryStore()
    first = Office(store=store)
    first.move().or_raise()
    first.engine.edit("L", {"name": "PT Maju"}, by="ani").or_raise()
    second = sopengine.Engine(sopengine.load_text(SOP, "o.yaml"), store=store, clock=lambda: first.now)
    assert second.case("L").overrides == 1
    assert [f.params["name"] for f in second.todo("L")] == [f.params["name"] for f in first.engine.todo("L")]


def test_a_fact_told_late_meets_what_was_lifted(office: Office) -> None:
    """A quotation that was attached before the override is recorded later: it is not open any more."""
    office.now += timedelta(days=1)
    office.move().or_raise()
    assert "quotation" in office.left()
    office.engine.attach("L", "quotation", by="ani", at=MONDAY).or_raise()
    assert "quotation" not in office.left()


def test_a_scenario_overrides() -> None:
    """A line of a scenario says `override` as the verb does."""
    lines = [
        '{"people": {"ani": "sales", "citra": "manager"}}',
        '{"at": "2026-02-02T09:00:00+07:00", "do": "open", "by": "ani", "record": {"id": "L", "region": "jawa"}}',
        '{"at": "2026-02-02T09:01:00+07:00", "do": "move", "case": "L", "by": "citra", "to": "closing", "override": "Boleh"}',
    ]
    scenario, problems = read("\n".join(lines))
    assert problems == ()
    played = play(sopengine.load_text(SOP, "o.yaml"), scenario)
    assert [step.allowed for step in played.steps] == [True, True]
    assert codes(played.steps[-1].findings)[0] == "CASE543"


# A plain second opinion: fields only, so that what is lifted and what is left can be counted by hand.

PLAIN = """\
sop: plain
title: Plain
version: "1"
override: {by: boss}
stages:
  a: {owner: [crew, boss], requires: [f, g]}
  b: {owner: [crew, boss], requires: [g, h], back: [a]}
outcomes: {won: {kind: success}, lost: {kind: failure, from: any}}
"""
acts: st.SearchStrategy[list[tuple[str, str]]] = st.lists(
    st.tuples(st.sampled_from(["fill", "empty", "on", "over", "back"]), st.sampled_from("fgh")), max_size=14
)


@given(acts)
@settings(max_examples=100, deadline=None)
def test_what_is_left_is_what_was_lifted_and_not_met(history: list[tuple[str, str]]) -> None:
    """Counted by hand: an overriding move lifts the empty fields of its stage; a field that is filled at any time is met."""
    engine = sopengine.Engine(sopengine.load_text(PLAIN, "p.yaml"), people={"c": "crew", "b": "boss"}, clock=lambda: MONDAY)
    engine.open({"id": "K"}, by="c").or_raise()
    filled: set[str] = set()
    left: dict[tuple[str, str], None] = {}
    place, count, asked = "a", 0, {"a": "fg", "b": "gh"}
    for what, name in history:
        missing = [field for field in asked.get(place, "") if field not in filled]
        if what in ("fill", "empty") and place != "won":
            (filled.add if what == "fill" else filled.discard)(name)
            left = {item: None for item in left if item[1] not in filled}
            engine.edit("K", {name: "x" if what == "fill" else None}, by="c").or_raise()
        if what in ("on", "over") and place != "won":
            decision = engine.move("K", "b" if place == "a" else "won", by="b", override="ya" if what == "over" else None)
            assert bool(decision) == (what == "over" or not missing)
            if decision:
                count += bool(missing)
                left |= {(place, field): None for field in missing}
                place = "b" if place == "a" else "won"
        if what == "back" and place == "b":
            engine.move("K", "a", by="c", reason="ulang").or_raise()
            place = "a"
        gate = [field for field in asked.get(place, "") if field not in filled]
        told = [(f.code, f.params["name"]) for f in engine.todo("K")]
        stay = sorted(("CASE545", field) for _, field in left if field not in gate)
        assert told[: len(gate)] == [("CASE201", field) for field in gate]
        assert sorted(told[len(gate) :]) == stay
        assert engine.case("K").overrides == count
        event(f"left: {len(left)}")
