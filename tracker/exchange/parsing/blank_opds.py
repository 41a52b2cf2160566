"""Rows that leave the OPD blank below one that names it, as a list does whose cells were merged."""

from collections.abc import Callable
from dataclasses import replace

from tracker.exchange.account import row_ranges
from tracker.exchange.columns import COLUMNS
from tracker.exchange.parsing.headers import Header, cell_at
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.parsing.values import Cell, tidy_text
from tracker.exchange.questions import Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid, is_filled
from tracker.fields import ValueType
from tracker.language import N_

_ABOVE, _BLANK = "above", "blank"


def with_opds_above(
    grid: Grid,
    header: Header,
    mapping: Mapping,
    answers: Answers,
    is_skipped: Callable[[list[Cell]], bool],
) -> tuple[Header, list[Question]]:
    """Return the header with the OPD of the rows that leave it blank: that of the row above.

    Returns also the question that is left open; until it is answered, yes is assumed.
    """
    column = next(
        (
            one.name
            for one in COLUMNS[header.kind]
            if one.holds is ValueType.OPD and one.needed
        ),
        "",
    )
    place = header.places.get(column, -1)
    if place < 0 or column in mapping.defaults or grid.exact:
        return header, []

    above = _find_above(grid, header, place, is_skipped)
    if not above:
        return header, []
    row, opd = next(iter(above.items()))
    question = Question(
        f"above:{grid.name}",
        N_(
            "Rows {rows} of {file} leave the column “{column}” blank; above row {row} stands “{opd}”. "
            "Is the one above meant each time?",
        ),
        {
            "rows": row_ranges(above),
            "file": grid.name,
            "column": header.titles[place],
            "row": row,
            "opd": tidy_text(opd)[:80],
        },
        (
            Candidate(_ABOVE, N_("yes: each is of the OPD above it"), {}),
            Candidate(_BLANK, N_("no: the OPD has to be filled in"), {}),
        ),
    )
    answer = question.answer_in(answers)
    if answer == _BLANK:
        return header, []
    return replace(header, opds_above=above), [] if answer else [question]


def _find_above(
    grid: Grid,
    header: Header,
    place: int,
    is_skipped: Callable[[list[Cell]], bool],
) -> dict[int, Cell]:
    """Return the OPD above each row that has a name or the like, and nothing where its OPD stands."""
    above: dict[int, Cell] = {}
    last: Cell = None
    others = header.read_places - {place}
    for number, cells in grid.rows:
        if (
            number <= header.row
            or header.leaves_out(number)
            or is_skipped(cells)
        ):
            continue
        cell = cell_at(cells, place)
        if is_filled(cell):
            last = cell
        elif last is not None and any(
            is_filled(cell_at(cells, other)) for other in others
        ):
            above[number] = last
    return above
