"""A question for what undo can't mend: never answered by Enter or by the key that asked."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from screens.keys import shown_key
from tracker.language import Language
from tracker.text import visible


class ConfirmDialog(ModalScreen[bool]):
    """Whether to do it: ``question`` and ``details`` are said already, ``asked_by`` is the key that asked."""

    CSS_PATH = "base.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", show=False),
        Binding("left,right", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, details: str, language: Language, asked_by: str = "") -> None:
        super().__init__()
        self.question = question
        self.details = details
        self.language = language
        self.yes = "f2" if asked_by == "y" else "y"

    def compose(self) -> ComposeResult:
        """Compose the question, what it means, and the two answers."""
        text = self.language.text
        with Vertical(id="dialog") as frame:
            frame.border_title = Content(text("Are you sure?"))
            yield Static(Content(visible(self.question)), id="question")
            yield Static(Content(visible(self.details)), id="about")
            with Horizontal(id="buttons"):
                yield Button(Content(f"{text('Cancel')} Esc"), id="leave", compact=True)
                yield Button(Content(f"{text('Yes')} {shown_key(self.yes)}"), id="yes", compact=True)

    def on_mount(self) -> None:
        """Begin where Enter does nothing that cannot be mended."""
        self.query_one("#about").display = bool(self.details)
        self.query_one("#leave").focus()
        self._bindings.bind(self.yes, "answer(True)", show=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)
