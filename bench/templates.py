"""How fast a message is made, against the same templates in Jinja's own sandbox, side by side in one run.

Prints medians of microseconds and their ratio. Jinja renders with autoescaping where we escape (e-mail), and gets
its money and date filters from the same formatting functions, so that what differs is the way of rendering.

    python bench/templates.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from sopengine.templates import ListOf, compile_template, scope_of
from sopengine.wording import formats

ROUNDS, CALLS = 31, 400
NOW = datetime(2026, 2, 3, 14, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
SCOPE = scope_of(
    {"name": "string", "company": "string", "budget": "money:IDR", "units": "integer", "tags": ListOf("string")},
    clocks=["first_response"],
)
CONTEXT: dict[str, Any] = {
    "lead": {
        "id": "L-1",
        "name": "Rina Wijaya",
        "company": "PT Maju & Jaya",
        "budget": Decimal(50_000_000),
        "units": 12,
        "tags": ["toko", "grosir", "daring", "gudang", "kafe"],
    },
    "actor": {"id": "budi", "name": "Budi", "role": "sales"},
    "now": NOW,
    "sla": {"first_response": {"due": NOW, "state": "running"}},
}
TEMPLATES = {
    "plain": "Kapan ada waktu untuk demo? Silakan pilih hari dan jamnya.",
    "names": "Halo {{ lead.name }} dari {{ lead.company }}, saya {{ actor.name }}. Kapan ada waktu untuk demo?",
    "filters": "Anggaran {{ lead.budget | money }}, paling lambat {{ sla.first_response.due | date }} "
    "pukul {{ sla.first_response.due | time }}.",
    "choice": "{% if lead.units > 10 and lead.company %}Untuk {{ lead.company | upper }}{% else %}Halo{% endif %} "
    "{{ lead.name if lead.units == 1 else 'Tim ' ~ lead.name }}",
    "loop": "{% for tag in lead.tags %}{{ loop.index }}. {{ tag }}{% if not loop.last %}; {% endif %}{% endfor %}",
}


def stock() -> SandboxedEnvironment:
    """Jinja's sandbox as a careful team would set it up."""
    env = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env.filters["money"] = lambda value: formats.money(value, "IDR", "id")
    env.filters["date"] = lambda value: formats.date(value, "id")
    env.filters["time"] = lambda value: formats.time_of_day(value, "id")
    return env


def once(call: Callable[[], object], calls: int) -> float:
    """Microseconds of one call, over `calls` of them."""
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls * 1e6


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], calls: int) -> tuple[float, float]:
    """Medians of both, measured in turns so that a busy machine slows both alike."""
    pairs = [(once(ours, calls), once(theirs, calls)) for _ in range(ROUNDS)]
    return statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs)


def report(name: str, ours: float, theirs: float) -> None:
    print(f"{name:<18}{ours:>10.2f}{theirs:>12.2f}{theirs / ours:>9.1f}x")


def main() -> None:
    env = stock()
    print(f"{'median us':<18}{'sopengine':>10}{'sandbox':>12}{'ratio':>10}")
    for name, source in TEMPLATES.items():
        compiled, problems = compile_template(source, channel="email", part="body", lang="id", names=SCOPE)
        assert compiled is not None, problems
        theirs = env.from_string(source)
        assert compiled.render(CONTEXT) == theirs.render(CONTEXT)
        report(
            f"render {name}",
            *side_by_side(lambda c=compiled: c.render(CONTEXT), lambda t=theirs: t.render(CONTEXT), CALLS),
        )
    for name, source in TEMPLATES.items():
        check = side_by_side(
            lambda s=source: compile_template(s, channel="email", part="body", lang="id", names=SCOPE),
            lambda s=source: env.from_string(s),
            20,
        )
        report(f"compile {name}", *check)


if __name__ == "__main__":
    main()
