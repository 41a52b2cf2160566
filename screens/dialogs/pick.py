"""One of many, found by a few letters: what fits is offered under the field."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from screens.dialogs.form import Option
from screens.dialogs.options import find_options, suggest_options
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
        """Go through what is offered."""
        self.pick.step(step)

    async def action_submit(self) -> None:
        """Take what is offered, else go on."""
        if not self.pick.take_option():
            await super().action_submit()

    def on_blur(self, event: events.Blur) -> None:
        """Take the only one that fits when the field is left."""
        self.pick.leave()


class Pick(Vertical):
    """A line to type in, and beneath it what fits."""

    def __init__(
        self, options: Sequence[Option], value: Any, placeholder: str
    ) -> None:
        super().__init__()
        self.options = options
        self.placeholder = placeholder
        self.picked = next(
            (o for o in options if value is not None and o.value == value), None
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
        """What stands in the line."""
        return self.line.value

    @property
    def is_open(self) -> bool:
        """Tell whether anything is offered now."""
        return self.offers.has_class("-open")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits the letters."""
        if self.picked is None or option_label(self.picked) != event.value:
            self.picked = find_options(self.options, event.value)
        if (
            self.line.has_focus
            and event.value
            and (
                self.picked is None or option_label(self.picked) != event.value
            )
        ):
            self._show_options(event.value)
        else:
            self.close()

    def _show_options(self, typed: str) -> None:
        self._offered = suggest_options(self.options, typed)
        self.offers.clear_options().add_options(
            [_matched_label(option) for option in self._offered]
        )
        self.offers.set_class(bool(self._offered), "-open")
        self.offers.highlighted = 0 if self._offered else None

    def step(self, step: int) -> None:
        """Move in the list, or open it."""
        if not self.is_open:
            self._show_options("" if self.picked else self.typed)
        elif self.offers.highlighted is not None:
            self.offers.highlighted = (self.offers.highlighted + step) % len(
                self._offered
            )

    def take_option(self, index: int | None = None) -> bool:
        """Take what is offered at ``place``, else what is highlighted; tell whether there was any."""
        at = self.offers.highlighted if index is None else index
        if not self.is_open or at is None:
            return False
        self.picked = self._offered[at]
        self.line.value = option_label(self.picked)
        self.line.cursor_position = len(self.line.value)
        self.close()
        return True

    def leave(self) -> None:
        """Take the only one that fits, and offer nothing more."""
        if self.picked is None and self.is_open and len(self._offered) == 1:
            self.take_option(0)
        self.close()

    def close(self) -> None:
        """Offer nothing."""
        self.offers.remove_class("-open")

    def on_option_list_option_selected(
        self, event: OptionList.OptionSelected
    ) -> None:
        """Take what was clicked."""
        event.stop()
        self.take_option(event.option_index)
        self.line.focus()


def option_label(option: Option) -> str:
    """Return what stands in the line for an option."""
    return visible(option.name or option.word)


def _matched_label(option: Option) -> Content:
    if not option.name:
        return Content(visible(option.word))
    return Content.assemble(
        visible(option.name), (f"  {visible(option.word)}", "dim")
    )
