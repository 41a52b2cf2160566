"""The OPDs side by side, as a table or as a heat map of the weeks."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.frame import TrackerScreen, bindings_for
from screens.selection import Selection
from screens.standing import change_piece, pace_pieces
from screens.state import Facts
from screens.widgets.greeting import greeting
from screens.widgets.lines import LineList, LineView
from screens.widgets.paint import Line, data
from screens.widgets.table import Column, Table
from tracker.drawing import heat_cell, sparkline, stage_bar
from tracker.language import Language
from tracker.metrics.values import OPDFigures, Pace, Series
from tracker.words import PACE_MARKS

SPARK = 12
"""Weeks that a row's sparkline shows."""
_PACES = tuple(Pace)


class OPDsScreen(TrackerScreen):
    """The second screen."""

    place = "opds"
    CSS_PATH = "opds.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("opds")

    def __init__(self) -> None:
        super().__init__()
        self.heat = False

    def body(self) -> Iterable[Widget]:
        """Return the table, and the greeting in its place while there is nothing to show."""
        table: Table[OPDFigures] = Table(lambda opd: opd.key, id="opds")
        table.sorted_by = "name"
        yield table
        yield LineList(id="empty")

    @property
    def table(self) -> Table[OPDFigures]:
        """The table."""
        return self.query_one("#opds", Table)

    def show(self) -> None:
        """Show the OPDs that the filter lets through."""
        state, facts = self.state, self.state.measured
        empty = self.query_one("#empty", LineList)
        self.table.display, empty.display = not state.empty, state.empty
        if state.empty:
            empty.show(greeting(state.language, state.register.the_city.name))
        elif facts is not None:
            columns = heat_columns(facts, state.language, self.size.width) if self.heat else None
            self.table.show(state.opds(), columns or opd_columns(facts, state.language))

    def selection(self) -> Selection:
        """Return the marked OPDs, or the one under the cursor."""
        return Selection(opds=tuple(self.table.chosen())) if self.table.display else Selection()

    def do_heat(self) -> None:
        """Turn the table into a heat map of the weeks, or back."""
        self.heat = not self.heat
        self.show()

    def on_resize(self) -> None:
        """Show as many weeks of the heat map as there is room for."""
        if self.heat:
            self.show()

    def opened(self, event: LineView.Opened) -> None:
        """Open an OPD's page, or what a line of the greeting speaks of."""
        self.tracker.open_thing(event.key if event.view.id == "empty" else f"opd:{event.key}")


def opd_columns(facts: Facts, language: Language) -> Sequence[Column[OPDFigures]]:
    """Return the columns of the table, their labels in the user's language."""
    text = language.text

    def bar(opd: OPDFigures, width: int) -> Line:
        figures = opd.figures
        return stage_bar(figures.conventional, figures.online, figures.integrated, width)

    def spark(opd: OPDFigures, width: int) -> Line:
        return [
            (sparkline(recent_indices(facts.series[opd.key], SPARK), width, low=0, high=100), "integrated")
        ]

    return (
        _name_column(language),
        Column(
            "services",
            text("Serv."),
            lambda o, _: [(language.number(o.figures.services, 0), "")],
            5,
            align="right",
            drop=6,
            order=lambda o: o.figures.services,
            down=True,
        ),
        Column(
            "stages", text("Stages"), bar, 10, grow=2, drop=3, order=lambda o: o.figures.single_door_share
        ),
        Column(
            "index",
            text("Index"),
            lambda o, _: [(language.number(o.figures.index), "strong")],
            6,
            align="right",
            order=lambda o: o.figures.index,
            down=True,
        ),
        Column(
            "change",
            text("Change"),
            lambda o, _: [change_piece(o.figures.index_change, language, 1)],
            7,
            align="right",
            drop=2,
            order=lambda o: o.figures.index_change,
            down=True,
        ),
        Column("spark", text("12 weeks"), spark, SPARK, drop=5),
        Column(
            "velocity",
            text("Speed"),
            lambda o, _: [(language.number(o.figures.velocity, 2), "")],
            6,
            align="right",
            drop=4,
            order=lambda o: o.figures.velocity,
            down=True,
        ),
        Column(
            "acceleration",
            text("Accel."),
            lambda o, _: [change_piece(o.figures.acceleration, language)],
            7,
            align="right",
            drop=7,
            order=lambda o: o.figures.acceleration,
        ),
        Column(
            "pace",
            text("Pace"),
            lambda o, w: pace_pieces(o.figures.pace, language) if w > 3 else [(_mark(o), "")],
            17,
            order=lambda o: None if o.figures.pace is None else _PACES.index(o.figures.pace),
        ),
        Column(
            "silent",
            text("Silent"),
            lambda o, _: [(language.number(o.silent_weeks, 0) if o.silent_weeks else "", "warn")],
            6,
            align="right",
            drop=8,
            order=lambda o: o.silent_weeks,
            down=True,
        ),
    )


def heat_columns(facts: Facts, language: Language, width: int) -> Sequence[Column[OPDFigures]]:
    """Return the columns of the heat map: a cell for each of the last weeks, and their sum."""
    weeks = max(12, min(104, width - 37))

    def recent(opd: OPDFigures) -> list[int | None]:
        return recent_steps(facts.series[opd.key], weeks)

    def cells(opd: OPDFigures, width: int) -> Line:
        return [heat_cell(steps) for steps in recent(opd)]

    def total(opd: OPDFigures) -> int:
        return sum(steps for steps in recent(opd) if steps is not None)

    label = language.plural("Steps in {n} week, to this one", "Steps in {n} weeks, to this one", weeks)
    return (
        _name_column(language),
        Column("heat", label, cells, weeks, order=lambda o: o.figures.steps),
        Column(
            "total",
            language.text("Steps"),
            lambda o, _: [change_piece(total(o), language, 0)],
            7,
            align="right",
            order=total,
            down=True,
        ),
    )


def _name_column(language: Language) -> Column[OPDFigures]:
    return Column(
        "name",
        language.text("OPD"),
        lambda o, _: [(data(o.name), "")],
        22,
        grow=4,
        order=lambda o: o.name.casefold(),
    )


def _mark(opd: OPDFigures) -> str:
    return PACE_MARKS[opd.figures.pace] if opd.figures.pace else ""


def recent_indices(series: Series, weeks: int) -> list[float | None]:
    """Return the index at the end of each of the last weeks."""
    last = len(series.weeks)
    return [series.index(place) for place in range(max(0, last - weeks), last)]


def recent_steps(series: Series, weeks: int) -> list[int | None]:
    """Return the steps of each of the last weeks."""
    last = len(series.weeks)
    return [series.steps(place) for place in range(max(0, last - weeks), last)]
