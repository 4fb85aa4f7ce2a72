"""The sentences of the product read well in both languages: punctuation, one kind of quotes, one word for one meaning."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from sopengine.wording import catalogue

CODE = re.compile(r"(?:SOP|CASE)\d{3}")
MODULES = sorted(module.name for module in pkgutil.iter_modules(catalogue.__path__))
MESSAGES = {
    key: message
    for name in MODULES
    for key, message in getattr(importlib.import_module(f"{catalogue.__name__}.{name}"), "MESSAGES", {}).items()
}
TEXTS = [
    pytest.param(lang, getattr(message, part), id=f"{key}-{part}")
    for key, message in sorted(MESSAGES.items())
    for part, lang in (("en", "en"), ("id", "id"), ("page_en", "en"), ("page_id", "id"))
    if getattr(message, part)
]
SENTENCES = [
    pytest.param(sentence, id=f"{key}-{lang}")
    for key, message in sorted(MESSAGES.items())
    if CODE.fullmatch(key)
    for lang, sentence in (("en", message.en), ("id", message.id))
]
PAGES = [
    pytest.param(page, id=f"{key}-{lang}")
    for key, message in sorted(MESSAGES.items())
    if CODE.fullmatch(key)
    for lang, page in (("en", message.page_en), ("id", message.page_id))
]
GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "istilah.md"


def prose(text: str) -> str:
    """A text without what is code in it: backticks, quotes, parameters, tags of templates, examples on lines of their own."""
    text = "\n".join(line for line in text.split("\n") if not line.startswith("    "))
    text = re.sub(r"\{%.*?%\}|\{\{+.*?\}\}+", " ‹› ", text)
    text = re.sub(r"`[^`]*`", " ‹› ", text)
    text = re.sub(r'"[^"]*"', " ‹› ", text)
    while re.search(r"\{[^{}]*\}", text):
        text = re.sub(r"\{[^{}]*\}", " ‹› ", text)
    return text


def words(text: str) -> set[str]:
    """The words of the prose in a text, in lower case; what is joined by signs of code is none."""
    return {found.lower() for found in re.findall(r"(?<![\w.<>/%|\[*-])[A-Za-z]+(?:-[a-z]+)?(?![\w(/|\]*]|\.\w)", prose(text))}


ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """the of and not with without from this that these is are was were be been has have it its or but because when where
        which who what only there here write use put delete correct must may can cannot should would""",
    )
)
INDONESIAN = frozenset(
    re.findall(
        r"\w+",
        """yang dan atau tidak bukan untuk dengan tanpa dari ini itu adalah akan sudah belum harus boleh dapat karena bila jika
        saat pada oleh agar tetapi sehingga jadi hanya ada tulis pakai hapus perbaiki setiap kasus""",
    )
)
FOREIGN = {"en": INDONESIAN, "id": ENGLISH}
COMMANDS = {"and", "or", "not", "any", "if", "for", "else", "is", "when"}
"""English words of the language itself, which Indonesian sentences about conditions and templates have to name."""


@pytest.mark.parametrize(("lang", "text"), TEXTS)
def test_a_sentence_stays_in_its_language(lang: str, text: str) -> None:
    """Outside code and quotes no common word of the other language stands in a sentence."""
    foreign = FOREIGN[lang] - (COMMANDS if lang == "id" else set())
    assert words(text) & foreign == set()


def test_another_language_would_be_noticed() -> None:
    """The lists of common words recognise nearly every sentence of the other language."""
    for part, lang in (("id", "en"), ("en", "id")):
        texts = [getattr(message, part) for key, message in MESSAGES.items() if CODE.fullmatch(key)]
        noticed = [text for text in texts if words(text) & FOREIGN[lang]]
        assert len(noticed) > 0.95 * len(texts)


@pytest.mark.parametrize(("lang", "text"), TEXTS)
def test_signs_are_set_once_and_alike(lang: str, text: str) -> None:
    """One kind of quotes; no double space, no doubled or floating punctuation, no space at an end that nothing follows."""
    assert not set("“”„‘’«»") & set(text)
    plain = prose(text)
    assert "  " not in re.sub(r"\s*‹›\s*", "‹›", plain).replace("\n", "")
    assert not re.search(r"[,;:.?!]{2}", re.sub(r"\d+\.\.\d+|[a-z]\.\.[a-z]|\s\.\.|\.\.\.", "", plain)), plain
    assert not re.search(r"\w [,;?!]", plain), plain
    assert re.sub(r"`[^`]*`", "", text).count('"') % 2 == 0


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_code_speaks_in_whole_sentences(sentence: str) -> None:
    """What a code says begins with a capital, a quotation or the name of a thing, and ends with a full stop."""
    assert re.match(r"""[A-Z0-9"`]|\{(title|field|document)\}""", sentence)
    assert re.search(r"(\.|\.\{(?:hint|rest)\}|: \{why\})$", sentence)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_in_whole_sentences(page: str) -> None:
    """A page begins with a capital or a name in the language, and ends with a full stop or an example."""
    assert re.match(r"""[A-Z0-9"`{<]|for |money """, page), page
    assert re.search(r"[.}\"]$|^    .*$", page.split("\n")[-1]), page


@pytest.mark.parametrize("sentence", [case for case in SENTENCES if str(case.id).startswith("SOP")])
def test_a_mistake_in_a_file_comes_with_the_way_out(sentence: str) -> None:
    """A sentence about a file says what is wrong and, after it, what to do."""
    said = re.split(r"[.:;] |, (?:or|atau|because|karena) ", prose(sentence))
    assert len(said) >= 2, sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_capital_in_the_middle_of_a_sentence(sentence: str) -> None:
    """After a comma, colon or semicolon a sentence goes on in lower case, but for names."""
    names = {"Asia", "Anda", "Jinja", "UTC", "YAML", "SOP", "WITA", "WIT", "WIB"}
    assert set(re.findall(r"[,;:] ([A-Z]\w+)", prose(sentence))) <= names


def avoided() -> list[str]:
    """The words that the glossary does not use."""
    rows = [line.strip("|").split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [row[3].strip() for row in rows[1:] if row[3].strip()]


def test_the_glossary_has_words_to_avoid() -> None:
    """The glossary was found and says which words are not used."""
    assert len(avoided()) > 10


@pytest.mark.parametrize("word", avoided())
def test_the_glossary_is_kept(word: str) -> None:
    """No Indonesian sentence uses a word that the glossary replaces."""
    stem = re.compile(rf"\b{word}(?:nya)?\b", re.IGNORECASE)
    found = [key for key, message in MESSAGES.items() if stem.search(prose(message.id)) or stem.search(prose(message.page_id))]
    assert found == []


JARGON = {"schema", "node", "scalar", "boolean", "integer", "regex", "parse", "token", "exception", "traceback", "NUL", "alias"}
JARGON |= {"skema", "skalar", "galat", "entitas", "eksekusi", "validasi", "instansi", "parameter", "string"}


@pytest.mark.parametrize(("lang", "text"), TEXTS)
def test_no_jargon(lang: str, text: str) -> None:
    """No word of programmers stands in a sentence, in either language."""
    assert words(text) & {word.lower() for word in JARGON} == set()
