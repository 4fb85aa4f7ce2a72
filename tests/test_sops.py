"""The bundled procedures cover the prose that they came from: each fact below is in its YAML and names its clause."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from sopengine import load
from sopengine.bundled import bundled_path, bundled_text
from sopengine.language.model import Sop
from sopengine.time import durations
from sopengine.wording import in_language

KEPT_BY_ENGINE = {"fields", "checklist", "contacts", "moves", "assignment"}


def written(name: str) -> dict[str, Any]:
    """An SOP as it is written, its references included."""
    found: dict[str, Any] = yaml.safe_load(bundled_text("sops", f"{name}.yaml"))
    return found


def said(value: Any) -> str:
    """A text in Indonesian, in small letters."""
    return (value["id"] if isinstance(value, dict) else str(value)).lower()


@pytest.fixture(scope="module")
def leads() -> Sop:
    """The procedure for handling leads, as it is understood."""
    return load(bundled_path("sops", "lead-handling.yaml"))


@pytest.fixture(scope="module")
def leads_text() -> dict[str, Any]:
    """The procedure for handling leads, as it is written."""
    return written("lead-handling")


@pytest.fixture(scope="module")
def saas() -> Sop:
    """The procedure of a software company, as it is understood."""
    return load(bundled_path("sops", "saas-demo.yaml"))


@pytest.fixture(scope="module")
def saas_text() -> dict[str, Any]:
    """The procedure of a software company, as it is written."""
    return written("saas-demo")


# Handling of leads: six parts, five of them stages of a lead and the sixth recurring duties.

PARTS = {
    "capture": ("Tahap 1", {"marketing"}, ["Form Data Leads", "Database CRM", "Laporan Sumber Leads"]),
    "qualification": (
        "Tahap 2",
        {"marketing", "customer_service"},
        ["Form Kualifikasi Leads", "Checklist Kriteria Leads", "Catatan Interaksi Leads"],
    ),
    "distribution": ("Tahap 3", {"marketing", "crm_admin"}, ["Log Distribusi Leads", "Sistem CRM"]),
    "pipeline": (
        "Tahap 4",
        {"sales"},
        ["Daftar Penugasan Sales", "Proposal Penawaran", "Catatan Aktivitas Sales", "Update Pipeline CRM"],
    ),
    "closing": ("Tahap 5", {"sales"}, ["Surat Penawaran Final", "Kontrak Penjualan", "Invoice"]),
}
"""Clause, owners and documents of each stage; the list of assignments belongs to part 3 and is checked on entry to 4."""


def test_a_lead_goes_through_five_stages_in_order(leads: Sop) -> None:
    """From recording to closing, each with its clause, its owners and exactly its documents."""
    assert list(leads.stages) == list(PARTS)
    for name, (clause, owners, titles) in PARTS.items():
        stage = leads.stages[name]
        assert (stage.ref, set(stage.owner)) == (clause, owners)
        assert [in_language(leads.documents[doc].title, "id") for doc in stage.documents] == titles


def test_each_document_of_a_lead_names_its_clause(leads: Sop, leads_text: dict[str, Any]) -> None:
    """Nineteen documents, those of part 6 and the pipeline report among them, none without a clause or a use."""
    clauses = {said(doc["title"]): doc["ref"] for doc in leads_text["documents"].values()}
    assert len(clauses) == 19
    for part, (clause, _, titles) in PARTS.items():
        wanted = {title.lower(): "Tahap 3" if title == "Daftar Penugasan Sales" else clause for title in titles}
        assert {title: clauses[title] for title in wanted} == wanted, part
    review = ["laporan penjualan", "dashboard crm", "notulen rapat evaluasi", "laporan pipeline penjualan"]
    assert all(clauses[title].startswith("Tahap 6") for title in review)
    asked = {doc for stage in leads.stages.values() for doc in stage.documents}
    asked |= {doc for routine in leads.routines.values() for doc in routine.documents}
    assert asked == set(leads.documents)


def test_records_of_the_crm_need_no_upload(leads: Sop) -> None:
    """Forms, lists and logs come from what was recorded; systems and reports hinder nobody; offers are attached."""
    origins = {doc.name: doc.origin for doc in leads.documents.values() if doc.origin}
    assert set(origins.values()) == KEPT_BY_ENGINE
    assert origins["log_distribusi_leads"] == "moves"
    assert origins["daftar_penugasan_sales"] == "assignment"
    uploaded = {name for stage in leads.stages.values() for name in stage.documents}
    uploaded -= {*origins, *(doc.name for doc in leads.documents.values() if doc.kind)}
    assert uploaded == {"proposal_penawaran", "surat_penawaran_final", "kontrak_penjualan", "invoice"}


def test_a_lead_is_recorded_in_full(leads: Sop, leads_text: dict[str, Any]) -> None:
    """Name, a way of contact, source and first need before qualification, checked for accuracy; five named channels."""
    needs = [(need.fields, need.any) for need in leads.stages["capture"].requires]
    assert needs == [(("name",), False), (("phone", "email"), True), (("source",), False), (("initial_need",), False)]
    fields = leads_text["fields"]
    assert {fields[name]["ref"] for name in ("name", "phone", "email", "initial_need")} == {"Tahap 1, butir 2"}
    assert fields["source"]["ref"] == "Tahap 1, butir 1"
    assert set(fields["source"]["values"]) == {"website", "media_sosial", "email", "event", "referral"}
    checks = leads_text["stages"]["capture"]["checklist"].values()
    assert [check["ref"] for check in checks] == ["Tahap 1, butir 3"] * 2


def test_leads_are_hot_warm_or_cold(leads: Sop, leads_text: dict[str, Any]) -> None:
    """Judged by need, budget and time of purchase, which must be known; only hot and warm leads are handed over."""
    asked = [name for need in leads.stages["qualification"].requires for name in need.fields]
    assert asked == ["need", "budget", "purchase_days"]
    assert {leads_text["fields"][name]["ref"] for name in asked} == {"Tahap 2, butir 2"}
    score = leads_text["scores"]["lead_grade"]
    assert score["ref"] == "Tahap 2, butir 2 dan 3"
    assert {name for points in score["add"] for name in points["when"]} == set(asked)
    assert list(score["grades"]) == ["hot", "warm", "cold"]
    ways = {way["to"]: way["when"] for way in leads_text["stages"]["qualification"]["next"]}
    assert ways == {"distribution": {"lead_grade": ["hot", "warm"]}, "nurture": {"lead_grade": "cold"}}
    assert leads_text["templates"]["skrip_kontak_awal"]["ref"] == "Tahap 2, butir 1"


def test_sales_are_chosen_by_region_product_or_segment(leads: Sop, leads_text: dict[str, Any]) -> None:
    """The table looks at all three, which must be known by then; the lead goes over with its history; sales is told."""
    table = leads_text["tables"]["sales_team"]
    assert {name for row in table for name in row.get("when", {})} == {"region", "product", "segment"}
    asked = [name for need in leads.stages["distribution"].requires for name in need.fields]
    assert set(asked) == {"region", "product", "segment"}
    assert {leads_text["fields"][name]["ref"] for name in asked} == {"Tahap 3, butir 1"}
    assign = leads_text["stages"]["pipeline"]["assign"]
    assert (assign["table"], assign["ref"]) == ("sales_team", "Tahap 3, butir 1")
    assert leads_text["stages"]["distribution"]["checklist"]["riwayat"]["ref"] == "Tahap 3, butir 2"
    assert leads_text["stages"]["pipeline"]["send"] == {"lead_baru": "holder"}
    assert leads_text["templates"]["lead_baru"]["ref"] == "Tahap 3, butir 3"


def test_sales_contact_a_lead_within_24_hours(leads: Sop, leads_text: dict[str, Any]) -> None:
    """Once around the clock from when it was received, with its clause; the manager hears of a breach."""
    clock = leads_text["stages"]["pipeline"]["sla"]["first_response"]
    assert (clock["target"], clock["ref"]) == ("1x24 jam", "Tahap 4, butir 1")
    built = next(clock for clock in leads.stages["pipeline"].clocks if clock.name == "first_response")
    assert built.target == durations.parse("24h")
    assert {role for level in built.escalate for role in level.notify} == {"holder", "sales_manager"}


def test_the_pipeline_shows_how_far_a_lead_is(leads_text: dict[str, Any]) -> None:
    """Proposal, negotiation and follow-up as statuses; presentation and discussion as work done, each with its clause."""
    stage = leads_text["stages"]["pipeline"]
    statuses = {name: status["ref"] for name, status in stage["statuses"].items() if isinstance(status, dict)}
    assert statuses == dict.fromkeys(("proposal", "negotiation", "follow_up"), "Tahap 4, butir 3")
    assert {item["ref"] for item in stage["checklist"].values()} == {"Tahap 4, butir 2"}
    assert set(stage["checklist"]) == {"presentasi", "diskusi"}


def test_a_sale_is_closed_as_agreed(leads: Sop, leads_text: dict[str, Any]) -> None:
    """Price, terms of payment and other terms agreed, papers sent, result recorded; then the lead is a customer."""
    items = {code: item["ref"] for code, item in leads_text["stages"]["closing"]["checklist"].items()}
    agreed = dict.fromkeys(("harga", "pembayaran", "ketentuan"), "Tahap 5, butir 1")
    assert items == {**agreed, "terkirim": "Tahap 5, butir 2", "tercatat": "Tahap 5, butir 3"}
    won = leads_text["outcomes"]["won"]
    assert (won["kind"], won["title"], won["ref"]) == ("success", "Pelanggan", "Tahap 5, butir 3")
    assert [way.to for way in leads.stages["closing"].exits] == ["won"]


def test_the_review_of_leads_recurs(leads: Sop, leads_text: dict[str, Any]) -> None:
    """Weekly and monthly by the sales manager: report, analysis of conversion, duration and people, a meeting, measures."""
    weekly, monthly = leads_text["routines"]["evaluasi_mingguan"], leads_text["routines"]["evaluasi_bulanan"]
    assert (weekly["owner"], monthly["owner"]) == ("sales_manager", "sales_manager")
    assert (weekly["every"], monthly["every"].split()[0]) == ("friday", "month")
    assert weekly["ref"].startswith("Tahap 6")
    assert monthly["ref"].startswith("Tahap 6")
    assert "laporan_pipeline_penjualan" in weekly["documents"]
    wanted = {"laporan_pipeline_penjualan", "laporan_penjualan", "dashboard_crm", "notulen_rapat_evaluasi"}
    assert set(monthly["documents"]) == wanted
    duties = " ".join(monthly["checklist"]).lower()
    assert all(word in duties for word in ("konversi", "siklus", "setiap sales", "rapat", "perbaikan"))
    figures = ("conversion", "cycle_time", "sales_by_person", "deals_by_person")
    assert {leads_text["measures"][name]["ref"] for name in figures} == {"Tahap 6, butir 2"}
    assert set(figures) <= set(leads.measures)


def test_five_parties_have_their_responsibilities(leads_text: dict[str, Any]) -> None:
    """Marketing, sales, customer service, the sales manager and the CRM administrator, each with its duty and clause; beside
    them the coordinator who stands in for the manager, from a source of their own.
    """
    duties = {
        "marketing": ("menghasilkan", "mencatat", "menyerahkan"),
        "sales": ("kualifikasi", "menindaklanjuti", "bernegosiasi", "menutup"),
        "customer_service": ("menjawab", "komunikasi", "diserahkan"),
        "sales_manager": ("mengawasi", "kepatuhan", "mengevaluasi"),
        "crm_admin": ("lancar", "benar", "terpelihara"),
    }
    assert set(leads_text["roles"]) == {*duties, "sales_coordinator"}
    assert leads_text["roles"]["sales_manager"]["stand_in"] == "sales_coordinator"
    for role, words in duties.items():
        entry = leads_text["roles"][role]
        assert entry["ref"] == f"Tanggung Jawab, {entry['title']}"
        assert all(word in entry["description"].lower() for word in words), role
    maintenance = leads_text["routines"]["pemeliharaan_crm"]
    assert (maintenance["owner"], maintenance["ref"]) == ("crm_admin", "Tanggung Jawab, Administrator CRM")


def test_aim_scope_and_terms_are_told(leads_text: dict[str, Any]) -> None:
    """The description tells four aims, six parts and four parties of the scope, and the five defined terms."""
    text = leads_text["description"].lower()
    assert all(aim in text for aim in ("konversi naik", "siklus", "tercecer", "ditelusuri"))
    parts = ("perolehan", "kualifikasi", "distribusi", "tindak lanjut", "penutupan", "evaluasi")
    assert all(part in text for part in parts)
    assert all(who in text for who in ("tim pemasaran", "tim penjualan", "customer service", "manajemen"))
    terms = ("- lead:", "- pipeline penjualan:", "- kualifikasi:", "- crm:", "- closing:")
    assert all(term in text for term in terms)
    assert leads_text["source"].startswith("SOP Penanganan Leads")


# Sales of software: a worked example, five stages, daily routines, review and training.

STAGES = {"prospecting": 1, "qualification": 2, "demo": 3, "objections": 4, "closing": 5}


def test_a_prospect_is_contacted_as_in_the_example(saas: Sop, saas_text: dict[str, Any]) -> None:
    """Within 24 hours of the demo form, by e-mail A, followed up at most three times; each with the example's clause."""
    stage, example = saas_text["stages"]["prospecting"], "Bagian 1, contoh SaaS"
    assert (stage["sla"]["first_response"]["target"], stage["sla"]["first_response"]["ref"]) == ("24h", example)
    follow = stage["follow_up"]
    assert (follow["max"], follow["template"][0], follow["ref"]) == (3, "email_a", example)
    assert saas_text["templates"]["email_a"]["ref"] == example
    assert saas_text["templates"]["email_a"]["channel"] == "email"
    assert "formulir_demo" in saas_text["fields"]["source"]["values"]
    limits = {name: stage.follow_up.max for name, stage in saas.stages.items() if stage.follow_up}
    assert set(limits.values()) == {3}


def test_five_stages_have_report_response_time_and_script(saas: Sop, saas_text: dict[str, Any]) -> None:
    """Prospecting, qualification, demo, objections, closing and care afterwards: each asks for a report, is timed and has
    a script.
    """
    assert list(saas.stages) == [*STAGES, "after_sales"]
    for name, stage in saas.stages.items():
        clause = f"Bagian 2, butir {STAGES[name]}" if name in STAGES else "Bagian 3, butir 2"
        assert stage.ref == (clause if name != "prospecting" else "Bagian 1, contoh SaaS")
        reports = [doc for doc in stage.documents if doc.startswith("laporan_")]
        assert [saas_text["documents"][report]["ref"] for report in reports] == [clause]
        assert {clock.name for clock in stage.clocks} & {"first_response", "reply"}
        sent = [send.template for send in stage.send] + list(stage.follow_up.templates if stage.follow_up else ())
        scripts = [saas_text["templates"][name] for name in sent if name.startswith("skrip_")]
        assert [(script["channel"], script["ref"]) for script in scripts] == [("call", clause)]


def test_prospects_are_judged_by_profile_and_bant(saas: Sop, saas_text: dict[str, Any]) -> None:
    """The ideal customer by its profile; then budget, authority, need and timeline; sources by name."""
    assert saas_text["scores"]["icp"]["ref"] == "Bagian 2, butir 1"
    assert saas_text["scores"]["bant"]["ref"] == "Bagian 2, butir 2"
    bant = {name for points in saas_text["scores"]["bant"]["add"] for name in points["when"]}
    assert bant == {"budget", "authority", "need", "timeline_days"}
    assert {name for need in saas.stages["qualification"].requires for name in need.fields} == bant
    assert {"media_sosial", "data_crm", "networking", "marketing"} <= set(saas_text["fields"]["source"]["values"])


def test_objections_are_met_with_empathy(saas_text: dict[str, Any]) -> None:
    """Listening first, and nothing pushy."""
    text = said(saas_text["stages"]["objections"]["description"])
    assert all(word in text for word in ("empati", "dengarkan", "jangan memaksa"))


def test_customers_are_cared_for_after_the_sale(saas: Sop, saas_text: dict[str, Any]) -> None:
    """A won customer goes on to care: satisfaction asked, further sales noted."""
    assert saas.outcomes["won"].after_care == "after_sales"
    items = " ".join(map(said, saas_text["stages"]["after_sales"]["checklist"]))
    assert "kepuasan" in items
    assert "penjualan tambahan" in items


def test_a_day_in_sales_has_three_parts(saas_text: dict[str, Any]) -> None:
    """08–10, 10–15 and 15–17 on each working day, three duties in each (the evening's third is the report)."""
    day = {"pagi": "08:00-10:00", "siang": "10:00-15:00", "sore": "15:00-17:00"}
    for name, hours in day.items():
        routine = saas_text["routines"][name]
        assert (routine["at"], routine["every"], routine["owner"]) == (hours, "working day", "sales")
        assert routine["ref"] == f"Bagian 4, {name}"
        assert len(routine["checklist"]) + len(routine.get("documents", ())) == 3
    assert saas_text["routines"]["sore"]["documents"] == ["laporan_harian"]
    assert "rapi" in " ".join(map(said, saas_text["stages"]["demo"]["checklist"])).lower()


def test_sales_are_reviewed_and_trained(saas_text: dict[str, Any]) -> None:
    """Weekly and monthly reviews and three kinds of training, each with its clause."""
    routines = saas_text["routines"]
    assert {routines[name]["ref"] for name in ("mingguan", "bulanan", "pelatihan")} == {"Bagian 5"}
    assert routines["mingguan"]["every"] == "friday"
    assert routines["bulanan"]["every"].startswith("month")
    topics = " ".join(routines["pelatihan"]["checklist"]).lower()
    assert all(topic in topics for topic in ("negosiasi", "pelanggan sulit", "crm"))
    market = " ".join(routines["bulanan"]["checklist"]).lower()
    assert all(word in market for word in ("tren pasar", "pesaing", "kebutuhan pelanggan"))


def test_four_indicators_and_revenue_are_measured(saas_text: dict[str, Any]) -> None:
    """New prospects a week, conversion, average order and repeat orders; revenue against each person's target."""
    measures = saas_text["measures"]
    indicators = ("new_prospects", "conversion", "average_order", "repeat_order")
    assert {measures[name]["ref"] for name in indicators} == {"Bagian 5"}
    assert (measures["new_prospects"]["count"], measures["new_prospects"]["per"]) == ("opened", "week")
    assert (measures["conversion"]["share"], measures["conversion"]["of"]) == ("won", "closed")
    assert (measures["average_order"]["mean"], measures["repeat_order"]["repeat"]) == ("order_value", "customer_id")
    assert (measures["revenue"]["target"], measures["revenue"]["ref"]) == ("quota", "Bagian 3, butir 1")
    assert (measures["on_time"]["of"], measures["on_time"]["ref"]) == ("prospecting.first_response", "Bagian 1, contoh SaaS")
