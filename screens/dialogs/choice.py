"""A few words side by side, of which one holds: by arrows, by its first letter, by a click."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from screens.dialogs.form import Option
from tracker.text import normalize_name, visible

ON, OFF = "● ", "○ "


class Choice(Widget, can_focus=True):
    """The options in as many lines as they need, each with a sign that tells whether it holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    class Changed(Message):
        """Another option holds now."""

    def __init__(self, options: Sequence[Option], value: Any) -> None:
        super().__init__()
        self.options = options
        self.at = next(
            (i for i, option in enumerate(options) if option.value == value), -1
        )

    @property
    def value(self) -> Any:
        """What the option that holds gives; None where none does yet."""
        return self.options[self.at].value if self.at >= 0 else None

    def choose(self, index: int) -> None:
        """Let another option hold."""
        if index != self.at:
            self.at = index
            self.refresh(layout=True)
            self.post_message(self.Changed())

    def action_step(self, step: int) -> None:
        """Go to the next option, round at the ends."""
        self.choose(
            (max(self.at, -1 if step > 0 else 0) + step) % len(self.options)
        )

    def on_key(self, event: events.Key) -> None:
        """Choose the next option that begins with the letter."""
        if not (
            event.is_printable and event.character and event.character.strip()
        ):
            return
        size = len(self.options)
        for step in range(1, size + 1):
            place = (self.at + step) % size
            if normalize_name(self.options[place].word).startswith(
                event.character.casefold()
            ):
                self.choose(place)
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        place = event.style.meta.get("option")
        if isinstance(place, int):
            self.choose(place)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the whole width."""
        return container.width

    def get_content_height(
        self, container: Size, viewport: Size, width: int
    ) -> int:
        """Take as many lines as the options need."""
        return len(self._draw_lines(width))

    def _draw_lines(self, width: int) -> list[list[int]]:
        lines: list[list[int]] = [[]]
        used = 0
        for place, option in enumerate(self.options):
            size = cell_len(ON + option.word) + 2
            if lines[-1] and used + size - 2 > width:
                lines.append([])
                used = 0
            lines[-1].append(place)
            used += size
        return lines

    def render(self) -> Content:
        """Return the options, the one that holds in bold."""
        lines = self._draw_lines(max(1, self.content_size.width))
        return Content("\n").join(
            Content("  ").join(map(self._draw_option, line)) for line in lines
        )

    def _draw_option(self, index: int) -> Content:
        holds = index == self.at
        style = Style(
            bold=holds, dim=not holds and self.at >= 0
        ) + Style.from_meta({"option": index})
        drawn = Content.styled(
            (ON if holds else OFF) + visible(self.options[index].word), style
        )
        return drawn.truncate(max(1, self.content_size.width), ellipsis=True)
