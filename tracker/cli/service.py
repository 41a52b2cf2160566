"""``service``: enter, edit, transfer, retire, reopen; ``service_list`` shows them."""

from typing import Annotated

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
from tracker.cli.complete import complete_opds
from tracker.cli.field_options import Fields, keep_given, takes_fields
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_number
from tracker.language import N_

app = create_group()
nouns = create_group(
    "service",
    N_("Services: enter, edit, list, show, transfer, retire, reopen."),
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter a service as it stands on the day it is registered."),
    N_(
        "opd-tracker service add disdukcapil 'KTP elektronik' --stage online --volume 120000 --visits 1 --days 2",
    ),
)
@takes_fields("services", without=("name", "code"))
def add_service(
    ctx: typer.Context,
    opd: OneOPD,
    name: Annotated[
        str,
        Argument(
            metavar="NAME",
            help=N_("The service's name, as citizens know it."),
        ),
    ],
    code: WithCode = "",
    stage: Annotated[
        str,
        Option(
            "--stage",
            metavar=STAGE,
            help=N_("Its stage (conventional unless given)."),
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
    visits: Annotated[
        str,
        Option(
            "--visits",
            metavar="N",
            help=N_("Office visits for one request."),
        ),
    ] = "",
    days: Annotated[
        str,
        Option(
            "--days",
            metavar="N",
            help=N_("Processing days for one request."),
        ),
    ] = "",
    *,
    fields: Fields,
) -> None:
    """Enter a service."""
    from tracker.actions.services import AddService
    from tracker.model import Stage

    session = session_of(ctx)
    session.act(
        AddService(
            opd,
            name,
            session.read_day(on),
            code=code,
            stage=session.read_stage(stage) if stage else Stage.CONVENTIONAL,
            visits=read_number(visits) if visits else None,
            days=read_number(days) if days else None,
            fields=fields,
        ),
    )


@command(
    nouns,
    "edit",
    N_(
        "Change the undated fields of a service; an empty value empties a field.",
    ),
    "opd-tracker service edit disdukcapil-ktp-elektronik --volume 125000 --tag wajib",
)
@takes_fields("services", without=("name", "code"), edits=True)
def edit_service(
    ctx: typer.Context,
    service: OneService,
    name: NewName = None,
    code: NewCode = None,
    *,
    fields: Fields,
) -> None:
    """Change a service."""
    from tracker.actions.services import EditService

    changed = keep_given(name=name, code=code)
    session_of(ctx).act(EditService(service, {**changed, **fields}))


@command(
    nouns,
    "transfer",
    N_("Services pass to another OPD at the start of a day."),
    "opd-tracker service transfer kec-coblong-izin-usaha dpmptsp --on 2026-01-05",
)
def transfer_services(
    ctx: typer.Context,
    services: Services,
    opd: Annotated[
        str,
        Argument(
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_("The OPD to which they pass."),
        ),
    ],
    on: Day = "",
) -> None:
    """Transfer services."""
    from tracker.actions.services import TransferServices

    session = session_of(ctx)
    session.act(TransferServices(tuple(services), opd, session.read_day(on)))


@command(
    nouns,
    "retire",
    N_("Retire services: they are no longer offered from a day on."),
    "opd-tracker service retire disdukcapil-legalisir --on 2026-01-05 --why 'tidak diperlukan lagi'",
)
def retire_services(
    ctx: typer.Context,
    services: Services,
    on: Day = "",
    why: Annotated[
        str,
        Option("--why", metavar="TEXT", help=N_("The reason.")),
    ] = "",
) -> None:
    """Retire services."""
    from tracker.actions.services import RetireServices

    session = session_of(ctx)
    session.act(RetireServices(tuple(services), session.read_day(on), why))


@command(
    nouns,
    "reopen",
    N_(
        "Retired services are offered again from a day on, with the OPD that has the work of theirs.",
    ),
    "opd-tracker service reopen disdukcapil-legalisir --on 2026-02-02",
)
def reopen_services(
    ctx: typer.Context,
    services: Services,
    on: Day = "",
    opd: Annotated[
        str,
        Option(
            "--opd",
            metavar="OPD",
            autocompletion=complete_opds,
            help=N_("Another OPD that offers them."),
        ),
    ] = "",
) -> None:
    """Reopen services."""
    from tracker.actions.services import ReopenServices

    session = session_of(ctx)
    session.act(ReopenServices(tuple(services), session.read_day(on), opd))
