"""A tiny app that opens one dialog, and a city with names that would break a careless screen."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from screens.dialogs import dialog_for
from screens.dialogs.base import FormDialog
from screens.sanitizing_app import SanitizingApp
from screens.selection import Selection
from screens.state import DayView, State
from tests.tracker.builder import Builder
from tracker.language import load_language

TODAY = date(2026, 11, 22)
HOSTILE = "KTP [/x] [@click=app.quit]x[/] [red]"


@dataclass
class World:
    """A small city: the keys of its facts by short names."""

    builder: Builder
    keys: dict[str, str]

    def state(self, code: str = "en") -> State:
        return State(
            DayView(self.builder.register, TODAY), load_language(code), "Uji"
        )

    def selection(self, **names: str) -> Selection:
        keys: dict[str, Any] = {
            kind: tuple(self.keys[n] for n in said.split())
            for kind, said in names.items()
        }
        return Selection(**keys)


def opening_world() -> World:
    """A city in its opening, which has no history yet."""
    city = Builder(goal="2027-12-31", in_opening=True)
    return World(
        city, {"dukcapil": city.opd("disdukcapil", name="Dinas Kependudukan")}
    )


def world() -> World:
    city = Builder(goal="2027-12-31", kinds=("BLUD",))
    keys = {
        "dukcapil": city.opd(
            "disdukcapil", name="Dinas Kependudukan", aliases=("Capil",)
        ),
        "dpmptsp": city.opd("dpmptsp", name="Dinas Penanaman Modal"),
        "coblong": city.opd(
            "kec-coblong", kind="kecamatan", name="Kecamatan Coblong"
        ),
        "salaman": city.application(
            "salaman", "disdukcapil", name="Salaman [/x]"
        ),
        "ktp": city.service(
            "ktp",
            "disdukcapil",
            "2025-01-06",
            name=HOSTILE,
            visits=3.0,
            days=14.0,
        ),
        "kk": city.service(
            "kk",
            "disdukcapil",
            "2025-01-06",
            "online",
            name="Kartu Keluarga",
            application="salaman",
        ),
        "lama": city.service(
            "lama", "disdukcapil", "2025-01-06", name="Layanan lama"
        ),
        "move": city.move("kk", "2026-02-03", "online", evidence="surat"),
        "obstacle": city.obstacle("ktp", "2026-03-01"),
        "target": city.target("kk", "2026-12-31"),
        "report": city.report("disdukcapil", "2026-W46"),
        "milestone": city.milestone("2026-01-05", "Perwal baru"),
        "decision": city.decision(
            "Satu SK untuk surat kecamatan", "2026-11-02", "2026-12-01"
        ),
        "evaluation": city.evaluation("SPBE", 2025, score=4.5),
        "transfer": city.transfer("lama", "2025-06-02", "dpmptsp"),
    }
    keys["closure"] = city.closure("lama", "2026-05-04")
    return World(city, keys)


class Host(SanitizingApp[None]):
    """Opens a dialog and keeps what it gave."""

    def __init__(self, dialog: FormDialog[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.results: list[Any] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.results.append)


@dataclass
class Person:
    """Someone who types into the dialog and reads what it says."""

    pilot: Pilot[None]
    host: Host
    waited: float = field(default=0.25)

    @property
    def dialog(self) -> FormDialog[Any]:
        return self.host.dialog

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def types(self, text: str) -> None:
        named = {" ": "space", "\n": "enter"}
        await self.pilot.press(*(named.get(letter, letter) for letter in text))

    async def fills(self, name: str, text: str) -> None:
        """Put a text into a field as from the clipboard, in place of what stands there."""
        self.focus(name)
        await self.pilot.pause()
        await self.press("end", "shift+home", "delete")
        if text:
            self.host.post_message(events.Paste(text))
            await self.pilot.pause()

    def focus(self, name: str) -> None:
        next(
            row for row in self.dialog.rows if row.field.name == name
        ).target.focus()

    async def chooses(self, name: str, *keys: str) -> None:
        self.focus(name)
        await self.pilot.pause()
        await self.press(*keys)

    async def selects(self, name: str, value: object) -> None:
        """Go through the options by arrow until the one that gives ``value`` holds."""
        row = next(row for row in self.dialog.rows if row.field.name == name)
        await self.chooses(name)
        for _ in row.field.options():
            if row.filled.value == value:
                return
            await self.press("right")

    async def picks(self, name: str, letters: str) -> None:
        await self.fills(name, letters)
        await self.press("enter")

    async def saves(self) -> Any:
        await self.press("f2")
        await self.pilot.pause()
        return self.host.results[-1] if self.host.results else None

    async def waits(self) -> None:
        await self.pilot.pause(self.waited)

    def said(self) -> str:
        return str(self.dialog.query_one("#says", Static).content)

    def wrong(self, name: str) -> str:
        return next(
            row for row in self.dialog.rows if row.field.name == name
        ).wrong

    def screen(self) -> Sequence[str]:
        strips = self.dialog._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


@asynccontextmanager
async def opened(
    dialog: FormDialog[Any], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Person]:
    host = Host(dialog)
    async with host.run_test(size=size) as pilot:
        await pilot.pause()
        yield Person(pilot, host)


@asynccontextmanager
async def asked(
    command: str,
    selected: dict[str, str] | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    code: str = "en",
) -> AsyncIterator[Person]:
    """Open the dialog of a command on what is selected, by the city's short names."""
    city = opening_world() if command == "close_opening" else world()
    dialog = dialog_for(
        command, city.state(code), city.selection(**(selected or {}))
    )
    async with opened(dialog, size) as person:
        yield person
