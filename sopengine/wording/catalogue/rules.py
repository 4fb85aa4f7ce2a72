"""What is wrong with an SOP although it is well-formed: one catalogue out of its families."""

from __future__ import annotations

from collections.abc import Mapping

from sopengine.wording import Message
from sopengine.wording.catalogue import (
    rules_approvals,
    rules_conditions,
    rules_directory,
    rules_documents,
    rules_files,
    rules_flow,
    rules_limits,
    rules_locks,
    rules_names,
    rules_people,
    rules_templates,
    rules_time,
)
from sopengine.wording.catalogue.routines import RULES as _ROUTINES

DEFAULTS: Mapping[str, Message] = {
    "rules.outcome_won": Message("Won", "Berhasil"),
    "rules.outcome_lost": Message("Lost", "Tidak berhasil"),
    "rules.reason_no_response": Message("No response", "Tidak ada respons"),
    "rules.reason_opt_out": Message("Asked not to be contacted", "Meminta tidak dihubungi lagi"),
}

MESSAGES: Mapping[str, Message] = {
    **rules_names.MESSAGES,
    **rules_people.MESSAGES,
    **rules_directory.MESSAGES,
    **rules_flow.MESSAGES,
    **rules_time.MESSAGES,
    **rules_limits.MESSAGES,
    **rules_locks.MESSAGES,
    **_ROUTINES,
    **rules_conditions.MESSAGES,
    **rules_templates.MESSAGES,
    **rules_files.MESSAGES,
    **rules_documents.MESSAGES,
    **rules_approvals.MESSAGES,
    **DEFAULTS,
}
