"""Files that an SOP names (SOP701–SOP708), and what is not enforced yet (SOP902–SOP918)."""

from sopengine.wording import Message

_FOLDER_EN = (
    "An SOP may come from anybody, so it can name only files beside or below itself: no full paths such as "
    "/home/x, no way up with .., no link that leads out, no file above the size limit."
)
_FOLDER_ID = (
    "SOP bisa berasal dari siapa saja, jadi hanya dapat menyebut berkas di samping atau di bawahnya: tanpa "
    "lokasi lengkap seperti /home/x, tanpa naik folder dengan .., tanpa tautan yang keluar, dan tanpa berkas "
    "yang melebihi batas ukuran."
)
_REMARK_EN = (
    "The file is right and nothing needs to be changed. The rule is kept with the SOP and shown to people, but the "
    "engine does "
    "not hold anybody to it yet. We say so, because silence would look like a promise."
)
_REMARK_ID = (
    "Berkas ini sudah benar dan tidak perlu diubah. Aturannya disimpan bersama SOP dan ditampilkan, tetapi "
    "sistem belum menerapkannya kepada siapa pun. Kami memberitahukannya, karena diam akan terlihat seperti "
    "janji."
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
        'The file "{name}" lies outside the folder of this SOP, or is not named from there. Copy it beside the SOP.',
        'Berkas "{name}" berada di luar folder SOP ini, atau tidak disebut dari folder itu. Salin berkasnya ke '
        "samping SOP.",
        _FOLDER_EN,
        _FOLDER_ID,
    ),
    "SOP702": Message(
        'The file "{name}" cannot be read, because this SOP was given as a text, without a folder. Load the '
        "SOP from its file.",
        'Berkas "{name}" tidak dapat dibaca, karena SOP ini diberikan sebagai teks tanpa folder. Muat SOP dari '
        "berkasnya.",
        "Load the SOP from its file, or name a folder when loading its text.",
        "Muat SOP dari berkasnya, atau sebutkan folder saat memuat teksnya.",
    ),
    "SOP703": Message(
        'The file "{name}" does not exist or cannot be read. Write where it lies, seen from the folder of this SOP.',
        'Berkas "{name}" tidak ada atau tidak dapat dibaca. Tulis lokasinya dilihat dari folder SOP ini.',
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
        "Each file is used once, and an SOP cannot use itself.",
        "Setiap berkas cukup dipakai satu kali, dan SOP tidak dapat memakai dirinya sendiri.",
    ),
    "SOP706": Message(
        "More than {limit} files are used. Put what belongs together into one file.",
        "Lebih dari {limit} berkas dipakai. Satukan yang berkaitan dalam satu berkas.",
        _FOLDER_EN,
        _FOLDER_ID,
    ),
    "SOP707": Message(
        '"{name}" is declared here and in another file. Keep one of them.',
        '"{name}" didaftarkan di sini dan di berkas lain. Sisakan satu.',
        "Of two declarations with one name nobody could tell which a reader has in mind, so neither wins silently.",
        "Bila satu nama didaftarkan dua kali, tidak jelas mana yang dimaksud, jadi sistem tidak memilihkan diam-diam.",
    ),
    "SOP708": Message(
        'The file "{name}" is not UTF-8 text. Save it as UTF-8.',
        'Berkas "{name}" bukan teks UTF-8. Simpan sebagai UTF-8.',
        "In other encodings the same bytes mean different letters.",
        "Dalam pengodean lain, byte yang sama berarti huruf yang berbeda.",
    ),
    "SOP916": _remark("figures and targets (`measures`)", "indikator dan target (`measures`)"),
    "SOP917": _remark("moving open cases to this version (`open_cases`)", "pemindahan kasus yang masih "
                                                                          "berjalan ke versi ini (`open_cases`)"),
    "SOP918": _remark("the date of this version (`effective_from`)", "tanggal berlaku versi ini (`effective_from`)"),
}
