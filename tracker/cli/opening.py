"""``opening``: the stocktaking with which a register begins."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from tracker.cli.common import DATE, KIND, Json, OneOPD, SomeServices
from tracker.cli.complete import complete_applications, complete_opds
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.metrics.opening import OPDOpening, OpeningStatus
    from tracker.register import Register

app = create_group()
nouns = create_group(
    "opening",
    N_(
        "The opening: until it is closed, everything entered is a baseline, not a step.",
    ),
)
app.add_typer(nouns)


@command(
    nouns,
    "status",
    N_("Show which OPDs have confirmed their stages, and which have not yet."),
    "opd-tracker opening status\nopd-tracker opening status --all",
)
def show_opening(
    ctx: typer.Context,
    answered: Annotated[
        bool,
        Option("--all", help=N_("Also the OPDs that have answered in full.")),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show how far the opening has come."""
    from tracker.cli.show import Show, print_json, print_rows
    from tracker.metrics.opening import read_opening
    from tracker.narration.opening import opening_lines

    session = session_of(ctx)
    register, language = session.register, session.language
    found = read_opening(register, session.today)
    rows = [_opd_row(register, opd) for opd in found.opds]
    if as_json:
        print_json(_opening_json(found, rows))
        return
    for line in opening_lines(found, language):
        print(line)
    shown: dict[str, Show] = {
        N_("OPD"): lambda row: row["opd"],
        N_("Name"): lambda row: row["name"],
        N_("Services"): lambda row: language.number(row["services"], 0),
        N_("Not told yet"): lambda row: language.number(row["assumed"], 0),
    }
    listed = [
        row for row in rows if answered or row["assumed"] or row["reopened"]
    ]
    if listed:
        print_rows(listed, shown, language, as_json=False, right=[2, 3])


def _opd_row(register: "Register", opd: "OPDOpening") -> dict[str, Any]:
    fact = register.opds[opd.key]
    return {
        "opd": fact.code,
        "name": fact.name,
        "services": opd.services,
        "assumed": opd.assumed,
        "answered": opd.has_answered,
        "reopened": opd.reopened,
    }


def _opening_json(
    found: "OpeningStatus",
    rows: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "open": found.is_open,
        "started_on": found.started_on,
        "services": found.services,
        "assumed": found.assumed,
        "opds": rows,
    }


@command(
    nouns,
    "close",
    N_(
        "Close the opening: the history starts, with every service as it was entered.",
    ),
    "opd-tracker opening close --on 2026-11-02",
)
def close_opening(
    ctx: typer.Context,
    on: Annotated[
        str,
        Option(
            "--on",
            metavar=DATE,
            help=N_(
                "The day on which the history starts (today unless given).",
            ),
        ),
    ] = "",
) -> None:
    """Close the opening."""
    from tracker.actions.opening import CloseOpening

    session = session_of(ctx)
    session.act(CloseOpening(session.read_day(on)))


@command(
    nouns,
    "reopen",
    N_(
        "Reopen it for one OPD whose first answer was wrong: its moves correct baselines.",
    ),
    "opd-tracker opening reopen dinkes",
)
def reopen_opening(ctx: typer.Context, opd: OneOPD) -> None:
    """Reopen the opening for an OPD."""
    from tracker.actions.opening import ReopenOpening

    session_of(ctx).act(ReopenOpening(opd))


@command(
    nouns,
    "remove",
    N_(
        "Take out what the city never had: before the opening is closed it leaves no trace.",
    ),
    "opd-tracker opening remove --opd kecamatan-andir\n"
    "opd-tracker opening remove --kind kelurahan\n"
    "opd-tracker opening remove dishub-tmb --app salaman",
)
def remove_from_opening(
    ctx: typer.Context,
    services: SomeServices = None,
    opd: Annotated[
        list[str] | None,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_("This OPD with all its services; may be repeated."),
        ),
    ] = None,
    kind: Annotated[
        str,
        Option(
            "--kind",
            metavar=KIND,
            help=N_("All OPDs of this kind, likewise."),
        ),
    ] = "",
    app_name: Annotated[
        list[str] | None,
        Option(
            "--app",
            metavar="APP",
            autocompletion=complete_applications,
            help=N_("This application, not its services; may be repeated."),
        ),
    ] = None,
) -> None:
    """Take out OPDs, services and applications."""
    from tracker.actions.opening import RemoveFromOpening

    session = session_of(ctx)
    opds = list(opd or ())
    if kind:
        chosen = session.read_kind(kind)
        every = session.register.opds.values()
        found = [one.code for one in every if one.kind == chosen]
        if not found:
            raise Rejected("No OPD is of the kind “{kind}”.", kind=kind)
        opds += found
    session.act(
        RemoveFromOpening(
            tuple(opds),
            tuple(services or ()),
            tuple(app_name or ()),
        ),
    )
