"""Where what stands on the sheets that OPDs fill in."""

from datetime import date
from typing import NamedTuple

from tracker.language import N_
from tracker.model import OPD
from tracker.text import is_code
from tracker.week import Week

MARKER = "_opd_tracker"
"""The hidden sheet by which an import knows a sheet of ours; it says of which OPD and week."""

VERSION = 1
REMARK_ROW, SENDER_ROW, HEADER_ROW = 3, 4, 5
NAME_CELL, PHONE_CELL = 1, 3
"""Where in the sender's row stand who filled it in, and their telephone."""

EXTRA_ROWS = 5
"""Empty rows below the services, for those that the OPD also offers."""


class SheetColumn(NamedTuple):
    """A column of a sheet: what it is called, its width, and which column of answers it is, if any."""

    title: str
    width: int
    answer: str = ""


COLUMNS = (
    SheetColumn(N_("Service code"), 24),
    SheetColumn(N_("Service"), 44),
    SheetColumn(N_("Stage now"), 16),
    SheetColumn(N_("Since"), 12),
    SheetColumn(N_("Visits now"), 12),
    SheetColumn(N_("Days now"), 12),
    SheetColumn(N_("New stage"), 16, "stage"),
    SheetColumn(N_("Date"), 13, "date"),
    SheetColumn(N_("Evidence"), 34, "evidence"),
    SheetColumn(N_("Visits"), 12, "visits"),
    SheetColumn(N_("Days"), 12, "days"),
    SheetColumn(N_("Note"), 34, "note"),
    SheetColumn(N_("Target"), 30),
    SheetColumn(N_("Why late"), 34, "why_late"),
    SheetColumn(N_("New date"), 13, "new_date"),
    SheetColumn(N_("Open obstacles"), 34),
    SheetColumn(N_("Obstacle"), 34, "obstacle"),
    SheetColumn(N_("Of which factor"), 18, "factor"),
)

FIRST_WIDTH = 12
"""The columns that every sheet has; older ones have no others."""

NAME_PLACE, TARGET_PLACE, OBSTACLES_PLACE = 1, 12, 15

PLACES = {
    "service": 0,
    **{c.answer: place for place, c in enumerate(COLUMNS) if c.answer},
}
"""In which column each answer stands."""

LOCKED = {
    "shown_name": 1,
    "shown_stage": 2,
    "shown_since": 3,
    "shown_visits": 4,
    "shown_days": 5,
}
"""In which column stands what the register says of a service; it is not for the OPD to change."""

SENT = "sent"
"""The marker's rows that tell what was sent: this word, the service's code, then its locked cells."""

_SERVICES_OF = N_(
    "This file lists the services of {opd} as they stand in the register on {day}.",
)
_YELLOW_CELLS = N_(
    "Fill in only the yellow cells. The others are locked: they show what is recorded.",
)
_STAGES = (
    N_(
        "Conventional: the citizen comes to the counter. Online: it is asked for and followed online.",
    ),
    N_("Integrated: it is reached through {portal}, the city's single door."),
)
_MEASURES = (
    N_(
        "Visits: how often a citizen must come to an office for one request. Online with visits is not done.",
    ),
    N_("Days: how many days one request takes, from asking to having."),
)

INSTRUCTIONS = (
    _SERVICES_OF,
    _YELLOW_CELLS,
    N_("A service about which nothing has changed: leave its row empty."),
    N_(
        "A service that has moved: choose its new stage, and write the date since when it holds.",
    ),
    *_STAGES,
    N_(
        "A stage can also be lower than before: say so, and write in the note why.",
    ),
    N_("Evidence: a link, a letter's number, or where it can be seen."),
    N_(
        "Target: by when which stage is due. Late? Write why, and the new date that you propose.",
    ),
    N_(
        "Obstacle: what holds the service back and is not listed yet, and of which factor it is.",
    ),
    N_(
        "The empty rows at the end: services that you also offer and that are not listed.",
    ),
    *_MEASURES,
    N_(
        "Dates can be written as {example}. They lie between the registration of the service and today.",
    ),
    N_(
        "Nothing changed at all? Write so as your remark and return the file: it is your report for {week}.",
    ),
)

OPENING_INSTRUCTIONS = (
    _SERVICES_OF,
    _YELLOW_CELLS,
    N_("Choose the stage of every service as it is now. No date is needed."),
    *_STAGES,
    *_MEASURES,
    N_(
        "What you write is where the count begins: nothing of it is progress or delay.",
    ),
    N_("A service that you do not offer: write so in its note."),
)
"""What a sheet of the opening asks: every stage, where other sheets ask for what changed."""


def name_sheet(opd: OPD, today: date) -> str:
    """Return the name of the file that an OPD is sent; a code that no file can have gives way."""
    code = opd.code if is_code(opd.code) else opd.id
    return f"{code}-{Week.of(today)}.xlsx"
