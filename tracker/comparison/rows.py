"""A comparison as rows with promised names, for JSON and CSV."""

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.comparison.cities import ComparedCity
from tracker.comparison.collected_cities import CollectedCity
from tracker.comparison.counts import CountedFigures
from tracker.comparison.kinds import KindFigures
from tracker.comparison.lessons import Lesson, count_standing, find_lessons
from tracker.comparison.pairing import Pairing, SharedService
from tracker.metrics.values import Figures, Forecast

Row = dict[str, Any]


def city_row(city: ComparedCity) -> Row:
    """Return the figures of one city; what does not exist is None."""
    found = city.figures
    figures, forecast = found.city, found.city.forecast
    return {
        "city": city.name,
        "file": city.file,
        "week": str(found.week),
        "opds": sum(opd.figures.services > 0 for opd in found.opds),
        **_scope_figures(figures),
        "acceleration": figures.acceleration,
        "pace": figures.pace,
        "verified_share": figures.verified_share,
        "reporting_share": found.reporting_share,
        "forecast_p50": forecast.p50,
        "forecast_p85": forecast.p85,
        "steps_recent": figures.steps_recent,
        "steps_before": figures.steps_before,
        "index_by_family": figures.index_by_family,
        "goal_chance": figures.goal_chance,
        "goal_outcome": found.goal_outcome,
        "on_course_likely": found.on_course.likely,
        "on_course_open": found.on_course.open,
        "on_course_unlikely": found.on_course.unlikely,
        "on_course_unknown": found.on_course.unknown,
        "illustrative": city.register.only_city.illustrative,
        "in_opening": city.register.only_city.in_opening,
        "weeks_since_start": city.weeks_since_start,
        "as_published": False,
    }


def collected_row(
    city: CollectedCity,
    *,
    with_forecast: bool = True,
) -> Row:
    """Return the figures of a city as it published them; None too for what counts do not tell."""
    figures = city.figures
    forecast = city.forecast if with_forecast else Forecast()
    return {
        "city": city.name,
        "file": city.file,
        "week": str(city.week),
        "opds": city.published.opds,
        **_scope_figures(figures),
        "acceleration": figures.acceleration,
        "pace": figures.pace,
        "verified_share": None,
        "reporting_share": None,
        "forecast_p50": forecast.p50,
        "forecast_p85": forecast.p85,
        "steps_recent": figures.steps_recent,
        "steps_before": figures.steps_before,
        "index_by_family": None,
        "goal_chance": None,
        "goal_outcome": None,
        "on_course_likely": None,
        "on_course_open": None,
        "on_course_unlikely": None,
        "on_course_unknown": None,
        "illustrative": city.published.illustrative,
        "in_opening": None,
        "weeks_since_start": None,
        "as_published": True,
    }


def kind_rows(
    cities: Sequence[ComparedCity | CollectedCity],
    kinds: Iterable[KindFigures],
) -> list[Row]:
    """Return a row for each kind of OPD and city that has services of it."""
    return [
        {
            "kind": kind.kind,
            "city": city.name,
            **_scope_figures(figures),
            "pace": figures.pace,
            "leads": kind.leader == place,
        }
        for kind in kinds
        for place, (city, figures) in enumerate(
            zip(cities, kind.figures, strict=True),
        )
        if figures is not None
    ]


def _scope_figures(figures: Figures | CountedFigures) -> Row:
    """Return the figures that cities and kinds of OPD have in common, however much is known of them."""
    return {
        "services": figures.services,
        "conventional": figures.conventional,
        "online": figures.online,
        "integrated": figures.integrated,
        "digital_share": figures.digital_share,
        "single_door_share": figures.single_door_share,
        "index": figures.index,
        "velocity": figures.velocity,
    }


def lesson_rows(pairings: Iterable[Pairing]) -> list[Row]:
    """Return a row for each lesson: ours from the others first, then theirs from us."""
    pairings = list(pairings)
    lessons = [
        lesson
        for for_other in (False, True)
        for pairing in pairings
        for lesson in find_lessons(pairing.shared, for_other=for_other)
    ]
    return [_lesson_row(lesson) for lesson in lessons]


def _lesson_row(lesson: Lesson) -> Row:
    learner, teacher = lesson.learner, lesson.teacher
    return {
        "learner": learner.city.name,
        "teacher": teacher.city.name,
        "service": learner.code,
        "name": learner.name,
        "services": len(learner.services),
        "integrated": learner.integrated,
        "teacher_service": teacher.code,
        "teacher_name": teacher.name,
        "teacher_services": len(teacher.services),
        "teacher_integrated": teacher.integrated,
        "applications": list(lesson.applications),
        "days": lesson.days,
    }


def standing_row(other: ComparedCity, pairing: Pairing) -> Row:
    """Return on how much of what we share with a city we are ahead, level and behind."""
    standing = count_standing(pairing.shared)
    return {
        "city": other.name,
        "shared": len(pairing.shared),
        "ahead": standing.ahead,
        "level": standing.level,
        "behind": standing.behind,
        "to_learn": len(find_lessons(pairing.shared)),
        "to_teach": len(find_lessons(pairing.shared, for_other=True)),
        "undecided": len(pairing.near),
    }


def near_row(pair: SharedService) -> Row:
    """Return two near names that nobody has decided on."""
    return {
        "city": pair.other.city.name,
        "service": pair.own.code,
        "name": pair.own.name,
        "other_service": pair.other.code,
        "other_name": pair.other.name,
    }
