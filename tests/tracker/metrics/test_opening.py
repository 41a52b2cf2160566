"""In the opening nothing is a step: no figure and no sentence of a page tells of a pace."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from msgspec import structs

from tests.depth import examples
from tests.tracker.actions.world import City
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tracker.actions.opening import CloseOpening
from tracker.metrics import WeekReading, measure, measure_scope, measure_week
from tracker.metrics.touched import find_touched_services
from tracker.metrics.values import Figures, Pace, Scope
from tracker.register import Register
from tracker.snapshot import read_week
from tracker.snapshot.findings import (
    DeadlineThreatened,
    GoalProspect,
    InOpening,
    PaceSteady,
    PaceTurned,
)
from tracker.week import Week

RESTING_ON_STEPS = (
    *("steps", "index_change", "progress", "scope_effect"),
    *("velocity", "acceleration", "steps_per_week", "pace_ratio"),
    *("window_weeks", "steps_recent", "steps_before"),
)
OF_THE_PACE = (GoalProspect, PaceTurned, PaceSteady, DeadlineThreatened)


def reopen(register: Register) -> Register:
    """Return a register as it would stand in its opening: baselines alone."""
    [city] = register.city.values()
    return structs.replace(
        register,
        city={city.id: structs.replace(city, in_opening=True)},
        moves={},
        transfers={},
        closures={},
    )


def check_figures(figures: Figures) -> None:
    told = [name for name in RESTING_ON_STEPS if getattr(figures, name)]
    assert told == []
    assert figures.steps is None
    assert figures.pace in (None, Pace.NEW, Pace.DONE)
    forecast = figures.forecast
    assert forecast.reason in ("no_service", "done", "too_little_history")
    assert figures.goal_chance in (
        None,
        1.0 if forecast.reason == "done" else None,
    )
    flow = figures.flow
    assert flow.opening + flow.joined - flow.left == flow.closing


@settings(
    max_examples=examples(10, 200), suppress_health_check=list(HealthCheck)
)
@given(histories())
def test_no_figure_of_the_opening_rests_on_steps(history: History) -> None:
    register = reopen(history.register)
    found = measure(register, history.week, history.today)
    check_figures(found.city)
    for opd in found.opds:
        check_figures(opd.figures)
    for kind in {opd.kind for opd in found.opds}:
        scope = Scope("kind", kind)
        check_figures(
            measure_scope(register, scope, history.week, history.today)
        )
    said = read_week(register, history.week, history.today).findings
    assert not [one for one in said if isinstance(one, OF_THE_PACE)]
    if found.city.services:
        assert any(isinstance(one, InOpening) for one in said)


def test_a_long_opening_is_no_standstill() -> None:
    """Its weeks do not count: the city stands where it did, and nobody could make a step."""
    city = Builder(goal="2026-12-31", in_opening=True)
    city.service("ktp", "dukcapil", "2026-01-05", "online")
    city.opd("dinkes")
    today = date(2026, 3, 30)
    register = city.register
    value = read_week(register, Week(2026, 13), today)
    assert value.figures.city.pace is Pace.NEW
    assert value.figures.city.index == 50
    [row] = value.in_need
    assert (row.steps_recent, row.silent_weeks) == (None, 11)

    closed = City(register)
    closed.today = today
    closed.do(CloseOpening(today))
    reading = WeekReading(register, Week.of(today), today)
    measure_week(reading)
    touched = find_touched_services(register, closed.register)
    after = reading.with_register(closed.register, touched)
    fresh = WeekReading(closed.register, Week.of(today), today)
    assert after.series == fresh.series
    assert measure_week(after) == measure_week(fresh)
