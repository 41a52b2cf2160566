"""What an empty register says: the three ways to begin."""

from collections.abc import Sequence

from screens.navigation import RunCommand
from screens.widgets.lines import Item
from tracker.language import Language


def greeting_items(language: Language, city: str) -> Sequence[Item]:
    """Return the lines of the greeting; each way to begin opens a command."""
    text = language.text
    return (
        Item((("", ""),)),
        Item(
            (
                (
                    " "
                    + text(
                        "Nothing has been entered for {city} yet.", city=city
                    ),
                    "title",
                ),
            )
        ),
        Item(
            (
                (
                    " "
                    + text(
                        "There are three ways to begin: choose one and press Enter."
                    ),
                    "",
                ),
            )
        ),
        Item((("", ""),)),
        Item(
            (
                ("  • ", "key"),
                (text("Copy a catalogue, such as that of Bandung"), "strong"),
            ),
            RunCommand("catalogue"),
        ),
        Item(
            (
                ("  • ", "key"),
                (text("Read a spreadsheet or an export"), "strong"),
            ),
            RunCommand("import"),
        ),
        Item(
            (("  • ", "key"), (text("Enter the first OPD by hand"), "strong")),
            RunCommand("add_opd"),
        ),
    )
