"""What can be wrong with a message template (SOP601-SOP632), and why a message could not be made (SOP640-SOP643)."""

from sopengine.wording import Message

_SMALL_EN = (
    "Templates are a small part of Jinja on purpose: an SOP may come from anybody, so a template can fill "
    "in, choose and list, "
    "but not compute or call. "
)
_SMALL_ID = (
    "Templat sengaja hanya memakai sebagian kecil dari Jinja: SOP bisa berasal dari siapa saja, jadi templat "
    "dapat mengisi, "
    "memilih, dan mendaftar, tetapi tidak menghitung atau memanggil apa pun. "
)
_EMPTY_EN = (
    "A half-filled message is never sent. Fill the fact, make the stage require it, or say in the template "
    "what to write "
    'without it: {{ lead.company | default("your company") }} or {% if lead.company %}…{% endif %}.'
)
_EMPTY_ID = (
    "Pesan yang terisi sebagian tidak pernah dikirim. Isi datanya, wajibkan di tahapnya, atau tulis dalam "
    "templat apa gantinya: "
    '{{ lead.company | default("perusahaan Anda") }} atau {% if lead.company %}…{% endif %}.'
)

MESSAGES = {
    "SOP601": Message(
        "This template has {length} characters; at most {limit} are read. Shorten it or split it into two messages.",
        "Templat ini berisi {length} karakter; paling banyak {limit} yang dibaca. Persingkat atau bagi menjadi "
        "dua pesan.",
        "The limit keeps checking instant, whoever wrote the file. No message that a person reads comes near it.",
        "Batas ini menjaga pemeriksaan tetap cepat, siapa pun penulis berkasnya. Pesan yang dibaca orang tidak "
        "akan sepanjang itu.",
    ),
    "SOP602": Message(
        "This is too deeply nested or too long for one tag. Use shorter tags: fewer brackets, fewer conditions "
        "inside one another.",
        "Bagian ini bersarang terlalu dalam atau terlalu panjang untuk satu tanda. "
        "Pakai tanda yang lebih pendek: kurangi kurung dan syarat di dalam syarat.",
        "A tag may hold 200 words and signs and 8 open brackets; conditions may lie 8 deep. Hostile text stops here.",
        "Satu tanda boleh memuat 200 kata atau simbol dan 8 kurung terbuka; syarat boleh bersarang 8 tingkat. "
        "Teks yang berniat buruk berhenti di sini.",
    ),
    "SOP603": Message(
        'The template cannot be read at "{near}". Check the brackets and quotes: {{{{ lead.name }}}}, {{% if '
        "lead.email %}}…{{% endif %}}.",
        'Templat tidak dapat dibaca pada "{near}". '
        "Periksa kurung dan tanda kutipnya: {{{{ lead.name }}}}, {{% if lead.email %}}…{{% endif %}}.",
        "Between {{ and }} stands one name, with filters after a bar. To write {{ itself, use {% raw %}{{{% endraw %}.",
        "Di antara {{ dan }} ada satu nama, dengan filter setelah garis tegak. "
        "Untuk menulis {{ itu sendiri, pakai {% raw %}{{{% endraw %}.",
    ),
    "SOP604": Message(
        "{tag} is opened here and never closed. Add its end.",
        "{tag} dibuka di sini dan tidak pernah ditutup. Tambahkan penutupnya.",
        "{{ ends with }}, {% with %}, {# with #}; {% if %} needs {% endif %} and {% for %} needs {% endfor %}.",
        "{{ ditutup dengan }}, {% dengan %}, {# dengan #}; {% if %} memerlukan {% endif %} dan {% for %} "
        "memerlukan {% endfor %}.",
    ),
    "SOP605": Message(
        '"{tag}" stands here without its beginning. Remove it, or write the {{% if … %}} or {{% for … %}} it '
        "belongs to.",
        '"{tag}" ada di sini tanpa pembukanya. Hapus, atau tulis {{% if … %}} atau {{% for … %}} yang menjadi '
        "pasangannya.",
        "An end has one beginning before it, on the same level: {% if %} … {% endif %}, {% for %} … {% endfor %}; elif and else stand between them.",
        "Setiap penutup punya satu pembuka sebelumnya pada tingkat yang sama: {% if %} … {% endif %}, {% for %} … {% endfor %}; elif dan else berada di antaranya.",
    ),
    "SOP606": Message(
        'The tag "{tag}" is not part of templates. Use if, elif, else or for.',
        'Tanda "{tag}" tidak tersedia dalam templat. Pakai if, elif, else, atau for.',
        _SMALL_EN + "Text shared by several messages belongs in a template of its own, or in the SOP's fields.",
        _SMALL_ID + "Teks yang dipakai beberapa pesan sebaiknya menjadi templat tersendiri atau isian dalam SOP.",
    ),
    "SOP607": Message(
        "This construct is not part of templates. Write a name, a text, a number, a condition or a filter.",
        "Bentuk ini tidak tersedia dalam templat. Tulis nama, teks, angka, syarat, atau filter.",
        _SMALL_EN.strip(),
        _SMALL_ID.strip(),
    ),
    "SOP610": Message(
        "A template cannot call anything: no (…) after a name. Use a filter, as in {{{{ lead.name | upper }}}}.",
        "Templat tidak dapat memanggil apa pun: tidak boleh ada (…) setelah nama. Pakai filter, seperti {{{{ "
        "lead.name | upper }}}}.",
        _SMALL_EN.strip(),
        _SMALL_ID.strip(),
    ),
    "SOP611": Message(
        'A template does not compute: "{operator}" is not allowed. Put the result in a field; to join texts, write ~.',
        'Templat tidak menghitung: "{operator}" tidak boleh dipakai. Simpan hasilnya dalam isian; untuk '
        "menyambung teks, tulis ~.",
        _SMALL_EN + "A figure that a customer sees should be a fact that somebody can check.",
        _SMALL_ID + "Angka yang dilihat pelanggan sebaiknya data yang dapat diperiksa.",
    ),
    "SOP612": Message(
        "A for inside another for is not allowed. Use one list at a time.",
        "for di dalam for tidak boleh. Pakai satu daftar setiap kali.",
        "A list inside a list could multiply a short template into a very long message. Name one list in a message; what belongs together can be one text in a field.",
        "Daftar di dalam daftar dapat membuat templat pendek menjadi pesan yang sangat panjang. Pakai satu daftar dalam satu pesan; yang saling terkait dapat disimpan sebagai satu teks dalam isian.",
    ),
    "SOP613": Message(
        "Write for in its plain form: {{% for item in lead.items %}}. For a choice inside it, use if.",
        "Tulis for dalam bentuk sederhana: {{% for item in lead.items %}}. Untuk memilih di dalamnya, pakai if.",
        "One name goes through one list. What Jinja adds to that (conditions in the tag, several names, else, recursive) can be said more plainly: {% for item in lead.items %}{% if item %}…{% endif %}{% endfor %}.",
        "Satu nama menelusuri satu daftar. Tambahan lain dari Jinja (syarat dalam tanda, beberapa nama, else, recursive) dapat ditulis lebih sederhana: {% for item in lead.items %}{% if item %}…{% endif %}{% endfor %}.",
    ),
    "SOP614": Message(
        "Square brackets may hold only a written name. Use a dot: lead.name.",
        "Kurung siku hanya boleh berisi nama yang ditulis langsung. Pakai titik: lead.name.",
        "A name that is put together while the message is made cannot be checked beforehand. Written out, it is checked here, and not in front of a customer.",
        "Nama yang baru dirangkai saat pesan dibuat tidak dapat diperiksa lebih dahulu. Bila ditulis langsung, nama itu diperiksa di sini, bukan di depan pelanggan.",
    ),
    "SOP615": Message(
        '"{name}" starts with an underscore; such names are closed to templates. Use the name of a field.',
        '"{name}" diawali garis bawah; nama seperti itu tertutup bagi templat. Pakai nama isian.',
        "Names that start with an underscore belong to Python and not to the SOP; through them a template could leave its place. No field needs such a name.",
        "Nama yang diawali garis bawah adalah milik Python, bukan milik SOP; lewat nama itu sebuah templat dapat keluar dari batasnya. Tidak ada isian yang memerlukan nama seperti itu.",
    ),
    "SOP617": Message(
        'There is no filter "{name}". Filters are {names}.',
        'Tidak ada filter "{name}". Filter yang tersedia: {names}.',
        "Filters come from a fixed list, so that every one of them is safe and speaks the language of the template. To write a value in a form of your own, keep it in a field.",
        "Filter berasal dari daftar tetap, agar semuanya aman dan mengikuti bahasa templat. Untuk bentuk penulisan tersendiri, simpan nilainya dalam isian.",
    ),
    "SOP618": Message(
        'The filter "{filter}" is not written like this. For example: money, money("IDR"), truncate(80), '
        'default("-"), join(", ").',
        'Filter "{filter}" tidak ditulis seperti ini. Contoh: money, money("IDR"), truncate(80), default("-"), '
        'join(", ").',
        "Arguments are written out (a text in quotes, a whole number up to 10000), and are as many as the filter "
        "takes.",
        "Argumen ditulis langsung (teks dalam tanda kutip, bilangan bulat sampai 10000) dan jumlahnya sesuai "
        "filternya.",
    ),
    "SOP619": Message(
        'There is no test "is {name}". Tests are {names}.',
        'Tidak ada uji "is {name}". Uji yang tersedia: {names}.',
        'In a message it matters whether a fact is there: {% if lead.email is filled %}. What a fact says is compared: {% if lead.need == "high" %}.',
        'Dalam pesan, yang perlu diketahui adalah ada tidaknya sebuah data: {% if lead.email is filled %}. Isi data dibandingkan: {% if lead.need == "high" %}.',
    ),
    "SOP620": Message(
        'There is no "{name}" in a message.',
        'Tidak ada "{name}" dalam pesan.',
        "A message knows the subject (lead, or the SOP's own noun), actor, holder, stage, sop, now and sla.",
        "Pesan mengenal subjeknya (lead, atau sebutan dalam SOP), actor, holder, stage, sop, now, dan sla.",
    ),
    "SOP621": Message(
        '"{owner}" has no "{name}". Declare it as a field, or use a name that exists.',
        '"{owner}" tidak memiliki "{name}". Deklarasikan sebagai isian, atau pakai nama yang ada.',
        "Found here, a wrong name costs a minute; found later, it is a gap in a customer's message.",
        "Nama yang salah, bila ditemukan di sini, selesai dalam semenit; bila terlambat, menjadi lubang dalam "
        "pesan kepada pelanggan.",
    ),
    "SOP622": Message(
        '"{name}" is a group of facts. Name one of them: {names}.',
        '"{name}" adalah kumpulan data. Sebutkan salah satunya: {names}.',
        "A group has no text of its own: a person, a stage or a clock is known by its facts. Go on with a dot until you name one, such as holder.name or sla.first_response.due.",
        "Kumpulan data tidak punya teks sendiri: orang, tahap, atau batas waktu dikenal dari datanya. Lanjutkan dengan titik sampai menyebut satu data, misalnya holder.name atau sla.first_response.due.",
    ),
    "SOP623": Message(
        'The filter "{filter}" does not fit "{name}", which is {kind}. Remove the filter, or use one made for that.',
        'Filter "{filter}" tidak cocok untuk "{name}", yang berupa {kind}. Hapus filternya, atau pakai filter '
        "yang sesuai.",
        "money writes amounts, date and time write moments, duration writes lengths of time, phone writes numbers to call. On another kind of fact the result would be wrong or nothing at all.",
        "money untuk nilai uang, date dan time untuk tanggal dan jam, duration untuk lama waktu, phone untuk nomor telepon. Pada jenis data lain hasilnya akan keliru atau kosong.",
    ),
    "SOP624": Message(
        '"{left}" and "{right}" cannot be compared with {operator}: they are of different kinds.',
        '"{left}" dan "{right}" tidak dapat dibandingkan dengan {operator}: jenisnya berbeda.',
        "Compare a number with a number, a date with a date, a text with a text in quotes.",
        "Bandingkan angka dengan angka, tanggal dengan tanggal, teks dengan teks dalam tanda kutip.",
    ),
    "SOP625": Message(
        '"{name}" is a list. Write {{{{ {name} | join(", ") }}}}, or go through it with for.',
        '"{name}" adalah daftar. Tulis {{{{ {name} | join(", ") }}}}, atau telusuri dengan for.',
        "How the items are separated is for the author to say: with join they become one text, with for each gets a line or a sentence of its own.",
        "Cara memisahkan butir ditentukan penulis templat: dengan join semuanya menjadi satu teks, dengan for tiap butir mendapat baris atau kalimat sendiri.",
    ),
    "SOP626": Message(
        "for goes through a list, and this is not one. Name a list.",
        "for menelusuri daftar, dan ini bukan daftar. Sebutkan sebuah daftar.",
        "A text or a number has no items to go through. To write something only when a fact is there, use if.",
        "Teks atau angka tidak memiliki butir untuk ditelusuri. Untuk menulis sesuatu hanya bila datanya ada, pakai if.",
    ),
    "SOP627": Message(
        '"{name}" already means something else. Give the item of the list another name.',
        '"{name}" sudah punya arti lain. Beri nama lain untuk butir daftarnya.',
        "Inside the loop the name would mean the item, outside it something else, and a reader could not tell which. Any other name will do: {% for item in lead.items %}.",
        "Di dalam perulangan nama itu berarti butir daftar, di luarnya berarti hal lain, dan pembaca tidak dapat membedakannya. Pakai nama lain, misalnya {% for item in lead.items %}.",
    ),
    "SOP628": Message(
        '"{name}" is a list and cannot be an alternative to another value. Join it first: {name} | join(", ").',
        '"{name}" adalah daftar dan tidak dapat menjadi pengganti nilai lain. Gabungkan dahulu: {name} | join(", ").',
        "Of two alternatives either may be written, so both must be something that can be written as it is. Joined, the list is a text like any other.",
        "Dari dua pilihan, salah satunya yang akan tertulis, jadi keduanya harus dapat ditulis apa adanya. Setelah digabung, daftar menjadi teks biasa.",
    ),
    "SOP629": Message(
        "The amount is in {own} and cannot be written as {named}: templates do not convert. Write money without "
        "a currency.",
        "Nilainya dalam {own} dan tidak dapat ditulis sebagai {named}: templat tidak mengonversi. Tulis money "
        "tanpa mata uang.",
        "The field says in `currency` what its amounts are in. Another sign in front of the same number would be another price.",
        "Isian menyebut mata uangnya di `currency`. Lambang lain di depan angka yang sama berarti harga yang lain.",
    ),
    "SOP630": Message(
        '"{name}" is a plain number, so money must say its currency: money("IDR"). Or declare the field as money.',
        '"{name}" adalah angka biasa, jadi money harus menyebut mata uangnya: money("IDR"). Atau deklarasikan '
        "isian itu sebagai money.",
        "An amount without a currency is a guess of the reader's. A field of type money knows its currency, and conditions and reports know it as well.",
        "Nilai tanpa mata uang hanya bisa ditebak pembaca. Isian berjenis money mengenal mata uangnya, begitu pula syarat dan laporan.",
    ),
    "SOP631": Message(
        "A {channel} message has no subject. Remove it, or use the channel email.",
        "Pesan {channel} tidak memiliki subjek. Hapus subjeknya, atau pakai kanal email.",
        "Only e-mail has a subject line. In the other channels the first sentence of the body does that work.",
        "Hanya email yang memiliki baris subjek. Pada kanal lain, kalimat pertama isi pesan menjalankan fungsi itu.",
    ),
    "SOP632": Message(
        '"{name}" is a list of groups and cannot be written as one text. Go through it with for, and name one '
        'fact of each.',
        '"{name}" adalah daftar berisi kumpulan data dan tidak dapat ditulis sebagai satu teks. '
        "Telusuri dengan for, lalu sebutkan satu data dari tiap butirnya.",
        "Each item has several facts, and join cannot know which of them is meant: {% for item in lead.items %}{{ item.name }} {% endfor %}.",
        "Tiap butir memiliki beberapa data, dan join tidak dapat mengetahui data mana yang dimaksud: {% for item in lead.items %}{{ item.name }} {% endfor %}.",
    ),
    "SOP640": Message(
        '"{name}" is empty, so the message cannot be made. Fill it first.',
        '"{name}" masih kosong, jadi pesan tidak dapat dibuat. Isi dahulu.',
        _EMPTY_EN,
        _EMPTY_ID,
    ),
    "SOP641": Message(
        "The message would be longer than {limit} bytes, so it was not made. Shorten the facts in it, or use truncate.",
        "Pesan akan lebih panjang dari {limit} bita, jadi tidak dibuat. Persingkat data di dalamnya, atau pakai "
        "truncate.",
        "The limit holds whatever a record contains, so that no message fills a disk or is cut off in the middle. Usually one very long note in the record is the cause.",
        "Batas ini berlaku apa pun isi datanya, agar pesan tidak memenuhi penyimpanan atau terpotong di tengah. Biasanya penyebabnya satu catatan yang sangat panjang.",
    ),
    "SOP642": Message(
        'The value of "{name}" is not of the kind its field declares, so the message cannot be made. Correct the '
        "record.",
        'Nilai "{name}" tidak sesuai dengan jenis isiannya, jadi pesan tidak dapat dibuat. Perbaiki datanya.',
        "A value that does not fit its field would be written as something it is not, such as a date that is none. The record's own finding says what fits.",
        "Nilai yang tidak sesuai dengan isiannya akan tertulis keliru, misalnya tanggal yang bukan tanggal. Temuan pada datanya menjelaskan nilai yang sesuai.",
    ),
    "SOP643": Message(
        '"{name}" has more than {limit} items, so the message was not made. Shorten the list.',
        '"{name}" berisi lebih dari {limit} butir, jadi pesan tidak dibuat. Persingkat daftarnya.',
        "Nobody reads a message with so many lines, and the limit keeps making it instant. Send the first few and say where the rest can be seen.",
        "Pesan dengan baris sebanyak itu tidak akan dibaca, dan batas ini menjaga pembuatan pesan tetap cepat. Kirim beberapa yang pertama dan sebutkan di mana sisanya dapat dilihat.",
    ),
}
