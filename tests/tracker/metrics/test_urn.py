"""The urn's chances, against draws that are carried out one by one."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.tracker.metrics.slow_outlook import sums_by_draws
from tracker.metrics.urn import (
    TOLERANCE,
    Level,
    chances_ahead,
    count_short,
    greatest_sums,
    greatest_sums_ahead,
    sums_ahead,
)

STEPS = st.lists(st.integers(-4, 5), min_size=1, max_size=12)


def draw_one_by_one(steps: Sequence[int], draws: int) -> dict[int, Fraction]:
    """Return the chance of each sum, putting every drawn ball back with another one."""
    urns: dict[tuple[tuple[int, ...], int], Fraction] = {
        (tuple(steps), 0): Fraction(1)
    }
    for _ in range(draws):
        after: dict[tuple[tuple[int, ...], int], Fraction] = {}
        for (urn, total), chance in urns.items():
            for ball, count in Counter(urn).items():
                key = tuple(sorted([*urn, ball])), total + ball
                part = chance * Fraction(count, len(urn))
                after[key] = after.get(key, Fraction(0)) + part
        urns = after
    sums: dict[int, Fraction] = {}
    for (_, total), chance in urns.items():
        sums[total] = sums.get(total, Fraction(0)) + chance
    return sums


@settings(max_examples=examples(15, 40))
@given(
    st.lists(st.integers(-2, 3), min_size=1, max_size=4),
    st.integers(1, 6),
    st.integers(0, 5),
)
def test_the_chances_are_those_of_drawing_and_putting_back(
    steps: list[int], needed: int, draws: int
) -> None:
    *_, chance = chances_ahead(steps, needed, draws)
    sums = draw_one_by_one(steps, draws)

    enough = sum(chance for total, chance in sums.items() if total >= needed)
    assert Fraction(chance.multisets - chance.short, chance.multisets) == enough


@settings(max_examples=examples(15, 40))
@given(STEPS, st.integers(1, 30))
def test_every_sum_below_the_limit_is_counted(
    steps: list[int], limit: int
) -> None:
    known = sums_by_draws(steps)

    for sums, wanted in islice(
        zip(sums_ahead(steps, limit), known, strict=False), 40
    ):
        below = sum(ways for total, ways in wanted.items() if total < limit)
        assert sums.short == below


@settings(max_examples=examples(30, 100))
@given(
    st.one_of(STEPS, st.lists(st.integers(-40, 60), min_size=1, max_size=12)),
    st.integers(1, 200),
    st.integers(0, 120),
)
def test_those_short_are_the_same_where_their_sums_are_not_asked_for(
    steps: list[int], limit: int, draws: int
) -> None:
    located = islice(sums_ahead(steps, limit), draws + 1)

    assert list(count_short(steps, limit, draws)) == [
        sums.short for sums in located
    ]


@settings(max_examples=examples(20, 60))
@given(STEPS, st.integers(1, 30), st.integers(0, 20))
def test_the_greatest_sum_is_the_last_that_reaches_the_level(
    steps: list[int], limit: int, draws: int
) -> None:
    sums = next(islice(sums_by_draws(steps), draws, None))
    every = sum(sums.values())

    for level in (Fraction(5, 100), Fraction(1, 2), Fraction(95, 100)):
        (found,) = greatest_sums(steps, limit, draws, [Level.of(level)])
        chances = [
            Fraction(
                sum(ways for total, ways in sums.items() if total >= least),
                every,
            )
            for least in (found, found + 1)
        ]
        assert chances[0] >= level - TOLERANCE
        assert found == limit or chances[1] < level - TOLERANCE


def test_one_draw_after_another_gives_the_same_as_all_at_once() -> None:
    levels = [Level.of(Fraction(1, 2)), Level.of(Fraction(85, 100))]
    ahead = list(islice(greatest_sums_ahead([3, 0, -1, 2], 20, levels), 15))

    assert ahead == [
        greatest_sums([3, 0, -1, 2], 20, t, levels) for t in range(15)
    ]


def test_no_slot_overflows_over_the_longest_forecast_of_the_most_weeks() -> (
    None
):
    sums = next(islice(sums_ahead([0] * 11 + [1], 261), 260, None))

    *_, short = count_short([0] * 11 + [1], 261, 260)

    assert sums.short == short == comb(271, 11)


def test_weeks_all_alike_leave_nothing_to_chance() -> None:
    chances = chances_ahead([2] * 12, 11, 6)

    assert [chance.value for chance in chances] == [0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("draws", "value"), [(1, 1 / 2), (2, 2 / 3), (3, 3 / 4)]
)
def test_of_two_balls_every_split_is_equally_likely(
    draws: int, value: float
) -> None:
    *_, chance = chances_ahead([1, 0], 1, draws)

    assert chance.value == pytest.approx(value)


def test_no_slot_is_kept_that_no_sum_is_in() -> None:
    """A city's forecast lacks thousands of steps, of which the coming weeks make few."""
    for draws, sums in enumerate(islice(sums_ahead([50, 60], 10_000), 300)):
        slots = max(0, min(10 * draws + 1, 10_000 - 50 * draws))
        assert (sums.packed.bit_length() + 63) // 64 <= slots
        totals = [50 * draws + 10 * tens for tens in range(draws + 1)]
        assert sums.short == sum(total < 10_000 for total in totals)
