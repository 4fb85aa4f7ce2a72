"""What can be wrong with the lock beside an SOP (SOP440–SOP449)."""

from sopengine.wording import Message

_FILE_EN = """\
`sopengine lock` writes the days of an SOP's calendars into a file beside it, `<sop id>.lock`. Cases are judged by those \
days, so that no verdict of the past moves when a table of holidays changes. The file is made by the program and is not \
meant to be edited.
The way out: take the last good version of the file from your version control. If there is none, delete the file and \
run `sopengine lock` again; the past is then taken from the SOP and the holidays as they are today.
An unusable lock stops the SOP from loading, because judging without it could change the past unseen."""

_FILE_ID = """\
`sopengine lock` menuliskan hari-hari kalender sebuah SOP ke berkas di sampingnya, `<id sop>.lock`. Kasus dinilai \
menurut hari-hari itu, sehingga penilaian yang sudah lewat tidak berubah ketika daftar hari libur berubah. Berkas ini \
dibuat oleh program dan tidak untuk disunting.
Jalan keluar: ambil versi terakhir yang baik dari kontrol versi Anda. Jika tidak ada, hapus berkas itu lalu jalankan \
`sopengine lock` lagi; hari yang sudah lewat kemudian diambil dari SOP dan daftar hari libur yang berlaku hari ini.
Berkas penguncian yang tidak dapat dipakai membuat SOP tidak dimuat, karena penilaian tanpanya bisa mengubah masa lalu tanpa \
terlihat."""

_STALE_EN = """\
A lock belongs to a calendar as it was written when it was locked. Since then its hours, holidays, closed or open dates \
or its zone were changed, so the locked days do not count any more and every day, past ones too, is taken from the SOP.
Run `sopengine lock` on the SOP and keep the new file beside it. Days until today stay as they were locked; days after \
today follow the SOP."""

_STALE_ID = """\
Penguncian berlaku untuk kalender sebagaimana tertulis saat dikunci. Sejak itu jam, hari libur, tanggal tutup atau buka, atau \
zonanya diubah, sehingga hari-hari yang terkunci tidak berlaku lagi dan semua hari, termasuk yang sudah lewat, diambil \
dari SOP.
Jalankan `sopengine lock` pada SOP itu dan simpan berkas barunya di sampingnya. Hari sampai hari ini tetap seperti yang \
terkunci; hari sesudahnya mengikuti SOP."""

_DECREE_EN = """\
The calendar counts a country's collective leave (`include: [public, government]`), which the government announces year \
by year. For this year it is not known yet, so a deadline that falls there will move when it is announced.
Nothing has to be changed. Once the days are announced, update the package `holidays` and run `sopengine lock`; or \
write the days under `closed` yourself, then lock. Only clocks that still run move."""

_DECREE_ID = """\
Kalender ini menghitung cuti bersama (`include: [public, government]`) yang diumumkan pemerintah dari tahun ke tahun. \
Untuk tahun ini cuti bersama belum diketahui, jadi batas waktu yang jatuh di sana akan bergeser setelah diumumkan.
Tidak ada yang harus diubah. Setelah diumumkan, perbarui paket `holidays` lalu jalankan `sopengine lock`; atau tulis \
sendiri tanggalnya di `closed`, lalu kunci. Hanya batas waktu yang masih berjalan yang bergeser."""

MESSAGES = {
    "SOP440": Message(
        'The key "{name}" is missing in this lock, or does not belong there. Restore the file, or delete it and run '
        "`sopengine lock`.",
        'Kunci "{name}" tidak ada dalam berkas penguncian ini, atau tidak semestinya di situ. Pulihkan berkasnya, atau hapus '
        "lalu jalankan `sopengine lock`.",
        _FILE_EN,
        _FILE_ID,
    ),
    "SOP441": Message(
        "This lock is of version {version}; this program reads version {known}. Install the sopengine that wrote it, or "
        "a newer one.",
        "Berkas penguncian ini versi {version}; program ini membaca versi {known}. Pasang sopengine yang menulisnya, atau yang "
        "lebih baru.",
        _FILE_EN,
        _FILE_ID,
    ),
    "SOP442": Message(
        'The locked days of calendar "{calendar}" were changed by hand: they do not fit their checksum. Restore the file; to '
        "change the past on purpose, use `sopengine lock --correct-past`.",
        'Hari-hari terkunci dari kalender "{calendar}" diubah dengan tangan: tidak cocok dengan tanda pemeriksanya. Pulihkan '
        "berkasnya; untuk sengaja mengubah hari yang lewat, pakai `sopengine lock --correct-past`.",
        _FILE_EN,
        _FILE_ID,
    ),
    "SOP443": Message(
        'This lock belongs to the SOP "{other}", not to "{sop}". Delete it and run `sopengine lock`.',
        'Berkas penguncian ini milik SOP "{other}", bukan "{sop}". Hapus lalu jalankan `sopengine lock`.',
        _FILE_EN,
        _FILE_ID,
    ),
    "SOP444": Message(
        'This lock says "{text}" where it needs {what}. Restore the file, or delete it and run `sopengine lock`.',
        'Berkas penguncian ini berisi "{text}", padahal seharusnya {what}. Pulihkan berkasnya, atau hapus lalu jalankan '
        "`sopengine lock`.",
        _FILE_EN,
        _FILE_ID,
    ),
    "SOP445": Message(
        'The calendar "{calendar}" was changed since it was locked, so its locked days do not count. Run `sopengine lock` '
        "on this file.",
        'Kalender "{calendar}" diubah setelah dikunci, sehingga hari-hari terkuncinya tidak berlaku. Jalankan `sopengine '
        "lock` pada berkas ini.",
        _STALE_EN,
        _STALE_ID,
    ),
    "SOP446": Message(
        'The calendar "{calendar}" is not in the lock of this SOP. Run `sopengine lock` on this file.',
        'Kalender "{calendar}" tidak ada dalam berkas penguncian SOP ini. Jalankan `sopengine lock` pada berkas ini.',
        _STALE_EN,
        _STALE_ID,
    ),
    "SOP447": Message(
        'A clock of {length} on the calendar "{calendar}" can reach {year}, whose collective leave is not decreed yet. Lock again '
        "when it is.",
        'Batas waktu {length} pada kalender "{calendar}" dapat mencapai tahun {year}, yang cuti bersamanya belum ditetapkan. Kunci '
        "lagi setelah ditetapkan.",
        _DECREE_EN,
        _DECREE_ID,
    ),
    "SOP448": Message(
        'A clock of {length} on the calendar "{calendar}" can end after {year}, the last year that is locked. Lock more years '
        "with `sopengine lock --until`.",
        'Batas waktu {length} pada kalender "{calendar}" dapat berakhir setelah {year}, tahun terakhir yang terkunci. Kunci lebih '
        "banyak tahun dengan `sopengine lock --until`.",
        "Beyond the locked years days are taken from the SOP and from the table of holidays as it is at that moment: they "
        "are right as far as they are known, but they may still change. The length is counted from the day of locking.",
        "Di luar tahun yang terkunci, hari diambil dari SOP dan daftar hari libur pada saat itu: benar sejauh yang "
        "diketahui, tetapi masih bisa berubah. Lamanya dihitung dari hari penguncian.",
    ),
    "rules.lock_mapping": Message("`key: value` pairs", "pasangan `kunci: nilai`"),
    "rules.lock_list": Message("a list", "daftar"),
    "rules.lock_text": Message("a text", "teks"),
    "rules.lock_date": Message(
        "a date inside the locked years, later than the one above", "tanggal dalam tahun yang terkunci, sesudah yang di atasnya"
    ),
    "rules.lock_years": Message(
        "years from an earlier to a later one (`2025..2028`), at most 30", "tahun dari yang lebih awal ke yang lebih akhir (`2025..2028`), paling banyak 30"
    ),
    "rules.lock_hours": Message("hours such as `08:00-12:00`", "jam seperti `08:00-12:00`"),
    "rules.lock_weekdays": Message("a day of the week", "nama hari"),
    "rules.lock_zone": Message("a time zone", "zona waktu"),
    "rules.lock_hash": Message("a hash (`sha256:…`)", "hash (`sha256:…`)"),
    "rules.lock_other_rule": Message("the hash of another rule", "hash aturan yang lain"),
}
