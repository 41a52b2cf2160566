"""``move``, ``verify``, ``correct``, ``withdraw``: the dated history of services."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import (
    DATE,
    STAGE,
    Day,
    Days,
    Evidence,
    MovedServices,
    Note,
    Services,
    StageWord,
    Verified,
    Visits,
)
from tracker.cli.field_options import keep_given, read_field
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_number
from tracker.errors import UsageError
from tracker.language import N_

app = create_group()
FactNumber = Annotated[
    str,
    Argument(
        metavar="FACT",
        help=N_("The number of an entry, as `service show` and `log` have it."),
    ),
]


@command(
    app,
    "move",
    N_(
        "Services have reached a stage, forward or back; one action for several.",
    ),
    N_(
        "opd-tracker move disdukcapil-ktp disdukcapil-kk online --on 2026-11-16 --evidence 'Surat 470/12'",
    ),
)
def move_services(
    ctx: typer.Context,
    services: MovedServices,
    stage: StageWord,
    on: Day = "",
    evidence: Evidence = "",
    note: Note = "",
    verified: Verified = False,
    visits: Visits = "",
    days: Days = "",
) -> None:
    """Enter a move of each service."""
    from tracker.actions.moves import MoveServices

    session = session_of(ctx)
    session.act(
        MoveServices(
            tuple(services),
            session.read_stage(stage),
            session.read_day(on),
            evidence=evidence,
            note=note,
            verified=verified,
            visits=read_number(visits) if visits else None,
            days=read_number(days) if days else None,
        ),
    )


@command(
    app,
    "verify",
    N_("You have checked what services claim by their last move."),
    "opd-tracker verify disdukcapil-ktp --on 2026-11-18",
)
def verify_services(
    ctx: typer.Context,
    services: Services,
    on: Annotated[
        str,
        Option(
            "--on",
            metavar=DATE,
            help=N_("The day on which you checked it (today unless given)."),
        ),
    ] = "",
) -> None:
    """Verify the last move of each service."""
    from tracker.actions.moves import VerifyServices

    session = session_of(ctx)
    session.act(VerifyServices(tuple(services), session.read_day(on)))


@command(
    app,
    "correct",
    N_(
        "An entry was wrong: correct its date, stage or anything else. An empty value empties a field.",
    ),
    "opd-tracker correct 1203 --on 2026-11-12 --why 'salah ketik'\nopd-tracker correct 87 --set volume=12000",
)
def correct_fact(
    ctx: typer.Context,
    fact: FactNumber,
    on: Annotated[
        str | None,
        Option(
            "--on",
            metavar=DATE,
            help=N_("The day on which it really took effect."),
        ),
    ] = None,
    stage: Annotated[
        str | None,
        Option("--stage", metavar=STAGE, help=N_("The right stage.")),
    ] = None,
    evidence: Annotated[
        str | None,
        Option("--evidence", metavar="TEXT", help=N_("The right evidence.")),
    ] = None,
    note: Annotated[
        str | None,
        Option("--note", metavar="TEXT", help=N_("The right remark.")),
    ] = None,
    verified_on: Annotated[
        str | None,
        Option(
            "--verified-on",
            metavar=DATE,
            help=N_("The day on which it was verified."),
        ),
    ] = None,
    visits: Annotated[
        str | None,
        Option(
            "--visits",
            metavar="N",
            help=N_("Office visits for one request."),
        ),
    ] = None,
    days: Annotated[
        str | None,
        Option(
            "--days",
            metavar="N",
            help=N_("Processing days for one request."),
        ),
    ] = None,
    fields: Annotated[
        list[str] | None,
        Option(
            "--set",
            metavar="FIELD=VALUE",
            help=N_(
                "Any other field, as `service show --json` names it; may be repeated.",
            ),
        ),
    ] = None,
    why: Annotated[
        str,
        Option("--why", metavar="TEXT", help=N_("The reason, for the log.")),
    ] = "",
) -> None:
    """Correct an entry."""
    from tracker.actions.moves import CorrectFact

    session = session_of(ctx)
    kept = keep_given(
        on=on,
        stage=stage,
        evidence=evidence,
        note=note,
        verified_on=verified_on,
        visits=visits,
        days=days,
    )
    kept.update(map(_split_pair, fields or ()))
    if not kept:
        raise UsageError(
            "Say what is to be corrected, such as --on or --stage.",
        )
    session.act(CorrectFact(fact, _read_fields(session, fact, kept), why))


def _split_pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError("“{value}” is not FIELD=VALUE.", value=text)
    return name.strip().replace("-", "_"), value


def _read_fields(
    session: Session,
    text: str,
    given: dict[str, str],
) -> dict[str, Any]:
    """Read values for the fact's fields; ``on`` is the day of any kind of fact."""
    from tracker.fields import kind_of_fact
    from tracker.lookup import find_fact

    kind = kind_of_fact(find_fact(session.register, text))
    names = {**{name: name for name in given}, "on": kind.day or "on"}
    return {
        names[name]: read_field(session, kind.by_name[names[name]], value)
        if names[name] in kind.by_name
        else value or None
        for name, value in given.items()
    }


@command(
    app,
    "withdraw",
    N_(
        "Withdraw a wrong entry: take it out of the history. The log keeps it, with the reason.",
    ),
    "opd-tracker withdraw 1203 --why 'klaim tidak benar'",
)
def withdraw_fact(
    ctx: typer.Context,
    fact: FactNumber,
    why: Annotated[
        str,
        Option("--why", metavar="TEXT", help=N_("The reason, for the log.")),
    ],
) -> None:
    """Withdraw an entry."""
    from tracker.actions.moves import WithdrawFact

    session_of(ctx).act(WithdrawFact(fact, why))
