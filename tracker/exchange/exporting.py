"""Everything in a register, written so that importing it elsewhere gives the same register."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tracker.errors import Rejected
from tracker.exchange.progress import Hook, Progress
from tracker.exchange.writing.rows import tables_of
from tracker.register import Register

ReadPage = Callable[[str], str | None]

FORMATS = ("csv", "json", "xlsx")


def export(
    register: Register,
    dest: Path,
    form: str | None = None,
    progress: Hook | None = None,
    read_page: ReadPage = lambda digest: None,
    today: date | None = None,
) -> list[Path]:
    """Write the register to ``dest`` and return the files written.

    ``form`` is csv (a folder with a file a kind), json or xlsx; told by the ending of ``dest`` where
    it is not given. ``read_page`` returns a published text by its digest (``Store.page``);
    texts and ``today``, the day of the export, travel in JSON alone.

    Raises ``Rejected`` if the place cannot be written.
    """
    form = form or form_of(dest)
    step = Progress(progress)
    if form == "json":
        from tracker.exchange.writing.json_file import write_json

        return write_json(register, dest, step, read_page, today)
    if form == "xlsx":
        from tracker.exchange.writing.xlsx_file import write_xlsx

        return write_xlsx(tables_of(register), dest, step)
    if form == "csv":
        from tracker.exchange.writing.csv_folder import write_csv_folder

        return write_csv_folder(tables_of(register), dest, step)
    raise Rejected(
        "“{value}” is not a format: write one of {expected}.",
        value=form,
        expected=", ".join(FORMATS),
    )


def form_of(dest: Path) -> str:
    """Return the format that a path's ending tells: csv, a folder, where it tells none."""
    ending = dest.suffix.lower().lstrip(".")
    return ending if ending in FORMATS else "csv"
