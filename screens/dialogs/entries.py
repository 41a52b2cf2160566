"""A field on the screen: its label, its entry and its message."""

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
"""Types of fields whose short entry leaves room beside it."""
_HINT_BESIDE = _SHORT - {FieldType.DATE}
"""Types whose hint is beside the entry; of a date its meaning is there."""


class Row(Painted):
    """One field; ``touched`` is True after something was typed into it.

    It draws its label and aside itself, around its one child: with a widget for each,
    dialogs opened noticeably slower.
    """

    def __init__(
        self,
        field: Field,
        language: Language,
        aside: str = "",
    ) -> None:
        super().__init__(classes="-short" if field.ask in _SHORT else None)
        self.field = field
        self.label = language.text(field.label)
        if field.required:
            self.label += "*"
        asides = [aside] if aside else []
        if field.hint and field.ask in _HINT_BESIDE:
            asides.append(language.text(field.hint))
        self.aside = visible(", ".join(asides))
        self.touched = False
        self.entry = _create_entry(field, language)
        self.message: Static | None = None

    def compose(self) -> ComposeResult:
        """Compose the entry."""
        yield self.entry

    def redraw(self) -> None:
        """Draw again for another width; show a text without focus from its start."""
        target = self.target
        if isinstance(target, Input) and not target.has_focus:
            target.cursor_position = 0
        self.refresh()

    def render(self) -> Text:
        """Draw the label before the entry, and the aside after it."""
        entry = self.entry.region
        top, left = entry.y - self.region.y, entry.x - self.region.x
        name = "row--here" if self.has_focus_within else "row--label"
        label = Text(self.label, self.component_style(name), no_wrap=True)
        label.truncate(max(0, left - 1), overflow="ellipsis", pad=True)
        line = Text("\n" * max(0, top)).append_text(label)

        if self.aside and self.field.ask in _SHORT:
            room = self.size.width - left - entry.width - 2
            aside = Text(self.aside, self.component_style("row--aside"))
            aside.truncate(max(0, room), overflow="ellipsis")
            line.append(" " * (1 + entry.width + 1))
            line.append_text(aside)

        return line

    @property
    def target(self) -> Widget:
        """The widget that takes the focus."""
        return self.entry.line if isinstance(self.entry, Pick) else self.entry

    @property
    def filled(self) -> Typed:
        """The content of the entry, before it is read."""
        entry = self.entry
        if isinstance(entry, Choice):
            return Typed(entry.value, touched=self.touched)
        if isinstance(entry, TextArea):
            return Typed(entry.text, touched=self.touched)
        if isinstance(entry, Pick):
            value = entry.picked.value if entry.picked else None
            unknown = "" if entry.picked else entry.typed.strip()
            return Typed(value, unknown, entry.is_open, self.touched)

        return Typed(entry.value, touched=self.touched)

    @property
    def wrong(self) -> str:
        """The error shown; empty if there is none."""
        if self.message is None or not self.message.display:
            return ""
        return str(self.message.content)

    def show_note(self, wrong: str = "", meaning: str = "") -> None:
        """Show an error under the field, and the meaning of its value beside it."""
        if wrong and self.message is None:
            self.message = Static(classes="message")
            self.mount(self.message)
        if self.message is not None:
            self.message.update(Content(WRONG + wrong if wrong else ""))
            self.message.display = bool(wrong)

        explained = self.field.ask in {FieldType.DATE, FieldType.WEEK}
        if explained and meaning != self.aside:
            self.aside = meaning
            self.refresh()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Highlight the label."""
        self.refresh()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """End the label's highlight."""
        self.refresh()


def _create_entry(
    field: Field,
    language: Language,
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
            keeps_lines = field.ask is FieldType.LINES
            return LineInput(
                format_value(field, language),
                joined_by=f" {LINE_SIGN} " if keeps_lines else " ",
                placeholder="" if field.ask in _HINT_BESIDE else hint,
                compact=True,
            )
