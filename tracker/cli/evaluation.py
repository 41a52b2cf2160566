"""``evaluation``: the city's results in outside evaluations, year by year."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import Json
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.cli.values import read_number, read_whole
from tracker.language import N_

if TYPE_CHECKING:
    from tracker.model import Evaluation

app = create_group()
nouns = create_group(
    "evaluation",
    N_("Outside evaluations of the city, such as Smart City and SPBE."),
)
app.add_typer(nouns)


@command(
    nouns,
    "add",
    N_(
        "Enter an evaluation of a year; the improvement is computed unless it was published.",
    ),
    "opd-tracker evaluation add SPBE 2024 --score 4.59 --source 'detik d-6603284'",
)
def add_evaluation(
    ctx: typer.Context,
    instrument: Annotated[
        str,
        Argument(metavar="INSTRUMENT", help=N_("Which instrument it is.")),
    ],
    year: Annotated[
        str,
        Argument(metavar="YEAR", help=N_("The year evaluated.")),
    ],
    score: Annotated[
        str,
        Option("--score", metavar="N", help=N_("The score.")),
    ] = "",
    improvement: Annotated[
        str,
        Option(
            "--improvement",
            metavar="N",
            help=N_("The improvement, as published."),
        ),
    ] = "",
    target: Annotated[
        str,
        Option(
            "--target",
            metavar="N",
            help=N_("The score that was aimed at."),
        ),
    ] = "",
    rank: Annotated[
        str,
        Option("--rank", metavar="N", help=N_("The rank.")),
    ] = "",
    source: Annotated[
        str,
        Option("--source", metavar="TEXT", help=N_("Where it is published.")),
    ] = "",
) -> None:
    """Enter an evaluation."""
    from tracker.actions.city import AddEvaluation

    session_of(ctx).act(
        AddEvaluation(
            instrument,
            read_whole(year),
            score=read_number(score) if score else None,
            improvement=read_number(improvement) if improvement else None,
            target=read_number(target) if target else None,
            rank=read_whole(rank) if rank else None,
            source=source,
        ),
    )


@command(
    nouns,
    "list",
    N_("List the evaluations by instrument and year."),
    "opd-tracker evaluation list",
)
def list_evaluations(ctx: typer.Context, as_json: Json = False) -> None:
    """List evaluations."""
    from tracker.cli.show import Show, print_rows

    session = session_of(ctx)
    language = session.language
    every = session.register.evaluations.values()
    rows = [
        _evaluation_row(item, list(every))
        for item in sorted(every, key=lambda e: (e.instrument, e.year))
    ]
    shown: dict[str, Show] = {
        N_("No."): lambda row: row["id"],
        N_("Instrument"): lambda row: row["instrument"],
        N_("Year"): lambda row: str(row["year"]),
        N_("Score"): lambda row: language.plain(row["score"]),
        N_("Improvement"): lambda row: language.number(
            row["improvement"],
            2,
            signed=True,
        ),
        N_("Target"): lambda row: language.plain(row["target"]),
        N_("Rank"): lambda row: language.plain(row["rank"]),
        N_("Source"): lambda row: row["source"],
    }
    print_rows(
        rows,
        shown,
        language,
        as_json=as_json,
        right=[0, 2, 3, 4, 5, 6],
    )


def _evaluation_row(
    item: "Evaluation",
    every: list["Evaluation"],
) -> dict[str, Any]:
    from tracker.lookup import number_of
    from tracker.snapshot.week import compute_improvement

    return {
        "id": number_of(item),
        "instrument": item.instrument,
        "year": item.year,
        "score": item.score,
        "improvement": compute_improvement(item, every),
        "target": item.target,
        "rank": item.rank,
        "source": item.source,
    }
