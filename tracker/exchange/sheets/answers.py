"""What an OPD has filled in on its sheet, read back: moves, and the OPD's report for the week.

A sheet is known by its columns, whatever program has saved it: XLSX, ODS, CSV. The hidden marker tells of
which OPD and week it is and what was sent; where it is lost, the heading tells the first two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.errors import Rejected
from tracker.exchange.account import Part, Unread, row_ranges
from tracker.exchange.columns import ANSWERS, RETURNS
from tracker.exchange.parsing.headers import FURTHEST_HEADER
from tracker.exchange.parsing.values import Cell, cell_text, tidy_text
from tracker.exchange.reading.grid import Contents, Grid, Numbered, is_filled
from tracker.exchange.sheets.layout import (
    COLUMNS,
    EXTRA_ROWS,
    FIRST_WIDTH,
    HEADER_ROW,
    LOCKED,
    MARKER,
    NAME_CELL,
    NAME_PLACE,
    PHONE_CELL,
    PLACES,
    REMARK_ROW,
    SENDER_ROW,
    SENT,
    VERSION,
)
from tracker.language import LANGUAGES, N_, load_language
from tracker.model import Stage
from tracker.text import (
    collapse_whitespace_in_lines,
    normalize_name,
    uncell,
)

_MOVES = ("stage", "date", "evidence", "visits", "days", "new_date")
_OBSTACLE_COLUMNS = {
    "service": None,
    "factor": PLACES["factor"],
    "description": PLACES["obstacle"],
    "opened_on": None,
}
_SERVICE_COLUMNS = {
    "opd": None,
    "name": NAME_PLACE,
    "stage": PLACES["stage"],
    "registered_on": None,
    "visits": PLACES["visits"],
    "days": PLACES["days"],
}
"""Our columns of rows of their own kind, and the places on the sheet in which they are filled in."""
_ANSWERED = [place for name, place in PLACES.items() if name != "service"]
_FIRST_ANSWERS = {
    name: place for name, place in PLACES.items() if place < FIRST_WIDTH
}
"""What every sheet asks, also an older one."""
_OF_ANSWERS = {
    name: place
    for name, place in PLACES.items()
    if name not in ("why_late", "obstacle", "factor")
}
"""What becomes a row of answers; the rest becomes a remark, or a row of its own kind."""
_NOTHING = {"", "-", "–", "—"}
_WIDTH = len(COLUMNS)
_WEEK = re.compile(r"\d{4}-W\d{2}")
_INSTRUCTION = re.compile(r"\d+\. ")


@dataclass
class _Marks:
    """What the marker tells, or the heading if it is lost; ``sent`` the locked cells of each service."""

    opd: str = ""
    week: str = ""
    made_on: str = ""
    words: dict[str, str] = field(default_factory=dict)
    sent: dict[str, list[str]] = field(default_factory=dict)


def read_returned(grids: Sequence[Grid], file: str) -> Contents | None:
    """Return what stands on a sheet that has come back, None if the file is none.

    ``grids`` are all sheets of the file. ``Rejected`` if a newer program has made it, if its columns no
    longer stand as they were sent, or if nothing tells of which OPD and week it is.
    """
    marker = next((grid for grid in grids if grid.sheet == MARKER), None)
    found = _find_header(grids)
    if found is None:
        if marker is None and not any(map(_has_titles, grids)):
            return None
        raise Rejected(
            "{file} no longer has its columns as they were sent: copy the answers into a new sheet.",
            file=file,
        )

    grid, header = found
    if marker is None:
        marks = _read_heading(grid, header)
    else:
        marks = _read_marker(marker)
    if not (marks.opd and marks.week):
        raise Rejected(
            "{file} is a sheet that an OPD filled in, but nothing in it tells of which OPD and week: "
            "copy the answers into a new sheet.",
            file=file,
        )

    others = [one for one in grids if one is not grid and one is not marker]
    return _Returned(grid, header, marks, file).read(others, marker)


def is_returned(grids: Sequence[Grid]) -> bool:
    """Tell whether sheets, of which the first rows are enough, are those of a sheet that has come back."""
    return any(grid.sheet == MARKER or _has_titles(grid) for grid in grids)


class _Returned:
    """A sheet that has come back, being read."""

    def __init__(
        self,
        grid: Grid,
        header: int,
        marks: _Marks,
        file: str,
    ) -> None:
        self.grid = grid
        self.header = header
        self.marks = marks
        self.file = file

        self.rows: Numbered = []
        self.obstacles: Numbered = []
        self.services: Numbered = []
        self.notes: list[str] = []
        self.is_filled = False
        self.taken = 0
        self.foreign_rows: dict[int, int] = {}
        """How many cells are filled in rows that are not of the sheet."""
        self.beyond = 0

        self._titles = next(row for at, row in grid.rows if at == header)
        has_further = any(map(is_filled, self._titles[FIRST_WIDTH:_WIDTH]))
        self.width = _WIDTH if has_further else FIRST_WIDTH

    def read(self, others: Sequence[Grid], marker: Grid | None) -> Contents:
        """Read every row, and count what is not read."""
        for number, cells in self.grid.rows:
            own = cells[: self.width]
            beyond = cells[self.width :]
            missing = _WIDTH - len(own)
            self.beyond += sum(map(is_filled, beyond))
            self._take(number, [*own, *[None] * missing])
        if marker is not None:
            self.taken += _count_filled(marker)
        unread = [*self._unread_parts(), *self._unread_sheets(others)]

        places = {
            **_OF_ANSWERS,
            **LOCKED,
            "opd": _WIDTH,
            "week": _WIDTH + 1,
        }
        grids = [self._grid_of(ANSWERS, self.rows, places), self._report()]
        more = (
            ("services", _SERVICE_COLUMNS, self.services),
            ("obstacles", _OBSTACLE_COLUMNS, self.obstacles),
        )
        for kind, columns, rows in more:
            if rows:
                titled = [(0, self._titles_of(columns)), *rows]
                places = {name: at for at, name in enumerate(columns)}
                grids.append(self._grid_of(kind, titled, places))
        return Contents(grids, unread=tuple(unread), taken=self.taken)

    def _titles_of(self, columns: Mapping[str, int | None]) -> list[Cell]:
        """Return what the sheet calls our columns; those that it does not have keep their names."""
        return [
            name if place is None else self._titles[place] or name
            for name, place in columns.items()
        ]

    def _grid_of(
        self,
        kind: str,
        rows: Numbered,
        places: dict[str, int],
    ) -> Grid:
        """Return rows of the sheet as a grid of their kind."""
        return Grid(
            self.file,
            rows,
            kind=kind,
            places=places,
            week=self.marks.week,
            is_accounted=False,
        )

    def _take(self, number: int, row: list[Cell]) -> None:
        """Take a row as what it is by its distance from the header, and count its cells."""
        count = sum(map(is_filled, row))
        # Whoever inserts rows above the header moves the rows before it along with it.
        original_number = number - self.header + HEADER_ROW
        if number == self.header:
            self.rows.append((number, [*row, "opd", "week", "about"]))
        elif original_number == REMARK_ROW:
            self.notes.append(collapse_whitespace_in_lines(cell_text(row[1])))
        elif original_number == SENDER_ROW:
            self._take_sender(row)
        elif number > self.header and not self._take_answers(number, row):
            self.foreign_rows[number] = count
            return
        self.taken += count

    def _take_sender(self, row: list[Cell]) -> None:
        """Keep who filled the sheet in, and their telephone, with the report."""
        for place in (NAME_CELL, PHONE_CELL):
            answer = tidy_text(row[place])
            if answer not in _NOTHING:
                label = tidy_text(row[place - 1])
                self.notes.append(f"{label.rstrip(':')}: {answer}")

    def _take_new_service(self, number: int, row: list[Cell]) -> bool:
        """Take a row without a code that names a service which was not sent; tell whether it is one."""
        name = uncell(tidy_text(row[NAME_PLACE]))
        code = tidy_text(row[0])
        sent = {normalize_name(cells[0]) for cells in self.marks.sent.values()}
        if code or not name or not sent or normalize_name(name) in sent:
            return False
        last = self.header + len(self.marks.sent) + EXTRA_ROWS
        if number > last and not is_filled(row[PLACES["stage"]]):
            return False  # a signature, as people put below a letter

        cells: list[Cell] = [
            self.marks.opd,
            name,
            self._stage_of(row),
            self.marks.made_on,
            row[PLACES["visits"]],
            row[PLACES["days"]],
        ]
        self.services.append((number, cells))
        note = tidy_text(row[PLACES["note"]])
        if note not in _NOTHING:
            self.notes.append(f"{name}: {note}")
        self.is_filled = True
        return True

    def _stage_of(self, row: list[Cell]) -> Cell:
        """Return the stage that was chosen, in the program's word if the sheet offered it."""
        cell = row[PLACES["stage"]]
        word = normalize_name(cell_text(cell))
        return self.marks.words.get(word, cell)

    def _take_plans(
        self,
        number: int,
        code: str,
        row: list[Cell],
    ) -> None:
        """Take why a service is late and what holds it back."""
        about = tidy_text(row[NAME_PLACE]) or code
        why = tidy_text(row[PLACES["why_late"]])
        if why not in _NOTHING:
            title = cell_text(self._titles[PLACES["why_late"]])
            self.notes.append(f"{about} – {title}: {why}")

        obstacle = row[PLACES["obstacle"]]
        factor = row[PLACES["factor"]]
        if {tidy_text(obstacle), tidy_text(factor)} <= _NOTHING:
            return
        cells: list[Cell] = [code, factor, obstacle, self.marks.made_on]
        self.obstacles.append((number, cells))

    def _take_answers(self, number: int, row: list[Cell]) -> bool:
        """Take a row of answers, and tell whether it is one: it has a service, or something filled in."""
        if self._take_new_service(number, row):
            return True
        filled = [
            name
            for name in _MOVES
            if tidy_text(row[PLACES[name]]) not in _NOTHING
        ]
        self.is_filled |= any(
            cell_text(row[place]).strip() for place in _ANSWERED
        )
        code = uncell(tidy_text(row[0]))
        self._take_plans(number, code, row)
        has_note = is_filled(row[PLACES["note"]])
        if not (self._is_service(code) or filled or has_note):
            return False

        note = tidy_text(row[PLACES["note"]])
        if note and not filled:
            # Without a move there is nothing that the note could belong to but the report.
            self.notes.append(f"{tidy_text(row[NAME_PLACE])}: {note}")
            row[PLACES["note"]] = None
        about = uncell(tidy_text(row[NAME_PLACE])) or code
        changed = self._keep_changed(code, row)
        self.is_filled |= bool(self.marks.sent) and changed
        row[PLACES["stage"]] = self._stage_of(row)
        if filled or changed:
            known = (self.marks.opd, self.marks.week, about)
            self.rows.append((number, [*row, *known]))
        return True

    def _is_service(self, code: str) -> bool:
        """Tell whether a code is one that was sent; without the marker, whether it may be one."""
        if not code:
            return False
        if self.marks.sent:
            return code in self.marks.sent
        return " " not in code

    def _keep_changed(self, code: str, row: list[Cell]) -> bool:
        """Empty the locked cells that are as they were sent, and tell whether any other is left."""
        sent = self.marks.sent.get(code)
        for at, place in enumerate(LOCKED.values()):
            if sent is not None and _comparable(row[place]) == sent[at]:
                row[place] = None
        return any(is_filled(row[place]) for place in LOCKED.values())

    def _report(self) -> Grid:
        """Return the row about the return of the sheet itself."""
        note = "\n".join(filter(None, self.notes))
        values: dict[str, Cell] = {
            "opd": self.marks.opd,
            "week": self.marks.week,
            "filled": self.is_filled or bool(note),
            "note": note,
        }
        rows: Numbered = [(0, [*values]), (HEADER_ROW, [*values.values()])]
        places = {name: place for place, name in enumerate(values)}
        return Grid(
            self.file,
            rows,
            kind=RETURNS,
            exact=True,
            places=places,
            is_accounted=False,
        )

    def _unread_parts(self) -> Iterator[Unread]:
        if self.foreign_rows:
            rows = row_ranges(self.foreign_rows)
            count = sum(self.foreign_rows.values())
            reason = N_("no service of the sheet stands there")
            yield Unread(Part.ROWS, self.grid.name, rows, count, reason)
        if self.beyond:
            reason = N_("the columns after those of the sheet")
            yield Unread(
                Part.COLUMN,
                self.grid.name,
                "",
                self.beyond,
                reason,
            )

    def _unread_sheets(self, others: Sequence[Grid]) -> Iterator[Unread]:
        """Yield the other sheets in which something stands that is not of the instructions."""
        for other in others:
            total = _count_filled(other)
            if _holds_instructions(other):
                self.taken += total
            elif total:
                reason = N_("the answers stand on another sheet")
                yield Unread(Part.SHEET, self.file, other.sheet, total, reason)


def _count_filled(grid: Grid) -> int:
    return sum(len(grid.filled_places(*row)) for row in grid.rows)


def _holds_instructions(grid: Grid) -> bool:
    """Tell whether all that stands below a sheet's first row are numbered instructions."""
    texts = []
    for number, cells in grid.rows:
        if number > 1:
            texts += [cell_text(cell) for cell in cells if is_filled(cell)]
    if not texts:
        return False
    return all(_INSTRUCTION.match(text.strip()) for text in texts)


def _find_header(grids: Sequence[Grid]) -> tuple[Grid, int] | None:
    """Return the sheet with the answers and the row of its header, wherever they have been moved."""
    for grid in grids:
        for number, row in grid.rows[:FURTHEST_HEADER]:
            if any(_is_header(row, code) for code in LANGUAGES):
                return grid, number
    return None


def _is_header(row: list[Cell], code: str) -> bool:
    """Tell whether the title of each column that takes answers stands in its place."""
    if len(row) <= max(_FIRST_ANSWERS.values()):
        return False
    titles = _titles(code)
    return all(
        normalize_name(cell_text(row[place])) == titles[place]
        for place in _FIRST_ANSWERS.values()
    )


def _has_titles(grid: Grid) -> bool:
    """Tell whether a row has the titles of all answers, in whatever places."""
    asked = [
        {titles[place] for place in _FIRST_ANSWERS.values()}
        for titles in map(_titles, LANGUAGES)
    ]
    for _, row in grid.rows[:FURTHEST_HEADER]:
        there = {normalize_name(cell_text(cell)) for cell in row}
        if any(titles <= there for titles in asked):
            return True
    return False


def _titles(code: str) -> list[str]:
    language = load_language(code)
    return [normalize_name(language.text(column.title)) for column in COLUMNS]


def _read_marker(marker: Grid) -> _Marks:
    """Return what the marker holds; raise ``Rejected`` if a newer program has written it."""
    rows = [cells for _, cells in marker.rows]
    values = {
        cell_text(cells[0]): uncell(cell_text(cells[1]))
        for cells in rows
        if len(cells) > 1
    }
    if values.get("version") != str(VERSION):
        raise Rejected(
            "{file} was written by a newer program: update this one.",
            file=marker.file,
        )

    words = {
        normalize_name(values[stage]): str(stage)
        for stage in Stage
        if stage in values
    }
    sent = {}
    for cells in rows:
        if cells[0] == SENT:
            code = uncell(cell_text(cells[1]))
            locked = [_comparable(cell) for cell in cells[2:]]
            missing = len(LOCKED) - len(locked)
            sent[code] = [
                *locked[: len(LOCKED)],
                *[_comparable(None)] * missing,
            ]
    return _Marks(
        values.get("opd", ""),
        values.get("week", ""),
        values.get("made_on", ""),
        words,
        sent,
    )


def _read_heading(grid: Grid, header: int) -> _Marks:
    """Return what the lines above the header hold: the OPD before a dash, and the week."""
    marks = _Marks()
    for number, cells in grid.rows:
        if number >= header or not cells:
            continue
        text = tidy_text(cells[0])
        week = _WEEK.search(text)
        if week is not None and not marks.week:
            marks.week = week[0]
        elif " – " in text and not marks.opd:
            marks.opd = uncell(text.rpartition(" – ")[0])
    return marks


def _comparable(cell: Cell) -> str:
    return uncell(tidy_text(cell))
