"""``target``: the stages that services are to have reached by a date."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import DATE, STAGE, Json, OfOPD, SomeServices
from tracker.cli.complete import complete_opds, complete_stages
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_day
from tracker.errors import UsageError
from tracker.language import N_

if TYPE_CHECKING:
    from datetime import date

    from tracker.model import Service, Target
    from tracker.register import Register

app = create_group()
nouns = create_group(
    "target",
    N_(
        "Targets: a service, or all of an OPD's, is to reach a stage by a date.",
    ),
)
app.add_typer(nouns)

AllOf = Annotated[
    str,
    Option(
        "--opd",
        metavar="OPD",
        autocompletion=complete_opds,
        help=N_("All services that this OPD offers."),
    ),
]


@command(
    nouns,
    "set",
    N_(
        "Set the date by which services should reach a stage; it replaces the one set before.",
    ),
    N_(
        "opd-tracker target set disdukcapil-ktp integrated --due 2027-06-30\n"
        "opd-tracker target set --opd dinkes online --due 2026-12-31",
    ),
)
def set_targets(
    ctx: typer.Context,
    *,
    services: SomeServices = None,
    stage: Annotated[
        str,
        Argument(
            metavar="STAGE",
            autocompletion=complete_stages,
            help=N_("The stage to be reached."),
        ),
    ],
    due: Annotated[
        str,
        Option(
            "--due",
            metavar=DATE,
            help=N_("The last day on which it is met."),
        ),
    ],
    opd: AllOf = "",
) -> None:
    """Set targets."""
    from tracker.actions.targets_obstacles import SetTargets

    _check_choice(services, opd)
    session = session_of(ctx)
    session.act(
        SetTargets(
            tuple(services or ()),
            session.read_stage(stage),
            read_day(due, session.zone),
            opd,
        ),
    )


@command(
    nouns,
    "clear",
    N_("Targets no longer hold."),
    N_("opd-tracker target clear disdukcapil-ktp --stage integrated"),
)
def clear(
    ctx: typer.Context,
    services: SomeServices = None,
    opd: AllOf = "",
    stage: Annotated[
        str,
        Option(
            "--stage",
            metavar=STAGE,
            autocompletion=complete_stages,
            help=N_("Only those for this stage."),
        ),
    ] = "",
) -> None:
    """Clear targets."""
    from tracker.actions.targets_obstacles import ClearTargets

    _check_choice(services, opd)
    session = session_of(ctx)
    session.act(
        ClearTargets(
            tuple(services or ()),
            session.read_stage(stage) if stage else None,
            opd,
        ),
    )


def _check_choice(services: list[str] | None, opd: str) -> None:
    if bool(services) == bool(opd):
        raise UsageError("Name services, or an OPD by --opd.")


@command(
    nouns,
    "list",
    N_("List the targets, the most pressing first."),
    "opd-tracker target list --open",
)
def list_targets(
    ctx: typer.Context,
    opd: OfOPD = "",
    unmet: Annotated[
        bool,
        Option("--open", help=N_("Only those not reached yet.")),
    ] = False,
    as_json: Json = False,
) -> None:
    """List targets."""
    from tracker.cli.show import Show, print_rows
    from tracker.labels import stage_word

    session = session_of(ctx)
    register, language, today = (
        session.register,
        session.language,
        session.today,
    )
    rows = [
        row
        for row in _target_rows(register, today, opd)
        if not (unmet and row["reached"])
    ]
    shown: dict[str, Show] = {
        N_("No."): lambda row: row["id"],
        N_("Service"): lambda row: row["service"],
        N_("Stage"): lambda row: language.text(stage_word(row["stage"])),
        N_("Due on"): lambda row: language.date(row["due_on"]),
        N_("State"): lambda row: language.text(_target_state(row, today)),
    }
    print_rows(rows, shown, language, as_json=as_json, right=[0])


def _target_rows(
    register: "Register",
    today: "date",
    opd: str,
) -> list[dict[str, Any]]:
    from tracker.history import is_active, opd_at
    from tracker.lookup import find_opd

    key = find_opd(register, opd).id if opd else ""
    found = []
    for target in sorted(
        register.targets.values(),
        key=lambda target: (target.due_on, target.id),
    ):
        service = register.services[target.service]
        if is_active(register, service, today) and key in (
            "",
            opd_at(register, service, today),
        ):
            found.append(_target_row(register, service, target, today))
    return found


def _target_row(
    register: "Register",
    service: "Service",
    target: "Target",
    today: "date",
) -> dict[str, Any]:
    from tracker.history import opd_at, stage_at
    from tracker.lookup import number_of

    reached = stage_at(register, service, today).points >= target.stage.points
    return {
        "id": number_of(target),
        "service": service.code,
        "opd": register.opds[opd_at(register, service, today)].code,
        "stage": target.stage,
        "due_on": target.due_on,
        "reached": reached,
        "overdue": not reached and target.due_on < today,
    }


def _target_state(row: dict[str, Any], today: "date") -> str:
    if row["reached"]:
        return N_("reached")
    if row["overdue"]:
        return N_("overdue")
    return N_("due soon") if (row["due_on"] - today).days <= 27 else N_("open")
