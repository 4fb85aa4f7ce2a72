"""Lengths of time and their units, as a person says them."""

from __future__ import annotations

from sopengine.wording import Message

MESSAGES: dict[str, Message] = {
    "unit.second": Message(en="{count} second", id="{count} detik"),
    "unit.seconds": Message(en="{count} seconds", id="{count} detik"),
    "unit.minute": Message(en="{count} minute", id="{count} menit"),
    "unit.minutes": Message(en="{count} minutes", id="{count} menit"),
    "unit.hour": Message(en="{count} hour", id="{count} jam"),
    "unit.hours": Message(en="{count} hours", id="{count} jam"),
    "unit.day": Message(en="{count} day", id="{count} hari"),
    "unit.days": Message(en="{count} days", id="{count} hari"),
    "unit.working_minute": Message(en="{count} working minute", id="{count} menit kerja"),
    "unit.working_minutes": Message(en="{count} working minutes", id="{count} menit kerja"),
    "unit.working_hour": Message(en="{count} working hour", id="{count} jam kerja"),
    "unit.working_hours": Message(en="{count} working hours", id="{count} jam kerja"),
    "unit.working_day": Message(en="{count} working day", id="{count} hari kerja"),
    "unit.working_days": Message(en="{count} working days", id="{count} hari kerja"),
    "unit.next_working_day": Message(
        en="the next working day by {time}", id="hari kerja berikutnya paling lambat pukul {time}"
    ),
    "unit.from_field": Message(en="until the date in {field}", id="sampai tanggal pada {field}"),
    "unit.less_than_a_second": Message(en="less than a second", id="kurang dari satu detik"),
    "unit.end_of_day": Message(en="the end of {date} {zone}", id="akhir hari {date} {zone}"),
    "unit.date_and_time": Message(en="{date}, {time}", id="{date} {time}"),
}
