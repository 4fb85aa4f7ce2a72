"""What happened to a case, in words: the actor stands before the sentence, so each begins with its verb."""

from sopengine.wording import Message

MESSAGES = {
    # facts
    "event.opened": Message("opened the case in {stage}", "membuka kasus di tahap {stage}"),
    "event.taken_over": Message("took the case over in {stage}", "mengambil alih kasus di tahap {stage}"),
    "event.edited": Message("recorded {values}", "mengisi {values}"),
    "event.emptied": Message("emptied {fields}", "mengosongkan {fields}"),
    "event.value": Message("{field}: {value}", "{field}: {value}"),
    "event.moved": Message("moved the case to {to}", "memindahkan kasus ke {to}"),
    "event.ended": Message("closed the case as {to}", "menutup kasus dengan hasil {to}"),
    "event.settled": Message("recorded the outcome {to}", "menetapkan hasil {to}"),
    "event.parked": Message("parked the case in {to}", "menunda kasus di {to}"),
    "event.recycled": Message("brought the case back to {to}", "mengembalikan kasus ke {to}"),
    "event.contacted": Message("contacted the customer by {via}", "menghubungi pelanggan lewat {via}"),
    "event.contacted_answered": Message(
        "contacted the customer by {via} and got through", "menghubungi pelanggan lewat {via} dan tersambung"
    ),
    "event.received": Message("got in touch by {via}", "menghubungi kami lewat {via}"),
    "event.received_automatic": Message("sent an automatic answer by {via}", "mengirim jawaban otomatis lewat {via}"),
    "event.bounced": Message(
        "reported that the contact of {at} reached nobody", "melaporkan kontak pada {at} tidak sampai"
    ),
    "event.attached": Message("attached {document}", "melampirkan {document}"),
    "event.ticked": Message('ticked off "{item}"', 'mencentang "{item}"'),
    "event.unticked": Message('took the tick from "{item}"', 'membatalkan centang "{item}"'),
    "event.assigned": Message("gave the case to {to}", "menyerahkan kasus kepada {to}"),
    "event.assigned_nobody": Message("laid the case into the queue of {to}", "memasukkan kasus ke antrean {to}"),
    "event.status": Message("set the status to {status}", "mengubah status menjadi {status}"),
    "event.noted": Message('noted: "{text}"', 'mencatat: "{text}"'),
    "event.opted_out": Message(
        "does not want to be contacted by {via} any more", "tidak ingin dihubungi lagi lewat {via}"
    ),
    "event.linked": Message("linked the case with {other}", "menautkan kasus dengan {other}"),
    "event.merged": Message("merged the case into {into}", "menggabungkan kasus ini ke {into}"),
    "event.merged_from": Message("merged {from_} into this case", "menggabungkan {from_} ke kasus ini"),
    "event.queued": Message(
        "handed out follow-up {attempt} by {via} for sending", "menyerahkan tindak lanjut ke-{attempt} lewat {via} untuk dikirim"
    ),
    "event.requested": Message("requested the approval {approval}", "meminta persetujuan {approval}"),
    "event.approved": Message("approved {what}", "menyetujui {what}"),
    "event.at_level": Message(" at level {level}{who}", " di tingkat {level}{who}"),
    "event.as_role": Message(" as {roles}", " sebagai {roles}"),
    "event.rejected": Message("rejected {what}", "menolak {what}"),
    "event.signalled": Message("reported the event {event}", "melaporkan kejadian {event}"),
    # what is said beside a fact
    "event.reason": Message("reason: {reason}", "alasan: {reason}"),
    "event.override": Message("allowed although something is missing: {reason}", "diloloskan meski belum lengkap: {reason}"),
    "event.reason_no_response": Message("no response", "tidak ada respons"),
    "event.reason_opt_out": Message("does not want to be contacted", "tidak ingin dihubungi lagi"),
    "event.words": Message('"{text}"', '"{text}"'),
    "event.note": Message("note: {note}", "catatan: {note}"),
    "event.file": Message("file {name}", "berkas {name}"),
    "event.logged": Message("logged on {at}", "baru dicatat {at}"),
    # notices
    "event.warned": Message(
        "{percent} of the time for {clock} has passed", "{percent} dari batas waktu {clock} sudah berlalu"
    ),
    "event.breached": Message("the time limit for {clock} has passed", "batas waktu {clock} terlewat"),
    "event.escalated": Message("{clock} is still not done", "{clock} masih belum selesai"),
    "event.notify": Message("for the attention of {who}", "perlu diketahui {who}"),
    "event.exhausted": Message(
        "{attempts} follow-ups in {stage} brought no answer", "{attempts} kali tindak lanjut di {stage} tidak dijawab"
    ),
    "event.exhausted_opt_out": Message(
        "the customer closed every channel of the follow-up in {stage}",
        "pelanggan menutup semua saluran tindak lanjut di {stage}",
    ),
    "event.climbed": Message(
        "level {level} of {approval} goes on to {to}: {why}", "tingkat {level} dari {approval} naik ke {to}: {why}"
    ),
    "event.alerted": Message(
        "{to} should see to level {level} of {approval}: {why}", "{to} perlu menangani tingkat {level} dari {approval}: {why}"
    ),
    "event.unaccepted": Message(
        "{person} has not taken up the case in time", "{person} belum mulai menangani kasus sampai batas waktunya"
    ),
    "event.alerted_case": Message("{to} should see to the case: {why}", "{to} perlu menangani kasus: {why}"),
    "event.rested": Message("the rest in {outcome} is over", "masa tunda di {outcome} selesai"),
    "event.expired": Message("{document} (version {version}) has expired", "{document} (versi {version}) tidak berlaku lagi"),
    "event.corrected": Message(
        "the notice of {was} no longer holds, after what was logged late",
        "pemberitahuan {was} tidak berlaku lagi karena ada kejadian yang terlambat dicatat",
    ),
    "event.corrected_to": Message(
        "the notice of {was} belongs to {now}, after what was logged late",
        "pemberitahuan {was} bergeser ke {now} karena ada kejadian yang terlambat dicatat",
    ),
    # who
    "event.by_sop": Message("the SOP", "SOP"),
    "event.by_customer": Message("the customer", "pelanggan"),
    "event.by_system": Message("the system", "sistem"),
    "event.by_time": Message("reminder", "pengingat"),
    "event.to_holder": Message("the holder", "pemegang kasus"),
    "event.to_reports_to": Message("the person above", "atasan"),
    # by what
    "event.via_email": Message("e-mail", "email"),
    "event.via_whatsapp": Message("WhatsApp", "WhatsApp"),
    "event.via_sms": Message("SMS", "SMS"),
    "event.via_call": Message("phone", "telepon"),
    "event.via_note": Message("note", "catatan"),
    "event.via_all": Message("any channel", "saluran apa pun"),
    # the commands, counted and wished for
    "event.do_open": Message("open a case", "membuka kasus"),
    "event.do_move": Message("move the case", "memindahkan kasus"),
    "event.do_advance": Message("advance", "maju ke tahap berikutnya"),
    "event.do_contact": Message("contact the customer", "menghubungi pelanggan"),
    "event.do_receive": Message("hear from the customer", "menerima pesan pelanggan"),
    "event.do_bounce": Message("report a bounced contact", "melaporkan kontak tidak sampai"),
    "event.do_edit": Message("fill in fields", "mengisi isian"),
    "event.do_attach": Message("attach a document", "melampirkan dokumen"),
    "event.do_tick_off": Message("tick off", "mencentang"),
    "event.do_untick": Message("take a tick back", "membatalkan centang"),
    "event.do_assign": Message("assign the case", "menugaskan kasus"),
    "event.do_request": Message("request an approval", "meminta persetujuan"),
    "event.do_approve": Message("approve", "menyetujui"),
    "event.do_reject": Message("reject", "menolak"),
    "event.do_set_status": Message("set a status", "mengubah status"),
    "event.no_reply_needed": Message("recorded that no answer is needed: {reason}", "mencatat bahwa jawaban tidak diperlukan: {reason}"),
    "event.do_no_reply_needed": Message("leave a message unanswered", "tidak membalas pesan pelanggan"),
    "event.do_signal": Message("report an event", "melaporkan kejadian"),
    "event.do_note": Message("write a note", "menulis catatan"),
    "event.do_opt_out": Message("record an opt-out", "mencatat permintaan berhenti"),
    "event.do_link": Message("link two cases", "menautkan dua kasus"),
    "event.do_merge": Message("merge two cases", "menggabungkan dua kasus"),
    "event.do_tick": Message("let time pass", "membiarkan waktu berjalan"),
    # a wish in words, for what was refused
    "event.want_to": Message("{wish} ({what})", "{wish} ({what})"),
    # the clocks that every SOP may have
    "event.clock_first_response": Message("first response", "respons pertama"),
    "event.clock_reply": Message("reply", "balasan"),
    "event.clock_finish": Message("finish", "penyelesaian"),
    "event.clock_in": Message("{clock} in {stage}", "{clock} di {stage}"),
}
