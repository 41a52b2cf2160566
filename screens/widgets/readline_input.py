"""A line to type in with the keys of shells and editors that Textual's own has not."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input


class ReadlineInput(Input):
    """An input that also knows readline's keys: Textual has ctrl+a, e, d, k, u and w itself.

    Textual lets alt+backspace delete to the right; everywhere else it deletes the word before the cursor.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+b", "cursor_left", show=False),
        Binding("ctrl+f", "cursor_right", show=False),
        Binding("alt+b", "cursor_left_word", show=False),
        Binding("alt+f", "cursor_right_word", show=False),
        Binding("alt+d", "delete_right_word", show=False),
        Binding("alt+backspace,ctrl+h", "delete_left_word", show=False),
    ]

    async def on_key(self, event: events.Key) -> None:
        """Edit here and now.

        A binding is looked up once its key has come up to the app: over a slow line,
        where keys arrive in bursts, the letters after ctrl+k would be deleted too.
        """
        action = _EDITING.get(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)


def _editing_actions() -> dict[str, str]:
    """Return the action of each editing key, by the key."""
    found = {}
    for bindings in (Input.BINDINGS, ReadlineInput.BINDINGS):
        for binding in Binding.make_bindings(bindings):
            if binding.action.startswith(("delete_", "cursor_")):
                found[binding.key] = binding.action
    return found


_EDITING = _editing_actions()
