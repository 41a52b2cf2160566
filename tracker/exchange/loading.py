"""What an export says, read as a register of its own: to compare with, or to begin from."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.actions.draft import Context, Draft
from tracker.errors import ProblemList
from tracker.exchange.importing import plan_import
from tracker.exchange.options import ImportOptions
from tracker.exchange.questions import Answers
from tracker.exchange.reading.json_file import (
    is_export,
    read_day_of_export,
)
from tracker.model import TABLES, City
from tracker.register import Register
from tracker.store.opening import open_store

# An editor puts spaces between, and a program that sorts the tables begins with another.
_REGISTER = re.compile(
    rb'\s*\{\s*("meta"|"(applications|city)"\s*:\s*\{\s*"\d+")',
)


def load_export(
    path: Path,
    context: Context,
    answers: Answers | None = None,
) -> Register:
    """Read an export (JSON, XLSX, a CSV folder or one CSV file) as a register; OPDs it only names are made.

    A CSV export does not name its city: it is called by its file. Raises ``ProblemList`` with all that is wrong
    in it, ``Rejected`` where it leaves questions open. What comes of it is for reading, no register to keep.
    """
    register = make_nameless(path.stem)
    plan = plan_import(
        register,
        [path],
        ImportOptions(create_opds=True),
        context,
        answers,
    )
    if plan.problems:
        raise ProblemList(plan.problems)
    draft = Draft(register, context)
    plan.action.apply(draft)
    return draft.register


def load_register(
    path: Path,
    context: Context,
    answers: Answers | None = None,
) -> Register:
    """Read another city's register, or an export of one, whichever stands at ``path``.

    Raises ``Unreadable`` for a damaged register, else what ``load_export`` raises.
    """
    if is_register_file(path):
        return open_store(path).load()
    return load_export(path, context, answers)


def is_register_file(path: Path) -> bool:
    """Tell whether a file begins as a register of this program does, sound or damaged further on.

    Other JSON is a list of services of another system, or nothing that can be read. A file
    that cannot be read is none: whoever goes on to read it is told why.
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return bool(_REGISTER.match(file.read(200)))
    except OSError:
        return False


def read_export_day(path: Path, register: Register) -> date | None:
    """Return the day as of which an export is to be read.

    A JSON export carries it. Others were made on the day of their last entry or later, so
    that day is the best that is known; None for an export without entries.
    """
    if path.is_file() and is_export(path):
        day = read_day_of_export(path)
        if day is not None:
            return day
    return last_recorded_day(register)


def last_recorded_day(register: Register) -> date | None:
    """Return the day in the city on which the latest fact was recorded."""
    moments = [
        fact.recorded_at
        for table in TABLES
        if table != "city"
        for fact in register.table(table).values()
    ]
    if not moments:
        return None
    zone = ZoneInfo(register.only_city.timezone)
    latest: datetime = max(moments)
    return latest.astimezone(zone).date()


def make_nameless(name: str) -> Register:
    """Return an empty register of a city of which only what it is called is known."""
    city = City(
        id="x-0000001",
        recorded_at=datetime(2000, 1, 1, tzinfo=UTC),
        by="–",
        name=name or "–",
        portal="–",
    )
    return Register(prefix="x", next_number=2, city={city.id: city})
