"""How the holder of a case was chosen, and why others were not."""

from sopengine.wording import Message

MESSAGES = {
    "assign.round_robin": Message("It was the turn of {person}{among}.", "Giliran {person}{among}."),
    "assign.least_loaded": Message(
        "{person} held the fewest open cases{among}.", "{person} memegang kasus terbuka paling sedikit{among}."
    ),
    "assign.weighted": Message(
        "It was the turn of {person}, by how much each of them takes{among}.",
        "Giliran {person} menurut kapasitas masing-masing{among}.",
    ),
    "assign.kept": Message(
        "The customer stays with {person}, who has had them before.", "Pelanggan tetap bersama {person}, yang sudah menanganinya."
    ),
    "assign.among": Message(" in the group {group}", " dalam kelompok {group}"),
    "assign.nobody": Message(
        "Nobody could be chosen{among}: the case lies in the queue of {queue}.",
        "Tidak ada yang dapat dipilih{among}: kasus menunggu di antrean {queue}.",
    ),
    "assign.unknown": Message(
        "Which group is to have the case is not known without {facts}: it lies in the queue of {queue}.",
        "Kelompok yang menangani kasus belum diketahui tanpa {facts}: kasus menunggu di antrean {queue}.",
    ),
    "assign.passed_over": Message("passed over: {who}", "dilewati: {who}"),
    "assign.person": Message("{person} ({reason})", "{person} ({reason})"),
    "assign.was_group": Message("not in the group {group}", "bukan anggota kelompok {group}"),
    "assign.was_leave": Message("on leave", "sedang cuti"),
    "assign.was_shift": Message("off shift", "di luar jam kerja"),
    "assign.was_shift_until": Message("off shift until {until}", "di luar jam kerja sampai {until}"),
    "assign.was_full": Message(
        "holds {load} of at most {capacity} open cases", "memegang {load} dari paling banyak {capacity} kasus terbuka"
    ),
    "assign.was_tried": Message("has had the case in this round", "sudah mendapat kasus ini pada putaran ini"),
    "assign.not_kept": Message(
        "{person} (has had this customer, and cannot have them now)",
        "{person} (pernah menangani pelanggan ini, tetapi sekarang tidak bisa)",
    ),
    "assign.alert_nobody": Message("nobody could be chosen for it", "tidak ada yang dapat dipilih untuk menanganinya"),
    "assign.alert_unknown": Message(
        "who is to have it is not known without {facts}", "penanggung jawabnya belum diketahui tanpa {facts}"
    ),
}
