"""The charts: the numbers that come in are those that are drawn."""

import re
from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.snapshot.cities import TODAY, W18, small_city
from tracker.language import load_language
from tracker.metrics.measure import measure
from tracker.metrics.series import read_all_series
from tracker.publish.charts.axes import UpAxis, WeekAxis
from tracker.publish.charts.bars import heat_bar, share_bar
from tracker.publish.charts.flow import flow_chart
from tracker.publish.charts.index import index_chart, weeks_drawn
from tracker.publish.charts.steps import steps_chart
from tracker.publish.charts.svg import Words
from tracker.publish.series import (
    StageCounts,
    StepWindows,
    WeekCharts,
    charts_of,
)
from tracker.snapshot import read_week
from tracker.week import Week

EN = load_language("en")
WORDS = Words("k", "<title> & more", "What it shows.")
WEEK = Week(2026, 1)
counts = st.lists(
    st.builds(StageCounts, *[st.integers(0, 5_000)] * 3),
    min_size=1,
    max_size=60,
)
steps = st.lists(st.integers(-40, 90), min_size=4, max_size=12)


def points(element: Element) -> list[tuple[float, float]]:
    pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", element.get("d", ""))
    return [(float(x), float(y)) for x, y in pairs]


def by_class(chart: Element, css: str) -> list[Element]:
    return [e for e in chart.iter() if css in e.get("class", "").split()]


def units(chart: Element) -> tuple[float, float]:
    _, _, width, height = (
        (chart.find("svg") or chart).get("viewBox", "").split()
    )
    return float(width), float(height)


@pytest.fixture(scope="module")
def charts() -> WeekCharts:
    register = small_city().register
    found = charts_of(register, read_week(register, W18, TODAY), TODAY)
    assert found is not None
    return found


@given(counts)
def test_the_areas_of_the_flow_are_the_counts(weeks: list[StageCounts]) -> None:
    chart = fromstring(flow_chart(WORDS, WEEK, weeks, (), EN))
    [area] = by_class(chart.find("svg") or chart, "integrated")
    _, high = units(chart)
    drawn = [round(high - y) for _, y in points(area)[: len(weeks)]]
    assert drawn == [week.integrated for week in weeks]
    [whole] = by_class(chart.find("svg") or chart, "conventional")
    tops = [round(high - y) for _, y in points(whole)[: len(weeks)]]
    assert tops == [week.services for week in weeks]
    assert all(0 <= y <= high for _, y in points(whole))


@given(steps, steps)
def test_a_bar_is_as_long_as_its_steps(
    before: list[int], recent: list[int]
) -> None:
    size = min(len(before), len(recent))
    windows = StepWindows(WEEK, tuple(before[:size]), tuple(recent[:size]))
    chart = fromstring(steps_chart(WORDS, windows, EN))
    bars = [e for e in chart.iter() if e.tag == "rect"]
    drawn = [
        float(e.get("height", "")) * (-1 if e.get("class") == "backward" else 1)
        for e in bars
    ]
    assert drawn == [*windows.before, *windows.recent]
    _, high = units(chart)
    assert all(0 <= float(e.get("y", "")) <= high for e in bars)
    means = [points(e)[0][1] for e in by_class(chart, "mean")]
    zero = points(by_class(chart, "zero")[0])[0][1]
    for drawn_mean, window in zip(
        means, (windows.before, windows.recent), strict=True
    ):
        assert zero - drawn_mean == pytest.approx(sum(window) / size, abs=0.01)


def test_the_line_of_the_index_is_the_index_of_the_screens(
    charts: WeekCharts,
) -> None:
    chart = fromstring(index_chart(WORDS, charts, "", EN))
    [line] = by_class(chart, "index")
    city = read_all_series(small_city().register, W18, TODAY)["city"]
    known = [
        city.index(place) for place in range(city.start or 0, len(city.weeks))
    ]
    drawn = [100 - y for _, y in points(line)]
    assert drawn == pytest.approx(known, abs=0.006)


def test_the_windows_of_steps_are_those_of_the_pace(charts: WeekCharts) -> None:
    figures = measure(small_city().register, W18, TODAY).city
    assert charts.windows is not None
    assert len(charts.windows.recent) == figures.window_weeks
    assert sum(charts.windows.recent) == figures.steps_recent
    assert sum(charts.windows.before) == figures.steps_before


def test_the_index_is_drawn_from_0_to_100(charts: WeekCharts) -> None:
    chart = fromstring(index_chart(WORDS, charts, "", EN))
    assert units(chart) == (weeks_drawn(charts) - 1, 100)


def test_the_goal_stands_on_its_day(charts: WeekCharts) -> None:
    chart = fromstring(index_chart(WORDS, charts, "", EN))
    [goal] = by_class(chart, "goal")
    assert charts.goal is not None
    weeks = (charts.goal - charts.first.sunday).days / 7
    assert points(goal)[0][0] == pytest.approx(weeks, abs=0.006)


def test_the_fan_begins_where_the_index_is_and_never_narrows_to_nothing(
    charts: WeekCharts,
) -> None:
    ahead = charts.city.ahead
    assert ahead
    present = charts.city.index[charts.city.present]
    assert set(ahead[0]) == {present}
    assert all(list(week) == sorted(week, reverse=True) for week in ahead)
    assert all(0 <= value <= 100 for week in ahead for value in week)


def test_what_is_written_is_text_whatever_it_holds() -> None:
    chart = fromstring(flow_chart(WORDS, WEEK, [StageCounts(1, 2, 3)], (), EN))
    assert chart.findtext("title") == "<title> & more"


def test_the_parts_of_a_bar_are_the_counts() -> None:
    bar = fromstring(share_bar([("met", 3), ("open", 0), ("missed", 5)]))
    drawn = [(e.get("class"), e.get("x"), e.get("width")) for e in bar]
    assert drawn == [("met", "0", "3"), ("missed", "3", "5")]
    assert bar.get("viewBox") == "0 0 8 1"


def test_a_cell_of_the_heat_map_is_a_week_with_steps() -> None:
    bar = fromstring(heat_bar([None, 0, 1, 7, -2]))
    cells = {e.get("class"): re.findall(r"M(\d+)", e.get("d", "")) for e in bar}
    assert cells == {"back": ["4"], "heat-1": ["2"], "heat-3": ["3"]}


@given(st.lists(st.integers(-10_000, 10_000), max_size=20))
def test_a_scale_begins_at_0_holds_every_value_and_has_few_labels(
    values: list[int],
) -> None:
    scale = UpAxis.over(values)
    assert scale.low <= min(0, *values, 0)
    assert scale.high >= max(0, *values, 0)
    assert 0 in [round(tick) for tick in scale.ticks()]
    assert 2 <= len(scale.ticks()) <= 7


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_the_weeks_have_a_few_labels_inside_the_chart(
    first: date, weeks: int
) -> None:
    axis = WeekAxis(Week.of(first), weeks)
    labels = axis.labels(200, EN)
    assert 1 <= len(labels) <= 8
    assert all(0 <= float(e.get("x", "").rstrip("%")) <= 100 for e in labels)
