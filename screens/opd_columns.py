"""The columns of the table of OPDs."""

from collections.abc import Callable, Sequence

from screens.standing import change_piece, pace_pieces
from screens.state import Facts
from screens.widgets.paint import Line, Piece, data
from screens.widgets.table import Column
from tracker.drawing import sparkline, stage_bar
from tracker.language import Language
from tracker.metrics.values import Figures, OPDFigures, Pace, Series
from tracker.words import PACE_MARKS

SPARK = 12
"""Weeks that a row's sparkline shows."""
_PACES = tuple(Pace)

OPDColumn = Column[OPDFigures]


def opd_columns(facts: Facts, language: Language) -> Sequence[OPDColumn]:
    """Return the columns of the table, their labels in the user's language."""
    return (*_standing(language), *_moving(facts, language), *_speed(language), _silent(language))


def _standing(language: Language) -> Sequence[OPDColumn]:
    number, text = language.number, language.text
    return (
        name_column(language),
        _figure("services", text("Serv."), 5, lambda f: f.services, lambda n: (number(n, 0), ""), drop=7),
        Column("stages", text("Stages"), _bar, 10, grow=2, drop=3, order=_single_door_share),
        _figure("index", text("Index"), 6, lambda f: f.index, lambda n: (number(n), "strong")),
    )


def _moving(facts: Facts, language: Language) -> Sequence[OPDColumn]:
    def spark(opd: OPDFigures, width: int) -> Line:
        indices = recent_indices(facts.series[opd.key], SPARK)
        return [(sparkline(indices, width, low=0, high=100), "integrated")]

    def change(value: float | None) -> Piece:
        return change_piece(value, language, 1)

    text = language.text
    return (
        _figure("change", text("Change"), 7, lambda f: f.index_change, change, drop=5),
        Column("spark", text("12 weeks"), spark, SPARK, drop=6),
    )


def _speed(language: Language) -> Sequence[OPDColumn]:
    def velocity(value: float | None) -> Piece:
        return language.number(value, 2), ""

    def gained(value: float | None) -> Piece:
        return change_piece(value, language)

    def pace(opd: OPDFigures, width: int) -> Line:
        return pace_pieces(opd.figures.pace, language) if width > 3 else [(_mark(opd), "")]

    text = language.text
    return (
        _figure("velocity", text("Speed"), 6, lambda f: f.velocity, velocity, drop=1),
        _figure("acceleration", text("Accel."), 8, lambda f: f.acceleration, gained, drop=2, down=False),
        Column("pace", text("Pace"), pace, 17, order=_pace_order),
    )


def _silent(language: Language) -> OPDColumn:
    def weeks(opd: OPDFigures, width: int) -> Line:
        return [(language.number(opd.silent_weeks, 0) if opd.silent_weeks else "", "warn")]

    label = language.text("Silent")
    return Column("silent", label, weeks, 6, align="right", drop=8, order=_silent_weeks, down=True)


def name_column(language: Language) -> OPDColumn:
    """Return the column that says which OPD it is."""
    return Column(
        "name", language.text("OPD"), lambda opd, _: [(data(opd.name), "")], 22, grow=4, order=_named
    )


def _figure(
    id: str,
    label: str,
    width: int,
    value: Callable[[Figures], float | None],
    piece: Callable[[float | None], Piece],
    drop: int = 0,
    *,
    down: bool = True,
) -> OPDColumn:
    """Return the column of one figure, which it is also sorted by."""
    return Column(
        id,
        label,
        lambda opd, _: [piece(value(opd.figures))],
        width,
        align="right",
        drop=drop,
        order=lambda opd: value(opd.figures),
        down=down,
    )


def _bar(opd: OPDFigures, width: int) -> Line:
    figures = opd.figures
    return stage_bar(figures.conventional, figures.online, figures.integrated, width)


def _named(opd: OPDFigures) -> str:
    return opd.name.casefold()


def _single_door_share(opd: OPDFigures) -> float | None:
    return opd.figures.single_door_share


def _silent_weeks(opd: OPDFigures) -> int:
    return opd.silent_weeks


def _pace_order(opd: OPDFigures) -> int | None:
    return None if opd.figures.pace is None else _PACES.index(opd.figures.pace)


def recent_indices(series: Series, weeks: int) -> list[float | None]:
    """Return the index at the end of each of the last weeks."""
    last = len(series.weeks)
    return [series.index(place) for place in range(max(0, last - weeks), last)]


def _mark(opd: OPDFigures) -> str:
    return PACE_MARKS[opd.figures.pace] if opd.figures.pace else ""
