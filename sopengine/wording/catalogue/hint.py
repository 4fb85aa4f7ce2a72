"""Small phrases that other sentences are built from."""

from sopengine.wording import Message

MESSAGES = {
    "hint.did_you_mean": Message('Did you mean "{name}"?', 'Maksud Anda "{name}"?'),
    "hint.and": Message("and", "dan"),
    "hint.or": Message("or", "atau"),
    "hint.no_role": Message("no role", "tanpa peran"),
    "hint.first_here": Message("first written here", "pertama kali ditulis di sini"),
}
