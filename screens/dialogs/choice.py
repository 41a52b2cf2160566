"""A choice of a few words side by side: by arrows, by first letter, by click."""

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
_GAP = "  "


class Choice(Widget, can_focus=True):
    """The options in as many lines as they need, the chosen one marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    class Changed(Message):
        """Another option was chosen."""

    def __init__(self, options: Sequence[Option], value: Any) -> None:
        super().__init__()
        self.options = options
        self.at = next(
            (i for i, option in enumerate(options) if option.value == value),
            -1,
        )

    @property
    def value(self) -> Any:
        """The value of the chosen option; None if none is chosen yet."""
        return self.options[self.at].value if self.at >= 0 else None

    def choose(self, index: int) -> None:
        """Choose an option."""
        if index != self.at:
            self.at = index
            self.refresh(layout=True)
            self.post_message(self.Changed())

    def action_step(self, step: int) -> None:
        """Go to the next option, round at the ends."""
        # Nothing is chosen yet at -1: a step back from there goes to the last.
        start = max(self.at, -1 if step > 0 else 0)
        self.choose((start + step) % len(self.options))

    def on_key(self, event: events.Key) -> None:
        """Choose the next option that begins with the letter."""
        typed = event.character or ""
        if not event.is_printable or not typed.strip():
            return

        count = len(self.options)
        for step in range(1, count + 1):
            index = (self.at + step) % count
            word = normalize_name(self.options[index].word)
            if word.startswith(typed.casefold()):
                self.choose(index)
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        index = event.style.meta.get("option")
        if isinstance(index, int):
            self.choose(index)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Take the whole width."""
        return container.width

    def get_content_height(
        self,
        container: Size,
        viewport: Size,
        width: int,
    ) -> int:
        """Take as many lines as the options need."""
        return len(self._break_lines(width))

    def _break_lines(self, width: int) -> list[list[int]]:
        """Return the indexes of the options in each line."""
        lines: list[list[int]] = [[]]
        used = 0
        for index, option in enumerate(self.options):
            size = cell_len(ON + option.word) + len(_GAP)
            if lines[-1] and used + size - len(_GAP) > width:
                lines.append([])
                used = 0
            lines[-1].append(index)
            used += size

        return lines

    def render(self) -> Content:
        """Return the options, the chosen one in bold."""
        lines = [
            Content(_GAP).join(map(self._draw_option, line))
            for line in self._break_lines(max(1, self.content_size.width))
        ]
        return Content("\n").join(lines)

    def _draw_option(self, index: int) -> Content:
        chosen = index == self.at
        looks = Style(bold=chosen, dim=not chosen and self.at >= 0)
        style = looks + Style.from_meta({"option": index})
        sign = ON if chosen else OFF
        drawn = Content.styled(sign + visible(self.options[index].word), style)
        return drawn.truncate(max(1, self.content_size.width), ellipsis=True)
