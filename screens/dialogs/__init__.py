"""The dialogs: each command that changes the register asks for what it needs.

Nothing of a dialog is imported before it is opened.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from screens.commands.registry import COMMANDS

if TYPE_CHECKING:
    from screens.dialogs.base import FormDialog
    from screens.selection import Selection
    from screens.state import State

DIALOGS: dict[str, str] = {
    command.id: command.dialog for command in COMMANDS if command.dialog
}
"""Where the dialog of each command is, by the command's id."""


def dialog_for(
    command: str,
    state: "State",
    selection: "Selection",
) -> "FormDialog[Any]":
    """Return the dialog of a command for what is selected; its result is an action or None."""
    module, name = DIALOGS[command].split(":")
    dialog: FormDialog[Any] = getattr(
        import_module(f"screens.dialogs.{module}"),
        name,
    )(state, selection)
    return dialog
