"""What is wrong with a call: with its words, or with what the program around it gave."""

from sopengine.wording import Message

MESSAGES = {
    "call.unknown_person": Message(
        'The directory knows nobody called "{name}".', 'Tidak ada orang bernama "{name}" di direktori.'
    ),
    "call.no_such_contact": Message(
        '"{contact}" is not the id of an outbound contact of case "{case}".',
        '"{contact}" bukan id kontak keluar kasus "{case}".',
    ),
    "call.nothing_bounced": Message(
        'Case "{case}" has no outbound contact that could have bounced.',
        'Kasus "{case}" belum punya kontak keluar yang dapat gagal terkirim.',
    ),
    "call.key_used": Message(
        'The key "{key}" was used for another command ("{kind}" on case "{case}"); a key is for one command.',
        'Kunci "{key}" sudah dipakai untuk perintah lain ("{kind}" pada kasus "{case}"); satu kunci hanya untuk satu perintah.',
    ),
    "call.no_id_type": Message(
        '"{word}" of {thing} is no id, but {type}.',
        '"{word}" pada {thing} bukan id, melainkan {type}.',
    ),
    "call.unreadable": Message(
        '"{word}" of {thing} cannot be read: {problem}',
        '"{word}" pada {thing} tidak dapat dibaca: {problem}',
    ),
    "call.agenda_whose": Message(
        "An agenda is a person's or a role's: agenda(person=…) or agenda(role=…).",
        "Agenda adalah milik satu orang atau satu peran: agenda(person=…) atau agenda(role=…).",
    ),
    "call.no_role": Message(
        'There is no role "{name}"; there are: {known}.',
        'Tidak ada peran "{name}"; yang ada: {known}.',
    ),
    "call.not_flag": Message(
        "{word} must be True or False, not {value}.",
        "{word} harus True atau False, bukan {value}.",
    ),
    "call.by_sop": Message(
        'by="{by}" is the SOP itself; say which person or role acts.',
        'by="{by}" adalah SOP itu sendiri; sebutkan orang atau peran yang bertindak.',
    ),
    "call.not_cases": Message(
        "cases must be a list of ids or objects, not {type}.", "cases harus berupa daftar id atau objek, bukan {type}."
    ),
    "call.no_sha256": Message(
        "{word} must be a SHA-256 in 64 hexadecimal digits, not {value}.",
        "{word} harus berupa SHA-256 dengan 64 digit heksadesimal, bukan {value}.",
    ),
    "call.not_bytes": Message(
        "content must be the bytes of the file, not {type}.", "content harus berupa byte isi berkas, bukan {type}."
    ),
    "call.other_content": Message(
        "sha256 does not belong to the content, whose SHA-256 is {sha256}.",
        "sha256 tidak sesuai dengan content; SHA-256 isi berkas itu {sha256}.",
    ),
    "call.not_text": Message(
        "{word} must be text, not {type}.",
        "{word} harus berupa teks, bukan {type}.",
    ),
    "call.name_length": Message(
        "{word} must have 1 to {most} characters, not {length}.",
        "{word} harus berisi 1 sampai {most} karakter, bukan {length}.",
    ),
    "call.name_characters": Message(
        "{word} has characters that a name cannot have: {value}",
        "{word} berisi karakter yang tidak boleh ada dalam nama: {value}",
    ),
    "call.nobody": Message(
        "{word} must say who acts: a person, or 'role:sales' for somebody of that role.",
        "{word} harus menyebut siapa yang bertindak: nama orang, atau 'role:sales' untuk seseorang dengan peran itu.",
    ),
    "call.too_long": Message(
        "{word} has {length} characters; at most {most} are kept.",
        "{word} berisi {length} karakter; yang disimpan paling banyak {most}.",
    ),
    "call.text_characters": Message(
        "{word} has characters that cannot be stored.",
        "{word} berisi karakter yang tidak dapat disimpan.",
    ),
    "call.empty": Message(
        "{word} is empty.",
        "{word} kosong.",
    ),
    "call.not_fields": Message(
        "{word} must be a mapping from field to value, not {type}.",
        "{word} harus berupa pasangan nama isian dan nilainya, bukan {type}.",
    ),
    "call.unstorable": Message(
        '{word}: "{name}" cannot be stored: {type}',
        '{word}: "{name}" tidak dapat disimpan: {type}',
    ),
    "call.unknown_words": Message(
        '"{kind}" has no {words}; it has {known}.',
        '"{kind}" tidak mengenal {words}; yang dikenal: {known}.',
    ),
    "call.word_missing": Message(
        '"{kind}" needs "{word}".',
        '"{kind}" memerlukan "{word}".',
    ),
    "call.no_sop_given": Message(
        "An engine needs at least one SOP: Engine(sopengine.load(path)).",
        "Engine memerlukan sedikitnya satu SOP: Engine(sopengine.load(path)).",
    ),
    "call.not_a_sop": Message(
        "An engine takes SOPs, not {type}: Engine(sopengine.load(path)).",
        "Engine menerima SOP, bukan {type}: Engine(sopengine.load(path)).",
    ),
    "call.sop_twice": Message(
        'Two of the SOPs have the id "{name}"; an engine enforces one version of each.',
        'Ada dua SOP dengan id "{name}"; satu engine hanya menjalankan satu versi tiap SOP.',
    ),
    "call.no_such_sop": Message(
        'There is no SOP "{name}" here; there are: {known}.',
        'Tidak ada SOP "{name}" di sini; yang ada: {known}.',
    ),
    "call.tick_ahead": Message(
        "A tick moves cases, so on the system's clock it goes no further than now. deadlines(case, until) says what will come; an engine "
        "that is given a clock (Engine(…, clock=…)) may be run ahead.",
        "Tick memindahkan kasus, sehingga pada jam sistem tidak dapat melewati saat ini. deadlines(case, until) menyebut apa yang akan "
        "terjadi; engine yang diberi jam sendiri (Engine(…, clock=…)) boleh dijalankan mendahului waktu.",
    ),
    "call.other_version": Message(
        'Case "{case}" was opened under a version of its SOP that this engine was not given ({hash}).',
        'Kasus "{case}" dibuka dengan versi SOP yang tidak diberikan ke engine ini ({hash}).',
    ),
    "call.no_predicates": Message(
        "SOP {sop} asks for predicates that are not registered: {names}; give them as Engine(..., predicates=...), a mapping from name to function.",
        "SOP {sop} memakai predikat yang belum didaftarkan: {names}; berikan lewat Engine(..., predicates=...), yaitu pasangan nama dan fungsinya.",
    ),
    "call.since_before_at": Message(
        "since= lies before at=: a case comes to its stage when it is opened or later.",
        "since= lebih awal daripada at=: kasus masuk ke tahapnya saat dibuka atau sesudahnya.",
    ),
    "call.not_a_date": Message(
        '{word} is not a date like 2026-02-03: "{value}".',
        '{word} bukan tanggal seperti 2026-02-03: "{value}".',
    ),
    "call.outside_calendars": Message(
        "{word} must lie in the years 1970 to 2199, which calendars know, not {value}.",
        "{word} harus berada di antara tahun 1970 dan 2199, rentang yang dikenal kalender, bukan {value}.",
    ),
    "call.not_a_moment": Message(
        '{word} must be a datetime with a time zone, not "{value}".',
        '{word} harus berupa tanggal dan jam dengan zona waktu, bukan "{value}".',
    ),
    "call.not_iso": Message(
        '{word} is not a date and time like 2026-02-03T09:00:00+07:00: "{value}".',
        '{word} bukan tanggal dan jam seperti 2026-02-03T09:00:00+07:00: "{value}".',
    ),
    "call.memory_only": Message(
        'This version keeps cases in memory only; it cannot open a store named "{store}".',
        'Versi ini menyimpan kasus di memori saja; penyimpanan bernama "{store}" tidak dapat dibuka.',
    ),
    "call.opens_on_record": Message(
        "A case opens on a record with an id (a mapping or an object), not on text.",
        "Kasus dibuka dari data yang punya id (mapping atau objek), bukan dari teks.",
    ),
    "call.no_id": Message(
        '{thing} has no "{word}": a case is an id or an object with one.',
        '{thing} tidak punya "{word}": kasus adalah id atau objek yang punya id.',
    ),
    "call.short_secret": Message(
        "{word} must be a secret of at least {least} bytes.",
        "{word} harus berupa rahasia sepanjang sedikitnya {least} byte.",
    ),
    "call.not_handed_out": Message(
        'No message was handed out under the key "{key}".',
        'Tidak ada pesan yang diserahkan dengan kunci "{key}".',
    ),
    "call.agenda_past": Message(
        "at lies in the past; an agenda is for now or later.",
        "at sudah lewat; agenda hanya untuk sekarang atau nanti.",
    ),
    "call.no_template": Message(
        'There is no template "{name}"; there are: {known}.',
        'Tidak ada templat "{name}"; yang ada: {known}.',
    ),
    "call.no_place": Message(
        'There is no stage or outcome "{name}"; there are: {known}.',
        'Tidak ada tahap atau hasil akhir "{name}"; yang ada: {known}.',
    ),
    "call.predicate_type": Message(
        'Predicate "{name}" must be a function, not {type}.',
        'Predikat "{name}" harus berupa fungsi, bukan {type}.',
    ),
    "call.predicate_answer": Message(
        'Predicate "{name}" must answer True, False or None (not known), not {answer}.',
        'Predikat "{name}" harus menjawab True, False, atau None (belum diketahui), bukan {answer}.',
    ),
    "call.directory_answer": Message(
        "The directory must answer {question} with {expected}, not {answer}.",
        "Direktori harus menjawab {question} dengan {expected}, bukan {answer}.",
    ),
    "call.directory_waits": Message(
        "The directory answered {question} with something to be awaited. It must answer at once: read the people beforehand, "
        "and let it answer from memory.",
        "Direktori menjawab {question} dengan sesuatu yang masih harus ditunggu (await). Jawabannya harus langsung ada: baca "
        "data orang lebih dulu, lalu jawab dari memori.",
    ),
    "call.names": Message("a set or list of names", "himpunan atau daftar nama"),
    "call.names_in_order": Message(
        "a list or tuple of names, always in the same order",
        "daftar (list atau tuple) nama yang urutannya selalu sama",
    ),
    "call.text_or_none": Message("text or None", "teks atau None"),
    "call.name_or_none": Message("the name of a person or None", "nama orang atau None"),
    "call.yes_or_no": Message("True or False", "True atau False"),
    "call.later_instant": Message(
        "a whole number of microseconds that lies after the instant asked about",
        "bilangan bulat mikrodetik yang terletak sesudah saat yang ditanyakan",
    ),
    "call.number_or_none": Message("a whole number from 0 or None", "bilangan bulat mulai dari 0 atau None"),
    "call.amount_or_none": Message(
        "a whole number or Decimal from 0, or None",
        "bilangan bulat atau Decimal mulai dari 0, atau None",
    ),
    "call.not_items": Message(
        "record takes a list of items, not {type}.",
        "record menerima daftar kejadian, bukan {type}.",
    ),
    "call.item": Message(
        "Item {number}: {problem} Nothing was recorded.",
        "Kejadian ke-{number}: {problem} Tidak ada yang dicatat.",
    ),
    "call.item_type": Message(
        "It must be a mapping, not {type}.",
        "Bentuknya harus mapping, bukan {type}.",
    ),
    "call.no_kind": Message(
        'There is no kind "{kind}"; there are: {known}.',
        'Tidak ada jenis "{kind}"; yang ada: {known}.',
    ),
    "call.record_future": Message(
        "at lies in the future; only what has happened is recorded.",
        "at masih di masa depan; yang dicatat hanya yang sudah terjadi.",
    ),
    "call.record_since": Message(
        "since must lie between the opening and now.",
        "since harus berada di antara saat pembukaan dan sekarang.",
    ),
    "call.roles_list": Message(
        "roles must be a list of names, not {type}.",
        "roles harus berupa daftar nama, bukan {type}.",
    ),
    "call.never_opened": Message(
        'Case "{case}" is not known and nothing here opens it.',
        'Kasus "{case}" tidak dikenal dan tidak ada yang membukanya di sini.',
    ),
    "call.merged_before": Message(
        'Case "{case}" cannot be merged into then: it is the same case, or was merged into another one before.',
        'Kasus "{case}" saat itu tidak dapat menerima penggabungan: kasusnya sama, atau sudah digabungkan ke kasus lain.',
    ),
    "call.merged_across": Message(
        'Case "{case}" follows another SOP; only cases of one SOP can be merged.',
        'Kasus "{case}" mengikuti SOP lain; yang dapat digabungkan hanya kasus dari SOP yang sama.',
    ),
    "call.opened_twice": Message(
        'Case "{case}" is opened twice.',
        'Kasus "{case}" dibuka dua kali.',
    ),
    "call.before_opening": Message(
        'It happened before case "{case}" was opened (item {opening}).',
        'Kejadian ini mendahului pembukaan kasus "{case}" (kejadian ke-{opening}).',
    ),
    "call.routine_sop": Message(
        'Routine "{routine}" of {sop}: {problem} Give Engine that SOP as well.',
        'Tugas rutin "{routine}" dari {sop}: {problem} Berikan juga SOP itu ke Engine.',
    ),
    "call.no_occurrence": Message(
        'Case "{case}" is no occurrence of a routine.',
        'Kasus "{case}" bukan pelaksanaan tugas rutin.',
    ),
    "call.people_data": Message(
        "people is not plain data: {problem}",
        "people bukan data biasa: {problem}",
    ),
    "call.people_type": Message(
        "people: a path, a mapping or a Directory is needed, not {type}.",
        "people: yang diperlukan adalah path, mapping, atau Directory, bukan {type}.",
    ),
    "call.no_channel": Message(
        "Unknown channel or part: {channel}, {part}.",
        "Saluran atau bagian tidak dikenal: {channel}, {part}.",
    ),
    "call.no_case": Message(
        'No case has the id "{case}".',
        'Tidak ada kasus dengan id "{case}".',
    ),
    "call.stale_object": Message(
        'The object says stage "{stage}", the case "{case}" is in "{place}"; load the object anew and try again.',
        'Objek menyebut tahap "{stage}", sedangkan kasus "{case}" berada di "{place}"; muat ulang objeknya lalu coba lagi.',
    ),
    "call.stale_stream": Message(
        '"{stream}" has changed since it was read; nothing was written; try again.',
        '"{stream}" berubah sejak dibaca; tidak ada yang ditulis; coba lagi.',
    ),
    "call.people_zone": Message(
        "Leave and shifts are written, but not in which timezone: add `timezone` to the directory.",
        "Cuti dan jam kerja tertulis, tetapi zona waktunya tidak: tambahkan `timezone` ke direktori.",
    ),
    "call.kept_for_routines": Message(
        'The id "{case}" is kept for what the calendar opens: ids that begin with "rutin:" or "rutin." are of routines.',
        'Id "{case}" disediakan untuk yang dibuka kalender: id yang diawali "rutin:" atau "rutin." milik tugas rutin.',
    ),
}
