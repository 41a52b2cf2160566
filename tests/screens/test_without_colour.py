"""What matters is told by signs, bold and reverse, where a terminal or its user has no colours."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.widgets.lines import LineView
from screens.widgets.paint import Picture, Piece
from tests.depth import one_in
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder


@pytest.fixture
def app(
    make_app: MakeApp, city: Builder, monkeypatch: pytest.MonkeyPatch
) -> TrackerApp:
    monkeypatch.setenv("NO_COLOR", "1")
    city.obstacle(
        "ktp", "2026-09-01", "people", description="Belum ada petugas"
    )
    city.application("salaman", "dukcapil", name="Salaman")
    city.service(
        "skck",
        "dukcapil",
        "2026-08-03",
        name="Pengantar SKCK",
        application="salaman",
    )
    city.application("sapawarga", "dukcapil", name="Sapawarga")
    return make_app(city.register)


def strips(pilot: Pilot[Any]) -> list[Strip]:
    return pilot.app.screen._compositor.render_strips()


def standing_out(pilot: Pilot[Any], how: str = "reverse") -> list[str]:
    """Return line by line what stands out, whatever its colours."""
    lines = []
    for strip in strips(pilot):
        parts = [
            part.text
            for part in strip
            if part.style is not None and getattr(part.style, how)
        ]
        lines.append("".join(parts).strip())
    return [line for line in lines if line]


NAMES = (
    "Overview",
    "OPDs",
    "Board",
    "Services",
    "Apps",
    "Obstacles",
    "Snapshots",
)
WAYS = (
    "1",
    "2",
    "2 h",
    "2 enter",
    "3",
    "3 enter",
    "4",
    "4 enter",
    "5",
    "5 enter",
    "6",
    "6 d",
    "7",
    "7 d",
)
"""The keys that lead to every screen and page, in each of its forms."""
SOME_WAYS = [
    way
    if way in {"1", "2 h", "3"}
    else pytest.param(way, marks=pytest.mark.thorough)
    for way in WAYS
]
"""The same: the quick run tries those that show most."""


async def going(pilot: Pilot[Any], way: str) -> None:
    await settled(pilot)
    for key in way.split():
        await pilot.press(key)
        await settled(pilot)


@pytest.mark.parametrize("way", one_in(3, WAYS))
async def test_the_screen_one_is_on_and_the_line_under_the_cursor_stand_out(
    app: TrackerApp, way: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await going(pilot, way)
        out = standing_out(pilot)
        tab = f"{way[0]} {NAMES[int(way[0]) - 1]}"
        if "enter" in way:
            # A page over a screen has its name below; the screen's is bold alone.
            assert tab in standing_out(pilot, "bold")[0]
        else:
            assert out.pop(0) == tab
        lines = app.active_screen.active_list
        assert lines is not None
        # A narrow table shows an OPD by its short name: its figures tell the row.
        cells = lines.text_at(lines.cursor).split("\t")
        shown = [cells[0].split(" ")[0], *cells[2:3]]
        assert any(cell in line for cell in shown for line in out)


MEANINGS = {
    "good",
    "bad",
    "warn",
    "goal",
    "forecast",
    "conventional",
    "online",
    "integrated",
}


def drawn(app: TrackerApp) -> Iterator[Piece]:
    """Go through all that the screen on top draws of the register."""
    for view in app.active_screen.query(LineView):
        for place in range(view.count()):
            yield from view.line_at(place, view.scrollable_size.width)
    for picture in app.active_screen.query(Picture):
        for line in picture.draw(*picture.size):
            yield from line


@pytest.mark.parametrize(
    "size", [(80, 24), pytest.param((160, 50), marks=pytest.mark.thorough)]
)
@pytest.mark.parametrize("way", SOME_WAYS)
async def test_what_reads_alike_means_alike(
    app: TrackerApp, way: str, size: tuple[int, int]
) -> None:
    """Words, signs and figures that differ in colour alone would have one text and two meanings."""
    async with app.run_test(size=size) as pilot:
        await going(pilot, way)
        meanings = defaultdict(set)
        for text, role in drawn(app):
            if role in MEANINGS and text.strip():
                meanings[text.strip()].add(role)
        assert meanings or way[0] in "567"
        assert {
            text: roles for text, roles in meanings.items() if len(roles) > 1
        } == {}


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["2", "3", "4", "5", "6"])
async def test_marks_are_signs(app: TrackerApp, number: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(number)
        await settled(pilot)
        before = shown(pilot).count("◉")
        await pilot.press("asterisk")
        assert shown(pilot).count("◉") > before == 0


async def test_stages_and_paces_are_words_with_signs(app: TrackerApp) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        for words in ("█ Integrated", "▓ Online", "░ Conventional"):
            assert words in shown(pilot)
        await pilot.press("2")
        await settled(pilot)
        assert (
            "▲ faster" in shown(pilot)
            or "▶ steady" in shown(pilot)
            or "■ standing still" in shown(pilot)
        )


async def test_in_a_dialog_field_choice_offer_and_button_stand_out(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "t", "d", "down")
        await pilot.pause()
        assert [
            line.split("  ")[0] for line in standing_out(pilot, "underline")
        ] == ["Dinas Kesehatan"]
        await pilot.press("escape", "backspace", "escape", "m")
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        assert "● " in shown(pilot)
        assert "○ " in shown(pilot)
        dialog.query_one("#leave").focus()
        await pilot.pause()
        assert any("Cancel" in line for line in standing_out(pilot))
