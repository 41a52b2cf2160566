"""The columns of a table of services."""

from collections.abc import Sequence
from typing import Any

from screens.figures.pieces import stage_piece
from screens.rows import ServiceRow
from screens.services.closed import ClosedRow
from screens.short_names import name_within
from screens.signs import row_signs
from screens.state import State
from screens.widgets.paint import Line, safe_line
from screens.widgets.table import Column
from tracker.language import Language


def service_columns(
    state: State,
    *,
    application: bool = True,
) -> Sequence[Column[ServiceRow]]:
    """Return the columns, their labels in the user's language."""
    columns = [
        *named_columns(state.language, grow=4, drop=2),
        *_standing(state),
        *_burden(state),
        *_asking(state),
    ]
    return [*columns, _application(state)] if application else columns


def named_columns(
    language: Language,
    *,
    grow: int,
    drop: int,
) -> Sequence[Column[Any]]:
    """Return the columns of a row's service and OPD; ``grow`` and ``drop`` are the OPD's."""
    return (
        Column(
            "name",
            language.text("Service"),
            lambda row, _: [(safe_line(row.service.name), "")],
            24,
            grow=5,
            wish=44,
            order=lambda row: row.service.name.casefold(),
        ),
        Column(
            "opd",
            language.text("OPD"),
            lambda row, width: [(name_within(row.opd, width), "quiet")],
            14,
            grow=grow,
            drop=drop,
            order=lambda row: row.opd.name.casefold(),
        ),
    )


def _standing(state: State) -> Sequence[Column[ServiceRow]]:
    language = state.language

    def stage(row: ServiceRow, width: int) -> Line:
        return [stage_piece(row.at.stage, language)]

    return (
        Column(
            "stage",
            language.text("Stage"),
            stage,
            15,
            order=lambda row: row.at.points,
        ),
        Column(
            "days",
            language.text("Days"),
            lambda row, _: [
                (language.number(row.at.days_in_stage, 0), "quiet"),
            ],
            5,
            align="right",
            order=lambda row: row.at.days_in_stage,
            down=True,
        ),
        Column(
            "signs",
            language.text("Signs"),
            lambda row, _: [(row_signs(row), "warn")],
            5,
            drop=4,
            order=lambda row: len(row_signs(row)),
            down=True,
        ),
    )


def _burden(state: State) -> Sequence[Column[ServiceRow]]:
    """Return what a service still asks of citizens, and what share it and all heavier ones carry."""
    language, burdens = state.language, state.facts.burdens
    unknown = (None, None)

    def visits(row: ServiceRow) -> float | None:
        return burdens.get(row.key, unknown)[0]

    def share(row: ServiceRow) -> float | None:
        return burdens.get(row.key, unknown)[1]

    return (
        Column(
            "burden",
            language.text("Visits/yr"),
            lambda row, _: [(language.number(visits(row), 0), "strong")],
            9,
            align="right",
            drop=1,
            order=visits,
            down=True,
        ),
        Column(
            "share",
            language.text("Σ"),
            lambda row, _: [(language.percent(share(row), 0), "quiet")],
            4,
            align="right",
            drop=3,
            order=share,
            full_name=language.text("Running share of visits"),
        ),
    )


def _asking(state: State) -> Sequence[Column[ServiceRow]]:
    language = state.language
    return (
        Column(
            "visits",
            language.text("Visits"),
            lambda row, _: [(language.plain(row.at.visits), "")],
            9,
            align="right",
            drop=6,
            order=lambda row: row.at.visits,
            down=True,
        ),
        Column(
            "process",
            language.text("Process"),
            lambda row, _: [(language.plain(row.at.days), "")],
            7,
            align="right",
            drop=7,
            order=lambda row: row.at.days,
            down=True,
        ),
    )


def _application(state: State) -> Column[ServiceRow]:
    applications = state.register.applications

    def named(row: ServiceRow) -> str:
        application = applications.get(row.service.application or "")
        return safe_line(application.name) if application else ""

    return Column(
        "application",
        state.language.text("Application"),
        lambda row, _: [(named(row), "quiet")],
        14,
        grow=1,
        drop=5,
        order=lambda row: named(row).casefold() or None,
    )


def closed_columns(language: Language) -> Sequence[Column[ClosedRow]]:
    """Return the columns, their labels in the user's language."""
    text = language.text
    return (
        *named_columns(language, grow=3, drop=1),
        Column(
            "since",
            text("Closed from"),
            lambda row, _: [(language.date(row.closure.start), "warn")],
            17,
            order=lambda row: row.closure.start,
            down=True,
        ),
        Column(
            "why",
            text("Why"),
            lambda row, _: [(safe_line(row.why.replace("\n", " ")), "")],
            14,
            grow=5,
        ),
        Column(
            "stage",
            text("Stage"),
            lambda row, _: [stage_piece(row.stage, language)],
            15,
            drop=2,
            order=lambda row: row.stage.points,
        ),
    )
