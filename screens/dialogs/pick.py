"""A choice among many, found by a few letters; fitting options are offered below."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from screens.dialogs.form import Option
from screens.dialogs.options import find_option, suggest_options
from screens.widgets.readline_input import ReadlineInput
from tracker.text import visible


class PickInput(ReadlineInput):
    """The line in which the letters are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "offer(1)", show=False),
        Binding("up", "offer(-1)", show=False),
    ]

    @property
    def pick(self) -> "Pick":
        """The field to which the line belongs."""
        return self.query_ancestor(Pick)

    def action_offer(self, step: int) -> None:
        """Move the cursor in the offered options."""
        self.pick.step(step)

    async def action_submit(self) -> None:
        """Take the highlighted option, and go on to the next field or button."""
        if self.pick.take_option():
            self.screen.focus_next()
        else:
            await super().action_submit()

    def on_blur(self, event: events.Blur) -> None:
        """Take the only fitting option when the field is left."""
        self.pick.leave()


class Pick(Vertical):
    """A line to type in, and beneath it what fits."""

    def __init__(
        self,
        options: Sequence[Option],
        value: Any,
        placeholder: str,
    ) -> None:
        super().__init__()
        self.options = options
        self.placeholder = placeholder
        self.picked = next(
            (o for o in options if value is not None and o.value == value),
            None,
        )
        self._offered: list[Option] = []

    def compose(self) -> ComposeResult:
        """Compose the line and the list."""
        first = option_label(self.picked) if self.picked else ""
        yield PickInput(first, placeholder=self.placeholder, compact=True)
        offers = OptionList(markup=False, compact=True)
        offers.can_focus = False
        yield offers

    @property
    def line(self) -> PickInput:
        """The line in which is typed."""
        return self.query_one(PickInput)

    @property
    def offers(self) -> OptionList:
        """The list of what fits."""
        return self.query_one(OptionList)

    @property
    def typed(self) -> str:
        """The text in the line."""
        return self.line.value

    @property
    def is_open(self) -> bool:
        """Whether options are offered now."""
        return self.offers.has_class("-open")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer the options that fit the letters."""
        typed = event.value
        if not self._is_picked(typed):
            self.picked = find_option(self.options, typed)
        if self.line.has_focus and typed and not self._is_picked(typed):
            self._show_options(typed)
        else:
            self.close()

    def _is_picked(self, typed: str) -> bool:
        return self.picked is not None and option_label(self.picked) == typed

    def _show_options(self, typed: str) -> None:
        self._offered = suggest_options(self.options, typed)
        self.offers.clear_options().add_options(
            [_matched_label(option) for option in self._offered],
        )
        self.offers.set_class(bool(self._offered), "-open")
        self.offers.highlighted = 0 if self._offered else None

    def step(self, step: int) -> None:
        """Move in the list, or open it."""
        highlighted = self.offers.highlighted
        if not self.is_open:
            self._show_options("" if self.picked else self.typed)
        elif highlighted is not None:
            self.offers.highlighted = (highlighted + step) % len(self._offered)

    def take_option(self, index: int | None = None) -> bool:
        """Take the option at ``index``, else the highlighted one.

        Returns False if none is offered.
        """
        at = self.offers.highlighted if index is None else index
        if not self.is_open or at is None:
            return False
        self.picked = self._offered[at]
        self.line.value = option_label(self.picked)
        self.line.cursor_position = len(self.line.value)
        self.close()
        return True

    def leave(self) -> None:
        """Take the only fitting option, and close the list."""
        if self.picked is None and self.is_open and len(self._offered) == 1:
            self.take_option(0)
        self.close()

    def close(self) -> None:
        """Close the list of options."""
        self.offers.remove_class("-open")

    def on_option_list_option_selected(
        self,
        event: OptionList.OptionSelected,
    ) -> None:
        """Take the option that was clicked."""
        event.stop()
        self.take_option(event.option_index)
        self.line.focus()


def option_label(option: Option) -> str:
    """Return the text of an option in the line."""
    return visible(option.name or option.word)


def _matched_label(option: Option) -> Content:
    if not option.name:
        return Content(visible(option.word))
    return Content.assemble(
        visible(option.name),
        (f"  {visible(option.word)}", "dim"),
    )
