"""What `sopengine run` says: what is wrong with a file of commands, and the headings of its report."""

from sopengine.wording import Message

MESSAGES = {
    # a line that cannot be read
    "run.file_too_large": Message(
        "The file is larger than {limit} MiB. Split it.",
        "Berkas ini lebih besar dari {limit} MiB. Bagi menjadi beberapa berkas.",
    ),
    "run.line_too_long": Message(
        "The line is longer than {limit} MiB. Write each command as one short line.",
        "Baris ini lebih panjang dari {limit} MiB. Tulis setiap perintah dalam satu baris pendek.",
    ),
    "run.not_utf8": Message(
        "The line is not UTF-8 (byte {byte}). Save the file as UTF-8.",
        "Baris ini bukan teks UTF-8 (byte ke-{byte}). Simpan berkas sebagai UTF-8.",
    ),
    "run.not_json": Message(
        "The line is not JSON (column {column}). Write each line as one object in braces, with keys and texts "
        "in double quotes.",
        "Baris ini bukan JSON (kolom {column}). Tulis satu objek dalam kurung kurawal per baris; kunci dan "
        "teksnya diapit tanda kutip ganda.",
    ),
    "run.too_deep": Message(
        "The line is nested too deeply. A command holds plain values and one record.",
        "Susunan baris ini terlalu bertingkat. Sebuah perintah hanya memuat nilai biasa dan satu data kasus.",
    ),
    "run.not_an_object": Message(
        'A command is an object such as {{"at": …, "do": "advance", "by": …, "case": …}}.',
        'Perintah ditulis sebagai objek, misalnya {{"at": …, "do": "advance", "by": …, "case": …}}.',
    ),
    "run.said_twice": Message(
        '"{argument}" stands twice in this line. Keep one of them.',
        '"{argument}" tertulis dua kali di baris ini. Sisakan satu saja.',
    ),
    "run.no_number": Message(
        "{value} is not a number that can be counted with. Leave the value out, or write null, which means empty.",
        "{value} bukan angka yang dapat dihitung. Hilangkan nilainya, atau tulis null, yang berarti kosong.",
    ),
    "run.no_verb": Message(
        'The line does not say what to do. Add "do" with one of: {known}.',
        'Baris ini tidak menyebutkan apa yang dilakukan. Tambahkan "do" dengan salah satu dari: {known}.',
    ),
    "run.unknown_verb": Message('There is no command "{verb}".', 'Tidak ada perintah "{verb}".'),
    "run.unknown_argument": Message(
        '"{verb}" has no argument "{argument}".', 'Perintah "{verb}" tidak mengenal "{argument}".'
    ),
    "run.missing_argument": Message(
        '"{verb}" also needs "{argument}".', 'Perintah "{verb}" masih memerlukan "{argument}".'
    ),
    "run.wants_text": Message(
        '"{argument}" must be a text in double quotes, not {value}.',
        '"{argument}" harus berupa teks dalam tanda kutip ganda, bukan {value}.',
    ),
    "run.wants_object": Message(
        '"{argument}" must be an object in braces, such as {{"name": "PT Maju"}}, not {value}.',
        '"{argument}" harus berupa objek dalam kurung kurawal, misalnya {{"name": "PT Maju"}}, bukan {value}.',
    ),
    "run.wants_yes_no": Message(
        '"{argument}" must be true or false, not {value}.', '"{argument}" harus true atau false, bukan {value}.'
    ),
    "run.wants_moment": Message(
        '"{argument}" must be a date and time such as "2026-02-02T09:15:00+07:00", not {value}.',
        '"{argument}" harus berupa tanggal dan jam, misalnya "2026-02-02T09:15:00+07:00", bukan {value}.',
    ),
    "run.naive": Message(
        '"{argument}" has no time zone: {value}. Add it, for example +07:00 for WIB.',
        '"{argument}" belum menyebutkan zona waktu: {value}. Tambahkan, misalnya +07:00 untuk WIB.',
    ),
    "run.backwards": Message(
        "Time goes backwards: {at} comes after {last}. Put the lines in the order in which they were recorded, and tell of "
        'something earlier with "occurred_at".',
        "Waktu berjalan mundur: {at} ditulis setelah {last}. Urutkan baris menurut waktu pencatatan; kejadian yang lebih awal "
        'ditulis dengan "occurred_at".',
    ),
    "run.no_id": Message(
        'The record needs an "id" as text, such as "L-1001".',
        'Data kasus memerlukan "id" berupa teks, misalnya "L-1001".',
    ),
    "run.unknown_case": Message(
        'No line above opens the case "{case}".', 'Tidak ada baris sebelumnya yang membuka kasus "{case}".'
    ),
    "run.people_late": Message(
        "People are named in the first lines, before the first command.",
        "Daftar orang ditulis di baris-baris pertama, sebelum perintah pertama.",
    ),
    "run.people_shape": Message(
        'People are written as {{"people": {{"rina": ["sales"], "dewi": ["supervisor"]}}}}.',
        'Daftar orang ditulis seperti {{"people": {{"rina": ["sales"], "dewi": ["supervisor"]}}}}.',
    ),
    "run.nothing": Message(
        "The file holds no command. Write one command a line.",
        "Berkas ini tidak memuat perintah. Tulis satu perintah per baris.",
    ),
    "run.cannot_read": Message("{file} cannot be read: {why}.", "{file} tidak dapat dibaca: {why}."),
    "run.no_people": Message(
        "Nobody's roles are known here. Name the people with --people people.yaml, or in the first line of the file: "
        '{{"people": {{"rina": ["sales"]}}}}. Without people, act as a role: "by": "role:sales".',
        "Di sini peran setiap orang belum diketahui. Tuliskan orang-orangnya dengan --people people.yaml, atau di baris "
        'pertama berkas: {{"people": {{"rina": ["sales"]}}}}. Tanpa daftar orang, bertindaklah sebagai peran: '
        '"by": "role:sales".',
    ),
    "run.problems": Message(
        "{count} lines are wrong; nothing was run.", "Ada {count} kesalahan pada berkas; tidak ada yang dijalankan."
    ),
    "run.problem": Message(
        "One line is wrong; nothing was run.", "Ada satu kesalahan pada berkas; tidak ada yang dijalankan."
    ),
    # what could not be asked
    "run.failed": Message("This could not be done: {why}", "Ini tidak dapat dilakukan: {why}"),
    "run.not_open": Message(
        "The case {case} was never opened: its opening was refused.",
        "Kasus {case} tidak pernah dibuka: pembukaannya ditolak.",
    ),
    "run.no_case": Message('There is no case "{case}" in this run.', 'Tidak ada kasus "{case}" dalam data ini.'),
    # the report
    "run.ran": Message(
        "From {first} to {last}. Commands: {commands}; cases: {cases}.",
        "{first} sampai {last}. Perintah: {commands}; kasus: {cases}.",
    ),
    "run.shipped": Message(
        "These SOPs come with sopengine: {names}.",
        "SOP yang disertakan dalam sopengine: {names}.",
    ),
    "run.allowed": Message("Allowed: {count}", "Diterima: {count}"),
    "run.refused": Message("Refused: {count}", "Ditolak: {count}"),
    "run.by_rule": Message("Why it was refused, by SOP line", "Alasan penolakan, menurut baris SOP"),
    "run.remarks": Message("Recorded with a remark", "Dicatat dengan peringatan"),
    "run.more": Message("… and {count} more", "… dan {count} lagi"),
    "run.no_refusals": Message("Nothing was refused.", "Tidak ada yang ditolak."),
    "run.messages": Message("Messages prepared: {count}", "Pesan yang disiapkan: {count}"),
    "run.escalations": Message(
        "Ready for time limits that came near or passed: {count}",
        "Siap untuk batas waktu yang mendekat atau lewat: {count}",
    ),
    "run.several_reasons": Message(
        "One refusal can have several reasons (refusals: {refused}, reasons: {reasons}).",
        "Satu penolakan bisa punya beberapa alasan (penolakan: {refused}, alasan: {reasons}).",
    ),
    "run.to": Message("to {to}", "kepada {to}"),
    "run.clocks": Message("Time limits (SLA)", "Batas waktu (SLA)"),
    "run.clock": Message("limit", "batas waktu"),
    "run.met": Message("met", "tepat waktu"),
    "run.missed": Message("missed", "terlambat"),
    "run.late": Message("overdue", "lewat batas"),
    "run.running": Message("running", "berjalan"),
    "run.cancelled": Message("cancelled", "batal"),
    "run.paused": Message("paused", "dihentikan sementara"),
    "run.merged_clock": Message("merged", "digabungkan"),
    "run.gone": Message("Merged into case {into}.", "Sudah digabungkan ke kasus {into}."),
    "run.median": Message("median", "median"),
    "run.working": Message("* working time", "* jam kerja"),
    "run.routines": Message("Recurring duties", "Tugas rutin"),
    "run.routine": Message("routine", "tugas"),
    "run.duty_done": Message("done", "selesai"),
    "run.duty_late": Message("late", "terlambat"),
    "run.duty_missed": Message("missed", "terlewat"),
    "run.duty_excused": Message("excused", "dibebaskan"),
    "run.duty_open": Message("open", "terbuka"),
    "run.unmentioned": Message(
        "The calendar opened {count} that no line of the recorded work is about: {names}.",
        "Kalender membuka {count} tugas yang tidak disebut satu baris pun dalam pekerjaan yang direkam: {names}.",
    ),
    "run.follow_up": Message("Follow-up discipline", "Disiplin tindak lanjut"),
    "run.first_contacts": Message("first contacts in a stage", "kontak pertama di suatu tahap"),
    "run.attempts": Message("follow-ups made", "tindak lanjut dilakukan"),
    "run.replies": Message("answers to customers", "balasan kepada pelanggan"),
    "run.received": Message("messages from customers", "pesan dari pelanggan"),
    "run.bounced": Message("contacts that bounced", "kontak yang tidak sampai"),
    "run.too_early": Message("refused: too early", "ditolak: terlalu cepat"),
    "run.too_many": Message("refused: over the limit", "ditolak: melebihi jatah"),
    "run.gave_up_early": Message("refused: giving up too early", "ditolak: terlalu dini menyerah"),
    "run.came_late": Message("made late (remark)", "terlambat dilakukan (peringatan)"),
    "run.logged_late": Message("logged late (remark)", "terlambat dicatat (peringatan)"),
    "run.exhausted": Message("follow-ups used up, no answer", "jatah tindak lanjut habis tanpa jawaban"),
    "run.brought_back": Message("parked cases taken up again", "kasus yang ditunda aktif kembali"),
    "run.board": Message("Where every case stands on {at}", "Posisi setiap kasus per {at}"),
    "run.board_late": Message(
        "! a time limit has passed and the work is not done", "! batas waktu sudah lewat dan pekerjaannya belum selesai"
    ),
    "run.various": Message("{rule}; for example {case}: {text}", "{rule}; misalnya {case}: {text}"),
    "run.line": Message("line {line}", "baris {line}"),
    # one case
    "run.stands": Message(
        "Now in: {place}. Holder: {holder}.", "Posisi sekarang: {place}. Pemegang kasus: {holder}."
    ),
    "run.no_holder": Message("nobody", "belum ada"),
    "run.was_refused": Message("refused", "ditolak"),
    "run.case_clocks": Message("Its time limits", "Batas waktunya"),
    "run.cycle": Message("cycle {cycle}", "siklus ke-{cycle}"),
    # the options
    "run.sop": Message("SOP", "SOP"),
    "run.sop_help": Message(
        "the SOP: a YAML file, or the name of one that ships with sopengine",
        "SOP: berkas YAML, atau nama SOP bawaan sopengine",
    ),
    "run.leads": Message("LEADS.jsonl", "LEAD.jsonl"),
    "run.leads_help": Message(
        "commands in JSON Lines, one a line; - reads them from standard input",
        "perintah dalam JSON Lines, satu per baris; - membacanya dari masukan standar",
    ),
    "run.people_help": Message(
        "who has which role, as YAML; stands in for the people in the file of commands",
        "siapa memegang peran apa, dalam YAML; menggantikan daftar orang di berkas perintah",
    ),
    "run.json_help": Message(
        "print JSON Lines: every decision, and a summary last; with --case those of the case, without a summary",
        "cetak JSON Lines: setiap keputusan, dan ringkasan di baris terakhir; dengan --case hanya keputusan kasus itu, "
        "tanpa ringkasan",
    ),
    "run.case_help": Message("tell the story of this one case", "ceritakan perjalanan satu kasus ini"),
    "run.strict_help": Message("exit code 1 when anything was refused", "kode keluar 1 bila ada yang ditolak"),
    "run.description": Message(
        "Plays commands on cases under an SOP and reports what was allowed, what was refused and why. Nothing is kept. Exit code: "
        "0 it ran (refusals are results), 1 with --strict when something was refused, 2 it could not run.",
        "Menjalankan perintah pada kasus menurut SOP dan melaporkan apa yang diterima, apa yang ditolak, dan alasannya. Tidak ada "
        "yang disimpan. Kode keluar: 0 berhasil dijalankan (penolakan adalah hasil), 1 bila dengan --strict ada yang ditolak, 2 "
        "tidak dapat dijalankan.",
    ),
}
