"""Documents that do not count (CASE22x), and what is wrong with attaching or judging one (CASE53x)."""

from sopengine.wording import Message

MESSAGES = {
    "CASE223": Message(
        "{document} (version {version}) was valid until {until}; {owners} can attach a new one.",
        "{document} (versi {version}) berlaku sampai {until}; yang dapat melampirkan versi baru: {owners}.",
        "`valid_for` of the document says how long a version counts after it was attached. Attach a new version with `attach`; "
        "where the document is approved, the new version needs an approval of its own.",
        "`valid_for` pada dokumen menentukan berapa lama sebuah versi berlaku sejak dilampirkan. Lampirkan versi baru dengan "
        "`attach`; bila dokumennya perlu disetujui, versi baru perlu persetujuan tersendiri.",
    ),
    "CASE531": Message(
        "Of which type the file of {document} is cannot be told; it must be {types}.",
        "Jenis berkas {document} tidak dapat dikenali; jenisnya harus {types}.",
        "`types` of the document lists what is accepted, so the type must be known. Give `type`, or a `name` that ends in it "
        "(`kontrak.pdf`).",
        "`types` pada dokumen mencantumkan jenis berkas yang diterima, jadi jenisnya harus diketahui. Sertakan `type`, atau "
        "`name` dengan akhiran jenisnya (`kontrak.pdf`).",
    ),
    "CASE532": Message(
        "This is the same file as version {version} of {document}.",
        "Berkas ini sama persis dengan versi {version} dari {document}.",
        "The SHA-256 of the file is that of an earlier version, so nothing in it has changed. This is a remark: it counts as a new "
        "version, from now on. If another file was meant, attach that one.",
        "SHA-256 berkas ini sama dengan versi sebelumnya, jadi isinya tidak berubah. Ini hanya catatan: berkas tetap dihitung "
        "sebagai versi baru mulai sekarang. Bila yang dimaksud berkas lain, lampirkan berkas itu.",
    ),
}
