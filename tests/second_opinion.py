"""A plain second opinion about what an SOP means, written from the language reference alone.

It shares nothing with the engine: it reads the raw data of the YAML, keeps a list of accepted facts with datetimes, and works out
every answer from the whole list each time it is asked. It knows no state, no compiled tables and no open-time coordinates: a
visit is a stretch of the list, and a calendar is walked minute by minute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, product
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# Time ----------------------------------------------------------------------------------------------------------------


class Office:
    """A calendar, asked minute by minute in its own zone."""

    def __init__(self, spec: dict[str, Any], zone: ZoneInfo) -> None:
        self.spec, self.zone = spec, zone
        self.minutes_of = cache(self._minutes_of)

    def _minutes_of(self, day: date) -> frozenset[int]:
        """The open minutes of a date, counted from midnight."""
        windows = self._windows(day)
        return frozenset(m for m in range(1440) if any(start <= m < end for start, end in windows))

    def _windows(self, day: date) -> list[tuple[int, int]]:
        text = day.isoformat()
        if text in self.spec.get("open", {}):
            return windows_of(self.spec["open"][text])
        if any(first <= text <= last for first, last in map(ends, self.spec.get("closed", []))):
            return []
        if text in self.spec.get("holidays", []):
            return []
        hours = self.spec["hours"]
        for span, other in self.spec.get("during", {}).items():
            first, last = ends(span)
            if first <= text <= last:
                hours = other
        return [window for days, written in hours.items() if on(day, days) for window in windows_of(written)]

    def is_open(self, at: datetime) -> bool:
        return at.hour * 60 + at.minute in self.minutes_of(at.date())

    def opening_from(self, at: datetime) -> datetime:
        """The first open minute at or after an instant."""
        while not self.is_open(at):
            at = midnight(at, 1) if not any(m > at.hour * 60 + at.minute for m in self.minutes_of(at.date())) else at + MINUTE
        return at

    def after(self, start: datetime, minutes: int) -> tuple[datetime, datetime]:
        """When so many open minutes have elapsed: the earliest instant, and the last (the next opening)."""
        at = start
        while minutes:
            at = self.opening_from(at) + MINUTE
            minutes -= 1
        return at, self.opening_from(at)

    def open_minutes(self, start: datetime, end: datetime) -> int:
        """How many open minutes lie between two instants."""
        count, at = 0, start
        while at < end:
            at = self.opening_from(at)
            count += at < end
            at += MINUTE
        return count

    def working_day(self, day: date, later: int) -> date:
        """The date `later` working days after a date."""
        while later:
            day += timedelta(days=1)
            later -= bool(self.minutes_of(day))
        return day

    def opening_of(self, day: date) -> datetime:
        return midnight(day, 0, self.zone) + min(self.minutes_of(day)) * MINUTE

    def closing_of(self, day: date) -> datetime:
        return midnight(day, 0, self.zone) + (max(self.minutes_of(day)) + 1) * MINUTE


def windows_of(text: str) -> list[tuple[int, int]]:
    """The windows of ``08:00-12:00, 13:00-17:00`` in minutes."""
    pairs = [part.strip().split("-") for part in text.split(",")]
    return [(minute_of(start), minute_of(end)) for start, end in pairs]


def minute_of(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def ends(span: str) -> tuple[str, str]:
    first, _, last = span.partition("..")
    return first, last or first


def on(day: date, days: str) -> bool:
    first, _, last = days.partition("-")
    return WEEK.index(first) <= day.weekday() <= WEEK.index(last or first)


def midnight(day: date | datetime, later: int, zone: ZoneInfo | None = None) -> datetime:
    """The beginning of the day that lies `later` days after."""
    tz = zone or day.tzinfo  # type: ignore[union-attr]
    return datetime.combine(date(day.year, day.month, day.day) + timedelta(days=later), time(0), tz)


@dataclass
class Limit:
    """A target from a start: the earliest instant that reaches it, the last that still meets it, and each share of it."""

    due: datetime
    breaches_after: datetime
    share: Callable[[int], tuple[datetime, datetime]]


def limit(text: str, start: datetime, office: Office) -> Limit:
    """A duration as a limit, by the table of the reference."""
    if found := re.fullmatch(r"next working day by (..:..)", text):
        day = office.working_day(start.date(), 1)
        return straight(start, midnight(day, 0, office.zone) + minute_of(found[1]) * MINUTE)
    number, unit = text.replace("working ", "working_").replace("_days", "_day").replace("_hours", "_hour"), ""
    found = re.fullmatch(r"(\d+) ?(\w+)", number)
    assert found is not None, text
    count, unit = int(found[1]), found[2]
    if unit in ("h", "m"):
        return straight(start, start + count * (60 if unit == "h" else 1) * MINUTE)
    if unit in ("d", "w"):
        later = midnight(start, count * (7 if unit == "w" else 1))
        return straight(start, later + timedelta(hours=start.hour, minutes=start.minute))
    if unit == "working_day":
        day = office.working_day(office.opening_from(start).date(), count)
        count = office.open_minutes(start, office.closing_of(day))
        return Limit(*office.after(start, count), lambda percent: worked(office, start, count, percent))
    return Limit(*office.after(start, count * 60), lambda percent: worked(office, start, count * 60, percent))


def straight(start: datetime, due: datetime) -> Limit:
    def share(percent: int) -> tuple[datetime, datetime]:
        at = start + (due - start) * percent / 100
        return at, at

    return Limit(due, due, share)


def worked(office: Office, start: datetime, minutes: int, percent: int) -> tuple[datetime, datetime]:
    """When a share of so many open minutes is reached; what is left of a minute runs in the next open one."""
    whole, rest = divmod(minutes * percent, 100)
    if not rest:
        return office.after(start, whole)
    at = office.opening_from(office.after(start, whole)[0]) + MINUTE * rest / 100
    return at, at


def wait(text: str, start: datetime, office: Office) -> datetime:
    """The first instant at which a wait is over."""
    found = re.fullmatch(r"(\d+) ?(working )?(\w+?)s?", text)
    assert found is not None, text
    count, working, unit = int(found[1]), found[2], found[3]
    if unit in ("d", "day") and not working:
        return midnight(start, count)
    if unit == "day":
        return office.opening_of(office.working_day(office.opening_from(start).date(), count))
    minutes = count * (60 if unit in ("h", "hour") else 1)
    return office.after(start, minutes)[0] if working else start + minutes * MINUTE


def late(text: str, start: datetime, office: Office) -> datetime:
    """The last instant at which what was waited for is still in time: that day's end; with hours, twice the gap."""
    found = re.fullmatch(r"(\d+) ?(working )?(\w+?)s?", text)
    assert found is not None, text
    if found[3] in ("d", "day"):
        return midnight(wait(text, start, office), 1)
    minutes = 2 * int(found[1]) * (60 if found[3] in ("h", "hour") else 1)
    return office.after(start, minutes)[1] if found[2] else start + minutes * MINUTE


# Conditions ----------------------------------------------------------------------------------------------------------


def holds(condition: dict[str, Any], facts: dict[str, Any]) -> bool | None:
    """Three-valued: True, False, or None when a missing fact leaves it open."""
    return every(_one(key, test, facts) for key, test in condition.items())


def _one(key: str, test: Any, facts: dict[str, Any]) -> bool | None:
    if key == "any":
        return some(holds(part, facts) for part in test)
    if key == "not":
        return opposite(holds(test, facts))
    if isinstance(test, list):
        return some(_one(key, value, facts) for value in test)
    value = facts.get(key)
    if test in ("filled", "empty"):
        return (value is not None) == (test == "filled")
    if isinstance(test, str) and test.startswith("not "):
        return opposite(_one(key, test.removeprefix("not "), facts))
    if value is None:
        return None
    if isinstance(test, str) and (found := re.fullmatch(r"(>=|<=|>|<) (\d+)", test)):
        bound = int(found[2])
        return {">=": value >= bound, "<=": value <= bound, ">": value > bound, "<": value < bound}[found[1]]
    if isinstance(test, str) and (found := re.fullmatch(r"(\d+)\.\.(\d+)", test)):
        return int(found[1]) <= value <= int(found[2])
    return bool(value == test)


def every(truths: Iterator[bool | None]) -> bool | None:
    found = list(truths)
    return False if False in found else None if None in found else True


def some(truths: Iterator[bool | None]) -> bool | None:
    found = list(truths)
    return True if True in found else None if None in found else False


def opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


# The opinion ---------------------------------------------------------------------------------------------------------


REMARKS = {"CASE116", "CASE403", "CASE404", "CASE418", "CASE505", "CASE522", "CASE532", "CASE543", "CASE544", "CASE552"}


@dataclass
class Fact:
    """Something accepted: what, when, by whom, and the order in which it was recorded."""

    verb: str
    at: datetime
    by: str
    roles: list[str]
    data: dict[str, Any]
    number: int = 0


@dataclass
class Visit:
    """One stay in a place, with everything that happened during it."""

    place: str
    entered: datetime
    round: int
    left: datetime | None = None
    how: str = ""
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Run:
    """One run of an SLA clock, as it ended or stands."""

    name: str
    cycle: int
    started: datetime
    limit: Limit
    ended: datetime | None
    verdict: str
    levels: list[dict[str, Any]]


class Opinion:
    """What an SOP says about one case."""

    def __init__(self, data: dict[str, Any], people: dict[str, list[str]]) -> None:
        self.data, self.people = data, people
        self.zone = ZoneInfo(data["timezone"])
        self.stages: dict[str, Any] = data["stages"]
        self.outcomes: dict[str, Any] = dict(data.get("outcomes", {}))
        self.outcomes.setdefault("won", {"kind": "success"})
        if all(outcome["kind"] != "failure" for outcome in self.outcomes.values()):
            self.outcomes["lost"] = {"kind": "failure", "from": "any"}
        self.office = Office(next(iter(data["calendars"].values())), self.zone)
        self.care = self.outcomes["won"].get("then")
        self.facts: list[Fact] = []

    # What the SOP says ........................................................

    def owners(self, place: str) -> list[str]:
        return listed(self.stages.get(place, {}).get("owner"))

    def next(self, place: str) -> list[dict[str, Any]]:
        """The ways that `next` gives, or the default chain."""
        stage = self.stages[place]
        if stage.get("next") is not None:
            return [way if isinstance(way, dict) else {"to": way} for way in stage["next"]]
        main = [name for name in self.stages if name != self.care]
        if place == self.care or place == main[-1]:
            return [{"to": "won"}]
        return [{"to": main[main.index(place) + 1]}]

    def way(self, place: str, to: str) -> dict[str, Any] | None:
        """The way from a place to another with its kind: forward, back, an outcome's kind, or reopen."""
        if place in self.outcomes:
            reopen, recycle = (self.outcomes[place].get(key) for key in ("reopen", "recycle"))
            if reopen and reopen["to"] == to:
                return {"kind": "reopen", **reopen}
            return {"kind": "by hand", "to": to} if recycle and recycle["to"] == to else None
        for way in self.next(place):
            if way["to"] == to:
                return {**way, "kind": self.kind(to)}
        for back in self.stages[place].get("back", []):
            back = back if isinstance(back, dict) else {"to": back}
            if back["to"] == to:
                return {**back, "kind": "back"}
        outcome = self.outcomes.get(to)
        if outcome is None or outcome["kind"] == "success" or place == self.care:
            return None
        origin = outcome.get("from", "any" if outcome["kind"] in ("failure", "cancelled") else [])
        return {"to": to, "kind": outcome["kind"]} if origin == "any" or place in origin else None

    def ways(self, place: str) -> list[str]:
        return [to for to in (*self.stages, *self.outcomes) if self.way(place, to)]

    def kind(self, to: str) -> str:
        kind = self.outcomes.get(to, {"kind": "success"})["kind"]
        return "forward" if kind == "success" else str(kind)

    # What has happened ........................................................

    def until(self, at: datetime | None = None) -> list[Fact]:
        """The facts in their order, up to and with an instant."""
        ordered = sorted(self.facts, key=lambda fact: (fact.at, fact.number))
        return [fact for fact in ordered if at is None or fact.at <= at]

    def visits(self, facts: list[Fact]) -> list[Visit]:
        found: list[Visit] = []
        for fact in facts:
            if fact.verb == "open":
                found.append(Visit(fact.data["stage"], fact.data.get("since") or fact.at, 0))
            elif fact.verb == "move":
                found.append(self._next_visit(found[-1], fact))
            elif found:
                found[-1].facts.append(fact)
        return found

    def _next_visit(self, last: Visit, move: Fact) -> Visit:
        to = move.data["to"]
        way = self.way(last.place, to)
        last.left, last.how = move.at, way["kind"] if way else self._jump(last.place, to)
        again = last.place in self.outcomes and to in self.stages
        place = self.care if to == "won" and self.care and last.place != self.care else to
        return Visit(place, move.at, last.round + again)

    def _jump(self, here: str, to: str) -> str:
        """How to read a move that no way allows, such as where follow-up leads: by the outcome, or by the file's order."""
        if to in self.outcomes:
            return self.kind(to)
        order = [*self.stages, *self.outcomes]
        return "forward" if order.index(to) > order.index(here) else "back"

    def outcome(self, facts: list[Fact]) -> str | None:
        found = None
        for fact in facts:
            if fact.verb == "move":
                to = fact.data["to"]
                here = self.visits([f for f in facts if (f.at, f.number) < (fact.at, fact.number)])[-1].place
                found = to if to in self.outcomes else None if here in self.outcomes else found
        return found

    def holder(self, facts: list[Fact]) -> str | None:
        found: str | None = None
        for number, fact in enumerate(facts):
            visits = self.visits(facts[: number + (fact.verb == "open")])
            acts = fact.verb not in ("receive", "bounce", "opt_out", "note", "signal") and fact.by != "sop"
            if found is None and acts and visits and set(self.owners(visits[-1].place)) & set(fact.roles):
                found = fact.by
            if fact.verb == "move":
                found = fact.data["holder"]
            if fact.verb == "assign":
                found = fact.data["to"]
        return found

    def record(self, facts: list[Fact]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for fact in facts:
            if fact.verb == "open":
                found = {name: spec["default"] for name, spec in self.data["fields"].items() if "default" in spec}
                found |= fact.data["record"]
            elif fact.verb == "edit":
                found |= fact.data["changes"]
        found = {name: value for name, value in found.items() if name in self.data["fields"] and value is not None}
        for table, rows in self.data["tables"].items():
            found[table] = first_row(rows, found)
        for score, spec in self.data["scores"].items():
            found[score] = grade_of(spec, found)
        return {name: value for name, value in found.items() if value is not None}

    def ticks(self, facts: list[Fact]) -> set[str]:
        """What is ticked now: in this visit, or once and for all in an earlier one."""
        visits = self.visits(facts)
        here = visits[-1].place if visits else ""
        once = {c for c, item in self.checklist(here).items() if isinstance(item, dict) and item.get("once")}
        found: set[str] = set()
        for visit in visits:
            for fact in visit.facts if visit.place == here else []:
                if fact.verb in ("tick", "untick") and (visit is visits[-1] or fact.data["item"] in once):
                    (found.add if fact.verb == "tick" else found.discard)(fact.data["item"])
        return found

    def checklist(self, place: str) -> dict[str, Any]:
        return self.stages.get(place, {}).get("checklist", {})

    def documents(self, facts: list[Fact]) -> set[str]:
        return {fact.data["document"] for fact in facts if fact.verb == "attach"}

    def status(self, facts: list[Fact]) -> str | None:
        visit = self.visits(facts)[-1]
        statuses: dict[str, Any] = self.stages.get(visit.place, {}).get("statuses", {})
        found = next(iter(statuses), None)
        for fact in visit.facts:
            if fact.verb == "status" and visit.place in self.stages:
                found = fact.data["to"]
            waits = isinstance(statuses.get(found or ""), dict) and statuses[found or ""].get("waits_for")
            if fact.verb == "receive" and not fact.data["automatic"] and waits:
                found = next(iter(statuses))
        return found

    # Contacts .................................................................

    def contacts(self, facts: list[Fact]) -> list[Fact]:
        """Who reached whom, without what bounced and what no human wrote."""
        found: list[Fact] = []
        for fact in facts:
            if fact.verb == "contact" or (fact.verb == "receive" and not fact.data["automatic"]):
                found.append(fact)
            if fact.verb == "bounce":
                found = [one for one in found if one is not self.bounced(fact)]
        return found

    def bounced(self, bounce: Fact) -> Fact:
        """The contact that reached nobody, by its number among those that were recorded."""
        return [fact for fact in self.facts if fact.verb == "contact"][bounce.data["made"]]

    def waiting(self, facts: list[Fact]) -> bool:
        """Whether the customer waits for an answer."""
        verbs = [fact.verb for fact in self.contacts(facts)]
        return bool(verbs) and verbs[-1] == "receive"

    def series(self, facts: list[Fact]) -> dict[str, Any]:
        """Follow-up where the case stands: first contact of the visit, attempts, last outbound, whether anybody answered."""
        visits = self.visits(facts)
        here = visits[-1]
        first, attempts, last, answered = None, 0, None, False
        everything = self.contacts(facts)
        for visit in visits:
            if visit.place != here.place or visit.round != here.round:
                continue
            first = None
            for fact in (f for f in everything if any(f is mine for mine in visit.facts)):
                before = everything[: next(n for n, f in enumerate(everything) if f is fact)]
                if fact.verb == "receive":
                    attempts, answered = 0, True
                    continue
                replying = bool(before) and before[-1].verb == "receive"
                attempts += first is not None and not replying
                first, last = first or fact.at, fact.at
                if fact.data["answered"]:
                    attempts, answered = 0, True
        return {"first": first, "attempts": attempts, "last": last, "answered": answered}

    def would_be_attempt(self, facts: list[Fact]) -> bool:
        return not self.waiting(facts) and bool(facts) and self.series(facts)["first"] is not None

    # Time .....................................................................

    def settle(self, until: datetime) -> None:
        """What time alone brings about strictly before an instant, at its own instant."""
        while True:
            facts = self.until()
            due = self.due(facts)
            if due is None or due[0] >= until:
                return
            at, to, data = due
            fact = Fact("move", at, "sop", [], {"to": to, **data}, len(self.facts))
            fact.data["holder"] = self.holder_after(facts, fact)
            self.facts.append(fact)

    def due(self, facts: list[Fact]) -> tuple[datetime, str, dict[str, Any]] | None:
        """The consequence that comes next where the case stands: trying is over, or the rest is."""
        visit = self.visits(facts)[-1]
        if visit.place in self.stages:
            return self._exhausted(facts, visit)
        return self._rested(facts, visit)

    def _exhausted(self, facts: list[Fact], visit: Visit) -> tuple[datetime, str, dict[str, Any]] | None:
        rule = self.stages[visit.place].get("follow_up")
        if rule is None or "then" not in rule or self.waiting(facts):
            return None
        series = self.series(facts)
        if series["first"] is None or series["attempts"] < rule["max"]:
            return None
        bounces = [fact.at for fact in visit.facts if fact.verb == "bounce"]
        at = max([late(rule["every"], series["last"], self.office), *bounces])
        return at, rule["then"], {"reason": "no_response"}

    def _rested(self, facts: list[Fact], visit: Visit) -> tuple[datetime, str, dict[str, Any]] | None:
        recycle = self.outcomes[visit.place].get("recycle")
        if recycle is None:
            return None
        at = wait(recycle["after"], visit.entered, self.office)
        words = [fact.at for fact in visit.facts if fact.verb == "receive" and not fact.data["automatic"]]
        times = sum(fact.data.get("recycled") == visit.place for fact in facts)
        rests_for_ever = times >= recycle["max"] and "then" not in recycle
        if words and (words[0] <= at or rests_for_ever):
            return words[0], recycle["to"], {}
        if times < recycle["max"]:
            return at, recycle["to"], {"recycled": visit.place}
        return (at, recycle["then"], {"reason": "no_response"}) if "then" in recycle else None

    def runs(self, now: datetime) -> list[Run]:
        """Every run of every clock, as of an instant."""
        found: list[Run] = []
        for visit in self.visits(self.until()):
            for name, spec in self.stages.get(visit.place, {}).get("sla", {}).items():
                full = f"{visit.place}.{name}"
                cycle = 1 + sum(run.name == full for run in found)
                found.append(self._run(full, cycle, name, spec, visit, now))
        return found

    def _run(self, full: str, cycle: int, name: str, spec: Any, visit: Visit, now: datetime) -> Run:
        long = spec if isinstance(spec, dict) else {"target": spec}
        target = limit(long["target"], visit.entered, self.office)
        escalate = long.get("escalate")
        levels = [{"at": "100%", "notify": "reports_to"}] if escalate is None else escalate
        contacts = [fact for fact in self.contacts(visit.facts) if fact.verb == "contact"]
        ended, verdict = visit.left, ""
        if name == "first_response" and contacts:
            ended, verdict = contacts[0].at, "stopped"
        elif visit.left is not None:
            verdict = "stopped" if name == "finish" and visit.how in ("forward", "failure") else "cancelled"
        if ended is None:
            verdict = "breached" if now > target.breaches_after else "running"
        elif ended > target.breaches_after:
            verdict = "missed"
        elif verdict == "stopped":
            verdict = "met"
        return Run(full, cycle, visit.entered, target, ended, verdict, levels)

    def notices(self, now: datetime) -> list[tuple[str, str, int, datetime]]:
        """What the clocks have told strictly before an instant: kind, clock, cycle, when."""
        found = []
        for run in self.runs(now):
            for kind, at in self._levels(run):
                if at < now and (run.ended is None or at < run.ended):
                    found.append((kind, run.name, run.cycle, at))
        return sorted(found)

    def _levels(self, run: Run) -> Iterator[tuple[str, datetime]]:
        breach = run.limit.breaches_after + TICK
        yield "breached", breach
        for level in run.levels:
            if level["at"].startswith("+"):
                yield "escalated", self._past(breach, level["at"].removeprefix("+"))
                continue
            percent = int(level["at"].removesuffix("%"))
            if percent < 100:
                yield "warned", run.limit.share(percent)[0]
            elif percent > 100:
                yield "escalated", run.limit.share(percent)[1] + TICK

    def _past(self, breach: datetime, text: str) -> datetime:
        """So long after a breach, which comes a microsecond after a whole minute: days later at the same time of day."""
        start = breach - TICK
        if days := re.fullmatch(r"(\d+)d", text):
            return midnight(breach, int(days[1])) + (breach.replace(tzinfo=None) - datetime.combine(breach.date(), time()))
        if "working" not in text:
            return wait(text, breach, self.office)
        if not self.office.is_open(start):
            return wait(text, start, self.office)
        minutes = 60 * int(text.split()[0])
        return self.office.after(start, minutes)[1] + TICK

    # Judging ..................................................................

    def open(
        self, now: datetime, at: datetime, by: str, stage: str, since: datetime | None, record: dict[str, Any]
    ) -> list[str]:
        """The codes about an opening, which is taken when none of them refuses it."""
        roles = self.roles_at(by, at)
        codes = ["CASE506"] * (at > now)
        if stage not in self.stages:
            codes.append("CASE515")
        elif stage == next(iter(self.stages)) and since is None and not set(self.owners(stage)) & set(roles):
            codes.append("CASE102")
        if not codes:
            self._accept(Fact("open", at, by, roles, {"stage": stage, "since": since, "record": record}))
            self.settle(now)
        return codes

    def roles(self, by: str) -> list[str]:
        return self.people.get(by, [])

    def roles_at(self, by: str, at: datetime) -> list[str]:
        """The roles that somebody has at an instant, stand-ins counted where there are any."""
        return self.roles(by)

    def command(self, now: datetime, verb: str, data: dict[str, Any], by: str, at: datetime) -> tuple[bool, list[str]]:
        """Whether a command is allowed, and every code about it; what is allowed is taken."""
        self.settle(now)
        facts = self.until(at)
        visits = self.visits(facts)
        place = visits[-1].place if visits else next(iter(self.stages))
        fact = Fact(verb, at, by, self.roles_at(by, at), dict(data))
        codes = [*getattr(self, f"_{verb}")(facts, place, fact), *self._time(now, fact)]
        happened = verb in ("receive", "bounce", "opt_out") or (verb == "contact" and (at < now or data["answered"]))
        allowed = not any(self.blocks(code, fact) for code in codes) or (happened and at <= now)
        if allowed:
            if verb == "move":
                fact.data["holder"] = self.holder_after(self.until(), fact)
            self._accept(fact)
            self._at_once(fact)
            self.settle(now)
        return allowed, codes

    def blocks(self, code: str, fact: Fact) -> bool:
        """Whether a code stops what it is about, or only remarks on it."""
        return code not in REMARKS

    def _accept(self, fact: Fact) -> None:
        fact.number = len(self.facts)
        self.facts.append(fact)

    def _at_once(self, fact: Fact) -> None:
        """A customer's word brings a parked case back at once."""
        if fact.verb == "receive":
            due = self.due(self.until())
            if due is not None and due[0] == fact.at and "reason" not in due[2] and "recycled" not in due[2]:
                self.settle(fact.at + TICK)

    def holder_after(self, facts: list[Fact], fact: Fact) -> str | None:
        """Who holds the case after a move: whoever did, if they are in the role of where it goes."""
        here, to = self.visits(facts)[-1].place, fact.data["to"]
        holder = self.holder(facts)
        if holder is None and set(self.owners(here)) & set(fact.roles):
            holder = fact.by
        there = self.care if to == "won" and self.care else to
        if holder is None or there not in self.stages:
            return holder
        return holder if set(self.owners(there)) & set(self.roles(holder)) else None

    def _time(self, now: datetime, fact: Fact) -> Iterator[str]:
        opened = next(f.at for f in self.facts if f.verb == "open")
        if fact.at > now:
            yield "CASE506"
        if fact.at < opened:
            yield "CASE507"
        if fact.verb in ("contact", "receive", "opt_out") and now - fact.at > timedelta(hours=24):
            yield "CASE505"
        moves = [f.at for f in self.facts if f.verb == "move"]
        if fact.verb == "move" and moves and fact.at < max(moves):
            yield "CASE112"

    def _acts(self, place: str, fact: Fact) -> Iterator[str]:
        if place in self.outcomes:
            yield self._resting(place)
        elif not set(self.owners(place)) & set(fact.roles):
            yield "CASE102"

    def _resting(self, place: str) -> str:
        return "CASE118" if self.outcomes[place]["kind"] == "parked" else "CASE113"

    def _move(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        way = self.way(place, fact.data["to"])
        if way is None:
            yield "CASE101" if self.ways(place) else self._resting(place)
        may = listed(way.get("by")) if way else []
        if way and way["kind"] in ("reopen", "by hand"):
            may = may or self.owners(way["to"])
        if may:
            yield from ["CASE103"] * (not set(may) & set(fact.roles))
        elif place in self.stages and not set(self.owners(place)) & set(fact.roles):
            yield "CASE102"
        if way is None:
            return
        if "when" in way:
            truth = holds(way["when"], self.record(facts))
            yield from [] if truth else ["CASE105" if truth is None else "CASE104"]
        if way["kind"] == "forward":
            yield from self._gate(facts, place)
        yield from self._reasons(facts, place, way, fact)

    def _reasons(self, facts: list[Fact], place: str, way: dict[str, Any], fact: Fact) -> Iterator[str]:
        reason, kind = fact.data.get("reason"), way["kind"]
        yield from ["CASE116"] * (way["to"] in self.outcomes and self.waiting(facts))
        if kind == "back":
            yield from ["CASE109"] * (not reason)
            done = sum(v.place == place and v.how == "back" and self._after(facts, v) == way["to"] for v in self.visits(facts))
            yield from ["CASE110"] * ("max" in way and done >= way["max"])
        if kind == "failure":
            known = self.outcomes[way["to"]].get("reasons", [])
            codes = [entry if isinstance(entry, str) else entry["code"] for entry in known]
            strict = [entry["code"] for entry in known if isinstance(entry, dict) and entry.get("note")]
            if not reason:
                yield "CASE106"
            elif known and reason not in (*codes, "no_response", "opt_out"):
                yield "CASE107"
            elif reason in strict and not fact.data.get("note"):
                yield "CASE108"
        rule = self.stages.get(place, {}).get("follow_up")
        if rule and kind in ("failure", "parked") and reason != "opt_out" and facts:
            series = self.series(facts)
            yield from ["CASE111"] * (not series["answered"] and series["attempts"] < rule.get("min", 0))
        elif rule and kind in ("failure", "parked") and reason != "opt_out":
            yield from ["CASE111"] * (rule.get("min", 0) > 0)
        if kind == "reopen":
            closed = self.visits(facts)[-1].entered
            yield from ["CASE114"] * (fact.at > limit(way["within"], closed, self.office).breaches_after)

    def _after(self, facts: list[Fact], visit: Visit) -> str:
        visits = self.visits(facts)
        return next(b.place for a, b in pairwise(visits) if (a.entered, a.left) == (visit.entered, visit.left))

    def _gate(self, facts: list[Fact], place: str) -> Iterator[str]:
        stage, record = self.stages[place], self.record(facts)
        for need in stage.get("requires", []):
            if isinstance(need, str):
                yield from ["CASE201"] * (need not in record)
            elif "any" in need:
                yield from ["CASE202"] * (not set(need["any"]) & set(record))
            elif holds(need["when"], record) is not False:
                yield from ["CASE201" for name in need["fields"] if name not in record]
        ticked = self.ticks(facts)
        needed = {c for c, item in self.checklist(place).items() if isinstance(item, str) or not item.get("optional")}
        for name in stage.get("documents", []):
            spec = self.data["documents"][name]
            origin = spec.get("from") if isinstance(spec, dict) else None
            if isinstance(spec, dict) and "kind" in spec:
                continue
            there = {
                None: name in self.documents(facts),
                "contacts": any(fact.verb == "contact" for fact in self.contacts(facts)),
                "fields": bool(set(record) & set(self.data["fields"])),
                "checklist": needed <= ticked,
                "assignment": self.holder(facts) is not None,
                "moves": bool(self.visits(facts)),
            }[origin]
            yield from [] if there else ["CASE205" if origin else "CASE204"]
        yield from ["CASE206" for _ in needed - ticked]

    def advance(self, now: datetime) -> str:
        """Where "advance" goes: the first way whose condition holds; an unknown one stops it."""
        self.settle(now)
        facts = self.until()
        place = self.visits(facts)[-1].place
        if place in self.outcomes:
            return place
        ways = self.next(place)
        for way in ways:
            if "when" not in way or holds(way["when"], self.record(facts)) is not False:
                return str(way["to"])
        return str(ways[0]["to"])

    def _contact(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        if fact.data.get("template"):
            yield "CASE509"
        rule = self.stages.get(place, {}).get("follow_up")
        if rule is None or not self.visits(facts) or not self.would_be_attempt(facts):
            return
        series = self.series(facts)
        if series["attempts"] >= rule["max"]:
            yield "CASE401"
        if fact.at < wait(rule["every"], series["last"], self.office):
            yield from ["CASE402"] * (not fact.data["answered"])
        elif fact.at > late(rule["every"], series["last"], self.office):
            yield "CASE403"
        via = rule.get("via", [])
        if via and fact.data["via"] != via[min(series["attempts"] + 1, len(via)) - 1]:
            yield "CASE404"

    def _receive(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from ()

    def _bounce(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        before = [one.data["made"] for one in facts if one.verb == "bounce"]
        yield from ["CASE418"] * (fact.data["made"] in before)

    def _edit(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        yield from fact.data.get("wrong", [])

    def _attach(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        spec = self.data["documents"].get(fact.data["document"])
        if spec is None:
            yield "CASE501"
        elif isinstance(spec, dict) and "types" in spec and fact.data["type"] not in spec["types"]:
            yield "CASE513" if fact.data["type"] else "CASE531"

    def _tick(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        yield from ["CASE502"] * (fact.data["item"] not in self.checklist(place))

    _untick = _tick

    def _status(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        yield from ["CASE503"] * (fact.data["to"] not in self.stages.get(place, {}).get("statuses", {}))

    def _assign(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact)
        yield from ["CASE551"] * (place in self.stages and not set(self.owners(place)) & set(self.people[fact.data["to"]]))


def listed(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def first_row(rows: list[dict[str, Any]], facts: dict[str, Any]) -> str | None:
    """The result of the first row that holds; unknown stops the search."""
    for row in rows:
        truth = holds(row.get("when", {}), facts)
        if truth is not False:
            return row["then"] if truth else None
    return None


def grade_of(spec: dict[str, Any], facts: dict[str, Any]) -> str | None:
    """The grade, when every value of the missing facts gives the same one."""
    missing = [name for name in ("budget", "ok") if name not in facts]
    values = {"budget": [0, 100, 501], "ok": [True, False]}
    grades = set()
    for combination in product(*(values[name] for name in missing)):
        known = {**facts, **dict(zip(missing, combination, strict=True))}
        total = sum(row["points"] for row in spec["add"] if holds(row["when"], known))
        for name, test in spec["grades"].items():
            if holds({"total": test}, {"total": total}):
                grades.add(name)
    return grades.pop() if len(grades) == 1 else None
