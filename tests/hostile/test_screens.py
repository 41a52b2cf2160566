"""Every screen opens on a register that is hostile throughout, shows what it holds, and obeys none of it."""

import base64
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from textual.pilot import Pilot
from textual.widgets import TextArea

from screens.app import TrackerApp
from screens.dialogs.form import Field, FieldType
from screens.dialogs.formatting import format_value
from screens.widgets.filter_bar import FilterInput
from screens.widgets.path_input import PathInput
from tests.hostile.registers import hostile, kept
from tests.hostile.texts import (
    LONG,
    MARKUP,
    ORDERS,
    PATHS,
    STRANGE,
    WIDE,
    harm_in,
)
from tests.screens.harness import TODAY, settled
from tests.screens.patience import be_patient
from tests.tracker.builder import Builder
from tracker.language import load_language
from tracker.register import Register

__all__ = ["be_patient"]

PLACES = (
    "overview",
    "opds",
    "board",
    "services",
    "applications",
    "obstacles",
    "snapshots",
)
TEXTS = (*MARKUP[:2], *ORDERS[:3], ORDERS[7], WIDE[0])


@pytest.fixture
def app(tmp_path: Path) -> TrackerApp:
    return on(tmp_path, hostile(TEXTS))


def on(folder: Path, register: Register) -> TrackerApp:
    """Open a register as an app."""
    return TrackerApp(
        kept(folder, register), lambda: TODAY, "Sari", load_language("en"), None
    )


def sound(pilot: Pilot[Any]) -> str:
    """Look at every cell that is drawn: nothing harmful, no link, no action; return what is said."""
    said: list[str] = []
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.control is None:
                said.append(segment.text)
                assert segment.style is None or segment.style.link is None, (
                    segment.text
                )
                assert not harm_in(segment.text), ascii(segment.text)
                meta = segment.style.meta if segment.style else {}
                assert "quit" not in str(meta.get("@click", "")), segment.text
        said.append("\n")
    assert pilot.app.is_running
    assert pilot.app.return_code in (None, 0)
    return "".join(said)


async def test_every_screen_and_what_its_lines_open_obey_nothing(
    app: TrackerApp,
) -> None:
    pages, opened, copied = [], set(), []
    async with app.run_test(
        size=(120, 40), notifications=True, tooltips=True
    ) as pilot:
        await settled(pilot)
        assert not harm_in(app.title)
        for number, place in enumerate(PLACES, start=1):
            await pilot.press(str(number))
            await settled(pilot)
            assert app.screen_name == place
            pages.append(sound(pilot))
            app.run_command("copy")
            copied.append(app.clipboard)
            if place in {"opds", "board", "applications"}:
                await pilot.press("down", "enter")
                await settled(pilot)
                if app.screen_name == place:
                    # A family of services has opened: its first member follows.
                    await pilot.press("down", "enter")
                    await settled(pilot)
                opened.add(app.screen_name)
                sound(pilot)
    for text in (
        "[/x]",
        "[@click=app.quit]x[/]",
        "<U+001B>[31mmerah",
        "<U+202E>",
    ):
        assert any(text in page for page in pages), text
    assert opened == {"opd", "service", "application"}
    assert any("[/x]" in text for text in copied)
    assert not harm_in("".join(copied).replace("\n", "").replace("\t", ""))


async def test_what_is_typed_and_what_is_told_are_no_orders(
    app: TrackerApp,
) -> None:
    from tracker.actions.moves import MoveServices
    from tracker.actions.opds import ReportOPDs
    from tracker.model import Stage

    async with app.run_test(size=(80, 30), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"mer")
        await settled(pilot)
        assert "merah" in sound(pilot)
        await pilot.press("escape", "4", "slash")
        app.screen.query_one(FilterInput).value = f"a{ORDERS[2]}b{ORDERS[7]}c"
        await pilot.pause()
        assert "a]52;c;" in sound(pilot).replace("�", "")
        app.screen.query_one(FilterInput).value = "[/x]"
        await pilot.press("enter")
        await settled(pilot)
        assert "[/x]" in sound(pilot)
        await pilot.press("backslash", "question_mark")
        await settled(pilot)
        sound(pilot)
        await pilot.press("escape")
        for text in TEXTS:
            app.try_action(MoveServices((f"{text}?",), Stage.ONLINE, TODAY))
            app.try_action(
                ReportOPDs(("opd-1",), app.state.facts.week, f"{text} baru")
            )
        await pilot.pause()
        sound(pilot)
        for note in app._notifications:
            assert not harm_in(note.message)
            assert not isinstance(note.message, Text)


async def test_names_of_files_obey_nothing(
    app: TrackerApp, tmp_path: Path
) -> None:
    folder = tmp_path / "berkas"
    folder.mkdir()
    for text in (*ORDERS, *MARKUP[:4]):
        name = (
            text.replace("/", "")
            .replace("\0", "")
            .encode("utf-8", "replace")
            .decode()
        )
        (folder / f"{name}.csv").write_text(
            "opd,name\n[/x],[@click=app.quit]x[/]\n"
        )
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("I")
        await settled(pilot)
        app.screen.query_one(PathInput).value = f"{folder}/"
        await settled(pilot)
        assert "@click" in sound(pilot)
        line = app.screen.query_one(PathInput)
        for text in (*ORDERS, *MARKUP[:3], *PATHS, *STRANGE):
            line.value = text
            await line.action_submit()
            line.focus()
        await pilot.pause()
        sound(pilot)
        line.value = f"{folder}/"
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        sound(pilot)


@pytest.mark.parametrize("order", ORDERS)
def test_a_field_is_filled_with_what_is_visible(order: str) -> None:
    for ask, value in (
        (FieldType.TEXT, order),
        (FieldType.LONG, order),
        (FieldType.LIST, (order,)),
    ):
        first = format_value(
            Field("name", "Name", ask, value=value), load_language("en")
        )
        assert not harm_in(first.replace("\n", ""))


async def test_what_is_copied_is_no_order_for_whatever_it_is_pasted_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from screens.sanitizing_app import SanitizingApp

    class Writing(SanitizingApp[None]):
        """An app that keeps what its driver is told to write."""

        def on_mount(self) -> None:
            self.mount(TextArea("".join(ORDERS), id="area"))

    app = Writing()
    async with app.run_test() as pilot:
        written: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", written.append)
        await pilot.pause()
        area = app.query_one("#area", TextArea)
        area.focus()
        area.select_all()
        await pilot.press("ctrl+c")
        for order in (*ORDERS, *MARKUP):
            app.copy_to_clipboard(f"a{order}\n\tb")
    copied = [
        text.removeprefix("\x1b]52;c;").removesuffix("\a")
        for text in written
        if "]52;c;" in text
    ]
    assert len(copied) == 1 + len(ORDERS) + len(MARKUP)
    for text in copied:
        said = base64.b64decode(text, validate=True).decode()
        assert not harm_in(said.replace("\n", "").replace("\t", "")), ascii(
            said
        )


async def test_names_of_any_length_open(tmp_path: Path) -> None:
    made = Builder()
    for number, text in enumerate((LONG[1], "x" * 1_000_000, "🙂" * 300)):
        made.opd(f"opd-{number}", name=text)
        made.service(
            f"layanan-{number}",
            f"opd-{number}",
            "2026-08-03",
            name=text,
            owner=text,
            tags=(text,),
        )
        made.obstacle(f"layanan-{number}", "2026-10-01", description=text)
    app = on(tmp_path, made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in "24":
            await pilot.press(key)
            await settled(pilot)
            sound(pilot)
