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
    "clock.target_means": Message("{written} ({length})", "{written} ({length})"),
    "clock.due": Message("Due on {at}.", "Jatuh tempo {at}."),
    "clock.never_due": Message(
        "It never falls due: its calendar has no more working hours before that.",
        "Tidak akan pernah jatuh tempo: kalendernya tidak lagi memuat jam kerja sebelum itu.",
    ),
    "clock.ran": Message("{period}: ran {time}.", "{period}: berjalan {time}."),
    "clock.closed": Message("{period}: closed, not counted.", "{period}: tutup, tidak dihitung."),
    "clock.paused": Message(
        '{period}: paused by the status "{status}".', '{period}: dijeda oleh status "{status}".'
    ),
    "clock.middle": Message(
        "Until {until}: ran {ran} in all, interrupted {times} times.",
        "Sampai {until}: berjalan {ran} seluruhnya, terputus {times} kali.",
    ),
    "clock.changed": Message(
        "The target changed from {old} to {new} on {at}.", "Batas waktunya berubah dari {old} menjadi {new} pada {at}."
    ),
    "clock.held": Message("Held by: {shares}.", "Dipegang oleh: {shares}."),
    "clock.share": Message("{who} {time}", "{who} {time}"),
    "clock.nobody": Message("nobody", "tanpa pemegang"),
    "clock.breached": Message("It became late on {at}.", "Mulai terlambat {at}."),
    "clock.known_missed": Message(
        "It was logged too late to be known then: by what was known, it was late.",
        "Pencatatannya terlambat: menurut yang diketahui saat itu, batas waktu sudah terlewati.",
    ),
    "clock.known_met": Message(
        "It was logged late: by what was known then, it was in time.",
        "Pencatatannya terlambat: menurut yang diketahui saat itu, masih tepat waktu.",
    ),
    "clock.state_paused": Message("Paused on {at} ({place}).", "Sedang dijeda pada {at} ({place})."),
    "clock.elapsed": Message("So far {elapsed} have run.", "Sudah berjalan {elapsed}."),
    "clock.state_running": Message("Still in time on {at} ({place}).", "Masih dalam batas waktu pada {at} ({place})."),
    "clock.state_warned": Message("Close to its limit on {at} ({place}).", "Hampir habis pada {at} ({place})."),
    "clock.state_breached": Message(
        "Late, and still not done on {at} ({place}).", "Terlambat, dan belum selesai pada {at} ({place})."
    ),
    "clock.state_met": Message("Done in time on {at} ({place}).", "Selesai tepat waktu pada {at} ({place})."),
    "clock.state_missed": Message("Done too late, on {at} ({place}).", "Selesai terlambat, pada {at} ({place})."),
    "clock.state_merged": Message(
        "Goes on in the case that this one was merged into, since {at} ({place}).",
        "Dilanjutkan di kasus tujuan penggabungan sejak {at} ({place}).",
    ),
    "clock.state_cancelled": Message(
        "No longer counted since {at} ({place}).", "Tidak dihitung lagi sejak {at} ({place})."
    ),
}
