"""The page of one OPD: where it stands, its weeks, its services and its moves."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.labels import stage_word
from tracker.language import Language
from tracker.metrics.flow import Movement, find_movements
from tracker.metrics.values import OPDFigures, Scope, Series
from tracker.publish.figures import Figure, stages_figure, steps_figure
from tracker.publish.opd_folds import opd_fold
from tracker.publish.series import (
    HeatRow,
    find_windows,
    heat_steps,
    stage_counts,
)
from tracker.publish.site.links import INDEX, Link
from tracker.publish.templating import render_template
from tracker.register import Register
from tracker.snapshot.values import WeekValue


@dataclass(frozen=True)
class MoveRow:
    """A move in words."""

    day: str
    service: str
    before: str
    after: str


def render_opd(
    register: Register,
    value: WeekValue,
    opd: OPDFigures,
    series: Series,
    language: Language,
) -> str:
    """Return the page of an OPD as of the week of ``value``; ``series`` is the OPD's own."""
    last = len(series.weeks) - 1
    heat = HeatRow(opd.code, heat_steps(series, last))
    services = [at for at in value.services if at.opd == opd.key]
    first_day = series.weeks[0].monday
    moves = find_movements(
        register,
        first_day,
        value.figures.as_of,
        Scope("opd", opd.key),
    )
    return render_template(
        "opd.html.j2",
        language,
        title=opd.name,
        value=value,
        fold=opd_fold(
            opd,
            heat,
            services,
            opd.name,
            value.figures.as_of,
            language,
        ),
        figures=_figures(value, series, language),
        moves=_move_rows(moves, language),
        note="",
        links=[Link(f"../{INDEX}", language.text("All OPDs and weeks"))],
    )


def _figures(
    value: WeekValue,
    series: Series,
    language: Language,
) -> list[Figure]:
    if series.start is None:
        return []
    first = series.weeks[series.start]
    counts = stage_counts(series, series.start, len(series.weeks) - 1)
    found = [stages_figure(first, counts, (), language)]
    present = len(series.weeks) - 1 - value.figures.rates_week.until(value.week)
    windows = find_windows(series, present)
    if windows is not None:
        found.append(steps_figure(windows, language))
    return found


def _move_rows(moves: Sequence[Movement], language: Language) -> list[MoveRow]:
    """Return the moves that changed a stage, the latest first."""
    return [
        MoveRow(
            language.date(made.move.on),
            made.service.name,
            language.text(stage_word(made.before)),
            language.text(stage_word(made.move.stage)),
        )
        for made in reversed(moves)
        if made.steps
    ]
