"""A page is read from what the week's figures were read from; what is told so is what a slow look finds."""

from hypothesis import HealthCheck, given, settings

from tests.calls import count_calls
from tests.depth import examples
from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History, histories
from tests.tracker.snapshot.cities import TODAY, W18
from tracker.metrics import WeekReading, measure_scope, measure_week
from tracker.metrics.point_in_time import measure_standing, services_at
from tracker.metrics.reporting import heard_weeks
from tracker.metrics.values import Scope
from tracker.snapshot.due_dates import find_due_dates
from tracker.snapshot.key_figures import read_key_figures
from tracker.snapshot.week import count_reporting, measure_kinds, read_week

QUICK = settings(
    max_examples=examples(5, 100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(history: History) -> WeekReading:
    return WeekReading(history.register, history.week, history.today)


@QUICK
@given(histories())
def test_key_figures_of_earlier_weeks_are_where_the_services_stood(
    history: History,
) -> None:
    reading = read(history)
    for figure in read_key_figures(reading, measure_week(reading).city):
        for past in figure.past:
            sunday = history.week.plus(-past.weeks).sunday
            services = services_at(history.register, sunday)
            then = getattr(measure_standing(services), figure.name)
            assert past.value == (then if services else None)


@QUICK
@given(histories())
def test_the_reporting_opds_of_the_week_before_are_those_of_its_sunday(
    history: History,
) -> None:
    reading, before = read(history), history.week.plus(-1)
    heard = heard_weeks(history.register, before.sunday)
    opds = {at.opd for at in services_at(history.register, before.sunday)}
    assert count_reporting(reading, measure_week(reading)).heard_before == sum(
        before.ordinal in heard.get(opd, ()) for opd in opds
    )


@QUICK
@given(histories())
def test_a_kind_has_on_the_page_the_figures_that_it_has_alone(
    history: History,
) -> None:
    reading = read(history)
    for kind in measure_kinds(reading, measure_week(reading)):
        scope = Scope("kind", kind.kind)
        alone = measure_scope(
            history.register, scope, history.week, history.today
        )
        for name in alone.__struct_fields__:
            # A track record and the caution that rests on it are left to the metrics.
            if name not in {"track_record", "forecast_ahead"}:
                found = getattr(kind.figures, name)
                assert found == getattr(alone, name), name


@QUICK
@given(histories())
def test_a_day_of_targets_tells_what_each_opd_has_open(
    history: History,
) -> None:
    reading = read(history)
    figures = measure_week(reading)
    for due in find_due_dates(reading, figures):
        left = {
            opd.code: sum(
                target.open
                for target in opd.figures.targets
                if target.due_on == due.due_on
            )
            for opd in figures.opds
        }
        assert due.open == sum(left.values())
        assert due.opds == sum(count > 0 for count in left.values())
        kinds = list(dict.fromkeys(opd.kind for opd in figures.opds))
        assert sum(count for _, count in due.kinds) == due.open
        assert list(due.kinds) == sorted(
            due.kinds, key=lambda one: (-one[1], kinds.index(one[0]))
        )


def test_a_page_looks_at_each_service_once() -> None:
    city = Builder()
    for opd, kind in (("dinkes", "dinas"), ("bkd", "badan"), ("bpn", "badan")):
        city.opd(opd, kind)
    for number in range(60):
        opd = ("dinkes", "bkd", "bpn")[number % 3]
        city.service(f"s{number}", opd, "2026-01-05")
        city.move(f"s{number}", "2026-02-02", "online")
    city.transfer("s1", "2026-03-02", "bpn")
    calls = count_calls(lambda: read_week(city.register, W18, TODAY))
    assert calls["service_at"] == 60
    # The one that was transferred is looked at again for each of two kinds.
    assert calls["find_all_crossings"] == 60 + 2
    assert calls["find_stays"] == calls["find_heard"] == 60
