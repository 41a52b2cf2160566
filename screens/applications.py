"""The applications: their services by stage, and which are behind the single door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from screens.base_screen import bindings_for
from screens.empty_state import ListScreen, empty_state_lines
from screens.navigation import ApplicationPage
from screens.rows import ServiceRow, opd_words, stage_counts
from screens.selection import Selection, select_destinations
from screens.state import State
from screens.widgets.paint import Line, safe_line
from screens.widgets.table import Column, Table
from tracker.drawing import stage_bar
from tracker.language import N_, Language
from tracker.model import OPD, Application
from tracker.text import normalize_name


@dataclass(frozen=True)
class ApplicationRow:
    """An application with the services that are offered through it, counted by stage."""

    application: Application
    opd: OPD | None
    stages: tuple[int, int, int]

    @property
    def key(self) -> str:
        """The application's key."""
        return self.application.id


def application_rows(state: State) -> list[ApplicationRow]:
    """Return the applications that the filter lets through, or that have a service which it does."""
    offered: dict[str, list[ServiceRow]] = {}
    for row in state.filtered_services():
        if row.service.application:
            offered.setdefault(row.service.application, []).append(row)
    register = state.register
    rows = []
    for application in register.applications.values():
        opd = register.opds.get(application.opd or "")
        if (
            not state.filter
            or application.id in offered
            or _matches_itself(state, application, opd)
        ):
            rows.append(
                ApplicationRow(
                    application,
                    opd,
                    stage_counts(offered.get(application.id, ())),
                )
            )
    return rows


def _matches_itself(
    state: State, application: Application, opd: OPD | None
) -> bool:
    """Tell whether the filter means the application itself, by its name or its OPD's."""
    wanted = state.filter
    if wanted.asks_services or wanted.asks_opds:
        return False
    of_opd = opd_words(opd) if opd else ""
    words = (
        normalize_name(f"{application.code} ¦ {application.name}")
        + " ¦ "
        + of_opd
    )
    return all(word in words for word in wanted.words) and (
        not wanted.opds
        or (
            opd is not None
            and any(
                state.facts.name_context.means_opd(w, opd, of_opd)
                for w in wanted.opds
            )
        )
    )


def application_columns(state: State) -> Sequence[Column[ApplicationRow]]:
    """Return the columns, their labels in the user's language."""
    text = state.language.text
    labels = (text("Conv."), text("Onl."), text("Int."))
    counts = (
        _count_column(state.language, place, label)
        for place, label in enumerate(labels)
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
            lambda row, _: [
                (safe_line(row.opd.name) if row.opd else "", "quiet")
            ],
            16,
            grow=3,
            drop=4,
            order=lambda row: row.opd.name.casefold() if row.opd else None,
        ),
    )


def _count_column(
    language: Language, place: int, label: str
) -> Column[ApplicationRow]:
    return Column(
        f"stage{place}",
        label,
        lambda row, _: [(language.number(row.stages[place], 0), "")],
        5,
        align="right",
        drop=place + 1,
        order=lambda row: row.stages[place],
        down=True,
    )


def _door_column(state: State) -> Column[ApplicationRow]:
    return Column(
        "door",
        state.language.text("Single door"),
        lambda row, _: door_pieces(
            row.application, state.today, state.language
        ),
        19,
        order=lambda row: row.application.integrated_on or date.max,
    )


def door_pieces(
    application: Application, today: date, language: Language
) -> Line:
    """Return since when an application is behind the single door, or that it is not, or is switched off."""
    text = language.text
    retired = application.retired_on
    if retired is not None and retired <= today:
        return [(f"– {text('off {day}', day=retired)}", "quiet")]
    if application.integrated_on is None:
        return [("░ " + text("not yet"), "warn")]
    return [
        ("█ ", "integrated"),
        (text("since {day}", day=application.integrated_on), ""),
    ]


class ApplicationsScreen(ListScreen):
    """The fifth screen."""

    screen_name = "applications"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("applications")

    def create_list(self) -> Table[Any]:
        """Return the table."""
        self.table: Table[ApplicationRow] = Table(
            lambda row: ApplicationPage(row.key), id="applications"
        )
        self.table.sorted_by = "name"
        return self.table

    def show_state(self) -> None:
        """Show the applications that the filter lets through."""
        rows = application_rows(self.state)
        none = (
            ()
            if rows
            else empty_state_lines(
                self.state,
                N_("There are no applications yet."),
                ("add_application", "import"),
            )
        )
        self.table.show(rows, application_columns(self.state))
        self.show_empty_state(none)

    def current_selection(self) -> Selection:
        """Return the marked applications, or the one under the cursor."""
        return select_destinations(self.table.chosen_keys())
