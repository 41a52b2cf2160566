"""Every row that is wrong can be mended where it is shown: another value, left out, put aside."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from screens.app import TrackerApp
from screens.navigation import ImportLine
from tests.depth import one_in
from tests.screens.harness import settled, shown
from tests.screens.importing.files import at, file, opened, read

BAD = (
    "opd,name,stage,volume\ndinkes,Satu,Daring,5\ndinkes,Dua,Daring,banyak\n"
    "dinkes,Tiga,Daring,entah\n"
)


async def test_a_wrong_cell_gets_another_value(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, BAD))
        for value in ("12", "13"):
            await at(screen, pilot, "problem:0")
            await pilot.press("enter", "ctrl+u", *value, "f2")
            await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.plan.is_ready
        await pilot.press("f2")
        await settled(pilot)
        made = {s.name: s.volume for s in app.state.register.services.values()}
    assert (made["Satu"], made["Dua"], made["Tiga"]) == (5, 12, 13)


async def test_a_wrong_row_is_left_out(app: TrackerApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, file(tmp_path, BAD))
        for _ in range(2):
            await at(screen, pilot, "problem:0")
            await pilot.press("enter", "tab", "right", "f2")
            await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.plan.is_ready
        assert screen.seen.plan.counts["services"] == {"new": 1}
        await at(screen, pilot, "forget:")
        await pilot.press("enter")
        await settled(pilot)
        assert len(screen.seen.plan.problems) == 2


async def test_all_bad_rows_are_put_aside_into_a_file(
    app: TrackerApp, tmp_path: Path
) -> None:
    path = file(tmp_path, BAD)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, path)
        await at(screen, pilot, "rows-aside:")
        await pilot.press("enter")
        await settled(pilot)
        assert screen.seen is not None
        assert screen.seen.plan.is_ready
    [aside] = tmp_path.glob("layanan-*.csv")
    with aside.open(encoding="utf-8-sig", newline="") as written:
        rows = [*csv.reader(written, delimiter=";")]
    assert [row[1] for row in rows] == ["name", "Dua", "Tiga"]


async def test_unknown_opds_are_one_question_without_toml(
    app: TrackerApp, tmp_path: Path
) -> None:
    rows = [
        f"Badan {name},{name},Daring" for name in ("Pusat", "Utara", "Selatan")
    ]
    path = file(tmp_path, "\n".join(["opd,name,stage", *rows, ""]))
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, path)
        text = shown(pilot)
        assert "Badan Pusat, Badan Utara, Badan Selatan" in " ".join(
            text.split()
        )
        assert "[" not in text
        await at(screen, pilot, "answer:opd\neach")
        await pilot.press("enter")
        await settled(pilot)
        await at(screen, pilot, "answer:opd:badan-pusat\nnew")
        await pilot.press("enter")
        await settled(pilot)
        assert screen.seen is not None
        assert len(screen.seen.plan.questions) == 2
        assert isinstance(screen.list.key, ImportLine)
        assert screen.list.key.text.startswith("answer:opd:badan-")


async def test_the_next_import_begins_in_the_folder_of_the_last(
    app: TrackerApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await read(app, pilot, file(tmp_path, BAD))
        await pilot.press("escape", "escape", "escape")
        await settled(pilot)
        screen = await opened(app, pilot)
        assert screen.path.value == f"{tmp_path}/"
        assert app.view_state.import_folder == str(tmp_path)


@pytest.mark.parametrize(("typed", "count"), one_in(2, [("*", 3), ("Lama", 1)]))
async def test_another_sheet_or_all_of_them_are_read(
    app: TrackerApp, tmp_path: Path, typed: str, count: int
) -> None:
    book = Workbook()
    for title, names in (("Baru", ("Satu", "Dua")), ("Lama", ("Tiga",))):
        sheet = book.create_sheet(title)
        sheet.append(["opd", "name", "stage"])
        for name in names:
            sheet.append(["dinkes", name, "Daring"])
    del book["Sheet"]
    path = tmp_path / "layanan.xlsx"
    book.save(path)
    async with app.run_test(size=(80, 50)) as pilot:
        screen = await read(app, pilot, path)
        assert screen.seen is not None
        assert screen.seen.sheets == ["Baru", "Lama"]
        assert screen.job is not None
        reading = screen.job.reading
        screen._plan(screen.job.read_as(type(reading)(sheet=typed)))
        await settled(pilot)
        assert screen.seen.plan.counts["services"] == {"new": count}
