"""The figures of a scope in a few lines: stages, index, speed, forecast and goal, each told in words."""

from datetime import date

from screens.widgets.paint import Line, Piece
from tracker.drawing import heat_cell, stage_bar
from tracker.language import N_, Language
from tracker.metrics.values import Figures, Forecast, Pace, Series
from tracker.model import Factor, Stage
from tracker.words import PACE_MARKS, factor_word, pace_word, stage_word

PACE_ROLES = {
    Pace.DONE: "good",
    Pace.NEW: "quiet",
    Pace.REGRESSING: "bad",
    Pace.STALLED: "warn",
    Pace.ACCELERATING: "good",
    Pace.SLOWING: "warn",
    Pace.STEADY: "",
}
_REASONS = {
    "no_service": N_("no service"),
    "done": N_("all services are integrated"),
    "too_little_history": N_("too little history"),
    "no_progress": N_("no progress"),
    "beyond_horizon": N_("not within five years"),
}
_NEEDS, _NEEDS_SHORT = N_("needs {velocity} points a week"), N_("needs {velocity} a week")
_RATIO, _RATIO_SHORT = N_("today's pace is {share} of that"), N_("pace {share} of that")
_CHOSEN = N_("none: chosen by how they stand today")
_WEEKS = 26
_ROOMY = 76
"""Columns from which on the figures are told at length."""
_SIGNS = {Stage.INTEGRATED: "█", Stage.ONLINE: "▓", Stage.CONVENTIONAL: "░"}


def standing_lines(
    figures: Figures,
    goal: date | None,
    language: Language,
    width: int,
    series: Series | None = None,
    *,
    moves: bool = True,
) -> list[Line]:
    """Return the figures as lines, the most wanted first; with ``series`` also the steps of its weeks.

    Where it ``moves`` in no way that means anything, it is told where it stands, and that alone.
    """
    short = width < _ROOMY
    lines: list[Line] = [
        [(" ", ""), *stage_bar(figures.conventional, figures.online, figures.integrated, max(0, width - 2))],
        _stages(figures, language, short=short),
        _index(figures, language, moves=moves),
        _speed(figures, language) if moves else _none(language.text("Pace"), language),
        _forecast(figures.forecast, language) if moves else _none(language.text("Done by"), language),
        _goal(figures, goal, language, short=short, moves=moves),
    ]
    if series is not None:
        lines.insert(4, _steps(figures, series, language))
    return lines


def pace_pieces(pace: Pace | None, language: Language) -> list[Piece]:
    """Return a pace as a sign and a word."""
    if pace is None:
        return [("–", "quiet")]
    return [(f"{PACE_MARKS[pace]} {language.text(pace_word(pace))}", PACE_ROLES[pace])]


def change_piece(value: float | None, language: Language, digits: int = 2) -> Piece:
    """Return a change with its sign, good or bad."""
    role = "quiet" if not value or not round(value, digits) else "good" if value > 0 else "bad"
    return language.number(value, digits, signed=True), role


def stage_piece(stage: Stage, language: Language) -> Piece:
    """Return a stage as the sign that bars draw it with, and its word."""
    return f"{_SIGNS[stage]} {language.text(stage_word(stage))}", stage.value


def _stages(figures: Figures, language: Language, *, short: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for stage in (Stage.INTEGRATED, Stage.ONLINE, Stage.CONVENTIONAL):
        count: int = getattr(figures, stage.value)
        share = count / figures.services if figures.services else None
        pieces += [(" ", ""), stage_piece(stage, language)]
        aside = " " if short else f" ({language.percent(share, 0)}) "
        pieces += [(f" {language.number(count, 0)}", "strong"), (aside, "quiet")]
    return pieces


def _none(title: str, language: Language) -> list[Piece]:
    return [(f" {title} ", "title"), (language.text(_CHOSEN), "quiet")]


def _index(figures: Figures, language: Language, *, moves: bool) -> list[Piece]:
    text = language.text
    index = [(f" {text('Index')} ", "title"), (language.number(figures.index), "strong")]
    if not moves:
        return index
    return [
        *index,
        ("  ", ""),
        change_piece(figures.index_change, language),
        (f" {text('this week')}: {text('progress')} ", "quiet"),
        change_piece(figures.progress, language),
        (f", {text('scope')} ", "quiet"),
        change_piece(figures.scope_effect, language),
    ]


def _speed(figures: Figures, language: Language) -> list[Piece]:
    text = language.text
    return [
        (f" {text('Pace')} ", "title"),
        *pace_pieces(figures.pace, language),
        ("  ", ""),
        (language.number(figures.velocity, 2), "strong"),
        (f" {text('points a week')}, {text('acceleration')} ", "quiet"),
        change_piece(figures.acceleration, language),
    ]


def _steps(figures: Figures, series: Series, language: Language) -> list[Piece]:
    """Tell why the pace is what it is: the steps of the last weeks, and what holds services back."""
    steps = [series.steps(place) for place in range(max(0, len(series.weeks) - _WEEKS), len(series.weeks))]
    weeks = language.plural("in {n} week", "in {n} weeks", len(steps))
    pieces: list[Piece] = [
        (f" {language.text('Steps')} ", "title"),
        *(heat_cell(value) for value in steps),
        (f" {weeks}", "quiet"),
    ]
    loads = [(Factor(name), load) for name, load in figures.obstacles.items() if load.open]
    for factor, load in sorted(loads, key=lambda held: -held[1].open):
        pieces.append((f", {language.text(factor_word(factor))} {load.open}", "warn"))
    return pieces


def _forecast(forecast: Forecast, language: Language) -> list[Piece]:
    text = language.text
    pieces: list[Piece] = [(f" {text('Done by')} ", "title")]
    for day, chance in ((forecast.p50, "50%"), (forecast.p85, "85%"), (forecast.p95, "95%")):
        if day is not None:
            pieces += [(language.date(day), "forecast"), (f" {chance}  ", "quiet")]
    if forecast.reason:
        pieces.append((text(_REASONS[forecast.reason]), "warn"))
    if forecast.caution:
        pieces.append((" " + text("with care"), "warn"))
    return pieces


def _goal(
    figures: Figures, goal: date | None, language: Language, *, short: bool, moves: bool
) -> list[Piece]:
    text = language.text
    title = (f" {text('Goal')} ", "title")
    if goal is None:
        return [title, (text("No goal date is set."), "quiet")]
    pieces: list[Piece] = [title, (language.date(goal), "goal")]
    if figures.required_velocity is not None:
        needed = language.number(figures.required_velocity, 2)
        needs = _NEEDS_SHORT if short else _NEEDS
        pieces.append((": " + text(needs, velocity=needed), "quiet"))
    if figures.pace_ratio is not None and moves:
        role = "good" if figures.pace_ratio >= 1 else "bad"
        ratio = language.percent(figures.pace_ratio, 0)
        pieces.append((", " + text(_RATIO_SHORT if short else _RATIO, share=ratio), role))
    return pieces
