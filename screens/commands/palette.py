"""The palette: every action, every OPD, application and service by a few letters."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from screens.commands.search import PaletteItem, find_items
from screens.host import host_of
from screens.navigation import Destination
from screens.widgets.lines import Item, LineList, LineView, text_item
from screens.widgets.paint import Line, clip, safe_line, spread, width_of
from screens.widgets.readline_input import ReadlineInput


class Palette(ModalScreen[Destination | None]):
    """Type some letters, Enter opens what is under the cursor; the result is what to open.

    ``offers`` is the msgid that says of what the entries are, ``now`` what the cursor stands on at first;
    ``preview`` is called with whatever it comes to stand on. ``find_more`` returns what can be found
    besides once something is typed: of a large register that takes longer than to open the palette.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
    ]

    def __init__(
        self,
        entries: Sequence[PaletteItem],
        offers: str,
        now: Destination | None = None,
        preview: Callable[[Destination], None] | None = None,
        find_more: Callable[[], Sequence[PaletteItem]] = tuple,
    ) -> None:
        super().__init__()
        self.entries, self.offers = entries, offers
        self.now, self.preview = now, preview
        self.find_more = find_more
        self.set_class(preview is not None, "-preview")

    def compose(self) -> ComposeResult:
        """Compose the line to type in and what it finds."""
        with Vertical():
            yield ReadlineInput(
                placeholder=self._translate(self.offers),
                compact=True,
            )
            yield FoundList()

    def _translate(self, msgid: str) -> str:
        return host_of(self).state.language.text(msgid)

    def on_mount(self) -> None:
        """Offer what is there before anything is typed."""
        self.query_one(LineList).can_focus = False
        self._show_matches("")
        if self.now is not None:
            self.query_one(LineList).move_to_key(self.now)

    @cached_property
    def _all_entries(self) -> Sequence[PaletteItem]:
        return (*self.entries, *self.find_more())

    def _show_matches(self, typed: str) -> None:
        entries = self._all_entries if typed.strip() else self.entries
        items = [_create_item(entry) for entry in find_items(entries, typed)]
        view = self.query_one(LineList)
        view.show(
            items
            or [
                text_item(
                    " " + self._translate("Nothing is called that."),
                    "quiet",
                ),
            ],
        )
        view.move_to(0)
        if typed and self.preview and view.key is not None:
            self.preview(view.key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed."""
        self._show_matches(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what is under the cursor."""
        key = self.query_one(LineList).key
        if key is not None:
            self.dismiss(key)

    def on_line_view_moved(self, event: LineView.Moved) -> None:
        """Show at once what choosing this would do."""
        if self.preview and event.key is not None and self.is_current:
            self.preview(event.key)

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
    """The found items: the name takes the room it needs, and the detail what is left."""

    def line_at(self, index: int, width: int) -> Line:
        """Return the pieces of a line, its end clipped if the name needs the room."""
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
