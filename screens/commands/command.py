"""A command: its keys, its labels, the screens it works on and what it needs."""

from typing import Literal

from msgspec import Struct

from tracker.language import N_

Needs = Literal[
    "",
    "services",
    "opds",
    "applications",
    "obstacles",
    "decisions",
    "proposals",
    "facts",
    "rows",
]
"""What has to be selected before a command can do anything; ``rows`` is a list with a cursor."""


class Command(Struct, frozen=True):
    """One thing that can be done: ``label`` for the footer, ``tooltip`` for help and palette (msgids).

    ``where`` names the screens on which its keys work, none for everywhere; ``rank`` is its place in
    the footer, the least first, 0 for none. ``dialog`` is where its dialog is made, as a module of
    ``screens.dialogs`` and a function of it (``city:settings``); empty for a command without one.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    tooltip: str
    group: str
    where: tuple[str, ...] = ()
    rank: int = 0
    needs: Needs = ""
    dialog: str = ""
    in_opening: bool = False
    """Whether it is of use only until the opening is closed."""

    @property
    def changes(self) -> bool:
        """Whether it writes an entry to the log under the user's name."""
        writes_files = {"write", "export", "open_data", "site", "sheets"}
        return self.group == CHANGE and self.id not in writes_files


GO, LOOK, MARK, CHANGE, PROGRAM = (
    N_("Go"),
    N_("Look"),
    N_("Mark"),
    N_("Changes"),
    N_("Program"),
)
GROUPS = (GO, LOOK, MARK, CHANGE, PROGRAM)

COLUMN_TABLES = (
    "services",
    "opds",
    "applications",
    "application",
    "snapshots",
)
"""The screens whose table is sorted by any of its columns."""
TABLES = (
    "board",
    "services",
    "opds",
    "applications",
    "application",
    "obstacles",
    "snapshots",
)
SERVICES = (
    "overview",
    "board",
    "services",
    "service",
    "opd",
    "application",
    "obstacles",
)
OPDS = ("opds", "opd", "overview")
LISTS = (
    "decisions",
    "overview",
    "board",
    "services",
    "service",
    "opds",
    "opd",
    "applications",
    "application",
    "obstacles",
    "snapshots",
    "reminders",
)


def dialog_command(
    id: str,
    dialog: str,
    key: str,
    label: str,
    tooltip: str,
    where: tuple[str, ...],
    needs: Needs,
    rank: int = 0,
    *,
    in_opening: bool = False,
) -> Command:
    """Return a command that changes the register through a dialog."""
    return Command(
        id,
        (key,) if key else (),
        label,
        tooltip,
        CHANGE,
        where,
        rank,
        needs,
        dialog=dialog,
        in_opening=in_opening,
    )
