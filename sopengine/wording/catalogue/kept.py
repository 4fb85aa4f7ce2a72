"""What must happen so that a document exists which the engine keeps itself."""

from sopengine.wording import Message

MESSAGES = {
    "kept.contacts": Message("no contact is recorded", "belum ada kontak yang dicatat"),
    "kept.assignment": Message("nobody holds the case", "kasus belum dipegang siapa pun"),
    "kept.fields": Message("the required fields are not filled", "isian wajib belum lengkap"),
    "kept.checklist": Message("the checklist is not done", "daftar periksa belum selesai"),
    "kept.moves": Message("the case has not been moved", "kasus belum pernah dipindahkan"),
}
