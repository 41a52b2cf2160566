"""What a move on the screens costs, counted in calls: it must not grow with the services."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from screens.app import TrackerApp
from screens.state import DayView
from tests.calls import counting_calls
from tests.screens.harness import TODAY, settled, until
from tests.tracker.metrics.test_updating import big_city
from tracker.actions.draft import Context
from tracker.actions.moves import MoveServices
from tracker.actions.perform import perform
from tracker.language import load_language
from tracker.metrics import measure
from tracker.model import Stage
from tracker.register import Register
from tracker.store.file import FileStore
from tracker.store.memory import MemoryStore
from tracker.week import Week


@pytest.fixture(scope="module")
def register() -> Register:
    return big_city().register


def open_app(store: MemoryStore | FileStore) -> TrackerApp:
    return TrackerApp(store, lambda: TODAY, "Uji", load_language("en"))


async def test_a_card_moved_reads_one_service_and_draws_the_cards_once(
    register: Register,
) -> None:
    app = open_app(MemoryStore(register))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        for key in ("shift+right", "u"):
            shown = app.state.facts
            with counting_calls() as calls:
                await pilot.press(key)
                await settled(pilot)
            assert app.state.facts is not shown
            assert calls["BoardScreen._show_cards"] == 1
            assert calls["service_at"] == calls["service_words"] == 1
            assert calls["find_all_crossings"] == 2
            assert calls["CardList.show"] == 3, "each column once"
            assert calls["DayView.row_of"] == 0
            assert calls["sort_cards.<locals>.key"] == 0
            assert calls["CardList.render_line"] > 40
            assert 0 < calls["DOMNode.rich_style"] < 40, (
                "once a widget, not a line"
            )


async def test_figures_wait_until_a_screen_shows_them(
    register: Register,
) -> None:
    app = open_app(MemoryStore(register))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        known = app.state.measured
        await pilot.press("shift+right")
        await settled(pilot)
        assert app.state.measured is known is not app.state.facts

        await pilot.press("1")
        await until(pilot, lambda: app.state.measured is app.state.facts)
        moved = app.state.register
        assert app.state.facts.figures == measure(moved, Week.of(TODAY), TODAY)
        assert moved.moves.keys() - register.moves.keys()


async def test_a_filter_for_a_pace_has_the_figures_worked_out(
    register: Register,
) -> None:
    app = open_app(MemoryStore(register))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("3", "shift+right")
        await settled(pilot)
        app.set_filter("sunyi")
        await until(pilot, lambda: app.state.measured is app.state.facts)


def test_a_move_by_another_program_measures_its_opd_and_the_city_alone(
    register: Register, tmp_path: Path
) -> None:
    path = tmp_path / "register.json"
    reader = FileStore.create(path, register)
    facts = DayView(reader.load(), TODAY).compute_all()
    move = MoveServices(("s7",), Stage.INTEGRATED, TODAY)
    moment = datetime(2026, 11, 19, 3, tzinfo=UTC)
    perform(FileStore(path), move, Context("Budi", moment, TODAY))

    with counting_calls() as calls:
        found = facts.with_register(reader.load()).compute_all()
    assert calls["measure_reading"] == 2
    assert calls["service_at"] == calls["service_words"] == 1
    assert found.figures == measure(found.register, Week.of(TODAY), TODAY)


def test_what_all_rows_share_is_looked_up_once(register: Register) -> None:
    facts = DayView(register, TODAY)
    _ = facts.reading.service_of
    with counting_calls() as calls:
        rows = facts.rows
    assert len(rows) > 200
    assert calls["service_words"] == len(rows)
    assert calls["Week.of"] == calls["Register.only_city"] == 1
    flags = {id(row.flags) for row in rows}
    assert len(flags) == len({row.flags for row in rows})
