"""The columns of the table of OPDs."""

from collections.abc import Callable, Sequence

from screens.figures.pieces import change_piece, pace_pieces, with_room
from screens.state import DayView
from screens.widgets.paint import Line, Piece, safe_line
from screens.widgets.table import Column
from tracker.drawing import sparkline, stage_bar
from tracker.language import Language
from tracker.metrics.values import Figures, OPDFigures, Pace, Series

SPARK = 12
"""Weeks that a row's sparkline shows."""
_PACES = tuple(Pace)

OPDColumn = Column[OPDFigures]


def opd_columns(facts: DayView, language: Language) -> Sequence[OPDColumn]:
    """Return the columns of the table, their labels in the user's language."""
    return (
        *_standing_columns(facts, language),
        *_change_columns(facts, language),
        *_speed_columns(facts, language),
        _silence_column(language),
    )


def opd_detail(opd: OPDFigures, language: Language, width: int) -> Line:
    """Return the name of an OPD in full, and its speed with its unit."""
    text, figures = language.text, opd.figures
    pieces: list[Piece] = [(f" {safe_line(opd.name)}", "strong")]
    if figures.velocity is None:
        return pieces
    now = f"  {language.number(figures.velocity, 2)} {text('points a week')}"
    change = language.number(figures.acceleration, 2, signed=True)
    return with_room(pieces, (f"{now}, {text('acceleration')} {change}", now), width)


def _standing_columns(facts: DayView, language: Language) -> Sequence[OPDColumn]:
    number, text = language.number, language.text

    def services(opd: OPDFigures, width: int) -> Line:
        return [
            (number(None if facts.is_bare(opd.key) else opd.figures.services, 0), "")
        ]

    return (
        name_column(language),
        Column(
            "services",
            text("Serv."),
            services,
            6,
            align="right",
            drop=7,
            order=_services,
            down=True,
        ),
        Column(
            "stages",
            text("Stages"),
            _stage_bar,
            10,
            grow=2,
            drop=3,
            order=_single_door_share,
        ),
        _figure_column(
            "index",
            text("Index"),
            7,
            lambda f: f.index,
            lambda n: (number(n), "strong"),
        ),
    )


def _change_columns(facts: DayView, language: Language) -> Sequence[OPDColumn]:
    def spark(opd: OPDFigures, width: int) -> Line:
        if facts.is_bare(opd.key):
            return []
        indices = recent_indices(facts.series[opd.key], SPARK)
        return [(sparkline(indices, width, low=0, high=100), "integrated")]

    def change(value: float | None) -> Piece:
        return change_piece(value, language, 1)

    text = language.text
    return (
        _figure_column(
            "change", text("Change"), 8, lambda f: f.index_change, change, drop=5
        ),
        Column("spark", text("12 weeks"), spark, SPARK, drop=6),
    )


def _speed_columns(facts: DayView, language: Language) -> Sequence[OPDColumn]:
    def velocity(value: float | None) -> Piece:
        return language.number(value, 2), ""

    def gained(value: float | None) -> Piece:
        return change_piece(value, language)

    def pace(opd: OPDFigures, width: int) -> Line:
        if facts.is_bare(opd.key):
            return [(language.text("no services yet"), "quiet")]
        return pace_pieces(opd.figures.pace, language)

    text = language.text
    return (
        _figure_column(
            "velocity", text("Speed"), 7, lambda f: f.velocity, velocity, drop=1
        ),
        _figure_column(
            "acceleration",
            text("Accel."),
            8,
            lambda f: f.acceleration,
            gained,
            drop=2,
            down=False,
        ),
        Column("pace", text("Pace"), pace, 17, order=_pace_order),
    )


def _silence_column(language: Language) -> OPDColumn:
    def weeks(opd: OPDFigures, width: int) -> Line:
        return [
            (language.number(opd.silent_weeks, 0) if opd.silent_weeks else "", "warn")
        ]

    label = language.text("Silent")
    return Column(
        "silent", label, weeks, 6, align="right", drop=8, order=_silent_weeks, down=True
    )


def name_column(language: Language) -> OPDColumn:
    """Return the column that says which OPD it is."""
    return Column(
        "name",
        language.text("OPD"),
        lambda opd, _: [(safe_line(opd.name), "")],
        22,
        grow=4,
        order=_named,
    )


def _figure_column(
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


def _stage_bar(opd: OPDFigures, width: int) -> Line:
    figures = opd.figures
    return stage_bar(figures.conventional, figures.online, figures.integrated, width)


def _named(opd: OPDFigures) -> str:
    return opd.name.casefold()


def _services(opd: OPDFigures) -> int:
    return opd.figures.services


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
