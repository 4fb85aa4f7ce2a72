"""Why the next follow-up comes when it does, where no refusal already says so."""

from sopengine.wording import Message

MESSAGES = {
    "follow_up.first": Message(
        "Nobody in {stage} has contacted the customer yet; the first contact comes first.",
        "Belum ada yang menghubungi pelanggan di {stage}; lakukan kontak pertama dahulu.",
    ),
    "follow_up.waiting": Message(
        "The customer has been waiting for an answer since {since}. Answer them; that is no follow-up.",
        "Pelanggan menunggu jawaban sejak {since}. Balas dahulu; balasan tidak dihitung sebagai tindak lanjut.",
    ),
    "follow_up.ended": Message(
        "The series has ended; whoever contacts the customer again begins a new one.",
        "Rangkaian tindak lanjut sudah berakhir; kontak berikutnya memulai rangkaian baru.",
    ),
    "follow_up.queued": Message(
        "Follow-up {number} was handed out for sending on {at}; its delivery has not been reported yet.",
        "Tindak lanjut ke-{number} sudah diserahkan untuk dikirim pada {at}; laporan terkirimnya belum diterima.",
    ),
    "follow_up.due": Message(
        "Follow-up {number} has been allowed since {since}.",
        "Tindak lanjut ke-{number} sudah boleh dilakukan sejak {since}.",
    ),
    "follow_up.due_until": Message(
        "Follow-up {number} has been allowed since {since}; it is late after {until}.",
        "Tindak lanjut ke-{number} sudah boleh dilakukan sejak {since}, dan terlambat setelah {until}.",
    ),
}
