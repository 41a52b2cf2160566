"""The pace, the forecast and the goal in sentences that can be read aloud."""

from collections.abc import Iterator
from datetime import date

from tracker.labels import caution_words
from tracker.language import N_, Language
from tracker.metrics.forecast import HORIZON
from tracker.metrics.values import Figures, Forecast, Pace
from tracker.snapshot.text_lists import some
from tracker.snapshot.values import WeekValue

_PACES = {
    Pace.DONE: N_("Every service is behind the single door."),
    Pace.NEW: N_(
        "The history is too short to judge the pace: that takes eight complete weeks."
    ),
    Pace.REGRESSING: N_(
        "The city is going backward: {recent} steps net in the last {weeks} weeks."
    ),
    Pace.STALLED: N_(
        "The city is standing still: no step net in the last {weeks} weeks."
    ),
    Pace.ACCELERATING: N_(
        "The city is gaining speed: {recent} steps net in the last {weeks} weeks, "
        "{before} in the {weeks} before."
    ),
    Pace.SLOWING: N_(
        "The city is losing speed: {recent} steps net in the last {weeks} weeks, "
        "{before} in the {weeks} before."
    ),
    Pace.STEADY: N_(
        "The city keeps its pace: {recent} steps net in the last {weeks} weeks, "
        "{before} in the {weeks} before."
    ),
}

_NO_FORECAST = {
    "no_service": N_(
        "There is no forecast yet: at the end of the last complete week there was no service. "
        "A forecast takes at least six complete weeks in which moves are counted."
    ),
    "too_little_history": N_(
        "There is no forecast yet: it takes at least six complete weeks in which moves are counted, "
        "and so far there are {weeks}."
    ),
    "no_progress": N_(
        "None of the last {weeks} complete weeks brought the work forward, "
        "so no date of completion can be given."
    ),
}


def pace_sentence(figures: Figures, language: Language) -> str:
    """Say how the city moves; nothing where it has no service."""
    if figures.pace is None:
        return ""
    if figures.pace is Pace.DONE and figures.remaining_steps:
        return language.text(
            "At the end of the last complete week every service was behind the single door."
        )
    return language.text(
        _PACES[figures.pace],
        weeks=figures.window_weeks,
        recent=figures.steps_recent,
        before=figures.steps_before,
    )


def forecast_sentence(forecast: Forecast, weeks: int, language: Language) -> str:
    """Say when the city will be done going by its last ``weeks``, or why nobody can say.

    Nothing is said where it is done.
    """
    if forecast.reason == "done":
        return ""
    if forecast.reason in _NO_FORECAST:
        return language.text(_NO_FORECAST[forecast.reason], weeks=weeks)
    if forecast.p50 is None:
        return language.text(
            "If the coming weeks are like the last {weeks}, the work is more likely unfinished than finished "
            "in five years.",
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


def cautions(value: WeekValue, language: Language) -> Iterator[str]:
    """Yield what a reader of the forecast's dates should know.

    OPDs that stand still are named by ``unmoved_sentence``.
    """
    forecast = value.figures.city.forecast
    said = [
        language.text(caution_words(caution))
        for caution in forecast.caution
        if caution != "parts_stand_still"
    ]
    if forecast.p50 is not None and said:
        yield language.text("Forecast, with care: {reasons}.", reasons="; ".join(said))


def unmoved_sentence(value: WeekValue, language: Language) -> str:
    """Say how much of the work lies with OPDs whose own weeks bring none of it any closer, and with which."""
    if not value.unmoved or value.figures.city.forecast.reason not in {
        None,
        "beyond_horizon",
    }:
        return ""
    return language.plural(
        "But {n} OPD made no progress in any of the last {weeks} complete weeks ({opds}): "
        "{steps} left there, without which the work is not done.",
        "But {n} OPDs made no progress in any of the last {weeks} complete weeks ({opds}): "
        "{steps} left there, without which the work is not done.",
        len(value.unmoved),
        weeks=value.forecast_weeks,
        opds=some((opd.name for opd in value.unmoved), language),
        steps=language.plural(
            "{n} step",
            "{n} steps",
            sum(opd.figures.remaining_steps for opd in value.unmoved),
        ),
    )


def goal_sentences(value: WeekValue, language: Language) -> str:
    """Say what the pace means for the goal date, and no more than it does."""
    goal, figures, day = value.city.goal, value.figures.city, value.figures.as_of
    if not figures.services:
        return ""
    if goal is None:
        return language.text("No goal date is set.")
    shown = _day(goal, language)
    if not figures.remaining_steps:
        return language.text("The goal of {goal} is met.", goal=shown)
    if goal <= day:
        return language.plural(
            "The goal of {goal} is missed: {n} step remains.",
            "The goal of {goal} is missed: {n} steps remain.",
            figures.remaining_steps,
            goal=shown,
        )
    said = (_prospect(value, goal, language), _required(figures, language))
    return " ".join(filter(None, said))


def _prospect(value: WeekValue, goal: date, language: Language) -> str:
    """Say how likely the goal is at the pace of the forecast's weeks."""
    forecast, shown = value.figures.city.forecast, _day(goal, language)
    if forecast.reason not in {None, "beyond_horizon"}:
        return language.text(
            "Whether the goal of {goal} will be met cannot be told yet.", goal=shown
        )
    levels = ((50, forecast.p50), (85, forecast.p85), (95, forecast.p95))
    reached = [chance for chance, day in levels if day is not None and day <= goal]
    known = len(reached) == len(levels) or levels[len(reached)][1] is not None
    if not known and goal > value.figures.rates_week.plus(HORIZON).sunday:
        return _beyond(reached, shown, language)
    if not reached:
        return language.text(
            "In that case the goal of {goal} is more likely missed than met: its chance is under 50 in 100.",
            goal=shown,
        )
    if len(reached) == len(levels):
        return _at_least(reached[-1], shown, language)
    return language.text(
        "In that case the goal of {goal} is met with a chance of {low} to {high} in 100.",
        goal=shown,
        low=reached[-1],
        high=levels[len(reached)][0],
    )


def _beyond(reached: list[int], goal: str, language: Language) -> str:
    """Speak of a goal that lies beyond the weeks that a forecast looks ahead."""
    if reached:
        return _at_least(reached[-1], goal, language)
    return language.text(
        "The goal of {goal} lies further ahead than the five years that a forecast covers: "
        "whether it will be met cannot be told.",
        goal=goal,
    )


def _at_least(chance: int, goal: str, language: Language) -> str:
    return language.text(
        "In that case the goal of {goal} is met with a chance of at least {chance} in 100.",
        goal=goal,
        chance=chance,
    )


def _required(figures: Figures, language: Language) -> str:
    if figures.required_velocity is None or figures.velocity is None:
        return ""
    values = {
        "required": language.number(figures.required_velocity, 2),
        "velocity": language.number(figures.velocity, 2),
    }
    if figures.forecast.reason == "too_little_history":
        return language.text(
            "It takes {required} index points a week; the last four weeks alone made {velocity}.",
            **values,
        )
    if figures.velocity >= figures.required_velocity:
        return language.text(
            "It takes {required} index points a week; the last four weeks alone made {velocity}, "
            "which is enough.",
            **values,
        )
    return language.text(
        "It takes {required} index points a week; the last four weeks alone made {velocity}, "
        "which is too little.",
        **values,
    )


def _day(day: date, language: Language) -> str:
    return language.date(day, "long")
