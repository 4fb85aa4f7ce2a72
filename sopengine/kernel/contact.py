"""A contact: a customer as everybody together has to do with them, over all cases and SOPs.

What was sent to them and what they do not want any more are events in streams of their own, one for each phone number and
e-mail address. The name of such a stream is a keyed hash: who reads a store learns no number from it. Source: the language
reference, "Follow-up"; HMAC is RFC 2104.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from sopengine.kernel.events import BOUNCED, OPTED_OUT, TOUCHED, Event
from sopengine.kernel.tables import Tables
from sopengine.records.formats import compact_phone, is_email

DEFAULT_KEY: Final = b"sopengine"
"""What contacts are hashed with when the host gives no secret: it keeps streams apart and hides nothing."""

SALES: Final = "sales"
SERVICE: Final = "service"
ANSWER: Final = "reply"
"""What an outbound contact is for; caps count `SALES` alone."""

_COUNTRY: Final = "+62"


class Sent(NamedTuple):
    """One outbound contact: when, what for, and in which case."""

    at: int
    purpose: str
    case: str


class Contact(NamedTuple):
    """The fold of the streams of a contact: what was sent (by the id of the case's event), what is not wanted since when, and
    what was sent and taken back (it reached nobody, or was told again as what it became).
    """

    sent: dict[str, Sent]
    opted: dict[str, int]
    gone: set[str]

    def counted(self, since: int, until: int) -> list[int]:
        """The instants of what caps count, both ends included, in order."""
        return sorted(sent.at for sent in self.sent.values() if sent.purpose == SALES and since <= sent.at <= until)

    def refused(self, at: int) -> dict[str, int]:
        """The channels that are not wanted at an instant, with the instants since when."""
        return {via: since for via, since in sorted(self.opted.items()) if since <= at}

    def cases(self) -> list[str]:
        """The cases in which this contact was written to or called, in the order of the first time."""
        return list(dict.fromkeys(sent.case for sent in self.sent.values()))


def fold_contact(events: Iterable[Event]) -> Contact:
    """What is known of a contact from the events of its streams, in any order of the streams; told twice is told once."""
    contact = Contact({}, {}, set())
    for event in events:
        apply(contact, event)
    return contact


def apply(contact: Contact, event: Event) -> None:
    """Take one event of a contact's stream into the contact."""
    data = event.data
    if event.kind == TOUCHED and data["event"] not in contact.gone:
        contact.sent[data["event"]] = Sent(event.occurred_at, data["purpose"], data["case"])
    elif event.kind == BOUNCED:
        contact.sent.pop(data["event"], None)
        contact.gone.add(data["event"])
    elif event.kind == OPTED_OUT:
        since = contact.opted.get(data["via"], event.occurred_at)
        contact.opted[data["via"]] = min(since, event.occurred_at)


def contact_streams(tables: Tables, case: str, facts: Mapping[str, Any], key: bytes) -> tuple[str, ...]:
    """The streams of the contact of a case: one for each number and address that it has; without any, one for the case alone.

    They are in the order of their names, in which they are written.
    """
    found = {_name(kind, address, key) for kind, address in addresses(tables, facts)}
    return tuple(sorted(found)) or (_name("case", case, key),)


def addresses(tables: Tables, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Phone numbers and e-mail addresses in one way of writing: fields of those types, or named so and of no other type.

    A national number is one of Indonesia; the case of an address means nothing.
    """
    for name, field in tables.sop.fields.items():
        kind = name if field.type == "string" else field.type
        value = facts.get(name)
        if kind in ("phone", "email") and isinstance(value, str) and (found := address(kind, value)) is not None:
            yield kind, found


def address(kind: str, written: str) -> str | None:
    """A phone number or an e-mail address in one way of writing; None for what is none.

    >>> address("phone", "0811 234 567"), address("email", "Rina@Contoh.co.id"), address("phone", "nanti")
    ('+62811234567', 'rina@contoh.co.id', None)
    """
    if kind == "email":
        return written.strip().casefold() if is_email(written.strip()) else None
    number = compact_phone(written)
    return _COUNTRY + number[1:] if number is not None and number.startswith("0") else number


def _name(kind: str, address: str, key: bytes) -> str:
    return f"contact:{hmac.new(key, f'{kind}:{address}'.encode(), hashlib.sha256).hexdigest()}"
