"""A line to type in with the keys of shells and editors that Textual's own has not."""

from typing import ClassVar

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
