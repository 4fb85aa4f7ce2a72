"""How moments, lengths, money and numbers are written in Indonesian and English."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopengine.wording import Instant, Lasting, formats, say, shown

SECOND = 1_000_000
AFTERNOON = dt.datetime(2026, 2, 3, 14, 5, 59, 999_999, tzinfo=ZoneInfo("Asia/Jakarta"))
AT = (AFTERNOON.astimezone(dt.UTC) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("zone", "indonesian", "english"),
    [
        ("Asia/Jakarta", "Selasa, 3 Februari 2026 14.05 WIB", "Tuesday, 3 February 2026, 14:05 WIB"),
        ("Asia/Makassar", "Selasa, 3 Februari 2026 15.05 WITA", "Tuesday, 3 February 2026, 15:05 WITA"),
        ("Asia/Jayapura", "Selasa, 3 Februari 2026 16.05 WIT", "Tuesday, 3 February 2026, 16:05 WIT"),
        ("Pacific/Auckland", "Selasa, 3 Februari 2026 20.05 NZDT", "Tuesday, 3 February 2026, 20:05 NZDT"),
        ("Asia/Kathmandu", "Selasa, 3 Februari 2026 12.50 UTC+05:45", "Tuesday, 3 February 2026, 12:50 UTC+05:45"),
        ("America/Sao_Paulo", "Selasa, 3 Februari 2026 04.05 UTC-03:00", "Tuesday, 3 February 2026, 04:05 UTC-03:00"),
    ],
)
def test_instants(zone: str, indonesian: str, english: str) -> None:
    """A moment is written with weekday, date, minute and zone; seconds are cut, never rounded up."""
    assert (shown(Instant(AT, zone), "id"), shown(Instant(AT, zone), "en")) == (indonesian, english)


def test_instants_before_1970_and_exact() -> None:
    """A negative instant is an earlier moment, and one microsecond before midnight is still the day before."""
    assert formats.instant(Instant(-1, "UTC"), "en") == "Wednesday, 31 December 1969, 23:59 UTC"


def test_dates_and_times_of_other_kinds() -> None:
    """Dates, aware datetimes and plain times are written as what they are."""
    assert formats.date(AFTERNOON, "id") == "Selasa, 3 Februari 2026"
    assert formats.date(Instant(AT, "Pacific/Honolulu"), "en") == "Monday, 2 February 2026"
    assert formats.time_of_day(AFTERNOON, "id") == "14.05 WIB"
    assert formats.time_of_day(dt.time(8, 5), "en") == "08:05"


@pytest.mark.parametrize(
    ("seconds", "indonesian", "english"),
    [
        (0, "0 detik", "0 seconds"),
        (1, "1 detik", "1 second"),
        (61, "1 menit 1 detik", "1 minute 1 second"),
        (7_500, "2 jam 5 menit", "2 hours 5 minutes"),
        (3_601, "1 jam", "1 hour"),
        (86_400, "24 jam", "24 hours"),
        (172_799, "47 jam 59 menit", "47 hours 59 minutes"),
        (172_800, "2 hari", "2 days"),
        (176_400, "2 hari 1 jam", "2 days 1 hour"),
        (-7_500, "-2 jam 5 menit", "-2 hours 5 minutes"),
    ],
)
def test_lengths(seconds: int, indonesian: str, english: str) -> None:
    """A length is written in its two largest units, in days only from 48 hours."""
    length = Lasting(seconds * SECOND)
    assert (shown(length, "id"), shown(length, "en")) == (indonesian, english)


def test_open_time_is_never_days() -> None:
    """Thirty-six hours of open time are not a day and a half."""
    assert formats.open_time(60 * 3_600 * SECOND, "id") == "60 jam"
    assert formats.lasting(1, "id") == "kurang dari satu detik"


@given(st.integers(SECOND, 10**16))
def test_lengths_are_cut_to_their_second_unit(us: int) -> None:
    """What a length says is at most the length, and short of it by less than its second unit."""
    sizes = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
    said = [
        (int(n), sizes[unit]) for n, unit in re.findall(r"(\d+) (day|hour|minute|second)s?", formats.lasting(us, "en"))
    ]
    total = sum(count * size for count, size in said)
    smaller = {86_400: 3_600, 3_600: 60, 60: 1, 1: 1}[said[0][1]]
    assert 1 <= len(said) <= 2
    assert 0 <= us // SECOND - total < smaller


@pytest.mark.parametrize(
    ("amount", "currency", "indonesian", "english"),
    [
        (50_000_000, "IDR", "Rp50.000.000", "IDR\u00a050,000,000"),
        (Decimal("50000000.00"), "IDR", "Rp50.000.000", "IDR\u00a050,000,000"),
        (Decimal("1500.5"), "IDR", "Rp1.500,50", "IDR\u00a01,500.50"),
        (Decimal("-5"), "IDR", "-Rp5", "-IDR\u00a05"),
        (Decimal("-0.001"), "IDR", "Rp0,00", "IDR\u00a00.00"),
        (Decimal("1234.5"), "USD", "US$1.234,50", "$1,234.50"),
        (Decimal("0.125"), "USD", "US$0,12", "$0.12"),
        (Decimal("0.375"), "USD", "US$0,38", "$0.38"),
        (Decimal("100"), "JPY", "JP¥100", "¥100"),
        (Decimal("1E+999999"), "IDR", "IDR 1E+999999", "IDR 1E+999999"),
        (Decimal("1.5E-50"), "IDR", "IDR 1,5E-50", "IDR 1.5E-50"),
        (Decimal("NaN"), "IDR", "IDR NaN", "IDR NaN"),
        (
            Decimal("12345678901234567890123456789012345.67"),
            "USD",
            None,
            "$12,345,678,901,234,567,890,123,456,789,012,345.67",
        ),
    ],
)
def test_money(amount: Decimal | int, currency: str, indonesian: str | None, english: str) -> None:
    """Money has its symbol, its currency's decimals (whole rupiah none), half-even rounding and every digit."""
    assert formats.money(amount, currency, "en") == english
    assert indonesian is None or formats.money(amount, currency, "id") == indonesian


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_keep_their_value(value: Decimal) -> None:
    """A number reads back as exactly the value it had, in both languages."""
    english, indonesian = formats.number(value, "en"), formats.number(value, "id")
    assert Decimal(english.replace(",", "")) == value
    assert Decimal(indonesian.replace(".", "").replace(",", ".")) == value
    assert len(english) < 80 + len(value.as_tuple().digits)


def test_percentages() -> None:
    """A percentage is the number that was entered, with its sign."""
    assert (formats.percent(Decimal("12.5"), "id"), formats.percent(20, "en")) == ("12,5%", "20%")


@pytest.mark.parametrize(
    ("written", "grouped"),
    [
        ("081234567890", "0812-3456-7890"),
        ("0812 3456 7890", "0812-3456-7890"),
        ("+62 812-3456-7890", "+62 812-3456-7890"),
        ("+6281234567890", "+62 812-3456-7890"),
        ("0811234567", "0811-234-567"),
        ("(021) 555-0100", "(021) 555-0100"),
        ("+1 202 555 0100", "+1 202 555 0100"),
        ("ext. 12", "ext. 12"),
    ],
)
def test_phones(written: str, grouped: str) -> None:
    """Mobile numbers are grouped; any other text stays as it is."""
    assert formats.phone(written) == grouped


def test_an_unknown_language_is_english() -> None:
    """A language that the catalogue does not have falls back to English everywhere."""
    assert formats.instant(Instant(AT, "Asia/Jakarta"), "fr") == formats.instant(Instant(AT, "Asia/Jakarta"), "en")
    assert formats.money(1_000, "IDR", "fr") == formats.money(1_000, "IDR", "en")
    assert say("unit.days", "fr", count=2) == "2 days"
