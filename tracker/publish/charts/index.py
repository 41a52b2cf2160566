"""The index from 0 to 100: where it came from, where the forecast leads, and the goal."""

from xml.etree.ElementTree import Element

from markupsafe import Markup

from tracker.language import Language
from tracker.metrics.forecast import HORIZON
from tracker.publish.charts.axes import UpAxis, WeekAxis
from tracker.publish.charts.svg import Words, draw_chart, make_label, make_path
from tracker.publish.series import Course, WeekCharts

HEIGHT = 260
SCALE = UpAxis(0.0, 100.0, 25.0)
_BEYOND_ALL = 4
"""Weeks that are drawn after the last thing that happens."""
_EVERY = 4
"""Weeks from one drawn point of a forecast to the next."""


def index_chart(
    words: Words,
    charts: WeekCharts,
    slowest_text: str,
    language: Language,
) -> Markup:
    """Draw the city's index with the fan of its forecast, the slowest kind and the goal.

    ``slowest_text`` stands at the end of the slowest kind's line. The fan's outer band holds
    the courses of 90 in 100, the inner one those of 70.
    """
    axis = WeekAxis(charts.first, weeks_drawn(charts))
    shapes = [*SCALE.grid(axis.width), *_draw_fan(charts.city)]
    labels = [*SCALE.labels(HEIGHT, language), *axis.labels(HEIGHT, language)]
    if charts.slowest is not None:
        course = charts.slowest.course
        line = _known_line(course) + _level_line(course, 0, axis.width)
        shapes.append(make_path("slowest", line))
        labels.append(_at_end(slowest_text, line, axis))
    shapes.append(make_path("index", _known_line(charts.city)))

    goal = axis.place(charts.goal) if charts.goal else -1.0
    if 0 <= goal <= axis.width:
        shapes.append(make_path("goal", [(goal, 0), (goal, SCALE.high)]))
        text = language.text("goal {day}", day=charts.goal)
        share = axis.share(goal)
        # On the side of the line where there is room.
        if share > 50:
            beside = make_label(
                text,
                share - 1,
                13,
                anchor="end",
                css="goal-label",
            )
        else:
            beside = make_label(text, share + 1, 13, css="goal-label")
        labels.append(beside)
    return draw_chart(
        words,
        HEIGHT,
        (axis.width, SCALE.size),
        shapes,
        labels,
    )


def weeks_drawn(charts: WeekCharts) -> int:
    """Return how many weeks the chart shows: to the goal and to the ends of the forecasts."""
    courses = [charts.city]
    if charts.slowest is not None:
        courses.append(charts.slowest.course)
    ends = [len(charts.counts)]
    ends += [course.present + len(course.ahead) for course in courses]
    if charts.goal is not None:
        goal = (charts.goal - charts.first.sunday).days // 7 + 1
        ends.append(min(goal, len(charts.counts) + HORIZON))
    return max(ends) + _BEYOND_ALL


def _known_line(course: Course) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for week, value in enumerate(course.index):
        if value is not None:
            points.append((week, SCALE.down(value)))
    return points


def _level_line(
    course: Course,
    level: int,
    width: float,
) -> list[tuple[float, float]]:
    """Return the line of one level of a forecast, up to the week in which it arrives."""
    line: list[tuple[float, float]] = []
    last = len(course.ahead) - 1
    for week, values in enumerate(course.ahead):
        value = values[level]
        arrived = value >= SCALE.high
        is_drawn = week % _EVERY == 0 or week == last or arrived
        # The line begins where the known one ends: at the present.
        if week and is_drawn:
            line.append((course.present + week, SCALE.down(value)))
        if arrived:
            break

    if not course.ahead and course.index and course.index[-1] is not None:
        line.append((width, SCALE.down(course.index[-1])))
    return line


def _draw_fan(course: Course) -> list[Element]:
    """Return the outer band, the inner band and the median of a forecast."""
    if not course.ahead:
        return []
    start = (float(course.present), SCALE.down(course.ahead[0][0]))
    end = float(course.present + len(course.ahead) - 1)

    shapes = []
    for css, lucky, unlucky in (("fan-outer", 0, 4), ("fan-inner", 1, 3)):
        upper = [start, *_level_line(course, lucky, end)]
        lower = [start, *_level_line(course, unlucky, end)]
        # The lucky course arrives first and waits at the top for the unlucky one.
        corner = (lower[-1][0], upper[-1][1])
        outline = [*upper, corner, *reversed(lower)]
        shapes.append(make_path(css, outline, closed=True))

    shapes.append(make_path("median", [start, *_level_line(course, 2, end)]))
    return shapes


def _at_end(
    text: str,
    line: list[tuple[float, float]],
    axis: WeekAxis,
) -> Element:
    """Return a text under the end of a line, on the side where there is room."""
    week, down = line[-1]
    share = axis.share(week)
    pixel = SCALE.pixel(SCALE.high - down, HEIGHT)
    return make_label(
        text,
        min(share, 99),
        min(pixel + 30, HEIGHT - 26),
        anchor="end",
        css="slowest-label",
    )
