"""Options to choose from: OPDs, services, applications, stages and kinds."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from screens.dialogs.form import Option
from tracker.labels import (
    factor_word,
    kind_word,
    reminder_level_word,
    role_word,
    stage_word,
)
from tracker.language import Language
from tracker.model import Factor, Kind, ReminderLevel, Role, Stage
from tracker.register import Register
from tracker.text import normalize_name
from tracker.vocabulary import meanings, timezone_word

E = TypeVar("E", bound=StrEnum)


def opd_options(register: Register, without: str = "") -> list[Option]:
    """Return the OPDs by name, dissolved ones last; ``without`` is left out."""
    every = sorted(
        register.opds.values(),
        key=lambda opd: (opd.retired_on is not None, opd.name.casefold()),
    )
    return [
        Option(
            opd.id,
            opd.code,
            opd.name,
            " ".join(opd.aliases),
        )
        for opd in every
        if opd.id != without
    ]


def service_options(register: Register) -> list[Option]:
    """Return the services, by name."""
    every = sorted(
        register.services.values(),
        key=lambda service: (service.name.casefold(), service.id),
    )
    return [Option(service.id, service.code, service.name) for service in every]


def application_options(register: Register) -> list[Option]:
    """Return the applications by name, those switched off last."""
    every = sorted(
        register.applications.values(),
        key=lambda app: (app.retired_on is not None, app.name.casefold()),
    )
    return [Option(app.id, app.code, app.name) for app in every]


def stage_options(language: Language) -> list[Option]:
    """Return the three stages in words."""
    return _enum_options(Stage, stage_word, language)


def factor_options(language: Language) -> list[Option]:
    """Return the four factors of success in words."""
    return _enum_options(Factor, factor_word, language)


def kind_options(language: Language, own: Iterable[str] = ()) -> list[Option]:
    """Return the kinds of agencies in words, the city's ``own`` at the end."""
    return [*_enum_options(Kind, kind_word, language), *plain_options(own)]


def reminder_level_options(language: Language) -> list[Option]:
    """Return in words whom a reminder may go to."""
    return _enum_options(ReminderLevel, reminder_level_word, language)


def role_options(language: Language) -> list[Option]:
    """Return the roles of members in words."""
    return _enum_options(Role, role_word, language)


def timezone_options(current: str) -> list[Option]:
    """Return Indonesia's time zones from west to east, and the one that a city has now."""
    zones = dict.fromkeys((*meanings("timezones").values(), current))
    return [Option(zone, timezone_word(zone)) for zone in zones]


def _enum_options(
    values: type[E],
    word: Callable[[E], str],
    language: Language,
) -> list[Option]:
    return [Option(value, language.text(word(value))) for value in values]


def plain_options(words: Iterable[str]) -> list[Option]:
    """Return options whose values are their words."""
    return [Option(word, word) for word in words]


def find_option(options: Sequence[Option], typed: str) -> Option | None:
    """Return the option with this word or full name; None if the name is not unique."""
    key = normalize_name(typed)
    if not key:
        return None

    for option in options:
        if normalize_name(option.word) == key:
            return option

    named = [one for one in options if normalize_name(one.name) == key]
    return named[0] if len(named) == 1 else None


def suggest_options(
    options: Sequence[Option],
    typed: str,
    most: int = 6,
) -> list[Option]:
    """Return the options that contain every typed word, the best matches first."""
    key = normalize_name(typed)
    words = key.split()
    fitting = []
    for option in options:
        text = normalize_name(f"{option.word} {option.name} {option.also}")
        if all(word in text for word in words):
            fitting.append(option)

    fitting.sort(key=lambda option: _rank_option(option, key))
    return fitting[:most]


def _rank_option(option: Option, key: str) -> int:
    """Return 0 if the option begins with ``key``, 1 if one of its words does, else 2."""
    word, name = normalize_name(option.word), normalize_name(option.name)
    if word.startswith(key) or name.startswith(key):
        return 0
    if f" {key}" in f" {name}" or f"-{key}" in word:
        return 1
    return 2
