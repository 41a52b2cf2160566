"""``config`` and ``where``: settings of the city and of a person, and their files."""

import os
from typing import Annotated, Any

import typer
from typer import Argument

from tracker.cli.common import Json
from tracker.cli.session import Session, session_of
from tracker.cli.typer_i18n import command, create_group
from tracker.errors import UsageError, UserError
from tracker.language import N_
from tracker.text import visible

app = create_group()
nouns = create_group(
    "config",
    N_("Settings: the city's, kept in its register, and your own."),
)
app.add_typer(nouns)

CITY = {
    "city": "name",
    "portal": "portal",
    "timezone": "timezone",
    "goal": "goal",
    "stalled_after": "stalled_after",
    "addressee": "addressee",
    "sender": "sender",
    "subject": "subject",
}
"""The city's settings, by the field that holds each; an action changes them."""

_OPTIONAL = {"addressee", "sender", "subject"}
"""The city's texts that may be empty."""


@command(
    nouns,
    "get",
    N_("Print one setting, or all of them."),
    "opd-tracker config get goal",
)
def show_settings(
    ctx: typer.Context,
    name: Annotated[
        str,
        Argument(metavar="[NAME]", help=N_("Which setting; all unless given.")),
    ] = "",
    as_json: Json = False,
) -> None:
    """Print settings."""
    from tracker.cli.show import print_json, print_table

    session = session_of(ctx)
    if name:
        wanted = _normalize_name(name)
        found = {wanted: _get_value(session, wanted)}
    else:
        found = _all_settings(session)

    if as_json:
        print_json(found)
    elif name:
        print(visible(next(iter(found.values()))))
    else:
        headers = [
            session.language.text(h) for h in (N_("Setting"), N_("Value"))
        ]
        print_table(headers, list(found.items()))


def _normalize_name(name: str) -> str:
    # Names of keys are ids of the screens' commands and stay as typed.
    if name.startswith("keys."):
        return name
    return name.strip().lower().replace("-", "_")


def _get_value(session: Session, name: str) -> str:
    from tracker.settings import get_setting

    if name in CITY:
        value = getattr(session.register.only_city, CITY[name])
        return "" if value is None else str(value)
    return get_setting(session.settings, name)


def _all_settings(session: Session) -> dict[str, str]:
    """Return every setting; the city's only if there is a register."""
    from tracker.settings import setting_names

    found: dict[str, str] = {}
    try:
        found = {name: _get_value(session, name) for name in CITY}
    except UserError:
        if session.server or session.path.exists():
            raise

    for name in setting_names(session.settings):
        found[name] = _get_value(session, name)

    return found


@command(
    nouns,
    "set",
    N_("Change a setting; an empty value restores the program's default."),
    "opd-tracker config set goal 2027-12-31\nopd-tracker config set by 'Rani'",
)
def change_setting(
    ctx: typer.Context,
    name: Annotated[
        str,
        Argument(
            metavar="NAME",
            help=N_("Which setting, as `config get` lists them."),
        ),
    ],
    value: Annotated[str, Argument(metavar="VALUE", help=N_("Its new value."))],
) -> None:
    """Change a setting."""
    from tracker.actions.city import ChangeCity

    session, plain = session_of(ctx), _normalize_name(name)
    if plain in CITY:
        new_value = _city_value(session, plain, value)
        session.act(ChangeCity({CITY[plain]: new_value}))
        return

    from tracker.settings import (
        get_setting,
        save_settings,
        settings_path,
        with_setting,
    )

    if plain.startswith("keys.") and value:
        _check_command(plain.removeprefix("keys."))
    if plain == "theme" and value:
        _check_theme(value)
    settings = with_setting(session.settings, plain, value)
    save_settings(settings_path(), settings)
    print(visible(f"{plain} = {get_setting(settings, plain)}"))


def _check_command(name: str) -> None:
    """Raise ``UsageError`` if the screens have no such command.

    The error lists the commands of a similar name.
    """
    from difflib import get_close_matches

    from screens.commands.registry import BY_ID

    if name in BY_ID:
        return

    similar = get_close_matches(name.lower(), BY_ID, n=3, cutoff=0.5)
    raise UsageError(
        "No command is called “{name}”. There is {names}.",
        name=name[:80],
        names=", ".join(similar or sorted(BY_ID)),
    )


def _check_theme(name: str) -> None:
    """Raise ``UsageError`` if the screens have no such theme."""
    from textual.theme import BUILTIN_THEMES

    if name not in BUILTIN_THEMES:
        raise UsageError(
            "No theme is called “{name}”. There is {names}.",
            name=name[:80],
            names=", ".join(BUILTIN_THEMES),
        )


def _city_value(session: Session, name: str, value: str) -> Any:
    from tracker.cli.values import read_whole
    from tracker.vocabulary import find_timezone

    if not value:
        if name == "goal":
            return None
        if name in _OPTIONAL:
            return ""
        raise UsageError("“{field}” cannot be empty.", field=name)
    if name == "goal":
        return session.read_day(value)
    if name == "timezone":
        return find_timezone(value)
    return read_whole(value) if name == "stalled_after" else value


@command(
    app,
    "where",
    N_("Print where the register is kept, its backups and your settings."),
    "opd-tracker where",
)
def show_paths(ctx: typer.Context, as_json: Json = False) -> None:
    """Print the files that the program uses."""
    from tracker.cli.show import print_json
    from tracker.settings import settings_path

    session = session_of(ctx)
    paths = {"register": session.place}
    if session.server is None:
        paths = {
            "register": os.path.abspath(session.path),
            "backups": os.path.abspath(session.backup_folder),
        }
    paths["settings"] = str(settings_path())
    if as_json:
        print_json(paths)
        return
    labels = {
        "register": N_("Register"),
        "backups": N_("Backups"),
        "settings": N_("Settings"),
    }
    for name, path in paths.items():
        print(visible(f"{session.language.text(labels[name])}: {path}"))
