"""``compare``: this city beside others, from their registers or exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.session import Session, session_of, today_in
from tracker.cli.typer_i18n import command, noun
from tracker.errors import UsageError
from tracker.language import N_, Language
from tracker.paths import typed_path

if TYPE_CHECKING:
    from tracker.cli.show import Show
    from tracker.register import Register

app = noun()


@command(
    app,
    "compare",
    N_(
        "This city beside others, from their registers or exports, each in its last complete week."
    ),
    "opd-tracker compare cimahi.json ekspor-sumedang/ --json",
)
def compare(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        Argument(
            metavar="FILE…",
            help=N_("Registers or exports of other cities (JSON, or CSV folders)."),
        ),
    ],
    as_json: Json = False,
    as_csv: Annotated[
        bool, Option("--csv", help=N_("Print CSV and nothing else."))
    ] = False,
) -> None:
    """Compare cities."""
    from tracker.cli.show import print_csv, print_rows

    if as_json and as_csv:
        raise UsageError("Choose one of {names}.", names="--json, --csv")
    session = session_of(ctx)
    others = [(path.name, read_other(session, typed_path(path))) for path in files]
    every = [(session.path.name, session.register), *others]
    rows = [_row(session, name, register) for name, register in every]
    if as_csv:
        print_csv(list(rows[0]), [list(row.values()) for row in rows])
    else:
        print_rows(
            rows,
            _shown(session.language),
            session.language,
            as_json=as_json,
            right=range(2, 9),
        )


def read_other(session: Session, path: Path) -> "Register":
    """Read another city's register, or what its export says; nothing of it is kept."""
    from tracker.exchange.reading.json_file import is_export
    from tracker.store.file import FileStore

    if (
        path.is_file()
        and path.suffix.lower() not in {".csv", ".xlsx"}
        and not is_export(path)
    ):
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
        "city": register.only_city.name,
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
        "illustrative": register.only_city.illustrative,
    }


def _shown(language: Language) -> "dict[str, Show]":
    from tracker.cli.figures_lines import pace_text

    return {
        N_("City"): lambda row: (
            row["city"]
            + (f" ({language.text('illustrative')})" if row["illustrative"] else "")
        ),
        N_("Week"): lambda row: row["week"],
        N_("OPDs"): lambda row: language.number(row["opds"], 0),
        N_("Services"): lambda row: language.number(row["services"], 0),
        N_("Digital"): lambda row: language.percent(row["digital_share"]),
        N_("Behind the single door"): lambda row: language.percent(
            row["single_door_share"]
        ),
        N_("Index"): lambda row: language.number(row["index"]),
        N_("Velocity"): lambda row: language.number(row["velocity"], 2, signed=True),
        N_("Verified"): lambda row: language.percent(row["verified_share"], 0),
        N_("Pace"): lambda row: pace_text(row["pace"], language),
        N_("Forecast"): lambda row: language.date(row["forecast_p85"]),
    }
