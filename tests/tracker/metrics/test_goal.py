from datetime import date

import pytest

from tests.tracker.builder import Builder
from tracker.metrics import measure
from tracker.metrics.goal import count_on_course
from tracker.metrics.values import OnCourse
from tracker.week import Week

GOAL = date(2026, 3, 6)


def city(done: str | None) -> Builder:
    """Return a city with one service, which is done on a day or never."""
    built = Builder(goal=GOAL)
    built.service("a", "one", "2026-01-05")
    if done:
        built.move("a", done, "integrated")
    return built


@pytest.mark.parametrize(
    ("done", "today", "outcome"),
    [
        (None, "2026-03-05", None),
        (None, "2026-03-06", None),
        (None, "2026-03-07", "missed"),
        ("2026-03-05", "2026-03-05", None),
        ("2026-03-05", "2026-03-06", "met"),
        ("2026-03-06", "2026-03-06", "met"),
        ("2026-03-06", "2026-05-01", "met"),
        ("2026-03-07", "2026-05-01", "missed"),
    ],
)
def test_the_goal_is_judged_at_the_end_of_its_day(
    done: str | None, today: str, outcome: str | None
) -> None:
    day = date.fromisoformat(today)
    found = measure(city(done).register, Week.of(day), day)

    assert found.goal_outcome == outcome


def test_what_joins_after_the_goal_does_not_undo_it() -> None:
    built = city("2026-03-06")
    built.service("b", "one", "2026-03-07")
    day = date(2026, 4, 1)

    assert measure(built.register, Week.of(day), day).goal_outcome == "met"


def test_a_city_without_services_or_a_goal_meets_none() -> None:
    day = date(2026, 4, 1)
    without = measure(Builder().register, Week.of(day), day)
    empty = measure(Builder(goal=GOAL).register, Week.of(day), day)

    assert without.goal_outcome is None
    assert empty.goal_outcome == "missed"


def test_opds_are_counted_by_their_own_chance() -> None:
    chances = [1.0, 0.85, 0.849, 0.15, 0.149, 0.0, None]

    assert count_on_course(chances) == OnCourse(
        likely=2, open=2, unlikely=2, unknown=1
    )


def test_the_four_counts_add_up_to_the_opds_with_services() -> None:
    built = city("2026-01-20")
    built.service("b", "two", "2026-02-24")
    built.service("c", "three", "2026-01-05")
    built.closure("c", "2026-02-20")
    built.opd("four")
    found = measure(built.register, Week(2026, 9), date(2026, 3, 2))

    assert found.on_course == OnCourse(likely=1, open=0, unlikely=0, unknown=1)
