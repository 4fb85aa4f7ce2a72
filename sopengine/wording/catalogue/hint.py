"""Small phrases that other sentences are built from."""

from sopengine.wording import Message

MESSAGES = {
    "hint.did_you_mean": Message('Did you mean "{name}"?', 'Maksud Anda "{name}"?'),
    "hint.meant": Message(' Did you mean "{name}"?', ' Maksud Anda "{name}"?'),
    "hint.none": Message("none", "tidak ada satu pun"),
    "hint.another": Message("another", "yang lain"),
    "hint.others": Message("one of {count} others", "salah satu dari {count} yang lain"),
    "hint.called": Message('{title} ("{name}")', '{title} ("{name}")'),
    "hint.no_such_place": Message(
        ", because the SOP has no stage or outcome of that name",
        ", karena di SOP tidak ada tahap atau hasil akhir dengan nama itu",
    ),
    "hint.and": Message("and", "dan"),
    "hint.and_then": Message("and then", "lalu"),
    "hint.or": Message("or", "atau"),
    "hint.no_role": Message("no role", "tanpa peran"),
    "hint.not_away": Message(
        " A stand-in for {role} acts only while everybody in that role is on leave; {there} is not.",
        " Pengganti {role} hanya bertindak selama semua pemegang peran itu cuti; {there} tidak sedang cuti.",
    ),
    "hint.stranger": Message(' The directory knows nobody called "{by}".{hint}', ' Di direktori tidak ada orang bernama "{by}".{hint}'),
    "hint.role_acts": Message(
        " Where there is a directory no role acts by itself: put the person in its place who does it.",
        " Bila ada direktori, peran tidak bertindak sendiri: sebutkan orang yang melakukannya.",
    ),
    "hint.acting_for": Message("{by} (acting for {other})", "{by} (mewakili {other})"),
    "hint.own_words": Message("in your own words", "dengan kalimat Anda sendiri"),
    "hint.resume": Message("move it to {ways} to take it up again", "pindahkan ke {ways} untuk melanjutkannya"),
    "hint.no_way_back": Message("the SOP gives it no way back", "SOP tidak memberinya jalan kembali"),
    "hint.merged": Message("Merged into another case", "Digabungkan ke kasus lain"),
    "hint.merged_into": Message("it was merged into {into} already", "kasus itu sudah digabungkan ke {into}"),
    "hint.merge_ended": Message("it has ended ({here})", "kasus itu sudah berakhir ({here})"),
    "hint.merge_parked": Message(
        "it is parked ({here}) and the SOP gives it no way back",
        "kasus itu ditunda ({here}) dan SOP tidak memberinya jalan kembali",
    ),
    "hint.merge_earlier": Message(
        "something has happened to one of the two since then, on {last}", "sejak itu, pada {last}, salah satunya sudah berubah"
    ),
    "hint.first_here": Message("first written here", "pertama kali ditulis di sini"),
}
