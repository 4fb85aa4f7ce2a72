"""What keeps a contact with a customer back (CASE411–CASE416): the contact policy and the customer's own will."""

from sopengine.wording import Message

MESSAGES = {
    "CASE411": Message(
        "The customer has not wanted to be contacted by {via} since {since}. Respect that.",
        "Pelanggan tidak ingin dihubungi lewat {via} sejak {since}. Hormati keinginan itu.",
        "An opt-out holds for every case of this customer, under every SOP, and nobody can lift it: not for an answer, not for a "
        "service message. Use a channel that the customer has not closed, or end the case with the reason `opt_out`.",
        "Permintaan berhenti berlaku untuk semua kasus pelanggan ini di semua SOP, dan tidak seorang pun dapat "
        "mengecualikannya, baik untuk balasan maupun pesan layanan. Pakai saluran yang tidak ditutup pelanggan, atau tutup "
        "kasus dengan alasan `opt_out`.",
    ),
    "CASE412": Message(
        "It is quiet time where the customer is; they may be contacted from {from_} on.",
        "Di tempat pelanggan sedang jam tenang; pelanggan boleh dihubungi mulai {from_}.",
        "`quiet_hours` of the contact policy are read in the customer's own zone, which `zone` may take from a field. Answering a "
        "customer who waits, and service messages, are always allowed.",
        "`quiet_hours` pada kebijakan kontak dibaca menurut zona waktu pelanggan, yang dapat diambil dari sebuah isian lewat "
        "`zone`. Membalas pelanggan yang menunggu dan pesan layanan selalu diperbolehkan.",
    ),
    "CASE413": Message(
        "It is a holiday; the customer may be contacted from {from_} on.",
        "Hari ini hari libur; pelanggan boleh dihubungi mulai {from_}.",
        "`closed: holidays` of the contact policy keeps the holidays of the first calendar free of sales contacts; the day is that of "
        "the customer's zone. Weekends are no holidays.",
        "`closed: holidays` pada kebijakan kontak membebaskan hari libur kalender pertama dari kontak penjualan; harinya mengikuti "
        "zona waktu pelanggan. Akhir pekan bukan hari libur.",
    ),
    "CASE414": Message(
        "Today's contacts with this customer have reached the cap of {most}; the next one is allowed from {from_} on.",
        "Pelanggan sudah dihubungi {most} kali hari ini, sesuai batas per hari; kontak berikutnya boleh mulai {from_}.",
        "`max: {per_day: …}` of the contact policy counts what everybody sent to this customer, over all cases and SOPs, on one day "
        "of the customer's calendar. Answers and service messages neither count nor are held back.",
        "`max: {per_day: …}` pada kebijakan kontak menghitung semua kontak kepada pelanggan ini, dari semua kasus dan SOP, dalam "
        "satu hari menurut kalender pelanggan. Balasan dan pesan layanan tidak dihitung dan tidak ditahan.",
    ),
    "CASE415": Message(
        "This week's contacts with this customer have reached the cap of {most}; the next one is allowed from {from_} on.",
        "Pelanggan sudah dihubungi {most} kali minggu ini, sesuai batas per minggu; kontak berikutnya boleh mulai {from_}.",
        "`max: {per_week: …}` of the contact policy counts what everybody sent to this customer, over all cases and SOPs, from "
        "Monday to Sunday of the customer's calendar. Answers and service messages neither count nor are held back.",
        "`max: {per_week: …}` pada kebijakan kontak menghitung semua kontak kepada pelanggan ini, dari semua kasus dan SOP, dari "
        "Senin sampai Minggu menurut kalender pelanggan. Balasan dan pesan layanan tidak dihitung dan tidak ditahan.",
    ),
    "CASE418": Message(
        "No contact of {at} counts that could have bounced, so nothing changes.",
        "Tidak ada kontak terhitung pada {at} yang dapat gagal terkirim, sehingga tidak ada yang berubah.",
        "A contact that bounced is taken back once: it counts neither as response nor as attempt. This one was taken back already, was sent "
        "automatically and never counted, or is not on record.",
        "Kontak yang gagal terkirim ditarik satu kali: tidak lagi dihitung sebagai respons maupun tindak lanjut. Kontak ini sudah pernah ditarik, "
        "dikirim otomatis dan memang tidak dihitung, atau tidak tercatat.",
    ),
    "CASE416": Message(
        "The contact policy leaves no time in sight in which this customer may be contacted. Correct the policy.",
        "Kebijakan kontak tidak menyisakan waktu untuk menghubungi pelanggan ini. Perbaiki kebijakannya.",
        "Quiet hours, holidays and caps together hold every day back, as far as one looks. See what of them is meant.",
        "Jam tenang, hari libur, dan batas kontak bersama-sama menahan setiap hari sejauh yang dapat dilihat. Periksa mana yang "
        "sebenarnya dimaksud.",
    ),
}
