"""What a directory of people says of leave, shifts and groups, and how it fits its SOPs (SOP758, SOP759, SOP767–SOP774)."""

from sopengine.wording import Message

MESSAGES: dict[str, Message] = {
    "rules.leave_here": Message("the other leave", "cuti yang satunya"),
    "rules.for_instance": Message(" For example: {example}.", " Contohnya: {example}."),
    "SOP758": Message(
        "The leave {second} of {person} overlaps {first}. Both count once; correct the dates if one of them is a slip.",
        "Cuti {person} pada {second} bertumpuk dengan {first}. Keduanya dihitung sekali; perbaiki tanggalnya bila salah satunya "
        "keliru.",
        "Two leaves that share days are often one that was moved and entered again. Who is on leave gets no work, and others may "
        "stand in for them, so a day too many matters.",
        "Dua cuti dengan tanggal yang sama sering kali satu cuti yang digeser lalu dicatat lagi. Orang yang cuti tidak diberi "
        "tugas dan dapat digantikan, jadi kelebihan satu hari pun berpengaruh.",
    ),
    "SOP759": Message(
        "The shift of {person} never opens, so {person} would never be present. Write hours, such as "
        '{{mon-fri: "08:00-16:00"}}, or leave `shift` out.',
        "Jam kerja {person} tidak pernah dimulai, jadi {person} tidak akan pernah hadir. Tulis jamnya, misalnya "
        '{{senin-jumat: "08:00-16:00"}}, atau hapus `shift`.',
        "A shift says when somebody is present. Without `shift` a person is present whenever they are not on leave. For days off "
        "use `leave`.",
        "`shift` menyatakan kapan seseorang hadir. Tanpa `shift`, orang itu dianggap hadir selama tidak cuti. Untuk hari tidak "
        "masuk, pakai `leave`.",
    ),
    "SOP767": Message(
        "Leave or a shift is written for {person}, but not in which time zone. Add `timezone: Asia/Jakarta` (or yours) at the "
        "top; without it the zone of the SOP is used, where the SOP writes one.",
        "Cuti atau jam kerja {person} sudah ditulis, tetapi zona waktunya belum. Tambahkan `timezone: Asia/Jakarta` (atau zona "
        "Anda) di bagian atas; tanpa itu dipakai zona waktu SOP, bila SOP menuliskannya.",
        "A day of leave begins at midnight, and midnight is at another moment in another zone. The zone is never guessed: an "
        "engine does not start with a directory whose leave it cannot place.",
        "Hari cuti dimulai pada tengah malam, dan tengah malam berbeda di tiap zona waktu. Zona waktu tidak pernah dikira-kira: "
        "sistem tidak berjalan dengan direktori yang zona waktu cutinya tidak jelas.",
    ),
    "SOP768": Message(
        "The capacity of {person} is 0, so no case is ever assigned to {person}. Write a larger number, or leave `capacity` out "
        "for no limit.",
        "Kapasitas {person} adalah 0, jadi tidak ada kasus yang akan ditugaskan kepada {person}. Tulis angka yang lebih besar, "
        "atau hapus `capacity` bila tanpa batas.",
        "Capacity is the number of open cases that a person holds at most. Whoever shall get no work for some days is on leave; "
        "whoever never gets any needs neither group nor capacity.",
        "Kapasitas adalah jumlah kasus terbuka yang paling banyak dipegang seseorang. Orang yang beberapa hari tidak diberi tugas "
        "dicatat dengan `leave`; orang yang memang tidak menangani kasus tidak perlu diberi kelompok maupun kapasitas.",
    ),
    "SOP769": Message(
        "Nobody in the directory has the role `{role}` ({title}). Until somebody has, {stand_in} stands in.",
        "Belum ada orang di direktori yang memegang peran `{role}` ({title}). Selama kosong, {stand_in} menggantikannya.",
        "A vacant role is stood in for by the role that its `stand_in` names. What is done so is recorded as done for the role.",
        "Peran yang kosong digantikan oleh peran yang disebut pada `stand_in`. Yang dikerjakan pengganti tercatat atas nama peran "
        "itu.",
    ),
    "SOP770": Message(
        "The table {table} comes to `{group}`, but nobody in that group can hold a case in {stage} ({owners}). Put somebody into "
        "the group, or correct the row.{rest}",
        "Tabel {table} menghasilkan `{group}`, tetapi di kelompok itu tidak ada yang dapat memegang kasus di tahap {stage} "
        "({owners}). Masukkan seseorang ke kelompok itu, atau perbaiki barisnya.{rest}",
        "Work is assigned among the people who have the stage's role and are in the group that the table comes to: under `groups`, "
        "`regions`, `products` or `skills`. Where there is nobody, every such case waits with `if_none`.",
        "Tugas dibagikan kepada orang yang memegang peran tahap itu dan termasuk kelompok yang dihasilkan tabel: di `groups`, "
        "`regions`, `products`, atau `skills`. Bila tidak ada orangnya, setiap kasus seperti itu menunggu di `if_none`.",
    ),
    "SOP771": Message(
        "The group `{group}` of {person} is not the result of any table, so it brings no work. Correct the name, or write it under "
        "`regions`, `products` or `skills` if it is only good to know.",
        "Kelompok `{group}` milik {person} bukan hasil dari tabel mana pun, jadi tidak mendatangkan tugas. Perbaiki namanya, atau "
        "tulis di `regions`, `products`, atau `skills` bila hanya sebagai keterangan.",
        "Groups are what the tables of an SOP come to when work is assigned. When several SOPs share the directory, check it "
        "against all of them at once.",
        "Kelompok adalah hasil tabel SOP saat tugas dibagikan. Bila beberapa SOP memakai direktori yang sama, periksa direktori "
        "itu terhadap semuanya sekaligus.",
    ),
    "SOP772": Message(
        "The person {person} has a quota for `{measure}`, which no SOP measures. Correct the measure's name, or remove it.",
        "Orang bernama {person} punya kuota untuk `{measure}`, tetapi tidak ada SOP yang mengukurnya. Perbaiki nama "
        "indikatornya, atau hapus.",
        "A quota is the target of a measure whose `target` is `quota`, by the name of the measure; one amount alone is for all of "
        "them.",
        "Kuota adalah target sebuah indikator yang `target`-nya `quota`, menurut nama indikator itu; satu angka saja berlaku untuk "
        "semuanya.",
    ),
    "SOP773": Message(
        "The name of {person} goes over more than one line. Write it on one line.",
        "Nama {person} ditulis lebih dari satu baris. Tulis dalam satu baris.",
        "Names stand in the middle of sentences, in messages and in the lines of logs, where a line break could pass for a line "
        "of somebody else's.",
        "Nama muncul di tengah kalimat, dalam pesan, dan dalam baris log; ganti baris di dalamnya dapat terbaca sebagai baris "
        "catatan yang lain.",
    ),
    "SOP774": Message(
        "The directory is larger than {limit} KiB. Remove the people who have left, or keep so many in a program of your own and "
        "give the engine a `Directory` that answers from there.",
        "Direktori ini lebih besar dari {limit} KiB. Hapus orang yang sudah keluar, atau simpan data sebanyak itu di program Anda "
        "dan berikan `Directory` yang menjawab dari sana.",
        "A file is limited in size so that reading it always takes milliseconds, and a directory is one file: it cannot be "
        "divided. The limit is room for some thousands of people.",
        "Ukuran berkas dibatasi agar pembacaannya selalu selesai dalam hitungan milidetik, dan direktori adalah satu berkas yang "
        "tidak dapat dibagi. Batas itu cukup untuk ribuan orang.",
    ),
}
