"""Random small SOPs and random histories, as plain data: what hypothesis draws, and both judges are given.

An SOP is drawn as the data of its YAML; `text_of` writes it. A history is a list of `Command`s: when they are given, by whom,
and how long ago what they tell of happened. Everything falls on whole minutes. Needs hypothesis (the extra
``sopengine[testing]``).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

ZONE = ZoneInfo("Asia/Jakarta")
OPENING = datetime(2026, 2, 2, 9, 0, tzinfo=ZONE)
"""A Monday morning."""

ROLES = ("sales", "manager", "admin")
PEOPLE = {"ani": ["sales"], "budi": ["sales", "manager"], "citra": ["manager"], "dewi": ["admin"]}
ACTORS = ("owner", "owner", "owner", "owner", *PEOPLE, "stranger")
"""``owner`` is whoever may act where the case stands."""

FIELDS = {
    "name": {"type": "string"},
    "phone": {"type": "phone"},
    "budget": {"type": "money", "currency": "IDR", "min": 0},
    "segment": {"type": "choice", "values": ["a", "b", "c"]},
    "ok": {"type": "boolean"},
    "discount": {"type": "percent", "default": 0, "max": 100},
}
GOOD: dict[str, list[Any]] = {
    "name": ["PT Maju", "CV Jaya"],
    "phone": ["+62811234567"],
    "budget": [10, 100, 150, 900],
    "segment": ["a", "b", "c"],
    "ok": [True, False],
    "discount": [0, 5, 20],
}
BAD = [
    ("budget", "banyak", "CASE301"),
    ("budget", -5, "CASE307"),
    ("segment", "z", "CASE303"),
    ("phone", "12", "CASE311"),
    ("ok", "mungkin", "CASE314"),
    ("discount", 400, "CASE308"),
]
"""A field, a value that does not fit it, and the code that says so."""

CONDITIONS: list[dict[str, Any]] = [
    {"segment": "a"},
    {"segment": ["a", "b"]},
    {"segment": "not a"},
    {"budget": ">= 100"},
    {"budget": "50..150"},
    {"ok": True},
    {"ok": False},
    {"phone": "filled"},
    {"phone": "empty"},
    {"any": [{"segment": "b"}, {"ok": True}]},
    {"not": {"segment": "c"}},
    {"segment": "a", "ok": True},
    {"discount": "> 10"},
    {"heat": "hot"},
    {"heat": ["warm", "cold"]},
    {"lane": "fast"},
    {"lane": "not slow", "ok": True},
]
SCORES = {
    "heat": {
        "add": [{"points": 60, "when": {"budget": ">= 100"}}, {"points": 40, "when": {"ok": True}}],
        "grades": {"hot": ">= 100", "warm": "40..99", "cold": "< 40"},
    }
}
TABLES = {"lane": [{"when": {"segment": "a"}, "then": "fast"}, {"when": {"budget": "> 500"}, "then": "fast"}, {"then": "slow"}]}

CALENDARS: list[dict[str, Any]] = [
    {"hours": {"mon-fri": "08:00-12:00, 13:00-17:00"}},
    {"hours": {"mon-fri": "08:00-16:00", "sat": "09:00-12:00"}, "closed": ["2026-02-03..2026-02-04"]},
    {
        "hours": {"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-11:00"},
        "holidays": ["2026-02-05"],
        "open": {"2026-02-07": "09:00-12:00", "2026-02-05": "10:00-11:00"},
        "during": {"2026-02-09..2026-02-13": {"mon-fri": "09:00-14:00"}},
    },
]
FIRST_RESPONSES = ("2h", "24h", "3 working hours", "1d", "1 working day", "next working day by 10:00")
FINISHES = ("8h", "2d", "1w", "6 working hours", "2 working days", "next working day by 17:00")
GAPS = ("2h", "30m", "1d", "2d", "4 working hours", "1 working day", "2 working days")
RESTS = ("5d", "2 working days", "36h")
ESCALATIONS: tuple[list[dict[str, str]] | None, ...] = (
    None,
    [],
    [{"at": "50%", "notify": "holder"}],
    [{"at": "25%", "notify": "holder"}, {"at": "100%", "notify": "manager"}, {"at": "150%", "notify": "manager"}],
    [{"at": "100%", "notify": "manager"}, {"at": "300%", "notify": "admin"}, {"at": "+1d", "notify": "admin"}],
    [{"at": "75%", "notify": "holder"}, {"at": "+2 working hours", "notify": "manager"}],
)
DOCUMENTS = {
    "contract": "Kontrak",
    "photo": {"title": "Foto", "types": ["jpg", "png"]},
    "log": {"title": "Catatan kontak", "from": "contacts"},
    "form": {"title": "Formulir", "from": "fields"},
    "list": {"title": "Daftar periksa", "from": "checklist"},
    "duty": {"title": "Surat tugas", "from": "assignment"},
    "trail": {"title": "Riwayat", "from": "moves"},
    "crm": {"title": "CRM", "kind": "system"},
}


def text_of(data: dict[str, Any]) -> str:
    """The text of an SOP's data: JSON, every text of which is YAML as well."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def some(values: Any, most: int = 3) -> st.SearchStrategy[list[Any]]:
    """A few different ones of the values."""
    values = list(values)
    return st.lists(st.sampled_from(values), max_size=most, unique_by=repr) if values else st.just([])


def rarely(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """None more often than not."""
    return st.none() | st.none() | strategy


@st.composite
def windows(draw: Any) -> str:
    """One or two windows of a day, on half hours."""
    cuts = sorted(draw(st.sets(st.integers(14, 38), min_size=2, max_size=4)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return ", ".join("-".join(f"{cut // 2:02d}:{cut % 2 * 30:02d}" for cut in pair) for pair in pairs)


DAYS = tuple(f"2026-02-{day:02d}" for day in range(2, 29))


@st.composite
def calendars(draw: Any) -> dict[str, Any]:
    """A calendar that is open from Monday to Friday, but for holidays, closed and specially opened dates of its first weeks."""
    found: dict[str, Any] = {"hours": {"mon-fri": draw(windows())} | ({"sat": draw(windows())} if draw(st.booleans()) else {})}
    found["holidays"] = draw(some(DAYS, 2))
    if draw(st.booleans()):
        first = draw(st.integers(0, len(DAYS) - 4))
        found["closed"] = [f"{DAYS[first]}..{DAYS[first + draw(st.integers(0, 3))]}"]
    found["open"] = {day: draw(windows()) for day in draw(some(DAYS, 2))}
    return {key: value for key, value in found.items() if value not in ([], {})}


@st.composite
def requirements(draw: Any) -> list[Any]:
    """What a stage requires: plain fields, alternatives, and fields under a condition."""
    found: list[Any] = draw(some(["name", "budget", "segment", "ok"], 2))
    if draw(st.integers(0, 3)) == 0:
        found.append({"any": draw(st.sampled_from([["phone", "name"], ["phone", "budget"]]))})
    if draw(st.integers(0, 3)) == 0:
        found.append({"fields": ["phone"], "when": draw(st.sampled_from(CONDITIONS))})
    return found


@st.composite
def checklists(draw: Any) -> dict[str, Any]:
    """One or two ticks, some of them optional or once and for all."""
    kinds = st.sampled_from([None, None, {"optional": True}, {"once": True}])
    drawn = {code: (f"Butir {code}", draw(kinds)) for code in draw(some(["x", "y", "z"], 2))}
    return {code: text if how is None else {"text": text, **how} for code, (text, how) in drawn.items()}


@st.composite
def clocks(draw: Any) -> dict[str, Any]:
    """The SLA of a stage: either, both or none of the two clocks, some with levels of their own."""
    found: dict[str, Any] = {}
    for name, targets in (("first_response", FIRST_RESPONSES), ("finish", FINISHES)):
        target = draw(st.none() | st.sampled_from(targets))
        escalate = draw(st.sampled_from(ESCALATIONS))
        if target is not None:
            found[name] = target if escalate is None else {"target": target, "escalate": escalate}
    return found


@st.composite
def follow_ups(draw: Any, targets: list[str]) -> dict[str, Any]:
    """A follow-up rule; `then` leads to an outcome or to a later stage, or nowhere."""
    most = draw(st.integers(1, 3))
    rule: dict[str, Any] = {"max": most, "every": draw(st.sampled_from(GAPS))}
    rule["min"] = draw(st.integers(0, most))
    rule["via"] = draw(st.lists(st.sampled_from(["call", "email", "whatsapp"]), max_size=most))
    then = draw(st.none() | st.sampled_from(targets))
    return {key: value for key, value in (rule | {"then": then}).items() if value not in (None, [])}


@st.composite
def exits(draw: Any, later: list[str], outcomes: list[str]) -> list[Any]:
    """The `next` of a stage: always the following one, some with conditions and with roles of their own."""
    targets = [later[0], *draw(some([*later[1:], *outcomes], 2))]
    ways: list[Any] = []
    for target in dict.fromkeys(targets):
        way: dict[str, Any] = {"to": target}
        if draw(st.integers(0, 2)) == 0:
            way["when"] = draw(st.sampled_from(CONDITIONS))
        if draw(st.integers(0, 4)) == 0:
            way["by"] = draw(st.sampled_from(ROLES))
        ways.append(way if len(way) > 1 else target)
    return ways


@st.composite
def outcomes(draw: Any, stages: list[str], care: str | None) -> dict[str, Any]:
    """Outcomes of every kind."""
    won: dict[str, Any] = {"kind": "success"} | ({"then": care} if care else {})
    found: dict[str, Any] = {"won": won}
    if draw(st.integers(0, 3)):
        lost: dict[str, Any] = {"kind": "failure", "from": "any"}
        if draw(st.booleans()):
            lost["reasons"] = ["harga", {"code": "lainnya", "note": "required"}]
        if draw(st.booleans()):
            lost["reopen"] = {"within": draw(st.sampled_from(["3d", "2 working days"])), "to": stages[0]}
            if draw(st.booleans()):
                lost["reopen"]["by"] = "manager"
        found["lost"] = lost
    if draw(st.booleans()):
        recycle = {"after": draw(st.sampled_from(RESTS)), "to": draw(st.sampled_from(stages)), "max": draw(st.integers(1, 2))}
        if draw(st.booleans()):
            recycle["then"] = "lost"
        found["nurture"] = {"kind": "parked", "from": draw(st.sampled_from(["any", stages[:1]])), "recycle": recycle}
    if draw(st.booleans()):
        found["duplicate"] = {"kind": "cancelled"}
    return found


@st.composite
def sops(draw: Any) -> dict[str, Any]:
    """The data of a whole SOP of two to five stages, one of them perhaps after-care."""
    names = [f"s{number}" for number in range(1, draw(st.integers(2, 5)) + 1)]
    care = names.pop() if len(names) > 2 and draw(st.booleans()) else None
    ends = draw(outcomes(names, care))
    parked = [name for name in ends if name in ("nurture", "duplicate")]
    stages: dict[str, Any] = {}
    for number, name in enumerate(names):
        stages[name] = draw(one_stage(names[number + 1 :], names[:number], parked, follow=draw(st.booleans())))
    if care is not None:
        stages[care] = draw(one_stage([], [], [], follow=False))
    return {
        "sop": "random",
        "title": "Acak",
        "version": "1",
        "timezone": "Asia/Jakarta",
        "calendars": {"office": draw(st.sampled_from(CALENDARS) | calendars())},
        "roles": {role: role for role in ROLES},
        "fields": FIELDS,
        "scores": SCORES,
        "tables": TABLES,
        "documents": DOCUMENTS,
        "stages": stages,
        "outcomes": ends,
    }


@st.composite
def one_stage(draw: Any, later: list[str], earlier: list[str], parked: list[str], *, follow: bool) -> dict[str, Any]:
    """One stage, given what comes after and before it and how a case can be put to rest."""
    stage: dict[str, Any] = {"owner": draw(st.sampled_from(["sales", "manager", ["sales", "admin"]]))}
    stage["requires"] = draw(requirements())
    stage["documents"] = draw(some(DOCUMENTS, 2))
    stage["checklist"] = draw(checklists())
    stage["sla"] = draw(clocks())
    if later:
        stage["next"] = draw(st.none() | exits(later, parked))
    if follow:
        stage["follow_up"] = draw(follow_ups(["lost", *later, *parked]))
    if earlier:
        targets = draw(some(earlier, 2))
        stage["back"] = [draw(st.sampled_from([target, {"to": target, "max": 1}])) for target in targets]
    if draw(st.integers(0, 3)) == 0:
        stage["statuses"] = {"baru": "Baru", "tunggu": {"title": "Menunggu", "waits_for": "customer"}}
    return {key: value for key, value in stage.items() if value not in (None, [], {})}


class Command(NamedTuple):
    """What is asked of an engine: `gap` minutes after the command before, about something `ago` minutes back (None: now)."""

    gap: int
    verb: str
    data: dict[str, Any]
    by: str
    ago: int | None


@st.composite
def commands(draw: Any) -> Command:
    """One command; most are by somebody who may, and about what happens now."""
    verb, data = draw(st.sampled_from(WEIGHTED).flatmap(verbs.__getitem__))
    gap = draw(st.sampled_from([0, 1, 30, 120, 240, 600, 1440, 1500, 2880, 5760, 12000]))
    ago = draw(rarely(st.sampled_from([0, 1, 60, 240, 1440, 1600, 4320])))
    if verb in ("prepare", "chase", "advance") and draw(st.booleans()):
        return Command(gap, verb, data, "owner", None)
    future = verb not in ("bounce", "prepare", "chase") and draw(st.integers(0, 60)) == 60
    return Command(gap, verb, data, draw(st.sampled_from(ACTORS)), -30 if future else ago)


def _told(verb: str, **keys: Any) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.fixed_dictionaries(keys).map(lambda data: (verb, data))


OFTEN = ("lost", "nurture") * 3
PLACES = ("s1", "s2", "s3", "s4", "s5", "won", *OFTEN, "duplicate", "nowhere")
REASONS = (None, "harga", "lainnya", "opt_out", "no_response", "iseng")

good_edits = st.sampled_from([(name, value) for name, values in GOOD.items() for value in [*values, None]])
edits = st.one_of(
    st.lists(good_edits, min_size=1, max_size=3).map(dict),
    st.sampled_from(BAD).map(lambda bad: {bad[0]: bad[1]}),
    st.just({"colour": "red"}),
)

verbs: dict[str, st.SearchStrategy[tuple[str, dict[str, Any]]]] = {
    "prepare": _told("prepare"),
    "advance": _told("advance"),
    "move": _told(
        "move",
        to=st.sampled_from(PLACES),
        reason=st.sampled_from(REASONS),
        note=st.sampled_from([None, "panjang"]),
    ),
    "contact": _told(
        "contact",
        via=st.sampled_from(["call", "email"]),
        answered=st.sampled_from([False, False, False, True]),
        template=st.sampled_from([None, None, None, None, "ghost"]),
    ),
    "chase": _told("chase", times=st.integers(1, 4), every=st.sampled_from([60, 240, 1440, 2880])),
    "receive": _told("receive", automatic=st.sampled_from([False, False, True])),
    "bounce": _told("bounce", which=st.integers(1, 3)),
    "edit": _told("edit", changes=edits),
    "attach": _told(
        "attach", document=st.sampled_from(["contract", "photo", "log", "ghost"]), type=st.sampled_from([None, "jpg", "exe"])
    ),
    "tick": _told("tick", item=st.sampled_from(["x", "y", "z", "ghost"])),
    "untick": _told("untick", item=st.sampled_from(["x", "y", "ghost"])),
    "status": _told("status", to=st.sampled_from(["baru", "tunggu", "ghost"])),
    "assign": _told("assign", to=st.sampled_from(list(PEOPLE))),
    "wait": _told("wait"),
}

WEIGHTED = (
    *("prepare", "advance", "move", "contact", "chase", "receive") * 2,
    *("advance", "bounce", "edit", "attach", "tick", "untick", "status", "assign", "wait"),
)

histories = st.lists(commands(), min_size=1, max_size=14)
