"""The open data as a file: CSV or XLSX, each with its data dictionary."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tracker.errors import UsageError
from tracker.exchange.current.columns import OPEN_DATA, CellKind, cell_value
from tracker.exchange.current.rows import current_services
from tracker.exchange.parsing.numbers import plain_number
from tracker.exchange.writing.files import replace_file
from tracker.exchange.writing.workbook import Cell, Sheet, write_workbook
from tracker.labels import stage_word
from tracker.language import N_, Language
from tracker.model import Stage
from tracker.register import Register
from tracker.text import cell, visible

FORMATS = ("csv", "xlsx")

_STAGE_MEANINGS = {
    Stage.CONVENTIONAL: N_("the citizen comes to an office"),
    Stage.ONLINE: N_(
        "it can be asked for online, through a channel of its own",
    ),
    Stage.INTEGRATED: N_(
        "it is reached through {portal}, the city's single door",
    ),
}


def write_current(
    register: Register,
    dest: Path,
    form: str,
    language: Language,
    day: date,
) -> list[Path]:
    """Write every service as it stands on ``day`` to ``dest``; return the files written.

    ``form`` is csv (the dictionary in a second file beside it) or xlsx (a second sheet).
    Raises ``Rejected`` where the place cannot be written.
    """
    headers = [column.header(language) for column in OPEN_DATA]
    rows = [
        [cell_value(column.value(row), language) for column in OPEN_DATA]
        for row in current_services(register, day)
    ]
    dictionary = _make_dictionary(register, language, day)
    if form == "xlsx":
        data = Sheet(
            language.text("Services"),
            headers,
            [c.width for c in OPEN_DATA],
            rows,
        )
        meaning = Sheet(
            language.text("Data dictionary"),
            *_dictionary_head(language),
            dictionary,
        )
        write_workbook(dest, [data, meaning])
        return [dest]

    beside = dest.with_name(
        f"{dest.stem}-{language.text('dictionary')}{dest.suffix}",
    )
    _write_csv(dest, headers, rows, language)
    _write_csv(beside, _dictionary_head(language)[0], dictionary, language)
    return [dest, beside]


def current_format(dest: Path, form: str) -> str:
    """Return csv or xlsx, as asked for or as the ending of ``dest`` tells."""
    chosen = form or dest.suffix.lower().lstrip(".")
    if chosen in FORMATS:
        return chosen
    raise UsageError(
        "--current writes one file, CSV or XLSX: end DEST in .csv or .xlsx, or give --format.",
    )


def _dictionary_head(language: Language) -> tuple[list[str], list[int]]:
    titles = (N_("Column"), N_("Holds"), N_("Meaning"))
    return [language.text(title) for title in titles], [26, 24, 80]


def _make_dictionary(
    register: Register,
    language: Language,
    day: date,
) -> list[list[Cell]]:
    """Return what each column means, then the stages, the city and the day."""
    text, city = language.text, register.only_city
    rows: list[list[Cell]] = [
        [column.header(language), text(column.kind.value), text(column.meaning)]
        for column in OPEN_DATA
    ]
    for stage, meaning in _STAGE_MEANINGS.items():
        words = text(meaning, portal=city.portal)
        rows.append(
            [text(stage_word(stage)), text(CellKind.STAGE.value), words],
        )
    source = N_("Services of {city} as they stood at the end of {day}.")
    rows.append(["", "", text(source, city=city.name, day=day)])
    if city.illustrative:
        rows.append(
            ["", "", text("Illustrative data: the history is made up.")],
        )
    return rows


def _write_csv(
    path: Path,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    language: Language,
) -> None:
    """Write as Excel opens it: in Indonesian with a byte order mark, semicolons, decimal commas."""
    indonesian = language.code == "id"
    encoding = "utf-8-sig" if indonesian else "utf-8"
    with (
        replace_file(path) as beside,
        beside.open("w", encoding=encoding, newline="") as file,
    ):
        writer = csv.writer(file, delimiter=";" if indonesian else ",")
        writer.writerow(headers)
        for row in rows:
            writer.writerow(
                [_csv_cell(value, decimal_comma=indonesian) for value in row],
            )


def _csv_cell(value: Cell, *, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return cell(visible(value, lines=True))
    if isinstance(value, float):
        number = plain_number(value)
        return number.replace(".", ",") if decimal_comma else number
    return str(value)
