"""``service``: enter, edit, transfer, retire, reopen; ``service_list`` shows them."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import (
    DATE,
    STAGE,
    Day,
    NewCode,
    NewName,
    OneOPD,
    OneService,
    Services,
    WithCode,
)
from tracker.cli.complete import applications, opds
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, noun
from tracker.cli.values import read_number, read_whole
from tracker.language import N_

app = noun()
nouns = noun(
    "service", N_("Services: enter, edit, list, show, transfer, retire, reopen.")
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter a service as it stands on the day it is registered."),
    "opd-tracker service add disdukcapil 'KTP elektronik' --stage online --volume 120000 --visits 1 --days 2",
)
def add(
    ctx: typer.Context,
    opd: OneOPD,
    name: Annotated[
        str,
        Argument(metavar="NAME", help=N_("The service's name, as citizens know it.")),
    ],
    code: WithCode = "",
    stage: Annotated[
        str,
        Option(
            "--stage",
            metavar=STAGE,
            help=N_("Where it stands (conventional unless given)."),
        ),
    ] = "",
    on: Annotated[
        str,
        Option(
            "--on",
            metavar=DATE,
            help=N_("The day of registration (today unless given)."),
        ),
    ] = "",
    volume: Annotated[
        str, Option("--volume", metavar="N", help=N_("Requests a year."))
    ] = "",
    visits: Annotated[
        str, Option("--visits", metavar="N", help=N_("Office visits for one request."))
    ] = "",
    days: Annotated[
        str, Option("--days", metavar="N", help=N_("Processing days for one request."))
    ] = "",
    application: Annotated[
        str,
        Option(
            "--app",
            metavar="APP",
            autocompletion=applications,
            help=N_("The application through which it is offered."),
        ),
    ] = "",
    tag: Annotated[
        list[str] | None,
        Option(
            "--tag", metavar="TAG", help=N_("A set it belongs to; may be repeated.")
        ),
    ] = None,
    owner: Annotated[
        str, Option("--owner", metavar="NAME", help=N_("Who answers for it."))
    ] = "",
    family: Annotated[
        str,
        Option(
            "--family",
            metavar="NAME",
            help=N_("The name that the same service has in every OPD."),
        ),
    ] = "",
) -> None:
    """Enter a service."""
    from tracker.actions import AddService
    from tracker.model import Stage

    session = session_of(ctx)
    session.act(
        AddService(
            opd,
            name,
            session.day(on),
            code=code,
            stage=session.stage(stage) if stage else Stage.CONVENTIONAL,
            volume=read_whole(volume) if volume else None,
            visits=read_number(visits) if visits else None,
            days=read_number(days) if days else None,
            application=application,
            tags=tuple(tag or ()),
            owner=owner,
            family=family,
        )
    )


@command(
    nouns,
    "edit",
    N_("Change what is not dated in a service; an empty value empties a field."),
    "opd-tracker service edit disdukcapil-ktp-elektronik --volume 125000 --tag wajib",
)
def edit(
    ctx: typer.Context,
    service: OneService,
    name: NewName = None,
    code: NewCode = None,
    volume: Annotated[
        str | None, Option("--volume", metavar="N", help=N_("Requests a year."))
    ] = None,
    application: Annotated[
        str | None,
        Option(
            "--app",
            metavar="APP",
            autocompletion=applications,
            help=N_("The application through which it is offered."),
        ),
    ] = None,
    tag: Annotated[
        list[str] | None,
        Option("--tag", metavar="TAG", help=N_("All of its tags; may be repeated.")),
    ] = None,
    owner: Annotated[
        str | None, Option("--owner", metavar="NAME", help=N_("Who answers for it."))
    ] = None,
    family: Annotated[
        str | None,
        Option(
            "--family",
            metavar="NAME",
            help=N_("The name that the same service has in every OPD."),
        ),
    ] = None,
) -> None:
    """Change a service."""
    from tracker.actions import EditService

    fields: dict[str, Any] = {
        "name": name,
        "code": code,
        "application": application,
        "owner": owner,
        "family": family,
    }
    fields["volume"] = read_whole(volume) if volume else volume
    fields["tags"] = None if tag is None else tuple(tag)
    kept = {field: value for field, value in fields.items() if value is not None}
    session_of(ctx).act(EditService(service, kept))


@command(
    nouns,
    "transfer",
    N_("Services pass to another OPD at the start of a day."),
    "opd-tracker service transfer kec-coblong-izin-usaha dpmptsp --on 2026-01-05",
)
def transfer(
    ctx: typer.Context,
    services: Services,
    opd: Annotated[
        str,
        Argument(
            metavar="OPD", autocompletion=opds, help=N_("The OPD to which they pass.")
        ),
    ],
    on: Day = "",
) -> None:
    """Transfer services."""
    from tracker.actions import TransferServices

    session = session_of(ctx)
    session.act(TransferServices(tuple(services), opd, session.day(on)))


@command(
    nouns,
    "retire",
    N_("Services are no longer offered from a day on."),
    "opd-tracker service retire disdukcapil-legalisir --on 2026-01-05 --why 'tidak diperlukan lagi'",
)
def retire(
    ctx: typer.Context,
    services: Services,
    on: Day = "",
    why: Annotated[str, Option("--why", metavar="TEXT", help=N_("The reason."))] = "",
) -> None:
    """Retire services."""
    from tracker.actions import RetireServices

    session = session_of(ctx)
    session.act(RetireServices(tuple(services), session.day(on), why))


@command(
    nouns,
    "reopen",
    N_(
        "Retired services are offered again from a day on, with the OPD that has the work of theirs."
    ),
    "opd-tracker service reopen disdukcapil-legalisir --on 2026-02-02",
)
def reopen(
    ctx: typer.Context,
    services: Services,
    on: Day = "",
    opd: Annotated[
        str,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=opds,
            help=N_("Another OPD that offers them."),
        ),
    ] = "",
) -> None:
    """Reopen services."""
    from tracker.actions import ReopenServices

    session = session_of(ctx)
    session.act(ReopenServices(tuple(services), session.day(on), opd))
