"""The bar that shows the filter, and the line in which it is typed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.suggester import Suggester
from textual.widgets import Input

from screens.commands.keys import keys_of, shown_key
from screens.commands.registry import BY_ID
from screens.filter import examples
from screens.filter_values import complete_filter, describe_unknown
from screens.host import Host, host_of
from screens.widgets.paint import (
    Line,
    Picture,
    Piece,
    safe_line,
    spread,
    width_of,
)
from screens.widgets.readline_input import ReadlineInput
from tracker.narration.counts import count_services


class FilterSuggester(Suggester):
    """Offers the rest of a field, a value or a flag while its first letters are typed."""

    def __init__(self, host: Callable[[], Host]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._host = host

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole text with its last word completed."""
        return complete_filter(value, self._host().state)


class FilterInput(ReadlineInput):
    """The input of the filter: every letter shows its effect, Escape restores the old filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("tab", "complete", show=False),
    ]

    def __init__(self) -> None:
        suggester = FilterSuggester(lambda: host_of(self))
        super().__init__(compact=True, suggester=suggester)

    def take_late(self, event: events.Key) -> None:
        """Type a letter that was on its way to the list when the filter was opened."""
        if event.is_printable and event.character is not None:
            event.prevent_default()
            self.insert_text_at_cursor(event.character)

    def action_complete(self) -> None:
        """Take what is offered, which the right arrow takes too."""
        completed = complete_filter(self.value, host_of(self).state)
        if completed is not None:
            self.value = completed
            self.cursor_position = len(completed)

    def action_give_up(self) -> None:
        """Leave the filter as it was."""
        bar = self.query_ancestor(FilterBar)
        bar.close(bar.before)


class FilterText(Picture):
    """The filter in words, and how many services it shows."""

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """Return the line."""
        state = host_of(self).state
        language, wanted = state.language, state.filter
        if "closed" in wanted.flags:
            shown, every = len(state.filtered_closed()), len(state.facts.closed)
        else:
            shown, every = len(state.filtered_services()), len(state.facts.rows)

        counted = language.text(
            "{shown} of {every}",
            shown=shown,
            every=count_services(every, language),
        )
        left = [
            (f" {language.text('Filter')}: ", "warn"),
            (safe_line(wanted.describe(language)), "strong"),
        ]
        right = [(f" {counted} ", ""), *self._clear_button()]
        return (spread(left, right, width),)

    def _clear_button(self) -> list[Piece]:
        """Return the end of the line, which is clicked to clear the filter."""
        app, clear = host_of(self), BY_ID["clear_filter"]
        key = shown_key((keys_of(clear, app.keymap_of_user) or ("",))[0])
        return [
            (f" {key} ", "key"),
            (app.state.language.text(clear.label) + " ", ""),
        ]

    def on_click(self, event: events.Click) -> None:
        """Open the filter, or clear it if its button was clicked."""
        button_start = self.size.width - width_of(self._clear_button())
        clears = event.x >= button_start
        host_of(self).run_command("clear_filter" if clears else "filter")


class FilterBar(Horizontal):
    """One line under the header, shown while there is a filter."""

    before = ""

    def compose(self) -> ComposeResult:
        """Compose the text of the filter and its input."""
        yield FilterText()
        yield FilterInput()

    @property
    def host(self) -> Host:
        """The app, as its widgets see it."""
        return host_of(self)

    @property
    def typing(self) -> bool:
        """Whether the filter is being typed."""
        return self.has_class("-typing")

    def show(self) -> None:
        """Show the current filter."""
        self.set_class(bool(self.host.state.filter), "-filtered")
        # Figures may arrive before a screen that was just opened has composed.
        for text in self.query(FilterText):
            text.redraw()

    def open(self) -> None:
        """Show the input and focus it."""
        state = self.host.state
        self.before = state.filter.text
        box = self.query_one(FilterInput)
        box.placeholder = state.language.text(
            "Words, or {examples}",
            examples=" ".join(examples(state.language)),
        )
        # Setting the value is not typing: the filter stays as it is.
        with box.prevent(Input.Changed):
            box.value = self.before
        self.add_class("-typing")
        # Not `box.focus()`, which waits its turn: keys that arrived with this one come before.
        self.screen.set_focus(box)

    def close(self, text: str) -> None:
        """Set the filter to ``text``, and go back to the list."""
        self.remove_class("-typing")
        self.host.set_filter(text)
        for message in describe_unknown(text, self.host.state):
            self.host.show_message(message, severity="warning")
        self.host.focus_list()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the effect of what is being typed."""
        event.stop()
        if self.typing:
            self.host.set_filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed."""
        event.stop()
        self.close(event.value)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Keep what was typed when something else was clicked."""
        if self.typing:
            self.remove_class("-typing")
