from datetime import date

from tests.tracker.builder import Builder
from tracker.metrics import CITY, Deadline, measure_scope
from tracker.model import Stage
from tracker.week import Week

W09, TODAY = Week(2026, 9), date(2026, 3, 2)
"""The week ends on 2026-03-01, 13 weeks after 2025-11-30 and 4 after 2026-02-01."""


def targets(city: Builder) -> tuple[Deadline, ...]:
    return measure_scope(city.register, CITY, W09, TODAY).targets


def set_one(
    city: Builder, code: str, moved: str | None = None, due: str = "2026-05-31"
) -> None:
    city.service(code, "one", "2025-01-06")
    city.target(code, due, "online")
    if moved:
        city.move(code, moved, "online")


def test_a_deadline_counts_what_is_set_met_and_open_and_what_to_expect() -> (
    None
):
    """Six of 13 were reached in 13 weeks, and 91 days are left: six more are expected."""
    city = Builder()
    set_one(city, "early", "2025-11-30")
    for number in range(4):
        set_one(city, f"long-{number}", "2025-12-01")
    set_one(city, "before-4", "2026-02-01")
    set_one(city, "within-4", "2026-02-02")
    for number in range(6):
        set_one(city, f"open-{number}")

    assert targets(city) == (
        Deadline(
            due_on=date(2026, 5, 31),
            stage=Stage.ONLINE,
            set=13,
            met=7,
            on_time=7,
            open=6,
            days_left=91,
            pace_4=1,
            pace_13=6,
            expected=13,
        ),
    )


def test_what_is_expected_is_rounded_down_and_never_more_than_is_open() -> None:
    city = Builder()
    for number in range(2):
        set_one(city, f"met-{number}", "2026-01-05", due="2026-04-13")
    for number in range(5):
        set_one(city, f"open-{number}", due="2026-04-13")
    (found,) = targets(city)

    assert (found.days_left, found.pace_13, found.expected) == (43, 2, 2)
    city.move("open-0", "2026-01-06", "online")
    (found,) = targets(city)
    assert (found.pace_13, found.expected) == (3, 4)


def test_a_deadline_that_has_passed_is_missed_by_what_was_not_there_in_time() -> (
    None
):
    city = Builder()
    set_one(city, "in-time", "2026-02-10", due="2026-02-10")
    set_one(city, "late", "2026-02-11", due="2026-02-10")
    (found,) = targets(city)
    assert (found.set, found.met, found.on_time, found.open) == (2, 2, 1, 0)
    assert not found.is_missed

    set_one(city, "never", due="2026-02-10")
    (found,) = targets(city)
    assert (found.met, found.on_time, found.open, found.days_left) == (
        2,
        1,
        1,
        -19,
    )
    assert found.expected == 2
    assert found.is_missed


def test_a_deadline_is_not_missed_before_its_day_is_over() -> None:
    city = Builder()
    set_one(city, "today", due="2026-03-01")
    set_one(city, "yesterday", due="2026-02-28")
    missed = {found.days_left: found.is_missed for found in targets(city)}
    assert missed == {0: False, -1: True}


def test_a_service_that_went_back_is_open_again() -> None:
    city = Builder()
    set_one(city, "a", "2026-01-05")
    city.move("a", "2026-02-24", "conventional")
    (found,) = targets(city)

    assert (found.met, found.on_time, found.open, found.pace_13) == (0, 0, 1, 0)


def test_a_service_registered_above_its_target_reached_it_on_that_day() -> None:
    city = Builder()
    city.service("a", "one", "2026-02-10", "integrated")
    city.target("a", "2026-02-09", "online")
    (found,) = targets(city)

    assert (found.met, found.on_time, found.pace_4, found.pace_13) == (
        1,
        0,
        1,
        1,
    )


def test_deadlines_come_by_day_and_stage_and_only_of_services_that_are_active() -> (
    None
):
    city = Builder()
    for code, due, stage in (
        ("a", "2026-06-01", "integrated"),
        ("a", "2026-05-01", "online"),
        ("b", "2026-06-01", "online"),
        ("closed", "2026-04-01", "online"),
    ):
        if code not in ("a",) or due == "2026-06-01":
            city.service(code, "one", "2026-01-05")
        city.target(code, due, stage)
    city.closure("closed", "2026-02-01")

    assert [(found.due_on.month, found.stage) for found in targets(city)] == [
        (5, Stage.ONLINE),
        (6, Stage.ONLINE),
        (6, Stage.INTEGRATED),
    ]
