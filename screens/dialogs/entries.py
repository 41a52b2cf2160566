"""A field on the screen: its label, where it is filled in, and what is said of it."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.dialogs.checking import WRONG, Typed
from screens.dialogs.choice import Choice
from screens.dialogs.form import Ask, Field, Option
from screens.dialogs.pick import Pick
from screens.dialogs.showing import shown
from tracker.language import Language
from tracker.text import visible


class Row(Vertical):
    """One field; ``touched`` tells whether something was typed into it."""

    def __init__(self, field: Field, language: Language, aside: str = "", head: str = "") -> None:
        super().__init__(classes=f"-{field.ask.name.lower()}")
        self.field = field
        self.language = language
        self.first_aside = aside
        self.head = head
        self.touched = False
        self.entry = _entry(field, language)

    def compose(self) -> ComposeResult:
        """Compose label, entry, what is said beside it and beneath it."""
        mark = "*" if self.field.required else ""
        if self.head:
            yield Static(Content(visible(self.head)), classes="head")
        with Horizontal():
            yield Static(Content(self.language.text(self.field.label) + mark), classes="label")
            yield self.entry
            yield Static(Content(visible(self.first_aside)), classes="aside")
        yield Static(classes="message")

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
        return Typed(entry.text if isinstance(entry, TextArea) else entry.value, touched=self.touched)

    def say(self, wrong: str = "", meaning: str = "") -> None:
        """Say what is wrong beneath the field, and what it means beside it."""
        message = self.query_one(".message", Static)
        message.update(Content(WRONG + wrong if wrong else ""))
        message.set_class(bool(wrong), "-wrong")
        if self.field.ask in {Ask.DATE, Ask.WEEK}:
            self.query_one(".aside", Static).update(Content(meaning))


def _entry(field: Field, language: Language) -> Choice | Pick | TextArea | Input:
    hint = language.text(field.hint)
    match field.ask:
        case Ask.CHOICE:
            return Choice(field.options(), field.value)
        case Ask.SWITCH:
            options = (Option(False, language.text("No")), Option(True, language.text("Yes")))
            return Choice(options, bool(field.value))
        case Ask.PICK:
            return Pick(field.options(), field.value, hint or language.text("Type a few letters"))
        case Ask.LONG:
            return TextArea(shown(field, language), compact=True, placeholder=Content(hint))
        case _:
            return Input(shown(field, language), placeholder=hint, compact=True)
