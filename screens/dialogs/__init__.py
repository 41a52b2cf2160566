"""The dialogs: each command that changes the register asks for what it needs.

Nothing of a dialog is imported before it is opened.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screens.dialogs.base import FormDialog
    from screens.selection import Selection
    from screens.state import State

DIALOGS: dict[str, str] = {
    "move": "moves:move",
    "verify": "moves:verify",
    "add_service": "services:add_service",
    "edit_service": "services:edit_service",
    "transfer": "services:transfer",
    "family": "services:name_family",
    "retire": "services:retire",
    "reopen": "services:reopen",
    "add_opd": "opds:add_opd",
    "edit_opd": "opds:edit_opd",
    "merge_opd": "opds:merge_opd",
    "retire_opd": "opds:retire_opd",
    "report": "opds:report",
    "add_application": "applications:add_application",
    "edit_application": "applications:edit_application",
    "integrate": "applications:integrate",
    "retire_application": "applications:retire_application",
    "target": "targets_obstacles:target",
    "clear_target": "targets_obstacles:clear_target",
    "add_obstacle": "targets_obstacles:add_obstacle",
    "resolve": "targets_obstacles:resolve",
    "add_milestone": "city:add_milestone",
    "add_evaluation": "city:add_evaluation",
    "add_decision": "decisions:add_decision",
    "edit_decision": "decisions:edit_decision",
    "finish_decision": "decisions:finish_decision",
    "drop_decision": "decisions:drop_decision",
    "close_opening": "opening:close_opening",
    "reopen_opening": "opening:reopen_opening",
    "settings": "city:settings",
    "correct": "facts:correct",
    "withdraw": "facts:withdraw",
    "catalogue": "files:catalogue",
    "export": "files:export",
    "open_data": "publishing:open_data",
    "site": "publishing:site",
    "sheets": "files:sheets",
}
"""Where the dialog of each command is, by the command's id."""


def dialog_for(
    command: str, state: "State", selection: "Selection"
) -> "FormDialog[Any]":
    """Return the dialog of a command for what is selected; its result is an action or None."""
    module, name = DIALOGS[command].split(":")
    dialog: FormDialog[Any] = getattr(
        import_module(f"screens.dialogs.{module}"), name
    )(state, selection)
    return dialog
