"""Files that are YAML but not shaped like an SOP: SOP101–SOP121."""

from sopengine.wording import Message

MESSAGES = {
    "SOP101": Message(
        "`{key}` is not a key of the language here. Correct the name, or delete it.",
        "`{key}` bukan kunci yang dikenal di sini. Perbaiki namanya, atau hapus.",
        "A key that the language does not know would be a rule that nobody follows, so it is never ignored. "
        "Most often it is a typing mistake. Keys are English; only the text is in your language. Text that "
        "belongs to no key is written as a comment after `#`.",
        "Kunci yang tidak dikenal akan menjadi aturan yang tidak dijalankan siapa pun, karena itu tidak pernah "
        "diabaikan. Penyebab paling sering adalah salah ketik. Kunci ditulis dalam bahasa Inggris; hanya "
        "teksnya yang memakai bahasa Anda. Catatan yang bukan bagian dari kunci mana pun ditulis sebagai "
        "komentar setelah `#`.",
    ),
    "SOP102": Message(
        "`{key}` does not belong here. It is written at {places} (`*` is a name you choose); check the indentation.",
        "Tempat `{key}` bukan di sini. Kunci ini ditulis di {places} (`*` adalah nama pilihan Anda); periksa indentasinya.",
        "The key exists, but in another place. Usually a line is indented too far or not far enough.",
        "Kunci ini ada, tetapi di tempat lain. Biasanya indentasi barisnya terlalu dalam atau kurang dalam.",
    ),
    "SOP103": Message(
        "`{key}` is missing in `{name}`. Add it, like `{form}`.",
        "`{key}` belum ada di `{name}`. Tambahkan, misalnya `{form}`.",
        "Some keys have no sensible default: who owns a stage, for example, must be said.",
        "Beberapa kunci tidak mempunyai bawaan yang masuk akal: penanggung jawab sebuah tahap, misalnya, harus disebut.",
    ),
    "SOP104": Message(
        "`{name}` needs {expected}, but this is {got}. Write it like `{form}`.",
        "`{name}` memerlukan {expected}, tetapi yang tertulis {got}. Tulis seperti `{form}`.",
        "Text is written plainly or in quotes, a list in `[brackets]` or with dashes, `key: value` pairs on "
        "lines of their own or in `{braces}`.",
        "Teks ditulis langsung atau dalam tanda kutip, daftar dalam `[kurung siku]` atau dengan tanda hubung, "
        "pasangan `kunci: nilai` pada barisnya masing-masing atau dalam `{kurung kurawal}`.",
    ),
    "SOP105": Message(
        '`{name}` needs text, but {raw} is read as {got}. Put it in quotes: "{raw}".',
        '`{name}` memerlukan teks, tetapi {raw} terbaca sebagai {got}. Beri tanda kutip: "{raw}".',
        "Without quotes YAML takes 1.10 for the number 1.1 and loses the zero, and takes true for a yes. "
        "Versions, codes and telephone numbers are text: put them in quotes.",
        "Tanpa tanda kutip, YAML membaca 1.10 sebagai angka 1.1 sehingga nolnya hilang, dan true sebagai "
        "jawaban ya. Versi, kode, dan nomor telepon adalah teks: beri tanda kutip.",
    ),
    "SOP106": Message(
        "`{value}` is not a choice here. Use {choices}.",
        "`{value}` bukan pilihan yang tersedia di sini. Pakai {choices}.",
        "Only the listed words have a meaning at this place.",
        "Hanya kata yang tercantum itu yang punya arti di sini.",
    ),
    "SOP107": Message(
        "`{name}` has no value. Write {expected}, or delete the line.",
        "`{name}` belum diisi. Tulis {expected}, atau hapus barisnya.",
        "A key that is followed by nothing says neither yes nor no. What belongs to a key stands on its "
        "line or, further indented, below it.",
        "Kunci tanpa isi tidak menyatakan apa pun. Isi sebuah kunci ditulis pada barisnya, atau di bawahnya "
        "dengan indentasi lebih dalam.",
    ),
    "SOP108": Message(
        "`{name}` is empty. Put at least one entry into it, or delete it.",
        "`{name}` kosong. Isi sedikitnya satu, atau hapus kuncinya.",
        "A key without entries would be a rule without content.",
        "Kunci tanpa isi akan menjadi aturan tanpa isi.",
    ),
    "SOP109": Message(
        "`{value}` cannot be a name. Names have letters, digits and underscores, and do not begin with a digit.",
        "`{value}` tidak dapat dijadikan nama. Nama terdiri atas huruf, angka, dan garis bawah, dan tidak diawali angka.",
        "Names are used in conditions, templates and reports, so they are kept simple. What people read is "
        "the `title`, and there every character is allowed.",
        "Nama dipakai dalam kondisi, templat, dan laporan, jadi dibuat sederhana. Yang dibaca orang adalah "
        "`title`; di sana semua karakter boleh dipakai.",
    ),
    "SOP110": Message(
        "`{value}` cannot be the id of an SOP. Use lower-case words joined by hyphens, like `{example}`.",
        "`{value}` tidak dapat dijadikan id SOP. Pakai kata berhuruf kecil yang disambung tanda hubung, seperti `{example}`.",
        "The id identifies the procedure in the store, in reports and in file names, through all its versions.",
        "Dengan id ini prosedur dikenali di penyimpanan, laporan, dan nama berkas, di semua versinya.",
    ),
    "SOP111": Message(
        "The number {raw} has no unit. Write how long it is: `{raw}h` for hours, `{raw}d` for days, or the number with "
        "`working hours` or `working days`.",
        "Angka {raw} belum bersatuan. Tuliskan lamanya, misalnya `{raw} jam`, `{raw} hari`, atau `{raw} hari kerja`.",
        "A bare number could mean minutes, hours or days, and a wrong guess would cost customers. Every duration has its unit.",
        "Angka saja bisa berarti menit, jam, atau hari, dan salah tebak dapat merugikan pelanggan. Setiap "
        "lama waktu ditulis dengan satuannya.",
    ),
    "SOP112": Message(
        "`{name}` must be at least {minimum}. Write a larger number, or delete the key.",
        "`{name}` harus sedikitnya {minimum}. Tulis angka yang lebih besar, atau hapus kuncinya.",
        "A smaller number would make the rule meaningless. To switch a limit off, delete its key.",
        "Angka yang lebih kecil membuat aturan ini tidak ada artinya. Untuk meniadakan batas, hapus kuncinya.",
    ),
    "SOP113": Message(
        "`{name}` contains an empty text. Write something between the quotes, or delete it.",
        "`{name}` memuat teks kosong. Tulis sesuatu di antara tanda kutipnya, atau hapus.",
        "An empty text would show people nothing where they need to read something.",
        "Teks kosong tidak menampilkan apa pun, padahal ada orang yang perlu membacanya.",
    ),
    "SOP114": Message(
        "`{value}` is not written in the form that is needed here. Write it like `{example}`.",
        "Penulisan `{value}` tidak sesuai dengan bentuk yang diminta di sini. Tulis seperti `{example}`.",
        "Codes of languages, currencies and moments have a fixed form.",
        "Kode bahasa, mata uang, dan penanda waktu mempunyai bentuk yang tetap.",
    ),
    "SOP115": Message(
        "`{name}` may have no more than {limit}. Keep one and delete the others.",
        "`{name}` hanya boleh berisi {limit}. Sisakan satu dan hapus yang lain.",
        "Two answers to one question would contradict each other sooner or later.",
        "Dua jawaban untuk satu pertanyaan cepat atau lambat akan bertentangan.",
    ),
    "SOP116": Message(
        "An SOP file is made of `key: value` lines, but this file holds {got}. Begin with `sop`, `title` and `version`.",
        "Berkas SOP terdiri atas baris `kunci: nilai`, tetapi berkas ini berisi {got}. Mulailah dengan `sop`, "
        "`title`, dan `version`.",
        "The file begins with `sop`, `title` and `version`, each on a line of its own.",
        "Berkas SOP diawali `sop`, `title`, dan `version`, masing-masing pada barisnya sendiri.",
    ),
    "SOP117": Message(
        "There are more than {limit} problems; the others are not listed. Correct these first.",
        "Ada lebih dari {limit} masalah; sisanya tidak ditampilkan. Perbaiki dahulu yang tercantum.",
        "So many problems usually have one cause: a file of another kind, or wrong indentation near the top.",
        "Masalah sebanyak ini biasanya berasal dari satu sebab: berkas jenis lain, atau indentasi yang salah di awal.",
    ),
    "SOP118": Message(
        "`{key}` is not a key here. Use one of {known}.",
        "`{key}` bukan kunci yang dikenal di sini. Pakai salah satu dari {known}.",
        "A key that the language does not know would be a rule that nobody follows, so it is never ignored. "
        "Most often it is a typing mistake. Keys are English; only the text is in your language. Text that "
        "belongs to no key is written as a comment after `#`.",
        "Kunci yang tidak dikenal akan menjadi aturan yang tidak dijalankan siapa pun, karena itu tidak pernah "
        "diabaikan. Penyebab paling sering adalah salah ketik. Kunci ditulis dalam bahasa Inggris; hanya "
        "teksnya yang memakai bahasa Anda. Catatan yang bukan bagian dari kunci mana pun ditulis sebagai "
        "komentar setelah `#`.",
    ),
    "SOP119": Message(
        "`{name}` needs `key: value` pairs, but its lines begin with a dash. Remove the dashes and align the names.",
        "`{name}` memerlukan pasangan `kunci: nilai`, tetapi barisnya diawali tanda hubung. Hapus tanda hubungnya, "
        "lalu sejajarkan namanya.",
        "A dash makes an entry of a list, which has no name. Stages, roles, fields and templates have names: "
        "`stages:`, below it `capture:`, and below that what the stage asks for.",
        "Tanda hubung membuat isi daftar, yang tidak bernama. Tahap, peran, isian, dan templat mempunyai nama: "
        "`stages:`, di bawahnya `capture:`, dan di bawahnya lagi isi tahap itu.",
    ),
    "SOP120": Message(
        "`{name}` has several names in one text. Write them as a list: `{names}`.",
        "`{name}` memuat beberapa nama dalam satu teks. Tulis sebagai daftar: `{names}`.",
        "One name is written as it is; several stand in brackets with commas between them, or each on a line of its "
        "own after a dash.",
        "Satu nama ditulis langsung; beberapa nama ditulis dalam kurung siku dengan koma di antaranya, atau "
        "masing-masing pada barisnya sendiri setelah tanda hubung.",
    ),
    "SOP121": Message(
        "Inside braces the comma in `{text}` separates two entries. Write the value without a comma, or in quotes.",
        "Di dalam kurung kurawal, koma pada `{text}` memisahkan dua isi. Tulis nilainya tanpa koma, atau dalam tanda kutip.",
        "Numbers are written with a point (`1.5`) and without separators for thousands (`50_000_000` in tests). "
        "Durations are whole numbers: instead of one and a half hours write `90m`.",
        "Angka ditulis dengan titik sebagai tanda desimal (`1.5`) dan tanpa pemisah ribuan (`50_000_000` dalam "
        "kondisi). Lama waktu berupa bilangan bulat: satu setengah jam ditulis `90 menit`.",
    ),
    "schema.a_string": Message(
        "text",
        "teks",
    ),
    "schema.a_integer": Message(
        "a whole number",
        "bilangan bulat",
    ),
    "schema.a_number": Message(
        "a number",
        "angka",
    ),
    "schema.a_fraction": Message(
        "a number with decimals",
        "angka desimal",
    ),
    "schema.a_boolean": Message(
        "a yes or no (true/false)",
        "ya atau tidak (true/false)",
    ),
    "schema.a_array": Message(
        "a list",
        "daftar",
    ),
    "schema.a_object": Message(
        "`key: value` pairs",
        "pasangan `kunci: nilai`",
    ),
    "schema.a_null": Message(
        "nothing",
        "kosong",
    ),
}
