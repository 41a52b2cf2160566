"""The user's own settings on the screens: asked for, saved, and applied at once."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from screens.commands.command import Command
from screens.commands.keys import (
    FIXED_KEYS,
    find_clashes,
    find_fixed_keys,
    keys_of,
    shown_key,
)
from screens.commands.registry import BY_ID, COMMANDS
from screens.host import Host
from tracker.errors import Rejected, UserError
from tracker.language import N_, Language, load_language
from tracker.settings import Settings, save_settings, with_setting

if TYPE_CHECKING:
    from screens.dialogs.form import Form


def open_preferences(host: Host) -> None:
    """Open the dialog of the user's settings."""
    from screens.dialogs.personal import edit_preferences

    state = host.state
    dialog = edit_preferences(
        host.settings,
        state.language,
        state.today,
        list(host.available_themes),
        state.by,
    )
    dialog.submit = lambda settings: save_preferences(host, settings)
    host.push_screen(dialog)


def save_preferences(host: Host, settings: Settings) -> None:
    """Save settings and apply them; raise ``UserError`` if they cannot be saved."""
    if host.home is not None:
        save_settings(host.home.settings, settings)
    host.settings = settings

    is_name_fixed = host.home is not None and host.home.is_name_fixed
    if settings.by and not is_name_fixed:
        host.state.by = settings.by
    if settings.language and settings.language != host.state.language.code:
        host.state.language = load_language(settings.language)
    if settings.theme in host.available_themes:
        host.choose_theme(settings.theme)
    host.update_screen()


def change_key(host: Host, command: Command, key: str) -> None:
    """Give a command another key, or the program's own if ``key`` is empty, and save it.

    Raises ``Rejected`` if the key means something else everywhere, or belongs to another
    command on one of the command's screens.
    """
    if key in FIXED_KEYS:
        raise Rejected(
            "{key} means something else everywhere: press another key.",
            key=shown_key(key),
        )

    settings = with_setting(host.settings, f"keys.{command.id}", key)
    other = _find_other_command(command, settings.keys)
    if other is not None:
        raise Rejected(
            "{key} is already the key of “{command}”.",
            key=shown_key(keys_of(command, settings.keys)[0]),
            command=host.state.language.text(other.label),
        )

    if host.home is not None:
        save_settings(host.home.settings, settings)
    host.settings = settings
    host.keymap_of_user = settings.keys
    host.set_keymap(dict(settings.keys))
    host.update_screen()


def _find_other_command(
    command: Command,
    keymap: Mapping[str, str],
) -> Command | None:
    """Return a command that shares a key with this one on some screen."""
    own_keys = keys_of(command, keymap)
    for key, *ids in find_clashes(COMMANDS, keymap):
        if key in own_keys and command.id in ids:
            ids.remove(command.id)
            return BY_ID[ids[0]]
    return None


def warn_of_clashes(host: Host) -> None:
    """Warn of the user's own keys that mean two things."""
    text = host.state.language.text
    for key, first, second in find_clashes(COMMANDS, host.keymap_of_user):
        warning = text(
            "The key {key} means both “{first}” and “{second}”: choose another in the settings.",
            key=key,
            first=text(BY_ID[first].label),
            second=text(BY_ID[second].label),
        )
        host.show_message(warning, severity="warning")

    for key, command in find_fixed_keys(COMMANDS, host.keymap_of_user):
        warning = text(
            "The key {key} of “{command}” means something else everywhere: choose another in the settings.",
            key=shown_key(key),
            command=text(command.label),
        )
        host.show_message(warning, severity="warning")


def name_form(by: str, language: Language) -> "Form[str]":
    """Return the form that asks for the user's name."""
    from screens.dialogs.form import Field, Form

    name = Field("by", N_("Your name"), value=by, required=True)
    about = language.text(
        "It is recorded with each entry, so that the log tells who entered it. Asked only once.",
    )
    return Form(
        N_("Your name"),
        (name,),
        lambda values: str(values["by"]),
        about,
    )


def ask_name(host: Host, then: Callable[[], None]) -> None:
    """Ask once for the user's name, and then call ``then``."""
    from screens.dialogs.base import FormDialog

    state = host.state
    form = name_form(state.by, state.language)
    dialog = FormDialog(form, state.language, state.today)

    def use_name(name: str | None) -> None:
        if name is None:
            return

        host.asks_name = False
        try:
            save_preferences(host, replace(host.settings, by=name))
        except UserError as error:
            # The name counts for this visit, though it could not be saved.
            state.by = name
            host.show_message(state.language.say(error), severity="warning")
        then()

    host.push_screen(dialog, use_name)
