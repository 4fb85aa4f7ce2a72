"""The loops that a programmer would write for one procedure each: nothing general, nothing looked up in tables.

They know the stages, roles, fields and limits by heart, make no sentences and keep a case in local variables. What they hand
back is what an audit has to know: findings, notices, and of each case the record as it was read, the documents with their
giver, the contacts, who held it, and every cycle of every clock with its verdict. Only the calendar of working time is
sopengine's: a table of open intervals is what a careful hand would build too.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from sopengine.kernel.events import Event
from sopengine.time.calendar import Calendar, CalendarSpec

HOUR = 3_600_000_000
DAY = 24 * HOUR
NEVER = 1 << 62

FLOW = (
    ("capture", "marketing", "qualification"),
    ("qualification", "sales", "proposal"),
    ("proposal", "sales", "closing"),
    ("closing", "sales", "won"),
)
DOCUMENTS = {"capture": (), "qualification": ("form",), "proposal": ("proposal",), "closing": ("quotation", "contract")}
OWNERS = {"capture": {"marketing"}, "qualification": {"sales"}, "proposal": {"sales"}, "closing": {"sales", "sales_manager"}}
NEXT = {here: there for here, _, there in FLOW}
REQUIRED: dict[str, tuple[str, ...]] = {
    "capture": ("name", "phone", "source"),
    "qualification": ("need", "budget", "timeline"),
    "proposal": (),
    "closing": (),
}
KNOWN = {document for documents in DOCUMENTS.values() for document in documents}
CHOICES = {
    "source": {"website", "event", "referral"},
    "need": {"high", "medium", "low"},
    "region": {"java", "sumatra"},
}
PHONE = re.compile(r"\+[1-9][0-9]{7,14}|0[1-9][0-9]{6,13}")
PUNCTUATION = str.maketrans("", "", " .-()[]/")

Cycle = list[Any]
"""One run of a clock: its name, when it started, the last instant that meets it, when it was breached, when it ended, how."""
Kept = tuple[Any, ...]
"""What is known of a case in the end."""
Audited = tuple[list[tuple[str, str]], list[tuple[str, str, int]], list[Kept]]


def read(name: str, value: Any) -> tuple[Any, str | None]:
    """A value as the case keeps it, and the code of what is wrong with it."""
    if isinstance(value, str):
        value = value.strip() if value.isascii() else unicodedata.normalize("NFC", value).strip()
        if not value:
            return None, None
        if len(value) > 10_000 or "\0" in value:
            return value, "CASE312"
    if name in CHOICES:
        return value, None if value in CHOICES[name] else "CASE303"
    if name == "phone":
        digits = value.translate(PUNCTUATION) if isinstance(value, str) else ""
        return value, None if PHONE.fullmatch(digits) else "CASE311"
    if name in ("budget", "timeline"):
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return value, "CASE301"
        return value, None if value >= 0 else "CASE307"
    return value, None if isinstance(value, str) else "CASE313"


def learn(values: dict[str, Any], facts: dict[str, Any], invalid: set[str], event: str, found: list[tuple[str, str]]) -> None:
    """Take values in, those that do not fit apart."""
    for name, given in values.items():
        value, wrong = read(name, given)
        facts.pop(name, None)
        invalid.discard(name)
        if wrong:
            found.append((event, wrong))
            invalid.add(name)
        elif value is not None:
            facts[name] = value


def end(cycle: Cycle, at: int, otherwise: str) -> None:
    """End a run of a clock at an instant: missed when it was breached, else what it is `otherwise`."""
    cycle[4] = at
    cycle[5] = "missed" if cycle[3] is not None else otherwise


def plain(histories: list[list[Event]]) -> Audited:
    """Moves and documents."""
    found: list[tuple[str, str]] = []
    kept: list[Kept] = []
    for history in histories:
        place, opened, moved, holder = "capture", 0, 0, None
        facts: dict[str, Any] = {}
        invalid: set[str] = set()
        papers: dict[str, tuple[int, str]] = {}
        for event in history:
            at, kind, data = event.occurred_at, event.kind, event.data
            if at > event.recorded_at:
                found.append((event.id, "CASE506"))
            if kind == "opened":
                if OWNERS["capture"].isdisjoint(event.roles):
                    found.append((event.id, "CASE102"))
                else:
                    holder = event.by
                opened = at
                learn(data["record"], facts, invalid, event.id, found)
                continue
            if at < opened:
                found.append((event.id, "CASE507"))
            if OWNERS[place].isdisjoint(event.roles):
                found.append((event.id, "CASE102"))
            elif holder is None:
                holder = event.by
            if kind == "attached":
                if data["document"] not in KNOWN:
                    found.append((event.id, "CASE501"))
                papers[data["document"]] = (at, event.by)
            elif kind == "edited":
                learn(data["changes"], facts, invalid, event.id, found)
            elif kind == "moved":
                to = data["to"]
                if at < moved:
                    found.append((event.id, "CASE112"))
                if to == NEXT[place]:
                    for name in REQUIRED[place]:
                        if name not in facts:
                            found.append((event.id, "CASE203" if name in invalid else "CASE201"))
                    for document in DOCUMENTS[place]:
                        if document not in papers:
                            found.append((event.id, "CASE204"))
                elif to == "lost":
                    reason = data.get("reason")
                    if reason not in ("price", "competitor"):
                        found.append((event.id, "CASE107" if reason else "CASE106"))
                else:
                    found.append((event.id, "CASE101"))
                place, moved = to, at
        kept.append((place, holder, facts, invalid, papers, [], []))
    return found, [], kept


FINISH = {"capture": 24 * HOUR, "qualification": 72 * HOUR, "proposal": 120 * HOUR, "closing": 168 * HOUR}


def clocks(histories: list[list[Event]]) -> Audited:
    """Moves, documents, contacts and three clocks that run day and night."""
    found: list[tuple[str, str]] = []
    notices: list[tuple[str, str, int]] = []
    kept: list[Kept] = []
    for history in histories:
        place, opened, moved, holder = "capture", 0, 0, None
        facts: dict[str, Any] = {}
        invalid: set[str] = set()
        papers: dict[str, tuple[int, str]] = {}
        touches: list[tuple[int, bool]] = []
        cycles: list[Cycle] = []
        finish: Cycle | None = None
        first: Cycle | None = None
        reply: Cycle | None = None
        for event in history:
            at, kind, data = event.occurred_at, event.kind, event.data
            for cycle in (finish, first, reply):
                if cycle is not None and cycle[3] is None and cycle[2] + 1 < at:
                    cycle[3] = cycle[2] + 1
                    notices.append(("breached", cycle[0], cycle[3]))
            if at > event.recorded_at:
                found.append((event.id, "CASE506"))
            if kind == "opened":
                if OWNERS["capture"].isdisjoint(event.roles):
                    found.append((event.id, "CASE102"))
                else:
                    holder = event.by
                opened = at
                learn(data["record"], facts, invalid, event.id, found)
                finish = ["capture.finish", at, at + FINISH["capture"], None, None, "running"]
                cycles.append(finish)
                continue
            if at < opened:
                found.append((event.id, "CASE507"))
            if kind == "received":
                if event.recorded_at - at > DAY:
                    found.append((event.id, "CASE505"))
                touches.append((at, False))
                if reply is None:
                    reply = ["reply", at, at + 12 * HOUR, None, None, "running"]
                    cycles.append(reply)
                continue
            if OWNERS[place].isdisjoint(event.roles):
                found.append((event.id, "CASE102"))
            elif holder is None:
                holder = event.by
            if kind == "contacted":
                if event.recorded_at - at > DAY:
                    found.append((event.id, "CASE505"))
                touches.append((at, True))
                if first is not None:
                    end(first, at, "met")
                if reply is not None:
                    end(reply, at, "met")
                first = reply = None
            elif kind == "attached":
                if data["document"] not in KNOWN:
                    found.append((event.id, "CASE501"))
                papers[data["document"]] = (at, event.by)
            elif kind == "edited":
                learn(data["changes"], facts, invalid, event.id, found)
            elif kind == "moved":
                to = data["to"]
                if at < moved:
                    found.append((event.id, "CASE112"))
                if to == NEXT[place]:
                    for name in REQUIRED[place]:
                        if name not in facts:
                            found.append((event.id, "CASE203" if name in invalid else "CASE201"))
                    for document in DOCUMENTS[place]:
                        if document not in papers:
                            found.append((event.id, "CASE204"))
                elif to == "lost":
                    reason = data.get("reason")
                    if reason not in ("price", "competitor"):
                        found.append((event.id, "CASE107" if reason else "CASE106"))
                else:
                    found.append((event.id, "CASE101"))
                if to not in FINISH and reply is not None:
                    found.append((event.id, "CASE116"))
                if finish is not None:
                    end(finish, at, "met")
                if first is not None:
                    end(first, at, "cancelled")
                place, moved, finish, first = to, at, None, None
                if to in FINISH:
                    finish = [f"{to}.finish", at, at + FINISH[to], None, None, "running"]
                    cycles.append(finish)
                elif reply is not None:
                    end(reply, at, "cancelled")
                    reply = None
                if to == "qualification":
                    first = ["qualification.first_response", at, at + 24 * HOUR, None, None, "running"]
                    cycles.append(first)
        kept.append((place, holder, facts, invalid, papers, touches, cycles))
    return found, notices, kept


def office() -> Calendar:
    """Monday to Friday in Jakarta, with a lunch break."""
    hours = {"mon-fri": "08:00-12:00, 13:00-17:00"}
    spec, _ = CalendarSpec.parse({"hours": hours, "closed": [str(date(2026, 1, 16))]}, "Asia/Jakarta")
    assert spec is not None
    return Calendar.of(spec)


OFFICE = office()
WORKING = {"capture": 8 * HOUR, "qualification": 16 * HOUR, "proposal": 24 * HOUR, "closing": 40 * HOUR}


def points(facts: dict[str, Any]) -> tuple[int, int]:
    """The least and the most points that a lead can have, given what is not known yet."""
    need, budget, timeline = facts.get("need"), facts.get("budget"), facts.get("timeline")
    least = {"high": 40, "medium": 20}.get(need, 0) if need else 0
    most = least if need else 40
    rich = 30 if budget is not None and budget >= 50_000_000 else 0
    soon = 30 if timeline is not None and timeline <= 30 else 0
    most += (30 if budget is None else rich) + (30 if timeline is None else soon)
    return least + rich + soon, most


def grade(facts: dict[str, Any]) -> str | None:
    """The grade, None when it is not known yet."""
    least, most = points(facts)
    low, high = ("hot" if p >= 70 else "warm" if p >= 40 else "cold" for p in (least, most))
    return low if low == high else None


def corporate(facts: dict[str, Any]) -> bool | None:
    """Whether the corporate team has the lead."""
    region, budget = facts.get("region"), facts.get("budget")
    if (region is not None and region != "java") or (budget is not None and budget < 50_000_000):
        return False
    return None if region is None or budget is None else True


def everything(histories: list[list[Event]]) -> Audited:
    """Moves, documents, contacts, follow-up, a score, a table, and three clocks on working time."""
    found: list[tuple[str, str]] = []
    notices: list[tuple[str, str, int]] = []
    kept: list[Kept] = []
    position, last_instant = OFFICE.position, OFFICE.last_instant
    for history in histories:
        place, opened, moved, holder = "capture", 0, 0, None
        facts: dict[str, Any] = {}
        invalid: set[str] = set()
        papers: dict[str, tuple[int, str]] = {}
        touches: list[tuple[int, bool]] = []
        cycles: list[Cycle] = []
        finish: Cycle | None = None
        first: Cycle | None = None
        reply: Cycle | None = None
        exhausts = NEVER
        contacted, last, attempts, answered, unanswered = False, 0, 0, False, False
        for event in history:
            at, kind, data = event.occurred_at, event.kind, event.data
            for cycle in (finish, first, reply):
                if cycle is not None and cycle[3] is None and cycle[2] + 1 < at:
                    cycle[3] = cycle[2] + 1
                    notices.append(("breached", cycle[0], cycle[3]))
            if event.by == "sop":
                notices.append(("exhausted", "", exhausts))
                for cycle, otherwise in ((finish, "met"), (first, "cancelled"), (reply, "cancelled")):
                    if cycle is not None:
                        end(cycle, at, otherwise)
                place, moved, finish, first, reply = data["to"], at, None, None, None
                continue
            if at > event.recorded_at:
                found.append((event.id, "CASE506"))
            if kind == "opened":
                if OWNERS["capture"].isdisjoint(event.roles):
                    found.append((event.id, "CASE102"))
                else:
                    holder = event.by
                opened = at
                learn(data["record"], facts, invalid, event.id, found)
                finish = ["capture.finish", at, last_instant(position(at) + WORKING["capture"]), None, None, "running"]
                cycles.append(finish)
                continue
            if at < opened:
                found.append((event.id, "CASE507"))
            if kind == "received":
                if event.recorded_at - at > DAY:
                    found.append((event.id, "CASE505"))
                if contacted:
                    answered, attempts = True, 0
                unanswered, exhausts = True, NEVER
                touches.append((at, False))
                if reply is None:
                    reply = ["reply", at, last_instant(position(at) + 4 * HOUR), None, None, "running"]
                    cycles.append(reply)
                continue
            if OWNERS[place].isdisjoint(event.roles):
                found.append((event.id, "CASE102"))
            elif holder is None:
                holder = event.by
            if kind == "contacted":
                if event.recorded_at - at > DAY:
                    found.append((event.id, "CASE505"))
                attempt = contacted and not unanswered
                if attempt and place == "qualification":
                    if attempts >= 3:
                        found.append((event.id, "CASE401"))
                    if at < last + DAY:
                        found.append((event.id, "CASE402"))
                    elif at > last + 2 * DAY:
                        found.append((event.id, "CASE403"))
                    if data["via"] != ("call" if attempts == 0 else "whatsapp"):
                        found.append((event.id, "CASE404"))
                attempts += attempt
                contacted, last, unanswered = True, at, False
                exhausts = at + 2 * DAY if place == "qualification" and attempts >= 3 else NEVER
                touches.append((at, True))
                if first is not None:
                    end(first, at, "met")
                if reply is not None:
                    end(reply, at, "met")
                first = reply = None
            elif kind == "attached":
                if data["document"] not in KNOWN:
                    found.append((event.id, "CASE501"))
                papers[data["document"]] = (at, event.by)
            elif kind == "edited":
                learn(data["changes"], facts, invalid, event.id, found)
            elif kind == "moved":
                to = data["to"]
                if at < moved:
                    found.append((event.id, "CASE112"))
                if to == NEXT[place]:
                    if place == "qualification":
                        graded = grade(facts)
                        if graded not in ("hot", "warm"):
                            found.append((event.id, "CASE105" if graded is None else "CASE104"))
                    for name in REQUIRED[place]:
                        if name not in facts:
                            found.append((event.id, "CASE203" if name in invalid else "CASE201"))
                    if place == "qualification" and "segment_note" not in facts and corporate(facts) is not False:
                        found.append((event.id, "CASE201"))
                    for document in DOCUMENTS[place]:
                        if document not in papers:
                            found.append((event.id, "CASE204"))
                elif to == "lost":
                    reason = data.get("reason")
                    if reason not in ("price", "competitor"):
                        found.append((event.id, "CASE107" if reason else "CASE106"))
                    if place == "qualification" and not answered and attempts < 2:
                        found.append((event.id, "CASE111"))
                else:
                    found.append((event.id, "CASE101"))
                if to not in WORKING and unanswered:
                    found.append((event.id, "CASE116"))
                if finish is not None:
                    end(finish, at, "met")
                if first is not None:
                    end(first, at, "cancelled")
                place, moved, finish, first = to, at, None, None
                contacted, attempts, answered, exhausts = False, 0, False, NEVER
                if to in WORKING:
                    finish = [f"{to}.finish", at, last_instant(position(at) + WORKING[to]), None, None, "running"]
                    cycles.append(finish)
                elif reply is not None:
                    end(reply, at, "cancelled")
                    reply = None
                if to == "qualification":
                    limit = last_instant(position(at) + 4 * HOUR)
                    first = ["qualification.first_response", at, limit, None, None, "running"]
                    cycles.append(first)
        kept.append((place, holder, facts, invalid, papers, touches, cycles))
    return found, notices, kept
