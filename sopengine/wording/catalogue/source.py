"""Files that cannot be read as YAML: SOP001–SOP039."""

from sopengine.wording import Message

MESSAGES = {
    "SOP001": Message(
        "The file is not UTF-8 text: byte {byte} cannot be read here. Save it again with the encoding UTF-8.",
        "Berkas ini bukan teks UTF-8: byte {byte} tidak dapat dibaca di sini. Simpan ulang dengan pengodean UTF-8.",
        "An SOP file is UTF-8 text, so that it reads the same on every computer. Spreadsheets and old editors "
        "sometimes save as UTF-16 or Windows-1252. In your editor choose `Save with Encoding` and pick UTF-8.",
        "Berkas SOP adalah teks UTF-8 agar terbaca sama di setiap komputer. Lembar kerja dan editor lama "
        "kadang menyimpan sebagai UTF-16 atau Windows-1252. Di editor Anda, pilih `Save with Encoding`, lalu "
        "UTF-8.",
    ),
    "SOP002": Message(
        "The file is larger than {limit} KiB. Split it and let the main file `use` the parts.",
        "Berkas ini lebih besar dari {limit} KiB. Bagi menjadi beberapa berkas, lalu sebutkan bagiannya di "
        "`use` pada berkas utama.",
        "Files are limited in size so that reading one always takes milliseconds. Calendars, templates and "
        "fields can move to files of their own, named under `use`.",
        "Ukuran berkas dibatasi agar pembacaan selalu selesai dalam hitungan milidetik. Kalender, templat, "
        "dan isian dapat dipindahkan ke berkas tersendiri yang disebut di `use`.",
    ),
    "SOP003": Message(
        "The invisible character {character} stands here. Delete it; it usually comes from copying out of another program.",
        "Ada karakter tak terlihat {character} di sini. Hapus; biasanya karakter itu terbawa saat menyalin dari program lain.",
        "Signs that control a printer or a screen, and marks that other programs put at the start of a file, "
        "cannot be seen and are not allowed, nor are marks that turn the direction of reading. In double quotes they may "
        "be written as a code (`\\e`); that is the same character. Delete it, or type the line again.",
        "Karakter pengendali layar atau pencetak, dan tanda yang ditaruh program lain di awal berkas, tidak "
        "terlihat dan tidak diizinkan; begitu pula tanda pembalik arah baca. Di dalam kutip ganda, karakter itu dapat "
        "ditulis sebagai kode (`\\e`); karakternya tetap sama. Hapus karakter itu, atau ketik ulang barisnya.",
    ),
    "SOP004": Message(
        "The file is empty. An SOP needs at least `sop`, `title`, `version` and `stages`.",
        "Berkas ini kosong. Sebuah SOP sedikitnya memuat `sop`, `title`, `version`, dan `stages`.",
        "Nothing but blanks or comments was found. Start from one of the SOPs that ship with sopengine.",
        "Yang ditemukan hanya spasi atau komentar. Mulailah dari salah satu SOP bawaan sopengine.",
    ),
    "SOP005": Message(
        "A second document starts here (`---`). Keep one SOP in a file, or remove this line.",
        "Dokumen kedua dimulai di sini (`---`). Simpan satu SOP dalam satu berkas, atau hapus baris ini.",
        "`---` begins a new YAML document, and whatever follows would be silently left out of the SOP. Put "
        "it into a file of its own.",
        "`---` memulai dokumen YAML baru, sehingga isi sesudahnya tidak ikut dalam SOP tanpa ada yang tahu. "
        "Pindahkan ke berkas tersendiri.",
    ),
    "SOP006": Message(
        "The file goes more than {limit} levels deep here. Bring it down to fewer levels.",
        "Susunan berkas di sini lebih dalam dari {limit} tingkat. Kurangi tingkatnya.",
        "No SOP needs that many levels; such a file is damaged or meant to do harm.",
        "Tidak ada SOP yang memerlukan tingkat sebanyak itu; berkas seperti ini rusak atau sengaja dibuat untuk merugikan.",
    ),
    "SOP007": Message(
        "The file stands for more than {limit} values. Repeat less with `*`, or split the file.",
        "Isi berkas ini lebih dari {limit} nilai. Kurangi pengulangan dengan `*`, atau bagi berkasnya.",
        "A part marked with `&` may be repeated with `*`, but what the file comes to when everything is "
        "written out is limited: a few lines of repeats could otherwise fill the memory of the computer.",
        "Bagian yang ditandai `&` boleh diulang dengan `*`, tetapi jumlah nilai setelah semuanya dijabarkan "
        "dibatasi: beberapa baris pengulangan saja dapat memenuhi memori komputer.",
    ),
    "SOP008": Message(
        "`{key}` is written twice in the same place. Keep one of them; only the first counts here.",
        "`{key}` tertulis dua kali di tempat yang sama. Sisakan satu; yang dipakai di sini hanya yang pertama.",
        "YAML readers disagree on which of two equal keys counts, so part of the SOP would be lost without "
        "a word. Join the two or rename one.",
        "Bila ada dua kunci yang sama, tidak semua program sepakat mana yang berlaku, sehingga sebagian SOP "
        "bisa hilang tanpa pemberitahuan. Gabungkan keduanya, atau ganti nama salah satunya.",
    ),
    "SOP009": Message(
        "Keys cannot be merged with `<<` here. Write the keys out.",
        "Di sini kunci tidak dapat digabung dengan `<<`. Tuliskan kunci-kuncinya.",
        "`<<` left the YAML standard with version 1.2; it hides where a rule comes from. Write the keys "
        "out, or share them through `use`.",
        "`<<` sudah tidak ada dalam standar YAML 1.2 dan menyembunyikan asal sebuah aturan. Tuliskan kuncinya, "
        "atau pakai bersama lewat `use`.",
    ),
    "SOP010": Message(
        "YAML reads `{tag}` as a command to the program, and commands are not allowed. If it is text, put the value in quotes.",
        "YAML membaca `{tag}` sebagai perintah untuk program, dan perintah tidak diizinkan. Bila ini teks, beri tanda kutip.",
        "A word with an exclamation mark (a tag) asks the program to build something other than plain data, "
        "which a file from a stranger must never do. Text that begins with an exclamation mark is written in "
        'quotes: `"!Penting"`.',
        "Kata yang diawali tanda seru (tag) meminta program membuat sesuatu selain data biasa, dan berkas dari "
        "orang lain tidak boleh melakukannya. Teks yang diawali tanda seru ditulis dalam tanda kutip: "
        '`"!Penting"`.',
    ),
    "SOP011": Message(
        "`*{name}` repeats a part that was never marked with `&{name}`. If it is text, put the value in quotes.",
        "`*{name}` mengulang bagian yang belum pernah ditandai dengan `&{name}`. Bila ini teks, beri tanda kutip.",
        "An unquoted value that begins with `*` repeats the part marked earlier with `&`. WhatsApp's bold "
        'text begins with the same sign and is written in quotes: `"*Halo*"`.',
        "Nilai tanpa tanda kutip yang diawali `*` mengulang bagian yang sebelumnya ditandai `&`. Teks tebal "
        'WhatsApp memakai tanda yang sama dan ditulis dalam tanda kutip: `"*Halo*"`.',
    ),
    "SOP012": Message(
        "`*{name}` repeats a part from within itself, which never ends. Write the value out.",
        "`*{name}` mengulang suatu bagian dari dalam bagian itu sendiri sehingga tidak ada habisnya. Tuliskan nilainya.",
        "Only a part that is already finished may be repeated with `*`.",
        "Hanya bagian yang sudah selesai ditulis yang boleh diulang dengan `*`.",
    ),
    "SOP013": Message(
        "A key must be a word. Put the text before the colon in quotes.{rest}",
        "Kunci harus berupa kata. Beri tanda kutip pada teks sebelum titik dua.{rest}",
        "Keys name things, so they are always text, never a list or a group of their own. A key with brackets, "
        "braces or `*` in it needs quotes.",
        "Kunci memberi nama, jadi selalu berupa teks, bukan daftar atau kelompok nilai. Kunci yang memuat "
        "kurung atau `*` perlu diberi tanda kutip.",
    ),
    "SOP014": Message(
        "A key is missing before the colon. Write its name.{rest}",
        "Belum ada kunci sebelum titik dua. Tuliskan namanya.{rest}",
        "A colon separates a key from its value; a value without a name cannot be used.",
        "Titik dua memisahkan kunci dari nilainya; nilai tanpa nama tidak dapat dipakai.",
    ),
    "SOP015": Message(
        "`{raw}` is not a usable number. Write a number in digits, or put it in quotes when it is text.",
        "`{raw}` bukan angka yang dapat dipakai. Tulis dengan digit biasa, atau beri tanda kutip bila ini teks.",
        'YAML has signs for "infinite" and "not a number"; no limit, score or price can be either.',
        'YAML mempunyai tanda untuk "tak hingga" dan "bukan angka"; batas, skor, atau harga tidak mungkin bernilai demikian.',
    ),
    "SOP016": Message(
        "The number `{raw}` is too large to be kept exactly. If it is an account number or a code, put it in quotes.",
        "Angka `{raw}` terlalu besar untuk disimpan secara tepat. Bila ini nomor identitas atau kode, beri tanda kutip.",
        "Whole numbers go up to 10^18 and all numbers up to 40 characters; beyond that other programs begin "
        "to round. Account and identity numbers are text: put them in quotes.",
        "Bilangan bulat dibatasi sampai 10^18 dan semua angka sampai 40 karakter; di atas itu program lain "
        "mulai membulatkan. Nomor rekening dan nomor identitas adalah teks: beri tanda kutip.",
    ),
    "SOP017": Message(
        "The file cannot be opened: {reason}.",
        "Berkas tidak dapat dibuka: {reason}.",
        "Check where the file lies, and that you may read it.",
        "Periksa lokasi berkasnya, dan pastikan Anda berhak membacanya.",
    ),
    "SOP018": Message(
        "More than {limit} problems were found up to here; the rest of the file was not read. Correct these first.",
        "Sampai di sini ditemukan lebih dari {limit} masalah; sisa berkas tidak dibaca. Perbaiki dahulu yang sudah tercantum.",
        "So many problems usually have one cause: a file of another kind, or a key repeated by a copying mistake.",
        "Masalah sebanyak ini biasanya berasal dari satu sebab: berkas jenis lain, atau kunci yang terulang saat menyalin.",
    ),
    "SOP020": Message(
        "This is not valid YAML from here on. Compare the indentation, colons and quotes with the lines "
        "above. The rest of the file was not read.",
        "Mulai dari sini penulisan YAML tidak benar. Bandingkan indentasi, titik dua, dan tanda kutip dengan "
        "baris di atasnya. Sisa berkas tidak dibaca.",
        "The reader could not go on. Look at this line and the one before it: a missing quote, colon or "
        "bracket there is the usual cause.",
        "Pembacaan tidak dapat diteruskan. Periksa baris ini dan baris sebelumnya: biasanya ada tanda kutip, "
        "titik dua, atau kurung yang kurang.",
    ),
    "SOP021": Message(
        "A tab is used for indentation here. Use spaces: two for each level. The rest of the file was not read.",
        "Di sini indentasi memakai tab. Gunakan spasi: dua spasi untuk setiap tingkat. Sisa berkas tidak dibaca.",
        "How far a tab reaches differs between editors, so YAML forbids it for indentation. Most editors can "
        "turn tabs into spaces by themselves.",
        "Lebar tab berbeda di tiap editor, jadi YAML melarangnya untuk indentasi. Kebanyakan editor dapat "
        "mengubah tab menjadi spasi secara otomatis.",
    ),
    "SOP022": Message(
        "The quote that opens here is never closed. Add the closing quote at the end of the text. The rest of "
        "the file was not read.",
        "Tanda kutip yang dibuka di sini tidak pernah ditutup. Tambahkan tanda kutip penutup di akhir teks. "
        "Sisa berkas tidak dibaca.",
        "Everything up to the next quote is taken for text. Inside single quotes an apostrophe is written "
        "twice (`'it''s'`); inside double quotes a quote is written `\\\"`.",
        "Semua isi sampai tanda kutip berikutnya dianggap teks. Di dalam kutip tunggal, apostrof ditulis dua "
        "kali (`'Jum''at'`); di dalam kutip ganda, tanda kutip ditulis `\\\"`.",
    ),
    "SOP023": Message(
        "The `{bracket}` that opens here is not closed with `{close}`. Add it where the list or group ends. "
        "The rest of the file was not read.",
        "`{bracket}` yang dibuka di sini belum ditutup dengan `{close}`. Tambahkan di akhir daftar atau "
        "kelompoknya. Sisa berkas tidak dibaca.",
        "Square brackets hold a list, braces hold `key: value` pairs, and each opening one needs its closing one.",
        "Kurung siku memuat daftar, kurung kurawal memuat pasangan `kunci: nilai`, dan setiap kurung buka perlu kurung tutup.",
    ),
    "SOP024": Message(
        "Text that begins with `{{{{` must be in quotes, because an opening brace starts `key: value` pairs.{rest}",
        "Teks yang diawali `{{{{` harus diberi tanda kutip, karena kurung kurawal memulai pasangan `kunci: nilai`.{rest}",
        'Inside quotes the braces are ordinary signs, and the name is filled in later: `subject: "{{ lead.name }}"`.',
        'Di dalam tanda kutip, kurung kurawal adalah tanda biasa, dan namanya diisi kemudian: `subject: "{{ lead.name }}"`.',
    ),
    "SOP025": Message(
        "Text cannot begin with `{character}` unless it is in quotes. Put the whole value in quotes. The rest "
        "of the file was not read.",
        "Teks tidak boleh diawali `{character}` tanpa tanda kutip. Beri tanda kutip pada seluruh nilainya. "
        "Sisa berkas tidak dibaca.",
        "The signs `% @ ` | > & * ! ? ,` mean something to YAML at the start of a value. Comparisons and "
        'percentages are written in quotes: `budget: ">= 50"`.',
        "Di awal nilai, tanda `% @ ` | > & * ! ? ,` punya arti khusus dalam YAML. Perbandingan dan persentase "
        'ditulis dalam tanda kutip: `budget: ">= 50"`.',
    ),
    "SOP026": Message(
        "A colon followed by a space stands inside unquoted text. Put the text in quotes. The rest of the file was not read.",
        "Ada titik dua dan spasi di dalam teks tanpa tanda kutip. Beri tanda kutip pada teks itu. Sisa berkas tidak dibaca.",
        'A colon and a space separate a key from its value. `title: SOP: Lead` is written `title: "SOP: Lead"`.',
        'Titik dua dan spasi memisahkan kunci dari nilainya. `title: SOP: Lead` ditulis `title: "SOP: Lead"`.',
    ),
    "SOP027": Message(
        "A colon is missing after `{text}`. A key is written `key: value`. The rest of the file was not read.",
        "Belum ada titik dua setelah `{text}`. Kunci ditulis `kunci: nilai`. Sisa berkas tidak dibaca.",
        "Each line here is a key, a colon, a space and a value.",
        "Setiap baris di sini terdiri atas kunci, titik dua, spasi, dan nilai.",
    ),
    "SOP028": Message(
        "Spaces before this line: {spaces}; before the lines that it could stand beside: {beside}. Align it "
        "with its neighbours. The rest of the file was not read.",
        "Jumlah spasi di depan baris ini: {spaces}; di depan baris yang bisa setingkat dengannya: {beside}. "
        "Sejajarkan dengan baris setingkatnya. Sisa berkas tidak dibaca.",
        "Indentation says what belongs to what. Keys of one level start in the same column; what belongs to a "
        "key starts two spaces further right.",
        "Indentasi menunjukkan apa yang menjadi bagian dari apa. Kunci setingkat dimulai di kolom yang sama; "
        "isi sebuah kunci dimulai dua spasi lebih ke kanan.",
    ),
    "SOP029": Message(
        "Something follows the closing `{character}`. Put the whole value inside the quotes or brackets. The "
        "rest of the file was not read.",
        "Ada isi setelah penutup `{character}`. Masukkan seluruh nilai ke dalam tanda kutip atau kurungnya. "
        "Sisa berkas tidak dibaca.",
        "A value ends with its closing quote or bracket; only a comment may follow.",
        "Sebuah nilai berakhir pada tanda kutip atau kurung penutupnya; sesudahnya hanya boleh ada komentar.",
    ),
    "SOP030": Message(
        "The backslash in this double-quoted text begins no code that YAML knows. Write `\\\\`, or use single "
        "quotes. The rest of the file was not read.",
        "Kode dengan garis miring terbalik di dalam kutip ganda ini tidak dikenal YAML. Tulis `\\\\`, atau "
        "pakai kutip tunggal. Sisa berkas tidak dibaca.",
        "Inside double quotes a backslash begins a code such as `\\n` for a new line. Inside single quotes it "
        "is an ordinary sign.",
        "Di dalam kutip ganda, garis miring terbalik memulai kode seperti `\\n` untuk baris baru. Di dalam "
        "kutip tunggal, garis miring terbalik adalah tanda biasa.",
    ),
    "SOP031": Message(
        "A list cannot begin with `-` behind a key. Start it on the next line, or write `[a, b]`. The rest of "
        "the file was not read.",
        "Daftar dengan `-` tidak boleh dimulai di belakang kunci. Mulai di baris berikutnya, atau tulis `[a, "
        "b]`. Sisa berkas tidak dibaca.",
        "Items with a dash stand on lines of their own. If it is text that begins with a dash, put it in quotes.",
        "Butir dengan tanda hubung ditulis di baris tersendiri. Bila ini teks yang diawali tanda hubung, beri tanda kutip.",
    ),
    "SOP032": Message(
        "A line that begins with `%` is a setting of YAML, and settings are not allowed. Delete the line.",
        "Baris yang diawali `%` adalah pengaturan YAML, dan pengaturan tidak diizinkan. Hapus baris ini.",
        "Such settings change how the rest of a file is read. An SOP is always read in the same way.",
        "Pengaturan seperti itu mengubah cara sisa berkas dibaca. Sebuah SOP selalu dibaca dengan cara yang sama.",
    ),
    "SOP033": Message(
        "A comma is missing before this, or the text needs quotes. Add the one or the other. The rest of the file was not read.",
        "Sebelum bagian ini kurang tanda koma, atau teksnya perlu tanda kutip. Tambahkan salah satunya. Sisa "
        "berkas tidak dibaca.",
        "Inside brackets and braces, items are separated by commas. Text with a comma, a colon and a space, "
        "or a bracket in it is put in quotes.",
        "Di dalam kurung, butir dipisahkan tanda koma. Teks yang memuat koma, titik dua dan spasi, atau "
        "kurung diberi tanda kutip.",
    ),
    "SOP034": Message(
        "This `{bracket}` closes nothing. Remove it, or add the `{open}` that it belongs to. The rest of the file was not read.",
        "`{bracket}` ini tidak menutup apa pun. Hapus, atau tambahkan `{open}` sebagai pasangannya. Sisa berkas tidak dibaca.",
        "Brackets and braces come in pairs. If it is text, put the value in quotes.",
        "Kurung selalu berpasangan. Bila ini teks, beri tanda kutip pada nilainya.",
    ),
    "SOP035": Message(
        "Lines {first} and {second} begin in different columns, but line {first} has its value already, so "
        "nothing can belong to it. Align line {wrong} with line {right}. The rest of the file was not read.",
        "Baris {first} dan {second} dimulai di kolom yang berbeda, padahal baris {first} sudah berisi nilai "
        "sehingga tidak dapat mempunyai bagian di bawahnya. Sejajarkan baris {wrong} dengan baris {right}. "
        "Sisa berkas tidak dibaca.",
        "Only a key without a value of its own can have lines below it that are indented further. Of two "
        "lines that do not agree, the one is named whose indentation is rarer in the file; look at both.",
        "Hanya kunci yang belum berisi nilai boleh mempunyai baris di bawahnya dengan indentasi lebih dalam. "
        "Dari dua baris yang tidak sejajar, yang disebut adalah baris dengan indentasi yang lebih jarang di "
        "berkas ini; periksa keduanya.",
    ),
    "SOP036": Message(
        "This line has no dash, but it stands in the list that begins in line {first}. Begin it with `- `, or "
        "remove the dashes from that list if its lines are `key: value` pairs. The rest of the file was not "
        "read.",
        "Baris ini tidak diawali tanda hubung, padahal berada di dalam daftar yang dimulai di baris {first}. "
        "Awali dengan `- `, atau hapus tanda hubung di daftar itu bila isinya pasangan `kunci: nilai`. Sisa "
        "berkas tidak dibaca.",
        "Either every entry of a block begins with a dash, or none does. Stages, roles and templates have "
        "names and no dashes: `stages:`, and below it `capture:`.",
        "Setiap isi sebuah blok diawali tanda hubung, atau tidak satu pun. Tahap, peran, dan templat memakai "
        "nama tanpa tanda hubung: `stages:`, lalu di bawahnya `capture:`.",
    ),
    "SOP037": Message(
        "This line begins with a dash, but it stands among `key: value` pairs. Remove the dash, or indent the "
        "line below the key whose list it belongs to. The rest of the file was not read.",
        "Baris ini diawali tanda hubung, padahal berada di antara pasangan `kunci: nilai`. Hapus tanda "
        "hubungnya, atau geser ke dalam, ke bawah kunci yang memuat daftar itu. Sisa berkas tidak dibaca.",
        "Either every entry of a block begins with a dash, or none does. All dashes of one list stand in the same column.",
        "Setiap isi sebuah blok diawali tanda hubung, atau tidak satu pun. Semua tanda hubung dalam satu "
        "daftar ditulis di kolom yang sama.",
    ),
    "SOP038": Message(
        "The quotes around {raw} are curly, so they become part of the text. Write straight ones: `{straight}`.",
        "Tanda kutip pada {raw} melengkung sehingga ikut menjadi bagian teks. Pakai tanda kutip lurus: `{straight}`.",
        "Word processors turn straight quotes into curly ones while you type. YAML knows only the straight ones; "
        "everything else is a letter like any other. A text that is meant to show curly quotes stands in straight ones.",
        "Pengolah kata mengubah tanda kutip lurus menjadi melengkung saat Anda mengetik. YAML hanya mengenal yang lurus; "
        "yang lain dianggap huruf biasa. Teks yang memang memuat kutip melengkung ditulis di dalam kutip lurus.",
    ),
    "SOP039": Message(
        "The name `{key}` is longer than {limit} characters, so YAML does not take it for a key. Shorten it. The rest of the "
        "file was not read.",
        "Nama `{key}` lebih panjang dari {limit} karakter, sehingga YAML tidak mengenalinya sebagai kunci. Persingkat namanya. "
        "Sisa berkas tidak dibaca.",
        "A key stands before its colon on one line and may have 1024 characters. What is longer is a text and belongs behind "
        "the colon.",
        "Kunci ditulis sebelum titik dua dalam satu baris, paling panjang 1024 karakter. Yang lebih panjang dari itu adalah "
        "teks dan ditulis sesudah titik dua.",
    ),
    "source.unread": Message(
        " The rest of the file was not read.",
        " Sisa berkas tidak dibaca.",
    ),
    "source.missing": Message(
        "there is no such file",
        "berkasnya tidak ada",
    ),
    "source.directory": Message(
        "it is a folder",
        "itu sebuah folder",
    ),
    "source.forbidden": Message(
        "you may not read it",
        "Anda tidak berhak membacanya",
    ),
    "source.silent": Message(
        "it is a pipe, and nothing comes through it",
        "itu sebuah pipa (pipe), dan tidak ada isi yang masuk",
    ),
    "source.not_writable": Message(
        "you may not write there",
        "Anda tidak berhak menulis di sana",
    ),
    "source.full": Message(
        "the disk is full",
        "penyimpanannya penuh",
    ),
    "source.read_only": Message(
        "nothing can be written to that disk",
        "penyimpanannya tidak dapat ditulisi",
    ),
    "source.unwritten": Message(
        "the system could not write it",
        "sistem tidak dapat menulisnya",
    ),
    "source.unreadable": Message(
        "the system could not read it",
        "sistem tidak dapat membacanya",
    ),
}
