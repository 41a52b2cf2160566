"""``collect``: many cities' published weeks in one table."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from tracker.cli.common import WEEK, Json
from tracker.cli.session import session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import Rejected, UsageError
from tracker.language import N_, Language
from tracker.paths import shown_path, typed_path
from tracker.text import visible

if TYPE_CHECKING:
    from tracker.comparison.collected import Answers, Collection
    from tracker.comparison.summary import ReadSummary

app = create_group()
_PAIR = "NEW=KNOWN"


@command(
    app,
    "collect",
    N_(
        "Many cities' published weeks in one table: bring files in, and print each city's last week.",
    ),
    "opd-tracker collect kiriman/\n"
    "opd-tracker collect bandung-2026-W47.json --to provinsi.db\n"
    "opd-tracker collect --week 2026-W46 --csv",
)
def collect_weeks(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        Argument(
            metavar="[FILE…|FOLDER]",
            help=N_("Weeks as `snapshot show WEEK --summary` writes them."),
        ),
    ] = None,
    to: Annotated[
        Path | None,
        Option(
            "--to",
            metavar="FILE",
            help=N_("The table (beside the settings unless given)."),
        ),
    ] = None,
    week: Annotated[
        str,
        Option(
            "--week",
            metavar=WEEK,
            help=N_("The cities in this week, not in the last one of each."),
        ),
    ] = "",
    same: Annotated[
        list[str] | None,
        Option(
            "--same",
            metavar=_PAIR,
            help=N_("These two names are of one city."),
        ),
    ] = None,
    different: Annotated[
        list[str] | None,
        Option(
            "--different",
            metavar=_PAIR,
            help=N_("These two names are of different cities."),
        ),
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[
        bool,
        Option("--csv", help=N_("Print CSV and nothing else.")),
    ] = False,
) -> None:
    """Collect weeks and print the table."""
    from tracker.cli.values import read_week
    from tracker.comparison.collection_file import TABLE_FILE
    from tracker.comparison.summary import read_summary
    from tracker.settings import settings_path

    if as_json and as_csv:
        raise UsageError("Choose one of {names}.", names="--json, --csv")
    language = session_of(ctx).language
    asked = str(read_week(week)) if week else ""
    answers = _read_answers(same or (), same=True)
    answers |= _read_answers(different or (), same=False)
    read = [read_summary(path) for path in _list_files(files or ())]
    table = typed_path(to) if to else settings_path().with_name(TABLE_FILE)
    if read:
        rows = _add_all(table, read, answers, asked, language)
    else:
        rows = _read_rows(table, asked)
    if as_json or as_csv:
        _print_data(rows, as_csv=as_csv)
    else:
        _print_rows(rows, language)
        place = language.text("The table is {path}.", path=shown_path(table))
        print(place, file=sys.stderr)


def _add_all(
    table: Path,
    read: Sequence["ReadSummary"],
    answers: "Answers",
    asked: str,
    language: Language,
) -> list[dict[str, Any]]:
    """Put weeks into the table, all or none; tell what became of them, and return its rows."""
    from tracker.comparison.collection_file import (
        open_collection,
        try_collection,
    )

    if not table.exists():
        # No file is made before it is known that all can be taken.
        with try_collection() as trial:
            _add_each(trial, read, answers, language)
    with open_collection(table) as collection:
        told = _add_each(collection, read, answers, language)
        rows = collection.read_week(asked)
    for line in filter(None, told):
        print(visible(line), file=sys.stderr)
    return rows


def _add_each(
    collection: "Collection",
    read: Sequence["ReadSummary"],
    answers: "Answers",
    language: Language,
) -> list[str]:
    told = []
    for one in read:
        # One by one: what is asked of a city depends on those before it.
        _ask_names(collection, one, answers, language)
        told.append(_add(collection, one, answers, language))
    return told


def _read_rows(table: Path, asked: str) -> list[dict[str, Any]]:
    from tracker.comparison.collection_file import read_collection

    if not table.exists():
        raise Rejected(
            "There is no table {path} yet: name the weeks to collect, as "
            "`snapshot show WEEK --summary` writes them.",
            path=str(table),
        )
    with read_collection(table) as collection:
        return collection.read_week(asked)


def _list_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named, and of a folder those that end in .json."""
    found: list[Path] = []
    for path in map(typed_path, paths):
        if path.is_dir():
            inside = sorted(path.glob("*.json"))
            if not inside:
                raise Rejected(
                    "{path} holds no week to collect, no file that ends in .json.",
                    path=str(path),
                )
            found += inside
        else:
            found.append(path)
    return found


def _read_answers(pairs: Sequence[str], *, same: bool) -> "Answers":
    answers: Answers = {}
    for pair in pairs:
        new, equals, known = (part.strip() for part in pair.partition("="))
        if not (new and equals and known):
            raise UsageError(
                "“{value}” is not a pair: write the new name, = and the known one.",
                value=pair,
            )
        answers[new, known] = same
    return answers


def _ask_names(
    collection: "Collection",
    one: "ReadSummary",
    answers: "Answers",
    language: Language,
) -> None:
    """Ask whether names are of one city; raise ``Rejected`` where nobody can answer."""
    from tracker.cli.importing import can_ask
    from tracker.vocabulary import find_yes_no

    for question in collection.find_questions(one, answers):
        answer = None
        if can_ask():
            asked = language.text(
                "{file}: is “{name}” the city that is collected as “{known}”? (yes/no)",
                file=question.file,
                name=question.name,
                known=question.known,
            )
            print(
                visible(asked),
                end=" ",
                file=sys.stderr,
                flush=True,
            )
            answer = find_yes_no(sys.stdin.readline())
        if answer is None:
            raise Rejected(
                "{file}: “{name}” may be the city that is collected as “{known}”: say so with "
                '--same or --different "{name}={known}".',
                file=question.file,
                name=question.name,
                known=question.known,
            )
        answers[question.name, question.known] = answer


def _add(
    collection: "Collection",
    one: "ReadSummary",
    answers: "Answers",
    language: Language,
) -> str:
    """Put a week into the table; return what is worth telling of it, empty if it is simply new."""
    from tracker.comparison.collected import Outcome

    summary = one.summary
    outcome = collection.add(summary, answers)
    wordings = {
        Outcome.REVISED: N_(
            "{file}: a later revision of {week} of {city}, it replaces the one that was there.",
        ),
        Outcome.OUTDATED: N_(
            "{file}: an earlier revision of {week} of {city}, the later one stays.",
        ),
        Outcome.KNOWN: N_("{file}: {week} of {city} is there already."),
    }
    if outcome not in wordings:
        return ""
    return language.text(
        wordings[outcome],
        file=one.file,
        week=summary.week,
        city=summary.city,
    )


def _print_data(rows: list[dict[str, Any]], *, as_csv: bool) -> None:
    from tracker.cli.show import print_csv, print_json

    if as_csv:
        headers = list(rows[0]) if rows else []
        print_csv(headers, [list(row.values()) for row in rows])
    else:
        print_json(rows)


def _print_rows(rows: list[dict[str, Any]], language: Language) -> None:
    from tracker.cli.show import print_table

    headers = [
        N_("City"),
        N_("Week"),
        N_("OPDs"),
        N_("Services"),
        N_("Digital"),
        N_("Behind the single door"),
        N_("Index"),
    ]
    cells = []
    for row in rows:
        city = str(row["city"])
        if row["illustrative"]:
            city += f" ({language.text('illustrative')})"
        line = (
            city,
            row["week"],
            language.number(row["opds"], 0),
            language.number(row["services"], 0),
            language.percent(row["digital_share"]),
            language.percent(row["single_door_share"]),
            language.number(row["index"]),
        )
        cells.append(line)
    print_table(
        [language.text(header) for header in headers],
        cells,
        right=range(2, 7),
    )
