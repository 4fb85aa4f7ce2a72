"""Files that an SOP names (SOP701–SOP708), and what is not enforced yet (SOP901–SOP920)."""

from sopengine.wording import Message

_FOLDER_EN = (
    "An SOP may come from anybody, so it can name only files beside or below itself: no absolute paths, no way up, "
    "no link that "
    "leads out, no file above the size limit."
)
_FOLDER_ID = (
    "SOP bisa berasal dari siapa saja, jadi hanya dapat menyebut berkas di samping atau di bawahnya: tanpa jalur "
    "mutlak, tanpa "
    "naik folder, tanpa tautan yang keluar, dan tidak melebihi batas ukuran."
)
_REMARK_EN = (
    "The file is right and nothing needs to be changed. The rule is kept with the SOP and shown to people, but the "
    "engine does "
    "not hold anybody to it yet. We say so, because silence would look like a promise."
)
_REMARK_ID = (
    "Berkas ini sudah benar dan tidak perlu diubah. Aturannya disimpan bersama SOP dan ditampilkan, tetapi mesin belum "
    "menegakkannya. Kami memberitahukannya, karena diam akan terlihat seperti janji."
)


def _remark(en: str, id: str) -> Message:
    return Message(
        f"Checked, but not enforced yet: {en}.",
        f"Diperiksa, tetapi belum ditegakkan: {id}.",
        _REMARK_EN,
        _REMARK_ID,
    )


MESSAGES = {
    "SOP701": Message(
        'The file "{name}" lies outside the folder of this SOP, or is not named by a relative path. Copy it beside '
        'the SOP.',
        'Berkas "{name}" berada di luar folder SOP ini, atau tidak disebut dengan jalur relatif. Salin ke samping SOP.',
        _FOLDER_EN,
        _FOLDER_ID,
    ),
    "SOP702": Message(
        'The file "{name}" cannot be read: this SOP was given as a text, without a folder.',
        'Berkas "{name}" tidak dapat dibaca: SOP ini diberikan sebagai teks, tanpa folder.',
        "Load the SOP from its file, or name a folder when loading its text.",
        "Muat SOP dari berkasnya, atau sebutkan folder saat memuat teksnya.",
    ),
    "SOP703": Message(
        'The file "{name}" does not exist or cannot be read. Paths are relative to the folder of this SOP.',
        'Berkas "{name}" tidak ada atau tidak dapat dibaca. Jalur dihitung dari folder SOP ini.',
        _FOLDER_EN,
        _FOLDER_ID,
    ),
    "SOP704": Message(
        'The file "{name}" is larger than {limit} KiB. Split it.',
        'Berkas "{name}" lebih besar dari {limit} KiB. Bagi menjadi beberapa berkas.',
        _FOLDER_EN,
        _FOLDER_ID,
    ),
    "SOP705": Message(
        'The file "{name}" is used twice, or is this SOP itself. Delete this line.',
        'Berkas "{name}" dipakai dua kali, atau merupakan SOP ini sendiri. Hapus baris ini.',
        "Each file lends once, and an SOP cannot lend to itself.",
        "Setiap berkas meminjamkan satu kali, dan SOP tidak dapat meminjam dari dirinya sendiri.",
    ),
    "SOP706": Message(
        "More than {limit} files are used. Put what belongs together into one file.",
        "Lebih dari {limit} berkas dipakai. Satukan yang berkaitan dalam satu berkas.",
        _FOLDER_EN,
        _FOLDER_ID,
    ),
    "SOP707": Message(
        '"{name}" is declared here and in another file. Keep one of them.',
        '"{name}" dideklarasikan di sini dan di berkas lain. Sisakan satu.',
        "Of two declarations with one name nobody could tell which a reader has in mind, so neither wins silently.",
        "Jika satu nama dideklarasikan dua kali, tidak jelas mana yang dimaksud pembaca, jadi tidak ada yang menang "
        "diam-diam.",
    ),
    "SOP708": Message(
        'The file "{name}" is not UTF-8 text. Save it as UTF-8.',
        'Berkas "{name}" bukan teks UTF-8. Simpan sebagai UTF-8.',
        "In other encodings the same bytes mean different letters.",
        "Dalam pengodean lain, byte yang sama berarti huruf yang berbeda.",
    ),
    "SOP901": _remark("reassigning a case at a level (`reassign`)", "pengalihan kasus pada suatu tingkat (`reassign`)"),
    "SOP902": _remark("pausing a clock (`pause`, `max_pause`)", "menjeda jam (`pause`, `max_pause`)"),
    "SOP903": _remark("what happens when a target changes (`on_change`)", "perubahan target (`on_change`)"),
    "SOP908": _remark("the contact policy (`contact_policy`)", "kebijakan kontak (`contact_policy`)"),
    "SOP909": _remark("approval of a case (`approvals`)", "persetujuan kasus (`approvals`)"),
    "SOP910": _remark("approval of a document (`approved_by`)", "persetujuan dokumen (`approved_by`)"),
    "SOP911": _remark("the validity of a document (`valid_for`)", "masa berlaku dokumen (`valid_for`)"),
    "SOP912": _remark("automatic assignment (`assign`)", "penugasan otomatis (`assign`)"),
    "SOP913": _remark("finding duplicates (`identity`)", "pencarian duplikat (`identity`)"),
    "SOP914": _remark("overriding a gate (`override`)", "pengecualian syarat (`override`)"),
    "SOP915": _remark("recurring duties (`routines`)", "tugas berulang (`routines`)"),
    "SOP916": _remark("figures and targets (`measures`)", "ukuran dan target (`measures`)"),
    "SOP917": _remark("Moving open cases to this version (`open_cases`)", "Pemindahan kasus ke versi ini "
    "(`open_cases`)"),
    "SOP918": _remark("the date of this version (`effective_from`)", "tanggal berlaku versi ini (`effective_from`)"),
    "SOP920": _remark("sending by itself (`send: auto`)", "pengiriman otomatis (`send: auto`)"),
}
