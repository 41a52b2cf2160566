"""What the fast reader of XLSX gives is what openpyxl gives, which reads every form of its XML."""

import warnings
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from openpyxl import Workbook

from tests.calls import count_calls
from tests.depth import examples
from tests.tracker.exchange.test_formats import write_strict
from tracker.exchange.parsing.cleaning import clean_grid
from tracker.exchange.parsing.values import (
    CellError,
    Formatted,
    Percent,
    cell_text,
)
from tracker.exchange.progress import Progress
from tracker.exchange.reading.fast_xlsx import open_fast
from tracker.exchange.reading.grid import Contents, is_filled
from tracker.exchange.reading.workbook import Workbook as Book
from tracker.exchange.reading.xlsx_file import _read_by_openpyxl, read_xlsx
from tracker.exchange.reading.xlsx_scan import _find_last_row

FORMATS = st.sampled_from(
    [
        *("General", "0", "0.00", "0%", "0.0%", "0000", "00-000", "#,##0", "@"),
        *("dd/mm/yyyy", "d mmmm yyyy", "[$-421]dd mmmm yyyy", "yyyy-mm-dd"),
        *("mm/yyyy", "dd/mm/yyyy hh:mm", "h:mm", "[h]:mm", "m/d/yy h:mm"),
        *('"Rp"#,##0', '0" hari"', '00"."00', "[Red]0", "0.00E+00", "# ?/?"),
        *('"d"0', "_-* #,##0_-", "0;-0;;@", "#,##0.00", 'General" ke"'),
    ]
)
TEXTS = st.sampled_from(
    [
        *(
            "KTP",
            " KTP ",
            "a\nb",
            "é 漢字 🙂",
            '<c r="Z9"><v>1</v></c>',
            "&amp;",
        ),
        *("#REF!", "a_x000D_", "0001", "1,5", "12%", "TRUE"),
    ]
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    TEXTS,
    st.integers(0, 60_000),
    st.integers(-(10**18), 10**18),
    st.sampled_from([0.25, 2.1, 1e-5, 1e300, 45_000.5, 0.1 + 0.2, -0.5]),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from([time(8, 30), timedelta(hours=30)]),
    st.sampled_from(["=1+1", "#N/A", "=A1"]),
)
PLACES = st.tuples(
    st.sampled_from([1, 2, 3, 9, 10, 11, 101]),
    st.sampled_from([1, 2, 3, 26, 27, 80]),
)


def is_day_or_none(cell: tuple[Any, str]) -> bool:
    """Tell whether a cell makes sense: the format of a day shows nothing of -1 and 1e300."""
    value, number_format = cell
    is_number = type(value) in {int, float}
    shows_day = any(sign in number_format for sign in ("y", "m", "h"))
    return not (is_number and shows_day) or 1 <= value <= LAST_DAY


LAST_DAY = 2_958_465
CELLS = st.dictionaries(
    PLACES, st.tuples(VALUES, FORMATS).filter(is_day_or_none), max_size=12
)


def write_by_openpyxl(path: Path, sheets: list[Any]) -> None:
    book = Workbook()
    del book["Sheet"]
    for number, cells in enumerate(sheets):
        sheet = book.create_sheet(f"Lembar {number}")
        for (row, column), (value, number_format) in cells.items():
            cell = sheet.cell(row, column, value)
            cell.number_format = number_format
    book.save(path)


def write_by_xlsxwriter(path: Path, sheets: list[Any]) -> None:
    """Write the cells as another program would; formulas get a stored result."""
    book = xlsxwriter.Workbook(path)
    for number, cells in enumerate(sheets):
        sheet = book.add_worksheet(f"Lembar {number}")
        for (row, column), (value, number_format) in cells.items():
            form = book.add_format({"num_format": number_format})
            sheet.write(row - 1, column - 1, value, form)
    book.close()


def comparable(contents: Contents) -> Any:
    """Return what a workbook says once it is cleaned; a midnight is its day."""
    said = []
    for filed in contents.grids:
        grid, _ = clean_grid(filed)
        for number, cells in grid.rows:
            row = [
                (place, type_of(cell), cell_text(cell).replace("\r", "\n"))
                for place, cell in enumerate(cells)
                if is_filled(cell)
            ]
            if row:
                said.append((grid.name, number, row))
    return said, contents.unread, contents.remarks


def type_of(cell: Any) -> str:
    if isinstance(cell, Percent | Formatted | str | bool):
        return type(cell).__name__
    return "number" if isinstance(cell, int | float) else "day"


@settings(
    max_examples=examples(15, 120),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_fast_and_slow_reading_give_the_same(
    data: DataObject, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    writer: Callable[..., None] = data.draw(
        st.sampled_from([write_by_openpyxl, write_by_xlsxwriter])
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        writer(path, data.draw(st.lists(CELLS, min_size=1, max_size=2)))
        slow = _read_by_openpyxl(path, "*", Progress())
    sheets = open_fast(path)
    if sheets is not None:
        fast = Book(path.name, sheets).read("*", Progress())
        assert comparable(fast) == comparable(slow)


ORDINARY = {
    (1, 1): ("OPD", "General"),
    (2, 1): (0.5, "0%"),
    (2, 2): (7, "0000"),
    (3, 28): (date(2026, 1, 5), "dd/mm/yyyy"),
}


@pytest.mark.parametrize("writer", [write_by_openpyxl, write_by_xlsxwriter])
def test_what_programs_write_is_read_fast(
    writer: Callable[..., None], tmp_path: Path
) -> None:
    writer(tmp_path / "a.xlsx", [ORDINARY, ORDINARY])
    assert open_fast(tmp_path / "a.xlsx") is not None


def rewrite_sheet(path: Path, old: bytes, new: bytes) -> None:
    """Replace some of the XML of a workbook's first sheet."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    parts[sheet] = parts[sheet].replace(old, new)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="A2"', b'<c s="1" r="A2"'),
        (b'<c r="A2"', b"<c r='A2'"),
        (b'<c r="A2"', b"<c"),
        (b'<c r="A2"', b'<c r="A1048576"'),
        (b'<c r="A2"', b'<c r="XFD2"'),
        (b'<row r="2"', b'<!-- x --><row r="2"'),
        (b"<v>7</v>", b"<v>3273012345678901</v>"),
    ],
)
def test_an_unusual_form_of_xml_is_left_to_openpyxl(
    old: bytes, new: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    write_by_xlsxwriter(path, [ORDINARY])
    rewrite_sheet(path, old, new)
    assert open_fast(path) is None


def test_an_error_is_one_whichever_way_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_by_openpyxl(path, [{(1, 1): ("#N/A", "General")}])
    for read in (read_xlsx, _read_by_openpyxl):
        ((_, (cell,)),) = read(path, "*", Progress()).grids[0].rows
        assert isinstance(cell, CellError)
        assert cell == "#N/A"


def test_strict_open_xml_is_read_alike(tmp_path: Path) -> None:
    path = write_strict(tmp_path / "a.xlsx")
    read = read_xlsx(path, "*", Progress())
    assert comparable(read) == comparable(
        _read_by_openpyxl(path, "*", Progress())
    )


def test_a_row_of_a_plain_sheet_costs_a_handful_of_calls(
    tmp_path: Path,
) -> None:
    rows = [["Dinas", f"Layanan {number}", 3.5] for number in range(2500)]
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    calls = count_calls(lambda: read_xlsx(path, None, Progress()))
    # Of each row: it is read, its cells are taken over, and its number is converted.
    assert calls["_convert_value"] <= 2500 + 100
    assert calls["Progress.tell"] == 2
    assert calls["MergedCells.fill"] == 0
    assert calls.total() < 4 * 2500


@pytest.mark.parametrize(
    ("window", "last"),
    [
        (b"", 0),
        (b'<row r="9"><c r="A9"/></row>', 9),
        (b'<row r="9"/><row r="10"/><row r="1', 10),
        (b'<row r="9"/><row r="', 9),
        (b'<row r="12345678"/>', 0),
    ],
)
def test_the_last_row_of_a_piece_is_the_last_whole_number(
    window: bytes, last: int
) -> None:
    assert _find_last_row(window) == last
