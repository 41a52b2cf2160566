"""A column of the board: cards of two lines each, drawn line by line so that any number opens at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from screens.navigation import Destination
from screens.widgets.lines import LineView
from screens.widgets.paint import Line, Piece, clip, spread, width_of

TALL = 2
"""Lines that a card takes."""
ROOMY = 36
"""Cells from which on a column has room for an OPD's full name."""


@dataclass(frozen=True)
class Card:
    """A card: what it opens, its name; under it whose it is, in full and in short, and what ends the line."""

    opens: Destination
    name: str
    whose: str
    short: str
    end: tuple[Piece, ...]


class CardList(LineView):
    """A column of cards; the cursor goes from card to card, the head names the column."""

    head = 1

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.there: Sequence[Destination] = ()
        self.title: tuple[Line, Line] = ((), ())
        self.card_of: Callable[[Destination], Card] | None = None

    def show(
        self,
        title: Line,
        aside: Line,
        keys: Sequence[Destination],
        card_of: Callable[[Destination], Card],
    ) -> None:
        """Show other cards; the cursor stays on its card, or at its index if that is gone.

        ``card_of`` creates a card by its key when it becomes visible.
        """
        key, self.there, self.title, self.card_of = (
            self.key,
            keys,
            (title, aside),
            card_of,
        )
        self.lines_changed(key)

    def count(self) -> int:
        """Count the lines."""
        return TALL * len(self.there)

    def destination_at(self, index: int) -> Destination | None:
        """Return what a card opens at its first line, nothing at its others."""
        return self.there[index // TALL] if index % TALL == 0 else None

    def index_of(self, key: Destination) -> int:
        """Return the first line of the card that opens ``key``; raise ``ValueError`` if none does."""
        return TALL * self.there.index(key)

    def line_at(self, index: int, width: int) -> Line:
        """Return a line of a card: its name, or what stands under it."""
        if self.card_of is None:
            return ()
        card = self.card_of(self.there[index // TALL])
        if index % TALL:
            end = (*card.end, (" ", ""))
            whose: Piece = (f"  {card.whose}", "quiet")
            if width < ROOMY or width_of((whose, *end)) > width:
                whose = (f"  {card.short}", "quiet")
            return spread((whose,), end, width)
        return (
            ("◉" if card.opens in self.marks else " ", "key"),
            (card.name, ""),
        )

    def text_at(self, index: int) -> str:
        """Return a card as plain text."""
        first = index - index % TALL
        return "\t".join(
            super(CardList, self).text_at(p) for p in range(first, first + TALL)
        )

    def head_at(self, y: int, width: int) -> Line:
        """Return the column's name and count."""
        title, aside = self.title
        shown = [
            (text, "here" if self.has_focus and role != "quiet" else role)
            for text, role in title
        ]
        return (
            spread(shown, aside, width)
            if width_of((*title, *aside)) <= width
            else shown
        )

    def keys(self) -> list[Destination]:
        """Return what can be opened."""
        return list(self.there)

    def first_line_of(self, index: int) -> int:
        """Return a card's first line for any of its lines."""
        return index - index % TALL

    def render_line(self, y: int) -> Strip:
        """Return one line of cells: cursor and marks lie over the whole card."""
        place = y - self.head + round(self.scroll_y)
        if y < self.head or not 0 <= place < self.count():
            return super().render_line(y)
        width = self.drawn_width
        first = self.first_line_of(place)
        over: Style | None = None
        if first == self.cursor and self.shows_cursor:
            over = self.component_style("lines--cursor")
        elif self.there[place // TALL] in self.marks:
            over = self.component_style("lines--marked")
        return self.create_strip(
            clip(self.line_at(place, width), width),
            width,
            over,
        )

    def _scroll_to_line(self, index: int) -> None:
        """Keep all lines of a card in sight."""
        super()._scroll_to_line(index)
        super()._scroll_to_line(min(index + TALL, self.count()) - 1)
