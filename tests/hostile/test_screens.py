"""Every screen opens on a register that is hostile throughout, shows what it holds, and obeys none of it."""

from pathlib import Path

import pytest
from rich.text import Text
from textual.pilot import Pilot

from screens.app import TrackerApp
from screens.dialogs.form import Ask, Field
from screens.dialogs.showing import shown
from screens.keys import commands_on
from screens.widgets.filter_bar import FilterInput
from screens.widgets.path_input import PathInput
from tests.hostile.registers import hostile, kept
from tests.hostile.texts import LONG, MARKUP, ORDERS, WIDE, harm_in
from tests.screens.harness import TODAY, settled
from tests.tracker.builder import Builder
from tracker.language import language
from tracker.register import Register

PLACES = ("overview", "opds", "board", "services", "applications", "obstacles", "snapshots")
TEXTS = (*MARKUP[:2], *ORDERS[:3], ORDERS[7], WIDE[0])


@pytest.fixture
def app(tmp_path: Path) -> TrackerApp:
    return on(tmp_path, hostile(TEXTS))


def on(folder: Path, register: Register) -> TrackerApp:
    """Open a register as an app."""
    return TrackerApp(kept(folder, register), lambda: TODAY, "Sari", language("en"), None)


def sound(pilot: Pilot[None]) -> str:
    """Look at every cell that is drawn: nothing harmful, no link, no action; return what is said."""
    said: list[str] = []
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.control is None:
                said.append(segment.text)
                assert segment.style is None or segment.style.link is None, segment.text
                assert not harm_in(segment.text), ascii(segment.text)
                meta = segment.style.meta if segment.style else {}
                assert "quit" not in str(meta.get("@click", "")), segment.text
        said.append("\n")
    assert pilot.app.is_running
    assert pilot.app.return_code in (None, 0)
    return "".join(said)


async def test_every_screen_opens_and_obeys_nothing(app: TrackerApp) -> None:
    pages = []
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        for number, place in enumerate(PLACES, start=1):
            await pilot.press(str(number))
            await settled(pilot)
            assert app.place == place
            pages.append(sound(pilot))
    for text in ("[/x]", "[@click=app.quit]x[/]", "<U+001B>[31mmerah", "<U+202E>"):
        assert any(text in page for page in pages), text


async def test_what_a_line_opens_obeys_nothing(app: TrackerApp) -> None:
    opened = set()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        for number in "235":
            await pilot.press(number, "down", "enter")
            await settled(pilot)
            opened.add(app.place)
            sound(pilot)
    assert opened == {"opd", "service", "application"}


async def test_palette_filter_and_help_obey_nothing(app: TrackerApp) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"mer")
        await settled(pilot)
        assert "merah" in sound(pilot)
        await pilot.press("escape", "4", "slash", *"[/x]", "enter")
        await settled(pilot)
        assert "[/x]" in sound(pilot)
        await pilot.press("backslash", "question_mark")
        await settled(pilot)
        sound(pilot)


async def test_every_dialog_of_a_line_opens_and_obeys_nothing(app: TrackerApp) -> None:
    seen: set[str] = set()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await settled(pilot)
        for number in "23":
            await pilot.press(number, "down")
            await settled(pilot)
            for command in commands_on(app.place):
                if command.dialog and command.keys and command.id not in {*seen, "import"}:
                    seen.add(command.id)
                    await pilot.press(command.keys[0])
                    sound(pilot)
                    while app.screen is not app.front:
                        await pilot.press("escape")
    assert len(seen) > 8


async def test_names_of_files_obey_nothing(app: TrackerApp, tmp_path: Path) -> None:
    folder = tmp_path / "berkas"
    folder.mkdir()
    for text in (*ORDERS, *MARKUP[:4]):
        name = text.replace("/", "").replace("\0", "").encode("utf-8", "replace").decode()
        (folder / f"{name}.csv").write_text("opd,name\n[/x],[@click=app.quit]x[/]\n")
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("I")
        await settled(pilot)
        app.screen.query_one(PathInput).value = f"{folder}/"
        await settled(pilot)
        assert "@click" in sound(pilot)
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        sound(pilot)


@pytest.mark.parametrize("order", ORDERS)
def test_a_field_is_filled_with_what_is_visible(order: str) -> None:
    for ask, value in ((Ask.TEXT, order), (Ask.LONG, order), (Ask.LIST, (order,))):
        first = shown(Field("name", "Name", ask, value=value), language("en"))
        assert not harm_in(first.replace("\n", ""))


async def test_what_is_typed_or_pasted_is_no_order(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "slash")
        app.screen.query_one(FilterInput).value = f"a{ORDERS[2]}b{ORDERS[7]}c"
        await pilot.pause()
        assert "a]52;c;" in sound(pilot).replace("�", "")


async def test_messages_and_errors_obey_nothing(app: TrackerApp) -> None:
    from tracker.actions import MoveServices, ReportOPDs
    from tracker.model import Stage

    async with app.run_test(size=(120, 50), notifications=True) as pilot:
        await settled(pilot)
        for text in TEXTS:
            app.act(MoveServices((f"{text}?",), Stage.ONLINE, TODAY))
            app.act(ReportOPDs(("opd-1",), app.state.facts.week, f"{text} baru"))
        await pilot.pause()
        sound(pilot)
        for note in app._notifications:
            assert not harm_in(note.message)
            assert not isinstance(note.message, Text)


async def test_names_of_any_length_open(tmp_path: Path) -> None:
    made = Builder()
    for number, text in enumerate((LONG[1], "x" * 1_000_000, "🙂" * 300)):
        made.opd(f"opd-{number}", name=text)
        made.service(f"layanan-{number}", f"opd-{number}", "2026-08-03", name=text, owner=text, tags=(text,))
        made.obstacle(f"layanan-{number}", "2026-10-01", description=text)
    app = on(tmp_path, made.register)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in "24":
            await pilot.press(key)
            await settled(pilot)
            sound(pilot)
