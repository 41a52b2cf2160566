"""Rows with a number where names stand: counts of a table that follows, or the numbers of columns."""

import re
from collections.abc import Callable
from dataclasses import replace

from tracker.exchange.account import row_ranges
from tracker.exchange.parsing.headers import Header, cell_at
from tracker.exchange.parsing.values import Cell, cell_text
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid, is_filled
from tracker.language import N_

_COUNTED = "counted"
_NUMBER = re.compile(r"[\d.,\s%]*\d[\d.,\s%]*")


def without_numeric_names(
    grid: Grid,
    header: Header,
    answers: Answers,
    is_skipped: Callable[[list[Cell]], bool],
) -> tuple[Header, list[Question]]:
    """Return the header with the rows called by a number left out, unless a person says that they are rows.

    Asked about are single ones among names; where all are numbers, they may be what things are called.
    Returns also the question that is left open.
    """
    place = header.places.get("name", -1)
    if place < 0 or grid.exact:
        return header, []
    names = {
        number: cell_at(cells, place)
        for number, cells in grid.rows
        if number > header.row
        and not header.leaves_out(number)
        and not is_skipped(cells)
        and is_filled(cell_at(cells, place))
    }
    numeric = {
        row: name
        for row, name in names.items()
        if _NUMBER.fullmatch(cell_text(name))
    }
    if not numeric or len(numeric) == len(names):
        return header, []

    question = Question(
        f"number:{grid.name}",
        N_(
            "Rows {rows} of {file} have a number where names stand (“{name}”), as counts have. "
            "Are they left out?",
        ),
        {
            "rows": row_ranges(numeric),
            "file": grid.name,
            "name": cell_text(next(iter(numeric.values())))[:80],
        },
        (
            Candidate(SKIP, N_("yes: they list nothing"), {}),
            Candidate(
                _COUNTED,
                N_("no: they are entered like any other row"),
                {},
            ),
        ),
    )
    answer = question.answer_in(answers)
    if answer == _COUNTED:
        return header, []
    rows = frozenset(numeric)
    return replace(header, numeric=rows), [] if answer else [question]
