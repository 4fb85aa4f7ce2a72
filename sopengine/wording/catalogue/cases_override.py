"""Overriding gate items and limits for one move and why one of many cases could not be asked (CASE54x)."""

from sopengine.wording import Message

MESSAGES = {
    "CASE541": Message(
        "The SOP lets nobody override anything.",
        "SOP ini tidak memberi siapa pun wewenang meloloskan kasus.",
        "`override` at the top of the SOP names who may let a case go on although something is missing. Without it nobody may: do "
        "what is missing, and move the case without `override`.",
        "`override` pada bagian atas SOP menyebut siapa yang boleh meloloskan kasus yang belum lengkap. Tanpa itu tidak ada yang "
        "boleh: lengkapi syaratnya, lalu pindahkan kasus tanpa `override`.",
    ),
    "CASE542": Message(
        "Only {roles} can override, not {by}.{rest}",
        "Yang berwenang meloloskan kasus hanya {roles}, bukan {by}.{rest}",
        "`override` names whom the SOP trusts with it. Ask one of them to make the move, or do what is missing.",
        "`override` menyebut siapa yang dipercaya untuk itu. Minta salah satu dari mereka memindahkan kasusnya, atau lengkapi "
        "syaratnya.",
    ),
    "CASE543": Message(
        'Overridden by {by} for this move, unmet items: {count}. Reason: "{reason}".',
        'Diloloskan oleh {by} untuk perpindahan ini, syarat yang belum terpenuhi: {count}. Alasan: "{reason}".',
        "The items that follow would have stopped the move. They are kept with it, counted, and stay on the to-do of the case until "
        "they are met.",
        "Butir-butir berikut seharusnya menahan perpindahan. Semuanya dicatat bersama perpindahan ini, dihitung, dan tetap ada di "
        "daftar kerja kasus sampai terpenuhi.",
    ),
    "CASE544": Message(
        "There was nothing to override: every item was met, or it is one that cannot be lifted.",
        "Tidak ada yang perlu diloloskan: semua syarat terpenuhi, atau hambatannya memang tidak dapat dikecualikan.",
        "An override lifts what a gate asks for and the least number of follow-ups. It does not change who may act, where a case may "
        "go and under which condition, an opt-out, or that nobody approves their own work. Such a move is not counted as overridden.",
        "Pengecualian berlaku untuk syarat tahap dan jumlah minimum tindak lanjut. Pengecualian tidak mengubah siapa yang berwenang, "
        "ke mana kasus boleh pindah dan dengan kondisi apa, permintaan berhenti dari pelanggan, atau larangan menyetujui pekerjaan "
        "sendiri. Perpindahan seperti ini tidak dihitung sebagai pengecualian.",
    ),
    "CASE545": Message(
        'Still open, though {by} let the case go on without it on {at} ("{reason}"): {why}',
        'Masih terbuka meski kasus diloloskan pada {at} oleh {by} ("{reason}"): {why}',
        "An override lets a case go on once; what was missing is missing still. It holds nothing up any more, and stays on the to-do "
        "until it is met. An item of a checklist can be ticked off wherever the case is by now.",
        "Pengecualian hanya meloloskan kasus satu kali; yang kurang tetap kurang. Butir ini tidak lagi menahan kasus, tetapi tetap "
        "ada di daftar kerja sampai terpenuhi. Butir daftar periksa dapat dicentang di tahap mana pun kasus berada.",
    ),
    "CASE547": Message(
        "An override by {by} does not let {item} pass: {why}. Somebody else must approve it, or override it.",
        "Pengecualian dari {by} tidak meloloskan {item}: {why}. Orang lain yang berwenang harus menyetujui atau meloloskannya.",
        "An override never lifts four eyes. Whoever asked for an approval, holds the case, or attached the document would approve "
        "their own work by letting it pass. Ask somebody who may approve it, or another one of those under `override`.",
        "Pengecualian tidak pernah mengesampingkan prinsip empat mata. Pemohon persetujuan, pemegang kasus, atau orang yang "
        "melampirkan dokumen akan menyetujui pekerjaannya sendiri bila ia meloloskannya. Mintalah orang yang berwenang menyetujui, "
        "atau orang lain yang tercantum di `override`.",
    ),
    "CASE546": Message(
        "This case was left as it is: {why}",
        "Kasus ini dibiarkan apa adanya: {why}",
        "Of many cases that were to be moved, this one had changed in the meantime, its object cannot be read or says another stage "
        "than the case, or its key was used before. Put that right and move it again; the others were decided all the same.",
        "Dari banyak kasus yang akan dipindahkan, kasus ini berubah di saat yang sama, objeknya tidak dapat dibaca atau menyebut tahap "
        "yang berbeda, atau kuncinya sudah terpakai. Perbaiki lalu pindahkan lagi; kasus lainnya tetap diputuskan.",
    ),
}
