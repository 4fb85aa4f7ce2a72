"""Durations: what reads, what does not and why, and that what is said can be read again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopengine.time.durations import (
    After,
    CalendarDays,
    Duration,
    DurationError,
    Elapsed,
    FromField,
    NextWorkingDay,
    Percent,
    WorkingDays,
    WorkingTime,
    parse,
    parse_level,
    show,
)
from sopengine.wording import say
from sopengine.wording.catalogue.rules_time import MESSAGES

MINUTE = 60_000_000
HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15m", Elapsed(15 * MINUTE)),
        ("15 minutes", Elapsed(15 * MINUTE)),
        ("15 menit", Elapsed(15 * MINUTE)),
        ("24h", Elapsed(24 * HOUR)),
        ("24 jam", Elapsed(24 * HOUR)),
        ("1x24 jam", Elapsed(24 * HOUR)),
        ("2 × 24 jam", Elapsed(48 * HOUR)),
        ("3X8 JAM", Elapsed(24 * HOUR)),
        ("1 day", CalendarDays(1)),
        ("3 hari", CalendarDays(3)),
        ("2w", CalendarDays(14)),
        ("1 minggu", CalendarDays(7)),
        ("4 working hours", WorkingTime(4 * HOUR)),
        ("1 working hour", WorkingTime(HOUR)),
        ("8 jam kerja", WorkingTime(8 * HOUR)),
        ("30 working minutes", WorkingTime(30 * MINUTE)),
        ("30 menit kerja", WorkingTime(30 * MINUTE)),
        ("  2   working   days ", WorkingDays(2)),
        ("2 hari kerja", WorkingDays(2)),
        ("next working day by 10:00", NextWorkingDay(10 * HOUR)),
        ("next working day by 9.30", NextWorkingDay(9 * HOUR + 30 * MINUTE)),
        ("hari kerja berikutnya pukul 10:00", NextWorkingDay(10 * HOUR)),
        ("hari kerja berikutnya paling lambat 10.00", NextWorkingDay(10 * HOUR)),
        ("hari kerja berikutnya paling lambat pukul 17:00", NextWorkingDay(17 * HOUR)),
    ],
)
def test_reads(text: str, meant: Duration) -> None:
    """English and Indonesian spellings mean the same kinds of duration."""
    assert parse(text) == meant


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("", "SOP400", None),
        ("soon", "SOP400", None),
        ("m", "SOP400", None),
        ("٣d", "SOP400", None),
        ("24", "SOP401", None),
        ("2 business days", "SOP402", "2 working days"),
        ("3 workin days", "SOP402", "3 working days"),
        ("5 hari krja", "SOP402", "5 hari kerja"),
        ("15 mins", "SOP402", "15m"),
        ("1M", "SOP402", "1m"),
        ("2 minggu kerja", "SOP402", "10 hari kerja"),
        ("5 bananas", "SOP402", None),
        ("1.5h", "SOP403", "90m"),
        ("1,5 jam kerja", "SOP403", "90 menit kerja"),
        ("0.001h", "SOP403", None),
        ("1.5d", "SOP403", None),
        ("-1d", "SOP404", "1d"),
        ("−3 jam", "SOP404", "3h"),
        ("0h", "SOP405", None),
        ("0x24 jam", "SOP405", None),
        ("0x24 jam kerja", "SOP405", None),
        ("36526d", "SOP406", None),
        ("9" * 150 + "h", "SOP406", None),
        ("99999x99999 jam", "SOP406", None),
        ("1x24 jam kerja", "SOP407", None),
        ("1h30m", "SOP408", "90m"),
        ("1 day 2 hours", "SOP408", None),
        ("next working day", "SOP409", "next working day by 10:00"),
        ("next working day by 25:00", "SOP409", None),
        ("hari kerja berikutnya pagi", "SOP409", None),
        ("2 months", "SOP412", "60d"),
        ("1 bulan", "SOP412", "30 hari"),
        ("1 month", "SOP412", "30d"),
        ("1 hri kerja", "SOP402", "1 hari kerja"),
        ("90 detik", "SOP413", "2 menit"),
    ],
)
def test_does_not_read(text: str, code: str, suggestion: str | None) -> None:
    """Every mistake has a code of its own and, where one can be known, the spelling that was meant."""
    with pytest.raises(DurationError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.suggestion) == (code, suggestion)


def test_asks_which_is_meant() -> None:
    """``1x24 jam kerja`` names the three readings in the reader's language, and each of them reads."""
    with pytest.raises(DurationError) as caught:
        parse("1x24 jam kerja")
    for lang in ("en", "id"):
        _, *choices = re.findall(r'"([^"]*)"', say("SOP407", lang, **caught.value.params))
        assert [parse(choice) for choice in choices] == [WorkingTime(24 * HOUR), WorkingDays(1), Elapsed(24 * HOUR)]
    assert choices == ["24 jam kerja", "1 hari kerja", "24 jam"]


def test_a_day_is_not_eight_hours() -> None:
    """A day, a working day, 24 hours and 8 working hours are four different durations."""
    assert len({parse("1 day"), parse("1 working day"), parse("24h"), parse("8 working hours")}) == 4


DURATIONS = st.one_of(
    st.builds(lambda n: Elapsed(n * MINUTE), st.integers(1, 36_525 * 24 * 60)),
    st.builds(lambda n: Elapsed(n * HOUR), st.integers(1, 36_525 * 24)),
    st.builds(lambda n: WorkingTime(n * MINUTE), st.integers(1, 36_525 * 24 * 60)),
    st.builds(CalendarDays, st.integers(1, 36_525)),
    st.builds(WorkingDays, st.integers(1, 36_525)),
    st.builds(lambda n: NextWorkingDay(n * MINUTE), st.integers(0, 24 * 60)),
)


@given(DURATIONS)
def test_canonical_text_reads_back(duration: Duration) -> None:
    """The canonical text of a duration reads as the same duration, also as an escalation offset."""
    assert parse(str(duration)) == duration
    assert parse_level(f"+{duration}") == After(duration)


def _error_of(text: str) -> DurationError | None:
    try:
        parse(text)
    except DurationError as error:
        return error
    return None


@given(st.text(max_size=60) | st.from_regex(r"\A[0-9]{1,12}[ .,x×%-]?[0-9a-z ]{0,20}\Z"))
def test_any_text_is_answered(text: str) -> None:
    """Whatever stands in a file is a duration or an error whose sentence can be said and whose suggestion reads."""
    error = _error_of(text)
    if error is not None:
        message = MESSAGES[error.code]
        assert len(error.params["text"]) <= 40
        assert message.en.format(**error.params) != message.id.format(**error.params)
        assert error.suggestion is None or _error_of(error.suggestion) is None


@pytest.mark.parametrize("us", [0, -MINUTE, 1, MINUTE + 1])
def test_lengths_are_whole_minutes(us: int) -> None:
    """Neither kind of time can be built empty, negative or finer than a minute."""
    with pytest.raises(ValueError, match="whole minutes"):
        Elapsed(us)
    with pytest.raises(ValueError, match="whole minutes"):
        WorkingTime(us)


def test_days_are_positive() -> None:
    """Neither kind of day can be built from none."""
    with pytest.raises(ValueError, match="positive"):
        CalendarDays(0)
    with pytest.raises(ValueError, match="positive"):
        WorkingDays(-1)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("50%", Percent(5_000)),
        ("150 %", Percent(15_000)),
        ("12.5%", Percent(1_250)),
        ("0,05%", Percent(5)),
        ("+1d", After(CalendarDays(1))),
        ("+ 4 jam kerja", After(WorkingTime(4 * HOUR))),
    ],
)
def test_levels_read(text: str, level: Percent | After) -> None:
    """A level is a percentage in hundredths or a length after the breach."""
    assert parse_level(text) == level
    assert parse_level(str(level)) == level


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("1d", "SOP410", "+1d"),
        ("half", "SOP410", None),
        ("-50%", "SOP410", None),
        ("12.345%", "SOP410", None),
        ("0%", "SOP411", None),
        ("10001%", "SOP411", None),
        ("+0h", "SOP405", None),
        ("+5", "SOP401", None),
    ],
)
def test_levels_do_not_read(text: str, code: str, suggestion: str | None) -> None:
    """A length without its plus is suggested with it; zero and absurd shares are refused."""
    with pytest.raises(DurationError) as caught:
        parse_level(text)
    assert (caught.value.code, caught.value.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("text", "en", "indonesian"),
    [
        ("1h", "1 hour", "1 jam"),
        ("90m", "1 hour 30 minutes", "1 jam 30 menit"),
        ("1 working hour", "1 working hour", "1 jam kerja"),
        ("90 working minutes", "1 hour 30 working minutes", "1 jam 30 menit kerja"),
        ("1 working day", "1 working day", "1 hari kerja"),
        ("2w", "14 days", "14 hari"),
        (
            "next working day by 8:05",
            "the next working day by 08:05",
            "hari kerja berikutnya paling lambat pukul 08.05",
        ),
    ],
)
def test_shown(text: str, en: str, indonesian: str) -> None:
    """A duration is said in natural English and Indonesian."""
    assert (show(parse(text), "en"), show(parse(text), "id")) == (en, indonesian)


def test_a_field_is_shown_by_name() -> None:
    """A target taken from the record names its field."""
    assert str(FromField("promised_date")) == "{field: promised_date}"
    assert show(FromField("promised_date"), "id") == "sampai tanggal pada promised_date"


def test_every_code_has_its_page() -> None:
    """Each sentence about time exists in both languages, with a page that explains the way out."""
    for code, message in MESSAGES.items():
        assert message.en, code
        assert message.id, code
        assert message.page_en, code
        assert message.page_id, code
        assert message.en != message.id, code
