"""Why something stands on somebody's agenda, and what time alone will do."""

from sopengine.wording import Message

MESSAGES = {
    "agenda.due": Message(
        "The time for {clock} lasts until {due}: {time} left.", "Batas waktu {clock} sampai {due}: tersisa {time}."
    ),
    "agenda.late": Message(
        "The time for {clock} lasted until {due}: it is {time} late.",
        "Batas waktu {clock} sampai {due}: sudah terlambat {time}.",
    ),
    "agenda.no_end": Message(
        "The time for {clock} never ends: its calendar has no more working hours.",
        "Batas waktu {clock} tidak pernah habis: kalendernya tidak lagi memuat jam kerja.",
    ),
    "agenda.reply": Message(
        "The customer has been waiting for an answer since {since}.", "Pelanggan menunggu jawaban sejak {since}."
    ),
    "agenda.attempt": Message(
        "Follow-up {number} of {max} by {via} may be made now, no later than {due}.",
        "Tindak lanjut ke-{number} dari {max} lewat {via} sudah boleh dilakukan, paling lambat {due}.",
    ),
    "agenda.attempt_late": Message(
        "Follow-up {number} of {max} by {via} should have been made by {due}.",
        "Tindak lanjut ke-{number} dari {max} lewat {via} seharusnya dilakukan paling lambat {due}.",
    ),
    "agenda.attempt_open": Message(
        "Follow-up {number} of {max} by {via} may be made now.",
        "Tindak lanjut ke-{number} dari {max} lewat {via} sudah boleh dilakukan.",
    ),
    "agenda.any_channel": Message("any channel", "saluran apa pun"),
    "agenda.ready": Message(
        'Everything that "{stage}" asks for is there: the case can go on.',
        'Semua syarat tahap "{stage}" sudah lengkap: kasus bisa dilanjutkan.',
    ),
    "agenda.and_more": Message("{first} ({count} more)", "{first} (dan {count} lagi)"),
    "agenda.warned": Message("{share} of the time for {clock} will have passed.", "{share} dari batas waktu {clock} akan terpakai."),
    "agenda.breached": Message("The time for {clock} will be over: from then on it is late.", "Batas waktu {clock} akan habis: sejak saat itu terlambat."),
    "agenda.escalated": Message(
        "{share} of the time for {clock} will have passed without its being done.",
        "{share} dari batas waktu {clock} akan terlewati tanpa penyelesaian.",
    ),
    "agenda.since_breach": Message(
        "The time for {clock} will have been over for so long that it is escalated.",
        "Batas waktu {clock} akan sedemikian lama terlewat sehingga dieskalasi.",
    ),
    "agenda.exhausted": Message(
        "Another follow-up after the {count} that were made would be too late: the case goes to {to}.",
        "Tindak lanjut lagi sesudah {count} kali akan terlambat: kasus pindah ke {to}.",
    ),
    "agenda.exhausted_stays": Message(
        "Another follow-up after the {count} that were made would be too late.",
        "Tindak lanjut lagi sesudah {count} kali akan terlambat.",
    ),
    "agenda.document": Message(
        "{document} (version {version}) is valid until {due}.", "{document} (versi {version}) berlaku sampai {due}."
    ),
    "agenda.document_late": Message(
        "{document} (version {version}) was valid until {due}: a new version is needed.",
        "{document} (versi {version}) berlaku sampai {due}: versi baru diperlukan.",
    ),
    "agenda.expires": Message(
        "{document} (version {version}) does not count any more from then on.",
        "{document} (versi {version}) tidak berlaku lagi sejak saat itu.",
    ),
    "agenda.version": Message(
        "{document} (version {version}), attached by {uploader}, waits to be approved.",
        "{document} (versi {version}), dilampirkan oleh {uploader}, menunggu persetujuan.",
    ),
    "agenda.approval": Message(
        "{approval} waits for consent to level {level}: {who} can decide.",
        "{approval} menunggu persetujuan tingkat {level}: yang dapat memutuskan {who}.",
    ),
    "agenda.approval_due": Message(
        "{approval} waits for consent to level {level} until {due}: {who} can decide.",
        "{approval} menunggu persetujuan tingkat {level} paling lambat {due}: yang dapat memutuskan {who}.",
    ),
    "agenda.approval_late": Message(
        "{approval} should have been decided at level {level} by {due}: {who} can decide.",
        "{approval} seharusnya diputuskan di tingkat {level} paling lambat {due}: yang dapat memutuskan {who}.",
    ),
    "agenda.climbed": Message(
        "Level {level} of {approval} goes on to {to}: {why}.", "Tingkat {level} dari {approval} naik ke {to}: {why}."
    ),
    "agenda.alerted": Message(
        "{to} is alerted about level {level} of {approval}: {why}.",
        "{to} diperingatkan tentang tingkat {level} dari {approval}: {why}.",
    ),
    "agenda.accept": Message(
        "The case was given to you: act by {due}, or it goes to the next.",
        "Kasus ini diserahkan kepada Anda: mulai tangani paling lambat {due}, atau kasus beralih ke orang berikutnya.",
    ),
    "agenda.queue": Message(
        "Nobody could be chosen for the case: it waits in the queue of {to}.",
        "Tidak ada yang dapat dipilih untuk kasus ini: kasus menunggu di antrean {to}.",
    ),
    "agenda.alerts": Message("{to} should see to the case: {why}.", "{to} perlu menangani kasus: {why}."),
    "agenda.unaccepted": Message(
        "{person} has not acted by then: the case goes to the next.",
        "{person} belum bertindak sampai saat itu: kasus beralih ke orang berikutnya.",
    ),
    "agenda.rested": Message("The rest of the case will be over: it goes to {to}.", "Masa tunda kasus akan habis: kasus pindah ke {to}."),
    "agenda.rested_stays": Message(
        "The rest of the case will be over; it came back {count} times already and stays where it is.",
        "Masa tunda kasus akan habis; kasus sudah kembali {count} kali dan tetap di tempatnya.",
    ),
}
