import pytest

from screens.app import TrackerApp
from screens.commands.chapters import ChapterLine
from screens.widgets.lines import LineList
from tests.screens.harness import settled, shown, until


@pytest.mark.parametrize(
    ("chapter", "title"),
    [
        ("correcting", "Correcting what is wrong"),
        # Ten times as long.
        pytest.param("commands", "Every command", marks=pytest.mark.thorough),
    ],
)
async def test_help_opens_a_chapter_and_escape_leads_back(
    app: TrackerApp, chapter: str, title: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        view = app.screen.query_one(LineList)
        view.post_message(LineList.Opened(view, ChapterLine(chapter)))
        await until(pilot, lambda: title in shown(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: bool(app.screen.query(LineList)))
        await pilot.press("escape")
        assert app.screen is app.active_screen
