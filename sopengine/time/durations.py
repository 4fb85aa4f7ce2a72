"""Durations as people write them: six kinds of length, each with its own meaning, read from English or Indonesian.

Source: the language reference, "Durations and calendars". A duration says *what* was written; what it means from some
moment on a calendar is `sopengine.time.targets`. Lengths are integer microseconds.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sopengine import wording

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

LONGEST_DAYS = 36_525
"""A hundred years: nothing longer is a target; it is a slip of the keyboard."""

MOST_PERCENT = 10_000


class DurationError(ValueError):
    """A text is not a duration. `code` and `params` make the sentence; `suggestion` is a text that would do."""

    def __init__(self, code: str, params: dict[str, Any], suggestion: str | None = None) -> None:
        self.code = code
        self.params = params
        self.suggestion = suggestion
        super().__init__(f"{code}: {params.get('text', '')}")


def _whole_minutes(us: int) -> None:
    if us <= 0 or us % MINUTE:
        raise ValueError(f"a duration is a positive number of whole minutes, not {us} µs")


def _at_least_one(days: int) -> None:
    if days <= 0:
        raise ValueError(f"a duration is a positive number of days, not {days}")


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Real elapsed time (``15m``, ``24h``), whatever the wall clock does in between. `us`: positive, whole minutes."""

    us: int

    def __post_init__(self) -> None:
        _whole_minutes(self.us)

    def __str__(self) -> str:
        return f"{self.us // MINUTE}m" if self.us % HOUR else f"{self.us // HOUR}h"


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Dates on the wall calendar (``3d``; ``2w`` is 14 of them). `days`: positive."""

    days: int

    def __post_init__(self) -> None:
        _at_least_one(self.days)

    def __str__(self) -> str:
        return f"{self.days}d"


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Open time on a calendar (``4 working hours``). `us`: positive, whole minutes."""

    us: int

    def __post_init__(self) -> None:
        _whole_minutes(self.us)

    def __str__(self) -> str:
        in_minutes = self.us % HOUR
        count = self.us // (MINUTE if in_minutes else HOUR)
        return f"{count} working {'minute' if in_minutes else 'hour'}{'s' * (count != 1)}"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days of a calendar (``2 working days``); never a number of hours. `days`: positive."""

    days: int

    def __post_init__(self) -> None:
        _at_least_one(self.days)

    def __str__(self) -> str:
        return f"{self.days} working day{'s' * (self.days != 1)}"


@dataclass(frozen=True, slots=True)
class NextWorkingDay:
    """A time of day on the next working day (``next working day by 10:00``). `by_us`: since midnight, whole minutes."""

    by_us: int

    def __post_init__(self) -> None:
        if not 0 <= self.by_us <= DAY or self.by_us % MINUTE:
            raise ValueError(f"a time of day in whole minutes is needed, not {self.by_us} µs")

    def __str__(self) -> str:
        return f"next working day by {clock_text(self.by_us)}"


@dataclass(frozen=True, slots=True)
class FromField:
    """The moment that a date field of the record holds (``{field: promised_date}``); written as a map, not as text."""

    name: str

    def __str__(self) -> str:
        return f"{{field: {self.name}}}"


Duration: TypeAlias = Elapsed | CalendarDays | WorkingTime | WorkingDays | NextWorkingDay | FromField


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of a target (``50%``), in hundredths of a percent: 5000 is 50 %."""

    basis_points: int

    def __str__(self) -> str:
        whole, rest = divmod(self.basis_points, 100)
        return f"{whole}.{rest:02d}".rstrip("0") + "%" if rest else f"{whole}%"


@dataclass(frozen=True, slots=True)
class After:
    """A length that runs from the breach (``+1d``, ``+4 working hours``)."""

    duration: Duration

    def __str__(self) -> str:
        return f"+{self.duration}"


Level: TypeAlias = Percent | After


def clock_text(us: int, separator: str = ":") -> str:
    """A time of day in microseconds since midnight as ``HH:MM``.

    >>> clock_text(10 * HOUR)
    '10:00'
    """
    hours, minutes = divmod(us // MINUTE, 60)
    return f"{hours:02d}{separator}{minutes:02d}"


_Make: TypeAlias = Callable[[int], Duration]
_UNITS: dict[str, tuple[_Make, int]] = {}
"""Spelling of a unit → what it makes of a count, and the largest count."""


def _unit(names: str, make: _Make, per_day: int) -> None:
    for name in names.split(", "):
        _UNITS[name] = (make, LONGEST_DAYS * per_day)


_unit("m, minute, minutes, menit", lambda n: Elapsed(n * MINUTE), 24 * 60)
_unit("h, hour, hours, jam", lambda n: Elapsed(n * HOUR), 24)
_unit("d, day, days, hari", CalendarDays, 1)
_unit("working minute, working minutes, menit kerja", lambda n: WorkingTime(n * MINUTE), 24 * 60)
_unit("working hour, working hours, jam kerja", lambda n: WorkingTime(n * HOUR), 24)
_unit("working day, working days, hari kerja", WorkingDays, 1)
for _week in ("w", "week", "weeks", "minggu"):
    _UNITS[_week] = (lambda n: CalendarDays(n * 7), LONGEST_DAYS // 7)

_MEANT = {
    "min": "m", "mins": "m", "mnt": "m", "M": "m",
    "hr": "h", "hrs": "h", "j": "h", "jm": "h",
    "hr kerja": " working days", "minutes working": " working minutes", "hours working": " working hours",
    "business minute": " working minutes", "business minutes": " working minutes",
    "business hour": " working hours", "business hours": " working hours", "work hours": " working hours",
    "business day": " working days", "business days": " working days", "work days": " working days",
    "workday": " working days", "workdays": " working days", "bd": " working days",
}  # fmt: skip
"""Units that people reach for, and ours that means the same; said as a suggestion, not silently accepted."""

_INDONESIAN = re.compile(r"\b(?:mnt|menit|jm|jam|j|hri|hari|minggu|bulan|tahun|detik|kerja)\b")
_INDONESIAN_UNITS = {
    "m": "menit", "h": "jam", "d": "hari", "w": "minggu",
    "working minute": "menit kerja", "working hour": "jam kerja", "working day": "hari kerja",
    "working minutes": "menit kerja", "working hours": "jam kerja", "working days": "hari kerja",
}  # fmt: skip

_LONGER = {"month": 30, "months": 30, "bulan": 30, "year": 365, "years": 365, "tahun": 365}
_SHORTER = {"s", "sec", "secs", "second", "seconds", "detik"}
_WORKING_WEEKS = {"working week", "working weeks", "minggu kerja"}

_COUNTED = re.compile(r"([0-9]+) ?([^\W\d_][^\d]*)")
_BARE = re.compile(r"[0-9]+")
_TIMES = re.compile(r"([0-9]+) ?[xX×] ?([0-9]+) ?(jam|hours?|h)( kerja)?")
_FRACTION = re.compile(r"([0-9]*)[.,]([0-9]+) ?([^\W\d_][^\d]*)?")
_SEVERAL = re.compile(r"(?:[0-9]+ ?[^\W\d_][^\d]*){2,}")
_NEXT = re.compile(r"(?:next working day|hari kerja berikutnya)(?: (?:by |paling lambat )?(?:pukul )?(.*))?")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:.]([0-5][0-9])")


def parse(text: str) -> Duration:
    """The duration that `text` says; DurationError with a way out when it says none.

    >>> str(parse("1x24 jam")), str(parse("2 hari kerja"))
    ('24h', '2 working days')
    """
    plain = " ".join(text[:200].split())
    shown = shortened(plain)
    if plain[:1] in ("-", "−"):
        raise DurationError("SOP404", {"text": shown}, _if_right(plain[1:].strip()))
    lowered = plain.lower()
    try:
        for read in (_next_working_day, _times, _counted):
            found = read(lowered, plain)
            if found is not None:
                return found
        raise _unreadable(lowered, shown)
    except DurationError as problem:
        raise _in_same_language(problem, lowered) from None


def parse_level(text: str) -> Level:
    """When an escalation fires: a share of the target or a length after the breach.

    >>> parse_level("50%"), str(parse_level("+4 jam kerja"))
    (Percent(basis_points=5000), '+4 working hours')
    """
    plain = " ".join(text[:200].split())
    if plain.startswith("+"):
        return After(parse(plain[1:].strip()))
    share = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))? ?%", plain)
    if share is None:
        found = _if_right(plain)
        raise DurationError("SOP410", {"text": shortened(plain)}, f"+{found}" if found else None)
    points = int(share[1]) * 100 + int((share[2] or "0").ljust(2, "0"))
    if not 0 < points <= MOST_PERCENT * 100:
        raise DurationError("SOP411", {"text": shortened(plain), "most": MOST_PERCENT})
    return Percent(points)


def show(duration: Duration, lang: str = "en") -> str:
    """The duration as a person says it in `lang`.

    >>> show(WorkingDays(2), "id"), show(Elapsed(90 * MINUTE), "en")
    ('2 hari kerja', '1 hour 30 minutes')
    """
    match duration:
        case Elapsed(us):
            return _hours_and_minutes(us, "", lang)
        case WorkingTime(us):
            return _hours_and_minutes(us, "working_", lang)
        case CalendarDays(days):
            return amount("day", days, lang)
        case WorkingDays(days):
            return amount("working_day", days, lang)
        case NextWorkingDay(by):
            return wording.say("unit.next_working_day", lang, time=clock_text(by, "." if lang == "id" else ":"))
        case FromField(name):
            return wording.say("unit.from_field", lang, field=name)


def amount(unit: str, count: int, lang: str) -> str:
    """A count with its unit ("1 day", "2 days"); `unit` is a singular key of the wording family "unit".

    >>> amount("hour", 2, "en"), amount("hour", 2, "id")
    ('2 hours', '2 jam')
    """
    return wording.say(f"unit.{unit}" if count == 1 else f"unit.{unit}s", lang, count=count)


def parse_clock(text: str) -> int | None:
    """A time of day (``08:00``, ``8.30``, ``24:00``) in microseconds since midnight; None when it is none.

    >>> parse_clock("24:00") == DAY, parse_clock("24:30")
    (True, None)
    """
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    us = int(found[1]) * HOUR + int(found[2]) * MINUTE
    return us if us <= DAY else None


def shortened(text: str) -> str:
    """A text from a file, short enough to quote in a sentence."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def _hours_and_minutes(us: int, kind: str, lang: str) -> str:
    hours, minutes = divmod(us // MINUTE, 60)
    if not hours or not minutes:
        return amount(f"{kind}hour", hours, lang) if hours else amount(f"{kind}minute", minutes, lang)
    return f"{amount('hour', hours, lang)} {amount(f'{kind}minute', minutes, lang)}"


def _next_working_day(lowered: str, plain: str) -> Duration | None:
    found = _NEXT.fullmatch(lowered)
    if found is None:
        return None
    by = parse_clock(found[1] or "")
    if by is None:
        raise DurationError("SOP409", {"text": shortened(plain)}, None if found[1] else "next working day by 10:00")
    return NextWorkingDay(by)


def _times(lowered: str, plain: str) -> Duration | None:
    found = _TIMES.fullmatch(lowered)
    if found is None:
        return None
    hours = _count(found[1], plain) * _count(found[2], plain)
    if found[4]:
        us = _positive(hours, plain) * HOUR
        days = WorkingDays(_positive(_count(found[1], plain), plain))
        readings: dict[str, Duration] = {"working_hours": WorkingTime(us), "working_days": days, "hours": Elapsed(us)}
        said = {name: {lang: show(reading, lang) for lang in wording.LANGUAGES} for name, reading in readings.items()}
        raise DurationError("SOP407", {"text": shortened(plain), **said})
    return _made("h", hours, plain)


def _counted(lowered: str, plain: str) -> Duration | None:
    found = _COUNTED.fullmatch(lowered)
    if found is None:
        return None
    unit = found[2].strip()
    if unit not in _UNITS or plain.endswith("M"):
        raise _unknown_unit(found[1], "M" if plain.endswith("M") and unit == "m" else unit, shortened(plain))
    return _made(unit, _count(found[1], plain), plain)


def _count(digits: str, plain: str) -> int:
    # int() of a very long digit string is quadratic, and no unit allows more than nine digits anyway
    if len(digits.lstrip("0")) > 9:
        raise DurationError("SOP406", {"text": shortened(plain)})
    return int(digits)


def _made(unit: str, count: int, plain: str) -> Duration:
    make, most = _UNITS[unit]
    if count > most:
        raise DurationError("SOP406", {"text": shortened(plain)})
    return make(_positive(count, plain))


def _positive(count: int, plain: str) -> int:
    if count == 0:
        raise DurationError("SOP405", {"text": shortened(plain)})
    return count


def _unknown_unit(digits: str, unit: str, shown: str) -> DurationError:
    count = int(digits[:9])
    if unit in _LONGER:
        return DurationError("SOP412", {"text": shown}, _if_right(f"{count * _LONGER[unit]}d"))
    if unit in _SHORTER:
        return DurationError("SOP413", {"text": shown}, f"{max(1, -(-count // 60))}m")
    if unit in _WORKING_WEEKS:
        return DurationError("SOP402", {"text": shown, "unit": unit}, _if_right(f"{count * 5} working days"))
    if unit in _MEANT:
        return DurationError("SOP402", {"text": shown, "unit": unit}, _if_right(f"{count}{_MEANT[unit]}"))
    near = difflib.get_close_matches(unit[:40], [name for name in _UNITS if len(name) > 1], n=1, cutoff=0.7)
    suggestion = _if_right(f"{count} {near[0]}") if near else None
    return DurationError("SOP402", {"text": shown, "unit": shortened(unit)}, suggestion)


def _unreadable(lowered: str, shown: str) -> DurationError:
    if _BARE.fullmatch(lowered):
        return DurationError("SOP401", {"text": shown})
    fraction = _FRACTION.fullmatch(lowered)
    if fraction is not None:
        return DurationError("SOP403", {"text": shown}, _in_smaller_units(fraction))
    if _SEVERAL.fullmatch(lowered):
        return DurationError("SOP408", {"text": shown}, _summed(lowered))
    return DurationError("SOP400", {"text": shown})


def _in_smaller_units(fraction: re.Match[str]) -> str | None:
    """``1.5h`` is 90 minutes: exact when it comes out in whole minutes, else no suggestion."""
    whole = _if_right(f"1 {(fraction[3] or '').strip()}")
    if whole is None or len(fraction[1]) > 6 or len(fraction[2]) > 6:
        return None
    unit = parse(whole)
    if not isinstance(unit, (Elapsed, WorkingTime)):
        return None
    minutes, rest = divmod(int(fraction[1] + fraction[2]) * unit.us, MINUTE * 10 ** len(fraction[2]))
    kind = "m" if isinstance(unit, Elapsed) else " working minutes"
    return None if rest else _if_right(f"{minutes}{kind}")


def _summed(lowered: str) -> str | None:
    """``1h 30m`` is one length when its parts are of one kind."""
    total: Duration | None = None
    for digits, unit in re.findall(r"([0-9]+) ?([^\d]*)", lowered):
        canonical = _if_right(f"{digits} {unit.strip(' ,')}")
        part = parse(canonical) if canonical else None
        match total, part:
            case None, Elapsed() | WorkingTime() | CalendarDays() | WorkingDays():
                total = part
            case (Elapsed(a), Elapsed(b)):
                total = Elapsed(a + b)
            case (WorkingTime(a), WorkingTime(b)):
                total = WorkingTime(a + b)
            case (CalendarDays(a), CalendarDays(b)):
                total = CalendarDays(a + b)
            case _:
                return None
    return None if total is None else _if_right(str(total))


def _in_same_language(problem: DurationError, text: str) -> DurationError:
    """The error with its suggestion in Indonesian units where the text has such units."""
    if problem.suggestion is None or not _INDONESIAN.search(text):
        return problem
    found = _COUNTED.fullmatch(problem.suggestion)
    unit = _INDONESIAN_UNITS.get(found[2]) if found else None
    return DurationError(problem.code, problem.params, f"{found[1]} {unit}") if found and unit else problem


def _if_right(text: str) -> str | None:
    try:
        return str(parse(text))
    except DurationError:
        return None
