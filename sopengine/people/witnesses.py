"""For which facts a table comes to a result: an example for a sentence, proved by search and bounded in its work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from sopengine.language.boxes import FALSE, TRUE, Goal, Witness, search
from sopengine.language.conditions import FactType, show_facts
from sopengine.language.model import Sop
from sopengine.language.scoring import DecisionTable, Row, all_types, derivations
from sopengine.wording import LANGUAGES

Example: TypeAlias = Mapping[str, str]
"""Facts in words, by language; empty where any facts will do or none was found in bounded work."""

_TRIES = 20_000


def examples(sop: Sop, table: DecisionTable) -> Iterator[tuple[Row, Example]]:
    """The first row for each result that can be reached, with facts that lead to it."""
    fields = {n: FactType(f.type, f.values, f.minimum, f.maximum, f.currency or "") for n, f in sop.fields.items()}
    types = all_types(fields, sop.scores, sop.tables)
    derived = derivations(fields, sop.scores, sop.tables)
    above: list[Goal] = []
    told: set[str] = set()
    for row in table.rows:
        if row.then not in told:
            goals = above if row.when is None else [*above, Goal(row.when, TRUE)]
            found = search(goals, types, derived, _TRIES)
            if found is not None:
                told.add(row.then)
                yield row, _in_words(found.facts, types) if isinstance(found, Witness) else {}
        if row.when is None:
            return
        above.append(Goal(row.when, FALSE))


def _in_words(facts: Mapping[str, object], types: Mapping[str, FactType]) -> Example:
    return {lang: show_facts(facts, lang, {}, types) for lang in LANGUAGES} if facts else {}
