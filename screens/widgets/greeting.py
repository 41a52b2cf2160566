"""What an empty register says: the three ways to begin."""

from collections.abc import Sequence

from screens.widgets.lines import Item
from tracker.language import Language


def greeting(language: Language, city: str) -> Sequence[Item]:
    """Return the lines of the greeting; each way to begin opens a command."""
    text = language.text
    return (
        Item((("", ""),)),
        Item(((" " + text("Nothing has been entered for {city} yet.", city=city), "title"),)),
        Item(((" " + text("There are three ways to begin:"), ""),)),
        Item((("", ""),)),
        Item(
            (("  1. ", "key"), (text("Copy a catalogue, such as that of Bandung"), "strong")),
            "command:catalogue",
        ),
        Item((("  2. ", "key"), (text("Read a spreadsheet or an export"), "strong")), "command:import"),
        Item((("  3. ", "key"), (text("Enter the first OPD by hand"), "strong")), "command:add_opd"),
    )
