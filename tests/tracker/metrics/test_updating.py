"""A reading brought up to date gives what one made anew gives, and costs what has changed."""

from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.calls import count_calls
from tests.depth import examples
from tests.tracker.actions.test_any_order import ANY, a_full_city
from tests.tracker.actions.world import TODAY, City
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tracker.actions.city import AddMilestone
from tracker.actions.draft import Action
from tracker.actions.moves import CorrectFact, MoveServices
from tracker.actions.opds import AddOPD, EditOPD, ReportOPDs
from tracker.actions.services import (
    EditService,
    RetireServices,
    TransferServices,
)
from tracker.actions.targets_obstacles import SetTargets
from tracker.actions.undo import Redo, Undo
from tracker.errors import Rejected
from tracker.metrics import WeekReading, measure, measure_week
from tracker.metrics.touched import find_touched_services
from tracker.model import Stage
from tracker.register import Register
from tracker.week import Week

WEEKS = [Week.of(TODAY), Week.of(TODAY).plus(-1), Week.of(TODAY).plus(-13)]


def update(reading: WeekReading, register: Register) -> WeekReading:
    touched = find_touched_services(reading.register, register)
    return reading.with_register(register, touched)


def parts_of(reading: WeekReading) -> dict[str, Any]:
    """Return all parts of a reading; what nothing is counted of is left out."""
    counted: dict[str, dict[str, Any]] = {
        "stays": reading.stays,
        "heard": reading.heard,
        "crossings": reading.crossings,
    }
    return {
        "series": reading.series,
        "services": reading.services,
        "services_of": reading.services_of,
        "method_breaks": reading.method_breaks,
        **{
            name: {key: counts for key, counts in part.items() if counts}
            for name, part in counted.items()
        },
    }


def check_update(reading: WeekReading) -> None:
    fresh = WeekReading(reading.register, reading.week, reading.today)
    assert parts_of(reading) == parts_of(fresh)
    assert measure_week(reading) == measure_week(fresh)


class AnyActions(RuleBasedStateMachine):
    """Whatever is done and taken back, what is brought up to date equals what is read anew."""

    def __init__(self) -> None:
        super().__init__()
        self.city = City(a_full_city(with_member=False))
        self.seen = [self.city.register]
        self.readings = [
            WeekReading(self.city.register, week, TODAY) for week in WEEKS
        ]

    @rule(action=ANY)
    def act(self, action: Action) -> None:
        with suppress(Rejected):
            self.city.do(action)
        self.catch_up(self.city.register)

    @rule(action=st.sampled_from([Undo(), Redo()]))
    def turn_back(self, action: Action) -> None:
        self.act(action)

    @rule(place=st.integers(0, 30))
    def jump(self, place: int) -> None:
        """Look at an earlier register, as if another program had restored it, and come back."""
        self.catch_up(self.seen[place % len(self.seen)])
        for reading in self.readings:
            check_update(reading)
        self.catch_up(self.city.register)

    def catch_up(self, register: Register) -> None:
        self.seen.append(register)
        self.readings = [update(one, register) for one in self.readings]

    @invariant()
    def all_is_as_if_read_anew(self) -> None:
        for reading in self.readings:
            check_update(reading)


TestAnyActions = AnyActions.TestCase
TestAnyActions.settings = settings(
    max_examples=examples(4, 100), stateful_step_count=20
)


@settings(
    max_examples=examples(6, 200),
    suppress_health_check=list(HealthCheck),
)
@given(histories(), histories())
def test_any_register_can_follow_any_other(
    first: History, second: History
) -> None:
    reading = WeekReading(first.register, second.week, second.today)
    measure_week(reading)
    check_update(update(reading, second.register))


def test_what_was_not_read_yet_is_read_anew() -> None:
    city = City()
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    assert reading.series
    city.do(MoveServices(("izin",), Stage.ONLINE, TODAY))
    check_update(update(reading, city.register))


@pytest.mark.parametrize("day", [date(2027, 12, 31), date(2028, 1, 1)])
def test_a_goal_that_has_come_is_judged_by_the_services_as_they_are(
    day: date,
) -> None:
    city = City()
    city.today = day
    reading = WeekReading(city.register, Week.of(day), day)
    measure_week(reading)
    city.do(MoveServices(("izin", "akta", "kir"), Stage.INTEGRATED, TODAY))
    after = update(reading, city.register)
    assert measure_week(after).goal_outcome == "met"
    check_update(after)


MANY, OPDS, EACH = 300, 30, 10
PASSES = {
    "service_at",
    "find_all_crossings",
    "find_stays",
    "find_heard",
    "build_series",
}
"""What reads a service or a scope from the history."""
OF_FEW = {"opd_at", "closed_days", "find_spells", "stage_at"}
"""What only services ask that were transferred, closed, or have moved of late."""


def big_city() -> City:
    """Return a city of 300 services in 30 OPDs, each of which moved once."""
    city = Builder(goal="2027-12-31")
    began = date(2026, 1, 5)
    for opd in range(OPDS):
        city.opd(f"opd{opd}")
    for number in range(MANY):
        code = f"s{number}"
        city.service(code, f"opd{number // EACH}", str(began))
        day = began + timedelta(days=7 + number % 280)
        city.move(code, str(day), "online")
    return City(city.register)


ONE_SERVICE: list[tuple[Action, int]] = [
    (MoveServices(("s7",), Stage.INTEGRATED, TODAY), 1),
    (SetTargets(("s7",), Stage.INTEGRATED, TODAY), 1),
    (TransferServices(("s7",), "opd9", TODAY), 2),
]


@pytest.mark.parametrize(
    ("action", "opds"), ONE_SERVICE, ids=lambda one: getattr(one, "name", None)
)
def test_a_change_of_one_service_reads_that_service_alone(
    action: Action, opds: int
) -> None:
    city = big_city()
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    measure_week(reading)
    for step in (action, Undo(), Redo()):
        city.do(step)
        updating = count_calls(partial(update, reading, city.register))
        assert updating["service_at"] == 1
        assert updating["find_all_crossings"] == 2
        assert updating["build_series"] <= 1 + opds

        reading = update(reading, city.register)
        measuring = count_calls(partial(measure_week, reading))
        assert not any(measuring[name] for name in PASSES)
        assert measuring["measure_reading"] == 1 + opds
        assert measuring["outlook_at"] == 0


@pytest.mark.parametrize(
    ("action", "opds"),
    [(ReportOPDs(("opd3",), WEEKS[0]), 1), (AddOPD("Badan Baru"), 0)],
    ids=["report", "opd add"],
)
def test_what_concerns_no_service_reads_none(action: Action, opds: int) -> None:
    city = big_city()
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    measure_week(reading)
    city.do(action)

    updating = count_calls(partial(update, reading, city.register))
    assert not any(updating[name] for name in PASSES - {"build_series"})
    reading = update(reading, city.register)
    assert count_calls(partial(measure_week, reading))["measure_reading"] == (
        1 + opds
    )


def test_a_fresh_reading_passes_once_over_the_services() -> None:
    register = big_city().register
    calls = count_calls(lambda: measure(register, WEEKS[0], TODAY))
    assert calls["service_at"] == MANY
    assert calls["find_all_crossings"] == MANY
    assert calls["measure_reading"] == 1 + OPDS


def test_a_forecast_is_made_once_and_not_before_it_is_looked_at() -> None:
    reading = WeekReading(big_city().register, WEEKS[0], TODAY)
    assert count_calls(partial(measure_week, reading))["outlook_at"] == 0

    found = measure_week(reading)
    first = found.opds[0].figures
    for look, made in (
        (lambda: found.city.forecast, 1),
        (lambda: found.city.goal_chance, 0),
        (lambda: (first.forecast, first.goal_chance), 1),
        (lambda: (found.on_course, found.on_course), OPDS - 1),
        (lambda: [opd.figures.forecast for opd in found.opds], 0),
    ):
        assert count_calls(look)["outlook_at"] == made


def test_nobody_asks_where_a_service_was_that_stays_in_place() -> None:
    city = big_city()
    city.do(SetTargets(tuple(f"s{n}" for n in range(20)), Stage.ONLINE, TODAY))
    calls = count_calls(lambda: measure(city.register, WEEKS[0], TODAY))
    assert not any(calls[name] for name in OF_FEW)
    city.do(TransferServices(("s7",), "opd9", TODAY))
    city.do(RetireServices(("s9",), TODAY))
    calls = count_calls(lambda: measure(city.register, WEEKS[0], TODAY))
    assert OF_FEW - {"stage_at"} <= calls.keys()
    assert max(calls[name] for name in OF_FEW) <= 6


def test_a_break_of_method_is_seen_in_the_forecast_of_every_opd() -> None:
    city = big_city()
    for number in range(20, 280, 10):
        city.do(MoveServices((f"s{number}",), Stage.INTEGRATED, TODAY))
    week = WEEKS[0].plus(2)
    reading = WeekReading(city.register, week, week.sunday)
    before = measure_week(reading)
    city.do(AddMilestone(TODAY, "Cara hitung baru", method_break=True))
    after = update(reading, city.register)
    assert measure_week(after) != before
    check_update(after)


def test_a_new_name_of_an_opd_is_seen() -> None:
    city = big_city()
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    before = measure_week(reading)
    city.do(EditOPD("opd3", {"name": "Dinas A"}))
    after = update(reading, city.register)
    assert measure_week(after) != before
    check_update(after)


def test_a_new_volume_of_a_service_is_seen() -> None:
    city = big_city()
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    before = measure_week(reading)
    city.do(EditService("s7", {"volume": 1200}))
    after = update(reading, city.register)
    assert after.series == reading.series
    assert measure_week(after).opds != before.opds
    check_update(after)


def test_the_day_on_which_a_closed_service_left_is_seen() -> None:
    city = big_city()
    city.do(MoveServices(("s7",), Stage.INTEGRATED, TODAY - timedelta(30)))
    city.do(RetireServices(("s7",), TODAY))
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    before = measure_week(reading)
    (closure,) = city.register.closures.values()
    city.do(CorrectFact(closure.id, {"start": TODAY - timedelta(7)}))
    after = update(reading, city.register)
    assert measure_week(after) != before
    check_update(after)


def test_a_day_in_a_stage_is_seen_though_no_week_counts_otherwise() -> None:
    made = Builder(goal="2027-12-31")
    made.service("izin", "dinkes", "2026-01-05")
    made.move("izin", "2026-03-02", "online")
    made.move("izin", "2026-06-01", "integrated")
    city = City(made.register)
    city.do(RetireServices(("izin",), TODAY))
    reading = WeekReading(city.register, WEEKS[0], TODAY)
    before = measure_week(reading)
    (_, move) = city.register.moves.values()
    city.do(CorrectFact(move.id, {"on": date(2026, 6, 2)}))
    after = update(reading, city.register)
    assert after.series["city"] is reading.series["city"]
    (opd_before,), (opd_after,) = before.opds, measure_week(after).opds
    assert opd_before.figures.stage_times["online"].median_days == 91
    assert opd_after.figures.stage_times["online"].median_days == 92
    check_update(after)
