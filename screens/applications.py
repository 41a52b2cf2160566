"""The screen of applications: their services by stage, and their integration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines
from screens.navigation import ApplicationPage
from screens.rows import ServiceRow, stage_counts
from screens.selection import Selection, select_destinations
from screens.short_names import name_within
from screens.state import State
from screens.widgets.paint import Line, safe_line
from screens.widgets.table import Column, Table
from tracker.drawing import stage_bar
from tracker.language import N_, Language
from tracker.model import OPD, Application
from tracker.searching import opd_words
from tracker.text import normalize_name


@dataclass(frozen=True)
class ApplicationRow:
    """An application with the number of its services in each stage."""

    application: Application
    opd: OPD | None
    stages: tuple[int, int, int]

    @property
    def key(self) -> str:
        """The application's key."""
        return self.application.id


def application_rows(state: State) -> list[ApplicationRow]:
    """Return the applications that match the filter, themselves or by a service."""
    offered: dict[str, list[ServiceRow]] = {}
    for row in state.filtered_services():
        if row.service.application:
            offered.setdefault(row.service.application, []).append(row)

    rows = []
    for application in state.register.applications.values():
        opd = state.register.opds.get(application.opd or "")
        services = offered.get(application.id, ())
        if (
            not state.filter
            or services
            or _matches_itself(state, application, opd)
        ):
            counts = stage_counts(services)
            rows.append(ApplicationRow(application, opd, counts))

    return rows


def _matches_itself(
    state: State,
    application: Application,
    opd: OPD | None,
) -> bool:
    """Return whether the filter means the application, by its name or its OPD's."""
    wanted = state.filter
    if wanted.asks_services or wanted.asks_opds:
        return False

    own = normalize_name(f"{application.code} ¦ {application.name}")
    of_opd = opd_words(opd) if opd else ""
    words = f"{own} ¦ {of_opd}"
    if not all(word in words for word in wanted.words):
        return False

    if not wanted.opds:
        return True
    if opd is None:
        return False
    means_opd = state.facts.name_context.means_opd
    return any(means_opd(name, opd, of_opd) for name in wanted.opds)


def application_columns(state: State) -> Sequence[Column[ApplicationRow]]:
    """Return the columns, their labels in the user's language."""
    text = state.language.text
    labels = (text("Conv."), text("Onl."), text("Int."))
    counts = (
        _count_column(state.language, index, label)
        for index, label in enumerate(labels)
    )
    bar = Column[ApplicationRow](
        "bar",
        text("Stages"),
        lambda row, width: stage_bar(*row.stages, width),
        9,
        grow=1,
        drop=5,
    )
    return (*_name_columns(state), bar, *counts, _door_column(state))


def _name_columns(state: State) -> Sequence[Column[ApplicationRow]]:
    text = state.language.text
    return (
        Column(
            "name",
            text("Application"),
            lambda row, _: [(safe_line(row.application.name), "")],
            17,
            grow=3,
            order=lambda row: row.application.name.casefold(),
        ),
        Column(
            "opd",
            text("OPD"),
            lambda row, width: [
                (name_within(row.opd, width) if row.opd else "", "quiet"),
            ],
            16,
            grow=3,
            drop=4,
            order=lambda row: row.opd.name.casefold() if row.opd else None,
        ),
    )


def _count_column(
    language: Language,
    index: int,
    label: str,
) -> Column[ApplicationRow]:
    return Column(
        f"stage{index}",
        label,
        lambda row, _: [(language.number(row.stages[index], 0), "")],
        5,
        align="right",
        drop=index + 1,
        order=lambda row: row.stages[index],
        down=True,
    )


def _door_column(state: State) -> Column[ApplicationRow]:
    return Column(
        "door",
        state.language.text("Single door"),
        lambda row, _: door_pieces(
            row.application,
            state.today,
            state.language,
        ),
        19,
        order=lambda row: row.application.integrated_on or date.max,
    )


def door_pieces(
    application: Application,
    today: date,
    language: Language,
) -> Line:
    """Return since when an application is integrated, that it is not, or is off."""
    text = language.text
    retired = application.retired_on
    if retired is not None and retired <= today:
        return [(f"– {text('off {day}', day=retired)}", "quiet")]
    integrated = application.integrated_on
    if integrated is None or integrated > today:
        return [("░ " + text("not yet"), "quiet")]
    return [
        ("█ ", "integrated"),
        (text("since {day}", day=integrated), ""),
    ]


class ApplicationsScreen(ListScreen):
    """The fifth screen."""

    screen_name = "applications"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("applications")

    def create_list(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ApplicationRow] = Table(
            lambda row: ApplicationPage(row.key),
            id="applications",
        )
        self.table.sorted_by = "name"
        return self.table

    def show_state(self) -> None:
        """Show the applications that match the filter."""
        rows = application_rows(self.state)
        self.table.show(rows, application_columns(self.state))
        none = N_("There are no applications yet.")
        begin = ("add_application", "import")
        self.show_empty_state(
            () if rows else empty_state_lines(self.state, none, begin),
        )

    def current_selection(self) -> Selection:
        """Return the marked applications, or the one under the cursor."""
        return select_destinations(self.table.chosen_keys())
