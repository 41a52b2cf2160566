"""The commands on decisions asked of the leadership, and on the opening of a register."""

from screens.commands.command import (
    CHANGE,
    OPDS,
    SERVICES,
    Command,
    dialog_command,
)
from tracker.language import N_

DECISIONS = (
    dialog_command(
        "add_decision",
        "decisions:add_decision",
        "",
        N_("New decision"),
        N_("Ask the leadership for a decision"),
        (),
        "",
    ),
    Command(
        "take_proposals",
        ("plus",),
        N_("Ask for it"),
        N_("Ask for the marked suggestions in the words of the list"),
        CHANGE,
        ("decisions",),
        3,
        "proposals",
    ),
    dialog_command(
        "edit_decision",
        "decisions:edit_decision",
        "e",
        N_("Edit"),
        N_("Change a decision's words, owner or dates"),
        ("decisions",),
        "decisions",
        5,
    ),
    dialog_command(
        "finish_decision",
        "decisions:finish_decision",
        "r",
        N_("Carried out"),
        N_("What was asked for is done"),
        ("decisions",),
        "decisions",
        4,
    ),
    dialog_command(
        "drop_decision",
        "decisions:drop_decision",
        "x",
        N_("Drop"),
        N_("What was asked for is not wanted any more"),
        ("decisions",),
        "decisions",
        6,
    ),
)

OPENING = (
    dialog_command(
        "close_opening",
        "opening:close_opening",
        "O",
        N_("Close the opening"),
        N_("Start the history: what is entered from then on is a step"),
        ("overview", "opds"),
        "",
        1,
        in_opening=True,
    ),
    dialog_command(
        "remove_from_opening",
        "opening:remove_from_opening",
        "D",
        N_("Not in this city"),
        N_("Take out what the city never had; it leaves no trace"),
        (*SERVICES, "opds", "applications"),
        "rows",
        2,
        in_opening=True,
    ),
    dialog_command(
        "reopen_opening",
        "opening:reopen_opening",
        "",
        N_("Reopen the opening"),
        N_("Let an OPD's moves correct its baselines"),
        OPDS,
        "opds",
    ),
)
