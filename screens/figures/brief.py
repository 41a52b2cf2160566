"""The figures of a scope in three lines, for screens whose room belongs to a list."""

from datetime import date

from screens.figures.outlook import (
    chance_role,
    forecast_lines,
    outcome_piece,
)
from screens.figures.pieces import STAGE_SIGNS, change_piece, with_room
from screens.figures.standing import chosen_line, velocity_line
from screens.figures.weeks import CHANGE_AFTER, Weeks
from screens.widgets.paint import Line, Piece, spread, width_of
from tracker.drawing import draw_sparkline, stage_bar
from tracker.language import Language, subtract_rounded
from tracker.metrics.values import Figures, GoalOutcome
from tracker.model import Stage
from tracker.narration.outlook import is_done, told_chance

_BAR, _SPARK = 10, 8
"""Cells below which a bar or a sparkline tells too little to be drawn."""


def brief_lines(
    figures: Figures,
    goal: date | None,
    language: Language,
    width: int,
    weeks: Weeks,
    *,
    moves: bool = True,
    outcome: GoalOutcome | None = None,
) -> list[Line]:
    """Return index, stages, pace and forecast in three lines.

    Without ``moves`` pace and forecast mean nothing: the services were chosen by how they stand.
    ``outcome`` is the goal's, once it has one.
    """
    if not moves:
        return [
            _index_line(figures, weeks, language, width),
            chosen_line(language.text("Pace"), language),
            chosen_line(language.text("Done by"), language),
        ]
    return [
        _index_line(figures, weeks, language, width),
        _pace_line(figures, weeks, language, width),
        _forecast_line(figures, goal, outcome, weeks, language, width),
    ]


def _index_line(
    figures: Figures,
    weeks: Weeks,
    language: Language,
    width: int,
) -> list[Piece]:
    counts = {
        Stage.INTEGRATED: figures.integrated,
        Stage.ONLINE: figures.online,
        Stage.CONVENTIONAL: figures.conventional,
    }
    left = [
        (f" {language.text('Index')} ", "title"),
        (language.number(figures.index), "strong"),
        *_change_pieces(figures, weeks, language),
        ("  ", ""),
    ]
    right: list[Piece] = []
    for stage, sign in STAGE_SIGNS.items():
        right += [
            (f"  {sign} ", stage.value),
            (language.number(counts[stage], 0), "strong"),
        ]
    right.append((" ", ""))

    room = width - width_of(left) - width_of(right)
    bar = (
        stage_bar(
            figures.conventional,
            figures.online,
            figures.integrated,
            room,
        )
        if room >= _BAR
        else ()
    )
    return spread([*left, *bar], right, width)


def _change_pieces(
    figures: Figures,
    weeks: Weeks,
    language: Language,
) -> list[Piece]:
    """Return the week's change; what joining and leaving services did to it only if they did."""
    if not figures.services:
        return []
    if figures.index_change is None:
        day = weeks.first_day_after(CHANGE_AFTER)
        said = language.text("changes from {day} on", day=day) if day else ""
        return [(f"  {said}", "quiet")] if said else []
    pieces: list[Piece] = [
        ("  ", ""),
        change_piece(figures.index_change, language),
    ]
    if figures.scope_effect:
        pieces += [
            (f" ({language.text('progress')} ", "quiet"),
            change_piece(figures.progress, language),
            (f", {language.text('scope')} ", "quiet"),
            change_piece(
                subtract_rounded(figures.index_change, figures.progress, 2),
                language,
            ),
            (")", "quiet"),
        ]
    return pieces


def _pace_line(
    figures: Figures,
    weeks: Weeks,
    language: Language,
    width: int,
) -> list[Piece]:
    """Return the pace, and at its right the index week by week as far as it fits."""
    room = width if figures.velocity is None else width - _SPARK - 14
    left = list(velocity_line(figures, weeks, language, room))
    series = weeks.series
    indexes = [series.index(place) for place in range(len(series.weeks))]
    known = [index for index in indexes if index is not None]
    said = f" {language.plural('{n} week', '{n} weeks', len(known))} "
    room = width - width_of(left) - len(said) - 2
    if room < _SPARK or len(known) < 2:
        return left
    step = max(1, -(-len(known) // room))
    drawn = draw_sparkline(known[::-step][::-1])
    return spread(left, [(drawn, "integrated"), (said, "quiet")], width)


def _forecast_line(
    figures: Figures,
    goal: date | None,
    outcome: GoalOutcome | None,
    weeks: Weeks,
    language: Language,
    width: int,
) -> list[Piece]:
    """Return the dates of the forecast, and at its right the goal: likely, unlikely or open (~)."""
    right: list[Piece] = []
    if goal is not None:
        said = (
            f"{language.text('Goal').lower()} {language.date(goal, 'month')} "
        )
        right = [(said, "goal")]
        if outcome is not None:
            word, role = outcome_piece(outcome, language)
            right = [(said.rstrip(), "goal"), (f"{word} ", role)]
        elif is_done(figures):
            right.insert(0, ("✓ ", "good"))
        elif (chance := told_chance(figures)) is not None:
            role = chance_role(chance)
            right.insert(0, ({"good": "✓ ", "bad": "✗ "}.get(role, "~ "), role))

    room = width - width_of(right) - 2 if right else width
    left = list(
        forecast_lines(figures, weeks, language, room, high=False)[0],
    )
    if goal is None:
        return with_room(
            left,
            [f"  {language.text('No goal date is set.')}"],
            width,
        )
    return spread(left, right, width)
