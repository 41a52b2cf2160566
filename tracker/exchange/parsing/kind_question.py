"""The question which kind of rows a sheet holds, if neither its header nor its values say so."""

from pathlib import PurePath

from tracker.exchange.labels import kind_word
from tracker.exchange.parsing.headers import Header, kind_called, read_header_as
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.parsing.wording import comparable_title
from tracker.exchange.questions import Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid
from tracker.language import N_
from tracker.vocabulary import comparable_word

_GENERIC = frozenset(("nama", "name"))
_POSSIBLE = ("opds", "applications")


def settle_kind(
    grid: Grid,
    header: Header,
    mapping: Mapping,
    answers: Answers,
) -> tuple[Header, list[Question]]:
    """Return the header as the kind that the answer names, and the question if it is open.

    Open is a list of applications of which nothing is known but that its rows have a ``name``.
    """
    if not _is_open(grid, header):
        return header, []
    question = Question(
        f"kind:{grid.name}",
        N_("What does {file} list, with names such as “{example}”?"),
        {"file": grid.name, "example": _example(grid, header)},
        tuple(Candidate(kind, kind_word(kind), {}) for kind in _POSSIBLE),
    )
    answer = question.answer_in(answers)
    if answer is None:
        return header, [question]
    return read_header_as(grid, answer, header.row, mapping), []


def _is_open(grid: Grid, header: Header) -> bool:
    if (
        grid.exact
        or header.kind != "applications"
        or [*header.places] != ["name"]
    ):
        return False
    return comparable_title(
        header.titles[header.places["name"]],
    ) in _GENERIC and not any(
        kind_called(word)
        for word in comparable_word(PurePath(grid.file).stem).split()
    )


def _example(grid: Grid, header: Header) -> str:
    place = header.places["name"]
    names = (
        str(cells[place])
        for number, cells in grid.rows
        if number > header.row and place < len(cells) and cells[place]
    )
    return next(names, "")
