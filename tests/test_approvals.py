"""Approvals: level by level, four eyes, bound to what was asked for, climbing to superiors; against a plain second opinion."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from second_approvals import LADDER, Deed, Story

import sopengine
from sopengine import Engine, Sop, scenarios
from sopengine.cli.story import story
from sopengine.engine import Decision
from sopengine.kernel.compiling import compile_tables
from sopengine.kernel.consents import not_granted
from sopengine.kernel.events import Draft, Event
from sopengine.kernel.judge import judge
from sopengine.kernel.replay import replay
from sopengine.people import People, check_people
from sopengine.store import MemoryStore
from sopengine.wording import page
from sopengine.wording.catalogue.cases_approvals import MESSAGES

SOP = """\
sop: diskon
title: Penjualan dengan diskon
version: "1"
timezone: Asia/Jakarta
calendars:
  office: {hours: {mon-fri: "08:00-12:00, 13:00-17:00"}}
roles:
  sales: {title: Tim Penjualan, reports_to: coordinator}
  coordinator: {title: Koordinator, reports_to: manager}
  manager: {title: Manajer, stand_in: coordinator, reports_to: director}
  director: Direktur
fields:
  name: {type: string}
  discount: {type: percent, default: 0, max: 100}
  order_value: {type: money, currency: IDR}
approvals:
  diskon:
    title: {id: Diskon khusus, en: Special discount}
    when: {discount: "> 10"}
    levels:
      - {by: coordinator}
      - {by: manager, when: {discount: "> 20"}}
      - {by: director, when: {discount: "> 35"}}
    within: 4 working hours
    void_if_changed: [discount, order_value]
stages:
  offer: {owner: sales, approvals: [diskon]}
  closing: {owner: [sales, manager], back: [offer]}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any}
  nurture: {kind: parked, from: any, recycle: {after: 30d, to: offer}}
"""

PEOPLE: dict[str, Any] = {
    "budi": "sales",
    "wati": "sales",
    "tono": "coordinator",
    "dewi": "coordinator",
    "sari": "manager",
    "joko": "director",
}
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")


@cache
def loaded(text: str) -> Sop:
    """An SOP, read once."""
    return sopengine.load_text(text, "diskon.yaml")


class Desk:
    """An engine at an instant that the test moves on, with one case that budi holds."""

    def __init__(self, text: str = SOP, people: Any = PEOPLE, **record: Any) -> None:
        self.now = MONDAY
        self.engine = Engine(loaded(text), people=people, clock=lambda: self.now)
        self.engine.open({"id": "L-1", "name": "PT Maju", **record}, by="budi").or_raise()

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.now += timedelta(**passed)

    def request(self, by: str = "budi") -> Decision:
        """Ask for the approval."""
        return self.engine.request("L-1", "diskon", by=by)

    def approve(self, by: str) -> Decision:
        """Say yes."""
        return self.engine.approve("L-1", "diskon", by=by)

    def edit(self, by: str = "budi", **changes: Any) -> Decision:
        """Change the record."""
        return self.engine.edit("L-1", changes, by=by).or_raise()

    def todo(self) -> list[str]:
        """The codes of what is still missing."""
        return codes(self.engine.todo("L-1"))


def codes(findings: Iterable[Any]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


def test_an_approval_that_is_not_needed_gates_nothing() -> None:
    """With a discount of at most ten per cent the case goes on without anybody's consent."""
    assert Desk(discount=10).engine.advance("L-1", by="budi")


def test_an_unknown_discount_lets_nothing_through() -> None:
    """What is not known to be needless is needed, at every level."""
    desk = Desk()
    desk.edit(discount=None)
    assert desk.todo() == ["CASE211"]


def test_levels_consent_in_order_and_open_the_gate() -> None:
    """Each level consents in turn; only then does the case move, and everything unmet is said at once."""
    desk = Desk(discount=25)
    assert desk.todo() == ["CASE211"]
    desk.request().or_raise()
    assert desk.todo() == ["CASE212", "CASE212"]
    assert codes(desk.approve("sari").findings) == ["CASE527"]
    desk.approve("tono").or_raise()
    assert desk.todo() == ["CASE212"]
    assert codes(desk.engine.advance("L-1", by="budi").findings) == ["CASE212"]
    desk.approve("sari").or_raise()
    assert desk.todo() == []
    assert desk.engine.advance("L-1", by="budi")


def test_a_rejection_ends_the_request_for_good() -> None:
    """After a no, nobody's yes counts until it is requested anew."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    assert codes(desk.engine.reject("L-1", "diskon", " ", by="tono").findings) == ["CASE516"]
    desk.engine.reject("L-1", "diskon", "terlalu besar", by="tono").or_raise()
    assert desk.todo() == ["CASE213"]
    assert "terlalu besar" in desk.engine.todo("L-1")[0].text("id")
    assert codes(desk.approve("dewi").findings) == ["CASE525"]
    desk.request().or_raise()
    desk.approve("dewi").or_raise()
    assert desk.todo() == []


def test_a_field_edited_after_approval_voids_it_and_setting_it_back_does_not_revive_it() -> None:
    """The approval is bound to what was asked for, not to what the field happens to say."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    desk.edit(discount=18)
    assert desk.todo() == ["CASE214"]
    desk.edit(discount=15)
    assert desk.todo() == ["CASE214"]
    assert codes(desk.approve("dewi").findings) == ["CASE524"]
    desk.request().or_raise()
    assert desk.todo() == ["CASE212"]
    desk.approve("tono").or_raise()
    assert desk.todo() == []


def test_writing_the_same_value_changes_nothing() -> None:
    """15 and 15.0 are one value; a field that is not bound may change at will."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    desk.edit(discount="15.0", name="PT Maju Jaya")
    assert desk.todo() == []


def test_a_change_in_the_last_of_thirty_digits_is_a_change() -> None:
    """What an approval is bound to is compared whole, however long the number."""
    desk = Desk(discount=15, order_value="12345678901234567890123456789.01")
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    desk.edit(order_value="12345678901234567890123456789.010")
    assert desk.todo() == []
    desk.edit(order_value="12345678901234567890123456789.02")
    assert desk.todo() == ["CASE214"]


def test_a_late_fact_voids_what_it_shows_to_be_another_thing() -> None:
    """A change that happened between request and consent, told afterwards, voids the approval on the refold."""
    desk = Desk(discount=15)
    desk.later(hours=1)
    desk.request().or_raise()
    desk.later(hours=1)
    desk.approve("tono").or_raise()
    desk.later(hours=1)
    assert desk.todo() == []
    desk.engine.edit("L-1", {"order_value": 5_000_000}, by="budi", at=desk.now - timedelta(minutes=90)).or_raise()
    assert desk.todo() == ["CASE214"]


def test_a_late_fact_before_the_request_voids_it_as_well() -> None:
    """What was requested was another value than the one that turns out to have been there."""
    desk = Desk(discount=15)
    desk.later(hours=1)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    desk.later(hours=1)
    desk.engine.edit("L-1", {"discount": 19}, by="wati", at=desk.now - timedelta(minutes=90)).or_raise()
    assert desk.todo() == ["CASE214"]
    assert "wati" in desk.engine.todo("L-1")[0].text("en")


def test_nobody_approves_their_own_request() -> None:
    """The requester and whoever held the case since do not decide, whatever roles they have."""
    people = PEOPLE | {"budi": ["sales", "coordinator"], "wati": ["sales", "coordinator"]}
    desk = Desk(people=people, discount=15)
    desk.request().or_raise()
    assert codes(desk.approve("budi").findings) == ["CASE528"]
    desk.engine.assign("L-1", "wati", by="budi").or_raise()
    assert codes(desk.approve("wati").findings) == ["CASE528"]
    desk.engine.assign("L-1", "budi", by="wati").or_raise()
    assert codes(desk.approve("wati").findings) == ["CASE528"]
    desk.approve("tono").or_raise()


def test_not_by_narrows_who_may_not_decide() -> None:
    """With `not_by: requester` somebody who holds the case may decide."""
    text = SOP.replace("    within: 4 working hours\n", "    not_by: requester\n")
    people = PEOPLE | {"wati": ["sales", "coordinator"]}
    desk = Desk(text, people, discount=15)
    desk.request().or_raise()
    desk.engine.assign("L-1", "wati", by="budi").or_raise()
    assert desk.approve("wati")


def test_one_person_consents_once() -> None:
    """Somebody with the roles of two levels consents to one of them."""
    desk = Desk(people=PEOPLE | {"tono": ["coordinator", "manager"]}, discount=25)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    assert codes(desk.approve("tono").findings) == ["CASE529"]
    desk.approve("sari").or_raise()
    assert desk.todo() == []


def test_a_quorum_is_of_different_people() -> None:
    """Two must agree: the first one's second yes is refused."""
    desk = Desk(SOP.replace("{by: coordinator}", "{by: coordinator, quorum: 2}"), discount=15)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    assert codes(desk.approve("tono").findings) == ["CASE529"]
    assert desk.todo() == ["CASE212"]
    desk.approve("dewi").or_raise()
    assert desk.todo() == []


def test_a_level_with_nobody_eligible_climbs_at_once() -> None:
    """Where the only coordinator asked, the manager decides, in the very instant of the request."""
    people = {"budi": ["sales", "coordinator"], "sari": "manager", "joko": "director"}
    desk = Desk(people=people, discount=15)
    desk.request().or_raise()
    desk.approve("sari").or_raise()
    assert desk.todo() == []
    assert [e.kind for e in desk.engine.tick(desk.now + timedelta(seconds=1))] == []


def test_climbing_is_told_once_a_step_and_ends_in_an_alert() -> None:
    """Each step has `within`; above the top there is one alert, and then silence."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    told = [(e.kind, e.data["step"], e.data["to"]) for e in desk.engine.tick(desk.now + timedelta(days=30))]
    assert told == [("climbed", 1, ["manager"]), ("climbed", 2, ["director"]), ("alerted", 3, "director")]
    desk.later(days=31)
    assert list(desk.engine.tick()) == []
    desk.approve("tono").or_raise()
    assert desk.todo() == []


def test_a_superior_whom_the_directory_names_afterwards_decides_what_was_stuck() -> None:
    """CASE215 asks for somebody above those who may not decide; once there is one, they may."""
    text = SOP.replace("manager: {title: Manajer, stand_in: coordinator, reports_to: director}", "manager: Manajer")
    text = text.replace("coordinator: {title: Koordinator, reports_to: manager}", "coordinator: Koordinator")
    people: dict[str, Any] = {"budi": {"roles": ["sales", "coordinator"]}, "joko": {"roles": ["director"]}}
    desk = Desk(text, people, discount=15)
    desk.request().or_raise()
    assert desk.todo() == ["CASE215"]
    assert codes(desk.approve("joko").findings) == ["CASE527"]
    people["budi"]["reports_to"] = "joko"
    later = Engine(loaded(text), people=people, clock=lambda: desk.now, store=desk.engine._core.cases.store)
    later.approve("L-1", "diskon", by="joko").or_raise()
    assert codes(later.todo("L-1")) == []


def test_a_superior_named_afterwards_finds_it_on_the_agenda_and_may_say_no() -> None:
    """What was stuck stands on the agenda of whoever the directory names by now, who rejects it as they could approve it."""
    text = SOP.replace("manager: {title: Manajer, stand_in: coordinator, reports_to: director}", "manager: Manajer")
    text = text.replace("coordinator: {title: Koordinator, reports_to: manager}", "coordinator: Koordinator")
    people: dict[str, Any] = {"budi": {"roles": ["sales", "coordinator"]}, "joko": {"roles": ["director"]}, "dewi": "director"}
    desk = Desk(text, people, discount=15)
    desk.request().or_raise()
    desk.engine.tick()
    assert [desk.engine.agenda(person=person) for person in ("joko", "dewi")] == [[], []]
    people["budi"]["reports_to"] = "joko"
    later = Engine(loaded(text), people=people, clock=lambda: desk.now, store=desk.engine._core.cases.store)
    assert [[row.what for row in later.agenda(person=person)] for person in ("joko", "dewi")] == [["diskon"], []]
    assert "joko" in later.agenda(person="joko")[0].why("en")
    assert codes(later.reject("L-1", "diskon", "terlalu besar", by="dewi").findings) == ["CASE527"]
    later.reject("L-1", "diskon", "terlalu besar", by="joko").or_raise()
    assert later.agenda(person="joko") == []
    assert later.approvals("L-1")["diskon"].stands == "rejected"


def test_after_climbing_the_lower_and_the_higher_may_decide() -> None:
    """Four working hours on, the manager may decide a level of the coordinator; not a minute before."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    desk.now = datetime.fromisoformat("2026-02-02T14:00:00+07:00")
    assert codes(desk.approve("sari").findings) == ["CASE527"]
    desk.later(seconds=1)
    assert desk.approve("sari")


def requested(**more: Any) -> Desk:
    """A desk on which the approval was requested."""
    desk = Desk(**({"discount": 15} | more))
    desk.request().or_raise()
    return desk


BOSSY = PEOPLE | {"budi": ["sales", "coordinator"], "tono": ["coordinator", "manager"]}


def granted(**more: Any) -> Desk:
    """A desk on which a coordinator has said yes."""
    desk = requested(**more)
    desk.approve("tono").or_raise()
    return desk


def voided() -> Desk:
    desk = granted()
    desk.edit(discount=18)
    return desk


def rejected() -> Desk:
    desk = requested()
    desk.engine.reject("L-1", "diskon", "terlalu besar", by="tono").or_raise()
    return desk


def lonely() -> Desk:
    """A desk on which nobody is above the one who asks."""
    return requested(people={"budi": ["sales", "coordinator"]})


BAD: dict[str, tuple[str, Callable[[], Any]]] = {
    "CASE211": ("approvals: [diskon]", lambda: Desk(discount=15).engine.advance("L-1", by="budi")),
    "CASE212": ("{by: coordinator}", lambda: requested().engine.advance("L-1", by="budi")),
    "CASE213": ("approvals: [diskon]", lambda: rejected().engine.advance("L-1", by="budi")),
    "CASE214": ("approvals: [diskon]", lambda: voided().engine.advance("L-1", by="budi")),
    "CASE215": ("{by: coordinator}", lambda: lonely().engine.advance("L-1", by="budi")),
    "CASE516": ("diskon:", lambda: requested().engine.reject("L-1", "diskon", "", by="tono")),
    "CASE520": ("offer:", lambda: Desk().engine.request("L-1", "diskonto", by="budi")),
    "CASE521": ("diskon:", lambda: requested().request()),
    "CASE522": ("when: {discount:", lambda: Desk(discount=5).request()),
    "CASE523": ("diskon:", lambda: Desk(discount=15).approve("tono")),
    "CASE524": ("diskon:", lambda: voided().approve("dewi")),
    "CASE525": ("diskon:", lambda: rejected().approve("dewi")),
    "CASE526": ("diskon:", lambda: granted().approve("dewi")),
    "CASE527": ("{by: coordinator}", lambda: requested().approve("wati")),
    "CASE528": ("{by: coordinator}", lambda: requested(people=BOSSY).approve("budi")),
    "CASE529": ("{by: manager", lambda: granted(people=BOSSY, discount=25).approve("tono")),
}
REMARKS = {"CASE522"}


def test_every_code_about_approvals_has_a_bad_case() -> None:
    """The catalogue and the bad cases name the same codes."""
    assert BAD.keys() == MESSAGES.keys()


@pytest.mark.parametrize("code", BAD)
def test_a_bad_case_is_found_where_the_sop_says_so_and_said_in_both_languages(code: str) -> None:
    """The finding stands at its SOP line, blocks unless it is a remark, and is whole in English and Indonesian."""
    line, done = BAD[code]
    decision = done()
    finding = next(finding for finding in decision.findings if finding.code == code)
    assert SOP.splitlines()[finding.span.line - 1].strip().startswith(line) or line in SOP.splitlines()[finding.span.line - 1]
    assert finding.blocks is (code not in REMARKS)
    assert bool(decision) is (code in REMARKS)
    said = {lang: finding.text(lang) for lang in ("en", "id")}
    assert said["en"] != said["id"]
    assert all(text.strip() and "{" not in text and "<" not in text and "None" not in text for text in said.values()), said
    assert page(code, "en") != page(code, "id")


# Standing in and names --------------------------------------------------------------------------------------------------


AWAY = {"sari": {"roles": "manager", "name": "Sari Dewi", "leave": ["2026-02-01..2026-02-10"]}}


def test_self_approval_through_a_delegate_is_refused() -> None:
    """Who stands in for the requester is the requester."""
    desk = Desk(people=PEOPLE | {"sari": ["sales", "manager"]}, discount=25)
    desk.request(by="sari").or_raise()
    desk.approve("dewi").or_raise()
    desk.now += timedelta(days=1)
    people = PEOPLE | {"sari": {"roles": ["sales", "manager"], "leave": ["2026-02-03..2026-02-10"]}}
    desk = Desk(people=people, discount=25)
    desk.request(by="sari").or_raise()
    desk.approve("dewi").or_raise()
    desk.later(days=1)
    decision = desk.approve("tono")
    assert codes(decision.findings) == ["CASE528"]
    assert "sari, whom they act for, asked for it" in decision.findings[0].text("en")


def test_a_stand_in_decides_while_the_manager_is_away() -> None:
    """A coordinator consents for the manager on leave, and the trail says for whom; the one of the level below may not."""
    desk = Desk(people=PEOPLE | AWAY, discount=25)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    assert codes(desk.approve("tono").findings) == ["CASE529"]
    decision = desk.approve("dewi").or_raise()
    assert decision.events[-1].acting_for == "sari"
    assert desk.todo() == []


def test_one_who_was_stood_in_for_does_not_consent_again() -> None:
    """A stand-in's consent is the consent of whom they stood in for."""
    text = SOP.replace('{by: manager, when: {discount: "> 20"}}', '{by: [manager], when: {discount: "> 20"}, quorum: 2}')
    people = PEOPLE | {"sari": {"roles": "manager", "leave": ["2026-02-02"]}, "rudi": {"roles": "coordinator"}}
    desk = Desk(text, people, discount=25)
    desk.request().or_raise()
    desk.approve("rudi").or_raise()
    desk.approve("dewi").or_raise()
    desk.later(days=1)
    assert codes(desk.approve("sari").findings) == ["CASE529"]
    assert codes(desk.approve("joko").findings) == []


def test_a_persons_own_superior_wins_over_the_roles() -> None:
    """Where the directory says whom a coordinator reports to, the level climbs to that person, by name."""
    people = {
        "budi": ["sales", "coordinator"],
        "rudi": {"roles": "sales", "name": "Rudi Hartono"},
        "sari": "manager",
    }
    people["budi"] = {"roles": ["sales", "coordinator"], "reports_to": "rudi"}
    desk = Desk(people=people, discount=15)
    desk.request().or_raise()
    assert "Rudi Hartono" in desk.engine.todo("L-1")[0].text("id")
    assert codes(desk.approve("sari").findings) == ["CASE527"]
    assert desk.approve("rudi")


# Views ------------------------------------------------------------------------------------------------------------------


def test_the_view_says_how_each_level_stands() -> None:
    """State, levels, who may decide and until when, in words."""
    desk = Desk(discount=25)
    assert desk.engine.approvals("L-1")["diskon"].stands == "not_requested"
    desk.request().or_raise()
    view = desk.engine.approvals("L-1")["diskon"]
    assert (view.stands, view.requested_at, view.requested_by) == ("waiting", MONDAY, ("budi",))
    assert [(level.stands, level.who) for level in view.levels] == [
        ("waiting", ("coordinator",)),
        ("next", ("manager",)),
        ("not_needed", ("director",)),
    ]
    assert view.levels[0].due == datetime.fromisoformat("2026-02-02T14:00:00+07:00")
    desk.approve("tono").or_raise()
    desk.approve("sari").or_raise()
    view = desk.engine.approvals("L-1")["diskon"]
    assert (view.stands, view.levels[0].granted) == ("granted", (("tono", MONDAY),))
    assert "Diskon khusus" in view.why("id")[0]
    desk.edit(discount=5)
    assert desk.engine.approvals("L-1")["diskon"].stands == "not_needed"
    assert "10%" in desk.engine.approvals("L-1")["diskon"].why("en")[0]


def test_a_request_stands_on_the_agenda_of_those_who_may_decide() -> None:
    """Of coordinators, not of managers until it has climbed; never of the requester; and gone once it is decided."""
    people = PEOPLE | {"budi": ["sales", "coordinator"]}
    desk = Desk(people=people, discount=15)
    desk.request().or_raise()

    def asked(**whose: Any) -> list[tuple[str, str]]:
        return [(row.kind, row.what) for row in desk.engine.agenda(**whose) if row.kind == "approval"]

    assert asked(person="tono") == asked(role="coordinator") == [("approval", "diskon")]
    assert asked(person="sari") == asked(person="budi") == asked(role="manager") == []
    row = desk.engine.agenda(person="tono")[0]
    assert row.due == datetime.fromisoformat("2026-02-02T14:00:00+07:00")
    assert row.slack == timedelta(hours=4)
    assert "Special discount" in row.why("en")
    assert [(r.kind, r.what) for r in desk.engine.agenda(person="sari", at=desk.now + timedelta(hours=6))] == []
    desk.later(hours=6)
    desk.engine.tick()
    assert asked(person="sari") == asked(person="tono") == [("approval", "diskon")]
    desk.approve("sari").or_raise()
    assert asked(person="sari") == asked(person="tono") == []


def test_a_stand_ins_agenda_has_what_they_decide_for_others() -> None:
    """While the manager is away, the coordinator who has not consented yet is asked."""
    desk = Desk(people=PEOPLE | AWAY, discount=25)
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    assert [row.what for row in desk.engine.agenda(person="dewi")] == ["diskon"]
    assert desk.engine.agenda(person="tono") == []


def test_deadlines_list_every_climb() -> None:
    """What time alone will do: two climbs and the alert, each with its words."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    coming = desk.engine.deadlines("L-1")
    assert [deadline.what for deadline in coming] == ["climbs", "climbs", "alerts"]
    assert "Manajer" in coming[0].why("id")
    assert coming[0].at == datetime.fromisoformat("2026-02-02T14:00:00+07:00") + timedelta(microseconds=1)


# What is said of the files ----------------------------------------------------------------------------------------------


def test_a_quorum_of_more_people_than_there_are_is_said() -> None:
    """The directory is checked against the levels: two must agree, and there is one."""
    sop = sopengine.load_text(SOP.replace("{by: coordinator}", "{by: manager, quorum: 2}"), "diskon.yaml")
    found = [d for d in check_people(People.from_mapping(PEOPLE), sop) if d.code == "SOP783"]
    assert [(d.span.line, d.params["quorum"], d.params["count"]) for d in found] == [(21, 2, 1)]
    assert not [d for d in check_people(People.from_mapping(PEOPLE | {"rudi": "manager"}), sop) if d.code == "SOP783"]


# Against a plain second opinion -----------------------------------------------------------------------------------------

PLAIN = SOP.replace("within: 4 working hours", "within: 4h").replace("[discount, order_value]", "discount")
STAFF: dict[str, list[str]] = {
    "budi": ["sales", "coordinator"],
    "wati": ["sales"],
    "tono": ["coordinator", "manager"],
    "dewi": ["coordinator"],
    "sari": ["manager", "sales"],
    "joko": ["director"],
}
NAMES = st.sampled_from(sorted(STAFF))
DEEDS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.one_of(
            st.tuples(st.just("asked"), st.sampled_from(["budi", "wati", "sari"]), st.none()),
            st.tuples(st.just("asked"), NAMES, st.none()),
            st.tuples(st.just("yes"), NAMES, st.none()),
            st.tuples(st.just("yes"), NAMES, st.none()),
            st.tuples(st.just("no"), NAMES, st.none()),
            st.tuples(st.just("discount"), st.just("budi"), st.sampled_from([5, 15, 25, 40, None])),
            st.tuples(st.just("holder"), st.just("joko"), st.sampled_from(["budi", "wati", "sari"])),
        ),
    ),
    max_size=14,
)


def carry_out(desk: Desk, deed: Deed) -> bool:
    """Do it, or be refused."""
    desk.now = MONDAY + timedelta(hours=deed.hour)
    if deed.what == "asked":
        return bool(desk.request(by=deed.who))
    if deed.what == "yes":
        return bool(desk.approve(deed.who))
    if deed.what == "no":
        return bool(desk.engine.reject("L-1", "diskon", "tidak", by=deed.who))
    if deed.what == "holder":
        return bool(desk.engine.assign("L-1", deed.value, by=deed.who))
    return bool(desk.engine.edit("L-1", {"discount": deed.value}, by=deed.who))


def told(desk: Desk) -> list[tuple[str, int, datetime]]:
    """The levels that climbed, to which step and when."""
    kinds = ("climbed", "alerted")
    found = [event for event in desk.engine.history("L-1") if event.kind in kinds]
    return [(LADDER[e.data["level"] - 1], e.data["step"], e.occurred_at) for e in found]


@given(st.sampled_from([15, 25, 40]), DEEDS, st.booleans())
def test_what_is_refused_and_what_is_missing_is_what_a_second_opinion_says(
    discount: int, chosen: list[tuple[int, tuple[str, str, Any]]], often: bool
) -> None:
    """Every act is allowed or refused, and every gate says, what the plain story says; also what climbs, and when."""
    desk, hour = Desk(PLAIN, STAFF, discount=discount), 0
    story = Story(STAFF, "budi", discount)
    for passed, (what, who, value) in chosen:
        hour += passed
        deed = Deed(hour, what, who, value)
        if often:
            desk.now = MONDAY + timedelta(hours=hour)
            desk.engine.tick()
        allowed = story.allows(deed)
        assert carry_out(desk, deed) is allowed, deed
        if allowed:
            story.tell(deed)
        assert desk.todo() == story.gate(), deed
    story.hour(hour + 100)
    desk.engine.tick(MONDAY + timedelta(hours=hour + 100))
    start = int(MONDAY.timestamp() * 1_000_000)
    found = [(level, step, (at - start) // 3_600_000_000) for level, step, at in told(desk)]
    assert found == story.told


@given(st.sampled_from([15, 25, 40]), DEEDS, st.lists(st.integers(0, 200), max_size=6))
def test_what_climbs_does_not_depend_on_when_somebody_looks(
    discount: int, chosen: list[tuple[int, tuple[str, str, Any]]], looks: list[int]
) -> None:
    """Ticking often, seldom or in odd steps records the same notices; a replay of the store finds the same case."""
    desks, hour = [Desk(PLAIN, STAFF, discount=discount) for _ in range(2)], 0
    for passed, (what, who, value) in chosen:
        for look in sorted(look for look in looks if hour <= look < hour + passed):
            desks[1].now = MONDAY + timedelta(hours=look, minutes=17)
            desks[1].engine.tick()
        hour += passed
        for desk in desks:
            carry_out(desk, Deed(hour, what, who, value))
    for desk in desks:
        desk.engine.tick(MONDAY + timedelta(hours=hour + 100))
    history = [[(e.kind, e.occurred_at, e.by, e.data) for e in desk.engine.history("L-1")] for desk in desks]
    assert sorted(history[0], key=repr) == sorted(history[1], key=repr)
    live = desks[0].engine.live("L-1")
    end = int((MONDAY + timedelta(hours=hour + 100)).timestamp()) * 1_000_000
    rebuilt = replay(live.tables, "L-1", desks[0].engine.history("L-1"), at=end).state
    assert rebuilt.approvals == live.state.approvals


# Late facts, foreign histories, other stores ----------------------------------------------------------------------------


def test_a_consent_told_late_takes_back_what_had_climbed() -> None:
    """The level had consented before it climbed: the notice is corrected, and what waits is the next level."""
    desk = Desk(discount=25)
    desk.request().or_raise()
    desk.later(days=1)
    desk.engine.tick()
    assert [(level, step) for level, step, _ in told(desk)] == [("coordinator", 1)]
    desk.engine.approve("L-1", "diskon", by="tono", at=MONDAY + timedelta(hours=1)).or_raise()
    kinds = [event.kind for event in desk.engine.history("L-1")]
    assert kinds == ["opened", "requested", "climbed", "approved", "corrected", "climbed"]
    moved = desk.engine.history("L-1")[-1]
    assert (moved.data["level"], moved.data["to"]) == (2, ["director"])
    assert desk.engine.history("L-1")[-2].cause == desk.engine.history("L-1")[2].id


def test_an_edit_told_late_takes_back_every_climb_after_it() -> None:
    """What was void from then on did not climb."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    desk.later(days=2)
    desk.engine.tick()
    assert len(told(desk)) == 3
    desk.engine.edit("L-1", {"order_value": 7}, by="budi", at=MONDAY + timedelta(hours=1)).or_raise()
    assert [event.kind for event in desk.engine.history("L-1")][-3:] == ["corrected"] * 3
    desk.later(days=20)
    assert list(desk.engine.tick()) == []


def test_another_engine_on_the_store_finds_the_same() -> None:
    """Nothing of an approval is kept outside the history: another engine, without the people, says the same of it."""
    store = MemoryStore()
    desk = Desk()
    desk.engine = Engine(loaded(SOP), people=PEOPLE, clock=lambda: desk.now, store=store)
    desk.engine.open({"id": "L-1", "discount": 25}, by="budi").or_raise()
    desk.request().or_raise()
    desk.later(hours=6)
    desk.engine.tick()
    desk.approve("tono").or_raise()
    before = (codes(desk.engine.todo("L-1")), desk.engine.approvals("L-1")["diskon"], desk.engine.deadlines("L-1"))
    desk.engine = Engine(loaded(SOP), clock=lambda: desk.now, store=store)
    after = (codes(desk.engine.todo("L-1")), desk.engine.approvals("L-1")["diskon"], desk.engine.deadlines("L-1"))
    assert before == after


def test_a_history_from_elsewhere_is_judged_and_adopted() -> None:
    """What was decided elsewhere is taken in and counts; what four eyes forbid is told, and does not."""
    desk = Desk(discount=25)
    desk.later(days=5)

    def item(hour: int, kind: str, by: str, **more: Any) -> dict[str, Any]:
        return {"case": "L-1", "kind": kind, "at": MONDAY + timedelta(hours=hour), "by": by, **more}

    told_by = [
        item(1, "approved", "mila", what="diskon", roles=["coordinator"]),
        item(2, "approved", "mila", what="diskon", roles=["manager"]),
        item(3, "moved", "budi", to="closing"),
        item(4, "approved", "nadia", what="diskon", roles=["manager"]),
        item(5, "approved", "mila", what="diskon", roles=["manager"]),
        item(5, "approved", "mila", what="nothing", roles=["manager"]),
        item(6, "requested", "budi", approval="nothing"),
    ]
    assert codes(desk.engine.record(told_by)) == ["CASE523", "CASE529", "CASE212", "CASE526", "CASE520", "CASE520"]
    assert desk.engine.case("L-1").stage == "closing"
    assert desk.engine.approvals("L-1")["diskon"].stands == "granted"


@pytest.mark.parametrize("requested_there", [True, False])
def test_a_recorded_consent_to_ones_own_request_opens_no_gate(requested_there: bool) -> None:
    """It happened and is named, and the live gate still asks for somebody else's word; so it is for a case of one's own."""
    desk = Desk(discount=15)
    item = {"case": "L-1", "kind": "approved", "by": "budi", "what": "diskon", "roles": ["coordinator"], "at": MONDAY}
    if requested_there:
        desk.request().or_raise()
    assert codes(desk.engine.record([item])) == ["CASE528" if requested_there else "CASE523"]
    assert [event.kind for event in desk.engine.history("L-1")].count("approved") == 1
    assert codes(desk.engine.advance("L-1", by="budi").findings) == ["CASE212" if requested_there else "CASE211"]
    if not requested_there:
        desk.request().or_raise()
    desk.approve("tono").or_raise()
    desk.engine.advance("L-1", by="budi").or_raise()


def test_events_without_anything_looked_up_are_judged_by_what_is_there() -> None:
    """A request that keeps neither hash nor chain climbs along the SOP's own roles, when `within` passes."""
    tables = compile_tables(loaded(SOP))
    start = int(MONDAY.timestamp()) * 1_000_000

    def event(number: int, kind: str, by: str, hour: int, roles: tuple[str, ...], **data: Any) -> Event:
        draft = Draft(kind, start + hour * 3_600_000_000, by, roles, data)
        return draft.placed("case:L-1", number, draft.occurred_at, "")

    history = [
        event(1, "opened", "budi", 0, ("sales",), stage="offer", record={"discount": 15}),
        event(2, "requested", "budi", 0, ("sales",), approval="diskon"),
    ]
    found = replay(tables, "L-1", history, at=start + 6 * 3_600_000_000)
    assert [draft.data["to"] for draft in found.notices.values()] == [["manager"]]
    decided = event(3, "approved", "sari", 6, ("manager",), what="diskon")
    assert judge(tables, found.state, decided) == []
    after = replay(tables, "L-1", [*history, decided]).state
    assert not_granted(tables, tables.places["offer"], tables.places["offer"].consents[0], after, after.facts) == ()


def test_nothing_waits_while_a_case_rests() -> None:
    """A parked case climbs nowhere; when it is back, the level has its whole time again."""
    desk = Desk(discount=15)
    desk.request().or_raise()
    desk.later(hours=1)
    desk.engine.move("L-1", "nurture", by="budi").or_raise()
    desk.later(days=3)
    assert [event.kind for event in desk.engine.tick()] == []
    assert codes(desk.approve("tono").findings) == ["CASE118"]
    desk.engine.move("L-1", "offer", by="budi").or_raise()
    assert desk.todo() == ["CASE212"]
    assert desk.engine.approvals("L-1")["diskon"].levels[0].due == datetime.fromisoformat("2026-02-05T15:00:00+07:00")


def test_an_approval_outlives_visits() -> None:
    """Going back and forth asks nobody twice."""
    desk = granted()
    desk.engine.advance("L-1", by="budi").or_raise()
    desk.engine.move("L-1", "offer", by="budi", reason="harga").or_raise()
    assert desk.todo() == []
    assert desk.engine.advance("L-1", by="budi")


def test_a_clock_may_run_until_an_approval() -> None:
    """`approval.diskon` is the moment of the last consent that is needed."""
    text = SOP.replace(
        "approvals: [diskon]}", "approvals: [diskon], sla: {izin: {from: entered, until: approval.diskon, target: 2h}}}"
    )
    desk = Desk(text, discount=25)
    desk.request().or_raise()
    desk.later(hours=1)
    desk.approve("tono").or_raise()
    assert desk.engine.clocks("L-1")["izin"].state == "running"
    desk.approve("sari").or_raise()
    assert desk.engine.clocks("L-1")["izin"].state == "met"


def test_a_predicate_of_the_host_decides_whether_a_level_is_asked() -> None:
    """What the host answered is kept on the event; a level that it does not need is not asked."""
    text = SOP.replace('{by: manager, when: {discount: "> 20"}}', "{by: manager, when: {predicate: besar}}")
    desk, answer = Desk(discount=15), [False]
    sop = loaded(text)
    desk.engine = Engine(sop, people=PEOPLE, clock=lambda: desk.now, predicates={"besar": lambda record: answer[0]})
    desk.engine.open({"id": "L-1", "discount": 15}, by="budi").or_raise()
    desk.request().or_raise()
    desk.approve("tono").or_raise()
    assert desk.todo() == []
    answer[0] = True
    assert desk.todo() == ["CASE212"]
    assert codes(desk.engine.advance("L-1", by="budi").findings) == ["CASE212"]
    assert desk.approve("sari")
    assert desk.todo() == []


def test_a_consent_does_not_take_the_case() -> None:
    """Who decides on a case that nobody holds does not hold it by that, although the stage is theirs."""
    desk = Desk(SOP.replace("offer: {owner: sales,", "offer: {owner: [sales, coordinator],"), discount=15)
    desk.engine.open({"id": "L-2", "discount": 15}, by="wati", stage="offer", since=MONDAY).or_raise()
    holder = desk.engine.case("L-2").holder
    desk.engine.request("L-2", "diskon", by="wati").or_raise()
    desk.engine.approve("L-2", "diskon", by="tono").or_raise()
    assert desk.engine.case("L-2").holder == (holder or "wati")


def test_the_timeline_tells_it_in_words() -> None:
    """Request, climbing, rejection and consent are told with titles, in both languages."""
    lines = [
        {"people": PEOPLE},
        {"at": "2026-02-02T09:00:00+07:00", "do": "open", "by": "budi", "record": {"id": "L-1", "discount": 15}},
        {"at": "2026-02-02T09:00:00+07:00", "do": "request", "by": "budi", "case": "L-1", "approval": "diskon"},
        {"at": "2026-02-03T09:00:00+07:00", "do": "approve", "by": "wati", "case": "L-1", "what": "diskon"},
        {"at": "2026-02-03T09:10:00+07:00", "do": "reject", "by": "tono", "case": "L-1", "what": "diskon", "reason": "mahal"},
    ]
    scenario, problems = scenarios.read("\n".join(map(json.dumps, lines)))
    assert problems == ()
    played = scenarios.play(loaded(SOP), scenario)
    english = [entry.what for entry in story(played, "L-1", "en")]
    assert english == [
        "opened the case in Offer",
        "requested the approval Special discount",
        "level 1 of Special discount goes on to Manajer: it was not decided in time",
        "approve (Special discount)",
        "level 1 of Special discount goes on to Direktur: it was not decided in time",
        "rejected Special discount at level 1 as Koordinator",
    ]
    indonesian = story(played, "L-1", "id")
    assert indonesian[2].what == "tingkat 1 dari Diskon khusus naik ke Manajer: tidak diputuskan tepat waktu"
    assert indonesian[-1].details == ("alasan: mahal",)


def test_a_level_with_too_few_people_climbs_and_both_steps_count() -> None:
    """Two must agree and there is one coordinator: the manager is asked as well, at once, and one of each will do."""
    people = {name: roles for name, roles in PEOPLE.items() if name != "dewi"}
    desk = Desk(SOP.replace("{by: coordinator}", "{by: coordinator, quorum: 2}"), people, discount=15)
    desk.request().or_raise()
    assert desk.engine.approvals("L-1")["diskon"].levels[0].who == ("coordinator", "manager")
    desk.approve("sari").or_raise()
    desk.approve("tono").or_raise()
    assert desk.todo() == []


def test_who_changed_what_the_approval_looks_at_does_not_decide() -> None:
    """The discount is not bound here, and a coordinator who raises it after the request may not agree to it."""
    text = SOP.replace("[discount, order_value]", "order_value").replace("owner: sales, app", "owner: [sales, coordinator], app")
    desk = Desk(text, discount=15)
    desk.request().or_raise()
    desk.edit(by="tono", discount=18)
    decision = desk.approve("tono")
    assert codes(decision.findings) == ["CASE528"]
    assert "mengubah isian" in decision.findings[0].text("id")
    assert desk.approve("dewi")
    desk.edit(discount=25)
    assert desk.todo() == ["CASE212"]
    desk.approve("sari").or_raise()
    desk.edit(discount=12)
    assert desk.todo() == []
