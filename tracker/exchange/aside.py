"""Rows that are kept out of an import, put aside into a file of their own, to be mended and imported later."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tracker.errors import UserError
from tracker.exchange.parsing.numbers import (
    Shown,
    Style,
    find_number_style,
    is_number,
    plain_number,
    style_shown,
)
from tracker.exchange.parsing.values import (
    Cell,
    Formatted,
    Percent,
    cell_text,
)
from tracker.exchange.reading.grid import Grid
from tracker.exchange.writing.files import replace_file
from tracker.language import N_, Language
from tracker.text import cell, visible

WHY_ASIDE = N_("Why it was put aside")
"""The title of the column of reasons."""


def free_path(file: Path, word: str) -> Path:
    """Return a free path beside a file or folder: ``layanan-WORD.csv``, then ``layanan-WORD-2.csv``."""
    stem = f"{file.name if file.is_dir() else file.stem}-{word}"
    path = file.parent / f"{stem}.csv"
    number = 2
    while path.exists():
        path = file.parent / f"{stem}-{number}.csv"
        number += 1
    return path


def rows_of(problem: UserError) -> tuple[int, ...]:
    """Return the rows of a problem; none if it is one of the whole file."""
    values = problem.values
    if "rows" in values:
        return tuple(values["rows"])
    return (values["row"],) if values.get("row") else ()


def reasons_by_row(
    problems: Iterable[UserError],
    language: Language,
) -> dict[tuple[str, int], str]:
    """Return what is wrong with each row, by the name of its sheet and its number."""
    reasons: dict[tuple[str, int], str] = {}
    for problem in problems:
        said = language.say(problem)
        for row in rows_of(problem):
            place = str(problem.values["file"]), row
            reasons[place] = (
                f"{reasons[place]} {said}" if place in reasons else said
            )
    return reasons


def write_rows_aside(
    path: Path,
    sheets: Iterable[tuple[Grid, int]],
    reasons: Mapping[tuple[str, int], str],
    title: str,
) -> None:
    """Write rows of one or more sheets below the header of each, with why they are put aside.

    ``sheets`` are grids with the row of their header, ``reasons`` the reason by sheet name and row, and
    ``title`` heads the column of reasons. Spreadsheets with Indonesian settings open the file as columns.
    Numbers are written as those of the sheet that are texts, for one style is found for a whole file.
    """
    with (
        replace_file(path) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, delimiter=";")
        for grid, header in sheets:
            rows = [
                (number, cells)
                for number, cells in grid.rows
                if (grid.name, number) in reasons
            ]
            if not rows:
                continue
            titles = next(
                (cells for number, cells in grid.rows if number == header),
                [],
            )
            style = _find_style(grid)
            width = max(len(titles), *(len(cells) for _, cells in rows))
            writer.writerow([*_cell_texts(titles, width, style), title])
            for number, cells in rows:
                reason = reasons[grid.name, number]
                writer.writerow([*_cell_texts(cells, width, style), reason])


def _find_style(grid: Grid) -> Style:
    """Return the style of the numbers in a sheet that are texts; Indonesian if they show none."""
    numbers = [
        (value.strip(), False)
        for _, cells in grid.rows
        for value in cells
        if isinstance(value, str) and is_number(value.strip())
    ]
    style = find_number_style(numbers)
    return style if isinstance(style, Style) else Style.INDONESIAN


def _cell_texts(
    cells: Sequence[Cell],
    width: int,
    style: Style,
) -> list[str]:
    texts = [
        cell(visible(_write_cell(value, style), lines=True)) for value in cells
    ]
    return texts + [""] * (width - len(texts))


def _write_cell(value: Cell, style: Style) -> str:
    """Return a cell's text; a number that a file of this style would not take for another."""
    if not isinstance(value, float):
        return cell_text(value)
    if isinstance(value, Formatted) and not _is_doubtful(value.shown):
        return value.shown
    text = plain_number(value)
    if style is Style.INDONESIAN:
        text = text.replace(".", ",")
    return f"{text}%" if isinstance(value, Percent) else text


def _is_doubtful(text: str) -> bool:
    """Tell whether a text is a number that has another value in each style."""
    return is_number(text) and style_shown(text) is Shown.OPEN
