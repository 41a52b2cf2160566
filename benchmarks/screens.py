"""Time the screens on a made-up city: ``python benchmarks/screens.py [--services 1000]``.

For each key it prints what passes until all is drawn, and the longest time in which nothing else could
be done (a stall), both in milliseconds; each is the first opening in its process. No terminal is needed:
what a terminal adds is its own.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from textual.pilot import Pilot

from benchmarks.city import TODAY, register
from screens import open_app
from tracker.language import load_language
from tracker.store.file import FileStore

BEAT = 0.002
"""Seconds between two looks at whether anything stalls."""
WALK: tuple[tuple[str, Sequence[str]], ...] = (
    *((f"screen {number}", (number,)) for number in "2345671"),
    *((f"screen {number} again", (number,)) for number in "2345671"),
    ("services", ("4",)),
    ("a service", ("enter",)),
    ("back", ("escape",)),
    ("the dialog of a move", ("m",)),
    ("closing it", ("escape",)),
    ("the same again", ("m",)),
    ("closing it again", ("escape",)),
    ("OPDs", ("2",)),
    ("an OPD", ("enter",)),
    ("back from it", ("escape",)),
    ("the palette", ("ctrl+p",)),
    *((f"the letter {letter}", (letter,)) for letter in "layan"),
    ("closing the palette", ("escape",)),
    ("help", ("question_mark",)),
    ("closing help", ("escape",)),
    ("board", ("3",)),
    ("a card moved on", ("shift+right",)),
    ("taken back", ("u",)),
    ("the filter", ("slash",)),
    *((f"typing {letter} there", (letter,)) for letter in "layan"),
    ("done", ("enter",)),
    ("screen 1, filtered", ("1",)),
    ("the filter there", ("slash",)),
    *((f"typing {letter} there", (letter,)) for letter in "an"),
    ("its figures", ("enter",)),
    ("the other chart", ("h",)),
    ("all again", ("backslash",)),
    ("the heat map", ("2", "h")),
)


class Heart:
    """Beats as long as anything else may be done, and remembers the longest pause."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def beat(self) -> None:
        """Go on until cancelled."""
        while True:
            began = perf_counter()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, perf_counter() - began - BEAT)


async def walk(pilot: Pilot[None], heart: Heart) -> None:
    """Press the keys one after the other and print how long each took."""
    print(f"{'':28}{'drawn':>8}{'stall':>8}")
    for name, keys in WALK:
        heart.longest, began = 0.0, perf_counter()
        await pilot.press(*keys)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        print(
            f"{name:28}{1000 * (perf_counter() - began):8.0f}{1000 * heart.longest:8.0f}"
        )


async def measured(services: int, folder: Path) -> None:
    """Open the screens on a city of so many services."""
    store = FileStore.create(folder / "register.json", register(services))
    app = open_app(store, lambda: TODAY, "Sari", load_language("id"))
    heart = Heart()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        beating = asyncio.create_task(heart.beat())
        await walk(pilot, heart)
        beating.cancel()


def main() -> None:
    """Read how many services to make up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=1000)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measured(parser.parse_args().services, Path(folder)))


if __name__ == "__main__":
    main()
