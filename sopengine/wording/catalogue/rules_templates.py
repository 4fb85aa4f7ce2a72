"""What can be wrong with a message template (SOP601-SOP632), and why a message could not be made (SOP640-SOP643)."""

from sopengine.wording import Message

_SMALL_EN = (
    "Templates are small on purpose: an SOP may come from anybody, so a template can fill in, choose and list, "
    "but not compute or call. "
)
_SMALL_ID = (
    "Templat sengaja dibuat sederhana: SOP bisa berasal dari siapa saja, jadi templat dapat mengisi, memilih, "
    "dan mendaftar, tetapi tidak menghitung atau menjalankan apa pun. "
)
_EMPTY_EN = (
    "A half-filled message is never sent. Fill the fact, make the stage require it, or say in the template "
    "what to write "
    'without it: {{ lead.company | default("your company") }} or {% if lead.company %}…{% endif %}.'
)
_EMPTY_ID = (
    "Pesan yang setengah terisi tidak pernah dikirim. Isi datanya, wajibkan di tahapnya, atau tulis "
    'penggantinya di templat: {{ lead.company | default("perusahaan Anda") }} atau {% if lead.company %}…{% '
    "endif %}."
)

MESSAGES = {
    "SOP601": Message(
        "This template has {length} characters; at most {limit} are read. Shorten it or split it into two messages.",
        "Templat ini berisi {length} karakter; paling banyak {limit} yang dibaca. Persingkat, atau bagi "
        "menjadi dua pesan.",
        "The limit keeps checking instant, whoever wrote the file. No message that a person reads comes near it.",
        "Batas ini menjaga pemeriksaan tetap cepat, siapa pun penulis berkasnya. Pesan yang dibaca orang tidak "
        "akan sepanjang itu.",
    ),
    "SOP602": Message(
        "This is too long for one tag, or has too many brackets inside one another. Use shorter tags, with "
        "fewer conditions inside conditions.",
        "Bagian ini terlalu panjang untuk satu tanda, atau kurungnya terlalu bertingkat. Pakai tanda yang "
        "lebih pendek, dengan lebih sedikit kondisi di dalam kondisi.",
        "A tag is what stands in {{ }} or {% %}. It may hold 200 words and signs and 8 open brackets; "
        "conditions may lie 8 deep. Hostile text stops here.",
        "Tanda adalah yang ditulis dalam {{ }} atau {% %}. Satu tanda boleh memuat 200 kata atau simbol dan 8 "
        "kurung terbuka; kondisi boleh bertingkat sampai 8. Teks yang berniat buruk berhenti di sini.",
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
        '"{tag}" is opened here and never closed. Add its end.',
        '"{tag}" dibuka di sini dan tidak pernah ditutup. Tambahkan penutupnya.',
        "{{ ends with }}, {% with %}, {# with #}; {% if %} needs {% endif %} and {% for %} needs {% endfor %}.",
        "{{ ditutup dengan }}, {% dengan %}, {# dengan #}; {% if %} memerlukan {% endif %} dan {% for %} "
        "memerlukan {% endfor %}.",
    ),
    "SOP605": Message(
        '"{tag}" stands here without its beginning. Remove it, or write the {{% if … %}} or {{% for … %}} it '
        "belongs to.",
        '"{tag}" ada di sini tanpa pembukanya. Hapus, atau tulis {{% if … %}} atau {{% for … %}} sebagai pasangannya.',
        "An end without a beginning usually remains when a condition was deleted in part. What it was meant to "
        "close is then sent to everybody. A whole condition is {% if lead.company %}at {{ lead.company }}{% "
        "endif %}; else and elif stand inside it.",
        "Penutup tanpa pembuka biasanya tertinggal saat sebuah kondisi dihapus sebagian. Bagian yang "
        "seharusnya dibatasi lalu terkirim kepada semua orang. Kondisi yang lengkap: {% if lead.company %}di "
        "{{ lead.company }}{% endif %}; else dan elif ditulis di dalamnya.",
    ),
    "SOP606": Message(
        'The tag "{tag}" is not part of templates. Use if, elif, else or for.',
        'Tanda "{tag}" tidak tersedia dalam templat. Pakai if, elif, else, atau for.',
        _SMALL_EN + "Text shared by several messages belongs in a template of its own, or in the SOP's fields.",
        _SMALL_ID + "Teks yang dipakai beberapa pesan sebaiknya menjadi templat tersendiri atau isian dalam SOP.",
    ),
    "SOP607": Message(
        "This way of writing is not part of templates. Write a name, a text, a number, a condition or a filter.",
        "Cara penulisan ini tidak tersedia dalam templat. Tulis nama, teks, angka, kondisi, atau filter.",
        _SMALL_EN.strip(),
        _SMALL_ID.strip(),
    ),
    "SOP610": Message(
        "A template cannot call anything, so (…) may not follow a name. Use a filter, as in {{{{ lead.name | "
        "upper }}}}.",
        "Templat tidak dapat menjalankan apa pun, jadi (…) tidak boleh ditulis setelah nama. Pakai filter, "
        "seperti {{{{ lead.name | upper }}}}.",
        _SMALL_EN.strip(),
        _SMALL_ID.strip(),
    ),
    "SOP611": Message(
        'A template does not compute, so "{operator}" is not allowed. Put the result in a field; to join '
        "texts, write ~.",
        'Templat tidak menghitung, jadi "{operator}" tidak boleh dipakai. Simpan hasilnya dalam isian; untuk '
        "menyambung teks, tulis ~.",
        _SMALL_EN + "A figure that a customer sees should be a fact that somebody can check.",
        _SMALL_ID + "Angka yang dilihat pelanggan sebaiknya data yang dapat diperiksa.",
    ),
    "SOP612": Message(
        "One for inside another is not allowed. Use one list at a time.",
        "Penulisan for di dalam for tidak diizinkan. Pakai satu daftar setiap kali.",
        "A list of lists grows with every entry, and a customer reads one list at most. Write two lists one "
        "after the other: {% for item in lead.items %}- {{ item }}{% endfor %}.",
        "Daftar di dalam daftar cepat membengkak, padahal pelanggan paling banyak membaca satu daftar. Tulis "
        "kedua daftar berurutan: {% for item in lead.items %}- {{ item }}{% endfor %}.",
    ),
    "SOP613": Message(
        "Write for in its plain form: {{% for item in lead.items %}}. For a choice inside it, use if.",
        "Tulis for dalam bentuk sederhana: {{% for item in lead.items %}}. Untuk memilih di dalamnya, pakai if.",
        "A list in a message is written in one way, so that everybody can read what is sent: one name for the "
        "item and one list. What should be left out is left out inside: {% for item in lead.items %}{% if item "
        "%}- {{ item }}{% endif %}{% endfor %}.",
        "Daftar dalam pesan hanya punya satu cara penulisan agar semua orang dapat membaca apa yang dikirim: "
        "satu nama untuk butirnya dan satu daftar. Yang tidak perlu tampil disaring di dalamnya: {% for item "
        "in lead.items %}{% if item %}- {{ item }}{% endif %}{% endfor %}.",
    ),
    "SOP614": Message(
        "Square brackets may hold only a written name. Use a dot: lead.name.",
        "Kurung siku hanya boleh berisi nama yang ditulis langsung. Pakai titik: lead.name.",
        "Which fact a message uses must be readable before it is sent. A name that is worked out while "
        "sending, as in lead[stage.name], could be any fact of the customer. Write {{ lead.name }}, or {{ "
        'lead["name"] }}, which means the same.',
        "Data apa yang dipakai sebuah pesan harus terbaca sebelum pesan dikirim. Nama yang baru diketahui saat "
        "mengirim, seperti lead[stage.name], bisa menunjuk data pelanggan mana pun. Tulis {{ lead.name }}, "
        'atau {{ lead["name"] }} yang sama artinya.',
    ),
    "SOP615": Message(
        '"{name}" starts with an underscore; such names cannot be used in templates. Use the name of a field.',
        '"{name}" diawali garis bawah; nama seperti itu tidak dapat dipakai dalam templat. Pakai nama isian.',
        "Behind names with an underscore lies the inside of the program, which is no business of a message. "
        "Fields have names that begin with a letter: {{ lead.name }} instead of {{ lead.__class__ }}.",
        "Nama yang diawali garis bawah menunjuk bagian dalam program, dan itu bukan urusan sebuah pesan. Nama "
        "isian diawali huruf: {{ lead.name }}, bukan {{ lead.__class__ }}.",
    ),
    "SOP617": Message(
        'There is no filter "{name}". Use one of {names}.',
        'Tidak ada filter "{name}". Pakai salah satu dari {names}.',
        "A filter stands after a bar and changes how a fact is shown: {{ lead.budget | money }} writes "
        "Rp50.000.000 instead of 50000000. A filter that does not exist would leave the customer with nothing "
        "or with the raw number.",
        "Filter ditulis setelah garis tegak dan mengatur tampilan data: {{ lead.budget | money }} menulis "
        "Rp50.000.000, bukan 50000000. Filter yang tidak ada membuat pelanggan tidak menerima apa pun atau "
        "hanya angka mentah.",
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
        'A template cannot ask "is {name}". Use one of {names}.',
        'Templat tidak dapat menanyakan "is {name}". Pakai salah satu dari {names}.',
        'In a message it matters whether a fact is there: {% if lead.email is filled %}. What a fact says is compared: {% if lead.need == "high" %}.',
        "Dalam pesan, yang perlu diketahui adalah ada tidaknya sebuah data: {% if lead.email is filled %}. "
        'Isinya dibandingkan: {% if lead.need == "tinggi" %}.',
    ),
    "SOP620": Message(
        'There is no "{name}" in a message. A message knows {known}; what belongs to them is written after a point, as '
        "in `{example}`.",
        'Tidak ada "{name}" dalam pesan. Pesan mengenal {known}; bagiannya ditulis setelah titik, misalnya '
        "`{example}`.",
        "A message knows the subject (lead, or the SOP's own noun), actor, holder, stage, sop, now and sla.",
        "Pesan mengenal subjeknya (lead, atau sebutan lain dalam SOP), actor, holder, stage, sop, now, dan sla.",
    ),
    "SOP621": Message(
        '"{owner}" has no "{name}". Declare it as a field, or use a name that exists.',
        '"{owner}" tidak punya "{name}". Daftarkan sebagai isian, atau pakai nama yang ada.',
        "Found here, a wrong name costs a minute; found later, it is a gap in a customer's message.",
        "Nama yang salah, bila ketahuan di sini, beres dalam semenit; bila terlambat, pesan kepada pelanggan "
        "menjadi berlubang.",
    ),
    "SOP622": Message(
        '"{name}" is a group of facts. Name one of them: {names}.',
        '"{name}" adalah kumpulan data. Sebutkan salah satunya: {names}.',
        "A message shows single facts. {{ lead }} would print everything that is known about the customer; {{ "
        "lead.name }} prints the name.",
        "Pesan menampilkan data satu per satu. {{ lead }} akan mencetak semua yang diketahui tentang "
        "pelanggan; {{ lead.name }} mencetak namanya.",
    ),
    "SOP623": Message(
        'The filter "{filter}" does not fit "{name}", which is {kind}. Remove the filter, or use one made for that.',
        'Filter "{filter}" tidak cocok untuk "{name}", yang berupa {kind}. Hapus filternya, atau pakai filter '
        "yang sesuai.",
        "Each filter is made for one kind of fact: money for amounts, date and time for moments, upper for "
        "text. {{ lead.budget | date }} could only print nonsense; {{ lead.budget | money }} prints "
        "Rp50.000.000.",
        "Setiap filter dibuat untuk satu jenis data: money untuk nilai uang, date dan time untuk waktu, upper "
        "untuk teks. {{ lead.budget | date }} hanya akan mencetak sesuatu yang keliru; {{ lead.budget | money "
        "}} mencetak Rp50.000.000.",
    ),
    "SOP624": Message(
        '"{left}" and "{right}" are of different kinds, so {operator} cannot compare them. Compare values of '
        "one kind.",
        '"{left}" dan "{right}" berbeda jenis, jadi tidak dapat dibandingkan dengan {operator}. Bandingkan '
        "nilai yang sejenis.",
        "Compare a number with a number, a date with a date, a text with a text in quotes: {% if lead.budget > "
        "50000000 %}.",
        "Bandingkan angka dengan angka, tanggal dengan tanggal, teks dengan teks dalam tanda kutip: {% if "
        "lead.budget > 50000000 %}.",
    ),
    "SOP625": Message(
        '"{name}" is a list. Write {{{{ {name} | join(", ") }}}}, or go through it with for.',
        '"{name}" adalah daftar. Tulis {{{{ {name} | join(", ") }}}}, atau telusuri dengan for.',
        'A list printed as it is would show brackets and quotes to the customer. {{ lead.items | join(", ") }} '
        'writes "laptop, printer"; {% for item in lead.items %}- {{ item }}{% endfor %} gives each item a mark '
        "of its own.",
        "Daftar yang dicetak apa adanya akan menampilkan kurung dan tanda kutip kepada pelanggan. {{ "
        'lead.items | join(", ") }} menulis "laptop, printer"; {% for item in lead.items %}- {{ item }}{% '
        "endfor %} memberi tanda pada setiap butir.",
    ),
    "SOP626": Message(
        "A for goes through a list, and this is not one. Name a list.",
        "Perulangan for memerlukan daftar, sedangkan ini bukan daftar. Sebutkan sebuah daftar.",
        "Going through a name letter by letter is never what was meant. A single fact is written as it is, {{ "
        "lead.name }}; for is for facts with several items: {% for item in lead.items %}- {{ item }}{% endfor "
        "%}.",
        "Menelusuri sebuah nama huruf demi huruf pasti bukan yang dimaksud. Satu data ditulis langsung, {{ "
        "lead.name }}; for dipakai untuk data yang terdiri atas beberapa butir: {% for item in lead.items %}- "
        "{{ item }}{% endfor %}.",
    ),
    "SOP627": Message(
        '"{name}" already means something else. Give the item of the list another name.',
        '"{name}" sudah punya arti lain. Beri nama lain untuk butir daftarnya.',
        "Inside the list the name would stand for the item and hide what it meant before, so the message could "
        "show the wrong fact. {% for item in lead.items %} is clear; {% for lead in lead.items %} is not.",
        "Di dalam daftar, nama itu akan berarti butirnya dan menutupi arti semula, sehingga pesan bisa "
        "menampilkan data yang salah. {% for item in lead.items %} jelas; {% for lead in lead.items %} tidak.",
    ),
    "SOP628": Message(
        '"{name}" is a list and cannot stand in for another value. Join it first: {name} | join(", ").',
        '"{name}" adalah daftar dan tidak dapat menjadi pengganti nilai lain. Gabungkan dahulu: {name} | join(", ").',
        "Where one of two values is shown, both must be of one kind. Join the list into a text first: {{ "
        'lead.items | join(", ") | default("our products") }}.',
        "Bila salah satu dari dua nilai akan ditampilkan, keduanya harus sejenis. Gabungkan dahulu daftarnya "
        'menjadi teks: {{ lead.items | join(", ") | default("produk kami") }}.',
    ),
    "SOP629": Message(
        "The amount is in {own} and cannot be written as {named}, because templates know no rates. Write money "
        "without a currency.",
        "Nilainya dalam {own} dan tidak dapat ditulis sebagai {named}, karena templat tidak menghitung kurs. "
        "Tulis money tanpa mata uang.",
        "An amount in rupiah with a dollar sign before it would be a wrong promise to the customer, and no "
        "rate is known here. {{ lead.budget | money }} writes the currency of the field.",
        "Nilai rupiah yang diberi tanda dolar akan menjadi janji yang keliru kepada pelanggan, dan di sini "
        "tidak ada kurs. {{ lead.budget | money }} menulis mata uang dari isiannya.",
    ),
    "SOP630": Message(
        '"{name}" is a plain number, so money must say its currency: money("IDR"). Or declare the field as money.',
        '"{name}" adalah angka biasa, jadi money harus menyebut mata uangnya: money("IDR"). Atau jadikan isian '
        "itu berjenis money.",
        "A number alone does not say whether it means rupiah or dollars. Either say it in the template, {{ "
        'lead.price | money("IDR") }}, or once for all templates: price: {type: money, currency: IDR}.',
        "Angka saja tidak menjelaskan apakah yang dimaksud rupiah atau dolar. Sebutkan di templat, {{ "
        'lead.price | money("IDR") }}, atau sekali untuk semua templat: price: {type: money, currency: IDR}.',
    ),
    "SOP631": Message(
        "A {channel} message has no subject. Remove it, or use the channel email.",
        "Pesan {channel} tidak punya subjek. Hapus subjeknya, atau pakai saluran email.",
        "Only an e-mail shows a subject. In any other channel the customer would never see those words; put "
        'what matters into the body: body: "Your quotation is ready, {{ lead.name }}."',
        "Hanya email yang menampilkan subjek. Di saluran lain pelanggan tidak akan melihatnya; tulis hal yang "
        'penting di isi pesan: body: "Penawaran untuk {{ lead.name }} sudah siap."',
    ),
    "SOP632": Message(
        '"{name}" is a list of groups and cannot be written as one text. Go through it with for, and name one '
        'fact of each.',
        '"{name}" adalah daftar berisi kumpulan data dan tidak dapat ditulis sebagai satu teks. '
        "Telusuri dengan for, lalu sebutkan satu data dari tiap butirnya.",
        "Each item of this list has several facts, and the message must say which one is shown. If every item "
        "has a name: {% for item in lead.items %}- {{ item.name }}{% endfor %}.",
        "Setiap butir daftar ini memuat beberapa data, dan pesan harus menyebut data mana yang ditampilkan. "
        "Bila setiap butir punya nama: {% for item in lead.items %}- {{ item.name }}{% endfor %}.",
    ),
    "SOP640": Message(
        '"{name}" is empty, so the message cannot be made. Fill it first.',
        '"{name}" masih kosong, jadi pesan tidak dapat dibuat. Isi dahulu.',
        _EMPTY_EN,
        _EMPTY_ID,
    ),
    "SOP641": Message(
        "The message would be longer than {limit} bytes, so it was not made. Shorten the facts in it, or use truncate.",
        "Pesan akan lebih panjang dari {limit} byte, jadi tidak dibuat. Persingkat data di dalamnya, atau "
        "pakai truncate.",
        "A message of that length is a mistake or an attack, and no channel delivers it. Usually one fact "
        "holds a whole document: shorten it, or show only its beginning with {{ lead.notes | truncate(200) }}.",
        "Pesan sepanjang itu pasti keliru atau berniat buruk, dan tidak ada saluran yang dapat mengirimnya. "
        "Biasanya satu isian memuat seluruh isi dokumen: persingkat isinya, atau tampilkan awalnya saja dengan "
        "{{ lead.notes | truncate(200) }}.",
    ),
    "SOP642": Message(
        'The value of "{name}" is not of the kind its field declares, so the message cannot be made. Correct the '
        "record.",
        'Nilai "{name}" tidak sesuai dengan jenis isiannya, jadi pesan tidak dapat dibuat. Perbaiki datanya.',
        'The customer would read "Rp about 50 million" or a date that is none. The field says what kind of '
        "value belongs into it; a budget, for example, is written 50000000.",
        'Pelanggan akan membaca "Rp sekitar 50 juta" atau tanggal yang bukan tanggal. Isian menentukan jenis '
        "nilainya; anggaran, misalnya, ditulis 50000000.",
    ),
    "SOP643": Message(
        '"{name}" has more than {limit} items, so the message was not made. Shorten the list.',
        '"{name}" berisi lebih dari {limit} butir, jadi pesan tidak dibuat. Persingkat daftarnya.',
        "Nobody reads that many lines in a message, and a list that is too long usually comes from a faulty "
        "import. Keep the items that matter in the field, or send the list as a document.",
        "Tidak ada yang membaca baris sebanyak itu dalam satu pesan, dan daftar yang terlalu panjang biasanya "
        "berasal dari impor yang keliru. Simpan hanya butir yang penting di isian itu, atau kirim daftarnya "
        "sebagai dokumen.",
    ),
}
