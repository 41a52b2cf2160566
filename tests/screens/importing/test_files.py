import os
from pathlib import Path

import pytest

from screens.importing.files import completed, found_under
from tracker.errors import Rejected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the sort that a coordinator's downloads are."""
    (tmp_path / "lama").mkdir()
    (tmp_path / ".rahasia").mkdir()
    for age, name in enumerate(
        [
            "layanan-baru.csv",
            "layanan-lama.xlsx",
            "foto.png",
            ".tersembunyi.csv",
        ]
    ):
        (tmp_path / name).write_text("x" * (age + 1))
        os.utime(tmp_path / name, (2_000_000_000 - age, 2_000_000_000 - age))
    return tmp_path


def names(typed: str) -> list[str]:
    return [found.name for found in found_under(typed)]


def test_folders_come_first_then_files_that_can_be_read_the_newest_first(
    folder: Path,
) -> None:
    assert names(f"{folder}/") == [
        "lama/",
        "layanan-baru.csv",
        "layanan-lama.xlsx",
    ]


def test_what_is_typed_narrows_whatever_its_case(folder: Path) -> None:
    assert names(f"{folder}/LAYANAN-b") == ["layanan-baru.csv"]
    assert names(f"{folder}/.t") == [".tersembunyi.csv"]


def test_completion_adds_what_all_that_fits_has_in_common(folder: Path) -> None:
    typed = f"{folder}/lay"
    assert completed(typed, found_under(typed)) == f"{folder}/layanan-"
    typed = f"{folder}/lam"
    assert completed(typed, found_under(typed)) == f"{folder}/lama/"
    assert completed(f"{folder}/zzz", []) == f"{folder}/zzz"


def test_a_folder_that_cannot_be_opened_is_refused_in_words(
    folder: Path,
) -> None:
    with pytest.raises(Rejected, match="cannot be opened"):
        found_under(f"{folder}/tidak-ada/")


def test_the_open_register_is_no_file_to_import(folder: Path) -> None:
    register = folder / "register.json"
    register.write_text("{}")
    (folder / "lain.json").write_text("{}")
    found = found_under(f"{folder}/", register)
    offered = {one.name for one in found}
    assert "lain.json" in offered
    assert "register.json" not in offered
