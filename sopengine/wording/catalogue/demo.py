"""What `sopengine demo` says around the report."""

from sopengine.wording import Message

MESSAGES = {
    "demo.what": Message(
        "Six weeks of an invented sales team, played through the SOP in saas-demo.yaml. People make honest mistakes; the SOP "
        "refuses what it does not allow, says why, and watches every time limit.",
        "Enam minggu kerja sebuah tim penjualan rekaan, dijalankan menurut SOP di saas-demo.yaml. Orang bisa "
        "keliru; SOP menolak yang tidak diizinkan, menyebutkan alasannya, dan mengawasi setiap batas waktu.",
    ),
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
    "demo.next_rule": Message("what a code means, and the way out", "arti sebuah kode dan jalan keluarnya"),
}
