"""What can be wrong with a duration, an escalation level or a calendar (SOP400–SOP439)."""

from __future__ import annotations

from sopengine.wording import Message

_PAGE_EN = """\
A duration is one whole number and one unit:

    15m   24h   3d   2w                       real time and dates
    4 working hours   2 working days          time on a calendar
    next working day by 10:00

Indonesian units read the same: menit, jam, hari, minggu, jam kerja, hari kerja, 1x24 jam, hari kerja \
berikutnya pukul 10:00.
The kinds are different promises, which is why the unit is never guessed: 24h is 24 real hours, 1d is the same time \
tomorrow, 8 working hours is open time, 1 working day lasts until close of business on the next working day."""

_PAGE_ID = """\
Lama waktu ditulis dengan satu bilangan bulat dan satu satuan:

    15 menit   24 jam   3 hari   2 minggu     waktu berjalan dan tanggal
    4 jam kerja   2 hari kerja                waktu pada kalender kerja
    hari kerja berikutnya pukul 10:00

Satuan dalam bahasa Inggris dibaca sama: 15m, 24h, 3d, 2w, 4 working hours, 2 working days. Begitu pula 1x24 jam.
Setiap jenis adalah janji yang berbeda, karena itu satuan tidak pernah ditebak: 24 jam dihitung terus siang dan \
malam, 1 hari adalah jam yang sama besok, 8 jam kerja hanya dihitung selama jam kerja, dan 1 hari kerja berlaku \
sampai akhir jam kerja pada hari kerja berikutnya."""

_LEVEL_EN = """\
An escalation level is a share of the target or a length after the breach:

    {at: 50%, notify: holder}
    {at: 100%, notify: coordinator}
    {at: +1d, notify: sales_manager}

Below 100% a level fires when the share is reached; from 100% on when it is passed."""

_LEVEL_ID = """\
Tingkat eskalasi adalah bagian dari target, atau jarak waktu setelah batas waktu terlewat:

    {at: 50%, notify: holder}
    {at: 100%, notify: coordinator}
    {at: +1d, notify: sales_manager}

Di bawah 100%, tingkat itu berlaku saat bagiannya tercapai; mulai 100%, saat bagiannya terlewati."""

_HOURS_EN = """\
Hours are written by day of the week, in local time:

    hours:
      mon-fri: "08:00-12:00, 13:00-17:00"
      sat: "08:00-12:00"

A window that closes earlier than it opens runs past midnight ("22:00-06:00") and belongs to the day it starts on. \
"00:00-24:00" is the whole day; "closed" is none of it. Days: mon tue wed thu fri sat sun, or senin to minggu."""

_HOURS_ID = """\
Jam kerja ditulis per hari dalam waktu setempat:

    hours:
      senin-jumat: "08:00-12:00, 13:00-17:00"
      sabtu: "08:00-12:00"

Jam kerja yang berakhir lebih awal daripada mulainya melewati tengah malam ("22:00-06:00") dan termasuk hari saat \
jam itu mulai. "00:00-24:00" berarti sehari penuh; "tutup" berarti libur. Nama hari: senin sampai minggu, atau mon \
sampai sun."""

_DATES_EN = """\
Dates are written year-month-day; a range has two dots and includes both ends:

    closed: ["2026-03-19..2026-03-25"]
    open: {"2026-12-27": "09:00-12:00"}
    during: {"2026-02-18..2026-03-18": {mon-fri: "08:00-15:00"}}

On one date, open beats closed, closed beats holidays, holidays beat during, and during beats hours."""

_DATES_ID = """\
Tanggal ditulis tahun-bulan-hari; rentang memakai dua titik dan mencakup kedua ujungnya:

    closed: ["2026-03-19..2026-03-25"]
    open: {"2026-12-27": "09:00-12:00"}
    during: {"2026-02-18..2026-03-18": {senin-jumat: "08:00-15:00"}}

Bila beberapa berlaku untuk satu tanggal, open didahulukan dari closed, closed dari hari libur, hari libur dari \
during, dan during dari hours."""

_ZONE_EN = """\
A time of day means nothing without its zone. Zones are named as in the IANA database, by area and place: Asia/Jakarta \
(WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT), Europe/Lisbon, UTC. Abbreviations are not accepted, because several \
places share them."""

_ZONE_ID = """\
Jam tidak bermakna tanpa zona waktunya. Zona ditulis seperti dalam basis data IANA, menurut wilayah dan tempat: \
Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT), Europe/Lisbon, UTC. Singkatan tidak diterima karena \
beberapa tempat memakai singkatan yang sama."""

_HOLIDAYS_EN = """\
Holidays come from a country, from dates, or from a list of both:

    holidays: ID
    holidays: {country: ID, include: [public, government]}
    holidays: [ID, "2026-12-31", "2026-12-24..2026-12-26"]

Countries are ISO codes of two letters. For Indonesia, "government" adds the collective leave days (cuti bersama)."""

_HOLIDAYS_ID = """\
Hari libur berasal dari negara, dari tanggal, atau dari daftar yang memuat keduanya:

    holidays: ID
    holidays: {country: ID, include: [public, government]}
    holidays: [ID, "2026-12-31", "2026-12-24..2026-12-26"]

Negara ditulis dengan kode ISO dua huruf. Untuk Indonesia, "government" menambahkan cuti bersama."""


def _duration(en: str, id: str) -> Message:
    return Message(en, id, _PAGE_EN, _PAGE_ID)


def _hours(en: str, id: str) -> Message:
    return Message(en, id, _HOURS_EN, _HOURS_ID)


def _dates(en: str, id: str) -> Message:
    return Message(en, id, _DATES_EN, _DATES_ID)


MESSAGES: dict[str, Message] = {
    "SOP400": _duration(
        '"{text}" is not a duration. Write a whole number and a unit: 15m, 24h, 3d, 4 working hours, 2 working days.',
        '"{text}" bukan lama waktu. Tulis bilangan bulat dan satuannya: 15 menit, 24 jam, 3 hari, 4 jam kerja, '
        "2 hari kerja.",
    ),
    "SOP401": _duration(
        '"{text}" has no unit. Say what it counts: {text}m, {text}h, {text}d, {text} working hours or {text} '
        "working days.",
        '"{text}" belum bersatuan. Tulis apa yang dihitung: {text} menit, {text} jam, {text} hari, {text} jam '
        "kerja, atau {text} hari kerja.",
    ),
    "SOP402": _duration(
        'In "{text}", "{unit}" is not a unit of time. Units are m, h, d, w, working minutes, working hours and '
        "working days.",
        'Dalam "{text}", "{unit}" bukan satuan waktu. Satuannya: menit, jam, hari, minggu, menit kerja, jam kerja, '
        "dan hari kerja.",
    ),
    "SOP403": _duration(
        '"{text}" has a fraction. Durations are whole numbers: use a smaller unit.',
        '"{text}" memakai pecahan. Lama waktu harus berupa bilangan bulat: gunakan satuan yang lebih kecil.',
    ),
    "SOP404": _duration(
        '"{text}" is negative. A duration only runs forward: write it without the minus.',
        '"{text}" bernilai negatif. Waktu hanya berjalan maju: tulis tanpa tanda minus.',
    ),
    "SOP405": _duration(
        '"{text}" leaves no time at all, so nobody could keep to it. Write a duration of at least one minute or '
        "one day.",
        '"{text}" tidak memberi waktu sama sekali, jadi mustahil dipenuhi. Tulis sedikitnya satu menit atau '
        "satu hari.",
    ),
    "SOP406": _duration(
        '"{text}" is longer than a hundred years. Check the number and the unit.',
        '"{text}" lebih dari seratus tahun. Periksa angka dan satuannya.',
    ),
    "SOP407": _duration(
        '"{text}" can be read in three ways. Choose "{working_hours}" (working time only), "{working_days}" '
        '(until close of business) or "{hours}" (day and night).',
        '"{text}" dapat dibaca dengan tiga cara. Pilih "{working_hours}" (hanya selama jam kerja), "{working_days}" '
        '(sampai akhir jam kerja), atau "{hours}" (terus siang dan malam).',
    ),
    "SOP408": _duration(
        '"{text}" has several parts. A duration is one number and one unit, such as 90m instead of 1h 30m.',
        '"{text}" terdiri atas beberapa bagian. Tulis satu angka dan satu satuan, misalnya 90 menit, bukan 1 '
        "jam 30 menit.",
    ),
    "SOP409": _duration(
        '"{text}" does not say by when. Add a time of day: next working day by 10:00.',
        '"{text}" belum menyebut jamnya. Tambahkan: hari kerja berikutnya pukul 10:00.',
    ),
    "SOP410": Message(
        '"{text}" is not an escalation level. Write a share of the target (50%) or a length after the breach (+1d).',
        '"{text}" bukan tingkat eskalasi. Tulis bagian dari target (50%) atau jarak waktu setelah batas waktu '
        "terlewat (+1d).",
        _LEVEL_EN,
        _LEVEL_ID,
    ),
    "SOP411": Message(
        '"{text}" is outside the range of a level. Write more than 0% and at most {most}%.',
        '"{text}" di luar batas tingkat eskalasi. Tulis lebih dari 0% dan paling banyak {most}%.',
        _LEVEL_EN,
        _LEVEL_ID,
    ),
    "SOP412": _duration(
        '"{text}" counts months or years, which differ in length. Write days or weeks.',
        '"{text}" memakai bulan atau tahun, yang panjangnya berbeda-beda. Tulis dalam hari atau minggu.',
    ),
    "SOP413": _duration(
        '"{text}" is finer than a minute, which is the smallest unit. Write whole minutes.',
        '"{text}" lebih halus dari menit, padahal menit adalah satuan terkecil. Tulis dalam menit bulat.',
    ),
    "SOP420": _hours(
        'In "{text}", "{day}" is not a day of the week. Write mon, tue, wed, thu, fri, sat, sun, a range '
        "(mon-fri) or a "
        "list (mon,wed).",
        'Dalam "{text}", "{day}" bukan nama hari. Tulis senin, selasa, rabu, kamis, jumat, sabtu, minggu, rentang '
        "(senin-jumat), atau daftar (senin,rabu).",
    ),
    "SOP421": _hours(
        '"{part}" does not read as working hours: they begin and end. Write them as "08:00-12:00, 13:00-17:00".',
        '"{part}" tidak terbaca sebagai jam kerja: jam kerja dimulai dan berakhir. Tulis seperti "08:00-12:00, '
        '13:00-17:00".',
    ),
    "SOP422": _hours(
        'The hours in "{text}" overlap at {time}. Join them, or end the first before the next begin.',
        'Jam kerja dalam "{text}" bertumpuk pada pukul {time}. Gabungkan, atau akhiri yang pertama sebelum '
        "yang berikutnya mulai.",
    ),
    "SOP423": _dates(
        'The range "{text}" ends before it begins. Write the earlier date first: {start}..{end}.',
        'Rentang "{text}" berakhir sebelum dimulai. Tulis tanggal yang lebih awal lebih dahulu: {start}..{end}.',
    ),
    "SOP424": _dates(
        '"{text}" is not a date. Write year-month-day, such as 2026-03-19, or a range such as 2026-03-19..2026-03-25.',
        '"{text}" bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-03-19, atau rentang seperti '
        "2026-03-19..2026-03-25.",
    ),
    "SOP425": Message(
        '"{zone}" is not the name of a time zone. Write area and place, such as Asia/Jakarta (WIB), '
        "Asia/Makassar (WITA) or Asia/Jayapura (WIT).",
        '"{zone}" bukan nama zona waktu. Tulis wilayah dan tempat, misalnya Asia/Jakarta (WIB), Asia/Makassar '
        "(WITA), atau Asia/Jayapura (WIT).",
        _ZONE_EN,
        _ZONE_ID,
    ),
    "SOP426": Message(
        "This calendar has hours but no time zone. Add `timezone: Asia/Jakarta` (or yours) at the top of the SOP.",
        "Kalender ini memuat jam, tetapi belum ada zona waktunya. Tambahkan `timezone: Asia/Jakarta` (atau "
        "zona Anda) di bagian atas SOP.",
        _ZONE_EN,
        _ZONE_ID,
    ),
    "SOP427": _hours(
        'This calendar never opens, so no working time could ever pass. Add hours, such as {{mon-fri: "08:00-17:00"}}.',
        "Kalender ini tidak pernah buka, jadi waktu kerja tidak akan pernah berjalan. Tambahkan jam kerja, "
        'misalnya {{senin-jumat: "08:00-17:00"}}.',
    ),
    "SOP428": Message(
        'No holidays are known for the country "{country}". Write its ISO code of two letters, such as ID, or list the '
        "dates yourself.",
        'Hari libur untuk negara "{country}" tidak dikenal. Tulis kode ISO dua huruf, misalnya ID, atau tulis '
        "sendiri tanggal-tanggalnya.",
        _HOLIDAYS_EN,
        _HOLIDAYS_ID,
    ),
    "SOP429": Message(
        'The country {country} has no kind of holiday called "{kind}". Use one of {known}.',
        'Negara {country} tidak punya jenis hari libur "{kind}". Pakai salah satu dari {known}.',
        _HOLIDAYS_EN,
        _HOLIDAYS_ID,
    ),
    "SOP430": _hours(
        'The hours "{text}" begin and end at the same time. Write "00:00-24:00" for the whole day, or "closed".',
        'Jam kerja "{text}" mulai dan berakhir pada waktu yang sama. Tulis "00:00-24:00" untuk sehari penuh, '
        'atau "tutup".',
    ),
    "SOP431": _hours(
        'The day "{day}" is written twice. Keep one; several windows of a day go into one text with commas.',
        'Hari "{day}" ditulis dua kali. Sisakan satu; beberapa jam kerja dalam sehari ditulis dalam satu teks '
        "dengan koma.",
    ),
    "SOP432": _dates(
        "The date {text} is outside the years that calendars know. Use a year from {first} to {last}.",
        "Tanggal {text} di luar tahun yang dikenal kalender. Pakai tahun {first} sampai {last}.",
    ),
    "SOP433": _hours(
        'The night before "{day}" is still open when "{day}" opens at {time}. End the night earlier, or open later.',
        'Jam malam sebelum "{day}" belum berakhir ketika jam kerja "{day}" mulai pukul {time}. Akhiri jam '
        "malam lebih awal, atau mulai lebih siang.",
    ),
    "SOP434": _dates(
        'The dates "{first}" and "{second}" overlap, so it is unclear which hours hold. Make them meet without '
        "overlap.",
        'Tanggal "{first}" dan "{second}" bertumpuk, jadi tidak jelas jam kerja mana yang berlaku. Pisahkan '
        "kedua rentang itu.",
    ),
}
