"""Families, burden, completeness, blocked days and what is newly stalled, by hand."""

from datetime import date

import pytest

from tests.tracker.builder import Builder
from tracker.metrics import CITY, Figures, Scope, measure_scope
from tracker.week import Week

W09, TODAY = Week(2026, 9), date(2026, 3, 2)
"""Read as of 2026-03-01."""


def figures(city: Builder, scope: Scope = CITY) -> Figures:
    return measure_scope(city.register, scope, W09, TODAY)


def test_a_family_counts_once_with_the_mean_of_its_members() -> None:
    """The letter has 3 of 6 points, the permit 2 of 2, the third 0 of 2: 50 in all."""
    city = Builder()
    for code, stage in (
        ("a", "conventional"),
        ("b", "online"),
        ("c", "integrated"),
    ):
        city.service(code, code, "2026-01-05", stage, family="Surat pindah")
    city.service("d", "a", "2026-01-05", "integrated")
    city.service("e", "a", "2026-01-05")
    found = figures(city)

    assert (found.families, found.families_complete) == (3, 1)
    assert found.index_by_family == 50
    assert found.index == pytest.approx(50)


def test_a_family_is_complete_when_all_its_members_in_the_scope_are() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "integrated", family="Surat")
    city.service("b", "two", "2026-01-05", family="Surat")
    one = figures(city, Scope("opd", city.key("opds", "one")))

    assert (one.families, one.families_complete, one.index_by_family) == (
        1,
        1,
        100,
    )
    assert figures(city).families_complete == 0


def test_the_burden_is_volume_times_visits_and_half_of_it_lies_with_few() -> (
    None
):
    city = Builder()
    for code, volume, visits in (
        ("a", 100, 3.0),
        ("b", 100, 2.0),
        ("c", 50, 2.0),
        ("d", None, 2.0),
        ("e", 10, None),
    ):
        city.service(code, "one", "2026-01-05", volume=volume, visits=visits)
    found = figures(city)

    assert (found.burden, found.burden_coverage, found.burden_half) == (
        600,
        0.6,
        1,
    )
    city.move("a", "2026-02-02", "online", visits=1.0)
    found = figures(city)
    assert (found.burden, found.burden_half) == (400, 1)


def test_a_scope_that_asks_nothing_of_anybody_has_no_half() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", volume=100, visits=0.0)
    found = figures(city)

    assert (found.burden, found.burden_coverage, found.burden_half) == (0, 1, 0)


def test_what_is_wanted_depends_on_the_stage_and_the_last_move() -> None:
    city = Builder()
    city.application("sakti")
    city.service("a", "one", "2026-01-05")
    assert (figures(city).wanted, figures(city).filled) == (4, 0)

    city.service(
        "b",
        "one",
        "2026-01-05",
        "online",
        volume=1,
        visits=0.0,
        days=0.0,
        owner="Sari",
        application="sakti",
    )
    assert (figures(city).wanted, figures(city).filled) == (9, 5)

    city.move("b", "2026-02-02", "integrated", evidence="https://bukti")
    assert (figures(city).wanted, figures(city).filled) == (10, 6)
    city.move("b", "2026-02-03", "integrated")
    assert (figures(city).wanted, figures(city).filled) == (10, 5)
    assert figures(city).completeness == 0.5


@pytest.mark.parametrize(
    ("opened", "resolved", "days"),
    [
        ("2025-01-01", None, 91),
        ("2025-12-01", None, 91),
        ("2025-12-02", None, 90),
        ("2026-03-01", None, 1),
        ("2025-01-01", "2025-12-01", 0),
        ("2025-01-01", "2025-12-02", 1),
        ("2026-02-01", "2026-02-01", 0),
        ("2026-02-01", "2026-02-11", 10),
        ("2026-02-01", "2026-03-02", 29),
    ],
)
def test_blocked_days_are_those_of_the_last_91(
    opened: str, resolved: str | None, days: int
) -> None:
    city = Builder()
    city.service("a", "one", "2025-01-01")
    city.obstacle("a", opened, "people", resolved)
    found = figures(city).obstacles

    assert found["people"].blocked_days == days
    assert found["leadership"].blocked_days == 0


@pytest.mark.parametrize(
    ("entered", "stalled", "newly"),
    [
        ("2025-12-08", 0, 0),
        ("2025-12-07", 1, 1),
        ("2025-11-10", 1, 1),
        ("2025-11-09", 1, 0),
    ],
)
def test_newly_stalled_was_not_28_days_before(
    entered: str, stalled: int, newly: int
) -> None:
    city = Builder()
    city.service("a", "one", entered)

    assert (figures(city).stalled, figures(city).newly_stalled) == (
        stalled,
        newly,
    )


def test_a_service_that_was_closed_28_days_before_was_not_stalled_then() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2025-01-06")
    city.closure("a", "2026-01-20", "2026-02-10")

    assert (figures(city).stalled, figures(city).newly_stalled) == (1, 1)


def test_an_empty_scope_has_sums_of_0_and_no_shares() -> None:
    found = figures(Builder())

    assert (found.burden, found.families, found.wanted, found.targets) == (
        0,
        0,
        0,
        (),
    )
    assert found.index_by_family is None
    assert found.burden_coverage is None
    assert found.completeness is None
    assert found.goal_chance is None
    assert found.window_weeks is None
