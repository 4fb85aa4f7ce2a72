"""Names that do not exist, exist twice or are never used, and fields that contradict themselves (SOP201–SOP231)."""

from sopengine.wording import Message

_DECLARED_EN = (
    "A name that is only mentioned is declared by the mention, so a short SOP needs no lists. As soon as you declare "
    "some, "
    "the list is taken to be complete: a name outside it is reported, and one that looks like a declared name is an "
    "error, "
    "because it is almost surely a misspelling."
)
_DECLARED_ID = (
    "Nama yang baru disebut sudah dianggap terdaftar, jadi SOP pendek tidak memerlukan daftar. Begitu sebagian "
    "Anda daftarkan, daftarnya dianggap lengkap: nama di luar daftar dilaporkan, dan nama yang mirip dengan "
    "nama terdaftar dianggap kesalahan, karena hampir pasti salah ketik."
)
_UNUSED_EN = "What nothing uses is either forgotten or left over. Use it, or delete it: a reader will think that it matters."
_UNUSED_ID = "Yang tidak dipakai biasanya terlupa atau sisa lama. Pakai atau hapus: pembaca akan mengira hal itu penting."

MESSAGES = {
    "SOP201": Message(
        'The role "{name}" is not declared under `roles`, although others are. Declare it, or correct the name.',
        'Peran "{name}" belum didaftarkan di `roles`, padahal peran lain sudah. Daftarkan, atau perbaiki namanya.',
        _DECLARED_EN,
        _DECLARED_ID,
    ),
    "SOP202": Message(
        'The field "{name}" is not declared under `fields`, although others are. Declare it, or correct the name.',
        'Isian "{name}" belum didaftarkan di `fields`, padahal isian lain sudah. Daftarkan, atau perbaiki namanya.',
        _DECLARED_EN,
        _DECLARED_ID,
    ),
    "SOP203": Message(
        'The outcome "{name}" does not say its `kind`. Add `success`, `failure`, `parked` or `cancelled`.',
        'Hasil akhir "{name}" belum menyebut `kind`. Tambahkan `kind` berisi `success`, `failure`, `parked`, '
        "atau `cancelled`.",
        "Only `won` (success) and `lost` (failure) need no `kind`. It decides whether the gate must be met, whether "
        "a reason "
        "is asked for, and how the case counts in reports.",
        "Hanya `won` (`success`) dan `lost` (`failure`) yang tidak memerlukan `kind`. Jenis ini menentukan "
        "apakah syarat tahap harus dipenuhi, apakah alasan diminta, dan bagaimana kasus dihitung dalam laporan.",
    ),
    "SOP204": Message(
        'The document "{name}" is not declared under `documents`, although others are. Declare it, or correct the '
        'name.',
        'Dokumen "{name}" belum didaftarkan di `documents`, padahal dokumen lain sudah. Daftarkan, atau '
        "perbaiki namanya.",
        _DECLARED_EN,
        _DECLARED_ID,
    ),
    "SOP205": Message(
        'There is no stage "{name}". Name a stage of this SOP.',
        'Tidak ada tahap "{name}". Sebutkan salah satu tahap dalam SOP ini.',
        "A case can only be sent to a stage that is written under `stages`.",
        "Kasus hanya dapat dipindahkan ke tahap yang tertulis di `stages`.",
    ),
    "SOP206": Message(
        'There is no stage or outcome "{name}". Name one of this SOP: {targets}.',
        'Tidak ada tahap atau hasil akhir "{name}". Sebutkan salah satu yang ada dalam SOP ini: {targets}.',
        "Every way out leads to a stage under `stages` or an outcome under `outcomes`. `won` and `lost` exist unless "
        "you "
        "declare a success or a failure of your own.",
        "Setiap jalan keluar menuju tahap di `stages` atau hasil akhir di `outcomes`. `won` dan `lost` selalu "
        "ada, kecuali Anda mendaftarkan sendiri hasil akhir berjenis `success` atau `failure`.",
    ),
    "SOP207": Message(
        'There is no template "{name}". Write it under `templates`, or correct the name.',
        'Tidak ada templat "{name}". Tulis di `templates`, atau perbaiki namanya.',
        "A message that does not exist would be noticed only when it is due.",
        "Pesan yang tidak ada baru akan ketahuan saat waktunya dikirim.",
    ),
    "SOP208": Message(
        'There is no approval "{name}". Write it under `approvals`, or correct the name.',
        'Tidak ada persetujuan "{name}". Tulis di `approvals`, atau perbaiki namanya.',
        "A stage that waits for an approval nobody can grant would never be left.",
        "Tahap yang menunggu persetujuan yang tidak dapat diberikan siapa pun tidak akan pernah selesai.",
    ),
    "SOP209": Message(
        'There is no status "{name}" here, so the clock could never pause in it. Name one of the `statuses` of its stage.',
        'Tidak ada status "{name}" di sini, jadi batas waktunya tidak akan pernah dijeda. Sebutkan salah satu `statuses` tahapnya.',
        "Only a status of the same stage pauses the clocks of a stage; a clock of the whole case pauses in a status of any stage.",
        "Batas waktu sebuah tahap hanya dapat dijeda oleh status tahap itu sendiri; batas waktu seluruh kasus dapat dijeda oleh status di "
        "tahap mana pun.",
    ),
    "SOP210": Message(
        'There is no calendar "{name}". Write it under `calendars`, or correct the name.',
        'Tidak ada kalender "{name}". Tulis di `calendars`, atau perbaiki namanya.',
        "Without its calendar, working time cannot be counted.",
        "Tanpa kalender, waktu kerja tidak dapat dihitung.",
    ),
    "SOP211": Message(
        'There is no table "{name}". Write it under `tables`, or correct the name.',
        'Tidak ada tabel "{name}". Tulis di `tables`, atau perbaiki namanya.',
        "`assign.table` names the decision table whose result is a group of the directory.",
        "`assign.table` menyebut tabel keputusan yang hasilnya adalah kelompok dalam direktori.",
    ),
    "SOP212": Message(
        'There is no score or table "{name}". Use a name from `scores` or `tables`, or correct it.',
        'Tidak ada skor atau tabel "{name}". Pakai nama dari `scores` atau `tables`, atau perbaiki.',
        "Targets can differ by a grade or by the result of a table: write `by: {score: {grade: target}}` with "
        "a name from `scores` or `tables`.",
        "Target dapat dibedakan menurut peringkat skor atau hasil tabel: tulis `by: {skor: {peringkat: "
        "target}}` dengan nama dari `scores` atau `tables`.",
    ),
    "SOP213": Message(
        '"{of}" never gives "{name}". Use one of what it gives: {values}.',
        '"{of}" tidak pernah menghasilkan "{name}". Pakai salah satu hasilnya: {values}.',
        "A target for a grade or result that cannot come out is a typing slip.",
        "Target untuk peringkat atau hasil tabel yang tidak mungkin muncul biasanya akibat salah ketik.",
    ),
    "SOP214": Message(
        'Nothing called "{name}" ever happens here, so the clock would wait for ever. Name a moment, stage, '
        "status, outcome, `document.x`, `approval.x`, date field or one of `events`.",
        'Tidak ada kejadian bernama "{name}", jadi batas waktu ini akan menunggu selamanya. Sebutkan saat '
        "tertentu, tahap, status, hasil akhir, `document.x`, `approval.x`, isian tanggal, atau salah satu dari "
        "`events`.",
        "The moments are `opened`, `entered`, `assigned`, `contacted`, `inbound` and `closed`. Events of your "
        "own program are listed under `events` first.",
        "Saat yang tersedia: `opened`, `entered`, `assigned`, `contacted`, `inbound`, dan `closed`. Kejadian "
        "dari program Anda sendiri didaftarkan lebih dahulu di `events`.",
    ),
    "SOP215": Message(
        'Two items of this checklist have the code "{name}", so one tick would count for both. Give one another code.',
        'Dua butir daftar periksa ini berkode "{name}", sehingga satu centang berlaku untuk keduanya. Beri '
        "salah satunya kode lain.",
        "Items that are written without a code get one made from their text.",
        "Butir tanpa kode mendapat kode yang dibuat dari teksnya.",
    ),
    "SOP216": Message(
        'Nothing sends the template "{name}". Use it, or delete it.',
        'Templat "{name}" tidak dikirim dari mana pun. Pakai, atau hapus.',
        _UNUSED_EN,
        _UNUSED_ID,
    ),
    "SOP217": Message(
        'Nothing asks for the document "{name}". List it in a stage or routine, mark it `kind: system`, or delete it.',
        'Dokumen "{name}" tidak diminta di mana pun. Cantumkan di tahap atau tugas rutin, tandai `kind: '
        "system`, atau hapus.",
        _UNUSED_EN,
        _UNUSED_ID,
    ),
    "SOP218": Message(
        'No stage asks for the approval "{name}". List it under a stage\'s `approvals`, or delete it.',
        'Tidak ada tahap yang meminta persetujuan "{name}". Cantumkan di `approvals` sebuah tahap, atau hapus.',
        _UNUSED_EN,
        _UNUSED_ID,
    ),
    "SOP219": Message(
        'No clock waits for the event "{name}". Use it in `from`, `until` or `cancel`, or delete it.',
        'Tidak ada batas waktu yang menunggu kejadian "{name}". Pakai di `from`, `until`, atau `cancel`, atau hapus.',
        _UNUSED_EN,
        _UNUSED_ID,
    ),
    "SOP220": Message(
        '"{name}" is both a stage and an outcome. Rename one: a move to it could mean either.',
        '"{name}" adalah tahap sekaligus hasil akhir. Ganti nama salah satunya: perpindahan ke sana bisa '
        "berarti keduanya.",
        "Stages and outcomes share one set of names, because a case moves to either.",
        "Nama tahap dan hasil akhir tidak boleh sama, karena kasus dapat berpindah ke keduanya.",
    ),
    "SOP221": Message(
        '"{name}" is already the name of a field, score or table. Rename one: a condition could mean either.',
        '"{name}" sudah menjadi nama isian, skor, atau tabel. Ganti nama salah satunya: sebuah kondisi bisa '
        "berarti keduanya.",
        "Conditions use the names of fields, scores and tables alike, so each name may be used only once.",
        "Kondisi memakai nama isian, skor, dan tabel tanpa membedakannya, jadi setiap nama hanya boleh dipakai "
        "sekali.",
    ),
    "SOP222": Message(
        'The event "{name}" has a name that clocks already understand. Give it another name.',
        'Kejadian "{name}" memakai nama yang sudah dikenal batas waktu. Beri nama lain.',
        "`opened`, `entered`, `assigned`, `contacted`, `inbound`, `closed`, and every stage, status and "
        "outcome are events already.",
        "`opened`, `entered`, `assigned`, `contacted`, `inbound`, `closed`, serta setiap tahap, status, dan "
        "hasil akhir sudah menjadi kejadian.",
    ),
    "SOP223": Message(
        "These roles report to each other in a circle: {circle}. Remove one `reports_to`.",
        "Peran-peran ini saling melapor dan berputar: {circle}. Hapus salah satu `reports_to`.",
        "An escalation climbs `reports_to` and must come to a top.",
        "Eskalasi naik mengikuti `reports_to` dan harus sampai ke pimpinan yang paling atas.",
    ),
    "SOP232": Message(
        "These roles stand in for one another in a circle: {circle}. Once all of them are away nobody acts; name a role outside the "
        "circle.",
        "Peran-peran ini saling menggantikan dan berputar: {circle}. Bila semuanya berhalangan, tidak ada yang bertindak; sebutkan "
        "peran di luar lingkaran itu.",
        "Whoever holds the role under `stand_in` acts while everybody who holds the role is on leave. A stand-in does not pass that "
        "on to their own stand-in, so a circle only adds a way for everybody to be away.",
        "Pemegang peran pada `stand_in` bertindak selama semua pemegang peran itu cuti. Pengganti tidak meneruskan tugas itu kepada "
        "penggantinya sendiri, jadi lingkaran hanya menambah kemungkinan semua orang berhalangan.",
    ),
    "SOP224": Message(
        'The reason "{name}" is listed twice. Delete one.',
        'Alasan "{name}" tercantum dua kali. Hapus salah satunya.',
        "Reports count by reason; a second entry adds nothing.",
        "Laporan dihitung per alasan; entri kedua tidak menambah apa pun.",
    ),
    "SOP225": Message(
        'This measure counts "{name}", which does not exist. Name a field, stage, outcome, clock or moment.',
        'Indikator ini menghitung "{name}", padahal itu tidak ada. Sebutkan isian, tahap, hasil akhir, batas '
        "waktu, atau saat tertentu.",
        "`sum`, `mean` and `repeat` name a field; `count`, `share` and `of` name what happens: `opened`, "
        "`closed`, `open`, a stage, an outcome, `met`, `missed`, or a clock as `stage.clock`.",
        "`sum`, `mean`, dan `repeat` menyebut isian; `count`, `share`, dan `of` menyebut kejadian: `opened`, "
        "`closed`, `open`, tahap, hasil akhir, `met`, `missed`, atau batas waktu sebagai `tahap.batas_waktu`.",
    ),
    "SOP226": Message(
        'Several stages have a status "{name}", and this clock cannot tell which is meant. Rename one of them.',
        'Beberapa tahap punya status "{name}", dan batas waktu ini tidak tahu mana yang dimaksud. Ganti nama '
        "salah satunya.",
        "A clock of the whole case sees the statuses of all stages.",
        "Batas waktu untuk seluruh kasus melihat status dari semua tahap.",
    ),
    "SOP227": Message(
        'The field "{name}" has a minimum of {min}, which is above its maximum of {max}, so nothing fits. Swap them.',
        'Isian "{name}" punya minimum {min} yang lebih besar daripada maksimum {max}, jadi tidak ada nilai '
        "yang cocok. Tukar keduanya.",
        "Both bounds are themselves allowed: `min: 1, max: 3` takes 1, 2 and 3.",
        "Nilai batasnya sendiri masih diterima: `min: 1, max: 3` menerima 1, 2, dan 3.",
    ),
    "SOP228": Message(
        'The field "{name}" is a choice, but lists no `values`. List what may be chosen.',
        'Isian "{name}" berjenis pilihan, tetapi belum punya `values`. Cantumkan pilihannya.',
        "Without a list of values every record would be refused.",
        "Tanpa daftar pilihan, setiap data akan ditolak.",
    ),
    "SOP229": Message(
        "`{key}` means nothing for a field of type {type}. Delete it, or use the type {types}.",
        "`{key}` tidak ada artinya untuk isian berjenis {type}. Hapus, atau pakai jenis {types}.",
        "A bound that nothing checks would be a promise that is not kept.",
        "Batas yang tidak diperiksa akan menjadi janji yang tidak ditepati.",
    ),
    "SOP230": Message(
        'The default "{value}" of the field "{name}" is not {kind} within the bounds of the field. Correct it.',
        'Bawaan "{value}" pada isian "{name}" bukan {kind} dalam batas isian itu. Perbaiki.',
        "A default is a value like any other: it must fit the type, the list of choices and the bounds.",
        "Bawaan sama seperti nilai lain: harus sesuai dengan jenis, daftar pilihan, dan batas isiannya.",
    ),
    "SOP233": Message(
        "Duplicates are found only where somebody happens to fill {fields}: {stage} asks for none of them. Require one there.",
        "Data ganda hanya ditemukan bila kebetulan ada yang mengisi {fields}: {stage} tidak memintanya. Wajibkan salah satunya di sana.",
        "Two cases are compared by the groups of fields under `same_if`, each once all of it is filled. A group that the first stage asks "
        "for lets the second case be found before anybody works on it.",
        "Dua kasus dibandingkan menurut kelompok isian di `same_if`, masing-masing setelah seluruhnya terisi. Kelompok yang diminta "
        "tahap pertama membuat kasus kedua ditemukan sebelum ada yang mengerjakannya.",
    ),
    "SOP231": Message(
        'The choice "{name}" is listed twice. Delete one.',
        'Pilihan "{name}" tercantum dua kali. Hapus salah satunya.',
        "Two equal choices cannot be told apart.",
        "Dua pilihan yang sama tidak dapat dibedakan.",
    ),
}
