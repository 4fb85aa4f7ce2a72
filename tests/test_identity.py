"""Cases about the same subject: found by their keys, refused, linked, merged; and what a merge does to clocks and touches."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sopengine
from sopengine import Engine
from sopengine.engine import identities
from sopengine.engine.identities import MOST, standing
from sopengine.errors import StaleCase, UnknownCase, UsageError
from sopengine.kernel.events import Event
from sopengine.kernel.replay import replay
from sopengine.store import MemoryStore

JAKARTA = ZoneInfo("Asia/Jakarta")
SOP = """
sop: leads
title: Leads
version: "1"
language: en
timezone: Asia/Jakarta
identity: {same_if: [[phone], [email], [name, company]], on_duplicate: %s}
fields:
  name: {type: string}
  company: {type: string}
  phone: {type: phone}
  email: {type: email}
  budget: {type: money, currency: IDR}
roles: {sales: {title: Sales, reports_to: boss}, boss: Boss}
stages:
  capture: {owner: sales}
  talk: {owner: sales}
outcomes:
  won: {kind: success, then: care}
  lost: {kind: failure, from: any}
  later: {kind: parked, from: any, recycle: {after: 30d, to: talk}}
"""
AFTER = "  care: {owner: sales}\n"
PEOPLE = {"ani": "sales", "budi": "sales", "sari": "boss", "tono": "guest"}


def sop(mode: str = "link", name: str = "leads") -> sopengine.Sop:
    text = SOP.replace("outcomes:", AFTER + "outcomes:") % mode
    return sopengine.load_text(text.replace("sop: leads", f"sop: {name}"), f"{name}.yaml")


class Shop:
    """An engine on one SOP, and a clock that is set by hand."""

    def __init__(self, mode: str = "link", *more: sopengine.Sop, **how: Any) -> None:
        self.now = datetime(2026, 2, 2, 9, tzinfo=JAKARTA)
        self.engine = Engine(sop(mode), *more, people=PEOPLE, clock=lambda: self.now, **how)

    def later(self, **length: float) -> Shop:
        self.now += timedelta(**length)
        return self

    def open(self, case: str, by: str = "ani", **record: Any) -> Any:
        how = {"sop": record.pop("sop", None), "stage": record.pop("stage", None)}
        return self.engine.open({"id": case, **record}, by=by, **how)


def codes(found: Any) -> list[str]:
    return [finding.code for finding in getattr(found, "findings", found)]


def kinds(shop: Shop, case: str) -> list[str]:
    return [event.kind for event in shop.engine.history(case)]


def same(shop: Shop, case: str) -> list[str]:
    return [one.case for one in shop.engine.duplicates(case)]


# Keys --------------------------------------------------------------------------------------------------------------------


def test_values_are_compared_in_one_way_of_writing() -> None:
    """A number with and without its country, an address in capitals, a name in other spaces and letters: the same."""
    for one, other in (
        ({"phone": "0811 234 5678"}, {"phone": "+62 (811) 234-5678"}),
        ({"email": "Ani@Contoh.co.id"}, {"email": " ani@contoh.CO.ID "}),
        ({"name": "PT  Maju", "company": "STRASSE"}, {"name": "pt maju ", "company": "straße"}),
        ({"name": "\uff21ni", "company": "\u0065\u0301"}, {"name": "ANI", "company": "\u00e9"}),
    ):
        shop = Shop()
        shop.open("A", **one)
        assert codes(shop.open("B", **other)) == ["CASE562"], (one, other)


def test_a_group_counts_when_all_of_it_is_filled() -> None:
    """Neither half a group nor an empty or meaningless value makes two cases the same, and fields are not mixed up."""
    for one, other in (
        ({"name": "Ani"}, {"name": "Ani"}),
        ({"name": "Ani", "company": "-"}, {"name": "Ani", "company": "-"}),
        ({"name": "Ani", "company": "Maju"}, {"name": "Maju", "company": "Ani"}),
        ({}, {}),
    ):
        shop = Shop()
        shop.open("A", **one)
        assert codes(shop.open("B", **other)) == []
        assert same(shop, "A") == []


@given(st.text(max_size=8), st.text(max_size=8))
def test_text_is_equal_as_unicode_folds_it(one: str, other: str) -> None:
    """Two names are the same exactly when their caseless, compatibility-normalised words are."""

    def folded(text: str) -> list[str]:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).strip())
        return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain.casefold()).casefold()).split()

    shop = Shop()
    try:
        shop.open("A", name=one, company="x").or_raise()
        second = shop.open("B", name=other, company="x").or_raise()
    except sopengine.Refused:
        return
    told = any(letter.isalnum() for letter in unicodedata.normalize("NFKC", one.casefold()))
    assert bool(codes(second)) is (told and folded(one) == folded(other) != [])


# What an opening does ------------------------------------------------------------------------------------------------------


def test_reject_refuses_and_names_the_other_case() -> None:
    """The refusal says which case, where it stands, who holds it, and by what; nothing is stored."""
    shop = Shop("reject")
    shop.open("A", phone="0811 234 5678", email="a@contoh.id")
    decision = shop.open("B", phone="0811 234 5678", email="A@contoh.id")
    assert codes(decision) == ["CASE561"]
    said = "Case A already has the same Phone and Email; it is in Capture with ani"
    assert said in decision.findings[0].text("en")
    assert not shop.engine.exists("B")
    shop.open("C", phone="0811 234 5679").or_raise()


def test_link_lets_both_know() -> None:
    """Both cases go on, each shows the other and says so in its to-do; the facts stand in both streams, caused by the opening."""
    shop = Shop("link")
    shop.open("A", phone="0811 234 5678")
    decision = shop.later(hours=1).open("B", phone="0811 234 5678", by="budi")
    assert decision
    assert [(event.case, event.kind, event.by) for event in decision.events] == [
        ("B", "opened", "budi"), ("B", "linked", "sop"), ("A", "linked", "sop"),
    ]  # fmt: skip
    assert {event.cause for event in decision.events[1:]} == {decision.events[0].id}
    assert shop.engine.case("A").links == ("B",)
    assert shop.engine.case("B").links == ("A",)
    assert "CASE562" in codes(shop.engine.todo("A"))
    assert [(one.case, one.fields, one.linked) for one in shop.engine.duplicates("B")] == [("A", (("phone",),), True)]


def test_a_case_that_has_ended_is_no_duplicate() -> None:
    """A lost case, a won one and one in after-care stand in nobody's way; a parked one does, and one that came back."""
    for way, found in (("lost", []), ("won", []), ("later", ["CASE561"])):
        shop = Shop("reject")
        shop.open("A", phone="0811 234 5678", stage="talk").or_raise()
        shop.engine.move("A", way, by="ani", reason="no_response").or_raise()
        assert codes(shop.open("B", phone="0811 234 5678")) == found, way
    shop.engine.move("A", "talk", by="ani").or_raise()
    assert codes(shop.open("B", phone="0811 234 5678")) == ["CASE561"]


def test_another_sop_has_other_subjects() -> None:
    """The customer of one SOP is no duplicate under another."""
    shop = Shop("reject", sop("reject", "orders"))
    shop.open("A", phone="0811 234 5678").or_raise()
    assert codes(shop.open("B", phone="0811 234 5678", sop="orders")) == []


# What an edit does ---------------------------------------------------------------------------------------------------------


def test_an_edit_that_makes_two_the_same_is_said_and_never_refused() -> None:
    """It links at once where the SOP links; merging and refusing stay a person's decision."""
    for mode, code, links in (("link", "CASE562", ("B",)), ("reject", "CASE564", ()), ("merge", "CASE564", ())):
        shop = Shop(mode)
        shop.open("A", phone="0811 234 5678")
        shop.open("B")
        decision = shop.engine.edit("B", {"phone": "+628112345678"}, by="ani")
        assert decision
        assert codes(decision) == [code]
        assert shop.engine.case("A").links == links
        assert codes(shop.engine.edit("B", {"budget": 5}, by="ani")) == []
        assert codes(shop.engine.edit("B", {"phone": "08112345678"}, by="ani")) == []


def test_a_key_that_is_given_up_is_free() -> None:
    """After its number was corrected a case no longer stands for the old one; the one that took its place does."""
    shop = Shop("reject")
    shop.open("A", phone="0811 234 5678")
    shop.engine.edit("A", {"phone": "0811 234 5679"}, by="ani").or_raise()
    shop.open("B", phone="0811 234 5678").or_raise()
    assert codes(shop.open("C", phone="0811 234 5678")) == ["CASE561"]
    assert same(shop, "A") == []


def test_a_host_object_that_differs_is_compared_too() -> None:
    """Fields that come along with another act are an edit: its duplicates are found and linked."""
    shop = Shop("link")
    shop.open("A", phone="0811 234 5678")
    lead = {"id": "B", "phone": "0811 000 0000"}
    shop.engine.open(lead, by="ani").or_raise()
    lead["phone"] = "0811 234 5678"
    decision = shop.engine.note(lead, "halo", by="ani")
    assert codes(decision) == ["CASE562"]
    assert shop.engine.case("A").links == ("B",)


# By hand -------------------------------------------------------------------------------------------------------------------


def test_somebody_may_link_two_cases() -> None:
    """An owner or a superior links any two cases of one SOP once; a case with itself, or of another SOP, never."""
    shop = Shop("reject", sop("reject", "orders"))
    for case in ("A", "B"):
        shop.open(case).or_raise()
    shop.open("O", sop="orders").or_raise()
    assert codes(shop.engine.link("A", "B", by="tono")) == ["CASE102"]
    assert codes(shop.engine.link("A", "A", by="ani")) == ["CASE565"]
    assert codes(shop.engine.link("A", "O", by="ani")) == ["CASE566"]
    decision = shop.engine.link("A", "B", by="sari", note="saudara")
    assert [(event.case, event.data) for event in decision.events] == [
        ("A", {"other": "B", "note": "saudara"}), ("B", {"other": "A", "note": "saudara"}),
    ]  # fmt: skip
    assert codes(shop.engine.link("B", "A", by="ani")) == ["CASE567"]
    with pytest.raises(UnknownCase):
        shop.engine.link("A", "Z", by="ani")


def test_a_dry_run_links_nothing() -> None:
    """What would be recorded is said, in both cases, and nothing is."""
    shop = Shop("link")
    shop.open("A", phone="0811 234 5678")
    said = shop.engine.open({"id": "B", "phone": "0811 234 5678"}, by="ani", dry_run=True)
    assert [(event.case, event.kind) for event in said.events] == [("B", "opened"), ("B", "linked"), ("A", "linked")]
    assert kinds(shop, "A") == ["opened"]
    assert not shop.engine.exists("B")


# The store -----------------------------------------------------------------------------------------------------------------


class Failing(MemoryStore):
    """A store that fails while `broken` is set."""

    broken: Exception | None = None

    def append(self, batch: Any) -> None:
        if self.broken is not None:
            raise self.broken
        super().append(batch)


def test_nothing_is_half_linked() -> None:
    """When the store fails, neither case knows of the other and no key is claimed; trying again does it all."""
    store = Failing()
    shop = Shop("link", store=store)
    shop.open("A", phone="0811 234 5678")
    store.broken = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        shop.open("B", phone="0811 234 5678")
    store.broken = None
    assert not shop.engine.exists("B")
    assert shop.engine.case("A").links == ()
    assert codes(shop.open("B", phone="0811 234 5678")) == ["CASE562"]
    assert shop.engine.case("A").links == ("B",)


def test_two_engines_cannot_both_open_the_same() -> None:
    """Keys are claimed by compare-and-swap: of two engines on one store the second finds what the first one opened."""

    class Raced(MemoryStore):
        rival: Any = None

        def append(self, batch: Any) -> None:
            rival, self.rival = self.rival, None
            if rival is not None:
                rival()
            super().append(batch)

    store = Raced()
    one, other = Shop("reject", store=store), Shop("reject", store=store)
    store.rival = lambda: other.open("B", phone="0811 234 5678").or_raise()
    with pytest.raises(StaleCase):
        one.open("A", phone="0811 234 5678")
    assert codes(one.open("A", phone="0811 234 5678")) == ["CASE561"]


def test_a_store_is_read_anew_by_another_engine() -> None:
    """Links and keys are in the store: an engine that is started later refuses and shows the same."""
    store = MemoryStore()
    first = Shop("link", store=store)
    first.open("A", phone="0811 234 5678")
    first.open("B", phone="0811 234 5678")
    second = Shop("link", store=store)
    assert second.engine.case("A").links == ("B",)
    assert same(second, "B") == ["A"]


def test_who_reads_the_store_learns_no_number() -> None:
    """The stream of a key is named by a keyed hash, and its events hold the case alone."""
    store = MemoryStore()
    Shop("link", store=store, contact_key=b"0123456789abcdef").open("A", phone="0811 234 5678")
    streams = [stream for stream in store.streams() if stream.startswith("identity:")]
    assert len(streams) == 1
    assert len(streams[0]) == len("identity:") + 64
    assert [(event.kind, event.data) for event in store.read(streams[0])] == [("claimed", {"case": "A"})]
    other = MemoryStore()
    Shop("link", store=other).open("A", phone="0811 234 5678")
    assert not set(streams) & set(other.streams())


def test_a_duplicate_is_looked_up_without_reading_other_cases() -> None:
    """Among many cases an opening reads the streams of its own keys and of those that share them, and no others."""

    class Counting(MemoryStore):
        reads = 0

        def read(self, stream: str) -> Any:
            self.reads += 1
            return super().read(stream)

    store = Counting()
    shop = Shop("link", store=store)
    items = [
        {"case": f"L-{n}", "kind": "opened", "at": shop.now, "by": "ani", "record": {"phone": f"0811{n:07}"}} for n in range(500)
    ]
    assert shop.engine.record(items) == []
    store.reads = 0
    assert codes(shop.open("B", phone="0811 0000 007")) == ["CASE562"]
    assert store.reads < 20


# What is taken in ----------------------------------------------------------------------------------------------------------


def opened(shop: Shop, case: str, hours: float, **record: Any) -> dict[str, Any]:
    at = shop.now - timedelta(days=10) + timedelta(hours=hours)
    return {"case": case, "kind": "opened", "at": at, "by": "ani", "record": record}


def moved(shop: Shop, case: str, hours: float, to: str) -> dict[str, Any]:
    return {"case": case, "kind": "moved", "at": shop.now - timedelta(days=10) + timedelta(hours=hours), "by": "ani", "to": to}


def test_an_import_is_recorded_whole_and_its_duplicates_are_said() -> None:
    """Duplicates among themselves and with what is there are findings on the later opening; links are made, nothing is lost."""
    for mode, code in (("link", "CASE562"), ("reject", "CASE561"), ("merge", "CASE564")):
        shop = Shop(mode)
        shop.open("A", phone="0811 234 5678", stage="talk")
        shop.later(days=1)
        items = [opened(shop, "C", 5, email="c@contoh.id"), opened(shop, "B", 1, email="c@contoh.id", phone="0811 234 5678")]
        found = [finding for finding in shop.engine.record(items) if finding.code.startswith("CASE56")]
        told = sorted((finding.code, finding.event, finding.params["case"]) for finding in found)
        assert told == [(code, "case:B/1", "A"), (code, "case:C/1", "B")]
        assert [case.id for case in shop.engine.cases()] == ["A", "C", "B"]
        assert set(shop.engine.case("B").links) == ({"A", "C"} if mode == "link" else set())


def test_in_an_import_one_that_had_ended_before_is_no_duplicate() -> None:
    """Whether two stood for their subject at one time is judged by when they were opened and ended, in whatever order told."""
    shop = Shop("link")
    items = [
        opened(shop, "B", 50, phone="0811 234 5678"),
        opened(shop, "A", 1, phone="0811 234 5678"),
        {**moved(shop, "A", 20, "lost"), "reason": "no_response"},
        opened(shop, "C", 10, phone="0811 234 5678"),
    ]
    found = [(f.event, f.params["case"]) for f in shop.engine.record(items) if f.code == "CASE562"]
    assert sorted(found) == [("case:B/1", "C"), ("case:C/1", "A")]


def test_a_recorded_edit_that_makes_two_the_same_is_said() -> None:
    """The finding is on the edit that brought it about, and once."""
    shop = Shop("link")
    shop.open("A", phone="0811 234 5678")
    shop.open("B")
    shop.later(hours=2)
    change = {"case": "B", "kind": "edited", "at": shop.now, "by": "ani", "changes": {"phone": "0811 234 5678"}}
    found = shop.engine.record([change])
    assert [(f.code, f.event) for f in found] == [("CASE562", "case:B/2")]
    assert shop.engine.case("A").links == ("B",)
    assert shop.engine.record([{**change, "changes": {"budget": 3}}]) == []


def test_a_recorded_link_is_known_on_both_sides() -> None:
    """Whichever side tells of it; a link with a case that is not there is a mistake with its number."""
    shop = Shop("reject")
    linked = {"case": "B", "kind": "linked", "at": shop.now, "by": "ani", "other": "A"}
    shop.engine.record([opened(shop, "A", 1), opened(shop, "B", 2), linked])
    assert (shop.engine.case("A").links, shop.engine.case("B").links) == (("B",), ("A",))
    with pytest.raises(UsageError, match='ase "Z" is not known'):
        shop.engine.record([{**linked, "other": "Z"}])


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 40), st.one_of(st.none(), st.integers(1, 20))), max_size=12
    )
)
def test_an_import_agrees_with_comparing_every_pair(rows: list[tuple[int, int, int, int | None]]) -> None:
    """What is linked in an import is what comparing each pair of cases by hand links."""
    shop = Shop("link")
    items, plain = [], []
    for number, (phone, email, hour, ends) in enumerate(rows):
        record = ({"phone": f"08110000{phone:03}"} if phone else {}) | ({"email": f"m{email}@contoh.id"} if email else {})
        items.append(opened(shop, f"L-{number:02}", hour, **record))
        if ends is not None:
            items.append({**moved(shop, f"L-{number:02}", hour + ends, "lost"), "reason": "no_response"})
        plain.append((f"L-{number:02}", phone, email, hour, 10**6 if ends is None else hour + ends))
    shop.engine.record(items)
    expected: dict[str, set[str]] = {name: set() for name, *_ in plain}
    for a, phone, email, start, end in plain:
        for b, other_phone, other_mail, other_start, other_end in plain:
            alike = (phone and phone == other_phone) or (email and email == other_mail)
            if a != b and alike and max(start, other_start) < min(end, other_end):
                expected[a].add(b)
    assert {name: set(shop.engine.case(name).links) for name in expected} == expected


def test_replay_gives_the_case_as_it_lives() -> None:
    """A linked case is rebuilt from its own stream alone."""
    shop = Shop("link")
    shop.open("A", phone="0811 234 5678")
    shop.open("B", phone="0811 234 5678")
    for case in ("A", "B"):
        live = shop.engine.live(case)
        history: list[Event] = list(shop.engine.history(case))
        assert replay(live.tables, case, history).state == live.state


def test_a_number_that_everybody_writes_costs_each_of_them_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many cases of one number only the oldest are looked at, and many merged records leave one trace where they agree."""
    looked: list[str] = []
    monkeypatch.setattr(identities, "standing", lambda cases, case: looked.append(case) or standing(cases, case))
    shop = Shop("link")
    for number in range(MOST + 10):
        shop.open(f"L-{number:02}", phone="0811 234 5678")
    looked.clear()
    told = shop.open("last", phone="0811 234 5678").events[0].derived["duplicates"]
    assert [one["case"] for one in told] == looked == [f"L-{number:02}" for number in range(MOST)]
    shop = Shop("merge")
    for number in range(12):
        shop.open(f"L-{number:02}", phone="0811 234 5678", **({"email": "ani@contoh.co.id"} if number % 2 else {}))
    assert len(shop.engine.live("L-00").state.aliases) == 2
