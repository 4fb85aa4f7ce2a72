"""Public holidays of countries, from the `holidays` package, which is imported only when days are really asked for.

The tables below say which countries and kinds of holiday may be written, so that a file can be checked without that
import (it costs more than the whole check). A test holds them against the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UK UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 alpha-2 codes (and UK, XK) whose holidays are known. Every one has the kind "public"."""

OTHER_KINDS = {
    "albanian": "MK",
    "armed_forces": "PW TH",
    "armenian": "AR",
    "bank": "AR AT AU BE CL CY JP KR LA LB LI LK LU PA QA SE SM TH TZ UY",
    "bosnian": "MK",
    "catholic": "DE ME MK PS",
    "christian": "DZ IQ",
    "de_facto": "CH SE",
    "government": "AD AE AR CA EG ER FK ID IN LB LK MO PN PR PY SH TH TL TW US",
    "hebrew": "AR DZ IQ ME MK",
    "hindu": "KE",
    "islamic": "AR KE ME MK SS",
    "optional": "AE BR CA CH CR CV CY DK GL HK HT IE IL IN MO NE NL PT SE TT TW",
    "optional_women": "IN",
    "orthodox": "ME MK PS",
    "protestant": "AT",
    "roma": "MK",
    "sabian": "IQ",
    "school": "AT AU BE BG DE EG FR IL LA NL PL TH TW YE",
    "serbian": "MK",
    "turkish": "MK",
    "unofficial": "AS AX FI GU MP PR UM US VI",
    "vlach": "MK",
    "yazidi": "IQ",
}
"""Kind of day off → countries that have it. Half days and shifted working days are not days off: they are not here."""


def kinds_of(country: str) -> tuple[str, ...]:
    """The kinds of holiday that `include` may name for a country, "public" first.

    >>> kinds_of("ID")
    ('public', 'government')
    """
    return ("public", *(kind for kind, countries in OTHER_KINDS.items() if country in countries.split()))


@lru_cache(maxsize=1024)
def holidays_of(country: str, include: tuple[str, ...], year: int) -> frozenset[date]:
    """The holidays of one year; empty for years that the package does not know yet."""
    import holidays

    found: Iterable[date] = holidays.country_holidays(country, years=year, categories=include, expand=False)
    return frozenset(found)
