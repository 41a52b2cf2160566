"""One thing after the other is entered without leaving the dialog in between."""

from textual.widgets import Input

from screens.app import TrackerApp
from screens.dialogs.base import FormDialog
from screens.navigation import ServicePage
from screens.widgets.lines import LineView
from tests.screens.harness import settled, shown, until


def open_dialog(app: TrackerApp) -> FormDialog[object]:
    assert isinstance(app.screen, FormDialog)
    return app.screen


async def test_the_next_of_a_series_keeps_what_was_chosen_and_forgets_what_was_typed(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        first = open_dialog(app)
        await pilot.press(*"dinkes", "enter", *"Imunisasi")
        await settled(pilot)
        assert "F3" in shown(pilot)
        await pilot.press("f3")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, FormDialog) and app.screen is not first
            ),
        )
        names = {row.field.name: row.filled for row in open_dialog(app).rows}
        opd = app.state.register.opds[names["opd"].value]
        assert opd.code == "dinkes"
        assert names["name"].value == ""
        assert len(app.state.register.services) == 6


async def test_the_next_line_is_asked_for_after_the_one_that_was_saved(
    app: TrackerApp,
) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        view = app.screen.query_one(LineView)
        lines = view.keys()
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        first = open_dialog(app)
        evidence = next(iter(first.query(Input)))
        assert evidence is not None
        await pilot.press("f3")
        await until(pilot, lambda: app.screen is not first)
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        moved = lines[0]
        assert isinstance(moved, ServicePage)
        assert app.state.register.moves_of[moved.key]
        assert view.key == lines[1]


async def test_nothing_follows_where_nothing_can(app: TrackerApp) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        app.run_command("settings")
        await settled(pilot)
        assert "F3" not in shown(pilot)
