"""The week as a value."""

from datetime import date

import pytest

from tests.tracker.builder import Builder
from tests.tracker.snapshot.cities import TODAY, W18, large_city, small_city
from tracker.metrics import measure
from tracker.snapshot import WeekValue, read_week
from tracker.snapshot.ranks import place_by_index
from tracker.snapshot.week import compute_improvement


def small_week() -> WeekValue:
    return read_week(small_city().register, W18, TODAY)


def test_the_key_figures_set_the_week_beside_earlier_ones() -> None:
    register = large_city(opds=9, services=90)
    value = read_week(register, W18, TODAY)
    now = measure(register, W18, TODAY).city
    for figure in value.key_figures:
        assert figure.now == getattr(now, figure.name)
        for past in figure.past:
            then = measure(register, W18.plus(-past.weeks), TODAY).city
            assert past.value == getattr(then, figure.name)


def test_the_moves_add_up_to_the_steps_of_the_week() -> None:
    value = read_week(large_city(opds=9, services=300), W18, TODAY)
    assert sum(moved.steps for moved in value.moved) == value.figures.city.steps


def test_the_places_of_opds_are_shared_by_equals() -> None:
    assert place_by_index(
        {"a": 50.0, "b": 80.0, "c": 50.0, "d": 10.0, "e": None}
    ) == {
        "b": 1,
        "a": 2,
        "c": 2,
        "d": 4,
    }


def test_an_opd_without_services_has_no_place_and_stands_last() -> None:
    city = small_city()
    city.closure("domisili", "2026-05-01")
    city.closure("akta", "2026-05-02")
    last = read_week(city.register, W18, TODAY).ranks[-1]
    assert (last.opd.code, last.rank) == ("cibiru", None)


def test_an_opd_without_a_step_needs_more_than_one_that_made_one() -> None:
    city = Builder()
    for opd in ("apace", "still"):
        for number in range(2):
            city.service(f"{opd}-{number}", opd, "2026-01-05")
        city.target(f"{opd}-0", "2026-04-01", "online")
    city.move("apace-1", "2026-04-13", "online")
    for week in ("2026-W16", "2026-W17", "2026-W18"):
        city.report("still", week)
    first, second = read_week(city.register, W18, TODAY).in_need
    assert (first.opd.code, first.steps_recent) == ("still", 0)
    assert (second.opd.code, second.steps_recent) == ("apace", 1)
    assert first.silent_weeks < second.silent_weeks


def test_an_opd_does_well_from_one_step_on_and_not_before_its_pace_is_known() -> (
    None
):
    city = Builder()
    for code, registered_on in (
        ("moved", "2025-09-01"),
        ("rests", "2025-09-01"),
        ("new", "2026-04-27"),
    ):
        city.service(code, code, registered_on)
    city.move("moved", W18.monday, "online")
    city.move("new", W18.sunday, "online")
    doing_well = read_week(city.register, W18, TODAY).doing_well
    assert [opd.code for opd in doing_well] == ["moved"]


def test_an_opd_that_is_silent_alone_is_in_need_and_one_that_owes_nothing_is_not() -> (
    None
):
    city = Builder()
    for opd in ("silent", "heard"):
        city.service(opd, opd, "2026-01-05")
    for week in range(2, 19):
        city.report("heard", f"2026-W{week:02}")
    in_need = read_week(city.register, W18, TODAY).in_need
    assert [row.opd.code for row in in_need] == ["silent"]


@pytest.mark.parametrize(
    ("day", "breaks"),
    [
        ("2026-04-26", False),
        ("2026-04-27", True),
        ("2026-05-03", True),
        ("2026-05-04", False),
    ],
)
def test_a_method_break_is_between_two_days_after_the_first_and_up_to_the_last(
    day: str, breaks: bool
) -> None:
    city = Builder()
    city.service("ktp", "dukcapil", "2026-01-05")
    city.milestone(day, "Cara hitung berubah", method_break=True)
    for figure in read_week(city.register, W18, TODAY).key_figures:
        a_week_ago = figure.past[0]
        assert (a_week_ago.method_break is not None) is breaks


def test_a_reopened_service_joins_in_the_stage_in_which_it_was() -> None:
    city = small_city()
    city.closure("kk", "2026-04-01", "2026-04-28")
    joined = {
        crossing.service.code: crossing
        for crossing in read_week(city.register, W18, TODAY).joined
    }
    assert (str(joined["kk"].stage), joined["kk"].how) == (
        "integrated",
        "reopened",
    )
    assert joined["rujukan"].how == "registered"


def test_a_transfer_to_the_opd_that_has_the_service_is_none() -> None:
    city = small_city()
    city.transfer("kk", "2026-04-29", "dukcapil")
    assert [
        passing.service.code
        for passing in read_week(city.register, W18, TODAY).passed
    ] == ["akta"]


def test_milestones_of_a_year_are_told_and_every_method_break() -> None:
    city = Builder()
    city.service("a", "x", "2024-01-01")
    city.milestone("2024-02-01", "lama")
    city.milestone("2024-03-01", "cara baru", method_break=True)
    city.milestone("2025-05-04", "setahun lalu")
    city.milestone("2025-05-05", "pertama")
    city.milestone("2026-05-03", "terakhir")
    city.milestone("2026-05-04", "nanti")
    told = [
        milestone.text
        for milestone in read_week(city.register, W18, TODAY).milestones
    ]
    assert told == ["terakhir", "pertama", "cara baru"]


def test_an_evaluation_is_told_from_its_year_on() -> None:
    city = Builder()
    for year in (2025, 2026, 2027):
        city.evaluation("SPBE", year, score=4.0)
    told = read_week(city.register, W18, TODAY).evaluations
    assert [evaluation.year for evaluation in told] == [2025, 2026]


def test_a_kind_of_which_no_opd_has_a_service_any_more_is_left_out() -> None:
    city = Builder()
    city.opd("cibiru", kind="kecamatan")
    city.service("pindah", "cibiru", "2026-01-05")
    city.closure("pindah", "2026-02-02")
    city.service("ktp", "dukcapil", "2026-01-05")
    kinds = read_week(city.register, W18, TODAY).kinds
    assert [kind.kind for kind in kinds] == ["dinas"]


def test_an_improvement_is_as_published_else_computed_from_the_year_before() -> (
    None
):
    city = Builder()
    city.evaluation("SPBE", 2023, score=3.5)
    city.evaluation("SPBE", 2024, score=4.0)
    city.evaluation("SPBE", 2025, score=4.1, improvement=0.2)
    city.evaluation("Smart City", 2022, score=9.0)
    told = read_week(city.register, W18, TODAY).evaluations
    assert [
        (one.instrument, compute_improvement(one, told)) for one in told
    ] == [
        ("SPBE", None),
        ("SPBE", 0.5),
        ("SPBE", 0.2),
        ("Smart City", None),
    ]


def test_a_service_past_the_counter_that_wants_a_visit_is_hybrid() -> None:
    assert [at.service.code for at in small_week().hybrid] == ["praktik"]


def test_a_running_week_tells_only_what_happened_up_to_today() -> None:
    value = read_week(small_city().register, W18, date(2026, 4, 28))
    assert [moved.opd.code for moved in value.moved] == ["dinkes"]
    assert (value.joined, value.left, value.passed) == ((), (), ())


def test_an_opd_that_offers_nothing_any_more_is_not_waited_for() -> None:
    city = Builder()
    for opd in ("closed", "heard", "silent"):
        city.service(f"{opd}-1", opd, "2026-01-05")
    city.closure("closed-1", "2026-03-02")
    city.report("heard", str(W18))
    reporting = read_week(city.register, W18, TODAY).reporting
    assert (reporting.heard, reporting.opds) == (1, 2)
    assert [opd.code for opd in reporting.silent] == ["silent"]
