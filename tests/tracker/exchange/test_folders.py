"""A folder to import: an export's own files, else every file in it that can be read."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.tracker.exchange.importing import file
from tracker.errors import Rejected
from tracker.exchange.reading.files import find_files, is_readable


def names(folder: Path) -> list[str]:
    return [path.name for path in find_files(folder).files]


def test_the_files_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    for name in (
        "b.xlsx",
        "a.CSV",
        "notes.docx",
        "tracker.json",
        "~$b.xlsx",
        ".hidden.csv",
    ):
        file(tmp_path, name, "code,name")
    (tmp_path / "more.csv").mkdir()
    Workbook().save(tmp_path / "b.xlsx")
    assert names(tmp_path) == ["a.CSV", "b.xlsx"]


def test_the_folder_of_an_export_is_that_export_alone(tmp_path: Path) -> None:
    for name in ("services.csv", "opds.csv", "aside.csv"):
        file(tmp_path, name, "code,name")
    assert names(tmp_path) == ["opds.csv", "services.csv"]


def test_a_file_is_itself_whatever_its_name(tmp_path: Path) -> None:
    assert names(file(tmp_path, ".hidden", "code,name")) == [".hidden"]


def test_a_folder_with_nothing_to_read_is_refused(tmp_path: Path) -> None:
    file(tmp_path, "notes.docx", "")
    with pytest.raises(Rejected, match="holds no CSV or XLSX"):
        find_files(tmp_path)


@pytest.mark.parametrize(
    ("name", "can_be_read"),
    [
        ("layanan.xlsx", True),
        ("LAYANAN.CSV", True),
        ("~$layanan.xlsx", False),
        ("layanan.pdf", False),
        ("layanan", False),
    ],
)
def test_only_what_may_hold_a_table_is_offered(
    name: str, can_be_read: bool
) -> None:
    assert is_readable(name) is can_be_read
