"""A scope's figures as lines of a label and a value, for people."""

from collections.abc import Iterator

from tracker.labels import stage_word
from tracker.language import N_, NOTHING, Language, subtract_rounded
from tracker.metrics.labels import PACE_MARKS, caution_words, pace_word
from tracker.metrics.values import (
    Deadline,
    Figures,
    Forecast,
    OnCourse,
    Pace,
    StageTime,
    TrackRecord,
)
from tracker.model import Stage
from tracker.narration.outlook import (
    is_done,
    told_chance,
    told_forecast,
    was_done,
)

Line = tuple[str, str]

_REASONS = {
    "no_service": N_("no service"),
    "done": N_("all services are integrated"),
    "too_little_history": N_("too little history"),
    "no_progress": N_("no progress"),
    "beyond_horizon": N_("not within five years"),
}
_DONE_THEN = N_(
    "not yet (all were integrated at the end of the last complete week)",
)
_NONE_THEN = N_("not yet (no service at the end of the last complete week)")


def figure_lines(figures: Figures, language: Language) -> Iterator[Line]:
    """Yield the lines of a scope's figures, the most important first."""
    yield from _standing_lines(figures, language)
    yield from _pace_lines(figures, language)
    yield from _forecast_lines(figures, language)
    for deadline in figures.targets:
        yield deadline_line(deadline, language)
    yield from _work_lines(figures, language)
    yield from _citizen_lines(figures, language)


def _standing_lines(figures: Figures, language: Language) -> Iterator[Line]:
    number, percent, text = language.number, language.percent, language.text
    stages = (figures.conventional, figures.online, figures.integrated)
    yield text("Services"), number(figures.services, 0)
    yield (
        text("Conventional / online / integrated"),
        " / ".join(number(count, 0) for count in stages),
    )
    change = number(figures.index_change, 2, signed=True)
    yield text("Index"), f"{number(figures.index)} ({change})"
    yield text("Progress"), number(figures.progress, 2, signed=True)
    scope = subtract_rounded(figures.index_change, figures.progress, 2)
    yield text("Scope effect"), number(scope, 2, signed=True)
    yield text("Digital"), percent(figures.digital_share)
    yield text("Behind the single door"), percent(figures.single_door_share)
    if figures.families != figures.services:
        yield text("Index by family"), _families_text(figures, language)


def _families_text(figures: Figures, language: Language) -> str:
    return language.text(
        "{index} ({complete} of {families} families complete)",
        index=language.number(figures.index_by_family),
        complete=figures.families_complete,
        families=figures.families,
    )


def _pace_lines(figures: Figures, language: Language) -> Iterator[Line]:
    number, text = language.number, language.text
    yield text("Velocity"), number(figures.velocity, 2, signed=True)
    yield text("Acceleration"), number(figures.acceleration, 2, signed=True)
    pace = pace_text(figures.pace, language)
    if figures.window_weeks is None:
        yield text("Pace"), pace
        return
    yield (
        text("Pace"),
        language.plural(
            "{pace} ({n} step in the last {weeks} weeks, {before} in the {weeks} before)",
            "{pace} ({n} steps in the last {weeks} weeks, {before} in the {weeks} before)",
            figures.steps_recent or 0,
            pace=pace,
            before=figures.steps_before,
            weeks=figures.window_weeks,
        ),
    )


def _forecast_lines(figures: Figures, language: Language) -> Iterator[Line]:
    text = language.text
    yield text("Forecast"), forecast_text(figures, language)
    for caution in told_forecast(figures).caution:
        yield text("With care"), text(caution_words(caution))
    is_told = is_done(figures) or told_chance(figures) is not None
    if figures.goal_chance is not None and is_told:
        yield text("Chance to meet the goal"), chance_text(figures, language)
    if figures.track_record is not None:
        yield (
            text("Earlier forecasts"),
            record_text(figures.track_record, language),
        )


def _work_lines(figures: Figures, language: Language) -> Iterator[Line]:
    number, text = language.number, language.text
    yield (
        text("Stalled"),
        text(
            "{stalled} ({new} of them new in the last 28 days)",
            stalled=figures.stalled,
            new=figures.newly_stalled,
        ),
    )
    yield text("Overdue"), number(figures.overdue, 0)
    yield text("Verified"), language.percent(figures.verified_share, 0)
    for stage in (Stage.CONVENTIONAL, Stage.ONLINE):
        yield (
            text("Days in stage {stage}", stage=text(stage_word(stage))),
            stage_time_text(figures.stage_times[stage], language),
        )


def _citizen_lines(figures: Figures, language: Language) -> Iterator[Line]:
    yield language.text("Office visits a year"), _burden_text(figures, language)
    yield (
        language.text("Data filled in"),
        language.text(
            "{share} ({filled} of {wanted})",
            share=language.percent(figures.completeness, 0),
            filled=figures.filled,
            wanted=figures.wanted,
        ),
    )


def _burden_text(figures: Figures, language: Language) -> str:
    if not figures.burden_coverage:
        return NOTHING
    return language.plural(
        "{visits}, half of them in {n} service (known for {share} of services)",
        "{visits}, half of them in {n} services (known for {share} of services)",
        figures.burden_half,
        visits=language.number(figures.burden, 0),
        share=language.percent(figures.burden_coverage, 0),
    )


def pace_text(pace: Pace | None, language: Language) -> str:
    """Return a pace with its mark; a dash if there is none."""
    if pace is None:
        return NOTHING
    return f"{PACE_MARKS[pace]} {language.text(pace_word(pace))}"


def forecast_text(figures: Figures, language: Language) -> str:
    """Return when a scope will be done, or why there is no date."""
    forecast = told_forecast(figures)
    dates = _forecast_dates(forecast, language)
    if not dates:
        return _reason_text(figures, language)
    if forecast.reason is not None:
        dates.append(language.text(_REASONS[forecast.reason]))
    return ", ".join(dates)


def _forecast_dates(forecast: Forecast, language: Language) -> list[str]:
    levels = ((forecast.p50, 50), (forecast.p85, 85), (forecast.p95, 95))
    return [
        language.text("{day} ({chance} in 100)", day=day, chance=chance)
        for day, chance in levels
        if day is not None
    ]


def _reason_text(figures: Figures, language: Language) -> str:
    """Return why there is no date."""
    reason = told_forecast(figures).reason
    if reason is None:
        return NOTHING
    if was_done(figures):
        return language.text(_DONE_THEN)

    # Forecasts are made from the last complete week; services may be newer.
    came_since = reason == "no_service" and figures.services
    return language.text(_NONE_THEN if came_since else _REASONS[reason])


def chance_text(figures: Figures, language: Language) -> str:
    """Return the chance to be done by the goal date, without claiming certainty."""
    chance = 1.0 if is_done(figures) else figures.goal_chance
    if chance is None or is_done(figures):
        return language.percent(chance, 0)
    if chance > 0.99:
        return language.text("over {share}", share=language.percent(0.99, 0))
    if 0 < chance < 0.01:
        return language.text("under {share}", share=language.percent(0.01, 0))
    return language.percent(chance, 0)


def record_text(record: TrackRecord, language: Language) -> str:
    """Return how often forecasts made 13 weeks ahead came true."""
    if record.made is None:
        return language.text("too few to judge")
    return language.text(
        "of {made} made 13 weeks ahead, kept at 50/85/95 in 100: {p50}/{p85}/{p95}",
        made=record.made,
        p50=record.kept.p50,
        p85=record.kept.p85,
        p95=record.kept.p95,
    )


def on_course_text(on_course: OnCourse, language: Language) -> str:
    """Return how many OPDs are on course for the goal by their own pace."""
    return language.text(
        "{likely} likely to meet the goal, {open} open, {unlikely} unlikely, {unknown} unknown",
        likely=on_course.likely,
        open=on_course.open,
        unlikely=on_course.unlikely,
        unknown=on_course.unknown,
    )


def deadline_line(deadline: Deadline, language: Language) -> Line:
    """Return the line of the targets of one stage and day."""
    label = language.text(
        "Target {stage} by {day}",
        stage=language.text(stage_word(deadline.stage)),
        day=deadline.due_on,
    )
    met = language.text(
        "{met} of {set} met, {on_time} on time",
        met=deadline.met,
        set=deadline.set,
        on_time=deadline.on_time,
    )
    if not deadline.open:
        return label, met
    if deadline.is_missed:
        missed = language.text("missed: {open} open", open=deadline.open)
        return label, f"{met}; {missed}"
    days = language.plural("{n} day left", "{n} days left", deadline.days_left)
    expected = language.text(
        "{open} open; {expected} expected to be met at the pace of the last 13 weeks",
        open=deadline.open,
        expected=deadline.expected,
    )
    return label, f"{met}; {days}, {expected}"


def stage_time_text(time: StageTime, language: Language) -> str:
    """Return how many days it takes until services leave a stage forward."""
    if time.median_days is None:
        return (
            language.plural(
                "fewer than half of {n} known stay have ended with a step forward",
                "fewer than half of {n} known stays have ended with a step forward",
                time.at_risk,
            )
            if time.at_risk
            else NOTHING
        )
    half = language.plural(
        "half have left within {n} day",
        "half have left within {n} days",
        time.median_days,
    )
    if time.p85_days is None:
        return half
    most = language.plural(
        "85 in 100 within {n} day",
        "85 in 100 within {n} days",
        time.p85_days,
    )
    return f"{half}, {most}"
