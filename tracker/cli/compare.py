"""``compare``: this city beside others, from their registers or exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.frame import command, noun
from tracker.cli.session import Session, here, today_in
from tracker.language import N_, Language
from tracker.paths import typed_path

if TYPE_CHECKING:
    from tracker.register import Register

app = noun()


@command(
    app,
    "compare",
    N_("This city beside others, from their registers or exports, each in its last complete week."),
    "opd-tracker compare cimahi.json ekspor-sumedang/ --json",
)
def compare(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        Argument(metavar="FILE…", help=N_("Registers or exports of other cities (JSON, or CSV folders).")),
    ],
    as_json: Json = False,
    as_csv: Annotated[bool, Option("--csv", help=N_("Print CSV and nothing else."))] = False,
) -> None:
    """Compare cities."""
    from tracker.cli.show import print_csv, print_json

    session = here(ctx)
    others = [(path.name, read_other(session, typed_path(path))) for path in files]
    every = [(session.path.name, session.register), *others]
    rows = [_row(session, name, register) for name, register in every]
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(list(rows[0]), [list(row.values()) for row in rows])
    else:
        _print(rows, session.spoken)


def read_other(session: Session, path: Path) -> "Register":
    """Read another city's register, or what its export says; nothing of it is kept."""
    from tracker.exchange.reading.json_file import is_export
    from tracker.store.file import FileStore

    if path.is_file() and path.suffix.lower() not in {".csv", ".xlsx"} and not is_export(path):
        return FileStore(path).load()
    from tracker.exchange.loading import load_export

    return load_export(path, session.context)


def _row(session: Session, file: str, register: "Register") -> dict[str, Any]:
    from tracker.metrics import measure
    from tracker.week import Week, last_complete

    today = session.pinned_today or today_in(register)
    found = measure(register, last_complete(Week.of(today), today), today)
    city, forecast = found.city, found.city.forecast
    return {
        "city": register.the_city.name,
        "file": file,
        "week": str(found.week),
        "opds": sum(opd.figures.services > 0 for opd in found.opds),
        "services": city.services,
        "conventional": city.conventional,
        "online": city.online,
        "integrated": city.integrated,
        "digital_share": city.digital_share,
        "single_door_share": city.single_door_share,
        "index": city.index,
        "velocity": city.velocity,
        "acceleration": city.acceleration,
        "pace": city.pace,
        "verified_share": city.verified_share,
        "reporting_share": found.reporting_share,
        "forecast_p50": forecast.p50,
        "forecast_p85": forecast.p85,
        "illustrative": register.the_city.illustrative,
    }


def _print(rows: list[dict[str, Any]], spoken: Language) -> None:
    from tracker.cli.figures_table import pace_text
    from tracker.cli.show import print_table

    headers = (
        N_("City"),
        N_("Week"),
        N_("OPDs"),
        N_("Services"),
        N_("Digital"),
        N_("Behind the single door"),
        N_("Index"),
        N_("Velocity"),
        N_("Verified"),
        N_("Pace"),
        N_("Forecast"),
    )
    table = (
        (
            row["city"] + (f" ({spoken.text('illustrative')})" if row["illustrative"] else ""),
            row["week"],
            spoken.number(row["opds"], 0),
            spoken.number(row["services"], 0),
            spoken.percent(row["digital_share"]),
            spoken.percent(row["single_door_share"]),
            spoken.number(row["index"]),
            spoken.number(row["velocity"], 2, signed=True),
            spoken.percent(row["verified_share"], 0),
            pace_text(row["pace"], spoken),
            spoken.date(row["forecast_p85"]),
        )
        for row in rows
    )
    print_table([spoken.text(header) for header in headers], table, right=range(2, 9))
