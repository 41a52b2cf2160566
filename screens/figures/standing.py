"""The figures of a scope in a few lines: stages, index, speed, forecast and goal, each told in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from screens.figures.beginning import (
    ACCELERATION_AFTER,
    CHANGE_AFTER,
    FORECAST_AFTER,
    VELOCITY_AFTER,
    from_when,
    weeks_behind,
)
from screens.widgets.paint import Line, Piece, width_of
from tracker.drawing import heat_cell, stage_bar
from tracker.language import N_, Language
from tracker.metrics.values import Figures, Forecast, Pace, Series
from tracker.model import Stage
from tracker.words import PACE_MARKS, pace_word, stage_word

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
_NONE_THEN = N_("not yet (no service at the end of the last complete week)")
_NEEDS, _NEEDS_SHORT = N_("needs {velocity} points a week"), N_("needs {velocity} a week")
_RATIO, _RATIO_SHORT = N_("today's pace is {share} of that"), N_("pace {share} of that")
_CHOSEN = N_("none: chosen by how they stand today")
_WEEKS = 26
_ROOMY = 76
"""Columns from which on the figures are told at length."""
_SIGNS = {Stage.INTEGRATED: "█", Stage.ONLINE: "▓", Stage.CONVENTIONAL: "░"}


@dataclass(frozen=True)
class Weeks:
    """The weeks of a scope, and the day on which they are read."""

    series: Series
    today: date

    @property
    def services(self) -> int:
        """Count the services that stand there now."""
        return self.series.services(len(self.series.weeks) - 1)

    def since(self, weeks: int) -> date | None:
        """Return from when on there is a figure that needs so many weeks; None where there are enough."""
        return from_when(self.series, weeks, self.today)


def standing_lines(
    figures: Figures,
    goal: date | None,
    language: Language,
    width: int,
    weeks: Weeks,
    *,
    steps: bool = False,
    moves: bool = True,
    high: bool = False,
) -> list[Line]:
    """Return the figures as lines, the most wanted first; where asked also the ``steps`` of the weeks.

    Where there is room for another line (``high``) it says what the forecast rests on, if that one's own
    line has no room for it. Where it ``moves`` in no way that means anything, it is told where it stands,
    and that alone.
    """
    short = width < _ROOMY
    lines: list[Line] = [
        [(" ", ""), *stage_bar(figures.conventional, figures.online, figures.integrated, max(0, width - 2))],
        _stages(figures, language, short=short),
        _index(figures, weeks, language, moves=moves),
        _speed(figures, weeks, language, width) if moves else _none(language.text("Pace"), language),
        _forecast(figures.forecast, weeks, language, width)
        if moves
        else _none(language.text("Done by"), language),
        _goal(figures, goal, language, short=short, moves=moves),
    ]
    if high and moves and (behind := _behind_beneath(figures.forecast, weeks, language, width)):
        lines.insert(5, behind)
    if steps:
        lines.insert(4, _steps(weeks.series, language))
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


def _index(figures: Figures, weeks: Weeks, language: Language, *, moves: bool) -> list[Piece]:
    text = language.text
    index = [(f" {text('Index')} ", "title"), (language.number(figures.index), "strong")]
    if not moves or not figures.services:
        return index
    if figures.index_change is None and (day := weeks.since(CHANGE_AFTER)):
        return [*index, ("  " + text("changes from {day} on", day=day), "quiet")]
    return [
        *index,
        ("  ", ""),
        change_piece(figures.index_change, language),
        (f" {text('this week')}: {text('progress')} ", "quiet"),
        change_piece(figures.progress, language),
        (f", {text('scope')} ", "quiet"),
        change_piece(figures.scope_effect, language),
    ]


def _speed(figures: Figures, weeks: Weeks, language: Language, width: int) -> list[Piece]:
    text = language.text
    pieces: list[Piece] = [(f" {text('Pace')} ", "title")]
    if not figures.services:
        return [*pieces, (text("no service"), "quiet")]
    pieces += [*pace_pieces(figures.pace, language), ("  ", "")]
    if figures.velocity is None:
        return with_room(pieces, _too_early(weeks, language), width)
    pieces.append((language.number(figures.velocity, 2), "strong"))
    if figures.acceleration is None and (day := weeks.since(ACCELERATION_AFTER)):
        change: list[Piece] = [(text("acceleration from {day} on", day=day), "quiet")]
    else:
        change = [(f"{text('acceleration')} ", "quiet"), change_piece(figures.acceleration, language)]
    every = [(f" {text('points a week')}, ", "quiet"), (f" {text('a week')}, ", "quiet"), ("  ", "")]
    unit = next((unit for unit in every if width_of([*pieces, unit, *change]) <= width), every[-1])
    return [*pieces, unit, *change]


def _too_early(weeks: Weeks, language: Language) -> Sequence[str]:
    """Return, the longest first, from when on there is a speed where there is too little history for one."""
    first, second = weeks.since(VELOCITY_AFTER), weeks.since(ACCELERATION_AFTER)
    little = language.text("too little history")
    if first is None or second is None:
        return (little,)
    said = language.text("speed from {first} on, acceleration from {second}", first=first, second=second)
    return (f"{little}: {said}", said, little)


def with_room(pieces: list[Piece], sayings: Sequence[str], width: int) -> list[Piece]:
    """Add the first of some sayings for which there is room, if there is one."""
    left = width - width_of(pieces)
    said = next((saying for saying in sayings if width_of([(saying, "")]) <= left), "")
    return [*pieces, (said, "quiet")] if said else pieces


def _steps(series: Series, language: Language) -> list[Piece]:
    """Return the steps of the last weeks, a cell a week."""
    steps = [series.steps(place) for place in range(max(0, len(series.weeks) - _WEEKS), len(series.weeks))]
    weeks = language.plural("in {n} week", "in {n} weeks", len(steps))
    return [
        (f" {language.text('Steps')} ", "title"),
        *(heat_cell(value) for value in steps),
        (f" {weeks}", "quiet"),
    ]


def _forecast(forecast: Forecast, weeks: Weeks, language: Language, width: int) -> list[Piece]:
    text = language.text
    pieces: list[Piece] = [(f" {text('Done by')} ", "title")]
    for day, chance in ((forecast.p50, "50%"), (forecast.p85, "85%"), (forecast.p95, "95%")):
        if day is not None:
            gap = "  " if len(pieces) > 1 else ""
            pieces += [(gap + language.date(day), "forecast"), (f" {chance}", "quiet")]
    if forecast.reason:
        came_since = forecast.reason == "no_service" and weeks.services
        gap = "  " if len(pieces) > 1 else ""
        pieces.append((gap + text(_NONE_THEN if came_since else _REASONS[forecast.reason]), "warn"))
    if forecast.reason == "too_little_history" and (day := weeks.since(FORECAST_AFTER)):
        return [*pieces, (": " + text("a date from {day} on", day=day), "quiet")]
    if forecast.caution:
        care, left = text("with care"), width - width_of(pieces)
        fitting = (gap + care for gap in ("  ", " ") if len(gap + care) <= left)
        pieces.append((next(fitting, "!"), "warn"))
    said = ["  " + saying for saying in _behind(weeks, language)]
    return with_room(pieces, said, width) if forecast.p50 else pieces


def _behind_beneath(forecast: Forecast, weeks: Weeks, language: Language, width: int) -> Line:
    """Return what a forecast rests on as a line of its own, where its line does not say so."""
    if forecast.p50 is None:
        return ()
    said, inset = _behind(weeks, language), " " * (width_of([(language.text("Done by"), "")]) + 2)
    if any(piece[0].strip() in said for piece in _forecast(forecast, weeks, language, width)):
        return ()
    care: list[Piece] = [("  " + language.text("with care"), "warn")] if forecast.caution else []
    fitting = (saying for saying in said if width_of([(inset + saying, ""), *care]) <= width)
    return [(inset + next(fitting, said[-1]), "quiet"), *care]


def _behind(weeks: Weeks, language: Language) -> Sequence[str]:
    """Return, the longest first, what a forecast rests on."""
    count = weeks_behind(weeks.series, weeks.today)
    return (
        language.plural("by the last {n} complete week", "by the last {n} complete weeks", count),
        language.plural("by {n} complete week", "by {n} complete weeks", count),
    )


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
