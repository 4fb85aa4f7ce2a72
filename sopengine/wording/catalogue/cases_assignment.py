"""Giving a case to somebody by hand (CASE550–CASE559): to whom, and what is remarked about it."""

from sopengine.wording import Message

MESSAGES = {
    "CASE551": Message(
        "In {stage} a case is for {owners}; {to} ({has}) cannot have it.",
        "Kasus di {stage} untuk {owners}; {to} ({has}) tidak dapat memegangnya.",
        "Whoever holds a case must be able to act on it. Give it to somebody with the stage's role, or move it on first.",
        "Pemegang kasus harus berwenang menanganinya. Serahkan kepada orang yang memegang peran tahap itu, atau pindahkan "
        "kasusnya dahulu.",
    ),
    "CASE552": Message(
        "{to} has the case now and is not there: {why}.",
        "{to} sekarang memegang kasus ini, tetapi {why}.",
        "The SOP never chooses somebody who is absent; a person may, and answers for it. The clocks go on.",
        "SOP tidak pernah memilih orang yang tidak hadir; manusia boleh, dengan tanggung jawabnya sendiri. Batas waktu tetap "
        "berjalan.",
    ),
    "CASE553": Message(
        "{to} has the case now, beside {load} open cases, and takes at most {capacity}.",
        "{to} sekarang memegang kasus ini di samping {load} kasus terbuka, padahal paling banyak {capacity}.",
        "A capacity limits what the SOP gives to somebody, not what a person does. Consider somebody else.",
        "Kapasitas membatasi penugasan oleh SOP, bukan keputusan manusia. Pertimbangkan orang lain.",
    ),
}
