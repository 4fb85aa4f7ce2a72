"""What can be wrong with the approvals of an SOP (SOP780 to SOP783)."""

from sopengine.wording import Message

MESSAGES: dict[str, Message] = {
    "SOP780": Message(
        "The approval `{name}` is bound to nothing, although its conditions look at {fields}: a change after consent would go "
        "unnoticed. List them under `void_if_changed`.",
        "Persetujuan `{name}` tidak terikat pada isian apa pun, padahal syaratnya melihat {fields}: perubahan setelah disetujui "
        "tidak akan ketahuan. Tulis isian itu di `void_if_changed`.",
        "Somebody agrees to a discount of 12 percent, and afterwards it becomes 40: without `void_if_changed` the consent still "
        "stands. Name every field that the consent is about; a change then voids it for good, and it has to be requested again.",
        "Seseorang menyetujui diskon 12 persen, lalu diskonnya menjadi 40: tanpa `void_if_changed` persetujuan itu tetap berlaku. "
        "Sebutkan setiap isian yang disetujui; perubahannya membatalkan persetujuan untuk seterusnya, dan harus diminta lagi.",
    ),
    "SOP781": Message(
        "The approval `{name}` can be needed without any level being asked, for example when {example}. Add a level for such cases, "
        "or leave out the `when` of the first one.",
        "Persetujuan `{name}` bisa diperlukan tanpa ada tingkat yang diminta, misalnya bila {example}. Tambahkan tingkat untuk "
        "kasus seperti itu, atau hapus `when` pada tingkat pertama.",
        "Every level has a `when`, and none of them holds in the example, so nobody would be asked and the gate would open. Usually "
        "the first level decides every case that needs the approval, and only the later ones have a condition.",
        "Setiap tingkat memiliki `when`, dan pada contoh itu tidak satu pun terpenuhi, sehingga tidak ada yang diminta dan kasus "
        "lolos begitu saja. Biasanya tingkat pertama memutuskan setiap kasus yang memerlukan persetujuan, dan hanya tingkat "
        "berikutnya yang bersyarat.",
    ),
    "SOP782": Message(
        "Level {level} of the approval `{name}` is never asked: its condition does not hold wherever the approval is needed. Correct "
        "one of the two conditions, or remove the level.",
        "Tingkat {level} dari persetujuan `{name}` tidak pernah diminta: syaratnya tidak terpenuhi di mana pun persetujuan itu "
        "diperlukan. Perbaiki salah satu syarat, atau hapus tingkat itu.",
        "The `when` of the approval and that of the level exclude each other, so the people of this level would never decide.",
        "Syarat `when` persetujuan dan syarat tingkat ini tidak pernah terpenuhi bersamaan, sehingga pihak di tingkat ini tidak pernah "
        "memutuskan.",
    ),
    "SOP783": Message(
        "Level {level} of the approval `{name}` needs {quorum} different people, but the directory has only {count} for it. Give the "
        "role to more people, or lower `quorum`.",
        "Tingkat {level} dari persetujuan `{name}` memerlukan {quorum} orang berbeda, tetapi di direktori hanya ada {count}. Berikan "
        "perannya kepada lebih banyak orang, atau turunkan `quorum`.",
        "A consent counts once a person, so the level can never be complete by itself: every request would climb to the superiors at "
        "once.",
        "Setiap orang hanya dihitung sekali, sehingga tingkat ini tidak pernah lengkap dengan sendirinya: setiap permintaan langsung "
        "naik ke atasan.",
    ),
}
