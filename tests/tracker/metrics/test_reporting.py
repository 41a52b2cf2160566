from datetime import date

from tests.tracker.builder import Builder
from tracker.metrics import measure
from tracker.metrics.attention import find_silent_opds
from tracker.week import Week

TODAY = date(2026, 3, 2)
W06, W09 = Week(2026, 6), Week(2026, 9)


def silence(
    city: Builder, week: Week = W09, today: date = TODAY
) -> dict[str, int]:
    return {
        opd.code: opd.silent_weeks
        for opd in measure(city.register, week, today).opds
    }


def test_silence_is_counted_back_to_the_first_week_after_the_start() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")

    assert silence(city, Week(2026, 2)) == {"one": 0}
    assert silence(city, Week(2026, 3)) == {"one": 1}
    assert silence(city) == {"one": 7}


def test_what_was_heard_before_or_in_the_first_week_does_not_shorten_the_count() -> (
    None
):
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "two", "2026-01-05")
    city.report("one", "2026-W01")
    city.report("two", "2026-W02")

    assert silence(city) == {"one": 7, "two": 7}


def test_a_report_or_a_move_breaks_the_silence() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05", "online")
    city.service("b", "two", "2026-01-05", "online")
    city.service("c", "three", "2026-01-05", "online")
    city.report("one", "2026-W06")
    city.move("b", "2026-02-11", "online")
    city.report("three", "2026-W09")

    assert silence(city) == {"one": 3, "three": 0, "two": 2}


def test_a_move_speaks_for_the_opd_that_had_the_service_that_day() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.service("b", "two", "2026-01-05")
    city.transfer("a", "2026-02-10", "two")
    city.move("a", "2026-02-10", "online")

    assert silence(city) == {"one": 7, "two": 2}


def test_the_running_week_is_not_silent_yet() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.report("one", "2026-W07")

    assert silence(city, W09, date(2026, 2, 25)) == {"one": 1}


def test_a_report_of_a_later_week_is_not_heard_yet() -> None:
    city = Builder()
    city.service("a", "one", "2026-01-05")
    city.report("one", "2026-W07")

    assert silence(city, W06) == {"one": 4}


def test_the_reporting_share_is_that_of_the_week_asked_for() -> None:
    city = Builder()
    for code in ("one", "two", "three", "four"):
        city.service(f"s-{code}", code, "2026-01-05")
    city.service("closed", "five", "2026-01-05")
    city.closure("closed", "2026-02-01")
    city.service("also-closed", "six", "2026-01-05")
    city.closure("also-closed", "2026-02-01")
    city.report("five", "2026-W09")
    city.report("one", "2026-W09")
    city.move("s-two", "2026-02-24", "online")
    city.move("s-three", "2026-02-26", "online")
    running = measure(city.register, W09, date(2026, 2, 25))
    complete = measure(city.register, W09, TODAY)

    assert (running.reporting_share, complete.reporting_share) == (0.5, 0.75)
    assert [opd.code for opd in find_silent_opds(city.register, running)] == [
        "four",
        "three",
    ]
    assert [opd.code for opd in find_silent_opds(city.register, complete)] == [
        "four"
    ]


def test_there_is_no_reporting_share_without_opds_at_work() -> None:
    city = Builder()
    city.opd("one")

    assert measure(city.register, W09, TODAY).reporting_share is None


def test_the_longest_silent_come_first() -> None:
    city = Builder()
    for code in ("one", "two", "three"):
        city.service(f"s-{code}", code, "2026-01-05")
    city.report("one", "2026-W08")
    city.report("three", "2026-W07")
    figures = measure(city.register, W09, TODAY)

    assert [
        (o.code, o.silent_weeks)
        for o in find_silent_opds(city.register, figures)
    ] == [
        ("two", 7),
        ("three", 2),
        ("one", 1),
    ]
