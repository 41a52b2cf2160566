"""``obstacle``: what holds services back, by factor."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import FACTOR, All, Day, Json, OfOPD, OneService
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import come_by, read_factor
from tracker.language import N_

if TYPE_CHECKING:
    from datetime import date

    from tracker.model import Obstacle
    from tracker.register import Register

app = create_group()
nouns = create_group(
    "obstacle",
    N_("Obstacles: what holds a service back, by one of the four factors."),
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_("Enter what holds a service back."),
    N_(
        "opd-tracker obstacle add dinkes-izin-praktik people 'belum ada petugas verifikasi' --on 2026-11-02",
    ),
)
def add_obstacle(
    ctx: typer.Context,
    service: OneService,
    factor: Annotated[
        str,
        Argument(metavar=FACTOR, help=N_("The factor under which it falls.")),
    ],
    description: Annotated[
        str,
        Argument(metavar="TEXT", help=N_("What the obstacle is.")),
    ],
    on: Day = "",
) -> None:
    """Enter an obstacle."""
    from tracker.actions.targets_obstacles import AddObstacles

    session = session_of(ctx)
    session.act(
        AddObstacles(
            (service,),
            read_factor(factor),
            description,
            session.read_day(on),
        ),
    )


@command(
    nouns,
    "resolve",
    N_("An obstacle is out of the way."),
    "opd-tracker obstacle resolve 1210 --on 2026-11-17\nopd-tracker obstacle resolve 1210 1213",
)
def resolve_obstacles(
    ctx: typer.Context,
    obstacles: Annotated[
        list[str],
        Argument(
            metavar="NUMBER…",
            help=N_("Their numbers, as `obstacle list` has them."),
        ),
    ],
    on: Day = "",
) -> None:
    """Date the end of obstacles, all as one action."""
    from tracker.actions.targets_obstacles import ResolveObstacles

    session = session_of(ctx)
    session.act(ResolveObstacles(tuple(obstacles), session.read_day(on)))


@command(
    nouns,
    "list",
    N_("List the open obstacles, the oldest first."),
    N_("opd-tracker obstacle list --factor people"),
)
def list_obstacles(
    ctx: typer.Context,
    opd: OfOPD = "",
    factor: Annotated[
        str,
        Option(
            "--factor",
            metavar=FACTOR,
            help=N_("Only those of this factor."),
        ),
    ] = "",
    resolved: All = False,
    as_json: Json = False,
) -> None:
    """List obstacles."""
    from tracker.cli.show import Show, print_rows
    from tracker.labels import factor_word
    from tracker.lookup import find_opd

    session = session_of(ctx)
    register, language, today = (
        session.register,
        session.language,
        session.today,
    )
    wanted = read_factor(factor) if factor else None
    code = find_opd(register, opd).code if opd else ""
    every = sorted(
        (one for one in register.obstacles.values() if one.opened_on <= today),
        key=lambda item: (item.opened_on, item.id),
    )
    every_row = (_obstacle_row(register, item, today) for item in every)
    rows = [
        row
        for row in every_row
        if wanted in (None, row["factor"])
        and code in ("", row["opd"])
        and (resolved or row["open"])
    ]
    shown: dict[str, Show] = {
        N_("No."): lambda row: row["id"],
        N_("Service"): lambda row: row["service"],
        N_("Factor"): lambda row: language.text(factor_word(row["factor"])),
        N_("Since"): lambda row: language.date(row["opened_on"]),
        N_("Resolved on"): lambda row: language.date(row["resolved_on"]),
        N_("Obstacle"): lambda row: row["description"],
    }
    print_rows(rows, shown, language, as_json=as_json, right=[0])


def _obstacle_row(
    register: "Register",
    obstacle: "Obstacle",
    today: "date",
) -> dict[str, Any]:
    from tracker.history import is_active, opd_at
    from tracker.lookup import number_of

    service = register.services[obstacle.service]
    resolved_on = come_by(obstacle.resolved_on, today)
    return {
        "id": number_of(obstacle),
        "service": service.code,
        "opd": register.opds[opd_at(register, service, today)].code,
        "factor": obstacle.factor,
        "description": obstacle.description,
        "opened_on": obstacle.opened_on,
        "resolved_on": resolved_on,
        "open": resolved_on is None and is_active(register, service, today),
    }
