"""Rows that only say something about the list: notes under it, signatures, headings between its parts."""

import re
from dataclasses import replace

from tracker.exchange.account import row_ranges
from tracker.exchange.columns import COLUMNS
from tracker.exchange.parsing.headers import Header, cell_at
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.parsing.values import cell_text
from tracker.exchange.parsing.wording import comparable_title
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid, Numbered, is_filled
from tracker.language import N_
from tracker.text import collapse_whitespace
from tracker.vocabulary import comparable_word, meanings

_COUNTED = "counted"
_ORDINALS = frozenset(("no", "nomor", "nourut", "nomorurut", "number"))
"""Titles of columns that only number the rows."""


def without_notes(
    grid: Grid,
    header: Header,
    mapping: Mapping,
    answers: Answers,
) -> tuple[Header, list[Question]]:
    """Return the header with the rows of notes, left out unless a person says that they are rows.

    Returns also the question that is left open.
    """
    rows = _rows_with_one_value(grid, header, mapping)
    if not rows:
        return header, []
    question = _question(grid, rows)
    answer = question.answer_in(answers)
    if answer == _COUNTED:
        return header, []
    numbers = frozenset(number for number, _ in rows)
    return replace(header, notes=numbers), [] if answer else [question]


def _rows_with_one_value(
    grid: Grid,
    header: Header,
    mapping: Mapping,
) -> Numbered:
    """Return the rows whose one value, besides a number or letter, is no entry or begins as a note does.

    A name that stands alone in the middle of the columns is an entry of which the rest is missing.
    """
    name = header.places.get("name", 0)
    ordinals = {
        place
        for place in header.unread_places
        if comparable_title(header.titles[place]) in _ORDINALS
    }
    if grid.exact or sum(map(bool, header.titles)) < 2:
        return []
    needed = [
        header.places[column.name]
        for column in COLUMNS[header.kind]
        if column.needed
        and column.name in header.places
        and column.name not in mapping.defaults
    ]
    found = []
    for number, cells in grid.rows:
        if number <= header.row or number in header.totals:
            continue

        filled = grid.filled_places(number, cells)
        # The row's own number is no value, unless it stands alone.
        places = [place for place in filled if place not in ordinals] or filled
        if len(places) != 1:
            continue

        is_record = all(is_filled(cell_at(cells, place)) for place in needed)
        is_name = places[0] == name and name != 0
        is_data = is_record or is_name
        if not is_data or _begins_note(cell_text(cells[places[0]])):
            found.append((number, cells))
    return found


def _begins_note(text: str) -> bool:
    """Tell whether a text begins with a word for a note and a colon, or with an asterisk."""
    start = re.match(r"\s*(\*+|[^\W\d]+(?=\s*:))", text)
    return start is not None and (
        start[1].startswith("*")
        or comparable_word(start[1]) in meanings("notes")
    )


def _question(grid: Grid, rows: Numbered) -> Question:
    number, cells = rows[0]
    example = cell_text(cells[grid.filled_places(number, cells)[-1]])
    return Question(
        f"note:{grid.name}",
        N_(
            "Rows {rows} of {file} hold one value each (“{example}”), as notes and headings do. "
            "Are they left out?",
        ),
        {
            "rows": row_ranges(number for number, _ in rows),
            "file": grid.name,
            "example": collapse_whitespace(example)[:80],
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
