"""The forecast of a scope and its goal, as lines."""

from collections.abc import Sequence
from datetime import date

from screens.figures.pieces import with_room
from screens.figures.weeks import FORECAST_AFTER, Weeks
from screens.widgets.paint import Line, Piece, width_of
from tracker.language import N_, Language
from tracker.metrics.goal import LIKELY, UNLIKELY
from tracker.metrics.labels import caution_words, outcome_word
from tracker.metrics.values import Figures, Forecast, GoalOutcome
from tracker.narration.chances import at_least
from tracker.narration.outlook import told_chance, told_forecast, was_done

_REASONS = {
    "no_service": N_("no service"),
    "done": N_("all services are integrated"),
    "too_little_history": N_("too little history"),
    "no_progress": N_("no progress"),
    "beyond_horizon": N_("not within five years"),
}
_NONE_THEN = N_("not yet (no service at the end of the last complete week)")
_DONE_THEN = N_(
    "not yet (all were integrated at the end of the last complete week)",
)
_NEEDS, _NEEDS_SHORT = (
    N_("needs {velocity} points a week"),
    N_("needs {velocity} a week"),
)
_CHANCE = N_("chance {chance} in 100")
_RATIO, _RATIO_SHORT = (
    N_("today's pace is {share} of that"),
    N_("pace {share} of that"),
)


def forecast_lines(
    figures: Figures,
    weeks: Weeks,
    language: Language,
    width: int,
    *,
    high: bool,
) -> list[Line]:
    """Return the forecast in a line, and with ``high`` its basis in a second if needed."""
    title = language.text("Done by")
    forecast = told_forecast(figures)
    line: list[Piece] = [(f" {title} ", "title")]
    if was_done(figures):
        return [[*line, (language.text(_DONE_THEN), "warn")]]
    line += _date_pieces(forecast, weeks, language)
    if forecast.reason == "too_little_history" and (
        day := weeks.first_day_after(FORECAST_AFTER)
    ):
        return [
            [
                *line,
                (
                    ": " + language.text("a date from {day} on", day=day),
                    "quiet",
                ),
            ],
        ]
    if forecast.p50 is None:
        return [line]
    cautioned = [
        *line,
        *_caution_pieces(forecast, language, width - width_of(line)),
    ]
    said = _history_phrases(weeks, language)
    told = with_room(cautioned, ["  " + saying for saying in said], width)
    if len(told) > len(cautioned) or not high:
        return [told]
    inset = " " * (width_of([(title, "")]) + 2)
    beneath = [
        *with_room([(inset, "")], said, width),
        *_caution_pieces(forecast, language, width),
    ]
    return [line, beneath]


def _date_pieces(
    forecast: Forecast,
    weeks: Weeks,
    language: Language,
) -> list[Piece]:
    """Return the forecast's days with their chances, or why there are none."""
    pieces: list[Piece] = []
    for day, chance in (
        (forecast.p50, "50%"),
        (forecast.p85, "85%"),
        (forecast.p95, "95%"),
    ):
        if day is not None:
            gap = "  " if pieces else ""
            pieces += [
                (gap + language.date(day), "forecast"),
                (f" {chance}", "quiet"),
            ]
    if forecast.reason:
        came_since = forecast.reason == "no_service" and weeks.services
        why = language.text(
            _NONE_THEN if came_since else _REASONS[forecast.reason],
        )
        pieces.append(("  " + why if pieces else why, "warn"))
    return pieces


def _caution_pieces(
    forecast: Forecast,
    language: Language,
    room: int,
) -> list[Piece]:
    """Return why the forecast needs care, in as many words as fit."""
    if not forecast.caution:
        return []
    care = language.text("with care")
    why = "; ".join(
        language.text(caution_words(one)) for one in forecast.caution
    )
    first = language.text(caution_words(forecast.caution[0]))
    sayings = (
        f"  {care}: {why}",
        f"  {care}: {first}; …",
        f"  {care}",
        f" {care}",
    )
    fitting = (said for said in sayings if width_of([(said, "")]) <= room)
    return [(next(fitting, "!"), "warn")]


def _history_phrases(weeks: Weeks, language: Language) -> Sequence[str]:
    """Return phrases for what a forecast is based on, the longest first."""
    count = weeks.behind_forecast
    return (
        language.plural(
            "from the last {n} complete week",
            "from the last {n} complete weeks",
            count,
        ),
        language.plural("from {n} full week", "from {n} full weeks", count),
    )


def chance_role(chance: float) -> str:
    """Return whether a chance to reach the goal is good, bad or open."""
    if chance >= LIKELY:
        return "good"
    return "bad" if chance < UNLIKELY else ""


def outcome_piece(outcome: GoalOutcome, language: Language) -> Piece:
    """Return how the city stood at the end of its goal date, to follow that date."""
    word = language.text(outcome_word(outcome))
    return f": {word}", "good" if outcome == "met" else "bad"


def goal_line(
    figures: Figures,
    goal: date | None,
    language: Language,
    *,
    short: bool,
    moves: bool,
    outcome: GoalOutcome | None = None,
) -> Line:
    """Return the goal, the velocity that it needs, and with ``moves`` its chance; or its outcome."""
    text = language.text
    title = (f" {text('Goal')} ", "title")
    if goal is None:
        return [title, (text("No goal date is set."), "quiet")]
    pieces: list[Piece] = [title, (language.date(goal), "goal")]
    if outcome is not None:
        return [*pieces, outcome_piece(outcome, language)]
    if figures.required_velocity is not None:
        needed = language.number(figures.required_velocity, 2)
        needs = _NEEDS_SHORT if short else _NEEDS
        pieces.append((": " + text(needs, velocity=needed), "quiet"))
    chance = told_chance(figures)
    if chance is not None and moves:
        said = text(_CHANCE, chance=at_least(chance, language))
        pieces.append((", " + said, chance_role(chance)))
    elif figures.pace_ratio is not None and moves:
        role = "good" if figures.pace_ratio >= 1 else "bad"
        ratio = language.percent(figures.pace_ratio, 0)
        pieces.append(
            (", " + text(_RATIO_SHORT if short else _RATIO, share=ratio), role),
        )
    return pieces
