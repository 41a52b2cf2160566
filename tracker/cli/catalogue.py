"""``catalogue``: the city's OPDs, services and applications for other cities to begin from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from tracker.cli.common import KIND
from tracker.cli.complete import complete_applications
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_
from tracker.paths import shown_path, typed_path

if TYPE_CHECKING:
    from tracker.exchange.catalogue.selection import Selection

app = create_group()
nouns = create_group(
    "catalogue",
    N_(
        "The city's catalogue, without history, for other cities to begin from.",
    ),
)
app.add_typer(nouns)

WithoutKinds = Annotated[
    list[str] | None,
    Option(
        "--without",
        metavar=KIND,
        help=N_("Leave out OPDs of this kind; may be repeated."),
    ),
]
WithoutApplications = Annotated[
    list[str] | None,
    Option(
        "--without-application",
        metavar="APP",
        autocompletion=complete_applications,
        help=N_("Leave out this application, or * for all; may be repeated."),
    ),
]
WithDetails = Annotated[
    list[str] | None,
    Option(
        "--with",
        metavar="volumes|visits|days|owners",
        help=N_("Keep these, which differ between cities; may be repeated."),
    ),
]


def read_selection(
    kinds: list[str] | None,
    applications: list[str] | None,
    details: list[str] | None,
) -> "Selection":
    """Read what a catalogue is to leave out and to keep; raise ``UsageError`` for a misfit."""
    from tracker.exchange.catalogue.selection import Selection

    return Selection(
        frozenset(kinds or ()),
        tuple(applications or ()),
        frozenset(details or ()),
    )


@command(
    nouns,
    "export",
    N_(
        "Write OPDs, services and applications without history, owners and volumes.",
    ),
    "opd-tracker catalogue export katalog-bandung.json\n"
    "opd-tracker catalogue export katalog/ --without kecamatan --with days",
)
def write_catalogue(
    ctx: typer.Context,
    dest: Annotated[
        Path,
        Argument(
            metavar="DEST",
            help=N_("A .json or .xlsx file, or a folder for CSV."),
        ),
    ],
    without: WithoutKinds = None,
    without_application: WithoutApplications = None,
    details: WithDetails = None,
) -> None:
    """Write the catalogue."""
    from tracker.cli.exporting import refuse_register
    from tracker.exchange.catalogue.writing import export_catalogue

    session = session_of(ctx)
    refuse_register(session, dest)
    files, counts = export_catalogue(
        session.register,
        typed_path(dest),
        read_selection(without, without_application, details),
        session.today,
    )
    for path in files:
        print(shown_path(path))
    text, number = session.language.text, session.language.number
    print(
        text(
            "OPDs: {opds}, services: {services}, applications: {applications}.",
            **{kind: number(count, 0) for kind, count in counts.items()},
        ),
    )
