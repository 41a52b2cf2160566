"""``report``: an OPD was heard from."""

from typing import Annotated

import typer
from typer import Argument

from tracker.cli.common import InWeek, Note
from tracker.cli.complete import complete_opds
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.language import N_

app = create_group()


@command(
    app,
    "report",
    N_(
        "OPDs have reported for a week, also that nothing moved: silence and standing still are two things.",
    ),
    "opd-tracker report dinkes dishub --week 2026-W47 --note 'tidak ada perubahan'",
)
def report_opds(
    ctx: typer.Context,
    opds: Annotated[
        list[str],
        Argument(
            metavar="OPD…",
            autocompletion=complete_opds,
            help=N_("OPDs: codes, names or aliases."),
        ),
    ],
    week: InWeek = "",
    note: Note = "",
) -> None:
    """Enter a report for each OPD."""
    from tracker.actions.opds import ReportOPDs

    session = session_of(ctx)
    session.act(ReportOPDs(tuple(opds), session.read_week(week), note))
