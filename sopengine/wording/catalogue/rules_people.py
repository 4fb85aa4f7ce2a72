"""What can be wrong with a directory of people (SOP750–SOP757), and with the pattern of a field (SOP760–SOP766)."""

from sopengine.wording import Message

_PATTERN_EN = (
    "A pattern describes the whole value: letters and digits as they are, [A-Z] and \\d for one of several, ? "
    "* + {2,4} for how often, ( ) and | for alternatives. C-[0-9]+ takes C-17. Patterns are matched in a "
    "number of steps that is known beforehand, so that no pattern can stop the program; what would need "
    "guessing back and forth is not accepted."
)
_PATTERN_ID = (
    "Pola menggambarkan seluruh isi: huruf dan angka apa adanya, [A-Z] dan \\d untuk salah satu dari beberapa, "
    "? * + {2,4} untuk jumlahnya, ( ) dan | untuk pilihan. C-[0-9]+ menerima C-17. Jumlah langkah pencocokan "
    "sudah pasti, sehingga tidak ada pola yang dapat menghentikan program; pola yang perlu menebak maju mundur "
    "tidak diterima."
)

MESSAGES: dict[str, Message] = {
    "SOP750": Message(
        "The person {person} reports to `{above}`, but there is nobody of that name. Add `{above}` to "
        "`people`, or correct the name.",
        "Orang bernama {person} melapor kepada `{above}`, tetapi tidak ada orang dengan nama itu. Tambahkan "
        "`{above}` ke `people`, atau perbaiki namanya.",
        "Escalations and approvals climb along `reports_to`. A step that leads to nobody would be found out only when "
        "something is late. Write the person's key in `people`, not the full name.",
        "Eskalasi dan persetujuan naik mengikuti `reports_to`. Bila tidak menuju siapa pun, hal itu baru "
        "ketahuan saat ada yang terlambat. Tulis kunci orang itu di `people`, bukan nama lengkapnya.",
    ),
    "SOP751": Message(
        "These people report to one another in a circle: {chain}. Leave out `reports_to` for the one at the top.",
        "Orang-orang ini saling melapor dan berputar: {chain}. Hapus `reports_to` pada orang yang paling atas.",
        "Going up along `reports_to` must come to an end, at somebody who reports to nobody. In a circle an escalation "
        "would never arrive.",
        "Bila diikuti, `reports_to` harus berakhir pada orang yang tidak melapor kepada siapa pun. Bila "
        "berputar, eskalasi tidak pernah sampai.",
    ),
    "SOP752": Message(
        "The person {person} has the role `{role}`, which no SOP knows, so it gives neither work nor rights. "
        "Correct the role, or remove it.",
        "Orang bernama {person} memegang peran `{role}` yang tidak dikenal SOP mana pun, jadi peran itu tidak "
        "memberi tugas maupun wewenang. Perbaiki perannya, atau hapus.",
        "Roles are spelled as in the SOP, under `roles` or wherever it first mentions them. When several SOPs share "
        "the "
        "directory, check it against all of them at once.",
        "Peran ditulis seperti di SOP, yaitu di `roles` atau di tempat peran itu pertama kali disebut. Bila "
        "beberapa SOP memakai direktori yang sama, periksa direktori itu terhadap semuanya sekaligus.",
    ),
    "SOP753": Message(
        "Nobody in the directory has the role `{role}` ({title}). Work for it would wait for ever; give it to "
        "somebody.",
        "Belum ada orang di direktori yang memegang peran `{role}` ({title}). Tugas untuk peran ini akan "
        "menunggu selamanya; berikan peran itu kepada seseorang.",
        "A role without people owns stages that nobody may leave and approvals that nobody may give, unless a "
        "stand-in or "
        "the person above takes over.",
        "Peran tanpa orang bertanggung jawab atas tahap yang tidak dapat diselesaikan dan persetujuan yang "
        "tidak dapat diberikan siapa pun, kecuali ada pengganti atau atasan yang mengambil alih.",
    ),
    "SOP754": Message(
        '"{value}" is not an e-mail address. Write one like rina@contoh.co.id.',
        '"{value}" bukan alamat email. Tulis seperti rina@contoh.co.id.',
        "Notices to this person would be lost. One address, with one @ and without spaces.",
        "Pemberitahuan untuk orang ini akan hilang. Tulis satu alamat, dengan satu @ dan tanpa spasi.",
    ),
    "SOP755": Message(
        '"{value}" is not a phone number. Start with + and the country code, or with 0 for a number in Indonesia.',
        '"{value}" bukan nomor telepon. Awali dengan + dan kode negara, atau dengan 0 untuk nomor di Indonesia.',
        "Notices to this person would be lost. Write the number in quotes, so that the leading 0 or + is kept.",
        "Pemberitahuan untuk orang ini akan hilang. Tulis nomornya dalam tanda kutip agar 0 atau + di depan tetap ada.",
    ),
    "SOP756": Message(
        "`{person}` cannot be the name of a person, because records use it for somebody outside the team. "
        "Choose another.",
        "`{person}` tidak dapat menjadi nama orang, karena nama itu dipakai dalam riwayat untuk pihak di luar "
        "tim. Pilih nama lain.",
        "What the SOP does by itself is recorded as done by `sop`, and what the customer does by `customer`. A "
        "person of "
        "that name could not be told from them.",
        "Yang dilakukan SOP dengan sendirinya dicatat atas nama `sop`, dan yang dilakukan pelanggan atas nama "
        "`customer`. "
        "Orang dengan nama itu tidak dapat dibedakan dari keduanya.",
    ),
    "SOP757": Message(
        '"{value}" is not an amount. Write digits, such as 250_000_000, without currency and without points.',
        '"{value}" bukan nilai kuota. Tulis angkanya, misalnya 250_000_000, tanpa mata uang dan tanpa titik.',
        "A quota is compared with a measure, so it must be a number, and not below zero. Underscores may separate the "
        "thousands.",
        "Kuota dibandingkan dengan sebuah indikator, jadi harus berupa angka dan tidak kurang dari nol. Ribuan "
        "boleh dipisah dengan garis bawah.",
    ),
    "SOP760": Message(
        "The pattern `{pattern}` cannot be read; look at its character {column}. Close every bracket, and write \\ "
        "before a "
        "sign that stands for itself.",
        "Pola `{pattern}` tidak dapat dibaca; lihat karakter ke-{column}. Tutup setiap kurung, dan tulis \\ di depan "
        "tanda "
        "yang dimaksud apa adanya.",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
    "SOP761": Message(
        "The pattern is longer than {limit} characters. Check less, or divide the field into several.",
        "Pola ini lebih panjang dari {limit} karakter. Kurangi yang diperiksa, atau bagi menjadi beberapa isian.",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
    "SOP762": Message(
        "The pattern `{pattern}` looks back or ahead, or refuses to give characters back (`(?=…)`, `(?!…)`, "
        "`\\1`, `(?>…)`, `a++`). Describe the value from left to right.",
        "Pola `{pattern}` menoleh ke belakang atau ke depan, atau menahan karakter (`(?=…)`, `(?!…)`, `\\1`, "
        "`(?>…)`, `a++`). Gambarkan isinya dari kiri ke kanan.",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
    "SOP763": Message(
        "The pattern `{pattern}` changes how it is read with a mark such as (?i). Write out what may stand "
        "there, for example [A-Za-z].",
        "Pola `{pattern}` mengubah cara bacanya dengan penanda seperti (?i). Tuliskan apa yang boleh ada di "
        "situ, misalnya [A-Za-z].",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
    "SOP764": Message(
        "The pattern `{pattern}` describes more than {limit} characters when its repetitions are written out. Use * "
        "or + "
        "instead of large numbers.",
        "Pola `{pattern}` menggambarkan lebih dari {limit} karakter bila pengulangannya dijabarkan. Pakai * "
        "atau + sebagai ganti angka besar.",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
    "SOP765": Message(
        "The pattern `{pattern}` has [[, --, &&, || or ~~ inside brackets, which can be read in two ways. "
        "Write \\ before the second sign.",
        "Pola `{pattern}` memuat [[, --, &&, ||, atau ~~ di dalam kurung siku, yang dapat dibaca dengan dua "
        "cara. Tulis \\ di depan tanda yang kedua.",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
    "SOP766": Message(
        "The pattern `{pattern}` has ^, $ or \\b in the middle. A pattern always describes the whole value: leave it "
        "out.",
        "Pola `{pattern}` memuat ^, $, atau \\b di tengah. Pola selalu menggambarkan seluruh isi: hapus tanda itu.",
        _PATTERN_EN,
        _PATTERN_ID,
    ),
}
