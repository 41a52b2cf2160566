"""Files to import, and what a person does on the import's screen again and again."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.importing.screen import ImportScreen
from screens.navigation import ImportLine
from tests.screens.harness import TODAY, settled
from tracker.actions.draft import Context

CONTEXT = Context(
    by="Rani", now=datetime(2026, 11, 19, 3, tzinfo=UTC), today=TODAY
)

GOOD = "opd,name,stage\ndinkes,Vaksin calon jemaah,Daring\ndukcapil,Kartu keluarga,Daring\n"
FOREIGN = (
    "Daftar layanan tahun 2026,,\n\nNo,Nama Dinas,Jenis Pelayanan,Status\n"
    "1,Dinas Kesehatan,Vaksin calon jemaah,Daring\n2,Dinas Kesehatan,Surat sehat,Manual\n"
)


async def opened(app: TrackerApp, pilot: Pilot[Any]) -> ImportScreen:
    await settled(pilot)
    await pilot.press("I")
    assert isinstance(app.active_screen, ImportScreen)
    return app.active_screen


async def read(app: TrackerApp, pilot: Pilot[Any], path: Path) -> ImportScreen:
    screen = await opened(app, pilot)
    screen.path.value = str(path)
    await pilot.press("enter")
    await settled(pilot)
    return screen


async def at(screen: ImportScreen, pilot: Pilot[Any], start: str) -> None:
    keys = [
        key.text if isinstance(key, ImportLine) else ""
        for key in map(screen.list.destination_at, range(screen.list.count()))
    ]
    screen.list.focus()
    screen.list.move_to([key.startswith(start) for key in keys].index(True))
    await pilot.pause()


def file(folder: Path, text: str, name: str = "layanan.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
