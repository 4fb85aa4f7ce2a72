"""What the command line says."""

from sopengine.wording import Message

MESSAGES = {
    "cli.description": Message(
        "SOPs as code: write a procedure in YAML, check it, and work by it.",
        "SOP sebagai kode: tulis prosedur dalam YAML, periksa, lalu jalankan.",
    ),
    "cli.usage": Message("usage", "pemakaian"),
    "cli.arguments": Message("arguments", "argumen"),
    "cli.options": Message("options", "opsi"),
    "cli.command": Message("command", "perintah"),
    "cli.commands": Message("commands", "perintah"),
    "cli.more": Message(
        "Each command explains itself: sopengine check --help",
        "Setiap perintah punya penjelasan sendiri: sopengine check --help",
    ),
    "cli.missing_arguments": Message("Still needed: {names}. See --help.", "Masih diperlukan: {names}. Lihat --help."),
    "cli.unknown_arguments": Message(
        "These arguments are not known: {words}. See --help.", "Argumen ini tidak dikenal: {words}. Lihat --help."
    ),
    "cli.wrong_choice": Message(
        "{name} cannot be {value}. Choose one of {known}.", "{name} tidak bisa {value}. Pilih salah satu dari {known}."
    ),
    "cli.missing_value": Message("{name} needs a value behind it.", "{name} perlu diikuti sebuah nilai."),
    "cli.no_value_wanted": Message("{name} takes no value, but {value} is given.", "{name} tidak memakai nilai, tetapi diberi {value}."),
    "cli.help_help": Message("show this help", "tampilkan bantuan ini"),
    "cli.version_help": Message("show the version", "tampilkan versi"),
    "cli.lang_help": Message(
        "language of the answers (default: that of your system, else that of the SOP)",
        "bahasa jawaban (bawaan: bahasa sistem Anda; bila tidak ada, bahasa SOP)",
    ),
    "cli.check_help": Message("find every mistake in your SOPs", "temukan semua kesalahan dalam SOP Anda"),
    "cli.check_description": Message(
        "Checks SOPs and reports every problem of every file. Exit code: 0 clean (remarks allowed), 1 problems, 2 a "
        "path "
        "could not be read.",
        "Memeriksa SOP dan melaporkan semua masalah di setiap berkas. Kode keluar: 0 bersih (catatan boleh "
        "ada), 1 ada masalah, 2 ada lokasi yang tidak dapat dibaca.",
    ),
    "cli.path": Message("path", "lokasi"),
    "cli.check_paths": Message(
        "files, or folders in which every *.yaml and *.yml that says `sop:` is checked (default: this folder)",
        "berkas, atau folder; di dalam folder, semua *.yaml dan *.yml yang memuat `sop:` diperiksa (bawaan: "
        "folder ini)",
    ),
    "cli.check_format": Message("how to report (default: text)", "bentuk laporan (bawaan: text)"),
    "cli.check_color": Message("when to use colour (default: auto)", "kapan memakai warna (bawaan: auto)"),
    "cli.check_people": Message(
        "the directory of these SOPs: is every role and group somebody's?",
        "direktori orang untuk SOP ini: apakah setiap peran dan kelompok ada orangnya?",
    ),
    "cli.check_quiet": Message("leave out remarks", "tanpa menampilkan catatan"),
    "cli.rule_help": Message("explain a code such as SOP205", "jelaskan sebuah kode, misalnya SOP205"),
    "cli.rule_description": Message(
        "Explains a code: what is wrong, why it matters, and the way out. Without a code, lists all of them.",
        "Menjelaskan sebuah kode: apa yang salah, mengapa penting, dan jalan keluarnya. Tanpa kode, semua kode "
        "ditampilkan.",
    ),
    "cli.rule_code": Message("a code such as SOP205 or CASE101", "kode seperti SOP205 atau CASE101"),
    "cli.run_help": Message("work on cases under an SOP", "kerjakan kasus menurut SOP"),
    "cli.run_description": Message("Works on cases under an SOP.", "Mengerjakan kasus menurut SOP."),
    "cli.demo_help": Message("show an SOP at work", "perlihatkan sebuah SOP saat dijalankan"),
    "cli.demo_description": Message("Shows a sample SOP at work.", "Memperlihatkan contoh SOP "
                                                                                 "saat dijalankan."),
    "cli.lock_help": Message("freeze the days of the calendars", "bekukan hari-hari kalender"),
    "cli.lock_description": Message(
        "Writes the days of an SOP's calendars into a file beside it, by which cases are then judged. Locking again changes "
        "only days after today. Exit code: 0 locked or up to date, 1 something is wrong or --check found the lock out of "
        "date, 2 it could not run.",
        "Menuliskan hari-hari kalender sebuah SOP ke berkas di sampingnya; kasus kemudian dinilai menurut berkas itu. "
        "Penguncian ulang hanya mengubah hari sesudah hari ini. Kode keluar: 0 terkunci atau sudah mutakhir, 1 ada yang "
        "salah atau --check menemukan kunci yang usang, 2 tidak dapat dijalankan.",
    ),
    "cli.error": Message("error", "kesalahan"),
    "cli.warning": Message("warning", "peringatan"),
    "cli.info": Message("info", "catatan"),
    "cli.note": Message("note", "lihat juga"),
    "cli.count_file": Message("{count} file", "{count} berkas"),
    "cli.count_files": Message("{count} files", "{count} berkas"),
    "cli.count_error": Message("{count} error", "{count} kesalahan"),
    "cli.count_errors": Message("{count} errors", "{count} kesalahan"),
    "cli.count_warning": Message("{count} warning", "{count} peringatan"),
    "cli.count_warnings": Message("{count} warnings", "{count} peringatan"),
    "cli.count_info": Message("{count} remark", "{count} catatan"),
    "cli.count_infos": Message("{count} remarks", "{count} catatan"),
    "cli.skipped": Message("{path}: skipped, since it has no `sop:` key", "{path}: dilewati karena tidak "
                                                                          "memuat kunci `sop:`"),
    "cli.nothing_found": Message(
        "No SOP was found in {path}. An SOP is a YAML file that says `sop:`.",
        "Tidak ada SOP di {path}. SOP adalah berkas YAML yang memuat `sop:`.",
    ),
    "cli.no_such_path": Message("There is no file or folder {path}.", "Tidak ada berkas atau folder {path}."),
    "cli.unreadable": Message("{path} cannot be read: {reason}.", "{path} tidak dapat dibaca: {reason}."),
    "cli.output_lost": Message(
        "The output could not be written: {why}.", "Keluaran perintah ini tidak dapat ditulis: {why}."
    ),
    "cli.no_such_code": Message("There is no code {code}.", "Tidak ada kode {code}."),
}
