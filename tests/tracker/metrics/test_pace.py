from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.metrics import slow_outlook
from tests.tracker.metrics.weeks import series_of
from tracker.metrics import Pace
from tracker.metrics.pace import (
    Windows,
    count_choices,
    judge_pace,
    pace_at,
    windows_at,
)


def pace(steps: list[int]) -> Pace | None:
    return pace_at(series_of(steps, services=500, points=250), len(steps))


@pytest.mark.parametrize(
    ("weeks", "size"), [(7, None), (8, 4), (9, 4), (23, 11), (24, 12), (40, 12)]
)
def test_a_window_has_half_of_the_weeks_and_at_most_twelve(
    weeks: int, size: int | None
) -> None:
    steps = list(range(weeks))
    windows = windows_at(series_of(steps, services=1000), weeks)

    if size is None:
        assert windows is None
    else:
        assert windows == Windows(steps[-size:], steps[-2 * size : -size])


@pytest.mark.parametrize(
    ("steps", "word"),
    [
        ([1] * 7, Pace.NEW),
        ([0] * 7, Pace.NEW),
        ([1, 1, 1, 1, 1, 0, -1, -1], Pace.REGRESSING),
        ([5, 5, 5, 5, 0, 0, 0, 0], Pace.STALLED),
        ([5, 5, 5, 5, 2, -1, 0, -1], Pace.STALLED),
        ([1, 1, 1, 1, 1, 1, 1, 2], Pace.STEADY),
        ([0, 0, 0, 0, 0, 0, 0, 1], Pace.STEADY),
        ([1, 2, 3, 4, 5, 6, 7, 8], Pace.ACCELERATING),
        ([8, 7, 6, 5, 4, 3, 2, 1], Pace.SLOWING),
        ([0, 0, 0, 0, 1, 1, 1, 1], Pace.ACCELERATING),
        ([2, 2, 2, 2, 1, 1, 1, 1], Pace.SLOWING),
        ([2, 1, 1, 1, 1, 2, 2, 2], Pace.STEADY),
        ([0] * 12 + [40, *[0] * 11], Pace.STEADY),
    ],
)
def test_the_pace_in_a_word(steps: list[int], word: Pace) -> None:
    assert pace(steps) is word


def test_a_change_is_one_that_at_most_one_in_twenty_choices_makes() -> None:
    """Of the C(6, 3) = 20 halves of six weeks exactly one makes as much."""
    three = Windows([2, 2, 2], [1, 1, 1])

    assert count_choices(three) == (1, 20)
    assert judge_pace(three) is Pace.ACCELERATING
    assert judge_pace(Windows([1, 1, 1], [2, 2, 2])) is Pace.SLOWING
    assert count_choices(Windows([2, 2, 1], [2, 1, 1])) == (10, 19)


def test_done_comes_before_all_words_but_null() -> None:
    assert pace_at(series_of([2], services=1), 1) is Pace.DONE
    assert pace_at(series_of([], services=0), 0) is None
    assert pace_at(series_of([1], services=1), -1) is None


def test_joining_services_do_not_move_the_word() -> None:
    series = series_of([1, 2, 3, 4, 5, 6, 7, 8], services=100)
    series.conventional[8] += 10_000

    assert pace_at(series, 8) is Pace.ACCELERATING


@settings(max_examples=examples(20, 60))
@given(st.data(), st.integers(1, 5))
def test_the_choices_are_those_that_are_listed(
    data: st.DataObject, size: int
) -> None:
    weeks = st.lists(st.integers(-5, 30), min_size=size, max_size=size)
    windows = Windows(data.draw(weeks), data.draw(weeks))
    recent = sum(windows.recent)
    sums = list(
        map(sum, combinations([*windows.before, *windows.recent], size))
    )

    assert count_choices(windows) == (
        sum(made >= recent for made in sums),
        sum(made <= recent for made in sums),
    )


@settings(max_examples=examples(20, 60))
@given(st.data(), st.integers(6, 12))
def test_the_word_is_that_of_plain_counting(
    data: st.DataObject, size: int
) -> None:
    weeks = st.lists(st.integers(-2, 8), min_size=size, max_size=size)
    recent, before = data.draw(weeks), data.draw(weeks)

    assert judge_pace(Windows(recent, before)) == slow_outlook.word(
        recent, before
    )
