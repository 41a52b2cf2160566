"""The figures of a scope as lines: stages, index, pace, forecast and goal."""

from collections.abc import Sequence
from datetime import date

from screens.figures.outlook import forecast_lines, goal_line
from screens.figures.pieces import (
    change_piece,
    counted_stages,
    pace_pieces,
    with_room,
)
from screens.figures.weeks import (
    ACCELERATION_AFTER,
    CHANGE_AFTER,
    VELOCITY_AFTER,
    Weeks,
    recent_steps,
)
from screens.widgets.paint import Line, Piece, width_of
from tracker.drawing import heat_cell, stage_bar
from tracker.language import N_, NOTHING, Language, subtract_rounded
from tracker.metrics.values import Figures, GoalOutcome

_CHOSEN = N_("none: chosen by how they stand today")
_WEEKS = 26
_ROOMY = 76
"""Cells from which on the figures are shown in full words."""


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
    outcome: GoalOutcome | None = None,
) -> list[Line]:
    """Return the figures as lines, the most important first.

    ``steps`` adds the steps of the last weeks. ``high`` allows a second line for what
    the forecast is based on. Without ``moves`` pace and forecast mean nothing and are
    not shown (see ``FilteredFigures.moves``). ``outcome`` is the goal's, once it has one.
    """
    short = width < _ROOMY
    counts = figures.conventional, figures.online, figures.integrated
    lines: list[Line] = [
        [(" ", ""), *stage_bar(*counts, max(0, width - 2))],
        counted_stages(counts, language, shares=not short),
        _index_line(figures, weeks, language, moves=moves),
    ]
    if moves:
        lines.append(velocity_line(figures, weeks, language, width))
    else:
        lines.append(chosen_line(language.text("Pace"), language))
    if steps:
        lines.append(_steps_line(weeks, language))
    if moves:
        lines += forecast_lines(
            figures,
            weeks,
            language,
            width,
            high=high,
        )
    else:
        lines.append(chosen_line(language.text("Done by"), language))

    ahead = goal_line(
        figures,
        goal,
        language,
        short=short,
        moves=moves,
        outcome=outcome,
    )
    lines.append(ahead)
    return lines


def chosen_line(title: str, language: Language) -> Line:
    """Return the line that says why a figure of a chosen set means nothing."""
    return [(f" {title} ", "title"), (language.text(_CHOSEN), "quiet")]


def _index_line(
    figures: Figures,
    weeks: Weeks,
    language: Language,
    *,
    moves: bool,
) -> Line:
    text = language.text
    index = [
        (f" {text('Index')} ", "title"),
        (language.number(figures.index), "strong"),
    ]
    if not moves or not figures.services:
        return index
    if figures.index_change is None and (
        day := weeks.first_day_after(CHANGE_AFTER)
    ):
        return [
            *index,
            ("  " + text("changes from {day} on", day=day), "quiet"),
        ]
    return [
        *index,
        ("  ", ""),
        change_piece(figures.index_change, language),
        (f" {text('this week')}: {text('progress')} ", "quiet"),
        change_piece(figures.progress, language),
        (f", {text('scope')} ", "quiet"),
        change_piece(
            subtract_rounded(figures.index_change, figures.progress, 2),
            language,
        ),
    ]


def velocity_line(
    figures: Figures,
    weeks: Weeks,
    language: Language,
    width: int,
) -> Line:
    """Return the pace in a word, and the velocity with its change."""
    text = language.text
    pieces: list[Piece] = [(f" {text('Pace')} ", "title")]
    if not figures.services:
        return [*pieces, (text("no service"), "quiet")]
    pieces += [*pace_pieces(figures.pace, language), ("  ", "")]
    if figures.velocity is None:
        return with_room(pieces, _early_phrases(weeks, language), width)
    pieces.append((language.number(figures.velocity, 2), "strong"))
    if figures.acceleration is None and (
        day := weeks.first_day_after(ACCELERATION_AFTER)
    ):
        change: list[Piece] = [
            (text("acceleration from {day} on", day=day), "quiet"),
        ]
    else:
        change = [
            (f"{text('acceleration')} ", "quiet"),
            change_piece(figures.acceleration, language),
        ]
    every = [
        (f" {text('points a week')}, ", "quiet"),
        (f" {text('a week')}, ", "quiet"),
        ("  ", ""),
    ]
    unit = next(
        (unit for unit in every if width_of([*pieces, unit, *change]) <= width),
        every[-1],
    )
    return [*pieces, unit, *change]


def _early_phrases(weeks: Weeks, language: Language) -> Sequence[str]:
    """Return, the longest first, from when on there is a velocity, if there is too little history."""
    first, second = (
        weeks.first_day_after(VELOCITY_AFTER),
        weeks.first_day_after(ACCELERATION_AFTER),
    )
    little = language.text("too little history")
    if first is None or second is None:
        return (little,)
    said = language.text(
        "velocity from {first} on, acceleration from {second}",
        first=first,
        second=second,
    )
    return (f"{little}: {said}", said, little)


def _steps_line(weeks: Weeks, language: Language) -> Line:
    """Return the steps of the last weeks, a cell a week."""
    steps = recent_steps(weeks.series, _WEEKS)
    if all(value is None for value in steps):
        return [(f" {language.text('Steps')} ", "title"), (NOTHING, "quiet")]
    said = language.plural("in {n} week", "in {n} weeks", len(steps))
    return [
        (f" {language.text('Steps')} ", "title"),
        *map(heat_cell, steps),
        (f" {said}", "quiet"),
    ]
