"""One application: whose it is, whether it is behind the single door, and its services."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.applications import door_pieces
from screens.emptiness import ListScreen, said_of_nothing
from screens.figures.pieces import stage_piece
from screens.frame import bindings_for
from screens.rows import ServiceRow
from screens.selection import Selection
from screens.services.columns import service_columns
from screens.widgets.lines import Item
from screens.widgets.paint import Line, Picture, Piece, data, spread
from screens.widgets.table import Table
from tracker.drawing import stage_bar
from tracker.language import N_
from tracker.model import Application, Stage


class ApplicationHead(Picture):
    """An application in three lines: its name and address, its standing, its services by stage."""

    lines: Sequence[tuple[Line, Line]] = ()
    stages: tuple[int, int, int] = (0, 0, 0)

    def show(self, lines: Sequence[tuple[Line, Line]], stages: tuple[int, int, int]) -> None:
        """Show an application."""
        self.lines, self.stages = lines, stages
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines, the bar of the stages last."""
        drawn: list[Line] = [spread(left, right, width) for left, right in self.lines]
        return [*drawn, [(" ", ""), *stage_bar(*self.stages, max(0, width - 2))]]


class ApplicationScreen(ListScreen):
    """The page of the application with ``key``."""

    place = "application"
    CSS_PATH = "application.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("application")

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def body(self) -> Iterable[Widget]:
        """Return the application's own lines over its services."""
        yield ApplicationHead()
        yield from super().body()

    def listing(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ServiceRow] = Table(lambda row: row.key, id="application-services")
        self.table.sorted_by = "name"
        return self.table

    def show(self) -> None:
        """Show the application as it stands."""
        application = self.state.register.applications.get(self.key)
        head = self.query_one(ApplicationHead)
        head.display = application is not None
        if application is None:
            gone = self.says("This application is no longer in the register.")
            self.say_nothing((Item(((" " + gone, "warn"),)),))
            return
        rows = [row for row in self.state.services() if row.service.application == self.key]
        head.show(self._head(application, rows), _stages(rows))
        none = (
            ()
            if rows
            else said_of_nothing(
                self.state,
                N_("No service is offered through it: give one this application with its details."),
            )
        )
        self.table.show(rows, service_columns(self.state, application=False))
        self.say_nothing(none)

    def _head(self, application: Application, rows: Sequence[ServiceRow]) -> list[tuple[Line, Line]]:
        state = self.state
        opd = state.register.opds.get(application.opd or "")
        door = [(" ", ""), *door_pieces(application, state.today, state.language), (" ", "")]
        whose = [(f" {data(application.name)}", "title"), (f"  {application.code}", "quiet")]
        of_opd: list[Piece] = [(f"  {data(opd.name)}", "quiet")] if opd else []
        address: list[Piece] = [(data(application.url) + " ", "quiet")] if application.url else []
        return [([*whose, *of_opd], address), (self._counted(rows), door)]

    def _counted(self, rows: Sequence[ServiceRow]) -> list[Piece]:
        pieces: list[Piece] = []
        for stage, count in zip(Stage, _stages(rows), strict=True):
            pieces += [(" ", ""), stage_piece(stage, self.state.language)]
            pieces.append((f" {self.state.language.number(count, 0)} ", "strong"))
        return pieces

    def opens(self, key: str) -> str:
        """Return that a row opens its service."""
        return f"service:{key}"

    def selection(self) -> Selection:
        """Return this application, and the services that are marked or under the cursor."""
        there = (self.key,) if self.key in self.state.register.applications else ()
        return Selection(applications=there, services=tuple(self.table.chosen()))


def _stages(rows: Sequence[ServiceRow]) -> tuple[int, int, int]:
    counts = [0, 0, 0]
    for row in rows:
        counts[row.at.points] += 1
    return counts[0], counts[1], counts[2]
