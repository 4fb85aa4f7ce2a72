"""YAML text becomes plain data that remembers where every value was written. Nothing in the text can run code.

The dialect is YAML 1.2 with the core schema, made strict: text stays text unless it is plainly a number, true, false
or null; keys are always text; one document a file; no tags, no merge keys. Aliases are allowed as long as what they
stand for stays small. Whatever the input, reading takes milliseconds and reports problems instead of raising.
"""

from __future__ import annotations

from sopengine.source.document import Document
from sopengine.source.reader import DEPTH_LIMIT, NODE_LIMIT, SIZE_LIMIT, read, read_file

__all__ = ["DEPTH_LIMIT", "NODE_LIMIT", "SIZE_LIMIT", "Document", "read", "read_file"]
