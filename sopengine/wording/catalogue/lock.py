"""What `sopengine lock` says."""

from sopengine.wording import Message

MESSAGES = {
    "lock.paths": Message(
        "SOPs, or folders in which every SOP is locked (default: this folder)",
        "SOP, atau folder yang semua SOP di dalamnya dikunci (bawaan: folder ini)",
    ),
    "lock.until_help": Message(
        "the last year to lock (default: two years after this one)",
        "tahun terakhir yang dikunci (bawaan: dua tahun setelah tahun ini)",
    ),
    "lock.check_help": Message(
        "write nothing; exit with 1 when the lock is missing or out of date",
        "tidak menulis apa pun; keluar dengan kode 1 jika kunci tidak ada atau usang",
    ),
    "lock.correct_help": Message(
        "change days that are past as well; needs --reason and is recorded in the file",
        "ubah juga hari yang sudah lewat; perlu --reason dan dicatat dalam berkas",
    ),
    "lock.reason_help": Message("why the past is corrected", "alasan masa lalu dikoreksi"),
    "lock.by_help": Message("who corrects it (default: your user name)", "siapa yang mengoreksi (bawaan: nama pengguna Anda)"),
    "lock.today_help": Message(
        "the date that counts as today, for builds that must be repeatable (default: today in each calendar's zone)",
        "tanggal yang dianggap hari ini, untuk hasil yang harus dapat diulang (bawaan: hari ini di zona tiap kalender)",
    ),
    "lock.year": Message("YEAR", "TAHUN"),
    "lock.date": Message("DATE", "TANGGAL"),
    "lock.text": Message("TEXT", "TEKS"),
    "lock.name": Message("NAME", "NAMA"),
    "lock.needs_reason": Message(
        '--correct-past needs a reason: --reason "…". It is kept in the lock, since verdicts may change.',
        '--correct-past memerlukan alasan: --reason "…". Alasan itu disimpan dalam kunci karena penilaian bisa berubah.',
    ),
    "lock.needs_correct": Message(
        "--reason and --by say why the past is corrected: add --correct-past, or leave them out.",
        "--reason dan --by menjelaskan mengapa masa lalu dikoreksi: tambahkan --correct-past, atau hilangkan keduanya.",
    ),
    "lock.check_or_correct": Message(
        "--check writes nothing, so it cannot correct the past: leave out one of --check and --correct-past.",
        "--check tidak menulis apa pun, jadi tidak dapat mengoreksi masa lalu: pilih salah satu dari --check dan --correct-past.",
    ),
    "lock.needs_by": Message(
        'Your user name is not known here; say who corrects the past: --by "…".',
        'Nama pengguna Anda tidak diketahui; sebutkan siapa yang mengoreksi: --by "…".',
    ),
    "lock.bad_date": Message('"{text}" is not a date. Write it as 2026-12-31.', '"{text}" bukan tanggal. Tulis seperti 2026-12-31.'),
    "lock.bad_years": Message(
        "{path}: {first} to {last} cannot be locked: a lock holds at most {most} years, from 1970 to 2199. Choose another "
        "--until.",
        "{path}: {first} sampai {last} tidak dapat dikunci: satu kunci memuat paling banyak {most} tahun, dari 1970 sampai "
        "2199. Pilih --until yang lain.",
    ),
    "lock.not_written": Message("{path} cannot be written: {reason}.", "{path} tidak dapat ditulis: {reason}."),
    "lock.invalid": Message(
        "{path}: not locked, because the SOP or its lock has errors.",
        "{path}: tidak dikunci, karena SOP atau kuncinya memiliki kesalahan.",
    ),
    "lock.no_calendars": Message(
        "{path}: has no calendars, so there is nothing to lock.", "{path}: tidak memiliki kalender, jadi tidak ada yang dikunci."
    ),
    "lock.written": Message("{path}: written", "{path}: ditulis"),
    "lock.current": Message("{path}: up to date", "{path}: sudah mutakhir"),
    "lock.missing": Message(
        "{path}: missing; run `sopengine lock {sop}`", "{path}: tidak ada; jalankan `sopengine lock {sop}`"
    ),
    "lock.out_of_date": Message(
        "{path}: out of date; run `sopengine lock {sop}`", "{path}: usang; jalankan `sopengine lock {sop}`"
    ),
    "lock.calendar": Message("  {calendar}: {first} to {last}, {hash}", "  {calendar}: {first} sampai {last}, {hash}"),
    "lock.undecreed": Message(
        "    collective leave is not decreed yet for {years}: lock again when it is",
        "    cuti bersama belum ditetapkan untuk {years}: kunci lagi setelah ditetapkan",
    ),
    "lock.ahead": Message("    changed ahead, running clocks move:", "    berubah ke depan, batas waktu yang berjalan bergeser:"),
    "lock.corrected": Message(
        "    corrected in the past, verdicts may change:", "    dikoreksi di masa lalu, penilaian bisa berubah:"
    ),
    "lock.kept": Message(
        '    kept, although the SOP or the holidays now say otherwise (to change the past: --correct-past --reason "…"):',
        '    dipertahankan, walaupun SOP atau hari libur kini berbeda (untuk mengubah masa lalu: --correct-past --reason "…"):',
    ),
    "lock.change": Message("      {day}: {was} -> {now}", "      {day}: {was} -> {now}"),
    "lock.change_alike": Message(
        "      {count} days from {first} to {last}: {was} -> {now}", "      {count} hari, {first} s.d. {last}: {was} -> {now}"
    ),
    "lock.more": Message("      and {count} more", "      dan {count} lainnya"),
}
