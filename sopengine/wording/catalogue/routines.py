"""Recurring duties: what can be wrong with them in a file and in a case, and the names of what becomes of them."""

from sopengine.wording import Message

RULES = {
    "SOP467": Message(
        '"{text}" asks for day {number}; the days are counted from 1 to {most}.',
        '"{text}" meminta hari ke-{number}; hari dihitung dari 1 sampai {most}.',
        "A month has days 1 to 31, a quarter 1 to 92. In a period that has fewer, the duty comes on its last day, so `month on day 31` is "
        "the last day of every month; `last day 2` counts from the end.",
        "Satu bulan memiliki hari ke-1 sampai ke-31, satu triwulan ke-1 sampai ke-92. Bila periodenya lebih pendek, tugas jatuh pada hari "
        "terakhirnya, jadi `bulan pada hari ke-31` berarti hari terakhir setiap bulan; `hari terakhir ke-2` dihitung dari belakang.",
    ),
    "SOP468": Message(
        'The routine "{routine}" would be due the very minute it opens. Write from when until when: at: "08:00-10:00".',
        'Tugas rutin "{routine}" jatuh tempo pada menit yang sama saat dibuka. Tulis dari jam berapa sampai jam berapa: at: "08:00-10:00".',
        "`at` takes two times, the opening and the due time. With `by` alone the routine opens at the start of the day.",
        "`at` berisi dua jam: kapan dibuka dan batas waktunya. Dengan `by` saja, tugas rutin dibuka sejak awal hari.",
    ),
    "SOP469": Message(
        'The routine "{routine}" also falls on {days}, when the calendar is closed, so several of it come on one day. Write "working day", '
        "or `if_closed: skip`.",
        'Tugas rutin "{routine}" juga jatuh pada {days} saat kalender tutup, sehingga beberapa menumpuk dalam satu hari. Tulis "hari kerja", '
        "atau `if_closed: skip`.",
        "Each date has its own occurrence, also when it is moved: with a closed weekend, Saturday's and Sunday's are done on Monday beside "
        "Monday's own. None is dropped silently.",
        "Setiap tanggal memiliki tugasnya sendiri, juga bila digeser: bila akhir pekan tutup, tugas Sabtu dan Minggu dikerjakan pada hari "
        "Senin di samping tugas Senin. Tidak ada yang hilang diam-diam.",
    ),
    "SOP470": Message(
        'The routine "{routine}" has both `at` and `by`. Keep `at` when it opens at a certain time, else `by`.',
        'Tugas rutin "{routine}" memiliki `at` sekaligus `by`. Pakai `at` bila dibuka pada jam tertentu; bila tidak, pakai `by`.',
        '`at: "08:00-10:00"` already says until when; a second due time would contradict it.',
        '`at: "08:00-10:00"` sudah menyebut batas waktunya; batas kedua akan bertentangan.',
    ),
    "SOP471": Message(
        '`by` of the routine "{routine}" is one time, until when; from when until when is written with `at`.',
        '`by` pada tugas rutin "{routine}" berisi satu jam, yaitu batas waktunya; rentang jam ditulis dengan `at`.',
        'Write `by: "16:00"`, or `at: "08:00-16:00"`.',
        'Tulis `by: "16:00"`, atau `at: "08:00-16:00"`.',
    ),
    "SOP472": Message(
        'The routine "{routine}" has `{key}` without `{missing}`. Together they say of which SOP a case is started, and for whom.',
        'Tugas rutin "{routine}" memiliki `{key}` tanpa `{missing}`. Keduanya bersama-sama menyebut SOP mana yang dimulai, dan untuk siapa.',
        "`opens: sales-review` with `for_each: sales` starts one case of that SOP for every person in the role.",
        "`opens: sales-review` dengan `for_each: sales` memulai satu kasus SOP tersebut untuk setiap orang dalam peran itu.",
    ),
}

CASES = {
    "CASE801": Message(
        'The routine "{routine}" of {day} ({who}) is late: it was due on {due}.',
        'Tugas rutin "{routine}" tanggal {day} ({who}) terlambat: batas waktunya {due}.',
        "It can still be done until the next one opens; it stays late. Tick what is done, attach what is asked for, and move it to done.",
        "Tugas masih dapat diselesaikan sampai tugas berikutnya dibuka, tetapi tetap tercatat terlambat. Centang yang sudah dikerjakan, "
        "lampirkan dokumennya, lalu tandai selesai.",
    ),
    "CASE802": Message(
        'The routine "{routine}" of {day} ({who}) was missed: it was due on {due}, and the next one has opened.',
        'Tugas rutin "{routine}" tanggal {day} ({who}) terlewat: batas waktunya {due}, dan tugas berikutnya sudah dibuka.',
        "What was not done when the next one opens is not made up for. Agree with the person's superior how it is kept from happening "
        "again; leave that is known beforehand belongs in the directory.",
        "Tugas yang belum selesai ketika tugas berikutnya dibuka tidak dapat disusulkan. Sepakati dengan atasan agar tidak terulang; cuti "
        "yang sudah diketahui sebaiknya dicatat di direktori.",
    ),
    "CASE803": Message(
        'The routine "{routine}" of {day} belongs to {who} and was done by {by}.',
        'Tugas rutin "{routine}" tanggal {day} adalah milik {who}, tetapi dikerjakan oleh {by}.',
        "Each person has their own occurrence. For a duty that any one of the role may do, write `for: role`; somebody who takes it over "
        "is given it first (`assign`).",
        "Setiap orang memiliki tugasnya sendiri. Untuk tugas yang boleh dikerjakan siapa pun dalam peran itu, tulis `for: role`; bila "
        "diambil alih, serahkan dahulu tugasnya (`assign`).",
    ),
    "CASE804": Message(
        'The routine "{routine}" is each person\'s own, but no directory says who has the role {roles}; one occurrence stands for the whole '
        "role.",
        'Tugas rutin "{routine}" dimiliki tiap orang, tetapi tidak ada direktori yang menyebut pemegang peran {roles}; satu tugas dibuka '
        "untuk seluruh peran.",
        "Without a directory nobody is known by name, so the role acts as one (`role:sales`). Give the engine the people: a `people.yaml`, a "
        "mapping, or a directory of your own; or write `for: role`.",
        "Tanpa direktori, tidak ada nama yang dikenal, sehingga peran bertindak sebagai satu pelaku (`role:sales`). Berikan daftar orangnya: "
        "berkas `people.yaml`, sebuah mapping, atau direktori Anda sendiri; atau tulis `for: role`.",
    ),
    "CASE805": Message(
        'Nobody has the role {roles}, so the routine "{routine}" was opened for nobody.',
        'Tidak ada pemegang peran {roles}, sehingga tugas rutin "{routine}" tidak dibuka untuk siapa pun.',
        "The calendar opens a duty for each person whom the directory gives the role at that instant. Give the role to somebody, or correct "
        "its name.",
        "Kalender membuka tugas untuk setiap orang yang menurut direktori memegang peran itu pada saat tersebut. Berikan perannya kepada "
        "seseorang, atau perbaiki nama perannya.",
    ),
}

MESSAGES = {
    **RULES,
    **CASES,
    "routines.done": Message("Done", "Selesai"),
    "routines.missed": Message("Missed", "Terlewat"),
    "routines.excused": Message("Excused", "Dibebaskan"),
    "routines.field_routine": Message("Routine", "Tugas rutin"),
    "routines.field_date": Message("Date", "Tanggal"),
    "routines.field_person": Message("Whose it is", "Milik"),
    "routines.field_due": Message("Due", "Batas waktu"),
    "routines.anyone": Message("anybody of the role", "siapa pun dalam peran itu"),
}
