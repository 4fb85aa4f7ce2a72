"""How a clock explains itself."""

from sopengine.wording import Message

MESSAGES = {
    "clock.started": Message("Started on {at}.", "Mulai dihitung {at}."),
    "clock.counts_always": Message(
        "The target is {target}, counted day and night.", "Batas waktunya {target}, dihitung terus siang "
                                                             "dan malam."
    ),
    "clock.counts_open": Message(
        'The target is {target}, counted only in the working hours of the calendar "{calendar}".',
        'Batas waktunya {target}, hanya dihitung pada jam kerja menurut kalender "{calendar}".',
    ),
    "clock.due": Message("Due on {at}.", "Jatuh tempo {at}."),
    "clock.never_due": Message("It never falls due: its calendar has no more working hours before that.", "Tidak akan pernah "
                                                                                         "jatuh tempo: "
                                                                                         "kalendernya tidak "
                                                                                         "lagi memuat jam "
                                                                                         "kerja sebelum itu."),
    "clock.elapsed": Message("So far {elapsed} have run.", "Sudah berjalan {elapsed}."),
    "clock.state_running": Message("Still in time on {at} ({place}).", "Masih dalam batas waktu pada {at} ({place})."),
    "clock.state_warned": Message("Close to its limit on {at} ({place}).", "Hampir habis pada {at} ({place})."),
    "clock.state_breached": Message(
        "Late, and still not done on {at} ({place}).", "Terlambat, dan belum selesai pada {at} ({place})."
    ),
    "clock.state_met": Message("Done in time on {at} ({place}).", "Selesai tepat waktu pada {at} ({place})."),
    "clock.state_missed": Message("Done too late, on {at} ({place}).", "Selesai terlambat, pada {at} ({place})."),
    "clock.state_cancelled": Message(
        "No longer counted since {at} ({place}).", "Tidak dihitung lagi sejak {at} ({place})."
    ),
}
