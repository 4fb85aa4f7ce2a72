"""The directory: who the people are that a procedure only names by role.

The SOP says what must hold; who holds a role, who is away and who reports to whom is said here: in a file, in a mapping
of the embedding program, or by an object of its own that is a `Directory`. Instants are microseconds since the epoch.

>>> people = People.from_mapping({"rina": "admin_sales", "budi": {"roles": ["sales"], "reports_to": "rina"}})
>>> sorted(people.roles("budi", at=0)), people.members("sales", at=0), people.reports_to("budi")
(['sales'], ('budi',), 'rina')
"""

from __future__ import annotations

from sopengine.people.answers import staffed
from sopengine.people.checking import check_people
from sopengine.people.directory import NEVER, RESERVED, ROLE_ACTOR, Directory, NoDirectory, Staff
from sopengine.people.person import Person
from sopengine.people.reading import near, people_schema
from sopengine.people.register import FROM_MAPPING, People, as_directory

__all__ = [
    "FROM_MAPPING",
    "NEVER",
    "RESERVED",
    "ROLE_ACTOR",
    "Directory",
    "NoDirectory",
    "People",
    "Person",
    "Staff",
    "as_directory",
    "check_people",
    "near",
    "people_schema",
    "staffed",
]
