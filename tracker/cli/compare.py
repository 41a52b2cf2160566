"""``compare``: this city beside others, from their registers or exports."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.session import Session, find_today, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected, UsageError
from tracker.language import N_, Language
from tracker.paths import typed_path
from tracker.text import name_key

if TYPE_CHECKING:
    from tracker.cli.show import Show
    from tracker.register import Register

app = create_group()
IN_USE = timedelta(weeks=4)
"""A register without an entry for longer counts as a copy made at its last entry."""


@command(
    app,
    "compare",
    N_(
        "This city beside others, from their registers or exports, each in its last complete week."
    ),
    "opd-tracker compare cimahi.json ekspor-sumedang/ --json",
)
def compare_cities(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        Argument(
            metavar="FILE…",
            help=N_(
                "Registers or exports of other cities (JSON, or CSV folders)."
            ),
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
    own = session.register
    today = session.pinned_today or find_today(own)
    rows = [_city_row(session.path.name, own, today)]
    cities = {_city_key(own): session.path.name}
    for path in files:
        register, day = read_other(session, typed_path(path))
        _refuse_same(register, path, cities)
        rows.append(_city_row(path.name, register, day))
    if as_csv:
        print_csv(list(rows[0]), [list(row.values()) for row in rows])
    else:
        print_rows(
            rows,
            _city_columns(session.language),
            session.language,
            as_json=as_json,
            right=[*range(2, 9), 11],
        )


def _city_key(register: "Register") -> tuple[str, bool]:
    city = register.only_city
    return name_key(city.name), city.illustrative


def _refuse_same(
    register: "Register", path: Path, cities: dict[tuple[str, bool], str]
) -> None:
    """Raise ``Rejected`` if the city is compared already, from another file."""
    city, key = register.only_city.name, _city_key(register)
    other = cities.get(key)
    cities[key] = path.name
    if other is not None:
        raise Rejected(
            "{file} is of {city}, as {other} is: name each city once.",
            file=path.name,
            city=city,
            other=other,
        )


def read_other(session: Session, path: Path) -> tuple["Register", date]:
    """Read another city's register or export; return it with its own day.

    The figures of an export are those of the day on which it was made. A register in
    use has today's; one without an entry for weeks is a copy, and has those of the
    day of its last entry.
    """
    from tracker.exchange.reading.json_file import is_export
    from tracker.store.opening import open_store

    if (
        path.is_file()
        and path.suffix.lower() not in {".csv", ".xlsx"}
        and not is_export(path)
    ):
        from tracker.exchange.loading import last_recorded_day

        register = open_store(path).load()
        today = session.pinned_today or find_today(register)
        last = last_recorded_day(register) or today
        return register, (today if today - last <= IN_USE else last)

    from tracker.exchange.loading import load_export, read_export_day

    register = load_export(path, session.context)
    today = session.pinned_today or find_today(register)
    return register, min(today, read_export_day(path, register) or today)


def _city_row(file: str, register: "Register", today: date) -> dict[str, Any]:
    from tracker.metrics import measure
    from tracker.week import Week, last_complete

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
        "steps_recent": city.steps_recent,
        "steps_before": city.steps_before,
        "index_by_family": city.index_by_family,
        "goal_chance": city.goal_chance,
        "goal_outcome": found.goal_outcome,
        "on_course_likely": found.on_course.likely,
        "on_course_open": found.on_course.open,
        "on_course_unlikely": found.on_course.unlikely,
        "on_course_unknown": found.on_course.unknown,
        "illustrative": register.only_city.illustrative,
    }


def _city_columns(language: Language) -> "dict[str, Show]":
    from tracker.cli.figures_lines import pace_text

    return {
        N_("City"): lambda row: (
            row["city"]
            + (
                f" ({language.text('illustrative')})"
                if row["illustrative"]
                else ""
            )
        ),
        N_("Week"): lambda row: row["week"],
        N_("OPDs"): lambda row: language.number(row["opds"], 0),
        N_("Services"): lambda row: language.number(row["services"], 0),
        N_("Digital"): lambda row: language.percent(row["digital_share"]),
        N_("Behind the single door"): lambda row: language.percent(
            row["single_door_share"]
        ),
        N_("Index"): lambda row: language.number(row["index"]),
        N_("Velocity"): lambda row: language.number(
            row["velocity"], 2, signed=True
        ),
        N_("Verified"): lambda row: language.percent(row["verified_share"], 0),
        N_("Pace"): lambda row: pace_text(row["pace"], language),
        N_("Forecast"): lambda row: language.date(row["forecast_p85"]),
        N_("Chance to meet the goal"): lambda row: language.percent(
            row["goal_chance"], 0
        ),
    }
