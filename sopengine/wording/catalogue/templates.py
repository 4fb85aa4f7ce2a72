"""Words of messages and of what is said about them."""

from sopengine.wording import Message

MESSAGES = {
    "templates.yes": Message("yes", "ya"),
    "templates.no": Message("no", "tidak"),
    "templates.on_behalf": Message("{role}, for the {other}", "{role}, a.n. {other}"),
    "templates.text": Message("a text", "teks"),
    "templates.number": Message("a number", "angka"),
    "templates.money": Message("an amount of money", "nilai uang"),
    "templates.date": Message("a date", "tanggal"),
    "templates.instant": Message("a date and time", "tanggal dan jam"),
    "templates.duration": Message("a length of time", "lama waktu"),
    "templates.boolean": Message("a yes or no", "jawaban ya/tidak"),
    "templates.list": Message("a list", "daftar"),
}
