"""The words that people type: stages, kinds, factors, yes and no, months, units of time, the filter's words.

Each language keeps its own in ``locale/<language>/vocabulary.toml``, those in the titles of columns in
``titles.toml`` beside it. The words of all languages are
understood at once, in files, on the command line and on the screens alike, whatever language is shown.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.language import LANGUAGES
from tracker.model import Factor, Kind, ReminderLevel, Role, Stage
from tracker.text import normalize_name

_ASIDE = str.maketrans("_-", "  ", "'’‘`´")
_LOCALE = Path(__file__).parent / "locale"
_STAGES = frozenset(stage.value for stage in Stage)


@cache
def load_vocabulary(language: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the vocabulary of one language: section, then the value's name, then its words."""
    return _load_words(_LOCALE / language / "vocabulary.toml")


@cache
def load_titles(language: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the words in the titles of columns in one language: section, then column, then its words.

    A language may have none yet: files have the names that columns are promised.
    """
    path = _LOCALE / language / "titles.toml"
    return _load_words(path) if path.is_file() else {}


def _load_words(path: Path) -> Mapping[str, Mapping[str, Any]]:
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def meanings(section: str) -> Mapping[str, str]:
    """Return the words of a section in all languages: the comparable word → the value's name.

    The names of the values come in the order of the languages and of their files.
    """
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for name, words in load_vocabulary(language).get(section, {}).items():
            for word in words:
                found[comparable_word(word)] = name
    return MappingProxyType(found)


@cache
def words_for(section: str, name: str) -> tuple[str, ...]:
    """Return all words for one value of a section."""
    return tuple(
        word for word, meant in meanings(section).items() if meant == name
    )


def comparable_word(text: str) -> str:
    """Return a word as words are compared: case, spaces, hyphens, underscores and apostrophes aside."""
    return normalize_name(text.translate(_ASIDE)).strip(" .")


def find_stage(text: str, portal: str = "") -> Stage | None:
    """Return the stage that a word means; the portal's name means integrated.

    A portal that is called like one of the stages takes away nothing of that word's meaning.
    """
    word = comparable_word(text)
    # A stage's own name needs no vocabulary: loading it would take a command
    # longer than reading a register.
    name = word if word in _STAGES else meanings("stages").get(word)
    if name is not None:
        return Stage(name)
    return (
        Stage.INTEGRATED if portal and word == comparable_word(portal) else None
    )


def find_factor(text: str) -> Factor | None:
    """Return the factor of success that a word means."""
    name = meanings("factors").get(comparable_word(text))
    return None if name is None else Factor(name)


def find_reminder_level(text: str) -> ReminderLevel | None:
    """Return whom a reminder goes to, from a word for it."""
    name = meanings("reminder_levels").get(comparable_word(text))
    return None if name is None else ReminderLevel(name)


def find_role(text: str) -> Role | None:
    """Return the role that a word means."""
    name = meanings("roles").get(comparable_word(text))
    return None if name is None else Role(name)


def find_kind(text: str, own: Iterable[str] = ()) -> str | None:
    """Return the kind of OPD that a word means, or that a name begins with (``Badan Daerah``).

    ``own`` are the city's own kinds; they come first.
    """
    word = comparable_word(text)
    for kind in own:
        if comparable_word(kind) == word:
            return kind
    name = meanings("kinds").get(word)
    return kind_of_name(text) if name is None else Kind(name)


def find_yes_no(text: str) -> bool | None:
    """Return True for a word that means yes, False for one that means no, else None."""
    name = meanings("yes_no").get(comparable_word(text))
    return None if name is None else name == "yes"


def find_timezone(text: str) -> str:
    """Return the time zone that a word such as WITA means; any other text as it is."""
    return meanings("timezones").get(comparable_word(text), text.strip())


def timezone_word(zone: str) -> str:
    """Return a time zone as people call it, ``WITA (Asia/Makassar)``."""
    words = words_for("timezones", zone)
    return f"{words[0].upper()} ({zone})" if words else zone


def kind_of_name(name: str) -> Kind | None:
    """Return the kind that the first words of an agency's name tell: ``Dinas Kesehatan``, ``BPBD Kota``."""
    words = comparable_word(name.replace(".", " ")).split(" ")
    known = meanings("kind_of_name")
    for count in range(min(4, len(words)), 0, -1):
        kind = known.get(" ".join(words[:count]))
        if kind is not None:
            return Kind(kind)
    return None


def find_month(text: str) -> int | None:
    """Return the number of the month that a name means, 1 to 12."""
    number = meanings("months").get(comparable_word(text))
    return None if number is None else int(number)


def find_weekday(text: str) -> int | None:
    """Return the number of the weekday that a name means, Monday being 0."""
    name = meanings("weekdays").get(comparable_word(text))
    return None if name is None else _WEEKDAYS.index(name)


_WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
