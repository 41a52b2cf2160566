"""What matters is told by signs, bold and reverse, where a terminal or its user has no colours."""

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from tests.screens.conftest import MakeApp
from tests.screens.harness import settled, shown
from tests.tracker.builder import Builder


@pytest.fixture
def app(make_app: MakeApp, city: Builder, monkeypatch: pytest.MonkeyPatch) -> TrackerApp:
    monkeypatch.setenv("NO_COLOR", "1")
    city.obstacle("ktp", "2026-09-01", "people", description="Belum ada petugas")
    city.application("salaman", "dukcapil", name="Salaman")
    city.application("sapawarga", "dukcapil", name="Sapawarga")
    return make_app(city.register)


def strips(pilot: Pilot[Any]) -> list[Strip]:
    return pilot.app.screen._compositor.render_strips()


def standing_out(pilot: Pilot[Any], how: str = "reverse") -> list[str]:
    """Return line by line what stands out, whatever its colours."""
    lines = []
    for strip in strips(pilot):
        parts = [part.text for part in strip if part.style is not None and getattr(part.style, how)]
        lines.append("".join(parts).strip())
    return [line for line in lines if line]


NAMES = ("Overview", "OPDs", "Board", "Services", "Applications", "Obstacles", "Snapshots")


@pytest.mark.parametrize(("number", "name"), enumerate(NAMES, start=1))
async def test_the_screen_one_is_on_and_the_line_under_the_cursor_stand_out(
    app: TrackerApp, number: int, name: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(str(number))
        await settled(pilot)
        out = standing_out(pilot)
        assert out[0] == f"{number} {name}"
        lines = app.front.lines
        assert lines is not None
        under = lines.text_at(lines.cursor).split("\t")[0].split(" ")[0]
        assert any(under in line for line in out[1:])


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
        assert "▲ faster" in shown(pilot) or "▶ steady" in shown(pilot) or "■ standing still" in shown(pilot)


async def test_in_a_dialog_field_choice_offer_and_button_stand_out(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("4", "t", "d", "down")
        await pilot.pause()
        assert [line.split("  ")[0] for line in standing_out(pilot, "underline")] == ["Dinas Kesehatan"]
        await pilot.press("escape", "backspace", "escape", "m")
        dialog = app.screen
        assert isinstance(dialog, FormDialog)
        assert "● " in shown(pilot)
        assert "○ " in shown(pilot)
        dialog.query_one("#leave").focus()
        await pilot.pause()
        assert any("Cancel" in line for line in standing_out(pilot))
