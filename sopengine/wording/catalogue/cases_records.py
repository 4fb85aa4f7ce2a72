"""Values of a record that do not fit the fields of the SOP: CASE301–CASE320."""

from sopengine.wording import Message

MESSAGES = {
    "CASE301": Message(
        '{title}: "{value}" is not a number. Write digits only, without currency or thousands separators, such '
        "as 50000000 or 12.5.{hint}",
        '{title}: "{value}" bukan angka. Tulis angkanya saja tanpa mata uang dan pemisah ribuan, misalnya '
        "50000000 atau 12.5.{hint}",
        "Numbers, amounts of money and percentages are kept exactly, so that they can be compared and added up. A "
        "separator is read differently in different countries (50.000 is fifty or fifty thousand); therefore a number "
        "has digits and, where needed, one point for the decimals.",
        "Angka, nilai uang, dan persentase disimpan secara tepat agar dapat dibandingkan dan dijumlahkan. Tanda "
        "pemisah dibaca berbeda di tiap negara (50.000 bisa berarti lima puluh atau lima puluh ribu). Karena itu angka "
        "ditulis tanpa pemisah ribuan, dan desimalnya memakai titik.",
    ),
    "CASE302": Message(
        '{title}: "{value}" is not a whole number. Leave out the decimals.{hint}',
        '{title}: "{value}" bukan bilangan bulat. Hilangkan angka di belakang koma.{hint}',
        "The SOP declares this field as `integer`: something that is counted. If fractions make sense here, declare it "
        "as `number`.",
        "SOP menetapkan isian ini sebagai `integer`, yaitu sesuatu yang dihitung satuannya. Bila pecahan masuk "
        "akal di sini, ubah jenisnya menjadi `number`.",
    ),
    "CASE303": Message(
        '{title}: "{value}" is not one of the choices. Choose {choices}.{hint}',
        '{title}: "{value}" tidak ada dalam pilihan. Pilih {choices}.{hint}',
        "The field takes only the values that the SOP lists, spelled exactly like that. If a value is missing from the "
        "list, whoever keeps the SOP can add it under `values`.",
        "Isian ini hanya menerima nilai yang terdaftar di SOP, dengan ejaan yang sama persis. Bila ada nilai yang "
        "belum terdaftar, pengelola SOP dapat menambahkannya di `values`.",
    ),
    "CASE304": Message(
        '{title}: "{value}" is not a date. Write year-month-day, such as 2026-02-03.{hint}',
        '{title}: "{value}" bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-02-03.{hint}',
        "3/2/2026 is the third of February to one reader and the second of March to another. Year-month-day (ISO 8601) "
        "is read the same everywhere; the day must exist in the calendar.",
        "3/2/2026 bisa dibaca 3 Februari atau 2 Maret. Urutan tahun-bulan-hari (ISO 8601) dibaca sama di mana pun; "
        "tanggalnya juga harus benar-benar ada di kalender.",
    ),
    "CASE305": Message(
        '{title}: "{value}" is not a date with a time. Write it with its offset, such as 2026-02-03T14:05:00+07:00.',
        '{title}: "{value}" bukan tanggal dengan jam. Tulis lengkap dengan selisih waktunya, misalnya '
        "2026-02-03T14:05:00+07:00.",
        "A moment is a date, a time of day, and the offset from UTC (+07:00 is WIB, +08:00 WITA, +09:00 WIT). "
        "A program hands over a `datetime` that has a time zone.",
        "Waktu ditulis lengkap: tanggal, jam, dan selisihnya dari UTC (+07:00 untuk WIB, +08:00 untuk WITA, "
        "+09:00 untuk WIT). Dari program, serahkan `datetime` yang memiliki zona waktu.",
    ),
    "CASE306": Message(
        '{title}: "{value}" does not say in which time zone it is. Add the offset, such as +07:00.',
        '{title}: "{value}" tidak menyebutkan zona waktunya. Tambahkan selisih waktunya, misalnya +07:00.',
        "14:05 in Jakarta and 14:05 in Jayapura are two hours apart, which decides whether a deadline was met. In a "
        "program, give the `datetime` a `tzinfo`.",
        "Pukul 14.05 di Jakarta dan pukul 14.05 di Jayapura berselisih dua jam, dan itu menentukan apakah batas waktu "
        "terpenuhi. Dari program, lengkapi `datetime` dengan `tzinfo`.",
    ),
    "CASE307": Message(
        "{title}: {value} is too small; the least is {limit}.",
        "{title}: {value} terlalu kecil; nilai terkecilnya {limit}.",
        "The SOP sets the least value of this field under `min`; that value itself is allowed.",
        "SOP menetapkan nilai terkecil isian ini di `min`; nilai itu sendiri masih diterima.",
    ),
    "CASE308": Message(
        "{title}: {value} is too large; the most is {limit}.",
        "{title}: {value} terlalu besar; nilai terbesarnya {limit}.",
        "The SOP sets the greatest value of this field under `max`; that value itself is allowed.",
        "SOP menetapkan nilai terbesar isian ini di `max`; nilai itu sendiri masih diterima.",
    ),
    "CASE309": Message(
        '{title}: "{value}" is not written the way this field is written. The whole value must fit the pattern '
        "{pattern}.",
        '{title}: penulisan "{value}" tidak sesuai. Seluruh isinya harus mengikuti pola {pattern}.',
        "The SOP prescribes how this field is written under `pattern`, for example C-[0-9]+ for C-17. Capitals and "
        "spaces count.",
        "SOP menetapkan cara penulisan isian ini di `pattern`, misalnya C-[0-9]+ untuk C-17. Huruf besar dan spasi "
        "ikut diperiksa.",
    ),
    "CASE310": Message(
        '{title}: "{value}" is not an e-mail address. An address looks like rina@contoh.co.id.',
        '{title}: "{value}" bukan alamat email. Contoh penulisan: rina@contoh.co.id.',
        "An address has one @, a domain with a dot behind it, and no spaces. One field holds one address.",
        "Alamat email memuat satu tanda @, domain yang mengandung titik, dan tidak memakai spasi. Satu isian memuat "
        "satu alamat.",
    ),
    "CASE311": Message(
        '{title}: "{value}" is not a phone number. Start with + and the country code (+62811234567), or with 0 '
        "for a number in Indonesia.",
        '{title}: "{value}" bukan nomor telepon. Awali dengan + dan kode negara (+62811234567), atau dengan 0 '
        "untuk nomor di Indonesia.",
        "A number has 8 to 15 digits; spaces, dots, dashes and brackets may stand between them. One field holds one "
        "number. A spreadsheet that drops the leading 0 or + makes a number that nobody can call.",
        "Nomor telepon terdiri atas 8 sampai 15 angka; spasi, titik, tanda hubung, dan kurung boleh ada di antaranya. "
        "Satu isian memuat satu nomor. Lembar kerja yang menghapus 0 atau + di depan membuat nomor tidak dapat "
        "dihubungi.",
    ),
    "CASE312": Message(
        "{title}: the text is too long; at most {limit} characters are kept. Shorten it.",
        "{title}: teksnya terlalu panjang; paling banyak {limit} karakter. Persingkat.",
        "A field is a fact, not a file. Attach longer texts as a document.",
        "Isian memuat satu keterangan, bukan isi berkas. Lampirkan teks yang lebih panjang sebagai dokumen.",
    ),
    "CASE313": Message(
        "{title}: {value} must be given as text, in quotes. If it is a number, a date or a yes or no, let the SOP say so "
        "with the field's `type`.",
        "{title}: {value} harus diberikan sebagai teks, di dalam tanda kutip. Bila ini angka, tanggal, atau jawaban ya "
        "atau tidak, nyatakan di SOP dengan `type` pada isian itu.",
        "This field holds text. A phone number, a postcode or a customer number that is handed over as a number loses "
        "its leading zeros; hand it over as text.",
        "Isian ini memuat teks. Nomor telepon, kode pos, atau nomor pelanggan yang diberikan sebagai angka kehilangan "
        "nol di depannya; berikan sebagai teks.",
    ),
    "CASE314": Message(
        '{title}: "{value}" is not a yes or no. Give true or false.{hint}',
        '{title}: "{value}" bukan jawaban ya atau tidak. Isi dengan true (ya) atau false (tidak).{hint}',
        "A field of type `boolean` is true or false, without quotes. Leave it empty while the answer is not known: an "
        "empty value is not a no.",
        "Isian berjenis `boolean` bernilai true atau false, tanpa tanda kutip. Biarkan kosong selama jawabannya belum "
        "diketahui: kosong tidak sama dengan tidak.",
    ),
    "CASE315": Message(
        "{title}: a field holds one value, and this is none. Give a text, a number, true or false, a date or a time.",
        "{title}: satu isian memuat satu nilai, dan ini bukan satu nilai. Berikan teks, angka, true atau "
        "false, tanggal, atau waktu.",
        "Lists, groups of values and objects of a program cannot be compared, shown or kept. Hand over the "
        "single value that is meant.",
        "Daftar, kelompok nilai, dan objek program tidak dapat dibandingkan, ditampilkan, atau disimpan. "
        "Berikan satu nilai yang dimaksud.",
    ),
    "CASE316": Message(
        "{title}: {value} is not a number that can be counted with. Leave the field empty when the number is unknown.",
        "{title}: {value} bukan angka yang dapat dihitung. Kosongkan isian bila angkanya belum diketahui.",
        '"Not a number" and infinity come out of spreadsheets and divisions by zero. Compared with anything '
        "they give no answer, so a limit would be passed without a word.",
        '"Bukan angka" (NaN) dan tak hingga biasanya berasal dari lembar kerja atau pembagian dengan nol. '
        "Nilai itu tidak dapat dibandingkan, sehingga sebuah batas bisa terlewati tanpa diketahui.",
    ),
    "CASE317": Message(
        "{title}: the number has too many digits to be kept exactly. Round it.",
        "{title}: digit angka ini terlalu banyak untuk disimpan secara tepat. Bulatkan.",
        "Numbers have at most 41 digits before the point and 40 behind it. Round a result before handing it over.",
        "Angka memiliki paling banyak 41 digit di depan koma dan 40 digit di belakangnya. Bulatkan hasil perhitungan "
        "sebelum diserahkan.",
    ),
    "CASE318": Message(
        "{title}: the text holds characters that cannot be stored. Type it again instead of copying it.",
        "{title}: teks memuat karakter yang tidak dapat disimpan. Ketik ulang, jangan disalin.",
        "Such characters are left over when a file was read in the wrong encoding; they cannot be seen, and "
        "databases refuse them.",
        "Karakter seperti itu tersisa bila berkas dibaca dengan pengodean yang keliru; karakternya tidak "
        "terlihat, dan basis data menolaknya.",
    ),
    "CASE319": Message(
        "`{field}` is not a field of this SOP, so there is nothing to change. Correct the name.{hint}",
        "`{field}` bukan isian di SOP ini, jadi tidak ada yang diubah. Perbaiki namanya.{hint}",
        "A change names the fields it means; a misspelt name would otherwise be lost without a word. Whole records may "
        "have more columns than the SOP declares: those are ignored.",
        "Sebuah perubahan menyebutkan isian yang dimaksud; tanpa pemeriksaan ini, nama yang salah ketik akan "
        "hilang tanpa diketahui. Data lengkap boleh memuat kolom lain di luar SOP: kolom itu diabaikan.",
    ),
    "CASE320": Message(
        '{title}: "{value}" is read with a decimal point. If thousands are meant, leave out the separator.{hint}',
        '{title}: titik pada "{value}" dibaca sebagai koma desimal. Bila yang dimaksud ribuan, hilangkan '
        "titiknya.{hint}",
        "50.000 is fifty to a computer and fifty thousand to an Indonesian reader. The value is accepted as a computer "
        "reads it, and this remark stands beside it.",
        "50.000 berarti lima puluh bagi komputer dan lima puluh ribu bagi pembaca Indonesia. Nilai diterima seperti "
        "yang dibaca komputer, disertai catatan ini.",
    ),
}
