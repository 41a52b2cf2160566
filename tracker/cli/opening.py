"""The program's beginnings: opening the screens, a new register, the demonstration."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import DATE
from tracker.cli.frame import command, noun
from tracker.cli.session import Session, here
from tracker.cli.values import read_day
from tracker.errors import Usage
from tracker.language import N_

if TYPE_CHECKING:
    pass

app = noun()
_ = Argument


def open_program(session: Session) -> None:
    """Open the screens; where there is no terminal, print the city's figures instead."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        _open_screens(session)
        return
    from tracker.cli.metrics import print_city

    print_city(session)


def _open_screens(session: Session) -> None:
    raise NotImplementedError


@command(
    app,
    "init",
    N_("Begin a new register for a city; one that is there is never overwritten."),
    "opd-tracker init --city Bandung --portal Sadayana --goal 2027-12-31",
)
def init(
    ctx: typer.Context,
    city: Annotated[str, Option("--city", metavar="NAME", help=N_("The city's name."))],
    portal: Annotated[
        str, Option("--portal", metavar="NAME", help=N_("The name of its single door to all services."))
    ],
    catalogue: Annotated[
        str,
        Option(
            "--catalogue",
            metavar="NAME|FILE",
            help=N_("Begin with the OPDs and services of a catalogue, such as bandung, or of another city."),
        ),
    ] = "",
    timezone: Annotated[
        str, Option("--timezone", metavar="TZ", help=N_("The city's time zone (Asia/Jakarta unless given)."))
    ] = "",
    goal: Annotated[
        str, Option("--goal", metavar=DATE, help=N_("The date by which every service is to be integrated."))
    ] = "",
) -> None:
    """Make the register's file, with the city in it and what a catalogue brings."""
    from datetime import UTC, datetime

    from tracker.actions.city import check_timezone
    from tracker.store.file import FileStore
    from tracker.store.founding import founded
    from tracker.text import tidy

    session = here(ctx)
    fields: dict[str, Any] = {"name": tidy(city), "portal": tidy(portal)}
    if not (fields["name"] and fields["portal"]):
        raise Usage("The city and its portal need a name.")
    if timezone:
        check_timezone(timezone)
        fields["timezone"] = timezone
    if goal:
        fields["goal"] = read_day(goal)
    register = founded(by=session.by, now=datetime.now(UTC), **fields)
    FileStore.create(session.path, register, mode=session.new_mode, plan=session.plan)
    print(
        session.spoken.text(
            "The register of {city} begins in {path}.", city=fields["name"], path=str(session.path)
        )
    )
