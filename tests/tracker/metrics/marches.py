"""Histories made from weekly steps: many services and plain moves, for the pace and the forecast.

Sums of four weeks are drawn to lie at the edges between the words: none, as many as before, a tenth
more or less.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.tracker.builder import Builder
from tests.tracker.metrics.histories import History
from tracker.model import Stage
from tracker.week import Week

FIRST_MONDAY = date(2026, 1, 5)
LADDER = list(Stage)
SUMS = [
    (10, 11),
    (10, 9),
    (10, 10),
    (20, 22),
    (0, 0),
    (0, 1),
    (-10, 1),
    (1, 0),
    (3, -3),
    (10, 12),
    (10, 8),
]


@st.composite
def marches(draw: st.DrawFn) -> History:
    """Draw a city of one OPD that gains and loses steps week by week, while services join."""
    city = Builder(goal=draw(st.sampled_from([None, date(2026, 12, 31)])))
    before, after = draw(st.sampled_from(SUMS))
    early = draw(st.lists(st.integers(-2, 3), max_size=6))
    steps = [*early, *draw(_spread(before)), *draw(_spread(after))]
    steps = steps[draw(st.sampled_from([0, 0, 0, 3])) :]
    joins = st.sampled_from([0, 0, 0, 0, 1, 2] if draw(st.booleans()) else [0])
    joining = draw(st.lists(joins, min_size=len(steps), max_size=len(steps)))
    levels: list[int] = []
    for _ in range(draw(st.sampled_from([12, 20, 30, 6, 2]))):
        _join(city, levels, 0, 0)
    for week, (step, joined) in enumerate(
        zip(steps, joining, strict=True), start=1
    ):
        for _ in range(joined):
            _join(city, levels, week, draw(st.sampled_from([0, 1, 2])))
        _take(city, levels, week, step)
    sunday = FIRST_MONDAY + timedelta(weeks=len(steps), days=6)
    return History(
        city.register, sunday, Week.of(sunday), sunday + timedelta(days=1)
    )


def _spread(total: int) -> st.SearchStrategy[list[int]]:
    """Draw four weeks' steps with a given sum."""
    three = st.lists(st.integers(-1, 4), min_size=3, max_size=3)
    return three.map(lambda weeks: [*weeks, total - sum(weeks)])


def _join(city: Builder, levels: list[int], week: int, level: int) -> None:
    """Register a service on the Monday of a week."""
    city.service(
        f"s{len(levels)}",
        "dinas",
        FIRST_MONDAY + timedelta(weeks=week),
        LADDER[level],
    )
    levels.append(level)


def _take(city: Builder, levels: list[int], week: int, steps: int) -> None:
    """Make so many steps in a week, as far as there are services to make them."""
    forward = 1 if steps > 0 else -1
    able = [
        place for place, level in enumerate(levels) if 0 <= level + forward <= 2
    ]
    for place in able[: abs(steps)]:
        levels[place] += forward
        day = FIRST_MONDAY + timedelta(weeks=week, days=2)
        city.move(f"s{place}", day, LADDER[levels[place]])
