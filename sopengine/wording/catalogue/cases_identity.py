"""Two cases about the same subject (CASE560–CASE569): found, refused, linked, merged."""

from sopengine.wording import Message

MESSAGES = {
    "CASE560": Message(
        "Case {case} was merged into {into}; go on there.",
        "Kasus {case} sudah digabungkan ke {into}; lanjutkan di sana.",
        "A case that was merged into another one is over: it keeps its history, and the other one goes on with what both had. Do what "
        "you want to do there. What has happened (a message, a bounce, an opt-out, a call that was made) may still be reported of "
        "either; it is recorded on the one that goes on.",
        "Kasus yang sudah digabungkan ke kasus lain berarti selesai: riwayatnya tetap ada, dan kasus yang lain dilanjutkan dengan "
        "isi keduanya. Lakukan yang Anda inginkan di sana. Yang sudah terjadi (pesan, pesan gagal, permintaan berhenti, telepon "
        "yang sudah dilakukan) tetap boleh dilaporkan pada kasus mana pun; pencatatannya di kasus yang dilanjutkan.",
    ),
    "CASE561": Message(
        "Case {case} already has the same {fields}; it is in {here} with {holder}. Work on that one.",
        "Sudah ada kasus {case} dengan {fields} yang sama, di {here}, dipegang {holder}. Lanjutkan kasus itu.",
        "`identity` with `on_duplicate: reject` lets no second case be opened while one about the same subject is being worked on or "
        "parked. Fields are compared in one way of writing: numbers with their country, addresses and text without regard to "
        "capitals and spaces. One that has ended stands in nobody's way: a customer who comes back is a new case.",
        "`identity` dengan `on_duplicate: reject` tidak mengizinkan kasus kedua dibuka selama kasus pihak yang sama masih dikerjakan "
        "atau ditunda. Isian dibandingkan dalam satu cara penulisan: nomor dengan kode negaranya, alamat dan teks tanpa "
        "membedakan huruf besar dan spasi. Kasus yang sudah berakhir tidak menghalangi: pelanggan yang kembali adalah kasus baru.",
    ),
    "CASE562": Message(
        "Case {case} has the same {fields} (in {here} with {holder}); the two are linked.",
        "Kasus {case} memiliki {fields} yang sama (di {here}, dipegang {holder}); keduanya ditautkan.",
        "`identity` with `on_duplicate: link` lets both cases go on and lets each know of the other. Agree on who works on it, or let "
        "an owner merge one into the other with `merge`. This is a remark; nothing is refused.",
        "`identity` dengan `on_duplicate: link` membiarkan kedua kasus berjalan dan saling terhubung. Sepakati siapa yang "
        "mengerjakannya, atau minta penanggung jawab menggabungkannya dengan `merge`. Ini hanya catatan; tidak ada yang ditolak.",
    ),
    "CASE563": Message(
        "Case {case} has the same {fields} (in {here} with {holder}); this record was merged into it.",
        "Kasus {case} memiliki {fields} yang sama (di {here}, dipegang {holder}); data ini digabungkan ke sana.",
        "`identity` with `on_duplicate: merge` takes a new record about the same subject into the case that is there: its empty fields "
        "are filled from it, what was said counts for both, and its clocks keep the earliest start. Work on that case. This is a "
        "remark; nothing is refused.",
        "`identity` dengan `on_duplicate: merge` memasukkan data baru tentang pihak yang sama ke kasus yang sudah ada: isian yang "
        "kosong dilengkapi, percakapan keduanya dihitung bersama, dan batas waktunya memakai awal yang paling dini. Kerjakan kasus "
        "itu. Ini hanya catatan; tidak ada yang ditolak.",
    ),
    "CASE564": Message(
        "Case {case} has the same {fields} (in {here} with {holder}). Merge one into the other, or link them.",
        "Kasus {case} memiliki {fields} yang sama (di {here}, dipegang {holder}). Gabungkan salah satunya, atau tautkan.",
        "Two cases that exist already are never merged or refused by themselves, because both may hold somebody's work: an owner of "
        "both decides, with `merge` or `link`. This is a remark; what was recorded stands.",
        "Dua kasus yang sudah ada tidak pernah digabungkan atau ditolak secara otomatis, karena di dalam keduanya mungkin ada hasil "
        "kerja: penanggung jawab keduanya yang memutuskan, dengan `merge` atau `link`. Ini hanya catatan; yang dicatat tetap berlaku.",
    ),
    "CASE565": Message(
        "Case {case} is the very same case. Name the other one.",
        "Kasus {case} adalah kasus itu sendiri. Sebutkan kasus yang lain.",
        "A case cannot be linked with itself.",
        "Sebuah kasus tidak dapat ditautkan dengan dirinya sendiri.",
    ),
    "CASE566": Message(
        "Case {case} follows another SOP ({sop}); only cases of one SOP can be linked. Note it in words instead.",
        "Kasus {case} mengikuti SOP lain ({sop}); yang dapat ditautkan hanya kasus dari SOP yang sama. Tuliskan sebagai catatan.",
        "The stages, fields and clocks of two SOPs mean different things.",
        "Tahap, isian, dan batas waktu dari dua SOP punya arti yang berbeda.",
    ),
    "CASE567": Message(
        "The case is linked with {case} already; nothing needs to be done.",
        "Kasus ini sudah ditautkan dengan {case}; tidak ada yang perlu dilakukan.",
        "Two cases are linked once, and each knows of the other from then on.",
        "Dua kasus cukup ditautkan satu kali, dan sejak itu keduanya saling terhubung.",
    ),
    "CASE568": Message(
        "Case {case} cannot take part in this: {why}. Choose a case that is being worked on.",
        "Kasus {case} tidak dapat diikutkan: {why}. Pilih kasus yang sedang dikerjakan.",
        "Two cases can be merged while both are being worked on, or parked with a way back. What has ended counts as it ended, and "
        "what was merged away goes on elsewhere. A merge is not dated before something that has happened to either.",
        "Dua kasus dapat digabungkan selama keduanya sedang dikerjakan, atau ditunda dengan jalan kembali. Yang sudah berakhir "
        "dihitung sesuai hasilnya, dan yang sudah digabungkan dilanjutkan di tempat lain. Penggabungan tidak dapat bertanggal sebelum "
        "kejadian terakhir pada salah satunya.",
    ),
    "CASE569": Message(
        "Case {case} was merged into {into}; this was recorded there.",
        "Kasus {case} sudah digabungkan ke {into}; kejadian ini dicatat di sana.",
        "What has happened is never lost: reported of a case that was merged away, it is recorded on the one that goes on, where it "
        "counts. This is a remark; nothing needs to be done.",
        "Yang sudah terjadi tidak pernah hilang: bila dilaporkan pada kasus yang sudah digabungkan, pencatatannya di kasus yang "
        "dilanjutkan, dan di sanalah dihitung. Ini hanya catatan; tidak ada yang perlu dilakukan.",
    ),
}
