"""Times and limits that do not fit together (SOP450–SOP466), and what conditions and templates leave open (SOP550–SOP654)."""

from sopengine.wording import Message

_EXACT_EN = "This is decided exactly, over every combination of values, and the example is one of them."
_EXACT_ID = "Ini diperiksa secara pasti atas semua kombinasi nilai, dan contohnya adalah salah satunya."

MESSAGES = {
    "SOP450": Message(
        '"{text}" is no time of day. Write "08:00" or "08:00-10:00", in quotes.',
        '"{text}" bukan jam. Tulis "08:00" atau "08:00-10:00", dalam tanda kutip.',
        "Times of day are written with hours and minutes, from 00:00 to 24:00.",
        "Jam ditulis lengkap dengan menitnya, dari 00:00 sampai 24:00.",
    ),
    "SOP451": Message(
        '"{text}" counts working time, but no calendar says when people work. Add `calendars`, or write hours or days.',
        '"{text}" menghitung waktu kerja, tetapi tidak ada kalender yang menyebut jam kerja. Tambahkan `calendars`, '
        'atau '
        "tulis dalam jam atau hari biasa.",
        'The smallest calendar is `calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}`; the first one is the '
        'default.',
        'Kalender terkecil: `calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}`; yang pertama menjadi bawaan.',
    ),
    "SOP452": Message(
        "Times are written here, but no `timezone` says where. Add it at the top, for example `timezone: "
        "Asia/Jakarta`.",
        "Ada waktu yang ditulis di sini, tetapi belum ada `timezone`. Tambahkan di bagian atas, misalnya "
        "`timezone: Asia/Jakarta`.",
        "A day ends at another moment in Jakarta than in Jayapura; a limit without a zone would mean either.",
        "Hari berakhir pada saat yang berbeda di Jakarta dan di Jayapura; batas waktu tanpa zona bisa berarti "
        "keduanya.",
    ),
    "SOP454": Message(
        'The clock "{clock}" has no target. Write how long it may run: `target: 24h`.',
        'Batas waktu "{clock}" belum punya target. Tulis berapa lama yang diizinkan: `target: 24h`.',
        "Without a target nothing can be late. Targets by grade or table go under `by`.",
        "Tanpa target, tidak ada yang bisa terlambat. Target menurut peringkat atau tabel ditulis di `by`.",
    ),
    "SOP455": Message(
        'The clock "{clock}" is your own and must say when it runs: {keys} is missing. Add it, or use '
        "`first_response`, `reply` or `finish`.",
        'Batas waktu "{clock}" adalah buatan Anda dan harus menyebut kapan dihitung: {keys} belum ada. '
        "Tambahkan, atau pakai `first_response`, `reply`, atau `finish`.",
        "Only first_response, reply and finish know by themselves when they start and stop. Other names may be a "
        "misspelling of "
        "one of them.",
        "Hanya `first_response`, `reply`, dan `finish` yang tahu sendiri kapan mulai dan berhenti. Nama lain "
        "mungkin salah ketik dari salah satunya.",
    ),
    "SOP456": Message(
        '"{text}" is no date. Write year-month-day in quotes: "2026-02-01".',
        '"{text}" bukan tanggal. Tulis tahun-bulan-hari dalam tanda kutip: "2026-02-01".',
        "Cases that open on or after this date follow this version.",
        "Kasus yang dibuka pada atau setelah tanggal ini mengikuti versi ini.",
    ),
    "SOP457": Message(
        "The level {level} stands below {before}. List levels from the lowest to the highest, each once.",
        "Tingkat {level} ditulis setelah {before}. Urutkan dari yang terendah ke yang tertinggi, masing-masing sekali.",
        "People read a ladder from the bottom up; one out of order is usually a slip in a number.",
        "Tingkat eskalasi dibaca dari yang terendah; urutan yang salah biasanya berarti salah angka.",
    ),
    "SOP458": Message(
        'The target is in the field "{field}", but that is of type {type}. Use a date or datetime field.',
        'Target diambil dari isian "{field}", tetapi jenisnya {type}. Pakai isian berjenis `date` atau `datetime`.',
        "`{field: promised_date}` takes the limit from the record; a date means its close of business.",
        "`{field: promised_date}` mengambil batas dari data; sebuah tanggal berarti sampai akhir jam kerja hari itu.",
    ),
    "SOP459": Message(
        '"{text}" is a moment, and here a length of time is needed. Write how long to wait: 1d or 2 working days.',
        '"{text}" adalah saat tertentu, padahal di sini diperlukan lama waktu. Tulis berapa lama menunggu: 1 '
        "hari atau 2 hari kerja.",
        "`every` and `after` wait for a length of time; a moment only limits.",
        "`every` dan `after` menunggu selama waktu tertentu; saat tertentu hanya dapat menjadi batas.",
    ),
    "SOP460": Message(
        'The routine "{routine}" would be due before it opens. Swap the two times; it ends on the day on which it opens, at 24:00 at '
        "the latest.",
        'Tugas rutin "{routine}" jatuh tempo sebelum dibuka. Tukar kedua jamnya; tugas rutin berakhir pada hari yang sama, paling lambat '
        "pukul 24:00.",
        "`at: 08:00-10:00` opens at 08:00 and is due at 10:00 of the same day. A duty that runs past midnight is two: one until 24:00, "
        "and one on the day after.",
        "`at: 08:00-10:00` dibuka pukul 08:00 dan jatuh tempo pukul 10:00 pada hari yang sama. Tugas yang melewati tengah malam ditulis "
        "sebagai dua: satu sampai pukul 24:00, dan satu pada hari berikutnya.",
    ),
    "SOP461": Message(
        '"{text}" does not say how often. Write `day`, `working day`, a weekday, or `month on working day 1` '
        "(`quarter`, `last`, N).",
        '"{text}" bukan jadwal berulang. Tulis `hari`, `hari kerja`, nama hari, atau `bulan pada hari kerja ke-1` '
        "(`triwulan`, `terakhir`, ke-N).",
        "Examples: `every: friday`, `every: month on last working day`, `every: quarter on day 1`; in Indonesian `jumat`, `bulan pada "
        "hari kerja terakhir`, `triwulan pada hari ke-1`.",
        "Contoh: `every: jumat`, `every: bulan pada hari kerja terakhir`, `every: triwulan pada hari ke-1`; atau dalam bahasa Inggris "
        "`friday`, `month on last working day`, `quarter on day 1`.",
    ),
    "SOP462": Message(
        'The routine "{routine}" recurs on working days, but no calendar says which days those are. Add `calendars`.',
        'Tugas rutin "{routine}" berulang pada hari kerja, tetapi tidak ada kalender yang menyebut hari kerja. '
        "Tambahkan `calendars`.",
        'The smallest calendar is `calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}`.',
        'Kalender terkecil: `calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}`.',
    ),
    "SOP463": Message(
        "The first response may take {first}, longer than the whole stage ({finish}), so it never matters. Shorten it.",
        "Respons pertama boleh {first}, lebih lama daripada seluruh tahap ({finish}), jadi tidak ada gunanya. "
        "Persingkat.",
        "Who finishes a stage in time has then always responded in time as well.",
        "Siapa pun yang menyelesaikan tahap tepat waktu sudah pasti merespons tepat waktu.",
    ),
    "SOP464": Message(
        'The clock "{clock}" limits its pauses, but nothing pauses it. Add `pause: [status]`, or delete `max_pause`.',
        'Batas waktu "{clock}" membatasi jeda, tetapi tidak ada yang menjedanya. Tambahkan `pause: [status]`, '
        "atau hapus `max_pause`.",
        "Only a status of the stage pauses a clock.",
        "Hanya status tahap yang dapat menjeda batas waktu.",
    ),
    "SOP465": Message(
        "Quiet hours that begin and end at the same time could mean never or always. Write two different times.",
        "Jam tenang yang mulai dan berakhir pada jam yang sama bisa berarti tidak pernah atau selalu. Tulis "
        "dua jam yang berbeda.",
        '`quiet_hours: "20:00-08:00"` runs over midnight, in the zone of the customer.',
        '`quiet_hours: "20:00-08:00"` melewati tengah malam, dalam zona waktu pelanggan.',
    ),
    "SOP466": Message(
        'The field "{field}" never has the value "{value}". Correct it, or add it to the field\'s `values`.',
        'Isian "{field}" tidak pernah bernilai "{value}". Perbaiki, atau tambahkan ke `values` isian itu.',
        "A zone for a value that does not exist leaves its customers in the zone of the SOP.",
        "Zona untuk nilai yang tidak ada membuat pelanggannya memakai zona SOP.",
    ),
    "SOP550": Message(
        "Points of {text} cannot be added, because points are whole numbers. Multiply them all, for example by ten.",
        "Poin {text} tidak dapat dijumlahkan, karena poin berupa bilangan bulat. Kalikan semua poin, misalnya "
        "dengan sepuluh.",
        "Whole numbers keep totals and grades exact.",
        "Bilangan bulat menjaga total dan peringkat tetap pasti.",
    ),
    "SOP551": Message(
        "This condition can never hold, so what depends on it never happens. Correct it, or delete it.",
        "Kondisi ini tidak mungkin terpenuhi, jadi yang bergantung padanya tidak pernah terjadi. Perbaiki, "
        "atau hapus.",
        _EXACT_EN,
        _EXACT_ID,
    ),
    "SOP552": Message(
        'No way forward from "{stage}" is open when {example}. Add a way for it, or one without a condition at the '
        'end.',
        'Tidak ada jalan maju dari "{stage}" bila {example}. Tambahkan jalannya, atau satu jalan tanpa kondisi '
        "di akhir.",
        _EXACT_EN,
        _EXACT_ID,
    ),
    "SOP650": Message(
        'The template "{template}" speaks of the clock "{clock}", which does not run in the stage "{stage}" that '
        'sends it. '
        "Use a clock of that stage.",
        'Templat "{template}" menyebut batas waktu "{clock}", yang tidak berlaku di tahap "{stage}" yang '
        "mengirimnya. Pakai batas waktu dari tahap itu.",
        "A message with a fact that is missing is not sent. Clocks run in their own stage; those under the top-level "
        "`sla` run "
        "everywhere.",
        "Pesan yang datanya belum ada tidak dikirim. Batas waktu berlaku di tahapnya sendiri; yang ditulis di "
        "`sla` paling atas berlaku di mana saja.",
    ),
    "SOP651": Message(
        'The template "{template}" says nothing. Write its `body`, or name a `file`.',
        'Templat "{template}" belum berisi pesan. Tulis `body`, atau sebutkan `file`.',
        "A template needs a text: in place (`body`) or in a file beside the SOP (`file`).",
        "Templat memerlukan teks: langsung (`body`) atau dalam berkas di samping SOP (`file`).",
    ),
    "SOP652": Message(
        'The template "{template}" has both a `body` and a `file`. Keep one.',
        'Templat "{template}" punya `body` sekaligus `file`. Sisakan satu.',
        "Of two texts it is not clear which one is sent.",
        "Bila ada dua teks, tidak jelas mana yang dikirim.",
    ),
    "SOP653": Message(
        'The e-mail "{template}" has no `subject`. Write one.',
        'Email "{template}" belum punya `subject`. Tulis subjeknya.',
        "E-mails without a subject end among the spam.",
        "Email tanpa subjek biasanya masuk ke folder spam.",
    ),
    "SOP654": Message(
        'Subject and body of "{template}" are not in the same languages; one of them lacks {languages}. Add it.',
        'Subjek dan isi "{template}" tidak tersedia dalam bahasa yang sama; salah satunya belum punya '
        "{languages}. Lengkapi.",
        "A customer would get a subject in one language and a body in another.",
        "Pelanggan akan menerima subjek dalam satu bahasa dan isi dalam bahasa lain.",
    ),
    "rules.level_above": Message("this level stands above it", "tingkat ini ditulis di atasnya"),
    "rules.finish_here": Message("the whole stage is limited here", "batas seluruh tahap ada di sini"),
    "rules.status_here": Message("a status of that name", "status dengan nama itu"),
}
