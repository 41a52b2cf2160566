"""The columns of a table in which families are one row each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from screens.families import FamilyRow, Grouped, key_of_row
from screens.figures.pieces import STAGE_SIGNS
from screens.services.columns import service_columns
from screens.state import State
from screens.widgets.paint import Line, safe_line
from screens.widgets.table import Column
from tracker.language import Language
from tracker.narration.counts import count_opds

CLOSED, OPEN = "▸", "▾"
"""The signs before a family's name."""

Cell = Callable[[FamilyRow], Line]
Order = Callable[[FamilyRow], Any]


def grouped_columns(state: State) -> Sequence[Column[Grouped]]:
    """Return the columns of services, each with what it says of a family."""
    cells = _family_cells(state)
    columns = [
        _grouped_column(column, *cells.get(column.id, (_empty_cell, _no_order)))
        for column in service_columns(state)
        if column.id != "share"
    ]
    columns[0] = _indent_members(columns[0], state)
    after_burden = 1 + [column.id for column in columns].index("burden")
    columns.insert(after_burden, _share_column(state))
    return columns


def _indent_members(column: Column[Grouped], state: State) -> Column[Grouped]:
    """Return the column of names with those of an open family's members set in."""
    shown_open = state.open_families & state.facts.families.keys()

    def cell(row: Grouped, width: int) -> Line:
        line = column.cell(row, width)
        is_member = (
            not isinstance(row, FamilyRow) and row.service.family in shown_open
        )
        return [("  ", ""), *line] if is_member else line

    return replace(column, cell=cell)


def _share_column(state: State) -> Column[Grouped]:
    """Return the column of what part of all burden a row and all heavier ones carry."""
    language, shares = state.language, state.facts.row_shares

    def share(row: Grouped) -> float | None:
        return shares.get(key_of_row(row))

    def cell(row: Grouped, width: int) -> Line:
        is_member = isinstance(row, FamilyRow) or row.service.family
        if share(row) is None and is_member:
            # The family's own row carries the share of its members.
            return ()
        return [(language.percent(share(row), 0), "quiet")]

    return Column(
        "share",
        language.text("Σ"),
        cell,
        4,
        align="right",
        drop=3,
        order=share,
    )


def _grouped_column(
    column: Column[Any],
    cell: Cell,
    order: Order,
) -> Column[Grouped]:
    def cell_of(row: Grouped, width: int) -> Line:
        if isinstance(row, FamilyRow):
            return cell(row)
        return column.cell(row, width)

    def order_of(row: Grouped) -> Any:
        if isinstance(row, FamilyRow):
            return order(row)
        return column.order(row) if column.order else None

    return replace(column, cell=cell_of, order=column.order and order_of)


def _family_cells(state: State) -> dict[str, tuple[Cell, Order]]:
    """Return what a family's row says in each column, and how it is sorted by it."""
    language, burdens = state.language, state.facts.burdens

    def name(row: FamilyRow) -> Line:
        sign = OPEN if row.name in state.open_families else CLOSED
        return [(f"{sign} ", "key"), (safe_line(row.name), "")]

    def opds(row: FamilyRow) -> Line:
        count = len({member.opd.id for member in row.members})
        said = count_opds(count, language)
        return [(said, "quiet")]

    def burden(row: FamilyRow) -> float | None:
        known = [
            burdens[member.key][0]
            for member in row.members
            if member.key in burdens
        ]
        return sum(known) if known else None

    def days(row: FamilyRow) -> int:
        return row.longest.at.days_in_stage

    return {
        "name": (name, lambda row: row.name.casefold()),
        "opd": (opds, lambda row: row.members[0].opd.name.casefold()),
        "stage": (
            lambda row: family_stage(row, language),
            lambda row: row.points,
        ),
        "days": (
            lambda row: [(language.number(days(row), 0), "quiet")],
            days,
        ),
        "burden": (
            lambda row: [(language.number(burden(row), 0), "strong")],
            burden,
        ),
    }


def family_stage(row: FamilyRow, language: Language) -> Line:
    """Return how many members have reached the highest stage that any has reached."""
    highest = [one for one in row.members if one.stage == row.reached]
    said = language.text(
        "{n} of {every}",
        n=len(highest),
        every=len(row.members),
    )
    return [(f"{STAGE_SIGNS[row.reached]} {said}", row.reached.value)]


def _empty_cell(row: FamilyRow) -> Line:
    return ()


def _no_order(row: FamilyRow) -> None:
    return None
