"""What the gate of a stage costs, with everything in hand and with nothing, against the same checks written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sopengine
from bench.report import Section, microseconds, ratio
from bench.timing import Prepare, race, repeated
from sopengine.kernel.gate import unmet
from sopengine.language.facts import microseconds as since_epoch

ROUNDS = 15
CALLS = 400
NOW = datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
SOP = """
sop: desk
title: Desk
version: "1"
timezone: Asia/Jakarta
roles: {sales: Sales, coordinator: Coordinator, manager: Manager}
fields:
  name: {type: string}
  phone: {type: phone}
  email: {type: email}
  order_value: {type: money, currency: IDR}
  discount: {type: percent, default: 0}
  discount_reason: {type: text}
documents:
  quotation: {approved_by: coordinator, valid_for: 14d}
  contract: Contract
approvals:
  discount:
    when: {discount: "> 10"}
    levels: [coordinator, {by: manager, when: {discount: "> 20"}}]
    void_if_changed: [discount, order_value]
stages:
  closing:
    owner: sales
    requires: [name, {any: [phone, email]}, order_value, {fields: [discount_reason], when: {discount: "> 0"}}]
    documents: [quotation, contract]
    checklist: {price: Price agreed, order: Order received}
    approvals: [discount]
"""
PEOPLE = {"budi": "sales", "rina": "coordinator", "maya": "manager"}
FULL = {"name": "PT Maju", "email": "halo@contoh.co.id", "order_value": 50_000_000, "discount": 25, "discount_reason": "Loyal"}


def by_hand(case: Mapping[str, Any], now: int) -> list[str]:
    """Every unmet item as a sentence: what a program writes that has this one stage and knows nothing else."""
    facts, papers, found = case["facts"], case["papers"], []
    discount = facts.get("discount")
    for name in ("name", "order_value"):
        if name not in facts:
            found.append(f"{name} is not filled")
    if "phone" not in facts and "email" not in facts:
        found.append("neither phone nor email is filled")
    if (discount is None or discount > 0) and "discount_reason" not in facts:
        found.append("discount_reason is not filled")
    quotation = papers.get("quotation")
    if quotation is None or not quotation["approved"] or now > quotation["until"]:
        found.append("the quotation is missing, not approved or expired")
    if "contract" not in papers:
        found.append("the contract is missing")
    found += [f"{item} is not ticked" for item in ("price", "order") if item not in case["ticks"]]
    granted = case["granted"]
    if discount is None or discount > 10:
        if granted is None or granted["for"] != (discount, facts.get("order_value")):
            found.append("the discount is not requested")
        elif "coordinator" not in granted["by"] or ((discount is None or discount > 20) and "manager" not in granted["by"]):
            found.append("the discount is not granted")
    return found


def engine_with(record: Mapping[str, Any], *, ready: bool) -> sopengine.Engine:
    """A case in the stage: with everything in hand, or as it was opened."""
    engine = sopengine.Engine(sopengine.load_text(SOP, "desk.yaml"), people=PEOPLE, clock=lambda: NOW)
    engine.open({"id": "L", **record}, by="budi").or_raise()
    if ready:
        for document in ("quotation", "contract"):
            engine.attach("L", document, by="budi").or_raise()
        engine.approve("L", "quotation", by="rina").or_raise()
        for item in ("price", "order"):
            engine.tick_off("L", item, by="budi").or_raise()
        engine.request("L", "discount", by="budi").or_raise()
        engine.approve("L", "discount", by="rina").or_raise()
        engine.approve("L", "discount", by="maya").or_raise()
    return engine


def contenders(engine: sopengine.Engine, case: Mapping[str, Any], items: int) -> dict[str, Prepare]:
    """The gate itself, the to-do that asks it, and the checks by hand, all of which find the same number of items."""
    live, now = engine.live("L"), since_epoch(NOW)
    place, facts = live.tables.places[live.state.place], live.tables.derive(live.state.facts)

    def gate() -> object:
        return unmet(live.tables, place, live.state, facts, now)

    found = [len(unmet(live.tables, place, live.state, facts, now)), len(engine.todo("L")), len(by_hand(case, now))]
    assert found == [items] * 3, found
    return {
        "by hand": repeated(lambda: by_hand(case, now), CALLS),
        "the gate": repeated(gate, CALLS),
        "`engine.todo(case)`": repeated(lambda: engine.todo("L"), CALLS),
    }


def gates() -> Section:
    """Gate evaluations, with everything in hand and with nothing."""
    now = since_epoch(NOW)
    facts = {**FULL, "discount": Decimal(25)}
    until, levels = now + 14 * 86_400_000_000, {"coordinator", "manager"}
    papers = {"quotation": {"approved": True, "until": until}, "contract": {}}
    full = {"facts": facts, "papers": papers, "ticks": {"price", "order"}, "granted": {"for": (25, 50_000_000), "by": levels}}
    bare: dict[str, Any] = {"facts": {"discount": Decimal(25)}, "papers": {}, "ticks": set(), "granted": None}
    section = Section(
        "The gate",
        "One stage that asks for fields (one of two, one under a condition), two documents (one approved by somebody else and "
        "valid for 14 days), two ticks and an approval of two levels: is everything in hand, and what is not? By hand it is one "
        "function for this one stage, which makes English sentences without line, title or who can help.",
    )
    rows = []
    for about, engine, case, items in (
        ("everything in hand", engine_with(FULL, ready=True), full, 0),
        ("nothing in hand", engine_with({"discount": 25}, ready=False), bare, 9),
    ):
        times = race(contenders(engine, case, items), ROUNDS)
        hand = times["by hand"]
        for name, timed in times.items():
            rows.append([f"{about}: {name}", microseconds(timed.median), f"{1e6 / timed.median:,.0f}", ratio(timed.times(hand))])
    section.table(["", "µs", "a second", "÷ by hand"], rows)
    return section
