"""The columns of the heat map of OPDs: their steps, week by week."""

from collections.abc import Sequence

from screens.figures.pieces import PACE_ROLES, change_piece, pace_pieces
from screens.figures.weeks import recent_steps
from screens.opds.columns import OPDColumn, name_column, weeks_without_step
from screens.state import DayView
from screens.widgets.paint import Line, safe_line
from screens.widgets.table import Column
from tracker.drawing import HEAT_SIGNS, heat_row
from tracker.language import Language
from tracker.metrics.labels import PACE_MARKS
from tracker.metrics.values import OPDFigures

_LEAST_WEEKS, _MOST_WEEKS = 12, 104
_BESIDE = 55
"""Cells of the other columns: the name, the weeks without a step, the sum, the gaps."""


def heat_columns(
    facts: DayView,
    language: Language,
    width: int,
) -> Sequence[OPDColumn]:
    """Return the columns: a cell for each of the last weeks, how long it stands, and the weeks' sum."""
    weeks = max(_LEAST_WEEKS, min(_MOST_WEEKS, width - _BESIDE))
    return (
        name_column(facts, language),
        *_week_columns(facts, language, weeks),
    )


def _week_columns(
    facts: DayView,
    language: Language,
    weeks: int,
) -> Sequence[OPDColumn]:
    def recent(opd: OPDFigures) -> list[int | None]:
        if facts.is_bare(opd.key):
            return []
        return recent_steps(facts.series[opd.key], weeks)

    def cells(opd: OPDFigures, width: int) -> Line:
        return heat_row(recent(opd), done=not opd.figures.remaining_steps)

    def total(opd: OPDFigures) -> int:
        return sum(steps for steps in recent(opd) if steps is not None)

    def total_cell(opd: OPDFigures, width: int) -> Line:
        steps = None if facts.is_bare(opd.key) else total(opd)
        return [change_piece(steps, language, 0)]

    return (
        Column(
            "heat",
            _heat_label(weeks, language),
            cells,
            weeks,
            order=lambda opd: opd.figures.steps,
            down=True,
        ),
        _still_column(facts, language),
        Column(
            "total",
            language.text("Steps"),
            total_cell,
            7,
            align="right",
            drop=1,
            order=total,
            down=True,
        ),
    )


def _still_column(facts: DayView, language: Language) -> OPDColumn:
    """Return the column of the weeks since an OPD's last step."""

    def cell(opd: OPDFigures, width: int) -> Line:
        if facts.is_bare(opd.key):
            return [(language.text("no services yet"), "quiet")]
        return _still_pieces(opd, weeks_without_step(opd, facts), language)

    return Column(
        "still",
        language.text("No step for"),
        cell,
        17,
        order=lambda opd: weeks_without_step(opd, facts),
        down=True,
    )


def _heat_label(weeks: int, language: Language) -> str:
    """Return what the cells are, and the meaning of their signs if that fits."""
    label = language.plural(
        "Steps in {n} week, to this one",
        "Steps in {n} weeks, to this one",
        weeks,
    )
    if len(label) > weeks:
        inside = language.plural("in {n} week", "in {n} weeks", weeks)
        short = f"{language.text('Steps')} {inside}"
        return short if len(short) <= weeks else language.text("Steps")

    signs = "  ".join(f"{sign} {meaning}" for sign, meaning in HEAT_SIGNS)
    full = f"{label}   {signs}"
    return full if len(full) < weeks else label


def _still_pieces(
    opd: OPDFigures,
    still: int | None,
    language: Language,
) -> Line:
    """Return the sign of an OPD's pace and the weeks since its last step."""
    pace = opd.figures.pace
    if pace is None:
        return [("–", "quiet")]

    text = PACE_MARKS[pace]
    if still:
        text += " " + language.plural("{n} week", "{n} weeks", still)
    return [(text, PACE_ROLES[pace])]


def heat_detail(opd: OPDFigures, language: Language, width: int) -> Line:
    """Return an OPD's pace, the meaning of its cells, and its name as far as it fits."""
    cells = "  ".join(f"{sign} {meaning}" for sign, meaning in HEAT_SIGNS)
    said = language.text("steps a week: {signs}", signs=cells)
    return [
        (" ", ""),
        *pace_pieces(opd.figures.pace, language),
        (f"  {said}", ""),
        (f"  {safe_line(opd.name)}", "quiet"),
    ]
