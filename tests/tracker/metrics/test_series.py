from datetime import date

from tests.tracker.builder import Builder
from tracker.metrics import Scope, Series, read_all_series, read_scope_series
from tracker.week import Week

TODAY = date(2026, 3, 2)
W04 = Week(2026, 4)


def row(series: Series, week: int) -> tuple[int, int, int, int, int, int]:
    """A week's opening, joined, left, forward, backward, closing; the numbers are of 2026."""
    place = series.weeks.index(Week(2026, week))
    return (
        series.points(place - 1),
        series.joined[place],
        series.left[place],
        series.forward[place],
        series.backward[place],
        series.points(place),
    )


def test_weeks_run_from_the_first_registration_to_the_one_asked_for() -> None:
    city = Builder()
    city.opd("empty")
    city.service("a", "one", "2026-01-07")
    city.service("b", "two", "2026-01-14", "online")
    series = read_all_series(city.register, W04, TODAY)

    assert set(series) == {"city", *city.register.opds}
    assert all(
        s.weeks == [Week(2026, 2), Week(2026, 3), W04] for s in series.values()
    )
    assert series["city"].conventional == [1, 1, 1]
    assert series["city"].online == [0, 1, 1]
    assert series[city.key("opds", "two")].start == 1
    assert series[city.key("opds", "empty")].start is None


def test_a_register_without_services_has_no_weeks() -> None:
    city = Builder()
    city.opd("one")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert series.weeks == []
    assert series.start is None
    assert (
        series.services(-1),
        series.points(-1),
        series.index(-1),
        series.steps(-1),
    ) == (0, 0, None, None)


def test_weeks_before_the_first_registration_are_none() -> None:
    city = Builder()
    city.service("a", "one", "2026-02-02")

    assert read_all_series(city.register, W04, TODAY)["city"].weeks == []


def test_what_is_dated_after_today_does_not_count() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-21", "online")
    city.move("a", "2026-01-22", "integrated")
    city.service("b", "one", "2026-01-23")
    city.closure("a", "2026-01-24")
    series = read_all_series(city.register, W04, date(2026, 1, 21))["city"]

    assert (series.services(2), series.points(2), series.forward[2]) == (
        1,
        1,
        1,
    )


def test_a_service_joins_with_the_points_it_had_before_that_days_moves() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.move("a", "2026-01-05", "integrated")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert row(series, 2) == (0, 1, 0, 1, 0, 2)
    assert series.joined_remaining == [1, 0, 0]


def test_the_first_week_has_a_flow_and_no_steps() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-06", "online")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert row(series, 2) == (0, 0, 0, 1, 0, 1)
    assert [series.steps(place) for place in range(3)] == [None, 0, 0]


def test_every_move_of_a_day_counts_against_the_stage_before_it() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.move("a", "2026-01-13", "integrated")
    city.move("a", "2026-01-13", "online")
    city.move("a", "2026-01-13", "online")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert row(series, 3) == (0, 0, 0, 2, 1, 1)


def test_moves_of_a_day_follow_the_order_in_which_they_were_recorded() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    late = city.register.services["x-0000003"].recorded_at.replace(year=2027)
    city.move("a", "2026-01-13", "online", recorded_at=late)
    city.move("a", "2026-01-13", "integrated")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert row(series, 3) == (0, 0, 0, 2, 1, 1)


def test_a_transfer_counts_from_the_start_of_its_day_before_that_days_moves() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-14", "two")
    city.move("a", "2026-01-14", "integrated")
    series = read_all_series(city.register, W04, TODAY)

    assert row(series[city.key("opds", "one")], 3) == (1, 0, 1, 0, 0, 0)
    assert row(series[city.key("opds", "two")], 3) == (0, 1, 0, 1, 0, 2)
    assert row(series["city"], 3) == (1, 0, 0, 1, 0, 2)


def test_of_several_transfers_on_a_day_the_last_counts() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-14", "two")
    city.transfer("a", "2026-01-14", "three")
    series = read_all_series(city.register, W04, TODAY)

    assert series[city.key("opds", "two")].start is None
    assert row(series[city.key("opds", "three")], 3) == (0, 1, 0, 0, 0, 1)


def test_a_transfer_into_the_same_opd_changes_nothing() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-14", "one")
    city.transfer("a", "2026-01-16", "two")
    city.transfer("a", "2026-01-16", "one")
    series = read_all_series(city.register, W04, TODAY)

    assert row(series[city.key("opds", "one")], 3) == (1, 0, 0, 0, 0, 1)
    assert series[city.key("opds", "two")].start is None


def test_a_transfer_on_the_day_of_registration_means_the_first_opd_never_had_it() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-05", "two")
    series = read_all_series(city.register, W04, TODAY)

    assert series[city.key("opds", "one")].start is None
    assert row(series[city.key("opds", "two")], 2) == (0, 1, 0, 0, 0, 1)


def test_a_transfer_dated_before_registration_counts_from_registration_on() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-01", "two")
    series = read_all_series(city.register, W04, TODAY)

    assert series[city.key("opds", "one")].start is None
    assert row(series[city.key("opds", "two")], 2) == (0, 1, 0, 0, 0, 1)


def test_there_and_back_within_a_week_is_told_day_by_day() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-13", "two")
    city.move("a", "2026-01-14", "integrated")
    city.transfer("a", "2026-01-15", "one")
    series = read_all_series(city.register, W04, TODAY)

    assert row(series[city.key("opds", "one")], 3) == (1, 2, 1, 0, 0, 2)
    assert row(series[city.key("opds", "two")], 3) == (0, 1, 2, 1, 0, 0)
    assert series[city.key("opds", "two")].start == 1
    assert series[city.key("opds", "two")].steps(2) == 0


def test_a_closed_service_leaves_and_comes_back_with_its_points() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.closure("a", "2026-01-14", "2026-01-20")
    city.move("a", "2026-01-20", "integrated")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert row(series, 3) == (1, 0, 1, 0, 0, 0)
    assert row(series, 4) == (0, 1, 0, 1, 0, 2)
    assert series.online == [1, 0, 0]
    assert series.start == 0


def test_a_service_reopened_with_another_opd_joins_that_one_alone() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.opd("two")
    city.closure("a", "2026-01-13", "2026-01-21")
    city.transfer("a", "2026-01-21", "two")
    city.move("a", "2026-01-21", "integrated")
    series = read_all_series(city.register, W04, TODAY)
    one, two = series[city.key("opds", "one")], series[city.key("opds", "two")]

    assert [row(series["city"], week) for week in (3, 4)] == [
        (1, 0, 1, 0, 0, 0),
        (0, 1, 0, 1, 0, 2),
    ]
    assert [row(one, week) for week in (3, 4)] == [
        (1, 0, 1, 0, 0, 0),
        (0, 0, 0, 0, 0, 0),
    ]
    assert row(two, 4) == (0, 1, 0, 1, 0, 2)
    assert (two.start, two.steps(2)) == (2, None)


def test_closed_and_reopened_within_a_week() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.closure("a", "2026-01-13", "2026-01-14")
    city.closure("a", "2026-01-15", "2026-01-17")
    series = read_all_series(city.register, W04, TODAY)["city"]

    assert row(series, 3) == (1, 2, 2, 0, 0, 1)


def test_a_kind_of_opd_keeps_a_service_that_passes_within_it() -> None:
    city = Builder()
    for code, kind in (("one", "dinas"), ("two", "dinas"), ("three", "badan")):
        city.opd(code, kind)
    city.service("a", "one", "2026-01-05", "online")
    city.transfer("a", "2026-01-13", "two")
    city.transfer("a", "2026-01-20", "three")
    series = read_scope_series(
        city.register, Scope("kind", "dinas"), W04, TODAY
    )

    assert row(series, 3) == (1, 0, 0, 0, 0, 1)
    assert row(series, 4) == (1, 0, 1, 0, 0, 0)


def test_a_tag_and_an_application_choose_their_services() -> None:
    city = Builder()
    city.application("sakti")
    city.service("a", "one", "2026-01-05", "online", tags=("wajib", "lain"))
    city.service("b", "one", "2026-01-13", "integrated", application="sakti")
    tag = read_scope_series(city.register, Scope("tag", "wajib"), W04, TODAY)
    app = read_scope_series(
        city.register,
        Scope("app", city.key("applications", "sakti")),
        W04,
        TODAY,
    )

    assert (tag.online, tag.integrated, tag.start) == ([1, 1, 1], [0, 0, 0], 0)
    assert (app.online, app.integrated, app.start) == ([0, 0, 0], [0, 1, 1], 1)
    assert app.weeks == tag.weeks
