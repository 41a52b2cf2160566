"""``app``: the applications through which services are offered."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument

from tracker.cli.common import (
    All,
    Day,
    Evidence,
    Json,
    NewCode,
    NewName,
    OneApplication,
    Verified,
    WithCode,
)
from tracker.cli.field_options import Fields, keep_given, takes_fields
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import come_by
from tracker.language import N_, NOTHING

if TYPE_CHECKING:
    from datetime import date

    from tracker.model import Application
    from tracker.register import Register

app = create_group()
nouns = create_group(
    "app",
    N_(
        "Applications: enter, edit, list, bring behind the single door, switch off.",
    ),
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter an application."),
    "opd-tracker app add 'Salaman' --opd disdukcapil --url https://salaman.example",
)
@takes_fields("applications", without=("name", "code", "retired_on"))
def add_application(
    ctx: typer.Context,
    name: Annotated[
        str,
        Argument(metavar="NAME", help=N_("The application's name.")),
    ],
    code: WithCode = "",
    *,
    fields: Fields,
) -> None:
    """Enter an application."""
    from tracker.actions.applications import AddApplication

    session_of(ctx).act(AddApplication(name, code, fields))


@command(
    nouns,
    "edit",
    N_("Change an application; an empty value empties a field."),
    "opd-tracker app edit salaman --name 'Salaman 2' --opd diskominfo",
)
@takes_fields("applications", without=("name", "code"), edits=True)
def edit_application(
    ctx: typer.Context,
    application: OneApplication,
    name: NewName = None,
    code: NewCode = None,
    *,
    fields: Fields,
) -> None:
    """Change an application."""
    from tracker.actions.applications import EditApplication

    changed = keep_given(name=name, code=code)
    session_of(ctx).act(EditApplication(application, {**changed, **fields}))


@command(
    nouns,
    "integrate",
    N_(
        "Put an application behind the single door on a day, and its online services with it.",
    ),
    "opd-tracker app integrate salaman --on 2026-11-16 --evidence 'BA integrasi 12'",
)
def integrate_application(
    ctx: typer.Context,
    application: OneApplication,
    on: Day = "",
    evidence: Evidence = "",
    verified: Verified = False,
) -> None:
    """Integrate an application and its online services, as one action."""
    from tracker.actions.applications import IntegrateApplication

    session = session_of(ctx)
    session.act(
        IntegrateApplication(
            application,
            session.read_day(on),
            evidence,
            verified,
        ),
    )


@command(
    nouns,
    "retire",
    N_(
        "An application is switched off; its services keep their stages until they are moved.",
    ),
    "opd-tracker app retire salaman --on 2026-11-16",
)
def retire_application(
    ctx: typer.Context,
    application: OneApplication,
    on: Day = "",
) -> None:
    """Switch an application off."""
    from tracker.actions.applications import RetireApplication

    session = session_of(ctx)
    session.act(RetireApplication(application, session.read_day(on)))


@command(
    nouns,
    "list",
    N_("List the applications with their services today."),
    "opd-tracker app list --all",
)
def list_applications(
    ctx: typer.Context,
    retired: All = False,
    as_json: Json = False,
) -> None:
    """List applications."""
    from tracker.cli.show import Show, print_rows

    session = session_of(ctx)
    register, language, today = (
        session.register,
        session.language,
        session.today,
    )
    rows = [
        _application_row(register, item, today)
        for item in sorted(
            register.applications.values(),
            key=lambda item: item.code,
        )
        if retired or item.retired_on is None or item.retired_on > today
    ]
    shown: dict[str, Show] = {
        N_("Code"): lambda row: row["code"],
        N_("Name"): lambda row: row["name"],
        N_("OPD"): lambda row: row["opd"] or NOTHING,
        N_("Services"): lambda row: language.number(row["services"], 0),
        N_("Online"): lambda row: language.number(row["online"], 0),
        N_("Integrated on"): lambda row: language.date(row["integrated_on"]),
        N_("Retired on"): lambda row: language.date(row["retired_on"]),
    }
    print_rows(rows, shown, language, as_json=as_json, right=[3, 4])


def _application_row(
    register: "Register",
    application: "Application",
    today: "date",
) -> dict[str, Any]:
    from tracker.actions.applications import online_services
    from tracker.actions.services import active_services

    offered = [
        s
        for s in active_services(register, today)
        if s.application == application.id
    ]
    return {
        "code": application.code,
        "name": application.name,
        "opd": register.opds[application.opd].code if application.opd else None,
        "url": application.url,
        "services": len(offered),
        "online": len(online_services(register, application, today)),
        "integrated_on": come_by(application.integrated_on, today),
        "retired_on": application.retired_on,
    }
