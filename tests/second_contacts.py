"""A plain second opinion about follow-up under a contact policy, for several cases of several SOPs and the customers they share.

It is written from the language reference alone, on top of the plain opinion about one case, and shares nothing with the engine.
What was sent to whom is one list; whoever shares a number or an address is one customer; the next allowed instant is found
by asking every half hour, on the customer's own wall clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from second_opinion import TICK, Fact, Opinion, Visit, late, listed, midnight, minute_of, wait

CHANNELS = ("email", "whatsapp", "sms", "call")
MESSAGES = ("email", "whatsapp", "sms")
HALF_HOUR = timedelta(minutes=30)


@dataclass
class Sent:
    """One message or call: to which addresses, when, what for, in which case. One that was only handed out has no contact yet."""

    addresses: set[str]
    at: datetime
    purpose: str
    case: str
    fact: Fact
    gone: set[str] = field(default_factory=set)
    """The addresses under which it was taken back later."""


@dataclass
class World:
    """Everything that is known about customers, over all cases."""

    sent: list[Sent] = field(default_factory=list)
    refusals: list[tuple[set[str], str, datetime]] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)

    def sent_to(self, addresses: set[str]) -> list[Sent]:
        return [one for one in self.sent if one.addresses & addresses and not one.gone & addresses]

    def unwanted(self, addresses: set[str], at: datetime) -> set[str]:
        return {via for whose, via, since in self.refusals if whose & addresses and since <= at}

    def hand_out(self, now: datetime, order: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every message that is due. Of cases that compete for one place under a cap, those named in `order` come first."""
        for case in self.cases.values():
            case.settle(now)
        for name in (*order, *self.cases):
            message = self.cases[name].hand_out(now)
            if message is not None:
                yield name, message


class Case(Opinion):
    """What an SOP with follow-up and a contact policy says about one of many cases."""

    def __init__(self, data: dict[str, Any], people: dict[str, list[str]], world: World, name: str) -> None:
        super().__init__(data, people)
        self.world, self.name = world, name
        self.policy: dict[str, Any] = data.get("contact_policy") or {}
        world.cases[name] = self

    # Who and where the customer is ..................................................................................

    def addresses(self) -> set[str]:
        """Numbers and addresses, as they are now."""
        record = self.record(self.until())
        digits = "".join(sign for sign in record.get("phone", "") if sign.isdigit())
        found = {digits.removeprefix("62").removeprefix("0")} if digits else set()
        found |= {record["email"].lower()} if "email" in record else set()
        return found or {f"nobody but {self.name}"}

    def where(self, facts: list[Fact]) -> ZoneInfo:
        zone = self.policy.get("zone")
        value = self.record(facts).get(zone["field"]) if zone else None
        return ZoneInfo(zone["values"][value]) if zone and value in zone["values"] else self.zone

    # The policy .........................................................................................................

    def held(self, at: datetime, zone: ZoneInfo, counted: list[datetime]) -> list[str]:
        """Everything that speaks against a sales contact at an instant."""
        here, found = at.astimezone(zone), []
        quiet = self.policy.get("quiet_hours")
        if quiet:
            since, until = map(minute_of, quiet.split("-"))
            minute = here.hour * 60 + here.minute
            night = since <= minute < until if since < until else minute >= since or minute < until
            found += ["CASE412"] * night
        holidays = self.office.spec.get("holidays", []) if self.policy.get("closed") else []
        found += ["CASE413"] * (here.date().isoformat() in holidays)
        most = self.policy.get("max", {})
        past = [one.astimezone(zone).date() for one in counted if one <= at]
        if "per_day" in most:
            found += ["CASE414"] * (sum(day == here.date() for day in past) >= most["per_day"])
        if "per_week" in most:
            week = here.date().isocalendar()[:2]
            found += ["CASE415"] * (sum(day.isocalendar()[:2] == week for day in past) >= most["per_week"])
        return found

    def allowed_from(self, at: datetime, zone: ZoneInfo, counted: list[datetime]) -> datetime:
        """The first instant from `at` on against which nothing speaks."""
        if self.held(at, zone, counted):
            at = at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0) + HALF_HOUR
        while self.held(at, zone, counted):
            at += HALF_HOUR
        return at

    def counted(self, at: datetime, facts: list[Fact], but: Fact | None = None) -> list[datetime]:
        """What caps count, by what is known now, but for one message that was handed out."""
        monday = midnight(at.astimezone(self.where(facts)), -at.astimezone(self.where(facts)).weekday())
        known = self.world.sent_to(self.addresses())
        return sorted(one.at for one in known if one.purpose == "sales" and monday <= one.at <= at and one.fact is not but)

    def purpose(self, fact: Fact) -> str:
        template = self.data["templates"].get(fact.data.get("template") or "", {})
        return str(template.get("purpose", "sales"))

    # What has happened ..............................................................................................

    def signs(self, facts: list[Fact]) -> list[tuple[str, Fact, int]]:
        """What passed between customer and company: out, in, and whatever else ended a series, without what bounced.

        With each, the number of the visit in which it was.
        """
        found: list[tuple[str, Fact, int]] = []
        for number, visit in enumerate(self.visits(facts)):
            for fact in visit.facts:
                kind = self._sign(fact, visit.place, number, found)
                if kind:
                    found.append((kind, fact, number))
                if fact.verb == "bounce":
                    found = [one for one in found if one[1] is not self.bounced(fact)]
        return found

    def _sign(self, fact: Fact, place: str, number: int, before: list[tuple[str, Fact, int]]) -> str:
        rule = self.stages.get(place, {}).get("follow_up")
        if fact.verb == "contact":
            unasked = fact.by == "sop" and self._waits(before)
            return "" if unasked else "out"
        if fact.verb == "receive" and not fact.data["automatic"]:
            return "stop" if self.is_word(fact) else "in"
        if fact.verb == "opt_out":
            uses = rule and set(self.channels(fact)) & set(self.used(rule))
            return "stop" if "from" not in fact.data or uses else ""
        ends = {"signal": "event", "status": "to", "attach": "document"}.get(fact.verb)
        if ends and rule:
            name = f"document.{fact.data[ends]}" if fact.verb == "attach" else fact.data[ends]
            begun = any(kind == "out" and where == number for kind, _, where in before)
            return "stop" if begun and name in listed(rule.get("stop_on")) else ""
        return ""

    def _waits(self, signs: list[tuple[str, Fact, int]]) -> bool:
        said = [kind for kind, _, _ in signs if kind != "stop"]
        return bool(said) and said[-1] == "in"

    def waiting(self, facts: list[Fact]) -> bool:
        return self._waits(self.signs(facts))

    def contacts(self, facts: list[Fact]) -> list[Fact]:
        return [fact for kind, fact, _ in self.signs(facts) if kind != "stop"]

    def is_word(self, fact: Fact) -> bool:
        words = self.policy.get("opt_out", {}).get(fact.data["via"], [])
        return (fact.data.get("text") or "").strip().lower() in [word.lower() for word in words]

    def channels(self, fact: Fact) -> list[str]:
        via = fact.data["via"]
        return [via] if via else list(CHANNELS)

    def used(self, rule: dict[str, Any]) -> list[str]:
        """The channels that a follow-up may use."""
        return [via for via in self.turns(rule) if via in CHANNELS] or list(CHANNELS)

    def turns(self, rule: dict[str, Any]) -> list[str]:
        """The channel of each attempt: as written, else those of the templates."""
        return listed(rule.get("via")) or [self.data["templates"][name]["channel"] for name in listed(rule.get("template"))]

    def own_refusals(self, facts: list[Fact]) -> set[str]:
        """The channels that the customer closed, as far as this case was told."""
        told = [fact for fact in facts if fact.verb == "opt_out" or self._says_stop(fact)]
        return {via for fact in told for via in self.channels(fact)}

    def _says_stop(self, fact: Fact) -> bool:
        return fact.verb == "receive" and not fact.data["automatic"] and self.is_word(fact)

    def series(self, facts: list[Fact]) -> dict[str, Any]:
        visits = self.visits(facts)
        here = visits[-1]
        first, attempts, last, answered, stopped, latest = None, 0, None, False, False, -1
        before: list[tuple[str, Fact, int]] = []
        for sign in self.signs(facts):
            kind, fact, number = sign
            replying = self._waits(before)
            before.append(sign)
            if (visits[number].place, visits[number].round) != (here.place, here.round):
                continue
            first, latest = first if number == latest else None, number
            if kind == "out":
                attempts += first is not None and not replying
                first, last, stopped = first or fact.at, fact.at, False
            if kind != "out" or fact.data.get("answered"):
                attempts, answered = 0, True
                stopped = kind == "stop"
        first = first if latest == len(visits) - 1 else None
        return {"first": first, "attempts": attempts, "last": last, "answered": answered, "stopped": stopped}

    def status(self, facts: list[Fact]) -> str | None:
        visit = self.visits(facts)[-1]
        known = list(self.stages.get(visit.place, {}).get("statuses", {}))
        said = [fact.data["to"] for fact in visit.facts if fact.verb == "status"]
        return said[-1] if said else known[0] if known else None

    # Time .................................................................................................................

    def gap_ends(self, facts: list[Fact]) -> datetime:
        rule = self.stages[self.visits(facts)[-1].place]["follow_up"]
        return wait(rule["every"], self.series(facts)["last"], self.office)

    def window(self, facts: list[Fact], counted: list[datetime]) -> tuple[datetime, datetime]:
        """From when on the next attempt is allowed, and until when it is in time."""
        rule = self.stages[self.visits(facts)[-1].place]["follow_up"]
        gap, last = self.gap_ends(facts), self.series(facts)["last"]
        allowed = self.allowed_from(gap, self.where(facts), counted)
        until = late(rule["every"], last, self.office)
        if allowed > gap:
            days = rule["every"].rstrip("s").endswith(("d", "day"))
            moved = midnight(allowed.astimezone(self.zone), 1) if days else self._one_more(rule["every"], allowed)
            until = max(until, moved)
        return allowed, until

    def _one_more(self, every: str, start: datetime) -> datetime:
        start = start.astimezone(self.zone)
        if "working" in every:
            return self.office.after(start, 60 * int(every.split()[0]))[1]
        return wait(every, start, self.office)

    def _counted_then(self, facts: list[Fact]) -> list[datetime]:
        """What caps counted when this case last contacted the customer, that contact among them; not what has bounced since."""
        made = [fact for fact in facts if fact.verb == "contact"]
        gone = [self.bounced(fact).at for fact in facts if fact.verb == "bounce"]
        own = [made[-1].at] if made[-1].data["sales"] else []
        return [at for at in [*made[-1].data["counted"], *own] if at not in gone]

    def _exhausted(self, facts: list[Fact], visit: Visit) -> tuple[datetime, str, dict[str, Any]] | None:
        rule = self.stages[visit.place].get("follow_up")
        if rule is None or "then" not in rule:
            return None
        told = [fact.at for fact in visit.facts if fact.verb in ("contact", "receive", "opt_out", "bounce", "edit")]
        closed = self._closed_at(facts, visit, rule)
        if closed is not None:
            return max([closed, *told]), rule["then"], {"reason": "opt_out"}
        series = self.series(facts)
        over = self.waiting(facts) or series["stopped"] or series["first"] is None or series["attempts"] < rule["max"]
        if over:
            return None
        return max([self.window(facts, self._counted_then(facts))[1], *told]), rule["then"], {"reason": "no_response"}

    def _closed_at(self, facts: list[Fact], visit: Visit, rule: dict[str, Any]) -> datetime | None:
        """Since when no channel is left for the follow-up of this visit; a word of the customer opens it again."""
        found = None
        for fact in visit.facts:
            known = [one for one in facts if (one.at, one.number) <= (fact.at, fact.number)]
            if fact.verb == "receive" and not fact.data["automatic"] and not self.is_word(fact):
                found = None
            if (fact.verb == "opt_out" or self._says_stop(fact)) and set(self.used(rule)) <= self.own_refusals(known):
                found = found or fact.at
        return found

    # Judging ..............................................................................................................

    def command(self, now: datetime, verb: str, data: dict[str, Any], by: str, at: datetime) -> tuple[bool, list[str]]:
        self.settle(now)
        if verb == "contact":
            facts = self.until(at)
            replying = self.waiting(facts)
            sales = not replying and data["via"] in CHANNELS and self.purpose(Fact(verb, at, by, [], data)) != "service"
            data = {**data, "counted": self.counted(at, facts, data.get("handed")), "sales": sales}
        if by == "sop":
            # Told after the fact: what arrived has arrived, whatever could be said about it.
            self._accept(Fact(verb, at, by, [], data))
            self.settle(now)
            allowed, codes = True, []
        else:
            allowed, codes = super().command(now, verb, data, by, at)
        if allowed:
            self.tell_the_world(self.newest(verb), now)
        return allowed, codes

    def newest(self, verb: str) -> Fact:
        return [fact for fact in self.facts if fact.verb == verb][-1]

    def tell_the_world(self, fact: Fact, now: datetime) -> None:
        """What this case did or heard, as all other cases of the customer come to know it."""
        mine, world = self.addresses(), self.world
        if fact.verb == "contact" and fact.data["via"] in CHANNELS:
            purpose = "answer" if self._answers(fact) else self.purpose(fact)
            for one in world.sent:
                one.gone |= mine if one.fact is fact.data.get("handed") else set()
            world.sent.append(Sent(mine, fact.at, purpose, self.name, fact))
        if fact.verb == "bounce":
            for one in world.sent:
                one.gone |= mine if one.fact is self.bounced(fact) else set()
        if fact.verb == "opt_out" or self._says_stop(fact):
            world.refusals += [(mine, via, fact.at) for via in self.channels(fact)]
            for name in dict.fromkeys(one.case for one in world.sent_to(mine)):
                if name != self.name:
                    world.cases[name].hear(fact, now)

    def _answers(self, fact: Fact) -> bool:
        before = [one for one in self.until(fact.at) if (one.at, one.number) < (fact.at, fact.number)]
        return self.waiting(before) and fact.by != "sop"

    def hear(self, fact: Fact, now: datetime) -> None:
        """The customer has told another case what they do not want any more."""
        self.settle(now)
        facts = self.until()
        place = self.visits(facts)[-1].place
        if place in self.outcomes or set(self.channels(fact)) <= self.own_refusals(facts):
            return
        at = max(fact.at, self.facts[0].at)
        self._accept(Fact("opt_out", at, fact.by, [], {"via": fact.data["via"], "from": True}))
        self._at_once(self.facts[-1])
        self.settle(now)

    def _at_once(self, fact: Fact) -> None:
        super()._at_once(fact)
        due = self.due(self.until())
        if due is not None and due[0] == fact.at and due[2].get("reason") == "opt_out":
            self.settle(fact.at + TICK)

    def _contact(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from self._acts(place, fact) if fact.by != "sop" else ()
        via, zone, counted = fact.data["via"], self.where(facts), fact.data["counted"]
        yield from ["CASE411"] * (via in self.own_refusals(facts) | self.world.unwanted(self.addresses(), fact.at))
        if fact.data["sales"] and not fact.data["answered"]:
            yield from self.held(fact.at, zone, counted)
        rule = self.stages.get(place, {}).get("follow_up")
        if rule is None or not self.would_be_attempt(facts):
            return
        series = self.series(facts)
        yield from ["CASE401"] * (series["attempts"] >= rule["max"])
        if fact.at < self.gap_ends(facts):
            yield from ["CASE402"] * (not fact.data["answered"])
        elif fact.at > self.window(facts, counted)[1]:
            yield "CASE403"
        turns = self.turns(rule)
        if turns and via != turns[min(series["attempts"] + 1, len(turns)) - 1]:
            yield "CASE404"

    def _opt_out(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from ()

    def _signal(self, facts: list[Fact], place: str, fact: Fact) -> Iterator[str]:
        yield from ["CASE504"] * (fact.data["event"] not in self.data["events"])

    # Sending by itself ....................................................................................................

    def due_message(self, now: datetime) -> dict[str, Any] | None:
        """The attempt that is to be handed out by now, if one is and the customer may be written to now."""
        facts = self.until()
        place = self.visits(facts)[-1].place
        rule = self.stages.get(place, {}).get("follow_up") or {}
        series = self.series(facts) if place in self.stages else {}
        if rule.get("send") != "auto" or self.waiting(facts) or series["first"] is None or series["stopped"]:
            return None
        if series["attempts"] >= rule["max"] or self._handed_out(facts) or self._closed_at(facts, self.visits(facts)[-1], rule):
            return None
        names = listed(rule.get("template"))
        name = names[min(series["attempts"] + 1, len(names)) - 1]
        via = self.data["templates"][name]["channel"]
        if via not in MESSAGES or via in self.own_refusals(facts) | self.world.unwanted(self.addresses(), now):
            return None
        if self.window(facts, self._counted_then(facts))[0] >= now:
            return None
        sales = self.data["templates"][name].get("purpose") != "service"
        if sales and self.held(now, self.where(facts), self.counted(now, facts)):
            return None
        return {"stage": place, "attempt": series["attempts"] + 1, "via": via, "template": name}

    def _handed_out(self, facts: list[Fact]) -> bool:
        """Whether a message is on its way of which nobody has told that it arrived, and that nothing has called off."""
        visit = self.visits(facts)[-1]
        found = False
        for fact in visit.facts:
            off = fact.verb == "contact" or (fact.verb == "receive" and not fact.data["automatic"]) or fact.verb == "opt_out"
            found = fact.verb == "queued" or (found and not off)
        return found

    def hand_out(self, now: datetime) -> dict[str, Any] | None:
        """Hand out what is due."""
        message = self.due_message(now)
        if message is not None:
            fact = Fact("queued", now, "sop", [], message)
            self._accept(fact)
            self.world.sent.append(Sent(self.addresses(), now, self.purpose(fact), self.name, fact))
        return message
