"""Columns of a file that are not read: those that may be ours are asked about, not dropped."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.errors import Rejected
from tracker.exchange.columns import COLUMNS, Column
from tracker.exchange.labels import column_word
from tracker.exchange.parsing.activity import says_activity
from tracker.exchange.parsing.headers import Header, cell_at
from tracker.exchange.parsing.mapping import Mapping
from tracker.exchange.parsing.values import Cell, Reader, cell_text
from tracker.exchange.parsing.wording import (
    comparable_title,
    is_amount,
    names_column,
    resembles,
)
from tracker.exchange.questions import SKIP, Answers, Candidate, Question
from tracker.exchange.reading.grid import Grid
from tracker.language import N_
from tracker.text import normalize_name

COLUMN = "column"
"""The sort of the questions about columns."""

_STATUS = frozenset(
    ("status", "statuslayanan", "statuspelayanan", "statusdigitalisasi"),
)
"""Titles of columns that are read as stages if every cell is one."""


def settle_unread_columns(
    grid: Grid,
    header: Header,
    mapping: Mapping,
    answers: Answers,
    reader: Reader,
) -> tuple[Header, list[Question]]:
    """Return the header with the answers about its unread columns applied, and the open questions.

    Asked about is what may be a column whose loss would make figures wrong. Raises ``Rejected`` where an
    answer fits no question, or two columns are said to be one.
    """
    unread = _Unread(
        grid,
        _with_status(grid, header, mapping, reader),
        mapping,
        reader,
    )
    places, aside, questions = (
        dict(unread.header.places),
        set(unread.header.aside),
        [],
    )
    said: dict[str, str] = {}
    for place in unread.header.unread_places:
        likely, title = unread.likely(place), header.titles[place]
        if not likely:
            continue
        question = _question(grid, title, likely)
        answer = question.answer_in(answers)
        if answer is None:
            questions.append(question)
        elif answer == SKIP:
            aside.add(place)
        elif answer in said:
            raise Rejected(
                "By the answers “{first}” and “{second}” of {file} are both {column}: "
                "answer “skip” for one of them.",
                first=said[answer],
                second=title,
                file=grid.file,
                column=answer,
            )
        else:
            places[answer], said[answer] = place, title
    return replace(
        unread.header,
        places=places,
        aside=frozenset(aside),
    ), questions


class _Unread:
    """The unread columns of a sheet, and which of ours each may be."""

    def __init__(
        self,
        grid: Grid,
        header: Header,
        mapping: Mapping,
        reader: Reader,
    ) -> None:
        self.grid, self.header, self.mapping, self.reader = (
            grid,
            header,
            mapping,
            reader,
        )

    def likely(self, place: int) -> list[Column]:
        """Return the columns of ours that a file's column may be and that no mapping fills otherwise."""
        if not any(True for _ in _cells(self.grid, self.header, place)):
            return []
        return [
            column
            for column in COLUMNS[self.header.kind]
            if self._may_be(place, column)
        ]

    def _may_be(self, place: int, column: Column) -> bool:
        if (
            column.name in self.mapping.columns
            or column.name in self.mapping.defaults
        ):
            return False

        title, is_stage = self.header.titles[place], column.name == "stage"
        # Titles first: going through the cells of a long list takes far longer.
        if not is_stage and not resembles(title, column):
            return False

        if is_amount(column):
            texts = map(cell_text, _cells(self.grid, self.header, place))
            if not any(sign.isdigit() for text in texts for sign in text):
                return False

        if column.name in self.header.places:
            return resembles(title, column) and names_column(title, column)
        if not is_stage or self._says_stages(place):
            return True
        cells = _cells(self.grid, self.header, place)
        return resembles(title, column) and not says_activity(title, cells)

    def _says_stages(self, place: int) -> bool:
        return _says_stages(
            self.grid,
            self.header,
            place,
            self.mapping,
            self.reader,
        )


def _with_status(
    grid: Grid,
    header: Header,
    mapping: Mapping,
    reader: Reader,
) -> Header:
    """Return the header with the stages read from the only column of status with stages alone."""
    if header.kind != "services" or "stage" in {
        *header.places,
        *mapping.defaults,
    }:
        return header
    found = [
        place
        for place in header.unread_places
        if comparable_title(header.titles[place]) in _STATUS
        and _says_stages(grid, header, place, mapping, reader)
    ]
    return (
        replace(header, places={**header.places, "stage": found[0]})
        if len(found) == 1
        else header
    )


def _says_stages(
    grid: Grid,
    header: Header,
    place: int,
    mapping: Mapping,
    reader: Reader,
) -> bool:
    """Tell whether a column has cells and each of them is a stage."""
    there = False
    meanings = mapping.values.get("stage", {})
    for cell in _cells(grid, header, place):
        if normalize_name(cell_text(cell)) not in meanings:
            try:
                reader.stage(cell)
            except Rejected:
                return False
        there = True
    return there


def _cells(
    grid: Grid,
    header: Header,
    place: int,
) -> Iterator[Cell]:
    """Return what is filled in below a header's cell."""
    blank = Reader(keeps_words=True).is_blank
    below = (
        cell_at(cells, place)
        for number, cells in grid.rows
        if number > header.row
    )
    return (cell for cell in below if not blank(cell))


def _question(
    grid: Grid,
    title: str,
    likely: list[Column],
) -> Question:
    candidates = [
        Candidate(column.name, column_word(column), {}) for column in likely
    ]
    return Question(
        f"{COLUMN}:{grid.name}:{title}",
        N_(
            "What stands in the column “{column}” of {file}? Left out by mistake it makes figures wrong.",
        ),
        {"column": title, "file": grid.name, "ours": likely[0].name},
        (
            *candidates,
            Candidate(SKIP, N_("Nothing of ours: it is not read"), {}),
        ),
        N_(
            'In a mapping file: [columns] {ours} = "{column}", or unread = ["{column}"].',
        ),
    )
