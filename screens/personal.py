"""A person's own settings on the screens: asked for, kept, and in force at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from screens.commands.keys import find_clashes
from screens.commands.registry import COMMANDS
from tracker.errors import UserError
from tracker.language import N_, Language, load_language
from tracker.settings import Settings, save_settings

if TYPE_CHECKING:
    from screens.app import TrackerApp
    from screens.dialogs.form import Form


def open_preferences(app: "TrackerApp") -> None:
    """Ask for a person's settings."""
    from screens.dialogs.personal import preferences as dialog_for

    state = app.state
    dialog = dialog_for(
        app.settings, state.language, state.today, list(app.available_themes), state.by
    )
    dialog.submit = lambda settings: save_preferences(app, settings)
    app.push_screen(dialog)


def save_preferences(app: "TrackerApp", settings: Settings) -> None:
    """Keep settings and act by them from now on; raise ``UserError`` where they cannot be kept."""
    if app.home is not None:
        save_settings(app.home.settings, settings)
    app.settings = settings
    if settings.by:
        app.state.by = settings.by
    if settings.language and settings.language != app.state.language.code:
        app.state.language = load_language(settings.language)
    if settings.theme in app.available_themes:
        app.theme = settings.theme
    app.active_screen.update_if_changed()


def warn_of_clashes(app: "TrackerApp") -> None:
    """Say which keys of a person's own mean two things."""
    for key, first, second in find_clashes(COMMANDS, app.keymap_of_user):
        said = N_(
            "The key {key} means both “{first}” and “{second}”: choose another in the settings."
        )
        app.show_message(
            app.state.language.text(said, key=key, first=first, second=second),
            severity="warning",
        )


def name_form(by: str, language: Language) -> "Form[str]":
    """Return the form that asks by what name a person acts."""
    from screens.dialogs.form import Field, Form

    return Form(
        N_("Your name"),
        (Field("by", N_("Your name"), value=by, required=True),),
        lambda values: str(values["by"]),
        language.text(
            "It is recorded with each entry, so that the log tells who entered it. Asked only once."
        ),
    )


def ask_name(app: "TrackerApp", then: Callable[[], None]) -> None:
    """Ask once by what name a person acts, and then go on."""
    from screens.dialogs.base import FormDialog

    def use_name(name: str | None) -> None:
        if name is None:
            return
        app.asks_name = False
        try:
            save_preferences(app, replace(app.settings, by=name))
        except UserError as error:
            app.state.by = name
            app.show_message(app.state.language.say(error), severity="warning")
        then()

    language = app.state.language
    dialog = FormDialog(name_form(app.state.by, language), language, app.state.today)
    app.push_screen(dialog, use_name)
