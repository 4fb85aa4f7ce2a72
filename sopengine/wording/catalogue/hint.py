"""Small phrases that other sentences are built from."""

from sopengine.wording import Message

MESSAGES = {
    "hint.did_you_mean": Message('Did you mean "{name}"?', 'Maksud Anda "{name}"?'),
    "hint.and": Message("and", "dan"),
    "hint.or": Message("or", "atau"),
    "hint.no_role": Message("no role", "tanpa peran"),
    "hint.not_away": Message(
        " A stand-in for {role} acts only while everybody in that role is on leave; {there} is not.",
        " Pengganti {role} hanya bertindak selama semua pemegang peran itu cuti; {there} tidak sedang cuti.",
    ),
    "hint.acting_for": Message("{by} (acting for {other})", "{by} (mewakili {other})"),
    "hint.own_words": Message("in your own words", "dengan kalimat Anda sendiri"),
    "hint.resume": Message("move it to {ways} to take it up again", "pindahkan ke {ways} untuk melanjutkannya"),
    "hint.no_way_back": Message("the SOP gives it no way back", "SOP tidak memberinya jalan kembali"),
    "hint.first_here": Message("first written here", "pertama kali ditulis di sini"),
}
