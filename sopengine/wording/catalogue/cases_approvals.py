"""Approvals that a gate still misses (CASE211 to CASE215), and what is wrong with requesting or deciding one (CASE52x)."""

from sopengine.wording import Message

MESSAGES = {
    "CASE211": Message(
        "The approval {approval} has not been requested; {owners} can request it, and {who} can decide.",
        "Persetujuan {approval} belum diminta; yang dapat memintanya: {owners}, yang dapat memutuskan: {who}.",
        "The stage asks for this approval before the case goes forward, because its condition holds or is not known yet. Request it "
        "with `request`; then the people of its levels decide in turn with `approve` or `reject`.",
        "Tahap ini meminta persetujuan tersebut sebelum kasus maju karena syaratnya terpenuhi atau belum diketahui. Mintalah dengan "
        "`request`; setelah itu pihak di tiap tingkat memutuskan secara berurutan dengan `approve` atau `reject`.",
    ),
    "CASE212": Message(
        "The approval {approval} waits for level {level} of {levels}: {who} can approve ({given} of {quorum} so far).",
        "Persetujuan {approval} menunggu tingkat {level} dari {levels}: yang dapat menyetujui {who} (sejauh ini {given} dari {quorum}).",
        "A level consents once as many different people as its `quorum` says have approved. Levels consent in the order of the file, "
        "and which of them are needed is worked out anew from the facts at every gate. When `within` passes, or nobody of the level "
        "may decide, the level climbs to those whom its people report to; whoever was asked before may still decide.",
        "Sebuah tingkat dianggap setuju bila orang berbeda sebanyak `quorum` sudah menyetujui. Tingkat disetujui menurut urutan di "
        "berkas, dan tingkat mana yang diperlukan selalu dihitung ulang dari data setiap kali kasus hendak maju. Bila `within` "
        "terlewati, atau tidak ada yang boleh memutuskan, permintaan naik ke atasan; pihak yang diminta sebelumnya tetap boleh "
        "memutuskan.",
    ),
    "CASE213": Message(
        "The approval {approval} was rejected on {at} by {by}: {reason}. After a change, {owners} can request it anew.",
        "Persetujuan {approval} ditolak pada {at} oleh {by}: {reason}. Setelah diperbaiki, {owners} dapat memintanya lagi.",
        "A rejection ends the request. Change what was refused, then request the approval again; all levels then decide afresh.",
        "Penolakan mengakhiri permintaan. Perbaiki hal yang ditolak, lalu minta persetujuannya lagi; semua tingkat memutuskan dari awal.",
    ),
    "CASE214": Message(
        "The approval {approval} is void: {fields} changed on {at} (by {by}); {owners} can request it again.",
        "Persetujuan {approval} batal karena {fields} diubah pada {at} (oleh {by}); {owners} dapat memintanya lagi.",
        "An approval is bound to the fields under `void_if_changed`. A change after the request voids it for good, also when the old "
        "value is set back: nobody knows any more what was agreed to. Request it again with `request`.",
        "Persetujuan terikat pada isian di `void_if_changed`. Perubahan setelah permintaan membatalkannya untuk seterusnya, juga bila "
        "nilainya dikembalikan, karena tidak jelas lagi apa yang disetujui. Minta lagi dengan `request`.",
    ),
    "CASE215": Message(
        "Nobody may decide on level {level} of {approval}: everyone among {who} asked for it, held the case, or decided already. "
        "The directory must name somebody above them.",
        "Tidak ada yang boleh memutuskan tingkat {level} dari {approval}: semua dari {who} memintanya, memegang kasusnya, atau sudah "
        "memutuskan. Direktori harus mencantumkan atasan mereka.",
        "Nobody decides on what is their own, so this level has climbed as far as `reports_to` goes and found nobody who may. Give "
        "somebody else the role, or say in the directory whom they report to; whoever is named then may decide, and the request stands.",
        "Tidak seorang pun memutuskan urusannya sendiri, sehingga tingkat ini sudah naik sejauh `reports_to` menunjuk tanpa menemukan "
        "orang yang boleh memutuskan. Beri peran itu kepada orang lain, atau tulis atasannya di direktori; siapa pun yang lalu tercantum boleh "
        "memutuskan, dan permintaannya tetap berlaku.",
    ),
    "CASE516": Message(
        "A rejection of {approval} needs a reason.",
        "Penolakan {approval} perlu disertai alasan.",
        "Whoever asked must know what to change. Give `reason`.",
        "Pemohon perlu tahu apa yang harus diperbaiki. Sertakan `reason`.",
    ),
    "CASE520": Message(
        'The SOP has no approval "{name}"; it has {known}.',
        'Tidak ada persetujuan "{name}" di SOP; yang ada: {known}.',
        "Use the name under `approvals` of the SOP.",
        "Pakai nama yang tercantum di `approvals` pada SOP.",
    ),
    "CASE521": Message(
        "The approval {approval} was requested on {at} and {state}; it need not be requested again.",
        "Persetujuan {approval} sudah diminta pada {at} dan {state}; tidak perlu diminta lagi.",
        "One request stands at a time. A new one is possible once it was rejected, or void because a field changed.",
        "Hanya satu permintaan berlaku pada satu waktu. Permintaan baru mungkin setelah yang lama ditolak, atau batal karena isian "
        "diubah.",
    ),
    "CASE522": Message(
        "The approval {approval} is not needed as things stand; it is when {condition}.",
        "Persetujuan {approval} saat ini tidak diperlukan; baru diperlukan bila {condition}.",
        "The approval's `when` does not hold for this case. This is a remark: the request stands, and nobody is asked to decide.",
        "Syarat `when` persetujuan ini tidak terpenuhi. Ini hanya peringatan: permintaannya tercatat, tetapi tidak ada yang diminta "
        "memutuskan.",
    ),
    "CASE523": Message(
        "The approval {approval} has not been requested, so there is nothing to decide; {owners} can request it.",
        "Persetujuan {approval} belum diminta, jadi belum ada yang diputuskan; yang dapat memintanya: {owners}.",
        "A decision answers a request, which is bound to the values of that moment. Request the approval first.",
        "Keputusan menjawab sebuah permintaan, yang terikat pada nilai saat itu. Mintalah persetujuannya dahulu.",
    ),
    "CASE524": Message(
        "The approval {approval} is void since {fields} changed on {at}; {owners} can request it again, then it can be decided.",
        "Persetujuan {approval} batal sejak {fields} diubah pada {at}; {owners} dapat memintanya lagi, lalu permintaan itu dapat diputuskan.",
        "What was requested is not what the record says any more, so nobody decides on it. Request it again with `request`.",
        "Yang diminta tidak lagi sama dengan isi data, jadi tidak dapat diputuskan. Minta lagi dengan `request`.",
    ),
    "CASE525": Message(
        "The approval {approval} was rejected on {at}; {owners} can request it again, then it can be decided.",
        "Persetujuan {approval} sudah ditolak pada {at}; {owners} dapat memintanya lagi, lalu permintaan itu dapat diputuskan.",
        "A rejection ends the request for every level. Only a new request begins afresh.",
        "Penolakan mengakhiri permintaan untuk semua tingkat. Hanya permintaan baru yang memulai dari awal.",
    ),
    "CASE526": Message(
        "Every level that {approval} needs as things stand has consented: there is nothing left to decide.",
        "Semua tingkat yang saat ini diperlukan untuk {approval} sudah setuju: tidak ada lagi yang perlu diputuskan.",
        "The case can go on as far as this approval is concerned.",
        "Dari sisi persetujuan ini, kasus dapat dilanjutkan.",
    ),
    "CASE527": Message(
        "The approval {approval} waits for level {level}, to be decided by {who}, not by {by} ({has}).",
        "Persetujuan {approval} menunggu tingkat {level}, yang diputuskan oleh {who}, bukan {by} ({has}).",
        "Levels consent in the order of the file, each through its roles under `by`. A level climbs to those whom its people report "
        "to when `within` passes or nobody may decide; from then on they may decide as well.",
        "Tingkat disetujui menurut urutan di berkas, masing-masing oleh peran pada `by`. Sebuah tingkat naik ke atasan bila `within` "
        "terlewati atau tidak ada yang boleh memutuskan; sejak itu atasan juga boleh memutuskan.",
    ),
    "CASE528": Message(
        "On {approval}, {by} may not decide: {why}.",
        "Untuk {approval}, {by} tidak boleh memutuskan: {why}.",
        "Four eyes: who asked for it, who held the case since, and who changed what it is about do not decide on it, neither in their "
        "own name nor through somebody who stands in for them. `not_by` of the approval narrows this. Somebody else must decide.",
        "Prinsip empat mata: pemohon, pemegang kasus sejak permintaan, dan pengubah isian terkait tidak ikut memutuskan, baik atas "
        "nama sendiri maupun melalui orang yang mewakilinya. `not_by` pada persetujuan membatasi hal ini. Orang lain yang harus "
        "memutuskan.",
    ),
    "CASE529": Message(
        "On {approval}, {by} may not consent again: {who} consented to level {level} on {at}.",
        "Untuk {approval}, {by} tidak boleh menyetujui lagi: {who} sudah menyetujui tingkat {level} pada {at}.",
        "Each consent comes from another person, whether at one level or at two, and a stand-in counts as the person stood in for as "
        "well. Somebody else must consent.",
        "Setiap persetujuan berasal dari orang yang berbeda, baik di satu tingkat maupun di dua tingkat, dan pengganti juga dihitung "
        "sebagai orang yang digantikannya. Orang lain yang harus menyetujui.",
    ),
}
