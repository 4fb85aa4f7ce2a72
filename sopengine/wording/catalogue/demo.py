"""What `sopengine demo` says around the report."""

from sopengine.wording import Message

MESSAGES = {
    "demo.sop": Message("SOP", "SOP"),
    "demo.sop_help": Message(
        "the procedure to show: {names} (the first unless you name one)",
        "SOP yang ingin dilihat: {names} (tanpa nama, yang pertama)",
    ),
    "demo.unknown": Message(
        'There is no demo called "{name}". There are demos of {names}.',
        'Tidak ada demo bernama "{name}". Yang ada: {names}.',
    ),
    "demo.what_saas-demo": Message(
        "Six weeks of an invented sales team, played through the SOP in saas-demo.yaml. People make honest mistakes; the SOP "
        "refuses what it does not allow, says why, and watches every time limit.",
        "Enam minggu kerja sebuah tim penjualan rekaan, dijalankan menurut SOP di saas-demo.yaml. Orang bisa "
        "keliru; SOP menolak yang tidak diizinkan, menyebutkan alasannya, dan mengawasi setiap batas waktu.",
    ),
    "demo.what_lead-handling": Message(
        "Five weeks of an invented company, played through the SOP in lead-handling.yaml: marketing records leads, customer "
        "service qualifies them, the CRM administrator hands them over, and sales wins them or loses them.",
        "Lima minggu kerja sebuah perusahaan rekaan, dijalankan menurut SOP di lead-handling.yaml: pemasaran mencatat lead, "
        "customer service menilainya, administrator CRM menyerahkannya, lalu tim penjualan menindaklanjuti sampai selesai.",
    ),
    "demo.derived": Message(
        "What the SOP works out from each case's data", "Yang disimpulkan SOP dari data setiap kasus"
    ),
    "demo.score": Message("Grade {name}", "Golongan {name}"),
    "demo.table": Message("Table {name}", "Tabel {name}"),
    "demo.not_known": Message("not known yet", "belum diketahui"),
    "demo.reminders": Message("Reminders as time passed: {count}", "Pengingat seiring berjalannya waktu: {count}"),
    "demo.refused": Message("Refused, and why: {count}", "Ditolak, dan alasannya: {count}"),
    "demo.remarked": Message("Recorded with a remark: {count}", "Dicatat dengan peringatan: {count}"),
    "demo.more_reasons": Message("… and {count} more rules", "… dan {count} aturan lainnya"),
    "demo.messages": Message(
        "Messages that the SOP prepares, one for each channel",
        "Contoh pesan yang disiapkan SOP, satu untuk setiap saluran",
    ),
    "demo.next": Message("See more", "Lihat lebih lanjut"),
    "demo.next_case": Message("the story of one case", "perjalanan satu kasus"),
    "demo.next_all": Message("every refusal with its cases", "semua penolakan beserta kasusnya"),
    "demo.next_demo": Message("the same for another SOP", "demo SOP lainnya"),
    "demo.next_language": Message("the same in English", "hal yang sama dalam bahasa Indonesia"),
    "demo.next_rule": Message("what a code means, and the way out", "arti sebuah kode dan jalan keluarnya"),
}
