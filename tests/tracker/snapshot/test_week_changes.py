"""Who came and went in a week, against the week's own sum."""

from datetime import date

from hypothesis import given

from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tracker.metrics.flow import flow_at
from tracker.metrics.reading import WeekReading
from tracker.snapshot.week_changes import find_joined, find_left, find_passed

MONDAY, SUNDAY = date(2026, 4, 27), date(2026, 5, 3)
OUTSIDE = date(2026, 4, 26), date(2026, 5, 4)


@given(histories())
def test_who_came_and_went_explains_the_sum_of_the_week(
    history: History,
) -> None:
    reading = WeekReading(history.register, history.week, history.today)
    series = reading.series["city"]
    flow = flow_at(series, len(series.weeks) - 1)
    span = history.week.monday, reading.day
    joined = find_joined(history.register, *span)
    left = find_left(history.register, *span)

    assert sum(crossing.stage.points for crossing in joined) == flow.joined
    assert sum(crossing.stage.points for crossing in left) == flow.left


def test_a_week_lasts_from_its_monday_to_its_sunday() -> None:
    city = Builder()
    for place, day in enumerate((MONDAY, SUNDAY, *OUTSIDE)):
        city.service(f"new-{place}", "dinkes", day)
        for what in ("shut", "back", "gone"):
            city.service(f"{what}-{place}", "dinkes", "2026-01-05")
        city.closure(f"shut-{place}", day)
        city.closure(f"back-{place}", "2026-02-02", day)
        city.transfer(f"gone-{place}", day, "disdik")
    span = city.register, MONDAY, SUNDAY

    joined = [crossing.service.code for crossing in find_joined(*span)]
    assert joined == ["back-0", "new-0", "back-1", "new-1"]
    left = [crossing.service.code for crossing in find_left(*span)]
    assert left == ["shut-0", "shut-1"]
    passed = [passing.service.code for passing in find_passed(*span)]
    assert passed == ["gone-0", "gone-1"]
