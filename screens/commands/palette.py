"""The palette: every action, every OPD, application and service by a few letters."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from screens.commands.search import PaletteItem, find_items
from screens.host import host_of
from screens.navigation import Destination
from screens.widgets.lines import Item, LineList, LineView
from screens.widgets.paint import Line, clip, safe_line, spread, width_of


class Palette(ModalScreen[Destination | None]):
    """Type some letters, Enter opens what is under the cursor; the result is what to open.

    ``offers`` is the msgid that says of what the entries are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
    ]

    def __init__(self, entries: Sequence[PaletteItem], offers: str) -> None:
        super().__init__()
        self.entries, self.offers = entries, offers

    def compose(self) -> ComposeResult:
        """Compose the line to type in and what it finds."""
        with Vertical():
            yield Input(placeholder=self._translate(self.offers), compact=True)
            yield FoundList()

    def _translate(self, msgid: str) -> str:
        return host_of(self).state.language.text(msgid)

    def on_mount(self) -> None:
        """Offer what is there before anything is typed."""
        self.query_one(LineList).can_focus = False
        self._show_matches("")

    def _show_matches(self, typed: str) -> None:
        items = [
            _create_item(entry) for entry in find_items(self.entries, typed)
        ]
        view = self.query_one(LineList)
        view.show(
            items
            or [
                Item(
                    (
                        (
                            " " + self._translate("Nothing is called that."),
                            "quiet",
                        ),
                    )
                )
            ]
        )
        view.move_to(0)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed."""
        self._show_matches(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what is under the cursor."""
        key = self.query_one(LineList).key
        if key is not None:
            self.dismiss(key)

    def on_line_view_opened(self, event: LineView.Opened) -> None:
        """Open what was clicked."""
        event.stop()
        self.dismiss(event.key)

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(LineList).action_move(step)

    def action_leave(self) -> None:
        """Close the palette."""
        self.dismiss(None)


class FoundList(LineList):
    """What is found: its own name has the room, and what it belongs to has what is left of it."""

    def line_at(self, index: int, width: int) -> Line:
        """Return the pieces of a line, its end cut short where the name needs the room."""
        item = self.items[index]
        room = max(width - width_of(item.pieces), width // 4)
        return (
            spread(item.pieces, clip(item.end, room), width)
            if item.end
            else item.pieces
        )


def _create_item(entry: PaletteItem) -> Item:
    pieces = [(" " + safe_line(entry.text), "")]
    end = (
        (
            (
                " " + safe_line(entry.detail) + " ",
                "key" if entry.always else "quiet",
            ),
        )
        if entry.detail
        else ()
    )
    return Item(tuple(pieces), entry.opens, end)
