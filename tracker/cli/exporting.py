"""``export``, ``sheets``: files out of the register."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from tracker.cli.complete import complete_opds
from tracker.cli.progress import show_progress
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected, UsageError
from tracker.language import N_
from tracker.paths import shown_path, typed_path

app = create_group()
FORMATS = "csv|json|xlsx"
_INDONESIAN_CSV = N_(
    "Written as Excel with Indonesian settings opens it (semicolons, decimal commas); plain with --lang en.",
)


@command(
    app,
    "export",
    N_(
        "Write everything out, such that an empty register that imports it is the same register.",
    ),
    "opd-tracker export cadangan.json\nopd-tracker export folder-csv --format csv\n"
    "opd-tracker export layanan.csv --current",
)
def export_register(
    ctx: typer.Context,
    dest: Annotated[
        Path,
        Argument(
            metavar="DEST",
            help=N_(
                "The file to write; for CSV the folder, with a file a kind.",
            ),
        ),
    ],
    form: Annotated[
        str,
        Option(
            "--format",
            metavar=FORMATS,
            help=N_("The format (taken from the ending of DEST unless given)."),
        ),
    ] = "",
    current: Annotated[
        bool,
        Option(
            "--current",
            help=N_(
                "Only the present state, one row per service, with a data dictionary: open data, CSV or XLSX.",
            ),
        ),
    ] = False,
) -> None:
    """Export the register, or how it stands today."""
    from tracker.exchange.exporting import export

    session = session_of(ctx)
    if current:
        _export_current(session, dest, form)
        return
    if form and form not in FORMATS.split("|"):
        raise UsageError(
            "“{value}” is not a format: write one of {expected}.",
            value=form,
            expected=FORMATS,
        )
    refuse_register(session, dest)
    with show_progress(session.language) as report:
        written = export(
            session.register,
            dest,
            form or None,
            report,
            session.store.page,
            session.today,
        )
    for path in written:
        print(shown_path(path))


def _export_current(session: Session, dest: Path, form: str) -> None:
    from tracker.exchange.current.writing import current_format, write_current

    language, chosen = session.language, current_format(dest, form)
    refuse_register(session, dest)
    written = write_current(
        session.register,
        typed_path(dest),
        chosen,
        language,
        session.today,
    )
    for path in written:
        print(shown_path(path))

    if chosen == "csv" and language.code == "id":
        print(language.text(_INDONESIAN_CSV), file=sys.stderr)


@command(
    app,
    "sheets",
    N_(
        "Write a spreadsheet for each OPD to fill in; `import` reads the answers back.",
    ),
    "opd-tracker sheets lembar --opd dinkes --opd dishub\nopd-tracker import lembar/dinkes-2026-W47.xlsx",
)
def write_opd_sheets(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        Argument(metavar="DIR", help=N_("The folder for the spreadsheets.")),
    ],
    opd: Annotated[
        list[str] | None,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_(
                "Only for this OPD; may be repeated (all with services unless given).",
            ),
        ),
    ] = None,
) -> None:
    """Write the sheets of the week."""
    from tracker.cli.pages import make_folder, print_written
    from tracker.exchange.sheets.writing import write_sheets

    session = session_of(ctx)
    make_folder(folder)
    with show_progress(session.language) as report:
        written = write_sheets(
            session.register,
            folder,
            opd or (),
            session.language,
            session.today,
            report,
        )
    print_written(written, session.language)


def refuse_register(session: Session, dest: Path) -> None:
    """Raise ``Rejected`` if ``dest`` is the register itself."""
    if session.server is not None:
        return
    if typed_path(dest).resolve() == session.path.resolve():
        raise Rejected(
            "{path} is the register itself: choose another file.",
            path=str(dest),
        )
