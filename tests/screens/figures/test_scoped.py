from datetime import timedelta

from screens.state import DayView
from tests.screens.harness import TODAY
from tests.tracker.builder import Builder


def moving(
    services: int, until: int, goal: str | None = "2027-12-31"
) -> Builder:
    """A city in which a service goes online in each of so many weeks, two in every third."""
    made = Builder(goal=goal)
    for number in range(services):
        made.service(f"s{number}", "dinkes", "2026-06-01")
    gone = 0
    for week in range(until):
        for _ in range(2 if week % 3 == 0 else 1):
            day = TODAY - timedelta(weeks=until - week)
            made.move(f"s{gone}", str(day), "online")
            gone += 1
    return made


def test_the_fan_arrives_at_the_dates_of_the_forecast() -> None:
    facts = DayView(moving(20, 14).register, TODAY)
    forecast, fan = facts.city.figures.forecast, facts.city.ahead.fan
    weeks = [fan.arrival(quantile) for quantile in (2, 3, 4)]
    sundays = [facts.week.sunday + timedelta(weeks=week or 0) for week in weeks]
    assert [forecast.p50, forecast.p85, forecast.p95] == sundays
    assert fan.all == 40.0


def test_the_fan_reaches_as_far_ahead_as_is_drawn() -> None:
    facts = DayView(moving(60, 14, goal="2029-12-31").register, TODAY)
    assert facts.city.figures.forecast.p95 is not None
    assert len(facts.city.ahead.fan.weeks) == 50
    facts = DayView(moving(60, 14, goal=None).register, TODAY)
    assert len(facts.city.ahead.fan.weeks) == len(facts.city.series.weeks) == 25


def test_there_is_no_fan_without_a_forecast() -> None:
    facts = DayView(moving(40, 0).register, TODAY)
    assert facts.city.figures.forecast.reason == "no_progress"
    assert facts.city.ahead.goal == 58
    assert not facts.city.ahead.fan.weeks


def test_the_figures_are_worked_out_with_the_fan_before_they_are_shown() -> (
    None
):
    assert "city" in vars(DayView(moving(40, 14).register, TODAY).compute_all())
