"""What there is to choose from: agencies, services, applications, and the words of the model."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from screens.dialogs.form import Option
from tracker.labels import (
    factor_word,
    kind_word,
    reminder_level_word,
    stage_word,
)
from tracker.language import Language
from tracker.model import Factor, Kind, ReminderLevel, Stage
from tracker.register import Register
from tracker.text import normalize_name
from tracker.vocabulary import meanings, timezone_word

E = TypeVar("E", bound=StrEnum)


def opd_options(register: Register, without: str = "") -> list[Option]:
    """Return the OPDs at work, by name, those that are no more at the end; ``without`` is a key left out."""
    every = sorted(
        register.opds.values(),
        key=lambda o: (o.retired_on is not None, o.name.casefold()),
    )
    return [
        Option(o.id, o.code, o.name, " ".join(o.aliases))
        for o in every
        if o.id != without
    ]


def service_options(register: Register) -> list[Option]:
    """Return the services, by name."""
    every = sorted(
        register.services.values(), key=lambda s: (s.name.casefold(), s.id)
    )
    return [Option(s.id, s.code, s.name) for s in every]


def application_options(register: Register) -> list[Option]:
    """Return the applications, by name, those switched off at the end."""
    every = sorted(
        register.applications.values(),
        key=lambda a: (a.retired_on is not None, a.name.casefold()),
    )
    return [Option(a.id, a.code, a.name) for a in every]


def stage_options(language: Language) -> list[Option]:
    """Return the three stages in words."""
    return _fold_words(Stage, stage_word, language)


def factor_options(language: Language) -> list[Option]:
    """Return the four factors of success in words."""
    return _fold_words(Factor, factor_word, language)


def kind_options(language: Language) -> list[Option]:
    """Return the kinds of agencies in words."""
    return _fold_words(Kind, kind_word, language)


def reminder_level_options(language: Language) -> list[Option]:
    """Return in words whom a reminder may go to."""
    return _fold_words(ReminderLevel, reminder_level_word, language)


def timezone_options(current: str) -> list[Option]:
    """Return Indonesia's time zones from west to east, and the one that a city has now."""
    zones = dict.fromkeys((*meanings("timezones").values(), current))
    return [Option(zone, timezone_word(zone)) for zone in zones]


def _fold_words(
    kind: type[E], word: Callable[[E], str], language: Language
) -> list[Option]:
    return [Option(value, language.text(word(value))) for value in kind]


def plain_options(words: Iterable[str]) -> list[Option]:
    """Return options that are what they are called."""
    return [Option(word, word) for word in words]


def find_options(options: Sequence[Option], typed: str) -> Option | None:
    """Return the option that is meant by its whole word, name or another name of its own."""
    key = normalize_name(typed)
    if not key:
        return None
    by_word = next((o for o in options if normalize_name(o.word) == key), None)
    if by_word is not None:
        return by_word
    named = [o for o in options if normalize_name(o.name) == key]
    return named[0] if len(named) == 1 else None


def suggest_options(
    options: Sequence[Option], typed: str, most: int = 6
) -> list[Option]:
    """Return the options in which every typed word occurs, those that begin with what was typed first."""
    key = normalize_name(typed)
    words = key.split()
    ranked: list[tuple[int, int, Option]] = []
    for place, option in enumerate(options):
        text = normalize_name(f"{option.word} {option.name} {option.also}")
        if all(word in text for word in words):
            ranked.append((_rank_option(option, key), place, option))
    return [
        option for _, _, option in sorted(ranked, key=lambda r: r[:2])[:most]
    ]


def _rank_option(option: Option, key: str) -> int:
    word, name = normalize_name(option.word), normalize_name(option.name)
    if word.startswith(key) or name.startswith(key):
        return 0
    return 1 if f" {key}" in f" {name}" or f"-{key}" in word else 2
