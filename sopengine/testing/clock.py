"""A clock that stands still until it is told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class FrozenClock:
    """The clock of an engine under test: calling it gives the moment at which it stands.

    >>> clock = FrozenClock("2026-02-02 09:00", "Asia/Jakarta")
    >>> clock.advance(hours=25)
    >>> clock().isoformat()
    '2026-02-03T10:00:00+07:00'
    >>> clock.set("2026-02-06 16:30")
    >>> clock().isoformat()
    '2026-02-06T16:30:00+07:00'
    """

    def __init__(self, at: str | datetime = "2026-02-02 09:00", zone: str = "UTC") -> None:
        self._zone = ZoneInfo(zone)
        self.set(at)

    def __call__(self) -> datetime:
        """The moment at which it stands, in its zone."""
        return self._at

    def set(self, at: str | datetime, zone: str | None = None) -> None:
        """Stand at `at`: an aware datetime, or a date and time of day on the walls of `zone` (of the clock's, when left out).

        ValueError for a datetime without a zone and for text that is no date and time.
        """
        if zone is not None:
            self._zone = ZoneInfo(zone)
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        if moment.tzinfo is None:
            if not isinstance(at, str):
                raise ValueError(f"{at!r} has no time zone")
            moment = moment.replace(tzinfo=self._zone)
        self._at = moment.astimezone(self._zone)

    def advance(self, **passed: float) -> None:
        """Let real time pass, in the words of `timedelta` (``hours=4``); a change to summer time does not shorten it."""
        self._at = (self._at.astimezone(UTC) + timedelta(**passed)).astimezone(self._zone)
