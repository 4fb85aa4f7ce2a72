"""A second opinion on approvals, written another way: the whole story is told anew for every question, hour by hour.

It knows one small SOP: a discount above 10 needs a coordinator, above 20 also a manager, above 35 also a director, each
within four hours; who asks and who holds the case does not decide. What happens, happens at full hours.
"""

from __future__ import annotations

from typing import Any, NamedTuple

LADDER = ["coordinator", "manager", "director"]
FROM = {"coordinator": 10, "manager": 20, "director": 35}
HOURS = 4


class Deed(NamedTuple):
    """What was done at which hour: asked, yes, no, discount, holder; by whom, and the new discount or holder."""

    hour: int
    what: str
    who: str
    value: Any = None


class Story:
    """What came of the deeds so far, for one case that `holder` holds; `staff` says who has which roles."""

    def __init__(self, staff: dict[str, list[str]], holder: str, discount: float | None) -> None:
        self.staff = staff
        self.holder = holder
        self.discount = discount
        self.end = ""  # "", "asked", "refused", "spoilt"
        self.barred: set[str] = set()
        self.said_yes: dict[str, list[str]] = {}
        self.waits_for = ""
        self.rung = 0
        self.rung_hour = 0
        self.told: list[tuple[str, int, int]] = []

    def levels(self) -> list[str]:
        """Who must agree to the discount as it is: everybody to one that nobody knows."""
        return [role for role in LADDER if self.discount is None or self.discount > FROM[role]]

    def missing(self) -> list[str]:
        """Who has not agreed yet."""
        return [role for role in self.levels() if not self.said_yes.get(role)]

    def rungs(self, role: str) -> list[str]:
        """The roles that a level climbs along."""
        return LADDER[LADDER.index(role) :]

    def free(self, roles: list[str]) -> set[str]:
        """Who has one of the roles and nothing to do with the matter yet."""
        agreed = {person for people in self.said_yes.values() for person in people}
        return {p for p, has in self.staff.items() if set(has) & set(roles)} - self.barred - agreed

    def at_rest(self) -> bool:
        """Whether nothing waits."""
        return self.end != "asked" or not self.missing()

    def hour(self, now: int) -> None:
        """Let the hours pass up to `now`: a rung that lasted longer than four hours is left for one that brings somebody new."""
        while not self.at_rest() and self.rung < len(self.rungs(self.waits_for)) and now > self.rung_hour + HOURS:
            rungs, before = self.rungs(self.waits_for), self.rung
            here = self.free(rungs[: before + 1])
            self.rung = next((n for n in range(before + 1, len(rungs)) if self.free(rungs[: n + 1]) - here), len(rungs))
            self.rung_hour += HOURS
            self.told += [(self.waits_for, n, self.rung_hour) for n in range(before + 1, self.rung + 1)]

    def look_again(self, now: int) -> None:
        """Find who is asked now, and go up at once past rungs where nobody may decide."""
        if self.at_rest():
            self.waits_for = ""
            return
        if self.missing()[0] != self.waits_for:
            self.waits_for, self.rung, self.rung_hour = self.missing()[0], 0, now
        rungs = self.rungs(self.waits_for)
        found = next((n for n in range(len(rungs)) if self.free(rungs[: n + 1])), len(rungs))
        if found > self.rung:
            self.told += [(self.waits_for, n, now) for n in range(self.rung + 1, found + 1)]
            self.rung, self.rung_hour = found, now

    def may_decide(self, who: str, *, yes: bool) -> bool:
        """Whether somebody may say yes or no now."""
        if self.at_rest():
            return False
        asked = self.rungs(self.waits_for)[: self.rung + 1]
        agreed = {person for people in self.said_yes.values() for person in people}
        return bool(set(self.staff[who]) & set(asked)) and who not in self.barred and not (yes and who in agreed)

    def allows(self, deed: Deed) -> bool:
        """Whether a deed is in order at its hour."""
        self.hour(deed.hour)
        if deed.what == "asked":
            return "sales" in self.staff[deed.who] and self.end != "asked"
        return deed.what not in ("yes", "no") or self.may_decide(deed.who, yes=deed.what == "yes")

    def tell(self, deed: Deed) -> None:
        """Take a deed up that was done."""
        if deed.what == "asked":
            self.end, self.barred, self.said_yes, self.waits_for = "asked", {deed.who, self.holder}, {}, ""
        elif deed.what == "yes":
            self.said_yes.setdefault(self.waits_for, []).append(deed.who)
        elif deed.what == "no":
            self.end = "refused"
        elif deed.what == "holder":
            self.holder = deed.value
            self.barred |= {deed.value}
        elif deed.value != self.discount:
            self.discount = deed.value
            self.end = "spoilt" if self.end == "asked" else self.end
        self.look_again(deed.hour)

    def gate(self) -> list[str]:
        """What the gate should say."""
        if not self.levels():
            return []
        if self.end != "asked":
            return [{"": "CASE211", "refused": "CASE213", "spoilt": "CASE214"}[self.end]]
        stuck = bool(self.waits_for) and not self.free(self.rungs(self.waits_for))
        return ["CASE215" if stuck and role == self.waits_for else "CASE212" for role in self.missing()]
