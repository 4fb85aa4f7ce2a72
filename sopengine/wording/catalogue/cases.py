"""What is wrong with what somebody wants to do, or did: the sentences and pages of the CASE codes."""

from sopengine.wording import Message
from sopengine.wording.catalogue.cases_approvals import MESSAGES as _APPROVALS
from sopengine.wording.catalogue.cases_assignment import MESSAGES as _ASSIGNMENT
from sopengine.wording.catalogue.cases_contact import MESSAGES as _CONTACT
from sopengine.wording.catalogue.cases_documents import MESSAGES as _DOCUMENTS
from sopengine.wording.catalogue.cases_identity import MESSAGES as _IDENTITY
from sopengine.wording.catalogue.cases_override import MESSAGES as _OVERRIDE
from sopengine.wording.catalogue.cases_records import MESSAGES as _RECORDS
from sopengine.wording.catalogue.routines import CASES as _ROUTINES

MESSAGES = {
    "CASE101": Message(
        "There is no way from {here} to {to}{unknown}; from {here} a case can go to {ways}.{hint}",
        "Dari {here} kasus tidak bisa langsung ke {to}{unknown}; dari {here} kasus dapat dipindahkan ke {ways}.{hint}",
        "A stage leads only where the SOP says: to its `next` stages, to a stage under `back`, or to an outcome that may be reached "
        "from it. Move through the stages between, or add the way to the SOP if the procedure really allows it.",
        "Sebuah tahap hanya menuju ke tempat yang ditulis di SOP: tahap di `next`, tahap di `back`, atau hasil akhir yang boleh "
        "dicapai dari sana. Lalui tahap di antaranya, atau tambahkan jalannya di SOP bila prosedurnya memang mengizinkan.",
    ),
    "CASE102": Message(
        "In {stage} only {owners} can act, not {by} ({has}).{rest}",
        "Di tahap {stage} yang berwenang hanya {owners}, bukan {by} ({has}).{rest}",
        "Only the owners of a stage act in it. Let an owner do it, give the person the role in the directory, or add their role to "
        "`owner` of the stage. A stand-in (`stand_in` of a role) acts only while everybody who holds the role is on leave, or "
        "while nobody holds it.",
        "Hanya penanggung jawab tahap yang boleh bertindak di tahap itu. Minta penanggung jawabnya "
        "melakukannya, beri orang tersebut perannya di direktori, atau tambahkan perannya pada `owner` tahap "
        "ini. Pengganti (`stand_in` pada peran) hanya bertindak selama semua pemegang peran itu cuti, atau selama "
        "peran itu kosong.",
    ),
    "CASE103": Message(
        "Only {owners} can move a case to {to}, not {by} ({has}).{rest}",
        "Yang berwenang memindahkan kasus ke {to} hanya {owners}, bukan {by} ({has}).{rest}",
        "This way out names in `by` who may take it. Ask one of them.",
        "Jalan keluar ini menyebut di `by` siapa yang boleh melakukannya. Minta bantuan salah satu dari mereka.",
    ),
    "CASE104": Message(
        "Only cases where {condition} may go to {to}.",
        "Hanya kasus dengan {condition} yang boleh ke {to}.",
        "The `when` of this way does not hold for the case. Take another way, or correct the facts if they are wrong.",
        "Kondisi `when` untuk jalan ini tidak terpenuhi. Pilih jalan lain, atau perbaiki datanya bila memang keliru.",
    ),
    "CASE105": Message(
        "Whether the case may go to {to} is not known yet: {facts} must be filled ({condition}).",
        "Belum diketahui apakah kasus boleh ke {to}: {facts} harus diisi dahulu ({condition}).",
        "The condition of this way looks at facts that nobody has filled. What is not known lets nothing through: fill them.",
        "Kondisi jalan ini melihat isian yang masih kosong. Selama belum diketahui, kasus tidak diloloskan: "
        "lengkapi dahulu isiannya.",
    ),
    "CASE106": Message(
        "A reason is needed for {to}: {reasons}.",
        "Untuk {to} diperlukan alasan: {reasons}.",
        "A failure is recorded with a reason from the SOP's list, so that losses can be counted. Give `reason`.",
        "Kasus yang tidak berhasil dicatat dengan alasan dari daftar SOP agar penyebabnya dapat dihitung. "
        "Sertakan `reason`.",
    ),
    "CASE107": Message(
        'The SOP does not know the reason "{reason}"; it knows {reasons}.',
        'Alasan "{reason}" tidak ada di SOP; yang ada: {reasons}.',
        "Use one of the listed reasons, or add this one under `reasons` of the outcome.",
        "Pakai salah satu alasan yang tercantum, atau tambahkan alasan ini di `reasons` pada hasil akhir tersebut.",
    ),
    "CASE108": Message(
        'The reason "{reason}" needs a note that explains it.',
        'Alasan "{reason}" perlu disertai catatan penjelasan.',
        "The SOP asks for words beside this reason (`note: required`). Give `note`.",
        "SOP meminta penjelasan untuk alasan ini (`note: required`). Sertakan `note`.",
    ),
    "CASE109": Message(
        "Going back to {to} needs a reason.",
        "Kembali ke {to} memerlukan alasan.",
        "A case that goes back has cost somebody work; the reason is kept on its trail. Give `reason` in your own words.",
        "Kasus yang dikembalikan berarti ada pekerjaan yang diulang; alasannya disimpan di riwayat kasus. "
        "Sertakan `reason` dengan kalimat Anda sendiri.",
    ),
    "CASE110": Message(
        "The case has already gone back from {here} to {to} {max} times, which is the most the SOP allows.",
        "Kasus sudah {max} kali dikembalikan dari {here} ke {to}; itu batas menurut SOP.",
        "`max` under `back` limits how often a case may go round. Close it, or go forward.",
        "`max` pada `back` membatasi berapa kali kasus boleh berputar. Tutup kasusnya, atau lanjutkan ke tahap berikutnya.",
    ),
    "CASE111": Message(
        "It is too early to give up in {stage}: {made} of at least {min} follow-ups were made and nobody has answered.",
        "Terlalu dini menyerah di {stage}: baru {made} dari sedikitnya {min} tindak lanjut dilakukan dan "
        "pelanggan belum menjawab.",
        "`min` under `follow_up` says how often somebody who does not answer must be tried. Try again, or record the answer.",
        "`min` pada `follow_up` menentukan berapa kali pelanggan yang belum menjawab harus dihubungi lagi. Hubungi lagi, atau catat "
        "jawabannya.",
    ),
    "CASE112": Message(
        "The move is dated {at}, before the last one on {last}.",
        "Perpindahan ini bertanggal {at}, sebelum perpindahan terakhir pada {last}.",
        "Moves follow one another in time. Date it after the last move.",
        "Urutan perpindahan mengikuti waktu. Beri tanggal setelah perpindahan terakhir.",
    ),
    "CASE113": Message(
        "The case has ended ({here}), so nothing more can be done to it.",
        "Kasus sudah berakhir ({here}), jadi tidak dapat dikerjakan lagi.",
        "An ended case is left as it is. Where the outcome has `reopen`, it can be reopened first.",
        "Kasus yang sudah berakhir dibiarkan apa adanya. Bila hasil akhirnya punya `reopen`, buka kembali "
        "dahulu kasusnya.",
    ),
    "CASE114": Message(
        "This case ({here}) could be reopened until {until}; that has passed.",
        "Kasus ini ({here}) dapat dibuka kembali sampai {until}; batas itu sudah lewat.",
        "`within` under `reopen` limits how long an ended case may come back. Open a new case.",
        "`within` pada `reopen` membatasi berapa lama kasus boleh dibuka kembali. Buka kasus baru.",
    ),
    "CASE116": Message(
        "The case ends while the customer has been waiting for an answer since {since}.",
        "Kasus ditutup padahal pelanggan menunggu jawaban sejak {since}.",
        "An outcome cancels the clock of the answer, but the customer is still waiting. Answer them, or record that no answer is "
        "needed, before you end the case. This is a remark; the case ends all the same.",
        "Hasil akhir membatalkan batas waktu jawaban, tetapi pelanggan masih menunggu. Jawablah dahulu, atau catat bahwa jawaban "
        "tidak diperlukan, sebelum kasus ditutup. Ini hanya catatan; kasus tetap ditutup.",
    ),
    "CASE117": Message(
        "No message of the customer's is waiting for an answer in {here}.",
        "Tidak ada pesan pelanggan yang menunggu jawaban di {here}.",
        "Only a message that nobody has answered yet can be marked as needing no answer.",
        "Hanya pesan yang belum dijawab yang dapat ditandai tidak memerlukan jawaban.",
    ),
    "CASE118": Message(
        "The case is parked ({here}), so nothing is done to it for now; {way_back}.",
        "Kasus sedang ditunda ({here}), jadi belum dapat dikerjakan; {way_back}.",
        "A parked case rests until its time comes (`recycle`) or the customer writes. An owner of the stage under `recycle.to` can also "
        "take it up again by hand: move it there first. That return is not counted against `max`.",
        "Kasus yang ditunda dibiarkan sampai waktunya tiba (`recycle`) atau pelanggan menghubungi lagi. Penanggung jawab tahap pada "
        "`recycle.to` juga dapat melanjutkannya sendiri: pindahkan dahulu kasusnya ke tahap itu. Kembalinya kasus dengan cara ini "
        "tidak mengurangi jatah `max`.",
    ),
    "CASE201": Message(
        "{field} is not filled; {owners} can fill it.",
        "{field} belum diisi; yang dapat mengisinya: {owners}.",
        "The stage requires this field before the case goes forward. Fill it with `edit`.",
        "Tahap ini mewajibkan isian tersebut sebelum kasus maju. Isi dengan `edit`.",
    ),
    "CASE202": Message(
        "At least one of {fields} must be filled; {owners} can do that.",
        "Isi sedikitnya salah satu: {fields}; yang dapat mengisinya: {owners}.",
        "The stage requires one of these fields (`any`) before the case goes forward. Fill one with `edit`.",
        "Tahap ini mewajibkan salah satu dari isian tersebut (`any`) sebelum kasus maju. Isi dengan `edit`.",
    ),
    "CASE203": Message(
        "What stands in {field} is not valid; {owners} can correct it.",
        "Isi {field} tidak sesuai; yang dapat memperbaikinya: {owners}.",
        "A value that does not fit its field does not count as filled. Correct it with `edit`.",
        "Nilai yang tidak sesuai dengan jenis isiannya belum dihitung sebagai terisi. Perbaiki dengan `edit`.",
    ),
    "CASE204": Message(
        "The document {document} is missing; {owners} can attach it.",
        "Dokumen {document} belum ada; {owners} dapat melampirkannya.",
        "The stage asks for this document before the case goes forward. Attach it with `attach`.",
        "Tahap ini meminta dokumen tersebut sebelum kasus maju. Lampirkan dengan `attach`.",
    ),
    "CASE205": Message(
        "{document} is not there yet: {record}; {owners} can do that.",
        "{document} belum ada: {record}; {owners} dapat melakukannya.",
        "This document is a record that is kept without anybody attaching it; it is there as soon as such an "
        "entry exists.",
        "Dokumen ini adalah catatan yang terbentuk otomatis; dokumen dianggap ada begitu catatannya ada.",
    ),
    "CASE206": Message(
        '"{item}" is not ticked off; {owners} can do that.',
        '"{item}" belum dicentang; yang dapat mencentangnya: {owners}.',
        "The stage's checklist must be done before the case goes forward. Tick it off with `tick_off`.",
        "Daftar periksa tahap ini harus selesai sebelum kasus maju. Centang dengan `tick_off`.",
    ),
    "CASE401": Message(
        "All {max} follow-ups of {stage} have been made; another one is not allowed until the customer answers.",
        "Jatah {max} kali tindak lanjut di {stage} sudah habis; pelanggan tidak boleh dihubungi lagi sampai ia "
        "menjawab.",
        "`max` under `follow_up` limits how often somebody who does not answer is tried after the first contact. Answering a customer "
        "is always allowed.",
        "`max` pada `follow_up` membatasi berapa kali pelanggan yang tidak menjawab dihubungi lagi setelah kontak pertama. Membalas "
        "pelanggan selalu diperbolehkan.",
    ),
    "CASE402": Message(
        "The last contact was on {last}; the next follow-up is allowed from {from_} on (every {every}).",
        "Kontak terakhir {last}; tindak lanjut berikutnya boleh dilakukan mulai {from_} (jeda {every}).",
        "`every` under `follow_up` gives the customer time to answer. Wait until then.",
        "`every` pada `follow_up` memberi pelanggan waktu untuk menjawab. Tunggu sampai waktu itu.",
    ),
    "CASE403": Message(
        "This follow-up comes late; it was due by {until}.",
        "Tindak lanjut ini terlambat; seharusnya paling lambat {until}.",
        "A follow-up is late after the end of the day on which it became allowed (with hours: after twice the gap). It counts all the "
        "same.",
        "Tindak lanjut dianggap terlambat setelah akhir hari saat tindak lanjut itu mulai boleh dilakukan "
        "(bila jedanya dalam jam: setelah dua kali jeda). Tindak lanjutnya tetap dihitung.",
    ),
    "CASE404": Message(
        "Follow-up {number} was planned by {planned}, not by {via}.",
        "Tindak lanjut ke-{number} direncanakan lewat {planned}, bukan {via}.",
        "`via` under `follow_up` lists the channel of each follow-up in turn. This is a remark; the follow-up counts.",
        "`via` pada `follow_up` mencantumkan saluran tiap tindak lanjut secara berurutan. Ini hanya "
        "peringatan; tindak lanjutnya tetap dihitung.",
    ),
    "CASE501": Message(
        'The SOP has no document "{name}"; it has {known}.{hint}',
        'Tidak ada dokumen "{name}" di SOP; yang ada: {known}.{hint}',
        "Attach under the name that the SOP gives the document.",
        "Lampirkan dengan nama dokumen yang dipakai di SOP.",
    ),
    "CASE502": Message(
        'The checklist of {here} has no item "{name}"; it has {known}.{hint}',
        'Daftar periksa {here} tidak memuat "{name}"; yang ada: {known}.{hint}',
        "Tick off by the item's code.",
        "Centang dengan kode butirnya.",
    ),
    "CASE503": Message(
        'There is no status "{name}" in {here}; it has {known}.{hint}',
        'Tidak ada status "{name}" di {here}; yang ada: {known}.{hint}',
        "Use one of the stage's statuses.",
        "Pakai salah satu status tahap tersebut.",
    ),
    "CASE504": Message(
        'The SOP does not list the event "{name}"; it lists {known}.{hint}',
        'Kejadian "{name}" tidak tercantum di SOP; yang tercantum: {known}.{hint}',
        "What can be reported are the names under `events` at the top of the SOP. Use one of them, or add this one.",
        "Kejadian yang dapat dilaporkan adalah nama di `events` pada bagian atas SOP. Pakai salah satunya, "
        "atau tambahkan nama ini.",
    ),
    "CASE505": Message(
        "This happened on {at} and was logged later than the {within} that the SOP allows.",
        "Ini terjadi pada {at} dan dicatat lebih lambat dari {within} yang diizinkan SOP.",
        "`log_within` says how soon a contact must be logged. It is recorded all the same; the delay is part of the evidence.",
        "`log_within` menentukan seberapa cepat kontak harus dicatat. Kontak tetap dicatat; keterlambatannya "
        "ikut tersimpan sebagai bukti.",
    ),
    "CASE506": Message(
        "This is dated {at}, and it is only {now}. Correct the time.",
        "Ini bertanggal {at}, padahal sekarang baru {now}. Perbaiki waktunya.",
        "What has not happened yet cannot be recorded as done. Correct the date or the time of day.",
        "Yang belum terjadi tidak dapat dicatat sebagai sudah terjadi. Perbaiki tanggal atau jamnya.",
    ),
    "CASE507": Message(
        "This is dated {at}, before the case was opened on {opened}.",
        "Ini bertanggal {at}, sebelum kasus dibuka pada {opened}.",
        "What belongs to a case comes after its opening. Correct the time, or open the case with `since`.",
        "Semua yang menyangkut sebuah kasus terjadi setelah kasus itu dibuka. Perbaiki waktunya, atau buka "
        "kasus dengan `since`.",
    ),
    "CASE508": Message(
        "There is already a case {case}; it is in {here}.",
        "Sudah ada kasus {case}; posisinya di {here}.",
        "An id belongs to one case. Use another id, or act on the case that is there.",
        "Satu id hanya untuk satu kasus. Pakai id lain, atau lanjutkan kasus yang sudah ada.",
    ),
    "CASE509": Message(
        'The SOP has no template "{name}"; it has {known}.{hint}',
        'Tidak ada templat "{name}" di SOP; yang ada: {known}.{hint}',
        "Use one of the SOP's templates.",
        "Pakai salah satu templat di SOP.",
    ),
    "CASE510": Message(
        'There is no channel "{name}"; contacts go through {known}.{hint}',
        'Tidak ada saluran "{name}"; kontak dilakukan lewat {known}.{hint}',
        "A channel decides how a contact is counted and which message fits it, so its name is one of a short list. A visit is a "
        "`call`; what the team writes for itself is a `note`.",
        "Saluran menentukan cara kontak dihitung dan pesan mana yang cocok, jadi namanya diambil dari daftar pendek. Kunjungan "
        "dicatat sebagai `call`; catatan untuk tim sendiri sebagai `note`.",
    ),
    "CASE513": Message(
        "The file of {document} must be of type {types}, not {type}.",
        "Berkas {document} harus berjenis {types}, bukan {type}.",
        "`types` of the document lists what is accepted. Attach the file in one of these types.",
        "`types` pada dokumen mencantumkan jenis berkas yang diterima. Lampirkan berkas dengan salah satu jenis itu.",
    ),
    "CASE515": Message(
        'The SOP has no stage "{name}"; it has {known}.{hint}',
        'Tidak ada tahap "{name}" di SOP; yang ada: {known}.{hint}',
        "A case opens in the first stage, or is taken over in one that the SOP has. Use one of those.",
        "Kasus dibuka di tahap pertama, atau diambil alih di tahap yang ada di SOP. Pakai salah satu tahap itu.",
    ),
    "CASE590": Message(
        'Case "{case}" is of an SOP, or a version of one ({version}), that this engine was not given; time passes over it here.',
        'Kasus "{case}" memakai SOP, atau versi SOP ({version}), yang tidak diberikan ke engine ini; waktu melewatinya di sini.',
        "A store may be shared by engines of several SOPs. Each engine lets time pass for the cases of its own; give this one the other "
        "SOP as well, or let an engine that has it tick. It is said once for each version, with one of its cases.",
        "Satu penyimpanan dapat dipakai beberapa engine dengan SOP berbeda. Setiap engine hanya menjalankan waktu bagi kasus SOP-nya; "
        "berikan SOP itu juga ke engine ini, atau jalankan tick pada engine yang memilikinya. Ini disebut sekali untuk setiap versi, "
        "dengan satu contoh kasus.",
    ),
    "CASE601": Message(
        'The message "{template}" cannot be made yet: {why}',
        'Pesan "{template}" belum dapat dibuat: {why}',
        "A message is never sent half-filled. Fill the missing fact first.",
        "Pesan tidak pernah dikirim setengah terisi. Lengkapi dahulu datanya.",
    ),
    **_APPROVALS,
    **_ASSIGNMENT,
    **_CONTACT,
    **_DOCUMENTS,
    **_IDENTITY,
    **_OVERRIDE,
    **_RECORDS,
    **_ROUTINES,
}
