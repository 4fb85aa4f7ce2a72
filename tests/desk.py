"""A small sales desk for the tests of the engine: one SOP with everything in it, its people, and a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sopengine
from sopengine import Engine
from sopengine.errors import StaleCase
from sopengine.kernel.events import Event
from sopengine.store import Append, MemoryStore

SOP = """\
sop: desk
title: Meja penjualan
version: "1"
language: id
timezone: Asia/Jakarta
events: [demo_done]
fields:
  name: {type: string}
  phone: {type: phone}
  budget: {type: money, currency: IDR, min: 0}
  discount: {type: percent, default: 0}
  visit_on: {type: date}
  seen_at: {type: datetime}
  need: {type: choice, values: [tinggi, rendah]}
roles:
  admin: Admin
  sales: {title: Tim Penjualan, reports_to: manager}
  manager: Manajer
documents:
  contract: {title: Kontrak, types: [pdf]}
approvals:
  harga: {when: {discount: "> 10"}, levels: [manager]}
stages:
  capture:
    owner: admin
    requires: [name, phone]
    checklist: {cek: {text: Data dicek, optional: true}}
    sla: {finish: 1h}
  qualification:
    owner: sales
    statuses: {new: Baru, waiting: {title: Menunggu, waits_for: customer}}
    sla: {first_response: 24h, finish: {target: 3d, escalate: [{at: 50%, notify: holder}, {at: 100%, notify: manager}]}}
    follow_up: {max: 2, every: 1d, via: [call, email], template: [script, email_a], then: nurture}
    checklist: {telepon: {text: Ditelepon, optional: true}}
    back: [capture]
    next:
      - {to: closing, when: {need: tinggi}}
      - {to: nurture, when: {need: rendah}}
  closing:
    owner: [sales, manager]
    documents: [contract]
    approvals: [harga]
    sla: {finish: 7d}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reasons: [harga, {code: lainnya, note: required}]}
  nurture: {kind: parked, from: any, recycle: {after: 30d, to: qualification, max: 1, then: lost}}
templates:
  script: {channel: call, body: "Sapa {{ lead.name }}."}
  email_a: {channel: email, subject: "Halo {{ lead.name }}", body: "Anggaran Anda {{ lead.budget | money }}."}
"""

PEOPLE: dict[str, Any] = {"rina": "admin", "budi": "sales", "wati": "sales", "sari": "manager"}
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
LEAD = {"name": "PT Maju", "phone": "+62 811 0000 0001"}


def load(text: str = SOP, name: str = "desk.yaml") -> sopengine.Sop:
    """An SOP from its text."""
    return sopengine.load_text(text, name)


class FailingStore(MemoryStore):
    """A store whose appends fail while `broken` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.broken = False

    def append(self, batch: Sequence[Append]) -> None:
        if self.broken:
            raise OSError("disk full")
        super().append(batch)


class RacedStore(MemoryStore):
    """A store in which somebody else writes first while `raced` is set."""

    raced = False

    def append(self, batch: Sequence[Append]) -> None:
        if self.raced:
            raise StaleCase("somebody else was faster")
        super().append(batch)


class Desk:
    """An engine at an instant that the test moves on."""

    def __init__(self, *sops: sopengine.Sop, people: Any = PEOPLE, **more: Any) -> None:
        self.now = MONDAY
        self.engine = Engine(*(sops or (load(),)), people=people, clock=lambda: self.now, **more)

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.now += timedelta(**passed)

    def captured(self, case: str = "L-1", **more: Any) -> str:
        """A case in its first stage."""
        self.engine.open({"id": case, **LEAD, **more}, by="rina").or_raise()
        return case

    def qualified(self, case: str = "L-1", **more: Any) -> str:
        """A case in its second stage."""
        self.captured(case, **more)
        self.engine.move(case, "qualification", by="rina").or_raise()
        return case

    def closing(self, case: str = "L-1", **more: Any) -> str:
        """A case in its last stage."""
        self.qualified(case, need="tinggi", **more)
        self.engine.move(case, "closing", by="budi").or_raise()
        return case


def codes(found: Any) -> list[str]:
    """The codes of a decision's findings, or of a list of findings."""
    return [finding.code for finding in getattr(found, "findings", found)]


def kinds(events: Sequence[Event]) -> list[str]:
    """The kinds of events, in order."""
    return [event.kind for event in events]


def gapless(history: Sequence[Event]) -> bool:
    """Whether a history is numbered from one without a gap."""
    return [event.seq for event in history] == list(range(1, len(history) + 1))


VERBS: Mapping[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "move": (("qualification",), {}),
    "advance": ((), {}),
    "contact": ((), {"via": "call"}),
    "receive": ((), {"via": "email"}),
    "bounce": (("case:L-1/3",), {}),
    "edit": (({"name": "CV Terang"},), {}),
    "attach": (("contract",), {"type": "pdf"}),
    "tick_off": (("cek",), {}),
    "untick": (("cek",), {}),
    "assign": (("rina",), {}),
    "set_status": (("waiting",), {}),
    "signal": (("demo_done",), {}),
    "no_reply_needed": (("Hanya ucapan terima kasih",), {}),
    "note": (("Minta brosur",), {}),
    "opt_out": ((), {"via": "email"}),
    "link": (("L-2",), {}),
    "merge": (("L-2",), {}),
    "request": (("harga",), {}),
    "approve": (("harga",), {}),
    "reject": (("harga", "Terlalu murah"), {}),
}
"""Every verb on an existing case, with words that make sense somewhere."""


def prepared(desk: Desk, verb: str) -> str:
    """Case L-1 where the verb is allowed, and who may do it."""
    if verb == "set_status":
        desk.qualified()
        return "budi"
    desk.captured()
    if verb in ("link", "merge"):
        desk.captured("L-2")
    if verb == "no_reply_needed":
        desk.engine.receive("L-1", via="email").or_raise()
    if verb in ("approve", "reject"):
        desk.engine.edit("L-1", {"discount": 15}, by="rina").or_raise()
        desk.engine.request("L-1", "harga", by="rina").or_raise()
        return "sari"
    if verb == "bounce":
        desk.engine.contact("L-1", via="email", by="rina").or_raise()
        desk.engine.contact("L-1", via="email", by="rina").or_raise()
    return "rina"
