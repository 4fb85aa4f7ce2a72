"""Small phrases about approvals that other sentences are built from."""

from sopengine.wording import Message

MESSAGES = {
    "consent.none": Message("none at all", "tidak ada sama sekali"),
    "consent.at_level": Message("{who} (level {level})", "{who} (tingkat {level})"),
    "consent.no_reason": Message("no reason was given", "tanpa alasan"),
    "consent.somebody": Message("somebody", "seseorang"),
    "consent.waits": Message("waits to be decided", "menunggu keputusan"),
    "consent.is_granted": Message("is granted", "sudah disetujui"),
    "consent.is_approved": Message("was approved", "sudah disetujui"),
    "consent.is_rejected": Message("was rejected", "sudah ditolak"),
    "consent.own_document": Message("they attached it themselves", "ia sendiri yang melampirkannya"),
    "consent.theirs_document": Message("{person}, whom they act for, attached it", "{person}, yang diwakilinya, melampirkannya"),
    "consent.late": Message("it was not decided in time", "tidak diputuskan tepat waktu"),
    "consent.nobody": Message("nobody else may decide", "tidak ada orang lain yang boleh memutuskan"),
    "consent.said_granted": Message(
        "The approval {approval} is granted by every level that it needs.", "Persetujuan {approval} sudah diberikan semua tingkat."
    ),
    "consent.said_not_needed": Message(
        "The approval {approval} is not needed as things stand; it is when {condition}.",
        "Persetujuan {approval} saat ini tidak diperlukan; baru diperlukan bila {condition}.",
    ),
    "consent.own_case": Message("they hold the case", "ia sendiri yang memegang kasus ini"),
    "consent.theirs_case": Message(
        "{person}, whom they act for, holds the case", "{person}, yang diwakilinya, memegang kasus ini"
    ),
    "consent.own_requester": Message("they asked for it themselves", "ia sendiri yang memintanya"),
    "consent.own_holder": Message("they have held the case since it was requested", "ia memegang kasus ini sejak permintaan dibuat"),
    "consent.own_editor": Message(
        "they have changed what it is about since it was requested", "ia mengubah isian terkait sejak permintaan dibuat"
    ),
    "consent.theirs_requester": Message("{person}, whom they act for, asked for it", "{person}, yang diwakilinya, memintanya"),
    "consent.theirs_holder": Message(
        "{person}, whom they act for, has held the case since it was requested",
        "{person}, yang diwakilinya, memegang kasus ini sejak permintaan dibuat",
    ),
    "consent.theirs_editor": Message(
        "{person}, whom they act for, has changed what it is about since it was requested",
        "{person}, yang diwakilinya, mengubah isian terkait sejak permintaan dibuat",
    ),
}
