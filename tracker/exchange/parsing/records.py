"""The rows of a file understood: each cell read as what its column holds, every bad one listed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct

from tracker.errors import Rejected
from tracker.exchange.account import Account, Remark
from tracker.exchange.columns import ANSWERS, COLUMNS, Column
from tracker.exchange.parsing.activity import leave_out_inactive
from tracker.exchange.parsing.blank_opds import with_opds_above
from tracker.exchange.parsing.cell_count import (
    INACTIVE,
    LEFT_OUT,
    NOTES,
    NUMBERING,
    NUMERIC,
    REPEATED,
    SKIPPED,
    TOTALS,
    CellCount,
)
from tracker.exchange.parsing.cleaning import clean_grid, is_own_export
from tracker.exchange.parsing.column_readings import ColumnReadings, ReadColumn
from tracker.exchange.parsing.dates import DayOrder
from tracker.exchange.parsing.headers import (
    Header,
    cell_at,
    find_header,
    prepared_header,
)
from tracker.exchange.parsing.kind_question import settle_kind
from tracker.exchange.parsing.mapping import AS_OF, Mapping
from tracker.exchange.parsing.notes import without_notes
from tracker.exchange.parsing.numeric_names import without_numeric_names
from tracker.exchange.parsing.opd_of_sheet import with_opd_of_sheet
from tracker.exchange.parsing.row_answers import answers_of_sheet
from tracker.exchange.parsing.stage_columns import (
    stage_of_flags,
    with_stage_columns,
)
from tracker.exchange.parsing.totals import without_totals
from tracker.exchange.parsing.unmapped_columns import settle_unread_columns
from tracker.exchange.parsing.values import (
    Cell,
    CellError,
    Reader,
    cell_text,
    tidy_text,
)
from tracker.exchange.parsing.wording import comparable_title
from tracker.exchange.problems import RowLocation, with_place
from tracker.exchange.progress import Progress
from tracker.exchange.questions import Answers, Question
from tracker.exchange.reading.grid import Grid, is_filled
from tracker.fields import ValueType
from tracker.language import N_
from tracker.limits import is_week
from tracker.text import collapse_whitespace, normalize_name
from tracker.week import Week


class Record(Struct, frozen=True):
    """One row as read: its kind, its place, and its values by column."""

    kind: str
    place: RowLocation
    values: dict[str, Any]
    titles: dict[str, str]

    def column(self, name: str) -> str:
        """Return how the file itself calls one of our columns."""
        return self.titles.get(name, name)


@dataclass
class Understood:
    """What was understood of the files: rows, what is wrong, what is open, and what was left aside."""

    records: list[Record] = field(default_factory=list)
    problems: list[Rejected] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    headers: list[tuple[Grid, Header]] = field(default_factory=list)
    without_header: list[tuple[Grid, Rejected]] = field(default_factory=list)
    """The sheets in which no header is known, with the error that says so."""
    readers: dict[str, dict[str, Reader]] = field(default_factory=dict)
    """How each column is read, by the sheet's name and ours of the column."""
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a text stands in one of our columns that cannot be read there."""
    skipped: int = 0
    account: Account = field(default_factory=Account)
    """What is taken and what is not read, value by value."""


@dataclass(frozen=True)
class Setting:
    """What the reading of a file rests on besides the file."""

    portal: str
    as_of: date
    mapping: Mapping = field(default_factory=Mapping)
    answers: Answers = field(default_factory=dict)
    timezone: str = ""
    """The city's, by which a time that names its zone falls on a day."""
    kinds: tuple[str, ...] = ()
    """The city's own kinds of OPD."""

    def make_reader(self, grid: Grid) -> Reader:
        """Return what reads the cells of a sheet."""
        is_sheet = grid.places is not None
        return Reader(
            self.portal,
            exact=grid.exact,
            keeps_words=is_own_export(grid),
            timezone=self.timezone,
            kinds=self.kinds,
            order=DayOrder.DAY_FIRST if is_sheet else None,
            known_week=Week.parse(grid.week) if is_week(grid.week) else None,
            in_file=not grid.exact,
        )


def read_records(
    grid: Grid,
    kind: str | None,
    setting: Setting,
    into: Understood,
    progress: Progress,
) -> None:
    """Read every row of a sheet and add its record, or what is wrong with it, to ``into``."""
    filed = grid
    grid, remark = clean_grid(filed)
    if remark is not None:
        into.account.remarks.append(remark)
    header = prepared_header(grid)
    if header is None:
        header, setting = _settle_header(grid, kind, setting, into)
    into.headers.append((grid, header))

    rows = _Rows(grid, header, setting)
    into.questions.extend(rows.readings.questions)
    into.readers[grid.name] = rows.readings.readers
    count = CellCount(filed, header)
    _read_rows(rows, dict(filed.rows), count, into, progress)

    into.unknown.update(rows.unknown)
    has_rows = any(number > header.row for number, _ in grid.rows)
    is_sheet = grid.places is not None
    if not has_rows and not (is_sheet or is_own_export(grid) or grid.exact):
        remark = Remark(grid.name, N_("no row below the header"))
        into.account.remarks.append(remark)
    if rows.empty_words:
        into.account.remarks.append(_empty_words_remark(grid, rows.empty_words))
    if grid.is_accounted:
        count.add_to(into.account)
    elif is_sheet:
        count.take_from(into.account)


def _settle_header(
    grid: Grid,
    kind: str | None,
    setting: Setting,
    into: Understood,
) -> tuple[Header, Setting]:
    """Return the header of a sheet that a person made, and the setting with what it settles.

    Each step asks what it cannot know, and leaves its questions in ``into``.
    """
    answers = setting.answers

    mapping, of_opd = with_opd_of_sheet(grid, kind, setting.mapping, answers)
    setting = replace(setting, mapping=mapping)
    header = find_header(grid, mapping, kind)
    if not (kind or grid.kind or mapping.kind):
        header, of_kind = settle_kind(grid, header, mapping, answers)
        into.questions += of_kind
    into.questions += of_opd

    reader = setting.make_reader(grid)
    header, of_columns = settle_unread_columns(
        grid,
        header,
        mapping,
        answers,
        reader,
    )
    into.questions += of_columns
    header, of_stage = with_stage_columns(grid, header, mapping, answers)
    into.questions += of_stage

    is_skipped = skip_rule(header, mapping)
    header, of_totals = without_totals(grid, header, answers, is_skipped)
    into.questions += of_totals
    header, of_inactive = leave_out_inactive(grid, header, answers)
    into.questions += of_inactive
    header, of_notes = without_notes(grid, header, mapping, answers)
    into.questions += of_notes

    if not is_own_export(grid):
        header, of_numbers = without_numeric_names(
            grid,
            header,
            answers,
            is_skipped,
        )
        into.questions += of_numbers
        header, of_blanks = with_opds_above(
            grid,
            header,
            mapping,
            answers,
            is_skipped,
        )
        into.questions += of_blanks
    return header, setting


def _read_rows(
    rows: "_Rows",
    as_filed: dict[int, list[Cell]],
    count: CellCount,
    into: Understood,
    progress: Progress,
) -> None:
    """Read the rows below a header; ``as_filed`` are all rows as the file has them."""
    grid = rows.grid
    header = rows.header
    # The last cell of a sheet that an OPD fills in is the service's name.
    is_opd_sheet = header.kind == ANSWERS
    below = [row for row in grid.rows if row[0] > header.row]

    for done, (number, cells) in enumerate(below, start=1):
        progress.tell(done, len(below))
        left_out = rows.reason_to_leave(number, cells)
        if left_out:
            into.skipped += 1
            count.leave(number, as_filed[number], left_out)
            continue

        left_empty = rows.places_left_empty(cells, number)
        count.take(number, as_filed[number], left_empty)
        about = cell_text(cells[-1]) if is_opd_sheet else ""
        place = RowLocation(grid.name, number, about=about[:80])
        values, problems = rows.read_row(cells, place)
        into.problems.extend(problems)
        if not problems and values is not None:
            record = Record(header.kind, place, values, rows.titles)
            into.records.append(record)


def skip_rule(header: Header, mapping: Mapping) -> Callable[[list[Cell]], bool]:
    """Return what tells whether the mapping leaves a row out."""
    titles = [comparable_title(title) for title in header.titles]
    skips = []
    for column, values in mapping.skip.items():
        title = comparable_title(column)
        if title in titles:
            skips.append((titles.index(title), values))

    def is_skipped(cells: list[Cell]) -> bool:
        for place, values in skips:
            text = cell_text(cell_at(cells, place))
            if normalize_name(text) in values:
                return True
        return False

    return is_skipped


class _Rows:
    """The rows below one header, and how their cells are to be read."""

    def __init__(self, grid: Grid, header: Header, setting: Setting) -> None:
        self.grid = grid
        self.header = header
        self.setting = setting

        self.columns = [
            (column, header.places.get(column.name, -1))
            for column in COLUMNS[header.kind]
        ]
        """Our columns with their places in the sheet, -1 where it has none."""
        self.titles = {
            name: header.titles[place] for name, place in header.places.items()
        }
        self._titled = [
            (place, title) for place, title in enumerate(header.titles) if title
        ]

        self._defaults = {
            name: _mapped_cell(value, setting)
            for name, value in setting.mapping.defaults.items()
        }
        self._decided = answers_of_sheet(setting.answers, grid.name)
        self._is_skipped = skip_rule(header, setting.mapping)

        self.unknown: Counter[tuple[str, str]] = Counter()
        self.empty_words: Counter[str] = Counter()
        """How often a word stands that counts as nothing, such as ``NULL``."""

        self.reader = setting.make_reader(grid)
        self.readings = ColumnReadings(grid.name, setting.answers)
        if not grid.exact:
            self._find_readings()

    def _find_readings(self) -> None:
        """Find from all cells of each column how they are to be read."""
        columns = []
        for column, at in self.columns:
            if at >= 0:
                title = self.titles[column.name]
                cells = partial(self._cells_below, column, at)
                columns.append(ReadColumn(column, title, cells))
        numbers = self.setting.mapping.numbers
        self.readings.find(columns, self.reader, numbers)

    def reason_to_leave(self, number: int, cells: list[Cell]) -> str:
        """Return the msgid of why a row is left out; empty if it is read."""
        rows_by_reason = (
            (self._decided.left_out, LEFT_OUT),
            (self.header.inactive, INACTIVE),
            (self.header.totals, TOTALS),
            (self.header.notes, NOTES),
            (self.header.numeric, NUMERIC),
        )
        for rows, reason in rows_by_reason:
            if number in rows:
                return reason

        if self._is_skipped(cells):
            return SKIPPED
        if self._numbers_columns(cells):
            return NUMBERING
        if self._repeats_header(cells):
            return REPEATED
        return ""

    def _numbers_columns(self, cells: list[Cell]) -> bool:
        """Tell whether a row counts the columns, ``(1) (2) (3)``, as official tables do."""
        if self.grid.exact or len(self._titled) <= 2:
            return False
        texts = [
            cell_text(cell).strip(" ().") for cell in cells if is_filled(cell)
        ]
        if len(texts) != len(self._titled):
            return False
        numbers = range(1, len(texts) + 1)
        return texts == [str(number) for number in numbers]

    def _repeats_header(self, cells: list[Cell]) -> bool:
        """Tell whether a row is the header once more, as at the top of each printed page."""
        if self.grid.exact or len(self._titled) < 2:
            return False
        return all(
            tidy_text(cell_at(cells, place)) == title
            for place, title in self._titled
        )

    def read_row(
        self,
        cells: list[Cell],
        place: RowLocation,
    ) -> tuple[dict[str, Any] | None, list[Rejected]]:
        """Return a row's values and what is wrong with it; None instead of values for an empty row."""
        values: dict[str, Any] = {}
        problems: list[Rejected] = []
        for column, at in self.columns:
            cell = self._read_cell(column, cells, at, place.row)
            if self.reader.is_blank(cell, column.holds):
                self._count_empty_word(column, cells, at)
                continue
            if self.readings.is_left_empty(column, cell):
                continue

            reader = self.readings.readers.get(column.name, self.reader)
            try:
                values[column.name] = reader.read(cell, column.holds)
            except Rejected as error:
                title = self.titles.get(column.name, column.name)
                problems.append(with_place(error, place, title))
                if not isinstance(cell, CellError | list | dict):
                    self.unknown[column.name, tidy_text(cell)] += 1

        if not problems and not values.keys() - self._defaults.keys():
            return None, []
        wrong = {problem.values["column"] for problem in problems}
        problems += self._find_missing(values, place, wrong)
        return values, problems

    def places_left_empty(self, cells: list[Cell], row: int) -> list[int]:
        """Return the places of a row whose cells an answer leaves unread."""
        if not self.readings.left_empty:
            return []
        places = []
        for column, at in self.columns:
            if at >= 0:
                cell = self._read_cell(column, cells, at, row)
                if self.readings.is_left_empty(column, cell):
                    places.append(at)
        return places

    def _find_missing(
        self,
        values: dict[str, Any],
        place: RowLocation,
        wrong: set[str],
    ) -> Iterator[Rejected]:
        """Yield what must be filled in and is not; ``wrong`` are the titles of cells that cannot be read."""
        for column, _ in self.columns:
            title = self.titles.get(column.name, column.name)
            is_told = title in wrong or column.holds is ValueType.CODE
            if column.needed and not is_told and not values.get(column.name):
                missing = Rejected("This must be filled in.", value="")
                yield with_place(missing, place, title)

    def _cells_below(self, column: Column, at: int) -> Iterator[Cell]:
        """Yield the cells of a column below the header, as the mapping has them."""
        for number, cells in self.grid.rows:
            if number > self.header.row:
                yield self._read_cell(column, cells, at, number)

    def _count_empty_word(
        self,
        column: Column,
        cells: list[Cell],
        at: int,
    ) -> None:
        """Count a cell that is empty because of a word that stands in it."""
        cell = cell_at(cells, at) if at >= 0 else None
        if not isinstance(cell, str):
            return
        if self.reader.is_empty_word(cell.strip(), column.holds):
            self.empty_words[collapse_whitespace(cell)] += 1

    def _read_cell(
        self,
        column: Column,
        cells: list[Cell],
        at: int,
        row: int,
    ) -> Cell:
        """Return what is read in a column of a row.

        An answer to a question goes before the file, the mapping's word for a value before the
        cell, and its default stands in for an empty one.
        """
        decided = self._decided.cells.get((row, column.name))
        if decided is not None:
            return decided
        flags = self.header.stage_columns
        if flags is not None and column.holds is ValueType.STAGE:
            return stage_of_flags(cells, flags)

        cell = cells[at] if 0 <= at < len(cells) else None
        theirs = self.setting.mapping.values.get(column.name)
        if theirs is not None and at >= 0:
            ours = theirs.get(normalize_name(cell_text(cell)))
            if ours is not None:
                return _mapped_cell(ours, self.setting)
        if not self.reader.is_blank(cell, column.holds):
            return cell

        if column.holds is ValueType.OPD and row in self.header.opds_above:
            return self.header.opds_above[row]
        return self._defaults.get(column.name)


def _mapped_cell(value: Any, setting: Setting) -> Cell:
    """Return a value of the mapping as a cell of the file would have it."""
    cell: Cell = setting.as_of if value == AS_OF else value
    if isinstance(cell, date):
        # As a text: only what a spreadsheet took for a date may have day and month swapped.
        return cell_text(cell)
    return cell


def _empty_words_remark(grid: Grid, words: Counter[str]) -> Remark:
    quoted = [f"“{word}”" for word, _ in words.most_common(3)]
    return Remark(
        grid.name,
        N_("cells that say {words} count as empty: {count}"),
        {"words": ", ".join(quoted), "count": words.total()},
    )
