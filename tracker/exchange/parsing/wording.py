"""Titles as people word them: additions to a column's name, contradictions of it, and what resembles it.

The words are data of each language: ``locale/<language>/titles.toml``.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from tracker.exchange.columns import COLUMNS, Column
from tracker.fields import ValueType
from tracker.language import LANGUAGES
from tracker.vocabulary import load_titles

_NEAR = 85.0
"""From this likeness on, of 100, a word may be another one misspelt."""

_LONGEST = 120
"""How many characters a title has at most that names a column in other words."""

_COUNTS = ("volume", "visits", "days")
"""The columns of which a percentage is another thing."""

_AMOUNTS = frozenset(
    (
        ValueType.DATE,
        ValueType.MOMENT,
        ValueType.NUMBER,
        ValueType.VISITS,
        ValueType.DAYS,
        ValueType.WHOLE,
        ValueType.WEEK,
    ),
)


@lru_cache(maxsize=4096)
def comparable_title(title: str) -> str:
    """Return a title without case, spaces, signs and accents: the form in which titles are compared."""
    text = _to_ascii(title).lower()
    without_notes = re.sub(r"\(.*?\)", "", text)
    return re.sub(r"[^a-z0-9]+", "", without_notes or text)


@cache
def names_of_column(column: Column) -> tuple[str, ...]:
    """Return a column's names in comparable form, the promised ones first."""
    names = (column.name, column.indonesian, *column.also)
    return tuple(dict.fromkeys(map(comparable_title, names)))


def may_name(title: str) -> bool:
    """Tell whether a title is short and has a word of some column's name: a quick test for many titles."""
    if len(title) > _LONGEST:
        return False
    return not _words_of_names().isdisjoint(_words(title))


@lru_cache(maxsize=65_536)
def names_column(title: str, column: Column) -> bool:
    """Tell whether a title names a column, abbreviated or padded, and no unit contradicts it."""
    if contradicted_by_unit(title, column):
        return False
    return not _possible_names(title, column).isdisjoint(
        names_of_column(column),
    )


def contradicted_by_unit(title: str, column: Column) -> bool:
    """Tell whether parentheses in a title change its meaning, as in ``Volume (per bulan)``."""
    in_parentheses = " ".join(re.findall(r"\((.*?)\)", title))
    contradictions = title_words("contradictions", column.name)
    if not contradictions.isdisjoint(_words(in_parentheses)):
        return True
    return column.name in _COUNTS and "%" in in_parentheses


@lru_cache(maxsize=65_536)
def resembles(title: str, column: Column) -> bool:
    """Tell whether a title may name a column whose loss would make figures wrong."""
    hints = title_words("hints", column.name)
    if not hints:
        return False
    words = _words(title)
    names_something = title_words("identifiers", "words").intersection(words)
    if column.holds in _AMOUNTS and names_something:
        return False
    if len(set(words)) == 1 and words[0] in _words_alone():
        return words[0] in title_words("alone", column.name)

    run = comparable_title(title)
    for hint in hints:
        if hint in words or (len(hint) > 4 and hint in run):
            return True
    return _is_near(words, [*hints, *names_of_column(column)])


def is_amount(column: Column) -> bool:
    """Tell whether a column holds numbers or dates, so that nothing without a digit can stand in it."""
    return column.holds in _AMOUNTS


@cache
def title_words(section: str, name: str) -> frozenset[str]:
    """Return the words of all languages for a name of a section of the titles' words."""
    words: set[str] = set()
    for language in LANGUAGES:
        words.update(load_titles(language).get(section, {}).get(name, ()))
    return frozenset(words)


@cache
def _words_alone() -> frozenset[str]:
    """Return the words of which each, alone, is the title of a certain column."""
    found: set[str] = set()
    for language in LANGUAGES:
        for words in load_titles(language).get("alone", {}).values():
            found.update(words)
    return frozenset(found)


def _is_near(words: Iterable[str], known: list[str]) -> bool:
    """Tell whether a word, or all words in one, may be a known one misspelt; short ones never are."""
    from rapidfuzz import fuzz

    written = [word for word in (*words, "".join(words)) if len(word) > 3]
    for other in known:
        if len(other) > 4:
            for word in written:
                if fuzz.ratio(word, other) >= _NEAR:
                    return True
    return False


def _possible_names(title: str, column: Column) -> frozenset[str]:
    """Return the plain names that a title may stand for: as it is, spelled out, without its padding."""
    names = _spell_out(title)
    padding = title_words("padding", column.name)
    if not padding:
        return names
    outside = re.sub(r"\(.*?\)", " ", title).replace("/", " per ")
    bare = " ".join(_words(outside))
    # "dalam hari kerja" before "dalam hari", which would leave a word of it.
    for phrase in sorted(padding, key=len, reverse=True):
        bare = re.sub(rf"\b{phrase}\b", " ", bare)
    return names | {comparable_title(bare)} - {""}


@cache
def _words_of_names() -> frozenset[str]:
    """Return every word in the name of any column."""
    words: set[str] = set()
    for columns in COLUMNS.values():
        for column in columns:
            for name in (column.name, column.indonesian, *column.also):
                words.update(_words(name))
    return frozenset(words)


@lru_cache(maxsize=4096)
def _spell_out(title: str) -> frozenset[str]:
    """Return a title in comparable form, as it is and with its abbreviations in full."""
    outside = re.sub(r"\(.*?\)", " ", title)
    in_full = "".join(_words(outside))
    return frozenset((comparable_title(title), in_full)) - {""}


@lru_cache(maxsize=4096)
def _words(title: str) -> tuple[str, ...]:
    """Return the words of a title in full; ``tanggalDaftar`` has two."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _to_ascii(title)).lower()
    abbreviations = _abbreviations()
    return tuple(
        abbreviations.get(word, word)
        for word in re.findall(r"[a-z0-9]+", parted)
    )


@cache
def _abbreviations() -> dict[str, str]:
    """Return what each abbreviation stands for."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        sections = load_titles(language)
        for word, shorts in sections.get("abbreviations", {}).items():
            found.update(dict.fromkeys(shorts, word))
    return found


def _to_ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return decomposed.encode("ascii", "ignore").decode()
