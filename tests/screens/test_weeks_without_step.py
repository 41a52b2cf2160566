"""Only complete weeks are weeks without a step, and only a step forward moves an OPD again."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from screens.opds.columns import opd_columns, weeks_without_step
from screens.state import DayView
from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tracker.language import load_language
from tracker.metrics import measure
from tracker.metrics.values import CityFigures, Pace

EN = load_language("en")
TODAY = date(2026, 11, 19)


def count_slowly(history: History, key: str) -> int | None:
    """Count back from the week asked for, measuring each."""
    found = measure(history.register, history.week, history.today)
    count = 0
    if not found.complete:
        if _steps_of(found, key):
            return 0
        found = _week_before(history, found)
    while _steps_of(found, key) == 0:
        count += 1
        found = _week_before(history, found)
    is_known = count or _steps_of(found, key) is not None
    return count if is_known else None


def _week_before(history: History, found: CityFigures) -> CityFigures:
    return measure(history.register, found.week.plus(-1), history.today)


def _steps_of(found: CityFigures, key: str) -> int | None:
    return next(
        (one.figures.steps for one in found.opds if one.key == key), None
    )


@settings(
    max_examples=examples(8, 100), suppress_health_check=list(HealthCheck)
)
@given(histories())
def test_weeks_without_a_step_are_complete_ones(history: History) -> None:
    view = DayView(history.register, history.today)
    view = view.of_week(history.week, history.today)
    for opd in view.figures.opds:
        if opd.figures.remaining_steps:
            slow = count_slowly(history, opd.key)
            assert weeks_without_step(opd, view) == slow


def standing_city(steps: dict[str, str]) -> DayView:
    """An OPD that has stood still for twelve complete weeks, with moves of its service since."""
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05", "online")
    for day, stage in steps.items():
        city.move("ktp", day, stage)
    return DayView(city.register, TODAY)


@pytest.mark.parametrize(
    ("steps", "pace"),
    [
        ({}, "■ still 44 wk"),
        ({"2026-11-17": "integrated"}, "▶ moves again"),
        ({"2026-11-17": "conventional"}, "■ standing still"),
        ({"2026-08-17": "conventional"}, "■ still 12 wk"),
    ],
)
def test_the_table_tells_how_long_an_opd_stands(
    steps: dict[str, str], pace: str
) -> None:
    view = standing_city(steps)
    [opd] = view.figures.opds
    assert opd.figures.pace is Pace.STALLED
    [column] = [one for one in opd_columns(view, EN) if one.id == "pace"]
    said = "".join(text for text, _ in column.cell(opd, 16))
    assert said == pace
