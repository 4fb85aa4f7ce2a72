"""Documents: versions and their hashes, types, how long they count, and what the gate says of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import sopengine
from sopengine.errors import UsageError
from tests.desk import codes, kinds

SOP = """\
sop: papers
title: Surat
version: "1"
language: id
timezone: Asia/Jakarta
calendars: {office: {hours: {mon-fri: "08:00-17:00"}}}
roles: {sales: Sales, manager: {title: Manajer, stand_in: deputy}, legal: Hukum, deputy: Wakil}
documents:
  quotation: {title: Penawaran, valid_for: 14d, types: [pdf]}
  letter: {title: Surat, valid_for: 2 working days}
  photo: Foto
  contract: {title: Kontrak, approved_by: [manager, legal], valid_for: 30d}
  log: {title: Catatan, from: contacts}
  crm: {title: CRM, kind: system}
stages:
  offer: {owner: sales, documents: [quotation]}
  closing: {owner: sales, documents: [quotation, photo], back: [offer], next: [won, signing]}
  signing: {owner: [sales, manager], documents: [contract], next: won}
outcomes:
  won: {kind: success}
  lost: {kind: failure, from: any, reopen: {to: offer, by: sales}}
  rest: {kind: parked, from: any, recycle: {after: 30d, to: offer}}
"""
PEOPLE: dict[str, Any] = {
    "ani": {"roles": ["sales", "deputy"]},
    "budi": {"roles": ["sales", "legal"]},
    "citra": {"roles": ["manager"], "leave": ["2026-03-02..2026-03-06"]},
    "dewi": {"roles": ["deputy"]},
    "eko": {"roles": ["guest"]},
}
MONDAY = datetime.fromisoformat("2026-02-02T09:00:00+07:00")
MICRO = timedelta(microseconds=1)
FILE = b"Penawaran kepada PT Maju: Rp5.000.000"


class Office:
    """One open case, and a clock that is set by hand."""

    def __init__(self, text: str = SOP) -> None:
        self.now = MONDAY
        self.engine = sopengine.Engine(sopengine.load_text(text, "papers.yaml"), people=PEOPLE, clock=lambda: self.now)
        self.engine.open({"id": "L"}, by="ani").or_raise()

    def later(self, **passed: float) -> Office:
        self.now += timedelta(**passed)
        return self

    def attach(self, document: str = "quotation", *, by: str = "ani", **how: Any) -> sopengine.Decision:
        return self.engine.attach("L", document, by=by, **({"type": "pdf"} | how))

    def move(self, to: str, by: str = "ani", **how: Any) -> sopengine.Decision:
        return self.engine.move("L", to, by=by, **how)

    def seen(self, document: str = "quotation") -> sopengine.DocumentView:
        return self.engine.documents("L")[document]

    def told(self) -> list[tuple[str, int]]:
        """The notices of expiry: document and version."""
        history = self.engine.history("L")
        return [(e.data["document"], e.data["version"]) for e in history if e.kind == "expired"]


@pytest.fixture
def office() -> Office:
    return Office()


def test_versions_are_counted_and_hashed(office: Office) -> None:
    """Each attachment of a document is its next version; the hash is that of the content, and the content is not kept."""
    decision = office.attach(content=FILE, name="penawaran.pdf")
    assert office.seen().version == 1
    assert office.seen().sha256 == hashlib.sha256(FILE).hexdigest()
    assert all(FILE not in repr(event).encode() and b"5.000.000" not in repr(event).encode() for event in decision.events)
    office.attach(sha256="AB" * 32, by="budi").or_raise()
    office.attach("photo", type="jpg").or_raise()
    view = office.seen()
    assert (view.version, view.sha256, view.by, view.type, view.status) == (2, "ab" * 32, "budi", "pdf", "valid")
    assert (office.seen("photo").version, office.seen("photo").sha256) == (1, None)
    assert [(step.what, step.version, step.by) for step in view.timeline] == [("attached", 1, "ani"), ("attached", 2, "budi")]


def test_the_documents_of_a_case_are_those_that_people_attach(office: Office) -> None:
    """Records of the engine's own and systems are no files; what is not attached is missing."""
    assert {name: view.status for name, view in office.engine.documents("L").items()} == {
        "quotation": "missing",
        "letter": "missing",
        "photo": "missing",
        "contract": "missing",
    }


@pytest.mark.parametrize("bad", ["", "ab", "g" * 64, "a" * 63, "a" * 65, "а" * 64, 5])
def test_a_hash_that_is_none_is_refused(office: Office, bad: Any) -> None:
    """A SHA-256 has 64 hexadecimal digits; anything else is a wrong call, live and in an import."""
    with pytest.raises(UsageError, match="sha256"):
        office.attach(sha256=bad)
    item = {"case": "L", "kind": "attached", "at": MONDAY, "by": "ani", "document": "photo", "sha256": bad}
    with pytest.raises(UsageError, match="Item 1: sha256"):
        office.engine.record([item])


def test_content_and_hash_must_agree(office: Office) -> None:
    """Both may be given, but not of two files; content is bytes."""
    office.attach(content=FILE, sha256=hashlib.sha256(FILE).hexdigest()).or_raise()
    office.attach(content=memoryview(b"x")).or_raise()
    with pytest.raises(UsageError, match="does not belong to the content"):
        office.attach(content=FILE, sha256="0" * 64)
    with pytest.raises(UsageError, match="bytes"):
        office.attach(content="teks")
    assert office.seen().version == 2


def test_the_same_file_again_is_remarked_on(office: Office) -> None:
    """Whichever earlier version it is; the remark does not block, and without a hash nothing can be told."""
    assert codes(office.attach(content=FILE)) == []
    assert codes(office.attach(content=b"other")) == []
    again = office.attach(content=FILE)
    assert (codes(again), bool(again), again.findings[0].params["version"]) == (["CASE532"], True, 1)
    assert codes(office.attach()) == []
    assert codes(office.attach()) == []
    assert office.seen().version == 5


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"type": "pdf"}, []),
        ({"type": ".PDF"}, []),
        ({"type": None, "name": "Penawaran PT Maju v1.2.PDF"}, []),
        ({"type": None, "name": "penawaran.docx"}, ["CASE513"]),
        ({"type": "docx", "name": "penawaran.pdf"}, ["CASE513"]),
        ({"type": None, "name": "penawaran"}, ["CASE531"]),
        ({"type": None, "name": "penawaran."}, ["CASE531"]),
        ({"type": None, "name": "penawaran. tanggal 3 Maret"}, ["CASE531"]),
        ({"type": None}, ["CASE531"]),
        ({"type": "..."}, ["CASE513"]),
    ],
)
def test_a_type_is_told_or_read_from_the_name(office: Office, told: dict[str, Any], found: list[str]) -> None:
    """Where the SOP lists types the file must be of one of them, and a type that nobody knows is no pass."""
    decision = office.attach(**told)
    assert (codes(decision), bool(decision)) == (found, not found)
    item = {"case": "L", "kind": "attached", "at": MONDAY, "by": "ani", "document": "quotation"}
    item |= {word: value for word, value in told.items() if value is not None}
    assert codes(office.engine.record([item])) == found


def test_any_type_will_do_where_none_is_listed(office: Office) -> None:
    """A document without `types` takes any file, told or not."""
    assert codes(office.attach("photo", type=None)) == []
    assert codes(office.attach("photo", type="exe")) == []


def test_an_expired_quotation_blocks_closing(office: Office) -> None:
    """It counts to the last microsecond of its time; then it is a gate item, until a new version is attached."""
    office.attach().or_raise()
    office.move("closing").or_raise()
    office.attach("photo").or_raise()
    office.now = MONDAY + timedelta(days=14)
    assert office.move("won", dry_run=True)
    assert office.engine.todo("L") == ()
    office.now += MICRO
    refused = office.move("won")
    assert codes(refused) == codes(office.engine.todo("L")) == ["CASE223"]
    assert "berlaku sampai Senin, 16 Februari 2026" in refused.findings[0].text("id")
    assert office.seen().status == "expired"
    assert office.move("won", at=MONDAY + timedelta(days=14), dry_run=True), "it was still valid then"
    office.attach().or_raise()
    assert office.seen().valid_until == office.now + timedelta(days=14)
    assert office.move("won")


def test_working_days_end_at_the_close_of_business() -> None:
    """`2 working days` from a Thursday last until the close of Monday."""
    office = Office(SOP.replace("documents: [quotation]}", "documents: [letter]}"))
    office.later(days=3).attach("letter").or_raise()
    office.now = datetime.fromisoformat("2026-02-09T17:00:00+07:00")
    assert office.move("closing", dry_run=True)
    office.now = datetime.fromisoformat("2026-02-10T08:00:00.000001+07:00")
    assert codes(office.move("closing")) == ["CASE223"]


def test_expiry_is_told_once_for_each_version(office: Office) -> None:
    """By a notice at the first microsecond after it, whoever looks, and however often; a replaced version never expires."""
    office.attach().or_raise()
    office.later(days=10).attach().or_raise()
    office.later(days=5)
    assert kinds(office.engine.tick()) == []
    office.later(days=30)
    [notice] = office.engine.tick()
    assert (notice.kind, notice.by, notice.data["version"]) == ("expired", "sop", 2)
    assert notice.occurred_at == int((MONDAY + timedelta(days=24)).timestamp() * 1_000_000) + 1
    office.later(days=30)
    assert office.engine.tick() == []
    office.attach().or_raise()
    office.later(days=15).engine.tick()
    assert office.told() == [("quotation", 2), ("quotation", 3)]
    steps = [(step.what, step.version) for step in office.seen().timeline]
    assert steps == [("attached", 1), ("attached", 2), ("expired", 2), ("attached", 3), ("expired", 3)]


def test_expiry_is_seen_coming(office: Office) -> None:
    """The agenda of whoever has the case shows it with the time left, then late; the deadlines of the case list it."""
    office.attach().or_raise()
    [deadline] = office.engine.deadlines("L")
    assert (deadline.what, deadline.at) == ("expired", MONDAY + timedelta(days=14) + MICRO)
    assert "Penawaran (versi 1)" in deadline.why("id")
    rows = {row.kind: row for row in office.engine.agenda(person="ani")}
    assert set(rows) == {"document", "todo"}
    assert (rows["document"].what, rows["document"].slack, rows["document"].late) == ("quotation", timedelta(days=14), False)
    assert "berlaku sampai Senin, 16 Februari 2026" in rows["document"].why("id")
    office.later(days=15)
    [late] = [row for row in office.engine.agenda(person="ani") if row.kind == "document"]
    assert (late.late, late.slack) == (True, timedelta(days=-1))
    assert "versi baru diperlukan" in late.why("id")


def test_at_rest_nothing_expires_and_on_coming_back_it_has(office: Office) -> None:
    """A case that has ended tells nobody of its papers; reopened, or back from a rest, it says what expired meanwhile."""
    office.attach().or_raise()
    office.move("lost", reason="harga").or_raise()
    office.later(days=20).engine.tick()
    assert (office.told(), office.engine.deadlines("L")) == ([], [])
    office.move("offer").or_raise()
    office.later(minutes=1).engine.tick()
    assert office.told() == [("quotation", 1)]
    office.attach().or_raise()
    office.move("rest").or_raise()
    office.later(days=40).engine.tick()
    assert office.told() == [("quotation", 1), ("quotation", 2)]
    at = [e.occurred_at for e in office.engine.history("L") if e.kind in ("moved", "expired")]
    assert at[-1] == at[-2], "it is told at the instant at which the case came back"


def test_a_version_told_late_takes_its_notice_back(office: Office) -> None:
    """A notice that a newer version would have prevented no longer holds once that version is recorded."""
    office.attach().or_raise()
    office.later(days=15).engine.tick()
    assert office.told() == [("quotation", 1)]
    office.attach(at=MONDAY + timedelta(days=3)).or_raise()
    assert [e.kind for e in office.engine.history("L")][-1] == "corrected"
    assert (office.seen().version, office.seen().status) == (2, "valid")
    office.later(days=10).engine.tick()
    assert office.told() == [("quotation", 1), ("quotation", 2)]


def test_what_is_known_only_to_the_day_counts_from_its_end(office: Office) -> None:
    """An attachment of an unknown time of day is valid as if it had come at the end of that day, to nobody's harm."""
    office.later(days=2)
    item = {"case": "L", "kind": "attached", "at": "2026-02-03", "by": "ani", "document": "quotation", "type": "pdf"}
    office.engine.record([item])
    assert office.seen().valid_until == datetime.fromisoformat("2026-02-18T00:00:00+07:00") - MICRO


def test_a_store_read_anew_knows_the_same_documents(office: Office) -> None:
    """Versions, hashes and validity follow from the recorded facts alone."""
    store = sopengine.store.MemoryStore()
    sop = sopengine.load_text(SOP, "papers.yaml")
    first = sopengine.Engine(sop, people=PEOPLE, clock=lambda: office.now, store=store)
    first.open({"id": "L"}, by="ani").or_raise()
    first.attach("L", "quotation", by="ani", content=FILE, name="a.pdf").or_raise()
    office.later(days=20)
    first.tick()
    second = sopengine.Engine(sop, clock=lambda: office.now, store=store)
    assert second.documents("L") == first.documents("L")
    assert second.tick() == []


# Approval of a document: by whom the SOP says, never by whoever attached it, and of one version.


class Signing(Office):
    """The same case where the contract is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.attach().or_raise()
        self.move("closing").or_raise()
        self.attach("photo").or_raise()
        self.move("signing").or_raise()

    def approve(self, by: str = "citra", **how: Any) -> sopengine.Decision:
        return self.engine.approve("L", "contract", by=by, **how)

    def reject(self, by: str = "citra", reason: str = "Harga keliru", **how: Any) -> sopengine.Decision:
        return self.engine.reject("L", "contract", reason, by=by, **how)


def test_a_version_counts_once_it_is_approved() -> None:
    """By one of the roles, whether they own the stage or not; until then the gate says who can."""
    desk = Signing()
    assert codes(desk.move("won")) == ["CASE204"]
    desk.attach("contract").or_raise()
    [waiting] = desk.move("won").findings
    assert waiting.code == "CASE221"
    assert "Hukum atau Manajer, tetapi bukan ani" in waiting.text("id")
    assert desk.seen("contract").status == "waiting"
    holder = desk.engine.case("L").holder
    desk.approve("budi").or_raise()
    view = desk.seen("contract")
    assert (view.status, view.decided_by, view.decided_at) == ("valid", "budi", desk.now)
    assert desk.engine.case("L").holder == holder, "who decides does not take the case"
    assert desk.move("won")


def test_a_rejected_version_does_not_count_and_says_why() -> None:
    """A new one waits afresh; the whole story is told."""
    desk = Signing()
    desk.attach("contract").or_raise()
    desk.reject().or_raise()
    [refused] = desk.move("won").findings
    assert refused.code == "CASE222"
    assert "citra" in refused.text("id")
    assert "Harga keliru" in refused.text("id")
    assert codes(desk.approve()) == ["CASE536"]
    desk.later(days=1).attach("contract", by="budi").or_raise()
    assert codes(desk.move("won")) == ["CASE221"]
    desk.approve().or_raise()
    steps = [(step.what, step.version, step.by, step.reason) for step in desk.seen("contract").timeline]
    assert steps == [
        ("attached", 1, "ani", None),
        ("rejected", 1, "citra", "Harga keliru"),
        ("attached", 2, "budi", None),
        ("approved", 2, "citra", None),
    ]


def test_a_new_version_or_expiry_voids_the_approval() -> None:
    """What was approved is one version for its time; attaching the same file again does not bring the approval back."""
    desk = Signing()
    desk.attach("contract", content=FILE).or_raise()
    desk.approve().or_raise()
    assert desk.engine.todo("L") == ()
    desk.attach("contract", content=FILE).or_raise()
    assert codes(desk.engine.todo("L")) == ["CASE221"]
    desk.approve().or_raise()
    desk.later(days=31)
    assert codes(desk.engine.todo("L")) == ["CASE223"]
    assert codes(desk.approve()) == ["CASE536"]
    desk.attach("contract").or_raise()
    desk.later(days=31)
    assert codes(desk.approve()) == ["CASE535"]


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (lambda desk: desk.approve(), ["CASE534"]),
        (lambda desk: desk.engine.approve("L", "photo", by="citra"), ["CASE533"]),
        (lambda desk: desk.engine.approve("L", "ghost", by="citra"), ["CASE520"]),
        (lambda desk: desk.attach("contract").or_raise() and desk.approve("eko"), ["CASE537"]),
        (lambda desk: desk.attach("contract", by="budi").or_raise() and desk.approve("budi"), ["CASE538"]),
        (lambda desk: desk.attach("contract", by="budi").or_raise() and desk.reject("budi"), ["CASE538"]),
        (lambda desk: desk.attach("contract").or_raise() and desk.approve("ani"), ["CASE537", "CASE538"]),
        (lambda desk: desk.attach("contract").or_raise() and desk.reject(reason=" "), ["CASE539"]),
        (lambda desk: desk.move("lost", reason="x").or_raise() and desk.approve(), ["CASE113", "CASE534"]),
    ],
)
def test_what_cannot_be_decided_is_refused(done: Callable[[Signing], Any], found: list[str]) -> None:
    """Nothing there, nothing to approve, not their role, their own, no reason, over: each with its code, and nothing changes."""
    desk = Signing()
    decision = done(desk)
    assert (bool(decision), codes(decision)) == (False, found)
    assert all(finding.text("id") != finding.text("en") for finding in decision.findings)
    assert not [e for e in desk.engine.history("L") if e.kind in ("approved", "rejected")]


def test_four_eyes_see_through_a_stand_in() -> None:
    """While the manager is away the deputy decides; not on what the deputy or the manager attached."""
    desk = Signing()
    desk.now = datetime.fromisoformat("2026-02-27T09:00:00+07:00")
    desk.attach("contract").or_raise()
    assert codes(desk.approve("dewi")) == ["CASE537"], "the manager is there"
    desk.now = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
    assert codes(desk.approve("ani")) == ["CASE538"], "a deputy who attached it"
    approved = desk.approve("dewi")
    assert approved
    assert approved.events[-1].acting_for == "citra"
    own = Signing()
    own.now = datetime.fromisoformat("2026-02-27T09:00:00+07:00")
    own.attach("contract", by="citra").or_raise()
    own.now = datetime.fromisoformat("2026-03-02T09:00:00+07:00")
    refused = own.approve("dewi")
    assert codes(refused) == ["CASE538"]
    assert "citra" in refused.findings[0].text("id")


def test_a_decision_is_about_the_version_that_was_there() -> None:
    """A newer version told late takes the approval of the older one away; a decision told late finds its own version."""
    desk = Signing()
    desk.attach("contract").or_raise()
    first = desk.now
    desk.later(hours=2)
    desk.approve().or_raise()
    desk.later(hours=1).attach("contract", at=first + timedelta(hours=1)).or_raise()
    assert (desk.seen("contract").version, desk.seen("contract").status) == (2, "waiting")
    other = Signing()
    other.attach("contract").or_raise()
    seen = other.now
    other.later(hours=2).attach("contract").or_raise()
    other.approve(at=seen + timedelta(hours=1)).or_raise()
    assert other.seen("contract").status == "waiting"
    assert [(s.what, s.version) for s in other.seen("contract").timeline] == [
        ("attached", 1),
        ("approved", 1),
        ("attached", 2),
    ]


def test_a_version_of_the_very_same_instant_is_another_version() -> None:
    """A file that is put in the place of an approved one, dated back to the microsecond, was not approved."""
    desk = Signing()
    desk.attach("contract", content=b"what was read").or_raise()
    first = desk.now
    desk.later(hours=1)
    desk.approve().or_raise()
    desk.later(hours=1).attach("contract", content=b"what was not", at=first).or_raise()
    assert (desk.seen("contract").version, desk.seen("contract").status) == (2, "waiting")
    assert [(s.what, s.version) for s in desk.seen("contract").timeline] == [("attached", 1), ("attached", 2), ("approved", 1)]


def test_what_waits_is_on_the_agenda_of_whoever_may_decide() -> None:
    """Of each person who could, and of their roles; not of whoever attached it, and not once it is decided."""
    desk = Signing()
    desk.attach("contract", by="budi").or_raise()

    def asked(**whose: str) -> list[str]:
        return [row.what for row in desk.engine.agenda(**whose) if row.kind == "approval"]

    assert (asked(person="citra"), asked(role="legal"), asked(role="manager")) == (["contract"],) * 3
    assert (asked(person="budi"), asked(person="dewi"), asked(person="eko"), asked(role="sales")) == ([], [], [], [])
    [row] = [row for row in desk.engine.agenda(person="citra") if row.kind == "approval"]
    assert "dilampirkan oleh budi" in row.why("id")
    desk.approve().or_raise()
    assert asked(person="citra") == asked(role="legal") == []


def test_a_huge_field_is_refused_at_once_and_nothing_of_the_record_is_kept() -> None:
    """Every field that does not fit is named with it, live, in an edit and through a host's object."""
    huge = "9" * (64 << 20)
    fields = "fields: {name: {type: string}, budget: {type: money, currency: IDR}, mail: email}\nstages:\n"
    desk = Office(SOP.replace("stages:\n", fields, 1))
    wrong = {"name": huge, "budget": huge, "mail": "bukan surel"}
    opened = desk.engine.open({"id": "M", **wrong}, by="ani")
    assert (bool(opened), codes(opened)) == (False, ["CASE312", "CASE312", "CASE310"])
    assert not desk.engine.exists("M")
    edited = desk.engine.edit("L", wrong, by="ani")
    assert codes(edited) == codes(opened)
    assert {finding.params["field"] for finding in edited.findings} == set(wrong)
    assert all(len(finding.text("id")) < 300 for finding in edited.findings)
    moved = desk.engine.note({"id": "L", "stage": "offer", **wrong}, "halo", by="ani")
    assert not moved
    assert (dict(desk.engine.case("L").record), len(desk.engine.history("L"))) == ({}, 1)


def test_an_import_is_judged_by_the_same_rules() -> None:
    """A decision by whoever attached it happened, is recorded, and is named; a store read anew says the same."""
    desk = Signing()
    at = desk.now.isoformat()
    found = desk.engine.record(
        [
            {"case": "L", "kind": "attached", "at": at, "by": "budi", "document": "contract"},
            {"case": "L", "kind": "approved", "at": at, "by": "budi", "what": "contract"},
            {"case": "L", "kind": "moved", "at": at, "by": "ani", "to": "won"},
        ]
    )
    assert codes(found) == ["CASE538", "CASE221"]
    assert desk.engine.case("L").outcome == "won"


def test_a_recorded_consent_of_the_uploader_opens_no_gate() -> None:
    """It is recorded with its finding, and the version still waits for somebody else; a rejection of one's own holds."""
    desk = Signing()
    item = {"case": "L", "at": desk.now.isoformat(), "by": "budi"}
    desk.engine.record([item | {"kind": "attached", "document": "contract"}])
    assert codes(desk.engine.record([item | {"kind": "approved", "what": "contract"}])) == ["CASE538"]
    assert desk.engine.documents("L")["contract"].status == "waiting"
    assert codes(desk.engine.move("L", "won", by="ani").findings) == ["CASE221"]
    desk.engine.record([item | {"kind": "rejected", "what": "contract", "reason": "salah harga"}])
    assert desk.engine.documents("L")["contract"].status == "rejected"


@pytest.mark.parametrize("kind", ["approved", "rejected"])
def test_a_decision_on_nothing_is_not_inherited(kind: str) -> None:
    """A decision recorded before any version was in hand is about none, also when one is told of later that came before it."""
    desk = Signing()
    attached = {"case": "L", "kind": "attached", "at": desk.now.isoformat(), "by": "ani", "document": "contract"}
    desk.now += timedelta(hours=2)
    decision = {"case": "L", "kind": kind, "at": desk.now.isoformat(), "by": "budi", "what": "contract", "reason": "x"}
    if kind == "approved":
        del decision["reason"]
    assert codes(desk.engine.record([decision])) == ["CASE534"]
    desk.engine.record([attached])
    paper = desk.engine.documents("L")["contract"]
    assert (paper.status, paper.version) == ("waiting", 1)
    assert [step.what for step in paper.timeline] == ["attached"]


# A plain second opinion: what is in hand and what it is worth, read off the list of facts with calendar arithmetic only.

Step = tuple[int, str, str]
"""Hours after the step before, what is done, and to which document."""

steps: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 30, 24 * 5, 24 * 14, 24 * 14 + 1]),
        st.sampled_from(["attach", "attach", "late", "close", "reopen", "look", "tick"]),
        st.sampled_from(["quotation", "photo"]),
    ),
    max_size=12,
)


def plain(attached: list[datetime], valid: timedelta | None, now: datetime) -> tuple[str, int]:
    """Status and version of a document that was attached at those instants."""
    if not attached:
        return "missing", 0
    return ("expired" if valid is not None and now > max(attached) + valid else "valid"), len(attached)


@given(steps)
@settings(max_examples=80, deadline=None)
def test_a_document_is_worth_what_a_plain_count_says(history: list[Step]) -> None:
    """Status, version and gate of every document agree with a count of its attachments, after whatever happened to the case."""
    office, attached = Office(), dict[str, list[datetime]](quotation=[], photo=[])
    office.move("lost", reason="harga").or_raise()
    office.move("offer").or_raise()
    for hours, what, document in history:
        office.later(hours=hours)
        at = office.now - timedelta(hours=hours / 2) if what == "late" else office.now
        deeds: dict[str, Callable[[], Any]] = {
            "close": lambda: office.move("lost", reason="harga"),
            "reopen": lambda: office.move("offer"),
            "tick": office.engine.tick,
            "look": lambda: None,
        }
        if what in ("attach", "late"):
            if office.attach(document, at=at):
                attached[document].append(at)
        else:
            deeds[what]()
        valid = {"quotation": timedelta(days=14)}
        worth = {name: plain(times, valid.get(name), office.now) for name, times in attached.items()}
        seen = {name: (view.status, view.version) for name, view in office.engine.documents("L").items() if name in attached}
        assert seen == worth
        if office.engine.case("L").stage == "offer":
            asked = {"missing": ["CASE204"], "expired": ["CASE223"], "valid": []}[worth["quotation"][0]]
            assert codes(office.move("closing", dry_run=True)) == codes(office.engine.todo("L")) == asked
            event(worth["quotation"][0])
