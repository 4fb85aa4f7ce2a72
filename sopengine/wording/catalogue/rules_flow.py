"""Flows that lead nowhere, turn for ever or contradict themselves (SOP301–SOP320)."""

from sopengine.wording import Message

MESSAGES = {
    "SOP301": Message(
        'No way leads from the start ("{start}") to the stage "{stage}". Name it in a `next`, or delete it.',
        'Tidak ada jalan dari awal ("{start}") ke tahap "{stage}". Sebutkan di sebuah `next`, atau hapus tahapnya.',
        "As soon as a stage says `next`, it leads only there: the stage below it in the file is no longer its default.",
        "Begitu sebuah tahap punya `next`, kasus hanya menuju ke sana: tahap di bawahnya dalam berkas bukan "
        "lagi tujuan bawaannya.",
    ),
    "SOP302": Message(
        'From the stage "{stage}" no `next` ever comes to an outcome, so its cases can only be given up. Add a '
        "way to an outcome.",
        'Dari tahap "{stage}" tidak ada `next` yang sampai ke hasil akhir, jadi kasusnya hanya dapat '
        "dihentikan. Tambahkan jalan menuju hasil akhir.",
        "Stages that only lead to each other keep a case for ever. Each stage needs a chain of `next` that ends in "
        "an outcome.",
        "Tahap-tahap yang hanya saling menuju akan menahan kasus selamanya. Setiap tahap memerlukan rangkaian "
        "`next` yang berujung pada sebuah hasil akhir.",
    ),
    "SOP304": Message(
        "This goes round by itself without end, and nobody is ever asked: {circle}. Set `max` on the `recycle`, or "
        "lead the "
        "last attempt to an outcome.",
        "Kasus berputar sendiri tanpa akhir dan tidak ada orang yang ditanya: {circle}. Tetapkan `max` pada "
        "`recycle`, atau arahkan yang terakhir ke sebuah hasil akhir.",
        "`recycle` and `follow_up.then` move a case without a person. A circle of nothing else would contact a "
        "customer for "
        "ever.",
        "`recycle` dan `follow_up.then` memindahkan kasus tanpa campur tangan orang. Putaran yang hanya "
        "terdiri atas keduanya akan menghubungi pelanggan selamanya.",
    ),
    "SOP305": Message(
        'The stage "{stage}" does not say where it leads, and there are several successes: {outcomes}. Write its '
        '`next`.',
        'Tahap "{stage}" tidak menyebut tujuannya, padahal ada beberapa hasil akhir yang sukses: {outcomes}. '
        "Tulis `next` di tahap ini.",
        "With one success outcome the last stage leads there. With several, the SOP has to say which.",
        "Bila hanya ada satu hasil akhir yang sukses, tahap terakhir menuju ke sana. Bila ada beberapa, SOP "
        "harus menyebut yang mana.",
    ),
    "SOP306": Message(
        'Advancing never takes the way to "{to}": a way without a condition stands above it. Put the conditional one '
        'first.',
        'Jalan ke "{to}" tidak pernah dipakai saat kasus maju: di atasnya ada jalan tanpa kondisi. Dahulukan '
        "jalan yang punya kondisi.",
        '"Advance" takes the first way whose condition holds, and a way without a condition always holds.',
        "Saat maju, kasus memakai jalan pertama yang kondisinya terpenuhi, dan jalan tanpa kondisi selalu terpenuhi.",
    ),
    "SOP307": Message(
        '"{to}" is listed twice here. Keep one entry; join their conditions with `any: [...]`.',
        '"{to}" tercantum dua kali di sini. Sisakan satu; gabungkan kondisinya dengan `any: [...]`.',
        "Of two entries for one target it is not clear which condition counts.",
        "Bila satu tujuan punya dua entri, tidak jelas kondisi mana yang berlaku.",
    ),
    "SOP308": Message(
        'No case can come to the outcome "{outcome}". Name it in a `next` or `then`, give it a `from`, or delete it.',
        'Tidak ada kasus yang dapat sampai ke hasil akhir "{outcome}". Sebutkan di `next` atau `then`, beri '
        "`from`, atau hapus.",
        "Failures and cancellations may be reached from anywhere unless `from` says otherwise; successes and parked "
        "outcomes "
        "only from where they are named.",
        "Hasil akhir berjenis `failure` dan `cancelled` dapat dicapai dari mana saja kecuali `from` "
        "membatasinya; `success` dan `parked` hanya dari tempat yang menyebutnya.",
    ),
    "SOP309": Message(
        'The way from "{stage}" to "{to}" goes around the outcome that stands between them. Lead it to the outcome.',
        'Jalan dari "{stage}" ke "{to}" melewati hasil akhir yang ada di antaranya. Arahkan ke hasil akhir itu.',
        "After-care stages are those that an outcome names with `then`: a case is there because it was won. Entering "
        "them "
        "without the outcome, or going back from them, would make the count wrong.",
        "Tahap purnajual adalah tahap yang disebut `then` pada sebuah hasil akhir: kasus berada di sana karena "
        "penjualannya berhasil. Masuk ke sana tanpa hasil akhir itu, atau kembali dari sana, membuat hitungan "
        "keliru.",
    ),
    "SOP310": Message(
        'A case in "{stage}" has never been in "{to}", so it cannot go back there. Use `next`, or correct the name.',
        'Kasus di "{stage}" belum pernah berada di "{to}", jadi tidak dapat kembali ke sana. Pakai `next`, atau '
        'perbaiki '
        "namanya.",
        "`back` returns to an earlier stage, with a reason and without meeting the gate.",
        "`back` mengembalikan kasus ke tahap sebelumnya, dengan alasan dan tanpa memenuhi syarat tahap.",
    ),
    "SOP311": Message(
        "At least {min} follow-ups cannot be made when at most {max} are allowed. Correct `min` or `max`.",
        "Sedikitnya {min} tindak lanjut tidak mungkin bila paling banyak {max} yang diizinkan. Perbaiki `min` "
        "atau `max`.",
        "`min` is how often one must have tried before giving up; `max` is how often one may.",
        "`min` adalah jumlah tindak lanjut sebelum boleh menyerah; `max` adalah jumlah tindak lanjut yang diizinkan.",
    ),
    "SOP314": Message(
        "`{key}` means nothing for an outcome of kind {kind}. Delete it, or use the kind {kinds}.",
        "`{key}` tidak ada artinya untuk hasil akhir berjenis {kind}. Hapus, atau pakai jenis {kinds}.",
        "`then` opens after-care after a success, `recycle` brings a parked case back, `reopen` an ended one, and "
        "`reasons` say "
        "why a case did not succeed.",
        "`then` membuka purnajual setelah sukses, `recycle` mengembalikan kasus yang ditunda, `reopen` membuka "
        "kasus yang sudah berakhir, dan `reasons` menjelaskan mengapa kasus tidak berhasil.",
    ),
    "SOP315": Message(
        'The stage "{stage}" leads to itself. Use a status for a finer state, or name another stage.',
        'Tahap "{stage}" menuju dirinya sendiri. Pakai status untuk keadaan yang lebih rinci, atau sebutkan tahap '
        'lain.',
        "Entering a stage again starts a new visit: empty ticks and new clocks.",
        "Masuk lagi ke tahap yang sama memulai kunjungan baru: centangnya kosong dan batas waktunya dihitung "
        "dari awal.",
    ),
    "SOP316": Message(
        '"{stage}" is where every case begins, so it cannot be after-care. Name a stage of its own.',
        '"{stage}" adalah awal setiap kasus, jadi tidak dapat menjadi tahap purnajual. Sebutkan tahap tersendiri.',
        "Write a stage for the after-care and name it in the outcome's `then`.",
        "Tulis tahap khusus purnajual dan sebutkan di `then` pada hasil akhirnya.",
    ),
    "SOP317": Message(
        "This entry of `{key}` is never used: at most {max} follow-ups are made. Delete it, or raise `max`.",
        "Entri `{key}` ini tidak pernah dipakai: paling banyak {max} tindak lanjut dilakukan. Hapus, atau "
        "naikkan `max`.",
        "Follow-up n uses the n-th entry; the last one repeats when there are fewer entries than follow-ups.",
        "Tindak lanjut ke-n memakai entri ke-n; entri terakhir diulang bila jumlah entri lebih sedikit "
        "daripada tindak lanjut.",
    ),
    "SOP318": Message(
        'Follow-up {attempt} goes out by {via}, but its template "{template}" is written for {channel}. Match '
        "the two lists.",
        'Tindak lanjut ke-{attempt} lewat {via}, tetapi templat "{template}" ditulis untuk {channel}. Cocokkan '
        "kedua daftar.",
        "Follow-up n uses the n-th `via` and the n-th `template`; the last of each list repeats.",
        "Tindak lanjut ke-n memakai `via` ke-n dan `template` ke-n; yang terakhir dari setiap daftar diulang.",
    ),
    "SOP319": Message(
        "There are more than {limit} stages; nobody can follow that, and ways are no longer checked. Split the SOP.",
        "Tahapnya lebih dari {limit}; tidak ada orang yang dapat mengikutinya, dan jalannya tidak lagi "
        "diperiksa. Bagi SOP ini.",
        "A procedure is followed by people. What is longer is several procedures; `opens` of a routine can start another.",
        "Prosedur dijalankan oleh orang. Yang sepanjang ini sebenarnya beberapa prosedur; `opens` pada tugas "
        "rutin dapat memulai prosedur lain.",
    ),
    "SOP320": Message(
        'Nothing that happens is called "{name}", so it stops no follow-up. Write `reply`, one of `events`, a status of this '
        "stage, or `document.x`.",
        'Tidak ada kejadian bernama "{name}", jadi tindak lanjut tidak akan berhenti karenanya. Tulis `reply`, salah satu dari '
        "`events`, status tahap ini, atau `document.x`.",
        "A reply always ends a series. What else ends it is reported with `signal`, set as a status, or attached as a document.",
        "Balasan selalu mengakhiri rangkaian tindak lanjut. Kejadian lain dilaporkan dengan `signal`, dipasang sebagai status, atau "
        "dilampirkan sebagai dokumen.",
    ),
    "SOP321": Message(
        'What is parked in "{outcome}" comes back without end. Say how often with `max`, and with `then` where it goes after that.',
        'Kasus yang ditunda di "{outcome}" kembali terus tanpa akhir. Tulis berapa kali dengan `max`, dan ke mana setelahnya dengan `then`.',
        "Each time it comes back, somebody has to look at it again. `recycle: {after: 90d, to: qualification, max: 2, then: lost}` brings it "
        "back twice and then lets it go. Leave `max` out only where every case is worth asking for ever.",
        "Setiap kali kembali, kasusnya harus dilihat lagi oleh seseorang. `recycle: {after: 90d, to: qualification, max: 2, then: lost}` "
        "memunculkannya dua kali, lalu melepasnya. Hilangkan `max` hanya bila setiap kasus memang layak ditanya selamanya.",
    ),
    "rules.takes_all": Message("this way has no condition", "jalan ini tanpa kondisi"),
}
