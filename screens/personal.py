"""A person's own settings on the screens: asked for, kept, and in force at once."""

from collections.abc import Callable

from msgspec.structs import replace

from screens.commands.command import Command
from screens.commands.keys import (
    CURSOR_KEYS,
    find_clashes,
    keys_of,
    shown_key,
)
from screens.commands.registry import BY_ID, COMMANDS
from screens.dialogs.form import Field, Form
from screens.host import Host
from tracker.errors import Rejected, UserError
from tracker.language import N_, Language, load_language
from tracker.settings import Settings, save_settings, with_setting


def open_preferences(host: Host) -> None:
    """Ask for a person's settings."""
    from screens.dialogs.personal import edit_preferences as dialog_for

    state = host.state
    dialog = dialog_for(
        host.settings,
        state.language,
        state.today,
        list(host.available_themes),
        state.by,
    )
    dialog.submit = lambda settings: save_preferences(host, settings)
    host.push_screen(dialog)


def save_preferences(host: Host, settings: Settings) -> None:
    """Keep settings and act by them from now on; raise ``UserError`` where they cannot be kept."""
    if host.home is not None:
        save_settings(host.home.settings, settings)
    host.settings = settings
    is_fixed = host.home is not None and host.home.is_name_fixed
    if settings.by and not is_fixed:
        host.state.by = settings.by
    if settings.language and settings.language != host.state.language.code:
        host.state.language = load_language(settings.language)
    if settings.theme in host.available_themes:
        host.theme = settings.theme
    host.update_screen()


def change_key(host: Host, command: Command, key: str) -> None:
    """Give a command another key, the program's own where ``key`` is empty, and keep it.

    Raises ``Rejected`` if the key moves the cursor or belongs to another command on one of its screens.
    """
    language = host.state.language
    if key in CURSOR_KEYS:
        raise Rejected("{key} moves the cursor.", key=shown_key(key))

    settings = with_setting(host.settings, f"keys.{command.id}", key)
    taken = [
        other
        for pressed, *ids in find_clashes(COMMANDS, settings.keys)
        for other in ids
        if command.id in ids
        and other != command.id
        and pressed in keys_of(command, settings.keys)
    ]
    if taken:
        raise Rejected(
            "{key} is already the key of “{command}”.",
            key=shown_key(keys_of(command, settings.keys)[0]),
            command=language.text(BY_ID[taken[0]].label),
        )
    if host.home is not None:
        save_settings(host.home.settings, settings)
    host.settings, host.keymap_of_user = settings, settings.keys
    host.set_keymap(dict(settings.keys))
    host.update_screen()


def warn_of_clashes(host: Host) -> None:
    """Say which keys of a person's own mean two things."""
    for key, first, second in find_clashes(COMMANDS, host.keymap_of_user):
        said = N_(
            "The key {key} means both “{first}” and “{second}”: choose another in the settings."
        )
        host.show_message(
            host.state.language.text(said, key=key, first=first, second=second),
            severity="warning",
        )


def name_form(by: str, language: Language) -> Form[str]:
    """Return the form that asks by what name a person acts."""
    return Form(
        N_("Your name"),
        (Field("by", N_("Your name"), value=by, required=True),),
        lambda values: str(values["by"]),
        language.text(
            "It is recorded with each entry, so that the log tells who entered it. Asked only once."
        ),
    )


def ask_name(host: Host, then: Callable[[], None]) -> None:
    """Ask once by what name a person acts, and then go on."""
    from screens.dialogs.base import FormDialog

    def use_name(name: str | None) -> None:
        if name is None:
            return
        host.asks_name = False
        try:
            save_preferences(host, replace(host.settings, by=name))
        except UserError as error:
            host.state.by = name
            host.show_message(
                host.state.language.say(error), severity="warning"
            )
        then()

    language = host.state.language
    dialog = FormDialog(
        name_form(host.state.by, language), language, host.state.today
    )
    host.push_screen(dialog, use_name)
