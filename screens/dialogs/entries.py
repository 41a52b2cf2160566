"""A field on the screen: its label, where it is filled in, and what is said of it."""

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.dialogs.checking import WRONG, Typed
from screens.dialogs.choice import Choice
from screens.dialogs.form import Field, FieldType, Option
from screens.dialogs.formatting import format_value
from screens.dialogs.line_input import LINE_SIGN, LineInput
from screens.dialogs.pick import Pick
from screens.widgets.paint import Painted
from tracker.language import Language
from tracker.text import visible

_SHORT = {
    FieldType.DATE,
    FieldType.WEEK,
    FieldType.MEASURE,
    FieldType.NUMBER,
    FieldType.WHOLE,
    FieldType.YEAR,
}
"""Fields that leave room beside them."""


class Row(Painted):
    """One field; ``touched`` tells whether something was typed into it.

    It draws label and aside itself around its one child: a widget less each is felt when dialogs open.
    """

    def __init__(
        self, field: Field, language: Language, aside: str = ""
    ) -> None:
        super().__init__(classes="-short" if field.ask in _SHORT else None)
        self.field = field
        self.label = language.text(field.label) + (
            "*" if field.required else ""
        )
        hint = (
            language.text(field.hint)
            if field.ask in _SHORT - {FieldType.DATE}
            else ""
        )
        self.aside = visible(", ".join(filter(None, (aside, hint))))
        self.touched = False
        self.entry = _create_entry(field, language)
        self.message: Static | None = None

    def compose(self) -> ComposeResult:
        """Compose the entry."""
        yield self.entry

    def redraw(self) -> None:
        """Draw anew for another width, a text that is not being typed from its beginning."""
        target = self.target
        if isinstance(target, Input) and not target.has_focus:
            target.cursor_position = 0
        self.refresh()

    def render(self) -> Text:
        """Draw the label before the entry, and what is said beside it."""
        top, left = (
            self.entry.region.y - self.region.y,
            self.entry.region.x - self.region.x,
        )
        name = "row--here" if self.has_focus_within else "row--label"
        label = Text(self.label, self.component_style(name), no_wrap=True)
        label.truncate(max(0, left - 1), overflow="ellipsis", pad=True)
        line = Text("\n" * max(0, top)).append_text(label)
        if self.aside and self.field.ask in _SHORT:
            room = self.size.width - left - self.entry.region.width - 2
            aside = Text(self.aside, self.component_style("row--aside"))
            aside.truncate(max(0, room), overflow="ellipsis")
            line.append(" " * (1 + self.entry.region.width + 1)).append_text(
                aside
            )
        return line

    @property
    def target(self) -> Widget:
        """What takes the focus."""
        return self.entry.line if isinstance(self.entry, Pick) else self.entry

    @property
    def filled(self) -> Typed:
        """What stands in the entry, unread."""
        entry = self.entry
        if isinstance(entry, Choice):
            return Typed(entry.value, touched=self.touched)
        if isinstance(entry, Pick):
            value = entry.picked.value if entry.picked else None
            unknown = "" if entry.picked else entry.typed.strip()
            return Typed(value, unknown, entry.is_open, self.touched)
        return Typed(
            entry.text if isinstance(entry, TextArea) else entry.value,
            touched=self.touched,
        )

    @property
    def wrong(self) -> str:
        """What is said to be wrong; empty where nothing is."""
        return (
            str(self.message.content)
            if self.message is not None and self.message.display
            else ""
        )

    def show_note(self, wrong: str = "", meaning: str = "") -> None:
        """Say what is wrong beneath the field, and what it means beside it."""
        if wrong and self.message is None:
            self.message = Static(classes="message")
            self.mount(self.message)
        if self.message is not None:
            self.message.update(Content(WRONG + wrong if wrong else ""))
            self.message.display = bool(wrong)
        if (
            self.field.ask in {FieldType.DATE, FieldType.WEEK}
            and meaning != self.aside
        ):
            self.aside = meaning
            self.refresh()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Light the label up."""
        self.refresh()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Let the label go back."""
        self.refresh()


def _create_entry(
    field: Field, language: Language
) -> Choice | Pick | TextArea | Input:
    hint = language.text(field.hint)
    match field.ask:
        case FieldType.CHOICE:
            return Choice(field.options(), field.value)
        case FieldType.SWITCH:
            options = (
                Option(False, language.text("No")),
                Option(True, language.text("Yes")),
            )
            return Choice(options, bool(field.value))
        case FieldType.PICK:
            return Pick(
                field.options(),
                field.value,
                hint or language.text("Type a few letters"),
            )
        case FieldType.LONG:
            return TextArea(
                format_value(field, language),
                compact=True,
                placeholder=Content(hint),
            )
        case _:
            beside = field.ask in _SHORT - {FieldType.DATE}
            return LineInput(
                format_value(field, language),
                joined_by=f" {LINE_SIGN} "
                if field.ask is FieldType.LINES
                else " ",
                placeholder="" if beside else hint,
                compact=True,
            )
