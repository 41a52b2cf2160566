"""The pictures of the screens in the documentation, drawn from the demonstration.

Textual's own SVG names a font from elsewhere and cuts every line with a clip path of
its own; both are taken out, which halves the size.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import chdir, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.worker import WorkerCancelled

from screens.app import TrackerApp
from tracker.demo import TODAY, demo_register
from tracker.language import load_language
from tracker.register import Changes
from tracker.settings import Settings
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = (100, 30)
SCREENS = {
    "overview": "1",
    "opds": "2",
    "heat-map": "2 h",
    "board": "h 3",
    "services": "4",
    "applications": "5",
    "obstacles": "6",
    "snapshots": "7",
    "cities": "8 e k o t a full_stop j s o n f2",
    "opd": "2 enter",
    "service": "3 enter",
    "application": "5 enter",
    "decisions": "1 K",
    "reminders": "escape R",
    "log": "escape L",
    "move": "escape 3 m",
    "find": "1 ctrl+p",
    "help": "1 question_mark",
    "import": "1 I tab enter",
}
"""The keys that lead to each screen from the one before."""

FOREIGN_FILE = """\
No;Perangkat Daerah;Jenis Layanan;Sudah Online;Nama Pejabat
1;Dinas Kesehatan;Izin pijat urut;Ya;Bu Rina
2;Dinas Kesehatan;Imunisasi calon haji;Tidak;Bu Rina
3;Dinas Perhubungn;Uji emisi;Belum;Pak Dedi
;JUMLAH;3;;
"""
"""What the picture of the import reads."""


def write_pictures() -> None:
    """Draw every screen in both languages."""
    for language in ("id", "en"):
        folder = FOLDER / language
        folder.mkdir(parents=True, exist_ok=True)
        for name, svg in draw_screens(language):
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")


def draw_screens(language: str) -> Iterator[tuple[str, str]]:
    """Yield each screen's name with its picture as SVG."""
    with TemporaryDirectory() as folder, chdir(folder):
        Path("daftar.csv").write_text(FOREIGN_FILE, encoding="utf-8")
        _write_other_city(Path("kota.json"))
        pictures = asyncio.run(_draw_all(language))
    yield from pictures.items()


def _write_other_city(path: Path) -> None:
    """Write a city to compare with: the demonstration under another name, without its last year."""
    register = demo_register()
    city = replace(register.only_city, name="Kota Contoh", portal="Satu Pintu")
    late = {
        key: None
        for key, move in register.moves.items()
        if move.on >= TODAY.replace(year=TODAY.year - 1)
    }
    changes: Changes = {"city": {city.id: city}, "moves": dict(late)}
    FileStore.create(path, register.changed(changes))


async def _draw_all(language: str) -> dict[str, str]:
    app = TrackerApp(
        MemoryStore(demo_register()),
        lambda: TODAY,
        "Sari",
        load_language(language),
        Settings(theme="textual-light"),
    )
    pictures = {}
    async with app.run_test(size=SIZE) as pilot:
        await _settle(pilot)
        for name, keys in SCREENS.items():
            for key in keys.split():
                await _take_step(pilot, key)
            svg = app.export_screenshot(title="OPD Tracker", simplify=True)
            pictures[name] = compact(svg)
            if isinstance(app.screen, ModalScreen):
                await _take_step(pilot, "escape")
    return pictures


async def _take_step(pilot: Pilot[None], key: str) -> None:
    await pilot.press(key)
    await _settle(pilot)


async def _settle(pilot: Pilot[None]) -> None:
    """Wait until all that a screen works out beside itself is shown."""
    while any(not worker.is_finished for worker in pilot.app.workers):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


def compact(svg: str) -> str:
    """Return Textual's SVG without fonts from elsewhere, clip paths of lines and long names."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(
        r'<clipPath id="[^"]*-line-\d+">.*?</clipPath>',
        "",
        svg,
        flags=re.DOTALL,
    )
    svg = re.sub(r' clip-path="url\(#[^"]*-line-\d+\)"', "", svg)
    svg = re.sub(r"terminal-\d+-", "t", svg)
    # Asked for once, for all: without it hairlines show between the cells.
    svg = svg.replace(' shape-rendering="crispEdges"', "")
    svg = svg.replace("<svg ", '<svg shape-rendering="crispEdges" ', 1)
    svg = svg.replace("Fira Code", "monospace")
    return re.sub(r"\n\s*\n+", "\n", svg)


def read_words(svg: str) -> list[str]:
    """Return what a picture says, line by line: two pictures that say the same count as the same."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
