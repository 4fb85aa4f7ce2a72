"""One small procedure that every contender can express: six stages, each with owners, required fields and documents.

The same data makes the YAML of sopengine, the transitions of each peer, and the guard that a peer's user writes by
hand. Only sopengine also runs a clock in every stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STAGES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "capture": ("marketing", ("name", "phone", "source"), ("lead_form",)),
    "qualification": ("marketing", ("need", "budget", "timeline"), ("qualification_form",)),
    "distribution": ("crm_admin", ("region",), ("distribution_log",)),
    "pipeline": ("sales", ("product",), ("proposal",)),
    "closing": ("sales", ("order_value", "terms"), ("quotation", "contract", "invoice")),
    "evaluation": ("sales_manager", (), ("report",)),
}
"""Of each stage: its owner, the fields and the documents that must be in hand before a case goes on."""

ORDER = (*STAGES, "won")
PEOPLE = {
    "rina": frozenset({"marketing"}),
    "hadi": frozenset({"crm_admin"}),
    "budi": frozenset({"sales"}),
    "sari": frozenset({"sales_manager"}),
}
ACTOR = {owner: person for person, roles in PEOPLE.items() for owner in roles}
STEPS = [(here, there, ACTOR[STAGES[here][0]]) for here, there in zip(STAGES, ORDER[1:], strict=True)]
"""The moves of one case: from, to, and by whom."""

RECORD: dict[str, Any] = {
    "name": "PT Maju Jaya",
    "phone": "+6281234567890",
    "source": "website",
    "need": "high",
    "budget": 50_000_000,
    "timeline": 30,
    "region": "java",
    "product": "software",
    "order_value": 48_000_000,
    "terms": "net_30",
}
DOCUMENTS = tuple(document for _, _, documents in STAGES.values() for document in documents)


@dataclass
class Lead:
    """A case as the user of a state machine library would keep it."""

    id: str
    name: str
    phone: str
    source: str
    need: str
    budget: int
    timeline: int
    region: str
    product: str
    order_value: int
    terms: str
    documents: set[str] = field(default_factory=set)
    state: str = "capture"


def a_lead(number: int) -> Lead:
    """A lead that has everything that the six stages ask for."""
    return Lead(id=f"L-{number}", **RECORD, documents=set(DOCUMENTS))


def may_leave(stage: str, lead: Any, actor: str) -> bool:
    """The guard of a stage, written by hand: the actor's role, the fields, the documents."""
    owner, fields, documents = STAGES[stage]
    if owner not in PEOPLE[actor]:
        return False
    if any(getattr(lead, name) in (None, "") for name in fields):
        return False
    return all(document in lead.documents for document in documents)


def may_leave_data(stage: str, lead: Mapping[str, Any], actor: str) -> bool:
    """The same guard on plain data."""
    owner, fields, documents = STAGES[stage]
    if owner not in PEOPLE[actor]:
        return False
    if any(lead[name] in (None, "") for name in fields):
        return False
    return all(document in lead["documents"] for document in documents)


def yaml() -> str:
    """The procedure in sopengine's language, with a clock in every stage."""
    lines = ["sop: six-stages", "title: Six stages", 'version: "1"', "timezone: Asia/Jakarta", "fields:"]
    kinds = {"phone": "phone", "budget": "money", "order_value": "money", "timeline": "integer"}
    for name in RECORD:
        kind = kinds.get(name, "string")
        lines.append(f"  {name}: {{type: {kind}{', currency: IDR' if kind == 'money' else ''}}}")
    lines.append("stages:")
    for stage, (owner, fields, documents) in STAGES.items():
        lines += [f"  {stage}:", f"    owner: {owner}", f"    documents: [{', '.join(documents)}]", "    sla: {finish: 3d}"]
        if fields:
            lines.append(f"    requires: [{', '.join(fields)}]")
    return "\n".join(lines) + "\n"
