"""What a refusal says to a newcomer: names that nothing bears, verbs called wrongly, who decides, whose time it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

import sopengine
from sopengine.diagnostics import Finding
from sopengine.engine import Engine
from sopengine.store import MemoryStore

SOP = """\
sop: offers
title: Offers
version: "1"
language: en
timezone: Asia/Jakarta
roles: {sales: Sales, supervisor: Supervisor, director: Director}
fields: {name: {type: string}}
approvals:
  discount:
    title: {en: Discount, id: Diskon}
    levels: [{by: supervisor}, {by: director}]
stages:
  talk: {title: Talk, owner: sales, next: [closing]}
  closing:
    title: {en: The signing, id: Penandatanganan}
    owner: sales
    approvals: [discount]
    sla: {finish: 5h}
    next: [won]
outcomes:
  won: {kind: success, from: [closing]}
  lost: {kind: failure, from: any}
override: {by: sales}
"""

MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
PEOPLE = {"budi": {"name": "Budi Santoso", "roles": ["sales"]}, "wati": {"name": "Wati", "roles": ["sales"]}}


class Room:
    """An engine on a clock that stands still until it is moved."""

    def __init__(self, text: str = SOP, people: Any = PEOPLE) -> None:
        self.now = MONDAY
        sop = sopengine.load_text(text, "offers.yaml")
        self.engine = Engine(sop, people=people, store=MemoryStore(), clock=lambda: self.now)
        self.by = "budi" if people else "role:sales"
        assert self.engine.open({"id": "A", "name": "Adi"}, by=self.by).allowed


def said(found: Any, code: str, lang: str = "en") -> str:
    """The sentence of the finding of that code."""
    told: Finding = next(finding for finding in found if finding.code == code)
    return told.text(lang)


def test_a_list_of_nothing_is_said() -> None:
    """Where an SOP has none of what was named, the refusal says so."""
    engine = Room().engine
    wrong = {
        "CASE502": engine.tick_off("A", "nope", by="budi"),
        "CASE503": engine.set_status("A", "nope", by="budi"),
        "CASE504": engine.signal("A", "nope", by="budi"),
        "CASE509": engine.contact("A", via="email", template="nope", by="budi"),
    }
    for code, decision in wrong.items():
        assert said(decision.findings, code).endswith(" none.")
        assert said(decision.findings, code, "id").endswith(": tidak ada satu pun.")


def test_a_channel_misspelt_is_guessed() -> None:
    """An unknown channel is answered with the one that is spelled alike."""
    found = Room().engine.contact("A", via="whatsap", by="budi").findings
    assert said(found, "CASE510").endswith(' Did you mean "whatsapp"?')
    assert said(found, "CASE510", "id").endswith(' Maksud Anda "whatsapp"?')


def test_only_documents_near_to_the_name_are_told() -> None:
    """Of many documents the nearest are told, and none that the engine keeps itself."""
    papers = "".join(f"  paper_{number}: Paper\n" for number in range(19))
    text = f"{SOP}documents:\n  proposals: Proposal\n  log: {{title: Log, from: contacts}}\n{papers}"
    words = said(Room(text).engine.attach("A", "proposal", by="budi").findings, "CASE501")
    assert "it has proposals, " in words
    assert "or one of 15 others. " in words
    assert words.endswith('Did you mean "proposals"?')
    assert "log" not in words


def test_a_place_that_does_not_exist_is_said_to_be_none() -> None:
    """A move to a name of no stage tells that there is none, the nearest, and the names that commands take."""
    engine = Room().engine
    found = engine.move("A", "closng", by="budi").findings
    assert said(found, "CASE101") == (
        "There is no way from Talk to closng, because the SOP has no stage or outcome of that name; "
        'from Talk a case can go to The signing ("closing") or Lost ("lost"). Did you mean "closing"?'
    )
    by_title = said(engine.move("A", "penandatanganan", by="budi").findings, "CASE101", "id")
    assert "karena di SOP tidak ada tahap" in by_title
    assert by_title.endswith('Maksud Anda "closing"?')
    assert "because" not in said(engine.move("A", "won", by="budi").findings, "CASE101")


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("advance", {"override": "x"}),
        ("edit", {"changes": {}, "when": 3}),
        ("move", {"to": "closing", "when": 3}),
        ("move_all", {"to": "closing", "when": 3}),
        ("no_reply_needed", {"reason": "x", "when": 3}),
    ],
)
def test_a_verb_called_wrongly_is_named(verb: str, words: dict[str, Any]) -> None:
    """A word that a verb does not take is told under the name of the verb that was called."""
    case = ["A"] if verb == "move_all" else "A"
    with pytest.raises(TypeError) as told:
        getattr(Room().engine, verb)(case, by="budi", **words)
    assert str(told.value).startswith(f"{verb}() takes no {list(words)[-1]}; ")
    assert "no verb takes" not in str(told.value)


def test_levels_are_said_in_turn() -> None:
    """Of an approval of several levels the refusal says who decides first and who then."""
    engine = Room().engine
    engine.move("A", "closing", by="budi")
    found = engine.move("A", "won", by="budi").findings
    assert said(found, "CASE211").endswith("and Supervisor (level 1) and then Director (level 2) can decide.")
    assert said(found, "CASE211", "id").endswith("Supervisor (tingkat 1) lalu Director (tingkat 2).")


def test_what_time_will_bring_is_said_in_the_future() -> None:
    """The breach that lies ahead is not told as if it had come."""
    room = Room()
    room.engine.move("A", "closing", by="budi")
    [breach] = [one for one in room.engine.deadlines("A") if one.what == "breached"]
    assert breach.at > room.now + timedelta(hours=1)
    assert breach.why() == "The time for finish in The signing will be over: from then on it is late."
    assert "akan habis" in breach.why("id")


def test_whom_the_directory_does_not_know_is_told_so() -> None:
    """A misspelt person is not just somebody without a role: the refusal says so and guesses who was meant."""
    engine = Room().engine
    found = engine.move("A", "closing", by="bud1").findings
    assert said(found, "CASE102").endswith('The directory knows nobody called "bud1". Did you mean "budi"?')
    assert said(found, "CASE102", "id").endswith('Di direktori tidak ada orang bernama "bud1". Maksud Anda "budi"?')
    assert said(engine.move("A", "closing", by="xyz").findings, "CASE102").endswith('nobody called "xyz".')


def test_a_role_does_not_act_where_people_are_known() -> None:
    """With a directory an actor that is a role is told to be nobody; without one it acts."""
    words = said(Room().engine.move("A", "closing", by="role:sales").findings, "CASE102")
    assert "no role acts by itself" in words
    bare = Room(people=None).engine
    assert bare.move("A", "closing", by="role:sales").allowed
    assert "directory" not in said(bare.move("A", "lost", by="bud1").findings, "CASE102")


def test_somebody_known_without_a_role_is_no_stranger() -> None:
    """Of a colleague of no role nothing is said beside that."""
    people = {**PEOPLE, "tono": {"name": "Tono", "roles": ["guest"]}}
    engine = Room(people=people).engine
    assert "directory" not in said(engine.move("A", "closing", by="tono").findings, "CASE102")


def test_those_whose_time_it_was_go_by_their_names() -> None:
    """A clock tells who held the case as people call them, while the view keeps their ids."""
    room = Room()
    room.engine.move("A", "closing", by="budi")
    room.now += timedelta(hours=1)
    room.engine.assign("A", "wati", by="budi").or_raise()
    room.now += timedelta(hours=2)
    clock = room.engine.clocks("A")["finish"]
    assert set(clock.held) == {"budi", "wati"}
    [line] = [line for line in clock.why() if line.startswith("Held by")]
    assert "Budi Santoso" in line
    assert "budi" not in line
