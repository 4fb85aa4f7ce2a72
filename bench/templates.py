"""How fast a message is made, against the same templates in Jinja's own sandbox, side by side in one run.

Jinja renders with autoescaping where we escape (e-mail), and gets its money and date filters from the same formatting
functions, so that what differs is the way of rendering.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bench.report import Section, microseconds, ratio
from bench.timing import Timed, race, repeated
from sopengine.templates import ListOf, compile_template, scope_of
from sopengine.wording import formats

ROUNDS, RENDERED, COMPILED = 21, 100, 5
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


def row(name: str, times: dict[str, Timed]) -> list[str]:
    """One line of the table."""
    ours, theirs = times["sopengine"], times["Jinja2"]
    return [name, microseconds(ours.median), microseconds(theirs.median), ratio(ours.times(theirs))]


def templates() -> Section:
    """Rendering and compiling."""
    env = stock()
    rendered, compiled_, worst = [], [], 0.0
    for name, source in TEMPLATES.items():
        build = partial(compile_template, source, channel="email", part="body", lang="id", names=SCOPE)
        compiled, problems = build()
        assert compiled is not None, problems
        theirs = env.from_string(source)
        assert compiled.render(CONTEXT) == theirs.render(CONTEXT)
        calls = {
            "sopengine": repeated(partial(compiled.render, CONTEXT), RENDERED),
            "Jinja2": repeated(partial(theirs.render, CONTEXT), RENDERED),
        }
        times = race(calls, ROUNDS)
        worst = max(worst, times["sopengine"].times(times["Jinja2"]))
        rendered.append(row(f"render, {name}", times))
        builds = {"sopengine": repeated(build, COMPILED), "Jinja2": repeated(partial(env.from_string, source), COMPILED)}
        compiled_.append(row(f"compile, {name}", race(builds, ROUNDS)))
    section = Section(
        "Templates",
        "The same templates in Jinja's own sandbox (strict undefined names, autoescaping). sopengine also proves each template "
        "safe and complete while compiling, bounds the output in bytes, and escapes for the channel.",
    )
    section.aim("rendering, against Jinja's sandbox, the slowest of all", "at most 1×", ratio(worst), worst <= 1)
    section.table(["template", "sopengine µs", "sandbox µs", "÷ sandbox"], [*rendered, *compiled_])
    return section
