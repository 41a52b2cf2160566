"""The columns of the table of OPDs."""

from collections.abc import Callable, Sequence

from screens.figures.pieces import change_piece, pace_pieces, with_room
from screens.figures.weeks import recent_steps
from screens.short_names import name_within
from screens.state import DayView
from screens.widgets.paint import Line, Piece, safe_line
from screens.widgets.table import Column
from tracker.drawing import heat_row, stage_bar, weeks_still
from tracker.language import Language
from tracker.metrics.labels import PACE_MARKS
from tracker.metrics.opening import read_opening
from tracker.metrics.values import Figures, OPDFigures, Pace

WEEKS = 12
"""Weeks of which a row shows the steps."""
LONG_STILL = 12
"""Complete weeks without a step from which on an OPD needs a person."""

OPDColumn = Column[OPDFigures]


def opd_columns(facts: DayView, language: Language) -> Sequence[OPDColumn]:
    """Return the columns of the table, their labels in the user's language."""
    if facts.register.only_city.in_opening:
        return (
            *_standing_columns(facts, language),
            _answer_column(facts, language),
        )
    return (
        *_standing_columns(facts, language),
        _figure_column(
            "change",
            language.text("Change"),
            8,
            lambda figures: figures.index_change,
            lambda change: change_piece(change, language, 1),
            drop=6,
        ),
        _steps_column(facts, language),
        *_pace_columns(facts, language),
        _silence_column(language),
        _missing_column(language),
    )


def opd_detail(opd: OPDFigures, language: Language, width: int) -> Line:
    """Return the name of an OPD in full, and its velocity with its unit."""
    text, figures = language.text, opd.figures
    pieces: list[Piece] = [(f" {safe_line(opd.name)}", "strong")]
    if figures.velocity is None:
        return pieces
    now = f"  {language.number(figures.velocity, 2)} {text('points a week')}"
    change = language.number(figures.acceleration, 2, signed=True)
    return with_room(
        pieces,
        (f"{now}, {text('acceleration')} {change}", now),
        width,
    )


def _standing_columns(
    facts: DayView,
    language: Language,
) -> Sequence[OPDColumn]:
    number, text = language.number, language.text

    def services(opd: OPDFigures, width: int) -> Line:
        return [
            (
                number(
                    None if facts.is_bare(opd.key) else opd.figures.services,
                    0,
                ),
                "",
            ),
        ]

    return (
        name_column(facts, language),
        Column(
            "services",
            text("Serv."),
            services,
            6,
            align="right",
            drop=7,
            order=_services,
            down=True,
            full_name=text("Services"),
        ),
        Column(
            "stages",
            text("Stages"),
            _stage_bar,
            9,
            grow=2,
            drop=3,
            order=_single_door_share,
        ),
        _figure_column(
            "index",
            text("Index"),
            6,
            lambda f: f.index,
            lambda n: (number(n), "strong"),
        ),
    )


def _answer_column(facts: DayView, language: Language) -> OPDColumn:
    """Return the column that says whether an OPD has confirmed its services' stages.

    During the opening it replaces the pace, also as the column to sort by.
    """
    found = read_opening(facts.register, facts.today)
    assumed = {opd.key: opd.assumed for opd in found.opds}

    def answer(opd: OPDFigures, width: int) -> Line:
        if facts.is_bare(opd.key):
            return [(language.text("no services yet"), "quiet")]
        if waiting := assumed.get(opd.key, 0):
            told = language.text("{n} not told", n=language.number(waiting, 0))
            return [(f"? {told}", "warn")]
        return [(f"✓ {language.text('all told')}", "good")]

    return Column(
        "pace",
        language.text("Opening"),
        answer,
        15,
        grow=1,
        order=lambda opd: assumed.get(opd.key, 0),
        down=True,
    )


def _steps_column(facts: DayView, language: Language) -> OPDColumn:
    """Return the column of the last weeks' steps: of 64 OPDs most levels barely change."""

    def cells(opd: OPDFigures, width: int) -> Line:
        if facts.is_bare(opd.key):
            return []
        steps = recent_steps(facts.series[opd.key], WEEKS)
        return heat_row(steps, done=not opd.figures.remaining_steps)

    return Column(
        "steps",
        language.text("12 weeks"),
        cells,
        WEEKS,
        drop=2,
        order=lambda opd: opd.figures.steps,
        down=True,
    )


def _pace_columns(facts: DayView, language: Language) -> Sequence[OPDColumn]:
    def velocity(value: float | None) -> Piece:
        return language.number(value, 2), ""

    def gained(value: float | None) -> Piece:
        return change_piece(value, language)

    def pace(opd: OPDFigures, width: int) -> Line:
        if facts.is_bare(opd.key):
            return [(language.text("no services yet"), "quiet")]
        still = weeks_without_step(opd, facts)
        # A step forward in the running week, which is in no pace yet.
        moves_again = facts.is_running and (opd.figures.steps or 0) > 0
        if opd.figures.pace is Pace.STALLED and moves_again:
            return [
                (
                    f"{PACE_MARKS[Pace.STEADY]} {language.text('moves again')}",
                    "",
                ),
            ]
        if opd.figures.pace is Pace.STALLED and still:
            said = language.text("still {n} wk", n=still)
            role = "warn" if still >= LONG_STILL else "quiet"
            return [(f"{PACE_MARKS[Pace.STALLED]} {said}", role)]
        return pace_pieces(opd.figures.pace, language)

    def need(opd: OPDFigures) -> tuple[int, int] | None:
        """Order by how much an OPD needs a person: no step for longest, then most steps to make."""
        still = weeks_without_step(opd, facts)
        return None if still is None else (still, opd.figures.remaining_steps)

    text = language.text
    return (
        _figure_column(
            "velocity",
            text("pts/wk"),
            8,
            lambda f: f.velocity,
            velocity,
            drop=1,
            full_name=text("Velocity"),
        ),
        _figure_column(
            "acceleration",
            text("± 4 wk"),
            8,
            lambda f: f.acceleration,
            gained,
            drop=5,
            down=False,
            full_name=text("Acceleration"),
        ),
        Column(
            "pace",
            text("Pace"),
            pace,
            16,
            grow=1,
            order=need,
            down=True,
        ),
    )


def _silence_column(language: Language) -> OPDColumn:
    def weeks(opd: OPDFigures, width: int) -> Line:
        return [
            (
                language.number(opd.silent_weeks, 0)
                if opd.silent_weeks
                else "",
                "warn",
            ),
        ]

    label = language.text("Silent")
    return Column(
        "silent",
        label,
        weeks,
        6,
        align="right",
        drop=8,
        order=_silent_weeks,
        down=True,
    )


def _missing_column(language: Language) -> OPDColumn:
    """Return the column of how many facts are wanted of an OPD's services and not filled in."""

    def missing(opd: OPDFigures) -> int:
        return opd.figures.wanted - opd.figures.filled

    return Column(
        "missing",
        language.text("Blanks"),
        lambda opd, _: [
            (language.number(missing(opd), 0) if missing(opd) else "", ""),
        ],
        6,
        align="right",
        drop=9,
        order=missing,
        down=True,
    )


def name_column(facts: DayView, language: Language) -> OPDColumn:
    """Return the column that says which OPD it is, in full or by a short name."""
    opds = facts.register.opds
    return Column(
        "name",
        language.text("OPD"),
        lambda opd, width: [(name_within(opds[opd.key], width), "")],
        21,
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
    full_name: str = "",
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
        full_name=full_name,
    )


def _stage_bar(opd: OPDFigures, width: int) -> Line:
    figures = opd.figures
    return stage_bar(
        figures.conventional,
        figures.online,
        figures.integrated,
        width,
    )


def _named(opd: OPDFigures) -> str:
    return opd.name.casefold()


def _services(opd: OPDFigures) -> int:
    return opd.figures.services


def _single_door_share(opd: OPDFigures) -> float | None:
    return opd.figures.single_door_share


def _silent_weeks(opd: OPDFigures) -> int:
    return opd.silent_weeks


def weeks_without_step(opd: OPDFigures, facts: DayView) -> int | None:
    """Count the complete weeks since an OPD's last step; None if it is done or never had a service.

    A step of the running week ends them; without one it does not count before it is over.
    """
    if not opd.figures.remaining_steps or facts.is_bare(opd.key):
        return None
    steps = recent_steps(facts.series[opd.key])
    if facts.is_running and steps.pop():
        return 0
    return weeks_still(steps)
