"""Moments, lengths, money and numbers as people write them in Indonesian and English.

Indonesian follows the national spelling (*Ejaan Bahasa Indonesia*: ``14.05``, ``Rp50.000.000``), English writes dates
day first and times with 24 hours, so that no reader mixes up a month or a morning. Names and separators are CLDR's,
through Babel, which is imported when first needed.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sopengine import wording

if TYPE_CHECKING:
    from babel import Locale

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SECOND = 1_000_000
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_DAYS_FROM = 48 * 3_600
_MOST_DIGITS = 40
_MOBILE = re.compile(r"(\+62|0)(8[0-9]{2})([0-9]{3,4})([0-9]{3,5})")


def instant(at: wording.Instant, lang: str) -> str:
    """A moment with its weekday and zone.

    >>> instant(wording.Instant(1770102300 * 10**6, "Asia/Jakarta"), "id")
    'Selasa, 3 Februari 2026 14.05 WIB'
    """
    moment = _moment(at)
    return wording.say("unit.date_and_time", lang, date=date(moment, lang), time=time_of_day(moment, lang))


def deadline(last: wording.Deadline, lang: str) -> str:
    """The last moment of something; midnight is said as the end of the day that it closes.

    >>> deadline(wording.Deadline(1770051600 * 10**6, "Asia/Jakarta"), "id")
    'akhir hari Senin, 2 Februari 2026 WIB'
    """
    at = wording.Instant(last.at, last.zone)
    moment = _moment(at)
    if moment.time() != dt.time():
        return instant(at, lang)
    day = moment.date() - dt.timedelta(days=1)
    return wording.say("unit.end_of_day", lang, date=date(day, lang), zone=zone_name(moment))


def period(stretch: wording.Period, lang: str) -> str:
    """Two moments with what they share said once.

    >>> hour = 3_600_000_000
    >>> period(wording.Period(0, hour, "Asia/Jakarta"), "id")
    'Kamis, 1 Januari 1970 07.00–08.00 WIB'
    """
    since, until = (wording.Instant(at, stretch.zone) for at in (stretch.since, stretch.until))
    if date(since, lang) != date(until, lang):
        return f"{instant(since, lang)} – {instant(until, lang)}"
    end = time_of_day(until, lang)
    return f"{instant(since, lang).rpartition(' ')[0]}–{end}"


def date(day: dt.date | wording.Instant, lang: str) -> str:
    """A date with its weekday; of a moment, the date on its own wall calendar.

    >>> date(dt.date(2026, 2, 3), "id"), date(dt.date(2026, 2, 3), "en")
    ('Selasa, 3 Februari 2026', 'Tuesday, 3 February 2026')
    """
    if isinstance(day, wording.Instant):
        day = _moment(day)
    return _date(day.year, day.month, day.day, lang)


def time_of_day(time: dt.datetime | dt.time | wording.Instant, lang: str) -> str:
    """A time of day to the minute, with its zone when it has one.

    >>> time_of_day(dt.time(14, 5), "id"), time_of_day(wording.Instant(0, "Asia/Jayapura"), "en")
    ('14.05', '09:00 WIT')
    """
    if isinstance(time, wording.Instant):
        time = _moment(time)
    clock = f"{time.hour:02d}{'.' if lang == 'id' else ':'}{time.minute:02d}"
    zone = zone_name(time)
    return f"{clock} {zone}" if zone else clock


def zone_name(time: dt.datetime | dt.time) -> str:
    """The abbreviation people use for the zone of a time (WIB, WITA, WIT …), else its offset; empty without a zone.

    >>> zone_name(dt.datetime(2026, 2, 3, tzinfo=ZoneInfo("Asia/Kathmandu")))
    'UTC+05:45'
    """
    name = time.tzname()
    if name is None or name.isalpha():
        return name or ""
    offset = time.strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}"


def lasting(us: int, lang: str) -> str:
    """A length of real time in its two largest units; days only from 48 hours, as "24 hours" is what people promise.

    >>> lasting(7_500 * 10**6, "id"), lasting(50 * 3_600 * 10**6, "en")
    ('2 jam 5 menit', '2 days 2 hours')
    """
    seconds = abs(us) // _SECOND
    if us and not seconds:
        return wording.say("unit.less_than_a_second", lang)
    return _in_units(seconds, _UNITS if seconds >= _DAYS_FROM else _UNITS[1:], lang, us < 0)


def open_time(us: int, lang: str) -> str:
    """A length of working time, never in days: a working day has no length of its own.

    >>> open_time(30 * 3_600 * 10**6, "en")
    '30 hours'
    """
    return _in_units(abs(us) // _SECOND, _UNITS[1:], lang, us < 0)


def money(amount: Decimal | int, currency: str, lang: str) -> str:
    """An amount in a currency (ISO 4217); whole rupiah have no decimals.

    >>> money(50_000_000, "IDR", "id"), money(Decimal("1234.5"), "USD", "en")
    ('Rp50.000.000', '$1,234.50')
    """
    exact = Decimal(amount)
    if not _writable(exact):
        return f"{currency} {_scientific(exact, lang)}"
    symbol, digits, pattern = _currency(currency, lang)
    if currency == "IDR" and exact == exact.to_integral_value():
        digits = 0
    written = _decimal(exact.copy_abs(), digits, lang)
    sign = "-" if exact < 0 and any(digit in "123456789" for digit in written) else ""
    return sign + pattern.format(symbol=symbol, amount=written)


def number(value: Decimal | int, lang: str) -> str:
    """A number with every digit it has.

    >>> number(Decimal("1234567.25"), "id"), number(1234, "en")
    ('1.234.567,25', '1,234')
    """
    exact = Decimal(value)
    if not _writable(exact):
        return _scientific(exact, lang)
    places = max(0, -int(exact.as_tuple().exponent))
    sign = "-" if exact < 0 else ""
    return sign + _decimal(exact.copy_abs(), places, lang)


def percent(value: Decimal | int, lang: str) -> str:
    """A percentage: 12.5 is 12.5 %.

    >>> percent(Decimal("12.5"), "id")
    '12,5%'
    """
    return f"{number(value, lang)}%"


def phone(text: str) -> str:
    """A mobile number of Indonesia in groups; any other number as it is written.

    >>> phone("081234567890"), phone("+6281234567890"), phone("021 555 0100")
    ('0812-3456-7890', '+62 812-3456-7890', '021 555 0100')
    """
    found = _MOBILE.fullmatch(re.sub(r"[\s().-]", "", text))
    if found is None:
        return text
    country, *groups = found.groups()
    return f"+62 {'-'.join(groups)}" if country == "+62" else f"0{'-'.join(groups)}"


def _moment(at: wording.Instant) -> dt.datetime:
    return (_EPOCH + dt.timedelta(microseconds=at.at)).astimezone(ZoneInfo(at.zone))


@lru_cache(maxsize=4096)
def _date(year: int, month: int, day: int, lang: str) -> str:
    from babel.dates import format_date

    return format_date(dt.date(year, month, day), "EEEE, d MMMM y", locale=_locale(lang))


def _in_units(seconds: int, units: tuple[tuple[str, int], ...], lang: str, negative: bool) -> str:
    first = next((at for at, (_, size) in enumerate(units) if seconds >= size), len(units) - 1)
    parts: list[str] = []
    for name, size in units[first : first + 2]:
        count, seconds = divmod(seconds, size)
        if count or not parts:
            parts.append(wording.say(f"unit.{name}" if count == 1 else f"unit.{name}s", lang, count=count))
    return ("-" if negative else "") + " ".join(parts)


def _writable(value: Decimal) -> bool:
    """Finite, and not so long that writing it out would be an attack (``1E+999999``)."""
    if not value.is_finite():
        return False
    return max(value.adjusted() + 1, 0) + max(-int(value.as_tuple().exponent), 0) <= _MOST_DIGITS


def _scientific(value: Decimal, lang: str) -> str:
    return f"{value:E}".replace(".", _separators(lang)[1])


def _decimal(value: Decimal, places: int, lang: str) -> str:
    """A number that is not negative with exactly that many decimals, rounded half-even, in the language's grouping."""
    group, point = _separators(lang)
    rounded = f"{value:.{places}f}"
    whole, _, rest = rounded.partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{grouped}{point}{rest}" if rest else grouped


@lru_cache(maxsize=8)
def _separators(lang: str) -> tuple[str, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = _locale(lang)
    return get_group_symbol(locale), get_decimal_symbol(locale)


@lru_cache(maxsize=256)
def _currency(currency: str, lang: str) -> tuple[str, int, str]:
    """Symbol, decimals, and the pattern that joins symbol and amount; a code is set off by a no-break space (CLDR)."""
    from babel.numbers import get_currency_precision, get_currency_symbol

    symbol = get_currency_symbol(currency, _locale(lang))
    pattern = "{symbol}\N{NO-BREAK SPACE}{amount}" if symbol == currency else "{symbol}{amount}"
    return symbol, get_currency_precision(currency), pattern


@lru_cache(maxsize=8)
def _locale(lang: str) -> Locale:
    from babel import Locale

    return Locale.parse("id" if lang == "id" else "en")
