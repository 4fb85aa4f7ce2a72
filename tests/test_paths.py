"""One gate on every path: a single move, many at once, host objects, advance, imports and what time does are judged alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import sopengine
from sopengine.diagnostics import Finding
from sopengine.errors import UnknownCase, UsageError
from sopengine.scenarios import play, read
from tests.desk import codes

SOP = """\
sop: paths
title: Jalur
version: "1"
language: id
timezone: Asia/Jakarta
override: {by: manager}
roles: {sales: Sales, manager: Manajer}
fields:
  name: {type: string, title: Nama}
  phone: {type: phone}
  email: {type: email}
documents: {quotation: {title: Penawaran, types: [pdf], valid_for: 14d}}
stages:
  talk:
    owner: [sales, manager]
    requires: [name, {any: [phone, email]}]
    documents: [quotation]
    checklist: {sapa: Sudah disapa, catat: {text: Sudah dicatat, once: true}, boleh: {text: Boleh, optional: true}}
    next: closing
  closing: {owner: [sales, manager], back: [talk], checklist: {sapa: Disapa lagi}, next: won}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reopen: {to: talk, by: sales}}
  rest: {kind: parked, from: any, recycle: {after: 30d, to: talk}}
"""
PEOPLE: dict[str, Any] = {"ani": "sales", "citra": "manager"}
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")


@dataclass
class Lead:
    """A lead of a host's own."""

    id: str
    stage: str = "talk"
    name: str | None = None
    phone: str | None = None


class Office:
    """Cases in the first stage with what a test puts in hand, and a clock that is set by hand."""

    def __init__(self, *steps: str, cases: int = 1, **more: Any) -> None:
        self.now = MONDAY
        self.engine = sopengine.Engine(sopengine.load_text(SOP, "p.yaml"), people=PEOPLE, clock=lambda: self.now, **more)
        self.cases = [f"L-{number}" for number in range(1, cases + 1)]
        for case in self.cases:
            self.engine.open({"id": case}, by="ani").or_raise()
            for step in steps:
                STEPS[step](self.engine, case)
        if "expired" in steps:
            self.now += timedelta(days=15)


STEPS: dict[str, Callable[[sopengine.Engine, str], Any]] = {
    "name": lambda engine, case: engine.edit(case, {"name": "PT Maju"}, by="ani").or_raise(),
    "phone": lambda engine, case: engine.edit(case, {"phone": "+62811234567"}, by="ani").or_raise(),
    "quotation": lambda engine, case: engine.attach(case, "quotation", name="a.pdf", by="ani").or_raise(),
    "expired": lambda engine, case: None,
    "sapa": lambda engine, case: engine.tick_off(case, "sapa", by="ani").or_raise(),
    "catat": lambda engine, case: engine.tick_off(case, "catat", by="ani").or_raise(),
}
WHOLE = ("name", "phone", "quotation", "sapa", "catat")


def told(found: Any) -> list[tuple[str, str, int, bool]]:
    """What findings say, whichever path they came on: code, sentence, line, and whether it blocks."""
    findings: tuple[Finding, ...] = tuple(getattr(found, "findings", found))
    return [(f.code, f.text("id"), f.span.line if f.span else 0, f.blocks) for f in findings]


def scenario(office: Office, steps: tuple[str, ...]) -> Any:
    """The last step of the same case played from JSON Lines."""
    moment = MONDAY.isoformat()
    words = {
        "name": f'{{"at": "{moment}", "do": "edit", "case": "L-1", "by": "ani", "changes": {{"name": "PT Maju"}}}}',
        "phone": f'{{"at": "{moment}", "do": "edit", "case": "L-1", "by": "ani", "changes": {{"phone": "+62811234567"}}}}',
        "quotation": f'{{"at": "{moment}", "do": "attach", "case": "L-1", "by": "ani", "document": "quotation", "type": "pdf"}}',
        "sapa": f'{{"at": "{moment}", "do": "tick_off", "case": "L-1", "by": "ani", "item": "sapa"}}',
        "catat": f'{{"at": "{moment}", "do": "tick_off", "case": "L-1", "by": "ani", "item": "catat"}}',
    }
    lines = ['{"people": {"ani": "sales", "citra": "manager"}}']
    lines += [f'{{"at": "{moment}", "do": "open", "by": "ani", "record": {{"id": "L-1"}}}}']
    lines += [words[step] for step in steps if step in words]
    lines += [f'{{"at": "{office.now.isoformat()}", "do": "move", "case": "L-1", "by": "ani", "to": "closing"}}']
    read_in, problems = read("\n".join(lines))
    assert problems == ()
    return play(sopengine.load_text(SOP, "p.yaml"), read_in).steps[-1].findings


hands = st.lists(st.sampled_from([*WHOLE, "expired"]), unique=True).map(lambda steps: tuple(s for s in STEPS if s in steps))


@given(hands)
@settings(max_examples=60, deadline=None)
def test_the_gate_says_the_same_on_every_path(steps: tuple[str, ...]) -> None:
    """Single, many at once, host object, advance, dry run, to-do, scenario and import: the same items in the same words."""

    def office() -> Office:
        return Office(*steps)

    one = office()
    single = one.engine.move("L-1", "closing", by="ani")
    expected = told(single)
    lead = Lead("L-1", name="PT Maju" if "name" in steps else None, phone="+62811234567" if "phone" in steps else None)
    assert told(one.engine.todo("L-1", "closing") if not single else ()) == expected
    assert told(office().engine.advance("L-1", by="ani")) == expected
    assert told(office().engine.move("L-1", "closing", by="ani", dry_run=True)) == expected
    assert told(office().engine.move_all(["L-1"], "closing", by="ani")[0]) == expected
    assert told(office().engine.move(lead, "closing", by="ani")) == expected
    assert lead.stage == ("closing" if single else "talk")
    assert told(scenario(one, steps)) == expected
    imported = office()
    at = imported.now
    found = imported.engine.record([{"case": "L-1", "kind": "moved", "at": at, "by": "ani", "to": "closing"}])
    assert told(found) == expected
    assert imported.engine.case("L-1").stage == "closing", "what has happened is recorded all the same"
    event(f"{len(expected)} items")


def test_a_gate_holds_on_bulk_moves_and_imports() -> None:
    """Of many cases those that lack something stay, whatever comes before or after them; an import names each deviation."""
    office = Office(*WHOLE, cases=50)
    lacking = {f"L-{number}" for number in range(1, 51) if number % 3 == 0}
    for case in lacking:
        office.engine.untick(case, "sapa", by="ani").or_raise()
    decisions = office.engine.move_all(office.cases, "closing", by="ani")
    assert [decision.case.id for decision in decisions] == office.cases
    assert {decision.case.id for decision in decisions if not decision} == lacking
    assert all(codes(decision) == ["CASE206"] for decision in decisions if not decision)
    assert {view.id for view in office.engine.cases() if view.stage == "talk"} == lacking
    items = [{"case": case, "kind": "moved", "at": MONDAY, "by": "ani", "to": "closing"} for case in sorted(lacking)]
    found = office.engine.record(items)
    assert [(finding.code, finding.blocks) for finding in found] == [("CASE206", True)] * len(lacking)


def test_many_moves_can_be_repeated_under_one_key() -> None:
    """The second call gives the first decisions and moves nothing."""
    office = Office(*WHOLE, cases=3)
    first = office.engine.move_all(office.cases, "closing", by="ani", key="pagi")
    lengths = [len(office.engine.history(case)) for case in office.cases]
    again = office.engine.move_all(office.cases, "closing", by="ani", key="pagi")
    assert [bool(decision) for decision in again] == [bool(decision) for decision in first] == [True] * 3
    assert [len(office.engine.history(case)) for case in office.cases] == lengths


def test_many_moves_can_be_overridden() -> None:
    """Each on its own, each counted."""
    office = Office(cases=3)
    office.engine.edit("L-2", {"name": "PT Maju"}, by="ani").or_raise()
    decisions = office.engine.move_all(office.cases, "closing", by="citra", override="Akhir tahun")
    assert [len(decision.findings) for decision in decisions] == [6, 5, 6]
    assert [view.overrides for view in office.engine.cases()] == [1, 1, 1]


def test_of_many_cases_none_moves_when_one_does_not_exist() -> None:
    """What is wrong with the call is told before anything is done."""
    office = Office(*WHOLE, cases=2)
    with pytest.raises(UnknownCase):
        office.engine.move_all(["L-1", "L-9", "L-2"], "closing", by="ani")
    for wrong in ("L-1", {"id": "L-1"}, 5, None):
        with pytest.raises(UsageError):
            office.engine.move_all(wrong, "closing", by="ani")  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        office.engine.move_all(["L-1", None], "closing", by="ani")
    with pytest.raises(UsageError):
        office.engine.move_all(["L-1"], "", by="ani")
    assert {view.stage for view in office.engine.cases()} == {"talk"}
    assert office.engine.move_all([], "closing", by="ani") == []


def test_one_of_many_that_is_stale_does_not_stop_the_others() -> None:
    """An object that says another stage than its case is refused with the reason; the rest are decided."""
    office = Office(*WHOLE, cases=3)
    leads: list[Any] = ["L-1", Lead("L-2", stage="closing", name="PT Maju", phone="+62811234567"), "L-3", "L-3"]
    decisions = office.engine.move_all(leads, "closing", by="ani")
    assert [bool(decision) for decision in decisions] == [True, False, True, False]
    assert codes(decisions[1]) == ["CASE546"]
    assert "closing" in decisions[1].findings[0].text("id")
    assert decisions[1].to_dict()["stage"] == "talk"
    assert codes(decisions[3]) == ["CASE101"]


# Ticks: a plain second opinion of what is ticked, along every way into a stage.

TICKS = ("sapa", "catat", "boleh", "-sapa", "-catat")
ways = st.lists(st.sampled_from([*TICKS, "on", "again", "lost", "rest", "wake"]), max_size=16)


@given(ways)
@settings(max_examples=100, deadline=None)
def test_ticks_start_empty_but_those_made_once_and_for_all(history: list[str]) -> None:
    """A new visit after going back, a reopening or a rest has no ticks, but those of `once`; optional ones never gate."""
    office = Office("name", "phone", "quotation")
    engine, place = office.engine, "talk"
    now: set[str] = set()
    once: set[str] = set()
    for step in history:
        office.now += timedelta(seconds=1)
        code = step.removeprefix("-")
        if code in ("sapa", "catat", "boleh"):
            verb = engine.untick if step.startswith("-") else engine.tick_off
            known = {"talk": {"sapa", "catat", "boleh"}, "closing": {"sapa"}}.get(place, set())
            assert bool(verb("L-1", code, by="ani")) is (code in known)
            if code in known:
                kept = once if place == "talk" and code == "catat" else now
                (kept.discard if step.startswith("-") else kept.add)(code)
        elif step != "wake":
            to = {"on": "closing" if place == "talk" else "won", "again": "talk"}.get(step, step)
            here = {"talk": {"sapa", "catat"} <= now | once, "closing": "sapa" in now}
            may = {"on": here.get(place, False), "again": place in ("closing", "lost", "rest")}.get(step, place in here)
            assert bool(engine.move("L-1", to, by="ani", reason="begitu")) is may, (step, place)
            place, now = (to, set()) if may else (place, now)
        elif place == "rest":
            office.now += timedelta(days=31)
            engine.tick()
            place, now = "talk", set()
            engine.attach("L-1", "quotation", type="pdf", by="ani").or_raise()
        view = engine.case("L-1")
        assert (view.place, set(view.ticked)) == (place, (now | once) if place == "talk" else now)
    event(place)


def test_one_of_many_that_cannot_be_read_does_not_stop_the_others() -> None:
    """Neither an object that fails while it is read nor a key of something else hides what was done to the others."""

    class Broken(Lead):
        @property
        def email(self) -> str:
            raise OSError("database gone")

    office = Office(*WHOLE, cases=3)
    office.engine.note("L-3", "Ditelepon.", by="ani", key="pagi/L-3").or_raise()
    leads = [Lead("L-1", name="PT Maju", phone="+62811234567"), Broken("L-2"), "L-3"]
    decisions = office.engine.move_all(leads, "closing", by="ani", key="pagi")
    assert list(map(bool, decisions)) == [True, False, False]
    assert [codes(decision) for decision in decisions[1:]] == [["CASE546"], ["CASE546"]]
    assert "database gone" in decisions[1].findings[0].text("id")
    assert [office.engine.case(case).stage for case in office.cases] == ["closing", "talk", "talk"]
