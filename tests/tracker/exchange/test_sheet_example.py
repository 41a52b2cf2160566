"""The date that a sheet shows as an example of how to write one."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.tracker.builder import Builder
from tracker.exchange.sheets.writing import write_sheets
from tracker.language import load_language


def test_the_example_of_a_date_is_the_day_on_which_the_sheet_was_written(
    tmp_path: Path,
) -> None:
    city = Builder()
    city.service("a", "dinkes", "2031-01-06")
    [(path, _, _)] = write_sheets(
        city.register,
        tmp_path,
        ["dinkes"],
        load_language("en"),
        date(2031, 3, 5),
    )
    book = load_workbook(path)
    said = [
        cell.value
        for (cell,) in book["Instructions"].iter_rows(max_col=1)
        if cell.value
    ]
    assert any("Dates can be written as 05/03/2031." in line for line in said)
    errors = [
        check.error
        for check in book.worksheets[0].data_validations.dataValidation
    ]
    assert (
        "Write a date such as 05/03/2031 that is not still to come." in errors
    )
