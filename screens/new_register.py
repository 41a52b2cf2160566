"""The first screen while there is no register: it asks for the contents of a new one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from screens.sanitizing_app import SanitizingApp
from tracker.language import Language


class NewRegisterApp(SanitizingApp[Any]):
    """An app of one dialog; it returns the filled-in form, None if the dialog was left.

    ``create`` creates the register; the dialog stays open and shows the ``UserError`` that it raises.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        today: date,
        language: Language,
        catalogues: Sequence[str],
        theme: str = "",
        create: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__()
        self.create = create
        self.today, self.language, self.catalogues = today, language, catalogues
        if theme in self.available_themes:
            self.theme = theme

    def on_mount(self) -> None:
        """Ask."""
        from screens.dialogs.personal import ask_new_register

        dialog = ask_new_register(self.language, self.today, self.catalogues)
        dialog.submit = self.create
        self.push_screen(dialog, self.exit)
