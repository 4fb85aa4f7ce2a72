"""A second opinion about SLA clocks, written from the language reference alone: it lets every minute pass, one by one.

It shares nothing with the engine. It reads the raw data of an SOP and a list of facts on whole minutes, keeps for each clock the
minutes that have counted, and asks of each minute whether somebody works in it and whether the clock stands still. Instants
are minutes since a Monday at midnight; what comes right after one is written as the minute with True.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

DAY = 24 * 60
WHEN = tuple[int, bool]
"""A minute, and whether a microsecond after it."""


@dataclass
class Fact:
    """Something that happened at a minute."""

    at: int
    kind: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class Cycle:
    """One run of a clock. `ran` are the minutes that counted, `still` those in which it stood still because of a status."""

    key: str
    number: int
    since: int
    working: bool
    target: int
    limit: int
    aim: tuple[bool, int]
    least: int
    ran: int = 0
    still: list[int] = field(default_factory=list)
    used: int = 0
    told: dict[int, tuple[str, WHEN]] = field(default_factory=dict)
    late: WHEN | None = None
    verdict: str = "running"
    ended: int | None = None


class SecondClocks:
    """The clocks of one case, minute by minute."""

    def __init__(self, data: dict[str, Any], hours: list[tuple[int, int]], closed: set[int]) -> None:
        self.data, self.hours, self.closed = data, hours, closed
        self.specs = {name: _long(spec) for name, spec in data.get("sla", {}).items()}
        self.stage_of: dict[str, str | None] = dict.fromkeys(self.specs)
        for stage, body in data["stages"].items():
            for name, spec in body.get("sla", {}).items():
                self.specs[f"{stage}.{name}"] = _long(spec)
                self.stage_of[f"{stage}.{name}"] = stage
        self.place, self.status = "", None
        self.record: dict[str, Any] = {}
        self.opened = 0
        self.running: dict[str, Cycle] = {}
        self.ended: list[Cycle] = []
        self.waiting: dict[str, int] = {}

    # The calendar ...........................................................................................................

    def works(self, minute: int) -> bool:
        """Whether somebody works in the minute that begins then."""
        day, within = divmod(minute, DAY)
        return day % 7 < 5 and day not in self.closed and any(start <= within < end for start, end in self.hours)

    def counts(self, minute: int, working: bool) -> bool:
        return self.works(minute) if working else True

    def close_of(self, day: int) -> int:
        """The end of a day's work; of a day without any, midnight."""
        worked = [minute for minute in range(day * DAY, (day + 1) * DAY) if self.works(minute)]
        return worked[-1] + 1 if worked else (day + 1) * DAY

    def length(self, text: Any, start: int) -> tuple[bool, int] | None:
        """A target from a start: whether it counts working time only, and how many minutes."""
        if isinstance(text, dict):
            promised = self.record.get(text["field"])
            if promised is None:
                return None
            kind, value = promised
            return False, (value if kind == "moment" else self.close_of(value)) - start
        found = re.fullmatch(r"(\d+) ?(working )?(m|h|d|hours?|days?)", text)
        assert found is not None, text
        count, working, unit = int(found[1]), found[2] is not None, found[3][0]
        if unit == "d" and working:
            day = self._day_of_work(start)
            for _ in range(count):
                day = self._day_of_work((day + 1) * DAY)
            return True, sum(self.works(minute) for minute in range(start, self.close_of(day)))
        return working, count * {"m": 1, "h": 60, "d": DAY}[unit]

    def _day_of_work(self, minute: int) -> int:
        while not self.works(minute):
            minute += 1
        return minute // DAY

    # Targets ................................................................................................................

    def aim(self, key: str, start: int) -> tuple[bool, int] | None:
        spec = self.specs[key]
        text = spec.get("target")
        for table, choices in spec.get("by", {}).items():
            text = choices.get(self._result(table), text)
        return None if text is None else self.length(text, start)

    def _result(self, table: str) -> str | None:
        for row in self.data["tables"][table]:
            if "when" not in row:
                return str(row["then"])
            (name, wanted), *_ = row["when"].items()
            if name not in self.record:
                return None
            if self.record[name] == wanted:
                return str(row["then"])
        return None

    def start(self, key: str, at: int, told_at: int | None = None) -> None:
        aim = self.aim(key, at)
        if aim is None:
            self.waiting.setdefault(key, at)
            return
        self.waiting.pop(key, None)
        number = 1 + sum(cycle.key == key for cycle in self.ended)
        cycle = Cycle(key, number, at, aim[0], aim[1], aim[1], aim, at)
        self.running[key] = cycle
        if told_at is not None:
            cycle.ran = self._recount(cycle, told_at)
            cycle.limit, cycle.least = max(cycle.limit, cycle.ran), told_at

    def _recount(self, cycle: Cycle, until: int) -> int:
        return sum(self.counts(m, cycle.working) for m in range(cycle.since, until) if m not in cycle.still)

    def changed(self, at: int) -> None:
        """The record is another: clocks that waited begin, and targets may move."""
        for key, since in list(self.waiting.items()):
            self.start(key, since, at)
        for key, cycle in self.running.items():
            how, aim = self.specs[key].get("on_change", "recalculate"), self.aim(key, cycle.since)
            if how == "keep" or aim is None or aim == cycle.aim:
                continue
            cycle.aim = aim
            if cycle.late is not None:
                continue
            if how == "restart":
                aim = self.aim(key, at) or aim
                cycle.since, cycle.still, cycle.used = at, [], 0
            cycle.working, cycle.target = aim
            cycle.ran = self._recount(cycle, at)
            cycle.limit, cycle.least = max(aim[1], cycle.ran), at

    # What starts and stops ...................................................................................................

    def effect(self, key: str, trigger: str) -> str | None:
        """What happens to a clock because of one trigger: stop before cancel before start."""
        name, stage, spec = key.rpartition(".")[2], self.stage_of[key], self.specs[key]
        usual = {
            "first_response": (["entered"], ["contacted"], []),
            "reply": (["unanswered"], ["contacted", "answered"], ["closed"]),
            "finish": (["entered"], ["forward"], []),
        }
        start, stop, cancel = usual.get(name, (["opened"], ["closed"], []) if stage is None else (["entered"], [], []))
        start, stop = _list(spec.get("from")) or start, _list(spec.get("until")) or stop
        cancel = _list(spec.get("cancel")) or cancel
        leaves = stage is not None and name != "reply" and trigger in ("forward", "aside")
        if trigger in stop:
            return "stop"
        if trigger in cancel or leaves:
            return "cancel"
        return "start" if trigger in start else None

    def trigger(self, at: int, *moments: str, to: str | None = None) -> None:
        """One event, with all that it is. It has one effect on a clock; `to` is where the case stands after it."""
        effects = {key: {self.effect(key, moment) for moment in moments} for key in self.specs}
        over = [key for key in self.running if effects[key] & {"stop", "cancel"}]
        for key in over:
            self.stop(key, at, met="stop" in effects[key])
        for key in [key for key in self.waiting if effects[key] & {"stop", "cancel"}]:
            del self.waiting[key]
            over.append(key)
        if to is not None:
            self.place = to
        for key, found in effects.items():
            here = self.stage_of[key] in (None, self.place)
            if "start" in found and here and key not in self.running and key not in over:
                self.start(key, at)

    def stop(self, key: str, at: int, *, met: bool) -> None:
        cycle = self.running.pop(key)
        late = cycle.late is not None or cycle.ran > cycle.limit
        if late and cycle.late is None:
            cycle.late = (max(cycle.least, cycle.since), False)
        cycle.verdict = "missed" if late else "met" if met else "cancelled"
        cycle.ended = at
        self.ended.append(cycle)

    # Facts ..................................................................................................................

    def happen(self, fact: Fact) -> None:
        at, data = fact.at, fact.data
        if fact.kind == "open":
            self.opened, self.record, self.status = at, dict(data), "busy"
            self.trigger(at, "opened", "entered", "a", to="a")
        elif fact.kind == "move":
            self._move(data["to"], at)
        elif fact.kind == "contact":
            self.trigger(at, "contacted")
        elif fact.kind == "receive":
            self.status = "busy" if self.status == "wait" else self.status
            self.trigger(at, "inbound", *["unanswered"] * (at > self.opened))
        elif fact.kind == "no_reply":
            self.trigger(at, "answered")
        elif fact.kind == "status":
            self.status = data["to"]
            self.trigger(at, data["to"])
        elif fact.kind == "edit":
            self.record = {k: v for k, v in {**self.record, **data}.items() if v is not None}
            self.changed(at)
        elif fact.kind == "signal":
            self.trigger(at, data["event"])
        elif fact.kind == "attach":
            self.trigger(at, "document.offer")

    def _move(self, to: str, at: int) -> None:
        order = list(self.data["stages"])
        back = to in order and order.index(to) < order.index(self.place)
        self.status = "busy" if to in order else None
        comes = ["entered", to] if to in order else ["closed", to]
        self.trigger(at, "aside" if back else "forward", *comes, to=to)

    # Minutes ................................................................................................................

    def live(self, facts: list[Fact], until: int) -> None:
        """Let every minute pass, from the first fact to `until`; what happens at `until` itself is still told of facts."""
        for minute in range(facts[0].at, until + 1):
            for fact in facts:
                if fact.at == minute:
                    self.happen(fact)
            if minute == until:
                return
            for cycle in self.running.values():
                self._stand(cycle, minute)
            for cycle in self.running.values():
                self._pass(cycle, minute)

    def paused(self, cycle: Cycle) -> bool:
        spec, stage = self.specs[cycle.key], self.stage_of[cycle.key]
        if stage not in (None, self.place) or self.status not in _list(spec.get("pause")):
            return False
        return "max_pause" not in spec or cycle.used < self.length(spec["max_pause"], 0)[1]  # type: ignore[index]

    def _stand(self, cycle: Cycle, minute: int) -> None:
        """What is true at the beginning of a minute, of a clock that does not stand still."""
        if self.paused(cycle):
            return
        for number, (share, _) in enumerate(self._levels(cycle)):
            reached = share is not None and cycle.ran >= self._threshold(cycle, share)
            passed = share is not None and cycle.ran > self._threshold(cycle, share)
            if share is not None and number not in cycle.told and (reached if share < 100 else passed):
                self._tell(cycle, number, share, (minute, False))

    def _pass(self, cycle: Cycle, minute: int) -> None:
        if self.paused(cycle):
            longest = self.specs[cycle.key].get("max_pause")
            cycle.still.append(minute)
            cycle.used += longest is not None and self.counts(minute, "working" in longest)
            return
        if not self.counts(minute, cycle.working):
            return
        for number, (share, _) in enumerate(self._levels(cycle)):
            if share is not None and share >= 100 and number not in cycle.told and cycle.ran == self._threshold(cycle, share):
                self._tell(cycle, number, share, (minute, True))
        cycle.ran += 1

    def _threshold(self, cycle: Cycle, share: int) -> int:
        return cycle.limit + cycle.target * (share - 100) // 100

    def _levels(self, cycle: Cycle) -> list[tuple[int | None, str]]:
        """Shares of the target, 100 % always among them, then what runs from the breach."""
        written = [level["at"] for level in self.specs[cycle.key].get("escalate", [])]
        shares = sorted({int(at.removesuffix("%")) for at in written if at.endswith("%")} | {100})
        return [*((share, "") for share in shares), *((None, at) for at in written if at.startswith("+"))]

    def _tell(self, cycle: Cycle, number: int, share: int, when: WHEN) -> None:
        kind = "warned" if share < 100 else "breached" if share == 100 else "escalated"
        cycle.told[number] = kind, when
        if share == 100:
            cycle.late = when

    def notices(self, until: int) -> list[tuple[str, str, int, WHEN]]:
        """What was told before a minute: kind, clock, cycle, when. Levels that run from a breach are worked out from it."""
        found = []
        for cycle in (*self.ended, *self.running.values()):
            told = dict(cycle.told)
            for number, (share, after) in enumerate(self._levels(cycle)):
                if share is None and 100 in [s for s, _ in self._levels(cycle)] and cycle.late is not None:
                    told[number] = "escalated", self._after(cycle.late, after)
            end = until if cycle.ended is None else cycle.ended
            found += [(kind, cycle.key, cycle.number, when) for kind, when in told.values() if when < (end, False)]
        return sorted(found)

    def _after(self, breach: WHEN, text: str) -> WHEN:
        """So long after a breach."""
        minute, past = breach
        working, left = self.length(text.removeprefix("+"), minute)  # type: ignore[misc]
        if working and not self.works(minute):
            past = False
        while left:
            left -= self.counts(minute, working)
            minute += 1
        while past and working and not self.works(minute):
            minute += 1
        return minute, past


def _long(spec: Any) -> dict[str, Any]:
    if isinstance(spec, dict) and set(spec) != {"field"}:
        return spec
    return {"target": spec}


def _list(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)
