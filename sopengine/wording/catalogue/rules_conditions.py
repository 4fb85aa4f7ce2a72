"""What is wrong with a condition, a score or a decision table (SOP5xx), and the words in which conditions are said."""

from __future__ import annotations

from sopengine.wording import Message

_NOTATION_EN = (
    'A test is a value, "> n", ">= n", "< n", "<= n", a range "a..b" (both ends included), "not x", filled or empty. '
    "Keys are joined by AND; a list of values is OR."
)
_NOTATION_ID = (
    'Sebuah kriteria berupa nilai, "> n", ">= n", "< n", "<= n", rentang "a..b" (kedua ujung termasuk), "not '
    'x", filled (terisi), atau empty (kosong). Antarkunci berarti DAN; daftar nilai berarti ATAU.'
)
_NUMBERS_EN = "Numbers are written without dots or commas for thousands: 50000000 or 50_000_000; 2.5 is two and a half."
_NUMBERS_ID = "Angka ditulis tanpa titik atau koma ribuan: 50000000 atau 50_000_000; 2.5 berarti dua setengah."
_EXACT_EN = "This is decided exactly, over every combination of values that the fields allow, and an example is shown."
_EXACT_ID = "Ini diperiksa secara pasti atas semua kombinasi nilai yang diizinkan isian, dan contohnya ditampilkan."

MESSAGES: dict[str, Message] = {
    "SOP501": Message(
        en="This condition is empty, so it says nothing. Write a test, or leave the key out if it should always hold.",
        id="Kondisi ini kosong sehingga tidak berarti apa-apa. Tulis sebuah kriteria, atau hapus kuncinya bila "
           "selalu berlaku.",
        page_en=f"An empty condition could mean always or never; we do not guess. {_NOTATION_EN}",
        page_id=f"Kondisi kosong dapat berarti selalu atau tidak pernah; kami tidak menebak. {_NOTATION_ID}",
    ),
    "SOP502": Message(
        en='In "{text}", "{operator}" is not a comparison that conditions know. Use >, >=, <, <=, not, or the '
           "plain value.",
        id='Dalam "{text}", "{operator}" bukan tanda pembanding yang dikenal. Pakai >, >=, <, <=, not, atau '
           "nilainya saja.",
        page_en=f"Comparisons from other notations are refused rather than read as text. {_NOTATION_EN}",
        page_id=f"Tanda pembanding dari cara penulisan lain ditolak, tidak dibaca sebagai teks. {_NOTATION_ID}",
    ),
    "SOP503": Message(
        en='"{text}" compares with nothing. Write the value after the sign, or use filled or empty.',
        id='"{text}" tidak membandingkan dengan apa pun. Tulis nilainya setelah tanda pembanding, atau pakai '
           "filled atau empty.",
        page_en=f'A test needs a value: ">= 5", "not lost". For "has any value" write filled. {_NOTATION_EN}',
        page_id=f'Sebuah kriteria memerlukan nilai: ">= 5", "not lost". Untuk "sudah diisi" tulis filled. {_NOTATION_ID}',
    ),
    "SOP504": Message(
        en='"{text}" is not how numbers are written here: for thousands use underscores (50_000_000) or nothing.',
        id='Penulisan angka "{text}" tidak dapat dipakai: untuk ribuan gunakan garis bawah (50_000_000) atau '
           "tanpa tanda.",
        page_en=f"50.000 is fifty thousand to one reader and fifty to another, so it is refused. {_NUMBERS_EN}",
        page_id=f"50.000 dapat dibaca lima puluh ribu atau lima puluh, karena itu ditolak. {_NUMBERS_ID}",
    ),
    "SOP505": Message(
        en="Here {expected} is needed, not {text}. Write it that way.",
        id="Di sini diperlukan {expected}, bukan {text}. Sesuaikan penulisannya.",
        page_en="`when` and `not` hold tests, `any` a list of conditions, `predicate` a name; a field takes a test or a list "
        f"of tests. {_NOTATION_EN}",
        page_id="`when` dan `not` berisi kriteria, `any` daftar kondisi, `predicate` sebuah nama; sebuah isian memuat "
        f"kriteria atau daftar kriteria. {_NOTATION_ID}",
    ),
    "SOP506": Message(
        en='"{text}" is half a range. Write "a..b" with both ends, or ">= a", or "<= b".',
        id='"{text}" bukan rentang yang lengkap. Tulis "a..b" dengan kedua ujungnya, atau ">= a", atau "<= b".',
        page_en=f"A range has exactly two dots and two ends, both included: 1..30. {_NOTATION_EN}",
        page_id=f"Rentang memakai tepat dua titik dan dua ujung yang sama-sama termasuk: 1..30. {_NOTATION_ID}",
    ),
    "SOP507": Message(
        en="A list means OR, so {values} holds for every value of {fact}. Put the values under `not: {{{fact}: […]}}`.",
        id="Daftar berarti ATAU, jadi {values} berlaku untuk setiap nilai {fact}. Tulis nilainya di bawah "
           "`not: {{{fact}: […]}}`.",
        page_en="Every value differs from one of two different values. To exclude several, write `not: "
                "{source: [a, b]}`.",
        page_id="Setiap nilai pasti berbeda dari salah satu di antara dua nilai. Untuk mengecualikan beberapa "
                "nilai, tulis `not: {source: [a, b]}`.",
    ),
    "SOP510": Message(
        en='"{name}" is not a field, score or table of this SOP, so no condition can look at it. Declare it '
           "under `fields`, or correct the name.",
        id='"{name}" bukan isian, skor, atau tabel SOP ini, jadi tidak dapat dipakai dalam kondisi. Daftarkan '
           "di `fields`, atau perbaiki namanya.",
        page_en="A misspelt name would silently never match; so it is an error.",
        page_id="Nama yang salah eja tidak akan pernah cocok tanpa ada yang tahu; karena itu dianggap kesalahan.",
    ),
    "SOP511": Message(
        en='The program that runs this SOP knows no question called "{name}". Register it there, or correct the name.',
        id='Program yang menjalankan SOP ini tidak mengenal pertanyaan bernama "{name}". Daftarkan di program '
           "itu, atau perbaiki namanya.",
        page_en="A `predicate` is a question that the host program answers, such as whether this is an "
                "existing customer; an SOP can only ask the ones it knows.",
        page_id="`predicate` adalah pertanyaan yang dijawab program induk, misalnya apakah ini pelanggan lama; "
                "SOP hanya dapat memakai pertanyaan yang terdaftar.",
    ),
    "SOP512": Message(
        en='The values of {fact} ({kind}) have no order, so "{text}" cannot be more or less. List the values instead.',
        id='Nilai {fact} ({kind}) tidak berurutan, jadi "{text}" tidak dapat dibandingkan besar kecilnya. '
           "Sebutkan nilainya satu per satu.",
        page_en="Only numbers, money, percentages, dates and moments can be compared with >, <, or a range.",
        page_id="Hanya angka, uang, persentase, tanggal, dan waktu yang dapat dibandingkan dengan >, <, atau rentang.",
    ),
    "SOP513": Message(
        en='"{text}" is never the value of {fact}. Use one of its values: {values}.',
        id='"{text}" tidak mungkin menjadi nilai {fact}. Pakai salah satu nilainya: {values}.',
        page_en="A choice has the values that its field lists, a score its grades, a table its results; nothing else.",
        page_id="Sebuah pilihan hanya punya nilai yang tercantum di isiannya, skor hanya peringkatnya, tabel "
                "hanya hasilnya.",
    ),
    "SOP514": Message(
        en='For {fact} a condition needs {kind}, and "{text}" is not one. Write a value of that kind.',
        id='Untuk {fact} diperlukan {kind}, sedangkan "{text}" bukan. Tulis nilai dengan jenis itu.',
        page_en="A yes or no is true or false; a date 2026-01-31; a moment carries its offset: 2026-01-31T09:00+07:00; "
        "text "
        f"that looks like a number is quoted. {_NUMBERS_EN}",
        page_id=f"Ya atau tidak ditulis true atau false; tanggal 2026-01-31; tanggal dan jam disertai selisih zona: "
        f"2026-01-31T09:00+07:00; teks yang mirip angka diberi tanda kutip. {_NUMBERS_ID}",
    ),
    "SOP515": Message(
        en="The range {text} of {fact} is the wrong way round and holds for nothing. Write the smaller end first.",
        id="Rentang {text} untuk {fact} terbalik sehingga tidak pernah berlaku. Tulis ujung yang lebih kecil lebih dahulu.",
        page_en="A range a..b holds from a to b, both included; with a above b it is empty.",
        page_id="Rentang a..b berlaku dari a sampai b, keduanya termasuk; bila a lebih besar dari b, "
                "rentangnya kosong.",
    ),
    "SOP516": Message(
        en="The values of {fact} lie in {low}..{high}, so {text} can never hold. Correct the test, or the "
           "field's min and max.",
        id="Nilai {fact} berada dalam {low}..{high}, jadi {text} tidak mungkin terpenuhi. Perbaiki "
           "kriterianya, atau min dan max isiannya.",
        page_en="Records outside the field's bounds are refused, so a test beyond them is a mistake in one or the other.",
        page_id="Data di luar batas isian ditolak, jadi kriteria di luar batas itu pasti keliru di salah satu tempat.",
    ),
    "SOP517": Message(
        en='One value of {fact} is called "{text}", which a condition reads as a test. Rename the value, for '
           "example with underscores.",
        id='Salah satu nilai {fact} bernama "{text}", yang dalam kondisi dibaca sebagai kriteria. Ganti nama '
           "nilainya, misalnya dengan garis bawah.",
        page_en='"filled", "empty" and what begins with "not " are tests, so they cannot be told from values of that name.',
        page_id='"filled", "empty", dan teks yang diawali "not " adalah kriteria, jadi tidak dapat dibedakan '
                "dari nilai dengan nama itu.",
    ),
    "SOP520": Message(
        en='"{text}" does not describe a grade. Write ">= 70", "40..69", "< 40" or a whole number.',
        id='"{text}" tidak menggambarkan sebuah peringkat. Tulis ">= 70", "40..69", "< 40", atau bilangan bulat.',
        page_en="Points are whole numbers, and each grade is one stretch of totals.",
        page_id="Poin berupa bilangan bulat, dan setiap peringkat mencakup satu rentang jumlah poin.",
    ),
    "SOP521": Message(
        en="The score {score} can total {total}, and no grade covers it{example}. Extend a grade.",
        id="Skor {score} dapat berjumlah {total}, tetapi belum ada peringkat untuk itu{example}. Perluas salah "
           "satu peringkat.",
        page_en=f"Every total that can occur needs exactly one grade. {_EXACT_EN}",
        page_id=f"Setiap total yang mungkin terjadi memerlukan tepat satu peringkat. {_EXACT_ID}",
    ),
    "SOP522": Message(
        en="The score {score} has two grades for a total of {total}: {first} and {second}. Let one end before the other.",
        id="Skor {score} punya dua peringkat untuk jumlah {total}: {first} dan {second}. Akhiri yang satu "
           "sebelum yang lain mulai.",
        page_en="Ranges include both ends: 40..69 and >= 70 meet without overlapping.",
        page_id="Rentang mencakup kedua ujungnya: 40..69 dan >= 70 bersambung tanpa bertumpuk.",
    ),
    "SOP523": Message(
        en="No combination of points of the score {score} gives the grade {grade}. Correct its range or the points.",
        id="Tidak ada kombinasi poin skor {score} yang menghasilkan peringkat {grade}. Perbaiki rentang atau poinnya.",
        page_en=f"A grade that cannot occur is a typing slip or a forgotten row. {_EXACT_EN}",
        page_id=f"Peringkat yang tidak mungkin terjadi biasanya salah ketik atau baris yang terlupa. {_EXACT_ID}",
    ),
    "SOP524": Message(
        en="These scores or tables need each other's result, in a circle: {cycle}. Remove one of the references.",
        id="Skor atau tabel ini saling memerlukan hasil dan berputar: {cycle}. Hapus salah satu rujukannya.",
        page_en="A score may look at a table and a table at a score, as long as none depends on itself.",
        page_id="Skor boleh memakai tabel dan tabel boleh memakai skor, selama tidak bergantung pada dirinya sendiri.",
    ),
    "SOP525": Message(
        en="This row of the table {table} never decides: the rows above it take every case or stay unknown. Move it up "
        "or delete it.",
        id="Baris tabel {table} ini tidak pernah menentukan hasil: baris di atasnya sudah menangani semua "
           "kasus atau tetap tidak diketahui. Pindahkan ke atas, atau hapus.",
        page_en=f"The first row that matches decides, and a row that is unknown stops the table. {_EXACT_EN}",
        page_id=f"Baris pertama yang cocok menentukan hasil; baris yang belum diketahui menghentikan tabel. {_EXACT_ID}",
    ),
    "SOP526": Message(
        en="The table {table} has no row for {example}. Add a row, or a last row without `when`.",
        id="Tabel {table} tidak punya baris untuk {example}. Tambahkan baris, atau baris terakhir tanpa `when`.",
        page_en=f"A case that no row matches has no result, and what depends on it stays unknown. {_EXACT_EN}",
        page_id="Kasus tanpa baris yang cocok tidak memiliki hasil, dan yang bergantung padanya tetap tidak "
        "diketahui. "
        f"{_EXACT_ID}",
    ),
    "SOP528": Message(
        en='"{name}" is too entangled to be decided exactly: more than {limit} combinations of values. Split '
           "it into smaller scores or tables.",
        id='"{name}" terlalu rumit untuk diperiksa secara pasti: lebih dari {limit} kombinasi nilai. Bagi '
           "menjadi skor atau tabel yang lebih kecil.",
        page_en="We do not skip a proof without telling you: this one would take too long.",
        page_id="Kami tidak melewatkan pemeriksaan tanpa memberi tahu Anda: pemeriksaan yang ini akan terlalu lama.",
    ),
    "rules_conditions.shape_map": Message(en="`key: value` pairs", id="pasangan `kunci: nilai` berisi kriteria"),
    "rules_conditions.shape_list": Message(en="a list of conditions", id="daftar kondisi"),
    "rules_conditions.shape_name": Message(en="a name", id="sebuah nama"),
    "rules_conditions.shape_test": Message(en="a test or a list of tests", id="kriteria atau daftar kriteria"),
    "rules_conditions.kind_string": Message(en="text", id="teks"),
    "rules_conditions.kind_text": Message(en="text", id="teks"),
    "rules_conditions.kind_integer": Message(en="a whole number", id="bilangan bulat"),
    "rules_conditions.kind_number": Message(en="a number", id="angka"),
    "rules_conditions.kind_money": Message(en="an amount of money", id="nilai uang"),
    "rules_conditions.kind_percent": Message(en="a percentage", id="persentase"),
    "rules_conditions.kind_boolean": Message(en="true or false", id="true atau false"),
    "rules_conditions.kind_date": Message(en="a date (2026-01-31)", id="tanggal (2026-01-31)"),
    "rules_conditions.kind_datetime": Message(
        en="a moment (2026-01-31T09:00+07:00)", id="tanggal dan jam (2026-01-31T09:00+07:00)"
    ),
    "rules_conditions.kind_choice": Message(en="a choice", id="pilihan"),
    "rules_conditions.kind_email": Message(en="an e-mail address", id="alamat email"),
    "rules_conditions.kind_phone": Message(en="a phone number", id="nomor telepon"),
    "rules_conditions.kind_grade": Message(en="a grade", id="peringkat"),
    "rules_conditions.kind_result": Message(en="the result of a table", id="hasil tabel"),
    "rules_conditions.not": Message(en="not ({part})", id="bukan ({part})"),
    "rules_conditions.filled": Message(en="{fact} is filled", id="{fact} terisi"),
    "rules_conditions.empty": Message(en="{fact} is empty", id="{fact} kosong"),
    "rules_conditions.between": Message(en="{fact} is {low} to {high}", id="{fact} antara {low} dan {high}"),
    "rules_conditions.true": Message(en="yes", id="ya"),
    "rules_conditions.false": Message(en="no", id="tidak"),
    "rules_conditions.for_example": Message(en=" (for example: {example})", id=" (contoh: {example})"),
    "rules_conditions.anything": Message(en="any values", id="nilai apa pun"),
    "rules_conditions.missing": Message(en="{fact} missing", id="{fact} belum diisi"),
}
