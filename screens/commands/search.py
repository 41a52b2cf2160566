"""Find an action, an OPD or a service by a few letters."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import COMMANDS
from screens.filter import filter_by_flag, words_for_closed
from screens.navigation import (
    ApplicationPage,
    Destination,
    FilteredList,
    OPDPage,
    RunCommand,
    ServicePage,
    SortColumn,
    ThemeChoice,
)
from screens.state import State
from screens.widgets.table import Table
from tracker.history import opd_at
from tracker.language import LANGUAGES
from tracker.text import normalize_name
from tracker.vocabulary import load_vocabulary


class PaletteItem(Struct, frozen=True):
    """Something that can be found; ``opens`` is what happens.

    Those that are there ``always`` are offered before anything is typed.
    """

    text: str
    detail: str
    opens: Destination
    words: str
    always: bool = False
    synonyms: str = ""
    """Words of other programs, found by their beginnings."""


def place_items(state: State) -> list[PaletteItem]:
    """Return what the register has, by name: OPDs, applications and services."""
    return [
        *_closed_item(state),
        *_opd_items(state),
        *_application_items(state),
        *_service_items(state),
    ]


def theme_items(
    state: State,
    names: Iterable[str],
    holds: str,
) -> list[PaletteItem]:
    """Return the colours that can be chosen, those that hold marked as such."""
    now = {holds: state.language.text("now")}
    return [
        PaletteItem(
            name,
            now.get(name, ""),
            ThemeChoice(name),
            _fold_words(name),
            always=True,
        )
        for name in sorted(names)
    ]


def column_items(table: Table[Any]) -> list[PaletteItem]:
    """Return the columns that a table can be sorted by, the one that it is sorted by marked with its arrow."""
    arrow = "▼" if table.reversed else "▲"
    return [
        PaletteItem(
            column.name,
            arrow if column.id == table.sorted_by else "",
            SortColumn(column.id),
            _fold_words(f"{column.name} {column.label}"),
            always=True,
        )
        for column in table.columns
        if column.order
    ]


def command_items(
    state: State,
    keymap: Mapping[str, str],
) -> Iterator[PaletteItem]:
    """Yield the commands with their keys, each found by its words and those of other programs."""
    for command in COMMANDS:
        label, tooltip = (
            state.language.text(command.label),
            state.language.text(command.tooltip),
        )
        key = shown_key((keys_of(command, keymap) or ("",))[0])
        synonyms = " ".join(
            word
            for code in LANGUAGES
            for word in load_vocabulary(code)["commands"].get(command.id, ())
        )
        words = _fold_words(f"{label} {tooltip} {command.id}")
        yield PaletteItem(
            f"{label}: {tooltip}",
            key,
            RunCommand(command.id),
            words,
            always=True,
            synonyms=_fold_words(synonyms),
        )


def _opd_items(state: State) -> Iterator[PaletteItem]:
    for opd in sorted(
        state.register.opds.values(),
        key=lambda opd: opd.name.casefold(),
    ):
        words = _fold_words(" ".join((opd.name, opd.code, *opd.aliases)))
        yield PaletteItem(opd.name, "OPD", OPDPage(opd.id), words)


def _application_items(state: State) -> Iterator[PaletteItem]:
    kind = state.language.text("Application")
    for app in sorted(
        state.register.applications.values(),
        key=lambda app: app.name.casefold(),
    ):
        yield PaletteItem(
            app.name,
            kind,
            ApplicationPage(app.id),
            _fold_words(f"{app.name} {app.code}"),
        )


def _closed_item(state: State) -> Iterator[PaletteItem]:
    """Yield the item of the closed services, if there are any."""
    if state.facts.closed:
        label, count = (
            state.language.text("Closed services"),
            len(state.facts.closed),
        )
        yield PaletteItem(
            label,
            str(count),
            FilteredList("services", filter_by_flag("closed")),
            _fold_words(f"{label} {words_for_closed()}"),
        )


def _service_items(state: State) -> Iterator[PaletteItem]:
    register, closed = state.register, {row.key for row in state.facts.closed}
    said = state.language.text("closed")
    words_of = {opd.id: _fold_words(opd.name) for opd in register.opds.values()}
    for service in sorted(
        register.services.values(),
        key=lambda service: service.name.casefold(),
    ):
        opd = register.opds[opd_at(register, service, state.today)]
        words = _fold_words(f"{service.name} {service.code}")
        yield PaletteItem(
            service.name,
            f"{said} · {opd.name}" if service.id in closed else opd.name,
            ServicePage(service.id),
            words + words_of[opd.id].lstrip(),
        )


def find_items(
    all_entries: Sequence[PaletteItem],
    typed: str,
    limit: int = 60,
) -> list[PaletteItem]:
    """Return what ``typed`` finds, the best first.

    What begins so comes first; then what has all the words, in any order; then what has words that begin
    so, then parts of words. Only if there is none of these, beginnings of words that follow each other:
    “kkel” for Kartu keluarga.
    """
    key = _fold_words(typed).strip()
    if not key:
        return [entry for entry in all_entries if entry.always][:limit]
    rank = _create_ranking(key)
    ranked: list[list[PaletteItem]] = [[] for _ in range(_RANKS)]
    for entry in all_entries:
        place = rank(entry.words)
        if (place is None or place > _SYNONYM) and f" {key}" in entry.synonyms:
            place = _SYNONYM
        if place is not None:
            ranked[place].append(entry)
    # The earlier a synonym stands the better; entries found by name, -1, come first.
    ranked[_SYNONYM].sort(key=lambda entry: entry.synonyms.find(f" {key}"))
    by_words = [entry for entries in ranked[:-1] for entry in entries]
    return (by_words or ranked[-1])[:limit]


_RANKS, _SYNONYM = 5, 1


def _create_ranking(key: str) -> Callable[[str], int | None]:
    """Return a function that ranks an item's words for ``key``: 0 is best, None no match."""
    begins, parts = f" {key}", key.split()
    whole, starts = (
        [f" {part} " for part in parts],
        [f" {part}" for part in parts],
    )
    first, *others = map(re.escape, key.replace(" ", ""))
    beginnings = re.compile(
        f" {first}" + "".join(rf"(?:{one}|\S* {one})" for one in others),
    )

    def rank(words: str) -> int | None:
        if words.startswith(begins):
            return 0
        if not all(part in words for part in parts):
            return 4 if beginnings.search(words) else None
        if all(word in words for word in whole):
            return 1
        return 2 if all(start in words for start in starts) else 3

    return rank


def _fold_words(text: str) -> str:
    """Return the words of a text as they are compared, a space before and after each."""
    return f" {normalize_name(text).replace('-', ' ')} "
