"""The pace, the forecast and the goal in sentences that can be read aloud."""

from datetime import date

from tracker.language import N_, Language
from tracker.metrics.values import Figures, Forecast, Pace
from tracker.snapshot.values import WeekValue

_PACES = {
    Pace.DONE: N_("Every service is behind the single door."),
    Pace.NEW: N_("The history is too short to judge the pace: that takes eight complete weeks."),
    Pace.REGRESSING: N_(
        "The city is going backward: over the last four weeks it lost {speed} index points a week."
    ),
    Pace.STALLED: N_("The city is standing still: the last four weeks brought no progress."),
    Pace.ACCELERATING: N_(
        "The city is gaining speed: {speed} index points a week over the last four weeks, "
        "after {before} in the four weeks before."
    ),
    Pace.SLOWING: N_(
        "The city is losing speed: {speed} index points a week over the last four weeks, "
        "after {before} in the four weeks before."
    ),
    Pace.STEADY: N_(
        "The city keeps its pace: {speed} index points a week over the last four weeks, "
        "after {before} in the four weeks before."
    ),
}


def pace_sentence(figures: Figures, language: Language) -> str:
    """Say how the city moves; nothing where it has no service."""
    if figures.pace is None:
        return ""
    velocity, gained = figures.velocity or 0.0, figures.acceleration or 0.0
    return language.text(
        _PACES[figures.pace],
        speed=language.number(abs(velocity), 2),
        before=language.number(velocity - gained, 2),
    )


def forecast_sentence(forecast: Forecast, weeks: int, language: Language) -> str:
    """Say when the city will be done going by its last ``weeks``, or why nobody can say.

    Nothing is said where it is done or has no service.
    """
    match forecast.reason:
        case "no_service" | "done":
            return ""
        case "too_little_history":
            return language.text("A forecast takes six complete weeks of history.")
        case "no_progress":
            return language.text(
                "The last {weeks} weeks brought no progress, so no date of completion can be given.",
                weeks=weeks,
            )
    if forecast.p50 is None:
        return language.text(
            "If the coming weeks are like the last {weeks}, the work takes over five years more.",
            weeks=weeks,
        )
    if forecast.p85 is None:
        return language.text(
            "If the coming weeks are like the last {weeks}, the chance is even that every service is behind "
            "the single door by {even}; a surer date lies over five years away.",
            weeks=weeks,
            even=_day(forecast.p50, language),
        )
    return language.text(
        "If the coming weeks are like the last {weeks}, the chance is even that every service is behind "
        "the single door by {even}; by {likely} it is 85 in 100.",
        weeks=weeks,
        even=_day(forecast.p50, language),
        likely=_day(forecast.p85, language),
    )


def goal_sentences(value: WeekValue, language: Language) -> tuple[str, ...]:
    """Say what the pace means for the goal date, plainly."""
    goal, figures, day = value.city.goal, value.figures.city, value.figures.as_of
    if not figures.services:
        return ()
    if goal is None:
        return (language.text("No goal date is set."),)
    shown = _day(goal, language)
    if not figures.remaining_steps:
        return (language.text("The goal of {goal} is met.", goal=shown),)
    if goal <= day:
        return (
            language.plural(
                "The goal of {goal} is missed: {n} step remains.",
                "The goal of {goal} is missed: {n} steps remain.",
                figures.remaining_steps,
                goal=shown,
            ),
        )
    return tuple(filter(None, (_prospect(figures.forecast, goal, language), _required(figures, language))))


def _prospect(forecast: Forecast, goal: date, language: Language) -> str:
    shown = _day(goal, language)
    if forecast.reason == "too_little_history":
        return language.text("The goal is {goal}.", goal=shown)
    if forecast.p95 is not None and forecast.p95 <= goal:
        return language.text("So the goal of {goal} is as good as certain.", goal=shown)
    if forecast.p85 is not None and forecast.p85 <= goal:
        return language.text("So the goal of {goal} will most likely be met.", goal=shown)
    if forecast.p50 is not None and forecast.p50 <= goal:
        return language.text("So the goal of {goal} can be met, but that is far from sure.", goal=shown)
    return language.text("So the goal of {goal} will be missed.", goal=shown)


def _required(figures: Figures, language: Language) -> str:
    if figures.required_velocity is None or figures.velocity is None:
        return ""
    values = {
        "required": language.number(figures.required_velocity, 2),
        "velocity": language.number(figures.velocity, 2),
    }
    if figures.velocity >= figures.required_velocity:
        return language.text(
            "It takes {required} index points a week; the last four weeks made {velocity}, which is enough.",
            **values,
        )
    return language.text(
        "It takes {required} index points a week; the last four weeks made {velocity}, which is too little.",
        **values,
    )


def _day(day: date, language: Language) -> str:
    return language.date(day, "long")
