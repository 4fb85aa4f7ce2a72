"""Documents that do not count (CASE22x), and what is wrong with attaching or judging one (CASE53x)."""

from sopengine.wording import Message

MESSAGES = {
    "CASE221": Message(
        "{document} (version {version}) is not approved yet; {who} can approve it, but not {uploader}, who attached it.",
        "{document} (versi {version}) belum disetujui; yang dapat menyetujuinya: {who}, tetapi bukan {uploader} yang melampirkannya.",
        "`approved_by` of the document names whose approval it needs; an approval is of one version. Ask one of them to look at it and "
        "to `approve` it. Whoever attached it, and whoever acts for them, cannot.",
        "`approved_by` pada dokumen menyebut persetujuan siapa yang diperlukan; persetujuan berlaku untuk satu versi. Minta salah satu "
        "dari mereka memeriksanya lalu menyetujuinya dengan `approve`. Orang yang melampirkannya, atau yang mewakilinya, tidak bisa.",
    ),
    "CASE222": Message(
        "{document} (version {version}) was rejected by {person} on {at}: {reason}; {owners} can attach a new one.",
        "{document} (versi {version}) ditolak oleh {person} pada {at}: {reason}; {owners} dapat melampirkan versi baru.",
        "A rejected version does not count, and is not decided on again. Attach a better one with `attach`; it is decided on anew.",
        "Versi yang ditolak tidak dihitung dan tidak diputuskan lagi. Lampirkan versi yang sudah diperbaiki dengan `attach`; versi itu "
        "diputuskan tersendiri.",
    ),
    "CASE223": Message(
        "{document} (version {version}) was valid until {until}; {owners} can attach a new one.",
        "{document} (versi {version}) berlaku sampai {until}; {owners} dapat melampirkan versi baru.",
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
    "CASE533": Message(
        "{document} needs nobody's approval: it counts as soon as it is attached.",
        "{document} tidak perlu persetujuan: dokumen ini langsung dihitung begitu dilampirkan.",
        "The document has no `approved_by` in the SOP. If it is to be approved, name there who may.",
        "Dokumen ini tidak memiliki `approved_by` di SOP. Bila perlu disetujui, sebutkan di sana siapa yang berwenang.",
    ),
    "CASE534": Message(
        "{document} is not attached, so there is nothing to decide; {owners} can attach it.",
        "{document} belum dilampirkan, jadi belum ada yang diputuskan; {owners} dapat melampirkannya.",
        "A decision is about a version that is in hand. Attach the document first.",
        "Keputusan diberikan atas versi yang sudah ada. Lampirkan dokumennya dahulu.",
    ),
    "CASE535": Message(
        "{document} (version {version}) was valid until {until}, so there is nothing to decide; {owners} can attach a new one.",
        "{document} (versi {version}) berlaku sampai {until}, jadi tidak ada yang diputuskan; {owners} dapat melampirkan versi baru.",
        "An approval of what has expired would be void at once. Attach a new version; it is decided on anew.",
        "Persetujuan atas versi yang sudah habis masa berlakunya langsung batal. Lampirkan versi baru; versi itu diputuskan tersendiri.",
    ),
    "CASE536": Message(
        "{document} (version {version}) {state} by {person} on {at}; only a new version is decided on again.",
        "{document} (versi {version}) {state} oleh {person} pada {at}; hanya versi baru yang diputuskan lagi.",
        "Each version is decided on once. Attach a new one if something has changed.",
        "Setiap versi diputuskan satu kali. Lampirkan versi baru bila ada yang berubah.",
    ),
    "CASE537": Message(
        "On {document} only {roles} can decide, not {by} ({has}).{rest}",
        "Yang berwenang memutuskan {document} hanya {roles}, bukan {by} ({has}).{rest}",
        "`approved_by` of the document names who may approve or reject it. Ask one of them.",
        "`approved_by` pada dokumen menyebut siapa yang boleh menyetujui atau menolaknya. Minta salah satu dari mereka.",
    ),
    "CASE538": Message(
        "On {document} (version {version}), {by} may not decide: {why}.",
        "Untuk {document} (versi {version}), {by} tidak boleh memutuskan: {why}.",
        "Four eyes: whoever attached a document does not decide on it, neither in their own name nor in somebody else's. Ask another "
        "person who may.",
        "Prinsip empat mata: yang melampirkan dokumen tidak memutuskannya, baik atas nama sendiri maupun mewakili orang lain. Minta "
        "orang lain yang berwenang.",
    ),
    "CASE539": Message(
        "A rejection of {document} needs a reason.",
        "Penolakan {document} perlu disertai alasan.",
        "Whoever attached it must know what to change. Give `reason`.",
        "Yang melampirkannya perlu tahu apa yang harus diperbaiki. Sertakan `reason`.",
    ),
}
