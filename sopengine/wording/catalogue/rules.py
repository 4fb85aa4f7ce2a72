"""What is wrong with an SOP although it is well-formed: names, flow, time, conditions, templates, files."""

from sopengine.wording import Message

MESSAGES: dict[str, Message] = {
    "rules.outcome_won": Message("Won", "Berhasil"),
    "rules.outcome_lost": Message("Lost", "Tidak berhasil"),
    "rules.reason_no_response": Message("No response", "Tidak ada tanggapan"),
    "rules.reason_opt_out": Message("Asked not to be contacted", "Meminta tidak dihubungi lagi"),
}
