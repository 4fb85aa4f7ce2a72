"""What cannot be asked of a document (SOP791–SOP799)."""

from sopengine.wording import Message

MESSAGES = {
    "SOP791": Message(
        '"{name}" is both a document and an approval. Rename one: an approval of it could mean either.',
        '"{name}" adalah dokumen sekaligus persetujuan. Ganti nama salah satunya: persetujuan atasnya bisa berarti keduanya.',
        "Documents and approvals are approved and rejected with the same words, so they share one set of names.",
        "Dokumen dan persetujuan disetujui serta ditolak dengan perintah yang sama, jadi namanya tidak boleh sama.",
    ),
    "SOP792": Message(
        '`{key}` says nothing about "{name}": with `{instead}` nobody attaches a file. Delete one of the two.',
        '`{key}` tidak berlaku untuk "{name}": dengan `{instead}` tidak ada berkas yang dilampirkan. Hapus salah satunya.',
        "A document that the engine keeps itself (`from`) or that is only named (`kind`) is no file: it has no versions that could "
        "be approved, expire or be of a type.",
        "Dokumen yang terbentuk dari catatan (`from`) atau yang hanya disebut (`kind`) bukan berkas: tidak ada versi yang dapat "
        "disetujui, habis masa berlakunya, atau memiliki jenis berkas.",
    ),
    "SOP793": Message(
        'Only {roles} can attach "{name}", and only they can approve it: see that two people have that role.',
        'Yang melampirkan "{name}" hanya {roles}, dan yang menyetujuinya juga hanya mereka: pastikan ada dua orang dengan peran itu.',
        "Nobody approves what they attached themselves. Where the role has one member the document can never be approved; name "
        "another role in `approved_by`, or see to it that the role has two members.",
        "Tidak ada yang boleh menyetujui dokumen yang dilampirkannya sendiri. Bila perannya hanya beranggota satu orang, dokumen "
        "tidak akan pernah disetujui; sebutkan peran lain pada `approved_by`, atau pastikan perannya beranggota sedikitnya dua orang.",
    ),
}
