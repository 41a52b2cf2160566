"""Columns that say which rows are no longer active, such as ``Status: Tidak aktif``.

None of ours, yet read as if it were not there, such a column makes figures count what is offered no more.
"""

from collections.abc import Iterable
from dataclasses import replace

from tracker.errors import Rejected
from tracker.exchange.parsing.headers import Header, cell_at
from tracker.exchange.parsing.values import Cell, Reader, cell_text
from tracker.exchange.parsing.wording import comparable_title
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid
from tracker.language import N_
from tracker.vocabulary import comparable_word, meanings

_TITLES = frozenset(
    (
        "aktif",
        "isaktif",
        "masihaktif",
        "statusaktif",
        "stsaktif",
        "active",
        "isactive",
    ),
)
"""Titles of columns in which yes means active and no inactive."""
_OF = frozenset(("opds", "services", "applications"))
_COUNTED = "counted"


def is_active(title: str, cell: Cell) -> bool | None:
    """Return whether a cell marks its row as active, None if it does not tell."""
    word = meanings("activity").get(comparable_word(cell_text(cell)))
    if word is not None:
        return word == "active"
    try:
        return (
            Reader().yes(cell) if comparable_title(title) in _TITLES else None
        )
    except Rejected:
        return None


def says_activity(title: str, cells: Iterable[Cell]) -> bool:
    """Tell whether every cell marks its row as active or inactive."""
    return all(is_active(title, cell) is not None for cell in cells)


def leave_out_inactive(
    grid: Grid,
    header: Header,
    answers: Answers,
) -> tuple[Header, list[Question]]:
    """Return the header with its inactive rows, which are left out unless an answer says otherwise.

    A row that says since when it is retired is one of ours. Returns also the questions left open.
    """
    aside, inactive, questions = set(header.aside), set(header.inactive), []
    for place in header.unread_places if header.kind in _OF else ():
        rows = _find_inactive(grid, header, place)
        if not rows:
            continue
        question = _question(grid, header.titles[place], len(rows))
        answer = question.answer_in(answers)
        if answer is None:
            questions.append(question)
        else:
            aside.add(place)
        inactive |= rows if answer != _COUNTED else set()
    return replace(
        header,
        aside=frozenset(aside),
        inactive=frozenset(inactive),
    ), questions


def _find_inactive(
    grid: Grid,
    header: Header,
    place: int,
) -> set[int]:
    """Return the rows that a column marks as inactive; none if it also holds other things."""
    title, blank = header.titles[place], Reader(keeps_words=True).is_blank
    below = [
        (number, cells) for number, cells in grid.rows if number > header.row
    ]
    told = [
        (number, cells)
        for number, cells in below
        if not blank(cell_at(cells, place))
    ]
    if not says_activity(title, (cell_at(cells, place) for _, cells in told)):
        return set()
    end = header.places.get("retired_on")
    return {
        number
        for number, cells in told
        if not is_active(title, cell_at(cells, place))
        and (end is None or blank(cell_at(cells, end)))
    }


def _question(grid: Grid, title: str, count: int) -> Question:
    return Question(
        f"inactive:{grid.name}:{title}",
        N_(
            "The column “{column}” of {file} calls rows inactive ({count}). Are they left out?",
        ),
        {"column": title, "file": grid.name, "count": count},
        (
            Candidate(SKIP, N_("yes: they are left out"), {}),
            Candidate(_COUNTED, N_("no: they are entered as active"), {}),
        ),
    )
