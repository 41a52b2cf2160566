"""Nothing is retired that a file may hold where it was not read."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.tracker.exchange.importing import empty, file, imported, planned
from tracker.register import Register

HEAD = ("opd", "nama layanan", "tahap")
DAY = date(2026, 11, 16)


def city(folder: Path) -> Register:
    """Return a register with two services of one OPD."""
    path = file(
        folder,
        "awal.csv",
        ",".join(HEAD),
        "Dinas A,KTP,manual",
        "Dinas A,KK,manual",
    )
    return imported(empty(), path, create_opds=True, as_of=date(2026, 1, 5))


def two_sheets(folder: Path) -> Path:
    book = Workbook()
    book.active.title = "Satu"
    for name, service in (("Satu", "KTP"), ("Dua", "KK")):
        sheet = (
            book[name] if name in book.sheetnames else book.create_sheet(name)
        )
        sheet.append(HEAD)
        sheet.append(["Dinas A", service, "manual"])
    book.save(folder / "layanan.xlsx")
    return folder / "layanan.xlsx"


@pytest.mark.parametrize(("answer", "closed"), [("keep", 0), ("retire", 1)])
def test_what_another_sheet_may_list_is_asked_about(
    answer: str, closed: int, tmp_path: Path
) -> None:
    register, path = city(tmp_path), two_sheets(tmp_path)
    made = planned(register, path, as_of=DAY, retire_missing=True)
    assert [question.key for question in made.questions] == [
        "unread:layanan.xlsx/Dua"
    ]
    given = {"unread": answer}
    later = imported(
        register, path, as_of=DAY, retire_missing=True, answers=given
    )
    assert len(later.closures) == closed


def test_nothing_is_asked_when_every_sheet_is_read(tmp_path: Path) -> None:
    register, path = city(tmp_path), two_sheets(tmp_path)
    made = planned(register, path, as_of=DAY, retire_missing=True, sheet="*")
    assert made.is_ready
    assert made.counts["services"] == {"unchanged": 2}


def test_what_an_unread_file_of_the_folder_may_list_is_asked_about(
    tmp_path: Path,
) -> None:
    register = city(tmp_path)
    folder = tmp_path / "jawaban"
    folder.mkdir()
    file(folder, "a.csv", ",".join(HEAD), "Dinas A,KTP,manual")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4")
    (folder / "sub").mkdir()
    made = planned(register, folder, as_of=DAY, retire_missing=True)
    assert [question.key for question in made.questions] == [
        "unread:b.pdf",
        "unread:sub",
    ]
