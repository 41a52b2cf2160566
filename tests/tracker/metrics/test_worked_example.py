"""The worked example of METRICS.md, figure by figure."""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.tracker.builder import Builder
from tracker.metrics import Figures, measure
from tracker.register import Register
from tracker.week import Week

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def register() -> Register:
    city = Builder()
    city.service("a", "opd", "2026-01-05")
    city.service("b", "opd", "2026-01-05")
    city.move("a", "2026-01-14", "online")
    city.move("a", "2026-01-28", "integrated")
    city.move("b", "2026-02-11", "online")
    city.service("c", "opd", "2026-02-17", "online")
    return city.register


def figures(register: Register, week: int) -> Figures:
    measured = measure(register, Week(2026, week), TODAY)
    only = measured.opds[0].figures
    assert only == replace(measured.city, track_record=None)
    return measured.city


@pytest.mark.parametrize(
    (
        "week",
        "services",
        "points",
        "index",
        "steps",
        "progress",
        "scope_effect",
    ),
    [
        (2, 2, 0, 0, None, None, None),
        (3, 2, 1, 25, 1, 25, 0),
        (4, 2, 1, 25, 0, 0, 0),
        (5, 2, 2, 50, 1, 25, 0),
        (6, 2, 2, 50, 0, 0, 0),
        (7, 2, 3, 75, 1, 25, 0),
        (8, 3, 4, 200 / 3, 0, 0, -25 / 3),
    ],
)
def test_each_week_of_the_table(
    register: Register,
    week: int,
    services: int,
    points: int,
    index: float,
    steps: int | None,
    progress: float | None,
    scope_effect: float | None,
) -> None:
    found = figures(register, week)

    assert (found.services, found.flow.closing, found.index) == (
        services,
        points,
        index,
    )
    assert (found.steps, found.progress, found.scope_effect) == (
        steps,
        progress,
        scope_effect,
    )


@pytest.mark.parametrize(
    ("week", "velocity"), [(5, None), (6, 12.5), (7, 12.5), (8, 12.5)]
)
def test_velocity(
    register: Register, week: int, velocity: float | None
) -> None:
    assert figures(register, week).velocity == velocity


def test_the_index_fell_and_nothing_went_backward(register: Register) -> None:
    found = figures(register, 8)

    assert found.index_change == pytest.approx(-8.3333333333)
    assert (found.flow.opening, found.flow.joined, found.flow.backward) == (
        3,
        1,
        0,
    )
