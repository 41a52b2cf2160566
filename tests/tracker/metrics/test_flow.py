from datetime import date
from fractions import Fraction

from tests.tracker.builder import Builder
from tests.tracker.metrics.weeks import series_of
from tracker.metrics import CITY, Flow, Scope, measure_scope
from tracker.metrics.flow import (
    find_movements_in_week,
    flow_at,
    index_change_at,
    scope_effect_at,
)
from tracker.week import Week

TODAY = date(2026, 3, 2)


def test_a_week_reconciles() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.service("b", "one", "2026-01-05", "integrated")
    city.service("c", "one", "2026-01-13", "online")
    city.move("a", "2026-01-14", "integrated")
    city.move("c", "2026-01-14", "conventional")
    city.closure("b", "2026-01-15")
    found = measure_scope(city.register, CITY, Week(2026, 3), TODAY)

    assert found.flow == Flow(
        opening=3, joined=1, left=2, forward=1, backward=1, closing=2
    )
    assert found.steps == 0


def test_the_first_week_reconciles_too() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.service("b", "one", "2026-01-06", "conventional")
    city.move("b", "2026-01-08", "integrated")
    found = measure_scope(city.register, CITY, Week(2026, 2), TODAY)
    assert found.flow == Flow(
        opening=0, joined=1, left=0, forward=2, backward=0, closing=3
    )


def test_the_index_may_rise_without_progress() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "one", "2026-01-13", "integrated")
    found = measure_scope(city.register, CITY, Week(2026, 3), TODAY)

    assert (
        found.index,
        found.index_change,
        found.progress,
        found.scope_effect,
    ) == (
        50,
        50,
        0,
        50,
    )


def test_parts_that_cancel_out_leave_exactly_nothing() -> None:
    series = series_of([1], services=3)

    assert index_change_at(series, 1) == Fraction(100, 6)
    assert scope_effect_at(series, 1) == 0


def test_there_is_no_change_in_the_first_week_nor_without_services() -> None:
    series = series_of([1, 0, 0], services=3)
    series.conventional[2] = series.online[2] = series.integrated[2] = 0

    for place in (0, 2, 3):
        assert index_change_at(series, place) is None
        assert scope_effect_at(series, place) is None


def test_before_the_first_week_nothing_flows() -> None:
    assert flow_at(series_of([1], services=3), -1) == Flow(0, 0, 0, 0, 0, 0)


def test_a_scope_that_is_empty_at_the_end_has_steps_and_no_progress() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-13", "online")
    city.closure("a", "2026-01-14")
    found = measure_scope(city.register, CITY, Week(2026, 3), TODAY)

    assert (
        found.steps,
        found.progress,
        found.index_change,
        found.scope_effect,
    ) == (
        1,
        None,
        None,
        None,
    )
    assert found.flow == Flow(
        opening=0, joined=0, left=1, forward=1, backward=0, closing=0
    )


def test_a_running_week_moves_up_to_today() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-14", "online")
    city.move("a", "2026-01-15", "integrated")
    found = measure_scope(city.register, CITY, Week(2026, 3), date(2026, 1, 14))

    assert (found.steps, found.flow.closing, found.index) == (1, 1, 50)


def test_the_movements_behind_a_week() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.service("b", "two", "2026-01-05")
    second = city.move("a", "2026-01-14", "integrated")
    first = city.move("b", "2026-01-12", "online")
    again = city.move("b", "2026-01-12", "online")
    city.move("a", "2026-01-19", "conventional")
    city.transfer("a", "2026-01-14", "three")
    week = Week(2026, 3)
    made = find_movements_in_week(city.register, week, TODAY)
    of_one = find_movements_in_week(
        city.register, week, TODAY, Scope("opd", city.key("opds", "one"))
    )
    of_three = find_movements_in_week(
        city.register, week, TODAY, Scope("opd", city.key("opds", "three"))
    )

    assert [movement.move.id for movement in made] == [first, again, second]
    assert [movement.steps for movement in made] == [1, 0, 1]
    assert [movement.before for movement in made] == [
        "conventional",
        "online",
        "online",
    ]
    assert of_one == []
    assert [movement.move.id for movement in of_three] == [second]
