"""Give a command another key: the next key that is pressed, unless it is taken."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands.command import Command
from screens.commands.keys import keys_of, shown_key
from screens.host import host_of
from screens.personal import change_key
from tracker.errors import UserError

_RESTORING = {"delete", "backspace"}


class KeyCapture(ModalScreen[bool]):
    """Waits for the new key of a command; the result is whether it has been given."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command

    def compose(self) -> ComposeResult:
        """Compose what is asked, and what is wrong with the last key."""
        host = host_of(self)
        text = host.state.language.text
        keys = keys_of(self.command, host.keymap_of_user)
        label = text(self.command.label)
        lines = [
            text(self.command.tooltip),
            text("Now: {keys}", keys="  ".join(map(shown_key, keys)) or "–"),
            text("Press the new key. Delete: the program's own. Esc: leave."),
        ]
        with Vertical() as frame:
            frame.border_title = Content(text("Key of “{label}”", label=label))
            yield Static(Content("\n".join(lines)))
            yield Static(id="refusal")

    def on_key(self, event: events.Key) -> None:
        """Take the key, or show why it cannot be used."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(False)
            return
        host = host_of(self)
        key = "" if event.key in _RESTORING else event.key
        try:
            change_key(host, self.command, key)
        except UserError as error:
            said = host.state.language.say(error)
            self.query_one("#refusal", Static).update(Content(said))
        else:
            self.dismiss(True)
