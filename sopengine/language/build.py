"""From checked data to the model: every default of the language applied, every name kept with its place.

The builder never raises for what a file holds: it reports, leaves out what it cannot use, and goes on, so that one
run says everything. Whether names exist and the flow makes sense is for `sopengine.lint`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sopengine.diagnostics import Diagnostic
from sopengine.language.builder import decided, declared, outcomes, rest, stages
from sopengine.language.builder.clocks import clocks
from sopengine.language.builder.files import Files, NoFiles
from sopengine.language.builder.lent import Lender
from sopengine.language.builder.reader import Reader, mapping, word
from sopengine.language.builder.templates import templates
from sopengine.language.model import Field, Sop
from sopengine.language.sources import Sources
from sopengine.source import Document as SourceDocument
from sopengine.time.durations import DAY, Elapsed

LOG_WITHIN = Elapsed(DAY)


def build(document: SourceDocument, files: Files | None = None) -> tuple[Sop | None, list[Diagnostic]]:
    """The SOP that a document says, once the schema's `checked` has left out what is misshapen; and every problem met.

    `files` is where `use` and template files come from (None: nowhere). The SOP is None only when there is no stage to
    speak of.
    """
    data = mapping(document.data)
    reader = Reader(Sources(document), data)
    files = files or NoFiles()
    merged = Lender(reader, data, files).merge()
    if not mapping(merged.get("stages")):
        return None, reader.diagnostics
    return _sop(reader, merged, files), reader.diagnostics


def _sop(reader: Reader, data: Mapping[str, Any], files: Files) -> Sop:
    texts = templates(reader, data, files)
    order = stages.chain(mapping(data["stages"]), outcomes.after_care(data), outcomes.success(data))
    zone = word(data.get("timezone")) or "UTC"
    roles, fields, documents = (
        declared.roles(reader, data),
        declared.fields(reader, data),
        declared.documents(reader, data),
    )
    parts: dict[str, Any] = {
        "calendars": decided.calendars(reader, data, zone),
        "identity": rest.identity(reader, data),
        "scores": decided.scores(reader, data),
        "tables": decided.tables(reader, data),
        "approvals": declared.approvals(reader, data),
        "contact_policy": rest.contact_policy(reader, data),
        "stages": stages.stages(reader, data, texts, order),
        "outcomes": outcomes.outcomes(reader, data),
        "clocks": clocks(reader, data.get("sla"), ("sla",), stage=None),
        "log_within": reader.duration(data.get("log_within"), ("log_within",)) or LOG_WITHIN,
        "override_by": rest.override_by(reader, data),
        "routines": rest.routines(reader, data),
        "measures": rest.measures(reader, data),
        "migration": rest.migration(reader, data),
    }
    return Sop(
        id=word(data.get("sop")) or "",
        title=reader.text(data.get("title"), ("title",), word(data.get("sop"))),
        version=_written(reader, data, "version") or "",
        subject=word(data.get("subject")) or "lead",
        language=reader.language,
        timezone=zone,
        effective_from=_written(reader, data, "effective_from"),
        roles=declared.mentioned_roles(reader, roles),
        fields=_mentioned_fields(reader, fields, parts),
        documents=declared.mentioned_documents(reader, documents),
        templates=texts,
        events=tuple(str(event) for event in data.get("events") or ()),
        source=_written(reader, data, "source"),
        hash=reader.sources.digest(),
        document=reader.sources,
        mentions=tuple(reader.mentions),
        **parts,
    )


def _written(reader: Reader, data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    return None if value is None else reader.plain(value, (key,))


def _mentioned_fields(reader: Reader, fields: Mapping[str, Field], parts: Mapping[str, Any]) -> dict[str, Field]:
    """Where no field is declared, conditions declare theirs as well; where some are, an unknown name is a mistake."""
    if not fields:
        decided = (*parts["scores"], *parts["tables"])
        facts = [m for m in reader.mentions if m.kind == "fact" and m.name not in decided]
        for fact in facts:
            reader.mention("field", fact.name, fact.path)
    return declared.mentioned_fields(reader, fields)
