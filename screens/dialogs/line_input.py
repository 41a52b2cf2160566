"""An input of one line that keeps all pasted lines; Textual's keeps only the first."""

from typing import Any

from textual import events

from screens.widgets.readline_input import ReadlineInput

LINE_SIGN = "↵"
"""The sign for a line break in a text shown on one line."""


class LineInput(ReadlineInput):
    """An input that joins pasted lines by ``joined_by``."""

    def __init__(self, value: str, *, joined_by: str, **options: Any) -> None:
        super().__init__(value, **options)
        self._joined_by = joined_by

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        lines = filter(None, map(str.strip, event.text.splitlines()))
        text = self._joined_by.join(lines)
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)
