"""What proposals cost grows with the services, not with the services times the deadlines."""

from datetime import date, timedelta

from tests.calls import count_calls
from tests.tracker.builder import Builder
from tracker.decisions.proposals import propose_decisions
from tracker.metrics import WeekReading
from tracker.week import Week

TODAY = date(2026, 11, 19)


def count_all_calls(services: int) -> int:
    """Count the calls for a city whose every service has a deadline of its own."""
    city = Builder()
    for opd in range(5):
        city.opd(f"opd{opd}")
    for number in range(services):
        code = f"s{number}"
        city.service(code, f"opd{number % 5}", "2026-01-05")
        due_on = TODAY + timedelta(days=1 + number)
        city.target(code, str(due_on))
    reading = WeekReading(city.register, Week.of(TODAY), TODAY)
    assert len(reading.deadlines) == services
    return count_calls(lambda: propose_decisions(reading)).total()


def test_twice_the_services_and_deadlines_cost_about_twice_as_much() -> None:
    assert count_all_calls(160) < 2.5 * count_all_calls(80)
