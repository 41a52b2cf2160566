"""The registry of all commands that a key, the palette or a click can start.

A command is run by the method ``do_<id>`` of the screen on top, or else of the app; one with a
``dialog`` opens that. If it ``needs`` a selection and nothing fits, a message says why it does
nothing.
"""

from collections.abc import Iterator

from screens.commands.changes import OTHER_CHANGES, SERVICE_CHANGES
from screens.commands.command import (
    CHANGE,
    COLUMN_TABLES,
    GO,
    LISTS,
    LOOK,
    MARK,
    OPDS,
    PROGRAM,
    TABLES,
    Command,
)
from screens.commands.leadership import DECISIONS, OPENING
from tracker.language import N_

_GOING = (
    Command(
        "overview",
        ("1",),
        N_("Overview"),
        N_("Where the city stands, and what wants attention"),
        GO,
    ),
    Command(
        "opds",
        ("2",),
        N_("OPDs"),
        N_("The OPDs side by side"),
        GO,
    ),
    Command(
        "board",
        ("3",),
        N_("Board"),
        N_("The services by stage"),
        GO,
    ),
    Command(
        "services",
        ("4",),
        N_("Services"),
        N_("All services, by name"),
        GO,
    ),
    Command(
        "applications",
        ("5",),
        N_("Applications"),
        N_("The applications and their services"),
        GO,
    ),
    Command(
        "obstacles",
        ("6",),
        N_("Obstacles"),
        N_("What holds services back"),
        GO,
    ),
    Command(
        "snapshots",
        ("7",),
        N_("Snapshots"),
        N_("The weekly snapshots"),
        GO,
    ),
    Command(
        "cities",
        ("8",),
        N_("Other cities"),
        N_("This city beside others, and what to learn from whom"),
        GO,
    ),
    Command(
        "log",
        ("L",),
        N_("Log"),
        N_("Who did what, and when; u takes back"),
        GO,
    ),
    Command(
        "past_week",
        ("left_square_bracket",),
        N_("Week before"),
        N_("Look at the week before, as it ended"),
        GO,
    ),
    Command(
        "next_week",
        ("right_square_bracket",),
        N_("Week after"),
        N_("Look at the week after, up to today"),
        GO,
    ),
    Command(
        "present",
        ("0",),
        N_("Today"),
        N_("Back to today"),
        GO,
    ),
    Command(
        "remind",
        ("R",),
        N_("Remind"),
        N_("What each OPD owes, in lines to be sent; y copies them"),
        GO,
    ),
    Command(
        "upkeep",
        (),
        N_("Safety"),
        N_("Backups to go back to, and what is wrong with the register"),
        GO,
    ),
    Command(
        "decisions",
        ("K",),
        N_("Decisions"),
        N_("What is asked of the leadership, and what could be"),
        GO,
        ("overview", "snapshots"),
        8,
    ),
    Command(
        "open",
        ("enter",),
        N_("Open"),
        N_("Open what is selected"),
        GO,
        (*LISTS, "cities", "import", "log", "upkeep"),
        1,
        "rows",
    ),
    Command(
        "back",
        ("escape",),
        N_("Back"),
        N_("Go back to where you were"),
        GO,
    ),
    Command(
        "left",
        ("left",),
        N_("Left"),
        N_("Go to the column before"),
        GO,
        ("board",),
    ),
    Command(
        "right",
        ("right",),
        N_("Right"),
        N_("Go to the column after"),
        GO,
        ("board",),
    ),
    Command(
        "open_board",
        ("p",),
        N_("Board"),
        N_("The board of this OPD"),
        GO,
        OPDS,
        6,
        "opds",
    ),
)

_LOOKING = (
    Command(
        "filter",
        ("slash",),
        N_("Filter"),
        N_("Show only what matches, on every screen"),
        LOOK,
        (),
        2,
    ),
    Command(
        "clear_filter",
        ("backslash",),
        N_("Show all"),
        N_("Clear the filter"),
        LOOK,
    ),
    Command(
        "sort",
        ("s",),
        N_("Sort"),
        N_("Choose a column, or another order, to sort by"),
        LOOK,
        TABLES,
        5,
        "rows",
    ),
    Command(
        "sort_left",
        ("less_than_sign",),
        N_("Sort left"),
        N_("Sort by the column before"),
        LOOK,
        COLUMN_TABLES,
        0,
        "rows",
    ),
    Command(
        "sort_right",
        ("greater_than_sign",),
        N_("Sort right"),
        N_("Sort by the column after"),
        LOOK,
        COLUMN_TABLES,
        0,
        "rows",
    ),
    Command(
        "reverse",
        ("S",),
        N_("Reverse"),
        N_("Sort the other way round"),
        LOOK,
        TABLES,
        0,
        "rows",
    ),
    Command(
        "heat",
        ("h",),
        N_("Heat map"),
        N_("Steps of each OPD, week by week"),
        LOOK,
        ("opds",),
        4,
    ),
    Command(
        "group",
        ("d",),
        N_("Group"),
        N_("Group by factor or by OPD"),
        LOOK,
        ("obstacles",),
        6,
        "rows",
    ),
    Command(
        "chart",
        ("h",),
        N_("Chart"),
        N_("Draw steps made against steps to make, or the stages"),
        LOOK,
        ("overview", "opd"),
        9,
    ),
    Command(
        "zoom",
        ("z",),
        N_("Zoom"),
        N_("Give chart, page or list the whole screen, or take it back"),
        LOOK,
        (*LISTS, "log", "upkeep"),
    ),
    Command(
        "more_weeks",
        ("minus",),
        N_("More weeks"),
        N_("Draw more weeks, back and ahead"),
        LOOK,
        ("overview", "opd"),
    ),
    Command(
        "fewer_weeks",
        ("plus",),
        N_("Fewer weeks"),
        N_("Draw fewer weeks, larger"),
        LOOK,
        ("overview", "opd"),
    ),
    Command(
        "copy",
        ("y",),
        N_("Copy"),
        N_("Copy the selected line"),
        LOOK,
    ),
)

_MARKING = (
    Command(
        "mark",
        ("space",),
        N_("Mark"),
        N_("Mark or unmark the line"),
        MARK,
        LISTS,
        7,
        "rows",
    ),
    Command(
        "range",
        ("v",),
        N_("Range"),
        N_("Mark from here to where you go"),
        MARK,
        LISTS,
        0,
        "rows",
    ),
    Command(
        "mark_all",
        ("asterisk",),
        N_("Mark all"),
        N_("Mark all lines, or none"),
        MARK,
        LISTS,
        0,
        "rows",
    ),
)


_IMPORT = (
    Command(
        "apply",
        ("f2",),
        N_("Apply"),
        N_("Enter all of it as one action"),
        CHANGE,
        ("import",),
        3,
    ),
)


def _stage_step(
    id: str,
    key: str,
    label: str,
    tooltip: str,
    rank: int = 0,
) -> Command:
    return Command(
        id,
        (key,),
        label,
        tooltip,
        CHANGE,
        ("board", "service"),
        rank,
        "services",
    )


_STEPS = (
    _stage_step(
        "forward",
        "greater_than_sign",
        N_("Forward"),
        N_("Move to the next stage, with evidence"),
        3,
    ),
    _stage_step(
        "backward",
        "less_than_sign",
        N_("Backward"),
        N_("Move to the stage before, with evidence"),
    ),
    _stage_step(
        "step_on",
        "shift+right",
        N_("Step on"),
        N_("Move to the next stage at once: today, a claim"),
    ),
    _stage_step(
        "step_back",
        "shift+left",
        N_("Step back"),
        N_("Move to the stage before at once: today"),
    ),
)


_SNAPSHOT = (
    Command(
        "take",
        ("t",),
        N_("Take"),
        N_("Take the week's snapshot"),
        CHANGE,
        ("snapshots",),
        4,
    ),
    Command(
        "take_missing",
        ("T",),
        N_("Take all"),
        N_("Take every complete week that was not taken"),
        CHANGE,
        ("snapshots",),
    ),
    Command(
        "compare",
        ("d",),
        N_("Compare"),
        N_("Compare two marked weeks"),
        LOOK,
        ("snapshots",),
        5,
    ),
    Command(
        "write",
        ("e",),
        N_("Write file"),
        N_("Write the page to a file"),
        CHANGE,
        ("snapshots",),
        6,
    ),
    Command(
        "copy_message",
        ("Y",),
        N_("Copy message"),
        N_("Copy the week as a message for a chat"),
        LOOK,
        ("snapshots",),
    ),
)

_CITIES = (
    Command(
        "choose_cities",
        ("e",),
        N_("Files"),
        N_(
            "Choose the registers, exports or collected tables of other cities",
        ),
        LOOK,
        ("cities",),
        3,
    ),
    Command(
        "choose_collected",
        ("t",),
        N_("Collected table"),
        N_("Compare with the many cities in a collected table"),
        LOOK,
        ("cities",),
        6,
    ),
    Command(
        "same_age",
        ("a",),
        N_("Same age"),
        N_("In the same week since each city began, or as each stands now"),
        LOOK,
        ("cities",),
        4,
    ),
    Command(
        "write_comparison",
        ("w",),
        N_("Write file"),
        N_("Write the comparison to a file"),
        LOOK,
        ("cities",),
        5,
    ),
)

_PROGRAM = (
    Command(
        "undo",
        ("u",),
        N_("Undo"),
        N_("Take back your last action"),
        CHANGE,
        (),
        8,
    ),
    Command(
        "redo",
        ("ctrl+r",),
        N_("Redo"),
        N_("Do again what was undone"),
        CHANGE,
    ),
    Command(
        "palette",
        ("ctrl+p", "colon"),
        N_("Find"),
        N_("Find an action, an OPD or a service"),
        PROGRAM,
        (),
        90,
    ),
    Command(
        "help",
        ("question_mark", "f1"),
        N_("Help"),
        N_("The keys that work here"),
        PROGRAM,
        (),
        91,
    ),
    Command("theme", (), N_("Theme"), N_("Choose the colours"), PROGRAM),
    Command(
        "language",
        (),
        N_("Language"),
        N_("Indonesian or English"),
        PROGRAM,
    ),
    Command(
        "preferences",
        (),
        N_("Preferences"),
        N_("Your name, language, colours and backups"),
        PROGRAM,
    ),
    Command("keys", (), N_("Keys"), N_("Give an action another key"), PROGRAM),
    Command(
        "quit",
        ("q",),
        N_("Quit"),
        N_("Leave the program"),
        PROGRAM,
    ),
)

COMMANDS = (
    *_GOING,
    *_LOOKING,
    *_MARKING,
    *_STEPS,
    *_IMPORT,
    *_SNAPSHOT,
    *_CITIES,
    *SERVICE_CHANGES,
    *OTHER_CHANGES,
    *DECISIONS,
    *OPENING,
    *_PROGRAM,
)
"""The registry: every command, in the order in which help lists them."""

BY_ID = {command.id: command for command in COMMANDS}


def commands_on(screen_name: str) -> Iterator[Command]:
    """Yield the commands whose keys work on a screen."""
    for command in COMMANDS:
        if not command.where or screen_name in command.where:
            yield command


def footer_commands(
    screen_name: str,
    *,
    in_opening: bool = False,
) -> list[Command]:
    """Return the commands that the footer of a screen shows, the most wanted first."""
    return sorted(
        (
            command
            for command in commands_on(screen_name)
            if command.rank and (in_opening or not command.in_opening)
        ),
        key=lambda command: command.rank,
    )
