import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.metrics import slow_outlook
from tests.tracker.metrics.weeks import series_of
from tracker.metrics.track_record import has_broken_promises, track_record_at
from tracker.metrics.values import KeptPromises, Series, TrackRecord


def march(steps: list[int], services: int = 1000) -> Series:
    return series_of(steps, services, points=services // 2)


def record(steps: list[int], services: int = 1000) -> TrackRecord:
    return track_record_at(march(steps, services), len(steps))


def test_a_steady_pace_keeps_every_promise() -> None:
    kept = KeptPromises(p50=52, p85=52, p95=52)

    assert record([3] * 90) == TrackRecord(made=52, kept=kept)


def test_promises_to_a_pace_that_died_are_broken() -> None:
    found = record([3] * 40 + [0] * 25)

    assert found.made is not None
    assert found.kept.p85 is not None
    assert found.kept.p85 < found.made
    assert has_broken_promises(found)


@pytest.mark.parametrize(
    ("weeks", "made"), [(37, None), (38, 20), (39, 21), (90, 52)]
)
def test_at_least_twenty_forecasts_make_a_record(
    weeks: int, made: int | None
) -> None:
    """The first can be made after six weeks, the last thirteen weeks before the end."""
    assert record([2] * weeks).made == made


def test_a_forecast_promises_no_more_than_remained() -> None:
    """Three steps a week for 13 weeks make 39, but only the last services' steps count."""
    series = series_of([3] * 60, 100, points=20)
    found = track_record_at(series, 60)

    assert series.remaining(60) == 0
    assert found.made == found.kept.p95 == 42


def test_no_forecast_was_made_while_nothing_moved_or_nothing_remained() -> None:
    assert record([0] * 90).made is None
    assert record([0] * 30 + [1] * 60).made == 47


def test_fewer_than_70_in_100_kept_break_the_word() -> None:
    def kept(count: int) -> TrackRecord:
        return TrackRecord(made=50, kept=KeptPromises(p50=0, p85=count, p95=50))

    assert not has_broken_promises(TrackRecord())
    assert not has_broken_promises(kept(35))
    assert has_broken_promises(kept(34))


@settings(max_examples=examples(4, 60))
@given(st.integers(0, 10_000), st.sampled_from([70, 45, 38, 20]))
def test_the_record_is_that_of_the_definition(seed: int, weeks: int) -> None:
    draw = random.Random(seed)
    choices = draw.choice(
        [[0, 0, 1, 2], [0, 3, 5], [-1, 0, 1, 2, 6], [0, 0, 0, 9]]
    )
    services = draw.choice([60, 400])
    first = points = draw.randrange(services // 2)
    steps = []
    for _ in range(weeks):
        steps.append(
            max(-points, min(2 * services - points, draw.choice(choices)))
        )
        points += steps[-1]
    series = series_of(steps, services, points=first)
    remaining = [series.remaining(place) for place in range(1, weeks + 1)]

    wanted = slow_outlook.track_record(steps, remaining)
    found = track_record_at(series, weeks)
    assert found.made == wanted["made"]
    assert [found.kept.p50, found.kept.p85, found.kept.p95] == list(
        wanted["kept"].values()
    )
