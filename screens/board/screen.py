"""The services by stage: three columns of cards, moved one by one or many together."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from screens.base_screen import bindings_for
from screens.board.cards import (
    ORDERS,
    card_in_full,
    card_of,
    column_title,
    count_other_stages,
    family_card,
    family_in_full,
    order_sign,
    sort_cards,
)
from screens.empty_state import NO_SERVICES, empty_state_lines
from screens.families import (
    FamilyRow,
    Grouped,
    expand_families,
    family_sizes,
    group_families,
)
from screens.filter import NO_FILTER
from screens.navigation import Destination, FamilyLine, ServicePage
from screens.rows import ServiceRow
from screens.selection import Selection, select_destinations
from screens.stepping import SteppingScreen
from screens.widgets.cards import Card, CardList
from screens.widgets.detail import Detail
from screens.widgets.lines import LineList, LineView
from tracker.model import Stage

_STAGES = tuple(Stage)
NARROW = 80
"""Cells below which there is room for one column alone."""


class BoardScreen(SteppingScreen):
    """The third screen: a column for each stage."""

    screen_name = "board"
    shows_figures = False
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("board")

    def __init__(self) -> None:
        super().__init__()
        self.order = 0
        self.turned = False
        self._filter = NO_FILTER
        self._families: dict[FamilyLine, FamilyRow] = {}

    def compose_body(self) -> Iterable[Widget]:
        """Return the columns, the card under the cursor in full, and the lines of an empty board."""
        yield Horizontal(
            *(CardList(id=stage.value) for stage in _STAGES),
            id="board",
        )
        yield Detail()
        yield LineList(id="nothing")

    @property
    def columns(self) -> list[CardList]:
        """The columns, in the order of the stages."""
        return [
            self.query_one(f"#{stage.value}", CardList) for stage in _STAGES
        ]

    @property
    def active_index(self) -> int:
        """The place of the column that the keys go to."""
        return next(
            (
                place
                for place, column in enumerate(self.columns)
                if column.has_class("-here")
            ),
            0,
        )

    def show_state(self) -> None:
        """Show the cards of the filtered services."""
        state, rows = self.state, self.state.filtered_services()
        nothing = self.query_one("#nothing", LineList)
        self.query_one("#board").display = self.query_one(Detail).display = (
            bool(rows)
        )
        nothing.display = not rows
        if not rows:
            nothing.show(
                empty_state_lines(
                    state,
                    NO_SERVICES,
                    ("add_service", "import"),
                ),
            )
            if not self._typing:
                self.set_focus(nothing)
            return
        self._show_cards(rows)
        narrowed, self._filter = self._filter is not state.filter, state.filter
        here = self.focused
        is_lost = not isinstance(here, CardList) or not here.keys()
        if not self._typing and (narrowed or is_lost):
            self.focus_column(self._first_column(rows))
        self._show_card_detail()

    @property
    def _typing(self) -> bool:
        """Whether the user types in a field: no list may take the focus then."""
        return isinstance(self.focused, Input)

    def _first_column(self, rows: Sequence[ServiceRow]) -> int:
        """Return the column that last had the focus, or the first with a card."""
        filled = {row.at.points for row in rows}
        return self.active_index if self.active_index in filled else min(filled)

    def _show_cards(self, rows: Sequence[ServiceRow]) -> None:
        language = self.language
        self._families.clear()
        sizes = family_sizes(rows)
        order = order_sign(ORDERS[self.order], language, reverse=self.turned)
        rows_in: dict[Stage, list[ServiceRow]] = {
            stage: [] for stage in _STAGES
        }
        for row in rows:
            rows_in[row.at.stage].append(row)
        for stage, column in zip(_STAGES, self.columns, strict=True):
            there = rows_in[stage]
            cards = sort_cards(
                group_families(there, sizes),
                ORDERS[self.order],
                reverse=self.turned,
            )
            title = column_title(stage, len(there), language)
            aside = (
                count_other_stages(rows, stage, language)
                if self.size.width < NARROW
                else ((f"{order} ", "quiet"),)
            )
            keys = self._keys_shown(cards, stage)
            column.show(title, aside, keys, self._card_of)

    def _keys_shown(
        self,
        cards: Sequence[Grouped],
        stage: Stage,
    ) -> list[Destination]:
        """Return what the cards open, an open family's members after it."""
        keys: list[Destination] = []
        for row in cards:
            if isinstance(row, ServiceRow):
                keys.append(row.page)
                continue

            family = FamilyLine(row.name, stage.value)
            self._families[family] = row
            keys.append(family)
            if row.name in self.state.open_families:
                keys += [member.page for member in row.members]
        return keys

    def _card_of(self, key: Destination) -> Card:
        row, language = self._find_row(key), self.language
        if isinstance(row, FamilyRow):
            is_open = row.name in self.state.open_families
            return family_card(
                row,
                row.members[0].stage,
                language,
                is_open=is_open,
            )
        assert row is not None
        return card_of(row, language)

    def _find_row(self, key: Destination | None) -> Grouped | None:
        """Return the service or family of a card."""
        if isinstance(key, ServicePage):
            return self.state.facts.row_of.get(key.key)
        return self._families.get(key) if isinstance(key, FamilyLine) else None

    def on_resize(self) -> None:
        """Draw the heads for the new width."""
        if self.is_current:
            self.call_after_refresh(self.show_state)

    def focus_column(self, index: int) -> None:
        """Focus a column; on a narrow screen it is the only visible one."""
        for other, column in enumerate(self.columns):
            column.set_class(other == index, "-here")
        self.set_focus(self.columns[index])
        self._show_card_detail()
        self.redraw_frame()

    def _show_card_detail(self) -> None:
        """Show the card under the cursor in full."""
        row = self._find_row(self.columns[self.active_index].key)
        language = self.language
        if isinstance(row, FamilyRow):
            lines = family_in_full(row, language)
        else:
            lines = card_in_full(row, language) if row else ()
        self.query_one(Detail).show(lines)

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Follow the cursor."""
        self._show_card_detail()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the focus, also if a click has moved it."""
        column = event.widget
        # The event may come late, when the focus has gone on to another column.
        if column is not self.focused or not isinstance(column, CardList):
            return
        if not column.has_class("-here"):
            self.focus_column(self.columns.index(column))

    def focus_list(self) -> None:
        """Focus the column that had the focus."""
        if self.query_one("#board").display:
            self.focus_column(
                self._first_column(self.state.filtered_services()),
            )
        else:
            super().focus_list()

    def current_selection(self) -> Selection:
        """Return the marked cards of all columns, else the one under the cursor.

        A family's card stands for its members in that stage.
        """
        if not self.query_one("#board").display:
            return Selection()
        marked = [
            key
            for column in self.columns
            if column.marks
            for key in column.chosen_keys()
        ]
        chosen = marked or self.columns[self.active_index].chosen_keys()
        return select_destinations(
            expand_families(chosen, self.state.filtered_services()),
        )

    def open_line(self, event: LineView.Opened) -> None:
        """Open the service; of a family, show or hide its members."""
        if isinstance(event.key, FamilyLine):
            self.state.open_families ^= {event.key.name}
            self.show_state()
        else:
            super().open_line(event)

    def do_back(self) -> None:
        """Take marks away in every column, else leave."""
        unmarked = [column.unmark() for column in self.columns]
        if not any(unmarked):
            super().do_back()

    def go_to_line(self, destination: Destination) -> bool:
        """Put the cursor on a service's card, or on that of its family; return whether there is one."""
        wanted = [destination]
        row = self._find_row(destination)
        if isinstance(row, ServiceRow):
            wanted.append(FamilyLine(row.service.family, row.stage.value))
        for key in wanted:
            for index, column in enumerate(self.columns):
                if column.move_to_key(key):
                    self.focus_column(index)
                    return True
        return False

    def do_left(self) -> None:
        """Go to the nearest column before that has cards."""
        self._focus_first_filled(reversed(range(self.active_index)))

    def do_right(self) -> None:
        """Go to the nearest column after that has cards."""
        self._focus_first_filled(range(self.active_index + 1, len(_STAGES)))

    def _focus_first_filled(self, indexes: Iterable[int]) -> None:
        for index in indexes:
            if self.columns[index].keys():
                self.focus_column(index)
                return

    def do_sort(self) -> None:
        """Put the cards in the next order."""
        self.order, self.turned = (self.order + 1) % len(ORDERS), False
        self.show_state()

    def do_reverse(self) -> None:
        """Turn the order round."""
        self.turned = not self.turned
        self.show_state()
