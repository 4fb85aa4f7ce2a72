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
        "The case is now with {to}, who is not there: {why}.",
        "Kasus kini dipegang {to}, padahal yang bersangkutan {why}.",
        "The SOP never chooses somebody who is absent; a person may, and answers for it. The clocks go on.",
        "SOP tidak pernah memilih orang yang tidak hadir; manusia boleh, dengan tanggung jawabnya sendiri. Batas waktu tetap "
        "berjalan.",
    ),
    "CASE553": Message(
        "The case is now with {to}, who holds {load} others and takes at most {capacity}.",
        "Kasus kini dipegang {to}, yang sudah memegang {load} kasus lain dari paling banyak {capacity}.",
        "A capacity limits what the SOP gives to somebody, not what a person does. Consider somebody else.",
        "Kapasitas membatasi penugasan oleh SOP, bukan keputusan manusia. Pertimbangkan orang lain.",
    ),
}
