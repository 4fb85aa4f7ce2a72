"""What is wrong with a call, where the mistake is one that users make with data."""

from sopengine.wording import Message

MESSAGES = {
    "call.unknown_person": Message(
        'The directory knows nobody called "{name}".', 'Tidak ada orang bernama "{name}" di direktori.'
    ),
    "call.no_such_contact": Message(
        '"{contact}" is not the id of an outbound contact of case "{case}".',
        '"{contact}" bukan id kontak keluar kasus "{case}".',
    ),
    "call.nothing_bounced": Message(
        'Case "{case}" has no outbound contact that could have bounced.',
        'Kasus "{case}" belum punya kontak keluar yang dapat gagal terkirim.',
    ),
    "call.key_used": Message(
        'The key "{key}" was used for another command ("{kind}" on case "{case}"); a key is for one command.',
        'Kunci "{key}" sudah dipakai untuk perintah lain ("{kind}" pada kasus "{case}"); satu kunci hanya untuk satu perintah.',
    ),
}
