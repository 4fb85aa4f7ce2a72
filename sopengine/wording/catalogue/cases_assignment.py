"""Giving a case to somebody by hand (CASE550–CASE559): to whom, and what is remarked about it."""

from sopengine.wording import Message

MESSAGES = {
    "CASE551": Message(
        "A case in {stage} is held by {owners}; {to} ({has}) cannot hold it.",
        "Kasus di {stage} dipegang oleh {owners}; {to} ({has}) tidak dapat memegangnya.",
        "Whoever holds a case must be able to act on it. Give it to somebody with the stage's role, or move it on first.",
        "Pemegang kasus harus berwenang menanganinya. Serahkan kepada orang yang memegang peran tahap itu, atau pindahkan "
        "kasusnya dahulu.",
    ),
    "CASE552": Message(
        "The case is now with {to}, who is absent ({why}).",
        "Kasus kini dipegang {to}, yang sekarang {why}.",
        "The SOP never chooses somebody who is absent. A person may, and answers for it; the clocks go on.",
        "SOP tidak pernah memilih orang yang tidak hadir. Orang boleh melakukannya, dengan tanggung jawab sendiri; batas waktu tetap "
        "berjalan.",
    ),
    "CASE553": Message(
        "The case is now with {to}, who is full: {load} of at most {capacity} without this one.",
        "Kasus kini dipegang {to}, yang sudah penuh: {load} dari paling banyak {capacity} tanpa kasus ini.",
        "A capacity limits what the SOP gives to somebody, not what a person does. Consider somebody else.",
        "Kapasitas membatasi penugasan oleh SOP, bukan keputusan orang. Pertimbangkan orang lain.",
    ),
}
