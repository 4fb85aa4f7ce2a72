"""Durations and calendars: what a length of time means on a calendar, to the microsecond. Pure; no clock is read here."""
