"""The greeting of an empty register: three ways to begin."""

from collections.abc import Sequence

from screens.navigation import RunCommand
from screens.widgets.lines import EMPTY_LINE, Item, text_item
from tracker.language import N_, Language

_WAYS = {
    "catalogue": N_("Copy a catalogue, such as that of Bandung"),
    "import": N_("Read a spreadsheet or an export"),
    "add_opd": N_("Enter the first OPD by hand"),
}
"""The ways to begin, by the command that each opens."""


def greeting_items(language: Language, city: str) -> Sequence[Item]:
    """Return the lines of the greeting; each way to begin opens a command."""
    text = language.text
    title = text("Nothing has been entered for {city} yet.", city=city)
    advice = text("There are three ways to begin: choose one and press Enter.")
    blank = EMPTY_LINE
    items = [
        blank,
        text_item(f" {title}", "title"),
        text_item(f" {advice}"),
        blank,
    ]
    for command, way in _WAYS.items():
        pieces = (("  • ", "key"), (text(way), "strong"))
        items.append(Item(pieces, RunCommand(command)))

    return items
